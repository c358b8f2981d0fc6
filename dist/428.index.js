export const id = 428;
export const ids = [428];
export const modules = {

/***/ 3403:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   KQ: () => (/* binding */ CADDY),
/* harmony export */   rr: () => (/* binding */ planCaddy)
/* harmony export */ });
/* unused harmony export caddyDockerfile */
/* harmony import */ var _docker_bake_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(328);
/* harmony import */ var _image_steps_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3557);
/* harmony import */ var _image_target_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9141);
/**
 * The solve that asks Caddy about the Caddyfile: in a bake process of its own, so that an image that cannot be
 * pulled touches nothing else. Pure.
 */



const CADDY = "caddy";
/** The project's own Caddy image. */
const OWN = "caddy-image";
const STAGE = "caddy-run";
const ENVIRONMENT = "SHIPSHAPE_CADDY_ENV";
/**
 * @param again not from the builder's cache
 * @param seconds the longest that Caddy may take
 */
function planCaddy(binary, site, { again, seconds }) {
    const target = {
        context: site.context,
        "dockerfile-inline": caddyDockerfile(binary),
        ...(binary.from === "own" ? { contexts: { [OWN]: `target:${OWN}` } } : {}),
        secret: [(0,_docker_bake_js__WEBPACK_IMPORTED_MODULE_1__/* .attributes */ .uK)({ id: "shipshape-caddy-env", env: ENVIRONMENT })],
        attest: _image_target_js__WEBPACK_IMPORTED_MODULE_0__/* .NO_ATTESTATIONS */ .Ir,
        ...(again ? { "no-cache-filter": [STAGE] } : {}),
        output: [(0,_docker_bake_js__WEBPACK_IMPORTED_MODULE_1__/* .attributes */ .uK)({ type: "local", dest: site.reportFolder })],
    };
    return {
        file: { target: { [CADDY]: target, ...(binary.from === "own" ? { [OWN]: ownTarget(binary) } : {}) } },
        targets: [CADDY],
        allow: [],
        secrets: new Map([[ENVIRONMENT, site.environment]]),
        limit: { step: _image_steps_js__WEBPACK_IMPORTED_MODULE_2__/* .isCaddyStep */ .U8, seconds },
    };
}
function ownTarget({ context, dockerfile, target, args }) {
    return {
        context,
        dockerfile,
        ...(target === "" ? {} : { target }),
        args: Object.fromEntries(args),
        attest: _image_target_js__WEBPACK_IMPORTED_MODULE_0__/* .NO_ATTESTATIONS */ .Ir,
        output: ["type=cacheonly"],
    };
}
/** Our Dockerfile: the Caddyfiles to their places, Caddy's words out. */
function caddyDockerfile(binary) {
    const command = [
        "/bin/sh",
        "/.shipshape-caddy/caddy.sh",
        "/.shipshape-asked",
        _image_target_js__WEBPACK_IMPORTED_MODULE_0__/* .REPORT */ .ri,
        "/etc/caddy/Caddyfile",
        "/.shipshape-caddy-env",
    ];
    return [
        `FROM ${binary.from === "own" ? OWN : binary.image} AS ${STAGE}`,
        "COPY --chmod=1777 room/ /",
        "COPY caddyfiles/ /",
        "RUN --network=none" +
            " --mount=type=bind,source=caddy.sh,target=/.shipshape-caddy/caddy.sh" +
            " --mount=type=bind,source=asked,target=/.shipshape-asked" +
            " --mount=type=secret,id=shipshape-caddy-env,target=/.shipshape-caddy-env,mode=0444,required" +
            ` ${JSON.stringify(command)}`,
        "FROM scratch",
        (0,_image_target_js__WEBPACK_IMPORTED_MODULE_0__/* .exportReport */ .bz)(STAGE),
        "",
    ].join("\n");
}


/***/ }),

/***/ 3846:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Df: () => (/* binding */ mustWait),
/* harmony export */   G2: () => (/* binding */ COPYABLE),
/* harmony export */   Lo: () => (/* binding */ COMMANDS),
/* harmony export */   bx: () => (/* binding */ baseOf),
/* harmony export */   jP: () => (/* binding */ planFiles),
/* harmony export */   uk: () => (/* binding */ planCommands)
/* harmony export */ });
/* unused harmony export commandsDockerfile */
/* harmony import */ var _docker_bake_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(328);
/* harmony import */ var _image_steps_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3557);
/* harmony import */ var _image_target_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9141);
/**
 * The solve of the workflow's own commands: beside the check solve, in a bake process of its own, so that a
 * command that cannot even start takes no report with it. Pure.
 */



const COMMANDS = "commands";
const ENVIRONMENT = "SHIPSHAPE_COMMAND_ENV";
/**
 * Which base the commands get. An image that can be named is taken by its name; in a builder of its own it is solved
 * again.
 */
