/** A complete example of each stage of the story; a test changes the one thing that it is about. */

import { type ProbeReport, parseReport } from "../../src/checks/django/probe-report.ts";
import type { Finding } from "../../src/checks/finding.ts";
import type { ThisImage } from "../../src/checks/project/image-services.ts";
import type { CheckResult, Verdict } from "../../src/checks/verdict.ts";
import type { Builder } from "../../src/docker/builder.ts";
import type { BaseImage } from "../../src/image/base-image.ts";
import type { BuiltImage, PlatformImage } from "../../src/image/built-image.ts";
import { platformsOf } from "../../src/image/platforms.ts";
import type { ImageNames, ImageSource } from "../../src/image/target.ts";
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

/** How compose files name the shop's image. */
export function thisShop(more: Partial<ThisImage> = {}): ThisImage {
  return {
    repository: IMAGE,
    context: ".",
    dockerfile: "Dockerfile",
    target: "",
    stages: [],
    variables: new Set(),
    ...more,
  };
}

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

export const CONTAINERD: Extract<Builder, { driver: "docker" }> = {
  name: "default",
  buildkit: "0.26.2",
  native: ["linux/amd64"],
  nodes: 1,
  replicas: 1,
  hostNetwork: true,
  hasOwnImages: true,
  driver: "docker",
  store: "containerd",
};
export const CLASSIC: Builder = { ...CONTAINERD, store: "classic" };
export const OWN: Builder = {
  name: "cont",
  buildkit: "0.26.2",
  native: ["linux/amd64"],
  nodes: 1,
  replicas: 1,
  hostNetwork: false,
  hasOwnImages: false,
  driver: "docker-container",
};
/** A builder of its own with a node for each of two platforms. */
export const TWO_NODES: Builder = {
  ...OWN,
  name: "both",
  native: ["linux/amd64", "linux/arm64"],
  nodes: 2,
};

export const STAGING = "shipshape/1001-1-shop-abc123:staging";

export function someNames(more: Partial<ImageNames> = {}): ImageNames {
  return {
    staging: STAGING,
    kept: "shipshape/kept:acme-shop-shop",
    labels: new Map([["org.opencontainers.image.title", "shop"]]),
    cacheFrom: [],
    cacheTo: [],
    ...more,
  };
}

export function aSource(more: Partial<ImageSource> = {}): ImageSource {
  const { request = aRequest(), builder = CONTAINERD, names = someNames() } = more;
  return { request, builder, names, platforms: more.platforms ?? platformsOf(request.build, builder) };
}

/** An image that is named by its bytes. */
export function aBaseImage(more: Partial<BaseImage> = {}): BaseImage {
  return {
    context: `oci-layout:///tmp/step/layout@${OURS}`,
    platform: "",
    config: { Cmd: ["gunicorn"] },
    layers: undefined,
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
    reads: { complete: true, unread: [] },
    ...more,
  };
}

export function aPlatformImage(more: Partial<PlatformImage> = {}): PlatformImage {
  return { platform: "linux/amd64", digest: OURS, config: digest("c"), record: "r7", ...more };
}

export function aBuiltImage(more: Partial<BuiltImage> = {}): BuiltImage {
  return {
    digest: OURS,
    platforms: [aPlatformImage()],
    metadata: { "containerimage.digest": OURS, "buildx.build.ref": "cont/cont0/r7" },
    ...more,
  };
}

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
