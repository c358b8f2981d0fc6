/**
 * Follows a request through the routes of a server in their order, as Caddy does: groups, terminal routes, subroutes,
 * error routes (caddyserver.com/docs/json/apps/http/servers/routes). Pure.
 */
import { list, object, text, texts } from "../../../request/json.ts";
import { type Served, serveFile } from "./files.ts";
import { changeHeaders, changeRequest } from "./headers.ts";
import { matches } from "./matchers.ts";
import { urlOf } from "./paths.ts";
import { type Proxied, proxied } from "./proxy.ts";
import { rewrite } from "./rewrite.ts";
import { type Asked, CaddyError, Run, type Value } from "./run.ts";
import { type World, waysOf } from "./ways.ts";

type Json = Readonly<Record<string, unknown>>;

/** What answers a request: an upstream, a file, Caddy itself, or nobody knows. */
export type Answer = { readonly response: Readonly<Record<string, Value>> } & (
  | Proxied
  | Served
  | { readonly by: "caddy"; readonly status: Value; readonly location: Value }
  | { readonly by: "unknown"; readonly why: string }
);

type Outcome = Answer extends infer One ? (One extends unknown ? Omit<One, "response"> : never) : never;

/** Steps that are left for all requests together: a huge configuration must not take forever. */
export interface Budget {
  steps: number;
}

/** Handlers that change nothing that matters here. */
const PASS =
  /^(encode|request_body|templates|push|tracing|metrics|log_append|copy_response_headers|acme_server|server_timing)$/;

/**
 * Every way in which a server may answer a request.
 * @param without a handler that is left out: who would answer if it were not there?
 */
export function follow(
  server: Json,
  asked: Asked,
  {
    world,
    budget,
    without = "",
  }: { readonly world: World; readonly budget: Budget; readonly without?: string },
): readonly Answer[] {
  const unknown = (why: string): Answer => ({ by: "unknown", why, response: {} });
  const ways = waysOf(world, (ask) => {
    const run = new Run(asked, ask);
    const outcome = new Walk(server, run, budget, without).end();
    return { ...outcome, response: Object.fromEntries(run.response) } as Answer;
  });
  return ways ?? [unknown("too much depends on what is not known")];
}

/** Routes or handlers, of which those before `at` are done. */
interface Frame {
  readonly items: readonly unknown[];
  readonly areRoutes: boolean;
  at: number;
}

/** Routes that handle an error, and what comes after them. */
interface Catcher {
  readonly routes: readonly unknown[];
  readonly after: readonly Frame[];
  readonly isServer: boolean;
}

/** Caddy calls a subroute's handlers on top of what comes after it; here they are on a stack. */
const MAX_FRAMES = 200;

class Walk {
  readonly #server: Json;
  readonly #run: Run;
  readonly #budget: Budget;
  readonly #without: string;
  readonly #catchers: Catcher[] = [];
  #frames: Frame[] = [];
  /** What an upstream was asked for, while its answer is handled (`handle_response`). */
  #upstream: Proxied | undefined;
  /** When nothing answers, Caddy sends an empty answer, or the error that is being handled. */
  #endsWithError = false;
  /** The server's error routes are followed. */
  #handlesError = false;

  constructor(server: Json, run: Run, budget: Budget, without: string) {
    this.#server = server;
    this.#run = run;
    this.#budget = budget;
    this.#without = without;
    const errors = list(object(server.errors).routes);
    if (errors.length > 0) this.#catchers.push({ routes: errors, after: [], isServer: true });
    this.#push(list(server.routes), true);
  }

  end(): Outcome {
    for (;;) {
      try {
        const outcome = this.#steps();
        if (outcome !== undefined) return outcome;
        const status = this.#endsWithError ? this.#run.error : 200;
        return { by: "caddy", status: String(status), location: undefined };
      } catch (error) {
        if (!(error instanceof CaddyError)) throw error;
        const catcher = this.#catchers.pop();
        // Where error routes fail too, Caddy sends the error that they should handle.
        const status = this.#handlesError ? (this.#run.error ?? error.status) : error.status;
        if (catcher === undefined) return { by: "caddy", status: String(status), location: undefined };
        this.#catch(catcher, error);
      }
    }
  }

