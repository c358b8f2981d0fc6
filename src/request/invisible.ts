/**
 * Makes what cannot be seen in a text visible: characters that hide, reorder or overwrite what stands next to them. Pure.
 * Unicode's Technical Report 36 has the dangers, ECMA-48 the escape sequences.
 */

/** Control characters, marks of direction and of no width, fillers, halves of pairs. Selectors of emoji are left. */
const INVISIBLE =
  /(?![\ufe00-\ufe0f])[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\u2028\u2029\u2800]/gu;
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
      if (index % 2 === 1) return keeps === "colours" && isColour(part) ? part : "";
      const plain = part.replace(SEQUENCE, "").replace(REMOVED, "");
      return plain.replace(INVISIBLE, (one) => (one === "\n" || one === "\t" ? one : escapeInvisible(one)));
    })
    .join("");
}

/** Whether a sequence only colours, or makes bold, italic or underlined: not what conceals a text, or swaps its colours. */
function isColour(sequence: string): boolean {
  const codes = sequence.slice(2, -1).replace(OF_MANY_COLOURS, "30");
  return codes.split(/[;:]/).every((code) => /^(0?[0-4]|2[2-4]|3[0-79]|4[0-79]|9[0-7]|10[0-7]|)$/.test(code));
}

/** Colours by number or by their parts, `38;5;208` and `48:2::1:2:3`: each counts as the plain one, 30. */
const OF_MANY_COLOURS =
  /(?<![\d])(?:38|48)[;:](?:5[;:]\d{1,3}|2[;:]{1,2}\d{1,3}[;:]\d{1,3}[;:]\d{1,3})(?!\d)/g;