function baseOf(request, builder, { built, image }) {
    const { target } = request.commands;
    if (target === "" && image)
        return { from: "name", ...image };
    return {
        from: "graph",
        of: target === "" ? "image" : "stage",
        built,
        asBuilt: (0,_image_target_js__WEBPACK_IMPORTED_MODULE_0__/* .asBuilt */ .RX)(request, builder),
        annotations: (0,_image_target_js__WEBPACK_IMPORTED_MODULE_0__/* .manifestAnnotations */ .gc)(request, builder),
    };
}
/**
 * Whether the commands must wait for the image. What is FROM the engine's image needs it to be there. A step
 * that is never taken from the cache, or from a cache that only the check solve imports, would be made twice.
 */
function mustWait(request, builder, site) {
    const { build } = request;
    return ((request.commands.target === "" && builder.driver === "docker") ||
        build.noCache ||
        build.pull ||
        build.noCacheFilters.length > 0 ||
        site.cacheFrom.length > 0);
}
/** The solve that runs the commands and exports what each answered. */
function planCommands(request, site, base) {
    const stages = request.commands.lines.map((_, index) => stageOf(index + 1));
    const target = {
        context: site.probeContext,
        "dockerfile-inline": commandsDockerfile(stages, request),
        secret: [(0,_docker_bake_js__WEBPACK_IMPORTED_MODULE_1__/* .attributes */ .uK)({ id: "shipshape-env", env: ENVIRONMENT })],
        attest: _image_target_js__WEBPACK_IMPORTED_MODULE_0__/* .NO_ATTESTATIONS */ .Ir,
        // Tests are not deterministic: what they said once is not believed again.
        "no-cache-filter": stages,
        ...(0,_image_target_js__WEBPACK_IMPORTED_MODULE_0__/* .entitled */ .mQ)(request),
        output: [(0,_docker_bake_js__WEBPACK_IMPORTED_MODULE_1__/* .attributes */ .uK)({ type: "local", dest: site.commandsFolder })],
    };
    return {
        // The digest of a shipped image that is solved again is compared with that of the checked one.
        ...onBase(request, site, base, { name: COMMANDS, target, prove: true }),
        secrets: new Map([...(0,_image_target_js__WEBPACK_IMPORTED_MODULE_0__/* .buildSecrets */ .S_)(request.build).values, [ENVIRONMENT, site.commandEnvironment]]),
        limit: { step: _image_steps_js__WEBPACK_IMPORTED_MODULE_2__/* .isCommandStep */ .G4, seconds: request.commands.timeout + 60 },
    };
}
/**
 * The solve that copies files out of what the commands ran in, to compare them with the repository's.
 * @param files absolute paths of `COPYABLE` characters; one that is not there is passed over
 * @param folder gets the files, each in a folder by its index
 */
function planFiles(request, site, base, { files, folder }) {
    const copies = files.map((file, index) => `COPY --from=${_image_target_js__WEBPACK_IMPORTED_MODULE_0__/* .IMAGE */ .W1} ${maybe(file)} /${index}/`);
    const target = {
        context: site.probeContext,
        "dockerfile-inline": ["FROM scratch", ...copies, ""].join("\n"),
        attest: _image_target_js__WEBPACK_IMPORTED_MODULE_0__/* .NO_ATTESTATIONS */ .Ir,
        output: [(0,_docker_bake_js__WEBPACK_IMPORTED_MODULE_1__/* .attributes */ .uK)({ type: "local", dest: folder })],
    };
    const built = base.from === "graph" ? { ...base, built: true } : base;
    return {
        ...onBase(request, site, built, { name: "files", target, prove: false }),
        secrets: new Map((0,_image_target_js__WEBPACK_IMPORTED_MODULE_0__/* .buildSecrets */ .S_)(request.build).values),
        limit: { step: () => true, seconds: FILES_SECONDS },
    };
}
/** Paths that stand in a Dockerfile as they are. */
const COPYABLE = /^\/[\w.][\w./@+-]*[\w]$/;
/** Seconds that a step of the copying may take; nobody's verdict waits for it. */
const FILES_SECONDS = 60;
/**
 * A pattern for one path: it may match nothing, where a plain path that is not there ends the solve. BuildKit walks
 * the whole image for it, so only what may be missing is asked for in this way.
 */
function maybe(path) {
    return `/[${path.charAt(1)}]${path.slice(2)}`;
}
/** A target of ours with the base as its context `image`. */
function onBase(request, site, base, { name, target, prove }) {
    const allow = (0,_image_target_js__WEBPACK_IMPORTED_MODULE_0__/* .allowed */ .TQ)(request);
    if (base.from === "name") {
        const contexts = { [_image_target_js__WEBPACK_IMPORTED_MODULE_0__/* .IMAGE */ .W1]: base.context };
        return { file: { target: { [name]: { ...target, contexts } } }, targets: [name], allow };
    }
    const proves = prove && base.of === "image";
    const image = {
        ...(0,_image_target_js__WEBPACK_IMPORTED_MODULE_0__/* .imageTarget */ .bi)(request, site),
        ...(base.of === "image" ? (0,_image_target_js__WEBPACK_IMPORTED_MODULE_0__/* .inlineCache */ .sm)(site) : { target: request.commands.target }),
        ...(base.built ? base.asBuilt : {}),
        attest: _image_target_js__WEBPACK_IMPORTED_MODULE_0__/* .NO_ATTESTATIONS */ .Ir,
        annotations: base.annotations,
        output: [
            proves ? (0,_docker_bake_js__WEBPACK_IMPORTED_MODULE_1__/* .attributes */ .uK)({ type: "image", push: "false", "oci-mediatypes": "true" }) : "type=cacheonly",
        ],
    };
    const contexts = { [_image_target_js__WEBPACK_IMPORTED_MODULE_0__/* .IMAGE */ .W1]: `target:${_image_target_js__WEBPACK_IMPORTED_MODULE_0__/* .IMAGE */ .W1}` };
    return {
        file: { target: { [_image_target_js__WEBPACK_IMPORTED_MODULE_0__/* .IMAGE */ .W1]: image, [name]: { ...target, contexts } } },
        targets: proves ? [_image_target_js__WEBPACK_IMPORTED_MODULE_0__/* .IMAGE */ .W1, name] : [name],
        allow,
    };
}
/**
 * Our Dockerfile: a stage for each command, side by side; with the machine's network one after the other,
 * for there they may share a service (two test runs, one test database).
 */
