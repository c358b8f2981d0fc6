export const id = 6;
export const ids = [6];
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

/***/ 2286:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  ke: () => (/* binding */ Progress),
  n7: () => (/* binding */ SILENT_MS),
  TM: () => (/* binding */ secondsOf),
  eC: () => (/* binding */ stepIn)
});

// EXTERNAL MODULE: external "node:perf_hooks"
var external_node_perf_hooks_ = __webpack_require__(643);
// EXTERNAL MODULE: external "node:string_decoder"
var external_node_string_decoder_ = __webpack_require__(6193);
// EXTERNAL MODULE: ./build/process/process.js + 1 modules
var process = __webpack_require__(7267);
// EXTERNAL MODULE: ./build/request/json.js
var json = __webpack_require__(702);
;// CONCATENATED MODULE: ./build/docker/rawjson.js
/** One line of `--progress=rawjson`, as BuildKit writes it, and what is read from it. Pure. */

/** The objects of a list. Anything else in it is passed over. */
function records(value) {
    return Array.isArray(value) ? value.filter((item) => typeof item === "object" && item !== null) : [];
}
/** Text that BuildKit sends as base64. */
function decoded(base64) {
    return Buffer.from(base64, "base64").toString("utf8");
}
/** One line as an update; undefined when it is not JSON. */
function parse(line) {
    const update = (0,json/* objectOrNone */.H$)((0,json/* parseJson */.qF)(line));
    return (update && {
        vertexes: records(update.vertexes),
        statuses: records(update.statuses),
        logs: records(update.logs),
        warnings: records(update.warnings),
    });
}

;// CONCATENATED MODULE: ./build/docker/progress.js
/**
 * BuildKit's progress as data: `--progress=rawjson` writes one JSON object a line on standard error, each
 * with partial updates of vertexes, statuses, logs and warnings; later ones win. After them, on a failure,
 * come plain lines: the excerpt of the Dockerfile and `ERROR: …`.
 */




