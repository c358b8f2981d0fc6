/** What compose files say of the folders that Caddy and Django share, and what is told of it. */
import { describe, expect, it } from "@jest/globals";
import { parse } from "yaml";
import type { AdaptedConfig } from "../../../../src/checks/caddy/adapted.ts";
import {
  caddyService,
  looksLikeCompose,
  mayHaveUnknown,
  mountAround,
  type Service,
  servicesIn,
  sourcesOf,
  upstreamService,
  usesStockCaddy,
} from "../../../../src/checks/caddy/compose.ts";
import type { Settings } from "../../../../src/checks/caddy/rules/django-settings.ts";
import { compareWithDjango } from "../../../../src/checks/caddy/rules/rules.ts";

function services(...texts: string[]): readonly Service[] {
  return servicesIn(
    texts.map((text, index) => ({
      path: `deploy/compose-${index + 1}.yml`,
      content: parse(text, { merge: true }),
    })),
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
  const volume = (name: string, target = "/srv") => [{ target, from: { volume: name } }];
  const paths = (...all: [string, ...string[]]) => [{ target: "/srv", from: { paths: all } }];
  const unknown = (target: string) => [{ target, from: "unknown" }];
  it.each([
    ["a named volume", "- static:/srv/static", volume("static", "/srv/static")],
    ["read only", "- static:/srv/static/:ro", volume("static", "/srv/static")],
    [
      "a folder of the machine, beside the file or where compose is called",
      "- ./static/:/srv",
      paths("deploy/static", "static"),
    ],
    ["one above", "- ../static:/srv", paths("static", "../static")],
    ["an absolute one", "- /data/static:/srv", paths("/data/static")],
    ["one at home", "- ~/static:/srv", paths("~/static")],
    ["a variable", "- ${DATA:-./data}/s:/srv", unknown("/srv")],
    ["a variable in a folder", "- ./${DATA}:/srv", unknown("/srv")],
    ["a variable as target", "- static:${TO:-/srv}", [{ target: "", from: { volume: "static" } }]],
    ["a volume without a name, which nobody else has", "- /srv/static", unknown("/srv/static")],
    [
      "the long form",
      "- type: volume\n  source: static\n  target: /srv/static\n  read_only: true",
      volume("static", "/srv/static"),
    ],
    [
      "the long form of a folder",
      "- type: bind\n  source: ./static\n  target: /srv",
      paths("deploy/static", "static"),
    ],
    ["the long form without a source", "- type: volume\n  target: /srv", unknown("/srv")],
    [
      "a folder of a volume",
      "- type: volume\n  source: data\n  target: /srv\n  volume:\n    subpath: static",
      volume("data/static"),
    ],
    ["memory", "- type: tmpfs\n  target: /srv", unknown("/srv")],
    ["another image", "- type: image\n  source: x\n  target: /srv", unknown("/srv")],
    ["what is no volume", "- 5", unknown("")],
  ])("%s", (_, volumes, mounts) => expect(mountsOf(volumes)).toEqual(mounts));

  it("may come by an anchor, and from several files", () => {
    const text =
      "x-app: &app\n  image: shop\n  volumes: [static:/app/static]\nservices:\n  web:\n    <<: *app\n    container_name: shop-web\n";
    const [web] = services(text, "services:\n  web:\n    build: .\n    volumes: [media:/app/media]\n");
    expect(web).toEqual({
      name: "web",
      aliases: ["shop-web"],
      image: "shop",
      isBuilt: true,
      mounts: [...volume("static", "/app/static"), ...volume("media", "/app/media")],
      isPartial: false,
      file: "deploy/compose-1.yml",
    });
  });

  it.each(["extends: {file: base.yml, service: web}", "volumes_from: [data]"])(
    "is not known of a service with `%s`",
    (line) => {
      const [web] = services(`services:\n  web:\n    ${line}\n`, "services: {web: {image: x}}");
      expect(web && mayHaveUnknown("/srv", web)).toBe(true);
    },
  );

  it("is not known of a volume that something else has made", () => {
    const [web] = services("services: {web: {volumes: ['data:/srv']}}\nvolumes: {data: {external: true}}");
    expect(web?.mounts).toEqual(unknown("/srv"));
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
    expect(caddyService(services(`services: {${text}}`))?.name).toBe(name),
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
    expect(upstreamService(upstreams, all)?.name).toBe(name);
  });

  it.each([
    ["caddy:2", true],
    ["docker.io/library/caddy:2.11-alpine", true],
    ["ghcr.io/acme/caddy:2", false],
    ["", false],
  ])("the image %j is Caddy's own: %s", (image, is) => {
    const [one] = services(`services: {a: {image: '${image}'}}`);
    expect(one && usesStockCaddy(one)).toBe(is);
  });
});

