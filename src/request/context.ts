/** Where the files of the build are: its context, its Dockerfile and its additional contexts. */
import { existsSync, readdirSync, readlinkSync, realpathSync } from "node:fs";
import path from "node:path";
import { parseList } from "./lists.ts";
import { isFile, isFolder, isInside, leavesWorkspace, OUT_OF_WORKSPACE, shown } from "./paths.ts";
import { nearest, show } from "./problems.ts";
import { type Reader, variableOf } from "./reader.ts";
import type { Build } from "./request.ts";
import { hintFor } from "./slips.ts";

type Context = Pick<Build, "context" | "contextIsRemote" | "file" | "fileShown">;

const DOCKERFILE = "Dockerfile";
const REMOTE = /^(https?|git|ssh):\/\/|^github\.com\/|^[\w.-]+@[\w.-]+:/i;
/** Further sources of `build-contexts` that are not folders. */
const IMAGE = /^(docker-image|oci-layout):\/\//i;

/** The folder of an OCI layout that a source of `build-contexts` names, as it is written; undefined for another source. */
export function layoutIn(source: string): string | undefined {
  return /^oci-layout:\/\/([^@:]+)/i.exec(source)?.[1];
}

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
  return !isRemote(source, workspace) && (!IMAGE.test(source) || isFolder(path.resolve(workspace, source)));
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
  const [, ...sources] = sourcesOf(env).map((source) => layoutIn(source) ?? source);
  const local = isRemote(context, workspace)
    ? []
    : [context, ...(file === "" ? [] : [path.dirname(path.resolve(workspace, file))])];
  const folders = [...local, ...caddy, ...sources.filter((source) => isLocalSource(source, workspace))]
    .map((folder) => path.resolve(workspace, folder))
    .map((folder) => (isFolder(folder) ? folder : workspace));
  return [...new Set(folders)];
}

/** The URLs that the build will read: the context's and those of `build-contexts`. */
export function urlsOf(env: NodeJS.ProcessEnv): readonly string[] {
  const workspace = workspaceOf(env);
  return sourcesOf(env).filter((source) => isRemote(source, workspace));
}

/** The context, and what `build-contexts` names, as they are written. */
function sourcesOf(env: NodeJS.ProcessEnv): readonly string[] {
  const given = (input: string) => (env[variableOf(input)] ?? "").trim();
  const contexts = parseList(given("build-contexts"), "lines");
  const others = "value" in contexts ? contexts.value.map((item) => item.slice(item.indexOf("=") + 1)) : [];
  return [given("context") || ".", ...others];
}

/** Reads `context` and `file`. Where one of them is refused, what it gives is never used. */
export function readContext(reader: Reader, workspace: string): Context {
  const context = reader.text("context") || ".";
  const file = reader.text("file");
  const wrongContext = context.includes("{{")
    ? `${show(context)} is a template of docker/build-push-action. Here the default is the checkout: give a folder in it or a URL.`
    : refused(context, "a folder", "one folder or one URL");
  const wrongFile = refused(file, "a path", "one path");
  if (wrongContext !== undefined) reader.problems.add("context", wrongContext);
  else if (wrongFile !== undefined) reader.problems.add("file", wrongFile);
  else if (!isRemote(context, workspace)) {
    const folder = path.resolve(workspace, context);
    const found = path.resolve(workspace, file || path.join(context, DOCKERFILE));
    const fileShown = shown(found, workspace);
    const local = { context: folder, contextIsRemote: false, file: found, fileShown };
    noteMissing(reader, workspace, local);
    return local;
  }
  const inside = file || DOCKERFILE;
  return { context, contextIsRemote: true, file: inside, fileShown: inside };
}

/** Why a path or a URL cannot be one, as it is written; undefined when it may be. */
function refused(value: string, given: string, one: string): string | undefined {
  if (value === "-") return `"-" is standard input, which a step does not have. Give ${given}.`;
  return hasControls(value) ? `${show(value)} has a control character in it. Give ${one}.` : undefined;
}

/** Adds a problem when the folder or the Dockerfile is not there. */
function noteMissing(reader: Reader, workspace: string, { context, file, fileShown }: Context): void {
  const { problems } = reader;
  const isDefault = reader.text("file") === "";
  if (isFolder(workspace) && entriesOf(workspace).length === 0) {
    problems.add("context", "is in an empty workspace. Add actions/checkout before this step.");
    return;
  }
  if (!isFolder(context)) {
    const written = reader.text("context") || ".";
    const what = existsSync(context) ? "is not a folder" : "does not exist";
    const near = hintFor(written) || suggestion(written, workspace, isFolder);
    problems.add(
      "context",
      `${show(written)} ${what}. Give a folder, relative to the workspace, or a URL.${near}`,
    );
    if (isDefault) return;
  } else if (leavesWorkspace(context, workspace))
    problems.add("context", `${show(reader.text("context"))} ${OUT_OF_WORKSPACE}`);
  // What the file itself links to is another matter: the builder does not follow it.
  if (leavesWorkspace(path.dirname(file), workspace)) {
    problems.add("file", `${show(fileShown)} ${OUT_OF_WORKSPACE}`);
    return;
  }
  if (isFile(file)) {
    const target = linkedTo(file);
    if (target !== undefined)
      problems.add(
        "file",
        `${show(fileShown)} is a link to a file outside its folder, where the builder does not follow it. Set \`file\` to ${show(shown(target, realpathSync(workspace)))}.`,
      );
    return;
  }
  const what = isFolder(file) ? "is a folder" : `${brokenLink(file)}does not exist`;
  const rule = isDefault ? "" : ` Give its path relative to the workspace.${hintFor(reader.text("file"))}`;
  const others = dockerfileHint(dockerfilesIn(context, workspace));
  problems.add("file", `${show(fileShown)} ${what}.${rule}${others}`);
}

