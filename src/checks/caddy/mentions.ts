/**
 * What the texts of the checkout say that neither a setting nor an adapted Caddyfile says: how the server is started, and
 * what is done to a Caddyfile before Caddy reads it. Pure.
 */

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

/** A text of the checkout, by its repo path. */
export type Text = readonly [path: string, text: string];

const PLAIN_SERVER = /\b(gunicorn|uvicorn|daphne|hypercorn)\b/;
/**
 * Options and variables of gunicorn, uvicorn, daphne, waitress; servers that need no option (uWSGI); a file of variables,
 * which may have any of them (`env_file`); code that sets the scheme.
 */
const FORWARDED_PROTO =
  /forwarded[-_]allow[-_]ips|proxy[-_]headers|secure[-_]scheme[-_]headers|trusted[-_]proxy|GUNICORN_CMD_ARGS|uwsgi|waitress|mod_wsgi|passenger|\bunitd?\b|url_scheme|\benv[-_]file\b|envFrom|configMapRef/i;
/** Code that reads the header itself; the setting that names it is judged as a setting. */
const READS_HEADER = /^(?!.*SECURE_PROXY_SSL_HEADER).*X[-_]FORWARDED[-_]PROTO/im;
const STATIC_FILES =
  /static[-_]?map|static[-_](path|dir|url)|check-static|\bWhiteNoise\(|\b(Media)?Cling\b|StaticFilesHandler|ServeStatic|StaticFiles\(|views\.static|views import serve|\bnginx\b|apache|httpd|mod_wsgi|\bunitd?\b/i;
const RENDERING =
  /\benvsubst\b|\btemplatefile\b|\btemplate_file\b|builtin\.template|^\s*-?\s*template:|\bgomplate\b|\bdockerize\b|consul-template|\bconfd\b|\bj2(cli)?\b|\bjinja2?\b.*Caddyfile|\bsed\b.*Caddyfile|Caddyfile.*\bsed\b/im;

/** What texts mention, outside of comments. */
export function mentionsIn(texts: Iterable<Text>): Mentions {
  const found = { plainServer: false, forwardedProto: false, staticFiles: false, rendering: false };
  for (const [path, written] of texts) {
    const text = written.replace(/^\s*(#|\/\/).*$/gm, "");
    const isPython = path.endsWith(".py");
    found.plainServer ||= PLAIN_SERVER.test(text);
    found.forwardedProto ||= FORWARDED_PROTO.test(text) || (isPython && READS_HEADER.test(text));
    found.staticFiles ||= STATIC_FILES.test(isPython ? withoutSettings(text) : text);
    found.rendering ||= !isPython && RENDERING.test(text);
  }
  return found;
}

/** Without Django's settings of these names, which say nothing about a server. */
function withoutSettings(text: string): string {
  return text.replace(/\bSTATIC(FILES)?_(URL|ROOT|DIRS|FINDERS|STORAGE)\b/g, "");
}
