/** What compose files say about services and what they mount. */
import { describe, expect, it } from "@jest/globals";
import { parse } from "yaml";
import { caddyService, usesStockCaddy } from "../../../../src/checks/caddy/caddy-service.ts";
import {
  looksLikeCompose,
  mayHaveUnknown,
  mountAround,
  type Service,
  servicesIn,
  sourcesOf,
  upstreamService,
} from "../../../../src/checks/project/compose.ts";
import { splitWords } from "../../../../src/checks/project/words.ts";

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

describe("looksLikeCompose", () => {
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

describe("servicesIn reads the mounts of a service", () => {
  const volume = (name: string, target = "/srv") => [{ target, from: { volume: name } }];
  const paths = (...all: [string, ...string[]]) => [{ target: "/srv", from: { paths: all } }];
  const unknown = (target: string, from = "unknown") => [{ target, from }];
  it.each([
    ["a named volume", "- static:/srv/static", volume("static", "/srv/static")],
    ["read only", "- static:/srv/static/:ro", volume("static", "/srv/static")],
    [
      "a folder of the machine, relative to the file or to the folder that compose is called in",
      "- ./static/:/srv",
      paths("deploy/static", "static"),
    ],
    ["a folder one level up", "- ../static:/srv", paths("static", "../static")],
    ["an absolute folder", "- /data/static:/srv", paths("/data/static")],
    ["a folder in the home directory", "- ~/static:/srv", paths("~/static")],
    ["a variable", "- ${DATA:-./data}/s:/srv", unknown("/srv")],
    ["a variable in a folder", "- ./${DATA}:/srv", unknown("/srv")],
    ["a variable in the target", "- static:${TO:-/srv}", [{ target: "", from: { volume: "static" } }]],
    [
      "an anonymous volume, which no other service can have",
      "- /srv/static",
      unknown("/srv/static", "anonymous"),
    ],
    ["the folder that compose is called in", "- ${PWD}/static:/srv", paths("deploy/static", "static")],
    ["the same without braces", "- $PWD/static:/srv", paths("deploy/static", "static")],
    ["another variable", "- $PWDS:/srv", unknown("/srv")],
    [
      "the long syntax",
      "- type: volume\n  source: static\n  target: /srv/static\n  read_only: true",
      volume("static", "/srv/static"),
    ],
    [
      "the long syntax of a folder",
      "- type: bind\n  source: ./static\n  target: /srv",
      paths("deploy/static", "static"),
    ],
    ["the long syntax without a source", "- type: volume\n  target: /srv", unknown("/srv", "anonymous")],
    [
      "a subpath of a volume",
      "- type: volume\n  source: data\n  target: /srv\n  volume:\n    subpath: static",
      volume("data/static"),
    ],
    ["a tmpfs", "- type: tmpfs\n  target: /srv", unknown("/srv", "tmpfs")],
    ["an image", "- type: image\n  source: x\n  target: /srv", unknown("/srv")],
    ["a value that is not a volume", "- 5", unknown("")],
  ])("%s", (_, volumes, mounts) => expect(mountsOf(volumes)).toEqual(mounts));

  it("adds up what an anchor and several files say", () => {
    const text =
      "x-app: &app\n  image: shop\n  volumes: [static:/app/static]\nservices:\n  web:\n    <<: *app\n    container_name: shop-web\n";
    const [web] = services(text, "services:\n  web:\n    build: .\n    volumes: [media:/app/media]\n");
    expect(web).toMatchObject({
      name: "web",
      aliases: ["shop-web"],
      image: "shop",
      isBuilt: true,
      mounts: [...volume("static", "/app/static"), ...volume("media", "/app/media")],
      isPartial: false,
      file: "deploy/compose-1.yml",
    });
  });

  it("keeps what each file says about a service", () => {
    const [web] = services(
      "services:\n  web:\n    build: {context: ../app, dockerfile: Web.Dockerfile, target: prod}\n    expose: [8000]\n",
      "services:\n  web:\n    image: shop\n    command: gunicorn shop.wsgi -b 'a b' $$X\n    ports: ['80:8080/tcp', {target: 9000}]\n" +
        "    environment: [A=1, B, 'C=$D']\n    working_dir: /srv\n    profiles: [x]\n    networks: {front: {aliases: [shop]}}\n",
    );
    expect(web?.aliases).toEqual(["shop"]);
    expect(web?.definitions).toEqual([
      {
        file: "deploy/compose-1.yml",
        image: "",
        build: {
          contexts: ["app", "../app"],
          namesContext: true,
          dockerfile: "Web.Dockerfile",
          target: "prod",
        },
        workingDir: "",
        user: "",
        environment: new Map(),
        hidesVariables: false,
        variablesFiles: [],
        hidesPort: false,
        isWatched: false,
        ports: [8000],
        mounts: [],
        profiles: [],
      },
      {
        file: "deploy/compose-2.yml",
        image: "shop",
        command: ["gunicorn", "shop.wsgi", "-b", "a b", "$$X"],
        workingDir: "/srv",
        user: "",
        environment: new Map([["A", "1"]]),
        hidesVariables: true,
        variablesFiles: [],
        hidesPort: false,
        isWatched: false,
        ports: [8080, 9000],
        mounts: [],
        profiles: ["x"],
      },
    ]);
  });

  it.each(["extends: {file: base.yml, service: web}", "volumes_from: [data]"])(
    "knows nothing for certain about a service with `%s`",
    (line) => {
      const [web] = services(`services:\n  web:\n    ${line}\n`, "services: {web: {image: x}}");
      expect(web && mayHaveUnknown("/srv", web)).toBe(true);
    },
  );

  it("does not know what is in an external volume", () => {
    const [web] = services("services: {web: {volumes: ['data:/srv']}}\nvolumes: {data: {external: true}}");
    expect(web?.mounts).toEqual(unknown("/srv", "external"));
  });

  it.each(["", "5", "[]", "services: 5", "services: {web: 5}", "services: [a]"])(
    "finds no mounts in %j",
    (text) => {
      expect(services(text).flatMap(({ mounts }) => mounts)).toEqual([]);
    },
  );
});

describe("the ports of a service", () => {
  it.each<[string, number[], boolean]>([
    ["expose: [8000, '9000/tcp']", [8000, 9000], false],
    ["ports: ['127.0.0.1:80:8000', {target: 9000}]", [8000, 9000], false],
    ["ports: ['8000-8002:8000-8002']", [8000, 8001, 8002], false],
    ["ports: ['8000:${PORT}', '9000:9000']", [9000], true],
    ["ports: ['1-65535']", [], true],
  ])("%s", (text, ports, hidesPort) =>
    expect(services(`services: {web: {${text}}}`)[0]?.definitions).toMatchObject([{ ports, hidesPort }]),
  );
});

describe("splitWords", () => {
  it.each<[string, string[]]>([
    ["gunicorn  shop.wsgi\n-b :8000", ["gunicorn", "shop.wsgi", "-b", ":8000"]],
    ['sh -c "migrate && exec x"', ["sh", "-c", "migrate && exec x"]],
    ["a='b c'd \\e", ["a=b cd", "e"]],
    ["x ${Y:-a b} z", ["x", "${Y:-a b}", "z"]],
    ["a 'unclosed b", ["a", "'unclosed", "b"]],
    ["", []],
  ])("%j", (line, words) => expect(splitWords(line)).toEqual(words));

  it("is quick with a line of 100 kB", () => {
    const started = Date.now();
    for (const piece of ["${", "'\"", "\\", "a "]) splitWords(piece.repeat(100_000 / piece.length));
    expect(Date.now() - started).toBeLessThan(2000);
  });
});

describe("which service is which", () => {
  it.each([
    ["by its Caddyfile", "a: {volumes: ['./C:/etc/caddy/Caddyfile']}, caddy: {image: x}", "a"],
    ["by its image", "a: {image: 'docker.io/library/caddy:2.11'}, b: {image: caddyshack}", "a"],
    ["by its name", "reverse-caddy: {build: .}, b: {image: nginx}", "reverse-caddy"],
    ["not at all when there are two", "a: {image: caddy}, b: {image: 'caddy:2'}", undefined],
    ["not at all when there is none", "a: {image: nginx}", undefined],
  ])("caddyService finds Caddy %s", (_, text, name) =>
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
  ])("the upstreams %j lead to the service %s", (upstreams, name) => {
    const all = services("services: {web: {hostname: shop}, api: {image: x}}");
    expect(upstreamService(upstreams, all)?.name).toBe(name);
  });

  it.each([
    ["caddy:2", true],
    ["docker.io/library/caddy:2.11-alpine", true],
    ["ghcr.io/acme/caddy:2", false],
    ["", false],
  ])("usesStockCaddy, image %j: %s", (image, is) => {
    const [one] = services(`services: {a: {image: '${image}'}}`);
    expect(one && usesStockCaddy(one)).toBe(is);
  });
});

describe("the mounts around a path of a container", () => {
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
