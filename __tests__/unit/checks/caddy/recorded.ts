/** What the real Caddy printed for each golden. To record it: `RECORD=1 npm run e2e -- __tests__/e2e/caddy-goldens.test.ts`. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { CaddyOutput } from "../../../../src/checks/caddy/output-files.ts";
import type { Version } from "./goldens.ts";

/** Caddy's output by the golden's name. JSON has no maps, so they are objects here. */
export type Recorded = Readonly<
  Record<
    string,
    Omit<CaddyOutput, "formatted" | "states"> & {
      readonly formatted: Readonly<Record<string, string>>;
      readonly states: Readonly<Record<string, string>>;
    }
  >
>;

/** The files with the recorded output. */
export const RECORDED: Readonly<Record<Version, string>> = {
  "2.6": join(import.meta.dirname, "recorded", "2.6.json"),
  "2.11": join(import.meta.dirname, "recorded", "2.11.json"),
};

/**
 * Reads what was recorded for one version of Caddy.
 * @returns the output by a golden's name; it throws when nothing was recorded for that golden
 */
export function recorded(version: Version): (what: string) => CaddyOutput {
  const all = JSON.parse(readFileSync(RECORDED[version], "utf8")) as Recorded;
  return (what) => {
    const output = all[what];
    if (output === undefined) throw new Error(`nothing is recorded for "${what}": see recorded.ts`);
    const { formatted, states, ...rest } = output;
    return {
      ...rest,
      formatted: new Map(Object.entries(formatted)),
      states: new Map(Object.entries(states)),
    };
  };
}
