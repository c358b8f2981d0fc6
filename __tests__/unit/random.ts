/** Random inputs that are the same in every run. */

/** The same numbers in every run: 0 ≤ n < 1 (a linear congruential generator). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

/** `count` strings of up to 24 of the given pieces. */
export function randomStrings(count: number, pieces: readonly string[], seed = 1): string[] {
  const next = randomNumbers(seed);
  return Array.from({ length: count }, () =>
    Array.from({ length: Math.floor(next() * 24) }, () => pieces[Math.floor(next() * pieces.length)]).join(
      "",
    ),
  );
}

/** Runs the expectations of one test for each of many inputs. A failure names the input. */
export function forEachOf<T>(inputs: readonly T[], expectations: (input: T) => void): void {
  for (const input of inputs)
    try {
      expectations(input);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`With the input ${JSON.stringify(input)}:\n${reason}`, { cause: error });
    }
}
