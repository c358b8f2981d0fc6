import { symlinkSync } from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { complaint, folder, read, runner, sweep } from "./world.ts";

afterAll(sweep);

const root = folder({
  ...{ "deploy/caddy.json": "{}", "deploy/caddy.yaml": "", "deploy/Caddy.yml": "", "deploy/caddy.toml": "" },
  ...{ "deploy/caddy.json5": "", "deploy/caddy.jsonc": "", "deploy/nginx.conf": "", "deploy/caddy.conf": "" },
  Dockerfile: "",
  "deploy/Caddyfile": "",
  "deploy/Dockerfile": "",
  "apps/": "",
});
const caddy = (inputs: Record<string, string>) => read(runner(root, inputs)).caddy;

describe("the caddy inputs", () => {
  it.each<[what: string, inputs: Record<string, string>, wish: Record<string, unknown>]>([
    ["nothing", {}, { file: "", image: "caddy:2", imageIsNamed: false, dockerfile: "", context: "" }],
    ["action.yml's default", { "caddy-image": "caddy:2" }, { imageIsNamed: false }],
    ["none", { caddyfile: "none" }, { file: "none" }],
    ["Caddy's JSON", { caddyfile: "deploy/caddy.json" }, { file: "deploy/caddy.json" }],
    ["a Caddyfile of another name", { caddyfile: "deploy/caddy.conf" }, { file: "deploy/caddy.conf" }],
    ["a Caddyfile", { caddyfile: "./deploy/Caddyfile" }, { file: "deploy/Caddyfile" }],
    [
      "an image",
      { "caddy-image": "ghcr.io/acme/caddy:3" },
      { image: "ghcr.io/acme/caddy:3", imageIsNamed: true },
    ],
    [
      "an image of a registry with a port",
      { "caddy-image": "127.0.0.1:5000/caddy" },
      { image: "127.0.0.1:5000/caddy" },
    ],
    ["a pinned image", { "caddy-image": `caddy@sha256:${"a".repeat(64)}` }, { imageIsNamed: true }],
    [
      "the project's own image",
      { "caddy-file": "deploy/Dockerfile", "caddy-context": "apps", "caddy-target": "last" },
      { dockerfile: path.join(root, "deploy/Dockerfile"), context: path.join(root, "apps"), target: "last" },
    ],
    [
      "the arguments of its build",
      { "caddy-build-args": "A=1, 2\nB=3" },
      {
        args: new Map([
          ["A", "1, 2"],
          ["B", "3"],
        ]),
      },
    ],
    [
      "variables",
      { "caddy-env": "# hosts\nDOMAIN=a.org\nEMPTY=" },
      {
        env: new Map([
          ["DOMAIN", "a.org"],
          ["EMPTY", ""],
        ]),
      },
    ],
  ])("%s", (_, inputs, wish) => {
    expect(caddy(inputs)).toMatchObject(wish);
  });

  it.each<[inputs: Record<string, string>, sentence: string]>([
    [
      { caddyfile: "Caddyfile" },
      '`caddyfile` "Caddyfile" does not exist. Give its path relative to the workspace. Did you mean "deploy/Caddyfile"?',
    ],
    [
      { caddyfile: "deploy/caddyfile" },
      '`caddyfile` "deploy/caddyfile" does not exist. Give its path relative to the workspace. Did you mean "deploy/Caddyfile"?',
    ],
    [
      { caddyfile: "deploy" },
      '`caddyfile` "deploy" does not exist. Give its path relative to the workspace.',
    ],
    [
      { caddyfile: "/etc/hostname" },
      '`caddyfile` "/etc/hostname" is outside the workspace. Name a file in it.',
    ],
    [
      { "caddy-context": "Dockerfile" },
      '`caddy-context` "Dockerfile" does not exist. Give its path relative to the workspace.',
    ],
    [
      { "caddy-image": "caddy 2" },
      '`caddy-image` "caddy 2" is not allowed. Write an image like `caddy:2.11` or `ghcr.io/acme/caddy:3`.',
    ],
    [
      { "caddy-env": "SECRET_LINE" },
      "`caddy-env` names SECRET_LINE, which is not set on the runner: set it in the step's `env:`, or write `NAME=VALUE` (line 1)",
    ],
    [
      { "caddy-env": "not a name=1" },
      "`caddy-env` has a line that is neither `NAME=VALUE` nor `NAME` (line 1)",
    ],
  ])("%j is a problem", (inputs, sentence) => {
    expect(complaint(runner(root, inputs))).toBe(sentence);
  });

  it.each([
    // caddyserver/caddy #6430: unrecognized config adapter: yaml.
    ["deploy/caddy.yaml", "YAML"],
    ["deploy/Caddy.yml", "YAML"],
    ["deploy/caddy.toml", "TOML"],
    // NixOS/nixpkgs #153142: json5 and jsonc need plugins.
    ["deploy/caddy.json5", "a config for an adapter of a plugin"],
    ["deploy/caddy.jsonc", "a config for an adapter of a plugin"],
    ["deploy/nginx.conf", "a config of nginx"],
  ])("%s is a problem, for it is %s", (caddyfile, is) => {
    expect(complaint(runner(root, { caddyfile }))).toBe(
      `\`caddyfile\` "${caddyfile}" is ${is}. Only a Caddyfile and Caddy's own JSON (\`.json\`) are read here. \`caddy adapt\` with that adapter writes JSON.`,
    );
  });

  it("a link that leads out of the workspace is a problem", () => {
    symlinkSync("/etc/hostname", path.join(root, "linked"));
    expect(complaint(runner(root, { caddyfile: "linked" }))).toContain("leads out of the workspace");
  });
});
