/** The workflow's own commands (`run`): where they run, what they see, and what their end means. */
import { readFileSync } from "node:fs";
import { describe, expect, it, jest } from "@jest/globals";
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
import { append, type Overlay, project, replace, unique } from "./harness/project.ts";
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

async function run(
  commands: readonly string[],
  { inputs = {}, overlays = [] }: { inputs?: Record<string, string>; overlays?: readonly Overlay[] } = {},
): Promise<{ tried: Step; image: string }> {
  const image = registry.repoName("run");
  const shop = project("plain", unique(), ...overlays);
  return {
    image,
    tried: await step({ image, env: ENV, run: commands.join("\n"), ...inputs }, { project: shop }),
  };
}

describe.each(["", "shipshape-container"])("commands in the shipped image, builder %j", (builder) => {
  it("pass next to the checks, each a check of its own; the image is shipped", async () => {
    const { tried, image } = await run(
      ["python manage.py check", 'test -f manage.py && test "$PWD" = /app && test "$CI" = true'],
      { inputs: { builder } },
    );
    await expectShipped(tried, image);
    const { checks } = result(tried);
    expect(Object.keys(statuses(tried))).toEqual([
      "system",
      "migrations",
      "static",
      "python manage.py check",
      'test -f manage.py && test "$PWD" = /app && test "$CI" = true',
    ]);
    expect(checks["python manage.py check"]).toMatchObject({ status: "passed", exitCode: 0, cached: false });
    expect(tried.log).toContain("[run] python manage.py check");
    expect(tried.log).toContain("System check identified no issues");
    expect(await stagingNames(tried.runId)).toEqual([]);
  });

  it("run next to a file with the image's config, which the probe gets", async () => {
    const overlays = [fault.inDockerfile("USER 12345", "EXPOSE 8000", 'ENTRYPOINT ["env"]')];
    const holds = ['"User":"12345"', '"8000/tcp":{}', '"Entrypoint":["env"]', '"Cmd":["python",'];
    const { tried, image } = await run(
      holds.map((part) => `grep -qF '${part}' /.shipshape-probe/image.json`),
      { inputs: { builder }, overlays },
    );
    await expectShipped(tried, image);
  });

  it("fail the step with their exit code and last lines, and the checks are reported too", async () => {
    const { tried, image } = await run(["echo nearly; echo the end >&2; exit 3", "true"], {
      inputs: { builder },
      overlays: [fault.debugOn],
    });
    const { message } = expectFailure(tried, "Checks failed");
    await expectNothingShipped(tried, image);
    expect(message).toContain("ended with exit code 3");
    expect(message).toContain("security.W018");
    expect(message).toContain("the end");
    const { checks, findings } = report(tried);
    expect(checks["echo nearly; echo the end >&2; exit 3"]).toMatchObject({ status: "failed", exitCode: 3 });
    expect(checks.true).toMatchObject({ status: "passed" });
    expect(findings.map(({ id }) => id)).toEqual(expect.arrayContaining(["run.failed", "security.W018"]));
  });
});

