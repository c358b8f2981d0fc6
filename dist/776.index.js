export const id = 776;
export const ids = [776];
export const modules = {

/***/ 1333:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   GS: () => (/* binding */ placed),
/* harmony export */   IN: () => (/* binding */ byWeight),
/* harmony export */   O6: () => (/* binding */ reaches),
/* harmony export */   nR: () => (/* binding */ PLAIN_FINDING)
/* harmony export */ });
/* harmony import */ var _request_request_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7159);
/** A finding: one problem that a check reports. */

/** What a finding has that names no place: the fields that most checks leave as they are. */
const PLAIN_FINDING = {
    object: "",
    file: "",
    line: undefined,
    containerFile: "",
    count: 1,
    migration: undefined,
};
/**
 * The place of a finding: in the repository where the contents agree, and in the container for people.
 * @param path in the container; empty when the finding is not about a file
 * @param places container path → repo path, where the contents are the same
 */
function placed(path, line, places) {
    const file = places.get(path) ?? "";
    return {
        file,
        line: file === "" ? undefined : line,
        containerFile: path === "" || line === undefined ? path : `${path}:${line}`,
    };
}
/** Whether a finding of this level reaches the threshold. */
function reaches(level, threshold) {
    return threshold !== "never" && _request_request_js__WEBPACK_IMPORTED_MODULE_0__/* .LEVELS */ .A.indexOf(level) >= _request_request_js__WEBPACK_IMPORTED_MODULE_0__/* .LEVELS */ .A.indexOf(threshold);
}
/** Sorts the worst findings first, then by check, file and line. The order is the same in every run. */
function byWeight(a, b) {
    return (_request_request_js__WEBPACK_IMPORTED_MODULE_0__/* .LEVELS */ .A.indexOf(b.level) - _request_request_js__WEBPACK_IMPORTED_MODULE_0__/* .LEVELS */ .A.indexOf(a.level) ||
        compareTexts(a.check, b.check) ||
        compareTexts(a.file, b.file) ||
        (a.line ?? 0) - (b.line ?? 0) ||
        compareTexts(a.id, b.id) ||
        compareTexts(a.message, b.message));
}
function compareTexts(a, b) {
    return a < b ? -1 : a > b ? 1 : 0;
}


/***/ }),

/***/ 2517:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BX: () => (/* binding */ isSettingsCrash),
/* harmony export */   Ep: () => (/* binding */ conclude),
/* harmony export */   WC: () => (/* binding */ emptyAnswer),
/* harmony export */   ZT: () => (/* binding */ countLevels)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var _finding_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1333);
/** Makes the verdict out of the answers of all checks. Pure. */


