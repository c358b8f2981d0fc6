export const id = 241;
export const ids = [241];
export const modules = {

/***/ 2241:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  build: () => (/* binding */ build)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:perf_hooks"
var external_node_perf_hooks_ = __webpack_require__(643);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./build/docker/progress.js + 1 modules
var docker_progress = __webpack_require__(6317);
// EXTERNAL MODULE: ./build/failure.js
var failure = __webpack_require__(9874);
// EXTERNAL MODULE: ./build/docker/words.js
var docker_words = __webpack_require__(8880);
// EXTERNAL MODULE: ./build/image/steps.js
var steps = __webpack_require__(3557);
;// CONCATENATED MODULE: ./build/image/blame.js
/**
 * Who is to blame for a solve that failed: the user's Dockerfile, the step that starts the probe, or the
 * builder itself. Exit codes say nothing (bake's is 1 for everything), and the target in bake's last line
 * is often the wrong one, because targets share steps; so the failed steps' own names decide.
 */



const CANCELED = /(^|: )context canceled$|^CANCELED$/i;
/** A step of our own Dockerfile and of no other. */
const OURS = /^\[(checks (run|stage-\d+)|(commands )?command-\d+|commands stage-\d+) \d+\/\d+\] /;
const ONBUILD = /^\[((checks )?run|(commands )?command-\d+) \d+\/\d+\] ONBUILD /;
/** A step of a Dockerfile, with or without bake's target before it: `[image build 3/7] RUN make`. */
const STEP = /^\[(?:\S+ )*\d+\/\d+\] (.*)$/s;
/** Reads a failed solve's progress and last words. */
function blame(progress, stderr) {
    const reason = (0,docker_words/* lastWord */.bx)(stderr);
    const failed = progress.vertexes.filter((one) => one.error !== undefined && !CANCELED.test(one.error));
    const run = (0,docker_progress/* stepIn */.eC)(failed, steps/* isProbeStep */.r4);
    if (run)
        return { part: "probe", missing: missingProgram(run.log), reason: ownReason(run), log: run.log };
    const command = (0,docker_progress/* stepIn */.eC)(failed, steps/* isCommandStep */.G4);
    if (command)
        return { part: "command", missing: missingProgram(command.log), reason: ownReason(command) };
    const onbuild = failed.find(({ names }) => [...names].every((name) => ONBUILD.test(name)));
    if (onbuild)
        return { part: "onbuild", step: stepOf(onbuild), reason: ownReason(onbuild), log: onbuild.log };
    const ours = failed.find((one) => one.names.size > 0 && [...one.names].every((name) => OURS.test(name)));
    if (ours)
        return { part: "probe", missing: "", reason: ownReason(ours), log: ours.log };
    const { line, excerpt } = readExcerpt(progress.plain);
    const step = failed.find((one) => stepOf(one) !== "");
    if (step || line !== undefined) {
        return {
            part: "dockerfile",
            step: step ? stepOf(step) : "",
            line: line ?? parseErrorLine(reason),
            excerpt,
            reason: step ? ownReason(step) : withoutTarget(reason),
            log: step?.log ?? "",
        };
    }
    const parseError = parseErrorLine(reason);
    if (parseError !== undefined || /target stage ".*" could not be found/.test(reason)) {
        return {
            part: "dockerfile",
            step: "",
            line: parseError,
            excerpt: "",
            reason: withoutTarget(reason),
            log: "",
        };
    }
    const error = failed[0]?.error;
    return { part: "builder", reason: withoutTarget(reason) || error || "the builder gave no reason" };
}
/** True when the image has no `/bin/sh`, so that the launcher could not even start. */
function hasNoShell(one) {
    return one.part === "probe" && one.missing === "/bin/sh";
}
/** The program that the engine could not start, from its own log line; empty when that was not it. */
function missingProgram(log) {
    return (/exec: "([^"]+)": (?:stat .*no such file|executable file not found|permission denied)/.exec(log)?.[1] ??
        "");
}
function stepOf(vertex) {
    for (const name of vertex.names) {
        const step = STEP.exec(name)?.[1];
        if (step !== undefined)
            return step;
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
    return { line: number === undefined ? undefined : Number(number), excerpt: lines.join("\n") };
}

// EXTERNAL MODULE: ./build/docker/bake.js
var bake = __webpack_require__(328);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./build/image/names.js
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
    const unique = (0,external_node_crypto_.randomBytes)(3).toString("hex");
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
    // Of a long one the end tells the apps apart; 128 characters are what a tag may have.
    return `${KEPT}${slug(`${repository} ${app}`.slice(-120)) || "app"}`;
}
/** As part of an image's name. */
function slug(text) {
    return text
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, "-")
        .replace(/^-|-$/g, "");
}

;// CONCATENATED MODULE: ./build/image/solver.js
/** What every solve needs, and how one is run: once more where that is not the image's fault. */





/** The image under the name that it has: the registry's, or until the verdict the engine's. */
function namedImage({ builder, site, pushed }) {
    if (pushed)
        return { context: `docker-image://${pushed.pinned}` };
    return builder.driver === "docker" ? { context: `docker-image://${site.staging}` } : undefined;
}
/**
 * An image that a builder of its own holds, named by its bytes: an OCI image layout (image-spec, "Image Layout") of
 * nothing but its manifest and config. The builder asks the step for those two and has the layers itself.
 * @param name of the layout's folder
 * @returns undefined where the builder's history cannot be read (it takes buildx 0.20)
 */
async function layoutOf({ record, digest, config }, { docker, folder }, name) {
    if (record === undefined || config === undefined)
        return undefined;
    const [manifest, settings] = await Promise.all([
        docker.built(record, digest),
        docker.built(record, config),
    ]);
    if (manifest === undefined || settings === undefined)
        return undefined;
    const layout = (0,external_node_path_.join)(folder, `layout-${name}`);
    const blobs = (0,external_node_path_.join)(layout, "blobs", "sha256");
    await (0,promises_.mkdir)(blobs, { recursive: true });
    const descriptor = {
        mediaType: "application/vnd.oci.image.manifest.v1+json",
        digest,
        size: Buffer.byteLength(manifest),
    };
    await Promise.all([
        (0,promises_.writeFile)((0,external_node_path_.join)(layout, "oci-layout"), JSON.stringify({ imageLayoutVersion: "1.0.0" })),
        (0,promises_.writeFile)((0,external_node_path_.join)(layout, "index.json"), JSON.stringify({ schemaVersion: 2, manifests: [descriptor] })),
        (0,promises_.writeFile)((0,external_node_path_.join)(blobs, encoded(digest)), manifest),
        (0,promises_.writeFile)((0,external_node_path_.join)(blobs, encoded(config)), settings),
    ]);
    return { context: `oci-layout://${layout}@${digest}` };
}
function encoded(digest) {
    return digest.slice("sha256:".length);
}
/**
 * BuildKit moves a name or makes it, and does not see that somebody made it in between (measured: in 8 of 25 tries with
 * four builds at once). Only the kept name is another run's, too; from now on it is there to be moved.
 */
const MADE_IN_BETWEEN = new RegExp(`image "[^"]*${KEPT}[^"]*": already exists`);
/**
 * Solves; a solve that stands still is tried once more, without the caches of other places.
 * @param name the solve's own folder
 * @throws {Failure} when it stands still again, or was cancelled
 */
async function bakeOrRetry(bench, name, solve) {
    const { docker, builder, say, after } = bench;
    const folder = `${bench.folder}/${name}`;
    const hear = bench.listen();
    await after;
    for (const attempt of [solve, (0,bake/* withoutCaches */.GE)(solve)]) {
        const solved = await docker.bake(attempt, { builder, folder, hear, ending: bench.ending });
        if (solved.ok)
            return solved;
        const { why } = solved;
        if (attempt === solve && MADE_IN_BETWEEN.test(solved.stderr)) {
            say("Another run named the app's kept image at the same moment: once more.");
            continue;
        }
        if (why === "failed" || why === "step")
            return { ...solved, why };
        if (why === "cancelled")
            throw (0,failure/* cancelled */.KW)();
        if (attempt === solve)
            say("The builder stands still: trying once more, without external caches.");
    }
    throw new failure/* Failure */.HR("Build failed", `The builder ${builder.name} took the build twice and did not start a step. Restart it ` +
        "(`docker buildx inspect --bootstrap`), or use another one.");
}

// EXTERNAL MODULE: ./build/checks/catalogue.js
var catalogue = __webpack_require__(6965);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
;// CONCATENATED MODULE: ./build/checks/exported.js
/** Reads the files that a container left: untrusted input, with limits on size and type, and never through a link. */


/** A file that a container left is missing, too large, a link, or not what was expected in it. */
class UnreadableReport extends Error {
}
/** Bytes of a report file; the probe's own limit is 8 MB. */
const MOST_BYTES = 16 * 1024 * 1024;
/**
 * The text of a file that came out of a container.
 * @returns undefined when there is none
 * @throws {UnreadableReport}
 */
async function readExported(path) {
    return (await readExportedBytes(path))?.toString("utf8");
}
/** The same as bytes: of a plain file, not too large, and never through a link. */
async function readExportedBytes(path) {
    try {
        // Without waiting: a named pipe of that name would keep us for ever.
        const file = await (0,promises_.open)(path, external_node_fs_.constants.O_RDONLY | external_node_fs_.constants.O_NOFOLLOW | external_node_fs_.constants.O_NONBLOCK);
        try {
            const stat = await file.stat();
            if (!stat.isFile())
                throw new UnreadableReport("it is not a plain file");
            if (stat.size > MOST_BYTES)
                throw new UnreadableReport(`it has ${stat.size} bytes`);
            return await file.readFile();
        }
        finally {
            await file.close();
        }
    }
    catch (error) {
        if (error instanceof UnreadableReport)
            throw error;
        const { code } = error;
        if (code === "ENOENT")
            return undefined;
        throw new UnreadableReport(code ?? String(error));
    }
}

// EXTERNAL MODULE: ./build/checks/finding.js
var finding = __webpack_require__(1333);
;// CONCATENATED MODULE: ./build/checks/scrub.js
/** Takes the values of `env` out of what a command printed. Pure. */
/** Shorter values are words of every second line. */
const SHORTEST = 6;
/** Of a value with several lines, a private key say. */
const SHORTEST_LINE = 16;
const HIDDEN = "***";
/** Values that are no secret of anybody. */
const PUBLIC = new Set(("console database default development django localhost memory postgres postgresql production public " +
    "require sqlite sqlite3 staging static testing").split(" "));
/** Names whose values are secrets, whatever they look like. */
const SECRET_NAME = /SECRET|PASSWORD|PASSWD|TOKEN|KEY|CREDENTIAL|DSN/i;
/** A path of a file or folder: what messages are about. Random text may begin with a slash, too. */
const PATH = /^(\/[\w.-]{1,40}){2,}\/?$/;
/**
 * A function that hides the values, as they stand, line by line, in JSON, HTML and a URL. Paths and module
 * names stay: they are what messages are about.
 * @param env the variables that the workflow gave the commands
 */
function scrubber(env) {
    const hidden = new Set([...env]
        .filter(([name, value]) => name !== "DJANGO_SETTINGS_MODULE" && (SECRET_NAME.test(name) || !PATH.test(value)))
        .flatMap(([, value]) => scrub_forms(value)));
    if (hidden.size === 0)
        return (text) => text;
    const longestFirst = [...hidden].sort((a, b) => b.length - a.length);
    const pattern = new RegExp(longestFirst.map((value) => RegExp.escape(value)).join("|"), "g");
    return (text) => text.replace(pattern, HIDDEN);
}
function scrub_forms(value) {
    const lines = value.split("\n").map((line) => line.trim());
    const parts = [value, value.trim(), ...lines.filter((line) => line.length >= SHORTEST_LINE)];
    const password = passwordOf(value);
    return [...parts, password, decoded(password)]
        .filter((part) => part.length >= SHORTEST && !PUBLIC.has(part))
        .flatMap((part) => [part, JSON.stringify(part).slice(1, -1), encodeURIComponent(part), ...inHtml(part)]);
}
/** As Django's templates and Python's `html.escape` write it, and as XML may. */
function inHtml(text) {
    const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
    return [escaped, escaped.replaceAll('"', "&quot;").replaceAll("'", "&#x27;")];
}
/** The password in a URL, as it is written there; empty when there is none. */
function passwordOf(value) {
    return /^[a-z][a-z0-9+.-]*:\/\/[^/@\s:]*:([^@\s]+)@/i.exec(value)?.[1] ?? "";
}
function decoded(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        return text;
    }
}

;// CONCATENATED MODULE: ./build/checks/caddy/json.js
/** Reading data that others wrote: what has another type than it should have counts as empty. Pure. */
function object(value) {
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}
function list(value) {
    return Array.isArray(value) ? value : [];
}
function texts(value) {
    return list(value).filter((one) => typeof one === "string");
}
function json_text(value) {
    return typeof value === "string" ? value : "";
}

;// CONCATENATED MODULE: ./build/checks/caddy/adapted.js
/**
 * What `caddy adapt` made of the Caddyfile (caddyserver.com/docs/json), as far as it is about Django: who is
 * proxied, which files are served, what is redirected. Read as untrusted data: what has another type than it
 * should have is passed over. Pure.
 */

/** Reads the JSON of `caddy adapt`; undefined when it is none. */
function readAdapted(text) {
    let config;
    try {
        config = JSON.parse(text);
    }
    catch {
        return undefined;
    }
    const http = object(object(object(config).apps).http);
    const walk = new Walk();
    for (const server of Object.values(object(http.servers)))
        walk.server(object(server), http);
    return walk.found;
}
/** Routes inside of routes: more is nobody's Caddyfile. */
const DEEPEST = 100;
class Walk {
    found = {
        proxies: [],
        files: [],
        redirects: [],
        headers: [],
    };
    server(server, http) {
        const listen = texts(server.listen)[0] ?? "";
        const number = /:(\d+)$/.exec(listen)?.[1] ?? "";
        const httpPort = String(http.http_port ?? 80);
        const httpsPort = String(http.https_port ?? 443);
        const automatic = object(server.automatic_https);
        const plain = number === httpPort || automatic.disable === true;
        const skipped = new Set(texts(automatic.skip));
        const policies = list(server.tls_connection_policies).length > 0;
        const trusts = Object.keys(object(server.trusted_proxies)).length > 0;
        const secure = (hosts) => policies || (!plain && hosts.length > 0 && !hosts.some((host) => skipped.has(host)));
        for (const route of list(server.routes)) {
            for (const hosts of hostSets(object(route))) {
                const https = secure(hosts);
                const port = number === (https ? httpsPort : httpPort) || number === "" ? "" : `:${number}`;
                this.#route(object(route), { hosts, paths: [], https, port, root: "", strip: "", trusts, depth: 0 });
            }
        }
    }
    /** `place` is changed by what holds for the routes after this one too. */
    #route(route, place) {
        const matches = list(route.match).map(object);
        const paths = matches.flatMap((match) => texts(match.path));
        const inside = matches.length === 0 ? place : { ...place, paths: paths.length === 0 ? place.paths : paths };
        for (const handler of list(route.handle))
            this.#handler(object(handler), inside);
    }
    #handler(handler, place) {
        const { hosts, paths, https, port, trusts } = place;
        const scope = { hosts, paths, https, port };
        switch (handler.handler) {
            case "subroute": {
                const inner = { ...place, depth: place.depth + 1 };
                if (inner.depth > DEEPEST)
                    return;
                for (const route of list(handler.routes))
                    this.#route(object(route), inner);
                return;
            }
            case "vars":
                if (typeof handler.root === "string")
                    place.root = handler.root;
                return;
            case "rewrite":
                if (typeof handler.strip_path_prefix === "string")
                    place.strip = handler.strip_path_prefix;
                return;
            case "file_server":
                this.found.files.push({ ...scope, root: json_text(handler.root) || place.root, strip: place.strip });
                return;
            case "reverse_proxy":
                this.found.proxies.push({
                    ...scope,
                    upstreams: list(handler.upstreams).flatMap((one) => json_text(object(one).dial) || []),
                    headers: requestHeaders(object(object(handler.headers).request)),
                    trusts: trusts || texts(handler.trusted_proxies).length > 0,
                });
                return;
            case "static_response": {
                const [to] = texts(object(handler.headers).Location);
                if (to !== undefined)
                    this.found.redirects.push({ ...scope, to });
                return;
            }
            case "headers":
                for (const [name, values] of Object.entries(object(object(handler.response).set)))
                    this.found.headers.push({ ...scope, name: name.toLowerCase(), value: texts(values)[0] ?? "" });
                return;
        }
    }
}
/** A site's hosts: one by one, as each may be treated in another way; `[]` for every host. */
function hostSets(route) {
    const hosts = list(route.match).flatMap((match) => texts(object(match).host));
    return hosts.length === 0 ? [[]] : hosts.map((host) => [host.toLowerCase()]);
}
function requestHeaders(request) {
    const set = Object.entries(object(request.set)).map(([name, values]) => [name.toLowerCase(), texts(values)[0] ?? ""]);
    const gone = texts(request.delete).map((name) => [name.toLowerCase(), ""]);
    return new Map([...gone, ...set]);
}

;// CONCATENATED MODULE: ./build/checks/caddy/compose.js
/**
 * What compose files say of the folders that Caddy and Django share. A compose file is read as far as that goes:
 * services, by name, and what they mount (docs.docker.com/reference/compose-file/services, "volumes"). Which files
 * production uses together, and from which folder, nobody says; so all readings count, and what none of them tells is
 * unknown. Pure.
 */


/** Whether a file is a compose file, by its name: `compose.yaml`, `docker-compose.prod.yml`. */
function looksLikeCompose(name) {
    return /^(docker-)?compose([._-].+)?\.ya?ml$/i.test(name);
}
/** The services of all files, by name. */
function servicesIn(files) {
    const external = new Set(files.flatMap(({ content }) => externalVolumes(content)));
    const services = new Map();
    for (const { path, content } of files) {
        for (const [name, value] of Object.entries(object(object(content).services))) {
            const service = object(value);
            const before = services.get(name);
            const mounts = list(service.volumes).map((volume) => mountOf(volume, external_node_path_.posix.dirname(path), external));
            services.set(name, {
                name,
                aliases: [...(before?.aliases ?? []), ...texts([service.container_name, service.hostname])],
                image: json_text(service.image) || before?.image || "",
                isBuilt: service.build !== undefined || before?.isBuilt === true,
                mounts: [...(before?.mounts ?? []), ...mounts],
                isPartial: service.extends !== undefined || service.volumes_from !== undefined || before?.isPartial === true,
                file: before?.file ?? path,
            });
        }
    }
    return [...services.values()];
}
/** The one service that is Caddy: by its Caddyfile, its image or its name; undefined when that is none, or several. */
function caddyAmong(services) {
    const signs = [
        ({ mounts }) => mounts.some(({ target }) => /^\/etc\/caddy(\/|$)/.test(target)),
        hasStockCaddy,
        ({ name }) => /(^|[_-])caddy([_-]|$)/i.test(name),
    ];
    for (const sign of signs) {
        const found = services.filter(sign);
        if (found.length > 0)
            return found.length === 1 ? found[0] : undefined;
    }
    return undefined;
}
/** Whether a service is Caddy's own image, in which there are no files of the project's. */
function hasStockCaddy({ image, isBuilt }) {
    return !isBuilt && /^((docker\.io|index\.docker\.io)\/)?(library\/)?caddy([:@]|$)/i.test(image);
}
/** The service that a proxy asks: `web:8000` is `web`. */
function serviceAt(upstreams, services) {
    const hosts = new Set(upstreams.map((upstream) => upstream.replace(/:\d+$/, "")));
    const found = services.filter(({ name, aliases }) => [name, ...aliases].some((one) => hosts.has(one)));
    return found.length === 1 ? found[0] : undefined;
}
/** Whether what a service has at an absolute path may be something that its files do not tell. */
function isHidden(path, { mounts, isPartial }) {
    return (isPartial ||
        mounts.some(({ target, from }) => target === "" || (from === "unknown" && isBelow(path, target))));
}
/** The mount that an absolute path of a service lies in: the innermost, for it hides those around it. */
function mountAt(path, { mounts }) {
    return mounts
        .filter(({ target }) => target !== "" && isBelow(path, target))
        .sort((a, b) => b.target.length - a.target.length)[0];
}
/** Where an absolute path of a service may lie outside of it, by all mounts around it: `data/static`. */
function placesOf(path, { mounts }) {
    return mounts.flatMap(({ target, from }) => {
        if (from === "unknown" || target === "" || !isBelow(path, target))
            return [];
        const rest = external_node_path_.posix.relative(target, path);
        if ("volume" in from)
            return [`volume ${external_node_path_.posix.join(from.volume, rest)}`];
        return from.paths.map((folder) => external_node_path_.posix.join(folder, rest));
    });
}
/** The name of the volume that a mount is, without a folder in it; undefined for another mount. */
function volumeOf({ from }) {
    return from !== "unknown" && "volume" in from ? from.volume.replace(/\/.*/, "") : undefined;
}
function isBelow(path, folder) {
    return path === folder || path.startsWith(folder === "/" ? "/" : `${folder}/`);
}
/** Volumes that something else has made, and may fill. */
function externalVolumes(content) {
    return Object.entries(object(object(content).volumes)).flatMap(([name, volume]) => object(volume).external === undefined ? [] : [name]);
}
/** Both forms: `static:/srv/static:ro`, and the one with `type`, `source` and `target`. */
function mountOf(volume, folder, external) {
    if (typeof volume === "string") {
        // The colons of `${NAME:-x}` part nothing.
        const [first = "", second] = volume.match(/(?:\$\{[^}]*\}|[^:])+/g) ?? [];
        // One path alone is a volume without a name, which nobody else has.
        if (second === undefined)
            return { target: targetOf(first), from: "unknown" };
        const from = /^[./~]/.test(first) ? pathsOf(first, folder) : volumeNamed(first, "", external);
        return { target: targetOf(second), from };
    }
    const { type, source, target, volume: more } = object(volume);
    const name = json_text(source);
    const from = type === "bind"
        ? pathsOf(name, folder)
        : type === "volume"
            ? volumeNamed(name, json_text(object(more).subpath), external)
            : "unknown";
    return { target: targetOf(json_text(target)), from };
}
function targetOf(target) {
    return !target.startsWith("/") || target.includes("$") ? "" : plain(target);
}
/** A relative folder is one of the compose file's, or of the folder that compose is called in. */
function pathsOf(source, folder) {
    if (source === "" || source.includes("$"))
        return "unknown";
    if (/^[/~]/.test(source))
        return { paths: [plain(source)] };
    return { paths: [plain(external_node_path_.posix.join(folder, source)), plain(source)] };
}
function volumeNamed(name, folder, external) {
    if (name === "" || /\$/.test(name + folder) || external.has(name))
        return "unknown";
    return { volume: plain(external_node_path_.posix.join(name, folder)) };
}
function plain(path) {
    return external_node_path_.posix.normalize(path).replace(/(.)\/$/, "$1");
}

;// CONCATENATED MODULE: ./build/checks/caddy/agreement.js
/**
 * Whether Caddy and Django agree, which neither of them can check alone: from what `caddy adapt` says and
 * what the settings say to findings. What cannot be known (placeholders, values of ours) is left alone. Pure.
 */


