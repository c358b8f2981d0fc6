/** Reads the checkout for the checks of Caddy: which Caddyfile, which Caddy image, and the files that it gets. */
import { readdir, readFile, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { isInside, looksLikeDockerfile } from "../../request/context.ts";
import type { Request } from "../../request/request.ts";
import { makeRoom, putFile } from "../context.ts";
import { type Collecting, collectingIn, collects } from "../project/collecting.ts";
import { looksLikeCompose, type Service, servicesIn } from "../project/compose.ts";
import type { OwnCaddy } from "./bake.ts";
import { type CaddyFiles, contextFiles, type FoundCaddyfile, type Repository } from "./collect-files.ts";
import { isJsonConfig } from "./json-config.ts";
import { buildsCaddy, CANDIDATES, copiedBy, portsIn } from "./layout.ts";
import { type Mentions, mentionsIn } from "./mentions.ts";
import { searchMentions } from "./search.ts";

/** Larger files are not read. Caddy's JSON has every site of a large setup in it. */
const MAX_BYTES = 1024 * 1024;
const MAX_JSON_BYTES = 16 * MAX_BYTES;

/** The Caddyfile that the workflow named, or the first of the candidates; undefined when there is none. */
export async function findCaddyfile(request: Request): Promise<FoundCaddyfile | undefined> {
  const { caddy, build, workspace } = request;
  if (caddy.file !== "") return { path: caddy.file, named: true, others: [] };
  if (build.contextIsRemote) return undefined;
  const repository = repositoryAt(workspace);
  const context = path.relative(workspace, build.context);
  const found: string[] = [];
  for (const candidate of CANDIDATES) {
    const file = path.join(context, candidate);
    if ((await repository.read(file)) !== undefined) found.push(file);
  }
  const [first, ...others] = found;
  return first === undefined ? undefined : { path: first, named: false, others };
}

/** The project's own Caddy image, if a Dockerfile for one is named or found; undefined where the stock image is used. */
export async function ownCaddy(
  { caddy, workspace, build }: Request,
  caddyfile: string,
): Promise<OwnCaddy | undefined> {
  const folder = path.join(workspace, path.dirname(caddyfile));
  const named = caddy.dockerfile || (caddy.context === "" ? "" : path.join(caddy.context, "Dockerfile"));
  const dockerfile = named || (caddy.imageIsNamed ? undefined : await caddyDockerfileIn(folder));
  if (dockerfile === undefined) return undefined;
  return { dockerfile, context: caddy.context || (await contextFor(dockerfile, build.context)) };
}

async function caddyDockerfileIn(folder: string): Promise<string | undefined> {
  const names = (await readdir(folder).catch(() => [])).filter(looksLikeDockerfile).sort();
  for (const name of names) {
    const file = path.join(folder, name);
    if (buildsCaddy((await textOf(file)) ?? "")) return file;
  }
  return undefined;
}

/** The build context of a Caddy Dockerfile: its own folder, or the app's context if only that has the files it copies. */
async function contextFor(dockerfile: string, appContext: string): Promise<string> {
  const folder = path.dirname(dockerfile);
  const copied = copiedBy((await textOf(dockerfile)) ?? "");
  const hasAll = (context: string) =>
    Promise.all(copied.map((one) => stat(path.join(context, one)))).then(
      () => true,
      () => false,
    );
  return !(await hasAll(folder)) && (await hasAll(appContext)) ? appContext : folder;
}

function textOf(file: string): Promise<string | undefined> {
  return readFile(file, "utf8").catch(() => undefined);
}

/** The checkout's plain files. A link that leads out of it is not followed. */
export function repositoryAt(workspace: string): Repository {
  const read = async (file: string) => {
    const real = await realpath(path.join(workspace, file)).catch(() => undefined);
    if (real === undefined || !isInside(real, await realpath(workspace))) return undefined;
    const found = await stat(real);
    return found.isFile() && found.size <= (isJsonConfig(file) ? MAX_JSON_BYTES : MAX_BYTES)
      ? textOf(real)
      : undefined;
  };
  const match = async (pattern: string) => {
    let found = [""];
    for (const segment of pattern.split("/")) {
      const next = found.map(async (folder) => {
        if (!/[*?[]/.test(segment)) return [path.join(folder, segment)];
        const names = await readdir(path.join(workspace, folder)).catch(() => []);
        return names.filter((name) => path.matchesGlob(name, segment)).map((name) => path.join(folder, name));
      });
      found = (await Promise.all(next)).flat();
    }
    const texts = await Promise.all(found.map(read));
    return found.filter((_, index) => texts[index] !== undefined).sort();
  };
  return { read, match };
}

/**
 * Writes the build context of Caddy's solve.
 * @param script path of `caddy.sh`
 */
export async function fillCaddyContext(context: string, files: CaddyFiles, script: string): Promise<void> {
  await makeRoom(context);
  await putFile(path.join(context, "caddy.sh"), await readFile(script));
  for (const [name, text] of contextFiles(files)) await putFile(path.join(context, name), text);
}

/** The ports that the app's Dockerfile names; empty for a remote build context. */
export async function portsOf({ build }: Request): Promise<readonly number[]> {
  return build.contextIsRemote ? [] : portsIn((await textOf(build.file)) ?? "");
}

/** What the checkout mentions about how the server is started; undefined where not all of it could be read. */
export async function mentionsOf({ workspace, build }: Request): Promise<Mentions | undefined> {
  const dockerfile = build.contextIsRemote ? undefined : await textOf(build.file);
  if (dockerfile === undefined) return undefined;
  return mentionsIn(await searchMentions(workspace, repositoryAt(workspace)), dockerfile);
}

/** Files that may run something, by their names. */
const RUNS = /\.(sh|bash|py|ya?ml|toml|ini|conf|mk|just|rb)$|^[^.]+$/i;
const NEVER_IN = /^(node_modules|\.git|\.venv|venv|env|__pycache__|docs|static|media|migrations|locale)$/;
/** Limits on what is searched for collectstatic. */
const MAX_SEARCHED = 2000;
const MAX_DEPTH = 6;

/** Who runs collectstatic, by the texts of the checkout; undefined for a remote build context. */
export async function collectingOf(
  { workspace, build }: Request,
  services: readonly Service[],
): Promise<Collecting | undefined> {
  const dockerfile = build.contextIsRemote ? undefined : await textOf(build.file);
  if (dockerfile === undefined) return undefined;
  // The image's own files are served: nothing else needs to collect any.
  if (collects(dockerfile) && !services.some(({ mounts }) => mounts.length > 0)) return undefined;
  const repository = repositoryAt(workspace);
  const files = new Map<string, string>();
  let isComplete = true;
  let isFound = false;
  const search = async (folder: string, depth: number): Promise<void> => {
    const entries = await readdir(path.join(workspace, folder), { withFileTypes: true }).catch(() => []);
    isComplete &&= files.size + entries.length <= MAX_SEARCHED && depth < MAX_DEPTH;
    if (!isComplete || isFound) return;
    const below = entries.map(async (entry) => {
      const file = path.join(folder, entry.name);
      if (entry.isDirectory() && !NEVER_IN.test(entry.name)) return search(file, depth + 1);
      if (!entry.isFile() || !RUNS.test(entry.name) || looksLikeDockerfile(entry.name)) return;
      const text = (await repository.read(file)) ?? "";
      files.set(file, text);
      isFound ||= collects(text);
    });
    await Promise.all(below);
  };
  await search("", 0);
  return collectingIn(dockerfile, files, isComplete, services);
}

/** Further compose files are not read. */
const MAX_COMPOSE_FILES = 20;

/**
 * The services of the compose files in four folders: the workspace's root, the build context, the Caddyfile's folder
 * and its parent.
 * @param caddyfile its repo path
 */
export async function servicesOf(
  { workspace, build }: Request,
  caddyfile: string,
): Promise<readonly Service[]> {
  const repository = repositoryAt(workspace);
  const context = build.contextIsRemote ? "" : path.relative(workspace, build.context);
  const folder = path.dirname(caddyfile);
  const folders = new Set(
    ["", context, folder, path.dirname(folder)].map((one) => path.normalize(one || ".")),
  );
  const names = await Promise.all(
    [...folders].map(async (one) => {
      const all = await readdir(path.join(workspace, one)).catch(() => []);
      return all.filter(looksLikeCompose).map((name) => path.join(one, name));
    }),
  );
  const files = names.flat().sort().slice(0, MAX_COMPOSE_FILES);
  const read = files.map(async (file) => ({
    path: file,
    content: await yamlIn(await repository.read(file)),
  }));
  return servicesIn(await Promise.all(read));
}

/** What a YAML text says; undefined when it is none. */
async function yamlIn(text: string | undefined): Promise<unknown> {
  if (text === undefined) return undefined;
  const { parse } = await import("yaml");
  try {
    // With the log level "silent", half of a file that is not YAML (a template, say) would be read.
    return parse(text, { merge: true, logLevel: "error" });
  } catch {
    return undefined;
  }
}
