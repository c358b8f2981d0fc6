/** Static files that stay those of the first release, and folders that nothing fills. */
import { describe, expect, it } from "@jest/globals";
import { parse } from "yaml";
import { serversOf } from "../../../../src/checks/caddy/routes/servers.ts";
import { compareWithDjango } from "../../../../src/checks/caddy/rules/rules.ts";
import { withStaticFiles } from "../../../../src/checks/django/static-files.ts";
import type { Settings } from "../../../../src/checks/django-settings.ts";
import { PLAIN_FINDING } from "../../../../src/checks/finding.ts";
import type { Collecting } from "../../../../src/checks/project/collecting.ts";
import { servicesIn } from "../../../../src/checks/project/compose.ts";
import { servicesOfImage } from "../../../../src/checks/project/image-services.ts";
import { emptyAnswer } from "../../../../src/checks/verdict.ts";
import { thisShop } from "../../samples.ts";

interface Setup {
  readonly compose: string;
  readonly collecting?: Partial<Collecting>;
  readonly settings?: Settings;
  readonly path?: string;
}

const COLLECTING: Collecting = {
  inBuild: true,
  atStart: false,
  elsewhere: undefined,
  removesVolumes: undefined,
  startIsKnown: true,
};

const setTo = (value: unknown, supplied = "project") => ({ value, supplied }) as Settings[string];
const SETTINGS = { STATIC_URL: setTo("/static/"), STATIC_ROOT: setTo("/app/static"), MIDDLEWARE: setTo([]) };
const WHITENOISE = { MIDDLEWARE: setTo(["whitenoise.middleware.WhiteNoiseMiddleware"]) };

function facts({ compose, collecting = {}, path = "compose.yml" }: Setup) {
  const services = servicesIn([{ path, content: parse(compose) }]);
  return {
    services,
    ours: servicesOfImage(services, thisShop()),
    collecting: { ...COLLECTING, ...collecting },
  };
}

/** What the check `static` says. */
function findings(setup: Setup, answer = emptyAnswer("static")) {
  const [found] = withStaticFiles([answer], { ...SETTINGS, ...setup.settings }, facts(setup));
  return found?.findings ?? [];
}

const reported = (setup: Setup) => findings(setup).map(({ level, id }) => `${level} ${id}`);

const VOLUMES = "\nvolumes: {static: {}}";
// reef-technologies/cookiecutter-rt-django #103, testdrivenio/flask-on-docker #15, mrlvsb/kelvin #610.
const NGINX = `services: {web: {build: ., volumes: ['static:/app/static']}, nginx: {image: nginx, volumes: ['static:/srv/static']}}${VOLUMES}`;
const ALONE = `services: {web: {build: ., volumes: ['static:/app/static']}}${VOLUMES}`;
const STALE = ["WARNING static.stale"];
const PERHAPS = ["INFO static.stale"];

