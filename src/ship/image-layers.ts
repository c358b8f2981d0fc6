/** What the images of a step consist of: for the summary, and for whoever watches a push. */
import { type Layers, parseLayers } from "../docker/manifests.ts";
import type { BuiltImage } from "../image/built-image.ts";
import type { Prepared } from "./prepare.ts";

export class ImageLayers {
  readonly #step: Prepared;
  readonly #asked = new Map<BuiltImage, Promise<Layers | undefined>>();

  constructor(step: Prepared) {
    this.#step = step;
  }

  /** An image's layers, which are asked for once. Undefined when they cannot be found out: that is never worth a failure. */
  of(image: BuiltImage): Promise<Layers | undefined> {
    const asked = this.#asked.get(image) ?? this.#ask(image).catch(() => undefined);
    this.#asked.set(image, asked);
    return asked;
  }

  async #ask({ platforms: [own] }: BuiltImage): Promise<Layers | undefined> {
    const { request, source, world } = this.#step;
    const { docker } = world;
    const isEngine = source.builder.driver === "docker";
    const isShown = request.summary || (request.push.push && !isEngine);
    if (!isShown) return undefined;
    if (isEngine) return docker.layers(source.names.staging);
    if (own.record === undefined || own.config === undefined) return undefined;
    const [manifest, config = ""] = await Promise.all([
      docker.builtBlob(own.record, own.digest),
      docker.builtBlob(own.record, own.config),
    ]);
    return manifest === undefined ? undefined : { packed: true, all: parseLayers(manifest, config) };
  }
}
