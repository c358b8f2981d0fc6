import { describe, expect, it } from "@jest/globals";
import {
  type Base,
  baseOf,
  COPYABLE,
  commandsDockerfile,
  mustWait,
  planCommands,
  planFiles,
} from "../../../../src/checks/commands/bake.ts";
import type { Builder } from "../../../../src/docker/builder.ts";
import { commandOf, isCommandStep } from "../../../../src/image/steps.ts";
import { asBuilt, type Named } from "../../../../src/image/target.ts";
import type { Build, Commands, Request } from "../../../../src/request/request.ts";
import { aBuild, aRequest, aSite, CONTAINERD, OWN } from "../../samples.ts";

const ENGINES = { from: "name", context: "docker-image://shipshape/1001-1-shop-abc123:staging" } as const;
const LINES = ["pytest -q", "echo '${x}'"];

function asks(
  commands: Partial<Commands> = {},
  build: Partial<Build> = {},
  more: Partial<Omit<Request, "run">> = {},
): Request {
  return aRequest({
    commands: { lines: LINES, target: "", timeout: 60, ...commands },
    build: aBuild(build),
    ...more,
  });
}

describe("what the commands run in", () => {
  it.each<[string, Builder, string, Partial<Base>, Named?]>([
    [
      "the image under the name that it has",
      OWN,
      "",
      { from: "name", context: "docker-image://x:y" },
      { context: "docker-image://x:y" },
    ],
    [
      "another stage, whatever the image's name",
      CONTAINERD,
      "dev",
      { from: "graph", of: "stage" },
      { context: "docker-image://x:y" },
    ],
    [
      "the image in a builder of its own, solved again",
      OWN,
      "",
      { from: "graph", of: "image", built: false },
    ],
    ["another stage", CONTAINERD, "dev", { from: "graph", of: "stage", built: false }],
    ["another stage in a builder of its own", OWN, "dev", { from: "graph", of: "stage", built: false }],
  ])("is %s", (_, builder, target, base, image = undefined) =>
    expect(baseOf(asks({ target }), builder, { built: false, image })).toMatchObject(base),
  );

  it.each<[string, Partial<Build>, Partial<Commands>, readonly string[], typeof OWN, boolean]>([
    ["nothing, in a builder of its own", {}, {}, [], OWN, false],
    ["nothing, for another stage", {}, { target: "dev" }, [], CONTAINERD, false],
    ["the engine's image", {}, {}, [], CONTAINERD, true],
    ["a build without cache, whose steps would be made twice", { noCache: true }, {}, [], OWN, true],
    ["stages without cache", { noCacheFilters: ["a"] }, {}, [], OWN, true],
    ["a base that is pulled", { pull: true }, {}, [], OWN, true],
    ["a cache that only the check solve imports", {}, {}, ["type=gha"], OWN, true],
  ])("is awaited: %s", (_, build, commands, cacheFrom, builder, waits) =>
    expect(mustWait(asks(commands, build), builder, aSite({ cacheFrom }))).toBe(waits),
  );
});

describe("the command solve", () => {
  const site = aSite({ labels: new Map([["l", "v"]]) });
  const solve = (base: Parameters<typeof planCommands>[2], request = asks()) =>
    planCommands(request, site, base);

  it("names the engine's image, and asks for nothing else", () => {
    const { file, targets } = solve(ENGINES);
    expect(targets).toEqual(["commands"]);
    expect(file.target).toEqual({
      commands: expect.objectContaining({ contexts: { image: `docker-image://${site.staging}` } }),
    });
  });

  it("solves the image again in a builder of its own, with an output whose digest can be compared", () => {
    const { file, targets } = solve(baseOf(asks(), OWN, { built: false, image: undefined }));
    expect(targets).toEqual(["image", "commands"]);
    expect(file.target.image).toMatchObject({
      output: ["type=image,push=false,oci-mediatypes=true"],
      labels: { l: "v" },
    });
    expect(file.target.commands).toMatchObject({ contexts: { image: "target:image" } });
  });

  it("builds another stage for nobody else", () => {
    const request = asks({ target: "dev" }, { target: "prod" });
    const { file, targets } = solve(baseOf(request, OWN, { built: false, image: undefined }), request);
    expect(targets).toEqual(["commands"]);
    expect(file.target.image).toMatchObject({ target: "dev", output: ["type=cacheonly"] });
  });

  it("asks for nothing anew once the image is there", () => {
    const request = asks({}, { noCache: true, pull: true, noCacheFilters: ["a"] });
    const { file } = solve(baseOf(request, OWN, { built: true, image: undefined }), request);
    expect(file.target.image).toMatchObject({ pull: false, "no-cache": false, "no-cache-filter": [] });
  });

  it("never takes a command from the cache, and uses no cache of other places", () => {
    const { commands, image } = solve(baseOf(asks(), OWN, { built: false, image: undefined })).file.target;
    expect(commands?.["no-cache-filter"]).toEqual(["command-1", "command-2"]);
    for (const target of [commands, image]) {
      expect(target).not.toHaveProperty("cache-from");
      expect(target).not.toHaveProperty("cache-to");
    }
  });

  it("hands the environment over as a secret: in no file, in no argument", () => {
    const made = solve(ENGINES);
    expect(made.secrets.get("SHIPSHAPE_COMMAND_ENV")).toBe(site.commandEnvironment);
    expect(JSON.stringify(made.file)).not.toContain("sqlite");
  });

  it("has no command in it: they are in files, where nothing reads them but a shell", () =>
    expect(JSON.stringify(solve(ENGINES).file)).not.toContain("pytest"));

  it("gives a command its time and a minute", () => {
    const { limit } = solve(ENGINES);
    expect(limit?.seconds).toBe(120);
    expect(limit?.step("[command-1 3/3] RUN --network=none x")).toBe(true);
    expect(limit?.step("[image 3/3] RUN pip")).toBe(false);
  });
});