function commandsDockerfile(stages, { checksNetwork: network, commands }) {
    const runs = stages.flatMap((stage, index) => {
        const before = stages[index - 1];
        const after = network === "host" && before !== undefined
            ? ` --mount=type=bind,from=${before},source=${_image_target_js__WEBPACK_IMPORTED_MODULE_0__/* .REPORT */ .ri},target=/.shipshape-before`
            : "";
        const command = ["/bin/sh", "/.shipshape-probe/run.sh", String(index + 1), String(commands.timeout)];
        return [
            `FROM ${_image_target_js__WEBPACK_IMPORTED_MODULE_0__/* .IMAGE */ .W1} AS ${stage}`,
            "COPY --chmod=1777 room/ /",
            `RUN --network=${network}` +
                " --mount=type=bind,source=probe,target=/.shipshape-probe" +
                " --mount=type=bind,source=commands,target=/.shipshape-commands" +
                " --mount=type=secret,id=shipshape-env,target=/.shipshape-env,mode=0444,required" +
                `${after} ${JSON.stringify(command)}`,
        ];
    });
    const copies = stages.map((stage, index) => (0,_image_target_js__WEBPACK_IMPORTED_MODULE_0__/* .exportReport */ .bz)(stage, `/${index + 1}/`));
    return [...runs, "FROM scratch", ...copies, ""].join("\n");
}
function stageOf(number) {
    return `command-${number}`;
}


/***/ }),

/***/ 1333:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ byWeight),
/* harmony export */   O: () => (/* binding */ reaches)
/* harmony export */ });
/* harmony import */ var _request_request_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7159);
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

/***/ 2517:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BX: () => (/* binding */ isSettingsCrash),
/* harmony export */   Ep: () => (/* binding */ conclude),
/* harmony export */   ZT: () => (/* binding */ countLevels)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var _finding_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1333);
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


/***/ }),

/***/ 482:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ platformsOf)
/* harmony export */ });
/* harmony import */ var _docker_bake_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(328);
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9874);
/* harmony import */ var _request_platforms_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8354);
/** Which platforms an image is built for, and on which of them the checks run. Pure. */



/**
 * The platforms of a build.
 * @throws {Failure} `Invalid input` when this builder could not run the checks on any of them, or not hold them
 */
function platformsOf({ platforms, cacheTo }, builder) {
    const checked = (0,_request_platforms_js__WEBPACK_IMPORTED_MODULE_1__/* .platformNamed */ .p)(builder.platforms[0] ?? "") ?? "";
    const others = platforms.filter((platform) => platform !== checked);
    if (platforms.length > 0 && others.length === platforms.length)
        throw new _failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR("Invalid input", `\`platforms\` has ${platforms.join(", ")}, and the checks run on the builder's own platform: ` +
            `${checked === "" ? `${builder.name} does not say which that is` : `that of ${builder.name} is ${checked}`}. ` +
            "Add it, or use a builder of one of these platforms (for linux/arm64: `runs-on: ubuntu-24.04-arm`).");
    if (others.length > 0 && builder.driver === "docker" && builder.store === "classic")
        throw new _failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR("Invalid input", "Several `platforms` need a builder that can hold them, and the engine's classic image store holds one. " +
            "Add docker/setup-buildx-action before this step, or turn on the containerd image store.");
    // What was done for one platform would be written into the image of another.
    if (others.length > 0 && builder.driver !== "docker" && cacheTo.some(_docker_bake_js__WEBPACK_IMPORTED_MODULE_2__/* .isInline */ .mO))
        throw new _failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR("Invalid input", "`cache-to: type=inline` writes the cache into the image, and with several `platforms` the image that is pushed " +
            "would not be the one that was checked. Use another type, like `type=registry` or `type=gha`.");
    return { checked, others };
}


/***/ }),

