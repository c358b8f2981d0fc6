import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { complaint, folder, read, runner, sweep } from "./world.ts";

let workspace = "";
beforeAll(() => {
  workspace = folder({ Dockerfile: "", "libs/x": "" });
});
afterAll(sweep);

const request = (inputs: Record<string, string>) => read(runner(workspace, inputs));
const build = (inputs: Record<string, string>) => request(inputs).build;
const problem = (inputs: Record<string, string>) => complaint(runner(workspace, inputs));

describe("platforms", () => {
  it.each<[string, string[]]>([
    ["linux/amd64,linux/arm64", ["linux/amd64", "linux/arm64"]],
    ["linux/arm64\n linux/amd64 ", ["linux/arm64", "linux/amd64"]],
    ["linux/amd64,linux/amd64", ["linux/amd64"]],
    ["amd64,x86_64,linux/amd64/v1", ["linux/amd64"]],
    ["linux/amd64/v2", ["linux/amd64/v2"]],
    ["arm64,aarch64,linux/arm64/v8,linux/arm64/8", ["linux/arm64"]],
    ["arm,armhf,linux/arm/v7,linux/arm/7", ["linux/arm/v7"]],
    ["armel,linux/arm/v6", ["linux/arm/v6"]],
    ["Linux/AMD64", ["linux/amd64"]],
    ["i386", ["linux/386"]],
    ["linux/riscv64,linux/s390x,linux/ppc64le", ["linux/riscv64", "linux/s390x", "linux/ppc64le"]],
    ["", []],
    [" , ", []],
  ])("%j are %j", (platforms, read) => expect(build({ platforms }).platforms).toEqual(read));

  it.each([
    "linux",
    "local",
    "windows/amd64",
    "darwin/arm64",
    "linux/amd46",
    "linux/amd64/x",
    "linux/",
    "linux//amd64",
    "a=b",
  ])("refuses %s", (platforms) => expect(problem({ platforms })).toContain("is not a platform of Linux"));

  it.each([
    ["linux/arn64", "linux/arm64"],
    ["linux/amd46", "linux/amd64"],
    ["amd46", "linux/amd64"],
    ["linux/amr/v7", "linux/arm"],
  ])("guesses what was meant by %s", (platforms, meant) =>
    expect(problem({ platforms })).toContain(`Did you mean \`${meant}\`?`),
  );
});

describe("build-contexts", () => {
  it.each<[string, string, string | undefined]>([
    ["a folder", "libs=./libs", undefined],
    ["an image", "base=docker-image://alpine:3", "docker-image://alpine:3"],
    [
      "an image by its name",
      "python:3.13=docker-image://python:3.13@sha256:1",
      "docker-image://python:3.13@sha256:1",
    ],
    ["an OCI layout", "base=oci-layout://./layout", "oci-layout://./layout"],
    ["a Git URL", "src=https://github.com/acme/x.git#main", "https://github.com/acme/x.git#main"],
    ["a Git address", "src=git@github.com:acme/x.git", "git@github.com:acme/x.git"],
  ])("%s", (_, text, source) =>
    expect([...build({ "build-contexts": text }).contexts]).toEqual([
      [text.slice(0, text.indexOf("=")), source ?? path.join(workspace, "libs")],
    ]),
  );
  it.each([
    ["libs", "is not allowed. Write `name=folder`"],
    ["libs=", "is not allowed"],
    ["=libs", "is not allowed"],
    ["libs=nope", "names a folder that does not exist"],
    ["libs=Dockerfile", "names a folder that does not exist"],
    ["libs=target:checks", "names a target of a bake file"],
    ["x=https://me:hunter2@example.org:x y=\u0007", "is not allowed"],
  ])("refuses %s", (text, sentence) => {
    expect(problem({ "build-contexts": text })).toContain(sentence);
    expect(problem({ "build-contexts": text })).not.toContain("hunter2");
  });
});

describe("labels", () => {
  it.each<[string, string, Record<string, string>]>([
    [
      "metadata-action's",
      "org.opencontainers.image.title=Shop\norg.opencontainers.image.description=a, b",
      { "org.opencontainers.image.title": "Shop", "org.opencontainers.image.description": "a, b" },
    ],
    ["without a value", "nightly", { nightly: "" }],
    ["with =", "a=b=c", { a: "b=c" }],
    ["with templates", "a.${b}=%{c}", { "a.${b}": "%{c}" }],
    ["named like an object's own", "__proto__=x", JSON.parse('{"__proto__":"x"}')],
  ])("%s", (_, labels, expected) => expect(Object.fromEntries(build({ labels }).labels)).toEqual(expected));
  it.each(["=x", "a b=c", "# note", "line of a description"])("refuses %s", (labels) =>
    expect(problem({ labels })).toContain("`labels`"),
  );
});

