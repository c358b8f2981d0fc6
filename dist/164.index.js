export const id = 164;
export const ids = [164];
export const modules = {

/***/ 328:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CN: () => (/* binding */ importsCaches),
/* harmony export */   GE: () => (/* binding */ withoutCaches),
/* harmony export */   YS: () => (/* binding */ renderBakeFile),
/* harmony export */   mO: () => (/* binding */ isInline),
/* harmony export */   rz: () => (/* binding */ bakeArgs),
/* harmony export */   uK: () => (/* binding */ attributes)
/* harmony export */ });
/* unused harmony export escapeHcl */
/** The bake file: what `docker buildx bake` takes, as data, and the one escape that it needs. */
/** The arguments of `docker buildx` that run a solve. Its secrets are not among them: they go by environment. */
function bakeArgs({ allow, targets }, files) {
    const { file, metadataFile, builder } = files;
    const where = ["--file", file, "--builder", builder];
    const written = ["--progress", "rawjson", "--metadata-file", metadataFile];
    return ["bake", ...where, ...written, ...allow.flatMap((one) => ["--allow", one]), ...targets];
}
/** Whether a solve takes layers from the caches of other places. */
function importsCaches(solve) {
    return Object.values(solve.file.target).some((target) => (target["cache-from"] ?? []).length > 0);
}
/** The same solve without the caches of other places, for when they keep it waiting or make it fail. */
function withoutCaches(solve) {
    const target = Object.fromEntries(Object.entries(solve.file.target).map(([name, { "cache-from": _, "cache-to": to = [], ...rest }]) => [
        name,
        // An inline cache is a part of the image's bytes.
        { ...rest, "cache-to": to.filter(isInline) },
    ]));
    return { ...solve, file: { target } };
}
/**
 * The text of a bake file. Bake's JSON *is* HCL: `${…}` and `%{…}` are evaluated in every string and every
 * key, so both are escaped there (measured: nothing else is special). Indented, because an error of bake
 * quotes the offending line, and one long line would be quoted with every build argument in it.
 */
function renderBakeFile(file) {
    return `${JSON.stringify(escapeAll(file), null, 1)}\n`;
}
/** Escapes one string for HCL's template language. */
function escapeHcl(text) {
    // By functions: in a replacement text `$$` would mean one dollar sign.
    return text.replaceAll("${", () => "$${").replaceAll("%{", () => "%%{");
}
function escapeAll(value) {
    if (typeof value === "string")
        return escapeHcl(value);
    if (Array.isArray(value))
        return value.map(escapeAll);
    if (typeof value !== "object" || value === null)
        return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [escapeHcl(key), escapeAll(item)]));
}
/** `key=value` pairs as one CSV record, the form of `output`, `attest`, `cache-from` and `cache-to`. */
function attributes(pairs) {
    return Object.entries(pairs)
        .map(([key, value]) => csvField(`${key}=${value}`))
        .join(",");
}
/** Whether an entry of `cache-to` puts the cache into the image itself. */
function isInline(entry) {
    return /(^|,)\s*type=inline\b/.test(entry);
}
function csvField(field) {
    return /[",\n\r]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}


/***/ }),

/***/ 7234:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E7: () => (/* binding */ parseInspect),
/* harmony export */   Zy: () => (/* binding */ compareVersions),
/* harmony export */   l9: () => (/* binding */ isClassic)
/* harmony export */ });
/** What `docker buildx inspect` says of the builder, as data. */
/** Whether images are kept in the engine's classic store, which has neither manifests nor attestations. */
function isClassic(builder) {
    return builder.driver === "docker" && builder.store === "classic";
}
const DRIVERS = ["docker-container", "remote", "kubernetes", "cloud"];
/**
 * Reads the text of `docker buildx inspect NAME`, which has no JSON form: a block for the builder, a blank
 * line, then one block a node.
 */
function parseInspect(text) {
    const [head = "", rest = ""] = text.split(/^Nodes:$/m);
    const name = field(head, "Name");
    const driver = field(head, "Driver");
    const nodes = rest.split(/^(?=Name:)/m).filter((node) => node.trim() !== "");
    const [first = ""] = nodes;
    const error = field(head, "Error") || (nodes.map((node) => field(node, "Error")).find((one) => one !== "") ?? "");
    if (name === "" || driver === "")
        return { ok: false, reason: error || "no builder was described" };
    const native = [...new Set(nodes.flatMap(nativePlatform))];
    if (error !== "" && native.length === 0)
        return { ok: false, reason: error };
    const facts = {
        name,
        buildkit: buildkitVersion(first),
        native,
        nodes: Math.max(1, nodes.length),
        replicas: Number(/replicas="?(\d+)/.exec(field(first, "Driver Options"))?.[1] ?? 1),
        hostNetwork: nodes.every((node) => sharesNetwork(driver, node)),
        hasOwnImages: driver === "docker" || nodes.some((node) => /worker\.executor: +containerd$/m.test(node)),
    };
    if (driver === "docker") {
        // Only the containerd store shows its namespace among the worker's labels.
        const store = /worker\.containerd\.namespace:/.test(first) ? "containerd" : "classic";
        return { ok: true, builder: { ...facts, driver, store } };
    }
    const known = DRIVERS.find((one) => one === driver);
    if (known === undefined)
        return { ok: false, reason: `the driver ${driver} is not known` };
    return { ok: true, builder: { ...facts, driver: known } };
}
/** A node lists what it runs itself first, and after it what it emulates; `*` marks what was asked for when it was made. */
function nativePlatform(node) {
    const [own = ""] = field(node, "Platforms").split(",");
    const platform = own.trim().replace(/\*$/, "");
    return platform === "" ? [] : [platform];
}
/**
 * The engine's own BuildKit permits it. One in a container must be in the machine's network itself, and have
 * been started with the entitlement; it is not known where a remote one runs.
 */
function sharesNetwork(driver, node) {
    if (driver === "docker")
        return true;
    return (driver === "docker-container" &&
        /network="?host\b/.test(field(node, "Driver Options")) &&
        /network\.host/.test(field(node, "BuildKit daemon flags")));
}
/** Without its `v`; empty when a distribution's build does not know its own (`0.0.0+unknown`). */
function buildkitVersion(node) {
    const version = field(node, "BuildKit version").replace(/^v/, "");
    return version.startsWith("0.0.0") ? "" : version;
}
function field(block, label) {
    const line = block.split("\n").find((one) => one.startsWith(`${label}:`));
    return line?.slice(label.length + 1).trim() ?? "";
}
/**
 * Compares `major.minor` of two versions: negative when `a` is older. Unreadable versions compare equal, and
 * so does `0.0`, which a build of one's own or of a distribution says of itself.
 */
function compareVersions(a, b) {
    const left = /(\d+)\.(\d+)/.exec(a);
    const right = /(\d+)\.(\d+)/.exec(b);
    if (!left || !right || left[0] === "0.0")
        return 0;
    return Number(left[1]) - Number(right[1]) || Number(left[2]) - Number(right[2]);
}


/***/ }),

