/** What the texts of a checkout mention. */
import { describe, expect, it } from "@jest/globals";
import { servicesIn } from "../../../../src/checks/project/compose.ts";
import { thisImage } from "../../../../src/checks/project/image-services.ts";
import { MENTIONS, type Mentions, mentionsIn, variablesOf } from "../../../../src/checks/project/mentions.ts";
import { instructionsOf } from "../../../../src/request/dockerfile.ts";
import { aRequest } from "../../samples.ts";

const PLAIN = "FROM python:3.13-slim";

/** What a search finds in one text. */
function searched(path: string, text: string): Parameters<typeof mentionsIn>[0] {
  const plain = text.replace(/^[ \t]*#.*$/gm, "");
  const names = Object.keys(MENTIONS) as (keyof typeof MENTIONS)[];
  const paths = Object.fromEntries(names.map((name) => [name, MENTIONS[name].test(plain) ? [path] : []]));
  return { paths: paths as Record<keyof typeof MENTIONS, string[]>, isComplete: true };
}

const NO_SERVICES = { files: new Set<string>(), isPartial: false, variables: [] };

function mentioned(path: string, text: string, dockerfile = PLAIN, target = ""): (keyof Mentions)[] {
  const found = mentionsIn(searched(path, text), instructionsOf(dockerfile), target, NO_SERVICES, []);
  if (found === undefined) throw new Error("not all could be read");
  return (Object.keys(found) as (keyof Mentions)[]).filter((name) => found[name]);
}

describe("what texts mention", () => {
  it.each<[string, [path: string, text: string], (keyof Mentions)[]]>([
    ["nothing", ["README", "A shop."], []],
    ["a plain server", ["Dockerfile", 'CMD ["gunicorn", "shop.wsgi"]'], ["plainServer"]],
    [
      "gunicorn's option",
      ["Dockerfile", "CMD gunicorn shop.wsgi -b 0.0.0.0:8000 --forwarded-allow-ips=*"],
      ["plainServer", "forwardedProto"],
    ],
    ["its variable", ["compose.yml", "environment: {FORWARDED_ALLOW_IPS: '*'}"], ["forwardedProto"]],
    ["its config file", ["gunicorn.conf.py", 'forwarded_allow_ips = "*"'], ["forwardedProto"]],
    ["uvicorn's option", ["start.sh", "uvicorn a:b --proxy-headers"], ["plainServer", "forwardedProto"]],
    ["uWSGI, which needs none", ["start.sh", "uwsgi --http :8000"], ["forwardedProto"]],
    ["a file of variables", ["play.yml", "env_file: .env"], ["forwardedProto"]],
    ["that of a container", ["deploy.sh", "docker run --env-file .env shop"], ["forwardedProto"]],
    ["that of compose itself", ["deploy.sh", "docker compose --env-file .env up"], []],
    ["that of pydantic", ["s.py", 'SettingsConfigDict(env_file=".env")'], []],
    ["that of shipshape's own checks", [".github/workflows/ship.yml", "env-file: ci.env"], []],
    ["that of Kubernetes", ["web.yaml", "envFrom: [{configMapRef: {name: shop}}]"], ["forwardedProto"]],
    ["code that reads the header", ["m.py", 'request.META["HTTP_X_FORWARDED_PROTO"]'], ["forwardedProto"]],
    ["the setting", ["s.py", 'SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")'], []],
    ["a Caddyfile's header", ["Caddyfile", "header_up X-Forwarded-Proto https"], []],
    ["uWSGI's static files", ["u.ini", "static-map = /static=/app/static"], ["staticFiles"]],
    ["granian's", ["start.sh", "granian a:b --static-path-mount /app/static"], ["staticFiles"]],
    [
      "WhiteNoise around the application",
      ["wsgi.py", "application = WhiteNoise(application)"],
      ["staticFiles"],
    ],
    ["dj-static", ["wsgi.py", "application = Cling(get_wsgi_application())"], ["staticFiles"]],
    ["a view", ["urls.py", "from django.views.static import serve"], ["staticFiles"]],
    ["settings of static files", ["s.py", 'STATIC_URL = "/static/"\nSTATIC_ROOT = "/app"'], []],
    ["envsubst", ["deploy.sh", "envsubst < deploy/Caddyfile > /etc/caddy/Caddyfile"], ["rendering"]],
    ["Ansible", ["play.yml", "- ansible.builtin.template: {src: Caddyfile}"], ["rendering"]],
    ["Ansible, the short name", ["play.yml", "    template:\n      src: Caddyfile"], ["rendering"]],
    ["sed", ["deploy.sh", 'sed -i "s/HOST/$HOST/" Caddyfile'], ["rendering"]],
    ["a comment", ["deploy.sh", "# envsubst, gunicorn --forwarded-allow-ips"], []],
  ])("%s", (_, text, expected) => expect(mentioned(...text)).toEqual(expected));

  it.each<[string, string, (keyof Mentions)[]]>([
    ["a server", `${PLAIN}\nCMD gunicorn shop.wsgi -b 0.0.0.0:8000`, ["plainServer"]],
    ["its variable", `${PLAIN}\nENV FORWARDED_ALLOW_IPS=*`, ["forwardedProto"]],
    ["stages", `${PLAIN} AS base\nFROM node:20 AS assets\nFROM base\n`, []],
    ["another image, which may start anything", "FROM ghcr.io/acme/python-web:1", ["forwardedProto"]],
    ["a comment", `${PLAIN}\n# uwsgi`, []],
    [
      "another image for a stage that is not shipped",
      `FROM oven/bun:1 AS assets\n${PLAIN}\nCOPY --from=assets /a /a`,
      [],
    ],
    ["a mirror of Docker's own images", "FROM public.ecr.aws/docker/library/python:3.13", []],
  ])("the Dockerfile: %s", (_, dockerfile, expected) =>
    expect(mentioned("README", "", dockerfile)).toEqual(expected),
  );

  it("is not known where not all could be read", () => {
    const found = { ...searched("a", ""), isComplete: false };
    expect(mentionsIn(found, instructionsOf(PLAIN), "", NO_SERVICES, [])).toBeUndefined();
    expect(mentionsIn(searched("a", ""), [], "", NO_SERVICES, [])).toBeUndefined();
  });

  it("the image of the target that is shipped", () => {
    const dockerfile = `${PLAIN} AS web\nFROM ghcr.io/acme/tools AS tools`;
    expect(mentioned("README", "", dockerfile, "web")).toEqual([]);
    expect(mentioned("README", "", dockerfile)).toEqual(["forwardedProto"]);
  });
});

describe("a file of variables of a compose service", () => {
  const request = aRequest();
  const image = thisImage(request, instructionsOf(PLAIN));

  /** Whether it may say that the server takes the scheme from X-Forwarded-Proto. */
  function mayKnow(services: object, text: string | undefined, file = "compose.yml"): boolean {
    const known = variablesOf(servicesIn([{ path: file, content: { services } }]), image);
    const found = mentionsIn(
      searched(file, JSON.stringify(services)),
      instructionsOf(PLAIN),
      "",
      known,
      known.variables.map(() => text),
    );
    return found?.forwardedProto === true;
  }

  const web = { image: "ghcr.io/acme/shop:1", env_file: ".env" };
  it.each<[string, boolean, object, string | undefined]>([
    ["may say anything where it is not in the checkout", true, { web }, undefined],
    ["says nothing of it", false, { web }, "DEBUG=0\n# FORWARDED_ALLOW_IPS=*\n"],
    ["says it", true, { web }, "FORWARDED_ALLOW_IPS=*\n"],
    [
      "is a database's",
      false,
      { web: { ...web, env_file: [] }, db: { image: "postgres:17", env_file: "db.env" } },
      undefined,
    ],
    [
      "is of an image that is not known",
      true,
      { web: { image: "$IMAGE", env_file: [{ path: ".env" }] } },
      undefined,
    ],
    [
      "is perhaps another one's, for a part is elsewhere",
      true,
      { web: { ...web, env_file: [], extends: "base" }, db: { image: "postgres", env_file: "a" } },
      undefined,
    ],
  ])("%s", (_, expected, services, text) => expect(mayKnow(services, text)).toBe(expected));

  it("is no matter of production in a file for development", () =>
    expect(mayKnow({ web }, undefined, "compose.override.yml")).toBe(false));

  it("has its path below the compose file", () => {
    const services = {
      web: { ...web, env_file: [".env", { path: "../b.env", required: false }, "${X}.env"] },
    };
    const known = variablesOf(servicesIn([{ path: "deploy/compose.yml", content: { services } }]), image);
    expect(known.variables).toEqual(["deploy/.env", "b.env", ""]);
  });
});
