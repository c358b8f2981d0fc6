/** On which ports the image listens, by its Dockerfile. Pure. */
import type { Instruction } from "../../request/dockerfile.ts";
import { listeningOf } from "./listening.ts";
import { wordsOfStart } from "./words.ts";

/**
 * The ports of EXPOSE, and of the server that ENTRYPOINT and CMD start.
 * @param lines what the image is made of
 * @returns none where a variable may be any port
 */
export function portsOfImage(lines: readonly Instruction[]): readonly number[] {
  const exposed = lines.filter(({ name }) => name === "EXPOSE").map(({ rest }) => rest);
  if (exposed.some((rest) => rest.includes("$"))) return [];
  const start = ["ENTRYPOINT", "CMD"].flatMap((name) => lines.findLast((one) => one.name === name) ?? []);
  const heard = listeningOf(start.flatMap(({ rest }) => wordsOfStart(rest)));
  const ports = exposed.flatMap((rest) =>
    [...rest.matchAll(/\b(\d{2,5})(?:\/(?:tcp|udp))?\b/g)].map(([, port]) => Number(port)),
  );
  // Of a program that is not known, all that looks like a port.
  const started = heard === undefined ? start.flatMap(({ rest }) => looksLikePorts(rest)) : heard.named;
  return [...new Set([...ports, ...started])].filter((port) => port > 0 && port < 65_536);
}

function looksLikePorts(rest: string): number[] {
  return [...rest.matchAll(/(?::|--?p(?:ort)?[ =",]+)(\d{2,5})\b/g)].map(([, port]) => Number(port));
}
