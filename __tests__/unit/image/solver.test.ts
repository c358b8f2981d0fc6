import { describe, expect, it } from "@jest/globals";
import type { Solve } from "../../../src/docker/bake.ts";
import type { BakeOptions, Solved } from "../../../src/docker/docker.ts";
import { ended, FakeBuilder, failed, solved } from "./fake-builder.ts";

const SOLVE: Solve = {
  file: { target: { image: { "cache-from": ["type=gha"], "cache-to": ["type=gha", "type=inline"] } } },
  targets: ["image"],
  allow: [],
  secrets: new Map([["A", "b"]]),
};
const already = (name: string) =>
  failed(`ERROR: target image: failed to solve: image "docker.io/${name}": already exists`);
const COLLISION = already("shipshape/kept:acme-shop");

/** Solves with a builder that answers one after the other. */
async function solve(...answers: Solved[]) {
  const fake = new FakeBuilder(answers);
  const result = await fake.solver().solve("build", SOLVE);
  return { fake, result };
}

it("a solve has a folder of its own, named after it", async () => {
  const fake = new FakeBuilder([solved(), solved()]);
  const solver = fake.solver({ folder: "/w" });
  await solver.solve("build", SOLVE);
  await solver.within("linux-arm64").solve("checks", SOLVE);
  expect(fake.folders).toEqual(["/w/build", "/w/linux-arm64/checks"]);
});

describe("a name that another run has made at the same moment", () => {
  it.each([1, 2, 3])("is tried again with the same caches: %d times", async (times) => {
    const { fake, result } = await solve(...Array<Solved>(times).fill(COLLISION), solved());
    expect(result.ok).toBe(true);
    expect(fake.asked).toEqual(Array(times + 1).fill(SOLVE));
    expect(fake.said).toEqual(
      Array(times).fill(expect.stringContaining("Another run named the app's kept image")),
    );
  });

  it("is given up after four tries", async () => {
    const { fake, result } = await solve(...Array<Solved>(4).fill(COLLISION));
    expect(result).toMatchObject({
      ok: false,
      why: "failed",
      stderr: expect.stringContaining("already exists"),
    });
    expect(fake.asked).toHaveLength(4);
  });

  it("is tried again also when the solve hung before", async () => {
    const { fake, result } = await solve(ended("idle"), COLLISION, solved());
    expect(result.ok).toBe(true);
    expect(fake.asked).toHaveLength(3);
  });

  it.each([already("shipshape/1001-1-shop:staging"), already("acme/shop:1"), failed("ERROR: exit code: 1")])(
    "is not what another failure is about: %#",
    async (answer) => {
      const fake = new FakeBuilder([answer]);
      const result = await fake.solver().solveOnce("build", SOLVE);
      expect(result.ok).toBe(false);
      expect(fake.asked).toHaveLength(1);
      expect(fake.said).toEqual([]);
    },
  );
});

describe("a solve that fails with caches of other machines", () => {
  const WITHOUT = { ...SOLVE, file: { target: { image: { "cache-to": ["type=inline"] } } } };
  const LOST = `failed to copy: httpReadSeeker: failed open: could not fetch content descriptor sha256:${"1".repeat(64)} (application/vnd.oci.image.layer.v1.tar+gzip) from remote: not found`;
  const EXCERPT = "Dockerfile:3\n--------------------\n   3 | >>> RUN make\n--------------------\n";
  const run = (error: string) => [{ name: "[3/3] RUN make", error }];

  it.each([
    ["an entry that buildx cannot read", failed("ERROR: registry cache importer requires ref")],
    ["a builder that fails", failed("ERROR: target image: failed to solve: Unavailable: closing transport")],
    [
      "a layer that the cache has no more",
      failed(`${EXCERPT}ERROR: failed to solve: failed to compute cache key: ${LOST}`, run(LOST)),
    ],
  ])("is tried once more without them: %s", async (_, answer) => {
    const { fake, result } = await solve(answer, solved());
    expect(result.ok).toBe(true);
    expect(fake.asked).toEqual([SOLVE, WITHOUT]);
    expect(fake.said).toEqual([
      expect.stringMatching(/^The build failed, and no step.*without external caches\.$/),
    ]);
  });

  it("fails as it fails without them", async () => {
    const { fake, result } = await solve(failed("ERROR: gone"), failed("ERROR: still gone"));
    expect(result).toMatchObject({ ok: false, stderr: "ERROR: still gone\n" });
    expect(fake.asked).toHaveLength(2);
  });

  it.each([
    ["a RUN that fails", run('process "/bin/sh -c make" did not complete successfully: exit code: 2')],
    [
      "a COPY of what is not there",
      [{ name: "[3/3] COPY x .", error: 'failed to calculate checksum of ref a::b: "/x": not found' }],
    ],
  ])("is not tried again for a step of the Dockerfile: %s", async (_, steps) => {
    const { fake } = await solve(failed(`${EXCERPT}ERROR: failed to solve: ${steps[0]?.error}`, steps));
    expect(fake.asked).toHaveLength(1);
  });

  it("is not tried again when it takes nothing from them", async () => {
    const fake = new FakeBuilder([failed("ERROR: gone")]);
    await fake
      .solver()
      .solve("cache", { ...SOLVE, file: { target: { image: { "cache-to": ["type=gha"] } } } });
    expect(fake.asked).toHaveLength(1);
  });
});

