export const id = 614;
export const ids = [614];
export const modules = {

/***/ 7614:
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
// EXTERNAL MODULE: ../../main/node_modules/@actions/core/lib/core.js + 20 modules
var core = __webpack_require__(1800);
// EXTERNAL MODULE: ./build/verdict/finding.js
var finding = __webpack_require__(8320);
// EXTERNAL MODULE: ./build/tell/story.js
var tell_story = __webpack_require__(6610);
;// CONCATENATED MODULE: ./build/tell/result.js

/** `result`, schema 1: see docs/result.md. */
function resultOf(story) {
    const { request, release, held, verdict, failure } = story;
    return {
        schema: 1,
        app: story.app,
        status: (0,tell_story/* statusOf */.c2)(story),
        stage: (0,tell_story/* stageOf */.gV)(story),
        image: request?.image ?? "",
        tag: release?.tag ?? "",
        ref: release?.ref ?? "",
        digest: release?.digest ?? held?.digest ?? "",
        pinned: release?.pinned ?? "",
        pushed: release !== undefined,
        platforms: platformsIn(story),
        run: request
            ? {
                number: request.run.number,
                attempt: request.run.attempt,
                sha: request.run.sha,
                url: request.run.url,
            }
            : {},
        django: verdict?.django ?? {},
        checks: checksOf(story),
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
function reportOf(story) {
    return {
        ...resultOf(story),
        findings: (story.verdict?.findings ?? []).map(findingOf),
        ignored: story.verdict?.ignored ?? [],
        environment: story.verdict?.environment ?? [],
    };
}
/** Every output of the contract, empty where there is nothing to say. */
function outputsOf(story, files) {
    const { request, release, held } = story;
    const result = JSON.stringify(resultOf(story));
    return {
        app: story.app,
        image: request?.image ?? "",
        digest: release?.digest ?? held?.digest ?? "",
        tag: release?.tag ?? "",
        ref: release?.ref ?? "",
        pinned: release?.pinned ?? "",
        pushed: String(release !== undefined),
        checks: JSON.stringify(checksOf(story)),
        metadata: metadataOf(story),
        result,
        // Outputs of a matrix's legs overwrite each other; under a name of its own none does.
        ...(story.app === "" ? {} : { [`result_${outputName(story.app)}`]: result }),
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
function checksOf(story) {
    return Object.fromEntries((story.verdict?.checks ?? []).map(({ name, status, findings, seconds, cached, exitCode }) => [
        name,
        { status, findings, seconds, cached, ...(exitCode === undefined ? {} : { exitCode }) },
    ]));
}
function findingOf(finding) {
    const { check, level, id, message, hint, object, file, line, containerFile, count, migration } = finding;
    const all = { check, level, id, message, hint, object, file, line, containerFile, count, migration };
    return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== "" && value !== undefined));
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./build/django/catalogue.js
var catalogue = __webpack_require__(9702);
;// CONCATENATED MODULE: ./build/tell/sarif.js
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
 * A log of one run with every finding; undefined without a verdict, for a log without results would close
 * the alerts that stand.
 */
function sarifOf(story) {
    const { app, verdict, request } = story;
    if (verdict === undefined)
        return undefined;
    const rules = rulesOf(verdict.findings);
    const ids = rules.map(({ id }) => id);
    const stuck = verdict.checks.filter(({ status }) => status === "error");
    const dockerfile = request?.build.fileShown ?? "Dockerfile";
    return {
        $schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [
            {
                tool: { driver: { name: "shipshape", rules } },
                // Code scanning keeps one analysis for each category: this way the legs of a matrix do not replace
                // each other's.
                automationDetails: { id: `shipshape/${app}/` },
                invocations: [
                    {
                        executionSuccessful: stuck.length === 0,
                        toolExecutionNotifications: stuck.map(({ name, reason }) => ({
                            level: "error",
                            message: { text: plain(`${name} could not run: ${reason}`) },
                        })),
                    },
                ],
                results: verdict.findings.map((finding) => ({
                    ruleId: ruleId(finding),
                    ruleIndex: ids.indexOf(ruleId(finding)),
                    level: LEVELS[finding.level],
                    message: { text: plain(messageOf(finding)) },
                    locations: [locationOf(finding, dockerfile)],
                    occurrenceCount: finding.count,
                    partialFingerprints: fingerprintsOf(finding),
                })),
            },
        ],
    };
}
function rulesOf(findings) {
    const byId = new Map();
    for (const finding of findings)
        byId.set(ruleId(finding), [...(byId.get(ruleId(finding)) ?? []), finding]);
    return [...byId].map(([id, own]) => {
        const { check, level } = own[0];
        const question = catalogue/* CATALOGUE */.y.find(({ name }) => name === check)?.question ?? check;
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
function messageOf({ message, hint, object, file, containerFile }) {
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
/** Each segment escaped; a first segment with a colon would be read as a scheme. */
function uriOf(path) {
    return path
        .split("/")
        .map((segment) => encodeURIComponent(segment.toWellFormed()).replace(/[()'!*~]/g, (one) => `%${one.charCodeAt(0).toString(16)}`))
        .join("/");
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

// EXTERNAL MODULE: ./build/tell/say.js
var say = __webpack_require__(5908);
// EXTERNAL MODULE: ./build/tell/text.js
var tell_text = __webpack_require__(9440);
;// CONCATENATED MODULE: ./build/tell/summary.js
/** The job summary, as Markdown. Whatever came from the image is escaped. Pure. */



/** The runner drops a summary of more than 1 MiB whole; this leaves room for other steps' parts. */
const MOST_BYTES = 900 * 1024;
const LONGEST_MESSAGE = 20_000;
const MARKS = { passed: "✅", failed: "❌", error: "⚠️", cancelled: "🚫", skipped: "➖" };
/** The whole summary, cut with a note when it would be too long. */
function summaryOf(story) {
    const { request, release, held, verdict, failure } = story;
    const status = (0,tell_story/* statusOf */.c2)(story);
    const parts = [`## ${MARKS[status]} ${escapeMarkdown(story.app || "shipshape")}: ${status}\n`];
    if (release)
        parts.push(`${code(release.pinned)}\n\ntagged ${code(release.tag)}${furtherTags(release.tags)}\n`);
    else if (held)
        parts.push(`Not released. Built: ${code(held.digest)}\n`);
    const platforms = (0,tell_text/* platformsText */.Ci)(story);
    if (held && platforms !== "")
        parts.push(`${escapeMarkdown(platforms)}\n`);
    if (failure)
        parts.push(`**${failure.kind}**\n\n${messageBlock(failure.message)}\n`);
    else if (request && !request.push.push)
        parts.push(`Not pushed: ${escapeMarkdown(request.push.why)}\n`);
    if (verdict)
        parts.push(...verdictParts(verdict, request));
    return cut(parts.join("\n"));
}
function verdictParts(verdict, request) {
    const rows = verdict.checks.map(({ name, status, findings, silenced, seconds, cached, reason }) => `| ${escapeMarkdown(name)} | ${MARKS[status]} ${status}${reason === "" ? "" : `: ${escapeMarkdown(reason)}`} | ${findings} | ${silenced} | ${cached ? "cached" : seconds.toFixed(1)} |`);
    return [
        "| check | status | findings | silenced | seconds |\n|---|---|---:|---:|---:|",
        `${rows.join("\n")}\n`,
        `${escapeMarkdown([(0,tell_text/* settingsText */.JV)(verdict), (0,tell_text/* suppliedText */.MJ)(verdict)].filter(Boolean).join(". "))}\n`,
        ...verdict.checks.flatMap(({ name, notes }) => notes.map((note) => `- ${escapeMarkdown(name)}: ${escapeMarkdown(note)}`)),
        ...groups(verdict.findings, request),
        ...ignoredPart(verdict),
    ];
}
function groups(findings, request) {
    const checks = [...new Set(findings.map(({ check }) => check))];
    return checks.flatMap((check) => [
        `\n### ${escapeMarkdown(check)}\n`,
        ...findings.filter((one) => one.check === check).map((one) => findingPart(one, request)),
    ]);
}
function findingPart(finding, request) {
    const times = finding.count > 1 ? ` (${finding.count} times)` : "";
    const head = [
        `**${finding.level}**`,
        finding.id === "" ? "" : code(finding.id),
        finding.object === "" ? "" : code(finding.object),
        place(finding, request),
    ].filter(Boolean);
    const lines = [`- ${head.join(" ")}${times}  `, `  ${escapeMarkdown(finding.message)}`];
    if (finding.hint !== "")
        lines.push(`  \n  _${escapeMarkdown(finding.hint)}_`);
    if (finding.migration) {
        const { path, text, operations } = finding.migration;
        lines.push(`\n  <details><summary>${escapeMarkdown(operations.join("; ") || path)}</summary>\n`, indent(`${code(path)}\n\n${fence(text, "python")}`), "\n  </details>");
    }
    return lines.join("\n");
}
function place(finding, request) {
    if (finding.file === "")
        return finding.containerFile === "" ? "" : `${code(finding.containerFile)} in the image`;
    const text = finding.line ? `${finding.file}:${finding.line}` : finding.file;
    if (!request?.run.source || !request.run.sha)
        return code(text);
    const path = uriOf(finding.file);
    const anchor = finding.line ? `#L${finding.line}` : "";
    return `[${escapeMarkdown(text)}](${request.run.source}/blob/${request.run.sha}/${path}${anchor})`;
}
function ignoredPart(verdict) {
    if (verdict.ignored.length === 0)
        return [];
    const rules = verdict.ignored.map(({ rule, findings }) => `${code(rule)} (${findings})`);
    return [`\nIgnored: ${rules.join(", ")}\n`];
}
function furtherTags(tags) {
    return tags.length === 0 ? "" : `, also ${tags.map(code).join(", ")}`;
}
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
/** A failure's message as a block, shortened with a note when it is long beyond reading. */
function messageBlock(text) {
    if (text.length <= LONGEST_MESSAGE)
        return fence(text);
    return `${fence(text.slice(0, LONGEST_MESSAGE))}\n\n**Cut here:** the whole text is in the log.`;
}
function cut(text) {
    if (Buffer.byteLength(text) <= MOST_BYTES)
        return text;
    const room = Buffer.from(text).subarray(0, MOST_BYTES).toString("utf8");
    const end = room.lastIndexOf("\n- ");
    return `${room.slice(0, end < 0 ? undefined : end)}\n\n**Cut here:** the whole list is in the report file.\n`;
}

;// CONCATENATED MODULE: ./build/tell/tell.js
/** The last step of the story: outputs, files, annotations, summary and the closing lines. Loaded when it is told. */









/** The runner keeps 10 annotations of each type a step; one error is the step's own. */
const MOST_ANNOTATIONS = 10;
const MOST_CHARACTERS = 4000;
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
async function tell(story, { log, env }) {
    // What comes now is to be read without unfolding anything.
    log.endGroup();
    const { warn } = (0,say/* sayers */.A)(log);
    const files = await writeFiles(story, warn);
    const told = setOutputs(outputsOf(story, files), log);
    if (story.verdict)
        sayFindings(story.verdict, log);
    log.line((0,tell_text/* closingText */.$M)(story));
    log.outside(() => annotate(story));
    const summary = env.GITHUB_STEP_SUMMARY;
    if (story.request?.summary !== false && summary)
        await tried(() => (0,promises_.appendFile)(summary, summaryOf(story)), warn, "job summary");
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
async function writeFiles(story, warn) {
    const { folder } = story;
    const write = async (name, content, what) => {
        if (folder === undefined || content === undefined)
            return "";
        const path = (0,external_node_path_.join)(folder, name);
        const text = `${JSON.stringify(content, null, 2)}\n`;
        return (await tried(() => (0,promises_.writeFile)(path, text), warn, what)) ? path : "";
    };
    return {
        report: await write("report.json", reportOf(story), "report file"),
        sarif: await write("report.sarif", sarifOf(story), "SARIF file"),
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
function sayFindings(verdict, log) {
    for (const finding of verdict.findings)
        log.line(`${(0,tell_text/* findingText */.NK)(finding)}\n`);
    for (const check of verdict.checks) {
        log.line((0,tell_text/* checkText */.qW)(check));
        for (const note of check.notes)
            log.line(`  ${note}`);
    }
    const allRan = verdict.checks.every(({ status }) => status !== "error");
    for (const { rule, findings } of verdict.ignored)
        if (findings > 0 || allRan)
            log.line(findings > 0 ? `ignored by \`${rule}\`: ${findings}` : `\`ignore: ${rule}\` matched nothing`);
    for (const text of [(0,tell_text/* settingsText */.JV)(verdict), (0,tell_text/* suppliedText */.MJ)(verdict)])
        if (text !== "")
            log.line(text);
}
function annotate(story) {
    const { failure, verdict, request } = story;
    if (failure) {
        const place = failure.place;
        core/* error */.z3(tell_short(failure.message), {
            title: failure.kind,
            ...(place === undefined ? {} : { file: place.file }),
            ...(place?.line === undefined ? {} : { startLine: place.line }),
        });
    }
    // Findings without a place in the repository are in the error's text, the log and the summary.
    const placed = (verdict?.findings ?? []).filter(({ file }) => file !== "");
    const threshold = request?.failLevel ?? "WARNING";
    const counts = placed.filter(({ level }) => (0,finding/* reaches */.O)(level, threshold));
    const rest = placed.filter((one) => !counts.includes(one));
    for (const finding of counts.slice(0, MOST_ANNOTATIONS - 1))
        core/* error */.z3(message(finding), at(finding));
    for (const finding of rest.slice(0, MOST_ANNOTATIONS))
        core/* notice */.lm(message(finding), at(finding));
}
function at(finding) {
    return {
        title: finding.id === "" ? finding.check : `${finding.check}: ${finding.id}`,
        file: finding.file,
        ...(finding.line === undefined ? {} : { startLine: finding.line }),
    };
}
function message(finding) {
    return tell_short(finding.hint === "" ? finding.message : `${finding.message}\n${finding.hint}`);
}
function tell_short(text) {
    return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}


/***/ }),

/***/ 9440:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $M: () => (/* binding */ closingText),
/* harmony export */   Ci: () => (/* binding */ platformsText),
/* harmony export */   GX: () => (/* binding */ checksFailedText),
/* harmony export */   JV: () => (/* binding */ settingsText),
/* harmony export */   MJ: () => (/* binding */ suppliedText),
/* harmony export */   NK: () => (/* binding */ findingText),
/* harmony export */   P8: () => (/* binding */ couldNotRunText),
/* harmony export */   qW: () => (/* binding */ checkText)
/* harmony export */ });
/* unused harmony export placeText */
/* harmony import */ var _verdict_verdict_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2344);

/** One finding over a few lines: level, id, place; message; hint; what to write. */
function findingText(finding) {
    const head = [finding.level, finding.id, finding.object, placeText(finding)].filter((part) => part !== "");
    const times = finding.count > 1 ? [`(${finding.count} times)`] : [];
    const lines = [head.concat(times).join("  "), ...indent(finding.message)];
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
/** `shop/models.py:12`, or the path in the image when the repository has no such file. */
function placeText(finding) {
    if (finding.file !== "")
        return finding.line ? `${finding.file}:${finding.line}` : finding.file;
    return finding.containerFile === "" ? "" : `${finding.containerFile} (in the image)`;
}
/** One check over one line: `system      failed   3 findings   0.4 s`. */
function checkText(check) {
    const count = `${check.findings} finding${check.findings === 1 ? "" : "s"}`;
    const silenced = check.silenced > 0 ? `, ${check.silenced} silenced by the project` : "";
    const time = check.cached ? "cached" : `${check.seconds.toFixed(1)} s`;
    return `${check.name.padEnd(11)} ${check.status.padEnd(8)}${count}${silenced}, ${time}`;
}
/** Which settings were checked, and why those: development settings pass everything. */
function settingsText(verdict) {
    const { django, settingsSource, otherSettings } = verdict;
    if (django.settings === "")
        return "";
    const others = otherSettings.map(({ settings, source }) => `${settings} (${source})`).join(", ");
    const also = others === "" ? "" : `; the project also names ${others}`;
    return (`Checked ${django.settings} (named by ${settingsSource || "the project"}${also}), ` +
        `Django ${django.version}, Python ${django.python}`);
}
/** Which variables the settings asked for that nobody but us supplied. */
function suppliedText(verdict) {
    const ours = verdict.environment.filter(({ supplied }) => supplied === "shipshape").map(({ name }) => name);
    if (ours.length === 0)
        return "";
    return (`Supplied by shipshape, because neither the image nor \`env\` sets them: ${ours.join(", ")}. ` +
        "Production must set its own.");
}
/** Why the checks stop the step: what failed, and the worst findings, first line each. */
function checksFailedText(verdict, failLevel) {
    const failed = verdict.checks.filter(({ status }) => status === "failed").map(({ name }) => name);
    const own = verdict.findings.filter(({ check }) => failed.includes(check));
    const shown = own.slice(0, 5).map((one) => {
        const place = placeText(one);
        const name = [one.level, one.id].filter((part) => part !== "").join(" ");
        return `- ${name}${place === "" ? "" : ` at ${place}`}: ${firstLine(one.message)}`;
    });
    const more = own.length > shown.length ? [`- and ${own.length - shown.length} more, in the log and the report`] : [];
    const stuck = verdict.checks.filter(({ status }) => status === "error");
    const printed = verdict.checks.filter(({ status, output }) => status === "failed" && output !== "");
    return [
        `The image did not pass ${list(failed)}: ${(0,_verdict_verdict_js__WEBPACK_IMPORTED_MODULE_0__/* .countLevels */ .ZT)(own)} (fail-level is ${failLevel}). Nothing was pushed.`,
        ...shown,
        ...more,
        ...printed.map(({ name, output }) => `- the last lines of \`${name}\`:\n${tail(output)}`),
        ...stuck.map(({ name, reason }) => `- ${name} could not run: ${reason}`),
        "The hints in the log say how to mend each; one that you accept goes by its id into `ignore`.",
    ].join("\n");
}
/** Why there is no verdict. */
function couldNotRunText(verdict) {
    if (verdict.problem !== "")
        return `${verdict.problem.charAt(0).toUpperCase()}${verdict.problem.slice(1).replace(/\.$/, "")}.`;
    const stuck = verdict.checks.filter(({ status }) => status === "error");
    const crash = verdict.findings.find(_verdict_verdict_js__WEBPACK_IMPORTED_MODULE_0__/* .isSettingsCrash */ .BX);
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
/** How many of several platforms were checked; empty where there is only one. */
function platformsText({ platforms }) {
    if (platforms === undefined || platforms.others.length === 0)
        return "";
    return `1 of ${platforms.others.length + 1} platforms checked: ${platforms.checked}`;
}
/** The last lines of the log: verdict, tag, digest, what next. */
function closingText(story) {
    const { release, held, request, failure } = story;
    if (failure)
        return `${failure.kind}: ${failure.message}`;
    const lines = [];
    if (release) {
        lines.push(`Passed. ${release.ref} ${release.how === "written" ? "is" : "was there already:"} ${release.digest}`);
        if (release.tags.length > 0)
            lines.push(`Also tagged: ${release.tags.join(", ")}`);
        lines.push(`Deploy ${release.pinned}`);
    }
    else {
        lines.push(`Passed. ${held?.digest ?? ""}`);
        if (request && !request.push.push)
            lines.push(`Not pushed: ${request.push.why}`);
    }
    const platforms = platformsText(story);
    if (platforms !== "")
        lines.push(platforms);
    for (const name of story.loaded ?? [])
        lines.push(`Loaded into the local engine as ${name}`);
    return lines.join("\n");
}
function tail(output) {
    return output.trimEnd().split("\n").slice(-10).join("\n");
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


/***/ }),

/***/ 8320:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ byWeight),
/* harmony export */   O: () => (/* binding */ reaches)
/* harmony export */ });
/* harmony import */ var _request_request_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3452);
/** One answer of a check, as outputs, annotations and the report file carry it. */

/** Whether a finding of this level reaches the threshold. */
function reaches(level, threshold) {
    return threshold !== "never" && _request_request_js__WEBPACK_IMPORTED_MODULE_0__/* .LEVELS */ .A.indexOf(level) >= _request_request_js__WEBPACK_IMPORTED_MODULE_0__/* .LEVELS */ .A.indexOf(threshold);
}
/** Worst first; then by check, file and line, so that the order is the same in every run. */
function byWeight(a, b) {
    return (_request_request_js__WEBPACK_IMPORTED_MODULE_0__/* .LEVELS */ .A.indexOf(b.level) - _request_request_js__WEBPACK_IMPORTED_MODULE_0__/* .LEVELS */ .A.indexOf(a.level) ||
        compare(a.check, b.check) ||
        compare(a.file, b.file) ||
        (a.line ?? 0) - (b.line ?? 0) ||
        compare(a.id, b.id) ||
        compare(a.message, b.message));
}
function compare(a, b) {
    return a < b ? -1 : a > b ? 1 : 0;
}


/***/ }),

/***/ 2344:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BX: () => (/* binding */ isSettingsCrash),
/* harmony export */   Ep: () => (/* binding */ conclude),
/* harmony export */   ZT: () => (/* binding */ countLevels)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var _finding_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8320);
/** From what every check answered to the verdict: what counts, what was ignored, what could not run. Pure. */


/** Judges the answers by the workflow's terms. */
function conclude(answers, terms, project) {
    const { kept, ignored } = withoutIgnored(answers.flatMap(({ findings }) => findings), terms.ignore);
    const checks = answers.map(({ stopped: _, ...answer }) => {
        const own = kept.filter(({ check }) => check === answer.name);
        // A command that failed has failed at any level.
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
/** Whether a finding is the one that a settings crash makes. */
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
/** A path whose dot folders are ordinary ones: `vendor/**` means all of them. */
function plain(path) {
    return path.replace(/^\.\//, "").replace(/(^|\/)\.(?=[^/])/g, "$1_");
}
/** The levels that are there, worst first, with their counts: `2 ERROR, 1 WARNING`. */
function countLevels(findings) {
    const counts = new Map();
    for (const { level } of [...findings].sort(_finding_js__WEBPACK_IMPORTED_MODULE_1__/* .byWeight */ .I))
        counts.set(level, (counts.get(level) ?? 0) + 1);
    return [...counts].map(([level, count]) => `${count} ${level}`).join(", ");
}


/***/ })

};
