/**
 * The promise on the engine's classic image store, with the oldest engine and buildx that the lab has.
 * `npm test` brings that engine up after the other e2e tests: `bash lab/lab.sh on stable classic npm run classic`.
 */
import { randomBytes } from "node:crypto";
import { beforeAll, describe, expect, it, jest } from "@jest/globals";
import { docker, hasImage, stagingNames } from "../harness/docker.ts";
import {
  expectChecked,
  expectFailure,
  expectNothingShipped,
  expectShipped,
  failingIds,
  result,
} from "../harness/expectations.ts";
import { failingRun, inDockerfile, missingPng, newField, stamped } from "../harness/faults.ts";
import { directly, moodyRegistry } from "../harness/moody.ts";
import { project, unique } from "../harness/project.ts";
import { registry } from "../harness/registry.ts";
import { type Step, step } from "../harness/step.ts";
import { afterwards } from "../harness/temporary.ts";

jest.setTimeout(300_000);

/** The image's ID in this store: the digest of its config. */
function imageId(shipped: Step): string {
  return JSON.parse(shipped.outputs.metadata ?? "{}")["containerimage.config.digest"];
}

beforeAll(async () => {
  const builder = await docker("buildx", "inspect", "default");
  if (builder.includes("worker.containerd.namespace"))
    throw new Error(
      "this engine has the containerd store: bash lab/lab.sh on stable classic npm run classic",
    );
});

describe("a project without a fault", () => {
  const image = registry.repoName("classic");
  const plain = project("plain", unique(), stamped);
  const inputs = {
    image,
    env: "SECRET_KEY=only-for-these-tests:aB3.dE6-gH9_jK2+mN5~pQ8*sT1!vW4=yZ7\nALLOWED_HOSTS=shop.example",
  };

  it("is shipped: what is under the tag is the image that checks and commands ran in", async () => {
    const shipped = await step({ ...inputs, run: "python manage.py check\ncat /stamp" }, { project: plain });
    await expectShipped(shipped, image);
    expect(await registry.tags(image)).toEqual(["build-7"]);
    const manifest = await registry.manifest(image, "build-7");
    expect(manifest?.mediaType).toBe("application/vnd.docker.distribution.manifest.v2+json");
    expect(manifest?.config?.digest).toBe(imageId(shipped));
    expect(await hasImage(`${image}:build-7`)).toBe(false);

    const stamp = await expectChecked(shipped, image);
    // The line that `cat` printed, and not the finding.
    expect(shipped.log).toContain(`\n  ${stamp}\n`);
    expect(result(shipped).checks["cat /stamp"]).toMatchObject({ status: "passed", exitCode: 0 });
  });

  it("is left as it is when nothing has changed, and no check runs again", async () => {
    const before = await registry.manifest(image, "build-7");
    const again = await step(inputs, { project: plain });
    await expectShipped(again, image);
    expect(again.log).toMatch(/already there with these bytes/);
    expect(await registry.manifest(image, "build-7")).toEqual(before);
    const { system, migrations, static: files } = result(again).checks;
    expect([system, migrations, files].map((check) => check?.cached)).toEqual([true, true, true]);
  });

  it("is the same image in the engine with load; its release stands when a further tag cannot be moved, with a warning that says what is missing", async () => {
    afterwards(async () => void (await docker("image", "rm", "--force", `${image}:build-8`)));
    const loaded = await step({ ...inputs, load: "true", tags: "latest" }, { project: plain, number: 8 });
    await expectShipped(loaded, image, "build-8");
    expect(await docker("image", "inspect", "--format", "{{.Id}}", `${image}:build-8`)).toBe(imageId(loaded));
    const warnings = loaded.commands.filter(({ name }) => name === "warning");
    expect(warnings.map(({ message }) => message)).toEqual([
      expect.stringMatching(/:latest was not moved: .*buildx 0\.15 or newer.* build-8 itself stands/),
    ]);
    expect(await registry.tags(image)).not.toContain("latest");
  });

  it("a tag that has other bytes stays; a re-run attempt gets its own, and only overwrite replaces it", async () => {
    const before = await registry.manifest(image, "build-7");
    const other = { project: project("plain", unique()) };
    const refused = await step({ image, checks: "system" }, other);
    expect(expectFailure(refused, "Publish failed").message).toContain("existing-tag");
    expect(await registry.tags(image)).toEqual(["build-7", "build-8"]);
    const rerun = await step({ image, checks: "system" }, { ...other, attempt: 2 });
    await expectShipped(rerun, image, "build-7-2");
    expect(await registry.manifest(image, "build-7")).toEqual(before);
    const replaced = await step({ image, checks: "system", "existing-tag": "overwrite" }, other);
    await expectShipped(replaced, image);
    expect((await registry.manifest(image, "build-7"))?.config?.digest).toBe(imageId(replaced));
  });
});

