/** What the lab says of itself: the engine's environment, the registry's address, its own folder. */
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

const folder =
  process.env.SHIPSHAPE_LAB ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "shipshape-lab");

function read(): Record<string, string> {
  const file = join(folder, "lab.env");
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    throw new Error(`${file} is missing: bring the lab up with \`bash lab/lab.sh up\``);
  }
  const found: Record<string, string> = {};
  for (const line of text.split("\n")) {
    const [, name, value] = /^(?:export\s+)?([A-Za-z_]\w*)=(.*)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) found[name] = value.replace(/^(['"])(.*)\1$/, "$2");
  }
  return found;
}

/** The lab's variables, as `lab.sh env` would set them. */
export const variables: Readonly<Record<string, string>> = read();

/** The lab's own folder, for what tests keep from run to run (virtual environments, downloads). */
export const LAB = folder;

/** A variable that the lab must set. */
export function fromLab(name: string): string {
  const value = variables[name] ?? process.env[name];
  if (value === undefined || value === "") throw new Error(`the lab does not set ${name}`);
  return value;
}

/** `host:port` of the registry that takes everything. */
export const REGISTRY = fromLab("SHIPSHAPE_REGISTRY");

/** What belongs to jest, to a runner, or to another choice of builder than the test's. */
const FOREIGN =
  /^(NODE_OPTIONS|NODE_ENV|JEST_.*|CI|npm_.*|INPUT_.*|GITHUB_.*|RUNNER_.*|ACTIONS_.*|BUILDX_BUILDER)$/;
/** What would lead away from the lab's own engine, where it has one. */
const OTHER_ENGINE = /^DOCKER_(CONTEXT|TLS_VERIFY|CERT_PATH)$/;

/** This process's environment with the lab's variables. */
export function environment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name]) => !FOREIGN.test(name) && !(variables.DOCKER_HOST !== undefined && OTHER_ENGINE.test(name)),
  );
  return { ...Object.fromEntries(own), ...variables };
}
