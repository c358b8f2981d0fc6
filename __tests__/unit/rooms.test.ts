/** The house's rules that a compiler does not know. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";

const ROOT = join(import.meta.dirname, "..", "..");
const sources = (room: string) =>
  readdirSync(join(ROOT, "src", room))
    .filter((file) => file.endsWith(".ts"))
    .map((file) => [`src/${room}/${file}`, readFileSync(join(ROOT, "src", room, file), "utf8")] as const);

/** What a file loads at run time: imports that are not of types alone. */
function loads(text: string): string[] {
  return [...text.matchAll(/^import (?!type )[\s\S]*?from "([^"]+)";/gm)].map(([, from = ""]) => from);
}

describe("plan/, django/, caddy/ and verdict/ are pure", () => {
  it.each(["plan", "django", "caddy", "verdict"].flatMap(sources))(
    "%s loads no process, no file system, no clock",
    (_, text) => {
      expect(loads(text).filter((from) => from.startsWith("node:") && from !== "node:path")).toEqual([]);
      expect(text).not.toMatch(/process\.|Date\.now|performance\./);
    },
  );
});

describe("processes are started in engine/ alone", () => {
  const rooms = ["request", "plan", "solve", "django", "caddy", "verdict", "publish", "tell", "collect", "."];
  it.each(rooms.flatMap(sources))("%s", (_, text) => {
    expect(loads(text)).not.toContain("node:child_process");
  });
});

describe("the entry bundle", () => {
  it("stays under 600 kB", () => {
    expect(statSync(join(ROOT, "dist", "index.js")).size).toBeLessThan(600_000);
  });
});
