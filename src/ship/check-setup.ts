/** What each check of the pipeline is given: the image by its bytes, its build context, its secrets. */
import { join } from "node:path";
import type { CaddyRun } from "../checks/caddy/run.ts";
import type { CommandsCheck } from "../checks/commands/bake.ts";
import { assignments, fillContext, writeImageConfig } from "../checks/context.ts";
import type { DjangoCheck } from "../checks/django/bake.ts";
import { Failure } from "../failure.ts";
import { type BaseImage, baseImage } from "../image/base-image.ts";
import type { Blame } from "../image/blame.ts";
import type { BuiltImage } from "../image/built-image.ts";
import { buildFailure } from "../image/failures.ts";
import { platformSlug } from "../image/platforms.ts";
import { planImageLayers } from "../image/release.ts";
import type { Solver } from "../image/solver.ts";
import { buildStage } from "../image/stage.ts";
import { type Stage, stageOfImage } from "../image/target.ts";
import type { Prepared } from "./prepare.ts";

/** The image on one platform, by its bytes, and a build context that holds its config. */
interface OnPlatform {
  readonly base: BaseImage;
  readonly context: string;
}

export class CheckSetup {
  readonly #step: Prepared;
  readonly #solver: Solver;
  /** Each platform is looked up once. */
  readonly #platforms = new Map<string, Promise<OnPlatform>>();

  /** @param solver of the checks; their files go into its folder */
  constructor(step: Prepared, solver: Solver) {
    this.#step = step;
    this.#solver = solver;
  }

  /** The solver for one platform: the first one's files lie in the step's folder itself. */
  solver(platform: string, solver: Solver): Solver {
    return platform === this.#step.platforms.checked[0] ? solver : solver.within(platformSlug(platform));
  }

  /** What the probe is given on one platform. */
  async django(image: BuiltImage, platform: string): Promise<DjangoCheck> {
    const on = await this.#on(image, platform);
    const report = join(this.#solver.folder, `report${suffix(platform)}`);
    return { ...on, report, secretKey: this.#step.secretKey };
  }

  /** What the workflow's commands are given: the image, or the stage that `run-target` names. */
  async commands(image: BuiltImage, platform: string): Promise<CommandsCheck> {
    const { request, secretKey } = this.#step;
    const { target } = request.commands;
    const { base, context } = await this.#on(image, platform);
    return {
      base: target === "" ? base : await this.#runTarget(image, target, base.platform),
      context,
      report: join(this.#solver.folder, `commands${suffix(platform)}`),
      secretKey,
      environment: assignments(request.env),
    };
  }

  /** What Caddy is given. */
  caddy(): CaddyRun {
    const { world, source } = this.#step;
    return {
      probe: world.probe,
      staging: source.names.staging,
      build: (stage) =>
        this.#stage(stage, (blame) => `the project's own Caddy image could not be built: ${briefly(blame)}`),
    };
  }

  #on(image: BuiltImage, platform: string): Promise<OnPlatform> {
    const known = this.#platforms.get(platform) ?? this.#prepare(image, platform);
    this.#platforms.set(platform, known);
    return known;
  }

  async #prepare(image: BuiltImage, platform: string): Promise<OnPlatform> {
    const { source, folders, world, platforms, request } = this.#step;
    // The docker driver keeps all platforms as one image.
    const own =
      source.builder.driver === "docker"
        ? image.platforms[0]
        : image.platforms.find((one) => one.platform === platform);
    if (own === undefined) throw new Failure("Checks could not run", `There is no image for ${platform}.`);
    const base = await baseImage(
      // A platform that the workflow does not name is the builder's own.
      { ...own, platform: request.build.platforms.length === 0 ? "" : platform },
      {
        docker: world.docker,
        builder: source.builder,
        folder: join(this.#solver.folder, `layout${suffix(platform)}`),
        staging: source.names.staging,
        layers: planImageLayers(source, platform, folders.context),
      },
    );
    const isFirst = platform === platforms.checked[0];
    const context = isFirst ? folders.context : join(this.#solver.folder, `context${suffix(platform)}`);
    if (!isFirst) await fillContext(context, world.probe, request);
    await writeImageConfig(context, base.config);
    return { base, context };
  }

  async #runTarget(image: BuiltImage, target: string, platform: string): Promise<BaseImage> {
    const { source, world } = this.#step;
    const record = (image.platforms.find((one) => one.platform === platform) ?? image.platforms[0])?.record;
    // An engine may have base images of its own, which have no digest in any registry.
    const bases =
      record === undefined || source.builder.hasOwnImages ? new Map() : await world.docker.baseImages(record);
    return this.#stage(stageOfImage(source, target, { bases, platform }), (blame) => {
      const { message } = buildFailure(blame, source.request.build);
      return `the stage \`${target}\` (\`run-target\`) could not be built: ${message}`;
    });
  }

  #stage(stage: Stage, explain: (blame: Blame) => string): Promise<BaseImage> {
    const { source, folders, temporary, platforms } = this.#step;
    if (source.builder.driver === "docker") temporary.add(stage.staging);
    const solver = this.solver(stage.platform || (platforms.checked[0] ?? ""), this.#solver);
    return buildStage(solver, stage, { context: folders.context, explain });
  }
}

/** A blamed solve in one line: the reason, and the end of what its step printed. */
function briefly(blame: Blame): string {
  const log = "log" in blame ? blame.log.trim().split("\n").slice(-3).join(" ") : "";
  return log === "" ? blame.reason : `${blame.reason}: ${log}`;
}

function suffix(platform: string): string {
  return platform === "" ? "" : `-${platformSlug(platform)}`;
}