describe("where a path of a container lies", () => {
  const [web] = services(
    "services: {web: {volumes: ['all:/srv', 'static:/srv/static', '.:/app', './up:/srv/up', '$X:/srv/x']}}",
  );
  if (web === undefined) throw new Error("no service");

  it.each([
    ["/srv/static", ["volume all/static", "volume static"], "/srv/static", false],
    ["/srv/static/css", ["volume all/static/css", "volume static/css"], "/srv/static", false],
    ["/srv/staticky", ["volume all/staticky"], "/srv", false],
    ["/srv", ["volume all"], "/srv", false],
    ["/srv/up/a", ["volume all/up/a", "deploy/up/a", "up/a"], "/srv/up", false],
    ["/app/static", ["deploy/static", "static"], "/app", false],
    ["/srv/x/y", ["volume all/x/y"], "/srv/x", true],
    ["/", [], undefined, false],
  ])("%s", (path, places, target, hidden) => {
    expect(sourcesOf(path, web)).toEqual(places);
    expect(mountAround(path, web)?.target).toBe(target);
    expect(mayHaveUnknown(path, web)).toBe(hidden);
  });
});

const ADAPTED: AdaptedConfig = {
  proxies: [
    {
      ...{ hosts: ["shop.acme.com"], paths: [], https: true, port: "" },
      ...{ upstreams: ["web:8000"], headers: new Map(), trustsProxies: false },
    },
  ],
  files: [
    {
      ...{ hosts: ["shop.acme.com"], paths: ["/static/*"], https: true, port: "" },
      ...{ root: "/srv/static", stripPrefix: "/static" },
    },
  ],
  redirects: [],
  headers: [],
};

interface Scene {
  readonly caddy?: readonly string[];
  readonly web?: readonly string[];
  readonly others?: Readonly<Record<string, readonly string[]>>;
  readonly image?: string;
  readonly ownCaddy?: boolean;
  /** Who supplied STATIC_ROOT. */
  readonly supplied?: string;
}

function told(root: string, scene: Scene | undefined): string[] {
  const { caddy = [], web = [], others = {}, image = "caddy:2", ownCaddy = false } = scene ?? {};
  const settings: Settings = {
    STATIC_URL: { value: "/static/", supplied: "project" },
    STATIC_ROOT: { value: root, supplied: scene?.supplied ?? "project" },
  };
  const volumes = { ...others, web };
  const all = {
    caddy: { image, volumes: ["./Caddyfile:/etc/caddy/Caddyfile", ...caddy] },
    ...Object.fromEntries(Object.entries(volumes).map(([name, list]) => [name, { volumes: list }])),
  };
  return compareWithDjango(ADAPTED, settings, {
    imagePorts: [8000],
    services: scene === undefined ? [] : services(`services: ${JSON.stringify(all)}`),
    ownCaddy,
  })
    .filter(({ id }) => /static/.test(id))
    .map(({ level, id, message }) => `${level} ${id}: ${message}`);
}

const ROOTS = (root: string) => [
  `INFO hosts.static-root: Caddy serves /static/ from /srv/static, and STATIC_ROOT = "${root}".`,
];