/***/ 3557:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G4: () => (/* binding */ isCommandStep),
/* harmony export */   GC: () => (/* binding */ isImageExport),
/* harmony export */   Nl: () => (/* binding */ commandOf),
/* harmony export */   U8: () => (/* binding */ isCaddyStep),
/* harmony export */   r4: () => (/* binding */ isProbeStep)
/* harmony export */ });
/** What BuildKit calls the steps of our own solves in its progress. No other file knows these names. */
/** Whether a step of BuildKit's progress takes the image of the check solve to where it is held. */
function isImageExport(name) {
    return /^\[image\] exporting to image$/.test(name);
}
/** Whether a step of BuildKit's progress is the RUN of our Dockerfile that starts the probe. */
function isProbeStep(name) {
    return /^\[(checks )?run \d+\/\d+\] RUN --network=\S+ --mount=type=bind,source=probe/.test(name);
}
/** Whether a step of BuildKit's progress is the one that asks Caddy. */
function isCaddyStep(name) {
    return /^\[(caddy )?caddy-run \d+\/\d+\] RUN --network=none --mount=type=bind,source=caddy\.sh/.test(name);
}
const STEP = /^\[(?:commands )?command-(\d+) \d+\/\d+\] RUN --network=/;
/** Whether a step of BuildKit's progress runs a command. */
function isCommandStep(name) {
    return STEP.test(name);
}
/** Which command a step runs, counted from 1; undefined when it runs none. */
function commandOf(name) {
    const number = STEP.exec(name)?.[1];
    return number === undefined ? undefined : Number(number);
}


/***/ }),

/***/ 9141:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F3: () => (/* binding */ planRelease),
/* harmony export */   Ir: () => (/* binding */ NO_ATTESTATIONS),
/* harmony export */   QN: () => (/* binding */ demandNetwork),
/* harmony export */   RX: () => (/* binding */ asBuilt),
/* harmony export */   S_: () => (/* binding */ buildSecrets),
/* harmony export */   TQ: () => (/* binding */ allowed),
/* harmony export */   W1: () => (/* binding */ IMAGE),
/* harmony export */   bi: () => (/* binding */ imageTarget),
/* harmony export */   bz: () => (/* binding */ exportReport),
/* harmony export */   dH: () => (/* binding */ planChecks),
/* harmony export */   gc: () => (/* binding */ manifestAnnotations),
/* harmony export */   mQ: () => (/* binding */ entitled),
/* harmony export */   ri: () => (/* binding */ REPORT),
/* harmony export */   sm: () => (/* binding */ inlineCache),
/* harmony export */   ui: () => (/* binding */ CHECKS),
/* harmony export */   wu: () => (/* binding */ isImage)
/* harmony export */ });
/* unused harmony exports RUN_STAGE, checksDockerfile */
/* harmony import */ var _docker_bake_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(328);
/* harmony import */ var _docker_builder_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(7234);
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9874);
/* harmony import */ var _request_platforms_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8354);
/* harmony import */ var _platforms_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(482);
/* harmony import */ var _steps_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3557);
/**
 * Request + Builder → what BuildKit is asked to solve. Pure: no I/O, no clock, no environment.
 *
 * The check solve holds the image and, FROM it, the checks. The release solve is the image alone, from the
 * builder's own cache, leaving it. The docker driver needs no second one: there the image was loaded under
 * a staging name, and the engine pushes that.
 */






/** Names of the targets in our bake files. */
const IMAGE = "image";
const CHECKS = "checks";
/** The stage of our Dockerfile that runs the probe. */
const RUN_STAGE = "run";
const CHECK_ENVIRONMENT = "SHIPSHAPE_CHECK_ENV";
/**
 * An image that the builder holds: nothing of it is asked for again, for that would be asking for another one.
 *
 * Solves that run at once share their steps, and BuildKit finds nothing in its cache behind a step that was executed as
 * long as any solve has it (moby/buildkit pull request 6955, of July 2026; behind a step without cache it still does not).
 * Two apps with the same first steps would take each other's image out of reach. `pull` makes other steps of the base
 * and of all that follow, with the same keys in the cache; so an image that is asked for again has the steps of no
 * image that is asked for with the same `pull`. Where a base may lie in the builder alone it cannot be pulled.
 */
function asBuilt({ build }, builder) {
    return { pull: !build.pull && !builder.hasOwnImages, "no-cache": false, "no-cache-filter": [] };
}
/** The solve that builds the image and checks it. Nothing leaves the builder. */
function planChecks(request, builder, site, how) {
    const named = typeof how.image === "object" ? how.image : undefined;
    const images = named ? {} : heldImages(request, builder, site, how);
    const checks = {
        context: site.probeContext,
        "dockerfile-inline": checksDockerfile(how.launch, request.checksNetwork),
        contexts: { [IMAGE]: named?.context ?? `target:${IMAGE}` },
        secret: [(0,_docker_bake_js__WEBPACK_IMPORTED_MODULE_3__/* .attributes */ .uK)({ id: "shipshape-env", env: CHECK_ENVIRONMENT })],
        attest: NO_ATTESTATIONS,
        // One target carries the caches, and it is this one: with several, an import hits by luck
        // (docker/buildx issues 414 and 3878), and with mode=max it holds the image's steps too. Without these steps it
        // would write a cache over them that has none.
        "cache-from": named ? [] : site.cacheFrom,
        "cache-to": named ? [] : site.cacheTo.filter((entry) => !(0,_docker_bake_js__WEBPACK_IMPORTED_MODULE_3__/* .isInline */ .mO)(entry)),
        ...(how.again || request.checksNetwork === "host" ? { "no-cache-filter": [RUN_STAGE] } : {}),
        ...entitled(request),
        output: [(0,_docker_bake_js__WEBPACK_IMPORTED_MODULE_3__/* .attributes */ .uK)({ type: "local", dest: site.reportFolder })],
    };
    return {
        file: { target: { ...images, [CHECKS]: checks } },
        targets: [...Object.keys(images), CHECKS],
        allow: allowed(request),
        secrets: new Map([...buildSecrets(request.build).values, [CHECK_ENVIRONMENT, site.checkEnvironment]]),
        // The probe ends its checks itself, and may try twice; this is for a probe that is stuck itself.
        limit: { step: _steps_js__WEBPACK_IMPORTED_MODULE_4__/* .isProbeStep */ .r4, seconds: 3 * request.timeout + 60 },
    };
}
/**
 * The image of the check solve. An engine holds all platforms as one image, which it pushes as it is. A builder of
 * its own gets a target for each of them, because the metadata of several as one does not name their manifests,
 * and those are compared with what is pushed.
 */
