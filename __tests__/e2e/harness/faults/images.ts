/** Shapes that images have, and Dockerfiles that do not build. */
import { type Overlay, replace } from "../project.ts";
import { inDockerfile } from "./places.ts";

const noShell: Overlay = inDockerfile(
  "RUN rm -f /bin/bash /bin/dash /usr/bin/bash /usr/bin/dash /bin/sh /usr/bin/sh",
);

/** An image in which no Python is to be found, wherever one looks. */
export const noPython: Overlay = inDockerfile("RUN rm -rf /usr/bin/python* /usr/local/bin/python*");

/** Django in a virtual environment that no PATH names. */
const venvOffPath: Overlay = {
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

/** Django in a virtual environment that only an input can name. */
export const venvFarAway: Overlay = {
  Dockerfile: replace(
    /^RUN pip install .*$/m,
    'RUN python3 -m venv /far/away/from/here && /far/away/from/here/bin/pip install --no-cache-dir "django==${DJANGO}"',
  ),
};

/** An environment whose Python is a link into /root, as `uv sync` makes it when root runs it, and a USER that may not go there. */
export const pythonUnderRoot: Overlay = {
  Dockerfile: (before) =>
    changed(
      inDockerfile(
        "RUN mkdir -p /root/python/bin && cp $(readlink -f $(command -v python3)) /root/python/bin/python3.13 && \\\n" +
          "    chmod 700 /root && ln -sf /root/python/bin/python3.13 /opt/venv/bin/python && \\\n" +
          "    ln -sf python /opt/venv/bin/python3",
        "ENV PATH=/opt/venv/bin:$PATH",
        "USER 12345",
      ),
      changed(venvOffPath, before),
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

/** Line 3 of the Dockerfile: a linked layer is made without the image, and so without its list of users. */
export const linkedOwner: Overlay = {
  Dockerfile: () => "FROM python:3.13-slim\nWORKDIR /app\nCOPY --link --chown=www-data:www-data . .\n",
};

/** Line 1 of the Dockerfile. */
export const missingBase: Overlay = {
  Dockerfile: replace("FROM python:${PYTHON}-slim", "FROM python:0.1-never-was"),
};

/** A build that needs these secrets, and of each leaves only the SHA-256 behind. */
export const usesSecrets = (...ids: readonly string[]): Overlay =>
  inDockerfile(
    ...ids.map(
      (id) => `RUN --mount=type=secret,id=${id},required=true sha256sum < /run/secrets/${id} > /sum-of-${id}`,
    ),
  );

const OURS = ["shipshape-env", "shipshape-probe", "shipshape-commands", "shipshape-caddy"];

/**
 * A base image whose ONBUILD asks for every secret of ours that it could know of, and keeps what it gets in /stolen. That it
 * has asked is in /asked.
 */
export const asksForSecrets: Overlay = {
  Dockerfile: (before) => {
    const [from = ""] = /^FROM \S+/m.exec(before) ?? [];
    const asks = OURS.map(
      (id) =>
        `ONBUILD RUN --mount=type=secret,id=${id} echo ${id} >> /asked; cat /run/secrets/${id} >> /stolen || true\n`,
    );
    return `${from} AS asking\n${asks.join("")}${before.replace(from, "FROM asking")}`;
  },
};

/** The command that finds nothing stolen, although all was asked for. */
export const NOTHING_STOLEN = `test $(wc -l < /asked) -eq ${OURS.length} && test -e /stolen && test ! -s /stolen`;

/** A CMD that names a program which is not in the image. */
export const programMissing: Overlay = {
  Dockerfile: replace(/^CMD .*$/m, 'CMD ["gunicorn", "mysite.wsgi", "-b", ":8000"]'),
};

/** A worker in the compose file that runs the image, and that names a module which is not in it. */
export const workerMissing: Overlay = {
  "compose.yml":
    "services:\n  web:\n    build: .\n  worker:\n    build: .\n    command: gunicorn mysite.worker\n" +
    "  db:\n    image: postgres:17\n    command: gunicorn mysite.nothing\n",
  Dockerfile: replace(
    /^WORKDIR/m,
    "RUN printf '#!/usr/local/bin/python3\\n' > /usr/local/bin/gunicorn && chmod +x /usr/local/bin/gunicorn\nWORKDIR",
  ),
};