/** The answer of a check that has nothing to report. */
function emptyAnswer(name) {
    return { name, findings: [], seconds: 0, cached: false, silenced: 0, reason: "", output: "", notes: [] };
}
/** Applies `fail-level` and `ignore` to the answers. */
function conclude(answers, terms, project) {
    const { kept, ignored } = withoutIgnored(answers.flatMap(({ findings }) => findings), terms.ignore);
    const checks = answers.map(({ stopped: _, ...answer }) => {
        const own = kept.filter(({ check }) => check === answer.name);
        // A command that failed counts at every fail-level but `never`.
        const ended = (answer.exitCode ?? 0) !== 0 && terms.failLevel !== "never";
        const failed = ended || own.some(({ level }) => (0,_finding_js__WEBPACK_IMPORTED_MODULE_1__/* .reaches */ .O6)(level, terms.failLevel));
        const ran = answer.skipped === undefined ? "passed" : "skipped";
        const status = answer.reason !== "" ? "error" : failed ? "failed" : ran;
        return { ...answer, status, findings: own.length };
    });
    const stopped = answers.flatMap((answer) => answer.stopped ?? []);
    return {
        ...project,
        status: worst(checks.map((one) => one.status)),
        checks,
        findings: [...stopped, ...kept].sort(_finding_js__WEBPACK_IMPORTED_MODULE_1__/* .byWeight */ .IN),
        ignored,
    };
}
function worst(statuses) {
    if (statuses.includes("failed"))
        return "failed";
    return statuses.includes("error") ? "error" : "passed";
}
/** Whether a finding says that the settings cannot be loaded. */
function isSettingsCrash({ id, level }) {
    return level === "CRITICAL" && (id === "settings.missing-variable" || id === "settings.crashed");
}
function withoutIgnored(findings, rules) {
    const counts = new Map(rules.map((rule) => [rule.text, 0]));
    const kept = findings.filter((finding) => {
        const rule = rules.find((one) => applies(one, finding));
        if (rule === undefined)
            return true;
        counts.set(rule.text, (counts.get(rule.text) ?? 0) + finding.count);
        return false;
    });
    return { kept, ignored: [...counts].map(([rule, count]) => ({ rule, findings: count })) };
}
function applies(rule, finding) {
    if (rule.id !== finding.id)
        return false;
    if (rule.check !== "" && rule.check !== finding.check)
        return false;
    return rule.paths === "" || (finding.file !== "" && (0,node_path__WEBPACK_IMPORTED_MODULE_0__.matchesGlob)(plain(finding.file), plain(rule.paths)));
}
/** Replaces the dot at the beginning of a name by `_`: `**` of `matchesGlob` leaves out names with a dot there. */
function plain(path) {
    return path.replace(/^\.\//, "").replace(/(^|\/)\.(?=[^/])/g, "$1_");
}
/** Counts the findings of each level, worst level first: `2 ERROR, 1 WARNING`. */
function countLevels(findings) {
    const counts = new Map();
    for (const { level } of [...findings].sort(_finding_js__WEBPACK_IMPORTED_MODULE_1__/* .byWeight */ .IN))
        counts.set(level, (counts.get(level) ?? 0) + 1);
    return [...counts].map(([level, count]) => `${count} ${level}`).join(", ");
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

/***/ 776:
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
 * When there are too many of a type, the last one says how many are missing. One error is left for the failure.
 */
function annotationsOf(outcome, used) {
    const all = [...findings(outcome), ...(outcome.lint ?? []).map((one) => lintAnnotation(one, outcome))];
    return ["error", "warning", "notice"].flatMap((type) => {
        const own = all.filter((one) => one.type === type);
        const kept = type === "error" && outcome.failure ? 1 : 0;
        return limited(own, MOST_ANNOTATIONS - used[type] - kept, type);
    });
}
/** The annotation of the failure that the step ends with; undefined when the step passed. */
function failureAnnotation({ failure, verdict, checkout }) {
    if (failure === undefined)
        return undefined;
    // Settings that cannot be loaded are the failure itself: their finding gives the place.
    const crash = failure.kind === "Checks could not run" ? verdict?.findings.find(checks_verdict/* isSettingsCrash */.BX) : undefined;
    const place = placed(failure.place ?? crash ?? { file: "" }, checkout);
    return { type: "error", title: failure.kind, message: (0,reporters_text/* cut */.Jj)(failure.message, MOST_CHARACTERS), ...place };
}
function findings({ verdict, request, checkout, failure }) {
    const threshold = request?.failLevel ?? "WARNING";
    return (0,reporters_text/* besidesFailure */.qn)(verdict?.findings ?? [], failure).flatMap((finding) => {
        const { check, level, id, hint } = finding;
        const place = placed(finding, checkout);
        // Findings without a place are reported in the failure's text, the log and the summary.
        if (place.file === undefined)
            return [];
        const type = (0,checks_finding/* reaches */.O6)(level, threshold) ? "error" : (0,checks_finding/* reaches */.O6)(level, "WARNING") ? "warning" : "notice";
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

// EXTERNAL MODULE: ./build/reporters/outcome.js
var reporters_outcome = __webpack_require__(7273);
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
;// CONCATENATED MODULE: ./build/reporters/markdown.js
/** Writes Markdown with text that we do not trust. Pure. */
/** Escapes all Markdown and HTML in a text and puts it on one line. */
function escapeMarkdown(text) {
    return (text
        .replace(/[\r\n]+/g, " ")
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
/** A code block. Its fence is longer than every run of backticks in the text. */
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
const MARKS = { passed: "✅", failed: "❌", error: "⚠️", cancelled: "🚫", skipped: "➖" };
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
    return `**${kind}**\n\n${fence(message.slice(0, LONGEST_MESSAGE))}${note}\n`;
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
        `\n${escapeLines((0,reporters_text/* joined */.oR)(". ", (0,reporters_text/* settingsText */.JV)(verdict), (0,reporters_text/* suppliedText */.MJ)(verdict)))}\n`,
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
        lines.push(`\n${(0,reporters_text/* indent */.pZ)(fold(title, `${code(path)}\n\n${fence(text, "python")}`))}`);
    }
    if (replacement !== undefined)
        lines.push(`\n${(0,reporters_text/* indent */.pZ)(fold("The file as it should be", fence(replacement)))}`);
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
    shipshape: "**shipshape**, for the checks only",
    nobody: "not set",
};
/** A table of the variables that the settings read, and who gave them a value. */
function environmentPart({ environment }) {
    if (environment.length === 0)
        return "";
    const rows = environment.map(({ name, supplied }) => `| ${code(name)} | ${SUPPLIERS[supplied]} |`);
    const title = `The settings read ${(0,reporters_text/* several */.J$)(environment.length, "variable")}`;
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
function setOutputs(outputs, log) {
    try {
        log.outside(() => {
            for (const [name, value] of Object.entries(outputs))
                core/* setOutput */.uH(name, value);
        });
        return true;
    }
    catch (error) {
        const { message } = error;
        log.outside(() => core/* error */.z3(`The step's outputs could not be set: ${message}. Is the runner's disk full?`));
        return false;
    }
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


/***/ }),

/***/ 9530:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $$: () => (/* binding */ bytesOf),
/* harmony export */   $M: () => (/* binding */ closingText),
/* harmony export */   Aq: () => (/* binding */ timesText),
/* harmony export */   Ci: () => (/* binding */ platformsText),
/* harmony export */   GX: () => (/* binding */ checksFailedText),
/* harmony export */   Ig: () => (/* binding */ lintTitle),
/* harmony export */   J$: () => (/* binding */ several),
/* harmony export */   JV: () => (/* binding */ settingsText),
/* harmony export */   Jj: () => (/* binding */ cut),
/* harmony export */   Lo: () => (/* binding */ messageText),
/* harmony export */   MJ: () => (/* binding */ suppliedText),
/* harmony export */   NK: () => (/* binding */ findingText),
/* harmony export */   P8: () => (/* binding */ couldNotRunText),
/* harmony export */   Ri: () => (/* binding */ checkTexts),
/* harmony export */   TM: () => (/* binding */ firstLine),
/* harmony export */   XE: () => (/* binding */ ignoredTexts),
/* harmony export */   aj: () => (/* binding */ layersWithBytes),
/* harmony export */   f1: () => (/* binding */ imageText),
/* harmony export */   mB: () => (/* binding */ foundOn),
/* harmony export */   n9: () => (/* binding */ skippedTexts),
/* harmony export */   oR: () => (/* binding */ joined),
/* harmony export */   pZ: () => (/* binding */ indent),
/* harmony export */   qn: () => (/* binding */ besidesFailure)
/* harmony export */ });
/* unused harmony export placeText */
/* harmony import */ var _checks_verdict_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2517);
/* harmony import */ var _docker_words_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8880);
/* harmony import */ var _image_platforms_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(482);
/** Findings and verdicts as plain text, for the log and the annotations. Pure. */



/** Names up to this length are padded to a column. Commands may be longer, and stick out. */
const LONGEST_NAME = 40;
/** Characters of a finding's first line in the failure's message. */
const LONGEST_LINE = 300;
/** One finding over a few lines: level, id and place, then message, hint, and what to write. */
function findingText(finding) {
    const { level, id, object, message, hint, migration } = finding;
    const head = joined("  ", level, id, object, placeText(finding), timesText(finding), foundOn(finding));
    const lines = [head, indent(message)];
    if (hint !== "")
        lines.push(indent(`HINT: ${hint}`));
    if (migration) {
        lines.push(indent(migration.operations.join("\n")), indent(`${migration.path}:`));
        lines.push(indent(migration.text.trimEnd(), "    | "));
    }
    return lines.join("\n");
}
/** The message, with the object that it is about. */
function messageText({ object, message }) {
    return joined(": ", object, message);
}
/** `(3 times)`: how often a check reported it. Empty for once. */
function timesText({ count }) {
    return count > 1 ? `(${count} times)` : "";
}
/** `shop/models.py:12`, or the path in the image if the repository does not have that file. */
function placeText(finding) {
    if (finding.file !== "")
        return finding.line ? `${finding.file}:${finding.line}` : finding.file;
    return finding.containerFile === "" ? "" : `${finding.containerFile} (in the image)`;
}
/** `(linux/amd64, linux/386)`: the platforms that it was found on. Empty where only one was checked. */
function foundOn({ platforms }) {
    return platforms === undefined ? "" : `(${platforms.join(", ")})`;
}
/** One line for each check: `failed   system      3 findings, 0.4 s`. */
function checkTexts(checks) {
    const width = Math.max(...checks.map(({ name }) => (name.length > LONGEST_NAME ? 0 : name.length)), 0);
    return checks.map(({ name, status, findings, silenced, seconds, cached }) => {
        const hidden = silenced > 0 ? `, ${silenced} silenced by the project` : "";
        const time = cached ? "cached" : `${seconds.toFixed(1)} s`;
        return `${status.padEnd(7)}  ${name.padEnd(width)}  ${several(findings, "finding")}${hidden}, ${time}`;
    });
}
/** Which checks were skipped and why, one line for each reason. */
function skippedTexts({ checks }) {
    const skipped = checks.filter(({ status }) => status === "skipped");
    const byReason = Map.groupBy(skipped, (check) => check.skipped ?? "");
    return [...byReason].map(([reason, all]) => `Skipped ${list(namesOf(all))}: ${reason}.`);
}
/** Which settings were checked, and what named them: development settings would pass every check. */
function settingsText(verdict) {
    const { django, settingsSource, otherSettings } = verdict;
    if (django.settings === "")
        return "";
    const others = otherSettings.map(({ settings, source }) => `${settings} (${source})`).join(", ");
    const also = others === "" ? "" : `; the project also names ${others}`;
    return (`Checked ${django.settings} (named by ${settingsSource || "the project"}${also}), ` +
        `Django ${django.version}, Python ${django.python}`);
}
/** Which variables the settings read that only shipshape has set. */
function suppliedText(verdict) {
    const ours = verdict.environment.filter(({ supplied }) => supplied === "shipshape").map(({ name }) => name);
    if (ours.length === 0)
        return "";
    return (`Supplied by shipshape, because neither the image nor \`env\` sets them: ${ours.join(", ")}. ` +
        "Production must set its own.");
}
/**
 * The findings to report in addition to the failure. When the settings cannot be loaded, that finding is the failure
 * itself and is left out here.
 */
function besidesFailure(findings, failure) {
    return failure?.kind === "Checks could not run"
        ? findings.filter((one) => !(0,_checks_verdict_js__WEBPACK_IMPORTED_MODULE_0__/* .isSettingsCrash */ .BX)(one))
        : findings;
}
/** How many findings each `ignore` rule matched. A rule without any is reported only if every check ran. */
function ignoredTexts({ ignored, checks }) {
    const allRan = checks.every(({ status }) => status !== "error");
    return ignored
        .filter(({ findings }) => findings > 0 || allRan)
        .map(({ rule, findings }) => findings > 0 ? `ignored by \`${rule}\`: ${findings}` : `\`ignore: ${rule}\` matched nothing`);
}
/**
 * The message of "Checks failed": which checks failed, and the first lines of the worst findings.
 * @param consequence what became of the image
 */
function checksFailedText(verdict, failLevel, consequence = "Nothing was pushed.") {
    const failed = verdict.checks.filter(({ status }) => status === "failed");
    const checks = namesOf(failed.filter(({ exitCode }) => exitCode === undefined));
    const commands = namesOf(failed.filter(({ exitCode }) => exitCode !== undefined));
    const own = verdict.findings.filter(({ check }) => namesOf(failed).includes(check));
    const counted = own.filter(({ check }) => checks.includes(check));
    const levels = `${(0,_checks_verdict_js__WEBPACK_IMPORTED_MODULE_0__/* .countLevels */ .ZT)(counted)} (fail-level is ${failLevel})`;
    const quoted = commands.map((name) => `\`${name}\``);
    const shown = own.slice(0, 5).map((one) => {
        const place = placeText(one);
        const name = joined(" ", one.level, one.id, place === "" ? "" : `at ${place}`);
        return `- ${name}: ${cut(firstLine(one.message), LONGEST_LINE)}`;
    });
    const more = own.length - shown.length;
    const stuck = verdict.checks.filter(({ status }) => status === "error");
    const printed = failed.filter(({ output }) => output !== "");
    const hintFor = (name) => own.find(({ check, id }) => check === name && id === "run.failed")?.hint ?? "";
    return joined("\n", joined(" ", checks.length === 0 ? "" : `The image did not pass ${list(checks)}: ${levels}.`, 
    // A command may have run in a stage that is not shipped, so this does not say "the image".
    commands.length === 0 ? "" : `${list(quoted)} failed.`, consequence), ...shown, more === 0 ? "" : `- and ${more} more, in the log and the report`, ...printed.map(({ name, output }) => `- the last lines of \`${name}\`:\n${tail(output)}`), ...commands.map(hintFor), ...stuck.map(({ name, reason }) => `- ${name} could not run: ${reason}`), joined(" ", counted.some(({ hint }) => hint !== "") ? "The log has hints for them." : "", own.every(({ id }) => id === "run.failed") ? "" : "To accept a finding, add its id to `ignore`."));
}
/** The message of "Checks could not run". */
function couldNotRunText(verdict) {
    if (verdict.problem !== "")
        return `${verdict.problem.charAt(0).toUpperCase()}${verdict.problem.slice(1).replace(/\.$/, "")}.`;
    const crash = verdict.findings.find(_checks_verdict_js__WEBPACK_IMPORTED_MODULE_0__/* .isSettingsCrash */ .BX);
    if (crash) {
        const place = placeText(crash);
        return `${crash.message}${place === "" ? "" : ` (${place})`}\n${crash.hint}`;
    }
    return verdict.checks
        .filter(({ status }) => status === "error")
        .map(({ name, reason, output }) => {
        return `${name}: ${reason}.${output.trim() === "" ? "" : `\nIts last lines:\n${tail(output)}`}`;
    })
        .join("\n");
}
/** How many of several platforms were checked; empty when there is only one. */
function platformsText({ platforms }) {
    if (platforms === undefined || !(0,_image_platforms_js__WEBPACK_IMPORTED_MODULE_1__/* .areSeveral */ .Bp)(platforms))
        return "";
    const { checked, emulated } = platforms;
    const others = emulated.length === 0
        ? ""
        : `; not checked, because the builder does not run it natively: ${emulated.join(", ")}`;
    return `${checked.length} of ${(0,_image_platforms_js__WEBPACK_IMPORTED_MODULE_1__/* .allPlatforms */ .yk)(platforms).length} platforms checked: ${checked.join(", ")}${others}`;
}
/** What the build's warnings are listed under. */
function lintTitle(lint) {
    return `${several(lint.length, "warning")} of Docker's build checks`;
}
/** The last lines of the log: verdict, tag, digest, and what to deploy. */
function closingText(outcome) {
    const { release, image, request, failure, loaded = [] } = outcome;
    // The failure's message follows: its annotation is printed too.
    if (failure && release)
        return `${failure.kind}, after ${release.ref} was released at ${release.digest}.`;
    if (failure)
        return `${failure.kind}. ${image ? `Built ${image.digest}; not released.` : "Nothing was released."}`;
    const passed = release
        ? [
            `Passed. ${release.ref} ${release.how === "written" ? "is" : "was there already:"} ${release.digest}`,
            release.tags.length === 0 ? "" : `Also tagged: ${release.tags.join(", ")}`,
            `Deploy ${release.pinned}`,
        ]
        : [
            `Passed. ${image?.digest ?? ""}`,
            request && !request.push.push ? `Not pushed: ${request.push.why}` : "",
        ];
    const names = loaded.map((name) => `Loaded into the local engine as ${name}`);
    return joined("\n", ...passed, platformsText(outcome), ...names);
}
function tail(output) {
    return output.trimEnd().split("\n").slice(-10).join("\n");
}
/** `Image: 54.3 MB compressed in 6 layers`; empty when it is not known. */
function imageText({ layers }) {
    const full = layersWithBytes(layers);
    if (full.length === 0)
        return "";
    return `Image: ${(0,_docker_words_js__WEBPACK_IMPORTED_MODULE_2__/* .sizeText */ .lP)(bytesOf(full))}${layers?.packed ? " compressed" : ""} in ${several(full.length, "layer")}`;
}
/** The layers that have bytes: an instruction like ENV makes an empty one. */
function layersWithBytes(layers) {
    return layers?.all.filter(({ bytes }) => bytes > 0) ?? [];
}
/** The size of several layers together. */
function bytesOf(layers) {
    return layers.reduce((sum, { bytes }) => sum + bytes, 0);
}
/** The first line of a text. */
function firstLine(text) {
    return text.split("\n", 1)[0] ?? "";
}
/** A text of at most so many characters, with `…` where it was cut. */
function cut(text, most) {
    return text.length > most ? `${text.slice(0, most)}…` : text;
}
/** The parts that are not empty. */
function joined(separator, ...parts) {
    return parts.filter((part) => part !== "").join(separator);
}
/** `1 finding`, `2 findings`. */
function several(count, noun) {
    return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
/** A text with this before each of its lines. */
function indent(text, by = "  ") {
    return by + text.replaceAll("\n", `\n${by}`);
}
function namesOf(checks) {
    return checks.map(({ name }) => name);
}
/** `a`, `a and b`, `a, b and c`. */
function list(names) {
    return new Intl.ListFormat("en-GB").format(names);
}


/***/ })

};
