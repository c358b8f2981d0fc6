import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import type { Activity, Progress } from "../../../src/docker/progress.ts";
import { judge, StallDetector } from "../../../src/docker/stall.ts";

const LIMIT = { step: (name: string) => name === "probe", seconds: 60 };

function running(name: string, startedAgo: number) {
  return { name, startedAgo };
}

describe("a solve", () => {
  it.each<[string, Activity, "idle" | "step" | undefined]>([
    ["that has just begun is left alone", { movedAgo: 1, anyDone: false, running: [] }, undefined],
    ["that starts nothing for two minutes is dead", { movedAgo: 121, anyDone: false, running: [] }, "idle"],
    [
      "that waits for a cache's server for two minutes is dead",
      { movedAgo: 121, anyDone: false, running: [running("importing cache manifest from gha:1", 121)] },
      "idle",
    ],
    [
      "with a step that is merely silent is left alone",
      { movedAgo: 3000, anyDone: false, running: [running("RUN make", 3000)] },
      undefined,
    ],
    [
      "that waits for a cache's server, which stands behind a target's name, is dead",
      { movedAgo: 121, anyDone: true, running: [running("[image] exporting cache to GitHub", 121)] },
      "idle",
    ],
    [
      "with a silent step and a cache's server that is silent is left alone",
      {
        movedAgo: 3000,
        anyDone: false,
        running: [running("importing cache manifest from gha:1", 3000), running("RUN", 1)],
      },
      undefined,
    ],
    [
      "whose probe is in time is left alone",
      { movedAgo: 1, anyDone: false, running: [running("probe", 59)] },
      undefined,
    ],
    [
      "whose probe is late is ended, also while it moves",
      { movedAgo: 1, anyDone: false, running: [running("probe", 61)] },
      "step",
    ],
    [
      "whose other steps are late is left alone",
      { movedAgo: 1, anyDone: false, running: [running("RUN", 9999)] },
      undefined,
    ],
  ])("%s", (_, activity, reason) => expect(judge(activity, { limit: LIMIT })).toBe(reason));

  it.each<[string, Activity, boolean, "idle" | undefined]>([
    [
      "may be sending when its steps are done",
      { movedAgo: 3000, anyDone: true, running: [] },
      true,
      undefined,
    ],
    ["is dead when it has started nothing", { movedAgo: 121, anyDone: false, running: [] }, true, "idle"],
    ["is dead when it has nothing to send", { movedAgo: 121, anyDone: true, running: [] }, false, "idle"],
    [
      "is dead when it waits for a cache's server",
      { movedAgo: 121, anyDone: true, running: [running("importing cache manifest from gha:1", 121)] },
      true,
      "idle",
    ],
  ])("that sends an image: %s", (_, activity, sends, reason) =>
    expect(judge(activity, { sends })).toBe(reason),
  );

  it("without a limit has none", () => {
    expect(judge({ movedAgo: 1, anyDone: false, running: [running("probe", 9999)] }, {})).toBeUndefined();
  });
});

describe("the detector", () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it("remembers why it ended a solve, also when the cancelled steps move again", () => {
    const activities: Activity[] = [
      { movedAgo: 121, anyDone: false, running: [] },
      { movedAgo: 0, anyDone: false, running: [] },
    ];
    const signOfLife = jest.fn();
    const activity = () => activities.shift() ?? { movedAgo: 0, anyDone: false, running: [] };
    const progress = { activity, signOfLife } as unknown as Progress;
    const detector = new StallDetector(progress, {});
    jest.advanceTimersByTime(6000);
    detector.end();
    expect(detector.signal.aborted).toBe(true);
    expect(detector.reason).toBe("idle");
    expect(signOfLife).toHaveBeenCalledTimes(3);
  });

  it("does nothing to a solve that is done", () => {
    const progress = {
      activity: () => ({ movedAgo: 999, anyDone: false, running: [] }),
    } as unknown as Progress;
    const detector = new StallDetector(progress, {});
    detector.end();
    jest.advanceTimersByTime(600_000);
    expect(detector.signal.aborted).toBe(false);
    expect(detector.reason).toBeUndefined();
  });
});