describe("a command", () => {
  it("runs again although nothing changed, and nothing of it is in the image", async () => {
    const image = registry.repoName("run");
    const shop = project("plain", unique());
    const inputs = { image, env: ENV, run: "date +%s%N; touch /app/by-the-command" };
    const first = await step(inputs, { project: shop, number: 1 });
    const second = await step(inputs, { project: shop, number: 2 });
    await expectShipped(first, image, "build-1");
    await expectShipped(second, image, "build-2");
    const times = [first, second].map(({ log }) => /^ {2}(\d{19})$/m.exec(log)?.[1]);
    expect(new Set(times).size).toBe(2);
    expect(times).not.toContain(undefined);
    expect(second.log).toMatch(/COPY \. \. … cached/);
    const [one, two] = await Promise.all(
      ["build-1", "build-2"].map(async (tag) => (await registry.image(image, tag)).config?.digest),
    );
    expect(one).toBe(two);
  });

  it("that takes too long is ended alone, with all that it started, and the others are reported", async () => {
    const { tried, image } = await run(
      ["trap '' TERM; (trap '' TERM; sleep 600) & echo waiting; sleep 600; sleep 600", "echo done"],
      { inputs: { "run-timeout": "3" } },
    );
    const { message } = expectFailure(tried, "Checks could not run");
    await expectNothingShipped(tried, image);
    expect(message).toContain("3 seconds");
    expect(message).toContain("run-timeout");
    expect(message).toContain("waiting");
    expect(result(tried).checks["echo done"]).toMatchObject({ status: "passed" });
    expect(tried.seconds).toBeLessThan(120);
  });

  it("has no network", async () => {
    const { tried } = await run([
      "python -c \"import socket; socket.create_connection(('127.0.0.1', 5000))\"",
    ]);
    expect(expectFailure(tried, "Checks failed").message).toContain("refused");
  });

  it("sees `env`, of which no value is printed, reported or in the image", async () => {
    const secret = "s3cr3t-'quoted\"-$HOME-`x`";
    const { tried, image } = await run(['echo "is: $TOKEN"; test "${#TOKEN}" -eq 25; exit $((1 - $?))'], {
      inputs: { env: `${ENV}\nTOKEN=${secret}` },
    });
    expectFailure(tried, "Checks failed");
    await expectNothingShipped(tried, image);
    expect(tried.log).toContain("is: ***");
    const told = [
      tried.log,
      tried.summary,
      JSON.stringify(tried.outputs),
      readFileSync(tried.outputs.report ?? "", "utf8"),
    ];
    for (const text of told) expect(text).not.toContain("s3cr3t");
  });

  it("that needs a missing variable says where to set it", async () => {
    const { tried } = await run(["python manage.py check"], { inputs: { env: "" } });
    expectFailure(tried, "Checks failed");
    const [only] = report(tried).findings.filter(({ id }) => id === "run.failed");
    expect(only?.hint).toContain("input `env`");
  });

  it("that is not in the image leads to `run-target`", async () => {
    const { tried } = await run(["pytest -q"]);
    expectFailure(tried, "Checks failed");
    const [only] = report(tried).findings.filter(({ id }) => id === "run.failed");
    expect(only?.message).toContain("no such program");
    expect(only?.hint).toContain("run-target");
  });

  it("that fails under fail-level never is reported, and the image is shipped", async () => {
    const { tried, image } = await run(["exit 4"], { inputs: { "fail-level": "never" } });
    await expectShipped(tried, image);
    expect(result(tried).checks["exit 4"]).toMatchObject({ exitCode: 4 });
  });
});

describe("run-target", () => {
  it("runs the commands in another stage, which is not what is shipped", async () => {
    const { tried, image } = await run(["test -f /development && python manage.py check"], {
      inputs: { "run-target": "development" },
      overlays: [
        {
          Dockerfile: append(
            "FROM python:3.13-slim AS base\nRUN pip install --no-cache-dir --root-user-action=ignore 'django==5.2.*'\n" +
              "WORKDIR /app\nCOPY . .\nFROM base AS development\nRUN touch /development\nFROM base AS production\n",
          ),
        },
      ],
    });
    await expectShipped(tried, image);
  });

  it("that does not build stops the commands and nothing else", async () => {
    const { tried } = await run(["true"], {
      inputs: { "run-target": "development" },
      overlays: [
        {
          Dockerfile: replace(
            "WORKDIR /app",
            "FROM python:3.13-slim AS development\nRUN echo oh-no; exit 9\nFROM python:3.13-slim AS base\nRUN pip install --no-cache-dir --root-user-action=ignore 'django==5.2.*'\nWORKDIR /app",
          ),
        },
      ],
    });
    const { message } = expectFailure(tried, "Checks could not run");
    expect(message).toContain("`development`");
    expect(message).toContain("exit code 9");
    expect(result(tried).checks.system).toMatchObject({ status: "passed" });
  });

  it("that there is not says so", async () => {
    const { tried } = await run(["true"], {
      inputs: { "run-target": "develpment" },
      overlays: [],
    });
    expect(expectFailure(tried, "Checks could not run").message).toContain("develpment");
  });
});

describe("JUnit XML", () => {
  it("of pytest becomes findings at the file and line of the repository", async () => {
    const { tried } = await run(['python -m pytest -q --junit-xml="$JUNIT_XML" shop/tests.py'], {
      inputs: { env: `${ENV}\nDJANGO_SETTINGS_MODULE=mysite.settings` },
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

  it("that is none is a note", async () => {
    const { tried, image } = await run(['echo "<no" >"$JUNIT_XML"']);
    await expectShipped(tried, image);
    expect(tried.log).toContain("no JUnit XML that can be read");
  });
});