/** Characters of a step's log that are kept for an error message. */
const LOG_KEPT = 16 * 1024;
/** Characters after which a line that does not end is reported all the same. */
const LONGEST_LINE = 64 * 1024;
/** Plain lines that are kept; the excerpt and the last word come last. */
const LINES_KEPT = 2000;
/** Milliseconds without output after which a running step is reported again. */
const SILENT_MS = 20_000;
/** The first of the steps that goes by such a name; steps that targets share carry several. */
function stepIn(vertexes, isIt) {
    return vertexes.find(({ names }) => [...names].some(isIt));
}
/** Seconds that a step took, as far as it is known to have begun and ended. */
function secondsOf(vertex) {
    const { started, completed } = vertex ?? {};
    return started === undefined || completed === undefined ? 0 : Math.max(0, (completed - started) / 1000);
}
class LiveVertex {
    digest;
    names = new Set();
    started;
    completed;
    cached = false;
    error;
    /** It goes on: also after it was completed, for an export is taken up again to push (moby/buildkit 6587). */
    running = false;
    /** Since when, by our own clock, in milliseconds: the builder's may be another machine's. */
    seen = 0;
    /** When something was last heard of it, by the same clock. */
    heard = 0;
    inputs = [];
    /** Bytes by what is moved: a layer, the build context. */
    moved = new Map();
    /** The parts of an export that are under way. */
    parts = new Set();
    tail = new process/* Tail */.PW(LOG_KEPT);
    lines;
    /** A character may be cut in two by the end of a record. */
    decoder = new external_node_string_decoder_.StringDecoder("utf8");
    constructor(digest, hear) {
        this.digest = digest;
        this.lines = new process/* Lines */.qo((line) => hear({ type: "log", step: digest, name: this.name, line }), LONGEST_LINE);
    }
    get log() {
        return this.tail.text();
    }
    get bytes() {
        return [...this.moved.values()].reduce((sum, one) => sum + one, 0);
    }
    get name() {
        return this.names.values().next().value ?? this.digest;
    }
}
class Progress {
    #vertexes = new Map();
    #plain = [];
    #hear;
    #moved = external_node_perf_hooks_.performance.now();
    constructor(hear = () => { }) {
        this.#hear = hear;
    }
    /** Takes one line of standard error. */
    line(line) {
        const update = line.startsWith("{") ? parse(line) : undefined;
        if (update === undefined) {
            this.#plain.push(line);
            if (this.#plain.length > 2 * LINES_KEPT)
                this.#plain.splice(0, LINES_KEPT);
            return;
        }
        this.#moved = external_node_perf_hooks_.performance.now();
        for (const vertex of update.vertexes)
            this.#vertex(vertex);
        for (const status of update.statuses)
            this.#status(status);
        for (const log of update.logs)
            this.#log(log);
        for (const warning of update.warnings)
            this.#warning(warning);
    }
    get vertexes() {
        return [...this.#vertexes.values()];
    }
    /** The lines that are not progress: the Dockerfile's excerpt and the last word. */
    get plain() {
        return this.#plain.slice(-LINES_KEPT);
    }
    /** What is active at this moment, and since when. */
    activity() {
        const ago = (time) => (external_node_perf_hooks_.performance.now() - time) / 1000;
        const running = [...this.#vertexes.values()]
            .filter(({ running }) => running)
            .map(({ name, seen }) => ({ name, startedAgo: ago(seen) }));
        const anyDone = [...this.#vertexes.values()].some(({ completed }) => completed !== undefined);
        return { movedAgo: ago(this.#moved), anyDone, running };
    }
    /** Reports the steps that go on without output. To be called every few seconds. */
    signOfLife() {
        const now = external_node_perf_hooks_.performance.now();
        for (const vertex of this.#vertexes.values()) {
            const { seen, running, heard, digest: step, name, bytes, parts } = vertex;
            if (!running || now - heard < SILENT_MS)
                continue;
            vertex.heard = now;
            const seconds = (now - seen) / 1000;
            this.#hear({ type: "running", step, name, seconds, bytes, doing: [...parts].join(", ") });
        }
    }
    #vertex(raw) {
        if (!raw.digest)
            return;
        const vertex = this.#vertexes.get(raw.digest) ?? new LiveVertex(raw.digest, this.#hear);
        this.#vertexes.set(raw.digest, vertex);
        if (raw.name)
            vertex.names.add(raw.name);
        if (Array.isArray(raw.inputs))
            vertex.inputs = raw.inputs.map(String);
        const wasStarted = vertex.started !== undefined;
        const wasCompleted = vertex.completed !== undefined;
        // What began before its end is the same news from another target's solve.
        const began = raw.started ? Date.parse(raw.started) : Number.NEGATIVE_INFINITY;
        if (raw.started && !raw.completed && !vertex.running && began >= (vertex.completed ?? began)) {
            vertex.running = true;
            vertex.seen = external_node_perf_hooks_.performance.now();
            vertex.heard = vertex.seen;
        }
        if (raw.started)
            vertex.started ??= began;
        if (raw.error)
            vertex.error = raw.error;
        if (raw.completed) {
            vertex.running = false;
            vertex.completed = Date.parse(raw.completed);
            // Only the last record of a vertex counts: a step may start and complete several times.
            vertex.cached = raw.cached === true;
        }
        // A cached step starts and completes in one record: only its end is news.
        if (!wasStarted && vertex.started !== undefined && vertex.completed === undefined)
            this.#hear({ type: "started", step: vertex.digest, name: vertex.name });
        if (!wasCompleted && vertex.completed !== undefined) {
            vertex.lines.end();
            const { name, cached, error, inputs, bytes, digest: step, started = vertex.completed } = vertex;
            const seconds = secondsOf(vertex);
            this.#hear({ type: "completed", step, name, cached, seconds, error, started, inputs, bytes });
        }
    }
    /**
     * A layer that comes (`sha256:…`) or the build context, with bytes; or a part of an export, which has none
     * (moby/buildkit issue 3192).
     */
    #status({ id = "", vertex = "", current, completed }) {
        const live = this.#vertexes.get(vertex);
        if (typeof current === "number" && /^(sha256:|transferring )/.test(id))
            live?.moved.set(id, current);
        if (!/^(exporting|pushing|unpacking|sending) /.test(id))
            return;
        if (completed)
            live?.parts.delete(id);
        else
            live?.parts.add(id);
    }
    #warning({ short, detail, url = "", sourceInfo, range }) {
        const line = range?.[0]?.start?.line;
        if (!short || !sourceInfo?.data || line === undefined)
            return;
        const details = Array.isArray(detail) ? detail.map((one) => decoded(String(one))) : [];
        const warning = {
            message: decoded(short).replace(/ \(line \d+\)$/, ""),
            detail: details.join("\n"),
            url,
            source: decoded(sourceInfo.data),
            line,
        };
        this.#hear({ type: "warning", warning });
    }
    #log({ vertex: digest = "", data }) {
        const vertex = this.#vertexes.get(digest);
        if (vertex === undefined || !data)
            return;
        const text = vertex.decoder.write(Buffer.from(data, "base64"));
        vertex.tail.add(text);
        vertex.heard = external_node_perf_hooks_.performance.now();
        vertex.lines.add(text);
    }
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


/***/ })

};
