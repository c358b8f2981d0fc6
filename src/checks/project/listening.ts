/** On which ports a server listens, by its command line. Pure. */
import { posix } from "node:path";
import { splitWords } from "./words.ts";

/** What a command line says. */
export interface Listening {
  /** The program: `gunicorn`. */
  readonly server: string;
  readonly ports: readonly number[];
  /** Those of them that only the container itself reaches. */
  readonly loopback: readonly number[];
  /** It listens on these ports and on no others. */
  readonly certain: boolean;
}

/** How a server is told its port. */
interface Flags {
  /** Options that take `host:port`. */
  readonly address?: RegExp;
  readonly host?: RegExp;
  readonly port?: RegExp;
  /** The port where the command line names none; a file or a variable may name another. */
  readonly otherwise?: number;
}

const SERVERS: Readonly<Record<string, Flags>> = {
  // docs.gunicorn.org/en/stable/settings.html: `bind` of the command line goes before all others.
  gunicorn: { address: /^(-b|--bind)$/, otherwise: 8000 },
  hypercorn: { address: /^(-b|--bind|--insecure-bind)$/, otherwise: 8000 },
  uvicorn: { host: /^--host$/, port: /^--port$/, otherwise: 8000 },
  daphne: { host: /^(-b|--bind)$/, port: /^(-p|--port)$/, otherwise: 8000 },
  granian: { host: /^--host$/, port: /^--port$/, otherwise: 8000 },
  "waitress-serve": { address: /^--listen$/, host: /^--host$/, port: /^--port$/, otherwise: 8080 },
  uwsgi: { address: /^(-s|--(uwsgi-|http-|http11-)?socket|--https?|--http11)$/ },
};

/**
 * Reads the command line of a container.
 * @param words of its ENTRYPOINT and CMD
 * @returns undefined when it starts no server that is known, or when a variable hides its port
 */
export function listeningOf(words: readonly string[]): Listening | undefined {
  const found = commandsIn(words).flatMap((command) => {
    const at = command.findIndex((word) => Object.hasOwn(SERVERS, posix.basename(word)));
    const server = posix.basename(command[at] ?? "");
    const flags = SERVERS[server];
    return flags === undefined ? [] : [serverIn(server, flags, command.slice(at + 1))];
  });
  const [first] = found;
  if (first === undefined || found.includes(undefined)) return undefined;
  const all = found.filter((one) => one !== undefined);
  return {
    server: first.server,
    ports: [...new Set(all.flatMap(({ ports }) => ports))],
    loopback: all.flatMap(({ loopback }) => loopback),
    certain: all.every(({ certain }) => certain),
  };
}

/** The single commands, also of a shell's line: `sh -c "migrate && exec gunicorn …"`. */
function commandsIn(words: readonly string[]): readonly (readonly string[])[] {
  const shell = words.findIndex((word) => /(^|\/)(ba|da|a)?sh$/.test(word));
  const line = words[shell + 2];
  if (shell < 0 || line === undefined || !/^-[a-z]*c$/.test(words[shell + 1] ?? "")) return [words];
  return line.split(/&&|\|\||[;&|\n]/).map(splitWords);
}

const LOOPBACK = /^(127\.[\d.]+|localhost|\[::1\])$/;

function serverIn(server: string, flags: Flags, args: readonly string[]): Listening | undefined {
  // `--bind=:8000`, `-b:8000`.
  const split = args.flatMap((arg) => {
    const [, name, value] = /^(--[\w-]+)=(.*)$/s.exec(arg) ?? /^(-[bps])(.+)$/s.exec(arg) ?? [];
    return name === undefined || value === undefined ? [arg] : [name, value];
  });
  const values = (flag: RegExp | undefined) =>
    flag === undefined ? [] : split.filter((_, index) => flag.test(split[index - 1] ?? ""));
  const addresses = values(flags.address);
  const [host = ""] = values(flags.host).slice(-1);
  const [port] = values(flags.port).slice(-1);
  if ([...addresses, host, port ?? ""].some((value) => value.includes("$"))) return undefined;
  const bound = [
    ...addresses.flatMap((one) => one.split(",")),
    ...(port === undefined ? [] : [`${host}:${port}`]),
  ];
  // A Unix socket has no port.
  const ports = bound.flatMap((one) => {
    const [, host = "", number] = /^(?:([^/]*):)?(\d{2,5})$/.exec(one.replace(/^\w+:\/\//, "")) ?? [];
    return number === undefined ? [] : [{ number: Number(number), isLocal: LOOPBACK.test(host) }];
  });
  const otherwise = flags.otherwise === undefined || bound.length > 0 ? [] : [flags.otherwise];
  return {
    server,
    ports: [...ports.map(({ number }) => number), ...otherwise],
    loopback: ports.filter(({ isLocal }) => isLocal).map(({ number }) => number),
    certain:
      ports.length > 0 && !split.some((arg) => /^--(ini|fd|uds|yaml|json|endpoint)|^-e$|\.ini$/.test(arg)),
  };
}
