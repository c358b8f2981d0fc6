import { symlinkSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { isInOwnCheckout, isInWorkspace, leavesWorkspace } from "../../../src/request/paths.ts";
import { complaint, folder, read, runner, sweep } from "./world.ts";

afterAll(sweep);

/** A workspace in which a commit has made links, next to what only the runner's user should read. */
let workspace = "";
let outside = "";
beforeAll(() => {
  outside = folder({
    "config.json": '{"auths":{}}',
    Dockerfile: "FROM scratch\n",
    "deep/Caddyfile": ":80\n",
  });
  workspace = folder({
    Dockerfile: "FROM scratch\n",
    "app/Dockerfile": "FROM scratch\n",
    "app/token": "x",
    "deploy/Caddyfile": ":80\n",
  });
  const link = (target: string, name: string) => symlinkSync(target, path.join(workspace, name));
  link(outside, "out");
  link(path.join(outside, "config.json"), "file");
  link("out/deep", "twice");
  link(path.join(outside, "not-there"), "dangling");
  link("app", "inside");
  link("app/token", "token");
  link("loop", "loop");
});

describe("a path that a commit made a link out of the workspace is refused", () => {
  it.each([
    ["context", "out"],
    ["context", "out/deep"],
    ["context", "twice"],
    ["context", "./app/../out"],
    ["file", "out/Dockerfile"],
    ["file", "out/config.json"],
    ["build-contexts", "shared=out"],
    ["build-contexts", "shared=oci-layout://out"],
    ["secret-files", "key=file"],
    ["secret-files", "key=out/config.json"],
    ["ssh", "default=file"],
    ["env-file", "file"],
    ["caddyfile", "twice/Caddyfile"],
    ["caddy-context", "out"],
    ["caddy-file", "out/Dockerfile"],
    ["cache-from", "type=local,src=out"],
    ["cache-to", "type=local,mode=max,dest=out"],
    ["cache-to", "type=local,dest=dangling"],
    ["cache-to", "type=local,Dest=out"],
    ["cache-to", "type=local,dest=new,dest=out"],
    ["cache-from", "TYPE=local,SRC=out"],
    ["cache-to", "type=local,dest=dangling/deeper"],
  ])("%s: %s", (input, value) => {
    const message = complaint(runner(workspace, { [input]: value }));
    expect(message).toContain(`\`${input}\``);
    expect(message).toContain("leads out of the workspace");
    expect(message).not.toContain(outside);
  });
});

describe("what is allowed", () => {
  it.each([
    ["context", "inside"],
    ["build-contexts", "shared=inside"],
    ["secret-files", "key=token"],
    ["caddy-context", "deploy"],
    ["cache-to", "type=local,dest=new/folder"],
  ])("a link that stays in the workspace, or no link: %s: %s", (input, value) =>
    expect(complaint(runner(workspace, { [input]: value }))).toBe(""),
  );

  it("an absolute path outside, which the workflow itself names", () => {
    const inputs = {
      context: outside,
      "secret-files": `key=${outside}/config.json`,
      "build-contexts": `shared=${outside}/deep`,
      "cache-to": `type=local,dest=${outside}/cache`,
    };
    expect(complaint(runner(workspace, inputs))).toBe("");
  });

  it("everything in a workspace that is a link itself", () => {
    const linked = path.join(folder(), "workspace");
    symlinkSync(workspace, linked);
    const inputs = { context: "app", "secret-files": "key=app/token", caddyfile: "deploy/Caddyfile" };
    expect(read(runner(linked, inputs)).build.context).toBe(path.join(linked, "app"));
    expect(complaint(runner(linked, { context: path.join(workspace, "app") }))).toBe("");
    expect(complaint(runner(linked, { context: "out" }))).toContain("leads out of the workspace");
    expect(complaint(runner(linked, { context: path.join(workspace, "out") }))).toContain("leads out");
  });
});

it("the checkout that a folder is in is the workspace's own, or another one", () => {
  const root = folder({
    ".git/HEAD": "",
    "app/Dockerfile": "",
    "pr/.git/HEAD": "",
    "pr/app/Dockerfile": "",
    "sub/.git": "gitdir: x",
  });
  symlinkSync("pr/app", path.join(root, "linked"));
  const own = (place: string) => isInOwnCheckout(path.join(root, place), root);
  expect(["", "app", "pr", "pr/app", "sub", "linked"].map(own)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
  expect(isInOwnCheckout(folder(), folder())).toBe(true);
});

it("a link in a circle ends, and leads nowhere", () => {
  expect(leavesWorkspace(path.join(workspace, "loop"), workspace)).toBe(false);
  expect(leavesWorkspace(path.join(workspace, "loop/x"), workspace)).toBe(false);
});

it("a folder whose name begins like the workspace's is not in it", () => {
  const parent = folder({ "shop/Dockerfile": "", "shop-next/Dockerfile": "" });
  const [shop, next] = [path.join(parent, "shop"), path.join(parent, "shop-next")];
  expect(isInWorkspace(next, shop)).toBe(false);
  expect(leavesWorkspace(next, shop)).toBe(false);
});
