/** From what a command left behind to its answer. Pure. */
import { posix } from "node:path";
import type { Commands } from "../../request/request.ts";
import { type Finding, PLAIN_FINDING, placed } from "../finding.ts";
import { type Answer, emptyAnswer } from "../verdict.ts";
import { type FailedTest, readJUnit } from "./junit.ts";

/** Characters of a command that a check's name has: it stands in tables and titles. */
const LONGEST_NAME = 60;
const LINES_SHOWN = 20;

/** What a command left behind, before anybody looked at the repository. */
export interface CommandRun {
  /** As the workflow wrote it. */
  readonly line: string;
  /** `undefined`: it left none. */
  readonly exitCode: number | undefined;
  /** It was ended because it took longer than it may. */
  readonly timeout: boolean;
  readonly seconds: number;
  /** The end of what it printed. */
  readonly output: string;
  /** The folder that it ran in. */
  readonly cwd: string;
  /** The failed tests of the file that it wrote to `$JUNIT_XML`. */
  readonly failures: readonly FailedTest[];
  readonly notes: readonly string[];
}

/**
 * The names of the commands' checks: the commands themselves, shortened, each once.
 * @param taken names of other checks
 */
export function namesOf(lines: readonly string[], taken: readonly string[]): string[] {
  const names: string[] = [];
  const isTaken = (name: string) => names.includes(name) || taken.includes(name);
  for (const line of lines) {
    const plain = line.replace(/[\u0000-\u001f\u007f]+/g, " ");
    const short = plain.length > LONGEST_NAME ? `${plain.slice(0, LONGEST_NAME - 1)}…` : plain;
    let name = short;
    for (let again = 2; isTaken(name); again++) name = `${short} (${again})`;
    names.push(name);
  }
  return names;
}

/**
 * Reads the JUnit file, if the command wrote one.
 * @param junit its text
 * @param scrub hides secrets: in the failures and not in the file, where they may be written otherwise
 */
