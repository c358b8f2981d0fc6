/**
 * The grammar of image references, as the registry's own library has it (github.com/distribution/reference),
 * and Docker's rule for where a name without a host lives.
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

/** A reference taken apart at its `:` and `@`, not yet validated. */
export interface Parts {
  readonly name: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

/** Takes `name[:tag][@digest]` apart. A colon before the last slash is a host's port. */
export function split(reference: string): Parts {
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
 * Reads a repository, `[host[:port]/]path`. Upper case is lowered, because registries refuse it and a
 * GitHub owner's name may have it; `lowered` says so.
 */
export function parseRepository(text: string): Parsed<Repository> & { readonly lowered?: boolean } {
  const problem = repositoryProblem(text);
  if (problem !== undefined) return { problem };
  const lower = text.toLowerCase();
  return { value: lower as Repository, lowered: lower !== text };
}

function repositoryProblem(text: string): string | undefined {
  if (text === "") return `is empty. ${EXAMPLE}.`;
  const shown = show(text);
  if (/[\s\p{Cc}]/u.test(text)) return `${shown} has white space in it. One repository is allowed.`;
  if (text.startsWith("-")) return `${shown} begins with a dash. ${EXAMPLE}.`;
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text))
    return `${shown} is a URL. A repository has no scheme: ${EXAMPLE.toLowerCase()}.`;
  const { name, tag, digest } = split(text);
  if (digest !== undefined) return `${shown} has a digest. Name the repository alone: ${show(name)}.`;
  if (tag !== undefined)
    return `${shown} has a tag. Name the repository alone (${show(name)}) and give the tag in \`tag\` or \`tags\`.`;
  if (name.length > LONGEST_NAME)
    return `${shown} is ${name.length} characters long. ${LONGEST_NAME} are allowed.`;
  if (/^\/|\/$|\/\//.test(name))
    return `${shown} has an empty part between its slashes. Is a variable of the workflow empty? ${EXAMPLE}.`;
  return partsProblem(name.toLowerCase(), shown);
}

function partsProblem(name: string, shown: string): string | undefined {
  const { host, path } = divide(name);
  if (host !== undefined && !HOST.test(host))
    return `${shown} has ${show(host)} for a host. Letters, digits, dots, dashes and a \`:port\` are allowed.`;
  if (path === "")
    return `${shown} names a registry only. Add the repository's path: ${show(`${host}/shop`)}.`;
  const wrong = path.split("/").find((part) => !PATH_PART.test(part));
  if (wrong !== undefined)
    return `${shown} has the part ${show(wrong)}. Letters and digits are allowed, and between them \`.\`, \`_\`, \`__\` or dashes.`;
  if (/^[0-9a-f]{64}$/.test(name)) return `${shown} looks like an image id. ${EXAMPLE}.`;
  return undefined;
}

/** Docker's rule: the first part is a host if it has a `.` or a `:` or is `localhost`. */
function divide(name: string): { host: string | undefined; path: string } {
  const slash = name.indexOf("/");
  const first = slash === -1 ? "" : name.slice(0, slash);
  const isHost = /[.:]/.test(first) || first === "localhost";
  return isHost ? { host: first, path: name.slice(slash + 1) } : { host: undefined, path: name };
}

/**
 * The full name of a repository, for comparing: Docker Hub's short forms are written out, so `ubuntu` is
 * `docker.io/library/ubuntu` and `acme/shop` is `docker.io/acme/shop`.
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

/** The registry's host: `ghcr.io`, `localhost:5000`, `docker.io` for a name without one. */
export function registry(repository: Repository): string {
  return canonical(repository).split("/", 1)[0] ?? HUB;
}

/** Reads a tag: 1 to 128 of `[A-Za-z0-9_.-]`, not beginning with `.` or `-`. */
export function parseTag(text: string): Parsed<Tag> {
  if (TAG.test(text)) return { value: text as Tag };
  return {
    problem: `${show(text)} is no tag. 1 to 128 of \`A-Z a-z 0-9 _ . -\` are allowed, the first no dot and no dash.`,
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