describe("a solve that hangs", () => {
  it("is tried once more, without the caches of other machines", async () => {
    const { fake, result } = await solve(ended("idle"), solved());
    expect(result.ok).toBe(true);
    expect(fake.asked).toEqual([
      SOLVE,
      { ...SOLVE, file: { target: { image: { "cache-to": ["type=inline"] } } } },
    ]);
    expect(fake.said).toEqual([expect.stringContaining("without external caches")]);
  });

  it("and hangs again ends the step", async () => {
    await expect(solve(ended("idle"), ended("idle"))).rejects.toMatchObject({
      kind: "Build failed",
      message: expect.stringMatching(/The builder default took the build twice/),
    });
  });

  it("is not tried again when a step of it took longer than its limit", async () => {
    const { fake, result } = await solve(ended("step"));
    expect(result).toMatchObject({ ok: false, why: "step" });
    expect(fake.asked).toHaveLength(1);
  });
});

it("a solve that was cancelled ends the step", async () => {
  await expect(solve(ended("cancelled"))).rejects.toMatchObject({ kind: "Cancelled" });
});

it("a solve gets the signal that ends it", async () => {
  const signals: (AbortSignal | undefined)[] = [];
  const keep = (_: Solve, { signal }: BakeOptions) => {
    signals.push(signal);
    return solved();
  };
  const { signal } = new AbortController();
  const solver = new FakeBuilder([keep, keep]).solver();
  await solver.solve("a", SOLVE);
  await solver.with({ signal }).solve("b", SOLVE);
  expect(signals).toEqual([undefined, signal]);
});

describe("the progress of a solve", () => {
  const tell = (_: Solve, { hear }: BakeOptions) => {
    hear({ type: "log", step: "s", name: "[image 1/1] RUN x", line: "hush" });
    hear({ type: "started", step: "s", name: "[image 1/1] RUN x" });
    return solved();
  };

  it("is in the log", async () => {
    const fake = new FakeBuilder([tell]);
    await fake.solver().solve("a", SOLVE);
    expect(fake.heard.map(({ type }) => type)).toEqual(["log", "started"]);
  });

  it("is changed, or left out, before it is in the log", async () => {
    const fake = new FakeBuilder([tell]);
    const solver = fake
      .solver()
      .hearing((event) => (event.type === "log" ? { ...event, line: "***" } : event))
      .hearing((event) => (event.type === "started" ? undefined : event));
    await solver.solve("a", SOLVE);
    expect(fake.heard).toEqual([expect.objectContaining({ type: "log", line: "***" })]);
  });

  it("is not in the log of a quiet one", async () => {
    const fake = new FakeBuilder([tell]);
    await fake.solver().quiet().solve("a", SOLVE);
    expect(fake.heard).toEqual([]);
  });
});

describe("layers that the builder has only by name", () => {
  it("are brought once, and once for all who ask at the same time", async () => {
    const fake = new FakeBuilder([solved()]);
    const solver = fake.solver();
    await Promise.all([solver.bring(SOLVE), solver.within("x").bring(SOLVE)]);
    await solver.quiet().bring(SOLVE);
    expect(fake.asked).toEqual([SOLVE]);
    expect(fake.said).toEqual([expect.stringContaining("fetching them")]);
  });

  it("are brought for each image", async () => {
    const fake = new FakeBuilder([solved(), solved()]);
    await fake.solver().bring(SOLVE);
    await fake.solver().bring({ ...SOLVE });
    expect(fake.asked).toHaveLength(2);
  });

  it("are brought in a folder of their own, for images of several checks are at the same time", async () => {
    const fake = new FakeBuilder([solved(), solved()]);
    const solver = fake.solver({ folder: "/w" });
    await Promise.all([solver.bring(SOLVE), solver.bring({ ...SOLVE })]);
    expect(fake.folders).toEqual(["/w/layers-1", "/w/layers-2"]);
  });

  it("may not be brought: then the check says why", async () => {
    const fake = new FakeBuilder([failed("ERROR: lost")]);
    await expect(fake.solver().bring(SOLVE)).resolves.toBeUndefined();
  });
});
