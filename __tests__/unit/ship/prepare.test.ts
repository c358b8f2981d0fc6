/** What a step needs before its first solve. */
import { access, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { Builder } from "../../../src/docker/builder.ts";
import { Failure } from "../../../src/failure.ts";
import { Log } from "../../../src/reporters/log.ts";
import type { Outcome } from "../../../src/reporters/outcome.ts";
import type { Request } from "../../../src/request/request.ts";
import { prepare } from "../../../src/ship/prepare.ts";
import { aBuild, aRequest, CLASSIC, CONTAINERD, OWN, TWO_NODES } from "../samples.ts";
import { FakeDocker } from "./fake-docker.ts";

let root = "";
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "prepare-"));
  for (const folder of ["workspace", "probe", "temp"]) await mkdir(join(root, folder));
  await writeFile(join(root, "probe", "launch.sh"), "");
});
afterEach(() => rm(root, { recursive: true }));

async function prepared(builder: Builder, request: Partial<Request> = {}, docker = new FakeDocker(builder)) {
  const workspace = join(root, "workspace");
  const world = {
    env: { RUNNER_TEMP: join(root, "temp"), PATH: process.env.PATH },
    docker,
    log: new Log(() => {}),
    signal: docker.job.signal,
    probe: join(root, "probe"),
  };
  const outcome: Outcome = { app: "shop" };
  const build = aBuild({ context: workspace, file: join(workspace, "Dockerfile"), ...request.build });
  const step = prepare(aRequest({ workspace, ...request, build }), world, outcome);
  return { step, outcome, docker };
}

describe("a step that is ready to build", () => {
  it("has the context of our own Dockerfiles below RUNNER_TEMP", async () => {
    const { folders } = await (
      await prepared(OWN, { commands: { lines: ["pytest"], target: "", timeout: 60 } })
    ).step;
    expect(folders.kept).toMatch(new RegExp(`^${join(root, "temp", "shipshape-shop-")}`));
    expect((await readdir(folders.context)).sort()).toEqual(["commands", "probe", "room"]);
    expect(await readFile(join(folders.context, "commands", "1"), "utf8")).toBe("pytest\n");
  });

  it.each([
    ["the containerd store", CONTAINERD, true],
    ["the classic store", CLASSIC, true],
    ["a builder of its own", OWN, false],
  ])("removes its staging name at the end, where the engine has one: %s", async (_, builder, isNamed) => {
    const { step, docker } = await prepared(builder);
    const { temporary, source } = await step;
    await temporary.removeAll();
    expect(docker.asked).toEqual(isNamed ? [`remove ${source.names.staging}`] : []);
  });

  it("has what is known so far in the outcome", async () => {
    const { step, outcome } = await prepared(TWO_NODES, {
      build: aBuild({ context: root, platforms: ["linux/amd64", "linux/arm64"] }),
    });
    const { folders } = await step;
    expect(outcome).toMatchObject({
      folder: folders.kept,
      platforms: { checked: ["linux/amd64", "linux/arm64"], emulated: [] },
    });
    expect(outcome.trace?.steps).toEqual([]);
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
    await (await prepared(OWN, { build: aBuild({ platforms }) }, docker)).step;
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
    const { step, outcome } = await prepared(builder, request);
    await expect(step).rejects.toThrow(message);
    await expect(access(join(outcome.folder ?? "", "work"))).rejects.toThrow("ENOENT");
    expect(await readdir(outcome.folder ?? "")).toEqual([]);
  });

  it("when there is no builder", async () => {
    const docker = new FakeDocker(OWN);
    Object.assign(docker, { inspect: () => Promise.reject(new Failure("Build failed", "no builder")) });
    const { step, outcome } = await prepared(OWN, {}, docker);
    await expect(step).rejects.toThrow("no builder");
    expect(await readdir(outcome.folder ?? "")).toEqual([]);
  });
});
