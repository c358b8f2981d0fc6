/** Names and labels of an image that we choose: only this run, machine and commit know them. */
import { randomBytes } from "node:crypto";
import type { GitFacts } from "../request/git.ts";
import type { Request } from "../request/request.ts";

/** What the name of an image that the engine keeps begins with. */
export const KEPT = "shipshape/kept:";

/** The OCI labels that we add. None of them changes between two builds of one commit. */
export function labelsOf(request: Request, commit: GitFacts | undefined): Map<string, string> {
  const labels = {
    revision: commit?.head ?? request.run.sha,
    source: request.run.source,
    title: request.app,
    created: commit?.committed ?? "",
  };
  const known = Object.entries(labels).filter(([, value]) => value !== "");
  return new Map(known.map(([name, value]) => [`org.opencontainers.image.${name}`, value]));
}

/** A name that no other step of this run has: the docker driver's, for the image until the verdict. */
export function stagingName(request: Request): string {
  const run = request.run.id || "local";
  const unique = randomBytes(3).toString("hex");
  return `shipshape/${run}-${request.run.attempt}-${slug(request.app) || "app"}-${unique}:staging`;
}

/**
 * The name under which the engine keeps the app's latest image, passed or not. The containerd store throws an
 * image's unpacked layers away with its last name, and the next build would unpack all of them again: seconds,
 * where nothing has changed.
 * @param source the repository's page
 */
export function keptName(source: string, app: string): string {
  const repository = source.replace(/^https?:\/\/[^/]*/, "");
  // The end of a long name distinguishes the apps. A tag may have 128 characters.
  return `${KEPT}${slug(`${repository} ${app}`.slice(-120)) || "app"}`;
}

/** As part of an image's name. */
function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}
