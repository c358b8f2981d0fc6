/** Why a Caddyfile is not read. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { repositoryAt, whyUnread } from "../../../../src/checks/project/repository.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "unread-"));
  const workspace = path.join(folder, "workspace");
  mkdirSync(path.join(workspace, "folder"), { recursive: true });
  writeFileSync(path.join(folder, "outside"), "a.org");
  symlinkSync("../outside", path.join(workspace, "link"));
  symlinkSync("nowhere", path.join(workspace, "broken"));
  writeFileSync(path.join(workspace, "Caddyfile"), "#".repeat(1024 * 1024 + 1));
  writeFileSync(path.join(workspace, "caddy.json"), " ".repeat(16 * 1024 * 1024 + 1));
});
afterAll(() => rmSync(folder, { recursive: true }));

it.each([
  ["link", "is a link that leads out of the checkout"],
  ["broken", "does not exist, or is a link that leads nowhere"],
  ["folder", "is not a file"],
  ["Caddyfile", "is larger than a megabyte"],
  ["caddy.json", "is larger than 16 megabytes"],
])("%s %s", async (file, why) => {
  const workspace = path.join(folder, "workspace");
  expect(await repositoryAt(workspace).read(file)).toBeUndefined();
  expect(await whyUnread(workspace, file)).toBe(why);
});
