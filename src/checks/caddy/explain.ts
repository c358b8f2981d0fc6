/** What Caddy's error means for the person who reads it: an id, the likely cause, what to write. Pure. */
import { nearest } from "../../request/problems.ts";
import type { CaddyFiles } from "./collect-files.ts";
import type { DraftFinding } from "./finding-writer.ts";
import { isJsonConfig, lineInJson } from "./json-config.ts";
import { DIRECTIVES, NEWER_DIRECTIVES, OPTIONS, pluginOf, VERSION_1 } from "./known-directives.ts";
import { shellVariablesIn } from "./shell-variables.ts";
import type { CaddyError } from "./validate-output.ts";
import { expand, type VariableState } from "./variables.ts";

/** What is known about the Caddyfile and about the Caddy that read it. */
export interface ErrorContext {
  readonly caddyfile: CaddyFiles;
  readonly states: ReadonlyMap<string, VariableState>;
  /** `2.11.4`. */
  readonly version: string;
  /** The stock image's name; empty when the project's own image was used. */
  readonly stockImage: string;
}

/** Explains the one error that validate ended with. */
export function explain(error: CaddyError, context: ErrorContext): DraftFinding {
  const placed = error.file === "" ? { ...error, ...findPlace(error, context.caddyfile) } : error;
  const { file, line, importChain } = placed;
  const message = placed.message.replace(/(, at offset \d+)?; did you mean to use a config adapter .*$/, "");
  const hint = importChain.length === 0 ? "" : `It was imported by ${importChain.join(", ")}.`;
  const plain: DraftFinding = { id: "caddy.invalid", level: "ERROR", message, hint, file, line };
  for (const explanation of [
    emptyAddress,
    shellVariable,
    unsetVariable,
    missingFile,
    missingImport,
    importCycle,
    unknownDirective,
  ]) {
    const explained = explanation(placed, context);
    if (explained !== undefined) return { ...plain, ...explained };
  }
  return plain;
}

/** A hint, and what else differs from `caddy.invalid` with Caddy's own message and place. */
type Explanation = Pick<DraftFinding, "hint"> & Partial<DraftFinding>;

/**
 * An address from an empty variable. Caddy takes its block for the global options, so its error names a directive
 * that is right.
 */
function emptyAddress({ message }: CaddyError, { caddyfile, states }: ErrorContext): Explanation | undefined {
  const option = /^unrecognized global option: (\S+)$/.exec(message)?.[1];
  if (option === undefined || !DIRECTIVES.includes(option)) return undefined;
  const isEmpty = (text: string) =>
    expand(text, (name, fallback) => (hasNoValue(states.get(name), fallback) ? "" : "x")) === "";
  for (const file of caddyfile.files) {
    for (const { kind, keys } of file.blocks) {
      const key = keys.find(({ text }) => kind === "site" && isEmpty(text));
      if (key === undefined) continue;
      return {
        id: "caddy.empty-address",
        message: `${key.text} is empty, so Caddy reads its block as global options, and there is no global option ${option}.`,
        hint: "Give it a value with `caddy-env`, and in production. Caddy uses a default (`{$NAME:localhost}`) only for a variable that is not set, not for an empty one.",
        file: file.path,
        line: key.line,
      };
    }
  }
  return {
    hint: "A block without an address before its `{` holds the global options. Write the site's address there.",
  };
}

/** A variable of a shell on the line of the error, or in its message, where Caddy may have made it lower case. */
function shellVariable(
  { message, file, line }: CaddyError,
  { caddyfile }: ErrorContext,
): Explanation | undefined {
  const all = shellVariablesIn(caddyfile.files);
  const found =
    all.find((one) => one.file === file && one.line === line) ??
    all.find(({ text }) => message.toLowerCase().includes(text.toLowerCase()));
  return (
    found && {
      id: "caddy.shell-variable",
      // The file that Caddy reads in production may be another one.
      ...(caddyfile.rendered ? { level: "INFO" as const } : {}),
      hint: `${found.means} ${
        caddyfile.rendered
          ? `If nothing replaces it before Caddy reads the file, ${found.advice}`
          : found.advice.replace("write", "Write")
      }.`,
      file: found.file,
      line: found.line,
    }
  );
}

function hasNoValue(state: VariableState | undefined, fallback: string | undefined): boolean {
  return state === "empty" || (state === "unset" && fallback === undefined);
}

/** A variable without a value: on the line of the error, or `{env.NAME}`, which Caddy reads while it loads modules. */
function unsetVariable(
  { message, file, line }: CaddyError,
  { caddyfile, states }: ErrorContext,
): Explanation | undefined {
  const placeholder = /evaluated placeholder \{env\.([^}]+)\} is empty/.exec(message)?.[1];
  const onLine = caddyfile.uses.filter(
    (use) => use.file === file && use.line === line && hasNoValue(states.get(use.name), use.fallback),
  );
  const names = placeholder === undefined ? onLine.map(({ name }) => name) : [placeholder];
  if (names.length === 0) return undefined;
  return {
    id: "caddy.unset-variable",
    hint:
      `${names.join(" and ")} ${names.length === 1 ? "has" : "have"} no value here, which may be the only problem. ` +
      `Give a value that Caddy accepts:\ncaddy-env: |\n${[...new Set(names)].map((name) => `  ${name}=…`).join("\n")}`,
  };
}

