import { describe, expect, it } from "@jest/globals";
import {
  canonical,
  parseRepository,
  parseTag,
  pinned,
  ref,
  registry,
  sameRepository,
  split,
} from "../../../src/request/reference.ts";
import type { Digest, Repository, Tag } from "../../../src/request/request.ts";

const HEX = "0123456789abcdef".repeat(4);

describe("a repository", () => {
  it.each([
    "shop",
    "acme/shop",
    "acme/team/shop",
    "ghcr.io/acme/shop",
    "docker.io/acme/shop",
    "localhost/shop",
    "localhost:5000/shop",
    "127.0.0.1:5000/shop",
    "[::1]:5000/shop",
    "[2001:db8::1]/shop",
    "registry:5000/acme/shop",
    "my-registry.example.org/a/b/c/d",
    "eu-docker.pkg.dev/project-1/repo/shop",
    "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop",
    "a.b/c",
    "a_b/c__d/e-f/g---h/i.j",
    "0/1",
    `ghcr.io/${"a".repeat(247)}`,
  ])("may be %s", (text) => expect(parseRepository(text)).toEqual({ value: text }));

  it.each([
    ["Acme/Shop", "acme/shop"],
    ["ghcr.io/Acme/Shop", "ghcr.io/acme/shop"],
    ["GHCR.IO/acme/shop", "ghcr.io/acme/shop"],
  ])("%s is lowered", (text, value) => expect(parseRepository(text)).toEqual({ value }));

  it.each([
    ["", "is empty"],
    ["ghcr.io/acme/shop:7", 'has a tag. Name the repository alone ("ghcr.io/acme/shop")'],
    ["localhost:5000/shop:7", 'has a tag. Name the repository alone ("localhost:5000/shop")'],
    ["shop:latest", "has a tag"],
    ["shop:", "has a tag"],
    [`ghcr.io/acme/shop@sha256:${HEX}`, 'has a digest. Name the repository alone: "ghcr.io/acme/shop"'],
    ["shop@", "has a digest"],
    ["https://ghcr.io/acme/shop", "is a URL"],
    ["HTTP://ghcr.io/acme/shop", "is a URL"],
    ["docker://ghcr.io/acme/shop", "is a URL"],
    ["-shop", "begins with a dash"],
    ["--help", "begins with a dash"],
    ["acme/my shop", "has white space"],
    ["acme/shop\nacme/other", "has white space"],
    ["acme/shop\0", "has white space"],
    ["acme/\u00a0shop", "has white space"],
    ["/acme/shop", "has an empty part"],
    ["acme/shop/", "has an empty part"],
    ["ghcr.io//shop", "has an empty part"],
    ["ghcr.io/", "has an empty part"],
    ["/", "has an empty part"],
    ["ghcr.io/_shop", 'has the part "_shop"'],
    ["acme/shop-", 'has the part "shop-"'],
    ["acme/.shop", 'has the part ".shop"'],
    ["acme/..", 'has the part ".."'],
    ["acme/a..b", 'has the part "a..b"'],
    ["acme/a___b", 'has the part "a___b"'],
    ["acme/läden", 'has the part "läden"'],
    ["acme/${x}", 'has the part "${x}"'],
    ["acme/%{x}", 'has the part "%{x}"'],
    ["acme/sh'op", "has the part"],
    ["-.io/acme/shop", "begins with a dash"],
    ["ghcr-.io/acme/shop", 'has the host "ghcr-.io"'],
    ["ghcr..io/acme/shop", "has the host"],
    ["ghcr.io:port/acme/shop", "has the host"],
    ["under_score.io/acme/shop", "has the host"],
    ["[::g]/shop", "has the host"],
    [HEX, "looks like an image id"],
    ["a".repeat(256), "is 256 characters long. At most 255 are allowed"],
  ])("may not be %j", (text, sentence) => {
    expect(parseRepository(text)).toEqual({ problem: expect.stringContaining(sentence) });
  });
});

describe("a reference taken apart", () => {
  it.each([
    ["shop", "shop", undefined, undefined],
    ["shop:7", "shop", "7", undefined],
    ["localhost:5000/shop", "localhost:5000/shop", undefined, undefined],
    ["localhost:5000/shop:7", "localhost:5000/shop", "7", undefined],
    ["shop@sha256:1", "shop", undefined, "sha256:1"],
    ["shop:7@sha256:1", "shop", "7", "sha256:1"],
    [":7", "", "7", undefined],
    ["", "", undefined, undefined],
  ])("%j", (text, name, tag, digest) => expect(split(text)).toEqual({ name, tag, digest }));
});

describe("a tag", () => {
  it.each(["7", "build-7", "latest", "v1.2.3", "_x", "A.b_C-d", "a".repeat(128)])("may be %s", (text) =>
    expect(parseTag(text)).toEqual({ value: text }),
  );
  it.each(["", ".x", "-x", "a b", "a:b", "a/b", "a+b", "ä", "a\n", "a\n::error::x", "${x}", "a".repeat(129)])(
    "may not be %j",
    (text) =>
      expect(parseTag(text)).toEqual({
        problem: expect.stringContaining("is not a valid tag. Use 1 to 128 of"),
      }),
  );
});

describe("the same repository under two names", () => {
  it.each([
    ["ubuntu", "docker.io/library/ubuntu", true],
    ["ubuntu", "index.docker.io/library/ubuntu", true],
    ["docker.io/ubuntu", "library/ubuntu", true],
    ["acme/shop", "docker.io/acme/shop", true],
    ["Acme/Shop", "acme/shop", true],
    ["ghcr.io/acme/shop", "ghcr.io/acme/shop", true],
    ["ghcr.io/acme/shop", "acme/shop", false],
    ["localhost/shop", "shop", false],
    ["localhost:5000/shop", "localhost/shop", false],
    ["registry:5000/shop", "registry/shop", false],
    ["acme/shop", "acme/store", false],
  ])("%s and %s: %s", (one, other, same) => expect(sameRepository(one, other)).toBe(same));

  it("is written out in full", () => expect(canonical("shop")).toBe("docker.io/library/shop"));
});

it.each([
  ["ghcr.io/acme/shop", "ghcr.io"],
  ["localhost:5000/shop", "localhost:5000"],
  ["acme/shop", "docker.io"],
])("the registry of %s is %s", (repository, host) => expect(registry(repository as Repository)).toBe(host));

it("puts references together", () => {
  expect(ref("ghcr.io/acme/shop" as Repository, "build-7" as Tag)).toBe("ghcr.io/acme/shop:build-7");
  const digest = `sha256:${HEX}` as Digest;
  expect(pinned("ghcr.io/acme/shop" as Repository, digest)).toBe(`ghcr.io/acme/shop@sha256:${HEX}`);
});
