/**
 * Questions that a configuration does not answer: whether a file exists, who the client is. A request is followed once
 * for each combination of answers, so that what is certain comes out alike each time. Pure.
 */

/** What is known of the world around Caddy: `file /srv/x`, `folder /srv/x`; undefined when nobody knows. */
export type World = (question: string) => boolean | undefined;

/** Answers a question. The same question has the same answer while one request is followed. */
export type Ask = (question: string) => boolean;

/** Combinations that are tried for one request. */
const MAX_WAYS = 24;

/**
 * Follows a request in every way that is possible.
 * @param follow gets the answers; it is called once for each way
 * @returns the different results, by their JSON; undefined when there are too many ways
 */
export function waysOf<T>(world: World, follow: (ask: Ask) => T): readonly T[] | undefined {
  const found = new Map<string, T>();
  let choices: boolean[] = [];
  for (let way = 0; way < MAX_WAYS; way++) {
    const asked = new Map<string, boolean>();
    const result = follow((question) => {
      const known = asked.get(question) ?? world(question);
      if (known !== undefined) return known;
      const answer = choices[asked.size] ?? true;
      choices[asked.size] = answer;
      asked.set(question, answer);
      return answer;
    });
    found.set(JSON.stringify(result), result);
    // The last "yes" becomes a "no"; what came after it is asked anew.
    const last = choices.slice(0, asked.size).lastIndexOf(true);
    if (last < 0) return [...found.values()];
    choices = [...choices.slice(0, last), false];
  }
  return undefined;
}
