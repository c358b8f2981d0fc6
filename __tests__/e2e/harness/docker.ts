/** The lab's engine, asked by the same CLI that users have. */

import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";
import { environment } from "./lab.ts";

const execute = promisify(execFile);

/** What the name of an image that the engine keeps begins with: the latest image of each app. */
export const KEPT = "shipshape/kept:";

/**
 * Runs `docker` and returns its standard output, trimmed.
 * @throws with docker's own words when it fails
 */
export async function docker(...args: string[]): Promise<string> {
  const { stdout } = await execute("docker", args, { env: environment(), maxBuffer: 64 * 1024 * 1024 });
  return stdout.trim();
}

/** The same with what is given on standard input; waits. */
export function dockerInput(input: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync("docker", args, {
    env: environment(),
    input,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`docker ${args.join(" ")}: ${stderr}`);
  return stdout.trim();
}

/**
 * Names of the images that the engine has under `shipshape/` and does not keep: staging names. They begin with the run's id.
 * The containerd store weighs every image that it lists, a second for twenty of them, so it is asked for these alone.
 * @param part what the names hold: the run's id, or the app
 */
export async function stagingNames(part: string | undefined): Promise<string[]> {
  if (!part) throw new Error("which staging names? The run's id or the app is empty");
  const names = ["--filter", `reference=shipshape/*${part}*`, "--format", "{{.Repository}}:{{.Tag}}"];
  const list = () => docker("image", "ls", ...names);
  // The containerd store's list fails when an image goes while it is being made: another test's, say.
  const found = (await list().catch(list).catch(list)).split("\n");
  return found.filter((name) => name !== "" && !name.startsWith(KEPT));
}

/** Removes the images that the engine keeps of these apps of the repository acme/shop. */
export async function forgetKept(apps: ReadonlySet<string>): Promise<void> {
  const kept = [...apps].map((app) => `${KEPT}acme-shop-${app.toLowerCase().replace(/[^a-z0-9]+/g, "-")}`);
  // Not every app has one: what a builder of its own built is not in the engine.
  if (kept.length > 0) await docker("image", "rm", "--force", ...kept).catch(() => {});
}

/** Whether the engine has an image of this name. */
export async function hasImage(ref: string): Promise<boolean> {
  return docker("image", "inspect", "--format", "{{.Id}}", ref).then(
    () => true,
    () => false,
  );
}

/** Runs a command in an image and returns what it printed, both streams. */
export async function inImage(ref: string, ...command: string[]): Promise<string> {
  const [program = "true", ...args] = command;
  const run = ["run", "--rm", "--network=none", "--entrypoint", program, ref, ...args];
  const { stdout, stderr } = await execute("docker", run, { env: environment() });
  return stdout + stderr;
}
