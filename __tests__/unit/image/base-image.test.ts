import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { Solve } from "../../../src/docker/bake.ts";
import type { Builder } from "../../../src/docker/builder.ts";
import type { Docker } from "../../../src/docker/docker.ts";
import { Failure } from "../../../src/failure.ts";
import { type BaseImage, baseImage } from "../../../src/image/base-image.ts";
import type { PlatformImage } from "../../../src/image/built-image.ts";
import type { Digest } from "../../../src/request/request.ts";
import { aPlatformImage, CLASSIC, CONTAINERD, OWN, STAGING } from "../samples.ts";

let folder = "";
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), "layout-")), "layout");
});
afterEach(() => rmSync(join(folder, ".."), { recursive: true }));

const digestOf = (text: string) => `sha256:${createHash("sha256").update(text).digest("hex")}` as Digest;
const OCI = "application/vnd.oci.image.manifest.v1+json";

/** An image in a builder: its config and its manifest as text. The `ä` has two bytes. */
function anImage(config: object, mediaType: string | undefined = OCI) {
  return withText(JSON.stringify({ architecture: "amd64", author: "ä", config }), mediaType);
}

function withText(text: string, mediaType = OCI) {
  const manifest = JSON.stringify({
    schemaVersion: 2,
    ...(mediaType === "" ? {} : { mediaType }),
    config: { mediaType: "c", digest: digestOf(text), size: Buffer.byteLength(text) },
    layers: [{ digest: digestOf("layer"), size: 7 }],
  });
  return { text, manifest, config: digestOf(text), digest: digestOf(manifest) };
}

const PLAIN = anImage({ Cmd: ["gunicorn"], User: "web" });
const ONBUILD = anImage({ Cmd: ["gunicorn"], OnBuild: ["RUN make"], User: "web" });

/** A builder with one image in its history, under the record `r7`. */
function history({ text, manifest, config, digest }: ReturnType<typeof anImage>, has = [config, digest]) {
  const blobs = new Map([
    [config, text],
    [digest, manifest],
  ]);
  const docker: Partial<Docker> = {
    builtBlob: async (record, one) => (record === "r7" && has.includes(one) ? blobs.get(one) : undefined),
    builtManifest: async (record, platform) =>
      record === "r7" && (platform === "linux/amd64" || platform === "") && has.includes(digest)
        ? manifest
        : undefined,
  };
  return docker;
}

const LAYERS: Solve = { file: { target: {} }, targets: ["layers"], allow: [], secrets: new Map() };

function name(
  image: Partial<PlatformImage>,
  docker: Partial<Docker>,
  builder: Builder = OWN,
): Promise<BaseImage> {
  const solver = { docker: docker as Docker, builder, folder: join(folder, "..") };
  return baseImage(aPlatformImage(image), { solver, layout: "layout", staging: STAGING, layers: LAYERS });
}

/** The layout that was written: its index, and its blobs by digest. */
function layout() {
  const read = (file: string) => readFileSync(join(folder, file), "utf8");
  const names = readdirSync(join(folder, "blobs", "sha256"));
  return {
    version: JSON.parse(read("oci-layout")),
    index: JSON.parse(read("index.json")),
    blobs: new Map(names.map((one) => [`sha256:${one}`, read(join("blobs", "sha256", one))])),
  };
}

describe("an image of a builder with a history", () => {
  it("is named by a layout of its manifest and config", async () => {
    const base = await name(PLAIN, history(PLAIN));
    expect(base).toEqual({
      context: `oci-layout://${folder}@${PLAIN.digest}`,
      platform: "linux/amd64",
      config: { Cmd: ["gunicorn"], User: "web" },
      layers: LAYERS,
    });
    expect(layout()).toEqual({
      version: { imageLayoutVersion: "1.0.0" },
      index: {
        schemaVersion: 2,
        manifests: [{ mediaType: OCI, digest: PLAIN.digest, size: Buffer.byteLength(PLAIN.manifest) }],
      },
      blobs: new Map([
        [PLAIN.config, PLAIN.text],
        [PLAIN.digest, PLAIN.manifest],
      ]),
    });
  });

  it.each([
    [
      "application/vnd.docker.distribution.manifest.v2+json",
      "application/vnd.docker.distribution.manifest.v2+json",
    ],
    ["", OCI],
  ])("keeps its media type %j", async (mediaType, written) => {
    const image = anImage({}, mediaType);
    await name(image, history(image));
    expect(layout().index.manifests[0].mediaType).toBe(written);
  });

  it("is found by its platform where the metadata names only the index", async () => {
    const base = await name({ digest: digestOf("index"), config: undefined }, history(PLAIN), CONTAINERD);
    expect(base).toMatchObject({
      context: `oci-layout://${folder}@${PLAIN.digest}`,
      config: { User: "web" },
    });
    expect([...layout().blobs.keys()].sort()).toEqual([PLAIN.config, PLAIN.digest].sort());
  });

  it("of the engine with attestations has the config that the engine shows", async () => {
    const config = '{"architecture":"amd64","os":"linux","config":{"User":"web"},"rootfs":{}}';
    const index = { platform: "", digest: digestOf("index"), config: undefined };
    const base = await name(
      index,
      { builtManifest: async () => PLAIN.manifest, imageConfig: async () => config },
      CONTAINERD,
    );
    const manifest = JSON.parse(PLAIN.manifest);
    const written = JSON.stringify({
      ...manifest,
      config: { ...manifest.config, digest: digestOf(config), size: Buffer.byteLength(config) },
    });
    expect(base).toMatchObject({
      context: `oci-layout://${folder}@${digestOf(written)}`,
      config: { User: "web" },
    });
    expect([...layout().blobs.values()].sort()).toEqual([config, written].sort());
  });

  it("is found as the only one where the workflow names no platform", async () => {
    const index = { digest: digestOf("index"), config: undefined, platform: "" };
    const base = await name(index, { ...history(PLAIN), imageConfig: async () => undefined }, CONTAINERD);
    expect(base).toMatchObject({ context: `oci-layout://${folder}@${PLAIN.digest}`, platform: "" });
  });

  it("has no config where its config has none", async () => {
    const image = withText('{"architecture":"amd64"}');
    expect((await name(image, history(image))).config).toEqual({});
  });

  it.each([
    ["its manifest", { manifest: `${PLAIN.manifest} ` }],
    ["its config", { text: `${PLAIN.text} ` }],
  ])("is not checked when the history has other bytes in place of %s", async (_, other) => {
    await expect(name(PLAIN, history({ ...PLAIN, ...other }))).rejects.toMatchObject({
      kind: "Checks could not run",
      message: expect.stringContaining("has other bytes than the image that it built"),
    });
  });
});

