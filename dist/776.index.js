export const id = 776;
export const ids = [776];
export const modules = {

/***/ 1333:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ byWeight),
/* harmony export */   O: () => (/* binding */ reaches)
/* harmony export */ });
/* harmony import */ var _request_request_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7159);
/** A finding: one problem that a check reports. */

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
/* harmony export */   ZT: () => (/* binding */ countLevels)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var _finding_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1333);
/** Makes the verdict out of the answers of all checks. Pure. */


/** Applies `fail-level` and `ignore` to the answers. */
function conclude(answers, terms, project) {
    const { kept, ignored } = withoutIgnored(answers.flatMap(({ findings }) => findings), terms.ignore);
    const checks = answers.map(({ stopped: _, ...answer }) => {
        const own = kept.filter(({ check }) => check === answer.name);
        // A command that failed counts at every fail-level but `never`.
        const ended = (answer.exitCode ?? 0) !== 0 && terms.failLevel !== "never";
        const failed = ended || own.some(({ level }) => (0,_finding_js__WEBPACK_IMPORTED_MODULE_1__/* .reaches */ .O)(level, terms.failLevel));
        const ran = answer.skipped === undefined ? "passed" : "skipped";
        const status = answer.reason !== "" ? "error" : failed ? "failed" : ran;
        return { ...answer, status, findings: own.length };
    });
    const stopped = answers.flatMap((answer) => answer.stopped ?? []);
    return {
        ...project,
        status: worst(checks.map((one) => one.status)),
        checks,
        findings: [...stopped, ...kept].sort(_finding_js__WEBPACK_IMPORTED_MODULE_1__/* .byWeight */ .I),
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
    for (const { level } of [...findings].sort(_finding_js__WEBPACK_IMPORTED_MODULE_1__/* .byWeight */ .I))
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
/* harmony import */ var _docker_bake_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(328);
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
    const checked = platforms.filter((platform) => native.includes(platform));
    const emulated = platforms.filter((platform) => !native.includes(platform));
    if (checked.length === 0)
        throw new _failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR("Invalid input", `\`platforms\` has ${platforms.join(", ")}, and the checks run on the builder's own platform: ` +
            `${native.length === 0 ? `${builder.name} does not say which that is` : `that of ${builder.name} is ${native.join(", ")}`}. ` +
            "Add it, or use a builder of one of these platforms (for linux/arm64: `runs-on: ubuntu-24.04-arm`).");
    if (platforms.length > 1 && builder.driver === "docker" && builder.store === "classic")
        throw new _failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR("Invalid input", "Several `platforms` need a builder that can keep them, and the engine's classic image store keeps one. " +
            "Add docker/setup-buildx-action before this step, or turn on the containerd image store.");
    // What was done for one platform would be written into the image of another.
    if (platforms.length > 1 && builder.driver !== "docker" && cacheTo.some(_docker_bake_js__WEBPACK_IMPORTED_MODULE_2__/* .isInline */ .mO))
        throw new _failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR("Invalid input", "`cache-to: type=inline` writes the cache into the image, and with several `platforms` the image that is pushed " +
            "would not be the one that was checked. Use another type, like `type=registry` or `type=gha`.");
    return { checked, emulated };
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
var finding = __webpack_require__(1333);
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
        // Findings without a place are reported in the failure's text, the log and the summary.
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
function messageOf(finding) {
    const { message, hint, object } = finding;
    const on = finding.platforms === undefined ? "" : ` ${(0,reporters_text/* foundOn */.mB)(finding)}`;
    const first = `${object === "" ? message : `${object}: ${message}`}${on}`;
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
/** The place as GitHub needs it; empty when the workspace does not hold the files of the run's commit. */
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
            message: "GitHub shows ten annotations of each type for a step. The job summary and the log have all of them.",
        },
    ];
}
function annotations_short(text) {
    return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}

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

