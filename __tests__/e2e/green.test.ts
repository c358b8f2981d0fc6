/** What comes out when everything is right. What a workflow may ask for beyond that is in wishes.test.ts. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it, jest } from "@jest/globals";
import { docker, inImage, KEPT, stagingNames } from "./harness/docker.ts";
import {
  expectFailure,
  expectShipped,
  failing,
  report,
  result,
  summaryText,
} from "./harness/expectations.ts";
import { endOfSettings } from "./harness/faults.ts";
import { project, unique } from "./harness/project.ts";
import { registry } from "./harness/registry.ts";
import { type Step, step } from "./harness/step.ts";
import { afterwards } from "./harness/temporary.ts";

jest.setTimeout(300_000);

describe("a project without a fault", () => {
  const image = registry.repoName("green");
  const app = image.split("/").at(-1);
  const plain = project("plain");
  let shipped: Step;
  beforeAll(async () => {
    shipped = await step({ image }, { project: plain });
  });

  it("is shipped as build-N, and the registry's bytes are the outputs' digest", async () => {
    await expectShipped(shipped, image);
    expect(await registry.tags(image)).toEqual(["build-7"]);

    expect(shipped.outputs.app).toBe(app);
    expect(result(shipped)).toMatchObject({
      schema: 1,
      app,
      status: "passed",
      stage: "publish",
      image,
      tag: "build-7",
      digest: shipped.outputs.digest,
      pushed: true,
      run: {
        number: 7,
        attempt: 1,
        sha: plain.sha,
        url: expect.stringContaining(`https://github.com/acme/shop/actions/runs/${shipped.runId}`),
      },
      django: {
        version: expect.stringMatching(/^5\.2\./),
        python: expect.stringMatching(/^3\.13\./),
        settings: "mysite.settings",
        manage: "/app/manage.py",
      },
      checks: {
        system: { status: "passed" },
        migrations: { status: "passed" },
        static: { status: "passed" },
      },
    });
    expect(shipped.outputs[`result_${app?.replaceAll(/[^A-Za-z0-9_]/g, "_")}`]).toBe(shipped.outputs.result);
    expect(JSON.parse(shipped.outputs.checks ?? "")).toEqual(result(shipped).checks);
    expect(JSON.parse(shipped.outputs.metadata ?? "")).toHaveProperty(["containerimage.digest"]);
    expect(report(shipped)).toMatchObject(result(shipped));
    expect(failing(shipped)).toEqual([]);
    expect(summaryText(shipped)).toContain("build-7");
    expect(summaryText(shipped)).toContain(shipped.outputs.digest);
    // A fresh repository: each layer is uploaded, or taken over from another one.
    expect(shipped.log).toMatch(/^[0-9a-f]{12}: (Pushed|Mounted from e2e\/)/m);
    expect(summaryText(shipped)).toMatch(/### Image: [\d.]+ MB in \d+ layers\n/);
  });

  it("has no Caddyfile: one line says so, and nothing is solved for it", () => {
    const { checks } = result(shipped);
    for (const name of ["caddy", "caddy-format", "hosts"]) expect(checks[name]?.status).toBe("skipped");
    expect(summaryText(shipped).match(/^.*(Caddyfile|caddy-format).*$/gm)).toHaveLength(1);
    expect(summaryText(shipped)).toContain("Skipped caddy, caddy-format and hosts: there is no Caddyfile");
    expect(shipped.log).not.toMatch(/shipshape-caddy|library\/caddy/);
    // The build, and the checks in the image.
    const solves = shipped.commands.filter(({ message }) => message.startsWith("buildx bake"));
    expect(solves).toHaveLength(2);
  });

  it("leaves nothing else behind: no name in the engine, no temporary file but the reports, no change of the checkout", async () => {
    expect(await stagingNames(shipped.runId)).toEqual([]);
    expect(await stagingNames(app)).toEqual([]);
    expect(await docker("image", "ls", "--quiet", image)).toBe("");
    const reports = [shipped.outputs.report, shipped.outputs.sarif];
    for (const path of shipped.tempLeft.map((left) => join(shipped.temp, left))) {
      expect(reports.some((file) => file === path || file?.startsWith(`${path}/`))).toBe(true);
    }
    expect(existsSync(join(plain.dir, ".shipshape"))).toBe(false);
  });

  it("has nothing of the checks in it", async () => {
    const { config, history } = await registry.config(image, "build-7");
    expect(JSON.stringify({ config: config.Env, history })).not.toMatch(/shipshape|probe/i);
    const pinned = shipped.outputs.pinned ?? "";
    afterwards(async () => void (await docker("image", "rm", "--force", pinned)));
    await docker("pull", "--quiet", pinned);
    const look = "ls -a / /app; python -c 'import django; print(django.VERSION)'";
    const files = await inImage(pinned, "sh", "-c", look);
    expect(files).not.toMatch(/shipshape|staticfiles|db\.sqlite3/);
    expect(files).toContain("(5, 2,");
  });
});

describe("run after run", () => {
  const names = { first: registry.repoName("kept"), second: registry.repoName("kept") };
  const app = names.first.split("/").at(-1) ?? "";
  const plain = project("plain", unique());

  /** The engine's images of the app. */
  async function kept(): Promise<string[]> {
    const list = ["image", "ls", "--all", "--no-trunc", "--format", "{{.ID}} {{.Repository}}:{{.Tag}}"];
    return (await docker(...list, "--filter", `label=org.opencontainers.image.title=${app}`)).split("\n");
  }

  it("the same commit is the same image, and the engine keeps the app's latest one alone, also of a run that fails", async () => {
    const digests: string[] = [];
    for (const [number, image] of [
      [7, names.first],
      [8, names.second],
    ] as const) {
      const shipped = await step({ image, app, checks: "system" }, { project: plain, number });
      await expectShipped(shipped, image, `build-${number}`);
      expect(await kept()).toEqual([`${shipped.outputs.digest} ${KEPT}acme-shop-${app}`]);
      digests.push((await registry.image(image, `build-${number}`)).digest);
    }
    expect(digests[0]).toBe(digests[1]);

    const broken = plain.change(endOfSettings("DEBUG = True"));
    const failed = await step({ image: names.first, app, checks: "system" }, { project: broken, number: 9 });
    expectFailure(failed, "Checks failed");
    expect(await kept()).toEqual([`${failed.outputs.digest} ${KEPT}acme-shop-${app}`]);
    expect(summaryText(failed)).toMatch(/### Image: [\d.]+ MB in \d+ layers\n/);
  });

  it("several runs at once are shipped, of which none is first to name what the engine keeps", async () => {
    const image = registry.repoName("at-once");
    const same = project("plain", unique());
    const runs = [1, 2, 3].map((number) => step({ image, checks: "system" }, { project: same, number }));
    for (const [index, shipped] of (await Promise.all(runs)).entries())
      await expectShipped(shipped, image, `build-${index + 1}`);
  });
});
