/**
 * The findings as SARIF 2.1.0, the format that GitHub's code scanning takes (docs.github.com, "SARIF support
 * for code scanning"). Pure.
 */
import { createHash } from "node:crypto";
import { CATALOGUE } from "../checks/catalogue.ts";
import { type Finding, reaches } from "../checks/finding.ts";
import { inRepository, uriOf } from "./links.ts";
import type { Outcome } from "./outcome.ts";
import { firstLine, joined, messageText } from "./text.ts";

/** Paths are relative to the root of the checkout; the upload fills in where that is. */
const ROOT = "%SRCROOT%";

/**
 * A SARIF log with every finding; undefined unless every check has answered. Code scanning closes the alerts that a
 * log does not mention, so a log without the results of a check would close that check's alerts.
 */
export function sarifOf(outcome: Outcome): Record<string, unknown> | undefined {
  const { app, verdict, request, checkout } = outcome;
  if (verdict === undefined || verdict.checks.some(({ status }) => status === "error")) return undefined;
  const findings = verdict.findings.map((one) => inCheckout(one, checkout));
  const rules = rulesOf(findings);
  const ids = rules.map(({ id }) => id);
  const dockerfile = request?.build.fileShown ?? "Dockerfile";
  const whole = inRepository(dockerfile, checkout) ?? dockerfile;
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "shipshape", rules } },
        // Code scanning keeps one analysis for each category. With the app's name in the category, the legs of a
        // matrix do not replace each other's analysis.
        automationDetails: { id: `shipshape/${app}/` },
        invocations: [{ executionSuccessful: true }],
        results: findings.map((finding) => ({
          ruleId: ruleId(finding),
          ruleIndex: ids.indexOf(ruleId(finding)),
          level: levelOf(finding),
          message: { text: plain(messageOf(finding)) },
          locations: [locationOf(finding, whole)],
          occurrenceCount: finding.count,
          partialFingerprints: fingerprintsOf(finding),
        })),
      },
    ],
  };
}

/** The finding with its path from the root of the repository, or without a place. */
function inCheckout(finding: Finding, checkout: Outcome["checkout"]): Finding {
  const file = inRepository(finding.file, checkout) ?? "";
  return { ...finding, file, line: file === "" ? undefined : finding.line };
}

function rulesOf(findings: readonly Finding[]) {
  return [...Map.groupBy(findings, ruleId)].map(([id, own]) => {
    const first = own[0] as Finding;
    const { check } = first;
    const question = CATALOGUE.find(({ name }) => name === check)?.question ?? check;
    const messages = new Set(own.map(({ message }) => firstLine(message)));
    const [message = ""] = messages;
    const help = joined("\n\n", ...new Set(own.map(({ hint }) => hint)));
    return {
      id,
      // The title of the alert: the message, if all findings of the rule have the same one.
      shortDescription: { text: plain(messages.size === 1 && message !== "" ? message : question) },
      fullDescription: { text: plain(question) },
      help: { text: plain(help === "" ? question : help) },
      defaultConfiguration: { level: levelOf(first) },
      properties: { tags: ["django", check] },
    };
  });
}

function levelOf({ level }: Finding): "note" | "warning" | "error" {
  return reaches(level, "ERROR") ? "error" : reaches(level, "WARNING") ? "warning" : "note";
}

/** The id of a finding's rule: its own id, or its check's name if it has none. */
function ruleId({ check, id }: Finding): string {
  return id === "" ? check : id;
}

function messageOf(finding: Finding): string {
  const { hint, file, containerFile } = finding;
  const where = file === "" && containerFile !== "" ? `In the image: ${containerFile}` : "";
  return joined("\n", messageText(finding), hint, where);
}

/**
 * Code scanning refuses a result without a place. A finding without a place in the repository is put at the
 * Dockerfile, at no line.
 */
function locationOf({ file, line, object }: Finding, dockerfile: string) {
  const uri = uriOf(file === "" ? dockerfile : file);
  return {
    physicalLocation: {
      artifactLocation: { uri, uriBaseId: ROOT },
      ...(line === undefined ? {} : { region: { startLine: line } }),
    },
    ...(object === "" ? {} : { logicalLocations: [{ fullyQualifiedName: object }] }),
  };
}

/**
 * A hash that is the same for the same finding in another run. It leaves out the line, because lines move. Code
 * scanning compares `primaryLocationLineHash`, which the upload makes from the line's text. For a finding without a
 * line we must set it.
 */
function fingerprintsOf({ check, id, object, file, line, containerFile, message }: Finding) {
  const place = file === "" ? containerFile.replace(/:\d+$/, "") : file;
  const same = JSON.stringify([check, id, object, place, message]);
  const hash = createHash("sha256").update(same).digest("hex").slice(0, 32);
  return { "shipshape/v1": hash, ...(line === undefined ? { primaryLocationLineHash: hash } : {}) };
}

/** Breaks up `[text](target)`, which is a link in a SARIF message: text from the image must not become one. */
function plain(text: string): string {
  return text.toWellFormed().replaceAll("](", "] (");
}
