export const id = 250;
export const ids = [250];
export const modules = {

/***/ 1927:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   FZ: () => (/* binding */ writeImageConfig),
/* harmony export */   TT: () => (/* binding */ assignments),
/* harmony export */   UN: () => (/* binding */ putFile),
/* harmony export */   mk: () => (/* binding */ makeRoom),
/* harmony export */   oF: () => (/* binding */ secretKey),
/* harmony export */   rG: () => (/* binding */ fillContext)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7975);
/* harmony import */ var _catalogue_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6965);
/* harmony import */ var _dockerfile_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(3188);
/** The build contexts of our own Dockerfiles: folders with fixed modes, the probe's files, variables for a shell. */






/**
 * Fills the context of the solves that run in the image: `probe/` with what the probe is asked, `room/`, `commands/`. File
 * modes are fixed, for they are part of BuildKit's cache key, and a checkout's depend on the umask.
 * @param probe folder of the probe's files, next to the bundle
 */
async function fillContext(context, probe, request) {
    await makeRoom(context);
    await copyProbe(probe, (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(context, "probe"));
    const checks = (0,_catalogue_js__WEBPACK_IMPORTED_MODULE_4__/* .checksOf */ .tg)("django", request.checks);
    const { timeout, settings, manage, python } = request;
    await writeAsked(context, "request.json", {
        schema: 1,
        // Who compares with the settings needs them loaded.
        checks: checks.length === 0 ? ["settings"] : checks,
        timeout,
        settings,
        manage,
        python,
    });
    // Each command in a file of its own, by its number: a shell reads it, and no quoting comes in between.
    for (const [index, line] of request.commands.lines.entries())
        await putFile((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(context, "commands", String(index + 1)), `${line}\n`);
}
/** Hands the image's config to the probe: ENTRYPOINT, CMD, USER, ENV and so on, as the image specification spells them. */
async function writeImageConfig(context, config) {
    await writeAsked(context, "image.json", { schema: 1, config });
}
/** What the probe is asked. All of it is part of the check's cache key, because the file's content is. */
async function writeAsked(context, name, content) {
    await putFile((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(context, "probe", name), JSON.stringify(content));
}
/** The folder of a container's report, below `room/` of a context. */
async function makeRoom(context) {
    await makeFolder((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(context, "room", _dockerfile_js__WEBPACK_IMPORTED_MODULE_5__/* .REPORT */ .ri));
}
/**
 * Writes a file of a build context. Its mode and those of new folders around it are fixed, whatever the runner's umask is:
 * any USER of the image reads them.
 */
async function putFile(file, content) {
    await makeFolder((0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(file));
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.writeFile)(file, content);
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.chmod)(file, 0o644);
}
/** A folder and those around it that are not there, with fixed modes. */
async function makeFolder(folder) {
    const first = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.mkdir)(folder, { recursive: true });
    for (let made = folder; first !== undefined && made.length >= first.length; made = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(made))
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.chmod)(made, 0o755);
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
    const key = await (0,node_util__WEBPACK_IMPORTED_MODULE_3__.promisify)(node_crypto__WEBPACK_IMPORTED_MODULE_0__.scrypt)(values, salt, 24);
    return key.toString("hex");
}
async function copyProbe(from, to) {
    for (const entry of await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readdir)(from, { withFileTypes: true })) {
        const source = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(from, entry.name);
        const target = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(to, entry.name);
        if (entry.isDirectory() && entry.name !== "__pycache__")
            await copyProbe(source, target);
        if (entry.isFile())
            await putFile(target, await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readFile)(source));
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
    return {
        part: "dockerfile",
        step: step ? stepOf(step) : "",
        line: at,
        excerpt,
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
    return { line: number === undefined ? undefined : Number(number), excerpt: lines.join("\n") };
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
/* harmony import */ var _docker_progress_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5333);
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
     * Runs a solve. One that hangs is tried once more, without the caches of other machines.
     * @param name of the solve's folder
     * @throws {Failure} `Build failed` when it hangs again, `Cancelled`
     */
    async solve(name, solve) {
        const first = await this.solveOnce(name, solve);
        if (first.ok || first.why !== "idle")
            return first;
        this.say("The build made no progress for two minutes. Trying once more, without external caches.");
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
        const bringing = this.#brought.get(layers) ?? this.quiet().solve(name, layers);
        this.#brought.set(layers, bringing);
        await bringing;
    }
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
// EXTERNAL MODULE: ./build/checks/context.js
var context = __webpack_require__(1927);
// EXTERNAL MODULE: ./build/checks/dockerfile.js
var dockerfile = __webpack_require__(3188);
// EXTERNAL MODULE: ./build/docker/environment.js
var environment = __webpack_require__(5472);
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
    const filling = (0,context/* fillContext */.rG)(folders.context, world.probe, request);
    try {
        const [step] = await Promise.all([prepareIn(folders, request, world), filling]);
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
async function prepareIn(folders, request, world) {
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
    };
}
async function makeFolders(env, app) {
    const kept = await (0,promises_.mkdtemp)((0,external_node_path_.join)(env.RUNNER_TEMP || (0,external_node_os_.tmpdir)(), `shipshape-${app}-`));
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
