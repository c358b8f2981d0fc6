/** Which refusals of a registry pass by themselves, and how often they are asked again. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Done } from "../docker/docker.ts";
import type { Look } from "../docker/manifests.ts";
import { wordsOf } from "../docker/words.ts";
import { LOST_PART } from "../image/failures.ts";

/** Seconds before the second, third and fourth try, unless whoever waits says otherwise. */
const PAUSES = [1, 4, 10] as const;

/**
 * Too many requests, a fault of the server, a lost connection, a part of the image that the registry has taken and does not
 * know yet. Not: no credentials, no right, no such thing.
 */
export function passesByItself(reason: string): boolean {
  const words = wordsOf(reason);
  return LOST_PART.test(words) || (!FOR_GOOD.test(words) && PASSING.test(words));
}

const FOR_GOOD = /\b40[134] [A-Z]|unauthorized|denied|forbidden|not found|insufficient_scope/i;
const PASSING =
  /\b(429|500|502|503|504) [A-Z]|status(?: code)?:? (429|5\d\d)\b|too ?many ?requests|connection reset|broken pipe|\bEOF\b|TLS handshake timeout|i\/o timeout|timeout awaiting|no answer in time|connection refused|temporar/i;

/** Where a pause is logged, and what ends it. */
export interface Waiting {
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
  readonly pauses?: readonly number[];
}

/** Tries again, a few times, while what refuses an answer passes by itself. */
export async function withRetries<T extends Done | Look>(
  attempt: () => Promise<T>,
  { say, signal, pauses = PAUSES }: Waiting,
): Promise<T> {
  let answer = await attempt();
  for (const pause of pauses) {
    const reason = "reason" in answer ? answer.reason : "";
    if (signal.aborted || !passesByItself(reason)) return answer;
    say(`${reason}; trying again in ${pause} s`);
    await sleep(pause * 1000, undefined, { signal }).catch(() => {});
    if (signal.aborted) return answer;
    answer = await attempt();
  }
  return answer;
}
