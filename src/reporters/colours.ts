/** Colours for shipshape's own lines in the log. NO_COLOR (no-color.org) switches them off. */

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

/** Makes a function that colours levels and states in a text. */
export function painter(env: NodeJS.ProcessEnv): (text: string) => string {
  if (env.NO_COLOR) return (text) => text;
  return (text) =>
    RULES.reduce(
      (painted, [words, colour]) => painted.replace(words, (word) => `\u001b[${colour}m${word}\u001b[0m`),
      text,
    );
}
