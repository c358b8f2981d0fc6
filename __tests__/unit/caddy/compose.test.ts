/** What compose files say of the folders that Caddy and Django share, and what is told of it. */
import { describe, expect, it } from "@jest/globals";
import { parse } from "yaml";
import type { Adapted } from "../../../src/caddy/adapted.ts";
import { compare, type Settings } from "../../../src/caddy/agreement.ts";
import {
  caddyAmong,
  looksLikeCompose,
  outside,
  type Service,
  serviceAt,
  servicesIn,
} from "../../../src/caddy/compose.ts";

function services(...texts: string[]): readonly Service[] {
  return servicesIn(
    texts.map((text, index) => ({ path: `compose-${index + 1}.yml`, content: parse(text, { merge: true }) })),
  );
}

const mountsOf = (volumes: string) =>
  services(`services:\n  web:\n    volumes:\n${volumes.replace(/^/gm, "      ")}`)[0]?.mounts;

describe("compose files by name", () => {
  it.each([
    ["compose.yaml", true],
    ["compose.yml", true],
    ["docker-compose.yml", true],
    ["docker-compose.prod.yml", true],
    ["docker-compose-prod.yml", true],
    ["compose.override.yaml", true],
    ["docker-compose.yml.j2", false],
    ["compose.json", false],
    ["mycompose.yml", false],
    ["composer.yml", false],
  ])("%s: %s", (name, is) => expect(looksLikeCompose(name)).toBe(is));
});

describe("what a service mounts", () => {
  it.each([
    ["a named volume", "- static:/srv/static", [{ source: "static", target: "/srv/static" }]],
    ["read only", "- static:/srv/static/:ro", [{ source: "static", target: "/srv/static" }]],
    ["a folder of the machine", "- ./static/:/srv/static", [{ source: "./static", target: "/srv/static" }]],
    ["one above", "- ../static:/srv", [{ source: "../static", target: "/srv" }]],
    ["an absolute one", "- /data/static:/srv", [{ source: "/data/static", target: "/srv" }]],
    ["a variable", "- ${DATA:-./data}/s:/srv", [{ source: "${DATA:-./data}/s", target: "/srv" }]],
    ["a variable as target", "- static:${TO}", []],
    ["an anonymous volume, which nobody else has", "- /srv/static", []],
    [
      "the long form",
      "- type: volume\n  source: static\n  target: /srv/static\n  read_only: true",
      [{ source: "static", target: "/srv/static" }],
    ],
    [
      "a folder of a volume",
      "- type: volume\n  source: data\n  target: /srv\n  volume:\n    subpath: static",
      [{ source: "data/static", target: "/srv" }],
    ],
    ["memory", "- type: tmpfs\n  target: /srv", []],
    ["what is no volume", "- 5\n- {}\n- [a]", []],
  ])("%s", (_, volumes, mounts) => expect(mountsOf(volumes)).toEqual(mounts));

  it("may come by an anchor, and from several files", () => {
    const text =
      "x-app: &app\n  image: shop\n  volumes: [static:/app/static]\nservices:\n  web:\n    <<: *app\n    container_name: shop-web\n";
    const [web] = services(text, "services:\n  web:\n    volumes: [media:/app/media]\n");
    expect(web).toEqual({
      name: "web",
      aliases: ["shop-web"],
      image: "shop",
      mounts: [
        { source: "static", target: "/app/static" },
        { source: "media", target: "/app/media" },
      ],
      file: "compose-1.yml",
    });
  });

  it("is not known of a service with parts elsewhere", () => {
    expect(services("services:\n  web:\n    extends: {file: base.yml, service: web}\n")).toEqual([]);
    expect(services("services:\n  web:\n    volumes_from: [data]\n")).toEqual([]);
  });

  it.each(["", "5", "[]", "services: 5", "services: {web: 5}", "services: [a]"])(
    "is nothing in %j",
    (text) => {
      expect(services(text).flatMap(({ mounts }) => mounts)).toEqual([]);
    },
  );
});

