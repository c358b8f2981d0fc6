/**
 * The log that people read. Whatever comes from a container, a Dockerfile or the registry goes through
 * `fenced`: inside the fence the runner obeys no workflow command, so tested code cannot set our outputs.
 */
import { randomBytes } from "node:crypto";

/** Writes lines to standard output. The runner reads commands there, so all of it passes here. */
export class Log {
  readonly #write: (text: string) => void;
  #fence: string | undefined;
  #folded = false;
  /** How many annotations of each type were written: the runner keeps ten a step. */
  readonly annotated = { error: 0, warning: 0, notice: 0 };

  constructor(write: (text: string) => void = (text) => process.stdout.write(text)) {
    this.#write = write;
  }

  /** A line of our own, with values that were made by us. */
  line(text: string): void {
    this.#open();
    this.#write(`${clean(text)}\n`);
  }

  /** Opens a fold. Commands work only outside the fence, so it is closed for a moment. */
  group(title: string): void {
    this.endGroup();
    this.#folded = true;
    this.#command(`::group::${clean(title).replace(/[\r\n]+/g, " ")}`);
  }

  /** Ends the fold that is open, if one is. */
  endGroup(): void {
    if (this.#folded) this.#command("::endgroup::");
    this.#folded = false;
  }

  /** Lets the caller write workflow commands (annotations) of its own. */
  outside(write: () => void): void {
    this.#close();
    write();
  }

  /** To be called at the end, or the runner would stay deaf for the steps of a composite action. */
  close(): void {
    this.#close();
  }

  #command(command: string): void {
    this.#close();
    this.#write(`${command}\n`);
  }

  #open(): void {
    if (this.#fence !== undefined) return;
    this.#fence = randomBytes(16).toString("hex");
    this.#write(`::stop-commands::${this.#fence}\n`);
  }

  #close(): void {
    if (this.#fence === undefined) return;
    this.#write(`::${this.#fence}::\n`);
    this.#fence = undefined;
  }
}

/** Carriage returns would overwrite, and other control characters (but colours) confuse a terminal. */
function clean(text: string): string {
  return text.replace(/\r(?!\n)/g, "\n").replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001a\u007f]/g, "");
}
