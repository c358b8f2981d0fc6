/** Rule: Caddy's reverse_proxy sends requests to a port that the image listens on (`hosts.upstream-port`). Pure. */
import { type Comparison, type Disagreement, portOf } from "./comparison.ts";

/** One finding when all upstreams have ports and none of them is the image's. */
export function upstreamPort({ proxies, project: { imagePorts } }: Comparison): Disagreement[] {
  const upstreams = [...new Set(proxies.flatMap((proxy) => proxy.upstreams))];
  const ports = upstreams.flatMap((upstream) => portOf(upstream) ?? []);
  const [first = ""] = upstreams;
  // An upstream without a port (a socket, a placeholder) may lead to Django as well.
  if (imagePorts.length === 0 || ports.length === 0 || ports.length < upstreams.length) return [];
  if (ports.some((port) => imagePorts.includes(port))) return [];
  return [
    {
      id: "hosts.upstream-port",
      level: "INFO",
      message: `Caddy's reverse_proxy sends requests to ${upstreams.join(", ")}, but the Dockerfile's EXPOSE and CMD name port ${imagePorts.join(", ")}.`,
      hint: "If nothing else listens there, requests get 502 Bad Gateway. Use the same port in both.",
      at: { directive: "reverse_proxy", argument: first },
    },
  ];
}
