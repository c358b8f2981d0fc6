/**
 * `${NAME}` and `$NAME` in a Caddyfile. A shell and compose write variables so; Caddy takes the text as it is, and writes
 * `{$NAME}`. Pure.
 */
import type { Caddyfile, Directive } from "./caddyfile.ts";
import type { CaddyFiles } from "./collect-files.ts";
import type { DraftFinding } from "./finding-writer.ts";
import type { Token } from "./tokens.ts";

/** One variable at one place. */
export interface ShellVariable {
  /** As it is written: `${APP_HOST}`. */
  readonly text: string;
  /** As Caddy writes it: `{$APP_HOST}`. */
  readonly instead: string;
  /** Path of the file in the container. */
  readonly file: string;
  readonly line: number;
  /** Nothing but a variable can be meant here. */
  readonly certain: boolean;
}

/** `${NAME}`, `${NAME:-default}`, and `$NAME` in capitals: `/$metadata` is a path. */
const VARIABLE = /(?<![{$\\])\$(?:\{([A-Za-z_]\w*)(?:(:?[-?+=]|:)([^{}]*))?\}|([A-Z_][A-Z0-9_]*))/g;

/** Directives whose arguments are hosts, ports, folders or addresses. */
const CERTAIN = new Set(
  (
    "reverse_proxy to php_fastcgi forward_auth root file_server bind default_bind email http_port https_port acme_ca " +
    "default_sni admin tls handle handle_path redir"
  ).split(" "),
);

/** Directives in which a dollar belongs to a regular expression, a hash, a template, or a text for people. */
const OTHER = new Set(
  (
    "path_regexp header_regexp vars_regexp expression respond error log format templates basic_auth basicauth replace " +
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
  const sure = CERTAIN.has(kind) || (isMatcher && kind === "host") ? "certain" : "uncertain";
  return [...args.map((token) => ({ token, sure }) as const), ...block.flatMap(placesIn)];
}

function variablesOf({ text, line }: Token, file: string, sure: Sureness): ShellVariable[] {
  if (text.includes("\n")) return [];
  return [...text.matchAll(VARIABLE)].flatMap(([written, braced, operator = "", rest = "", bare]) => {
    if (sure === "uncertain" && bare !== undefined) return [];
    const fallback = /^(:|:?-)$/.test(operator) ? `:${rest}` : "";
    const instead = `{$${braced ?? bare}${fallback}}`;
    return [{ text: written, instead, file, line, certain: sure === "certain" }];
  });
}

/** JSON is never searched for `{$NAME}` either: there it is `{env.NAME}`. */
function inJson({ path, blocks, tokens }: Caddyfile): ShellVariable[] {
  if (blocks.length > 0 || !path.endsWith(".json")) return [];
  return tokens.flatMap(({ text, line }, index) => {
    if (!/^(dial|host|listen)$/.test(tokens[index - 1]?.text ?? "")) return [];
    return [...text.matchAll(/\$\{([A-Za-z_]\w*)[^{}]*\}|\{\$([A-Za-z_]\w*)[^{}]*\}/g)].map(
      ([written, shell, caddyfile]) => ({
        ...{ text: written, instead: `{env.${shell ?? caddyfile}}` },
        ...{ file: path, line, certain: true },
      }),
    );
  });
}

/**
 * A finding for each line and variable.
 * @param rendered something of the project replaces variables before Caddy reads the file, perhaps
 */
export function shellVariableFindings({ files, rendered }: CaddyFiles): DraftFinding[] {
  const found = new Map(shellVariablesIn(files).map((one) => [`${one.file} ${one.line} ${one.text}`, one]));
  return [...found.values()].map(({ text, instead, file, line, certain }): DraftFinding => {
    const isCertain = certain && !rendered;
    return {
      id: "caddy.shell-variable",
      level: isCertain ? "WARNING" : "INFO",
      message: `\`${text}\` is no variable for Caddy, which takes it as it is written. A shell and compose write variables so.`,
      hint: `${isCertain ? "Write" : "If nothing replaces it before Caddy reads the file, write"} \`${instead}\`, and set the variable in Caddy's container.`,
      file,
      line,
    };
  });
}
