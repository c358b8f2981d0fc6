import { describe, expect, it } from "@jest/globals";
import {
  commandOf,
  isOurExcerpt,
  isOurStep,
  isStep,
  readStep,
  type Step,
  stepText,
} from "../../../src/docker/steps.ts";
import { PROBE_STEP } from "./solves.ts";

type Kind = Step["kind"];

describe("the name of a step", () => {
  it.each<[name: string, kind: Kind]>([
    [PROBE_STEP, "probe"],
    [PROBE_STEP.replace("[shipshape", "[linux/arm64 shipshape"), "probe"],
    ["[shipshape-probe 1/3] FROM image", "internal"],
    ["[shipshape-probe 2/3] COPY --chmod=1777 room/ /", "internal"],
    [
      '[shipshape-caddy 4/4] RUN --network=none --mount=type=bind,source=caddy.sh,target=/x ["/bin/sh"]',
      "caddy",
    ],
    ["[shipshape-caddy 3/4] COPY caddyfiles/ /", "internal"],
    ["[shipshape-command-1 3/3] RUN --network=none --mount=x", "command"],
    ["[shipshape-command-12 3/3] RUN --network=host --mount=x", "command"],
    ["[shipshape-command-1 2/3] COPY --chmod=1777 room/ /", "internal"],
    ["[shipshape-report 1/1] COPY --from=shipshape-probe /.shipshape/report/ /", "internal"],
    ["[image build 3/7] RUN make", "dockerfile"],
    ["[3/7] RUN make", "dockerfile"],
    ["[image stage-0 2/5] ONBUILD RUN x", "dockerfile"],
    ["[image run 3/3] RUN --network=none --mount=type=bind,source=probe,target=/x y", "dockerfile"],
    ["[image shipshape-web 2/2] RUN make", "dockerfile"],
    ["[caddy-image build 2/2] RUN xcaddy build", "dockerfile"],
    ["[internal] load build definition from Dockerfile", "internal"],
    ["[image internal] load build definition from Dockerfile", "internal"],
    ["[internal] load metadata for docker.io/library/python:3.13-slim", "internal"],
    ["[internal] waiting for connection", "internal"],
    ["[auth] acme/shop:pull token for ghcr.io", "internal"],
    ["[context image] OCI load from client", "internal"],
    ["exporting to client directory", "internal"],
    ["[image] resolve image config for docker-image://docker.io/docker/dockerfile:1", "internal"],
    ["[image] resolving provenance for metadata file", "internal"],
    ["exporting to image", "export"],
    ["[image] exporting to image", "export"],
    ["[image-linux-arm64] exporting to image", "export"],
    ["exporting to docker image format", "export"],
    ["pushing layers", "export"],
    ["importing cache manifest from gha:1", "cache"],
    ["[image] importing cache manifest from ghcr.io/acme/shop:cache", "cache"],
    ["exporting cache to GitHub Actions Cache", "cache"],
    ["[image] exporting cache to registry", "cache"],
    ["CACHED", "other"],
    ["", "other"],
    ["docker-image://docker.io/library/python:3.13-slim", "other"],
  ])("%s is of the kind %s", (name, kind) => {
    expect(readStep(name).kind).toBe(kind);
    expect(isStep(kind)(name)).toBe(true);
    expect(isStep(kind === "other" ? "probe" : "other")(name)).toBe(false);
  });

  it.each<[name: string, stage: string, count: string, instruction: string, ofCaddy: boolean]>([
    ["[image build 3/7] RUN make", "build", "3/7", "RUN make", false],
    ["[build 3/7] RUN make", "build", "3/7", "RUN make", false],
    ["[image 2/3] COPY . .", "", "2/3", "COPY . .", false],
    ["[2/3] COPY . .", "", "2/3", "COPY . .", false],
    ["[stage dev 2/3] RUN x", "dev", "2/3", "RUN x", false],
    ["[linux/arm64 build 2/4] RUN x", "linux/arm64 build", "2/4", "RUN x", false],
    ["[image linux/arm64 build 2/4] RUN x", "linux/arm64 build", "2/4", "RUN x", false],
    ["[image-linux-arm64 build 2/4] RUN x", "linux/arm64 build", "2/4", "RUN x", false],
    ["[image-linux-arm-v7 2/4] RUN x", "linux/arm/v7", "2/4", "RUN x", false],
    ["[image-linux-arm64 linux/arm64 build 2/4] RUN x", "linux/arm64 build", "2/4", "RUN x", false],
    ["[caddy-image build 2/2] RUN xcaddy build", "build", "2/2", "RUN xcaddy build", true],
    ["[image 2/2] RUN a \\\n  && b", "", "2/2", "RUN a \\\n  && b", false],
  ])("%j says the stage, the count and the instruction", (name, stage, count, instruction, ofCaddy) =>
    expect(readStep(name)).toEqual({ kind: "dockerfile", stage, count, instruction, ofCaddy }),
  );
});

