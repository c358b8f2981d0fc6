import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { assignments, fillContext, secretKey, writeImageConfig } from "../../../src/checks/context.ts";
import { Checkout } from "../../../src/checks/project/checkout.ts";
import type { ImageConfig } from "../../../src/docker/manifests.ts";
import { probeFolder, removeWork } from "../../../src/ship/prepare.ts";
import { aRequest } from "../samples.ts";

let root = "";
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "context-"));
  mkdirSync(join(root, "probe", "checks"), { recursive: true });
  mkdirSync(join(root, "probe", "__pycache__"));
  writeFileSync(join(root, "probe", "probe.py"), "print()\n", { mode: 0o755 });
  writeFileSync(join(root, "probe", "checks", "system.py"), "pass\n", { mode: 0o600 });
  writeFileSync(join(root, "probe", "__pycache__", "x.pyc"), "");
  symlinkSync("/etc/hostname", join(root, "probe", "link.py"));
});
afterAll(() => rmSync(root, { recursive: true }));

/** Fills a new context. */
async function fill(more: Parameters<typeof aRequest>[0] = {}): Promise<string> {
  const context = join(mkdtempSync(join(root, "step-")), "context");
  const request = aRequest(more);
  await fillContext(context, join(root, "probe"), request, new Checkout(request));
  return context;
}

function mode(path: string): string {
  return (statSync(path).mode & 0o7777).toString(8);
}

function readJson(path: string): Record<string, unknown> {
  return JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
}

describe("the context of the solves in the image", () => {
  it("has the probe and its request, without what Python or a link left there", async () => {
    const context = await fill();
    expect(readdirSync(join(context, "probe")).sort()).toEqual(["checks", "probe.py", "request.json"]);
    expect(readdirSync(context).sort()).toEqual(["probe", "room"]);
  });

  it.each([0o022, 0o077, 0o002])(
    "has the same modes under the umask %i, for they are part of the cache's key",
    async (umask) => {
      const before = process.umask(umask);
      try {
        const context = await fill({ commands: { lines: ["a"], target: "", timeout: 60 } });
        await writeImageConfig(context, {});
        const modes = [
          "probe",
          "probe/probe.py",
          "probe/checks",
          "probe/checks/system.py",
          "probe/request.json",
          "probe/image.json",
          "probe/start.txt",
          "commands",
          "commands/1",
          "room",
          "room/.shipshape",
          "room/.shipshape/report",
        ].map((path) => `${path} ${mode(join(context, path))}`);
        expect(modes).toEqual([
          "probe 755",
          "probe/probe.py 644",
          "probe/checks 755",
          "probe/checks/system.py 644",
          "probe/request.json 644",
          "probe/image.json 644",
          "probe/start.txt 644",
          "commands 755",
          "commands/1 644",
          "room 755",
          "room/.shipshape 755",
          "room/.shipshape/report 755",
        ]);
      } finally {
        process.umask(before);
      }
    },
  );

  it("has each command in a file of its own, as it is", async () => {
    const lines = ["pytest -q", "echo '${x}' \"%{y}\""];
    const context = await fill({ commands: { lines, target: "", timeout: 60 } });
    expect(readdirSync(join(context, "commands")).sort()).toEqual(["1", "2"]);
    expect(readFileSync(join(context, "commands", "2"), "utf8")).toBe(`${lines[1]}\n`);
  });

  it("has the image's config in the words of the image specification", async () => {
    const context = await fill();
    const config = { Cmd: ["gunicorn"], User: "web", Env: ["A=b"] };
    await writeImageConfig(context, config);
    expect(readJson(join(context, "probe", "image.json"))).toEqual({ schema: 1, config });
  });

  it.each<[string, ImageConfig, string]>([
    [
      "both",
      { Entrypoint: ["tini", "--"], Cmd: ["poetry", "run", "gunicorn"] },
      "tini -- poetry run gunicorn",
    ],
    [
      "a shell's script of several lines",
      { Cmd: ["/bin/sh", "-c", "cd /app\r\nexec x"] },
      "/bin/sh -c cd /app ; exec x",
    ],
    ["neither", { Entrypoint: null }, ""],
    ["what is no list", { Cmd: "gunicorn" }, ""],
    ["too much", { Cmd: ["x".repeat(100_000)] }, "x".repeat(10_000)],
  ])("has ENTRYPOINT and CMD in one line for a shell: %s", async (_, config, line) => {
    const context = await fill();
    await writeImageConfig(context, config);
    expect(readFileSync(join(context, "probe", "start.txt"), "utf8")).toBe(`${line}\n`);
  });
});

