/** Who runs collectstatic, by a Dockerfile and the texts of a repository. */
import { posix } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { parse } from "yaml";
import { COLLECTING, collectingIn } from "../../../../src/checks/project/collecting.ts";
import { looksLikeCompose, servicesIn } from "../../../../src/checks/project/compose.ts";
import { servicesOfImage } from "../../../../src/checks/project/image-services.ts";
import { uncommented } from "../../../../src/checks/project/search.ts";
import { instructionsOf } from "../../../../src/request/dockerfile.ts";
import { thisShop } from "../../samples.ts";

const BUILD = "FROM python:3.13-slim\nCOPY . .\nRUN python manage.py collectstatic --noinput\n";

/** `build`, `start`, `elsewhere FILE`, `removes FILE`, `unread`. */
function found(dockerfile: string, files: Readonly<Record<string, string>> = {}): string {
  const compose = Object.entries(files).filter(([path]) => looksLikeCompose(posix.basename(path)));
  const services = servicesIn(compose.map(([path, text]) => ({ path, content: parse(text) })));
  const matching = (pattern: RegExp) =>
    Object.entries(files).flatMap(([path, text]) => (pattern.test(uncommented(text)) ? [path] : []));
  const texts = {
    names: new Set(Object.keys(files).map((path) => posix.basename(path))),
    paths: {
      collects: matching(COLLECTING.collects),
      copies: matching(COLLECTING.copies),
      removes: matching(COLLECTING.removes),
    },
    isComplete: true,
  };
  const { inBuild, atStart, elsewhere, removesVolumes, startIsKnown } = collectingIn(
    instructionsOf(dockerfile),
    "",
    texts,
    servicesOfImage(services, thisShop()),
  );
  return [
    inBuild === undefined ? "perhaps" : inBuild && "build",
    atStart && "start",
    !atStart && elsewhere !== undefined && `elsewhere ${elsewhere}`,
    removesVolumes !== undefined && `removes ${removesVolumes}`,
    !startIsKnown && "unread",
  ]
    .filter(Boolean)
    .join(" ");
}

describe("collectingIn", () => {
  it.each<[what: string, found: string, dockerfile: string, files?: Readonly<Record<string, string>>]>([
    ["the Dockerfile", "build", `${BUILD}CMD gunicorn shop.wsgi`],
    [
      "a RUN of several lines",
      "build",
      "FROM python:3.13\nRUN apt-get update \\\n  && ./manage.py collectstatic\n",
    ],
    ["a heredoc", "build", "FROM python:3.13\nRUN <<EOF\npython manage.py collectstatic\nEOF\n"],
    [
      "a stage of its own",
      "build",
      `${BUILD.replace("slim", "slim AS assets")}FROM assets\nCMD ["gunicorn", "x"]`,
    ],
    ["a comment", "", "FROM python:3.13\n# RUN manage.py collectstatic\nCMD gunicorn x"],
    ["CMD", "build start", `${BUILD}CMD ./manage.py collectstatic --noinput && gunicorn x`],
    // testdrivenio/django-on-docker: the entrypoint collects.
    [
      "a start script",
      "build start",
      `${BUILD}ENTRYPOINT ["/start"]`,
      { "compose/start": "python manage.py collectstatic\nexec gunicorn x" },
    ],
    [
      "a start script that does not",
      "build",
      `${BUILD}ENTRYPOINT ["/app/start.sh"]`,
      { "start.sh": "# collectstatic\nexec gunicorn x" },
    ],
    ["a start script that is not there", "build unread", `${BUILD}ENTRYPOINT ["/entrypoint.sh"]`],
    ["a script behind tini", "build unread", `${BUILD}ENTRYPOINT ["tini", "--", "/start.sh"]`],
    [
      "a compose service",
      "build start",
      BUILD,
      { "compose.yml": "services: {collect: {build: ., command: python manage.py collectstatic --noinput}}" },
    ],
    [
      "a compose service with a script that is not there",
      "build unread",
      BUILD,
      { "compose.yml": "services: {web: {build: ., command: /start}}" },
    ],
    [
      "a compose service with a server",
      "build",
      BUILD,
      { "compose.yml": "services: {web: {build: ., command: gunicorn shop.wsgi -b :80}}" },
    ],
    // reef-technologies/cookiecutter-rt-django #103: the deploy job collects.
    [
      "a deploy job",
      "build elsewhere .github/workflows/deploy.yaml",
      BUILD,
      { ".github/workflows/deploy.yaml": "run: docker compose run web python manage.py collectstatic" },
    ],
    ["Python", "build elsewhere shop/start.py", BUILD, { "shop/start.py": 'call_command("collectstatic")' }],
    ["a test", "build", BUILD, { "tests/test_static.py": "call_command('collectstatic')" }],
    ["a workflow of tests", "build", BUILD, { ".github/workflows/ci.yml": "run: manage.py collectstatic" }],
    [
      "a start script that copies the files",
      "perhaps unread",
      'FROM python:3.13\nRUN STATIC_ROOT=/app/built python manage.py collectstatic\nENTRYPOINT ["/entrypoint.sh"]',
      { "entrypoint.sh": 'cp -r /app/built/. /app/static/; exec "$@"' },
    ],
    [
      "settings of its own",
      "perhaps",
      "FROM python:3.13\nRUN ./manage.py collectstatic --settings=shop.build",
    ],
    [
      "a deploy that removes the volumes",
      "build removes Makefile",
      BUILD,
      { Makefile: "deploy:\n\tdocker compose down -v && docker compose up -d" },
    ],
    ["a container that is removed", "build", BUILD, { "run.sh": "docker run --rm -v ./x:/app shop" }],
    [
      "one that renews them",
      "build removes deploy.sh",
      BUILD,
      { "deploy.sh": "docker compose up --detach --renew-anon-volumes" },
    ],
    ["a stage that is not shipped", "perhaps", `${BUILD}FROM python:3.13\nCMD gunicorn x`],
    ["a stage that is copied", "build", `${BUILD}FROM python:3.13\nCOPY --from=0 /app /app\nCMD gunicorn x`],
    [
      "a base image with a start of its own",
      "build unread",
      BUILD.replace("python:3.13-slim", "ghcr.io/acme/django-base:2"),
    ],
    ["nothing", "", "FROM python:3.13-slim\nCMD gunicorn x"],
    ["no Dockerfile", "unread", ""],
  ])("%s: %s", (_, expected, dockerfile, files = {}) => expect(found(dockerfile, files)).toBe(expected));

  it("is not certain when files were left out", () => {
    const texts = {
      names: new Set<string>(),
      paths: { collects: [], copies: [], removes: [] },
      isComplete: false,
    };
    expect(collectingIn(instructionsOf(BUILD), "", texts, []).startIsKnown).toBe(false);
  });

  it("takes a CMD of 100 kB", () => {
    const started = Date.now();
    found(`${BUILD}CMD ${"${".repeat(50_000)}`);
    found(`${BUILD}CMD ${"\\\n".repeat(30_000)}x`);
    expect(Date.now() - started).toBeLessThan(3000);
  });
});
