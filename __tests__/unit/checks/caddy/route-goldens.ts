/**
 * Caddyfiles in which the order of the routes decides: who answers for static files, and what Django sees of a request.
 * They are modelled on public reports, which are named as owner/repository#number.
 */
import { type Golden, production, site } from "./goldens.ts";

const PLAIN = ["django.middleware.security.SecurityMiddleware", "django.middleware.common.CommonMiddleware"];
const WHITENOISE = [
  "django.middleware.security.SecurityMiddleware",
  "whitenoise.middleware.WhiteNoiseMiddleware",
];
const withoutHeader = production({ SECURE_PROXY_SSL_HEADER: null });

/** A single-page app in /srv/spa next to Django's paths. */
function spa(paths: string, ...before: readonly string[]): string {
  return site(
    ...before,
    `@backend path ${paths}`,
    "handle @backend {",
    "\treverse_proxy web:8000",
    "}",
    "handle {",
    "\troot * /srv/spa",
    "\ttry_files {path} /index.html",
    "\tfile_server",
    "}",
  );
}

const STATIC_BEFORE = ["handle_path /static/* {", "\troot * /app/staticfiles", "\tfile_server", "}"] as const;

/** Caddy's own service: the stock image with these mounts. */
function caddy(...volumes: readonly string[]) {
  return { image: "caddy:2", volumes: ["./Caddyfile:/etc/caddy/Caddyfile", ...volumes] };
}

/** Cases with a single-page app. */
const SINGLE_PAGE: readonly Golden[] = [
  {
    // blog.hay-kot.dev, Serving SPAs and API with Caddy v2
    what: "a single-page app answers for the admin's static files",
    text: spa("/api/* /admin/*"),
    hosts: {
      findings: ["INFO hosts.static-index Caddyfile:8"],
      like: /answers requests for \/static\/ with files of \/srv\/spa, and with \/srv\/spa\/index\.html where there is none/,
    },
  },
  {
    what: "a single-page app answers for the admin's static files, which Caddy's container does not have",
    text: spa("/api/* /admin/*"),
    hosts: {
      services: {
        caddy: caddy("spa:/srv/spa"),
        web: { image: "ghcr.io/acme/shop", volumes: ["static:/app/staticfiles"] },
      },
      findings: ["WARNING hosts.static-index Caddyfile:8"],
      like: /mounts the volume `spa`/,
    },
  },
  {
    what: "a single-page app in whose folder Django's static files are mounted",
    text: spa("/api/* /admin/*"),
    hosts: {
      services: {
        caddy: caddy("spa:/srv/spa", "static:/srv/spa/static"),
        web: { image: "ghcr.io/acme/shop", volumes: ["static:/app/staticfiles"] },
      },
      findings: [],
    },
  },
  {
    // Normal-OJ/Normal-OJ#12
    what: "a single-page app next to an API without the admin, whose /static/ may be its own",
    text: spa("/api/*"),
    hosts: { findings: [] },
  },
  {
    what: "a single-page app, and static files that go to WhiteNoise",
    text: spa("/api/* /admin/* /static/*"),
    hosts: { settings: production({ MIDDLEWARE: WHITENOISE }), findings: [] },
  },
  {
    what: "a single-page app, and static files from Django's folder before it",
    text: spa("/api/* /admin/*", ...STATIC_BEFORE),
    hosts: { findings: [] },
  },
  {
    // bcgov/gwells#611
    what: "a single-page app whose index is sent for all that is not found",
    text: site(
      "handle /admin/* {",
      "\treverse_proxy web:8000",
      "}",
      "handle {",
      "\troot * /srv/spa",
      "\t@notFound not file",
      "\trewrite @notFound /app.html",
      "\tfile_server",
      "}",
    ),
    hosts: {
      findings: ["INFO hosts.static-index Caddyfile"],
      like: /with \/srv\/spa\/app\.html where there is none/,
    },
  },
  {
    what: "a single-page app on a host of its own",
    text: "app.example.org {\n\troot * /srv/spa\n\ttry_files {path} /index.html\n\tfile_server\n}\n\nshop.example.org {\n\treverse_proxy web:8000\n}\n",
    hosts: { findings: [] },
  },
];

