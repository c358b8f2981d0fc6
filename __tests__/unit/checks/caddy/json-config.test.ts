/** Caddy's JSON: its place in the container, and the lines of Caddy's errors (as Caddy 2.6.2 and 2.11.4 print them). */
import { describe, expect, it } from "@jest/globals";
import { readCaddyOutput } from "../../../../src/checks/caddy/answers.ts";
import { collectFiles, contextFiles } from "../../../../src/checks/caddy/collect-files.ts";
import { lineInJson, parseJsonConfig } from "../../../../src/checks/caddy/json-config.ts";
import { thisShop } from "../../samples.ts";
import { shownFindings } from "./golden-answers.ts";
import { production } from "./goldens.ts";

const GOOD = `{
	"apps": {
		"http": {
			"servers": {
				"main": {
					"listen": [":443"],
					"routes": [
						{
							"match": [{"host": ["shop.example.org"]}],
							"handle": [{"handler": "reverse_proxy", "upstreams": [{"dial": "web:8000"}]}]
						}
					]
				}
			}
		}
	}
}
`;

function filesOf(text: string) {
  const repository = { read: () => Promise.resolve(text), match: () => Promise.resolve([]) };
  return collectFiles({ path: "caddy/caddy.json", named: true, others: [] }, new Map(), repository);
}

async function answers(text: string, error = "", settings = production()) {
  const output = {
    version: "2.11.4",
    validate: { out: "", err: error === "" ? "" : `Error: ${error}\n`, code: error === "" ? 0 : 1 },
    adapt: { out: "", err: "", code: 1 },
    formatted: new Map(),
    states: new Map(),
  };
  const options = {
    checks: ["caddy", "caddy-format", "hosts"],
    stockImage: "caddy:2",
    scrub: (one: string) => one,
  };
  const read = readCaddyOutput(output, await filesOf(text), options, { seconds: 0, cached: false });
  const project = {
    imagePorts: [8000],
    services: [],
    ownCaddy: false,
    app: "shop",
    image: thisShop(),
  };
  return [...read.answers, read.answerHosts(settings, project)];
}

