/**
 * Several platforms in one image. There is no emulation here, so the second platform's side of the Dockerfile copies
 * files and runs nothing.
 */
import { describe, expect, it, jest } from "@jest/globals";
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
import { newField, stamped } from "./harness/faults.ts";
import { append, both, type Overlay, project, replace, unique } from "./harness/project.ts";
import { registry } from "./harness/registry.ts";
import { step } from "./harness/step.ts";
import { afterwards } from "./harness/temporary.ts";

jest.setTimeout(300_000);

const BOTH = "linux/amd64,linux/arm64";

/** The plain project; for arm64 it is its files alone. */
const forBoth = {
  Dockerfile: replace(
    /^[\s\S]*$/,
    `FROM --platform=linux/amd64 python:3.13-slim AS base-amd64
RUN pip install --no-cache-dir --root-user-action=ignore "django==5.2.*"
FROM scratch AS base-arm64
FROM base-\${TARGETARCH}
WORKDIR /app
COPY . .
CMD ["python", "manage.py", "runserver", "0.0.0.0:8000"]
`,
  ),
};

async function architectures(image: string, reference: string): Promise<string[]> {
  const index = await registry.manifest(image, reference);
  const found = index?.manifests.map(({ platform }) => platform?.architecture ?? "") ?? [];
  return found.filter((one) => one !== "unknown").sort();
}

describe.each(["default", "shipshape-container"])("on %s", (builder) => {
  const inputs = { builder, platforms: BOTH };

  it.each(["", "false"])(
    "ships one image of both, and says which of them was checked (provenance: %j)",
    async (provenance) => {
      const image = registry.repoName("platforms");
      const shipped = await step(
        { image, ...inputs, provenance },
        { project: project("plain", forBoth, unique()) },
      );
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
    },
  );

  it("leaves a tag with the same bytes as it is, and refuses one of which a platform differs", async () => {
    const image = registry.repoName("platforms");
    const ours = project("plain", forBoth, unique());
    const first = await step({ image, ...inputs }, { project: ours });
    await expectShipped(first, image);
    const before = await registry.manifest(image, "build-7");
    const again = await step({ image, ...inputs }, { project: ours });
    await expectShipped(again, image);
    expect(again.log).toMatch(/already there with these bytes/);
    expect(await registry.manifest(image, "build-7")).toEqual(before);
    // Only the platform that was not checked has other bytes now.
    const other = ours.change({
      Dockerfile: replace("FROM scratch AS base-arm64", "FROM scratch AS base-arm64\nLABEL other=yes"),
    });
    const refused = await step({ image, ...inputs }, { project: other });
    expectFailure(refused, "Publish failed");
    expect(await registry.manifest(image, "build-7")).toEqual(before);
    // And one platform of the two is not the same either.
    expectFailure(await step({ image, builder }, { project: ours }), "Publish failed");
    expect(await registry.manifest(image, "build-7")).toEqual(before);
    expect(await stagingNames(again.runId)).toEqual([]);
  });

  it("ships nothing of a failing check, whichever the platform", async () => {
    const image = registry.repoName("platforms");
    const tried = await step({ image, ...inputs }, { project: project("plain", forBoth, newField) });
    expectFailure(tried, "Checks failed");
    expect(failingIds(tried)).toEqual(["migrations.missing"]);
    await expectNothingShipped(tried, image);
  });

  it("blames the Dockerfile for a program of the other platform, and says what is missing", async () => {
    const image = registry.repoName("platforms");
    const foreign = {
      Dockerfile: both(
        forBoth.Dockerfile,
        replace(
          "FROM scratch AS base-arm64",
          'FROM scratch AS base-arm64\nCOPY --chmod=0755 nonce.txt /program\nRUN ["/program"]',
        ),
      ),
    };
    const tried = await step({ image, ...inputs }, { project: project("plain", foreign, unique()) });
    const failure = expectFailure(tried, "Build failed");
    expect(failure).toMatchObject({ file: "Dockerfile", line: "5" });
    expect(failure.message).toContain("docker/setup-qemu-action");
    await expectNothingShipped(tried, image);
  });

  it("loads it when it has passed", async () => {
    const image = registry.repoName("platforms");
    afterwards(async () => void (await docker("image", "rm", "--force", `${image}:build-7`)));
    const loaded = await step(
      { image, ...inputs, push: "false", load: "true" },
      { project: project("plain", forBoth) },
    );
    expect(loaded.code).toBe(0);
    expect(await hasImage(`${image}:build-7`)).toBe(true);
    expect(await docker("run", "--rm", "--network=none", `${image}:build-7`, "uname", "-m")).toBe("x86_64");
  });

  it("runs the project's own commands in what was checked, and annotates each platform's manifest", async () => {
    const image = registry.repoName("platforms");
    const annotations = "index:on=the index\nmanifest[linux/arm64]:on=arm64\nmanifest[linux/amd64]:on=amd64";
    const shipped = await step(
      { image, ...inputs, run: "uname -m", annotations },
      { project: project("plain", forBoth) },
    );
    await expectShipped(shipped, image);
    const index = await registry.manifest(image, "build-7");
    expect(index?.annotations).toMatchObject({ on: "the index" });
    for (const { digest, platform } of index?.manifests ?? []) {
      if (platform?.os === "linux")
        expect((await registry.manifest(image, digest))?.annotations).toMatchObject({
          on: platform.architecture,
        });
    }
  });

  it("wants the builder's own platform to be among them", async () => {
    const image = registry.repoName("platforms");
    const tried = await step(
      { image, builder, platforms: "linux/arm64" },
      { project: project("plain", forBoth) },
    );
    expect(expectFailure(tried, "Invalid input").message).toMatch(/linux\/amd64.*ubuntu-24\.04-arm/);
    await expectNothingShipped(tried, image);
  });

  it("takes its own alone for what it is", async () => {
    const image = registry.repoName("platforms");
    const one = await step({ image, builder, platforms: "linux/amd64" }, { project: project("plain") });
    await expectShipped(one, image);
    expect(one.log).not.toContain("platforms checked");
    expect(result(one)).toMatchObject({ platforms: [{ platform: "linux/amd64", checked: true }] });
  });
});

