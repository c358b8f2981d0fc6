/**
 * `{$NAME}` in a Caddyfile. Caddy replaces it with an environment variable before it parses the file, so a
 * variable that is not set can change the file's structure. Pure.
 */
import type { Caddyfile } from "./caddyfile.ts";
import type { Token } from "./tokens.ts";

/** `{$NAME}` or `{$NAME:default}`. */
const VARIABLE = /\{\$([^}:]+)(?::([^}]*))?\}/g;

/** One variable at one place. */
export interface VariableUse {
  readonly name: string;
  /** The default, which is the text after the first colon; undefined when there is none. */
  readonly fallback: string | undefined;
  /** Path of the file in the container. */
  readonly file: string;
  readonly line: number;
  /** `host`: in a site's address. `port`: in a site's address, after a colon. */
  readonly where: "host" | "port" | "directive";
}

/** Every use, file by file, in the order of the text. Variables in comments do not count. */
export function usesIn(files: readonly Caddyfile[]): VariableUse[] {
  return files.flatMap((file) => {
    const sites = file.blocks.filter(({ kind }) => kind === "site");
    // A row holds either addresses or directives, never both.
    const addressRows = new Set(sites.flatMap(({ keys }) => keys.map(({ row }) => row)));
    return file.tokens.flatMap((token) => usesOf(token, file.path, addressRows.has(token.row)));
  });
}

function usesOf(token: Token, file: string, isAddress: boolean): VariableUse[] {
  return [...token.text.matchAll(VARIABLE)].map((match) => {
    const [, name = "", fallback] = match;
    const before = token.text.charAt(match.index - 1);
    const where = !isAddress ? "directive" : before === ":" ? "port" : "host";
    const line = token.line + token.text.slice(0, match.index).split("\n").length - 1;
    return { name, fallback, file, line, where };
  });
}

/** Names that a shell accepts for a variable. Only these can be given to Caddy. */
export const SHELL_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** The variables of a Caddyfile, and what is known of their values before Caddy runs. */
export interface Variables {
  readonly uses: readonly VariableUse[];
  /** The values of `caddy-env`. */
  readonly env: ReadonlyMap<string, string>;
  /** Name → our value for a variable in a site's address that has none. Without a value Caddy would read another file. */
  readonly standIns: ReadonlyMap<string, string>;
}

/**
 * Stand-ins for the variables in addresses that have no default: hosts of the reserved domain `example`
 * (RFC 2606) and high ports.
 * @param env what the workflow sets. A variable that the image sets gets a stand-in too, which the container does not use.
 */
export function standIns(
  uses: readonly VariableUse[],
  env: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const needed = new Map<string, VariableUse["where"]>();
  for (const { name, fallback, where } of uses) {
    if (where === "directive" || fallback !== undefined || env.has(name) || !SHELL_NAME.test(name)) continue;
    if (needed.get(name) !== "host") needed.set(name, where);
  }
  const valueFor = (where: VariableUse["where"], index: number) =>
    where === "port" ? String(8443 + index) : `shipshape-${index + 1}.example`;
  return new Map([...needed].map(([name, where], index) => [name, valueFor(where, index)]));
}

/**
 * Where a variable's value came from when Caddy ran: `caddy-env` (given), the image, or a stand-in of ours.
 * `empty`: set to an empty text. `unset`: no value at all.
 */
export type VariableState = "given" | "image" | "empty" | "stand-in" | "unset";

/**
 * The state of every variable that is used.
 * @param reported what caddy.sh saw before it set stand-ins: `set`, `empty` or `unset`
 */
export function variableStates(
  { uses, env, standIns }: Variables,
  reported: ReadonlyMap<string, string>,
): ReadonlyMap<string, VariableState> {
  return new Map(
    uses.map(({ name }) => {
      const state = reported.get(name);
      if (state === "empty") return [name, "empty"];
      if (state === "set") return [name, env.has(name) ? "given" : "image"];
      return [name, standIns.has(name) ? "stand-in" : "unset"];
    }),
  );
}

/** The value of a variable with this default; undefined when it is not known. */
export type LookUp = (name: string, fallback: string | undefined) => string | undefined;

/** The values that Caddy saw. One that the image sets is not known outside of the container. */
export function valuesOf({ env, standIns }: Variables, states: ReadonlyMap<string, VariableState>): LookUp {
  return (name, fallback) => {
    const state = states.get(name);
    if (state === "given" || state === "empty") return env.get(name) ?? "";
    return state === "image" ? undefined : (fallback ?? standIns.get(name) ?? "");
  };
}

/** A text with its variables replaced; undefined when one of the values is not known. */
export function expand(text: string, lookUp: LookUp): string | undefined {
  let isKnown = true;
  const expanded = text.replace(VARIABLE, (_, name: string, fallback?: string) => {
    const value = lookUp(name, fallback);
    isKnown &&= value !== undefined;
    return value ?? "";
  });
  return isKnown ? expanded : undefined;
}