describe("ONBUILD, which would run in the checks", () => {
  it("is left out of the layout, whose digests and sizes are computed anew", async () => {
    const base = await name(ONBUILD, history(ONBUILD));
    const { index, blobs } = layout();
    const text = ONBUILD.text.replace('"OnBuild":["RUN make"],', "");
    const manifest = ONBUILD.manifest
      .replace(ONBUILD.config, digestOf(text))
      .replace(`"size":${Buffer.byteLength(ONBUILD.text)}`, `"size":${Buffer.byteLength(text)}`);
    expect(blobs).toEqual(
      new Map([
        [digestOf(text), text],
        [digestOf(manifest), manifest],
      ]),
    );
    expect(index.manifests).toEqual([
      { mediaType: OCI, digest: digestOf(manifest), size: Buffer.byteLength(manifest) },
    ]);
    expect(base.context).toBe(`oci-layout://${folder}@${digestOf(manifest)}`);
  });

  it("is handed to the probe all the same", async () =>
    expect((await name(ONBUILD, history(ONBUILD))).config).toMatchObject({ OnBuild: ["RUN make"] }));

  it("is refused on the classic store, where the image has only a name", async () => {
    const docker: Partial<Docker> = {
      imageConfig: async () => '{"config":{"OnBuild":["RUN make","RUN x"]}}',
    };
    const naming = name({}, docker, CLASSIC);
    await expect(naming).rejects.toMatchObject({
      kind: "Checks could not run",
      message: expect.stringMatching(/`ONBUILD RUN make`.*classic image store.*setup-buildx-action/),
    });
  });
});

describe("an image of the classic store", () => {
  it("has its staging name", async () => {
    const asked: string[] = [];
    const imageConfig = async (one: string) => {
      asked.push(one);
      return '{"config":{"Cmd":["a"]}}';
    };
    expect(await name({ platform: "" }, { imageConfig }, CLASSIC)).toEqual({
      context: `docker-image://${STAGING}`,
      platform: "",
      config: { Cmd: ["a"] },
      layers: undefined,
    });
    expect(asked).toEqual([STAGING]);
  });

  it("is not checked when the engine does not show its config: it may have ONBUILD", async () => {
    await expect(name({}, { imageConfig: async () => undefined }, CLASSIC)).rejects.toMatchObject({
      kind: "Checks could not run",
      message: expect.stringContaining(`docker image inspect ${STAGING}`),
    });
  });
});

describe("a builder without a history", () => {
  const index = { digest: digestOf("index"), config: undefined };
  it.each<[string, Partial<PlatformImage>, Partial<Docker>]>([
    ["names no record", { ...PLAIN, record: undefined }, history(PLAIN)],
    ["has nothing of the build", PLAIN, history(PLAIN, [])],
    ["has the manifest alone", PLAIN, history(PLAIN, [PLAIN.digest])],
    ["has the config alone", PLAIN, history(PLAIN, [PLAIN.config])],
    ["has no manifest for the platform", index, history(PLAIN, [PLAIN.config])],
    ["has the platform's manifest alone", index, history(PLAIN, [PLAIN.digest])],
    [
      "has another manifest, which names no config",
      index,
      { ...history(PLAIN), builtManifest: async () => '{"manifests":[]}' },
    ],
  ])("is an error that says what to set: it %s", async (_, image, docker) => {
    const naming = name(image, docker);
    await expect(naming).rejects.toBeInstanceOf(Failure);
    await expect(naming).rejects.toMatchObject({
      kind: "Checks could not run",
      message: expect.stringMatching(
        /The builder cont keeps no history.*maxEntries.*buildkitd\.toml.*buildkitd-config-inline/,
      ),
    });
  });

  it("of the engine is configured elsewhere", async () => {
    await expect(name(PLAIN, history(PLAIN, []), CONTAINERD)).rejects.toThrow(/Docker's daemon\.json/);
  });
});
