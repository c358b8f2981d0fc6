/** `npm start`: ships sample/ with the bundle in dist/, pulls it back by its pinned ref, prints the outputs. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { BUNDLE, ROOT, runnerStep } from "./runner.ts";

const registry = process.env.SHIPSHAPE_REGISTRY;
if (!registry) throw new Error('No lab: run `npm start`, or `eval "$(bash lab/lab.sh env)"` before this.');

const folder = mkdtempSync(join(tmpdir(), "shipshape-start-"));
try {
  const workspace = join(folder, "checkout");
  cpSync(join(ROOT, "sample"), workspace, { recursive: true });
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=Sample", "-c", "user.email=sample@example.com", ...args], {
      cwd: workspace,
      encoding: "utf8",
    }).trim();
  git("init", "--quiet", "--initial-branch=main");
  git("add", "--all");
  git("commit", "--quiet", "--message", "The sample shop");

  const step = runnerStep(join(folder, "runner"), {
    workspace,
    sha: git("rev-parse", "HEAD"),
    // A run number of its own, so that the demo can be run as often as you like.
    number: Math.floor(Date.now() / 1000),
    inputs: {
      image: `${registry}/acme/shop`,
      env: "SECRET_KEY=a-key-for-the-checks-alone-0123456789-abcdefghijklmnop",
    },
  });
  const status = await shown(spawn(process.execPath, [BUNDLE], { cwd: workspace, env: step.env }));
  const { pinned = "", ...outputs } = step.outputs();
  if (status !== 0 || pinned === "") {
    process.exitCode = status || 1;
  } else {
    console.log("\nPulling it back by its pinned ref:");
    execFileSync("docker", ["pull", "--quiet", pinned], { stdio: "inherit" });
    execFileSync("docker", ["image", "rm", pinned], { stdio: "ignore" });
    console.log("\nThe outputs that a deploy job gets:");
    for (const [name, value] of Object.entries({ ...outputs, pinned }))
      console.log(`  ${name}=${value.length > 100 ? `${value.slice(0, 100)}…` : value}`);
    console.log('\nLook further: eval "$(bash lab/lab.sh env)" && docker buildx imagetools inspect', pinned);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Shows what the step says as GitHub's log would: without the commands that are for the runner alone. */
async function shown(child: ChildProcess): Promise<number | null> {
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  if (!child.stdout) throw new Error("the step has no output");
  for await (const line of createInterface({ input: child.stdout })) {
    const [, command, text] = /^::([\w-]+)[^:]*::(.*)$/.exec(line) ?? [];
    if (command === undefined) console.log(line);
    else if (command === "group" || command === "error" || command === "warning" || command === "notice")
      console.log(`${command === "group" ? "▸" : `${command}:`} ${decodeURIComponent(text ?? "")}`);
  }
  return ended;
}
