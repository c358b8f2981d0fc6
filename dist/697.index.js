export const id = 697;
export const ids = [697];
export const modules = {

/***/ 2697:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  build: () => (/* binding */ build)
});

// EXTERNAL MODULE: external "node:perf_hooks"
var external_node_perf_hooks_ = __webpack_require__(643);
// EXTERNAL MODULE: ./build/plan/commands.js
var commands = __webpack_require__(8237);
// EXTERNAL MODULE: ./build/plan/plan.js
var plan = __webpack_require__(1772);
// EXTERNAL MODULE: ./build/engine/words.js
var engine_words = __webpack_require__(7751);
;// CONCATENATED MODULE: ./build/engine/blame.js
/**
 * Who is to blame for a solve that failed: the user's Dockerfile, the step that starts the probe, or the
 * builder itself. Exit codes say nothing (bake's is 1 for everything), and the target in bake's last line
 * is often the wrong one, because targets share steps; so the failed steps' own names decide.
 */



const CANCELED = /(^|: )context canceled$|^CANCELED$/i;
/** A step of our own Dockerfile and of no other. */
const OURS = /^\[checks (run|stage-\d+) \d+\/\d+\] /;
const ONBUILD = /^\[(checks )?run \d+\/\d+\] ONBUILD /;
/** A step of a Dockerfile, with or without bake's target before it: `[image build 3/7] RUN make`. */
const STEP = /^\[(?:\S+ )*\d+\/\d+\] (.*)$/s;
/** Reads a failed solve's progress and last words. */
function blame(progress, stderr) {
    const reason = (0,engine_words/* lastWord */.b)(stderr);
    const failed = progress.vertexes.filter((one) => one.error !== undefined && !CANCELED.test(one.error));
    const run = failed.find((one) => [...one.names].some(plan/* isProbeStep */.r4));
    if (run)
        return { part: "probe", missing: missingProgram(run.log), reason: ownReason(run), log: run.log };
    const command = failed.find((one) => [...one.names].some(commands/* isCommandStep */.G4));
    if (command)
        return { part: "command", missing: missingProgram(command.log), reason: ownReason(command) };
    const onbuild = failed.find(({ names }) => [...names].every((name) => ONBUILD.test(name)));
    if (onbuild)
        return { part: "onbuild", step: stepOf(onbuild), reason: ownReason(onbuild), log: onbuild.log };
    const ours = failed.find((one) => one.names.size > 0 && [...one.names].every((name) => OURS.test(name)));
    if (ours)
        return { part: "probe", missing: "", reason: ownReason(ours), log: ours.log };
    const { line, excerpt } = readExcerpt(progress.plain);
    const step = failed.find((one) => stepOf(one) !== "");
    if (step || line !== undefined) {
        return {
            part: "dockerfile",
            step: step ? stepOf(step) : "",
            line: line ?? parseErrorLine(reason),
            excerpt,
            reason: step ? ownReason(step) : withoutTarget(reason),
            log: step?.log ?? "",
        };
    }
    const parseError = parseErrorLine(reason);
    if (parseError !== undefined || /target stage ".*" could not be found/.test(reason)) {
        return {
            part: "dockerfile",
            step: "",
            line: parseError,
            excerpt: "",
            reason: withoutTarget(reason),
            log: "",
        };
    }
    const error = failed[0]?.error;
    return { part: "builder", reason: withoutTarget(reason) || error || "the builder gave no reason" };
}
/** True when the image has no `/bin/sh`, so that the launcher could not even start. */
function hasNoShell(one) {
    return one.part === "probe" && one.missing === "/bin/sh";
}
/** The program that the engine could not start, from its own log line; empty when that was not it. */
function missingProgram(log) {
    return (/exec: "([^"]+)": (?:stat .*no such file|executable file not found|permission denied)/.exec(log)?.[1] ??
        "");
}
function stepOf(vertex) {
    for (const name of vertex.names) {
        const step = STEP.exec(name)?.[1];
        if (step !== undefined)
            return step;
    }
    return "";
}
function ownReason(vertex) {
    const code = /did not complete successfully: exit code: (\d+)/.exec(vertex.error ?? "")?.[1];
    return code === undefined ? (vertex.error ?? "") : `exit code ${code}`;
}
/** `dockerfile parse error on line 2: …`. */
function parseErrorLine(reason) {
    const line = /parse error on line (\d+)/.exec(reason)?.[1];
    return line === undefined ? undefined : Number(line);
}
function withoutTarget(reason) {
    return reason.replace(/^target \S+: /, "").replace(/^failed to solve: /, "");
}
/**
 * The excerpt that follows the JSON lines: `Dockerfile:3`, a line of dashes, numbered lines with `>>>` at
 * the instruction, a line of dashes. The line is the first marked one.
 */
function readExcerpt(plain) {
    const start = plain.findIndex((line, index) => /^(?!bake\.json:).+:\d+$/.test(line) && /^-{4,}$/.test(plain[index + 1] ?? ""));
    if (start < 0)
        return { line: undefined, excerpt: "" };
    const end = plain.findIndex((line, index) => index > start + 1 && /^-{4,}$/.test(line));
    const lines = plain.slice(start + 2, end < 0 ? undefined : end);
    const marked = lines.find((line) => line.includes(">>>")) ?? "";
    const number = /^\s*(\d+) \|/.exec(marked)?.[1] ?? /:(\d+)$/.exec(plain[start] ?? "")?.[1];
    return { line: number === undefined ? undefined : Number(number), excerpt: lines.join("\n") };
}

// EXTERNAL MODULE: ./build/failure.js
var failure = __webpack_require__(3829);
;// CONCATENATED MODULE: ./build/engine/failures.js
/** Sentences for solves that failed: what is wrong, where, what to do next. Pure. */


/** Lines of a step's log that the error shows; the whole is in the log above. */
const SHOWN = 12;
/** The failure that a blamed solve ends the step with. */
function buildFailure(blame, build) {
    switch (blame.part) {
        case "dockerfile":
            return inDockerfile(blame, build);
        case "onbuild":
            return new failure/* Failure */.H("Checks could not run", `The shipped image has an ONBUILD instruction that fails in any image built from it, and the checks ` +
                `are built from it: ${blame.step} (${blame.reason}).${logged(blame.log)}\n` +
                "Take ONBUILD out of the stage that is shipped (it belongs into base images only).");
        case "probe":
            return new failure/* Failure */.H("Checks could not run", blame.missing === ""
                ? `The probe could not be started in the image: ${blame.reason}.${logged(blame.log)}`
                : `The image has no ${blame.missing}. Give the full path of its Python interpreter with the input \`python\`.`);
        case "command":
        case "builder":
            return fromBuilder(blame.reason);
    }
}
/** The failure of the release solve: the image was checked, and then did not leave the builder. */
function releaseFailure(blame, build, { to }) {
    if (blame.part === "builder" && to === "registry")
        return refused("The image could not be pushed", blame.reason);
    if (blame.part === "builder")
        return new failure/* Failure */.H("Publish failed", `The image could not be loaded into the local engine: ${blame.reason}${next(blame.reason, "")}`);
    const { message, place } = buildFailure(blame, build);
    return new failure/* Failure */.H("Publish failed", message, place);
}
/** A refusal in the registry's words, with what helps against it. */
function refused(what, reason) {
    return new failure/* Failure */.H("Publish failed", `${what}: ${reason}. ${advice((0,engine_words/* wordsOf */.Z)(reason))}`);
}
function advice(words) {
    if (/401 Unauth|403 Forbidden|denied|unauthorized|forbidden|insufficient_scope|no basic auth/i.test(words))
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
    const detail = blame.log === "" ? excerpt(blame.excerpt) : logged(blame.log);
    const place = build.contextIsRemote || blame.line === undefined
        ? undefined
        : { file: build.fileShown, line: blame.line };
    return new failure/* Failure */.H("Build failed", `${where}: ${what}${next(blame.reason, blame.log)}${detail}`, place);
}
function fromBuilder(reason) {
    return new failure/* Failure */.H("Build failed", `${reason || "The builder gave no reason"}${next(reason, "")}`);
}
/**
 * What to do about the reasons that come again and again. A step's own log is the program's word and not the
 * engine's (a program may print "429" or "not found"), so little is read from it.
 */
