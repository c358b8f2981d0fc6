/**
 * The names that BuildKit prints for steps, read in one place. A step of a Dockerfile is called
 * `[TARGET STAGE 3/7] RUN make`: bake's target is there only when a solve has several, and the stage only when it has a
 * name. Our own stages have names that no project uses.
 */

/** The stages of our own Dockerfiles. */
export const STAGES = {
  probe: "shipshape-probe",
  caddy: "shipshape-caddy",
  command: (number: number) => `shipshape-command-${number}`,
  report: "shipshape-report",
} as const;

/** The bake target of the user's image, and the beginning of the names for one more platform. */
export const IMAGE = "image";
/** Bake targets of other stages of a user's Dockerfile: `run-target`, and the project's own Caddy image. */
export const STAGE = "stage";
export const CADDY_IMAGE = "caddy-image";

/** A stage of ours, in the names of steps. */
const OURS = /^shipshape-(probe|caddy|report|command-\d+)$/;
/** A line of our own Dockerfiles that begins a stage. */
const OUR_FROM = / AS shipshape-(probe|caddy|report|command-\d+)$/m;

export type Step =
  /** Runs the probe in the image, or Caddy on the Caddyfile. */
  | { readonly kind: "probe" | "caddy" }
  /** Runs the command of the workflow with this number, counted from 1. */
  | { readonly kind: "command"; readonly number: number }
  /** A step of a user's Dockerfile. */
  | {
      readonly kind: "dockerfile";
      /** The stage and, of several, the platform: `linux/arm64 build`. Empty for a stage without a name. */
      readonly stage: string;
      /** `3/7` */
      readonly count: string;
      /** `RUN make` */
      readonly instruction: string;
      /** It is of the project's own Caddy image. */
      readonly ofCaddy: boolean;
    }
  | {
      /**
       * `export`: brings the image to where it is kept or released, or writes a cache.
       * `cache`: asks a cache of another machine, or writes one; there BuildKit may wait for a silent server.
       * `internal`: what only we and BuildKit care for, like contexts, log-ins and the other steps of our own stages.
       */
      readonly kind: "export" | "cache" | "internal" | "other";
      readonly text: string;
    };

/** Reads the name of a step. */
export function readStep(name: string): Step {
  const [, inside = "", text = name] = /^\[([^\]]*)\] (.*)$/s.exec(name) ?? [];
  const words = inside === "" ? [] : inside.split(" ");
  const count = /^\d+\/\d+$/.test(words.at(-1) ?? "") ? words.pop() : undefined;
  const ours = words.find((word) => OURS.test(word));
  if (count !== undefined && ours !== undefined) return ourStep(ours, text);
  const target = words.find((word) => TARGET.test(word));
  if (count !== undefined)
    return {
      kind: "dockerfile",
      stage: stageIn(words, target),
      count,
      instruction: text,
      ofCaddy: target === CADDY_IMAGE,
    };
  if (words.some((word) => /^(internal|auth|context)$/.test(word))) return { kind: "internal", text };
  if (/^(importing|exporting) cache/.test(text)) return { kind: "cache", text };
  if (/^exporting to client|^resolve image config|^resolving provenance/.test(text))
    return { kind: "internal", text };
  if (/^(exporting|pushing)/.test(text)) return { kind: "export", text };
  return { kind: "other", text };
}

/** The names of our bake targets, as far as they may stand in front of a stage of a user's Dockerfile. */
const TARGET = new RegExp(`^(${IMAGE}(-linux-\\S+)?|${STAGE}|${CADDY_IMAGE})$`);

/** The stage, after the platform of the target where that is one more platform's. */
function stageIn(words: readonly string[], target = ""): string {
  const own = words.filter((word) => word !== target);
  const platform = target.startsWith(`${IMAGE}-`) ? target.slice(IMAGE.length + 1).replaceAll("-", "/") : "";
  return (platform === "" || own.includes(platform) ? own : [platform, ...own]).join(" ");
}

function ourStep(stage: string, text: string): Step {
  if (!text.startsWith("RUN ")) return { kind: "internal", text };
  if (stage === STAGES.probe) return { kind: "probe" };
  if (stage === STAGES.caddy) return { kind: "caddy" };
  const number = /^shipshape-command-(\d+)$/.exec(stage)?.[1];
  return number === undefined ? { kind: "internal", text } : { kind: "command", number: Number(number) };
}

/** Whether a step is of this kind, for `stepIn` and for limits. */
export function isStep(kind: Step["kind"]): (name: string) => boolean {
  return (name) => readStep(name).kind === kind;
}

/** Whether a step belongs to one of our own Dockerfiles. */
export function isOurStep(name: string): boolean {
  const inside = /^\[([^\]]*)\] /.exec(name)?.[1] ?? "";
  return inside.split(" ").some((word) => OURS.test(word));
}

/** Whether an excerpt of a Dockerfile, as BuildKit prints it around a line that failed, is of one of ours. */
export function isOurExcerpt(excerpt: string): boolean {
  return OUR_FROM.test(excerpt);
}

/** The number of the command that a step runs, counted from 1; undefined when it runs none. */
export function commandOf(name: string): number | undefined {
  const step = readStep(name);
  return step.kind === "command" ? step.number : undefined;
}

/** A step as people read it: `[build 3/7] RUN make`, on one line and without our bake target. */
export function stepText(name: string): string {
  const step = readStep(name);
  const text =
    step.kind === "dockerfile"
      ? `[${[step.ofCaddy ? "caddy" : "", step.stage, step.count].filter((word) => word !== "").join(" ")}] ${step.instruction}`
      : "text" in step
        ? step.text
        : name;
  return text.replace(/\s+/g, " ").slice(0, 300);
}
