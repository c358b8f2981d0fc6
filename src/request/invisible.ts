/**
 * Makes what cannot be seen in a text visible: characters that hide, reorder or overwrite what stands next to them. Pure.
 * Unicode's Technical Report 36 has the dangers, ECMA-48 the escape sequences.
 */

/** Control characters but tab and line break, marks of direction and of no width, halves of pairs. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;
/** Moves the cursor, clears lines, sets colours. */
const SEQUENCE = /\u001b\[[0-?]*[ -/]*[@-~]/g;
const COLOURS = /(\u001b\[[\d;:]*m)/;
/** Removed, and not shown: progress bars are full of them, and without them nothing is hidden. */
const REMOVED = /[\u0000-\u0008\u000b\u000c\u000e-\u001a\u007f]/g;

/** `\u202e` in place of the character; `\n` and the like for those that have a name. */
export function escapeInvisible(text: string): string {
  return text.replace(INVISIBLE, (character) => {
    const named = { "\n": "\\n", "\r": "\\r", "\t": "\\t" }[character];
    const code = (character.codePointAt(0) ?? 0).toString(16);
    return named ?? (code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, "0")}`);
  });
}

/**
 * A text of several lines. Escape sequences that move the cursor are removed, and so are control characters; what else
 * cannot be seen is shown escaped. A carriage return is a line break.
 * @param keeps `colours` leaves the sequences that set a colour
 */
export function visible(text: string, keeps: "colours" | "no colours" = "no colours"): string {
  const parts = text.replace(/\r\n?/g, "\n").split(COLOURS);
  return parts
    .map((part, index) => {
      if (index % 2 === 1) return keeps === "colours" ? part : "";
      const plain = part.replace(SEQUENCE, "").replace(REMOVED, "");
      return plain.replace(INVISIBLE, (one) => (one === "\n" || one === "\t" ? one : escapeInvisible(one)));
    })
    .join("");
}