function heldImages(request, builder, site, how) {
    const platforms = (0,_platforms_js__WEBPACK_IMPORTED_MODULE_2__/* .platformsOf */ .W)(request.build, builder);
    const image = {
        ...imageTarget(request, site),
        ...(how.image === "built" ? asBuilt(request, builder) : {}),
        attest: heldAttestations(request, builder),
        annotations: builder.driver === "docker" ? request.build.annotations : manifestAnnotations(request, builder),
        output: [heldOutput(builder, site)],
        ...inlineCache(site),
    };
    if (builder.driver === "docker")
        return { [IMAGE]: { ...image, ...forAll(request, platforms) } };
    const others = platforms.others.map((platform) => [
        imageFor(platform),
        { ...image, annotations: manifestAnnotations(request, builder, platform), platforms: [platform] },
    ]);
    return { [IMAGE]: image, ...Object.fromEntries(others) };
}
/** The target of one more platform's image: `image-linux-arm64`. */
function imageFor(platform) {
    return `${IMAGE}-${platform.replaceAll("/", "-")}`;
}
/** Whether a target of the check solve is the image, or one more platform's. */
function isImage(target) {
    return target === IMAGE || target.startsWith(`${IMAGE}-`);
}
/** The image as one of several platforms. Without them a target is for the builder's own. */
function forAll({ build }, { others }) {
    return others.length === 0 ? {} : { platforms: build.platforms };
}
/** The solve of the image alone, from the builder's cache, that takes it out of a builder of its own. */
function planRelease(request, builder, site, destination) {
    const { to } = destination;
    const { platform = "" } = to === "engine" ? destination : {};
    const output = destination.to === "registry"
        ? (0,_docker_bake_js__WEBPACK_IMPORTED_MODULE_3__/* .attributes */ .uK)({
            type: "image",
            name: request.image,
            "push-by-digest": "true",
            "name-canonical": "true",
            push: "true",
            "oci-mediatypes": "true",
        })
        : (0,_docker_bake_js__WEBPACK_IMPORTED_MODULE_3__/* .attributes */ .uK)({ type: "docker", name: destination.name, "oci-mediatypes": "true" });
    const image = {
        ...imageTarget(request, site),
        ...(to === "registry" ? forAll(request, (0,_platforms_js__WEBPACK_IMPORTED_MODULE_2__/* .platformsOf */ .W)(request.build, builder)) : {}),
        ...(platform === "" ? {} : { platforms: [platform] }),
        ...asBuilt(request, builder),
        attest: to === "registry" ? askedAttestations(request) : NO_ATTESTATIONS,
        annotations: to === "registry" ? request.build.annotations : manifestAnnotations(request, builder, platform),
        output: [output],
        ...inlineCache(site),
    };
    return {
        file: { target: { [IMAGE]: image } },
        targets: [IMAGE],
        allow: request.build.allow,
        secrets: new Map(buildSecrets(request.build).values),
        sends: true,
    };
}
/** The entitlement of a step that uses the machine's network: the target asks, and the call allows it. */
const HOST_NETWORK = "network.host";
/** @throws {Failure} when the checks are to use a network that this builder does not share */
function demandNetwork({ checksNetwork }, builder) {
    if (checksNetwork === "none" || builder.hostNetwork)
        return;
    throw new _failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR("Invalid input", `\`checks-network: host\` needs a builder that shares the network of the job's machine, and ${builder.name}, a ` +
        `${builder.driver} builder, does not, or nobody can tell. Use the engine's own builder (leave out docker/setup-buildx-action, or ` +
        "give its step `driver: docker`), or make one that does: give docker/setup-buildx-action\n" +
        "driver-opts: network=host");
}
/** What a target of ours asks for when the checks may use the machine's network. */
function entitled({ checksNetwork }) {
    return checksNetwork === "host" ? { entitlements: [HOST_NETWORK] } : {};
}
/** What the call allows: what the workflow did, and what its checks need. */
function allowed({ build, checksNetwork }) {
    return checksNetwork === "host" ? [...new Set([...build.allow, HOST_NETWORK])] : build.allow;
}
/** The part of the image's target that must be the same in every solve, or the bytes would differ. */
function imageTarget(request, site) {
    const { build } = request;
    return {
        context: build.context,
        dockerfile: build.file,
        ...(build.target === "" ? {} : { target: build.target }),
        args: Object.fromEntries(build.args),
        contexts: Object.fromEntries(build.contexts),
        labels: { ...Object.fromEntries(site.labels), ...Object.fromEntries(build.labels) },
        annotations: build.annotations,
        secret: buildSecrets(build).targets,
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
/** Where the image is held until the verdict. */
function heldOutput(builder, { staging, keptImage }) {
    if (builder.driver !== "docker")
        return (0,_docker_bake_js__WEBPACK_IMPORTED_MODULE_3__/* .attributes */ .uK)({ type: "image", push: "false", "oci-mediatypes": "true" });
    // The classic store shares its layers with the build cache, and a name that moves on leaves an image behind.
    return (0,_docker_bake_js__WEBPACK_IMPORTED_MODULE_3__/* .attributes */ .uK)({
        type: "docker",
        name: builder.store === "containerd" ? `${staging},${keptImage}` : staging,
    });
}
const NO_ATTESTATIONS = ["type=provenance,disabled=true"];
/**
 * Attestations of the check solve. The docker driver's image is pushed as it is, so it carries its own; a
 * builder of its own makes them in the release solve, and the plain manifest is what is compared.
 * @throws {Failure} when the workflow asks for what this builder cannot do
 */
function heldAttestations(request, builder) {
    if (builder.driver !== "docker")
        return NO_ATTESTATIONS;
    if ((0,_docker_builder_js__WEBPACK_IMPORTED_MODULE_5__/* .canAttest */ .iY)(builder))
        return askedAttestations(request);
    const { provenance, sbom } = request.build;
    for (const [input, value] of [
        ["provenance", provenance],
        ["sbom", sbom],
    ]) {
        if (value !== "" && value !== "false")
            throw new _failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR("Invalid input", `\`${input}: ${value}\` needs a builder that can attest, and the engine's classic image store cannot. ` +
                "Turn on the containerd image store, use a docker-container builder " +
                `(docker/setup-buildx-action), or set \`${input}: false\`.`);
    }
    return NO_ATTESTATIONS;
}
/**
 * The annotations of one platform's manifest alone, empty = the one that is checked. Without attestations or several
 * platforms there is no index to annotate, and BuildKit refuses `index:…` there, and passes over the name of a
 * platform; the manifest's own are part of the bytes that are compared.
 */
function manifestAnnotations({ build }, builder, platform = "") {
    const { checked, others } = (0,_platforms_js__WEBPACK_IMPORTED_MODULE_2__/* .platformsOf */ .W)(build, builder);
    return build.annotations.flatMap((annotation) => {
        const [, levels = "", rest = ""] = /^([a-z,-]+(?:\[[^\]]*\])?(?:,[a-z-]+(?:\[[^\]]*\])?)*):(.*=.*)$/s.exec(annotation) ?? [];
        if (levels === "")
            return [annotation];
        const kept = levels
            .split(/,(?![^[]*\])/)
            .filter((level) => level.startsWith("manifest") && !level.startsWith("manifest-descriptor"))
            .flatMap((level) => (others.length === 0 ? level : levelFor(platform || checked, level)));
        return kept.length === 0 ? [] : [`${kept.join(",")}:${rest}`];
    });
}
/** `manifest[linux/arm64]` as `manifest` for that platform, and as nothing for another. */
function levelFor(platform, level) {
    const named = /\[(.*)\]$/.exec(level)?.[1];
    return named === undefined || (0,_request_platforms_js__WEBPACK_IMPORTED_MODULE_1__/* .platformNamed */ .p)(named) === platform ? [level.replace(/\[.*/, "")] : [];
}
function askedAttestations(request) {
    const { provenance, sbom } = request.build;
    const asked = [attestation("provenance", provenance === "" ? "mode=min" : provenance)];
    if (sbom !== "" && sbom !== "false")
        asked.push(attestation("sbom", sbom));
    return asked;
}
function attestation(type, value) {
    if (value === "false")
        return `type=${type},disabled=true`;
    return value === "true" ? `type=${type}` : `type=${type},${value}`;
}
/** `cache-to: type=inline` is part of the image itself, so it goes with the image into every solve. */
function inlineCache(site) {
    const inline = site.cacheTo.filter(_docker_bake_js__WEBPACK_IMPORTED_MODULE_3__/* .isInline */ .mO);
    return inline.length === 0 ? {} : { "cache-to": inline };
}
/** Build secrets go by environment or by the workflow's own file: a value is never written to disk. */
function buildSecrets(build) {
    const values = [];
    const targets = build.secrets.map((secret, index) => {
        if (secret.from === "file")
            return (0,_docker_bake_js__WEBPACK_IMPORTED_MODULE_3__/* .attributes */ .uK)({ id: secret.id, src: secret.path });
        const variable = `SHIPSHAPE_BUILD_SECRET_${index}`;
        values.push([variable, secret.value]);
        return (0,_docker_bake_js__WEBPACK_IMPORTED_MODULE_3__/* .attributes */ .uK)({ id: secret.id, env: variable });
    });
    return { targets, values };
}
/**
 * Our Dockerfile. Old features only and no syntax line, so that every builder's own frontend takes it.
 * RUN knows no ENTRYPOINT; `--network=none` is written out because on some builders the default is the
 * machine's own network; `--chmod` reaches what lies below `room/`, so that any USER can write its report.
 */
function checksDockerfile(launch, network) {
    const command = launch.by === "shell"
        ? ["/bin/sh", "/.shipshape-probe/launch.sh", ...(launch.python === "" ? [] : [launch.python])]
        : [launch.python, "/.shipshape-probe/probe.py", ...(launch.guess ? ["--launched"] : [])];
    return [
        `FROM ${IMAGE} AS ${RUN_STAGE}`,
        "COPY --chmod=1777 room/ /",
        `RUN --network=${network}` +
            " --mount=type=bind,source=probe,target=/.shipshape-probe" +
            " --mount=type=secret,id=shipshape-env,target=/.shipshape-env,mode=0444,required" +
            ` ${JSON.stringify(command)}`,
        "FROM scratch",
        exportReport(RUN_STAGE),
        "",
    ].join("\n");
}
/** Where a container of ours leaves what it has to say; the context's `room/` has this folder. */
const REPORT = "/.shipshape/report";
/**
 * The line that takes a stage's report out. The path is plain and the folder is two levels deep, for BuildKit's sake:
 * for a pattern it walks the whole image, and for any path all that lies in the parent folder (measured with
 * python:3.13-slim: 1 s, in which nothing else happens).
 */
function exportReport(stage, to = "/") {
    return `COPY --from=${stage} ${REPORT}/ ${to}`;
}


/***/ }),

