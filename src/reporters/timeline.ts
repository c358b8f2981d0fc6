/** The solves as a picture: what ran at the same time, what the longest chain was, what was cached. Pure. */

import { readStep } from "../docker/steps.ts";
import { sizeText } from "../docker/words.ts";
import { code, fence } from "./markdown.ts";
import { joined } from "./text.ts";
import type { Step } from "./trace.ts";

/** Rows that people still read. */
const MOST_ROWS = 40;
/** Of the whole time: what is shorter is no row, unless it was cached. Our own steps must be long to be one. */
const LEAST_SHARE = { theirs: 0.005, ours: 0.05 };
/** Milliseconds by which a step's end may lie after the beginning of the next. */
const SLACK = 20;
const LONGEST_LABEL = 60;

/** Where a step is in the picture. */
interface Title {
  readonly section: string;
  readonly label: string;
}

interface Row extends Title {
  /** Milliseconds since the first step began. */
  readonly from: number;
  readonly to: number;
  readonly state: "chain" | "ran" | "cached" | "failed";
}

/**
 * A Mermaid gantt, which job summaries draw, and a sentence; empty where there is nothing to see.
 * @param commands what the workflow's own commands are, for the steps that run them
 */
export function timelineOf(all: readonly Step[], commands: readonly string[] = []): string {
  const steps = withoutRepeats(all.map((step) => ({ ...step, ...titleOf(step, commands) })));
  const first = beginning(steps);
  const total = Math.max(...steps.map(endOf)) - first;
  if (steps.length === 0 || !Number.isFinite(total) || total < 100) return "";
  const chain = longestChain(steps);
  const rows = steps
    .filter((step) => isShown(step, total))
    .map((step): Row => {
      const { section, label, error, cached } = step;
      const state = error ? "failed" : cached ? "cached" : chain.includes(step) ? "chain" : "ran";
      const from = Math.max(0, step.started - first);
      return { section, label, from, to: Math.max(from + 1, endOf(step) - first), state };
    });
  return `${fence(gantt(fewest(rows)), "mermaid")}\n\n${sentence(steps, chain, total)}`;
}

/**
 * A step has another digest where it was built without the cache, or in another solve: what a later solve finds in
 * the cache was shown already.
 */
function withoutRepeats<S extends Step & Title>(steps: readonly S[]): readonly S[] {
  const keyOf = ({ section, label }: Title) => JSON.stringify([section, label]);
  const shown = new Set(steps.filter(({ cached }) => !cached).map(keyOf));
  return steps.filter((step) => {
    const key = keyOf(step);
    if (step.cached && shown.has(key)) return false;
    shown.add(key);
    return true;
  });
}

/**
 * When our own solves began: a step that they share with somebody else's build, on a builder that serves several
 * jobs, may have begun long before.
 */
function beginning(steps: readonly Step[]): number {
  const ours = steps.filter(({ name }) => /load build definition/.test(name));
  return Math.min(...(ours.length > 0 ? ours : steps).map(({ started }) => started));
}

function endOf({ started, seconds }: Step): number {
  return started + seconds * 1000;
}

function isShown(step: Step, total: number): boolean {
  if (step.error) return true;
  const ours = isOurs(step);
  if (step.cached) return !ours;
  return step.seconds * 1000 >= total * (ours ? LEAST_SHARE.ours : LEAST_SHARE.theirs);
}

/** A step that only we and BuildKit care for. Those that do the checking matter to everybody. */
function isOurs({ name }: Step): boolean {
  return readStep(name).kind === "internal";
}

/** From the step that was done last back over what each one waited for longest. */
function longestChain<S extends Step>(steps: readonly S[]): S[] {
  const known = new Map(steps.map((step) => [step.step, step]));
  const latest = (some: readonly S[]) =>
    some.reduce<S | undefined>((late, step) => (late && endOf(late) >= endOf(step) ? late : step), undefined);
  const chain: S[] = [];
  for (let step = latest(steps); step !== undefined && !chain.includes(step); ) {
    chain.unshift(step);
    const { started, inputs } = step;
    const awaited = inputs.flatMap((digest) => known.get(digest) ?? []);
    // An export names no inputs: it waited for what was done last before it.
    const before = () =>
      steps.filter((one) => !one.cached && !chain.includes(one) && endOf(one) <= started + SLACK);
    step = latest(awaited.length > 0 ? awaited : before());
  }
  return chain.filter(({ cached }) => !cached);
}

