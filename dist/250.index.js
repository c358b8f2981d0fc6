export const id = 250;
export const ids = [250];
export const modules = {

/***/ 5022:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  TT: () => (/* binding */ assignments),
  rG: () => (/* binding */ fillContext),
  mk: () => (/* binding */ makeRoom),
  UN: () => (/* binding */ putFile),
  oF: () => (/* binding */ secretKey),
  FZ: () => (/* binding */ writeImageConfig)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
// EXTERNAL MODULE: ./build/request/dockerfile.js
var dockerfile = __webpack_require__(338);
// EXTERNAL MODULE: ./build/checks/catalogue.js
var catalogue = __webpack_require__(6965);
;// CONCATENATED MODULE: ./build/checks/django/services.js
/** The probe's report has a limit, and so has what it looks at. */
const MOST_SERVICES = 20;
/** Variables that decide which application is loaded, and from where. The values of others may be secrets. */
const DECISIVE = ["DJANGO_SETTINGS_MODULE", "DJANGO_CONFIGURATION", "PYTHONPATH", "PATH"];
/** The services that run the image in production. None for a remote build context, and where `start` is not asked for. */
async function servicesToStart({ build, checks }, checkout) {
    if (build.contextIsRemote || !checks.includes("start"))
        return [];
    return startedServices(await checkout.ours());
}
/** The services as the probe reads them (`shipshape_probe/start_image.py`). */
function startedServices(services) {
    return services.slice(0, MOST_SERVICES).map((service) => ({
        name: service.name,
        file: service.file,
        entrypoint: service.entrypoint ?? null,
        command: service.command ?? null,
        workingDir: service.workingDir,
        user: service.user,
        environment: Object.fromEntries([...service.environment].filter(([name]) => DECISIVE.includes(name))),
        mounts: service.mounts.map(({ target }) => target).filter((target) => target !== ""),
    }));
}

// EXTERNAL MODULE: ./build/checks/dockerfile.js
var checks_dockerfile = __webpack_require__(3188);
;// CONCATENATED MODULE: ./build/checks/context.js
/** The build contexts of our own Dockerfiles: folders with fixed modes, the probe's files, variables for a shell. */








/**
 * Fills the context of the solves that run in the image: `probe/` with what the probe is asked, `room/`, `commands/`. File
 * modes are fixed, for they are part of BuildKit's cache key, and a checkout's depend on the umask.
 * @param probe folder of the probe's files, next to the bundle
 */
async function fillContext(context, probe, request, checkout) {
    await makeRoom(context);
    await copyProbe(probe, (0,external_node_path_.join)(context, "probe"));
    const checks = (0,catalogue/* checksOf */.tg)("django", request.checks);
    const { timeout, settings, manage, python } = request;
    await writeAsked(context, "request.json", {
        schema: 1,
        // Who compares with the settings needs them loaded.
        checks: checks.length === 0 ? ["settings"] : checks,
        timeout,
        settings,
        manage,
        python,
        collects: await collectingLines(checkout),
        services: await servicesToStart(request, checkout),
    });
    // Each command in a file of its own, by its number: a shell reads it, and no quoting comes in between.
    for (const [index, line] of request.commands.lines.entries())
        await putFile((0,external_node_path_.join)(context, "commands", String(index + 1)), `${line}\n`);
}
/** Hands the image's config to the probe: ENTRYPOINT, CMD, USER, ENV and so on, as the image specification spells them. */
async function writeImageConfig(context, config) {
    await writeAsked(context, "image.json", { schema: 1, config });
    await putFile((0,external_node_path_.join)(context, "probe", "start.txt"), startOf(config));
}
/** ENTRYPOINT and CMD in one line, for a shell that looks for the interpreter which they use. */
function startOf({ Entrypoint, Cmd }) {
    const words = [Entrypoint, Cmd].flatMap((part) => (Array.isArray(part) ? part.map(String) : []));
    return `${words
        .join(" ")
        .replaceAll(/[\r\n]+/g, " ; ")
        .slice(0, 10_000)}\n`;
}
const MOST_LINES = 50;
const LONGEST_LINE = 20_000;
/**
 * The lines of the Dockerfile that name collectstatic: the probe gives the command the options that it has there. Empty for
 * a remote build context.
 */
async function collectingLines(checkout) {
    return (0,dockerfile/* linesWith */.UT)(await checkout.dockerfile(), "collectstatic")
        .filter((line) => line.length <= LONGEST_LINE)
        .slice(0, MOST_LINES);
}
/** What the probe is asked. All of it is part of the check's cache key, because the file's content is. */
async function writeAsked(context, name, content) {
    await putFile((0,external_node_path_.join)(context, "probe", name), JSON.stringify(content));
}
/** The folder of a container's report, below `room/` of a context. */
async function makeRoom(context) {
    await makeFolder((0,external_node_path_.join)(context, "room", checks_dockerfile/* REPORT */.ri));
}
/**
 * Writes a file of a build context. Its mode and those of new folders around it are fixed, whatever the runner's umask is:
 * any USER of the image reads them.
 */
async function putFile(file, content) {
    await makeFolder((0,external_node_path_.dirname)(file));
    await (0,promises_.writeFile)(file, content);
    await (0,promises_.chmod)(file, 0o644);
}
/** A folder and those around it that are not there, with fixed modes. */
async function makeFolder(folder) {
    const first = await (0,promises_.mkdir)(folder, { recursive: true });
    for (let made = folder; first !== undefined && made.length >= first.length; made = (0,external_node_path_.dirname)(made))
        await (0,promises_.chmod)(made, 0o755);
}
/** Assignments of any POSIX shell. Where sh is bash, the names that bash keeps for itself would end it. */
function assignments(env) {
    const free = [...env].filter(([name]) => !KEPT_BY_BASH.has(name));
    return free.map(([name, value]) => `${name}='${value.replaceAll("'", "'\\''")}'\n`).join("");
}
const KEPT_BY_BASH = new Set(["UID", "EUID", "PPID", "BASHOPTS", "SHELLOPTS", "BASH_VERSINFO"]);
/**
 * Values of `env` and its like reach a check as a secret, which is in no cache key, so that a check with another
 * value would be answered with the old report. A slow hash of them goes into the key instead: equal values
 * are cached, and the values cannot be guessed from it at a reasonable price. Empty without values.
 */
async function secretKey(env, request) {
    if (env.size === 0)
        return "";
    const values = JSON.stringify([...env].sort(([a], [b]) => (a < b ? -1 : 1)));
    const salt = `shipshape:${request.image}:${request.app}`;
    const key = await (0,external_node_util_.promisify)(external_node_crypto_.scrypt)(values, salt, 24);
    return key.toString("hex");
}
async function copyProbe(from, to) {
    for (const entry of await (0,promises_.readdir)(from, { withFileTypes: true })) {
        const source = (0,external_node_path_.join)(from, entry.name);
        const target = (0,external_node_path_.join)(to, entry.name);
        if (entry.isDirectory() && entry.name !== "__pycache__")
            await copyProbe(source, target);
        if (entry.isFile())
            await putFile(target, await (0,promises_.readFile)(source));
    }
}


/***/ }),

/***/ 3188:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   OM: () => (/* binding */ secretOf),
/* harmony export */   P0: () => (/* binding */ mounted),
/* harmony export */   WN: () => (/* binding */ COPY_ROOM),
/* harmony export */   Wf: () => (/* binding */ requireNetwork),
/* harmony export */   b7: () => (/* binding */ naming),
/* harmony export */   ko: () => (/* binding */ planOwn),
/* harmony export */   ri: () => (/* binding */ REPORT),
/* harmony export */   wm: () => (/* binding */ exportReports)
/* harmony export */ });
/* harmony import */ var _docker_bake_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(328);
/* harmony import */ var _docker_steps_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2118);
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9874);
/* harmony import */ var _image_attestations_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9183);
/** What our own Dockerfiles and their solves share: the report's folder, secrets, the network. Pure. */




/** Where a container of ours leaves its report. The context's `room/` has this folder. */
const REPORT = "/.shipshape/report";
/** Puts the report's folder into a stage. `--chmod` reaches what lies below `room/`, so any USER can write there. */
const COPY_ROOM = "COPY --chmod=1777 room/ /";
/**
 * The last stage, which takes the reports of others out. The paths are plain, and the folder is two levels deep, for
 * BuildKit's sake: for a pattern it walks the whole image, and for any path all that lies in the parent folder (measured
 * with python:3.13-slim: 1 s, in which nothing else happens).
 * @param stages name → folder that the report is exported to
 */
function exportReports(stages) {
    return [
        `FROM scratch AS ${_docker_steps_js__WEBPACK_IMPORTED_MODULE_0__/* .STAGES */ .an.report}`,
        ...Object.entries(stages).map(([stage, to]) => `COPY --from=${stage} ${REPORT}/ ${to}`),
        "",
    ];
}
/**
 * The solve of one of our own Dockerfiles. A secret's value goes by environment. A step on the machine's network needs an
 * entitlement, which the target asks for and the call allows.
 * @param name of its bake target
 */
function planOwn(name, own) {
    const { secret, uncached } = own;
    const entitlements = own.network === "host" ? ["network.host"] : [];
    const target = {
        context: own.context,
        "dockerfile-inline": own.text,
        ...own.images,
        ...(secret === undefined ? {} : { secret: [(0,_docker_bake_js__WEBPACK_IMPORTED_MODULE_3__/* .attributes */ .uK)({ id: secret.id, env: secret.variable })] }),
        attest: _image_attestations_js__WEBPACK_IMPORTED_MODULE_2__/* .NO_ATTESTATIONS */ .Ir,
        ...(uncached.length === 0 ? {} : { "no-cache-filter": uncached }),
        ...(entitlements.length === 0 ? {} : { entitlements }),
        output: [(0,_docker_bake_js__WEBPACK_IMPORTED_MODULE_3__/* .attributes */ .uK)({ type: "local", dest: own.report })],
    };
    return {
        file: { target: { [name]: target } },
        targets: [name],
        allow: entitlements,
        secrets: new Map(secret === undefined ? [] : [[secret.variable, secret.value]]),
        limit: own.limit,
    };
}
/** What names the image that is checked, for a Dockerfile that starts FROM it. */
function naming({ context, platform }) {
    return { contexts: { [_docker_steps_js__WEBPACK_IMPORTED_MODULE_0__/* .IMAGE */ .W1]: context }, ...(platform === "" ? {} : { platforms: [platform] }) };
}
/**
 * @param what it is of: `probe`, `caddy`
 * @param key the slow hash of the values, empty without values
 */
function secretOf(what, key, value) {
    const id = key === "" ? `shipshape-${what}` : `shipshape-${what}-${key.slice(0, 32)}`;
    return { id, variable: `SHIPSHAPE_${what.toUpperCase()}_ENV`, value };
}
/** The secret as a mount of a RUN. */
function mounted({ id }, target) {
    return ` --mount=type=secret,id=${id},target=${target},mode=0444,required`;
}
/** @throws {Failure} when the checks are to use a network that this builder does not share */
function requireNetwork({ checksNetwork }, builder) {
    if (checksNetwork === "none" || builder.hostNetwork)
        return;
    throw new _failure_js__WEBPACK_IMPORTED_MODULE_1__/* .Failure */ .HR("Invalid input", `\`checks-network: host\` needs a builder that shares the network of the job's machine, and ${builder.name}, a ` +
        `${builder.driver} builder, does not, or does not say so. Use the engine's own builder (leave out ` +
        "docker/setup-buildx-action, or give its step `driver: docker`), or make one that does: give docker/setup-buildx-action\n" +
        "driver-opts: network=host");
}


/***/ }),

/***/ 6679:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  R: () => (/* binding */ CANDIDATES),
  i: () => (/* binding */ Checkout)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/request/dockerfile.js
var request_dockerfile = __webpack_require__(338);
// EXTERNAL MODULE: ./build/checks/project/compose.js
var compose = __webpack_require__(3810);
// EXTERNAL MODULE: ./build/checks/project/development.js
var development = __webpack_require__(1163);
// EXTERNAL MODULE: ./build/checks/project/words.js
var words = __webpack_require__(3903);
;// CONCATENATED MODULE: ./build/checks/project/collecting.js
/** Who runs collectstatic: the build, the start of a container, or another file of the repository. Pure. */





