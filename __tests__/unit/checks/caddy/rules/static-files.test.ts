/** Static files that stay those of the first release, and folders that nothing fills. */
import { describe, expect, it } from "@jest/globals";
import { parse } from "yaml";
import { serversOf } from "../../../../../src/checks/caddy/routes/servers.ts";
import { compareWithDjango } from "../../../../../src/checks/caddy/rules/rules.ts";
import type { Collecting } from "../../../../../src/checks/project/collecting.ts";
import { servicesIn } from "../../../../../src/checks/project/compose.ts";

const PROXY = { handle: [{ handler: "reverse_proxy", upstreams: [{ dial: "web:8000" }] }] };
const FILES = {
  match: [{ path: ["/static/*"] }],
  handle: [
    { handler: "rewrite", strip_path_prefix: "/static" },
    { handler: "vars", root: "/srv/static" },
    { handler: "file_server" },
  ],
  terminal: true,
};

interface Setup {
  readonly compose: string;
  readonly collecting?: Partial<Collecting> | undefined;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly path?: string;
  readonly routes?: readonly object[];
}

function reported({
  compose,
  collecting = {},
  settings = {},
  path = "compose.yml",
  routes = [FILES, PROXY],
}: Setup): string[] {
  const values = { STATIC_URL: "/static/", STATIC_ROOT: "/app/static", MIDDLEWARE: [], ...settings };
  const facts = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, { value, supplied: "project" }]),
  );
  const services = servicesIn([{ path, content: parse(compose) }]);
  return compareWithDjango(serversOf({ servers: { srv0: { listen: [":443"], routes } } }), facts, {
    imagePorts: [8000],
    ...{ services, ownCaddy: false, app: "shop", image: "ghcr.io/acme/shop" },
    collecting: { inBuild: true, elsewhere: false, allRead: true, ...collecting },
  })
    .filter(({ id }) => /stale|unfilled/.test(id))
    .map(({ level, id }) => `${level} ${id}`);
}

const SHARED =
  "services: {web: {build: ., volumes: ['static:/app/static']}, caddy: {image: 'caddy:2', volumes: ['./Caddyfile:/etc/caddy/Caddyfile', 'static:/srv/static']}}\nvolumes: {static: {}}";
const STALE = ["WARNING hosts.static-stale"];
const UNFILLED = ["INFO hosts.static-unfilled"];
const WHITENOISE = { MIDDLEWARE: ["whitenoise.middleware.WhiteNoiseMiddleware"] };

describe("static files of an old release", () => {
  it.each<[string, string[], Setup]>([
    // reef-technologies/cookiecutter-rt-django #103, testdrivenio/flask-on-docker #15, mrlvsb/kelvin #610.
    ["a volume over the folder of the image", STALE, { compose: SHARED }],
    ["a volume around it", STALE, { compose: SHARED.replace("static:/app/static", "data:/app") }],
    // TabbycatDebate/tabbycat #2449: the volume hides what the build made, also without Caddy's share.
    ["with WhiteNoise", STALE, { compose: SHARED, settings: WHITENOISE, routes: [PROXY] }],
    [
      "a start that cannot be read",
      ["INFO hosts.static-stale"],
      { compose: SHARED, collecting: { allRead: false } },
    ],
    ["collected when the container starts", [], { compose: SHARED, collecting: { elsewhere: true } }],
    ["an external volume", [], { compose: SHARED.replace("static: {}", "static: {external: true}") }],
    [
      "a volume on another machine",
      [],
      { compose: SHARED.replace("static: {}", "static: {driver_opts: {type: nfs}}") },
    ],
    ["a volume next to it", [], { compose: SHARED.replace("static:/app/static", "static:/app/media") }],
    ["no volume", [], { compose: "services: {web: {build: .}}" }],
    ["a compose file for development", [], { compose: SHARED, path: "docker-compose.local.yml" }],
    [
      "a storage elsewhere",
      [],
      { compose: SHARED, settings: { STORAGES: { staticfiles: "storages.backends.s3.S3Storage" } } },
    ],
    [
      "parts of the service elsewhere",
      [],
      { compose: SHARED.replace("build: .,", "extends: {service: base},") },
    ],
    ["no STATIC_ROOT", [], { compose: SHARED, settings: { STATIC_ROOT: null } }],
  ])("%s", (_, expected, setup) => expect(reported(setup)).toEqual(expected));
});

describe("a folder that nothing fills", () => {
  const NOTHING = { inBuild: false };
  it.each<[string, string[], Setup]>([
    ["served by Caddy", UNFILLED, { compose: SHARED, collecting: NOTHING }],
    [
      "served by WhiteNoise",
      UNFILLED,
      { compose: "services: {}", collecting: NOTHING, settings: WHITENOISE, routes: [PROXY] },
    ],
    // stellar/django-polaris #320: an empty folder of the machine hides what the build collected.
    [
      "of the machine, over the image's",
      UNFILLED,
      { compose: SHARED.replace("static:/app/static", "./static:/app/static") },
    ],
    ["served by nobody", [], { compose: "services: {}", collecting: NOTHING, routes: [PROXY] }],
    ["where the start cannot be read", [], { compose: SHARED, collecting: { ...NOTHING, allRead: false } }],
    ["where a script collects", [], { compose: SHARED, collecting: { ...NOTHING, elsewhere: true } }],
  ])("%s", (_, expected, setup) => expect(reported(setup)).toEqual(expected));
});