describe("the commands' Dockerfile", () => {
  const dockerfile = (checksNetwork: Request["checksNetwork"]) =>
    commandsDockerfile(["command-1", "command-2"], asks({}, {}, { checksNetwork }));

  it("has a stage for each, side by side and without network", () => {
    const text = dockerfile("none");
    expect(text.match(/^FROM image AS command-\d$/gm)).toHaveLength(2);
    expect(text.match(/^RUN --network=none /gm)).toHaveLength(2);
    expect(text).not.toContain("from=command-1,source");
    expect(text).toContain('["/bin/sh","/.shipshape-probe/run.sh","2","60"]');
    expect(text.split("FROM scratch\n")[1]?.trim().split("\n")).toEqual([
      "COPY --from=command-1 /.shipshape/report/ /1/",
      "COPY --from=command-2 /.shipshape/report/ /2/",
    ]);
  });

  it("has them one after the other in the machine's network, where they may share a database", () => {
    const runs = dockerfile("host")
      .split("\n")
      .filter((line) => line.startsWith("RUN "));
    expect(runs[0]).toContain("--network=host");
    expect(runs[0]).not.toContain("from=command-");
    expect(runs[1]).toContain("--mount=type=bind,from=command-1,");
  });
});

describe("the step of a command", () => {
  it.each([
    ["[commands command-1 3/3] RUN --network=none --mount=x", 1],
    ["[command-12 3/3] RUN --network=host --mount=x", 12],
    ["[commands command-1 2/3] COPY --chmod=1777 room/ /", undefined],
    ["[image 3/3] RUN --network=none x", undefined],
    ["[checks run 3/3] RUN --network=none x", undefined],
  ])("%s is that of %p", (name, number) => {
    expect(commandOf(name)).toBe(number);
    expect(isCommandStep(name)).toBe(number !== undefined);
  });
});

describe("files that are copied out", () => {
  it("are patterns, so that one that is not there ends nothing", () => {
    const { file } = planFiles(asks(), aSite(), ENGINES, { files: ["/app/a.py", "/b"], folder: "/tmp/f" });
    expect(file.target.files?.["dockerfile-inline"]).toBe(
      "FROM scratch\nCOPY --from=image /[a]pp/a.py /0/\nCOPY --from=image /[b] /1/\n",
    );
    expect(file.target.files?.output).toEqual(["type=local,dest=/tmp/f"]);
  });

  it("come out of the builder's cache", () => {
    const request = asks({}, { noCache: true });
    const wanted = { files: ["/a"], folder: "/f" };
    const { file, targets } = planFiles(
      request,
      aSite(),
      baseOf(request, OWN, { built: false, image: undefined }),
      wanted,
    );
    expect(file.target.image).toMatchObject(asBuilt(request, OWN));
    expect(targets).toEqual(["files"]);
  });

  it.each([
    ["/app/shop/tests.py", true],
    ["/a+b/@x/c-d.py", true],
    ["relative.py", false],
    ["/a b.py", false],
    ["/a$b.py", false],
    ["/a\nRUN x", false],
    ["/a*", false],
    ["/a/", false],
  ])("%j: %p", (path, yes) => expect(COPYABLE.test(path)).toBe(yes));
});
