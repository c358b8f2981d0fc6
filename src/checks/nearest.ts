/**
 * Which file of the repository a file of the image is. Pure; workspace.ts looks at the files.
 */

/** The candidate with the longest common path ending; undefined when there is none or a tie. */
export function nearest(path: string, candidates: readonly string[]): string | undefined {
  const ranked = candidates
    .map((candidate) => ({ candidate, common: commonEnding(path, candidate) }))
    .sort((a, b) => b.common - a.common);
  const [first, second] = ranked;
  return first !== undefined && first.common > (second?.common ?? 0) ? first.candidate : undefined;
}

function commonEnding(a: string, b: string): number {
  const left = a.split("/").reverse();
  const right = b.split("/").reverse();
  let common = 0;
  while (common < Math.min(left.length, right.length) && left[common] === right[common]) common++;
  return common;
}
