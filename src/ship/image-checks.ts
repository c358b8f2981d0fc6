/** Asks each check of the pipeline, and gives it the image by its bytes, its build context and its secrets. */
import { join } from "node:path";
import { type CaddyAnswers, runCaddy } from "../checks/caddy/run.ts";
import { runCommands } from "../checks/commands/run.ts";
import { assignments, fillContext, writeImageConfig } from "../checks/context.ts";
import { runDjango } from "../checks/django/run.ts";
import { withStaticFiles } from "../checks/django/static-files.ts";
import type { OnPlatform, PlatformAnswers } from "../checks/platforms.ts";
import { type BaseImage, baseImage, buildStage } from "../image/base-image.ts";
import type { Blame } from "../image/blame.ts";
import type { BuiltImage, PlatformImage } from "../image/built-image.ts";
import { planImageLayers } from "../image/exports.ts";
import { buildFailure } from "../image/failures.ts";
import { platformSlug } from "../image/platforms.ts";
import type { Solver } from "../image/solver.ts";
import { type Stage, stageOfImage } from "../image/target.ts";
import type { Prepared } from "./prepare.ts";

/** The image on one platform: by its bytes, and with a build context that holds its config. */
interface Named {
  readonly image: PlatformImage;
  readonly base: BaseImage;
  readonly context: string;
}

/** The checks that run in an image, on one of its platforms at a time. */
export class ImageChecks {
  readonly #step: Prepared;
  readonly #image: BuiltImage;
  readonly #solver: Solver;
  /** Each platform is named once. */
  readonly #named = new Map<string, Promise<Named>>();

  /** @param solver of the checks; their files go into its folder */
  constructor(step: Prepared, image: BuiltImage, solver: Solver) {
    this.#step = step;
    this.#image = image;
    this.#solver = solver;
  }

  /** Runs the probe. */
  async django(platform: string): Promise<OnPlatform> {
    const { request, secretKey, project } = this.#step;
    const solver = this.#solverOn(platform);
    const prepare = async () => {
      const { base, context } = await this.#on(platform);
      return { base, context, report: join(solver.folder, "report"), secretKey };
    };
    const [examination, facts] = await Promise.all([
      runDjango(solver, request, prepare()),
      // It reads while the probe runs.
      request.checks.includes("static") ? project.staticFacts() : undefined,
    ]);
    const { answers, settings } = examination;
    return {
      platform,
      examination:
        facts === undefined
          ? examination
          : { ...examination, answers: withStaticFiles(answers, settings, facts) },
    };
  }

  /** Runs the workflow's commands in the image, or in the stage that `run-target` names. */
  async commands(platform: string): Promise<PlatformAnswers> {
    const { request, secretKey } = this.#step;
    if (request.commands.lines.length === 0) return { platform, answers: [] };
    const solver = this.#solverOn(platform);
    const prepare = async () => {
      const named = await this.#on(platform);
      return {
        base: request.commands.target === "" ? named.base : await this.#runTarget(named, solver),
        context: named.context,
        report: join(solver.folder, "commands"),
        secretKey,
        environment: assignments(request.env),
      };
    };
    return { platform, answers: await runCommands(solver, request, prepare()) };
  }

  /** The solver for one platform: the first one's files lie in the step's folder itself. */
  #solverOn(platform: string): Solver {
    const [first] = this.#step.source.platforms.checked;
    return platform === first ? this.#solver : this.#solver.within(platformSlug(platform));
  }

  #on(platform: string): Promise<Named> {
    const named = this.#named.get(platform) ?? this.#name(platform);
    this.#named.set(platform, named);
    return named;
  }

  async #name(platform: string): Promise<Named> {
    const { source, folders, world, request, project } = this.#step;
    const solver = this.#solverOn(platform);
    const [first, ...others] = this.#image.platforms;
    // The docker driver keeps all platforms as one image.
    const image = others.find((one) => one.platform === platform) ?? first;
    const base = await baseImage(
      // A platform that the workflow does not name is the builder's own.
      { ...image, platform: request.build.platforms.length === 0 ? "" : platform },
      {
        solver,
        layout: "layout",
        staging: source.names.staging,
        layers: planImageLayers(source, platform, folders.context),
      },
    );
    const isFirst = platform === source.platforms.checked[0];
    const context = isFirst ? folders.context : join(solver.folder, "context");
    if (!isFirst) await fillContext(context, world.probe, request, project);
    await writeImageConfig(context, base.config);
    return { image, base, context };
  }

  async #runTarget({ image: { record }, base }: Named, solver: Solver): Promise<BaseImage> {
    const { source, world, request } = this.#step;
    const { target } = request.commands;
    // An engine may have base images of its own, which have no digest in any registry.
    const bases =
      record === undefined || source.builder.hasOwnImages ? new Map() : await world.docker.baseImages(record);
    const stage = stageOfImage(source, target, { bases, platform: base.platform });
    return stageFor(this.#step, solver, stage, (blame) => {
      const { message } = buildFailure(blame, request.build);
      return `the stage \`${target}\` (\`run-target\`) could not be built: ${message}`;
    });
  }
}

/** Asks Caddy about the Caddyfile. It needs nothing of the image. */
export function askCaddy(step: Prepared, solver: Solver): Promise<CaddyAnswers> {
  const { request, world, source, project } = step;
  const explain = (blame: Blame) => `the project's own Caddy image could not be built: ${briefly(blame)}`;
  return runCaddy(solver, request, {
    probe: world.probe,
    checkout: project,
    staging: source.names.staging,
    build: (stage) => stageFor(step, solver, stage, explain),
  });
}

/** Builds the stage that a check runs in. An engine keeps it under a name until the step ends. */
function stageFor(
  { source, folders, temporary }: Prepared,
  solver: Solver,
  stage: Stage,
  explain: (blame: Blame) => string,
): Promise<BaseImage> {
  if (source.builder.driver === "docker") temporary.add(stage.staging);
  return buildStage(solver, stage, { context: folders.context, explain });
}

/** A blamed solve in one line: the reason, and the end of what its step printed. */
function briefly(blame: Blame): string {
  const log = "log" in blame ? blame.log.trim().split("\n").slice(-3).join(" ") : "";
  return log === "" ? blame.reason : `${blame.reason}: ${log}`;
}
