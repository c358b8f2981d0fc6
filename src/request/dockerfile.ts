/** The instructions of a Dockerfile, as BuildKit's frontend reads them (docs.docker.com/reference/dockerfile). Pure. */

/** One instruction. */
export interface Instruction {
  /** In capitals: `RUN`. */
  readonly name: string;
  /** What stands after the name, with the lines that continue it. The lines of its heredocs follow, each after a line break. */
  readonly rest: string;
  /** Its first line, counted from 1. */
  readonly line: number;
  /** The number of its stage, counted from 0; -1 before the first FROM. */
  readonly stage: number;
}

/** A stage, by its FROM. */
export interface DockerStage {
  /** Empty where it has none. */
  readonly name: string;
  /** The image, or another stage's name. */
  readonly base: string;
}

/** Reads a Dockerfile: `# escape=`, comments between continued lines, heredocs. */
export function instructionsOf(text: string): readonly Instruction[] {
  const lines = text.replace(/^\ufeff/, "").split(/\r?\n/);
  const escaped = escapeIn(lines) === "`" ? /`[ \t]*$/ : /\\[ \t]*$/;
  const found: Instruction[] = [];
  let stage = -1;
  for (let at = 0; at < lines.length; at++) {
    if (isNothing(lines[at])) continue;
    const first = at;
    const parts: string[] = [];
    for (; at < lines.length; at++) {
      const line = lines[at] ?? "";
      if (at > first && isNothing(line)) continue;
      parts.push(line.replace(escaped, ""));
      if (!escaped.test(line)) break;
    }
    const [, word = "", rest = ""] = /^\s*(\S+)\s*(.*)$/s.exec(parts.join("")) ?? [];
    const name = word.toUpperCase();
    if (name === "FROM") stage++;
    const written = [rest.trimEnd()];
    for (const { end, indented } of heredocs(name, rest))
      for (at++; at < lines.length; at++) {
        const line = lines[at] ?? "";
        if ((indented ? line.replace(/^\t+/, "") : line) === end) break;
        written.push(line);
      }
    found.push({ name, rest: written.join("\n"), line: first + 1, stage });
  }
  return found;
}

/** The character that continues a line: a directive at the beginning may name another one. */
function escapeIn(lines: readonly string[]): string {
  for (const line of lines) {
    const [, name = "", value = ""] = /^\s*#\s*(\w+)\s*=\s*(.+?)\s*$/.exec(line) ?? [];
    if (name === "") break;
    if (name.toLowerCase() === "escape") return value;
  }
  return "\\";
}

function isNothing(line = ""): boolean {
  return /^\s*(#|$)/.test(line);
}

const HEREDOC = /(?<![<\w])\d*<<(-?)(["']?)([A-Za-z_][\w.-]*)\2/g;

function heredocs(name: string, rest: string): { end: string; indented: boolean }[] {
  if (!/^(RUN|COPY|ADD)$/.test(name)) return [];
  return [...rest.matchAll(HEREDOC)].map(([, dash, , end = ""]) => ({ end, indented: dash === "-" }));
}

/** The stages, in their order. */
export function stagesOf(instructions: readonly Instruction[]): readonly DockerStage[] {
  return instructions
    .filter(({ name }) => name === "FROM")
    .map(({ rest }) => {
      const [base = "", as = "", name = ""] = rest.replace(/^(--\S+\s+)+/, "").split(/\s+/);
      return { base, name: /^as$/i.test(as) ? name : "" };
    });
}

/**
 * The number of the stage that a target names.
 * @param target empty = the last stage
 * @returns undefined when there is none
 */
export function stageOf(stages: readonly DockerStage[], target: string): number | undefined {
  if (target === "") return stages.length === 0 ? undefined : stages.length - 1;
  const named = stages.findLastIndex(({ name }) => name.toLowerCase() === target.toLowerCase());
  if (named >= 0) return named;
  return /^\d+$/.test(target) && Number(target) < stages.length ? Number(target) : undefined;
}

/** What an image is made of: the instructions of its stage, after those of the stages that it begins with. */
export function instructionsFor(
  instructions: readonly Instruction[],
  target: string,
): { readonly lines: readonly Instruction[]; readonly image: string } {
  const stages = stagesOf(instructions);
  const chain: number[] = [];
  let image = "";
  for (let at = stageOf(stages, target); at !== undefined; ) {
    chain.unshift(at);
    image = stages[at]?.base ?? "";
    // A stage begins with one that stands before it.
    at = image === "" ? undefined : stageOf(stages.slice(0, at), image);
  }
  return { lines: chain.flatMap((stage) => instructions.filter((one) => one.stage === stage)), image };
}

/** The names that ARG declares. */
export function argsOf(instructions: readonly Instruction[]): readonly string[] {
  return instructions
    .filter(({ name }) => name === "ARG")
    .flatMap(({ rest }) => rest.match(/(?<=^|\s)[A-Za-z_]\w*/g) ?? []);
}

/** The names that ENV sets, in any stage: `A=1 B=2`, `A 1`. */
export function envOf(instructions: readonly Instruction[]): readonly string[] {
  return instructions
    .filter(({ name }) => name === "ENV")
    .flatMap(({ rest }) => rest.match(/(?<=^|\s)[A-Za-z_]\w*(?==)|^[A-Za-z_]\w*/g) ?? []);
}

/** The paths of the build context that COPY and ADD name; patterns and variables are left out. */
export function copiedOf(instructions: readonly Instruction[]): readonly string[] {
  return instructions
    .filter(({ name, rest }) => /^(COPY|ADD)$/.test(name) && !/--from=/.test(rest))
    .flatMap(({ rest }) => {
      const [line = ""] = rest.split("\n");
      const words = line
        .trim()
        .replace(/^\[|\]$/g, "")
        .split(/[\s,]+/)
        .map((word) => word.replace(/^"|"$/g, ""))
        .filter((word) => word !== "" && !word.startsWith("--"));
      return words.slice(0, -1).filter((path) => !/^[a-z]+:\/\/|[$*?[]|^<</i.test(path));
    });
}

/** The lines in which a word stands, outside of comments. An instruction is one line; each line of a heredoc is one too. */
export function linesWith(instructions: readonly Instruction[], word: string): readonly string[] {
  return instructions
    .flatMap(({ name, rest }) => `${name} ${rest}`.split("\n"))
    .filter((line) => line.includes(word) && !/^\s*#/.test(line));
}
