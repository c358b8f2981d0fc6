import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { Solve } from "../../../src/docker/bake.ts";
import type { Solved } from "../../../src/docker/docker.ts";
import { isStep } from "../../../src/docker/steps.ts";
import { type Question, solveAndRead } from "../../../src/image/solver.ts";
import { PROBE_STEP } from "../docker/solves.ts";
import { digest } from "../samples.ts";
import { ended, FakeBuilder, failed, solved } from "./fake-builder.ts";

const PLAN = { allow: [], secrets: new Map(), file: { target: {} } };
const plan = (again: boolean): Solve => ({ ...PLAN, targets: [again ? "again" : "first"] });
const LAYERS: Solve = { ...PLAN, targets: ["layers"] };
const MISSING = failed(`ERROR: failed to solve: content digest ${digest("a")}: not found`, [
  { name: PROBE_STEP, error: `content digest ${digest("a")}: not found` },
]);

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "question-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A container that leaves `answer`; its step may come from the cache. */
const leaves =
  (answer: string, steps = [{ name: PROBE_STEP, cached: false }]) =>
  () => {
    writeFileSync(join(folder, "report", answer), "");
    return solved(steps);
  };
const CACHED = [{ name: PROBE_STEP, cached: true }];

interface Read {
  readonly files: readonly string[];
  readonly cached: boolean;
}

/** Asks a builder, and reads which files it left. `good` is the one answer that is believed. */
async function ask(answers: readonly (Solved | (() => Solved))[], more: Partial<Question<Read>> = {}) {
  const fake = new FakeBuilder(answers);
  const answered = await solveAndRead(fake.solver(), {
    name: "checks",
    folder: join(folder, "report"),
    plan,
    answers: isStep("probe"),
    read: async (_, cached) => ({ files: readdirSync(join(folder, "report")), cached }),
    believes: ({ files }) => files.includes("good"),
    ...more,
  });
  return { answered, asked: fake.asked.flatMap(({ targets }) => targets), said: fake.said };
}

describe("an answer", () => {
  it.each([
    ["a pass", "good"],
    ["a failure", "bad"],
  ])("is believed when the step ran: %s", async (_, answer) => {
    const { answered, asked } = await ask([leaves(answer)]);
    expect(answered).toMatchObject({ ok: true, answer: { files: [answer], cached: false } });
    expect(asked).toEqual(["first"]);
  });

  it("is believed from the cache when it is a pass", async () => {
    const { answered, asked } = await ask([leaves("good", CACHED)]);
    expect(answered).toMatchObject({ ok: true, answer: { files: ["good"], cached: true } });
    expect(asked).toEqual(["first"]);
  });

  it("is asked for once more when a failure comes from the cache", async () => {
    const { answered, asked, said } = await ask([leaves("bad", CACHED), leaves("good")]);
    expect(answered).toMatchObject({ ok: true, answer: { files: ["good"], cached: false } });
    expect(asked).toEqual(["first", "again"]);
    expect(said).toEqual(["The builder's cache holds a failed check: checking again."]);
  });

  it("is believed the second time, whatever it is", async () => {
    const { answered, asked } = await ask([leaves("bad", CACHED), leaves("bad", CACHED)]);
    expect(answered).toMatchObject({ ok: true, answer: { files: ["bad"] } });
    expect(asked).toEqual(["first", "again"]);
  });

  it("counts as cached when the builder does not name the step", async () => {
    const { answered } = await ask([leaves("good", [])]);
    expect(answered).toMatchObject({ ok: true, answer: { cached: true } });
  });

  it("has nothing of what an earlier solve left", async () => {
    const { answered } = await ask([leaves("old", CACHED), leaves("new")]);
    expect(answered).toMatchObject({ ok: true, answer: { files: ["new"] } });
  });

  it("that cannot be read ends the question", async () => {
    const read = async () => {
      throw new Error("unreadable");
    };
    await expect(ask([leaves("good")], { read })).rejects.toThrow("unreadable");
  });
});

describe("layers that the builder does not have", () => {
  it("are brought once, and then the question is asked again", async () => {
    const { answered, asked } = await ask([MISSING, solved(), leaves("good")], { layers: LAYERS });
    expect(answered).toMatchObject({ ok: true, answer: { files: ["good"] } });
    expect(asked).toEqual(["first", "layers", "first"]);
  });

  it("are not brought twice", async () => {
    const { answered, asked } = await ask([MISSING, solved(), MISSING], { layers: LAYERS });
    expect(answered).toMatchObject({ ok: false, why: "failed", blame: { part: "layers" } });
    expect(asked).toEqual(["first", "layers", "first"]);
  });

  it("cannot be brought for an image that has none to bring", async () => {
    const { answered, asked } = await ask([MISSING]);
    expect(answered).toMatchObject({ ok: false, why: "failed", blame: { part: "layers" } });
    expect(asked).toEqual(["first"]);
  });

  it("may be missing when a cached failure is asked for again", async () => {
    const answers = [leaves("bad", CACHED), MISSING, solved(), leaves("good")];
    const { answered, asked } = await ask(answers, { layers: LAYERS });
    expect(answered).toMatchObject({ ok: true });
    expect(asked).toEqual(["first", "again", "layers", "again"]);
  });
});

describe("a question without an answer", () => {
  it("says that a step took longer than its limit", async () => {
    const { answered, asked } = await ask([ended("step", [{ name: PROBE_STEP }])]);
    expect(answered).toMatchObject({ ok: false, why: "step" });
    expect(asked).toEqual(["first"]);
  });

  it("says who is to blame", async () => {
    const { answered } = await ask([failed("ERROR: context deadline exceeded")], { layers: LAYERS });
    expect(answered).toMatchObject({
      ok: false,
      why: "failed",
      blame: { part: "builder", reason: "context deadline exceeded" },
    });
  });

  it("is cancelled with the job", async () => {
    await expect(ask([ended("cancelled")])).rejects.toMatchObject({ kind: "Cancelled" });
  });
});
