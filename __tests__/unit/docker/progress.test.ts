import { describe, expect, it } from "@jest/globals";
import { secondsOf, stepIn } from "../../../src/docker/progress.ts";
import { AT, heard, LATER, log, vertex } from "./samples.ts";

describe("a step", () => {
  it("of several targets has a name a target", () => {
    const { progress } = heard([
      vertex({ name: "[checks 1/2] RUN x", started: AT }),
      vertex({ name: "[image 1/2] RUN x", completed: LATER, error: "no" }),
    ]);
    expect(progress.vertexes).toHaveLength(1);
    expect([...(progress.vertexes[0]?.names ?? [])]).toEqual(["[checks 1/2] RUN x", "[image 1/2] RUN x"]);
    expect(progress.vertexes[0]).toMatchObject({ error: "no", cached: false });
  });

  it.each([
    [[{ started: AT, completed: AT, cached: true }], true],
    [[{ started: AT, completed: AT }], false],
    [
      [
        { started: AT, completed: AT },
        { started: AT, completed: AT, cached: true },
      ],
      true,
    ],
    [[{ started: AT, completed: AT, cached: true }, { started: AT }], true],
    [[{ started: AT }], false],
  ])("with the records %j is cached: %s", (records, cached) => {
    expect(heard(records.map(vertex)).progress.vertexes[0]?.cached).toBe(cached);
  });

  it("keeps the end of its log", () => {
    const { progress } = heard([
      vertex({ started: AT }),
      ...Array.from({ length: 50 }, (_, n) => log(`${"x".repeat(1000)}${n}\n`)),
    ]);
    expect(progress.vertexes[0]?.log.length).toBe(16 * 1024);
    expect(progress.vertexes[0]?.log.endsWith("49\n")).toBe(true);
  });
});

describe("what is no progress", () => {
  it("is kept as plain lines: the excerpt and the last word", () => {
    const { progress } = heard([
      "Dockerfile:3",
      "------",
      "   3 | >>> RUN x",
      "------",
      "ERROR: failed to solve",
    ]);
    expect(progress.plain).toEqual([
      "Dockerfile:3",
      "------",
      "   3 | >>> RUN x",
      "------",
      "ERROR: failed to solve",
    ]);
  });

  it.each(["{", "{not json}", "{}x", ""])("is not taken for it: %j", (line) => {
    expect(heard([line]).progress.plain).toEqual([line]);
  });

  it.each([
    "{}",
    '{"vertexes":null,"logs":null}',
    '{"vertexes":[{}]}',
    '{"vertexes":[{"name":"no digest"}]}',
    '{"logs":[{}]}',
    '{"logs":[{"vertex":"sha256:unknown","data":"eA=="}]}',
    '{"statuses":[{"id":"x"}],"warnings":[{"level":1}]}',
  ])("is passed over without a word: %s", (line) => {
    const { events, progress } = heard([line]);
    expect(events).toEqual([]);
    expect(progress.vertexes).toEqual([]);
  });

  it.each([
    '{"vertexes":5}',
    '{"vertexes":{}}',
    '{"vertexes":[null]}',
    '{"vertexes":["x"]}',
    '{"logs":[null]}',
    '{"logs":[{"vertex":{},"data":7}]}',
    '{"vertexes":[{"digest":"__proto__","name":"__proto__"}]}',
  ])("does not end the step by an exception: %s", (line) => expect(() => heard([line])).not.toThrow());

  it("is not kept without end", () => {
    expect(heard(Array.from({ length: 5000 }, () => "x")).progress.plain.length).toBeLessThanOrEqual(2000);
  });

  it("is kept from its end, where the excerpt and the last word are", () => {
    const { progress } = heard([...Array.from({ length: 5000 }, () => "x"), "ERROR: the end"]);
    expect(progress.plain.at(-1)).toBe("ERROR: the end");
  });
});

describe("a step's seconds", () => {
  it.each([
    [{ started: 1000, completed: 3500 }, 2.5],
    [{ started: 1000, completed: undefined }, 0],
    [{ started: undefined, completed: 3500 }, 0],
    [{ started: 3500, completed: 1000 }, 0],
    [undefined, 0],
  ])("of %j are %d", (vertex, seconds) => expect(secondsOf(vertex)).toBe(seconds));
});

describe("a step by its name", () => {
  const shared = { names: new Set(["[image 1/2] RUN x", "[checks 1/2] RUN x"]) };
  const other = { names: new Set(["[checks 2/2] RUN y"]) };

  it("is found by any that it carries", () => {
    expect(stepIn([other, shared], (name) => name.startsWith("[checks 1/"))).toBe(shared);
    expect(stepIn([other, shared], (name) => name === "z")).toBeUndefined();
  });
});
