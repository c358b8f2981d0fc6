/** A registry that asks for a password, and registries that misbehave. */
import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, jest } from "@jest/globals";
import { onDjango } from "./harness/base.ts";
import { hasImage, stagingNames } from "./harness/docker.ts";
import { expectFailure, expectShipped, result } from "./harness/expectations.ts";
import { environment, fromLab } from "./harness/lab.ts";
import { directly, moodyRegistry, refusal } from "./harness/moody.ts";
import { project } from "./harness/project.ts";
import { Registry, registry } from "./harness/registry.ts";
import { step } from "./harness/step.ts";
import { folder } from "./harness/temporary.ts";

jest.setTimeout(300_000);

const user = fromLab("SHIPSHAPE_REGISTRY_USER");
const password = readFileSync(fromLab("SHIPSHAPE_REGISTRY_PASSWORD_FILE"), "utf8").trim();
const host = fromLab("SHIPSHAPE_REGISTRY_AUTH");
/** One image for all, that of one app: the builder answers its check from the cache. */
const shop = project("plain", await onDjango());
const ONE = { app: "denied", checks: "system" };
const closed = new Registry(host, { user, password });

/** What docker/login-action leaves behind: docker's configuration with this registry's login, or with none at all. */
function loggedIn(as?: string): Record<string, string> {
  const config = folder("docker-config");
  const usual = environment().DOCKER_CONFIG ?? join(homedir(), ".docker");
  for (const entry of existsSync(usual) ? readdirSync(usual) : []) {
    if (entry !== "config.json") symlinkSync(join(usual, entry), join(config, entry));
  }
  const auths = as === undefined ? {} : { [host]: { auth: Buffer.from(`${user}:${as}`).toString("base64") } };
  writeFileSync(join(config, "config.json"), JSON.stringify({ auths }));
  return { DOCKER_CONFIG: config };
}

describe("a registry that asks for a password", () => {
  it.each(["", "shipshape-container"])(
    "takes the image of a step that is logged in (builder: %j)",
    async (builder) => {
      const image = closed.repoName("private");
      const inputs = { image, builder, ...ONE };
      const shipped = await step(inputs, { project: shop, env: loggedIn(password) });
      await expectShipped(shipped, image, "build-7", closed);
      expect(shipped.log + JSON.stringify(shipped.outputs)).not.toContain(password);
    },
  );

  it.each([
    ["", "without a login", undefined],
    ["shipshape-container", "with a wrong password", "not-the-password"],
    // An older BuildKit, with words of its own.
    ["shipshape-remote", "without a login", undefined],
  ])("refuses, and the step says what to do (builder: %j, %s)", async (builder, _, as) => {
    const image = closed.repoName("private");
    const inputs = { image, builder, ...ONE };
    const tried = await step(inputs, { project: shop, env: loggedIn(as) });
    const { message } = expectFailure(tried, "Publish failed");
    expect(message).toMatch(/login-action|[Ll]og in/);
    expect(message).toContain(image);
    expect(result(tried)).toMatchObject({ stage: "publish", pushed: false });
    expect(tried.log).not.toContain("not-the-password");
    expect(await closed.tags(image)).toEqual([]);
  });
});

it("a registry that is not there gets a sentence", async () => {
  const image = "registry.invalid/acme/shop";
  const tried = await step({ image, ...ONE }, { project: shop });
  expect(expectFailure(tried, "Publish failed").message).toContain(image);
});

// What else a registry may do is in __tests__/unit/publish and __tests__/unit/ship/publish.test.ts.
describe("a registry in a mood", () => {
  const isWrite = (method: string) => ["POST", "PUT", "PATCH"].includes(method);
  const isManifest = (path: string) => path.includes("/manifests/");

  /** Says "denied" of a repository that is not there yet, as many registries do. */
  function deniesWhatIsNotThere() {
    let there = false;
    return moodyRegistry((method, path) => {
      if (isWrite(method)) there = true;
      return !there && isManifest(path) ? refusal(403, "DENIED") : undefined;
    });
  }

  it("that denies what is not there yet takes the first image of a builder of its own, and then its tag", async () => {
    const denying = await deniesWhatIsNotThere();
    const image = denying.repoName("mood");
    const inputs = { image, builder: "shipshape-container", ...ONE };
    const first = await step(inputs, { project: shop });
    await expectShipped(first, image, "build-7", denying);
  });

  it("that denies what is not there yet gets nothing from the engine, which can only push under the tag", async () => {
    const denying = await deniesWhatIsNotThere();
    const image = denying.repoName("mood");
    const tried = await step({ image, ...ONE }, { project: shop });
    expect(expectFailure(tried, "Publish failed").message).toMatch(/setup-buildx-action/);
    expect(await registry.tags(directly(image))).toEqual([]);
    expect(tried.outputs).toMatchObject({ pushed: "false", tag: "", ref: "", pinned: "" });
    expect(await stagingNames(tried.outputs.app)).toEqual([]);
  });

  it("that lets everybody read and no one write gets a sentence, when the engine has named the image to push it", async () => {
    const readOnly = await moodyRegistry((method) => (isWrite(method) ? refusal(403, "DENIED") : undefined));
    const image = readOnly.repoName("mood");
    const tried = await step({ image, ...ONE }, { project: shop });
    const { message } = expectFailure(tried, "Publish failed");
    expect(message).toContain(image);
    expect(message).toMatch(/packages: write|may (read and )?write|permission|[Ll]og in/);
    expect(await registry.tags(directly(image))).toEqual([]);
    expect(tried.outputs).toMatchObject({ pushed: "false", tag: "", ref: "", pinned: "" });
    expect(await stagingNames(tried.outputs.app)).toEqual([]);
    expect(await hasImage(`${image}:build-7`)).toBe(false);
  });

  it("that stumbles is asked again", async () => {
    let stumbles = 0;
    const stumbling = await moodyRegistry((method, path) => {
      const stumble = method === "PUT" && path.includes("/manifests/") && stumbles < 2;
      if (stumble) stumbles++;
      return stumble ? { status: 503, body: "{}" } : undefined;
    });
    const image = stumbling.repoName("mood");
    const shipped = await step({ image, ...ONE }, { project: shop });
    await expectShipped(shipped, image, "build-7", stumbling);
    expect(stumbles).toBe(2);
  });

  it("that says it has a layer, and does not know it when it gets the manifest, is given all of it again by a builder of its own", async () => {
    let isWrong = true;
    const forgetful = await moodyRegistry((method, path) => {
      // What comes after the wrong answers is the lab's own registry: "blob unknown to registry".
      if (method === "PUT" && isManifest(path)) isWrong = false;
      return isWrong && method === "HEAD" && path.includes("/blobs/") ? { status: 200 } : undefined;
    });
    const image = forgetful.repoName("mood");
    const inputs = { image, builder: "shipshape-container", ...ONE };
    const shipped = await step(inputs, { project: shop });
    await expectShipped(shipped, image, "build-7", forgetful);
    expect(shipped.log).toMatch(/blob unknown to registry.*; trying again in 1 s$/m);
    expect(await registry.tags(directly(image))).toEqual(["build-7"]);
  });
});