/***/ 2118:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AQ: () => (/* binding */ isOurExcerpt),
/* harmony export */   B9: () => (/* binding */ isOurStep),
/* harmony export */   Ld: () => (/* binding */ STAGE),
/* harmony export */   Nl: () => (/* binding */ commandOf),
/* harmony export */   Vf: () => (/* binding */ isStep),
/* harmony export */   W1: () => (/* binding */ IMAGE),
/* harmony export */   an: () => (/* binding */ STAGES),
/* harmony export */   jg: () => (/* binding */ readStep),
/* harmony export */   mp: () => (/* binding */ CADDY_IMAGE),
/* harmony export */   uw: () => (/* binding */ stepText)
/* harmony export */ });
/**
 * The names that BuildKit prints for steps, read in one place. A step of a Dockerfile is called
 * `[TARGET STAGE 3/7] RUN make`: bake's target is there only when a solve has several, and the stage only when it has a
 * name. Our own stages have names that no project uses.
 */
/** The stages of our own Dockerfiles. */
const STAGES = {
    probe: "shipshape-probe",
    caddy: "shipshape-caddy",
    command: (number) => `shipshape-command-${number}`,
    report: "shipshape-report",
};
/** The bake target of the user's image, and the beginning of the names for one more platform. */
const IMAGE = "image";
/** Bake targets of other stages of a user's Dockerfile: `run-target`, and the project's own Caddy image. */
const STAGE = "stage";
const CADDY_IMAGE = "caddy-image";
/** A stage of ours, in the names of steps. */
const OURS = /^shipshape-(probe|caddy|report|command-\d+)$/;
/** A line of our own Dockerfiles that begins a stage. */
const OUR_FROM = / AS shipshape-(probe|caddy|report|command-\d+)$/m;
/** Reads the name of a step. */
function readStep(name) {
    const [, inside = "", text = name] = /^\[([^\]]*)\] (.*)$/s.exec(name) ?? [];
    const words = inside === "" ? [] : inside.split(" ");
    const count = /^\d+\/\d+$/.test(words.at(-1) ?? "") ? words.pop() : undefined;
    const ours = words.find((word) => OURS.test(word));
    if (count !== undefined && ours !== undefined)
        return ourStep(ours, text);
    const target = words.find((word) => TARGET.test(word));
    if (count !== undefined)
        return {
            kind: "dockerfile",
            stage: stageIn(words, target),
            count,
            instruction: text,
            ofCaddy: target === CADDY_IMAGE,
        };
    if (words.some((word) => /^(internal|auth|context)$/.test(word)))
        return { kind: "internal", text };
    if (/^(importing|exporting) cache/.test(text))
        return { kind: "cache", text };
    if (/^exporting to client|^resolve image config|^resolving provenance/.test(text))
        return { kind: "internal", text };
    if (/^(exporting|pushing)/.test(text))
        return { kind: "export", text };
    return { kind: "other", text };
}
/** The names of our bake targets, as far as they may stand in front of a stage of a user's Dockerfile. */
const TARGET = new RegExp(`^(${IMAGE}(-linux-\\S+)?|${STAGE}|${CADDY_IMAGE})$`);
/** The stage, after the platform of the target where that is one more platform's. */
function stageIn(words, target = "") {
    const own = words.filter((word) => word !== target);
    const platform = target.startsWith(`${IMAGE}-`) ? target.slice(IMAGE.length + 1).replaceAll("-", "/") : "";
    return (platform === "" || own.includes(platform) ? own : [platform, ...own]).join(" ");
}
function ourStep(stage, text) {
    if (!text.startsWith("RUN "))
        return { kind: "internal", text };
    if (stage === STAGES.probe)
        return { kind: "probe" };
    if (stage === STAGES.caddy)
        return { kind: "caddy" };
    const number = /^shipshape-command-(\d+)$/.exec(stage)?.[1];
    return number === undefined ? { kind: "internal", text } : { kind: "command", number: Number(number) };
}
/** Whether a step is of this kind, for `stepIn` and for limits. */
function isStep(kind) {
    return (name) => readStep(name).kind === kind;
}
/** Whether a step belongs to one of our own Dockerfiles. */
function isOurStep(name) {
    const inside = /^\[([^\]]*)\] /.exec(name)?.[1] ?? "";
    return inside.split(" ").some((word) => OURS.test(word));
}
/** Whether an excerpt of a Dockerfile, as BuildKit prints it around a line that failed, is of one of ours. */
function isOurExcerpt(excerpt) {
    return OUR_FROM.test(excerpt);
}
/** The number of the command that a step runs, counted from 1; undefined when it runs none. */
function commandOf(name) {
    const step = readStep(name);
    return step.kind === "command" ? step.number : undefined;
}
/** A step as people read it: `[build 3/7] RUN make`, on one line and without our bake target. */
function stepText(name) {
    const step = readStep(name);
    const text = step.kind === "dockerfile"
        ? `[${[step.ofCaddy ? "caddy" : "", step.stage, step.count].filter((word) => word !== "").join(" ")}] ${step.instruction}`
        : "text" in step
            ? step.text
            : name;
    return text.replace(/\s+/g, " ").slice(0, 300);
}


/***/ }),

/***/ 8880:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Z9: () => (/* binding */ wordsOf),
/* harmony export */   bx: () => (/* binding */ lastWord),
/* harmony export */   lP: () => (/* binding */ sizeText)
/* harmony export */ });
/** What the engine and the registry say in words, cut down to what means something. Pure. */
/** The last line that says something, without `ERROR:` before it. */
function lastWord(stderr) {
    const lines = stderr.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("{"));
    return (lines.at(-1) ?? "").replace(/^ERROR:\s*/, "").trim();
}
/** A reason without references, URLs and digests: their names and numbers mean nothing (`build-404`). */
function wordsOf(reason) {
    return reason.replace(/(?!i\/o\b)(?<!\S)\S*[/@]\S*|sha256:\S+/g, " ");
}
/** Bytes as registries count them: `54.3 MB`. */
function sizeText(bytes) {
    const units = ["bytes", "kB", "MB", "GB"];
    const power = Math.min(units.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3));
    return `${(bytes / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power]}`;
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

/***/ 5081:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  logCalls: () => (/* binding */ logCalls),
  report: () => (/* binding */ report)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./node_modules/@actions/core/lib/core.js + 11 modules
var core = __webpack_require__(3360);
// EXTERNAL MODULE: ./build/checks/finding.js
var checks_finding = __webpack_require__(1333);
// EXTERNAL MODULE: ./build/checks/verdict.js
var checks_verdict = __webpack_require__(2517);
;// CONCATENATED MODULE: ./build/reporters/links.js
/**
 * A workspace path as a path from the root of the repository; undefined for a file outside the checkout. When
 * nothing is known about the checkout, it is taken to be the workspace.
 */
