/** Which of Caddy's proxy routes lead to Django. Pure. */
import type { ProxyRoute } from "../adapted.ts";
import { portOf } from "./comparison.ts";

/**
 * Finds the routes that lead to Django. With several groups of upstreams, Django is the one on a port of the image.
 * @param imagePorts ports that the app's image listens on; empty when nothing is known
 * @returns `certain` is false when the routes may lead to something else: Django cannot be distinguished from the other
 *   upstreams, or the only upstream has a port that is not the image's (a frontend in front of Django, say)
 */
export function routesToDjango(
  proxies: readonly ProxyRoute[],
  imagePorts: readonly number[],
): { routes: readonly ProxyRoute[]; certain: boolean } {
  const routes = mergeAlike(proxies);
  const groups = new Set(routes.map(groupOf).filter((group) => group !== ""));
  if (groups.size <= 1) {
    const ports = routes.flatMap(({ upstreams }) => upstreams.map(portOf));
    const hasOtherPort = ports.some((port) => port !== undefined && !imagePorts.includes(port));
    return { routes, certain: groups.size === 1 && !(imagePorts.length > 0 && hasOtherPort) };
  }
  const onImagePort = routes.filter(({ upstreams }) =>
    upstreams.some((upstream) => imagePorts.includes(portOf(upstream) ?? -1)),
  );
  if (onImagePort.length === 0) return { routes, certain: false };
  return { routes: onImagePort, certain: new Set(onImagePort.map(groupOf)).size === 1 };
}

/** Routes with the same upstreams belong together. A route whose upstreams only run time knows has none. */
function groupOf({ upstreams }: ProxyRoute): string {
  return upstreams.join(" ");
}

/** Routes that differ only in their hosts and paths as one, so that what is wrong is reported once for all hosts. */
function mergeAlike(proxies: readonly ProxyRoute[]): ProxyRoute[] {
  const merged = new Map<string, ProxyRoute>();
  for (const proxy of proxies) {
    const { hosts, paths: _, headers, ...rest } = proxy;
    // A site for every host (no hosts) must not be merged with one for some.
    const key = JSON.stringify([rest, [...headers], hosts.length === 0]);
    const before = merged.get(key)?.hosts ?? [];
    merged.set(key, { ...proxy, hosts: [...new Set([...before, ...hosts])] });
  }
  return [...merged.values()];
}
