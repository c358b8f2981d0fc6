/** Caddyfiles that are put together by chance, always the same ones: routes of all kinds in many orders. */

/** Named matchers, of which each Caddyfile gets some. */
const MATCHERS = [
  "path /api/* /v2/*",
  "path *.css *.js",
  "path */page.html",
  "path /a*/b",
  "path *adm*",
  "path /ADMIN/*",
  "path /sub/?age.html",
  "path /x%2Fy/*",
  "path //double/*",
  "path_regexp re ^/re/(\\w+)/(?P<rest>.*)$",
  "path_regexp ext \\.(css|js|jpg)$",
  "method POST PUT",
  "header X-Kind one*",
  "header !X-Kind",
  "header_regexp kind X-Kind ^(o|t)",
  "query page=2",
  "query page=*",
  "protocol https",
  "host *.example.test",
  "not path /api/* /static/*",
  "not method GET",
  "file",
  "file {path}.html",
  "file {\n\t\troot /srv/other\n\t\ttry_files {path} /docs/page.html\n\t}",
  "vars {http.request.method} POST",
  "remote_ip 127.0.0.0/8",
  "expression `{method} == 'GET'`",
];

const UPSTREAMS = ["web:8000", "api:9000", "auth:7000"];

/** A site's own directives; `@m` is a matcher, `UP` an upstream. */
const DIRECTIVES = [
  "reverse_proxy UP",
  "reverse_proxy @m UP",
  "reverse_proxy /api/* UP",
  "reverse_proxy @m UP {\n\t\theader_up X-From {scheme}-{host}\n\t\theader_up -X-Kind\n\t\theader_up Host inner.test\n\t}",
  "reverse_proxy @m UP {\n\t\trewrite /rewritten{uri}\n\t\theader_up X-Path {path}\n\t}",
  "reverse_proxy @m UP {\n\t\t@ok status 2xx\n\t\thandle_response @ok {\n\t\t\trespond handled 207\n\t\t}\n\t}",
  "forward_auth @m auth:7000 {\n\t\turi /check\n\t\tcopy_headers X-User\n\t}",
  "file_server",
  "file_server /static/*",
  "file_server @m {\n\t\troot /srv/other\n\t}",
  "file_server @m {\n\t\tpass_thru\n\t}",
  "root * /srv/site",
  "root @m /srv/other",
  "root /static/* /srv/files",
  "try_files {path} /index.html",
  "try_files {path} {path}/index.html {path}.html",
  "try_files {path} =404",
  "rewrite @m /index.html",
  "rewrite /old/* /sub/page.html?from={query}",
  "rewrite @m /re2/{re.re.1}?x=1",
  "uri strip_prefix /api",
  "uri @m strip_prefix /static",
  "uri @m strip_suffix .html",
  "uri replace /v2/ /v3/",
  "uri path_regexp /+(\\w)(\\w*)$ /$1-${2}",
  "redir @m https://other.test{uri} permanent",
  "redir /short /long",
  "respond @m {path} 418",
  "respond /hello {http.request.uri.path.file} 200",
  "error @m gone 410",
  "error /missing 404",
  "header @m X-Site {host}",
  "header Strict-Transport-Security max-age=60",
  "request_header X-Kind two",
  "request_header @m -X-Kind",
  "method @m PUT",
  "vars color red",
  "map {path} {kind} {\n\t\t/api/* skipped\n\t\t~^/re/(.*)$ ${1}\n\t\tdefault plain\n\t}",
  "respond /map/* {kind} 202",
  "basicauth /secret/* {\n\t\tada JDJhJDE0JGFvVmVyNXFlNnVZQmJqRkNzV2ZYWk9yY2dWZlRwRUZsYzFLUVZQTnVhRGRjMWNzUmdNVnlp\n\t}",
  "encode gzip",
  "abort /cut",
];

/** Blocks of directives. `IN` is replaced by some of the directives above. */
const BLOCKS = [
  "handle /static/* {\nIN\t}",
  "handle_path /static/* {\nIN\t}",
  "handle_path /api/* {\nIN\t}",
  "handle @m {\nIN\t}",
  "handle {\nIN\t}",
  "route {\nIN\t}",
  "route /sub/* {\nIN\t}",
  "handle_errors {\nIN\t}",
  "handle_errors {\n\t\trewrite * /404.html\n\t\troot * /srv/site\n\t\tfile_server\n\t}",
  "handle_errors {\n\t\trespond {http.error.status_code}\n\t}",
];

const ADDRESSES = [
  "shop.test",
  "http://plain.test",
  "shop.test, www.shop.test",
  "*.example.test",
  "one.example.test",
  "https://secure.test:8443",
  ":8080",
  "http://",
  "shop.test/api/*",
];

/** Numbers that look random and are the same in each run (mulberry32). */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** The Caddyfile of a number. Caddy may refuse it. */
export function caddyfile(seed: number): string {
  const next = chance(seed);
  const pick = (from: readonly string[]) => from[next(from.length)] ?? "";
  const matchers = [pick(MATCHERS), pick(MATCHERS), pick(MATCHERS)];
  const filled = (directive: string) =>
    directive.replace("@m", `@m${next(matchers.length)}`).replace("UP", pick(UPSTREAMS));
  const directives = (count: number) =>
    Array.from({ length: count }, () => `\t${filled(pick(DIRECTIVES))}\n`).join("");
  const block = () => filled(pick(BLOCKS)).replace("IN", directives(1 + next(3)));
  const site = (address: string) => {
    const named = matchers.map((matcher, index) => `\t@m${index} ${matcher}\n`).join("");
    const blocks = Array.from({ length: next(4) }, () => `\t${block()}\n`).join("");
    return `${address} {\n${named}\troot * /srv/site\n${directives(2 + next(4))}${blocks}}\n`;
  };
  const first = pick(ADDRESSES);
  const second = pick(ADDRESSES.filter((one) => !one.startsWith(first.slice(0, 9))));
  return next(2) === 0 ? site(first) : `${site(first)}\n${site(second)}`;
}
