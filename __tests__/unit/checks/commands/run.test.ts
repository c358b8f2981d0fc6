import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { CommandsCheck } from "../../../../src/checks/commands/bake.ts";
import { runCommands } from "../../../../src/checks/commands/run.ts";
import type { Solve } from "../../../../src/docker/bake.ts";
import type { BakeOptions, Solved } from "../../../../src/docker/docker.ts";
import { Failure } from "../../../../src/failure.ts";
import type { Request } from "../../../../src/request/request.ts";
import type { Step } from "../../docker/solves.ts";
import { ended, FakeBuilder, failed, solved } from "../../image/fake-builder.ts";
import { aBaseImage, aRequest, digest } from "../../samples.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "commands-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const LINES = ["pytest -q", "ruff check"];
const stepOf = (number: number) => `[shipshape-command-${number} 3/3] RUN --network=none x`;
const STEPS: readonly Step[] = [
  { name: stepOf(1), log: "3 passed\n" },
  { name: stepOf(2), log: "E501 hush\n" },
];
const LAYERS: Solve = { file: { target: {} }, targets: ["layers"], allow: [], secrets: new Map() };

function asks(more: Partial<Omit<Request, "run">> = {}): Request {
  return aRequest({ commands: { lines: LINES, target: "", timeout: 60 }, workspace: folder, ...more });
}

const check = (): CommandsCheck => ({
  base: aBaseImage({ layers: LAYERS }),
  context: "/tmp/step/context",
  report: join(folder, "report"),
  secretKey: "",
  environment: "",
});

/** Commands that leave files, each in a folder by its number: `1/exit`. */
const leaves =
  (files: Readonly<Record<string, string>>, steps = STEPS) =>
  () => {
    for (const [name, text] of Object.entries(files)) put(join(folder, "report", name), text);
    return solved(steps);
  };

function put(path: string, text: string): void {
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, text);
}

type Answers = ConstructorParameters<typeof FakeBuilder>[0];

async function run(
  answers: Answers,
  request = asks(),
  prepared: Promise<CommandsCheck> = Promise.resolve(check()),
) {
  const fake = new FakeBuilder(answers);
  const all = await runCommands(fake.solver({ folder }), request, prepared);
  return { all, fake, asked: fake.asked.flatMap(({ targets }) => targets) };
}

describe("the commands", () => {
  it("are asked for nothing when there are none", async () => {
    const { all, asked } = await run([], asks({ commands: { lines: [], target: "", timeout: 60 } }));
    expect(all).toEqual([]);
    expect(asked).toEqual([]);
  });

  it("answer with what each left and printed", async () => {
    const { all, asked } = await run([leaves({ "1/exit": "0\n", "2/exit": "1\n" })]);
    expect(all).toMatchObject([
      { name: "pytest -q", exitCode: 0, findings: [], seconds: 1, cached: false },
      { name: "ruff check", exitCode: 1, findings: [{ id: "run.failed" }], output: "E501 hush" },
    ]);
    expect(asked).toEqual(["commands"]);
  });

  it("never print a value of `env`, neither in the log nor in an answer", async () => {
    const tell = (_: Solve, { hear }: BakeOptions) => {
      hear({ type: "log", step: "s", name: stepOf(2), line: "E501 hush!hush" });
      return leaves({ "1/exit": "0", "2/exit": "1" }, [{ name: stepOf(2), log: "E501 hush!hush\n" }])();
    };
    const { all, fake } = await run([tell], asks({ env: new Map([["TOKEN", "hush!hush"]]) }));
    expect(JSON.stringify([all, fake.heard])).not.toContain("hush!hush");
    expect(fake.heard).toEqual([expect.objectContaining({ line: "E501 ***" })]);
  });

  it.each<[string, Readonly<Record<string, string>>, RegExp]>([
    ["left nothing", {}, /ended before it could say how it went/],
    ["left no number", { "1/exit": "yes" }, /ended before it could say how it went/],
    ["left no number of a process", { "1/exit": "1234" }, /ended before it could say how it went/],
    ["ran into its limit", { "1/exit": "143", "1/timeout": "" }, /not done after 60 seconds/],
  ])("could not run when one %s", async (_, files, reason) => {
    const { all } = await run([leaves({ ...files, "2/exit": "0" })]);
    expect(all[0]?.reason).toMatch(reason);
    expect(all[1]?.reason).toBe("");
  });

  it("have no answer in a link, which a container could make of any file", async () => {
    const { all } = await run([
      () => {
        const solve = leaves({ "2/exit": "0" })();
        put(join(folder, "secret"), "0");
        mkdirSync(join(folder, "report", "1"));
        symlinkSync(join(folder, "secret"), join(folder, "report", "1", "exit"));
        return solve;
      },
    ]);
    expect(all[0]?.reason).toMatch(/ended before it could say how it went/);
  });
});

