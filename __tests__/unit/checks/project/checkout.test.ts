/** What is read of a checkout. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { Checkout } from "../../../../src/checks/project/checkout.ts";
import { repositoryAt } from "../../../../src/checks/project/repository.ts";
import type { Build } from "../../../../src/request/request.ts";
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

function checkout(more: Partial<Build> = {}): Checkout {
  const build = aBuild({ context: workspace, file: join(workspace, "Dockerfile"), ...more });
  return new Checkout(aRequest({ workspace, build }));
}

const collecting = (more: Partial<Build> = {}) => checkout(more).collecting();

describe("the checkout is searched for collectstatic", () => {
  it.each<[string, string, string, string | undefined]>([
    ["a script", "deploy/release.sh", "docker compose run web manage.py collectstatic", "deploy/release.sh"],
    [
      "a workflow",
      ".github/workflows/deploy.yml",
      "run: manage.py collectstatic",
      ".github/workflows/deploy.yml",
    ],
    ["a file without an ending", "Makefile", "static:\n\tmanage.py collectstatic", "Makefile"],
    ["a comment", "start.sh", "# manage.py collectstatic", undefined],
    ["a text for people", "README.md", "manage.py collectstatic", undefined],
    ["a package of another language", "node_modules/x/x.sh", "manage.py collectstatic", undefined],
  ])("%s", async (_, name, text, elsewhere) => {
    put(name, text);
    expect(await collecting()).toMatchObject({
      inBuild: true,
      atStart: false,
      elsewhere,
      startIsKnown: true,
    });
  });

  it("is not certain where a folder is too large or too deep", async () => {
    for (let number = 0; number < 2001; number++) put(`many/${number}.py`, "");
    expect(await collecting()).toMatchObject({ startIsKnown: false });
    rmSync(join(workspace, "many"), { recursive: true });
    put("a/b/c/d/e/f/g/h.py", "");
    expect(await collecting()).toMatchObject({ startIsKnown: false });
  }, 30_000);

  it("is certain next to many pictures, which are not read", async () => {
    for (let number = 0; number < 2001; number++) put(`many/${number}.svg`, "");
    expect(await collecting()).toMatchObject({ startIsKnown: true });
  }, 30_000);

  it("follows no link out of the checkout", async () => {
    symlinkSync("/etc/passwd", join(workspace, "start"));
    expect(await collecting()).toMatchObject({ elsewhere: undefined, startIsKnown: false });
  });

  it.each<[string, string | Buffer]>([
    ["is too large", "x".repeat(1100 * 1024)],
    ["has too much in all", "x".repeat(250 * 1024)],
  ])("is not certain where a text %s", async (what, text) => {
    for (let number = 0; number < (what.startsWith("has") ? 90 : 1); number++)
      put(`a/${number}.yaml`, String(text));
    expect(await collecting()).toMatchObject({ startIsKnown: false });
  });

  it("is certain next to a program", async () => {
    put("bin/tool", "\0".repeat(1000));
    expect(await collecting()).toMatchObject({ startIsKnown: true });
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

describe("the compose files", () => {
  // As in deploy/Caddyfile with deploy/compose.yml, which no input names.
  it("are looked for next to a Caddyfile that is found", async () => {
    put("deploy/Caddyfile", "shop.acme.com");
    put(
      "deploy/compose.yml",
      "services: {web: {image: ghcr.io/acme/shop}, worker: {build: .., command: celery}}",
    );
    const found = (await checkout().ours()).map(({ name, file }) => `${name} ${file}`);
    expect(found).toEqual(["web compose.yml", "web deploy/compose.yml", "worker deploy/compose.yml"]);
  });

  it("count where they name the stage that is shipped", async () => {
    put("Dockerfile", "FROM python AS production\nFROM production AS dev\n");
    expect(await checkout({ target: "production" }).ours()).toEqual([]);
    put("compose.yml", "services: {web: {build: {context: ., target: production}}}");
    expect(await checkout({ target: "production" }).ours()).toHaveLength(1);
  });
});

describe("a compose service's file of variables", () => {
  it.each<[string, string | undefined, boolean]>([
    ["that is in the checkout is read", "DEBUG=0", false],
    ["may tell the server to take the scheme from a header", "FORWARDED_ALLOW_IPS=*", true],
    ["that is not there may do so too", undefined, true],
  ])("%s", async (_, text, mayKnow) => {
    put(
      "compose.yml",
      "services: {web: {build: ., env_file: web.env}, db: {image: 'postgres:17', env_file: .env}}",
    );
    if (text !== undefined) put("web.env", text);
    expect(await checkout().mentions()).toMatchObject({ plainServer: true, forwardedProto: mayKnow });
  });
});

describe("the Dockerfile", () => {
  it.each([
    ["a link to a device", "/dev/zero"],
    ["a link out of the checkout", "/etc/passwd"],
  ])("is not read through %s", async (_, target) => {
    rmSync(join(workspace, "Dockerfile"));
    symlinkSync(target, join(workspace, "Dockerfile"));
    expect(await checkout().dockerfile()).toEqual([]);
  });

  it("may be elsewhere", async () => {
    const folder = mkdtempSync(join(tmpdir(), "elsewhere-"));
    writeFileSync(join(folder, "Dockerfile"), "FROM x");
    expect(await checkout({ file: join(folder, "Dockerfile") }).dockerfile()).toHaveLength(1);
    rmSync(folder, { recursive: true });
  });
});
