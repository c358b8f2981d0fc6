/**
 * Whether Caddy and Django agree, which neither of them can check alone: from what `caddy adapt` says and
 * what the settings say to findings. What cannot be known (placeholders, values of ours) is left alone. Pure.
 */
import { posix } from "node:path";
import type { Level } from "../../request/request.ts";
import type { SettingFact } from "../django/probe-report.ts";
import type { Adapted, Files, ProxyRoute } from "./adapted.ts";
import {
  caddyAmong,
  hasStockCaddy,
  isHidden,
  mountAt,
  placesOf,
  type Service,
  serviceAt,
  volumeOf,
} from "./compose.ts";

/** A finding before it has its place in the repository. */
export interface Disagreement {
  readonly id: string;
  readonly level: Level;
  readonly message: string;
  readonly hint: string;
  /** What the place is to be looked up by: a site's host, or a directive with one of its arguments. */
  readonly at: { readonly host: string } | { readonly directive: string; readonly argument: string };
}

export type Settings = Readonly<Record<string, SettingFact>>;

/** What the repository says besides: of the image's ports, and of who runs beside whom. */
export interface Surroundings {
  /** Ports that the image EXPOSEs or that its command binds; empty when nothing is known. */
  readonly ports: readonly number[];
  /** Services of the compose files. */
  readonly services: readonly Service[];
  /** Caddy's image is the project's own, so files may be in it. */
  readonly ownCaddy: boolean;
}

/** Findings that are kept: the adapted file comes from a container. */
const MOST = 500;

/** Compares the two sides. */
export function compare(adapted: Adapted, settings: Settings, around: Surroundings): Disagreement[] {
  const django = new Django(settings);
  const { proxies, certain } = ofDjango(together(adapted.proxies), around);
  const found = [
    ...proxies.flatMap((proxy) => [
      ...allowedHosts(proxy, django, certain),
      ...schemes(proxy, adapted, django, certain),
    ]),
    ...served(adapted, proxies, django, { certain, sharing: sharingIn(around, proxies) }),
    ...ports(adapted.proxies, around),
    ...hsts(adapted, proxies, django),
    ...www(adapted),
  ];
  const seen = new Set<string>();
  return found
    .slice(0, MOST)
    .filter(({ id, message }) => !seen.has(`${id} ${message}`) && seen.add(`${id} ${message}`));
}

/** Settings that would be compared, if their values were not ours. */
export function notCompared(settings: Settings): string[] {
  return ["ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS"].filter((name) => settings[name]?.supplied === "shipshape");
}

/** The settings that are known: not ours, and not hidden. */
class Django {
  readonly #settings: Settings;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  value(name: string): unknown {
    const fact = this.#settings[name];
    if (fact === undefined || fact.supplied === "shipshape") return undefined;
    return JSON.stringify(fact.value ?? null).includes("***") ? undefined : fact.value;
  }

  list(name: string): readonly string[] | undefined {
    const value = this.value(name);
    return Array.isArray(value) ? value.filter((one) => typeof one === "string") : undefined;
  }

  text(name: string): string | undefined {
    const value = this.value(name);
    return typeof value === "string" ? value : undefined;
  }

  /** The workflow's `env` gives its value. */
  isFromEnv(name: string): boolean {
    return this.#settings[name]?.supplied === "user";
  }

  /** The setting as a message may quote it: values of `env` are nobody's to print. */
  quote(name: string): string {
    if (this.isFromEnv(name)) return `${name} (whose value comes from \`env\`)`;
    return `${name} = ${inPython(this.value(name))}`;
  }

  get version(): number {
    return Number.parseFloat(this.text("VERSION") ?? "") || 0;
  }

  uses(word: RegExp): boolean | undefined {
    return this.list("MIDDLEWARE")?.some((one) => word.test(one));
  }
}

/** Hosts that are proxied alike, as one: what is wrong with one of them is wrong with all. */
function together(proxies: readonly ProxyRoute[]): ProxyRoute[] {
  const alike = new Map<string, ProxyRoute>();
  for (const proxy of proxies) {
    const { hosts, paths: _, headers, ...rest } = proxy;
    // A site for every host is not one for some.
    const key = JSON.stringify([rest, [...headers], hosts.length === 0]);
    const before = alike.get(key)?.hosts ?? [];
    alike.set(key, { ...proxy, hosts: [...new Set([...before, ...hosts])] });
  }
  return [...alike.values()];
}