/** A certificate or the like, which production has and the check has not. Caddy stops at the first. */
function missingFile({ message, phase }: CaddyError): Explanation | undefined {
  const path = /\b(?:open|stat|lstat) (\/\S+): no such file or directory$/.exec(message)?.[1];
  if (path === undefined || phase !== "provision") return undefined;
  return {
    id: "caddy.missing-file",
    level: "INFO",
    message: `${path} does not exist during the check. Caddy read the Caddyfile without an error and stopped when it tried to load that file.`,
    hint: "It must exist in production. To have the rest checked too, put a file at that path into the project's own Caddy image.",
  };
}

function missingImport({ message }: CaddyError): Explanation | undefined {
  if (!/^file to import not found/i.test(message)) return undefined;
  return {
    id: "caddy.missing-import",
    hint: "An import is relative to the file that it is written in. shipshape takes imported files from the repository; /etc/caddy/… is the Caddyfile's own folder.",
  };
}

/** Caddy names the two files, and no line. */
function importCycle({ message }: CaddyError): Explanation | undefined {
  const first = /^a cycle of imports exists between (\S+) and \S+$/.exec(message)?.[1];
  if (first === undefined) return undefined;
  return {
    file: first,
    hint: "These files import each other, so there is no end to it. Remove one of the imports.",
  };
}

/** A directive, option or module that this Caddy does not have: a plugin's, Caddy 1's, a newer one, or a typo. */
function unknownDirective(error: CaddyError, context: ErrorContext): Explanation | undefined {
  const name = unknownName(error.message);
  if (name === undefined) return undefined;
  const file = context.caddyfile.files.find(({ path }) => path === error.file);
  // Inside another directive Caddy names the line on which that one ends; the name itself is further up.
  const token = file?.tokens.findLast(({ text, line }) => text === name && line <= (error.line ?? 0));
  const place = token === undefined ? {} : { line: token.line };
  return { ...explainName(name, error.message, context), ...place };
}

/** The name that Caddy does not know; undefined when the error is about something else. */
function unknownName(message: string): string | undefined {
  return (
    /^unrecognized (?:directive|global option): (\S+)(?: - are you sure .*)?$/.exec(message)?.[1] ??
    /(?:module not registered|unknown module): (?:http\.handlers\.)?(\S+)$/.exec(message)?.[1] ??
    /^(\S+) is not a registered directive$/.exec(message)?.[1]
  );
}

function explainName(name: string, message: string, context: ErrorContext): Explanation {
  const instead = Object.hasOwn(VERSION_1, name) ? VERSION_1[name] : undefined;
  if (instead !== undefined)
    return {
      id: "caddy.version-1",
      hint: `${name} is a directive of Caddy 1, and this is Caddy ${context.version}. Its replacement: ${instead}. See caddyserver.com/docs/v2-upgrade.`,
    };
  const since = Object.hasOwn(NEWER_DIRECTIVES, name) ? NEWER_DIRECTIVES[name] : undefined;
  if (since !== undefined)
    return {
      hint: `${name} needs Caddy ${since}, and this is ${context.version}. Name the version that production has with \`caddy-image\`.`,
    };
  const plugin = pluginOf(name);
  const known = message.includes("option") ? OPTIONS : DIRECTIVES;
  const similar = plugin === undefined ? nearest(name, known) : undefined;
  if (similar === undefined) return { id: "caddy.missing-plugin", hint: pluginHint(plugin, context) };
  const perhaps =
    context.stockImage === ""
      ? ""
      : " If a plugin adds it, name the Dockerfile of the project's own Caddy image with `caddy-file`.";
  return { hint: `Did you mean \`${similar}\`?${perhaps}` };
}

function pluginHint(plugin: string | undefined, { stockImage }: ErrorContext): string {
  const from = plugin === undefined ? "It may come from a plugin" : `It comes from the plugin ${plugin}`;
  if (stockImage === "")
    return `${from} that the project's Caddy image was not built with (\`xcaddy build --with ${plugin ?? "MODULE"}\`), or it is misspelt.`;
  return (
    `${from}, which ${stockImage} does not have. Name the Dockerfile of the project's own Caddy image with ` +
    "`caddy-file`; one next to the Caddyfile that ends with FROM caddy is found without it. It can be as short as\n" +
    "FROM caddy:2-builder AS builder\n" +
    `RUN xcaddy build --with ${plugin ?? "MODULE"}\n` +
    "FROM caddy:2\n" +
    "COPY --from=builder /usr/bin/caddy /usr/bin/caddy"
  );
}

/** The likely place of an error for which Caddy names none: the last token that the message quotes. */
function findPlace(
  { message }: CaddyError,
  { files, main }: CaddyFiles,
): Pick<DraftFinding, "file" | "line"> {
  const [first] = files;
  if (first !== undefined && isJsonConfig(main))
    return { file: main, line: lineInJson(message.replace(/; did you mean .*$/s, ""), first) };
  const quoted = [...message.matchAll(/[`'"]([^`'"\s]+)[`'"]/g)].map(([, one]) => one);
  const paths = [...message.matchAll(/\s(\/[^\s:]+)/g)].map(([, one]) => one);
  const last = /: (\S+)$/.exec(message)?.[1];
  const placeholder = /(\{env\.[^}]+\})/.exec(message)?.[1];
  for (const word of [last, placeholder, ...paths, ...quoted]) {
    if (word === undefined) continue;
    for (const file of files) {
      const token = file.tokens.findLast(({ text }) => text === word);
      if (token !== undefined) return { file: file.path, line: token.line };
    }
  }
  return { file: "", line: undefined };
}
