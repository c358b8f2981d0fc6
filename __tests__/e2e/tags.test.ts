/**
 * The tag rule, on a real registry: what a tag that is already there makes of a run. Each test goes on where the one
 * before it ended. Every row of the rule is in __tests__/unit/publish/tag-rule.test.ts.
 */
import { beforeAll, describe, expect, it, jest } from "@jest/globals";
import { expectFailure, expectShipped, result } from "./harness/expectations.ts";
import { project, unique } from "./harness/project.ts";
import { registry } from "./harness/registry.ts";
import { type Step, step } from "./harness/step.ts";

jest.setTimeout(300_000);

describe("a tag that is already there", () => {
  const image = registry.repoName("rule");
  const inputs = { image, app: "rule", provenance: "mode=min", checks: "system", tags: "latest" };
  const ours = project("plain", unique());
  const others = project("plain", unique());
  let first: Step;
  beforeAll(async () => {
    first = await step(inputs, { project: ours });
    await expectShipped(first, image);
  });

  const digestOf = async (tag: string) => (await registry.manifest(image, tag))?.digest;
  async function expectUntouched(): Promise<void> {
    expect(await digestOf("build-7")).toBe(first.outputs.digest);
    expect(await digestOf("latest")).toBe(first.outputs.digest);
  }

  it("is left as it is when it has the same bytes, though not the same attestations; the release stands", async () => {
    const again = await step(inputs, { project: ours });
    await expectShipped(again, image);
    expect(again.outputs.digest).toBe(first.outputs.digest);
    expect(again.log).toMatch(/already there/i);
    expect(await registry.tags(image)).toEqual(["build-7", "latest"]);
  });

  it("is not given to other bytes, and no further tag moves", async () => {
    const refused = await step(inputs, { project: others });
    const { message } = expectFailure(refused, "Publish failed");
    expect(message).toContain(`${image}:build-7`);
    expect(message).toContain("existing-tag");
    expect(refused.outputs).toMatchObject({ pushed: "false", tag: "", ref: "", pinned: "" });
    expect(result(refused)).toMatchObject({ stage: "publish", pushed: false });
    expect(await registry.tags(image)).toEqual(["build-7", "latest"]);
    await expectUntouched();
  });

  it("gives a re-run attempt with other bytes a tag of its own", async () => {
    const rerun = await step({ ...inputs, tags: "" }, { project: others, attempt: 2 });
    await expectShipped(rerun, image, "build-7-2");
    expect(await registry.tags(image)).toEqual(["build-7", "build-7-2", "latest"]);
    await expectUntouched();
  });

  it("is replaced when the workflow asks for that, and further tags move to the new digest", async () => {
    const replaced = await step({ ...inputs, "existing-tag": "overwrite" }, { project: others });
    await expectShipped(replaced, image);
    expect(replaced.outputs.digest).not.toBe(first.outputs.digest);
    expect(await digestOf("latest")).toBe(replaced.outputs.digest);
    expect(await registry.tags(image)).toEqual(["build-7", "build-7-2", "latest"]);
  });
});
