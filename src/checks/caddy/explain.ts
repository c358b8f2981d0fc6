/** What Caddy's error means for the person who reads it: an id, the likely cause, what to write. Pure. */
import { nearest } from "../../request/problems.ts";
import type { Caddyfile } from "./caddyfile.ts";
import type { DraftFinding } from "./finding-writer.ts";
import type { Problem } from "./output.ts";
import { expand, type VariableState, type VariableUse } from "./variables.ts";
import { DIRECTIVES, NEWER, OPTIONS, pluginOf, VERSION_1 } from "./words.ts";

/** What is known about the Caddyfile and about the Caddy that read it. */
export interface ErrorContext {
  readonly files: readonly Caddyfile[];
  readonly uses: readonly VariableUse[];
  readonly states: ReadonlyMap<string, VariableState>;
  /** `2.11.4`. */
  readonly version: string;
  /** The stock image's name; empty when the project's own image was used. */
  readonly stockImage: string;
}

/** Explains the one error that validate ended with. */
export function explain(problem: Problem, context: ErrorContext): DraftFinding {
  const placed = { ...problem, ...(problem.file === "" ? sought(problem, context.files) : {}) };
  for (const one of [emptyAddress, unset, missingFile, missingImport, unknownWord]) {
    const explained = one(placed, context);
    if (explained !== undefined)
      return { message: problem.message, file: placed.file, line: placed.line, ...explained };
  }
  const { message, file, line } = placed;
  const hint = problem.chain.length === 0 ? "" : `It was imported by ${problem.chain.join(", ")}.`;
  return { id: "caddy.invalid", level: "ERROR", message, hint, file, line };
}

type Part = Pick<DraftFinding, "id" | "level" | "hint"> & Partial<DraftFinding>;

/** The misleading one: an address that is empty makes its block the global options. */
function emptyAddress({ message }: Problem, { files, states }: ErrorContext): Part | undefined {
  const option = /^unrecognized global option: (\S+)$/.exec(message)?.[1];
  if (option === undefined || !DIRECTIVES.includes(option)) return undefined;
  const isEmpty = (text: string) =>
    expand(text, (name, fallback) => (emptyOrUnset(states.get(name), fallback) ? "" : "x")) === "";
  for (const file of files) {
    for (const { kind, keys } of file.blocks) {
      const key = keys.find(({ text }) => kind === "site" && isEmpty(text));
      if (key === undefined) continue;
      return {
        id: "caddy.empty-address",
        level: "ERROR",
        message: `${key.text} is empty, so its block holds global options for Caddy, which knows none that is called ${option}.`,
        hint: "Give it a value with `caddy-env`, and in production. A default (`{$NAME:localhost}`) is used only where the variable is absent, not where it is empty.",
        file: file.path,
        line: key.line,
      };
    }
  }
  return {
    id: "caddy.invalid",
    level: "ERROR",
    hint: "A block without an address before its `{` holds global options: write the site's address there.",
  };
}

function emptyOrUnset(state: VariableState | undefined, fallback: string | undefined): boolean {
  return state === "empty" || (state === "unset" && fallback === undefined);
}

/** A variable without a value on the line of the error, or one that Caddy asks for while it loads. */
function unset({ message, file, line }: Problem, { uses, states }: ErrorContext): Part | undefined {
  const asked = /evaluated placeholder \{env\.([^}]+)\} is empty/.exec(message)?.[1];
  const here = uses.filter(
    (use) => use.file === file && use.line === line && emptyOrUnset(states.get(use.name), use.fallback),
  );
  const names = asked === undefined ? here.map(({ name }) => name) : [asked];
  if (names.length === 0) return undefined;
  return {
    id: "caddy.unset-variable",
    level: "ERROR",
    hint:
      `${names.join(" and ")} ${names.length === 1 ? "has" : "have"} no value here, which may be all that is wrong. ` +
      `Give one that Caddy accepts:\ncaddy-env: |\n${[...new Set(names)].map((name) => `  ${name}=…`).join("\n")}`,
  };
}

