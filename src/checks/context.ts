/** The build contexts of our own Dockerfiles: folders with fixed modes, the probe's files, variables for a shell. */
import { scrypt } from "node:crypto";
import { chmod, copyFile, mkdir, readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { REPORT } from "../image/target.ts";
import type { Request } from "../request/request.ts";

/** The folder of a container's report, below `room/` of a context. */
export async function makeRoom(context: string): Promise<void> {
  await makeFolder(join(context, "room", REPORT));
}

/** A folder and those around it that are not there, with fixed modes. */
export async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true });
  for (let made = folder; first !== undefined && made.length >= first.length; made = dirname(made))
    await chmod(made, 0o755);
}

/** Assignments of any POSIX shell. Where sh is bash, the names that bash keeps for itself would end it. */
export function assignments(env: ReadonlyMap<string, string>): string {
  const free = [...env].filter(([name]) => !KEPT_BY_BASH.has(name));
  return free.map(([name, value]) => `${name}='${value.replaceAll("'", "'\\''")}'\n`).join("");
}

const KEPT_BY_BASH = new Set(["UID", "EUID", "PPID", "BASHOPTS", "SHELLOPTS", "BASH_VERSINFO"]);

/**
 * Values of `env` and its like reach a check as a secret, which is in no cache key, so that a check with another
 * value would be answered with the old report. A slow hash of them goes into the key instead: equal values
 * are cached, and the values cannot be guessed from it at a reasonable price. Empty without values.
 */
export async function secretKey(
  env: ReadonlyMap<string, string>,
  request: Pick<Request, "image" | "app">,
): Promise<string> {
  if (env.size === 0) return "";
  const values = JSON.stringify([...env].sort(([a], [b]) => (a < b ? -1 : 1)));
  const salt = `shipshape:${request.image}:${request.app}`;
  const key = await promisify<string, string, number, Buffer>(scrypt)(values, salt, 24);
  return key.toString("hex");
}

/** Copies the probe with fixed file modes, for they are part of BuildKit's cache key. */
export async function copyProbe(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  await chmod(to, 0o755);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const source = join(from, entry.name);
    const target = join(to, entry.name);
    if (entry.isDirectory() && entry.name !== "__pycache__") await copyProbe(source, target);
    if (!entry.isFile()) continue;
    await copyFile(source, target);
    await chmod(target, 0o644);
  }
}