/** A value as a settings file has it. */
function inPython(value: unknown): string {
  if (value === undefined || value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  return Array.isArray(value) ? `[${value.map(inPython).join(", ")}]` : JSON.stringify(value);
}

/**
 * The proxies that lead to Django. With several upstreams it is the one on a port of the image; and one on
 * another port may be something before Django, a frontend say.
 */
function ofDjango(
  proxies: readonly ProxyRoute[],
  { ports }: Surroundings,
): { proxies: readonly ProxyRoute[]; certain: boolean } {
  const group = ({ upstreams }: ProxyRoute) => upstreams.join(" ");
  const groups = new Set(proxies.map(group).filter((one) => one !== ""));
  const asked = proxies.flatMap(({ upstreams }) => upstreams.map(portOf));
  const mayBeOther = ports.length > 0 && asked.some((port) => port !== undefined && !ports.includes(port));
  if (groups.size <= 1) return { proxies, certain: groups.size === 1 && !mayBeOther };
  const own = proxies.filter(({ upstreams }) => upstreams.some((one) => ports.includes(portOf(one) ?? -1)));
  if (own.length === 0) return { proxies, certain: false };
  return { proxies: own, certain: new Set(own.map(group)).size === 1 };
}

function portOf(upstream: string): number | undefined {
  const port = /:(\d{1,5})$/.exec(upstream)?.[1];
  return port === undefined ? undefined : Number(port);
}

/** A name that browsers outside of this machine use, and that is known here. */
function isPublic(host: string): boolean {
  return (
    !/[{}]/.test(host) &&
    host !== "localhost" &&
    !/\.(localhost|local|internal|test|example)$/.test(host) &&
    !/^[\d.]+$|:/.test(host)
  );
}

/** The host that Django sees where the browser asked for `host`; undefined when it cannot be known. */
function seenHost(proxy: ProxyRoute, host: string, django: Django): string | undefined {
  const set = proxy.headers.get("host");
  // Caddy always sends the browser's host along as X-Forwarded-Host.
  if (set === undefined || django.value("USE_X_FORWARDED_HOST") === true) return host;
  if (/^\{http\.request\.host(port)?\}$/.test(set)) return host;
  const [only, ...more] = proxy.upstreams;
  if (/^\{http\.reverse_proxy\.upstream\.(hostport|host|address)\}$/.test(set))
    return only !== undefined && more.length === 0 && !only.startsWith("unix/")
      ? only.replace(/:\d+$/, "")
      : undefined;
  return /[{}]/.test(set) ? undefined : set.replace(/:\d+$/, "").toLowerCase();
}

/** django.http.request.validate_host. */
function matches(host: string, patterns: readonly string[]): boolean {
  return patterns
    .map((pattern) => pattern.toLowerCase())
    .some(
      (pattern) =>
        pattern === "*" ||
        pattern === host ||
        (pattern.startsWith(".") && (host === pattern.slice(1) || host.endsWith(pattern))),
    );
}

function allowedHosts(proxy: ProxyRoute, django: Django, certain: boolean): Disagreement[] {
  const allowed = django.list("ALLOWED_HOSTS");
  if (allowed === undefined || django.value("DEBUG") === true) return [];
  const fromEnv = django.isFromEnv("ALLOWED_HOSTS");
  // The hosts of a test run, which production does not have.
  const forTests = fromEnv && allowed.every((host) => !isPublic(host) || host === "testserver");
  return proxy.hosts.filter(isPublic).flatMap((host) => {
    const seen = seenHost(proxy, host, django);
    const asked = seen?.startsWith("*.") ? seen.slice(1) : seen;
    if (asked === undefined || matches(asked, allowed)) return [];
    const sent = seen === host ? "" : `, and its proxy sends Django the host ${seen}`;
    return [
      {
        id: "hosts.not-allowed",
        level: certain && !forTests && !asked.startsWith(".") ? "WARNING" : "INFO",
        message: `Caddy serves ${host}${sent}, which ${django.quote("ALLOWED_HOSTS")} does not allow: Django answers 400 Bad Request.`,
        hint:
          seen === host
            ? `Add "${asked}" to ALLOWED_HOSTS.${fromEnv ? " Its value comes from the step's `env`: production's belongs there." : ""}`
            : "Leave the Host header alone (Caddy passes the browser's on by itself), or set USE_X_FORWARDED_HOST = True.",
        at: { host },
      },
    ];
  });
}

/** What Django takes the request's scheme from. */
function knowsHttps(proxy: ProxyRoute, django: Django): boolean | undefined {
  const header = django.value("SECURE_PROXY_SSL_HEADER");
  if (header === undefined) return undefined;
  if (!Array.isArray(header)) return false;
  const name = String(header[0])
    .replace(/^HTTP_/, "")
    .replaceAll("_", "-")
    .toLowerCase();
  const set = proxy.headers.get(name);
  if (set === undefined) return name === "x-forwarded-proto";
  return set === String(header[1]) || set.includes("{");
}

function schemes(proxy: ProxyRoute, adapted: Adapted, django: Django, certain: boolean): Disagreement[] {
  const level = certain ? "WARNING" : "INFO";
  const [host] = proxy.hosts;
  const named = proxy.hosts.filter(isPublic).join(", ");
  const at =
    host === undefined ? { directive: "reverse_proxy", argument: proxy.upstreams[0] ?? "" } : { host };
  const redirects =
    django.value("SECURE_SSL_REDIRECT") === true && django.uses(/SecurityMiddleware$/) !== false;
  if (!proxy.https) return redirects ? plainHttp(proxy, adapted, named, at) : [];
  const knows = knowsHttps(proxy, django);
  if (knows === undefined) return [];
  const proxyHeader =
    'Set SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https"): Caddy sends that header.';
  const blind = `Caddy ends TLS${named === "" ? "" : ` for ${named}`}, and with ${django.quote("SECURE_PROXY_SSL_HEADER")} Django takes every request for http`;
  if (!knows && redirects)
    return [
      {
        id: "hosts.redirect-loop",
        level,
        message: `${blind}: with SECURE_SSL_REDIRECT it redirects to https for ever.`,
        hint: proxyHeader,
        at,
      },
    ];
  const origins = crossOrigins(proxy, django, knows);
  if (origins.length > 0)
    return origins.map((origin) => ({
      id: "hosts.csrf-origin",
      level: level as Level,
      message:
        (knows
          ? `Caddy sends Django another host than the browser's, so the origin ${origin} is a foreign one`
          : `${blind}, so the origin ${origin} is a foreign one`) +
        `: forms are refused with 403, for ${django.quote("CSRF_TRUSTED_ORIGINS")}.`,
      hint: knows
        ? `Leave the Host header alone, or add "${origin}" to CSRF_TRUSTED_ORIGINS.`
        : `${proxyHeader} Or add "${origin}" to CSRF_TRUSTED_ORIGINS.`,
      at,
    }));
  const secureCookies = ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"].filter(
    (name) => django.value(name) === true,
  );
  if (knows || secureCookies.length === 0) return [];
  return [
    {
      id: "hosts.proxy-ssl-header",
      level: "INFO",
      message: `${blind}, though ${secureCookies.join(" and ")} say that it is behind https: absolute URLs begin with http://.`,
      hint: proxyHeader,
      at,
    },
  ];
}

