/** Names of images in the local engine that only this step needs. They are removed as soon as possible, whatever happens. */
import type { Docker, Done } from "../docker/docker.ts";

export class TemporaryNames {
  readonly #docker: Pick<Docker, "remove">;
  readonly #names = new Set<string>();
  readonly #removals: Promise<Done>[] = [];

  constructor(docker: Pick<Docker, "remove">) {
    this.#docker = docker;
  }

  /** A name that will be removed. */
  add(name: string): void {
    this.#names.add(name);
  }

  /** A name that stays after all. */
  keep(name: string): void {
    this.#names.delete(name);
  }

  /** Starts to remove the names there are, and does not wait for it. */
  removeSoon(): void {
    if (this.#names.size === 0) return;
    const removal = this.#docker.remove([...this.#names]);
    this.#names.clear();
    // `removeAll` reports its failure.
    removal.catch(() => {});
    this.#removals.push(removal);
  }

  /** Removes the rest and waits for all of it. */
  async removeAll(): Promise<Done> {
    this.removeSoon();
    for (const done of await Promise.all(this.#removals)) if (!done.ok) return done;
    return { ok: true };
  }
}
