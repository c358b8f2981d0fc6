/** The workflows of docs/examples, each run by a real workflow runner: what the jobs after it received. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { ROOT } from "../../lab/runner.ts";
import type { Overlay } from "./harness/project.ts";
import { unique } from "./harness/project.ts";
import { registry } from "./harness/registry.ts";
import { POSTGRES_PORT, startServices, stopServices } from "./harness/services.ts";
import { afterwards } from "./harness/temporary.ts";
import { below, forMatrixOutputs, play } from "./harness/workflow.ts";

jest.setTimeout(300_000);

const PUSH = { name: "push" } as const;
const PULL_REQUEST = {
  name: "pull_request",
  payload: {
    pull_request: { head: { ref: "topic", repo: { full_name: "octo/shop" } }, base: { ref: "main" } },
  },
} as const;

/** The shop of the fixtures, as files, with bytes of its own. */
function shop(more: Overlay = {}): Overlay {
  const root = join(import.meta.dirname, "fixtures", "plain");
  const paths = readdirSync(root, { recursive: true, encoding: "utf8" }).filter(
    (path) => statSync(join(root, path)).isFile() && !path.includes("__pycache__"),
  );
  return {
    ...Object.fromEntries(paths.map((path) => [path, readFileSync(join(root, path))])),
    ...unique(),
    ...more,
  };
}

const text = (overlay: Overlay, path: string) => String(overlay[path]);

/** A place in the lab's registry instead of `ghcr.io/acme`. */
function place(...apps: string[]): { images: string; there: (text: string) => string } {
  const images = registry.repoName("examples");
  for (const app of apps) afterwards(() => registry.empty(`${images}/${app}`));
  return { images, there: (workflow) => workflow.replaceAll("ghcr.io/acme", images) };
}

/** A workflow that is red says why. */
function expectGreen({ code, log }: { code: number | null; log: string }): void {
  if (code !== 0) throw new Error(`the workflow ended with ${code}:\n${log.slice(-6000)}`);
}

const tried = new Set<string>();
const example: typeof play = (name, how) => {
  tried.add(name);
  return play(name, how);
};

describe("single.yml", () => {
  it("gives the deploy job the reference of the image that was released", async () => {
    const { images, there } = place("shop");
    const { code, log, deployed } = await example("single", { event: PUSH, files: shop(), rewrite: there });
    expectGreen({ code, log });
    const released = await registry.manifest(`${images}/shop`, "build-7");
    expect(deployed).toEqual([`${images}/shop@${released?.digest}`]);
  });

  it("does not deploy on a pull request", async () => {
    const { images, there } = place("shop");
    const { code, log, deployed } = await example("single", {
      event: PULL_REQUEST,
      files: shop(),
      rewrite: there,
    });
    expectGreen({ code, log });
    expect(deployed).toEqual([]);
    expect(await registry.tags(`${images}/shop`)).toEqual([]);
  });
});

describe.each(["matrix", "artifacts"] as const)("%s.yml", (name) => {
  const rewrite = (there: (text: string) => string) => (workflow: string) =>
    forMatrixOutputs(there(workflow));

  it("gives each app's deploy job that app's image", async () => {
    const { images, there } = place("shop", "blog");
    const apps = { ...below("apps/shop", shop()), ...below("apps/blog", shop()) };
    // Not every folder next to the apps is one.
    const files = { ...apps, "apps/README.md": "Ours\n" };
    const { code, log, deployed } = await example(name, { event: PUSH, files, rewrite: rewrite(there) });
    expectGreen({ code, log });
    const digest = async (app: string) => (await registry.manifest(`${images}/${app}`, "build-7"))?.digest;
    expect(deployed).toEqual([
      `blog ${images}/blog@${await digest("blog")}`,
      `shop ${images}/shop@${await digest("shop")}`,
    ]);
  });

  it("deploys nothing when one app failed, and says which", async () => {
    const { images, there } = place("shop", "blog");
    const blog = shop();
    const broken = { ...blog, "shop/models.py": `${text(blog, "shop/models.py")}\nx = models.Nothing()\n` };
    const files = { ...below("apps/shop", shop()), ...below("apps/blog", broken) };
    const { code, log, deployed } = await example(name, { event: PUSH, files, rewrite: rewrite(there) });
    expect(code).not.toBe(0);
    expect(deployed).toEqual([]);
    expect(log).toMatch(/Collect failed::blog: error\. Checks could not run/);
    expect(await registry.tags(`${images}/shop`)).toEqual(["build-7"]);
    expect(await registry.tags(`${images}/blog`)).toEqual([]);
  });
});

describe("artifacts.yml", () => {
  it("says which apps are missing when no leg came as far as the step", async () => {
    const files = { ...below("apps/shop", shop()), ...below("apps/blog", shop()) };
    const rewrite = (workflow: string) => workflow.replace("password: ${{ github.token }}", "password: ''");
    const { code, log, deployed } = await example("artifacts", { event: PUSH, files, rewrite });
    expect(code).not.toBe(0);
    expect(deployed).toEqual([]);
    expect(log).toContain("Collect failed::Missing: blog, shop. Its leg did not run, or did not upload");
  });

  it("collects a single app too", async () => {
    const { images, there } = place("shop");
    const files = below("apps/shop", shop());
    const { code, log, deployed } = await example("artifacts", { event: PUSH, files, rewrite: there });
    expectGreen({ code, log });
    const released = await registry.manifest(`${images}/shop`, "build-7");
    expect(deployed).toEqual([`shop ${images}/shop@${released?.digest}`]);
  });
});

