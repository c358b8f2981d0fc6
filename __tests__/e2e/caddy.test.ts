/** The Caddyfile in front of the image: what the step reports about it, and whether that stops the release. */
import { randomUUID } from "node:crypto";
import { describe, expect, it, jest } from "@jest/globals";
import {
  expectFailure,
  expectNothingShipped,
  expectShipped,
  failingIds,
  finding,
  report,
  result,
  summaryText,
} from "./harness/expectations.ts";
import { caddyWithPlugin } from "./harness/plugin.ts";
import { append, type Overlay, project, projectAt, unique } from "./harness/project.ts";
import { registry } from "./harness/registry.ts";
import { type Step, step } from "./harness/step.ts";

jest.setTimeout(300_000);

/** The plain project's own host, so that it agrees with its settings. */
const GOOD = "shop.example.com {\n\tencode gzip\n\treverse_proxy web:8000\n}\n";
const BAD = "shop.example.com {\n\tencode gzip\n\trevers_proxy web:8000\n}\n";
const NAMED = { caddyfile: "Caddyfile" };
/** Settings that agree with it. */
const AGREES: Overlay = {
  "mysite/settings.py": append(
    '\nSECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")\nALLOWED_HOSTS = ["shop.example.com"]\n',
  ),
};

async function ship(
  overlay: Overlay,
  inputs: Readonly<Record<string, string>> = {},
): Promise<{ tried: Step; image: string }> {
  const image = registry.repoName("caddy");
  return { image, tried: await step({ image, ...inputs }, { project: project("plain", AGREES, overlay) }) };
}

function annotations(tried: Step, file: string): string[] {
  return tried.commands
    .filter(({ properties }) => properties.file === file)
    .map(({ name, properties }) => `${name} ${properties.title} ${properties.line ?? ""}`.trim());
}

/** Calls of `buildx bake`, by what debug logging says. */
function solves(tried: Step): number {
  return tried.commands.filter(({ name, message }) => name === "debug" && message.startsWith("buildx bake"))
    .length;
}

describe("without a Caddyfile", () => {
  it("says so in one line, and solves nothing for it", async () => {
    const { image, tried } = await ship(unique());
    await expectShipped(tried, image);
    const { checks } = result(tried);
    expect([checks.caddy?.status, checks["caddy-format"]?.status, checks.hosts?.status]).toEqual(
      Array(3).fill("skipped"),
    );
    expect(summaryText(tried).match(/^.*(Caddyfile|caddy-format).*$/gm)).toHaveLength(1);
    expect(summaryText(tried)).toContain("Skipped caddy, caddy-format and hosts: there is no Caddyfile");
    expect(tried.log).not.toMatch(/shipshape-caddy|library\/caddy/);
    // The build, and the checks in the image.
    expect(solves(tried)).toBe(2);
  });

  it.each([
    ["`caddyfile: none`", { caddyfile: "none" }],
    ["`checks: system`", { checks: "system" }],
    ["all three taken off", { checks: "-caddy\n-caddy-format\n-hosts" }],
  ])("%s asks no Caddy", async (_, inputs) => {
    const { tried } = await ship({ ...unique(), Caddyfile: BAD }, { ...inputs, push: "false" });
    expect(tried.code).toBe(0);
    // The build, and the checks in the image.
    expect(solves(tried)).toBe(2);
  });
});