/** What to look for in the texts of the checkout. */
const COLLECTING = {
    collects: /collectstatic/,
    copies: /\b(cp|rsync|mv|tar|ln)\b/,
    // `docker run --rm -v` removes none.
    removes: /^(?=[^\n]*\s(-v\b|--volumes\b))[^\n]*(?<![-\w])(down|rm)\b|\bvolume (rm|prune)\b|--renew-anon-volumes|^(?=[^\n]*\s-V\b)[^\n]*\bup\b/m,
};
/** Programs that collect nothing by themselves. */
const PROGRAMS = /^(python[\d.]*|manage\.py|django-admin|gunicorn|uvicorn|daphne|hypercorn|granian|waitress-serve|celery|(ba|da|a)?sh|exec|env|tini|dumb-init|poetry|uv|pdm|pipenv|run|uwsgi|supervisord|node|npm|npx|yarn|pnpm|nginx|caddy)$/;
/** Images without a start of their own. */
const PLAIN = /^((docker\.io\/)?(library\/)?(python|debian|ubuntu|alpine)|ghcr\.io\/astral-sh\/uv)([:@]|$)/;
/** A RUN that collects with settings of its own. */
const WITH_OWN_SETTINGS = /\b(STATIC_ROOT|DJANGO_SETTINGS_MODULE)=|--settings\b/;
/**
 * @param dockerfile all of its instructions
 * @param target the stage that is shipped; empty = the last one
 * @param found what the texts of the checkout say
 * @param services those that run the image in production
 */
function collectingIn(dockerfile, target, found, services) {
    const { lines, image } = (0,request_dockerfile/* instructionsFor */.t9)(dockerfile, target);
    const own = ["ENTRYPOINT", "CMD"].flatMap((name) => lines.findLast((one) => one.name === name) ?? []);
    const started = services.flatMap(({ entrypoint, command }) => [entrypoint ?? [], command ?? []]);
    const written = [...own.map(({ rest }) => rest), ...started.map((words) => words.join(" "))];
    const all = [...own.map(({ rest }) => wordsIn(rest)), ...started];
    const scripts = new Set(all.flat().map((word) => external_node_path_.posix.basename(word)));
    const isStarted = (path) => scripts.has(external_node_path_.posix.basename(path));
    const inProduction = (path) => !development/* NOT_PRODUCTION */.K.test(path.replace(/\.\w+$/, ""));
    const collecting = found.paths.collects.filter(inProduction);
    const isKnown = (words) => words.every((word, index) => {
        const name = external_node_path_.posix.basename(word);
        const runs = index === 0 || /^\.?\/|\.sh$/.test(word);
        return !runs || PROGRAMS.test(name) || found.names.has(name);
    });
    const copies = written.some((line) => COLLECTING.copies.test(line)) || found.paths.copies.some(isStarted);
    // An ENTRYPOINT of the base image may do anything.
    const isPlain = PLAIN.test(image) || lines.some(({ name }) => name === "ENTRYPOINT");
    return {
        inBuild: collectedIn(dockerfile, lines),
        atStart: written.some((line) => COLLECTING.collects.test(line)) ||
            collecting.some((path) => isStarted(path) || (0,compose/* looksLikeCompose */.IL)(external_node_path_.posix.basename(path))),
        elsewhere: collecting.find((path) => !isStarted(path)),
        removesVolumes: found.paths.removes.find(inProduction),
        startIsKnown: found.isComplete && isPlain && !copies && all.every(isKnown),
    };
}
/** @param lines those of the stages that are shipped */
function collectedIn(dockerfile, lines) {
    const runs = dockerfile.filter(({ name, rest }) => name === "RUN" && COLLECTING.collects.test(rest));
    if (runs.length === 0)
        return false;
    const copiesStages = lines.some(({ name, rest }) => name === "COPY" && rest.includes("--from="));
    const isShipped = copiesStages || runs.some((run) => lines.includes(run));
    return isShipped && !runs.some(({ rest }) => WITH_OWN_SETTINGS.test(rest)) ? true : undefined;
}
/** The exec form, or the words of a shell's line. */
function wordsIn(rest) {
    return rest.trim().startsWith("[") ? (0,words/* wordsOfStart */.Ze)(rest) : (0,words/* splitWords */.yM)(rest);
}

// EXTERNAL MODULE: ./build/checks/project/image-services.js + 1 modules
var image_services = __webpack_require__(5245);
// EXTERNAL MODULE: ./build/checks/project/listening.js
var listening = __webpack_require__(1271);
// EXTERNAL MODULE: ./build/request/context.js
var context = __webpack_require__(8961);
// EXTERNAL MODULE: ./build/checks/project/repository.js
var project_repository = __webpack_require__(4584);
;// CONCATENATED MODULE: ./build/checks/project/search.js
/** Searches the texts of the checkout that may run something. */




/** Files that may run something, by their names. */
const RUNS = /\.(sh|bash|py|ya?ml|toml|ini|conf|cfg|tf|mk|just|rb)$|^[^.]+$/i;
const NEVER = /-lock\.ya?ml$/i;
const NEVER_IN = /^(node_modules|\.git|\.venv|venv|env|__pycache__|docs|static|media|migrations|locale)$/;
/** Of files to read. Pictures, templates and the like cost no more than a look at their names. */
const MAX_FILES = 2000;
const MAX_NAMES = 50_000;
const MAX_DEPTH = 6;
const MAX_BYTES = 1024 * 1024;
const MAX_BYTES_IN_ALL = 20 * 1024 * 1024;
const AT_ONCE = 16;
/** A line of data. No pattern takes long for a short one. */
const LONG_LINE = /^([^\n]{1000})[^\n]+/gm;
/**
 * Searches the files, without their comments. Dockerfiles are read elsewhere.
 * @param questions what to look for, each with a name
 */
async function search(workspace, questions) {
    const { files, isComplete } = await filesIn(workspace);
    const asked = Object.entries(questions);
    const paths = Object.fromEntries(asked.map(([name]) => [name, []]));
    const names = new Set();
    const repository = (0,project_repository/* repositoryAt */.uw)(workspace);
    let left = MAX_BYTES_IN_ALL;
    let isWhole = isComplete;
    for (let at = 0; at < files.length && left > 0; at += AT_ONCE) {
        const some = files.slice(at, at + AT_ONCE);
        const texts = await Promise.all(some.map((file) => repository.read(file, MAX_BYTES)));
        for (const [index, file] of some.entries()) {
            const text = texts[index];
            left -= text?.length ?? 0;
            isWhole &&= text !== undefined && left > 0;
            // A program has no text.
            if (text === undefined || text.includes("\0"))
                continue;
            names.add(external_node_path_.basename(file));
            const plain = uncommented(text).replace(LONG_LINE, "$1");
            for (const [name, pattern] of asked)
                if (pattern.test(plain))
                    paths[name].push(file);
        }
    }
    return { names, paths, isComplete: isWhole };
}
/** A text without the lines that begin with `#`. */
function uncommented(text) {
    return text.replace(/^[ \t]*#.*$/gm, "");
}
/** The files to read, folder by folder. */
async function filesIn(workspace) {
    const files = [];
    let names = 0;
    let isComplete = true;
    let folders = [""];
    for (let depth = 0; folders.length > 0; depth++) {
        const below = [];
        for (const folder of folders) {
            const entries = await (0,promises_.readdir)(external_node_path_.join(workspace, folder), { withFileTypes: true }).catch(() => []);
            names += entries.length;
            isComplete &&= names <= MAX_NAMES && depth < MAX_DEPTH;
            if (!isComplete)
                return { files, isComplete };
            for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
                const { name } = entry;
                if (entry.isDirectory()) {
                    if (!NEVER_IN.test(name))
                        below.push(external_node_path_.join(folder, name));
                }
                else if (RUNS.test(name) && !NEVER.test(name) && !(0,context/* looksLikeDockerfile */.AG)(name))
                    files.push(external_node_path_.join(folder, name));
            }
            if (files.length > MAX_FILES)
                return { files: files.slice(0, MAX_FILES), isComplete: false };
        }
        folders = below;
    }
    return { files, isComplete };
}

;// CONCATENATED MODULE: ./build/checks/project/mentions.js
/**
 * What the texts of the checkout say that neither a setting nor an adapted Caddyfile says: how the server is started, and
 * what is done to a Caddyfile before Caddy reads it. Pure.
 */





