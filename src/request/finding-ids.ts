/** The ids of all findings that are not Django's own, for `ignore`. Each is explained in docs/checks.md. */
export const FINDING_IDS: ReadonlySet<string> = new Set(
  (
    "settings.missing-variable settings.crashed " +
    "shipshape.check-crashed shipshape.too-many-findings shipshape.start-crashed " +
    "migrations.missing migrations.conflict migrations.broken migrations.no-package " +
    "static.missing-reference static.not-utf8 static.max-passes static.post-process static.failed static.not-checked " +
    "static.root-unset static.dead-setting static.remote-storage static.storage static.not-collected static.duplicate " +
    "static.stale static.unfilled " +
    "start.program-missing start.not-executable start.crashed start.not-writable " +
    "caddy.invalid caddy.missing-plugin caddy.version-1 caddy.missing-import caddy.unset-variable caddy.empty-address " +
    "caddy.empty-variable caddy.default-dash caddy.variable caddy.shell-variable caddy.missing-file caddy.warning " +
    "caddy.several caddy.not-formatted " +
    "hosts.not-allowed hosts.redirect-loop hosts.csrf-origin hosts.proxy-ssl-header hosts.http-only hosts.static-url " +
    "hosts.media-url hosts.static-root hosts.media-root hosts.static-unreached hosts.media-unreached hosts.static-index " +
    "hosts.static-volume hosts.media-volume hosts.static-stale hosts.static-unfilled hosts.upstream-port hosts.hsts " +
    "hosts.www run.failed junit.failure junit.error"
  ).split(" "),
);
