/**
 * Caddyfiles like those of real projects, and what shipshape reports for each: the same for both versions, or by
 * version where Caddy itself differs. What Caddy printed for each is in recorded/. The e2e test runs the real
 * binaries, and with RECORD=1 records their output again.
 */
import type { Settings } from "../../../../src/checks/django-settings.ts";

export type Version = "2.6" | "2.11";

/** Findings as `LEVEL id file:line`, without a place when there is none. */
export type Expected = readonly string[];

/** A Caddyfile and what is expected. */
export interface Golden {
  /** What is special about it: the name of the test. */
  readonly what: string;
  /** The Caddyfile. */
  readonly text: string;
  /** Other files of the repository, by their paths. */
  readonly otherFiles?: Readonly<Record<string, string>>;
  /** `caddy-env`. */
  readonly env?: Readonly<Record<string, string>>;
  /** Findings of `caddy`; none when it is left out. */
  readonly findings?: Expected | Readonly<Record<Version, Expected>>;
  /** Matches the first finding's message and hint. */
  readonly like?: RegExp;
  /** The first line that `caddy fmt` would change. */
  readonly unformatted?: number;
  /** Findings of `hosts`, with these settings and with these ports of the image (8000 if none are given). */
  readonly hosts?: {
    readonly settings?: Settings;
    readonly ports?: readonly number[];
    /** The services of a compose file. */
    readonly services?: Readonly<Record<string, unknown>>;
    readonly findings: Expected;
    /** Matches the first finding's message and hint. */
    readonly like?: RegExp;
  };
}

/** Good settings for production, all set by the project. A golden changes those that it is about. */
export function production(more: Readonly<Record<string, unknown>> = {}): Settings {
  const values = {
    VERSION: "5.2.8",
    DEBUG: false,
    ALLOWED_HOSTS: ["shop.example.org"],
    CSRF_TRUSTED_ORIGINS: [],
    MIDDLEWARE: [
      "django.middleware.security.SecurityMiddleware",
      "django.middleware.csrf.CsrfViewMiddleware",
    ],
    SECURE_PROXY_SSL_HEADER: ["HTTP_X_FORWARDED_PROTO", "https"],
    SECURE_SSL_REDIRECT: true,
    SECURE_HSTS_SECONDS: 0,
    SESSION_COOKIE_SECURE: true,
    CSRF_COOKIE_SECURE: true,
    USE_X_FORWARDED_HOST: false,
    STATIC_URL: "/static/",
    STATIC_ROOT: "/app/staticfiles",
    HAS_STATIC_FILES: false,
    MEDIA_URL: "/media/",
    MEDIA_ROOT: "/app/media",
    STORAGES: { staticfiles: "django.contrib.staticfiles.storage.StaticFilesStorage" },
    ...more,
  };
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, { value, supplied: "project" }]),
  );
}

const SITE = `shop.example.org {
	encode zstd gzip
	reverse_proxy web:8000
}
`;

/** One site with these lines in it. */
export function site(...lines: readonly string[]): string {
  return `shop.example.org {\n${lines.map((line) => `\t${line}\n`).join("")}}\n`;
}