describe("pull-request.yml", () => {
  it("checks, and pushes nothing", async () => {
    const { images, there } = place("shop");
    const { code, log } = await example("pull-request", {
      event: PULL_REQUEST,
      files: shop(),
      rewrite: there,
    });
    expectGreen({ code, log });
    expect(log).toContain("Not pushed");
    expect(await registry.tags(`${images}/shop`)).toEqual([]);
  });

  it("is red for a fault", async () => {
    const files = shop();
    const faulty = { ...files, "mysite/settings.py": `${text(files, "mysite/settings.py")}\nDEBUG = True\n` };
    const { there } = place();
    const { code, log } = await example("pull-request", {
      event: PULL_REQUEST,
      files: faulty,
      rewrite: there,
    });
    expect(code).not.toBe(0);
    expect(log).toContain("security.W018");
  });
});

describe("monorepo.yml", () => {
  it("builds an app with the folder that it shares", async () => {
    const { images, there } = place("shop");
    const app = shop();
    const dockerfile = text(app, "Dockerfile").replace(
      "COPY . .",
      "COPY shared /app/shared\nCOPY apps/shop .",
    );
    const settings = text(app, "mysite/settings.py").replace(/^/, "import shared.greeting\n");
    const files = {
      ...below("apps/shop", { ...app, Dockerfile: dockerfile, "mysite/settings.py": settings }),
      "shared/greeting.py": "HELLO = 'hello'\n",
    };
    const rewrite = (workflow: string) =>
      there(workflow).replace("settings: shop.settings", "settings: mysite.settings");
    const { code, log } = await example("monorepo", { event: PUSH, files, rewrite });
    expectGreen({ code, log });
    expect(await registry.tags(`${images}/shop`)).toEqual(["build-7"]);
  });
});

describe("services.yml", () => {
  beforeAll(startServices);
  afterAll(stopServices);

  it("runs checks and tests against the job's database", async () => {
    const { images, there } = place("shop");
    const app = shop();
    const files: Overlay = {
      ...app,
      Dockerfile: text(app, "Dockerfile").replace(
        '"django==${DJANGO}"',
        '"django==${DJANGO}" "psycopg[binary]"',
      ),
      "mysite/settings.py": text(app, "mysite/settings.py").replace(
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
    const { code, log } = await example("services", { event: PUSH, files, rewrite });
    expectGreen({ code, log });
    expect(log).toMatch(/Ran 1 test/);
    expect(await registry.tags(`${images}/shop`)).toEqual(["build-7"]);
  });
});

describe("caddy.yml", () => {
  const behindCaddy = (proxy: string): Overlay => {
    const app = shop();
    return {
      ...app,
      "mysite/settings.py": `${text(app, "mysite/settings.py")}\nSECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")\nALLOWED_HOSTS = ["shop.example.com"]\n`,
      "caddy/Dockerfile": "FROM caddy:2\nCOPY Caddyfile /etc/caddy/Caddyfile\n",
      "caddy/Caddyfile": `{$SITE_ADDRESS} {\n\tencode gzip\n\t${proxy} web:8000\n}\n`,
    };
  };

  it("releases an app whose Caddyfile the project's own Caddy takes", async () => {
    const { images, there } = place("shop");
    const files = behindCaddy("reverse_proxy");
    const { code, log } = await example("caddy", { event: PUSH, files, rewrite: there });
    expectGreen({ code, log });
    expect(log).toMatch(/caddy\/Caddyfile, read by Caddy 2\.\S+ from the project's own image/);
    expect(await registry.tags(`${images}/shop`)).toEqual(["build-7"]);
  });

  it("releases none whose Caddyfile it refuses", async () => {
    const { images, there } = place("shop");
    const { code, log } = await example("caddy", {
      event: PUSH,
      files: behindCaddy("revers_proxy"),
      rewrite: there,
    });
    expect(code).not.toBe(0);
    expect(log).toContain("file=caddy/Caddyfile,line=3");
    expect(await registry.tags(`${images}/shop`)).toEqual([]);
  });
});

describe("self-hosted.yml", () => {
  it("builds with the machine's own builder", async () => {
    const { images, there } = place("shop");
    const rewrite = (workflow: string) =>
      there(workflow).replace("builder: shipshape", "builder: shipshape-container");
    const { code, log } = await example("self-hosted", { event: PUSH, files: shop(), rewrite });
    expectGreen({ code, log });
    expect(log).toContain("shipshape-container, a docker-container builder");
    expect(await registry.tags(`${images}/shop`)).toEqual(["build-7"]);
  });
});

it("every example is run", () => {
  const files = readdirSync(join(ROOT, "docs", "examples"));
  expect(files.sort()).toEqual([...tried].map((name) => `${name}.yml`).sort());
});
