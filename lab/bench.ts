/**
 * `npm run bench`: compares the wall time of the step with that of what teams use instead, in one run, on a project of
 * sixty apps. Prints Markdown tables of medians and ratios; docs/performance.md says how to read them.
 */
import { performance } from "node:perf_hooks";
import { setTimeout } from "node:timers/promises";
import { parseArgs } from "node:util";
import { Checkout, forget } from "./checkout.ts";
import { type Contender, limit, recipe, script, shipshape } from "./contenders.ts";
import { labRegistry } from "./demo.ts";
import { inputErrors, peakMemory } from "./process-costs.ts";
import { codeChange, missingMigration, sixtyApps } from "./sixty/project.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  allowNegative: true,
  options: {
    rounds: { type: "string", default: "5" },
    /** Checkout of docker/build-push-action; without it there is no recipe to compare with. */
    "build-push-action": { type: "string", default: "" },
    title: { type: "string", default: "" },
    /** `--no-compare`: only what the other options ask for. */
    compare: { type: "boolean", default: true },
    /** Peak memory, and the time to an input error. */
    process: { type: "boolean", default: false },
    /** What a Caddyfile in the project costs. */
    caddy: { type: "boolean", default: false },
    /** Path of another commit's dist/index.js, which is compared with this one's. */
    against: { type: "string", default: "" },
  },
});
const rounds = Number(values.rounds);
const builders = positionals.length > 0 ? positionals : ["default"];

const median = (numbers: readonly number[]) =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
const seconds = (milliseconds: number) => (milliseconds / 1000).toFixed(1);

/**
 * Milliseconds before each measurement. The engine still cleans up after the containers and images of the run before,
 * and that would slow down the next run.
 */
const REST = 3000;

/** What happens between two builds. */
const SITUATIONS = ["cold build", "code change", "nothing changed", "failing check"] as const;
type Situation = (typeof SITUATIONS)[number];
type Times = Record<Situation, number[]>;

/** What happens between two builds of a project with a Caddyfile. */
const CADDY_SITUATIONS = ["code change", "change of code and Caddyfile", "nothing changed"] as const;

const CADDYFILE =
  "example.com {\n\tencode zstd gzip\n\thandle_path /static/* {\n\t\troot * /srv/static\n" +
  "\t\tfile_server\n\t}\n\treverse_proxy web:8000\n}\n";
const caddyfile = (round: number) => ({ Caddyfile: `# ${round}\n${CADDYFILE}` });

if (values.compare) for (const builder of builders) await compare(builder);
if (values.caddy) for (const builder of builders) await caddyShare(builder);
if (values.against !== "") for (const builder of builders) await against(builder, values.against);
if (values.process) {
  const peak = await peakMemory(`${labRegistry()}/bench/memory-${Date.now().toString(36)}`, 100);
  const errors = inputErrors(7);
  console.log(
    `\nThe step needs ${median(errors).toFixed(0)} ms to report an input error (median of ${errors.length})`,
  );
  console.log(`\nPeak memory of the step's process with a build that prints 100 MB: ${peak.toFixed(0)} MB`);
}

async function compare(builder: string): Promise<void> {
  const repository = `${labRegistry()}/bench/sixty-${Date.now().toString(36)}`;
  const checkout = new Checkout(sixtyApps());
  try {
    const ours = shipshape(checkout, repository, builder);
    const action = values["build-push-action"];
    const contenders: Contender[] = [
      // A script of docker commands builds with the engine's own builder.
      ...(builder === "default" ? [script(checkout, repository)] : []),
      ...(action === "" ? [] : [recipe(checkout, repository, builder, action)]),
      ...(builder === "default" ? [limit(checkout, repository)] : []),
      ours,
    ];
    const times = new Map<string, Times>(
      contenders.map(({ name }) => [
        name,
        { "cold build": [], "code change": [], "nothing changed": [], "failing check": [] },
      ]),
    );
    const take = async (contender: Contender, situation: Situation, pushes: boolean) => {
      const { pushed, milliseconds } = await measured(
        contender,
        situation === "cold build" ? "no cache" : "cache",
      );
      times.get(contender.name)?.[situation].push(milliseconds);
      if (pushed !== pushes)
        throw new Error(`${contender.name}, ${situation}: ${pushed ? "it was" : "it was not"} pushed`);
    };
    // Each ships once, so that no measurement includes base images and packages.
    for (const contender of contenders) contender.ship("cache");
    let change = 0;
    for (let round = 0; round < rounds; round++) {
      // In another order each round, so that none always follows the same one.
      for (const index of contenders.keys()) {
        const contender = contenders[(round + index) % contenders.length] as Contender;
        // Each gets a change that was never built before.
        checkout.change(codeChange(++change));
        await take(contender, "code change", true);
        await take(contender, "nothing changed", true);
        if (contender.name !== "limit") {
          checkout.change(missingMigration(++change));
          await take(contender, "failing check", false);
          checkout.change({ ...sixtyApps(), ...codeChange(++change) });
        }
        await take(contender, "cold build", true);
      }
    }
    print(builder, times, contenders);
    console.log(
      `\nWithout the time of all commands that it starts, the step takes ${median(ours.costs.map(({ own }) => own)).toFixed(0)} ms (median).`,
    );
    console.log("The commands of one run with nothing changed:\n");
    for (const call of ours.costs[2]?.calls ?? []) console.log(`    ${call}`);
  } finally {
    checkout.end();
    forget(repository);
  }
}

