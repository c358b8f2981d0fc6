/** Reads the checkout for the checks of Caddy: which Caddy image, and the files that it gets. */
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { looksLikeDockerfile } from "../../request/context.ts";
import { copiedOf, instructionsFor, instructionsOf } from "../../request/dockerfile.ts";
import type { Request } from "../../request/request.ts";
import { makeRoom, putFile } from "../context.ts";
import { readNamed } from "../project/repository.ts";
import type { OwnCaddy } from "./bake.ts";
import { type CaddyFiles, contextFiles } from "./collect-files.ts";
import { isOfficialCaddy } from "./layout.ts";

/** The project's own Caddy image, if a Dockerfile for one is named or found; undefined where the stock image is used. */
export async function ownCaddy(
  { caddy, workspace, build }: Request,
  caddyfile: string,
): Promise<OwnCaddy | undefined> {
  const folder = path.join(workspace, path.dirname(caddyfile));
  const named = caddy.dockerfile || (caddy.context === "" ? "" : path.join(caddy.context, "Dockerfile"));
  const dockerfile = named || (caddy.imageIsNamed ? undefined : await caddyDockerfileIn(folder, workspace));
  if (dockerfile === undefined) return undefined;
  return {
    dockerfile,
    context: caddy.context || (await contextFor(dockerfile, build.context, workspace)),
  };
}

async function caddyDockerfileIn(folder: string, workspace: string): Promise<string | undefined> {
  const names = (await readdir(folder).catch(() => [])).filter(looksLikeDockerfile).sort();
  for (const name of names) {
    const file = path.join(folder, name);
    const { image } = instructionsFor(await readInstructions(file, workspace), "");
    if (isOfficialCaddy(image)) return file;
  }
  return undefined;
}

/** The build context of a Caddy Dockerfile: its own folder, or the app's context if only that has the files it copies. */
async function contextFor(dockerfile: string, appContext: string, workspace: string): Promise<string> {
  const folder = path.dirname(dockerfile);
  const copied = copiedOf(await readInstructions(dockerfile, workspace));
  const hasAll = (context: string) =>
    Promise.all(copied.map((one) => stat(path.join(context, one)))).then(
      () => true,
      () => false,
    );
  return !(await hasAll(folder)) && (await hasAll(appContext)) ? appContext : folder;
}

async function readInstructions(file: string, workspace: string) {
  return instructionsOf((await readNamed(file, workspace)) ?? "");
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