export function failedTests(
  junit: string | undefined,
  scrub: (text: string) => string,
): Pick<CommandRun, "failures" | "notes"> {
  if (junit === undefined) return { failures: [], notes: [] };
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
export function containerPath({ file }: FailedTest, { cwd }: Pick<CommandRun, "cwd">): string {
  return file === "" ? "" : posix.resolve(cwd || "/", file);
}

/**
 * The answer of one command.
 * @param places container path → repo path, where the contents are the same
 * @param how the stage that it ran in, and the seconds that it had
 */
export function answerOf(
  name: string,
  run: CommandRun,
  places: ReadonlyMap<string, string>,
  how: Pick<Commands, "target" | "timeout">,
): Answer {
  const { exitCode, timeout, seconds, failures, notes } = run;
  const common = { ...emptyAnswer(name), seconds, notes };
  const output = run.output.trimEnd().split("\n").slice(-LINES_SHOWN).join("\n");
  if (timeout || exitCode === undefined) {
    const reason = timeout
      ? `it was not done after ${how.timeout} seconds and was ended. Raise \`run-timeout\`, or see below what it waited for`
      : "it was ended before it could say how it went: by the machine, out of memory say";
    return { ...common, reason, output };
  }
  if (exitCode === 0) {
    // It calls itself a success: failures that it knows of are not ours to count.
    const findings = failures.map((one) => toFinding(name, one, run, places, "INFO"));
    return { ...common, findings, exitCode };
  }
  const whole: Finding = {
    ...PLAIN_FINDING,
    check: name,
    level: "ERROR",
    id: "run.failed",
    message: [
      `\`${run.line}\` ended with exit code ${exitCode}${MEANS[exitCode] ?? ""}.`,
      ...(failures.length > 0 ? [] : namedTests(run.output)),
    ].join("\n"),
    hint: hintOf(run, how.target),
  };
  const findings = [whole, ...failures.map((one) => toFinding(name, one, run, places, "ERROR"))];
  return { ...common, output, findings, exitCode };
}

/** Exit codes of the shell itself. */
const MEANS: Readonly<Record<number, string>> = {
  126: ", which says that the program could not be started",
  127: ", which says that there is no such program",
  137: ", which says that it was killed (out of memory, perhaps)",
};

/** @param target the stage that the workflow names; empty = the shipped image */
function withoutTools(target: string): string {
  return target === ""
    ? "The shipped image often has no test tools: name the stage of the Dockerfile that has them with the input " +
        "`run-target`, or install them in the image."
    : `The stage \`${target}\` (\`run-target\`) does not find it. Install it in that stage; if an environment there has ` +
        "it, put that on the path (`ENV PATH=/app/.venv/bin:$PATH`), or let the tool run it (`uv run …`, `poetry run …`).";
}

/** What a test runner calls its failed tests, where it wrote no JUnit file: unittest's headings, pytest's summary. */
function namedTests(output: string): string[] {
  const names = [...output.matchAll(/^(?:(?:FAIL|ERROR): \w.*|(?:FAILED|ERROR) \S+::.*)$/gm)].map(([line]) =>
    line.trim(),
  );
  return [...new Set(names)].slice(0, MOST_TESTS);
}

const MOST_TESTS = 10;

function hintOf({ line, exitCode, output, failures }: CommandRun, target: string): string {
  const absent = absentHint(output, target);
  if (absent !== "") return absent;
  if (exitCode === 127) return withoutTools(target);
  if (PRODUCTIONS_SETTINGS.test(output) && /\b(py\.?test|manage\.py test)\b/.test(line)) return TEST_SETTINGS;
  if (NAMES_A_VARIABLE.test(output)) return NO_STAND_INS;
  return failures.length === 0 && namedTests(output).length > 0 ? JUNIT : "";
}

const JUNIT =
  'Each failed test is annotated at its line when the command writes JUnit XML to "$JUNIT_XML" (pytest: ' +
  '`--junit-xml="$JUNIT_XML"`; Django\'s own runner: the package unittest-xml-reporting).';

/** Options of pytest that its plugins bring. */
const OPTION = /error: unrecognized arguments: --(?:cov|ds|reuse-db|django|numprocesses)/m;
const MODULE = /No module named '?([\w.]+)/;
/** What Django says, with its own suggestion if it has one. */
const COMMAND = /^Unknown command: '([\w.-]+)'\.?( Did you mean [^\n]*)?/m;
/** Packages that an image for production rarely has, by their modules and by the commands that they bring. */
const TOOLS =
  /^(?:pytest\w*|_pytest|coverage|ruff|mypy\w*|pylint\w*|flake8\w*|black|isort|bandit|tox|nox|xdist|unittest_xml|xmlrunner|nose\w*|factory|faker|model_bakery|mommy|mixer|hypothesis|freezegun|time_machine|responses|respx|requests_mock|moto|vcr|syrupy|snapshottest|behave\w*|selenium|playwright|splinter|webtest|django_webtest|test_plus|debug_toolbar|django_extensions|silk|mypy_django_plugin|jenkins|shell_plus|validate_templates|djlint|pre_commit|locust|parameterized|ddt|testcontainers|tblib)$/;

/** What a command misses: a tool for tests, or something of the project; empty when it does not say. */
function absentHint(output: string, target: string): string {
  const name = MODULE.exec(output)?.[1];
  const command = COMMAND.exec(output);
  if (name !== undefined)
    return TOOLS.test(name.split(".")[0] ?? "")
      ? `${name} is not installed there. ${withoutTools(target)}`
      : `The module ${name} is missing there. If it is the project's own, see that COPY and \`.dockerignore\` let it into ` +
          `the image; if it is a package's, install that${target === "" ? ", or name the stage that has it with the input `run-target`" : ` in the stage \`${target}\``}.`;
  if (command !== null) {
    const [, called = "", suggestion = ""] = command;
    if (TOOLS.test(called)) return `${called} is not installed there. ${withoutTools(target)}`;
    return (
      `Django has no command ${called} under these settings.${suggestion} Otherwise an app brings it that is not in ` +
      `INSTALLED_APPS${target === "" ? ", or only in the stage for tests: name that with the input `run-target`" : ""}.`
    );
  }
  return OPTION.test(output) ? `A plugin of pytest is not installed there. ${withoutTools(target)}` : "";
}

/** What tests say under settings that are production's: redirects to https, no manifest, no host `testserver`. */
const PRODUCTIONS_SETTINGS =
  /\b301 (?:==|!=) 200\b|Missing staticfiles manifest entry|Invalid HTTP_HOST header: 'testserver'|settings are not configured|^django: .*settings: \S*prod\S* \(from env\)/m;
const TEST_SETTINGS =
  "The tests may run under production's settings, which the image names in DJANGO_SETTINGS_MODULE. Name those for " +
  "tests: `pytest --ds=SETTINGS`, or `python manage.py test --settings=SETTINGS`.";

/** How settings complain of a variable that is not set. */
const NAMES_A_VARIABLE = /^KeyError: |ImproperlyConfigured|UndefinedValueError|environment variable/m;
const NO_STAND_INS =
  "If a variable is missing: commands see the image's environment and `env`, and none of the stand-in values " +
  "that the checks get. Set it with the input `env`.";

function toFinding(
  check: string,
  failure: FailedTest,
  run: CommandRun,
  places: ReadonlyMap<string, string>,
  level: Finding["level"],
): Finding {
  return {
    ...PLAIN_FINDING,
    check,
    level,
    id: `junit.${failure.kind}`,
    message: failure.message,
    hint: "",
    object: failure.test,
    ...placed(containerPath(failure, run), failure.line, places),
  };
}

/** The answers of commands that could not be run at all, for one reason. */
export function notRun(names: readonly string[], reason: string): Answer[] {
  return names.map((name, index) => ({
    ...emptyAnswer(name),
    reason: index === 0 ? reason : `for the same reason as \`${names[0]}\``,
  }));
}
