/** Colours for the log's own lines: GitHub's log shows them, and NO_COLOR (no-color.org) takes them away. */

const RULES: readonly (readonly [RegExp, number])[] = [
  [/^(?:CRITICAL|ERROR)(?= |$)/gm, 31],
  [/^WARNING(?= |$)/gm, 33],
  [/^(?:INFO|DEBUG)(?= |$)/gm, 36],
  [/^ {2}HINT:/gm, 36],
  [/^Passed\./gm, 32],
  [/^failed(?= )/gm, 31],
  [/^error(?= )/gm, 33],
  [/^passed(?= )/gm, 32],
];

/** Colours the words of a text that say how bad it is. */
export function painter(env: NodeJS.ProcessEnv): (text: string) => string {
  if (env.NO_COLOR) return (text) => text;
  return (text) =>
    RULES.reduce(
      (painted, [words, colour]) => painted.replace(words, (word) => `\u001b[${colour}m${word}\u001b[0m`),
      text,
    );
}
