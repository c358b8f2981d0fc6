/** Sets the outputs of a step: the file that the runner names in GITHUB_OUTPUT. */
import * as core from "@actions/core";
import type { Log } from "./log.ts";

/**
 * Sets the outputs. Without them a later job knows nothing of what was released.
 * @returns false when they could not be set, which is an error in the log: the step must fail
 */
export function setOutputs(outputs: Readonly<Record<string, string>>, log: Log): boolean {
  try {
    // Without a file @actions/core would print a command that runners no longer take.
    if (!process.env.GITHUB_OUTPUT)
      throw new Error("the runner names no file for them (GITHUB_OUTPUT is not set)");
    log.outside(() => {
      for (const [name, value] of Object.entries(outputs)) core.setOutput(name, value);
    });
    return true;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = /^Missing file/.test(message)
      ? `the runner's file for them (GITHUB_OUTPUT) is not there. Did a step before this one delete it?`
      : `${message}.${/^(ENOSPC|EDQUOT)$/.test(code ?? "") ? " Free space on the runner's disk." : ""}`;
    log.outside(() => core.error(`The step's outputs could not be set: ${why}`));
    return false;
  }
}
