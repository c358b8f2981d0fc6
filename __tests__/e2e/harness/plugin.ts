/**
 * A Caddy with the plugin rate_limit, really built: with Go where the machine has it (once, kept in the lab's
 * folder), else with the image that projects use for it.
 */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import { LAB } from "./lab.ts";

const SOURCE = join(import.meta.dirname, "..", "fixtures", "caddy-plugin");
/** Without its argument, and without the name of its stage, neither builds. */
const BY_GO = "ARG VERSION\nFROM caddy:$VERSION AS mine\nCOPY caddy /usr/bin/caddy\nFROM scratch\n";
const BY_XCADDY =
  "ARG VERSION\nFROM caddy:$VERSION-builder AS builder\n" +
  "RUN xcaddy build --with github.com/mholt/caddy-ratelimit\n" +
  "FROM caddy:$VERSION AS mine\nCOPY --from=builder /usr/bin/caddy /usr/bin/caddy\nFROM scratch\n";

/** A Caddy image with that plugin: the text of its Dockerfile, for the target `mine` with `VERSION=2`, and its context. */
export function caddyWithPlugin(): { readonly dockerfile: string; readonly context: string } {
  const context = join(LAB, "caddy-plugin");
  mkdirSync(context, { recursive: true });
  const byGo = spawnSync("go", ["version"]).status === 0;
  if (byGo && !existsSync(join(context, "caddy"))) compile(context);
  return { dockerfile: byGo ? BY_GO : BY_XCADDY, context };
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
