import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { parseReport } from "../../../../src/checks/django/probe-report.ts";
import { readReport } from "../../../../src/checks/django/run.ts";
import { UnreadableReport } from "../../../../src/checks/exported.ts";
import { probeCheck, rawReport } from "../../samples.ts";

function parsed(more: Readonly<Record<string, unknown>> = {}) {
  return parseReport(JSON.stringify(rawReport(more)));
}

const HASH = "0123456789abcdef".repeat(4);

describe("the probe's report", () => {
  it("is read as it stands", () => {
    const report = parsed({
      project: {
        root: "/app",
        manage: "/app/manage.py",
        settings: "shop.settings",
        source: "wsgi.py",
        others: [{ settings: "shop.dev", source: "manage.py" }],
      },
      environment: [{ name: "SECRET_KEY", supplied: "shipshape" }],
      reads: { complete: false, unread: [{ name: "DEBG", nearest: "DEBUG" }] },
      settings: { DEBUG: { value: false, supplied: "project", default_of: "DEBUG" } },
      files: { "/app/shop/models.py": HASH },
      checks: {
        system: probeCheck({
          seconds: 1.5,
          silenced: 2,
          notes: ["a note"],
          output: "printed",
          findings: [
            {
              level: "WARNING",
              id: "models.W042",
              message: "m",
              hint: "h",
              object: "shop.Order",
              file: "/app/shop/models.py",
              line: 12,
              count: 3,
              details: {
                app: "shop",
                name: "0002_x",
                path: "/app/p.py",
                operations: ["Add x"],
                text: "class M: ...",
              },
            },
          ],
        }),
      },
    });
    expect(report.python).toEqual({ version: "3.13.5", executable: "/usr/local/bin/python" });
    expect(report.django.version).toBe("5.2.8");
    expect(report.project.others).toEqual([{ settings: "shop.dev", source: "manage.py" }]);
    expect(report.environment).toEqual([{ name: "SECRET_KEY", supplied: "shipshape" }]);
    expect(report.reads).toEqual({ complete: false, unread: [{ name: "DEBG", nearest: "DEBUG" }] });
    expect(report.settings.DEBUG).toEqual({ value: false, supplied: "project", default_of: "DEBUG" });
    expect([...report.files]).toEqual([["/app/shop/models.py", HASH]]);
    expect(report.error).toBeUndefined();
    expect(report.checks.get("system")).toEqual({
      status: "completed",
      skipped: "",
      seconds: 1.5,
      counts: { examples: [] },
      silenced: 2,
      notes: ["a note"],
      output: "printed",
      error: undefined,
      findings: [
        {
          level: "WARNING",
          id: "models.W042",
          message: "m",
          hint: "h",
          supplied: "",
          object: "shop.Order",
          file: "/app/shop/models.py",
          line: 12,
          count: 3,
          details: {
            app: "shop",
            name: "0002_x",
            path: "/app/p.py",
            operations: ["Add x"],
            text: "class M: ...",
          },
        },
      ],
    });
  });

  it("may have nothing in it but what was tried", () => {
    const tried = [{ path: "/usr/bin/python3", reason: "Django is not installed there" }];
    const report = parseReport(
      JSON.stringify({
        schema: 1,
        checks: {},
        error: { kind: "no-django", message: "No Django.\nIn none.", tried },
      }),
    );
    expect(report.error).toEqual({ kind: "no-django", message: "No Django.\nIn none.", tried });
    expect(report.checks.size).toBe(0);
    expect(report.project).toEqual({ root: "", manage: "", settings: "", source: "", others: [] });
  });

  it.each<[string, string]>([
    ["it is not JSON", ""],
    ["it is not JSON", "{"],
    ["it is not JSON", '{"schema":1}garbage'],
    ["its schema is not 1", "{}"],
    ["its schema is not 1", "null"],
    ["its schema is not 1", '{"schema":2}'],
    ["its schema is not 1", '{"schema":"1"}'],
    ["its schema is not 1", '{"schema":true}'],
    ["type", "[]"],
    ["type", "7"],
    ["type", '"text"'],
    ["type", '{"schema":1,"checks":[]}'],
    ["type", '{"schema":1,"checks":"x"}'],
    ["type", '{"schema":1,"checks":{"system":[]}}'],
    ["type", '{"schema":1,"checks":{"system":"passed"}}'],
    ["type", '{"schema":1,"checks":{"system":{"findings":{}}}}'],
    ["type", '{"schema":1,"checks":{"system":{"findings":"none"}}}'],
    ["type", '{"schema":1,"checks":{"system":{"findings":["x"]}}}'],
    ["type", '{"schema":1,"checks":{"system":{"notes":7}}}'],
    ["type", '{"schema":1,"python":"3.13"}'],
    ["type", '{"schema":1,"project":[]}'],
    ["type", '{"schema":1,"project":{"others":{}}}'],
    ["type", '{"schema":1,"environment":{"A":"b"}}'],
    ["type", '{"schema":1,"environment":["A"]}'],
    ["type", '{"schema":1,"settings":[]}'],
    ["type", '{"schema":1,"settings":{"DEBUG":true}}'],
    ["type", '{"schema":1,"files":[]}'],
    ["type", '{"schema":1,"error":{"tried":"x"}}'],
    ["nested too deep", `{"schema":1,"settings":{"A":{"value":${"[".repeat(20)}${"]".repeat(20)}}}}`],
    ["nested too deep", `${"[".repeat(100_000)}${"]".repeat(100_000)}`],
    ["nested too deep", `${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}`],
  ])("is refused when %s: %.60s", (reason, text) => {
    expect(() => parseReport(text)).toThrow(UnreadableReport);
    expect(() => parseReport(text)).toThrow(reason);
  });

  it.each(["__proto__", "constructor", "prototype", "toString", "hasOwnProperty"])(
    "changes no object of ours by a key named %s",
    (key) => {
      const evil = `{"polluted":true,"supplied":"shipshape","status":"completed","value":1}`;
      const report = parseReport(
        `{"schema":1,"${key}":${evil},"settings":{"${key}":${evil}},"files":{"${key}":"${HASH}"},"python":{"${key}":${evil}},"checks":{"${key}":${evil},"system":{"${key}":${evil}}}}`,
      );
      expect(({} as Record<string, unknown>).polluted).toBeUndefined();
      expect(Object.getPrototypeOf(report.settings)).toBe(Object.prototype);
      expect(Object.hasOwn(report.settings, key)).toBe(true);
      expect(report.files.get(key)).toBe(HASH);
      expect(report.checks.get("system")?.status).toBe("crashed");
    },
  );

  it("is not believed to be complete because its prototype says so", () => {
    const report = parseReport('{"schema":1,"checks":{"system":{"__proto__":{"status":"completed"}}}}');
    expect(report.checks.get("system")?.status).toBe("crashed");
  });
});

