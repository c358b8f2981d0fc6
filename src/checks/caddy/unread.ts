/** Why the Caddyfile is not read. */
import { access, constants, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { isInside } from "../../request/context.ts";
import { isJsonConfig } from "./json-config.ts";

/**
 * Why `repositoryAt(…).read` gives nothing.
 * @returns the end of a sentence that begins with the file
 */
export async function whyUnread(workspace: string, file: string): Promise<string> {
  const real = await realpath(path.join(workspace, file)).catch(() => undefined);
  if (real === undefined) return "does not exist, or is a link that leads nowhere";
  if (!isInside(real, await realpath(workspace))) return "is a link that leads out of the checkout";
  if (!(await stat(real)).isFile()) return "is not a file";
  const mayRead = await access(real, constants.R_OK).then(
    () => true,
    () => false,
  );
  if (!mayRead) return "cannot be read by the runner's user";
  return `is larger than ${isJsonConfig(file) ? "16 megabytes" : "a megabyte"}`;
}
