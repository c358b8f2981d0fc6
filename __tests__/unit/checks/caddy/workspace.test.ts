/** What is read of a checkout for the checks of Caddy. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { collectingOf, repositoryAt, servicesOf } from "../../../../src/checks/caddy/workspace.ts";
import { aBuild, aRequest } from "../../samples.ts";

let workspace = "";
beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), "workspace-"));
  put(
    "Dockerfile",
    "FROM python:3.13-slim\nRUN python manage.py collectstatic --noinput\nCMD gunicorn shop.wsgi\n",
  );
  put("compose.yml", "services: {web: {build: ., volumes: ['static:/app/static']}}\n");
});
afterEach(() => rmSync(workspace, { recursive: true }));

function put(name: string, text: string): void {
  const path = join(workspace, name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, text);
}

async function collecting(more: { readonly contextIsRemote?: boolean } = {}) {
  const build = aBuild({ context: workspace, file: join(workspace, "Dockerfile"), ...more });
  const request = aRequest({ workspace, build });
  return collectingOf(request, await servicesOf(request, "Caddyfile"));
}

describe("collectingOf searches the checkout for collectstatic", () => {
  it.each<[string, string, string, boolean]>([
    ["a script", "deploy/release.sh", "docker compose run web manage.py collectstatic", true],
    ["a workflow", ".github/workflows/deploy.yml", "run: manage.py collectstatic", true],
    ["a file without an ending", "Makefile", "static:\n\tmanage.py collectstatic", true],
    ["a comment", "start.sh", "# manage.py collectstatic", false],
    ["a text for people", "README.md", "manage.py collectstatic", false],
    ["a package of another language", "node_modules/x/x.sh", "manage.py collectstatic", false],
  ])("%s", async (_, name, text, elsewhere) => {
    put(name, text);
    expect(await collecting()).toEqual({ inBuild: true, elsewhere, allRead: true });
  });

  it("is not certain where a folder is too large or too deep", async () => {
    for (let number = 0; number < 2001; number++) put(`many/${number}.py`, "");
    expect(await collecting()).toMatchObject({ allRead: false });
    rmSync(join(workspace, "many"), { recursive: true });
    put("a/b/c/d/e/f/g/h.py", "");
    expect(await collecting()).toMatchObject({ allRead: false });
  }, 30_000);

  it("follows no link out of the checkout", async () => {
    symlinkSync("/etc/passwd", join(workspace, "start"));
    expect(await collecting()).toMatchObject({ elsewhere: false });
  });

  it("is not asked where no finding is possible", async () => {
    expect(await collecting({ contextIsRemote: true })).toBeUndefined();
    put("compose.yml", "services: {web: {build: .}}\n");
    expect(await collecting()).toBeUndefined();
  });
});

it("a JSON config may be larger than a Caddyfile", async () => {
  const large = " ".repeat(2 * 1024 * 1024);
  put("caddy.json", large);
  put("Caddyfile", large);
  const repository = repositoryAt(workspace);
  expect(await repository.read("caddy.json")).toBe(large);
  expect(await repository.read("Caddyfile")).toBeUndefined();
});