/** Caddy on http alone: it tells Django "http" unless it trusts who is before it. */
function plainHttp(
  proxy: ProxyRoute,
  adapted: Adapted,
  named: string,
  at: Disagreement["at"],
): Disagreement[] {
  const alsoHttps = adapted.proxies.some(
    ({ https, hosts }) => https && (hosts.length === 0 || hosts.some((host) => proxy.hosts.includes(host))),
  );
  const isLocal = proxy.hosts.length > 0 && named === "";
  const says = proxy.headers.get("x-forwarded-proto") ?? "";
  if (alsoHttps || isLocal || proxy.trusts || says !== "") return [];
  return [
    {
      id: "hosts.http-only",
      level: "INFO",
      message:
        `Caddy serves ${named || "this site"} over http alone and tells Django so, and Django has ` +
        "SECURE_SSL_REDIRECT = True: it redirects every request to https.",
      hint:
        "If something before Caddy ends TLS, name it in `trusted_proxies`, so that its X-Forwarded-Proto is passed " +
        "on; else let Caddy serve https (a site's address without `http://` or `:80`).",
      at,
    },
  ];
}

/** Origins of the browser that Django 4.0 and later do not take for their own (CsrfViewMiddleware). */
function crossOrigins(proxy: ProxyRoute, django: Django, knows: boolean): string[] {
  const trusted = django.list("CSRF_TRUSTED_ORIGINS");
  if (trusted === undefined || django.version < 4 || django.uses(/CsrfViewMiddleware$/) === false) return [];
  return proxy.hosts
    .filter((host) => isPublic(host) && !host.startsWith("*"))
    .flatMap((host) => {
      const seen = seenHost(proxy, host, django);
      if (seen === undefined || (knows && seen === host)) return [];
      const origin = `https://${host}${proxy.port}`;
      return trusted.some((one) => isOrigin(one.toLowerCase(), origin)) ? [] : [origin];
    });
}

