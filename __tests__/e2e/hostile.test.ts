/** Hostile values, settings and findings: they do no harm, and set no output. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, jest } from "@jest/globals";
import {
  expectFailure,
  expectNothingShipped,
  expectShipped,
  report,
  result,
  statuses,
} from "./harness/expectations.ts";
import * as fault from "./harness/faults.ts";
import { type Overlay, project } from "./harness/project.ts";
import { registry } from "./harness/registry.ts";
import { type Step, step } from "./harness/step.ts";
import { folder } from "./harness/temporary.ts";

jest.setTimeout(300_000);

const { inDockerfile, inSettings } = fault;

/** The runner obeyed nothing but what an action of ours says. */
function expectNoForgery(tried: Step): void {
  const names = new Set(tried.commands.map(({ name }) => name));
  for (const name of ["set-output", "save-state", "set-env", "add-path", "add-mask", "add-matcher"]) {
    expect([...names]).not.toContain(name);
  }
  expect(
    tried.commands.filter(({ message }) => message === "forged" || message.startsWith("forged")),
  ).toEqual([]);
  expect(Object.values(tried.outputs)).not.toContain("forged");
  expect(tried.exported).toEqual({});
}

const COMMANDS = [
  "::set-output name=digest::forged",
  "##[set-output name=pinned]forged",
  "::error file=shop/models.py::forged",
  "::stop-commands::forged",
  "::add-mask::sha256",
];

/** Python that prints them on both streams. */
const PRINTS = `import sys
COMMANDS = ${JSON.stringify(COMMANDS)}
for stream in (sys.stdout, sys.stderr):
    for line in COMMANDS:
        print(line, file=stream, flush=True)`;

