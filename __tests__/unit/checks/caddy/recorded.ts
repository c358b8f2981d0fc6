/** What the real Caddy said of each golden: recorded by `RECORD=1 npm run e2e -- __tests__/e2e/caddy-goldens.test.ts`. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { CaddyOutput } from "../../../../src/checks/caddy/output-files.ts";
import type { Version } from "./goldens.ts";

/** By the golden's name; maps as objects. */
export type Recorded = Readonly<
  Record<
    string,
    Omit<CaddyOutput, "formatted" | "states"> & {
      readonly formatted: Readonly<Record<string, string>>;
      readonly states: Readonly<Record<string, string>>;
    }
  >
>;

export const RECORDED: Readonly<Record<Version, string>> = {
  "2.6": join(import.meta.dirname, "recorded", "2.6.json"),
  "2.11": join(import.meta.dirname, "recorded", "2.11.json"),
};

/** @throws when nothing was recorded for a golden, or another text */
export function recorded(version: Version): (what: string) => CaddyOutput {
  const all = JSON.parse(readFileSync(RECORDED[version], "utf8")) as Recorded;
  return (what) => {
    const said = all[what];
    if (said === undefined) throw new Error(`nothing is recorded for "${what}": see recorded.ts`);
    const { formatted, states, ...rest } = said;
    return {
      ...rest,
      formatted: new Map(Object.entries(formatted)),
      states: new Map(Object.entries(states)),
    };
  };
}
