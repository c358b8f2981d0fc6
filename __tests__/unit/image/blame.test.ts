import { describe, expect, it } from "@jest/globals";
import { blame } from "../../../src/image/blame.ts";
import { excerpt, type Step, solve } from "../docker/solves.ts";

function blamed(steps: readonly Step[], plain: string) {
  const { progress, stderr } = solve(steps, plain);
  return blame(progress, stderr);
}

const FAILED = (command: string, code = 1) =>
  `process "/bin/sh -c ${command}" did not complete successfully: exit code: ${code}`;
const CANCELED: Step = {
  name: "[image-linux-arm64 2/3] RUN pip",
  error: "context canceled: context canceled",
};

describe("the user's Dockerfile is to blame", () => {
  it("for a RUN that fails, with its line, its exit code and the end of its log", () => {
    const error = FAILED("make", 2);
    const steps = [{ name: "[image build 3/7] RUN make", error, log: "cc: no such file\n" }, CANCELED];
    expect(blamed(steps, `${excerpt(3, "RUN make")}ERROR: target image: failed to solve: ${error}`)).toEqual({
      part: "dockerfile",
      step: "RUN make",
      line: 3,
      excerpt: expect.stringContaining("3 | >>> RUN make"),
      reason: "exit code 2",
      log: "cc: no such file\n",
    });
  });

  it("also when bake names the target of another platform, which shares the step", () => {
    const error = FAILED("make");
    const steps = [
      { name: "[image-linux-arm64 3/3] RUN make", digest: "sha256:s", error },
      { name: "[image 3/3] RUN make", digest: "sha256:s", error },
    ];
    expect(
      blamed(steps, `${excerpt(3, "RUN make")}ERROR: target image-linux-arm64: failed to solve: ${error}`),
    ).toMatchObject({
      part: "dockerfile",
      step: "RUN make",
      line: 3,
    });
  });

  it("for the first marked line of an instruction of several lines", () => {
    const error = FAILED("a && b");
    const plain = `Dockerfile:4\n----------\n   3 |     COPY . .\n   4 | >>> RUN a && \\\n   5 | >>>   b\n   6 |     \n----------\nERROR: failed to solve: ${error}`;
    expect(blamed([{ name: "[image 4/4] RUN a && b", error }], plain)).toMatchObject({ line: 4 });
  });

  it.each<[string, Step[], string, Record<string, unknown>]>([
    [
      "COPY of a missing file",
      [
        {
          name: "[image 2/3] COPY missing.txt .",
          error: 'failed to calculate checksum of ref l9ap::huqg: "/missing.txt": not found',
        },
      ],
      `${excerpt(2, "COPY missing.txt .")}ERROR: target image: failed to solve: failed to compute cache key: failed to calculate checksum of ref l9ap::huqg: "/missing.txt": not found`,
      { step: "COPY missing.txt .", line: 2, reason: expect.stringContaining('"/missing.txt": not found') },
    ],
    [
      "parse error: no step has an error",
      [{ name: "[image internal] load build definition from Dockerfile" }],
      `${excerpt(2, "RUNN x")}ERROR: target image: failed to solve: dockerfile parse error on line 2: unknown instruction: RUNN (did you mean RUN?)`,
      {
        step: "",
        line: 2,
        reason: "dockerfile parse error on line 2: unknown instruction: RUNN (did you mean RUN?)",
      },
    ],
    [
      "a line that is too long: BuildKit names the one before it",
      [{ name: "[image internal] load build definition from Dockerfile" }],
      `Dockerfile:7\n----------\n   6 |     COPY . .\n   7 | >>> EXPOSE 8000\n   8 |     CMD ["${"x".repeat(70_000)}"]\n----------\nERROR: target image: failed to solve: dockerfile line greater than max allowed size of 65535`,
      { line: 8, excerpt: "", reason: "dockerfile line greater than max allowed size of 65535" },
    ],
    [
      "a RUN next to a long line, of which the excerpt shows the beginning",
      [{ name: "[image 4/4] RUN a", error: FAILED("a") }],
      `Dockerfile:2\n----------\n   1 |     ENV A=${"x".repeat(60_000)}\n   2 | >>> RUN a\n----------\nERROR: failed to solve: ${FAILED("a")}`,
      { line: 2, excerpt: expect.stringMatching(/^ {3}1 \| {5}ENV A=x{100,200}…\n {3}2 \| >>> RUN a$/) },
    ],
    [
      "parse error without an excerpt",
      [],
      "ERROR: failed to solve: dockerfile parse error on line 12: unterminated heredoc",
      { step: "", line: 12 },
    ],
    [
      "base image that is not there",
      [
        {
          name: "[image internal] load metadata for ghcr.io/nosuch/image:1",
          error: "ghcr.io/nosuch/image:1: not found",
        },
      ],
      `${excerpt(1, "FROM ghcr.io/nosuch/image:1")}ERROR: target image: failed to solve: ghcr.io/nosuch/image:1: failed to resolve source metadata for ghcr.io/nosuch/image:1: ghcr.io/nosuch/image:1: not found`,
      { step: "", line: 1, reason: expect.stringContaining("failed to resolve source metadata") },
    ],
    [
      "base image that wants a login",
      [],
      `${excerpt(1, "FROM ghcr.io/priv/image:1")}ERROR: failed to solve: ghcr.io/priv/image:1: failed to resolve source metadata for ghcr.io/priv/image:1: unexpected status from HEAD request to http://ghcr.io/v2/priv/image/manifests/1: 401 Unauthorized`,
      { line: 1, reason: expect.stringContaining("401 Unauthorized") },
    ],
    [
      "syntax line that cannot be pulled",
      [],
      `${excerpt(1, "# syntax=docker/dockerfile:1.99-nope")}ERROR: failed to solve: failed to resolve source metadata for docker.io/docker/dockerfile:1.99-nope: docker.io/docker/dockerfile:1.99-nope: not found`,
      { line: 1 },
    ],
    [
      "required secret that was not given: the RUN was not started",
      [
        {
          name: "[image 2/2] RUN --mount=type=secret,id=tok,required=true x",
          error: "secret tok: not found",
        },
      ],
      `${excerpt(2, "RUN --mount=type=secret,id=tok,required=true x")}ERROR: failed to solve: secret tok: not found`,
      { line: 2, reason: "secret tok: not found" },
    ],
    [
      "stage that there is not",
      [],
      'ERROR: target image: failed to solve: target stage "nostage" could not be found',
      { step: "", line: undefined, reason: 'target stage "nostage" could not be found' },
    ],
    [
      "step in a solve of one target, which has no prefix",
      [{ name: "[build 2/4] RUN x", error: FAILED("x", 127) }],
      `ERROR: failed to solve: ${FAILED("x", 127)}`,
      { step: "RUN x", reason: "exit code 127", line: undefined },
    ],
    [
      "step of another platform",
      [{ name: "[image linux/arm64 build 2/4] RUN x", error: FAILED("x") }],
      `ERROR: failed to solve: ${FAILED("x")}`,
      { step: "RUN x" },
    ],
    [
      "Dockerfile with another name",
      [{ name: "[image 2/2] RUN x", error: FAILED("x") }],
      `${excerpt(5, "RUN x", "prod.Dockerfile")}ERROR: failed to solve: ${FAILED("x")}`,
      { line: 5 },
    ],
    [
      "Dockerfile with a space in its name",
      [{ name: "[image 2/2] RUN x", error: FAILED("x") }],
      `${excerpt(5, "RUN x", "my Dockerfile")}ERROR: failed to solve: ${FAILED("x")}`,
      { line: 5 },
    ],
    [
      "ONBUILD of its own base image",
      [{ name: "[image stage-0 2/5] ONBUILD RUN x", error: FAILED("x") }],
      `ERROR: failed to solve: ${FAILED("x")}`,
      { step: "ONBUILD RUN x" },
    ],
    [
      "command that speaks of `context canceled`",
      [{ name: '[image 2/2] RUN grep "context canceled" log', error: FAILED('grep "context canceled" log') }],
      `ERROR: failed to solve: ${FAILED('grep "context canceled" log')}`,
      { step: 'RUN grep "context canceled" log', reason: "exit code 1" },
    ],
    [
      "step that speaks of shipshape",
      [{ name: "[image 2/2] COPY shipshape-config.toml .", error: "lost" }],
      `${excerpt(2, "COPY shipshape-config.toml .")}ERROR: failed to solve: lost`,
      { step: "COPY shipshape-config.toml .", line: 2, reason: "lost" },
    ],
    [
      "stage whose name begins like ours",
      [{ name: "[image shipshape-web 2/2] RUN x", error: FAILED("x") }],
      `${excerpt(2, "FROM python AS shipshape-web")}ERROR: failed to solve: ${FAILED("x")}`,
      { step: "RUN x", line: 2 },
    ],
    [
      "parse error next to a line that speaks of shipshape",
      [],
      `${excerpt(2, "RUNN shipshape-x")}ERROR: failed to solve: dockerfile parse error on line 2: unknown instruction: RUNN`,
      { step: "", line: 2 },
    ],
    [
      "stage that the user called `run`",
      [{ name: "[image run 2/2] RUN --network=none x", error: FAILED("x") }],
      `${excerpt(2, "RUN --network=none x")}ERROR: failed to solve: ${FAILED("x")}`,
      { step: "RUN --network=none x", line: 2 },
    ],
  ])("for a %s", (_, steps, plain, part) => {
    expect(blamed(steps, plain)).toMatchObject({ part: "dockerfile", ...part });
  });
});

