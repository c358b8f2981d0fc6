/** What is said while the story goes on: its first line, notices and warnings as annotations. */
import * as core from "@actions/core";
import type { Request } from "../request/request.ts";
import type { Log } from "./log.ts";

/** What is worth saying before anything runs. */
export function announce(request: Request, log: Log): void {
  log.line(`${request.app}: ${request.image}:${request.tag}, checks ${request.checks.join(", ")}`);
  const { notice, warn } = sayers(log);
  for (const text of request.notices) notice(text);
  for (const text of request.warnings) warn(text);
}

/** Annotations for the chapters before the last one. */
export function sayers(log: Log): { notice: (text: string) => void; warn: (text: string) => void } {
  return {
    notice: (text) => log.outside(() => core.notice(text)),
    warn: (text) => log.outside(() => core.warning(text)),
  };
}