describe("the step of a command", () => {
  it.each([
    ["[shipshape-command-1 3/3] RUN --network=none --mount=x", 1],
    ["[shipshape-command-12 3/3] RUN --network=host --mount=x", 12],
    ["[shipshape-command-1 2/3] COPY --chmod=1777 room/ /", undefined],
    ["[image 3/3] RUN --network=none x", undefined],
    ["[command-1 3/3] RUN --network=none x", undefined],
    [PROBE_STEP, undefined],
  ])("%s is that of %p", (name, number) => expect(commandOf(name)).toBe(number));
});

describe("our own Dockerfiles", () => {
  it.each([
    [PROBE_STEP, true],
    ["[shipshape-probe 2/3] COPY --chmod=1777 room/ /", true],
    ["[linux/arm64 shipshape-report 1/1] COPY x", true],
    ["[image shipshape-web 2/2] RUN make", false],
    ["[image 2/2] COPY shipshape-probe /", false],
    ["[image 2/2] RUN x # [shipshape-probe 2/2] x", false],
    ["[internal] load metadata for docker.io/library/shipshape-probe", false],
    ["exporting to image", false],
  ])("are recognised by their stages: %s: %p", (name, ours) => expect(isOurStep(name)).toBe(ours));

  it.each([
    ["   1 | >>> FROM image AS shipshape-probe\n   2 |     COPY x", true],
    ["   1 | >>> FROM scratch AS shipshape-report", true],
    ["   9 | >>> FROM image AS shipshape-command-3", true],
    ["   1 | >>> FROM python AS shipshape-web", false],
    ["   2 | >>> COPY shipshape-probe .", false],
    ["", false],
  ])("are recognised in an excerpt: %j: %p", (excerpt, ours) => expect(isOurExcerpt(excerpt)).toBe(ours));
});

describe("a step as people read it", () => {
  it.each([
    ["[image build 3/7] RUN make", "[build 3/7] RUN make"],
    ["[image 2/3] COPY . .", "[2/3] COPY . ."],
    ["[image-linux-arm64 build 3/7] RUN make", "[linux/arm64 build 3/7] RUN make"],
    ["[caddy-image 2/2] RUN x", "[caddy 2/2] RUN x"],
    ["[caddy-image build 2/2] RUN x", "[caddy build 2/2] RUN x"],
    ["[image 2/3] RUN a \\\n  && b", "[2/3] RUN a \\ && b"],
    ["[image] exporting to image", "exporting to image"],
    ["[image internal] load build definition", "load build definition"],
    ["importing cache manifest from gha:1", "importing cache manifest from gha:1"],
  ])("%j is %j", (name, text) => expect(stepText(name)).toBe(text));

  it("is not without end", () =>
    expect(stepText(`[image 1/1] RUN ${"x".repeat(5000)}`).length).toBeLessThanOrEqual(300));
});
