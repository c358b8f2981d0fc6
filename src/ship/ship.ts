/** One step of a workflow: read the request, run the pipeline, report. */
import { CHECK_NAMES } from "../checks/catalogue.ts";
import type { DockerCli } from "../docker/docker-cli.ts";
import { childEnvironment } from "../docker/environment.ts";
import { cancelled, Failure, FREE_SPACE } from "../failure.ts";
import { Log } from "../reporters/log.ts";
import { appIn, isOnlyReported, type Outcome, stageOf } from "../reporters/outcome.ts";
import { announce } from "../reporters/say.ts";
import { foldersOf, workspaceOf } from "../request/context.ts";
import { questionsOf } from "../request/event.ts";
import { gitFacts, gitWith } from "../request/git.ts";
import { readRequest } from "../request/inputs.ts";
import { isInOwnCheckout } from "../request/paths.ts";
import type { Request } from "../request/request.ts";
import type { Pipeline } from "./pipeline.ts";

/**
 * Runs the whole step.
 * @param env the runner's environment
 * @param signal aborts when the job is cancelled
 * @returns the exit code: 0 when the verdict is a pass and the release, if one was wanted, stands; and when
 *   `fail-level: never` only reports
 */
export async function ship(env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<0 | 1> {
  const log = new Log();
  let docker: DockerCli | undefined;
  let known: Outcome = { app: appIn(env) };
  let pipeline: Pipeline | undefined;
  const outcome = (): Outcome => ({ ...known, ...pipeline?.results });
  try {
    const request = await ask(env);
    known = { app: request.app, request };
    announce(request, log);
    // An input error is reported without loading what only a build needs.
    const [{ DockerCli: Cli }, { Pipeline: Steps }, { prepare, probeFolder }] = await Promise.all([
      import("../docker/docker-cli.ts"),
      import("./pipeline.ts"),
      import("./prepare.ts"),
    ]);
    docker = new Cli(env, signal);
    const world = { env, docker, log, signal, probe: probeFolder(process.argv[1] ?? "") };
    const prepared = await prepare(request, world);
    known = { ...known, ...(prepared.ok ? prepared.step.setting : prepared.setting) };
    if (!prepared.ok) throw prepared.error;
    pipeline = new Steps(prepared.step);
    await pipeline.run();
  } catch (error) {
    known = { ...known, failure: signal.aborted ? cancelledIn(outcome()) : asFailure(error, outcome()) };
  }
  try {
    const { logCalls, report } = await import("../reporters/report.ts");
    const areOutputsSet = await report(outcome(), log, env);
    await pipeline?.finish();
    logCalls(docker?.calls ?? [], log);
    const hasFailed = known.failure !== undefined && !isOnlyReported(outcome());
    return hasFailed || !areOutputsSet ? 1 : 0;
  } finally {
    docker?.close();
  }
}

/** The request; git is asked first unless the event itself says whose code this is. */
async function ask(env: NodeJS.ProcessEnv): Promise<Request> {
  const questions = questionsOf(env);
  const folders = questions.refs ? foldersOf(env) : [];
  const git = gitWith(childEnvironment(env));
  const checkouts = await Promise.all(
    folders.map((folder) =>
      questions.changes && !isInOwnCheckout(folder, workspaceOf(env))
        ? ("elsewhere" as const)
        : gitFacts(git, folder, questions),
    ),
  );
  return readRequest(env, { catalogue: CHECK_NAMES, checkouts });
}

function cancelledIn({ release, publishing }: Outcome): Failure {
  return cancelled(release ? { tagged: release.ref } : publishing ? "perhaps" : "no");
}

/** An error that is not a Failure is a defect of ours, and says so. */
function asFailure(error: unknown, outcome: Outcome): Failure {
  if (error instanceof Failure) return error;
  if (/^(ENOSPC|EDQUOT)$/.test((error as NodeJS.ErrnoException | undefined)?.code ?? ""))
    return new Failure(
      outcome.publishing ? "Publish failed" : "Build failed",
      `The runner's disk is full: ${FREE_SPACE}`,
    );
  const kinds = {
    request: "Invalid input",
    build: "Build failed",
    checks: "Checks could not run",
    publish: "Publish failed",
  } as const;
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new Failure(kinds[stageOf(outcome)], `This is a defect of shipshape; please report it.\n${detail}`);
}
