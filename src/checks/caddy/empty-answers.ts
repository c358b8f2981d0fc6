/** The names of the checks of the Caddyfile, and their answers when there is nothing to report. Pure. */
import type { Answer } from "../verdict.ts";

/** What `caddy validate` says. */
export const CADDY = "caddy";
/** What `caddy fmt` would change. */
export const FORMAT = "caddy-format";
/** Whether Caddy and Django agree. */
export const HOSTS = "hosts";

/** How long Caddy took, and whether its output came from the builder's cache. */
export interface Timing {
  readonly seconds: number;
  readonly cached: boolean;
}

/** The answer of a check that has nothing to report. */
export function emptyAnswer(name: string, { seconds, cached }: Timing): Answer {
  return { name, findings: [], seconds, cached, silenced: 0, reason: "", output: "", notes: [] };
}

const NOT_RUN: Timing = { seconds: 0, cached: false };

/** Answers of checks that have nothing to look at: there is no Caddyfile, say. They do not stop the step. */
export function skipped(checks: readonly string[], why: string): Answer[] {
  return checks.map((name) => ({ ...emptyAnswer(name, NOT_RUN), skipped: why }));
}

/**
 * Answers of checks that could not run, all for one reason, which the first one gives. A Caddyfile that
 * shipshape found by itself must not stop the step, so its checks are skipped.
 * @param why the reason, a sentence without its full stop
 * @param named whether the workflow named the Caddyfile
 */
export function notRun(
  checks: readonly string[],
  why: string,
  { named }: { readonly named: boolean },
): Answer[] {
  const [first, ...others] = checks;
  if (!named || first === undefined) return skipped(checks, why);
  const answer = { ...emptyAnswer(first, NOT_RUN), reason: why };
  return [answer, ...skipped(others, `${first} could not run`)];
}
