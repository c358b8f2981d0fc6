/** What a runner gives a step, for tests that run the end of one: a folder, a file for the outputs, the log. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, jest } from "@jest/globals";

/** New before each test of the file that asks for it, and removed after it. */
export class Runner {
  folder = "";
  /** What was written to standard output. */
  printed = "";

  constructor() {
    const before = process.env.GITHUB_OUTPUT;
    beforeEach(() => {
      this.folder = mkdtempSync(join(tmpdir(), "runner-"));
      this.printed = "";
      for (const name of ["output", "summary"]) writeFileSync(join(this.folder, name), "");
      process.env.GITHUB_OUTPUT = join(this.folder, "output");
      jest.spyOn(process.stdout, "write").mockImplementation((text) => {
        this.printed += String(text);
        return true;
      });
    });
    afterEach(() => {
      jest.restoreAllMocks();
      if (before === undefined) delete process.env.GITHUB_OUTPUT;
      else process.env.GITHUB_OUTPUT = before;
      rmSync(this.folder, { recursive: true });
    });
  }

  /** The outputs, read as the runner reads them. */
  outputs(): Record<string, string> {
    const text = readFileSync(join(this.folder, "output"), "utf8");
    return Object.fromEntries(
      [...text.matchAll(/^(\S+)<<(ghadelimiter_\S+)\n(.*?)\n\2$/gms)].map(([, name, , value]) => [
        name,
        value,
      ]),
    );
  }
}
