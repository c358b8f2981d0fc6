/** Which of the runner's variables a child may see, and what each is for. */

/**
 * Variables that change what a build makes or says, on top of what the workflow wrote in `with:`
 * (BuildKit reads them: SOURCE_DATE_EPOCH becomes a build argument of every target, BUILDX_GIT_LABELS adds
 * labels …). BUILDX_CONFIG only says where builders are kept, so it stays.
 */
const CHANGES_A_BUILD =
  /^(SOURCE_DATE_EPOCH|BUILDX_(?!CONFIG$).*|BUILDKIT_.*|EXPERIMENTAL_BUILDKIT_.*|DOCKER_BUILDKIT|DOCKER_DEFAULT_PLATFORM)$/;

/** The step's own inputs (they may hold secrets), the runner's tokens, and its file commands. */
const THE_RUNNERS_OWN =
  /^(INPUT_.*|ACTIONS_.*|STATE_.*|SHIPSHAPE_.*|GITHUB_(OUTPUT|STATE|ENV|PATH|STEP_SUMMARY|ARTIFACTS|ARTIFACTS_LIST))$/;

/** What BuildKit's `type=gha` cache needs, in the one command that builds. */
const CACHE_SERVICE = [
  "ACTIONS_CACHE_URL",
  "ACTIONS_RESULTS_URL",
  "ACTIONS_RUNTIME_TOKEN",
  "ACTIONS_CACHE_SERVICE_V2",
];

/**
 * The environment of every child: the runner's, without inputs, tokens and file commands, and without what
 * would change a build behind the workflow's back. Credential helpers' and proxies' variables stay.
 */
export function childEnvironment(runner: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(runner).filter(
    ([name]) => !CHANGES_A_BUILD.test(name) && !THE_RUNNERS_OWN.test(name),
  );
  return {
    ...Object.fromEntries(kept),
    // Bake asks before it reads outside the working directory; here the workflow has said what to read.
    BUILDX_BAKE_ENTITLEMENTS_FS: "0",
    BUILDX_METADATA_PROVENANCE: "disabled",
    BUILDX_NO_DEFAULT_ATTESTATIONS: "1",
  };
}

/** The cache service's variables, for the one command that builds; empty where the runner has none. */
export function cacheServiceEnvironment(runner: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = CACHE_SERVICE.flatMap((name) => (runner[name] === undefined ? [] : [[name, runner[name]]]));
  return Object.fromEntries(kept);
}
