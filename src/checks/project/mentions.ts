/**
 * What the texts of the checkout say that neither a setting nor an adapted Caddyfile says: how the server is started, and
 * what is done to a Caddyfile before Caddy reads it. Pure.
 */
import { posix } from "node:path";
import { type Instruction, instructionsFor, linesWith } from "../../request/dockerfile.ts";
import { looksLikeCompose, type Service } from "./compose.ts";
import { isProduction, runsImage, type ThisImage } from "./image-services.ts";
import { type Found, uncommented } from "./search.ts";

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
  /** Options and variables of gunicorn, uvicorn, daphne, waitress; servers that need no option (uWSGI); code that sets the scheme. */
  forwardedProto:
    /forwarded[-_]allow[-_]ips|proxy[-_]headers|secure[-_]scheme[-_]headers|trusted[-_]proxy|GUNICORN_CMD_ARGS|uwsgi|waitress|mod_wsgi|passenger|\bunitd?\b|url_scheme/i,
  /**
   * A file of variables for a container or a server, which may have any of those. The option of `docker compose` is none:
   * its variables are for the compose files.
   */
  variables: /^(?!.*\bcompose\b).*--env[-_]file\b|envFrom|configMapRef/im,
  /** The same as a key of compose, Ansible and others. pydantic's `env_file` comes too late for a server. */
  variablesKey: /\benv_file\b/i,
  /** Code that reads the header itself. The setting that names it is judged as a setting. */
  readsHeader: /^(?!.*SECURE_PROXY_SSL_HEADER).*X[-_]FORWARDED[-_]PROTO/im,
  staticFiles:
    /static[-_]?map\b|static-path|static-dir|check-static|\bWhiteNoise\(|\b(Media)?Cling\b|StaticFilesHandler|ServeStatic|StaticFiles\(|views\.static\b|views import serve\b|\bnginx\b|apache|httpd|mod_wsgi|\bunitd?\b/i,
  rendering:
    /\benvsubst\b|\btemplatefile\b|\btemplate_file\b|builtin\.template\b|^\s*-?\s*template:|\bgomplate\b|\bdockerize\b|consul-template|\bconfd\b|\bj2(cli)?\b|\bjinja2?\b.*Caddyfile|\bsed\b.*Caddyfile|Caddyfile.*\bsed\b/im,
};

/** Images that start nothing of their own and set nothing for a server. */
const PLAIN =
  /^(scratch$|((docker\.io|public\.ecr\.aws\/docker|mirror\.gcr\.io)\/)?(library\/)?(python|debian|ubuntu|alpine|node|golang|rust|caddy)|ghcr\.io\/astral-sh\/uv)([:@]|$)/;

/** What a file of variables in the checkout says to the server. */
export interface VariablesOfServices {
  /** Repo paths of the compose files whose services are known. */
  readonly files: ReadonlySet<string>;
  /** One of those that may run the image has a part that is written elsewhere. */
  readonly isPartial: boolean;
  /** Repo paths of their files of variables. */
  readonly variables: readonly string[];
}

/** The files of variables that compose gives to those services that may run the image. A database's say nothing. */
export function variablesOf(services: readonly Service[], image: ThisImage): VariablesOfServices {
  const ours = services.filter((service) => runsImage(service, image) !== false);
  return {
    files: new Set(services.flatMap(({ definitions }) => definitions.map(({ file }) => file))),
    isPartial: ours.some(({ isPartial }) => isPartial),
    variables: ours.flatMap(({ definitions }) =>
      definitions.filter(isProduction).flatMap(({ variablesFiles }) => variablesFiles),
    ),
  };
}

/**
 * What the files and the Dockerfile mention.
 * @param dockerfile its instructions
 * @param target the stage that is shipped
 * @param services what compose gives to the image's services
 * @param texts those of their files of variables; undefined for one that is not in the checkout, and may say anything
 * @returns undefined where not all could be read
 */
export function mentionsIn(
  { paths, isComplete }: Pick<Found<keyof typeof MENTIONS>, "paths" | "isComplete">,
  dockerfile: readonly Instruction[],
  target: string,
  services: VariablesOfServices,
  texts: readonly (string | undefined)[],
): Mentions | undefined {
  if (!isComplete || dockerfile.length === 0) return undefined;
  const own = linesWith(dockerfile, "").join("\n");
  const isPython = (path: string) => path.endsWith(".py");
  const has = (name: keyof typeof MENTIONS) => paths[name].length > 0 || MENTIONS[name].test(own);
  const isKnown = (file: string) =>
    looksLikeCompose(posix.basename(file)) && services.files.has(file) && !services.isPartial;
  return {
    plainServer: has("plainServer"),
    forwardedProto:
      has("forwardedProto") ||
      paths.readsHeader.some(isPython) ||
      has("variables") ||
      paths.variablesKey.some((file) => !isPython(file) && !isKnown(file)) ||
      texts.some((text) => text === undefined || MENTIONS.forwardedProto.test(uncommented(text))) ||
      // The image that the shipped stage is made from may have such a variable, or start anything.
      !PLAIN.test(instructionsFor(dockerfile, target).image),
    staticFiles: has("staticFiles"),
    rendering: MENTIONS.rendering.test(own) || !paths.rendering.every(isPython),
  };
}
