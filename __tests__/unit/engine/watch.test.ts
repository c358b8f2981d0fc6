import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import type { Progress } from "../../../src/engine/progress.ts";
import { type Glance, judgeGlance, Watch } from "../../../src/engine/watch.ts";

const LIMIT = { step: (name: string) => name === "probe", seconds: 60 };

function running(name: string, startedAgo: number) {
  return { name, startedAgo };
}

describe("a solve", () => {
  it.each<[string, Glance, "idle" | "step" | undefined]>([
    ["that has just begun is left alone", { movedAgo: 1, running: [] }, undefined],
    ["that starts nothing for two minutes is dead", { movedAgo: 121, running: [] }, "idle"],
    [
      "that waits for a cache's server for two minutes is dead",
      { movedAgo: 121, running: [running("importing cache manifest from gha:1", 121)] },
      "idle",
    ],
    [
      "with a step that is merely silent is left alone",
      { movedAgo: 3000, running: [running("RUN make", 3000)] },
      undefined,
    ],
    [
      "with a silent step beside a cache's server is left alone",
      { movedAgo: 3000, running: [running("importing cache manifest from gha:1", 3000), running("RUN", 1)] },
      undefined,
    ],
    ["whose probe is in time is left alone", { movedAgo: 1, running: [running("probe", 59)] }, undefined],
    [
      "whose probe is late is ended, also while it moves",
      { movedAgo: 1, running: [running("probe", 61)] },
      "step",
    ],
    ["whose other steps are late is left alone", { movedAgo: 1, running: [running("RUN", 9999)] }, undefined],
  ])("%s", (_, glance, stuck) => expect(judgeGlance(glance, LIMIT)).toBe(stuck));

  it("without a limit has none", () => {
    expect(judgeGlance({ movedAgo: 1, running: [running("probe", 9999)] }, undefined)).toBeUndefined();
  });
});

describe("the watch", () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it("remembers why it ended a solve, also when the cancelled steps move again", () => {
    const glances: Glance[] = [
      { movedAgo: 121, running: [] },
      { movedAgo: 0, running: [] },
    ];
    const signOfLife = jest.fn();
    const glance = () => glances.shift() ?? { movedAgo: 0, running: [] };
    const progress = { glance, signOfLife } as unknown as Progress;
    const watch = new Watch(progress, undefined);
    jest.advanceTimersByTime(6000);
    watch.end();
    expect(watch.signal.aborted).toBe(true);
    expect(watch.stuck).toBe("idle");
    expect(signOfLife).toHaveBeenCalledTimes(3);
  });

  it("does nothing to a solve that is done", () => {
    const progress = { glance: () => ({ movedAgo: 999, running: [] }) } as unknown as Progress;
    const watch = new Watch(progress, undefined);
    watch.end();
    jest.advanceTimersByTime(600_000);
    expect(watch.signal.aborted).toBe(false);
    expect(watch.stuck).toBeUndefined();
  });
});
