import { describe, expect, it } from "@jest/globals";
import {
  attributes,
  bakeArgs,
  escapeHcl,
  isInline,
  renderBakeFile,
  type Solve,
} from "../../../src/docker/bake.ts";
import { forEachOf, randomStrings } from "../random.ts";

/**
 * HCL's own reading of a quoted template, without evaluation: `$${` is the text `${`, `%%{` is `%{`, and a
 * bare `${` or `%{` would be evaluated.
 * @throws when there is something to evaluate
 */
function readTemplate(template: string): string {
  let text = "";
  for (let at = 0; at < template.length; at++) {
    const sign = template.charAt(at);
    if (sign !== "$" && sign !== "%") {
      text += sign;
      continue;
    }
    let end = at;
    while (template.charAt(end) === sign) end++;
    const signs = end - at;
    const isBrace = template.charAt(end) === "{";
    if (isBrace && signs === 1) throw new Error(`evaluated at ${at}: ${template}`);
    text += sign.repeat(isBrace ? signs - 1 : signs);
    at = end - 1;
  }
  return text;
}

function readAll(value: unknown): unknown {
  if (typeof value === "string") return readTemplate(value);
  if (Array.isArray(value)) return value.map(readAll);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [readTemplate(key), readAll(item)]));
}

/** What bake makes of the file. */
function asBakeReadsIt(file: Solve["file"]): unknown {
  return readAll(JSON.parse(renderBakeFile(file)));
}

describe("the escape of one string", () => {
  it.each([
    ["nothing special", "nothing special"],
    ["", ""],
    ["${FOO}", "$${FOO}"],
    ["%{ if true }yes%{ endif }", "%%{ if true }yes%%{ endif }"],
    ['${upper("abc")}', '$${upper("abc")}'],
    ["${target.t.context}", "$${target.t.context}"],
    ["a${b}c${d}", "a$${b}c$${d}"],
    ["$${already}", "$$${already}"],
    ["%%{already}", "%%%{already}"],
    ["${${nested}}", "$${$${nested}}"],
    ["${~ strip ~}", "$${~ strip ~}"],
    ["$FOO", "$FOO"],
    ["$$", "$$"],
    ["$", "$"],
    ["100%", "100%"],
    ["{}", "{}"],
    ["$ {", "$ {"],
    ["\\${x}", "\\$${x}"],
    ["line\n${x}", "line\n$${x}"],
    ["$&$1$`$'", "$&$1$`$'"],
  ])("%j becomes %j", (text, escaped) => {
    expect(escapeHcl(text)).toBe(escaped);
    expect(readTemplate(escaped)).toBe(text);
  });
});

describe("the bake file", () => {
  const hostile = randomStrings(500, ["$", "%", "{", "}", "~", '"', "\\", "\n", "a", "${", "%{"]);

  it("comes back from HCL as it was, also with hostile strings", () => {
    forEachOf(hostile, (text) => {
      const file: Solve["file"] = {
        target: {
          image: {
            args: { A: text, [`K${text}`]: "key" },
            labels: { [text]: text },
            contexts: { base: text },
            annotations: [text, `x=${text}`],
            secret: [text],
            output: [text],
            "dockerfile-inline": text,
          },
        },
      };
      expect(asBakeReadsIt(file)).toEqual(file);
    });
  });

  it("escapes keys as well as values", () => {
    const text = renderBakeFile({ target: { image: { labels: { "${A}": "%{B}" } } } });
    expect(JSON.parse(text)).toEqual({ target: { image: { labels: { "$${A}": "%%{B}" } } } });
  });

  it("leaves flags and lists what they are", () => {
    const file = { target: { image: { pull: true, "no-cache": false, ssh: [], allow: ["a", "b"] } } };
    expect(JSON.parse(renderBakeFile(file))).toEqual(file);
  });

  it("declares no variables, so that none of the environment is seen", () => {
    expect(Object.keys(JSON.parse(renderBakeFile({ target: { image: {} } })) as object)).toEqual(["target"]);
  });

  it("stands on many lines, because an error of bake quotes the offending one", () => {
    const text = renderBakeFile({ target: { image: { args: { A: "one", B: "two" } } } });
    expect(text.split("\n").filter((line) => line.includes("one"))).toEqual(['    "A": "one",']);
    expect(text.endsWith("}\n")).toBe(true);
  });

  it("keeps a key that JavaScript takes for something else", () => {
    const labels = Object.fromEntries([
      ["__proto__", "a"],
      ["constructor", "b"],
    ]);
    const text = renderBakeFile({ target: { image: { labels } } });
    expect(text).toContain('"__proto__": "a"');
    expect(text).toContain('"constructor": "b"');
  });
});

describe("attributes", () => {
  it.each([
    [{}, ""],
    [{ type: "local", dest: "/tmp/report" }, "type=local,dest=/tmp/report"],
    [{ type: "local", dest: "/tmp/a,b" }, 'type=local,"dest=/tmp/a,b"'],
    [{ dest: 'a"b' }, '"dest=a""b"'],
    [{ dest: "a\nb" }, '"dest=a\nb"'],
    [{ dest: "a b" }, "dest=a b"],
    [{ a: "", b: "x=y" }, "a=,b=x=y"],
  ])("%j are the record %j", (pairs, record) =>
    expect(attributes(pairs as Record<string, string>)).toBe(record),
  );
});

describe("the arguments of a solve", () => {
  const files = { file: "/w/bake.json", metadataFile: "/w/metadata.json", builder: "cont" };
  const common = [
    ...["bake", "--file", "/w/bake.json", "--builder", "cont"],
    ...["--progress", "rawjson", "--metadata-file", "/w/metadata.json"],
  ];

  it.each<[string, readonly string[], readonly string[], readonly string[]]>([
    ["its targets", [], ["image", "image-linux-arm64"], ["image", "image-linux-arm64"]],
    [
      "what the workflow allows",
      ["network.host", "security.insecure"],
      ["image"],
      ["--allow", "network.host", "--allow", "security.insecure", "image"],
    ],
  ])("name %s", (_, allow, targets, args) =>
    expect(bakeArgs({ allow, targets }, files)).toEqual([...common, ...args]),
  );

  it("have no secret in them", () => {
    const secrets = new Map([["A", "hush"]]);
    const solve = { allow: [], targets: ["image"], secrets, file: { target: {} } };
    expect(bakeArgs(solve, files).join(" ")).not.toMatch(/hush|A=/);
  });
});

it.each([
  ["type=inline", true],
  ["mode=max,type=inline", true],
  ["mode=max, type=inline", true],
  ["type=registry,ref=a/b:inline", false],
  ["type=inlined", false],
  ["a/b:type=inline", false],
])("%s puts the cache into the image: %p", (entry, inline) => expect(isInline(entry)).toBe(inline));
