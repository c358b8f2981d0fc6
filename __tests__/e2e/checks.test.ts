/** Each way in which a check fails: what the step says, and that nothing reaches the registry. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, jest } from "@jest/globals";
import {
  expectFailure,
  expectNothingShipped,
  expectShipped,
  failing,
  failingIds,
  finding,
  report,
  result,
  statuses,
  summaryText,
} from "./harness/expectations.ts";
import * as fault from "./harness/faults.ts";
import { type Overlay, project } from "./harness/project.ts";
import { registry } from "./harness/registry.ts";
import { type Step, step } from "./harness/step.ts";

jest.setTimeout(300_000);

async function check(
  overlay: Overlay,
  inputs: Record<string, string> = {},
): Promise<{ tried: Step; image: string }> {
  const image = registry.repoName("checks");
  return { image, tried: await step({ image, ...inputs }, { project: project("plain", overlay) }) };
}

/** An error or warning annotation at a place of the repository. */
function annotated(tried: Step, file: string, line?: number): boolean {
  return tried.commands.some(
    ({ name, properties }) =>
      ["error", "warning"].includes(name) &&
      properties.file === file &&
      (line === undefined || properties.line === String(line)),
  );
}

interface Case {
  readonly what: string;
  readonly overlay: Overlay;
  readonly checks: readonly string[];
  readonly ids: readonly string[];
  readonly file?: string;
  readonly line?: number;
  readonly object?: string;
}

/** The results of the SARIF file: rule and place of each. */
function sarif(tried: Step): { ruleId: string; uri: string; line: number | undefined }[] {
  const { runs } = JSON.parse(readFileSync(tried.outputs.sarif ?? "", "utf8")) as {
    runs: { results: { ruleId: string; locations: { physicalLocation: Physical }[] }[] }[];
  };
  type Physical = { artifactLocation: { uri: string }; region?: { startLine: number } };
  return runs.flatMap(({ results }) =>
    results.map(({ ruleId, locations }) => ({
      ruleId,
      uri: locations[0]?.physicalLocation.artifactLocation.uri ?? "",
      line: locations[0]?.physicalLocation.region?.startLine,
    })),
  );
}

