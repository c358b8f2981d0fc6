export const id = 454;
export const ids = [454];
export const modules = {

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


/***/ }),

/***/ 4454:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Pipeline: () => (/* binding */ Pipeline)
});

// EXTERNAL MODULE: external "node:perf_hooks"
var external_node_perf_hooks_ = __webpack_require__(643);
;// CONCATENATED MODULE: ./build/checks/platforms.js
/**
 * Brings the probe's answers of several platforms together.
 * @param all the first one's project and settings count for all, or those of one in which the probe could not start
 */
function mergePlatforms(all) {
    const answers = all.map(({ platform, examination }) => ({ platform, answers: examination.answers }));
    const notStarted = all.find(({ examination }) => !examination.started)?.examination;
    return { ...(notStarted ?? all[0].examination), answers: mergeAnswers(answers) };
}
/**
 * One answer for each check. A finding on several platforms is reported once, with its platforms; a reason why a check could
 * not run names its platform. With a single platform the answers stay as they are.
 */
function mergeAnswers(all) {
    const [first] = all;
    if (first === undefined || all.length === 1)
        return first?.answers ?? [];
    const own = all.flatMap(({ platform, answers }) => answers.map((answer) => ({ ...answer, platform })));
    return first.answers.map(({ name }) => {
        const same = own.filter((answer) => answer.name === name);
        return mergeAnswer(name, same);
    });
}
function mergeAnswer(name, all) {
    const failed = all.find(({ reason }) => reason !== "");
    const stopped = failed?.stopped;
    const skipped = all.flatMap((one) => one.skipped === undefined ? [] : `on ${one.platform}: ${one.skipped}`);
    const codes = all.flatMap(({ exitCode }) => exitCode ?? []);
    const exitCode = codes.find((code) => code !== 0) ?? codes[0];
    return {
        name,
        findings: mergeFindings(all),
        seconds: Math.max(...all.map(({ seconds }) => seconds)),
        cached: all.every(({ cached }) => cached),
        silenced: Math.max(...all.map(({ silenced }) => silenced)),
        reason: failed === undefined ? "" : `on ${failed.platform}: ${failed.reason}`,
        output: (failed ?? all.find(({ output }) => output !== ""))?.output ?? "",
        notes: [...new Set(all.flatMap(({ notes }) => notes))],
        ...(stopped === undefined ? {} : { stopped }),
        ...(skipped.length === 0 ? {} : { skipped: skipped.join("; ") }),
        ...(exitCode === undefined ? {} : { exitCode }),
    };
}
function mergeFindings(all) {
    const merged = new Map();
    for (const { platform, findings } of all)
        for (const finding of findings) {
            const key = JSON.stringify({ ...finding, count: 0, platforms: [] });
            const known = merged.get(key);
            const platforms = [...(known?.platforms ?? []), platform];
            const count = Math.max(finding.count, known?.count ?? 0);
            merged.set(key, { ...finding, count, platforms });
        }
    return [...merged.values()];
}

// EXTERNAL MODULE: ./build/checks/verdict.js
var checks_verdict = __webpack_require__(2517);
// EXTERNAL MODULE: ./build/failure.js
var failure = __webpack_require__(9874);
// EXTERNAL MODULE: ./build/image/blame.js
var image_blame = __webpack_require__(65);
// EXTERNAL MODULE: ./build/docker/manifests.js
var docker_manifests = __webpack_require__(499);
// EXTERNAL MODULE: ./build/docker/steps.js
var steps = __webpack_require__(2118);
// EXTERNAL MODULE: ./build/docker/bake.js
var bake = __webpack_require__(328);
// EXTERNAL MODULE: ./build/docker/builder.js
var docker_builder = __webpack_require__(7234);
// EXTERNAL MODULE: ./build/image/attestations.js
var attestations = __webpack_require__(9183);
// EXTERNAL MODULE: ./build/image/platforms.js
var image_platforms = __webpack_require__(482);
;// CONCATENATED MODULE: ./build/image/target.js
/**
 * The user's image as a bake target, and the solve that builds it. Pure: no I/O, no clock, no environment.
 *
 * The build takes the image nowhere but to where the builder keeps it. The docker driver keeps it in the engine, under a
 * staging name; any other keeps it in its own store.
 */





/**
 * The build. An engine keeps all platforms as one image, which it pushes as it is. A builder of its own gets a target
 * for each of them, because the metadata of several as one does not name their manifests, and those are compared with
 * what is pushed.
 */
function planBuild(source) {
    const { request, builder, names } = source;
    const image = {
        ...imageTarget(source),
        ...inlineCache(names),
        attest: (0,attestations/* builtAttestations */.yg)(request, builder),
        "cache-from": names.cacheFrom,
        // The classic store shares its layers with the build cache, and a name that moves on leaves an image behind.
        output: [keptIn(builder, (0,docker_builder/* isClassic */.l9)(builder) ? names.staging : `${names.staging},${names.kept}`)],
    };
    (0,attestations/* requireIndex */.yK)(source);
    return solveOf(source, builder.driver === "docker" ? asOne(source, image) : oneByOne(source, image));
}
/**
 * Another stage of the image's own Dockerfile.
 * @param bases the base images that the image was built from, so that this stage is built from the same ones
 * @param platform empty = the builder's own
 */
function stageOfImage(source, stage, { bases, platform }) {
    const { request, names } = source;
    const pinned = [...bases].map(([name, digest]) => [name, `docker-image://${name}@${digest}`]);
    const image = imageTarget(source);
    return {
        name: steps/* STAGE */.Ld,
        platform,
        target: {
            ...image,
            ...asBuilt(source),
            target: stage,
            ...forOne(source, platform),
            contexts: { ...Object.fromEntries(pinned), ...image.contexts },
            annotations: [],
            labels: {},
            "cache-from": names.cacheFrom,
        },
        staging: `${names.staging}-stage`,
        ...grantsOf(request.build),
    };
}
/** The solve that builds a stage and keeps it in the builder. */
function planStage({ name, target, staging, allow, secrets }, builder) {
    const image = { ...target, attest: attestations/* NO_ATTESTATIONS */.Ir, output: [keptIn(builder, staging)] };
    return { file: { target: { [name]: image } }, targets: [name], allow, secrets };
}
/** Where an image stays: in the engine under its names, or in the store of a builder of its own. */
function keptIn({ driver }, name) {
    return driver === "docker"
        ? (0,bake/* attributes */.uK)({ type: "docker", name })
        : (0,bake/* attributes */.uK)({ type: "image", push: "false", "oci-mediatypes": "true" });
}
/** The targets of a builder of its own, each with its platform: `image`, `image-linux-arm64`. */
function targetsOf({ checked, emulated }) {
    const [first, ...others] = checked;
    return [
        [steps/* IMAGE */.W1, first],
        ...[...others, ...emulated].map((one) => [`${steps/* IMAGE */.W1}-${(0,image_platforms/* platformSlug */.DN)(one)}`, one]),
    ];
}
/** The image as a target for each of its platforms. */
function oneByOne(source, image) {
    return Object.fromEntries(targetsOf(source.platforms).map(([name, platform]) => [name, ofPlatform(source, image, platform)]));
}
/** The image as one target for all of its platforms. */
function asOne(source, image) {
    const { request, platforms } = source;
    const all = (0,image_platforms/* areSeveral */.Bp)(platforms)
        ? { platforms: request.build.platforms }
        : forOne(source, platforms.checked[0]);
    return { [steps/* IMAGE */.W1]: { ...image, ...all } };
}
/** The image of one platform, with the annotations of its manifest. */
function ofPlatform(source, image, platform) {
    return { ...image, ...forOne(source, platform), annotations: (0,attestations/* manifestAnnotations */.gc)(source, platform) };
}
/**
 * A target for one of the platforms that the workflow names. The builder's own goes without saying, but on a builder with
 * several nodes it need not be the first node's.
 */
function forOne({ request, builder: { native } }, platform) {
    return request.build.platforms.length === 0 || (native.length === 1 && platform === native[0])
        ? {}
        : { platforms: [platform] };
}
/**
 * Options to solve an image that was built once more, from the builder's cache: nothing is asked for anew.
 *
 * While a solve that executed a step is still running, BuildKit hides the cache behind that step from other solves
 * (moby/buildkit pull request 6955; still so behind steps without cache). Two apps with the same first steps would make
 * each other build again. Flipping `pull` changes the digests of the steps and not their cache keys, so this solve shares
 * no running step with a build. A builder that may have base images of its own could not pull them, so
 * there `pull` stays as the workflow has it.
 */
function asBuilt({ request: { build }, builder }) {
    return { pull: builder.hasOwnImages ? build.pull : !build.pull, "no-cache": false, "no-cache-filter": [] };
}
/** The image's target as the builder has solved it before. */
function solvedAgain(source) {
    return { ...imageTarget(source), ...asBuilt(source), ...inlineCache(source.names) };
}
/** The part of the image's target that must be the same in every solve, or the bytes would differ. */
function imageTarget({ request: { build }, names }) {
    return {
        context: build.context,
        dockerfile: build.file,
        ...(build.target === "" ? {} : { target: build.target }),
        args: Object.fromEntries(build.args),
        contexts: Object.fromEntries(build.contexts),
        labels: { ...Object.fromEntries(names.labels), ...Object.fromEntries(build.labels) },
        annotations: build.annotations,
        secret: build.secrets.map((secret, index) => secret.from === "file"
            ? (0,bake/* attributes */.uK)({ id: secret.id, src: secret.path })
            : (0,bake/* attributes */.uK)({ id: secret.id, env: secretVariable(index) })),
        ssh: build.ssh,
        ...(build.network === "" ? {} : { network: build.network }),
        "extra-hosts": Object.fromEntries(build.addHosts),
        ...(build.shmSize === "" ? {} : { "shm-size": build.shmSize }),
        ulimits: build.ulimits,
        entitlements: build.allow,
        pull: build.pull,
        "no-cache": build.noCache,
        "no-cache-filter": build.noCacheFilters,
    };
}
/** `cache-to: type=inline` is part of the image itself, so it goes with the image into every solve. */
function inlineCache(names) {
    const inline = names.cacheTo.filter(bake/* isInline */.mO);
    return inline.length === 0 ? {} : { "cache-to": inline };
}
/** The solve of targets of the image. */
function solveOf({ request }, target) {
    return { file: { target }, targets: Object.keys(target), ...grantsOf(request.build) };
}
/** What the workflow gives the build. A secret goes by environment or by the workflow's own file, and never to disk. */
function grantsOf({ allow, secrets }) {
    const values = secrets.flatMap((secret, index) => secret.from === "file" ? [] : [[secretVariable(index), secret.value]]);
    return { allow, secrets: new Map(values) };
}
function secretVariable(index) {
    return `SHIPSHAPE_BUILD_SECRET_${index}`;
}

;// CONCATENATED MODULE: ./build/image/built-image.js




/**
 * The image of a build.
 * @param targets bake's metadata by target
 * @throws {Failure} when the metadata lacks a digest
 */
function builtImage(targets, { driver }, platforms) {
    const [[, first], ...others] = targetsOf(platforms);
    const metadata = targets[steps/* IMAGE */.W1] ?? {};
    const own = platformImage(metadata, first);
    const rest = driver === "docker" ? [] : others;
    const images = rest.map(([name, platform]) => platformImage(targets[name] ?? {}, platform));
    return { digest: own.digest, platforms: [own, ...images], metadata };
}
/**
 * One platform's image in bake's metadata of its target.
 * @throws {Failure} when there is no digest in it: without one nothing can be proven of the image
 */
function platformImage(metadata, platform) {
    const digest = metadata["containerimage.digest"];
    if (!(0,docker_manifests/* isDigest */.Bc)(digest))
        throw new failure/* Failure */.HR("Build failed", "The builder does not name the image's digest (`containerimage.digest`): update buildx.");
    const config = metadata["containerimage.config.digest"];
    // `builder/node/record`
    const [record] = /[^/]+$/.exec(String(metadata["buildx.build.ref"] ?? "")) ?? [];
    return { platform, digest, config: (0,docker_manifests/* isDigest */.Bc)(config) ? config : undefined, record };
}
/** The digests of an image's platforms. */
function digestsOf({ platforms }) {
    return platforms.map(({ digest }) => digest);
}

// EXTERNAL MODULE: ./build/docker/words.js
var docker_words = __webpack_require__(8880);
;// CONCATENATED MODULE: ./build/image/failures.js
/** Sentences for solves that failed: what is wrong, where, what to do next. Pure. */


/** Lines of a step's log that the error shows; the whole is in the log above. */
const SHOWN = 12;
/** The failure that a blamed solve ends the step with. */
function buildFailure(blame, build) {
    switch (blame.part) {
        case "dockerfile":
            return inDockerfile(blame, build);
        case "container":
            return new failure/* Failure */.HR("Checks could not run", blame.missing === ""
                ? `The probe could not be started in the image: ${blame.reason}.${logged(blame.log)}`
                : `The image has no ${blame.missing}. Give the full path of its Python interpreter with the input \`python\`.`);
        case "layers":
            return new failure/* Failure */.HR("Checks could not run", `The builder no longer has the image that it built: ${blame.reason}. Run the job again; if it happens often, ` +
                "give the builder more room for its cache.");
        case "builder":
            return new failure/* Failure */.HR("Build failed", `${blame.reason || "The builder gave no reason"}${next(blame.reason)}`);
    }
}
/** The failure of the release solve: the image was checked, and then did not leave the builder. */
function releaseFailure(blame, build, to) {
    const { message, place } = buildFailure(blame, build);
    if (blame.part !== "builder")
        return new failure/* Failure */.HR("Publish failed", message, place);
    if (to === "registry")
        return refused("The image could not be pushed", blame.reason);
    return new failure/* Failure */.HR("Publish failed", `The image could not be loaded into the local docker: ${message}`);
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
    if (LOST_PART.test(words))
        return ("The registry lacks a layer that was uploaded, or that it said it had: run the job again. If it happens often, the " +
            "fault is in the registry's storage or in its clean-up.");
    return "The checks passed; running the job again repeats only what is not cached.";
}
function inDockerfile(blame, build) {
    const where = blame.line === undefined ? build.fileShown : `${build.fileShown}:${blame.line}`;
    const what = blame.step === "" ? blame.reason : `\`${oneLine(blame.step)}\` failed: ${blame.reason}`;
    const excerpt = blame.excerpt === "" ? "" : `\n${blame.excerpt}`;
    const detail = blame.log === "" ? excerpt : logged(blame.log);
    const place = build.contextIsRemote || blame.line === undefined
        ? undefined
        : { file: build.fileShown, line: blame.line };
    const advice = missingInSource(blame.step, blame.reason) || next(blame.reason, blame.log);
    return new failure/* Failure */.HR("Build failed", `${where}: ${what}${advice}${detail}`, place);
}
/** What to do where another stage or image lacks the file: `COPY --from=…`, `RUN --mount=from=…`. */
function missingInSource(step, reason) {
    const source = /^(?:COPY|RUN)\s.*?--(?:from=|mount=\S*\bfrom=)([^\s,]+)/is.exec(step)?.[1];
    if (source === undefined || !NOT_FOUND.test(reason))
        return "";
    return `. The stage or image ${source} has no such file: look at the path there, and at what that stage installs where.`;
}
/**
 * What to do about the reasons that come again and again. A step's own log is the program's word and not the
 * engine's (a program may print "429" or "not found"), so little is read from it.
 */
function next(reason, log = "") {
    const found = adviceOn(reason, ADVICE) ?? adviceOn(log, IN_A_LOG);
    return found === undefined ? "" : `. ${found}`;
}
/** The first row that fits; `$1` in its text is the pattern's first group. */
function adviceOn(text, rows) {
    for (const [pattern, advice] of rows) {
        const match = pattern.exec(text);
        if (match)
            return advice.replace(/\$(\d)/g, (_, group) => match[Number(group)] ?? "");
    }
    return undefined;
}
/**
 * A registry whose parts answer from different copies says so of a layer that it was just given, or of one that it has said
 * to have. The next push looks for each layer again, and uploads those that are missing. Some say it with "404 Not Found".
 */