/** Cases in which a proxy and a file server want the same request. */
const ORDER: readonly Golden[] = [
  {
    // caddyexamples.com, Reverse proxy plus static files
    what: "a file_server next to a proxy without a matcher, which comes first",
    text: site("root * /srv", "file_server /static/*", "reverse_proxy web:8000"),
    hosts: {
      findings: ["WARNING hosts.static-unreached Caddyfile:3"],
      like: /file_server for \/srv\/static is never reached.*nothing in MIDDLEWARE serves them/,
    },
  },
  {
    what: "the same with WhiteNoise",
    text: site("root * /srv", "file_server /static/*", "reverse_proxy web:8000"),
    hosts: {
      settings: production({ MIDDLEWARE: WHITENOISE }),
      findings: ["INFO hosts.static-unreached Caddyfile:3"],
    },
  },
  {
    // lucaslorentz/caddy-docker-proxy#163
    what: "a file_server for everything next to a proxy for everything",
    text: site("root * /var/www/django", "file_server", "reverse_proxy web:8000"),
    hosts: { findings: ["INFO hosts.static-unreached Caddyfile:3"] },
  },
  {
    // chibisafe/chibisafe#577
    what: "a file_server that lets requests pass, in the order of a route",
    text: site(
      "route {",
      "\troot * /app",
      "\tfile_server /static/* {",
      "\t\tpass_thru",
      "\t}",
      "\treverse_proxy web:8000",
      "}",
    ),
    hosts: { settings: production({ STATIC_ROOT: "/app/static", MIDDLEWARE: PLAIN }), findings: [] },
  },
  {
    // caddyserver/caddy#4613
    what: "a file_server that would let requests pass, behind the proxy",
    text: site("root * /app", "file_server {", "\tpass_thru", "}", "reverse_proxy web:8000"),
    hosts: { findings: ["INFO hosts.static-unreached Caddyfile:3"] },
  },
  {
    // clue/framework-x#209
    what: "a proxy for all but the static files",
    text: site("root * /app", "@django not path /static/*", "reverse_proxy @django web:8000", "file_server"),
    hosts: { settings: production({ STATIC_ROOT: "/app/static" }), findings: [] },
  },
  {
    // amerkurev/django-docker-template#13
    what: "a block for static files before a proxy without a block",
    text: site(...STATIC_BEFORE, "reverse_proxy web:8000"),
    hosts: { findings: [] },
  },
  {
    what: "static files that are redirected to another server",
    text: site("redir /static/* https://cdn.example.net{uri}", "reverse_proxy web:8000"),
    hosts: { findings: [] },
  },
  {
    what: "static files of another server of the project",
    text: site("reverse_proxy /static/* files:80", "reverse_proxy web:8000"),
    hosts: { ports: [8000], findings: [] },
  },
];

/** Cases in which the prefix stays in the path, or should. */
const PREFIX: readonly Golden[] = [
  {
    // caddyserver/caddy#3675
    what: "handle keeps the prefix, and both services mount one volume",
    text: site("handle /static/* {", "\troot * /srv/static", "\tfile_server", "}", "reverse_proxy web:8000"),
    hosts: {
      services: {
        caddy: caddy("static:/srv/static"),
        web: { image: "ghcr.io/acme/shop", volumes: ["static:/app/staticfiles"] },
      },
      findings: ["WARNING hosts.static-root Caddyfile:3"],
      like: /serves \/static\/ from \/srv\/static\/static.*handle_path \/static\/\*/s,
    },
  },
  {
    // caddyserver/caddy#3817
    what: "route keeps the prefix",
    text: site(
      "route /static/* {",
      "\troot * /app/staticfiles",
      "\tfile_server",
      "}",
      "reverse_proxy web:8000",
    ),
    hosts: { findings: ["WARNING hosts.static-root Caddyfile:3"] },
  },
  {
    // caddyserver/caddy#3504
    what: "uri strip_prefix in a block, as handle_path does it",
    text: site(
      "handle /static/* {",
      "\turi strip_prefix /static",
      "\troot * /app/staticfiles",
      "\tfile_server",
      "}",
      "reverse_proxy web:8000",
    ),
    hosts: { findings: [] },
  },
  {
    what: "a folder whose last part is the prefix",
    text: site("handle /static/* {", "\troot * /app", "\tfile_server", "}", "reverse_proxy web:8000"),
    hosts: { settings: production({ STATIC_ROOT: "/app/static" }), findings: [] },
  },
  {
    what: "media files keep their prefix",
    text: site("handle /media/* {", "\troot * /app/media", "\tfile_server", "}", "reverse_proxy web:8000"),
    hosts: { findings: ["WARNING hosts.media-root Caddyfile:3"] },
  },
  {
    what: "handle_path where the prefix is a folder, and the whole path is right without it",
    text: site(
      "handle_path /static/* {",
      "\troot * /app/staticfiles/static",
      "\tfile_server",
      "}",
      "reverse_proxy web:8000",
    ),
    hosts: { findings: ["INFO hosts.static-root Caddyfile:3"] },
  },
];

