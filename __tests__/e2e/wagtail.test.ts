/** A project that nobody here wrote: `wagtail start`, with the Dockerfile that it brings along. */
import { describe, expect, it, jest } from "@jest/globals";
import { dockerInput } from "./harness/docker.ts";
import { expectFailure, expectNothingShipped, failingIds, report, result } from "./harness/expectations.ts";
import { append, projectAt } from "./harness/project.ts";
import { registry } from "./harness/registry.ts";
import { step } from "./harness/step.ts";
import { folder } from "./harness/temporary.ts";

jest.setTimeout(900_000);

/** The folder that `wagtail start mysite` makes; the engine's cache keeps it, with its random key. */
function wagtailStart(): string {
  const output = folder("wagtail");
  const dockerfile = `FROM python:3.13-slim AS start
RUN pip install --no-cache-dir --root-user-action=ignore "wagtail==7.3.*"
RUN mkdir /site && wagtail start mysite /site
FROM scratch
COPY --from=start /site /
`;
  dockerInput(dockerfile, "buildx", "build", "--output", `type=local,dest=${output}`, "-");
  return output;
}

/** What a team adds to the production settings before its first deployment. */
const HARDENED = append(`
import os

SECRET_KEY = os.environ["WAGTAIL_KEY"]
ALLOWED_HOSTS = [os.environ["WAGTAIL_HOST"]]
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31536000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
`);

const start = wagtailStart();
const TIMEOUT = 800;

describe("a project of `wagtail start`", () => {
  it("is refused as it comes: its image runs development settings", async () => {
    const image = registry.repoName("wagtail");
    const tried = await step({ image }, { project: projectAt(start), timeout: TIMEOUT });
    expectFailure(tried, "Checks failed");
    expect(failingIds(tried)).toEqual(expect.arrayContaining(["security.W009", "security.W018"]));
    expect(result(tried).django.settings).toBe("mysite.settings.dev");
    expect(result(tried).checks.migrations?.status).toBe("passed");
    await expectNothingShipped(tried, image);
  });

  it("passes with production settings and their env", async () => {
    const image = registry.repoName("wagtail");
    const site = projectAt(start, { "mysite/settings/production.py": HARDENED });
    const inputs = {
      image,
      push: "false",
      settings: "mysite.settings.production",
      env: `WAGTAIL_KEY=${"0123456789abcdef".repeat(4)}\nWAGTAIL_HOST=www.example.com`,
    };
    const passed = await step(inputs, { project: site, timeout: TIMEOUT });
    expect(passed.code).toBe(0);
    expect(result(passed).django.settings).toBe("mysite.settings.production");
    expect(report(passed).findings.filter(({ level }) => level !== "INFO")).toEqual([]);
  });
});
