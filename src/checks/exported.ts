/** Reads the files that a container left: untrusted input, with limits on size and type, and never through a link. */
import { constants } from "node:fs";
import { open } from "node:fs/promises";

/** A file that a container left is missing, too large, a link, or not what was expected in it. */
export class UnreadableReport extends Error {}

/** Bytes of a report file; the probe's own limit is 8 MB. */
const MOST_BYTES = 16 * 1024 * 1024;

/**
 * The bytes of a file that came out of a container.
 * @returns undefined when there is none
 * @throws {UnreadableReport}
 */
export async function readExported(path: string): Promise<Buffer | undefined> {
  try {
    // Without waiting: a named pipe of that name would keep us for ever.
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const stat = await file.stat();
      if (!stat.isFile()) throw new UnreadableReport("it is not a plain file");
      if (stat.size > MOST_BYTES) throw new UnreadableReport(`it has ${stat.size} bytes`);
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof UnreadableReport) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return undefined;
    throw new UnreadableReport(code ?? String(error));
  }
}
