export const id = 530;
export const ids = [530];
export const modules = {

/***/ 3209:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bw: () => (/* binding */ answersOf),
/* harmony export */   EQ: () => (/* binding */ unreadTexts),
/* harmony export */   uC: () => (/* binding */ examined)
/* harmony export */ });
/* harmony import */ var _finding_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1333);
/* harmony import */ var _verdict_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2517);


/**
 * What each check that was asked for answers.
 * @param places container path → repo path, where the contents are the same
 * @param cached the report came from the builder's cache
 */
function answersOf(report, terms, places, cached) {
    const crash = crashOfSettings(report, terms, places);
    const problem = problemOf(report, terms);
    return terms.checks.map((name) => {
        const check = report.checks.get(name);
        const answer = { ...(0,_verdict_js__WEBPACK_IMPORTED_MODULE_1__/* .emptyAnswer */ .WC)(name), cached };
        if (check === undefined)
            return { ...answer, reason: problem || "it wrote no report" };
        const { status, seconds, silenced, notes, skipped, output } = check;
        const reason = status === "completed" ? "" : problem || whyNot(check, terms);
        return {
            ...answer,
            seconds,
            silenced,
            notes,
            reason,
            findings: check.findings.map((one) => toFinding(name, one, places)),
            output: reason === "" ? "" : output,
            // Never "passed": what was not judged has not passed.
            ...(skipped === "" ? {} : { skipped: skipped.replace(/\.$/, "") }),
            ...(crash?.check === name ? { stopped: crash } : {}),
        };
    });
}
/** What the report says of the project itself. */
function examined(report, terms) {
    return {
        django: {
            version: report.django.version,
            python: report.python.version,
            settings: report.project.settings,
            manage: report.project.manage,
        },
        problem: problemOf(report, terms),
        settingsSource: report.project.source,
        otherSettings: report.project.others,
        environment: report.environment,
        reads: report.reads,
    };
}
/** No interpreter with Django (the probe's message says what to do), no project: one reason for all checks. */
function problemOf(report, terms) {
    if (report.error === undefined)
        return "";
    const { kind, message, tried } = report.error;
    if (kind !== "no-python" && kind !== "no-django")
        return message;
    const found = tried.slice(0, 8).map(({ path, reason }) => `${path} (${reason})`);
    const none = terms.python === ""
        ? "no Python interpreter with Django was found in the image"
        : `\`python: ${terms.python}\` is not an interpreter with Django in this image`;
    return `${none}${found.length === 0 ? "" : `: ${found.join(", ")}`}. ${message}`;
}
/** Why a check came to no answer. */
function whyNot(check, terms) {
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
            return error ? `it crashed: ${typed(error)}${placeOf(error)}` : "it crashed";
    }
}
function placeOf({ file, line }) {
    return file === "" ? "" : ` (${file}${line ? `:${line}` : ""})`;
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
            ..._finding_js__WEBPACK_IMPORTED_MODULE_0__/* .PLAIN_FINDING */ .nR,
            check: name,
            level: "CRITICAL",
            id: missing ? "settings.missing-variable" : "settings.crashed",
            message: missing
                ? `${settings} needs the environment ${listed(error.variables)}, which neither the image nor \`env\` sets.`
                : `Django cannot be set up with ${settings}: ${typed(error)}${lastWords(check)}`,
            hint: [error.hint, ...unreadTexts(report.reads.unread)].filter((part) => part !== "").join("\n"),
            ...(0,_finding_js__WEBPACK_IMPORTED_MODULE_0__/* .placed */ .GS)(error.file, error.line, places),
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
/** What `env` sets and nothing reads: often a slip in the name. */
function unreadTexts(unread) {
    return unread.map(({ name, nearest }) => `\`env\` sets ${name}, and nothing has read it${nearest === "" ? "." : `: did you mean ${nearest}?`}`);
}
const OURS = "It is about a value that was supplied by shipshape, because neither the image nor `env` sets one: set your own " +
    "with `env` to have it judged.";
const FROM_ENV = "Its value comes from `env`, which only the checks see. What production sets is not known here, so this does not count.";
/** A finding that rests on a value of ours, or of `env`, says nothing of production, so it only informs. */
function toFinding(check, one, places) {
    const { details: migration, supplied, ...found } = one;
    const finding = { ...found, check, migration, ...(0,_finding_js__WEBPACK_IMPORTED_MODULE_0__/* .placed */ .GS)(one.file, one.line, places) };
    // Production's advice would lead away: nothing is wrong there.
    if (supplied === "user")
        return { ...finding, level: "INFO", hint: FROM_ENV };
    if (supplied !== "shipshape")
        return finding;
    return { ...finding, level: "INFO", hint: [one.hint, OURS].filter((part) => part !== "").join("\n") };
}


/***/ }),

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
/** Whether a finding of this level counts. `never` counts what WARNING does: it is reported then, and nothing is released. */
function reaches(level, failLevel) {
    const threshold = failLevel === "never" ? "WARNING" : failLevel;
    return _request_request_js__WEBPACK_IMPORTED_MODULE_0__/* .LEVELS */ .A.indexOf(level) >= _request_request_js__WEBPACK_IMPORTED_MODULE_0__/* .LEVELS */ .A.indexOf(threshold);
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
        // A command that failed counts at every fail-level.
        const ended = (answer.exitCode ?? 0) !== 0;
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
/* harmony export */   pY: () => (/* binding */ unreadText),
/* harmony export */   pZ: () => (/* binding */ indent),
/* harmony export */   qn: () => (/* binding */ besidesFailure)
/* harmony export */ });
/* unused harmony export placeText */
/* harmony import */ var _checks_django_answers_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3209);
/* harmony import */ var _checks_finding_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1333);
/* harmony import */ var _checks_verdict_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2517);
/* harmony import */ var _docker_words_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(8880);
/* harmony import */ var _image_platforms_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(482);
/* harmony import */ var _outcome_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7273);
/** Findings and verdicts as plain text, for the log and the annotations. Pure. */