describe("a Caddyfile that was named", () => {
  it("passes together with an image that passes", async () => {
    const { image, tried } = await ship({ Caddyfile: GOOD }, { ...NAMED });
    await expectShipped(tried, image);
    expect(result(tried).checks.caddy).toMatchObject({ status: "passed", findings: 0 });
    expect(summaryText(tried)).toMatch(/caddy: Caddyfile, read by Caddy 2\.11\.\S+ from caddy:2/);
  });

  it.each([["caddy:2.6"], ["caddy:2.11"]])("fails at its line, by %s", async (caddy) => {
    const { image, tried } = await ship(
      {
        "deploy/caddy/Caddyfile": BAD.replace("revers_proxy web:8000", "import proxy.caddy"),
        "deploy/caddy/proxy.caddy": "reverse_proxy web:8000 {\n\tnosuch\n}\n",
      },
      { caddyfile: "deploy/caddy/Caddyfile", "caddy-image": caddy },
    );
    expectFailure(tried, "Checks failed");
    await expectNothingShipped(tried, image);
    expect(failingIds(tried)).toEqual(["caddy.invalid"]);
    expect(finding(tried, "caddy.invalid")).toMatchObject({
      check: "caddy",
      level: "ERROR",
      file: "deploy/caddy/proxy.caddy",
      line: 2,
      message: "unrecognized subdirective nosuch",
    });
    expect(annotations(tried, "deploy/caddy/proxy.caddy")).toContain("error caddy: caddy.invalid 2");
  });

  it("is read from the checkout, also when .dockerignore excludes it", async () => {
    const { image, tried } = await ship(
      { "conf/Caddyfile": "import sites/*\n", "conf/sites/shop": GOOD, ".dockerignore": append("conf\n") },
      { caddyfile: "conf/Caddyfile" },
    );
    await expectShipped(tried, image);
    expect(result(tried).checks.caddy?.status).toBe("passed");
  });

  it("gets its variables from `caddy-env`, and their values appear nowhere", async () => {
    const text =
      "{$DOMAIN} {\n\treverse_proxy web:8000 {\n\t\theader_up X-Token {$TOKEN}\n\t\tlb_policy {$TOKEN}\n\t}\n}\n";
    const { tried } = await ship(
      { Caddyfile: text },
      { ...NAMED, "caddy-env": "DOMAIN=shop.example.com\nTOKEN=correct-horse-battery" },
    );
    expectFailure(tried, "Checks failed");
    expect(finding(tried, "caddy.missing-plugin").message).toContain("selection_policies.***");
    const everything = [
      tried.log,
      tried.summary,
      JSON.stringify(report(tried)),
      JSON.stringify(tried.outputs),
    ].join();
    expect(everything).not.toContain("correct-horse-battery");
    expect(everything).not.toContain(`caddy-env: |\n  DOMAIN`);
  });

  it("lists the variables that are set nowhere", async () => {
    const text = "{$DOMAIN} {\n\treverse_proxy {$UPSTREAM}\n}\n";
    const { tried } = await ship({ Caddyfile: text }, { ...NAMED, push: "false", checks: "caddy" });
    const listed = report(tried).findings.map(
      ({ level, message, line }) => `${level} ${line} ${message.split(" ")[0]}`,
    );
    expect(listed).toEqual(["INFO 1 {$DOMAIN}", "INFO 2 {$UPSTREAM}"]);
    expect(tried.code).toBe(0);
  });

  it("is formatted in the report", async () => {
    const { tried } = await ship(
      { Caddyfile: GOOD.replaceAll("\t", "  ") },
      { ...NAMED, push: "false", checks: "caddy-format" },
    );
    expect(tried.code).toBe(0);
    expect(finding(tried, "caddy.not-formatted")).toMatchObject({
      level: "INFO",
      file: "Caddyfile",
      line: 2,
      replacement: GOOD,
    });
    expect(Object.keys(result(tried).checks)).toEqual(["caddy-format"]);
    expect(tried.summary).toContain("reverse_proxy web:8000");
  });

  it("could not run when its image cannot be pulled; Django's checks did", async () => {
    const { image, tried } = await ship({ Caddyfile: GOOD }, { ...NAMED, "caddy-image": "caddy:no-such" });
    const { message } = expectFailure(tried, "Checks could not run");
    expect(message).toMatch(/caddy: could not pull the image caddy:no-such: .*not found/);
    await expectNothingShipped(tried, image);
    const { checks } = result(tried);
    expect(checks).toMatchObject({
      system: { status: "passed" },
      migrations: { status: "passed" },
      static: { status: "passed" },
      caddy: { status: "error" },
      "caddy-format": { status: "skipped" },
      hosts: { status: "skipped" },
    });
  });

  it("is solved again when the builder's cache holds a failure, and believed when it holds a pass", async () => {
    const failing = project("plain", AGREES, { Caddyfile: BAD });
    const inputs = { image: registry.repoName("caddy"), ...NAMED, push: "false" };
    await step(inputs, { project: failing });
    const second = await step(inputs, { project: failing });
    expect(result(second).checks.caddy).toMatchObject({ status: "failed", cached: false });
    const passing = project("plain", AGREES, { Caddyfile: GOOD });
    await step(inputs, { project: passing });
    const fourth = await step(inputs, { project: passing });
    expect(result(fourth).checks.caddy).toMatchObject({ status: "passed", cached: true });
  });
});

