/** What `hosts` reports about the folder of Caddy and that of Django, by what their services mount. */
import { describe, expect, it } from "@jest/globals";
import { serversOf } from "../../../../../src/checks/caddy/routes/servers.ts";
import { compareWithDjango } from "../../../../../src/checks/caddy/rules/rules.ts";
import type { Settings } from "../../../../../src/checks/django-settings.ts";
import { servicesIn } from "../../../../../src/checks/project/compose.ts";
import { thisShop } from "../../../samples.ts";

/** `handle_path /static/* { root * /srv/static; file_server }`, and all else to Django. */
const ADAPTED = serversOf({
  servers: {
    srv0: {
      listen: [":443"],
      routes: [
        {
          match: [{ host: ["shop.acme.com"], path: ["/static/*"] }],
          terminal: true,
          handle: [
            { handler: "rewrite", strip_path_prefix: "/static" },
            { handler: "vars", root: "/srv/static" },
            { handler: "file_server" },
          ],
        },
        {
          match: [{ host: ["shop.acme.com"] }],
          handle: [{ handler: "reverse_proxy", upstreams: [{ dial: "web:8000" }] }],
        },
      ],
    },
  },
});

/** What the services mount, and what else matters. */
interface Setup {
  readonly caddy?: readonly string[];
  readonly web?: readonly string[];
  readonly others?: Readonly<Record<string, readonly string[]>>;
  readonly image?: string;
  readonly ownCaddy?: boolean;
  /** Who supplied STATIC_ROOT. */
  readonly supplied?: string;
}

/** What `hosts` reports about static files: Caddy looks in /srv/static, Django collects into `root`. */
function reported(root: string, setup: Setup | undefined): string[] {
  const { caddy = [], web = [], others = {}, image = "caddy:2", ownCaddy = false } = setup ?? {};
  const settings: Settings = {
    STATIC_URL: { value: "/static/", supplied: "project" },
    STATIC_ROOT: { value: root, supplied: setup?.supplied ?? "project" },
  };
  const volumes = { ...others, web };
  const all = {
    caddy: { image, volumes: ["./Caddyfile:/etc/caddy/Caddyfile", ...caddy] },
    ...Object.fromEntries(Object.entries(volumes).map(([name, list]) => [name, { volumes: list }])),
  };
  const composeFile = { path: "deploy/compose.yml", content: { services: all } };
  return compareWithDjango(ADAPTED, settings, {
    imagePorts: [8000],
    services: setup === undefined ? [] : servicesIn([composeFile]),
    ownCaddy,
    app: "shop",
    image: thisShop(),
  })
    .filter(({ id }) => /static/.test(id))
    .map(({ level, id, message }) => `${level} ${id}: ${message}`);
}

/** The finding that compares the paths only. */
const onlyPaths = (root: string) => [
  `INFO hosts.static-root: Caddy serves /static/ from /srv/static, and STATIC_ROOT = "${root}".`,
];

describe("the folders of Caddy and Django", () => {
  it.each<[string, string, Setup]>([
    [
      "one volume at the same path",
      "/srv/static",
      { caddy: ["static:/srv/static"], web: ["static:/srv/static"] },
    ],
    [
      "one volume at two paths",
      "/app/static",
      { caddy: ["static:/srv/static:ro"], web: ["static:/app/static"] },
    ],
    ["a folder in a volume", "/app/data/static", { caddy: ["data:/srv"], web: ["data:/app/data"] }],
    ["a folder of the machine", "/app/static", { caddy: ["./s:/srv/static"], web: ["./s/:/app/static"] }],
    ["two mounts that overlap", "/app/s", { caddy: ["./s:/srv/static"], web: [".:/app"] }],
    [
      "a mount of a folder inside the other mount",
      "/app/data/static",
      { caddy: ["./data/static:/srv/static"], web: ["./data:/app/data"] },
    ],
    [
      "a volume that a third service fills",
      "/app/static",
      { caddy: ["static:/srv/static"], others: { collect: ["static:/app/static"] } },
    ],
  ])("are the same: %s", (_, root, setup) => expect(reported(root, setup)).toEqual([]));

  it.each<[string, string, Setup, string]>([
    [
      "Caddy mounts nothing",
      "/srv/static",
      { web: ["static:/srv/static"] },
      'where the service `caddy` in deploy/compose.yml mounts nothing. Django has STATIC_ROOT = "/srv/static".',
    ],
    [
      "each mounts a volume of its own",
      "/app/static",
      { caddy: ["a:/srv/static"], web: ["b:/app/static"] },
      'where the service `caddy` in deploy/compose.yml mounts the volume `a`. No other service mounts that volume. Django has STATIC_ROOT = "/app/static".',
    ],
    [
      "Django mounts nothing",
      "/srv/static",
      { caddy: ["static:/srv/static"] },
      'where the service `caddy` in deploy/compose.yml mounts the volume `static`. No other service mounts that volume. Django has STATIC_ROOT = "/srv/static".',
    ],
    [
      "they use two folders of one volume",
      "/app/data/collected",
      { caddy: ["data:/srv"], web: ["data:/app/data"] },
      'which is `volume data/static` by the mounts of the service `caddy` in deploy/compose.yml. STATIC_ROOT = "/app/data/collected" is `volume data/collected` by the mounts of `web`.',
    ],
    [
      "a value from `env`, which is not printed",
      "/app/data/hidden",
      { caddy: ["data:/srv"], web: ["data:/app/data"], supplied: "user" },
      "which is `volume data/static` by the mounts of the service `caddy` in deploy/compose.yml. STATIC_ROOT (whose value comes from `env`) is another folder by the mounts of `web`.",
    ],
  ])("differ: %s", (_, root, setup, rest) =>
    expect(reported(root, setup)).toEqual([
      `INFO hosts.static-volume: Caddy serves /static/ from /srv/static, ${rest}`,
    ]),
  );

  it.each<[string, Setup | undefined]>([
    ["there is no compose file", undefined],
    ["the project builds its own Caddy image, which may contain the files", { ownCaddy: true }],
    ["the compose file names another Caddy image", { image: "ghcr.io/acme/caddy" }],
    [
      "a variable hides where Django's folder is",
      { caddy: ["s:/srv/static"], web: ["s:${ROOT:-/app/static}"] },
    ],
    ["a variable hides what Caddy mounts", { caddy: ["$S:/srv/static"], web: ["s:/app/static"] }],
    ["another service may fill the volume", { caddy: ["s:/srv/static"], web: ["s:/shared"] }],
    ["the machine may fill the folder", { caddy: ["./s:/srv/static"] }],
  ])("are compared by their paths only, because %s", (_, setup) => {
    expect(reported("/app/static", setup)).toEqual(onlyPaths("/app/static"));
    expect(reported("/srv/static", setup)).toEqual([]);
  });

  it("are compared by their paths only when one of them is relative", () => {
    expect(reported("static", { caddy: ["static:/srv/static"] })).toEqual(onlyPaths("static"));
  });
});
