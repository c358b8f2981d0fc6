import { describe, expect, it } from "@jest/globals";
import {
  type DjangoCheck,
  djangoDockerfile,
  type Launch,
  planDjango,
} from "../../../../src/checks/django/bake.ts";
import { secretOf } from "../../../../src/checks/dockerfile.ts";
import type { Request } from "../../../../src/request/request.ts";
import { PROBE_STEP } from "../../docker/solves.ts";
import { aBaseImage, aRequest, STAGING } from "../../samples.ts";

const SHELL: Launch = { by: "shell", python: "" };
const KEY = "0123456789abcdef0123456789abcdef0123456789abcdef";
const CHECK: DjangoCheck = {
  base: aBaseImage(),
  context: "/tmp/step/context",
  report: "/tmp/step/report",
  secretKey: "",
};

function plan(more: Partial<Omit<Request, "run">> = {}, check: Partial<DjangoCheck> = {}, again = false) {
  return planDjango(aRequest(more), { ...CHECK, ...check }, { launch: SHELL, again });
}

describe("the solve of the probe", () => {
  it("is of one target, which names the image by its bytes and hands out the report alone", () => {
    const { file, targets, allow } = plan();
    expect(targets).toEqual(["checks"]);
    expect(allow).toEqual([]);
    expect(file.target).toEqual({
      checks: {
        context: "/tmp/step/context",
        "dockerfile-inline": expect.stringContaining("FROM image AS shipshape-probe"),
        contexts: { image: CHECK.base.context },
        secret: ["id=shipshape-probe,env=SHIPSHAPE_PROBE_ENV"],
        attest: ["type=provenance,disabled=true"],
        output: ["type=local,dest=/tmp/step/report"],
      },
    });
  });

  it("names the image of the classic store by its staging name", () => {
    const base = aBaseImage({ context: `docker-image://${STAGING}` });
    expect(plan({}, { base }).file.target.checks?.contexts).toEqual({ image: `docker-image://${STAGING}` });
  });

  it.each([
    ["", undefined],
    ["linux/arm64", ["linux/arm64"]],
  ])("runs on the image's platform %j", (platform, platforms) =>
    expect(plan({}, { base: aBaseImage({ platform }) }).file.target.checks?.platforms).toEqual(platforms),
  );

  it("uses no cache of another place: whoever can write it could forge a pass", () => {
    const { checks } = plan().file.target;
    expect(checks).not.toHaveProperty("cache-from");
    expect(checks).not.toHaveProperty("cache-to");
  });

  it("gives `env` as a secret: in no file, in no argument, whatever the names", () => {
    const env = new Map([
      ["A", "hush"],
      ["__proto__", "2"],
    ]);
    const { file, secrets } = plan({ env }, { secretKey: KEY });
    expect(file.target.checks?.secret).toEqual([
      `id=shipshape-probe-${KEY.slice(0, 32)},env=SHIPSHAPE_PROBE_ENV`,
    ]);
    expect(secrets.get("SHIPSHAPE_PROBE_ENV")).toBe('{"A":"hush","__proto__":"2"}');
    expect(JSON.stringify(file)).not.toContain("hush");
  });

  it("runs the probe without cache when it is asked again", () => {
    expect(plan().file.target.checks).not.toHaveProperty("no-cache-filter");
    expect(plan({}, {}, true).file.target.checks?.["no-cache-filter"]).toEqual(["shipshape-probe"]);
  });

  it("gives the probe three times its time and a minute", () => {
    const { limit } = plan({ timeout: 100 });
    expect(limit?.seconds).toBe(360);
    expect(limit?.step(PROBE_STEP)).toBe(true);
    expect(limit?.step("[shipshape-probe 1/3] FROM image")).toBe(false);
  });

  describe("with checks-network: host", () => {
    const host = plan({ checksNetwork: "host" });

    it("gives the probe the machine's network, asked for by the target and allowed by the call", () => {
      expect(host.file.target.checks?.["dockerfile-inline"]).toContain("RUN --network=host ");
      expect(host.file.target.checks?.entitlements).toEqual(["network.host"]);
      expect(host.allow).toEqual(["network.host"]);
    });

    it("is never answered from the cache: what the services say is in no key", () =>
      expect(host.file.target.checks?.["no-cache-filter"]).toEqual(["shipshape-probe"]));
  });
});

describe("our Dockerfile", () => {
  const secret = secretOf("probe", KEY, "{}");

  it.each<[Launch, string]>([
    [SHELL, '["/bin/sh","/.shipshape-probe/launch.sh"]'],
    [
      { by: "shell", python: "/venv/bin/python" },
      '["/bin/sh","/.shipshape-probe/launch.sh","/venv/bin/python"]',
    ],
    [
      { by: "python", python: "/usr/bin/python3", guess: false },
      '["/usr/bin/python3","/.shipshape-probe/probe.py"]',
    ],
    [
      { by: "python", python: "python3", guess: true },
      '["python3","/.shipshape-probe/probe.py","--launched"]',
    ],
  ])("starts the probe for %j with %s", (launch, command) => {
    const run = djangoDockerfile(launch, "none", secret)
      .split("\n")
      .find((line) => line.startsWith("RUN "));
    expect(run?.endsWith(` ${command}`)).toBe(true);
  });

  const text = djangoDockerfile(SHELL, "none", secret);

  it("gives the checks no network, written out", () => expect(text).toContain("RUN --network=none "));
  it("carries no syntax line, so that every builder's own frontend takes it", () =>
    expect(text).not.toContain("#"));
  it("is made FROM the image", () => expect(text.startsWith("FROM image AS shipshape-probe\n")).toBe(true));
  it("hands out the report alone", () => {
    expect(text.trimEnd().split("\n").slice(-2)).toEqual([
      "FROM scratch AS shipshape-report",
      "COPY --from=shipshape-probe /.shipshape/report/ /",
    ]);
  });
  it("demands the environment's secret, readable for any USER", () => {
    expect(text).toContain(
      `--mount=type=secret,id=shipshape-probe-${KEY.slice(0, 32)},target=/.shipshape-env,mode=0444,required`,
    );
  });
});
