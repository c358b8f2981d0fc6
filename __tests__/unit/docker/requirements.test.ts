import { describe, expect, it } from "@jest/globals";
import type { Builder } from "../../../src/docker/builder.ts";
import {
  noBuilder,
  noBuildx,
  noDocker,
  notStarted,
  requireVersions,
} from "../../../src/docker/requirements.ts";
import { Failure } from "../../../src/failure.ts";
import { CLASSIC, CONTAINERD, OWN, TWO_NODES } from "../samples.ts";

describe("versions", () => {
  it.each<[string, string, Builder]>([
    ["buildx with a builder of its own", "0.20.0", OWN],
    ["buildx with several nodes", "0.20.1", TWO_NODES],
    ["buildx with the containerd store", "0.20.0", CONTAINERD],
    ["buildx with the classic store, which needs no history of builds", "0.13.0", CLASSIC],
    ["a buildx that does not know its version", "", OWN],
    ["a buildx of a distribution", "0.0.0", OWN],
    ["BuildKit", "0.29.1", { ...OWN, buildkit: "0.13.0" }],
    ["a BuildKit that does not say its version", "0.29.1", { ...OWN, buildkit: "" }],
  ])("are new enough: %s %j", (_, buildx, builder) =>
    expect(() => requireVersions(buildx, builder)).not.toThrow(),
  );

  it.each<[string, string, Builder, string]>([
    [
      "buildx with a builder of its own",
      "0.19.9",
      OWN,
      "buildx with a docker-container builder is 0.19.9, and shipshape needs 0.20 or newer",
    ],
    [
      "buildx with the containerd store",
      "0.19.0",
      CONTAINERD,
      "buildx with a docker builder is 0.19.0, and shipshape needs 0.20 or newer",
    ],
    [
      "buildx with the classic store",
      "0.12.1",
      CLASSIC,
      "buildx with the engine's classic image store is 0.12.1, and shipshape needs 0.13 or newer",
    ],
    [
      "BuildKit",
      "0.29.1",
      { ...OWN, buildkit: "0.12.5" },
      "the builder cont's BuildKit is 0.12.5, and shipshape needs 0.13 or newer",
    ],
  ])("are too old: %s %j", (_, buildx, builder, why) => {
    const check = () => requireVersions(buildx, builder);
    expect(check).toThrow(Failure);
    expect(check).toThrow(why);
    expect(check).toThrow("docker/setup-buildx-action");
  });
});

describe("replicas", () => {
  it("are refused, for each keeps its own images", () => {
    const builder: Builder = { ...OWN, driver: "kubernetes", replicas: 3 };
    const check = () => requireVersions("0.29.1", builder);
    expect(check).toThrow(/cont has 3 replicas.*driver-opts: replicas=1/s);
    expect(() => requireVersions("0.29.1", { ...builder, replicas: 1 })).not.toThrow();
  });
});

describe("what is missing", () => {
  it("is named with how to get it", () => {
    expect(noDocker().message).toContain("There is no `docker` command on this runner");
    expect(noBuildx("docker: 'buildx' is not a docker command.\n").message).toMatch(
      /plugin is missing.*buildx 0\.20 or newer.*is not a docker command/,
    );
  });

  it.each([
    ["", "timeout", /^The selected builder does not answer: timeout\. .*buildx ls/],
    ["mine", "no builder mine", /^The builder `mine` does not answer: no builder mine\. .*buildx ls/],
    ["", "Cannot connect to the Docker daemon at unix:///x", /Start the Docker engine/],
    ["", "failed to connect to the docker API at unix:///x", /Start the Docker engine/],
  ])("may be the builder %j: %s", (name, reason, message) =>
    expect(noBuilder(name, reason).message).toMatch(message),
  );

  it.each([
    ["ENOENT", "Build failed", "There is no `docker` command"],
    ["E2BIG", "Invalid input", "Give a large secret as a file with `secret-files`"],
    ["EAGAIN", "Build failed", "spawn docker EAGAIN. Is the runner out of processes"],
  ])("may be a program that was not started: %s", (code, kind, message) => {
    const failure = notStarted(`spawn docker ${code}`, code);
    expect(failure.kind).toBe(kind);
    expect(failure.message).toContain(message);
  });
});
