/** The goldens as files for Caddy, and what shipshape makes of Caddy's output. */
import { matchesGlob } from "node:path";
import { type CaddyOptions, readCaddyOutput } from "../../../../src/checks/caddy/answers.ts";
import { type CaddyFiles, collectFiles } from "../../../../src/checks/caddy/collect-files.ts";
import type { CaddyOutput } from "../../../../src/checks/caddy/output-files.ts";
import { servicesIn } from "../../../../src/checks/project/compose.ts";
import { scrubber } from "../../../../src/checks/scrub.ts";
import type { Answer } from "../../../../src/checks/verdict.ts";
import { thisShop } from "../../samples.ts";
import { type Golden, production } from "./goldens.ts";

/** A repository that has the golden's Caddyfile at its root, and the golden's other files. */
export function filesOf(golden: Golden, named = true): Promise<CaddyFiles> {
  const files: Readonly<Record<string, string>> = { ...golden.otherFiles, Caddyfile: golden.text };
  return collectFiles({ path: "Caddyfile", named, others: [] }, envOf(golden), {
    read: (path) => Promise.resolve(files[path]),
    match: (pattern) => Promise.resolve(Object.keys(files).filter((path) => matchesGlob(path, pattern))),
  });
}

/** The golden's `caddy-env`. */
export function envOf({ env = {} }: Golden): ReadonlyMap<string, string> {
  return new Map(Object.entries(env));
}

/** The answers of all three checks. */
export async function answersTo(golden: Golden, output: CaddyOutput, named = true): Promise<Answer[]> {
  const options: CaddyOptions = {
    checks: ["caddy", "caddy-format", "hosts"],
    stockImage: "caddy:2",
    scrub: scrubber(envOf(golden)),
  };
  const timing = { seconds: 0.1, cached: false };
  const found = readCaddyOutput(output, await filesOf(golden, named), options, timing);
  const { settings = production(), ports = [8000], services = {} } = golden.hosts ?? {};
  const inCompose = servicesIn([{ path: "compose.yml", content: { services } }]);
  return [
    ...found.answers,
    found.answerHosts(settings, {
      imagePorts: ports,
      services: inCompose,
      ownCaddy: false,
      app: "shop",
      image: thisShop(),
      mentions: { plainServer: true, forwardedProto: false, staticFiles: false, rendering: false },
    }),
  ];
}

/** Findings as goldens write them: `LEVEL id file:line`. */
export function shownFindings({ findings }: Answer): string[] {
  return findings.map(({ level, id, file, line }) =>
    [level, id, line === undefined ? file : `${file}:${line}`].filter((part) => part !== "").join(" "),
  );
}
