import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { type CaddyRun, runCaddy } from "../../../../src/checks/caddy/run.ts";
import { Checkout } from "../../../../src/checks/project/checkout.ts";
import type { Solved } from "../../../../src/docker/docker.ts";
import { Failure } from "../../../../src/failure.ts";
import type { BaseImage } from "../../../../src/image/base-image.ts";
import type { Stage } from "../../../../src/image/target.ts";
import type { CaddyWish, Request } from "../../../../src/request/request.ts";
import type { Step } from "../../docker/solves.ts";
import { ended, FakeBuilder, failed, solved } from "../../image/fake-builder.ts";
import { aBaseImage, aBuild, aCaddyWish, aRequest, STAGING } from "../../samples.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "caddy-"));
  put("probe/caddy.sh", "#!/bin/sh\n");
});
afterEach(() => rmSync(folder, { recursive: true }));

function put(name: string, text: string): void {
  const path = join(folder, name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, text);
}

const CADDYFILE = "example.com {\n\trespond ok\n}\n";
const STEP = '[shipshape-caddy 4/4] RUN --network=none x ["/bin/sh"]';
const RAN: readonly Step[] = [{ name: STEP }];

function asks(caddy: Partial<CaddyWish> = {}, more: Partial<Omit<Request, "run">> = {}): Request {
  const workspace = join(folder, "ws");
  return aRequest({
    checks: ["system", "caddy", "caddy-format"],
    caddy: aCaddyWish(caddy),
    workspace,
    build: aBuild({ context: workspace, file: join(workspace, "Dockerfile") }),
    ...more,
  });
}

/** Caddy leaves what it printed: nothing to complain about, unless `validate` is another. */
const answers =
  ({ validate = "", code = "0", version = "0" } = {}, cached = false) =>
  () => {
    const files = {
      "version.code": version,
      "version.out": "v2.11.4 h1:x\n",
      "validate.code": code,
      "validate.err": validate,
      "adapt.code": code,
      "adapt.out": '{"apps":{"http":{"servers":{}}}}',
      "fmt-1.code": "0",
      "fmt-1.out": CADDYFILE,
    };
    for (const [name, text] of Object.entries(files)) put(join("work", "caddy", name), text);
    return solved([{ name: STEP, cached }]);
  };
const BAD = {
  code: "1",
  validate: "Error: adapting config: /etc/caddy/Caddyfile:2: unrecognized directive: respnd\n",
};

async function run(
  fakes: readonly (Solved | (() => Solved))[],
  request = asks(),
  build: (stage: Stage) => Promise<BaseImage> = () => Promise.reject(new Error("not expected")),
) {
  const fake = new FakeBuilder(fakes);
  const checkout = new Checkout(request);
  const how: CaddyRun = { probe: join(folder, "probe"), checkout, staging: STAGING, build };
  const { answers: all, agree } = await runCaddy(fake.solver({ folder: join(folder, "work") }), request, how);
  return { all, agree, fake };
}

describe("without a Caddyfile", () => {
  it.each<[string, () => Request, string[], string | undefined]>([
    ["no check is asked for", () => asks({}, { checks: ["system"] }), [], undefined],
    ["the workflow says so", () => asks({ file: "none" }), ["caddy", "caddy-format"], "`caddyfile: none`"],
    ["there is none", () => asks(), ["caddy", "caddy-format"], "there is no Caddyfile"],
  ])("nothing is solved, and nothing fails: %s", async (_, request, names, why) => {
    const { all, fake } = await run([], request());
    expect(fake.asked).toEqual([]);
    expect(all.map(({ name }) => name)).toEqual(names);
    for (const { skipped, reason } of all) {
      expect(skipped).toContain(why);
      expect(reason).toBe("");
    }
  });

  it("that the workflow names, the check could not run", async () => {
    const { all } = await run([], asks({ file: "Caddyfile" }));
    expect(all[0]?.reason).toContain("Caddyfile does not exist, or is a link that leads nowhere");
  });
});

