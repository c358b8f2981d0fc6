/** Paths that the workflow names: what is there, and whether it is in the workspace. */
import { existsSync, lstatSync, readlinkSync, realpathSync, statSync } from "node:fs";
import path from "node:path";

/** The end of a sentence about such a path. */
export const OUT_OF_WORKSPACE =
  "is a link that leads out of the workspace, or is below one. A commit may make such a link, so it is not followed. Name what is in the workspace, or give the absolute path of a place outside.";

/**
 * Whether a path in the workspace leads out of it through a link: then a pull request, which can make a link of any path,
 * would have the runner's files read or written. A path that is written as one outside of the workspace is the workflow's
 * own decision. The workspace itself may be a link.
 * @param file an absolute path; nothing need be there
 */
export function leavesWorkspace(file: string, workspace: string): boolean {
  const root = realPathOf(workspace);
  if (!isInside(file, workspace) && !isInside(file, root)) return false;
  return !isInside(realPathOf(file), root);
}

/** Whether a path is in the workspace after all links, whichever way it is written. */
export function isInWorkspace(file: string, workspace: string): boolean {
  return isInside(realPathOf(file), realPathOf(workspace));
}

/**
 * Whether the checkout that a folder is in is the workspace's own: the nearest `.git` above it is the workspace's. True where
 * there is none.
 */
export function isInOwnCheckout(folder: string, workspace: string): boolean {
  const root = realPathOf(workspace);
  for (let at = realPathOf(folder); ; at = path.dirname(at)) {
    if (existsSync(path.join(at, ".git"))) return at === root;
    if (at === path.dirname(at)) return true;
  }
}

/** The path after all links. What is not there has no links: a file that will be written, with the folders to be made. */
function realPathOf(file: string, links = 0): string {
  try {
    return realpathSync(file);
  } catch {
    const folder = path.dirname(file);
    if (folder === file || links > 40) return file;
    const place = path.join(realPathOf(folder, links), path.basename(file));
    const target = linkAt(place);
    return target === undefined ? place : realPathOf(path.resolve(path.dirname(place), target), links + 1);
  }
}

/** Where a link that leads to nothing points; undefined when there is no link. */
function linkAt(place: string): string | undefined {
  try {
    return lstatSync(place).isSymbolicLink() ? readlinkSync(place) : undefined;
  } catch {
    return undefined;
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
