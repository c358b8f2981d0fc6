/**
 * What the workflow asked for, with every input validated and normalised once. What runs later does not read
 * `INPUT_*` or the event again.
 */

declare const brand: unique symbol;
type Branded<T, B extends string> = T & { readonly [brand]: B };

/** `host[:port]/path`, lower case, without tag or digest: `ghcr.io/acme/shop`. */
export type Repository = Branded<string, "Repository">;
/** A tag by the reference grammar: 1 to 128 of `[A-Za-z0-9_.-]`, not beginning with `.` or `-`. */
export type Tag = Branded<string, "Tag">;
/** `sha256:` and 64 hexadecimal digits. */
export type Digest = Branded<string, "Digest">;
/** `repository:tag`. */
export type Ref = Branded<string, "Ref">;
/** `repository@digest`. */
export type PinnedRef = Branded<string, "PinnedRef">;

/** Django's own levels, least first. */
export const LEVELS = ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"] as const;
export type Level = (typeof LEVELS)[number];
export type FailLevel = Level | "never";

/** A secret of the *build*, as `docker build --secret` knows it. */
export type BuildSecret =
  | { readonly id: string; readonly from: "value"; readonly value: string }
  | { readonly id: string; readonly from: "file"; readonly path: string };

/** The inputs of the build: what `docker buildx bake` needs to know about the user's image. */
export interface Build {
  /** Absolute path of a folder, or a remote context (git or http URL) as written. */
  readonly context: string;
  readonly contextIsRemote: boolean;
  /** Absolute path of the Dockerfile; with a remote context the path inside it. */
  readonly file: string;
  /** `file` as the user would write it, for messages: relative to the workspace. */
  readonly fileShown: string;
  readonly target: string;
  /** By BuildKit's names, each once; empty = the builder's own platform. */
  readonly platforms: readonly string[];
  readonly args: ReadonlyMap<string, string>;
  readonly contexts: ReadonlyMap<string, string>;
  readonly secrets: readonly BuildSecret[];
  readonly ssh: readonly string[];
  readonly labels: ReadonlyMap<string, string>;
  readonly annotations: readonly string[];
  readonly network: string;
  readonly addHosts: ReadonlyMap<string, string>;
  readonly shmSize: string;
  readonly ulimits: readonly string[];
  readonly allow: readonly string[];
  readonly pull: boolean;
  readonly noCache: boolean;
  readonly noCacheFilters: readonly string[];
  /** As written (`true`, `false`, `mode=max`, …); empty = our default: `mode=min` if the builder can attest. */
  readonly provenance: string;
  /** As written; empty = none. */
  readonly sbom: string;
  /** Name of the builder; empty = the selected one. */
  readonly builder: string;
  /** As written: `type=gha,scope=x`, or a bare registry ref. */
  readonly cacheFrom: readonly string[];
  readonly cacheTo: readonly string[];
}

/** Whether the image is pushed once it has passed. `why` is a sentence for the log. */
export type PushWish = { readonly push: true } | { readonly push: false; readonly why: string };

/** An `ignore` line: `security.W004`, `system:security.W004`, `static.missing-reference shop/vendor/**`. */
export interface IgnoreRule {
  /** As written, for the summary. */
  readonly text: string;
  readonly check: string;
  readonly id: string;
  /** Glob of repository paths; empty = everywhere. */
  readonly paths: string;
}

/** The workflow run, from the runner's own variables. */
export interface Run {
  readonly number: number;
  readonly attempt: number;
  readonly id: string;
  /** GITHUB_SHA. */
  readonly sha: string;
  /** The page of this attempt of the run; empty when the runner does not name it. */
  readonly url: string;
  /** The repository's page: `https://github.com/acme/shop`. Empty when unknown. */
  readonly source: string;
  readonly event: string;
}

/** The commands of `run`, which run in the image or in another stage of its Dockerfile. */
export interface Commands {
  /** Shell commands in the workflow's order, each once. */
  readonly lines: readonly string[];
  /** Stage of the Dockerfile; empty = the shipped image. */
  readonly target: string;
  /** Seconds for one command. */
  readonly timeout: number;
}

/** The Caddyfile and the Caddy that reads it. */
export interface CaddyWish {
  /** Path of the Caddyfile in the workspace; `none`; empty = look for one in the context. */
  readonly file: string;
  /** The image of the Caddy to use, unless the project builds its own. */
  readonly image: string;
  /** Whether the workflow named the image. */
  readonly imageIsNamed: boolean;
  /** Absolute path of the project's own Caddy Dockerfile; empty = the one next to the Caddyfile, if it builds a Caddy. */
  readonly dockerfile: string;
  /** Absolute path of its build context; empty = found. */
  readonly context: string;
  readonly target: string;
  readonly args: ReadonlyMap<string, string>;
  /** Values for `{$NAME}`. */
  readonly env: ReadonlyMap<string, string>;
}

export interface Request {
  readonly image: Repository;
  readonly app: string;
  readonly build: Build;
  readonly tag: Tag;
  /** Further tags, which are moved to the released digest. */
  readonly tags: readonly Tag[];
  readonly push: PushWish;
  readonly load: boolean;
  readonly existingTag: "auto" | "fail" | "overwrite";
  /** Names of the checks to run, in the catalogue's order. */
  readonly checks: readonly string[];
  readonly failLevel: FailLevel;
  readonly ignore: readonly IgnoreRule[];
  /** Seconds for one check. */
  readonly timeout: number;
  readonly commands: Commands;
  readonly caddy: CaddyWish;
  /** With `host`, checks and commands can reach what listens on the builder's machine. */
  readonly checksNetwork: "none" | "host";
  /** Environment of the checks and commands only. `env` overrides `env-file`. */
  readonly env: ReadonlyMap<string, string>;
  readonly settings: string;
  readonly manage: string;
  readonly python: string;
  readonly summary: boolean;
  readonly run: Run;
  /** Absolute path of the checkout (GITHUB_WORKSPACE). */
  readonly workspace: string;
  /** Sentences for notice annotations. */
  readonly notices: readonly string[];
  /** Sentences for warning annotations. */
  readonly warnings: readonly string[];
}
