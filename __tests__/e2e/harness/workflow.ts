/**
 * A workflow file run by a real workflow runner: act, on this machine itself (its self-hosted mode). The action is the
 * checkout's own; GitHub's services that are not here (the login at its registry, its artifacts) are doubles.
 */
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../../lab/runner.ts";
import { environment, LAB } from "./lab.ts";
import { killTree } from "./processes.ts";
import { type Overlay, project, unique } from "./project.ts";
import { registry } from "./registry.ts";
import { afterwards, folder } from "./temporary.ts";

const ACT = join(LAB, "bin", "act");

/** What stands for actions that need GitHub, by the name that a workflow uses. */
const DOUBLES = {
  "docker/login-action@v4": `name: login
description: Takes the login and does nothing; the lab's registry wants none
inputs:
  registry: { description: where }
  username: { description: who }
  password: { description: what }
runs:
  using: composite
  steps:
    - run: test -n "$USERNAME" && test -n "$PASSWORD"
      shell: bash
      env:
        USERNAME: \${{ inputs.username }}
        PASSWORD: \${{ inputs.password }}
`,
  "actions/upload-artifact@v7": `name: upload
description: Puts one file into a folder by the artifact's name; a second artifact of that name is an error
inputs:
  name: { description: whose }
  path: { description: which }
runs:
  using: composite
  steps:
    - run: mkdir -p "$ARTIFACTS" && mkdir "$ARTIFACTS/$NAME" && cp -- "$FILE" "$ARTIFACTS/$NAME"
      shell: bash
      env:
        NAME: \${{ inputs.name }}
        FILE: \${{ inputs.path }}
`,
  "actions/download-artifact@v8": `name: download
description: Puts each artifact into a folder of its own, a single one right into the folder, and none makes no folder
inputs:
  pattern: { description: which }
  path: { description: where }
runs:
  using: composite
  steps:
    - run: |
        shopt -s nullglob
        found=("$ARTIFACTS"/$PATTERN)
        case \${#found[@]} in
          0) ;;
          1) mkdir -p "$FOLDER" && cp -r "\${found[0]}"/. "$FOLDER" ;;
          *) mkdir -p "$FOLDER" && cp -r "\${found[@]}" "$FOLDER" ;;
        esac
      shell: bash
      env:
        PATTERN: \${{ inputs.pattern }}
        FOLDER: \${{ inputs.path }}
`,
} as const;

/** What a release of the action has, and nothing else: act copies all of it into every job that uses it. */
const action = folder("action");
for (const part of ["action.yml", "collect", "dist"])
  cpSync(join(ROOT, part), join(action, part), { recursive: true });

export interface Played {
  readonly code: number | null;
  readonly log: string;
  /** What each call of `./deploy` in the workflow was given, in the order of the lines. */
  readonly deployed: readonly string[];
}

export interface Play {
  readonly event: { readonly name: "push" | "pull_request"; readonly payload?: unknown };
  /** The repository: its files without the workflow. */
  readonly files: Overlay;
  /** What the text of the workflow is changed to, for this machine. */
  readonly rewrite: (text: string) => string;
}

export const PUSH = { name: "push" } as const;
export const PULL_REQUEST = {
  name: "pull_request",
  payload: {
    pull_request: { head: { ref: "topic", repo: { full_name: "octo/shop" } }, base: { ref: "main" } },
  },
} as const;

/** The examples that hand their images on to a deploy job: examples-deploy.test.ts plays them, examples.test.ts all others. */
export const DEPLOYING: readonly string[] = ["artifacts", "matrix", "single"];

const ended = new Set<string>();

/** Names of the examples that this test file has played to their end, sorted. */
export function playedHere(): string[] {
  return [...ended].sort();
}

