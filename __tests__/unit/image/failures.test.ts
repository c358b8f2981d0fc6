import { describe, expect, it } from "@jest/globals";
import type { Blame } from "../../../src/image/blame.ts";
import { buildFailure, releaseFailure } from "../../../src/image/failures.ts";
import { aBuild } from "../samples.ts";

type InDockerfile = Extract<Blame, { part: "dockerfile" }>;

function step(more: Partial<InDockerfile> = {}): InDockerfile {
  return {
    part: "dockerfile",
    step: "RUN make",
    line: 3,
    excerpt: "",
    reason: "exit code 2",
    log: "",
    ...more,
  };
}

const SAYS = {
  disk: "The disk is full",
  pulls: "The registry refuses more pulls",
  login: "registry wants a login",
  base: "There is no such base image or tag",
  platform: "does not exist for the platform that is built",
  emulation: "docker/setup-qemu-action",
  stage: "must be the name of a stage",
  file: "The file is not in the build context",
  source: "The stage or image builder has no such file",
  secret: "pass it with `secrets`",
  privilege: "name it in `allow`",
  builder: "The builder does not answer",
  engine: "Start the Docker engine",
  owner: "give `--chown` numbers",
  line: "break it with `\\`",
  variable: "A build does not see `env`",
  reference: "and there is no such static file",
} as const;
const ALL_ADVICE = Object.values(SAYS);

/** The advice in a message. */
function adviceIn(message: string): string[] {
  return ALL_ADVICE.filter((text) => message.includes(text));
}

describe("a step of the Dockerfile that failed", () => {
  it("is reported with its place, the step, why, and the end of its log", () => {
    const failure = buildFailure(step({ log: "cc main.c\nerror: x\n" }), aBuild());
    expect(failure.kind).toBe("Build failed");
    expect(failure.message).toBe(
      "shop/Dockerfile:3: `RUN make` failed: exit code 2\nIts last lines:\ncc main.c\nerror: x",
    );
    expect(failure.place).toEqual({ file: "shop/Dockerfile", line: 3 });
  });

  it("shows the excerpt when it printed nothing", () => {
    const failure = buildFailure(step({ excerpt: "   3 | >>> RUN make" }), aBuild());
    expect(failure.message).toContain("\n   3 | >>> RUN make");
  });

  it("shows no more than the last 12 lines", () => {
    const log = Array.from({ length: 40 }, (_, index) => `line ${index}`).join("\n");
    const { message } = buildFailure(step({ log }), aBuild());
    expect(message).toContain("line 28\n");
    expect(message).not.toContain("line 27\n");
  });

  it("has no place in the repository when the context is remote, or the line is not known", () => {
    expect(buildFailure(step(), aBuild({ contextIsRemote: true })).place).toBeUndefined();
    expect(buildFailure(step({ line: undefined }), aBuild()).place).toBeUndefined();
  });

  it("names the file alone when the line is not known", () => {
    expect(buildFailure(step({ line: undefined }), aBuild()).message).toMatch(
      /^shop\/Dockerfile: `RUN make`/,
    );
  });

  it("is one line in the message, and not without end", () => {
    const { message } = buildFailure(step({ step: `RUN a \\\n   && ${"b".repeat(500)}` }), aBuild());
    expect(message.split("\n")).toHaveLength(1);
    expect(message.length).toBeLessThan(300);
  });
});

const METADATA = "ghcr.io/x/y:1: failed to resolve source metadata for ghcr.io/x/y:1";

