import { describe, expect, it } from "@jest/globals";
import { secretKey } from "../../../src/checks/context.ts";
import {
  allowed,
  COPY_ROOM,
  entitled,
  exportReports,
  given,
  mounted,
  requireNetwork,
  secretOf,
} from "../../../src/checks/dockerfile.ts";
import type { Builder } from "../../../src/docker/builder.ts";
import { aRequest, CLASSIC, CONTAINERD, OWN } from "../samples.ts";

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
    expect(given(secret)).toEqual({
      secret: ["id=shipshape-caddy-0123456789abcdef0123456789abcdef,env=SHIPSHAPE_CADDY_ENV"],
    });
    expect(JSON.stringify(given(secret)) + mounted(secret, "/x")).not.toContain("hush");
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
    expect(entitled(host)).toEqual({ entitlements: ["network.host"] });
    expect(allowed(host)).toEqual(["network.host"]);
  });

  it("is neither asked for nor allowed without it", () => {
    expect(entitled(aRequest())).toEqual({});
    expect(allowed(aRequest())).toEqual([]);
  });
});