/** `result`, schema 1: see docs/result.md. */
function resultOf(outcome) {
    const { request, release, image, verdict, failure } = outcome;
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
/** Every output that action.yml names. Outputs that do not apply are empty. */
function outputsOf(outcome, files) {
    const { request, release, image } = outcome;
    const result = JSON.stringify(resultOf(outcome));
    return {
        app: outcome.app,
        image: request?.image ?? "",
        digest: release?.digest ?? image?.digest ?? "",
        tag: release?.tag ?? "",
        ref: release?.ref ?? "",
        pinned: release?.pinned ?? "",
        pushed: String(release !== undefined),
        checks: JSON.stringify(checksOf(outcome)),
        metadata: metadataOf(outcome),
        result,
        // The legs of a matrix overwrite each other's outputs, but not an output with the app's name in it.
        ...(outcome.app === "" ? {} : { [`result_${outputName(outcome.app)}`]: result }),
        ...files,
    };
}
/** Bake's metadata of the image. After a release it has the released ref in place of the staging name. */
function metadataOf({ release, image }) {
    if (image === undefined)
        return "";
    const name = release ? { "image.name": release.ref } : {};
    const { "image.name": _, ...rest } = image.metadata;
    const digest = { "containerimage.digest": release?.digest ?? image?.digest };
    return JSON.stringify({ ...rest, ...digest, ...name });
}
/** An app's name as part of an output's name: characters that GitHub does not allow there become `_`. */
function outputName(app) {
    return app.replace(/[^A-Za-z0-9_]/g, "_");
}
function checksOf(outcome) {
    return Object.fromEntries((outcome.verdict?.checks ?? []).map(({ name, status, findings, seconds, cached, exitCode }) => [
        name,
        { status, findings, seconds, cached, ...(exitCode === undefined ? {} : { exitCode }) },
    ]));
}
/** The fields of a finding in the report file, in this order. */
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
    "platforms",
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
/** The finding with its path from the root of the repository, or without a place. */
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
            // The title of the alert: the message, if all findings of the rule have the same one.
            shortDescription: { text: plain(messages.size === 1 && message !== "" ? message : question) },
            fullDescription: { text: plain(question) },
            help: { text: plain(help === "" ? question : help) },
            defaultConfiguration: { level: LEVELS[level] },
            properties: { tags: ["django", check] },
        };
    });
}
/** The id of a finding's rule: its own id, or its check's name if it has none. */
function ruleId({ check, id }) {
    return id === "" ? check : id;
}
function sarif_messageOf({ message, hint, object, file, containerFile }) {
    const where = file === "" && containerFile !== "" ? `In the image: ${containerFile}` : "";
    const first = object === "" ? message : `${object}: ${message}`;
    return [first, hint, where].filter((part) => part !== "").join("\n");
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
function indent(text) {
    return text
        .split("\n")
        .map((line) => `  ${line}`)
        .join("\n");
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
 * the cache was shown already.
 */
function withoutRepeats(steps) {
    const labelOf = (step) => JSON.stringify(named(step));
    const shown = new Set(steps.filter(({ cached }) => !cached).map(labelOf));
    return steps.filter((step) => {
        const label = labelOf(step);
        if (step.cached && shown.has(label))
            return false;
        shown.add(label);
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
/** A step that only we and BuildKit care for. Those that do the checking matter to everybody. */
function isOurs({ name }) {
    return (0,steps/* readStep */.jg)(name).kind === "internal";
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
    if (name.startsWith("[run] "))
        return { section: "run", label: name.slice("[run] ".length) };
    const step = (0,steps/* readStep */.jg)(name);
    switch (step.kind) {
        case "probe":
            return { section: "checks", label: "the checks" };
        case "caddy":
            return { section: "caddy", label: "the Caddyfile" };
        case "command":
            return { section: "run", label: `command ${step.number}` };
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
    if (release)
        parts.push(`${code(release.pinned)}\n\ntagged ${code(release.tag)}${furtherTags(release.tags)}\n`);
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
    const rest = [layersPart(outcome), timelinePart(outcome)].filter((part) => part !== "");
    return cut(parts.join("\n"), rest.length === 0 ? "" : `\n${rest.join("\n")}`);
}
/** For failed checks only the first line of the failure: their findings are listed below it. */
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
/** The findings by check. Next to findings that fail the step, those that do not are folded. */
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
    const on = finding.platforms === undefined ? "" : ` ${escapeMarkdown((0,reporters_text/* foundOn */.mB)(finding))}`;
    const head = [
        `**${finding.level}**`,
        finding.id === "" ? "" : code(finding.id),
        finding.object === "" ? "" : code(finding.object),
        place(finding, outcome),
    ].filter(Boolean);
    const lines = [`- ${head.join(" ")}${times}${on}<br>${escapeLines(finding.message)}`];
    if (finding.hint !== "")
        lines[0] += `<br>💡 ${escapeLines(finding.hint)}`;
    if (finding.migration) {
        const { path, text, operations } = finding.migration;
        const title = escapeMarkdown(operations.join("; ") || path);
        lines.push(`\n${indent(fold(title, `${code(path)}\n\n${fence(text, "python")}`))}`);
    }
    if (finding.replacement !== undefined)
        lines.push(`\n${indent(fold("The file as it should be", fence(finding.replacement)))}`);
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
/** An instruction as the Dockerfile has it, from a line of the image's history. */
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
/** A failure's message as a code block. If it is very long, it is cut, with a note. */
function messageBlock(text) {
    if (text.length <= LONGEST_MESSAGE)
        return fence(text);
    return `${fence(text.slice(0, LONGEST_MESSAGE))}\n\n**Cut here:** the whole text is in the log.`;
}
/** Cuts the first part if both together are too long: between two findings, and with every fold closed. */
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
 * @returns false when the outputs could not be set: then the step must fail, because a later job reads them
 */
async function report(outcome, { log, env }) {
    // Everything from here on must be readable without unfolding anything.
    log.endGroup();
    const { warn } = (0,say/* sayers */.Ah)(log);
    const files = await writeFiles(outcome, warn);
    const areSet = setOutputs(outputsOf(outcome, files), log);
    const paint = painter(env);
    const lint = await lintOf(outcome);
    const whole = { ...outcome, lint };
    if (lint.length > 0)
        log.group(`${lint.length} warning${lint.length === 1 ? "" : "s"} of Docker's build checks about ${lint[0]?.file}`);
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
/** Writes something. A failure to write (a full disk) becomes a warning and does not change the verdict. */
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
/** Writes the annotations in a fold: the runner prints each of them, and the log above has their text already. */
function annotateAll(outcome, log) {
    const annotations = annotationsOf(outcome, log.annotated);
    if (annotations.length > 0)
        log.group("Annotations");
    for (const one of annotations)
        (0,say/* annotate */.fz)(one, log);
    log.endGroup();
}


/***/ }),

/***/ 9530:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $$: () => (/* binding */ bytesOf),
/* harmony export */   $M: () => (/* binding */ closingText),
/* harmony export */   Ci: () => (/* binding */ platformsText),
/* harmony export */   GX: () => (/* binding */ checksFailedText),
/* harmony export */   JV: () => (/* binding */ settingsText),
/* harmony export */   MJ: () => (/* binding */ suppliedText),
/* harmony export */   NK: () => (/* binding */ findingText),
/* harmony export */   P8: () => (/* binding */ couldNotRunText),
/* harmony export */   Ri: () => (/* binding */ checkTexts),
/* harmony export */   XE: () => (/* binding */ ignoredTexts),
/* harmony export */   aj: () => (/* binding */ layersWithBytes),
/* harmony export */   f1: () => (/* binding */ imageText),
/* harmony export */   mB: () => (/* binding */ foundOn),
/* harmony export */   n9: () => (/* binding */ skippedTexts),
/* harmony export */   qn: () => (/* binding */ besidesFailure)
/* harmony export */ });
/* unused harmony export placeText */
/* harmony import */ var _checks_verdict_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2517);
/* harmony import */ var _docker_words_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8880);
/* harmony import */ var _image_platforms_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(482);
/** Findings and verdicts as plain text, for the log and the annotations. Pure. */



/** Names up to this length are padded to a column. Commands may be longer, and stick out. */
const LONGEST_NAME = 40;
/** One finding over a few lines: level, id and place, then message, hint, and what to write. */
function findingText(finding) {
    const head = [finding.level, finding.id, finding.object, placeText(finding)].filter((part) => part !== "");
    const times = finding.count > 1 ? [`(${finding.count} times)`] : [];
    const on = finding.platforms === undefined ? [] : [foundOn(finding)];
    const lines = [head.concat(times, on).join("  "), ...indent(finding.message)];
    if (finding.hint !== "")
        lines.push(...indent(`HINT: ${finding.hint}`));
    if (finding.migration) {
        lines.push(...indent(finding.migration.operations.join("\n")));
        lines.push(...indent(`${finding.migration.path}:`));
        lines.push(...finding.migration.text
            .trimEnd()
            .split("\n")
            .map((line) => `    | ${line}`));
    }
    return lines.join("\n");
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
        const count = `${findings} finding${findings === 1 ? "" : "s"}`;
        const hidden = silenced > 0 ? `, ${silenced} silenced by the project` : "";
        const time = cached ? "cached" : `${seconds.toFixed(1)} s`;
        return `${status.padEnd(7)}  ${name.padEnd(width)}  ${count}${hidden}, ${time}`;
    });
}
/** Which checks were skipped and why, one line for each reason. */
function skippedTexts({ checks }) {
    const reasons = new Map();
    for (const { name, status, skipped = "" } of checks)
        if (status === "skipped")
            reasons.set(skipped, [...(reasons.get(skipped) ?? []), name]);
    return [...reasons].map(([reason, names]) => `Skipped ${list(names)}: ${reason}.`);
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
    const failures = verdict.checks.filter(({ status }) => status === "failed");
    const failed = failures.map(({ name }) => name);
    const commands = failures.filter(({ exitCode }) => exitCode !== undefined).map(({ name }) => name);
    const checks = failed.filter((name) => !commands.includes(name));
    const own = verdict.findings.filter(({ check }) => failed.includes(check));
    const counted = own.filter(({ check }) => checks.includes(check));
    // A command may have run in a stage that is not shipped, so it does not say "the image".
    const what = [
        ...(checks.length === 0
            ? []
            : [`The image did not pass ${list(checks)}: ${(0,_checks_verdict_js__WEBPACK_IMPORTED_MODULE_0__/* .countLevels */ .ZT)(counted)} (fail-level is ${failLevel}).`]),
        ...(commands.length === 0 ? [] : [`${list(commands.map((name) => `\`${name}\``))} failed.`]),
        consequence,
    ];
    const shown = own.slice(0, 5).map((one) => {
        const place = placeText(one);
        const name = [one.level, one.id].filter((part) => part !== "").join(" ");
        return `- ${name}${place === "" ? "" : ` at ${place}`}: ${firstLine(one.message)}`;
    });
    const more = own.length > shown.length ? [`- and ${own.length - shown.length} more, in the log and the report`] : [];
    const stuck = verdict.checks.filter(({ status }) => status === "error");
    const printed = failures.filter(({ output }) => output !== "");
    const hintFor = (name) => own.find(({ check, id }) => check === name && id === "run.failed")?.hint ?? "";
    return [
        what.join(" "),
        ...shown,
        ...more,
        ...printed.map(({ name, output }) => `- the last lines of \`${name}\`:\n${tail(output)}`),
        ...commands.map(hintFor),
        ...stuck.map(({ name, reason }) => `- ${name} could not run: ${reason}`),
        [
            ...(counted.some(({ hint }) => hint !== "") ? ["The log has hints for them."] : []),
            ...(own.every(({ id }) => id === "run.failed") ? [] : ["To accept a finding, add its id to `ignore`."]),
        ].join(" "),
    ]
        .filter((line) => line !== "")
        .join("\n");
}
/** The message of "Checks could not run". */
function couldNotRunText(verdict) {
    if (verdict.problem !== "")
        return `${verdict.problem.charAt(0).toUpperCase()}${verdict.problem.slice(1).replace(/\.$/, "")}.`;
    const stuck = verdict.checks.filter(({ status }) => status === "error");
    const crash = verdict.findings.find(_checks_verdict_js__WEBPACK_IMPORTED_MODULE_0__/* .isSettingsCrash */ .BX);
    if (crash) {
        const place = placeText(crash);
        return `${crash.message}${place === "" ? "" : ` (${place})`}\n${crash.hint}`;
    }
    return stuck
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
/** The last lines of the log: verdict, tag, digest, and what to deploy. */
function closingText(outcome) {
    const { release, image, request, failure } = outcome;
    // The failure's message follows: its annotation is printed too.
    if (failure && release)
        return `${failure.kind}, after ${release.ref} was released at ${release.digest}.`;
    if (failure)
        return `${failure.kind}. ${image ? `Built ${image.digest}; not released.` : "Nothing was released."}`;
    const lines = [];
    if (release) {
        lines.push(`Passed. ${release.ref} ${release.how === "written" ? "is" : "was there already:"} ${release.digest}`);
        if (release.tags.length > 0)
            lines.push(`Also tagged: ${release.tags.join(", ")}`);
        lines.push(`Deploy ${release.pinned}`);
    }
    else {
        lines.push(`Passed. ${image?.digest ?? ""}`);
        if (request && !request.push.push)
            lines.push(`Not pushed: ${request.push.why}`);
    }
    const platforms = platformsText(outcome);
    if (platforms !== "")
        lines.push(platforms);
    for (const name of outcome.loaded ?? [])
        lines.push(`Loaded into the local engine as ${name}`);
    return lines.join("\n");
}
function tail(output) {
    return output.trimEnd().split("\n").slice(-10).join("\n");
}
/** `Image: 54.3 MB compressed in 6 layers`; empty when it is not known. */
function imageText({ layers }) {
    const full = layersWithBytes(layers);
    if (full.length === 0)
        return "";
    return `Image: ${(0,_docker_words_js__WEBPACK_IMPORTED_MODULE_2__/* .sizeText */ .lP)(bytesOf(full))}${layers?.packed ? " compressed" : ""} in ${full.length} layer${full.length === 1 ? "" : "s"}`;
}
/** The layers that have bytes: an instruction like ENV makes an empty one. */
function layersWithBytes(layers) {
    return layers?.all.filter(({ bytes }) => bytes > 0) ?? [];
}
/** The size of several layers together. */
function bytesOf(layers) {
    return layers.reduce((sum, { bytes }) => sum + bytes, 0);
}
function firstLine(text) {
    const line = text.split("\n", 1)[0] ?? "";
    return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}
function list(names) {
    if (names.length < 2)
        return names.join("");
    return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
function indent(text) {
    return text.split("\n").map((line) => `  ${line}`);
}


/***/ })

};
