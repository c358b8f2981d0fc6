/**
 * Images of every shape: they work, or get a sentence that says what to do. Where the project lies and which settings
 * it has is in __tests__/probe; here are the shapes that only a container has, and one case for each input.
 */
import { describe, expect, it, jest } from "@jest/globals";
import { expectFailure, expectNothingShipped, expectShipped, result } from "./harness/expectations.ts";
import * as fault from "./harness/faults.ts";
import { type Overlay, project, unique } from "./harness/project.ts";
import { registry } from "./harness/registry.ts";
import { step } from "./harness/step.ts";

jest.setTimeout(300_000);

const { inDockerfile } = fault;

describe("an image that works", () => {
  it.each<[string, Overlay, Record<string, string>]>([
    ["an ENTRYPOINT that waits for ever", fault.hangingEntrypoint, {}],
    ["a USER by name", fault.namedUser, {}],
    ["a USER by a number that no passwd knows", fault.numericUser, {}],
    ["a USER with a group", inDockerfile("USER 12345:54321"), {}],
    [
      "manage.py where only the input knows",
      inDockerfile("RUN mkdir -p /srv/a/b && mv * /srv/a/b/"),
      { manage: "/srv/a/b/manage.py" },
    ],
    ["an ONBUILD for the next image, which the checks do not run", fault.failingOnbuild, {}],
    ["no shell", fault.noShell, {}],
    ["no shell, and Django in another Python than PATH's", fault.noShellAndTwoPythons, {}],
    ["Python in a virtual environment off PATH", fault.venvOffPath, {}],
    ["Python where only the input knows", fault.venvFarAway, { python: "/far/away/from/here/bin/python" }],
    ["SHELL bash -c", inDockerfile('SHELL ["/bin/bash", "-o", "pipefail", "-c"]'), {}],
    ["a VOLUME over the workdir", inDockerfile("VOLUME /app"), {}],
    ["no HOME and no /tmp", inDockerfile("ENV HOME=/nowhere", "RUN rm -rf /tmp", "USER 12345"), {}],
    [
      "a STATIC_ROOT of root's, an older collection in it",
      inDockerfile(
        "RUN mkdir staticfiles && echo '{}' > staticfiles/staticfiles.json && chmod 0555 staticfiles",
        "USER 12345",
      ),
      {},
    ],
    [
      "settings named by the input",
      { "mysite/live.py": "from .settings import *\n" },
      { settings: "mysite.live" },
    ],
  ])("%s", async (_, overlay, inputs) => {
    const image = registry.repoName("image");
    const tried = await step({ image, ...inputs }, { project: project("plain", overlay) });
    await expectShipped(tried, image);
    const { checks, django } = result(tried);
    for (const name of ["system", "migrations", "static"]) expect(checks[name]?.status).toBe("passed");
    expect(django.version).toMatch(/^5\.2\./);
  });

  it("keeps its USER, ENTRYPOINT and ONBUILD", async () => {
    const image = registry.repoName("image");
    const shaped = project(
      "plain",
      inDockerfile("ONBUILD RUN true", 'ENTRYPOINT ["sleep", "infinity"]', "USER 12345"),
    );
    await expectShipped(await step({ image }, { project: shaped }), image);
    expect((await registry.config(image, "build-7")).config).toMatchObject({
      User: "12345",
      OnBuild: ["RUN true"],
      Entrypoint: ["sleep", "infinity"],
    });
  });
});

describe("a base image's ONBUILD", () => {
  it.each(["default", "shipshape-container"])(
    "gets no value of env, whichever secret it asks for (builder: %s)",
    async (builder) => {
      const image = registry.repoName("onbuild");
      const asks = ["shipshape-env", "shipshape-probe", "shipshape-commands", "shipshape-caddy"]
        .map((id) => `ONBUILD RUN --mount=type=secret,id=${id} cat /run/secrets/${id} >> /stolen || true`)
        .join("\n");
      const inherits = {
        Dockerfile: (text: string) =>
          `FROM python:3.13-slim AS base\n${asks}\n${text.replace(/^FROM \S+/m, "FROM base")}RUN touch /stolen\n`,
      };
      const tried = await step(
        { image, builder, run: "test -e /stolen && test ! -s /stolen", env: "KEY=key_0c2f7e19" },
        { project: project("plain", inherits, unique()) },
      );
      await expectShipped(tried, image);
      expect(await registry.holds(image, "build-7", "key_0c2f7e19")).toBe(false);
    },
  );
});

describe("an image that cannot be checked gets a sentence", () => {
  it.each<[string, Overlay, RegExp, Record<string, string>]>([
    ["no Django", fault.noDjango, /Django/, {}],
    ["no Python", fault.noPython, /[Pp]ython/, {}],
    ["no Python and no shell", fault.nothingAtAll, /shell.*`python`/, {}],
    [
      "Python where the probe does not look",
      fault.venvFarAway,
      /No Python interpreter with Django.*\bpython\b/,
      {},
    ],
    ["a USER that is not in passwd", fault.unknownUser, /nobody-knows-me/, {}],
    ["the wrong python input", {}, /\/no\/such\/python/, { python: "/no/such/python" }],
  ])("%s", async (_, overlay, words, inputs) => {
    const image = registry.repoName("image");
    const tried = await step({ image, ...inputs }, { project: project("plain", overlay) });
    expect(expectFailure(tried, "Checks could not run").message).toMatch(words);
    expect(result(tried).status).toBe("error");
    await expectNothingShipped(tried, image);
  });
});
