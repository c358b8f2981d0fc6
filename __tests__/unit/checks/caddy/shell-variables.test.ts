/** `${NAME}` and `$NAME` in Caddyfiles. Forms as in the projects and reports that are named. */
import { describe, expect, it } from "@jest/globals";
import { type CaddyFiles, collectFiles } from "../../../../src/checks/caddy/collect-files.ts";
import { explain } from "../../../../src/checks/caddy/explain.ts";
import { shellVariableFindings } from "../../../../src/checks/caddy/shell-variables.ts";

function filesOf(text: string, path = "Caddyfile"): Promise<CaddyFiles> {
  const repository = { read: () => Promise.resolve(text), match: () => Promise.resolve([]) };
  return collectFiles({ path, named: true, others: [] }, new Map(), repository);
}

async function reported(text: string, path = "Caddyfile"): Promise<string[]> {
  return shellVariableFindings(await filesOf(text, path)).map(
    ({ level, line, message, hint }) =>
      `${level} ${line} ${/`[^`]+`/.exec(message)?.[0]} ${/`[^`]+`/.exec(hint)?.[0]}`,
  );
}

const site = (...lines: readonly string[]) => `a.org {\n${lines.map((line) => `\t${line}\n`).join("")}}\n`;

describe("a variable as a shell writes it", () => {
  it.each<[what: string, text: string, findings: string[]]>([
    ["an upstream", site("reverse_proxy ${APP_HOST}:8000"), ["WARNING 2 `${APP_HOST}` `{$APP_HOST}`"]],
    // mathesar-foundation/mathesar #4504: the documented Caddyfile has ${DOMAIN_NAME}.
    [
      "an address",
      "${DOMAIN_NAME} {\n\treverse_proxy web:8000\n}\n",
      ["WARNING 1 `${DOMAIN_NAME}` `{$DOMAIN_NAME}`"],
    ],
    [
      "a part of an address",
      "www.${DOMAIN}, $DOMAIN:443 {\n}\n",
      ["WARNING 1 `${DOMAIN}` `{$DOMAIN}`", "WARNING 1 `$DOMAIN` `{$DOMAIN}`"],
    ],
    // maelgangloff/domain-watchdog #45: ${SERVER_NAME::80}.
    [
      "Caddy's default in a shell's braces",
      "${SERVER_NAME::80} {\n}\n",
      ["WARNING 1 `${SERVER_NAME::80}` `{$SERVER_NAME::80}`"],
    ],
    // Appsilon/mediforce #1198: `:-` of a shell.
    [
      "a shell's default",
      site("reverse_proxy web:${PORT:-8000}"),
      ["WARNING 2 `${PORT:-8000}` `{$PORT:8000}`"],
    ],
    ["a required variable", site("reverse_proxy ${UPSTREAM:?not set}"), []],
    [
      "a required variable without blanks",
      site("reverse_proxy ${UPSTREAM:?}"),
      ["WARNING 2 `${UPSTREAM:?}` `{$UPSTREAM}`"],
    ],
    [
      "an upstream without braces",
      site("reverse_proxy $APP_HOST:$APP_PORT"),
      ["WARNING 2 `$APP_HOST` `{$APP_HOST}`", "WARNING 2 `$APP_PORT` `{$APP_PORT}`"],
    ],
    ["in quotes", site('reverse_proxy "${APP_HOST}:8000"'), ["WARNING 2 `${APP_HOST}` `{$APP_HOST}`"]],
    [
      "an upstream in a block",
      site("reverse_proxy {", "\tto ${A}:80 ${B}:80", "}"),
      ["WARNING 3 `${A}` `{$A}`", "WARNING 3 `${B}` `{$B}`"],
    ],
    // techknowlogick/caddy-s3browser #86: global options.
    [
      "global options",
      "{\n\temail ${ACME_EMAIL}\n}\n:80 {\n}\n",
      ["WARNING 2 `${ACME_EMAIL}` `{$ACME_EMAIL}`"],
    ],
    [
      "a folder",
      site("root * ${STATIC_ROOT}", "file_server"),
      ["WARNING 2 `${STATIC_ROOT}` `{$STATIC_ROOT}`"],
    ],
    ["a redirect", site("redir https://${DOMAIN}{uri}"), ["WARNING 2 `${DOMAIN}` `{$DOMAIN}`"]],
    [
      "a matcher of hosts",
      site("@a host ${DOMAIN}", "respond @a 200"),
      ["WARNING 2 `${DOMAIN}` `{$DOMAIN}`"],
    ],
    ["in a snippet", "(p) {\n\treverse_proxy ${A}:80\n}\n", ["WARNING 2 `${A}` `{$A}`"]],
    ["twice on one line", site("reverse_proxy ${A}:80 ${A}:81"), ["WARNING 2 `${A}` `{$A}`"]],
    [
      "the value of a header, which may be meant",
      site("header X-Version ${VERSION}"),
      ["INFO 2 `${VERSION}` `{$VERSION}`"],
    ],
    [
      "a token for a DNS challenge",
      site("tls {", "\tdns cloudflare ${CF_TOKEN}", "}"),
      ["WARNING 3 `${CF_TOKEN}` `{$CF_TOKEN}`"],
    ],
    [
      "a log's file",
      site("log {", "\toutput file ${LOG}", "\tformat filter ${X}", "}"),
      ["WARNING 3 `${LOG}` `{$LOG}`"],
    ],
    ["an imported file", "import $FILE\n", ["WARNING 1 `$FILE` `{$FILE}`"]],
    ["an imported file of a site", site("import sites/${NAME}"), ["WARNING 2 `${NAME}` `{$NAME}`"]],
    ["an argument of an import", site("import snippet ${NAME}"), ["INFO 2 `${NAME}` `{$NAME}`"]],
    ["Caddy's placeholder", site("redir https://www.a.org${uri}"), ["WARNING 2 `${uri}` `{uri}`"]],
    [
      "a name like a placeholder's, with a default",
      site("reverse_proxy ${host:-web}:80"),
      ["WARNING 2 `${host:-web}` `{$host:web}`"],
    ],
    ["a directive of a plugin", site("authorize with ${POLICY}"), ["INFO 2 `${POLICY}` `{$POLICY}`"]],
  ])("%s", async (_, text, findings) => expect(await reported(text)).toEqual(findings));

  it.each<[what: string, text: string]>([
    ["Caddy's own form", site("reverse_proxy {$APP_HOST}:{$PORT:8000}")],
    ["a placeholder", site("reverse_proxy {env.APP_HOST}:8000")],
    ["a comment", `# \${DOMAIN}\n${site("reverse_proxy web:8000 # ${X}")}`],
    ["a regular expression", site("@old path_regexp ^/old/(.*)$", "redir @old /new/{re.1}")],
    ["a named expression", site("@old path_regexp name \\.php$", "respond @old 404")],
    ["an expression of headers", site("@bot header_regexp User-Agent (bot|$BOT)$", "respond @bot 403")],
    ["a matcher in a block", site("@old {", "\tpath_regexp ^/${X}$", "}", "respond @old 410")],
    ["groups of a replacement", site("header Location http://(.*)$ https://${host}")],
    ["a group of `uri`", site("uri path_regexp /v(?P<n>.)/ /${n}/")],
    ["an answer's text", site('respond "costs ${AMOUNT}"')],
    ["a heredoc", site("respond <<HTML", "\t<p>${NAME}</p>", "\tHTML 200")],
    ["a log", site("log {", "\tformat filter ${X}", "}")],
    [
      "a hash of a password",
      site(
        "basic_auth {",
        "\tada $2a$14$Zkx19XLiW6VYouLHR5NmfOFU0z2GTNmpkT/5qqR7hx4IjWJPDhjvG",
        "\tbob $argon2id$V=19$m=65536",
        "}",
      ),
    ],
    // A blocklist of bots.
    ["a folder of Windows", site("handle /$RECYCLE.BIN/* {", "\trespond 404", "}")],
    ["a path of OData", site("handle /api/$metadata {", "\treverse_proxy web:8000", "}")],
    ["a path with a dollar in another case", site("reverse_proxy /$count* web:8000")],
    ["a template", site("templates", 'respond `{{ $NAME := "x" }}`')],
    ["an escaped dollar", site("root * /srv/\\$ROOT")],
    ["a variable of GitHub's", site("reverse_proxy ${{ vars.HOST }}")],
    ["an expression in CEL", site('@a expression `{host} == "${X}"`', "respond @a 200")],
  ])("not: %s", async (_, text) => expect(await reported(text)).toEqual([]));

  it("is INFO in a template, which something else makes a Caddyfile of", async () => {
    expect(await reported(site("reverse_proxy ${A}:80"), "Caddyfile.tmpl")).toEqual(["INFO 2 `${A}` `{$A}`"]);
  });

  it("is a placeholder in JSON, where Caddy reads no variable of a Caddyfile either", async () => {
    const json =
      '{\n"apps": {"http": {"x": [\n{"dial": "${APP_HOST}:8000"},\n{"dial": "{$APP:web}:8000"},\n{"body": "${X}"}]}}}';
    expect(await reported(json, "caddy.json")).toEqual([
      "WARNING 3 `${APP_HOST}` `{env.APP_HOST}`",
      "WARNING 4 `{$APP:web}` `{env.APP}`",
    ]);
  });

  it("is found in each text of a list in JSON, and nowhere else", async () => {
    const json =
      '{"apps": {"x": [{"host": ["a.org",\n"${B}"], "not": {"body": "${C}"}}, {"listen": [":${D}"]}]}}';
    expect(await reported(json, "caddy.json")).toEqual([
      "WARNING 2 `${B}` `{env.B}`",
      "WARNING 2 `${D}` `{env.D}`",
    ]);
  });

  it("is reported in JSON as the form of a Caddyfile", async () => {
    const files = await filesOf('{"a": [{"dial": "${A}:80"}, {"dial": "{$B}:80"}]}', "caddy.json");
    expect(shellVariableFindings(files).map(({ message }) => message)).toEqual([
      expect.stringContaining("A shell and compose write variables so."),
      expect.stringContaining("is a variable in a Caddyfile only"),
    ]);
  });

  it("says of a placeholder what Caddy does", async () => {
    const [found] = shellVariableFindings(await filesOf(site("redir https://www.a.org${uri}")));
    expect(found?.message).toContain("Caddy replaces `{uri}` and leaves the dollar");
    expect(found?.hint).toBe("Write `{uri}`, which is Caddy's placeholder.");
  });

  it("is INFO where something in the checkout may render the file", async () => {
    const files = { ...(await filesOf(site("reverse_proxy ${A}:80"))), rendered: true };
    expect(shellVariableFindings(files)).toMatchObject([{ level: "INFO" }]);
    const error = {
      message: "x ${A}:80",
      file: "/etc/caddy/Caddyfile",
      line: 2,
      importChain: [],
      phase: "adapt",
    };
    const states = new Map();
    const explained = (caddyfile: CaddyFiles) =>
      explain(error as never, { caddyfile, states, version: "2.11.4", stockImage: "caddy:2" });
    expect(explained(files)).toMatchObject({ id: "caddy.shell-variable", level: "INFO" });
    expect(explained({ ...files, rendered: false })).toMatchObject({ level: "ERROR" });
  });
});
