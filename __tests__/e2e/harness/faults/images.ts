/** Shapes that images have, and Dockerfiles that do not build. */
import { type Overlay, replace } from "../project.ts";
import { inDockerfile } from "./places.ts";

export const hangingEntrypoint: Overlay = inDockerfile(
  'ENTRYPOINT ["sh", "-c", "until false; do sleep 1; done"]',
);

export const namedUser: Overlay = inDockerfile("RUN useradd --system shop", "USER shop");

export const numericUser: Overlay = inDockerfile("USER 12345");

export const unknownUser: Overlay = inDockerfile("USER nobody-knows-me");

export const failingOnbuild: Overlay = inDockerfile("ONBUILD RUN exit 3");

/** A stage before the last, so that Django never reaches the image. */
export const noDjango: Overlay = {
  Dockerfile: replace(/^RUN pip install.*$/m, "RUN true"),
};

export const noShell: Overlay = inDockerfile(
  "RUN rm -f /bin/bash /bin/dash /usr/bin/bash /usr/bin/dash /bin/sh /usr/bin/sh",
);

/** An image in which no Python is to be found, wherever one looks. */
export const noPython: Overlay = inDockerfile("RUN rm -rf /usr/bin/python* /usr/local/bin/python*");

/** An image of the project's files alone. */
export const nothingAtAll: Overlay = {
  Dockerfile: () => 'FROM scratch\nWORKDIR /app\nCOPY . .\nCMD ["/app/serve"]\n',
};

/** Django in a virtual environment that no PATH names. */
export const venvOffPath: Overlay = {
  Dockerfile: replace(
    /^RUN pip install .*$/m,
    'RUN python3 -m venv /opt/venv && /opt/venv/bin/pip install --no-cache-dir "django==${DJANGO}"',
  ),
};

/** The shape of a distroless image: no shell, and Django where PATH does not lead. */
export const noShellAndTwoPythons: Overlay = {
  Dockerfile: (before) => changed(noShell, changed(venvOffPath, before)),
};

function changed(overlay: Overlay, before: string): string {
  const change = overlay.Dockerfile;
  return typeof change === "function" ? change(before) : before;
}

/** The same in a place that only an input can name. */
export const venvFarAway: Overlay = {
  Dockerfile: replace(
    /^RUN pip install .*$/m,
    'RUN python3 -m venv /far/away/from/here && /far/away/from/here/bin/pip install --no-cache-dir "django==${DJANGO}"',
  ),
};

/** Line 3 of the Dockerfile. */
export const dockerfileTypo: Overlay = {
  Dockerfile: () => "FROM python:3.13-slim\nWORKDIR /app\nCOPPY . .\n",
};

/** Line 4 of the Dockerfile. */
export const failingRun: Overlay = {
  Dockerfile: () => 'FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nRUN echo "about to fail" && exit 42\n',
};

/** Line 3 of the Dockerfile. */
export const missingCopySource: Overlay = {
  Dockerfile: () => "FROM python:3.13-slim\nWORKDIR /app\nCOPY requirements.lock .\n",
};

/** Line 1 of the Dockerfile. */
export const missingBase: Overlay = {
  Dockerfile: replace("FROM python:${PYTHON}-slim", "FROM python:0.1-never-was"),
};

/** A build that needs the secret `token` and leaves only its SHA-256 behind. */
export const usesSecret: Overlay = inDockerfile(
  "RUN --mount=type=secret,id=token,required=true sha256sum < /run/secrets/token > /token-sum",
);
