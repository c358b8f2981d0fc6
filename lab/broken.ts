/** The sample app with one fault of each kind. */
import { Demo } from "./demo.ts";

interface Fault {
  readonly what: string;
  /** File, what stands there, what stands there instead. */
  readonly changes?: readonly (readonly [string, string, string])[];
  readonly inputs?: Readonly<Record<string, string>>;
}

const SETTINGS = "shop/settings/production.py";

export const FAULTS: readonly Fault[] = [
  { what: "inputs with slips in them", inputs: { checks: "sytem", "fail-level": "FATAL", tag: "-7" } },
  {
    what: "a Dockerfile that does not build",
    changes: [["Dockerfile", "pip install --no-cache-dir", "pip instal --no-cache-dir"]],
  },
  {
    what: "settings that need one more variable",
    changes: [[SETTINGS, "DEBUG = False", 'DEBUG = False\nPAYMENT_KEY = required("PAYMENT_KEY")']],
  },
  {
    what: "settings that production should not have",
    changes: [
      [SETTINGS, "DEBUG = False", "DEBUG = True"],
      [SETTINGS, "SESSION_COOKIE_SECURE = True", 'SESSION_COOKIE_SECURE = "True"'],
    ],
  },
  {
    what: "a model's field without its migration",
    changes: [
      [
        "catalog/models.py",
        "    stock = models",
        "    weight = models.PositiveIntegerField(default=0)\n    stock = models",
      ],
    ],
  },
  {
    what: "a style sheet that refers to a picture that is not there",
    changes: [["static/css/site.css", "../img/waves.svg", "../img/wave.svg"]],
  },
  {
    what: "a Caddyfile with a slip in it",
    changes: [["Caddyfile", "reverse_proxy", "revers_proxy"]],
  },
  {
    what: "settings that know nothing of the Caddy in front of them",
    changes: [[SETTINGS, 'SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")\n', ""]],
  },
  {
    what: "a test that fails",
    inputs: { run: "python -c \"assert 1 + 1 == 3, 'sums are off'\"" },
  },
];

/**
 * Shows what the step says to each of them.
 * @returns true when the step let one of them pass
 */
export async function showFaults(): Promise<boolean> {
  const number = Math.floor(Date.now() / 1000);
  const passed: string[] = [];
  const show = async (what: string, act: (demo: Demo) => Promise<number | null>) => {
    console.log(`\n━━━ ${what}\n`);
    const demo = new Demo();
    try {
      if ((await act(demo)) === 0) passed.push(what);
    } finally {
      demo.end();
    }
  };
  for (const { what, changes = [], inputs = {} } of FAULTS)
    await show(what, async (demo) => {
      for (const change of changes) demo.change(...change);
      return (await demo.step(number, inputs, "verdict")).status;
    });
  await show("a tag that another build has already", async (demo) => {
    const { status } = await demo.step(number, {}, "verdict");
    if (status !== 0) throw new Error("the sample itself was not shipped");
    console.log("\n… and now another image under the same tag:\n");
    demo.change("catalog/models.py", "max_length=200", "max_length=200, db_column='name'");
    return (await demo.step(number, { checks: "-migrations" }, "verdict")).status;
  });
  console.log(
    passed.length === 0
      ? `\nThe step said no to all ${FAULTS.length + 1}. Nothing of them is in the registry under a tag.`
      : `\nThe step should have said no to: ${passed.join("; ")}`,
  );
  return passed.length > 0;
}