/** What to look for in the texts of the checkout, outside of comments. */
const MENTIONS = {
    plainServer: /\b(gunicorn|uvicorn|daphne|hypercorn)\b/,
    /** Options and variables of gunicorn, uvicorn, daphne, waitress; servers that need no option (uWSGI); code that sets the scheme. */
    forwardedProto: /forwarded[-_]allow[-_]ips|proxy[-_]headers|secure[-_]scheme[-_]headers|trusted[-_]proxy|GUNICORN_CMD_ARGS|uwsgi|waitress|mod_wsgi|passenger|\bunitd?\b|url_scheme/i,
    /**
     * A file of variables for a container or a server, which may have any of those. The option of `docker compose` is none:
     * its variables are for the compose files.
     */
    variables: /^(?!.*\bcompose\b).*--env[-_]file\b|envFrom|configMapRef/im,
    /** The same as a key of compose, Ansible and others. pydantic's `env_file` comes too late for a server. */
    variablesKey: /\benv_file\b/i,
    /** Code that reads the header itself. The setting that names it is judged as a setting. */
    readsHeader: /^(?!.*SECURE_PROXY_SSL_HEADER).*X[-_]FORWARDED[-_]PROTO/im,
    staticFiles: /static[-_]?map\b|static-path|static-dir|check-static|\bWhiteNoise\(|\b(Media)?Cling\b|StaticFilesHandler|ServeStatic|StaticFiles\(|views\.static\b|views import serve\b|\bnginx\b|apache|httpd|mod_wsgi|\bunitd?\b/i,
    rendering: /\benvsubst\b|\btemplatefile\b|\btemplate_file\b|builtin\.template\b|^\s*-?\s*template:|\bgomplate\b|\bdockerize\b|consul-template|\bconfd\b|\bj2(cli)?\b|\bjinja2?\b.*Caddyfile|\bsed\b.*Caddyfile|Caddyfile.*\bsed\b/im,
};
/** Images that start nothing of their own and set nothing for a server. */
const mentions_PLAIN = /^(scratch$|((docker\.io|public\.ecr\.aws\/docker|mirror\.gcr\.io)\/)?(library\/)?(python|debian|ubuntu|alpine|node|golang|rust|caddy)|ghcr\.io\/astral-sh\/uv)([:@]|$)/;
/** The files of variables that compose gives to those services that may run the image. A database's say nothing. */
function variablesOf(services, image) {
    const ours = services.filter((service) => (0,image_services/* runsImage */.m2)(service, image) !== false);
    return {
        files: new Set(services.flatMap(({ definitions }) => definitions.map(({ file }) => file))),
        isPartial: ours.some(({ isPartial }) => isPartial),
        variables: ours.flatMap(({ definitions }) => definitions.filter(image_services/* isProduction */.KV).flatMap(({ variablesFiles }) => variablesFiles)),
    };
}
/**
 * What the files and the Dockerfile mention.
 * @param dockerfile its instructions
 * @param target the stage that is shipped
 * @param services what compose gives to the image's services
 * @param texts those of their files of variables; undefined for one that is not in the checkout, and may say anything
 * @returns undefined where not all could be read
 */
function mentionsIn({ paths, isComplete }, dockerfile, target, services, texts) {
    if (!isComplete || dockerfile.length === 0)
        return undefined;
    const own = (0,request_dockerfile/* linesWith */.UT)(dockerfile, "").join("\n");
    const isPython = (path) => path.endsWith(".py");
    const has = (name) => paths[name].length > 0 || MENTIONS[name].test(own);
    const isKnown = (file) => (0,compose/* looksLikeCompose */.IL)(external_node_path_.posix.basename(file)) && services.files.has(file) && !services.isPartial;
    return {
        plainServer: has("plainServer"),
        forwardedProto: has("forwardedProto") ||
            paths.readsHeader.some(isPython) ||
            has("variables") ||
            paths.variablesKey.some((file) => !isPython(file) && !isKnown(file)) ||
            texts.some((text) => text === undefined || MENTIONS.forwardedProto.test(uncommented(text))) ||
            // The image that the shipped stage is made from may have such a variable, or start anything.
            !mentions_PLAIN.test((0,request_dockerfile/* instructionsFor */.t9)(dockerfile, target).image),
        staticFiles: has("staticFiles"),
        rendering: MENTIONS.rendering.test(own) || !paths.rendering.every(isPython),
    };
}

;// CONCATENATED MODULE: ./build/checks/project/ports.js


/**
 * The ports of EXPOSE, and of the server that ENTRYPOINT and CMD start.
 * @param lines what the image is made of
 * @returns none where a variable may be any port
 */
function portsOfImage(lines) {
    const exposed = lines.filter(({ name }) => name === "EXPOSE").map(({ rest }) => rest);
    if (exposed.some((rest) => rest.includes("$")))
        return [];
    const start = ["ENTRYPOINT", "CMD"].flatMap((name) => lines.findLast((one) => one.name === name) ?? []);
    const heard = (0,listening/* listeningOf */.r)(start.flatMap(({ rest }) => (0,words/* wordsOfStart */.Ze)(rest)));
    const ports = exposed.flatMap((rest) => [...rest.matchAll(/\b(\d{2,5})(?:\/(?:tcp|udp))?\b/g)].map(([, port]) => Number(port)));
    // Of a program that is not known, all that looks like a port.
    const started = heard === undefined ? start.flatMap(({ rest }) => looksLikePorts(rest)) : heard.named;
    return [...new Set([...ports, ...started])].filter((port) => port > 0 && port < 65_536);
}
function looksLikePorts(rest) {
    return [...rest.matchAll(/(?::|--?p(?:ort)?[ =",]+)(\d{2,5})\b/g)].map(([, port]) => Number(port));
}

;// CONCATENATED MODULE: ./build/checks/project/checkout.js
/** What the checkout says of the app. Each part is read once, and only if somebody asks for it. */












/** Where shipshape looks for a Caddyfile in the build context, in this order. */
const CANDIDATES = ["Caddyfile", "caddy/Caddyfile", "docker/caddy/Caddyfile", "deploy/Caddyfile"];
/** Further compose files are not read. */
const MAX_COMPOSE_FILES = 20;
/** The checkout, with what several checks ask of it. */
class Checkout {
    repository;
    #request;
    constructor(request) {
        this.#request = request;
        this.repository = (0,project_repository/* repositoryAt */.uw)(request.workspace);
    }
    /** The Caddyfile that the workflow named, or the first of the candidates; undefined when there is none. */
    caddyfile = once(async () => {
        const { caddy, build } = this.#request;
        if (caddy.file === "none")
            return undefined;
        if (caddy.file !== "")
            return { path: caddy.file, named: true, others: [] };
        if (build.contextIsRemote)
            return undefined;
        const files = CANDIDATES.map((candidate) => external_node_path_.join(this.#context, candidate));
        const texts = await Promise.all(files.map((file) => this.repository.read(file)));
        const [first, ...others] = files.filter((_, index) => texts[index] !== undefined);
        return first === undefined ? undefined : { path: first, named: false, others };
    });
    /** The instructions of the Dockerfile; none where it cannot be read, or is not in the checkout. */
    dockerfile = once(async () => {
        const { build, workspace } = this.#request;
        const text = build.contextIsRemote ? undefined : await (0,project_repository/* readNamed */.Mk)(build.file, workspace);
        return (0,request_dockerfile/* instructionsOf */.Jk)(text ?? "");
    });
    /** How compose files name the image. */
    image = once(async () => (0,image_services/* thisImage */.Wt)(this.#request, await this.dockerfile()));
    /**
     * The services of the compose files in four folders: the workspace's root, the build context, the Caddyfile's folder
     * and its parent.
     */
    services = once(async () => {
        const { workspace } = this.#request;
        const caddyfile = await this.caddyfile();
        const folder = external_node_path_.dirname(caddyfile?.path ?? "Caddyfile");
        const folders = new Set(["", this.#context, folder, external_node_path_.dirname(folder)].map((one) => external_node_path_.normalize(one || ".")));
        const names = await Promise.all([...folders].map(async (one) => {
            const all = await (0,promises_.readdir)(external_node_path_.join(workspace, one)).catch(() => []);
            return all.filter(compose/* looksLikeCompose */.IL).map((name) => external_node_path_.join(one, name));
        }));
        const files = names.flat().sort().slice(0, MAX_COMPOSE_FILES);
        const read = files.map(async (file) => ({
            path: file,
            content: await yamlIn(await this.repository.read(file)),
        }));
        return (0,compose/* servicesIn */.qp)(await Promise.all(read));
    });
    /** Those of the services that run the image in production. */
    ours = once(async () => (0,image_services/* servicesOfImage */.$h)(await this.services(), await this.image()));
    /** The ports on which the image listens, by its Dockerfile and by the services that run it. */
    ports = once(async () => {
        const { lines } = (0,request_dockerfile/* instructionsFor */.t9)(await this.dockerfile(), this.#request.build.target);
        const inCompose = (await this.ours()).flatMap(({ ports, entrypoint, command }) => [
            ...ports,
            ...((0,listening/* listeningOf */.r)((0,words/* inContainer */.Bc)([...(entrypoint ?? []), ...(command ?? [])]))?.ports ?? []),
        ]);
        return [...new Set([...portsOfImage(lines), ...inCompose])];
    });
    /** Who runs collectstatic; undefined where no Dockerfile can be read, and where no finding is possible. */
    collecting = once(async () => {
        const { build } = this.#request;
        const [dockerfile, ours] = await Promise.all([this.dockerfile(), this.ours()]);
        const inBuild = dockerfile.some(({ rest }) => COLLECTING.collects.test(rest));
        // The image's own files are served: nothing else needs to collect any.
        const isServed = inBuild && ours.every(({ mounts }) => mounts.length === 0);
        if (dockerfile.length === 0 || isServed)
            return undefined;
        return collectingIn(dockerfile, build.target, await this.#texts(), ours);
    });
    /** How the server is started, and what is done to a Caddyfile; undefined where not all of the checkout could be read. */
    mentions = once(async () => {
        const dockerfile = await this.dockerfile();
        if (dockerfile.length === 0)
            return undefined;
        const services = variablesOf(await this.services(), await this.image());
        const texts = await Promise.all(services.variables.map((file) => this.repository.read(file)));
        return mentionsIn(await this.#texts(), dockerfile, this.#request.build.target, services, texts);
    });
    /** What says whether a release brings its static files to where they are served. */
    staticFacts = once(async () => {
        const [collecting, ours, services] = await Promise.all([this.collecting(), this.ours(), this.services()]);
        return { collecting, ours, services };
    });
    #texts = once(() => search(this.#request.workspace, { ...COLLECTING, ...MENTIONS }));
    /** Repo path of the build context. */
    get #context() {
        const { build, workspace } = this.#request;
        return build.contextIsRemote ? "" : external_node_path_.relative(workspace, build.context);
    }
}
/** A question that is answered once. */
function once(answer) {
    let asked;
    return () => {
        asked ??= answer();
        return asked;
    };
}
/** What a YAML text says; undefined when it is none. */
async function yamlIn(text) {
    if (text === undefined)
        return undefined;
    const { parse } = await __webpack_require__.e(/* import() */ 815).then(__webpack_require__.t.bind(__webpack_require__, 8815, 19));
    try {
        // With the log level "silent", half of a file that is not YAML (a template, say) would be read.
        return parse(text, { merge: true, logLevel: "error" });
    }
    catch {
        return undefined;
    }
}


/***/ }),

/***/ 3810:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   IL: () => (/* binding */ looksLikeCompose),
/* harmony export */   RL: () => (/* binding */ upstreamService),
/* harmony export */   hj: () => (/* binding */ mountAround),
/* harmony export */   q1: () => (/* binding */ mayHaveUnknown),
/* harmony export */   qp: () => (/* binding */ servicesIn),
/* harmony export */   u0: () => (/* binding */ sourcesOf)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var _request_json_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(702);
/* harmony import */ var _mounts_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7826);
/* harmony import */ var _words_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3903);
/**
 * The services of the project's compose files: what they run, what they mount, on which ports
 * (docs.docker.com/reference/compose-file/services). Which files production uses together, and which folder it calls
 * compose in, is not known: so every possible reading counts, and what none of them says is unknown. Pure.
 */




/** Whether a file is a compose file, by its name: `compose.yaml`, `docker-compose.prod.yml`. */
function looksLikeCompose(name) {
    return /^(docker-)?compose([._-].+)?\.ya?ml$/i.test(name);
}
/** The services of all compose files, by their repo paths and what was parsed. */
function servicesIn(files) {
    const external = new Set(files.flatMap(({ content }) => (0,_mounts_js__WEBPACK_IMPORTED_MODULE_1__/* .externalVolumes */ .VS)(content)));
    const services = new Map();
    for (const { path, content } of files) {
        for (const [name, value] of Object.entries((0,_request_json_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ik)((0,_request_json_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ik)(content).services))) {
            const service = (0,_request_json_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ik)(value);
            const before = services.get(name);
            const definition = definitionOf(service, path, external);
            services.set(name, {
                name,
                aliases: [...(before?.aliases ?? []), ...aliasesOf(service)],
                image: definition.image || before?.image || "",
                isBuilt: definition.build !== undefined || before?.isBuilt === true,
                mounts: [...(before?.mounts ?? []), ...definition.mounts],
                isPartial: service.extends !== undefined || service.volumes_from !== undefined || before?.isPartial === true,
                file: before?.file ?? path,
                definitions: before === undefined ? [definition] : [...before.definitions, definition],
            });
        }
    }
    return [...services.values()];
}
/** The one service that a proxy's upstreams lead to: `web:8000` is `web`; undefined when that is not clear. */
function upstreamService(upstreams, services) {
    const hosts = new Set(upstreams.map((upstream) => upstream.replace(/:\d+$/, "")));
    const found = services.filter(({ name, aliases }) => [name, ...aliases].some((one) => hosts.has(one)));
    return found.length === 1 ? found[0] : undefined;
}
/** Whether a service may have something at an absolute path that its compose files do not say. */
function mayHaveUnknown(path, { mounts, isPartial }) {
    return (isPartial ||
        mounts.some(({ target, from }) => target === "" || (typeof from === "string" && (0,_mounts_js__WEBPACK_IMPORTED_MODULE_1__/* .isInside */ .FK)(path, target))));
}
/** The innermost mount around an absolute path of a service: it hides those around it. */
function mountAround(path, { mounts }) {
    return mounts
        .filter(({ target }) => target !== "" && (0,_mounts_js__WEBPACK_IMPORTED_MODULE_1__/* .isInside */ .FK)(path, target))
        .sort((a, b) => b.target.length - a.target.length)[0];
}
/**
 * Where the files at an absolute path of a service may come from, by all mounts around it.
 * @returns `volume data/static`, `deploy/static`
 */
function sourcesOf(path, { mounts }) {
    return mounts.flatMap(({ target, from }) => {
        if (typeof from === "string" || target === "" || !(0,_mounts_js__WEBPACK_IMPORTED_MODULE_1__/* .isInside */ .FK)(path, target))
            return [];
        const rest = node_path__WEBPACK_IMPORTED_MODULE_0__.posix.relative(target, path);
        if ("volume" in from)
            return [`volume ${node_path__WEBPACK_IMPORTED_MODULE_0__.posix.join(from.volume, rest)}`];
        return from.paths.map((folder) => node_path__WEBPACK_IMPORTED_MODULE_0__.posix.join(folder, rest));
    });
}
/** Of one range. */
const MOST_PORTS = 1000;
function definitionOf(service, file, external) {
    const folder = node_path__WEBPACK_IMPORTED_MODULE_0__.posix.dirname(file);
    const environment = environmentOf(service.environment);
    const ports = [...(0,_request_json_js__WEBPACK_IMPORTED_MODULE_2__/* .list */ .p_)(service.expose), ...(0,_request_json_js__WEBPACK_IMPORTED_MODULE_2__/* .list */ .p_)(service.ports)].map(containerPorts);
    return {
        file,
        entrypoint: wordsOf(service.entrypoint),
        command: wordsOf(service.command),
        image: (0,_request_json_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)(service.image),
        build: service.build === undefined ? undefined : buildOf(service.build, folder),
        workingDir: (0,_request_json_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)(service.working_dir),
        user: typeof service.user === "number" ? String(service.user) : (0,_request_json_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)(service.user),
        environment,
        hidesVariables: service.env_file !== undefined || environment.size < entriesOf(service.environment).length,
        variablesFiles: [service.env_file ?? []]
            .flat()
            .map((one) => (0,_request_json_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)(typeof one === "object" ? (0,_request_json_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ik)(one).path : one))
            .map((one) => (one.includes("$") ? "" : node_path__WEBPACK_IMPORTED_MODULE_0__.posix.join(folder, one))),
        ports: ports.flatMap((port) => port ?? []),
        hidesPort: ports.includes(undefined),
        mounts: (0,_request_json_js__WEBPACK_IMPORTED_MODULE_2__/* .list */ .p_)(service.volumes).map((volume) => (0,_mounts_js__WEBPACK_IMPORTED_MODULE_1__/* .mountOf */ .vI)(volume, folder, external)),
        profiles: (0,_request_json_js__WEBPACK_IMPORTED_MODULE_2__/* .texts */ .Te)(service.profiles),
        isWatched: service.develop !== undefined,
    };
}
function aliasesOf(service) {
    const networks = Object.values((0,_request_json_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ik)(service.networks)).flatMap((one) => (0,_request_json_js__WEBPACK_IMPORTED_MODULE_2__/* .texts */ .Te)((0,_request_json_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ik)(one).aliases));
    return [...(0,_request_json_js__WEBPACK_IMPORTED_MODULE_2__/* .texts */ .Te)([service.container_name, service.hostname]), ...networks];
}
/**
 * Compose splits a text into words as a shell does, and runs no shell. An empty text or list takes away what the image has;
 * null leaves it.
 */
function wordsOf(value) {
    if (value === undefined || value === null)
        return undefined;
    return typeof value === "string" ? (0,_words_js__WEBPACK_IMPORTED_MODULE_3__/* .splitWords */ .yM)(value) : (0,_request_json_js__WEBPACK_IMPORTED_MODULE_2__/* .list */ .p_)(value).map(String);
}
function buildOf(build, folder) {
    const { context, dockerfile, dockerfile_inline: inline, target, } = typeof build === "string" ? { context: build } : (0,_request_json_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ik)(build);
    const written = (0,_request_json_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)(context ?? ".");
    const isKnown = inline === undefined && written !== "" && !/\$|:\/\//.test(written + (0,_request_json_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)(dockerfile) + (0,_request_json_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)(target));
    return {
        contexts: isKnown ? [(0,_mounts_js__WEBPACK_IMPORTED_MODULE_1__/* .normalized */ .A9)(node_path__WEBPACK_IMPORTED_MODULE_0__.posix.join(folder, written)), (0,_mounts_js__WEBPACK_IMPORTED_MODULE_1__/* .normalized */ .A9)(written)] : [],
        namesContext: context !== undefined,
        dockerfile: (0,_request_json_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)(dockerfile),
        target: (0,_request_json_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)(target),
    };
}
/** A value with a variable in it is not known. */
function environmentOf(value) {
    return new Map(entriesOf(value).flatMap(([name, given]) => given === undefined || given === null || typeof given === "object" || String(given).includes("$")
        ? []
        : [[name, String(given)]]));
}
/** Both forms: `NAME: value`, and a list of `NAME=value`. */
function entriesOf(value) {
    return Array.isArray(value)
        ? (0,_request_json_js__WEBPACK_IMPORTED_MODULE_2__/* .texts */ .Te)(value).map((line) => [line.replace(/=.*$/s, ""), /=(.*)$/s.exec(line)?.[1]])
        : Object.entries((0,_request_json_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ik)(value));
}
/** The container's side: `8000`, `80:8000`, `127.0.0.1:80:8000-8003/tcp`, and the long form's `target`. */
function containerPorts(port) {
    const written = String(typeof port === "object" ? (0,_request_json_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ik)(port).target : port);
    const [, first, last = first] = /(?:^|:)(\d{1,5})(?:-(\d{1,5}))?(?:\/\w+)?$/.exec(written) ?? [];
    const length = Number(last) - Number(first) + 1;
    if (!(length > 0 && length <= MOST_PORTS))
        return undefined;
    return Array.from({ length }, (_, index) => Number(first) + index);
}


/***/ }),

/***/ 1163:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ NOT_PRODUCTION),
/* harmony export */   d: () => (/* binding */ isDeveloped)
/* harmony export */ });
/* harmony import */ var _request_reference_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1659);
/** What shows that a service of a compose file is one of development or of tests. Pure. */

/** Files, services, tags and settings of these names are not production's. */
const NOT_PRODUCTION = /(^|[\s/._-])(override|dev|devel|development|devcontainer|local|tests?|testing|pytest|ci|e2e|debug|examples?|sample|demo)([\s/._-]|$)/i;
/** Commands that load the code again when it changes, debug it or test it. */
const DEVELOPS = /(^|[\s/])(--(auto)?reload|runserver(_plus)?|debugpy|watchmedo|watchfiles|watchexec|nodemon|pytest|ptw|manage\.py\s+test)(?=\s|=|$)/i;
/** Variables that name the settings, or where the code runs. */
const SELECTS = /^(DJANGO_SETTINGS_MODULE|DJANGO_CONFIGURATION|(DJANGO_|APP_|PYTHON_)?ENV(IRONMENT)?)$/;
const SWITCHES = /(^|_)DEBUG$/;
/** Whether a service has something of development, besides what its file is called. */
function isDeveloped(one) {
    const words = [...(one.entrypoint ?? []), ...(one.command ?? [])];
    return (one.isWatched ||
        // Compose starts it only if somebody asks for it: it may be a tool.
        one.profiles.length > 0 ||
        NOT_PRODUCTION.test((0,_request_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .split */ .lD)(one.image).tag ?? "") ||
        DEVELOPS.test(words.join(" ")) ||
        [...one.environment].some(([name, value]) => (SWITCHES.test(name) && /^(1|true|yes|on)$/i.test(value)) ||
            (SELECTS.test(name) && NOT_PRODUCTION.test(value.split(".").at(-1) ?? ""))));
}


/***/ }),

/***/ 5245:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  KV: () => (/* binding */ isProduction),
  zS: () => (/* binding */ productionOf),
  m2: () => (/* binding */ runsImage),
  $h: () => (/* binding */ servicesOfImage),
  Wt: () => (/* binding */ thisImage)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/request/dockerfile.js
var request_dockerfile = __webpack_require__(338);
// EXTERNAL MODULE: ./build/request/reference.js
var reference = __webpack_require__(1659);
// EXTERNAL MODULE: ./build/checks/project/mounts.js
var mounts = __webpack_require__(7826);
;// CONCATENATED MODULE: ./build/checks/project/code-mounts.js
/** Whether what a compose file mounts may take the place of the image's code. Only what is known to be harmless is not. Pure. */


/**
 * Whether a mount brings the checkout, or a folder around it.
 * @param context repo path of the build context
 */
function bringsCode({ from }, context) {
    if (typeof from === "string" || !("paths" in from))
        return false;
    const root = external_node_path_.posix.normalize(context);
    return from.paths.some((path) => path === "." || path.startsWith("..") || (0,mounts/* isInside */.FK)(root, path));
}
/** Names of folders that hold data and no code. */
const DATA = /^(media|static(_?files|_root)?|public|assets|uploads?|files|logs?|data|db|database|tmp|run|certs?|ssl|backups?|secrets?|locale|cache|sockets?)$/i;
/** Folders of the system, in which no project keeps its code. */
const SYSTEM = /^\/(etc|var(?!\/(www|apps?)(\/|$))|run|tmp|dev|data|mnt|secrets)(\/|$)/;
/** Files of settings and data. A folder may have another ending: `/srv/shop.example.com`. */
const FILE = /\.(env|ya?ml|toml|ini|conf|cfg|cnf|json|pem|crt|cert|key|txt|log|sqlite3?|db|sock|pid|xml|csv)$/i;
/** Whether a mount may hide the image's code, by its place in the container. */
function mayHideCode({ target, from }) {
    if (target === "")
        return true;
    if (from === "tmpfs" || FILE.test(target))
        return false;
    return !DATA.test(external_node_path_.posix.basename(target)) && !SYSTEM.test(target);
}

// EXTERNAL MODULE: ./build/checks/project/development.js
var development = __webpack_require__(1163);
;// CONCATENATED MODULE: ./build/checks/project/image-services.js
/** Which services of the compose files run the image of this build, and which of them in production. Pure. */





/** How compose files name the image that this request builds. */
function thisImage({ image, build, workspace }, dockerfile) {
    return {
        repository: image,
        context: build.contextIsRemote ? "../" : external_node_path_.posix.relative(workspace, build.context),
        dockerfile: external_node_path_.posix.relative(workspace, build.file),
        target: build.target,
        stages: (0,request_dockerfile/* stagesOf */.ZL)(dockerfile),
        variables: new Set((0,request_dockerfile/* envOf */.B_)(dockerfile)),
    };
}
/**
 * The services that run this image in production. One counts only if it is built from the stage that is released, or has
 * the image's name; no mount may hide the code; and nothing about it is of development: its file, its name, its tag, its
 * command, its variables. `up` does not start a service with a profile. All others are left out.
 * @returns one for each file that says so; where a file names neither image nor build, those of the other files hold
 */
function servicesOfImage(services, image) {
    return services.flatMap((service) => readingsOf(service, image)
        .filter((readings) => readings.every((reading) => runs(reading, image) === true))
        .flatMap(([reading]) => (reading === undefined ? [] : [{ ...reading, name: service.name }])));
}
/** What the files of production say about a service of any image; nothing where something hides what it runs. */
function productionOf(service, image) {
    return readingsOf(service, image).flatMap(([reading]) => reading ?? []);
}
/**
 * What each file of production says about a service. Where it names neither image nor build, what another file says is added,
 * in each possible way.
 */
function readingsOf(service, image) {
    if (service.isPartial || development/* NOT_PRODUCTION */.K.test(service.name))
        return [];
    const all = service.definitions.filter(isProduction);
    return all.flatMap((one) => {
        const others = all.filter((other) => other !== one && (other.image !== "" || other.build !== undefined));
        const isWhole = one.image !== "" || one.build?.namesContext === true || others.length === 0;
        const readings = isWhole ? [one] : others.map((other) => together(other, one));
        return readings.some((reading) => (0,development/* isDeveloped */.d)(reading) || hidesCode(reading, image)) ? [] : [readings];
    });
}
/** Whether a service runs the image, by all of its files; undefined when they do not say. */
function runsImage({ definitions }, image) {
    const answers = definitions
        .filter((one) => one.image !== "" || one.build !== undefined)
        .map((one) => runs(one, image));
    if (answers.includes(true))
        return true;
    return answers.length === 0 || answers.includes(undefined) ? undefined : false;
}
/** Whether a file is not one of development. */
function isProduction({ file }) {
    return !development/* NOT_PRODUCTION */.K.test(file.replace(/\.ya?ml$/i, ""));
}
/** As compose merges two files: the second replaces what it says itself, and adds to lists. */
function together(first, second) {
    return {
        ...first,
        file: second.file,
        entrypoint: second.entrypoint ?? first.entrypoint,
        command: second.command ?? first.command,
        build: second.build === undefined ? first.build : builtTogether(first.build, second.build),
        workingDir: second.workingDir || first.workingDir,
        user: second.user || first.user,
        environment: new Map([...first.environment, ...second.environment]),
        ports: [...first.ports, ...second.ports],
        hidesVariables: first.hidesVariables || second.hidesVariables,
        variablesFiles: [...first.variablesFiles, ...second.variablesFiles],
        hidesPort: first.hidesPort || second.hidesPort,
        mounts: [...first.mounts, ...second.mounts],
        profiles: [...first.profiles, ...second.profiles],
        isWatched: first.isWatched || second.isWatched,
    };
}
function builtTogether(first, second) {
    if (first === undefined)
        return second;
    return {
        ...(second.namesContext ? second : first),
        dockerfile: second.dockerfile || first.dockerfile,
        target: second.target || first.target,
    };
}
function runs({ image, build }, ours) {
    // Compose gives the image that it builds the name of `image`.
    if (build !== undefined)
        return builds(build, ours);
    const { name } = (0,reference/* split */.lD)(image);
    if (name === "" || name.includes("$"))
        return undefined;
    return (0,reference/* sameRepository */.RB)(name, ours.repository);
}
function builds({ contexts, dockerfile, target }, { context, dockerfile: file, ...ours }) {
    if (contexts.length === 0)
        return undefined;
    const isOurs = contexts.some((one) => one === external_node_path_.posix.normalize(context) &&
        external_node_path_.posix.join(one, dockerfile || "Dockerfile") === external_node_path_.posix.normalize(file));
    if (!isOurs)
        return false;
    // Another stage of the same Dockerfile may be Django as well, or anything.
    if (target === ours.target)
        return true;
    const stage = (0,request_dockerfile/* stageOf */.gV)(ours.stages, target);
    return stage !== undefined && stage === (0,request_dockerfile/* stageOf */.gV)(ours.stages, ours.target) ? true : undefined;
}
function hidesCode({ mounts }, { context }) {
    return mounts.some((mount) => bringsCode(mount, context) || mayHideCode(mount));
}


/***/ }),

