/** A registry, read by its own HTTP API: what is really there, not what the action says. */
import { randomBytes } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { REGISTRY } from "./lab.ts";
import { afterwards } from "./temporary.ts";

const MANIFESTS = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.docker.distribution.manifest.v2+json",
].join(", ");

interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
  readonly platform?: { readonly os: string; readonly architecture: string };
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface Manifest {
  readonly digest: string;
  readonly mediaType: string;
  /** An index's parts. */
  readonly manifests: readonly Descriptor[];
  /** A platform manifest's parts. */
  readonly config: Descriptor | undefined;
  readonly layers: readonly Descriptor[];
  readonly annotations: Readonly<Record<string, string>>;
}

export interface ImageConfig {
  readonly created?: string;
  readonly architecture: string;
  readonly config: {
    readonly User?: string;
    readonly Env?: readonly string[];
    readonly Labels?: Readonly<Record<string, string>>;
    readonly OnBuild?: readonly string[];
  };
  readonly history: readonly { readonly created_by?: string }[];
}

export class Registry {
  readonly host: string;
  readonly #headers: Record<string, string>;

  constructor(host: string, login?: { user: string; password: string }) {
    this.host = host;
    this.#headers =
      login === undefined
        ? {}
        : { authorization: `Basic ${Buffer.from(`${login.user}:${login.password}`).toString("base64")}` };
  }

  /** Name of a repository that is used nowhere else. What is in it is deleted when the test file ends. */
  repoName(name: string): string {
    const path = `e2e/${name}-${randomBytes(4).toString("hex")}`;
    afterwards(() => this.empty(`${this.host}/${path}`));
    return `${this.host}/${path}`;
  }

  /** All tags, sorted; none when there is no such repository. */
  async tags(repo: string): Promise<string[]> {
    const answer = await this.#ask(repo, "tags/list");
    if (answer.status === 404) return [];
    const { tags } = (await answer.json()) as { tags: string[] | null };
    return (tags ?? []).sort();
  }

  /** The manifest or index under a tag or digest; undefined when there is none. */
  async manifest(repo: string, reference: string): Promise<Manifest | undefined> {
    const answer = await this.#ask(repo, `manifests/${reference}`, { accept: MANIFESTS });
    if (answer.status === 404) return undefined;
    const body = (await answer.json()) as Partial<Manifest>;
    return {
      digest: answer.headers.get("docker-content-digest") ?? "",
      mediaType: answer.headers.get("content-type") ?? "",
      manifests: body.manifests ?? [],
      config: body.config,
      layers: body.layers ?? [],
      annotations: body.annotations ?? {},
    };
  }

  /** The platform manifest (the first one for Linux) under a tag, an index or itself. */
  async image(repo: string, reference: string): Promise<Manifest> {
    const top = await this.manifest(repo, reference);
    if (top === undefined) throw new Error(`${repo} has nothing under ${reference}`);
    if (top.manifests.length === 0) return top;
    const part = top.manifests.find(({ platform }) => platform?.os === "linux");
    const image = part && (await this.manifest(repo, part.digest));
    if (image === undefined) throw new Error(`${repo}@${top.digest} has no image for linux`);
    return image;
  }

  async config(repo: string, reference: string): Promise<ImageConfig> {
    const { config } = await this.image(repo, reference);
    return (await (await this.#ask(repo, `blobs/${config?.digest}`)).json()) as ImageConfig;
  }

  async blob(repo: string, digest: string): Promise<Buffer> {
    return Buffer.from(await (await this.#ask(repo, `blobs/${digest}`)).arrayBuffer());
  }

  /** The text of a file, out of the topmost layer that has it; undefined when none has. */
  async file(repo: string, reference: string, path: string): Promise<string | undefined> {
    const { layers } = await this.image(repo, reference);
    for (const layer of [...layers].reverse()) {
      const found = fileIn(await this.#unpacked(repo, layer), path);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Which of the texts are in any byte that the reference leads to: indexes, attestations, config, unpacked layers. */
  async holding(repo: string, reference: string, texts: readonly string[]): Promise<string[]> {
    const answer = await this.#ask(repo, `manifests/${reference}`, { accept: MANIFESTS });
    const raw = Buffer.from(await answer.arrayBuffer());
    const found = new Set(texts.filter((text) => raw.includes(text)));
    const body = JSON.parse(raw.toString()) as Partial<Manifest>;
    for (const { digest } of body.manifests ?? [])
      for (const text of await this.holding(repo, digest, texts)) found.add(text);
    for (const blob of [...(body.config ? [body.config] : []), ...(body.layers ?? [])]) {
      const bytes = await this.#unpacked(repo, blob);
      for (const text of texts) if (bytes.includes(text)) found.add(text);
    }
    return texts.filter((text) => found.has(text));
  }

  async #unpacked(repo: string, { digest, mediaType }: Descriptor): Promise<Buffer> {
    const bytes = await this.blob(repo, digest);
    return mediaType.endsWith("gzip") ? gunzipSync(bytes) : bytes;
  }

  /** Deletes what the tags of a repository lead to. */
  async empty(repo: string): Promise<void> {
    for (const tag of await this.tags(repo)) {
      const found = await this.manifest(repo, tag);
      if (found !== undefined) await this.#ask(repo, `manifests/${found.digest}`, {}, "DELETE");
    }
  }

  async #ask(
    repo: string,
    what: string,
    headers: Record<string, string> = {},
    method = "GET",
  ): Promise<Response> {
    const path = repo.slice(repo.indexOf("/") + 1);
    const answer = await fetch(`http://${this.host}/v2/${path}/${what}`, {
      method,
      headers: { ...this.#headers, ...headers },
    });
    if (answer.ok || answer.status === 404 || method === "DELETE") return answer;
    throw new Error(`${method} ${answer.url}: ${answer.status} ${await answer.text()}`);
  }
}

/** The text of a file in a tar archive: blocks of 512 bytes, a header before each file. */
function fileIn(tar: Buffer, path: string): string | undefined {
  for (let at = 0; at < tar.length; ) {
    const field = (from: number, to: number) =>
      tar.toString("utf8", at + from, at + to).replace(/\0[\s\S]*$/, "");
    const size = Number.parseInt(field(124, 136), 8) || 0;
    const begin = at + 512;
    if (field(0, 100).replace(/^\.?\//, "") === path) return tar.toString("utf8", begin, begin + size);
    at = begin + Math.ceil(size / 512) * 512;
  }
  return undefined;
}

/** The lab's registry that takes everything. */
export const registry = new Registry(REGISTRY);