/** Cached rows go first when there are too many, then the shortest. */
function fewest(rows: readonly Row[]): Row[] {
  const ranked = [...rows].sort(
    (a, b) => Number(a.state === "cached") - Number(b.state === "cached") || b.to - b.from - (a.to - a.from),
  );
  const kept = new Set(ranked.slice(0, MOST_ROWS));
  return rows.filter((row) => kept.has(row));
}

/** `[image build 3/7] RUN make` is in the section of its stage, `build`. */
function titleOf({ name }: Step, commands: readonly string[]): Title {
  const step = readStep(name);
  switch (step.kind) {
    case "probe":
      return { section: "checks", label: "the checks" };
    case "caddy":
      return { section: "caddy", label: "the Caddyfile" };
    case "command":
      return { section: "run", label: commands[step.number - 1] ?? `command ${step.number}` };
    case "dockerfile":
      return {
        section: step.ofCaddy ? "caddy" : step.stage || "image",
        label: `${step.count} ${step.instruction}`,
      };
    case "export":
      return { section: "export", label: step.text };
    case "cache":
      return { section: step.text.startsWith("exporting") ? "export" : "preparation", label: step.text };
    default:
      return { section: "preparation", label: step.text };
  }
}

function gantt(rows: readonly Row[]): string {
  const sections = Map.groupBy(rows, ({ section }) => section);
  const longest = Math.max(...rows.map(({ to }) => to));
  return [
    "gantt",
    "  dateFormat HH:mm:ss.SSS",
    `  axisFormat ${longest < 3_600_000 ? "%M:%S" : "%H:%M"}`,
    `  tickInterval ${ticks(longest)}`,
    ...[...sections].flatMap(([section, own]) => [
      `  section ${plain(section)}`,
      ...own.map(({ label, from, to, state }) => {
        const { tag, mark } = LOOKS[state];
        return `  ${word(label)}${mark} :${tag}${clock(from)}, ${clock(to)}`;
      }),
    ]),
  ].join("\n");
}

/** Colours whose text can be read in light and in dark. */
const LOOKS = {
  chain: { tag: "crit, ", mark: "" },
  ran: { tag: "", mark: "" },
  cached: { tag: "done, ", mark: " (cached)" },
  failed: { tag: "crit, ", mark: " FAILED" },
} as const;

/** Seconds from tick to tick. */
const TICKS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800];

/** Mermaid's ticks for a time axis that people read: a dozen at most. */
function ticks(milliseconds: number): string {
  const seconds = TICKS.find((each) => milliseconds / 1000 / each <= 12) ?? 7200;
  return seconds < 60 ? `${seconds}second` : `${seconds / 60}minute`;
}

/** A task's name: one that begins with a command of Mermaid's would be it. */
function word(text: string): string {
  const label = plain(text);
  return /^(\d+\/\d+|the|exporting) /.test(label) ? label : `· ${label}`;
}

/** Text in which nothing is Mermaid: a colon ends a task's name, a semicolon a line, `#` begins an entity. */
function plain(text: string): string {
  return shortened(text.replace(/[^\p{L}\p{N} ._/=+@&-]+/gu, " ").replace(/ +/g, " "));
}

function shortened(text: string): string {
  const line = text
    .replace(/--(?:mount|network)=\S+ /g, "")
    .replace(/@sha256[: ][0-9a-f]{64}/g, "")
    .replace(/\s+/g, " ")
    .trim();
  return line.length > LONGEST_LABEL ? `${line.slice(0, LONGEST_LABEL).trimEnd()}…` : line;
}

/** Milliseconds as a time of day: the picture shows the time since the beginning in any time zone. */
function clock(milliseconds: number): string {
  return new Date(Math.min(milliseconds, 86_399_999)).toISOString().slice(11, 23);
}

function sentence(steps: readonly Step[], chain: readonly (Step & Title)[], total: number): string {
  const waits = chain
    .filter((step) => step.seconds * 1000 >= total / 20)
    .map((step) => `${code(shortened(step.label))} ${step.seconds.toFixed(1)} s`);
  const own = steps.filter((step) => !isOurs(step));
  const cached = own.filter((step) => step.cached).length;
  const bytes = steps.reduce((sum, step) => sum + step.bytes, 0);
  return joined(
    " ",
    `${(total / 1000).toFixed(1)} s in all${waits.length === 0 ? "" : `; in red the longest chain: ${waits.join(" → ")}`}.`,
    `${cached} of ${own.length} steps came from the cache.`,
    bytes < 100_000 ? "" : `${sizeText(bytes)} went over the network.`,
  );
}
