/** The picture of the rooms in docs/architecture.md, compared with the imports in src/. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { describe, expect, it } from "@jest/globals";

const ROOT = join(import.meta.dirname, "..", "..", "..");
const SRC = join(ROOT, "src");

const files = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
const roomOf = (file: string) => file.split("/")[0]?.replace(/\.ts$/, "") ?? "";

/** `reporters → checks`, for each import of one room by another. */
const imports = new Set(
  files.flatMap((file) =>
    [...readFileSync(join(SRC, file), "utf8").matchAll(/(?:from|import\()\s*"(\.[^"]+)"/g)]
      .map(([, path = ""]) => roomOf(posix.join(posix.dirname(file), path)))
      .filter((room) => room !== roomOf(file))
      .map((room) => `${roomOf(file)} → ${room}`),
  ),
);

const page = readFileSync(join(ROOT, "docs", "architecture.md"), "utf8");
const picture = /## The rooms[\s\S]*?```mermaid\n([\s\S]*?)```/.exec(page)?.[1] ?? "";
const arrows = [...picture.matchAll(/^ *(\w+) --> (\w+)$/gm)].map(([, from = "", to = ""]) => ({ from, to }));
const drawn = new Set([...picture.matchAll(/^ *(\w+) -.*> (\w+)$/gm)].flatMap(([, from, to]) => [from, to]));

/** Every room that lies down the arrows from one. */
function below(room: string): string[] {
  return arrows.filter(({ from }) => from === room).flatMap(({ to }) => [to, ...below(to)]);
}

describe("the picture of the rooms", () => {
  it("has only arrows that are imports", () => {
    const wrong = arrows.map(({ from, to }) => `${from} → ${to}`).filter((arrow) => !imports.has(arrow));
    expect(arrows).not.toEqual([]);
    expect(wrong).toEqual([]);
  });

  it("has a way along its arrows for each import", () => {
    const missing = [...imports].filter((arrow) => {
      const [from = "", to = ""] = arrow.split(" → ");
      return !below(from).includes(to);
    });
    expect(missing).toEqual([]);
  });

  it("has every room, and no other", () => {
    const rooms = readdirSync(SRC).map((name) => roomOf(name));
    expect(rooms.filter((room) => !drawn.has(room))).toEqual([]);
    expect(
      [...drawn].filter((room) => !existsSync(join(SRC, room ?? "")) && !existsSync(join(SRC, `${room}.ts`))),
    ).toEqual([]);
  });
});
