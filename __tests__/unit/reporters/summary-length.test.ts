import { describe, expect, it } from "@jest/globals";
import { Failure } from "../../../src/failure.ts";
import type { Outcome } from "../../../src/reporters/outcome.ts";
import { summaryOf } from "../../../src/reporters/summary.ts";
import { Trace } from "../../../src/reporters/trace.ts";
import { aFinding, aRequest, aResult, aVerdict } from "../samples.ts";
import { aPass, aStep } from "./samples.ts";

const PASSED = aPass();

describe("a summary that would be too long", () => {
  const MOST = 1024 * 1024;

  it.each<[string, Outcome]>([
    [
      "many findings",
      {
        ...PASSED,
        verdict: aVerdict({
          findings: Array.from({ length: 5000 }, (_, n) => aFinding({ message: `${n} ${"ü".repeat(200)}` })),
        }),
      },
    ],
    [
      "one finding without end",
      {
        ...PASSED,
        verdict: aVerdict({
          findings: [
            aFinding({
              message: "`".repeat(100_000),
              hint: "|".repeat(100_000),
              migration: {
                app: "a",
                name: "b",
                path: "c",
                operations: Array.from({ length: 100 }, () => "<".repeat(10_000)),
                text: "x\n".repeat(50_000),
              },
            }),
          ],
        }),
      },
    ],
    [
      "notes without end",
      {
        ...PASSED,
        verdict: aVerdict({
          checks: [aResult({ notes: Array.from({ length: 4 }, () => "*".repeat(100_000)) })],
        }),
      },
    ],
    [
      "a reason without end",
      {
        ...PASSED,
        verdict: aVerdict({ checks: [aResult({ status: "error", reason: "|".repeat(300_000) })] }),
      },
    ],
    [
      "a failure without end",
      {
        app: "shop",
        request: aRequest(),
        failure: new Failure("Build failed", `${"- x\n".repeat(400_000)}`),
      },
    ],
    [
      "a failure of one line without end",
      { app: "shop", request: aRequest(), failure: new Failure("Build failed", "🚢".repeat(400_000)) },
    ],
  ])("of %s is cut, and says so", (_, outcome) => {
    const text = summaryOf(outcome);
    expect(Buffer.byteLength(text)).toBeLessThan(MOST);
    expect(text).toContain("**Cut here:**");
    expect(text).toMatch(/^## /);
    // The note itself stands in no code block.
    const fences = text.split("\n").filter((line) => /^\s*`{3,}/.test(line));
    expect(fences.length % 2).toBe(0);
  });

  it("keeps the timeline whole, and every fold closed", () => {
    const trace = new Trace();
    trace.hear(aStep({ seconds: 3 }));
    const findings = [
      aFinding(),
      ...Array.from({ length: 5000 }, (_, n) =>
        aFinding({ level: "INFO", message: `${n} ${"x".repeat(400)}` }),
      ),
    ];
    const text = summaryOf({ ...PASSED, trace, verdict: aVerdict({ findings }) });
    expect(Buffer.byteLength(text)).toBeLessThan(MOST);
    expect(text).toContain("```mermaid\ngantt");
    expect(text).toContain("**Cut here:**");
    expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length);
    expect(text.indexOf("**Cut here:**")).toBeGreaterThan(text.lastIndexOf("</details>"));
  });

  it("is not cut if it is short enough", () => expect(summaryOf(PASSED)).not.toContain("Cut here"));
});
