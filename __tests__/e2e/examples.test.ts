/**
 * The workflows of docs/examples, each run by a real workflow runner. Here are those of one job; those whose deploy job gets
 * the references are in examples-deploy.test.ts.
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { ROOT } from "../../lab/runner.ts";
import { AGREES, GOOD } from "./harness/caddy.ts";
import type { Overlay } from "./harness/project.ts";
import { registry } from "./harness/registry.ts";
import { POSTGRES_PORT, startServices, stopServices } from "./harness/services.ts";
import {
  below,
  DEPLOYING,
  expectGreen,
  PULL_REQUEST,
  PUSH,
  place,
  play,
  playedHere,
  shop,
  textIn,
} from "./harness/workflow.ts";

jest.setTimeout(300_000);

it("pull-request.yml checks, and pushes nothing", async () => {
  const { images, there } = place("shop");
  const played = await play("pull-request", { event: PULL_REQUEST, files: shop(), rewrite: there });
  expectGreen(played);
  expect(played.log).toContain("Not pushed");
  expect(await registry.tags(`${images}/shop`)).toEqual([]);
});

it("monorepo.yml builds an app with the folder that it shares", async () => {
  const { images, there } = place("shop");
  const app = shop();
  const dockerfile = textIn(app, "Dockerfile").replace(
    "COPY . .",
    "COPY shared /app/shared\nCOPY apps/shop .",
  );
  const settings = textIn(app, "mysite/settings.py").replace(/^/, "import shared.greeting\n");
  const files = {
    ...below("apps/shop", { ...app, Dockerfile: dockerfile, "mysite/settings.py": settings }),
    "shared/greeting.py": "HELLO = 'hello'\n",
  };
  const rewrite = (workflow: string) =>
    there(workflow).replace("settings: shop.settings", "settings: mysite.settings");
  expectGreen(await play("monorepo", { event: PUSH, files, rewrite }));
  expect(await registry.tags(`${images}/shop`)).toEqual(["build-7"]);
});

describe("services.yml", () => {
  beforeAll(startServices);
  afterAll(stopServices);

  it("runs checks and tests against the job's database", async () => {
    const { images, there } = place("shop");
    const app = shop();
    const files: Overlay = {
      ...app,
      Dockerfile: textIn(app, "Dockerfile").replace(
        '"django==${DJANGO}"',
        '"django==${DJANGO}" "psycopg[binary]"',
      ),
      "mysite/settings.py": textIn(app, "mysite/settings.py").replace(
        /DATABASES = \{[\s\S]*?\n\}\n/,
        [
          "from urllib.parse import urlparse",
          'URL = urlparse(os.environ["DATABASE_URL"])',
          'DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": URL.path[1:],',
          '    "USER": URL.username, "HOST": URL.hostname, "PORT": URL.port}}',
          "",
        ].join("\n"),
      ),
      "shop/tests.py": [
        "from django.db import connection",
        "from django.test import TestCase",
        "class VendorTest(TestCase):",
        "    def test_vendor(self):",
        '        self.assertEqual(connection.vendor, "postgresql")',
        "",
      ].join("\n"),
    };
    // act starts no services on the machine itself: they are there already, at another port.
    const rewrite = (workflow: string) =>
      there(workflow)
        .replace(/ {4}services:\n(?: {6}.*\n)+/, "")
        .replaceAll("127.0.0.1:5432", `127.0.0.1:${POSTGRES_PORT}`);
    const played = await play("services", { event: PUSH, files, rewrite });
    expectGreen(played);
    expect(played.log).toMatch(/Ran 1 test/);
    expect(await registry.tags(`${images}/shop`)).toEqual(["build-7"]);
  });
});

it("caddy.yml releases an app whose Caddyfile the project's own Caddy takes", async () => {
  const { images, there } = place("shop");
  const app = shop();
  const agrees = AGREES["mysite/settings.py"];
  const settings = textIn(app, "mysite/settings.py");
  const files = {
    ...app,
    "mysite/settings.py": typeof agrees === "function" ? agrees(settings) : settings,
    "caddy/Dockerfile": "FROM caddy:2\nCOPY Caddyfile /etc/caddy/Caddyfile\n",
    "caddy/Caddyfile": GOOD.replace("shop.example.com", "{$SITE_ADDRESS}"),
  };
  const played = await play("caddy", { event: PUSH, files, rewrite: there });
  expectGreen(played);
  expect(played.log).toMatch(/caddy\/Caddyfile, read by Caddy 2\.\S+ from the project's own image/);
  expect(await registry.tags(`${images}/shop`)).toEqual(["build-7"]);
});

it("self-hosted.yml builds with the machine's own builder", async () => {
  const { images, there } = place("shop");
  const rewrite = (workflow: string) =>
    there(workflow).replace("builder: shipshape", "builder: shipshape-container");
  const played = await play("self-hosted", { event: PUSH, files: shop(), rewrite });
  expectGreen(played);
  expect(played.log).toContain("shipshape-container, a docker-container builder");
  expect(await registry.tags(`${images}/shop`)).toEqual(["build-7"]);
});

it("every example was played, but for those of examples-deploy.test.ts", () => {
  const names = readdirSync(join(ROOT, "docs", "examples")).map((file) => file.replace(/\.yml$/, ""));
  expect(playedHere()).toEqual(names.filter((name) => !DEPLOYING.includes(name)).sort());
});
