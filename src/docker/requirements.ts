/** What must be installed on the runner, and the errors for what is missing or too old. */
import { Failure } from "../failure.ts";
import { type Builder, compareVersions, isClassic } from "./builder.ts";
import { lastWord } from "./words.ts";

/**
 * Oldest versions that were seen to work. The history of a build, by which the checks name the image, came with buildx
 * 0.20. The engine's classic store needs no history: there the image has a name. `imagetools create
 * --prefer-index`, which moves further tags, came with 0.15.
 */
export const OLDEST = {
  buildx: { classic: "0.13", others: "0.20", imagetools: "0.15" },
  buildkit: "0.13",
} as const;

/** @throws {Failure} when buildx or the builder is too old, or has no image store that the checks can use */
export function requireVersions(buildx: string, builder: Builder): void {
  const [holder, oldest] = isClassic(builder)
    ? ["the engine's classic image store", OLDEST.buildx.classic]
    : [`a ${builder.driver} builder`, OLDEST.buildx.others];
  if (compareVersions(buildx, oldest) < 0) throw tooOld(`buildx with ${holder}`, buildx, oldest);
  if (compareVersions(builder.buildkit, OLDEST.buildkit) < 0)
    throw tooOld(`the builder ${builder.name}'s BuildKit`, builder.buildkit, OLDEST.buildkit);
  if (builder.replicas > 1)
    throw new Failure(
      "Invalid input",
      `The builder ${builder.name} has ${builder.replicas} replicas. Each keeps its own images, and the checks must run ` +
        "where the image was built. Use a builder with one replica: give docker/setup-buildx-action\n" +
        "driver-opts: replicas=1",
    );
}

export function noDocker(): Failure {
  return new Failure(
    "Build failed",
    "There is no `docker` command on this runner. Use a runner with Docker Engine 26 or newer (GitHub's Ubuntu " +
      "runners have it), or install it in a step before this one.",
  );
}

export function noBuildx(stderr: string): Failure {
  return new Failure(
    "Build failed",
    "Docker's buildx plugin is missing on this runner. Add docker/setup-buildx-action before this step, or " +
      `install buildx ${OLDEST.buildx.others} or newer. (${lastWord(stderr)})`,
  );
}

export function noBuilder(name: string, reason: string): Failure {
  const which = name === "" ? "The selected builder" : `The builder \`${name}\``;
  const engineDown =
    /Cannot connect to the Docker daemon|docker daemon running|failed to connect to the docker API/i;
  const next = engineDown.test(reason)
    ? "Start the Docker engine on this runner, or point DOCKER_HOST at one that runs."
    : "`docker buildx ls` shows the builders there are; docker/setup-buildx-action makes one.";
  return new Failure("Build failed", `${which} does not answer: ${reason}. ${next}`);
}

/** @param code Node's: `E2BIG`, `EACCES`, `ENOENT` … */
export function notStarted(message: string, code: string): Failure {
  if (code === "ENOENT") return noDocker();
  if (code === "E2BIG")
    return new Failure(
      "Invalid input",
      "The build's secrets or the checks' `env` are too large for an environment variable (128 KiB each). " +
        "Give a large secret as a file with `secret-files`.",
    );
  return new Failure("Build failed", `${message}. Is the runner out of processes, memory or files?`);
}

function tooOld(what: string, version: string, oldest: string): Failure {
  return new Failure(
    "Build failed",
    `${what} is ${version}, and shipshape needs ${oldest} or newer. ` +
      "Update it on this runner, or add docker/setup-buildx-action before this step.",
  );
}
