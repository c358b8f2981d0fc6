import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { complaint, folder, read, runner, sweep } from "./world.ts";

let workspace = "";
beforeAll(() => {
  workspace = folder();
});
afterAll(sweep);

const request = (inputs: Record<string, string>, more: NodeJS.ProcessEnv = {}) =>
  read(runner(workspace, inputs, more));

describe("the workflow run", () => {
  it("knows its page and the repository's", () => {
    const { run } = request(
      {},
      {
        GITHUB_RUN_ID: "99",
        GITHUB_RUN_ATTEMPT: "2",
        GITHUB_SHA: "abc",
        GITHUB_SERVER_URL: "https://github.com",
        GITHUB_REPOSITORY: "acme/shop",
        GITHUB_EVENT_NAME: "push",
      },
    );
    expect(run).toEqual({
      number: 7,
      attempt: 2,
      id: "99",
      sha: "abc",
      url: "https://github.com/acme/shop/actions/runs/99/attempts/2",
      source: "https://github.com/acme/shop",
      event: "push",
    });
  });
});

describe("the event", () => {
  const pull = (repo: string) =>
    folder({
      "event.json": JSON.stringify({
        pull_request: { head: { sha: "f".repeat(40), repo: { full_name: repo } } },
      }),
    });
  const from = (event: string, root: string): NodeJS.ProcessEnv => ({
    GITHUB_EVENT_NAME: event,
    GITHUB_EVENT_PATH: path.join(root, "event.json"),
    GITHUB_REPOSITORY: "acme/shop",
    GITHUB_SHA: "b".repeat(40),
  });

  it("turns the push of a fork's pull request off, with a notice", () => {
    const { push, notices } = request({ push: "true" }, from("pull_request", pull("octo/shop")));
    expect(push).toEqual({
      push: false,
      why: 'A pull request from a fork ("octo/shop") is checked, never pushed.',
    });
    expect(notices).toEqual([push.push ? "" : push.why]);
  });

  it("refuses a fork's code before any file is read, and reports nothing else", () => {
    const env = runner("/nowhere", { image: "-" }, from("pull_request_target", pull("octo/shop")));
    expect(complaint(env)).toMatch(/^pull_request_target runs with this repository's secrets/);
  });

  it.each([
    ["is missing", "/nowhere/event.json"],
    ["is a folder", "/"],
    ["is not named", undefined],
  ])("does no harm when its file %s", (_, file) =>
    expect(request({}, { GITHUB_EVENT_NAME: "pull_request", GITHUB_EVENT_PATH: file }).push.push).toBe(false),
  );

  it("does no harm when its file is malformed", () => {
    const env = from("pull_request", folder({ "event.json": "{" }));
    expect(request({}, env).push.push).toBe(false);
  });
});
