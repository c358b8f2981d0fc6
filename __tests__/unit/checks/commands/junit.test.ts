import { describe, expect, it } from "@jest/globals";
import { readJUnit } from "../../../../src/checks/commands/junit.ts";

/** As pytest 8 writes it (xunit2): no place but in the traceback. */
const PYTEST = `<?xml version="1.0" encoding="utf-8"?><testsuites name="pytest tests"><testsuite name="pytest" errors="0" failures="1" skipped="0" tests="2" time="0.1"><testcase classname="shop.tests.ProductTest" name="test_none" time="0.1" /><testcase classname="shop.tests.ProductTest" name="test_wrong" time="0.1"><failure message="AssertionError: 2 != 3 : sums are off">self = &lt;shop.tests.ProductTest testMethod=test_wrong&gt;

    def test_wrong(self):
&gt;       helper(self)

shop/tests.py:10:
_ _ _ _ _ _
shop/helpers.py:4: in helper
    raise AssertionError
/usr/lib/python3.13/unittest/case.py:912: AssertionError</failure></testcase></testsuite></testsuites>`;

/** As unittest-xml-reporting writes Django's own tests. */
const XMLRUNNER = `<testsuite tests="2" file="shop/tests.py"><testcase classname="shop.tests.ProductTest" file="shop/tests.py" line="9" name="test_wrong"><error type="ValueError" message="no"><![CDATA[Traceback (most recent call last):
  File "/app/shop/tests.py", line 10, in test_wrong
    call()
  File "/usr/local/lib/python3.13/site-packages/django/x.py", line 99, in call
    raise ValueError("no")
ValueError: no
]]></error></testcase><testcase classname="a.B" name="c"><skipped/></testcase></testsuite>`;

const JEST = `<testsuites><testsuite name="x"><testcase classname="adds" name="adds"><failure>Error: expect(received)
    at Object.&lt;anonymous&gt; (/app/front/x.test.js:12:5)
    at run (/app/node_modules/jest/build/i.js:1:1)</failure></testcase></testsuite></testsuites>`;

describe("a JUnit file", () => {
  it.each([
    [
      "of pytest",
      PYTEST,
      2,
      {
        kind: "failure",
        test: "shop.tests.ProductTest.test_wrong",
        file: "shop/tests.py",
        line: 10,
        message: "AssertionError: 2 != 3 : sums are off",
      },
    ],
    [
      "of unittest-xml-reporting",
      XMLRUNNER,
      2,
      {
        kind: "error",
        test: "shop.tests.ProductTest.test_wrong",
        file: "/app/shop/tests.py",
        line: 10,
        message: "no",
      },
    ],
    [
      "of jest-junit",
      JEST,
      1,
      { kind: "failure", test: "adds.adds", file: "/app/front/x.test.js", line: 12 },
    ],
  ])("%s tells its failures and where they are", (_, text, tests, failure) => {
    const read = readJUnit(text);
    expect(read).toMatchObject({ ok: true, tests });
    expect(read.ok && read.failures).toEqual([expect.objectContaining(failure)]);
  });

  it("without a traceback has the place that the test names, and no line: pytest counts it from 0", () => {
    const read = readJUnit(
      `<testsuite><testcase classname="a.b.C" name="t" file="a/b.py" line="3"><failure message="m"/></testcase></testsuite>`,
    );
    expect(read).toMatchObject({ failures: [{ file: "a/b.py", line: undefined, message: "m" }] });
  });

  it("finds tests in suites of suites, and a root that is the test itself", () => {
    const one = `<testcase name="t"><failure message="m"/></testcase>`;
    const nested = `<testsuites><testsuite><testsuite>${one}</testsuite>${one}</testsuite></testsuites>`;
    expect(readJUnit(nested)).toMatchObject({ tests: 2, failures: [{}, {}] });
    expect(readJUnit(one)).toMatchObject({ tests: 1 });
  });

  it.each([
    ["", "an empty one"],
    ["<no", "a cut one"],
    ["{}", "JSON"],
    ["<a><b></a>", "a crooked one"],
    ['<!DOCTYPE a [<!ENTITY x "y">]><a>', "one that ends too soon"],
  ])("that cannot be read says so: %j", (text) => {
    const read = readJUnit(text);
    expect(read.ok).toBe(false);
    expect(read.ok || read.reason).not.toBe("");
  });

  it("does not expand entities of its own: a thousand laughs stay one", () => {
    const bomb = `<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><testcase name="t"><failure message="&b;"/></testcase>`;
    const read = readJUnit(bomb);
    expect(JSON.stringify(read)).not.toContain("haha");
  });

  it("with hundreds of thousands of elements is read", () => {
    const many = `<a>${"<b/>".repeat(300_000)}<testcase name="t"/></a>`;
    expect(readJUnit(many)).toMatchObject({ ok: true, tests: 1, failed: 0 });
  });

  it("with many blank lines in a failure is read in no time", () => {
    const text = `<testcase name="t"><failure>${"\n".repeat(400_000)}</failure></testcase>`;
    const started = performance.now();
    expect(readJUnit(text)).toMatchObject({ ok: true, failed: 1 });
    // Quadratic time was minutes.
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it("keeps 500 failures, each of a length that can be shown", () => {
    const many = `<testsuite>${`<testcase name="t"><failure message="${"x".repeat(9000)}"/></testcase>`.repeat(600)}</testsuite>`;
    const read = readJUnit(many);
    expect(read).toMatchObject({ tests: 600, failed: 600 });
    expect(read.ok && read.failures.length).toBe(500);
    expect(read.ok && read.failures[0]?.message.length).toBe(4000);
  });
});