const LOST_PART = /\bblob (upload )?unknown\b/i;
const NOT_FOUND = /failed to calculate checksum.*: not found$/is;
const IN_A_LOG = [
    [/no space left on device/i, `The disk is full: ${failure/* FREE_SPACE */.Kt}`],
    [
        /exec format error/i,
        "A program of another platform was started: set up emulation (docker/setup-qemu-action) or use a runner of that platform.",
    ],
    [
        /Post-processing '([^']+)' failed![\s\S]*The file '([^']+)' could not be found/,
        "$1 refers to $2, and there is no such static file: add it, or remove the reference.",
    ],
    [
        /The (?:CSS|JS) file '([^']+)' references a file which could not be found:\s*(\S+)/,
        "$1 refers to $2, and there is no such static file: add it, or remove the reference.",
    ],
    [
        /(?:in __getitem__\n[\s\S]*?^KeyError: '|^\S*ImproperlyConfigured: Set the |^\S*UndefinedValueError: )([A-Z][A-Z0-9_]+)\b|The (SECRET_KEY) setting must not be empty/m,
        "A build does not see `env`, which is for the checks. Give it $1$2 in that line (`RUN $1$2=unused python …`), with " +
            "`build-args` and ARG, or, where the build needs the real value, with `secrets` and RUN --mount=type=secret.",
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
    [NOT_FOUND, "The file is not in the build context: look at its path and at .dockerignore."],
    [
        /invalid user index|--chown\b.*--link|--link\b.*--chown/is,
        "`COPY --link` does not know the image's users: give `--chown` numbers (`--chown=1000:1000`), or leave out `--link`.",
    ],
    [
        /dockerfile line greater than max allowed size/i,
        "BuildKit reads no longer line: break it with `\\` at the end of a line, or put the text into a file and COPY it.",
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
function oneLine(text) {
    const line = text.replace(/\s+/g, " ");
    return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}

// EXTERNAL MODULE: ./build/request/reference.js
var reference = __webpack_require__(1659);
;// CONCATENATED MODULE: ./build/image/exports.js
/**
 * Solves of an image that the builder has built before, out of its cache: to push it, load it, write a cache, or bring its
 * layers. Pure.
 */





/**
 * Pushes the image, all platforms, by digest alone: the tag comes only after the comparison. Where a builder has several
 * nodes, each platform is a target of its own, and they become one index with the tag: buildx merges what several nodes
 * push, and gives the result the tag `latest` (buildx 0.29, build/build.go).
 */
function planPush(source) {
    const { request, builder, platforms } = source;
    const output = {
        type: "image",
        name: request.image,
        "push-by-digest": "true",
        "name-canonical": "true",
        push: "true",
        "oci-mediatypes": "true",
    };
    const image = { ...solvedAgain(source), attest: (0,attestations/* askedAttestations */.cF)(request), output: [(0,bake/* attributes */.uK)(output)] };
    const isMerged = builder.nodes > 1 && (0,image_platforms/* areSeveral */.Bp)(platforms);
    return { ...solveOf(source, isMerged ? oneByOne(source, image) : asOne(source, image)), sends: true };
}
/**
 * Takes the first platform that is checked out of the builder into the local engine.
 * @param name the image's name there
 */
function planLoad(source, name) {
    const output = [(0,bake/* attributes */.uK)({ type: "docker", name, "oci-mediatypes": "true" })];
    const image = { ...solvedAgain(source), attest: attestations/* NO_ATTESTATIONS */.Ir, output };
    const target = { [steps/* IMAGE */.W1]: ofPlatform(source, image, source.platforms.checked[0]) };
    return { ...solveOf(source, target), sends: true };
}
/** Writes the caches of `cache-to`; undefined when there are none. An inline cache is part of the image. */
function planCacheExport(source) {
    const entries = source.names.cacheTo.filter((entry) => !(0,bake/* isInline */.mO)(entry));
    if (entries.length === 0)
        return undefined;
    const image = {
        ...solvedAgain(source),
        attest: attestations/* NO_ATTESTATIONS */.Ir,
        annotations: [],
        "cache-to": entries,
        output: ["type=cacheonly"],
    };
    return { ...solveOf(source, asOne(source, image)), sends: true };
}
/**
 * Makes the builder bring the layers of an image whose steps came from an imported cache: those stay in the cache's
 * registry until a step needs them. Measured with BuildKit 0.33: only a linked target whose own `cache-from` names the
 * cache makes it bring them.
 * @param image the target of that image, as it was built
 * @param context a folder with `room/`, which the leaf copies
 */
function planLayers(image, context) {
    const { platforms, "cache-from": cacheFrom = [], ...target } = image.target;
    const both = {
        ...(platforms === undefined ? {} : { platforms }),
        attest: attestations/* NO_ATTESTATIONS */.Ir,
        output: ["type=cacheonly"],
    };
    const leaf = {
        ...both,
        context,
        "dockerfile-inline": `FROM ${steps/* IMAGE */.W1}\nCOPY room/ /\n`,
        contexts: { [steps/* IMAGE */.W1]: `target:${steps/* IMAGE */.W1}` },
        "cache-from": cacheFrom,
    };
    return {
        file: { target: { [steps/* IMAGE */.W1]: { ...target, ...both }, layers: leaf } },
        targets: ["layers"],
        allow: image.allow,
        secrets: image.secrets,
    };
}
/** The same for one platform of the user's image. */
function planImageLayers(source, platform, context) {
    const { request, names } = source;
    const image = ofPlatform(source, solvedAgain(source), platform);
    const target = { ...image, annotations: [], "cache-from": names.cacheFrom };
    return planLayers({ target, ...grantsOf(request.build) }, context);
}

;// CONCATENATED MODULE: ./build/publish/driver.js

/** The failure when other bytes left the builder than were checked. */
function otherBytes(checked, delivered, consequence) {
    return new failure/* Failure */.HR("Publish failed", `The image that was checked is ${checked}; what left the builder is ${delivered}, and ${consequence}.`);
}
const BUILT_AGAIN = "The builder did not find the image in its cache and built it again: the cache was cleared in between, or a build at the " +
    "same time has the same first steps. Run the job again; if it happens often, give the builder more room for its cache";

// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
;// CONCATENATED MODULE: ./build/publish/retry.js
/** Which refusals of a registry pass by themselves, and how often they are asked again. */



/** Seconds before the second, third and fourth try, unless whoever waits says otherwise. */
const PAUSES = [1, 4, 10];
/**
 * Too many requests, a fault of the server, a lost connection, a part of the image that the registry has taken and does not
 * know yet. Not: no credentials, no right, no such thing.
 */
function passesByItself(reason) {
    const words = (0,docker_words/* wordsOf */.Z9)(reason);
    return LOST_PART.test(words) || (!FOR_GOOD.test(words) && PASSING.test(words));
}
const FOR_GOOD = /\b40[134] [A-Z]|unauthorized|denied|forbidden|not found|insufficient_scope/i;
const PASSING = /\b(429|500|502|503|504) [A-Z]|status(?: code)?:? (429|5\d\d)\b|too ?many ?requests|connection reset|broken pipe|\bEOF\b|TLS handshake timeout|i\/o timeout|timeout awaiting|no answer in time|connection refused|temporar/i;
/** Tries again, a few times, while what refuses an answer passes by itself. */
async function withRetries(attempt, { say, signal, pauses = PAUSES }) {
    let answer = await attempt();
    for (const pause of pauses) {
        const reason = "reason" in answer ? answer.reason : "";
        if (signal.aborted || !passesByItself(reason))
            return answer;
        say(`${reason}; trying again in ${pause} s`);
        await (0,promises_.setTimeout)(pause * 1000, undefined, { signal }).catch(() => { });
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
    if (state.state === "free") {
        const notice = `${terms.image}:${terms.tag} is there with other bytes, from an earlier attempt of this run; this attempt gets \`${tag}\`.`;
        return { do: "write", tag, notice: tag === terms.tag ? "" : notice };
    }
    if (state.state === "same")
        return { do: "keep", tag, digest: state.digest };
    const overwrites = terms.existingTag === "overwrite";
    if (state.state === "unknown")
        return overwrites ? { do: "write", tag, notice: "" } : { do: "ask again", tag, reason: state.reason };
    if (overwrites) {
        const notice = `${ref} is in the registry with other bytes, and \`existing-tag: overwrite\` moves it to this image. What it was stays there as ${terms.image}@${state.digest}.`;
        return { do: "write", tag, notice };
    }
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
function compare(look, ours, theirConfigs) {
    const theirs = ours.by === "configs" ? theirConfigs : look.manifests;
    return { state: sameSet(theirs, ours.digests) ? "same" : "other", digest: look.digest };
}
/** Whether both have the same digests, in any order; one that could not be read is never the same. */
function sameSet(theirs, ours) {
    const known = theirs.filter((digest) => digest !== undefined);
    return known.length === theirs.length && known.sort().join() === [...ours].sort().join();
}

;// CONCATENATED MODULE: ./build/publish/builder-publisher.js












/** Pushes by digest. The tag comes later, when the digest is known to be that of what was checked. */
class BuilderPublisher {
    pushes = "digest";
    #parts;
    constructor(parts) {
        this.#parts = parts;
    }
    /** What identifies the image's bytes, to compare them with those that already have a tag. */
    async identity(image) {
        return { by: "manifests", digests: digestsOf(image) };
    }
    /** Pushes the image without a tag, again while the registry's refusal may pass by itself. */
    async push(image) {
        const { source, pushing } = this.#parts;
        pushing(image);
        const solve = planPush(source);
        // A try that was refused half-way leaves nothing that has a tag, and only what the last one pushed is compared.
        const released = await withRetries(() => this.#release(solve), this.#parts);
        if (!released.ok)
            throw releaseFailure(released.blame, source.request.build, "registry");
        const { metadata } = released;
        const [[, first], ...others] = targetsOf(source.platforms);
        const images = others.flatMap(([name, platform]) => metadata[name] === undefined ? [] : [this.#pushed(platform, metadata[name])]);
        return [this.#pushed(first, metadata[steps/* IMAGE */.W1]), ...images];
    }
    /** Gives what was pushed its tag. An index that is made with it gets its annotations here. */
    tag(pushed, ref) {
        const { docker, source } = this.#parts;
        const annotations = pushed.length === 1 ? [] : (0,attestations/* indexAnnotations */.nM)(source.request.build.annotations);
        return docker.createTag(refsOf(pushed), ref, annotations);
    }
    /**
     * Compares what was pushed with the image that was checked.
     * @returns the other image, when the builder built it again with other bytes; it may be checked in turn
     * @throws {Failure} when there is another image that cannot be checked as a whole
     */
    async verify(pushed, image) {
        const { docker, source } = this.#parts;
        const manifests = (await Promise.all(refsOf(pushed).map((ref) => this.#manifestsAt(ref)))).flat();
        const checked = digestsOf(image);
        if (sameSet(manifests, checked))
            return undefined;
        // Of several platforms not all can be checked; the others count because they were built with the first.
        const [own, ...more] = manifests;
        if ((0,image_platforms/* areSeveral */.Bp)(source.platforms) || own === undefined || more.length > 0)
            throw otherBytes(checked.join(", "), manifests.join(", "), `it gets no tag. ${BUILT_AGAIN}`);
        const config = await docker.configDigest((0,reference/* pinned */.dp)(source.request.image, own));
        return withOwnManifest(pushed[0], own, config);
    }
    /** Puts the image into the local engine under `ref`. */
    async load({ digest, platforms: [own] }, ref) {
        const { docker, source } = this.#parts;
        const released = await this.#release(planLoad(source, ref));
        if (!released.ok)
            throw releaseFailure(released.blame, source.request.build, "engine");
        const loaded = platformImage(released.metadata[steps/* IMAGE */.W1] ?? {}, own.platform);
        if (loaded.digest === own.digest)
            return;
        await docker.remove([ref]);
        throw otherBytes(digest, loaded.digest, `it is not kept. ${BUILT_AGAIN}`);
    }
    /** Solves the image out of the builder's cache. Its steps were logged when they ran. */
    async #release(solve) {
        const quieter = this.#parts.solver.hearing((event) => event.type === "completed" && event.cached ? undefined : event);
        const solved = await quieter.solve("release", solve);
        if (solved.ok)
            return solved;
        const found = (0,image_blame/* blame */.S)(solved.progress, solved.stderr);
        return { ok: false, reason: found.reason, blame: found };
    }
    #pushed(platform, metadata = {}) {
        const own = platformImage(metadata, platform);
        const pinned = (0,reference/* pinned */.dp)(this.#parts.source.request.image, own.digest);
        return { pinned, digest: own.digest, platforms: [own], metadata };
    }
    /** The platforms' manifests that the registry has by a digest. */
    async #manifestsAt(ref) {
        const look = await withRetries(() => this.#parts.docker.look(ref), this.#parts);
        if (look.state === "there")
            return look.manifests;
        const reason = look.state === "free" ? "not found" : look.reason;
        throw refused(`${ref} was pushed, but cannot be read back`, reason);
    }
}
/** Where the registry has what was pushed. */
function refsOf(pushed) {
    return pushed.map(({ pinned }) => pinned);
}
/** With attestations bake's metadata names only the index; the checks start from the manifest in it. */
function withOwnManifest(image, digest, config) {
    const [own] = image.platforms;
    const metadata = config === undefined ? image.metadata : { ...image.metadata, "containerimage.config.digest": config };
    return { ...image, digest, platforms: [{ ...own, digest, config }], metadata };
}

// EXTERNAL MODULE: ./build/docker/progress.js + 1 modules
var progress = __webpack_require__(2286);
;// CONCATENATED MODULE: ./build/publish/push-progress.js
/** The engine's push as people watch it: each layer when it has arrived, its bytes, and a sign of life in between. */




/** Milliseconds after which a push is worth watching. Only then the sizes of its layers are asked for. */
const WATCHED_MS = 1000;
/** Milliseconds that the end of a push waits for the sizes. */
const PATIENCE_MS = 2000;
/** One push, with all its tries. */
class PushProgress {
    #layers;
    #say;
    #arrived = new Map();
    #began = external_node_perf_hooks_.performance.now();
    #sizes = new Map();
    #weighing;
    constructor(layers, say) {
        this.#layers = layers;
        this.#say = say;
    }
    /** Reports one try while it goes on. */
    async watch(push) {
        const early = this.#layers.known === "before";
        const asking = early ? setTimeout(() => this.#weigh(), WATCHED_MS) : undefined;
        const living = setInterval(() => this.#signOfLife(), progress/* SILENT_MS */.n7);
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
    /** Says how many bytes were pushed, after a push that was worth watching. */
    async sum() {
        if (external_node_perf_hooks_.performance.now() - this.#began < WATCHED_MS)
            return;
        // The tag is there: the step does not wait long for figures.
        await Promise.race([this.#weigh(), (0,promises_.setTimeout)(PATIENCE_MS, undefined, { ref: false })]);
        if (this.#sizes.size === 0)
            return;
        const all = [...this.#arrived.values()];
        const pushed = this.#together(all.filter(({ how }) => how === "Pushed"));
        const there = this.#together(all.filter(({ how }) => how !== "Pushed"));
        this.#say(`${pushed} pushed; the registry had ${there}`);
    }
    #weigh() {
        this.#weighing ??= this.#layers.sizes().then((sizes) => {
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

;// CONCATENATED MODULE: ./build/publish/engine-publisher.js
/** The docker driver: the engine keeps the image under its staging name and pushes it from there. */








/** The engine pushes under a tag or not at all. What it pushes is what it keeps. */
class EnginePublisher {
    pushes = "tag";
    #parts;
    constructor(parts) {
        this.#parts = parts;
    }
    /** What identifies the image's bytes, to compare them with those that already have a tag. */
    async identity(image) {
        const all = (0,image_platforms/* allPlatforms */.yk)(this.#parts.source.platforms);
        const [{ config }] = image.platforms;
        if (config !== undefined && all.length === 1)
            return { by: "configs", digests: [config] };
        // With attestations or several platforms bake names no config. The builder's history has the manifests that do.
        const manifests = await this.#manifestsOf(image);
        const digests = manifests.map(docker_manifests/* configIn */.k$).filter((digest) => digest !== undefined);
        if (digests.length === all.length)
            return { by: "configs", digests };
        throw new failure/* Failure */.HR("Publish failed", "The tag is in the registry, and the builder's history does not say whether it has these bytes. Run the job again.");
    }
    /**
     * Pushes the image under its tag and reads it back. An engine pushes a name, and not a digest, so what the name means and
     * what the registry has are asked right before it.
     * @param mayPush asked before each try: whether the tag may be written, has these bytes by now, or must be left alone
     * @returns its digest in the registry; undefined when the tag must be left alone
     */
    async push(image, ref, mayPush) {
        const { docker, source, temporary, say } = this.#parts;
        temporary.add(ref);
        await this.#name(ref);
        const isMadeByPush = (0,docker_builder/* isClassic */.l9)(source.builder);
        const sizes = () => (isMadeByPush ? docker.pushedSizes(ref) : this.#sizesOf(image));
        const progress = new PushProgress({ known: isMadeByPush ? "afterwards" : "before", sizes }, say);
        let isStopped = false;
        const pushed = await withRetries(async () => {
            const [answer, id] = await Promise.all([mayPush(), docker.imageId(ref)]);
            isStopped = answer === "stop";
            if (answer !== "push")
                return { ok: true };
            this.#requireBytes(image, ref, id);
            return progress.watch((hear) => docker.push(ref, hear));
        }, this.#parts);
        if (isStopped)
            return undefined;
        if (!pushed.ok)
            throw refused(`${ref} could not be pushed`, pushed.reason);
        // From here on only the registry's copy counts, unless the image is to be loaded too.
        if (!source.request.load)
            temporary.removeSoon();
        const [digest] = await Promise.all([
            // The containerd store pushes the very manifests that it keeps.
            isMadeByPush ? this.#readClassic(image, ref) : image.digest,
            progress.sum(),
        ]);
        return digest;
    }
    /** Leaves the image in the engine, under `ref`. */
    async load(_, ref) {
        await this.#name(ref);
        this.#parts.temporary.keep(ref);
    }
    async #name(ref) {
        const { docker, source } = this.#parts;
        const named = await docker.tag(source.names.staging, ref);
        if (!named.ok)
            throw refused(`The image could not be named ${ref}`, named.reason);
    }
    /** @throws {Failure} when the engine's name is that of another image: another step on this engine has taken it */
    #requireBytes(image, ref, id) {
        if (id === image.digest)
            return;
        throw new failure/* Failure */.HR("Publish failed", id === undefined
            ? `The engine does not say which image ${ref} is, so nothing was pushed. Run the job again.`
            : `The image that was checked is ${image.digest}, but in the engine ${ref} is now ${id === "none" ? "no image" : id}, so nothing was pushed. ` +
                "Another step on this engine has the same tag at the same time: give each its own `image` or its own `tag`.");
    }
    /** The manifests of the image's platforms, out of the builder's history; empty where it does not have one. */
    async #manifestsOf({ platforms: [{ record }] }) {
        const { docker, source } = this.#parts;
        if (record === undefined)
            return [];
        const all = (0,image_platforms/* allPlatforms */.yk)(source.platforms);
        const asked = (all.length === 1 ? [""] : all).map((platform) => docker.builtManifest(record, platform));
        return (await Promise.all(asked)).map((manifest) => manifest ?? "");
    }
    /** What the layers of an image weigh that the containerd store keeps. Empty when not all of them are known. */
    async #sizesOf(image) {
        const each = (await this.#manifestsOf(image)).map((manifest) => (0,docker_manifests/* parseSizes */.bC)(manifest));
        // A part of the whole would look like all of it.
        return each.some((one) => one.size === 0) ? new Map() : new Map(each.flatMap((one) => [...one]));
    }
    /** The classic store makes the manifest while it pushes. The config digest in it proves the bytes. */
    async #readClassic(image, ref) {
        const { docker } = this.#parts;
        const [look, early] = await Promise.all([
            withRetries(() => docker.look(ref), this.#parts),
            docker.configDigest(ref),
        ]);
        if (look.state === "unknown")
            throw refused(`${ref} was pushed, but cannot be read back`, look.reason);
        // A registry that answers late has it by now.
        const config = early ?? (await docker.configDigest(ref));
        if (look.state !== "there" || config !== image.digest)
            throw otherBytes(image.digest, config ?? "nothing that can be read", `${ref} points to it, and nobody knows whether those bytes passed: do not deploy it, and delete the tag in the registry`);
        return look.digest;
    }
}

;// CONCATENATED MODULE: ./build/publish/publish.js








/** Publishes one image: `push`, then `tag`. In between the pipeline may check what the builder has built again. */
class Publisher {
    #parts;
    /** The way that goes with the builder's driver. */
    #driver;
    constructor(parts) {
        this.#parts = parts;
        const isEngine = parts.source.builder.driver === "docker";
        this.#driver = isEngine ? new EnginePublisher(parts) : new BuilderPublisher(parts);
    }
    /**
     * Brings the image to the registry, unless it is there under its tag.
     * @param looked the look at the tag that was taken during the build; undefined when it is too old to be trusted. Before
     *   anything is written the tag is looked up again.
     * @throws {Failure} `Publish failed`
     */
    async push(image, looked) {
        const driver = this.#driver;
        const first = await this.#ruleOnTag(image, looked);
        if (first.do === "keep")
            return this.#there(first);
        if (driver.pushes === "tag")
            return this.#pushUnderTag(driver, image, first);
        const images = await driver.push(image);
        // An upload takes minutes, in which another run may give the tag; and a registry that denied a repository that was
        // not there yet knows it now. So the tag is looked up again.
        const [ruling, differs] = await Promise.all([
            this.#ruleOnTag(image, undefined),
            driver.verify(images, image),
        ]);
        return { at: "digest", images, differs, ruling: differs === undefined ? ruling : undefined };
    }
    /**
     * Gives what was pushed its tag, reads it back, and moves the further tags.
     * @param image what passed: the built image, or the pushed one that was checked again
     * @throws {Failure} `Publish failed`
     */
    async tag(pushed, image) {
        if (pushed.at === "tag")
            return this.#complete(pushed);
        const { images, ruling: ruled } = pushed;
        const ruling = await this.#writeTag(images, image, ruled);
        if (ruling.do === "keep")
            return this.#complete(this.#there(ruling));
        if (ruling.notice !== "")
            this.#parts.notice(ruling.notice);
        const { tag } = ruling;
        const digest = await this.#readBack(this.#ref(tag), images.length === 1 ? images[0].digest : image);
        return this.#complete({ at: "tag", tag, digest, how: "written" });
    }
    /**
     * Looks at a release once more, at the end of the step. An engine pushes under the tag, so two runs that find it free at the
     * same moment both write it.
     * @throws {Failure} `Publish failed` when the tag has other bytes by now
     */
    async confirm({ ref, digest }) {
        if (this.#driver.pushes !== "tag")
            return;
        const now = await this.#parts.docker.look(ref);
        // It was read back before: a registry that does not answer now takes nothing away from that.
        if (now.state === "unknown" || (now.state === "there" && now.digest === digest))
            return;
        throw movedMeanwhile(ref, `pushed as ${digest}`, now);
    }
    /** Puts the image into the local engine under `ref`. */
    load(image, ref) {
        return this.#driver.load(image, ref);
    }
    /**
     * Gives what was pushed its tag, unless it is there with these bytes. Checks take their time, and so does a registry that
     * refuses for a while; meanwhile another run may give the tag. So the tag rule is asked before each try.
     * @param known the ruling of this moment; undefined when it is too old to be trusted
     */
    async #writeTag(images, image, known) {
        const driver = this.#driver;
        let fresh = known;
        const tagged = await withRetries(async () => {
            const ruling = fresh ?? (await this.#ruleOnTag(image, undefined));
            fresh = undefined;
            if (ruling.do === "ask again")
                throw this.#unknown(ruling, afterAPush(images));
            const isThere = ruling.do === "keep" || driver.pushes === "tag";
            const done = isThere ? { ok: true } : await driver.tag(images, this.#ref(ruling.tag));
            return { ...done, ruling };
        }, this.#parts);
        if (!tagged.ok)
            throw refused(`${this.#ref(tagged.ruling.tag)} could not be tagged`, tagged.reason);
        return tagged.ruling;
    }
    /**
     * An engine pushes under a tag or not at all, so the tag rule is asked right before each try. Meanwhile another run may have
     * given the tag: a re-run then takes one of its own.
     * @param first what was decided when the tag was looked up during the build
     */
    async #pushUnderTag(driver, image, first) {
        for (let ruling = first;;) {
            // A push under the tag might overwrite what could not be seen.
            if (ruling.do === "ask again")
                throw this.#unknown(ruling, BEFORE_A_PUSH);
            if (ruling.do === "keep")
                return this.#there(ruling);
            const { tag } = ruling;
            let now = ruling;
            const digest = await driver.push(image, this.#ref(tag), async () => {
                now = await this.#ruleOnTag(image, undefined);
                if (now.do === "write" && now.tag === tag)
                    return "push";
                return now.do === "keep" && now.tag === tag ? "there" : "stop";
            });
            if (digest !== undefined) {
                if (now.do === "write" && now.notice !== "")
                    this.#parts.notice(now.notice);
                await this.#readBack(this.#ref(tag), digest);
                return { at: "tag", tag, digest, how: "written" };
            }
            ruling = now;
        }
    }
    #ref(tag) {
        return (0,reference/* ref */.KR)(this.#parts.source.request.image, tag);
    }
    #there({ tag, digest }) {
        this.#parts.say(`${this.#ref(tag)} is already there with these bytes`);
        return { at: "tag", tag, digest, how: "already there" };
    }
    /** @param expected the digest that the tag must have, or the image whose manifests became an index with the tag */
    async #readBack(ref, expected) {
        const back = await withRetries(() => this.#parts.docker.look(ref), this.#parts);
        if (back.state === "there" && isExpected(back, expected))
            return back.digest;
        const pushed = typeof expected === "string" ? `pushed as ${expected}` : "pushed";
        if (back.state === "unknown")
            throw refused(`${ref} was ${pushed}, but could not be read back. Run the job again`, back.reason);
        throw movedMeanwhile(ref, pushed, back);
    }
    /** Applies the tag rule, looking at the registry as often as it asks. */
    async #ruleOnTag(image, looked) {
        const { request } = this.#parts.source;
        let tag = request.tag;
        let look = looked;
        for (;;) {
            const ruling = rule(tag, await this.#stateOf(tag, image, look), request);
            if (ruling.do === "refuse")
                throw new failure/* Failure */.HR("Publish failed", ruling.why);
            if (ruling.do !== "try")
                return ruling;
            tag = ruling.tag;
            look = undefined;
        }
    }
    async #stateOf(tag, image, looked) {
        const { docker, source } = this.#parts;
        // What could not be found out during the build is asked once more.
        const look = looked === undefined || looked.state === "unknown"
            ? await withRetries(() => docker.look(this.#ref(tag)), this.#parts)
            : looked;
        if (look.state !== "there")
            return look;
        const ours = await this.#driver.identity(image);
        const manifests = look.manifests.map((digest) => (0,reference/* pinned */.dp)(source.request.image, digest));
        const configs = ours.by === "configs" ? manifests.map((ref) => docker.configDigest(ref)) : [];
        return compare(look, ours, await Promise.all(configs));
    }
    /**
     * Further tags move to the released digest. A refused one is a warning, for the release stands. The wished tag is never
     * among them: a re-run that got a tag of its own must not move it after all.
     */
    async #complete({ tag, digest, how }) {
        const { docker, source, warn } = this.#parts;
        const { request } = source;
        const pinned = (0,reference/* pinned */.dp)(request.image, digest);
        const further = request.tags.filter((one) => one !== tag && one !== request.tag);
        const moved = await Promise.all(further.map(async (one) => {
            const ref = this.#ref(one);
            const done = await withRetries(() => docker.createTag([pinned], ref), this.#parts);
            if (!done.ok)
                warn(`The further tag ${ref} was not moved: ${done.reason}. ${tag} itself stands.`);
            return done.ok;
        }));
        const tags = further.filter((_, index) => moved[index]);
        return { tag, ref: this.#ref(tag), digest, pinned, how, tags };
    }
    /** @param next what helps where the registry denies the answer */
    #unknown(ruling, next) {
        const what = `The registry does not say whether ${this.#ref(ruling.tag)} is already there`;
        if (!isDenial(ruling.reason))
            return refused(what, ruling.reason);
        return new failure/* Failure */.HR("Publish failed", `${what}: ${ruling.reason}. ${next}`);
    }
}
function isExpected(back, expected) {
    if (typeof expected === "string")
        return back.digest === expected;
    return sameSet(back.manifests, digestsOf(expected));
}
const BEFORE_A_PUSH = "Log in before this step (docker/login-action) with an account that may read and write this repository. " +
    "Where you are logged in, the repository may not exist yet, and the engine's own builder can only push under the " +
    "tag: create the repository, or add docker/setup-buildx-action before this step, whose builder pushes without a " +
    "tag first and then asks again.";
function afterAPush(images) {
    return `It took the image without a tag, as ${refsOf(images).join(", ")}: give the account the right to read this repository too.`;
}
function movedMeanwhile(ref, pushed, now) {
    const next = now.state === "free"
        ? "Somebody has deleted it, or the registry has lost it. Run the job again."
        : "Another run may have moved the tag at the same moment, and nobody knows whether those bytes passed: do not deploy it, " +
            "delete the tag in the registry, and give each workflow its own tags.";
    return new failure/* Failure */.HR("Publish failed", `${ref} was ${pushed}, but the registry now has ${shown(now)} there. ${next}`);
}
function shown(look) {
    if (look.state === "there")
        return look.digest;
    return look.state === "free" ? "nothing" : `no answer (${look.reason})`;
}

// EXTERNAL MODULE: ./build/reporters/say.js
var say = __webpack_require__(6678);
// EXTERNAL MODULE: ./build/reporters/text.js
var reporters_text = __webpack_require__(9530);
// EXTERNAL MODULE: external "node:fs/promises"
var external_node_fs_promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
;// CONCATENATED MODULE: ./build/ship/cache-export.js
/** Writes the caches of `cache-to`, in a solve of its own. Its failure is worth a line, and no more. */






/** Milliseconds that it may take. */
const CACHE_MS = 15 * 60_000;
/** Writes the caches, if the workflow wants one. It goes on when the step's own folder is removed. */
async function exportCache({ source, solver, folders, world }) {
    const plan = planCacheExport(source);
    if (plan === undefined)
        return;
    const began = external_node_perf_hooks_.performance.now();
    const folder = (0,external_node_path_.join)(folders.kept, "cache");
    const failed = (why) => solver.say(`The build cache could not be written: ${why}`);
    try {
        const patient = solver.quiet().with({ folder, signal: AbortSignal.timeout(CACHE_MS) });
        const solved = await patient.solveOnce("cache", plan);
        if (solved.ok)
            solver.say(`The build cache was written in ${((external_node_perf_hooks_.performance.now() - began) / 1000).toFixed(1)} s`);
        else if (solved.why === "idle")
            failed("its server did not answer");
        else
            failed((0,image_blame/* blame */.S)(solved.progress, solved.stderr).reason);
    }
    catch (error) {
        const isLate = error instanceof failure/* Failure */.HR && !world.signal.aborted;
        failed(isLate ? "it took too long" : error.message);
    }
    await (0,external_node_fs_promises_.rm)(folder, { recursive: true, force: true });
}

// EXTERNAL MODULE: ./build/image/solver.js
var image_solver = __webpack_require__(639);
// EXTERNAL MODULE: ./build/checks/catalogue.js
var catalogue = __webpack_require__(6965);
// EXTERNAL MODULE: ./build/checks/context.js + 1 modules
var checks_context = __webpack_require__(5022);
// EXTERNAL MODULE: ./build/checks/dockerfile.js
var dockerfile = __webpack_require__(3188);
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
 * The bytes of a file that came out of a container.
 * @returns undefined when there is none
 * @throws {UnreadableReport}
 */
async function readExported(path) {
    try {
        // Without waiting: a named pipe of that name would keep us for ever.
        const file = await (0,external_node_fs_promises_.open)(path, external_node_fs_.constants.O_RDONLY | external_node_fs_.constants.O_NOFOLLOW | external_node_fs_.constants.O_NONBLOCK);
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
// EXTERNAL MODULE: ./build/checks/project/checkout.js + 4 modules
var checkout = __webpack_require__(6679);
// EXTERNAL MODULE: ./build/checks/project/repository.js
var repository = __webpack_require__(4584);
;// CONCATENATED MODULE: ./build/checks/scrub.js
/** Hides the values of `env` in text that came out of a container. Pure. */
/** Shorter values are not hidden: they would be found inside ordinary words. */
const SHORTEST = 6;
/** The same for the single lines of a value with several lines, like a private key. */
const SHORTEST_LINE = 16;
const HIDDEN = "***";
/** Values that are not secret. */
const PUBLIC = new Set(("console database default development django localhost memory postgres postgresql production public " +
    "require sqlite sqlite3 staging static testing").split(" "));
/** Names whose values are always hidden. */
const SECRET_NAME = /SECRET|PASSWORD|PASSWD|TOKEN|KEY|CREDENTIAL|DSN/i;
/** The path of a file or folder. Random text may begin with a slash too, so at least two short parts are needed. */
const PATH = /^(\/[\w.-]{1,40}){2,}\/?$/;
/**
 * Makes a function that replaces secret values by `***`. It knows a value as it is, line by line, and as it is written
 * in JSON, in HTML and in a URL. Paths and the settings module stay, because messages are about them.
 * @param env the variables that the workflow gave to the checks
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
/** A text as Django's templates, Python's `html.escape` and XML write it. */
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

// EXTERNAL MODULE: ./build/request/json.js
var request_json = __webpack_require__(702);
;// CONCATENATED MODULE: ./build/checks/public-hosts.js
/** Which hosts are names that others use. Pure. */
/** Whether a host is a name that browsers on other machines use; placeholders and addresses are not. */
function isPublic(host) {
    return (!/[{}]/.test(host) &&
        host !== "localhost" &&
        !/\.(localhost|local|internal|test|example)$/.test(host) &&
        !/^[\d.]+$|:/.test(host));
}

;// CONCATENATED MODULE: ./build/checks/django-settings.js
/** Django's side of the comparison: the settings of the image, as far as they are known. Pure. */


/** Why a value says nothing of production: as the end of a sentence with "because"; empty when it does. */
function whyUnknown(fact) {
    if (fact === undefined)
        return "the report of the settings does not have it";
    if (fact.supplied === "shipshape")
        return "neither the image nor `env` sets what production has there. Give it with `env`";
    if (JSON.stringify(fact.value ?? null).includes("***"))
        return "it has the value of a secret or of `env` in it, which the report hides";
    return "";
}
/**
 * The settings as they are without DJANGO_ENV=production, where shipshape supplied that; undefined when it makes no
 * difference.
 */
function withoutProduction(settings) {
    const all = Object.entries(settings);
    if (all.every(([, { without }]) => without === undefined))
        return undefined;
    return Object.fromEntries(all.map(([name, fact]) => [name, fact.without === undefined ? fact : { ...fact, value: fact.without }]));
}
/**
 * Reads settings. A value that shipshape supplied or that the probe hid counts as unknown, and so does one that is not in
 * the report. It notes the unknown ones that somebody asked for.
 */
class DjangoSettings {
    #settings;
    /** Why → the names. */
    #unknown = new Map();
    constructor(settings) {
        this.#settings = settings;
    }
    /** The setting's value; undefined when it is unknown. */
    value(name) {
        const fact = this.#settings[name];
        const why = whyUnknown(fact);
        if (why === "")
            return fact?.value;
        this.#unknown.set(why, (this.#unknown.get(why) ?? new Set()).add(name));
        return undefined;
    }
    /** The texts of a list setting; undefined when it is unknown or not a list. */
    list(name) {
        const value = this.value(name);
        return Array.isArray(value) ? value.filter((one) => typeof one === "string") : undefined;
    }
    /** A text setting; undefined when it is unknown or not a text. */
    text(name) {
        const value = this.value(name);
        return typeof value === "string" ? value : undefined;
    }
    /** Whether the workflow's `env` supplied the value. */
    isFromEnv(name) {
        return this.#settings[name]?.supplied === "user";
    }
    /** The settings that were asked for and are unknown, and why. Sentences without the last full stop; empty when none is. */
    get notCompared() {
        return [...this.#unknown]
            .map(([why, names]) => `${[...names].join(" and ")} not compared, because ${why}`)
            .join(". ");
    }
    /**
     * Whether production surely has these values. It may have others where they come from `env`, which only the checks see;
     * and where a list is a variable's default that is empty or only of use on one's own machine.
     */
    areProductions(...names) {
        return names.every((name) => {
            if (this.isFromEnv(name))
                return false;
            const items = this.#defaultOf(name) === "" ? undefined : this.list(name);
            return items === undefined || items.some(isForOthers);
        });
    }
    /** Who gave a value that production may not have, as a sentence of a hint after a blank; empty when it is the image's. */
    whereFrom(name) {
        if (this.isFromEnv(name))
            return ` The step's \`env\` sets ${name}. What production sets is not known here, so this does not count.`;
        const variable = this.#defaultOf(name);
        if (variable === "")
            return "";
        return ` This is the default of the variable ${variable}: if production sets it, give the checks its value with \`env\`.`;
    }
    /** The variable whose default the value is, because nobody sets it here; empty when there is none. */
    #defaultOf(name) {
        return this.#settings[name]?.default_of ?? "";
    }
    /** The setting as a message may quote it. Values that come from `env` are never printed. */
    quote(name) {
        if (this.isFromEnv(name))
            return `${name} (whose value comes from \`env\`)`;
        return `${name} = ${inPython(this.value(name))}`;
    }
    /** What a message may say of a value: the setting's name where the value comes from `env`, which is never printed. */
    shown(name, value) {
        return this.isFromEnv(name) ? name : value;
    }
    /** Django's version, major and minor, as a number; 0 when it is unknown. */
    get version() {
        return Number.parseFloat(this.text("VERSION") ?? "") || 0;
    }
    /** Whether MIDDLEWARE has such a class; undefined when MIDDLEWARE is unknown. */
    hasMiddleware(name) {
        return this.list("MIDDLEWARE")?.some((path) => name.test(path));
    }
}
/** Whether a host or an origin is one that others use. */
function isForOthers(item) {
    return item !== "testserver" && isPublic(item.replace(/^[a-z]+:\/\//i, "").replace(/:\d+$/, ""));
}
/** A value as it is written in a settings file. */
function inPython(value) {
    if (value === undefined || value === null)
        return "None";
    if (typeof value === "boolean")
        return value ? "True" : "False";
    return Array.isArray(value) ? `[${value.map(inPython).join(", ")}]` : JSON.stringify(value);
}
/** Where collectstatic puts the files; undefined where that is not known, or is no folder of the container. */
function staticRoot(django) {
    const root = (django.text("STATIC_ROOT") ?? "").replace(/\/$/, "");
    // A storage of django-storages keeps nothing in STATIC_ROOT.
    const isRemote = (0,request_json/* text */.Qq)((0,request_json/* object */.Ik)(django.value("STORAGES")).staticfiles).startsWith("storages.");
    if (!root.startsWith("/") || isRemote)
        return undefined;
    return {
        path: root,
        quoted: django.quote("STATIC_ROOT"),
        isSure: !django.isFromEnv("STATIC_ROOT"),
        isFilled: django.value("HAS_STATIC_FILES") === true,
        hasMiddleware: django.hasMiddleware(/whitenoise|servestatic/i) === true,
    };
}

;// CONCATENATED MODULE: ./build/checks/caddy/routes/servers.js
/**
 * The servers of a configuration with what automatic HTTPS makes of them: which listeners speak TLS, and the redirects
 * from http (caddyserver.com/docs/automatic-https; Caddy's autohttps.go). Pure.
 */

/** Ports of one listener that are counted. */
const MAX_RANGE = 20;
/** @param http the app `http` of a configuration */
function serversOf(http) {
    const httpPort = portOr(http.http_port, 80);
    const httpsPort = portOr(http.https_port, 443);
    const redirects = [];
    const servers = Object.entries((0,request_json/* object */.Ik)(http.servers))
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, value]) => {
        const json = (0,request_json/* object */.Ik)(value);
        const ports = (0,request_json/* texts */.Te)(json.listen).flatMap(portsOf);
        const automatic = (0,request_json/* object */.Ik)(json.automatic_https);
        const skip = (0,request_json/* texts */.Te)(automatic.skip);
        const hosts = [...new Set((0,request_json/* list */.p_)(json.routes).flatMap(hostsOf))].filter((host) => !skip.includes(host));
        const policies = Array.isArray(json.tls_connection_policies)
            ? json.tls_connection_policies.length
            : undefined;
        const isOff = automatic.disable === true || ports.every((port) => port === httpPort);
        const onlyHttps = policies === undefined && ports.every((port) => port === httpsPort);
        // An empty list of policies is not the same as none.
        const tls = (policies ?? 0) > 0 || (!isOff && (onlyHttps || (policies === undefined && hosts.length > 0)));
        if (!isOff && automatic.disable_redirects !== true && (hosts.length > 0 || tls))
            for (const port of new Set(ports))
                redirects.push({ port, hosts });
        return { json, ownRoutes: (0,request_json/* list */.p_)(json.routes), ports, tls };
    });
    if (redirects.length === 0)
        return { all: servers, httpPort, httpsPort };
    const added = redirects.map(({ port, hosts }) => redirectRoute(port, hosts, httpPort, httpsPort));
    const catchAll = redirectRoute(httpsPort, [], httpPort, httpsPort);
    const onHttp = servers.find(({ ports }) => ports.includes(httpPort));
    const hasHosts = redirects.some(({ hosts }) => hosts.length > 0);
    if (onHttp === undefined) {
        const json = { routes: [...added, catchAll] };
        return { all: [...servers, { json, ownRoutes: [], ports: [httpPort], tls: false }], httpPort, httpsPort };
    }
    // After the last route with a host, and before routes for every host.
    const { ownRoutes } = onHttp;
    const at = ownRoutes.findLastIndex((route) => hostsOf(route).length > 0) + 1;
    const routes = [...ownRoutes.slice(0, at), ...(hasHosts ? added : []), ...ownRoutes.slice(at), catchAll];
    const all = servers.map((server) => server === onHttp ? { ...server, json: { ...server.json, routes } } : server);
    return { all, httpPort, httpsPort };
}
/** The hosts that a route's own matchers name. */
function hostsOf(route) {
    return (0,request_json/* list */.p_)((0,request_json/* object */.Ik)(route).match).flatMap((match) => (0,request_json/* texts */.Te)((0,request_json/* object */.Ik)(match).host));
}
function portOr(value, standard) {
    return typeof value === "number" && value > 0 ? value : standard;
}
/** The ports of `:443`, `tcp/127.0.0.1:8000-8002`; none for a socket. */
function portsOf(listen) {
    const [, low, high = low] = /:(\d{1,5})(?:-(\d{1,5}))?$/.exec(listen) ?? [];
    if (low === undefined || listen.startsWith("unix"))
        return [];
    const count = Math.min(Number(high) - Number(low) + 1, MAX_RANGE);
    return Array.from({ length: Math.max(count, 0) }, (_, index) => Number(low) + index);
}
function redirectRoute(port, hosts, httpPort, httpsPort) {
    const isStandard = [httpPort, httpsPort, 80, 443].includes(port);
    const to = `https://{http.request.host}${isStandard ? "" : `:${port}`}{http.request.uri}`;
    return {
        match: [{ protocol: "http", ...(hosts.length === 0 ? {} : { host: hosts }) }],
        handle: [{ handler: "static_response", status_code: 308, headers: { Location: [to] } }],
    };
}

;// CONCATENATED MODULE: ./build/checks/caddy/adapted.js
/**
 * What `caddy adapt` made of the Caddyfile (caddyserver.com/docs/json). The JSON is untrusted: a value of an unexpected
 * type is ignored. Pure.
 */


/** In a header: the host that the browser asked for. */
const BROWSERS_HOST = "{host}";
/** Levels of lists and objects in a config. No project's has as many, and following them takes as many calls. */
const MAX_DEPTH = 200;
/** Reads the output of `caddy adapt`; undefined when it is not JSON, or is nested too deeply to be followed. */
function readAdapted(text) {
    const config = (0,request_json/* parseJson */.qF)(text);
    return config === undefined || isDeeper(config, MAX_DEPTH)
        ? undefined
        : serversOf((0,request_json/* object */.Ik)((0,request_json/* object */.Ik)((0,request_json/* object */.Ik)(config).apps).http));
}
/** Whether a value is nested deeper than that. It looks at one level after the other. */
function isDeeper(value, limit) {
    let level = [value].filter(isNested);
    for (let depth = 0; level.length > 0; depth++) {
        if (depth >= limit)
            return true;
        level = level.flatMap((one) => Object.values(one).filter(isNested));
    }
    return false;
}
function isNested(value) {
    return typeof value === "object" && value !== null;
}

// EXTERNAL MODULE: ./build/request/problems.js
var problems = __webpack_require__(4684);
;// CONCATENATED MODULE: ./build/checks/caddy/tokens.js
/**
 * The tokens of a Caddyfile, as Caddy's own lexer makes them (caddyconfig/caddyfile/lexer.go), but before
 * `{$NAME}` is replaced: a variable stays a part of its token. Pure.
 */
/** Splits a text into tokens. A quote that is never closed ends with the text. */
function tokensOf(text) {
    const tokens = [];
    let at = text.startsWith("\ufeff") ? 1 : 0;
    let line = 1;
    /** How many lines before this one belong to the same row. */
    let joined = 0;
    while (at < text.length) {
        const rest = text.slice(at, at + 300);
        const char = rest.charAt(0);
        const continued = /^\\\r?\n/.exec(rest)?.[0];
        if (continued !== undefined) {
            at += continued.length;
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
        // The tokens after one of several lines are on its row.
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
        // A default may contain blanks: `{$NAME:two words}`.
        const close = text.startsWith("{$", at) ? text.indexOf("}", at) : -1;
        const isVariable = close >= 0 && !text.slice(at, close).includes("\n");
        if (!isVariable && /^\\\r?\n/.test(text.slice(at, at + 3)))
            break;
        at = isVariable ? close + 1 : at + 1;
    }
    return { text: text.slice(start, at), end: at, quoted: false };
}

;// CONCATENATED MODULE: ./build/checks/caddy/caddyfile.js
/** The structure of a Caddyfile: global options, snippets and sites, and the directives inside of them. Pure. */

/** Parses as much as possible. A broken file gives no error here, because Caddy reports it. */
function parseCaddyfile(path, text) {
    const tokens = tokensOf(text);
    const parser = new Parser(tokens);
    const blocks = [];
    const imports = [];
    while (!parser.done) {
        if (parser.token?.text === "import" && !parser.token.quoted)
            imports.push(parser.directive());
        else
            blocks.push(parser.block());
    }
    return { path, text, tokens, blocks, imports };
}
/** Every directive and those nested in it, in the order of the text. */
function* directivesIn(directives) {
    for (const directive of directives) {
        yield directive;
        yield* directivesIn(directive.block);
    }
}
/** Every directive of a file, in blocks and outside of them. */
function* allDirectives(file) {
    yield* file.imports;
    for (const { directives } of file.blocks)
        yield* directivesIn(directives);
}
/** Blocks within blocks. No Caddyfile of a project is nested this deeply, and the stack has an end. */
const caddyfile_MAX_DEPTH = 100;
/** Reads tokens one after the other. */
class Parser {
    #tokens;
    #at = 0;
    #depth = 0;
    constructor(tokens) {
        this.#tokens = tokens;
    }
    /** The next token; undefined at the end. */
    get token() {
        return this.#tokens[this.#at];
    }
    get done() {
        return this.token === undefined;
    }
    block() {
        const keys = this.#keys();
        const isSnippet = keys.length === 1 && /^\(.*\)$/.test(keys[0]?.text ?? "");
        const kind = keys.length === 0 ? "options" : isSnippet ? "snippet" : "site";
        // A file with a single site may leave out the braces: the rest of the file is its block.
        return { kind, keys, directives: this.#directives(this.#skipBrace("{")) };
    }
    /** A block's addresses. They end with the line, unless the last one ends with a comma. */
    #keys() {
        const keys = [];
        for (let row = this.token?.row; this.token !== undefined && !isBrace(this.token, "{"); this.#at++) {
            const before = this.#tokens[this.#at - 1];
            if (this.token.row !== row) {
                if (!before?.text.endsWith(","))
                    break;
                row = this.token.row;
            }
            const text = this.token.text.replace(/,$/, "");
            if (text !== "")
                keys.push({ ...this.token, text });
        }
        return keys;
    }
    directive() {
        const name = this.token;
        this.#at++;
        const args = [];
        while (this.token?.row === name.row && !isBrace(this.token, "}")) {
            const opensBlock = isBrace(this.token, "{") && this.#endsRow() && this.#depth < caddyfile_MAX_DEPTH;
            if (!opensBlock)
                args.push(this.token);
            this.#at++;
            if (opensBlock)
                return { name, args, block: this.#directives(true) };
        }
        return { name, args, block: [] };
    }
    #endsRow() {
        return this.#tokens[this.#at + 1]?.row !== this.token?.row;
    }
    /** The directives up to the brace that closes their block; without braces, up to the end of the file. */
    #directives(inBraces) {
        const found = [];
        this.#depth++;
        while (!this.done) {
            if (!this.#skipBrace("}"))
                found.push(this.directive());
            else if (inBraces)
                break;
        }
        this.#depth--;
        return found;
    }
    #skipBrace(brace) {
        if (this.token === undefined || !isBrace(this.token, brace))
            return false;
        this.#at++;
        return true;
    }
}
function isBrace(token, brace) {
    return token.text === brace && !token.quoted;
}

;// CONCATENATED MODULE: ./build/checks/caddy/layout.js
/**
 * Where things are: Caddyfiles in the repository, their imports, and their paths in the container. Pure: workspace.ts reads
 * the files.
 */


/** The Caddyfile's folder in the container: the one that the image `caddy` uses. */
const FOLDER = "/etc/caddy";
const CADDYFILE = `${FOLDER}/Caddyfile`;
/**
 * The files that a Caddyfile may import, as absolute paths in the container that may be patterns (`*`). The name of a
 * snippet is among them, because it looks like a file's.
 * @param expanded the text with its variables replaced; undefined when a value is not known
 */
function importsOf(file, expanded) {
    return [...allDirectives(file)].flatMap(({ name, args: [first] }) => {
        if (name.text !== "import" || name.quoted || first === undefined)
            return [];
        const pattern = expanded(first.text);
        // Only Caddy knows the value of a placeholder (`{args[0]}`).
        if (pattern === undefined || pattern === "" || /[{}]/.test(pattern))
            return [];
        return [external_node_path_.posix.resolve(external_node_path_.posix.dirname(file.path), pattern)];
    });
}
/**
 * The repo path of a path in the container.
 * @param folder the Caddyfile's folder in the repository; empty for its root
 * @returns undefined when it would be outside of the repository
 */
function inRepository(path, folder) {
    const found = external_node_path_.posix.join(folder, external_node_path_.posix.relative(FOLDER, path));
    return found.startsWith("../") || found === ".." || external_node_path_.posix.isAbsolute(found) ? undefined : found;
}
/** Whether an image is the official one, by its name. */
function isOfficialCaddy(image) {
    return /^((docker\.io|index\.docker\.io)\/)?(library\/)?caddy([:@]|$)/i.test(image);
}

;// CONCATENATED MODULE: ./build/checks/caddy/json-config.js

/** Its path in the container. By its ending Caddy takes it for JSON, as it does a file without an adapter. */
const JSON_CONFIG = `${FOLDER}/caddy.json`;
/** Whether a file is Caddy's JSON, by its name. */
function isJsonConfig(path) {
    return /\.json$/i.test(path);
}
/** A JSON config like a Caddyfile without blocks. Its tokens are the texts in it, the names of its fields among them. */
function parseJsonConfig(text) {
    let tokens;
    return {
        path: JSON_CONFIG,
        text,
        blocks: [],
        imports: [],
        // Such a file may have 10 MB, and only a finding needs them.
        get tokens() {
            tokens ??= textsIn(text);
            return tokens;
        },
    };
}
function textsIn(json) {
    const tokens = [];
    let line = 1;
    const lineEnd = (from) => {
        const at = json.indexOf("\n", from);
        return at < 0 ? json.length : at;
    };
    let next = lineEnd(0);
    for (let start = json.indexOf('"'); start >= 0;) {
        let end = json.indexOf('"', start + 1);
        while (end >= 0 && isEscaped(json, end))
            end = json.indexOf('"', end + 1);
        if (end < 0)
            break;
        for (; next < start; next = lineEnd(next + 1))
            line++;
        tokens.push({ text: json.slice(start + 1, end), line, row: line, quoted: true });
        start = json.indexOf('"', end + 1);
    }
    return tokens;
}
/** Whether an odd number of backslashes is in front of a character. */
function isEscaped(json, at) {
    let first = at;
    while (json[first - 1] === "\\")
        first--;
    return (at - first) % 2 === 1;
}
/** The line of an error of Caddy's in a JSON config; undefined when the message does not lead to one place. */
function lineInJson(message, { text, tokens }) {
    const offset = /, at offset (\d+)$/.exec(message)?.[1];
    if (offset !== undefined)
        return Buffer.from(text)
            .subarray(0, Number(offset) - 1)
            .toString("utf8")
            .split("\n").length;
    const words = [
        /unknown field "([^"]+)"$/,
        /Go struct field \S*?([^\s.]+) of type/,
        /unknown module: (?:\S*\.)?([^\s.]+)$/,
        /[:\s]"?(\/[^\s:"]+)/,
        /loading module '([^']+)'(?!.*loading module ')/s,
        /[`'"]([^`'"\s]+)[`'"]/,
    ].flatMap((pattern) => pattern.exec(message)?.[1] ?? []);
    for (const word of words) {
        const [only, ...more] = tokens.filter((token) => token.text === word);
        if (only !== undefined && more.length === 0)
            return only.line;
    }
    return undefined;
}

;// CONCATENATED MODULE: ./build/checks/caddy/known-directives.js
/** Names in a Caddyfile: those that Caddy knows, those that only Caddy 1 knew, and those of plugins. Pure. */
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
/** Directives that are newer than Caddy 2.6, the oldest version that is tested. */
const NEWER_DIRECTIVES = {
    invoke: "2.7",
    basic_auth: "2.8",
    fs: "2.8",
    intercept: "2.8",
    log_append: "2.8",
    log_name: "2.8",
    log_skip: "2.8",
};
/** Directives of Caddy 1 that Caddy 2 does not have, and what to write instead (caddyserver.com/docs/v2-upgrade). */
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
    minify: "none, it was removed",
    on: "none, it was removed",
    pprof: "none, the admin API has it",
    proxy: "`reverse_proxy`",
    shutdown: "none, it was removed",
    startup: "none, it was removed",
    status: "`respond`",
    timeouts: "the global option `servers`",
    websocket: "`reverse_proxy`, which does it without an option",
};
/** Go modules of plugins that Django projects use, by the directive or global option that they add. */
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
/** The Go module that adds a directive, or a module by its id (`dns.providers.cloudflare`); undefined when it is not a known plugin's. */
function pluginOf(name) {
    const provider = /^dns\.providers\.([a-z0-9]+)$/.exec(name)?.[1];
    if (provider !== undefined)
        return `github.com/caddy-dns/${provider}`;
    if (name === "http.encoders.br")
        return "github.com/dunglas/caddy-cbrotli";
    return Object.hasOwn(PLUGINS, name) ? PLUGINS[name] : undefined;
}

;// CONCATENATED MODULE: ./build/checks/caddy/shell-variables.js
/**
 * `${NAME}` and `$NAME` in a Caddyfile. A shell and compose write variables so; Caddy takes the text as it is, and writes
 * `{$NAME}`. Pure.
 */

/** `${NAME}`, `${NAME:-default}`, and `$NAME` in capitals: `/$metadata` and `/$RECYCLE.BIN` are paths. */
const VARIABLE = /(?<![{$\\])\$(?:\{([A-Za-z_]\w*)(?:(:?[-?+=]|:)([^{}]*))?\}|(?!(?<=\/\$)[A-Z0-9_]+\.)([A-Z_][A-Z0-9_]*))/g;
/** Caddy's short placeholders without a dot (caddyserver.com/docs/caddyfile/concepts#placeholders). */
const PLACEHOLDER = /^(client_ip|dir|file|host|hostport|method|orig_(method|uri|path|query|dir|file)|path|(prefixed_)?query|port|remote(_host|_port)?|scheme|tls_\w+|upstream_hostport|uri)$/;
/** Directives whose arguments are hosts, ports, folders or addresses. */
const CERTAIN = new Set(("reverse_proxy to php_fastcgi forward_auth root file_server bind default_bind email http_port https_port acme_ca " +
    "default_sni admin tls handle handle_path redir dns acme_dns output dir").split(" "));
/** Directives in which a dollar belongs to a regular expression, a hash, a template, or a text for people. */
const OTHER = new Set(("path_regexp header_regexp vars_regexp expression respond error format templates basic_auth basicauth replace " +
    "uri map").split(" "));
/** Every variable of a shell, file by file. */
function shellVariablesIn(files) {
    return files.flatMap((file) => {
        const places = [...file.imports, ...file.blocks.flatMap(({ directives }) => directives)].flatMap(placesIn);
        const keys = file.blocks.filter(({ kind }) => kind === "site").flatMap((block) => block.keys);
        return [
            ...keys.flatMap((token) => variablesOf(token, file.path, "certain")),
            ...places.flatMap(({ token, sure }) => variablesOf(token, file.path, sure)),
            ...inJson(file),
        ];
    });
}
function placesIn(directive) {
    const { name, args, block } = directive;
    const isMatcher = name.text.startsWith("@");
    const kind = isMatcher ? (args[0]?.text ?? "") : name.text;
    if (OTHER.has(kind) || args.some(({ text }) => /regexp|^expression$|^\^|\$$/.test(text)))
        return [];
    // `header_up FIELD REGEXP REPLACEMENT`, where `${name}` is a group of the expression.
    if (/^(request_)?header/.test(kind) && args.length > 2)
        return [];
    const isCertain = CERTAIN.has(kind) || (isMatcher && kind === "host");
    const places = args.map((token, index) => ({
        token,
        // What follows the file goes into it, or into a snippet.
        sure: isCertain || (kind === "import" && index === 0) ? "certain" : "uncertain",
    }));
    return [...places, ...block.flatMap(placesIn)];
}
function variablesOf({ text, line }, file, sure) {
    if (text.includes("\n"))
        return [];
    return [...text.matchAll(VARIABLE)].flatMap(([written, braced, operator = "", rest = "", bare]) => {
        if (sure === "uncertain" && bare !== undefined)
            return [];
        const fallback = /^(:|:?-)$/.test(operator) ? `:${rest}` : "";
        const at = { text: written, file, line, certain: sure === "certain" };
        if (braced !== undefined && operator === "" && PLACEHOLDER.test(braced))
            return [
                {
                    ...at,
                    means: `In \`${written}\` Caddy replaces \`{${braced}}\` and leaves the dollar in front of it.`,
                    advice: `write \`{${braced}}\`, which is Caddy's placeholder`,
                },
            ];
        return [
            {
                ...at,
                means: `\`${written}\` is no variable for Caddy, which takes it as it is written. A shell and compose write variables so.`,
                advice: `write \`{$${braced ?? bare}${fallback}}\`, and set the variable in Caddy's container`,
            },
        ];
    });
}
/** In JSON a variable is `{env.NAME}`. */
const IN_JSON = /\$\{([A-Za-z_]\w*)[^{}]*\}|\{\$([A-Za-z_]\w*)[^{}]*\}/g;
function inJson({ path, blocks, text: json, tokens }) {
    if (blocks.length > 0 || !path.endsWith(".json") || !/\$\{|\{\$/.test(json))
        return [];
    const meant = addressesIn((0,request_json/* parseJson */.qF)(json));
    return tokens.flatMap(({ text, line }) => {
        if (!meant.has(text))
            return [];
        return [...text.matchAll(IN_JSON)].map(([written, shell, caddyfile]) => ({
            text: written,
            means: shell === undefined
                ? `\`${written}\` is a variable in a Caddyfile only: in JSON Caddy takes it as it is written.`
                : `\`${written}\` is no variable for Caddy, which takes it as it is written. A shell and compose write variables so.`,
            advice: `write \`{env.${shell ?? caddyfile}}\`, and set the variable in Caddy's container`,
            file: path,
            line,
            certain: true,
        }));
    });
}
/** The texts of a JSON config that are addresses or hosts, with a dollar in them, as JSON writes them. */
function addressesIn(config) {
    const found = new Set();
    const take = (value) => {
        if (typeof value === "string" && value.includes("$"))
            found.add(JSON.stringify(value).slice(1, -1));
    };
    // Such a config may be nested deeply: nothing here calls itself.
    const left = [config];
    for (let value = left.pop(); value !== undefined; value = left.pop()) {
        if (typeof value !== "object" || value === null)
            continue;
        for (const [key, inner] of Object.entries(value)) {
            if (/^(dial|host|listen)$/.test(key))
                for (const one of [inner].flat())
                    take(one);
            left.push(inner ?? null);
        }
    }
    return found;
}
/**
 * A finding for each line and variable.
 * @param rendered something of the project replaces variables before Caddy reads the file, perhaps
 */
function shellVariableFindings({ files, rendered }) {
    const found = new Map(shellVariablesIn(files).map((one) => [`${one.file} ${one.line} ${one.text}`, one]));
    return [...found.values()].map(({ means, advice, file, line, certain }) => {
        const isCertain = certain && !rendered;
        return {
            id: "caddy.shell-variable",
            level: isCertain ? "WARNING" : "INFO",
            message: means,
            hint: isCertain
                ? `${advice.replace("write", "Write")}.`
                : `If nothing replaces it before Caddy reads the file, ${advice}.`,
            file,
            line,
        };
    });
}

;// CONCATENATED MODULE: ./build/checks/caddy/variables.js
/** `{$NAME}` or `{$NAME:default}`. */
const variables_VARIABLE = /\{\$([^}:]+)(?::([^}]*))?\}/g;
/** Every use, file by file, in the order of the text. Variables in comments do not count. */
function usesIn(files) {
    return files.flatMap((file) => {
        const sites = file.blocks.filter(({ kind }) => kind === "site");
        // A row holds either addresses or directives, never both.
        const addressRows = new Set(sites.flatMap(({ keys }) => keys.map(({ row }) => row)));
        return file.tokens.flatMap((token) => usesOf(token, file.path, addressRows.has(token.row)));
    });
}
function usesOf(token, file, isAddress) {
    return [...token.text.matchAll(variables_VARIABLE)].map((match) => {
        const [, name = "", fallback] = match;
        const before = token.text.charAt(match.index - 1);
        const where = !isAddress ? "directive" : before === ":" ? "port" : "host";
        const line = token.line + token.text.slice(0, match.index).split("\n").length - 1;
        return { name, fallback, file, line, where };
    });
}
/** Names that a shell accepts for a variable. Only these can be given to Caddy. */
const SHELL_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
/**
 * Stand-ins for the variables in addresses that have no default: hosts of the reserved domain `example`
 * (RFC 2606) and high ports.
 * @param env what the workflow sets. A variable that the image sets gets a stand-in too, which the container does not use.
 */
function standIns(uses, env) {
    const needed = new Map();
    for (const { name, fallback, where } of uses) {
        if (where === "directive" || fallback !== undefined || env.has(name) || !SHELL_NAME.test(name))
            continue;
        if (needed.get(name) !== "host")
            needed.set(name, where);
    }
    const valueFor = (where, index) => where === "port" ? String(8443 + index) : `shipshape-${index + 1}.example`;
    return new Map([...needed].map(([name, where], index) => [name, valueFor(where, index)]));
}
/**
 * The state of every variable that is used.
 * @param reported what caddy.sh saw before it set stand-ins: `set`, `empty` or `unset`
 */
function variableStates({ uses, env, standIns }, reported) {
    return new Map(uses.map(({ name }) => {
        const state = reported.get(name);
        if (state === "empty")
            return [name, "empty"];
        if (state === "set")
            return [name, env.has(name) ? "given" : "image"];
        return [name, standIns.has(name) ? "stand-in" : "unset"];
    }));
}
/** The values that Caddy saw. One that the image sets is not known outside of the container. */
function valuesOf({ env, standIns }, states) {
    return (name, fallback) => {
        const state = states.get(name);
        if (state === "given" || state === "empty")
            return env.get(name) ?? "";
        return state === "image" ? undefined : (fallback ?? standIns.get(name) ?? "");
    };
}
/** A text with its variables replaced; undefined when one of the values is not known. */
function expand(text, lookUp) {
    let isKnown = true;
    const expanded = text.replace(variables_VARIABLE, (_, name, fallback) => {
        const value = lookUp(name, fallback);
        isKnown &&= value !== undefined;
        return value ?? "";
    });
    return isKnown ? expanded : undefined;
}

;// CONCATENATED MODULE: ./build/checks/caddy/explain.js
/** What Caddy's error means for the person who reads it: an id, the likely cause, what to write. Pure. */





/** Explains the one error that validate ended with. */
function explain(error, context) {
    const placed = error.file === "" ? { ...error, ...findPlace(error, context.caddyfile) } : error;
    const { file, line, importChain } = placed;
    const message = placed.message.replace(/(, at offset \d+)?; did you mean to use a config adapter .*$/, "");
    const hint = importChain.length === 0 ? "" : `It was imported by ${importChain.join(", ")}.`;
    const plain = { id: "caddy.invalid", level: "ERROR", message, hint, file, line };
    for (const explanation of [
        emptyAddress,
        shellVariable,
        unsetVariable,
        missingFile,
        missingImport,
        importCycle,
        unknownDirective,
    ]) {
        const explained = explanation(placed, context);
        if (explained !== undefined)
            return { ...plain, ...explained };
    }
    return plain;
}
/**
 * An address from an empty variable. Caddy takes its block for the global options, so its error names a directive
 * that is right.
 */
function emptyAddress({ message }, { caddyfile, states }) {
    const option = /^unrecognized global option: (\S+)$/.exec(message)?.[1];
    if (option === undefined || !DIRECTIVES.includes(option))
        return undefined;
    const isEmpty = (text) => expand(text, (name, fallback) => (hasNoValue(states.get(name), fallback) ? "" : "x")) === "";
    for (const file of caddyfile.files) {
        for (const { kind, keys } of file.blocks) {
            const key = keys.find(({ text }) => kind === "site" && isEmpty(text));
            if (key === undefined)
                continue;
            return {
                id: "caddy.empty-address",
                message: `${key.text} is empty, so Caddy reads its block as global options, and there is no global option ${option}.`,
                hint: "Give it a value with `caddy-env`, and in production. Caddy uses a default (`{$NAME:localhost}`) only for a variable that is not set, not for an empty one.",
                file: file.path,
                line: key.line,
            };
        }
    }
    return {
        hint: "A block without an address before its `{` holds the global options. Write the site's address there.",
    };
}
/** A variable of a shell on the line of the error, or in its message, where Caddy may have made it lower case. */
function shellVariable({ message, file, line }, { caddyfile }) {
    const all = shellVariablesIn(caddyfile.files);
    const found = all.find((one) => one.file === file && one.line === line) ??
        all.find(({ text }) => message.toLowerCase().includes(text.toLowerCase()));
    return (found && {
        id: "caddy.shell-variable",
        // The file that Caddy reads in production may be another one.
        ...(caddyfile.rendered ? { level: "INFO" } : {}),
        hint: `${found.means} ${caddyfile.rendered
            ? `If nothing replaces it before Caddy reads the file, ${found.advice}`
            : found.advice.replace("write", "Write")}.`,
        file: found.file,
        line: found.line,
    });
}
function hasNoValue(state, fallback) {
    return state === "empty" || (state === "unset" && fallback === undefined);
}
/** A variable without a value: on the line of the error, or `{env.NAME}`, which Caddy reads while it loads modules. */
function unsetVariable({ message, file, line }, { caddyfile, states }) {
    const placeholder = /evaluated placeholder \{env\.([^}]+)\} is empty/.exec(message)?.[1];
    const onLine = caddyfile.uses.filter((use) => use.file === file && use.line === line && hasNoValue(states.get(use.name), use.fallback));
    const names = placeholder === undefined ? onLine.map(({ name }) => name) : [placeholder];
    if (names.length === 0)
        return undefined;
    return {
        id: "caddy.unset-variable",
        hint: `${names.join(" and ")} ${names.length === 1 ? "has" : "have"} no value here, which may be the only problem. ` +
            `Give a value that Caddy accepts:\ncaddy-env: |\n${[...new Set(names)].map((name) => `  ${name}=…`).join("\n")}`,
    };
}
/** A certificate or the like, which production has and the check has not. Caddy stops at the first. */
function missingFile({ message, phase }) {
    const path = /\b(?:open|stat|lstat) (\/\S+): no such file or directory$/.exec(message)?.[1];
    if (path === undefined || phase !== "provision")
        return undefined;
    return {
        id: "caddy.missing-file",
        level: "INFO",
        message: `${path} does not exist during the check. Caddy read the Caddyfile without an error and stopped when it tried to load that file.`,
        hint: "It must exist in production. To have the rest checked too, put a file at that path into the project's own Caddy image.",
    };
}
function missingImport({ message }) {
    if (!/^file to import not found/i.test(message))
        return undefined;
    return {
        id: "caddy.missing-import",
        hint: "An import is relative to the file that it is written in. shipshape takes imported files from the repository; /etc/caddy/… is the Caddyfile's own folder.",
    };
}
/** Caddy names the two files, and no line. */
function importCycle({ message }) {
    const first = /^a cycle of imports exists between (\S+) and \S+$/.exec(message)?.[1];
    if (first === undefined)
        return undefined;
    return {
        file: first,
        hint: "These files import each other, so there is no end to it. Remove one of the imports.",
    };
}
/** A directive, option or module that this Caddy does not have: a plugin's, Caddy 1's, a newer one, or a typo. */
function unknownDirective(error, context) {
    const name = unknownName(error.message);
    if (name === undefined)
        return undefined;
    const file = context.caddyfile.files.find(({ path }) => path === error.file);
    // Inside another directive Caddy names the line on which that one ends; the name itself is further up.
    const token = file?.tokens.findLast(({ text, line }) => text === name && line <= (error.line ?? 0));
    const place = token === undefined ? {} : { line: token.line };
    return { ...explainName(name, error.message, context), ...place };
}
/** The name that Caddy does not know; undefined when the error is about something else. */
function unknownName(message) {
    return (/^unrecognized (?:directive|global option): (\S+)(?: - are you sure .*)?$/.exec(message)?.[1] ??
        /(?:module not registered|unknown module): (?:http\.handlers\.)?(\S+)$/.exec(message)?.[1] ??
        /^(\S+) is not a registered directive$/.exec(message)?.[1]);
}
function explainName(name, message, context) {
    const instead = Object.hasOwn(VERSION_1, name) ? VERSION_1[name] : undefined;
    if (instead !== undefined)
        return {
            id: "caddy.version-1",
            hint: `${name} is a directive of Caddy 1, and this is Caddy ${context.version}. Its replacement: ${instead}. See caddyserver.com/docs/v2-upgrade.`,
        };
    const since = Object.hasOwn(NEWER_DIRECTIVES, name) ? NEWER_DIRECTIVES[name] : undefined;
    if (since !== undefined)
        return {
            hint: `${name} needs Caddy ${since}, and this is ${context.version}. Name the version that production has with \`caddy-image\`.`,
        };
    const plugin = pluginOf(name);
    const known = message.includes("option") ? OPTIONS : DIRECTIVES;
    const similar = plugin === undefined ? (0,problems/* nearest */.pA)(name, known) : undefined;
    if (similar === undefined)
        return { id: "caddy.missing-plugin", hint: pluginHint(plugin, context) };
    const perhaps = context.stockImage === ""
        ? ""
        : " If a plugin adds it, name the Dockerfile of the project's own Caddy image with `caddy-file`.";
    return { hint: `Did you mean \`${similar}\`?${perhaps}` };
}
function pluginHint(plugin, { stockImage }) {
    const from = plugin === undefined ? "It may come from a plugin" : `It comes from the plugin ${plugin}`;
    if (stockImage === "")
        return `${from} that the project's Caddy image was not built with (\`xcaddy build --with ${plugin ?? "MODULE"}\`), or it is misspelt.`;
    return (`${from}, which ${stockImage} does not have. Name the Dockerfile of the project's own Caddy image with ` +
        "`caddy-file`; one next to the Caddyfile that ends with FROM caddy is found without it. It can be as short as\n" +
        "FROM caddy:2-builder AS builder\n" +
        `RUN xcaddy build --with ${plugin ?? "MODULE"}\n` +
        "FROM caddy:2\n" +
        "COPY --from=builder /usr/bin/caddy /usr/bin/caddy");
}
/** The likely place of an error for which Caddy names none: the last token that the message quotes. */
function findPlace({ message }, { files, main }) {
    const [first] = files;
    if (first !== undefined && isJsonConfig(main))
        return { file: main, line: lineInJson(message.replace(/; did you mean .*$/s, ""), first) };
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

;// CONCATENATED MODULE: ./build/checks/caddy/caddy-findings.js


/** All that `caddy` reports, in the order: Caddy's error, the choice of the file, variables, warnings. */
function caddyFindings({ error, warnings }, context) {
    const { caddyfile, states } = context;
    const errors = error === undefined ? [] : [explain(error, context)];
    // An error that names a missing variable already says what the finding about that variable would say.
    const isExplained = (draft) => errors.some(({ id, file, line }) => /-variable$/.test(id) && file === draft.file && line === draft.line && draft.level !== "ERROR");
    return [
        ...errors,
        ...severalCaddyfiles(caddyfile),
        ...[...variableFindings(caddyfile.uses, states), ...shellVariableFindings(caddyfile)].filter((draft) => !isExplained(draft)),
        ...warnings.map((one) => ({ ...one, id: "caddy.warning", level: "INFO", hint: "" })),
    ];
}
/** When there are several Caddyfiles, only the project knows which one production uses. */
function severalCaddyfiles({ others, main }) {
    if (others.length === 0)
        return [];
    return [
        {
            id: "caddy.several",
            level: "INFO",
            message: `${main} was checked. These Caddyfiles were not: ${others.join(", ")}.`,
            hint: "Name the Caddyfile that production uses with the input `caddyfile`.",
            file: main,
            line: undefined,
        },
    ];
}
/** Each problem of a variable is reported once, at the first place that has it. */
function variableFindings(uses, states) {
    const reported = new Set();
    return uses.flatMap((use) => {
        const { name, file, line } = use;
        const found = problemsOf(use, states.get(name)).filter(({ id }) => !reported.has(`${id} ${name}`));
        for (const { id } of found)
            reported.add(`${id} ${name}`);
        return found.map((one) => ({ ...one, file, line }));
    });
}
function problemsOf({ name, fallback, where }, state) {
    const found = [];
    if (fallback?.startsWith("-"))
        found.push({
            id: "caddy.default-dash",
            level: "WARNING",
            message: `{$${name}:${fallback}} has the default "${fallback}", with the dash. \`:-\` is shell syntax; Caddy's is \`:\`.`,
            hint: `Write {$${name}:${fallback.slice(1)}}.`,
        });
    if (fallback === undefined && (state === "stand-in" || state === "unset"))
        found.push({
            id: "caddy.variable",
            level: "INFO",
            message: state === "unset"
                ? `{$${name}} has no value here, so Caddy replaces it with nothing.`
                : `{$${name}} has no value here, so the file was checked with a ${where === "port" ? "port" : "reserved example host"} in its place.`,
            hint: `To check the file as production reads it, give the variable its value:\ncaddy-env: |\n  ${name}=…`,
        });
    if (fallback !== undefined && state === "empty")
        found.push({
            id: "caddy.empty-variable",
            level: "WARNING",
            message: `${name} is set but empty, so Caddy replaces it with nothing. The default "${fallback}" is only for a variable that is not set.`,
            hint: "Remove the variable, or give it a value.",
        });
    return found;
}

;// CONCATENATED MODULE: ./build/checks/caddy/finding-writer.js
/** From what was found in a container's Caddyfile to a finding of the repository. Pure. */

/**
 * Gives drafts their level, their place in the repository, and texts without secrets. If the workflow did not name the
 * Caddyfile, a finding is INFO and its hint says how to make it count.
 * @param scrub replaces secret values in a text
 */
function findingWriter({ path, named, repoPaths }, scrub) {
    /** The text for the reader, who knows the paths of the repository and not those of our container. */
    const written = (text) => scrub([...repoPaths].reduce((before, [from, to]) => before.replaceAll(from, to), text));
    const unnamed = `The workflow does not name this Caddyfile, so its findings are INFO. \`caddyfile: ${path}\` makes them count.`;
    return (check, draft) => {
        const { level, hint, replacement } = draft;
        const file = repoPaths.get(draft.file) ?? "";
        const line = draft.line === undefined ? "" : `:${draft.line}`;
        const whole = named || level === "INFO" ? hint : `${hint}\n${unnamed}`;
        return {
            ...finding/* PLAIN_FINDING */.nR,
            check,
            level: named ? level : "INFO",
            id: draft.id,
            message: written(draft.message),
            hint: written(whole.trim()),
            file,
            line: file === "" ? undefined : draft.line,
            containerFile: file === "" && draft.file !== "" ? `${draft.file}${line}` : "",
            ...(replacement === undefined ? {} : { replacement }),
        };
    };
}

;// CONCATENATED MODULE: ./build/checks/caddy/rules/comparison.js
/** What the rules of `hosts` compare, and what several of them need. Pure. */

/** The port of `web:8000`; undefined for a socket, or when none is written. */
function portOf(upstream) {
    const port = /:(\d{1,5})$/.exec(upstream)?.[1];
    return port === undefined ? undefined : Number(port);
}
/** The host that Django sees when the browser asked for `host`; undefined when that cannot be known. */
function hostSeenByDjango(route, host, django) {
    const forwarded = django.value("USE_X_FORWARDED_HOST") === true ? route.headers.get("x-forwarded-host") : "";
    const seen = forwarded === "" ? route.host : forwarded;
    return seen === BROWSERS_HOST ? host : seen?.replace(/:\d+$/, "").toLowerCase();
}

;// CONCATENATED MODULE: ./build/checks/caddy/rules/allowed-hosts.js
/** Rule: each host that Caddy proxies to Django is in ALLOWED_HOSTS (`hosts.not-allowed`). Pure. */


/** Hosts that Django answers with 400 Bad Request. With DEBUG on, Django accepts more, so nothing is reported. */
function allowedHosts(comparison) {
    const { routes, django } = comparison;
    const allowed = django.list("ALLOWED_HOSTS");
    if (allowed === undefined || django.value("DEBUG") === true)
        return [];
    return routes.flatMap((route) => route.hosts.filter(isPublic).flatMap((host) => notAllowed(route, host, allowed, comparison)));
}
function notAllowed(route, host, allowed, { django, certain }) {
    const seen = hostSeenByDjango(route, host, django);
    // A wildcard site stands for all its subdomains, which only a pattern with a leading dot allows.
    const tested = seen?.startsWith("*.") ? seen.slice(1) : seen;
    if (tested === undefined || isAllowed(tested, allowed))
        return [];
    const sent = seen === host ? "" : ` and sends Django the host ${seen} instead`;
    const isCertain = certain && django.areProductions("ALLOWED_HOSTS") && !tested.startsWith(".");
    return [
        {
            id: "hosts.not-allowed",
            level: isCertain ? "WARNING" : "INFO",
            message: `Caddy serves ${host}${sent}, which ${django.quote("ALLOWED_HOSTS")} does not allow: Django answers 400 Bad Request.`,
            hint: seen === host
                ? `Add "${tested}" to ALLOWED_HOSTS.${django.whereFrom("ALLOWED_HOSTS")}`
                : "Remove `header_up Host` (Caddy passes the browser's host on by itself), or set USE_X_FORWARDED_HOST = True.",
            at: { host },
        },
    ];
}
/** As Django does it: `validate_host` in django.http.request. */
function isAllowed(host, patterns) {
    return patterns
        .map((pattern) => pattern.toLowerCase())
        .some((pattern) => pattern === "*" ||
        pattern === host ||
        (pattern.startsWith(".") && (host === pattern.slice(1) || host.endsWith(pattern))));
}

// EXTERNAL MODULE: ./build/checks/project/compose.js
var compose = __webpack_require__(3810);
// EXTERNAL MODULE: ./build/checks/project/image-services.js + 1 modules
var image_services = __webpack_require__(5245);
;// CONCATENATED MODULE: ./build/checks/caddy/rules/django-routes.js
/** Which of Caddy's proxy routes lead to Django. Pure. */




/**
 * Finds the routes that lead to Django: by the names of compose's services, of the app and its image; where these do not
 * say it, Django is the upstream on a port of the image.
 * @returns `certain` is false when the routes may lead to something else: Django cannot be distinguished from the other
 *   upstreams, or the only upstream has a port that is not the image's, of which perhaps none is known (a frontend in front
 *   of Django, say)
 */
function routesToDjango(proxies, project) {
    const { imagePorts } = project;
    const all = mergeAlike(proxies);
    const ours = all.filter((route) => isOurs(route, project) === true);
    if (ours.length > 0)
        return { routes: ours, certain: true };
    const routes = all.filter((route) => isOurs(route, project) !== false);
    const groups = new Set(routes.map(groupOf).filter((group) => group !== ""));
    if (groups.size <= 1) {
        const ports = routes.flatMap(({ upstreams }) => upstreams.map(portOf));
        const hasOtherPort = ports.some((port) => port !== undefined && !imagePorts.includes(port));
        const areSockets = routes.every(({ upstreams }) => upstreams.every((one) => one.startsWith("unix/")));
        const isOnImagePort = imagePorts.length > 0 && !hasOtherPort;
        return { routes, certain: groups.size === 1 && (areSockets || isOnImagePort) };
    }
    const onImagePort = routes.filter(({ upstreams }) => upstreams.some((upstream) => imagePorts.includes(portOf(upstream) ?? -1)));
    if (onImagePort.length === 0)
        return { routes, certain: false };
    return { routes: onImagePort, certain: new Set(onImagePort.map(groupOf)).size === 1 };
}
/** Routes with the same upstreams belong together. A route whose upstreams only run time knows has none. */
function groupOf({ upstreams }) {
    return upstreams.join(" ");
}
/** Whether the upstreams run the app's image; undefined when nothing says so. */
function isOurs({ upstreams }, { services, app, image }) {
    const service = (0,compose/* upstreamService */.RL)(upstreams, services);
    if (service === undefined)
        return app !== "" && upstreams.some((one) => hostOf(one) === app) ? true : undefined;
    const runs = (0,image_services/* runsImage */.m2)(service, image);
    return runs === false && hasItsLastPart(service, image.repository) ? isAlone(service, services) : runs;
}
/** Whether the image is another one with the same last part: a mirror's `acme/shop`, or a neighbour's `blog/shop`. */
function hasItsLastPart({ image, isBuilt }, repository) {
    return !isBuilt && lastPart(image) === lastPart(repository);
}
/** The only image with its last part is a mirror's. Of several nothing says which is ours. */
function isAlone(service, services) {
    const alike = services.filter(({ image }) => lastPart(image) === lastPart(service.image));
    return new Set(alike.map(({ image }) => (0,reference/* canonical */.$N)((0,reference/* split */.lD)(image).name))).size === 1 ? true : undefined;
}
function lastPart(image) {
    return (0,reference/* split */.lD)(image).name.split("/").at(-1);
}
function hostOf(upstream) {
    return upstream.replace(/:\d+$/, "");
}
/** Routes that differ only in their hosts as one, so that what is wrong is reported once for all hosts. */
function mergeAlike(proxies) {
    const merged = new Map();
    for (const proxy of proxies) {
        const { hosts, headers, ...rest } = proxy;
        // A site for every host (no hosts) must not be merged with one for some.
        const key = JSON.stringify([
            rest,
            [...headers].map(([name, value]) => [name, value ?? null]),
            hosts.length === 0,
        ]);
        const before = merged.get(key)?.hosts ?? [];
        merged.set(key, { ...proxy, hosts: [...new Set([...before, ...hosts])] });
    }
    return [...merged.values()];
}

// EXTERNAL MODULE: ./build/checks/project/mounts.js
var project_mounts = __webpack_require__(7826);
;// CONCATENATED MODULE: ./build/checks/caddy/caddy-service.js

/**
 * The one service that is Caddy, by its Caddyfile, else its image, else its name; undefined when no service is, or
 * several are.
 */
function caddyService(services) {
    const signs = [
        ({ mounts }) => mounts.some(({ target }) => /^\/etc\/caddy(\/|$)/.test(target)),
        usesStockCaddy,
        ({ name }) => /(^|[_-])caddy([_-]|$)/i.test(name),
    ];
    for (const sign of signs) {
        const found = services.filter(sign);
        if (found.length > 0)
            return found.length === 1 ? found[0] : undefined;
    }
    return undefined;
}
/** Whether a service runs the official image `caddy`, in which there are no files of the project. */
function usesStockCaddy({ image, isBuilt }) {
    return !isBuilt && isOfficialCaddy(image);
}

;// CONCATENATED MODULE: ./build/checks/caddy/rules/shared-folder.js
/** Whether Caddy and Django see the same files, by what their services of a compose file mount. Pure. */



/** Finds Caddy's service and Django's; undefined when the compose files do not say which is which. */
function sharingIn({ services, ownCaddy }, routes) {
    const caddy = caddyService(services);
    const upstreams = routes.flatMap((route) => route.upstreams);
    const django = (0,compose/* upstreamService */.RL)(upstreams, services);
    if (caddy === undefined || django === undefined || caddy === django)
        return undefined;
    return { caddy, django, besides: services.filter((service) => service !== caddy), ownCaddy };
}
/**
 * Compares what the two services have at their folders.
 * @param folder where Caddy looks
 * @param root where Django puts the files, and the setting that names it as a message may quote it; one that comes from
 *   `env` must not be printed
 * @returns whether the two see the same files; if not, the end of the message that says so, and a hint; undefined when the
 *   compose files do not say for certain
 */
function sharedFolder(folder, root, { caddy, django, besides, ownCaddy }) {
    if (!folder.startsWith("/") || !root.path.startsWith("/"))
        return undefined;
    const caddySources = (0,compose/* sourcesOf */.u0)(folder, caddy);
    const filled = besides.flatMap((service) => (0,compose/* sourcesOf */.u0)(root.path, service));
    if (caddySources.some((source) => filled.includes(source)))
        return "same";
    if ((0,compose/* mayHaveUnknown */.q1)(folder, caddy) || (0,compose/* mayHaveUnknown */.q1)(root.path, django))
        return undefined;
    const mount = (0,compose/* mountAround */.hj)(folder, caddy);
    const service = `the service \`${caddy.name}\` in ${caddy.file}`;
    const hint = `Mount the same volume in both services: in \`${caddy.name}\` at ${folder}, in \`${django.name}\` at Django's folder.`;
    if (mount === undefined) {
        // An image that is not the stock one may have the files copied into it.
        if (ownCaddy || !usesStockCaddy(caddy))
            return undefined;
        return { why: `where ${service} mounts nothing. Django has ${root.quoted}`, hint };
    }
    const volume = (0,project_mounts/* volumeName */.EH)(mount);
    const isShared = besides.some(({ mounts }) => mounts.some((one) => (0,project_mounts/* volumeName */.EH)(one) === volume));
    if (volume !== undefined && !isShared)
        return {
            why: `where ${service} mounts the volume \`${volume}\`. No other service mounts that volume. Django has ${root.quoted}`,
            hint,
        };
    const [caddySource] = caddySources;
    const [djangoSource] = (0,compose/* sourcesOf */.u0)(root.path, django);
    const djangoMount = (0,compose/* mountAround */.hj)(root.path, django);
    if (caddySource === undefined || djangoSource === undefined || djangoMount === undefined)
        return undefined;
    // Another service, or the machine, may fill what Caddy sees.
    if ((0,project_mounts/* volumeName */.EH)(djangoMount) !== volume)
        return undefined;
    const place = root.isFromEnv ? "another folder" : `\`${djangoSource}\``;
    return {
        why: `which is \`${caddySource}\` by the mounts of ${service}. ${root.quoted} is ${place} by the mounts of \`${django.name}\``,
        hint: "Both must be the same folder. `handle_path` removes the prefix from the path, `handle` does not.",
    };
}

;// CONCATENATED MODULE: ./build/checks/caddy/routes/paths.js
/** Paths of URLs and files as Caddy treats them: Go's `path` and `net/url`, and Caddy's own CleanPath. Pure. */

/** Reads `/a%20b?x=y`. */
function urlOf(target) {
    const [, sent = "", query = ""] = /^([^?]*)\??(.*)$/s.exec(target) ?? [];
    return { ...withPath(sent), query };
}
/** A path that was written in its escaped form. One that is not valid stays as it is. */
function withPath(sent) {
    const path = unescaped(sent);
    if (path === undefined || path === "")
        return { path: sent, raw: "" };
    return { path, raw: sent === escaped(path) ? "" : sent };
}
/** The path as Caddy sends it on. */
function escapedPath({ path, raw }) {
    return path === undefined || raw !== "" ? raw || undefined : path === "*" ? path : escaped(path);
}
/** Path and query as Caddy sends them on. */
function targetOf(url) {
    const path = escapedPath(url);
    if (path === undefined || url.query === undefined)
        return undefined;
    return (path === "" ? "/" : path) + (url.query === "" ? "" : `?${url.query}`);
}
function escaped(path) {
    return encodeURI(path.toWellFormed()).replace(/[?!*'()#]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
}
/** The text without its escapes; undefined when one of them is broken. */
function unescaped(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        return undefined;
    }
}
/** Go's path.Clean. */
function clean(path) {
    return external_node_path_.posix.normalize(path).replace(/(.)\/$/, "$1");
}
/** Caddy's CleanPath: a trailing slash stays, and doubled slashes where they are not merged. */
function cleanPath(path, mergeSlashes) {
    const marked = mergeSlashes ? path : path.replace(/(?<=\/)\//g, "\uffff/");
    const cleaned = clean(marked).replaceAll("\uffff", "");
    return path.endsWith("/") && !cleaned.endsWith("/") ? `${cleaned}/` : cleaned;
}
/** Caddy's SanitizedPathJoin: the result is never outside of the root, and a trailing slash stays. */
function fileBelow(root, path) {
    const joined = clean(external_node_path_.posix.join(root === "" ? "." : root, clean(`/${path}`)));
    return path.endsWith("/") && path.length > 1 && joined !== "/" ? `${joined}/` : joined;
}
/** Go's path.Match. A pattern that is not valid matches nothing. */
function globMatches(pattern, text) {
    const parts = globParts(pattern);
    if (parts === undefined)
        return false;
    let part = 0;
    let char = 0;
    let back;
    while (char < text.length) {
        const wanted = parts[part];
        if (wanted === "*") {
            back = { part: ++part, char };
        }
        else if (wanted?.(text.charAt(char))) {
            part++;
            char++;
        }
        else {
            // The last star takes one character more, but never a slash.
            if (back === undefined || text.charAt(back.char) === "/")
                return false;
            back.char++;
            part = back.part;
            char = back.char;
        }
    }
    return parts.slice(part).every((one) => one === "*");
}
function globParts(pattern) {
    const found = [...pattern.matchAll(/\*|\?|\\(.)|\[(\^?)((?:\\.|[^\]\\])+)\]|([^\\[])|(.)/gs)];
    const parts = found.map(([all, escaped, not, set, plain]) => {
        if (all === "*")
            return "*";
        if (all === "?")
            return (char) => char !== "/";
        if (set !== undefined) {
            const ranges = [...set.matchAll(/\\?(.)(?:-\\?(.))?/gs)];
            const has = (char) => ranges.some(([, low = "", high = low]) => low <= char && char <= high);
            return (char) => has(char) === (not === "");
        }
        const literal = escaped ?? plain;
        return literal === undefined ? undefined : (char) => char === literal;
    });
    return parts.includes(undefined) ? undefined : parts;
}
/**
 * Caddy's trimPathPrefix: letters match in either case, and an escape in the prefix only the same escape.
 * @param path an escaped path
 */
function withoutPrefix(path, prefix) {
    let at = 0;
    let wanted = 0;
    for (; at < path.length && wanted < prefix.length; at++, wanted++) {
        let char = path.charAt(at);
        if (char === "%" && prefix.charAt(wanted) !== "%" && path.length >= at + 3) {
            char = unescaped(path.slice(at, at + 3)) ?? char;
            at += 2;
        }
        if (char.toLowerCase() !== prefix.charAt(wanted).toLowerCase())
            return path;
    }
    return at >= prefix.length ? path.slice(at) : path;
}

;// CONCATENATED MODULE: ./build/checks/caddy/routes/regexp.js
/** Go's regular expressions, as far as JavaScript's mean the same and cannot take forever. Pure. */
const MAX_PATTERN = 500;
/** Longer texts are not searched. */
const MAX_INPUT = 2000;
/**
 * Looks for a pattern of Go's in a text.
 * @returns null when it does not match; undefined when that is not known
 */
function search(pattern, input) {
    const compiled = compile(pattern);
    if (compiled === undefined || input.length > MAX_INPUT)
        return undefined;
    const found = compiled.exec(input);
    if (found === null)
        return null;
    const groups = [...found.entries(), ...Object.entries(found.groups ?? {})];
    return { groups: new Map(groups.map(([name, value]) => [String(name), value ?? ""])) };
}
/**
 * Go's ReplaceAllString.
 * @returns undefined when the result is not known
 */
function replaceAll(pattern, input, replacement) {
    const compiled = compile(pattern, "g");
    if (compiled === undefined || input.length > MAX_INPUT)
        return undefined;
    return input.replace(compiled, (...args) => {
        const named = args.at(-1);
        const groups = typeof named === "object" ? named : {};
        // `$1x` is the group "1x"; `${1}x` is the group 1.
        return replacement.replace(/\$(?:\$|\{(\w+)\}|(\w+))/g, (all, braced, plain) => {
            const name = braced ?? plain;
            if (name === undefined)
                return all.slice(1);
            const value = /^\d+$/.test(name) ? args[Number(name)] : groups[name];
            return typeof value === "string" ? value : "";
        });
    });
}
function compile(pattern, flags = "") {
    // Classes of POSIX and Unicode, quoted texts, and sets that JavaScript reads in another way.
    if (pattern.length > MAX_PATTERN || /\[\[:|\\[pPQCxa]|\[\^?\]|\(\?[a-zA-Z-]*U/.test(pattern))
        return undefined;
    if (repeatsGroup(pattern))
        return undefined;
    const [, inline = "", rest = pattern] = /^\(\?([is]+)\)(.*)$/s.exec(pattern) ?? [];
    const source = rest.replace(/\\[\s\S]|\(\?P</g, (one) => one === "(?P<" ? "(?<" : one === "\\z" ? "$" : one === "\\A" ? "^" : one);
    try {
        return new RegExp(source, flags + inline);
    }
    catch {
        return undefined;
    }
}
/** Whether a group with a choice or a repetition in it is repeated itself: such a pattern may take forever. */
function repeatsGroup(pattern) {
    const groups = [];
    const plain = pattern.replace(/\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]/g, "x");
    for (let at = 0; at < plain.length; at++) {
        const char = plain.charAt(at);
        if (char === "(")
            groups.push(false);
        else if (/[|*+{]/.test(char))
            groups.fill(true);
        else if (char === ")" && groups.pop() && /[*+{]/.test(plain.charAt(at + 1)))
            return true;
    }
    return false;
}

;// CONCATENATED MODULE: ./build/checks/caddy/routes/run.js
/** One request on its way through Caddy: what handlers change, and what placeholders say. Pure. */



/** An error that a handler or a matcher raises. Caddy's error routes may handle it. */
class CaddyError {
    status;
    constructor(status) {
        this.status = status;
    }
}
/** Longer texts are not searched for placeholders. */
const MAX_TEXT = 4000;
/** Placeholders whose values nobody knows before the request comes. */
const UNKNOWN = /^(env\.|file\.|system\.|time\.|http\.(request\.(remote|local|tls\.|uuid|body|duration|proto)|vars\.(client_ip|trusted_proxy|start_time|uuid)|auth\.|reverse_proxy\.|response\.|shutting_down|time_until_shutdown))/;
/** The state of a request. Handlers change it. */
class Run {
    asked;
    ask;
    method;
    url;
    host;
    headers;
    vars = new Map();
    /** Values that matchers and handlers gave to placeholders. */
    placeholders = new Map();
    groups = new Set();
    /** Handlers `map`, which are looked at when a placeholder has no other value. */
    maps = [];
    /** Response headers that Caddy sets. */
    response = new Map();
    /** The status of the error that is being handled. */
    error;
    constructor(asked, ask) {
        this.asked = asked;
        this.ask = ask;
        this.method = asked.method;
        this.url = urlOf(asked.target);
        this.host = asked.host;
        this.headers = new Map(asked.headers);
    }
    /** The values of a request header; undefined when it is unknown whether there is one. */
    header(name) {
        if (name === "host")
            return [this.host];
        return this.headers.get(name) ?? (this.asked.mayHaveMore ? undefined : []);
    }
    /**
     * Caddy's ReplaceAll: placeholders become their values, and those that do not exist become empty.
     * @param keep leaves placeholders as they are that do not exist (ReplaceKnown)
     * @returns undefined when a value is unknown
     */
    replace(input, keep = false, encode = (value) => value) {
        if (!/[{}]/.test(input))
            return input;
        let known = input.length <= MAX_TEXT;
        const replaced = input
            .slice(0, MAX_TEXT)
            .replace(/\\([{}])|\{([^}]*)\}/g, (all, brace, key) => {
            if (brace !== undefined)
                return brace;
            const value = this.get(key);
            if (value === undefined)
                known = false;
            return value === null && keep ? all : encode(value ?? "");
        });
        return known ? replaced : undefined;
    }
    /** The value of a placeholder; undefined when it is unknown, null when there is no such placeholder. */
    get(key) {
        if (this.placeholders.has(key))
            return this.placeholders.get(key);
        const [, part = "", rest = ""] = /^http\.(request\.header|request\.uri\.query|request\.orig_uri\.path|request\.uri\.path|request\.host\.labels|request\.cookie|vars)\.(.+)$/.exec(key) ?? [];
        if (part === "vars" && this.vars.has(rest))
            return this.vars.get(rest);
        if (UNKNOWN.test(key))
            return undefined;
        switch (part) {
            case "request.header":
                return joined(this.header(rest.toLowerCase()));
            case "request.cookie":
                return this.header("cookie")?.length === 0 ? "" : undefined;
            case "request.uri.query":
                return this.url.query === undefined
                    ? undefined
                    : new URLSearchParams(this.url.query).getAll(rest).join(",");
            case "request.host.labels":
                return this.host?.replace(/:\d+$/, "").toLowerCase().split(".").reverse()[Number(rest)] ?? "";
            case "request.orig_uri.path":
                return partOfPath(urlOf(this.asked.target).path, rest);
            case "request.uri.path":
                return partOfPath(this.url.path, rest);
            case "vars":
                return "";
        }
        const name = key.replace(/^http\.request\./, "");
        const values = name === key ? undefined : this.#request(name);
        return values?.() ?? (values === undefined ? this.#mapped(key) : undefined);
    }
    #request(name) {
        const { asked, url } = this;
        const query = (of) => (of.query === "" ? "" : of.query && `?${of.query}`);
        const values = {
            method: () => this.method,
            scheme: () => (asked.https ? "https" : "http"),
            host: () => this.host?.replace(/:\d+$/, ""),
            port: () => this.host && (/:(\d+)$/.exec(this.host)?.[1] ?? ""),
            hostport: () => this.host,
            uri: () => targetOf(url),
            "uri.path": () => url.path,
            "uri.path_escaped": () => url.path && encodeURIComponent(url.path),
            "uri.query": () => url.query,
            "uri.prefixed_query": () => query(url),
            orig_method: () => asked.method,
            orig_uri: () => asked.target,
            "orig_uri.path": () => urlOf(asked.target).path,
            "orig_uri.query": () => urlOf(asked.target).query,
            "orig_uri.prefixed_query": () => query(urlOf(asked.target)),
        };
        return Object.hasOwn(values, name) ? values[name] : undefined;
    }
    /** What a handler `map` gives a placeholder. */
    #mapped(key) {
        for (const map of this.maps.map(request_json/* object */.Ik)) {
            const at = (0,request_json/* texts */.Te)(map.destinations).findIndex((one) => one.replace(/[{}]/g, "") === key);
            if (at < 0)
                continue;
            const input = this.replace((0,request_json/* text */.Qq)(map.source));
            if (input === undefined)
                return undefined;
            for (const mapping of (0,request_json/* list */.p_)(map.mappings).map(request_json/* object */.Ik)) {
                const output = (0,request_json/* list */.p_)(mapping.outputs)[at];
                if (output === null || output === undefined)
                    continue;
                const pattern = (0,request_json/* text */.Qq)(mapping.input_regexp);
                if (pattern === "" && input === (0,request_json/* text */.Qq)(mapping.input))
                    return this.replace(String(output));
                const found = pattern === "" ? null : search(pattern, input);
                if (found === undefined)
                    return undefined;
                if (found !== null)
                    return String(output).replace(/\$\{?(\w+)\}?/g, (_, group) => found.groups.get(group) ?? "");
            }
            return this.replace((0,request_json/* texts */.Te)(map.defaults)[at] ?? "");
        }
        return null;
    }
}
function joined(values) {
    return values === undefined || values.includes(undefined) ? undefined : values.join(",");
}
function partOfPath(path, part) {
    if (path === undefined)
        return undefined;
    const at = path.lastIndexOf("/") + 1;
    const file = path.slice(at);
    const dot = file.lastIndexOf(".");
    switch (part) {
        case "file":
            return file;
        case "dir":
            return path.slice(0, at);
        case "file.ext":
            return dot < 0 ? "" : file.slice(dot);
        case "file.base":
            return dot < 0 ? file : file.slice(0, dot);
        default:
            return /^\d+$/.test(part) ? (path.replace(/^\//, "").split("/")[Number(part)] ?? "") : "";
    }
}

;// CONCATENATED MODULE: ./build/checks/caddy/routes/files.js
/** Caddy's handler `file_server` (caddyserver.com/docs/json/apps/http/servers/routes/handle/file_server). Pure. */



/**
 * Looks the file up.
 * @returns undefined when there is none and the next handler is called (`pass_thru`)
 * @throws {CaddyError} 404, or 405 for a method other than GET and HEAD
 */
function serveFile(handler, run) {
    const root = run.replace((0,request_json/* text */.Qq)(handler.root) || "{http.vars.root}");
    const { path } = run.url;
    const status = run.replace(String(handler.status_code ?? run.error ?? 200));
    if (root === undefined || path === undefined)
        return { by: "files", root, file: undefined, status };
    const sanitized = fileBelow(root, path);
    let file = sanitized.replace(/(.)\/$/, "$1");
    const hidden = (0,request_json/* texts */.Te)(handler.hide).map((one) => run.replace(one) ?? one);
    const isFile = (name) => run.ask(`file ${name}`);
    let isIndex = false;
    // A path that ends with a slash is a folder's, unless somebody knows better.
    const isFolder = sanitized.endsWith("/") || path === ""
        ? run.ask(`folder ${file}`)
        : !isFile(file) && run.ask(`folder ${file}`);
    if (isFolder) {
        const names = Array.isArray(handler.index_names)
            ? (0,request_json/* texts */.Te)(handler.index_names)
            : ["index.html", "index.txt"];
        const index = names
            .map((name) => fileBelow(file, run.replace(name) ?? name))
            .find((name) => !isHidden(name, hidden) && isFile(name));
        if (index === undefined) {
            if (handler.browse !== undefined && !isHidden(file, hidden))
                return { by: "files", root, file, status };
            return notFound(handler);
        }
        file = index;
        isIndex = true;
    }
    else if (!isFile(file))
        return notFound(handler);
    if (isHidden(file, hidden))
        return notFound(handler);
    const original = urlOf(run.asked.target).path ?? "";
    if (handler.canonical_uris !== false && base(original) === base(path) && isIndex !== original.endsWith("/"))
        return { by: "caddy", status: "308", location: isIndex ? `${original}/` : original.slice(0, -1) };
    if (!["GET", "HEAD"].includes(run.method) && run.error === undefined)
        throw new CaddyError(405);
    return { by: "files", root, file, status };
}
function notFound(handler) {
    if (handler.pass_thru !== true)
        throw new CaddyError(404);
}
/** By a name anywhere in the path, or by the path of a file or folder. */
function isHidden(file, hidden) {
    return hidden.some((pattern) => pattern.includes("/")
        ? file.startsWith(`${pattern}/`) || globMatches(pattern, file)
        : file.split("/").some((part) => globMatches(pattern, part)));
}
/** Go's path.Base. */
function base(path) {
    return path.replace(/\/+$/, "").replace(/^.*\//s, "") || (path === "" ? "." : "/");
}

;// CONCATENATED MODULE: ./build/checks/caddy/routes/headers.js
/** Caddy's operations on headers (caddyserver.com/docs/json/apps/http/servers/routes/handle/headers). Pure. */


/** Changes request headers as a handler says: first what is deleted as a whole, then add, set, delete, replace. */
function changeHeaders(headers, operations, run) {
    const { add, set, delete: deleted, replace } = (0,request_json/* object */.Ik)(operations);
    const known = (name) => run.replace(name, true)?.toLowerCase() ?? "";
    if ((0,request_json/* texts */.Te)(deleted).includes("*"))
        headers.clear();
    for (const [name, values] of Object.entries((0,request_json/* object */.Ik)(add)))
        headers.set(known(name), [
            ...(headers.get(known(name)) ?? []),
            ...(0,request_json/* texts */.Te)(values).map((value) => run.replace(value, true)),
        ]);
    for (const [name, values] of Object.entries((0,request_json/* object */.Ik)(set))) {
        const replaced = (0,request_json/* texts */.Te)(values).map((value) => run.replace(value, true));
        headers.set(known(name), [replaced.includes(undefined) ? undefined : replaced.join(",")]);
    }
    for (const pattern of (0,request_json/* texts */.Te)(deleted).map(known)) {
        const part = pattern.replace(/^\*|\*$/g, "");
        for (const name of headers.keys()) {
            const isMeant = pattern.startsWith("*") && pattern.endsWith("*")
                ? name.includes(part)
                : pattern.startsWith("*")
                    ? name.endsWith(part)
                    : pattern.endsWith("*")
                        ? name.startsWith(part)
                        : name === part;
            // An empty list, and no missing one: the header is known to be absent.
            if (isMeant && pattern !== "*")
                headers.set(name, []);
        }
        if (part === pattern)
            headers.set(part, []);
    }
    for (const [name, changes] of Object.entries((0,request_json/* object */.Ik)(replace)))
        for (const header of name === "*" ? [...headers.keys()] : [known(name)])
            headers.set(header, (headers.get(header) ?? []).map((value) => (0,request_json/* list */.p_)(changes).reduce((one, change) => changed(one, change, run), value)));
}
function changed(value, change, run) {
    const { search, search_regexp, replace } = (0,request_json/* object */.Ik)(change);
    const by = run.replace((0,request_json/* text */.Qq)(replace), true);
    const find = run.replace((0,request_json/* text */.Qq)(search) || (0,request_json/* text */.Qq)(search_regexp), true);
    if (value === undefined || by === undefined || find === undefined)
        return undefined;
    return (0,request_json/* text */.Qq)(search) === "" ? replaceAll(find, value, by) : value.replaceAll(find, () => by);
}
/** The same with `Host`, which Caddy keeps apart. */
function changeRequest(headers, host, operations, run) {
    headers.set("host", [host]);
    changeHeaders(headers, operations, run);
    const changed = headers.get("host") ?? [];
    headers.delete("host");
    return changed.length === 0 ? "" : changed.at(-1);
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./build/checks/caddy/routes/matchers.js
/** Caddy's request matchers (caddyserver.com/docs/json/apps/http/servers/routes/match). Pure. */





/** Matchers within matchers. */
const matchers_MAX_DEPTH = 20;
/**
 * Whether a request matches: all matchers of at least one set, or there is no set.
 * @throws {CaddyError} where a file matcher says so (`try_files … =404`)
 */
function matches(sets, run, depth = 0) {
    const all = (0,request_json/* list */.p_)(sets);
    return all.length === 0 || all.some((set) => matchesAll((0,request_json/* object */.Ik)(set), run, depth));
}
function matchesAll(set, run, depth) {
    return Object.entries(set)
        .sort(([a], [b]) => rank(a) - rank(b))
        .every(([kind, value]) => {
        const matcher = Object.hasOwn(MATCHERS, kind) ? MATCHERS[kind] : undefined;
        const matched = depth > matchers_MAX_DEPTH ? undefined : matcher?.(value, run, depth);
        return matched ?? run.ask(`${kind} ${keyOf(value)} ${run.method} ${run.url.path} ${run.error}`);
    });
}
const KEYS = new WeakMap();
/** The same text for equal values. A list of addresses may be long, and many requests ask for it: it is written once. */
function keyOf(value) {
    if (typeof value !== "object" || value === null)
        return JSON.stringify(value);
    const known = KEYS.get(value);
    if (known !== undefined)
        return known;
    const key = (0,external_node_crypto_.createHash)("sha1").update(JSON.stringify(value)).digest("hex");
    KEYS.set(value, key);
    return key;
}
/** What is certain comes first, so that fewer questions are asked. */
function rank(kind) {
    return kind === "file" ? 2 : Object.hasOwn(MATCHERS, kind) ? 0 : 1;
}
const MATCHERS = {
    host: (value, run) => some((0,request_json/* texts */.Te)(value), (pattern) => matchesHost(run.replace(pattern), run.host)),
    path: (value, run) => some((0,request_json/* texts */.Te)(value), (pattern) => matchesPath(run.replace(pattern.toLowerCase()), run)),
    path_regexp: (value, run) => run.url.path === undefined ? undefined : matchesRegexp(value, cleanPath(run.url.path, true), run),
    method: (value, run) => (0,request_json/* texts */.Te)(value).includes(run.method),
    protocol: (value, run) => matchesProtocol((0,request_json/* text */.Qq)(value), run),
    tls: (value, { asked }) => asked.https && (0,request_json/* object */.Ik)(value).handshake_complete !== false,
    query: (value, run) => matchesQuery((0,request_json/* object */.Ik)(value), run),
    header: (value, run) => every(Object.entries((0,request_json/* object */.Ik)(value)), ([name, wanted]) => matchesHeader(name, wanted, run)),
    header_regexp: (value, run) => every(Object.entries((0,request_json/* object */.Ik)(value)), ([name, wanted]) => some(run.header(name.toLowerCase()) ?? [undefined], (one) => one === undefined ? undefined : matchesRegexp(wanted, one, run))),
    vars: (value, run) => some(Object.entries((0,request_json/* object */.Ik)(value)), ([name, wanted]) => some((0,request_json/* texts */.Te)(wanted), (one) => isEqual(variable(name, run), run.replace(one)))) || Object.keys((0,request_json/* object */.Ik)(value)).length === 0,
    vars_regexp: (value, run) => some(Object.entries((0,request_json/* object */.Ik)(value)), ([name, wanted]) => {
        const found = variable(name, run);
        return found === undefined ? undefined : matchesRegexp(wanted, found, run);
    }),
    not: (value, run, depth) => !(0,request_json/* list */.p_)(value).some((set) => matchesAll((0,request_json/* object */.Ik)(set), run, depth + 1)),
    file: (value, run) => matchesFile((0,request_json/* object */.Ik)(value), run),
};
/** Yes if one is a yes; unknown if none is, and one is unknown. */
function some(items, test) {
    let found = false;
    for (const item of items) {
        const answer = test(item);
        if (answer === true)
            return true;
        if (answer === undefined)
            found = undefined;
    }
    return found;
}
/** No if one is a no; unknown if none is, and one is unknown. */
function every(items, test) {
    const opposite = some(items, (item) => {
        const answer = test(item);
        return answer === undefined ? undefined : !answer;
    });
    return opposite === undefined ? undefined : !opposite;
}
function isEqual(a, b) {
    return a === undefined || b === undefined ? undefined : a === b;
}
/** Whether a host is meant by a pattern: `*` is one label. */
function matchesHost(pattern, hostHeader) {
    if (pattern === undefined || hostHeader === undefined)
        return undefined;
    const host = hostHeader
        .replace(/:\d+$/, "")
        .replace(/^\[|\]$/g, "")
        .toLowerCase();
    if (!pattern.includes("*"))
        return pattern.toLowerCase() === host;
    const wanted = pattern.toLowerCase().split(".");
    const labels = host.split(".");
    return (wanted.length === labels.length &&
        wanted.every((label, index) => label === "*" || label === labels[index]));
}
function matchesPath(pattern, run) {
    if (pattern === "*")
        return true;
    const { path } = run.url;
    const escaped = escapedPath(run.url);
    if (pattern === undefined || path === undefined || escaped === undefined)
        return undefined;
    const mergeSlashes = !pattern.includes("//");
    if (pattern.includes("%"))
        return matchesEscaped(pattern, cleanPath(escaped, mergeSlashes).toLowerCase());
    const cleaned = cleanPath(path.toLowerCase(), mergeSlashes);
    const stars = pattern.split("*").length - 1;
    const [first, last] = [pattern.startsWith("*"), pattern.endsWith("*")];
    if (stars === 2 && first && last)
        return cleaned.includes(pattern.slice(1, -1));
    if (stars === 1 && first)
        return cleaned.endsWith(pattern.slice(1));
    if (stars === 1 && last)
        return cleaned.startsWith(pattern.slice(0, -1));
    return globMatches(pattern, cleaned);
}
/** A pattern with escapes is compared with the escaped path at their places, and with the plain path elsewhere. */
function matchesEscaped(pattern, path) {
    let compared = "";
    let at = 0;
    for (let wanted = 0; wanted < pattern.length && at < path.length; wanted++) {
        const isEscape = path.charAt(at) === "%" && path.length >= at + 3;
        const sent = isEscape ? path.slice(at, at + 3) : "";
        const char = isEscape ? unescaped(sent) : path.charAt(at);
        if (char === undefined)
            return false;
        if (isEscape)
            at += 2;
        const isRawStar = pattern.startsWith("%*", wanted);
        if (pattern.charAt(wanted) === "%" && !isRawStar && wanted + 3 <= pattern.length) {
            compared += sent;
            at++;
            wanted += 2;
        }
        else if (pattern.charAt(wanted) === "*" || pattern.charAt(wanted) === "%") {
            if (isRawStar || pattern.charAt(wanted) === "%")
                wanted++;
            const isLast = wanted >= pattern.length - 1;
            const until = isLast ? path.length : path.indexOf(pattern.charAt(wanted + 1), at);
            if (until < 0)
                return false;
            const taken = isRawStar ? path.slice(at, until) : unescaped(path.slice(at, until));
            if (taken === undefined)
                return false;
            compared += taken;
            at = until;
        }
        else {
            compared += char;
            at++;
        }
    }
    return globMatches(pattern.replaceAll("%*", "*"), compared.toLowerCase());
}
/** Looks for a pattern. What its groups match goes into placeholders. */
function matchesRegexp(value, input, run) {
    const { name, pattern } = (0,request_json/* object */.Ik)(value);
    const found = search((0,request_json/* text */.Qq)(pattern), input);
    if (found === undefined || found === null)
        return found === null ? false : undefined;
    for (const [group, matched] of found.groups) {
        if ((0,request_json/* text */.Qq)(name) !== "")
            run.placeholders.set(`http.regexp.${(0,request_json/* text */.Qq)(name)}.${group}`, matched);
        run.placeholders.set(`http.regexp.${group}`, matched);
    }
    return true;
}
function matchesProtocol(protocol, run) {
    if (protocol === "https" || protocol === "http")
        return run.asked.https === (protocol === "https");
    if (protocol === "http/1.0+")
        return true;
    // The version is the client's choice.
    if (protocol.startsWith("http/"))
        return undefined;
    if (protocol !== "grpc")
        return false;
    const types = run.header("content-type");
    return types && (types[0]?.startsWith("application/grpc") ?? false);
}
function matchesQuery(wanted, run) {
    const { query } = run.url;
    if (query === undefined)
        return undefined;
    const names = Object.keys(wanted);
    if (names.length === 0)
        return query === "";
    // Go refuses a query with a semicolon.
    if (query.includes(";"))
        return false;
    const sent = new URLSearchParams(query);
    return every(names, (pattern) => {
        const name = run.replace(pattern);
        if (name === undefined)
            return undefined;
        const values = sent.getAll(name);
        if (values.length === 0)
            return false;
        return some((0,request_json/* texts */.Te)(wanted[pattern]), (one) => {
            const value = run.replace(one);
            return value === undefined ? undefined : value === "*" || values.includes(value);
        });
    });
}
/** A list of null asks that there is no such header, an empty one that there is. */
function matchesHeader(name, wanted, run) {
    const values = run.header(name.toLowerCase());
    if (values === undefined)
        return undefined;
    if (wanted === null)
        return values.length === 0;
    const patterns = (0,request_json/* texts */.Te)(wanted);
    if (patterns.length === 0)
        return values.length > 0;
    return some(values, (value) => some(patterns, (one) => {
        const pattern = run.replace(one);
        if (pattern === undefined || value === undefined)
            return pattern === "*" ? true : undefined;
        if (pattern === "*")
            return true;
        const [first, last] = [pattern.startsWith("*"), pattern.endsWith("*")];
        if (first && last)
            return value.includes(pattern.slice(1, -1));
        if (first)
            return value.endsWith(pattern.slice(1));
        return last ? value.startsWith(pattern.slice(0, -1)) : value === pattern;
    }));
}
function variable(name, run) {
    const [, key] = /^\{([^{}]*)\}$/.exec(name) ?? [];
    if (key !== undefined)
        return run.get(key) ?? (run.get(key) === null ? "" : undefined);
    return run.vars.has(name) ? run.vars.get(name) : "";
}
/** The file that `try_files` finds. Its name goes into placeholders. */
function matchesFile(matcher, run) {
    const root = run.replace((0,request_json/* text */.Qq)(matcher.root) || "{http.vars.root}");
    const policy = (0,request_json/* text */.Qq)(matcher.try_policy);
    const tried = Array.isArray(matcher.try_files) ? (0,request_json/* texts */.Te)(matcher.try_files) : ["{http.request.uri.path}"];
    if (!/^(first_exist(_fallback)?)?$/.test(policy) || (0,request_json/* text */.Qq)(matcher.fs) !== "")
        return undefined;
    for (const pattern of tried) {
        const [, status] = /^=([1-9]\d\d)$/.exec(pattern) ?? [];
        if (status !== undefined)
            throw new CaddyError(Number(status));
        const name = run.replace(pattern);
        if (root === undefined || name === undefined) {
            if (run.ask(`file ${pattern} ${run.url.path}`))
                return found(undefined, undefined, run);
            continue;
        }
        // Caddy looks for files that match a pattern. Which one is first is not known.
        if (/[*?[]/.test(pattern)) {
            if (run.ask(`file ${root} ${name}`))
                return found(undefined, undefined, run);
            continue;
        }
        const [file, remainder] = split(clean(name), (0,request_json/* texts */.Te)(matcher.split_path));
        const path = fileBelow(root, pattern.endsWith("/") ? `${file}/` : file);
        const isFolder = path.endsWith("/");
        if (run.ask(`${isFolder ? "folder" : "file"} ${isFolder ? path.slice(0, -1) : path}`)) {
            const base = fileBelow(root === "" ? "." : root, "");
            run.placeholders.set("http.matchers.file.remainder", remainder);
            return found(path.startsWith(base) ? path.slice(base.length) : path, path, run);
        }
    }
    return false;
}
function found(relative, absolute, run) {
    run.placeholders.set("http.matchers.file.relative", relative);
    run.placeholders.set("http.matchers.file.absolute", absolute);
    return true;
}
/** The part of a path up to the end of a separator such as `.php`, and the rest of it. */
function split(path, separators) {
    for (const separator of separators) {
        const at = path.toLowerCase().indexOf(separator.toLowerCase());
        const end = at + separator.length;
        if (at >= 0 && (end === path.length || path.charAt(end) === "/"))
            return [path.slice(0, end), path.slice(end)];
    }
    return [path, ""];
}

;// CONCATENATED MODULE: ./build/checks/caddy/routes/rewrite.js
/** Caddy's handler `rewrite` (caddyserver.com/docs/json/apps/http/servers/routes/handle/rewrite). Pure. */



/** Changes the method and the URL as the handler says, in Caddy's order. */
function rewrite(change, run) {
    if ((0,request_json/* text */.Qq)(change.method) !== "")
        run.method = (run.replace((0,request_json/* text */.Qq)(change.method)) ?? run.method).toUpperCase();
    if ((0,request_json/* text */.Qq)(change.uri) !== "")
        run.url = withUri((0,request_json/* text */.Qq)(change.uri), run);
    stripped((0,request_json/* text */.Qq)(change.strip_path_prefix), run, (path, prefix) => withoutPrefix(path, prefix.startsWith("/") ? prefix : `/${prefix}`));
    stripped((0,request_json/* text */.Qq)(change.strip_path_suffix), run, (path, suffix) => reversed(withoutPrefix(reversed(path), reversed(suffix))));
    for (const one of (0,request_json/* list */.p_)(change.uri_substring).map(request_json/* object */.Ik)) {
        const [find, by] = [run.replace((0,request_json/* text */.Qq)(one.find)), run.replace((0,request_json/* text */.Qq)(one.replace))];
        const limit = typeof one.limit === "number" && one.limit > 0 ? one.limit : Number.POSITIVE_INFINITY;
        const replaced = (where) => replaceSome(where, find ?? "", by ?? "", limit);
        if ((0,request_json/* text */.Qq)(one.find) === "")
            continue;
        const isKnown = find !== undefined && by !== undefined;
        changePath(run, (path) => isKnown ? replaced(cleanPath(path, !(0,request_json/* text */.Qq)(one.find).includes("//"))) : undefined);
        const { query } = run.url;
        run.url = { ...run.url, query: isKnown && query !== undefined ? replaced(query) : undefined };
    }
    for (const one of (0,request_json/* list */.p_)(change.path_regexp).map(request_json/* object */.Ik)) {
        const by = run.replace((0,request_json/* text */.Qq)(one.replace));
        changePath(run, (path) => (by === undefined ? undefined : replaceAll((0,request_json/* text */.Qq)(one.find), path, by)));
    }
    if (change.query !== undefined)
        run.url = { ...run.url, query: withQuery((0,request_json/* object */.Ik)(change.query), run) };
}
function stripped(what, run, without) {
    if (what === "")
        return;
    const known = run.replace(what);
    changePath(run, (path) => known === undefined ? undefined : without(cleanPath(path, !known.includes("//")), known));
}
/** Changes the path in its escaped form, as Caddy's changePath does. */
function changePath(run, change) {
    const sent = escapedPath(run.url);
    const changed = sent === undefined ? undefined : change(sent);
    if (changed === undefined) {
        run.url = { ...run.url, path: undefined, raw: "" };
        return;
    }
    const path = unescaped(changed);
    if (path !== undefined && path !== "") {
        run.url = { ...run.url, path, raw: changed === path ? "" : changed };
        return;
    }
    run.url = { ...run.url, path: change(run.url.path ?? ""), raw: changed };
}
/** A new URI: the parts that it does not name stay. */
function withUri(uri, run) {
    const [, path = "", mark, query = ""] = /^([^?#]*)(\?)?([^#]*)/.exec(uri) ?? [];
    const escaped = escapedPath(run.url);
    const newPath = escaped === undefined && path.includes("{http.request.uri.path}")
        ? undefined
        : run.replace(path.replaceAll("{http.request.uri.path}", escaped ?? ""));
    // A placeholder may bring a query into the path.
    const [before = "", ...after] = newPath?.split("?") ?? [];
    const newQuery = query === "" ? after.join("?") : query;
    const url = { ...run.url };
    if (path !== "")
        Object.assign(url, newPath === undefined ? { path: undefined, raw: "" } : plain(before, url.raw));
    if (mark !== undefined)
        url.query = queryOf(newQuery, run);
    return url;
}
/** Caddy sets the path alone: the escaped form of before counts only if it still says the same. */
function plain(written, raw) {
    const path = unescaped(written) ?? written;
    return { path, raw: unescaped(raw) === path ? raw : "" };
}
/** The values of placeholders are escaped, but for a whole query. */
function queryOf(query, run) {
    let isKey = true;
    const parts = query.split(/([=&])/).map((part) => {
        if (part === "=" || part === "&") {
            isKey = part === "&";
            return part;
        }
        if (isKey && part === "{http.request.uri.query}")
            return run.url.query;
        return run.replace(part, false, (value) => encodeURIComponent(value).replaceAll("%20", "+"));
    });
    return parts.includes(undefined) ? undefined : parts.join("").replace(/^&|&$/g, "");
}
/** `add`, `set`, `rename` and `delete` of query parameters. Go writes them in the order of their names. */
function withQuery(change, run) {
    const { query } = run.url;
    if (query === undefined || (0,request_json/* list */.p_)(change.replace).length > 0)
        return undefined;
    const sent = new URLSearchParams(query);
    for (const [what, apply] of [
        [
            "rename",
            (key, to) => {
                for (const value of sent.getAll(key))
                    sent.append(to, value);
                sent.delete(key);
            },
        ],
        ["set", (key, value) => sent.set(key, value)],
        ["add", (key, value) => sent.append(key, value)],
    ])
        for (const { key, val } of (0,request_json/* list */.p_)(change[what]).map(request_json/* object */.Ik)) {
            const [name, value] = [run.replace((0,request_json/* text */.Qq)(key)), run.replace((0,request_json/* text */.Qq)(val))];
            if (name === undefined || value === undefined)
                return undefined;
            if (name !== "")
                apply(name, value);
        }
    for (const pattern of (0,request_json/* texts */.Te)(change.delete)) {
        const name = run.replace(pattern);
        if (name === undefined)
            return undefined;
        sent.delete(name);
    }
    sent.sort();
    return sent.toString();
}
function replaceSome(where, find, by, limit) {
    if (find === "")
        return where;
    const parts = where.split(find);
    if (parts.length <= limit + 1)
        return parts.join(by);
    return [parts.slice(0, limit + 1).join(by), ...parts.slice(limit + 1)].join(find);
}
function reversed(text) {
    return [...text].reverse().join("");
}

;// CONCATENATED MODULE: ./build/checks/caddy/routes/proxy.js
/** Caddy's handler `reverse_proxy`: which upstream gets the request, and what it sees of it. Pure. */





/** What the upstreams of a handler see. The request itself stays as it is. */
function proxied(handler, run, serverTrusts) {
    const sent = new Run(run.asked, run.ask);
    for (const [name, values] of run.headers)
        sent.headers.set(name, values);
    const original = { method: run.method, url: run.url };
    rewrite((0,request_json/* object */.Ik)(handler.rewrite), run);
    Object.assign(sent, { method: run.method, url: run.url, host: run.host });
    Object.assign(run, original);
    sent.headers.set("x-forwarded-proto", [run.asked.https ? "https" : "http"]);
    sent.headers.set("x-forwarded-host", [run.host]);
    const dynamic = handler.dynamic_upstreams !== undefined;
    const upstreams = dynamic
        ? []
        : (0,request_json/* list */.p_)(handler.upstreams).flatMap((one) => dial((0,request_json/* text */.Qq)((0,request_json/* object */.Ik)(one).dial), run));
    const over = transportOf((0,request_json/* object */.Ik)(handler.transport), upstreams);
    const [only, ...others] = upstreams;
    const known = others.length === 0 && only !== undefined && !only.includes("{") ? only : undefined;
    for (const [part, value] of Object.entries(placeholdersOf(known)))
        run.placeholders.set(`http.reverse_proxy.upstream.${part}`, value);
    // Placeholders mean the request as it came to the proxy.
    const operations = (0,request_json/* object */.Ik)((0,request_json/* object */.Ik)(handler.headers).request);
    const host = changeRequest(sent.headers, sent.host, operations, run);
    const setsHost = Object.keys((0,request_json/* object */.Ik)(operations.set)).some((name) => name.toLowerCase() === "host");
    return {
        by: "proxy",
        upstreams,
        over,
        method: sent.method,
        target: targetOf(sent.url),
        host: over === "https" && !setsHost ? null : host,
        headers: changedHeaders(sent),
        trustsProxies: serverTrusts || (0,request_json/* list */.p_)(handler.trusted_proxies).length > 0,
    };
}
/** An upstream's address. A placeholder without a known value stays in it. */
function dial(address, run) {
    return address === "" ? [] : (run.replace(address) ?? address);
}
function placeholdersOf(upstream) {
    const hostport = upstream?.replace(/^\w+\//, "");
    const port = /:(\d+)$/.exec(hostport ?? "")?.[1];
    return {
        address: upstream,
        hostport,
        host: hostport?.replace(/:\d+$/, ""),
        port,
    };
}
function transportOf(transport, upstreams) {
    const protocol = (0,request_json/* text */.Qq)(transport.protocol) || "http";
    if (protocol === "fastcgi")
        return "fastcgi";
    if (protocol !== "http")
        return "unknown";
    const tls = (0,request_json/* objectOrNone */.H$)(transport.tls);
    if (tls === undefined)
        return "http";
    const plain = (0,request_json/* list */.p_)(tls.except_ports).map(String);
    return upstreams.some((one) => plain.includes(/\d+$/.exec(one)?.[0] ?? "")) ? "unknown" : "https";
}
/** Headers that are not the client's own any more. */
function changedHeaders({ headers, asked }) {
    const changed = [...headers].filter(([name, values]) => asked.headers.get(name) !== values);
    return Object.fromEntries(changed.map(([name, values]) => [name, values.includes(undefined) ? undefined : values.join(",")]));
}

;// CONCATENATED MODULE: ./build/checks/caddy/routes/ways.js
/**
 * Questions that a configuration does not answer: whether a file exists, who the client is. A request is followed once
 * for each combination of answers, so that what is certain comes out alike each time. Pure.
 */
/** Combinations that are tried for one request. */
const MAX_WAYS = 24;
/**
 * Follows a request in every way that is possible.
 * @param follow gets the answers; it is called once for each way
 * @returns the different results, by their JSON; undefined when there are too many ways
 */
function waysOf(world, follow) {
    const found = new Map();
    let choices = [];
    for (let way = 0; way < MAX_WAYS; way++) {
        const asked = new Map();
        const result = follow((question) => {
            const known = asked.get(question) ?? world(question);
            if (known !== undefined)
                return known;
            const answer = choices[asked.size] ?? true;
            choices[asked.size] = answer;
            asked.set(question, answer);
            return answer;
        });
        found.set(JSON.stringify(result), result);
        // The last "yes" becomes a "no"; what came after it is asked anew.
        const last = choices.slice(0, asked.size).lastIndexOf(true);
        if (last < 0)
            return [...found.values()];
        choices = [...choices.slice(0, last), false];
    }
    return undefined;
}

;// CONCATENATED MODULE: ./build/checks/caddy/routes/follow.js
/**
 * Follows a request through the routes of a server in their order, as Caddy does: groups, terminal routes, subroutes,
 * error routes (caddyserver.com/docs/json/apps/http/servers/routes). Pure.
 */









/** Handlers that change nothing that matters here. */
const PASS = /^(encode|request_body|templates|push|tracing|metrics|log_append|copy_response_headers|acme_server|server_timing)$/;
/**
 * Every way in which a server may answer a request.
 * @param without a handler that is left out: who would answer if it were not there?
 */
function follow(server, asked, { world, budget, without = "", }) {
    const unknown = (why) => ({ by: "unknown", why, response: {} });
    const ways = waysOf(world, (ask) => {
        const run = new Run(asked, ask);
        const outcome = new Walk(server, run, budget, without).end();
        return { ...outcome, response: Object.fromEntries(run.response) };
    });
    return ways ?? [unknown("too much depends on what is not known")];
}
/** Caddy calls a subroute's handlers on top of what comes after it; here they are on a stack. */
const MAX_FRAMES = 200;
class Walk {
    #server;
    #run;
    #budget;
    #without;
    #catchers = [];
    #frames = [];
    /** What an upstream was asked for, while its answer is handled (`handle_response`). */
    #upstream;
    /** When nothing answers, Caddy sends an empty answer, or the error that is being handled. */
    #endsWithError = false;
    /** The server's error routes are followed. */
    #handlesError = false;
    constructor(server, run, budget, without) {
        this.#server = server;
        this.#run = run;
        this.#budget = budget;
        this.#without = without;
        const errors = (0,request_json/* list */.p_)((0,request_json/* object */.Ik)(server.errors).routes);
        if (errors.length > 0)
            this.#catchers.push({ routes: errors, after: [], isServer: true });
        this.#push((0,request_json/* list */.p_)(server.routes), true);
    }
    end() {
        for (;;) {
            try {
                const outcome = this.#steps();
                if (outcome !== undefined)
                    return outcome;
                const status = this.#endsWithError ? this.#run.error : 200;
                return { by: "caddy", status: String(status), location: undefined };
            }
            catch (error) {
                if (!(error instanceof CaddyError))
                    throw error;
                const catcher = this.#catchers.pop();
                // Where error routes fail too, Caddy sends the error that they should handle.
                const status = this.#handlesError ? (this.#run.error ?? error.status) : error.status;
                if (catcher === undefined)
                    return { by: "caddy", status: String(status), location: undefined };
                this.#catch(catcher, error);
            }
        }
    }
    #catch({ routes, after, isServer }, { status }) {
        const run = this.#run;
        run.error = status;
        run.placeholders.set("http.error.status_code", String(status));
        run.placeholders.set("http.error.status_text", undefined);
        run.placeholders.set("http.error.message", undefined);
        if (isServer) {
            run.method = run.asked.method;
            run.url = urlOf(run.asked.target);
            this.#endsWithError = true;
            this.#handlesError = true;
        }
        this.#frames = after.map((frame) => ({ ...frame }));
        this.#push(routes, true);
    }
    #push(items, areRoutes) {
        this.#frames.push({ items, areRoutes, at: 0 });
    }
    #steps() {
        for (let frame = this.#frames.at(-1); frame !== undefined; frame = this.#frames.at(-1)) {
            if (this.#budget.steps-- <= 0 || this.#frames.length > MAX_FRAMES)
                return { by: "unknown", why: "the configuration is too large" };
            if (frame.at >= frame.items.length) {
                this.#frames.pop();
                continue;
            }
            const item = (0,request_json/* object */.Ik)(frame.items[frame.at++]);
            if (frame.areRoutes)
                this.#route(item);
            else {
                const outcome = this.#handle(item);
                if (outcome !== undefined)
                    return outcome;
            }
        }
        return undefined;
    }
    #route(route) {
        // A matcher with many hosts or paths takes as long as many routes.
        for (const match of (0,request_json/* list */.p_)(route.match).map(request_json/* object */.Ik))
            this.#budget.steps -= (0,request_json/* list */.p_)(match.host).length + (0,request_json/* list */.p_)(match.path).length;
        if (!matches(route.match, this.#run))
            return;
        const group = (0,request_json/* text */.Qq)(route.group);
        if (group !== "") {
            if (this.#run.groups.has(group))
                return;
            this.#run.groups.add(group);
        }
        if (route.terminal === true) {
            this.#frames = [];
            this.#endsWithError = this.#run.error !== undefined;
        }
        this.#push((0,request_json/* list */.p_)(route.handle), false);
    }
    /** @returns the answer, if the handler gives one; undefined when the next handler is called */
    #handle(handler) {
        const run = this.#run;
        const name = (0,request_json/* text */.Qq)(handler.handler);
        if (name === this.#without)
            return undefined;
        switch (name) {
            case "subroute":
                if ((0,request_json/* list */.p_)((0,request_json/* object */.Ik)(handler.errors).routes).length > 0)
                    this.#catchers.push({
                        routes: (0,request_json/* list */.p_)((0,request_json/* object */.Ik)(handler.errors).routes),
                        after: this.#frames.map((frame) => ({ ...frame })),
                        isServer: false,
                    });
                this.#push((0,request_json/* list */.p_)(handler.routes), true);
                return undefined;
            case "invoke":
                this.#push([(0,request_json/* object */.Ik)((0,request_json/* object */.Ik)(this.#server.named_routes)[(0,request_json/* text */.Qq)(handler.name)])], true);
                return undefined;
            case "vars":
                for (const [key, value] of Object.entries(handler))
                    if (key !== "handler")
                        run.vars.set(run.replace(key) ?? key, follow_variable(value, run));
                return undefined;
            case "map":
                run.maps.push(handler);
                return undefined;
            case "rewrite":
                rewrite(handler, run);
                return undefined;
            case "headers": {
                if (handler.request !== undefined)
                    run.host = changeRequest(run.headers, run.host, handler.request, run);
                const response = new Map([...run.response].map(([key, value]) => [key, [value]]));
                changeHeaders(response, handler.response, run);
                for (const [key, values] of response)
                    run.response.set(key, values[0] ?? "");
                return undefined;
            }
            case "file_server":
                return serveFile(handler, run);
            case "reverse_proxy":
                return this.#proxy(handler);
            case "copy_response":
                return this.#upstream;
            case "static_response":
                return respond(handler, run);
            case "error": {
                const status = run.replace(statusOf(handler.status_code) || "500");
                if (status === undefined)
                    return { by: "unknown", why: "error" };
                throw new CaddyError(Number(status));
            }
            case "authentication":
                if (run.header("authorization")?.length === 0 || !run.ask("authenticated"))
                    throw new CaddyError(401);
                return undefined;
            default:
                // A module of a plugin answers by itself, or lets the request pass.
                return PASS.test(name) || !run.ask(`${name} answers`) ? undefined : { by: "unknown", why: name };
        }
    }
    #proxy(handler) {
        const trusts = Object.keys((0,request_json/* object */.Ik)(this.#server.trusted_proxies)).length > 0;
        const outcome = proxied(handler, this.#run, trusts);
        for (const one of (0,request_json/* list */.p_)(handler.handle_response).map(request_json/* object */.Ik)) {
            if (!this.#answers((0,request_json/* object */.Ik)(one.match), outcome))
                continue;
            if (statusOf(one.status_code) !== "")
                return outcome;
            this.#upstream = outcome;
            this.#push((0,request_json/* list */.p_)(one.routes), true);
            return undefined;
        }
        return outcome;
    }
    /** Whether the upstream's answer has a status and headers. */
    #answers(match, { upstreams }) {
        const codes = (0,request_json/* list */.p_)(match.status_code).map(Number);
        const wanted = Object.keys((0,request_json/* object */.Ik)(match.headers));
        const of = upstreams.join(" ");
        if (codes.length > 0 && !this.#run.ask(`status ${codes.join("|")} of ${of}`))
            return false;
        return wanted.length === 0 || this.#run.ask(`headers ${wanted.join("|")} of ${of}`);
    }
}
function respond(handler, run) {
    if (handler.abort === true)
        return { by: "caddy", status: "abort", location: undefined };
    const status = run.replace(statusOf(handler.status_code) || String(run.error ?? 200));
    if (status === "103")
        return undefined;
    const headers = Object.entries((0,request_json/* object */.Ik)(handler.headers));
    const [, locations] = headers.find(([name]) => name.toLowerCase() === "location") ?? [];
    const [location] = (0,request_json/* texts */.Te)(locations);
    // An unknown part stays as it is written.
    return { by: "caddy", status, location: location && (run.replace(location) ?? location) };
}
/** Status codes are numbers or texts. */
function statusOf(value) {
    return typeof value === "number" ? String(value) : (0,request_json/* text */.Qq)(value);
}
function follow_variable(value, run) {
    return typeof value === "string" ? run.replace(value) : String(value ?? "");
}

;// CONCATENATED MODULE: ./build/checks/caddy/routes/sites.js
/** Which sites a configuration serves, and which paths are worth asking for. Pure. */



/** Routes within routes. No Caddyfile of a project is nested this deeply. */
const sites_MAX_DEPTH = 30;
const MAX_SITES = 300;
const MAX_PATTERNS = 20;
/** The sites in the order of servers and routes. Those that Caddy adds for redirects are not among them. */
function sitesOf({ all, httpPort, httpsPort }) {
    const sites = new Map();
    for (const server of all) {
        const [number] = server.ports;
        const https = server.tls && number !== httpPort;
        const port = number === undefined || number === (https ? httpsPort : httpPort) ? "" : `:${number}`;
        for (const route of server.ownRoutes) {
            const inner = { host: new Set(), path: new Set(), files: new Set() };
            collect(route, inner, 0);
            const patterns = [...inner.path].slice(0, MAX_PATTERNS);
            const filePatterns = [...inner.files].slice(0, MAX_PATTERNS);
            const own = new Set(hostsOf(route).map((host) => host.toLowerCase()));
            const hosts = own.size === 0 ? [""] : [...own].slice(0, MAX_SITES);
            // A site for many hosts may tell them apart in its routes.
            const innerHosts = [...inner.host]
                .filter((host) => !own.has(host))
                .slice(0, MAX_SITES)
                .filter((host) => hosts.some((one) => one === "" || matchesHost(one, host) === true));
            for (const host of [...hosts, ...innerHosts]) {
                const key = `${https} ${host}${port}`;
                const before = sites.get(key);
                if (sites.size >= MAX_SITES && before === undefined)
                    return [...sites.values()];
                sites.set(key, {
                    ...{ host, https, port, server },
                    patterns: [...new Set([...(before?.patterns ?? []), ...patterns])],
                    filePatterns: [...new Set([...(before?.filePatterns ?? []), ...filePatterns])],
                });
            }
        }
    }
    return [...sites.values()];
}
/** Collects what a route and the routes in it name. */
function collect(route, found, depth) {
    const handlers = (0,request_json/* list */.p_)((0,request_json/* object */.Ik)(route).handle).map(request_json/* object */.Ik);
    const named = (kind) => (0,request_json/* list */.p_)((0,request_json/* object */.Ik)(route).match).flatMap((match) => (0,request_json/* texts */.Te)((0,request_json/* object */.Ik)(match)[kind]).map((one) => one.toLowerCase()));
    for (const host of named("host"))
        found.host.add(host);
    for (const path of named("path"))
        found.path.add(path);
    if (handlers.some(({ handler }) => handler === "file_server"))
        for (const path of named("path"))
            found.files.add(path);
    if (depth >= sites_MAX_DEPTH)
        return;
    for (const { routes } of handlers)
        for (const one of (0,request_json/* list */.p_)(routes))
            collect(one, found, depth + 1);
}

;// CONCATENATED MODULE: ./build/checks/caddy/rules/tour.js
/** Asks each site of a configuration for the pages and files that matter to Django. Pure. */



/** Routes and handlers that are looked at for all visits together. */
const MAX_STEPS = 200_000;
/** Where Django's admin usually is. */
const ADMIN = "/admin/";
/**
 * Headers that no browser sends when it asks for a page or a file. X-Forwarded-Proto is none of them: a proxy in front of
 * Caddy may send it.
 */
const NEVER_SENT = ["connection", "upgrade", "content-type", "sec-websocket-key"];
/** A visitor of all sites. Nothing is known of the files that Caddy sees. */
class Tour {
    sites;
    #budget = { steps: MAX_STEPS };
    constructor(adapted) {
        this.sites = sitesOf(adapted);
    }
    /**
     * Asks a site for a path, as a browser does.
     * @param without a handler that is left out: who would answer if it were not there?
     */
    visit(site, path, without = "") {
        const asked = {
            method: "GET",
            https: site.https,
            host: (site.host.replace("*", "any-label") || "any-host.invalid") + site.port,
            target: path,
            headers: new Map(NEVER_SENT.map((name) => [name, []])),
            mayHaveMore: true,
        };
        const how = { world: () => undefined, budget: this.#budget, without };
        return { site, path, answers: follow(site.server.json, asked, how) };
    }
    /** Asks each site for its first page, the admin, and one path for each path matcher of its routes. */
    visits() {
        return this.sites.flatMap((site) => [...new Set(["/", ADMIN, ...site.patterns.filter((one) => one.startsWith("/")).map(example)])].map((path) => this.visit(site, path)));
    }
}
/** A path that a path matcher matches: `/api/*` → `/api/example`. */
function example(pattern) {
    return pattern.replace(/\*+/g, "example");
}
/** What upstreams get, with the site that was asked. */
function proxyRoutes(visits) {
    return visits.flatMap(({ site, answers }) => answers.flatMap((answer) => (answer.by === "proxy" ? routeOf(site, answer) : [])));
}
function routeOf({ host, https, port }, answer) {
    const asked = (host.replace("*", "any-label") || "any-host.invalid") + port;
    const shown = (value) => (value === asked ? BROWSERS_HOST : value);
    return {
        hosts: host === "" ? [] : [host],
        https,
        port,
        upstreams: answer.upstreams,
        over: answer.over,
        host: answer.host === null ? null : shown(answer.host),
        headers: new Map(Object.entries(answer.headers).map(([name, value]) => [name, shown(value)])),
        trustsProxies: answer.trustsProxies,
    };
}

;// CONCATENATED MODULE: ./build/checks/caddy/rules/files.js
/**
 * Rule: static and media files are where a browser asks for them (`hosts.static-url`, `hosts.static-root`,
 * `hosts.static-volume`, `hosts.static-unreached`, `hosts.static-index`, and the same for media). Each site that leads
 * to Django is asked for such files: for those that were collected, if the report has any. Pure.
 */



const STATIC = {
    ids: {
        url: "hosts.static-url",
        root: "hosts.static-root",
        volume: "hosts.static-volume",
        unreached: "hosts.static-unreached",
    },
    url: "STATIC_URL",
    root: "STATIC_ROOT",
    names: [
        "admin/css/base.css",
        "admin/js/core.js",
        "admin/img/icon-yes.svg",
        "img/logo.png",
        "fonts/text.woff2",
    ],
    path: /static|asset/i,
    middleware: /whitenoise|servestatic/i,
};
const MEDIA = {
    ids: {
        url: "hosts.media-url",
        root: "hosts.media-root",
        volume: "hosts.media-volume",
        unreached: "hosts.media-unreached",
    },
    url: "MEDIA_URL",
    root: "MEDIA_ROOT",
    names: ["photos/one.jpg"],
    path: /media|upload/i,
    middleware: undefined,
};
/** Where Caddy serves files and Django expects them elsewhere. */
function files(comparison) {
    const { tour, visits, routes, isDjangos, django, project } = comparison;
    const sharing = sharingIn(project, routes);
    const sites = tour.sites.filter((site) => visits.some((visit) => visit.site === site && visit.answers.some(isDjangos)));
    return [STATIC, MEDIA].flatMap((kind) => {
        const path = django.text(kind.url);
        if (path === undefined || !path.startsWith("/") || path === "/")
            return [];
        const isCertain = comparison.certain && django.areProductions(kind.url, kind.root);
        return sites
            .flatMap((site) => filesOf({ ...comparison, kind, site, path, sharing }))
            .map((one) => ({
            ...one,
            level: isCertain ? one.level : "INFO",
            message: withoutUrl(one.message, kind.url, path, django),
            hint: withoutUrl(one.hint, kind.url, path, django),
        }));
    });
}
/** A text that has the setting's name where its value comes from `env`, which is never printed. */
function withoutUrl(text, url, path, django) {
    const bare = path.replace(/\/+$/, "");
    return bare === "" ? text : text.replaceAll(bare, django.shown(url, bare).replace(/^(?!\/)/, "/"));
}
/** What is wrong with the first file of a site for which something is. */
function filesOf(one) {
    const { collected = [] } = one.kind === STATIC ? one.project : {};
    for (const name of collected.length > 0 ? collected : one.kind.names) {
        const { answers } = one.tour.visit(one.site, one.path + name);
        // What a plugin does is not judged.
        if (answers.some(({ by }) => by === "unknown"))
            continue;
        const place = placeIn(answers, name);
        const index = answers.find((answer) => answer.by === "files" &&
            answer.status === "200" &&
            answer.file !== undefined &&
            !answer.file.endsWith(`/${name}`));
        const found = index?.by === "files"
            ? sentInstead(one, index.file ?? "", place)
            : place !== undefined
                ? inOtherFolder(one, place)
                : answers.every(one.isDjangos)
                    ? (unreached(one, name) ?? elsewhere(one))
                    : [];
        if (found.length > 0)
            return found;
    }
    return [];
}
/** The folder in which Caddy looks for a file that is below the URL in the same way as below Django's folder. */
function placeIn(answers, name) {
    for (const answer of answers)
        if (answer.by === "files" && answer.root !== undefined && answer.file?.endsWith(`/${name}`))
            return { root: answer.root, folder: answer.file.slice(0, -name.length - 1) || "/" };
    return undefined;
}
/** Whether Django's own middleware, a view, the WSGI application or the server may serve the files. */
function mayServeItself({ kind, django, project: { mentions } }) {
    if (kind.middleware === undefined || django.hasMiddleware(kind.middleware) !== false)
        return true;
    return mentions === undefined || mentions.staticFiles;
}
/** A file server that never sees the request, because Django gets all of them first. */
function unreached(one, name) {
    const { kind, site, path, tour, visits } = one;
    const place = placeIn(tour.visit(site, path + name, "reverse_proxy").answers, name);
    // One that answers other requests is not forgotten: Django's part of the URLs is meant.
    const isReached = visits.some((visit) => visit.site === site &&
        visit.answers.some((answer) => answer.by === "files" && answer.root === place?.root));
    const isNamed = site.filePatterns.some((pattern) => pattern.startsWith(path));
    if (place === undefined || isReached || !(kind === STATIC || isNamed))
        return undefined;
    const mayServe = mayServeItself(one);
    return [
        {
            id: kind.ids.unreached,
            // One for all paths may be meant for other files.
            level: mayServe || !isNamed ? "INFO" : "WARNING",
            message: `Caddy's file_server for ${place.folder} is never reached: reverse_proxy comes first in Caddy's order of ` +
                `directives, and sends requests for ${path} to Django${mayServe ? "" : ", where nothing in MIDDLEWARE serves them"}.`,
            hint: `Keep the two apart: \`handle_path ${path}* { … file_server }\` and \`handle { reverse_proxy … }\`, each on lines of its own.`,
            at: { directive: "file_server", argument: `${path}*` },
        },
    ];
}
/**
 * Django gets the request, and Caddy serves such files under another path. They may well be another project's, of a
 * frontend say, unless Caddy takes them from Django's folder.
 */
function elsewhere(one) {
    const { kind, site, path, visits, django } = one;
    const served = site.patterns.flatMap((pattern) => {
        const visit = visits.find((other) => other.site === site && other.path === example(pattern));
        const answer = visit?.answers.find(({ by }) => by === "files");
        return kind.path.test(pattern) && answer !== undefined ? [{ pattern, answers: [answer] }] : [];
    });
    const [similar] = served;
    if (similar === undefined)
        return [];
    const place = placeIn(similar.answers, external_node_path_.posix.basename(example(similar.pattern)));
    const isDjangosFolder = place !== undefined && files_compare(one, place) === "same";
    const isWrong = isDjangosFolder && !mayServeItself(one);
    return [
        {
            id: kind.ids.url,
            level: isWrong ? "WARNING" : "INFO",
            message: `Caddy serves files under ${similar.pattern}, but ${django.quote(kind.url)}: it serves no files ` +
                `under ${path}${isWrong ? ", and nothing in MIDDLEWARE does" : ""}.`,
            hint: `${isDjangosFolder ? "Use" : `If these are Django's files, use`} the same path in both: \`handle_path ${path}*\`.`,
            at: { directive: "file_server", argument: similar.pattern },
        },
    ];
}
/** A page of a single-page app is sent for each path without a file, and Django's admin is on the same site. */
function sentInstead(one, index, place) {
    const { kind, site, path, tour, isDjangos, django } = one;
    if (kind !== STATIC || !tour.visit(site, ADMIN).answers.some(isDjangos))
        return [];
    const compared = place && files_compare(one, place);
    if (compared === "same")
        return [];
    return [
        {
            id: "hosts.static-index",
            level: compared?.why === undefined ? "INFO" : "WARNING",
            message: `Caddy answers requests for ${path} with files of ${place?.root ?? external_node_path_.posix.dirname(index)}, and with ${index} where there is none` +
                `${compared?.why === undefined ? "" : `, ${compared.why}`}. They never reach Django, whose admin is on the same site and ` +
                `needs its own files there (${django.quote(kind.root)}).`,
            hint: `Serve them before the single-page app: \`handle_path ${path}* { root * … file_server }\` with Django's folder, or add \`${path}*\` to what goes to Django if WhiteNoise serves them.`,
            at: { directive: "try_files", argument: external_node_path_.posix.basename(index) },
        },
    ];
}
/** Compares the folder that Caddy serves a URL from with the folder that Django puts the files into. */
function inOtherFolder(one, place) {
    const { kind, path, django } = one;
    const compared = files_compare(one, place);
    if (compared === "same" || compared === undefined)
        return [];
    const serves = `Caddy serves ${path} from ${place.folder}`;
    const at = { directive: "root", argument: place.root };
    const quoted = django.quote(kind.root);
    // The prefix is still there, and without it the folder would be right.
    const keepsPrefix = place.folder === external_node_path_.posix.join(place.root, path).replace(/\/$/, "");
    if (keepsPrefix && files_compare(one, { root: place.root, folder: place.root }) === "same")
        return [
            {
                id: kind.ids.root,
                level: "WARNING",
                message: `${serves}, but Django's files are in ${place.root} itself (${quoted}): every file is looked for in the wrong folder.`,
                hint: `Write \`handle_path ${path}*\`, which removes the prefix from the path. \`handle\` does not.`,
                at,
            },
        ];
    if (compared.why !== undefined)
        return [
            {
                id: kind.ids.volume,
                level: "INFO",
                message: `${serves}, ${compared.why}.`,
                hint: compared.hint,
                at,
            },
        ];
    return [
        {
            id: kind.ids.root,
            level: "INFO",
            message: `${serves}, and ${quoted}.`,
            hint: "That is right only if both containers mount the same volume: Caddy at the first path, Django at the " +
                "second. `handle_path` removes the prefix from the path, `handle` does not.",
            at,
        },
    ];
}
/**
 * Whether Caddy's folder is Django's.
 * @returns `why` it is not, where the compose files say so; undefined when Django's folder is not known
 */
function files_compare({ kind, django, sharing }, { root, folder }) {
    const setting = django.text(kind.root) ?? "";
    // Without a root, Caddy looks in the folder that it was started in.
    if (setting === "" || root === "" || root === ".")
        return undefined;
    const path = setting.replace(/\/$/, "");
    const settingOf = { path, quoted: django.quote(kind.root), isFromEnv: django.isFromEnv(kind.root) };
    const shared = sharing && sharedFolder(folder, settingOf, sharing);
    if (shared !== undefined)
        return shared;
    return folder === path ? "same" : { hint: "" };
}

;// CONCATENATED MODULE: ./build/checks/caddy/rules/hsts.js
/** Rule: Strict-Transport-Security is set in one place, or alike in both (`hosts.hsts`). Pure. */
/** Headers of Caddy's that differ from the one that Django sends. */
function hsts({ visits, isDjangos, django }) {
    const own = directivesOfDjango(django);
    if (own === undefined)
        return [];
    const isHidden = NAMES.some((name) => django.isFromEnv(name));
    const shown = isHidden ? "another value (which comes from `env`)" : own.join("; ");
    return visits
        .flatMap(({ answers }) => answers.filter(isDjangos))
        .flatMap(({ response }) => response["strict-transport-security"] ?? [])
        .filter((value) => value !== "" && !areEqual(value.split(/\s*;\s*/).filter(Boolean), own))
        .map((value) => ({
        id: "hosts.hsts",
        level: "INFO",
        message: `Caddy sets Strict-Transport-Security to ${value}, and Django to ${shown}. The browser gets two headers and obeys one of them.`,
        hint: "Set it in one place: set SECURE_HSTS_SECONDS = 0, or remove the header from the Caddyfile.",
        at: { directive: "header", argument: "Strict-Transport-Security" },
    }));
}
const NAMES = ["SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_HSTS_PRELOAD"];
/** What SecurityMiddleware puts into the header; undefined when Django does not send it. */
function directivesOfDjango(django) {
    const seconds = django.value("SECURE_HSTS_SECONDS");
    if (typeof seconds !== "number" || seconds === 0)
        return undefined;
    if (django.hasMiddleware(/SecurityMiddleware$/) === false)
        return undefined;
    return [
        `max-age=${seconds}`,
        ...(django.value("SECURE_HSTS_INCLUDE_SUBDOMAINS") === true ? ["includeSubDomains"] : []),
        ...(django.value("SECURE_HSTS_PRELOAD") === true ? ["preload"] : []),
    ];
}
/** Neither the order of the directives nor their case matters (RFC 6797, 6.1). */
function areEqual(a, b) {
    const normalized = (directives) => directives
        .map((directive) => directive.toLowerCase())
        .sort()
        .join();
    return normalized(a) === normalized(b);
}

;// CONCATENATED MODULE: ./build/checks/caddy/rules/https.js
/**
 * Rule: Django knows that the browser came by https (`hosts.redirect-loop`, `hosts.csrf-origin`,
 * `hosts.proxy-ssl-header`, `hosts.http-only`). Pure.
 */


const SET_PROXY_HEADER = 'Set SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https"): Caddy sends that header. The server can take the ' +
    "scheme from it too (gunicorn and uvicorn: `--forwarded-allow-ips`).";
/** The settings by which Django knows the scheme. */
const SCHEME = ["SECURE_PROXY_SSL_HEADER", "SECURE_SSL_REDIRECT"];
/** For each route, the worst that comes of a scheme or host that Django sees differently than the browser. */
function https(comparison) {
    return comparison.routes.flatMap((route) => route.https ? overHttps(route, comparison) : overHttpAlone(route, comparison));
}
function overHttps(route, { django, certain, project }) {
    const seen = schemeSeen(route, django);
    if (seen === undefined)
        return [];
    const knowsHttps = seen === "https";
    const mayKnow = seen === "connection" && serverMayKnow(route, project.mentions);
    const at = placeOf(route);
    const named = publicHosts(route);
    const seesHttp = `Caddy terminates TLS${named === "" ? "" : ` for ${named}`}, but with ${django.quote("SECURE_PROXY_SSL_HEADER")} ` +
        `Django sees every request as http${mayKnow ? ", unless the server takes the scheme from X-Forwarded-Proto" : ""}`;
    if (!knowsHttps && redirectsToHttps(django))
        return [
            {
                id: "hosts.redirect-loop",
                level: certain && !mayKnow && django.areProductions(...SCHEME) ? "WARNING" : "INFO",
                message: `${seesHttp}. SECURE_SSL_REDIRECT is on, so it redirects to https again and again.`,
                hint: `${SET_PROXY_HEADER}${django.whereFrom("SECURE_SSL_REDIRECT")}`,
                at,
            },
        ];
    const origins = foreignOrigins(route, django, knowsHttps);
    const surely = mayKnow ? foreignOrigins(route, django, true) : origins;
    const areProductions = django.areProductions("SECURE_PROXY_SSL_HEADER", "CSRF_TRUSTED_ORIGINS");
    if (origins.length > 0)
        return origins.map((origin) => ({
            id: "hosts.csrf-origin",
            level: certain && areProductions && surely.includes(origin) ? "WARNING" : "INFO",
            message: `${knowsHttps ? "Caddy sends Django another host than the browser's" : seesHttp}, so Django treats the ` +
                `origin ${origin} as another site. Forms get 403 Forbidden, because ` +
                `${django.quote("CSRF_TRUSTED_ORIGINS")} does not have it.`,
            hint: `${knowsHttps ? "Remove `header_up Host`, or add" : `${SET_PROXY_HEADER} Or add`} "${origin}" to CSRF_TRUSTED_ORIGINS.${django.whereFrom("CSRF_TRUSTED_ORIGINS")}`,
            at,
        }));
    const secureCookies = ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"].filter((name) => django.value(name) === true);
    if (knowsHttps || secureCookies.length === 0)
        return [];
    return [
        {
            id: "hosts.proxy-ssl-header",
            level: "INFO",
            message: `${seesHttp}, although ${secureCookies.join(" and ")} say that the site uses https. Absolute URLs begin with http://.`,
            hint: SET_PROXY_HEADER,
            at,
        },
    ];
}
/** A route over http alone: Caddy sends Django the scheme "http", unless it trusts the proxy in front of it. */
function overHttpAlone(route, { proxies, django }) {
    if (!redirectsToHttps(django))
        return [];
    const alsoHttps = proxies.some((other) => other.https && (other.hosts.length === 0 || other.hosts.some((host) => route.hosts.includes(host))));
    const named = publicHosts(route);
    const isLocal = route.hosts.length > 0 && named === "";
    const setsScheme = route.headers.get("x-forwarded-proto") !== "http";
    if (alsoHttps || isLocal || route.trustsProxies || setsScheme)
        return [];
    return [
        {
            id: "hosts.http-only",
            level: "INFO",
            message: `Caddy serves ${named || "this site"} over http only and reports that scheme to Django. ` +
                "SECURE_SSL_REDIRECT is on, so Django redirects every request to https.",
            hint: "If a proxy in front of Caddy terminates TLS, name it in `trusted_proxies`: then Caddy passes its " +
                "X-Forwarded-Proto on. Otherwise let Caddy serve https (a site address without `http://` or `:80`).",
            at: placeOf(route),
        },
    ];
}
function placeOf({ hosts: [host], upstreams: [upstream = ""] }) {
    return host === undefined ? { directive: "reverse_proxy", argument: upstream } : { host };
}
function publicHosts({ hosts }) {
    return hosts.filter(isPublic).join(", ");
}
function redirectsToHttps(django) {
    return (django.value("SECURE_SSL_REDIRECT") === true && django.hasMiddleware(/SecurityMiddleware$/) !== false);
}
/**
 * The scheme of requests on this route as Django sees it (HttpRequest.scheme); undefined when it is unknown.
 * @returns `connection`: what the server says of a connection over plain http
 */
function schemeSeen(route, django) {
    const setting = django.value("SECURE_PROXY_SSL_HEADER");
    if (setting === undefined)
        return undefined;
    const name = Array.isArray(setting)
        ? String(setting[0])
            .replace(/^HTTP_/, "")
            .replaceAll("_", "-")
            .toLowerCase()
        : "";
    const sent = route.headers.has(name) ? route.headers.get(name) : "";
    if (sent === undefined)
        return undefined;
    // Without the header, the connection decides: Django's own server may have a certificate.
    if (sent === "")
        return route.over === "https" ? "https" : route.over === "http" ? "connection" : undefined;
    return Array.isArray(setting) && sent.split(",")[0]?.trim() === String(setting[1]) ? "https" : "http";
}
/**
 * Whether the server may take the scheme from X-Forwarded-Proto. gunicorn and uvicorn trust a Unix socket and loopback
 * unless they are told otherwise, and other addresses only if they are told so (docs.gunicorn.org/en/stable/settings.html,
 * `forwarded_allow_ips`); uWSGI trusts all.
 */
function serverMayKnow(route, mentions) {
    const sent = route.headers.get("x-forwarded-proto");
    if (route.headers.has("x-forwarded-proto") && sent !== undefined && sent !== "https")
        return false;
    if (route.upstreams.length === 0 || route.upstreams.some((one) => NEARBY.test(one)))
        return true;
    return mentions === undefined || mentions.forwardedProto || !mentions.plainServer;
}
/** Upstreams that the server may take for its own machine: sockets, loopback, and what only run time knows. */
const NEARBY = /^unix|^(localhost|127\.|\[::1\])|\{/;
/** Origins of browsers that Django 4.0 and later treats as another site's (CsrfViewMiddleware). */
function foreignOrigins(route, django, knowsHttps) {
    const trusted = django.list("CSRF_TRUSTED_ORIGINS");
    if (trusted === undefined || django.version < 4)
        return [];
    if (django.hasMiddleware(/CsrfViewMiddleware$/) === false)
        return [];
    return route.hosts
        .filter((host) => isPublic(host) && !host.startsWith("*"))
        .flatMap((host) => {
        const seen = hostSeenByDjango(route, host, django);
        if (seen === undefined || (knowsHttps && seen === host))
            return [];
        const origin = `https://${host}${route.port}`;
        return trusted.some((pattern) => isTrusted(origin, pattern.toLowerCase())) ? [] : [origin];
    });
}
function isTrusted(origin, pattern) {
    if (!pattern.startsWith("https://*."))
        return pattern === origin;
    return origin.endsWith(pattern.slice("https://*".length)) && origin.startsWith("https://");
}

;// CONCATENATED MODULE: ./build/checks/project/static-files.js


/** Static files that stay those of the first release: a volume lies over the folder of the image. */
function staleFiles(root, { collecting, ours, services }) {
    if (collecting === undefined || collecting.atStart || collecting.inBuild === false)
        return undefined;
    const over = ours.flatMap((service) => {
        const volume = volumeOver(root.path, service);
        return volume === undefined ? [] : [{ service, volume }];
    });
    const [found] = over;
    if (found === undefined)
        return undefined;
    const { service, volume } = found;
    const isShared = servicesThatShare(root.path, service, services).length > 0;
    // Another file of the same service may have no volume.
    const isEverywhere = ours
        .filter(({ name }) => name === service.name)
        .every((one) => volumeOver(root.path, one));
    const { elsewhere, removesVolumes } = collecting;
    const isCertain = collecting.inBuild === true &&
        collecting.startIsKnown &&
        elsewhere === undefined &&
        removesVolumes === undefined &&
        root.isSure &&
        isEverywhere &&
        (isShared || root.hasMiddleware);
    const unless = elsewhere !== undefined
        ? `, unless ${elsewhere}, which names collectstatic, runs it at each release`
        : removesVolumes !== undefined
            ? `, unless ${removesVolumes}, which removes volumes, does so at each release`
            : "";
    return {
        level: isCertain ? "WARNING" : "INFO",
        message: `The Dockerfile runs collectstatic, but the service \`${service.name}\` in ${service.file} mounts the volume ` +
            `\`${volume}\` over that folder (${root.quoted}). Docker copies the image's files into a volume only while it is ` +
            `empty, so the static files of the first release stay for ever${unless}.`,
        hint: "Run `python manage.py collectstatic --noinput` when the container starts, in a service of the compose file, or " +
            "in the job that deploys; or serve the image's own files without a volume.",
        file: service.file,
    };
}
/**
 * A folder that is served and that nothing fills.
 * @param isServed whether something serves it that the compose files do not say: WhiteNoise, a Caddyfile
 */
function unfilledFiles(root, { collecting, ours, services }, isServed) {
    if (collecting === undefined || collecting.atStart || collecting.elsewhere !== undefined)
        return undefined;
    const hidden = ours.find((service) => isFolder(mountOver(root.path, service)));
    const isShared = ours.some((service) => servicesThatShare(root.path, service, services).length > 0);
    const isEmpty = (collecting.inBuild === false && !root.isFilled) || hidden !== undefined;
    if (!collecting.startIsKnown || !isEmpty || !(isServed || isShared))
        return undefined;
    return {
        level: "INFO",
        message: hidden === undefined
            ? `Static files are served from Django's folder (${root.quoted}), and nothing in the repository runs collectstatic.`
            : `Static files are served from a folder of the machine that ${hidden.file} mounts at Django's (${root.quoted}), and nothing in the repository runs collectstatic when a container starts.`,
        hint: "Unless something else fills the folder, each static file is a 404. Run `python manage.py collectstatic --noinput` in the Dockerfile or when the container starts.",
        file: hidden?.file ?? "",
    };
}
function mountOver(path, { mounts }) {
    return (0,compose/* mayHaveUnknown */.q1)(path, { mounts, isPartial: false }) ? undefined : (0,compose/* mountAround */.hj)(path, { mounts });
}
function volumeOver(path, service) {
    const mount = mountOver(path, service);
    return mount && (0,project_mounts/* volumeName */.EH)(mount);
}
function isFolder(mount) {
    return mount !== undefined && typeof mount.from !== "string" && "paths" in mount.from;
}
/** Other services that have what a service has at a path: nginx, say. */
function servicesThatShare(path, service, services) {
    const sources = (0,compose/* sourcesOf */.u0)(path, service);
    return services.filter((other) => other.name !== service.name &&
        other.mounts.some(({ target }) => (0,compose/* sourcesOf */.u0)(target, other).some((shared) => sources.some((source) => overlap(source, shared)))));
}
function overlap(one, other) {
    return one === other || one.startsWith(`${other}/`) || other.startsWith(`${one}/`);
}

;// CONCATENATED MODULE: ./build/checks/caddy/rules/static-files.js
/**
 * Rule: a folder that Caddy serves as Django's has static files in it (`static.unfilled`). What WhiteNoise and other services
 * of the compose files serve is the check `static`'s. Pure.
 */



/** A folder that nothing fills. */
function staticFiles({ tour, django, project }) {
    const { collecting, services, image } = project;
    const url = django.text("STATIC_URL") ?? "";
    const root = staticRoot(django);
    if (root === undefined || root.hasMiddleware || !url.startsWith("/"))
        return [];
    const facts = { collecting, services, ours: (0,image_services/* servicesOfImage */.$h)(services, image) };
    const isServed = tour.sites.some((site) => {
        const answers = tour.visit(site, `${url}admin/css/base.css`).answers.filter(({ by }) => by === "files");
        // Where an index is sent for a missing file (`try_files`), the folder is a single-page app's.
        const isApp = answers.some((answer) => answer.by === "files" && answer.file?.endsWith(".css") === false);
        return answers.length > 0 && !isApp;
    });
    const found = isServed ? unfilledFiles(root, facts, true) : undefined;
    if (found === undefined || unfilledFiles(root, facts, false) !== undefined)
        return [];
    const { file: _, ...rest } = found;
    return [{ id: "static.unfilled", ...rest, at: { directive: "file_server", argument: `${url}*` } }];
}

// EXTERNAL MODULE: ./build/checks/project/listening.js
var listening = __webpack_require__(1271);
// EXTERNAL MODULE: ./build/checks/project/words.js
var words = __webpack_require__(3903);
;// CONCATENATED MODULE: ./build/checks/caddy/rules/upstream-port.js
/**
 * Rule: Caddy's reverse_proxy sends requests to a port on which something listens (`hosts.upstream-port`). The command of the
 * compose service that the upstream names decides; where there is none, the Dockerfile's EXPOSE and CMD. Pure.
 */






/** A finding for each upstream whose service listens elsewhere; without such services one when no upstream has a port of the image. */
function upstreamPort({ proxies, project }) {
    const { imagePorts, services } = project;
    const upstreams = [...new Set(proxies.flatMap((proxy) => proxy.upstreams))];
    const judged = upstreams.flatMap((upstream) => {
        const service = (0,compose/* upstreamService */.RL)([upstream], services);
        const ports = service && portsOfService(service, project);
        return ports === undefined ? [] : [{ upstream, ports }];
    });
    if (judged.length > 0)
        return judged.flatMap(({ upstream, ports }) => upstream_port_elsewhere(upstream, ports, imagePorts));
    const ports = upstreams.flatMap((upstream) => portOf(upstream) ?? []);
    const [first = ""] = upstreams;
    // An upstream without a port (a socket, a placeholder) may lead to Django as well.
    if (imagePorts.length === 0 || ports.length === 0 || ports.length < upstreams.length)
        return [];
    if (ports.some((port) => imagePorts.includes(port)))
        return [];
    return [
        {
            id: "hosts.upstream-port",
            level: "INFO",
            message: `Caddy's reverse_proxy sends requests to ${upstreams.join(", ")}, but the Dockerfile's EXPOSE and CMD name port ${imagePorts.join(", ")}.`,
            hint: "If nothing else listens there, requests get 502 Bad Gateway. Use the same port in both.",
            at: { directive: "reverse_proxy", argument: first },
        },
    ];
}
/**
 * The ports of a service, by all files of production that have it.
 * @returns undefined when they do not say
 */
function portsOfService(service, project) {
    const { name } = service;
    const all = (0,image_services/* productionOf */.zS)(service, project.image);
    const started = all.filter(({ entrypoint, command }) => entrypoint !== undefined || command !== undefined);
    const [first] = started;
    if (first === undefined)
        return exposedBy(name, all);
    const heard = started.map(wordsOf).map(listening/* listeningOf */.r);
    const known = heard.filter((one) => one !== undefined);
    const [server] = known;
    if (server === undefined || known.length < heard.length)
        return undefined;
    // Another file may start it as the image does.
    const inherits = started.length < all.length;
    const inherited = inherits && (0,image_services/* runsImage */.m2)(service, project.image) !== false ? project.imagePorts : [];
    const isSure = known.every((one, index) => one.certain && isHostSure(one, started[index], project));
    return {
        ports: [...new Set([...known.flatMap(({ ports }) => ports), ...inherited])],
        // Another file may let it listen on all addresses.
        loopback: all.length > 1 ? [] : server.loopback,
        certain: !inherits && isSure && isBehindCaddy(all, project.services),
        said: `${server.server} in the service \`${name}\` (${first.file}) listens on`,
    };
}
function exposedBy(name, all) {
    const ports = [...new Set(all.flatMap((one) => one.ports))];
    if (ports.length === 0 || all.some(({ hidesPort }) => hidesPort))
        return undefined;
    return {
        ports,
        loopback: [],
        certain: false,
        said: `\`expose\` and \`ports\` of the service \`${name}\` name`,
    };
}
function wordsOf({ entrypoint, command }) {
    return (0,words/* inContainer */.Bc)([...(entrypoint ?? []), ...(command ?? [])]);
}
/** Whether no variable can name another host than the server's default. */
function isHostSure({ hostFrom }, service, { image }) {
    if (hostFrom === undefined || hostFrom === "" || service === undefined)
        return true;
    return !service.hidesVariables && !service.environment.has(hostFrom) && !image.variables.has(hostFrom);
}
/** Whether the file that says so is the one that Caddy runs by: it has Caddy's service, or there is no other file. */
function isBehindCaddy(all, services) {
    const files = new Set(services.flatMap(({ definitions }) => definitions.filter(image_services/* isProduction */.KV).map(({ file }) => file)));
    const caddys = caddyService(services)?.definitions.map(({ file }) => file) ?? [];
    return files.size === 1 || all.every(({ file }) => caddys.includes(file));
}
function upstream_port_elsewhere(upstream, { ports, loopback, certain, said }, imagePorts) {
    const asked = portOf(upstream);
    const isHidden = asked !== undefined && loopback.includes(asked);
    if (asked === undefined || (ports.includes(asked) && !isHidden))
        return [];
    // What a service exposes is not all that it may listen on.
    if (!certain && !isHidden && imagePorts.includes(asked))
        return [];
    return [
        {
            id: "hosts.upstream-port",
            level: certain ? "WARNING" : "INFO",
            message: `Caddy's reverse_proxy sends requests to ${upstream}, but ${said} ${isHidden
                ? `the container's own loopback address, which other containers cannot reach`
                : ports.length === 0
                    ? "no port: on a Unix socket or as its config file says"
                    : `port ${ports.join(", ")}`}.`,
            hint: isHidden
                ? `Requests get 502 Bad Gateway. Let it listen on 0.0.0.0:${asked}.`
                : `${certain ? "Requests" : "If nothing else listens there, requests"} get 502 Bad Gateway. Use the same port in both.`,
            at: { directive: "reverse_proxy", argument: upstream },
        },
    ];
}

;// CONCATENATED MODULE: ./build/checks/caddy/rules/www.js
/** Rule: of `example.com` and `www.example.com` one redirects to the other, because people type both (`hosts.www`). Pure. */

/** Only names of two labels are looked at: `shop.example.com` needs no `www.shop.example.com`. */
function www({ tour, proxies }) {
    const served = new Set(tour.sites.map(({ host }) => host));
    const proxied = new Set(proxies.flatMap(({ hosts }) => hosts).filter(isPublic));
    return [...proxied].flatMap((host) => {
        const bare = host.replace(/^www\./, "");
        if (!/^[^.*]+\.[^.]+$/.test(bare))
            return [];
        const other = host === bare ? `www.${bare}` : bare;
        // A wildcard site serves the www name.
        if (served.has(`*.${bare}`) && host === bare)
            return [];
        if (!served.has(other))
            return [
                {
                    id: "hosts.www",
                    level: "INFO",
                    message: `Caddy serves ${host} but not ${other}.`,
                    hint: `If people may type ${other}, redirect it: \`${other} { redir https://${host}{uri} permanent }\`, written on three lines.`,
                    at: { host },
                },
            ];
        // Both are proxied: one finding for the two of them.
        if (host !== bare || !proxied.has(other))
            return [];
        return [
            {
                id: "hosts.www",
                level: "INFO",
                message: `Caddy serves the same site under ${host} and ${other}.`,
                hint: "Redirect one of them to the other. Otherwise they are two sites for search engines and cookies.",
                at: { host },
            },
        ];
    });
}

;// CONCATENATED MODULE: ./build/checks/caddy/rules/rules.js
/**
 * The rules of `hosts`: whether Caddy and Django agree, which neither can check alone. They compare what
 * `caddy adapt` says with Django's settings, and are silent about what cannot be known (placeholders, values
 * that shipshape supplied). Pure.
 */










/** A new rule is a file in this folder and a name here. */
const RULES = [allowedHosts, https, files, staticFiles, upstreamPort, hsts, www];
/** Findings that are kept: the adapted Caddyfile comes from a container, so it may be of any size. */
const MAX_FINDINGS = 500;
/**
 * Applies all rules. The same message is reported once.
 * @param django notes which settings were asked for and are not known
 */
function compareWithDjango(adapted, settings, project, django = new DjangoSettings(settings)) {
    const tour = new Tour(adapted);
    const visits = tour.visits();
    const proxies = proxyRoutes(visits);
    const { routes, certain } = routesToDjango(proxies, project);
    const groups = new Set(routes.map(groupOf));
    const isDjangos = (answer) => answer.by === "proxy" && groups.has(groupOf(answer));
    const comparison = { tour, visits, proxies, routes, certain, isDjangos, django, project };
    const found = RULES.flatMap((rule) => rule(comparison)).slice(0, MAX_FINDINGS);
    const texts = found.map(({ id, message }) => `${id} ${message}`);
    return found.filter((_, index) => texts.indexOf(texts[index] ?? "") === index);
}

;// CONCATENATED MODULE: ./build/checks/caddy/validate-output.js
/** What `caddy validate` printed, as data. Caddy 2.6 and 2.11 write the place of an error differently. Pure. */

/** Limits on what is kept, because the output comes from a container. */
const MAX_WARNINGS = 100;
const MAX_CHARACTERS = 4000;
/**
 * Reads validate's standard error.
 * @param code its exit code: 0 valid, 1 not valid, 2 a panic
 */
function readValidate(stderr, code) {
    const lines = stderr.split("\n");
    const warnings = lines.flatMap(warningIn).slice(0, MAX_WARNINGS);
    if (code === 0)
        return { error: undefined, warnings, crash: "" };
    const start = lines.findLastIndex((line) => line.startsWith("Error: "));
    const printed = start < 0 ? "" : lines.slice(start).join("\n").trim().slice("Error: ".length);
    const kept = printed.slice(0, MAX_CHARACTERS);
    if (code === 1 && kept !== "")
        return { error: readError(kept), warnings, crash: "" };
    const panic = lines.find((line) => /^(panic|fatal error|runtime error): /.test(line)) ?? lines.at(-1) ?? "";
    return { error: undefined, warnings, crash: panic || `exit code ${code}` };
}
/** Reads the text after `Error: `. */
function readError(text) {
    const adapting = /^adapting config using \S+: /.exec(text)?.[0];
    const rest = text.slice(adapting?.length ?? 0).replace(/^parsing caddyfile tokens for '[^']*': /, "");
    const placed = placeBefore(rest) ?? placeAfter(rest) ?? { message: lastCause(rest) };
    return {
        phase: adapting === undefined ? "provision" : "adapt",
        importChain: [],
        file: "",
        line: undefined,
        ...placed,
    };
}
/** `loading http app module: provision http: … provision http.matchers.path_regexp: text`: only the last part helps. */
function lastCause(text) {
    const [, module = "", message] = /^loading .*\bprovision ([\w.]+): (.*)$/s.exec(text) ?? [];
    return message === undefined ? text : `${module}: ${message}`;
}
/** Caddy 2.6: `/etc/caddy/Caddyfile:3 - Error during parsing: text`. Unknown directives in both: `…:3: text`. */
function placeBefore(text) {
    const [, file = "", line, message] = /^(\/[^:\n]+):(\d+)(?: - [A-Z][A-Za-z ]+)?: (.*)$/s.exec(text) ?? [];
    return message === undefined ? undefined : { file, line: Number(line), message };
}
/** Later: `text, at /etc/caddy/Caddyfile:3 import chain ['/etc/caddy/Caddyfile:7 (import a)']`. */
function placeAfter(text) {
    const [, message, file = "", line, chain = ""] = /^(.*), at (\/[^:\n]+):(\d+)(?: import chain:? \[(.*)\])?$/s.exec(text) ?? [];
    if (message === undefined)
        return undefined;
    const importChain = [...chain.matchAll(/'([^']+)'/g)].map(([, one = ""]) => one);
    return { file, line: Number(line), message, importChain };
}
/** Reads one line of Caddy's log, which is JSON when standard error is not a terminal. */
function warningIn(line) {
    const entry = (0,request_json/* object */.Ik)(line.startsWith("{") ? (0,request_json/* parseJson */.qF)(line) : undefined);
    if (entry.level !== "warn" && entry.level !== "error")
        return [];
    const { msg, line: number } = entry;
    // Formatting has a check of its own.
    if (typeof msg !== "string" || /is not formatted/.test(msg))
        return [];
    const about = (0,request_json/* texts */.Te)([entry.pattern, entry.error, entry.server_name]);
    return [
        {
            message: (about.length === 0 ? msg : `${msg} (${about.join(", ")})`).slice(0, MAX_CHARACTERS),
            file: (0,request_json/* text */.Qq)(entry.file),
            line: typeof number === "number" && Number.isInteger(number) && number > 0 ? number : undefined,
        },
    ];
}

;// CONCATENATED MODULE: ./build/checks/caddy/answers.js
/** From what Caddy printed in its container to the answers of `caddy`, `caddy-format` and `hosts`. Pure. */










/** What `caddy validate` says. */
const CADDY = "caddy";
/** What `caddy fmt` would change. */
const FORMAT = "caddy-format";
/** Whether Caddy and Django agree. */
const HOSTS = "hosts";
/** Characters from the end of what a crashed Caddy printed. */
const MAX_CRASH_OUTPUT = 4000;
/**
 * Reads all that Caddy printed.
 * @param timing how long Caddy took, and whether its output came from the builder's cache
 * @returns the answers of `caddy` and `caddy-format`, as far as they were asked for; and what answers `hosts`, which needs
 *   Django's settings as well
 */
function readCaddyOutput(output, files, { checks, stockImage, scrub }, timing) {
    const { version, validate, adapt, formatted } = output;
    const states = variableStates(files, output.states);
    const write = findingWriter(files, scrub);
    const validated = readValidate(validate.err, validate.code);
    const hasCrashed = validated.crash !== "";
    const context = { caddyfile: files, states, version, stockImage };
    const drafts = hasCrashed ? [] : caddyFindings(validated, context);
    const read = `${files.path}, read by Caddy ${version} from ${stockImage || "the project's own image"}`;
    const caddy = {
        ...(0,checks_verdict/* emptyAnswer */.WC)(CADDY),
        ...timing,
        findings: drafts.map((draft) => write(CADDY, draft)),
        reason: hasCrashed ? `Caddy ${version} crashed: ${scrub(validated.crash).replace(/\.$/, "")}` : "",
        output: hasCrashed ? scrub(validate.err.slice(-MAX_CRASH_OUTPUT)) : "",
        notes: [read, ...defaultsUsed(files, states)],
    };
    const isJson = isJsonConfig(files.main);
    const format = {
        ...(0,checks_verdict/* emptyAnswer */.WC)(FORMAT),
        ...(isJson ? { skipped: "`caddy fmt` formats Caddyfiles, and this is JSON" } : {}),
        ...timing,
        findings: formatFindings(files.files, formatted).map((draft) => write(FORMAT, draft)),
    };
    // JSON is what an adapter would make of a Caddyfile.
    const [config] = files.files;
    const json = isJson && validate.code === 0 ? config?.text : adapt.code === 0 ? adapt.out : undefined;
    const adapted = json === undefined ? undefined : readAdapted(json);
    const lookUp = valuesOf(files, states);
    return {
        answers: [caddy, format].filter(({ name }) => checks.includes(name)),
        answerHosts: (settings, project) => ({
            // The settings may be new although Caddy's output is cached: it is compared each time.
            ...(0,checks_verdict/* emptyAnswer */.WC)(HOSTS),
            ...(json !== undefined && adapted === undefined
                ? { skipped: "what Caddy reads is nested too deeply to be followed" }
                : compared(adapted, settings, project, files.named, ({ at, ...one }) => write(HOSTS, { ...one, ...locate(at, files, lookUp) }))),
        }),
    };
}
/**
 * What `hosts` answers, where both sides are known.
 * @param write makes a finding at its line in the Caddyfile
 */
function compared(adapted, settings, project, named, write) {
    if (adapted === undefined)
        return { skipped: "Caddy cannot read the Caddyfile, so there is nothing to compare" };
    if (Object.keys(settings).length === 0) {
        const why = "the settings could not be loaded, so there is nothing to compare";
        // If `hosts` is the only check, no other check reports that the settings could not be loaded.
        return named ? { reason: why } : { skipped: why };
    }
    const django = new DjangoSettings(settings);
    const findings = certainOf(adapted, settings, project, django).map(write);
    const without = django.notCompared;
    // Never "passed": what was not compared has not passed.
    return without === "" ? { findings } : { findings, skipped: without };
}
/** All disagreements. What is one only with the DJANGO_ENV that shipshape supplied is INFO. */
function certainOf(adapted, settings, project, django) {
    const found = compareWithDjango(adapted, settings, project, django);
    const without = withoutProduction(settings);
    if (without === undefined)
        return found;
    const keyOf = ({ id, at }) => JSON.stringify([id, at]);
    const others = compareWithDjango(adapted, without, project).filter(({ level }) => level !== "INFO");
    const again = new Set(others.map(keyOf));
    return found.map((one) => one.level === "INFO" || again.has(keyOf(one))
        ? one
        : { ...one, level: "INFO", hint: `${one.hint} ${ONLY_WITH_OURS}` });
}
const ONLY_WITH_OURS = "It is so only with DJANGO_ENV=production, which shipshape supplied: set production's value with `env`.";
/** The line that a disagreement is about (the adapted JSON has none); the Caddyfile without a line when none fits. */
function locate(at, { files, main }, lookUp) {
    if (isJsonConfig(main)) {
        const text = "host" in at ? at.host : at.argument;
        const found = files[0]?.tokens.find((token) => token.text.toLowerCase() === text.toLowerCase());
        return { file: main, line: found?.line };
    }
    for (const file of files) {
        const line = "host" in at ? lineOfSite(file, at.host, lookUp) : lineOfDirective(file, at, lookUp);
        if (line !== undefined)
            return { file: file.path, line };
    }
    return { file: main, line: undefined };
}
function lineOfSite({ blocks }, host, lookUp) {
    const keys = blocks.filter(({ kind }) => kind === "site").flatMap((block) => block.keys);
    return keys.find(({ text }) => answers_hostOf(expand(text, lookUp) ?? "") === host)?.line;
}
/** `https://Example.com:8443/path` → `example.com`. */
function answers_hostOf(address) {
    return address
        .replace(/^[a-z]+:\/\//i, "")
        .replace(/[:/].*$/s, "")
        .toLowerCase();
}
function lineOfDirective(file, { directive, argument }, lookUp) {
    const all = [...allDirectives(file)].filter(({ name }) => name.text === directive);
    const exact = all.find(({ args, block }) => [...args, ...block.flatMap((inner) => [inner.name, ...inner.args])].some(({ text }) => (expand(text, lookUp) ?? "").replace(/^https?:\/\//, "").toLowerCase() === argument.toLowerCase()));
    return (exact ?? all[0])?.name.line;
}
/** Variables that had no value, so that Caddy used their defaults, for the summary. */
function defaultsUsed({ uses }, states) {
    const defaults = uses.filter(({ name, fallback }) => fallback !== undefined && states.get(name) === "unset");
    const names = [...new Set(defaults.map(({ name, fallback }) => `${name} (${fallback})`))];
    return names.length === 0 ? [] : [`Checked with the default values of ${names.join(", ")}`];
}
/**
 * Compares each file with what `caddy fmt` made of it.
 * @param formatted container path → the file as `caddy fmt` writes it; none where it could not
 */
function formatFindings(files, formatted) {
    return files.flatMap(({ path, text }) => {
        const replacement = formatted.get(path);
        // Caddy prints nothing for a file that it cannot read.
        if (replacement === undefined || (replacement === "" && text.trim() !== ""))
            return [];
        const line = firstDifference(text, replacement);
        if (line === undefined)
            return [];
        return [
            {
                id: "caddy.not-formatted",
                level: "INFO",
                message: `${path} is not formatted as \`caddy fmt\` would format it. This line is the first difference.`,
                hint: `Run \`caddy fmt --overwrite ${path}\`. The formatted text is in the report.`,
                file: path,
                line,
                replacement,
            },
        ];
    });
}
/** The first line, counted from 1, in which two texts differ; undefined when they are equal. */
function firstDifference(before, after) {
    if (before === after)
        return undefined;
    const left = before.split("\n");
    const right = after.split("\n");
    const length = Math.min(left.length, right.length);
    const at = left.findIndex((line, index) => index >= length || line !== right[index]);
    return Math.min(at < 0 ? left.length : at + 1, Math.max(1, left.length));
}
/** Answers of checks that have nothing to look at: there is no Caddyfile, say. They do not stop the step. */
function skipped(checks, why) {
    return checks.map((name) => ({ ...(0,checks_verdict/* emptyAnswer */.WC)(name), skipped: why }));
}
/**
 * Answers of checks that could not run, all for one reason, which the first one gives. A Caddyfile that
 * shipshape found by itself must not stop the step, so its checks are skipped.
 * @param why the reason, a sentence without its full stop
 * @param named whether the workflow named the Caddyfile
 */
function notRun(checks, why, { named }) {
    const [first, ...others] = checks;
    if (!named || first === undefined)
        return skipped(checks, why);
    return [{ ...(0,checks_verdict/* emptyAnswer */.WC)(first), reason: why }, ...skipped(others, `${first} could not run`)];
}

;// CONCATENATED MODULE: ./build/checks/caddy/bake.js


/**
 * @param image that Caddy runs in: by its name, or one that was built, by its bytes
 * @param again not from the builder's cache
 * @param seconds the longest that Caddy may take
 */
function planCaddy(image, { context, report, env, file }, { again, seconds }) {
    const isNamed = typeof image === "string";
    return (0,dockerfile/* planOwn */.ko)("caddy", {
        context,
        text: caddyDockerfile(isNamed ? image : steps/* CADDY_IMAGE */.mp, file, env),
        images: isNamed ? {} : { contexts: { [steps/* CADDY_IMAGE */.mp]: image.context } },
        secret: env,
        network: "none",
        uncached: again ? [steps/* STAGES */.an.caddy] : [],
        report,
        limit: { step: (0,steps/* isStep */.Vf)("caddy"), seconds },
    });
}
/** The project's own Caddy image, as a stage that is built first and without a secret of ours. */
function caddyStage({ context, dockerfile }, { target, args }, staging) {
    return {
        name: steps/* CADDY_IMAGE */.mp,
        platform: "",
        target: {
            context,
            dockerfile,
            ...(target === "" ? {} : { target }),
            args: Object.fromEntries(args),
        },
        staging: `${staging}-caddy`,
        allow: [],
        secrets: new Map(),
    };
}
/** Our Dockerfile: the Caddyfiles to their places, Caddy's output out. */
function caddyDockerfile(from, file, env) {
    const command = [
        "/bin/sh",
        "/.shipshape-caddy/caddy.sh",
        "/.shipshape-asked",
        dockerfile/* REPORT */.ri,
        file,
        "/.shipshape-caddy-env",
    ];
    return [
        `FROM ${from} AS ${steps/* STAGES */.an.caddy}`,
        dockerfile/* COPY_ROOM */.WN,
        "COPY caddyfiles/ /",
        "RUN --network=none" +
            " --mount=type=bind,source=caddy.sh,target=/.shipshape-caddy/caddy.sh" +
            " --mount=type=bind,source=asked,target=/.shipshape-asked" +
            `${(0,dockerfile/* mounted */.P0)(env, "/.shipshape-caddy-env")} ${JSON.stringify(command)}`,
        ...(0,dockerfile/* exportReports */.wm)({ [steps/* STAGES */.an.caddy]: "/" }),
    ].join("\n");
}

;// CONCATENATED MODULE: ./build/checks/caddy/collect-files.js
/**
 * Which files go into Caddy's container, and what caddy.sh is asked to do with them. Reads the checkout through
 * an interface, so it knows no file system.
 */





/** Files that one Caddyfile may import. */
const MAX_FILES = 500;
/**
 * Reads a Caddyfile and everything that it imports from the repository. Other imports may be in the image.
 * @param env the values of `caddy-env`
 * @returns `files` is empty when the Caddyfile itself cannot be read
 */
async function collectFiles(found, env, repository) {
    const folder = external_node_path_.posix.dirname(found.path);
    const files = [];
    const isJson = isJsonConfig(found.path);
    const main = isJson ? JSON_CONFIG : CADDYFILE;
    const repoPaths = new Map([[main, found.path]]);
    const expanded = (text) => expand(text, (name, fallback) => env.get(name) ?? fallback);
    const queue = [main];
    for (let path = queue.shift(); path !== undefined && files.length < MAX_FILES; path = queue.shift()) {
        const text = await repository.read(repoPaths.get(path) ?? "");
        if (text === undefined) {
            repoPaths.delete(path);
            continue;
        }
        const file = isJson ? parseJsonConfig(text) : parseCaddyfile(path, text);
        files.push(file);
        for (const imported of importsOf(file, expanded)) {
            const pattern = inRepository(imported, folder);
            for (const repoPath of pattern === undefined ? [] : await repository.match(pattern)) {
                const inContainer = containerPath(repoPath, folder);
                if (repoPaths.has(inContainer))
                    continue;
                repoPaths.set(inContainer, repoPath);
                queue.push(inContainer);
            }
        }
    }
    // Caddy replaces `{$NAME}` only in a Caddyfile.
    const uses = isJson ? [] : usesIn(files);
    const rendered = TEMPLATE.test(found.path);
    return { ...found, main, files, rendered, repoPaths, uses, env, standIns: standIns(uses, env) };
}
/** Names of files that something else makes a Caddyfile of. */
const TEMPLATE = /\.(tmpl|tpl|template|in|j2|jinja2?|erb|envsubst)$/i;
/** A file's path in the container: relative to the Caddyfile it is the same as in the repository. */
function containerPath(repoPath, folder) {
    return external_node_path_.posix.resolve(FOLDER, external_node_path_.posix.relative(external_node_path_.posix.join("/", folder), external_node_path_.posix.join("/", repoPath)));
}
/** The files of the build context: `caddyfiles/` is copied into the image, `asked/` is what caddy.sh reads. */
function contextFiles({ files, uses, standIns }) {
    const names = new Set(uses.map(({ name }) => name));
    return new Map([
        ...files.map(({ path, text }) => [`caddyfiles${path}`, text]),
        ["asked/variables", lines([...names].filter((name) => SHELL_NAME.test(name)))],
        ["asked/stand-ins", lines([...standIns].map(([name, value]) => `${name} ${value}`))],
        ["asked/files", lines(files.map(({ path }) => path).filter((path) => !isJsonConfig(path)))],
    ]);
}
function lines(items) {
    return items.map((item) => `${item}\n`).join("");
}

;// CONCATENATED MODULE: ./build/checks/caddy/output-files.js
/**
 * The files that caddy.sh wrote in the container, as data. They are untrusted: any of them may be missing or
 * hold anything. Reads them through a function, so it knows no file system.
 */
/** Characters of a formatted file that are kept. */
const MAX_FORMATTED = 2 * 1024 * 1024;
/**
 * Reads the files.
 * @param paths the Caddyfiles in the container, in the order in which they were formatted
 * @returns undefined when the image has no Caddy
 */
async function readOutputFiles(readFile, paths) {
    const version = await readCommand(readFile, "version");
    const validate = await readCommand(readFile, "validate");
    const adapt = (await readCommand(readFile, "adapt")) ?? { out: "", err: "", code: 1 };
    const formatted = new Map();
    for (const [index, path] of paths.entries()) {
        const command = await readCommand(readFile, `fmt-${index + 1}`);
        // `caddy fmt` of 2.7 and later exits with 1 when it would change something.
        if (command !== undefined && command.code <= 1 && command.out.length <= MAX_FORMATTED)
            formatted.set(path, command.out);
    }
    const lines = ((await readFile("states")) ?? "").split("\n");
    const states = lines.map((line) => {
        const [name = "", state = ""] = line.split(" ");
        return [name, state];
    });
    if (version === undefined || validate === undefined)
        return undefined;
    return {
        version: /v?(\d+\.\d+\.\d+\S*)/.exec(version.out)?.[1] ?? "of an unknown version",
        validate,
        adapt,
        formatted,
        states: new Map(states.filter(([name]) => name !== "")),
    };
}
async function readCommand(readFile, name) {
    const [code = "", out = "", err = ""] = await Promise.all(["code", "out", "err"].map((ending) => readFile(`${name}.${ending}`)));
    return /^\d{1,3}$/.test(code.trim()) ? { out, err, code: Number(code) } : undefined;
}

// EXTERNAL MODULE: ./build/request/context.js
var context = __webpack_require__(8961);
// EXTERNAL MODULE: ./build/request/dockerfile.js
var request_dockerfile = __webpack_require__(338);
;// CONCATENATED MODULE: ./build/checks/caddy/workspace.js
/** Reads the checkout for the checks of Caddy: which Caddy image, and the files that it gets. */








/** The project's own Caddy image, if a Dockerfile for one is named or found; undefined where the stock image is used. */
async function ownCaddy({ caddy, workspace, build }, caddyfile) {
    const folder = external_node_path_.join(workspace, external_node_path_.dirname(caddyfile));
    const named = caddy.dockerfile || (caddy.context === "" ? "" : external_node_path_.join(caddy.context, "Dockerfile"));
    const dockerfile = named || (caddy.imageIsNamed ? undefined : await caddyDockerfileIn(folder, workspace));
    if (dockerfile === undefined)
        return undefined;
    return {
        dockerfile,
        context: caddy.context || (await contextFor(dockerfile, build.context, workspace)),
    };
}
async function caddyDockerfileIn(folder, workspace) {
    const names = (await (0,external_node_fs_promises_.readdir)(folder).catch(() => [])).filter(context/* looksLikeDockerfile */.AG).sort();
    for (const name of names) {
        const file = external_node_path_.join(folder, name);
        const { image } = (0,request_dockerfile/* instructionsFor */.t9)(await readInstructions(file, workspace), "");
        if (isOfficialCaddy(image))
            return file;
    }
    return undefined;
}
/** The build context of a Caddy Dockerfile: its own folder, or the app's context if only that has the files it copies. */
async function contextFor(dockerfile, appContext, workspace) {
    const folder = external_node_path_.dirname(dockerfile);
    const copied = (0,request_dockerfile/* copiedOf */.Oq)(await readInstructions(dockerfile, workspace));
    const hasAll = (context) => Promise.all(copied.map((one) => (0,external_node_fs_promises_.stat)(external_node_path_.join(context, one)))).then(() => true, () => false);
    return !(await hasAll(folder)) && (await hasAll(appContext)) ? appContext : folder;
}
async function readInstructions(file, workspace) {
    return (0,request_dockerfile/* instructionsOf */.Jk)((await (0,repository/* readNamed */.Mk)(file, workspace)) ?? "");
}
/**
 * Writes the build context of Caddy's solve.
 * @param script path of `caddy.sh`
 */
async function fillCaddyContext(context, files, script) {
    await (0,checks_context/* makeRoom */.mk)(context);
    await (0,checks_context/* putFile */.UN)(external_node_path_.join(context, "caddy.sh"), await (0,external_node_fs_promises_.readFile)(script));
    for (const [name, text] of contextFiles(files))
        await (0,checks_context/* putFile */.UN)(external_node_path_.join(context, name), text);
}

;// CONCATENATED MODULE: ./build/checks/caddy/run.js
/** Runs Caddy on the Caddyfile. A failure here never fails the Django checks. */




















/**
 * @returns answers for the checks of the Caddyfile, also for those that did not run, and the comparison with
 *   Django's settings
 * @throws {Failure} `Cancelled`
 */
async function runCaddy(solver, request, how) {
    const checks = (0,catalogue/* checksOf */.tg)("caddy", request.checks);
    if (checks.length === 0)
        return known([]);
    if (request.caddy.file === "none")
        return known(skipped(checks, "`caddyfile: none`"));
    const found = await how.checkout.caddyfile();
    if (found === undefined)
        return known(skipped(checks, `there is no Caddyfile (${checkout/* CANDIDATES */.R.join(", ")}) in the build context`));
    const read = await collectFiles(found, request.caddy.env, how.checkout.repository);
    const files = { ...read, rendered: read.rendered || (await mayBeRendered(read, how.checkout)) };
    if (files.files.length === 0) {
        const why = await (0,repository/* whyUnread */.Ms)(request.workspace, found.path);
        return known(notRun(checks, `${found.path} ${why}`, found));
    }
    try {
        return await ask(solver, request, how, files, checks);
    }
    catch (error) {
        // The build reports a builder that hangs.
        if (!(error instanceof failure/* Failure */.HR) || error.kind === "Cancelled")
            throw error;
        return known(notRun(checks, error.message.replace(/\.$/, ""), found));
    }
}
/** Whether something may replace variables in the Caddyfile before Caddy reads it. Most have none of a shell. */
async function mayBeRendered({ files }, checkout) {
    if (!shellVariablesIn(files).some(({ certain }) => certain))
        return false;
    return (await checkout.mentions())?.rendering !== false;
}
/** Answers that Django's settings do not change. */
function known(answers) {
    return { answers, agree: () => [] };
}
async function ask(solver, request, { probe, checkout, staging, build }, files, checks) {
    const { caddy, timeout } = request;
    const own = await ownCaddy(request, files.path);
    const stockImage = own === undefined ? caddy.image : "";
    const scrub = scrubber(run_hidden(files));
    const context = external_node_path_.join(solver.folder, "caddy-context");
    const report = external_node_path_.join(solver.folder, "caddy");
    await fillCaddyContext(context, files, external_node_path_.join(probe, "caddy.sh"));
    const env = (0,dockerfile/* secretOf */.OM)("caddy", await (0,checks_context/* secretKey */.oF)(caddy.env, request), (0,checks_context/* assignments */.TT)(caddy.env));
    // This reads while Caddy runs. Without an answer of Caddy nobody waits for it.
    const facts = checks.includes(HOSTS) ? projectFacts(request, checkout, own !== undefined) : undefined;
    facts?.catch(() => { });
    const image = own === undefined ? caddy.image : await build(caddyStage(own, caddy, staging));
    const answered = await (0,image_solver/* solveAndRead */.l)(solver, {
        name: "caddy-solve",
        folder: report,
        plan: (again) => planCaddy(image, { context, report, env, file: files.main }, { again, seconds: timeout }),
        answers: (0,steps/* isStep */.Vf)("caddy"),
        read: async ({ vertexes }, cached) => {
            const output = await outputIn(report, files, stockImage);
            if (typeof output === "string")
                return output;
            const seconds = (0,progress/* secondsOf */.TM)((0,progress/* stepIn */.eC)(vertexes, (0,steps/* isStep */.Vf)("caddy")));
            return readCaddyOutput(output, files, { checks, stockImage, scrub }, { seconds, cached });
        },
        believes: (read) => typeof read !== "string" && !hasFailed(read.answers, request),
        layers: typeof image === "string" ? undefined : image.layers,
    });
    const read = answered.ok
        ? answered.answer
        : answered.why === "step"
            ? `Caddy was not done after ${timeout} seconds`
            : whyNotRun(answered.blame, stockImage);
    if (typeof read === "string")
        return known(notRun(checks, scrub(read), files));
    if (facts === undefined)
        return known(read.answers);
    const project = await facts;
    return {
        answers: read.answers,
        agree: ({ settings, collected }) => [read.answerHosts(settings, { ...project, collected })],
    };
}
async function projectFacts({ app }, checkout, ownCaddy) {
    const [image, imagePorts, services, collecting, mentions] = await Promise.all([
        checkout.image(),
        checkout.ports(),
        checkout.services(),
        checkout.collecting(),
        checkout.mentions(),
    ]);
    return { image, imagePorts, services, ownCaddy, app, collecting, mentions };
}
function hasFailed(answers, { failLevel }) {
    return answers.some(({ reason, findings }) => reason !== "" || findings.some(({ level }) => (0,finding/* reaches */.O6)(level, failLevel)));
}
/** @returns what Caddy left, or why there is nothing to read */
async function outputIn(folder, { files }, stockImage) {
    const read = async (name) => (await readExported(external_node_path_.join(folder, name)))?.toString("utf8");
    const paths = files.map((file) => file.path);
    try {
        return (await readOutputFiles(read, paths)) ?? `${run_shown(stockImage)} has no \`caddy\` program`;
    }
    catch (error) {
        if (!(error instanceof UnreadableReport))
            throw error;
        return `Caddy's output cannot be read: ${error.message}`;
    }
}
function whyNotRun(blame, stockImage) {
    if (blame.part === "container")
        return (0,image_blame/* hasNoShell */.U)(blame)
            ? `${run_shown(stockImage)} has no shell (/bin/sh) to run Caddy from`
            : `Caddy could not be run in ${run_shown(stockImage)}: ${blame.log.trim() || blame.reason}`;
    if (stockImage === "")
        return `${run_shown(stockImage)} could not be used: ${blame.reason}`;
    const login = /toomanyrequests|too many requests|\b429\b|\b401\b|denied/i.test(blame.reason)
        ? ". Log in to its registry before this step (docker/login-action), or name another image with `caddy-image`"
        : ". `caddy-image` names another one";
    return `could not pull the image ${stockImage}: ${blame.reason}${login}`;
}
/** The image as messages name it. */
function run_shown(stockImage) {
    return stockImage || "the project's own Caddy image";
}
/** The values that are secrets: not what a browser types, nor what names a service. */
function run_hidden({ env, uses }) {
    const inAddresses = uses.filter(({ where }) => where !== "directive");
    const open = new Set(inAddresses.map(({ name }) => name));
    const isService = (value) => /^([a-z]+:\/\/)?[a-z0-9-]+(\.[a-z0-9-]+)*:\d{1,5}$/i.test(value);
    return new Map([...env].filter(([name, value]) => !open.has(name) && !isService(value)));
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
        const entries = await (0,external_node_fs_promises_.readdir)(folder, { withFileTypes: true }).catch(() => []);
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
        const stat = await (0,external_node_fs_promises_.lstat)(path);
        if (!stat.isFile() || stat.size > repository_paths_MOST_BYTES)
            return undefined;
        return (0,external_node_crypto_.createHash)("sha256")
            .update(await (0,external_node_fs_promises_.readFile)(path))
            .digest("hex");
    }
    catch {
        return undefined;
    }
}
/** The candidate with the longest common path ending; undefined when there is none or a tie. */
function nearest(path, candidates) {
    const ranked = candidates
        .map((candidate) => ({ candidate, common: commonEnding(path, candidate) }))
        .sort((a, b) => b.common - a.common);
    const [first, second] = ranked;
    return first !== undefined && first.common > (second?.common ?? 0) ? first.candidate : undefined;
}
function commonEnding(a, b) {
    const right = b.split("/").reverse();
    const left = a.split("/").reverse();
    const differs = left.findIndex((part, index) => part !== right[index]);
    return differs < 0 ? left.length : differs;
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
const MOST = 500;
const MOST_ELEMENTS = 1_000_000;
const LONGEST = 4000;
const LONGEST_NAME = 500;
/** The end of a failure's text, where its places are. */
const LOOKED_AT = 64 * 1024;
/** Reads a JUnit XML file's text. */
function readJUnit(text) {
    try {
        const { root } = (0,dist/* parseXml */.NO)(text, { ignoreUndefinedEntities: true });
        const cases = root === null ? [] : testcases(root);
        const bad = cases.flatMap((testcase) => failureIn(testcase) ?? []);
        const failures = bad.slice(0, MOST).map(failureOf);
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
function failureOf(bad) {
    const { classname = "", name = "", file = "" } = bad.parent.attributes;
    const text = bad.text.slice(-LOOKED_AT).trim();
    const said = (bad.attributes.message ?? "").trim() || (text.split("\n").at(-1) ?? "").trim();
    return {
        kind: bad.name === "error" ? "error" : "failure",
        test: [classname, name]
            .filter((part) => part !== "")
            .join(".")
            .slice(0, LONGEST_NAME),
        message: (said || "no message").slice(0, LONGEST),
        ...junit_placeIn(text, file.slice(0, LONGEST_NAME), classname.slice(0, LONGEST_NAME)),
    };
}
/**
 * The place of a failure. A traceback says more than the attributes: pytest's `line` counts from 0 and is
 * that of the function, and its newer form has neither. Of the traceback's places the last one in the test's
 * own file counts, else the last one outside of installed packages.
 */
function junit_placeIn(text, file, classname) {
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
 * @param junit its text
 * @param scrub hides secrets: in the failures and not in the file, where they may be written otherwise
 */
function failedTests(junit, scrub) {
    if (junit === undefined)
        return { failures: [], notes: [] };
    const read = readJUnit(junit);
    if (!read.ok) {
        const note = `$JUNIT_XML holds no JUnit XML that can be read: ${scrub(read.reason)}`;
        return { failures: [], notes: [note] };
    }
    const tests = `${read.tests} test${read.tests === 1 ? "" : "s"}`;
    const notes = read.tests === 0 ? [] : [`${tests}, ${read.failed} of them failed`];
    const failures = read.failures.map((one) => ({
        ...one,
        test: scrub(one.test),
        message: scrub(one.message),
    }));
    return { failures, notes };
}
/** Where a failure's file lies in the container; empty when it does not say. */
function answers_containerPath({ file }, { cwd }) {
    return file === "" ? "" : external_node_path_.posix.resolve(cwd || "/", file);
}
/**
 * The answer of one command.
 * @param places container path → repo path, where the contents are the same
 * @param how the stage that it ran in, and the seconds that it had
 */
function answerOf(name, run, places, how) {
    const { exitCode, timeout, seconds, failures, notes } = run;
    const common = { ...(0,checks_verdict/* emptyAnswer */.WC)(name), seconds, notes };
    const output = run.output.trimEnd().split("\n").slice(-LINES_SHOWN).join("\n");
    if (timeout || exitCode === undefined) {
        const reason = timeout
            ? `it was not done after ${how.timeout} seconds and was ended. Raise \`run-timeout\`, or see below what it waited for`
            : "it was ended before it could say how it went: by the machine, out of memory say";
        return { ...common, reason, output };
    }
    if (exitCode === 0) {
        // It calls itself a success: failures that it knows of are not ours to count.
        const findings = failures.map((one) => toFinding(name, one, run, places, "INFO"));
        return { ...common, findings, exitCode };
    }
    const whole = {
        ...finding/* PLAIN_FINDING */.nR,
        check: name,
        level: "ERROR",
        id: "run.failed",
        message: [
            `\`${run.line}\` ended with exit code ${exitCode}${MEANS[exitCode] ?? ""}.`,
            ...(failures.length > 0 ? [] : namedTests(run.output)),
        ].join("\n"),
        hint: hintOf(run, how.target),
    };
    const findings = [whole, ...failures.map((one) => toFinding(name, one, run, places, "ERROR"))];
    return { ...common, output, findings, exitCode };
}
/** Exit codes of the shell itself. */
const MEANS = {
    126: ", which says that the program could not be started",
    127: ", which says that there is no such program",
    137: ", which says that it was killed (out of memory, perhaps)",
};
/** @param target the stage that the workflow names; empty = the shipped image */
function withoutTools(target) {
    return target === ""
        ? "The shipped image often has no test tools: name the stage of the Dockerfile that has them with the input " +
            "`run-target`, or install them in the image."
        : `The stage \`${target}\` (\`run-target\`) does not find it. Install it in that stage; if an environment there has ` +
            "it, put that on the path (`ENV PATH=/app/.venv/bin:$PATH`), or let the tool run it (`uv run …`, `poetry run …`).";
}
/** What a test runner calls its failed tests, where it wrote no JUnit file: unittest's headings, pytest's summary. */
function namedTests(output) {
    const names = [...output.matchAll(/^(?:(?:FAIL|ERROR): \w.*|(?:FAILED|ERROR) \S+::.*)$/gm)].map(([line]) => line.trim());
    return [...new Set(names)].slice(0, MOST_TESTS);
}
const MOST_TESTS = 10;
function hintOf({ line, exitCode, output, failures }, target) {
    const absent = absentHint(output, target);
    if (absent !== "")
        return absent;
    if (exitCode === 127)
        return withoutTools(target);
    if (PRODUCTIONS_SETTINGS.test(output) && /\b(py\.?test|manage\.py test)\b/.test(line))
        return TEST_SETTINGS;
    if (NAMES_A_VARIABLE.test(output))
        return NO_STAND_INS;
    return failures.length === 0 && namedTests(output).length > 0 ? JUNIT : "";
}
const JUNIT = 'Each failed test is annotated at its line when the command writes JUnit XML to "$JUNIT_XML" (pytest: ' +
    '`--junit-xml="$JUNIT_XML"`; Django\'s own runner: the package unittest-xml-reporting).';
/** Options of pytest that its plugins bring. */
const OPTION = /error: unrecognized arguments: --(?:cov|ds|reuse-db|django|numprocesses)/m;
const MODULE = /No module named '?([\w.]+)/;
/** What Django says, with its own suggestion if it has one. */
const COMMAND = /^Unknown command: '([\w.-]+)'\.?( Did you mean [^\n]*)?/m;
/** Packages that an image for production rarely has, by their modules and by the commands that they bring. */
const TOOLS = /^(?:pytest\w*|_pytest|coverage|ruff|mypy\w*|pylint\w*|flake8\w*|black|isort|bandit|tox|nox|xdist|unittest_xml|xmlrunner|nose\w*|factory|faker|model_bakery|mommy|mixer|hypothesis|freezegun|time_machine|responses|respx|requests_mock|moto|vcr|syrupy|snapshottest|behave\w*|selenium|playwright|splinter|webtest|django_webtest|test_plus|debug_toolbar|django_extensions|silk|mypy_django_plugin|jenkins|shell_plus|validate_templates|djlint|pre_commit|locust|parameterized|ddt|testcontainers|tblib)$/;
/** What a command misses: a tool for tests, or something of the project; empty when it does not say. */
function absentHint(output, target) {
    const name = MODULE.exec(output)?.[1];
    const command = COMMAND.exec(output);
    if (name !== undefined)
        return TOOLS.test(name.split(".")[0] ?? "")
            ? `${name} is not installed there. ${withoutTools(target)}`
            : `The module ${name} is missing there. If it is the project's own, see that COPY and \`.dockerignore\` let it into ` +
                `the image; if it is a package's, install that${target === "" ? ", or name the stage that has it with the input `run-target`" : ` in the stage \`${target}\``}.`;
    if (command !== null) {
        const [, called = "", suggestion = ""] = command;
        if (TOOLS.test(called))
            return `${called} is not installed there. ${withoutTools(target)}`;
        return (`Django has no command ${called} under these settings.${suggestion} Otherwise an app brings it that is not in ` +
            `INSTALLED_APPS${target === "" ? ", or only in the stage for tests: name that with the input `run-target`" : ""}.`);
    }
    return OPTION.test(output) ? `A plugin of pytest is not installed there. ${withoutTools(target)}` : "";
}
/** What tests say under settings that are production's: redirects to https, no manifest, no host `testserver`. */
const PRODUCTIONS_SETTINGS = /\b301 (?:==|!=) 200\b|Missing staticfiles manifest entry|Invalid HTTP_HOST header: 'testserver'|settings are not configured|^django: .*settings: \S*prod\S* \(from env\)/m;
const TEST_SETTINGS = "The tests may run under production's settings, which the image names in DJANGO_SETTINGS_MODULE. Name those for " +
    "tests: `pytest --ds=SETTINGS`, or `python manage.py test --settings=SETTINGS`.";
/** How settings complain of a variable that is not set. */
const NAMES_A_VARIABLE = /^KeyError: |ImproperlyConfigured|UndefinedValueError|environment variable/m;
const NO_STAND_INS = "If a variable is missing: commands see the image's environment and `env`, and none of the stand-in values " +
    "that the checks get. Set it with the input `env`.";
function toFinding(check, failure, run, places, level) {
    return {
        ...finding/* PLAIN_FINDING */.nR,
        check,
        level,
        id: `junit.${failure.kind}`,
        message: failure.message,
        hint: "",
        object: failure.test,
        ...(0,finding/* placed */.GS)(answers_containerPath(failure, run), failure.line, places),
    };
}
/** The answers of commands that could not be run at all, for one reason. */
function answers_notRun(names, reason) {
    return names.map((name, index) => ({
        ...(0,checks_verdict/* emptyAnswer */.WC)(name),
        reason: index === 0 ? reason : `for the same reason as \`${names[0]}\``,
    }));
}

;// CONCATENATED MODULE: ./build/checks/commands/bake.js


/** The solve that runs the commands and exports what each answered. */
function planCommands(request, { base, context, report, secretKey, environment }) {
    const { commands, checksNetwork: network } = request;
    const stages = commands.lines.map((_, index) => steps/* STAGES */.an.command(index + 1));
    const secret = (0,dockerfile/* secretOf */.OM)("commands", secretKey, environment);
    return (0,dockerfile/* planOwn */.ko)("commands", {
        context,
        report,
        secret,
        network,
        text: commandsDockerfile(stages, request, secret),
        images: (0,dockerfile/* naming */.b7)(base),
        // Tests are not deterministic: an earlier answer is not believed.
        uncached: stages,
        limit: { step: (0,steps/* isStep */.Vf)("command"), seconds: commands.timeout + 60 },
    });
}
/**
 * The solve that copies files out of what the commands ran in, to compare them with the repository's.
 * @param files absolute paths of `COPYABLE` characters; one that does not exist is passed over
 * @param folder gets the files, each in a folder by its index
 */
function planFiles({ base, context }, files, folder) {
    // A pattern for one path may match nothing, where a plain path that does not exist ends the solve. BuildKit walks the
    // whole image for it, so only what may be missing is asked for in this way.
    const patterns = files.map((file) => `/[${file.charAt(1)}]${file.slice(2)}`);
    const copies = patterns.map((pattern, index) => `COPY --from=${steps/* IMAGE */.W1} ${pattern} /${index}/`);
    return (0,dockerfile/* planOwn */.ko)("files", {
        context,
        text: [`FROM scratch AS ${steps/* STAGES */.an.report}`, ...copies, ""].join("\n"),
        images: (0,dockerfile/* naming */.b7)(base),
        network: "none",
        uncached: [],
        report: folder,
        limit: { step: () => true, seconds: FILES_SECONDS },
    });
}
/** Paths that stand in a Dockerfile as they are. */
const COPYABLE = /^\/[\w.][\w./@+-]*[\w]$/;
/** Seconds that a step of the copying may take. The verdict does not wait for it. */
const FILES_SECONDS = 60;
/**
 * Our Dockerfile: a stage for each command, all at the same time. With the machine's network they run one after the
 * other, for there they may share a service (two test runs, one test database).
 */
function commandsDockerfile(stages, { checksNetwork: network, commands }, env) {
    const runs = stages.flatMap((stage, index) => {
        const before = stages[index - 1];
        const after = network === "host" && before !== undefined
            ? ` --mount=type=bind,from=${before},source=${dockerfile/* REPORT */.ri},target=/.shipshape-before`
            : "";
        const command = ["/bin/sh", "/.shipshape-probe/run.sh", String(index + 1), String(commands.timeout)];
        return [
            `FROM ${steps/* IMAGE */.W1} AS ${stage}`,
            dockerfile/* COPY_ROOM */.WN,
            `RUN --network=${network}` +
                " --mount=type=bind,source=probe,target=/.shipshape-probe" +
                " --mount=type=bind,source=commands,target=/.shipshape-commands" +
                `${(0,dockerfile/* mounted */.P0)(env, "/.shipshape-env")}${after} ${JSON.stringify(command)}`,
        ];
    });
    const reports = Object.fromEntries(stages.map((stage, index) => [stage, `/${index + 1}/`]));
    return [...runs, ...(0,dockerfile/* exportReports */.wm)(reports)].join("\n");
}

;// CONCATENATED MODULE: ./build/checks/commands/run.js
/** Runs the workflow's own commands in the image, or in the stage that `run-target` names. */













/** Files of failed tests that are looked for in the repository. */
const MOST_FILES = 50;
/**
 * Runs the commands.
 * @param prepared builds what they run in, should that be another stage, and names it
 * @returns an answer for each command, also for those that could not be run
 * @throws {Failure} `Cancelled`
 */
async function runCommands(solver, request, prepared) {
    const { lines } = request.commands;
    if (lines.length === 0)
        return [];
    const names = namesOf(lines, request.checks);
    try {
        return await runAll(solver, request, await prepared, names);
    }
    catch (error) {
        if (!(error instanceof failure/* Failure */.HR) || error.kind === "Cancelled")
            throw error;
        return answers_notRun(names, `there was no image to run it in: ${error.message.replace(/\.$/, "")}`);
    }
}
async function runAll(solver, request, check, names) {
    const { commands } = request;
    const { lines } = commands;
    const scrub = scrubber(request.env);
    const hearing = solver.hearing((event) => event.type === "log" ? { ...event, line: scrub(event.line) } : event);
    const answered = await (0,image_solver/* solveAndRead */.l)(hearing, {
        name: "commands-solve",
        folder: check.report,
        plan: () => planCommands(request, check),
        answers: (0,steps/* isStep */.Vf)("command"),
        read: ({ vertexes }) => Promise.all(lines.map((line, index) => {
            const step = (0,progress/* stepIn */.eC)(vertexes, (name) => (0,steps/* commandOf */.Nl)(name) === index + 1);
            return commandRun(line, step, (0,external_node_path_.join)(check.report, String(index + 1)), scrub);
        })),
        // They are never taken from the cache.
        believes: () => true,
        layers: check.base.layers,
    });
    if (!answered.ok)
        return answers_notRun(names, answered.why === "step" ? tooLong(answered.progress, request) : run_whyNotRun(answered.blame, request));
    const runs = answered.answer;
    const places = await placesOf(runs, solver, request, check);
    return runs.map((run, index) => answerOf(names[index] ?? "", run, places, commands));
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
function run_whyNotRun(blame, { build, commands }) {
    const stage = commands.target === "" ? "the image" : `the stage \`${commands.target}\` (\`run-target\`)`;
    if (blame.part === "container")
        return blame.missing === "/bin/sh"
            ? `${stage} has no shell (/bin/sh) to run it with. Name a stage of the Dockerfile that has one with \`run-target\``
            : `it could not be started: ${blame.reason}`;
    return buildFailure(blame, build).message.replace(/\.$/, "");
}
/** @param folder where its files were exported to */
async function commandRun(line, step, folder, scrub) {
    const textOf = async (file) => (await left((0,external_node_path_.join)(folder, file)))?.toString("utf8");
    const [exit, timeout, cwd, junit] = await Promise.all(["exit", "timeout", "cwd", "junit.xml"].map(textOf));
    return {
        line,
        exitCode: /^\d{1,3}$/.test(exit?.trim() ?? "") ? Number(exit) : undefined,
        timeout: timeout !== undefined,
        seconds: (0,progress/* secondsOf */.TM)(step),
        output: scrub(step?.log ?? ""),
        cwd: cwd?.trim() ?? "",
        ...failedTests(junit, scrub),
    };
}
/** What a container left; what cannot be read as a plain file counts as not left. */
async function left(path) {
    try {
        return await readExported(path);
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
async function placesOf(runs, solver, request, check) {
    const named = runs.flatMap((run) => run.failures.map((failure) => answers_containerPath(failure, run)));
    const copyable = [...new Set(named)].filter((path) => COPYABLE.test(path));
    const files = (await withNamesakes(copyable, request.workspace)).slice(0, MOST_FILES);
    if (files.length === 0)
        return new Map();
    const folder = (0,external_node_path_.join)(solver.folder, "files");
    await (0,external_node_fs_promises_.mkdir)(folder, { recursive: true });
    const copied = await solver
        .quiet()
        .solve("files-solve", planFiles(check, files, folder))
        .catch((error) => {
        if (!(error instanceof failure/* Failure */.HR) || error.kind === "Cancelled")
            throw error;
        return { ok: false };
    });
    if (!copied.ok) {
        solver.say("The files of the failed tests could not be copied out of the image, so they are not annotated.");
        return new Map();
    }
    const hashes = await Promise.all(files.map(async (path, index) => {
        const bytes = await left((0,external_node_path_.join)(folder, String(index), (0,external_node_path_.basename)(path)));
        return bytes === undefined ? [] : [[path, (0,external_node_crypto_.createHash)("sha256").update(bytes).digest("hex")]];
    }));
    return findPlaces(new Map(hashes.flat()), request.workspace);
}

// EXTERNAL MODULE: ./build/checks/django/answers.js
var django_answers = __webpack_require__(3209);
;// CONCATENATED MODULE: ./build/checks/django/bake.js


/** @param again the probe runs although the builder's cache has its answer */
function planDjango(request, { base, context, report, secretKey }, { launch, again }) {
    const { checksNetwork: network, env, timeout } = request;
    const secret = (0,dockerfile/* secretOf */.OM)("probe", secretKey, JSON.stringify(Object.fromEntries(env)));
    return (0,dockerfile/* planOwn */.ko)("checks", {
        context,
        report,
        secret,
        network,
        text: djangoDockerfile(launch, network, secret),
        images: (0,dockerfile/* naming */.b7)(base),
        uncached: again || network === "host" ? [steps/* STAGES */.an.probe] : [],
        // The probe ends its checks itself, and may try twice. This is for a probe that hangs itself.
        limit: { step: (0,steps/* isStep */.Vf)("probe"), seconds: 3 * timeout + 60 },
    });
}
/**
 * Our Dockerfile. Old features only and no syntax line, so that every builder's own frontend takes it. RUN knows no
 * ENTRYPOINT. `--network=none` is written out because on some builders the default is the machine's own network.
 */
function djangoDockerfile(launch, network, env) {
    const command = launch.by === "shell"
        ? ["/bin/sh", "/.shipshape-probe/launch.sh", ...(launch.python === "" ? [] : [launch.python])]
        : [launch.python, "/.shipshape-probe/probe.py", ...(launch.guess ? ["--launched"] : [])];
    return [
        `FROM ${steps/* IMAGE */.W1} AS ${steps/* STAGES */.an.probe}`,
        dockerfile/* COPY_ROOM */.WN,
        `RUN --network=${network} --mount=type=bind,source=probe,target=/.shipshape-probe` +
            `${(0,dockerfile/* mounted */.P0)(env, "/.shipshape-env")} ${JSON.stringify(command)}`,
        ...(0,dockerfile/* exportReports */.wm)({ [steps/* STAGES */.an.probe]: "/" }),
    ].join("\n");
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
const MOST_EXAMPLES = 20;
const probe_report_text = (value) => (typeof value === "string" ? value.slice(0, MOST_TEXT) : "");
/** One line of text: what goes into tables, titles and annotations. */
const line = (value) => probe_report_text(value)
    .replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, " ")
    .slice(0, 1000);
const number = (value) => typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : 0;
const lineNumber = (value) => Number.isInteger(value) && value > 0 ? value : undefined;
function oneOf(allowed, otherwise) {
    return (value) => allowed.find((one) => one === value) ?? otherwise;
}
function list(item) {
    return (value) => {
        if (value === undefined || value === null)
            return [];
        if (!Array.isArray(value))
            throw new UnreadableReport("a list has another type");
        return value.map(item);
    };
}
function record(value) {
    if (value === undefined || value === null)
        return {};
    if (typeof value !== "object" || Array.isArray(value))
        throw new UnreadableReport("a field has another type");
    return value;
}
/** An object with fields of any names. */
function map(field) {
    return (value) => new Map(Object.entries(record(value)).map(([name, one]) => [name, field(one)]));
}
/** An object with these fields. */
function object(fields) {
    return (value) => {
        const found = record(value);
        const names = Object.keys(fields);
        return Object.fromEntries(names.map((name) => [name, fields[name](found[name])]));
    };
}
/** An object, or something else in its place that says that there is none. */
function optional(read) {
    return (value) => (typeof value === "object" && value !== null ? read(value) : undefined);
}
/** A migration that is missing, with the text of the file to add. `path` is in the container. */
const migration = object({ app: line, name: line, path: line, operations: list(probe_report_text), text: probe_report_text });
/** One finding as the probe saw it: `file` is a path in the container. Empty strings = not there. */
const probe_report_finding = object({
    // A level that Django does not know is not harmless.
    level: oneOf(request/* LEVELS */.A, "ERROR"),
    id: line,
    message: probe_report_text,
    hint: probe_report_text,
    object: line,
    file: line,
    line: lineNumber,
    count: (value) => Math.max(1, number(value)),
    /** The migration that is missing. */
    details: (value) => (typeof record(value).text === "string" ? migration(value) : undefined),
    /** `shipshape`: it is about a setting that has a value of ours in it. */
    supplied: line,
});
const variables = (value) => list(line)(value).slice(0, MOST_VARIABLES);
const error = object({
    kind: line,
    type: line,
    message: probe_report_text,
    /** The variables that are missing: the one that it crashed on first, then those that it would have missed next. */
    variables,
    /** What to do about it. */
    hint: probe_report_text,
    traceback: probe_report_text,
    file: line,
    line: lineNumber,
});
/** Files that were collected, one of each suffix. Those that a URL writes otherwise are left out. */
const examples = (value) => list(line)(value)
    .filter((name) => /^[\w.@+/-]{1,300}$/.test(name) && !name.startsWith("/"))
    .slice(0, MOST_EXAMPLES);
const check = object({
    status: oneOf(["completed", "settings", "crashed", "timeout", "exited"], "crashed"),
    seconds: number,
    // The worst ones, when there are too many: none that counts may hide behind those that do not.
    findings: (value) => list(probe_report_finding)(value).toSorted(worstFirst).slice(0, MOST_FINDINGS),
    silenced: number,
    output: probe_report_text,
    error: optional(error),
    notes: list(probe_report_text),
    /** What it could not judge, and why; empty if it judged all. */
    skipped: probe_report_text,
    counts: object({ examples }),
});
function worstFirst(a, b) {
    return request/* LEVELS */.A.indexOf(b.level) - request/* LEVELS */.A.indexOf(a.level);
}
/** A setting's value; undefined, which JSON does not have, where the report has none. */
const settingValue = (value) => value;
const setting = object({
    value: settingValue,
    supplied: line,
    /** The variable whose default the value is, because nobody sets it. */
    default_of: line,
    /** Its value without DJANGO_ENV=production, where shipshape supplied that and the value is another one then. */
    without: settingValue,
});
const report = object({
    python: object({ version: line, executable: line }),
    django: object({ version: line }),
    project: object({
        root: line,
        manage: line,
        settings: line,
        source: line,
        others: list(object({ settings: line, source: line })),
    }),
    environment: list(object({ name: line, supplied: oneOf(["image", "user", "shipshape", "nobody"], "nobody") })),
    reads: object({
        /** Not when something read the whole environment at once: then nobody knows which variables it used. */
        complete: (value) => value !== false,
        /** Names that `env` sets and nothing read, each with the most similar name that was read. */
        unread: (value) => list(object({ name: line, nearest: line }))(value).slice(0, MOST_VARIABLES),
    }),
    settings: (value) => Object.fromEntries(map(setting)(value)),
    /** Container path → sha256 of the file's content, in hexadecimal. */
    files: (value) => new Map([...map(probe_report_text)(value)].filter(([, hash]) => /^[0-9a-f]{64}$/.test(hash))),
    checks: map(check),
    /** Set when there was nothing to check: no interpreter with Django, no project. */
    error: optional(object({ kind: line, message: probe_report_text, tried: list(object({ path: line, reason: line })) })),
});
/**
 * The report in the probe's text, with every value checked for type and length.
 * @throws {UnreadableReport}
 */
function parseReport(json) {
    const value = (0,request_json/* parseJson */.qF)(json);
    if (value === undefined)
        throw new UnreadableReport("it is not JSON");
    if (deeperThan(MOST_DEPTH, value))
        throw new UnreadableReport("it is nested too deep");
    if (record(value).schema !== 1)
        throw new UnreadableReport("its schema is not 1");
    return report(value);
}
function deeperThan(limit, value) {
    if (typeof value !== "object" || value === null)
        return false;
    return limit === 0 || Object.values(value).some((item) => deeperThan(limit - 1, item));
}

;// CONCATENATED MODULE: ./build/checks/django/run.js
/** Runs the probe in an image until there is a report that can be believed. */













/** Tried one after the other in an image without a shell, when `python` is not set, after those that its config names. */
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
 * Runs the probe in an image.
 * @param prepared names the image by its bytes
 * @returns its answers; when it could not be started, the reason for each check
 * @throws {Failure} `Build failed` when the builder is at fault, `Cancelled`
 */
async function runDjango(solver, request, prepared) {
    try {
        return await launched(solver, request, await prepared);
    }
    catch (error) {
        if (!(error instanceof failure/* Failure */.HR) || error.kind !== "Checks could not run")
            throw error;
        return unexamined(request, error.message);
    }
}
async function launched(solver, request, check) {
    const { python } = request;
    const byShell = await examine(solver, request, check, { by: "shell", python });
    if ("answers" in byShell)
        return byShell;
    if (!(0,image_blame/* hasNoShell */.U)(byShell))
        throw buildFailure(byShell, request.build);
    const candidates = python === "" ? guesses(check.base.config) : [python];
    for (const path of candidates) {
        solver.say(`The image has no shell: trying ${path}.`);
        const launch = { by: "python", python: path, guess: python === "" };
        const direct = await examine(solver, request, check, launch);
        if ("answers" in direct)
            return direct;
    }
    throw new failure/* Failure */.HR("Checks could not run", `The image has no shell, and none of these is a Python with Django in it: ${candidates.join(", ")}. ` +
        "Give the full path of the image's interpreter with the input `python`.");
}
/**
 * The interpreters to try in an image without a shell: those next to the programs of ENTRYPOINT and CMD, and of VIRTUAL_ENV, first.
 * The engine looks `python3` up on the image's PATH.
 */
function guesses({ Entrypoint, Cmd, Env }) {
    const strings = (part) => (Array.isArray(part) ? part.map(String) : []);
    const named = [...strings(Entrypoint), ...strings(Cmd)].flatMap((word) => {
        const [, folder, name = ""] = /^(\/\S+\/(?:bin|libexec)\/)([\w.-]+)$/.exec(word) ?? [];
        if (folder === undefined)
            return [];
        return /^(python|pypy|platform-python)[\d.]*$/.test(name) ? [word] : [`${folder}python`];
    });
    const active = strings(Env).flatMap((one) => /^VIRTUAL_ENV=(\/.+)/.exec(one)?.[1] ?? []);
    return [
        ...new Set([...named.slice(0, 4), ...active.map((folder) => `${folder}/bin/python`), ...INTERPRETERS]),
    ];
}
/** @returns what the report says, or why the probe could not be started in that way */
async function examine(solver, request, check, launch) {
    const answered = await (0,image_solver/* solveAndRead */.l)(solver, {
        name: "checks",
        folder: check.report,
        plan: (again) => planDjango(request, check, { launch, again }),
        answers: (0,steps/* isStep */.Vf)("probe"),
        read: (_, cached) => readExamination(check.report, request, cached),
        believes: (examination) => isPass(examination, request),
        layers: check.base.layers,
    });
    if (answered.ok)
        return answered.answer;
    if (answered.why === "step")
        throw new failure/* Failure */.HR("Checks could not run", "The probe did not end within its time, nor did it end its checks. Is the builder's machine overloaded?");
    const { blame } = answered;
    if (blame.part !== "container")
        throw buildFailure(blame, request.build);
    return blame;
}
async function readExamination(folder, request, cached) {
    const report = await reportIn(folder);
    const places = await findPlaces(report.files, request.workspace);
    const terms = { ...request, checks: (0,catalogue/* checksOf */.tg)("django", request.checks) };
    const answers = (0,django_answers/* answersOf */.Bw)(report, terms, places, cached);
    const collected = report.checks.get("static")?.counts.examples ?? [];
    return { started: true, answers, project: (0,django_answers/* examined */.uC)(report, request), settings: report.settings, collected };
}
/**
 * Settings that could not be loaded are no pass, even where no check in the image was asked for. Nor is what a check
 * could not judge: the next run may have more time.
 */
function isPass({ answers, project, settings }, request) {
    const { status, checks } = (0,checks_verdict/* conclude */.Ep)(answers, request, project);
    const judged = checks.every(({ skipped }) => skipped === undefined);
    return status === "passed" && judged && Object.keys(settings).length > 0;
}
/** The answers when the probe could not be started: one reason for all of them. */
function unexamined(request, problem) {
    const names = (0,catalogue/* checksOf */.tg)("django", request.checks);
    const answers = names.map((name) => ({ ...(0,checks_verdict/* emptyAnswer */.WC)(name), reason: problem }));
    const django = { version: "", python: "", settings: "", manage: "" };
    const project = {
        django,
        problem,
        settingsSource: "",
        otherSettings: [],
        environment: [],
        reads: { complete: true, unread: [] },
    };
    return { started: false, answers, project, settings: {}, collected: [] };
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
/**
 * Reads `report.json`.
 * @throws {UnreadableReport}
 */
async function readReport(path) {
    const bytes = await readExported(path);
    if (bytes === undefined)
        throw new UnreadableReport("ENOENT");
    return parseReport(bytes.toString("utf8"));
}

;// CONCATENATED MODULE: ./build/checks/django/static-files.js
/** What the check `static` says besides the probe: whether a release brings its static files to where they are served. Pure. */



/** The answers, with what the compose files say of STATIC_ROOT added to that of `static`. */
function withStaticFiles(answers, settings, facts) {
    const known = staticRoot(new DjangoSettings(settings));
    if (known === undefined)
        return answers;
    // Production may not have our DJANGO_ENV.
    const other = staticRoot(new DjangoSettings(withoutProduction(settings) ?? settings));
    const isSame = other?.path === known.path && other.hasMiddleware === known.hasMiddleware;
    const root = { ...known, isSure: known.isSure && isSame };
    return answers.map((answer) => {
        if (answer.name !== "static" || answer.reason !== "")
            return answer;
        const stale = staleFiles(root, facts);
        // The storage's own words come first: it finds no manifest in the image.
        const isKnown = answer.findings.some(({ id }) => id === "static.not-collected");
        const unfilled = isKnown || stale !== undefined ? undefined : unfilledFiles(root, facts, root.hasMiddleware);
        return {
            ...answer,
            findings: [...answer.findings, ...static_files_found("static.stale", stale), ...static_files_found("static.unfilled", unfilled)],
        };
    });
}
function static_files_found(id, one) {
    return one === undefined ? [] : [{ ...finding/* PLAIN_FINDING */.nR, check: "static", object: "STATIC_ROOT", id, ...one }];
}

;// CONCATENATED MODULE: ./build/image/base-image.js
/**
 * What a check is built FROM: an image, or a stage of a user's Dockerfile, named by its bytes. An OCI image layout of
 * nothing but its manifest and config names it (image-spec, "Image Layout"): the builder asks the step for those two, and
 * has the layers itself. BuildKit caches what runs in it by the digest, so a cached answer is certainly about these bytes.
 * Only the engine's classic store cannot read a layout: there the image has its staging name.
 */










/**
 * Names an image that the builder has built by its bytes.
 * @throws {Failure} when the builder keeps no history of its builds, or the image has ONBUILD and a classic store keeps it
 */
async function baseImage(image, naming) {
    const { solver, staging, layers } = naming;
    const { builder, docker } = solver;
    const { platform } = image;
    if ((0,docker_builder/* isClassic */.l9)(builder)) {
        const config = (0,docker_manifests/* parseConfigBlob */.Bm)((await docker.imageConfig(staging)) ?? "");
        if (config === undefined)
            throw new failure/* Failure */.HR("Checks could not run", `The engine does not show the config of the image that it built (\`docker image inspect ${staging}\`). Run the job again.`);
        refuseOnbuild(config);
        return { context: `docker-image://${staging}`, platform, config, layers: undefined };
    }
    const blobs = await readBuilt(image, naming);
    const config = (0,docker_manifests/* parseConfigBlob */.Bm)(blobs.config) ?? {};
    const folder = (0,external_node_path_.join)(solver.folder, naming.layout);
    const digest = await writeLayout(folder, withoutOnbuild(blobs, config));
    return { context: `oci-layout://${folder}@${digest}`, platform, config, layers };
}
/**
 * Builds a stage of a user's Dockerfile, in a solve of its own without a secret of ours, and names it by its bytes.
 * @param context a folder with `room/`
 * @param explain says why it could not be built
 * @throws {Failure} `Build failed`, `Cancelled`
 */
async function buildStage(solver, stage, { context, explain }) {
    const { name, platform, staging } = stage;
    const solved = await solver
        .hearing(ofStage(stage))
        .solve(`${name}-solve`, planStage(stage, solver.builder));
    if (!solved.ok)
        throw new failure/* Failure */.HR("Build failed", explain((0,image_blame/* blame */.S)(solved.progress, solved.stderr)));
    const image = platformImage(solved.metadata[name] ?? {}, platform);
    return baseImage(image, { solver, layout: `layout-${name}`, staging, layers: planLayers(stage, context) });
}
/** BuildKit names the target of a step only when a solve has several. The log is to say whose steps these are. */
function ofStage({ name }) {
    return (event) => event.type === "warning"
        ? event
        : { ...event, name: event.name.replace(/^\[(?=[^\]]*\d+\/\d+\] )/, `[${name} `) };
}
/** The manifest and the config of an image, out of the builder's history. */
async function readBuilt(image, { solver, staging }) {
    const { docker, builder } = solver;
    const { digest, config: named, record, platform } = image;
    if (record === undefined)
        throw noHistory(builder);
    const blob = async (of) => of === undefined ? undefined : docker.builtBlob(record, of);
    // With attestations bake's metadata names the index alone. The engine shows the config of its only image as well, and can
    // be asked at the same time.
    const isIndex = named === undefined && builder.driver === "docker";
    const isShown = isIndex && platform === "";
    const [manifest, early] = await Promise.all([
        named === undefined ? docker.builtManifest(record, platform) : blob(digest),
        isShown ? docker.imageConfig(staging) : blob(named),
    ]);
    const own = named ?? (0,docker_manifests/* configIn */.k$)(manifest ?? "");
    const config = early ?? (await blob(own));
    if (manifest === undefined || config === undefined)
        throw noHistory(builder);
    if (isShown && early !== undefined)
        return { manifest: withConfig(manifest, config), config };
    if (isIndex || (digestOf(manifest) === digest && digestOf(config) === own))
        return { manifest, config };
    throw new failure/* Failure */.HR("Checks could not run", `The builder's history has other bytes than the image that it built (${digest}). Run the job again.`);
}
function noHistory({ name, driver }) {
    const where = driver === "docker"
        ? "Docker's daemon.json (`builder.history`)"
        : "its buildkitd.toml (with docker/setup-buildx-action: the input `buildkitd-config-inline`)";
    return new failure/* Failure */.HR("Checks could not run", `The builder ${name} keeps no history of its builds, and the checks name the image by what that history holds. ` +
        `Let it keep some: give \`[history]\` a \`maxEntries\` above 0 (50, say) in ${where}.`);
}
/** ONBUILD would run in the checks, before them, with the network: they would check another image. */
function withoutOnbuild({ manifest, config }, parsed) {
    if ((0,docker_manifests/* onbuildIn */.lZ)(parsed).length === 0)
        return { manifest, config };
    const { OnBuild: _, ...rest } = parsed;
    const text = JSON.stringify({ ...JSON.parse(config), config: rest });
    return { manifest: withConfig(manifest, text), config: text };
}
/** A manifest whose config is another one. */
function withConfig(manifest, config) {
    const image = JSON.parse(manifest);
    const descriptor = { ...image.config, digest: digestOf(config), size: Buffer.byteLength(config) };
    return JSON.stringify({ ...image, config: descriptor });
}
function refuseOnbuild(config) {
    const [first] = (0,docker_manifests/* onbuildIn */.lZ)(config);
    if (first === undefined)
        return;
    throw new failure/* Failure */.HR("Checks could not run", `The image has an ONBUILD instruction (\`ONBUILD ${first}\`), which runs in any image that is built from it, ` +
        "and so in the checks. On the engine's classic image store it cannot be left out. Take ONBUILD out of the stage that is " +
        "shipped (it belongs into base images only), or add docker/setup-buildx-action before this step.");
}
/** @returns the manifest's digest */
async function writeLayout(folder, { manifest, config }) {
    const blobs = (0,external_node_path_.join)(folder, "blobs", "sha256");
    await (0,external_node_fs_promises_.mkdir)(blobs, { recursive: true });
    const digest = digestOf(manifest);
    const { mediaType = "application/vnd.oci.image.manifest.v1+json" } = JSON.parse(manifest);
    const index = { schemaVersion: 2, manifests: [{ mediaType, digest, size: Buffer.byteLength(manifest) }] };
    await Promise.all([
        (0,external_node_fs_promises_.writeFile)((0,external_node_path_.join)(folder, "oci-layout"), JSON.stringify({ imageLayoutVersion: "1.0.0" })),
        (0,external_node_fs_promises_.writeFile)((0,external_node_path_.join)(folder, "index.json"), JSON.stringify(index)),
        ...[manifest, config].map((text) => (0,external_node_fs_promises_.writeFile)((0,external_node_path_.join)(blobs, digestOf(text).slice("sha256:".length)), text)),
    ]);
    return digest;
}
function digestOf(text) {
    return `sha256:${(0,external_node_crypto_.createHash)("sha256").update(text).digest("hex")}`;
}

;// CONCATENATED MODULE: ./build/ship/image-checks.js
/** Asks each check of the pipeline, and gives it the image by its bytes, its build context and its secrets. */











/** The checks that run in an image, on one of its platforms at a time. */
class ImageChecks {
    #step;
    #image;
    #solver;
    /** Each platform is named once. */
    #named = new Map();
    /** @param solver of the checks; their files go into its folder */
    constructor(step, image, solver) {
        this.#step = step;
        this.#image = image;
        this.#solver = solver;
    }
    /** Runs the probe. */
    async django(platform) {
        const { request, secretKey, project } = this.#step;
        const solver = this.#solverOn(platform);
        const prepare = async () => {
            const { base, context } = await this.#on(platform);
            return { base, context, report: (0,external_node_path_.join)(solver.folder, "report"), secretKey };
        };
        const [examination, facts] = await Promise.all([
            runDjango(solver, request, prepare()),
            // It reads while the probe runs.
            request.checks.includes("static") ? project.staticFacts() : undefined,
        ]);
        const { answers, settings } = examination;
        return {
            platform,
            examination: facts === undefined
                ? examination
                : { ...examination, answers: withStaticFiles(answers, settings, facts) },
        };
    }
    /** Runs the workflow's commands in the image, or in the stage that `run-target` names. */
    async commands(platform) {
        const { request, secretKey } = this.#step;
        if (request.commands.lines.length === 0)
            return { platform, answers: [] };
        const solver = this.#solverOn(platform);
        const prepare = async () => {
            const named = await this.#on(platform);
            return {
                base: request.commands.target === "" ? named.base : await this.#runTarget(named, solver),
                context: named.context,
                report: (0,external_node_path_.join)(solver.folder, "commands"),
                secretKey,
                environment: (0,checks_context/* assignments */.TT)(request.env),
            };
        };
        return { platform, answers: await runCommands(solver, request, prepare()) };
    }
    /** The solver for one platform: the first one's files lie in the step's folder itself. */
    #solverOn(platform) {
        const [first] = this.#step.source.platforms.checked;
        return platform === first ? this.#solver : this.#solver.within((0,image_platforms/* platformSlug */.DN)(platform));
    }
    #on(platform) {
        const named = this.#named.get(platform) ?? this.#name(platform);
        this.#named.set(platform, named);
        return named;
    }
    async #name(platform) {
        const { source, folders, world, request, project } = this.#step;
        const solver = this.#solverOn(platform);
        const [first, ...others] = this.#image.platforms;
        // The docker driver keeps all platforms as one image.
        const image = others.find((one) => one.platform === platform) ?? first;
        const base = await baseImage(
        // A platform that the workflow does not name is the builder's own.
        { ...image, platform: request.build.platforms.length === 0 ? "" : platform }, {
            solver,
            layout: "layout",
            staging: source.names.staging,
            layers: planImageLayers(source, platform, folders.context),
        });
        const isFirst = platform === source.platforms.checked[0];
        const context = isFirst ? folders.context : (0,external_node_path_.join)(solver.folder, "context");
        if (!isFirst)
            await (0,checks_context/* fillContext */.rG)(context, world.probe, request, project);
        await (0,checks_context/* writeImageConfig */.FZ)(context, base.config);
        return { image, base, context };
    }
    async #runTarget({ image: { record }, base }, solver) {
        const { source, world, request } = this.#step;
        const { target } = request.commands;
        // An engine may have base images of its own, which have no digest in any registry.
        const bases = record === undefined || source.builder.hasOwnImages ? new Map() : await world.docker.baseImages(record);
        const stage = stageOfImage(source, target, { bases, platform: base.platform });
        return stageFor(this.#step, solver, stage, (blame) => {
            const { message } = buildFailure(blame, request.build);
            return `the stage \`${target}\` (\`run-target\`) could not be built: ${message}`;
        });
    }
}
/** Asks Caddy about the Caddyfile. It needs nothing of the image. */
function askCaddy(step, solver) {
    const { request, world, source, project } = step;
    const explain = (blame) => `the project's own Caddy image could not be built: ${briefly(blame)}`;
    return runCaddy(solver, request, {
        probe: world.probe,
        checkout: project,
        staging: source.names.staging,
        build: (stage) => stageFor(step, solver, stage, explain),
    });
}
/** Builds the stage that a check runs in. An engine keeps it under a name until the step ends. */
function stageFor({ source, folders, temporary }, solver, stage, explain) {
    if (source.builder.driver === "docker")
        temporary.add(stage.staging);
    return buildStage(solver, stage, { context: folders.context, explain });
}
/** A blamed solve in one line: the reason, and the end of what its step printed. */
function briefly(blame) {
    const log = "log" in blame ? blame.log.trim().split("\n").slice(-3).join(" ") : "";
    return log === "" ? blame.reason : `${blame.reason}: ${log}`;
}

;// CONCATENATED MODULE: ./build/ship/image-layers.js
/** What the images of a step consist of: for the summary, and for whoever watches a push. */

class ImageLayers {
    #step;
    #asked = new Map();
    constructor(step) {
        this.#step = step;
    }
    /** An image's layers, which are asked for once. Undefined when they cannot be found out: that is never worth a failure. */
    of(image) {
        const asked = this.#asked.get(image) ?? this.#ask(image).catch(() => undefined);
        this.#asked.set(image, asked);
        return asked;
    }
    async #ask({ platforms: [own] }) {
        const { request, source, world } = this.#step;
        const { docker } = world;
        const isEngine = source.builder.driver === "docker";
        const isShown = request.summary || (request.push.push && !isEngine);
        if (!isShown)
            return undefined;
        if (isEngine)
            return docker.layers(source.names.staging);
        if (own.record === undefined || own.config === undefined)
            return undefined;
        const [manifest, config = ""] = await Promise.all([
            docker.builtBlob(own.record, own.digest),
            docker.builtBlob(own.record, own.config),
        ]);
        return manifest === undefined ? undefined : { packed: true, all: (0,docker_manifests/* parseLayers */.ah)(manifest, config) };
    }
}

// EXTERNAL MODULE: ./build/ship/prepare.js + 5 modules
var prepare = __webpack_require__(8250);
;// CONCATENATED MODULE: ./build/ship/pipeline.js
/**
 * The step for a request that is valid: build, check, require a pass, push, check again what the builder built again, tag,
 * load, clean up. `run()` names each chapter; whoever has read it knows the product.
 */

















/** Milliseconds after which a look at the registry is taken again before anything is written. */
const LOOK_IS_GOOD_FOR = 10_000;
class Pipeline {
    #step;
    /** Ends solves whose answer is no longer needed. */
    #stop = new AbortController();
    #solver;
    #publisher;
    #layers;
    /** What runs next to the chapters. Nothing of it may outlive the step. */
    #running = [];
    #cache = Promise.resolve();
    #results = {};
    constructor(step) {
        this.#step = step;
        this.#solver = step.solver.with({ signal: this.#stop.signal });
        this.#layers = new ImageLayers(step);
        const { source, solver, temporary, world } = step;
        const { docker, log, signal } = world;
        this.#publisher = new Publisher({
            docker,
            source,
            solver,
            temporary,
            signal,
            pushing: (image) => void this.#start(this.#saySize(image)),
            say: (line) => log.line(line),
            ...(0,say/* sayers */.Ah)(log),
        });
    }
    /** What the chapters have learned so far. */
    get results() {
        return this.#results;
    }
    /**
     * Runs the step. What each chapter learns is in the results, also when a later one fails.
     * @throws {Failure} the one error that the step ends with
     */
    async run() {
        const { request } = this.#step;
        try {
            // Caddy needs nothing of the image, so it starts with the build.
            const caddy = this.#start(askCaddy(this.#step, this.#solver));
            const tag = awaitedLater(this.#lookAtTag());
            let image = await this.#build();
            this.#cache = awaitedLater(exportCache(this.#step));
            this.#requirePass(await this.#check(image, caddy));
            if (request.push.push) {
                const began = external_node_perf_hooks_.performance.now();
                const pushed = await this.#push(image, await tag);
                if (pushed.at === "digest" && pushed.differs)
                    image = await this.#recheck(pushed.differs, caddy);
                await this.#tag(pushed, image, began);
            }
            if (request.load)
                await this.#load(image);
            await this.#confirm();
        }
        finally {
            await this.#cleanUp();
        }
    }
    /** Waits until the build cache is written. The verdict and the tag do not wait for it, so this comes after the report. */
    finish() {
        return this.#cache;
    }
    /** Builds the image. Nothing leaves the builder. */
    async #build() {
        const { request, source, world } = this.#step;
        const { builder, platforms } = source;
        world.log.group(`Build and check ${request.app} with ${builder.name}, a ${builder.driver} builder`);
        const solved = await this.#solver.solve("build", planBuild(source));
        if (!solved.ok)
            throw buildFailure((0,image_blame/* blame */.S)(solved.progress, solved.stderr), request.build);
        const image = builtImage(solved.metadata, builder, platforms);
        this.#learn({ image });
        return image;
    }
    /** Asks the registry for the tag during the build. */
    async #lookAtTag() {
        const { request, world } = this.#step;
        if (!request.push.push)
            return undefined;
        const look = await world.docker.look((0,reference/* ref */.KR)(request.image, request.tag));
        return { look, at: external_node_perf_hooks_.performance.now() };
    }
    /** Runs every check in the image, and concludes. They are separate solves, so one that fails cancels no other. */
    async #check(image, caddy, within = this.#solver) {
        const checks = new ImageChecks(this.#step, image, within);
        const [django, commands, { answers, agree }] = await Promise.all([
            this.#onEach((platform) => checks.django(platform)),
            this.#onEach((platform) => checks.commands(platform)),
            caddy,
        ]);
        const examination = mergePlatforms(django);
        const ofCaddy = [...answers, ...agree(examination)];
        const all = [...examination.answers, ...ofCaddy, ...mergeAnswers(commands)];
        const concluded = (0,checks_verdict/* conclude */.Ep)(all, this.#step.request, examination.project);
        const isUnseen = !examination.started && concluded.status === "passed";
        const verdict = isUnseen ? { ...concluded, status: "error" } : concluded;
        this.#learn({ verdict });
        return verdict;
    }
    /** Asks a check on each platform that the builder runs natively, at the same time. */
    #onEach(check) {
        const [first, ...others] = this.#step.source.platforms.checked;
        return Promise.all([this.#start(check(first)), ...others.map((one) => this.#start(check(one)))]);
    }
    /** @throws {Failure} when the verdict is not a pass */
    #requirePass(verdict, consequence) {
        const { failLevel } = this.#step.request;
        if (verdict.status === "failed")
            throw new failure/* Failure */.HR("Checks failed", (0,reporters_text/* checksFailedText */.GX)(verdict, failLevel, consequence));
        if (verdict.status !== "error")
            return;
        const why = [(0,reporters_text/* couldNotRunText */.P8)(verdict), consequence].filter((text) => text !== undefined);
        throw new failure/* Failure */.HR("Checks could not run", why.join("\n"));
    }
    async #push(image, looked) {
        const { request, world } = this.#step;
        world.log.group(`Publish ${request.image}`);
        this.#learn({ publishing: true });
        this.#start(this.#layers.of(image));
        // Before a tag is written it is looked up again: only one that is there already may have moved since.
        const isGood = looked?.look.state === "free" || (looked && external_node_perf_hooks_.performance.now() - looked.at < LOOK_IS_GOOD_FOR);
        return this.#publisher.push(image, isGood ? looked?.look : undefined);
    }
    /** BuildKit does not report the bytes that it pushes (moby/buildkit issue 3192): the image's size is their upper bound. */
    async #saySize(image) {
        const size = (0,reporters_text/* imageText */.f1)({ layers: await this.#layers.of(image) });
        if (size !== "" && !(0,image_platforms/* areSeveral */.Bp)(this.#step.source.platforms))
            this.#solver.say(size);
    }
    /**
     * Checks the image that the builder built again, and pushed in place of the one that was checked.
     * @returns that image, once it passed
     */
    async #recheck(pushed, caddy) {
        this.#solver.say(`The builder did not find the image in its cache and built another: ${pushed.digest} is checked before it gets a tag.`);
        this.#learn({ image: pushed });
        const again = this.#solver.within("pushed");
        const verdict = await this.#check(pushed, caddy, again).catch((error) => {
            // What the builder says of an image in the registry is not the Dockerfile's fault.
            if (!(error instanceof failure/* Failure */.HR) || error.kind !== "Build failed")
                throw error;
            throw new failure/* Failure */.HR("Publish failed", `${pushed.pinned} was pushed in place of what was checked, could not be checked itself, and gets no tag: ${error.message}`);
        });
        this.#start(this.#layers.of(pushed));
        this.#requirePass(verdict, `${pushed.pinned} was pushed in place of what was checked, and gets no tag.`);
        return pushed;
    }
    async #tag(pushed, image, began) {
        const release = await this.#publisher.tag(pushed, image);
        this.#learn({ release });
        const seconds = ((external_node_perf_hooks_.performance.now() - began) / 1000).toFixed(1);
        this.#solver.say(`${release.ref} ${release.how}, and read back at ${release.digest}, in ${seconds} s`);
    }
    /** The tag still has what was released. Otherwise there is no release. */
    async #confirm() {
        const { release } = this.#results;
        if (release === undefined)
            return;
        await this.#publisher.confirm(release).catch((error) => {
            this.#learn({ release: undefined });
            throw error;
        });
    }
    /** Puts the image into the local engine, under its ref. */
    async #load(image) {
        const { request } = this.#step;
        const { release } = this.#results;
        const name = release?.ref ?? (0,reference/* ref */.KR)(request.image, request.tag);
        await this.#publisher.load(image, name).catch((error) => {
            if (!release || !(error instanceof failure/* Failure */.HR))
                throw error;
            throw new failure/* Failure */.HR(error.kind, `${release.ref} is released, but could not be loaded into the local engine: ${error.message}`, error.place);
        });
        this.#learn({ loaded: [name] });
    }
    #learn(more) {
        this.#results = { ...this.#results, ...more };
    }
    /** A task that runs next to the chapters, and must have ended before the step's folder is removed. */
    #start(task) {
        this.#running.push(task);
        return awaitedLater(task);
    }
    /** Nothing in here may hide why the step ended, so a fault is only a line in the log. */
    async #cleanUp() {
        const { folders, temporary } = this.#step;
        const { image } = this.#results;
        const layers = image === undefined ? undefined : this.#layers.of(image);
        this.#stop.abort();
        await Promise.allSettled(this.#running);
        this.#learn({ layers: await layers });
        const [removed, names] = await Promise.allSettled([(0,prepare.removeWork)(folders), temporary.removeAll()]);
        const say = (line) => this.#solver.say(line);
        if (removed.status === "rejected")
            say(`The step's folder was not removed: ${String(removed.reason)}`);
        if (names.status === "rejected")
            say(`The staging image was not removed: ${String(names.reason)}`);
        // A build that failed had nothing to name.
        else if (!names.value.ok && !/no such image/i.test(names.value.reason))
            say(`The staging image was not removed: ${names.value.reason}`);
    }
}
/** A task whose result is awaited later: until then its failure is not an unhandled rejection. */
function awaitedLater(task) {
    task.catch(() => { });
    return task;
}


/***/ })

};