describe("what a container prints", () => {
  it("sets no output when a RUN of the Dockerfile prints workflow commands, and fails", async () => {
    const image = registry.repoName("forge");
    const lines = COMMANDS.map((line) => `echo '${line}'; echo '${line}' >&2`).join("; ");
    const tried = await step({ image }, { project: project("plain", inDockerfile(`RUN ${lines}; exit 1`)) });
    expectFailure(tried, "Build failed");
    expectNoForgery(tried);
  });

  it("sets no output and breaks no summary when settings, a finder that crashes, a command and findings print them", async () => {
    const image = registry.repoName("forge");
    const findings: Overlay = {
      "shop/apps.py": `from django.apps import AppConfig
from django.core.checks import Error, Warning, register

COMMANDS = ${JSON.stringify(COMMANDS)}


def own(app_configs, **kwargs):
    yield Error("\\n".join(COMMANDS), hint="\\n".join(COMMANDS), obj="::error::forged", id="::error::forged")
    yield Warning("a | b \`\`\` </td></table><script>alert(1)</script> \${{ secrets.X }}\\n## forged heading", id=None)
    yield Error("%0A::error::forged%0D", obj=object(), id="shop.E001")
    yield Error("\\ud800 lone, \\x00 null, \\x1b[2J clear, \\u202e turned", id="shop.E002")
    for _ in range(300):
        yield Error("again", id="shop.E003")


class ShopConfig(AppConfig):
    name = "shop"

    def ready(self):
        register(own)
`,
    };
    const crash = fault.finderThat(
      `${PRINTS.replaceAll("\n", "\n        ")}\n        raise RuntimeError("\\n".join(COMMANDS))`,
    );
    const overlays = [fault.settingsForge, findings, crash];
    const print = `printf '%s\\n' ${COMMANDS.map((line) => `'${line}'`).join(" ")}`;
    const run = `${print}; ${print} >&2; exit 3`;
    const tried = await step({ image, run }, { project: project("plain", ...overlays) });
    expectFailure(tried, "Checks failed");
    expectNoForgery(tried);
    // Nothing turns or clears a line of the log.
    expect(tried.log).toContain("clear, \\u202e turned");
    expect(`${tried.log}${tried.summary}`).not.toMatch(/\u202e|\u001b\[2J/);
    expect(statuses(tried)).toMatchObject({ system: "failed", static: "failed" });
    // In a fenced block all is text, as long as the fence is longer than any in it.
    const markdown = tried.summary.replace(/^(`{3,})\n[\s\S]*?\n\1$/gm, "");
    expect(markdown).not.toMatch(/<script>|<\/table>|\$\{\{/);
    expect(markdown.split("\n")).not.toContain("## forged heading");
    const ids = report(tried).findings.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(["run.failed", "shop.E001", "shop.E002", "shop.E003"]));
    expect(report(tried).findings.find(({ id }) => id === "shop.E003")?.count).toBe(300);
    // The runner keeps ten annotations of a kind; the first of them must be worth it.
    expect(tried.commands.filter(({ name }) => name === "error").length).toBeLessThanOrEqual(15);
    await expectNothingShipped(tried, image);
  });
});

it("a project that writes where the probe and the commands write cannot make the action read a file of the runner", async () => {
  const folders = { report: folder("runner-file"), junit: folder("runner-file") };
  const secret = join(folders.report, "secret.txt");
  writeFileSync(secret, '{"stolen": "contents-of-a-runner-file"}');
  const junit = join(folders.junit, "secret.xml");
  const test = '<testcase name="contents-of-a-runner-file"><failure message="x"/></testcase>';
  writeFileSync(junit, `<testsuite>${test}</testsuite>`);
  const image = registry.repoName("links");
  const overlay = inSettings(`import os, subprocess, sys
subprocess.Popen(
    [sys.executable, "-c", """
import os, time
while True:
    for name in ("report.json", "other.json"):
        path = "/.shipshape/report/" + name
        try:
            os.symlink(${JSON.stringify(secret)}, path + ".link")
            os.replace(path + ".link", path)
        except OSError:
            pass
    time.sleep(0.001)
"""],
    start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
)`);
  const links = ["junit.xml", "cwd", "timeout"].map((name) => `ln -sf ${junit} /.shipshape/report/${name}`);
  const run = [`${links.join("; ")}; exit 3`, "rm -r /.shipshape/report; ln -s /etc /.shipshape/report"];
  const tried = await step({ image, run: run.join("\n") }, { project: project("plain", overlay) });
  const { message } = expectFailure(tried, "Checks failed");
  await expectNothingShipped(tried, image);
  expect(message).toMatch(/report cannot be read: ELOOP/);
  // The command's end was read from its own file, and not from what its links lead to.
  expect(statuses(tried)).toMatchObject({ system: "error", migrations: "error", static: "error" });
  const command = Object.entries(result(tried).checks).find(([name]) => name.startsWith("ln -sf"));
  expect(command?.[1]).toMatchObject({ status: "failed", exitCode: 3 });
  const written = readFileSync(tried.outputs.report ?? "", "utf8");
  const everything = tried.log + tried.summary + JSON.stringify(tried.outputs) + written;
  expect(everything).not.toContain("contents-of-a-runner-file");
});

describe("a hostile value of an input", () => {
  const VALUES = [
    '${upper("x")}',
    "%{ if true }yes%{ endif }",
    "$${escaped} %%{escaped}",
    "${BAKE_LOCAL_PLATFORM}",
    "`id` $(id) ; id | id & id",
    "\"double\" 'single' \\back\\slash",
    "::set-output name=digest::forged",
    "--leading-dash",
    "ünï cödé 🚢",
  ];

  it("arrives in build-args, labels, env and a secret as it was written", async () => {
    const image = registry.repoName("values");
    const args = VALUES.map((value, index) => `V${index}=${value}`);
    const ofEnv = VALUES.map((value) => `${value} of env`);
    const secret = `line one \${upper("x")} %{ if }\n  line "two" '::error::forged'`;
    const expected = JSON.stringify(JSON.stringify(ofEnv));
    const shop = project(
      "plain",
      inDockerfile(
        ...VALUES.flatMap((_, index) => [`ARG V${index}`, `ENV V${index}=$V${index}`]),
        `RUN --mount=type=secret,id=token echo ${Buffer.from(secret).toString("base64")} | base64 -d | cmp - /run/secrets/token`,
      ),
      inSettings(
        `import json, os\nfor index, value in enumerate(json.loads(${expected})):\n` +
          `    assert os.environ[f"E{index}"] == value, f"E{index}"`,
      ),
      fault.settingsForge,
    );
    const inputs = {
      image,
      "build-args": args.join("\n"),
      labels: VALUES.map((value, index) => quoted(`v${index}=${value}`)).join("\n"),
      env: ofEnv.map((value, index) => `E${index}=${value}`).join("\n"),
      secrets: quoted(`token=${secret}`),
      checks: "system",
    };
    const tried = await step(inputs, { project: shop });
    await expectShipped(tried, image);
    expectNoForgery(tried);
    const { config } = await registry.config(image, "build-7");
    expect(config.Env).toEqual(expect.arrayContaining(args));
    for (const [index, value] of VALUES.entries()) expect(config.Labels?.[`v${index}`]).toBe(value);
    for (const value of ofEnv) expect(tried.log).not.toContain(value);
  });

  // One by one, and with more values, in __tests__/unit/request/hostile.test.ts.
  it("ends in one error where it names something, and does nothing else", async () => {
    const plain = project("plain");
    const image = registry.repoName("inputs");
    const tried = await step(
      {
        image,
        push: "false",
        target: '${upper("x")}',
        builder: "$(touch PWNED)",
        tag: "x\n::set-output name=digest::forged",
        app: "'\"; touch PWNED #",
        file: "$(touch PWNED)",
        context: "../../../../etc/passwd",
        platforms: "--help",
        network: "x\n::set-output name=digest::forged",
        settings: "x\n::set-output name=digest::forged",
        manage: "--help",
        python: "../../../../bin/sh",
      },
      { project: plain },
    );
    const { message } = expectFailure(tried, "Invalid input");
    for (const name of ["target", "builder", "tag", "app", "context", "platforms", "network", "settings"])
      expect(message).toContain(`\`${name}\``);
    expectNoForgery(tried);
    expect(existsSync(join(plain.dir, "PWNED"))).toBe(false);
    await expectNothingShipped(tried, image);
  });
});

it("a file that is no Dockerfile ends the build, and nothing else happens", async () => {
  const image = registry.repoName("inputs");
  const tried = await step({ image, file: "../../../../etc/passwd" }, { project: project("plain") });
  expect(tried.code).toBe(1);
  expect(tried.commands.filter(({ name }) => name === "error")).toHaveLength(1);
  expectNoForgery(tried);
  await expectNothingShipped(tried, image);
});

it("bad input is reported all at once, each with what is allowed, before any process starts", async () => {
  const inputs = {
    image: "not a reference!",
    tag: ".bad",
    push: "maybe",
    "fail-level": "FATAL",
    checks: "system\nspelling",
    timeout: "soon",
    "existing-tag": "ask",
    env: "NOT A PAIR",
    outputs: "type=local",
  };
  const tried = await step(inputs, { project: project("plain"), env: { PATH: "/nowhere" } });
  const { message } = expectFailure(tried, "Invalid input");
  for (const name of Object.keys(inputs)) expect(message).toContain(`\`${name}\``);
  for (const allowed of ["CRITICAL", "overwrite", "migrations"]) expect(message).toContain(allowed);
});

/** A value as one CSV field, the way docker/build-push-action reads its lists. */
function quoted(value: string): string {
  return `"${value.replaceAll('"', '""')}"`;
}
