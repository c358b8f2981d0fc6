import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { DjangoCheck } from "../../../../src/checks/django/bake.ts";
import { runDjango } from "../../../../src/checks/django/run.ts";
import type { Solved } from "../../../../src/docker/docker.ts";
import type { ImageConfig } from "../../../../src/docker/manifests.ts";
import { Failure } from "../../../../src/failure.ts";
import type { Request } from "../../../../src/request/request.ts";
import { PROBE_STEP } from "../../docker/solves.ts";
import { ended, FakeBuilder, failed, solved } from "../../image/fake-builder.ts";
import { aBaseImage, aRequest, digest, probeCheck, rawReport } from "../../samples.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "django-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const check = (): DjangoCheck => ({
  base: aBaseImage({ layers: { file: { target: {} }, targets: ["layers"], allow: [], secrets: new Map() } }),
  context: "/tmp/step/context",
  report: join(folder, "report"),
  secretKey: "",
});

const PASS = { settings: { DEBUG: { value: false, supplied: "nobody" } } };
const FAILING = {
  ...PASS,
  checks: {
    system: probeCheck({ status: "timeout" }),
    migrations: probeCheck(),
    static: probeCheck(),
  },
};

const UNJUDGED = {
  ...PASS,
  checks: { ...FAILING.checks, system: probeCheck({ skipped: "it was late" }) },
};

/** A probe that leaves a report. */
const leaves =
  (text: string, cached = false) =>
  () => {
    writeFileSync(join(folder, "report", "report.json"), text);
    return solved([{ name: PROBE_STEP, cached }]);
  };
const reports = (more: object, cached = false) => leaves(JSON.stringify(rawReport({ ...more })), cached);

/** An image in which the engine could not start a program. */
function lacks(program: string): Solved {
  const error = 'process "x" did not complete successfully: exit code: 1';
  const log = `runc run failed: exec: "${program}": stat ${program}: no such file or directory`;
  return failed(`ERROR: failed to solve: ${error}`, [{ name: PROBE_STEP, error, log }]);
}

async function run(
  answers: readonly (Solved | (() => Solved))[],
  more: Partial<Omit<Request, "run">> = {},
  prepared: Promise<DjangoCheck> = Promise.resolve(check()),
) {
  const fake = new FakeBuilder(answers);
  const examination = await runDjango(fake.solver(), aRequest(more), prepared);
  const commands = fake.asked.map(
    ({ file }) => /(\[[^\]]*\])$/m.exec(file.target.checks?.["dockerfile-inline"] ?? "")?.[1] ?? "",
  );
  return { examination, fake, commands };
}

const reasons = ({ answers }: { answers: readonly { reason: string }[] }) => [
  ...new Set(answers.map(({ reason }) => reason)),
];

describe("the probe's report", () => {
  it("is read from where the solve left it", async () => {
    const { examination, fake } = await run([reports(PASS)]);
    expect(examination.answers.map(({ name, cached }) => [name, cached])).toEqual([
      ["system", false],
      ["migrations", false],
      ["static", false],
    ]);
    expect(examination.project.django.version).toBe("5.2.8");
    expect(Object.keys(examination.settings)).toEqual(["DEBUG"]);
    expect(fake.asked).toHaveLength(1);
  });

  it("is believed from the cache when it is a pass", async () => {
    const { examination, fake } = await run([reports(PASS, true)]);
    expect(examination.answers.every(({ cached }) => cached)).toBe(true);
    expect(fake.asked).toHaveLength(1);
  });

  it.each<[string, object]>([
    ["a check could not run", FAILING],
    ["the settings could not be loaded", { settings: {} }],
    ["a check could not judge something", UNJUDGED],
  ])("is asked for again when it comes from the cache and %s", async (_, more) => {
    const { examination, fake } = await run([reports(more, true), reports(PASS)]);
    expect(fake.asked.map(({ file }) => file.target.checks?.["no-cache-filter"])).toEqual([
      undefined,
      ["shipshape-probe"],
    ]);
    expect(reasons(examination)).toEqual([""]);
  });

  it.each<[string, string | undefined]>([
    ["is missing", undefined],
    ["is not JSON", "<html>"],
  ])("is a reason for each check when it %s", async (_, text) => {
    const answer = text === undefined ? solved([{ name: PROBE_STEP }]) : leaves(text);
    const { examination } = await run([answer]);
    expect(reasons(examination)).toEqual([expect.stringContaining("The probe's report cannot be read")]);
  });
});