describe("who is who", () => {
  it.each([
    ["by its Caddyfile", "a: {volumes: ['./C:/etc/caddy/Caddyfile']}, caddy: {image: x}", "a"],
    ["by its image", "a: {image: 'docker.io/library/caddy:2.11'}, b: {image: caddyshack}", "a"],
    ["by its name", "reverse-caddy: {build: .}, b: {image: nginx}", "reverse-caddy"],
    ["not, of two", "a: {image: caddy}, b: {image: 'caddy:2'}", undefined],
    ["not, of none", "a: {image: nginx}", undefined],
  ])("Caddy is told %s", (_, text, name) =>
    expect(caddyAmong(services(`services: {${text}}`))?.name).toBe(name),
  );

  it.each([
    [["web:8000"], "web"],
    [["web"], "web"],
    [["shop:8000"], "web"],
    [["web:8000", "shop:8001"], "web"],
    [["other:8000"], undefined],
    [["web:8000", "api:8000"], undefined],
    [[], undefined],
  ])("a proxy to %j asks %s", (upstreams, name) => {
    const all = services("services: {web: {hostname: shop}, api: {image: x}}");
    expect(serviceAt(upstreams, all)?.name).toBe(name);
  });

  it.each([
    ["/srv/static", "static", ""],
    ["/srv/static/css", "static", "css"],
    ["/srv/media/a", "media", "a"],
    ["/srv/staticky", "all", "staticky"],
    ["/srv", "all", ""],
    ["/", undefined, undefined],
  ])("%s lies in %s", (path, source, rest) => {
    const [web] = services(
      "services: {web: {volumes: ['all:/srv', 'old:/srv/static', 'static:/srv/static', 'media:/srv/media']}}",
    );
    const found = web && outside(path, web);
    expect([found?.mount.source, found?.rest]).toEqual([source, rest]);
  });
});

const ADAPTED: Adapted = {
  proxies: [
    {
      ...{ hosts: ["shop.acme.com"], paths: [], https: true, port: "" },
      ...{ upstreams: ["web:8000"], headers: new Map(), trusts: false },
    },
  ],
  files: [
    {
      ...{ hosts: ["shop.acme.com"], paths: ["/static/*"], https: true, port: "" },
      ...{ root: "/srv/static", strip: "/static" },
    },
  ],
  redirects: [],
  headers: [],
};

function told(root: string, volumes: { caddy: string[]; web: string[] } | undefined, ownCaddy = false) {
  const settings: Settings = {
    STATIC_URL: { value: "/static/", supplied: "project" },
    STATIC_ROOT: { value: root, supplied: "project" },
  };
  const all =
    volumes === undefined
      ? []
      : services(
          `services: ${JSON.stringify({ caddy: { image: "caddy:2", volumes: volumes.caddy }, web: { volumes: volumes.web } })}`,
        );
  return compare(ADAPTED, settings, { ports: [8000], services: all, ownCaddy })
    .filter(({ id }) => /static/.test(id))
    .map(({ level, id, message }) => `${level} ${id}: ${message}`);
}

describe("one volume for Caddy and Django", () => {
  it.each([
    ["at the same path", "/srv/static", ["static:/srv/static"], ["static:/srv/static"]],
    ["at two paths", "/app/static", ["static:/srv/static:ro"], ["static:/app/static"]],
    ["with the same folder in it", "/app/data/static", ["data:/srv"], ["data:/app/data"]],
    ["as a folder of the machine", "/app/static", ["./static:/srv/static"], ["./static/:/app/static"]],
  ])("is right %s", (_, root, caddy, web) => expect(told(root, { caddy, web })).toEqual([]));

  it.each([
    [
      "Caddy has none",
      "/srv/static",
      { caddy: [], web: ["static:/srv/static"] },
      'INFO hosts.static-volume: Caddy looks for files of /static/ in /srv/static, where the service caddy of compose-1.yml mounts nothing; Django has STATIC_ROOT = "/srv/static".',
    ],
    [
      "Django has none",
      "/srv/static",
      { caddy: ["static:/srv/static"], web: [] },
      'INFO hosts.static-volume: Caddy looks for files of /static/ in /srv/static, where the service caddy of compose-1.yml mounts static, and web mounts nothing at STATIC_ROOT = "/srv/static".',
    ],
    [
      "each has its own",
      "/app/static",
      { caddy: ["a:/srv/static"], web: ["b:/app/static"] },
      'INFO hosts.static-volume: Caddy looks for files of /static/ in /srv/static, where the service caddy of compose-1.yml mounts a, and web mounts b at STATIC_ROOT = "/app/static".',
    ],
    [
      "they mean two folders of it",
      "/app/data/collected",
      { caddy: ["data:/srv"], web: ["data:/app/data"] },
      'INFO hosts.static-volume: Caddy looks for files of /static/ in /srv/static, which is data/static in what the service caddy of compose-1.yml mounts, and STATIC_ROOT = "/app/data/collected" is data/collected in what web mounts.',
    ],
  ])("is wrong where %s", (_, root, volumes, message) => expect(told(root, volumes)).toEqual([message]));

  it("is not asked for where the files may be in Caddy's own image", () => {
    expect(told("/srv/static", { caddy: [], web: [] }, true)).toEqual([]);
  });

  it("is the reader's to know where no compose file tells", () => {
    expect(told("/srv/static", undefined)).toEqual([]);
    expect(told("/app/static", undefined)).toEqual([
      'INFO hosts.static-root: Caddy looks for files of /static/ in /srv/static, and STATIC_ROOT = "/app/static".',
    ]);
  });
});
