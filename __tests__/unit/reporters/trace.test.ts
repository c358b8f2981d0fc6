import { describe, expect, it } from "@jest/globals";
import type { BuildWarning, Event } from "../../../src/docker/progress.ts";
import { type Step, Trace } from "../../../src/reporters/trace.ts";
import { aStep } from "./samples.ts";

function done(step: string, more: Partial<Step> = {}): Step {
  return aStep({ step, name: `[image 1/1] ${step}`, seconds: 2, started: 1000, ...more });
}

function traced(...events: Event[]): Trace {
  const trace = new Trace();
  for (const event of events) trace.hear(event);
  return trace;
}

describe("the steps", () => {
  it("are there by their beginning, with what they cost", () => {
    const later = done("b", { started: 5000, bytes: 7, inputs: ["a"] });
    expect(traced(later, done("a")).steps).toEqual([done("a"), later]);
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
    expect(traced(done("a", { error: "exit code: 1" })).steps[0]?.error).toBe("exit code: 1");
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
