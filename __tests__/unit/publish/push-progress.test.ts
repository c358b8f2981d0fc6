import { performance } from "node:perf_hooks";
import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import type { PushedLayer } from "../../../src/docker/docker.ts";
import type { Sizes } from "../../../src/docker/manifests.ts";
import { type LayerSizes, PushProgress } from "../../../src/publish/push-progress.ts";
import { digest } from "../samples.ts";

const BASE: PushedLayer = { id: "aaaaaaaaaaaa", how: "Layer already exists" };
const PACKAGES: PushedLayer = { id: "bbbbbbbbbbbb", how: "Pushed" };
const CODE: PushedLayer = { id: "cccccccccccc", how: "Pushed" };
const OF_THE_ATTESTATION: PushedLayer = { id: "dddddddddddd", how: "Pushed" };
const SIZES: Sizes = new Map([
  [digest("a"), 100_000_000],
  [digest("b"), 50_000_000],
  [digest("c"), 3_000_000],
]);

beforeEach(() => {
  jest.useFakeTimers();
  jest.spyOn(performance, "now").mockImplementation(() => Date.now());
});
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

type Beat = number | PushedLayer;

/** A push whose layers arrive with pauses of so many seconds in between. */
async function told(
  tries: readonly (readonly Beat[])[],
  known: LayerSizes["known"] = "before",
  sizes: LayerSizes["sizes"] = async () => SIZES,
) {
  const said: string[] = [];
  let asked = 0;
  const counted = () => {
    asked++;
    return sizes();
  };
  const progress = new PushProgress({ known, sizes: counted }, (line) => said.push(line));
  for (const beats of tries)
    await progress.watch(async (hear) => {
      for (const beat of beats)
        if (typeof beat === "number") await jest.advanceTimersByTimeAsync(1000 * beat);
        else hear(beat);
      return { ok: true };
    });
  await progress.sum();
  expect(jest.getTimerCount()).toBe(0);
  return { said, asked };
}

describe("a push", () => {
  it("of no time tells its layers, and asks for nothing", async () => {
    expect(await told([[BASE, PACKAGES, 0.5, CODE]])).toEqual({
      said: ["aaaaaaaaaaaa: Layer already exists", "bbbbbbbbbbbb: Pushed", "cccccccccccc: Pushed"],
      asked: 0,
    });
  });

  it("that takes its time tells the bytes of each layer, how far it is, and the sum", async () => {
    expect(await told([[BASE, OF_THE_ATTESTATION, 5, CODE, 16, 10, 10, PACKAGES]])).toEqual({
      said: [
        "aaaaaaaaaaaa: Layer already exists",
        "dddddddddddd: Pushed",
        "cccccccccccc: Pushed, 3.0 MB",
        "pushing … still running, 20 s, 103.0 MB of 153.0 MB are in the registry",
        "pushing … still running, 40 s, 103.0 MB of 153.0 MB are in the registry",
        "bbbbbbbbbbbb: Pushed, 50.0 MB",
        "53.0 MB pushed; the registry had 100.0 MB",
      ],
      asked: 1,
    });
  });

  it("whose bytes are known only at its end tells them then", async () => {
    expect(await told([[BASE, 21, CODE]], "afterwards")).toEqual({
      said: [
        "aaaaaaaaaaaa: Layer already exists",
        "pushing … still running, 20 s, 1 layer is in the registry",
        "cccccccccccc: Pushed",
        "3.0 MB pushed; the registry had 100.0 MB",
      ],
      asked: 1,
    });
  });

  it("that is tried again has pushed what its first try brought", async () => {
    const again: PushedLayer = { ...PACKAGES, how: "Layer already exists" };
    expect(
      (
        await told([
          [BASE, PACKAGES, 2],
          [again, CODE],
        ])
      ).said.at(-1),
    ).toBe("53.0 MB pushed; the registry had 100.0 MB");
  });

  it.each<[string, LayerSizes["sizes"]]>([
    ["are not known", async () => new Map()],
    ["fail to be asked", () => Promise.reject(new Error("no history"))],
  ])("goes on without a word of bytes when they %s", async (_, sizes) => {
    expect((await told([[BASE, PACKAGES, 21, CODE]], "before", sizes)).said).toEqual([
      "aaaaaaaaaaaa: Layer already exists",
      "bbbbbbbbbbbb: Pushed",
      "pushing … still running, 20 s, 2 layers are in the registry",
      "cccccccccccc: Pushed",
    ]);
  });

  it("that fails leaves no clock behind", async () => {
    const progress = new PushProgress({ known: "before", sizes: async () => SIZES }, () => {});
    await expect(progress.watch(() => Promise.reject(new Error("gone")))).rejects.toThrow("gone");
    expect(jest.getTimerCount()).toBe(0);
  });
});
