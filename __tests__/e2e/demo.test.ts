/** What a newcomer tries first: `npm start`, and the faults that it can show. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { expect, it, jest } from "@jest/globals";
import { FAULTS } from "../../lab/broken.ts";
import { environment } from "./harness/lab.ts";

jest.setTimeout(300_000);

function start(...args: string[]): { status: number | null; stdout: string } {
  const script = join(import.meta.dirname, "..", "..", "lab", "start.ts");
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    env: environment(),
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status, stdout: stripVTControlCharacters(stdout + stderr) };
}

it("ships the sample, in which no check finds a fault, and pulls it back by its pinned ref", () => {
  const { status, stdout } = start();
  expect({ status, stdout }).toMatchObject({ status: 0 });
  expect(stdout).toMatch(/Checked shop\.settings\.production \(/);
  for (const check of ["system", "migrations", "static", "start", "caddy", "caddy-format", "hosts"])
    expect(stdout).toMatch(new RegExp(`^passed +${check} +0 findings`, "m"));
  expect(stdout).toMatch(/^ {2}pinned=127\.0\.0\.1:\d+\/acme\/shop@sha256:[0-9a-f]{64}$/m);
});

it("shows what the step says to each fault, and that it refuses each", () => {
  const { status, stdout } = start("--broken");
  expect({ status, stdout }).toMatchObject({ status: 0 });
  expect(stdout).toContain(`The step refused all ${FAULTS.length + 1},`);
  for (const words of [
    "3 problems with the inputs",
    "Build failed. Nothing was released.\nerror: Dockerfile:7: ",
    "PAYMENT_KEY",
    "security.W018",
    "migrations.missing",
    "static.missing-reference",
    "caddy.invalid",
    "run.failed",
    "hosts.redirect-loop",
    "is already in the registry with other bytes",
  ])
    expect(stdout).toContain(words);
});

it("knows no other option", () => expect(start("--brokne").status).toBe(2));
