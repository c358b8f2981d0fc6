import { describe, expect, it } from "@jest/globals";
import { cancelled, Failure, type FailureKind } from "../../src/failure.ts";

describe("a failure", () => {
  it.each<FailureKind>([
    "Invalid input",
    "Build failed",
    "Checks failed",
    "Checks could not run",
    "Publish failed",
    "Cancelled",
  ])("may be: %s", (kind) => {
    const failure = new Failure(kind, "why", { file: "Dockerfile", line: 3 });
    expect(failure).toBeInstanceOf(Error);
    expect(failure).toMatchObject({
      kind,
      message: "why",
      place: { file: "Dockerfile", line: 3 },
      name: "Failure",
    });
    expect(new Failure(kind, "why").place).toBeUndefined();
  });
});

describe("a cancelled step", () => {
  it.each([
    [undefined, "The step was cancelled; nothing was pushed."],
    ["no" as const, "The step was cancelled; nothing was pushed."],
    ["perhaps" as const, /while the image was being pushed; check whether the tag is in the registry/],
    [{ tagged: "a/b:c" }, "The step was cancelled after a/b:c was released."],
  ])("says what may be in the registry: %j", (pushing, message) => {
    const failure = cancelled(pushing);
    expect(failure.kind).toBe("Cancelled");
    expect(failure.message).toMatch(message);
  });
});