function isOrigin(trusted: string, origin: string): boolean {
  if (!trusted.startsWith("https://*.")) return trusted === origin;
  return origin.endsWith(trusted.slice("https://*".length)) && origin.startsWith("https://");
}

/** The services of compose files that may share what Caddy serves. */
interface Sharing {
  readonly caddy: Service;
  readonly web: Service;
  readonly others: readonly Service[];
  readonly ownCaddy: boolean;
}

/** Undefined where no compose file says which service is which. */
function sharingIn(
  { services, ownCaddy }: Surroundings,
  proxies: readonly ProxyRoute[],
): Sharing | undefined {
  const caddy = caddyAmong(services);
  const web = serviceAt(
    proxies.flatMap(({ upstreams }) => upstreams),
    services,
  );
  if (caddy === undefined || web === undefined || caddy === web) return undefined;
  return { caddy, web, others: services.filter((one) => one !== caddy && one !== web), ownCaddy };
}

/** The files that Caddy serves, beside STATIC_URL, STATIC_ROOT and their like. */
function served(
  adapted: Adapted,
  proxies: readonly ProxyRoute[],
  django: Django,
  { certain, sharing }: { readonly certain: boolean; readonly sharing: Sharing | undefined },
): Disagreement[] {
  const hosts = new Set(proxies.flatMap((proxy) => proxy.hosts));
  const files = adapted.files.filter(
    (one) => one.hosts.length === 0 || hosts.size === 0 || one.hosts.some((host) => hosts.has(host)),
  );
  if (proxies.length === 0 || files.length === 0) return [];
  const found = [...kindOf("STATIC", files, django, sharing), ...kindOf("MEDIA", files, django, sharing)];
  return certain ? found : found.map((one) => ({ ...one, level: "INFO" }));
}

function kindOf(
  kind: Kind,
  files: readonly Files[],
  django: Django,
  sharing: Sharing | undefined,
): Disagreement[] {
  const url = django.text(`${kind}_URL`);
  const root = django.text(`${kind}_ROOT`);
  if (url === undefined || !url.startsWith("/") || url === "/") return [];
  const server = files.find(({ paths }) => paths.some((path) => covers(path, url)));
  if (server !== undefined)
    return root === undefined || root === "" ? [] : rootOf({ kind, server, url, root, sharing }, django);
  // Without a path the whole site is looked up in a folder: then the rest of the file decides.
  if (files.some(({ paths }) => paths.length === 0)) return [];
  const word = kind === "STATIC" ? /static|asset/i : /media|upload/i;
  const near = files.find(({ paths }) => paths.some((path) => word.test(path)));
  if (near === undefined) return [];
  const itself = kind === "MEDIA" || django.uses(/whitenoise|servestatic/i) !== false;
  return [
    {
      id: kind === "STATIC" ? "hosts.static-url" : "hosts.media-url",
      level: itself ? "INFO" : "WARNING",
      message:
        `Caddy serves files under ${near.paths.join(", ")}, and ${django.quote(`${kind}_URL`)}: requests for ` +
        `${url} do not get there${itself ? "" : ", and nothing in MIDDLEWARE serves them"}.`,
      hint: `Use the same path in both: \`handle_path ${url}*\`.`,
      at: { directive: "file_server", argument: near.paths[0] ?? "" },
    },
  ];
}