/** Ships once, after the engine has had time to clean up. */
async function measured(
  contender: Contender,
  cache: "cache" | "no cache",
): Promise<{ pushed: boolean; milliseconds: number }> {
  await setTimeout(REST);
  const started = performance.now();
  const pushed = contender.ship(cache);
  return { pushed, milliseconds: performance.now() - started };
}

/** Measures the step with a Caddyfile and without, in turns, on the same changes. */
async function caddyShare(builder: string): Promise<void> {
  const sides = [false, true].map((has) => {
    const more = (round: number) => (has ? caddyfile(round) : {});
    const checkout = new Checkout({ ...sixtyApps(), ...more(0) });
    const repository = `${labRegistry()}/bench/caddy-${Number(has)}-${Date.now().toString(36)}`;
    const times: Record<(typeof CADDY_SITUATIONS)[number], number[]> = {
      "code change": [],
      "change of code and Caddyfile": [],
      "nothing changed": [],
    };
    return { checkout, more, repository, step: shipshape(checkout, repository, builder), times };
  });
  try {
    for (const { step } of sides) step.ship("cache");
    for (let round = 1; round <= rounds; round++) {
      // The one that comes first changes from round to round.
      for (const { checkout, more, step, times } of round % 2 ? sides : [...sides].reverse()) {
        const take = async (situation: (typeof CADDY_SITUATIONS)[number]) =>
          times[situation].push((await measured(step, "cache")).milliseconds);
        checkout.change(codeChange(2 * round));
        await take("code change");
        await take("nothing changed");
        checkout.change({ ...codeChange(2 * round + 1), ...more(round) });
        await take("change of code and Caddyfile");
      }
    }
    console.log(`\n### With a Caddyfile, ${builder} (${rounds} rounds, medians in seconds)\n`);
    console.log("| | without | with | ratio |\n|---|---:|---:|---:|");
    for (const situation of CADDY_SITUATIONS) {
      const [without, withIt] = sides.map(({ times }) => median(times[situation])) as [number, number];
      const ratio = (withIt / without).toFixed(2);
      console.log(`| ${situation} | ${seconds(without)} | ${seconds(withIt)} | ${ratio} |`);
    }
  } finally {
    for (const { checkout, repository } of sides) {
      checkout.end();
      forget(repository);
    }
  }
}

/** Measures this bundle and another commit's in turns, on the same changes. */
async function against(builder: string, other: string): Promise<void> {
  const sides = [other, undefined].map((bundle, index) => {
    const checkout = new Checkout(sixtyApps());
    const repository = `${labRegistry()}/bench/bundle-${index}-${Date.now().toString(36)}`;
    const step = shipshape(checkout, repository, builder, bundle);
    return { index, checkout, repository, step, changed: [] as number[], unchanged: [] as number[] };
  });
  try {
    for (const { step } of sides) step.ship("cache");
    for (let round = 1; round <= rounds; round++) {
      for (const { index, checkout, step, changed, unchanged } of round % 2 ? sides : [...sides].reverse()) {
        // Each gets changes that the other never builds.
        checkout.change(codeChange(2 * round + index));
        changed.push((await measured(step, "cache")).milliseconds);
        unchanged.push((await measured(step, "cache")).milliseconds);
      }
    }
    console.log(`\n### Against another bundle, ${builder} (${rounds} rounds in turns, seconds)\n`);
    console.log("| | the other | this one | ratio of the medians |\n|---|---|---|---:|");
    for (const situation of ["changed", "unchanged"] as const) {
      const [theirs, ours] = sides.map((side) => side[situation]) as [number[], number[]];
      const cells = [theirs, ours].map((all) => `${seconds(median(all))} (${all.map(seconds).join(" ")})`);
      console.log(`| ${situation} | ${cells.join(" | ")} | ${(median(ours) / median(theirs)).toFixed(2)} |`);
    }
  } finally {
    for (const { checkout, repository } of sides) {
      checkout.end();
      forget(repository);
    }
  }
}

function print(builder: string, times: ReadonlyMap<string, Times>, contenders: readonly Contender[]): void {
  const others = contenders.filter(({ name }) => name !== "shipshape").map(({ name }) => name);
  console.log(`\n### ${values.title || builder} (${rounds} rounds, medians in seconds)\n`);
  console.log(`| | shipshape |${others.map((name) => ` ${name} | ratio |`).join("")}`);
  console.log(`|---|---:|${others.map(() => "---:|---:|").join("")}`);
  for (const situation of SITUATIONS) {
    const ours = median(times.get("shipshape")?.[situation] ?? []);
    const cells = others.map((name) => {
      const theirs = times.get(name)?.[situation] ?? [];
      return theirs.length === 0
        ? " | |"
        : ` ${seconds(median(theirs))} | ${(ours / median(theirs)).toFixed(2)} |`;
    });
    console.log(`| ${situation} | ${seconds(ours)} |${cells.join("")}`);
  }
  console.log("\nEach round:\n");
  for (const [name, all] of times) {
    const rows = SITUATIONS.filter((situation) => all[situation].length > 0);
    for (const situation of rows)
      console.log(`    ${name}, ${situation}: ${all[situation].map(seconds).join(" ")}`);
  }
}
