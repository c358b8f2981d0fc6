/** The solve that runs the probe in an image. Pure. */
import type { Solve } from "../../docker/bake.ts";
import { IMAGE, isStep, STAGES } from "../../docker/steps.ts";
import type { BaseImage } from "../../image/base-image.ts";
import type { Request } from "../../request/request.ts";
import { COPY_ROOM, exportReports, mounted, naming, planOwn, type Secret, secretOf } from "../dockerfile.ts";

/** How the probe is started in the image. */
export type Launch =
  /** By our launcher in the image's own shell, which looks for an interpreter (or takes `python`). */
  | { readonly by: "shell"; readonly python: string }
  /**
   * Without a shell: by an interpreter's full path. A guess ends the step where that interpreter has no Django, so that
   * the next one can be tried.
   */
  | { readonly by: "python"; readonly python: string; readonly guess: boolean };

/** What the probe runs in, and what it is given. */
export interface DjangoCheck {
  readonly base: BaseImage;
  /** Folder with `probe/` and `room/`. */
  readonly context: string;
  /** Where the report is exported to. */
  readonly report: string;
  /** The slow hash of `env`. */
  readonly secretKey: string;
}

/** @param again the probe runs although the builder's cache has its answer */
export function planDjango(
  request: Pick<Request, "env" | "checksNetwork" | "timeout">,
  { base, context, report, secretKey }: DjangoCheck,
  { launch, again }: { readonly launch: Launch; readonly again: boolean },
): Solve {
  const { checksNetwork: network, env, timeout } = request;
  const secret = secretOf("probe", secretKey, JSON.stringify(Object.fromEntries(env)));
  return planOwn("checks", {
    context,
    report,
    secret,
    network,
    text: djangoDockerfile(launch, network, secret),
    images: naming(base),
    uncached: again || network === "host" ? [STAGES.probe] : [],
    // The probe ends its checks itself, and may try twice. This is for a probe that hangs itself.
    limit: { step: isStep("probe"), seconds: 3 * timeout + 60 },
  });
}

/**
 * Our Dockerfile. Old features only and no syntax line, so that every builder's own frontend takes it. RUN knows no
 * ENTRYPOINT. `--network=none` is written out because on some builders the default is the machine's own network.
 */
export function djangoDockerfile(launch: Launch, network: Request["checksNetwork"], env: Secret): string {
  const command =
    launch.by === "shell"
      ? ["/bin/sh", "/.shipshape-probe/launch.sh", ...(launch.python === "" ? [] : [launch.python])]
      : [launch.python, "/.shipshape-probe/probe.py", ...(launch.guess ? ["--launched"] : [])];
  return [
    `FROM ${IMAGE} AS ${STAGES.probe}`,
    COPY_ROOM,
    `RUN --network=${network} --mount=type=bind,source=probe,target=/.shipshape-probe` +
      `${mounted(env, "/.shipshape-env")} ${JSON.stringify(command)}`,
    ...exportReports({ [STAGES.probe]: "/" }),
  ].join("\n");
}