describe("the advice", () => {
  it.each<[string, keyof typeof SAYS | undefined, Blame]>([
    ["a full disk in a RUN", "disk", step({ log: "cp: error writing 'x': No space left on device\n" })],
    [
      "a full disk of the builder",
      "disk",
      { part: "builder", reason: "failed to extract layer: write /x: no space left on device" },
    ],
    [
      "Docker Hub's limit",
      "pulls",
      step({
        step: "",
        reason: `${METADATA}: 429 Too Many Requests - Server message: toomanyrequests: You have reached your pull rate limit`,
      }),
    ],
    [
      "a base image that wants a login",
      "login",
      step({
        step: "",
        reason: `${METADATA}: unexpected status from HEAD request to http://ghcr.io/v2/x/y/manifests/1: 401 Unauthorized`,
      }),
    ],
    [
      "a base image that is denied",
      "login",
      step({
        step: "",
        reason: `${METADATA}: pull access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials`,
      }),
    ],
    [
      "a base image that is not there",
      "base",
      step({ step: "", reason: `${METADATA}: ghcr.io/x/y:1: not found` }),
    ],
    [
      "a base image of another platform",
      "platform",
      step({ step: "", reason: `${METADATA}: no match for platform in manifest: not found` }),
    ],
    ["a program of another platform", "emulation", step({ log: "exec /bin/sh: exec format error\n" })],
    ["a stage that is not there", "stage", step({ step: "", reason: 'target stage "x" could not be found' })],
    [
      "a file that is not there",
      "file",
      step({
        step: "COPY missing.txt .",
        reason:
          'failed to compute cache key: failed to calculate checksum of ref l9ap::huqg: "/missing.txt": not found',
      }),
    ],
    [
      "a file that another stage does not have",
      "source",
      step({
        step: "COPY --chown=1000 --from=builder /usr/lib/python3/site-packages /venv",
        reason: 'failed to calculate checksum of ref t70f::yddi: "/usr/lib/python3/site-packages": not found',
      }),
    ],
    [
      "a mount of a folder that another stage does not have",
      "source",
      step({
        step: "RUN --mount=type=bind,from=builder,source=/wheels,target=/w pip install /w/*",
        reason: 'failed to calculate checksum of ref t70f::yddi: "/wheels": not found',
      }),
    ],
    ["a secret that was not given", "secret", step({ reason: "secret tok: not found" })],
    [
      "an entitlement that was not given",
      "privilege",
      { part: "builder", reason: "failed to load LLB: network.host is not allowed" },
    ],
    [
      "an entitlement that the daemon refuses",
      "privilege",
      {
        part: "builder",
        reason: "granting entitlement network.host is not allowed by build daemon configuration",
      },
    ],
    [
      "an entitlement that bake asks for",
      "privilege",
      { part: "builder", reason: "additional privileges requested" },
    ],
    ["a builder that is down", "builder", { part: "builder", reason: "context deadline exceeded" }],
    [
      "a builder that died",
      "builder",
      {
        part: "builder",
        reason:
          "failed to receive status: rpc error: code = Unavailable desc = error reading from server: EOF",
      },
    ],
    [
      "an engine that is down",
      "engine",
      {
        part: "builder",
        reason: "Cannot connect to the Docker daemon at tcp://x. Is the docker daemon running?",
      },
    ],
    [
      "an owner that COPY --link cannot look up", // docker/buildx#1526, dunglas/symfony-docker#917
      "owner",
      step({ step: "COPY --link --chown=app:app . /app", reason: "invalid user index: -1" }),
    ],
    [
      "the same in the words of a newer frontend", // moby/buildkit#7134
      "owner",
      step({ step: "", reason: "COPY --link does not support --chown by name: app" }),
    ],
    [
      "a line that is too long",
      "line",
      step({ step: "", reason: "dockerfile line greater than max allowed size of 65535" }),
    ],
    ...(
      [
        // netbox-community/netbox#15040, Koed00/django-q#743, jointakahe/takahe#309, nickjj/docker-django-example#68
        "django.core.exceptions.ImproperlyConfigured: Set the SECRET_KEY environment variable",
        "django.core.exceptions.ImproperlyConfigured: The SECRET_KEY setting must not be empty.",
        "decouple.UndefinedValueError: SECRET_KEY not found. Declare it as envvar or define a default value.",
        "  File \"<frozen os>\", line 714, in __getitem__\nKeyError: 'SECRET_KEY'",
        "  File \"/usr/local/lib/python3.13/os.py\", line 1, in __getitem__\n    raise KeyError(key) from None\nKeyError: 'SECRET_KEY'",
      ] as const
    ).map((log): [string, "variable", Blame] => [
      `a variable that a RUN misses: ${log.slice(0, 60)}`,
      "variable",
      step({ reason: "exit code 1", log: `Traceback (most recent call last):\n${log}\n` }),
    ]),
    [
      "a reference that collectstatic misses",
      "reference",
      step({
        reason: "exit code 1",
        log: "Post-processing 'shop/shop.css' failed!\n\nTraceback:\nValueError: The file 'shop/rope.png' could not be found with <django.contrib.staticfiles.storage.ManifestStaticFilesStorage object at 0x7f>.\n",
      }),
    ],
    [
      "the same with WhiteNoise",
      "reference",
      step({
        reason: "exit code 1",
        log: "whitenoise.storage.MissingFileError: The CSS file 'shop/shop.css' references a file which could not be found:\n  shop/rope.png\n",
      }),
    ],
    ["a reason without a remedy", undefined, { part: "builder", reason: "EOF" }],
    ["a RUN with nothing special", undefined, step({ log: "make: *** [all] Error 1\n" })],
  ])("for %s", (_, advice, blame) => {
    expect(adviceIn(buildFailure(blame, aBuild()).message)).toEqual(
      advice === undefined ? [] : [SAYS[advice]],
    );
  });

  it("names the files of a reference that is missing, and the variable", () => {
    const log =
      "Post-processing 'shop/shop.css' failed!\nValueError: The file 'shop/rope.png' could not be found with <x>.\n";
    expect(buildFailure(step({ log }), aBuild()).message).toContain("shop/shop.css refers to shop/rope.png,");
    const key = "ImproperlyConfigured: Set the STRIPE_KEY environment variable\n";
    expect(buildFailure(step({ log: key }), aBuild()).message).toContain("RUN STRIPE_KEY=unused python");
  });

  it.each<[string, string]>([
    ["a key of a dictionary", "KeyError: 'VERSION'\n"],
    ["a number", "Downloading wheel (429 kB)\nERROR: failed\n"],
    ["a digest", "pulled sha256:c0ffee429c0ffee\n"],
    ["a database that refuses", "django.db.utils.OperationalError: Access denied for user 'root'\n"],
    ["a database that is not there", "could not connect to server: Connection refused\n"],
    ["a shell that misses a program", "/bin/sh: 1: gcc: not found"],
    ["a name that is not resolved", "pip: Temporary failure: no such host\n"],
    ["a linter", "E501: a line of this length is not allowed\n"],
    ["a service", "503 Service Unavailable\n"],
    ["a login of the project's own", "HTTP 401 Unauthorized from pypi.example.org\n"],
  ])("is not taken from what a RUN prints about itself: %s", (_, log) => {
    expect(adviceIn(buildFailure(step({ reason: "exit code 1", log }), aBuild()).message)).toEqual([]);
  });

  it.each<[string, string]>([
    [
      "whose host is unknown",
      `${METADATA}: failed to do request: Head "https://ghcr.io/v2/x/y/manifests/1": dial tcp: lookup ghcr.io: no such host`,
    ],
    [
      "that refuses",
      `${METADATA}: failed to do request: Head "https://ghcr.io/v2/x/y/manifests/1": dial tcp 1.2.3.4:443: connect: connection refused`,
    ],
  ])("does not blame the builder for a base image's registry %s", (_, reason) => {
    expect(adviceIn(buildFailure(step({ step: "", reason }), aBuild()).message)).not.toContain(SAYS.builder);
  });
});

