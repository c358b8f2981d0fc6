/** A step that is ready to build, on a Docker in memory. */
import { access, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "@jest/globals";
import { fillContext } from "../../../src/checks/context.ts";
import { Checkout } from "../../../src/checks/project/checkout.ts";
import type { Builder } from "../../../src/docker/builder.ts";
import { Failure } from "../../../src/failure.ts";
import { platformsOf } from "../../../src/image/platforms.ts";
import { Solver } from "../../../src/image/solver.ts";
import type { ImageNames } from "../../../src/image/target.ts";
import { TemporaryNames } from "../../../src/publish/temporary-names.ts";
import { Log } from "../../../src/reporters/log.ts";
import type { Outcome } from "../../../src/reporters/outcome.ts";
import { Trace } from "../../../src/reporters/trace.ts";
import type { Build } from "../../../src/request/request.ts";
import { Pipeline } from "../../../src/ship/pipeline.ts";
import type { Prepared } from "../../../src/ship/prepare.ts";
import { aBuild, aCaddyWish, aRequest, CLASSIC, CONTAINERD, IMAGE, OWN, someNames } from "../samples.ts";
import { FakeDocker } from "./fake-docker.ts";

export const TAG = `${IMAGE}:build-7`;

/** The three kinds of builder that a step meets. */
export const KINDS: readonly (readonly [string, Builder])[] = [
  ["the engine with the containerd store", CONTAINERD],
  ["the engine with the classic store", CLASSIC],
  ["a builder of its own", OWN],
];

/** A registry's words for an account that may not write. */
export const DENIED = "denied: permission_denied: write_package";

export interface Scene {
  readonly builder?: Builder;
  readonly request?: Parameters<typeof aRequest>[0];
  readonly build?: Partial<Build>;
  readonly names?: Partial<ImageNames>;
  /** Files of the workspace: path → text. */
  readonly files?: Readonly<Record<string, string>>;
  readonly arrange?: (docker: FakeDocker) => void;
}

export interface Step {
  readonly docker: FakeDocker;
  /** What is known by now. */
  readonly outcome: Outcome;
  /** Lines of the log. */
  readonly said: readonly string[];
  readonly pipeline: Pipeline;
  /** Runs the pipeline. What it fails with is in the outcome then. */
  readonly run: () => Promise<Step>;
  /** Whether the step's folder is still there. */
  readonly hasFolder: () => Promise<boolean>;
}

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

/** A scene in which Caddy is asked about a Caddyfile that the workflow names. */
export const WITH_CADDY: Scene = {
  request: {
    checks: ["system", "migrations", "static", "caddy"],
    caddy: aCaddyWish({ file: "Caddyfile" }),
  },
  files: { Caddyfile: "shop.example.org {\n\treverse_proxy web:8000\n}\n" },
};

export async function aStep(scene: Scene = {}): Promise<Step> {
  const { builder = OWN } = scene;
  const root = await mkdtemp(join(tmpdir(), "ship-"));
  folders.push(root);
  const workspace = join(root, "workspace");
  const probe = join(root, "probe");
  await writeAll(workspace, scene.files ?? {});
  await writeAll(probe, { "launch.sh": "", "caddy.sh": "" });
  const build = aBuild({ context: workspace, file: join(workspace, "Dockerfile"), ...scene.build });
  const request = aRequest({ build, workspace, ...scene.request });
  const docker = new FakeDocker(builder);
  scene.arrange?.(docker);

  const said: string[] = [];
  const log = new Log((text) => said.push(text.trimEnd()));
  const kept = join(root, "step");
  const work = join(kept, "work");
  const context = join(work, "context");
  const project = new Checkout(request);
  await fillContext(context, probe, request, project);
  const names = someNames(scene.names);
  const platforms = platformsOf(build, builder);
  const temporary = new TemporaryNames(docker);
  if (builder.driver === "docker") temporary.add(names.staging);
  const prepared: Prepared = {
    request,
    world: { env: {}, docker, log, signal: docker.job.signal, probe },
    folders: { kept, work, context },
    source: { request, builder, names, platforms },
    setting: {
      folder: kept,
      platforms,
      checkout: { folder: "", sha: "", source: "", annotated: true },
      trace: new Trace(),
    },
    solver: new Solver({
      docker,
      builder,
      folder: work,
      listen: () => () => {},
      say: (line) => log.line(line),
    }),
    temporary,
    secretKey: "",
    project,
  };
  const pipeline = new Pipeline(prepared);
  let failure: Failure | undefined;
  const step: Step = {
    docker,
    get outcome() {
      const known = { app: "shop", request, ...prepared.setting, ...pipeline.results };
      return failure === undefined ? known : { ...known, failure };
    },
    said,
    pipeline,
    run: async () => {
      try {
        await pipeline.run();
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        failure = error;
      }
      return step;
    },
    hasFolder: () =>
      access(work).then(
        () => true,
        () => false,
      ),
  };
  return step;
}

/** Runs a step to its end. */
export async function play(scene: Scene = {}): Promise<Step> {
  return (await aStep(scene)).run();
}

/** What reached the registry, of all that was asked. */
export function changesIn({ docker }: Step): string[] {
  return docker.asked.filter((call) => /^(push|createTag)/.test(call));
}

/** Lets everything run that waits for nothing but its turn. */
export async function settled(): Promise<void> {
  for (let turns = 0; turns < 20; turns++) await new Promise(setImmediate);
}

async function writeAll(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

/** An arrangement in which a solve ends so. */
export function replying(call: string, ...replies: Parameters<FakeDocker["reply"]>[1][]): Scene {
  return { arrange: (docker) => void docker.reply(call, ...replies) };
}

/** … in which a change is refused. */
export function refusing(change: "push" | "createTag" | "tag" | "remove", reason: string = DENIED) {
  return ({ registry }: FakeDocker) => {
    registry.refusals[change] = { ok: false, reason };
  };
}
