/** The files that caddy.sh left, as data. They come from a container: any of them may be missing or be anything. Pure. */
import type { Printed, Said } from "./answers.ts";

/** Characters of a formatted file. */
const LARGEST = 2 * 1024 * 1024;

/** Text of a file that caddy.sh left, by its name; undefined when there is none. */
export type Left = (name: string) => string | undefined;

/** Names of all files that caddy.sh may leave for so many Caddyfiles. */
export function leftNames(files: number): string[] {
  const asked = [
    "version",
    "validate",
    "adapt",
    ...Array.from({ length: files }, (_, at) => `fmt-${at + 1}`),
  ];
  return ["states", ...asked.flatMap((name) => [`${name}.out`, `${name}.err`, `${name}.code`])];
}

/**
 * @param paths the Caddyfiles in the container, in the order in which they were formatted
 * @returns undefined when there was no Caddy to ask
 */
export function readLeft(left: Left, paths: readonly string[]): Said | undefined {
  const version = printed(left, "version");
  const validate = printed(left, "validate");
  const adapt = printed(left, "adapt");
  if (version === undefined || validate === undefined || adapt === undefined) return undefined;
  const formatted = paths.flatMap((path, at) => {
    const said = printed(left, `fmt-${at + 1}`);
    // From 2.7 on it ends with 1 where something was to be formatted.
    return said === undefined || said.code > 1 || said.out.length > LARGEST
      ? []
      : [[path, said.out] as const];
  });
  const states = (left("states") ?? "").split("\n").map((line) => line.split(" "));
  return {
    version: /v?(\d+\.\d+\.\d+\S*)/.exec(version.out)?.[1] ?? "of an unknown version",
    validate,
    adapt,
    formatted: new Map(formatted),
    states: new Map(
      states.flatMap(([name = "", state = ""]) => (name === "" ? [] : [[name, state] as const])),
    ),
  };
}

function printed(left: Left, name: string): Printed | undefined {
  const code = /^\d{1,3}$/.exec((left(`${name}.code`) ?? "").trim())?.[0];
  if (code === undefined) return undefined;
  return { out: left(`${name}.out`) ?? "", err: left(`${name}.err`) ?? "", code: Number(code) };
}
