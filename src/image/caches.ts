/**
 * Caches of the build: completed with what they need in a matrix, and left out when their server does not
 * answer. BuildKit has no time limit of its own there: one silent server freezes the whole builder.
 */

import { attributes } from "../docker/bake.ts";
import { parseFields } from "../request/lists.ts";
import { registry } from "../request/reference.ts";
import type { Repository, Request } from "../request/request.ts";

/** Milliseconds in which a cache's server must answer anything at all. */
const PATIENCE = 2000;

export interface CacheWorld {
  readonly env: NodeJS.ProcessEnv;
  readonly say: (line: string) => void;
  readonly fetch?: typeof fetch;
}

export interface Caches {
  readonly cacheFrom: readonly string[];
  readonly cacheTo: readonly string[];
}

/** The caches that can be named in the bake file. */
export async function usableCaches(request: Request, world: CacheWorld): Promise<Caches> {
  const { cacheFrom, cacheTo } = request.build;
  const from = cacheFrom.map((entry) => completeImport(entry, request.app));
  const to = cacheTo.map((entry) => completeExport(entry, request.app));
  const servers = [...new Set([...from, ...to].map((entry) => serverOf(entry, world.env)))];
  const answers = new Map(
    await Promise.all(
      servers.map(async (url) => [url, url === "" || (await answersAt(url, world))] as const),
    ),
  );
  const usable = (entry: string) => answers.get(serverOf(entry, world.env)) === true;
  for (const url of servers)
    if (!answers.get(url))
      world.say(
        `The build cache at ${url} does not answer within ${PATIENCE / 1000} s: building without it.`,
      );
  return { cacheFrom: from.filter(usable), cacheTo: to.filter(usable) };
}

/** A `gha` cache has one scope an app: with a shared one the legs of a matrix overwrite each other. */
export function completeImport(entry: string, app: string): string {
  const fields = fieldsOf(entry);
  if (fields.type !== "gha") return entry;
  return attributes({ scope: app, timeout: "60s", ...fields });
}

/**
 * `mode=max` unless the workflow says otherwise, so that the steps of all stages are in the cache. `ignore-error`, because a
 * fault of a cache never fails a build.
 */
export function completeExport(entry: string, app: string): string {
  const fields = fieldsOf(entry);
  if (fields.type === "inline") return entry;
  const common = {
    ...fields,
    mode: fields.mode ?? "max",
    "ignore-error": fields["ignore-error"] ?? "true",
  };
  if (fields.type !== "gha") return attributes(common);
  return attributes({ scope: app, timeout: "60s", ...common });
}

function fieldsOf(entry: string): Record<string, string> {
  const fields = parseFields(entry) ?? [entry];
  // A bare reference is short for a registry cache.
  if (fields.length === 1 && !entry.includes("=")) return { type: "registry", ref: entry };
  return Object.fromEntries(
    fields.map((field) => {
      const at = field.indexOf("=");
      return at < 0
        ? [field.trim(), ""]
        : [field.slice(0, at).trim().toLowerCase(), field.slice(at + 1).trim()];
    }),
  );
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
