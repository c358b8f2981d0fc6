import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import type { Solve } from "../../../src/docker/bake.ts";
import type { Docker, Solved } from "../../../src/docker/docker.ts";
import { Progress } from "../../../src/docker/progress.ts";
import type { Held } from "../../../src/image/built-image.ts";
import { type Bench, bakeOrRetry, layoutOf } from "../../../src/image/solver.ts";
import { aSite, CONTAINERD, digest } from "../samples.ts";

const failed = (stderr: string): Solved => ({
  ok: false,
  why: "failed",
  progress: new Progress(() => {}),
  stderr,
});
const SOLVED: Solved = { ok: true, metadata: {}, progress: new Progress(() => {}), milliseconds: 1 };
const SOLVE = { file: { target: {} }, targets: [] } as unknown as Solve;
const already = (name: string) =>
  `ERROR: target image: failed to solve: image "docker.io/${name}": already exists`;

const BENCH = {
  builder: CONTAINERD,
  site: aSite(),
  folder: "/tmp",
  listen: () => () => {},
  say: () => {},
};

/** Solves with an engine that answers one after the other. */
async function bake(...answers: Solved[]): Promise<{ ok: boolean; asked: number }> {
  let asked = 0;
  const docker = { bake: async () => answers[asked++] } as unknown as Docker;
  const { ok } = await bakeOrRetry({ ...BENCH, docker }, "checks", SOLVE);
  return { ok, asked };
}

it("solves again when another run has just made the kept name", async () => {
  expect(await bake(failed(already("shipshape/kept:acme-shop")), SOLVED)).toEqual({ ok: true, asked: 2 });
});

describe("an image that a builder of its own holds", () => {
  const kept = new Map([
    [digest("a"), '{"manifest":"ä"}'],
    [digest("c"), '{"config":1}'],
  ]);
  const bench = (folder: string, built: ReadonlyMap<string, string>) => {
    const docker = {
      built: async (record: string, one: string) => (record === "r7" ? built.get(one) : undefined),
    };
    return { ...BENCH, docker: docker as unknown as Docker, folder } as unknown as Bench;
  };
  const held: Held = { digest: digest("a"), manifests: [], config: digest("c"), record: "r7" };

  it("is named by a layout of its manifest and config", async () => {
    const folder = mkdtempSync(join(tmpdir(), "layout-"));
    const layout = `${folder}/layout-x`;
    expect(await layoutOf(held, bench(folder, kept), "x")).toEqual({
      context: `oci-layout://${layout}@${digest("a")}`,
    });
    const index = JSON.parse(readFileSync(`${layout}/index.json`, "utf8"));
    expect(index.manifests).toEqual([expect.objectContaining({ digest: digest("a"), size: 17 })]);
    for (const [name, text] of kept)
      expect(readFileSync(`${layout}/blobs/sha256/${name.slice(7)}`, "utf8")).toBe(text);
    rmSync(folder, { recursive: true });
  });

  it.each<[string, Partial<Held>, ReadonlyMap<string, string>]>([
    ["the build has no record", { record: undefined }, kept],
    ["attestations hide the config", { config: undefined }, kept],
    ["the history cannot be read", {}, new Map()],
    ["the history has half of it", {}, new Map([...kept].slice(0, 1))],
  ])("has no such name when %s", async (_, less, built) => {
    expect(await layoutOf({ ...held, ...less }, bench("/nowhere", built), "x")).toBeUndefined();
  });
});

it("lets go first what it was told to", async () => {
  const told: string[] = [];
  const first = Promise.withResolvers<void>();
  const solve = async () => {
    told.push("solved");
    return SOLVED;
  };
  const docker = { bake: solve } as unknown as Docker;
  const solving = bakeOrRetry({ ...BENCH, docker, after: first.promise }, "caddy", SOLVE);
  await new Promise(setImmediate);
  told.push("first");
  first.resolve();
  await solving;
  expect(told).toEqual(["first", "solved"]);
});

it("solves again only once", async () => {
  const answer = failed(already("shipshape/kept:acme-shop"));
  expect(await bake(answer, answer, SOLVED)).toEqual({ ok: false, asked: 2 });
});

it.each([already("shipshape/1001-1-shop:staging"), already("acme/shop:1"), "ERROR: exit code: 1"])(
  "does not solve again after %j",
  async (stderr) => expect(await bake(failed(stderr), SOLVED)).toEqual({ ok: false, asked: 1 }),
);