/** Certificates and the like are there in production; Caddy stops at the first that is not here. */
function missingFile({ message, stage }: Problem): Part | undefined {
  const path = /\b(?:open|stat|lstat) (\/\S+): no such file or directory$/.exec(message)?.[1];
  if (path === undefined || stage !== "provision") return undefined;
  return {
    id: "caddy.missing-file",
    level: "INFO",
    message: `${path} is not there during the check. Caddy read the Caddyfile without an error and stopped when it loaded that file.`,
    hint: "It must be there in production. To have what comes after it checked too, put a file into the project's own Caddy image.",
  };
}

function missingImport({ message }: Problem): Part | undefined {
  if (!/^file to import not found/i.test(message)) return undefined;
  return {
    id: "caddy.missing-import",
    level: "ERROR",
    hint: "Imports are relative to the file that they stand in. They are taken from the repository, and /etc/caddy/… from the Caddyfile's own folder.",
  };
}

/** Inside of another directive Caddy names the line where that one ends: the word itself stands before. */
function unknownWord(problem: Problem, context: ErrorContext): Part | undefined {
  const word = wordIn(problem.message);
  if (word === undefined) return undefined;
  const file = context.files.find(({ path }) => path === problem.file);
  const before = file?.tokens.findLast(({ text, line }) => text === word && line <= (problem.line ?? 0));
  return {
    ...meaningOf(word, problem.message, context),
    ...(before === undefined ? {} : { line: before.line }),
  };
}

/** The word that Caddy does not know; undefined when the error is about something else. */
function wordIn(message: string): string | undefined {
  return (
    /^unrecognized (?:directive|global option): (\S+)(?: - are you sure .*)?$/.exec(message)?.[1] ??
    /module not registered: (\S+)$/.exec(message)?.[1] ??
    /^(\S+) is not a registered directive$/.exec(message)?.[1]
  );
}

function meaningOf(word: string, message: string, context: ErrorContext): Part {
  const instead = Object.hasOwn(VERSION_1, word) ? VERSION_1[word] : undefined;
  if (instead !== undefined)
    return {
      id: "caddy.version-1",
      level: "ERROR",
      hint: `${word} is Caddy 1's, and this is Caddy ${context.version}. Now it is ${instead}: see caddyserver.com/docs/v2-upgrade.`,
    };
  const since = Object.hasOwn(NEWER, word) ? NEWER[word] : undefined;
  if (since !== undefined)
    return {
      id: "caddy.invalid",
      level: "ERROR",
      hint: `${word} came with Caddy ${since}, and this is ${context.version}. Use the version that production has: \`caddy-image\`.`,
    };
  const plugin = pluginOf(word);
  const near =
    plugin === undefined ? nearest(word, message.includes("option") ? OPTIONS : DIRECTIVES) : undefined;
  if (near !== undefined)
    return {
      id: "caddy.invalid",
      level: "ERROR",
      hint: `Did you mean \`${near}\`?${perhapsPlugin(context)}`,
    };
  return { id: "caddy.missing-plugin", level: "ERROR", hint: pluginHint(plugin, context) };
}

function perhapsPlugin({ stockImage }: ErrorContext): string {
  return stockImage === ""
    ? ""
    : ` If it is a plugin's, name the project's own Caddy Dockerfile with \`caddy-file\`.`;
}

function pluginHint(plugin: string | undefined, { stockImage }: ErrorContext): string {
  const from = plugin === undefined ? "It may come from a plugin" : `It comes from the plugin ${plugin}`;
  if (stockImage === "")
    return `${from}, which the project's Caddy image was not built with, or it is misspelt. (\`xcaddy build --with ${plugin ?? "MODULE"}\`)`;
  return (
    `${from}, and ${stockImage} has none. Name the project's own Caddy Dockerfile with \`caddy-file\`; one that lies ` +
    "beside the Caddyfile and says FROM caddy is found. It may be as short as\n" +
    "FROM caddy:2-builder AS builder\n" +
    `RUN xcaddy build --with ${plugin ?? "MODULE"}\n` +
    "FROM caddy:2\n" +
    "COPY --from=builder /usr/bin/caddy /usr/bin/caddy"
  );
}

/** The place of an error that Caddy gives none: where the last word of it stands in the files. */
function sought(
  { message }: Problem,
  files: readonly Caddyfile[],
): { readonly file: string; readonly line: number | undefined } {
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