/** Caddy's path matcher, with a `*` at its end. */
function covers(matcher: string, url: string): boolean {
  return matcher.endsWith("*") ? url.startsWith(matcher.slice(0, -1)) : matcher === url;
}

type Kind = "STATIC" | "MEDIA";

/** Files that Caddy serves for one of Django's URLs. */
interface Shelf {
  readonly kind: Kind;
  readonly server: Files;
  readonly url: string;
  /** Django's folder. */
  readonly root: string;
  readonly sharing: Sharing | undefined;
}

/** The folder in which Caddy looks for a file of `url`, beside the one that Django fills. */
function rootOf({ kind, server, url, root, sharing }: Shelf, django: Django): Disagreement[] {
  if (server.root === "" || /[{}]/.test(server.root)) return [];
  const inside = server.strip === "" ? url : url.replace(server.strip.replace(/\/$/, ""), "");
  const folder = posix.join(server.root, inside).replace(/\/$/, "");
  const looks = `Caddy looks for files of ${url} in ${folder}`;
  const at = { directive: "root", argument: server.root };
  const name = kind === "STATIC" ? "static" : "media";
  const setting = { quoted: django.quote(`${kind}_ROOT`), isFromEnv: django.isFromEnv(`${kind}_ROOT`) };
  const shared = sharing && sharedFolder(folder, root.replace(/\/$/, ""), setting, sharing);
  if (shared !== undefined) {
    if (shared.agree) return [];
    const { why, hint } = shared;
    return [{ id: `hosts.${name}-volume`, level: "INFO", message: `${looks}, ${why}.`, hint, at }];
  }
  if (folder === root.replace(/\/$/, "")) return [];
  return [
    {
      id: `hosts.${name}-root`,
      level: "INFO",
      message: `${looks}, and ${setting.quoted}.`,
      hint:
        "That is right only if both containers mount one volume, Caddy at the first path and Django at the second. " +
        "`handle_path` takes the prefix off the path, `handle` does not.",
      at,
    },
  ];
}

/** What the compose file makes of the two folders. */
type Shared =
  | { readonly agree: true }
  | { readonly agree: false; readonly why: string; readonly hint: string };

/**
 * Whether the two services see the same files, by what they mount.
 * @param folder where Caddy looks
 * @param root where Django puts them
 * @param setting the setting of that, as a message may quote it
 * @returns undefined where the compose files do not tell for sure
 */
function sharedFolder(
  folder: string,
  root: string,
  setting: { readonly quoted: string; readonly isFromEnv: boolean },
  { caddy, web, others, ownCaddy }: Sharing,
): Shared | undefined {
  if (!folder.startsWith("/") || !root.startsWith("/")) return undefined;
  const seen = placesOf(folder, caddy);
  // A service that only collects is as good as the one that answers.
  const filled = [web, ...others].flatMap((service) => placesOf(root, service));
  if (seen.some((place) => filled.includes(place))) return { agree: true };
  if (isHidden(folder, caddy) || isHidden(root, web)) return undefined;
  const mount = mountAt(folder, caddy);
  const service = `the service \`${caddy.name}\` of ${caddy.file}`;
  const hint = `Mount one volume in both: in \`${caddy.name}\` at ${folder}, in \`${web.name}\` at Django's folder.`;
  if (mount === undefined) {
    // Files may be in another image than Caddy's own: copied there.
    if (ownCaddy || !hasStockCaddy(caddy)) return undefined;
    return { agree: false, why: `where ${service} mounts nothing; Django has ${setting.quoted}`, hint };
  }
  const volume = volumeOf(mount);
  const sharers = [web, ...others].filter(({ mounts }) => mounts.some((one) => volumeOf(one) === volume));
  if (volume !== undefined && sharers.length === 0)
    return {
      agree: false,
      why: `where ${service} mounts the volume \`${volume}\`, which no other service mounts; Django has ${setting.quoted}`,
      hint,
    };
  const [here] = placesOf(root, web);
  const [there] = seen;
  // Somebody else may fill what Caddy sees: another service, or the machine.
  const mine = mountAt(root, web);
  if (here === undefined || there === undefined || mine === undefined || volumeOf(mine) !== volume)
    return undefined;
  const place = setting.isFromEnv ? "another folder" : `\`${here}\``;
  return {
    agree: false,
    why: `which is \`${there}\` by what ${service} mounts, and ${setting.quoted} is ${place} by what \`${web.name}\` mounts`,
    hint: "Let both be the same folder. `handle_path` takes the prefix off the path, `handle` does not.",
  };
}

