/**
 * Caches of the build: completed with what they need in a matrix, and left out when their server does not
 * answer. BuildKit has no time limit of its own there: one silent server freezes the whole builder.
 */

import { attributes } from "../docker/bake.ts";
import { pairOf, parseFields } from "../request/lists.ts";
import { registry } from "../request/reference.ts";
import type { Repository, Request } from "../request/request.ts";
import type { ImageNames } from "./target.ts";

/** Milliseconds in which a cache's server must answer anything at all. */
const PATIENCE = 2000;

export interface CacheWorld {
  readonly env: NodeJS.ProcessEnv;
  readonly say: (line: string) => void;
  readonly fetch?: typeof fetch;
}

type Caches = Pick<ImageNames, "cacheFrom" | "cacheTo">;

/** The caches that can be named in the bake file. */
export async function usableCaches(request: Request, world: CacheWorld): Promise<Caches> {
  const { cacheFrom, cacheTo } = request.build;
  const from = cacheFrom.map((entry) => completeImport(entry, request.app));
  const to = cacheTo.map((entry) => completeExport(entry, request.app));
  const servers = new Set([...from, ...to].map((entry) => serverOf(entry, world.env)));
  const asked = [...servers].map(async (url) => (url === "" || (await answersAt(url, world)) ? [] : [url]));
  const silent = (await Promise.all(asked)).flat();
  for (const url of silent)
    world.say(`The build cache at ${url} does not answer within ${PATIENCE / 1000} s: building without it.`);
  const usable = (entry: string) => !silent.includes(serverOf(entry, world.env));
  return { cacheFrom: from.filter(usable), cacheTo: to.filter(usable) };
}

export function completeImport(entry: string, app: string): string {
  const fields = fieldsOf(entry);
  return fields.type === "gha" ? attributes(withScope(fields, app)) : entry;
}

/**
 * `mode=max` unless the workflow says otherwise, so that the steps of all stages are in the cache. `ignore-error`, because a
 * fault of a cache never fails a build.
 */
export function completeExport(entry: string, app: string): string {
  const fields = fieldsOf(entry);
  if (fields.type === "inline") return entry;
  const { mode = "max", "ignore-error": ignored = "true" } = fields;
  return attributes({ ...withScope(fields, app), mode, "ignore-error": ignored });
}

/** A `gha` cache has one scope an app: with a shared one the legs of a matrix overwrite each other. */
function withScope(fields: Record<string, string>, app: string): Record<string, string> {
  return fields.type === "gha" ? { scope: app, timeout: "60s", ...fields } : fields;
}

function fieldsOf(entry: string): Record<string, string> {
  const fields = parseFields(entry) ?? [entry];
  // A bare reference is short for a registry cache.
  if (fields.length === 1 && !entry.includes("=")) return { type: "registry", ref: entry };
  const pairs = fields.map((field) => pairOf(field).map((part = "") => part.trim()));
  return Object.fromEntries(pairs.map(([key = "", value = ""]) => [key.toLowerCase(), value]));
}

/** The URL that must answer before the entry is used; empty where no server is asked. */
function serverOf(entry: string, env: NodeJS.ProcessEnv): string {
  const fields = fieldsOf(entry);
  if (fields.type === "gha") return env.ACTIONS_RESULTS_URL || env.ACTIONS_CACHE_URL || "";
  if (fields.type !== "registry" || !fields.ref) return "";
  const host = registry(fields.ref as Repository);
  const plain = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/.test(host);
  return `${plain ? "http" : "https"}://${host}/v2/`;
}

/** Whether anything answers there: any status will do, silence will not. */
async function answersAt(url: string, world: CacheWorld): Promise<boolean> {
  // Behind a proxy the builder reaches servers that we, who do not speak its protocol, cannot ask.
  if (world.env.HTTPS_PROXY || world.env.https_proxy) return true;
  const ask = world.fetch ?? fetch;
  try {
    const response = await ask(url, {
      method: "GET",
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE),
    });
    await response.body?.cancel();
    return true;
  } catch (error) {
    // Refused at once is harmless (BuildKit goes on); only a server that keeps silent is not.
    return !(error instanceof Error && error.name === "TimeoutError");
  }
}