/***/ 4310:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ showProgress),
/* harmony export */   k: () => (/* binding */ INTERNAL)
/* harmony export */ });
/* harmony import */ var _docker_words_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8880);
/* harmony import */ var _image_steps_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3557);
/** The build as people watch it: each step when it is done, and what it prints while it runs. */


const WORTH_A_WORD = 100_000;
/** Steps that only we and BuildKit care for. */
const INTERNAL = new RegExp([
    "\\[(\\S+ )*internal\\]",
    "\\[auth\\]",
    "\\[context image\\]",
    "resolve image config",
    "(\\[\\S+\\] )?exporting to client",
    // Bake's target, which is there only when several are solved, our stages, and what we do in them.
    "\\[((checks|commands|caddy) )?(run|command-\\d+|caddy-run|stage-\\d+) \\d+/\\d+\\] " +
        "(RUN --network=\\S+ --mount=type=bind,source=(probe|caddy)|COPY caddyfiles/ /|COPY --chmod=1777 room/|COPY --from=\\S+ /(\\.|\\[\\.\\])shipshape)",
]
    .map((one) => `^${one}`)
    .join("|"));
/**
 * Listeners that write to the log and into the trace, one for each solve, with the commands that `run` has for their
 * steps. Solves side by side share steps: the solve that told of a step first goes on telling of it.
 */
