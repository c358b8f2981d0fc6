/** What the system checks find, and an app that cannot start. */
import { type Overlay, replace } from "../project.ts";

const SETTINGS = "mysite/settings.py";

export const debugOn: Overlay = { [SETTINGS]: replace("DEBUG = False", "DEBUG = True") };

export const noAllowedHosts: Overlay = { [SETTINGS]: replace(/^ALLOWED_HOSTS = .*$/m, "ALLOWED_HOSTS = []") };