describe("one folder for Caddy and Django", () => {
  it.each<[string, string, Scene]>([
    ["a volume at one path", "/srv/static", { caddy: ["static:/srv/static"], web: ["static:/srv/static"] }],
    ["at two paths", "/app/static", { caddy: ["static:/srv/static:ro"], web: ["static:/app/static"] }],
    ["a folder in a volume", "/app/data/static", { caddy: ["data:/srv"], web: ["data:/app/data"] }],
    ["a folder of the machine", "/app/static", { caddy: ["./s:/srv/static"], web: ["./s/:/app/static"] }],
    ["seen through two mounts", "/app/s", { caddy: ["./s:/srv/static"], web: [".:/app"] }],
    ["seen deeper", "/app/data/static", { caddy: ["./data/static:/srv/static"], web: ["./data:/app/data"] }],
    [
      "filled by a service of its own",
      "/app/static",
      { caddy: ["static:/srv/static"], others: { collect: ["static:/app/static"] } },
    ],
  ])("is right: %s", (_, root, scene) => expect(told(root, scene)).toEqual([]));

  it.each<[string, string, Scene, string]>([
    [
      "Caddy has none",
      "/srv/static",
      { web: ["static:/srv/static"] },
      'where the service `caddy` in deploy/compose-1.yml mounts nothing. Django has STATIC_ROOT = "/srv/static".',
    ],
    [
      "each has its own",
      "/app/static",
      { caddy: ["a:/srv/static"], web: ["b:/app/static"] },
      'where the service `caddy` in deploy/compose-1.yml mounts the volume `a`. No other service mounts that volume. Django has STATIC_ROOT = "/app/static".',
    ],
    [
      "Django has none",
      "/srv/static",
      { caddy: ["static:/srv/static"] },
      'where the service `caddy` in deploy/compose-1.yml mounts the volume `static`. No other service mounts that volume. Django has STATIC_ROOT = "/srv/static".',
    ],
    [
      "they mean two folders of it",
      "/app/data/collected",
      { caddy: ["data:/srv"], web: ["data:/app/data"] },
      'which is `volume data/static` by the mounts of the service `caddy` in deploy/compose-1.yml. STATIC_ROOT = "/app/data/collected" is `volume data/collected` by the mounts of `web`.',
    ],
    [
      "a value of `env` is nobody's to print",
      "/app/data/hidden",
      { caddy: ["data:/srv"], web: ["data:/app/data"], supplied: "user" },
      "which is `volume data/static` by the mounts of the service `caddy` in deploy/compose-1.yml. STATIC_ROOT (whose value comes from `env`) is another folder by the mounts of `web`.",
    ],
  ])("is wrong: %s", (_, root, scene, rest) =>
    expect(told(root, scene)).toEqual([
      `INFO hosts.static-volume: Caddy serves /static/ from /srv/static, ${rest}`,
    ]),
  );

  it.each<[string, Scene | undefined]>([
    ["there is no compose file", undefined],
    ["files may be in Caddy's own image", { ownCaddy: true }],
    ["the compose file has another image of Caddy", { image: "ghcr.io/acme/caddy" }],
    ["a variable hides where Django's lies", { caddy: ["s:/srv/static"], web: ["s:${ROOT:-/app/static}"] }],
    ["a variable hides what Caddy has", { caddy: ["$S:/srv/static"], web: ["s:/app/static"] }],
    ["somebody else may fill the volume", { caddy: ["s:/srv/static"], web: ["s:/shared"] }],
    ["the machine may fill the folder", { caddy: ["./s:/srv/static"] }],
  ])("is the reader's to know where %s", (_, scene) => {
    expect(told("/app/static", scene)).toEqual(ROOTS("/app/static"));
    expect(told("/srv/static", scene)).toEqual([]);
  });

  it("is not looked for where a folder is a relative one", () => {
    expect(told("static", { caddy: ["static:/srv/static"] })).toEqual(ROOTS("static"));
  });
});
