import { describe, expect, it } from "@jest/globals";
import { readAdapted } from "../../../../src/checks/caddy/adapted.ts";
import { firstDifference } from "../../../../src/checks/caddy/answers.ts";
import { readOutputFiles } from "../../../../src/checks/caddy/output-files.ts";
import { serversOf } from "../../../../src/checks/caddy/routes/servers.ts";
import { compareWithDjango } from "../../../../src/checks/caddy/rules/rules.ts";
import { readError, readValidate } from "../../../../src/checks/caddy/validate-output.ts";
import { thisShop } from "../../samples.ts";

describe("readError reads the errors of Caddy 2.6 and 2.11", () => {
  it.each<[text: string, error: Partial<ReturnType<typeof readError>>]>([
    [
      "adapting config using caddyfile: parsing caddyfile tokens for 'tls': /etc/caddy/Caddyfile:3 - Error during parsing: no such thing",
      { message: "no such thing", file: "/etc/caddy/Caddyfile", line: 3, phase: "adapt" },
    ],
    [
      "adapting config using caddyfile: parsing caddyfile tokens for 'tls': no such thing, at /etc/caddy/Caddyfile:3",
      { message: "no such thing", file: "/etc/caddy/Caddyfile", line: 3, phase: "adapt" },
    ],
    [
      "adapting config using caddyfile: /etc/caddy/a b.caddy:2: unrecognized directive: proxy",
      { message: "unrecognized directive: proxy", file: "/etc/caddy/a b.caddy", line: 2 },
    ],
    [
      "adapting config using caddyfile: oops, at /etc/caddy/Caddyfile:3 import chain ['/etc/caddy/Caddyfile:7 (import a)','/etc/caddy/x:1 (import b)']",
      {
        message: "oops",
        line: 3,
        importChain: ["/etc/caddy/Caddyfile:7 (import a)", "/etc/caddy/x:1 (import b)"],
      },
    ],
    [
      "loading http app module: provision http: getting tls app: loading tls app module: provision tls: loading certificates: open /x: no such file or directory",
      {
        message: "tls: loading certificates: open /x: no such file or directory",
        file: "",
        phase: "provision",
      },
    ],
    ["adapting config using caddyfile: EOF", { message: "EOF", file: "", line: undefined }],
  ])("%s", (text, error) => {
    expect(readError(text)).toMatchObject(error);
  });
});

describe("readValidate", () => {
  it("keeps warnings, except those about formatting, which has its own check", () => {
    const log = [
      '{"level":"info","msg":"using adapter"}',
      '{"level":"warn","msg":"Caddyfile input is not formatted; run the \'caddy fmt\' command","file":"x","line":2}',
      '{"level":"warn","msg":"No files matching","pattern":"a/*"}',
      '{"level":"warn","msg":"Look","file":"/etc/caddy/Caddyfile","line":4}',
      "{broken",
    ];
    expect(readValidate(log.join("\n"), 0)).toEqual({
      error: undefined,
      crash: "",
      warnings: [
        { message: "No files matching (a/*)", file: "", line: undefined },
        { message: "Look", file: "/etc/caddy/Caddyfile", line: 4 },
      ],
    });
  });

  it("reports a panic as a crash", () => {
    expect(readValidate("panic: nil map\n\ngoroutine 1 [running]:\nError: x", 2).crash).toBe(
      "panic: nil map",
    );
    expect(readValidate("", 137).crash).toBe("exit code 137");
  });

  it("reads an error of several lines", () => {
    expect(readValidate('{"level":"info"}\nError: one\ntwo\n', 1).error?.message).toBe("one\ntwo");
  });
});

it.each<[before: string, after: string, line: number | undefined]>([
  ["a\nb\n", "a\nb\n", undefined],
  ["a\n b\n", "a\n\tb\n", 2],
  ["a\n\n\n\nb\n", "a\n\nb\n", 3],
  ["a\n", "a\n\n", 2],
  ["a", "a\n", 1],
])("firstDifference of %j and %j", (before, after, line) => {
  expect(firstDifference(before, after)).toBe(line);
});

