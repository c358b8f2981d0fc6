/**
 * A double of GitHub's cache service (version 2), for BuildKit's `type=gha` caches. It has the service's rules: an entry
 * never changes, and a look-up takes the exact key first, then the newest entry that begins with a restore key. Each
 * double has one scope. BuildKit itself sends the requests, so only builders on the machine's own network reach it.
 */
import { randomUUID } from "node:crypto";
import { createReadStream, createWriteStream, existsSync, rmSync, statSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { afterwards, folder } from "./temporary.ts";

const CALLS = "/twirp/github.actions.results.api.v1.CacheService/";

export interface CacheService {
  /** What the runner sets for a step that may use the service. */
  readonly env: Readonly<Record<string, string>>;
  /** Keys of the entries, the oldest first. */
  keys(): string[];
  /** How many look-ups found an entry. */
  hits(): number;
  /** Ends the service now; it ends with the test file anyway. */
  stop(): void;
}

interface Entry {
  readonly key: string;
  readonly version: string;
  readonly blob: string;
}

interface Asked {
  readonly key?: string;
  readonly version?: string;
  readonly restore_keys?: readonly string[];
}

/** Starts a service with no entries, on a free port of loopback. */
export async function startCacheService(): Promise<CacheService> {
  const store = new Store(folder("cache-service"));
  const server = createServer((request, answer) => {
    store.answer(request, answer).catch((error: unknown) => answer.destroy(error as Error));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  afterwards(stop);
  return {
    env: {
      ACTIONS_CACHE_SERVICE_V2: "true",
      ACTIONS_RESULTS_URL: `http://127.0.0.1:${port}/`,
      ACTIONS_RUNTIME_TOKEN: token(),
    },
    keys: () => store.entries.map(({ key }) => key),
    hits: () => store.hits,
    stop,
  };
}

/** A token as the runner has it: BuildKit reads its times and scopes, and leaves the signature to the service. */
function token(): string {
  const now = Math.floor(Date.now() / 1000);
  const scopes = JSON.stringify([{ Scope: "refs/heads/main", Permission: 3 }]);
  const parts = [
    { alg: "HS256", typ: "JWT" },
    { nbf: now - 300, exp: now + 3600, ac: scopes },
  ];
  return [
    ...parts.map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")),
    "c2lnbmF0dXJl",
  ].join(".");
}

class Store {
  readonly entries: Entry[] = [];
  hits = 0;
  /** Entries that are created but not finalized, by their blob. */
  readonly #open = new Map<string, Entry>();
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async answer(request: IncomingMessage, answer: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "", `http://${request.headers.host}`);
    // BuildKit's client of the blob store ends with a panic when an answer has no request id.
    answer.setHeader("x-ms-request-id", randomUUID());
    if (url.pathname.startsWith(CALLS)) {
      const asked = JSON.parse((await read(request)).toString()) as Asked;
      const [status, body] = this.#call(url.pathname.slice(CALLS.length), asked, `${url.origin}/blob/`);
      answer.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
      return;
    }
    const [, blob] = /^\/blob\/([0-9a-f-]{36})$/.exec(url.pathname) ?? [];
    if (blob === undefined) answer.writeHead(404).end();
    else if (request.method === "PUT") await this.#upload(blob, url.searchParams, request, answer);
    else await this.#download(blob, request, answer);
  }

  #call(name: string, { key = "", version = "", restore_keys = [] }: Asked, blobs: string): [number, object] {
    switch (name) {
      case "CreateCacheEntry": {
        const same = (entry: Entry) => entry.key === key && entry.version === version;
        if ([...this.entries, ...this.#open.values()].some(same))
          return [409, { code: "already_exists", msg: "cache entry with the same key and version exists" }];
        const blob = randomUUID();
        this.#open.set(blob, { key, version, blob });
        return [200, { ok: true, signed_upload_url: `${blobs}${blob}?sig=up` }];
      }
      case "FinalizeCacheEntryUpload": {
        const entry = [...this.#open.values()].find((one) => one.key === key && one.version === version);
        if (entry === undefined || !existsSync(this.#path(entry.blob))) return [200, { ok: false }];
        this.#open.delete(entry.blob);
        this.entries.push(entry);
        return [200, { ok: true, entry_id: String(this.entries.length) }];
      }
      case "GetCacheEntryDownloadURL": {
        const found = this.#find(key, restore_keys, version);
        if (found === undefined) return [200, { ok: false }];
        this.hits += 1;
        const where = `${blobs}${found.blob}?sig=down`;
        return [200, { ok: true, signed_download_url: where, matched_key: found.key }];
      }
      default:
        return [404, { code: "bad_route", msg: name }];
    }
  }

  #find(key: string, restoreKeys: readonly string[], version: string): Entry | undefined {
    const newestFirst = this.entries.filter((entry) => entry.version === version).reverse();
    const exact = newestFirst.find((entry) => entry.key === key);
    if (exact !== undefined) return exact;
    for (const start of restoreKeys) {
      const found = newestFirst.find((entry) => entry.key.startsWith(start));
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** One of the blob store's three uploads: a whole blob, a block of it, or the list that puts blocks together. */
  async #upload(blob: string, query: URLSearchParams, request: IncomingMessage, answer: ServerResponse) {
    switch (query.get("comp")) {
      case "block":
        await pipeline(request, createWriteStream(this.#path(blob, query.get("blockid") ?? "")));
        break;
      case "blocklist": {
        const list = (await read(request)).toString();
        for (const [, id = ""] of list.matchAll(/<(?:Latest|Uncommitted|Committed)>([^<]+)</g)) {
          const block = this.#path(blob, id);
          await pipeline(createReadStream(block), createWriteStream(this.#path(blob), { flags: "a" }));
          rmSync(block);
        }
        break;
      }
      default:
        await pipeline(request, createWriteStream(this.#path(blob)));
    }
    answer.writeHead(201, { etag: '"1"', "last-modified": new Date().toUTCString() }).end();
  }

  async #download(blob: string, request: IncomingMessage, answer: ServerResponse): Promise<void> {
    const path = this.#path(blob);
    if (!existsSync(path)) return void answer.writeHead(404).end();
    const { size } = statSync(path);
    const range = request.headers["x-ms-range"] ?? request.headers.range ?? "";
    const [, from = "0", to] = /^bytes=(\d+)-(\d*)$/.exec(String(range)) ?? [];
    const start = Number(from);
    const end = Math.min(to ? Number(to) : size - 1, size - 1);
    const part = String(range) !== "";
    if (part && start >= size) return void answer.writeHead(416).end();
    answer.writeHead(part ? 206 : 200, {
      "accept-ranges": "bytes",
      "content-length": end - start + 1,
      "content-type": "application/octet-stream",
      etag: '"1"',
      "last-modified": new Date().toUTCString(),
      "x-ms-blob-type": "BlockBlob",
      ...(part && { "content-range": `bytes ${start}-${end}/${size}` }),
    });
    if (request.method === "HEAD" || size === 0) return void answer.end();
    await pipeline(createReadStream(path, { start, end }), answer);
  }

  #path(blob: string, block = ""): string {
    return join(this.#folder, block === "" ? blob : `${blob}.${Buffer.from(block).toString("hex")}`);
  }
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}
