export const id = 776;
export const ids = [776];
export const modules = {

/***/ 776:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  sayCalls: () => (/* binding */ sayCalls),
  tell: () => (/* binding */ tell)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./node_modules/@actions/core/lib/core.js + 20 modules
var core = __webpack_require__(3218);
// EXTERNAL MODULE: ./build/checks/finding.js
var finding = __webpack_require__(1333);
// EXTERNAL MODULE: ./build/checks/verdict.js
var checks_verdict = __webpack_require__(2517);
;// CONCATENATED MODULE: ./build/reporters/links.js
/**
 * A workspace path from the repository's root, as GitHub knows it; undefined for a file beside the
 * checkout. Without facts about the checkout it is the workspace.
 */
function inRepository(path, checkout) {
    const folder = checkout?.folder ?? "";
    if (path === "" || path.startsWith("/") || path.startsWith("../"))
        return undefined;
    if (folder === "")
        return path;
    return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : undefined;
}
/** The page of a line at the commit that is checked out; undefined when there is none. */
function pageOf(path, line, checkout) {
    const file = inRepository(path, checkout);
    if (file === undefined || !checkout?.source || !checkout.sha)
        return undefined;
    return `${checkout.source}/blob/${checkout.sha}/${uriOf(file)}${line === undefined ? "" : `#L${line}`}`;
}
/** A path as a relative URI: each segment escaped, so that none is read as a scheme or as Markdown. */
function uriOf(path) {
    return path
        .split("/")
        .map((segment) => encodeURIComponent(segment.toWellFormed()).replace(/[()'!*~]/g, (one) => `%${one.charCodeAt(0).toString(16)}`))
        .join("/");
}

// EXTERNAL MODULE: ./build/reporters/text.js
var reporters_text = __webpack_require__(9530);
;// CONCATENATED MODULE: ./build/reporters/annotations.js
/** What the runner is told to annotate, within its limits. Pure; tell.ts says it. */




/** The runner keeps 10 annotations of each type a step, and drops the others without a word. */
const MOST_ANNOTATIONS = 10;
/** The runner cuts a message at 4,096 characters. */
const MOST_CHARACTERS = 4000;
/**
 * The findings that have a place in the repository and the Dockerfile's warnings, worst first. The last
 * one of a type that the limit allows says how many more there are. One error is left for the failure.
 */
function annotationsOf(outcome, used) {
    const all = [...findings(outcome), ...(outcome.lint ?? []).map((one) => lintAnnotation(one, outcome))];
    return ["error", "warning", "notice"].flatMap((type) => {
        const own = all.filter((one) => one.type === type);
        const kept = type === "error" && outcome.failure ? 1 : 0;
        return limited(own, MOST_ANNOTATIONS - used[type] - kept, type);
    });
}
/** The failure that the step ends with. */
function failureAnnotation({ failure, verdict, checkout }) {
    if (failure === undefined)
        return undefined;
    // Settings that cannot be loaded are the failure themselves, and not a finding beside it.
    const crash = failure.kind === "Checks could not run" ? verdict?.findings.find(checks_verdict/* isSettingsCrash */.BX) : undefined;
    const place = failure.place ?? (crash === undefined || crash.file === "" ? undefined : crash);
    return {
        type: "error",
        title: failure.kind,
        message: annotations_short(failure.message),
        ...placed(place?.file ?? "", place?.line, checkout),
    };
}
function findings({ verdict, request, checkout, failure }) {
    const threshold = request?.failLevel ?? "WARNING";
    return (0,reporters_text/* besidesFailure */.qn)(verdict?.findings ?? [], failure).flatMap((finding) => {
        const place = placed(finding.file, finding.line, checkout);
        // Findings without a place are in the failure's text, the log and the summary.
        return place.file === undefined
            ? []
            : [
                {
                    type: typeOf(finding, threshold),
                    title: titleOf(finding),
                    message: messageOf(finding),
                    ...place,
                },
            ];
    });
}
function typeOf({ level }, threshold) {
    if ((0,finding/* reaches */.O)(level, threshold))
        return "error";
    return (0,finding/* reaches */.O)(level, "WARNING") ? "warning" : "notice";
}
function titleOf({ check, id }) {
    return id === "" ? check : `${check}: ${id}`;
}
function messageOf({ message, hint, object }) {
    const first = object === "" ? message : `${object}: ${message}`;
    return annotations_short(hint === "" ? first : `${first}\n${hint}`);
}
function lintAnnotation({ message, detail, url, file, line }, { checkout }) {
    const [rule = "", ...rest] = message.split(": ");
    return {
        type: "warning",
        title: `Dockerfile: ${rule}`,
        message: annotations_short([rest.join(": "), detail, url].filter((part) => part !== "").join("\n")),
        ...placed(file, line, checkout),
    };
}
/** Where GitHub shows it; nowhere, when the files are not those of the run's commit. */
function placed(file, line, checkout) {
    const path = checkout?.annotated === false ? undefined : inRepository(file, checkout);
    return path === undefined ? {} : { file: path, ...(line === undefined ? {} : { line }) };
}
function limited(all, room, type) {
    if (all.length <= room)
        return [...all];
    if (room <= 0)
        return [];
    const shown = all.slice(0, room - 1);
    const more = all.length - shown.length;
    const title = `${more} more ${type}${more === 1 ? "" : "s"}`;
    return [
        ...shown,
        {
            type,
            title,
            message: "A step may have ten annotations of a kind. All of them are in the job summary and in the log.",
        },
    ];
}
function annotations_short(text) {
    return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}

;// CONCATENATED MODULE: ./build/reporters/colours.js
/** Colours for the log's own lines: GitHub's log shows them, and NO_COLOR (no-color.org) takes them away. */
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
/** Colours the words of a text that say how bad it is. */
function painter(env) {
    if (env.NO_COLOR)
        return (text) => text;
    return (text) => RULES.reduce((painted, [words, colour]) => painted.replace(words, (word) => `\u001b[${colour}m${word}\u001b[0m`), text);
}

// EXTERNAL MODULE: ./build/reporters/outcome.js
var reporters_outcome = __webpack_require__(7273);
;// CONCATENATED MODULE: ./build/reporters/result.js

/** `result`, schema 1: see docs/result.md. */
function resultOf(outcome) {
    const { request, release, held, verdict, failure } = outcome;
    return {
        schema: 1,
        app: outcome.app,
        status: (0,reporters_outcome/* statusOf */.c2)(outcome),
        stage: (0,reporters_outcome/* stageOf */.gV)(outcome),
        image: request?.image ?? "",
        tag: release?.tag ?? "",
        ref: release?.ref ?? "",
        digest: release?.digest ?? held?.digest ?? "",
        pinned: release?.pinned ?? "",
        pushed: release !== undefined,
        platforms: platformsIn(outcome),
        run: request
            ? {
                number: request.run.number,
                attempt: request.run.attempt,
                sha: request.run.sha,
                url: request.run.url,
            }
            : {},
        django: verdict?.django ?? {},
        checks: checksOf(outcome),
        ...(failure ? { error: { kind: failure.kind, message: failure.message } } : {}),
    };
}
function platformsIn({ platforms }) {
    if (platforms === undefined || platforms.checked === "")
        return [];
    return [platforms.checked, ...platforms.others].map((platform) => ({
        platform,
        checked: platform === platforms.checked,
    }));
}
/** The report file: the result, and every finding with its empty fields left out. */
function reportOf(outcome) {
    return {
        ...resultOf(outcome),
        findings: (outcome.verdict?.findings ?? []).map(findingOf),
        ignored: outcome.verdict?.ignored ?? [],
        environment: outcome.verdict?.environment ?? [],
    };
}
/** Every output of the contract, empty where there is nothing to say. */
function outputsOf(outcome, files) {
    const { request, release, held } = outcome;
    const result = JSON.stringify(resultOf(outcome));
    return {
        app: outcome.app,
        image: request?.image ?? "",
        digest: release?.digest ?? held?.digest ?? "",
        tag: release?.tag ?? "",
        ref: release?.ref ?? "",
        pinned: release?.pinned ?? "",
        pushed: String(release !== undefined),
        checks: JSON.stringify(checksOf(outcome)),
        metadata: metadataOf(outcome),
        result,
        // Outputs of a matrix's legs overwrite each other; under a name of its own none does.
        ...(outcome.app === "" ? {} : { [`result_${outputName(outcome.app)}`]: result }),
        ...files,
    };
}
/** Bake's metadata of the image; once there is a release, of that: the staging name is gone by then. */
function metadataOf({ metadata, release, held }) {
    if (metadata === undefined)
        return "";
    const name = release ? { "image.name": release.ref } : {};
    const { "image.name": _, ...rest } = metadata;
    const digest = { "containerimage.digest": release?.digest ?? held?.digest };
    return JSON.stringify({ ...rest, ...digest, ...name });
}
/** Characters that an output's name cannot have become `_`. */
function outputName(app) {
    return app.replace(/[^A-Za-z0-9_]/g, "_");
}
function checksOf(outcome) {
    return Object.fromEntries((outcome.verdict?.checks ?? []).map(({ name, status, findings, seconds, cached, exitCode }) => [
        name,
        { status, findings, seconds, cached, ...(exitCode === undefined ? {} : { exitCode }) },
    ]));
}
/** What the report tells of a finding, in this order. */
const FINDING_FIELDS = [
    "check",
    "level",
    "id",
    "message",
    "hint",
    "object",
    "file",
    "line",
    "containerFile",
    "count",
    "migration",
    "replacement",
];
function findingOf(finding) {
    const all = FINDING_FIELDS.map((name) => [name, finding[name]]);
    return Object.fromEntries(all.filter(([, value]) => value !== "" && value !== undefined));
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
const LEVELS = {
    DEBUG: "note",
    INFO: "note",
    WARNING: "warning",
    ERROR: "error",
    CRITICAL: "error",
};
/**
 * A log of one run with every finding; undefined unless every check has answered, for a log without a check's
 * results would close its alerts that stand.
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
                // Code scanning keeps one analysis for each category: this way the legs of a matrix do not replace
                // each other's.
                automationDetails: { id: `shipshape/${app}/` },
                invocations: [{ executionSuccessful: true }],
                results: findings.map((finding) => ({
                    ruleId: ruleId(finding),
                    ruleIndex: ids.indexOf(ruleId(finding)),
                    level: LEVELS[finding.level],
                    message: { text: plain(sarif_messageOf(finding)) },
                    locations: [locationOf(finding, whole)],
                    occurrenceCount: finding.count,
                    partialFingerprints: fingerprintsOf(finding),
                })),
            },
        ],
    };
}
/** The finding at its place from the repository's root, or at none. */
function inCheckout(finding, checkout) {
    const file = inRepository(finding.file, checkout) ?? "";
    return { ...finding, file, line: file === "" ? undefined : finding.line };
}
function rulesOf(findings) {
    const byId = new Map();
    for (const finding of findings)
        byId.set(ruleId(finding), [...(byId.get(ruleId(finding)) ?? []), finding]);
    return [...byId].map(([id, own]) => {
        const { check, level } = own[0];
        const question = catalogue/* CATALOGUE */.yh.find(({ name }) => name === check)?.question ?? check;
        const messages = new Set(own.map(({ message }) => message.split("\n", 1)[0] ?? ""));
        const [message = ""] = messages;
        const help = [...new Set(own.map(({ hint }) => hint).filter((hint) => hint !== ""))].join("\n\n");
        return {
            id,
            // The alert's title: what the findings of a rule have in common.
            shortDescription: { text: plain(messages.size === 1 && message !== "" ? message : question) },
            fullDescription: { text: plain(question) },
            help: { text: plain(help === "" ? question : help) },
            defaultConfiguration: { level: LEVELS[level] },
            properties: { tags: ["django", check] },
        };
    });
}
/** Findings without an id are their check's. */
function ruleId({ check, id }) {
    return id === "" ? check : id;
}
function sarif_messageOf({ message, hint, object, file, containerFile }) {
    const where = file === "" && containerFile !== "" ? `In the image: ${containerFile}` : "";
    const first = object === "" ? message : `${object}: ${message}`;
    return [first, hint, where].filter((part) => part !== "").join("\n");
}
/**
 * Code scanning refuses a result without a place. A finding that has none in the repository is the image's
 * as a whole, so it is at the Dockerfile, at no line.
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
 * Which findings of two runs are the same one: not by their line, which moves. Code scanning goes by
 * `primaryLocationLineHash`; the upload makes it from the line's text, and where there is no line, nobody
 * but us does.
 */
function fingerprintsOf({ check, id, object, file, line, containerFile, message }) {
    const place = file === "" ? containerFile.replace(/:\d+$/, "") : file;
    const same = JSON.stringify([check, id, object, place, message]);
    const hash = (0,external_node_crypto_.createHash)("sha256").update(same).digest("hex").slice(0, 32);
    return { "shipshape/v1": hash, ...(line === undefined ? { primaryLocationLineHash: hash } : {}) };
}
/** In SARIF's messages `[text](target)` is a link, and whatever came from the image is to be none. */
function plain(text) {
    return text.toWellFormed().replaceAll("](", "] (");
}

// EXTERNAL MODULE: ./build/reporters/say.js
var say = __webpack_require__(6678);
// EXTERNAL MODULE: ./build/docker/words.js
var words = __webpack_require__(8880);
;// CONCATENATED MODULE: ./build/reporters/markdown.js
/** Text for Markdown in which nothing is Markdown or HTML. Pure. */
/** Text in which nothing is Markdown or HTML, on one line. */
function escapeMarkdown(text) {
    return (text
        .replace(/[\r\n]+/g, " ")
        .trim()
        .replace(/&/g, "&amp;")
        .replace(/</g, "&lt;")
        .replace(/>/g, "&gt;")
        .replace(/[\\`*_{}[\]()#+!|~$@:]/g, entity)
        // What makes a list, a heading or a rule at the beginning of a line, and a link anywhere.
        .replace(/^[-=]/, entity)
        .replace(/^(\d+)([.)])/, (_, digits, mark) => digits + entity(mark))
        .replace(/\bwww\./gi, (one) => one.slice(0, -1) + entity(".")));
}
/** The same over several lines, indented as they were; what stands in backticks is code. */
function escapeLines(text) {
    return text
        .trim()
        .split(/\r\n|\n|\r/)
        .map((line) => "&emsp;".repeat(/^ */.exec(line)?.[0].length ?? 0) + withCode(line))
        .join("<br>");
}
/** `` `text` `` of our own hints as code; the parts are escaped one by one, so nothing else comes through. */
function withCode(line) {
    const parts = line.trim().split(/`([^`]+)`/);
    return parts.map((part, index) => (index % 2 === 1 ? code(part) : spaced(part))).join("");
}
/** Escaping trims, and the space beside code is to stay. */
function spaced(text) {
    const [before = "", after = ""] = [/^ /.exec(text)?.[0], /(?<=.) $/.exec(text)?.[0]];
    return `${before}${escapeMarkdown(text)}${after}`;
}
/** What people may unfold. The title is Markdown already. */
function fold(title, inner) {
    return `<details><summary>${title}</summary>\n\n${inner.trim()}\n\n</details>`;
}
function entity(character) {
    return `&#${character.charCodeAt(0)};`;
}
/** Inline code, also with backticks and pipes in it. */
function code(text) {
    return `<code>${escapeMarkdown(text)}</code>`;
}
/** A code block whose fence is longer than any in the text. */
function fence(text, language = "") {
    const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
    const ticks = "`".repeat(longest + 1);
    return `${ticks}${language}\n${text.replace(/\r\n?/g, "\n").trimEnd()}\n${ticks}`;
}
function indent(text) {
    return text
        .split("\n")
        .map((line) => `  ${line}`)
        .join("\n");
}

// EXTERNAL MODULE: ./build/checks/caddy/bake.js
var bake = __webpack_require__(3403);
// EXTERNAL MODULE: ./build/checks/commands/bake.js
var commands_bake = __webpack_require__(3846);
// EXTERNAL MODULE: ./build/image/steps.js
var steps = __webpack_require__(3557);
// EXTERNAL MODULE: ./build/image/target.js
var target = __webpack_require__(9141);
// EXTERNAL MODULE: ./build/reporters/progress.js
var progress = __webpack_require__(4310);
;// CONCATENATED MODULE: ./build/reporters/timeline.js
/** The solves as a picture: what ran beside what, what the longest chain was, what was cached. Pure. */







/** Rows that people still read. */
const MOST_ROWS = 40;
/** Of the whole time: what is shorter is no row, unless it was cached. Our own steps must be long to be one. */
const LEAST_SHARE = { theirs: 0.005, ours: 0.05 };
/** Milliseconds by which a step's end may lie after the beginning of the next. */
const SLACK = 20;
/** Bake's targets are ours, and not the user's. */
const TARGETS = [target/* IMAGE */.W1, target/* CHECKS */.ui, commands_bake/* COMMANDS */.Lo, bake/* CADDY */.KQ];
const LONGEST_LABEL = 60;
/**
 * A Mermaid gantt, which job summaries draw, and a sentence; empty where there is nothing to see.
 * @param commands what the workflow's own commands are, for the steps that run them
 */
function timelineOf(all, commands = []) {
    const steps = withoutRepeats(all.map((step) => withCommand(step, commands)));
    const first = beginning(steps);
    const last = Math.max(...steps.map(endOf));
    const total = last - first;
    if (steps.length === 0 || !Number.isFinite(total) || total < 100)
        return "";
    const chain = longestChain(steps);
    const rows = steps
        .filter((step) => isShown(step, total))
        .map((step) => {
        const state = step.failed ? "failed" : step.cached ? "cached" : chain.includes(step) ? "chain" : "ran";
        const from = Math.max(0, step.started - first);
        return { ...named(step), from, to: Math.max(from + 1, endOf(step) - first), state };
    });
    return `${fence(gantt(fewest(rows)), "mermaid")}\n\n${sentence(steps, chain, total)}`;
}
/** The step of a command by the command itself: `[run] pytest -q`. */
function withCommand(step, commands) {
    const number = (0,steps/* commandOf */.Nl)(step.name);
    return number === undefined
        ? step
        : { ...step, name: `[run] ${commands[number - 1] ?? `command ${number}`}` };
}
/**
 * A step has another digest where it was built without the cache, or in another solve: what a later solve finds in
 * the cache was told already.
 */
function withoutRepeats(steps) {
    const labelOf = (step) => JSON.stringify(named(step));
    const told = new Set(steps.filter(({ cached }) => !cached).map(labelOf));
    return steps.filter((step) => {
        const label = labelOf(step);
        if (step.cached && told.has(label))
            return false;
        told.add(label);
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
    if (step.failed)
        return true;
    const ours = isOurs(step);
    if (step.cached)
        return !ours;
    return step.seconds * 1000 >= total * (ours ? LEAST_SHARE.ours : LEAST_SHARE.theirs);
}
/** A step that only we and BuildKit care for; those that do the checking are everybody's. */
function isOurs({ name }) {
    return progress/* INTERNAL */.k.test(name) && !(0,steps/* isProbeStep */.r4)(name) && !(0,steps/* isCaddyStep */.U8)(name);
}
/** From the step that was done last back over what each one waited for longest. */
function longestChain(steps) {
    const known = new Map(steps.map((step) => [step.digest, step]));
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
function named({ name }) {
    if ((0,steps/* isProbeStep */.r4)(name))
        return { section: "checks", label: "the checks" };
    if ((0,steps/* isCaddyStep */.U8)(name))
        return { section: bake/* CADDY */.KQ, label: "the Caddyfile" };
    if (name.startsWith("[run] "))
        return { section: "run", label: name.slice("[run] ".length) };
    const [, inner = "", text = name] = /^\[([^\]]*)\] (.*)$/s.exec(name) ?? [];
    const words = inner.split(" ").filter((word) => !TARGETS.includes(word));
    const count = /^\d+\/\d+$/.test(words.at(-1) ?? "") ? words.pop() : undefined;
    if (count !== undefined)
        return { section: sectionOf(words), label: `${count} ${text}` };
    return { section: /^(export|push)/.test(text) ? "export" : "preparation", label: text };
}
/** A stage of the Dockerfile; ours that reads the Caddyfile; the stage without a name. */
function sectionOf(words) {
    if (words.includes("caddy-run") || words.includes("caddy-image"))
        return bake/* CADDY */.KQ;
    return words.join(" ") || target/* IMAGE */.W1;
}
function gantt(rows) {
    const sections = [...new Set(rows.map(({ section }) => section))];
    const longest = Math.max(...rows.map(({ to }) => to));
    return [
        "gantt",
        "  dateFormat HH:mm:ss.SSS",
        `  axisFormat ${longest < 3_600_000 ? "%M:%S" : "%H:%M"}`,
        `  tickInterval ${ticks(longest)}`,
        ...sections.flatMap((section) => [
            `  section ${timeline_plain(section)}`,
            ...rows
                .filter((row) => row.section === section)
                .map(({ label, from, to, state }) => `  ${task(label, state)} :${TAGS[state]}${clock(from)}, ${clock(to)}`),
        ]),
    ].join("\n");
}
/** Colours whose text can be read in light and in dark. */
const TAGS = { chain: "crit, ", ran: "", cached: "done, ", failed: "crit, " };
function task(label, state) {
    const text = word(label);
    return state === "cached" ? `${text} (cached)` : state === "failed" ? `${text} FAILED` : text;
}
/** Mermaid's ticks for a time axis that people read: a dozen at most. */
function ticks(milliseconds) {
    const seconds = [1, 2, 5, 10, 15, 30].find((each) => milliseconds / 1000 / each <= 12);
    if (seconds !== undefined)
        return `${seconds}second`;
    const minutes = [1, 2, 5, 10, 15, 30].find((each) => milliseconds / 60_000 / each <= 12);
    return `${minutes ?? 120}minute`;
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
    const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(1)} s`;
    const waits = chain
        .filter((step) => step.seconds * 1000 >= total / 20)
        .map((step) => `${code(shortened(named(step).label))} ${step.seconds.toFixed(1)} s`);
    const own = steps.filter((step) => !isOurs(step));
    const cached = own.filter((step) => step.cached).length;
    const bytes = steps.reduce((sum, step) => sum + step.bytes, 0);
    return [
        `${seconds(total)} in all${waits.length === 0 ? "" : `; in red the longest chain: ${waits.join(" → ")}`}.`,
        `${cached} of ${own.length} steps came from the cache.`,
        bytes < 100_000 ? "" : `${(0,words/* sizeText */.lP)(bytes)} went over the network.`,
    ]
        .filter(Boolean)
        .join(" ");
}

;// CONCATENATED MODULE: ./build/reporters/summary.js
/** The job summary, as Markdown. Whatever came from the image is escaped. Pure. */







/** The runner drops a summary of more than 1 MiB whole; this leaves room for other steps' parts. */
const MOST_BYTES = 900 * 1024;
const LONGEST_MESSAGE = 20_000;
const MOST_LAYERS = 5;
const LONGEST_INSTRUCTION = 100;
const MARKS = { passed: "✅", failed: "❌", error: "⚠️", cancelled: "🚫", skipped: "➖" };
/** The whole summary, cut with a note when it would be too long. */
function summaryOf(outcome) {
    const { request, release, held, verdict, failure } = outcome;
    const status = (0,reporters_outcome/* statusOf */.c2)(outcome);
    const parts = [`## ${MARKS[status]} ${escapeMarkdown(outcome.app || "shipshape")}: ${status}\n`];
    if (release)
        parts.push(`${code(release.pinned)}\n\ntagged ${code(release.tag)}${furtherTags(release.tags)}\n`);
    else if (held)
        parts.push(`Not released. Built: ${code(held.digest)}\n`);
    const platforms = (0,reporters_text/* platformsText */.Ci)(outcome);
    if (held && platforms !== "")
        parts.push(`${escapeMarkdown(platforms)}\n`);
    if (failure)
        parts.push(failurePart(failure));
    else if (request && !request.push.push)
        parts.push(`Not pushed: ${escapeLines(request.push.why)}\n`);
    if (verdict)
        parts.push(...verdictParts(verdict, outcome));
    if (outcome.lint?.length)
        parts.push(lintPart(outcome.lint, outcome));
    // What may be long comes before what is short, but a picture that was cut would be none.
    const rest = [layersPart(outcome), timelinePart(outcome)].filter((part) => part !== "");
    return cut(parts.join("\n"), rest.length === 0 ? "" : `\n${rest.join("\n")}`);
}
/** What failed checks found stands below: the first line is enough here. */
function failurePart({ kind, message }) {
    if (kind === "Checks failed")
        return `**${kind}.** ${escapeMarkdown(message.split("\n", 1)[0] ?? "")}\n`;
    return `**${kind}**\n\n${messageBlock(message)}\n`;
}
function verdictParts(verdict, outcome) {
    const asked = verdict.checks.filter(({ status }) => status !== "skipped");
    const rows = asked.map(({ name, status, findings, silenced, seconds, cached, reason }) => `| ${escapeMarkdown(name)} | ${MARKS[status]} ${status}${reason === "" ? "" : `: ${escapeMarkdown(reason)}`} | ${findings} | ${silenced} | ${cached ? "cached" : seconds.toFixed(1)} |`);
    const notes = verdict.checks.flatMap(({ name, notes }) => notes.map((note) => `- ${escapeMarkdown(name)}: ${escapeLines(note)}`));
    const printed = verdict.checks
        .filter(({ status, output }) => status !== "passed" && output.trim() !== "")
        .map(({ name, output }) => fold(`The end of what ${code(name)} printed`, fence(output)));
    return [
        "| check | status | findings | silenced | seconds |\n|---|---|---:|---:|---:|",
        `${rows.join("\n")}\n`,
        ...(0,reporters_text/* skippedTexts */.n9)(verdict).map((text) => `- ${escapeLines(text)}`),
        ...notes,
        ...printed,
        ...groups((0,reporters_text/* besidesFailure */.qn)(verdict.findings, outcome.failure), outcome),
        ...(0,reporters_text/* ignoredTexts */.XE)(verdict).map((text) => `\n${escapeLines(text)}`),
        `\n${escapeLines([(0,reporters_text/* settingsText */.JV)(verdict), (0,reporters_text/* suppliedText */.MJ)(verdict)].filter(Boolean).join(". "))}\n`,
        environmentPart(verdict),
    ];
}
/** By check; what does not count is folded where something else does. */
function groups(findings, outcome) {
    const threshold = outcome.request?.failLevel ?? "WARNING";
    const checks = [...new Set(findings.map(({ check }) => check))];
    return checks.flatMap((check) => {
        const own = findings.filter((one) => one.check === check);
        const counting = own.filter(({ level }) => (0,finding/* reaches */.O)(level, threshold));
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
    const times = finding.count > 1 ? ` (${finding.count} times)` : "";
    const head = [
        `**${finding.level}**`,
        finding.id === "" ? "" : code(finding.id),
        finding.object === "" ? "" : code(finding.object),
        place(finding, outcome),
    ].filter(Boolean);
    const lines = [`- ${head.join(" ")}${times}<br>${escapeLines(finding.message)}`];
    if (finding.hint !== "")
        lines[0] += `<br>💡 ${escapeLines(finding.hint)}`;
    if (finding.migration) {
        const { path, text, operations } = finding.migration;
        const title = escapeMarkdown(operations.join("; ") || path);
        lines.push(`\n${indent(fold(title, `${code(path)}\n\n${fence(text, "python")}`))}`);
    }
    if (finding.replacement !== undefined)
        lines.push(`\n${indent(fold("What the file should be", fence(finding.replacement)))}`);
    return lines.join("\n");
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
    shipshape: "**shipshape**, for the checks alone",
    nobody: "nobody",
};
/** Which variables the settings read, and who gave them a value. */
function environmentPart({ environment }) {
    if (environment.length === 0)
        return "";
    const rows = environment.map(({ name, supplied }) => `| ${code(name)} | ${SUPPLIERS[supplied]} |`);
    const count = `${environment.length} variable${environment.length === 1 ? "" : "s"}`;
    return fold(`The settings read ${count}`, `| variable | value from |\n|---|---|\n${rows.join("\n")}`);
}
function lintPart(lint, outcome) {
    const lines = lint.map(({ message, detail, url, file, line }) => `- ${linked(file, line, outcome)} ${escapeMarkdown(message)}${detail === "" ? "" : `<br>${escapeLines(detail)}`}${/^https:\/\/[\w./-]+$/.test(url) ? ` ([why](${url}))` : ""}`);
    const title = `${lint.length} warning${lint.length === 1 ? "" : "s"} of Docker's build checks`;
    return `\n${fold(title, lines.join("\n"))}\n`;
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
/** The Dockerfile's words of a line of the image's history. */
function instruction(by) {
    const line = by
        .replace(/^RUN (?:\|\d+ .*?)?\/bin\/sh -c /s, "RUN ")
        .replace(/ # buildkit$/, "")
        .replace(/\s+/g, " ");
    return line.length > LONGEST_INSTRUCTION ? `${line.slice(0, LONGEST_INSTRUCTION)}…` : line;
}
function timelinePart({ trace, request }) {
    const timeline = timelineOf(trace?.steps ?? [], request?.commands.lines);
    return timeline === "" ? "" : `\n### Timeline\n\n${timeline}\n`;
}
function furtherTags(tags) {
    return tags.length === 0 ? "" : `, also ${tags.map(code).join(", ")}`;
}
/** A failure's message as a block, shortened with a note when it is long beyond reading. */
function messageBlock(text) {
    if (text.length <= LONGEST_MESSAGE)
        return fence(text);
    return `${fence(text.slice(0, LONGEST_MESSAGE))}\n\n**Cut here:** the whole text is in the log.`;
}
/** Cuts the first part where the limit wants it, between two findings and outside every fold. */
function cut(text, rest) {
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
/** The last step of the story: outputs, files, annotations, summary and the closing lines. Loaded when it is told. */










/** What each call of the engine took: shown where the workflow runs with debug logging. */
function sayCalls(calls, log) {
    log.outside(() => {
        for (const { command, from, milliseconds } of calls)
            core/* debug */.Yz(`${command}: ${milliseconds} ms, from ${from} ms`);
    });
}
/**
 * Tells the whole story. Outputs come first, so that they are there whatever happens after.
 * @returns false when the outputs could not be set: a job that reads them must not go on
 */
async function tell(outcome, { log, env }) {
    // What comes now is to be read without unfolding anything.
    log.endGroup();
    const { warn } = (0,say/* sayers */.Ah)(log);
    const files = await writeFiles(outcome, warn);
    const told = setOutputs(outputsOf(outcome, files), log);
    const paint = painter(env);
    const lint = await lintOf(outcome);
    const whole = { ...outcome, lint };
    if (lint.length > 0)
        log.group(`${lint.length} of Docker's build checks complain of ${lint[0]?.file}`);
    for (const one of lint)
        log.line(`${one.file}:${one.line}  ${one.message}`);
    log.endGroup();
    sayVerdict(outcome, (text) => log.line(paint(text)));
    annotateAll(whole, log);
    log.line(paint((0,reporters_text/* closingText */.$M)(outcome)));
    const failure = failureAnnotation(outcome);
    if (failure)
        (0,say/* annotate */.fz)(failure, log);
    const summary = env.GITHUB_STEP_SUMMARY;
    if (outcome.request?.summary !== false && summary)
        await tried(() => (0,promises_.appendFile)(summary, summaryOf(whole)), warn, "job summary");
    log.close();
    return told;
}
function setOutputs(outputs, log) {
    try {
        log.outside(() => {
            for (const [name, value] of Object.entries(outputs))
                core/* setOutput */.uH(name, value);
        });
        return true;
    }
    catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        log.outside(() => core/* error */.z3(`The step's outputs could not be set: ${reason}. Is the runner's disk full?`));
        return false;
    }
}
/** Writes the report file and the SARIF file into the step's folder, once there is one. */
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
/** What cannot be written (a full disk) is worth a warning, and never the verdict. */
async function tried(write, warn, what) {
    try {
        await write();
        return true;
    }
    catch (error) {
        warn(`The ${what} could not be written: ${error instanceof Error ? error.message : String(error)}`);
        return false;
    }
}
/** What the build says of the workflow's own Dockerfile: its text tells it from ours and from others. */
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
    const ran = verdict.checks.filter(({ status }) => status !== "skipped");
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
        (0,reporters_text/* imageText */.f1)(outcome),
    ])
        if (text !== "")
            say(text);
}
/** Folded, because each of them was told before: the runner prints an annotation where it is made. */
function annotateAll(outcome, log) {
    const annotations = annotationsOf(outcome, log.annotated);
    if (annotations.length > 0)
        log.group("Annotations");
    for (const one of annotations)
        (0,say/* annotate */.fz)(one, log);
    log.endGroup();
}


/***/ })

};
