import { performance } from "node:perf_hooks";
import { describe, expect, it, jest } from "@jest/globals";
import { AT, heard, LATER, log, vertex } from "./samples.ts";
import { base64, rawjson } from "./solves.ts";

describe("the events", () => {
  it("tell a step that starts, prints and completes", () => {
    const { events } = heard([
      vertex({ started: AT }),
      log("a\nb\n"),
      vertex({ started: AT, completed: LATER }),
    ]);
    const name = "[image 1/2] RUN x";
    const step = "sha256:a";
    expect(events).toEqual([
      { type: "started", step, name },
      { type: "log", step, name, line: "a" },
      { type: "log", step, name, line: "b" },
      {
        type: "completed",
        step,
        name,
        cached: false,
        seconds: 2.5,
        error: undefined,
        started: Date.parse(AT),
        inputs: [],
        bytes: 0,
      },
    ]);
  });

  it("tell of a cached step only that it is done", () => {
    const { events } = heard([vertex({ started: AT, completed: AT, cached: true })]);
    expect(events).toEqual([
      {
        type: "completed",
        step: "sha256:a",
        name: "[image 1/2] RUN x",
        cached: true,
        seconds: 0,
        error: undefined,
        started: Date.parse(AT),
        inputs: [],
        bytes: 0,
      },
    ]);
  });

  it("tell what a step waited for, and what it brought over the network", () => {
    const status = (id: string, current: number) => ({ statuses: [{ id, vertex: "sha256:a", current }] });
    const { events } = heard([
      vertex({ inputs: ["sha256:b"], started: AT }),
      status("sha256:1", 10),
      status("sha256:1", 500),
      status("sha256:2", 20),
      status("transferring context:", 1),
      status("extracting sha256:1", 999),
      { statuses: [{ id: "sha256:4", vertex: "sha256:unknown", current: 1 }, { id: 5 }] },
      vertex({ completed: LATER }),
    ]);
    expect(events.at(-1)).toMatchObject({ type: "completed", inputs: ["sha256:b"], bytes: 521 });
  });

  it("tell which parts of an export are under way", () => {
    const now = jest.spyOn(performance, "now").mockReturnValue(0);
    try {
      const part = (id: string, more: object = {}) => ({
        statuses: [{ id, vertex: "sha256:a", current: 0, ...more }],
      });
      const { events, progress } = heard([
        vertex({ started: AT }),
        part("exporting layers"),
        part("exporting layers", { completed: LATER }),
        part("pushing layers", { completed: null }),
        part("resolving nothing"),
        part("pushing manifest for ghcr.io/acme/shop"),
      ]);
      now.mockReturnValue(20_000);
      progress.signOfLife();
      expect(events.at(-1)).toMatchObject({
        type: "running",
        doing: "pushing layers, pushing manifest for ghcr.io/acme/shop",
        bytes: 0,
      });
    } finally {
      now.mockRestore();
    }
  });

  it("tell of a step that is taken up again after its end, as an export is to push", () => {
    const now = jest.spyOn(performance, "now").mockReturnValue(0);
    try {
      const { events, progress } = heard([
        vertex({ started: AT }),
        vertex({ started: AT, completed: LATER }),
      ]);
      progress.line(rawjson(vertex({ started: AT })));
      expect(progress.activity()).toMatchObject({ anyDone: true, running: [] });
      now.mockReturnValue(1000);
      progress.line(rawjson(vertex({ started: LATER })));
      progress.line(rawjson({ statuses: [{ id: "pushing layers", vertex: "sha256:a", current: 0 }] }));
      now.mockReturnValue(21_000);
      expect(progress.activity().running).toEqual([{ name: "[image 1/2] RUN x", startedAgo: 20 }]);
      progress.signOfLife();
      expect(events.at(-1)).toMatchObject({ type: "running", seconds: 20, doing: "pushing layers" });
      progress.line(rawjson(vertex({ started: LATER, completed: LATER })));
      expect(progress.activity().running).toEqual([]);
    } finally {
      now.mockRestore();
    }
  });

  it("tell every twenty seconds of a step that goes on without a word, and of no other", () => {
    const now = jest.spyOn(performance, "now").mockReturnValue(1000);
    try {
      const { events, progress } = heard([
        vertex({ started: AT }),
        { vertexes: [{ digest: "sha256:done", name: "done", started: AT, completed: LATER }] },
        { vertexes: [{ digest: "sha256:waits", name: "waits" }] },
      ]);
      const told = (at: number) => {
        now.mockReturnValue(at);
        const before = events.length;
        progress.signOfLife();
        return events.slice(before);
      };
      expect(told(20_000)).toEqual([]);
      const running = { type: "running", step: "sha256:a", name: "[image 1/2] RUN x", bytes: 0, doing: "" };
      expect(told(21_000)).toEqual([{ ...running, seconds: 20 }]);
      expect(told(40_000)).toEqual([]);
      progress.line(rawjson(log("a word\n")));
      expect(told(50_000)).toEqual([]);
      expect(told(60_000)).toEqual([{ ...running, seconds: 59 }]);
      progress.line(rawjson(vertex({ completed: LATER })));
      expect(told(90_000)).toEqual([]);
    } finally {
      now.mockRestore();
    }
  });

  it("tell a rule that the Dockerfile breaks, with the Dockerfile", () => {
    const raw = {
      vertex: "sha256:a",
      level: 1,
      short: base64("FromAsCasing: 'as' and 'FROM' keywords' casing do not match (line 5)"),
      detail: [base64("The 'as' keyword should match"), base64("and more")],
      url: "https://docs.docker.com/go/dockerfile/rule/from-as-casing/",
      sourceInfo: { filename: "Dockerfile", data: base64("FROM a as b\n") },
      range: [{ start: { line: 5 }, end: { line: 5 } }],
    };
    const { events } = heard([
      { warnings: [raw, { short: base64("without a place") }, { ...raw, range: [] }, 7, null] },
    ]);
    expect(events).toEqual([
      {
        type: "warning",
        warning: {
          message: "FromAsCasing: 'as' and 'FROM' keywords' casing do not match",
          detail: "The 'as' keyword should match\nand more",
          url: raw.url,
          source: "FROM a as b\n",
          line: 5,
        },
      },
    ]);
  });

  it("tell a failed step with its error", () => {
    const { events } = heard([vertex({ started: AT }), vertex({ completed: LATER, error: "exit code: 1" })]);
    expect(events.at(-1)).toMatchObject({ type: "completed", error: "exit code: 1" });
  });

  it("tell once a step that starts and completes several times", () => {
    const { events } = heard([
      vertex({ started: AT }),
      vertex({ started: AT, completed: AT }),
      vertex({ started: LATER }),
      vertex({ started: LATER, completed: LATER, cached: true }),
    ]);
    expect(events.map(({ type }) => type)).toEqual(["started", "completed"]);
  });

  it("hand over the last line without its newline when the step is done", () => {
    const { events } = heard([vertex({ started: AT }), log("a\nb"), vertex({ completed: LATER })]);
    expect(events.filter(({ type }) => type === "log")).toMatchObject([{ line: "a" }, { line: "b" }]);
  });

  it.each([1, 2, 3, 5])("put together lines and characters that were cut every %i bytes", (size) => {
    const bytes = Buffer.from("one — two\nüber\n");
    const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
      log(bytes.subarray(at * size, (at + 1) * size)),
    );
    const { events, progress } = heard([vertex({ started: AT }), ...pieces]);
    expect(events.filter(({ type }) => type === "log")).toMatchObject([
      { line: "one — two" },
      { line: "über" },
    ]);
    expect(progress.vertexes[0]?.log).toBe("one — two\nüber\n");
  });

  it("do not keep a line without end", () => {
    const { events } = heard([
      vertex({ started: AT }),
      ...Array.from({ length: 40 }, () => log("x".repeat(10_000))),
    ]);
    expect(events.filter(({ type }) => type === "log").length).toBeGreaterThan(3);
  });
});
