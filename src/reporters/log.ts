/**
 * The log that people read. All lines are written inside a fence (`::stop-commands::`), where the runner obeys no
 * workflow command. So text from a container, a Dockerfile or a registry cannot set our outputs.
 */
import { randomBytes } from "node:crypto";
import { visible } from "../request/invisible.ts";

/** Writes to standard output. The runner reads commands there, so everything passes through this class. */
export class Log {
  readonly #write: (text: string) => void;
  #fence: string | undefined;
  #folded = false;
  /** How many annotations of each type were written: the runner keeps ten a step. */
  readonly annotated = { error: 0, warning: 0, notice: 0 };

  constructor(write: (text: string) => void = (text) => process.stdout.write(text)) {
    this.#write = write;
  }

  /** Writes a line inside the fence, which is opened for it if need be. */
  line(text: string): void {
    if (this.#fence === undefined) {
      this.#fence = randomBytes(16).toString("hex");
      this.#write(`::stop-commands::${this.#fence}\n`);
    }
    this.#write(`${visible(text, "colours")}\n`);
  }

  /** Opens a fold. The command for it is written outside the fence. */
  group(title: string): void {
    this.endGroup();
    this.#folded = true;
    this.#command(`::group::${visible(title).replace(/\n+/g, " ")}`);
  }

  /** Closes the fold, if one is open. */
  endGroup(): void {
    if (this.#folded) this.#command("::endgroup::");
    this.#folded = false;
  }

  /** Closes the fence while the caller writes workflow commands (annotations). */
  outside(write: () => void): void {
    this.close();
    write();
  }

  /** Closes the fence. Without it the runner would ignore the commands of later steps of a composite action. */
  close(): void {
    if (this.#fence === undefined) return;
    this.#write(`::${this.#fence}::\n`);
    this.#fence = undefined;
  }

  #command(command: string): void {
    this.outside(() => this.#write(`${command}\n`));
  }
}