describe("an image without a shell", () => {
  it("is tried with one interpreter after the other", async () => {
    const { commands, fake } = await run([lacks("/bin/sh"), lacks("python3"), reports(PASS)]);
    expect(commands).toEqual([
      '["/bin/sh","/.shipshape-probe/launch.sh"]',
      '["python3","/.shipshape-probe/probe.py","--launched"]',
      '["python","/.shipshape-probe/probe.py","--launched"]',
    ]);
    expect(fake.said).toEqual([
      "The image has no shell: trying python3.",
      "The image has no shell: trying python.",
    ]);
  });

  it("is tried with `python` alone where the workflow has set it", async () => {
    const python = "/opt/bin/python";
    const { examination, commands } = await run([lacks("/bin/sh"), lacks(python)], { python });
    expect(commands.at(-1)).toBe('["/opt/bin/python","/.shipshape-probe/probe.py"]');
    expect(reasons(examination)).toEqual([
      expect.stringMatching(/none of these is a Python with Django in it: \/opt\/bin\/python\. .*`python`/),
    ]);
  });

  it.each<[string, ImageConfig, readonly string[]]>([
    // Images like those of GoogleContainerTools/distroless and of Chainguard.
    ["a Python", { Entrypoint: ["/usr/bin/python3.13"], Cmd: ["/app/server.py"] }, ["/usr/bin/python3.13"]],
    [
      "Red Hat's own",
      { Entrypoint: ["/usr/libexec/platform-python", "-m"] },
      ["/usr/libexec/platform-python"],
    ],
    [
      "a server",
      { Cmd: ["/srv/env/bin/gunicorn", "a.wsgi", "-c", "/etc/gunicorn.py"] },
      ["/srv/env/bin/python"],
    ],
    [
      "an environment, and a start that runs another",
      { Entrypoint: ["/tini/bin/tini", "--"], Cmd: ["/x/bin/uvicorn"], Env: ["A=b", "VIRTUAL_ENV=/opt/e"] },
      ["/tini/bin/python", "/x/bin/python", "/opt/e/bin/python"],
    ],
    ["nothing that is a path", { Cmd: ["gunicorn", "/var/bin/../x y"], Env: null }, []],
  ])("is tried first with the interpreters that its config names: %s", async (_, config, first) => {
    const prepared = Promise.resolve({ ...check(), base: aBaseImage({ config }) });
    const answers = [lacks("/bin/sh"), ...first.map(lacks), reports(PASS)];
    const { commands } = await run(answers, {}, prepared);
    const expected = [...first, "python3"].map((python) => [
      python,
      "/.shipshape-probe/probe.py",
      "--launched",
    ]);
    expect(commands.slice(1).map((command) => JSON.parse(command))).toEqual(expected);
  });

  it("gives up when none of the usual ones is there", async () => {
    const { examination, fake } = await run([lacks("/bin/sh"), ...Array<Solved>(9).fill(lacks("python"))]);
    expect(fake.asked).toHaveLength(10);
    expect(reasons(examination)).toEqual([expect.stringContaining("/app/venv/bin/python")]);
  });
});

describe("a probe that could not be started", () => {
  it.each<[string, readonly Solved[], RegExp]>([
    ["lacks its interpreter", [lacks("/opt/python")], /The image has no \/opt\/python/],
    ["did not end within its time", [ended("step")], /The probe did not end within its time/],
    [
      "lacks the image's layers, also after they were brought",
      Array<Solved>(3).fill(
        failed(`ERROR: content digest ${digest("a")}: not found`, [
          { name: PROBE_STEP, error: `content digest ${digest("a")}: not found` },
        ]),
      ),
      /no longer has the image/,
    ],
  ])("is a reason for each check: it %s", async (_, answers, reason) => {
    const { examination } = await run(answers);
    expect(reasons(examination)).toEqual([expect.stringMatching(reason)]);
    expect(examination.project.problem).toMatch(reason);
    expect(examination.answers.map(({ name }) => name)).toEqual(["system", "migrations", "static"]);
  });

  it("is a reason for each check when the image has no name", async () => {
    const prepared = Promise.reject(new Failure("Checks could not run", "it keeps no history"));
    const { examination, fake } = await run([], {}, prepared);
    expect(reasons(examination)).toEqual(["it keeps no history"]);
    expect(fake.asked).toEqual([]);
  });

  it("ends the step when the builder is at fault", async () => {
    await expect(run([failed("ERROR: context deadline exceeded")])).rejects.toMatchObject({
      kind: "Build failed",
    });
  });

  it("ends the step when it was cancelled", async () => {
    await expect(run([ended("cancelled")])).rejects.toMatchObject({ kind: "Cancelled" });
  });
});
