/** A complete example of each stage of the story; a test changes the one thing that it is about. */

import { type ProbeReport, parseReport } from "../../src/checks/django/probe-report.ts";
import type { Finding } from "../../src/checks/finding.ts";
import type { CheckResult, Verdict } from "../../src/checks/verdict.ts";
import type { Builder } from "../../src/docker/builder.ts";
import type { Held } from "../../src/image/built-image.ts";
import type { Site } from "../../src/image/target.ts";
import type { Release } from "../../src/publish/publish.ts";
import type {
  Build,
  CaddyWish,
  Digest,
  PinnedRef,
  Ref,
  Repository,
  Request,
  Tag,
} from "../../src/request/request.ts";

export const IMAGE = "ghcr.io/acme/shop" as Repository;

/** `sha256:` and 64 times the same digit. */
export function digest(digit: string): Digest {
  return `sha256:${digit.repeat(64)}` as Digest;
}

export const OURS = digest("a");
export const FOREIGN = digest("f");

export function aBuild(more: Partial<Build> = {}): Build {
  return {
    context: "/ws/shop",
    contextIsRemote: false,
    file: "/ws/shop/Dockerfile",
    fileShown: "shop/Dockerfile",
    target: "",
    platforms: [],
    args: new Map(),
    contexts: new Map(),
    secrets: [],
    ssh: [],
    labels: new Map(),
    annotations: [],
    network: "",
    addHosts: new Map(),
    shmSize: "",
    ulimits: [],
    allow: [],
    pull: false,
    noCache: false,
    noCacheFilters: [],
    provenance: "",
    sbom: "",
    builder: "",
    cacheFrom: [],
    cacheTo: [],
    ...more,
  };
}

export function aCaddyWish(more: Partial<CaddyWish> = {}): CaddyWish {
  return {
    file: "",
    image: "caddy:2",
    imageIsNamed: false,
    dockerfile: "",
    context: "",
    target: "",
    args: new Map(),
    env: new Map(),
    ...more,
  };
}

export function aRequest(
  more: Partial<Omit<Request, "run">> & { run?: Partial<Request["run"]> } = {},
): Request {
  const { run, ...rest } = more;
  return {
    image: IMAGE,
    app: "shop",
    build: aBuild(),
    tag: "build-7" as Tag,
    tags: [],
    push: { push: true },
    load: false,
    existingTag: "auto",
    checks: ["system", "migrations", "static"],
    failLevel: "WARNING",
    ignore: [],
    timeout: 300,
    commands: { lines: [], target: "", timeout: 1800 },
    caddy: aCaddyWish(),
    checksNetwork: "none",
    env: new Map(),
    settings: "",
    manage: "",
    python: "",
    summary: true,
    run: {
      number: 7,
      attempt: 1,
      id: "1001",
      sha: "c0ffee",
      url: "https://github.com/acme/shop/actions/runs/1001/attempts/1",
      source: "https://github.com/acme/shop",
      event: "push",
      ...run,
    },
    workspace: "/ws",
    notices: [],
    warnings: [],
    ...rest,
  };
}

export const CONTAINERD: Builder = {
  name: "default",
  buildkit: "0.26.2",
  platforms: ["linux/amd64"],
  hostNetwork: true,
  hasOwnImages: true,
  driver: "docker",
  store: "containerd",
};
export const CLASSIC: Builder = { ...CONTAINERD, store: "classic" };
export const OWN: Builder = {
  name: "cont",
  buildkit: "0.26.2",
  platforms: ["linux/amd64"],
  hostNetwork: false,
  hasOwnImages: false,
  driver: "docker-container",
};

export function aSite(more: Partial<Site> = {}): Site {
  return {
    probeContext: "/tmp/step/context",
    reportFolder: "/tmp/step/report",
    staging: "shipshape/1001-1-shop-abc123:staging",
    keptImage: "shipshape/kept:acme-shop-shop",
    checkEnvironment: '{"DATABASE_URL":"sqlite://"}',
    commandEnvironment: "DATABASE_URL='sqlite://'\n",
    commandsFolder: "/tmp/step/commands",
    labels: new Map([["org.opencontainers.image.title", "shop"]]),
    cacheFrom: [],
    cacheTo: [],
    ...more,
  };
}

export function aFinding(more: Partial<Finding> = {}): Finding {
  return {
    check: "system",
    level: "WARNING",
    id: "security.W004",
    message: "You have not set a value for SECURE_HSTS_SECONDS.",
    hint: "",
    object: "",
    file: "",
    line: undefined,
    containerFile: "",
    count: 1,
    migration: undefined,
    ...more,
  };
}

export function aResult(more: Partial<CheckResult> = {}): CheckResult {
  return {
    name: "system",
    status: "passed",
    findings: 0,
    seconds: 0.4,
    cached: false,
    silenced: 0,
    reason: "",
    output: "",
    notes: [],
    ...more,
  };
}

export function aVerdict(more: Partial<Verdict> = {}): Verdict {
  return {
    status: "passed",
    checks: [aResult()],
    findings: [],
    ignored: [],
    django: { version: "5.2.8", python: "3.13.5", settings: "shop.settings", manage: "/app/manage.py" },
    problem: "",
    settingsSource: "wsgi.py",
    otherSettings: [],
    environment: [],
    ...more,
  };
}

export const HELD: Held = { digest: OURS, manifests: [OURS], config: digest("c"), record: "r7" };

export function aRelease(more: Partial<Release> = {}): Release {
  return {
    tag: "build-7" as Tag,
    ref: `${IMAGE}:build-7` as Ref,
    digest: OURS,
    pinned: `${IMAGE}@${OURS}` as PinnedRef,
    how: "written",
    tags: [],
    ...more,
  };
}

/** A check of the probe's report, as it stands in report.json. */
export function probeCheck(more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return { status: "completed", seconds: 0.4, findings: [], silenced: 0, output: "", notes: [], ...more };
}

/** A clean report of all three checks, as it stands in report.json. */
export function rawReport(more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    schema: 1,
    python: { version: "3.13.5", executable: "/usr/local/bin/python" },
    django: { version: "5.2.8" },
    project: {
      root: "/app",
      manage: "/app/manage.py",
      settings: "shop.settings",
      source: "wsgi.py",
      others: [],
    },
    environment: [],
    settings: {},
    files: {},
    checks: { system: probeCheck(), migrations: probeCheck(), static: probeCheck() },
    error: null,
    ...more,
  };
}

export function aReport(more: Readonly<Record<string, unknown>> = {}): ProbeReport {
  return parseReport(JSON.stringify(rawReport(more)));
}

/** The same numbers in every run: 0 ≤ n < 1 (a linear congruential generator). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

/** `count` strings of up to 24 of the given pieces. */
export function randomStrings(count: number, pieces: readonly string[], seed = 1): string[] {
  const next = randomNumbers(seed);
  return Array.from({ length: count }, () =>
    Array.from({ length: Math.floor(next() * 24) }, () => pieces[Math.floor(next() * pieces.length)]).join(
      "",
    ),
  );
}

/** Runs the expectations of one test for each of many inputs. A failure names the input. */
export function forEachOf<T>(inputs: readonly T[], expectations: (input: T) => void): void {
  for (const input of inputs)
    try {
      expectations(input);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`With the input ${JSON.stringify(input)}:\n${reason}`, { cause: error });
    }
}
