export const id = 629;
export const ids = [629];
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


/***/ }),

/***/ 5629:
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
    return new failure/* Failure */.HR("Build failed", `${where}: ${what}${next(blame.reason, blame.log)}${detail}`, place);
}
/**
 * What to do about the reasons that come again and again. A step's own log is the program's word and not the
 * engine's (a program may print "429" or "not found"), so little is read from it.
 */
function next(reason, log = "") {
    const found = ADVICE.find(([pattern]) => pattern.test(reason)) ?? IN_A_LOG.find(([pattern]) => pattern.test(log));
    return found ? `. ${found[1]}` : "";
}
const IN_A_LOG = [
    [/no space left on device/i, `The disk is full: ${failure/* FREE_SPACE */.Kt}`],
    [
        /exec format error/i,
        "A program of another platform was started: set up emulation (docker/setup-qemu-action) or use a runner of that platform.",
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
    [
        /failed to calculate checksum.*: not found$/is,
        "The file is not in the build context: look at its path and at .dockerignore.",
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
/** Too many requests, a fault of the server, a lost connection. Not: no credentials, no right, no such thing. */
function passesByItself(reason) {
    const words = (0,docker_words/* wordsOf */.Z9)(reason);
    return !FOR_GOOD.test(words) && PASSING.test(words);
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
    if (overwrites)
        return { do: "write", tag, notice: `${ref} was ${state.digest}.` };
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
    /** Pushes the image without a tag. */
    async push(image) {
        const { source, pushing } = this.#parts;
        pushing(image);
        const metadata = await this.#release(planPush(source), "registry");
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
        const metadata = await this.#release(planLoad(source, ref), "engine");
        const loaded = platformImage(metadata[steps/* IMAGE */.W1] ?? {}, own.platform);
        if (loaded.digest === own.digest)
            return;
        await docker.remove([ref]);
        throw otherBytes(digest, loaded.digest, `it is not kept. ${BUILT_AGAIN}`);
    }
    /** Solves the image out of the builder's cache. Its steps were logged when they ran. */
    async #release(solve, to) {
        const { solver, source } = this.#parts;
        const quieter = solver.hearing((event) => event.type === "completed" && event.cached ? undefined : event);
        const solved = await quieter.solve("release", solve);
        if (!solved.ok)
            throw releaseFailure((0,image_blame/* blame */.S)(solved.progress, solved.stderr), source.request.build, to);
        return solved.metadata;
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

// EXTERNAL MODULE: ./build/docker/progress.js + 2 modules
var progress = __webpack_require__(5333);
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
     * Pushes the image under its tag and reads it back.
     * @returns its digest in the registry
     */
    async push(image, ref) {
        const { docker, source, temporary, say } = this.#parts;
        temporary.add(ref);
        await this.#name(ref);
        const isMadeByPush = (0,docker_builder/* isClassic */.l9)(source.builder);
        const sizes = () => (isMadeByPush ? docker.pushedSizes(ref) : this.#sizesOf(image));
        const progress = new PushProgress({ known: isMadeByPush ? "afterwards" : "before", sizes }, say);
        const pushed = await withRetries(() => progress.watch((hear) => docker.push(ref, hear)), this.#parts);
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
            throw otherBytes(image.digest, config ?? "nothing that can be read", `${ref} points to it: do not deploy it. Run the job again`);
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
     * @param looked the look at the tag that was taken during the build; undefined when it is too old to be trusted
     * @throws {Failure} `Publish failed`
     */
    async push(image, looked) {
        const driver = this.#driver;
        const first = await this.#ruleOnTag(image, looked);
        if (first.do === "keep")
            return this.#there(first);
        if (driver.pushes === "tag") {
            // A push under the tag might overwrite what could not be seen.
            if (first.do === "ask again")
                throw this.#unknown(first, BEFORE_A_PUSH);
            const ref = this.#ref(first.tag);
            const digest = await driver.push(image, ref);
            if (first.notice !== "")
                this.#parts.notice(first.notice);
            await this.#readBack(ref, digest);
            return { at: "tag", tag: first.tag, digest, how: "written" };
        }
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
        const driver = this.#driver;
        const { images } = pushed;
        // Checks take their time, in which another run may give the tag.
        const ruling = pushed.ruling ?? (await this.#ruleOnTag(image, undefined));
        if (ruling.do === "keep")
            return this.#complete(this.#there(ruling));
        if (ruling.do === "ask again")
            throw this.#unknown(ruling, afterAPush(images));
        if (ruling.notice !== "")
            this.#parts.notice(ruling.notice);
        const { tag } = ruling;
        const ref = this.#ref(tag);
        if (driver.pushes === "digest") {
            const tagged = await withRetries(() => driver.tag(images, ref), this.#parts);
            if (!tagged.ok)
                throw refused(`${ref} could not be tagged`, tagged.reason);
        }
        const digest = await this.#readBack(ref, images.length === 1 ? images[0].digest : image);
        return this.#complete({ at: "tag", tag, digest, how: "written" });
    }
    /** Puts the image into the local engine under `ref`. */
    load(image, ref) {
        return this.#driver.load(image, ref);
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
        throw new failure/* Failure */.HR("Publish failed", `${ref} was ${pushed}, but the registry now has ${shown(back)} there. Another run may have ` +
            "moved the tag at the same moment; do not deploy it, and give each workflow its own tags.");
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
// EXTERNAL MODULE: ./build/checks/context.js
var checks_context = __webpack_require__(1927);
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
var checks_finding = __webpack_require__(1333);
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
;// CONCATENATED MODULE: ./build/checks/caddy/adapted.js
/**
 * What `caddy adapt` made of the Caddyfile (caddyserver.com/docs/json), as far as Django is concerned: what is
 * proxied, which files are served, what is redirected. The JSON is untrusted: a value of an unexpected type is
 * ignored. Pure.
 */

/** Reads the output of `caddy adapt`; undefined when it is not JSON. */
function readAdapted(text) {
    const config = (0,request_json/* parseJson */.qF)(text);
    if (config === undefined)
        return undefined;
    const http = (0,request_json/* object */.Ik)((0,request_json/* object */.Ik)((0,request_json/* object */.Ik)(config).apps).http);
    const walk = new RouteWalk();
    for (const server of Object.values((0,request_json/* object */.Ik)(http.servers)))
        walk.server((0,request_json/* object */.Ik)(server), http);
    return walk.found;
}
/** Routes within routes. No Caddyfile of a project is nested this deeply, and the stack has an end. */
const MAX_DEPTH = 100;
/** Walks through the routes of all servers and collects the handlers. */
class RouteWalk {
    found = {
        proxies: [],
        files: [],
        redirects: [],
        headers: [],
    };
    server(server, http) {
        const listen = (0,request_json/* texts */.Te)(server.listen)[0] ?? "";
        const number = /:(\d+)$/.exec(listen)?.[1] ?? "";
        const httpPort = String(http.http_port ?? 80);
        const httpsPort = String(http.https_port ?? 443);
        const automatic = (0,request_json/* object */.Ik)(server.automatic_https);
        const isPlainHttp = number === httpPort || automatic.disable === true;
        const withoutHttps = new Set((0,request_json/* texts */.Te)(automatic.skip));
        const hasTlsPolicies = (0,request_json/* list */.p_)(server.tls_connection_policies).length > 0;
        const trustsProxies = Object.keys((0,request_json/* object */.Ik)(server.trusted_proxies)).length > 0;
        const isHttps = (hosts) => hasTlsPolicies || (!isPlainHttp && hosts.length > 0 && !hosts.some((host) => withoutHttps.has(host)));
        for (const route of (0,request_json/* list */.p_)(server.routes)) {
            for (const hosts of hostSets((0,request_json/* object */.Ik)(route))) {
                const https = isHttps(hosts);
                const port = number === (https ? httpsPort : httpPort) || number === "" ? "" : `:${number}`;
                const state = { hosts, paths: [], https, port, root: "", stripPrefix: "", trustsProxies, depth: 0 };
                this.#route((0,request_json/* object */.Ik)(route), state);
            }
        }
    }
    /** A handler without a matcher changes `state`, because what it sets holds for the routes after it too. */
    #route(route, state) {
        const matches = (0,request_json/* list */.p_)(route.match).map(request_json/* object */.Ik);
        const paths = matches.flatMap((match) => (0,request_json/* texts */.Te)(match.path));
        const inside = matches.length === 0 ? state : { ...state, paths: paths.length === 0 ? state.paths : paths };
        for (const handler of (0,request_json/* list */.p_)(route.handle))
            this.#handler((0,request_json/* object */.Ik)(handler), inside);
    }
    #handler(handler, state) {
        const { hosts, paths, https, port, trustsProxies } = state;
        const scope = { hosts, paths, https, port };
        switch (handler.handler) {
            case "subroute": {
                const inner = { ...state, depth: state.depth + 1 };
                if (inner.depth > MAX_DEPTH)
                    return;
                for (const route of (0,request_json/* list */.p_)(handler.routes))
                    this.#route((0,request_json/* object */.Ik)(route), inner);
                return;
            }
            case "vars":
                if (typeof handler.root === "string")
                    state.root = handler.root;
                return;
            case "rewrite":
                if (typeof handler.strip_path_prefix === "string")
                    state.stripPrefix = handler.strip_path_prefix;
                return;
            case "file_server": {
                const root = (0,request_json/* text */.Qq)(handler.root) || state.root;
                this.found.files.push({ ...scope, root, stripPrefix: state.stripPrefix });
                return;
            }
            case "reverse_proxy":
                this.found.proxies.push({
                    ...scope,
                    upstreams: (0,request_json/* list */.p_)(handler.upstreams).flatMap((one) => (0,request_json/* text */.Qq)((0,request_json/* object */.Ik)(one).dial) || []),
                    headers: requestHeaders((0,request_json/* object */.Ik)((0,request_json/* object */.Ik)(handler.headers).request)),
                    trustsProxies: trustsProxies || (0,request_json/* texts */.Te)(handler.trusted_proxies).length > 0,
                });
                return;
            case "static_response":
                if ((0,request_json/* texts */.Te)((0,request_json/* object */.Ik)(handler.headers).Location).length > 0)
                    this.found.redirects.push(scope);
                return;
            case "headers":
                for (const [name, values] of Object.entries((0,request_json/* object */.Ik)((0,request_json/* object */.Ik)(handler.response).set)))
                    this.found.headers.push({ ...scope, name: name.toLowerCase(), value: (0,request_json/* texts */.Te)(values)[0] ?? "" });
                return;
        }
    }
}
/** A site's hosts, each in a set of its own, because https may differ between them; `[]` for every host. */
function hostSets(route) {
    const hosts = (0,request_json/* list */.p_)(route.match).flatMap((match) => (0,request_json/* texts */.Te)((0,request_json/* object */.Ik)(match).host));
    return hosts.length === 0 ? [[]] : hosts.map((host) => [host.toLowerCase()]);
}
function requestHeaders(request) {
    const set = Object.entries((0,request_json/* object */.Ik)(request.set)).map(([name, values]) => [name.toLowerCase(), (0,request_json/* texts */.Te)(values)[0] ?? ""]);
    const deleted = (0,request_json/* texts */.Te)(request.delete).map((name) => [name.toLowerCase(), ""]);
    return new Map([...deleted, ...set]);
}

// EXTERNAL MODULE: ./build/request/problems.js
var problems = __webpack_require__(4684);
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

;// CONCATENATED MODULE: ./build/checks/caddy/variables.js
/** `{$NAME}` or `{$NAME:default}`. */
const VARIABLE = /\{\$([^}:]+)(?::([^}]*))?\}/g;
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
    return [...token.text.matchAll(VARIABLE)].map((match) => {
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
    const expanded = text.replace(VARIABLE, (_, name, fallback) => {
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
    const { message, file, line, importChain } = placed;
    const hint = importChain.length === 0 ? "" : `It was imported by ${importChain.join(", ")}.`;
    const plain = { id: "caddy.invalid", level: "ERROR", message, hint, file, line };
    for (const explanation of [emptyAddress, unsetVariable, missingFile, missingImport, unknownDirective]) {
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
        /module not registered: (\S+)$/.exec(message)?.[1] ??
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
function findPlace({ message }, { files }) {
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
 * Where things are: Caddyfiles in the repository, their imports, their paths in the container, and what the
 * project's Dockerfiles say about Caddy and ports. Pure: workspace.ts reads the files.
 */


/** Where shipshape looks for a Caddyfile in the build context, in this order. */
const CANDIDATES = ["Caddyfile", "caddy/Caddyfile", "docker/caddy/Caddyfile", "deploy/Caddyfile"];
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
/** Whether a Dockerfile builds a Caddy image: its last FROM names the image `caddy`. */
function buildsCaddy(dockerfile) {
    const images = [...dockerfile.matchAll(/^[ \t]*FROM[ \t]+(?:--\S+[ \t]+)*(\S+)/gim)].map(([, image = ""]) => image);
    return isOfficialCaddy(images.at(-1) ?? "");
}
/** Whether an image is the official one, by its name. */
function isOfficialCaddy(image) {
    return /^((docker\.io|index\.docker\.io)\/)?(library\/)?caddy([:@]|$)/i.test(image);
}
/** The paths of its build context that a Dockerfile copies; patterns and variables are left out. */
function copiedBy(dockerfile) {
    return [...dockerfile.matchAll(/^[ \t]*(?:COPY|ADD)[ \t]+(.+)$/gim)].flatMap(([, rest = ""]) => {
        if (/--from=/.test(rest))
            return [];
        const words = rest
            .trim()
            .replace(/^\[|\]$/g, "")
            .split(/[\s,]+/);
        const paths = words
            .map((word) => word.replace(/^"|"$/g, ""))
            .filter((word) => word !== "" && !word.startsWith("--"));
        return paths.slice(0, -1).filter((path) => !/^[a-z]+:\/\/|[$*?[]/i.test(path));
    });
}
/** The ports that an image listens on, by the EXPOSE of its Dockerfile and by the arguments of its command. */
function portsIn(dockerfile) {
    const text = dockerfile.replace(/\\\r?\n/g, " ");
    const exposed = [...text.matchAll(/^[ \t]*EXPOSE[ \t]+(.+)$/gim)].map(([, rest = ""]) => rest);
    const commands = [...text.matchAll(/^[ \t]*(?:CMD|ENTRYPOINT)[ \t]+(.+)$/gim)].map(([, rest = ""]) => rest);
    // A variable in EXPOSE may be any port.
    if (exposed.some((rest) => rest.includes("$")))
        return [];
    const ports = [
        ...exposed.flatMap((rest) => [...rest.matchAll(/\b(\d{2,5})(?:\/(?:tcp|udp))?\b/g)]),
        ...commands.flatMap((rest) => [...rest.matchAll(/(?::|--?p(?:ort)?[ =",]+)(\d{2,5})\b/g)]),
    ].map(([, port]) => Number(port));
    return [...new Set(ports)].filter((port) => port > 0 && port < 65_536);
}

;// CONCATENATED MODULE: ./build/checks/caddy/caddy-findings.js


/** All that `caddy` reports, in the order: Caddy's error, the choice of the file, variables, warnings. */
function caddyFindings({ error, warnings }, context) {
    const { caddyfile, states } = context;
    const errors = error === undefined ? [] : [explain(error, context)];
    // An error that names a missing variable already says what the finding about that variable would say.
    const isExplained = (draft) => errors.some(({ id, file, line }) => id === "caddy.unset-variable" && file === draft.file && line === draft.line);
    return [
        ...errors,
        ...severalCaddyfiles(caddyfile),
        ...variableFindings(caddyfile.uses, states).filter((draft) => !isExplained(draft)),
        ...warnings.map((one) => ({ ...one, id: "caddy.warning", level: "INFO", hint: "" })),
    ];
}
/** When there are several Caddyfiles, only the project knows which one production uses. */
function severalCaddyfiles({ others }) {
    if (others.length === 0)
        return [];
    return [
        {
            id: "caddy.several",
            level: "INFO",
            message: `${CADDYFILE} was checked. These Caddyfiles were not: ${others.join(", ")}.`,
            hint: "Name the Caddyfile that production uses with the input `caddyfile`.",
            file: CADDYFILE,
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
            ...checks_finding/* PLAIN_FINDING */.nR,
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

;// CONCATENATED MODULE: ./build/checks/caddy/rules/django-settings.js
/** Settings that were not compared, because their value is not the project's but shipshape's stand-in. */
function settingsNotCompared(settings) {
    return ["ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS"].filter((name) => settings[name]?.supplied === "shipshape");
}
/** Reads settings. A value that shipshape supplied or that the probe hid counts as unknown. */
class DjangoSettings {
    #settings;
    constructor(settings) {
        this.#settings = settings;
    }
    /** The setting's value; undefined when it is unknown. */
    value(name) {
        const fact = this.#settings[name];
        if (fact === undefined || fact.supplied === "shipshape")
            return undefined;
        return JSON.stringify(fact.value ?? null).includes("***") ? undefined : fact.value;
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
    /** The setting as a message may quote it. Values that come from `env` are never printed. */
    quote(name) {
        if (this.isFromEnv(name))
            return `${name} (whose value comes from \`env\`)`;
        return `${name} = ${inPython(this.value(name))}`;
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
/** A value as it is written in a settings file. */
function inPython(value) {
    if (value === undefined || value === null)
        return "None";
    if (typeof value === "boolean")
        return value ? "True" : "False";
    return Array.isArray(value) ? `[${value.map(inPython).join(", ")}]` : JSON.stringify(value);
}

;// CONCATENATED MODULE: ./build/checks/caddy/rules/comparison.js
/** Whether a host is a name that browsers on other machines use; placeholders and addresses are not. */
function isPublic(host) {
    return (!/[{}]/.test(host) &&
        host !== "localhost" &&
        !/\.(localhost|local|internal|test|example)$/.test(host) &&
        !/^[\d.]+$|:/.test(host));
}
/** The port of `web:8000`; undefined for a socket, or when none is written. */
function portOf(upstream) {
    const port = /:(\d{1,5})$/.exec(upstream)?.[1];
    return port === undefined ? undefined : Number(port);
}
/** The host that Django sees when the browser asked for `host`; undefined when that cannot be known. */
function hostSeenByDjango(route, host, django) {
    const header = route.headers.get("host");
    // Caddy always passes the browser's host on as X-Forwarded-Host.
    if (header === undefined || django.value("USE_X_FORWARDED_HOST") === true)
        return host;
    if (/^\{http\.request\.host(port)?\}$/.test(header))
        return host;
    const [upstream, ...more] = route.upstreams;
    if (/^\{http\.reverse_proxy\.upstream\.(hostport|host|address)\}$/.test(header))
        return upstream !== undefined && more.length === 0 && !upstream.startsWith("unix/")
            ? upstream.replace(/:\d+$/, "")
            : undefined;
    return /[{}]/.test(header) ? undefined : header.replace(/:\d+$/, "").toLowerCase();
}
/** Those handlers that apply to a host of these routes. A handler or a route without hosts applies to all. */
function onHostsOf(routes, handlers) {
    const hosts = new Set(routes.flatMap((route) => route.hosts));
    return handlers.filter((handler) => handler.hosts.length === 0 || hosts.size === 0 || handler.hosts.some((host) => hosts.has(host)));
}

;// CONCATENATED MODULE: ./build/checks/caddy/rules/allowed-hosts.js

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
    const fromEnv = django.isFromEnv("ALLOWED_HOSTS");
    // `env` may have the hosts of a test run, which production does not use.
    const onlyForTests = fromEnv && allowed.every((one) => !isPublic(one) || one === "testserver");
    const sent = seen === host ? "" : ` and sends Django the host ${seen} instead`;
    return [
        {
            id: "hosts.not-allowed",
            level: certain && !onlyForTests && !tested.startsWith(".") ? "WARNING" : "INFO",
            message: `Caddy serves ${host}${sent}, which ${django.quote("ALLOWED_HOSTS")} does not allow: Django answers 400 Bad Request.`,
            hint: seen === host
                ? `Add "${tested}" to ALLOWED_HOSTS.${fromEnv ? " The step's `env` sets it: put production's value there." : ""}`
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

;// CONCATENATED MODULE: ./build/checks/caddy/rules/django-routes.js

/**
 * Finds the routes that lead to Django. With several groups of upstreams, Django is the one on a port of the image.
 * @param imagePorts ports that the app's image listens on; empty when nothing is known
 * @returns `certain` is false when the routes may lead to something else: Django cannot be distinguished from the other
 *   upstreams, or the only upstream has a port that is not the image's (a frontend in front of Django, say)
 */
function routesToDjango(proxies, imagePorts) {
    const routes = mergeAlike(proxies);
    const groups = new Set(routes.map(groupOf).filter((group) => group !== ""));
    if (groups.size <= 1) {
        const ports = routes.flatMap(({ upstreams }) => upstreams.map(portOf));
        const hasOtherPort = ports.some((port) => port !== undefined && !imagePorts.includes(port));
        return { routes, certain: groups.size === 1 && !(imagePorts.length > 0 && hasOtherPort) };
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
/** Routes that differ only in their hosts and paths as one, so that what is wrong is reported once for all hosts. */
function mergeAlike(proxies) {
    const merged = new Map();
    for (const proxy of proxies) {
        const { hosts, paths: _, headers, ...rest } = proxy;
        // A site for every host (no hosts) must not be merged with one for some.
        const key = JSON.stringify([rest, [...headers], hosts.length === 0]);
        const before = merged.get(key)?.hosts ?? [];
        merged.set(key, { ...proxy, hosts: [...new Set([...before, ...hosts])] });
    }
    return [...merged.values()];
}

;// CONCATENATED MODULE: ./build/checks/caddy/compose.js
/**
 * The folders that Caddy and Django share, by the project's compose files. Of a compose file this reads the
 * services and what they mount (docs.docker.com/reference/compose-file/services, "volumes"). Which files
 * production uses together, and which folder it calls compose in, is not known: so every possible reading counts,
 * and what none of them says is unknown. Pure.
 */



/** Whether a file is a compose file, by its name: `compose.yaml`, `docker-compose.prod.yml`. */
function looksLikeCompose(name) {
    return /^(docker-)?compose([._-].+)?\.ya?ml$/i.test(name);
}
/** The services of all compose files, by their repo paths and what was parsed. */
function servicesIn(files) {
    const external = new Set(files.flatMap(({ content }) => externalVolumes(content)));
    const services = new Map();
    for (const { path, content } of files) {
        for (const [name, value] of Object.entries((0,request_json/* object */.Ik)((0,request_json/* object */.Ik)(content).services))) {
            const service = (0,request_json/* object */.Ik)(value);
            const before = services.get(name);
            const mounts = (0,request_json/* list */.p_)(service.volumes).map((volume) => mountOf(volume, external_node_path_.posix.dirname(path), external));
            services.set(name, {
                name,
                aliases: [...(before?.aliases ?? []), ...(0,request_json/* texts */.Te)([service.container_name, service.hostname])],
                image: (0,request_json/* text */.Qq)(service.image) || before?.image || "",
                isBuilt: service.build !== undefined || before?.isBuilt === true,
                mounts: [...(before?.mounts ?? []), ...mounts],
                isPartial: service.extends !== undefined || service.volumes_from !== undefined || before?.isPartial === true,
                file: before?.file ?? path,
            });
        }
    }
    return [...services.values()];
}
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
/** The one service that a proxy's upstreams lead to: `web:8000` is `web`; undefined when that is not clear. */
function upstreamService(upstreams, services) {
    const hosts = new Set(upstreams.map((upstream) => upstream.replace(/:\d+$/, "")));
    const found = services.filter(({ name, aliases }) => [name, ...aliases].some((one) => hosts.has(one)));
    return found.length === 1 ? found[0] : undefined;
}
/** Whether a service may have something at an absolute path that its compose files do not say. */
function mayHaveUnknown(path, { mounts, isPartial }) {
    return (isPartial ||
        mounts.some(({ target, from }) => target === "" || (from === "unknown" && isInside(path, target))));
}
/** The innermost mount around an absolute path of a service: it hides those around it. */
function mountAround(path, { mounts }) {
    return mounts
        .filter(({ target }) => target !== "" && isInside(path, target))
        .sort((a, b) => b.target.length - a.target.length)[0];
}
/**
 * Where the files at an absolute path of a service may come from, by all mounts around it.
 * @returns `volume data/static`, `deploy/static`
 */
function sourcesOf(path, { mounts }) {
    return mounts.flatMap(({ target, from }) => {
        if (from === "unknown" || target === "" || !isInside(path, target))
            return [];
        const rest = external_node_path_.posix.relative(target, path);
        if ("volume" in from)
            return [`volume ${external_node_path_.posix.join(from.volume, rest)}`];
        return from.paths.map((folder) => external_node_path_.posix.join(folder, rest));
    });
}
/** The name of the volume that a mount uses, without a folder in it; undefined for another kind of mount. */
function volumeName({ from }) {
    return from !== "unknown" && "volume" in from ? from.volume.replace(/\/.*/, "") : undefined;
}
function isInside(path, folder) {
    return path === folder || path.startsWith(folder === "/" ? "/" : `${folder}/`);
}
/** Volumes that are made outside of the compose file, and may be filled there. */
function externalVolumes(content) {
    return Object.entries((0,request_json/* object */.Ik)((0,request_json/* object */.Ik)(content).volumes)).flatMap(([name, volume]) => (0,request_json/* object */.Ik)(volume).external === undefined ? [] : [name]);
}
/** Reads both syntaxes: `static:/srv/static:ro`, and the long one with `type`, `source` and `target`. */
function mountOf(volume, folder, external) {
    if (typeof volume === "string") {
        // A colon inside of `${NAME:-x}` does not separate anything.
        const [first = "", second] = volume.match(/(?:\$\{[^}]*\}|[^:])+/g) ?? [];
        // A single path is an anonymous volume, which no other service can have.
        if (second === undefined)
            return { target: targetOf(first), from: "unknown" };
        const from = /^[./~]/.test(first) ? folderSource(first, folder) : volumeSource(first, "", external);
        return { target: targetOf(second), from };
    }
    const { type, source, target, volume: options } = (0,request_json/* object */.Ik)(volume);
    const name = (0,request_json/* text */.Qq)(source);
    const from = type === "bind"
        ? folderSource(name, folder)
        : type === "volume"
            ? volumeSource(name, (0,request_json/* text */.Qq)((0,request_json/* object */.Ik)(options).subpath), external)
            : "unknown";
    return { target: targetOf((0,request_json/* text */.Qq)(target)), from };
}
function targetOf(target) {
    return !target.startsWith("/") || target.includes("$") ? "" : normalized(target);
}
/** A relative folder is relative to the compose file, or to the folder that compose is called in. */
function folderSource(source, folder) {
    if (source === "" || source.includes("$"))
        return "unknown";
    if (/^[/~]/.test(source))
        return { paths: [normalized(source)] };
    return { paths: [normalized(external_node_path_.posix.join(folder, source)), normalized(source)] };
}
function volumeSource(name, subpath, external) {
    if (name === "" || /\$/.test(name + subpath) || external.has(name))
        return "unknown";
    return { volume: normalized(external_node_path_.posix.join(name, subpath)) };
}
function normalized(path) {
    return external_node_path_.posix.normalize(path).replace(/(.)\/$/, "$1");
}

;// CONCATENATED MODULE: ./build/checks/caddy/rules/shared-folder.js

/** Finds Caddy's service and Django's; undefined when the compose files do not say which is which. */
function sharingIn({ services, ownCaddy }, routes) {
    const caddy = caddyService(services);
    const upstreams = routes.flatMap((route) => route.upstreams);
    const django = upstreamService(upstreams, services);
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
    const caddySources = sourcesOf(folder, caddy);
    const filled = besides.flatMap((service) => sourcesOf(root.path, service));
    if (caddySources.some((source) => filled.includes(source)))
        return "same";
    if (mayHaveUnknown(folder, caddy) || mayHaveUnknown(root.path, django))
        return undefined;
    const mount = mountAround(folder, caddy);
    const service = `the service \`${caddy.name}\` in ${caddy.file}`;
    const hint = `Mount the same volume in both services: in \`${caddy.name}\` at ${folder}, in \`${django.name}\` at Django's folder.`;
    if (mount === undefined) {
        // An image that is not the stock one may have the files copied into it.
        if (ownCaddy || !usesStockCaddy(caddy))
            return undefined;
        return { why: `where ${service} mounts nothing. Django has ${root.quoted}`, hint };
    }
    const volume = volumeName(mount);
    const isShared = besides.some(({ mounts }) => mounts.some((one) => volumeName(one) === volume));
    if (volume !== undefined && !isShared)
        return {
            why: `where ${service} mounts the volume \`${volume}\`. No other service mounts that volume. Django has ${root.quoted}`,
            hint,
        };
    const [caddySource] = caddySources;
    const [djangoSource] = sourcesOf(root.path, django);
    const djangoMount = mountAround(root.path, django);
    if (caddySource === undefined || djangoSource === undefined || djangoMount === undefined)
        return undefined;
    // Another service, or the machine, may fill what Caddy sees.
    if (volumeName(djangoMount) !== volume)
        return undefined;
    const place = root.isFromEnv ? "another folder" : `\`${djangoSource}\``;
    return {
        why: `which is \`${caddySource}\` by the mounts of ${service}. ${root.quoted} is ${place} by the mounts of \`${django.name}\``,
        hint: "Both must be the same folder. `handle_path` removes the prefix from the path, `handle` does not.",
    };
}

;// CONCATENATED MODULE: ./build/checks/caddy/rules/files.js
/**
 * Rule: Caddy serves static and media files under Django's URL and from Django's folder (`hosts.static-url`,
 * `hosts.static-root`, `hosts.static-volume`, and the same for media). Pure.
 */



const STATIC = {
    url: "STATIC_URL",
    root: "STATIC_ROOT",
    ids: { url: "hosts.static-url", root: "hosts.static-root", volume: "hosts.static-volume" },
    path: /static|asset/i,
    middleware: /whitenoise|servestatic/i,
};
const MEDIA = {
    url: "MEDIA_URL",
    root: "MEDIA_ROOT",
    ids: { url: "hosts.media-url", root: "hosts.media-root", volume: "hosts.media-volume" },
    path: /media|upload/i,
    middleware: undefined,
};
/** Where Caddy serves files and Django expects them elsewhere. */
function files(comparison) {
    const { adapted, routes, certain, project } = comparison;
    const servers = onHostsOf(routes, adapted.files);
    if (routes.length === 0 || servers.length === 0)
        return [];
    const sharing = sharingIn(project, routes);
    const found = [STATIC, MEDIA].flatMap((kind) => filesOf(kind, servers, sharing, comparison));
    return certain ? found : found.map((one) => ({ ...one, level: "INFO" }));
}
function filesOf(kind, servers, sharing, comparison) {
    const { django } = comparison;
    const url = django.text(kind.url);
    if (url === undefined || !url.startsWith("/") || url === "/")
        return [];
    const server = servers.find(({ paths }) => paths.some((path) => covers(path, url)));
    if (server !== undefined)
        return inOtherFolder(kind, server, url, sharing, comparison);
    // A file server without a path looks the whole site up in its folder, so the URL may be served after all.
    if (servers.some(({ paths }) => paths.length === 0))
        return [];
    const similar = servers.find(({ paths }) => paths.some((path) => kind.path.test(path)));
    if (similar === undefined)
        return [];
    const mayServeItself = kind.middleware === undefined || django.hasMiddleware(kind.middleware) !== false;
    return [
        {
            id: kind.ids.url,
            level: mayServeItself ? "INFO" : "WARNING",
            message: `Caddy serves files under ${similar.paths.join(", ")}, but ${django.quote(kind.url)}: it serves no files ` +
                `under ${url}${mayServeItself ? "" : ", and nothing in MIDDLEWARE does"}.`,
            hint: `Use the same path in both: \`handle_path ${url}*\`.`,
            at: { directive: "file_server", argument: similar.paths[0] ?? "" },
        },
    ];
}
/** Whether a path matcher of Caddy's covers all of a URL. */
function covers(matcher, url) {
    return matcher.endsWith("*") ? url.startsWith(matcher.slice(0, -1)) : matcher === url;
}
/** Compares the folder that Caddy serves a URL from with the folder that Django puts the files into. */
function inOtherFolder(kind, server, url, sharing, { django }) {
    const setting = django.text(kind.root) ?? "";
    // A placeholder in Caddy's folder is known only at run time.
    if (setting === "" || server.root === "" || /[{}]/.test(server.root))
        return [];
    const root = setting.replace(/\/$/, "");
    const inside = server.stripPrefix === "" ? url : url.replace(server.stripPrefix.replace(/\/$/, ""), "");
    const folder = external_node_path_.posix.join(server.root, inside).replace(/\/$/, "");
    const serves = `Caddy serves ${url} from ${folder}`;
    const at = { directive: "root", argument: server.root };
    const quoted = django.quote(kind.root);
    const shared = sharing && sharedFolder(folder, { path: root, quoted, isFromEnv: django.isFromEnv(kind.root) }, sharing);
    if (shared === "same" || (shared === undefined && folder === root))
        return [];
    if (shared !== undefined) {
        const { why, hint } = shared;
        return [{ id: kind.ids.volume, level: "INFO", message: `${serves}, ${why}.`, hint, at }];
    }
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

;// CONCATENATED MODULE: ./build/checks/caddy/rules/hsts.js
/** Rule: Strict-Transport-Security is set in one place, or alike in both (`hosts.hsts`). Pure. */

/** Headers of Caddy's that differ from the one that Django sends. */
function hsts({ adapted, routes, django }) {
    const own = directivesOfDjango(django);
    if (own === undefined)
        return [];
    return onHostsOf(routes, adapted.headers)
        .filter(({ name, value }) => name === "strict-transport-security" && !value.includes("{"))
        .filter(({ value }) => !areEqual(value.split(/\s*;\s*/).filter(Boolean), own))
        .map(({ value }) => ({
        id: "hosts.hsts",
        level: "INFO",
        message: `Caddy sets Strict-Transport-Security to ${value}, and Django to ${own.join("; ")}. The browser gets two headers and obeys one of them.`,
        hint: "Set it in one place: set SECURE_HSTS_SECONDS = 0, or remove the header from the Caddyfile.",
        at: { directive: "header", argument: "Strict-Transport-Security" },
    }));
}
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

const SET_PROXY_HEADER = 'Set SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https"): Caddy sends that header.';
/** For each route, the worst that comes of a scheme or host that Django sees differently than the browser. */
function https(comparison) {
    return comparison.routes.flatMap((route) => route.https ? overHttps(route, comparison) : overHttpAlone(route, comparison));
}
function overHttps(route, { django, certain }) {
    const knowsHttps = djangoSeesHttps(route, django);
    if (knowsHttps === undefined)
        return [];
    const level = certain ? "WARNING" : "INFO";
    const at = placeOf(route);
    const named = publicHosts(route);
    const seesHttp = `Caddy terminates TLS${named === "" ? "" : ` for ${named}`}, but with ${django.quote("SECURE_PROXY_SSL_HEADER")} Django sees every request as http`;
    if (!knowsHttps && redirectsToHttps(django))
        return [
            {
                id: "hosts.redirect-loop",
                level,
                message: `${seesHttp}. SECURE_SSL_REDIRECT is on, so it redirects to https again and again.`,
                hint: SET_PROXY_HEADER,
                at,
            },
        ];
    const origins = foreignOrigins(route, django, knowsHttps);
    if (origins.length > 0)
        return origins.map((origin) => ({
            id: "hosts.csrf-origin",
            level,
            message: `${knowsHttps ? "Caddy sends Django another host than the browser's" : seesHttp}, so Django treats the ` +
                `origin ${origin} as another site. Forms get 403 Forbidden, because ` +
                `${django.quote("CSRF_TRUSTED_ORIGINS")} does not have it.`,
            hint: knowsHttps
                ? `Remove \`header_up Host\`, or add "${origin}" to CSRF_TRUSTED_ORIGINS.`
                : `${SET_PROXY_HEADER} Or add "${origin}" to CSRF_TRUSTED_ORIGINS.`,
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
function overHttpAlone(route, { adapted, django }) {
    if (!redirectsToHttps(django))
        return [];
    const alsoHttps = adapted.proxies.some((other) => other.https && (other.hosts.length === 0 || other.hosts.some((host) => route.hosts.includes(host))));
    const named = publicHosts(route);
    const isLocal = route.hosts.length > 0 && named === "";
    const setsScheme = (route.headers.get("x-forwarded-proto") ?? "") !== "";
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
/** Whether the header that Django takes the scheme from says https on this route; undefined when it is unknown. */
function djangoSeesHttps(route, django) {
    const setting = django.value("SECURE_PROXY_SSL_HEADER");
    if (setting === undefined)
        return undefined;
    if (!Array.isArray(setting))
        return false;
    const name = String(setting[0])
        .replace(/^HTTP_/, "")
        .replaceAll("_", "-")
        .toLowerCase();
    const header = route.headers.get(name);
    if (header === undefined)
        return name === "x-forwarded-proto";
    return header === String(setting[1]) || header.includes("{");
}
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

;// CONCATENATED MODULE: ./build/checks/caddy/rules/upstream-port.js
/** Rule: Caddy's reverse_proxy sends requests to a port that the image listens on (`hosts.upstream-port`). Pure. */

/** One finding when all upstreams have ports and none of them is the image's. */
function upstreamPort({ adapted, project: { imagePorts } }) {
    const upstreams = [...new Set(adapted.proxies.flatMap((proxy) => proxy.upstreams))];
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

;// CONCATENATED MODULE: ./build/checks/caddy/rules/www.js
/** Rule: of `example.com` and `www.example.com` one redirects to the other, because people type both (`hosts.www`). Pure. */

/** Only names of two labels are looked at: `shop.example.com` needs no `www.shop.example.com`. */
function www({ adapted }) {
    const handlers = [...adapted.proxies, ...adapted.redirects, ...adapted.files];
    const served = new Set(handlers.flatMap(({ hosts }) => hosts));
    const proxied = new Set(adapted.proxies.flatMap(({ hosts }) => hosts).filter(isPublic));
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








/** A new rule is a file in this folder and a name here. */
const RULES = [allowedHosts, https, files, upstreamPort, hsts, www];
/** Findings that are kept: the adapted Caddyfile comes from a container, so it may be of any size. */
const MAX_FINDINGS = 500;
/** Applies all rules. The same message is reported once. */
function compareWithDjango(adapted, settings, project) {
    const { routes, certain } = routesToDjango(adapted.proxies, project.imagePorts);
    const comparison = { adapted, routes, certain, django: new DjangoSettings(settings), project };
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
    const format = {
        ...(0,checks_verdict/* emptyAnswer */.WC)(FORMAT),
        ...timing,
        findings: formatFindings(files.files, formatted).map((draft) => write(FORMAT, draft)),
    };
    const adapted = adapt.code === 0 ? readAdapted(adapt.out) : undefined;
    const lookUp = valuesOf(files, states);
    return {
        answers: [caddy, format].filter(({ name }) => checks.includes(name)),
        answerHosts: (settings, project) => ({
            // The settings may be new although Caddy's output is cached: it is compared each time.
            ...(0,checks_verdict/* emptyAnswer */.WC)(HOSTS),
            ...compared(adapted, settings, project, files.named, ({ at, ...one }) => write(HOSTS, { ...one, ...locate(at, files.files, lookUp) })),
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
    const notes = settingsNotCompared(settings).map((name) => `${name} was not compared: neither the image nor \`env\` sets it, so shipshape supplied its value. Give production's value with \`env\``);
    return { findings: compareWithDjango(adapted, settings, project).map(write), notes };
}
/** The line that a disagreement is about (the adapted JSON has none); the Caddyfile without a line when none fits. */
function locate(at, files, lookUp) {
    for (const file of files) {
        const line = "host" in at ? lineOfSite(file, at.host, lookUp) : lineOfDirective(file, at, lookUp);
        if (line !== undefined)
            return { file: file.path, line };
    }
    return { file: CADDYFILE, line: undefined };
}
function lineOfSite({ blocks }, host, lookUp) {
    const keys = blocks.filter(({ kind }) => kind === "site").flatMap((block) => block.keys);
    return keys.find(({ text }) => hostOf(expand(text, lookUp) ?? "") === host)?.line;
}
/** `https://Example.com:8443/path` → `example.com`. */
function hostOf(address) {
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
function planCaddy(image, { context, report, env }, { again, seconds }) {
    const isNamed = typeof image === "string";
    return (0,dockerfile/* planOwn */.ko)("caddy", {
        context,
        text: caddyDockerfile(isNamed ? image : steps/* CADDY_IMAGE */.mp, env),
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
function caddyDockerfile(from, env) {
    const command = [
        "/bin/sh",
        "/.shipshape-caddy/caddy.sh",
        "/.shipshape-asked",
        dockerfile/* REPORT */.ri,
        "/etc/caddy/Caddyfile",
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
    const repoPaths = new Map([[CADDYFILE, found.path]]);
    const expanded = (text) => expand(text, (name, fallback) => env.get(name) ?? fallback);
    const queue = [CADDYFILE];
    for (let path = queue.shift(); path !== undefined && files.length < MAX_FILES; path = queue.shift()) {
        const text = await repository.read(repoPaths.get(path) ?? "");
        if (text === undefined) {
            repoPaths.delete(path);
            continue;
        }
        const file = parseCaddyfile(path, text);
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
    const uses = usesIn(files);
    return { ...found, files, repoPaths, uses, env, standIns: standIns(uses, env) };
}
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
        ["asked/files", lines(files.map(({ path }) => path))],
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
    const adapt = await readCommand(readFile, "adapt");
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
    if (version === undefined || validate === undefined || adapt === undefined)
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
;// CONCATENATED MODULE: ./build/checks/caddy/workspace.js
/** Reads the checkout for the checks of Caddy: which Caddyfile, which Caddy image, and the files that it gets. */







/** Larger files are not read. */
const MAX_BYTES = 1024 * 1024;
/** The Caddyfile that the workflow named, or the first of the candidates; undefined when there is none. */
async function findCaddyfile(request) {
    const { caddy, build, workspace } = request;
    if (caddy.file !== "")
        return { path: caddy.file, named: true, others: [] };
    if (build.contextIsRemote)
        return undefined;
    const repository = repositoryAt(workspace);
    const context = external_node_path_.relative(workspace, build.context);
    const found = [];
    for (const candidate of CANDIDATES) {
        const file = external_node_path_.join(context, candidate);
        if ((await repository.read(file)) !== undefined)
            found.push(file);
    }
    const [first, ...others] = found;
    return first === undefined ? undefined : { path: first, named: false, others };
}
/** The project's own Caddy image, if a Dockerfile for one is named or found; undefined where the stock image is used. */
async function ownCaddy({ caddy, workspace, build }, caddyfile) {
    const folder = external_node_path_.join(workspace, external_node_path_.dirname(caddyfile));
    const named = caddy.dockerfile || (caddy.context === "" ? "" : external_node_path_.join(caddy.context, "Dockerfile"));
    const dockerfile = named || (caddy.imageIsNamed ? undefined : await caddyDockerfileIn(folder));
    if (dockerfile === undefined)
        return undefined;
    return { dockerfile, context: caddy.context || (await contextFor(dockerfile, build.context)) };
}
async function caddyDockerfileIn(folder) {
    const names = (await (0,external_node_fs_promises_.readdir)(folder).catch(() => [])).filter(context/* looksLikeDockerfile */.AG).sort();
    for (const name of names) {
        const file = external_node_path_.join(folder, name);
        if (buildsCaddy((await textOf(file)) ?? ""))
            return file;
    }
    return undefined;
}
/** The build context of a Caddy Dockerfile: its own folder, or the app's context if only that has the files it copies. */
async function contextFor(dockerfile, appContext) {
    const folder = external_node_path_.dirname(dockerfile);
    const copied = copiedBy((await textOf(dockerfile)) ?? "");
    const hasAll = (context) => Promise.all(copied.map((one) => (0,external_node_fs_promises_.stat)(external_node_path_.join(context, one)))).then(() => true, () => false);
    return !(await hasAll(folder)) && (await hasAll(appContext)) ? appContext : folder;
}
function textOf(file) {
    return (0,external_node_fs_promises_.readFile)(file, "utf8").catch(() => undefined);
}
/** The checkout's plain files. A link that leads out of it is not followed. */
function repositoryAt(workspace) {
    const read = async (file) => {
        const real = await (0,external_node_fs_promises_.realpath)(external_node_path_.join(workspace, file)).catch(() => undefined);
        if (real === undefined || !(0,context/* isInside */.FK)(real, await (0,external_node_fs_promises_.realpath)(workspace)))
            return undefined;
        const found = await (0,external_node_fs_promises_.stat)(real);
        return found.isFile() && found.size <= MAX_BYTES ? textOf(real) : undefined;
    };
    const match = async (pattern) => {
        let found = [""];
        for (const segment of pattern.split("/")) {
            const next = found.map(async (folder) => {
                if (!/[*?[]/.test(segment))
                    return [external_node_path_.join(folder, segment)];
                const names = await (0,external_node_fs_promises_.readdir)(external_node_path_.join(workspace, folder)).catch(() => []);
                return names.filter((name) => external_node_path_.matchesGlob(name, segment)).map((name) => external_node_path_.join(folder, name));
            });
            found = (await Promise.all(next)).flat();
        }
        const texts = await Promise.all(found.map(read));
        return found.filter((_, index) => texts[index] !== undefined).sort();
    };
    return { read, match };
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
/** The ports that the app's Dockerfile names; empty for a remote build context. */
async function portsOf({ build }) {
    return build.contextIsRemote ? [] : portsIn((await textOf(build.file)) ?? "");
}
/** Further compose files are not read. */
const MAX_COMPOSE_FILES = 20;
/**
 * The services of the compose files in four folders: the workspace's root, the build context, the Caddyfile's folder
 * and its parent.
 * @param caddyfile its repo path
 */
async function servicesOf({ workspace, build }, caddyfile) {
    const repository = repositoryAt(workspace);
    const context = build.contextIsRemote ? "" : external_node_path_.relative(workspace, build.context);
    const folder = external_node_path_.dirname(caddyfile);
    const folders = new Set(["", context, folder, external_node_path_.dirname(folder)].map((one) => external_node_path_.normalize(one || ".")));
    const names = await Promise.all([...folders].map(async (one) => {
        const all = await (0,external_node_fs_promises_.readdir)(external_node_path_.join(workspace, one)).catch(() => []);
        return all.filter(looksLikeCompose).map((name) => external_node_path_.join(one, name));
    }));
    const files = names.flat().sort().slice(0, MAX_COMPOSE_FILES);
    const read = files.map(async (file) => ({
        path: file,
        content: await yamlIn(await repository.read(file)),
    }));
    return servicesIn(await Promise.all(read));
}
/** What a YAML text says; undefined when it is none. */
async function yamlIn(text) {
    if (text === undefined)
        return undefined;
    const { parse } = await __webpack_require__.e(/* import() */ 815).then(__webpack_require__.t.bind(__webpack_require__, 8815, 19));
    try {
        // With the log level "silent", half of a file that is not YAML (a template, say) would be read.
        return parse(text, { merge: true, logLevel: "error" });
    }
    catch {
        return undefined;
    }
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
    const found = await findCaddyfile(request);
    if (found === undefined)
        return known(skipped(checks, `there is no Caddyfile (${CANDIDATES.join(", ")}) in the build context`));
    const files = await collectFiles(found, request.caddy.env, repositoryAt(request.workspace));
    if (files.files.length === 0)
        return known(notRun(checks, `${found.path} cannot be read, or is larger than a megabyte`, found));
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
/** Answers that Django's settings do not change. */
function known(answers) {
    return { answers, agree: () => [] };
}
async function ask(solver, request, { probe, staging, build }, files, checks) {
    const { caddy, timeout } = request;
    const own = await ownCaddy(request, files.path);
    const stockImage = own === undefined ? caddy.image : "";
    const scrub = scrubber(run_hidden(files));
    const context = external_node_path_.join(solver.folder, "caddy-context");
    const report = external_node_path_.join(solver.folder, "caddy");
    await fillCaddyContext(context, files, external_node_path_.join(probe, "caddy.sh"));
    const env = (0,dockerfile/* secretOf */.OM)("caddy", await (0,checks_context/* secretKey */.oF)(caddy.env, request), (0,checks_context/* assignments */.TT)(caddy.env));
    const image = own === undefined ? caddy.image : await build(caddyStage(own, caddy, staging));
    const answered = await (0,image_solver/* solveAndRead */.l)(solver, {
        name: "caddy-solve",
        folder: report,
        plan: (again) => planCaddy(image, { context, report, env }, { again, seconds: timeout }),
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
    if (!checks.includes(HOSTS))
        return known(read.answers);
    const [imagePorts, services] = await Promise.all([portsOf(request), servicesOf(request, files.path)]);
    const project = { imagePorts, services, ownCaddy: own !== undefined };
    return { answers: read.answers, agree: (settings) => [read.answerHosts(settings, project)] };
}
function hasFailed(answers, { failLevel }) {
    return answers.some(({ reason, findings }) => reason !== "" || findings.some(({ level }) => (0,checks_finding/* reaches */.O6)(level, failLevel)));
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

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
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
        ...placeIn(text, file.slice(0, LONGEST_NAME), classname.slice(0, LONGEST_NAME)),
    };
}
/**
 * The place of a failure. A traceback says more than the attributes: pytest's `line` counts from 0 and is
 * that of the function, and its newer form has neither. Of the traceback's places the last one in the test's
 * own file counts, else the last one outside of installed packages.
 */
function placeIn(text, file, classname) {
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
 * @param limit seconds that it had
 */
function answerOf(name, run, places, limit) {
    const { exitCode, timeout, seconds, failures, notes } = run;
    const common = { ...(0,checks_verdict/* emptyAnswer */.WC)(name), seconds, notes };
    const output = run.output.trimEnd().split("\n").slice(-LINES_SHOWN).join("\n");
    if (timeout || exitCode === undefined) {
        const reason = timeout
            ? `it was not done after ${limit} seconds and was ended. Raise \`run-timeout\`, or see below what it waited for`
            : "it was ended before it could say how it went: by the machine, out of memory say";
        return { ...common, reason, output };
    }
    if (exitCode === 0) {
        // It calls itself a success: failures that it knows of are not ours to count.
        const findings = failures.map((one) => toFinding(name, one, run, places, "INFO"));
        return { ...common, findings, exitCode };
    }
    const whole = {
        ...checks_finding/* PLAIN_FINDING */.nR,
        check: name,
        level: "ERROR",
        id: "run.failed",
        message: [
            `\`${run.line}\` ended with exit code ${exitCode}${MEANS[exitCode] ?? ""}.`,
            ...(failures.length > 0 ? [] : namedTests(run.output)),
        ].join("\n"),
        hint: hintOf(run),
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
const NO_TOOLS = "The shipped image often has no test tools: name the stage of the Dockerfile that has them with the input " +
    "`run-target`, or install them in the image.";
/** What a test runner calls its failed tests, where it wrote no JUnit file: unittest's headings, pytest's summary. */
function namedTests(output) {
    const names = [...output.matchAll(/^(?:(?:FAIL|ERROR): \w.*|(?:FAILED|ERROR) \S+::.*)$/gm)].map(([line]) => line.trim());
    return [...new Set(names)].slice(0, MOST_TESTS);
}
const MOST_TESTS = 10;
function hintOf({ exitCode, output, failures }) {
    if (exitCode === 127)
        return NO_TOOLS;
    if (NAMES_A_VARIABLE.test(output))
        return NO_STAND_INS;
    return failures.length === 0 && namedTests(output).length > 0 ? JUNIT : "";
}
const JUNIT = 'Each failed test is annotated at its line when the command writes JUnit XML to "$JUNIT_XML" (pytest: ' +
    '`--junit-xml="$JUNIT_XML"`; Django\'s own runner: the package unittest-xml-reporting).';
/** How settings complain of a variable that is not set. */
const NAMES_A_VARIABLE = /^KeyError: |ImproperlyConfigured|UndefinedValueError|environment variable/m;
const NO_STAND_INS = "If a variable is missing: commands see the image's environment and `env`, and none of the stand-in values " +
    "that the checks get. Set it with the input `env`.";
function toFinding(check, failure, run, places, level) {
    return {
        ...checks_finding/* PLAIN_FINDING */.nR,
        check,
        level,
        id: `junit.${failure.kind}`,
        message: failure.message,
        hint: "",
        object: failure.test,
        ...(0,checks_finding/* placed */.GS)(answers_containerPath(failure, run), failure.line, places),
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
    const { lines, timeout } = request.commands;
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
    return runs.map((run, index) => answerOf(names[index] ?? "", run, places, timeout));
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

;// CONCATENATED MODULE: ./build/checks/django/answers.js


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
        const answer = { ...(0,checks_verdict/* emptyAnswer */.WC)(name), cached };
        if (check === undefined)
            return { ...answer, reason: problem || "it wrote no report" };
        const { status, seconds, silenced, notes, output } = check;
        const reason = status === "completed" ? "" : problem || whyNot(check, terms);
        return {
            ...answer,
            seconds,
            silenced,
            notes,
            reason,
            findings: check.findings.map((one) => answers_toFinding(name, one, places)),
            output: reason === "" ? "" : output,
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
    };
}
/** No interpreter with Django, no project: one reason for all checks. */
function problemOf(report, terms) {
    if (report.error === undefined)
        return "";
    const { kind, message, tried } = report.error;
    if (kind !== "no-python" && kind !== "no-django")
        return message;
    const found = tried.slice(0, 8).map(({ path, reason }) => `${path} (${reason})`);
    if (terms.python !== "")
        return `\`python: ${terms.python}\` is not an interpreter with Django in this image: ${found.join(", ") || "it is not there"}`;
    return ("no Python interpreter with Django was found in the image" +
        `${found.length === 0 ? "" : `, only ${found.join(", ")}`}. Install Django in the stage that is shipped, or copy the ` +
        "virtual environment there from the stage that makes it. If another stage is to be shipped, name it with `target`; " +
        "if Django is there, give its interpreter's full path with the input `python`");
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
            return error ? `it crashed: ${typed(error)}${answers_placeOf(error)}` : "it crashed";
    }
}
function answers_placeOf({ file, line }) {
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
            ...checks_finding/* PLAIN_FINDING */.nR,
            check: name,
            level: "CRITICAL",
            id: missing ? "settings.missing-variable" : "settings.crashed",
            message: missing
                ? `${settings} needs the environment ${listed(error.variables)}, which neither the image nor \`env\` sets.`
                : `Django cannot be set up with ${settings}: ${typed(error)}${lastWords(check)}`,
            hint: missing
                ? `Give the checks a value for ${error.variables.length === 1 ? "it" : "each"} ` +
                    `(any value that the settings accept; it is not put into the image):\n` +
                    `env: |${error.variables.map((name) => `\n  ${name}=…`).join("")}`
                : settingsHint(report, error),
            ...(0,checks_finding/* placed */.GS)(error.file, error.line, places),
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
function settingsHint(report, error) {
    const others = report.project.others.map(({ settings, source }) => `${settings} (${source})`);
    if (error.kind === "missing-module" && others.length > 0)
        return `These settings come from ${report.project.source}. The project also names ${others.join(", ")}: say which with the input \`settings\`.`;
    if (error.kind === "missing-module")
        return "That module is not installed in the image: add it to the requirements, or, if these are the wrong settings, name the right ones with the input `settings`.";
    if (error.type === "SyntaxError" || error.type === "IndentationError")
        return "Python cannot read that file: fix it. Production would not start either.";
    if (error.kind === "missing-file" && error.type === "PermissionError")
        return "The image's USER may not use that path. Create it in the Dockerfile and give it to that user (`chown`), or have the settings use another one; a variable that decides it goes into `env`.";
    if (error.kind === "missing-file")
        return "The settings read a file that is not in the image. Put one there in the Dockerfile, or make the settings do without it.";
    if (error.package !== "")
        return `It was raised inside the installed package ${error.package}: see that its version fits Django ${report.django.version} and Python ${report.python.version}.`;
    if (error.read.length > 0)
        return `That line reads the ${listed(error.read)}: see that the value is one that the settings can use. The input \`env\` sets another for the checks; if these are the wrong settings, name the right ones with \`settings\`.`;
    const asked = error.unset.length === 0
        ? ""
        : `Before that they asked for the ${listed(error.unset)}, which neither the image nor \`env\` sets. `;
    return `${asked}If they need an environment variable, set it with the input \`env\`; if they are the wrong ones, name the right ones with \`settings\`.`;
}
const OURS = "It is about a value that was supplied by shipshape, because neither the image nor `env` sets one: set your own " +
    "with `env` to have it judged.";
/** A finding that rests on a value of ours says nothing of production, so it only informs. */
function answers_toFinding(check, one, places) {
    const { details: migration, supplied, ...found } = one;
    const finding = { ...found, check, migration, ...(0,checks_finding/* placed */.GS)(one.file, one.line, places) };
    if (supplied !== "shipshape")
        return finding;
    return { ...finding, level: "INFO", hint: [one.hint, OURS].filter((part) => part !== "").join("\n") };
}

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
const finding = object({
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
    /** Variables that were asked for before the crash without a default, and that are not set; where `read` is empty. */
    unset: variables,
    /** Variables that had a value and were read on the line that it crashed on, where it has no other explanation. */
    read: variables,
    /** The installed package in which it was raised, when its kind says that the package may not fit. */
    package: line,
    traceback: probe_report_text,
    file: line,
    line: lineNumber,
});
const check = object({
    status: oneOf(["completed", "settings", "crashed", "timeout", "exited"], "crashed"),
    seconds: number,
    // The worst ones, when there are too many: none that counts may hide behind those that do not.
    findings: (value) => list(finding)(value).toSorted(worstFirst).slice(0, MOST_FINDINGS),
    silenced: number,
    output: probe_report_text,
    error: optional(error),
    notes: list(probe_report_text),
});
function worstFirst(a, b) {
    return request/* LEVELS */.A.indexOf(b.level) - request/* LEVELS */.A.indexOf(a.level);
}
const setting = object({ value: (value) => value, supplied: line });
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













/** Tried one after the other in an image without a shell, when `python` is not set. */
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
    const candidates = python === "" ? INTERPRETERS : [python];
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
    const answers = answersOf(report, terms, places, cached);
    return { started: true, answers, project: examined(report, request), settings: report.settings };
}
/** Settings that could not be loaded are no pass, even where no check in the image was asked for. */
function isPass({ answers, project, settings }, request) {
    return (0,checks_verdict/* conclude */.Ep)(answers, request, project).status === "passed" && Object.keys(settings).length > 0;
}
/** The answers when the probe could not be started: one reason for all of them. */
function unexamined(request, problem) {
    const names = (0,catalogue/* checksOf */.tg)("django", request.checks);
    const answers = names.map((name) => ({ ...(0,checks_verdict/* emptyAnswer */.WC)(name), reason: problem }));
    const django = { version: "", python: "", settings: "", manage: "" };
    const project = { django, problem, settingsSource: "", otherSettings: [], environment: [] };
    return { started: false, answers, project, settings: {} };
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
        const { request, secretKey } = this.#step;
        const solver = this.#solverOn(platform);
        const prepare = async () => {
            const { base, context } = await this.#on(platform);
            return { base, context, report: (0,external_node_path_.join)(solver.folder, "report"), secretKey };
        };
        return { platform, examination: await runDjango(solver, request, prepare()) };
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
        const { source, folders, world, request } = this.#step;
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
            await (0,checks_context/* fillContext */.rG)(context, world.probe, request);
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
    const { request, world, source } = step;
    const explain = (blame) => `the project's own Caddy image could not be built: ${briefly(blame)}`;
    return runCaddy(solver, request, {
        probe: world.probe,
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
        const ofCaddy = [...answers, ...agree(examination.settings)];
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
        const isFresh = looked !== undefined && external_node_perf_hooks_.performance.now() - looked.at < LOOK_IS_GOOD_FOR;
        return this.#publisher.push(image, isFresh ? looked.look : undefined);
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
