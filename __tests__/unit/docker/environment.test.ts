import { describe, expect, it } from "@jest/globals";
import { cacheServiceEnvironment, childEnvironment } from "../../../src/docker/environment.ts";

describe("a child's environment", () => {
  it.each([
    ...["INPUT_IMAGE", "INPUT_SECRETS", "INPUT_ENV", "INPUT_BUILD-ARGS"],
    ...[
      "ACTIONS_RUNTIME_TOKEN",
      "ACTIONS_RESULTS_URL",
      "ACTIONS_CACHE_URL",
      "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
      "ACTIONS_ID_TOKEN_REQUEST_URL",
    ],
    ...["STATE_isPost", "SHIPSHAPE_CHECK_ENV", "SHIPSHAPE_BUILD_SECRET_0"],
    ...["GITHUB_OUTPUT", "GITHUB_STATE", "GITHUB_ENV", "GITHUB_PATH", "GITHUB_STEP_SUMMARY"],
  ])("has none of the runner's own: %s", (name) => {
    expect(childEnvironment({ [name]: "x" })).not.toHaveProperty([name]);
  });

  it.each([
    ...[
      "SOURCE_DATE_EPOCH",
      "BUILDX_BUILDER",
      "BUILDX_GIT_LABELS",
      "BUILDX_GIT_INFO",
      "BUILDX_NO_DEFAULT_LOAD",
    ],
    ...[
      "BUILDX_EXPERIMENTAL",
      "BUILDX_METADATA_WARNINGS",
      "BUILDX_BAKE_FILE",
      "BUILDKIT_PROGRESS",
      "BUILDKIT_COLORS",
    ],
    ...["BUILDKIT_HOST", "EXPERIMENTAL_BUILDKIT_SOURCE_POLICY", "DOCKER_BUILDKIT", "DOCKER_DEFAULT_PLATFORM"],
  ])("has nothing that changes a build behind the workflow's back: %s", (name) => {
    expect(childEnvironment({ [name]: "x" })).not.toHaveProperty([name]);
  });

  it.each([
    ...[
      "PATH",
      "HOME",
      "LANG",
      "TMPDIR",
      "XDG_RUNTIME_DIR",
      "SSH_AUTH_SOCK",
      "RUNNER_TEMP",
      "GITHUB_SHA",
      "GITHUB_WORKSPACE",
    ],
    ...[
      "DOCKER_HOST",
      "DOCKER_CONTEXT",
      "DOCKER_CONFIG",
      "DOCKER_CERT_PATH",
      "DOCKER_TLS_VERIFY",
      "BUILDX_CONFIG",
    ],
    ...["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy"],
    ...[
      "AWS_ACCESS_KEY_ID",
      "AWS_PROFILE",
      "GOOGLE_APPLICATION_CREDENTIALS",
      "MY_TOKEN",
      "NODE_EXTRA_CA_CERTS",
    ],
    ...["MY_INPUT_X", "MY_ACTIONS_X", "A_BUILDX_B", "SOURCE_DATE_EPOCH_2"],
  ])("has what programs and credential helpers need: %s", (name) => {
    expect(childEnvironment({ [name]: "x" })).toHaveProperty([name], "x");
  });

  it("has our own settings of buildx, also over the runner's", () => {
    expect(
      childEnvironment({
        BUILDX_BAKE_ENTITLEMENTS_FS: "1",
        BUILDX_METADATA_PROVENANCE: "max",
        BUILDX_NO_DEFAULT_ATTESTATIONS: "0",
      }),
    ).toEqual({
      BUILDX_BAKE_ENTITLEMENTS_FS: "0",
      BUILDX_METADATA_PROVENANCE: "disabled",
      BUILDX_NO_DEFAULT_ATTESTATIONS: "1",
    });
  });
});

describe("the cache service's variables", () => {
  it("are four, and no other token goes with them", () => {
    expect(
      cacheServiceEnvironment({
        ACTIONS_CACHE_URL: "a",
        ACTIONS_RESULTS_URL: "b",
        ACTIONS_RUNTIME_TOKEN: "c",
        ACTIONS_CACHE_SERVICE_V2: "True",
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: "d",
        ACTIONS_RUNTIME_URL: "e",
        PATH: "/bin",
      }),
    ).toEqual({
      ACTIONS_CACHE_URL: "a",
      ACTIONS_RESULTS_URL: "b",
      ACTIONS_RUNTIME_TOKEN: "c",
      ACTIONS_CACHE_SERVICE_V2: "True",
    });
  });

  it("are left out where the runner has none", () =>
    expect(cacheServiceEnvironment({ PATH: "/bin" })).toEqual({}));
});
