/** What people see at the end of a step: annotations, log, summary. */
import { describe, expect, it, jest } from "@jest/globals";
import { BAD, GOOD } from "./harness/caddy.ts";
import { expectFailure, expectShipped, finding, summaryText } from "./harness/expectations.ts";
import * as fault from "./harness/faults.ts";
import { append, type Overlay, project, replace } from "./harness/project.ts";
import { registry } from "./harness/registry.ts";
import { type Step, step } from "./harness/step.ts";

jest.setTimeout(300_000);

const ANNOTATIONS = ["error", "warning", "notice"];

function annotations(tried: Step): { type: string; title: string; file: string; line: string }[] {
  return tried.commands
    .filter(({ name }) => ANNOTATIONS.includes(name))
    .map(({ name, properties: { title = "", file = "", line = "" } }) => ({ type: name, title, file, line }));
}

it("what only informs stops nothing: a Dockerfile with something to fix, and a Caddyfile that was merely found, are annotated at their lines, in log and summary", async () => {
  const image = registry.repoName("lint");
  const lint: Overlay = {
    Dockerfile: replace(/^CMD .*$/m, "CMD python manage.py runserver"),
    "caddy/Caddyfile": BAD.replaceAll("\t", "  "),
    "deploy/Caddyfile": GOOD,
  };
  const checks = "system\ncaddy\ncaddy-format";
  const tried = await step({ image, checks }, { project: project("plain", lint) });
  await expectShipped(tried, image);
  expect(annotations(tried).filter(({ type }) => type !== "notice")).toEqual([
    { type: "warning", title: "Dockerfile: JSONArgsRecommended", file: "Dockerfile", line: "7" },
  ]);
  expect(tried.log).toContain("Dockerfile:7  JSONArgsRecommended: ");
  expect(tried.summary).toContain("1 warning of Docker's build checks");

  const file = "caddy/Caddyfile";
  const found = finding(tried, "caddy.invalid");
  expect(found).toMatchObject({ level: "INFO", file, line: 3 });
  expect(found.hint).toContain("`caddyfile: caddy/Caddyfile` makes them count");
  expect(annotations(tried)).toContainEqual({
    type: "notice",
    title: "caddy: caddy.invalid",
    file,
    line: "3",
  });
  expect(finding(tried, "caddy.several").message).toContain("deploy/Caddyfile");
  expect(finding(tried, "caddy.not-formatted")).toMatchObject({ line: 2, replacement: BAD });
  expect(tried.summary).toContain("revers_proxy web:8000");

  // And what a step that passes ends with: colours, the reference to deploy, a picture of the solves.
  expect(tried.log).toContain("\u001b[32mPassed.\u001b[0m");
  expect(tried.log).toMatch(/Passed\..*\n.*Deploy .*@sha256:[0-9a-f]{64}/);
  expect(tried.summary).toMatch(/```mermaid\ngantt\n[\s\S]*the checks[\s\S]*\n```/);
});

describe("a checkout in a folder of the workspace (actions/checkout with `path`)", () => {
  it("is annotated and linked by the repository's own paths, worst first, ten of a type; no colours where none are wanted", async () => {
    const fields = Array.from({ length: 14 }, (_, n) => `    extra${n} = models.CharField(max_length=-1)\n`);
    const many: Overlay = {
      "shop/models.py": append(`\n\nclass Many(models.Model):\n${fields.join("")}`),
    };
    const shop = project("plain", many, fault.noAllowedHosts);
    const tried = await step(
      { image: registry.repoName("path"), context: "src" },
      { project: shop, checkoutIn: "src", env: { NO_COLOR: "1" } },
    );
    expectFailure(tried, "Checks failed");
    expect(finding(tried, "security.W020").file).toBe("src/mysite/settings.py");
    expect(tried.summary).toContain(`https://github.com/acme/shop/blob/${shop.sha}/shop/models.py#L`);
    expect(tried.log).not.toContain("\u001b[");

    const errors = annotations(tried).filter(({ type }) => type === "error");
    expect(errors).toHaveLength(10);
    expect(errors.at(-1)?.title).toBe("Checks failed");
    expect(errors.at(-2)?.title).toMatch(/^\d+ more errors$/);
    for (const { title, file } of errors.slice(0, 8)) {
      expect(title).toMatch(/^(system|migrations): /);
      expect(file).toBe("shop/models.py");
    }
    expect(summaryText(tried).match(/fields\.E121/g)).toHaveLength(14);
  });
});
