/** Which upstreams are Django, by the compose files: the sites of the others are not judged. */
import { describe, expect, it } from "@jest/globals";
import { parse } from "yaml";
import { serversOf } from "../../../../../src/checks/caddy/routes/servers.ts";
import { compareWithDjango } from "../../../../../src/checks/caddy/rules/rules.ts";
import { servicesIn } from "../../../../../src/checks/project/compose.ts";
import type { ThisImage } from "../../../../../src/checks/project/image-services.ts";
import { thisShop } from "../../../samples.ts";

/** The sites that ALLOWED_HOSTS, which allows none of them, forbids. Each is proxied to the upstream of its name. */
function judged(compose: string, upstreams: readonly string[], image: Partial<ThisImage> = {}): string[] {
  const routes = upstreams.map((dial) => ({
    match: [{ host: [`${dial.replace(/:.*/, "")}.acme.com`] }],
    handle: [{ handler: "reverse_proxy", upstreams: [{ dial }] }],
    terminal: true,
  }));
  const settings = { ALLOWED_HOSTS: { value: ["other.acme.com"], supplied: "project" } } as const;
  return compareWithDjango(serversOf({ servers: { srv0: { listen: [":443"], routes } } }), settings, {
    imagePorts: [8000],
    services: servicesIn([{ path: "compose.yml", content: parse(`services: {${compose}}`) }]),
    ownCaddy: false,
    app: "backend",
    image: thisShop(image),
  })
    .filter(({ id }) => id === "hosts.not-allowed")
    .map(({ level, message }) => `${level} ${/serves (\w+)/.exec(message)?.[1]}`);
}

describe("the upstream that is Django", () => {
  it.each<[string, string[], string, string[], Partial<ThisImage>?]>([
    [
      "is the one with our build context, next to a frontend on the same port",
      ["WARNING web"],
      "web: {build: .}, front: {build: ./frontend}",
      ["web:8000", "front:8000"],
    ],
    [
      "is the one with our build context, though only the frontend has the image's port",
      ["WARNING api"],
      "api: {build: ., command: ./start.sh}, front: {build: ./frontend}",
      ["api:9000", "front:8000"],
    ],
    ["is no frontend alone", [], "front: {build: ./frontend}", ["front:8000"]],
    [
      "is no neighbour with the same last part, as GitLab names images",
      ["WARNING shop"],
      "shop: {image: 'ghcr.io/acme/shop/web:1'}, blog: {image: 'ghcr.io/acme/blog/web:1'}",
      ["shop:8000", "blog:8000"],
      { repository: "ghcr.io/acme/shop/web" },
    ],
    [
      "is perhaps one of two with the same last part",
      ["INFO one", "INFO two"],
      "one: {image: 'mirror/one/web'}, two: {image: 'mirror/two/web'}",
      ["one:8000", "two:8000"],
      { repository: "ghcr.io/acme/shop/web" },
    ],
    [
      "is a mirror's, if no other has the same last part",
      ["WARNING web"],
      "web: {image: 'mirror.acme.com/shop:1'}, blog: {image: 'ghcr.io/acme/blog'}",
      ["web:8000", "blog:8000"],
    ],
    [
      "has Docker Hub's name in any form",
      ["WARNING web"],
      "web: {image: 'docker.io/acme/shop'}, blog: {image: 'acme/blog'}",
      ["web:8000", "blog:8000"],
      { repository: "acme/shop" },
    ],
    [
      "is perhaps another stage of our Dockerfile",
      ["INFO web", "INFO files"],
      "web: {build: {context: ., target: web}}, files: {build: {context: ., target: nginx}}",
      ["web:8000", "files:8000"],
    ],
  ])("%s", (_, expected, compose, upstreams, image = {}) =>
    expect(judged(compose, upstreams, image)).toEqual(expected),
  );
});