/***/ 1271:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   r: () => (/* binding */ listeningOf)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var _words_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3903);
/** On which ports a server listens, by its command line. Pure. */


const SERVERS = {
    // docs.gunicorn.org/en/stable/settings.html: `bind` of the command line goes before all others.
    gunicorn: { address: /^(-b|--bind)$/, otherwise: 8000 },
    hypercorn: { address: /^(-b|--bind|--insecure-bind)$/, otherwise: 8000 },
    uvicorn: { host: /^--host$/, port: /^--port$/, otherwise: 8000, loopbackUnless: "UVICORN_HOST" },
    daphne: { host: /^(-b|--bind)$/, port: /^(-p|--port)$/, otherwise: 8000, loopbackUnless: "" },
    granian: { host: /^--host$/, port: /^--port$/, otherwise: 8000, loopbackUnless: "GRANIAN_HOST" },
    "waitress-serve": { address: /^--listen$/, host: /^--host$/, port: /^--port$/, otherwise: 8080 },
    uwsgi: { address: /^(-s|--(uwsgi-|http-|http11-)?socket|--https?|--http11)$/ },
};
/**
 * Reads the command line of a container.
 * @param words of its ENTRYPOINT and CMD
 * @returns undefined when it starts no server that is known, or when a variable hides its port
 */
