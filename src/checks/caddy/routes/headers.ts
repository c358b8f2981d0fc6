/** Caddy's operations on headers (caddyserver.com/docs/json/apps/http/servers/routes/handle/headers). Pure. */
import { list, object, text, texts } from "../../../request/json.ts";
import { replaceAll } from "./regexp.ts";
import type { Run, Value } from "./run.ts";

/** Headers by lower-case name. */
export type Headers = Map<string, readonly Value[]>;

/** Changes request headers as a handler says: first what is deleted as a whole, then add, set, delete, replace. */
export function changeHeaders(headers: Headers, operations: unknown, run: Run): void {
  const { add, set, delete: deleted, replace } = object(operations);
  const known = (name: string) => run.replace(name, true)?.toLowerCase() ?? "";
  if (texts(deleted).includes("*")) headers.clear();
  for (const [name, values] of Object.entries(object(add)))
    headers.set(known(name), [
      ...(headers.get(known(name)) ?? []),
      ...texts(values).map((value) => run.replace(value, true)),
    ]);
  for (const [name, values] of Object.entries(object(set))) {
    const replaced = texts(values).map((value) => run.replace(value, true));
    headers.set(known(name), [replaced.includes(undefined) ? undefined : replaced.join(",")]);
  }
  for (const pattern of texts(deleted).map(known)) {
    const part = pattern.replace(/^\*|\*$/g, "");
    for (const name of headers.keys()) {
      const isMeant =
        pattern.startsWith("*") && pattern.endsWith("*")
          ? name.includes(part)
          : pattern.startsWith("*")
            ? name.endsWith(part)
            : pattern.endsWith("*")
              ? name.startsWith(part)
              : name === part;
      // An empty list, and no missing one: the header is known to be absent.
      if (isMeant && pattern !== "*") headers.set(name, []);
    }
    if (part === pattern) headers.set(part, []);
  }
  for (const [name, changes] of Object.entries(object(replace)))
    for (const header of name === "*" ? [...headers.keys()] : [known(name)])
      headers.set(
        header,
        (headers.get(header) ?? []).map((value) =>
          list(changes).reduce<Value>((one, change) => changed(one, change, run), value),
        ),
      );
}

function changed(value: Value, change: unknown, run: Run): Value {
  const { search, search_regexp, replace } = object(change);
  const by = run.replace(text(replace), true);
  const find = run.replace(text(search) || text(search_regexp), true);
  if (value === undefined || by === undefined || find === undefined) return undefined;
  return text(search) === "" ? replaceAll(find, value, by) : value.replaceAll(find, () => by);
}

/** The same with `Host`, which Caddy keeps apart. */
export function changeRequest(headers: Headers, host: Value, operations: unknown, run: Run): Value {
  headers.set("host", [host]);
  changeHeaders(headers, operations, run);
  const changed = headers.get("host") ?? [];
  headers.delete("host");
  return changed.length === 0 ? "" : changed.at(-1);
}
