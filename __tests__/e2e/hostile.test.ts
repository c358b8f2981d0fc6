/** Hostile values, settings and findings: they do no harm, and set no output. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, jest } from "@jest/globals";
import { expectFailure, expectNothingShipped, expectShipped, report } from "./harness/expectations.ts";
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

describe("what a container prints", () => {
  it("sets no output when settings print workflow commands", async () => {
    const image = registry.repoName("forge");
    const tried = await step({ image }, { project: project("plain", fault.settingsForge) });
    await expectShipped(tried, image);
    expectNoForgery(tried);
  });

  it("sets no output when a check fails and what it printed is shown", async () => {
    const image = registry.repoName("forge");
    const overlay = fault.inSettings(`${forging()}\nraise RuntimeError("\\n".join(COMMANDS))`);
    const tried = await step({ image }, { project: project("plain", overlay) });
    expectFailure(tried, "Checks could not run");
    expectNoForgery(tried);
    await expectNothingShipped(tried, image);
  });

  it("sets no output when a RUN of the Dockerfile prints them, and fails", async () => {
    const image = registry.repoName("forge");
    const lines = COMMANDS.map((line) => `echo '${line}'; echo '${line}' >&2`).join("; ");
    const tried = await step({ image }, { project: project("plain", inDockerfile(`RUN ${lines}; exit 1`)) });
    expectFailure(tried, "Build failed");
    expectNoForgery(tried);
  });

  it("sets no output and breaks no summary when findings are made of them", async () => {
    const image = registry.repoName("forge");
    const overlay: Overlay = {
      "shop/apps.py": `from django.apps import AppConfig
from django.core.checks import Error, Warning, register

COMMANDS = ${JSON.stringify(COMMANDS)}


def own(app_configs, **kwargs):
    yield Error("\\n".join(COMMANDS), hint="\\n".join(COMMANDS), obj="::error::forged", id="::error::forged")
    yield Warning("a | b \`\`\` </td></table><script>alert(1)</script> \${{ secrets.X }}\\n## forged heading", id=None)
    yield Error("%0A::error::forged%0D", obj=object(), id="shop.E001")
    yield Error("\\ud800 lone, \\x00 null, \\x1b[2J clear", id="shop.E002")
    for _ in range(300):
        yield Error("again", id="shop.E003")


class ShopConfig(AppConfig):
    name = "shop"

    def ready(self):
        register(own)
`,
    };
    const tried = await step({ image }, { project: project("plain", overlay) });
    expectFailure(tried, "Checks failed");
    expectNoForgery(tried);
    // In a fenced block all is text, as long as the fence is longer than any in it.
    const markdown = tried.summary.replace(/^(`{3,})\n[\s\S]*?\n\1$/gm, "");
    expect(markdown).not.toMatch(/<script>|<\/table>|\$\{\{/);
    expect(markdown.split("\n")).not.toContain("## forged heading");
    const ids = report(tried).findings.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(["shop.E001", "shop.E002", "shop.E003"]));
    expect(report(tried).findings.find(({ id }) => id === "shop.E003")?.count).toBe(300);
    // The runner keeps ten annotations of a kind; the first of them must be worth it.
    expect(tried.commands.filter(({ name }) => name === "error").length).toBeLessThanOrEqual(15);
    await expectNothingShipped(tried, image);
  });
});

describe("a project that writes where the probe writes", () => {
  it("cannot make the action read a file of the runner", async () => {
    const secret = join(folder("runner-file"), "secret.txt");
    writeFileSync(secret, '{"stolen": "contents-of-a-runner-file"}');
    const image = registry.repoName("links");
    const overlay = inSettings(`import os, subprocess, sys
subprocess.Popen(
    [sys.executable, "-c", """
import os, time
end = time.time() + 20
while time.time() < end:
    for name in ("report.json", "other.json"):
        path = "/.shipshape/report/" + name
        try:
            os.path.lexists(path) and os.unlink(path)
            os.symlink(${JSON.stringify(secret)}, path)
        except OSError:
            pass
    time.sleep(0.01)
"""],
    start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
)`);
    const tried = await step({ image }, { project: project("plain", overlay) });
    const everything = tried.log + tried.summary + JSON.stringify(tried.outputs);
    expect(everything).not.toContain("contents-of-a-runner-file");
    const path = tried.outputs.report;
    if (path) expect(readFileSync(path, "utf8")).not.toContain("contents-of-a-runner-file");
    if (tried.code !== 0) await expectNothingShipped(tried, image);
  });

  it("cannot make it read one in place of what a command leaves", async () => {
    const secret = join(folder("runner-file"), "secret.xml");
    const test = '<testcase name="contents-of-a-runner-file"><failure message="x"/></testcase>';
    writeFileSync(secret, `<testsuite>${test}</testsuite>`);
    const image = registry.repoName("links");
    const links = ["junit.xml", "cwd", "timeout"].map(
      (name) => `ln -sf ${secret} /.shipshape/report/${name}`,
    );
    const run = [`${links.join("; ")}; exit 3`, "rm -r /.shipshape/report; ln -s /etc /.shipshape/report"];
    const tried = await step({ image, run: run.join("\n") }, { project: project("plain") });
    expect(tried.code).not.toBe(0);
    await expectNothingShipped(tried, image);
    const everything = tried.log + tried.summary + JSON.stringify(tried.outputs);
    expect(everything).not.toContain("contents-of-a-runner-file");
    expect(readFileSync(tried.outputs.report ?? "", "utf8")).not.toContain("contents-of-a-runner-file");
  });
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

  it("arrives in build-args and labels as it was written", async () => {
    const image = registry.repoName("values");
    const args = VALUES.map((value, index) => `V${index}=${value}`);
    const labels = VALUES.map((value, index) => `v${index}=${value}`);
    const lines = VALUES.flatMap((_, index) => [`ARG V${index}`, `ENV V${index}=$V${index}`]);
    const inputs = { image, "build-args": args.join("\n"), labels: labels.map(quoted).join("\n") };
    const tried = await step(inputs, { project: project("plain", inDockerfile(...lines)) });
    await expectShipped(tried, image);
    expectNoForgery(tried);
    const { config } = await registry.config(image, "build-7");
    expect(config.Env).toEqual(expect.arrayContaining(args));
    for (const [index, value] of VALUES.entries()) expect(config.Labels?.[`v${index}`]).toBe(value);
  });

  it("arrives in env as it was written", async () => {
    const image = registry.repoName("values");
    const env = VALUES.map((value, index) => `V${index}=${value}`).join("\n");
    const expected = `import json, os\nfor index, value in enumerate(json.loads(${JSON.stringify(JSON.stringify(VALUES))})):\n    assert os.environ[f"V{index}"] == value, f"V{index}"`;
    const tried = await step({ image, env }, { project: project("plain", inSettings(expected)) });
    await expectShipped(tried, image);
    for (const value of VALUES) expect(tried.log).not.toContain(value);
  });

  it("arrives in a secret as it was written", async () => {
    const image = registry.repoName("values");
    const secret = `line one \${upper("x")} %{ if }\n  line "two" '::error::forged'`;
    const check = `RUN --mount=type=secret,id=token echo ${Buffer.from(secret).toString("base64")} | base64 -d | cmp - /run/secrets/token`;
    const inputs = { image, secrets: `"token=${secret.replaceAll('"', '""')}"` };
    const tried = await step(inputs, { project: project("plain", inDockerfile(check)) });
    await expectShipped(tried, image);
    expectNoForgery(tried);
  });

  const INPUTS = [
    "target",
    "builder",
    "tag",
    "app",
    "image",
    "file",
    "context",
    "platforms",
    "network",
    "settings",
    "manage",
    "python",
  ];
  const FORGING = "x\n::set-output name=digest::forged";
  const HOSTILE = [
    "--help",
    '${upper("x")}',
    "$(touch PWNED)",
    FORGING,
    "../../../../etc/passwd",
    "'\"; touch PWNED #",
  ];

  it.each(INPUTS)("of %s ends in one error, and does nothing else", async (name) => {
    const plain = project("plain");
    // Only the probe looks at these two, so __tests__/probe has the other values.
    const values = ["settings", "manage"].includes(name) ? [FORGING] : HOSTILE;
    for (const value of values) {
      const image = registry.repoName("inputs");
      const tried = await step({ image, push: "false", [name]: value }, { project: plain });
      // Some are harmless there (a settings path is a string like any other) and simply not found.
      expect({ name, value, code: tried.code }).toEqual({ name, value, code: 1 });
      expect(tried.commands.filter(({ name: command }) => command === "error").length).toBeGreaterThan(0);
      expectNoForgery(tried);
      expect(existsSync(join(plain.dir, "PWNED"))).toBe(false);
      await expectNothingShipped(tried, image);
    }
  });
});

describe("bad input", () => {
  it("is reported all at once, each with what is allowed, before any process starts", async () => {
    const inputs = {
      image: "not a reference!",
      tag: ".bad",
      push: "maybe",
      "fail-level": "FATAL",
      checks: "system\nspelling",
      timeout: "soon",
      "existing-tag": "ask",
      env: "NOT A PAIR",
    };
    const tried = await step(inputs, { project: project("plain"), env: { PATH: "/nowhere" } });
    const { message } = expectFailure(tried, "Invalid input");
    for (const name of Object.keys(inputs)) expect(message).toContain(name);
    for (const allowed of ["CRITICAL", "overwrite", "migrations"]) expect(message).toContain(allowed);
    expect(tried.seconds).toBeLessThan(1);
  });

  it.each(["outputs", "call", "attests"])("%s is refused with the reason", async (name) => {
    const image = registry.repoName("refused");
    const tried = await step({ image, [name]: "type=local" }, { project: project("plain") });
    const { message } = expectFailure(tried, "Invalid input");
    expect(message).toContain(name);
    await expectNothingShipped(tried, image);
  });

  it("without an image is one sentence", async () => {
    const tried = await step({ image: "" }, { project: project("plain") });
    expect(expectFailure(tried, "Invalid input").message).toContain("image");
  });
});

/** A value as one CSV field, the way docker/build-push-action reads its lists. */
function quoted(value: string): string {
  return `"${value.replaceAll('"', '""')}"`;
}

function forging(): string {
  return `import sys\nCOMMANDS = ${JSON.stringify(COMMANDS)}\nfor stream in (sys.stdout, sys.stderr):\n    for line in COMMANDS:\n        print(line, file=stream, flush=True)`;
}
