/** Which port Caddy asks, and on which the service listens. */
import { describe, expect, it } from "@jest/globals";
import { parse } from "yaml";
import type { AdaptedConfig } from "../../../../../src/checks/caddy/adapted.ts";
import { serversOf } from "../../../../../src/checks/caddy/routes/servers.ts";
import { compareWithDjango } from "../../../../../src/checks/caddy/rules/rules.ts";
import { servicesIn } from "../../../../../src/checks/project/compose.ts";

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
  services: string,
  upstreams: readonly string[],
  imagePorts = [8000],
  path = "compose.yml",
): string[] {
  const files = [{ path, content: parse(`services: {${services}}`) }];
  const project = {
    imagePorts,
    services: servicesIn(files),
    ownCaddy: false,
    app: "shop",
    image: "ghcr.io/acme/shop",
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
});
