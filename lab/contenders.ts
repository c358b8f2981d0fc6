/** The ways to ship the same project that the benchmark compares: the step, and what teams use instead. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { parse } from "yaml";
import { type Checkout, stepOf } from "./checkout.ts";
import { BUNDLE } from "./runner.ts";

const KEY = "a-key-for-the-checks-alone-0123456789-abcdefghijklmnop";
const ENV = { SECRET_KEY: KEY, ALLOWED_HOSTS: "example.com" };

/** The commands that a team runs in its image, each in its own container. */
const CHECKS = {
  check: ["check", "--deploy", "--fail-level", "WARNING"],
  makemigrations: ["makemigrations", "--check", "--dry-run"],
  collectstatic: ["collectstatic", "--noinput"],
} as const;

/** One way to build, check and push what is in the checkout. */
export interface Contender {
  readonly name: string;
  /**
   * Ships the checkout once.
   * @returns whether it was pushed
   */
  ship(cache: "cache" | "no cache"): boolean;
}

/** Makes each tag another one. */
let number = 0;

function docker(cwd: string, ...args: string[]): boolean {
  const { status, error } = spawnSync("docker", args, { cwd, encoding: "utf8" });
  if (error) throw error;
  return status === 0;
}

/** @throws when the build fails: no situation of the benchmark wants that */
function dockerBuild(cwd: string, ref: string, cache: Parameters<Contender["ship"]>[0]): void {
  const fresh = cache === "no cache" ? ["--no-cache"] : [];
  if (!docker(cwd, "build", "--quiet", ...fresh, "--tag", ref, "."))
    throw new Error(`${ref} could not be built`);
}

function dockerRun(cwd: string, ref: string, check: keyof typeof CHECKS): boolean {
  const env = Object.entries(ENV).flatMap(([name, value]) => ["--env", `${name}=${value}`]);
  return docker(cwd, "run", "--rm", ...env, ref, "python", "manage.py", ...CHECKS[check]);
}

const allChecks = (cwd: string, ref: string) =>
  dockerRun(cwd, ref, "check") &&
  dockerRun(cwd, ref, "makemigrations") &&
  dockerRun(cwd, ref, "collectstatic");

/** (a) A team's own script: one command after the other. */
export function script({ path }: Checkout, repository: string): Contender {
  return {
    name: "script",
    ship(cache) {
      const ref = `${repository}:script-${++number}`;
      dockerBuild(path, ref, cache);
      return allChecks(path, ref) && docker(path, "push", "--quiet", ref);
    },
  };
}

/**
 * (b) The recipe of docker/build-push-action's documentation: build and load, test, build once more and push.
 * @param action path of a checkout of docker/build-push-action
 */
export function recipe(checkout: Checkout, repository: string, builder: string, action: string): Contender {
  const { inputs, runs } = parse(readFileSync(join(action, "action.yml"), "utf8")) as {
    inputs: Record<string, { default?: string } | null>;
    runs: { main: string };
  };
  const defaults = Object.fromEntries(
    Object.entries(inputs).map(([name, input]) => [name, input?.default ?? ""]),
  );
  const use = (given: Record<string, string>) => {
    const step = stepOf(checkout, {});
    const all = { ...defaults, context: ".", builder, "github-token": "", ...given };
    const variables = Object.entries(all).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]);
    // Its summary and its build record cost time; the comparison leaves them out.
    const quiet = { DOCKER_BUILD_SUMMARY: "false", DOCKER_BUILD_RECORD_UPLOAD: "false" };
    const { status, stdout } = spawnSync(process.execPath, [join(action, runs.main)], {
      cwd: checkout.path,
      env: { ...withoutInputs(step.env), ...quiet, ...Object.fromEntries(variables) },
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
    });
    if (status !== 0) throw new Error(`docker/build-push-action: ${stdout.slice(-2000)}`);
  };
  return {
    name: "recipe",
    ship(cache) {
      const ref = `${repository}:recipe-${++number}`;
      const fresh = { "no-cache": String(cache === "no cache") };
      use({ load: "true", tags: ref, ...fresh });
      if (!allChecks(checkout.path, ref)) return false;
      // The second build takes all from the cache; with `no-cache` it would build another image.
      use({ push: "true", tags: ref });
      return true;
    },
  };
}

function withoutInputs(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith("INPUT_")));
}

/** (c) The least time that is possible: the build, the slowest check, the push. */
export function limit({ path }: Checkout, repository: string): Contender {
  const slowest = () => {
    const ref = `${repository}:limit-${number}`;
    const seconds = (Object.keys(CHECKS) as (keyof typeof CHECKS)[]).map((check) => {
      const started = performance.now();
      dockerRun(path, ref, check);
      return [check, performance.now() - started] as const;
    });
    return seconds.sort(([, a], [, b]) => b - a)[0]?.[0] ?? "check";
  };
  let check: keyof typeof CHECKS | undefined;
  return {
    name: "limit",
    ship(cache) {
      const ref = `${repository}:limit-${++number}`;
      dockerBuild(path, ref, cache);
      check ??= slowest();
      return dockerRun(path, ref, check) && docker(path, "push", "--quiet", ref);
    },
  };
}

/** What one run of the step spent its time on. */
export interface Cost {
  /** Each command that it started, as its debug log says: `buildx bake: 512 ms, from 210 ms`. */
  readonly calls: readonly string[];
  /** Milliseconds in which none of its commands ran. */
  readonly own: number;
}

/**
 * The step itself, with only the image and the same two variables.
 * @param bundle its `index.js`; another commit's, to compare the two
 */
export function shipshape(
  checkout: Checkout,
  repository: string,
  builder: string,
  bundle = BUNDLE,
): Contender & { readonly costs: Cost[] } {
  const costs: Cost[] = [];
  return {
    name: "shipshape",
    costs,
    ship(cache) {
      const step = stepOf(checkout, {
        image: repository,
        builder,
        "no-cache": String(cache === "no cache"),
        env: Object.entries(ENV)
          .map(([name, value]) => `${name}=${value}`)
          .join("\n"),
      });
      const started = performance.now();
      const { status, stdout } = spawnSync(process.execPath, [bundle], {
        cwd: checkout.path,
        env: step.env,
        encoding: "utf8",
        maxBuffer: 64 * 1024 * 1024,
      });
      const whole = performance.now() - started;
      const { pushed } = step.outputs();
      if (status !== 0 && !/title=Checks failed/.test(stdout)) throw new Error(stdout);
      costs.push({ ...costOf(stdout, whole) });
      return pushed === "true";
    },
  };
}

function costOf(log: string, whole: number): Cost {
  const calls = log
    .split("\n")
    .flatMap((line) => /^::debug::(.*: \d+ ms, from \d+ ms)$/.exec(line)?.[1] ?? []);
  const spans = calls
    .map((call) => /: (\d+) ms, from (\d+) ms$/.exec(call))
    .map((match) => ({ from: Number(match?.[2]), to: Number(match?.[2]) + Number(match?.[1]) }))
    .sort((a, b) => a.from - b.from);
  let busy = 0;
  let until = 0;
  for (const { from, to } of spans) {
    busy += Math.max(0, to - Math.max(from, until));
    until = Math.max(until, to);
  }
  return { calls, own: whole - busy };
}
