/**
 * The solve of the workflow's own commands: beside the check solve, in a bake process of its own, so that a
 * command that cannot even start takes no report with it. Pure.
 */

import { attributes, type BakeTarget, type Solve } from "../../docker/bake.ts";
import type { Builder } from "../../docker/builder.ts";
import { isCommandStep } from "../../image/steps.ts";
import {
  allowed,
  asBuilt,
  buildSecrets,
  entitled,
  exportReport,
  IMAGE,
  imageTarget,
  inlineCache,
  manifestAnnotations,
  type Named,
  NO_ATTESTATIONS,
  REPORT,
  type Site,
} from "../../image/target.ts";
import type { Request } from "../../request/request.ts";

export const COMMANDS = "commands";
const ENVIRONMENT = "SHIPSHAPE_COMMAND_ENV";

/** What the commands' stages are FROM. */
export type Base =
  /** The very image that was checked, where it can be named. */
  | (Named & { readonly from: "name" })
  /** The shipped image, or the stage that `run-target` names, solved in the same graph. */
  | {
      readonly from: "graph";
      readonly of: "image" | "stage";
      /** The builder holds the image already, so nothing is asked anew. */
      readonly built: boolean;
      /** How one asks for what the builder holds. */
      readonly asBuilt: Partial<BakeTarget>;
      /** As the check solve has them: they are part of the bytes that are compared. */
      readonly annotations: readonly string[];
    };

/**
 * Which base the commands get. An image that can be named is taken by its name; in a builder of its own it is solved
 * again.
 */
export function baseOf(
  request: Request,
  builder: Builder,
  { built, image }: { readonly built: boolean; readonly image: Named | undefined },
): Base {
  const { target } = request.commands;
  if (target === "" && image) return { from: "name", ...image };
  return {
    from: "graph",
    of: target === "" ? "image" : "stage",
    built,
    asBuilt: asBuilt(request, builder),
    annotations: manifestAnnotations(request, builder),
  };
}

/**
 * Whether the commands must wait for the image. What is FROM the engine's image needs it to be there. A step
 * that is never taken from the cache, or from a cache that only the check solve imports, would be made twice.
 */
export function mustWait(request: Request, builder: Builder, site: Site): boolean {
  const { build } = request;
  return (
    (request.commands.target === "" && builder.driver === "docker") ||
    build.noCache ||
    build.pull ||
    build.noCacheFilters.length > 0 ||
    site.cacheFrom.length > 0
  );
}

/** The solve that runs the commands and exports what each answered. */
export function planCommands(request: Request, site: Site, base: Base): Solve {
  const stages = request.commands.lines.map((_, index) => stageOf(index + 1));
  const target: BakeTarget = {
    context: site.probeContext,
    "dockerfile-inline": commandsDockerfile(stages, request),
    secret: [attributes({ id: "shipshape-env", env: ENVIRONMENT })],
    attest: NO_ATTESTATIONS,
    // Tests are not deterministic: what they said once is not believed again.
    "no-cache-filter": stages,
    ...entitled(request),
    output: [attributes({ type: "local", dest: site.commandsFolder })],
  };
  return {
    // The digest of a shipped image that is solved again is compared with that of the checked one.
    ...onBase(request, site, base, { name: COMMANDS, target, prove: true }),
    secrets: new Map([...buildSecrets(request.build).values, [ENVIRONMENT, site.commandEnvironment]]),
    limit: { step: isCommandStep, seconds: request.commands.timeout + 60 },
  };
}

/**
 * The solve that copies files out of what the commands ran in, to compare them with the repository's.
 * @param files absolute paths of `COPYABLE` characters; one that is not there is passed over
 * @param folder gets the files, each in a folder by its index
 */
export function planFiles(
  request: Request,
  site: Site,
  base: Base,
  { files, folder }: { readonly files: readonly string[]; readonly folder: string },
): Solve {
  const copies = files.map((file, index) => `COPY --from=${IMAGE} ${maybe(file)} /${index}/`);
  const target: BakeTarget = {
    context: site.probeContext,
    "dockerfile-inline": ["FROM scratch", ...copies, ""].join("\n"),
    attest: NO_ATTESTATIONS,
    output: [attributes({ type: "local", dest: folder })],
  };
  const built: Base = base.from === "graph" ? { ...base, built: true } : base;
  return {
    ...onBase(request, site, built, { name: "files", target, prove: false }),
    secrets: new Map(buildSecrets(request.build).values),
    limit: { step: () => true, seconds: FILES_SECONDS },
  };
}

/** Paths that stand in a Dockerfile as they are. */
export const COPYABLE = /^\/[\w.][\w./@+-]*[\w]$/;
/** Seconds that a step of the copying may take; nobody's verdict waits for it. */
const FILES_SECONDS = 60;

/**
 * A pattern for one path: it may match nothing, where a plain path that is not there ends the solve. BuildKit walks
 * the whole image for it, so only what may be missing is asked for in this way.
 */
function maybe(path: string): string {
  return `/[${path.charAt(1)}]${path.slice(2)}`;
}

/** A target of ours with the base as its context `image`. */
function onBase(
  request: Request,
  site: Site,
  base: Base,
  { name, target, prove }: { readonly name: string; readonly target: BakeTarget; readonly prove: boolean },
): Omit<Solve, "secrets"> {
  const allow = allowed(request);
  if (base.from === "name") {
    const contexts = { [IMAGE]: base.context };
    return { file: { target: { [name]: { ...target, contexts } } }, targets: [name], allow };
  }
  const proves = prove && base.of === "image";
  const image: BakeTarget = {
    ...imageTarget(request, site),
    ...(base.of === "image" ? inlineCache(site) : { target: request.commands.target }),
    ...(base.built ? base.asBuilt : {}),
    attest: NO_ATTESTATIONS,
    annotations: base.annotations,
    output: [
      proves ? attributes({ type: "image", push: "false", "oci-mediatypes": "true" }) : "type=cacheonly",
    ],
  };
  const contexts = { [IMAGE]: `target:${IMAGE}` };
  return {
    file: { target: { [IMAGE]: image, [name]: { ...target, contexts } } },
    targets: proves ? [IMAGE, name] : [name],
    allow,
  };
}

/**
 * Our Dockerfile: a stage for each command, side by side; with the machine's network one after the other,
 * for there they may share a service (two test runs, one test database).
 */
export function commandsDockerfile(
  stages: readonly string[],
  { checksNetwork: network, commands }: Pick<Request, "checksNetwork" | "commands">,
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
      "COPY --chmod=1777 room/ /",
      `RUN --network=${network}` +
        " --mount=type=bind,source=probe,target=/.shipshape-probe" +
        " --mount=type=bind,source=commands,target=/.shipshape-commands" +
        " --mount=type=secret,id=shipshape-env,target=/.shipshape-env,mode=0444,required" +
        `${after} ${JSON.stringify(command)}`,
    ];
  });
  const copies = stages.map((stage, index) => exportReport(stage, `/${index + 1}/`));
  return [...runs, "FROM scratch", ...copies, ""].join("\n");
}

function stageOf(number: number): string {
  return `command-${number}`;
}