describe("readOutputFiles", () => {
  const commands = ["version", "validate", "adapt", "fmt-1"];
  const whole: Record<string, string> = Object.fromEntries(
    commands.flatMap((name) => [
      [`${name}.out`, ""],
      [`${name}.err`, ""],
      [`${name}.code`, "0\n"],
    ]),
  );
  const read = (files: Record<string, string>) => readOutputFiles(async (name) => files[name], ["/a"]);

  it("reads version, formatted files and states", async () => {
    const output = await read({
      ...whole,
      "version.out": "v2.11.4 h1:x\n",
      states: "A set\nB unset\n",
    });
    expect(output).toMatchObject({
      version: "2.11.4",
      formatted: new Map([["/a", ""]]),
      states: new Map([
        ["A", "set"],
        ["B", "unset"],
      ]),
    });
  });

  it("returns nothing when the image has no Caddy", async () => {
    expect(await read({ states: "" })).toBeUndefined();
    expect(await read({ ...whole, "validate.code": "none" })).toBeUndefined();
  });

  it("takes an adapted file that is missing for one that Caddy did not make, as of a JSON config", async () => {
    expect((await read({ ...whole, "adapt.code": "none" }))?.adapt.code).toBe(1);
  });
});

it("readAdapted survives 3,000 nested routes", () => {
  const open = '{"handle":[{"handler":"subroute","routes":[';
  const deep = open.repeat(3000) + "]}]}".repeat(3000);
  expect(() => readAdapted(`{"apps":{"http":{"servers":{"a":{"routes":[${deep}]}}}}}`)).not.toThrow();
});

it("a matcher that is nested too deeply ends nothing", () => {
  const nested = (levels: number) => `${'{"not":['.repeat(levels)}{"path":["/x"]}${"]}".repeat(levels)}`;
  const config = (levels: number) =>
    readAdapted(
      `{"apps":{"http":{"servers":{"a":{"listen":[":443"],"routes":[{"match":[${nested(levels)}],"handle":[{"handler":"reverse_proxy","upstreams":[{"dial":"web:8000"}]}]}]}}}}}`,
    );
  const project = { imagePorts: [8000], services: [], ownCaddy: false, app: "", image: thisShop() };
  const adapted = config(90);
  expect(adapted && compareWithDjango(adapted, {}, project)).toEqual([]);
  expect(config(3000)).toBeUndefined();
});

it("a long list in a matcher is written once, and not for each request", () => {
  let written = 0;
  const ranges = Object.assign(["10.0.0.0/8"], { toJSON: () => `written ${++written} times` });
  const blocked = { match: [{ remote_ip: { ranges } }], handle: [{ handler: "static_response" }] };
  const proxied = { handle: [{ handler: "reverse_proxy", upstreams: [{ dial: "web:8000" }] }] };
  const sites = Array.from({ length: 3 }, (_, index) => ({
    match: [{ host: [`s${index}.acme.com`] }],
    handle: [{ handler: "subroute", routes: [blocked, proxied] }],
    terminal: true,
  }));
  const servers = serversOf({ servers: { a: { listen: [":443"], routes: sites } } });
  const project = { imagePorts: [8000], services: [], ownCaddy: false, app: "", image: thisShop() };
  compareWithDjango(servers, { STATIC_URL: { value: "/static/", supplied: "project" } }, project);
  expect(written).toBe(1);
});

describe("readAdapted survives JSON of any shape", () => {
  it.each([
    "",
    "null",
    "[]",
    "1",
    '{"apps":[]}',
    '{"apps":{"http":{"servers":{"a":null,"b":{"routes":[null,{"handle":[1]}],"listen":7}}}}}',
  ])("%s", (text) => {
    expect(() => readAdapted(text)).not.toThrow();
  });
});
