/**
 * A Caddy with the plugin rate_limit, really built: with Go where the machine has it (once, kept in the lab's
 * folder), else with the image that projects use for it.
 */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LAB } from "./lab.ts";

const SOURCE = join(import.meta.dirname, "..", "fixtures", "caddy-plugin");
const BY_GO = "FROM caddy:2\nCOPY caddy /usr/bin/caddy\n";
const BY_XCADDY =
  "FROM caddy:2-builder AS builder\nRUN xcaddy build --with github.com/mholt/caddy-ratelimit\n" +
  "FROM caddy:2\nCOPY --from=builder /usr/bin/caddy /usr/bin/caddy\n";

/** The build context of a Caddy image with that plugin, its Dockerfile in it. */
export function caddyWithPlugin(): string {
  const folder = join(LAB, "caddy-plugin");
  mkdirSync(folder, { recursive: true });
  const byGo = spawnSync("go", ["version"]).status === 0;
  writeFileSync(join(folder, "Dockerfile"), byGo ? BY_GO : BY_XCADDY);
  if (byGo && !existsSync(join(folder, "caddy"))) compile(folder);
  return folder;
}

function compile(folder: string): void {
  const source = join(folder, "source");
  cpSync(SOURCE, source, { recursive: true });
  const built = spawnSync("go", ["build", "-trimpath", "-ldflags", "-s -w", "-o", "caddy", "."], {
    cwd: source,
    encoding: "utf8",
    env: { ...process.env, CGO_ENABLED: "0", GOFLAGS: "-mod=mod" },
  });
  if (built.status !== 0) throw new Error(`the plugin could not be built: ${built.stderr}`);
  renameSync(join(source, "caddy"), join(folder, "caddy"));
}