it("a push for which somebody had to wait tells its bytes", async () => {
  const slow = await moodyRegistry(() => undefined, 1_000_000);
  const layer = inDockerfile("RUN head -c 3000000 /dev/urandom > /small");
  const image = slow.repoName("slow");
  const base = { image: directly(image), checks: "system" };
  await expectShipped(await step(base, { project: project("plain"), number: 1 }), directly(image), "build-1");
  const shipped = await step({ image, checks: "system" }, { project: project("plain", unique(), layer) });
  await expectShipped(shipped, image);
  expect(shipped.log).toMatch(/^\d+\.\d MB pushed; the registry had \d+(\.\d)? \w+$/m);
});

describe("what is not right", () => {
  it("gets no tag, and leaves nothing behind", async () => {
    const image = registry.repoName("classic");
    const faulty = project("plain", newField, missingPng, unique());
    const tried = await step({ image, run: "exit 3" }, { project: faulty });
    expectFailure(tried, "Checks failed");
    expect(failingIds(tried)).toEqual(["migrations.missing", "run.failed", "static.missing-reference"]);
    await expectNothingShipped(tried, image);
  });

  it("is an ONBUILD, which would run in the checks: this store cannot leave it out", async () => {
    const image = registry.repoName("classic");
    const tried = await step(
      { image, run: "true" },
      { project: project("plain", inDockerfile("ONBUILD RUN touch /ran"), unique()) },
    );
    const { message } = expectFailure(tried, "Checks could not run");
    expect(message).toMatch(/ONBUILD RUN touch \/ran.*docker\/setup-buildx-action/);
    await expectNothingShipped(tried, image);
  });

  it("is blamed on its line of the Dockerfile", async () => {
    const image = registry.repoName("classic");
    const tried = await step({ image }, { project: project("plain", failingRun) });
    expect(expectFailure(tried, "Build failed")).toMatchObject({ file: "Dockerfile", line: "4" });
    await expectNothingShipped(tried, image);
  });

  it.each([{ provenance: "mode=max" }, { sbom: "true" }, { platforms: "linux/amd64,linux/arm64" }])(
    "is what this store cannot hold: %j",
    async (inputs) => {
      const image = registry.repoName("classic");
      const tried = await step({ image, ...inputs }, { project: project("plain") });
      const { message } = expectFailure(tried, "Invalid input");
      expect(message).toMatch(/classic image store/);
      expect(message).toContain("docker/setup-buildx-action");
      expect(await registry.tags(image)).toEqual([]);
      expect(await stagingNames(tried.runId)).toEqual([]);
    },
  );
});

it("a builder of its own needs a newer buildx than this, and says so", async () => {
  const builder = `old-${randomBytes(3).toString("hex")}`;
  await docker("buildx", "create", "--name", builder, "--driver", "docker-container");
  afterwards(async () => void (await docker("buildx", "rm", "--force", builder)));
  const image = registry.repoName("classic");
  const tried = await step({ image, builder }, { project: project("plain") });
  expect(expectFailure(tried, "Build failed").message).toMatch(
    /buildx with a docker-container builder is 0\.13\.\d+, and shipshape needs 0\.20 or newer/,
  );
  expect(await registry.tags(image)).toEqual([]);
});
