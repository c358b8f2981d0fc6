/** Names in the local engine that nobody asked for: they go as soon as they can, and whatever happens. */
import type { Docker, Done } from "../docker/docker.ts";

export class Leftovers {
  readonly #docker: Pick<Docker, "forget">;
  readonly #names = new Set<string>();
  readonly #going: Promise<Done>[] = [];

  constructor(docker: Pick<Docker, "forget">) {
    this.#docker = docker;
  }

  /** A name that is to go. */
  add(name: string): void {
    this.#names.add(name);
  }

  /** A name that is to stay after all. */
  keep(name: string): void {
    this.#names.delete(name);
  }

  /** Begins to remove what is there, beside whatever comes next. */
  begin(): void {
    if (this.#names.size === 0) return;
    const going = this.#docker.forget([...this.#names]);
    this.#names.clear();
    // Its failure is told by `end`.
    going.catch(() => {});
    this.#going.push(going);
  }

  /** Removes the rest and waits for all of it. */
  async end(): Promise<Done> {
    this.begin();
    for (const done of await Promise.all(this.#going)) if (!done.ok) return done;
    return { ok: true };
  }
}