/** Cases about the scheme and host that Django sees. */
const SCHEME: readonly Golden[] = [
  {
    // LOLINTERNETZ/vscodeoffline#40
    what: "an upstream over https, whose own server has a certificate",
    text: site(
      "reverse_proxy https://web:8000 {",
      "\ttransport http {",
      "\t\ttls_insecure_skip_verify",
      "\t}",
      "}",
    ),
    hosts: { settings: withoutHeader, findings: [] },
  },
  {
    // jodal/comics#658
    what: "an upstream over http, without the header for Django",
    text: site("encode gzip", "reverse_proxy http://web:8000"),
    hosts: { settings: withoutHeader, findings: ["WARNING hosts.redirect-loop Caddyfile:1"] },
  },
  {
    // cookiecutter/cookiecutter-django#1173
    what: "a header that says http for an https site",
    text: site("reverse_proxy web:8000 {", "\theader_up X-Forwarded-Proto http", "}"),
    hosts: { findings: ["WARNING hosts.redirect-loop Caddyfile:1"] },
  },
  {
    what: "a header that Caddy removes",
    text: site("reverse_proxy web:8000 {", "\theader_up -X-Forwarded-Proto", "}"),
    hosts: { findings: ["WARNING hosts.redirect-loop Caddyfile:1"] },
  },
  {
    // chibisafe/chibisafe#577: Caddy replaces the header of a client that it does not trust.
    what: "a header that is set too early, on a site over http",
    text: `http://shop.example.org {\n\trequest_header X-Forwarded-Proto https\n\treverse_proxy web:8000\n}\n`,
    findings: ["INFO caddy.warning"],
    hosts: { findings: ["INFO hosts.http-only Caddyfile:1"] },
  },
  {
    what: "a header that says https for a site over http",
    text: `http://shop.example.org {\n\treverse_proxy web:8000 {\n\t\theader_up X-Forwarded-Proto https\n\t}\n}\n`,
    findings: ["INFO caddy.warning"],
    hosts: { findings: [] },
  },
  {
    what: "automatic HTTPS that is off",
    text: `{\n\tauto_https off\n}\n\nhttp://shop.example.org {\n\treverse_proxy web:8000\n}\n`,
    findings: { "2.6": ["INFO caddy.warning"], "2.11": [] },
    hosts: { findings: ["INFO hosts.http-only Caddyfile:5"] },
  },
  {
    what: "a host of a wildcard site that Django does not allow",
    text: "*.example.org {\n\ttls internal\n\t@store host store.example.org\n\thandle @store {\n\t\treverse_proxy web:8000\n\t}\n\thandle {\n\t\tabort\n\t}\n}\n",
    hosts: { findings: ["WARNING hosts.not-allowed Caddyfile"] },
  },
];

/** Cases about which upstream is Django. */
const NEIGHBOURS: readonly Golden[] = [
  {
    what: "a neighbour's site on the image's own port, by the images of compose",
    text: "shop.example.org {\n\treverse_proxy web:8000\n}\n\nchat.example.org {\n\treverse_proxy chat:8000\n}\n",
    hosts: {
      ports: [8000],
      services: { web: { image: "ghcr.io/acme/shop:${TAG}" }, chat: { image: "ghcr.io/acme/chat" } },
      findings: [],
    },
  },
  {
    what: "a neighbour's site alone, with settings that would loop",
    text: "chat.example.org {\n\treverse_proxy chat:8000\n}\n",
    hosts: {
      ports: [8000],
      services: { chat: { image: "ghcr.io/acme/chat" } },
      settings: withoutHeader,
      findings: [],
    },
  },
  {
    what: "two upstreams without compose, of which one has the app's name",
    text: "shop.example.org {\n\treverse_proxy shop:9000\n}\n\nchat.example.org {\n\treverse_proxy chat:9000\n}\n",
    hosts: { ports: [], findings: [] },
  },
  {
    // coollabsio/coolify#3895
    what: "an API of another service below Django's site",
    text: site(
      "handle_path /api/* {",
      "\treverse_proxy api:3000",
      "}",
      "handle {",
      "\treverse_proxy web:8000",
      "}",
    ),
    hosts: {
      services: { web: { image: "acme/shop" }, api: { image: "acme/api" } },
      settings: withoutHeader,
      findings: ["WARNING hosts.redirect-loop Caddyfile:1"],
    },
  },
  {
    what: "a login that another service checks first",
    text: site(
      "forward_auth auth:9091 {",
      "\turi /api/verify",
      "\tcopy_headers Remote-User",
      "}",
      "reverse_proxy web:8000",
    ),
    hosts: {
      services: { web: { image: "acme/shop" }, auth: { image: "authelia/authelia" } },
      settings: withoutHeader,
      findings: ["WARNING hosts.redirect-loop Caddyfile:1"],
    },
  },
];

export const ROUTE_GOLDENS: readonly Golden[] = [
  ...SINGLE_PAGE,
  ...ORDER,
  ...PREFIX,
  ...SCHEME,
  ...NEIGHBOURS,
];
