import { describe, expect, it } from "@jest/globals";
import { parse } from "yaml";
import { startedServices } from "../../../../src/checks/django/services.ts";
import { servicesIn } from "../../../../src/checks/project/compose.ts";
import { servicesOfImage } from "../../../../src/checks/project/image-services.ts";
import { thisShop } from "../../samples.ts";

const OURS = thisShop({
  target: "production",
  stages: [
    { name: "development", base: "python" },
    { name: "production", base: "python" },
  ],
});

/** What the probe is asked of a compose file. */
function requested(services: string, path = "compose.yml") {
  const content: unknown = parse(`services:\n${services}`, { merge: true });
  return startedServices(servicesOfImage(servicesIn([{ path, content }]), OURS));
}

const PLAIN = { entrypoint: null, command: null, workingDir: "", user: "", environment: {}, mounts: [] };

describe("what the probe is asked of the services that run the image", () => {
  it("is what they start, where, and what is mounted; of the environment only what decides which application is loaded", () =>
    expect(
      requested(
        "  web:\n    image: ghcr.io/acme/shop:build-7\n    volumes: [static:/app/staticfiles]\n" +
          "  worker:\n    build: .\n    command: celery -A shop worker\n    working_dir: /srv\n" +
          "    environment:\n      DJANGO_SETTINGS_MODULE: shop.settings\n      SECRET_KEY: hidden\n" +
          "  beat:\n    build: { context: ., target: production }\n    entrypoint: [tini, --]\n    command: [celery, -A, shop, beat]\n",
      ),
    ).toEqual([
      { ...PLAIN, name: "web", file: "compose.yml", mounts: ["/app/staticfiles"] },
      {
        ...PLAIN,
        name: "worker",
        file: "compose.yml",
        command: ["celery", "-A", "shop", "worker"],
        workingDir: "/srv",
        environment: { DJANGO_SETTINGS_MODULE: "shop.settings" },
      },
      {
        ...PLAIN,
        name: "beat",
        file: "compose.yml",
        entrypoint: ["tini", "--"],
        command: ["celery", "-A", "shop", "beat"],
      },
    ]));

  it.each([
    ["a name", "root", "root"],
    ["a number, which YAML reads as such", "1000", "1000"],
    ["a variable", '"${UID}:${GID}"', "${UID}:${GID}"],
  ])("says who runs it: %s", (_, written, user) =>
    expect(requested(`  worker:\n    build: .\n    user: ${written}\n`)).toEqual([
      { ...PLAIN, name: "worker", file: "compose.yml", user },
    ]),
  );

  it("takes the user of the file that names the image, where the other names none", () => {
    const files = [
      { path: "compose.yml", content: parse("services: { worker: { build: ., user: root } }") as unknown },
      { path: "compose.prod.yml", content: parse("services: { worker: { command: celery } }") as unknown },
    ];
    const users = startedServices(servicesOfImage(servicesIn(files), OURS)).map(({ user }) => user);
    expect(users).toEqual(["root", "root"]);
  });

  it.each([
    ["of another image", "  db:\n    image: postgres:17\n", undefined],
    ["of another stage", "  web:\n    build: { context: ., target: development }\n", undefined],
    ["with the code of the checkout", "  web:\n    build: .\n    volumes: ['.:/app']\n", undefined],
    ["of an override file", "  web:\n    build: .\n    command: none\n", "compose.override.yml"],
    ["of a development file", "  web:\n    build: .\n    command: none\n", "docker-compose.dev.yml"],
  ])("is nothing for a service %s", (_, services, path) => expect(requested(services, path)).toEqual([]));

  it("is a command as it is written, whose variables the probe reads", () =>
    expect(
      requested('  web:\n    build: .\n    command: sh -c "exec gunicorn shop.wsgi -b 0.0.0.0:$$PORT"\n'),
    ).toMatchObject([{ command: ["sh", "-c", "exec gunicorn shop.wsgi -b 0.0.0.0:$$PORT"] }]));

  it("ends after twenty services", () =>
    expect(
      requested(
        "x"
          .repeat(30)
          .replace(/x/g, "  y: {}\n")
          .split("\n")
          .slice(0, 30)
          .map((_, n) => `  w${n}:\n    build: .\n    command: celery\n`)
          .join(""),
      ),
    ).toHaveLength(20));
});
