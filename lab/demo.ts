/** The sample app in its own checkout, and the step run on it as a runner does. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { CommandReader } from "./commands.ts";
import { BUNDLE, ROOT, runnerStep } from "./runner.ts";

/** Commands whose text GitHub shows in the log. */
const SHOWN = new Set(["error", "warning", "notice"]);

/** The lab's registry, `host:port`. */
export function labRegistry(): string {
  const registry = process.env.SHIPSHAPE_REGISTRY;
  if (!registry) throw new Error('No lab: run `npm start`, or `eval "$(bash lab/lab.sh env)"` before this.');
  return registry;
}

/** How a step ended. */
export interface Shown {
  readonly status: number | null;
  /** The titles of its errors. */
  readonly errors: readonly string[];
  readonly outputs: Readonly<Record<string, string>>;
}

/** A checkout of sample/ that can be changed and is deleted at the end. */
export class Demo {
  readonly #folder = mkdtempSync(join(tmpdir(), "shipshape-start-"));
  readonly #workspace = join(this.#folder, "checkout");

  constructor() {
    cpSync(join(ROOT, "sample"), this.#workspace, { recursive: true });
    this.#git("init", "--quiet", "--initial-branch=main");
    this.#commit("The sample shop");
  }

  /**
   * Replaces one piece of a file and commits it.
   * @throws when the piece is not there, because the sample was changed and the demo was not
   */
  change(file: string, piece: string, by: string): void {
    const path = join(this.#workspace, file);
    const before = readFileSync(path, "utf8");
    if (!before.includes(piece)) throw new Error(`sample/${file} has no ${JSON.stringify(piece)}`);
    writeFileSync(
      path,
      before.replace(piece, () => by),
    );
    this.#commit(`Change ${file}`);
  }

  /**
   * Runs the step and shows its log.
   * @param show `all`, or only what comes after the build: findings, verdict and error
   */
  async step(
    number: number,
    inputs: Readonly<Record<string, string>>,
    show: "all" | "verdict" = "all",
  ): Promise<Shown> {
    const step = runnerStep(mkdtempSync(join(this.#folder, "runner-")), {
      workspace: this.#workspace,
      sha: this.#git("rev-parse", "HEAD"),
      number,
      inputs: {
        image: `${labRegistry()}/acme/shop`,
        caddyfile: "Caddyfile",
        env: "SECRET_KEY=a-key-for-the-checks-alone-0123456789-abcdefghijklmnop\nALLOWED_HOSTS=localhost",
        ...inputs,
      },
    });
    const child = spawn(process.execPath, [BUNDLE], {
      cwd: this.#workspace,
      env: step.env,
      stdio: ["ignore", "pipe", "inherit"],
    });
    return { ...(await shown(child, show)), outputs: step.outputs() };
  }

  end(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #commit(message: string): void {
    this.#git("add", "--all");
    this.#git("commit", "--quiet", "--message", message);
  }

  #git(...args: string[]): string {
    const identity = ["-c", "user.name=Sample", "-c", "user.email=sample@example.com"];
    return execFileSync("git", [...identity, ...args], { cwd: this.#workspace, encoding: "utf8" }).trim();
  }
}

/** Shows what the step says as GitHub's log does: without the commands that are for the runner alone. */
async function shown(child: ChildProcess, show: "all" | "verdict"): Promise<Omit<Shown, "outputs">> {
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  if (!child.stdout) throw new Error("the step has no output");
  const errors: string[] = [];
  const reader = new CommandReader();
  let folded = false;
  for await (const line of createInterface({ input: child.stdout })) {
    const command = reader.read(line);
    if (command?.name === "group") folded = true;
    if (command?.name === "endgroup") folded = false;
    if (command?.name === "error") errors.push(command.properties.title ?? "");
    if (folded && show === "verdict") continue;
    if (command === undefined) console.log(line);
    else if (command.name === "group") console.log(`▸ ${command.message}`);
    else if (SHOWN.has(command.name)) console.log(`${command.name}: ${command.message}`);
  }
  return { status: await ended, errors };
}