describe("a project with one fault", () => {
  it.each<Case>([
    { what: "DEBUG on", overlay: fault.debugOn, checks: ["system"], ids: ["security.W018"] },
    { what: "no ALLOWED_HOSTS", overlay: fault.noAllowedHosts, checks: ["system"], ids: ["security.W020"] },
    {
      what: "clashing relations",
      overlay: fault.clashingRelations,
      checks: ["system"],
      ids: ["fields.E304"],
      file: "shop/models.py",
    },
    {
      what: "a field without a migration",
      overlay: fault.newField,
      checks: ["migrations"],
      ids: ["migrations.missing"],
      file: "shop/models.py",
    },
    {
      what: "a required field without a migration, where makemigrations would ask",
      overlay: fault.newRequiredField,
      checks: ["migrations"],
      ids: ["migrations.missing"],
      file: "shop/models.py",
    },
    {
      what: "an app with models and no migrations package",
      overlay: fault.noMigrationsPackage,
      checks: ["migrations"],
      ids: ["migrations.no-package"],
    },
    {
      what: "two leaf migrations",
      overlay: fault.twoLeaves,
      checks: ["migrations"],
      ids: ["migrations.conflict"],
    },
    {
      what: "a migration that cannot be imported",
      overlay: fault.brokenMigrationImport,
      checks: ["migrations"],
      ids: ["migrations.broken"],
      file: "shop/migrations/0002_broken.py",
      line: 1,
    },
    {
      what: "a migration whose parent is missing",
      overlay: fault.missingParent,
      checks: ["migrations"],
      ids: ["migrations.broken"],
    },
    {
      what: "a file in migrations/ that is none",
      overlay: fault.notAMigration,
      checks: ["migrations"],
      ids: ["migrations.broken"],
    },
    {
      what: "a style sheet that asks for a missing image",
      overlay: fault.missingPng,
      checks: ["static"],
      ids: ["static.missing-reference"],
      file: "shop/static/shop/shop.css",
      line: 10,
    },
    {
      what: "a style sheet that is not UTF-8",
      overlay: fault.cssNotUtf8,
      checks: ["static"],
      ids: ["static.not-utf8"],
      file: "shop/static/shop/old.css",
    },
    {
      what: "STATICFILES_STORAGE on a Django that ignores it",
      overlay: fault.deadStorageSetting,
      checks: ["static"],
      ids: ["static.dead-setting"],
    },
    { what: "no STATIC_ROOT", overlay: fault.noStaticRoot, checks: ["static"], ids: ["static.root-unset"] },
  ])("is refused: $what", async ({ overlay, checks, ids, file, line }) => {
    const { tried, image } = await check(overlay);
    const { message } = expectFailure(tried, "Checks failed");
    for (const id of ids) {
      expect(failingIds(tried)).toContain(id);
      expect(summaryText(tried)).toContain(id);
    }
    expect([...new Set(failing(tried).map((one) => one.check))].sort()).toEqual(checks);
    for (const name of checks) expect(message).toContain(name);
    if (file !== undefined)
      expect({ file, annotated: annotated(tried, file, line) }).toEqual({ file, annotated: true });
    expect(result(tried)).toMatchObject({ status: "failed", stage: "checks", pushed: false });
    for (const name of ["system", "migrations", "static"]) {
      expect(result(tried).checks[name]?.status).toBe(checks.includes(name) ? "failed" : "passed");
    }
    await expectNothingShipped(tried, image);
  });

  it("says what the missing migration is, with its operations and the text of the file", async () => {
    const { tried } = await check(fault.newField);
    const missing = finding(tried, "migrations.missing");
    expect(missing).toMatchObject({ check: "migrations", level: "ERROR", file: "shop/models.py" });
    expect(missing.object).toMatch(/^shop/);
    expect(JSON.stringify(report(tried))).toMatch(/Add field weight to product/);
    expect(JSON.stringify(report(tried))).toContain("class Migration(migrations.Migration)");
  });

  it("honours a makemigrations of the project's own", async () => {
    const { tried, image } = await check(fault.ownMakemigrations);
    await expectShipped(tried, image);
    const { "shop/management/commands/makemigrations.py": _, ...withoutIt } = fault.ownMakemigrations;
    const without = await check(withoutIt);
    expect(failingIds(without.tried)).toEqual(["migrations.missing"]);
  });

  it("does not count what a check says for want of a service", async () => {
    const { tried } = await check(fault.checkOfAService);
    expectFailure(tried, "Checks failed");
    expect(finding(tried, "shop.E001")).toMatchObject({
      level: "INFO",
      hint: expect.stringContaining("without network"),
    });
    expect(failingIds(tried)).toEqual(["shop.E002"]);
  });

  it("does not ask for the bucket of a remote storage, and still finds the missing image", async () => {
    const healthy = await check(fault.remoteStorage);
    await expectShipped(healthy.tried, healthy.image);
    const { tried, image } = await check({ ...fault.remoteStorage, ...fault.missingPng });
    expectFailure(tried, "Checks failed");
    expect(failingIds(tried)).toEqual(["static.missing-reference"]);
    await expectNothingShipped(tried, image);
  });
});

