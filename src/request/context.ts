/** Where the files of the build are: its context, its Dockerfile and its additional contexts. */
import { existsSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { parseList } from "./lists.ts";
import { show } from "./problems.ts";
import { type Reader, variableOf } from "./reader.ts";

export interface Context {
  readonly context: string;
  readonly contextIsRemote: boolean;
  readonly file: string;
  readonly fileShown: string;
}

const DOCKERFILE = "Dockerfile";
const REMOTE = /^(https?|git|ssh):\/\/|^github\.com\/|^[\w.-]+@[\w.-]+:/i;
/** Sources of `build-contexts` that are not folders. */
const NAMED_SOURCE = /^(docker-image|oci-layout|https?|git|ssh):\/\/|^github\.com\/|^[\w.-]+@[\w.-]+:/i;

/** The absolute path of the workspace; the current folder when GITHUB_WORKSPACE is not set. */
export function workspaceOf(env: NodeJS.ProcessEnv): string {
  return path.resolve(env.GITHUB_WORKSPACE || ".");
}

/** Whether a context is a URL. As in buildx, an existing folder of that name is taken instead. */
export function isRemote(context: string, workspace: string): boolean {
  return REMOTE.test(context) && !isFolder(path.resolve(workspace, context));
}

/** Whether a source of `build-contexts` is a folder of this machine. */
export function isLocalSource(source: string, workspace: string): boolean {
  return !NAMED_SOURCE.test(source) || isFolder(path.resolve(workspace, source));
}

/**
 * The folders that the build will read: the context first, then those of the Dockerfile, of Caddy and of
 * `build-contexts`. This is called before the inputs are validated, because git's facts about each folder decide
 * whether this event may build anything.
 */
export function foldersOf(env: NodeJS.ProcessEnv): readonly string[] {
  const workspace = workspaceOf(env);
  const given = (input: string) => (env[variableOf(input)] ?? "").trim();
  const context = given("context") || ".";
  const file = given("file");
  const caddy = [
    ...["caddyfile", "caddy-file"].map((input) => path.dirname(given(input) || "/")),
    given("caddy-context") || "/",
  ].filter((folder) => folder !== "/");
  const contexts = parseList(given("build-contexts"), { ignoreComma: true });
  const sources = "value" in contexts ? contexts.value.map((item) => item.slice(item.indexOf("=") + 1)) : [];
  const local = isRemote(context, workspace)
    ? []
    : [context, ...(file === "" ? [] : [path.dirname(path.resolve(workspace, file))])];
  const folders = [...local, ...caddy, ...sources.filter((source) => isLocalSource(source, workspace))]
    .map((folder) => path.resolve(workspace, folder))
    .map((folder) => (isFolder(folder) ? folder : workspace));
  return [...new Set(folders)];
}

/** Reads `context` and `file`. */
export function readContext(reader: Reader, workspace: string): Context {
  const context = reader.text("context") || ".";
  const file = reader.text("file");
  const wrong = contextProblem(context) ?? fileProblem(file);
  if (wrong !== undefined) reader.problems.add(wrong.input, wrong.sentence);
  else if (isRemote(context, workspace)) {
    const inside = file || DOCKERFILE;
    return { context, contextIsRemote: true, file: inside, fileShown: inside };
  }
  const folder = path.resolve(workspace, context);
  const found = path.resolve(workspace, file || path.join(context, DOCKERFILE));
  if (wrong === undefined) noteMissing(reader, { context, folder, file, found, workspace });
  return { context: folder, contextIsRemote: false, file: found, fileShown: shown(found, workspace) };
}

type Wrong = { readonly input: string; readonly sentence: string } | undefined;

function contextProblem(context: string): Wrong {
  const wrong = (sentence: string) => ({ input: "context", sentence });
  if (context === "-") return wrong('"-" is standard input, which a step does not have. Give a folder.');
  if (context.includes("{{"))
    return wrong(
      `${show(context)} is a template of docker/build-push-action. Here the default is the checkout: give a folder in it or a URL.`,
    );
  return hasControls(context)
    ? wrong(`${show(context)} has a control character in it. Give one folder or one URL.`)
    : undefined;
}

function fileProblem(file: string): Wrong {
  const wrong = (sentence: string) => ({ input: "file", sentence });
  if (file === "-") return wrong('"-" is standard input, which a step does not have. Give a path.');
  return hasControls(file) ? wrong(`${show(file)} has a control character in it. Give one path.`) : undefined;
}

interface Sought {
  readonly context: string;
  readonly folder: string;
  /** As written; empty for the default. */
  readonly file: string;
  readonly found: string;
  readonly workspace: string;
}

function noteMissing(reader: Reader, sought: Sought): void {
  const { context, folder, file, found, workspace } = sought;
  const { problems } = reader;
  if (isEmpty(workspace)) {
    problems.add("context", "is in an empty workspace. Add actions/checkout before this step.");
    return;
  }
  if (!isFolder(folder)) {
    const what = existsSync(folder) ? "is not a folder" : "does not exist";
    problems.add("context", `${show(context)} ${what}. Give a folder, relative to the workspace, or a URL.`);
    if (file === "") return;
  }
  if (isFile(found)) return;
  const what = isFolder(found) ? "is a folder" : "does not exist";
  const path = show(shown(found, workspace));
  const rule = file === "" ? "" : " Give its path relative to the workspace.";
  problems.add("file", `${path} ${what}.${rule}${suggestion(dockerfilesIn(folder, workspace))}`);
}

function suggestion(found: readonly string[]): string {
  const [first, ...more] = found;
  if (first === undefined) return " No other Dockerfile was found near it. Set `file` to the path of yours.";
  const also = more.length === 0 ? "" : ` Also found: ${more.map(show).join(", ")}.`;
  return ` ${show(first)} is there: set \`file\` to it if that is the one.${also}`;
}

const LIKE_A_DOCKERFILE = /^(Dockerfile|Containerfile)([.-].+)?$|.\.(Dockerfile|Containerfile)$/i;
const NEVER_IN = /^(node_modules|\.git|\.venv|venv|__pycache__)$/;

/** At most four files that look like a Dockerfile, in a folder and its direct subfolders, as workspace paths. */
function dockerfilesIn(folder: string, workspace: string): readonly string[] {
  const here = entriesOf(folder);
  const below = here
    .filter((entry) => entry.isDirectory() && !NEVER_IN.test(entry.name))
    .flatMap((entry) => {
      const inner = path.join(folder, entry.name);
      return entriesOf(inner).map((item) => ({ folder: inner, item }));
    });
  return [...here.map((item) => ({ folder, item })), ...below]
    .filter(({ item }) => item.isFile() && LIKE_A_DOCKERFILE.test(item.name) && !/ignore$/i.test(item.name))
    .slice(0, 4)
    .map(({ folder: at, item }) => shown(path.join(at, item.name), workspace));
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .slice(0, 200);
  } catch {
    return [];
  }
}

/** A path as the workflow's author would write it: relative to the workspace if it is inside it. */
export function shown(file: string, workspace: string): string {
  return file !== workspace && isInside(file, workspace) ? path.relative(workspace, file) : file;
}

/** Whether a path is a folder or is inside it. Both are absolute. */
export function isInside(file: string, folder: string): boolean {
  return !/^\.\.(\/|$)/.test(path.relative(folder, file));
}

export function isFolder(folder: string): boolean {
  return statOf(folder)?.isDirectory() ?? false;
}

export function isFile(file: string): boolean {
  return statOf(file)?.isFile() ?? false;
}

function statOf(file: string) {
  try {
    return statSync(file, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function isEmpty(folder: string): boolean {
  return isFolder(folder) && entriesOf(folder).length === 0;
}

/** Whether a value has a control character in it. A line break is one too. */
export function hasControls(value: string): boolean {
  return /\p{Cc}/u.test(value);
}
