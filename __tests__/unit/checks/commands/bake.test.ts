import { describe, expect, it } from "@jest/globals";
import {
  COPYABLE,
  type CommandsCheck,
  commandsDockerfile,
  planCommands,
  planFiles,
} from "../../../../src/checks/commands/bake.ts";
import { secretOf } from "../../../../src/checks/dockerfile.ts";
import type { Request } from "../../../../src/request/request.ts";
import { aBaseImage, aRequest } from "../../samples.ts";

const LINES = ["pytest -q", "echo '${x}'"];
const CHECK: CommandsCheck = {
  base: aBaseImage(),
  context: "/tmp/step/context",
  report: "/tmp/step/commands",
  secretKey: "0123456789abcdef0123456789abcdef0123456789abcdef",
  environment: "DATABASE_URL='sqlite://'\n",
};

function asks(more: Partial<Omit<Request, "run">> = {}): Request {
  return aRequest({ commands: { lines: LINES, target: "", timeout: 60 }, ...more });
}

describe("the solve of the commands", () => {
  const solve = (request = asks(), check: Partial<CommandsCheck> = {}) =>
    planCommands(request, { ...CHECK, ...check });

  it("is of one target, which names what they run in by its bytes", () => {
    const { file, targets, allow } = solve();
    expect(targets).toEqual(["commands"]);
    expect(allow).toEqual([]);
    expect(file.target).toEqual({
      commands: {
        context: "/tmp/step/context",
        "dockerfile-inline": expect.stringContaining("FROM image AS shipshape-command-1"),
        contexts: { image: CHECK.base.context },
        secret: ["id=shipshape-commands-0123456789abcdef0123456789abcdef,env=SHIPSHAPE_COMMANDS_ENV"],
        attest: ["type=provenance,disabled=true"],
        "no-cache-filter": ["shipshape-command-1", "shipshape-command-2"],
        output: ["type=local,dest=/tmp/step/commands"],
      },
    });
  });

  it("runs on the image's platform", () =>
    expect(
      solve(asks(), { base: aBaseImage({ platform: "linux/arm64" }) }).file.target.commands,
    ).toMatchObject({
      platforms: ["linux/arm64"],
    }));

  it("never takes a command from the cache, and uses no cache of other places", () => {
    const { commands } = solve().file.target;
    expect(commands?.["no-cache-filter"]).toEqual(["shipshape-command-1", "shipshape-command-2"]);
    expect(commands).not.toHaveProperty("cache-from");
    expect(commands).not.toHaveProperty("cache-to");
  });

  it("hands the environment over as a secret: in no file, in no argument", () => {
    const { secrets, file } = solve();
    expect([...secrets]).toEqual([["SHIPSHAPE_COMMANDS_ENV", CHECK.environment]]);
    expect(JSON.stringify(file)).not.toContain("sqlite");
  });

  it("has no command in it: they are in files, where nothing reads them but a shell", () =>
    expect(JSON.stringify(solve().file)).not.toContain("pytest"));

  it("asks for the machine's network, and allows it, with checks-network: host", () => {
    const { file, allow } = solve(asks({ checksNetwork: "host" }));
    expect(file.target.commands?.entitlements).toEqual(["network.host"]);
    expect(allow).toEqual(["network.host"]);
  });

  it("gives a command its time and a minute", () => {
    const { limit } = solve();
    expect(limit?.seconds).toBe(120);
    expect(limit?.step("[shipshape-command-1 3/3] RUN --network=none x")).toBe(true);
    expect(limit?.step("[image 3/3] RUN pip")).toBe(false);
  });
});

describe("the commands' Dockerfile", () => {
  const stages = ["shipshape-command-1", "shipshape-command-2"];
  const dockerfile = (checksNetwork: Request["checksNetwork"]) =>
    commandsDockerfile(stages, asks({ checksNetwork }), secretOf("commands", "", ""));

  it("has a stage for each, side by side and without network", () => {
    const text = dockerfile("none");
    expect(text.match(/^FROM image AS shipshape-command-\d$/gm)).toHaveLength(2);
    expect(text.match(/^RUN --network=none /gm)).toHaveLength(2);
    expect(text).not.toContain("from=shipshape-command-1,source");
    expect(text).toContain('["/bin/sh","/.shipshape-probe/run.sh","2","60"]');
    expect(text.split("FROM scratch AS shipshape-report\n")[1]?.trim().split("\n")).toEqual([
      "COPY --from=shipshape-command-1 /.shipshape/report/ /1/",
      "COPY --from=shipshape-command-2 /.shipshape/report/ /2/",
    ]);
  });

  it("has them one after the other in the machine's network, where they may share a database", () => {
    const runs = dockerfile("host")
      .split("\n")
      .filter((line) => line.startsWith("RUN "));
    expect(runs[0]).toContain("--network=host");
    expect(runs[0]).not.toContain("from=shipshape-command-");
    expect(runs[1]).toContain("--mount=type=bind,from=shipshape-command-1,");
  });

  it("carries no syntax line", () => expect(dockerfile("none")).not.toContain("#"));
});

describe("files that are copied out", () => {
  it("are patterns, so that one that is not there ends nothing", () => {
    const { file, targets, allow, secrets } = planFiles(CHECK, ["/app/a.py", "/b"], "/tmp/f");
    expect(targets).toEqual(["files"]);
    expect(file.target.files).toEqual({
      context: "/tmp/step/context",
      "dockerfile-inline":
        "FROM scratch AS shipshape-report\nCOPY --from=image /[a]pp/a.py /0/\nCOPY --from=image /[b] /1/\n",
      contexts: { image: CHECK.base.context },
      attest: ["type=provenance,disabled=true"],
      output: ["type=local,dest=/tmp/f"],
    });
    expect(allow).toEqual([]);
    expect(secrets.size).toBe(0);
  });

  it("come out of what the commands ran in, on its platform", () => {
    const base = aBaseImage({ platform: "linux/arm64", context: "oci-layout:///l@sha256:0" });
    expect(planFiles({ ...CHECK, base }, ["/a"], "/f").file.target.files).toMatchObject({
      contexts: { image: "oci-layout:///l@sha256:0" },
      platforms: ["linux/arm64"],
    });
  });

  it("may take a minute: the verdict does not wait for them", () => {
    const { limit } = planFiles(CHECK, ["/a"], "/f");
    expect(limit?.seconds).toBe(60);
    expect(limit?.step("[shipshape-report 1/1] COPY --from=image /[a] /0/")).toBe(true);
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
