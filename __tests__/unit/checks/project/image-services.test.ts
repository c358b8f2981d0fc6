/** Which services of compose files run the image in production. */
import { describe, expect, it } from "@jest/globals";
import { parse } from "yaml";
import { servicesIn } from "../../../../src/checks/project/compose.ts";
import { runsImage, servicesOfImage, type ThisImage } from "../../../../src/checks/project/image-services.ts";
import { instructionsOf, stagesOf } from "../../../../src/request/dockerfile.ts";
import { thisShop } from "../../samples.ts";

const OURS = thisShop({ context: "" });
const stages = stagesOf(
  instructionsOf("FROM python AS base\nFROM base AS web\nFROM web AS production\nFROM production AS dev"),
);

/** `name: entrypoint | command` of each service that counts. */
function counted(files: Readonly<Record<string, string>>, ours: Partial<ThisImage> = {}): string[] {
  const services = servicesIn(Object.entries(files).map(([path, text]) => ({ path, content: parse(text) })));
  return servicesOfImage(services, { ...OURS, ...ours }).map(
    ({ name, entrypoint = [], command = [] }) => `${name}: ${[...entrypoint, ...command].join(" ")}`,
  );
}

const one = (service: string) => ({ "compose.yml": `services: {web: {command: run, ${service}}}` });

