/** Which of Caddy's proxy routes lead to Django. Pure. */

import { canonical, split } from "../../../request/reference.ts";
import { type Service, upstreamService } from "../../project/compose.ts";
import { runsImage } from "../../project/image-services.ts";
import type { ProxyRoute } from "../adapted.ts";
import { type ProjectFacts, portOf } from "./comparison.ts";

/**
 * Finds the routes that lead to Django: by the names of compose's services, of the app and its image; where these do not
 * say it, Django is the upstream on a port of the image.
 * @returns `certain` is false when the routes may lead to something else: Django cannot be distinguished from the other
 *   upstreams, or the only upstream has a port that is not the image's, of which perhaps none is known (a frontend in front
 *   of Django, say)
 */
export function routesToDjango(
  proxies: readonly ProxyRoute[],
  project: ProjectFacts,
): { routes: readonly ProxyRoute[]; certain: boolean } {
  const { imagePorts } = project;
  const all = mergeAlike(proxies);
  const ours = all.filter((route) => isOurs(route, project) === true);
  if (ours.length > 0) return { routes: ours, certain: true };
  const routes = all.filter((route) => isOurs(route, project) !== false);
  const groups = new Set(routes.map(groupOf).filter((group) => group !== ""));
  if (groups.size <= 1) {
    const ports = routes.flatMap(({ upstreams }) => upstreams.map(portOf));
    const hasOtherPort = ports.some((port) => port !== undefined && !imagePorts.includes(port));
    const areSockets = routes.every(({ upstreams }) => upstreams.every((one) => one.startsWith("unix/")));
    const isOnImagePort = imagePorts.length > 0 && !hasOtherPort;
    return { routes, certain: groups.size === 1 && (areSockets || isOnImagePort) };
  }
  const onImagePort = routes.filter(({ upstreams }) =>
    upstreams.some((upstream) => imagePorts.includes(portOf(upstream) ?? -1)),
  );
  if (onImagePort.length === 0) return { routes, certain: false };
  return { routes: onImagePort, certain: new Set(onImagePort.map(groupOf)).size === 1 };
}

/** Routes with the same upstreams belong together. A route whose upstreams only run time knows has none. */
export function groupOf({ upstreams }: Pick<ProxyRoute, "upstreams">): string {
  return upstreams.join(" ");
}

/** Whether the upstreams run the app's image; undefined when nothing says so. */
function isOurs({ upstreams }: ProxyRoute, { services, app, image }: ProjectFacts): boolean | undefined {
  const service = upstreamService(upstreams, services);
  if (service === undefined)
    return app !== "" && upstreams.some((one) => hostOf(one) === app) ? true : undefined;
  const runs = runsImage(service, image);
  return runs === false && hasItsLastPart(service, image.repository) ? isAlone(service, services) : runs;
}

/** Whether the image is another one with the same last part: a mirror's `acme/shop`, or a neighbour's `blog/shop`. */
function hasItsLastPart({ image, isBuilt }: Service, repository: string): boolean {
  return !isBuilt && lastPart(image) === lastPart(repository);
}

/** The only image with its last part is a mirror's. Of several nothing says which is ours. */
function isAlone(service: Service, services: readonly Service[]): true | undefined {
  const alike = services.filter(({ image }) => lastPart(image) === lastPart(service.image));
  return new Set(alike.map(({ image }) => canonical(split(image).name))).size === 1 ? true : undefined;
}

function lastPart(image: string): string | undefined {
  return split(image).name.split("/").at(-1);
}

function hostOf(upstream: string): string {
  return upstream.replace(/:\d+$/, "");
}

/** Routes that differ only in their hosts as one, so that what is wrong is reported once for all hosts. */
function mergeAlike(proxies: readonly ProxyRoute[]): ProxyRoute[] {
  const merged = new Map<string, ProxyRoute>();
  for (const proxy of proxies) {
    const { hosts, headers, ...rest } = proxy;
    // A site for every host (no hosts) must not be merged with one for some.
    const key = JSON.stringify([
      rest,
      [...headers].map(([name, value]) => [name, value ?? null]),
      hosts.length === 0,
    ]);
    const before = merged.get(key)?.hosts ?? [];
    merged.set(key, { ...proxy, hosts: [...new Set([...before, ...hosts])] });
  }
  return [...merged.values()];
}
