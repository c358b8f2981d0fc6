/** What shows that a service of a compose file is one of development or of tests. Pure. */
import { split } from "../../request/reference.ts";
import type { Definition } from "./compose.ts";

/** Files, services, tags and settings of these names are not production's. */
export const NOT_PRODUCTION =
  /(^|[\s/._-])(override|dev|devel|development|devcontainer|local|tests?|testing|pytest|ci|e2e|debug|examples?|sample|demo)([\s/._-]|$)/i;

/** Commands that load the code again when it changes, debug it or test it. */
const DEVELOPS =
  /(^|[\s/])(--(auto)?reload|runserver(_plus)?|debugpy|watchmedo|watchfiles|watchexec|nodemon|pytest|ptw|manage\.py\s+test)(?=\s|=|$)/i;
/** Variables that name the settings, or where the code runs. */
const SELECTS = /^(DJANGO_SETTINGS_MODULE|DJANGO_CONFIGURATION|(DJANGO_|APP_|PYTHON_)?ENV(IRONMENT)?)$/;
const SWITCHES = /(^|_)DEBUG$/;

/** Whether a service has something of development, besides what its file is called. */
export function isDeveloped(one: Definition): boolean {
  const words = [...(one.entrypoint ?? []), ...(one.command ?? [])];
  return (
    one.isWatched ||
    // Compose starts it only if somebody asks for it: it may be a tool.
    one.profiles.length > 0 ||
    NOT_PRODUCTION.test(split(one.image).tag ?? "") ||
    DEVELOPS.test(words.join(" ")) ||
    [...one.environment].some(
      ([name, value]) =>
        (SWITCHES.test(name) && /^(1|true|yes|on)$/i.test(value)) ||
        (SELECTS.test(name) && NOT_PRODUCTION.test(value.split(".").at(-1) ?? "")),
    )
  );
}
