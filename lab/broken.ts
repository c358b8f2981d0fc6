/** The sample app with one fault of each kind. */
import { Demo, type Shown } from "./demo.ts";

interface Fault {
  readonly what: string;
  /** The title of the error that the step ends with. */
  readonly ends: string;
  /** File, the text in it, and the text that replaces it. */
  readonly changes?: readonly (readonly [string, string, string])[];
  readonly inputs?: Readonly<Record<string, string>>;
}

const SETTINGS = "shop/settings/production.py";

export const FAULTS: readonly Fault[] = [
  {
    what: "inputs with slips in them",
    ends: "Invalid input",
    inputs: { checks: "sytem", "fail-level": "FATAL", tag: "-7" },
  },
  {
    what: "a Dockerfile that does not build",
    ends: "Build failed",
    changes: [["Dockerfile", "pip install --no-cache-dir", "pip instal --no-cache-dir"]],
  },
  {
    what: "settings that need one more variable",
    ends: "Checks could not run",
    changes: [[SETTINGS, "DEBUG = False", 'DEBUG = False\nPAYMENT_KEY = required("PAYMENT_KEY")']],
  },
  {
    what: "settings, a model, a style sheet, the Caddyfile and a test, each with a fault",
    ends: "Checks failed",
    changes: [
      // Settings that production should not have.
      [SETTINGS, "DEBUG = False", "DEBUG = True"],
      [SETTINGS, "SESSION_COOKIE_SECURE = True", 'SESSION_COOKIE_SECURE = "True"'],
      // A model's field without its migration.
      [
        "catalog/models.py",
        "    stock = models",
        "    weight = models.PositiveIntegerField(default=0)\n    stock = models",
      ],
      // A style sheet that refers to a picture that is not there.
      ["static/css/site.css", "../img/waves.svg", "../img/wave.svg"],
      // A slip in the Caddyfile.
      ["Caddyfile", "reverse_proxy", "revers_proxy"],
    ],
    inputs: { run: "python -c \"assert 1 + 1 == 3, 'sums are off'\"" },
  },
  {
    what: "settings that know nothing of the Caddy in front of them",
    ends: "Checks failed",
    changes: [[SETTINGS, 'SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")\n', ""]],
    inputs: { checks: "hosts" },
  },
];

/**
 * Shows what the step says to each of them.
 * @returns true when the step did not report one of them as it should have
 */
export async function showFaults(): Promise<boolean> {
  const number = Math.floor(Date.now() / 1000);
  const wrong: string[] = [];
  const show = async (what: string, ends: string, act: (demo: Demo) => Promise<Shown>) => {
    console.log(`\n━━━ ${what}\n`);
    const demo = new Demo();
    try {
      const { status, errors, outputs } = await act(demo);
      if (status !== 1 || !errors.includes(ends) || outputs.tag !== "") wrong.push(what);
    } finally {
      demo.end();
    }
  };
  for (const { what, ends, changes = [], inputs = {} } of FAULTS)
    await show(what, ends, async (demo) => {
      for (const change of changes) demo.change(...change);
      return demo.step(number, inputs, "verdict");
    });
  await show("a tag that another build has already", "Publish failed", async (demo) => {
    const { status } = await demo.step(number, { checks: "system" }, "verdict");
    if (status !== 0) throw new Error("the sample itself was not shipped");
    console.log("\n… and now another image under the same tag:\n");
    demo.change("catalog/models.py", "max_length=200", "max_length=200, db_column='name'");
    return demo.step(number, { checks: "system" }, "verdict");
  });
  console.log(
    wrong.length === 0
      ? `\nThe step refused all ${FAULTS.length + 1}, and gave none of the refused images a tag.`
      : `\nThe step should have refused these with another error: ${wrong.join("; ")}`,
  );
  return wrong.length > 0;
}
