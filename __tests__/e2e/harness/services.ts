/** A job's services: PostgreSQL and Redis, real ones, on the machine's own localhost. */

import { writeFileSync } from "node:fs";
import { createConnection } from "node:net";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { docker } from "./docker.ts";
import { folder } from "./temporary.ts";

/** Ports that no service of a developer's machine uses. */
export const POSTGRES_PORT = 54329;
export const REDIS_PORT = 63799;

const DOCKERFILE = `FROM python:3.13-slim
RUN apt-get update && apt-get install -y --no-install-recommends postgresql redis-server && rm -rf /var/lib/apt/lists/*
RUN ln -s /usr/lib/postgresql/*/bin /pg && mkdir /data && chown postgres /data
USER postgres
RUN /pg/initdb --pgdata /data/pg --auth trust --username shop
CMD redis-server --port ${REDIS_PORT} --bind 127.0.0.1 --save "" --daemonize yes && \\
    exec /pg/postgres -D /data/pg -p ${POSTGRES_PORT} -c listen_addresses=127.0.0.1 -c unix_socket_directories=/data
`;

const IMAGE = "shipshape-e2e/services";
const CONTAINER = "shipshape-e2e-services";

/** Starts them; they answer when this returns. */
export async function startServices(): Promise<void> {
  const context = folder("services");
  writeFileSync(join(context, "Dockerfile"), DOCKERFILE);
  await docker("build", "--quiet", "--tag", IMAGE, context);
  await stopServices();
  await docker("run", "--detach", "--rm", "--name", CONTAINER, "--network", "host", IMAGE);
  await Promise.all([answers(POSTGRES_PORT), answers(REDIS_PORT)]);
}

/** Stops them; their data go with them. */
export async function stopServices(): Promise<void> {
  await docker("rm", "--force", CONTAINER);
}

async function answers(port: number): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    if (await accepts(port)) return;
    await wait(200);
  }
  throw new Error(`nothing listens on ${port}`);
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: "127.0.0.1" });
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("close", () => socket.destroy());
    socket.unref();
  });
}
