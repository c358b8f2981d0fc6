/** Reads the checkout for the probe: the compose services that run the image. */
import type { Request } from "../../request/request.ts";
import { servicesOf } from "../caddy/workspace.ts";
import { servicesOfImage, thisImage } from "../project/image-services.ts";
import { type StartedService, startedServices } from "./services.ts";

/** The services that run the image in production. None for a remote build context, and where `start` is not asked for. */
export async function servicesToStart(request: Request): Promise<readonly StartedService[]> {
  const { build, caddy, checks } = request;
  if (build.contextIsRemote || !checks.includes("start")) return [];
  const found = await servicesOf(request, caddy.file || "Caddyfile");
  return startedServices(servicesOfImage(found, thisImage(request)));
}
