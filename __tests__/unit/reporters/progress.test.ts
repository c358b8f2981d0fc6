import { describe, expect, it } from "@jest/globals";
import type { Event } from "../../../src/docker/progress.ts";
import { Log } from "../../../src/reporters/log.ts";
import { showProgress } from "../../../src/reporters/progress.ts";
import { type Step, Trace } from "../../../src/reporters/trace.ts";
import { PROBE_STEP } from "../docker/solves.ts";
import { aStep } from "./samples.ts";

function shown(...events: Event[]): string[] {
  let text = "";
  const show = showProgress(
    new Log((part) => {
      text += part;
    }),
    ["pytest -q", "ruff check"],
    new Trace(),
  )();
  for (const event of events) show(event);
  return text.split("\n").filter((line) => line !== "" && !line.startsWith("::"));
}

function done(name: string, more: Partial<Step> = {}): Event {
  return aStep({ step: "s", name, seconds: 2.5, ...more });
}

const RUN = "[image build 3/7] RUN make";

describe("the build as people watch it", () => {
  it.each<[string, Event, string[]]>([
    ["a step that starts", { type: "started", step: "s", name: RUN }, ["[build 3/7] RUN make"]],
    ["what it prints", { type: "log", step: "s", name: RUN, line: "cc main.c" }, ["  cc main.c"]],
    ["a step that is done", done(RUN), ["[build 3/7] RUN make … 2.5 s"]],
    ["a step of no time", done(RUN, { seconds: 0.01 }), []],
    [
      "a step that brings much",
      done("[image 1/3] FROM python", { bytes: 54_321_000 }),
      ["[1/3] FROM python … 2.5 s, 54.3 MB"],
    ],
    ["a step that brings next to nothing", done(RUN, { bytes: 99_999 }), ["[build 3/7] RUN make … 2.5 s"]],
    [
      "a step that goes on without a word",
      { type: "running", step: "s", name: RUN, seconds: 41.7, bytes: 0, doing: "" },
      ["[build 3/7] RUN make … still running, 42 s"],
    ],
    [
      "a download that goes on",
      {
        type: "running",
        step: "s",
        name: "[image 1/3] FROM python",
        seconds: 20,
        bytes: 54_321_000,
        doing: "",
      },
      ["[1/3] FROM python … still running, 20 s, 54.3 MB"],
    ],
    [
      "an upload that goes on",
      {
        type: "running",
        step: "s",
        name: "exporting to image",
        seconds: 20,
        bytes: 0,
        doing: "pushing layers",
      },
      ["exporting to image (pushing layers) … still running, 20 s"],
    ],
    [
      "our own step that goes on",
      { type: "running", step: "s", name: PROBE_STEP, seconds: 20, bytes: 0, doing: "" },
      [],
    ],
    ["a cached step", done(RUN, { cached: true }), ["[build 3/7] RUN make … cached"]],
    ["a failed step", done(RUN, { error: "exit code: 1" }), ["[build 3/7] RUN make … ERROR: exit code: 1"]],
    [
      "a step without a stage",
      { type: "started", step: "s", name: "[image 2/3] COPY . ." },
      ["[2/3] COPY . ."],
    ],
    [
      "a step of many lines",
      { type: "started", step: "s", name: "[image 2/3] RUN a \\\n  && b" },
      ["[2/3] RUN a \\ && b"],
    ],
    [
      "a step of another stage, which is solved alone",
      { type: "started", step: "s", name: "[build 3/7] RUN make" },
      ["[build 3/7] RUN make"],
    ],
    ["what such a step prints", { type: "log", step: "s", name: "[2/3] RUN make", line: "cc" }, ["  cc"]],
    ["our own step", { type: "started", step: "s", name: PROBE_STEP }, []],
    ["what our own step prints", { type: "log", step: "s", name: PROBE_STEP, line: "x" }, []],
    [
      "our copies",
      { type: "started", step: "s", name: "[shipshape-probe 2/3] COPY --chmod=1777 room/ /" },
      [],
    ],
    [
      "the report's copy",
      done("[shipshape-report 1/1] COPY --from=shipshape-probe /.shipshape/report/ /"),
      [],
    ],
    [
      "our own step that failed",
      done(PROBE_STEP, { error: "exit code: 1" }),
      [expect.stringContaining("ERROR: exit code: 1") as unknown as string],
    ],
    [
      "BuildKit's own steps",
      { type: "started", step: "s", name: "[image internal] load build definition from Dockerfile" },
      [],
    ],
    [
      "BuildKit's own steps without a target",
      { type: "started", step: "s", name: "[internal] load .dockerignore" },
      [],
    ],
    ["a login", { type: "started", step: "s", name: "[auth] acme/shop:pull token for ghcr.io" }, []],
    ["an export", done("[image] exporting to image"), ["exporting to image … 2.5 s"]],
    ["the report's export", done("exporting to client directory"), []],
    ["a failed export", done("exporting to image", { error: "no" }), ["exporting to image … ERROR: no"]],
  ])("%s", (_, event, lines) => expect(shown(event)).toEqual(lines));

  it("tells of a step that solves share once, and of the same step when it comes again in its own solve", () => {
    let text = "";
    const listen = showProgress(
      new Log((part) => {
        text += part;
      }),
      ["pytest -q", "ruff check"],
      new Trace(),
    );
    const [one, other] = [listen(), listen()];
    for (const hear of [one, other, one]) hear({ type: "started", step: "a", name: RUN });
    other({ type: "started", step: "b", name: "[shipshape-command-2 3/3] RUN --network=none x" });
    expect(text.split("\n").filter((line) => line.startsWith("["))).toEqual([
      "[build 3/7] RUN make",
      "[build 3/7] RUN make",
      "[run] ruff check",
    ]);
  });

  it("does not print a step's command without end", () => {
    expect(
      shown({ type: "started", step: "s", name: `[image 1/1] RUN ${"x".repeat(5000)}` })[0]?.length,
    ).toBeLessThanOrEqual(300);
  });
});
