import { describe, expect, it } from "@jest/globals";
import type { Finding } from "../../../src/checks/finding.ts";
import { Failure } from "../../../src/failure.ts";
import type { Platforms } from "../../../src/image/platforms.ts";
import { code, fence } from "../../../src/reporters/markdown.ts";
import type { Outcome } from "../../../src/reporters/outcome.ts";
import { summaryOf } from "../../../src/reporters/summary.ts";
import type { Tag } from "../../../src/request/request.ts";
import { aFinding, aRelease, aRequest, aResult, aVerdict, IMAGE, OURS } from "../samples.ts";
import { aPass } from "./samples.ts";

const PASSED = aPass();

function withFindings(...findings: Partial<Finding>[]): string {
  return summaryOf({ ...PASSED, verdict: aVerdict({ findings: findings.map(aFinding) }) });
}

describe("the summary", () => {
  it("says which of several platforms were checked", () => {
    const platforms: Platforms = { checked: ["linux/amd64"], emulated: ["linux/arm64", "linux/arm/v7"] };
    expect(summaryOf({ ...PASSED, platforms })).toContain(
      "1 of 3 platforms checked&#58; linux/amd64; not checked, because the builder does not run it natively&#58; linux/arm64, linux/arm/v7",
    );
    const one: Platforms = { checked: ["linux/amd64"], emulated: [] };
    expect(summaryOf({ ...PASSED, platforms: one })).not.toContain("platforms");
  });

  it("says what was released", () => {
    const text = summaryOf({ ...PASSED, release: aRelease({ tags: ["latest" as Tag] }) });
    expect(text).toMatch(/^## ✅ shop: passed\n/);
    expect(text).toContain(code(`${IMAGE}@${OURS}`));
    expect(text).toContain("tagged <code>build-7</code>, also <code>latest</code>");
  });

  it("says why nothing was pushed", () => {
    const { release: _, ...outcome } = PASSED;
    const text = summaryOf({
      ...outcome,
      request: aRequest({ push: { push: false, why: "a pull request | from a fork" } }),
    });
    expect(text).toContain("Not released. Built: ");
    expect(text).toContain("Not pushed: a pull request &#124; from a fork");
  });

  it.each<[string, Outcome]>([
    ["an invalid request", { app: "", failure: new Failure("Invalid input", "`image` is required") }],
    [
      "a build that failed",
      { app: "shop", request: aRequest(), failure: new Failure("Build failed", "```\n# not a title\n<b>") },
    ],
    ["a cancel", { app: "shop", request: aRequest(), failure: new Failure("Cancelled", "x") }],
  ])("shows the failure of %s in a code block", (_, outcome) => {
    const text = summaryOf(outcome);
    expect(text).toContain(`**${outcome.failure?.kind}**`);
    expect(text).toContain(fence(outcome.failure?.message ?? ""));
  });

  it("has a row for each check, also with hostile text in its reason", () => {
    const checks = [
      aResult({ silenced: 2 }),
      aResult({ name: "static", status: "error", reason: "it | broke\n| x | y |", cached: true }),
    ];
    const rows = summaryOf({ ...PASSED, verdict: aVerdict({ checks }) })
      .split("\n")
      .filter((line) => line.startsWith("| "));
    expect(rows).toEqual([
      "| check | status | findings | silenced | seconds |",
      "| system | ✅ passed | 0 | 2 | 0.4 |",
      "| static | ⚠️ error: it &#124; broke &#124; x &#124; y &#124; | 0 | 0 | cached |",
    ]);
  });

  it("says which settings were checked, and what we supplied", () => {
    const text = summaryOf({
      ...PASSED,
      verdict: aVerdict({
        environment: [
          { name: "SECRET_KEY", supplied: "shipshape" },
          { name: "DEBUG", supplied: "image" },
        ],
        otherSettings: [{ settings: "shop.dev", source: "manage.py" }],
      }),
    });
    expect(text).toContain("Checked shop.settings &#40;named by wsgi.py; the project also names shop.dev");
    expect(text).toContain("sets them&#58; SECRET&#95;KEY.");
    expect(text).toContain("| <code>SECRET&#95;KEY</code> | **shipshape**, for the checks only |");
    expect(text).toContain("| <code>DEBUG</code> | the image |");
  });

  it("says when the list of variables may lack some", () => {
    const environment = [{ name: "DJANGO_ENV", supplied: "shipshape" as const }];
    const read = (complete: boolean) =>
      summaryOf({ ...PASSED, verdict: aVerdict({ environment, reads: { complete, unread: [] } }) });
    expect(read(false)).toContain("and the whole environment at once: the list may lack some");
    expect(read(true)).not.toContain("the whole environment");
  });

  it("links a finding to its line at the commit that is checked out", () => {
    expect(withFindings({ file: "shop/models.py", line: 12 })).toContain(
      "[shop/models.py&#58;12](https://github.com/acme/shop/blob/c0ffee/shop/models.py#L12)",
    );
  });

  it.each([
    "a b/ü.py",
    "a(b/c.py",
    "a)b.py",
    "x](http://evil) [y.py",
    "a#b?c%.py",
    "a\nb.py",
    "a<b>.py",
    "a\"b'.py",
  ])("links a file of any name: %j", (file) => {
    const link = /\]\((https:\/\/github\.com\/acme\/shop\/blob\/c0ffee\/[^\s()<>"]*)\)/.exec(
      withFindings({ file }),
    )?.[1];
    expect(decodeURIComponent(link?.replace("https://github.com/acme/shop/blob/c0ffee/", "") ?? "")).toBe(
      file,
    );
  });

  it("says on which of several platforms a finding was found", () => {
    expect(withFindings({ message: "m", platforms: ["linux/amd64", "linux/386"] })).toContain(
      "</code> &#40;linux/amd64, linux/386&#41;<br>m",
    );
  });

  it("names a file that is only in the image without a link", () => {
    expect(withFindings({ containerFile: "/usr/lib/x.py:3" })).toContain(
      "<code>/usr/lib/x.py&#58;3</code> in the image",
    );
  });

  it("shows no text to be committed that is not what it seems", () => {
    const migration = { app: "shop", name: "0002", path: "/app/m.py", operations: ["Add"] };
    expect(withFindings({ migration: { ...migration, text: "a = 'b'" } })).toContain("a = 'b'");
    const summary = withFindings({ migration: { ...migration, text: "a = 'b\u202e'" } });
    expect(summary).toContain("characters that cannot be seen");
    expect(summary).not.toContain("\u202e");
  });

  it.each(["\n", "\r\n", "\r", "\n\n# ", "\r\r<img>"])(
    "keeps a migration's text in its code block across %j",
    (end) => {
      const text = `class Migration:${end}<img src=x>${end}</details>${end}\`\`\`${end}x`;
      const summary = withFindings({
        migration: { app: "shop", name: "0002", path: "/app/m.py", operations: ["Add <b>"], text },
      });
      const lines = summary.slice(summary.indexOf("<details>")).split(/\r\n|\n|\r/);
      const opening = lines.findIndex((line) => /^ {2}`{3,}python$/.test(line));
      const ticks = /`+/.exec(lines[opening] ?? "")?.[0] ?? "";
      const closing = lines.findIndex((line, index) => index > opening && line === `  ${ticks}`);
      expect(closing).toBeGreaterThan(opening);
      // A line that is not indented would end the list item, and the code block with it.
      for (const line of lines.slice(opening, closing)) expect(line).toMatch(/^( {2}|$)/);
      expect(lines.slice(opening, closing).join("\n")).toContain("<img src=x>");
      expect(lines.slice(closing).join("\n")).not.toContain("<img");
      expect(summary).toContain("<summary>Add &lt;b&gt;</summary>");
    },
  );

  it.each<keyof Finding>(["id", "message", "hint", "object", "containerFile", "check"])(
    "escapes a finding's %s",
    (field) => {
      const summary = withFindings({ [field]: "</details><script>x</script>|`@acme\n# title" });
      expect(summary).not.toMatch(/<script|<\/details>|@acme|^# title/m);
    },
  );

  it("escapes notes and ignore rules", () => {
    const summary = summaryOf({
      ...PASSED,
      verdict: aVerdict({
        checks: [aResult({ notes: ["<b>|\n# t"] })],
        ignored: [{ rule: "<i>`", findings: 2 }],
      }),
    });
    expect(summary).not.toMatch(/<b>|<i>|^# t/m);
    expect(summary).toContain("&lt;i&gt;");
  });
});

describe("the summary of failed checks", () => {
  const failure = new Failure("Checks failed", "The image did not pass system.\n- WARNING: listed below");

  it("has the first line of the failure, because the findings are listed below it", () => {
    const text = summaryOf({ ...PASSED, failure, verdict: aVerdict({ findings: [aFinding()] }) });
    expect(text).toContain("**Checks failed.** The image did not pass system.");
    expect(text).not.toContain("listed below");
    expect(text.match(/security\.W004/g)).toHaveLength(1);
  });

  it("folds findings that do not fail the step next to those that do", () => {
    const info = aFinding({ level: "INFO", id: "a.I1" });
    const text = withFindings(aFinding(), info);
    expect(text.indexOf("security.W004")).toBeLessThan(text.indexOf("1 that does not fail the step"));
    expect(text.indexOf("a.I1")).toBeGreaterThan(text.indexOf("<details>"));
    expect(withFindings(info)).not.toContain("does not fail the step");
  });

  it("keeps the lines of a hint, and its code", () => {
    const text = withFindings({ hint: "Set `env`:\nenv: |\n  KEY=…" });
    expect(text).toContain("💡 Set <code>env</code>&#58;<br>env&#58; &#124;<br>&emsp;&emsp;KEY=…");
  });
});

describe("the image's layers", () => {
  const layers = [
    { bytes: 100e6, by: "" },
    { bytes: 0, by: "ENV A=b" },
    { bytes: 300e6, by: "RUN |1 A=b /bin/sh -c pip install | # buildkit" },
    { bytes: 1000, by: "COPY . . # buildkit" },
  ];
  it("are listed, the largest first, with the Dockerfile's instructions", () => {
    const text = summaryOf({ ...PASSED, layers: { packed: false, all: layers } });
    expect(text).toContain("### Image: 400.0 MB in 3 layers");
    expect(text.split("\n").filter((line) => line.includes(" MB |"))).toEqual([
      "| 300.0 MB | 75 % | <code>RUN pip install &#124;</code> |",
      "| 100.0 MB | 25 % | the base image |",
    ]);
  });
  it("are said to be compressed when the sizes are the registry's", () => {
    const text = summaryOf({ ...PASSED, layers: { packed: true, all: layers } });
    expect(text).toContain("### Image: 400.0 MB compressed in 3 layers");
  });
  it("are left out when they are not known", () => expect(summaryOf(PASSED)).not.toContain("### Image"));
});

describe("the Dockerfile's warnings", () => {
  it("are folded, each with a link to its line", () => {
    const lint = [
      { message: "A: <b>", detail: "d", url: "https://docs.docker.com/go/a/", file: "Dockerfile", line: 5 },
      { message: "B", detail: "", url: "javascript:x", file: "Dockerfile", line: 6 },
    ];
    const text = summaryOf({ ...PASSED, lint });
    expect(text).toContain("<summary>2 warnings of Docker's build checks</summary>");
    expect(text).toContain(
      "(https://github.com/acme/shop/blob/c0ffee/Dockerfile#L5) A&#58; &lt;b&gt;<br>d ([why](https://docs.docker.com/go/a/))",
    );
    expect(text).not.toContain("javascript");
  });
});
