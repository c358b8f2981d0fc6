/** What comes out when everything is right. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, jest } from "@jest/globals";
import { docker, hasImage, inImage, KEPT, stagingNames } from "./harness/docker.ts";
import {
  expectFailure,
  expectShipped,
  failing,
  report,
  result,
  summaryText,
} from "./harness/expectations.ts";
import { endOfSettings, inDockerfile, inSettings } from "./harness/faults.ts";
import { project, projectAt, unique } from "./harness/project.ts";
import { registry } from "./harness/registry.ts";
import { step } from "./harness/step.ts";
import { afterwards } from "./harness/temporary.ts";

jest.setTimeout(300_000);

const SAMPLE = join(import.meta.dirname, "..", "..", "sample");

describe("a project without a fault", () => {
  it("is shipped as build-N, and the registry's bytes are the outputs' digest", async () => {
    const image = registry.repoName("green");
    const app = image.split("/").at(-1);
    const plain = project("plain");
    const shipped = await step({ image }, { project: plain });
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

  it("keeps the app's latest image in the engine, and none before it", async () => {
    const image = registry.repoName("kept");
    const app = image.split("/").at(-1) ?? "";
    let changing = project("plain");
    const kept = async () => {
      const list = ["image", "ls", "--all", "--no-trunc", "--format", "{{.ID}} {{.Repository}}:{{.Tag}}"];
      return (await docker(...list, "--filter", `label=org.opencontainers.image.title=${app}`)).split("\n");
    };
    for (const number of [7, 8]) {
      const shipped = await step({ image }, { project: changing, number });
      await expectShipped(shipped, image, `build-${number}`);
      expect(await kept()).toEqual([`${shipped.outputs.digest} ${KEPT}acme-shop-${app}`]);
      changing = changing.change({ "changed.py": String(number) });
    }
    const broken = changing.change(endOfSettings("DEBUG = True"));
    const failed = await step({ image, checks: "system" }, { project: broken, number: 9 });
    expectFailure(failed, "Checks failed");
    expect(await kept()).toEqual([`${failed.outputs.digest} ${KEPT}acme-shop-${app}`]);
    expect(summaryText(failed)).toMatch(/### Image: [\d.]+ MB in \d+ layers\n/);
  });

  it("is shipped by several runs at once, of which none is first to name what the engine keeps", async () => {
    const image = registry.repoName("at-once");
    const same = project("plain", unique());
    const runs = [1, 2, 3, 4].map((number) => step({ image }, { project: same, number }));
    for (const [index, shipped] of (await Promise.all(runs)).entries())
      await expectShipped(shipped, image, `build-${index + 1}`);
  });

  it("leaves nothing else behind: no staging name, no temporary file but the reports, no change of the checkout", async () => {
    const image = registry.repoName("clean");
    const plain = project("plain");
    const shipped = await step({ image }, { project: plain });
    await expectShipped(shipped, image);
    expect(await stagingNames(shipped.runId)).toEqual([]);
    expect(await stagingNames(shipped.outputs.app)).toEqual([]);
    const reports = [shipped.outputs.report, shipped.outputs.sarif];
    for (const path of shipped.tempLeft.map((left) => join(shipped.temp, left))) {
      expect(reports.some((file) => file === path || file?.startsWith(`${path}/`))).toBe(true);
    }
    expect(existsSync(join(plain.dir, ".shipshape"))).toBe(false);
  });

  it("labels the image by OCI's names, from the commit and never from the clock", async () => {
    const image = registry.repoName("labels");
    const plain = project("plain");
    const inputs = { image, app: "shop", labels: "team=chandlery\norg.opencontainers.image.title=The shop" };
    await expectShipped(await step(inputs, { project: plain }), image);
    const { config } = await registry.config(image, "build-7");
    expect(config.Labels).toMatchObject({
      "org.opencontainers.image.revision": plain.sha,
      "org.opencontainers.image.source": "https://github.com/acme/shop",
      "org.opencontainers.image.created": expect.stringMatching(/^2026-01-02T03:04:05/),
      "org.opencontainers.image.title": "The shop",
      team: "chandlery",
    });
  });

  it("has nothing of the checks in it", async () => {
    const image = registry.repoName("pure");
    const shipped = await step({ image }, { project: project("plain") });
    await expectShipped(shipped, image);
    const { config, history } = await registry.config(image, "build-7");
    expect(JSON.stringify({ config: config.Env, history })).not.toMatch(/shipshape|probe/i);
    const pinned = shipped.outputs.pinned ?? "";
    afterwards(async () => void (await docker("image", "rm", "--force", pinned)));
    await docker("pull", "--quiet", pinned);
    const files = await inImage(
      pinned,
      "sh",
      "-c",
      "ls -a / /app; python -c 'import django; print(django.VERSION)'",
    );
    expect(files).not.toMatch(/shipshape|staticfiles|db\.sqlite3/);
    expect(files).toContain("(5, 2,");
  });

  it("gets the same digest from the same commit, whatever the run", async () => {
    const plain = project("plain", unique());
    const digests: (string | undefined)[] = [];
    for (const number of [8, 9]) {
      const image = registry.repoName("same");
      const shipped = await step({ image, app: "same", provenance: "false" }, { project: plain, number });
      await expectShipped(shipped, image, `build-${number}`);
      digests.push(shipped.outputs.digest);
    }
    expect(digests[0]).toBe(digests[1]);
  });
});

describe("the sample app", () => {
  it("is shipped", async () => {
    const image = registry.repoName("sample");
    const shipped = await step({ image }, { project: projectAt(SAMPLE) });
    await expectShipped(shipped, image);
    expect(result(shipped).django).toMatchObject({
      settings: "shop.settings.production",
      manage: "/app/manage.py",
    });
  });
});

describe("what the workflow asks for", () => {
  it("push: false builds and checks, and pushes nothing", async () => {
    const image = registry.repoName("unpushed");
    const checked = await step({ image, push: "false" }, { project: project("plain") });
    expect(checked.code).toBe(0);
    expect(await registry.tags(image)).toEqual([]);
    expect(checked.outputs).toMatchObject({ pushed: "false", tag: "", ref: "", pinned: "" });
    expect(checked.outputs.digest).toMatch(/^sha256:/);
    expect(await registry.manifest(image, checked.outputs.digest ?? "")).toBeUndefined();
    expect(result(checked)).toMatchObject({ status: "passed", pushed: false });
    expect(await stagingNames(checked.outputs.app)).toEqual([]);
  });

  it("load: true also puts the image into the engine", async () => {
    const image = registry.repoName("loaded");
    afterwards(async () => void (await docker("image", "rm", "--force", `${image}:build-7`)));
    await expectShipped(await step({ image, load: "true" }, { project: project("plain") }), image);
    expect(await hasImage(`${image}:build-7`)).toBe(true);
  });

  it("without load the engine is left without the image", async () => {
    const image = registry.repoName("unloaded");
    await expectShipped(await step({ image }, { project: project("plain") }), image);
    expect(await docker("image", "ls", "--quiet", image)).toBe("");
  });

  it("tags moves further tags to the same digest, bare or as full refs", async () => {
    const image = registry.repoName("tags");
    const shipped = await step(
      { image, tags: `latest\n${image}:main,${image}:v1` },
      { project: project("plain") },
    );
    await expectShipped(shipped, image);
    expect(await registry.tags(image)).toEqual(["build-7", "latest", "main", "v1"]);
    for (const tag of ["latest", "main", "v1"]) {
      expect((await registry.manifest(image, tag))?.digest).toBe(shipped.outputs.digest);
    }
  });

  it("tag replaces build-N", async () => {
    const image = registry.repoName("tag");
    await expectShipped(await step({ image, tag: "v1.2.3" }, { project: project("plain") }), image, "v1.2.3");
  });

  it("app names outputs and summary", async () => {
    const image = registry.repoName("named");
    const shipped = await step({ image, app: "front-office.v2" }, { project: project("plain") });
    await expectShipped(shipped, image);
    expect(shipped.outputs.app).toBe("front-office.v2");
    expect(shipped.outputs.result_front_office_v2).toBe(shipped.outputs.result);
    expect(summaryText(shipped)).toContain("front-office.v2");
  });

  it("upper case in image is lowered with a notice", async () => {
    const image = registry.repoName("case");
    const shipped = await step(
      { image: image.replace("e2e/case", "E2E/Case") },
      { project: project("plain") },
    );
    await expectShipped(shipped, image);
    expect(shipped.commands.some(({ name, message }) => name === "notice" && message.includes(image))).toBe(
      true,
    );
  });

  it("summary: false writes none", async () => {
    const image = registry.repoName("silent");
    const shipped = await step({ image, summary: "false" }, { project: project("plain") });
    await expectShipped(shipped, image);
    expect(shipped.summary).toBe("");
  });

  it("context, file, target and build-args choose what is built", async () => {
    const image = registry.repoName("chosen");
    const plain = project(
      "plain",
      inDockerfile("ARG GREETING=none", "LABEL greeting=$GREETING", "FROM scratch AS other"),
      { Dockerfile: (text) => text.replace(/^FROM python.*$/m, "$& AS shop") },
    );
    const moved = project(
      Object.fromEntries(
        ["Dockerfile", "manage.py", ".dockerignore"].map((name) => [`services/web/${name}`, ""]),
      ),
    );
    const { cpSync, renameSync, mkdirSync } = await import("node:fs");
    cpSync(plain.dir, join(moved.dir, "services/web"), {
      recursive: true,
      filter: (path) => !path.endsWith("/.git"),
    });
    mkdirSync(join(moved.dir, "docker"));
    renameSync(join(moved.dir, "services/web/Dockerfile"), join(moved.dir, "docker/Web.Dockerfile"));
    const inputs = {
      image,
      context: "services/web",
      file: "docker/Web.Dockerfile",
      target: "shop",
      "build-args": "GREETING=hello, world",
    };
    await expectShipped(await step(inputs, { project: moved.change() }), image);
    expect((await registry.config(image, "build-7")).config.Labels?.greeting).toBe("hello, world");
  });

  it("env and env-file reach the checks, and neither image nor log", async () => {
    const image = registry.repoName("env");
    const needs = inSettings(
      'import os\nassert os.environ["STRIPE_KEY"] == "sk_live_4eC39HqLyjWD", "key"\nassert os.environ["FROM_FILE"] == "file value 77", "file"',
    );
    const inputs = {
      image,
      env: "# the payment provider\nSTRIPE_KEY=sk_live_4eC39HqLyjWD",
      "env-file": "ci.env",
    };
    const plain = project("plain", needs, {
      "ci.env": "FROM_FILE=file value 77\n",
      ".dockerignore": ".git\nci.env\n",
    });
    const shipped = await step(inputs, { project: plain });
    await expectShipped(shipped, image);
    const everything = [
      shipped.log,
      shipped.summary,
      JSON.stringify(shipped.outputs),
      JSON.stringify(report(shipped)),
    ];
    for (const text of everything) expect(text).not.toMatch(/sk_live_4eC39HqLyjWD|file value 77/);
    expect(JSON.stringify(await registry.config(image, "build-7"))).not.toMatch(/STRIPE_KEY|FROM_FILE/);
  });

  it("provenance pushes an index whose image is what was checked", async () => {
    const image = registry.repoName("attested");
    const shipped = await step({ image, provenance: "mode=max" }, { project: project("plain") });
    await expectShipped(shipped, image);
    const index = await registry.manifest(image, "build-7");
    expect(index?.mediaType).toContain("index");
    expect(index?.manifests.map(({ platform }) => platform?.os).sort()).toEqual(["linux", "unknown"]);
  });
});