function listeningOf(words) {
    const commands = commandsIn(words);
    const servers = commands.all.map((command) => {
        const at = command.findIndex((word) => Object.hasOwn(SERVERS, node_path__WEBPACK_IMPORTED_MODULE_0__.posix.basename(word)));
        const server = node_path__WEBPACK_IMPORTED_MODULE_0__.posix.basename(command[at] ?? "");
        return { server, flags: SERVERS[server], args: command.slice(at + 1) };
    });
    const found = servers.flatMap(({ server, flags, args }) => flags === undefined ? [] : [serverIn(server, flags, args)]);
    const [first] = found;
    if (first === undefined || found.includes(undefined))
        return undefined;
    const all = found.filter((one) => one !== undefined);
    const others = commands.all.filter((_, index) => servers[index]?.flags === undefined);
    return {
        server: first.server,
        ports: [...new Set(all.flatMap(({ ports }) => ports))],
        named: [...new Set(all.flatMap(({ named }) => named))],
        loopback: all.flatMap(({ loopback }) => loopback),
        hostFrom: first.hostFrom,
        certain: all.every(({ certain }) => certain) && !commands.inBackground && others.every(listensNowhere),
    };
}
/** The single commands, also of a shell's line: `sh -c "migrate && exec gunicorn …"`. */
function commandsIn(words) {
    const shell = words.findIndex((word) => /(^|\/)(ba|da|a)?sh$/.test(word));
    const line = words[shell + 2];
    if (shell < 0 || line === undefined || !/^-[a-z]*c$/.test(words[shell + 1] ?? ""))
        return { all: [words], inBackground: false };
    const all = line.split(/&&|\|\||(?<!>)&(?!>)|[;|\n]/).map(_words_js__WEBPACK_IMPORTED_MODULE_1__/* .splitWords */ .yM);
    return {
        all: all.filter((command) => command.length > 0),
        inBackground: /(?<![&>])&(?![&>])/.test(line),
    };
}
/** Programs that end, or that listen on no port. */
const LISTENS_NOWHERE = /^(python[\d.]*|(\.\/)?manage\.py|django-admin|exec|cd|export|set|echo|printf|sleep|true|wait|wait-for-it(\.sh)?|nc|pg_isready|mkdir|chown|chmod|cp|mv|rm|ln|touch|cat|ls|date|id|whoami|env|alembic|celery|poetry|uv|pdm|pipenv|until|while|do|done|if|then|else|fi|test|\[|!|:)$/;
function listensNowhere(command) {
    const program = command.find((word) => !/^\w+=/.test(word)) ?? "";
    return program === "" || LISTENS_NOWHERE.test(node_path__WEBPACK_IMPORTED_MODULE_0__.posix.basename(program)) || LISTENS_NOWHERE.test(program);
}
const LOOPBACK = /^(127\.[\d.]+|localhost|\[::1\])$/;
function serverIn(server, flags, args) {
    // `--bind=:8000`, `-b:8000`.
    const split = args.flatMap((arg) => {
        const [, name, value] = /^(--[\w-]+)=(.*)$/s.exec(arg) ?? /^(-[bps])(.+)$/s.exec(arg) ?? [];
        return name === undefined || value === undefined ? [arg] : [name, value];
    });
    const values = (flag) => flag === undefined ? [] : split.filter((_, index) => flag.test(split[index - 1] ?? ""));
    const addresses = values(flags.address);
    const [host = ""] = values(flags.host).slice(-1);
    const [port] = values(flags.port).slice(-1);
    if ([...addresses, host, port ?? ""].some((value) => value.includes("$")))
        return undefined;
    const bound = [
        ...addresses.flatMap((one) => one.split(",")),
        ...(port === undefined ? [] : [`${host}:${port}`]),
    ];
    // A Unix socket has no port.
    const ports = bound.flatMap((one) => {
        const [, host = "", number] = /^(?:([^/]*):)?(\d{2,5})$/.exec(one.replace(/^\w+:\/\//, "")) ?? [];
        return number === undefined ? [] : [{ number: Number(number), isLocal: LOOPBACK.test(host) }];
    });
    const named = ports.map(({ number }) => number);
    const otherwise = flags.otherwise === undefined || bound.length > 0 ? [] : [flags.otherwise];
    const all = [...named, ...otherwise];
    const isElsewhere = split.some((arg) => /^--(ini|fd|uds|yaml|json|endpoint)|^-e$|\.ini$/.test(arg));
    const isByDefault = flags.loopbackUnless !== undefined && host === "" && !isElsewhere;
    return {
        server,
        ports: all,
        named,
        loopback: isByDefault ? all : ports.filter(({ isLocal }) => isLocal).map(({ number }) => number),
        hostFrom: isByDefault ? flags.loopbackUnless : undefined,
        certain: named.length > 0 && !isElsewhere,
    };
}


/***/ }),

/***/ 7826:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A9: () => (/* binding */ normalized),
/* harmony export */   EH: () => (/* binding */ volumeName),
/* harmony export */   FK: () => (/* binding */ isInside),
/* harmony export */   VS: () => (/* binding */ externalVolumes),
/* harmony export */   vI: () => (/* binding */ mountOf)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var _request_json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(702);
/**
 * What compose files mount at the folders of a container (docs.docker.com/reference/compose-file/services, "volumes").
 * Pure.
 */


/**
 * Volumes whose files may come from elsewhere: they are made outside of the compose file, are a folder of another machine,
 * or a variable is a part of their names.
 */
function externalVolumes(content) {
    return Object.entries((0,_request_json_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)((0,_request_json_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)(content).volumes)).flatMap(([name, volume]) => {
        const { external, driver_opts: options, name: written } = (0,_request_json_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)(volume);
        // A name with a variable in it may be a new volume for each release.
        const isOwn = external === undefined && options === undefined && !(0,_request_json_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)(written).includes("$");
        return isOwn ? [] : [name];
    });
}
/** Reads both syntaxes: `static:/srv/static:ro`, and the long one with `type`, `source` and `target`. */
function mountOf(volume, folder, external) {
    if (typeof volume === "string") {
        // A colon inside of `${NAME:-x}` does not separate anything.
        const [first = "", second] = volume.match(/(?:\$\{[^}]*\}|[^:])+/g) ?? [];
        if (second === undefined)
            return { target: targetOf(first), from: "anonymous" };
        const from = FOLDER.test(first) ? folderSource(first, folder) : volumeSource(first, "", external);
        return { target: targetOf(second), from };
    }
    const { type, source, target, volume: options } = (0,_request_json_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)(volume);
    const name = (0,_request_json_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)(source);
    const from = type === "bind"
        ? folderSource(name, folder)
        : type === "volume"
            ? volumeSource(name, (0,_request_json_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)((0,_request_json_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)(options).subpath), external)
            : type === "tmpfs"
                ? "tmpfs"
                : "unknown";
    return { target: targetOf((0,_request_json_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)(target)), from };
}
function targetOf(target) {
    return !target.startsWith("/") || target.includes("$") ? "" : normalized(target);
}
/** The folder that compose is called in, as a shell writes it. */
const CALLED_IN = /^\$(PWD|\{PWD\})(?=\/|$)/;
const FOLDER = new RegExp(`^[./~]|${CALLED_IN.source}`);
/** A relative folder is relative to the compose file, or to the folder that compose is called in. */
function folderSource(written, folder) {
    const source = written.replace(CALLED_IN, ".");
    if (source === "" || source.includes("$"))
        return "unknown";
    if (/^[/~]/.test(source))
        return { paths: [normalized(source)] };
    return { paths: [normalized(node_path__WEBPACK_IMPORTED_MODULE_0__.posix.join(folder, source)), normalized(source)] };
}
function volumeSource(name, subpath, external) {
    if (name === "")
        return "anonymous";
    if (/\$/.test(name + subpath))
        return "unknown";
    if (external.has(name))
        return "external";
    return { volume: normalized(node_path__WEBPACK_IMPORTED_MODULE_0__.posix.join(name, subpath)) };
}
/** A path without a slash at its end. */
function normalized(path) {
    return node_path__WEBPACK_IMPORTED_MODULE_0__.posix.normalize(path).replace(/(.)\/$/, "$1");
}
/** Whether an absolute path is a folder or inside it. */
function isInside(path, folder) {
    return path === folder || path.startsWith(folder === "/" ? "/" : `${folder}/`);
}
/** The name of the volume that a mount uses, without a folder in it; undefined for another kind of mount. */
function volumeName({ from }) {
    return typeof from !== "string" && "volume" in from ? from.volume.replace(/\/.*/, "") : undefined;
}


/***/ }),

/***/ 4584:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Mk: () => (/* binding */ readNamed),
/* harmony export */   Ms: () => (/* binding */ whyUnread),
/* harmony export */   uw: () => (/* binding */ repositoryAt)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _request_paths_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4346);
/** Reads the files of the checkout, with limits. */



/** Larger files are not read. Caddy's JSON has every site of a large setup in it. */
const MAX_BYTES = 1024 * 1024;
const MAX_JSON_BYTES = 16 * MAX_BYTES;
/** The checkout's plain files. A link that leads out of it is not followed. */
function repositoryAt(workspace) {
    let root;
    const read = async (file, most = limitOf(file)) => {
        const real = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.realpath)(node_path__WEBPACK_IMPORTED_MODULE_1__.join(workspace, file)).catch(() => undefined);
        if (real === undefined)
            return undefined;
        root ??= (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.realpath)(workspace);
        return (0,_request_paths_js__WEBPACK_IMPORTED_MODULE_2__/* .isInside */ .FK)(real, await root) ? textOf(real, most) : undefined;
    };
    const match = async (pattern) => {
        let found = [""];
        for (const segment of pattern.split("/")) {
            const next = found.map(async (folder) => {
                if (!/[*?[]/.test(segment))
                    return [node_path__WEBPACK_IMPORTED_MODULE_1__.join(folder, segment)];
                const names = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(node_path__WEBPACK_IMPORTED_MODULE_1__.join(workspace, folder)).catch(() => []);
                return names.filter((name) => node_path__WEBPACK_IMPORTED_MODULE_1__.matchesGlob(name, segment)).map((name) => node_path__WEBPACK_IMPORTED_MODULE_1__.join(folder, name));
            });
            found = (await Promise.all(next)).flat();
        }
        const texts = await Promise.all(found.map((file) => read(file)));
        return found.filter((_, index) => texts[index] !== undefined).sort();
    };
    return { read, match };
}
/**
 * A file that an input names. One of the checkout is read as all of its files are; the workflow may have made one elsewhere.
 * @param file its absolute path
 */
async function readNamed(file, workspace) {
    return (0,_request_paths_js__WEBPACK_IMPORTED_MODULE_2__/* .isInside */ .FK)(file, workspace)
        ? repositoryAt(workspace).read(node_path__WEBPACK_IMPORTED_MODULE_1__.relative(workspace, file))
        : textOf(file, MAX_BYTES);
}
/**
 * Why `repositoryAt(…).read` gives nothing.
 * @returns the end of a sentence that begins with the file
 */
async function whyUnread(workspace, file) {
    const real = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.realpath)(node_path__WEBPACK_IMPORTED_MODULE_1__.join(workspace, file)).catch(() => undefined);
    if (real === undefined)
        return "does not exist, or is a link that leads nowhere";
    if (!(0,_request_paths_js__WEBPACK_IMPORTED_MODULE_2__/* .isInside */ .FK)(real, await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.realpath)(workspace)))
        return "is a link that leads out of the checkout";
    if (!(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(real)).isFile())
        return "is not a file";
    const mayRead = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.access)(real, node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.constants.R_OK).then(() => true, () => false);
    if (!mayRead)
        return "cannot be read by the runner's user";
    return `is larger than ${limitOf(file) === MAX_JSON_BYTES ? "16 megabytes" : "a megabyte"}`;
}
function limitOf(file) {
    return /\.json$/i.test(file) ? MAX_JSON_BYTES : MAX_BYTES;
}
/** The text of a plain file; undefined when it is larger than the limit, or none that can be read. */
async function textOf(file, most) {
    const found = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(file).catch(() => undefined);
    return found?.isFile() && found.size <= most ? (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(file, "utf8").catch(() => undefined) : undefined;
}


/***/ }),

