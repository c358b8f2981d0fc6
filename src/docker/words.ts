/** What the engine and the registry say in words, cut down to what means something. Pure. */

/** The last line that says something, without `ERROR:` before it. */
export function lastWord(stderr: string): string {
  const lines = stderr.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("{"));
  return (lines.at(-1) ?? "").replace(/^ERROR:\s*/, "").trim();
}

/** A reason without references, URLs and digests: their names and numbers mean nothing (`build-404`). */
export function wordsOf(reason: string): string {
  return reason.replace(/(?!i\/o\b)(?<!\S)\S*[/@]\S*|sha256:\S+/g, " ");
}

/** Bytes as registries count them: `54.3 MB`. */
export function sizeText(bytes: number): string {
  const units = ["bytes", "kB", "MB", "GB"];
  const power = Math.min(units.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3));
  return `${(bytes / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power]}`;
}
