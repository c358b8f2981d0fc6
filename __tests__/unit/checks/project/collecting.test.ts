/** Who runs collectstatic, by a Dockerfile and the texts of a repository. */
import { describe, expect, it } from "@jest/globals";
import { parse } from "yaml";
import { collectingIn } from "../../../../src/checks/project/collecting.ts";
import { servicesIn } from "../../../../src/checks/project/compose.ts";

const BUILD = "FROM python:3.13-slim\nCOPY . .\nRUN python manage.py collectstatic --noinput\n";

/** `build`, `elsewhere`, `unread`. */
function found(dockerfile: string, files: Readonly<Record<string, string>> = {}): string {
  const compose = Object.entries(files).filter(([path]) => path.endsWith(".yml"));
  const services = servicesIn(compose.map(([path, text]) => ({ path, content: parse(text) })));
  const { inBuild, elsewhere, allRead } = collectingIn(
    dockerfile,
    new Map(Object.entries(files)),
    true,
    services,
  );
  return [inBuild && "build", elsewhere && "elsewhere", !allRead && "unread"].filter(Boolean).join(" ");
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
    ["CMD", "build elsewhere", `${BUILD}CMD ./manage.py collectstatic --noinput && gunicorn x`],
    // testdrivenio/django-on-docker: the entrypoint collects.
    [
      "a start script",
      "build elsewhere",
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
      "build elsewhere",
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
      "build elsewhere",
      BUILD,
      { ".github/workflows/deploy.yaml": "run: docker compose run web python manage.py collectstatic" },
    ],
    ["Python", "build elsewhere", BUILD, { "shop/start.py": 'call_command("collectstatic")' }],
    [
      "a base image with a start of its own",
      "build unread",
      BUILD.replace("python:3.13-slim", "ghcr.io/acme/django-base:2"),
    ],
    ["nothing", "", "FROM python:3.13-slim\nCMD gunicorn x"],
    ["no Dockerfile", "unread", ""],
  ])("%s: %s", (_, expected, dockerfile, files = {}) => expect(found(dockerfile, files)).toBe(expected));

  it("is not certain when files were left out", () =>
    expect(collectingIn(BUILD, new Map(), false, []).allRead).toBe(false));

  it("takes a CMD of 100 kB", () => {
    const started = Date.now();
    found(`${BUILD}CMD ${"${".repeat(50_000)}`);
    found(`${BUILD}CMD ${"\\\n".repeat(30_000)}x`);
    expect(Date.now() - started).toBeLessThan(3000);
  });
});