/** Findings that are kept: the adapted file comes from a container. */
const MOST = 500;
/** Compares the two sides. */
function compare(adapted, settings, around) {
    const django = new Django(settings);
    const { proxies, certain } = ofDjango(together(adapted.proxies), around);
    const found = [
        ...proxies.flatMap((proxy) => [
            ...allowedHosts(proxy, django, certain),
            ...schemes(proxy, adapted, django, certain),
        ]),
        ...served(adapted, proxies, django, { certain, sharing: sharingIn(around, proxies) }),
        ...ports(adapted.proxies, around),
        ...hsts(adapted, proxies, django),
        ...www(adapted),
    ];
    const seen = new Set();
    return found
        .slice(0, MOST)
        .filter(({ id, message }) => !seen.has(`${id} ${message}`) && seen.add(`${id} ${message}`));
}
/** Settings that would be compared, if their values were not ours. */
function notCompared(settings) {
    return ["ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS"].filter((name) => settings[name]?.supplied === "shipshape");
}
/** The settings that are known: not ours, and not hidden. */
class Django {
    #settings;
    constructor(settings) {
        this.#settings = settings;
    }
    value(name) {
        const fact = this.#settings[name];
        if (fact === undefined || fact.supplied === "shipshape")
            return undefined;
        return JSON.stringify(fact.value ?? null).includes("***") ? undefined : fact.value;
    }
    list(name) {
        const value = this.value(name);
        return Array.isArray(value) ? value.filter((one) => typeof one === "string") : undefined;
    }
    text(name) {
        const value = this.value(name);
        return typeof value === "string" ? value : undefined;
    }
    /** The workflow's `env` gives its value. */
    isFromEnv(name) {
        return this.#settings[name]?.supplied === "user";
    }
    /** The setting as a message may quote it: values of `env` are nobody's to print. */
    quote(name) {
        if (this.isFromEnv(name))
            return `${name} (whose value comes from \`env\`)`;
        return `${name} = ${inPython(this.value(name))}`;
    }
    get version() {
        return Number.parseFloat(this.text("VERSION") ?? "") || 0;
    }
    uses(word) {
        return this.list("MIDDLEWARE")?.some((one) => word.test(one));
    }
}
/** Hosts that are proxied alike, as one: what is wrong with one of them is wrong with all. */
function together(proxies) {
    const alike = new Map();
    for (const proxy of proxies) {
        const { hosts, paths: _, headers, ...rest } = proxy;
        // A site for every host is not one for some.
        const key = JSON.stringify([rest, [...headers], hosts.length === 0]);
        const before = alike.get(key)?.hosts ?? [];
        alike.set(key, { ...proxy, hosts: [...new Set([...before, ...hosts])] });
    }
    return [...alike.values()];
}
/** A value as a settings file has it. */
function inPython(value) {
    if (value === undefined || value === null)
        return "None";
    if (typeof value === "boolean")
        return value ? "True" : "False";
    return Array.isArray(value) ? `[${value.map(inPython).join(", ")}]` : JSON.stringify(value);
}
/**
 * The proxies that lead to Django. With several upstreams it is the one on a port of the image; and one on
 * another port may be something before Django, a frontend say.
 */
function ofDjango(proxies, { ports }) {
    const group = ({ upstreams }) => upstreams.join(" ");
    const groups = new Set(proxies.map(group).filter((one) => one !== ""));
    const asked = proxies.flatMap(({ upstreams }) => upstreams.map(portOf));
    const mayBeOther = ports.length > 0 && asked.some((port) => port !== undefined && !ports.includes(port));
    if (groups.size <= 1)
        return { proxies, certain: groups.size === 1 && !mayBeOther };
    const own = proxies.filter(({ upstreams }) => upstreams.some((one) => ports.includes(portOf(one) ?? -1)));
    if (own.length === 0)
        return { proxies, certain: false };
    return { proxies: own, certain: new Set(own.map(group)).size === 1 };
}
function portOf(upstream) {
    const port = /:(\d{1,5})$/.exec(upstream)?.[1];
    return port === undefined ? undefined : Number(port);
}
/** A name that browsers outside of this machine use, and that is known here. */
function isPublic(host) {
    return (!/[{}]/.test(host) &&
        host !== "localhost" &&
        !/\.(localhost|local|internal|test|example)$/.test(host) &&
        !/^[\d.]+$|:/.test(host));
}
/** The host that Django sees where the browser asked for `host`; undefined when it cannot be known. */
function seenHost(proxy, host, django) {
    const set = proxy.headers.get("host");
    // Caddy always sends the browser's host along as X-Forwarded-Host.
    if (set === undefined || django.value("USE_X_FORWARDED_HOST") === true)
        return host;
    if (/^\{http\.request\.host(port)?\}$/.test(set))
        return host;
    const [only, ...more] = proxy.upstreams;
    if (/^\{http\.reverse_proxy\.upstream\.(hostport|host|address)\}$/.test(set))
        return only !== undefined && more.length === 0 && !only.startsWith("unix/")
            ? only.replace(/:\d+$/, "")
            : undefined;
    return /[{}]/.test(set) ? undefined : set.replace(/:\d+$/, "").toLowerCase();
}
/** django.http.request.validate_host. */
function matches(host, patterns) {
    return patterns
        .map((pattern) => pattern.toLowerCase())
        .some((pattern) => pattern === "*" ||
        pattern === host ||
        (pattern.startsWith(".") && (host === pattern.slice(1) || host.endsWith(pattern))));
}
function allowedHosts(proxy, django, certain) {
    const allowed = django.list("ALLOWED_HOSTS");
    if (allowed === undefined || django.value("DEBUG") === true)
        return [];
    const fromEnv = django.isFromEnv("ALLOWED_HOSTS");
    // The hosts of a test run, which production does not have.
    const forTests = fromEnv && allowed.every((host) => !isPublic(host) || host === "testserver");
    return proxy.hosts.filter(isPublic).flatMap((host) => {
        const seen = seenHost(proxy, host, django);
        const asked = seen?.startsWith("*.") ? seen.slice(1) : seen;
        if (asked === undefined || matches(asked, allowed))
            return [];
        const sent = seen === host ? "" : `, and its proxy sends Django the host ${seen}`;
        return [
            {
                id: "hosts.not-allowed",
                level: certain && !forTests && !asked.startsWith(".") ? "WARNING" : "INFO",
                message: `Caddy serves ${host}${sent}, which ${django.quote("ALLOWED_HOSTS")} does not allow: Django answers 400 Bad Request.`,
                hint: seen === host
                    ? `Add "${asked}" to ALLOWED_HOSTS.${fromEnv ? " Its value comes from the step's `env`: production's belongs there." : ""}`
                    : "Leave the Host header alone (Caddy passes the browser's on by itself), or set USE_X_FORWARDED_HOST = True.",
                at: { host },
            },
        ];
    });
}
/** What Django takes the request's scheme from. */
function knowsHttps(proxy, django) {
    const header = django.value("SECURE_PROXY_SSL_HEADER");
    if (header === undefined)
        return undefined;
    if (!Array.isArray(header))
        return false;
    const name = String(header[0])
        .replace(/^HTTP_/, "")
        .replaceAll("_", "-")
        .toLowerCase();
    const set = proxy.headers.get(name);
    if (set === undefined)
        return name === "x-forwarded-proto";
    return set === String(header[1]) || set.includes("{");
}
function schemes(proxy, adapted, django, certain) {
    const level = certain ? "WARNING" : "INFO";
    const [host] = proxy.hosts;
    const named = proxy.hosts.filter(isPublic).join(", ");
    const at = host === undefined ? { directive: "reverse_proxy", argument: proxy.upstreams[0] ?? "" } : { host };
    const redirects = django.value("SECURE_SSL_REDIRECT") === true && django.uses(/SecurityMiddleware$/) !== false;
    if (!proxy.https)
        return redirects ? plainHttp(proxy, adapted, named, at) : [];
    const knows = knowsHttps(proxy, django);
    if (knows === undefined)
        return [];
    const proxyHeader = 'Set SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https"): Caddy sends that header.';
    const blind = `Caddy ends TLS${named === "" ? "" : ` for ${named}`}, and with ${django.quote("SECURE_PROXY_SSL_HEADER")} Django takes every request for http`;
    if (!knows && redirects)
        return [
            {
                id: "hosts.redirect-loop",
                level,
                message: `${blind}: with SECURE_SSL_REDIRECT it redirects to https for ever.`,
                hint: proxyHeader,
                at,
            },
        ];
    const origins = crossOrigins(proxy, django, knows);
    if (origins.length > 0)
        return origins.map((origin) => ({
            id: "hosts.csrf-origin",
            level: level,
            message: (knows
                ? `Caddy sends Django another host than the browser's, so the origin ${origin} is a foreign one`
                : `${blind}, so the origin ${origin} is a foreign one`) +
                `: forms are refused with 403, for ${django.quote("CSRF_TRUSTED_ORIGINS")}.`,
            hint: knows
                ? `Leave the Host header alone, or add "${origin}" to CSRF_TRUSTED_ORIGINS.`
                : `${proxyHeader} Or add "${origin}" to CSRF_TRUSTED_ORIGINS.`,
            at,
        }));
    const secureCookies = ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"].filter((name) => django.value(name) === true);
    if (knows || secureCookies.length === 0)
        return [];
    return [
        {
            id: "hosts.proxy-ssl-header",
            level: "INFO",
            message: `${blind}, though ${secureCookies.join(" and ")} say that it is behind https: absolute URLs begin with http://.`,
            hint: proxyHeader,
            at,
        },
    ];
}
/** Caddy on http alone: it tells Django "http" unless it trusts who is before it. */
function plainHttp(proxy, adapted, named, at) {
    const alsoHttps = adapted.proxies.some(({ https, hosts }) => https && (hosts.length === 0 || hosts.some((host) => proxy.hosts.includes(host))));
    const isLocal = proxy.hosts.length > 0 && named === "";
    const says = proxy.headers.get("x-forwarded-proto") ?? "";
    if (alsoHttps || isLocal || proxy.trusts || says !== "")
        return [];
    return [
        {
            id: "hosts.http-only",
            level: "INFO",
            message: `Caddy serves ${named || "this site"} over http alone and tells Django so, and Django has ` +
                "SECURE_SSL_REDIRECT = True: it redirects every request to https.",
            hint: "If something before Caddy ends TLS, name it in `trusted_proxies`, so that its X-Forwarded-Proto is passed " +
                "on; else let Caddy serve https (a site's address without `http://` or `:80`).",
            at,
        },
    ];
}
/** Origins of the browser that Django 4.0 and later do not take for their own (CsrfViewMiddleware). */
function crossOrigins(proxy, django, knows) {
    const trusted = django.list("CSRF_TRUSTED_ORIGINS");
    if (trusted === undefined || django.version < 4 || django.uses(/CsrfViewMiddleware$/) === false)
        return [];
    return proxy.hosts
        .filter((host) => isPublic(host) && !host.startsWith("*"))
        .flatMap((host) => {
        const seen = seenHost(proxy, host, django);
        if (seen === undefined || (knows && seen === host))
            return [];
        const origin = `https://${host}${proxy.port}`;
        return trusted.some((one) => isOrigin(one.toLowerCase(), origin)) ? [] : [origin];
    });
}
function isOrigin(trusted, origin) {
    if (!trusted.startsWith("https://*."))
        return trusted === origin;
    return origin.endsWith(trusted.slice("https://*".length)) && origin.startsWith("https://");
}
/** Undefined where no compose file says which service is which. */
function sharingIn({ services, ownCaddy }, proxies) {
    const caddy = caddyAmong(services);
    const web = serviceAt(proxies.flatMap(({ upstreams }) => upstreams), services);
    if (caddy === undefined || web === undefined || caddy === web)
        return undefined;
    return { caddy, web, others: services.filter((one) => one !== caddy && one !== web), ownCaddy };
}
/** The files that Caddy serves, beside STATIC_URL, STATIC_ROOT and their like. */
function served(adapted, proxies, django, { certain, sharing }) {
    const hosts = new Set(proxies.flatMap((proxy) => proxy.hosts));
    const files = adapted.files.filter((one) => one.hosts.length === 0 || hosts.size === 0 || one.hosts.some((host) => hosts.has(host)));
    if (proxies.length === 0 || files.length === 0)
        return [];
    const found = [...kindOf("STATIC", files, django, sharing), ...kindOf("MEDIA", files, django, sharing)];
    return certain ? found : found.map((one) => ({ ...one, level: "INFO" }));
}
function kindOf(kind, files, django, sharing) {
    const url = django.text(`${kind}_URL`);
    const root = django.text(`${kind}_ROOT`);
    if (url === undefined || !url.startsWith("/") || url === "/")
        return [];
    const server = files.find(({ paths }) => paths.some((path) => covers(path, url)));
    if (server !== undefined)
        return root === undefined || root === "" ? [] : rootOf({ kind, server, url, root, sharing }, django);
    // Without a path the whole site is looked up in a folder: then the rest of the file decides.
    if (files.some(({ paths }) => paths.length === 0))
        return [];
    const word = kind === "STATIC" ? /static|asset/i : /media|upload/i;
    const near = files.find(({ paths }) => paths.some((path) => word.test(path)));
    if (near === undefined)
        return [];
    const itself = kind === "MEDIA" || django.uses(/whitenoise|servestatic/i) !== false;
    return [
        {
            id: kind === "STATIC" ? "hosts.static-url" : "hosts.media-url",
            level: itself ? "INFO" : "WARNING",
            message: `Caddy serves files under ${near.paths.join(", ")}, and ${django.quote(`${kind}_URL`)}: requests for ` +
                `${url} do not get there${itself ? "" : ", and nothing in MIDDLEWARE serves them"}.`,
            hint: `Use the same path in both: \`handle_path ${url}*\`.`,
            at: { directive: "file_server", argument: near.paths[0] ?? "" },
        },
    ];
}
/** Caddy's path matcher, with a `*` at its end. */
function covers(matcher, url) {
    return matcher.endsWith("*") ? url.startsWith(matcher.slice(0, -1)) : matcher === url;
}
/** The folder in which Caddy looks for a file of `url`, beside the one that Django fills. */
function rootOf({ kind, server, url, root, sharing }, django) {
    if (server.root === "" || /[{}]/.test(server.root))
        return [];
    const inside = server.strip === "" ? url : url.replace(server.strip.replace(/\/$/, ""), "");
    const folder = external_node_path_.posix.join(server.root, inside).replace(/\/$/, "");
    const looks = `Caddy looks for files of ${url} in ${folder}`;
    const at = { directive: "root", argument: server.root };
    const name = kind === "STATIC" ? "static" : "media";
    const setting = { quoted: django.quote(`${kind}_ROOT`), isFromEnv: django.isFromEnv(`${kind}_ROOT`) };
    const shared = sharing && sharedFolder(folder, root.replace(/\/$/, ""), setting, sharing);
    if (shared !== undefined) {
        if (shared.agree)
            return [];
        const { why, hint } = shared;
        return [{ id: `hosts.${name}-volume`, level: "INFO", message: `${looks}, ${why}.`, hint, at }];
    }
    if (folder === root.replace(/\/$/, ""))
        return [];
    return [
        {
            id: `hosts.${name}-root`,
            level: "INFO",
            message: `${looks}, and ${setting.quoted}.`,
            hint: "That is right only if both containers mount one volume, Caddy at the first path and Django at the second. " +
                "`handle_path` takes the prefix off the path, `handle` does not.",
            at,
        },
    ];
}
/**
 * Whether the two services see the same files, by what they mount.
 * @param folder where Caddy looks
 * @param root where Django puts them
 * @param setting the setting of that, as a message may quote it
 * @returns undefined where the compose files do not tell for sure
 */
function sharedFolder(folder, root, setting, { caddy, web, others, ownCaddy }) {
    if (!folder.startsWith("/") || !root.startsWith("/"))
        return undefined;
    const seen = placesOf(folder, caddy);
    // A service that only collects is as good as the one that answers.
    const filled = [web, ...others].flatMap((service) => placesOf(root, service));
    if (seen.some((place) => filled.includes(place)))
        return { agree: true };
    if (isHidden(folder, caddy) || isHidden(root, web))
        return undefined;
    const mount = mountAt(folder, caddy);
    const service = `the service \`${caddy.name}\` of ${caddy.file}`;
    const hint = `Mount one volume in both: in \`${caddy.name}\` at ${folder}, in \`${web.name}\` at Django's folder.`;
    if (mount === undefined) {
        // Files may be in another image than Caddy's own: copied there.
        if (ownCaddy || !hasStockCaddy(caddy))
            return undefined;
        return { agree: false, why: `where ${service} mounts nothing; Django has ${setting.quoted}`, hint };
    }
    const volume = volumeOf(mount);
    const sharers = [web, ...others].filter(({ mounts }) => mounts.some((one) => volumeOf(one) === volume));
    if (volume !== undefined && sharers.length === 0)
        return {
            agree: false,
            why: `where ${service} mounts the volume \`${volume}\`, which no other service mounts; Django has ${setting.quoted}`,
            hint,
        };
    const [here] = placesOf(root, web);
    const [there] = seen;
    // Somebody else may fill what Caddy sees: another service, or the machine.
    const mine = mountAt(root, web);
    if (here === undefined || there === undefined || mine === undefined || volumeOf(mine) !== volume)
        return undefined;
    const place = setting.isFromEnv ? "another folder" : `\`${here}\``;
    return {
        agree: false,
        why: `which is \`${there}\` by what ${service} mounts, and ${setting.quoted} is ${place} by what \`${web.name}\` mounts`,
        hint: "Let both be the same folder. `handle_path` takes the prefix off the path, `handle` does not.",
    };
}
function ports(proxies, { ports }) {
    const upstreams = [...new Set(proxies.flatMap((proxy) => proxy.upstreams))];
    const asked = upstreams.flatMap((one) => portOf(one) ?? []);
    const [upstream = ""] = upstreams;
    // A proxy before the server (a socket, a placeholder) cannot be told.
    if (ports.length === 0 || asked.length === 0 || asked.length < upstreams.length)
        return [];
    if (asked.some((port) => ports.includes(port)))
        return [];
    return [
        {
            id: "hosts.upstream-port",
            level: "INFO",
            message: `Caddy's reverse_proxy asks ${upstreams.join(", ")}, and the Dockerfile's EXPOSE and CMD name port ${ports.join(", ")}.`,
            hint: "If nothing else listens there, requests get 502 Bad Gateway: use the same port in both.",
            at: { directive: "reverse_proxy", argument: upstream },
        },
    ];
}
function hsts(adapted, proxies, django) {
    const seconds = django.value("SECURE_HSTS_SECONDS");
    if (typeof seconds !== "number" || seconds === 0 || django.uses(/SecurityMiddleware$/) === false)
        return [];
    const hosts = new Set(proxies.flatMap((proxy) => proxy.hosts));
    const own = [
        `max-age=${seconds}`,
        ...(django.value("SECURE_HSTS_INCLUDE_SUBDOMAINS") === true ? ["includeSubDomains"] : []),
        ...(django.value("SECURE_HSTS_PRELOAD") === true ? ["preload"] : []),
    ];
    return adapted.headers
        .filter(({ name, value }) => name === "strict-transport-security" && !value.includes("{"))
        .filter((one) => one.hosts.length === 0 || hosts.size === 0 || one.hosts.some((host) => hosts.has(host)))
        .filter(({ value }) => !equal(value
        .toLowerCase()
        .split(/\s*;\s*/)
        .filter(Boolean), own))
        .map(({ value }) => ({
        id: "hosts.hsts",
        level: "INFO",
        message: `Caddy sets Strict-Transport-Security: ${value}, and Django ${own.join("; ")}: the browser gets two headers and obeys one of them.`,
        hint: "Set it in one place: SECURE_HSTS_SECONDS = 0, or no such header in the Caddyfile.",
        at: { directive: "header", argument: "Strict-Transport-Security" },
    }));
}
function equal(a, b) {
    const plain = (list) => list
        .map((one) => one.toLowerCase())
        .sort()
        .join();
    return plain(a) === plain(b);
}
/** `example.com` and `www.example.com`: people type both. Names with more labels are taken as they are. */
function www(adapted) {
    const all = [...adapted.proxies, ...adapted.redirects, ...adapted.files].flatMap(({ hosts }) => hosts);
    const proxied = new Set(adapted.proxies.flatMap(({ hosts }) => hosts).filter(isPublic));
    return [...proxied].flatMap((host) => {
        const bare = host.replace(/^www\./, "");
        if (!/^[^.*]+\.[^.]+$/.test(bare))
            return [];
        const other = host === bare ? `www.${bare}` : bare;
        if (all.includes(`*.${bare}`) && host === bare)
            return [];
        const at = { host };
        if (!all.includes(other))
            return [
                {
                    id: "hosts.www",
                    level: "INFO",
                    message: `Caddy serves ${host} and not ${other}.`,
                    hint: `If people may type it, redirect it: \`${other} { redir https://${host}{uri} permanent }\`, over three lines.`,
                    at,
                },
            ];
        if (host !== bare || !proxied.has(other))
            return [];
        return [
            {
                id: "hosts.www",
                level: "INFO",
                message: `Caddy serves the same under ${host} and ${other}.`,
                hint: "One of them should redirect to the other, or search engines and cookies see two sites.",
                at,
            },
        ];
    });
}

// EXTERNAL MODULE: ./build/request/problems.js
var problems = __webpack_require__(4684);
;// CONCATENATED MODULE: ./build/checks/caddy/variables.js
/** Every use, file by file, in the order of the text. Comments have none. */
function usesIn(files) {
    return files.flatMap((file) => {
        const sites = file.blocks.filter(({ kind }) => kind === "site");
        // A row holds addresses or directives, never both.
        const rows = new Set(sites.flatMap(({ keys }) => keys.map(({ row }) => row)));
        return file.tokens.flatMap((token) => usesOf(token, file.path, rows.has(token.row)));
    });
}
function usesOf(token, file, isAddress) {
    return [...token.text.matchAll(/\{\$([^}:]+)(?::([^}]*))?\}/g)].map((match) => {
        const [, name = "", fallback] = match;
        const before = token.text.charAt(match.index - 1);
        const where = !isAddress ? "directive" : before === ":" ? "port" : "host";
        const line = token.line + token.text.slice(0, match.index).split("\n").length - 1;
        return { name, fallback, file, line, where };
    });
}
/** Only these can be variables of a shell, and so be given to Caddy. */
const SHELL_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
/**
 * Hosts of the reserved domain `example` (RFC 2606) for variables in addresses that have no default.
 * @param given names that the workflow sets; what the image sets is seen only in the container
 */
function standIns(uses, given) {
    const wanted = new Map();
    for (const { name, fallback, where } of uses) {
        if (where === "directive" || fallback !== undefined || given.has(name) || !SHELL_NAME.test(name))
            continue;
        if (wanted.get(name) !== "host")
            wanted.set(name, where);
    }
    return [...wanted].map(([name, where], index) => ({
        name,
        value: where === "port" ? String(8443 + index) : `shipshape-${index + 1}.example`,
    }));
}
/** A text with its variables replaced; undefined where a value is not known here. */
function expand(text, lookUp) {
    let known = true;
    const expanded = text.replace(/\{\$([^}:]+)(?::([^}]*))?\}/g, (_, name, fallback) => {
        const value = lookUp(name, fallback);
        known &&= value !== undefined;
        return value ?? "";
    });
    return known ? expanded : undefined;
}

;// CONCATENATED MODULE: ./build/checks/caddy/words.js
/** Words of the Caddyfile: what Caddy knows, what it knew once, and what comes from a plugin. Pure. */
/** Directives of a Caddy without plugins (caddyserver.com/docs/caddyfile/directives). */
const DIRECTIVES = ("abort acme_server basic_auth basicauth bind copy_response copy_response_headers encode error file_server " +
    "forward_auth fs handle handle_errors handle_path handle_response header import intercept invoke log log_append " +
    "log_name log_skip map method metrics php_fastcgi push redir request_body request_header respond reverse_proxy " +
    "rewrite root route skip_log templates tls tracing try_files uri vars").split(" ");
