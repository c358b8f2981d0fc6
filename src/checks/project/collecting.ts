/** Who runs collectstatic: the build, the start of a container, or another file of the repository. Pure. */
import { posix } from "node:path";
import type { Service } from "./compose.ts";
import { splitWords } from "./words.ts";

/** What the repository says. */
export interface Collecting {
  /** The Dockerfile does, so the image has the files. */
  readonly inBuild: boolean;
  /** Something else does: the start, a compose file, a script, a deploy job. */
  readonly elsewhere: boolean;
  /** All that the image's start and the compose files run could be read. */
  readonly allRead: boolean;
}

/** Programs that collect nothing by themselves. */
const PROGRAMS =
  /^(python[\d.]*|manage\.py|django-admin|gunicorn|uvicorn|daphne|hypercorn|granian|waitress-serve|celery|(ba|da|a)?sh|exec|env|tini|dumb-init|poetry|uv|pdm|pipenv|run|uwsgi|supervisord|node|npm|npx|yarn|pnpm|nginx|caddy)$/;
/** Images without a start of their own. */
const PLAIN = /^((docker\.io\/)?(library\/)?(python|debian|ubuntu|alpine)|ghcr\.io\/astral-sh\/uv)([:@]|$)/;
const COLLECTS = /collectstatic/;

/** Whether a text names the command, outside of comments. */
export function collects(text: string): boolean {
  return COLLECTS.test(uncommented(text));
}

/**
 * @param dockerfile the text of the Dockerfile
 * @param files repo path → text of the files that may run something; the Dockerfile is none of them
 * @param isComplete no file was left out
 */
export function collectingIn(
  dockerfile: string,
  files: ReadonlyMap<string, string>,
  isComplete: boolean,
  services: readonly Service[],
): Collecting {
  const lines = instructions(dockerfile);
  const own = lines.filter(({ name }) => name === "CMD" || name === "ENTRYPOINT");
  const elsewhere = own.some(({ rest }) => COLLECTS.test(rest)) || [...files.values()].some(collects);
  const scripts = new Set([...files.keys()].map((path) => posix.basename(path)));
  const isRead = (words: readonly string[]) =>
    words.every((word, index) => {
      const name = posix.basename(word);
      const runs = index === 0 || /^\.?\/|\.sh$/.test(word);
      return !runs || PROGRAMS.test(name) || scripts.has(name);
    });
  const started = services.flatMap(({ definitions }) =>
    definitions
      .filter(({ build }) => build !== undefined)
      .flatMap(({ entrypoint, command }) => [entrypoint ?? [], command ?? []]),
  );
  return {
    inBuild: lines.some(({ name, rest }) => name === "RUN" && COLLECTS.test(rest)),
    elsewhere,
    allRead:
      isComplete && isPlain(lines) && [...own.map(({ rest }) => wordsIn(rest)), ...started].every(isRead),
  };
}

interface Instruction {
  readonly name: string;
  readonly rest: string;
}

/** The instructions of a Dockerfile. The lines of a heredoc belong to the one above them. */
function instructions(dockerfile: string): readonly Instruction[] {
  const found: Instruction[] = [];
  for (const line of uncommented(dockerfile)
    .replace(/\\\r?\n/g, " ")
    .split("\n")) {
    const [, name, rest = ""] =
      /^\s*(FROM|RUN|CMD|ENTRYPOINT|COPY|ADD|ENV|ARG|WORKDIR|USER|EXPOSE|LABEL|SHELL|VOLUME|HEALTHCHECK|STOPSIGNAL|ONBUILD)\s+(.*)$/i.exec(
        line,
      ) ?? [];
    const before = found.at(-1);
    if (name !== undefined) found.push({ name: name.toUpperCase(), rest });
    else if (before !== undefined) found[found.length - 1] = { ...before, rest: `${before.rest}\n${line}` };
  }
  return found;
}

function uncommented(text: string): string {
  return text.replace(/^\s*#.*$/gm, "");
}

/** The exec form, or the words of a shell's line. */
function wordsIn(rest: string): readonly string[] {
  return rest.trim().startsWith("[")
    ? [...rest.matchAll(/"([^"]*)"/g)].map(([, word = ""]) => word)
    : splitWords(rest);
}

/** Whether the last stage begins with an image that starts nothing. An ENTRYPOINT of another one may do anything. */
function isPlain(lines: readonly Instruction[]): boolean {
  const froms = lines
    .filter(({ name }) => name === "FROM")
    .map(({ rest }) => rest.replace(/^(--\S+\s+)+/, "").split(/\s+/));
  let image = froms.at(-1)?.[0] ?? "";
  for (const [base = "", , stage] of froms.toReversed())
    if (stage !== undefined && stage.toLowerCase() === image.toLowerCase()) image = base;
  return PLAIN.test(image) || lines.some(({ name }) => name === "ENTRYPOINT");
}