describe.each(["shipshape-container", "shipshape-remote"])("a builder of its own, %s", (builder) => {
  it("asks Caddy as the engine's does", async () => {
    const passing = await ship({ Caddyfile: GOOD }, { ...NAMED, builder });
    await expectShipped(passing.tried, passing.image);
    expect(result(passing.tried).checks).toMatchObject({
      caddy: { status: "passed" },
      "caddy-format": { status: "passed" },
      hosts: { status: "passed" },
    });
    const { image, tried } = await ship({ Caddyfile: BAD }, { ...NAMED, builder });
    expectFailure(tried, "Checks failed");
    await expectNothingShipped(tried, image);
    expect(finding(tried, "caddy.invalid")).toMatchObject({ file: "Caddyfile", line: 3 });
  });
});

it("is not waited for where the image cannot be built", async () => {
  // The image fails once the build of Caddy's image has begun, which never ends by itself.
  const mount = `RUN --mount=type=cache,id=${randomUUID()},target=/meet`;
  const { tried } = await ship(
    {
      Dockerfile: append(
        `${mount} timeout 60 sh -c 'until test -e /meet/caddy; do sleep 0.1; done'; echo no image for you && false\n`,
      ),
      Caddyfile: GOOD,
      "Dockerfile.caddy": `FROM caddy:2\n${mount} touch /meet/caddy && tail -f /dev/null\n`,
    },
    { ...NAMED, "caddy-file": "Dockerfile.caddy" },
  );
  expectFailure(tried, "Build failed");
  expect(tried.log).toContain("touch /meet/caddy");
});

describe("a Caddyfile that was merely found", () => {
  it("only informs, and says how to make it count", async () => {
    const { image, tried } = await ship({ "docker/caddy/Caddyfile": BAD });
    await expectShipped(tried, image);
    const found = finding(tried, "caddy.invalid");
    expect(found).toMatchObject({ level: "INFO", file: "docker/caddy/Caddyfile", line: 3 });
    expect(found.hint).toContain("`caddyfile: docker/caddy/Caddyfile` makes them count");
    expect(annotations(tried, "docker/caddy/Caddyfile")).toEqual(["notice caddy: caddy.invalid 3"]);
  });

  it("is the first of several, which are named", async () => {
    const { tried } = await ship({ "caddy/Caddyfile": GOOD, "deploy/Caddyfile": BAD }, { push: "false" });
    expect(tried.code).toBe(0);
    expect(finding(tried, "caddy.several")).toMatchObject({ level: "INFO", file: "caddy/Caddyfile" });
    expect(finding(tried, "caddy.several").message).toContain("deploy/Caddyfile");
  });

  it("stops nothing when its image cannot be pulled", async () => {
    const { image, tried } = await ship({ Caddyfile: GOOD }, { "caddy-image": "caddy:no-such" });
    await expectShipped(tried, image);
    expect(result(tried).checks.caddy?.status).toBe("skipped");
    expect(summaryText(tried)).toMatch(/Skipped caddy, .*could not pull the image caddy:no-such/);
  });
});

