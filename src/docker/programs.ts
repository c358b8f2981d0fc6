/** Where the docker command and its buildx plugin lie. */
import { accessSync, constants } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";

export interface Programs {
  /** Undefined when there is none on PATH: a builder of its own does without. */
  readonly docker: string | undefined;
  /** Buildx called as a program of its own saves the 80 ms that the detour over `docker` costs a call. */
  readonly buildx: readonly [string, ...string[]];
}

/** The folders in which the docker command looks for plugins, in its order. */
const PLUGIN_FOLDERS = [
  "/usr/local/lib/docker/cli-plugins",
  "/usr/local/libexec/docker/cli-plugins",
  "/usr/lib/docker/cli-plugins",
  "/usr/libexec/docker/cli-plugins",
];

/** Finds both. A missing plugin is called by way of docker, which says what is missing. */
export function findPrograms(env: NodeJS.ProcessEnv): Programs {
  const docker = (env.PATH ?? "")
    .split(delimiter)
    .map((folder) => join(folder, "docker"))
    .find(isProgram);
  const config = env.DOCKER_CONFIG || join(env.HOME || homedir(), ".docker");
  const plugin = [join(config, "cli-plugins"), ...PLUGIN_FOLDERS]
    .map((folder) => join(folder, "docker-buildx"))
    .find(isProgram);
  return { docker, buildx: plugin ? [plugin] : [docker ?? "docker", "buildx"] };
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
