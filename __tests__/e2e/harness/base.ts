/**
 * A small image with Django in the lab's registry, made once and kept there. A project FROM it installs nothing, so that
 * builds without cache, builds on a builder that is new, and images that are carried from one store to another take seconds.
 */
import { createHash } from "node:crypto";
import { dockerInput } from "./docker.ts";
import { REGISTRY } from "./lab.ts";
import type { Overlay } from "./project.ts";
import { registry } from "./registry.ts";

/** Without translations and package archives: thousands of files that each new builder would unpack. */
const DOCKERFILE = `FROM python:3.13-slim AS django
RUN pip install --no-cache-dir --root-user-action=ignore --target /django "django==5.2.*"
RUN find /django -name LC_MESSAGES -not -path '*/locale/en/*' -prune -exec rm -r {} +
FROM debian:trixie-slim
RUN apt-get update && apt-get install -y --no-install-recommends python3 tzdata && \\
    rm -rf /var/lib/apt/lists/* /var/cache/apt/* && ln -s python3 /usr/bin/python
COPY --from=django /django /usr/local/lib/python3.13/dist-packages
`;

const REPOSITORY = `${REGISTRY}/e2e-base/django`;
const TAG = createHash("sha256").update(DOCKERFILE).digest("hex").slice(0, 12);

/** That image, by its digest: on a new lab two test files may make it at the same time, each with bytes of its own. */
export async function djangoImage(): Promise<string> {
  const made = await registry.manifest(REPOSITORY, TAG);
  if (made !== undefined) return `${REPOSITORY}@${made.digest}`;
  const plain = ["--builder", "default", "--provenance=false"];
  dockerInput(DOCKERFILE, "buildx", "build", ...plain, "--tag", `${REPOSITORY}:${TAG}`, "--push", "-");
  return djangoImage();
}

/** Puts the plain project on that image. */
export async function onDjango(): Promise<Overlay> {
  const from = await djangoImage();
  const command = 'CMD ["python", "manage.py", "runserver", "0.0.0.0:8000"]';
  return { Dockerfile: () => `FROM ${from}\nWORKDIR /app\nCOPY . .\n${command}\n` };
}