describe("a JSON config", () => {
  it("is put into the container as JSON, and is neither formatted nor searched for `{$NAME}`", async () => {
    expect(Object.fromEntries(contextFiles(await filesOf('{"a": "{$X}"}')))).toEqual({
      "caddyfiles/etc/caddy/caddy.json": '{"a": "{$X}"}',
      "asked/variables": "",
      "asked/stand-ins": "",
      "asked/files": "",
    });
  });

  it("passes when it is valid, and `caddy-format` has nothing to say", async () => {
    const [caddy, format, hosts] = await answers(GOOD);
    expect(caddy?.findings).toEqual([]);
    expect(format).toMatchObject({
      findings: [],
      skipped: "`caddy fmt` formats Caddyfiles, and this is JSON",
    });
    expect(hosts).toMatchObject({ findings: [], reason: "" });
    expect(hosts?.skipped ?? "").toBe("");
  });

  it("is compared with the settings, and a finding has its line", async () => {
    const [, , hosts] = await answers(GOOD, "", production({ ALLOWED_HOSTS: ["store.example.org"] }));
    expect(hosts && shownFindings(hosts)).toEqual(["WARNING hosts.not-allowed caddy/caddy.json:9"]);
  });

  it("that Caddy rejects is compared with nothing", async () => {
    const [, , hosts] = await answers(GOOD, "loading http app module: x");
    expect(hosts?.skipped).toContain("there is nothing to compare");
  });

  it.each<[what: string, json: string, error: string, findings: string[], message: RegExp]>([
    [
      "a comma too many",
      GOOD.replace('"listen"', ',"listen"'),
      "config is not valid JSON: invalid character ',' looking for beginning of object key string, at offset 70; did you mean to use a config adapter (the --adapter flag)?",
      ["ERROR caddy.invalid caddy/caddy.json:6"],
      /^config is not valid JSON: invalid character ',' looking for beginning of object key string\n/,
    ],
    [
      "an end that is missing",
      '{\n "apps": {\n',
      "config is not valid JSON: unexpected end of JSON input, at offset 13; did you mean to use a config adapter (the --adapter flag)?",
      ["ERROR caddy.invalid caddy/caddy.json:2"],
      /unexpected end/,
    ],
    [
      "the same in Caddy 2.6, which names no place",
      "{",
      "decoding config: unexpected end of JSON input",
      ["ERROR caddy.invalid caddy/caddy.json"],
      /unexpected end/,
    ],
    [
      "a handler that is misspelt",
      GOOD.replace("reverse_proxy", "revers_proxy"),
      "loading http app module: provision http: server main: setting up route handlers: route 0: loading handler modules: position 0: loading module 'revers_proxy': unknown module: http.handlers.revers_proxy",
      ["ERROR caddy.invalid caddy/caddy.json:10"],
      /Did you mean `reverse_proxy`/,
    ],
    [
      "a field that is misspelt",
      GOOD.replace("upstreams", "upstreamz"),
      "loading http app module: provision http: server main: setting up route handlers: route 0: loading handler modules: position 0: loading module 'reverse_proxy': decoding module config: http.handlers.reverse_proxy: json: unknown field \"upstreamz\"",
      ["ERROR caddy.invalid caddy/caddy.json:10"],
      /unknown field "upstreamz"/,
    ],
    [
      "a value of another type",
      GOOD.replace('[":443"]', '":443"'),
      "loading http app module: decoding module config: http: json: cannot unmarshal string into Go struct field Server.servers.listen of type []string",
      ["ERROR caddy.invalid caddy/caddy.json:6"],
      /cannot unmarshal string/,
    ],
    [
      "an app that no Caddy has",
      GOOD.replace('"http"', '"htttp"'),
      "loading htttp app module: unknown module: htttp",
      ["ERROR caddy.missing-plugin caddy/caddy.json:3"],
      /unknown module: htttp/,
    ],
    [
      "a plugin's handler",
      GOOD.replace("reverse_proxy", "rate_limit"),
      "loading http app module: provision http: loading handler modules: position 0: loading module 'rate_limit': unknown module: http.handlers.rate_limit",
      ["ERROR caddy.missing-plugin caddy/caddy.json:10"],
      /github\.com\/mholt\/caddy-ratelimit/,
    ],
    [
      "a list",
      "[]",
      "decoding config: json: cannot unmarshal array into Go value of type caddy.Config",
      ["ERROR caddy.invalid caddy/caddy.json"],
      /cannot unmarshal array/,
    ],
  ])("has the line of an error: %s", async (_, json, error, findings, message) => {
    const [caddy] = await answers(json, error);
    expect(caddy && shownFindings(caddy)).toEqual(findings);
    expect(`${caddy?.findings[0]?.message}\n${caddy?.findings[0]?.hint}`).toMatch(message);
  });

  it("names no line where the words of the message are at several places", () => {
    const config = parseJsonConfig('{"a": {"x": 1},\n"b": {"x": 2}}');
    expect(lineInJson('json: unknown field "x"', config)).toBeUndefined();
    expect(lineInJson('json: unknown field "b"', config)).toBe(2);
  });

  it.each([
    [
      "routes",
      `{"apps":{"http":{"servers":{"s":{"routes":[${'{"match":[{"host":["a.org"]}],"handle":[{"handler":"reverse_proxy","upstreams":[{"dial":"web:8000"}]}]},'.repeat(20_000)}{}]}}}}}`,
    ],
    ["one text", `{"apps":{"x":"${"y".repeat(10_000_000)}"}}`],
    ["quotes that are never closed", `{"${'\\"'.repeat(5_000_000)}`],
    ["depth", `${'{"a":'.repeat(2_000_000)}1${"}".repeat(2_000_000)}`],
  ])(
    "of many megabytes has an answer: %s",
    async (_, json) => {
      const started = Date.now();
      const [caddy, , hosts] = await answers(json);
      expect(caddy?.findings).toEqual([]);
      expect(hosts?.name).toBe("hosts");
      expect(Date.now() - started).toBeLessThan(60_000);
    },
    90_000,
  );
});