describe("what the probe is asked", () => {
  const asked = async (more: Parameters<typeof aRequest>[0] = {}) =>
    readJson(join(await fill(more), "probe", "request.json"));

  it("is in its request, and nothing of `env` is: the probe gets that as a secret", async () => {
    expect(
      await asked({
        ...{ checks: ["system"], timeout: 9, settings: "a.b", manage: "/m.py", python: "/p" },
        env: new Map([["TOKEN", "s3cret"]]),
      }),
    ).toEqual({
      schema: 1,
      checks: ["system"],
      timeout: 9,
      settings: "a.b",
      manage: "/m.py",
      python: "/p",
      collects: [],
      services: [],
    });
  });

  it("has the lines of the Dockerfile that collect static files", async () => {
    const file = join(root, "Dockerfile");
    const { build } = aRequest();
    writeFileSync(
      file,
      "FROM python\n# RUN manage.py collectstatic -i old\nRUN pip install django \\ \n  # and then\n" +
        "  && python manage.py collectstatic \\\r\n    -i node_modules\nRUN <<EOF\nmanage.py collectstatic\nEOF\n",
    );
    const { collects } = await asked({ build: { ...build, file } });
    expect(collects).toEqual([
      "RUN pip install django   && python manage.py collectstatic     -i node_modules",
      "manage.py collectstatic",
    ]);
    expect((await asked({ build: { ...build, file, contextIsRemote: true } })).collects).toEqual([]);
    expect((await asked({ build: { ...build, file: join(root, "none") } })).collects).toEqual([]);
  });

  it.each<[checks: string[], asked: string[]]>([
    [["system", "caddy"], ["system"]],
    [["caddy"], ["settings"]],
  ])("is not about Caddy: %j", async (checks, expected) => {
    expect((await asked({ checks })).checks).toEqual(expected);
  });
});

describe("the key of values that are in no cache key", () => {
  const keyOf = (values: [string, string][], app = "shop") =>
    secretKey(new Map(values), { ...aRequest(), app });

  it("has none of the values in it", async () =>
    expect(await keyOf([["TOKEN", "s3cret-value"]])).toMatch(/^[0-9a-f]{48}$/));

  it("is empty without values", async () => expect(await keyOf([])).toBe(""));

  it("is another one for another app", async () =>
    expect(await keyOf([["A", "1"]])).not.toBe(await keyOf([["A", "1"]], "admin")));

  it.each<[string, [string, string][], [string, string][], boolean]>([
    ["the same values", [["A", "1"]], [["A", "1"]], true],
    [
      "the same values in another order",
      [
        ["A", "1"],
        ["B", "2"],
      ],
      [
        ["B", "2"],
        ["A", "1"],
      ],
      true,
    ],
    ["another value", [["A", "1"]], [["A", "2"]], false],
    ["another name", [["A", "1"]], [["B", "1"]], false],
    ["a value that slides into a name", [["A", "1B"]], [["A1", "B"]], false],
    [
      "one more",
      [["A", "1"]],
      [
        ["A", "1"],
        ["B", ""],
      ],
      false,
    ],
  ])("has for %s: %j %j the same key: %s", async (_, one, other, same) => {
    const [a, b] = await Promise.all([keyOf(one), keyOf(other)]);
    expect(a === b).toBe(same);
  });
});

describe("assignments of a shell", () => {
  it.each<[string, [string, string][], string]>([
    ["quote what a shell would read", [["A", "a b $c `d`"]], "A='a b $c `d`'\n"],
    ["quote a quote", [["A", "it's"]], "A='it'\\''s'\n"],
    ["keep lines", [["A", "a\nb"]], "A='a\nb'\n"],
    [
      "leave out the names that bash keeps for itself",
      [
        ["UID", "0"],
        ["A", "1"],
      ],
      "A='1'\n",
    ],
    ["take any other name", [["__proto__", "1"]], "__proto__='1'\n"],
    ["are none without values", [], ""],
  ])("%s", (_, env, text) => expect(assignments(new Map(env))).toBe(text));
});

it("a step that ends leaves nothing but the report", async () => {
  const kept = mkdtempSync(join(root, "kept-"));
  const work = join(kept, "work");
  mkdirSync(join(work, "context"), { recursive: true });
  writeFileSync(join(kept, "report.json"), "{}");
  await removeWork({ kept, work, context: join(work, "context") });
  expect(readdirSync(kept)).toEqual(["report.json"]);
});

it("the probe lies next to the bundle", () => expect(probeFolder("/a/dist/index.js")).toBe("/a/dist/probe"));