describe("a server that cannot start", () => {
  it.each<[string, Overlay, { file: string; line?: number }, string]>([
    [
      "a typo in MIDDLEWARE",
      fault.middlewareTypo,
      { file: "mysite/settings.py", line: 22 },
      "Did you mean django.contrib.sessions.middleware?",
    ],
    [
      "an import in wsgi.py of what is not installed",
      fault.wsgiImportsNowhere,
      { file: "mysite/wsgi.py", line: 2 },
      "sentry_sdk is not installed in the image: add it to the requirements.",
    ],
    ["a wsgi.py that exits", fault.wsgiExits, { file: "mysite/wsgi.py", line: 9 }, "ignore"],
    [
      "a wsgi.py that misses a variable",
      fault.wsgiReadsVariable,
      { file: "mysite/wsgi.py", line: 9 },
      "env: |\n  NEW_RELIC_KEY=…",
    ],
    [
      "an asgi.py where there is no wsgi.py",
      fault.asgiAlone,
      { file: "mysite/asgi.py", line: 1 },
      "channels is not installed",
    ],
  ])("is refused: %s", async (_, overlay, place, hint) => {
    const { tried, image } = await check(overlay);
    expectFailure(tried, "Checks failed");
    expect(failingIds(tried)).toContain("shipshape.start-crashed");
    expect(finding(tried, "shipshape.start-crashed")).toMatchObject({
      ...place,
      check: "system",
      level: "ERROR",
      hint: expect.stringContaining(hint),
    });
    await expectNothingShipped(tried, image);
  });

  it("for want of a database is told, and not refused", async () => {
    const { tried, image } = await check(fault.wsgiWantsDatabase);
    await expectShipped(tried, image);
    expect(finding(tried, "shipshape.start-crashed")).toMatchObject({
      level: "INFO",
      file: "mysite/wsgi.py",
    });
  });
});

describe("static files that the image does not have", () => {
  it("are told where the storage wants their manifest, for the container may collect at start", async () => {
    const { tried, image } = await check({});
    await expectShipped(tried, image);
    expect(finding(tried, "static.not-collected")).toMatchObject({
      level: "INFO",
      object: "/app/staticfiles/staticfiles.json",
      file: "mysite/settings.py",
    });
  });

  it("are not missed where the Dockerfile collects", async () => {
    const { tried, image } = await check(fault.collected);
    await expectShipped(tried, image);
    expect(report(tried).findings).toEqual([]);
  });

  it("in a storage that is not installed: the requirement is named", async () => {
    const { tried } = await check(fault.storageNotInstalled);
    expectFailure(tried, "Checks failed");
    expect(finding(tried, "static.storage").hint).toBe(
      "whitenoise is not installed in the image: add it to the requirements.",
    );
  });
});

describe("several faults", () => {
  it("are all reported in one run, whichever check finds them", async () => {
    const { tried, image } = await check({ ...fault.debugOn, ...fault.newField, ...fault.missingPng });
    const { message } = expectFailure(tried, "Checks failed");
    for (const name of ["system", "migrations", "static"]) {
      expect(message).toContain(name);
      expect(result(tried).checks[name]?.status).toBe("failed");
    }
    expect(failingIds(tried)).toEqual(
      expect.arrayContaining(["migrations.missing", "security.W018", "static.missing-reference"]),
    );
    await expectNothingShipped(tried, image);
  });

  it("are all in the SARIF file, at their place", async () => {
    const { tried } = await check({ ...fault.missingPng, ...fault.noAllowedHosts });
    const { findings } = report(tried);
    expect(sarif(tried)).toEqual(
      findings.map(({ id, file, line }) => ({ ruleId: id, uri: file ?? "Dockerfile", line })),
    );
    expect(new Set(findings.map(({ file }) => file))).toContain("shop/static/shop/shop.css");
  });
});

