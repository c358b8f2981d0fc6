/** Builders: what the lab's special ones are called, and new ones for a single test. */
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { docker } from "./docker.ts";
import { LAB } from "./lab.ts";

/** A builder with two nodes that both run natively here: linux/amd64, and linux/386. */
export const WITH_NODES = "shipshape-nodes";

/** A builder whose BuildKit keeps no history of its builds. */
export const WITHOUT_HISTORY = "shipshape-forgetful";

/**
 * Makes docker-container builders on the machine's own network that have built nothing yet, and removes them when
 * `use` has ended.
 * @param count how many
 * @param use gets their names
 */
export async function withNewBuilders(
  count: number,
  use: (...names: string[]) => Promise<void>,
): Promise<void> {
  const names = Array.from({ length: count }, () => `shipshape-e2e-${randomBytes(4).toString("hex")}`);
  try {
    for (const name of names) await create(name);
    await use(...names);
  } finally {
    for (const name of names) await docker("buildx", "rm", "--force", name).catch(() => {});
  }
}

async function create(name: string): Promise<void> {
  const config = join(LAB, "run", "buildkitd.toml");
  const driver = [
    "--driver",
    "docker-container",
    "--driver-opt",
    "network=host",
    "--buildkitd-config",
    config,
  ];
  const flags = ["--buildkitd-flags", "--allow-insecure-entitlement network.host"];
  await docker("buildx", "create", "--name", name, ...driver, ...flags, "--bootstrap");
}
