/**
 * The grammar of image references (as in github.com/distribution/reference), and Docker's rule for the registry of
 * a name without a host.
 */
import { type Parsed, show } from "./problems.ts";
import type { Digest, PinnedRef, Ref, Repository, Tag } from "./request.ts";

const HOST =
  /^(?:(?:[a-z0-9]|[a-z0-9][a-z0-9-]*[a-z0-9])(?:\.(?:[a-z0-9]|[a-z0-9][a-z0-9-]*[a-z0-9]))*|\[[a-f0-9:]+\])(?::[0-9]+)?$/;
const PATH_PART = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*$/;
const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
const LONGEST_NAME = 255;

const HUB = "docker.io";
const EXAMPLE = "Write it as `ghcr.io/acme/shop`";

/** Splits `name[:tag][@digest]` and validates nothing. A colon before the last slash begins the port of a host. */
export function split(reference: string) {
  const at = reference.indexOf("@");
  const named = at === -1 ? reference : reference.slice(0, at);
  const colon = named.indexOf(":", named.lastIndexOf("/") + 1);
  return {
    name: colon === -1 ? named : named.slice(0, colon),
    tag: colon === -1 ? undefined : named.slice(colon + 1),
    digest: at === -1 ? undefined : reference.slice(at + 1),
  };
}

/**
 * Reads a repository, `[host[:port]/]path`. Upper case letters become lower case, because registries refuse them
 * and the name of a GitHub owner may have some.
 */
export function parseRepository(text: string): Parsed<Repository> {
  const problem = repositoryProblem(text);
  return problem === undefined ? { value: text.toLowerCase() as Repository } : { problem };
}

function repositoryProblem(text: string): string | undefined {
  if (text === "") return `is empty. ${EXAMPLE}.`;
  const shown = show(text);
  if (/[\s\p{Cc}]/u.test(text)) return `${shown} has white space in it. Name one repository.`;
  if (text.startsWith("-")) return `${shown} begins with a dash. ${EXAMPLE}.`;
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text))
    return `${shown} is a URL. A repository has no scheme: ${EXAMPLE.toLowerCase()}.`;
  const { name, tag, digest } = split(text);
  if (digest !== undefined) return `${shown} has a digest. Name the repository alone: ${show(name)}.`;
  if (tag !== undefined)
    return `${shown} has a tag. Name the repository alone (${show(name)}) and give the tag in \`tag\` or \`tags\`.`;
  if (name.length > LONGEST_NAME)
    return `${shown} is ${name.length} characters long. At most ${LONGEST_NAME} are allowed.`;
  if (/^\/|\/$|\/\//.test(name))
    return `${shown} has an empty part between its slashes. Is a variable of the workflow empty? ${EXAMPLE}.`;
  return partsProblem(name.toLowerCase(), shown);
}

function partsProblem(name: string, shown: string): string | undefined {
  const { host, path } = divide(name);
  if (host !== undefined && !HOST.test(host))
    return `${shown} has the host ${show(host)}. Use letters, digits, dots and dashes, and a \`:port\` if you need one.`;
  if (path === "")
    return `${shown} names a registry only. Add the repository's path: ${show(`${host}/shop`)}.`;
  const wrong = path.split("/").find((part) => !PATH_PART.test(part));
  if (wrong !== undefined)
    return `${shown} has the part ${show(wrong)}. Use letters and digits, and between them \`.\`, \`_\`, \`__\` or dashes.`;
  if (/^[0-9a-f]{64}$/.test(name)) return `${shown} looks like an image id. ${EXAMPLE}.`;
  return undefined;
}

/** Docker's rule: the first part is a host if it has a `.` or a `:`, or is `localhost`. */
function divide(name: string): { host: string | undefined; path: string } {
  const slash = name.indexOf("/");
  const first = slash === -1 ? "" : name.slice(0, slash);
  const isHost = /[.:]/.test(first) || first === "localhost";
  return isHost ? { host: first, path: name.slice(slash + 1) } : { host: undefined, path: name };
}

/**
 * The full name of a repository, to compare it with another one. Docker Hub's short forms are written out: `ubuntu`
 * becomes `docker.io/library/ubuntu`, and `acme/shop` becomes `docker.io/acme/shop`.
 */
export function canonical(repository: string): string {
  const { host, path } = divide(repository.toLowerCase());
  if (host !== undefined && host !== HUB && host !== "index.docker.io") return `${host}/${path}`;
  return path.includes("/") ? `${HUB}/${path}` : `${HUB}/library/${path}`;
}

/** Whether two names are the same repository of the same registry. */
export function sameRepository(one: string, other: string): boolean {
  return canonical(one) === canonical(other);
}

/** The host of the registry: `ghcr.io`, `localhost:5000`; `docker.io` for a name without a host. */
export function registry(repository: Repository): string {
  return canonical(repository).split("/", 1)[0] ?? HUB;
}

/** Reads a tag: 1 to 128 of `[A-Za-z0-9_.-]`, not beginning with `.` or `-`. */
export function parseTag(text: string): Parsed<Tag> {
  if (TAG.test(text)) return { value: text as Tag };
  return {
    problem: `${show(text)} is not a valid tag. Use 1 to 128 of \`A-Z a-z 0-9 _ . -\`, and no dot or dash at the beginning.`,
  };
}

/** `repository:tag` */
export function ref(repository: Repository, tag: Tag): Ref {
  return `${repository}:${tag}` as Ref;
}

/** `repository@digest` */
export function pinned(repository: Repository, digest: Digest): PinnedRef {
  return `${repository}@${digest}` as PinnedRef;
}