function next(reason, log) {
    const found = ADVICE.find(([pattern]) => pattern.test(reason)) ?? IN_A_LOG.find(([pattern]) => pattern.test(log));
    return found ? `. ${found[1]}` : "";
}
const IN_A_LOG = [
    [
        /no space left on device/i,
        "The disk is full: free space in a step before this one (`docker system prune`, or remove tools that the job does not need).",
    ],
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
function excerpt(text) {
    return text === "" ? "" : `\n${text}`;
}
function oneLine(text) {
    const line = text.replace(/\s+/g, " ");
    return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}

// EXTERNAL MODULE: ./build/plan/platforms.js
var plan_platforms = __webpack_require__(9147);
// EXTERNAL MODULE: ./build/engine/engine.js + 7 modules
var engine_engine = __webpack_require__(1528);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
;// CONCATENATED MODULE: ./build/publish/retry.js
/** Which refusals of a registry pass by themselves, and how often they are asked again. */


/** Seconds before the second, third and fourth try. */
const PAUSES = [1, 4, 10];
/** Too many requests, a fault of the server, a lost connection. Not: no credentials, no right, no such thing. */
function passesByItself(reason) {
    const words = (0,engine_words/* wordsOf */.Z)(reason);
    if (FOR_GOOD.test(words))
        return false;
    return PASSING.test(words);
}
const FOR_GOOD = /\b40[134] [A-Z]|unauthorized|denied|forbidden|not found|insufficient_scope/i;
const PASSING = /\b(429|500|502|503|504) [A-Z]|status(?: code)?:? (429|5\d\d)\b|too ?many ?requests|connection reset|broken pipe|\bEOF\b|TLS handshake timeout|i\/o timeout|timeout awaiting|no answer in time|connection refused|temporar/i;
/** Tries `attempt` again, a few times, while its refusal passes by itself. */
async function withRetries(attempt, { say, signal }, pauses = PAUSES) {
    let done = await attempt();
    for (const pause of pauses) {
        if (done.ok || signal.aborted || !passesByItself(done.reason))
            return done;
        say(`${done.reason}; trying again in ${pause} s`);
        await (0,promises_.setTimeout)(pause * 1000, undefined, { signal }).catch(() => { });
        if (signal.aborted)
            return done;
        done = await attempt();
    }
    return done;
}

;// CONCATENATED MODULE: ./build/publish/rule.js
/** Characters that the reference grammar gives a tag. */
const LONGEST_TAG = 128;
/**
 * Rules on one tag.
 * @param tag the tag that was looked at: the wished one, or the one of a former ruling's `try`
 */
function rule(tag, state, terms) {
    const { attempt } = terms.run;
    const ref = `${terms.image}:${tag}`;
    switch (state.state) {
        case "free":
            return {
                do: "write",
                tag,
                notice: tag === terms.tag
                    ? ""
                    : `${terms.image}:${terms.tag} is there with other bytes, from an earlier attempt of this run; this attempt gets \`${tag}\`.`,
            };
        case "same":
            return { do: "keep", tag, digest: state.digest };
        case "unknown":
            if (terms.existingTag === "overwrite")
                return { do: "write", tag, notice: "" };
            return {
                do: "ask again",
                tag,
                why: `The registry does not say whether ${ref} is already there: ${state.reason}.`,
            };
        case "other":
            break;
    }
    if (terms.existingTag === "overwrite")
        return { do: "write", tag, notice: `${ref} was ${state.digest}.` };
    const own = `${terms.tag}-${attempt}`;
    if (terms.existingTag === "auto" && attempt > 1 && tag === terms.tag && own.length <= LONGEST_TAG)
        return { do: "try", tag: own };
    return {
        do: "refuse",
        why: `${ref} is already in the registry with other bytes (${state.digest}), and it is not overwritten. ` +
            "Run numbers are counted for each workflow, so two workflows that push to one repository, or two jobs " +
            "of a matrix, meet here: give each its own `image` or its own `tag` " +
            "(`tag: build-${{ github.run_number }}-web`). To replace the tag on purpose: `existing-tag: overwrite`.",
    };
}
/** Whether what the registry has are our bytes. */
function compare(look, ours, theirConfigs) {
    const theirs = ours.by === "configs" ? theirConfigs : look.platforms.map(({ digest }) => digest);
    return { state: sameSet(theirs, ours.digests) ? "same" : "other", digest: look.digest };
}
/** Whether both have the same digests, in any order; one that could not be read is never the same. */
function sameSet(theirs, ours) {
    const known = theirs.filter((digest) => digest !== undefined);
    return known.length === theirs.length && known.sort().join() === [...ours].sort().join();
}

;// CONCATENATED MODULE: ./build/publish/handover.js





/** The way that goes with the builder's driver. */
function handoverOf(builder, way) {
    if (builder.driver !== "docker")
        return fromOwnBuilder(way);
    return builder.store === "containerd" ? fromContainerdStore(way) : fromClassicStore(way);
}
/** The engine holds the image under its staging name and pushes it from there. */
function fromEngine(way, readBack) {
    const { engine, held, platforms, request, staging, leftovers } = way;
    const name = async (ref) => {
        const named = await engine.rename(staging, ref);
        if (!named.ok)
            throw refused(`The image could not be named ${ref}`, named.reason);
    };
    return {
        async identity() {
            if (held.config !== undefined && platforms.others.length === 0)
                return { by: "configs", digests: [held.config] };
            // With attestations or several platforms bake names no config; without them it does, of the same image.
            const digests = [];
            for (const platform of ["", ...platforms.others]) {
                const plain = `${staging}-plain${platform.replaceAll("/", "-")}`;
                leftovers.add(plain);
                const metadata = await way.release({ to: "engine", name: plain, platform });
                digests.push((0,engine_engine/* digestIn */.s)(metadata, "containerimage.config.digest"));
            }
            return { by: "configs", digests };
        },
        async deliver(ref) {
            leftovers.add(ref);
            await name(ref);
            const pushed = await withRetries(() => engine.push(ref), way);
            if (!pushed.ok)
                throw refused(`${ref} could not be pushed`, pushed.reason);
            // From here on only the registry's copy counts, unless the image is to be loaded too.
            if (!request.load)
                leftovers.begin();
            return readBack(ref);
        },
        givesTag: true,
        prove: async () => { },
        tag: async () => ({ ok: true }),
        async load(ref) {
            await name(ref);
            leftovers.keep(ref);
        },
    };
}
/** The containerd store pushes the very manifests that it holds, so the registry's digest is the held one. */
function fromContainerdStore(way) {
    return fromEngine(way, async () => way.held.digest);
}
/** The classic store makes the manifest while it pushes; the config digest in it proves the bytes. */
function fromClassicStore(way) {
    return fromEngine(way, async (ref) => {
        const [look, config] = await Promise.all([way.engine.look(ref), way.engine.configDigest(ref)]);
        if (look.state !== "there" || config !== way.held.digest)
            throw otherBytes(way.held.digest, config ?? "nothing that can be read", `${ref} points to it: do not deploy it`);
        return look.digest;
    });
}
/** A builder of its own pushes by digest; only when the manifests are the checked ones comes the tag. */
function fromOwnBuilder(way) {
    const { engine, held, request } = way;
    return {
        identity: async () => ({ by: "manifests", digests: held.manifests }),
        async deliver() {
            const metadata = await way.release({ to: "registry" });
            return (0,engine_engine/* digestIn */.s)(metadata, "containerimage.digest");
        },
        givesTag: false,
        async prove(digest) {
            const look = await engine.look(`${request.image}@${digest}`);
            if (look.state !== "there") {
                const reason = look.state === "free" ? "not found" : look.reason;
                throw refused(`${digest} was pushed, but cannot be read back`, reason);
            }
            const pushed = look.platforms.map((platform) => platform.digest);
            if (!sameSet(pushed, held.manifests))
                throw otherBytes(held.manifests.join(", "), pushed.join(", "), NO_TAG);
        },
        tag: (pinned, ref) => engine.promote(pinned, ref),
        async load(ref) {
            const metadata = await way.release({ to: "engine", name: ref });
            const loaded = (0,engine_engine/* digestIn */.s)(metadata, "containerimage.digest");
            if (loaded === held.digest)
                return;
            await engine.forget([ref]);
            throw otherBytes(held.digest, loaded, "it is not kept");
        },
    };
}
const NO_TAG = "it gets no tag";
function otherBytes(checked, delivered, so) {
    return new failure/* Failure */.H("Publish failed", `The image that was checked is ${checked}; what left the builder is ${delivered}, and ${so}. The ` +
        "builder's cache was cleared between the two, or the Dockerfile builds something else each time and was " +
        "built again. Run the job again; if it happens often, give the builder more room for its cache.");
}

;// CONCATENATED MODULE: ./build/publish/leftovers.js
class Leftovers {
    #engine;
    #names = new Set();
    #going = [];
    constructor(engine) {
        this.#engine = engine;
    }
    /** A name that is to go. */
    add(name) {
        this.#names.add(name);
    }
    /** A name that is to stay after all. */
    keep(name) {
        this.#names.delete(name);
    }
    /** Begins to remove what is there, beside whatever comes next. */
    begin() {
        if (this.#names.size === 0)
            return;
        const going = this.#engine.forget([...this.#names]);
        this.#names.clear();
        // Its failure is told by `end`.
        going.catch(() => { });
        this.#going.push(going);
    }
    /** Removes the rest and waits for all of it. */
    async end() {
        this.begin();
        for (const done of await Promise.all(this.#going))
            if (!done.ok)
                return done;
        return { ok: true };
    }
}

// EXTERNAL MODULE: ./build/request/reference.js
var reference = __webpack_require__(4052);
;// CONCATENATED MODULE: ./build/publish/publish.js





/**
 * Publishes the image that passed.
 * @throws {Failure} `Publish failed`
 */
async function publish(desk) {
    const { handover, request } = desk;
    const first = await ruleOnTag(desk, desk.looked);
    if (first.do === "keep")
        return keep(desk, first);
    // A push under the tag might overwrite what nobody could see.
    if (first.do === "ask again" && handover.givesTag)
        throw untold(first.why, BEFORE_A_PUSH);
    const digest = await handover.deliver((0,reference/* ref */.KR)(request.image, first.tag));
    // An upload takes minutes, in which another run may give the tag; and a registry that knew nothing of the
    // repository knows it now. So where the tag is given only now, ask again.
    const ruling = handover.givesTag ? first : await ruleAgain(desk, digest);
    if (ruling.do === "keep")
        return keep(desk, ruling);
    if (ruling.do === "ask again")
        throw untold(ruling.why, afterAPush(digest));
    if (ruling.notice !== "")
        desk.notice(ruling.notice);
    const ref = (0,reference/* ref */.KR)(request.image, ruling.tag);
    const tagged = await withRetries(() => handover.tag((0,reference/* pinned */.dp)(request.image, digest), ref), desk);
    if (!tagged.ok)
        throw refused(`${ref} could not be tagged`, tagged.reason);
    await readBack(desk, ref, digest);
    return complete(desk, ruling.tag, digest, "written");
}
async function ruleAgain(desk, digest) {
    const [ruling] = await Promise.all([ruleOnTag(desk, undefined), desk.handover.prove(digest)]);
    return ruling;
}
const BEFORE_A_PUSH = "Log in before this step (docker/login-action) with an account that may read and write this repository. " +
    "Where you are logged in, the repository may not exist yet, and the engine's own builder can only push under the " +
    "tag: create the repository, or add docker/setup-buildx-action before this step, whose builder pushes without a " +
    "tag first and then asks again.";
function afterAPush(digest) {
    return `It took the image without a tag, as ${digest}: give the account the right to read this repository too.`;
}
function untold(why, next) {
    return new failure/* Failure */.H("Publish failed", `${why} ${next}`);
}
function keep(desk, { tag, digest }) {
    desk.say(`${(0,reference/* ref */.KR)(desk.request.image, tag)} is already there with these bytes`);
    return complete(desk, tag, digest, "already there");
}
async function readBack({ engine }, ref, digest) {
    const back = await engine.look(ref);
    if (back.state === "there" && back.digest === digest)
        return;
    throw new failure/* Failure */.H("Publish failed", `${ref} was pushed as ${digest}, but the registry now has ${shown(back)} there. Another run may have ` +
        "moved the tag at the same moment; do not deploy it, and give each workflow its own tags.");
}
/** Applies the tag rule, looking at the registry as often as it asks. */
async function ruleOnTag(desk, looked) {
    const { request } = desk;
    let tag = request.tag;
    let look = looked;
    for (;;) {
        const ruling = rule(tag, await stateOf(desk, tag, look), request);
        if (ruling.do === "refuse")
            throw new failure/* Failure */.H("Publish failed", ruling.why);
        if (ruling.do !== "try")
            return ruling;
        tag = ruling.tag;
        look = undefined;
    }
}
async function stateOf(desk, tag, looked) {
    const { engine, request, handover } = desk;
    // What could not be told beside the build is asked once more.
    const look = looked === undefined || looked.state === "unknown"
        ? await engine.look((0,reference/* ref */.KR)(request.image, tag))
        : looked;
    if (look.state !== "there")
        return look;
    const ours = await handover.identity();
    const configs = ours.by === "configs"
        ? await Promise.all(look.platforms.map(({ digest }) => engine.configDigest((0,reference/* pinned */.dp)(request.image, digest))))
        : [];
    return compare(look, ours, configs);
}
/**
 * Further tags move to the released digest; a refused one is a warning, for the release stands. The wished
 * tag is never among them: a re-run that got a tag of its own must not move it after all.
 */
async function complete(desk, tag, digest, how) {
    const { request, engine } = desk;
    const pinned = (0,reference/* pinned */.dp)(request.image, digest);
    const further = request.tags.filter((one) => one !== tag && one !== request.tag);
    const moved = await Promise.all(further.map(async (one) => {
        const done = await withRetries(() => engine.promote(pinned, (0,reference/* ref */.KR)(request.image, one)), desk);
        if (!done.ok)
            desk.warn(`The further tag ${(0,reference/* ref */.KR)(request.image, one)} was not moved: ${done.reason}. ${tag} itself stands.`);
        return done.ok;
    }));
    const tags = further.filter((_, index) => moved[index]);
    return { tag, ref: (0,reference/* ref */.KR)(request.image, tag), digest, pinned, how, tags };
}
function shown(look) {
    if (look.state === "there")
        return look.digest;
    return look.state === "free" ? "nothing" : `no answer (${look.reason})`;
}

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/request/git.js
var git = __webpack_require__(8805);
;// CONCATENATED MODULE: ./build/request/checkout.js
/**
 * Where the repository lies in the workspace, and at which commit: actions/checkout may put it into a
 * folder (`path`), take another commit (`ref`) or another repository. Annotations and links need to know.
 */


/** Asks git: two calls side by side. */
async function whereabouts(exec, folder) {
    const [prefix, origin] = await Promise.all([
        (0,git/* ask */.kA)(exec, folder, ["rev-parse", "--show-prefix"]),
        (0,git/* ask */.kA)(exec, folder, ["config", "--get", "remote.origin.url"]),
    ]);
    // A root has the empty prefix, and prints a line nevertheless.
    const known = prefix === "" ? undefined : prefix.replace(/\n$/, "");
    return { prefix: known, origin: (0,git/* withoutCredentials */.ri)(origin.trim()) };
}
/**
 * @param folder the one that git was asked for
 * @param commit what is checked out; without it the event's commit is taken to be
 */
function checkoutOf({ prefix, origin }, folder, commit, { workspace, run }) {
    const page = pageOf(origin);
    const ours = page === "" || run.source === "" || page.toLowerCase() === run.source.toLowerCase();
    const sha = commit?.head ?? run.sha;
    // A pull request's head is not the merge commit that the event names, and shows the same lines.
    const same = commit === undefined || [sha, ...commit.parents].includes(run.sha);
    return {
        folder: rootIn(workspace, folder, prefix ?? ""),
        sha,
        source: ours ? run.source : sameHost(page, run.source) ? page : "",
        annotated: ours && (same || run.event.startsWith("pull_request")),
    };
}
/** The folder without its prefix, relative to the workspace. */
function rootIn(workspace, folder, prefix) {
    const inner = prefix.replace(/\/$/, "");
    const root = inner === "" ? folder : folder.endsWith(`/${inner}`) ? folder.slice(0, -inner.length - 1) : workspace;
    const path = (0,external_node_path_.relative)(workspace, root);
    return path.startsWith("..") ? "" : path;
}
/** `git@github.com:acme/shop.git` → `https://github.com/acme/shop`; empty for what is no such URL. */
function pageOf(origin) {
    const match = /^(?:https?|ssh|git):\/\/(?:[^/@]*@)?([^/:]+)(?::\d+)?\/(.+)$/.exec(origin) ??
        /^(?:[^/@]+@)?([^/:]+):(?!\/)(.+)$/.exec(origin);
    if (match === null)
        return "";
    const [, host = "", path = ""] = match;
    return `https://${host}/${path.replace(/\/$/, "").replace(/\.git$/, "")}`;
}
/** Pages of the same server have the same form. */
function sameHost(a, b) {
    return URL.canParse(a) && URL.canParse(b) && new URL(a).hostname === new URL(b).hostname;
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:fs/promises"
var external_node_fs_promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
// EXTERNAL MODULE: ./build/request/request.js
var request = __webpack_require__(3452);
;// CONCATENATED MODULE: ./build/django/report.js
/**
 * The probe's report, read as what it is: text that the project's own code could have written. Depth, types and
 * lengths are limited, and what does not fit is refused. Pure; site.ts reads the file.
 */

const MOST_FINDINGS = 2500;
const MOST_TEXT = 100_000;
const MOST_DEPTH = 12;
/** The report file is missing, too large, a link, or not what the probe writes. */
class UnreadableReport extends Error {
}
/**
 * The report in the probe's text, with every value checked for type and length.
 * @throws {UnreadableReport}
 */
function parseReport(text) {
    let value;
    try {
        value = JSON.parse(text);
    }
    catch {
        throw new UnreadableReport("it is not JSON");
    }
    if (deeperThan(MOST_DEPTH, value))
        throw new UnreadableReport("it is nested too deep");
    const report = record(value);
    if (report.schema !== 1)
        throw new UnreadableReport("its schema is not 1");
    const python = record(report.python);
    const project = record(report.project);
    return {
        python: { version: line(python.version), executable: line(python.executable) },
        django: line(record(report.django).version),
        project: {
            root: line(project.root),
            manage: line(project.manage),
            settings: line(project.settings),
            source: line(project.source),
            others: list(project.others).map((one) => ({
                settings: line(record(one).settings),
                source: line(record(one).source),
            })),
        },
        environment: list(report.environment).map((one) => ({
            name: line(record(one).name),
            supplied: oneOf(record(one).supplied, ["image", "user", "shipshape", "nobody"], "nobody"),
        })),
        settings: Object.fromEntries(Object.entries(record(report.settings)).map(([name, fact]) => [
            name,
            { value: record(fact).value, supplied: line(record(fact).supplied) },
        ])),
        files: new Map(Object.entries(record(report.files)).flatMap(([path, hash]) => typeof hash === "string" && /^[0-9a-f]{64}$/.test(hash) ? [[path, hash]] : [])),
        checks: new Map(Object.entries(record(report.checks)).map(([name, one]) => [name, check(one)])),
        error: report_failure(report.error),
    };
}
function check(value) {
    const one = record(value);
    return {
        status: oneOf(one.status, ["completed", "settings", "crashed", "timeout", "exited"], "crashed"),
        seconds: number(one.seconds) ?? 0,
        // The worst ones, when there are too many: none that counts may hide behind those that do not.
        findings: list(one.findings).map(finding).sort(worstFirst).slice(0, MOST_FINDINGS),
        silenced: number(one.silenced) ?? 0,
        output: report_text(one.output),
        error: probeError(one.error),
        notes: list(one.notes).map(report_text),
    };
}
function worstFirst(a, b) {
    return request/* LEVELS */.A.indexOf(b.level) - request/* LEVELS */.A.indexOf(a.level);
}
function finding(value) {
    const one = record(value);
    return {
        // A level that Django does not know is not harmless.
        level: oneOf(one.level, request/* LEVELS */.A, "ERROR"),
        id: line(one.id),
        message: report_text(one.message),
        hint: report_text(one.hint),
        object: line(one.object),
        file: line(one.file),
        line: lineNumber(one.line),
        count: Math.max(1, number(one.count) ?? 1),
        migration: migration(one.details),
        restsOnOurs: one.supplied === "shipshape",
    };
}
function migration(value) {
    const one = record(value);
    if (typeof one.text !== "string")
        return undefined;
    return {
        app: line(one.app),
        name: line(one.name),
        path: line(one.path),
        operations: list(one.operations).map(report_text),
        text: report_text(one.text),
    };
}
function probeError(value) {
    if (typeof value !== "object" || value === null)
        return undefined;
    const one = record(value);
    return {
        kind: line(one.kind),
        type: line(one.type),
        message: report_text(one.message),
        variable: line(one.variable),
        traceback: report_text(one.traceback),
        file: line(one.file),
        line: lineNumber(one.line),
    };
}
function report_failure(value) {
    if (typeof value !== "object" || value === null)
        return undefined;
    const one = record(value);
    return {
        kind: line(one.kind),
        message: report_text(one.message),
        tried: list(one.tried).map((each) => ({
            path: line(record(each).path),
            reason: line(record(each).reason),
        })),
    };
}
function record(value) {
    if (value === undefined || value === null)
        return {};
    if (typeof value !== "object" || Array.isArray(value))
        throw new UnreadableReport("a field has another type");
    return value;
}
function list(value) {
    if (value === undefined || value === null)
        return [];
    if (!Array.isArray(value))
        throw new UnreadableReport("a list has another type");
    return value;
}
function report_text(value) {
    return typeof value === "string" ? value.slice(0, MOST_TEXT) : "";
}
/** One line of text: what goes into tables, titles and annotations. */
function line(value) {
    return report_text(value)
        .replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, " ")
        .slice(0, 1000);
}
function number(value) {
    return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : undefined;
}
function lineNumber(value) {
    return Number.isInteger(value) && value > 0 ? value : undefined;
}
function oneOf(value, allowed, otherwise) {
    return allowed.find((one) => one === value) ?? otherwise;
}
function deeperThan(limit, value) {
    if (typeof value !== "object" || value === null)
        return false;
    return limit === 0 || Object.values(value).some((item) => deeperThan(limit - 1, item));
}

// EXTERNAL MODULE: ./build/plan/bake.js
var bake = __webpack_require__(4834);
// EXTERNAL MODULE: ./build/request/lists.js + 10 modules
var lists = __webpack_require__(1937);
;// CONCATENATED MODULE: ./build/engine/caches.js
/**
 * Caches of the build: completed with what they need in a matrix, and left out when their server does not
 * answer. BuildKit has no time limit of its own there: one silent server freezes the whole builder.
 */



/** Milliseconds in which a cache's server must answer anything at all. */
const PATIENCE = 2000;
/** The caches that can be named in the bake file. */
async function usableCaches(request, world) {
    const { cacheFrom, cacheTo } = request.build;
    const from = cacheFrom.map((entry) => completeImport(entry, request.app));
    const to = cacheTo.map((entry) => completeExport(entry, request.app));
    const servers = [...new Set([...from, ...to].map((entry) => serverOf(entry, world.env)))];
    const answers = new Map(await Promise.all(servers.map(async (url) => [url, url === "" || (await answersAt(url, world))])));
    const usable = (entry) => answers.get(serverOf(entry, world.env)) === true;
    for (const url of servers)
        if (!answers.get(url))
            world.say(`The build cache at ${url} does not answer within ${PATIENCE / 1000} s: building without it.`);
    return { cacheFrom: from.filter(usable), cacheTo: to.filter(usable) };
}
/** A `gha` cache has one scope an app: with a shared one the legs of a matrix overwrite each other. */
function completeImport(entry, app) {
    const fields = fieldsOf(entry);
    if (fields.type !== "gha")
        return entry;
    return (0,bake/* attributes */.uK)({ scope: app, timeout: "60s", ...fields });
}
/**
 * `mode=max`, because the export hangs on the checks' target, and only with it are the image's steps in the
 * cache; `ignore-error`, because a fault of a cache never fails a build.
 */
function completeExport(entry, app) {
    const fields = fieldsOf(entry);
    if (fields.type === "inline")
        return entry;
    const common = { ...fields, mode: "max", "ignore-error": fields["ignore-error"] ?? "true" };
    if (fields.type !== "gha")
        return (0,bake/* attributes */.uK)(common);
    return (0,bake/* attributes */.uK)({ scope: app, timeout: "60s", ...common });
}
function fieldsOf(entry) {
    const fields = (0,lists/* parseFields */.L5)(entry) ?? [entry];
    // A bare reference is short for a registry cache.
    if (fields.length === 1 && !entry.includes("="))
        return { type: "registry", ref: entry };
    return Object.fromEntries(fields.map((field) => {
        const at = field.indexOf("=");
        return at < 0
            ? [field.trim(), ""]
            : [field.slice(0, at).trim().toLowerCase(), field.slice(at + 1).trim()];
    }));
}
/** The URL that must answer before the entry is used; empty where no server is asked. */
function serverOf(entry, env) {
    const fields = fieldsOf(entry);
    if (fields.type === "gha")
        return env.ACTIONS_RESULTS_URL || env.ACTIONS_CACHE_URL || "";
    if (fields.type !== "registry" || !fields.ref)
        return "";
    const host = (0,reference/* registry */.u5)(fields.ref);
    const plain = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/.test(host);
    return `${plain ? "http" : "https"}://${host}/v2/`;
}
/** Whether anything answers there: any status will do, silence will not. */
async function answersAt(url, world) {
    // Behind a proxy the builder reaches servers that we, who do not speak its protocol, cannot ask.
    if (world.env.HTTPS_PROXY || world.env.https_proxy)
        return true;
    const ask = world.fetch ?? fetch;
    try {
        const response = await ask(url, {
            method: "GET",
            redirect: "manual",
            signal: AbortSignal.timeout(PATIENCE),
        });
        await response.body?.cancel();
        return true;
    }
    catch (error) {
        // Refused at once is harmless (BuildKit goes on); only a server that keeps silent is not.
        return !(error instanceof Error && error.name === "TimeoutError");
    }
}

;// CONCATENATED MODULE: ./build/site.js
/** The step's own folder below RUNNER_TEMP: our build context, the exported report, the files of each solve. */








/**
 * Makes the folders, with the probe and its request in them. File modes are fixed, for they are part of
 * BuildKit's cache key, and a checkout's depend on the umask.
 * @param probe folder of the probe's files, beside the bundle
 */
async function makeFolders(env, probe, request) {
    const kept = await (0,external_node_fs_promises_.mkdtemp)((0,external_node_path_.join)(env.RUNNER_TEMP || (0,external_node_os_.tmpdir)(), `shipshape-${request.app}-`));
    const work = (0,external_node_path_.join)(kept, "work");
    const probeContext = (0,external_node_path_.join)(work, "context");
    try {
        await fillContext(probeContext, probe, request);
    }
    catch (error) {
        await (0,external_node_fs_promises_.rm)(kept, { recursive: true, force: true });
        throw error;
    }
    return { kept, work, probeContext };
}
async function fillContext(context, probe, request) {
    const room = (0,external_node_path_.join)(context, "room");
    await (0,external_node_fs_promises_.mkdir)((0,external_node_path_.join)(room, ".shipshape"), { recursive: true });
    for (const folder of [room, (0,external_node_path_.join)(room, ".shipshape")])
        await (0,external_node_fs_promises_.chmod)(folder, 0o755);
    await copyProbe(probe, (0,external_node_path_.join)(context, "probe"));
    const asked = (0,external_node_path_.join)(context, "probe", "request.json");
    await (0,external_node_fs_promises_.writeFile)(asked, JSON.stringify(await probeRequest(request)));
    await (0,external_node_fs_promises_.chmod)(asked, 0o644);
    await writeCommands((0,external_node_path_.join)(context, "commands"), request.commands.lines);
}
/** Each command in a file of its own, by its number: a shell reads it, and no quoting comes in between. */
async function writeCommands(folder, lines) {
    if (lines.length === 0)
        return;
    await (0,external_node_fs_promises_.mkdir)(folder);
    for (const [index, line] of lines.entries())
        await (0,external_node_fs_promises_.writeFile)((0,external_node_path_.join)(folder, String(index + 1)), `${line}\n`);
}
/** Takes everything away but the report. */
async function leaveFolders(folders) {
    await (0,external_node_fs_promises_.rm)(folders.work, { recursive: true, force: true });
}
/**
 * The site of the plan: names, labels and caches that only this machine and moment know.
 * @param commit what git knows of the checkout, for the labels
 */
async function makeSite(request, folders, commit, world) {
    const { cacheFrom, cacheTo } = await usableCaches(request, world);
    return {
        probeContext: folders.probeContext,
        reportFolder: (0,external_node_path_.join)(folders.work, "report"),
        commandsFolder: (0,external_node_path_.join)(folders.work, "commands"),
        staging: stagingName(request),
        checkEnvironment: JSON.stringify(Object.fromEntries(request.env)),
        commandEnvironment: [...request.env].map(([name, value]) => `${name}=${quoted(value)}\n`).join(""),
        labels: labelsOf(request, commit),
        cacheFrom,
        cacheTo,
    };
}
/** A value as a word of any POSIX shell. */
function quoted(value) {
    return `'${value.replaceAll("'", "'\\''")}'`;
}
/** The OCI labels that we add. None of them changes between two builds of one commit. */
function labelsOf(request, commit) {
    const labels = {
        revision: commit?.head ?? request.run.sha,
        source: request.run.source,
        title: request.app,
        created: commit?.committed ?? "",
    };
    const known = Object.entries(labels).filter(([, value]) => value !== "");
    return new Map(known.map(([name, value]) => [`org.opencontainers.image.${name}`, value]));
}
/** A name that no other step of this run has: the docker driver's, for the image until the verdict. */
function stagingName(request) {
    const run = request.run.id || "local";
    const unique = (0,external_node_crypto_.randomBytes)(3).toString("hex");
    const app = request.app
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, "-")
        .replace(/^-|-$/g, "");
    return `shipshape/${run}-${request.run.attempt}-${app || "app"}-${unique}:staging`;
}
async function copyProbe(from, to) {
    await (0,external_node_fs_promises_.mkdir)(to, { recursive: true });
    await (0,external_node_fs_promises_.chmod)(to, 0o755);
    for (const entry of await (0,external_node_fs_promises_.readdir)(from, { withFileTypes: true })) {
        const source = (0,external_node_path_.join)(from, entry.name);
        const target = (0,external_node_path_.join)(to, entry.name);
        if (entry.isDirectory() && entry.name !== "__pycache__")
            await copyProbe(source, target);
        if (!entry.isFile())
            continue;
        await (0,external_node_fs_promises_.copyFile)(source, target);
        await (0,external_node_fs_promises_.chmod)(target, 0o644);
    }
}
/** What the probe is asked. All of it is part of the check's cache key, because the file's content is. */
async function probeRequest(request) {
    return {
        schema: 1,
        checks: request.checks,
        timeout: request.timeout,
        settings: request.settings,
        manage: request.manage,
        python: request.python,
        env: await environmentKey(request),
    };
}
/**
 * The values of `env` reach the check as a secret, which is in no cache key, so that a check with another
 * value would be answered with the old report. A slow hash of them goes into the key instead: equal values
 * are cached, and the values cannot be guessed from it at a reasonable price. Empty without values.
 */
async function environmentKey(request) {
    if (request.env.size === 0)
        return "";
    const values = JSON.stringify([...request.env].sort(([a], [b]) => (a < b ? -1 : 1)));
    const salt = `shipshape:${request.image}:${request.app}`;
    const key = await (0,external_node_util_.promisify)(external_node_crypto_.scrypt)(values, salt, 24);
    return key.toString("hex");
}
/** Where the probe's files lie: beside the bundle. */
function probeFolder(bundle) {
    return (0,external_node_path_.join)((0,external_node_path_.dirname)(bundle), "probe");
}
/** Bytes of a report file; the probe's own limit is 8 MB. */
const MOST_BYTES = 16 * 1024 * 1024;
/**
 * Reads `report.json`.
 * @throws {UnreadableReport}
 */
async function readReport(path) {
    const text = await readExported(path);
    if (text === undefined)
        throw new UnreadableReport("ENOENT");
    return parseReport(text);
}
/**
 * The text of a file that came out of a container: a plain one, not too large, never through a link.
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
            return await file.readFile("utf8");
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

;// CONCATENATED MODULE: ./build/solve/bench.js


/**
 * Solves; a solve that stands still is tried once more, without the caches of other places.
 * @param name the solve's own folder
 * @throws {Failure} when it stands still again, or was cancelled
 */
async function bakeOrRetry(bench, name, solve) {
    const { engine, builder, say } = bench;
    const folder = `${bench.folder}/${name}`;
    const hear = bench.listen();
    for (const attempt of [solve, (0,plan/* withoutCaches */.GE)(solve)]) {
        const solved = await engine.bake(attempt, { builder, folder, hear, ending: bench.ending });
        if (solved.ok)
            return solved;
        const { why } = solved;
        if (why === "failed" || why === "step")
            return { ...solved, why };
        if (why === "cancelled")
            throw (0,failure/* cancelled */.K)();
        if (attempt === solve)
            say("The builder stands still: trying once more, without external caches.");
    }
    throw new failure/* Failure */.H("Build failed", `The builder ${builder.name} took the build twice and did not start a step. Restart it ` +
        "(`docker buildx inspect --bootstrap`), or use another one.");
}

;// CONCATENATED MODULE: ./build/django/answers.js
/** What each check that was asked for answers. */
function answersOf(report, terms, evidence) {
    const crash = crashOfSettings(report, terms, evidence.places);
    const problem = problemOf(report, terms);
    return terms.checks.map((name) => {
        const check = report.checks.get(name);
        const because = check === undefined ? "it wrote no report" : whyNot(check, terms);
        const reason = check?.status === "completed" ? "" : problem || because;
        return {
            name,
            seconds: check?.seconds ?? 0,
            cached: evidence.cached,
            silenced: check?.silenced ?? 0,
            notes: check?.notes ?? [],
            findings: (check?.findings ?? []).map((one) => toFinding(name, one, evidence.places)),
            reason,
            output: reason === "" ? "" : (check?.output ?? ""),
            ...(crash?.check === name ? { stopped: crash } : {}),
        };
    });
}
/** What the report says of the project itself. */
function examined(report, terms) {
    return {
        django: {
            version: report.django,
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
        return `\`python: ${terms.python}\` is no interpreter with Django in this image: ${found.join(", ") || "it is not there"}`;
    return ("no Python interpreter with Django was found in the image" +
        `${found.length === 0 ? "" : `, only ${found.join(", ")}`}. If there is one, give its full path with the input \`python\`; ` +
        "if this is the wrong stage of the Dockerfile, name the right one with `target`");
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
            return error ? `it crashed: ${describe(error)}` : "it crashed";
    }
}
function describe(error) {
    const place = error.file === "" ? "" : ` (${error.file}${error.line ? `:${error.line}` : ""})`;
    return `${typed(error)}${place}`;
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
        const missing = error.kind === "missing-variable" && error.variable !== "";
        return {
            check: name,
            level: "CRITICAL",
            id: missing ? "settings.missing-variable" : "settings.crashed",
            message: missing
                ? `${settings} needs the environment variable ${error.variable}, which neither the image nor \`env\` sets.`
                : `Django cannot be set up with ${settings}: ${typed(error)}`,
            hint: missing
                ? `Give the checks a value for it (any value that the settings accept; it is not put into the image):\n` +
                    `env: |\n  ${error.variable}=…`
                : settingsHint(report, error),
            object: "",
            ...placed(error, places),
            count: 1,
            migration: undefined,
        };
    }
    return undefined;
}
function settingsHint(report, error) {
    const others = report.project.others.map(({ settings, source }) => `${settings} (${source})`);
    if (error.kind === "missing-module" && others.length > 0)
        return `These settings come from ${report.project.source}. The project also names ${others.join(", ")}: say which with the input \`settings\`.`;
    if (error.kind === "missing-module")
        return "That module is not installed in the image: add it to the requirements, or, if these are the wrong settings, name the right ones with the input `settings`.";
    if (error.type === "SyntaxError" || error.type === "IndentationError")
        return "Python cannot read that file: mend it; production would not start either.";
    if (error.kind === "missing-file")
        return "The settings read a file that is not in the image. Put one there in the Dockerfile, or make the settings do without it.";
    return "If they need an environment variable, set it with the input `env`; if they are the wrong ones, name the right ones with `settings`.";
}
const answers_OURS = "It is about a value that was supplied by shipshape, because neither the image nor `env` sets one: set your own " +
    "with `env` to have it judged.";
/** A finding that rests on a value of ours says nothing of production, so it only informs. */
function toFinding(check, one, places) {
    return {
        check,
        level: one.restsOnOurs ? "INFO" : one.level,
        id: one.id,
        message: one.message,
        hint: one.restsOnOurs ? [one.hint, answers_OURS].filter((part) => part !== "").join("\n") : one.hint,
        object: one.object,
        ...placed(one, places),
        count: one.count,
        migration: one.migration,
    };
}
/** The place in the repository where the contents agree, and the one in the container for people. */
function placed(where, places) {
    const file = places.get(where.file) ?? "";
    return {
        file,
        line: file === "" ? undefined : where.line,
        containerFile: where.file === "" || !where.line ? where.file : `${where.file}:${where.line}`,
    };
}

// EXTERNAL MODULE: ./build/verdict/verdict.js
var verdict_verdict = __webpack_require__(2344);
;// CONCATENATED MODULE: ./build/django/places.js
/**
 * Which file of the repository a file of the image is. Pure; workspace.ts looks at the files.
 */
/** The candidate with the longest common path ending; undefined when there is none or a tie. */
function nearest(path, candidates) {
    const ranked = candidates
        .map((candidate) => ({ candidate, common: commonEnding(path, candidate) }))
        .sort((a, b) => b.common - a.common);
    const [first, second] = ranked;
    return first !== undefined && first.common > (second?.common ?? 0) ? first.candidate : undefined;
}
function commonEnding(a, b) {
    const left = a.split("/").reverse();
    const right = b.split("/").reverse();
    let common = 0;
    while (common < Math.min(left.length, right.length) && left[common] === right[common])
        common++;
    return common;
}

;// CONCATENATED MODULE: ./build/workspace.js
/**
 * Container path → repo path. A file of the image is a file of the repository only when its content is the
 * same; of several such files the one with the longest common path ending is meant, and when two are
 * equally near, none.
 */




/** Folders that hold no source of the project, and the most entries that are looked at. */
const NOT_SOURCE = new Set([".git", "node_modules", ".venv", "venv", "__pycache__", ".tox", ".mypy_cache"]);
const MOST_ENTRIES = 200_000;
const workspace_MOST_BYTES = 8 * 1024 * 1024;
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
        if (!stat.isFile() || stat.size > workspace_MOST_BYTES)
            return undefined;
        return (0,external_node_crypto_.createHash)("sha256")
            .update(await (0,external_node_fs_promises_.readFile)(path))
            .digest("hex");
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./build/solve/checks.js
/** Builds the image and checks it, as often as it takes to have a report that can be believed. */













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
 * @param built called as soon as the builder holds the image
 * @throws {Failure} `Build failed`, `Checks could not run`, `Cancelled`
 */
async function solveChecks(bench, built) {
    const first = await firstSolve(bench);
    const { held, answers, project } = first.checked;
    built(held);
    // A cached pass is believed. A cached failure is not: BuildKit would keep a timeout for ever.
    if (!first.fromCache || (0,verdict_verdict/* conclude */.Ep)(answers, bench.request, project).status === "passed")
        return first.checked;
    bench.say("The builder's cache holds a failed check: checking again.");
    const second = await solveOnce(bench, { launch: first.launch, again: true, built: true });
    if (!second.started)
        throw buildFailure(second.blame, bench.request.build);
    // What ran beside ran in the first one. Attestations, which only the engine holds, differ each time.
    if (bench.builder.driver !== "docker" && second.checked.held.digest !== held.digest)
        throw new failure/* Failure */.H("Checks could not run", "The builder's cache was cleared while the image was being checked, and it built other bytes. Run the job again.");
    return second.checked;
}
async function firstSolve(bench) {
    const { python, build } = bench.request;
    const byShell = await solveOnce(bench, { launch: { by: "shell", python }, again: false, built: false });
    if (byShell.started)
        return byShell;
    if (!hasNoShell(byShell.blame))
        throw buildFailure(byShell.blame, build);
    const candidates = python === "" ? INTERPRETERS : [python];
    for (const path of candidates) {
        bench.say(`The image has no shell: trying ${path}.`);
        const launch = { by: "python", python: path, guess: python === "" };
        const direct = await solveOnce(bench, { launch, again: false, built: true });
        if (direct.started)
            return direct;
    }
    throw new failure/* Failure */.H("Checks could not run", `The image has no shell, and none of these is a Python with Django in it: ${candidates.join(", ")}. ` +
        "Give the full path of the image's interpreter with the input `python`.");
}
async function solveOnce(bench, how) {
    const { builder, request, site } = bench;
    await (0,external_node_fs_promises_.rm)(site.reportFolder, { recursive: true, force: true });
    await (0,external_node_fs_promises_.mkdir)(site.reportFolder, { recursive: true });
    const solved = await bakeOrRetry(bench, "checks", (0,plan/* planChecks */.dH)(request, builder, site, how));
    if (!solved.ok) {
        if (solved.why === "step")
            throw new failure/* Failure */.H("Checks could not run", "The probe did not end within its time, nor did it end its checks. Is the builder's machine overloaded?");
        const found = blame(solved.progress, solved.stderr);
        if (found.part === "probe")
            return { started: false, blame: found };
        throw buildFailure(found, request.build);
    }
    const metadata = solved.metadata[plan/* IMAGE */.W1] ?? {};
    const report = await reportIn(site.reportFolder);
    const places = await findPlaces(report.files, request.workspace);
    const fromCache = probeWasCached(solved.progress);
    const answers = answersOf(report, request, { places, cached: fromCache });
    const checked = {
        held: heldImage(metadata, solved.metadata),
        metadata,
        answers,
        project: examined(report, request),
    };
    return { started: true, launch: how.launch, fromCache, checked };
}
async function reportIn(folder) {
    try {
        return await readReport((0,external_node_path_.join)(folder, "report.json"));
    }
    catch (error) {
        if (!(error instanceof UnreadableReport))
            throw error;
        throw new failure/* Failure */.H("Checks could not run", `The probe's report cannot be read: ${error.message}. Something in the image wrote over it, or ended the probe.`);
    }
}
/** Whether the step that runs the probe was answered from the cache. What cannot be told counts as cached. */
function probeWasCached(progress) {
    const step = progress.vertexes.find((vertex) => [...vertex.names].some(plan/* isProbeStep */.r4));
    return step?.cached ?? true;
}
function heldImage(metadata, targets) {
    const images = Object.entries(targets).filter(([name]) => (0,plan/* isImage */.wu)(name));
    return {
        manifests: images.map(([, one]) => (0,engine_engine/* digestIn */.s)(one, "containerimage.digest")),
        digest: (0,engine_engine/* digestIn */.s)(metadata, "containerimage.digest"),
        config: metadata["containerimage.config.digest"],
    };
}

// EXTERNAL MODULE: ../../main/node_modules/@rgrove/parse-xml/dist/index.js + 11 modules
var dist = __webpack_require__(7133);
// EXTERNAL MODULE: ../../main/node_modules/@rgrove/parse-xml/dist/lib/XmlElement.js
var XmlElement = __webpack_require__(6524);
;// CONCATENATED MODULE: ./build/commands/junit.js
/**
 * JUnit XML → failures of single tests. There is no standard; this reads what pytest, unittest-xml-reporting
 * and jest-junit write: `testcase` elements anywhere, each with a `failure` or `error` in it. Pure.
 */

/** Failures that are kept. */
const MOST = 500;
const LONGEST = 4000;
/** Reads a JUnit XML file's text. */
function readJUnit(text) {
    let root;
    try {
        root = (0,dist/* parseXml */.NO)(text, { ignoreUndefinedEntities: true }).root;
    }
    catch (error) {
        const [reason = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
        return { ok: false, reason };
    }
    const cases = root === null ? [] : testcases(root);
    const failures = cases.flatMap(failureOf).slice(0, MOST);
    return { ok: true, tests: cases.length, failures };
}
function testcases(root) {
    const found = [];
    const open = [root];
    for (let one = open.pop(); one !== undefined; one = open.pop()) {
        if (one.name === "testcase")
            found.push(one);
        else
            open.push(...one.children.filter(isElement).reverse());
    }
    return found;
}
function isElement(node) {
    return node instanceof XmlElement/* XmlElement */.W;
}
function failureOf(testcase) {
    const bad = testcase.children.filter(isElement).find(({ name }) => name === "failure" || name === "error");
    if (bad === undefined)
        return [];
    const { classname = "", name = "", file = "" } = testcase.attributes;
    const text = bad.text.trim();
    const said = (bad.attributes.message ?? "").trim() || (text.split("\n").at(-1) ?? "").trim();
    return [
        {
            kind: bad.name === "error" ? "error" : "failure",
            test: [classname, name].filter((part) => part !== "").join("."),
            message: (said || "no message").slice(0, LONGEST),
            ...placeIn(text, file, classname),
        },
    ];
}
/**
 * The place of a failure. A traceback says more than the attributes: pytest's `line` counts from 0 and is
 * that of the function, and its newer form has neither. Of the traceback's places the last one in the test's
 * own file counts, else the last one outside of installed packages.
 */
function placeIn(text, file, classname) {
    const places = [
        ...text.matchAll(/^\s*File "([^"\n]+)", line (\d+)/gm),
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

;// CONCATENATED MODULE: ./build/commands/answers.js
/** From what a command left behind to its answer. Pure. */


/** Characters of a command that a check's name has: it stands in tables and titles. */
const LONGEST_NAME = 60;
const LINES_SHOWN = 20;
/** The names of the commands' checks: the commands themselves, shortened, each once. */
function namesOf(lines) {
    const names = [];
    for (const line of lines) {
        const plain = line.replace(/[\u0000-\u001f\u007f]+/g, " ");
        const short = plain.length > LONGEST_NAME ? `${plain.slice(0, LONGEST_NAME - 1)}…` : plain;
        let name = short;
        for (let again = 2; names.includes(name); again++)
            name = `${short} (${again})`;
        names.push(name);
    }
    return names;
}
/** Reads the JUnit file, if the command wrote one. */
function readTrace(trace) {
    if (trace.junit === undefined)
        return { trace, failures: [], notes: [] };
    const read = readJUnit(trace.junit);
    if (!read.ok)
        return { trace, failures: [], notes: [`$JUNIT_XML holds no JUnit XML that can be read: ${read.reason}`] };
    const tests = `${read.tests} test${read.tests === 1 ? "" : "s"}`;
    const notes = read.tests === 0 ? [] : [`${tests}, ${read.failures.length} of them failed`];
    return { trace, failures: read.failures, notes };
}
/** Where a failure's file lies in the container; empty when it does not say. */
function containerPath({ file }, { cwd }) {
    return file === "" ? "" : external_node_path_.posix.resolve(cwd || "/", file);
}
/**
 * The answer of one command.
 * @param places container path → repo path, where the contents are the same
 * @param limit seconds that it had
 */
function answerOf(name, { trace, failures, notes }, { places, limit }) {
    const { exitCode, timeout, seconds } = trace;
    const common = { name, seconds, cached: false, silenced: 0, notes };
    const output = lastLines(trace.output);
    if (timeout || exitCode === undefined) {
        const reason = timeout
            ? `it was not done after ${limit} seconds and was ended. Raise \`run-timeout\`, or see below what it waited for`
            : "it was ended before it could say how it went: by the machine, out of memory say";
        return { ...common, reason, output, findings: [] };
    }
    if (exitCode === 0) {
        // It calls itself a success: failures that it knows of are not ours to count.
        const findings = failures.map((one) => answers_toFinding(name, one, trace, places, "INFO"));
        return { ...common, reason: "", output: "", findings, exitCode };
    }
    const whole = {
        check: name,
        level: "ERROR",
        id: "run.failed",
        message: `\`${trace.line}\` ended with exit code ${exitCode}${MEANS[exitCode] ?? ""}.`,
        hint: HINTS[exitCode] ?? (NAMES_A_VARIABLE.test(trace.output) ? NO_STAND_INS : ""),
        object: "",
        file: "",
        line: undefined,
        containerFile: "",
        count: 1,
        migration: undefined,
    };
    const findings = [whole, ...failures.map((one) => answers_toFinding(name, one, trace, places, "ERROR"))];
    return { ...common, reason: "", output, findings, exitCode };
}
/** Exit codes of the shell itself. */
const MEANS = {
    126: ", which says that the program could not be started",
    127: ", which says that there is no such program",
    137: ", which says that it was killed (out of memory, perhaps)",
};
const HINTS = {
    127: "The shipped image often has no test tools: name the stage of the Dockerfile that has them with the input " +
        "`run-target`, or install them in the image.",
};
/** How settings complain of a variable that is not set. */
const NAMES_A_VARIABLE = /^KeyError: |ImproperlyConfigured|UndefinedValueError|environment variable/m;
const NO_STAND_INS = "If a variable is missing: commands see the image's environment and `env`, and none of the stand-in values " +
    "that the checks get. Set it with the input `env`.";
function answers_toFinding(check, failure, trace, places, level) {
    const path = containerPath(failure, trace);
    const file = places.get(path) ?? "";
    return {
        check,
        level,
        id: `junit.${failure.kind}`,
        message: failure.message,
        hint: "",
        object: failure.test,
        file,
        line: file === "" ? undefined : failure.line,
        containerFile: path === "" || failure.line === undefined ? path : `${path}:${failure.line}`,
        count: 1,
        migration: undefined,
    };
}
function lastLines(output) {
    return output.trimEnd().split("\n").slice(-LINES_SHOWN).join("\n");
}
/** The answers of commands that could not be run at all, for one reason. */
function notRun(names, reason) {
    return names.map((name) => ({
        name,
        seconds: 0,
        cached: false,
        silenced: 0,
        notes: [],
        reason,
        output: "",
        findings: [],
    }));
}

;// CONCATENATED MODULE: ./build/commands/scrub.js
/** Takes the values of `env` out of what a command printed. Pure. */
/** Shorter values are words of every second line. */
const SHORTEST = 6;
/** Of a value with several lines, a private key say. */
const SHORTEST_LINE = 16;
const HIDDEN = "***";
/** Values that are no secret of anybody. */
const PUBLIC = new Set(("console database default development django localhost memory postgres postgresql production public " +
    "require sqlite sqlite3 staging static testing").split(" "));
/**
 * A function that hides the values, as they stand, line by line, in JSON and in a URL. Paths and module names
 * stay: they are what messages are about.
 * @param env the variables that the workflow gave the commands
 */
function scrubber(env) {
    const hidden = new Set([...env].filter(([name]) => name !== "DJANGO_SETTINGS_MODULE").flatMap(([, value]) => scrub_forms(value)));
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
        .filter((part) => part.length >= SHORTEST && !PUBLIC.has(part) && !/^\/[\w./-]*$/.test(part))
        .flatMap((part) => [part, JSON.stringify(part).slice(1, -1), encodeURIComponent(part)]);
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

;// CONCATENATED MODULE: ./build/solve/commands.js
/** Runs the workflow's own commands beside the checks. Whatever happens to them stays with them. */












/** Files of failed tests that are looked for in the repository. */
const MOST_FILES = 50;
/**
 * @param built the image that the check solve built; rejects when it built none
 * @returns an answer for each command, also for those that could not be run
 * @throws {Failure} `Cancelled`, or because the builder stands still
 */
async function solveCommands(bench, built) {
    const { builder, request, site } = bench;
    const { lines, timeout } = request.commands;
    if (lines.length === 0)
        return [];
    const names = namesOf(lines);
    const waits = (0,commands/* mustWait */.Df)(request, builder, site);
    if (waits)
        await built;
    const base = (0,commands/* baseOf */.bx)(request, builder, waits);
    const scrub = scrubber(request.env);
    const quiet = { ...bench, listen: () => scrubbed(bench.listen(), scrub) };
    const solved = await bakeOrRetry(quiet, "commands-solve", (0,commands/* planCommands */.uk)(request, site, base));
    if (!solved.ok)
        return notRun(names, commands_whyNot(blame(solved.progress, solved.stderr), solved.why, bench));
    // The builder may have lost its cache in between, and built the image once more.
    const digest = solved.metadata[plan/* IMAGE */.W1]?.["containerimage.digest"];
    if (base.from === "graph" && base.of === "image" && digest !== (await built).digest)
        return notRun(names, OTHER_IMAGE);
    const ran = await Promise.all(lines.map(async (line, index) => readTrace(await traceOf(line, index + 1, { progress: solved.progress, folder: site.commandsFolder, scrub }))));
    const places = await placesOf(ran, base, bench);
    return ran.map((one, index) => answerOf(names[index] ?? "", one, { places, limit: timeout }));
}
const OTHER_IMAGE = "it ran in other bytes than those that were checked: the builder's cache was cleared in between, or the " +
    "Dockerfile builds something else each time. Run the job again";
function scrubbed(hear, scrub) {
    return (event) => hear(event.type === "log" ? { ...event, line: scrub(event.line) } : event);
}
function commands_whyNot(found, why, { request }) {
    const { target, timeout } = request.commands;
    if (why === "step")
        return `a command did not end, ${timeout} seconds and a minute after it began`;
    const stage = target === "" ? "the image" : `the stage \`${target}\` (\`run-target\`)`;
    if (found.part === "command")
        return found.missing === "/bin/sh"
            ? `${stage} has no shell (/bin/sh) to run it with. Name a stage of the Dockerfile that has one with \`run-target\``
            : `it could not be started: ${found.reason}`;
    if (found.part === "builder")
        return `the builder could not run it: ${found.reason}`;
    return `${stage} could not be built for it: ${found.reason}`;
}
async function traceOf(line, number, { progress, folder, scrub }) {
    const step = progress.vertexes.find(({ names }) => [...names].some((name) => (0,commands/* commandOf */.Nl)(name) === number));
    const left = (file) => exported((0,external_node_path_.join)(folder, String(number), file));
    const [exit, timeout, cwd, junit] = await Promise.all(["exit", "timeout", "cwd", "junit.xml"].map(left));
    const code = /^\d{1,3}$/.test(exit?.trim() ?? "") ? Number(exit) : undefined;
    return {
        line,
        exitCode: code,
        timeout: timeout !== undefined,
        seconds: ((step?.completed ?? 0) - (step?.started ?? 0)) / 1000,
        output: scrub(step?.log ?? ""),
        cwd: cwd?.trim() ?? "",
        junit: junit === undefined ? undefined : scrub(junit),
    };
}
/** What the command left; what it left unreadable counts as not left. */
async function exported(path) {
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
 * the same content, so the files are copied out and compared.
 */
async function placesOf(ran, base, bench) {
    const { request, site } = bench;
    const named = ran.flatMap(({ failures, trace }) => failures.map((failure) => containerPath(failure, trace)));
    const files = [...new Set(named)].filter((path) => commands/* COPYABLE */.G2.test(path)).slice(0, MOST_FILES);
    if (files.length === 0)
        return new Map();
    const folder = (0,external_node_path_.join)(bench.folder, "files");
    await (0,external_node_fs_promises_.mkdir)(folder, { recursive: true });
    const quiet = { ...bench, listen: () => () => { } };
    const solved = await bakeOrRetry(quiet, "files-solve", (0,commands/* planFiles */.jP)(request, site, base, { files, folder }));
    if (!solved.ok) {
        bench.say("The files of the failed tests could not be copied out of the image, so they are not annotated.");
        return new Map();
    }
    const hashes = await Promise.all(files.map(async (path, index) => {
        const text = await (0,external_node_fs_promises_.readFile)((0,external_node_path_.join)(folder, String(index), (0,external_node_path_.basename)(path))).catch(() => undefined);
        return text === undefined ? [] : [[path, (0,external_node_crypto_.createHash)("sha256").update(text).digest("hex")]];
    }));
    return findPlaces(new Map(hashes.flat()), request.workspace);
}

// EXTERNAL MODULE: ./build/tell/progress.js
var progress = __webpack_require__(9332);
// EXTERNAL MODULE: ./build/tell/say.js
var tell_say = __webpack_require__(5908);
// EXTERNAL MODULE: ./build/tell/text.js
var tell_text = __webpack_require__(9440);
;// CONCATENATED MODULE: ./build/tell/trace.js
class Trace {
    #steps = new Map();
    #warnings = new Map();
    /** Takes an event of any solve. */
    hear(event) {
        if (event.type === "warning") {
            const { source, line, message } = event.warning;
            this.#warnings.set(JSON.stringify([source, line, message]), event.warning);
        }
        if (event.type !== "completed")
            return;
        const { step: digest, name, started, seconds, cached, error, inputs, bytes } = event;
        const known = this.#steps.get(digest);
        if (known !== undefined && (cached || known.seconds >= seconds))
            return;
        this.#steps.set(digest, {
            digest,
            name: known?.name ?? name,
            started,
            seconds,
            cached,
            failed: error !== undefined,
            inputs,
            bytes,
        });
    }
    /** Every step, by its beginning. */
    get steps() {
        return [...this.#steps.values()].sort((a, b) => a.started - b.started);
    }
    /** What `docker build --check` says, each once, of every Dockerfile of the build. */
    get warnings() {
        return [...this.#warnings.values()];
    }
}

;// CONCATENATED MODULE: ./build/build.js
/** The middle of the story, for a request that is valid: plan → solve → judge → publish. */





















/** Milliseconds after which a look at the registry is taken again before anything is written. */
const LOOK_IS_GOOD_FOR = 10_000;
/**
 * Plan, solve and judge; what passed is released.
 * @throws {Failure} the one error that the step ends with
 */
async function build(request, stage) {
    const { env, engine, log, signal, chapter } = stage;
    const say = (line) => log.line(line);
    const leftovers = new Leftovers(engine);
    const making = makeFolders(env, probeFolder(process.argv[1] ?? ""), request);
    making.then(({ kept }) => chapter({ folder: kept })).catch(() => { });
    try {
        const context = request.build.contextIsRemote ? request.workspace : request.build.context;
        const [folders, builder, commit, where] = await Promise.all([
            making,
            // Only a builder that runs says which platforms it has.
            engine.inspect(request.build.builder, { start: request.build.platforms.length > 0 }),
            (0,git/* gitFacts */.gi)(engine.exec, context),
            whereabouts(engine.exec, context),
        ]);
        const platforms = (0,plan_platforms/* platformsOf */.W)(request.build, builder);
        chapter({ platforms });
        (0,plan/* demandNetwork */.QN)(request, builder);
        const trace = new Trace();
        chapter({ trace, checkout: checkoutOf(where, context, commit, request) });
        const site = await makeSite(request, folders, commit, { env, say });
        if (builder.driver === "docker")
            leftovers.add(site.staging);
        const looking = request.push.push ? lookBeside(engine, request) : undefined;
        // It is awaited after the solve, if that comes to pass; until then its failure is nobody's.
        looking?.catch(() => { });
        log.group(`Build and check ${request.app} with ${builder.name}, a ${builder.driver} builder`);
        const bench = {
            engine,
            builder,
            request,
            site,
            folder: folders.work,
            listen: (0,progress/* showProgress */.R)(log, request.commands.lines, trace),
            say,
        };
        const { checked, commands } = await solveAll(bench);
        const { held, metadata, answers, project } = checked;
        const verdict = (0,verdict_verdict/* conclude */.Ep)([...answers, ...commands], request, project);
        chapter({ held, metadata, verdict });
        demandPass(verdict, request);
        await release(checked, bench, { log, signal, chapter, leftovers, trace, looked: await looking });
    }
    finally {
        await cleanUp(leftovers, making, say);
    }
}
/**
 * The checks, and the workflow's commands beside them: solves of their own, so that what fails in one hides
 * nothing of the other. Only without an image nobody waits for the rest.
 */
async function solveAll(bench) {
    const image = Promise.withResolvers();
    image.promise.catch(() => { });
    const ending = new AbortController();
    const beside = solveCommands({ ...bench, ending: ending.signal }, image.promise);
    beside.catch(() => { });
    try {
        const checked = await solveChecks(bench, image.resolve);
        return { checked, commands: await beside };
    }
    catch (error) {
        image.reject(error);
        ending.abort();
        await beside.catch(() => { });
        throw error;
    }
}
/** Nothing in here may hide why the step ended, so a fault is only said. */
async function cleanUp(leftovers, making, say) {
    const [folders, names] = await Promise.allSettled([making.then(leaveFolders), leftovers.end()]);
    if (folders.status === "rejected")
        say(`The step's folder was not removed: ${String(folders.reason)}`);
    if (names.status === "rejected")
        say(`The staging image was not removed: ${String(names.reason)}`);
    // A build that failed had nothing to name.
    else if (!names.value.ok && !/no such image/i.test(names.value.reason))
        say(`The staging image was not removed: ${names.value.reason}`);
}
/** @throws {Failure} when the verdict is not a pass */
function demandPass(verdict, request) {
    if (verdict.status === "failed")
        throw new failure/* Failure */.H("Checks failed", (0,tell_text/* checksFailedText */.GX)(verdict, request.failLevel));
    if (verdict.status === "error")
        throw new failure/* Failure */.H("Checks could not run", (0,tell_text/* couldNotRunText */.P8)(verdict));
}
/** The image passed: to the registry, under its tag, and into the local engine, as far as was asked for. */
async function release(checked, bench, exit) {
    const { engine, builder, request, site, say } = bench;
    const { held } = checked;
    const { log, signal, chapter, leftovers, trace } = exit;
    const handover = handoverOf(builder, {
        engine,
        request,
        held,
        platforms: (0,plan_platforms/* platformsOf */.W)(request.build, builder),
        say,
        signal,
        leftovers,
        staging: site.staging,
        release: async (destination) => {
            // All of it comes from the cache: what the steps were was told in the first solve.
            const quiet = { ...bench, listen: () => (event) => trace.hear(event) };
            const solved = await bakeOrRetry(quiet, "release", (0,plan/* planRelease */.F3)(request, builder, site, destination));
            if (!solved.ok)
                throw releaseFailure(blame(solved.progress, solved.stderr), request.build, destination);
            return solved.metadata[plan/* IMAGE */.W1] ?? {};
        },
    });
    // Beside the push, for the summary: the name that it asks for goes with the step.
    const asked = request.summary && builder.driver === "docker";
    const layers = asked ? engine.layers(site.staging).catch(() => []) : Promise.resolve([]);
    let released;
    if (request.push.push) {
        log.group(`Publish ${request.image}`);
        chapter({ publishing: true });
        const looked = exit.looked?.isFresh() ? exit.looked.look : undefined;
        const began = external_node_perf_hooks_.performance.now();
        released = await publish({ engine, request, handover, looked, say, signal, ...(0,tell_say/* sayers */.Ah)(log) });
        chapter({ release: released });
        const seconds = (external_node_perf_hooks_.performance.now() - began) / 1000;
        say(`${released.ref} ${released.how}, and read back at ${released.digest}, in ${seconds.toFixed(1)} s`);
    }
    if (request.load) {
        const name = released?.ref ?? (0,reference/* ref */.KR)(request.image, request.tag);
        await handover.load(name).catch((error) => {
            throw released && error instanceof failure/* Failure */.H ? onlyNotLoaded(released, error) : error;
        });
        chapter({ loaded: [name] });
    }
    chapter({ layers: await layers });
}
function onlyNotLoaded({ ref }, { kind, message, place }) {
    return new failure/* Failure */.H(kind, `${ref} is released, but could not be loaded into the local engine: ${message}`, place);
}
/** Asks the registry for the tag while the image is being built. */
async function lookBeside(engine, request) {
    const look = await engine.look((0,reference/* ref */.KR)(request.image, request.tag));
    const at = external_node_perf_hooks_.performance.now();
    return { look, isFresh: () => external_node_perf_hooks_.performance.now() - at < LOOK_IS_GOOD_FOR };
}


/***/ })

};
