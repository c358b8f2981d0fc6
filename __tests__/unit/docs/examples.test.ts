/** What the examples' conditions say, where a run of the workflow would not show it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { parse } from "yaml";
import { ROOT } from "../../../lab/runner.ts";

interface Job {
  readonly if?: string;
  readonly steps: readonly { readonly uses?: string; readonly if?: string }[];
}

describe("artifacts.yml deploys nothing when one app failed, and says which", () => {
  const text = readFileSync(join(ROOT, "docs", "examples", "artifacts.yml"), "utf8");
  const { jobs } = parse(text) as { jobs: Readonly<Record<string, Job>> };

  it("because a leg uploads its report also when its checks failed", () => {
    const uploads = jobs.ship?.steps.filter(({ uses }) => uses?.startsWith("actions/upload-artifact@"));
    expect(uploads?.map((step) => step.if)).toEqual(["always() && steps.ship.outputs.report != ''"]);
  });

  it("because collect runs also when a leg failed, and the deploy job only when it released all", () => {
    expect(jobs.collect?.if).toContain("!cancelled()");
    expect(jobs.deploy?.if).toBe("needs.collect.outputs.released == 'true'");
  });
});