function showProgress(log, commands, trace) {
    const tellers = new Map();
    return () => {
        const teller = {};
        return (event) => {
            trace.hear(event);
            if (event.type === "warning")
                return;
            const told = tellers.get(event.step) ?? teller;
            tellers.set(event.step, told);
            const command = commands[((0,_image_steps_js__WEBPACK_IMPORTED_MODULE_0__/* .commandOf */ .Nl)(event.name) ?? 0) - 1];
            const title = command === undefined ? step(event.name) : `[run] ${command}`;
            if (told === teller)
                show(event, title, { log, isOurs: command === undefined && INTERNAL.test(event.name) });
        };
    };
}
function show(event, title, { log, isOurs }) {
    if (event.type === "log" && !isOurs)
        log.line(`  ${event.line}`);
    if (event.type === "started" && !isOurs)
        log.line(title);
    if (event.type === "running" && !isOurs) {
        const doing = event.doing === "" ? "" : ` (${event.doing})`;
        log.line(`${title}${doing} … still running, ${event.seconds.toFixed(0)} s${moved(event.bytes)}`);
    }
    if (event.type !== "completed" || (isOurs && !event.error))
        return;
    if (event.error)
        log.line(`${title} … ERROR: ${event.error}`);
    else if (event.cached)
        log.line(`${title} … cached`);
    else if (event.seconds >= 0.1)
        log.line(`${title} … ${event.seconds.toFixed(1)} s${moved(event.bytes)}`);
}
/** What a step brought over the network, when it is worth a word. */
function moved(bytes) {
    return bytes < WORTH_A_WORD ? "" : `, ${(0,_docker_words_js__WEBPACK_IMPORTED_MODULE_1__/* .sizeText */ .lP)(bytes)}`;
}
/**
 * `[image build 3/7] RUN make` → `[build 3/7] RUN make`: bake's target is ours, not the user's. Of one more platform's
 * (`[image-linux-arm64 …`) the platform stays.
 */
