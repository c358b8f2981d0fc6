/** The build contexts of our own Dockerfiles: folders with fixed modes, the probe's files, variables for a shell. */
import { scrypt } from "node:crypto";
import { chmod, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { ImageConfig } from "../docker/manifests.ts";
import { linesWith } from "../request/dockerfile.ts";
import type { Request } from "../request/request.ts";
import { checksOf } from "./catalogue.ts";
import { servicesToStart } from "./django/services.ts";
import { REPORT } from "./dockerfile.ts";
import type { Checkout } from "./project/checkout.ts";

/**
 * Fills the context of the solves that run in the image: `probe/` with what the probe is asked, `room/`, `commands/`. File
 * modes are fixed, for they are part of BuildKit's cache key, and a checkout's depend on the umask.
 * @param probe folder of the probe's files, next to the bundle
 */
export async function fillContext(
  context: string,
  probe: string,
  request: Request,
  checkout: Checkout,
): Promise<void> {
  await makeRoom(context);
  await copyProbe(probe, join(context, "probe"));
  const checks = checksOf("django", request.checks);
  const { timeout, settings, manage, python } = request;
  await writeAsked(context, "request.json", {
    schema: 1,
    // Who compares with the settings needs them loaded.
    checks: checks.length === 0 ? ["settings"] : checks,
    timeout,
    settings,
    manage,
    python,
    collects: await collectingLines(checkout),
    services: await servicesToStart(request, checkout),
  });
  // Each command in a file of its own, by its number: a shell reads it, and no quoting comes in between.
  for (const [index, line] of request.commands.lines.entries())
    await putFile(join(context, "commands", String(index + 1)), `${line}\n`);
}

/** Hands the image's config to the probe: ENTRYPOINT, CMD, USER, ENV and so on, as the image specification spells them. */
export async function writeImageConfig(context: string, config: ImageConfig): Promise<void> {
  await writeAsked(context, "image.json", { schema: 1, config });
  await putFile(join(context, "probe", "start.txt"), startOf(config));
}

/** ENTRYPOINT and CMD in one line, for a shell that looks for the interpreter which they use. */
function startOf({ Entrypoint, Cmd }: ImageConfig): string {
  const words = [Entrypoint, Cmd].flatMap((part) => (Array.isArray(part) ? part.map(String) : []));
  return `${words
    .join(" ")
    .replaceAll(/[\r\n]+/g, " ; ")
    .slice(0, 10_000)}\n`;
}

const MOST_LINES = 50;
const LONGEST_LINE = 20_000;

/**
 * The lines of the Dockerfile that name collectstatic: the probe gives the command the options that it has there. Empty for
 * a remote build context.
 */
async function collectingLines(checkout: Checkout): Promise<readonly string[]> {
  return linesWith(await checkout.dockerfile(), "collectstatic")
    .filter((line) => line.length <= LONGEST_LINE)
    .slice(0, MOST_LINES);
}

/** What the probe is asked. All of it is part of the check's cache key, because the file's content is. */
async function writeAsked(context: string, name: string, content: unknown): Promise<void> {
  await putFile(join(context, "probe", name), JSON.stringify(content));
}

/** The folder of a container's report, below `room/` of a context. */
export async function makeRoom(context: string): Promise<void> {
  await makeFolder(join(context, "room", REPORT));
}

/**
 * Writes a file of a build context. Its mode and those of new folders around it are fixed, whatever the runner's umask is:
 * any USER of the image reads them.
 */
export async function putFile(file: string, content: string | Buffer): Promise<void> {
  await makeFolder(dirname(file));
  await writeFile(file, content);
  await chmod(file, 0o644);
}

/** A folder and those around it that are not there, with fixed modes. */
async function makeFolder(folder: string): Promise<void> {
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

async function copyProbe(from: string, to: string): Promise<void> {
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const source = join(from, entry.name);
    const target = join(to, entry.name);
    if (entry.isDirectory() && entry.name !== "__pycache__") await copyProbe(source, target);
    if (entry.isFile()) await putFile(target, await readFile(source));
  }
}
