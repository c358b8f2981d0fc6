import { describe, expect, it } from "@jest/globals";
import { caddyDockerfile, planCaddy } from "../../../../src/checks/caddy/bake.ts";
import { isCaddyStep } from "../../../../src/image/steps.ts";

const SITE = {
  context: "/tmp/step/caddy-context",
  reportFolder: "/tmp/step/caddy",
  environment: "TOKEN='secret'\n",
};
const STOCK = { from: "stock", image: "caddy:2" } as const;
const OWN = {
  from: "own",
  context: "/ws/caddy",
  dockerfile: "/ws/caddy/Dockerfile",
  target: "last",
  args: new Map([["VERSION", "2.6"]]),
} as const;

describe("the solve that asks Caddy", () => {
  it("has one target with the stock image, and no cache of another place", () => {
    const { file, targets, allow, limit } = planCaddy(STOCK, SITE, { again: false, seconds: 300 });
    expect(Object.keys(file.target)).toEqual(["caddy"]);
    expect(targets).toEqual(["caddy"]);
    expect(allow).toEqual([]);
    expect(limit?.seconds).toBe(300);
    expect(file.target.caddy).toEqual({
      context: "/tmp/step/caddy-context",
      "dockerfile-inline": caddyDockerfile(STOCK),
      secret: ["id=shipshape-caddy-env,env=SHIPSHAPE_CADDY_ENV"],
      attest: ["type=provenance,disabled=true"],
      output: ["type=local,dest=/tmp/step/caddy"],
    });
  });

  it("builds the project's own Caddy as a target that is linked", () => {
    const { file, targets } = planCaddy(OWN, SITE, { again: false, seconds: 300 });
    expect(targets).toEqual(["caddy"]);
    expect(file.target.caddy?.contexts).toEqual({ "caddy-image": "target:caddy-image" });
    expect(file.target["caddy-image"]).toMatchObject({
      context: "/ws/caddy",
      dockerfile: "/ws/caddy/Dockerfile",
      target: "last",
      args: { VERSION: "2.6" },
      output: ["type=cacheonly"],
    });
  });

  it("leaves the cache of its own stage alone when it asks again", () => {
    const { file } = planCaddy(OWN, SITE, { again: true, seconds: 300 });
    expect(file.target.caddy?.["no-cache-filter"]).toEqual(["caddy-run"]);
    expect(file.target["caddy-image"]?.["no-cache-filter"]).toBeUndefined();
  });

  it("has values of `caddy-env` in no file", () => {
    const solve = planCaddy(STOCK, SITE, { again: false, seconds: 300 });
    expect(JSON.stringify(solve.file)).not.toContain("secret'");
    expect(solve.secrets).toEqual(new Map([["SHIPSHAPE_CADDY_ENV", "TOKEN='secret'\n"]]));
  });
});

it("Caddy runs without network, and our Dockerfile names no syntax", () => {
  const [from, ...rest] = caddyDockerfile(STOCK).split("\n");
  expect(from).toBe("FROM caddy:2 AS caddy-run");
  expect(rest.filter((line) => line.startsWith("RUN"))).toEqual([
    expect.stringMatching(/^RUN --network=none /),
  ]);
  expect(caddyDockerfile(OWN)).toMatch(/^FROM caddy-image AS caddy-run\n/);
});

it.each<[name: string, is: boolean]>([
  ["[caddy-run 4/4] RUN --network=none --mount=type=bind,source=caddy.sh,target=/x", true],
  ["[caddy caddy-run 4/4] RUN --network=none --mount=type=bind,source=caddy.sh,target=/x", true],
  ["[caddy-run 3/4] COPY caddyfiles/ /", false],
  ["[caddy-image build 2/2] RUN xcaddy build", false],
])("isCaddyStep(%j)", (name, is) => {
  expect(isCaddyStep(name)).toBe(is);
});
