import { describe, expect, it } from "@jest/globals";
import { completeExport, completeImport, usableCaches } from "../../../src/image/caches.ts";
import { aBuild, aRequest } from "../samples.ts";

describe("an import", () => {
  it.each([
    ["type=gha", "scope=shop,timeout=60s,type=gha"],
    ["type=gha,scope=all", "scope=all,timeout=60s,type=gha"],
    ["type=gha,timeout=5s", "scope=shop,timeout=5s,type=gha"],
    ["TYPE=gha", "scope=shop,timeout=60s,type=gha"],
    ["type=registry,ref=ghcr.io/acme/shop:cache", "type=registry,ref=ghcr.io/acme/shop:cache"],
    ["ghcr.io/acme/shop:cache", "ghcr.io/acme/shop:cache"],
    ["type=local,src=/c", "type=local,src=/c"],
    ['type=local,"src=/a,b"', 'type=local,"src=/a,b"'],
    ["type=s3,bucket=x", "type=s3,bucket=x"],
  ])("%j is %j", (entry, complete) => expect(completeImport(entry, "shop")).toBe(complete));
});

describe("an export", () => {
  it.each([
    ["type=gha", "scope=shop,timeout=60s,type=gha,mode=max,ignore-error=true"],
    ["type=gha,scope=all,mode=min", "scope=all,timeout=60s,type=gha,mode=min,ignore-error=true"],
    ["type=registry,ref=a/b:c", "type=registry,ref=a/b:c,mode=max,ignore-error=true"],
    ["a/b:c", "type=registry,ref=a/b:c,mode=max,ignore-error=true"],
    ["type=local,dest=/c,ignore-error=false", "type=local,dest=/c,ignore-error=false,mode=max"],
    ["type=inline", "type=inline"],
    ['type=local,"dest=/a,b"', 'type=local,"dest=/a,b",mode=max,ignore-error=true'],
    ["type=s3,token=a=b==", "type=s3,token=a=b==,mode=max,ignore-error=true"],
    ["type=local, dest=/c", "type=local,dest=/c,mode=max,ignore-error=true"],
  ])("%j is %j", (entry, complete) => expect(completeExport(entry, "shop")).toBe(complete));

  it("of two apps of a matrix does not overwrite the other's", () => {
    expect(completeExport("type=gha", "shop")).not.toBe(completeExport("type=gha", "admin"));
  });
});

type Answer = "200" | "401" | "refused" | "silent";

/** Asks for the caches in a world in which every server answers like this. */
async function ask(
  cacheFrom: readonly string[],
  {
    cacheTo = [],
    answers = {},
    env = {},
  }: { cacheTo?: readonly string[]; answers?: Record<string, Answer>; env?: NodeJS.ProcessEnv } = {},
) {
  const asked: string[] = [];
  const said: string[] = [];
  const caches = await usableCaches(aRequest({ build: aBuild({ cacheFrom, cacheTo }) }), {
    env,
    say: (line) => said.push(line),
    fetch: (async (url: string) => {
      asked.push(url);
      const answer = answers[url] ?? "200";
      if (answer === "refused") throw new TypeError("fetch failed");
      if (answer === "silent") throw Object.assign(new Error("too late"), { name: "TimeoutError" });
      return { status: Number(answer), body: null };
    }) as unknown as typeof fetch,
  });
  return { ...caches, asked, said };
}

const GHA = { ACTIONS_RESULTS_URL: "https://results.example/" };

describe("a cache's server", () => {
  it.each<[string, NodeJS.ProcessEnv, string[]]>([
    ["type=registry,ref=ghcr.io/acme/shop:cache", {}, ["https://ghcr.io/v2/"]],
    ["ghcr.io/acme/shop:cache", {}, ["https://ghcr.io/v2/"]],
    ["type=registry,ref=localhost:5000/shop:cache", {}, ["http://localhost:5000/v2/"]],
    ["type=registry,ref=127.0.0.1:5000/shop", {}, ["http://127.0.0.1:5000/v2/"]],
    ["type=registry,ref=[::1]:5000/shop", {}, ["http://[::1]:5000/v2/"]],
    ["type=registry,ref=acme/shop:cache", {}, ["https://docker.io/v2/"]],
    ["type=registry,ref=registry.example:5000/a/b", {}, ["https://registry.example:5000/v2/"]],
    ["type=gha", GHA, ["https://results.example/"]],
    ["type=gha", { ACTIONS_CACHE_URL: "https://old.example/" }, ["https://old.example/"]],
    ["type=gha", {}, []],
    ["type=local,src=/c", {}, []],
    ["type=s3,bucket=x", {}, []],
    ["type=registry", {}, []],
  ])("of %s is asked at %j %j", async (entry, env, urls) => {
    expect((await ask([entry], { env })).asked).toEqual(urls);
  });

  it("is asked once, however many entries name it", async () => {
    const { asked } = await ask(["ghcr.io/a/b:c", "ghcr.io/a/b:d"], {
      cacheTo: ["type=registry,ref=ghcr.io/a/b:d"],
    });
    expect(asked).toEqual(["https://ghcr.io/v2/"]);
  });

  it.each<[Answer, boolean]>([
    ["200", true],
    ["401", true],
    ["refused", true],
    ["silent", false],
  ])("that answers %s is used: %s", async (answer, used) => {
    const { cacheFrom, said } = await ask(["ghcr.io/a/b:c"], { answers: { "https://ghcr.io/v2/": answer } });
    expect(cacheFrom).toEqual(used ? ["ghcr.io/a/b:c"] : []);
    expect(said).toHaveLength(used ? 0 : 1);
  });

  it("that keeps silent takes only its own entries with it, and says so once", async () => {
    const { cacheFrom, cacheTo, said } = await ask(["type=gha", "ghcr.io/a/b:c", "type=local,src=/c"], {
      cacheTo: ["type=gha", "type=local,dest=/c"],
      env: GHA,
      answers: { "https://results.example/": "silent" },
    });
    expect(cacheFrom).toEqual(["ghcr.io/a/b:c", "type=local,src=/c"]);
    expect(cacheTo).toEqual(["type=local,dest=/c,mode=max,ignore-error=true"]);
    expect(said).toEqual([expect.stringContaining("https://results.example/ does not answer")]);
  });

  it("behind a proxy is not asked, for only the builder speaks with it", async () => {
    const { cacheFrom, asked } = await ask(["ghcr.io/a/b:c"], { env: { HTTPS_PROXY: "http://proxy:3128" } });
    expect(cacheFrom).toEqual(["ghcr.io/a/b:c"]);
    expect(asked).toEqual([]);
  });

  it("is not asked when there is no cache", async () => {
    expect(await ask([])).toEqual({ cacheFrom: [], cacheTo: [], asked: [], said: [] });
  });
});
