/** The tag rule, on a real registry: what a tag that is already there makes of a run. */
import { describe, expect, it, jest } from "@jest/globals";
import { expectFailure, expectShipped, result } from "./harness/expectations.ts";
import { newField } from "./harness/faults.ts";
import { project, unique } from "./harness/project.ts";
import { registry } from "./harness/registry.ts";
import { step } from "./harness/step.ts";

jest.setTimeout(300_000);

const FIRST = project("plain", unique());
const OTHER = FIRST.change(); // The same folder; each test below makes its own where bytes must differ.

/** A repository in which build-7 has the bytes of a first run. */
async function shippedOnce(): Promise<{ image: string; digest: string | undefined }> {
  const image = registry.repoName("rule");
  const first = await step({ image, app: "rule", provenance: "false" }, { project: FIRST });
  await expectShipped(first, image);
  return { image, digest: first.outputs.digest };
}

const terms = { app: "rule", provenance: "false" };

describe("a tag that has the same bytes", () => {
  it.each([1, 2])("is left as it is, and the release stands (attempt %i)", async (attempt) => {
    const { image, digest } = await shippedOnce();
    const again = await step({ image, ...terms }, { project: OTHER, attempt });
    await expectShipped(again, image);
    expect(again.outputs.digest).toBe(digest);
    expect(again.log).toMatch(/already there/i);
    expect(await registry.tags(image)).toEqual(["build-7"]);
  });

  it("is left as it is also when the attestations differ", async () => {
    const image = registry.repoName("rule");
    const attested = { image, app: "rule", provenance: "mode=min" };
    const first = await step(attested, { project: FIRST });
    await expectShipped(first, image);
    const again = await step(attested, { project: OTHER });
    await expectShipped(again, image);
    expect(again.outputs.digest).toBe(first.outputs.digest);
  });
});

describe("a tag that has other bytes", () => {
  const others = () => ({ project: project("plain", unique()) });

  it("fails a first attempt, and stays", async () => {
    const { image, digest } = await shippedOnce();
    const refused = await step({ image, ...terms }, others());
    const { message } = expectFailure(refused, "Publish failed");
    expect(message).toContain(`${image}:build-7`);
    expect(message).toContain("existing-tag");
    expect(refused.outputs).toMatchObject({ pushed: "false", tag: "", ref: "", pinned: "" });
    expect(result(refused)).toMatchObject({ stage: "publish", pushed: false });
    expect(await registry.tags(image)).toEqual(["build-7"]);
    expect((await registry.manifest(image, "build-7"))?.digest).toBe(digest);
  });

  it("gives a re-run attempt a tag of its own", async () => {
    const { image, digest } = await shippedOnce();
    const rerun = await step({ image, ...terms }, { ...others(), attempt: 2 });
    await expectShipped(rerun, image, "build-7-2");
    expect(await registry.tags(image)).toEqual(["build-7", "build-7-2"]);
    expect((await registry.manifest(image, "build-7"))?.digest).toBe(digest);
  });

  it("does not overwrite that one either", async () => {
    const { image } = await shippedOnce();
    await expectShipped(await step({ image, ...terms }, { ...others(), attempt: 2 }), image, "build-7-2");
    const before = await registry.manifest(image, "build-7-2");
    expectFailure(await step({ image, ...terms }, { ...others(), attempt: 2 }), "Publish failed");
    expect(await registry.manifest(image, "build-7-2")).toEqual(before);
  });

  it("existing-tag: fail fails a re-run attempt too", async () => {
    const { image, digest } = await shippedOnce();
    const refused = await step({ image, ...terms, "existing-tag": "fail" }, { ...others(), attempt: 2 });
    expectFailure(refused, "Publish failed");
    expect(await registry.tags(image)).toEqual(["build-7"]);
    expect((await registry.manifest(image, "build-7"))?.digest).toBe(digest);
  });

  it("existing-tag: overwrite replaces it", async () => {
    const { image, digest } = await shippedOnce();
    const replaced = await step({ image, ...terms, "existing-tag": "overwrite" }, others());
    await expectShipped(replaced, image);
    expect(replaced.outputs.digest).not.toBe(digest);
    expect(await registry.tags(image)).toEqual(["build-7"]);
  });

  it("stays when the checks fail, whatever the rule", async () => {
    const { image, digest } = await shippedOnce();
    const failed = await step(
      { image, ...terms, "existing-tag": "overwrite" },
      { project: project("plain", newField) },
    );
    expectFailure(failed, "Checks failed");
    expect((await registry.manifest(image, "build-7"))?.digest).toBe(digest);
  });
});

describe("further tags", () => {
  it("move to the new digest, and only after a pass", async () => {
    const image = registry.repoName("moving");
    const first = await step({ image, tags: "latest" }, { project: project("plain", unique()), number: 1 });
    await expectShipped(first, image, "build-1");
    const failed = await step({ image, tags: "latest" }, { project: project("plain", newField), number: 2 });
    expectFailure(failed, "Checks failed");
    expect((await registry.manifest(image, "latest"))?.digest).toBe(first.outputs.digest);
    const third = await step({ image, tags: "latest" }, { project: project("plain", unique()), number: 3 });
    await expectShipped(third, image, "build-3");
    expect((await registry.manifest(image, "latest"))?.digest).toBe(third.outputs.digest);
    expect(await registry.tags(image)).toEqual(["build-1", "build-3", "latest"]);
  });
});
