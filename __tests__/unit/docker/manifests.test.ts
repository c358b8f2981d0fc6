import { describe, expect, it } from "@jest/globals";
import {
  configIn,
  diffIdsIn,
  onbuildIn,
  parseConfigBlob,
  parseHistory,
  parseInspectedConfig,
  parseLayers,
  parseManifest,
  parseMaterials,
  parseSizes,
} from "../../../src/docker/manifests.ts";
import { digest } from "../samples.ts";

const INDEX = "application/vnd.oci.image.index.v1+json";
const MANIFEST = "application/vnd.oci.image.manifest.v1+json";

function platform(of: string, os: string, architecture: string, variant?: string) {
  return {
    mediaType: MANIFEST,
    digest: digest(of),
    size: 7,
    platform: { os, architecture, ...(variant && { variant }) },
  };
}

describe("what the registry has under a reference", () => {
  it("is a manifest that stands alone", () => {
    expect(parseManifest(JSON.stringify({ mediaType: MANIFEST, digest: digest("a"), size: 7 }))).toEqual({
      state: "there",
      digest: digest("a"),
      manifests: [digest("a")],
    });
  });

  it.each([
    [
      "an image and its attestation",
      [platform("a", "linux", "amd64"), platform("b", "unknown", "unknown")],
      ["a"],
    ],
    [
      "several platforms",
      [platform("a", "linux", "amd64"), platform("b", "linux", "arm64"), platform("c", "linux", "arm", "v7")],
      ["a", "b", "c"],
    ],
    ["an image without a platform", [{ mediaType: MANIFEST, digest: digest("a"), size: 7 }], ["a"]],
    ["nothing but attestations", [platform("b", "unknown", "unknown")], []],
    ["nothing", [], []],
  ])("is an index of %s", (_, manifests, images) => {
    expect(
      parseManifest(JSON.stringify({ mediaType: INDEX, digest: digest("e"), size: 9, manifests })),
    ).toEqual({
      state: "there",
      digest: digest("e"),
      manifests: images.map(digest),
    });
  });

  it("is a manifest also when `manifests` is null", () => {
    expect(
      parseManifest(JSON.stringify({ mediaType: MANIFEST, digest: digest("a"), manifests: null })),
    ).toMatchObject({
      manifests: [digest("a")],
    });
  });

  it.each(["", "null", "<html>", "{}", '{"digest":7}', '{"digest":"latest"}'])(
    "cannot be told from %j, and then nothing is thought free or there",
    (text) => expect(parseManifest(text)).toMatchObject({ state: "unknown" }),
  );
});

describe("an image in a builder", () => {
  const manifest = (...sizes: unknown[]) => JSON.stringify({ layers: sizes.map((size) => ({ size })) });
  const config = (...history: object[]) => JSON.stringify({ history });
  it.each<[string, string, string, ReturnType<typeof parseLayers>]>([
    [
      "has the instruction of each layer",
      manifest(100, 20),
      config(
        { created_by: "base" },
        { created_by: "ENV A=b", empty_layer: true },
        { created_by: "COPY . ." },
      ),
      [
        { bytes: 100, by: "base" },
        { bytes: 20, by: "COPY . ." },
      ],
    ],
    [
      "has sizes alone where its history does not fit",
      manifest(100, 20),
      config({ created_by: "all of it" }),
      [
        { bytes: 100, by: "?" },
        { bytes: 20, by: "?" },
      ],
    ],
    ["has sizes alone without a history", manifest(7), "{}", [{ bytes: 7, by: "?" }]],
    ["has sizes alone where the config could not be read", manifest(7), "", [{ bytes: 7, by: "?" }]],
    ["is nothing where it is an index", '{"manifests":[]}', config({ created_by: "x" }), []],
    ["is nothing where it is no JSON", "<html>", "", []],
    ["passes over what is no size", manifest("x", 3), "{}", [{ bytes: 3, by: "?" }]],
  ])("%s", (_, raw, image, layers) => expect(parseLayers(raw, image)).toEqual(layers));
});

describe("what layers weigh", () => {
  const layer = (of: string, size: unknown) => ({ digest: digest(of), size });
  const manifest = (...layers: object[]) => JSON.stringify({ layers });
  it.each<[string, string, unknown[] | undefined, [string, number][]]>([
    [
      "by their digests",
      manifest(layer("a", 7), layer("b", 20)),
      undefined,
      [
        ["a", 7],
        ["b", 20],
      ],
    ],
    [
      "by the names that they have elsewhere",
      manifest(layer("a", 7), layer("b", 20)),
      [digest("c"), digest("d")],
      [
        ["c", 7],
        ["d", 20],
      ],
    ],
    ["not where there are more names", manifest(layer("a", 7)), [digest("c"), digest("d")], []],
    [
      "not where a name is no digest",
      manifest(layer("a", 7), layer("b", 20)),
      ["latest", digest("d")],
      [["d", 20]],
    ],
    ["not where it is no number", manifest(layer("a", "7"), { size: 7 }), undefined, []],
    ["not of an index", '{"manifests":[]}', undefined, []],
    ["not of an index by names", '{"manifests":[]}', [], []],
    ["not where it is no JSON", "<html>", undefined, []],
  ])("%s", (_, raw, names, sizes) => {
    expect([...parseSizes(raw, names)]).toEqual(sizes.map(([of, bytes]) => [digest(of), bytes]));
  });
});

