/**
 * Runs the real Caddy of both versions on every golden Caddyfile of the unit tests: shipshape reports what the golden
 * expects. With RECORD=1 Caddy's output is recorded for the unit tests.
 */

import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, it, jest } from "@jest/globals";
import { contextFiles } from "../../src/checks/caddy/collect-files.ts";
import { type CaddyOutput, readOutputFiles } from "../../src/checks/caddy/output-files.ts";
import { assignments } from "../../src/checks/context.ts";
import { ALL_GOLDENS, type Version } from "../unit/checks/caddy/all-goldens.ts";
import { expectGolden } from "../unit/checks/caddy/expectation.ts";
import { envOf, filesOf } from "../unit/checks/caddy/golden-answers.ts";
import { RECORDED, type Recorded } from "../unit/checks/caddy/recorded.ts";
import { environment } from "./harness/lab.ts";
import { folder } from "./harness/temporary.ts";

jest.setTimeout(300_000);

const RUN = join(import.meta.dirname, "..", "..", "src", "probe", "caddy.sh");
const DOCKERFILE = `
ARG VERSION
FROM caddy:$VERSION AS run
COPY . /asked
RUN --network=none cd /asked/goldens && for golden in *; do \\
      rm -rf /etc/caddy && cp -r $golden/caddyfiles/etc/caddy /etc/caddy && \\
      sh /asked/caddy.sh $PWD/$golden/asked /report/$golden /etc/caddy/Caddyfile $PWD/$golden/env; \\
    done
FROM scratch
COPY --from=run /report /
`;

describe.each<Version>(["2.6", "2.11"])("Caddy %s", (version) => {
  it("leads to the findings that every golden expects", async () => {
    const outputs = await runCaddy(version);
    if (process.env.RECORD === "1") record(version, outputs);
    for (const [index, golden] of ALL_GOLDENS.entries())
      await expectGolden(golden, outputs[index] as CaddyOutput, version);
  });
});

/** All goldens in one build. */
async function runCaddy(version: Version): Promise<CaddyOutput[]> {
  const context = folder("goldens");
  cpSync(RUN, join(context, "caddy.sh"));
  writeFileSync(join(context, "Dockerfile"), DOCKERFILE);
  for (const [index, golden] of ALL_GOLDENS.entries()) {
    const files = new Map([...contextFiles(await filesOf(golden)), ["env", assignments(envOf(golden))]]);
    for (const [path, text] of files) {
      const target = join(context, "goldens", String(index), path);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, text);
    }
  }
  const report = folder("report");
  const args = ["buildx", "build", "--builder", "default", "--build-arg", `VERSION=${version}`];
  const { status, stderr } = spawnSync(
    "docker",
    [...args, "--output", `type=local,dest=${report}`, context],
    {
      encoding: "utf8",
      env: environment(),
    },
  );
  if (status !== 0) throw new Error(stderr);
  return Promise.all(
    ALL_GOLDENS.map(async (golden, index) => {
      const readFile = async (name: string) => readFileSync(join(report, String(index), name), "utf8");
      const paths = (await filesOf(golden)).files.map(({ path }) => path);
      const output = await readOutputFiles(readFile, paths);
      if (output === undefined) throw new Error(`no Caddy in caddy:${version}`);
      return output;
    }),
  );
}

/** Without times, which change with each run and are not read. */
function record(version: Version, outputs: readonly CaddyOutput[]): void {
  const recorded: Recorded = Object.fromEntries(
    ALL_GOLDENS.map(({ what }, index) => {
      const { validate, adapt, formatted, states, ...rest } = outputs[index] as CaddyOutput;
      const timeless = ({ err, ...printed }: CaddyOutput["validate"]) => ({
        ...printed,
        err: err.replace(/"ts":[\d.e+]+,/g, "").replace(/^\{"level":"info".*\n/gm, ""),
      });
      return [
        what,
        {
          ...rest,
          validate: timeless(validate),
          adapt: timeless(adapt),
          formatted: Object.fromEntries(formatted),
          states: Object.fromEntries(states),
        },
      ];
    }),
  );
  mkdirSync(dirname(RECORDED[version]), { recursive: true });
  writeFileSync(RECORDED[version], `${JSON.stringify(recorded, null, 2)}\n`);
}
