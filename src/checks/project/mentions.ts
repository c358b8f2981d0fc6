/**
 * What the texts of the checkout say that neither a setting nor an adapted Caddyfile says: how the server is started, and
 * what is done to a Caddyfile before Caddy reads it. Pure.
 */
import {
  type DockerStage,
  type Instruction,
  linesWith,
  stageOf,
  stagesOf,
} from "../../request/dockerfile.ts";
import type { Found } from "./search.ts";

/** What at least one text mentions. */
export interface Mentions {
  /** A server that is known to take a request's scheme from X-Forwarded-Proto only if it is told to. */
  readonly plainServer: boolean;
  /** Something that may take the scheme from X-Forwarded-Proto without Django's setting. */
  readonly forwardedProto: boolean;
  /** Something besides MIDDLEWARE that may serve static files. */
  readonly staticFiles: boolean;
  /** Something that may replace variables in a Caddyfile. */
  readonly rendering: boolean;
}

/** What to look for in the texts of the checkout, outside of comments. */
export const MENTIONS = {
  plainServer: /\b(gunicorn|uvicorn|daphne|hypercorn)\b/,
  /**
   * Options and variables of gunicorn, uvicorn, daphne, waitress; servers that need no option (uWSGI); a file of variables,
   * which may have any of them (`env_file`); code that sets the scheme.
   */
  forwardedProto:
    /forwarded[-_]allow[-_]ips|proxy[-_]headers|secure[-_]scheme[-_]headers|trusted[-_]proxy|GUNICORN_CMD_ARGS|uwsgi|waitress|mod_wsgi|passenger|\bunitd?\b|url_scheme|\benv[-_]file\b|envFrom|configMapRef/i,
  /** Code that reads the header itself. The setting that names it is judged as a setting. */
  readsHeader: /^(?!.*SECURE_PROXY_SSL_HEADER).*X[-_]FORWARDED[-_]PROTO/im,
  staticFiles:
    /static[-_]?map\b|static-path|static-dir|check-static|\bWhiteNoise\(|\b(Media)?Cling\b|StaticFilesHandler|ServeStatic|StaticFiles\(|views\.static\b|views import serve\b|\bnginx\b|apache|httpd|mod_wsgi|\bunitd?\b/i,
  rendering:
    /\benvsubst\b|\btemplatefile\b|\btemplate_file\b|builtin\.template\b|^\s*-?\s*template:|\bgomplate\b|\bdockerize\b|consul-template|\bconfd\b|\bj2(cli)?\b|\bjinja2?\b.*Caddyfile|\bsed\b.*Caddyfile|Caddyfile.*\bsed\b/im,
};

/** Images that start nothing of their own and set nothing for a server. */
const PLAIN =
  /^((docker\.io\/)?(library\/)?(python|debian|ubuntu|alpine|node|golang|rust|caddy)|ghcr\.io\/astral-sh\/uv)([:@]|$)/;

/**
 * What the files and the Dockerfile mention.
 * @param dockerfile its instructions
 * @returns undefined where not all could be read
 */
export function mentionsIn(
  { paths, isComplete }: Pick<Found<keyof typeof MENTIONS>, "paths" | "isComplete">,
  dockerfile: readonly Instruction[],
): Mentions | undefined {
  if (!isComplete || dockerfile.length === 0) return undefined;
  const own = linesWith(dockerfile, "").join("\n");
  const isPython = (path: string) => path.endsWith(".py");
  const has = (name: keyof typeof MENTIONS) => paths[name].length > 0 || MENTIONS[name].test(own);
  return {
    plainServer: has("plainServer"),
    // The image that this one is made from may have such a variable.
    forwardedProto:
      has("forwardedProto") || paths.readsHeader.some(isPython) || !arePlain(stagesOf(dockerfile)),
    staticFiles: has("staticFiles"),
    rendering: MENTIONS.rendering.test(own) || !paths.rendering.every(isPython),
  };
}

/** Whether each image that a Dockerfile begins with is plain, or another of its stages. */
function arePlain(stages: readonly DockerStage[]): boolean {
  return stages.every(
    ({ base }, index) => PLAIN.test(base) || stageOf(stages.slice(0, index), base) !== undefined,
  );
}