describe("settings that cannot be loaded", () => {
  it.each([
    ["a KeyError of os.environ", fault.needsStripeKey],
    ["ImproperlyConfigured", fault.needsStripeKeyPolitely],
  ])("name the missing variable and the input for it: %s", async (_, overlay) => {
    const { tried, image } = await check(overlay);
    const { message } = expectFailure(tried, "Checks could not run");
    expect(message).toContain("STRIPE_KEY");
    expect(message).toMatch(/\benv\b/);
    expect(finding(tried, "settings.missing-variable")).toMatchObject({ file: "mysite/settings.py" });
    expect(result(tried)).toMatchObject({ status: "error", stage: "checks" });
    await expectNothingShipped(tried, image);
  });

  it("name all variables that are missing in one run", async () => {
    const { tried, image } = await check(fault.needsFourVariables);
    expectFailure(tried, "Checks could not run");
    const { message, hint, line } = finding(tried, "settings.missing-variable");
    expect(message).toContain("STRIPE_KEY, SMTP, SENTRY_DSN and SHOP_QUEUE");
    expect(hint).toContain("  STRIPE_KEY=…\n  SMTP=…\n  SENTRY_DSN=…\n  SHOP_QUEUE=…");
    expect(line).toBe(2);
    await expectNothingShipped(tried, image);
  });

  it("name the line of an app that is not installed", async () => {
    const { tried } = await check(fault.appNotInstalled);
    const { message, file, line } = finding(tried, "settings.crashed");
    expect(message).toContain("corsheaders");
    const settings = readFileSync(join(tried.workspace, "mysite/settings.py"), "utf8").split("\n");
    expect(file).toBe("mysite/settings.py");
    expect(settings[(line ?? 0) - 1]).toContain("corsheaders");
  });

  it("are mended by that input", async () => {
    const { tried, image } = await check(fault.needsStripeKey, { env: "STRIPE_KEY=sk_test" });
    await expectShipped(tried, image);
  });

  it("are one finding with its place, when it is no variable", async () => {
    const { tried, image } = await check(fault.settingsWithTypo);
    expectFailure(tried, "Checks could not run");
    expect(finding(tried, "settings.crashed")).toMatchObject({ file: "mysite/settings.py", line: 1 });
    expect(finding(tried, "settings.crashed").message).toContain("djano");
    await expectNothingShipped(tried, image);
  });

  it("name the variable of the line that crashed, and none that has a default", async () => {
    const { tried } = await check(fault.settingsBadValue, { env: "PORT=eighty" });
    expectFailure(tried, "Checks could not run");
    const { hint } = finding(tried, "settings.crashed");
    expect(hint).toContain("That line reads the variable PORT");
    expect(hint).not.toContain("DEBUG");
  });

  it.each([
    ["sys.exit", fault.settingsExit],
    ["os._exit(0)", fault.settingsExitHard],
  ])("do not pass for a pass: %s", async (_, overlay) => {
    const { tried, image } = await check(overlay);
    expectFailure(tried, "Checks could not run");
    await expectNothingShipped(tried, image);
  });

  it("that exit tell what they printed", async () => {
    const { tried } = await check(fault.settingsPrintAndExit);
    expect(expectFailure(tried, "Checks could not run").message).toContain(
      "SHOP_KEY must be set in production",
    );
  });

  it("that are for development name those for production beside them", async () => {
    const { tried } = await check(fault.developmentByDefault);
    expect(tried.log).toContain(
      "mysite.conf.dev (named by wsgi.py; the project also names mysite.conf.production",
    );
  });

  it("that hang end with the check's time", async () => {
    const { tried, image } = await check(fault.settingsHang, { timeout: "3" });
    const { message } = expectFailure(tried, "Checks could not run");
    expect(message).toContain("3 seconds");
    expect(tried.seconds).toBeLessThan(60);
    await expectNothingShipped(tried, image);
  });

  it("that write, fork, sniff argv and start threads do no harm", async () => {
    const { tried, image } = await check(fault.settingsBusy);
    await expectShipped(tried, image);
  });
});

describe("one check that comes to no answer", () => {
  it.each([
    ["crashes", "raise RuntimeError('the check is broken')", "failed"],
    ["hangs", "import time; time.sleep(3600)", "error"],
    ["exits", "import os; os._exit(3)", "error"],
  ])("takes no other with it when it %s", async (_, body, status) => {
    const ownCheck: Overlay = {
      "shop/apps.py": `from django.apps import AppConfig
from django.core.checks import Tags, register


def own(app_configs, **kwargs):
    ${body}


class ShopConfig(AppConfig):
    name = "shop"

    def ready(self):
        register(own, Tags.models)
`,
      ...fault.missingPng,
    };
    const { tried, image } = await check(ownCheck, { timeout: "5" });
    expect(tried.code).toBe(1);
    expect(result(tried).checks).toMatchObject({
      system: { status },
      migrations: { status: "passed" },
      static: { status: "failed" },
    });
    if (status === "failed") expect(failingIds(tried)).toContain("shipshape.check-crashed");
    expect(failingIds(tried)).toContain("static.missing-reference");
    await expectNothingShipped(tried, image);
  });
});

