/**
 * Rule: each release brings its static files to where they are served from (`hosts.static-stale`,
 * `hosts.static-unfilled`). Docker copies an image's files into a named volume only while that is empty
 * (docs.docker.com/engine/storage/volumes, "Mounting a volume over existing data"). Pure.
 */
import { object, text } from "../../../request/json.ts";
import { mountAround, upstreamService } from "../../project/compose.ts";
import { isProduction } from "../../project/image-services.ts";
import { volumeName } from "../../project/mounts.ts";
import type { Comparison, Disagreement } from "./comparison.ts";

/** Static files of an old release, or none at all. */
export function staticFiles({ tour, routes, django, project }: Comparison): Disagreement[] {
  const { collecting, services } = project;
  const url = django.text("STATIC_URL") ?? "";
  const root = (django.text("STATIC_ROOT") ?? "").replace(/\/$/, "");
  // A storage of django-storages keeps nothing in STATIC_ROOT.
  const isRemote = text(object(django.value("STORAGES")).staticfiles).startsWith("storages.");
  if (collecting === undefined || collecting.elsewhere || !root.startsWith("/") || isRemote) return [];
  const at = { directive: "file_server", argument: `${url}*` };
  const quoted = django.quote("STATIC_ROOT");
  const service = upstreamService(
    routes.flatMap(({ upstreams }) => upstreams),
    services,
  );
  const mounts = service?.definitions.filter(isProduction).flatMap((one) => one.mounts) ?? [];
  const mount = service && mountAround(root, { ...service, mounts });
  const volume = mount && volumeName(mount);
  if (service !== undefined && volume !== undefined && collecting.inBuild && !service.isPartial)
    return [
      {
        id: "hosts.static-stale",
        level: collecting.allRead ? "WARNING" : "INFO",
        message:
          `The Dockerfile runs collectstatic, but the service \`${service.name}\` in ${service.file} mounts the volume ` +
          `\`${volume}\` over that folder (${quoted}). Docker copies the image's files into a volume only while it is ` +
          "empty, so the static files of the first release stay for ever.",
        hint:
          "Run `python manage.py collectstatic --noinput` when the container starts, in a service of the compose file, or " +
          "in the job that deploys; or serve the image's own files without a volume.",
        at,
      },
    ];
  const isHidden = mount !== undefined && mount.from !== "unknown" && "paths" in mount.from;
  const isServed =
    django.hasMiddleware(/whitenoise|servestatic/i) === true ||
    (url.startsWith("/") &&
      tour.sites.some((site) =>
        tour.visit(site, `${url}admin/css/base.css`).answers.some(({ by }) => by === "files"),
      ));
  if (!isServed || !collecting.allRead || (collecting.inBuild && !isHidden)) return [];
  return [
    {
      id: "hosts.static-unfilled",
      level: "INFO",
      message: isHidden
        ? `Static files are served from a folder of the machine that ${service?.file} mounts at Django's (${quoted}), and nothing in the repository runs collectstatic when a container starts.`
        : `Static files are served from Django's folder (${quoted}), and nothing in the repository runs collectstatic.`,
      hint: "Unless something else fills the folder, each static file is a 404. Run `python manage.py collectstatic --noinput` in the Dockerfile or when the container starts.",
      at,
    },
  ];
}
