/**
 * The solve of the workflow's own commands, in a bake process of its own: a command that cannot be started takes no other
 * report with it. Pure.
 */
import type { Solve } from "../../docker/bake.ts";
import { IMAGE, isStep, STAGES } from "../../docker/steps.ts";
import type { BaseImage } from "../../image/base-image.ts";
import type { Request } from "../../request/request.ts";
import {
  COPY_ROOM,
  exportReports,
  mounted,
  naming,
  planOwn,
  REPORT,
  type Secret,
  secretOf,
} from "../dockerfile.ts";

/** What the commands run in, and what they are given. */
export interface CommandsCheck {
  readonly base: BaseImage;
  /** Folder with `probe/`, `room/` and `commands/`. */
  readonly context: string;
  /** Where the answers are exported to, one folder each, counted from 1. */
  readonly report: string;
  /** The slow hash of `env`. */
  readonly secretKey: string;
  /** `env` as assignments of a shell. */
  readonly environment: string;
}

/** The solve that runs the commands and exports what each answered. */
export function planCommands(
  request: Pick<Request, "commands" | "checksNetwork">,
  { base, context, report, secretKey, environment }: CommandsCheck,
): Solve {
  const { commands, checksNetwork: network } = request;
  const stages = commands.lines.map((_, index) => STAGES.command(index + 1));
  const secret = secretOf("commands", secretKey, environment);
  return planOwn("commands", {
    context,
    report,
    secret,
    network,
    text: commandsDockerfile(stages, request, secret),
    images: naming(base),
    // Tests are not deterministic: an earlier answer is not believed.
    uncached: stages,
    limit: { step: isStep("command"), seconds: commands.timeout + 60 },
  });
}

/**
 * The solve that copies files out of what the commands ran in, to compare them with the repository's.
 * @param files absolute paths of `COPYABLE` characters; one that does not exist is passed over
 * @param folder gets the files, each in a folder by its index
 */
export function planFiles(
  { base, context }: Pick<CommandsCheck, "base" | "context">,
  files: readonly string[],
  folder: string,
): Solve {
  // A pattern for one path may match nothing, where a plain path that does not exist ends the solve. BuildKit walks the
  // whole image for it, so only what may be missing is asked for in this way.
  const patterns = files.map((file) => `/[${file.charAt(1)}]${file.slice(2)}`);
  const copies = patterns.map((pattern, index) => `COPY --from=${IMAGE} ${pattern} /${index}/`);
  return planOwn("files", {
    context,
    text: [`FROM scratch AS ${STAGES.report}`, ...copies, ""].join("\n"),
    images: naming(base),
    network: "none",
    uncached: [],
    report: folder,
    limit: { step: () => true, seconds: FILES_SECONDS },
  });
}

/** Paths that stand in a Dockerfile as they are. */
export const COPYABLE = /^\/[\w.][\w./@+-]*[\w]$/;
/** Seconds that a step of the copying may take. The verdict does not wait for it. */
const FILES_SECONDS = 60;

/**
 * Our Dockerfile: a stage for each command, all at the same time. With the machine's network they run one after the
 * other, for there they may share a service (two test runs, one test database).
 */
export function commandsDockerfile(
  stages: readonly string[],
  { checksNetwork: network, commands }: Pick<Request, "checksNetwork" | "commands">,
  env: Secret,
): string {
  const runs = stages.flatMap((stage, index) => {
    const before = stages[index - 1];
    const after =
      network === "host" && before !== undefined
        ? ` --mount=type=bind,from=${before},source=${REPORT},target=/.shipshape-before`
        : "";
    const command = ["/bin/sh", "/.shipshape-probe/run.sh", String(index + 1), String(commands.timeout)];
    return [
      `FROM ${IMAGE} AS ${stage}`,
      COPY_ROOM,
      `RUN --network=${network}` +
        " --mount=type=bind,source=probe,target=/.shipshape-probe" +
        " --mount=type=bind,source=commands,target=/.shipshape-commands" +
        `${mounted(env, "/.shipshape-env")}${after} ${JSON.stringify(command)}`,
    ];
  });
  const reports = Object.fromEntries(stages.map((stage, index) => [stage, `/${index + 1}/`]));
  return [...runs, ...exportReports(reports)].join("\n");
}
