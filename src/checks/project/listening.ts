/** On which ports a server listens, by its command line. Pure. */
import { posix } from "node:path";
import { splitWords } from "./words.ts";

/** What a command line says. */
export interface Listening {
  /** The program: `gunicorn`. */
  readonly server: string;
  readonly ports: readonly number[];
  /** Those of them that the command line names; the others are defaults. */
  readonly named: readonly number[];
  /** Those of them that only the container itself reaches. */
  readonly loopback: readonly number[];
  /** They do because the command line names no host. The variable that may name one; empty where none can. */
  readonly hostFrom: string | undefined;
  /** The whole line listens on these ports and on no others. */
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
  /** Without a host it listens on the container's own loopback address; the variable that may name a host, or an empty text. */
  readonly loopbackUnless?: string;
}

const SERVERS: Readonly<Record<string, Flags>> = {
  // docs.gunicorn.org/en/stable/settings.html: `bind` of the command line goes before all others.
  gunicorn: { address: /^(-b|--bind)$/, otherwise: 8000 },
  hypercorn: { address: /^(-b|--bind|--insecure-bind)$/, otherwise: 8000 },
  uvicorn: { host: /^--host$/, port: /^--port$/, otherwise: 8000, loopbackUnless: "UVICORN_HOST" },
  daphne: { host: /^(-b|--bind)$/, port: /^(-p|--port)$/, otherwise: 8000, loopbackUnless: "" },
  granian: { host: /^--host$/, port: /^--port$/, otherwise: 8000, loopbackUnless: "GRANIAN_HOST" },
  "waitress-serve": { address: /^--listen$/, host: /^--host$/, port: /^--port$/, otherwise: 8080 },
  uwsgi: { address: /^(-s|--(uwsgi-|http-|http11-)?socket|--https?|--http11)$/ },
};

/**
 * Reads the command line of a container.
 * @param words of its ENTRYPOINT and CMD
 * @returns undefined when it starts no server that is known, or when a variable hides its port
 */
export function listeningOf(words: readonly string[]): Listening | undefined {
  const commands = commandsIn(words);
  const servers = commands.all.map((command) => {
    const at = command.findIndex((word) => Object.hasOwn(SERVERS, posix.basename(word)));
    const server = posix.basename(command[at] ?? "");
    return { server, flags: SERVERS[server], args: command.slice(at + 1) };
  });
  const found = servers.flatMap(({ server, flags, args }) =>
    flags === undefined ? [] : [serverIn(server, flags, args)],
  );
  const [first] = found;
  if (first === undefined || found.includes(undefined)) return undefined;
  const all = found.filter((one) => one !== undefined);
  const others = commands.all.filter((_, index) => servers[index]?.flags === undefined);
  return {
    server: first.server,
    ports: [...new Set(all.flatMap(({ ports }) => ports))],
    named: [...new Set(all.flatMap(({ named }) => named))],
    loopback: all.flatMap(({ loopback }) => loopback),
    hostFrom: first.hostFrom,
    certain: all.every(({ certain }) => certain) && !commands.inBackground && others.every(listensNowhere),
  };
}

/** The single commands, also of a shell's line: `sh -c "migrate && exec gunicorn …"`. */
function commandsIn(words: readonly string[]): {
  readonly all: readonly (readonly string[])[];
  readonly inBackground: boolean;
} {
  const shell = words.findIndex((word) => /(^|\/)(ba|da|a)?sh$/.test(word));
  const line = words[shell + 2];
  if (shell < 0 || line === undefined || !/^-[a-z]*c$/.test(words[shell + 1] ?? ""))
    return { all: [words], inBackground: false };
  const all = line.split(/&&|\|\||(?<!>)&(?!>)|[;|\n]/).map(splitWords);
  return {
    all: all.filter((command) => command.length > 0),
    inBackground: /(?<![&>])&(?![&>])/.test(line),
  };
}

/** Programs that end, or that listen on no port. */
const LISTENS_NOWHERE =
  /^(python[\d.]*|(\.\/)?manage\.py|django-admin|exec|cd|export|set|echo|printf|sleep|true|wait|wait-for-it(\.sh)?|nc|pg_isready|mkdir|chown|chmod|cp|mv|rm|ln|touch|cat|ls|date|id|whoami|env|alembic|celery|poetry|uv|pdm|pipenv|until|while|do|done|if|then|else|fi|test|\[|!|:)$/;

function listensNowhere(command: readonly string[]): boolean {
  const program = command.find((word) => !/^\w+=/.test(word)) ?? "";
  return program === "" || LISTENS_NOWHERE.test(posix.basename(program)) || LISTENS_NOWHERE.test(program);
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
  const named = ports.map(({ number }) => number);
  const otherwise = flags.otherwise === undefined || bound.length > 0 ? [] : [flags.otherwise];
  const all = [...named, ...otherwise];
  const isElsewhere = split.some((arg) => /^--(ini|fd|uds|yaml|json|endpoint)|^-e$|\.ini$/.test(arg));
  const isByDefault = flags.loopbackUnless !== undefined && host === "" && !isElsewhere;
  return {
    server,
    ports: all,
    named,
    loopback: isByDefault ? all : ports.filter(({ isLocal }) => isLocal).map(({ number }) => number),
    hostFrom: isByDefault ? flags.loopbackUnless : undefined,
    certain: named.length > 0 && !isElsewhere,
  };
}