describe("the builder is to blame", () => {
  const push =
    "failed to push ghcr.io/priv/image: unexpected status from HEAD request to http://ghcr.io/v2/priv/image/blobs/sha256:0: 401 Unauthorized";

  it.each<[string, Step[], string, string]>([
    [
      "a push without a login",
      [{ name: "exporting to image", error: push }],
      `ERROR: failed to solve: ${push}`,
      push,
    ],
    [
      "a registry that is down",
      [{ name: "exporting to image", error: "x" }],
      'ERROR: failed to solve: failed to push a: failed to do request: Head "http://a": dial tcp 127.0.0.1:5056: connect: connection refused',
      'failed to push a: failed to do request: Head "http://a": dial tcp 127.0.0.1:5056: connect: connection refused',
    ],
    [
      "a Dockerfile that is not there",
      [],
      "ERROR: resolve : lstat ctx/nope: no such file or directory",
      "resolve : lstat ctx/nope: no such file or directory",
    ],
    [
      "a context that is not there",
      [],
      'ERROR: unable to prepare context: path "nodir" not found',
      'unable to prepare context: path "nodir" not found',
    ],
    [
      "a builder that is down",
      [{ name: "[internal] waiting for connection" }],
      "ERROR: context deadline exceeded",
      "context deadline exceeded",
    ],
    [
      "an engine that is down",
      [],
      "ERROR: Cannot connect to the Docker daemon at tcp://x. Is the docker daemon running?",
      "Cannot connect to the Docker daemon at tcp://x. Is the docker daemon running?",
    ],
    ["a full disk of the client", [], "ERROR: failed to solve: EOF", "EOF"],
    [
      "an entitlement that was not given",
      [],
      "ERROR: failed to solve: failed to load LLB: network.host is not allowed",
      "failed to load LLB: network.host is not allowed",
    ],
    [
      "a daemon that died",
      [],
      "ERROR: failed to receive status: rpc error: code = Unavailable desc = error reading from server: EOF",
      "failed to receive status: rpc error: code = Unavailable desc = error reading from server: EOF",
    ],
    ["a target's name before the reason", [], "ERROR: target image: failed to solve: EOF", "EOF"],
    [
      "a step's error when there is no last word",
      [{ name: "exporting to image", error: "lost" }],
      "",
      "lost",
    ],
    ["nothing that was said", [], "", "the builder gave no reason"],
    ["nothing but cancelled steps", [CANCELED], "", "the builder gave no reason"],
  ])("for %s", (_, steps, plain, reason) => {
    expect(blamed(steps, plain)).toEqual({ part: "builder", reason });
  });
});
