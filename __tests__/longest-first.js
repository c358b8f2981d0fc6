/** The order of the test files: those that take longest come first, so that two workers end together. */
import { basename } from "node:path";
import Sequencer from "@jest/test-sequencer";

/** e2e files by their time, the longest first. One that is not here comes after them. */
const LONGEST = [
  "examples-deploy",
  "caddy",
  "promise",
  "builders",
  "imported-cache",
  "platforms",
  "examples",
  "run",
  "neighbours",
  "demo",
  "green",
  "denied",
  "tags",
  "services",
  "wagtail",
  "caddy-goldens",
  "upload",
  "nodes",
  "checks",
  "images",
  "hostile",
  "cache",
  "wishes",
];

const rank = ({ path }) => {
  const at = LONGEST.indexOf(basename(path, ".test.ts"));
  return path.includes("/e2e/") && at >= 0 ? at : LONGEST.length;
};

export default class LongestFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).sort((one, other) => rank(one) - rank(other));
  }
}
