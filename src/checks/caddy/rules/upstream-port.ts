/**
 * Rule: Caddy's reverse_proxy sends requests to a port on which something listens (`hosts.upstream-port`). The command of the
 * compose service that the upstream names decides; where there is none, the Dockerfile's EXPOSE and CMD. Pure.
 */
import { type Definition, type Service, upstreamService } from "../../project/compose.ts";
import { isProduction, productionOf, runsImage } from "../../project/image-services.ts";
import { type Listening, listeningOf } from "../../project/listening.ts";
import { inContainer } from "../../project/words.ts";
import { caddyService } from "../caddy-service.ts";
import { type Comparison, type Disagreement, type ProjectFacts, portOf } from "./comparison.ts";

/** A finding for each upstream whose service listens elsewhere; without such services one when no upstream has a port of the image. */
export function upstreamPort({ proxies, project }: Comparison): Disagreement[] {
  const { imagePorts, services } = project;
  const upstreams = [...new Set(proxies.flatMap((proxy) => proxy.upstreams))];
  const judged = upstreams.flatMap((upstream) => {
    const service = upstreamService([upstream], services);
    const ports = service && portsOfService(service, project);
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
interface ServicePorts {
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
function portsOfService(service: Service, project: ProjectFacts): ServicePorts | undefined {
  const { name } = service;
  const all = productionOf(service, project.image);
  const started = all.filter(({ entrypoint, command }) => entrypoint !== undefined || command !== undefined);
  const [first] = started;
  if (first === undefined) return exposedBy(name, all);
  const heard = started.map(wordsOf).map(listeningOf);
  const known = heard.filter((one) => one !== undefined);
  const [server] = known;
  if (server === undefined || known.length < heard.length) return undefined;
  // Another file may start it as the image does.
  const inherits = started.length < all.length;
  const inherited = inherits && runsImage(service, project.image) !== false ? project.imagePorts : [];
  const isSure = known.every((one, index) => one.certain && isHostSure(one, started[index], project));
  return {
    ports: [...new Set([...known.flatMap(({ ports }) => ports), ...inherited])],
    // Another file may let it listen on all addresses.
    loopback: all.length > 1 ? [] : server.loopback,
    certain: !inherits && isSure && isBehindCaddy(all, project.services),
    said: `${server.server} in the service \`${name}\` (${first.file}) listens on`,
  };
}

function exposedBy(name: string, all: readonly Definition[]): ServicePorts | undefined {
  const ports = [...new Set(all.flatMap((one) => one.ports))];
  if (ports.length === 0 || all.some(({ hidesPort }) => hidesPort)) return undefined;
  return {
    ports,
    loopback: [],
    certain: false,
    said: `\`expose\` and \`ports\` of the service \`${name}\` name`,
  };
}

function wordsOf({ entrypoint, command }: Definition): readonly string[] {
  return inContainer([...(entrypoint ?? []), ...(command ?? [])]);
}

/** Whether no variable can name another host than the server's default. */
function isHostSure(
  { hostFrom }: Listening,
  service: Definition | undefined,
  { image }: ProjectFacts,
): boolean {
  if (hostFrom === undefined || hostFrom === "" || service === undefined) return true;
  return !service.hidesVariables && !service.environment.has(hostFrom) && !image.variables.has(hostFrom);
}

/** Whether the file that says so is the one that Caddy runs by: it has Caddy's service, or there is no other file. */
function isBehindCaddy(all: readonly Definition[], services: readonly Service[]): boolean {
  const files = new Set(
    services.flatMap(({ definitions }) => definitions.filter(isProduction).map(({ file }) => file)),
  );
  const caddys = caddyService(services)?.definitions.map(({ file }) => file) ?? [];
  return files.size === 1 || all.every(({ file }) => caddys.includes(file));
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
  if (!certain && !isHidden && imagePorts.includes(asked)) return [];
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
