/** How solves of the fake builder end: what they print, and the files that they export. */
import { probeCheck, rawReport } from "../samples.ts";

export interface Reply {
  readonly steps: readonly PrintedStep[];
  /** File → text, below the folder that the solve exports to. */
  readonly files: Readonly<Record<string, string>>;
  /** Bake's last lines, when the solve failed. */
  readonly error?: string;
  /** The solve was ended: it hung, or a step took too long. */
  readonly ended?: "idle" | "step";
}

export interface PrintedStep {
  readonly name: string;
  readonly cached?: boolean;
  readonly error?: string;
  readonly log?: string;
}

const PROBE_STEP = "[shipshape-probe 3/3] RUN --network=none /bin/sh /.shipshape-probe/launch.sh";
const CADDY_STEP = "[shipshape-caddy 3/3] RUN --network=none /bin/sh /caddy.sh";

/** A solve of the user's image, or of a stage of it. */
export const BUILT: Reply = { steps: [{ name: "[2/2] RUN pip install ." }], files: {} };

/** The user's Dockerfile fails. */
export const RUN_FAILS: Reply = {
  steps: [
    {
      name: "[2/2] RUN pip install .",
      error: exit(1, "/bin/sh -c pip install ."),
      log: "No matching distribution\n",
    },
  ],
  files: {},
  error: "ERROR: failed to solve: process did not complete successfully: exit code: 1",
};

/** The builder fails, and no step. */
export function builderFails(reason: string): Reply {
  return { steps: [], files: {}, error: `ERROR: failed to solve: ${reason}` };
}

export const GONE = builderFails("rpc error: code = Unavailable desc = error reading from server: EOF");

/** BuildKit takes the solve and starts nothing. */
export const HANGS: Reply = { steps: [], files: {}, ended: "idle" };

/** What the probe leaves, with findings of the check `system`. */
export function examined(findings: readonly Readonly<Record<string, unknown>>[] = [], cached = false): Reply {
  const checks = { system: probeCheck({ findings }), migrations: probeCheck(), static: probeCheck() };
  const report = rawReport({ checks, settings: { DEBUG: { value: false, supplied: "image" } } });
  return { steps: [{ name: PROBE_STEP, cached }], files: { "report.json": JSON.stringify(report) } };
}

/** The probe ran, and could not load the settings. No check of its own was asked for. */
export const NO_SETTINGS: Reply = {
  steps: [{ name: PROBE_STEP }],
  files: { "report.json": JSON.stringify(rawReport({ checks: {}, settings: {} })) },
};

export const A_FINDING = {
  level: "WARNING",
  id: "security.W004",
  message: "SECURE_HSTS_SECONDS is not set.",
};

/** The probe leaves nothing. */
export const NO_REPORT: Reply = { steps: [{ name: PROBE_STEP }], files: {} };

/** The engine cannot start a program in the image. */
export function cannotStart(program: string): Reply {
  return {
    steps: [
      {
        name: PROBE_STEP,
        error: exit(127, program),
        log: `runc run failed: exec: "${program}": stat ${program}: no such file or directory\n`,
      },
    ],
    files: {},
    error: "ERROR: target checks: failed to solve: process did not complete successfully: exit code: 127",
  };
}

/** The builder does not have the image's layers. */
export const NO_LAYERS: Reply = {
  steps: [{ name: PROBE_STEP, error: `content sha256:${"7".repeat(64)}: not found` }],
  files: {},
  error: `ERROR: target checks: failed to solve: content sha256:${"7".repeat(64)}: not found`,
};

/** The exit codes of the commands, in their order. */
export function commandsEnd(...codes: readonly number[]): Reply {
  return {
    steps: codes.map((code, index) => ({
      name: `[shipshape-command-${index + 1} 3/3] RUN --network=none /bin/sh run.sh`,
      ...(code === 0 ? {} : { log: "1 failed\n" }),
    })),
    files: Object.fromEntries(codes.map((code, index) => [`${index + 1}/exit`, `${code}\n`])),
  };
}

/** What Caddy says of a Caddyfile that is valid, or that it refuses with an error. */
export function caddySays(error = ""): Reply {
  const code = error === "" ? "0" : "1";
  const err =
    error === "" ? "" : `Error: adapting config using caddyfile: /etc/caddy/Caddyfile:2: ${error}\n`;
  return {
    steps: [{ name: CADDY_STEP }],
    files: {
      "version.out": "v2.11.4\n",
      "version.code": "0",
      "validate.code": code,
      "validate.err": err,
      "adapt.code": code,
      "adapt.out": '{"apps":{}}',
      states: "",
    },
  };
}

function exit(code: number, command: string): string {
  return `process "${command}" did not complete successfully: exit code: ${code}`;
}
