/** Which refusals of a registry pass by themselves, and how often they are asked again. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Done } from "../engine/engine.ts";
import { wordsOf } from "../engine/words.ts";

/** Seconds before the second, third and fourth try. */
const PAUSES = [1, 4, 10] as const;

/** Too many requests, a fault of the server, a lost connection. Not: no credentials, no right, no such thing. */
export function passesByItself(reason: string): boolean {
  const words = wordsOf(reason);
  if (FOR_GOOD.test(words)) return false;
  return PASSING.test(words);
}

const FOR_GOOD = /\b40[134] [A-Z]|unauthorized|denied|forbidden|not found|insufficient_scope/i;
const PASSING =
  /\b(429|500|502|503|504) [A-Z]|status(?: code)?:? (429|5\d\d)\b|too ?many ?requests|connection reset|broken pipe|\bEOF\b|TLS handshake timeout|i\/o timeout|timeout awaiting|no answer in time|connection refused|temporar/i;

/** Tries `attempt` again, a few times, while its refusal passes by itself. */
export async function withRetries(
  attempt: () => Promise<Done>,
  { say, signal }: { readonly say: (line: string) => void; readonly signal: AbortSignal },
  pauses: readonly number[] = PAUSES,
): Promise<Done> {
  let done = await attempt();
  for (const pause of pauses) {
    if (done.ok || signal.aborted || !passesByItself(done.reason)) return done;
    say(`${done.reason}; trying again in ${pause} s`);
    await sleep(pause * 1000, undefined, { signal }).catch(() => {});
    if (signal.aborted) return done;
    done = await attempt();
  }
  return done;
}
