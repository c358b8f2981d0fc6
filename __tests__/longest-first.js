/** The order of the test files: those that take longest come first, so that all workers end together. */
import { basename } from "node:path";
import Sequencer from "@jest/test-sequencer";

/** e2e files by their time on idle cores, the longest first. One that is not here comes after them. */
const LONGEST = [
  "imported-cache",
  "builders",
  "run",
  "promise",
  "platforms",
  "cache",
  "caddy",
  "examples-deploy",
  "denied",
  "demo",
  "examples",
  "build",
  "images",
  "upload",
  "neighbours",
  "green",
  "wagtail",
  "checks",
  "hostile",
  "services",
  "collect",
  "wishes",
  "versions",
  "caddy-routes",
  "tags",
  "cancel",
  "nodes",
  "tell",
  "full-disk",
  "events",
  "caddy-goldens",
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
