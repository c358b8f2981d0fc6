/** A job's services: PostgreSQL and Redis, real ones, on the machine's own localhost. */
import { randomInt } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { docker } from "./docker.ts";
import { folder } from "./temporary.ts";

/**
 * Ports of this test file alone: another file may have services at the same time. They are below the range from which
 * Linux takes ports for outgoing connections.
 */
export const POSTGRES_PORT = randomInt(20_000, 32_000);
export const REDIS_PORT = POSTGRES_PORT + 1;

/** The services end after an hour, for a test run that was killed cannot stop them. */
const DOCKERFILE = `FROM python:3.13-slim
RUN apt-get update && apt-get install -y --no-install-recommends postgresql redis-server && rm -rf /var/lib/apt/lists/*
RUN ln -s /usr/lib/postgresql/*/bin /pg && mkdir /data && chown postgres /data
USER postgres
RUN /pg/initdb --pgdata /data/pg --auth trust --username shop
CMD redis-server --port $REDIS_PORT --bind 127.0.0.1 --save "" --daemonize yes && \\
    exec timeout 3600 /pg/postgres -D /data/pg -c listen_addresses=127.0.0.1 -c unix_socket_directories=/data
`;

const IMAGE = "shipshape-e2e/services";
const CONTAINER = `shipshape-e2e-services-${POSTGRES_PORT}`;

/** Starts the services. When this returns, both answer queries. */
export async function startServices(): Promise<void> {
  const context = folder("services");
  writeFileSync(join(context, "Dockerfile"), DOCKERFILE);
  await docker("build", "--quiet", "--tag", IMAGE, context);
  const ports = ["--env", `PGPORT=${POSTGRES_PORT}`, "--env", `REDIS_PORT=${REDIS_PORT}`];
  await docker("run", "--detach", "--rm", "--name", CONTAINER, "--network", "host", ...ports, IMAGE);
  // A server accepts connections before it answers queries, so only a query shows that it is ready.
  await answers("/pg/psql", "--host", "127.0.0.1", "--user", "shop", "postgres", "--command", "SELECT 1");
  await answers("redis-cli", "-p", String(REDIS_PORT), "ping");
}

/** Stops the services. Their data are deleted with them. */
export async function stopServices(): Promise<void> {
  await docker("rm", "--force", CONTAINER);
}

/** Runs a query in the services' container until it succeeds. */
async function answers(...query: string[]): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await docker("exec", CONTAINER, ...query);
      return;
    } catch (error) {
      if (attempt === 100) throw error;
      await wait(200);
    }
  }
}
