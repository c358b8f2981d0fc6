/**
 * Images of every shape: they work, or get a sentence that says what to do. Where the project lies, which settings it has
 * and where Python is, is in __tests__/probe; here are the shapes that only a container has, several in one image.
 */
import { describe, expect, it, jest } from "@jest/globals";
import { expectFailure, expectNothingShipped, expectShipped, result } from "./harness/expectations.ts";
import * as fault from "./harness/faults.ts";
import { type Overlay, project } from "./harness/project.ts";
import { registry } from "./harness/registry.ts";
import { type Step, step } from "./harness/step.ts";

jest.setTimeout(300_000);

const { inDockerfile } = fault;

describe("an image works", () => {
  async function passes(inputs: Readonly<Record<string, string>>, ...overlays: Overlay[]): Promise<Step> {
    const image = registry.repoName("image");
    const tried = await step({ image, ...inputs }, { project: project("plain", ...overlays) });
    if (tried.code !== 0) throw new Error(tried.log);
    const { checks, django } = result(tried);
    for (const name of ["system", "migrations", "static", "start"])
      expect(checks[name]?.status).toBe("passed");
    expect(django.version).toMatch(/^5\.2\./);
    return tried;
  }

  it("with a SHELL, a VOLUME over the workdir, a USER by name, an ENTRYPOINT that waits for ever, and an ONBUILD that would fail; it keeps them", async () => {
    const shipped = await passes(
      {},
      inDockerfile(
        'SHELL ["/bin/bash", "-o", "pipefail", "-c"]',
        "RUN useradd --system shop",
        'ENTRYPOINT ["sh", "-c", "until false; do sleep 1; done"]',
        "VOLUME /app",
        "ONBUILD RUN exit 3",
        "USER shop",
      ),
    );
    const { image = "" } = shipped.outputs;
    await expectShipped(shipped, image);
    expect((await registry.config(image, "build-7")).config).toMatchObject({
      User: "shop",
      OnBuild: ["RUN exit 3"],
      Entrypoint: ["sh", "-c", "until false; do sleep 1; done"],
    });
  });

  it("with manage.py, settings and Python where only the inputs know, a USER that no passwd knows, no HOME, no /tmp, and a STATIC_ROOT of root's", async () => {
    await passes(
      {
        push: "false",
        manage: "/srv/a/b/manage.py",
        settings: "mysite.live",
        python: "/far/away/from/here/bin/python",
      },
      fault.venvFarAway,
      { "mysite/live.py": "from .settings import *\n" },
      inDockerfile(
        "RUN mkdir staticfiles && echo '{}' > staticfiles/staticfiles.json && chmod 0555 staticfiles",
        "RUN mkdir -p /srv/a/b && mv * /srv/a/b/",
        "ENV HOME=/nowhere",
        "RUN rm -rf /tmp",
        "USER 12345:54321",
      ),
      // Its program is there; the base's manage.py is not where it was.
      { Dockerfile: (text) => text.replace(/^CMD .*/m, 'CMD ["sleep", "1"]') },
    );
  });

  it("without a shell, and with Django in another Python than PATH's", async () => {
    await passes({ push: "false" }, fault.noShellAndTwoPythons);
  });
});

describe("an image that cannot be checked gets a sentence", () => {
  it.each<[string, Overlay, RegExp]>([
    ["no Python", fault.noPython, /[Pp]ython/],
    [
      "a Python that USER cannot run",
      fault.pythonUnderRoot,
      /\/opt\/venv\/bin\/python \(a link to \/root\/python\/bin\/python3\.13, and the image's USER may not enter \/root\).*UV_PYTHON_INSTALL_DIR/s,
    ],
    ["a USER that is not in passwd", inDockerfile("USER nobody-knows-me"), /nobody-knows-me/],
  ])("%s", async (_, overlay, words) => {
    const image = registry.repoName("image");
    const tried = await step({ image }, { project: project("plain", overlay) });
    expect(expectFailure(tried, "Checks could not run").message).toMatch(words);
    expect(result(tried).status).toBe("error");
    await expectNothingShipped(tried, image);
  });
});
