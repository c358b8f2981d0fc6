/** A verdict from what the probe reported, for the tests of this room. */
import { answersOf, examined } from "../../../src/checks/django/answers.ts";
import { conclude, type Verdict } from "../../../src/checks/verdict.ts";
import type { Request } from "../../../src/request/request.ts";
import { aReport, aRequest, probeCheck } from "../samples.ts";

export interface Given {
  readonly terms?: Partial<Pick<Request, "checks" | "failLevel" | "ignore" | "timeout">>;
  readonly places?: Readonly<Record<string, string>>;
  readonly cached?: boolean;
}

/** The verdict on a clean report in which these parts are others. */
export function verdict(
  report: Readonly<Record<string, unknown>>,
  { terms = {}, places = {}, cached = false }: Given = {},
): Verdict {
  const read = aReport(report);
  const asked = aRequest(terms);
  const answers = answersOf(read, asked, new Map(Object.entries(places)), cached);
  return conclude(answers, asked, examined(read, asked));
}

/** A report whose `system` check has these findings and whose other checks are clean. */
export function withFindings(...findings: Record<string, unknown>[]) {
  const made = findings.map((one) => ({ level: "WARNING", id: "x.W1", message: "m", ...one }));
  return {
    checks: { system: probeCheck({ findings: made }), migrations: probeCheck(), static: probeCheck() },
  };
}
