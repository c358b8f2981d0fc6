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

export class CheckSetup {
  readonly #step: Prepared;
  readonly #solver: Solver;
  /** The image by its bytes, each platform looked up once. */
  readonly #bases = new Map<string, Promise<BaseImage>>();

  /** @param solver of the checks; their files go into its folder */
  constructor(step: Prepared, solver: Solver) {
    this.#step = step;
    this.#solver = solver;
  }

  /** What the probe is given on one platform. */
  async django(image: BuiltImage, platform: string): Promise<DjangoCheck> {
    const { secretKey } = this.#step;
    const base = await this.#base(image, platform);
    const context = await this.#context(platform);
    await writeImageConfig(context, base.config);
    return { base, context, report: join(this.#solver.folder, `report${suffix(platform)}`), secretKey };
  }

  /** What the workflow's commands are given: the image, or the stage that `run-target` names. */
  async commands(image: BuiltImage): Promise<CommandsCheck> {
    const { request, folders, secretKey, platforms } = this.#step;
    const { target } = request.commands;
    const base =
      target === ""
        ? await this.#base(image, platforms.checked[0] ?? "")
        : await this.#runTarget(image, target);
    return {
      base,
      context: folders.context,
      report: join(this.#solver.folder, "commands"),
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

  #base(image: BuiltImage, platform: string): Promise<BaseImage> {
    const known = this.#bases.get(platform);
    if (known) return known;
    const { source, folders, world } = this.#step;
    const own = image.platforms.find((one) => one.platform === platform) ?? image.platforms[0];
    const base =
      own === undefined
        ? Promise.reject(new Failure("Checks could not run", `There is no image for ${platform}.`))
        : baseImage(
            { ...own, platform: source.request.build.platforms.length === 0 ? "" : platform },
            {
              docker: world.docker,
              builder: source.builder,
              folder: join(this.#solver.folder, `layout${suffix(platform)}`),
              staging: source.names.staging,
              layers: planImageLayers(source, platform, folders.context),
            },
          );
    this.#bases.set(platform, base);
    return base;
  }

  /** The context of the probe on one platform: the image's config, which lies in it, is that platform's. */
  async #context(platform: string): Promise<string> {
    const { folders, world, request, platforms } = this.#step;
    if (platform === platforms.checked[0]) return folders.context;
    const context = join(this.#solver.folder, `context${suffix(platform)}`);
    await fillContext(context, world.probe, request);
    return context;
  }

  async #runTarget(image: BuiltImage, target: string): Promise<BaseImage> {
    const { source, world } = this.#step;
    const record = image.platforms[0]?.record;
    // An engine may have base images of its own, which have no digest in any registry.
    const bases =
      record === undefined || source.builder.hasOwnImages ? new Map() : await world.docker.baseImages(record);
    return this.#stage(stageOfImage(source, target, bases), (blame) => {
      const { message } = buildFailure(blame, source.request.build);
      return `the stage \`${target}\` (\`run-target\`) could not be built: ${message}`;
    });
  }

  #stage(stage: Stage, explain: (blame: Blame) => string): Promise<BaseImage> {
    const { source, folders, temporary } = this.#step;
    if (source.builder.driver === "docker") temporary.add(stage.staging);
    return buildStage(this.#solver, stage, { context: folders.context, explain });
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
