import { describe, expect, it } from "@jest/globals";
import { timelineOf } from "../../../src/reporters/timeline.ts";
import type { Step } from "../../../src/reporters/trace.ts";
import { PROBE_STEP } from "../docker/solves.ts";
import { forEachOf, randomStrings } from "../random.ts";
import { aStep as sample } from "./samples.ts";

let made = 0;
/** Each has a digest of its own. */
function aStep(more: Partial<Step>): Step {
  made++;
  return sample({ step: `sha256:${made}`, ...more });
}

/** The lines of the picture without its head, and the sentence. */
function drawn(...steps: Step[]): { tasks: string[]; head: string[]; sentence: string } {
  const text = timelineOf(steps);
  const lines = (/^```mermaid\n(.*?)\n```$/ms.exec(text)?.[1] ?? "").split("\n");
  return {
    head: lines.filter((line) => /^(gantt| {2}(dateFormat|axisFormat|tickInterval) )/.test(line)),
    tasks: lines.slice(4).map((line) => line.trim()),
    sentence: text.split("```\n\n")[1] ?? "",
  };
}

describe("the picture", () => {
  it("has a section for each stage, and the longest chain in it", () => {
    const base = aStep({ name: "[image base 1/1] FROM python", seconds: 1 });
    const build = aStep({
      name: "[image build 1/2] RUN make",
      started: 1000,
      seconds: 4,
      inputs: [base.step],
    });
    const beside = aStep({
      name: "[image run 1/2] RUN apt",
      started: 1000,
      seconds: 2,
      inputs: [base.step],
    });
    const copy = aStep({
      name: "[image run 2/2] COPY --from=build /a /a",
      started: 5000,
      seconds: 1,
      inputs: [beside.step, build.step],
    });
    const { head, tasks, sentence } = drawn(base, build, beside, copy);
    expect(head).toEqual([
      "gantt",
      "  dateFormat HH:mm:ss.SSS",
      "  axisFormat %M:%S",
      "  tickInterval 1second",
    ]);
    expect(tasks).toEqual([
      "section base",
      "1/1 FROM python :crit, 00:00:00.000, 00:00:01.000",
      "section build",
      "1/2 RUN make :crit, 00:00:01.000, 00:00:05.000",
      "section run",
      "1/2 RUN apt :00:00:01.000, 00:00:03.000",
      "2/2 COPY --from=build /a /a :crit, 00:00:05.000, 00:00:06.000",
    ]);
    expect(sentence).toMatch(/^6\.0 s in all; in red the longest chain: .*FROM python.* 1\.0 s → .*RUN make/);
  });

  it("shows what was cached, and says how much of it", () => {
    const { tasks, sentence } = drawn(
      aStep({ name: "[image 1/2] RUN a", cached: true, seconds: 0 }),
      aStep({ name: "[image 2/2] RUN b" }),
    );
    expect(tasks).toContain("1/2 RUN a (cached) :done, 00:00:00.000, 00:00:00.001");
    expect(sentence).toContain("1 of 2 steps came from the cache.");
  });

  it("counts the export after what was done before it, for it names no inputs", () => {
    const { tasks } = drawn(
      aStep({ name: "[image 1/1] RUN a", seconds: 2 }),
      aStep({ name: "[image] exporting to image", started: 2005, seconds: 1 }),
    );
    expect(tasks).toEqual([
      "section image",
      "1/1 RUN a :crit, 00:00:00.000, 00:00:02.000",
      "section export",
      "exporting to image :crit, 00:00:02.005, 00:00:03.005",
    ]);
  });

  it("names the probe's step, and leaves our small steps out", () => {
    const { tasks } = drawn(
      aStep({ name: PROBE_STEP, seconds: 2 }),
      aStep({
        name: "[shipshape-report 1/1] COPY --from=shipshape-probe /.shipshape/report/ /",
        started: 2000,
        seconds: 0.01,
      }),
      aStep({ name: "[internal] load build definition from Dockerfile", seconds: 0.05 }),
    );
    expect(tasks).toEqual(["section checks", expect.stringMatching(/^the checks :crit, /)]);
  });

  it("has the workflow's own commands, and one more platform's stages apart", () => {
    const command = aStep({ name: "[shipshape-command-2 3/3] RUN --network=none x" });
    const platform = aStep({ name: "[image-linux-arm64 build 1/2] RUN make" });
    const lines = timelineOf([command, platform], ["ruff check", "pytest -q: #1"]).split("\n");
    expect(lines.filter((line) => line.startsWith("  section"))).toEqual([
      "  section run",
      "  section linux/arm64 build",
    ]);
    expect(lines.find((line) => line.includes("pytest"))).toMatch(/^ {2}· pytest -q 1 :/);
    expect(timelineOf([command])).toContain("· command 2 :");
  });

  it("has what Caddy says of the Caddyfile next to the rest", () => {
    const caddyfile =
      '[shipshape-caddy 4/4] RUN --network=none --mount=type=bind,source=caddy.sh,target=/x ["/bin/sh"]';
    const { tasks } = drawn(
      aStep({ name: "[shipshape-caddy 1/4] FROM caddy:2", seconds: 0.5 }),
      aStep({ name: caddyfile, started: 500, seconds: 0.5 }),
      aStep({ name: "[caddy-image 2/2] COPY Caddyfile /etc" }),
    );
    expect(tasks.map((line) => line.split(" :")[0])).toEqual([
      "section preparation",
      "· FROM caddy 2",
      "section caddy",
      "the Caddyfile",
      "2/2 COPY Caddyfile /etc",
    ]);
  });

  it("marks a step that failed", () => {
    expect(drawn(aStep({ error: "exit code: 1" })).tasks).toContain(
      "1/2 RUN make FAILED :crit, 00:00:00.000, 00:00:01.000",
    );
  });

  it("tells a step once that a later solve finds in the cache under another digest", () => {
    const { tasks } = drawn(
      aStep({}),
      aStep({ cached: true, started: 5000, seconds: 0 }),
      aStep({ started: 5000, name: "[image 2/2] x" }),
    );
    expect(tasks.filter((line) => line.includes("RUN make"))).toHaveLength(1);
  });

  it("tells once what several solves find in the cache, each under a digest of its own", () => {
    const cached = { cached: true, seconds: 0 };
    const { tasks, sentence } = drawn(
      aStep(cached),
      aStep({ ...cached, name: "[build 1/2] RUN make" }),
      aStep({ name: "[image 2/2] x" }),
    );
    expect(tasks.filter((line) => line.includes("RUN make"))).toHaveLength(1);
    expect(sentence).toContain("1 of 2 steps came from the cache.");
  });

  it("begins with our own solves, also when a step is shared with somebody else's that began before", () => {
    const { tasks, sentence } = drawn(
      aStep({ name: "[image 1/2] FROM python", started: -60_000, seconds: 61 }),
      aStep({ name: "[image internal] load build definition from Dockerfile", started: 0, seconds: 0.1 }),
      aStep({ name: "[image 2/2] RUN make", started: 1000, seconds: 2 }),
    );
    expect(tasks).toContain("1/2 FROM python :crit, 00:00:00.000, 00:00:01.000");
    expect(sentence).toMatch(/^3\.0 s in all/);
  });

  it("keeps the longest rows when there are too many", () => {
    const steps = Array.from({ length: 200 }, (_, n) =>
      aStep({ name: `[image s 1/9] RUN n${n}`, started: n * 1000, seconds: n === 77 ? 50 : 2 }),
    );
    const { tasks } = drawn(...steps);
    expect(tasks).toHaveLength(41);
    expect(tasks.some((line) => line.includes("RUN n77 "))).toBe(true);
  });

  it.each([
    [4, "1second"],
    [20, "2second"],
    [100, "10second"],
    [600, "1minute"],
    [3600, "5minute"],
    [60_000, "120minute"],
  ])("of %d seconds has a tick each %s", (seconds, tick) => {
    expect(drawn(aStep({ seconds })).head.at(-1)).toBe(`  tickInterval ${tick}`);
  });

  it("is not there where nothing happened", () => {
    expect(timelineOf([])).toBe("");
    expect(timelineOf([aStep({ seconds: 0 })])).toBe("");
  });

  it("says what went over the network", () => {
    expect(drawn(aStep({ bytes: 54_321_000 })).sentence).toContain("54.3 MB went over the network.");
  });

  it("is a valid picture, whatever text a Dockerfile has", () => {
    forEachOf(
      randomStrings(200, [
        ":",
        ";",
        "#",
        "%%",
        "\n",
        "\r",
        "```",
        "section ",
        "click ",
        "title ",
        "<img src=x>",
        "crit,",
        "{",
        "$",
        '"',
        "🚢",
        "a",
      ]),
      (text) => {
        const { tasks, sentence } = drawn(
          aStep({ name: `[image build 1/2] ${text}` }),
          aStep({ name: text || "x", started: 1000 }),
        );
        for (const line of tasks)
          expect(line).toMatch(
            /^(section [^:;#%`<]+|(\d+\/\d+ |· |the |command |exporting )[^:;#%`<]* ?:(crit, |done, )?[\d:.]{12}, [\d:.]{12})$/,
          );
        expect(sentence).not.toMatch(/<img|`/);
      },
    );
  });
});
