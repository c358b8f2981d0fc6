/**
 * The checks there are: one row each, and one Python file of the same name in `probe/checks/`. What is in
 * `all` is frozen for a major version.
 */
export interface Check {
  readonly name: string;
  /** What it asks, as the summary's table says it. */
  readonly question: string;
}

export const CATALOGUE: readonly Check[] = [
  { name: "system", question: "Do Django's system checks pass, with the deployment checks?" },
  { name: "migrations", question: "Is there a migration for every change of a model?" },
  { name: "static", question: "Can the static files be collected and post-processed?" },
];

export const CHECK_NAMES: readonly string[] = CATALOGUE.map(({ name }) => name);
