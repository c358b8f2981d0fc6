/**
 * `{$NAME}` in a Caddyfile: Caddy replaces it by an environment variable before it reads anything else, so
 * one that is not set can turn the file into another one. Pure.
 */
import type { Caddyfile } from "./caddyfile.ts";
import type { Token } from "./tokens.ts";

/** One variable at one place. */
export interface Use {
  readonly name: string;
  /** Text behind the first colon; undefined without one. */
  readonly fallback: string | undefined;
  /** Path of the file in the container. */
  readonly file: string;
  readonly line: number;
  /** `host`: in a site's address. `port`: there too, behind a colon. */
  readonly where: "host" | "port" | "directive";
}

/** Every use, file by file, in the order of the text. Comments have none. */
export function usesIn(files: readonly Caddyfile[]): Use[] {
  return files.flatMap((file) => {
    const sites = file.blocks.filter(({ kind }) => kind === "site");
    // A row holds addresses or directives, never both.
    const rows = new Set(sites.flatMap(({ keys }) => keys.map(({ row }) => row)));
    return file.tokens.flatMap((token) => usesOf(token, file.path, rows.has(token.row)));
  });
}

function usesOf(token: Token, file: string, isAddress: boolean): Use[] {
  return [...token.text.matchAll(/\{\$([^}:]+)(?::([^}]*))?\}/g)].map((match) => {
    const [, name = "", fallback] = match;
    const before = token.text.charAt(match.index - 1);
    const where = !isAddress ? "directive" : before === ":" ? "port" : "host";
    const line = token.line + token.text.slice(0, match.index).split("\n").length - 1;
    return { name, fallback, file, line, where };
  });
}

/** Only these can be variables of a shell, and so be given to Caddy. */
export const SHELL_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** A value of ours for a variable in a site's address that nobody sets: without one the block is another. */
export interface StandIn {
  readonly name: string;
  readonly value: string;
}

/**
 * Hosts of the reserved domain `example` (RFC 2606) for variables in addresses that have no default.
 * @param given names that the workflow sets; what the image sets is seen only in the container
 */
export function standIns(uses: readonly Use[], given: ReadonlySet<string>): StandIn[] {
  const wanted = new Map<string, Use["where"]>();
  for (const { name, fallback, where } of uses) {
    if (where === "directive" || fallback !== undefined || given.has(name) || !SHELL_NAME.test(name))
      continue;
    if (wanted.get(name) !== "host") wanted.set(name, where);
  }
  return [...wanted].map(([name, where], index) => ({
    name,
    value: where === "port" ? String(8443 + index) : `shipshape-${index + 1}.example`,
  }));
}

/** How a variable stands in the container where Caddy ran. */
export type VariableState = "given" | "image" | "empty" | "stand-in" | "unset";

/** The value of a variable with this default; undefined when it is not known. */
export type LookUp = (name: string, fallback: string | undefined) => string | undefined;

/** A text with its variables replaced; undefined where a value is not known here. */
export function expand(text: string, lookUp: LookUp): string | undefined {
  let known = true;
  const expanded = text.replace(/\{\$([^}:]+)(?::([^}]*))?\}/g, (_, name: string, fallback?: string) => {
    const value = lookUp(name, fallback);
    known &&= value !== undefined;
    return value ?? "";
  });
  return known ? expanded : undefined;
}
