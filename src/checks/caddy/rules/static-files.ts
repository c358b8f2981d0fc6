/**
 * Rule: a folder that Caddy serves as Django's has static files in it (`static.unfilled`). What WhiteNoise and other services
 * of the compose files serve is the check `static`'s. Pure.
 */
import { staticRoot } from "../../django-settings.ts";
import { servicesOfImage } from "../../project/image-services.ts";
import { unfilledFiles } from "../../project/static-files.ts";
import type { Comparison, Disagreement } from "./comparison.ts";

/** A folder that nothing fills. */
export function staticFiles({ tour, django, project }: Comparison): Disagreement[] {
  const { collecting, services, image } = project;
  const url = django.text("STATIC_URL") ?? "";
  const root = staticRoot(django);
  if (root === undefined || root.hasMiddleware || !url.startsWith("/")) return [];
  const facts = { collecting, services, ours: servicesOfImage(services, image) };
  const isServed = tour.sites.some((site) => {
    const answers = tour.visit(site, `${url}admin/css/base.css`).answers.filter(({ by }) => by === "files");
    // Where an index is sent for a missing file (`try_files`), the folder is a single-page app's.
    const isApp = answers.some((answer) => answer.by === "files" && answer.file?.endsWith(".css") === false);
    return answers.length > 0 && !isApp;
  });
  const found = isServed ? unfilledFiles(root, facts, true) : undefined;
  if (found === undefined || unfilledFiles(root, facts, false) !== undefined) return [];
  const { file: _, ...rest } = found;
  return [{ id: "static.unfilled", ...rest, at: { directive: "file_server", argument: `${url}*` } }];
}