function ports(proxies: readonly ProxyRoute[], { ports }: Surroundings): Disagreement[] {
  const upstreams = [...new Set(proxies.flatMap((proxy) => proxy.upstreams))];
  const asked = upstreams.flatMap((one) => portOf(one) ?? []);
  const [upstream = ""] = upstreams;
  // A proxy before the server (a socket, a placeholder) cannot be told.
  if (ports.length === 0 || asked.length === 0 || asked.length < upstreams.length) return [];
  if (asked.some((port) => ports.includes(port))) return [];
  return [
    {
      id: "hosts.upstream-port",
      level: "INFO",
      message: `Caddy's reverse_proxy asks ${upstreams.join(", ")}, and the Dockerfile's EXPOSE and CMD name port ${ports.join(", ")}.`,
      hint: "If nothing else listens there, requests get 502 Bad Gateway: use the same port in both.",
      at: { directive: "reverse_proxy", argument: upstream },
    },
  ];
}

function hsts(adapted: Adapted, proxies: readonly ProxyRoute[], django: Django): Disagreement[] {
  const seconds = django.value("SECURE_HSTS_SECONDS");
  if (typeof seconds !== "number" || seconds === 0 || django.uses(/SecurityMiddleware$/) === false) return [];
  const hosts = new Set(proxies.flatMap((proxy) => proxy.hosts));
  const own = [
    `max-age=${seconds}`,
    ...(django.value("SECURE_HSTS_INCLUDE_SUBDOMAINS") === true ? ["includeSubDomains"] : []),
    ...(django.value("SECURE_HSTS_PRELOAD") === true ? ["preload"] : []),
  ];
  return adapted.headers
    .filter(({ name, value }) => name === "strict-transport-security" && !value.includes("{"))
    .filter((one) => one.hosts.length === 0 || hosts.size === 0 || one.hosts.some((host) => hosts.has(host)))
    .filter(
      ({ value }) =>
        !equal(
          value
            .toLowerCase()
            .split(/\s*;\s*/)
            .filter(Boolean),
          own,
        ),
    )
    .map(({ value }) => ({
      id: "hosts.hsts",
      level: "INFO" as const,
      message: `Caddy sets Strict-Transport-Security: ${value}, and Django ${own.join("; ")}: the browser gets two headers and obeys one of them.`,
      hint: "Set it in one place: SECURE_HSTS_SECONDS = 0, or no such header in the Caddyfile.",
      at: { directive: "header", argument: "Strict-Transport-Security" },
    }));
}

function equal(a: readonly string[], b: readonly string[]): boolean {
  const plain = (list: readonly string[]) =>
    list
      .map((one) => one.toLowerCase())
      .sort()
      .join();
  return plain(a) === plain(b);
}

/** `example.com` and `www.example.com`: people type both. Names with more labels are taken as they are. */
function www(adapted: Adapted): Disagreement[] {
  const all = [...adapted.proxies, ...adapted.redirects, ...adapted.files].flatMap(({ hosts }) => hosts);
  const proxied = new Set(adapted.proxies.flatMap(({ hosts }) => hosts).filter(isPublic));
  return [...proxied].flatMap((host): Disagreement[] => {
    const bare = host.replace(/^www\./, "");
    if (!/^[^.*]+\.[^.]+$/.test(bare)) return [];
    const other = host === bare ? `www.${bare}` : bare;
    if (all.includes(`*.${bare}`) && host === bare) return [];
    const at = { host };
    if (!all.includes(other))
      return [
        {
          id: "hosts.www",
          level: "INFO",
          message: `Caddy serves ${host} and not ${other}.`,
          hint: `If people may type it, redirect it: \`${other} { redir https://${host}{uri} permanent }\`, over three lines.`,
          at,
        },
      ];
    if (host !== bare || !proxied.has(other)) return [];
    return [
      {
        id: "hosts.www",
        level: "INFO",
        message: `Caddy serves the same under ${host} and ${other}.`,
        hint: "One of them should redirect to the other, or search engines and cookies see two sites.",
        at,
      },
    ];
  });
}
