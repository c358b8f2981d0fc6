/**
 * `npm run bench`: wall time of the step beside a sequential script of docker commands, in one run, on a
 * project of sixty apps. Prints medians and ratios; docs/performance.md says how to read them.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { performance } from "node:perf_hooks";
import { codeChange, sixtyApps } from "../__tests__/e2e/fixtures/sixty.ts";
import { BUNDLE, runnerStep } from "./runner.ts";

const ROUNDS = Number(process.env.ROUNDS ?? 5);
const registry = process.env.SHIPSHAPE_REGISTRY;
if (!registry)
  throw new Error('No lab: run `npm run bench`, or `eval "$(bash lab/lab.sh env)"` before this.');

const KEY = "a-key-for-the-checks-alone-0123456789-abcdefghijklmnop";
const folder = mkdtempSync(join(tmpdir(), "shipshape-bench-"));
const workspace = join(folder, "checkout");
const repository = `${registry}/bench/sixty-${Date.now().toString(36)}`;
let number = 0;
let change = 0;
/** What the engine calls of the last step took. */
let lastCalls: string[] = [];

function write(files: Record<string, string | Uint8Array>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(workspace, path)), { recursive: true });
    writeFileSync(join(workspace, path), content);
  }
}

function git(...args: string[]): string {
  const identity = ["-c", "user.name=Bench", "-c", "user.email=bench@example.com"];
  return execFileSync("git", [...identity, ...args], { cwd: workspace, encoding: "utf8" }).trim();
}

/** A change that no side has built before. */
function changeCode(): void {
  write(codeChange(++change));
  git("commit", "--quiet", "--all", "--message", `Change ${change}`);
}

function timed(act: () => void): number {
  const started = performance.now();
  act();
  return performance.now() - started;
}

/** (a) What a team's own script does: build, one container a check, push. */
function script(): void {
  const ref = `${repository}:script-${++number}`;
  const docker = (...args: string[]) => {
    const { status, stderr } = spawnSync("docker", args, { cwd: workspace, encoding: "utf8" });
    if (status !== 0) throw new Error(`docker ${args.join(" ")}:\n${stderr}`);
  };
  const check = (...args: string[]) =>
    docker(
      "run",
      "--rm",
      "--env",
      `SECRET_KEY=${KEY}`,
      "--env",
      "ALLOWED_HOSTS=example.com",
      ref,
      "python",
      "manage.py",
      ...args,
    );
  docker("build", "--quiet", "--tag", ref, ".");
  check("check", "--deploy", "--fail-level", "WARNING");
  check("makemigrations", "--check", "--dry-run");
  check("collectstatic", "--noinput");
  docker("push", "--quiet", ref);
}

/** The step, with nothing but the image and the same two variables. */
function shipshape(builder: string): void {
  const step = runnerStep(mkdtempSync(join(folder, "runner-")), {
    workspace,
    sha: git("rev-parse", "HEAD"),
    number: ++number,
    inputs: { image: repository, builder, env: `SECRET_KEY=${KEY}\nALLOWED_HOSTS=example.com` },
  });
  const { status, stdout } = spawnSync(process.execPath, [BUNDLE], {
    cwd: workspace,
    env: step.env,
    encoding: "utf8",
  });
  if (status !== 0 || step.outputs().pushed !== "true") throw new Error(stdout);
  lastCalls = stdout.split("\n").flatMap((line) => /^::debug::(.* ms.*)$/.exec(line)?.[1] ?? []);
}

const median = (values: number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

try {
  write(sixtyApps());
  git("init", "--quiet", "--initial-branch=main");
  git("add", "--all");
  git("commit", "--quiet", "--message", "Sixty apps");
  console.log(`${ROUNDS} rounds, medians in milliseconds, ${repository}`);
  // Both sides once, so that neither pays for base images and packages.
  script();
  shipshape("default");
  const rows: Record<string, { script: number[]; shipshape: number[] }> = {
    "code change": { script: [], shipshape: [] },
    "nothing changed": { script: [], shipshape: [] },
  };
  for (let round = 0; round < ROUNDS; round++) {
    changeCode();
    rows["code change"]?.script.push(timed(script));
    rows["nothing changed"]?.script.push(timed(script));
    changeCode();
    rows["code change"]?.shipshape.push(timed(() => shipshape("default")));
    rows["nothing changed"]?.shipshape.push(timed(() => shipshape("default")));
  }
  for (const [name, { script: theirs, shipshape: ours }] of Object.entries(rows)) {
    const ratio = median(ours) / median(theirs);
    console.log(
      `${name.padEnd(16)} script ${median(theirs).toFixed(0).padStart(6)}  shipshape ${median(ours).toFixed(0).padStart(6)}  ratio ${ratio.toFixed(2)}`,
    );
    console.log(
      `  ${theirs.map((one) => one.toFixed(0)).join(" ")} | ${ours.map((one) => one.toFixed(0)).join(" ")}`,
    );
  }
  console.log("The engine calls of the last step, nothing changed:");
  for (const call of lastCalls) console.log(`  ${call}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
