import { describe, expect, it } from "@jest/globals";
import { painter } from "../../../src/reporters/colours.ts";
import { checkTexts, findingText } from "../../../src/reporters/text.ts";
import { aFinding, aResult } from "../samples.ts";

const [RED, GREEN, YELLOW] = ["\u001b[31m", "\u001b[32m", "\u001b[33m"];

const [PASSED = "", FAILED = ""] = checkTexts([aResult(), aResult({ status: "failed" })]);

describe("the colours", () => {
  it.each([
    [findingText(aFinding({ level: "ERROR" })), `${RED}ERROR\u001b[0m  security.W004`],
    [findingText(aFinding({})), `${YELLOW}WARNING\u001b[0m  security.W004`],
    [findingText(aFinding({ message: "ERRORS of WARNING" })), "  ERRORS of WARNING"],
    [FAILED, `${RED}failed\u001b[0m   system  0 findings`],
    [PASSED, `${GREEN}passed\u001b[0m   system  0 findings`],
    ["Passed. x:build-7 is sha256:a", `${GREEN}Passed.\u001b[0m x:build-7`],
  ])("of %j", (text, part) => expect(painter({})(text)).toContain(part));

  it("are off with NO_COLOR, unless it is empty", () => {
    const text = PASSED;
    expect(painter({ NO_COLOR: "1" })(text)).toBe(text);
    expect(painter({ NO_COLOR: "" })(text)).not.toBe(text);
  });
});