describe("with a Caddyfile", () => {
  beforeEach(() => put("ws/Caddyfile", CADDYFILE));
  /** The workflow names it, so that what stops its checks is a reason and not only a word. */
  const named = (caddy: Partial<CaddyWish> = {}) => asks({ file: "Caddyfile", ...caddy });

  it("the stock image is asked about it", async () => {
    const { all, fake } = await run([answers()]);
    expect(all).toMatchObject([
      { name: "caddy", findings: [], reason: "", cached: false },
      { name: "caddy-format", findings: [], reason: "" },
    ]);
    expect(fake.asked).toHaveLength(1);
    expect(fake.asked[0]?.file.target.caddy?.["dockerfile-inline"]).toMatch(/^FROM caddy:2 AS /);
  });

  it("a pass is believed from the cache, and a failure is asked for again", async () => {
    const cached = await run([answers({}, true)], asks({}, { checks: ["caddy", "hosts"] }));
    expect(cached.all[0]?.cached).toBe(true);
    // The comparison with Django's settings is made each time.
    expect(cached.agree({ settings: {}, collected: [] })).toMatchObject([{ name: "hosts", cached: false }]);
    const { all, fake } = await run([answers(BAD, true), answers()], named());
    expect(fake.asked.map(({ file }) => file.target.caddy?.["no-cache-filter"])).toEqual([
      undefined,
      ["shipshape-caddy"],
    ]);
    expect(all[0]?.findings).toEqual([]);
  });

  it("values of `caddy-env` reach Caddy as a secret whose id is not to be guessed", async () => {
    const { fake } = await run([answers()], named({ env: new Map([["TOKEN", "hush"]]) }));
    expect(fake.asked[0]?.file.target.caddy?.secret).toEqual([
      expect.stringMatching(/^id=shipshape-caddy-[0-9a-f]{32},env=SHIPSHAPE_CADDY_ENV$/),
    ]);
    expect(JSON.stringify(fake.asked[0]?.file)).not.toContain("hush");
  });

  it.each<[string, Solved | (() => Solved), RegExp]>([
    ["has no Caddy", solved(RAN), /^caddy:2 has no `caddy` program$/],
    ["is late", ended("step", RAN), /^Caddy was not done after 300 seconds$/],
    [
      "cannot be pulled",
      failed("ERROR: failed to solve: caddy:2: not found"),
      /^could not pull the image caddy:2: .*\. `caddy-image` names another one$/,
    ],
    [
      "cannot be pulled without a login",
      failed("ERROR: failed to solve: toomanyrequests: You have reached your limit"),
      /docker\/login-action/,
    ],
    [
      "has no shell",
      failed("ERROR: x", [
        { name: STEP, error: "exit code: 1", log: 'exec: "/bin/sh": stat /bin/sh: no such file' },
      ]),
      /^caddy:2 has no shell/,
    ],
    [
      "cannot run Caddy",
      failed("ERROR: x", [{ name: STEP, error: "exit code: 1", log: "exec format error\n" }]),
      /^Caddy could not be run in caddy:2: exec format error$/,
    ],
  ])("an image that %s is a reason", async (_, answer, reason) => {
    const { all } = await run([answer], named());
    expect(all[0]).toMatchObject({ name: "caddy", reason: expect.stringMatching(reason) });
  });

  it("that shipshape has found by itself, an image that cannot be pulled stops nothing", async () => {
    const { all } = await run([failed("ERROR: failed to solve: caddy:2: not found")]);
    expect(all.map(({ reason }) => reason)).toEqual(["", ""]);
    expect(all[0]?.skipped).toContain("could not pull the image");
  });

  it("a builder that hangs stops nothing here: the build reports it", async () => {
    const { all } = await run([ended("idle"), ended("idle")], named());
    expect(all[0]?.reason).toMatch(/took the build twice/);
  });

  it("a cancelled job ends the question", async () => {
    await expect(run([ended("cancelled")])).rejects.toMatchObject({ kind: "Cancelled" });
  });

  describe("and the project's own Caddy image", () => {
    beforeEach(() => put("ws/caddy/Dockerfile", "FROM caddy:2\n"));
    const own = () => named({ dockerfile: join(folder, "ws", "caddy", "Dockerfile") });

    it("that image is built first, and then used by its bytes", async () => {
      const stages: Stage[] = [];
      const base = aBaseImage({ context: "oci-layout:///l@sha256:0" });
      const { all, fake } = await run([answers()], own(), async (stage) => {
        stages.push(stage);
        return base;
      });
      expect(stages).toMatchObject([{ name: "caddy-image", staging: `${STAGING}-caddy` }]);
      expect(fake.asked[0]?.file.target.caddy?.contexts).toEqual({ "caddy-image": base.context });
      expect(all[0]?.reason).toBe("");
    });

    it("its layers are brought when the builder does not have them", async () => {
      const layers = { file: { target: {} }, targets: ["layers"], allow: [], secrets: new Map() };
      const lost = `content digest sha256:${"a".repeat(64)}: not found`;
      const { fake } = await run(
        [failed(`ERROR: ${lost}`, [{ name: STEP, error: lost }]), solved(), answers()],
        own(),
        async () => aBaseImage({ layers }),
      );
      expect(fake.asked.flatMap(({ targets }) => targets)).toEqual(["caddy", "layers", "caddy"]);
    });

    it("a build of it that fails is a reason", async () => {
      const { all, fake } = await run([], own(), () =>
        Promise.reject(new Failure("Build failed", "the project's own Caddy image could not be built: x.")),
      );
      expect(all[0]?.reason).toBe("the project's own Caddy image could not be built: x");
      expect(fake.asked).toEqual([]);
    });
  });

  describe("and a variable of a shell in it", () => {
    const level = async (texts: Readonly<Record<string, string>>) => {
      put("ws/Caddyfile", "example.com {\n\troot * ${FOLDER}\n}\n");
      for (const [name, text] of Object.entries(texts)) put(`ws/${name}`, text);
      const { all } = await run([answers()], asks({ file: "Caddyfile" }));
      return all[0]?.findings.find(({ id }) => id === "caddy.shell-variable")?.level;
    };
    const Dockerfile = "FROM python:3.13\n";

    it("it counts where nothing replaces it", async () =>
      expect(await level({ Dockerfile })).toBe("WARNING"));

    it("it informs where a script may replace it", async () =>
      expect(await level({ Dockerfile, "deploy/up.sh": "envsubst < Caddyfile" })).toBe("INFO"));

    it("it informs where the checkout was not read", async () =>
      expect(await level({ Dockerfile, "a/b/c/d/e/f/g/h/x.sh": "" })).toBe("INFO"));
  });

  describe("and the question whether Caddy and Django agree", () => {
    const request = () => asks({ file: "Caddyfile" }, { checks: ["caddy", "hosts"] });

    it("the answer waits for Django's settings", async () => {
      const { all, agree } = await run([answers()], request());
      expect(all.map(({ name }) => name)).toEqual(["caddy"]);
      expect(agree({ settings: {}, collected: [] }).map(({ name }) => name)).toEqual(["hosts"]);
    });

    it.each(["hosts", "caddy and hosts"])(
      "settings that could not be loaded are a reason (checks: %s)",
      async (names) => {
        const checks = names.split(" and ");
        const { agree } = await run([answers()], asks({ file: "Caddyfile" }, { checks }));
        expect(agree({ settings: {}, collected: [] })).toMatchObject([
          {
            name: "hosts",
            findings: [],
            reason: "the settings could not be loaded, so there is nothing to compare",
          },
        ]);
        expect(agree({ settings: {}, collected: [] })[0]?.skipped ?? "").toBe("");
      },
    );

    it("the answer is skipped when Caddy could not be asked", async () => {
      const { all, agree } = await run([ended("step")], request());
      expect([...all, ...agree({ settings: {}, collected: [] })]).toMatchObject([
        { name: "caddy", reason: "Caddy was not done after 300 seconds" },
        { name: "hosts", skipped: "caddy could not run" },
      ]);
    });

    it("there is no answer when it is not asked", async () => {
      expect((await run([answers()])).agree({ settings: {}, collected: [] })).toEqual([]);
    });
  });
});