describe("a service runs the image in production", () => {
  it.each<[string, Readonly<Record<string, string>>, Partial<ThisImage>?]>([
    ["built from the same Dockerfile", one("build: .")],
    ["the long form", one("build: {context: ., dockerfile: ./Dockerfile}")],
    ["the same target", one("build: {context: ., target: web}"), { target: "web" }],
    ["no target, where ours is the last stage", one("build: ."), { target: "dev", stages }],
    ["the last stage by its name", one("build: {context: ., target: dev}"), { stages }],
    ["a stage by its number", one("build: {context: ., target: '2'}"), { target: "production", stages }],
    ["a context in a folder", one("build: ./app"), { context: "app", dockerfile: "app/Dockerfile" }],
    [
      "a context above the compose file",
      { "deploy/compose.yml": "services: {web: {command: run, build: ..}}" },
    ],
    [
      "a Dockerfile elsewhere",
      one("build: {context: ., dockerfile: docker/Dockerfile}"),
      { dockerfile: "docker/Dockerfile" },
    ],
    ["the image by its name", one("image: 'ghcr.io/acme/shop:build-7'")],
    ["by its name, with the tag in a variable", one("image: 'ghcr.io/acme/shop:${TAG:-latest}'")],
    ["by its digest", one(`image: 'ghcr.io/acme/shop@sha256:${"0".repeat(64)}'`)],
    [
      "data of the machine",
      one("build: ., volumes: ['./media:/app/media', './logs:/var/log/shop', 'static:/app/staticfiles']"),
    ],
    [
      "a file of the machine",
      one("build: ., volumes: ['./shop.env:/app/.env:ro', './conf/app.toml:/app/app.toml']"),
    ],
    ["data in other folders", one("build: ., volumes: ['./media:/srv/media', '/data:/data']")],
    ["data, from where a variable says", one("build: ., volumes: ['${DATA:-./data}/media:/app/media']")],
    ["data next to the compose file", one("build: ., volumes: ['${PWD}/media:/app/media']")],
    ["memory", one("build: ., volumes: [{type: tmpfs, target: /app/work}]")],
    ["a volume for data", one("build: ., volumes: ['data:/data', 'media:/app/media', 'x:/var/lib/x']")],
    ["Docker Hub's long name", one("image: 'docker.io/acme/shop'"), { repository: "acme/shop" }],
    [
      "variables of production",
      one("build: ., environment: {DJANGO_SETTINGS_MODULE: demo.settings, DEBUG: 0}"),
    ],
  ])("%s", (_, files, ours = {}) => expect(counted(files, ours)).toEqual(["web: run"]));

  it.each<[string, Readonly<Record<string, string>>, Partial<ThisImage>?]>([
    ["another target", one("build: {context: ., target: dev}"), { target: "web" }],
    ["a target, where the stages are not known", one("build: {context: ., target: dev}")],
    ["no target, where ours is not the last stage", one("build: ."), { target: "production", stages }],
    ["no target, where the stages are not known", one("build: ."), { target: "production" }],
    ["a stage before ours", one("build: {context: ., target: base}"), { target: "production", stages }],
    ["another Dockerfile", one("build: {context: ., dockerfile: Dockerfile.dev}")],
    ["another context", one("build: ./frontend")],
    ["an inline Dockerfile", one("build: {context: ., dockerfile_inline: FROM x}")],
    ["a context from a variable", one("build: '${CONTEXT}'")],
    ["a remote context", one("build: https://github.com/acme/shop.git")],
    ["another image", one("image: postgres")],
    ["an image from a variable", one("image: '${IMAGE}'")],
    ["neither image nor build", one("expose: [8000]")],
    // testdrivenio/django-on-docker: the development file mounts the code.
    ["the code from the machine", one("build: ., volumes: ['./app:/app']")],
    ["all of the code and more", one("build: ., volumes: ['.:/']")],
    ["a package of the code", one("build: ., volumes: ['./shop:/app/shop']")],
    ["a mount whose place is a variable's", one("build: ., volumes: ['./x:${CODE}']")],
    ["a volume over the code", one("build: ., volumes: ['code:/app']")],
    ["a mount that may be the code", one("build: ., volumes: ['.:/code']")],
    ["the checkout over a folder of data", one("build: ., volumes: ['.:/data']")],
    ["the checkout over a folder in the code", one("build: ., volumes: ['.:/app/public']")],
    ["the checkout where servers keep sites", one("build: ., volumes: ['.:/var/www/shop']")],
    ["code where servers keep sites", one("build: ., volumes: ['./shop:/var/www/shop']")],
    ["code in a folder with a dot", one("build: ., volumes: ['./shop:/srv/shop.example.com']")],
    ["what surrounds the checkout", one("build: ., volumes: ['..:/data']")],
    [
      "the context",
      one("build: ./app, volumes: ['./app:/data']"),
      { context: "app", dockerfile: "app/Dockerfile" },
    ],
    ["the folder of the shell", one("build: ., volumes: ['${PWD}:/app']")],
    ["the same without braces", one("build: ., volumes: ['$PWD:/data']")],
    ["the long form", one("build: ., volumes: [{type: bind, source: '${PWD}', target: /app}]")],
    ["another variable", one("build: ., volumes: ['${CODE}:/app']")],
    ["a volume without a name over the code", one("build: ., volumes: [/app]")],
    ["a tag for development", one("image: 'ghcr.io/acme/shop:dev'")],
    ["code that compose watches", one("build: ., develop: {watch: [{action: sync, path: ., target: /app}]}")],
    ["a profile", one("build: ., profiles: [tools]")],
    ["DEBUG", one("build: ., environment: {DJANGO_DEBUG: 'true'}")],
    ["settings for development", one("build: ., environment: [DJANGO_SETTINGS_MODULE=shop.settings.dev]")],
    ["a command that loads new code", one("build: ., entrypoint: uvicorn shop.asgi --reload")],
    ["Django's own server", one("build: ., entrypoint: python manage.py runserver")],
    ["a debugger", one("build: ., entrypoint: python -m debugpy --listen 5678 -m gunicorn")],
    ["a watcher", one("build: ., entrypoint: watchmedo auto-restart -- celery")],
    ["tests", one("build: ., entrypoint: [python, manage.py, test]")],
    ["parts elsewhere", one("build: ., extends: {service: base}")],
    ["a profile of tests", one("build: ., profiles: [test]")],
    ["an override file", { "docker-compose.override.yml": "services: {web: {build: .}}" }],
    // cookiecutter/cookiecutter-django: docker-compose.local.yml
    ["a local file", { "docker-compose.local.yml": "services: {web: {build: .}}" }],
    ["a file for development", { "compose.dev.yaml": "services: {web: {build: .}}" }],
    ["a file for tests", { "docker-compose.test.yml": "services: {web: {build: .}}" }],
    ["a file of CI", { "compose-ci.yml": "services: {web: {build: .}}" }],
    ["a folder for development", { ".devcontainer/compose.yml": "services: {web: {build: ..}}" }],
    ["a service for tests", { "compose.yml": "services: {tests: {build: .}}" }],
  ])("not: %s", (_, files, ours = {}) => expect(counted(files, ours)).toEqual([]));

  it("says what each service runs, by the file that says so", () => {
    const files = {
      "compose.yml":
        "services: {web: {image: ghcr.io/acme/shop, entrypoint: /start}, worker: {build: ., command: celery -A shop worker}, db: {image: postgres}}",
      "compose.prod.yml": "services: {web: {command: [gunicorn, shop.wsgi]}}",
    };
    expect(counted(files)).toEqual([
      "web: /start",
      "web: /start gunicorn shop.wsgi",
      "worker: celery -A shop worker",
    ]);
  });

  it("adds to lists what a second file says, as compose does", () => {
    const files = {
      "compose.yml":
        "services: {web: {build: ., working_dir: /srv, expose: [8000], environment: {A: 1, B: 1}}}",
      "compose.prod.yml": "services: {web: {command: run, environment: {B: 2}}}",
    };
    const services = servicesIn(
      Object.entries(files).map(([path, text]) => ({ path, content: parse(text) })),
    );
    expect(servicesOfImage(services, OURS).at(-1)).toMatchObject({
      ...{ name: "web", file: "compose.prod.yml", command: ["run"], workingDir: "/srv", ports: [8000] },
      environment: new Map([
        ["A", "1"],
        ["B", "2"],
      ]),
    });
  });

  it("a file without image or build does not count where the other file mounts the code", () => {
    const files = {
      "compose.yml": "services: {web: {build: ., volumes: ['.:/app']}}",
      "compose.prod.yml": "services: {web: {command: run}}",
    };
    expect(counted(files)).toEqual([]);
  });

  it("a file that stands alone counts, whatever another file says", () => {
    const files = {
      "compose.yml": "services: {web: {build: ., command: develop, volumes: ['.:/app']}}",
      "compose.prod.yml": "services: {web: {image: ghcr.io/acme/shop, command: run}}",
    };
    expect(counted(files)).toEqual(["web: run"]);
  });

  it("a second file's target belongs to the first file's context", () => {
    const files = {
      "compose.yml": "services: {web: {build: ./app, command: develop}}",
      "compose.prod.yml": "services: {web: {build: {target: production}, command: run}}",
    };
    const ours = { context: "app", dockerfile: "app/Dockerfile", target: "production", stages };
    expect(counted(files, ours)).toEqual(["web: run"]);
  });

  it("an empty command takes the image's away", () => {
    const [service] = servicesOfImage(
      servicesIn([
        { path: "compose.yml", content: parse("services: {web: {build: ., entrypoint: [], command: null}}") },
      ]),
      OURS,
    );
    expect(service).toMatchObject({ entrypoint: [], command: undefined });
  });
});

describe("a service runs the image at all", () => {
  it.each<[string, boolean | undefined, string]>([
    ["built here", true, "build: ."],
    ["built here, for development", true, "build: ., volumes: ['.:/app']"],
    ["built from another context", false, "build: ./frontend"],
    ["built from another Dockerfile", false, "build: {context: ., dockerfile: frontend.Dockerfile}"],
    ["another stage", undefined, "build: {context: ., target: nginx}"],
    ["its name", true, "image: 'ghcr.io/acme/shop:1'"],
    ["another name", false, "image: postgres"],
    ["a variable", undefined, "image: '${IMAGE}'"],
    ["nothing", undefined, "expose: [8000]"],
  ])("%s: %s", (_, expected, text) => {
    const [service] = servicesIn([{ path: "compose.yml", content: parse(`services: {web: {${text}}}`) }]);
    expect(service && runsImage(service, OURS)).toBe(expected);
  });
});