describe("static files of an old release", () => {
  it.each<[string, string[], Setup]>([
    ["a volume that nginx serves", STALE, { compose: NGINX }],
    [
      "a volume around the folder",
      STALE,
      {
        compose: NGINX.replace("static:/app/static", "static:/app/data").replace("/srv/static", "/srv"),
        settings: { STATIC_ROOT: setTo("/app/data/static/") },
      },
    ],
    // TabbycatDebate/tabbycat #2449: the volume hides what the build made.
    ["a volume that WhiteNoise serves", STALE, { compose: ALONE, settings: WHITENOISE }],
    ["a volume that perhaps nothing serves", PERHAPS, { compose: ALONE }],
    [
      "a start that cannot be read, or copies files",
      PERHAPS,
      { compose: NGINX, collecting: { startIsKnown: false } },
    ],
    [
      "collected perhaps elsewhere in the build",
      PERHAPS,
      { compose: NGINX, collecting: { inBuild: undefined } },
    ],
    ["a deploy job that collects", PERHAPS, { compose: NGINX, collecting: { elsewhere: "deploy.sh" } }],
    [
      "a deploy that removes the volume",
      PERHAPS,
      { compose: NGINX, collecting: { removesVolumes: "Makefile" } },
    ],
    [
      "a folder that `env` names",
      PERHAPS,
      { compose: NGINX, settings: { STATIC_ROOT: setTo("/app/static", "user") } },
    ],
    [
      "a folder by our DJANGO_ENV",
      PERHAPS,
      {
        compose: NGINX,
        settings: { STATIC_ROOT: { ...setTo("/app/static"), without: "/srv/static" } as Settings[string] },
      },
    ],
    ["collected when the container starts", [], { compose: NGINX, collecting: { atStart: true } }],
    ["not collected in the build", [], { compose: ALONE, collecting: { inBuild: false } }],
    ["an external volume", [], { compose: NGINX.replace("static: {}", "static: {external: true}") }],
    [
      "a volume on another machine",
      [],
      { compose: NGINX.replace("static: {}", "static: {driver_opts: {type: nfs}}") },
    ],
    [
      "a new volume for each release",
      [],
      { compose: NGINX.replace("static: {}", "static: {name: 'static-${TAG}'}") },
    ],
    ["a volume next to it", [], { compose: NGINX.replace("static:/app/static", "static:/app/media") }],
    ["no volume", [], { compose: "services: {web: {build: .}}" }],
    ["a compose file for development", [], { compose: NGINX, path: "docker-compose.local.yml" }],
    [
      "a service for development",
      [],
      { compose: NGINX.replace("build: .,", "build: ., command: python manage.py runserver,") },
    ],
    [
      "code of the checkout",
      [],
      { compose: NGINX.replace("['static:/app/static']", "['.:/app', 'static:/app/static']") },
    ],
    ["another image's volume", [], { compose: NGINX.replace("build: .", "build: ./nginx") }],
    [
      "a storage elsewhere",
      [],
      { compose: NGINX, settings: { STORAGES: setTo({ staticfiles: "storages.backends.s3.S3Storage" }) } },
    ],
    [
      "parts of the service elsewhere",
      [],
      { compose: NGINX.replace("build: .,", "build: ., extends: {service: base},") },
    ],
    ["no STATIC_ROOT", [], { compose: NGINX, settings: { STATIC_ROOT: setTo(null) } }],
  ])("%s", (_, expected, setup) => expect(reported(setup)).toEqual(expected));

  it("names the service, the volume, and who may cure it", () => {
    const [found] = findings({ compose: NGINX, collecting: { elsewhere: "deploy.sh" } });
    expect(found).toMatchObject({ check: "static", file: "compose.yml", object: "STATIC_ROOT" });
    expect(found?.message).toBe(
      'The Dockerfile runs collectstatic, but the service `web` in compose.yml mounts the volume `static` over that folder (STATIC_ROOT = "/app/static"). ' +
        "Docker copies the image's files into a volume only while it is empty, so the static files of the first release stay for ever, " +
        "unless deploy.sh, which names collectstatic, runs it at each release.",
    );
    expect(found?.hint).toContain("in the job that deploys");
  });

  it("does not print a folder that `env` names", () =>
    expect(
      findings({ compose: NGINX, settings: { STATIC_ROOT: setTo("/app/static", "user") } })[0]?.message,
    ).not.toContain("/app/static"));

  it("is not asked where the check could not run", () =>
    expect(findings({ compose: NGINX }, { ...emptyAnswer("static"), reason: "it hangs" })).toEqual([]));

  it("is a part of no other check", () => {
    const answers = [emptyAnswer("system")];
    expect(withStaticFiles(answers, SETTINGS, facts({ compose: NGINX }))).toEqual(answers);
  });
});

