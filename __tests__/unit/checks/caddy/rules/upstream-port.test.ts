/** Which port Caddy asks, and on which the service listens. */
import { describe, expect, it } from "@jest/globals";
import { parse } from "yaml";
import type { AdaptedConfig } from "../../../../../src/checks/caddy/adapted.ts";
import { serversOf } from "../../../../../src/checks/caddy/routes/servers.ts";
import { compareWithDjango } from "../../../../../src/checks/caddy/rules/rules.ts";
import { servicesIn } from "../../../../../src/checks/project/compose.ts";
import { thisShop } from "../../../samples.ts";

/** A site for each upstream. */
function asks(...upstreams: string[]): AdaptedConfig {
  const routes = upstreams.map((dial, index) => ({
    match: [{ host: [`shop${index}.acme.com`] }],
    handle: [{ handler: "reverse_proxy", upstreams: [{ dial }] }],
    terminal: true,
  }));
  return serversOf({ servers: { srv0: { listen: [":443"], routes } } });
}

function reported(
  services: string | Readonly<Record<string, string>>,
  upstreams: readonly string[],
  imagePorts = [8000],
  path = "compose.yml",
): string[] {
  const all = typeof services === "string" ? { [path]: services } : services;
  const files = Object.entries(all).map(([name, text]) => ({
    path: name,
    content: parse(`services: {${text}}`),
  }));
  const project = {
    imagePorts,
    services: servicesIn(files),
    ownCaddy: false,
    app: "shop",
    image: thisShop({ variables: new Set(["GRANIAN_HOST"]) }),
  };
  return compareWithDjango(asks(...upstreams), { VERSION: { value: "5.2", supplied: "project" } }, project)
    .filter(({ id }) => id === "hosts.upstream-port")
    .map(
      ({ level, message }) => `${level} ${message.replace("Caddy's reverse_proxy sends requests to ", "")}`,
    );
}

