/**
 * `${NAME}` and `$NAME` in a Caddyfile. A shell and compose write variables so; Caddy takes the text as it is, and writes
 * `{$NAME}`. Pure.
 */
import { parseJson } from "../../request/json.ts";
import type { Caddyfile, Directive } from "./caddyfile.ts";
import type { CaddyFiles } from "./collect-files.ts";
import type { DraftFinding } from "./finding-writer.ts";
import type { Token } from "./tokens.ts";

/** One variable at one place. */
export interface ShellVariable {
  /** As it is written: `${APP_HOST}`. */
  readonly text: string;
  /** What Caddy makes of it, as a sentence. */
  readonly means: string;
  /** What to write, as a sentence that goes on after other words: `write …`. */
  readonly advice: string;
  /** Path of the file in the container. */
  readonly file: string;
  readonly line: number;
  /** Nothing but a variable can be meant here. */
  readonly certain: boolean;
}

/** `${NAME}`, `${NAME:-default}`, and `$NAME` in capitals: `/$metadata` and `/$RECYCLE.BIN` are paths. */
const VARIABLE =
  /(?<![{$\\])\$(?:\{([A-Za-z_]\w*)(?:(:?[-?+=]|:)([^{}]*))?\}|(?!(?<=\/\$)[A-Z0-9_]+\.)([A-Z_][A-Z0-9_]*))/g;

/** Caddy's short placeholders without a dot (caddyserver.com/docs/caddyfile/concepts#placeholders). */
const PLACEHOLDER =
  /^(client_ip|dir|file|host|hostport|method|orig_(method|uri|path|query|dir|file)|path|(prefixed_)?query|port|remote(_host|_port)?|scheme|tls_\w+|upstream_hostport|uri)$/;

/** Directives whose arguments are hosts, ports, folders or addresses. */
const CERTAIN = new Set(
  (
    "reverse_proxy to php_fastcgi forward_auth root file_server bind default_bind email http_port https_port acme_ca " +
    "default_sni admin tls handle handle_path redir dns acme_dns output dir"
  ).split(" "),
);

/** Directives in which a dollar belongs to a regular expression, a hash, a template, or a text for people. */
const OTHER = new Set(
  (
    "path_regexp header_regexp vars_regexp expression respond error format templates basic_auth basicauth replace " +
    "uri map"
  ).split(" "),
);

/** Every variable of a shell, file by file. */
export function shellVariablesIn(files: readonly Caddyfile[]): ShellVariable[] {
  return files.flatMap((file) => {
    const places = [...file.imports, ...file.blocks.flatMap(({ directives }) => directives)].flatMap(
      placesIn,
    );
    const keys = file.blocks.filter(({ kind }) => kind === "site").flatMap((block) => block.keys);
    return [
      ...keys.flatMap((token) => variablesOf(token, file.path, "certain")),
      ...places.flatMap(({ token, sure }) => variablesOf(token, file.path, sure)),
      ...inJson(file),
    ];
  });
}

/** `uncertain`: only `${NAME}` counts there, and it may be meant as it is written. */
type Sureness = "certain" | "uncertain";

function placesIn(directive: Directive): { token: Token; sure: Sureness }[] {
  const { name, args, block } = directive;
  const isMatcher = name.text.startsWith("@");
  const kind = isMatcher ? (args[0]?.text ?? "") : name.text;
  if (OTHER.has(kind) || args.some(({ text }) => /regexp|^expression$|^\^|\$$/.test(text))) return [];
  // `header_up FIELD REGEXP REPLACEMENT`, where `${name}` is a group of the expression.
  if (/^(request_)?header/.test(kind) && args.length > 2) return [];
  const isCertain = CERTAIN.has(kind) || (isMatcher && kind === "host");
  const places = args.map((token, index) => ({
    token,
    // What follows the file goes into it, or into a snippet.
    sure: isCertain || (kind === "import" && index === 0) ? ("certain" as const) : ("uncertain" as const),
  }));
  return [...places, ...block.flatMap(placesIn)];
}

function variablesOf({ text, line }: Token, file: string, sure: Sureness): ShellVariable[] {
  if (text.includes("\n")) return [];
  return [...text.matchAll(VARIABLE)].flatMap(([written, braced, operator = "", rest = "", bare]) => {
    if (sure === "uncertain" && bare !== undefined) return [];
    const fallback = /^(:|:?-)$/.test(operator) ? `:${rest}` : "";
    const at = { text: written, file, line, certain: sure === "certain" };
    if (braced !== undefined && operator === "" && PLACEHOLDER.test(braced))
      return [
        {
          ...at,
          means: `In \`${written}\` Caddy replaces \`{${braced}}\` and leaves the dollar in front of it.`,
          advice: `write \`{${braced}}\`, which is Caddy's placeholder`,
        },
      ];
    return [
      {
        ...at,
        means: `\`${written}\` is no variable for Caddy, which takes it as it is written. A shell and compose write variables so.`,
        advice: `write \`{$${braced ?? bare}${fallback}}\`, and set the variable in Caddy's container`,
      },
    ];
  });
}

/** In JSON a variable is `{env.NAME}`. */
const IN_JSON = /\$\{([A-Za-z_]\w*)[^{}]*\}|\{\$([A-Za-z_]\w*)[^{}]*\}/g;

function inJson({ path, blocks, text: json, tokens }: Caddyfile): ShellVariable[] {
  if (blocks.length > 0 || !path.endsWith(".json") || !/\$\{|\{\$/.test(json)) return [];
  const meant = addressesIn(parseJson(json));
  return tokens.flatMap(({ text, line }) => {
    if (!meant.has(text)) return [];
    return [...text.matchAll(IN_JSON)].map(([written, shell, caddyfile]) => ({
      text: written,
      means:
        shell === undefined
          ? `\`${written}\` is a variable in a Caddyfile only: in JSON Caddy takes it as it is written.`
          : `\`${written}\` is no variable for Caddy, which takes it as it is written. A shell and compose write variables so.`,
      advice: `write \`{env.${shell ?? caddyfile}}\`, and set the variable in Caddy's container`,
      file: path,
      line,
      certain: true,
    }));
  });
}

/** The texts of a JSON config that are addresses or hosts, with a dollar in them, as JSON writes them. */
function addressesIn(config: unknown): ReadonlySet<string> {
  const found = new Set<string>();
  const take = (value: unknown) => {
    if (typeof value === "string" && value.includes("$")) found.add(JSON.stringify(value).slice(1, -1));
  };
  // Such a config may be nested deeply: nothing here calls itself.
  const left: unknown[] = [config];
  for (let value = left.pop(); value !== undefined; value = left.pop()) {
    if (typeof value !== "object" || value === null) continue;
    for (const [key, inner] of Object.entries(value)) {
      if (/^(dial|host|listen)$/.test(key)) for (const one of [inner].flat()) take(one);
      left.push(inner ?? null);
    }
  }
  return found;
}

/**
 * A finding for each line and variable.
 * @param rendered something of the project replaces variables before Caddy reads the file, perhaps
 */
export function shellVariableFindings({ files, rendered }: CaddyFiles): DraftFinding[] {
  const found = new Map(shellVariablesIn(files).map((one) => [`${one.file} ${one.line} ${one.text}`, one]));
  return [...found.values()].map(({ means, advice, file, line, certain }): DraftFinding => {
    const isCertain = certain && !rendered;
    return {
      id: "caddy.shell-variable",
      level: isCertain ? "WARNING" : "INFO",
      message: means,
      hint: isCertain
        ? `${advice.replace("write", "Write")}.`
        : `If nothing replaces it before Caddy reads the file, ${advice}.`,
      file,
      line,
    };
  });
}
