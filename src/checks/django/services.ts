/** What the probe is told of the compose services that run the image: what they start. Pure. */
import type { Request } from "../../request/request.ts";
import type { Checkout } from "../project/checkout.ts";
import type { ImageService } from "../project/image-services.ts";

/** As `request.json` has it. */
export interface StartedService {
  readonly name: string;
  /** Repo path of its compose file. */
  readonly file: string;
  /** As they are written: the probe reads compose's variables. Null: the image's. */
  readonly entrypoint: readonly string[] | null;
  readonly command: readonly string[] | null;
  /** Empty: the image's. */
  readonly workingDir: string;
  /** Who runs it. Empty: the image's USER. */
  readonly user: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Folders that something is mounted over. */
  readonly mounts: readonly string[];
}

/** The probe's report has a limit, and so has what it looks at. */
const MOST_SERVICES = 20;

/** Variables that decide which application is loaded, and from where. The values of others may be secrets. */
const DECISIVE = ["DJANGO_SETTINGS_MODULE", "DJANGO_CONFIGURATION", "PYTHONPATH", "PATH"];

/** The services that run the image in production. None for a remote build context, and where `start` is not asked for. */
export async function servicesToStart(
  { build, checks }: Request,
  checkout: Checkout,
): Promise<readonly StartedService[]> {
  if (build.contextIsRemote || !checks.includes("start")) return [];
  return startedServices(await checkout.ours());
}

/** The services as the probe reads them (`shipshape_probe/start_image.py`). */
export function startedServices(services: readonly ImageService[]): readonly StartedService[] {
  return services.slice(0, MOST_SERVICES).map((service) => ({
    name: service.name,
    file: service.file,
    entrypoint: service.entrypoint ?? null,
    command: service.command ?? null,
    workingDir: service.workingDir,
    user: service.user,
    environment: Object.fromEntries([...service.environment].filter(([name]) => DECISIVE.includes(name))),
    mounts: service.mounts.map(({ target }) => target).filter((target) => target !== ""),
  }));
}