describe("a probe that was not started", () => {
  it("says which program the image lacks, and the input", () => {
    const failure = buildFailure(
      { part: "container", missing: "/bin/sh", reason: "exit code 1", log: "x" },
      aBuild(),
    );
    expect(failure.kind).toBe("Checks could not run");
    expect(failure.message).toContain("The image has no /bin/sh");
    expect(failure.message).toContain("`python`");
  });

  it("shows what it printed otherwise", () => {
    const failure = buildFailure(
      { part: "container", missing: "", reason: "exit code 1", log: "No module named 'encodings'\n" },
      aBuild(),
    );
    expect(failure.kind).toBe("Checks could not run");
    expect(failure.message).toContain("exit code 1");
    expect(failure.message).toContain("No module named 'encodings'");
    expect(failure.place).toBeUndefined();
  });
});

it("an image that the builder has thrown away is said to be that", () => {
  const failure = buildFailure({ part: "layers", reason: "content sha256:0: not found" }, aBuild());
  expect(failure.kind).toBe("Checks could not run");
  expect(failure.message).toMatch(
    /no longer has the image .*content sha256:0: not found.*more room for its cache/,
  );
});

it("a builder that says nothing still gets a sentence", () => {
  expect(buildFailure({ part: "builder", reason: "" }, aBuild()).message).toMatch(
    /^The builder gave no reason/,
  );
});

describe("a release solve that failed", () => {
  it.each<Blame>([
    step(),
    { part: "builder", reason: "EOF" },
    { part: "container", missing: "", reason: "x", log: "" },
    { part: "layers", reason: "x" },
  ])("is a failure to publish: %j", (blame) =>
    expect(releaseFailure(blame, aBuild(), "registry").kind).toBe("Publish failed"),
  );

  it.each([
    [
      "failed to push ghcr.io/x/y: unexpected status from HEAD request to http://ghcr.io/v2/x/y/blobs/sha256:0: 401 Unauthorized",
    ],
    ["failed to push ghcr.io/x/y: denied: permission_denied: write_package"],
  ])("speaks of the registry that was pushed to, and not of a base image: %s", (reason) => {
    const { message } = releaseFailure({ part: "builder", reason }, aBuild(), "registry");
    expect(message).toContain(reason);
    expect(message).not.toMatch(/base image/i);
  });

  it("speaks of loading when nothing was to be pushed", () => {
    const reason = "no space left on device";
    const { message } = releaseFailure({ part: "builder", reason }, aBuild(), "engine");
    expect(message).toMatch(/could not be loaded into the local docker.*disk is full/);
  });

  it("does not blame the builder for a registry that is down", () => {
    const reason =
      'failed to push a/b: failed to do request: Head "http://a": dial tcp 127.0.0.1:5056: connect: connection refused';
    expect(adviceIn(releaseFailure({ part: "builder", reason }, aBuild(), "registry").message)).not.toContain(
      SAYS.builder,
    );
  });
});
