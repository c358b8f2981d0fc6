/** Builders: what the lab's special ones are called, and new ones for a single test. */
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { docker } from "./docker.ts";
import { LAB } from "./lab.ts";
import { afterwards } from "./temporary.ts";

/** A builder with two nodes that both run natively here: linux/amd64, and linux/386. */
export const WITH_NODES = "shipshape-nodes";

/** A builder whose BuildKit keeps no history of its builds. */
export const WITHOUT_HISTORY = "shipshape-forgetful";

/**
 * Makes a docker-container builder on the machine's own network that has built nothing yet, and has it removed when
 * `use` has ended; nobody waits for that before the end of the test file.
 * @param use gets its name
 */
export async function withNewBuilder(use: (name: string) => Promise<void>): Promise<void> {
  const name = `shipshape-e2e-${randomBytes(4).toString("hex")}`;
  try {
    await create(name);
    await use(name);
  } finally {
    const removed = docker("buildx", "rm", "--force", name).then(
      () => {},
      () => {},
    );
    afterwards(() => removed);
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
