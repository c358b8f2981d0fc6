/** Who runs collectstatic: the build, the start of a container, or another file of the repository. Pure. */
import { posix } from "node:path";
import { type Instruction, instructionsFor } from "../../request/dockerfile.ts";
import { looksLikeCompose } from "./compose.ts";
import { NOT_PRODUCTION } from "./development.ts";
import type { ImageService } from "./image-services.ts";
import type { Found } from "./search.ts";
import { splitWords, wordsOfStart } from "./words.ts";

/** What the repository says. */
export interface Collecting {
  /** The Dockerfile does, so the image has the files. Undefined: perhaps into another folder, or in a stage that is not shipped. */
  readonly inBuild: boolean | undefined;
  /** The start of a container does, or a service of a compose file. */
  readonly atStart: boolean;
  /** Repo path of another file that does: a script, a deploy job. */
  readonly elsewhere: string | undefined;
  /** Repo path of a file that removes volumes, perhaps at each deploy. */
  readonly removesVolumes: string | undefined;
  /** All that the start runs could be read, and copies no files. */
  readonly startIsKnown: boolean;
}

/** What to look for in the texts of the checkout. */
export const COLLECTING = {
  collects: /collectstatic/,
  copies: /\b(cp|rsync|mv|tar|ln)\b/,
  // `docker run --rm -v` removes none.
  removes:
    /^(?=[^\n]*\s(-v\b|--volumes\b))[^\n]*(?<![-\w])(down|rm)\b|\bvolume (rm|prune)\b|--renew-anon-volumes|^(?=[^\n]*\s-V\b)[^\n]*\bup\b/m,
};

/** Programs that collect nothing by themselves. */
const PROGRAMS =
  /^(python[\d.]*|manage\.py|django-admin|gunicorn|uvicorn|daphne|hypercorn|granian|waitress-serve|celery|(ba|da|a)?sh|exec|env|tini|dumb-init|poetry|uv|pdm|pipenv|run|uwsgi|supervisord|node|npm|npx|yarn|pnpm|nginx|caddy)$/;
/** Images without a start of their own. */
const PLAIN = /^((docker\.io\/)?(library\/)?(python|debian|ubuntu|alpine)|ghcr\.io\/astral-sh\/uv)([:@]|$)/;
/** A RUN that collects with settings of its own. */
const WITH_OWN_SETTINGS = /\b(STATIC_ROOT|DJANGO_SETTINGS_MODULE)=|--settings\b/;

/**
 * @param dockerfile all of its instructions
 * @param target the stage that is shipped; empty = the last one
 * @param found what the texts of the checkout say
 * @param services those that run the image in production
 */
export function collectingIn(
  dockerfile: readonly Instruction[],
  target: string,
  found: Found<keyof typeof COLLECTING>,
  services: readonly ImageService[],
): Collecting {
  const { lines, image } = instructionsFor(dockerfile, target);
  const own = ["ENTRYPOINT", "CMD"].flatMap((name) => lines.findLast((one) => one.name === name) ?? []);
  const started = services.flatMap(({ entrypoint, command }) => [entrypoint ?? [], command ?? []]);
  const written = [...own.map(({ rest }) => rest), ...started.map((words) => words.join(" "))];
  const all = [...own.map(({ rest }) => wordsIn(rest)), ...started];
  const scripts = new Set(all.flat().map((word) => posix.basename(word)));
  const isStarted = (path: string) => scripts.has(posix.basename(path));
  const inProduction = (path: string) => !NOT_PRODUCTION.test(path.replace(/\.\w+$/, ""));
  const collecting = found.paths.collects.filter(inProduction);
  const isKnown = (words: readonly string[]) =>
    words.every((word, index) => {
      const name = posix.basename(word);
      const runs = index === 0 || /^\.?\/|\.sh$/.test(word);
      return !runs || PROGRAMS.test(name) || found.names.has(name);
    });
  const copies = written.some((line) => COLLECTING.copies.test(line)) || found.paths.copies.some(isStarted);
  // An ENTRYPOINT of the base image may do anything.
  const isPlain = PLAIN.test(image) || lines.some(({ name }) => name === "ENTRYPOINT");
  return {
    inBuild: collectedIn(dockerfile, lines),
    atStart:
      written.some((line) => COLLECTING.collects.test(line)) ||
      collecting.some((path) => isStarted(path) || looksLikeCompose(posix.basename(path))),
    elsewhere: collecting.find((path) => !isStarted(path)),
    removesVolumes: found.paths.removes.find(inProduction),
    startIsKnown: found.isComplete && isPlain && !copies && all.every(isKnown),
  };
}

/** @param lines those of the stages that are shipped */
function collectedIn(
  dockerfile: readonly Instruction[],
  lines: readonly Instruction[],
): Collecting["inBuild"] {
  const runs = dockerfile.filter(({ name, rest }) => name === "RUN" && COLLECTING.collects.test(rest));
  if (runs.length === 0) return false;
  const copiesStages = lines.some(({ name, rest }) => name === "COPY" && rest.includes("--from="));
  const isShipped = copiesStages || runs.some((run) => lines.includes(run));
  return isShipped && !runs.some(({ rest }) => WITH_OWN_SETTINGS.test(rest)) ? true : undefined;
}

/** The exec form, or the words of a shell's line. */
function wordsIn(rest: string): readonly string[] {
  return rest.trim().startsWith("[") ? wordsOfStart(rest) : splitWords(rest);
}
