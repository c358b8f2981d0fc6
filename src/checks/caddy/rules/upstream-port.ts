/**
 * Rule: Caddy's reverse_proxy sends requests to a port on which something listens (`hosts.upstream-port`). The command of the
 * compose service that the upstream names decides; where there is none, the Dockerfile's EXPOSE and CMD. Pure.
 */
import { type Service, upstreamService } from "../../project/compose.ts";
import { isProduction } from "../../project/image-services.ts";
import { listeningOf } from "../../project/listening.ts";
import { type Comparison, type Disagreement, portOf } from "./comparison.ts";

/** A finding for each upstream whose service listens elsewhere; without such services one when no upstream has a port of the image. */
export function upstreamPort({ proxies, project: { imagePorts, services } }: Comparison): Disagreement[] {
  const upstreams = [...new Set(proxies.flatMap((proxy) => proxy.upstreams))];
  const judged = upstreams.flatMap((upstream) => {
    const service = upstreamService([upstream], services);
    const ports = service && portsOfService(service);
    return ports === undefined ? [] : [{ upstream, ports }];
  });
  if (judged.length > 0)
    return judged.flatMap(({ upstream, ports }) => elsewhere(upstream, ports, imagePorts));
  const ports = upstreams.flatMap((upstream) => portOf(upstream) ?? []);
  const [first = ""] = upstreams;
  // An upstream without a port (a socket, a placeholder) may lead to Django as well.
  if (imagePorts.length === 0 || ports.length === 0 || ports.length < upstreams.length) return [];
  if (ports.some((port) => imagePorts.includes(port))) return [];
  return [
    {
      id: "hosts.upstream-port",
      level: "INFO",
      message: `Caddy's reverse_proxy sends requests to ${upstreams.join(", ")}, but the Dockerfile's EXPOSE and CMD name port ${imagePorts.join(", ")}.`,
      hint: "If nothing else listens there, requests get 502 Bad Gateway. Use the same port in both.",
      at: { directive: "reverse_proxy", argument: first },
    },
  ];
}

/** On which ports a service of the compose files listens. */
export interface ServicePorts {
  readonly ports: readonly number[];
  /** Those of them that only its own container reaches. */
  readonly loopback: readonly number[];
  /** Its command names these ports, and no others. */
  readonly certain: boolean;
  /** Who says so, for a message. */
  readonly said: string;
}

/**
 * The ports of a service, by all files of production that have it.
 * @returns undefined when they do not say
 */
export function portsOfService({ name, isPartial, definitions }: Service): ServicePorts | undefined {
  const all = definitions.filter(isProduction);
  const exposed = [...new Set(all.flatMap(({ ports }) => ports))];
  const started = all.filter(({ entrypoint, command }) => entrypoint !== undefined || command !== undefined);
  const [first] = started;
  if (first === undefined)
    return exposed.length === 0
      ? undefined
      : {
          ports: exposed,
          loopback: [],
          certain: false,
          said: `\`expose\` and \`ports\` of the service \`${name}\` name`,
        };
  const heard = started.map(({ entrypoint = [], command = [] }) => listeningOf([...entrypoint, ...command]));
  const known = heard.filter((one) => one !== undefined);
  if (known.length < heard.length) return undefined;
  const loopback = known.flatMap((one) => one.loopback);
  return {
    ports: [...new Set(known.flatMap(({ ports }) => ports))],
    // Another file may let it listen on all addresses.
    loopback: known.length > 1 ? [] : loopback,
    certain: !isPartial && known.every(({ certain }) => certain),
    said: `${known[0]?.server} in the service \`${name}\` (${first.file}) listens on`,
  };
}

function elsewhere(
  upstream: string,
  { ports, loopback, certain, said }: ServicePorts,
  imagePorts: readonly number[],
): Disagreement[] {
  const asked = portOf(upstream);
  const isHidden = asked !== undefined && loopback.includes(asked);
  if (asked === undefined || (ports.includes(asked) && !isHidden)) return [];
  // What a service exposes is not all that it may listen on.
  if (!certain && imagePorts.includes(asked)) return [];
  return [
    {
      id: "hosts.upstream-port",
      level: certain ? "WARNING" : "INFO",
      message: `Caddy's reverse_proxy sends requests to ${upstream}, but ${said} ${
        isHidden
          ? `the container's own loopback address, which other containers cannot reach`
          : ports.length === 0
            ? "no port: on a Unix socket or as its config file says"
            : `port ${ports.join(", ")}`
      }.`,
      hint: isHidden
        ? `Requests get 502 Bad Gateway. Let it listen on 0.0.0.0:${asked}.`
        : `${certain ? "Requests" : "If nothing else listens there, requests"} get 502 Bad Gateway. Use the same port in both.`,
      at: { directive: "reverse_proxy", argument: upstream },
    },
  ];
}
