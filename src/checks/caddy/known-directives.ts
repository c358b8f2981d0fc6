/** Names in a Caddyfile: those that Caddy knows, those that only Caddy 1 knew, and those of plugins. Pure. */

/** Directives of a Caddy without plugins (caddyserver.com/docs/caddyfile/directives). */
export const DIRECTIVES: readonly string[] = (
  "abort acme_server basic_auth basicauth bind copy_response copy_response_headers encode error file_server " +
  "forward_auth fs handle handle_errors handle_path handle_response header import intercept invoke log log_append " +
  "log_name log_skip map method metrics php_fastcgi push redir request_body request_header respond reverse_proxy " +
  "rewrite root route skip_log templates tls tracing try_files uri vars"
).split(" ");

/** Global options of a Caddy without plugins (caddyserver.com/docs/caddyfile/options). */
export const OPTIONS: readonly string[] = (
  "acme_ca acme_ca_root acme_dns acme_eab admin auto_https cert_issuer cert_lifetime debug default_bind default_sni " +
  "dns ech email events fallback_sni filesystem grace_period http_port https_port key_type local_certs log metrics " +
  "ocsp_interval ocsp_stapling on_demand_tls order persist_config pki preferred_chains renew_interval servers " +
  "shutdown_delay skip_install_trust storage storage_check storage_clean_interval"
).split(" ");

/** Directives that are newer than Caddy 2.6, the oldest version that is tested. */
export const NEWER_DIRECTIVES: Readonly<Record<string, string>> = {
  invoke: "2.7",
  basic_auth: "2.8",
  fs: "2.8",
  intercept: "2.8",
  log_append: "2.8",
  log_name: "2.8",
  log_skip: "2.8",
};

/** Directives of Caddy 1 that Caddy 2 does not have, and what to write instead (caddyserver.com/docs/v2-upgrade). */
export const VERSION_1: Readonly<Record<string, string>> = {
  browse: "`file_server browse`",
  errors: "`handle_errors`",
  expires: "`header Cache-Control …`",
  ext: "`try_files {path} {path}.html`",
  fastcgi: "`php_fastcgi`",
  gzip: "`encode gzip`",
  index: "`file_server` with `index`",
  internal: "`respond @internal 404`",
  limits: "`request_body`",
  markdown: "`templates`",
  mime: "`header Content-Type …`",
  minify: "none, it was removed",
  on: "none, it was removed",
  pprof: "none, the admin API has it",
  proxy: "`reverse_proxy`",
  shutdown: "none, it was removed",
  startup: "none, it was removed",
  status: "`respond`",
  timeouts: "the global option `servers`",
  websocket: "`reverse_proxy`, which does it without an option",
};

/** Go modules of plugins that Django projects use, by the directive or global option that they add. */
const PLUGINS: Readonly<Record<string, string>> = {
  authenticate: "github.com/greenpau/caddy-security",
  authorize: "github.com/greenpau/caddy-security",
  cache: "github.com/caddyserver/cache-handler",
  coraza_waf: "github.com/corazawaf/coraza-caddy/v2",
  crowdsec: "github.com/hslatman/caddy-crowdsec-bouncer/http",
  layer4: "github.com/mholt/caddy-l4",
  mercure: "github.com/dunglas/mercure/caddy",
  rate_limit: "github.com/mholt/caddy-ratelimit",
  replace: "github.com/caddyserver/replace-response",
  security: "github.com/greenpau/caddy-security",
  vulcain: "github.com/dunglas/vulcain/caddy",
  webdav: "github.com/mholt/caddy-webdav",
};

/** The Go module that adds a directive, or a module by its id (`dns.providers.cloudflare`); undefined when it is not a known plugin's. */
export function pluginOf(name: string): string | undefined {
  const provider = /^dns\.providers\.([a-z0-9]+)$/.exec(name)?.[1];
  if (provider !== undefined) return `github.com/caddy-dns/${provider}`;
  if (name === "http.encoders.br") return "github.com/dunglas/caddy-cbrotli";
  return Object.hasOwn(PLUGINS, name) ? PLUGINS[name] : undefined;
}
