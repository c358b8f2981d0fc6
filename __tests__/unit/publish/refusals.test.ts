import { describe, expect, it } from "@jest/globals";
import { refused } from "../../../src/image/failures.ts";

describe("the advice on a refusal", () => {
  it.each([
    ["unexpected status: 401 Unauthorized", "docker/login-action"],
    ["403 Forbidden", "docker/login-action"],
    ["denied: no", "docker/login-action"],
    ["no basic auth credentials", "docker/login-action"],
    ["no space left on device", "disk is full"],
    ["lookup reg.example: no such host", "Is the registry's name right"],
    [
      'Head "https://reg.example/v2/a/manifests/build-1401": dial tcp: connect: connection refused',
      "Is the registry's name right",
    ],
    [`sha256:${"403".repeat(21)}0: manifest invalid`, "running the job again"],
    ["unknown: blob unknown to registry", "The registry lacks a layer"],
    ["manifest invalid", "running the job again"],
  ])("%s: %s", (reason, advice) => {
    const { kind, message } = refused("x could not be tagged", reason);
    expect(kind).toBe("Publish failed");
    expect(message).toContain(`x could not be tagged: ${reason}`);
    expect(message).toContain(advice);
  });
});
