/** What BuildKit calls the steps of our own solves in its progress. No other file knows these names. */

/** Whether a step of BuildKit's progress takes the image of the check solve to where it is held. */
export function isImageExport(name: string): boolean {
  return /^\[image\] exporting to image$/.test(name);
}

/** Whether a step of BuildKit's progress is the RUN of our Dockerfile that starts the probe. */
export function isProbeStep(name: string): boolean {
  return /^\[(checks )?run \d+\/\d+\] RUN --network=\S+ --mount=type=bind,source=probe/.test(name);
}

/** Whether a step of BuildKit's progress is the one that asks Caddy. */
export function isCaddyStep(name: string): boolean {
  return /^\[(caddy )?caddy-run \d+\/\d+\] RUN --network=none --mount=type=bind,source=caddy\.sh/.test(name);
}

const STEP = /^\[(?:commands )?command-(\d+) \d+\/\d+\] RUN --network=/;

/** Whether a step of BuildKit's progress runs a command. */
export function isCommandStep(name: string): boolean {
  return STEP.test(name);
}

/** Which command a step runs, counted from 1; undefined when it runs none. */
export function commandOf(name: string): number | undefined {
  const number = STEP.exec(name)?.[1];
  return number === undefined ? undefined : Number(number);
}
