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
  const own = all.flatMap(({ platform, answers }) => answers.map((answer) => ({ ...answer, platform })));
  return first.answers.map(({ name }) => {
    const same = own.filter((answer) => answer.name === name);
    return mergeAnswer(name, same);
  });
}

/** What one check answered on one platform. */
type OwnAnswer = Answer & Pick<PlatformAnswers, "platform">;

function mergeAnswer(name: string, all: readonly OwnAnswer[]): Answer {
  const failed = all.find(({ reason }) => reason !== "");
  const stopped = failed?.stopped;
  const skipped = all.flatMap((one) =>
    one.skipped === undefined ? [] : `on ${one.platform}: ${one.skipped}`,
  );
  const codes = all.flatMap(({ exitCode }) => exitCode ?? []);
  const exitCode = codes.find((code) => code !== 0) ?? codes[0];
  return {
    name,
    findings: mergeFindings(all),
    seconds: Math.max(...all.map(({ seconds }) => seconds)),
    cached: all.every(({ cached }) => cached),
    silenced: Math.max(...all.map(({ silenced }) => silenced)),
    reason: failed === undefined ? "" : `on ${failed.platform}: ${failed.reason}`,
    output: (failed ?? all.find(({ output }) => output !== ""))?.output ?? "",
    notes: [...new Set(all.flatMap(({ notes }) => notes))],
    ...(stopped === undefined ? {} : { stopped }),
    ...(skipped.length === 0 ? {} : { skipped: skipped.join("; ") }),
    ...(exitCode === undefined ? {} : { exitCode }),
  };
}

function mergeFindings(all: readonly OwnAnswer[]): Finding[] {
  const merged = new Map<string, Finding>();
  for (const { platform, findings } of all)
    for (const finding of findings) {
      const key = JSON.stringify({ ...finding, count: 0, platforms: [] });
      const known = merged.get(key);
      const platforms = [...(known?.platforms ?? []), platform];
      const count = Math.max(finding.count, known?.count ?? 0);
      merged.set(key, { ...finding, count, platforms });
    }
  return [...merged.values()];
}