describe("commands that could not be run", () => {
  const SHELL = failed("ERROR: failed to solve: exit code: 1", [
    {
      name: stepOf(1),
      error: "exit code: 1",
      log: 'exec: "/bin/sh": stat /bin/sh: no such file or directory',
    },
  ]);
  const started = (number: number): Step => ({ name: stepOf(number) });

  it.each<[string, readonly Solved[], Partial<Omit<Request, "run">>, RegExp]>([
    ["in an image without a shell", [SHELL], {}, /^the image has no shell.*`run-target`$/],
    [
      "in a stage without a shell",
      [SHELL],
      { commands: { lines: LINES, target: "dev", timeout: 60 } },
      /^the stage `dev` \(`run-target`\) has no shell/,
    ],
    [
      "because one could not be started",
      [failed("ERROR: x", [{ name: stepOf(1), error: "unable to find user nosuch" }])],
      {},
      /^it could not be started: unable to find user nosuch$/,
    ],
    [
      "because the builder is down",
      [failed("ERROR: context deadline exceeded")],
      {},
      /^context deadline exceeded\. The builder does not answer/,
    ],
    ["because the builder hung twice", [ended("idle"), ended("idle")], {}, /took the build twice/],
    ["because a step did not end", [ended("step", [started(1)])], {}, /did not end within 60 seconds/],
  ])("%s have one reason: %#", async (_, answers, more, reason) => {
    const { all } = await run(answers, asks(more));
    expect(all.map(({ name }) => name)).toEqual(LINES);
    expect(all[0]?.reason).toMatch(reason);
  });

  it("say which of them did not end", async () => {
    const { progress } = ended("step");
    progress.line(
      JSON.stringify({
        vertexes: [{ digest: "sha256:2", name: stepOf(2), started: "2026-01-01T00:00:00Z" }],
      }),
    );
    const { all } = await run([{ ok: false, why: "step", progress, stderr: "" }]);
    expect(all[0]?.reason).toMatch(/^`ruff check` did not end within 60 seconds/);
  });

  it("say why there was no image to run them in", async () => {
    const prepared = Promise.reject(new Failure("Build failed", "the stage `dev` could not be built."));
    const { all, asked } = await run([], asks(), prepared);
    expect(all[0]?.reason).toBe("there was no image to run it in: the stage `dev` could not be built");
    expect(asked).toEqual([]);
  });

  it("end with the job", async () => {
    await expect(run([ended("cancelled")])).rejects.toMatchObject({ kind: "Cancelled" });
    const prepared = Promise.reject(new Failure("Cancelled", "x"));
    await expect(run([], asks(), prepared)).rejects.toMatchObject({ kind: "Cancelled" });
  });

  it("are run again once the builder has brought the image's layers", async () => {
    const lost = `content digest ${digest("a")}: not found`;
    const { all, asked } = await run([
      failed(`ERROR: ${lost}`, [{ name: stepOf(1), error: lost }]),
      solved(),
      leaves({ "1/exit": "0", "2/exit": "0" }),
    ]);
    expect(asked).toEqual(["commands", "layers", "commands"]);
    expect(all.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
  });
});

describe("the files of failed tests", () => {
  const JUNIT = `<testsuite><testcase classname="T" name="t" file="shop/tests.py"><failure message="m">shop/tests.py:4: E</failure></testcase></testsuite>`;
  const failing = leaves({ "1/exit": "1", "1/cwd": "/app\n", "1/junit.xml": JUNIT, "2/exit": "0" });
  /** The container's file, copied out of it. */
  const copies = (text: string) => () => {
    put(join(folder, "files", "0", "tests.py"), text);
    return solved();
  };

  beforeEach(() => put(join(folder, "ws", "shop", "tests.py"), "assert 1\n"));
  const request = () => asks({ workspace: join(folder, "ws") });

  it("are annotated where the repository has the same content", async () => {
    const { all, asked, fake } = await run([failing, copies("assert 1\n")], request());
    expect(asked).toEqual(["commands", "files"]);
    expect(fake.asked[1]?.file.target.files?.["dockerfile-inline"]).toContain("/[a]pp/shop/tests.py /0/");
    expect(all[0]?.findings).toContainEqual(expect.objectContaining({ file: "shop/tests.py", line: 4 }));
  });

  it.each<[string, Answers, string[]]>([
    ["has another content", [failing, copies("assert 2\n")], []],
    ["was not copied", [failing, solved()], []],
    ["could not be copied", [failing, failed("ERROR: lost")], ["so they are not annotated"]],
    ["could not be copied in time", [failing, ended("step")], ["so they are not annotated"]],
    [
      "could not be copied by a builder that hangs",
      [failing, ended("idle"), ended("idle")],
      ["without external caches", "so they are not annotated"],
    ],
  ])("are not annotated when one %s, and that fails nothing", async (_, answers, said) => {
    const { all, fake } = await run(answers, request());
    expect(all[0]).toMatchObject({ exitCode: 1, reason: "" });
    expect(all[0]?.findings.map(({ file }) => file)).toEqual(["", ""]);
    expect(fake.said).toEqual(said.map((text) => expect.stringContaining(text)));
  });

  it("are not asked for when the repository has none of that name", async () => {
    const { asked } = await run([failing], asks({ workspace: join(folder, "empty") }));
    expect(asked).toEqual(["commands"]);
  });

  it("are copied without a word in the log", async () => {
    const tell = (_: Solve, { hear }: BakeOptions) => {
      hear({ type: "started", step: "s", name: "[shipshape-report 1/1] COPY x" });
      return copies("assert 1\n")();
    };
    expect((await run([failing, tell], request())).fake.heard).toEqual([]);
  });

  it("end with the job", async () => {
    await expect(run([failing, ended("cancelled")], request())).rejects.toMatchObject({ kind: "Cancelled" });
  });
});