/***/ 3903:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bc: () => (/* binding */ inContainer),
/* harmony export */   Ze: () => (/* binding */ wordsOfStart),
/* harmony export */   yM: () => (/* binding */ splitWords)
/* harmony export */ });
/** The words of command lines. Pure. */
const QUOTED = /"((?:[^"\\]|\\.)*)"|'([^']*)'|\\(.)/gs;
/** The words of a command line, without their quotes. A variable (`${NAME:-a b}`) is a part of its word. */
function splitWords(line) {
    const words = line.match(/(?:"(?:[^"\\]|\\.)*"|'[^']*'|\\.|\$\{[^}]{0,200}\}|[^\s\\])+/gs) ?? [];
    return words.map((word) => word.replace(QUOTED, (_, double, single, escaped) => double?.replace(/\\(["\\$`])/g, "$1") ?? single ?? escaped ?? ""));
}
/** The words as the container gets them: compose makes a dollar of two. */
function inContainer(words = []) {
    return words.map((word) => word.replaceAll("$$", "$"));
}
/** What ENTRYPOINT or CMD starts: the words of the exec form, or a shell with the line. */
function wordsOfStart(rest) {
    return rest.trim().startsWith("[")
        ? [...rest.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, word = ""]) => word.replace(/\\(.)/g, "$1"))
        : ["/bin/sh", "-c", rest];
}


/***/ }),

/***/ 9183:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ir: () => (/* binding */ NO_ATTESTATIONS),
/* harmony export */   cF: () => (/* binding */ askedAttestations),
/* harmony export */   gc: () => (/* binding */ manifestAnnotations),
/* harmony export */   nM: () => (/* binding */ indexAnnotations),
/* harmony export */   yK: () => (/* binding */ requireIndex),
/* harmony export */   yg: () => (/* binding */ builtAttestations)
/* harmony export */ });
/* harmony import */ var _docker_builder_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7234);
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9874);
/* harmony import */ var _request_platforms_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8354);
/* harmony import */ var _platforms_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(482);
/** Attestations and annotations of the user's image: which of them are part of the bytes that are compared. Pure. */




const NO_ATTESTATIONS = ["type=provenance,disabled=true"];
/**
 * Attestations of the build. The docker driver's image is pushed as it is, so it carries its own. Any other builder
 * makes them when it pushes, and the plain manifest is what is compared.
 * @throws {Failure} when the workflow asks for what this builder cannot do
 */
function builtAttestations(request, builder) {
    if (builder.driver !== "docker")
        return NO_ATTESTATIONS;
    if (!(0,_docker_builder_js__WEBPACK_IMPORTED_MODULE_3__/* .isClassic */ .l9)(builder))
        return askedAttestations(request);
    for (const input of ["provenance", "sbom"]) {
        const value = request.build[input];
        if (value !== "" && value !== "false")
            throw new _failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR("Invalid input", `\`${input}: ${value}\` needs a builder that can attest, and the engine's classic image store cannot. ` +
                "Turn on the containerd image store, use a docker-container builder " +
                `(docker/setup-buildx-action), or set \`${input}: false\`.`);
    }
    return NO_ATTESTATIONS;
}
/**
 * The annotations of one platform's manifest alone. They are part of the bytes that are compared. BuildKit refuses
 * `index:…` where there is no index, and passes over the name of a platform.
 */
function manifestAnnotations({ request, platforms }, platform) {
    return annotationsAt(request.build.annotations, (level) => {
        if (!level.startsWith("manifest") || level.startsWith("manifest-descriptor"))
            return [];
        return (0,_platforms_js__WEBPACK_IMPORTED_MODULE_2__/* .areSeveral */ .Bp)(platforms) ? levelFor(platform, level) : [level];
    });
}
/** The annotations of the index and of its descriptors, which no manifest carries. */
function indexAnnotations(annotations) {
    return annotationsAt(annotations, (level) => /^(index|manifest-descriptor)/.test(level) ? [level] : []).filter((annotation) => LEVELS.test(annotation));
}
/**
 * @throws {Failure} when the workflow annotates an index, and one platform without attestations has none: BuildKit
 *   refuses that only when the image is pushed
 */
function requireIndex({ request: { build }, builder, platforms }) {
    const { provenance, sbom } = build;
    const attests = provenance !== "false" || (sbom !== "" && sbom !== "false");
    const hasIndex = (0,_platforms_js__WEBPACK_IMPORTED_MODULE_2__/* .areSeveral */ .Bp)(platforms) || (attests && !(0,_docker_builder_js__WEBPACK_IMPORTED_MODULE_3__/* .isClassic */ .l9)(builder));
    const [first] = indexAnnotations(build.annotations);
    if (hasIndex || first === undefined)
        return;
    throw new _failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR("Invalid input", `\`annotations\` has \`${first}\`, and this image has no index to annotate: an index comes with attestations or ` +
        "with several platforms. Write `manifest:` instead, or leave `provenance` at its default.");
}
/** `manifest,index[linux/arm64]:key=value` */
const LEVELS = /^([a-z,-]+(?:\[[^\]]*\])?(?:,[a-z-]+(?:\[[^\]]*\])?)*):(.*=.*)$/s;
/** Annotations with those of their levels that are kept. One without a level is the manifest's. */
function annotationsAt(annotations, keep) {
    return annotations.flatMap((annotation) => {
        const [, levels = "", rest = ""] = LEVELS.exec(annotation) ?? [];
        if (levels === "")
            return [annotation];
        const kept = levels.split(/,(?![^[]*\])/).flatMap(keep);
        return kept.length === 0 ? [] : [`${kept.join(",")}:${rest}`];
    });
}
/** `manifest[linux/arm64]` as `manifest` for that platform, and as nothing for another. */
function levelFor(platform, level) {
    const named = /\[(.*)\]$/.exec(level)?.[1];
    return named === undefined || (0,_request_platforms_js__WEBPACK_IMPORTED_MODULE_1__/* .platformNamed */ .p)(named) === platform ? [level.replace(/\[.*/, "")] : [];
}
/** Attestations of the image that is released. */
function askedAttestations(request) {
    const { provenance, sbom } = request.build;
    const asked = [attestation("provenance", provenance === "" ? "mode=min" : provenance)];
    if (sbom !== "" && sbom !== "false")
        asked.push(attestation("sbom", sbom));
    return asked;
}
function attestation(type, value) {
    if (value === "false")
        return `type=${type},disabled=true`;
    return value === "true" ? `type=${type}` : `type=${type},${value}`;
}


/***/ }),

/***/ 65:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ blame),
/* harmony export */   U: () => (/* binding */ hasNoShell)
/* harmony export */ });
/* harmony import */ var _docker_steps_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2118);
/* harmony import */ var _docker_words_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8880);


const CANCELED = /(^|: )context canceled$|^CANCELED$/i;
/** An image of an imported cache has its layers elsewhere until a step needs them; others were cleared away. */
const NO_CONTENT = /content (digest )?sha256:[0-9a-f]{64}: not found|content digest sha256:[0-9a-f]{64} not found/;
/** BuildKit names the last line that it could read, and shows the lines around it: that is not the one that is too long. */
const LINE_TOO_LONG = /dockerfile line greater than max allowed size/;
/** Characters of a Dockerfile's line that an excerpt shows. */
const SHOWN_OF_A_LINE = 200;
/** Reads a failed solve's progress and the last line of its error output. */
function blame(progress, stderr) {
    const reason = (0,_docker_words_js__WEBPACK_IMPORTED_MODULE_1__/* .lastWord */ .bx)(stderr);
    const failed = progress.vertexes.filter((one) => one.error !== undefined && !CANCELED.test(one.error));
    const { line, excerpt } = readExcerpt(progress.plain);
    if ((0,_docker_steps_js__WEBPACK_IMPORTED_MODULE_0__/* .isOurExcerpt */ .AQ)(excerpt) || failed.some(isOurs))
        return inOurs(failed, reason);
    const step = failed.find((one) => stepOf(one) !== "");
    const at = line ?? parseErrorLine(reason);
    if (!step && at === undefined && !/target stage ".*" could not be found/.test(reason))
        return fromBuilder(failed, reason);
    const isTooLong = LINE_TOO_LONG.test(reason);
    return {
        part: "dockerfile",
        step: step ? stepOf(step) : "",
        line: isTooLong && at !== undefined ? at + 1 : at,
        excerpt: isTooLong ? "" : excerpt,
        reason: step ? ownReason(step) : withoutTarget(reason),
        log: step?.log ?? "",
    };
}
/** A failed solve of one of our own Dockerfiles. */
function inOurs(failed, reason) {
    if (NO_CONTENT.test([reason, ...failed.map(({ error }) => error)].join("\n")))
        return { part: "layers", reason: withoutTarget(reason) };
    const step = failed.find(isOurs);
    if (step === undefined)
        return fromBuilder(failed, reason);
    return { part: "container", missing: missingProgram(step.log), reason: ownReason(step), log: step.log };
}
function isOurs({ names }) {
    return names.size > 0 && [...names].every(_docker_steps_js__WEBPACK_IMPORTED_MODULE_0__/* .isOurStep */ .B9);
}
function fromBuilder(failed, reason) {
    return {
        part: "builder",
        reason: withoutTarget(reason) || failed[0]?.error || "the builder gave no reason",
    };
}
/** Whether the image has no `/bin/sh`, so that our script could not be started in it. */
function hasNoShell(one) {
    return one.part === "container" && one.missing === "/bin/sh";
}
/** The program that the engine could not start, from its own log line; empty when the step failed for another reason. */
function missingProgram(log) {
    return (/exec: "([^"]+)": (?:stat .*no such file|executable file not found|permission denied)/.exec(log)?.[1] ??
        "");
}
function stepOf(vertex) {
    for (const name of vertex.names) {
        const step = (0,_docker_steps_js__WEBPACK_IMPORTED_MODULE_0__/* .readStep */ .jg)(name);
        if (step.kind === "dockerfile")
            return step.instruction;
    }
    return "";
}
function ownReason(vertex) {
    const code = /did not complete successfully: exit code: (\d+)/.exec(vertex.error ?? "")?.[1];
    return code === undefined ? (vertex.error ?? "") : `exit code ${code}`;
}
/** `dockerfile parse error on line 2: …`. */
function parseErrorLine(reason) {
    const line = /parse error on line (\d+)/.exec(reason)?.[1];
    return line === undefined ? undefined : Number(line);
}
function withoutTarget(reason) {
    return reason.replace(/^target \S+: /, "").replace(/^failed to solve: /, "");
}
/**
 * The excerpt that follows the JSON lines: `Dockerfile:3`, a line of dashes, numbered lines with `>>>` at
 * the instruction, a line of dashes. The line is the first marked one.
 */
function readExcerpt(plain) {
    const start = plain.findIndex((line, index) => /^(?!bake\.json:).+:\d+$/.test(line) && /^-{4,}$/.test(plain[index + 1] ?? ""));
    if (start < 0)
        return { line: undefined, excerpt: "" };
    const end = plain.findIndex((line, index) => index > start + 1 && /^-{4,}$/.test(line));
    const lines = plain.slice(start + 2, end < 0 ? undefined : end);
    const marked = lines.find((line) => line.includes(">>>")) ?? "";
    const number = /^\s*(\d+) \|/.exec(marked)?.[1] ?? /:(\d+)$/.exec(plain[start] ?? "")?.[1];
    const shown = lines.map((one) => one.length > SHOWN_OF_A_LINE ? `${one.slice(0, SHOWN_OF_A_LINE)}…` : one);
    return { line: number === undefined ? undefined : Number(number), excerpt: shown.join("\n") };
}


/***/ }),

/***/ 1614:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   PC: () => (/* binding */ labelsOf),
/* harmony export */   QQ: () => (/* binding */ keptName),
/* harmony export */   t0: () => (/* binding */ KEPT),
/* harmony export */   zb: () => (/* binding */ stagingName)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/** Names and labels of an image that we choose: only this run, machine and commit know them. */

/** What the name of an image that the engine keeps begins with. */
const KEPT = "shipshape/kept:";
/** The OCI labels that we add. None of them changes between two builds of one commit. */
function labelsOf(request, commit) {
    const labels = {
        revision: commit?.head ?? request.run.sha,
        source: request.run.source,
        title: request.app,
        created: commit?.committed ?? "",
    };
    const known = Object.entries(labels).filter(([, value]) => value !== "");
    return new Map(known.map(([name, value]) => [`org.opencontainers.image.${name}`, value]));
}
/** A name that no other step of this run has: the docker driver's, for the image until the verdict. */
function stagingName(request) {
    const run = request.run.id || "local";
    const unique = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomBytes)(3).toString("hex");
    return `shipshape/${run}-${request.run.attempt}-${slug(request.app) || "app"}-${unique}:staging`;
}
/**
 * The name under which the engine keeps the app's latest image, passed or not. The containerd store throws an
 * image's unpacked layers away with its last name, and the next build would unpack all of them again: seconds,
 * where nothing has changed.
 * @param source the repository's page
 */
function keptName(source, app) {
    const repository = source.replace(/^https?:\/\/[^/]*/, "");
    // The end of a long name distinguishes the apps. A tag may have 128 characters.
    return `${KEPT}${slug(`${repository} ${app}`.slice(-120)) || "app"}`;
}
/** As part of an image's name. */
function slug(text) {
    return text
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, "-")
        .replace(/^-|-$/g, "");
}


/***/ }),

