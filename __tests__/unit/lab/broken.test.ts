import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "@jest/globals";
import { FAULTS } from "../../../lab/broken.ts";

const SAMPLE = join(import.meta.dirname, "..", "..", "..", "sample");
const changes = FAULTS.flatMap(({ what, changes = [] }) =>
  changes.map((change) => [what, ...change] as const),
);

it.each(changes)("%s: sample/%s has the piece that the demo breaks", (_, file, piece, by) => {
  expect(readFileSync(join(SAMPLE, file), "utf8")).toContain(piece);
  expect(by).not.toBe(piece);
});
