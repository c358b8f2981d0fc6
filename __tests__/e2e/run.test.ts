/** The workflow's own commands (`run`): where they run, what they see, and what their end means. */
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it, jest } from "@jest/globals";
import { onDjango } from "./harness/base.ts";
import { stagingNames } from "./harness/docker.ts";
import {
  expectFailure,
  expectNothingShipped,
  expectShipped,
  report,
  result,
  statuses,
} from "./harness/expectations.ts";
import * as fault from "./harness/faults.ts";
import { type Overlay, project, replace, unique } from "./harness/project.ts";
import { registry } from "./harness/registry.ts";
import { type Step, step } from "./harness/step.ts";

jest.setTimeout(300_000);

const ENV = "SECRET_KEY=only-for-these-tests:aB3.dE6-gH9_jK2+mN5~pQ8*sT1!vW4=yZ7\nALLOWED_HOSTS=shop.example";

/** A test that passes, and one that fails at line 10. */
const TESTS: Overlay = {
  "shop/tests.py": [
    "from django.test import TestCase",
    "from shop.models import Product",
    "",
    "",
    "class ProductTest(TestCase):",
    "    def test_none_at_first(self):",
    "        self.assertEqual(Product.objects.count(), 0)",
    "",
    "    def test_wrong(self):",
    "        self.assertEqual(1 + 1, 3, 'sums are off')",
    "",
  ].join("\n"),
};

const django = await onDjango();

async function run(
  commands: readonly string[],
  { inputs = {}, overlays = [] }: { inputs?: Record<string, string>; overlays?: readonly Overlay[] } = {},
): Promise<{ tried: Step; image: string }> {
  const image = registry.repoName("run");
  const shop = project("plain", unique(), ...overlays);
  const asked = { image, env: ENV, run: commands.join("\n"), ...inputs };
  return { image, tried: await step(asked, { project: shop }) };
}

// On builders of their own: builders.test.ts.
describe("commands that pass", () => {
  /** An image whose config tells that file from any other. */
  const configured = fault.inDockerfile("USER 12345", "EXPOSE 8000", 'ENTRYPOINT ["env"]');
  const HOLDS = ['"User":"12345"', '"8000/tcp":{}', '"Entrypoint":["env"]', '"Cmd":["python",'];
  const COMMANDS = [
    "python manage.py check",
    'test -f manage.py && test "$PWD" = /app && test "$CI" = true',
    ...HOLDS.map((part) => `grep -qF '${part}' /.shipshape-probe/image.json`),
    "date +%s%N; touch /tmp/by-the-command",
  ];
  const image = registry.repoName("run");
  const shop = project("plain", unique(), configured);
  const inputs = { image, env: ENV, run: COMMANDS.join("\n"), checks: "system" };
  let first: Step;
  beforeAll(async () => {
    first = await step(inputs, { project: shop, number: 1 });
  });

  it("are checks of their own, in the image and next to a file with its config; the image is shipped", async () => {
    await expectShipped(first, image, "build-1");
    expect(Object.keys(statuses(first))).toEqual(["system", ...COMMANDS]);
    const check = result(first).checks["python manage.py check"];
    expect(check).toMatchObject({ status: "passed", exitCode: 0, cached: false });
    expect(first.log).toContain("[run] python manage.py check");
    expect(first.log).toContain("System check identified no issues");
    expect(await stagingNames(first.runId)).toEqual([]);
  });

  it("run again although nothing changed, and nothing of them is in the image", async () => {
    const second = await step(inputs, { project: shop, number: 2 });
    await expectShipped(second, image, "build-2");
    const times = [first, second].map(({ log }) => /^ {2}(\d{19})$/m.exec(log)?.[1]);
    expect(new Set(times).size).toBe(2);
    expect(times).not.toContain(undefined);
    const [one, two] = await Promise.all(
      ["build-1", "build-2"].map(async (tag) => (await registry.image(image, tag)).config?.digest),
    );
    expect(one).toBe(two);
  });
});

