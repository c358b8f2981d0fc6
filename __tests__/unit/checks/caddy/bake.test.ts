import { describe, expect, it } from "@jest/globals";
import {
  type CaddyCheck,
  caddyDockerfile,
  caddyStage,
  planCaddy,
} from "../../../../src/checks/caddy/bake.ts";
import { secretOf } from "../../../../src/checks/dockerfile.ts";
import { planStage } from "../../../../src/image/target.ts";
import { aBaseImage, CONTAINERD, OWN, STAGING } from "../../samples.ts";

const ENV = secretOf("caddy", "0123456789abcdef0123456789abcdef01234567", "TOKEN='secret'\n");
const CHECK: CaddyCheck = {
  context: "/tmp/step/caddy-context",
  report: "/tmp/step/caddy",
  file: "/etc/caddy/Caddyfile",
  env: ENV,
};
const PROJECTS = { context: "/ws/caddy", dockerfile: "/ws/caddy/Dockerfile" };
const WISH = { target: "last", args: new Map([["VERSION", "2.6"]]) };
const FIRST = { again: false, seconds: 300 };

describe("the solve that asks Caddy", () => {
  it("has one target with the stock image, and no cache of another place", () => {
    const { file, targets, allow, limit } = planCaddy("caddy:2", CHECK, FIRST);
    expect(Object.keys(file.target)).toEqual(["caddy"]);
    expect(targets).toEqual(["caddy"]);
    expect(allow).toEqual([]);
    expect(limit?.seconds).toBe(300);
    expect(limit?.step("[shipshape-caddy 4/4] RUN --network=none x")).toBe(true);
    expect(file.target.caddy).toEqual({
      context: "/tmp/step/caddy-context",
      "dockerfile-inline": caddyDockerfile("caddy:2", CHECK.file, ENV),
      secret: [`id=${ENV.id},env=SHIPSHAPE_CADDY_ENV`],
      attest: ["type=provenance,disabled=true"],
      output: ["type=local,dest=/tmp/step/caddy"],
    });
  });

  it("names the project's own Caddy image by its bytes", () => {
    const base = aBaseImage({ context: "oci-layout:///l@sha256:0" });
    const { file, targets } = planCaddy(base, CHECK, FIRST);
    expect(targets).toEqual(["caddy"]);
    expect(Object.keys(file.target)).toEqual(["caddy"]);
    expect(file.target.caddy?.contexts).toEqual({ "caddy-image": "oci-layout:///l@sha256:0" });
    expect(file.target.caddy?.["dockerfile-inline"]).toMatch(/^FROM caddy-image AS shipshape-caddy\n/);
  });

  it.each(["caddy:2", aBaseImage()])("runs Caddy without cache when it asks again: %#", (base) => {
    const { file } = planCaddy(base, CHECK, { again: true, seconds: 300 });
    expect(file.target.caddy?.["no-cache-filter"]).toEqual(["shipshape-caddy"]);
  });

  it("has values of `caddy-env` in no file", () => {
    const solve = planCaddy("caddy:2", CHECK, FIRST);
    expect(JSON.stringify(solve.file)).not.toContain("secret'");
    expect(solve.secrets).toEqual(new Map([["SHIPSHAPE_CADDY_ENV", "TOKEN='secret'\n"]]));
  });
});

describe("the project's own Caddy image", () => {
  const stage = caddyStage(PROJECTS, WISH, STAGING);

  it("is built first, in a solve without a secret of ours", () => {
    expect(stage).toEqual({
      name: "caddy-image",
      platform: "",
      target: {
        context: "/ws/caddy",
        dockerfile: "/ws/caddy/Dockerfile",
        target: "last",
        args: { VERSION: "2.6" },
      },
      staging: `${STAGING}-caddy`,
      allow: [],
      secrets: new Map(),
    });
    expect(planStage(stage, OWN).file.target["caddy-image"]?.output).toEqual([
      "type=image,push=false,oci-mediatypes=true",
    ]);
    expect(planStage(stage, CONTAINERD).file.target["caddy-image"]?.output).toEqual([
      `type=docker,name=${STAGING}-caddy`,
    ]);
  });

  it("is the Dockerfile's last stage when none is named", () =>
    expect(caddyStage(PROJECTS, { ...WISH, target: "" }, STAGING).target).not.toHaveProperty("target"));
});

it("Caddy runs without network, and our Dockerfile names no syntax", () => {
  const [from, ...rest] = caddyDockerfile("caddy:2", "/etc/caddy/caddy.json", ENV).split("\n");
  expect(from).toBe("FROM caddy:2 AS shipshape-caddy");
  expect(rest.filter((line) => line.startsWith("RUN"))).toEqual([
    expect.stringMatching(/^RUN --network=none .*"\/etc\/caddy\/caddy\.json"/),
  ]);
  expect(rest.join("\n")).toContain(`--mount=type=secret,id=${ENV.id},target=/.shipshape-caddy-env,`);
});
