import { describe, expect, it } from "@jest/globals";
import type { Done } from "../../../src/docker/docker.ts";
import { passesByItself, withRetries } from "../../../src/publish/retry.ts";

describe("a refusal that passes by itself", () => {
  it.each([
    "failed to push ghcr.io/a/b: unexpected status from PUT request to https://ghcr.io/v2/a/b/manifests/x: 502 Bad Gateway",
    "unexpected status: 500 Internal Server Error",
    "received unexpected HTTP status: 503 Service Unavailable",
    "504 Gateway Timeout",
    "429 Too Many Requests",
    "toomanyrequests: retry-after: 1.2s",
    "read tcp 10.0.0.1:1->10.0.0.2:443: read: connection reset by peer",
    "write: broken pipe",
    "unexpected EOF",
    "failed to solve: EOF",
    "net/http: TLS handshake timeout",
    "dial tcp 1.2.3.4:443: i/o timeout",
    "net/http: timeout awaiting response headers",
    "no answer in time",
    "dial tcp 127.0.0.1:5056: connect: connection refused",
    "lookup ghcr.io: Temporary failure in name resolution",
    "failed to push ghcr.io/a/b:build-404: 502 Bad Gateway",
    "failed to push ghcr.io/a/b:build-401: connection reset by peer",
    "failed to push localhost:404/a: 503 Service Unavailable",
    // moby/buildkit and distribution, when two nodes of a builder push to one repository.
    "failed to push ghcr.io/a/b: unknown: blob unknown to registry",
    "manifest blob unknown: blob unknown to registry",
    "failed to push ghcr.io/a/b: unknown: blob upload unknown to registry",
    "unexpected status from PUT request to https://ghcr.io/v2/a/b/manifests/x: 404 Not Found: blob unknown to registry",
  ])("is %s", (reason) => expect(passesByItself(reason)).toBe(true));
});

describe("a refusal that stays", () => {
  it.each([
    "unexpected status from HEAD request to http://x/v2/a/blobs/sha256:0: 401 Unauthorized",
    "403 Forbidden",
    "denied: permission_denied: write_package",
    "push access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials",
    "insufficient_scope: authorization failed",
    "ghcr.io/a/b:c: not found",
    "manifest unknown: manifest unknown",
    "name unknown: repository name not known to registry",
    "404 Not Found",
    "manifest invalid: manifest invalid",
    "tag is immutable",
    "no space left on device",
    "failed to push ghcr.io/a/b:build-503: manifest invalid",
    "failed to push ghcr.io/a/b:build-429: tag is immutable",
    "",
  ])("is %s", (reason) => expect(passesByItself(reason)).toBe(false));
});

/** Tries with these answers in turn; pauses are no pauses. */
async function tried(...answers: Done[]) {
  const said: string[] = [];
  let tries = 0;
  const done = await withRetries(async () => answers[Math.min(tries++, answers.length - 1)] ?? { ok: true }, {
    say: (line) => said.push(line),
    signal: new AbortController().signal,
    pauses: [0, 0, 0],
  });
  return { done, tries, said };
}

const BUSY: Done = { ok: false, reason: "503 Service Unavailable" };
const DENIED: Done = { ok: false, reason: "denied" };
const OK: Done = { ok: true };

describe("trying again", () => {
  it.each<[string, Done[], number, Done]>([
    ["stops at once when it is done", [OK], 1, OK],
    ["goes on until it is done", [BUSY, BUSY, OK], 3, OK],
    ["stops at a refusal that stays", [BUSY, DENIED, OK], 2, DENIED],
    ["does not try again what stays refused", [DENIED, OK], 1, DENIED],
    ["ends after four tries", [BUSY], 4, BUSY],
  ])("%s", async (_, answers, tries, done) => {
    expect(await tried(...answers)).toMatchObject({ tries, done });
  });

  it("says why and when", async () => {
    expect((await tried(BUSY, OK)).said).toEqual(["503 Service Unavailable; trying again in 0 s"]);
  });

  it("ends with a cancel", async () => {
    let tries = 0;
    const attempt = async () => {
      tries++;
      return BUSY;
    };
    expect(await withRetries(attempt, { say: () => {}, signal: AbortSignal.abort(), pauses: [60] })).toEqual(
      BUSY,
    );
    expect(tries).toBe(1);
  });

  it("does not swallow an exception", async () => {
    await expect(
      withRetries(() => Promise.reject(new Error("x")), {
        say: () => {},
        signal: new AbortController().signal,
        pauses: [0],
      }),
    ).rejects.toThrow("x");
  });
});
