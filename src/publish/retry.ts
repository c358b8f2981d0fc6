/** Which refusals of a registry pass by themselves, and how often they are asked again. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Done } from "../engine/engine.ts";

/** Seconds before the second, third and fourth try. */
const PAUSES = [1, 4, 10] as const;

/** Too many requests, a fault of the server, a lost connection. Not: no credentials, no right, no such thing. */
export function passesByItself(reason: string): boolean {
  if (/\b(401|403|404)\b|unauthorized|denied|forbidden|not found|insufficient_scope/i.test(reason))
    return false;
  return /\b(429|500|502|503|504)\b|too ?many ?requests|connection reset|broken pipe|unexpected EOF|\bEOF\b|TLS handshake timeout|i\/o timeout|timeout awaiting|no answer in time|connection refused|temporar/i.test(
    reason,
  );
}

/** Tries `attempt` again, a few times, while its refusal passes by itself. */
export async function withRetries(
  attempt: () => Promise<Done>,
  say: (line: string) => void,
  pauses: readonly number[] = PAUSES,
  signal?: AbortSignal,
): Promise<Done> {
  let done = await attempt();
  for (const pause of pauses) {
    if (done.ok || signal?.aborted || !passesByItself(done.reason)) return done;
    say(`${done.reason}; trying again in ${pause} s`);
    await sleep(pause * 1000, undefined, signal ? { signal } : {}).catch(() => {});
    done = await attempt();
  }
  return done;
}