export const GOLDENS: readonly Golden[] = [
  // Valid Caddyfiles.
  { what: "one site and a proxy", text: SITE },
  { what: "a site without braces", text: "shop.example.org\n\nreverse_proxy web:8000\n" },
  { what: "only comments", text: "# to be written\n" },
  {
    what: "global options, a snippet and two sites",
    text: `{
	email ops@example.org
	servers {
		protocols h1 h2
	}
}

(common) {
	encode gzip
	header -Server
}

shop.example.org {
	import common
	reverse_proxy web:8000
}

admin.example.org {
	import common
	reverse_proxy web:8000
}
`,
  },
  {
    what: "static and media files from shared volumes",
    text: site(
      "handle_path /static/* {",
      "\troot * /srv/static",
      "\tfile_server",
      "}",
      "handle_path /media/* {",
      "\troot * /srv/media",
      "\tfile_server",
      "}",
      "handle {",
      "\treverse_proxy web:8000",
      "}",
    ),
    hosts: {
      findings: ["INFO hosts.static-root Caddyfile:3", "INFO hosts.media-root Caddyfile:7"],
    },
  },
  {
    what: "static files from Django's own folder",
    text: site(
      "handle_path /static/* {",
      "\troot * /app/staticfiles",
      "\tfile_server",
      "}",
      "handle {",
      "\treverse_proxy web:8000",
      "}",
    ),
    hosts: { findings: [] },
  },
  {
    what: "an internal certificate authority, and a log file in a folder that does not exist",
    text: site(
      "tls internal",
      "log {",
      "\toutput file /var/log/caddy/new/access.log",
      "}",
      "reverse_proxy web:8000",
    ),
  },
  {
    what: "headers, matchers and a redirect",
    text: `www.example.org {
	redir https://example.org{uri} permanent
}

example.org {
	@websockets {
		header Connection *Upgrade*
		header Upgrade websocket
	}
	header {
		X-Content-Type-Options nosniff
		-Server
	}
	request_body {
		max_size 20MB
	}
	reverse_proxy @websockets web:8001
	reverse_proxy web:8000
}
`,
  },
  // Errors in the Caddyfile.
  {
    what: "a typo in a directive",
    text: site("encode gzip", "revers_proxy web:8000"),
    findings: ["ERROR caddy.invalid Caddyfile:3"],
    like: /unrecognized directive: revers_proxy.*Did you mean `reverse_proxy`/s,
  },
  {
    what: "an unknown subdirective",
    text: site("reverse_proxy web:8000 {", "\thealth_way /up", "}"),
    findings: ["ERROR caddy.invalid Caddyfile:3"],
    like: /^unrecognized subdirective health_way/,
  },
  {
    what: "a block that is never closed",
    text: "shop.example.org {\n\treverse_proxy web:8000\n",
    findings: ["ERROR caddy.invalid Caddyfile:2"],
  },
  {
    what: "one brace too many",
    text: "shop.example.org {\n\treverse_proxy web:8000\n}\n}\n",
    findings: ["ERROR caddy.invalid Caddyfile:4"],
  },
  {
    what: "a block on one line",
    text: "shop.example.org { reverse_proxy web:8000 }\n",
    findings: ["ERROR caddy.invalid Caddyfile:1"],
    unformatted: 1,
  },
  {
    what: "two addresses with a comma and no space between them",
    text: "a.example.org,b.example.org {\n\treverse_proxy web:8000\n}\n",
    findings: ["ERROR caddy.invalid Caddyfile:1"],
    like: /put a space after the comma/,
  },
  {
    what: "an upstream with a path",
    text: site("reverse_proxy http://web:8000/app"),
    findings: ["ERROR caddy.invalid Caddyfile:2"],
    like: /URLs for proxy upstreams only support scheme, host, and port/,
  },
  {
    what: "an invalid duration",
    text: site("reverse_proxy web:8000 {", "\thealth_uri /up", "\thealth_interval soon", "}"),
    findings: ["ERROR caddy.invalid Caddyfile:4"],
  },
  {
    what: "an unknown cipher suite",
    text: site("tls {", "\tciphers TLS_ROT13", "}"),
    findings: ["ERROR caddy.invalid Caddyfile:3"],
  },
  {
    what: "one site twice, which Caddy reports without a line",
    text: `${SITE}\n${SITE}`,
    findings: ["ERROR caddy.invalid Caddyfile:6"],
    like: /ambiguous site definition/,
  },
  {
    what: "a matcher twice, which Caddy reports without a line",
    text: site("@api path /api/*", "@api path /v2/*", "reverse_proxy @api api:9000"),
    findings: ["ERROR caddy.invalid Caddyfile:4"],
  },
  {
    what: "a broken regular expression, found when modules are loaded",
    text: site("@old path_regexp [a", "respond @old 410", "reverse_proxy web:8000"),
    findings: ["ERROR caddy.invalid Caddyfile:2"],
    like: /error parsing regexp/,
  },
  {
    what: "a password that is not a hash",
    text: site("basicauth /admin/* {", "\tada secret!", "}", "reverse_proxy web:8000"),
    findings: {
      "2.6": ["ERROR caddy.invalid"],
      "2.11": ["ERROR caddy.invalid", "INFO caddy.warning"],
    },
  },
  {
    what: "an unknown global option",
    text: "{\n\thttp_prot 8080\n}\n\nshop.example.org {\n\treverse_proxy web:8000\n}\n",
    findings: ["ERROR caddy.invalid Caddyfile:2"],
    like: /Did you mean `http_port`/,
  },
  {
    what: "an error in a snippet",
    text: "(proxied) {\n\treverse_proxy {args[0]} {\n\t\tnosuch\n\t}\n}\n\nshop.example.org {\n\timport proxied web:8000\n}\n",
    findings: ["ERROR caddy.invalid Caddyfile:3"],
  },
  {
    what: "an error in a snippet that another snippet imports",
    text: "(a) {\n\treverse_proxy {args[0]} {\n\t\tnosuch\n\t}\n}\n\n(b) {\n\timport a web:8000\n}\n\nshop.example.org {\n\timport b\n}\n",
    findings: ["ERROR caddy.invalid Caddyfile:3"],
  },
  // Imports.
  {
    what: "imports by a pattern",
    text: "import sites/*.caddy\n",
    otherFiles: { "sites/shop.caddy": SITE, "sites/blog.caddy": SITE.replace("shop", "blog") },
  },
  {
    what: "an error in an imported file",
    text: "import sites/*.caddy\n",
    otherFiles: { "sites/shop.caddy": site("encode gzip", "revers_proxy web:8000") },
    findings: ["ERROR caddy.invalid sites/shop.caddy:3"],
  },
  {
    what: "an error in a file that an imported file imports",
    text: "import sites/shop.caddy\n",
    otherFiles: {
      "sites/shop.caddy": site("import ../parts/proxy.caddy"),
      "parts/proxy.caddy": "reverse_proxy web:8000 {\n\tnosuch\n}\n",
    },
    findings: ["ERROR caddy.invalid parts/proxy.caddy:2"],
  },
  {
    what: "an import by its absolute path in the image",
    text: "import /etc/caddy/sites/shop.caddy\n",
    otherFiles: { "sites/shop.caddy": SITE },
  },
  {
    what: "an import of a missing file",
    text: `import sites/shop.caddy\n\n${SITE}`,
    findings: ["ERROR caddy.missing-import Caddyfile:1"],
  },
  {
    what: "a pattern that matches nothing",
    text: `import sites/*.caddy\n\n${SITE}`,
    findings: ["INFO caddy.warning"],
  },
  {
    what: "files that import each other",
    text: "import sites/shop.caddy\n",
    otherFiles: { "sites/shop.caddy": "import ../Caddyfile\n" },
    findings: ["ERROR caddy.invalid sites/shop.caddy"],
    like: /a cycle of imports exists between sites\/shop\.caddy and Caddyfile.*import each other/s,
  },
  // Plugins, Caddy 1, newer directives.
  {
    what: "rate_limit, which the stock image does not have",
    text: site("rate_limit {", "\tzone one {", "\t\tkey {remote_host}", "\t}", "}", "reverse_proxy web:8000"),
    findings: ["ERROR caddy.missing-plugin Caddyfile:2"],
    like: /github\.com\/mholt\/caddy-ratelimit.*caddy-file.*FROM caddy:2-builder/s,
  },
  {
    what: "rate_limit inside route, where Caddy names the line of the closing brace",
    text: site("route {", "\trate_limit {", "\t\tdistributed", "\t}", "\treverse_proxy web:8000", "}"),
    findings: ["ERROR caddy.missing-plugin Caddyfile:3"],
    like: /caddy-ratelimit/,
  },
  {
    what: "a typo inside handle",
    text: site("handle /x {", "\trevers_proxy web:8000", "}"),
    findings: ["ERROR caddy.invalid Caddyfile:3"],
    like: /Did you mean `reverse_proxy`/,
  },
  {
    what: "the order of rate_limit, in the global options",
    text: `{\n\torder rate_limit before basicauth\n}\n\n${SITE}`,
    findings: ["ERROR caddy.missing-plugin Caddyfile:2"],
    like: /caddy-ratelimit/,
  },
  {
    what: "a DNS provider",
    text: site("tls {", "\tdns cloudflare {env.CLOUDFLARE_TOKEN}", "}", "reverse_proxy web:8000"),
    findings: ["ERROR caddy.missing-plugin Caddyfile:3"],
    like: /github\.com\/caddy-dns\/cloudflare/,
  },
  {
    what: "layer 4",
    text: `{\n\tlayer4 {\n\t\t:5432 {\n\t\t\troute {\n\t\t\t\tproxy db:5432\n\t\t\t}\n\t\t}\n\t}\n}\n\n${SITE}`,
    findings: ["ERROR caddy.missing-plugin Caddyfile:2"],
    like: /github\.com\/mholt\/caddy-l4/,
  },
  {
    what: "an unknown directive",
    text: site("frobnicate on", "reverse_proxy web:8000"),
    findings: ["ERROR caddy.missing-plugin Caddyfile:2"],
    like: /It may come from a plugin/,
  },
  {
    what: "Caddy 1's proxy",
    text: "shop.example.org {\n\tproxy / web:8000 {\n\t\ttransparent\n\t}\n\tgzip\n}\n",
    findings: ["ERROR caddy.version-1 Caddyfile:2"],
    like: /directive of Caddy 1.*`reverse_proxy`/s,
  },
  {
    what: "Caddy 1's gzip",
    text: site("gzip", "reverse_proxy web:8000"),
    findings: ["ERROR caddy.version-1 Caddyfile:2"],
  },
  {
    what: "a directive that is newer than Caddy 2.6",
    text: site("log_skip /up", "reverse_proxy web:8000"),
    findings: { "2.6": ["ERROR caddy.invalid Caddyfile:2"], "2.11": [] },
  },
  // Variables.
  {
    what: "an address from a variable without a value",
    text: "{$DOMAIN} {\n\treverse_proxy web:8000\n}\n",
    findings: ["INFO caddy.variable Caddyfile:1"],
    like: /\{\$DOMAIN\}.*reserved example host.*caddy-env: \|\n {2}DOMAIN=…/s,
  },
  {
    what: "two addresses and a port from variables without values",
    text: "{$DOMAIN}, www.{$DOMAIN} {\n\treverse_proxy web:8000\n}\n\n{$OTHER}:{$PORT} {\n\treverse_proxy web:8000\n}\n",
    findings: [
      "INFO caddy.variable Caddyfile:1",
      "INFO caddy.variable Caddyfile:5",
      "INFO caddy.variable Caddyfile:5",
    ],
  },
  {
    what: "an address from `caddy-env`",
    text: "{$DOMAIN} {\n\treverse_proxy web:8000\n}\n",
    env: { DOMAIN: "shop.example.org" },
    hosts: { findings: [] },
  },
  {
    what: "an empty address from `caddy-env`, for which Caddy's error is misleading",
    text: "{$DOMAIN} {\n\treverse_proxy web:8000\n}\n",
    env: { DOMAIN: "" },
    findings: ["ERROR caddy.empty-address Caddyfile:1"],
    like: /\{\$DOMAIN\} is empty, so Caddy reads its block as global options/,
  },
  {
    what: "an address with a default, and an empty value",
    text: "{$DOMAIN:localhost} {\n\treverse_proxy web:8000\n}\n",
    env: { DOMAIN: "" },
    findings: ["ERROR caddy.empty-address Caddyfile:1", "WARNING caddy.empty-variable Caddyfile:1"],
  },
  {
    what: "variables with defaults",
    text: "{$DOMAIN:localhost} {\n\treverse_proxy {$UPSTREAM:web:8000}\n}\n",
    hosts: { findings: [] },
  },
  {
    what: "a default in shell syntax",
    text: site("reverse_proxy web:{$PORT:-8000}"),
    findings: {
      "2.6": ["WARNING caddy.default-dash Caddyfile:2"],
      "2.11": ["ERROR caddy.invalid Caddyfile:2", "WARNING caddy.default-dash Caddyfile:2"],
    },
  },
  {
    what: "a directive whose argument is a variable without a value",
    text: `{\n\temail {$EMAIL}\n}\n\n${SITE}`,
    findings: ["ERROR caddy.unset-variable Caddyfile:2"],
    like: /EMAIL has no value here.*caddy-env: \|\n {2}EMAIL=…/s,
  },
  {
    what: "a variable in place of a whole global option",
    text: `{\n\t{$GLOBAL_OPTIONS}\n}\n\n${SITE}`,
    findings: ["INFO caddy.variable Caddyfile:2"],
  },
  {
    what: "a placeholder for a variable, which Caddy reads while it loads",
    text: `{\n\temail {env.ACME_EMAIL}\n}\n\n${SITE}`,
    findings: ["ERROR caddy.unset-variable Caddyfile:2"],
    like: /ACME_EMAIL/,
  },
  {
    what: "such a placeholder with a value from `caddy-env`",
    text: `{\n\temail {env.ACME_EMAIL}\n}\n\n${SITE}`,
    env: { ACME_EMAIL: "ops@example.org" },
  },
  {
    what: "a secret value in an error, which is hidden",
    text: site("reverse_proxy web:8000 {", "\theader_up {$TOKEN}", "\tlb_policy {$TOKEN}", "}"),
    env: { TOKEN: "correct-horse-battery" },
    findings: ["ERROR caddy.missing-plugin Caddyfile:4"],
    like: /selection_policies\.\*\*\*$/m,
  },
  {
    what: "a variable in a comment",
    text: `# {$NOTHING} is set by nobody\n${SITE}`,
  },
  {
    what: "an upstream from a variable as a shell writes it",
    text: site("reverse_proxy ${APP_HOST}:8000"),
    findings: ["WARNING caddy.shell-variable Caddyfile:2"],
    like: /`\$\{APP_HOST\}` is no variable for Caddy.*Write `\{\$APP_HOST\}`/s,
  },
  {
    what: "an address from a variable as a shell writes it",
    text: "${DOMAIN} {\n\treverse_proxy web:8000\n}\n",
    findings: ["ERROR caddy.shell-variable Caddyfile:1"],
    like: /subject does not qualify for certificate.*Write `\{\$DOMAIN\}`/s,
  },
  {
    what: "an address from such a variable without braces",
    text: "www.$DOMAIN {\n\treverse_proxy web:8000\n}\n",
    findings: ["ERROR caddy.shell-variable Caddyfile:1"],
    like: /Write `\{\$DOMAIN\}`/,
  },
  {
    what: "a port with a shell's default",
    text: site("reverse_proxy web:${PORT:-8000}"),
    findings: ["WARNING caddy.shell-variable Caddyfile:2"],
    like: /Write `\{\$PORT:8000\}`/,
  },
  {
    what: "a global option from such a variable",
    text: `{\n\thttp_port \${HTTP_PORT}\n}\n\n${SITE}`,
    findings: ["ERROR caddy.shell-variable Caddyfile:2"],
    like: /Write `\{\$HTTP_PORT\}`/,
  },
  {
    what: "dollars that are no variables",
    text: site(
      "@old path_regexp ^/old/(.*)$",
      "redir @old /new/{re.1}",
      "respond /price `costs ${AMOUNT}`",
      "reverse_proxy web:8000",
    ),
  },
  // Files that exist only in production.
  {
    what: "a certificate file that does not exist during the check",
    text: site("tls /etc/ssl/shop.pem /etc/ssl/shop.key", "reverse_proxy web:8000"),
    findings: ["INFO caddy.missing-file Caddyfile:2"],
    like: /\/etc\/ssl\/shop\.pem does not exist/,
  },
  // Warnings.
  {
    what: "a header that Caddy sends by itself",
    text: site("reverse_proxy web:8000 {", "\theader_up X-Forwarded-For {remote_host}", "}"),
    findings: ["INFO caddy.warning"],
    like: /Unnecessary header_up/,
  },
  { what: "http only", text: `http://${SITE}`, findings: ["INFO caddy.warning"] },
  // Formatting.
  {
    what: "spaces instead of tabs",
    text: "shop.example.org {\n  reverse_proxy web:8000\n}\n",
    unformatted: 2,
  },
  {
    what: "too many empty lines",
    text: `${SITE}\n\n\nblog.example.org {\n\treverse_proxy web:8000\n}\n`,
    unformatted: 6,
  },
  // Caddy and Django.
  { what: "Caddy and Django agree", text: SITE, hosts: { ports: [8000], findings: [] } },
  {
    what: "a host that ALLOWED_HOSTS does not have",
    text: "shop.example.org, store.example.org {\n\treverse_proxy web:8000\n}\n",
    hosts: { findings: ["WARNING hosts.not-allowed Caddyfile:1"] },
  },
  {
    what: "a host that a leading dot in ALLOWED_HOSTS allows",
    text: SITE,
    hosts: { settings: production({ ALLOWED_HOSTS: [".example.org"] }), findings: [] },
  },
  {
    what: "ALLOWED_HOSTS with the value that shipshape supplied",
    text: SITE,
    hosts: {
      settings: { ...production(), ALLOWED_HOSTS: { value: ["shipshape.example"], supplied: "shipshape" } },
      findings: [],
    },
  },
  {
    what: "a wildcard site",
    text: "*.example.org {\n\ttls internal\n\treverse_proxy web:8000\n}\n",
    hosts: { findings: ["INFO hosts.not-allowed Caddyfile:1"] },
  },
  {
    what: "a proxy that sends Django another host",
    text: site("reverse_proxy web:8000 {", "\theader_up Host {upstream_hostport}", "}"),
    hosts: { findings: ["WARNING hosts.not-allowed Caddyfile:1", "WARNING hosts.csrf-origin Caddyfile:1"] },
  },
  {
    what: "a proxy that sends Django another host, with USE_X_FORWARDED_HOST",
    text: site("reverse_proxy web:8000 {", "\theader_up Host {upstream_hostport}", "}"),
    hosts: { settings: production({ USE_X_FORWARDED_HOST: true }), findings: [] },
  },
  {
    what: "a proxy that sends Django another host, with CSRF_TRUSTED_ORIGINS",
    text: site("reverse_proxy web:8000 {", "\theader_up Host web", "}"),
    hosts: {
      settings: production({ ALLOWED_HOSTS: ["web"], CSRF_TRUSTED_ORIGINS: ["https://*.example.org"] }),
      findings: [],
    },
  },
  {
    what: "SECURE_SSL_REDIRECT without SECURE_PROXY_SSL_HEADER",
    text: SITE,
    hosts: {
      settings: production({ SECURE_PROXY_SSL_HEADER: null }),
      findings: ["WARNING hosts.redirect-loop Caddyfile:1"],
    },
  },
  {
    what: "SECURE_SSL_REDIRECT without SECURE_PROXY_SSL_HEADER, for two sites of which one is a variable",
    text: "{$DOMAIN}, shop.example.org {\n\treverse_proxy web:8000\n}\n",
    findings: ["INFO caddy.variable Caddyfile:1"],
    hosts: {
      settings: production({ SECURE_PROXY_SSL_HEADER: null }),
      findings: ["WARNING hosts.redirect-loop Caddyfile:1"],
    },
  },
  {
    what: "SECURE_PROXY_SSL_HEADER with a header that Caddy does not send",
    text: SITE,
    hosts: {
      settings: production({ SECURE_PROXY_SSL_HEADER: ["HTTP_X_FORWARDED_PROTOCOL", "https"] }),
      findings: ["WARNING hosts.redirect-loop Caddyfile:1"],
    },
  },
  {
    what: "SECURE_PROXY_SSL_HEADER with a header that the Caddyfile sets",
    text: site("reverse_proxy web:8000 {", "\theader_up X-Forwarded-Protocol {scheme}", "}"),
    hosts: {
      settings: production({ SECURE_PROXY_SSL_HEADER: ["HTTP_X_FORWARDED_PROTOCOL", "https"] }),
      findings: [],
    },
  },
  {
    what: "no redirect, but an origin that Django treats as another site",
    text: SITE,
    hosts: {
      settings: production({ SECURE_PROXY_SSL_HEADER: null, SECURE_SSL_REDIRECT: false }),
      findings: ["WARNING hosts.csrf-origin Caddyfile:1"],
    },
  },
  {
    what: "Secure cookies and trusted origins without SECURE_PROXY_SSL_HEADER",
    text: SITE,
    hosts: {
      settings: production({
        SECURE_PROXY_SSL_HEADER: null,
        SECURE_SSL_REDIRECT: false,
        CSRF_TRUSTED_ORIGINS: ["https://shop.example.org"],
      }),
      findings: ["INFO hosts.proxy-ssl-header Caddyfile:1"],
    },
  },
  {
    what: "http only, behind a proxy that terminates TLS",
    text: `:80 {\n\treverse_proxy web:8000\n}\n`,
    findings: ["INFO caddy.warning"],
    hosts: { findings: ["INFO hosts.http-only Caddyfile:2"] },
  },
  {
    what: "http only, behind a proxy that Caddy trusts",
    text: `:80 {\n\treverse_proxy web:8000 {\n\t\ttrusted_proxies private_ranges\n\t}\n}\n`,
    findings: ["INFO caddy.warning"],
    hosts: { findings: [] },
  },
  {
    what: "static files under another path, and nothing else that serves them",
    text: site(
      "handle_path /assets/* {",
      "\troot * /srv/assets",
      "\tfile_server",
      "}",
      "reverse_proxy web:8000",
    ),
    hosts: { findings: ["INFO hosts.static-url Caddyfile:4"] },
  },
  {
    what: "static files under another path, with WhiteNoise",
    text: site(
      "handle_path /assets/* {",
      "\troot * /srv/assets",
      "\tfile_server",
      "}",
      "reverse_proxy web:8000",
    ),
    hosts: {
      settings: production({ MIDDLEWARE: ["whitenoise.middleware.WhiteNoiseMiddleware"] }),
      findings: ["INFO hosts.static-url Caddyfile:4"],
    },
  },
  {
    what: "handle where handle_path is meant",
    text: site(
      "handle /static/* {",
      "\troot * /app/staticfiles",
      "\tfile_server",
      "}",
      "handle {",
      "\treverse_proxy web:8000",
      "}",
    ),
    hosts: { findings: ["WARNING hosts.static-root Caddyfile:3"] },
  },
  {
    what: "a port that the image does not listen on",
    text: site("reverse_proxy web:8080"),
    hosts: { ports: [8000], findings: ["INFO hosts.upstream-port Caddyfile:2"] },
  },
  {
    what: "a frontend in front of Django, on another port",
    text: "store.example.org {\n\treverse_proxy frontend:3000\n}\n",
    hosts: {
      ports: [8000],
      findings: ["INFO hosts.not-allowed Caddyfile:1", "INFO hosts.upstream-port Caddyfile:2"],
    },
  },
  {
    what: "two services, of which one is Django",
    text: `shop.example.org {\n\treverse_proxy web:8000\n}\n\nflower.example.org {\n\treverse_proxy flower:5555\n}\n`,
    hosts: { ports: [8000], findings: [] },
  },
  {
    what: "two services, and no port that tells which one is Django",
    text: `shop.example.org {\n\treverse_proxy web:8000\n}\n\nflower.example.org {\n\treverse_proxy flower:5555\n}\n`,
    hosts: { ports: [], findings: ["INFO hosts.not-allowed Caddyfile:5"] },
  },
  {
    what: "HSTS in both, with different values",
    text: site(
      'header Strict-Transport-Security "max-age=63072000; includeSubDomains"',
      "reverse_proxy web:8000",
    ),
    hosts: {
      settings: production({ SECURE_HSTS_SECONDS: 3600 }),
      findings: ["INFO hosts.hsts Caddyfile:2"],
    },
  },
  {
    what: "HSTS in both, with equal values",
    text: site('header Strict-Transport-Security "max-age=3600"', "reverse_proxy web:8000"),
    hosts: { settings: production({ SECURE_HSTS_SECONDS: 3600 }), findings: [] },
  },
  {
    what: "a bare domain without its www",
    text: "example.org {\n\treverse_proxy web:8000\n}\n",
    hosts: {
      settings: production({ ALLOWED_HOSTS: ["example.org"] }),
      findings: ["INFO hosts.www Caddyfile:1"],
    },
  },
  {
    what: "a bare domain with a redirect from www",
    text: "www.example.org {\n\tredir https://example.org{uri} permanent\n}\n\nexample.org {\n\treverse_proxy web:8000\n}\n",
    hosts: { settings: production({ ALLOWED_HOSTS: ["example.org"] }), findings: [] },
  },
  {
    what: "a bare domain and its www, both proxied",
    text: "example.org, www.example.org {\n\treverse_proxy web:8000\n}\n",
    hosts: {
      settings: production({ ALLOWED_HOSTS: [".example.org"] }),
      findings: ["INFO hosts.www Caddyfile:1"],
    },
  },
  {
    what: "one service on two upstreams",
    text: "store.example.org {\n\treverse_proxy web1:8000 web2:8000\n}\n",
    hosts: { findings: ["WARNING hosts.not-allowed Caddyfile:1"] },
  },
  {
    what: "a Unix socket",
    text: site("reverse_proxy unix//run/shop/web.sock"),
    hosts: { ports: [8000], findings: [] },
  },
];