function step(name) {
    return name
        .replace(/^\[(?:image|checks|commands|caddy)\S*\] /, "")
        .replace(/^\[(?:(?:image|checks|commands|caddy|caddy-image) |image-)/, "[")
        .replace(/^\[caddy-run /, "[caddy ")
        .replace(/\s+/g, " ")
        .slice(0, 300);
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
/* harmony export */   n9: () => (/* binding */ skippedTexts),
/* harmony export */   qn: () => (/* binding */ besidesFailure)
/* harmony export */ });
/* unused harmony export placeText */
/* harmony import */ var _checks_verdict_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2517);
/* harmony import */ var _docker_words_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8880);
/** Findings and verdicts as plain text, for the log and the annotations. Pure. */


/** A name that the others' columns are lined up with; a longer one, of a command, stands out. */
const LONGEST_NAME = 40;
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
/** A line a check: `failed   system      3 findings, 0.4 s`. */
function checkTexts(checks) {
    const width = Math.max(...checks.map(({ name }) => (name.length > LONGEST_NAME ? 0 : name.length)), 0);
    return checks.map(({ name, status, findings, silenced, seconds, cached }) => {
        const count = `${findings} finding${findings === 1 ? "" : "s"}`;
        const hidden = silenced > 0 ? `, ${silenced} silenced by the project` : "";
        const time = cached ? "cached" : `${seconds.toFixed(1)} s`;
        return `${status.padEnd(7)}  ${name.padEnd(width)}  ${count}${hidden}, ${time}`;
    });
}
/** What was left out and why, a line for each reason. */
function skippedTexts({ checks }) {
    const reasons = new Map();
    for (const { name, status, skipped = "" } of checks)
        if (status === "skipped")
            reasons.set(skipped, [...(reasons.get(skipped) ?? []), name]);
    return [...reasons].map(([reason, names]) => `Skipped ${list(names)}: ${reason}.`);
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
/**
 * The findings that are told beside the failure: settings that cannot be loaded are the failure itself, and
 * its text has all of that finding.
 */
function besidesFailure(findings, failure) {
    return failure?.kind === "Checks could not run"
        ? findings.filter((one) => !(0,_checks_verdict_js__WEBPACK_IMPORTED_MODULE_0__/* .isSettingsCrash */ .BX)(one))
        : findings;
}
/** What `ignore` took away. A rule that matched nothing is told only where every check came to an answer. */
function ignoredTexts({ ignored, checks }) {
    const allRan = checks.every(({ status }) => status !== "error");
    return ignored
        .filter(({ findings }) => findings > 0 || allRan)
        .map(({ rule, findings }) => findings > 0 ? `ignored by \`${rule}\`: ${findings}` : `\`ignore: ${rule}\` matched nothing`);
}
/** Why the checks stop the step: what failed, and the worst findings, first line each. */
function checksFailedText(verdict, failLevel) {
    const failures = verdict.checks.filter(({ status }) => status === "failed");
    const failed = failures.map(({ name }) => name);
    const commands = failures.filter(({ exitCode }) => exitCode !== undefined).map(({ name }) => name);
    const checks = failed.filter((name) => !commands.includes(name));
    const own = verdict.findings.filter(({ check }) => failed.includes(check));
    const counted = own.filter(({ check }) => checks.includes(check));
    // A command may have run in another stage than the shipped one.
    const what = [
        ...(checks.length === 0
            ? []
            : [`The image did not pass ${list(checks)}: ${(0,_checks_verdict_js__WEBPACK_IMPORTED_MODULE_0__/* .countLevels */ .ZT)(counted)} (fail-level is ${failLevel}).`]),
        ...(commands.length === 0 ? [] : [`${list(commands.map((name) => `\`${name}\``))} failed.`]),
        "Nothing was pushed.",
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
            ...(counted.some(({ hint }) => hint !== "") ? ["The log has their hints."] : []),
            ...(own.every(({ id }) => id === "run.failed")
                ? []
                : ["A finding that you accept goes by its id into `ignore`."]),
        ].join(" "),
    ]
        .filter((line) => line !== "")
        .join("\n");
}
/** Why there is no verdict. */
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
/** How many of several platforms were checked; empty where there is only one. */
function platformsText({ platforms }) {
    if (platforms === undefined || platforms.others.length === 0)
        return "";
    return `1 of ${platforms.others.length + 1} platforms checked: ${platforms.checked}`;
}
/** The last lines of the log: verdict, tag, digest, what next. */
function closingText(outcome) {
    const { release, held, request, failure } = outcome;
    // The failure itself follows as an annotation, which the runner prints.
    if (failure && release)
        return `${failure.kind}, after ${release.ref} was released at ${release.digest}.`;
    if (failure)
        return `${failure.kind}. ${held ? `Built ${held.digest}; not released.` : "Nothing was released."}`;
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
    return `Image: ${(0,_docker_words_js__WEBPACK_IMPORTED_MODULE_1__/* .sizeText */ .lP)(bytesOf(full))}${layers?.packed ? " compressed" : ""} in ${full.length} layer${full.length === 1 ? "" : "s"}`;
}
/** An instruction like ENV makes a layer of no bytes. */
function layersWithBytes(layers) {
    return layers?.all.filter(({ bytes }) => bytes > 0) ?? [];
}
/** What layers weigh together. */
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
