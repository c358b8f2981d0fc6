import { describe, expect, it } from "@jest/globals";
import { scrubber } from "../../../src/checks/scrub.ts";

describe("the output of a command", () => {
  it.each<[string, Record<string, string>, string, string]>([
    ["a value", { TOKEN: "abc-def" }, "is abc-def.", "is ***."],
    ["a value with characters of patterns", { TOKEN: "a.c(d)[e" }, "a.c(d)[e abcxd", "*** abcxd"],
    ["a value in JSON", { TOKEN: 'say "hello"' }, 'x "say \\"hello\\""', 'x "***"'],
    ["a value in a URL", { TOKEN: "p@ss/word" }, "?t=p%40ss%2Fword", "?t=***"],
    ["a URL's password", { DATABASE_URL: "postgres://u:s3cr3t-1@db/x" }, "password s3cr3t-1", "password ***"],
    [
      "a line of a key",
      { KEY: "-----BEGIN-----\nMIIEvQIBADANBgkqhkiG9w0\n" },
      "got MIIEvQIBADANBgkqhkiG9w0",
      "got ***",
    ],
    ["a value in HTML", { TOKEN: "a<b>&'c'" }, "<p>a&lt;b&gt;&amp;&#x27;c&#x27;", "<p>***"],
    ["a value in XML", { TOKEN: 'a<b>&c"d' }, 'message="a&lt;b&gt;&amp;c"d"', 'message="***"'],
    ["a secret that looks like a path", { API_KEY: "/abc/def" }, "is /abc/def", "is ***"],
    ["random text with a slash before it", { A: "/9sdf7sdf87sdf87sd8f7" }, "/9sdf7sdf87sdf87sd8f7", "***"],
    ["the longer of two values", { A: "secret-1", B: "secret-1-and-2" }, "secret-1-and-2", "***"],
  ])("is scrubbed of %s", (_, env, text, left) => {
    expect(scrubber(new Map(Object.entries(env)))(text)).toBe(left);
  });

  it.each<[string, Record<string, string>, string]>([
    ["short values", { DEBUG: "1", A: "false" }, "1 false"],
    ["common words", { ENV: "production" }, "production"],
    ["paths", { CONFIG: "/app/config.toml" }, "/app/config.toml"],
    ["the settings module", { DJANGO_SETTINGS_MODULE: "shop.settings" }, "shop.settings"],
    ["everything, where nothing was given", {}, "anything"],
  ])("keeps %s", (_, env, text) => expect(scrubber(new Map(Object.entries(env)))(text)).toBe(text));
});