it.each(["default", "shipshape-container"])(
  "a stage that makes other bytes each time is the same on all platforms, and the one that was checked (builder: %s)",
  async (builder) => {
    const image = registry.repoName("platforms");
    const shared = {
      Dockerfile: both(
        forBoth.Dockerfile,
        replace(
          "FROM scratch AS base-arm64",
          "RUN od -An -N16 -tx1 /dev/urandom > /stamp\nFROM scratch AS base-arm64\nCOPY --from=base-amd64 /stamp /stamp",
        ),
      ),
    };
    const { "shop/models.py": check } = stamped;
    const shipped = await step(
      { image, builder, platforms: BOTH, "no-cache": "true" },
      { project: project("plain", shared, { "shop/models.py": check ?? "" }, unique()) },
    );
    await expectShipped(shipped, image);
    const stamp = finding(shipped, "shop.I001").message;
    const index = await registry.manifest(image, "build-7");
    const images = index?.manifests.filter(({ platform }) => platform?.os === "linux") ?? [];
    expect(images).toHaveLength(2);
    for (const { digest } of images) expect(await registry.holds(image, digest, stamp)).toBe(true);
  },
);

describe("on a builder with a node for linux/amd64 and one for linux/386", () => {
  const inputs = { builder: "shipshape-nodes", platforms: "linux/amd64,linux/386" };
  /** Each platform's image knows which it is, and the project says so in a finding of its own. */
  const knowsItself: Overlay = {
    Dockerfile: append("ARG TARGETARCH\nRUN echo $TARGETARCH > /architecture\n"),
    "shop/models.py": append(`

from django.core import checks


@checks.register()
def architecture(app_configs, **kwargs):
    return [checks.Info(open("/architecture").read().strip(), id="shop.I001")]
`),
  };

  it.each(["", "false"])(
    "checks both, and releases one index of both (provenance: %j)",
    async (provenance) => {
      const image = registry.repoName("nodes");
      const annotations = provenance === "" ? "index:on=the index\nmanifest[linux/386]:on=386" : "";
      const shipped = await step(
        { image, ...inputs, provenance, annotations },
        { project: project("plain", knowsItself, unique()) },
      );
      await expectShipped(shipped, image);
      expect(await architectures(image, "build-7")).toEqual(["386", "amd64"]);
      // buildx gives what several nodes push the tag `latest`, unless each pushes by itself.
      expect(await registry.tags(image)).toEqual(["build-7"]);
      expect(result(shipped)).toMatchObject({
        platforms: [
          { platform: "linux/amd64", checked: true },
          { platform: "linux/386", checked: true },
        ],
      });
      expect(shipped.log).toMatch(/^2 of 2 platforms checked: linux\/amd64, linux\/386$/m);
      const found = report(shipped).findings.filter(({ id }) => id === "shop.I001");
      expect(found.map(({ message, platforms }) => [message, platforms]).sort()).toEqual([
        ["386", ["linux/386"]],
        ["amd64", ["linux/amd64"]],
      ]);
      if (provenance !== "") return;
      const index = await registry.manifest(image, "build-7");
      expect(index?.annotations).toMatchObject({ on: "the index" });
    },
  );

  it("reports what is found on both once, with its platforms", async () => {
    const image = registry.repoName("nodes");
    const tried = await step({ image, ...inputs }, { project: project("plain", newField, unique()) });
    expectFailure(tried, "Checks failed");
    const found = report(tried).findings.filter(({ id }) => id === "migrations.missing");
    expect(found.map(({ platforms }) => platforms)).toEqual([["linux/amd64", "linux/386"]]);
    await expectNothingShipped(tried, image);
  });

  it("releases nothing when the check of one platform fails", async () => {
    const image = registry.repoName("nodes");
    const fails = {
      ...knowsItself,
      "shop/models.py": append(`

from django.core import checks


@checks.register()
def architecture(app_configs, **kwargs):
    found = open("/architecture").read().strip()
    return [checks.Error("fails there", id="shop.E001")] if found == "386" else []
`),
    };
    const tried = await step({ image, ...inputs }, { project: project("plain", fails, unique()) });
    expect(expectFailure(tried, "Checks failed").message).toContain("shop.E001");
    expect(finding(tried, "shop.E001")).toMatchObject({ platforms: ["linux/386"] });
    await expectNothingShipped(tried, image);
    expect(await registry.tags(image)).toEqual([]);
  });
});
