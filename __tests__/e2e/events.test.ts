/** What an event allows: who may push, and whose code is not even built. */
import { describe, expect, it, jest } from "@jest/globals";
import * as event from "./harness/events.ts";
import {
  expectAllOutputs,
  expectFailure,
  expectNothingShipped,
  result,
  statuses,
} from "./harness/expectations.ts";
import { inDockerfile } from "./harness/faults.ts";
import { project, unique } from "./harness/project.ts";
import { registry } from "./harness/registry.ts";
import { type Step, step } from "./harness/step.ts";

jest.setTimeout(300_000);

/** Built and checked, green, and nothing pushed. */
async function expectOnlyChecked(tried: Step, image: string): Promise<void> {
  if (tried.code !== 0) throw new Error(tried.log);
  expectAllOutputs(tried);
  expect(result(tried)).toMatchObject({ status: "passed", pushed: false });
  expect(statuses(tried)).toEqual({ system: "passed" });
  await expectNothingShipped(tried, image);
}

const plain = project("plain");
const system = { checks: "system" };

// Every event, and whose code and token it comes with, is in __tests__/unit/request/event.test.ts. A pull request from a
// branch of the repository is docs/examples/pull-request.yml, which examples.test.ts plays.
describe("a pull request", () => {
  it("from a fork is checked, never pushed, with a notice where a push was asked for", async () => {
    const image = registry.repoName("fork");
    const inputs = { image, push: "true", ...system };
    const tried = await step(inputs, { project: plain, event: event.fromFork(plain) });
    await expectOnlyChecked(tried, image);
    const notices = tried.commands.filter(({ name }) => name === "notice").map(({ message }) => message);
    expect(notices.join("\n")).toMatch(/fork.*never pushed/);
  });
});

describe("an event with secrets about a fork's code", () => {
  it("is refused before anything of it runs", async () => {
    const marked = project("plain", inDockerfile("RUN echo THE-STRANGERS-CODE-RAN"), unique());
    const image = registry.repoName("target");
    const delivered = event.pullRequestTarget("fork", marked.sha, "a".repeat(40));
    const tried = await step({ image, push: "false" }, { project: marked, event: delivered });
    expect(expectFailure(tried, "Invalid input").message).toContain("pull_request_target");
    expect(tried.log).not.toContain("THE-STRANGERS-CODE-RAN");
    expect(tried.commands.filter(({ message }) => message.startsWith("buildx"))).toEqual([]);
    await expectNothingShipped(tried, image);
  });
});