describe("the digests of unpacked layers", () => {
  it.each([
    [JSON.stringify({ rootfs: { type: "layers", diff_ids: [digest("a")] } }), [digest("a")]],
    ['{"rootfs":{"diff_ids":"x"}}', undefined],
    ['{"rootfs":null}', undefined],
    ["{}", undefined],
    ["", undefined],
  ])("in %s", (text, ids) => expect(diffIdsIn(text)).toEqual(ids));
});

describe("the config's digest", () => {
  it.each([
    [JSON.stringify({ config: { digest: digest("c") } }), digest("c")],
    ['{"config":{"digest":"latest"}}', undefined],
    ['{"config":null}', undefined],
    ['{"manifests":[]}', undefined],
    ["null", undefined],
    ["", undefined],
  ])("in %s", (text, config) => expect(configIn(text)).toBe(config));
});

describe("an image's history", () => {
  it("has its layers in the order in which they were made", () => {
    const line = (more: object) => JSON.stringify({ ID: "<missing>", ...more });
    const text = [
      line({ CreatedBy: 'CMD ["serve"]', Size: "0" }),
      line({ CreatedBy: "COPY . .", Size: "286700" }),
      line({ CreatedBy: "", Size: "138800000" }),
      line({ CreatedBy: "no size" }),
      line({ CreatedBy: "a size for people", Size: "1.2MB" }),
      "not JSON",
      "",
    ].join("\n");
    expect(parseHistory(text)).toEqual([
      { bytes: 138_800_000, by: "" },
      { bytes: 286_700, by: "COPY . ." },
      { bytes: 0, by: 'CMD ["serve"]' },
    ]);
  });
});

describe("the config in the blob of an image's config", () => {
  it.each([
    ['{"architecture":"amd64","config":{"Cmd":["a"],"User":"web"}}', { Cmd: ["a"], User: "web" }],
    ['{"architecture":"amd64"}', {}],
    ['{"config":null}', {}],
    ['{"config":["a"]}', {}],
    ["null", undefined],
    ["[]", undefined],
    ['"config"', undefined],
    ["", undefined],
    ["<html>", undefined],
  ])("of %s is %j", (text, config) => expect(parseConfigBlob(text)).toEqual(config));
});

describe("the config in `docker image inspect`", () => {
  it("becomes the blob of a config, with the layers and the platform that an image is read by", () => {
    const inspected = {
      Id: "sha256:0",
      Architecture: "arm",
      Variant: "v7",
      Os: "linux",
      Config: { Cmd: ["a"] },
      RootFS: { Type: "layers", Layers: ["sha256:1", "sha256:2"] },
    };
    expect(JSON.parse(parseInspectedConfig(JSON.stringify([inspected])) ?? "")).toEqual({
      architecture: "arm",
      variant: "v7",
      os: "linux",
      config: { Cmd: ["a"] },
      rootfs: { type: "layers", diff_ids: ["sha256:1", "sha256:2"] },
    });
  });

  it.each([
    ['[{"Config":null}]', undefined],
    ["[{}]", undefined],
    ["[]", undefined],
    ["", undefined],
  ])("of %s is %j", (text, config) => expect(parseInspectedConfig(text)).toEqual(config));
});

describe("ONBUILD", () => {
  it.each([
    [{ OnBuild: ["RUN make", "COPY . ."] }, ["RUN make", "COPY . ."]],
    [{ OnBuild: [] }, []],
    [{ OnBuild: null }, []],
    [{ OnBuild: "RUN make" }, []],
    [{}, []],
  ])("in %j: %j", (config, instructions) => expect(onbuildIn(config)).toEqual(instructions));
});

describe("the base images of a build", () => {
  const material = (uri: unknown, ...digests: unknown[]) => ({ URI: uri, Digests: digests });
  const images = (...materials: unknown[]) => [
    ...parseMaterials(JSON.stringify({ Name: "x", Materials: materials })),
  ];

  it.each<[string, string]>([
    ["pkg:docker/python@3.13-slim?platform=linux%2Famd64", "python:3.13-slim"],
    ["pkg:docker/python@3.13-slim", "python:3.13-slim"],
    ["pkg:docker/ghcr.io/acme/base@1.2?platform=linux%2Famd64", "ghcr.io/acme/base:1.2"],
    ["pkg:docker/localhost%3A5000/base@1", "localhost:5000/base:1"],
  ])("%s is %s", (uri, name) => expect(images(material(uri, digest("b")))).toEqual([[name, digest("b")]]));

  it.each<[string, unknown]>([
    ["a name with a digest, which needs no other", material(`pkg:docker/python@${digest("b")}`, digest("b"))],
    [
      "the tag `latest`, whose FROM line may name a stage as well",
      material("pkg:docker/python@latest?platform=linux%2Famd64", digest("b")),
    ],
    ["something that is not an image", material("https://example.org/x.tar.gz", digest("b"))],
    ["the build context in git", material("git+https://github.com/acme/shop", "c0ffee")],
    ["an image without a digest", material("pkg:docker/python@3.13")],
    ["an image whose digest is not one", material("pkg:docker/python@3.13", "latest")],
    ["a material without an address", material(undefined, digest("b"))],
  ])("are without %s", (_, one) => expect(images(one)).toEqual([]));

  it.each(["", "null", "{}", '{"Materials":null}', "<html>"])("are none in %j", (text) =>
    expect(parseMaterials(text).size).toBe(0),
  );
});
