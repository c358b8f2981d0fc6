/** What a step needs before its first solve. */
import { access, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { Builder } from "../../../src/docker/builder.ts";
import { Failure } from "../../../src/failure.ts";
import { Log } from "../../../src/reporters/log.ts";
import type { Request } from "../../../src/request/request.ts";
import { type Preparation, prepare } from "../../../src/ship/prepare.ts";
import { aBuild, aRequest, CLASSIC, CONTAINERD, OWN, TWO_NODES } from "../samples.ts";
import { FakeDocker } from "./fake-docker.ts";

let root = "";
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "prepare-"));
  for (const folder of ["workspace", "probe", "temp"]) await mkdir(join(root, folder));
  await writeFile(join(root, "probe", "launch.sh"), "");
});
afterEach(() => rm(root, { recursive: true }));

async function preparing(
  builder: Builder,
  request: Partial<Request> = {},
  docker = new FakeDocker(builder),
): Promise<Preparation> {
  const workspace = join(root, "workspace");
  const world = {
    env: { RUNNER_TEMP: join(root, "temp"), PATH: process.env.PATH },
    docker,
    log: new Log(() => {}),
    signal: docker.job.signal,
    probe: join(root, "probe"),
  };
  const build = aBuild({ context: workspace, file: join(workspace, "Dockerfile"), ...request.build });
  return prepare(aRequest({ workspace, ...request, build }), world);
}

/** A step that is ready to build. */
async function ready(...scene: Parameters<typeof preparing>) {
  const prepared = await preparing(...scene);
  if (!prepared.ok) throw prepared.error;
  return prepared.step;
}

/** Why a step cannot be prepared, and what is known of it all the same. */
async function failing(...scene: Parameters<typeof preparing>) {
  const prepared = await preparing(...scene);
  if (prepared.ok) throw new Error("it can");
  return { message: String(prepared.error), folder: prepared.setting.folder ?? "" };
}

describe("a step that is ready to build", () => {
  it("has the context of our own Dockerfiles below RUNNER_TEMP", async () => {
    const { folders } = await ready(OWN, { commands: { lines: ["pytest"], target: "", timeout: 60 } });
    expect(folders.kept).toMatch(new RegExp(`^${join(root, "temp", "shipshape-shop-")}`));
    expect((await readdir(folders.context)).sort()).toEqual(["commands", "probe", "room"]);
    expect(await readFile(join(folders.context, "commands", "1"), "utf8")).toBe("pytest\n");
  });

  it.each([
    ["the containerd store", CONTAINERD, true],
    ["the classic store", CLASSIC, true],
    ["a builder of its own", OWN, false],
  ])("removes its staging name at the end, where the engine has one: %s", async (_, builder, isNamed) => {
    const docker = new FakeDocker(builder);
    const { temporary, source } = await ready(builder, {}, docker);
    await temporary.removeAll();
    expect(docker.asked).toEqual(isNamed ? [`remove ${source.names.staging}`] : []);
  });

  it("says what is known so far", async () => {
    const { folders, setting } = await ready(TWO_NODES, {
      build: aBuild({ context: root, platforms: ["linux/amd64", "linux/arm64"] }),
    });
    expect(setting).toMatchObject({
      folder: folders.kept,
      platforms: { checked: ["linux/amd64", "linux/arm64"], emulated: [] },
      checkout: { folder: "" },
    });
    expect(setting.trace.steps).toEqual([]);
  });

  it.each([
    ["several platforms are asked for", ["linux/amd64"], true],
    ["no platform is asked for", [], false],
  ])("has started the builder only where %s", async (_, platforms, isStarted) => {
    const docker = new FakeDocker(OWN);
    const starts: unknown[] = [];
    Object.assign(docker, {
      inspect: async (_: string, how: { readonly start: boolean }) => {
        starts.push(how.start);
        return OWN;
      },
    });
    await ready(OWN, { build: aBuild({ platforms }) }, docker);
    expect(starts).toEqual([isStarted]);
  });
});

describe("a step that cannot be prepared leaves only the folder for its report", () => {
  it.each<[string, Builder, Partial<Request>, string]>([
    [
      "the builder runs none of the platforms",
      OWN,
      { build: aBuild({ platforms: ["linux/s390x"] }) },
      "linux/s390x",
    ],
    ["the builder does not share the machine's network", OWN, { checksNetwork: "host" }, "checks-network"],
    [
      "the classic store cannot keep several platforms",
      CLASSIC,
      { build: aBuild({ platforms: ["linux/amd64", "linux/arm64"] }) },
      "classic image store",
    ],
  ])("when %s", async (_, builder, request, message) => {
    const failed = await failing(builder, request);
    expect(failed.message).toContain(message);
    await expect(access(join(failed.folder, "work"))).rejects.toThrow("ENOENT");
    expect(await readdir(failed.folder)).toEqual([]);
  });

  it("when there is no builder", async () => {
    const docker = new FakeDocker(OWN);
    Object.assign(docker, { inspect: () => Promise.reject(new Failure("Build failed", "no builder")) });
    const failed = await failing(OWN, {}, docker);
    expect(failed.message).toContain("no builder");
    expect(await readdir(failed.folder)).toEqual([]);
  });

  it("but not even that when there is no room for the probe's files", async () => {
    await rm(join(root, "probe"), { recursive: true });
    const prepared = await preparing(OWN);
    expect(prepared).toMatchObject({ ok: false, error: { code: "ENOENT" }, setting: {} });
    expect(await readdir(join(root, "temp"))).toEqual([]);
  });
});
