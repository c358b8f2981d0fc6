/** Which service of the compose files is Caddy. Pure. */
import type { Service } from "../project/compose.ts";
import { isOfficialCaddy } from "./layout.ts";

/**
 * The one service that is Caddy, by its Caddyfile, else its image, else its name; undefined when no service is, or
 * several are.
 */
export function caddyService(services: readonly Service[]): Service | undefined {
  const signs: readonly ((service: Service) => boolean)[] = [
    ({ mounts }) => mounts.some(({ target }) => /^\/etc\/caddy(\/|$)/.test(target)),
    usesStockCaddy,
    ({ name }) => /(^|[_-])caddy([_-]|$)/i.test(name),
  ];
  for (const sign of signs) {
    const found = services.filter(sign);
    if (found.length > 0) return found.length === 1 ? found[0] : undefined;
  }
  return undefined;
}

/** Whether a service runs the official image `caddy`, in which there are no files of the project. */
export function usesStockCaddy({ image, isBuilt }: Service): boolean {
  return !isBuilt && isOfficialCaddy(image);
}
