import { describe, expect, it } from "@jest/globals";
import { lastWord } from "../../../src/docker/words.ts";

describe("the last word", () => {
  it.each([
    ["ERROR: failed to solve: EOF\n", "failed to solve: EOF"],
    ["ERROR: ghcr.io/acme/shop:build-7: not found", "ghcr.io/acme/shop:build-7: not found"],
    ["#1 something\nERROR: the end\n\n\n", "the end"],
    ['{"vertexes":[]}\nERROR: the end\n{"logs":[]}\n', "the end"],
    ["denied: no access\n", "denied: no access"],
    ["", ""],
    ["\n \n", ""],
    ['{"vertexes":[]}\n', ""],
    ["ERROR: the end\r\n", "the end"],
  ])("of %j is %j", (stderr, word) => expect(lastWord(stderr)).toBe(word));
});