  #catch({ routes, after, isServer }: Catcher, { status }: CaddyError): void {
    const run = this.#run;
    run.error = status;
    run.placeholders.set("http.error.status_code", String(status));
    run.placeholders.set("http.error.status_text", undefined);
    run.placeholders.set("http.error.message", undefined);
    if (isServer) {
      run.method = run.asked.method;
      run.url = urlOf(run.asked.target);
      this.#endsWithError = true;
      this.#handlesError = true;
    }
    this.#frames = after.map((frame) => ({ ...frame }));
    this.#push(routes, true);
  }

  #push(items: readonly unknown[], areRoutes: boolean): void {
    this.#frames.push({ items, areRoutes, at: 0 });
  }

  #steps(): Outcome | undefined {
    for (let frame = this.#frames.at(-1); frame !== undefined; frame = this.#frames.at(-1)) {
      if (this.#budget.steps-- <= 0 || this.#frames.length > MAX_FRAMES)
        return { by: "unknown", why: "the configuration is too large" };
      if (frame.at >= frame.items.length) {
        this.#frames.pop();
        continue;
      }
      const item = object(frame.items[frame.at++]);
      if (frame.areRoutes) this.#route(item);
      else {
        const outcome = this.#handle(item);
        if (outcome !== undefined) return outcome;
      }
    }
    return undefined;
  }

  #route(route: Json): void {
    // A matcher with many hosts or paths takes as long as many routes.
    for (const match of list(route.match).map(object))
      this.#budget.steps -= list(match.host).length + list(match.path).length;
    if (!matches(route.match, this.#run)) return;
    const group = text(route.group);
    if (group !== "") {
      if (this.#run.groups.has(group)) return;
      this.#run.groups.add(group);
    }
    if (route.terminal === true) {
      this.#frames = [];
      this.#endsWithError = this.#run.error !== undefined;
    }
    this.#push(list(route.handle), false);
  }

  /** @returns the answer, if the handler gives one; undefined when the next handler is called */
  #handle(handler: Json): Outcome | undefined {
    const run = this.#run;
    const name = text(handler.handler);
    if (name === this.#without) return undefined;
    switch (name) {
      case "subroute":
        if (list(object(handler.errors).routes).length > 0)
          this.#catchers.push({
            routes: list(object(handler.errors).routes),
            after: this.#frames.map((frame) => ({ ...frame })),
            isServer: false,
          });
        this.#push(list(handler.routes), true);
        return undefined;
      case "invoke":
        this.#push([object(object(this.#server.named_routes)[text(handler.name)])], true);
        return undefined;
      case "vars":
        for (const [key, value] of Object.entries(handler))
          if (key !== "handler") run.vars.set(run.replace(key) ?? key, variable(value, run));
        return undefined;
      case "map":
        run.maps.push(handler);
        return undefined;
      case "rewrite":
        rewrite(handler, run);
        return undefined;
      case "headers": {
        if (handler.request !== undefined)
          run.host = changeRequest(run.headers, run.host, handler.request, run);
        const response = new Map([...run.response].map(([key, value]) => [key, [value]]));
        changeHeaders(response, handler.response, run);
        for (const [key, values] of response) run.response.set(key, values[0] ?? "");
        return undefined;
      }
      case "file_server":
        return serveFile(handler, run);
      case "reverse_proxy":
        return this.#proxy(handler);
      case "copy_response":
        return this.#upstream;
      case "static_response":
        return respond(handler, run);
      case "error": {
        const status = run.replace(statusOf(handler.status_code) || "500");
        if (status === undefined) return { by: "unknown", why: "error" };
        throw new CaddyError(Number(status));
      }
      case "authentication":
        if (run.header("authorization")?.length === 0 || !run.ask("authenticated")) throw new CaddyError(401);
        return undefined;
      default:
        // A module of a plugin answers by itself, or lets the request pass.
        return PASS.test(name) || !run.ask(`${name} answers`) ? undefined : { by: "unknown", why: name };
    }
  }

  #proxy(handler: Json): Outcome | undefined {
    const trusts = Object.keys(object(this.#server.trusted_proxies)).length > 0;
    const outcome = proxied(handler, this.#run, trusts);
    for (const one of list(handler.handle_response).map(object)) {
      if (!this.#answers(object(one.match), outcome)) continue;
      if (statusOf(one.status_code) !== "") return outcome;
      this.#upstream = outcome;
      this.#push(list(one.routes), true);
      return undefined;
    }
    return outcome;
  }

  /** Whether the upstream's answer has a status and headers. */
  #answers(match: Json, { upstreams }: Proxied): boolean {
    const codes = list(match.status_code).map(Number);
    const wanted = Object.keys(object(match.headers));
    const of = upstreams.join(" ");
    if (codes.length > 0 && !this.#run.ask(`status ${codes.join("|")} of ${of}`)) return false;
    return wanted.length === 0 || this.#run.ask(`headers ${wanted.join("|")} of ${of}`);
  }
}

function respond(handler: Json, run: Run): Outcome | undefined {
  if (handler.abort === true) return { by: "caddy", status: "abort", location: undefined };
  const status = run.replace(statusOf(handler.status_code) || String(run.error ?? 200));
  if (status === "103") return undefined;
  const headers = Object.entries(object(handler.headers));
  const [, locations] = headers.find(([name]) => name.toLowerCase() === "location") ?? [];
  const [location] = texts(locations);
  // An unknown part stays as it is written.
  return { by: "caddy", status, location: location && (run.replace(location) ?? location) };
}

/** Status codes are numbers or texts. */
function statusOf(value: unknown): string {
  return typeof value === "number" ? String(value) : text(value);
}

function variable(value: unknown, run: Run): Value {
  return typeof value === "string" ? run.replace(value) : String(value ?? "");
}
