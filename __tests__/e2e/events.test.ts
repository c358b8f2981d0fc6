/** What an event allows: who may push, and whose code is not even built. */
import { describe, expect, it, jest } from "@jest/globals";
import * as event from "./harness/events.ts";
import {
  expectAllOutputs,
  expectFailure,
  expectNothingShipped,
  expectShipped,
  result,
  statuses,
} from "./harness/expectations.ts";
import { inDockerfile, newField } from "./harness/faults.ts";
import { project, unique } from "./harness/project.ts";
import { registry } from "./harness/registry.ts";
import { type Step, step } from "./harness/step.ts";

jest.setTimeout(300_000);

/** Built and checked, green, and nothing pushed. */
async function expectOnlyChecked(tried: Step, image: string): Promise<void> {
  if (tried.code !== 0) throw new Error(tried.log);
  expectAllOutputs(tried);
  expect(result(tried)).toMatchObject({ status: "passed", pushed: false });
  expect(statuses(tried)).toEqual({ system: "passed", migrations: "passed", static: "passed" });
  await expectNothingShipped(tried, image);
}

function noticed(tried: Step): string {
  return tried.commands
    .filter(({ name }) => name === "notice")
    .map(({ message }) => message)
    .join("\n");
}

const plain = project("plain");

describe("a pull request", () => {
  it("from a branch of the repository is checked, not pushed", async () => {
    const image = registry.repoName("pr");
    await expectOnlyChecked(
      await step({ image }, { project: plain, event: event.fromOwnBranch(plain) }),
      image,
    );
  });

  it("from a branch of the repository is pushed when asked for", async () => {
    const image = registry.repoName("pr");
    const inputs = { image, push: "true", tag: "pr-12" };
    await expectShipped(
      await step(inputs, { project: plain, event: event.fromOwnBranch(plain) }),
      image,
      "pr-12",
    );
  });

  it.each(["auto", "true"])("from a fork is checked, never pushed (push: %s)", async (push) => {
    const image = registry.repoName("fork");
    const tried = await step({ image, push }, { project: plain, event: event.fromFork(plain) });
    await expectOnlyChecked(tried, image);
    if (push === "true") expect(noticed(tried)).toMatch(/fork.*never pushed/);
  });

  it("from a fork fails when a check fails", async () => {
    const image = registry.repoName("fork");
    const broken = project("plain", newField);
    const tried = await step({ image, push: "true" }, { project: broken, event: event.fromFork(broken) });
    expectFailure(tried, "Checks failed");
    await expectNothingShipped(tried, image);
  });

  it("of Dependabot is checked, not pushed", async () => {
    const image = registry.repoName("dependabot");
    await expectOnlyChecked(
      await step({ image }, { project: plain, event: event.fromDependabot(plain) }),
      image,
    );
  });
});

describe("a run that is no pull request", () => {
  it("of Dependabot's own branch is checked, not pushed, with a notice", async () => {
    const image = registry.repoName("dependabot");
    const tried = await step({ image }, { project: plain, event: event.dependabotPush() });
    await expectOnlyChecked(tried, image);
    expect(noticed(tried)).toMatch(/Dependabot/);
  });

  it("of a merge group is checked, not pushed", async () => {
    const image = registry.repoName("queue");
    await expectOnlyChecked(await step({ image }, { project: plain, event: event.mergeGroup() }), image);
  });
});

describe("an event with secrets about a fork's code", () => {
  const marked = project("plain", inDockerfile("RUN echo THE-STRANGERS-CODE-RAN"), unique());
  const base = "a".repeat(40);

  it.each([
    ["pull_request_target", event.pullRequestTarget("fork", marked.sha, base)],
    ["workflow_run", event.workflowRun("fork", marked.sha, base)],
    ["issue_comment", event.issueComment(base)],
  ])("is refused before anything of it runs: %s", async (name, delivered) => {
    const image = registry.repoName("target");
    const tried = await step({ image, push: "false" }, { project: marked, event: delivered });
    expect(expectFailure(tried, "Invalid input").message).toContain(name);
    expect(tried.log).not.toContain("THE-STRANGERS-CODE-RAN");
    expect(tried.seconds).toBeLessThan(3);
    await expectNothingShipped(tried, image);
  });

  it.each([
    ["pull_request_target", event.pullRequestTarget("fork", "f".repeat(40), plain.sha)],
    ["workflow_run", event.workflowRun("fork", "f".repeat(40), plain.sha)],
    ["issue_comment", event.issueComment(plain.sha)],
  ])("is built when the checkout is the repository's own: %s", async (_, delivered) => {
    const image = registry.repoName("target");
    const tried = await step({ image, push: "false" }, { project: plain, event: delivered });
    await expectOnlyChecked(tried, image);
  });
});
