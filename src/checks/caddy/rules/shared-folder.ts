/** Whether Caddy and Django see the same files, by what their services of a compose file mount. Pure. */

import {
  mayHaveUnknown,
  mountAround,
  type Service,
  sourcesOf,
  upstreamService,
} from "../../project/compose.ts";
import { volumeName } from "../../project/mounts.ts";
import type { ProxyRoute } from "../adapted.ts";
import { caddyService, usesStockCaddy } from "../caddy-service.ts";
import type { ProjectFacts } from "./comparison.ts";

/** The services of the compose files that may share what Caddy serves. */
export interface Sharing {
  readonly caddy: Service;
  /** The service that answers Caddy's requests. */
  readonly django: Service;
  /** All services but Caddy's. Another than Django's may collect the files into a volume on its behalf. */
  readonly besides: readonly Service[];
  /** The project builds its own Caddy image, so files may have been copied into it. */
  readonly ownCaddy: boolean;
}

/** Finds Caddy's service and Django's; undefined when the compose files do not say which is which. */
export function sharingIn(
  { services, ownCaddy }: ProjectFacts,
  routes: readonly ProxyRoute[],
): Sharing | undefined {
  const caddy = caddyService(services);
  const upstreams = routes.flatMap((route) => route.upstreams);
  const django = upstreamService(upstreams, services);
  if (caddy === undefined || django === undefined || caddy === django) return undefined;
  return { caddy, django, besides: services.filter((service) => service !== caddy), ownCaddy };
}

/**
 * Compares what the two services have at their folders.
 * @param folder where Caddy looks
 * @param root where Django puts the files, and the setting that names it as a message may quote it; one that comes from
 *   `env` must not be printed
 * @returns whether the two see the same files; if not, the end of the message that says so, and a hint; undefined when the
 *   compose files do not say for certain
 */
export function sharedFolder(
  folder: string,
  root: { readonly path: string; readonly quoted: string; readonly isFromEnv: boolean },
  { caddy, django, besides, ownCaddy }: Sharing,
): "same" | { readonly why: string; readonly hint: string } | undefined {
  if (!folder.startsWith("/") || !root.path.startsWith("/")) return undefined;
  const caddySources = sourcesOf(folder, caddy);
  const filled = besides.flatMap((service) => sourcesOf(root.path, service));
  if (caddySources.some((source) => filled.includes(source))) return "same";
  if (mayHaveUnknown(folder, caddy) || mayHaveUnknown(root.path, django)) return undefined;
  const mount = mountAround(folder, caddy);
  const service = `the service \`${caddy.name}\` in ${caddy.file}`;
  const hint = `Mount the same volume in both services: in \`${caddy.name}\` at ${folder}, in \`${django.name}\` at Django's folder.`;
  if (mount === undefined) {
    // An image that is not the stock one may have the files copied into it.
    if (ownCaddy || !usesStockCaddy(caddy)) return undefined;
    return { why: `where ${service} mounts nothing. Django has ${root.quoted}`, hint };
  }
  const volume = volumeName(mount);
  const isShared = besides.some(({ mounts }) => mounts.some((one) => volumeName(one) === volume));
  if (volume !== undefined && !isShared)
    return {
      why: `where ${service} mounts the volume \`${volume}\`. No other service mounts that volume. Django has ${root.quoted}`,
      hint,
    };
  const [caddySource] = caddySources;
  const [djangoSource] = sourcesOf(root.path, django);
  const djangoMount = mountAround(root.path, django);
  if (caddySource === undefined || djangoSource === undefined || djangoMount === undefined) return undefined;
  // Another service, or the machine, may fill what Caddy sees.
  if (volumeName(djangoMount) !== volume) return undefined;
  const place = root.isFromEnv ? "another folder" : `\`${djangoSource}\``;
  return {
    why: `which is \`${caddySource}\` by the mounts of ${service}. ${root.quoted} is ${place} by the mounts of \`${django.name}\``,
    hint: "Both must be the same folder. `handle_path` removes the prefix from the path, `handle` does not.",
  };
}
