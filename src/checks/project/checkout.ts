/** What the checkout says of the app. Each part is read once, and only if somebody asks for it. */
import { readdir } from "node:fs/promises";
import path from "node:path";
import { type Instruction, instructionsFor, instructionsOf } from "../../request/dockerfile.ts";
import type { Request } from "../../request/request.ts";
import { COLLECTING, type Collecting, collectingIn } from "./collecting.ts";
import { looksLikeCompose, type Service, servicesIn } from "./compose.ts";
import { type ImageService, servicesOfImage, type ThisImage, thisImage } from "./image-services.ts";
import { listeningOf } from "./listening.ts";
import { MENTIONS, type Mentions, mentionsIn, variablesOf } from "./mentions.ts";
import { portsOfImage } from "./ports.ts";
import { type Repository, readNamed, repositoryAt } from "./repository.ts";
import { search } from "./search.ts";
import type { StaticFacts } from "./static-files.ts";
import { inContainer } from "./words.ts";

/** Where shipshape looks for a Caddyfile in the build context, in this order. */
export const CANDIDATES = ["Caddyfile", "caddy/Caddyfile", "docker/caddy/Caddyfile", "deploy/Caddyfile"];

/** The Caddyfile that is checked. */
export interface FoundCaddyfile {
  /** Its repo path. */
  readonly path: string;
  /** The workflow named it, so its findings count. */
  readonly named: boolean;
  /** Repo paths of further Caddyfiles that were found and not checked. */
  readonly others: readonly string[];
}

/** Further compose files are not read. */
const MAX_COMPOSE_FILES = 20;

/** The checkout, with what several checks ask of it. */
export class Checkout {
  readonly repository: Repository;
  readonly #request: Request;

  constructor(request: Request) {
    this.#request = request;
    this.repository = repositoryAt(request.workspace);
  }

  /** The Caddyfile that the workflow named, or the first of the candidates; undefined when there is none. */
  readonly caddyfile = once(async (): Promise<FoundCaddyfile | undefined> => {
    const { caddy, build } = this.#request;
    if (caddy.file === "none") return undefined;
    if (caddy.file !== "") return { path: caddy.file, named: true, others: [] };
    if (build.contextIsRemote) return undefined;
    const files = CANDIDATES.map((candidate) => path.join(this.#context, candidate));
    const texts = await Promise.all(files.map((file) => this.repository.read(file)));
    const [first, ...others] = files.filter((_, index) => texts[index] !== undefined);
    return first === undefined ? undefined : { path: first, named: false, others };
  });

  /** The instructions of the Dockerfile; none where it cannot be read, or is not in the checkout. */
  readonly dockerfile = once(async (): Promise<readonly Instruction[]> => {
    const { build, workspace } = this.#request;
    const text = build.contextIsRemote ? undefined : await readNamed(build.file, workspace);
    return instructionsOf(text ?? "");
  });

  /** How compose files name the image. */
  readonly image = once(async (): Promise<ThisImage> => thisImage(this.#request, await this.dockerfile()));

  /**
   * The services of the compose files in four folders: the workspace's root, the build context, the Caddyfile's folder
   * and its parent.
   */
  readonly services = once(async (): Promise<readonly Service[]> => {
    const { workspace } = this.#request;
    const caddyfile = await this.caddyfile();
    const folder = path.dirname(caddyfile?.path ?? "Caddyfile");
    const folders = new Set(
      ["", this.#context, folder, path.dirname(folder)].map((one) => path.normalize(one || ".")),
    );
    const names = await Promise.all(
      [...folders].map(async (one) => {
        const all = await readdir(path.join(workspace, one)).catch(() => []);
        return all.filter(looksLikeCompose).map((name) => path.join(one, name));
      }),
    );
    const files = names.flat().sort().slice(0, MAX_COMPOSE_FILES);
    const read = files.map(async (file) => ({
      path: file,
      content: await yamlIn(await this.repository.read(file)),
    }));
    return servicesIn(await Promise.all(read));
  });

  /** Those of the services that run the image in production. */
  readonly ours = once(
    async (): Promise<readonly ImageService[]> => servicesOfImage(await this.services(), await this.image()),
  );

  /** The ports on which the image listens, by its Dockerfile and by the services that run it. */
  readonly ports = once(async (): Promise<readonly number[]> => {
    const { lines } = instructionsFor(await this.dockerfile(), this.#request.build.target);
    const inCompose = (await this.ours()).flatMap(({ ports, entrypoint, command }) => [
      ...ports,
      ...(listeningOf(inContainer([...(entrypoint ?? []), ...(command ?? [])]))?.ports ?? []),
    ]);
    return [...new Set([...portsOfImage(lines), ...inCompose])];
  });

  /** Who runs collectstatic; undefined where no Dockerfile can be read, and where no finding is possible. */
  readonly collecting = once(async (): Promise<Collecting | undefined> => {
    const { build } = this.#request;
    const [dockerfile, ours] = await Promise.all([this.dockerfile(), this.ours()]);
    const inBuild = dockerfile.some(({ rest }) => COLLECTING.collects.test(rest));
    // The image's own files are served: nothing else needs to collect any.
    const isServed = inBuild && ours.every(({ mounts }) => mounts.length === 0);
    if (dockerfile.length === 0 || isServed) return undefined;
    return collectingIn(dockerfile, build.target, await this.#texts(), ours);
  });

  /** How the server is started, and what is done to a Caddyfile; undefined where not all of the checkout could be read. */
  readonly mentions = once(async (): Promise<Mentions | undefined> => {
    const dockerfile = await this.dockerfile();
    if (dockerfile.length === 0) return undefined;
    const services = variablesOf(await this.services(), await this.image());
    const texts = await Promise.all(services.variables.map((file) => this.repository.read(file)));
    return mentionsIn(await this.#texts(), dockerfile, this.#request.build.target, services, texts);
  });

  /** What says whether a release brings its static files to where they are served. */
  readonly staticFacts = once(async (): Promise<StaticFacts> => {
    const [collecting, ours, services] = await Promise.all([this.collecting(), this.ours(), this.services()]);
    return { collecting, ours, services };
  });

  readonly #texts = once(() => search(this.#request.workspace, { ...COLLECTING, ...MENTIONS }));

  /** Repo path of the build context. */
  get #context(): string {
    const { build, workspace } = this.#request;
    return build.contextIsRemote ? "" : path.relative(workspace, build.context);
  }
}

/** A question that is answered once. */
function once<Answer>(answer: () => Promise<Answer>): () => Promise<Answer> {
  let asked: Promise<Answer> | undefined;
  return () => {
    asked ??= answer();
    return asked;
  };
}

/** What a YAML text says; undefined when it is none. */
async function yamlIn(text: string | undefined): Promise<unknown> {
  if (text === undefined) return undefined;
  const { parse } = await import("yaml");
  try {
    // With the log level "silent", half of a file that is not YAML (a template, say) would be read.
    return parse(text, { merge: true, logLevel: "error" });
  } catch {
    return undefined;
  }
}