describe("a folder that nothing fills", () => {
  const NOTHING = { inBuild: false };
  const UNFILLED = ["INFO static.unfilled"];
  const NOBODY = "services: {}";

  it.each<[string, string[], Setup]>([
    ["served by nginx", UNFILLED, { compose: NGINX, collecting: NOTHING }],
    ["served by WhiteNoise", UNFILLED, { compose: NOBODY, collecting: NOTHING, settings: WHITENOISE }],
    // stellar/django-polaris #320: an empty folder of the machine hides what the build collected.
    ["of the machine, over the image's", UNFILLED, { compose: NGINX.replaceAll("'static:", "'./static:") }],
    // They are collected before the commit: the repository has them.
    [
      "that the checkout fills, served by WhiteNoise",
      [],
      { compose: NOBODY, collecting: NOTHING, settings: { ...WHITENOISE, HAS_STATIC_FILES: setTo(true) } },
    ],
    [
      "that the image fills, with one of the machine over it",
      UNFILLED,
      { compose: NGINX.replaceAll("'static:", "'./static:"), settings: { HAS_STATIC_FILES: setTo(true) } },
    ],
    ["served by nothing", [], { compose: NOBODY, collecting: NOTHING }],
    [
      "where the start cannot be read",
      [],
      { compose: NGINX, collecting: { ...NOTHING, startIsKnown: false } },
    ],
    ["where a script collects", [], { compose: NGINX, collecting: { ...NOTHING, elsewhere: "deploy.sh" } }],
    ["where the start collects", [], { compose: NGINX, collecting: { ...NOTHING, atStart: true } }],
  ])("%s", (_, expected, setup) => expect(reported(setup)).toEqual(expected));

  it("is not reported where the storage has no manifest, which says the same", () => {
    const answer = {
      ...emptyAnswer("static"),
      findings: [
        {
          ...PLAIN_FINDING,
          check: "static",
          level: "INFO" as const,
          id: "static.not-collected",
          message: "",
          hint: "",
        },
      ],
    };
    expect(findings({ compose: NOBODY, collecting: NOTHING, settings: WHITENOISE }, answer)).toHaveLength(1);
  });

  describe("and that Caddy serves", () => {
    const routes = [
      {
        match: [{ path: ["/static/*"] }],
        handle: [{ handler: "vars", root: "/srv" }, { handler: "file_server" }],
        terminal: true,
      },
      { handle: [{ handler: "reverse_proxy", upstreams: [{ dial: "web:8000" }] }] },
    ];
    /** What the check `hosts` says. */
    const hosts = (setup: Setup, through: readonly object[] = routes) =>
      compareWithDjango(
        serversOf({ servers: { srv0: { listen: [":443"], routes: through } } }),
        { ...SETTINGS, ...setup.settings },
        { imagePorts: [8000], ownCaddy: false, app: "shop", image: thisShop(), ...facts(setup) },
      )
        .filter(({ id }) => /stale|unfilled/.test(id))
        .map(({ level, id }) => `${level} ${id}`);

    it.each<[string, string[], Setup]>([
      ["without a compose file", UNFILLED, { compose: NOBODY, collecting: NOTHING }],
      ["from a volume, of which `static` tells", [], { compose: NGINX, collecting: NOTHING }],
      [
        "next to WhiteNoise, of which `static` tells",
        [],
        { compose: NOBODY, collecting: NOTHING, settings: WHITENOISE },
      ],
      ["of an image that has them", [], { compose: NOBODY }],
    ])("%s", (_, expected, setup) => expect(hosts(setup)).toEqual(expected));

    it("in a folder of a single-page app, whose index is sent for every file that is missing", () => {
      const tried = { file: { try_files: ["{http.request.uri.path}", "/index.html"] } };
      const app = [
        { match: [{ path: ["/api/*"] }], ...routes[1], terminal: true },
        { handle: [{ handler: "vars", root: "/srv/spa" }] },
        { match: [tried], handle: [{ handler: "rewrite", uri: "{http.matchers.file.relative}" }] },
        { handle: [{ handler: "file_server" }] },
      ];
      expect(hosts({ compose: NOBODY, collecting: NOTHING }, app)).toEqual([]);
    });
  });
});
