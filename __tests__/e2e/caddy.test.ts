/**
 * The Caddyfile in front of the image: how it reaches Caddy, and whether that stops the release. What is found in a Caddyfile
 * is in __tests__/unit/checks/caddy and, by the real Caddy, in caddy-goldens.test.ts; other builders are in
 * builders.test.ts.
 */
import { describe, expect, it, jest } from "@jest/globals";
import { AGREES, GOOD, NAMED } from "./harness/caddy.ts";
import {
  expectFailure,
  expectNothingShipped,
  expectShipped,
  finding,
  report,
  result,
  summaryText,
} from "./harness/expectations.ts";
import { caddyWithPlugin } from "./harness/plugin.ts";
import { append, type Overlay, project } from "./harness/project.ts";
import { registry } from "./harness/registry.ts";
import { type Step, step } from "./harness/step.ts";

jest.setTimeout(300_000);

/** The checks of Caddy, and the one of Django that costs least. */
const FEW = { checks: "system\ncaddy\ncaddy-format\nhosts" };

async function ship(
  overlay: Overlay,
  inputs: Readonly<Record<string, string>> = {},
): Promise<{ tried: Step; image: string }> {
  const image = registry.repoName("caddy");
  const shop = project("plain", AGREES, overlay);
  return { image, tried: await step({ image, ...FEW, ...inputs }, { project: shop }) };
}

function annotations(tried: Step, file: string): string[] {
  return tried.commands
    .filter(({ properties }) => properties.file === file)
    .map(({ name, properties }) => `${name} ${properties.title} ${properties.line ?? ""}`.trim());
}

/** All that the step says anywhere. */
function said(tried: Step): string {
  return [tried.log, tried.summary, JSON.stringify(report(tried)), JSON.stringify(tried.outputs)].join();
}

const SECRET = "correct-horse-battery";