/** Global options of a Caddy without plugins (caddyserver.com/docs/caddyfile/options). */
const OPTIONS = ("acme_ca acme_ca_root acme_dns acme_eab admin auto_https cert_issuer cert_lifetime debug default_bind default_sni " +
    "dns ech email events fallback_sni filesystem grace_period http_port https_port key_type local_certs log metrics " +
    "ocsp_interval ocsp_stapling on_demand_tls order persist_config pki preferred_chains renew_interval servers " +
    "shutdown_delay skip_install_trust storage storage_check storage_clean_interval").split(" ");
/** Directives that came after Caddy 2.6, the oldest version that is known to work here. */
const NEWER = {
    invoke: "2.7",
    basic_auth: "2.8",
    fs: "2.8",
    intercept: "2.8",
    log_append: "2.8",
    log_name: "2.8",
    log_skip: "2.8",
};
/** Directives of Caddy 1 that Caddy 2 does not know, and what to write now (caddyserver.com/docs/v2-upgrade). */
const VERSION_1 = {
    browse: "`file_server browse`",
    errors: "`handle_errors`",
    expires: "`header Cache-Control …`",
    ext: "`try_files {path} {path}.html`",
    fastcgi: "`php_fastcgi`",
    gzip: "`encode gzip`",
    index: "`file_server` with `index`",
    internal: "`respond @internal 404`",
    limits: "`request_body`",
    markdown: "`templates`",
    mime: "`header Content-Type …`",
    minify: "nothing: it is gone",
    on: "nothing: it is gone",
    pprof: "nothing: the admin API has it",
    proxy: "`reverse_proxy`",
    shutdown: "nothing: it is gone",
    startup: "nothing: it is gone",
    status: "`respond`",
    timeouts: "the global option `servers`",
    websocket: "`reverse_proxy`, which does it by itself",
};
/** Go modules of plugins that Django projects use, by the directive or global option that they bring. */
const PLUGINS = {
    authenticate: "github.com/greenpau/caddy-security",
    authorize: "github.com/greenpau/caddy-security",
    cache: "github.com/caddyserver/cache-handler",
    coraza_waf: "github.com/corazawaf/coraza-caddy/v2",
    crowdsec: "github.com/hslatman/caddy-crowdsec-bouncer/http",
    layer4: "github.com/mholt/caddy-l4",
    mercure: "github.com/dunglas/mercure/caddy",
    rate_limit: "github.com/mholt/caddy-ratelimit",
    replace: "github.com/caddyserver/replace-response",
    security: "github.com/greenpau/caddy-security",
    vulcain: "github.com/dunglas/vulcain/caddy",
    webdav: "github.com/mholt/caddy-webdav",
};
/** The Go module that a directive or a module's id comes from; undefined when it is not a known plugin's. */
function pluginOf(name) {
    const provider = /^dns\.providers\.([a-z0-9]+)$/.exec(name)?.[1];
    if (provider !== undefined)
        return `github.com/caddy-dns/${provider}`;
    if (name === "http.encoders.br")
        return "github.com/dunglas/caddy-cbrotli";
    return Object.hasOwn(PLUGINS, name) ? PLUGINS[name] : undefined;
}

;// CONCATENATED MODULE: ./build/checks/caddy/explain.js
/** What Caddy's error means for the person who reads it: an id, the likely cause, what to write. Pure. */



