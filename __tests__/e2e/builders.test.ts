/** The same promise on every kind of builder. */
import { beforeAll, describe, expect, it, jest } from "@jest/globals";
import { onDjango } from "./harness/base.ts";
import { AGREES, BAD, GOOD, NAMED } from "./harness/caddy.ts";
import { docker, hasImage, stagingNames } from "./harness/docker.ts";
import {
  expectFailure,
  expectNothingShipped,
  expectShipped,
  failingIds,
  finding,
  report,
  result,
  summaryText,
} from "./harness/expectations.ts";
import {
  asksForSecrets,
  failingRun,
  missingPng,
  NOTHING_STOLEN,
  newField,
  usesSecrets,
  wantsNoNetwork,
} from "./harness/faults.ts";
import { project, unique } from "./harness/project.ts";
import { registry } from "./harness/registry.ts";
import { type Step, step } from "./harness/step.ts";
import { afterwards } from "./harness/temporary.ts";

jest.setTimeout(300_000);

const django = await onDjango();

describe.each(["shipshape-container", "shipshape-remote"])("on %s", (builder) => {
  describe("an image that passes", () => {
    const SECRETS = ["tok_55d0a1be", "key_7be2291c"];
    const COMMANDS = [
      NOTHING_STOLEN,
      'test -f manage.py && test "$PWD" = /app && test "$CI" = true',
      `grep -qF '"Cmd":["python",' /.shipshape-probe/image.json`,
    ];
    const image = registry.repoName("builder");
    const shop = project(
      "plain",
      django,
      usesSecrets("token"),
      asksForSecrets,
      wantsNoNetwork,
      AGREES,
      unique(),
      {
        Caddyfile: GOOD,
      },
    );
    const inputs = { image, builder, secrets: `token=${SECRETS[0]}` };
    let shipped: Step;

    beforeAll(async () => {
      afterwards(async () => void (await docker("image", "rm", "--force", `${image}:build-7`)));
      const checks = "system\ncaddy\ncaddy-format\nhosts";
      const more = { env: `KEY=${SECRETS[1]}`, run: COMMANDS.join("\n"), load: "true", checks, ...NAMED };
      shipped = await step({ ...inputs, ...more }, { project: shop });
    });

    it("is released at the digest that was checked; its checks had no network", async () => {
      await expectShipped(shipped, image);
      expect((await registry.manifest(image, "build-7"))?.mediaType).toMatch(
        /^application\/vnd\.oci\.image\./,
      );
      expect(summaryText(shipped)).toMatch(/### Image: [\d.]+ MB compressed in \d+ layers\n/);
      expect(await stagingNames(shipped.outputs.app)).toEqual([]);
    });

    it("has its Caddyfile read by Caddy", () => {
      expect(result(shipped).checks).toMatchObject({
        caddy: { status: "passed" },
        "caddy-format": { status: "passed" },
        hosts: { status: "passed" },
      });
    });

    it("has the workflow's commands run in it, next to a file with its config", () => {
      for (const command of COMMANDS.slice(1))
        expect(result(shipped).checks[command]).toMatchObject({ status: "passed", exitCode: 0 });
    });

    it("keeps a secret of the build and a value of env", async () => {
      const said = shipped.log + shipped.summary + JSON.stringify([shipped.outputs, report(shipped)]);
      for (const secret of SECRETS) expect(said).not.toContain(secret);
      expect(await registry.holding(image, "build-7", SECRETS)).toEqual([]);
    });

    it("is in the engine as well with load", async () => {
      expect(await hasImage(`${image}:build-7`)).toBe(true);
    });

    it("can be pulled", async () => {
      const { pinned = "" } = shipped.outputs;
      afterwards(async () => void (await docker("image", "rm", "--force", pinned)));
      await docker("pull", "--quiet", pinned);
      expect(await hasImage(pinned)).toBe(true);
    });

    // Of the two that follow, each builder gets one; the tag's on shipshape-container is in platforms.test.ts.
    if (builder === "shipshape-container")
      it("is released without attestations too, and then is not in the engine", async () => {
        const bare = await step(
          { ...inputs, provenance: "false", checks: "system" },
          { project: shop, number: 8 },
        );
        await expectShipped(bare, image, "build-8");
        const top = await registry.manifest(image, "build-8");
        expect(top?.mediaType).toBe("application/vnd.oci.image.manifest.v1+json");
        expect(top?.digest).toBe((await registry.image(image, "build-7")).digest);
        expect(await hasImage(`${image}:build-8`)).toBe(false);
      });
    else
      it("has a tag that is left as it is when the bytes are the same, and not given to others", async () => {
        const again = await step({ ...inputs, checks: "system" }, { project: shop });
        await expectShipped(again, image);
        expect(again.outputs.digest).toBe(shipped.outputs.digest);
        expect(again.log).toMatch(/already there with these bytes/);
        const others = project("plain", django, unique());
        expectFailure(
          await step({ image, builder, checks: "system" }, { project: others }),
          "Publish failed",
        );
        expect((await registry.manifest(image, "build-7"))?.digest).toBe(shipped.outputs.digest);
      });
  });

  it("a fault of the project or of its Caddyfile is refused, and a command that fails, and leaves nothing", async () => {
    const image = registry.repoName("builder");
    const faulty = project("plain", AGREES, newField, missingPng, { Caddyfile: BAD });
    const tried = await step({ image, builder, run: "exit 3", ...NAMED }, { project: faulty });
    expectFailure(tried, "Checks failed");
    expect(failingIds(tried)).toEqual([
      "caddy.invalid",
      "migrations.missing",
      "run.failed",
      "static.missing-reference",
    ]);
    expect(result(tried).checks["exit 3"]).toMatchObject({ status: "failed", exitCode: 3 });
    expect(finding(tried, "caddy.invalid")).toMatchObject({ file: "Caddyfile", line: 3 });
    await expectNothingShipped(tried, image);
    // It is in the builder alone, which knows its layers.
    expect(summaryText(tried)).toMatch(/### Image: [\d.]+ MB compressed in \d+ layers\n/);
    expect(summaryText(tried)).toContain("RUN pip install");
  });

  it("a build that fails is blamed on the Dockerfile", async () => {
    const image = registry.repoName("builder");
    const tried = await step({ image, builder }, { project: project("plain", failingRun) });
    expect(expectFailure(tried, "Build failed")).toMatchObject({ file: "Dockerfile", line: "4" });
    await expectNothingShipped(tried, image);
  });
});

it("a builder in a network of its own releases, and its checks have no network", async () => {
  const image = registry.repoName("builder");
  const shop = project("plain", django, wantsNoNetwork, unique());
  await expectShipped(await step({ image, builder: "shipshape-bridged" }, { project: shop }), image);
});

it("a builder without a history of its builds is asked to keep one", async () => {
  const image = registry.repoName("forgetful");
  const tried = await step(
    { image, builder: "shipshape-forgetful" },
    { project: project("plain", django, unique()) },
  );
  expect(expectFailure(tried, "Checks could not run").message).toMatch(
    /shipshape-forgetful keeps no history of its builds.*`\[history\]`.*`maxEntries` above 0/,
  );
  await expectNothingShipped(tried, image);
});