describe("lists that go to bake as they are", () => {
  it.each([
    ["annotations", "annotations", "a=b\nmanifest,index:c=d", ["a=b", "manifest,index:c=d"]],
    ["ssh", "ssh", "default", ["default"]],
    ["ssh", "ssh", "github=./key\ngitlab=$SSH_AUTH_SOCK", ["github=./key", "gitlab=$SSH_AUTH_SOCK"]],
    ["ulimits", "ulimit", "nofile=1024:2048\nnproc=5\ncore=-1", ["nofile=1024:2048", "nproc=5", "core=-1"]],
    ["ulimits", "ulimit", "memlock=-1:-1", ["memlock=-1:-1"]],
    ["allow", "allow", "network.host,security.insecure", ["network.host", "security.insecure"]],
    ["allow", "allow", "device=nvidia.com/gpu=all\ndevice", ["device=nvidia.com/gpu=all", "device"]],
    ["noCacheFilters", "no-cache-filters", "base,assets", ["base", "assets"]],
    [
      "cacheFrom",
      "cache-from",
      "type=gha,scope=shop\nghcr.io/acme/shop:cache",
      ["type=gha,scope=shop", "ghcr.io/acme/shop:cache"],
    ],
    [
      "cacheTo",
      "cache-to",
      "type=registry,ref=ghcr.io/acme/shop:cache,mode=max",
      ["type=registry,ref=ghcr.io/acme/shop:cache,mode=max"],
    ],
  ] as const)("%s of %s: %j", (key, input, text, expected) =>
    expect(build({ [input]: text })[key]).toEqual(expected),
  );

  it.each([
    ["annotations", "no-value", "`key=value`"],
    ["annotations", "# a=b", "There are no comments"],
    ["ssh", "-x", "`default`"],
    ["ssh", '"a\nb"', "`default`"],
    ["ulimit", "nofile", "`name=soft`"],
    ["ulimit", "nofile=many", "`name=soft`"],
    ["ulimit", "nofiel=5", "Did you mean `nofile`?"],
    ["ulimit", "nofile=2048:1024", "above its hard limit"],
    ["ulimit", "nofile=-1:1024", "above its hard limit"],
    ["allow", "network.hots", "Did you mean `network.host`?"],
    ["allow", "fs=*", "is not an entitlement"],
    ["allow", "--privileged", "is not an entitlement"],
    ["no-cache-filters", "a b", "Write the name of a stage"],
    ["cache-from", "-x", "`type=gha,scope=x`"],
    ["cache-to", '"type=gha\nx"', "`type=gha,scope=x`"],
  ])("%s may not be %j", (input, text, sentence) => {
    expect(problem({ [input]: text })).toContain(`\`${input}\` `);
    expect(problem({ [input]: text })).toContain(sentence);
  });

  it("quotes nothing of a cache but its type", () => {
    const message = problem({ "cache-to": '"type=s3,\nsecret_access_key=hunter2"' });
    expect(message).toContain('"type=s3,…"');
    expect(message).not.toContain("hunter2");
  });
});

describe("add-hosts", () => {
  it.each([
    ["db:10.0.0.1", [["db", "10.0.0.1"]]],
    ["db=10.0.0.1", [["db", "10.0.0.1"]]],
    [
      "db:10.0.0.1, cache:10.0.0.2",
      [
        ["db", "10.0.0.1"],
        ["cache", "10.0.0.2"],
      ],
    ],
    ["db:::1", [["db", "::1"]]],
    ["db=[2001:db8::1]", [["db", "2001:db8::1"]]],
    ["host.docker.internal:host-gateway", [["host.docker.internal", "host-gateway"]]],
    ["db:10.0.0.1\ndb:10.0.0.1", [["db", "10.0.0.1"]]],
  ])("%j", (text, hosts) => expect([...build({ "add-hosts": text }).addHosts]).toEqual(hosts));
  it.each([
    ["db", "`name:ip`"],
    ["db:", "`name:ip`"],
    [":10.0.0.1", "`name:ip`"],
    ["db:10.0.0.256", "`name:ip`"],
    ["db:other", "`name:ip`"],
    ["-x:10.0.0.1", "`name:ip`"],
    ["db:10.0.0.1\ndb:10.0.0.2", "two addresses"],
  ])("refuses %j", (text, sentence) => expect(problem({ "add-hosts": text })).toContain(sentence));
});

describe("single values", () => {
  it.each([
    ["target", "prod", "target"],
    ["target", "0", "target"],
    ["target", "Stage-1.x_y", "target"],
    ["builder", "default", "builder"],
    ["builder", "builder-1.x+y", "builder"],
    ["network", "host", "network"],
    ["shm-size", "2g", "shmSize"],
    ["shm-size", "64m", "shmSize"],
    ["shm-size", "1.5GiB", "shmSize"],
    ["shm-size", "67108864", "shmSize"],
    ["shm-size", "64 MB", "shmSize"],
    ["provenance", "mode=max", "provenance"],
    ["provenance", "mode=min,inline-only=true", "provenance"],
    ["provenance", "true", "provenance"],
    ["sbom", "generator=docker/scout-sbom-indexer:latest", "sbom"],
    ["sbom", "false", "sbom"],
  ] as const)("%s may be %s", (input, value, key) => expect(build({ [input]: value })[key]).toBe(value));

  it("writes a boolean attestation in lower case", () =>
    expect(build({ provenance: "False", sbom: "TRUE" })).toMatchObject({
      provenance: "false",
      sbom: "true",
    }));

  it.each([
    ["target", "-x"],
    ["target", "a b"],
    ["target", "${x}"],
    ["builder", "--driver"],
    ["builder", "a/b"],
    ["shm-size", "2x"],
    ["shm-size", "-1"],
    ["shm-size", "big"],
    ["provenance", "yes"],
    ["provenance", "max"],
    ["provenance", "mode=maximal"],
    ["provenance", "type=sbom"],
    ["provenance", "mode=max\nx=y"],
    ["provenance", '"mode=max'],
    ["sbom", "on"],
    ["sbom", "type=provenance"],
  ])("%s may not be %j", (input, value) =>
    expect(problem({ [input]: value })).toMatch(new RegExp(`^\`${input}\` "`)),
  );
});
