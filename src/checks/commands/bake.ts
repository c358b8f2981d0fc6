/**
 * The solve of the workflow's own commands, in a bake process of its own: a command that cannot be started takes no other
 * report with it. Pure.
 */
import { attributes, type BakeTarget, type Solve } from "../../docker/bake.ts";
import { IMAGE, isStep, STAGES } from "../../docker/steps.ts";
import { NO_ATTESTATIONS } from "../../image/attestations.ts";
import type { BaseImage } from "../../image/base-image.ts";
import type { Request } from "../../request/request.ts";
import {
  allowed,
  COPY_ROOM,
  entitled,
  exportReports,
  given,
  mounted,
  REPORT,
  type Secret,
  secretOf,
  startingFrom,
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
  const stages = request.commands.lines.map((_, index) => STAGES.command(index + 1));
  const env = secretOf("commands", secretKey, environment);
  const target: BakeTarget = {
    context,
    "dockerfile-inline": commandsDockerfile(stages, request, env),
    ...startingFrom(base),
    ...given(env),
    attest: NO_ATTESTATIONS,
    // Tests are not deterministic: an earlier answer is not believed.
    "no-cache-filter": stages,
    ...entitled(request),
    output: [attributes({ type: "local", dest: report })],
  };
  return {
    file: { target: { commands: target } },
    targets: ["commands"],
    allow: allowed(request),
    secrets: new Map([[env.variable, env.value]]),
    limit: { step: isStep("command"), seconds: request.commands.timeout + 60 },
  };
}

/**
 * The solve that copies files out of what the commands ran in, to compare them with the repository's.
 * @param files absolute paths of `COPYABLE` characters; one that does not exist is passed over
 * @param folder gets the files, each in a folder by its index
 */
export function planFiles(
  { base, context }: Pick<CommandsCheck, "base" | "context">,
  { files, folder }: { readonly files: readonly string[]; readonly folder: string },
): Solve {
  const copies = files.map((file, index) => `COPY --from=${IMAGE} ${optional(file)} /${index}/`);
  const target: BakeTarget = {
    context,
    "dockerfile-inline": [`FROM scratch AS ${STAGES.report}`, ...copies, ""].join("\n"),
    ...startingFrom(base),
    attest: NO_ATTESTATIONS,
    output: [attributes({ type: "local", dest: folder })],
  };
  return {
    file: { target: { files: target } },
    targets: ["files"],
    allow: [],
    secrets: new Map(),
    limit: { step: () => true, seconds: FILES_SECONDS },
  };
}

/** Paths that stand in a Dockerfile as they are. */
export const COPYABLE = /^\/[\w.][\w./@+-]*[\w]$/;
/** Seconds that a step of the copying may take. The verdict does not wait for it. */
const FILES_SECONDS = 60;

/**
 * A pattern for one path: it may match nothing, where a plain path that does not exist ends the solve. BuildKit walks
 * the whole image for it, so only what may be missing is asked for in this way.
 */
function optional(path: string): string {
  return `/[${path.charAt(1)}]${path.slice(2)}`;
}

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
