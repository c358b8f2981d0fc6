/** What is written before the report: the first line of the log, and notices and warnings as annotations. */
import * as core from "@actions/core";
import { visible } from "../request/invisible.ts";
import type { Request } from "../request/request.ts";
import type { Annotation } from "./annotations.ts";
import type { Log } from "./log.ts";

/** Writes the first line of the log, and the notices and warnings about the inputs. */
export function announce(request: Request, log: Log): void {
  log.line(`${request.app}: ${request.image}:${request.tag}, checks ${request.checks.join(", ")}`);
  const { notice, warn } = sayers(log);
  for (const text of request.notices) notice(text);
  for (const text of request.warnings) warn(text);
}

/** Functions that write a notice or a warning as an annotation. */
export function sayers(log: Log): { notice: (text: string) => void; warn: (text: string) => void } {
  return {
    notice: (message) => annotate({ type: "notice", message }, log),
    warn: (message) => annotate({ type: "warning", message }, log),
  };
}

const SAY = { error: core.error, warning: core.warning, notice: core.notice } as const;

/** Writes one annotation. The runner also prints it in the log. */
export function annotate({ type, message, title, ...place }: Annotation, log: Log): void {
  log.annotated[type]++;
  const properties = title === undefined ? place : { ...place, title: visible(title) };
  log.outside(() => SAY[type](visible(message), properties));
}
