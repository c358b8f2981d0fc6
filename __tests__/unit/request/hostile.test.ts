import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { forEachOf } from "../random.ts";
import { complaint, folder, INPUTS, runner, sweep } from "./world.ts";

let workspace = "";
beforeAll(() => {
  workspace = folder();
});
afterAll(sweep);

const problem = (inputs: Record<string, string>) => complaint(runner(workspace, inputs));

describe("an unknown input", () => {
  it.each([
    ["chekcs", "`chekcs` is not an input of this action. Did you mean `checks`?"],
    ["build_args", "Did you mean `build-args`?"],
    ["cache-form", "Did you mean `cache-from`?"],
    ["imgae", "Did you mean `image`?"],
    ["banana", "`banana` is not an input of this action."],
    ["x\n::error::y", "`x\\n::error::y` is not an input"],
  ])("%j", (name, sentence) => expect(problem({ [name]: "x" })).toContain(sentence));

  it.each([
    ["outputs", "type=local,dest=x", "before the verdict"],
    ["call", "outline", "no image would be left to check"],
    ["attests", "type=sbom", "Use `provenance` and `sbom`"],
    ["cgroup-parent", "x", "is not offered"],
    ["github-token", "ghp_hunter2", "GIT_AUTH_TOKEN"],
  ])("%s is refused with the reason", (name, value, sentence) => {
    const message = problem({ [name]: value });
    expect(message).toMatch(new RegExp(`^\`${name}\` is not offered: `));
    expect(message).toContain(sentence);
    expect(message).not.toContain(value);
  });

  it("is allowed to be empty if it is one of docker/build-push-action's", () =>
    expect(problem({ outputs: "" })).toBe(""));
});

describe("hostile values", () => {
  const HOSTILE = [
    "${jndi:ldap://x}",
    "%{ if true }x%{ endif }",
    "$(id)",
    "`id`",
    "'; id; '",
    '"',
    "\\",
    "::set-output name=digest::x",
    "-rf",
    "a\n::add-mask::b",
    "a\0b",
    "\u001b[2J",
    "../../../etc/passwd",
    "__proto__",
    "x".repeat(10_000),
  ];

  it("are taken as they stand, or refused with a sentence without control characters, in every input", () => {
    const rows = INPUTS.flatMap((name) => HOSTILE.map((value) => ({ [name]: value })));
    forEachOf(rows, (inputs) => {
      const message = problem(inputs);
      expect(message).not.toMatch(/^::/m);
      expect(message).not.toMatch(/[\0\u001b]/);
      expect(message.length).toBeLessThan(1000);
    });
  });

  const NAMES = "target builder tag app image file context platforms network python".split(" ");
  const FOR_NAMES = [
    "--help",
    '${upper("x")}',
    "$(touch PWNED)",
    "x\n::set-output name=digest::forged",
    "../../../../etc/passwd",
    "'\"; touch PWNED #",
  ];
  const named = NAMES.flatMap((name) => FOR_NAMES.map((value) => [name, value] as const))
    // A Dockerfile may be outside the workspace. What the builder says of this one is in __tests__/e2e/hostile.test.ts.
    .filter(([name, value]) => name !== "file" || !value.endsWith("passwd"));

  it.each([
    ...named,
    // Only the probe looks at these two, so __tests__/probe has the other values.
    ["settings", "x\n::set-output name=digest::forged"] as const,
    ["manage", "x\n::set-output name=digest::forged"] as const,
  ])("are refused where the input names something: %s %j", (name, value) => {
    const message = problem({ [name]: value });
    expect(message).toContain(name);
    expect(message).not.toMatch(/^::/m);
  });

  it("with a NUL are refused in every input", () => {
    forEachOf(INPUTS, (name) => {
      expect(problem({ [name]: "a\0b" })).toContain(`\`${name}\` has a NUL character`);
    });
  });
});