describe("the hashes of files", () => {
  it.each(["", "abc", HASH.toUpperCase(), `${HASH}0`, ` ${HASH}`, 7, null, {}])(
    "leave out what is none: %j",
    (hash) => {
      expect(parsed({ files: { "/app/x.py": hash } }).files.size).toBe(0);
    },
  );
});

describe("report.json", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "report-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("is read", async () => {
    writeFileSync(join(folder, "good.json"), JSON.stringify(rawReport()));
    expect((await readReport(join(folder, "good.json"))).django.version).toBe("5.2.8");
  });

  it("is refused when it is not there", async () => {
    await expect(readReport(join(folder, "none.json"))).rejects.toThrow(new UnreadableReport("ENOENT"));
  });

  it("is refused when it is a link, also to a report that is there", async () => {
    writeFileSync(join(folder, "target.json"), JSON.stringify(rawReport()));
    symlinkSync(join(folder, "target.json"), join(folder, "link.json"));
    await expect(readReport(join(folder, "link.json"))).rejects.toBeInstanceOf(UnreadableReport);
  });

  it("is refused when it is a folder", async () => {
    mkdirSync(join(folder, "folder.json"));
    await expect(readReport(join(folder, "folder.json"))).rejects.toBeInstanceOf(UnreadableReport);
  });

  it("is refused when it is a named pipe, and is not waited for", async () => {
    const pipe = join(folder, "pipe.json");
    execFileSync("mkfifo", [pipe]);
    const reading = readReport(pipe).catch((error: unknown) => error);
    const outcome = await Promise.race([reading, sleep(500, "waiting")]);
    // Lets a reader that waits go.
    if (outcome === "waiting") execFileSync("sh", ["-c", 'echo "{}" > "$0"', pipe]);
    expect(outcome).toBeInstanceOf(UnreadableReport);
  });

  it("is refused when it is too large, before it is read", async () => {
    writeFileSync(join(folder, "large.json"), Buffer.alloc(16 * 1024 * 1024 + 1, " "));
    await expect(readReport(join(folder, "large.json"))).rejects.toThrow("16777217 bytes");
  });

  it("is read also with bytes that are no UTF-8", async () => {
    const text = JSON.stringify(rawReport()).replace("5.2.8", "5.2.8\u00e9");
    writeFileSync(join(folder, "latin1.json"), Buffer.from(text, "latin1"));
    expect((await readReport(join(folder, "latin1.json"))).django.version).toBe("5.2.8\ufffd");
  });
});
