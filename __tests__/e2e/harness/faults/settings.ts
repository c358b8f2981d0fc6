/** Settings that ask for more, cannot be imported, or misbehave. */
import type { Overlay } from "../project.ts";
import { endOfSettings, inSettings } from "./places.ts";

export const settingsHang: Overlay = inSettings("import time\ntime.sleep(3600)");

/** Commands that a runner would obey, in both syntaxes, on both streams, with and without leading blanks. */
export const settingsForge: Overlay = inSettings(`import sys
for stream in (sys.stdout, sys.stderr):
    print("::set-output name=digest::forged", file=stream)
    print("  ::set-output name=ref::forged", file=stream)
    print("\\r::set-output name=pinned::forged", file=stream)
    print("harmless ##[set-output name=tag]forged", file=stream)
    print("::error file=shop/models.py,line=1::forged", file=stream)
    print("::add-mask::sha256", file=stream)
    print("::add-path::/forged", file=stream)
    print("::save-state name=forged::forged", file=stream)
    print("::stop-commands::forged", file=stream)
    print("\\x1b[31m::warning::forged\\x1b[0m", file=stream)
    stream.flush()
`);

/** What the static check calls, and no other. */
export const finderThat = (body: string): Overlay => ({
  ...endOfSettings('STATICFILES_FINDERS = ["shop.finder.Finder"]'),
  "shop/finder.py": `from django.contrib.staticfiles.finders import AppDirectoriesFinder


class Finder(AppDirectoriesFinder):
    def list(self, ignore_patterns):
        ${body}
        return super().list(ignore_patterns)
`,
});
