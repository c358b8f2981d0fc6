/**
 * JUnit XML → failures of single tests. There is no standard; this reads what pytest, unittest-xml-reporting
 * and jest-junit write: `testcase` elements anywhere, each with a `failure` or `error` in it. Pure.
 */
import { parseXml, XmlElement, type XmlNode } from "@rgrove/parse-xml";

/** Failures that are kept, and elements that are looked at. */
const MOST = 500;
const MOST_ELEMENTS = 1_000_000;
const LONGEST = 4000;
const LONGEST_NAME = 500;
/** The end of a failure's text, where its places are. */
const LOOKED_AT = 64 * 1024;

/** One test that did not pass. */
export interface FailedTest {
  readonly kind: "failure" | "error";
  /** `shop.tests.OrderTest.test_total`. */
  readonly test: string;
  readonly message: string;
  /** Where it failed, as the file says it: absolute, or relative to the command's folder; empty when unknown. */
  readonly file: string;
  readonly line: number | undefined;
}

export type JUnit =
  | {
      readonly ok: true;
      readonly tests: number;
      /** How many of them failed. */
      readonly failed: number;
      /** The first 500 of those. */
      readonly failures: readonly FailedTest[];
    }
  | { readonly ok: false; readonly reason: string };

/** Reads a JUnit XML file's text. */
export function readJUnit(text: string): JUnit {
  try {
    const { root } = parseXml(text, { ignoreUndefinedEntities: true });
    const cases = root === null ? [] : testcases(root);
    const bad = cases.flatMap((testcase) => failureIn(testcase) ?? []);
    const failures = bad.slice(0, MOST).map(failureOf);
    return { ok: true, tests: cases.length, failed: bad.length, failures };
  } catch (error) {
    const [reason = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
    return { ok: false, reason };
  }
}

function testcases(root: XmlElement): XmlElement[] {
  const found: XmlElement[] = [];
  const open = [root];
  for (let seen = 0; seen < MOST_ELEMENTS; seen++) {
    const one = open.pop();
    if (one === undefined) break;
    if (one.name === "testcase") found.push(one);
    // Not all at once as arguments: there may be more of them than the stack takes.
    else for (const child of one.children.filter(isElement).reverse()) open.push(child);
  }
  return found;
}

function isElement(node: XmlNode): node is XmlElement {
  return node instanceof XmlElement;
}

function failureIn(testcase: XmlElement): XmlElement | undefined {
  return testcase.children.filter(isElement).find(({ name }) => name === "failure" || name === "error");
}

function failureOf(bad: XmlElement): FailedTest {
  const { classname = "", name = "", file = "" } = (bad.parent as XmlElement).attributes;
  const text = bad.text.slice(-LOOKED_AT).trim();
  const said = (bad.attributes.message ?? "").trim() || (text.split("\n").at(-1) ?? "").trim();
  return {
    kind: bad.name === "error" ? "error" : "failure",
    test: [classname, name]
      .filter((part) => part !== "")
      .join(".")
      .slice(0, LONGEST_NAME),
    message: (said || "no message").slice(0, LONGEST),
    ...placeIn(text, file.slice(0, LONGEST_NAME), classname.slice(0, LONGEST_NAME)),
  };
}

/**
 * The place of a failure. A traceback says more than the attributes: pytest's `line` counts from 0 and is
 * that of the function, and its newer form has neither. Of the traceback's places the last one in the test's
 * own file counts, else the last one outside of installed packages.
 */
function placeIn(text: string, file: string, classname: string): Pick<FailedTest, "file" | "line"> {
  const places = [
    ...text.matchAll(/^[ \t]*File "([^"\n]{1,500})", line (\d+)/gm),
    // pytest: `shop/tests.py:12: AssertionError`; node: `at fn (/app/x.test.js:12:5)`.
    ...text.matchAll(/(?:^|\()((?:\/|\w)[^\s():"]*\.\w+):(\d+)(?::\d+\)?|:)/gm),
  ]
    .map(([, path = "", line]) => ({ file: path, line: Number(line) }))
    .filter(
      (place) => !/(^|\/)(site-packages|dist-packages|node_modules|lib\/python3[^/]*)\//.test(place.file),
    );
  const own = file || modulePath(classname);
  const inTest = places.filter(
    (place) => own !== "" && (place.file === own || place.file.endsWith(`/${own}`)),
  );
  return inTest.at(-1) ?? places.at(-1) ?? { file, line: undefined };
}

/** `shop.tests.test_models.OrderTest` → `shop/tests/test_models.py`: modules are written in lower case. */
function modulePath(classname: string): string {
  const parts = classname.split(".");
  const end = parts.findIndex((part) => /^[A-Z]/.test(part));
  const modules = end < 0 ? parts : parts.slice(0, end);
  return modules.length === 0 ? "" : `${modules.join("/")}.py`;
}
