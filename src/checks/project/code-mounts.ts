/** Whether what a compose file mounts may take the place of the image's code. Only what is known to be harmless is not. Pure. */
import { posix } from "node:path";
import { isInside, type Mount } from "./mounts.ts";

/**
 * Whether a mount brings the checkout, or a folder around it.
 * @param context repo path of the build context
 */
export function bringsCode({ from }: Mount, context: string): boolean {
  if (typeof from === "string" || !("paths" in from)) return false;
  const root = posix.normalize(context);
  return from.paths.some((path) => path === "." || path.startsWith("..") || isInside(root, path));
}

/** Names of folders that hold data and no code. */
const DATA =
  /^(media|static(_?files|_root)?|public|assets|uploads?|files|logs?|data|db|database|tmp|run|certs?|ssl|backups?|secrets?|locale|cache|sockets?)$/i;
/** Folders of the system, in which no project keeps its code. */
const SYSTEM = /^\/(etc|var(?!\/(www|apps?)(\/|$))|run|tmp|dev|data|mnt|secrets)(\/|$)/;
/** Files of settings and data. A folder may have another ending: `/srv/shop.example.com`. */
const FILE =
  /\.(env|ya?ml|toml|ini|conf|cfg|cnf|json|pem|crt|cert|key|txt|log|sqlite3?|db|sock|pid|xml|csv)$/i;

/** Whether a mount may hide the image's code, by its place in the container. */
export function mayHideCode({ target, from }: Mount): boolean {
  if (target === "") return true;
  if (from === "tmpfs" || FILE.test(target)) return false;
  return !DATA.test(posix.basename(target)) && !SYSTEM.test(target);
}
