/**
 * All checks, one row each. A check of the probe has a Python file of the same name in `probe/checks/`. Once 1.0 is
 * released, no check joins or leaves `all` within a major version.
 */
export interface Check {
  readonly name: string;
  /** Who answers: `django` is the probe, which runs in the image; `caddy` is Caddy with the project's Caddyfile. */
  readonly of: "django" | "caddy";
  /** The question that the check answers. */
  readonly question: string;
}

export const CATALOGUE: readonly Check[] = [
  { name: "system", of: "django", question: "Do Django's system checks pass, with the deployment checks?" },
  { name: "migrations", of: "django", question: "Is there a migration for every change of a model?" },
  { name: "static", of: "django", question: "Can the static files be collected and post-processed?" },
  { name: "start", of: "django", question: "Does what the container starts with exist, and does it start?" },
  { name: "caddy", of: "caddy", question: "Does Caddy take the Caddyfile?" },
  { name: "caddy-format", of: "caddy", question: "Is the Caddyfile as `caddy fmt` writes it?" },
  { name: "hosts", of: "caddy", question: "Do Caddy and Django agree on hosts, https and static files?" },
];

export const CHECK_NAMES: readonly string[] = CATALOGUE.map(({ name }) => name);

/** Those of the checks that one side answers, in the catalogue's order. */
export function checksOf(side: Check["of"], names: readonly string[]): string[] {
  return CATALOGUE.filter(({ name, of }) => of === side && names.includes(name)).map(({ name }) => name);
}
