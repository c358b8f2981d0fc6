/**
 * Several platforms in one image. There is no emulation here, so the second platform's side of the Dockerfile copies
 * files and runs nothing. A builder that runs both is in nodes.test.ts.
 */
import { beforeAll, describe, expect, it, jest } from "@jest/globals";
import { djangoImage } from "./harness/base.ts";
import { docker, hasImage, stagingNames } from "./harness/docker.ts";
import {
  expectFailure,
  expectNothingShipped,
  expectShipped,
  finding,
  report,
  result,
  summaryText,
} from "./harness/expectations.ts";
import { stamped } from "./harness/faults.ts";
import { project, replace, unique } from "./harness/project.ts";
import { registry } from "./harness/registry.ts";
import { type Step, step } from "./harness/step.ts";
import { afterwards } from "./harness/temporary.ts";

jest.setTimeout(300_000);

const BOTH = "linux/amd64,linux/arm64";

/** The plain project; for arm64 it is its files, and a stamp of which each build makes another. */
const DOCKERFILE = `FROM --platform=linux/amd64 ${await djangoImage()} AS base-amd64
RUN od -An -N16 -tx1 /dev/urandom > /stamp
FROM scratch AS base-arm64
COPY --from=base-amd64 /stamp /stamp
FROM base-\${TARGETARCH}
WORKDIR /app
COPY . .
CMD ["python", "manage.py", "runserver", "0.0.0.0:8000"]
`;
const forBoth = { Dockerfile: () => DOCKERFILE };

async function architectures(image: string, reference: string): Promise<string[]> {
  const index = await registry.manifest(image, reference);
  const found = index?.manifests.map(({ platform }) => platform?.architecture ?? "") ?? [];
  return found.filter((one) => one !== "unknown").sort();
}

describe.each(["default", "shipshape-container"])("on %s", (builder) => {
  const image = registry.repoName("platforms");
  const annotations = "index:on=the index\nmanifest[linux/arm64]:on=arm64\nmanifest[linux/amd64]:on=amd64";
  const inputs = { image, builder, platforms: BOTH };
  const ours = project("plain", forBoth, unique(), { "shop/models.py": stamped["shop/models.py"] ?? "" });
  let shipped: Step;
  beforeAll(async () => {
    afterwards(async () => void (await docker("image", "rm", "--force", `${image}:build-7`)));
    const more = { run: "uname -m", annotations, load: "true", "no-cache": "true", checks: "system" };
    shipped = await step({ ...inputs, ...more }, { project: ours });
  });

  it("ships one image of both, and says which of them was checked", async () => {
    await expectShipped(shipped, image);
    expect(await architectures(image, "build-7")).toEqual(["amd64", "arm64"]);
    expect(result(shipped)).toMatchObject({
      platforms: [
        { platform: "linux/amd64", checked: true },
        { platform: "linux/arm64", checked: false },
      ],
    });
    expect(report(shipped)).toMatchObject({ platforms: result(shipped).platforms });
    expect(shipped.log).toMatch(
      /^1 of 2 platforms checked: linux\/amd64; not checked, because the builder does not run it natively: linux\/arm64$/m,
    );
    // The steps were logged when they were made, whatever they are called now.
    expect(shipped.log.slice(shipped.log.indexOf("::group::Publish"))).not.toContain("… cached");
    expect(summaryText(shipped)).toContain("1 of 2 platforms checked: linux/amd64");
  });

  it("a stage that makes other bytes each time is the same on all platforms, and the one that was checked", async () => {
    const index = await registry.manifest(image, "build-7");
    const images = index?.manifests.filter(({ platform }) => platform?.os === "linux") ?? [];
    expect(images).toHaveLength(2);
    const stamp = finding(shipped, "shop.I001").message;
    for (const { digest } of images)
      expect((await registry.file(image, digest, "stamp"))?.trim()).toBe(stamp);
  });

  it("annotates the index, and each platform's manifest", async () => {
    const index = await registry.manifest(image, "build-7");
    expect(index?.annotations).toMatchObject({ on: "the index" });
    for (const { digest, platform } of index?.manifests ?? []) {
      if (platform?.os === "linux")
        expect((await registry.manifest(image, digest))?.annotations).toMatchObject({
          on: platform.architecture,
        });
    }
  });

  it("loads it when it has passed", async () => {
    expect(await hasImage(`${image}:build-7`)).toBe(true);
    expect(await docker("run", "--rm", "--network=none", `${image}:build-7`, "uname", "-m")).toBe("x86_64");
  });

  // Each kind of builder ships one of the two; on a builder of its own the bare index is in nodes.test.ts.
  if (builder === "default")
    it("ships it without attestations too", async () => {
      const wishes = { ...inputs, provenance: "false", checks: "system" };
      const bare = await step(wishes, { project: ours, number: 8 });
      await expectShipped(bare, image, "build-8");
      expect(await architectures(image, "build-8")).toEqual(["amd64", "arm64"]);
    });
  else
    it("leaves a tag with the same bytes as it is, and refuses one of which the other platform differs", async () => {
      const before = await registry.manifest(image, "build-7");
      const again = await step({ ...inputs, annotations, checks: "system" }, { project: ours });
      await expectShipped(again, image);
      expect(again.log).toMatch(/already there with these bytes/);
      const other = ours.change({
        Dockerfile: replace("FROM scratch AS base-arm64", "FROM scratch AS base-arm64\nLABEL other=yes"),
      });
      const refused = await step({ ...inputs, annotations, checks: "system" }, { project: other });
      expectFailure(refused, "Publish failed");
      expect(await registry.manifest(image, "build-7")).toEqual(before);
      expect(await stagingNames(refused.runId)).toEqual([]);
    });
});

it("a failing check ships nothing of either platform, and the engine keeps no name of the image", async () => {
  const image = registry.repoName("platforms");
  const inputs = { image, platforms: BOTH, checks: "system", run: "exit 3" };
  const tried = await step(inputs, { project: project("plain", forBoth, unique()) });
  expectFailure(tried, "Checks failed");
  expect(result(tried).platforms.map(({ checked }) => checked)).toEqual([true, false]);
  await expectNothingShipped(tried, image);
  expect(await stagingNames(tried.outputs.app)).toEqual([]);
});

it("a program of the other platform is blamed on the Dockerfile, with what is missing", async () => {
  const image = registry.repoName("platforms");
  const program = 'FROM scratch AS base-arm64\nCOPY --chmod=0755 nonce.txt /program\nRUN ["/program"]\n';
  const foreign = project("plain", forBoth, unique(), {
    Dockerfile: replace("FROM scratch AS base-arm64\n", program),
  });
  const tried = await step({ image, platforms: BOTH }, { project: foreign });
  const failure = expectFailure(tried, "Build failed");
  expect(failure).toMatchObject({ file: "Dockerfile", line: "5" });
  expect(failure.message).toContain("docker/setup-qemu-action");
  await expectNothingShipped(tried, image);
});
