/**
 * What the workflow asked for: every input read, validated and normalised once. Nothing behind this
 * room looks at `INPUT_*` or `GITHUB_*` again.
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

/** The build rows of the contract: what `docker buildx bake` is told about the user's image. */
export interface Build {
  /** Absolute path of a folder, or a remote context (git or http URL) as written. */
  readonly context: string;
  readonly contextIsRemote: boolean;
  /** Absolute path of the Dockerfile; with a remote context the path inside it. */
  readonly file: string;
  /** `file` as the user would write it, for messages: relative to the workspace. */
  readonly fileShown: string;
  readonly target: string;
  /** As BuildKit names them, each once; empty = the builder's own. */
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
  /** As written (`true`, `false`, `mode=max`, …); empty = our default: `mode=min` where the builder can attest. */
  readonly provenance: string;
  /** As written; empty = none. */
  readonly sbom: string;
  /** Name of the builder; empty = the selected one. */
  readonly builder: string;
  /** As written: `type=gha,scope=x`, or a bare registry ref. */
  readonly cacheFrom: readonly string[];
  readonly cacheTo: readonly string[];
}

/** What the verdict may do with the image. `why` is a sentence for the log when the push is off. */
export type PushWish = { readonly push: true } | { readonly push: false; readonly why: string };

/** An `ignore` line: `security.W004`, `system:security.W004`, `static.missing-reference shop/vendor/**`. */
export interface IgnoreRule {
  /** As written, for the summary. */
  readonly text: string;
  readonly check: string;
  readonly id: string;
  /** Repo path glob; empty = everywhere. */
  readonly paths: string;
}

/** The workflow run, from the runner's own variables. */
export interface Run {
  readonly number: number;
  readonly attempt: number;
  readonly id: string;
  /** GITHUB_SHA. */
  readonly sha: string;
  /** The run's page, with the attempt. Empty when the runner did not say. */
  readonly url: string;
  /** The repository's page: `https://github.com/acme/shop`. Empty when unknown. */
  readonly source: string;
  readonly event: string;
}

/** The workflow's own commands (`run`), which run in the image or in another stage of its Dockerfile. */
export interface Commands {
  /** One shell command each, in the workflow's order, none twice. */
  readonly lines: readonly string[];
  /** Stage of the Dockerfile; empty = the shipped image. */
  readonly target: string;
  /** Seconds for one command. */
  readonly timeout: number;
}

/** The Caddyfile and the Caddy that reads it. */
export interface CaddyWish {
  /** Repo path of the Caddyfile that was named, `none`; empty = look for one in the context. */
  readonly file: string;
  /** Stock image, used unless the project has its own. */
  readonly image: string;
  /** The stock image was asked for by name. */
  readonly imageIsNamed: boolean;
  /** Absolute path of the project's own Caddy Dockerfile; empty = one beside the Caddyfile, if it makes a Caddy. */
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
  /** Further tags, moved to the released digest after the verdict. */
  readonly tags: readonly Tag[];
  readonly push: PushWish;
  readonly load: boolean;
  readonly existingTag: "auto" | "fail" | "overwrite";
  /** Names from the catalogue, in its order. */
  readonly checks: readonly string[];
  readonly failLevel: FailLevel;
  readonly ignore: readonly IgnoreRule[];
  /** Seconds for one check. */
  readonly timeout: number;
  readonly commands: Commands;
  readonly caddy: CaddyWish;
  /** `host`: checks and commands reach what listens on the builder's machine. */
  readonly checksNetwork: "none" | "host";
  /** Environment for checks and commands only, `env-file` first, then `env`. */
  readonly env: ReadonlyMap<string, string>;
  readonly settings: string;
  readonly manage: string;
  readonly python: string;
  readonly summary: boolean;
  readonly run: Run;
  /** Absolute path of the checkout (GITHUB_WORKSPACE). */
  readonly workspace: string;
  /** Sentences worth a notice annotation ("upper case was lowered", …). */
  readonly notices: readonly string[];
  /** Sentences worth a warning annotation ("build argument X looks like a secret", …). */
  readonly warnings: readonly string[];
}
