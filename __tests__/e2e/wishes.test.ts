/** What the workflow may ask for: names, tags, labels, what is built, what the checks get, whether it is pushed. */
import { cpSync, mkdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { docker, hasImage, stagingNames } from "./harness/docker.ts";
import { expectShipped, report, result, summaryText } from "./harness/expectations.ts";
import { inDockerfile, inSettings } from "./harness/faults.ts";
import { type Project, project } from "./harness/project.ts";
import { registry } from "./harness/registry.ts";
import { type Step, step } from "./harness/step.ts";

jest.setTimeout(300_000);

describe("names of the workflow's own", () => {
  const image = registry.repoName("wishes");
  const plain = project("plain");
  let shipped: Step;
  beforeAll(async () => {
    const inputs = {
      image: image.replace("e2e/wishes", "E2E/Wishes"),
      app: "front-office.v2",
      tag: "v1.2.3",
      tags: `latest\n${image}:main,${image}:v1`,
      labels: "team=chandlery\norg.opencontainers.image.title=The shop",
      provenance: "mode=max",
      checks: "system",
    };
    shipped = await step(inputs, { project: plain });
  });

  it("tag replaces build-N, and upper case in image is lowered with a notice", async () => {
    await expectShipped(shipped, image, "v1.2.3");
    const notices = shipped.commands.filter(({ name }) => name === "notice");
    expect(notices.map(({ message }) => message).join("\n")).toContain(image);
  });

  it("tags moves further tags to the same digest, bare or as full refs", async () => {
    expect(await registry.tags(image)).toEqual(["latest", "main", "v1", "v1.2.3"]);
    for (const tag of ["latest", "main", "v1"])
      expect((await registry.manifest(image, tag))?.digest).toBe(shipped.outputs.digest);
  });

  it("app names outputs and summary", () => {
    expect(shipped.outputs.app).toBe("front-office.v2");
    expect(shipped.outputs.result_front_office_v2).toBe(shipped.outputs.result);
    expect(summaryText(shipped)).toContain("front-office.v2");
  });

  it("the image is labelled by OCI's names, from the commit and never from the clock, unless the workflow knows better", async () => {
    const { config } = await registry.config(image, "v1.2.3");
    expect(config.Labels).toMatchObject({
      "org.opencontainers.image.revision": plain.sha,
      "org.opencontainers.image.source": "https://github.com/acme/shop",
      "org.opencontainers.image.created": expect.stringMatching(/^2026-01-02T03:04:05/),
      "org.opencontainers.image.title": "The shop",
      team: "chandlery",
    });
  });

  it("provenance pushes an index whose image is what was checked", async () => {
    const index = await registry.manifest(image, "v1.2.3");
    expect(index?.mediaType).toContain("index");
    expect(index?.manifests.map(({ platform }) => platform?.os).sort()).toEqual(["linux", "unknown"]);
  });
});

describe("a build and checks of the workflow's own", () => {
  const image = registry.repoName("wishes");
  const SECRETS = ["sk_live_4eC39HqLyjWD", "file value 77"] as const;
  const tag = `${image}:build-7`;
  let shipped: Step;
  beforeAll(async () => {
    const inputs = {
      image,
      context: "services/web",
      file: "docker/Web.Dockerfile",
      target: "shop",
      "build-args": "GREETING=hello, world",
      env: `# the payment provider\nSTRIPE_KEY=${SECRETS[0]}`,
      "env-file": "ci.env",
      load: "true",
      platforms: "linux/amd64",
      checks: "system",
    };
    shipped = await step(inputs, { project: inFolders() });
  });
  afterAll(async () => void (await docker("image", "rm", "--force", tag)));

  /** The project in a folder, its Dockerfile in another, and the file with variables at the root. */
  function inFolders(): Project {
    const web = project(
      "plain",
      inDockerfile("ARG GREETING=none", "LABEL greeting=$GREETING", "FROM scratch AS other"),
      { Dockerfile: (text) => text.replace(/^FROM python.*$/m, "$& AS shop") },
      inSettings(
        `import os\nassert os.environ["STRIPE_KEY"] == "${SECRETS[0]}", "key"\n` +
          `assert os.environ["FROM_FILE"] == "${SECRETS[1]}", "file"`,
      ),
    );
    const root = project({ "ci.env": `FROM_FILE=${SECRETS[1]}\n` });
    const folder = join(root.dir, "services/web");
    cpSync(web.dir, folder, { recursive: true, filter: (path) => !path.endsWith("/.git") });
    mkdirSync(join(root.dir, "docker"));
    renameSync(join(folder, "Dockerfile"), join(root.dir, "docker/Web.Dockerfile"));
    return root.change();
  }

  it("context, file, target and build-args choose what is built", async () => {
    await expectShipped(shipped, image);
    expect((await registry.config(image, "build-7")).config.Labels?.greeting).toBe("hello, world");
  });

  it("env and env-file reach the checks, and neither image nor log nor summary", async () => {
    const said = [
      shipped.log,
      shipped.summary,
      JSON.stringify(shipped.outputs),
      JSON.stringify(report(shipped)),
    ];
    for (const text of said) for (const secret of SECRETS) expect(text).not.toContain(secret);
    expect(JSON.stringify(await registry.config(image, "build-7"))).not.toMatch(/STRIPE_KEY|FROM_FILE/);
  });

  it("platforms with the builder's own alone is taken for what it is", () => {
    expect(shipped.log).not.toContain("platforms checked");
    expect(result(shipped).platforms).toEqual([{ platform: "linux/amd64", checked: true }]);
  });

  it("load: true also puts the image into the engine", async () => expect(await hasImage(tag)).toBe(true));
});

it("push: false builds and checks, and pushes nothing; summary: false writes none", async () => {
  const image = registry.repoName("unpushed");
  const checked = await step(
    { image, push: "false", summary: "false", checks: "system" },
    { project: project("plain") },
  );
  expect(checked.code).toBe(0);
  expect(checked.summary).toBe("");
  expect(await registry.tags(image)).toEqual([]);
  expect(checked.outputs).toMatchObject({ pushed: "false", tag: "", ref: "", pinned: "" });
  expect(checked.outputs.digest).toMatch(/^sha256:/);
  expect(await registry.manifest(image, checked.outputs.digest ?? "")).toBeUndefined();
  expect(result(checked)).toMatchObject({ status: "passed", pushed: false });
  expect(await stagingNames(checked.outputs.app)).toEqual([]);
});
