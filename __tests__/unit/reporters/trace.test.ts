import { describe, expect, it } from "@jest/globals";
import type { BuildWarning, Event } from "../../../src/docker/progress.ts";
import { Trace } from "../../../src/reporters/trace.ts";

function done(step: string, more: Partial<Extract<Event, { type: "completed" }>> = {}): Event {
  return {
    type: "completed",
    step,
    name: `[image 1/1] ${step}`,
    cached: false,
    seconds: 2,
    error: undefined,
    started: 1000,
    inputs: [],
    bytes: 0,
    ...more,
  };
}

function traced(...events: Event[]): Trace {
  const trace = new Trace();
  for (const event of events) trace.hear(event);
  return trace;
}

describe("the steps", () => {
  it("are there by their beginning, with what they cost", () => {
    const trace = traced(done("b", { started: 5000, bytes: 7, inputs: ["a"] }), done("a"));
    expect(trace.steps).toEqual([
      {
        digest: "a",
        name: "[image 1/1] a",
        started: 1000,
        seconds: 2,
        cached: false,
        failed: false,
        inputs: [],
        bytes: 0,
      },
      {
        digest: "b",
        name: "[image 1/1] b",
        started: 5000,
        seconds: 2,
        cached: false,
        failed: false,
        inputs: ["a"],
        bytes: 7,
      },
    ]);
  });

  it("that solves share are one, as what they cost where they ran", () => {
    const ran = done("a", { seconds: 3 });
    const cached = done("a", { cached: true, seconds: 0, started: 9000 });
    for (const events of [
      [ran, cached],
      [cached, ran],
    ])
      expect(traced(...events).steps).toEqual([
        expect.objectContaining({ seconds: 3, cached: false, started: 1000 }),
      ]);
  });

  it("that failed say so", () => {
    expect(traced(done("a", { error: "exit code: 1" })).steps[0]?.failed).toBe(true);
  });

  it("are not there before they are done", () => {
    expect(traced({ type: "started", step: "a", name: "a" }).steps).toEqual([]);
  });
});

describe("the warnings", () => {
  const warning: BuildWarning = { message: "m", detail: "d", url: "u", source: "FROM a", line: 3 };
  it("are reported once, however many solves read the Dockerfile", () => {
    const events: Event[] = [warning, warning, { ...warning, line: 4 }, { ...warning, source: "FROM b" }].map(
      (one) => ({ type: "warning", warning: one }),
    );
    expect(traced(...events).warnings).toHaveLength(3);
  });
});
