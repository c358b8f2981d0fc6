/**
 * JUnit XML → failures of single tests. There is no standard; this reads what pytest, unittest-xml-reporting
 * and jest-junit write: `testcase` elements anywhere, each with a `failure` or `error` in it. Pure.
 */
import { parseXml, XmlElement, type XmlNode } from "@rgrove/parse-xml";

/** Failures that are kept. */
const MOST = 500;
const LONGEST = 4000;

/** One test that did not pass. */
export interface Failure {
  readonly kind: "failure" | "error";
  /** `shop.tests.OrderTest.test_total`. */
  readonly test: string;
  readonly message: string;
  /** Where it failed, as the file says it: absolute, or relative to the command's folder; empty when unknown. */
  readonly file: string;
  readonly line: number | undefined;
}

export type Read =
  | { readonly ok: true; readonly tests: number; readonly failures: readonly Failure[] }
  | { readonly ok: false; readonly reason: string };

/** Reads a JUnit XML file's text. */
export function readJUnit(text: string): Read {
  let root: XmlElement | null;
  try {
    root = parseXml(text, { ignoreUndefinedEntities: true }).root;
  } catch (error) {
    const [reason = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
    return { ok: false, reason };
  }
  const cases = root === null ? [] : testcases(root);
  const failures = cases.flatMap(failureOf).slice(0, MOST);
  return { ok: true, tests: cases.length, failures };
}

function testcases(root: XmlElement): XmlElement[] {
  const found: XmlElement[] = [];
  const open = [root];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    if (one.name === "testcase") found.push(one);
    else open.push(...one.children.filter(isElement).reverse());
  }
  return found;
}

function isElement(node: XmlNode): node is XmlElement {
  return node instanceof XmlElement;
}

function failureOf(testcase: XmlElement): Failure[] {
  const bad = testcase.children.filter(isElement).find(({ name }) => name === "failure" || name === "error");
  if (bad === undefined) return [];
  const { classname = "", name = "", file = "" } = testcase.attributes;
  const text = bad.text.trim();
  const said = (bad.attributes.message ?? "").trim() || (text.split("\n").at(-1) ?? "").trim();
  return [
    {
      kind: bad.name === "error" ? "error" : "failure",
      test: [classname, name].filter((part) => part !== "").join("."),
      message: (said || "no message").slice(0, LONGEST),
      ...placeIn(text, file, classname),
    },
  ];
}

/**
 * The place of a failure. A traceback says more than the attributes: pytest's `line` counts from 0 and is
 * that of the function, and its newer form has neither. Of the traceback's places the last one in the test's
 * own file counts, else the last one outside of installed packages.
 */
function placeIn(text: string, file: string, classname: string): Pick<Failure, "file" | "line"> {
  const places = [
    ...text.matchAll(/^\s*File "([^"\n]+)", line (\d+)/gm),
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
