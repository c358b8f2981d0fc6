/** One line of `--progress=rawjson`, as BuildKit writes it, and what is read from it. Pure. */

import { objectOrNone, parseJson } from "../request/json.ts";

export interface RawVertex {
  digest?: string;
  name?: string;
  inputs?: unknown;
  started?: string | null;
  completed?: string | null;
  cached?: boolean;
  error?: string;
}

export interface RawStatus {
  id?: string;
  vertex?: string;
  current?: number;
  completed?: string | null;
}

export interface RawWarning {
  short?: string;
  detail?: unknown;
  url?: string;
  sourceInfo?: { data?: string };
  range?: readonly { start?: { line?: number } }[];
}

/** The objects of a list. Anything else in it is passed over. */
function records<T>(value: unknown): T[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "object" && item !== null) : [];
}

/** Text that BuildKit sends as base64. */
export function decoded(base64: string): string {
  return Buffer.from(base64, "base64").toString("utf8");
}

/** One line as an update; undefined when it is not JSON. */
export function parse(line: string) {
  const update = objectOrNone(parseJson(line));
  return (
    update && {
      vertexes: records<RawVertex>(update.vertexes),
      statuses: records<RawStatus>(update.statuses),
      logs: records<{ vertex?: string; data?: string }>(update.logs),
      warnings: records<RawWarning>(update.warnings),
    }
  );
}