/**
 * The file that a Dockerfile is a link to, if that is outside the Dockerfile's folder: buildx sends that folder alone to
 * the builder. Undefined otherwise.
 */
function linkedTo(file: string): string | undefined {
  try {
    const target = realpathSync(file);
    return isInside(target, realpathSync(path.dirname(file))) ? undefined : target;
  } catch {
    return undefined;
  }
}

/** What to say before "does not exist" of a link whose target is not there; empty when it is no link. */
function brokenLink(file: string): string {
  try {
    return `is a link to ${show(readlinkSync(file))}, which `;
  } catch {
    return "";
  }
}

/**
 * What to add to the problem that a path does not exist: the path that was probably meant. It is looked for by names that
 * are spelt alike, and by the same name in the workspace or one folder further down.
 * @param isWanted whether a path is a file or folder as the input takes it
 */
export function suggestion(written: string, workspace: string, isWanted: (path: string) => boolean): string {
  const found = similar(written, workspace, isWanted) ?? namesake(written, workspace, isWanted);
  return found === undefined ? "" : ` Did you mean ${show(path.relative(workspace, found))}?`;
}

/** The path whose parts are spelt like these. */
function similar(
  written: string,
  workspace: string,
  isWanted: (path: string) => boolean,
): string | undefined {
  const parts = path.relative(workspace, path.resolve(workspace, written)).split("/");
  if (parts[0] === ".." || parts.length > 20) return undefined;
  let at: string | undefined = workspace;
  for (const [index, part] of parts.entries()) {
    const folder: string = at;
    const fits = index === parts.length - 1 ? isWanted : isFolder;
    const names = [part, ...entriesOf(folder).map(({ name }) => name)];
    const name = nearest(
      part,
      names.filter((one) => fits(path.join(folder, one))),
    );
    if (name === undefined) return undefined;
    at = path.join(folder, name);
  }
  return at;
}

/** A path whose last part is the same, in the workspace or one folder further down. */
function namesake(
  written: string,
  workspace: string,
  isWanted: (path: string) => boolean,
): string | undefined {
  const name = path.basename(path.resolve(workspace, written));
  return [workspace, ...foldersIn(workspace)].map((folder) => path.join(folder, name)).find(isWanted);
}

function dockerfileHint(found: readonly string[]): string {
  const [first, ...more] = found;
  if (first === undefined) return " No other Dockerfile was found near it. Set `file` to the path of yours.";
  const also = more.length === 0 ? "" : ` Also found: ${more.map(show).join(", ")}.`;
  return ` ${show(first)} is there: set \`file\` to it if that is the one.${also}`;
}

/** Whether a file may be a Dockerfile, by its name: `Dockerfile`, `caddy.Dockerfile`. */
export function looksLikeDockerfile(name: string): boolean {
  return /^(Dockerfile|Containerfile)([.-].+)?$|.\.(Dockerfile|Containerfile)$/i.test(name);
}

const NEVER_IN = /^(node_modules|\.git|\.venv|venv|__pycache__)$/;

/** At most four files that look like a Dockerfile, in a folder and its direct subfolders, as workspace paths. */
function dockerfilesIn(folder: string, workspace: string): readonly string[] {
  return [folder, ...foldersIn(folder)]
    .flatMap((at) => entriesOf(at).map((entry) => ({ at, entry })))
    .filter(({ entry: { name } }) => looksLikeDockerfile(name) && !/ignore$/i.test(name))
    .filter(({ entry }) => entry.isFile())
    .slice(0, 4)
    .map(({ at, entry }) => shown(path.join(at, entry.name), workspace));
}

/** The folders in a folder that may hold the project's own files. */
function foldersIn(folder: string): readonly string[] {
  return entriesOf(folder)
    .filter((entry) => entry.isDirectory() && !NEVER_IN.test(entry.name))
    .map(({ name }) => path.join(folder, name));
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

/** Whether a value has a control character in it. A line break is one too. */
export function hasControls(value: string): boolean {
  return /\p{Cc}/u.test(value);
}
