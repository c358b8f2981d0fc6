/** Several platforms of one image, each checked for itself: one answer for each check. Pure. */
import type { Examination } from "./django/run.ts";
import type { Finding } from "./finding.ts";
import type { Answer } from "./verdict.ts";

/** What was found on one platform. */
export interface OnPlatform {
  readonly platform: string;
  readonly examination: Examination;
}

/** What each check answered on one platform. */
export interface PlatformAnswers {
  readonly platform: string;
  readonly answers: readonly Answer[];
}

/**
 * Brings the probe's answers of several platforms together.
 * @param all the first one's project and settings count for all, or those of one in which the probe could not start
 */
export function mergePlatforms(all: readonly [OnPlatform, ...OnPlatform[]]): Examination {
  const answers = all.map(({ platform, examination }) => ({ platform, answers: examination.answers }));
  const notStarted = all.find(({ examination }) => !examination.started)?.examination;
  return { ...(notStarted ?? all[0].examination), answers: mergeAnswers(answers) };
}

/**
 * One answer for each check. A finding on several platforms is reported once, with its platforms; a reason why a check could
 * not run names its platform. With a single platform the answers stay as they are.
 */
export function mergeAnswers(all: readonly PlatformAnswers[]): readonly Answer[] {
  const [first] = all;
  if (first === undefined || all.length === 1) return first?.answers ?? [];
  return first.answers.map(({ name }) => {
    const own = all.flatMap(({ platform, answers }) =>
      answers.filter((answer) => answer.name === name).map((answer) => ({ platform, answer })),
    );
    return mergeAnswer(name, own);
  });
}

interface Own {
  readonly platform: string;
  readonly answer: Answer;
}

function mergeAnswer(name: string, all: readonly Own[]): Answer {
  const answers = all.map(({ answer }) => answer);
  const failed = all.find(({ answer }) => answer.reason !== "");
  const stopped = failed?.answer.stopped;
  const codes = answers.flatMap(({ exitCode }) => exitCode ?? []);
  const exitCode = codes.find((code) => code !== 0) ?? codes[0];
  return {
    name,
    findings: mergeFindings(all),
    seconds: Math.max(...answers.map(({ seconds }) => seconds)),
    cached: answers.every(({ cached }) => cached),
    silenced: Math.max(...answers.map(({ silenced }) => silenced)),
    reason: failed === undefined ? "" : `on ${failed.platform}: ${failed.answer.reason}`,
    output: (failed?.answer ?? answers.find(({ output }) => output !== ""))?.output ?? "",
    notes: [...new Set(answers.flatMap(({ notes }) => notes))],
    ...(stopped === undefined ? {} : { stopped }),
    ...(exitCode === undefined ? {} : { exitCode }),
  };
}

function mergeFindings(all: readonly Own[]): Finding[] {
  const merged = new Map<string, Finding>();
  for (const { platform, answer } of all)
    for (const finding of answer.findings) {
      const key = JSON.stringify({ ...finding, count: 0, platforms: [] });
      const known = merged.get(key);
      const platforms = [...(known?.platforms ?? []), platform];
      const count = Math.max(finding.count, known?.count ?? 0);
      merged.set(key, { ...finding, count, platforms });
    }
  return [...merged.values()];
}