/***/ 482:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bp: () => (/* binding */ areSeveral),
/* harmony export */   DN: () => (/* binding */ platformSlug),
/* harmony export */   Wt: () => (/* binding */ platformsOf),
/* harmony export */   yk: () => (/* binding */ allPlatforms)
/* harmony export */ });
/* harmony import */ var _docker_bake_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(328);
/* harmony import */ var _docker_builder_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7234);
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9874);
/* harmony import */ var _request_platforms_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8354);
/** Which platforms an image is built for, and on which of them the checks run. Pure. */




/** All platforms of the image. */
function allPlatforms({ checked, emulated }) {
    return [...checked, ...emulated];
}
/** Whether the image is built for more than one platform. */
function areSeveral(platforms) {
    return allPlatforms(platforms).length > 1;
}
/**
 * The platforms of a build.
 * @throws {Failure} `Invalid input` when this builder can run the checks on none of them, or cannot keep them
 */
function platformsOf({ platforms, cacheTo }, builder) {
    const native = builder.native.flatMap((platform) => (0,_request_platforms_js__WEBPACK_IMPORTED_MODULE_1__/* .platformNamed */ .p)(platform) ?? []);
    if (platforms.length === 0)
        return { checked: [native[0] ?? ""], emulated: [] };
    const [first, ...others] = platforms.filter((platform) => native.includes(platform));
    const emulated = platforms.filter((platform) => !native.includes(platform));
    if (first === undefined)
        throw new _failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR("Invalid input", `\`platforms\` has ${platforms.join(", ")}, and the checks run on the builder's own platform: ` +
            `${native.length === 0 ? `${builder.name} does not say which that is` : `that of ${builder.name} is ${native.join(", ")}`}. ` +
            "Add it, or use a builder of one of these platforms (for linux/arm64: `runs-on: ubuntu-24.04-arm`).");
    if (platforms.length > 1 && (0,_docker_builder_js__WEBPACK_IMPORTED_MODULE_2__/* .isClassic */ .l9)(builder))
        throw new _failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR("Invalid input", "Several `platforms` need a builder that can keep them, and the engine's classic image store keeps one. " +
            "Add docker/setup-buildx-action before this step, or turn on the containerd image store.");
    // What was done for one platform would be written into the image of another.
    if (platforms.length > 1 && builder.driver !== "docker" && cacheTo.some(_docker_bake_js__WEBPACK_IMPORTED_MODULE_3__/* .isInline */ .mO))
        throw new _failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR("Invalid input", "`cache-to: type=inline` writes the cache into the image, and with several `platforms` the image that is pushed " +
            "would not be the one that was checked. Use another type, like `type=registry` or `type=gha`.");
    return { checked: [first, ...others], emulated };
}
/** A platform as part of the name of a folder, a file or a bake target: `linux-arm64`. */
function platformSlug(platform) {
    return platform.replaceAll("/", "-");
}


/***/ }),

/***/ 639:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ Solver),
/* harmony export */   l: () => (/* binding */ solveAndRead)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _docker_bake_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(328);
/* harmony import */ var _docker_progress_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2286);
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9874);
/* harmony import */ var _blame_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(65);
/* harmony import */ var _names_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(1614);
/** Runs solves: again where the image is not at fault, and until an answer can be believed. */







/**
 * BuildKit moves the kept name to a new image, and fails when another run has made that name at the same moment (measured:
 * in 8 of 25 tries with four builds at once). From then on the name exists and can be moved.
 */
