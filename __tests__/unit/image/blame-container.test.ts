import { describe, expect, it } from "@jest/globals";
import { blame, hasNoShell } from "../../../src/image/blame.ts";
import { excerpt, PROBE_STEP, type Step, solve } from "../docker/solves.ts";
import { digest } from "../samples.ts";

function blamed(steps: readonly Step[], plain: string) {
  const { progress, stderr } = solve(steps, plain);
  return blame(progress, stderr);
}

const FROM_IMAGE = "FROM image AS shipshape-probe";

describe("the start of our program in the image is to blame", () => {
  const error = 'process "/bin/sh /.shipshape-probe/launch.sh" did not complete successfully: exit code: 1';
  const start = (log: string) =>
    blamed(
      [{ name: PROBE_STEP, error, log }],
      `${excerpt(3, "RUN --network=none")}ERROR: target checks: failed to solve: ${error}`,
    );

  it.each([
    [
      "no shell",
      'runc run failed: unable to start container process: exec: "/bin/sh": stat /bin/sh: no such file or directory',
      "/bin/sh",
    ],
    [
      "no such path",
      'runc run failed: unable to start container process: exec: "/nope/python": stat /nope/python: no such file or directory',
      "/nope/python",
    ],
    [
      "nothing on PATH",
      'runc run failed: unable to start container process: exec: "python": executable file not found in $PATH',
      "python",
    ],
    [
      "not executable",
      'runc run failed: unable to start container process: exec: "/etc/passwd": permission denied',
      "/etc/passwd",
    ],
    [
      "an end of its own",
      "Traceback (most recent call last):\nModuleNotFoundError: No module named 'encodings'\n",
      "",
    ],
    ["another platform", "exec /bin/sh: exec format error\n", ""],
    ["nothing at all", "", ""],
  ])("%s", (_, log, missing) => {
    expect(start(log)).toEqual({ part: "container", missing, reason: "exit code 1", log });
  });

  it("and not a line of the user's Dockerfile, although the excerpt calls ours `Dockerfile` too", () => {
    expect(start("x")).not.toHaveProperty("line");
  });

  it("for a USER that the image does not know: no exit code then", () => {
    const reason = "unable to find user nosuch: no matching entries in passwd file";
    expect(blamed([{ name: PROBE_STEP, error: reason }], `ERROR: failed to solve: ${reason}`)).toMatchObject({
      part: "container",
      missing: "",
      reason,
    });
  });

  it.each([
    "[shipshape-probe 2/3] COPY --chmod=1777 room/ /",
    "[shipshape-caddy 3/4] COPY caddyfiles/ /",
    "[shipshape-command-2 3/3] RUN --network=none x",
    "[shipshape-report 1/1] COPY --from=shipshape-probe /.shipshape/report/ /",
    "[linux/arm64 shipshape-probe 2/3] COPY --chmod=1777 room/ /",
  ])("and never the user's Dockerfile for our own step %s", (name) => {
    const why = 'failed to calculate checksum of ref a::b: "/.shipshape/report": not found';
    expect(
      blamed([{ name, error: why }], `${excerpt(5, name)}ERROR: target checks: failed to solve: ${why}`),
    ).toMatchObject({ part: "container", reason: why });
  });

  it.each([FROM_IMAGE, "FROM caddy:9 AS shipshape-caddy", "FROM image AS shipshape-command-12"])(
    "and never the user's Dockerfile for a base that our own could not load: %s",
    (line) =>
      expect(
        blamed(
          [{ name: "[internal] load metadata for docker.io/library/caddy:9", error: "not found" }],
          `${excerpt(1, line)}ERROR: failed to solve: docker.io/library/caddy:9: not found`,
        ),
      ).toEqual({ part: "builder", reason: "docker.io/library/caddy:9: not found" }),
  );

  it.each([
    ["/bin/sh", true],
    ["/venv/bin/python", false],
    ["", false],
  ])("a missing %j means that there is no shell: %s", (missing, no) => {
    expect(hasNoShell({ part: "container", missing, reason: "", log: "" })).toBe(no);
  });

  it("a builder that is down does not mean that there is no shell", () => {
    expect(hasNoShell({ part: "builder", reason: "/bin/sh" })).toBe(false);
  });
});

describe("layers that the builder does not have", () => {
  const LOST = `content digest ${digest("a")}: not found`;
  const OTHER = `failed to get reader from content store: content ${digest("b")}: not found`;

  it.each<[string, Step[], string]>([
    [
      "are named by the step that needed them",
      [{ name: PROBE_STEP, error: LOST }],
      `ERROR: failed to solve: ${LOST}`,
    ],
    [
      "are named by the step alone",
      [{ name: "[shipshape-probe 1/3] FROM image", error: OTHER }],
      "ERROR: failed to solve: EOF",
    ],
    ["are named with no step of ours", [], `${excerpt(1, FROM_IMAGE)}ERROR: failed to solve: image: ${LOST}`],
  ])("%s", (_, steps, plain) =>
    expect(blamed(steps, plain)).toEqual({
      part: "layers",
      reason: plain.replace(/^.*failed to solve: /s, ""),
    }),
  );

  it("are not the matter when a step of the user's Dockerfile misses something", () => {
    const [step] = [{ name: "[image 2/2] COPY --from=x /a /", error: LOST }];
    expect(blamed([step], `ERROR: failed to solve: ${LOST}`)).toMatchObject({ part: "dockerfile" });
  });
});