describe("a Caddyfile that was named", () => {
  it("is read from the checkout, also where .dockerignore excludes it, with variables whose values appear nowhere; a pass is believed from the cache", async () => {
    const image = registry.repoName("caddy");
    const shop = project("plain", AGREES, {
      "conf/Caddyfile": "import sites/*\n",
      "conf/sites/shop": "{$DOMAIN} {\n\treverse_proxy web:8000 {\n\t\theader_up X-Token {$TOKEN}\n\t}\n}\n",
      ".dockerignore": append("conf\n"),
    });
    const variables = `DOMAIN=shop.example.com\nTOKEN=${SECRET}`;
    const inputs = { image, ...FEW, caddyfile: "conf/Caddyfile", "caddy-env": variables };
    const first = await step(inputs, { project: shop });
    await expectShipped(first, image);
    expect(result(first).checks.caddy).toMatchObject({ status: "passed", findings: 0, cached: false });
    expect(summaryText(first)).toMatch(/caddy: conf\/Caddyfile, read by Caddy 2\.11\.\S+ from caddy:2/);
    expect(said(first)).not.toContain(SECRET);
    const second = await step(inputs, { project: shop });
    await expectShipped(second, image);
    expect(result(second).checks.caddy).toMatchObject({ status: "passed", cached: true });
  });

  it("fails at its line, by the Caddy that the workflow names, without a value in the error", async () => {
    const { image, tried } = await ship(
      {
        "deploy/caddy/Caddyfile": GOOD.replace("reverse_proxy web:8000", "import proxy.caddy"),
        "deploy/caddy/proxy.caddy": "reverse_proxy web:8000 {\n\tlb_policy {$TOKEN}\n}\n",
      },
      {
        checks: "caddy",
        caddyfile: "deploy/caddy/Caddyfile",
        "caddy-image": "caddy:2.6",
        "caddy-env": `TOKEN=${SECRET}`,
      },
    );
    expectFailure(tried, "Checks failed");
    await expectNothingShipped(tried, image);
    const found = finding(tried, "caddy.missing-plugin");
    expect(found).toMatchObject({
      check: "caddy",
      level: "ERROR",
      file: "deploy/caddy/proxy.caddy",
      line: 2,
    });
    expect(found.message).toContain("selection_policies.***");
    expect(said(tried)).not.toContain(SECRET);
    expect(annotations(tried, "deploy/caddy/proxy.caddy")).toContain("error caddy: caddy.missing-plugin 2");
    expect(result(tried).checks.caddy).toMatchObject({ status: "failed", cached: false });
  });

  it("could not run when its image cannot be pulled; Django's checks did", async () => {
    const { image, tried } = await ship({ Caddyfile: GOOD }, { ...NAMED, "caddy-image": "caddy:no-such" });
    const { message } = expectFailure(tried, "Checks could not run");
    expect(message).toMatch(/caddy: could not pull the image caddy:no-such: .*not found/);
    await expectNothingShipped(tried, image);
    expect(result(tried).checks).toMatchObject({
      system: { status: "passed" },
      caddy: { status: "error" },
      "caddy-format": { status: "skipped" },
      hosts: { status: "skipped" },
    });
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

  // One that is found next to its Caddyfile is in docs/examples/caddy.yml, which examples.test.ts plays.
  it("takes a file that needs a plugin, which is built in: it is the one that is named, with its context, target and arguments", async () => {
    const { dockerfile, context } = caddyWithPlugin();
    const { tried } = await ship(
      { Caddyfile: PLUGIN, "ops/caddy.Dockerfile": dockerfile },
      {
        ...NAMED,
        checks: "caddy",
        "caddy-context": context,
        "caddy-file": "ops/caddy.Dockerfile",
        "caddy-target": "mine",
        "caddy-build-args": "VERSION=2",
        push: "false",
      },
    );
    expect(tried.code).toBe(0);
    expect(result(tried).checks.caddy?.status).toBe("passed");
    expect(summaryText(tried)).toMatch(/read by Caddy \S+ from the project's own image/);
  }, 900_000);
});

it("a JSON config is validated as JSON, and compared", async () => {
  const json = JSON.stringify(
    {
      apps: {
        http: {
          servers: {
            main: {
              listen: [":443"],
              routes: [
                {
                  match: [{ host: ["shop.example.com"] }],
                  handle: [{ handler: "reverse_proxy", upstreams: [{ dial: "web:8000" }] }],
                },
              ],
            },
          },
        },
      },
    },
    null,
    "\t",
  );
  const file = "caddy/caddy.json";
  const good = await ship({ [file]: json }, { caddyfile: file });
  await expectShipped(good.tried, good.image);
  expect(result(good.tried).checks).toMatchObject({
    caddy: { status: "passed", findings: 0 },
    "caddy-format": { status: "skipped" },
    hosts: { status: "passed" },
  });
  const wrong = { [file]: json.replace("reverse_proxy", "revers_proxy") };
  const broken = await ship(wrong, { caddyfile: file, checks: "caddy", push: "false" });
  expectFailure(broken.tried, "Checks failed");
  expect(finding(broken.tried, "caddy.invalid")).toMatchObject({ level: "ERROR", file, line: 20 });
});

it("hosts finds where Caddy, Django and the compose file disagree, needs no other check, and shows no value of `env`", async () => {
  const hidden = "hidden-shop.example.net";
  const { tried } = await ship(
    {
      Caddyfile:
        "store.example.org {\n\thandle_path /static/* {\n\t\troot * /srv/static\n\t\tfile_server\n\t}\n" +
        "\thandle {\n\t\treverse_proxy web:8000\n\t}\n}\n",
      "mysite/settings.py": append(
        '\nALLOWED_HOSTS = os.environ["ALLOWED_HOSTS"].split(",")\n' +
          'STATIC_URL = "/static/"\nSTATIC_ROOT = "/app/collected"\n',
      ),
      "docker-compose.prod.yml":
        "services:\n  web:\n    build: .\n    volumes:\n      - static:/app/collected\n  caddy:\n" +
        "    image: caddy:2\n    volumes:\n      - ./Caddyfile:/etc/caddy/Caddyfile\n      - other:/srv/static:ro\n" +
        "volumes:\n  static:\n  other:\n",
    },
    // What rests on a value of `env` informs.
    { ...NAMED, checks: "hosts", "fail-level": "INFO", env: `ALLOWED_HOSTS=${hidden},other.example.net` },
  );
  expectFailure(tried, "Checks failed");
  expect(Object.keys(result(tried).checks)).toEqual(["hosts"]);
  const found = finding(tried, "hosts.not-allowed");
  expect(found).toMatchObject({ check: "hosts", level: "INFO", file: "Caddyfile", line: 1 });
  expect(found.message).toMatch(
    /Caddy serves store\.example\.org, which ALLOWED_HOSTS \(whose value comes from `env`\).* does not allow/,
  );
  expect(said(tried)).not.toContain(hidden);
  expect(finding(tried, "hosts.static-volume")).toMatchObject({
    level: "INFO",
    file: "Caddyfile",
    line: 3,
    message:
      "Caddy serves /static/ from /srv/static, where the service `caddy` in docker-compose.prod.yml mounts the " +
      'volume `other`. No other service mounts that volume. Django has STATIC_ROOT = "/app/collected".',
  });
});