function inRepository(path, checkout) {
    const folder = checkout?.folder ?? "";
    if (path === "" || path.startsWith("/") || path.startsWith("../"))
        return undefined;
    if (folder === "")
        return path;
    return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : undefined;
}
/** The URL of a file or line at the commit that is checked out; undefined when it is not known. */
function pageOf(path, line, checkout) {
    const file = inRepository(path, checkout);
    if (file === undefined || !checkout?.source || !checkout.sha)
        return undefined;
    return `${checkout.source}/blob/${checkout.sha}/${uriOf(file)}${line === undefined ? "" : `#L${line}`}`;
}
/** A path as a relative URI. Each segment is escaped, so that it is not read as a scheme or as Markdown. */
function uriOf(path) {
    return path
        .split("/")
        .map((segment) => encodeURIComponent(segment.toWellFormed()).replace(/[()'!*~]/g, (one) => `%${one.charCodeAt(0).toString(16)}`))
        .join("/");
}

// EXTERNAL MODULE: ./build/reporters/outcome.js
var reporters_outcome = __webpack_require__(7273);
// EXTERNAL MODULE: ./build/reporters/text.js
var reporters_text = __webpack_require__(9530);
;// CONCATENATED MODULE: ./build/reporters/annotations.js
/** The annotations of a step, within the runner's limits. Pure: say.ts writes them. */





/** The runner keeps 10 annotations of each type for a step and silently drops the others. */
const MOST_ANNOTATIONS = 10;
/** The runner cuts a message at 4,096 characters. */
const MOST_CHARACTERS = 4000;
/**
 * Annotations for the findings that have a place in the repository, and for the Dockerfile's warnings, worst first.
 * When there are too many of a type, the last one says how many are missing. One is left for the failure.
 */
function annotationsOf(outcome, used) {
    const last = failureAnnotation(outcome);
    const all = [...findings(outcome), ...(outcome.lint ?? []).map((one) => lintAnnotation(one, outcome))];
    return ["error", "warning", "notice"].flatMap((type) => {
        const own = all.filter((one) => one.type === type);
        const kept = type === last?.type ? 1 : 0;
        return limited(own, MOST_ANNOTATIONS - used[type] - kept, type);
    });
}
/** The annotation of the failure that the step ends with, or of what it only reports; undefined when the step passed. */
function failureAnnotation(outcome) {
    const { failure, verdict, checkout } = outcome;
    if (failure === undefined)
        return undefined;
    // Settings that cannot be loaded are the failure itself: their finding gives the place.
    const crash = failure.kind === "Checks could not run" ? verdict?.findings.find(checks_verdict/* isSettingsCrash */.BX) : undefined;
    const place = placed(failure.place ?? crash ?? { file: "" }, checkout);
    const message = (0,reporters_text/* cut */.Jj)(failure.message, MOST_CHARACTERS);
    return (0,reporters_outcome/* isOnlyReported */.qO)(outcome)
        ? { type: "warning", title: `${failure.kind}: reported, not released`, message, ...place }
        : { type: "error", title: failure.kind, message, ...place };
}
function findings({ verdict, request, checkout, failure }) {
    const failLevel = request?.failLevel ?? "WARNING";
    return (0,reporters_text/* besidesFailure */.qn)(verdict?.findings ?? [], failure).flatMap((finding) => {
        const { check, level, id, hint } = finding;
        const place = placed(finding, checkout);
        // Findings without a place are reported in the failure's text, the log and the summary.
        if (place.file === undefined)
            return [];
        const fails = failLevel !== "never" && (0,checks_finding/* reaches */.O6)(level, failLevel);
        const type = fails ? "error" : (0,checks_finding/* reaches */.O6)(level, "WARNING") ? "warning" : "notice";
        const text = (0,reporters_text/* joined */.oR)("\n", (0,reporters_text/* joined */.oR)(" ", (0,reporters_text/* messageText */.Lo)(finding), (0,reporters_text/* foundOn */.mB)(finding)), hint);
        return [{ type, title: (0,reporters_text/* joined */.oR)(": ", check, id), message: (0,reporters_text/* cut */.Jj)(text, MOST_CHARACTERS), ...place }];
    });
}
function lintAnnotation(lint, { checkout }) {
    const [rule = "", ...rest] = lint.message.split(": ");
    const message = (0,reporters_text/* cut */.Jj)((0,reporters_text/* joined */.oR)("\n", rest.join(": "), lint.detail, lint.url), MOST_CHARACTERS);
    return { type: "warning", title: `Dockerfile: ${rule}`, message, ...placed(lint, checkout) };
}
/** The place as GitHub needs it; empty when the workspace does not hold the files of the run's commit. */
function placed({ file, line }, checkout) {
    const path = checkout?.annotated === false ? undefined : inRepository(file, checkout);
    return path === undefined ? {} : { file: path, ...(line === undefined ? {} : { startLine: line }) };
}
function limited(all, room, type) {
    if (all.length <= room)
        return [...all];
    if (room <= 0)
        return [];
    const shown = all.slice(0, room - 1);
    const more = all.length - shown.length;
    return [...shown, { type, title: (0,reporters_text/* several */.J$)(more, `more ${type}`), message: ELSEWHERE }];
}
const ELSEWHERE = "GitHub shows ten annotations of each type for a step. The job summary and the log have all of them.";

;// CONCATENATED MODULE: ./build/reporters/colours.js
/** Colours for shipshape's own lines in the log. NO_COLOR (no-color.org) switches them off. */
const RULES = [
    [/^(?:CRITICAL|ERROR)(?= |$)/gm, 31],
    [/^WARNING(?= |$)/gm, 33],
    [/^(?:INFO|DEBUG)(?= |$)/gm, 36],
    [/^ {2}HINT:/gm, 36],
    [/^Passed\./gm, 32],
    [/^failed(?= )/gm, 31],
    [/^error(?= )/gm, 33],
    [/^passed(?= )/gm, 32],
];
/** Makes a function that colours levels and states in a text. */
function painter(env) {
    if (env.NO_COLOR)
        return (text) => text;
    return (text) => RULES.reduce((painted, [words, colour]) => painted.replace(words, (word) => `\u001b[${colour}m${word}\u001b[0m`), text);
}

;// CONCATENATED MODULE: ./build/reporters/outputs.js
/** Sets the outputs of a step: the file that the runner names in GITHUB_OUTPUT. */

/**
 * Sets the outputs. Without them a later job knows nothing of what was released.
 * @returns false when they could not be set, which is an error in the log: the step must fail
 */
function setOutputs(outputs, log) {
    try {
        // Without a file @actions/core would print a command that runners no longer take.
        if (!process.env.GITHUB_OUTPUT)
            throw new Error("the runner names no file for them (GITHUB_OUTPUT is not set)");
        log.outside(() => {
            for (const [name, value] of Object.entries(outputs))
                core/* setOutput */.uH(name, value);
        });
        return true;
    }
    catch (error) {
        const { code, message } = error;
        const why = /^Missing file/.test(message)
            ? `the runner's file for them (GITHUB_OUTPUT) is not there. Did a step before this one delete it?`
            : `${message}.${/^(ENOSPC|EDQUOT)$/.test(code ?? "") ? " Free space on the runner's disk." : ""}`;
        log.outside(() => core/* error */.z3(`The step's outputs could not be set: ${why}`));
        return false;
    }
}

;// CONCATENATED MODULE: ./build/reporters/result.js

/** `result`, schema 1: see docs/result.md. JSON leaves out what is undefined. */
function resultOf(outcome) {
    const { request, release, image, verdict, failure } = outcome;
    const { number, attempt, sha, url } = request?.run ?? {};
    return {
        schema: 1,
        app: outcome.app,
        status: (0,reporters_outcome/* statusOf */.c2)(outcome),
        stage: (0,reporters_outcome/* stageOf */.gV)(outcome),
        image: request?.image ?? "",
        tag: release?.tag ?? "",
        ref: release?.ref ?? "",
        digest: release?.digest ?? image?.digest ?? "",
        pinned: release?.pinned ?? "",
        pushed: release !== undefined,
        platforms: platformsIn(outcome),
        run: { number, attempt, sha, url },
        django: verdict?.django ?? {},
        checks: checksOf(outcome),
        error: failure && { kind: failure.kind, message: failure.message },
    };
}
function platformsIn({ platforms }) {
    if (platforms === undefined)
        return [];
    const known = platforms.checked.filter((platform) => platform !== "");
    return [
        ...known.map((platform) => ({ platform, checked: true })),
        ...platforms.emulated.map((platform) => ({ platform, checked: false })),
    ];
}
/** The content of the report file: the result and every finding, without the empty fields of a finding. */
function reportOf(outcome) {
    return {
        ...resultOf(outcome),
        findings: (outcome.verdict?.findings ?? []).map(findingOf),
        ignored: outcome.verdict?.ignored ?? [],
        environment: outcome.verdict?.environment ?? [],
        reads: outcome.verdict?.reads,
    };
}
/**
 * Every output that action.yml names. Outputs that do not apply are empty.
 * @param files paths of the files that were written; empty for a file that was not
 */
function outputsOf(outcome, files) {
    const whole = resultOf(outcome);
    const { app, image, digest, tag, ref, pinned } = whole;
    const result = JSON.stringify(whole);
    return {
        app,
        image,
        digest,
        tag,
        ref,
        pinned,
        pushed: String(whole.pushed),
        checks: JSON.stringify(whole.checks),
        metadata: metadataOf(outcome),
        result,
        // The legs of a matrix overwrite each other's outputs, but not an output with the app's name in it.
        ...(app === "" ? {} : { [`result_${outputName(app)}`]: result }),
        ...files,
    };
}
/** Bake's metadata of the image. After a release it has the released ref in place of the staging name. */
function metadataOf({ release, image }) {
    if (image === undefined)
        return "";
    const { "image.name": _, ...rest } = image.metadata;
    const digest = release?.digest ?? image.digest;
    return JSON.stringify({ ...rest, "containerimage.digest": digest, "image.name": release?.ref });
}
/** An app's name as part of an output's name: characters that GitHub does not allow there become `_`. */
function outputName(app) {
    return app.replace(/[^A-Za-z0-9_]/g, "_");
}
function checksOf(outcome) {
    return Object.fromEntries((outcome.verdict?.checks ?? []).map(({ name, status, findings, seconds, cached, exitCode }) => [
        name,
        { status, findings, seconds, cached, exitCode },
    ]));
}
function findingOf(finding) {
    return Object.fromEntries(Object.entries(finding).filter(([, value]) => value !== "" && value !== undefined));
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./build/checks/catalogue.js
var catalogue = __webpack_require__(6965);
;// CONCATENATED MODULE: ./build/reporters/sarif.js
/**
 * The findings as SARIF 2.1.0, the format that GitHub's code scanning takes (docs.github.com, "SARIF support
 * for code scanning"). Pure.
 */





/** Paths are relative to the root of the checkout; the upload fills in where that is. */
const ROOT = "%SRCROOT%";
/**
 * A SARIF log with every finding; undefined unless every check has answered. Code scanning closes the alerts that a
 * log does not mention, so a log without the results of a check would close that check's alerts.
 */
function sarifOf(outcome) {
    const { app, verdict, request, checkout } = outcome;
    if (verdict === undefined || verdict.checks.some(({ status }) => status === "error"))
        return undefined;
    const findings = verdict.findings.map((one) => inCheckout(one, checkout));
    const rules = rulesOf(findings);
    const ids = rules.map(({ id }) => id);
    const dockerfile = request?.build.fileShown ?? "Dockerfile";
    const whole = inRepository(dockerfile, checkout) ?? dockerfile;
    return {
        $schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [
            {
                tool: { driver: { name: "shipshape", rules } },
                // Code scanning keeps one analysis for each category. With the app's name in the category, the legs of a
                // matrix do not replace each other's analysis.
                automationDetails: { id: `shipshape/${app}/` },
                invocations: [{ executionSuccessful: true }],
                results: findings.map((finding) => ({
                    ruleId: ruleId(finding),
                    ruleIndex: ids.indexOf(ruleId(finding)),
                    level: levelOf(finding),
                    message: { text: plain(messageOf(finding)) },
                    locations: [locationOf(finding, whole)],
                    occurrenceCount: finding.count,
                    partialFingerprints: fingerprintsOf(finding),
                })),
            },
        ],
    };
}
/** The finding with its path from the root of the repository, or without a place. */
function inCheckout(finding, checkout) {
    const file = inRepository(finding.file, checkout) ?? "";
    return { ...finding, file, line: file === "" ? undefined : finding.line };
}
function rulesOf(findings) {
    return [...Map.groupBy(findings, ruleId)].map(([id, own]) => {
        const first = own[0];
        const { check } = first;
        const question = catalogue/* CATALOGUE */.yh.find(({ name }) => name === check)?.question ?? check;
        const messages = new Set(own.map(({ message }) => (0,reporters_text/* firstLine */.TM)(message)));
        const [message = ""] = messages;
        const help = (0,reporters_text/* joined */.oR)("\n\n", ...new Set(own.map(({ hint }) => hint)));
        return {
            id,
            // The title of the alert: the message, if all findings of the rule have the same one.
            shortDescription: { text: plain(messages.size === 1 && message !== "" ? message : question) },
            fullDescription: { text: plain(question) },
            help: { text: plain(help === "" ? question : help) },
            defaultConfiguration: { level: levelOf(first) },
            properties: { tags: ["django", check] },
        };
    });
}
function levelOf({ level }) {
    return (0,checks_finding/* reaches */.O6)(level, "ERROR") ? "error" : (0,checks_finding/* reaches */.O6)(level, "WARNING") ? "warning" : "note";
}
/** The id of a finding's rule: its own id, or its check's name if it has none. */
function ruleId({ check, id }) {
    return id === "" ? check : id;
}
function messageOf(finding) {
    const { hint, file, containerFile } = finding;
    const where = file === "" && containerFile !== "" ? `In the image: ${containerFile}` : "";
    return (0,reporters_text/* joined */.oR)("\n", (0,reporters_text/* messageText */.Lo)(finding), hint, where);
}
/**
 * Code scanning refuses a result without a place. A finding without a place in the repository is put at the
 * Dockerfile, at no line.
 */
function locationOf({ file, line, object }, dockerfile) {
    const uri = uriOf(file === "" ? dockerfile : file);
    return {
        physicalLocation: {
            artifactLocation: { uri, uriBaseId: ROOT },
            ...(line === undefined ? {} : { region: { startLine: line } }),
        },
        ...(object === "" ? {} : { logicalLocations: [{ fullyQualifiedName: object }] }),
    };
}
/**
 * A hash that is the same for the same finding in another run. It leaves out the line, because lines move. Code
 * scanning compares `primaryLocationLineHash`, which the upload makes from the line's text. For a finding without a
 * line we must set it.
 */
function fingerprintsOf({ check, id, object, file, line, containerFile, message }) {
    const place = file === "" ? containerFile.replace(/:\d+$/, "") : file;
    const same = JSON.stringify([check, id, object, place, message]);
    const hash = (0,external_node_crypto_.createHash)("sha256").update(same).digest("hex").slice(0, 32);
    return { "shipshape/v1": hash, ...(line === undefined ? { primaryLocationLineHash: hash } : {}) };
}
/** Breaks up `[text](target)`, which is a link in a SARIF message: text from the image must not become one. */
function plain(text) {
    return text.toWellFormed().replaceAll("](", "] (");
}

// EXTERNAL MODULE: ./build/reporters/say.js
var say = __webpack_require__(6678);
// EXTERNAL MODULE: ./build/docker/words.js
var words = __webpack_require__(8880);
// EXTERNAL MODULE: ./build/request/invisible.js
var invisible = __webpack_require__(1369);
;// CONCATENATED MODULE: ./build/reporters/markdown.js
/** Writes Markdown with text that we do not trust. Pure. */

/** Escapes all Markdown and HTML in a text and puts it on one line. */
function escapeMarkdown(text) {
    return ((0,invisible/* visible */.R)(text)
        .replace(/\n+/g, " ")
        .trim()
        .replace(/&/g, "&amp;")
        .replace(/</g, "&lt;")
        .replace(/>/g, "&gt;")
        .replace(/[\\`*_{}[\]()#+!|~$@:]/g, entity)
        // At the beginning of a line these make a list, a heading or a rule; `www.` makes a link anywhere.
        .replace(/^[-=]/, entity)
        .replace(/^(\d+)([.)])/, (_, digits, mark) => digits + entity(mark))
        .replace(/\bwww\./gi, (one) => one.slice(0, -1) + entity(".")));
}
/** Escapes a text of several lines. The lines keep their indentation; text in backticks becomes code. */
function escapeLines(text) {
    return text
        .trim()
        .split(/\r\n|\n|\r/)
        .map((line) => "&emsp;".repeat(/^ */.exec(line)?.[0].length ?? 0) + withCode(line))
        .join("<br>");
}
/** Makes code of text in backticks. Each part is escaped by itself, so no other Markdown comes through. */
function withCode(line) {
    const parts = line.trim().split(/`([^`]+)`/);
    return parts.map((part, index) => (index % 2 === 1 ? code(part) : spaced(part))).join("");
}
/** Escapes a text that stands next to code, without losing the spaces between them. */
function spaced(text) {
    const [before = "", after = ""] = [/^ /.exec(text)?.[0], /(?<=.) $/.exec(text)?.[0]];
    return `${before}${escapeMarkdown(text)}${after}`;
}
/** A folded part of a page. The title must be escaped already. */
function fold(title, inner) {
    return `<details><summary>${title}</summary>\n\n${inner.trim()}\n\n</details>`;
}
function entity(character) {
    return `&#${character.charCodeAt(0)};`;
}
/** Inline code. The text may have backticks and pipes in it. */
function code(text) {
    return `<code>${escapeMarkdown(text)}</code>`;
}
/**
 * A code block. Its fence is longer than every run of backticks in the text, which may be one to be committed: nothing else
 * is changed in it.
 */
function fence(text, language = "") {
    const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
    const ticks = "`".repeat(longest + 1);
    return `${ticks}${language}\n${text.replace(/\r\n?/g, "\n").trimEnd()}\n${ticks}`;
}

// EXTERNAL MODULE: ./build/docker/steps.js
var steps = __webpack_require__(2118);
;// CONCATENATED MODULE: ./build/reporters/timeline.js
/** The solves as a picture: what ran at the same time, what the longest chain was, what was cached. Pure. */




/** Rows that people still read. */
const MOST_ROWS = 40;
/** Of the whole time: what is shorter is no row, unless it was cached. Our own steps must be long to be one. */
const LEAST_SHARE = { theirs: 0.005, ours: 0.05 };
/** Milliseconds by which a step's end may lie after the beginning of the next. */
const SLACK = 20;
const LONGEST_LABEL = 60;
/**
 * A Mermaid gantt, which job summaries draw, and a sentence; empty where there is nothing to see.
 * @param commands what the workflow's own commands are, for the steps that run them
 */
function timelineOf(all, commands = []) {
    const steps = withoutRepeats(all.map((step) => ({ ...step, ...titleOf(step, commands) })));
    const first = beginning(steps);
    const total = Math.max(...steps.map(endOf)) - first;
    if (steps.length === 0 || !Number.isFinite(total) || total < 100)
        return "";
    const chain = longestChain(steps);
    const rows = steps
        .filter((step) => isShown(step, total))
        .map((step) => {
        const { section, label, error, cached } = step;
        const state = error ? "failed" : cached ? "cached" : chain.includes(step) ? "chain" : "ran";
        const from = Math.max(0, step.started - first);
        return { section, label, from, to: Math.max(from + 1, endOf(step) - first), state };
    });
    return `${fence(gantt(fewest(rows)), "mermaid")}\n\n${sentence(steps, chain, total)}`;
}
/**
 * A step has another digest where it was built without the cache, or in another solve: what a later solve finds in
 * the cache was shown already.
 */
function withoutRepeats(steps) {
    const keyOf = ({ section, label }) => JSON.stringify([section, label]);
    const shown = new Set(steps.filter(({ cached }) => !cached).map(keyOf));
    return steps.filter((step) => {
        const key = keyOf(step);
        if (step.cached && shown.has(key))
            return false;
        shown.add(key);
        return true;
    });
}
/**
 * When our own solves began: a step that they share with somebody else's build, on a builder that serves several
 * jobs, may have begun long before.
 */
function beginning(steps) {
    const ours = steps.filter(({ name }) => /load build definition/.test(name));
    return Math.min(...(ours.length > 0 ? ours : steps).map(({ started }) => started));
}
function endOf({ started, seconds }) {
    return started + seconds * 1000;
}
function isShown(step, total) {
    if (step.error)
        return true;
    const ours = isOurs(step);
    if (step.cached)
        return !ours;
    return step.seconds * 1000 >= total * (ours ? LEAST_SHARE.ours : LEAST_SHARE.theirs);
}
/** A step that only we and BuildKit care for. Those that do the checking matter to everybody. */
function isOurs({ name }) {
    return (0,steps/* readStep */.jg)(name).kind === "internal";
}
/** From the step that was done last back over what each one waited for longest. */
function longestChain(steps) {
    const known = new Map(steps.map((step) => [step.step, step]));
    const latest = (some) => some.reduce((late, step) => (late && endOf(late) >= endOf(step) ? late : step), undefined);
    const chain = [];
    for (let step = latest(steps); step !== undefined && !chain.includes(step);) {
        chain.unshift(step);
        const { started, inputs } = step;
        const awaited = inputs.flatMap((digest) => known.get(digest) ?? []);
        // An export names no inputs: it waited for what was done last before it.
        const before = () => steps.filter((one) => !one.cached && !chain.includes(one) && endOf(one) <= started + SLACK);
        step = latest(awaited.length > 0 ? awaited : before());
    }
    return chain.filter(({ cached }) => !cached);
}
/** Cached rows go first when there are too many, then the shortest. */
function fewest(rows) {
    const ranked = [...rows].sort((a, b) => Number(a.state === "cached") - Number(b.state === "cached") || b.to - b.from - (a.to - a.from));
    const kept = new Set(ranked.slice(0, MOST_ROWS));
    return rows.filter((row) => kept.has(row));
}
/** `[image build 3/7] RUN make` is in the section of its stage, `build`. */
function titleOf({ name }, commands) {
    const step = (0,steps/* readStep */.jg)(name);
    switch (step.kind) {
        case "probe":
            return { section: "checks", label: "the checks" };
        case "caddy":
            return { section: "caddy", label: "the Caddyfile" };
        case "command":
            return { section: "run", label: commands[step.number - 1] ?? `command ${step.number}` };
        case "dockerfile":
            return {
                section: step.ofCaddy ? "caddy" : step.stage || "image",
                label: `${step.count} ${step.instruction}`,
            };
        case "export":
            return { section: "export", label: step.text };
        case "cache":
            return { section: step.text.startsWith("exporting") ? "export" : "preparation", label: step.text };
        default:
            return { section: "preparation", label: step.text };
    }
}
function gantt(rows) {
    const sections = Map.groupBy(rows, ({ section }) => section);
    const longest = Math.max(...rows.map(({ to }) => to));
    return [
        "gantt",
        "  dateFormat HH:mm:ss.SSS",
        `  axisFormat ${longest < 3_600_000 ? "%M:%S" : "%H:%M"}`,
        `  tickInterval ${ticks(longest)}`,
        ...[...sections].flatMap(([section, own]) => [
            `  section ${timeline_plain(section)}`,
            ...own.map(({ label, from, to, state }) => {
                const { tag, mark } = LOOKS[state];
                return `  ${word(label)}${mark} :${tag}${clock(from)}, ${clock(to)}`;
            }),
        ]),
    ].join("\n");
}
/** Colours whose text can be read in light and in dark. */
const LOOKS = {
    chain: { tag: "crit, ", mark: "" },
    ran: { tag: "", mark: "" },
    cached: { tag: "done, ", mark: " (cached)" },
    failed: { tag: "crit, ", mark: " FAILED" },
};
/** Seconds from tick to tick. */
const TICKS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800];
/** Mermaid's ticks for a time axis that people read: a dozen at most. */
function ticks(milliseconds) {
    const seconds = TICKS.find((each) => milliseconds / 1000 / each <= 12) ?? 7200;
    return seconds < 60 ? `${seconds}second` : `${seconds / 60}minute`;
}
/** A task's name: one that begins with a command of Mermaid's would be it. */
function word(text) {
    const label = timeline_plain(text);
    return /^(\d+\/\d+|the|exporting) /.test(label) ? label : `· ${label}`;
}
/** Text in which nothing is Mermaid: a colon ends a task's name, a semicolon a line, `#` begins an entity. */
function timeline_plain(text) {
    return shortened(text.replace(/[^\p{L}\p{N} ._/=+@&-]+/gu, " ").replace(/ +/g, " "));
}
function shortened(text) {
    const line = text
        .replace(/--(?:mount|network)=\S+ /g, "")
        .replace(/@sha256[: ][0-9a-f]{64}/g, "")
        .replace(/\s+/g, " ")
        .trim();
    return line.length > LONGEST_LABEL ? `${line.slice(0, LONGEST_LABEL).trimEnd()}…` : line;
}
/** Milliseconds as a time of day: the picture shows the time since the beginning in any time zone. */
function clock(milliseconds) {
    return new Date(Math.min(milliseconds, 86_399_999)).toISOString().slice(11, 23);
}
function sentence(steps, chain, total) {
    const waits = chain
        .filter((step) => step.seconds * 1000 >= total / 20)
        .map((step) => `${code(shortened(step.label))} ${step.seconds.toFixed(1)} s`);
    const own = steps.filter((step) => !isOurs(step));
    const cached = own.filter((step) => step.cached).length;
    const bytes = steps.reduce((sum, step) => sum + step.bytes, 0);
    return (0,reporters_text/* joined */.oR)(" ", `${(total / 1000).toFixed(1)} s in all${waits.length === 0 ? "" : `; in red the longest chain: ${waits.join(" → ")}`}.`, `${cached} of ${own.length} steps came from the cache.`, bytes < 100_000 ? "" : `${(0,words/* sizeText */.lP)(bytes)} went over the network.`);
}

;// CONCATENATED MODULE: ./build/reporters/summary.js
/** The job summary, as Markdown. All text that came from the image is escaped. Pure. */








/** The runner drops a summary of more than 1 MiB completely. This limit leaves room for other steps' parts. */
const MOST_BYTES = 900 * 1024;
const LONGEST_MESSAGE = 20_000;
const MOST_LAYERS = 5;
const LONGEST_INSTRUCTION = 100;
const MARKS = {
    passed: "✅",
    failed: "❌",
    reported: "📋",
    error: "⚠️",
    cancelled: "🚫",
    skipped: "➖",
};
/** The whole summary. If it is too long, its first part is cut, with a note. */
function summaryOf(outcome) {
    const { request, release, image, verdict, failure } = outcome;
    const status = (0,reporters_outcome/* statusOf */.c2)(outcome);
    const parts = [`## ${MARKS[status]} ${escapeMarkdown(outcome.app || "shipshape")}: ${status}\n`];
    if (release) {
        const tags = (0,reporters_text/* joined */.oR)(", also ", code(release.tag), release.tags.map(code).join(", "));
        parts.push(`${code(release.pinned)}\n\ntagged ${tags}\n`);
    }
    else if (image)
        parts.push(`Not released. Built: ${code(image.digest)}\n`);
    const platforms = (0,reporters_text/* platformsText */.Ci)(outcome);
    if (image && platforms !== "")
        parts.push(`${escapeMarkdown(platforms)}\n`);
    if (failure)
        parts.push(failurePart(failure));
    else if (request && !request.push.push)
        parts.push(`Not pushed: ${escapeLines(request.push.why)}\n`);
    if (verdict)
        parts.push(...verdictParts(verdict, outcome));
    if (outcome.lint?.length)
        parts.push(lintPart(outcome.lint, outcome));
    // Findings may be cut. The table of layers and the timeline must stay whole.
    const rest = (0,reporters_text/* joined */.oR)("\n", layersPart(outcome), timelinePart(outcome));
    return fitted(parts.join("\n"), rest === "" ? "" : `\n${rest}`);
}
/** For failed checks only the first line of the failure: their findings are listed below it. A very long text is cut. */
function failurePart({ kind, message }) {
    if (kind === "Checks failed")
        return `**${kind}.** ${escapeMarkdown((0,reporters_text/* firstLine */.TM)(message))}\n`;
    const note = message.length > LONGEST_MESSAGE ? "\n\n**Cut here:** the whole text is in the log." : "";
    return `**${kind}**\n\n${fence((0,invisible/* visible */.R)(message.slice(0, LONGEST_MESSAGE)))}${note}\n`;
}
function verdictParts(verdict, outcome) {
    const asked = verdict.checks.filter(({ status }) => status !== "skipped");
    const rows = asked.map(({ name, status, findings, silenced, seconds, cached, reason }) => `| ${escapeMarkdown(name)} | ${MARKS[status]} ${status}${reason === "" ? "" : `: ${escapeMarkdown(reason)}`} | ${findings} | ${silenced} | ${cached ? "cached" : seconds.toFixed(1)} |`);
    const notes = verdict.checks.flatMap(({ name, notes }) => notes.map((note) => `- ${escapeMarkdown(name)}: ${escapeLines(note)}`));
    const printed = verdict.checks
        .filter(({ status, output }) => status !== "passed" && output.trim() !== "")
        .map(({ name, output }) => fold(`The end of what ${code(name)} printed`, fence((0,invisible/* visible */.R)(output))));
    return [
        "| check | status | findings | silenced | seconds |\n|---|---|---:|---:|---:|",
        `${rows.join("\n")}\n`,
        ...(0,reporters_text/* skippedTexts */.n9)(verdict).map((text) => `- ${escapeLines(text)}`),
        ...notes,
        ...printed,
        ...groups((0,reporters_text/* besidesFailure */.qn)(verdict.findings, outcome.failure), outcome),
        ...(0,reporters_text/* ignoredTexts */.XE)(verdict).map((text) => `\n${escapeLines(text)}`),
        `\n${escapeLines((0,reporters_text/* joined */.oR)(". ", (0,reporters_text/* settingsText */.JV)(verdict), (0,reporters_text/* joined */.oR)(" ", (0,reporters_text/* suppliedText */.MJ)(verdict), (0,reporters_text/* unreadText */.pY)(verdict))))}\n`,
        environmentPart(verdict),
    ];
}
/** The findings by check. Next to findings that fail the step, those that do not are folded. */
function groups(findings, outcome) {
    const threshold = outcome.request?.failLevel ?? "WARNING";
    return [...Map.groupBy(findings, ({ check }) => check)].flatMap(([check, own]) => {
        const counting = own.filter(({ level }) => (0,checks_finding/* reaches */.O6)(level, threshold));
        const rest = own.filter((one) => !counting.includes(one));
        const shown = counting.map((one) => findingPart(one, outcome));
        const folded = rest.map((one) => findingPart(one, outcome)).join("\n");
        const title = `${rest.length} that ${rest.length === 1 ? "does" : "do"} not fail the step`;
        return [
            `\n### ${escapeMarkdown(check)}\n`,
            ...shown,
            ...(rest.length === 0 ? [] : [shown.length === 0 ? folded : `\n${fold(title, folded)}\n`]),
        ];
    });
}
function findingPart(finding, outcome) {
    const { level, id, object, message, hint, migration, replacement } = finding;
    const head = (0,reporters_text/* joined */.oR)(" ", `**${level}**`, id === "" ? "" : code(id), object === "" ? "" : code(object), place(finding, outcome), (0,reporters_text/* timesText */.Aq)(finding), escapeMarkdown((0,reporters_text/* foundOn */.mB)(finding)));
    const advice = hint === "" ? "" : `<br>💡 ${escapeLines(hint)}`;
    const lines = [`- ${head}<br>${escapeLines(message)}${advice}`];
    if (migration) {
        const { path, text, operations } = migration;
        const title = escapeMarkdown(operations.join("; ") || path);
        lines.push(`\n${(0,reporters_text/* indent */.pZ)(fold(title, `${code(path)}\n\n${committed(text, "python")}`))}`);
    }
    if (replacement !== undefined)
        lines.push(`\n${(0,reporters_text/* indent */.pZ)(fold("The file as it should be", committed(replacement)))}`);
    return lines.join("\n");
}
/** A text to be committed, which nothing is changed in. One that is not what it seems is not shown. */
function committed(text, language = "") {
    const isPlain = (0,invisible/* visible */.R)(text) === text.replace(/\r\n?/g, "\n");
    return isPlain
        ? fence(text, language)
        : "It has characters that cannot be seen, or that turn a line's direction: take it from the report file, and look at them.";
}
function place({ file, line, containerFile }, outcome) {
    if (file === "")
        return containerFile === "" ? "" : `${code(containerFile)} in the image`;
    return linked(file, line, outcome);
}
function linked(file, line, { checkout, request }) {
    const text = line ? `${file}:${line}` : file;
    const event = request && { folder: "", sha: request.run.sha, source: request.run.source, annotated: true };
    const page = pageOf(file, line, checkout ?? event);
    return page === undefined ? code(text) : `[${escapeMarkdown(text)}](${page})`;
}
const SUPPLIERS = {
    image: "the image",
    user: "the workflow (`env`)",
    shipshape: "**shipshape**, for the checks only",
    nobody: "not set",
};
/** A table of the variables that the settings read, and who gave them a value. */
function environmentPart({ environment, reads }) {
    if (environment.length === 0)
        return "";
    const rows = environment.map(({ name, supplied }) => `| ${code(name)} | ${SUPPLIERS[supplied]} |`);
    const also = reads.complete ? "" : ", and the whole environment at once: the list may lack some";
    const title = `The settings read ${(0,reporters_text/* several */.J$)(environment.length, "variable")}${also}`;
    return fold(title, `| variable | value from |\n|---|---|\n${rows.join("\n")}`);
}
function lintPart(lint, outcome) {
    const lines = lint.map(({ message, detail, url, file, line }) => `- ${linked(file, line, outcome)} ${escapeMarkdown(message)}${detail === "" ? "" : `<br>${escapeLines(detail)}`}${/^https:\/\/[\w./-]+$/.test(url) ? ` ([why](${url}))` : ""}`);
    return `\n${fold((0,reporters_text/* lintTitle */.Ig)(lint), lines.join("\n"))}\n`;
}
function layersPart(outcome) {
    const full = (0,reporters_text/* layersWithBytes */.aj)(outcome.layers);
    const total = (0,reporters_text/* bytesOf */.$$)(full);
    if (total === 0)
        return "";
    const rows = [...full]
        .sort((a, b) => b.bytes - a.bytes)
        .slice(0, MOST_LAYERS)
        .filter(({ bytes }) => bytes >= total / 100)
        .map(({ bytes, by }) => `| ${(0,words/* sizeText */.lP)(bytes)} | ${Math.round((100 * bytes) / total)} % | ${by === "" ? "the base image" : code(instruction(by))} |`);
    return `\n### ${(0,reporters_text/* imageText */.f1)(outcome)}\n\n| largest layers | share | made by |\n|---:|---:|---|\n${rows.join("\n")}\n`;
}
/** An instruction as the Dockerfile has it, from a line of the image's history. */
function instruction(by) {
    const line = by
        .replace(/^RUN (?:\|\d+ .*?)?\/bin\/sh -c /s, "RUN ")
        .replace(/ # buildkit$/, "")
        .replace(/\s+/g, " ");
    return (0,reporters_text/* cut */.Jj)(line, LONGEST_INSTRUCTION);
}
function timelinePart({ trace, request }) {
    const timeline = timelineOf(trace?.steps ?? [], request?.commands.lines);
    return timeline === "" ? "" : `\n### Timeline\n\n${timeline}\n`;
}
/** Cuts the first part if both together are too long: between two findings, and with every fold closed. */
function fitted(text, rest) {
    const room = MOST_BYTES - Buffer.byteLength(rest);
    if (Buffer.byteLength(text) <= room)
        return `${text}${rest}`;
    const kept = Buffer.from(text).subarray(0, room).toString("utf8");
    const end = kept.lastIndexOf("\n- ");
    const whole = kept.slice(0, end < 0 ? undefined : end);
    const open = (whole.match(/<details>/g) ?? []).length - (whole.match(/<\/details>/g) ?? []).length;
    return `${whole}\n${"\n</details>".repeat(Math.max(0, open))}\n\n**Cut here:** the whole list is in the report file.\n${rest}`;
}

;// CONCATENATED MODULE: ./build/reporters/report.js
/** Reports a step that has ended: outputs, files, annotations, summary and the last lines of the log. */











/** Writes how long each command took. GitHub shows it when debug logging is on. */
function logCalls(calls, log) {
    log.outside(() => {
        for (const { command, from, milliseconds } of calls)
            core/* debug */.Yz(`${command}: ${milliseconds} ms, from ${from} ms`);
    });
}
/**
 * Reports how the step ended. The outputs are set first, so that they are there even if a later part fails.
 * @param env the runner's environment, which names the file of the summary
 * @returns false when the outputs could not be set: then the step must fail, because a later job reads them
 */
async function report(outcome, log, env) {
    // Everything from here on must be readable without unfolding anything.
    log.endGroup();
    const { warn } = (0,say/* sayers */.Ah)(log);
    const files = await writeFiles(outcome, warn);
    const areSet = setOutputs(outputsOf(outcome, files), log);
    const paint = painter(env);
    const lint = await lintOf(outcome);
    const whole = { ...outcome, lint };
    if (lint.length > 0)
        log.group(`${(0,reporters_text/* lintTitle */.Ig)(lint)} about ${lint[0]?.file}`);
    for (const one of lint)
        log.line(`${one.file}:${one.line}  ${one.message}`);
    log.endGroup();
    sayVerdict(outcome, (text) => log.line(paint(text)));
    // In a fold: the runner prints each of them, and the log above has their text already.
    const annotations = annotationsOf(whole, log.annotated);
    if (annotations.length > 0)
        log.group("Annotations");
    for (const one of annotations)
        (0,say/* annotate */.fz)(one, log);
    log.endGroup();
    log.line(paint((0,reporters_text/* closingText */.$M)(outcome)));
    const failure = failureAnnotation(outcome);
    if (failure)
        (0,say/* annotate */.fz)(failure, log);
    const summary = env.GITHUB_STEP_SUMMARY;
    if (outcome.request?.summary !== false && summary)
        await tried(() => (0,promises_.appendFile)(summary, summaryOf(whole)), warn, "job summary");
    log.close();
    return areSet;
}
/** Writes the report file and the SARIF file into the step's folder, once there is one. Gives their paths. */
async function writeFiles(outcome, warn) {
    const { folder } = outcome;
    const write = async (name, content, what) => {
        if (folder === undefined || content === undefined)
            return "";
        const path = (0,external_node_path_.join)(folder, name);
        const text = `${JSON.stringify(content, null, 2)}\n`;
        return (await tried(() => (0,promises_.writeFile)(path, text), warn, what)) ? path : "";
    };
    return {
        report: await write("report.json", reportOf(outcome), "report file"),
        sarif: await write("report.sarif", sarifOf(outcome), "SARIF file"),
    };
}
/** Writes something. A failure to write (a full disk) becomes a warning and does not change the verdict. */
async function tried(write, warn, what) {
    try {
        await write();
        return true;
    }
    catch (error) {
        warn(`The ${what} could not be written: ${error.message}`);
        return false;
    }
}
/** The build's warnings about the workflow's own Dockerfile. Its text distinguishes it from other Dockerfiles. */
async function lintOf({ trace, request }) {
    if (request === undefined || trace === undefined || trace.warnings.length === 0)
        return [];
    const text = await (0,promises_.readFile)(request.build.file, "utf8").catch(() => undefined);
    return trace.warnings
        .filter(({ source }) => source === text)
        .map(({ source: _, ...warning }) => ({ ...warning, file: request.build.fileShown }));
}
function sayVerdict(outcome, say) {
    const { verdict, failure } = outcome;
    if (verdict === undefined)
        return;
    for (const finding of (0,reporters_text/* besidesFailure */.qn)(verdict.findings, failure))
        say(`${(0,reporters_text/* findingText */.NK)(finding)}\n`);
    const ran = verdict.checks.filter(({ status, notes }) => status !== "skipped" || notes.length > 0);
    for (const [index, line] of (0,reporters_text/* checkTexts */.Ri)(ran).entries()) {
        say(line);
        for (const note of ran[index]?.notes ?? [])
            say(`  ${note}`);
    }
    for (const text of [
        ...(0,reporters_text/* skippedTexts */.n9)(verdict),
        ...(0,reporters_text/* ignoredTexts */.XE)(verdict),
        (0,reporters_text/* settingsText */.JV)(verdict),
        (0,reporters_text/* suppliedText */.MJ)(verdict),
        (0,reporters_text/* unreadText */.pY)(verdict),
        (0,reporters_text/* imageText */.f1)(outcome),
    ])
        if (text !== "")
            say(text);
}


/***/ })

};