describe("the project's own Caddy", () => {
  const PLUGIN = `shop.example.com {
	route {
		rate_limit {
			zone one {
				key {remote_host}
				events 10
				window 1m
			}
		}
		reverse_proxy web:8000
	}
}
`;
  /** The real binary, under a Dockerfile as projects have it. */
  const BINARY = "ARG VERSION=2.11\nFROM caddy:$VERSION AS binary\n";
  const DOCKERFILE = `${BINARY}FROM caddy:2\nCOPY --from=binary /usr/bin/caddy /usr/bin/caddy\nCOPY Caddyfile /etc/caddy/Caddyfile\n`;

  it("is what a plugin needs, and the stock image says so", async () => {
    const { tried } = await ship({ Caddyfile: PLUGIN }, NAMED);
    expectFailure(tried, "Checks failed");
    const found = finding(tried, "caddy.missing-plugin");
    expect(found).toMatchObject({ file: "Caddyfile", line: 3 });
    expect(found.hint).toMatch(/github\.com\/mholt\/caddy-ratelimit[\s\S]*caddy-file/);
  });

  it("takes the same file with the plugin built in", async () => {
    const { image, tried } = await ship(
      { Caddyfile: PLUGIN },
      { ...NAMED, "caddy-context": caddyWithPlugin() },
    );
    await expectShipped(tried, image);
    expect(result(tried).checks.caddy?.status).toBe("passed");
  }, 900_000);

  it("is found next to the Caddyfile, and built", async () => {
    const { tried } = await ship(
      { "docker/caddy/Caddyfile": GOOD, "docker/caddy/Dockerfile": DOCKERFILE },
      { caddyfile: "docker/caddy/Caddyfile", push: "false" },
    );
    expect(tried.code).toBe(0);
    expect(summaryText(tried)).toMatch(/read by Caddy 2\.11\.\S+ from the project's own image/);
  });

  it("is the one that is named, with its target and arguments", async () => {
    const { tried } = await ship(
      {
        Caddyfile: GOOD,
        "ops/caddy.Dockerfile": `${BINARY}FROM caddy:$VERSION AS mine\nFROM scratch\n`,
      },
      {
        ...NAMED,
        "caddy-file": "ops/caddy.Dockerfile",
        "caddy-target": "mine",
        "caddy-build-args": "VERSION=2.6",
        push: "false",
        checks: "-hosts",
      },
    );
    expect(tried.code).toBe(0);
    expect(summaryText(tried)).toMatch(/read by Caddy 2\.6\.\S+ from the project's own image/);
  });

  it("could not run when its Dockerfile does not build", async () => {
    const { tried } = await ship(
      { "caddy/Caddyfile": GOOD, "caddy/Dockerfile": "FROM caddy:2\nRUN echo no plugin for you && false\n" },
      { caddyfile: "caddy/Caddyfile", push: "false" },
    );
    const { message } = expectFailure(tried, "Checks could not run");
    expect(message).toMatch(
      /the project's own Caddy image could not be built: exit code 1: no plugin for you/,
    );
  });

  it.each([
    ["no shell", "FROM scratch\nCOPY --from=caddy:2 /usr/bin/caddy /usr/bin/caddy\n", /has no shell/],
    ["no Caddy", "FROM debian:trixie-slim\n", /has no `caddy` program/],
  ])("could not run with %s", async (_, dockerfile, says) => {
    const { tried } = await ship(
      { Caddyfile: GOOD, "Dockerfile.caddy": dockerfile },
      { ...NAMED, "caddy-file": "Dockerfile.caddy", push: "false" },
    );
    expect(expectFailure(tried, "Checks could not run").message).toMatch(says);
  });
});

describe("hosts", () => {
  it("finds where Caddy and Django disagree, with both sides", async () => {
    const { tried } = await ship(
      { Caddyfile: "shop.example.com, store.example.org {\n\treverse_proxy web:8000\n}\n" },
      NAMED,
    );
    expectFailure(tried, "Checks failed");
    const found = finding(tried, "hosts.not-allowed");
    expect(found).toMatchObject({ check: "hosts", level: "WARNING", file: "Caddyfile", line: 1 });
    expect(found.message).toMatch(
      /Caddy serves store\.example\.org, which ALLOWED_HOSTS = \[.*\] does not allow/,
    );
  });

  it("reads from the compose file whether both see the same static files", async () => {
    const overlay = (volume: string): Overlay => ({
      Caddyfile:
        "shop.example.com {\n\thandle_path /static/* {\n\t\troot * /srv/static\n\t\tfile_server\n\t}\n" +
        "\thandle {\n\t\treverse_proxy web:8000\n\t}\n}\n",
      "mysite/settings.py": append(
        '\nSECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")\nALLOWED_HOSTS = ["shop.example.com"]\n' +
          'STATIC_URL = "/static/"\nSTATIC_ROOT = "/app/collected"\n',
      ),
      "docker-compose.prod.yml":
        "services:\n  web:\n    image: shop\n    volumes:\n      - static:/app/collected\n  caddy:\n" +
        `    image: caddy:2\n    volumes:\n      - ./Caddyfile:/etc/caddy/Caddyfile\n      - ${volume}:/srv/static:ro\n` +
        "volumes:\n  static:\n  other:\n",
    });
    const agreed = await ship(overlay("static"), { ...NAMED, push: "false" });
    expect(report(agreed.tried).findings.filter(({ check }) => check === "hosts")).toEqual([]);
    const { tried } = await ship(overlay("other"), { ...NAMED, push: "false" });
    expect(tried.code).toBe(0);
    expect(finding(tried, "hosts.static-volume")).toMatchObject({
      level: "INFO",
      file: "Caddyfile",
      line: 3,
      message:
        "Caddy serves /static/ from /srv/static, where the service `caddy` in docker-compose.prod.yml mounts the " +
        'volume `other`. No other service mounts that volume. Django has STATIC_ROOT = "/app/collected".',
    });
  });

  it("says nothing of hosts that we made up", async () => {
    const { tried } = await ship(
      {
        Caddyfile: "store.example.org {\n\treverse_proxy web:8000\n}\n",
        "mysite/settings.py": append('\nimport os\nALLOWED_HOSTS = [os.environ["ALLOWED_HOSTS"]]\n'),
      },
      { ...NAMED, push: "false" },
    );
    expect(report(tried).findings.filter(({ id }) => id === "hosts.not-allowed")).toEqual([]);
  });

  it("compares hosts from `env`, and shows them nowhere", async () => {
    const overlay = {
      Caddyfile: "store.example.org {\n\treverse_proxy web:8000\n}\n",
      "mysite/settings.py": append('\nimport os\nALLOWED_HOSTS = os.environ["ALLOWED_HOSTS"].split(",")\n'),
    };
    const hidden = "hidden-shop.example.net";
    const { tried } = await ship(overlay, { ...NAMED, env: `ALLOWED_HOSTS=${hidden},other.example.net` });
    expectFailure(tried, "Checks failed");
    expect(finding(tried, "hosts.not-allowed").message).toContain(
      "ALLOWED_HOSTS (whose value comes from `env`)",
    );
    expect([tried.log, tried.summary, JSON.stringify(report(tried))].join()).not.toContain(hidden);
    const agreed = await ship(overlay, { ...NAMED, env: "ALLOWED_HOSTS=store.example.org", push: "false" });
    expect(report(agreed.tried).findings.filter(({ id }) => id === "hosts.not-allowed")).toEqual([]);
  });

  it("could not run where the settings cannot be loaded and no other check reports it", async () => {
    const broken = { Caddyfile: GOOD, "mysite/settings.py": append('\nos.environ["NOBODY_SETS_THIS"]\n') };
    const { tried } = await ship(broken, { ...NAMED, checks: "hosts", push: "false" });
    expect(expectFailure(tried, "Checks could not run").message).toMatch(
      /hosts: the settings could not be loaded/,
    );
  });

  it("needs no other check of the image", async () => {
    const { tried } = await ship(
      { Caddyfile: GOOD.replace("shop.", "store.") },
      { ...NAMED, checks: "hosts" },
    );
    expectFailure(tried, "Checks failed");
    expect(Object.keys(result(tried).checks)).toEqual(["hosts"]);
    expect(failingIds(tried)).toEqual(["hosts.not-allowed"]);
  });
});

it("finds no fault in the sample shop", async () => {
  const image = registry.repoName("caddy");
  const tried = await step(
    {
      image,
      caddyfile: "Caddyfile",
      env: "SECRET_KEY=a-key-for-the-checks-alone-0123456789-abcdefghijklmnop",
    },
    { project: projectAt(`${import.meta.dirname}/../../sample`) },
  );
  await expectShipped(tried, image);
  expect(result(tried).checks).toMatchObject({
    caddy: { status: "passed" },
    "caddy-format": { status: "passed" },
    hosts: { status: "passed" },
  });
});