/** Names up to this length are padded to a column. Commands may be longer, and stick out. */
const LONGEST_NAME = 40;
/** The variable that shipshape supplies although the settings may do without it. */
const PRODUCTION = "DJANGO_ENV";
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
/** Which checks were skipped and why, one line for each reason; then what checks with another answer left out. */
function skippedTexts({ checks }) {
    const skipped = checks.filter(({ status }) => status === "skipped");
    const byReason = Map.groupBy(skipped, (check) => check.skipped ?? "");
    const partly = checks.filter((one) => one.status === "failed" && one.skipped !== undefined);
    return [
        ...[...byReason].map(([reason, all]) => `Skipped ${list(namesOf(all))}: ${reason}.`),
        ...partly.map(({ name, skipped }) => `Skipped a part of ${name}: ${skipped}.`),
    ];
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
/** Which variables only shipshape has set: those that the settings end without, and DJANGO_ENV. */
function suppliedText(verdict) {
    const ours = verdict.environment.filter(({ supplied }) => supplied === "shipshape").map(({ name }) => name);
    const needed = ours.filter((name) => name !== PRODUCTION);
    return joined(" ", needed.length === 0
        ? ""
        : `Supplied by shipshape, because the settings need them and neither the image nor \`env\` sets them: ${needed.join(", ")}. ` +
            "Production must set its own.", needed.length === ours.length
        ? ""
        : `Shipshape set ${PRODUCTION} to production, to get production's settings, because neither the image nor \`env\` sets it.`);
}
/**
 * Which variables `env` sets in vain. Next to commands of `run`, which may read any, only those that are like a variable
 * that the settings read. A crash of the settings tells them itself.
 */
function unreadText({ reads, checks, findings }) {
    const hasCommands = checks.some(({ exitCode }) => exitCode !== undefined);
    if (findings.some(_checks_verdict_js__WEBPACK_IMPORTED_MODULE_2__/* .isSettingsCrash */ .BX))
        return "";
    return (0,_checks_django_answers_js__WEBPACK_IMPORTED_MODULE_0__/* .unreadTexts */ .EQ)(reads.unread.filter(({ nearest }) => nearest !== "" || !hasCommands)).join(" ");
}
/**
 * The findings to report in addition to the failure. When the settings cannot be loaded, that finding is the failure
 * itself and is left out here.
 */
function besidesFailure(findings, failure) {
    return failure?.kind === "Checks could not run"
        ? findings.filter((one) => !(0,_checks_verdict_js__WEBPACK_IMPORTED_MODULE_2__/* .isSettingsCrash */ .BX)(one))
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
    const counted = own.filter(({ check, level }) => checks.includes(check) && (0,_checks_finding_js__WEBPACK_IMPORTED_MODULE_1__/* .reaches */ .O6)(level, failLevel));
    const level = failLevel === "never" ? "counted from WARNING, fail-level is never" : `fail-level is ${failLevel}`;
    const levels = `${(0,_checks_verdict_js__WEBPACK_IMPORTED_MODULE_2__/* .countLevels */ .ZT)(counted)} (${level})`;
    const quoted = commands.map((name) => `\`${name}\``);
    // A finding below fail-level is no reason. A command's counts at every level.
    const reasons = own.filter((one) => counted.includes(one) || commands.includes(one.check));
    const shown = reasons.slice(0, 5).map((one) => {
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
    commands.length === 0 ? "" : `${list(quoted)} failed.`, consequence), ...shown, more === 0 ? "" : `- and ${more} more, in the log and the report`, ...printed.map(({ name, output }) => `- the last lines of \`${name}\`:\n${tail(output)}`), ...commands.map(hintFor), ...stuck.map(({ name, reason }) => `- ${name} could not run: ${reason}`), joined(" ", counted.some(({ hint }) => hint !== "") ? "The log has hints for them." : "", reasons.every(({ id }) => id === "run.failed") ? "" : "To accept a finding, add its id to `ignore`."));
}
/** The message of "Checks could not run". */
function couldNotRunText(verdict) {
    if (verdict.problem !== "")
        return `${verdict.problem.charAt(0).toUpperCase()}${verdict.problem.slice(1).replace(/\.$/, "")}.`;
    const crash = verdict.findings.find(_checks_verdict_js__WEBPACK_IMPORTED_MODULE_2__/* .isSettingsCrash */ .BX);
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
    if (platforms === undefined || !(0,_image_platforms_js__WEBPACK_IMPORTED_MODULE_3__/* .areSeveral */ .Bp)(platforms))
        return "";
    const { checked, emulated } = platforms;
    const others = emulated.length === 0
        ? ""
        : `; not checked, because the builder does not run it natively: ${emulated.join(", ")}`;
    return `${checked.length} of ${(0,_image_platforms_js__WEBPACK_IMPORTED_MODULE_3__/* .allPlatforms */ .yk)(platforms).length} platforms checked: ${checked.join(", ")}${others}`;
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
    if ((0,_outcome_js__WEBPACK_IMPORTED_MODULE_4__/* .isOnlyReported */ .qO)(outcome))
        return `Reported, not released${image ? `: ${image.digest}` : ""}. With \`fail-level: never\` an image that does not pass does not fail the step, and gets no tag.`;
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
    return `Image: ${(0,_docker_words_js__WEBPACK_IMPORTED_MODULE_5__/* .sizeText */ .lP)(bytesOf(full))}${layers?.packed ? " compressed" : ""} in ${several(full.length, "layer")}`;
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