const NAME_COLLISION = new RegExp(`image "[^"]*${_names_js__WEBPACK_IMPORTED_MODULE_5__/* .KEPT */ .t0}[^"]*": already exists`);
const TRIES_FOR_A_NAME = 4;
/** Runs solves on one builder. */
class Solver {
    #parts;
    /** Solves that bring layers, each run once. */
    #brought;
    constructor(parts, brought = new Map()) {
        this.#parts = parts;
        this.#brought = brought;
    }
    get builder() {
        return this.#parts.builder;
    }
    get docker() {
        return this.#parts.docker;
    }
    get folder() {
        return this.#parts.folder;
    }
    say(line) {
        this.#parts.say(line);
    }
    /** The same, with other parts. */
    with(parts) {
        return new Solver({ ...this.#parts, ...parts }, this.#brought);
    }
    /** The same, with the solves' folders in a folder of that name. */
    within(name) {
        return this.with({ folder: (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(this.folder, name) });
    }
    /** The same, with each event of the progress changed, or left out where the result is undefined. */
    hearing(change) {
        const listen = () => {
            const hear = this.#parts.listen();
            return (event) => {
                const changed = change(event);
                if (changed !== undefined)
                    hear(changed);
            };
        };
        return this.with({ listen });
    }
    /** The same, without its progress in the log. */
    quiet() {
        return this.hearing(() => undefined);
    }
    /**
     * Runs a solve. One that hangs, or fails for what may be a cache's fault, is tried once more without the caches of other
     * machines.
     * @param name of the solve's folder
     * @throws {Failure} `Build failed` when it hangs again, `Cancelled`
     */
    async solve(name, solve) {
        const first = await this.solveOnce(name, solve);
        const fault = faultOfCaches(first, solve);
        if (fault === undefined)
            return first;
        this.say(`${fault} Trying once more, without external caches.`);
        const second = await this.solveOnce(name, (0,_docker_bake_js__WEBPACK_IMPORTED_MODULE_6__/* .withoutCaches */ .GE)(solve));
        if (second.ok || second.why !== "idle")
            return second;
        throw new _failure_js__WEBPACK_IMPORTED_MODULE_3__/* .Failure */ .HR("Build failed", `The builder ${this.builder.name} took the build twice and did not start a step. Restart it ` +
            "(`docker buildx inspect --bootstrap`), or use another one.");
    }
    /**
     * Runs a solve, again only while another run takes the app's kept name at the same moment.
     * @throws {Failure} `Cancelled`
     */
    async solveOnce(name, solve) {
        const { docker, builder, folder, listen, signal } = this.#parts;
        const hear = listen();
        for (let tries = 1;; tries++) {
            const solved = await docker.bake(solve, { builder, folder: (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, name), hear, signal });
            if (solved.ok || solved.why === "idle")
                return solved;
            if (solved.why === "cancelled")
                throw (0,_failure_js__WEBPACK_IMPORTED_MODULE_3__/* .cancelled */ .KW)();
            if (!NAME_COLLISION.test(solved.stderr) || tries === TRIES_FOR_A_NAME)
                return solved;
            this.say("Another run named the app's kept image at the same moment. Trying again.");
        }
    }
    /** Makes the builder bring the layers of an image that it has only by name. */
    async bring(layers) {
        if (!this.#brought.has(layers))
            this.say("The image's layers are still in the build cache's registry: fetching them.");
        // Images of several checks may be brought at the same time.
        const name = `layers-${this.#brought.size + 1}`;
        const bringing = this.#brought.get(layers) ?? this.quiet().solveOnce(name, layers);
        this.#brought.set(layers, bringing);
        await bringing;
    }
}
/**
 * What a builder says of a layer that an imported cache names and no longer has. It says so of the step that needs the layer,
 * as if that had failed (measured with BuildKit 0.33, a registry and a deleted blob).
 */
const LOST_LAYER = /failed to copy: |could not fetch content descriptor|content (digest )?sha256:[0-9a-f]{64}: not found|httpReadSeeker/;
/**
 * A sentence that says why a solve may succeed without the caches of other machines. Undefined when it succeeded, or when
 * they are not at fault: a step of the Dockerfile ran and failed.
 */
function faultOfCaches(solved, solve) {
    if (solved.ok)
        return undefined;
    if (solved.why === "idle")
        return "The build made no progress for two minutes.";
    if (solved.why !== "failed" || !(0,_docker_bake_js__WEBPACK_IMPORTED_MODULE_6__/* .importsCaches */ .CN)(solve) || NAME_COLLISION.test(solved.stderr))
        return undefined;
    const found = (0,_blame_js__WEBPACK_IMPORTED_MODULE_4__/* .blame */ .S)(solved.progress, solved.stderr);
    const isFault = found.part === "builder" || found.part === "layers" || LOST_LAYER.test(found.reason);
    return isFault ? `The build failed, and no step of the Dockerfile did: ${found.reason}.` : undefined;
}
/**
 * Solves, and reads what the containers left. A cached answer that is not believed is asked for once more, and so is one
 * for which the builder lacked the image's layers.
 * @throws {Failure} `Cancelled`, or what `read` throws
 */
async function solveAndRead(solver, question) {
    const first = await askOnce(solver, question, false);
    if (!first.ok || !first.cached || question.believes(first.answer))
        return first;
    solver.say("The builder's cache holds a failed check: checking again.");
    return askOnce(solver, question, true);
}
async function askOnce(solver, question, again) {
    const { name, folder, plan, answers, read, layers } = question;
    for (let brought = false;; brought = true) {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(folder, { recursive: true, force: true });
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdir)(folder, { recursive: true });
        const solved = await solver.solve(name, plan(again));
        const { progress } = solved;
        if (solved.ok) {
            // What cannot be found out counts as cached.
            const cached = (0,_docker_progress_js__WEBPACK_IMPORTED_MODULE_2__/* .stepIn */ .eC)(progress.vertexes, answers)?.cached ?? true;
            return { ok: true, answer: await read(progress, cached), cached };
        }
        if (solved.why === "step")
            return { ok: false, why: "step", progress };
        const found = (0,_blame_js__WEBPACK_IMPORTED_MODULE_4__/* .blame */ .S)(progress, solved.stderr);
        if (found.part !== "layers" || layers === undefined || brought)
            return { ok: false, why: "failed", blame: found, progress };
        await solver.bring(layers);
    }
}


/***/ }),

/***/ 8250:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  prepare: () => (/* binding */ prepare),
  probeFolder: () => (/* binding */ probeFolder),
  removeWork: () => (/* binding */ removeWork)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/checks/context.js + 1 modules
var context = __webpack_require__(5022);
// EXTERNAL MODULE: ./build/checks/dockerfile.js
var dockerfile = __webpack_require__(3188);
// EXTERNAL MODULE: ./build/checks/project/checkout.js + 4 modules
var checkout = __webpack_require__(6679);
// EXTERNAL MODULE: ./build/docker/environment.js
var environment = __webpack_require__(5472);
// EXTERNAL MODULE: ./build/failure.js
var failure = __webpack_require__(9874);
// EXTERNAL MODULE: ./build/docker/bake.js
var bake = __webpack_require__(328);
// EXTERNAL MODULE: ./build/request/lists.js + 10 modules
var lists = __webpack_require__(5845);
// EXTERNAL MODULE: ./build/request/reference.js
var reference = __webpack_require__(1659);
;// CONCATENATED MODULE: ./build/image/caches.js
/**
 * Caches of the build: completed with what they need in a matrix, and left out when their server does not
 * answer. BuildKit has no time limit of its own there: one silent server freezes the whole builder.
 */



/** Milliseconds in which a cache's server must answer anything at all. */
const PATIENCE = 2000;
/** The caches that can be named in the bake file. */
async function usableCaches(request, world) {
    const { cacheFrom, cacheTo } = request.build;
    const from = cacheFrom.map((entry) => completeImport(entry, request.app));
    const to = cacheTo.map((entry) => completeExport(entry, request.app));
    const servers = new Set([...from, ...to].map((entry) => serverOf(entry, world.env)));
    const asked = [...servers].map(async (url) => (url === "" || (await answersAt(url, world)) ? [] : [url]));
    const silent = (await Promise.all(asked)).flat();
    for (const url of silent)
        world.say(`The build cache at ${url} does not answer within ${PATIENCE / 1000} s: building without it.`);
    const usable = (entry) => !silent.includes(serverOf(entry, world.env));
    return { cacheFrom: from.filter(usable), cacheTo: to.filter(usable) };
}
function completeImport(entry, app) {
    const fields = fieldsOf(entry);
    return fields.type === "gha" ? (0,bake/* attributes */.uK)(withScope(fields, app)) : entry;
}
/**
 * `mode=max` unless the workflow says otherwise, so that the steps of all stages are in the cache. `ignore-error`, because a
 * fault of a cache never fails a build.
 */
function completeExport(entry, app) {
    const fields = fieldsOf(entry);
    if (fields.type === "inline")
        return entry;
    const { mode = "max", "ignore-error": ignored = "true" } = fields;
    return (0,bake/* attributes */.uK)({ ...withScope(fields, app), mode, "ignore-error": ignored });
}
/** A `gha` cache has one scope an app: with a shared one the legs of a matrix overwrite each other. */
function withScope(fields, app) {
    return fields.type === "gha" ? { scope: app, timeout: "60s", ...fields } : fields;
}
function fieldsOf(entry) {
    const fields = (0,lists/* parseFields */.L5)(entry) ?? [entry];
    // A bare reference is short for a registry cache.
    if (fields.length === 1 && !entry.includes("="))
        return { type: "registry", ref: entry };
    const pairs = fields.map((field) => (0,lists/* pairOf */.cF)(field).map((part = "") => part.trim()));
    return Object.fromEntries(pairs.map(([key = "", value = ""]) => [key.toLowerCase(), value]));
}
/** The URL that must answer before the entry is used; empty where no server is asked. */
function serverOf(entry, env) {
    const fields = fieldsOf(entry);
    if (fields.type === "gha")
        return env.ACTIONS_RESULTS_URL || env.ACTIONS_CACHE_URL || "";
    if (fields.type !== "registry" || !fields.ref)
        return "";
    const host = (0,reference/* registry */.u5)(fields.ref);
    const plain = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/.test(host);
    return `${plain ? "http" : "https"}://${host}/v2/`;
}
/** Whether anything answers there: any status will do, silence will not. */
async function answersAt(url, world) {
    // Behind a proxy the builder reaches servers that we, who do not speak its protocol, cannot ask.
    if (world.env.HTTPS_PROXY || world.env.https_proxy)
        return true;
    const ask = world.fetch ?? fetch;
    try {
        const response = await ask(url, {
            method: "GET",
            redirect: "manual",
            signal: AbortSignal.timeout(PATIENCE),
        });
        await response.body?.cancel();
        return true;
    }
    catch (error) {
        // Refused at once is harmless (BuildKit goes on); only a server that keeps silent is not.
        return !(error instanceof Error && error.name === "TimeoutError");
    }
}

// EXTERNAL MODULE: ./build/image/names.js
var image_names = __webpack_require__(1614);
// EXTERNAL MODULE: ./build/image/platforms.js
var image_platforms = __webpack_require__(482);
// EXTERNAL MODULE: ./build/image/solver.js
var solver = __webpack_require__(639);
;// CONCATENATED MODULE: ./build/publish/temporary-names.js
class TemporaryNames {
    #docker;
    #names = new Set();
    #removals = [];
    constructor(docker) {
        this.#docker = docker;
    }
    /** A name that will be removed. */
    add(name) {
        this.#names.add(name);
    }
    /** A name that stays after all. */
    keep(name) {
        this.#names.delete(name);
    }
    /** Starts to remove the names there are, and does not wait for it. */
    removeSoon() {
        if (this.#names.size === 0)
            return;
        const removal = this.#docker.remove([...this.#names]);
        this.#names.clear();
        // `removeAll` reports its failure.
        removal.catch(() => { });
        this.#removals.push(removal);
    }
    /** Removes the rest and waits for all of it. */
    async removeAll() {
        this.removeSoon();
        for (const done of await Promise.all(this.#removals))
            if (!done.ok)
                return done;
        return { ok: true };
    }
}

// EXTERNAL MODULE: ./build/docker/steps.js
var steps = __webpack_require__(2118);
// EXTERNAL MODULE: ./build/docker/words.js
var words = __webpack_require__(8880);
;// CONCATENATED MODULE: ./build/reporters/progress.js
/** The build as people watch it: each step when it is done, and what it prints while it runs. */


const WORTH_A_WORD = 100_000;
/**
 * Listeners that write to the log and into the trace, one for each solve, with the commands that `run` has for their
 * steps. Solves at the same time share steps: the first solve that logs a step goes on logging it.
 */
function showProgress(log, commands, trace) {
    const loggers = new Map();
    return () => {
        const logger = {};
        return (event) => {
            trace.hear(event);
            if (event.type === "warning")
                return;
            const first = loggers.get(event.step) ?? logger;
            loggers.set(event.step, first);
            const line = first === logger ? lineOf(event, commands) : undefined;
            if (line !== undefined)
                log.line(line);
        };
    };
}
/** What the log says of an event; undefined for nothing. */
function lineOf(event, commands) {
    const command = commands[((0,steps/* commandOf */.Nl)(event.name) ?? 0) - 1];
    const title = command === undefined ? (0,steps/* stepText */.uw)(event.name) : `[run] ${command}`;
    if (event.type === "completed" && event.error)
        return `${title} … ERROR: ${event.error}`;
    // Steps that only we and BuildKit care for.
    if (/^(internal|probe|caddy)$/.test((0,steps/* readStep */.jg)(event.name).kind))
        return undefined;
    switch (event.type) {
        case "started":
            return title;
        case "log":
            return `  ${event.line}`;
        case "running": {
            const doing = event.doing === "" ? "" : ` (${event.doing})`;
            return `${title}${doing} … still running, ${event.seconds.toFixed(0)} s${moved(event.bytes)}`;
        }
        case "completed":
            if (event.cached)
                return `${title} … cached`;
            return event.seconds < 0.1
                ? undefined
                : `${title} … ${event.seconds.toFixed(1)} s${moved(event.bytes)}`;
    }
}
/** What a step brought over the network, when it is worth a word. */
function moved(bytes) {
    return bytes < WORTH_A_WORD ? "" : `, ${(0,words/* sizeText */.lP)(bytes)}`;
}

;// CONCATENATED MODULE: ./build/reporters/trace.js
class Trace {
    #steps = new Map();
    #warnings = new Map();
    /** Takes an event of any solve. */
    hear(event) {
        if (event.type === "warning") {
            const { source, line, message } = event.warning;
            this.#warnings.set(JSON.stringify([source, line, message]), event.warning);
        }
        if (event.type !== "completed")
            return;
        const known = this.#steps.get(event.step);
        if (known !== undefined && (event.cached || known.seconds >= event.seconds))
            return;
        this.#steps.set(event.step, { ...event, name: known?.name ?? event.name });
    }
    /** Every step, by its beginning. */
    get steps() {
        return [...this.#steps.values()].sort((a, b) => a.started - b.started);
    }
    /** What `docker build --check` says, each once, of every Dockerfile of the build. */
    get warnings() {
        return [...this.#warnings.values()];
    }
}

// EXTERNAL MODULE: ./build/request/git.js
var request_git = __webpack_require__(6110);
;// CONCATENATED MODULE: ./build/request/checkout.js
/**
 * Where the repository is in the workspace, and which commit of it is checked out. actions/checkout may put it into
 * a folder (`path`), and may take another commit (`ref`) or another repository. Annotations and links depend on it.
 */


/**
 * Asks git where `folder` is in its checkout, in two calls at the same time.
 * @returns the folder's path from the root of the checkout, like `apps/shop/` (empty for the root, or without a checkout),
 *   and the URL of the remote `origin`, without credentials
 */
async function whereabouts(git, folder) {
    const [prefix, origin] = await Promise.all([
        git(folder, ["rev-parse", "--show-prefix"]),
        (0,request_git/* originOf */.yv)(git, folder),
    ]);
    return { prefix: prefix.replace(/\n$/, ""), origin };
}
/**
 * Describes the checkout, from what git said about it and from the run.
 * @param folder the folder that git was asked about
 * @param commit the commit that is checked out; when git does not know it, the event's commit is assumed
 */
function checkoutOf({ prefix, origin }, folder, commit, { workspace, run }) {
    const page = pageOf(origin);
    const ours = page === "" || run.source === "" || page.toLowerCase() === run.source.toLowerCase();
    const sha = commit?.head ?? run.sha;
    // The head of a pull request is not the merge commit of its event, but has the same lines.
    const same = commit === undefined || [sha, ...commit.parents].includes(run.sha);
    return {
        folder: rootIn(workspace, folder, prefix),
        sha,
        source: ours ? run.source : sameHost(page, run.source) ? page : "",
        annotated: ours && (same || run.event.startsWith("pull_request")),
    };
}
/** The root of the checkout, relative to the workspace. */
function rootIn(workspace, folder, prefix) {
    const inner = prefix.replace(/\/$/, "");
    const root = inner === "" ? folder : folder.endsWith(`/${inner}`) ? folder.slice(0, -inner.length - 1) : workspace;
    const path = (0,external_node_path_.relative)(workspace, root);
    return path.startsWith("..") ? "" : path;
}
/** `git@github.com:acme/shop.git` → `https://github.com/acme/shop`; empty for any other form. */
function pageOf(origin) {
    const match = /^(?:https?|ssh|git):\/\/(?:[^/@]*@)?([^/:]+)(?::\d+)?\/(.+)$/.exec(origin) ??
        /^(?:[^/@]+@)?([^/:]+):(?!\/)(.+)$/.exec(origin);
    if (match === null)
        return "";
    const [, host = "", path = ""] = match;
    return `https://${host}/${path.replace(/\/$/, "").replace(/\.git$/, "")}`;
}
/** Whether two pages are on the same server: then their URLs have the same form. */
function sameHost(a, b) {
    return URL.canParse(a) && URL.canParse(b) && new URL(a).hostname === new URL(b).hostname;
}

;// CONCATENATED MODULE: ./build/ship/prepare.js
/** What a step needs before its first solve: folders, the builder, git's facts, caches that answer, a solver. */

















/** Prepares a step. Of one that cannot be prepared nothing is left behind but the folder for the report. */
async function prepare(request, world) {
    const folders = await makeFolders(world.env, request.app);
    const project = new checkout/* Checkout */.i(request);
    const filling = (0,context/* fillContext */.rG)(folders.context, world.probe, request, project);
    try {
        const [step] = await Promise.all([prepareIn(folders, request, world, project), filling]);
        return { ok: true, step };
    }
    catch (error) {
        const [filled] = await Promise.allSettled([filling]);
        const isFilled = filled.status === "fulfilled";
        await (0,promises_.rm)(isFilled ? folders.work : folders.kept, { recursive: true, force: true }).catch(() => { });
        return { ok: false, error, setting: isFilled ? { folder: folders.kept } : {} };
    }
}
/** @throws {Failure} `Invalid input`, `Build failed` */
async function prepareIn(folders, request, world, project) {
    const { env, docker, log } = world;
    const { build } = request;
    const say = (line) => log.line(line);
    const git = (0,request_git/* gitWith */.Bn)((0,environment/* childEnvironment */.Q)(env));
    const folder = build.contextIsRemote ? request.workspace : build.context;
    const [builder, commit, where, caches, key] = await Promise.all([
        // Only a builder that runs says which platforms it has.
        docker.inspect(build.builder, { start: build.platforms.length > 0 }),
        (0,request_git/* gitFacts */.gi)(git, folder),
        whereabouts(git, folder),
        usableCaches(request, { env, say }),
        (0,context/* secretKey */.oF)(request.env, request),
    ]);
    const platforms = (0,image_platforms/* platformsOf */.Wt)(build, builder);
    (0,dockerfile/* requireNetwork */.Wf)(request, builder);
    const names = {
        staging: (0,image_names/* stagingName */.zb)(request),
        kept: (0,image_names/* keptName */.QQ)(request.run.source, request.app),
        labels: (0,image_names/* labelsOf */.PC)(request, commit),
        ...caches,
    };
    const checkout = checkoutOf(where, folder, commit, request);
    const trace = new Trace();
    const listen = showProgress(log, request.commands.lines, trace);
    const temporary = new TemporaryNames(docker);
    if (builder.driver === "docker")
        temporary.add(names.staging);
    return {
        request,
        world,
        folders,
        source: { request, builder, names, platforms },
        setting: { folder: folders.kept, platforms, checkout, trace },
        solver: new solver/* Solver */.O({ docker, builder, folder: folders.work, listen, say }),
        temporary,
        secretKey: key,
        project,
    };
}
const UNUSABLE = {
    EEXIST: "it is a file",
    ENOTDIR: "it is below a file",
    EROFS: "it is on a read-only file system",
    EACCES: "the runner's user may not write there",
    EPERM: "the runner's user may not write there",
};
/** @throws {Failure} when the runner's folder for temporary files cannot be used; a full disk is another matter */
async function makeFolders(env, app) {
    const parent = env.RUNNER_TEMP || (0,external_node_os_.tmpdir)();
    const kept = await (0,promises_.mkdir)(parent, { recursive: true })
        .then(() => (0,promises_.mkdtemp)((0,external_node_path_.join)(parent, `shipshape-${app}-`)))
        .catch((error) => {
        const { code = "", message } = error;
        if (/^(ENOSPC|EDQUOT)$/.test(code))
            throw error;
        const why = UNUSABLE[code] ?? message;
        throw new failure/* Failure */.HR("Build failed", `The step cannot write into the runner's folder for temporary files (RUNNER_TEMP, ${parent}): ${why}. Does a step before this one, or the job's container, change it?`);
    });
    const work = (0,external_node_path_.join)(kept, "work");
    return { kept, work, context: (0,external_node_path_.join)(work, "context") };
}
/** Removes everything but the report. */
async function removeWork({ work }) {
    await (0,promises_.rm)(work, { recursive: true, force: true });
}
/** Where the probe's files lie: next to the bundle. */
function probeFolder(bundle) {
    return (0,external_node_path_.join)((0,external_node_path_.dirname)(bundle), "probe");
}


/***/ })

};
