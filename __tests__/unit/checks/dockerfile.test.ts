import { describe, expect, it } from "@jest/globals";
import { secretKey } from "../../../src/checks/context.ts";
import {
  COPY_ROOM,
  exportReports,
  mounted,
  type OwnDockerfile,
  planOwn,
  requireNetwork,
  secretOf,
} from "../../../src/checks/dockerfile.ts";
import type { Builder } from "../../../src/docker/builder.ts";
import { aRequest, CLASSIC, CONTAINERD, OWN } from "../samples.ts";

/** The solve of a Dockerfile of ours. */
function plan(more: Partial<OwnDockerfile> = {}) {
  return planOwn("own", {
    text: "FROM scratch\n",
    context: "/tmp/step/context",
    images: {},
    network: "none",
    uncached: [],
    report: "/tmp/step/report",
    limit: { step: () => true, seconds: 60 },
    ...more,
  });
}

it("a Dockerfile of ours is solved as one target, which hands out its report alone", () =>
  expect(plan()).toEqual({
    file: {
      target: {
        own: {
          context: "/tmp/step/context",
          "dockerfile-inline": "FROM scratch\n",
          attest: ["type=provenance,disabled=true"],
          output: ["type=local,dest=/tmp/step/report"],
        },
      },
    },
    targets: ["own"],
    allow: [],
    secrets: new Map(),
    limit: { step: expect.any(Function), seconds: 60 },
  }));

describe("the id of a secret", () => {
  const idOf = async (values: [string, string][], what = "probe") =>
    secretOf(what, await secretKey(new Map(values), aRequest()), JSON.stringify(values)).id;

  it("is the same for the same values, so that the answer is cached", async () =>
    expect(await idOf([["A", "1"]])).toBe(await idOf([["A", "1"]])));

  it("is another one for other values, because values are in no cache key", async () =>
    expect(await idOf([["A", "1"]])).not.toBe(await idOf([["A", "2"]])));

  it("is another one for another check", async () =>
    expect(await idOf([["A", "1"]])).not.toBe(await idOf([["A", "1"]], "commands")));

  it("cannot be guessed, and has no value in it", async () => {
    const id = await idOf([["TOKEN", "s3cret"]]);
    expect(id).toMatch(/^shipshape-probe-[0-9a-f]{32}$/);
    expect(id).not.toContain("s3cret");
  });

  it("may be guessed where there is nothing to hide", async () =>
    expect(await idOf([])).toBe("shipshape-probe"));
});

describe("a secret", () => {
  const secret = secretOf("caddy", "0123456789abcdef0123456789abcdef0123", "TOKEN='hush'\n");

  it("reaches the step by environment: its value is in no file and in no argument", () => {
    expect(secret.variable).toBe("SHIPSHAPE_CADDY_ENV");
    const { file, targets, allow, secrets } = plan({ secret });
    expect(file.target.own?.secret).toEqual([
      "id=shipshape-caddy-0123456789abcdef0123456789abcdef,env=SHIPSHAPE_CADDY_ENV",
    ]);
    expect(secrets).toEqual(new Map([["SHIPSHAPE_CADDY_ENV", "TOKEN='hush'\n"]]));
    expect(JSON.stringify([file, targets, allow]) + mounted(secret, "/x")).not.toContain("hush");
  });

  it("is demanded by the step, and readable for any USER", () =>
    expect(mounted(secret, "/.shipshape-env")).toBe(
      " --mount=type=secret,id=shipshape-caddy-0123456789abcdef0123456789abcdef," +
        "target=/.shipshape-env,mode=0444,required",
    ));
});

it("a report is taken out of each stage by a plain path", () =>
  expect(exportReports({ "shipshape-command-1": "/1/", "shipshape-command-2": "/2/" })).toEqual([
    "FROM scratch AS shipshape-report",
    "COPY --from=shipshape-command-1 /.shipshape/report/ /1/",
    "COPY --from=shipshape-command-2 /.shipshape/report/ /2/",
    "",
  ]));

it("any USER can write a report", () => expect(COPY_ROOM).toBe("COPY --chmod=1777 room/ /"));

describe("checks-network: host", () => {
  const host = aRequest({ checksNetwork: "host" });

  it.each<Builder>([CONTAINERD, CLASSIC, { ...OWN, hostNetwork: true }])("fits the builder %j", (builder) =>
    expect(() => requireNetwork(host, builder)).not.toThrow(),
  );

  it("says what to add where the builder does not share the network", () => {
    expect(() => requireNetwork(host, OWN)).toThrow(
      /cont, a docker-container builder.*driver-opts: network=host/s,
    );
    expect(() => requireNetwork(aRequest(), OWN)).not.toThrow();
  });

  it("is asked for by the target, and allowed by the call", () => {
    const { file, allow } = plan({ network: host.checksNetwork });
    expect(file.target.own?.entitlements).toEqual(["network.host"]);
    expect(allow).toEqual(["network.host"]);
  });

  it("is neither asked for nor allowed without it", () => {
    const { file, allow } = plan({ network: aRequest().checksNetwork });
    expect(file.target.own).not.toHaveProperty("entitlements");
    expect(allow).toEqual([]);
  });
});
