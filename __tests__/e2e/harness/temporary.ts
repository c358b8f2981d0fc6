/** Folders, images and other leftovers of a test file, all gone when it ends. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "@jest/globals";

const leftovers: (() => void | Promise<void>)[] = [];

/** Has `undo` done after the last test of the file. */
export function afterwards(undo: () => void | Promise<void>): void {
  leftovers.push(undo);
}

/** A fresh empty folder. */
export function folder(name: string): string {
  const path = mkdtempSync(join(tmpdir(), `shipshape-e2e-${name}-`));
  afterwards(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

afterAll(async () => {
  for (const undo of leftovers.reverse()) await undo();
}, 120_000);