describe("the port that Caddy asks", () => {
  it.each<[string, string, string[]]>([
    // cookiecutter/cookiecutter-django #1938: compose's command binds another port than the Dockerfile exposes.
    [
      "is the one of compose's command",
      "web: {build: ., command: 'gunicorn shop.wsgi -b 0.0.0.0:8080'}",
      ["web:8080"],
    ],
    // testdrivenio/django-on-docker-letsencrypt
    ["is the one of `expose`", "web: {build: ., expose: [8001]}", ["web:8001"]],
    ["is the container's side of `ports`", "web: {build: ., ports: ['80:8001']}", ["web:8001"]],
    [
      "is the Dockerfile's, next to a port for a debugger",
      "web: {build: ., ports: ['5678:5678']}",
      ["web:8000"],
    ],
    [
      "is the one of the network alias",
      "web: {command: 'gunicorn x -b :9000', networks: {n: {aliases: [shop]}}}",
      ["shop:9000"],
    ],
    ["is hidden by a variable", "web: {command: 'gunicorn x -b :${PORT}'}", ["web:8000"]],
    ["is in a script", "web: {command: /start}", ["web:8000"]],
    [
      "is a neighbour's, next to Django's",
      "web: {command: 'gunicorn x -b :9000'}, front: {image: node}",
      ["web:9000", "front:3000"],
    ],
    ["is the default that nothing changes", "web: {command: gunicorn x}", ["web:8000"]],
  ])("%s: nothing", (_, services, upstreams) => expect(reported(services, upstreams)).toEqual([]));

  it.each<[string, string, string[], string]>([
    [
      "is not the one that the command binds",
      "web: {build: ., command: 'gunicorn shop.wsgi -b 0.0.0.0:8080'}",
      ["web:8000"],
      "WARNING web:8000, but gunicorn in the service `web` (compose.yml) listens on port 8080.",
    ],
    // lucaslorentz/caddy-docker-proxy #330, nginx-proxy/nginx-proxy #2378: the proxy asks a port on which nothing listens.
    [
      "is not the one of the ASGI server",
      "web: {build: ., command: [uvicorn, shop.asgi, --host, 0.0.0.0, --port, '8001']}",
      ["web:8000"],
      "WARNING web:8000, but uvicorn in the service `web` (compose.yml) listens on port 8001.",
    ],
    // searxng/searxng-docker #444: the host's side of `ports` is asked.
    [
      "is the host's side of `ports`",
      "web: {build: ., ports: ['8082:8080']}",
      ["web:8082"],
      "INFO web:8082, but `expose` and `ports` of the service `web` name port 8080.",
    ],
    [
      "reaches only the container itself",
      "web: {build: ., command: 'gunicorn shop.wsgi -b 127.0.0.1:8000'}",
      ["web:8000"],
      "WARNING web:8000, but gunicorn in the service `web` (compose.yml) listens on the container's own loopback address, which other containers cannot reach.",
    ],
    [
      "is perhaps another one",
      "web: {build: ., command: gunicorn shop.wsgi}",
      ["web:9000"],
      "INFO web:9000, but gunicorn in the service `web` (compose.yml) listens on port 8000.",
    ],
    [
      "is of a server on a Unix socket",
      "web: {build: ., command: 'gunicorn -b unix:/run/s.sock shop.wsgi'}",
      ["web:8001"],
      "INFO web:8001, but gunicorn in the service `web` (compose.yml) listens on no port: on a Unix socket or as its config file says.",
    ],
    [
      "is no neighbour's either",
      "web: {command: 'gunicorn x -b :9000'}, ws: {command: 'daphne x.asgi -b 0.0.0.0 -p 9001'}",
      ["web:9000", "ws:9000"],
      "WARNING ws:9000, but daphne in the service `ws` (compose.yml) listens on port 9001.",
    ],
  ])("%s", (_, services, upstreams, finding) => expect(reported(services, upstreams)).toEqual([finding]));

  it("is compared with the Dockerfile alone, where the compose file is for development", () => {
    const services = "web: {build: ., command: 'gunicorn x -b :9000'}";
    expect(reported(services, ["web:8000"], [8000], "docker-compose.local.yml")).toEqual([]);
    expect(reported(services, ["web:8080"], [8000], "docker-compose.local.yml")).toEqual([
      "INFO web:8080, but the Dockerfile's EXPOSE and CMD name port 8000.",
    ]);
  });

  const DEVELOPED =
    "web: {build: ., command: 'uvicorn shop.asgi --host 0.0.0.0 --port 5000 --reload', volumes: ['.:/app']}";
  const CADDY = "caddy: {image: 'caddy:2', volumes: ['./Caddyfile:/etc/caddy/Caddyfile']}";
  const BINDS = "web: {build: ., command: 'gunicorn shop.wsgi -b :8080'}";

  it("is the image's own, which the production file does not change; a development file is not asked", () => {
    const files = {
      "docker-compose.yml": DEVELOPED,
      "docker-compose.prod.yml": `web: {image: 'ghcr.io/acme/shop:\${TAG}'}, ${CADDY}`,
    };
    expect(reported(files, ["web:8000"])).toEqual([]);
  });

  it("is perhaps the image's own, where one file of production has no command", () => {
    const files = {
      "compose.yml": "web: {image: ghcr.io/acme/shop}",
      "compose.prod.yml": `${BINDS}, ${CADDY}`,
    };
    expect(reported(files, ["web:8000"])).toEqual([]);
    expect(reported(files, ["web:9000"])).toEqual([
      "INFO web:9000, but gunicorn in the service `web` (compose.prod.yml) listens on port 8080, 8000.",
    ]);
  });

  it.each<[string, string, Readonly<Record<string, string>>]>([
    [
      "WARNING",
      "has Caddy too",
      { "compose.yml": `${BINDS}, ${CADDY}`, "compose.logs.yml": "log: {image: x}" },
    ],
    ["INFO", "does not have Caddy", { "compose.yml": BINDS, "compose.caddy.yml": CADDY }],
    ["WARNING", "is the only one of production", { "compose.yml": BINDS, "compose.dev.yml": CADDY }],
  ])("is %s where the file %s", (level, _, files) =>
    expect(reported(files, ["web:9000"])).toEqual([expect.stringMatching(`^${level} `)]),
  );

  it("is perhaps another program's", () =>
    expect(
      reported(
        "web: {build: ., command: 'bash -c \"nginx && gunicorn shop.wsgi -b 127.0.0.1:8000\"'}",
        ["web:80"],
        [80],
      ),
    ).toEqual([]));

  it.each<[string, string, string]>([
    ["WARNING", "uvicorn shop.asgi --port 8000", ""],
    ["WARNING", "daphne -p 8000 shop.asgi", ", env_file: .env"],
    ["INFO", "uvicorn shop.asgi --port 8000", ", env_file: .env"],
    ["INFO", "uvicorn shop.asgi --port 8000", ", environment: [UVICORN_HOST=0.0.0.0]"],
    // The Dockerfile has an ENV of this name.
    ["INFO", "granian --interface asgi --port 8000 shop.asgi", ""],
    ["INFO", "uvicorn shop.asgi", ""],
  ])("is %s the container's own loopback address by default: %s%s", (level, command, more) =>
    expect(reported(`web: {build: ., command: ${command}${more}}`, ["web:8000"])).toEqual([
      expect.stringMatching(`^${level} web:8000.*loopback`),
    ]),
  );

  it("is not known where a variable hides one of the ports", () =>
    expect(reported("web: {build: ., ports: ['80:${PORT}', '9000:9000']}", ["web:8001"], [8001])).toEqual(
      [],
    ));
});