describe("commands that fail", () => {
  const VALUE = "s3cr3t-'quoted\"-$HOME-`x`";
  const FAILS = "echo nearly; echo the end >&2; exit 3";
  const ASKS = "python -c \"import socket; socket.create_connection(('127.0.0.1', 5000))\"";
  const TELLS = 'echo "is: $TOKEN"; test "${#TOKEN}" -eq 25; exit $((1 - $?))';
  let tried: Step;
  let image: string;
  beforeAll(async () => {
    const inputs = { env: `${ENV}\nTOKEN=${VALUE}`, checks: "system" };
    const overlays = [fault.debugOn];
    ({ tried, image } = await run([FAILS, "true", ASKS, TELLS, "pytest -q"], { inputs, overlays }));
  });

  const failed = (command: string) =>
    report(tried).findings.find(({ id, check }) => id === "run.failed" && check.startsWith(command));

  it("fail the step with their exit code and last lines, and the checks are reported too", async () => {
    const { message } = expectFailure(tried, "Checks failed");
    await expectNothingShipped(tried, image);
    expect(message).toContain("ended with exit code 3");
    expect(message).toContain("security.W018");
    expect(message).toContain("the end");
    const { checks, findings } = report(tried);
    expect(checks[FAILS]).toMatchObject({ status: "failed", exitCode: 3 });
    expect(checks.true).toMatchObject({ status: "passed" });
    expect(findings.map(({ id }) => id)).toEqual(expect.arrayContaining(["run.failed", "security.W018"]));
  });

  it("have no network", () => {
    expect(failed("python -c")).toBeDefined();
    expect(tried.log).toContain("refused");
  });

  it("see `env`, of which no value is printed or reported", () => {
    expect(failed('echo "is:')?.message).toContain("ended with exit code 1");
    expect(tried.log).toContain("is: ***");
    const written = readFileSync(tried.outputs.report ?? "", "utf8");
    for (const text of [tried.log, tried.summary, JSON.stringify(tried.outputs), written])
      expect(text).not.toContain("s3cr3t");
  });

  it("for want of a program lead to `run-target`", () => {
    expect(failed("pytest -q")?.message).toContain("no such program");
    expect(failed("pytest -q")?.hint).toContain("run-target");
  });
});

it("a command that takes too long is ended alone, with all that it started, and the others are reported", async () => {
  const slow = "trap '' TERM; (trap '' TERM; sleep 600) & echo waiting; sleep 600; sleep 600";
  const { tried, image } = await run([slow, "echo done"], {
    inputs: { "run-timeout": "5", checks: "system" },
  });
  const { message } = expectFailure(tried, "Checks could not run");
  await expectNothingShipped(tried, image);
  expect(message).toContain("5 seconds");
  expect(message).toContain("run-timeout");
  expect(message).toContain("waiting");
  expect(result(tried).checks["echo done"]).toMatchObject({ status: "passed" });
});

describe("run-target", () => {
  /** A stage of this name before the image's own. */
  const withStage = (...lines: readonly string[]): Overlay => ({
    Dockerfile: (before) => `${before.replace(/^FROM \S+/, "$& AS base")}${lines.join("\n")}\nFROM base\n`,
  });

  it("runs the commands in another stage, which is not what is shipped; and XML that is none is reported", async () => {
    const there = "test -f /development && python manage.py check";
    const { tried, image } = await run([there, 'echo "<no" >"$JUNIT_XML"'], {
      inputs: { "run-target": "development", checks: "system" },
      overlays: [django, withStage("FROM base AS development", "RUN touch /development")],
    });
    await expectShipped(tried, image);
    expect(await registry.file(image, "build-7", "development")).toBeUndefined();
    expect(result(tried).checks[there]).toMatchObject({ status: "passed", exitCode: 0 });
    expect(tried.log).toContain("no JUnit XML that can be read");
  });

  it("that does not build stops the commands and nothing else", async () => {
    const { tried } = await run(["true"], {
      inputs: { "run-target": "development", checks: "system" },
      overlays: [django, withStage("FROM base AS development", "RUN echo oh-no; exit 9")],
    });
    const { message } = expectFailure(tried, "Checks could not run");
    expect(message).toContain("`development`");
    expect(message).toContain("exit code 9");
    expect(result(tried).checks.system).toMatchObject({ status: "passed" });
  });
});

it("JUnit XML of pytest becomes findings at the file and line of the repository", async () => {
  const { tried } = await run(['python -m pytest -q --junit-xml="$JUNIT_XML" shop/tests.py'], {
    inputs: { env: `${ENV}\nDJANGO_SETTINGS_MODULE=mysite.settings`, checks: "system" },
    overlays: [
      TESTS,
      { Dockerfile: replace('"django==${DJANGO}"', '"django==${DJANGO}" pytest pytest-django') },
    ],
  });
  const { message } = expectFailure(tried, "Checks failed");
  expect(message).toContain("shop/tests.py:10");
  const found = report(tried).findings.filter(({ id }) => id === "junit.failure");
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({ level: "ERROR", file: "shop/tests.py", line: 10 });
  expect(found[0]?.message).toContain("sums are off");
  expect(tried.commands).toContainEqual(
    expect.objectContaining({
      name: "error",
      properties: expect.objectContaining({ file: "shop/tests.py", line: "10" }),
    }),
  );
});
