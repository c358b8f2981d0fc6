import { symlinkSync } from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { foldersOf } from "../../../src/request/context.ts";
import { complaint, folder, read, runner, sweep } from "./world.ts";

afterAll(sweep);

const FILES = {
  Dockerfile: "",
  "app/Dockerfile": "",
  "app/Dockerfile.prod": "",
  "docker/prod/Dockerfile": "",
  "empty/": "",
};

describe("context and file", () => {
  const root = folder(FILES);
  const build = (inputs: Record<string, string>) => read(runner(root, inputs)).build;

  it.each([
    ["nothing", {}, "", "Dockerfile"],
    ["the workspace", { context: "." }, "", "Dockerfile"],
    ["a folder", { context: "app" }, "app", "app/Dockerfile"],
    ["a folder with a slash", { context: "./app/" }, "app", "app/Dockerfile"],
    ["a file, relative to the workspace", { context: "app", file: "Dockerfile" }, "app", "Dockerfile"],
    ["a file next to it", { context: "app", file: "./app/Dockerfile.prod" }, "app", "app/Dockerfile.prod"],
    [
      "a file outside the context",
      { context: "empty", file: "docker/prod/Dockerfile" },
      "empty",
      "docker/prod/Dockerfile",
    ],
    ["a folder through another one", { context: "app/../app" }, "app", "app/Dockerfile"],
  ])("%s", (_, inputs, context, file) =>
    expect(build(inputs)).toMatchObject({
      context: path.join(root, context),
      contextIsRemote: false,
      file: path.join(root, file),
      fileShown: file,
    }),
  );

  it("may be absolute, and outside the workspace", () => {
    const other = folder();
    expect(build({ context: other })).toMatchObject({
      context: other,
      file: path.join(other, "Dockerfile"),
      fileShown: path.join(other, "Dockerfile"),
    });
  });

  it.each([
    "https://github.com/acme/shop.git#main:app",
    "http://example.org/context.tar.gz",
    "git://example.org/shop.git",
    "ssh://git@example.org/shop.git",
    "git@github.com:acme/shop.git",
    "github.com/acme/shop",
  ])("may be the URL %s", (context) => {
    expect(build({ context })).toMatchObject({ context, contextIsRemote: true, file: "Dockerfile" });
    expect(build({ context, file: "docker/Dockerfile" })).toMatchObject({
      file: "docker/Dockerfile",
      fileShown: "docker/Dockerfile",
    });
  });

  it("is a folder that looks like a URL, as in buildx", () => {
    const odd = folder({ "github.com/acme/shop/Dockerfile": "" });
    expect(read(runner(odd, { context: "github.com/acme/shop" })).build.contextIsRemote).toBe(false);
  });

  it.each([
    ["a folder that does not exist", { context: "nope" }, '`context` "nope" does not exist.'],
    ["a file for a folder", { context: "Dockerfile" }, '`context` "Dockerfile" is not a folder.'],
    ["standard input", { context: "-" }, "standard input"],
    ["a Dockerfile from standard input", { file: "-" }, "standard input"],
    ["a template", { context: "{{defaultContext}}:app" }, "template of docker/build-push-action"],
    ["two lines", { context: "app\nempty" }, '`context` "app\\nempty" has a control character'],
    ["two files", { file: "a\nb" }, '`file` "a\\nb" has a control character'],
    ["a file that does not exist", { file: "nope" }, '`file` "nope" does not exist. Give its path relative'],
    ["a folder for a file", { file: "app" }, '`file` "app" is a folder.'],
    [
      "a file that is only in the context",
      { context: "app", file: "Dockerfile.prod" },
      '"app/Dockerfile.prod"',
    ],
  ])("refuses %s", (_, inputs, sentence) => expect(complaint(runner(root, inputs))).toContain(sentence));
});

describe("a missing Dockerfile", () => {
  it.each([
    ["in a folder below", { "docker/Dockerfile": "" }, '"docker/Dockerfile" is there: set `file` to it'],
    ["under podman's name", { Containerfile: "" }, '"Containerfile" is there'],
    ["in lower case", { dockerfile: "" }, '"dockerfile" is there'],
    ["with an ending", { "Dockerfile.prod": "" }, '"Dockerfile.prod" is there'],
    ["with a first name", { "prod.Dockerfile": "" }, '"prod.Dockerfile" is there'],
    [
      "twice",
      { "a/Dockerfile": "", "b/Dockerfile": "" },
      '"a/Dockerfile" is there: set `file` to it if that is the one. Also found: "b/Dockerfile".',
    ],
    ["nowhere", { "manage.py": "" }, "No other Dockerfile was found near it."],
    ["only as an ignore file", { "Dockerfile.dockerignore": "" }, "No other Dockerfile was found"],
    ["only in node_modules", { "node_modules/Dockerfile": "" }, "No other Dockerfile was found"],
    ["as a folder", { "Dockerfile/x": "" }, '"Dockerfile" is a folder.'],
  ])("%s", (_, files, sentence) => {
    const message = complaint(runner(folder(files), {}));
    expect(message).toMatch(/^`file` "Dockerfile" (does not exist|is a folder)\./);
    expect(message).toContain(sentence);
  });

  it("in a subfolder is reported by its path in the workspace", () =>
    expect(complaint(runner(folder({ "app/x": "", "app/docker/Dockerfile": "" }), { context: "app" }))).toBe(
      '`file` "app/Dockerfile" does not exist. "app/docker/Dockerfile" is there: set `file` to it if that is the one.',
    ));

  it("in an empty workspace means that nothing was checked out", () =>
    expect(complaint(runner(folder({}), {}))).toBe(
      "`context` is in an empty workspace. Add actions/checkout before this step.",
    ));
});

