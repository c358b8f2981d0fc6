/** A registry that asks for a password, and registries that misbehave. */
import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, jest } from "@jest/globals";
import { hasImage, stagingNames } from "./harness/docker.ts";
import { expectFailure, expectShipped, result } from "./harness/expectations.ts";
import { newField } from "./harness/faults.ts";
import { environment, fromLab } from "./harness/lab.ts";
import { moodyRegistry, refusal } from "./harness/moody.ts";
import { project } from "./harness/project.ts";
import { Registry, registry } from "./harness/registry.ts";
import { type Step, step } from "./harness/step.ts";
import { folder } from "./harness/temporary.ts";

jest.setTimeout(300_000);

const user = fromLab("SHIPSHAPE_REGISTRY_USER");
const password = readFileSync(fromLab("SHIPSHAPE_REGISTRY_PASSWORD_FILE"), "utf8").trim();
const host = fromLab("SHIPSHAPE_REGISTRY_AUTH");
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

const BUILDERS = ["", "shipshape-container", "shipshape-remote"];

describe("a registry that asks for a password", () => {
  it.each(BUILDERS)("takes the image of a step that is logged in (builder: %s)", async (builder) => {
    const image = closed.repoName("private");
    const shipped = await step({ image, builder }, { project: project("plain"), env: loggedIn(password) });
    await expectShipped(shipped, image, "build-7", closed);
    expect(shipped.log + JSON.stringify(shipped.outputs)).not.toContain(password);
  });

  it.each(
    BUILDERS.flatMap(
      (builder) =>
        [
          [builder, "without a login", undefined],
          [builder, "with a wrong password", "not-the-password"],
        ] as const,
    ),
  )("refuses, and the step says what to do (builder: %s, %s)", async (builder, _, as) => {
    const image = closed.repoName("private");
    const tried = await step({ image, builder }, { project: project("plain"), env: loggedIn(as) });
    const { message } = expectFailure(tried, "Publish failed");
    expect(message).toMatch(/login-action|[Ll]og in/);
    expect(message).toContain(image);
    expect(result(tried)).toMatchObject({ stage: "publish", pushed: false });
    expect(tried.log).not.toContain("not-the-password");
    expect(await closed.tags(image)).toEqual([]);
  });

  it("does not hide a failing check", async () => {
    const image = closed.repoName("private");
    const tried = await step({ image }, { project: project("plain", newField), env: loggedIn() });
    expectFailure(tried, "Checks failed");
  });

  it("that does not answer gets a sentence, and so does one that is not there", async () => {
    for (const image of ["127.0.0.1:1/acme/shop", "registry.invalid/acme/shop"]) {
      const tried = await step({ image }, { project: project("plain") });
      expect(expectFailure(tried, "Publish failed").message).toContain(image);
    }
  });
});

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

  it.each(["shipshape-container", "shipshape-remote"])(
    "that denies what is not there yet takes the first image, and then its tag (builder: %s)",
    async (builder) => {
      const denying = await deniesWhatIsNotThere();
      const image = denying.repoName("mood");
      const first = await step({ image, builder }, { project: project("plain") });
      await expectShipped(first, image, "build-7", denying);
    },
  );

  it("that never lets its tags be read gets no tag", async () => {
    const blind = await moodyRegistry((method, path) =>
      isManifest(path) && path.endsWith("/build-7") && !isWrite(method) ? refusal(403, "DENIED") : undefined,
    );
    const image = blind.repoName("mood");
    const tried = await step({ image, builder: "shipshape-remote" }, { project: project("plain") });
    expect(expectFailure(tried, "Publish failed").message).toMatch(/does not say whether .*right to read/);
    await expectNothingTagged(tried, image);
  });

  it("that denies what is not there yet gets nothing from the engine, which can only push under the tag", async () => {
    const denying = await deniesWhatIsNotThere();
    const image = denying.repoName("mood");
    const tried = await step({ image }, { project: project("plain") });
    expect(expectFailure(tried, "Publish failed").message).toMatch(/setup-buildx-action/);
    await expectNothingTagged(tried, image);
  });

  it("that lets everybody read and no one write gets a sentence", async () => {
    const readOnly = await moodyRegistry((method) => (isWrite(method) ? refusal(403, "DENIED") : undefined));
    const image = readOnly.repoName("mood");
    const tried = await step({ image }, { project: project("plain") });
    const { message } = expectFailure(tried, "Publish failed");
    expect(message).toContain(image);
    expect(message).toMatch(/packages: write|may (read and )?write|permission|[Ll]og in/);
    await expectNothingTagged(tried, image);
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
    await expectShipped(await step({ image }, { project: project("plain") }), image, "build-7", stumbling);
    expect(stumbles).toBe(2);
  });

  it("that forgets what it was given is not believed", async () => {
    const forgetful = await moodyRegistry((method, path) =>
      method === "PUT" && path.endsWith("/manifests/build-7") ? { status: 201 } : undefined,
    );
    const image = forgetful.repoName("mood");
    const tried = await step({ image }, { project: project("plain") });
    expectFailure(tried, "Publish failed");
    await expectNothingTagged(tried, image);
  });
});

/** No tag in the registry, and no output that names one. */
async function expectNothingTagged(tried: Step, image: string): Promise<void> {
  expect(await registry.tags(image.replace(/^[^/]+/, registry.host))).toEqual([]);
  expect(tried.outputs).toMatchObject({ pushed: "false", tag: "", ref: "", pinned: "" });
}