/** Explains the one error that validate ended with. */
function explain(problem, known) {
    const placed = { ...problem, ...(problem.file === "" ? sought(problem, known.files) : {}) };
    for (const one of [emptyAddress, unset, missingFile, missingImport, unknownWord]) {
        const explained = one(placed, known);
        if (explained !== undefined)
            return { message: problem.message, file: placed.file, line: placed.line, ...explained };
    }
    const { message, file, line } = placed;
    const hint = problem.chain.length === 0 ? "" : `It was imported by ${problem.chain.join(", ")}.`;
    return { id: "caddy.invalid", level: "ERROR", message, hint, file, line };
}
/** The misleading one: an address that is empty makes its block the global options. */
function emptyAddress({ message }, { files, states }) {
    const option = /^unrecognized global option: (\S+)$/.exec(message)?.[1];
    if (option === undefined || !DIRECTIVES.includes(option))
        return undefined;
    const isEmpty = (text) => expand(text, (name, fallback) => (emptyOrUnset(states.get(name), fallback) ? "" : "x")) === "";
    for (const file of files) {
        for (const { kind, keys } of file.blocks) {
            const key = keys.find(({ text }) => kind === "site" && isEmpty(text));
            if (key === undefined)
                continue;
            return {
                id: "caddy.empty-address",
                level: "ERROR",
                message: `${key.text} is empty, so its block holds global options for Caddy, which knows none that is called ${option}.`,
                hint: "Give it a value with `caddy-env`, and in production. A default (`{$NAME:localhost}`) is used only where the variable is absent, not where it is empty.",
                file: file.path,
                line: key.line,
            };
        }
    }
    return {
        id: "caddy.invalid",
        level: "ERROR",
        hint: "A block without an address before its `{` holds global options: write the site's address there.",
    };
}
function emptyOrUnset(state, fallback) {
    return state === "empty" || (state === "unset" && fallback === undefined);
}
/** A variable without a value on the line of the error, or one that Caddy asks for while it loads. */
function unset({ message, file, line }, { uses, states }) {
    const asked = /evaluated placeholder \{env\.([^}]+)\} is empty/.exec(message)?.[1];
    const here = uses.filter((use) => use.file === file && use.line === line && emptyOrUnset(states.get(use.name), use.fallback));
    const names = asked === undefined ? here.map(({ name }) => name) : [asked];
    if (names.length === 0)
        return undefined;
    return {
        id: "caddy.unset-variable",
        level: "ERROR",
        hint: `${names.join(" and ")} ${names.length === 1 ? "has" : "have"} no value here, which may be all that is wrong. ` +
            `Give one that Caddy accepts:\ncaddy-env: |\n${[...new Set(names)].map((name) => `  ${name}=…`).join("\n")}`,
    };
}
/** Certificates and the like are there in production; Caddy stops at the first that is not here. */
function missingFile({ message, stage }) {
    const path = /\b(?:open|stat|lstat) (\/\S+): no such file or directory$/.exec(message)?.[1];
    if (path === undefined || stage !== "provision")
        return undefined;
    return {
        id: "caddy.missing-file",
        level: "INFO",
        message: `${path} is not there during the check. Caddy read the Caddyfile without an error and stopped when it loaded that file.`,
        hint: "It must be there in production. To have what comes after it checked too, put a file into the project's own Caddy image.",
    };
}
function missingImport({ message }) {
    if (!/^file to import not found/i.test(message))
        return undefined;
    return {
        id: "caddy.missing-import",
        level: "ERROR",
        hint: "Imports are relative to the file that they stand in. They are taken from the repository, and /etc/caddy/… from the Caddyfile's own folder.",
    };
}
/** Inside of another directive Caddy names the line where that one ends: the word itself stands before. */
function unknownWord(problem, known) {
    const word = wordIn(problem.message);
    if (word === undefined)
        return undefined;
    const file = known.files.find(({ path }) => path === problem.file);
    const before = file?.tokens.findLast(({ text, line }) => text === word && line <= (problem.line ?? 0));
    return {
        ...meaningOf(word, problem.message, known),
        ...(before === undefined ? {} : { line: before.line }),
    };
}
/** The word that Caddy does not know; undefined when the error is about something else. */
function wordIn(message) {
    return (/^unrecognized (?:directive|global option): (\S+)(?: - are you sure .*)?$/.exec(message)?.[1] ??
        /module not registered: (\S+)$/.exec(message)?.[1] ??
        /^(\S+) is not a registered directive$/.exec(message)?.[1]);
}
function meaningOf(word, message, known) {
    const instead = Object.hasOwn(VERSION_1, word) ? VERSION_1[word] : undefined;
    if (instead !== undefined)
        return {
            id: "caddy.version-1",
            level: "ERROR",
            hint: `${word} is Caddy 1's, and this is Caddy ${known.version}. Now it is ${instead}: see caddyserver.com/docs/v2-upgrade.`,
        };
    const since = Object.hasOwn(NEWER, word) ? NEWER[word] : undefined;
    if (since !== undefined)
        return {
            id: "caddy.invalid",
            level: "ERROR",
            hint: `${word} came with Caddy ${since}, and this is ${known.version}. Use the version that production has: \`caddy-image\`.`,
        };
    const plugin = pluginOf(word);
    const near = plugin === undefined ? (0,problems/* nearest */.pA)(word, message.includes("option") ? OPTIONS : DIRECTIVES) : undefined;
    if (near !== undefined)
        return { id: "caddy.invalid", level: "ERROR", hint: `Did you mean \`${near}\`?${perhapsPlugin(known)}` };
    return { id: "caddy.missing-plugin", level: "ERROR", hint: pluginHint(plugin, known) };
}
function perhapsPlugin({ stock }) {
    return stock === ""
        ? ""
        : ` If it is a plugin's, name the project's own Caddy Dockerfile with \`caddy-file\`.`;
}
function pluginHint(plugin, { stock }) {
    const from = plugin === undefined ? "It may come from a plugin" : `It comes from the plugin ${plugin}`;
    if (stock === "")
        return `${from}, which the project's Caddy image was not built with, or it is misspelt. (\`xcaddy build --with ${plugin ?? "MODULE"}\`)`;
    return (`${from}, and ${stock} has none. Name the project's own Caddy Dockerfile with \`caddy-file\`; one that lies ` +
        "beside the Caddyfile and says FROM caddy is found. It may be as short as\n" +
        "FROM caddy:2-builder AS builder\n" +
        `RUN xcaddy build --with ${plugin ?? "MODULE"}\n` +
        "FROM caddy:2\n" +
        "COPY --from=builder /usr/bin/caddy /usr/bin/caddy");
}
/** The place of an error that Caddy gives none: where the last word of it stands in the files. */
function sought({ message }, files) {
    const quoted = [...message.matchAll(/[`'"]([^`'"\s]+)[`'"]/g)].map(([, one]) => one);
    const paths = [...message.matchAll(/\s(\/[^\s:]+)/g)].map(([, one]) => one);
    const last = /: (\S+)$/.exec(message)?.[1];
    const placeholder = /(\{env\.[^}]+\})/.exec(message)?.[1];
    for (const word of [last, placeholder, ...paths, ...quoted]) {
        if (word === undefined)
            continue;
        for (const file of files) {
            const token = file.tokens.findLast(({ text }) => text === word);
            if (token !== undefined)
                return { file: file.path, line: token.line };
        }
    }
    return { file: "", line: undefined };
}

;// CONCATENATED MODULE: ./build/checks/caddy/tokens.js
/**
 * The tokens of a Caddyfile, as Caddy's own lexer cuts them (caddyconfig/caddyfile/lexer.go), but before
 * `{$NAME}` is replaced: a variable stays one piece of its token. Pure.
 */
/** Cuts a text into tokens. A quote that is never closed ends with the text. */
function tokensOf(text) {
    const tokens = [];
    let at = text.startsWith("\ufeff") ? 1 : 0;
    let line = 1;
    let joined = 0;
    while (at < text.length) {
        const rest = text.slice(at, at + 300);
        const char = rest.charAt(0);
        const jump = /^\\\r?\n/.exec(rest)?.[0];
        if (jump !== undefined) {
            at += jump.length;
            line++;
            joined++;
            continue;
        }
        if (char === "\n") {
            line++;
            joined = 0;
        }
        if (/\s/.test(char)) {
            at++;
            continue;
        }
        if (char === "#") {
            const end = text.indexOf("\n", at);
            at = end < 0 ? text.length : end;
            continue;
        }
        const piece = quotedPiece(text, at) ?? heredoc(text, at) ?? plainPiece(text, at);
        tokens.push({ text: piece.text, line, row: line - joined, quoted: piece.quoted });
        const breaks = text.slice(at, piece.end).split("\n").length - 1;
        line += breaks;
        // What follows a token of several lines stands on that token's row.
        joined += breaks;
        at = piece.end;
    }
    return tokens;
}
function quotedPiece(text, start) {
    const quote = text.charAt(start);
    if (quote !== '"' && quote !== "`")
        return undefined;
    let found = "";
    let at = start + 1;
    for (; at < text.length && text.charAt(at) !== quote; at++) {
        if (quote === '"' && text.charAt(at) === "\\" && text.charAt(at + 1) === '"')
            at++;
        found += text.charAt(at);
    }
    return { text: found, end: at + 1, quoted: true };
}
function heredoc(text, start) {
    const [head, marker] = /^<<([A-Za-z0-9_-]+)\r?\n/.exec(text.slice(start, start + 200)) ?? [];
    if (head === undefined)
        return undefined;
    const from = start + head.length;
    const close = new RegExp(`^[ \\t]*${marker}(?=\\s|$)`, "m").exec(text.slice(from));
    if (close === null)
        return { text: text.slice(from), end: text.length, quoted: true };
    return {
        text: text.slice(from, from + close.index).replace(/\r?\n$/, ""),
        end: from + close.index + close[0].length,
        quoted: true,
    };
}
function plainPiece(text, start) {
    let at = start;
    while (at < text.length && !/\s/.test(text.charAt(at))) {
        // A default may have blanks in it: `{$NAME:two words}`.
        const close = text.startsWith("{$", at) ? text.indexOf("}", at) : -1;
        const isVariable = close >= 0 && !text.slice(at, close).includes("\n");
        if (!isVariable && /^\\\r?\n/.test(text.slice(at, at + 3)))
            break;
        at = isVariable ? close + 1 : at + 1;
    }
    return { text: text.slice(start, at), end: at, quoted: false };
}

;// CONCATENATED MODULE: ./build/checks/caddy/caddyfile.js
/** The structure of a Caddyfile: global options, snippets and sites, and the directives in them. Pure. */

/** Reads a Caddyfile as far as it can be read: what Caddy says of a broken one is not repeated here. */
function parseCaddyfile(path, text) {
    const tokens = tokensOf(text);
    const reader = new Reader(tokens);
    const blocks = [];
    const imports = [];
    while (!reader.done) {
        if (reader.here?.text === "import" && !reader.here.quoted)
            imports.push(reader.directive());
        else
            blocks.push(reader.block());
    }
    return { path, text, tokens, blocks, imports };
}
/** Every directive, with those in the blocks of others, in their order. */
function* directivesIn(directives) {
    for (const directive of directives) {
        yield directive;
        yield* directivesIn(directive.block);
    }
}
/** Every directive of a file, those outside of blocks too. */
function* allDirectives(file) {
    yield* file.imports;
    for (const { directives } of file.blocks)
        yield* directivesIn(directives);
}
/** Blocks inside of blocks: more is nobody's Caddyfile. */
const caddyfile_DEEPEST = 100;
class Reader {
    #tokens;
    #at = 0;
    #depth = 0;
    constructor(tokens) {
        this.#tokens = tokens;
    }
    get here() {
        return this.#tokens[this.#at];
    }
    get done() {
        return this.here === undefined;
    }
    block() {
        const keys = this.#keys();
        const isSnippet = keys.length === 1 && /^\(.*\)$/.test(keys[0]?.text ?? "");
        const kind = keys.length === 0 ? "options" : isSnippet ? "snippet" : "site";
        if (this.#skip("{"))
            return { kind, keys, directives: this.#inside() };
        // A single site needs no braces: the rest of the file is its own.
        return { kind, keys, directives: this.#rest() };
    }
    /** Addresses end with the line, unless its last one has a comma. */
    #keys() {
        const keys = [];
        for (let row = this.here?.row; this.here !== undefined && !is(this.here, "{"); this.#at++) {
            const before = this.#tokens[this.#at - 1];
            if (this.here.row !== row) {
                if (!before?.text.endsWith(","))
                    break;
                row = this.here.row;
            }
            const text = this.here.text.replace(/,$/, "");
            if (text !== "")
                keys.push({ ...this.here, text });
        }
        return keys;
    }
    directive() {
        const name = this.here;
        this.#at++;
        const args = [];
        for (; this.here !== undefined && this.here.row === name.row && !is(this.here, "}"); this.#at++) {
            if (is(this.here, "{") && this.#endsRow() && this.#depth < caddyfile_DEEPEST) {
                this.#at++;
                return { name, args, block: this.#inside() };
            }
            args.push(this.here);
        }
        return { name, args, block: [] };
    }
    #endsRow() {
        return this.#tokens[this.#at + 1]?.row !== this.here?.row;
    }
    #inside() {
        const found = [];
        this.#depth++;
        while (!this.done && !this.#skip("}"))
            found.push(this.directive());
        this.#depth--;
        return found;
    }
    #rest() {
        const found = [];
        while (!this.done)
            if (!this.#skip("}"))
                found.push(this.directive());
        return found;
    }
    #skip(brace) {
        if (this.here === undefined || !is(this.here, brace))
            return false;
        this.#at++;
        return true;
    }
}
function is(token, brace) {
    return token.text === brace && !token.quoted;
}

;// CONCATENATED MODULE: ./build/checks/caddy/locate.js


/** The line that a finding is about; the Caddyfile itself when it cannot be told. */
function locate(at, files, lookUp) {
    for (const file of files) {
        const line = "host" in at ? lineOfSite(file, at.host, lookUp) : lineOfDirective(file, at, lookUp);
        if (line !== undefined)
            return { file: file.path, line };
    }
    return { file: files[0]?.path ?? "" };
}
function lineOfSite({ blocks }, host, lookUp) {
    const keys = blocks.filter(({ kind }) => kind === "site").flatMap((block) => block.keys);
    return keys.find(({ text }) => hostOf(expand(text, lookUp) ?? "") === host)?.line;
}
/** `https://Example.com:8443/path` → `example.com`. */
function hostOf(address) {
    return address
        .replace(/^[a-z]+:\/\//i, "")
        .replace(/[:/].*$/s, "")
        .toLowerCase();
}
function lineOfDirective(file, { directive, argument }, lookUp) {
    const all = [...allDirectives(file)].filter(({ name }) => name.text === directive);
    const fits = all.find(({ args, block }) => [...args, ...block.flatMap((inner) => [inner.name, ...inner.args])].some(({ text }) => (expand(text, lookUp) ?? "").replace(/^https?:\/\//, "").toLowerCase() === argument.toLowerCase()));
    return (fits ?? all[0])?.name.line;
}

;// CONCATENATED MODULE: ./build/checks/caddy/output.js
/** What `caddy validate` printed, as data: the texts of 2.6 and of 2.11 say the same in two forms. Pure. */
/** What is kept of words that come from a container. */
const MOST_WARNINGS = 100;
const LONGEST = 4000;
/**
 * Reads validate's standard error.
 * @param code its exit code: 0 valid, 1 not, 2 a panic
 */
function readValidate(stderr, code) {
    const lines = stderr.split("\n");
    const warnings = lines.flatMap(warningIn).slice(0, MOST_WARNINGS);
    if (code === 0)
        return { problem: undefined, warnings, crash: "" };
    const start = lines.findLastIndex((line) => line.startsWith("Error: "));
    const text = start < 0 ? "" : lines.slice(start).join("\n").trim().slice("Error: ".length);
    const error = text.slice(0, LONGEST);
    if (code === 1 && error !== "")
        return { problem: readProblem(error), warnings, crash: "" };
    const said = lines.find((line) => /^(panic|fatal error|runtime error): /.test(line)) ?? lines.at(-1) ?? "";
    return { problem: undefined, warnings, crash: said || `exit code ${code}` };
}
/** Reads the text behind `Error: `. */
function readProblem(text) {
    const adapting = /^adapting config using \S+: /.exec(text)?.[0];
    const rest = text.slice(adapting?.length ?? 0).replace(/^parsing caddyfile tokens for '[^']*': /, "");
    return {
        text,
        stage: adapting === undefined ? "provision" : "adapt",
        chain: [],
        ...(oldForm(rest) ?? newForm(rest) ?? { message: withoutStages(rest), file: "", line: undefined }),
    };
}
/** `loading http app module: provision http: … provision http.matchers.path_regexp: text`: the last one says it. */
function withoutStages(text) {
    const [, module = "", message] = /^loading .*\bprovision ([\w.]+): (.*)$/s.exec(text) ?? [];
    return message === undefined ? text : `${module}: ${message}`;
}
/** `/etc/caddy/Caddyfile:3 - Error during parsing: text`, and for unknown directives `…:3: text` in both. */
function oldForm(text) {
    const [, file = "", line, message] = /^(\/[^:\n]+):(\d+)(?: - [A-Z][A-Za-z ]+)?: (.*)$/s.exec(text) ?? [];
    return message === undefined ? undefined : { file, line: Number(line), message };
}
/** `text, at /etc/caddy/Caddyfile:3 import chain ['/etc/caddy/Caddyfile:7 (import a)']`. */
function newForm(text) {
    const [, message, file = "", line, chain = ""] = /^(.*), at (\/[^:\n]+):(\d+)(?: import chain:? \[(.*)\])?$/s.exec(text) ?? [];
    if (message === undefined)
        return undefined;
    const imported = [...chain.matchAll(/'([^']+)'/g)].map(([, one = ""]) => one);
    return { file, line: Number(line), message, chain: imported };
}
/** One line of Caddy's log (JSON, as standard error is no terminal). Formatting is a check of its own. */
function warningIn(line) {
    const entry = line.startsWith("{") ? parse(line) : undefined;
    if (entry === undefined || (entry.level !== "warn" && entry.level !== "error"))
        return [];
    const { msg, file, line: number } = entry;
    if (typeof msg !== "string" || /is not formatted/.test(msg))
        return [];
    const about = [entry.pattern, entry.error, entry.server_name].filter((one) => typeof one === "string");
    return [
        {
            message: (about.length === 0 ? msg : `${msg} (${about.join(", ")})`).slice(0, LONGEST),
            file: typeof file === "string" ? file : "",
            line: typeof number === "number" && Number.isInteger(number) && number > 0 ? number : undefined,
        },
    ];
}
function parse(line) {
    try {
        const value = JSON.parse(line);
        return typeof value === "object" && value !== null ? value : undefined;
    }
    catch {
        return undefined;
    }
}
/** The first line from 1 in which two texts differ; undefined when they are equal. */
function firstDifference(before, after) {
    if (before === after)
        return undefined;
    const left = before.split("\n");
    const right = after.split("\n");
    const length = Math.min(left.length, right.length);
    const at = left.findIndex((line, index) => index >= length || line !== right[index]);
    return Math.min(at < 0 ? left.length : at + 1, Math.max(1, left.length));
}

;// CONCATENATED MODULE: ./build/checks/caddy/answers.js






/** The checks of this room. */
const CADDY = "caddy";
const FORMAT = "caddy-format";
const HOSTS = "hosts";
/** Reads all that Caddy said. */
function readSaid(said, staged, terms, timing) {
    const uses = usesIn(staged.files);
    const states = statesOf(said, staged, terms, uses);
    const validated = readValidate(said.validate.err, said.validate.code);
    const sheet = new Sheet(staged, terms);
    const caddy = {
        ...blank(CADDY, timing),
        ...(validated.crash === ""
            ? { findings: caddyFindings({ said, staged, terms, uses, states, validated }, sheet) }
            : {
                reason: `Caddy ${said.version} fell over: ${terms.scrub(validated.crash).replace(/\.$/, "")}`,
                output: terms.scrub(said.validate.err.slice(-4000)),
            }),
        notes: notesOf(said, staged, terms, uses, states),
    };
    const format = { ...blank(FORMAT, timing), findings: formatFindings(said, staged, sheet) };
    const adapted = said.adapt.code === 0 ? readAdapted(said.adapt.out) : undefined;
    return {
        answers: [caddy, format].filter(({ name }) => terms.checks.includes(name)),
        agree: (settings, around) => hostsAnswer(adapted, { settings, around, staged, terms, states, timing }, sheet),
    };
}
/** Answers of checks that did not run, for a reason that is nobody's fault. */
function skipped(checks, why) {
    return checks.map((name) => ({ ...blank(name, { seconds: 0, cached: false }), skipped: why }));
}
/**
 * Answers of checks that could not run. The first says why, for all have one reason; a Caddyfile that was
 * merely found is waited for by nobody.
 */
function notRun(checks, why, { named }) {
    const [first, ...others] = checks;
    if (!named || first === undefined)
        return skipped(checks, why);
    const answer = { ...blank(first, { seconds: 0, cached: false }), reason: why };
    return [answer, ...skipped(others, `${first} could not run`)];
}
function blank(name, { seconds, cached }) {
    return { name, findings: [], seconds, cached, silenced: 0, reason: "", output: "", notes: [] };
}
/** Writes findings: levels by who named the Caddyfile, places in the repository, hidden values. */
class Sheet {
    #staged;
    #terms;
    constructor(staged, terms) {
        this.#staged = staged;
        this.#terms = terms;
    }
    finding(check, one) {
        const { scrub } = this.#terms;
        const { named, places, files } = this.#staged;
        const file = places.get(one.file) ?? "";
        const lessened = !named && one.level !== "INFO";
        const caddyfile = places.get(files[0]?.path ?? "") ?? "";
        const hint = lessened
            ? `${one.hint}\nThis Caddyfile was found and not named, so it only informs: \`caddyfile: ${caddyfile}\` makes it count.`
            : one.hint;
        const line = one.line === undefined ? "" : `:${one.line}`;
        return {
            check,
            level: named ? one.level : "INFO",
            id: one.id,
            message: scrub(this.#inRepository(one.message)),
            hint: scrub(this.#inRepository(hint.trim())),
            object: "",
            file,
            line: file === "" ? undefined : one.line,
            containerFile: file === "" && one.file !== "" ? `${one.file}${line}` : "",
            count: 1,
            migration: undefined,
            ...(one.replacement === undefined ? {} : { replacement: one.replacement }),
        };
    }
    /** Paths in the container mean nothing to the reader where the file is the repository's. */
    #inRepository(text) {
        let told = text;
        for (const [path, repoPath] of this.#staged.places)
            told = told.replaceAll(path, repoPath);
        return told;
    }
}
function statesOf({ states }, { standIns }, { env }, uses) {
    const ours = new Set(standIns.map(({ name }) => name));
    return new Map(uses.map(({ name }) => {
        const state = states.get(name);
        if (state === "empty")
            return [name, "empty"];
        if (state === "set")
            return [name, env.has(name) ? "given" : "image"];
        return [name, ours.has(name) ? "stand-in" : "unset"];
    }));
}
function caddyFindings(the, sheet) {
    const { problem, warnings } = the.validated;
    const explained = problem === undefined ? [] : [explain(problem, known(the))];
    const variables = variableFindings(the).filter((one) => !explained.some(({ id, file, line }) => tellsOfVariable(id) && file === one.file && line === one.line));
    return [
        ...explained.map((one) => sheet.finding(CADDY, one)),
        ...severalFindings(the.staged).map((one) => sheet.finding(CADDY, one)),
        ...variables.map((one) => sheet.finding(CADDY, one)),
        ...warnings.map((one) => sheet.finding(CADDY, { ...one, id: "caddy.warning", level: "INFO", hint: "" })),
    ];
}
/** Which of several Caddyfiles production uses nobody can tell. */
function severalFindings({ others, files: [first] }) {
    if (others.length === 0 || first === undefined)
        return [];
    const message = `${first.path} was checked, and there are ${others.join(", ")} as well.`;
    const hint = "Name the one that production uses with `caddyfile`.";
    return [{ id: "caddy.several", level: "INFO", message, hint, file: first.path, line: undefined }];
}
/** Whether an error tells already of the variable on its line. */
function tellsOfVariable(id) {
    return id === "caddy.unset-variable";
}
function known({ said, staged, terms, uses, states }) {
    return { files: staged.files, uses, states, version: said.version, stock: terms.stock };
}
/** What the variables alone say, whether Caddy took the file or not. */
function variableFindings({ uses, states }) {
    const told = new Set();
    return uses.flatMap(({ name, fallback, file, line, where }) => {
        const state = states.get(name);
        const about = (id, level, message, hint) => {
            if (told.has(`${id} ${name}`))
                return [];
            told.add(`${id} ${name}`);
            return [{ id, level, message, hint, file, line }];
        };
        const give = `Give it a value with \`caddy-env\` to have the file checked as production has it:\ncaddy-env: |\n  ${name}=…`;
        const found = fallback?.startsWith("-")
            ? about("caddy.default-dash", "WARNING", `{$${name}:${fallback}} has the default "${fallback}", with the dash: \`:-\` is a shell's and not Caddy's.`, `Write {$${name}:${fallback.slice(1)}}.`)
            : [];
        if (state === "stand-in" && fallback === undefined)
            found.push(...about("caddy.variable", "INFO", `{$${name}} has no value here: the file was checked with a ${where === "port" ? "port" : "reserved example host"} in its place.`, give));
        if (state === "unset" && fallback === undefined)
            found.push(...about("caddy.variable", "INFO", `{$${name}} has no value here: Caddy reads nothing in its place.`, give));
        if (state === "empty" && fallback !== undefined)
            found.push(...about("caddy.empty-variable", "WARNING", `${name} is set and empty, so Caddy reads nothing in its place: the default "${fallback}" is for a variable that is absent.`, "Take the variable away, or give it its value."));
        return found;
    });
}
function formatFindings({ formatted }, { files }, sheet) {
    return files.flatMap(({ path, text }) => {
        const replacement = formatted.get(path);
        // Caddy writes nothing where it cannot read the file.
        if (replacement === undefined || (replacement === "" && text.trim() !== ""))
            return [];
        const line = firstDifference(text, replacement);
        if (line === undefined)
            return [];
        return [
            sheet.finding(FORMAT, {
                id: "caddy.not-formatted",
                level: "INFO",
                message: `${path} is not as \`caddy fmt\` writes it, from this line on.`,
                hint: `Run \`caddy fmt --overwrite ${path}\`; the formatted text is in the report.`,
                file: path,
                line,
                replacement,
            }),
        ];
    });
}
function notesOf({ version }, { places, files }, { stock }, uses, states) {
    const path = places.get(files[0]?.path ?? "") ?? "";
    const defaults = uses.filter(({ name, fallback }) => fallback !== undefined && states.get(name) === "unset");
    const names = [...new Set(defaults.map(({ name, fallback }) => `${name} (${fallback})`))];
    return [
        `${path}, by Caddy ${version} of ${stock || "the project's own image"}`,
        ...(names.length === 0 ? [] : [`Checked with the defaults of ${names.join(", ")}`]),
    ];
}
function hostsAnswer(adapted, the, sheet) {
    const { settings, around, timing } = the;
    if (adapted === undefined)
        return {
            ...blank(HOSTS, timing),
            skipped: "Caddy cannot read the Caddyfile, so there is nothing to compare",
        };
    if (Object.keys(settings).length === 0) {
        const why = "the settings could not be loaded, so there is nothing to compare";
        // Without any other check nobody else tells of it.
        return { ...blank(HOSTS, timing), ...(the.staged.named ? { reason: why } : { skipped: why }) };
    }
    const findings = compare(adapted, settings, around).map((one) => {
        const { file, line } = locate(one.at, the.staged.files, valuesIn(the));
        return sheet.finding(HOSTS, { ...one, file, line });
    });
    const notes = notCompared(settings).map((name) => `${name} was not compared: neither the image nor \`env\` sets it, so its value is ours. Give production's with \`env\``);
    return { ...blank(HOSTS, timing), findings, notes };
}
/** Values of variables, as far as they are known outside of the container. */
function valuesIn({ staged, terms, states }) {
    const standIns = new Map(staged.standIns.map(({ name, value }) => [name, value]));
    return (name, fallback) => {
        const state = states.get(name);
        if (state === "given" || state === "empty")
            return terms.env.get(name) ?? "";
        return state === "image" ? undefined : (fallback ?? standIns.get(name) ?? "");
    };
}

// EXTERNAL MODULE: ./build/checks/caddy/bake.js
var caddy_bake = __webpack_require__(3403);
;// CONCATENATED MODULE: ./build/checks/caddy/layout.js
/**
 * Where things lie: Caddyfiles in the repository, their imports, their places in the container, and the
 * project's own Caddy Dockerfile. Pure; solve/caddyfiles.ts looks at the files.
 */


/** Looked for in the build context, in this order. */
const CANDIDATES = [
    "Caddyfile",
    "caddy/Caddyfile",
    "docker/caddy/Caddyfile",
    "deploy/Caddyfile",
];
/** The folder in the container that stands for the Caddyfile's own: where the image `caddy` has it. */
const FOLDER = "/etc/caddy";
const CADDYFILE = `${FOLDER}/Caddyfile`;
/**
 * The files that a Caddyfile may import, as absolute paths in the container; `*` and its like are still in them. A snippet's
 * name looks like a file's.
 * @param valued the text with its variables replaced; undefined when a value is not known
 */
function importsOf(file, valued) {
    return [...allDirectives(file)].flatMap(({ name, args: [first] }) => {
        if (name.text !== "import" || name.quoted || first === undefined)
            return [];
        const pattern = valued(first.text);
        // A placeholder (`{args[0]}`) is known only to Caddy.
        if (pattern === undefined || pattern === "" || /[{}]/.test(pattern))
            return [];
        return [external_node_path_.posix.resolve(external_node_path_.posix.dirname(file.path), pattern)];
    });
}
/**
 * The repo path that a path in the container stands for.
 * @param folder the Caddyfile's folder in the repository; empty for its root
 * @returns undefined where it would lie outside of the repository
 */
function inRepository(path, folder) {
    const found = external_node_path_.posix.join(folder, external_node_path_.posix.relative(FOLDER, path));
    return found.startsWith("../") || found === ".." || external_node_path_.posix.isAbsolute(found) ? undefined : found;
}
/** Whether the image that a Dockerfile makes is a Caddy: its last FROM names one. */
function makesCaddy(dockerfile) {
    const images = [...dockerfile.matchAll(/^[ \t]*FROM[ \t]+(?:--\S+[ \t]+)*(\S+)/gim)].map(([, image = ""]) => image);
    return /^((docker\.io|index\.docker\.io)\/)?(library\/)?caddy([:@]|$)/i.test(images.at(-1) ?? "");
}
/** Whether a file beside the Caddyfile may be a Dockerfile, by its name. */
function looksLikeDockerfile(name) {
    return /^(Dockerfile|Containerfile)([.-].+)?$|.\.(Dockerfile|Containerfile)$/i.test(name);
}
/** Paths of the build context that a Dockerfile copies, without those of other stages and URLs. */
function copiedBy(dockerfile) {
    return [...dockerfile.matchAll(/^[ \t]*(?:COPY|ADD)[ \t]+(.+)$/gim)].flatMap(([, rest = ""]) => {
        if (/--from=/.test(rest))
            return [];
        const words = rest
            .trim()
            .replace(/^\[|\]$/g, "")
            .split(/[\s,]+/);
        const paths = words
            .map((word) => word.replace(/^"|"$/g, ""))
            .filter((word) => word !== "" && !word.startsWith("--"));
        return paths.slice(0, -1).filter((path) => !/^[a-z]+:\/\/|[$*?[]/i.test(path));
    });
}
/** Ports that a Dockerfile says its image listens on, by EXPOSE and by the command's own words. */
function portsIn(dockerfile) {
    const text = dockerfile.replace(/\\\r?\n/g, " ");
    const exposed = [...text.matchAll(/^[ \t]*EXPOSE[ \t]+(.+)$/gim)].map(([, rest = ""]) => rest);
    const commands = [...text.matchAll(/^[ \t]*(?:CMD|ENTRYPOINT)[ \t]+(.+)$/gim)].map(([, rest = ""]) => rest);
    // A variable in EXPOSE may be any port.
    if (exposed.some((rest) => rest.includes("$")))
        return [];
    const ports = [
        ...exposed.flatMap((rest) => [...rest.matchAll(/\b(\d{2,5})(?:\/(?:tcp|udp))?\b/g)]),
        ...commands.flatMap((rest) => [...rest.matchAll(/(?::|--?p(?:ort)?[ =",]+)(\d{2,5})\b/g)]),
    ].map(([, port]) => Number(port));
    return [...new Set(ports)].filter((port) => port > 0 && port < 65_536);
}

;// CONCATENATED MODULE: ./build/checks/caddy/collect-files.js



/** Files that one Caddyfile may import. */
const MOST_FILES = 500;
/**
 * Reads a Caddyfile with all that it imports, as far as the repository has it: the rest may be in the image.
 * @param found its repo path, who named it, and the Caddyfiles that were found beside it
 * @param env the values of `caddy-env`
 */
async function stage(found, env, repository) {
    const folder = found.path.includes("/") ? found.path.slice(0, found.path.lastIndexOf("/")) : "";
    const files = [];
    const places = new Map([[CADDYFILE, found.path]]);
    const known = (text) => expand(text, (name, fallback) => env.get(name) ?? fallback);
    const open = [CADDYFILE];
    for (let path = open.shift(); path !== undefined && files.length < MOST_FILES; path = open.shift()) {
        const text = await repository.read(places.get(path) ?? "");
        if (text === undefined) {
            places.delete(path);
            continue;
        }
        const file = parseCaddyfile(path, text);
        files.push(file);
        for (const pattern of importsOf(file, known)) {
            const wanted = inRepository(pattern, folder);
            for (const repoPath of wanted === undefined ? [] : await repository.match(wanted)) {
                const inContainer = containerPath(repoPath, folder);
                if (places.has(inContainer))
                    continue;
                places.set(inContainer, repoPath);
                open.push(inContainer);
            }
        }
    }
    const { named, others } = found;
    return { named, others, files, places, standIns: standIns(usesIn(files), new Set(env.keys())) };
}
/** Where a file of the repository lies in the container: as it lies to the Caddyfile. */
function containerPath(repoPath, folder) {
    const up = folder === "" ? [] : folder.split("/");
    const path = repoPath.split("/");
    let common = 0;
    while (common < up.length && common < path.length - 1 && up[common] === path[common])
        common++;
    const base = CADDYFILE.split("/").slice(0, -1);
    return [...base.slice(0, base.length - (up.length - common)), ...path.slice(common)].join("/");
}
/** The files of the build context: `caddyfiles/` goes into the image, `asked/` is for caddy.sh. */
function contextOf(staged) {
    const names = [...new Set(usesIn(staged.files).map(({ name }) => name))].filter((name) => SHELL_NAME.test(name));
    const paths = staged.files.map(({ path }) => path);
    return new Map([
        ...staged.files.map(({ path, text }) => [`caddyfiles${path}`, text]),
        ["asked/variables", lines(names)],
        ["asked/stand-ins", lines(staged.standIns.map(({ name, value }) => `${name} ${value}`))],
        ["asked/files", lines(paths)],
    ]);
}
function lines(items) {
    return items.map((item) => `${item}\n`).join("");
}

;// CONCATENATED MODULE: ./build/checks/caddy/output-files.js
/** Characters of a formatted file. */
const LARGEST = 2 * 1024 * 1024;
/** Names of all files that caddy.sh may leave for so many Caddyfiles. */
function leftNames(files) {
    const asked = [
        "version",
        "validate",
        "adapt",
        ...Array.from({ length: files }, (_, at) => `fmt-${at + 1}`),
    ];
    return ["states", ...asked.flatMap((name) => [`${name}.out`, `${name}.err`, `${name}.code`])];
}
/**
 * @param paths the Caddyfiles in the container, in the order in which they were formatted
 * @returns undefined when there was no Caddy to ask
 */
function readLeft(left, paths) {
    const version = printed(left, "version");
    const validate = printed(left, "validate");
    const adapt = printed(left, "adapt");
    if (version === undefined || validate === undefined || adapt === undefined)
        return undefined;
    const formatted = paths.flatMap((path, at) => {
        const said = printed(left, `fmt-${at + 1}`);
        // From 2.7 on it ends with 1 where something was to be formatted.
        return said === undefined || said.code > 1 || said.out.length > LARGEST
            ? []
            : [[path, said.out]];
    });
    const states = (left("states") ?? "").split("\n").map((line) => line.split(" "));
    return {
        version: /v?(\d+\.\d+\.\d+\S*)/.exec(version.out)?.[1] ?? "of an unknown version",
        validate,
        adapt,
        formatted: new Map(formatted),
        states: new Map(states.flatMap(([name = "", state = ""]) => (name === "" ? [] : [[name, state]]))),
    };
}
function printed(left, name) {
    const code = /^\d{1,3}$/.exec((left(`${name}.code`) ?? "").trim())?.[0];
    if (code === undefined)
        return undefined;
    return { out: left(`${name}.out`) ?? "", err: left(`${name}.err`) ?? "", code: Number(code) };
}

// EXTERNAL MODULE: ./build/request/context.js
var context = __webpack_require__(8961);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
// EXTERNAL MODULE: ./build/image/target.js
var target = __webpack_require__(9141);
;// CONCATENATED MODULE: ./build/checks/context.js
/** The build contexts of our own Dockerfiles: folders with fixed modes, the probe's files, variables for a shell. */





/** The folder of a container's report, below `room/` of a context. */
async function makeRoom(context) {
    await makeFolder((0,external_node_path_.join)(context, "room", target/* REPORT */.ri));
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
/** Copies the probe with fixed file modes, for they are part of BuildKit's cache key. */
async function copyProbe(from, to) {
    await (0,promises_.mkdir)(to, { recursive: true });
    await (0,promises_.chmod)(to, 0o755);
    for (const entry of await (0,promises_.readdir)(from, { withFileTypes: true })) {
        const source = (0,external_node_path_.join)(from, entry.name);
        const target = (0,external_node_path_.join)(to, entry.name);
        if (entry.isDirectory() && entry.name !== "__pycache__")
            await copyProbe(source, target);
        if (!entry.isFile())
            continue;
        await (0,promises_.copyFile)(source, target);
        await (0,promises_.chmod)(target, 0o644);
    }
}

;// CONCATENATED MODULE: ./build/checks/caddy/workspace.js
/** Looks at the checkout for Caddy: which Caddyfile, whose Caddy, and what is put before it. */







/** Bytes of one Caddyfile. */
const workspace_MOST_BYTES = 1024 * 1024;
/** The Caddyfile that was named, or the first that lies where one may. */
async function findCaddyfile({ caddy, build, workspace }) {
    if (caddy.file !== "")
        return { path: caddy.file, named: true, others: [] };
    if (build.contextIsRemote)
        return undefined;
    const repository = repositoryAt(workspace);
    const context = external_node_path_.relative(workspace, build.context);
    const found = [];
    for (const candidate of CANDIDATES) {
        const file = external_node_path_.join(context, candidate);
        if ((await repository.read(file)) !== undefined)
            found.push(file);
    }
    const [first, ...others] = found;
    return first === undefined ? undefined : { path: first, named: false, others };
}
/** The project's own Caddy where it has one, else the stock image. */
async function binaryFor({ caddy, workspace, build }, caddyfile) {
    const beside = external_node_path_.join(workspace, external_node_path_.dirname(caddyfile));
    const { image, imageIsNamed, target, args } = caddy;
    const named = caddy.dockerfile || (caddy.context === "" ? "" : external_node_path_.join(caddy.context, "Dockerfile"));
    const dockerfile = named || (imageIsNamed ? undefined : await caddyDockerfileIn(beside));
    if (dockerfile === undefined)
        return { from: "stock", image };
    const context = caddy.context || (await contextFor(dockerfile, build.context));
    return { from: "own", dockerfile, context, target, args };
}
async function caddyDockerfileIn(folder) {
    const names = (await (0,promises_.readdir)(folder).catch(() => [])).filter(looksLikeDockerfile).sort();
    for (const name of names) {
        const file = external_node_path_.join(folder, name);
        if (makesCaddy((await textOf(file)) ?? ""))
            return file;
    }
    return undefined;
}
/** The Dockerfile's folder, or the app's context where only that has what the Dockerfile copies. */
async function contextFor(dockerfile, appContext) {
    const folder = external_node_path_.dirname(dockerfile);
    const copied = copiedBy((await textOf(dockerfile)) ?? "");
    const hasAll = async (context) => (await Promise.all(copied.map((one) => exists(external_node_path_.join(context, one))))).every(Boolean);
    return !(await hasAll(folder)) && (await hasAll(appContext)) ? appContext : folder;
}
function exists(file) {
    return (0,promises_.stat)(file).then(() => true, () => false);
}
function textOf(file) {
    return (0,promises_.readFile)(file, "utf8").catch(() => undefined);
}
/** The checkout's plain files, never through a link that leads out of it. */
function repositoryAt(workspace) {
    const read = async (file) => {
        const real = await (0,promises_.realpath)(external_node_path_.join(workspace, file)).catch(() => undefined);
        if (real === undefined || !(0,context/* isInside */.FK)(real, await (0,promises_.realpath)(workspace)))
            return undefined;
        const found = await (0,promises_.stat)(real);
        return found.isFile() && found.size <= workspace_MOST_BYTES ? textOf(real) : undefined;
    };
    const match = async (pattern) => {
        let found = [""];
        for (const segment of pattern.split("/")) {
            const next = found.map(async (folder) => {
                if (!/[*?[]/.test(segment))
                    return [external_node_path_.join(folder, segment)];
                const names = await (0,promises_.readdir)(external_node_path_.join(workspace, folder)).catch(() => []);
                return names.filter((name) => external_node_path_.matchesGlob(name, segment)).map((name) => external_node_path_.join(folder, name));
            });
            found = (await Promise.all(next)).flat();
        }
        const texts = await Promise.all(found.map(read));
        return found.filter((_, index) => texts[index] !== undefined).sort();
    };
    return { read, match };
}
/** Our build context for Caddy. File modes are fixed, for they are part of BuildKit's cache key. */
async function makeCaddySite({ folder, site, request }, staged) {
    const context = external_node_path_.join(folder, "caddy-context");
    const { env } = request.caddy;
    const put = async (name, text) => {
        const file = external_node_path_.join(context, name);
        await makeFolder(external_node_path_.dirname(file));
        await (0,promises_.writeFile)(file, text);
        await (0,promises_.chmod)(file, 0o644);
    };
    await makeRoom(context);
    for (const [name, text] of contextOf(staged))
        await put(name, text);
    // The values are a secret, which is in no cache key.
    await put("asked/key", await secretKey(env, request));
    const script = external_node_path_.join(context, "caddy.sh");
    await (0,promises_.copyFile)(external_node_path_.join(site.probeContext, "probe", "caddy.sh"), script);
    await (0,promises_.chmod)(script, 0o644);
    return { context, reportFolder: external_node_path_.join(folder, "caddy"), environment: assignments(env) };
}
/** Ports that the app's own Dockerfile names. */
async function portsOf({ build }) {
    return build.contextIsRemote ? [] : portsIn((await textOf(build.file)) ?? "");
}
/** Compose files that are read. */
const MOST_COMPOSE_FILES = 20;
/**
 * The services of the compose files in the workspace's root, the context, and the Caddyfile's folder and the one
 * around it.
 * @param caddyfile its repo path
 */
async function servicesOf({ workspace, build }, caddyfile) {
    const repository = repositoryAt(workspace);
    const context = build.contextIsRemote ? "" : external_node_path_.relative(workspace, build.context);
    const beside = external_node_path_.dirname(caddyfile);
    const folders = new Set(["", context, beside, external_node_path_.dirname(beside)].map((one) => external_node_path_.normalize(one || ".")));
    const names = await Promise.all([...folders].map(async (folder) => {
        const all = await (0,promises_.readdir)(external_node_path_.join(workspace, folder)).catch(() => []);
        return all.filter(looksLikeCompose).map((name) => external_node_path_.join(folder, name));
    }));
    const files = await Promise.all(names
        .flat()
        .sort()
        .slice(0, MOST_COMPOSE_FILES)
        .map(async (file) => ({ path: file, text: await repository.read(file) })));
    const read = files.flatMap(({ path, text }) => (text === undefined ? [] : [{ path, text }]));
    if (read.length === 0)
        return [];
    const { parse } = await __webpack_require__.e(/* import() */ 815).then(__webpack_require__.t.bind(__webpack_require__, 8815, 19));
    return servicesIn(read.flatMap(({ path, text }) => {
        try {
            // A file that is not YAML (a template, say) says nothing: at "silent" it would say half of it.
            return [{ path, content: parse(text, { merge: true, logLevel: "error" }) }];
        }
        catch {
            return [];
        }
    }));
}

;// CONCATENATED MODULE: ./build/checks/caddy/run.js
/** Asks Caddy about the Caddyfile beside the checks. Whatever happens to it stays with it. */


















/**
 * @returns answers for the checks of the Caddyfile, also for those that did not run, and the comparison with
 *   Django's settings
 * @throws {Failure} `Cancelled`
 */
async function solveCaddy(bench) {
    const { request } = bench;
    const checks = (0,catalogue/* checksOf */.tg)("caddy", request.checks);
    if (checks.length === 0)
        return nothing([]);
    if (request.caddy.file === "none")
        return nothing(skipped(checks, "`caddyfile: none`"));
    const found = await findCaddyfile(request);
    if (found === undefined)
        return nothing(skipped(checks, `there is no Caddyfile (${CANDIDATES.join(", ")}) in the build context`));
    const staged = await stage(found, request.caddy.env, repositoryAt(request.workspace));
    if (staged.files.length === 0)
        return nothing(notRun(checks, `${found.path} cannot be read, or is larger than a megabyte`, found));
    try {
        return await ask(bench, staged, found.path, checks);
    }
    catch (error) {
        // A builder that stands still is told of by the check solve.
        if (!(error instanceof failure/* Failure */.HR) || error.kind === "Cancelled")
            throw error;
        return nothing(notRun(checks, error.message.replace(/\.$/, ""), staged));
    }
}
function nothing(answers) {
    const hosts = answers.filter(({ name }) => name === HOSTS);
    return { answers: answers.filter(({ name }) => name !== HOSTS), agree: () => hosts };
}
async function ask(bench, staged, file, checks) {
    const { request } = bench;
    const { env } = request.caddy;
    const binary = await binaryFor(request, file);
    const site = await makeCaddySite(bench, staged);
    const stock = binary.from === "stock" ? binary.image : "";
    const terms = { checks, stock, env, scrub: scrubber(run_hidden(env, staged)) };
    const question = { binary, site, staged, terms };
    let heard = await askOnce(bench, question, false);
    // As with the checks in the image: a cached pass is believed, a cached failure is not.
    if ("side" in heard && heard.cached && hasFailed(heard.side.answers, request))
        heard = await askOnce(bench, question, true);
    if ("reason" in heard)
        return nothing(notRun(checks, terms.scrub(heard.reason), staged));
    const { answers, agree } = heard.side;
    if (!checks.includes(HOSTS))
        return { answers, agree: () => [] };
    const [ports, services] = await Promise.all([portsOf(request), servicesOf(request, file)]);
    const around = { ports, services, ownCaddy: binary.from === "own" };
    return { answers, agree: (settings) => [agree(settings, around)] };
}
function hasFailed(answers, { failLevel }) {
    return answers.some(({ reason, findings }) => reason !== "" || findings.some(({ level }) => (0,finding/* reaches */.O)(level, failLevel)));
}
async function askOnce(bench, question, again) {
    const { binary, site, staged, terms } = question;
    await (0,promises_.rm)(site.reportFolder, { recursive: true, force: true });
    await (0,promises_.mkdir)(site.reportFolder, { recursive: true });
    const seconds = bench.request.timeout;
    const solved = await bakeOrRetry(bench, "caddy-solve", (0,caddy_bake/* planCaddy */.rr)(binary, site, { again, seconds }));
    if (!solved.ok && solved.why === "step")
        return { reason: `Caddy was not done after ${seconds} seconds` };
    if (!solved.ok)
        return { reason: whyNot(solved.progress, solved.stderr, binary) };
    try {
        const said = await saidIn(site.reportFolder, staged);
        if (said === undefined)
            return { reason: `${imageOf(binary)} has no \`caddy\` program` };
        const timing = timingOf(solved.progress);
        return { side: readSaid(said, staged, terms, timing), cached: timing.cached };
    }
    catch (error) {
        if (!(error instanceof UnreadableReport))
            throw error;
        return { reason: `what Caddy said cannot be read: ${error.message}` };
    }
}
/** @throws {UnreadableReport} */
async function saidIn(folder, { files }) {
    const left = new Map();
    for (const name of leftNames(files.length))
        left.set(name, await readExported(external_node_path_.join(folder, name)));
    const paths = files.map((file) => file.path);
    return readLeft((name) => left.get(name), paths);
}
/** What cannot be told counts as cached. */
function timingOf({ vertexes }) {
    const step = (0,docker_progress/* stepIn */.eC)(vertexes, steps/* isCaddyStep */.U8);
    return { seconds: (0,docker_progress/* secondsOf */.TM)(step), cached: step?.cached ?? true };
}
function whyNot(progress, stderr, binary) {
    const asking = (0,docker_progress/* stepIn */.eC)(progress.vertexes, steps/* isCaddyStep */.U8);
    if (asking?.error !== undefined)
        return /exec: "\/bin\/sh"/.test(asking.log)
            ? `${imageOf(binary)} has no shell (/bin/sh) to run Caddy from`
            : `Caddy could not be run in ${imageOf(binary)}: ${asking.log.trim() || asking.error}`;
    const found = blame(progress, stderr);
    const log = "log" in found ? found.log.trim().split("\n").slice(-3).join(" ") : "";
    const because = log === "" ? found.reason : `${found.reason}: ${log}`;
    if (binary.from === "own")
        return `the project's own Caddy image could not be built: ${because}`;
    const login = /toomanyrequests|too many requests|\b429\b|\b401\b|denied/i.test(because)
        ? ". Log in to its registry before this step (docker/login-action), or name another image with `caddy-image`"
        : ". `caddy-image` names another one";
    return `the image ${binary.image} could not be had: ${because}${login}`;
}
function imageOf(binary) {
    return binary.from === "own" ? "the project's own Caddy image" : binary.image;
}
/** The values that are secrets: not what a browser types, nor what names a service. */
function run_hidden(env, { files }) {
    const inAddresses = usesIn(files).filter(({ where }) => where !== "directive");
    const open = new Set(inAddresses.map(({ name }) => name));
    const isService = (value) => /^([a-z]+:\/\/)?[a-z0-9-]+(\.[a-z0-9-]+)*:\d{1,5}$/i.test(value);
    return new Map([...env].filter(([name, value]) => !open.has(name) && !isService(value)));
}

;// CONCATENATED MODULE: ./build/image/failures.js
/** Sentences for solves that failed: what is wrong, where, what to do next. Pure. */


/** Lines of a step's log that the error shows; the whole is in the log above. */
const SHOWN = 12;
/** The failure that a blamed solve ends the step with. */
function buildFailure(blame, build) {
    switch (blame.part) {
        case "dockerfile":
            return inDockerfile(blame, build);
        case "onbuild":
            return new failure/* Failure */.HR("Checks could not run", `The shipped image has an ONBUILD instruction that fails in any image built from it, and the checks ` +
                `are built from it: ${blame.step} (${blame.reason}).${logged(blame.log)}\n` +
                "Take ONBUILD out of the stage that is shipped (it belongs into base images only).");
        case "probe":
            return new failure/* Failure */.HR("Checks could not run", blame.missing === ""
                ? `The probe could not be started in the image: ${blame.reason}.${logged(blame.log)}`
                : `The image has no ${blame.missing}. Give the full path of its Python interpreter with the input \`python\`.`);
        case "command":
        case "builder":
            return fromBuilder(blame.reason);
    }
}
/** The failure of the release solve: the image was checked, and then did not leave the builder. */
function releaseFailure(blame, build, { to }) {
    if (blame.part === "builder" && to === "registry")
        return refused("The image could not be pushed", blame.reason);
    if (blame.part === "builder")
        return new failure/* Failure */.HR("Publish failed", `The image could not be loaded into the local docker: ${blame.reason}${next(blame.reason, "")}`);
    const { message, place } = buildFailure(blame, build);
    return new failure/* Failure */.HR("Publish failed", message, place);
}
/** A refusal in the registry's words, with what helps against it. */
function refused(what, reason) {
    return new failure/* Failure */.HR("Publish failed", `${what}: ${reason}. ${advice(reason)}`);
}
/** Whether a registry's words mean no login, or no right: or, of some, nothing there yet. */
function isDenial(reason) {
    return /401 Unauth|403 Forbidden|denied|unauthorized|forbidden|insufficient_scope|no basic auth/i.test((0,docker_words/* wordsOf */.Z9)(reason));
}
function advice(reason) {
    const words = (0,docker_words/* wordsOf */.Z9)(reason);
    if (isDenial(reason))
        return ("Log in before this step with an account that may read and write there (docker/login-action); for GitHub's own " +
            "registry the job needs `permissions: packages: write`.");
    if (/unknown flag: --prefer-index/.test(words))
        return "buildx is too old for that: update it, or add docker/setup-buildx-action before this step.";
    if (/no space left/i.test(words))
        return "The disk is full: free space before this step.";
    if (/no such host|connection refused|dial tcp/i.test(words))
        return "Is the registry's name right, and does it answer from this runner?";
    return "The checks passed; running the job again repeats only what is not cached.";
}
function inDockerfile(blame, build) {
    const where = blame.line === undefined ? build.fileShown : `${build.fileShown}:${blame.line}`;
    const what = blame.step === "" ? blame.reason : `\`${oneLine(blame.step)}\` failed: ${blame.reason}`;
    const detail = blame.log === "" ? excerpt(blame.excerpt) : logged(blame.log);
    const place = build.contextIsRemote || blame.line === undefined
        ? undefined
        : { file: build.fileShown, line: blame.line };
    return new failure/* Failure */.HR("Build failed", `${where}: ${what}${next(blame.reason, blame.log)}${detail}`, place);
}
function fromBuilder(reason) {
    return new failure/* Failure */.HR("Build failed", `${reason || "The builder gave no reason"}${next(reason, "")}`);
}
/**
 * What to do about the reasons that come again and again. A step's own log is the program's word and not the
 * engine's (a program may print "429" or "not found"), so little is read from it.
 */
function next(reason, log) {
    const found = ADVICE.find(([pattern]) => pattern.test(reason)) ?? IN_A_LOG.find(([pattern]) => pattern.test(log));
    return found ? `. ${found[1]}` : "";
}
const IN_A_LOG = [
    [/no space left on device/i, `The disk is full: ${failure/* FREE_SPACE */.Kt}`],
    [
        /exec format error/i,
        "A program of another platform was started: set up emulation (docker/setup-qemu-action) or use a runner of that platform.",
    ],
];
/** The first row that fits is meant, so the narrower ones stand before the wider ones. */
const ADVICE = [
    ...IN_A_LOG,
    [
        /Cannot connect to the Docker daemon|docker daemon running/i,
        "Start the Docker engine on this runner, or point DOCKER_HOST at one that runs.",
    ],
    [
        /toomanyrequests|too many requests|\b429\b/i,
        "The registry refuses more pulls for now: log in to it before this step (docker/login-action), or use a mirror.",
    ],
    [
        /\b401 Unauthorized|\b403 Forbidden|authorization failed|access denied/i,
        "The base image's registry wants a login: add docker/login-action before this step.",
    ],
    [/no match for platform/i, "The base image does not exist for the platform that is built."],
    [
        /failed to resolve source metadata.*(connection refused|no such host|i\/o timeout|deadline exceeded)/is,
        "The base image's registry does not answer from this builder.",
    ],
    [
        /failed to resolve source metadata.*not found/is,
        "There is no such base image or tag: look at the FROM line's spelling.",
    ],
    [
        /target stage .* could not be found/i,
        "`target` must be the name of a stage (`FROM … AS name`) of this Dockerfile.",
    ],
    [
        /secret \S+: not found/i,
        "The Dockerfile mounts a secret that this step did not get: pass it with `secrets`.",
    ],
    [
        /failed to calculate checksum.*: not found$/is,
        "The file is not in the build context: look at its path and at .dockerignore.",
    ],
    [/^EOF$/, "The builder's answer broke off. Is the runner's disk full?"],
    [
        /(entitlement|network\.host|security\.insecure|device).* is not allowed|granting entitlement|additional privileges/i,
        "The build asks for a privilege: name it in `allow`, and the builder must be started with it.",
    ],
    [
        /context deadline exceeded|connection refused|error reading from server|code = Unavailable|no such host/i,
        "The builder does not answer, or lost its connection: `docker buildx ls` shows the builders' state.",
    ],
];
function logged(log) {
    const lines = log.trimEnd().split("\n").slice(-SHOWN);
    return log.trim() === "" ? "" : `\nIts last lines:\n${lines.join("\n")}`;
}
function excerpt(text) {
    return text === "" ? "" : `\n${text}`;
}
function oneLine(text) {
    const line = text.replace(/\s+/g, " ");
    return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}

;// CONCATENATED MODULE: ./build/checks/nearest.js
/**
 * Which file of the repository a file of the image is. Pure; workspace.ts looks at the files.
 */
/** The candidate with the longest common path ending; undefined when there is none or a tie. */
function nearest(path, candidates) {
    const ranked = candidates
        .map((candidate) => ({ candidate, common: commonEnding(path, candidate) }))
        .sort((a, b) => b.common - a.common);
    const [first, second] = ranked;
    return first !== undefined && first.common > (second?.common ?? 0) ? first.candidate : undefined;
}
function commonEnding(a, b) {
    const left = a.split("/").reverse();
    const right = b.split("/").reverse();
    let common = 0;
    while (common < Math.min(left.length, right.length) && left[common] === right[common])
        common++;
    return common;
}

;// CONCATENATED MODULE: ./build/checks/repository-paths.js
/**
 * Container path → repo path. A file of the image is a file of the repository only when its content is the
 * same; of several such files the one with the longest common path ending is meant, and when two are
 * equally near, none.
 */




/** Folders that hold no source of the project, and the most entries that are looked at. */
const NOT_SOURCE = new Set([".git", "node_modules", ".venv", "venv", "__pycache__", ".tox", ".mypy_cache"]);
const MOST_ENTRIES = 200_000;
const repository_paths_MOST_BYTES = 8 * 1024 * 1024;
/**
 * @param files container path → sha256 of its content
 * @param workspace absolute path of the checkout; its files are read, links are not followed
 * @returns container path → path relative to the workspace, with `/`
 */
async function findPlaces(files, workspace) {
    if (files.size === 0)
        return new Map();
    const names = new Set([...files.keys()].map((path) => (0,external_node_path_.basename)(path)));
    const candidates = await walk(workspace, names);
    const hashes = new Map();
    const hashOf = (path) => {
        const known = hashes.get(path) ?? sha256(path);
        hashes.set(path, known);
        return known;
    };
    const places = new Map();
    for (const [path, hash] of files) {
        const same = [];
        for (const candidate of candidates.get((0,external_node_path_.basename)(path)) ?? [])
            if ((await hashOf((0,external_node_path_.join)(workspace, candidate))) === hash)
                same.push(candidate);
        const place = nearest(path, same);
        if (place !== undefined)
            places.set(path, place);
    }
    return places;
}
/**
 * Those of the paths whose last part is the name of a file in the workspace: only these can be found there.
 * @param paths paths in a container
 */
async function withNamesakes(paths, workspace) {
    if (paths.length === 0)
        return [];
    const names = await walk(workspace, new Set(paths.map((path) => (0,external_node_path_.basename)(path))));
    return paths.filter((path) => names.has((0,external_node_path_.basename)(path)));
}
/** Files of the wanted names below `root`, by name, as paths relative to it. */
async function walk(root, names) {
    const found = new Map();
    const folders = [root];
    let seen = 0;
    for (let folder = folders.pop(); folder !== undefined && seen < MOST_ENTRIES; folder = folders.pop()) {
        const entries = await (0,promises_.readdir)(folder, { withFileTypes: true }).catch(() => []);
        seen += entries.length;
        for (const entry of entries) {
            const path = (0,external_node_path_.join)(folder, entry.name);
            if (entry.isDirectory() && !NOT_SOURCE.has(entry.name))
                folders.push(path);
            if (!entry.isFile() || !names.has(entry.name))
                continue;
            const shown = (0,external_node_path_.relative)(root, path).split(external_node_path_.sep).join("/");
            found.set(entry.name, [...(found.get(entry.name) ?? []), shown]);
        }
    }
    return found;
}
async function sha256(path) {
    try {
        const stat = await (0,promises_.lstat)(path);
        if (!stat.isFile() || stat.size > repository_paths_MOST_BYTES)
            return undefined;
        return (0,external_node_crypto_.createHash)("sha256")
            .update(await (0,promises_.readFile)(path))
            .digest("hex");
    }
    catch {
        return undefined;
    }
}

// EXTERNAL MODULE: ./node_modules/@rgrove/parse-xml/dist/index.js + 11 modules
var dist = __webpack_require__(2811);
// EXTERNAL MODULE: ./node_modules/@rgrove/parse-xml/dist/lib/XmlElement.js
var XmlElement = __webpack_require__(5614);
;// CONCATENATED MODULE: ./build/checks/commands/junit.js
/**
 * JUnit XML → failures of single tests. There is no standard; this reads what pytest, unittest-xml-reporting
 * and jest-junit write: `testcase` elements anywhere, each with a `failure` or `error` in it. Pure.
 */

/** Failures that are kept, and elements that are looked at. */
const junit_MOST = 500;
const MOST_ELEMENTS = 1_000_000;
const junit_LONGEST = 4000;
const LONGEST_NAME = 500;
/** The end of a failure's text, where its places are. */
const LOOKED_AT = 64 * 1024;
/** Reads a JUnit XML file's text. */
function readJUnit(text) {
    try {
        const { root } = (0,dist/* parseXml */.NO)(text, { ignoreUndefinedEntities: true });
        const cases = root === null ? [] : testcases(root);
        const bad = cases.filter((one) => failureIn(one) !== undefined);
        const failures = bad.slice(0, junit_MOST).flatMap(failureOf);
        return { ok: true, tests: cases.length, failed: bad.length, failures };
    }
    catch (error) {
        const [reason = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
        return { ok: false, reason };
    }
}
function testcases(root) {
    const found = [];
    const open = [root];
    for (let seen = 0; seen < MOST_ELEMENTS; seen++) {
        const one = open.pop();
        if (one === undefined)
            break;
        if (one.name === "testcase")
            found.push(one);
        // Not all at once as arguments: there may be more of them than the stack takes.
        else
            for (const child of one.children.filter(isElement).reverse())
                open.push(child);
    }
    return found;
}
function isElement(node) {
    return node instanceof XmlElement/* XmlElement */.W;
}
function failureIn(testcase) {
    return testcase.children.filter(isElement).find(({ name }) => name === "failure" || name === "error");
}
function failureOf(testcase) {
    const bad = failureIn(testcase);
    if (bad === undefined)
        return [];
    const { classname = "", name = "", file = "" } = testcase.attributes;
    const text = bad.text.slice(-LOOKED_AT).trim();
    const said = (bad.attributes.message ?? "").trim() || (text.split("\n").at(-1) ?? "").trim();
    return [
        {
            kind: bad.name === "error" ? "error" : "failure",
            test: [classname, name]
                .filter((part) => part !== "")
                .join(".")
                .slice(0, LONGEST_NAME),
            message: (said || "no message").slice(0, junit_LONGEST),
            ...placeIn(text, file.slice(0, LONGEST_NAME), classname.slice(0, LONGEST_NAME)),
        },
    ];
}
/**
 * The place of a failure. A traceback says more than the attributes: pytest's `line` counts from 0 and is
 * that of the function, and its newer form has neither. Of the traceback's places the last one in the test's
 * own file counts, else the last one outside of installed packages.
 */
function placeIn(text, file, classname) {
    const places = [
        ...text.matchAll(/^[ \t]*File "([^"\n]{1,500})", line (\d+)/gm),
        // pytest: `shop/tests.py:12: AssertionError`; node: `at fn (/app/x.test.js:12:5)`.
        ...text.matchAll(/(?:^|\()((?:\/|\w)[^\s():"]*\.\w+):(\d+)(?::\d+\)?|:)/gm),
    ]
        .map(([, path = "", line]) => ({ file: path, line: Number(line) }))
        .filter((place) => !/(^|\/)(site-packages|dist-packages|node_modules|lib\/python3[^/]*)\//.test(place.file));
    const own = file || modulePath(classname);
    const inTest = places.filter((place) => own !== "" && (place.file === own || place.file.endsWith(`/${own}`)));
    return inTest.at(-1) ?? places.at(-1) ?? { file, line: undefined };
}
/** `shop.tests.test_models.OrderTest` → `shop/tests/test_models.py`: modules are written in lower case. */
function modulePath(classname) {
    const parts = classname.split(".");
    const end = parts.findIndex((part) => /^[A-Z]/.test(part));
    const modules = end < 0 ? parts : parts.slice(0, end);
    return modules.length === 0 ? "" : `${modules.join("/")}.py`;
}

;// CONCATENATED MODULE: ./build/checks/commands/answers.js
/** From what a command left behind to its answer. Pure. */


/** Characters of a command that a check's name has: it stands in tables and titles. */
const answers_LONGEST_NAME = 60;
const LINES_SHOWN = 20;
/**
 * The names of the commands' checks: the commands themselves, shortened, each once.
 * @param taken names of other checks
 */
function namesOf(lines, taken) {
    const names = [];
    const isTaken = (name) => names.includes(name) || taken.includes(name);
    for (const line of lines) {
        const plain = line.replace(/[\u0000-\u001f\u007f]+/g, " ");
        const short = plain.length > answers_LONGEST_NAME ? `${plain.slice(0, answers_LONGEST_NAME - 1)}…` : plain;
        let name = short;
        for (let again = 2; isTaken(name); again++)
            name = `${short} (${again})`;
        names.push(name);
    }
    return names;
}
/**
 * Reads the JUnit file, if the command wrote one.
 * @param scrub hides secrets: in the failures and not in the file, where they may be written otherwise
 */
function readTrace(trace, scrub) {
    if (trace.junit === undefined)
        return { trace, failures: [], notes: [] };
    const read = readJUnit(trace.junit);
    if (!read.ok)
        return {
            trace,
            failures: [],
            notes: [`$JUNIT_XML holds no JUnit XML that can be read: ${scrub(read.reason)}`],
        };
    const tests = `${read.tests} test${read.tests === 1 ? "" : "s"}`;
    const notes = read.tests === 0 ? [] : [`${tests}, ${read.failed} of them failed`];
    const failures = read.failures.map((one) => ({
        ...one,
        test: scrub(one.test),
        message: scrub(one.message),
    }));
    return { trace, failures, notes };
}
/** Where a failure's file lies in the container; empty when it does not say. */
function answers_containerPath({ file }, { cwd }) {
    return file === "" ? "" : external_node_path_.posix.resolve(cwd || "/", file);
}
/**
 * The answer of one command.
 * @param places container path → repo path, where the contents are the same
 * @param limit seconds that it had
 */
function answerOf(name, { trace, failures, notes }, { places, limit }) {
    const { exitCode, timeout, seconds } = trace;
    const common = { name, seconds, cached: false, silenced: 0, notes };
    const output = lastLines(trace.output);
    if (timeout || exitCode === undefined) {
        const reason = timeout
            ? `it was not done after ${limit} seconds and was ended. Raise \`run-timeout\`, or see below what it waited for`
            : "it was ended before it could say how it went: by the machine, out of memory say";
        return { ...common, reason, output, findings: [] };
    }
    if (exitCode === 0) {
        // It calls itself a success: failures that it knows of are not ours to count.
        const findings = failures.map((one) => toFinding(name, one, trace, places, "INFO"));
        return { ...common, reason: "", output: "", findings, exitCode };
    }
    const whole = {
        check: name,
        level: "ERROR",
        id: "run.failed",
        message: [
            `\`${trace.line}\` ended with exit code ${exitCode}${MEANS[exitCode] ?? ""}.`,
            ...(failures.length > 0 ? [] : namedTests(trace.output)),
        ].join("\n"),
        hint: hintOf(trace, failures),
        object: "",
        file: "",
        line: undefined,
        containerFile: "",
        count: 1,
        migration: undefined,
    };
    const findings = [whole, ...failures.map((one) => toFinding(name, one, trace, places, "ERROR"))];
    return { ...common, reason: "", output, findings, exitCode };
}
/** Exit codes of the shell itself. */
const MEANS = {
    126: ", which says that the program could not be started",
    127: ", which says that there is no such program",
    137: ", which says that it was killed (out of memory, perhaps)",
};
const HINTS = {
    127: "The shipped image often has no test tools: name the stage of the Dockerfile that has them with the input " +
        "`run-target`, or install them in the image.",
};
/** What a test runner calls its failed tests, where it wrote no JUnit file: unittest's headings, pytest's summary. */
function namedTests(output) {
    const names = [...output.matchAll(/^(?:(?:FAIL|ERROR): \w.*|(?:FAILED|ERROR) \S+::.*)$/gm)].map(([line]) => line.trim());
    return [...new Set(names)].slice(0, MOST_TESTS);
}
const MOST_TESTS = 10;
function hintOf({ exitCode = 0, output }, failures) {
    const hint = HINTS[exitCode];
    if (hint !== undefined)
        return hint;
    if (NAMES_A_VARIABLE.test(output))
        return NO_STAND_INS;
    return failures.length === 0 && namedTests(output).length > 0 ? JUNIT : "";
}
const JUNIT = 'Each failed test is annotated at its line when the command writes JUnit XML to "$JUNIT_XML" (pytest: ' +
    '`--junit-xml="$JUNIT_XML"`; Django\'s own runner: the package unittest-xml-reporting).';
/** How settings complain of a variable that is not set. */
const NAMES_A_VARIABLE = /^KeyError: |ImproperlyConfigured|UndefinedValueError|environment variable/m;
const NO_STAND_INS = "If a variable is missing: commands see the image's environment and `env`, and none of the stand-in values " +
    "that the checks get. Set it with the input `env`.";
function toFinding(check, failure, trace, places, level) {
    const path = answers_containerPath(failure, trace);
    const file = places.get(path) ?? "";
    return {
        check,
        level,
        id: `junit.${failure.kind}`,
        message: failure.message,
        hint: "",
        object: failure.test,
        file,
        line: file === "" ? undefined : failure.line,
        containerFile: path === "" || failure.line === undefined ? path : `${path}:${failure.line}`,
        count: 1,
        migration: undefined,
    };
}
function lastLines(output) {
    return output.trimEnd().split("\n").slice(-LINES_SHOWN).join("\n");
}
/** The answers of commands that could not be run at all, for one reason. */
function answers_notRun(names, reason) {
    return names.map((name, index) => ({
        name,
        seconds: 0,
        cached: false,
        silenced: 0,
        notes: [],
        reason: index === 0 ? reason : `for the same reason as \`${names[0]}\``,
        output: "",
        findings: [],
    }));
}

// EXTERNAL MODULE: ./build/checks/commands/bake.js
var commands_bake = __webpack_require__(3846);
;// CONCATENATED MODULE: ./build/checks/commands/run.js
/** Runs the workflow's own commands beside the checks. Whatever happens to them stays with them. */















/** Files of failed tests that are looked for in the repository. */
const run_MOST_FILES = 50;
/**
 * @returns an answer for each command, also for those that could not be run
 * @throws {Failure} `Cancelled`
 */
async function solveCommands(bench, milestones) {
    const { request } = bench;
    if (request.commands.lines.length === 0)
        return [];
    const names = namesOf(request.commands.lines, request.checks);
    try {
        return await runAll(bench, names, milestones);
    }
    catch (error) {
        if (!(error instanceof failure/* Failure */.HR) || error.kind === "Cancelled")
            throw error;
        return answers_notRun(names, `there was no image to run it in: ${error.message.replace(/\.$/, "")}`);
    }
}
async function runAll(bench, names, milestones) {
    const { builder, request, site } = bench;
    const { lines, timeout } = request.commands;
    const waits = (0,commands_bake/* mustWait */.Df)(request, builder, site);
    if (waits && !bench.pushed)
        await milestones.loaded;
    const scrub = scrubber(request.env);
    const quiet = { ...bench, listen: () => scrubbed(bench.listen(), scrub) };
    const solve = async (built, image = namedImage(bench)) => {
        const base = (0,commands_bake/* baseOf */.bx)(request, builder, { built, image });
        // What an earlier solve exported is no answer of this one.
        await (0,promises_.rm)(site.commandsFolder, { recursive: true, force: true });
        return { base, solved: await bakeOrRetry(quiet, "commands-solve", (0,commands_bake/* planCommands */.uk)(request, site, base)) };
    };
    // The builder may not find the image in its cache, and build it once more.
    const ranInAnother = async ({ base, solved }) => solved.ok &&
        base.from === "graph" &&
        base.of === "image" &&
        solved.metadata[target/* IMAGE */.W1]?.["containerimage.digest"] !== (await milestones.held).digest;
    let last = await solve(waits || bench.pushed !== undefined);
    if (await ranInAnother(last)) {
        bench.say("The builder built the image again for the commands, with other bytes: once more.");
        last = await solve(true, await layoutOf(await milestones.held, bench, "commands"));
        if (await ranInAnother(last))
            return answers_notRun(names, OTHER_IMAGE);
        const { solved } = last;
        // The layout's layers may be gone by now.
        if (!solved.ok && solved.why === "failed" && blame(solved.progress, solved.stderr).part !== "command")
            return answers_notRun(names, OTHER_IMAGE);
    }
    const { base, solved } = last;
    if (!solved.ok)
        return answers_notRun(names, solved.why === "step"
            ? tooLong(solved.progress, request)
            : run_whyNot(blame(solved.progress, solved.stderr), request));
    const source = { progress: solved.progress, folder: site.commandsFolder, scrub };
    const ran = await Promise.all(lines.map(async (line, index) => readTrace(await traceOf(line, index + 1, source), scrub)));
    const places = await run_placesOf(ran, base, bench);
    return ran.map((one, index) => answerOf(names[index] ?? "", one, { places, limit: timeout }));
}
const OTHER_IMAGE = "it ran in other bytes than those that were checked: the builder did not find them in its cache, twice. Run the job " +
    "again; if it happens often, give the builder more room for its cache";
function scrubbed(hear, scrub) {
    return (event) => hear(event.type === "log" ? { ...event, line: scrub(event.line) } : event);
}
/** The shell that starts a command could not end it (it may only as the container's first process). */
function tooLong(progress, { commands }) {
    const open = progress.vertexes.filter(({ started, completed }) => started !== undefined && completed === undefined);
    const numbers = open
        .flatMap(({ names }) => [...names].map(steps/* commandOf */.Nl))
        .filter((number) => number !== undefined);
    const which = [...new Set(numbers)].map((number) => `\`${commands.lines[number - 1] ?? ""}\``).join(", ");
    return `${which || "a command"} did not end within ${commands.timeout} seconds, nor a minute later, so all were ended`;
}
function run_whyNot(found, { build, commands }) {
    const stage = commands.target === "" ? "the image" : `the stage \`${commands.target}\` (\`run-target\`)`;
    if (found.part === "command")
        return found.missing === "/bin/sh"
            ? `${stage} has no shell (/bin/sh) to run it with. Name a stage of the Dockerfile that has one with \`run-target\``
            : `it could not be started: ${found.reason}`;
    const { message } = buildFailure(found, build);
    return `${stage} could not be built for it: ${message.replace(/\.$/, "")}`;
}
async function traceOf(line, number, { progress, folder, scrub }) {
    const step = (0,docker_progress/* stepIn */.eC)(progress.vertexes, (name) => (0,steps/* commandOf */.Nl)(name) === number);
    const textOf = async (file) => (await left((0,external_node_path_.join)(folder, String(number), file)))?.toString("utf8");
    const [exit, timeout, cwd, junit] = await Promise.all(["exit", "timeout", "cwd", "junit.xml"].map(textOf));
    const code = /^\d{1,3}$/.test(exit?.trim() ?? "") ? Number(exit) : undefined;
    return {
        line,
        exitCode: code,
        timeout: timeout !== undefined,
        seconds: (0,docker_progress/* secondsOf */.TM)(step),
        output: scrub(step?.log ?? ""),
        cwd: cwd?.trim() ?? "",
        junit,
    };
}
/** What a container left; what cannot be read as a plain file counts as not left. */
async function left(path) {
    try {
        return await readExportedBytes(path);
    }
    catch (error) {
        if (error instanceof UnreadableReport)
            return undefined;
        throw error;
    }
}
/**
 * Repo paths of the files that failed tests name. A file of that name is not enough: what ran must have had
 * the same content, so the files are copied out and compared. No answer waits or fails for it.
 */
async function run_placesOf(ran, base, bench) {
    const { request, site } = bench;
    const named = ran.flatMap(({ failures, trace }) => failures.map((failure) => answers_containerPath(failure, trace)));
    const known = await withNamesakes([...new Set(named)].filter((path) => commands_bake/* COPYABLE */.G2.test(path)), request.workspace);
    const files = known.slice(0, run_MOST_FILES);
    if (files.length === 0)
        return new Map();
    const folder = (0,external_node_path_.join)(bench.folder, "files");
    await (0,promises_.mkdir)(folder, { recursive: true });
    const quiet = { ...bench, listen: () => () => { } };
    const copied = await bakeOrRetry(quiet, "files-solve", (0,commands_bake/* planFiles */.jP)(request, site, base, { files, folder })).catch((error) => {
        if (!(error instanceof failure/* Failure */.HR) || error.kind === "Cancelled")
            throw error;
        return { ok: false };
    });
    if (!copied.ok) {
        bench.say("The files of the failed tests could not be copied out of the image, so they are not annotated.");
        return new Map();
    }
    const hashes = await Promise.all(files.map(async (path, index) => {
        const bytes = await left((0,external_node_path_.join)(folder, String(index), (0,external_node_path_.basename)(path)));
        return bytes === undefined ? [] : [[path, (0,external_node_crypto_.createHash)("sha256").update(bytes).digest("hex")]];
    }));
    return findPlaces(new Map(hashes.flat()), request.workspace);
}

// EXTERNAL MODULE: ./build/docker/docker.js + 4 modules
var docker_docker = __webpack_require__(9978);
// EXTERNAL MODULE: ./build/checks/verdict.js
var checks_verdict = __webpack_require__(2517);
;// CONCATENATED MODULE: ./build/checks/django/answers.js
/** What each check that was asked for answers. */
function answersOf(report, terms, evidence) {
    const crash = crashOfSettings(report, terms, evidence.places);
    const problem = problemOf(report, terms);
    return terms.checks.map((name) => {
        const check = report.checks.get(name);
        const because = check === undefined ? "it wrote no report" : answers_whyNot(check, terms);
        const reason = check?.status === "completed" ? "" : problem || because;
        return {
            name,
            seconds: check?.seconds ?? 0,
            cached: evidence.cached,
            silenced: check?.silenced ?? 0,
            notes: check?.notes ?? [],
            findings: (check?.findings ?? []).map((one) => answers_toFinding(name, one, evidence.places)),
            reason,
            output: reason === "" ? "" : (check?.output ?? ""),
            ...(crash?.check === name ? { stopped: crash } : {}),
        };
    });
}
/** What the report says of the project itself. */
function examined(report, terms) {
    return {
        django: {
            version: report.django,
            python: report.python.version,
            settings: report.project.settings,
            manage: report.project.manage,
        },
        problem: problemOf(report, terms),
        settingsSource: report.project.source,
        otherSettings: report.project.others,
        environment: report.environment,
    };
}
/** No interpreter with Django, no project: one reason for all checks. */
function problemOf(report, terms) {
    if (report.error === undefined)
        return "";
    const { kind, message, tried } = report.error;
    if (kind !== "no-python" && kind !== "no-django")
        return message;
    const found = tried.slice(0, 8).map(({ path, reason }) => `${path} (${reason})`);
    if (terms.python !== "")
        return `\`python: ${terms.python}\` is no interpreter with Django in this image: ${found.join(", ") || "it is not there"}`;
    return ("no Python interpreter with Django was found in the image" +
        `${found.length === 0 ? "" : `, only ${found.join(", ")}`}. Install Django in the stage that is shipped, or copy the ` +
        "virtual environment there from the stage that makes it. If another stage is to be shipped, name it with `target`; " +
        "if Django is there, give its interpreter's full path with the input `python`");
}
/** Why a check came to no answer. */
function answers_whyNot(check, terms) {
    const error = check.error;
    switch (check.status) {
        case "timeout":
            return (`it was not done after ${terms.timeout} seconds. Raise \`timeout\`, or look at what the settings or ` +
                "an AppConfig.ready() wait for: there is no network and no database during the checks");
        case "exited":
            return `its process ended by itself: ${error?.message || "no reason was given"}`;
        case "settings":
            return "Django could not be set up";
        default:
            return error ? `it crashed: ${describe(error)}` : "it crashed";
    }
}
function describe(error) {
    const place = error.file === "" ? "" : ` (${error.file}${error.line ? `:${error.line}` : ""})`;
    return `${typed(error)}${place}`;
}
/** `ValueError: text`, or the half of it that there is. */
function typed(error) {
    return [error.type, error.message].filter((part) => part !== "").join(": ");
}
/** Settings that cannot be loaded stop every check for one reason, so they make one finding. */
function crashOfSettings(report, terms, places) {
    for (const name of terms.checks) {
        const check = report.checks.get(name);
        if (check?.status !== "settings" || check.error === undefined)
            continue;
        const { error } = check;
        const settings = report.project.settings || "the settings";
        const missing = error.kind === "missing-variable" && error.variables.length > 0;
        return {
            check: name,
            level: "CRITICAL",
            id: missing ? "settings.missing-variable" : "settings.crashed",
            message: missing
                ? `${settings} needs the environment ${listed(error.variables)}, which neither the image nor \`env\` sets.`
                : `Django cannot be set up with ${settings}: ${typed(error)}${lastWords(check)}`,
            hint: missing
                ? `Give the checks a value for ${error.variables.length === 1 ? "it" : "each"} ` +
                    `(any value that the settings accept; it is not put into the image):\n` +
                    `env: |${error.variables.map((name) => `\n  ${name}=…`).join("")}`
                : settingsHint(report, error),
            object: "",
            ...placed(error, places),
            count: 1,
            migration: undefined,
        };
    }
    return undefined;
}
/** What settings that end the process have printed before; an exception has a message of its own. */
function lastWords({ error, output }) {
    if (error?.type !== "SystemExit" || !/^\d*$/.test(error.message))
        return "";
    const lines = output.split("\n").filter((one) => one.trim() !== "");
    return lines.length === 0 ? "" : `, after it printed: ${lines.slice(-3).join(" / ").slice(0, 500)}`;
}
/** `variable A`, `variables A, B and C`. */
function listed(names) {
    const last = names.at(-1) ?? "";
    return names.length < 2 ? `variable ${last}` : `variables ${names.slice(0, -1).join(", ")} and ${last}`;
}
function settingsHint(report, error) {
    const others = report.project.others.map(({ settings, source }) => `${settings} (${source})`);
    if (error.kind === "missing-module" && others.length > 0)
        return `These settings come from ${report.project.source}. The project also names ${others.join(", ")}: say which with the input \`settings\`.`;
    if (error.kind === "missing-module")
        return "That module is not installed in the image: add it to the requirements, or, if these are the wrong settings, name the right ones with the input `settings`.";
    if (error.type === "SyntaxError" || error.type === "IndentationError")
        return "Python cannot read that file: mend it; production would not start either.";
    if (error.kind === "missing-file" && error.type === "PermissionError")
        return "The image's USER may not use that path. Create it in the Dockerfile and give it to that user (`chown`), or have the settings use another one; a variable that decides it goes into `env`.";
    if (error.kind === "missing-file")
        return "The settings read a file that is not in the image. Put one there in the Dockerfile, or make the settings do without it.";
    if (error.package !== "")
        return `It was raised inside the installed package ${error.package}: see that its version fits Django ${report.django} and Python ${report.python.version}.`;
    if (error.read.length > 0)
        return `That line reads the ${listed(error.read)}: see that the value is one that the settings can use. The input \`env\` sets another for the checks; if these are the wrong settings, name the right ones with \`settings\`.`;
    const asked = error.unset.length === 0
        ? ""
        : `Before that they asked for the ${listed(error.unset)}, which neither the image nor \`env\` sets. `;
    return `${asked}If they need an environment variable, set it with the input \`env\`; if they are the wrong ones, name the right ones with \`settings\`.`;
}
const answers_OURS = "It is about a value that was supplied by shipshape, because neither the image nor `env` sets one: set your own " +
    "with `env` to have it judged.";
/** A finding that rests on a value of ours says nothing of production, so it only informs. */
function answers_toFinding(check, one, places) {
    return {
        check,
        level: one.restsOnOurs ? "INFO" : one.level,
        id: one.id,
        message: one.message,
        hint: one.restsOnOurs ? [one.hint, answers_OURS].filter((part) => part !== "").join("\n") : one.hint,
        object: one.object,
        ...placed(one, places),
        count: one.count,
        migration: one.migration,
    };
}
/** The place in the repository where the contents agree, and the one in the container for people. */
function placed(where, places) {
    const file = places.get(where.file) ?? "";
    return {
        file,
        line: file === "" ? undefined : where.line,
        containerFile: where.file === "" || !where.line ? where.file : `${where.file}:${where.line}`,
    };
}

// EXTERNAL MODULE: ./build/request/request.js
var request = __webpack_require__(7159);
;// CONCATENATED MODULE: ./build/checks/django/probe-report.js
/**
 * The probe's report, read as what it is: text that the project's own code could have written. Depth, types and
 * lengths are limited, and what does not fit is refused. Pure; run.ts reads the file.
 */


const MOST_FINDINGS = 2500;
const MOST_TEXT = 100_000;
const MOST_DEPTH = 12;
const MOST_VARIABLES = 50;
/**
 * The report in the probe's text, with every value checked for type and length.
 * @throws {UnreadableReport}
 */
function parseReport(text) {
    let value;
    try {
        value = JSON.parse(text);
    }
    catch {
        throw new UnreadableReport("it is not JSON");
    }
    if (deeperThan(MOST_DEPTH, value))
        throw new UnreadableReport("it is nested too deep");
    const report = record(value);
    if (report.schema !== 1)
        throw new UnreadableReport("its schema is not 1");
    const python = record(report.python);
    const project = record(report.project);
    return {
        python: { version: line(python.version), executable: line(python.executable) },
        django: line(record(report.django).version),
        project: {
            root: line(project.root),
            manage: line(project.manage),
            settings: line(project.settings),
            source: line(project.source),
            others: probe_report_list(project.others).map((one) => ({
                settings: line(record(one).settings),
                source: line(record(one).source),
            })),
        },
        environment: probe_report_list(report.environment).map((one) => ({
            name: line(record(one).name),
            supplied: oneOf(record(one).supplied, ["image", "user", "shipshape", "nobody"], "nobody"),
        })),
        settings: Object.fromEntries(Object.entries(record(report.settings)).map(([name, fact]) => [
            name,
            { value: record(fact).value, supplied: line(record(fact).supplied) },
        ])),
        files: new Map(Object.entries(record(report.files)).flatMap(([path, hash]) => typeof hash === "string" && /^[0-9a-f]{64}$/.test(hash) ? [[path, hash]] : [])),
        checks: new Map(Object.entries(record(report.checks)).map(([name, one]) => [name, check(one)])),
        error: probe_report_failure(report.error),
    };
}
function check(value) {
    const one = record(value);
    return {
        status: oneOf(one.status, ["completed", "settings", "crashed", "timeout", "exited"], "crashed"),
        seconds: number(one.seconds) ?? 0,
        // The worst ones, when there are too many: none that counts may hide behind those that do not.
        findings: probe_report_list(one.findings).map(probe_report_finding).sort(worstFirst).slice(0, MOST_FINDINGS),
        silenced: number(one.silenced) ?? 0,
        output: probe_report_text(one.output),
        error: probeError(one.error),
        notes: probe_report_list(one.notes).map(probe_report_text),
    };
}
function worstFirst(a, b) {
    return request/* LEVELS */.A.indexOf(b.level) - request/* LEVELS */.A.indexOf(a.level);
}
function probe_report_finding(value) {
    const one = record(value);
    return {
        // A level that Django does not know is not harmless.
        level: oneOf(one.level, request/* LEVELS */.A, "ERROR"),
        id: line(one.id),
        message: probe_report_text(one.message),
        hint: probe_report_text(one.hint),
        object: line(one.object),
        file: line(one.file),
        line: lineNumber(one.line),
        count: Math.max(1, number(one.count) ?? 1),
        migration: migration(one.details),
        restsOnOurs: one.supplied === "shipshape",
    };
}
function migration(value) {
    const one = record(value);
    if (typeof one.text !== "string")
        return undefined;
    return {
        app: line(one.app),
        name: line(one.name),
        path: line(one.path),
        operations: probe_report_list(one.operations).map(probe_report_text),
        text: probe_report_text(one.text),
    };
}
function probeError(value) {
    if (typeof value !== "object" || value === null)
        return undefined;
    const one = record(value);
    return {
        kind: line(one.kind),
        type: line(one.type),
        message: probe_report_text(one.message),
        variables: probe_report_list(one.variables).map(line).slice(0, MOST_VARIABLES),
        unset: probe_report_list(one.unset).map(line).slice(0, MOST_VARIABLES),
        read: probe_report_list(one.read).map(line).slice(0, MOST_VARIABLES),
        package: line(one.package),
        traceback: probe_report_text(one.traceback),
        file: line(one.file),
        line: lineNumber(one.line),
    };
}
function probe_report_failure(value) {
    if (typeof value !== "object" || value === null)
        return undefined;
    const one = record(value);
    return {
        kind: line(one.kind),
        message: probe_report_text(one.message),
        tried: probe_report_list(one.tried).map((each) => ({
            path: line(record(each).path),
            reason: line(record(each).reason),
        })),
    };
}
function record(value) {
    if (value === undefined || value === null)
        return {};
    if (typeof value !== "object" || Array.isArray(value))
        throw new UnreadableReport("a field has another type");
    return value;
}
function probe_report_list(value) {
    if (value === undefined || value === null)
        return [];
    if (!Array.isArray(value))
        throw new UnreadableReport("a list has another type");
    return value;
}
function probe_report_text(value) {
    return typeof value === "string" ? value.slice(0, MOST_TEXT) : "";
}
/** One line of text: what goes into tables, titles and annotations. */
function line(value) {
    return probe_report_text(value)
        .replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, " ")
        .slice(0, 1000);
}
function number(value) {
    return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : undefined;
}
function lineNumber(value) {
    return Number.isInteger(value) && value > 0 ? value : undefined;
}
function oneOf(value, allowed, otherwise) {
    return allowed.find((one) => one === value) ?? otherwise;
}
function deeperThan(limit, value) {
    if (typeof value !== "object" || value === null)
        return false;
    return limit === 0 || Object.values(value).some((item) => deeperThan(limit - 1, item));
}

;// CONCATENATED MODULE: ./build/checks/django/run.js
/** Builds the image and checks it, as often as it takes to have a report that can be believed. */
















/** Tried one after the other in an image without a shell, when `python` is not set. */
const INTERPRETERS = [
    "python3",
    "python",
    "/usr/bin/python3",
    "/usr/local/bin/python3",
    "/usr/bin/python",
    "/venv/bin/python",
    "/opt/venv/bin/python",
    "/app/.venv/bin/python",
    "/app/venv/bin/python",
];
/**
 * The first solve builds the image and checks it. Its answer counts where it is certain that it is about this image;
 * else the image is checked again, named by its bytes.
 * @throws {Failure} `Build failed`, `Checks could not run`, `Cancelled`
 */
async function solveChecks(bench, signals) {
    const first = await firstSolve(bench, signals);
    const { held, metadata } = bench.pushed ?? {
        held: heldImage(first.metadata),
        metadata: first.metadata[target/* IMAGE */.W1] ?? {},
    };
    const checkHeld = async (again) => {
        const name = namedImage(bench) ?? (await layoutOf(held, bench, "checked"));
        return solveHeld(bench, { launch: first.launch, held, name, again });
    };
    let last = first;
    if (!isOf(bench, first))
        last = await checkHeld(isStale(first, bench));
    if (isStale(last, bench))
        last = await checkHeld(true);
    return { ...last.examination, held, metadata };
}
/**
 * Whether an answer is certainly about the image that was built beside it. BuildKit's cache knows a step by its
 * instruction and those before it, and an image by nothing else: built twice without cache, or once by another tool, it
 * may have other bytes and still the answer of the first (seen with `no-cache` and BuildKit 0.33). An image in the
 * registry is named by its bytes.
 */
function isOf({ pushed, request: { build } }, { fromCache }) {
    return pushed !== undefined || (!fromCache && !build.noCache && build.noCacheFilters.length === 0);
}
/** A cached pass is believed. A cached failure is not: BuildKit would keep a timeout for ever. */
function isStale({ fromCache, examination }, { request }) {
    return fromCache && !isPass(examination, request);
}
async function solveHeld(bench, { launch, held, name, again }) {
    if (again)
        bench.say("The builder's cache holds a failed check: checking again.");
    const how = { launch, again: again || name === undefined, image: name ?? "built" };
    const solved = await solveOnce(bench, how);
    if (!solved.started)
        throw buildFailure(solved.blame, bench.request.build);
    if (name === undefined && heldImage(solved.metadata).digest !== held.digest)
        throw new failure/* Failure */.HR("Checks could not run", "The builder's cache was cleared while the image was being checked, and it built other bytes. Run the job again.");
    return solved;
}
/** Settings that could not be loaded are no pass, even where no check in the image was asked for. */
function isPass({ answers, project, settings }, request) {
    return (0,checks_verdict/* conclude */.Ep)(answers, request, project).status === "passed" && Object.keys(settings).length > 0;
}
async function firstSolve(bench, signals) {
    const { python, build } = bench.request;
    const pushed = bench.pushed && namedImage(bench);
    const byShell = await solveOnce(bench, { launch: { by: "shell", python }, again: false, image: pushed ?? "asked" }, signals);
    if (byShell.started)
        return byShell;
    if (!hasNoShell(byShell.blame))
        throw buildFailure(byShell.blame, build);
    const candidates = python === "" ? INTERPRETERS : [python];
    for (const path of candidates) {
        bench.say(`The image has no shell: trying ${path}.`);
        const launch = { by: "python", python: path, guess: python === "" };
        const direct = await solveOnce(bench, { launch, again: false, image: pushed ?? "built" }, signals);
        if (direct.started)
            return direct;
    }
    throw new failure/* Failure */.HR("Checks could not run", `The image has no shell, and none of these is a Python with Django in it: ${candidates.join(", ")}. ` +
        "Give the full path of the image's interpreter with the input `python`.");
}
async function solveOnce(bench, how, signals) {
    const { builder, request, site } = bench;
    const watched = { ...bench, listen: () => signalling(bench.listen(), signals) };
    await (0,promises_.rm)(site.reportFolder, { recursive: true, force: true });
    await (0,promises_.mkdir)(site.reportFolder, { recursive: true });
    const solved = await bakeOrRetry(watched, "checks", (0,target/* planChecks */.dH)(request, builder, site, how));
    if (!solved.ok) {
        if (solved.why === "step")
            throw new failure/* Failure */.HR("Checks could not run", "The probe did not end within its time, nor did it end its checks. Is the builder's machine overloaded?");
        const found = blame(solved.progress, solved.stderr);
        if (found.part === "probe")
            return { started: false, blame: found };
        throw buildFailure(found, request.build);
    }
    const report = await reportIn(site.reportFolder);
    const places = await findPlaces(report.files, request.workspace);
    const fromCache = probeWasCached(solved.progress);
    const terms = { ...request, checks: (0,catalogue/* checksOf */.tg)("django", request.checks) };
    const answers = answersOf(report, terms, { places, cached: fromCache });
    const examination = { answers, project: examined(report, request), settings: report.settings };
    return { started: true, launch: how.launch, fromCache, examination, metadata: solved.metadata };
}
/** The answers when the probe could not even be started: one reason for all of them. */
function unexamined(request, reason) {
    const nobody = { version: "", python: "", settings: "", manage: "" };
    const answers = (0,catalogue/* checksOf */.tg)("django", request.checks).map((name) => ({
        ...{ name, findings: [], seconds: 0, cached: false, silenced: 0, output: "", notes: [] },
        reason,
    }));
    const project = { django: nobody, problem: reason, settingsSource: "", otherSettings: [], environment: [] };
    return { answers, project, settings: {} };
}
function signalling(hear, signals) {
    return (event) => {
        signals?.begun();
        if (event.type === "completed" && !event.error && (0,steps/* isImageExport */.GC)(event.name))
            signals?.loaded();
        hear(event);
    };
}
/**
 * Reads `report.json`.
 * @throws {UnreadableReport}
 */
async function readReport(path) {
    const text = await readExported(path);
    if (text === undefined)
        throw new UnreadableReport("ENOENT");
    return parseReport(text);
}
async function reportIn(folder) {
    try {
        return await readReport((0,external_node_path_.join)(folder, "report.json"));
    }
    catch (error) {
        if (!(error instanceof UnreadableReport))
            throw error;
        throw new failure/* Failure */.HR("Checks could not run", `The probe's report cannot be read: ${error.message}. Something in the image wrote over it, or ended the probe.`);
    }
}
/** Whether the step that runs the probe was answered from the cache. What cannot be told counts as cached. */
function probeWasCached(progress) {
    return (0,docker_progress/* stepIn */.eC)(progress.vertexes, steps/* isProbeStep */.r4)?.cached ?? true;
}
function heldImage(targets) {
    const images = Object.entries(targets).filter(([name]) => (0,target/* isImage */.wu)(name));
    const own = targets[target/* IMAGE */.W1] ?? {};
    return {
        manifests: images.map(([, one]) => (0,docker_docker/* digestIn */.s)(one, "containerimage.digest")),
        digest: (0,docker_docker/* digestIn */.s)(own, "containerimage.digest"),
        ...(0,docker_docker/* detailsIn */.Im)(own),
    };
}

// EXTERNAL MODULE: ./build/image/platforms.js
var image_platforms = __webpack_require__(482);
// EXTERNAL MODULE: ./build/request/reference.js
var reference = __webpack_require__(1659);
// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(8500);
;// CONCATENATED MODULE: ./build/publish/retry.js
/** Which refusals of a registry pass by themselves, and how often they are asked again. */


/** Seconds before the second, third and fourth try, unless whoever waits says otherwise. */
const PAUSES = [1, 4, 10];
/** Too many requests, a fault of the server, a lost connection. Not: no credentials, no right, no such thing. */
function passesByItself(reason) {
    const words = (0,docker_words/* wordsOf */.Z9)(reason);
    if (FOR_GOOD.test(words))
        return false;
    return PASSING.test(words);
}
const FOR_GOOD = /\b40[134] [A-Z]|unauthorized|denied|forbidden|not found|insufficient_scope/i;
const PASSING = /\b(429|500|502|503|504) [A-Z]|status(?: code)?:? (429|5\d\d)\b|too ?many ?requests|connection reset|broken pipe|\bEOF\b|TLS handshake timeout|i\/o timeout|timeout awaiting|no answer in time|connection refused|temporar/i;
/** Tries `attempt` again, a few times, while its refusal passes by itself. */
function withRetries(attempt, waiting) {
    return again(attempt, (done) => (done.ok ? "" : done.reason), waiting);
}
/** Looks again, a few times, while the registry's silence passes by itself. */
function lookAgain(look, waiting) {
    return again(look, (seen) => (seen.state === "unknown" ? seen.reason : ""), waiting);
}
/** @param why the reason why an answer is none; empty when it is one */
async function again(attempt, why, { say, signal, pauses = PAUSES }) {
    let answer = await attempt();
    for (const pause of pauses) {
        const reason = why(answer);
        if (signal.aborted || !passesByItself(reason))
            return answer;
        say(`${reason}; trying again in ${pause} s`);
        await (0,external_node_timers_promises_.setTimeout)(pause * 1000, undefined, { signal }).catch(() => { });
        if (signal.aborted)
            return answer;
        answer = await attempt();
    }
    return answer;
}

;// CONCATENATED MODULE: ./build/publish/tag-rule.js
/** Characters that the reference grammar gives a tag. */
const LONGEST_TAG = 128;
/**
 * Rules on one tag.
 * @param tag the tag that was looked at: the wished one, or the one of a former ruling's `try`
 */
function rule(tag, state, terms) {
    const { attempt } = terms.run;
    const ref = `${terms.image}:${tag}`;
    switch (state.state) {
        case "free":
            return {
                do: "write",
                tag,
                notice: tag === terms.tag
                    ? ""
                    : `${terms.image}:${terms.tag} is there with other bytes, from an earlier attempt of this run; this attempt gets \`${tag}\`.`,
            };
        case "same":
            return { do: "keep", tag, digest: state.digest };
        case "unknown":
            if (terms.existingTag === "overwrite")
                return { do: "write", tag, notice: "" };
            return { do: "ask again", tag, reason: state.reason };
        case "other":
            break;
    }
    if (terms.existingTag === "overwrite")
        return { do: "write", tag, notice: `${ref} was ${state.digest}.` };
    const own = `${terms.tag}-${attempt}`;
    if (terms.existingTag === "auto" && attempt > 1 && tag === terms.tag && own.length <= LONGEST_TAG)
        return { do: "try", tag: own };
    return {
        do: "refuse",
        why: `${ref} is already in the registry with other bytes (${state.digest}), and it is not overwritten. ` +
            "Run numbers are counted for each workflow, so two workflows that push to one repository, or two jobs " +
            "of a matrix, meet here: give each its own `image` or its own `tag` " +
            "(`tag: build-${{ github.run_number }}-web`). A workflow file that was renamed counts from 1 again. To replace the tag on purpose: `existing-tag: overwrite`.",
    };
}
/** Whether what the registry has are our bytes. */
function tag_rule_compare(look, ours, theirConfigs) {
    const theirs = ours.by === "configs" ? theirConfigs : look.platforms.map(({ digest }) => digest);
    return { state: sameSet(theirs, ours.digests) ? "same" : "other", digest: look.digest };
}
/** Whether both have the same digests, in any order; one that could not be read is never the same. */
function sameSet(theirs, ours) {
    const known = theirs.filter((digest) => digest !== undefined);
    return known.length === theirs.length && known.sort().join() === [...ours].sort().join();
}

;// CONCATENATED MODULE: ./build/publish/drivers.js
/** How an image leaves each kind of builder, and how it is proven that what left is what was checked. */






/** The way that goes with the builder's driver. */
function handoverOf(builder, way) {
    if (builder.driver !== "docker")
        return fromOwnBuilder(way);
    return builder.store === "containerd" ? fromContainerdStore(way) : fromClassicStore(way);
}
/** The engine holds the image under its staging name and pushes it from there. */
function fromEngine(way, store) {
    const { docker, held, platforms, request, staging, leftovers } = way;
    const name = async (ref) => {
        const named = await docker.rename(staging, ref);
        if (!named.ok)
            throw refused(`The image could not be named ${ref}`, named.reason);
    };
    return {
        async identity() {
            if (held.config !== undefined && platforms.others.length === 0)
                return { by: "configs", digests: [held.config] };
            // With attestations or several platforms bake names no config; without them it does, of the same image.
            const digests = [];
            for (const platform of ["", ...platforms.others]) {
                const plain = `${staging}-plain${platform.replaceAll("/", "-")}`;
                leftovers.add(plain);
                const metadata = await way.release({ to: "engine", name: plain, platform });
                digests.push((0,docker_docker/* digestIn */.s)(metadata, "containerimage.config.digest"));
            }
            return { by: "configs", digests };
        },
        async deliver(ref) {
            leftovers.add(ref);
            await name(ref);
            const upload = way.upload(store.scale(ref));
            const pushed = await withRetries(() => upload.watch((hear) => docker.push(ref, hear)), way);
            if (!pushed.ok)
                throw refused(`${ref} could not be pushed`, pushed.reason);
            // From here on only the registry's copy counts, unless the image is to be loaded too.
            if (!request.load)
                leftovers.begin();
            const [digest] = await Promise.all([store.readBack(ref), upload.sum()]);
            return digest;
        },
        givesTag: true,
        prove: async () => undefined,
        adopt: async () => { },
        tag: async () => ({ ok: true }),
        async load(ref) {
            await name(ref);
            leftovers.keep(ref);
        },
    };
}
/** The containerd store pushes the very manifests that it holds, so the registry's digest is the held one. */
function fromContainerdStore(way) {
    const { docker, held, platforms } = way;
    const sizes = async () => {
        const { record } = held;
        if (record === undefined)
            return new Map();
        const { checked, others } = platforms;
        const asked = others.length === 0 ? [""] : [checked, ...others];
        const each = await Promise.all(asked.map((platform) => docker.builtSizes(record, platform)));
        // A part of the whole would look like all of it.
        return each.some((one) => one.size === 0) ? new Map() : new Map(each.flatMap((one) => [...one]));
    };
    return fromEngine(way, {
        readBack: async () => held.digest,
        scale: () => ({ from: "the beginning", sizes }),
    });
}
/** The classic store makes the manifest while it pushes; the config digest in it proves the bytes. */
function fromClassicStore(way) {
    const readBack = async (ref) => {
        const [look, early] = await Promise.all([
            lookAgain(() => way.docker.look(ref), way),
            way.docker.configDigest(ref),
        ]);
        if (look.state === "unknown")
            throw refused(`${ref} was pushed, but cannot be read back`, look.reason);
        // A registry that answers late has it by now.
        const config = early ?? (await way.docker.configDigest(ref));
        if (look.state !== "there" || config !== way.held.digest)
            throw otherBytes(way.held.digest, config ?? "nothing that can be read", `${ref} points to it: do not deploy it. Run the job again`);
        return look.digest;
    };
    return fromEngine(way, {
        readBack,
        scale: (ref) => ({ from: "the end", sizes: () => way.docker.pushedSizes(ref) }),
    });
}
/**
 * A builder of its own pushes by digest; only when the manifests are the checked ones comes the tag. When the builder
 * did not find the image in its cache, it built another: that one is in the registry now, and can be checked there.
 */
function fromOwnBuilder(way) {
    const { docker, request, platforms } = way;
    let { held } = way;
    let metadata = {};
    return {
        identity: async () => ({ by: "manifests", digests: held.manifests }),
        async deliver() {
            metadata = await way.release({ to: "registry" });
            return (0,docker_docker/* digestIn */.s)(metadata, "containerimage.digest");
        },
        givesTag: false,
        async prove(digest) {
            const pinned = (0,reference/* pinned */.dp)(request.image, digest);
            const look = await lookAgain(() => docker.look(pinned), way);
            if (look.state !== "there") {
                const reason = look.state === "free" ? "not found" : look.reason;
                throw refused(`${digest} was pushed, but cannot be read back`, reason);
            }
            const manifests = look.platforms.map((platform) => platform.digest);
            if (sameSet(manifests, held.manifests))
                return undefined;
            // Of several platforms only one can be checked; the others count because they were built beside it.
            if (platforms.others.length > 0 || manifests.length !== held.manifests.length)
                throw otherBytes(held.manifests.join(", "), manifests.join(", "), `it gets no tag. ${NOT_FOUND}`);
            const [own = digest] = manifests;
            const config = await docker.configDigest((0,reference/* pinned */.dp)(request.image, own));
            const named = config === undefined ? metadata : { ...metadata, "containerimage.config.digest": config };
            return { pinned, held: { digest: own, manifests, ...(0,docker_docker/* detailsIn */.Im)(named) }, metadata: named };
        },
        async adopt(pushed) {
            way.say(`The builder did not find the image in its cache and built another: ${pushed.held.digest} is checked before it gets a tag.`);
            await way.checkPushed(pushed);
            held = pushed.held;
        },
        tag: (pinned, ref) => docker.promote(pinned, ref),
        async load(ref) {
            const metadata = await way.release({ to: "engine", name: ref });
            const loaded = (0,docker_docker/* digestIn */.s)(metadata, "containerimage.digest");
            if (loaded === held.digest)
                return;
            await docker.forget([ref]);
            throw otherBytes(held.digest, loaded, `it is not kept. ${NOT_FOUND}`);
        },
    };
}
const NOT_FOUND = "The builder did not find the image in its cache and built it again: the cache was cleared in between, or a build beside " +
    "this one has the same first steps. Run the job again; if it happens often, give the builder more room for its cache";
function otherBytes(checked, delivered, so) {
    return new failure/* Failure */.HR("Publish failed", `The image that was checked is ${checked}; what left the builder is ${delivered}, and ${so}.`);
}

;// CONCATENATED MODULE: ./build/publish/publish.js
/**
 * After the verdict: the image leaves the builder, is compared with what was checked, and gets its tag.
 * Nothing that has a tag is overwritten unasked, and a tag counts only when it was read back.
 */





/**
 * Publishes the image that passed.
 * @throws {Failure} `Publish failed`
 */
async function publish(desk) {
    const { handover, request } = desk;
    const first = await ruleOnTag(desk, desk.looked);
    if (first.do === "keep")
        return keep(desk, first);
    // A push under the tag might overwrite what nobody could see.
    if (first.do === "ask again" && handover.givesTag)
        throw untold(desk, first, BEFORE_A_PUSH);
    const digest = await handover.deliver((0,reference/* ref */.KR)(request.image, first.tag));
    // An upload takes minutes, in which another run may give the tag; and a registry that knew nothing of the
    // repository knows it now. So where the tag is given only now, ask again.
    const ruling = handover.givesTag ? first : await ruleAgain(desk, digest);
    if (ruling.do === "keep")
        return keep(desk, ruling);
    if (ruling.do === "ask again")
        throw untold(desk, ruling, afterAPush(digest));
    if (ruling.notice !== "")
        desk.notice(ruling.notice);
    const ref = (0,reference/* ref */.KR)(request.image, ruling.tag);
    const tagged = await withRetries(() => handover.tag((0,reference/* pinned */.dp)(request.image, digest), ref), desk);
    if (!tagged.ok)
        throw refused(`${ref} could not be tagged`, tagged.reason);
    await readBack(desk, ref, digest);
    return complete(desk, ruling.tag, digest, "written");
}
async function ruleAgain(desk, digest) {
    const { handover } = desk;
    const [ruling, other] = await Promise.all([ruleOnTag(desk, undefined), handover.prove(digest)]);
    if (other === undefined)
        return ruling;
    await handover.adopt(other);
    // Checks take their time, in which another run may give the tag.
    return ruleOnTag(desk, undefined);
}
const BEFORE_A_PUSH = "Log in before this step (docker/login-action) with an account that may read and write this repository. " +
    "Where you are logged in, the repository may not exist yet, and the engine's own builder can only push under the " +
    "tag: create the repository, or add docker/setup-buildx-action before this step, whose builder pushes without a " +
    "tag first and then asks again.";
function afterAPush(digest) {
    return `It took the image without a tag, as ${digest}: give the account the right to read this repository too.`;
}
/** @param next what helps where the registry denies to say */
function untold({ request }, ruling, next) {
    const what = `The registry does not say whether ${(0,reference/* ref */.KR)(request.image, ruling.tag)} is already there`;
    if (!isDenial(ruling.reason))
        return refused(what, ruling.reason);
    return new failure/* Failure */.HR("Publish failed", `${what}: ${ruling.reason}. ${next}`);
}
function keep(desk, { tag, digest }) {
    desk.say(`${(0,reference/* ref */.KR)(desk.request.image, tag)} is already there with these bytes`);
    return complete(desk, tag, digest, "already there");
}
async function readBack(desk, ref, digest) {
    const back = await lookAgain(() => desk.docker.look(ref), desk);
    if (back.state === "there" && back.digest === digest)
        return;
    if (back.state === "unknown")
        throw refused(`${ref} was pushed as ${digest}, but could not be read back. Run the job again`, back.reason);
    throw new failure/* Failure */.HR("Publish failed", `${ref} was pushed as ${digest}, but the registry now has ${shown(back)} there. Another run may have ` +
        "moved the tag at the same moment; do not deploy it, and give each workflow its own tags.");
}
/** Applies the tag rule, looking at the registry as often as it asks. */
async function ruleOnTag(desk, looked) {
    const { request } = desk;
    let tag = request.tag;
    let look = looked;
    for (;;) {
        const ruling = rule(tag, await stateOf(desk, tag, look), request);
        if (ruling.do === "refuse")
            throw new failure/* Failure */.HR("Publish failed", ruling.why);
        if (ruling.do !== "try")
            return ruling;
        tag = ruling.tag;
        look = undefined;
    }
}
async function stateOf(desk, tag, looked) {
    const { docker, request, handover } = desk;
    // What could not be told beside the build is asked once more.
    const look = looked === undefined || looked.state === "unknown"
        ? await lookAgain(() => docker.look((0,reference/* ref */.KR)(request.image, tag)), desk)
        : looked;
    if (look.state !== "there")
        return look;
    const ours = await handover.identity();
    const configs = ours.by === "configs"
        ? await Promise.all(look.platforms.map(({ digest }) => docker.configDigest((0,reference/* pinned */.dp)(request.image, digest))))
        : [];
    return tag_rule_compare(look, ours, configs);
}
/**
 * Further tags move to the released digest; a refused one is a warning, for the release stands. The wished
 * tag is never among them: a re-run that got a tag of its own must not move it after all.
 */
async function complete(desk, tag, digest, how) {
    const { request, docker } = desk;
    const pinned = (0,reference/* pinned */.dp)(request.image, digest);
    const further = request.tags.filter((one) => one !== tag && one !== request.tag);
    const moved = await Promise.all(further.map(async (one) => {
        const done = await withRetries(() => docker.promote(pinned, (0,reference/* ref */.KR)(request.image, one)), desk);
        if (!done.ok)
            desk.warn(`The further tag ${(0,reference/* ref */.KR)(request.image, one)} was not moved: ${done.reason}. ${tag} itself stands.`);
        return done.ok;
    }));
    const tags = further.filter((_, index) => moved[index]);
    return { tag, ref: (0,reference/* ref */.KR)(request.image, tag), digest, pinned, how, tags };
}
function shown(look) {
    if (look.state === "there")
        return look.digest;
    return look.state === "free" ? "nothing" : `no answer (${look.reason})`;
}

;// CONCATENATED MODULE: ./build/publish/push-progress.js
/** A push as people watch it: each layer when it is in the registry, its bytes, and a sign of life in between. */




/** Milliseconds after which somebody watches a push: only then it is asked what its layers weigh. */
const WATCHED_MS = 1000;
/** Milliseconds that the end of a push waits for its sum. */
const PATIENCE_MS = 2000;
/** One push, with all its tries. */
class Upload {
    #scale;
    #say;
    #arrived = new Map();
    #began = external_node_perf_hooks_.performance.now();
    #sizes = new Map();
    #weighing;
    constructor(scale, say) {
        this.#scale = scale;
        this.#say = say;
    }
    /** Tells of one try while it goes on. */
    async watch(push) {
        const early = this.#scale.from === "the beginning";
        const asking = early ? setTimeout(() => this.#weigh(), WATCHED_MS) : undefined;
        const living = setInterval(() => this.#signOfLife(), docker_progress/* SILENT_MS */.n7);
        try {
            return await push((layer) => {
                // A second try finds what the first one brought: that was pushed all the same.
                if (!this.#arrived.has(layer.id))
                    this.#arrived.set(layer.id, layer);
                const bytes = this.#bytesOf(layer);
                this.#say(`${layer.id}: ${layer.how}${bytes === 0 ? "" : `, ${(0,docker_words/* sizeText */.lP)(bytes)}`}`);
            });
        }
        finally {
            clearTimeout(asking);
            clearInterval(living);
        }
    }
    /** Says what went over the network, after a push that was worth watching. */
    async sum() {
        if (external_node_perf_hooks_.performance.now() - this.#began < WATCHED_MS)
            return;
        // The tag stands: nobody waits long for show.
        await Promise.race([this.#weigh(), (0,external_node_timers_promises_.setTimeout)(PATIENCE_MS, undefined, { ref: false })]);
        if (this.#sizes.size === 0)
            return;
        const all = [...this.#arrived.values()];
        const pushed = this.#together(all.filter(({ how }) => how === "Pushed"));
        const there = this.#together(all.filter(({ how }) => how !== "Pushed"));
        this.#say(`${pushed} pushed; the registry had ${there}`);
    }
    #weigh() {
        this.#weighing ??= this.#scale.sizes().then((sizes) => {
            this.#sizes = sizes;
        }, () => { });
        return this.#weighing;
    }
    #signOfLife() {
        const all = [...this.#arrived.values()];
        const whole = [...this.#sizes.values()].reduce((sum, one) => sum + one, 0);
        const layers = all.length === 1 ? "1 layer is" : `${all.length} layers are`;
        const far = whole === 0 ? layers : `${this.#together(all)} of ${(0,docker_words/* sizeText */.lP)(whole)} are`;
        const seconds = (external_node_perf_hooks_.performance.now() - this.#began) / 1000;
        this.#say(`pushing … still running, ${seconds.toFixed(0)} s, ${far} in the registry`);
    }
    #together(layers) {
        return (0,docker_words/* sizeText */.lP)(layers.reduce((sum, one) => sum + this.#bytesOf(one), 0));
    }
    #bytesOf({ id }) {
        for (const [digest, bytes] of this.#sizes)
            if (digest.startsWith(`sha256:${id}`))
                return bytes;
        return 0;
    }
}

;// CONCATENATED MODULE: ./build/publish/temporary-names.js
class Leftovers {
    #docker;
    #names = new Set();
    #going = [];
    constructor(docker) {
        this.#docker = docker;
    }
    /** A name that is to go. */
    add(name) {
        this.#names.add(name);
    }
    /** A name that is to stay after all. */
    keep(name) {
        this.#names.delete(name);
    }
    /** Begins to remove what is there, beside whatever comes next. */
    begin() {
        if (this.#names.size === 0)
            return;
        const going = this.#docker.forget([...this.#names]);
        this.#names.clear();
        // Its failure is told by `end`.
        going.catch(() => { });
        this.#going.push(going);
    }
    /** Removes the rest and waits for all of it. */
    async end() {
        this.begin();
        for (const done of await Promise.all(this.#going))
            if (!done.ok)
                return done;
        return { ok: true };
    }
}

// EXTERNAL MODULE: ./build/reporters/progress.js
var progress = __webpack_require__(4310);
// EXTERNAL MODULE: ./build/reporters/say.js
var reporters_say = __webpack_require__(6678);
// EXTERNAL MODULE: ./build/reporters/text.js
var reporters_text = __webpack_require__(9530);
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
        const { step: digest, name, started, seconds, cached, error, inputs, bytes } = event;
        const known = this.#steps.get(digest);
        if (known !== undefined && (cached || known.seconds >= seconds))
            return;
        this.#steps.set(digest, {
            digest,
            name: known?.name ?? name,
            started,
            seconds,
            cached,
            failed: error !== undefined,
            inputs,
            bytes,
        });
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
var git = __webpack_require__(6110);
;// CONCATENATED MODULE: ./build/request/checkout.js
/**
 * Where the repository lies in the workspace, and at which commit: actions/checkout may put it into a
 * folder (`path`), take another commit (`ref`) or another repository. Annotations and links need to know.
 */


/** Asks git: two calls side by side. */
async function whereabouts(exec, folder) {
    const [prefix, origin] = await Promise.all([
        (0,git/* ask */.kA)(exec, folder, ["rev-parse", "--show-prefix"]),
        (0,git/* ask */.kA)(exec, folder, ["config", "--get", "remote.origin.url"]),
    ]);
    // A root has the empty prefix, and prints a line nevertheless.
    const known = prefix === "" ? undefined : prefix.replace(/\n$/, "");
    return { prefix: known, origin: (0,git/* withoutCredentials */.ri)(origin.trim()) };
}
/**
 * @param folder the one that git was asked for
 * @param commit what is checked out; without it the event's commit is taken to be
 */
function checkoutOf({ prefix, origin }, folder, commit, { workspace, run }) {
    const page = pageOf(origin);
    const ours = page === "" || run.source === "" || page.toLowerCase() === run.source.toLowerCase();
    const sha = commit?.head ?? run.sha;
    // A pull request's head is not the merge commit that the event names, and shows the same lines.
    const same = commit === undefined || [sha, ...commit.parents].includes(run.sha);
    return {
        folder: rootIn(workspace, folder, prefix ?? ""),
        sha,
        source: ours ? run.source : sameHost(page, run.source) ? page : "",
        annotated: ours && (same || run.event.startsWith("pull_request")),
    };
}
/** The folder without its prefix, relative to the workspace. */
function rootIn(workspace, folder, prefix) {
    const inner = prefix.replace(/\/$/, "");
    const root = inner === "" ? folder : folder.endsWith(`/${inner}`) ? folder.slice(0, -inner.length - 1) : workspace;
    const path = (0,external_node_path_.relative)(workspace, root);
    return path.startsWith("..") ? "" : path;
}
/** `git@github.com:acme/shop.git` → `https://github.com/acme/shop`; empty for what is no such URL. */
function pageOf(origin) {
    const match = /^(?:https?|ssh|git):\/\/(?:[^/@]*@)?([^/:]+)(?::\d+)?\/(.+)$/.exec(origin) ??
        /^(?:[^/@]+@)?([^/:]+):(?!\/)(.+)$/.exec(origin);
    if (match === null)
        return "";
    const [, host = "", path = ""] = match;
    return `https://${host}/${path.replace(/\/$/, "").replace(/\.git$/, "")}`;
}
/** Pages of the same server have the same form. */
function sameHost(a, b) {
    return URL.canParse(a) && URL.canParse(b) && new URL(a).hostname === new URL(b).hostname;
}

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: ./build/request/lists.js + 10 modules
var lists = __webpack_require__(5845);
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
    const servers = [...new Set([...from, ...to].map((entry) => serverOf(entry, world.env)))];
    const answers = new Map(await Promise.all(servers.map(async (url) => [url, url === "" || (await answersAt(url, world))])));
    const usable = (entry) => answers.get(serverOf(entry, world.env)) === true;
    for (const url of servers)
        if (!answers.get(url))
            world.say(`The build cache at ${url} does not answer within ${PATIENCE / 1000} s: building without it.`);
    return { cacheFrom: from.filter(usable), cacheTo: to.filter(usable) };
}
/** A `gha` cache has one scope an app: with a shared one the legs of a matrix overwrite each other. */
function completeImport(entry, app) {
    const fields = fieldsOf(entry);
    if (fields.type !== "gha")
        return entry;
    return (0,bake/* attributes */.uK)({ scope: app, timeout: "60s", ...fields });
}
/**
 * `mode=max`, because the export hangs on the checks' target, and only with it are the image's steps in the
 * cache; `ignore-error`, because a fault of a cache never fails a build.
 */
function completeExport(entry, app) {
    const fields = fieldsOf(entry);
    if (fields.type === "inline")
        return entry;
    const common = { ...fields, mode: "max", "ignore-error": fields["ignore-error"] ?? "true" };
    if (fields.type !== "gha")
        return (0,bake/* attributes */.uK)(common);
    return (0,bake/* attributes */.uK)({ scope: app, timeout: "60s", ...common });
}
function fieldsOf(entry) {
    const fields = (0,lists/* parseFields */.L5)(entry) ?? [entry];
    // A bare reference is short for a registry cache.
    if (fields.length === 1 && !entry.includes("="))
        return { type: "registry", ref: entry };
    return Object.fromEntries(fields.map((field) => {
        const at = field.indexOf("=");
        return at < 0
            ? [field.trim(), ""]
            : [field.slice(0, at).trim().toLowerCase(), field.slice(at + 1).trim()];
    }));
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

;// CONCATENATED MODULE: ./build/ship/prepare.js
/** The step's own folder below RUNNER_TEMP: our build context, the exported report, the files of each solve. */







/**
 * Makes the folders, with the probe and its request in them. File modes are fixed, for they are part of
 * BuildKit's cache key, and a checkout's depend on the umask.
 * @param probe folder of the probe's files, beside the bundle
 */
async function makeFolders(env, probe, request) {
    const kept = await (0,promises_.mkdtemp)((0,external_node_path_.join)(env.RUNNER_TEMP || (0,external_node_os_.tmpdir)(), `shipshape-${request.app}-`));
    const work = (0,external_node_path_.join)(kept, "work");
    const probeContext = (0,external_node_path_.join)(work, "context");
    try {
        await fillContext(probeContext, probe, request);
    }
    catch (error) {
        await (0,promises_.rm)(kept, { recursive: true, force: true });
        throw error;
    }
    return { kept, work, probeContext };
}
async function fillContext(context, probe, request) {
    await makeRoom(context);
    await copyProbe(probe, (0,external_node_path_.join)(context, "probe"));
    const asked = (0,external_node_path_.join)(context, "probe", "request.json");
    await (0,promises_.writeFile)(asked, JSON.stringify(await probeRequest(request)));
    await (0,promises_.chmod)(asked, 0o644);
    await writeCommands((0,external_node_path_.join)(context, "commands"), request.commands.lines);
}
/** Each command in a file of its own, by its number: a shell reads it, and no quoting comes in between. */
async function writeCommands(folder, lines) {
    if (lines.length === 0)
        return;
    await (0,promises_.mkdir)(folder);
    // Any USER of the image reads them, whatever the runner's umask is.
    await (0,promises_.chmod)(folder, 0o755);
    for (const [index, line] of lines.entries()) {
        const file = (0,external_node_path_.join)(folder, String(index + 1));
        await (0,promises_.writeFile)(file, `${line}\n`);
        await (0,promises_.chmod)(file, 0o644);
    }
}
/** Takes everything away but the report. */
async function leaveFolders(folders) {
    await (0,promises_.rm)(folders.work, { recursive: true, force: true });
}
/**
 * The site of the plan: names, labels and caches that only this machine and moment know.
 * @param commit what git knows of the checkout, for the labels
 */
async function makeSite(request, folders, commit, world) {
    const { cacheFrom, cacheTo } = await usableCaches(request, world);
    return {
        probeContext: folders.probeContext,
        reportFolder: (0,external_node_path_.join)(folders.work, "report"),
        commandsFolder: (0,external_node_path_.join)(folders.work, "commands"),
        staging: stagingName(request),
        keptImage: keptName(request.run.source, request.app),
        checkEnvironment: JSON.stringify(Object.fromEntries(request.env)),
        commandEnvironment: assignments(request.env),
        labels: labelsOf(request, commit),
        cacheFrom,
        cacheTo,
    };
}
/** What the probe is asked. All of it is part of the check's cache key, because the file's content is. */
async function probeRequest(request) {
    const checks = (0,catalogue/* checksOf */.tg)("django", request.checks);
    return {
        schema: 1,
        // Who compares with the settings needs them loaded.
        checks: checks.length === 0 ? ["settings"] : checks,
        timeout: request.timeout,
        settings: request.settings,
        manage: request.manage,
        python: request.python,
        env: await secretKey(request.env, request),
    };
}
/** Where the probe's files lie: beside the bundle. */
function probeFolder(bundle) {
    return (0,external_node_path_.join)((0,external_node_path_.dirname)(bundle), "probe");
}

;// CONCATENATED MODULE: ./build/ship/pipeline.js
/** The middle of the story, for a request that is valid: plan → solve → judge → publish. */
























/** Milliseconds after which a look at the registry is taken again before anything is written. */
const LOOK_IS_GOOD_FOR = 10_000;
/**
 * Plan, solve and judge; what passed is released.
 * @throws {Failure} the one error that the step ends with
 */
async function build(request, stage) {
    const { env, docker, log, signal, chapter } = stage;
    const say = (line) => log.line(line);
    const leftovers = new Leftovers(docker);
    const making = makeFolders(env, probeFolder(process.argv[1] ?? ""), request);
    making.then(({ kept }) => chapter({ folder: kept })).catch(() => { });
    try {
        const context = request.build.contextIsRemote ? request.workspace : request.build.context;
        const [folders, builder, commit, where] = await Promise.all([
            making,
            // Only a builder that runs says which platforms it has.
            docker.inspect(request.build.builder, { start: request.build.platforms.length > 0 }),
            (0,git/* gitFacts */.gi)(docker.exec, context),
            whereabouts(docker.exec, context),
        ]);
        const platforms = (0,image_platforms/* platformsOf */.W)(request.build, builder);
        chapter({ platforms });
        (0,target/* demandNetwork */.QN)(request, builder);
        const trace = new Trace();
        chapter({ trace, checkout: checkoutOf(where, context, commit, request) });
        const site = await makeSite(request, folders, commit, { env, say });
        if (builder.driver === "docker")
            leftovers.add(site.staging);
        const looking = request.push.push ? lookBeside(docker, request) : undefined;
        // It is awaited after the solve, if that comes to pass; until then its failure is nobody's.
        looking?.catch(() => { });
        log.group(`Build and check ${request.app} with ${builder.name}, a ${builder.driver} builder`);
        const bench = {
            docker,
            builder,
            request,
            site,
            folder: folders.work,
            listen: (0,progress/* showProgress */.R)(log, request.commands.lines, trace),
            say,
        };
        const first = await judge(bench, chapter);
        // Whoever holds the image knows them, whatever comes of it.
        const asked = request.summary || (request.push.push && builder.driver !== "docker");
        let layers = asked ? layersOf(first, bench) : undefined;
        try {
            await release(demandPass(first, request), bench, {
                log,
                signal,
                chapter,
                leftovers,
                looked: await looking,
                layers,
                checkPushed: async (pushed) => {
                    chapter({ held: pushed.held, metadata: pushed.metadata });
                    const again = { ...bench, folder: (0,external_node_path_.join)(bench.folder, "pushed"), pushed };
                    const second = await judge(again, chapter, first.caddy).catch(notChecked(pushed));
                    layers = asked ? layersOf(second, again) : undefined;
                    demandPass(second, request);
                },
            });
        }
        finally {
            chapter({ layers: await layers });
        }
    }
    finally {
        await cleanUp(leftovers, making, say);
    }
}
/**
 * Solves, and judges what was answered.
 * @param caddy what is known of the Caddyfile already: it has nothing of the image
 */
async function judge(bench, chapter, caddy) {
    const answered = await solveAll(bench, caddy);
    const { examination, commands } = answered;
    const { answers, project, settings } = examination;
    const all = [...answers, ...answered.caddy.answers, ...answered.caddy.agree(settings), ...commands];
    const verdict = (0,checks_verdict/* conclude */.Ep)(all, bench.request, project);
    chapter({ verdict });
    if ("held" in examination)
        chapter({ held: examination.held, metadata: examination.metadata });
    return { ...answered, verdict };
}
/** What a builder says of the image in the registry is not said of the Dockerfile. */
function notChecked({ pinned }) {
    return (error) => {
        if (!(error instanceof failure/* Failure */.HR) || error.kind !== "Build failed")
            throw error;
        throw new failure/* Failure */.HR("Publish failed", `${pinned} was pushed in place of what was checked, could not be checked itself, and gets no tag: ${error.message}`);
    };
}
/**
 * The checks, and Caddy and the workflow's commands beside them: solves of their own, so that what fails in
 * one hides nothing of the others. They begin when the check solve has begun, for that is what takes longest. Only when
 * the image cannot be built nobody waits for the rest.
 */
async function solveAll(bench, known) {
    const begun = Promise.withResolvers();
    const loaded = Promise.withResolvers();
    const held = Promise.withResolvers();
    const ending = new AbortController();
    const side = { ...bench, ending: ending.signal, after: begun.promise };
    const beside = [
        known ? Promise.resolve(known) : solveCaddy(side),
        solveCommands(side, { loaded: loaded.promise, held: held.promise }),
    ];
    // They are awaited below; until then their failures are nobody's.
    for (const promise of [loaded.promise, held.promise, ...beside])
        promise.catch(() => { });
    try {
        const signals = { begun: begun.resolve, loaded: loaded.resolve };
        const checking = solveChecks(bench, signals).finally(begun.resolve);
        const examination = await checking.catch((error) => {
            loaded.reject(error);
            held.reject(error);
            if (!(error instanceof failure/* Failure */.HR) || error.kind !== "Checks could not run")
                throw error;
            return unexamined(bench.request, error.message);
        });
        loaded.resolve();
        if ("held" in examination)
            held.resolve(examination.held);
        const [caddy, commands] = await Promise.all(beside);
        return { examination, caddy, commands };
    }
    catch (error) {
        ending.abort();
        // Their bakes end with them: nothing may run on when the step's folder goes.
        await Promise.allSettled(beside);
        throw error;
    }
}
/** Nothing in here may hide why the step ended, so a fault is only said. */
async function cleanUp(leftovers, making, say) {
    const [folders, names] = await Promise.allSettled([making.then(leaveFolders), leftovers.end()]);
    if (folders.status === "rejected")
        say(`The step's folder was not removed: ${String(folders.reason)}`);
    if (names.status === "rejected")
        say(`The staging image was not removed: ${String(names.reason)}`);
    // A build that failed had nothing to name.
    else if (!names.value.ok && !/no such image/i.test(names.value.reason))
        say(`The staging image was not removed: ${names.value.reason}`);
}
/**
 * @returns the image that passed
 * @throws {Failure} when the verdict is not a pass
 */
function demandPass({ verdict, examination }, request) {
    if (verdict.status === "failed")
        throw new failure/* Failure */.HR("Checks failed", (0,reporters_text/* checksFailedText */.GX)(verdict, request.failLevel));
    if (verdict.status === "error" || !("held" in examination))
        throw new failure/* Failure */.HR("Checks could not run", (0,reporters_text/* couldNotRunText */.P8)(verdict));
    return examination;
}
/** The image passed: to the registry, under its tag, and into the local docker, as far as was asked for. */
async function release(checked, bench, exit) {
    const { docker, builder, request, site, say } = bench;
    const { held } = checked;
    const { log, signal, chapter, leftovers, checkPushed } = exit;
    const platforms = (0,image_platforms/* platformsOf */.W)(request.build, builder);
    const alone = platforms.others.length === 0;
    const handover = handoverOf(builder, {
        docker,
        request,
        held,
        platforms,
        say,
        signal,
        leftovers,
        checkPushed,
        upload: (scale) => new Upload(scale, say),
        staging: site.staging,
        release: async (destination) => {
            // What is in the cache was told when it was made.
            const listen = () => unlessCached(bench.listen());
            if (destination.to === "registry" && alone)
                sayImage(exit.layers, say);
            const solve = (0,target/* planRelease */.F3)(request, builder, site, destination);
            const solved = await bakeOrRetry({ ...bench, listen }, "release", solve);
            if (!solved.ok)
                throw releaseFailure(blame(solved.progress, solved.stderr), request.build, destination);
            return solved.metadata[target/* IMAGE */.W1] ?? {};
        },
    });
    let released;
    if (request.push.push) {
        log.group(`Publish ${request.image}`);
        chapter({ publishing: true });
        const looked = exit.looked?.isFresh() ? exit.looked.look : undefined;
        const began = external_node_perf_hooks_.performance.now();
        released = await publish({ docker, request, handover, looked, say, signal, ...(0,reporters_say/* sayers */.Ah)(log) });
        chapter({ release: released });
        const seconds = (external_node_perf_hooks_.performance.now() - began) / 1000;
        say(`${released.ref} ${released.how}, and read back at ${released.digest}, in ${seconds.toFixed(1)} s`);
    }
    if (request.load) {
        const name = released?.ref ?? (0,reference/* ref */.KR)(request.image, request.tag);
        await handover.load(name).catch((error) => {
            throw released && error instanceof failure/* Failure */.HR ? onlyNotLoaded(released, error) : error;
        });
        chapter({ loaded: [name] });
    }
}
function unlessCached(hear) {
    return (event) => {
        if (event.type !== "completed" || !event.cached)
            hear(event);
    };
}
/** BuildKit says nothing of the bytes that it pushes (moby/buildkit issue 3192): of this many they are a part. */
function sayImage(layers, say) {
    layers?.then((known) => {
        const size = (0,reporters_text/* imageText */.f1)({ layers: known });
        if (size !== "")
            say(size);
    });
}
function onlyNotLoaded({ ref }, { kind, message, place }) {
    return new failure/* Failure */.HR(kind, `${ref} is released, but could not be loaded into the local docker: ${message}`, place);
}
/** Asks the registry for the tag while the image is being built. */
async function lookBeside(docker, request) {
    const look = await docker.look((0,reference/* ref */.KR)(request.image, request.tag));
    const at = external_node_perf_hooks_.performance.now();
    return { look, isFresh: () => external_node_perf_hooks_.performance.now() - at < LOOK_IS_GOOD_FOR };
}
/** What the image consists of, for the summary and for who watches a push: asked for beside the rest, and never worth a failure. */
async function layersOf({ examination }, { docker, builder, site }) {
    if (!("held" in examination))
        return undefined;
    const { record, digest: manifest, config } = examination.held;
    try {
        if (builder.driver === "docker")
            return await docker.layers(site.staging);
        if (record === undefined || config === undefined)
            return undefined;
        return await docker.builtLayers({ record, manifest, config });
    }
    catch {
        return undefined;
    }
}


/***/ })

};
