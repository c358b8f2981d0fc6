export const id = 660;
export const ids = [660];
export const modules = {

/***/ 7660:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  DockerCli: () => (/* binding */ DockerCli)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:perf_hooks"
var external_node_perf_hooks_ = __webpack_require__(643);
// EXTERNAL MODULE: ./build/failure.js
var failure = __webpack_require__(9874);
// EXTERNAL MODULE: ./build/process/process.js + 1 modules
var process = __webpack_require__(7267);
// EXTERNAL MODULE: ./build/process/query.js
var query = __webpack_require__(8374);
// EXTERNAL MODULE: ./build/request/context.js
var context = __webpack_require__(8961);
// EXTERNAL MODULE: ./build/docker/bake.js
var bake = __webpack_require__(328);
// EXTERNAL MODULE: ./build/docker/builder.js
var docker_builder = __webpack_require__(7234);
// EXTERNAL MODULE: ./build/docker/environment.js
var environment = __webpack_require__(5472);
// EXTERNAL MODULE: ./build/docker/manifests.js
var manifests = __webpack_require__(499);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
;// CONCATENATED MODULE: ./build/docker/programs.js
/** Where the docker command and its buildx plugin lie. */



/** The folders in which the docker command looks for plugins, in its order. */
const PLUGIN_FOLDERS = [
    "/usr/local/lib/docker/cli-plugins",
    "/usr/local/libexec/docker/cli-plugins",
    "/usr/lib/docker/cli-plugins",
    "/usr/libexec/docker/cli-plugins",
];
/** Finds both. A missing plugin is called by way of docker, which says what is missing. */
function findPrograms(env) {
    const docker = (env.PATH ?? "")
        .split(external_node_path_.delimiter)
        .map((folder) => (0,external_node_path_.join)(folder, "docker"))
        .find(isProgram);
    const config = env.DOCKER_CONFIG || (0,external_node_path_.join)(env.HOME || (0,external_node_os_.homedir)(), ".docker");
    const plugin = [(0,external_node_path_.join)(config, "cli-plugins"), ...PLUGIN_FOLDERS]
        .map((folder) => (0,external_node_path_.join)(folder, "docker-buildx"))
        .find(isProgram);
    return { docker, buildx: plugin ? [plugin] : [docker ?? "docker", "buildx"] };
}
function isProgram(path) {
    try {
        (0,external_node_fs_.accessSync)(path, external_node_fs_.constants.X_OK);
        return true;
    }
    catch {
        return false;
    }
}

// EXTERNAL MODULE: ./build/docker/progress.js + 1 modules
var docker_progress = __webpack_require__(2286);
// EXTERNAL MODULE: ./build/docker/words.js
var words = __webpack_require__(8880);
;// CONCATENATED MODULE: ./build/docker/requirements.js
/** What must be installed on the runner, and the errors for what is missing or too old. */



/**
 * Oldest versions that were seen to work. The history of a build, by which the checks name the image, came with buildx
 * 0.20. The engine's classic store needs no history: there the image has a name. `imagetools create
 * --prefer-index`, which moves further tags, came with 0.15.
 */
const OLDEST = {
    buildx: { classic: "0.13", others: "0.20", imagetools: "0.15" },
    buildkit: "0.13",
};
/** @throws {Failure} when buildx or the builder is too old, or has no image store that the checks can use */
function requireVersions(buildx, builder) {
    const [holder, oldest] = (0,docker_builder/* isClassic */.l9)(builder)
        ? ["the engine's classic image store", OLDEST.buildx.classic]
        : [`a ${builder.driver} builder`, OLDEST.buildx.others];
    if ((0,docker_builder/* compareVersions */.Zy)(buildx, oldest) < 0)
        throw tooOld(`buildx with ${holder}`, buildx, oldest);
    if ((0,docker_builder/* compareVersions */.Zy)(builder.buildkit, OLDEST.buildkit) < 0)
        throw tooOld(`the builder ${builder.name}'s BuildKit`, builder.buildkit, OLDEST.buildkit);
    if (builder.replicas > 1)
        throw new failure/* Failure */.HR("Invalid input", `The builder ${builder.name} has ${builder.replicas} replicas. Each keeps its own images, and the checks must run ` +
            "where the image was built. Use a builder with one replica: give docker/setup-buildx-action\n" +
            "driver-opts: replicas=1");
}
function noDocker() {
    return new failure/* Failure */.HR("Build failed", "There is no `docker` command on this runner. Use a runner with Docker Engine 26 or newer (GitHub's Ubuntu " +
        "runners have it), or install it in a step before this one.");
}
function noBuildx(stderr) {
    return new failure/* Failure */.HR("Build failed", "Docker's buildx plugin is missing on this runner. Add docker/setup-buildx-action before this step, or " +
        `install buildx ${OLDEST.buildx.others} or newer. (${(0,words/* lastWord */.bx)(stderr)})`);
}
function noBuilder(name, reason) {
    const which = name === "" ? "The selected builder" : `The builder \`${name}\``;
    const engineDown = /Cannot connect to the Docker daemon|docker daemon running|failed to connect to the docker API/i;
    const next = engineDown.test(reason)
        ? "Start the Docker engine on this runner, or point DOCKER_HOST at one that runs."
        : "`docker buildx ls` shows the builders there are; docker/setup-buildx-action makes one.";
    return new failure/* Failure */.HR("Build failed", `${which} does not answer: ${reason}. ${next}`);
}
/** @param code Node's: `E2BIG`, `EACCES`, `ENOENT` … */
function notStarted(message, code) {
    if (code === "ENOENT")
        return noDocker();
    if (code === "E2BIG")
        return new failure/* Failure */.HR("Invalid input", "The build's secrets or the checks' `env` are too large for an environment variable (128 KiB each). " +
            "Give a large secret as a file with `secret-files`.");
    return new failure/* Failure */.HR("Build failed", `${message}. Is the runner out of processes, memory or files?`);
}
function tooOld(what, version, oldest) {
    return new failure/* Failure */.HR("Build failed", `${what} is ${version}, and shipshape needs ${oldest} or newer. ` +
        "Update it on this runner, or add docker/setup-buildx-action before this step.");
}

// EXTERNAL MODULE: ./build/docker/steps.js
var steps = __webpack_require__(2118);
;// CONCATENATED MODULE: ./build/docker/stall.js

/** Seconds without any progress, while no step runs, after which a solve counts as hanging. */
const IDLE_SECONDS = 120;
const LOOK_EVERY_MS = 2000;
/** Whether a solve hangs, by what is active in it. Pure. */
function judge({ movedAgo, anyDone, running }, { limit, sends = false }) {
    if (limit && running.some(({ name, startedAgo }) => limit.step(name) && startedAgo > limit.seconds))
        return "step";
    if (sends && anyDone && running.length === 0)
        return undefined;
    const waitsOnly = running.every(({ name }) => (0,steps/* readStep */.jg)(name).kind === "cache");
    return waitsOnly && movedAgo > IDLE_SECONDS ? "idle" : undefined;
}
/** Aborts its signal when a solve hangs, and has its progress report that silent steps go on. */
class StallDetector {
    #controller = new AbortController();
    signal = this.#controller.signal;
    #timer;
    #reason;
    constructor(progress, solve) {
        this.#timer = setInterval(() => {
            progress.signOfLife();
            this.#reason ??= judge(progress.activity(), solve);
            if (this.#reason !== undefined)
                this.#controller.abort();
        }, LOOK_EVERY_MS);
    }
    get reason() {
        return this.#reason;
    }
    end() {
        clearInterval(this.#timer);
    }
}

;// CONCATENATED MODULE: ./build/docker/docker-cli.js
/**
 * Docker as it is on this machine: starts docker and buildx, one short method a command. What a command printed becomes
 * data here; what it means is decided elsewhere.
 */
















/** The media types of an image's manifest: the second without attestations. */
const MANIFESTS = [
    "application/vnd.oci.image.manifest.v1+json",
    "application/vnd.docker.distribution.manifest.v2+json",
];
/** What `buildx history inspect` says of a build, or of something in it, that it does not have. */
const NOT_IN_HISTORY = /no record found|no matching attachment|not ?found/i;
/** What `docker push` says when it is done with a layer; without a terminal it does not report bytes. */
const OF_A_LAYER = /^([0-9a-f]{12}): (Pushed|(?:Layer a|A)lready exists|Mounted from .*)$/;
/** Docker as it is on this machine. */
class DockerCli {
    calls = [];
    #runner;
    #env;
    #programs;
    #signal;
    #closing = new AbortController();
    /** Whose configuration of registries (mirrors, plain http) imagetools uses. */
    #builder = "";
    /** Buildx's own; empty until a builder was asked for. */
    #version = "";
    /** What was asked of the builder's history. */
    #builds = new Map();
    constructor(runner, signal) {
        this.#runner = runner;
        this.#env = (0,environment/* childEnvironment */.Q)(runner);
        this.#programs = findPrograms(this.#env);
        this.#signal = signal;
    }
    close() {
        this.#closing.abort();
    }
    async inspect(name, { start } = { start: false }) {
        const selected = name || this.#runner.BUILDX_BUILDER || "";
        const args = ["inspect", ...(start ? ["--bootstrap"] : []), ...(selected === "" ? [] : [selected])];
        const [version, inspected] = await Promise.all([
            (0,query/* query */.P)([...this.#programs.buildx, "version"], this.#around()).catch(cannotStart),
            this.#buildx("buildx inspect", args, { timeout: start ? 300 : 60 }),
        ]);
        if (version.code !== 0)
            throw noBuildx(version.stderr);
        const buildx = /v?(\d+\.\d+\.\d+)/.exec(version.stdout)?.[1] ?? "";
        if (inspected.code !== 0)
            throw noBuilder(selected, (0,words/* lastWord */.bx)(inspected.stderr));
        const parsed = (0,docker_builder/* parseInspect */.E7)(inspected.stdout);
        if (!parsed.ok)
            throw noBuilder(selected, parsed.reason);
        const { builder } = parsed;
        requireVersions(buildx, builder);
        this.#version = buildx;
        // Without the command the engine's image could be built, but neither pushed nor removed.
        if (builder.driver === "docker" && this.#programs.docker === undefined)
            throw noDocker();
        this.#builder = builder.name;
        return builder;
    }
    async bake(solve, { builder, folder, hear, signal: ending }) {
        await (0,promises_.mkdir)(folder, { recursive: true });
        const file = (0,external_node_path_.join)(folder, "bake.json");
        const metadataFile = (0,external_node_path_.join)(folder, "metadata.json");
        await (0,promises_.writeFile)(file, (0,bake/* renderBakeFile */.YS)(solve.file), { mode: 0o600 });
        const progress = new docker_progress/* Progress */.ke(hear);
        const stall = new StallDetector(progress, solve);
        const cancel = ending === undefined ? this.#signal : AbortSignal.any([this.#signal, ending]);
        const args = (0,bake/* bakeArgs */.rz)(solve, { file, metadataFile, builder: builder.name });
        const exit = await this.#buildx("buildx bake", args, {
            env: { ...this.#env, ...(0,environment/* cacheServiceEnvironment */.l)(this.#runner), ...Object.fromEntries(solve.secrets) },
            signal: AbortSignal.any([cancel, stall.signal]),
            onStderr: (line) => progress.line(line),
        }).finally(() => stall.end());
        if (exit.code === 0) {
            const metadata = JSON.parse(await (0,promises_.readFile)(metadataFile, "utf8"));
            return { ok: true, metadata, progress };
        }
        const why = cancel.aborted ? "cancelled" : (stall.reason ?? "failed");
        return { ok: false, why, progress, stderr: exit.stderr };
    }
    async look(ref) {
        const exit = await this.#imagetools(["inspect", "--format", "{{json .Manifest}}", ref]);
        const looked = done(exit);
        if (looked.ok)
            return (0,manifests/* parseManifest */.Ng)(exit.stdout);
        // The one text that means free; everything else (401, no such host, …) leaves it open.
        const isFree = looked.reason.endsWith(": not found");
        return isFree ? { state: "free" } : { state: "unknown", reason: looked.reason };
    }
    async configDigest(ref) {
        const exit = await this.#imagetools(["inspect", "--raw", ref]);
        return exit.code === 0 ? (0,manifests/* configIn */.k$)(exit.stdout) : undefined;
    }
    async createTag(from, to, annotations = []) {
        const oldest = OLDEST.buildx.imagetools;
        if ((0,docker_builder/* compareVersions */.Zy)(this.#version, oldest) < 0)
            return { ok: false, reason: `it takes buildx ${oldest} or newer, and this is ${this.#version}` };
        // Without the flag a plain manifest is wrapped in a new index, and its digest changes.
        const annotated = annotations.flatMap((annotation) => ["--annotation", annotation]);
        const args = ["create", "--prefer-index=false", "--tag", to, ...annotated, ...from];
        return done(await this.#imagetools(args));
    }
    async builtBlob(record, digest) {
        return this.#ofBuild(["attachment", record, digest]);
    }
    async builtManifest(record, platform) {
        const which = platform === "" ? [] : ["--platform", platform];
        for (const type of MANIFESTS) {
            const manifest = await this.#ofBuild(["attachment", "--type", type, ...which, record]);
            if (manifest !== undefined)
                return manifest;
        }
        return undefined;
    }
    async baseImages(record) {
        return (0,manifests/* parseMaterials */.uZ)((await this.#ofBuild(["--format", "json", record])) ?? "");
    }
    async pushedSizes(ref) {
        const [image, manifest] = await Promise.all([
            this.#imagetools(["inspect", "--format", "{{json .Image}}", ref]),
            this.#imagetools(["inspect", "--raw", ref]),
        ]);
        const names = (0,manifests/* diffIdsIn */.tX)(image.stdout);
        return names !== undefined && manifest.code === 0 ? (0,manifests/* parseSizes */.bC)(manifest.stdout, names) : new Map();
    }
    async layers(name) {
        const format = ["--human=false", "--no-trunc", "--format", "{{json .}}"];
        const exit = await this.#docker(["image", "history", ...format, name], { timeout: 30 });
        return exit.code === 0 ? { packed: false, all: (0,manifests/* parseHistory */.i6)(exit.stdout) } : undefined;
    }
    async imageConfig(name) {
        const exit = await this.#docker(["image", "inspect", name], { timeout: 30 });
        return exit.code === 0 ? (0,manifests/* parseInspectedConfig */.re)(exit.stdout) : undefined;
    }
    async imageId(name) {
        const exit = await this.#docker(["image", "inspect", "--format", "{{.Id}}", name], { timeout: 30 });
        const id = exit.stdout.trim();
        if (exit.code === 0 && (0,manifests/* isDigest */.Bc)(id))
            return id;
        return /no such image/i.test(exit.stderr) ? "none" : undefined;
    }
    async tag(from, to) {
        return done(await this.#docker(["image", "tag", from, to], { timeout: 60 }));
    }
    async push(ref, hear) {
        const onStdout = (line) => {
            const [, id = "", how = ""] = OF_A_LAYER.exec(line) ?? [];
            if (id !== "")
                hear({ id, how });
        };
        return done(await this.#docker(["image", "push", ref], { onStdout }));
    }
    async remove(names) {
        // Also after a cancel: only the end of the step ends it.
        const { signal } = this.#closing;
        return done(await this.#docker(["image", "rm", ...names], { timeout: 60, signal }));
    }
    /** What the builder's history holds of a build. It never changes, so each question is asked once. */
    async #ofBuild(which) {
        const key = which.join(" ");
        const args = ["history", "inspect", ...which, "--builder", this.#builder];
        const asked = this.#builds.get(key) ?? this.#buildx("history inspect", args, { timeout: 30 });
        this.#builds.set(key, asked);
        const exit = await asked;
        const found = done(exit);
        if (found.ok)
            return exit.stdout;
        this.#builds.delete(key);
        if (NOT_IN_HISTORY.test(found.reason))
            return undefined;
        throw new failure/* Failure */.HR("Checks could not run", `The builder's history could not be read: ${found.reason}. Run the job again.`);
    }
    #imagetools(args) {
        const builder = this.#builder === "" ? [] : ["--builder", this.#builder];
        return this.#buildx(`imagetools ${args[0]}`, ["imagetools", ...args, ...builder], { timeout: 120 });
    }
    #buildx(name, args, options) {
        return this.#run(name, { argv: [...this.#programs.buildx, ...args], ...options });
    }
    #docker(args, options) {
        const argv = [this.#programs.docker ?? "docker", ...args];
        return this.#run(`docker ${args.slice(0, 2).join(" ")}`, { argv, ...options });
    }
    #around() {
        return { env: this.#env, cwd: (0,context/* workspaceOf */.B3)(this.#runner) };
    }
    /** @throws {Failure} when the program cannot be started */
    async #run(name, command) {
        const signal = AbortSignal.any([command.signal ?? this.#signal, this.#closing.signal]);
        const exit = await (0,process/* run */.eF)({ ...this.#around(), ...command, signal }).catch(cannotStart);
        const milliseconds = Math.round(exit.milliseconds);
        this.calls.push({ command: name, from: Math.round(external_node_perf_hooks_.performance.now()) - milliseconds, milliseconds });
        return exit;
    }
}
function cannotStart(error) {
    throw error instanceof process/* NotStarted */.R9 ? notStarted(error.message, error.code) : error;
}
function done(exit) {
    if (exit.code === 0)
        return { ok: true };
    if (exit.ended === "timeout")
        return { ok: false, reason: "no answer in time" };
    return { ok: false, reason: (0,words/* lastWord */.bx)(exit.stderr) || `exit code ${exit.code}` };
}


/***/ }),

/***/ 499:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bc: () => (/* binding */ isDigest),
/* harmony export */   Bm: () => (/* binding */ parseConfigBlob),
/* harmony export */   Ng: () => (/* binding */ parseManifest),
/* harmony export */   ah: () => (/* binding */ parseLayers),
/* harmony export */   bC: () => (/* binding */ parseSizes),
/* harmony export */   i6: () => (/* binding */ parseHistory),
/* harmony export */   k$: () => (/* binding */ configIn),
/* harmony export */   lZ: () => (/* binding */ onbuildIn),
/* harmony export */   re: () => (/* binding */ parseInspectedConfig),
/* harmony export */   tX: () => (/* binding */ diffIdsIn),
/* harmony export */   uZ: () => (/* binding */ parseMaterials)
/* harmony export */ });
/* harmony import */ var _request_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(702);
/** What registries, builders and the engine say of an image, as data. Pure. */

/** Reads `docker image history --format '{{json .}}'`: one object a line, the last layer first. */
function parseHistory(text) {
    return text
        .split("\n")
        .flatMap((line) => {
        const { Size, CreatedBy } = (0,_request_json_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ik)((0,_request_json_js__WEBPACK_IMPORTED_MODULE_0__/* .parseJson */ .qF)(line));
        const bytes = Number(Size);
        return Size === undefined || !Number.isFinite(bytes) ? [] : [{ bytes, by: String(CreatedBy ?? "") }];
    })
        .reverse();
}
/**
 * Reads a manifest, which has the sizes, and the image's config, which has the history: one entry an instruction,
 * and those that made no layer say so (OCI image specification, "history"). Where they do not agree it is not known which
 * instruction made which layer.
 */
function parseLayers(manifest, config) {
    const { layers } = parseRaw(manifest);
    const { history } = ((0,_request_json_js__WEBPACK_IMPORTED_MODULE_0__/* .parseJson */ .qF)(config) ?? {});
    const made = history?.filter((entry) => entry.empty_layer !== true) ?? [];
    const sizes = layers?.map(({ size }) => Number(size)).filter(Number.isFinite) ?? [];
    return sizes.map((bytes, index) => ({
        bytes,
        by: made.length === sizes.length ? String(made[index]?.created_by ?? "") : "?",
    }));
}
/** Reads `imagetools inspect --format '{{json .Manifest}}'`. What is not a manifest with a digest is unknown. */
function parseManifest(text) {
    const { digest, manifests } = parseRaw(text);
    if (!isDigest(digest))
        return { state: "unknown", reason: "its answer is not a manifest" };
    const images = manifests?.filter(({ platform }) => platform?.os !== "unknown");
    return { state: "there", digest, manifests: images?.map((one) => one.digest) ?? [digest] };
}
/**
 * Reads a manifest: what each layer weighs, packed.
 * @param names what the layers go by in its place, in their order: the digests that the classic store pushes them under
 */
function parseSizes(manifest, names) {
    const { layers } = parseRaw(manifest);
    const sizes = new Map();
    if (names !== undefined && names.length !== layers?.length)
        return sizes;
    for (const [index, { digest, size }] of (layers ?? []).entries()) {
        const name = names === undefined ? digest : names[index];
        if (isDigest(name) && typeof size === "number")
            sizes.set(name, size);
    }
    return sizes;
}
/** The digests of the unpacked layers in an image's config, in their order; undefined where it names none. */
function diffIdsIn(config) {
    const { rootfs } = ((0,_request_json_js__WEBPACK_IMPORTED_MODULE_0__/* .parseJson */ .qF)(config) ?? {});
    return Array.isArray(rootfs?.diff_ids) ? rootfs.diff_ids : undefined;
}
/** Reads `docker image inspect` of one image: its config as a blob, without the history that it has in the registry. */
function parseInspectedConfig(text) {
    const [image] = ((0,_request_json_js__WEBPACK_IMPORTED_MODULE_0__/* .parseJson */ .qF)(text) ?? []);
    const config = (0,_request_json_js__WEBPACK_IMPORTED_MODULE_0__/* .objectOrNone */ .H$)(image?.Config);
    if (image === undefined || config === undefined)
        return undefined;
    const { Architecture: architecture, Os: os, Variant: variant } = image;
    const rootfs = { type: "layers", diff_ids: (0,_request_json_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ik)(image.RootFS).Layers ?? [] };
    return JSON.stringify({ architecture, os, ...(variant ? { variant } : {}), config, rootfs });
}
/** Reads the blob of an image's config. */
function parseConfigBlob(text) {
    const blob = (0,_request_json_js__WEBPACK_IMPORTED_MODULE_0__/* .objectOrNone */ .H$)((0,_request_json_js__WEBPACK_IMPORTED_MODULE_0__/* .parseJson */ .qF)(text));
    return blob === undefined ? undefined : (0,_request_json_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ik)(blob.config);
}
/** Instructions of the image's ONBUILD, which run in any image that is built from it. */
function onbuildIn(config) {
    const { OnBuild } = config;
    return Array.isArray(OnBuild) ? OnBuild.map(String) : [];
}
/**
 * Reads the materials in `docker buildx history inspect --format json`: images by the name in a FROM line and the digest
 * that was taken. One with the tag `latest` is left out: its name in a FROM line may be a stage's as well. They are package URLs: `pkg:docker/python@3.13-slim?platform=linux%2Famd64`.
 */
function parseMaterials(text) {
    const { Materials } = ((0,_request_json_js__WEBPACK_IMPORTED_MODULE_0__/* .parseJson */ .qF)(text) ?? {});
    const images = new Map();
    for (const { URI, Digests } of Materials ?? []) {
        const [, name = "", tag = ""] = /^pkg:docker\/([^@?]+)@([^?]+)/.exec(String(URI)) ?? [];
        const digest = Digests?.[0];
        if (name === "" || !isDigest(digest) || tag.startsWith("sha256") || tag === "latest")
            continue;
        images.set(decodeURIComponent(`${name}:${tag}`), digest);
    }
    return images;
}
/** The config's digest in a manifest; undefined where there is none. */
function configIn(manifest) {
    const { config } = parseRaw(manifest);
    return isDigest(config?.digest) ? config.digest : undefined;
}
function parseRaw(manifest) {
    return ((0,_request_json_js__WEBPACK_IMPORTED_MODULE_0__/* .parseJson */ .qF)(manifest) ?? {});
}
function isDigest(value) {
    return typeof value === "string" && /^sha256:[0-9a-f]{64}$/.test(value);
}


/***/ })

};