describe("a Dockerfile that is a link", () => {
  // docker/compose#5315, moby/moby#32041, podman-container-tools/buildah#6861
  it.each([
    ["to the folder above", "docker/Dockerfile", "../base/Dockerfile", '"base/Dockerfile"'],
    ["out of the context", "Dockerfile", "/etc/hostname", '"/etc/hostname"'],
    ["from a folder to the workspace", "docker/Dockerfile", "../Dockerfile.prod", '"Dockerfile.prod"'],
  ])("%s is refused", (_, file, to, shown) => {
    const root = folder({ "docker/x": "", "base/Dockerfile": "", "Dockerfile.prod": "" });
    symlinkSync(to, path.join(root, file));
    expect(complaint(runner(root, { file }))).toBe(
      `\`file\` "${file}" is a link to a file outside its folder, where the builder does not follow it. Set \`file\` to ${shown}.`,
    );
  });

  it.each([
    ["to its neighbour", "Dockerfile", "Dockerfile.prod"],
    ["to a folder below", "Dockerfile", "docker/Dockerfile"],
  ])("%s is fine", (_, file, to) => {
    const root = folder({ "Dockerfile.prod": "", "docker/Dockerfile": "" });
    symlinkSync(to, path.join(root, file));
    expect(complaint(runner(root, {}))).toBe("");
  });

  it("to nothing is named with what it leads to", () => {
    const root = folder({ "Dockerfile.web": "" });
    symlinkSync("../base/Dockerfile", path.join(root, "Dockerfile"));
    expect(complaint(runner(root, {}))).toMatch(
      /"Dockerfile" is a link to "\.\.\/base\/Dockerfile", which does not exist\..*Dockerfile\.web/,
    );
  });

  it("in a folder that is itself a link is fine", () => {
    const root = folder({ "app/Dockerfile": "" });
    symlinkSync("app", path.join(root, "current"));
    expect(complaint(runner(root, { context: "current" }))).toBe("");
  });
});

describe("a path that does not exist", () => {
  const root = folder({
    Dockerfile: "",
    "apps/shop/Dockerfile": "",
    "apps/shop/Caddyfile": "",
    "deploy/Caddyfile": "",
    "deploy/caddy/Dockerfile": "",
    "keys/deploy.pem": "",
    ".env.production": "",
    "node_modules/x/y": "",
  });
  it.each([
    ["context", "apps/shp", "apps/shop"],
    ["context", "app/shop", "apps/shop"],
    ["context", "./Apps/Shop", "apps/shop"],
    ["context", "shop", "apps/shop"],
    ["caddyfile", "Caddyfile", "deploy/Caddyfile"],
    ["caddyfile", "deploy/caddyfile", "deploy/Caddyfile"],
    ["caddyfile", "deplyo/Caddyfile", "deploy/Caddyfile"],
    ["caddy-file", "deploy/cady/Dockerfile", "deploy/caddy/Dockerfile"],
    ["caddy-context", "deploy/cady", "deploy/caddy"],
    ["build-contexts", "a=aps", "apps"],
    ["secret-files", "A=key/deploy.pem", "keys/deploy.pem"],
    ["secret-files", "A=deploy.pem", "keys/deploy.pem"],
    ["env-file", ".env.prodcution", ".env.production"],
  ])("%s %s: suggests %s", (input, written, meant) =>
    expect(complaint(runner(root, { [input]: written, file: "Dockerfile" }))).toContain(
      `Did you mean "${meant}"?`,
    ),
  );

  it.each([
    ["context", "banana"],
    ["context", "y"],
    ["context", "../../../aps"],
    ["caddyfile", "deploy/caddy/x"],
    ["env-file", "x".repeat(3000)],
    ["env-file", "a/".repeat(500)],
  ])("%s %s: suggests nothing", (input, written) => {
    const message = complaint(runner(root, { [input]: written }));
    expect(message).not.toBe("");
    expect(message).not.toContain("Did you mean");
  });
});

describe("the folders that git is asked about", () => {
  const root = folder(FILES);
  it.each<[string, Record<string, string>, string[]]>([
    ["the workspace", {}, [""]],
    ["the context", { context: "app" }, ["app"]],
    ["the Dockerfile's", { context: "app", file: "docker/prod/Dockerfile" }, ["app", "docker/prod"]],
    ["one that is named twice", { context: "app", file: "app/Dockerfile" }, ["app"]],
    [
      "further contexts",
      { "build-contexts": "a=app\nb=docker-image://x\nc=https://example.org/x.git" },
      ["", "app"],
    ],
    [
      "Caddy's",
      { caddyfile: "app/Caddyfile", "caddy-file": "docker/prod/Dockerfile", "caddy-context": "empty" },
      ["", "app", "docker/prod", "empty"],
    ],
    ["none for a URL", { context: "https://github.com/acme/shop.git" }, []],
    ["the workspace for one that does not exist", { context: "nope" }, [""]],
  ])("%s", (_, inputs, folders) =>
    expect(foldersOf(runner(root, inputs))).toEqual(folders.map((name) => path.join(root, name))),
  );
});