/** Runs `docs/examples/NAME.yml` to its end. */
export async function play(name: string, { event, files, rewrite }: Play): Promise<Played> {
  if (!existsSync(ACT)) throw new Error("act is missing: bash lab/lab.sh tools");
  const home = folder("act");
  const deployed = join(home, "deployed");
  const payload = join(home, "event.json");
  const doubles = Object.entries(DOUBLES).map(([action, text], index) => {
    const path = join(home, `double-${index}`);
    mkdirSync(path);
    writeFileSync(join(path, "action.yml"), text);
    return `${action}=${path}`;
  });
  writeFileSync(payload, JSON.stringify(event.payload ?? {}));
  const text = readFileSync(join(ROOT, "docs", "examples", `${name}.yml`), "utf8");
  const checkout = project({
    ...files,
    "deploy!": '#!/bin/sh\necho "$@" >>"$DEPLOYED"\n',
    [`.github/workflows/${name}.yml`]: rewrite(text),
  });
  const args = [
    event.name,
    ...["--eventpath", payload, "--actor", "ada"],
    ...["ubuntu-latest", "self-hosted", "linux"].flatMap((label) => ["--platform", `${label}=-self-hosted`]),
    ...[`acme/shipshape@v1=${action}`, ...doubles].flatMap((action) => ["--local-repository", action]),
    ...["--env", "GITHUB_RUN_NUMBER=7", "--env", "NO_COLOR=1"],
    ...["--env", `DEPLOYED=${deployed}`, "--env", `ARTIFACTS=${join(home, "artifacts")}`],
    ...["--secret", "GITHUB_TOKEN=a-token-that-is-none"],
  ];
  const outcome = await run(args, checkout.dir, home);
  ended.add(name);
  const lines = existsSync(deployed) ? readFileSync(deployed, "utf8").trim().split("\n").sort() : [];
  return { ...outcome, deployed: lines };
}

function run(
  args: readonly string[],
  cwd: string,
  home: string,
): Promise<{ code: number | null; log: string }> {
  const env = environment();
  return new Promise((resolve, reject) => {
    const child = spawn(ACT, args, {
      cwd,
      // Node 24 for the actions, and a home of its own: act keeps checkouts and caches there.
      env: {
        ...env,
        PATH: `${join(ROOT, "node_modules", ".bin")}:${env.PATH}`,
        HOME: home,
        XDG_CACHE_HOME: home,
      },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    let log = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (piece: string) => {
        log += piece;
      });
    const timer = setTimeout(() => child.pid !== undefined && killTree(child.pid), 280_000);
    child.on("error", reject);
    child.on("close", (code) => {
      clearTimeout(timer);
      resolve({ code, log });
    });
  });
}

/**
 * act 0.2 evaluates the outputs of a matrix's job in place: the first leg that ends empties the others'. GitHub's
 * runner sends no empty values. An expression that is empty is left to the next leg this way.
 */
export function forMatrixOutputs(text: string): string {
  return text.replace(
    /^( +result_\w+: )\$\{\{ (steps\.\w+\.outputs\.result_\w+) \}\}$/gm,
    (_, name: string, value: string) => `${name}\${{ ${value} || format('{0} ${value} {1}', '\${{', '}}') }}`,
  );
}

/** A fixture's files as an overlay below a folder. */
export function below(folder: string, files: Overlay): Overlay {
  return Object.fromEntries(Object.entries(files).map(([path, change]) => [`${folder}/${path}`, change]));
}

/** The shop of the fixtures, as files, with bytes of its own. */
export function shop(more: Overlay = {}): Overlay {
  const root = join(import.meta.dirname, "..", "fixtures", "plain");
  const paths = readdirSync(root, { recursive: true, encoding: "utf8" }).filter(
    (path) => statSync(join(root, path)).isFile() && !path.includes("__pycache__"),
  );
  return {
    ...Object.fromEntries(paths.map((path) => [path, readFileSync(join(root, path))])),
    ...unique(),
    ...more,
  };
}

/** The text of one of its files. */
export function textIn(overlay: Overlay, path: string): string {
  return String(overlay[path]);
}

/** A place in the lab's registry instead of `ghcr.io/acme`. */
export function place(...apps: string[]): { images: string; there: (text: string) => string } {
  const images = registry.repoName("examples");
  for (const app of apps) afterwards(() => registry.empty(`${images}/${app}`));
  return { images, there: (workflow) => workflow.replaceAll("ghcr.io/acme", images) };
}

/** A workflow that is red says why. */
export function expectGreen({ code, log }: Played): void {
  if (code !== 0) throw new Error(`the workflow ended with ${code}:\n${log.slice(-6000)}`);
}