describe("one set-up for all checks", () => {
  it("imports the settings once", async () => {
    const { tried } = await check(fault.countsItsSettings());
    expect(finding(tried, "shop.W001").message).toBe("imported 1 times");
  });

  it("is shared with checks whose processes begin when it has ended, as on a busy machine", async () => {
    const slow = "import os, time\nos.register_at_fork(after_in_child=lambda: time.sleep(4))";
    const { tried, image } = await check(fault.inSettings(slow), { timeout: "30" });
    await expectShipped(tried, image);
  });

  it("is not shared where settings ask which command runs", async () => {
    const { tried, image } = await check(fault.settingsSniff);
    expectFailure(tried, "Checks failed");
    expect(failingIds(tried)).toEqual(["security.W018", "static.root-unset"]);
    await expectNothingShipped(tried, image);
  });

  it("is not shared where it has started a thread", async () => {
    const { tried } = await check(
      fault.countsItsSettings(
        "import threading, time\nthreading.Thread(target=time.sleep, args=(60,)).start()",
      ),
    );
    expect(finding(tried, "shop.W001").message).toBe("imported 3 times");
  });

  it.each([
    ["crashes", "raise RuntimeError('the finder is broken')"],
    ["is killed", "import os; os.kill(os.getpid(), 9)"],
    ["hangs", "import time; time.sleep(3600)"],
    ["exits", "import os; os._exit(0)"],
  ])("leaves the others alone when one check %s after it", async (_, body) => {
    const { tried, image } = await check(fault.finderThat(body), { timeout: "5" });
    expectFailure(tried, "Checks could not run");
    expect(result(tried).checks).toMatchObject({
      system: { status: "passed" },
      migrations: { status: "passed" },
      static: { status: "error" },
    });
    await expectNothingShipped(tried, image);
  });
});

describe("the terms of the verdict", () => {
  it("security findings say what to write, at the setting or in the settings that lack it", async () => {
    const { tried } = await check(fault.bareSecurity);
    for (const id of ["security.W004", "security.W008", "security.W012", "security.W016"]) {
      const { hint, file } = finding(tried, id);
      expect({ id, hint, file }).toMatchObject({
        hint: expect.stringContaining("Write "),
        file: "mysite/settings.py",
      });
    }
    expect(finding(tried, "security.W008").hint).toContain("ignore security.W008");
  });

  it("fail-level lets lower findings pass, and still reports them", async () => {
    const { tried, image } = await check(fault.debugOn, { "fail-level": "ERROR" });
    await expectShipped(tried, image);
    expect(finding(tried, "security.W018").level).toBe("WARNING");
  });

  it("fail-level: never reports only", async () => {
    const { tried, image } = await check(fault.newField, { "fail-level": "never" });
    await expectShipped(tried, image);
    expect(failingIds(tried)).toEqual(["migrations.missing"]);
  });

  it.each([
    ["an id", "security.W018"],
    ["a check and an id", "# known\nsystem:security.W018"],
  ])("ignore takes findings off by %s, and counts them", async (_, ignore) => {
    const { tried, image } = await check(fault.debugOn, { ignore });
    await expectShipped(tried, image);
    expect(failingIds(tried)).toEqual([]);
    expect(summaryText(tried)).toContain("security.W018");
  });

  it("ignore with a path takes off only what is there", async () => {
    const ours = await check(fault.missingPng, { ignore: "static.missing-reference shop/static/**" });
    await expectShipped(ours.tried, ours.image);
    const { tried, image } = await check(fault.missingPng, { ignore: "static.missing-reference vendor/**" });
    expectFailure(tried, "Checks failed");
    await expectNothingShipped(tried, image);
  });

  it.each([
    ["only those named", "system\nstatic"],
    ["all but one", "all\n-migrations"],
    ["all but one, in short", "-migrations"],
  ])("checks runs %s", async (_, checks) => {
    const { tried, image } = await check(fault.newField, { checks });
    await expectShipped(tried, image);
    expect(Object.keys(statuses(tried)).sort()).toEqual(["static", "system"]);
  });
});
