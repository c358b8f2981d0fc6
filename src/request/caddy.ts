/** The inputs about Caddy: which Caddyfile to check, and which Caddy reads it. */
import path from "node:path";
import { STAGE, STAGE_RULE } from "./build.ts";
import { readArgs } from "./build-args.ts";
import { suggestion } from "./context.ts";
import { readCaddyEnvironment } from "./environment.ts";
import { isFile, isFolder, isInWorkspace, leavesWorkspace, OUT_OF_WORKSPACE } from "./paths.ts";
import { show } from "./problems.ts";
import type { Reader } from "./reader.ts";
import type { CaddyWish } from "./request.ts";
import { hintFor } from "./slips.ts";

const STOCK = "caddy:2";
/** The ref of an image, as FROM in a Dockerfile takes it. */
const IMAGE = /^[a-z0-9][a-z0-9._/-]*(:\d+\/[a-z0-9._/-]+)?(:\w[\w.-]{0,127})?(@sha256:[0-9a-f]{64})?$/;

/** Reads every input about Caddy. Adds problems to the reader's. */
export function readCaddy(reader: Reader, workspace: string): CaddyWish {
  const image =
    reader.matching("caddy-image", IMAGE, "Write an image like `caddy:2.11` or `ghcr.io/acme/caddy:3`.") ||
    STOCK;
  return {
    file: readFile(reader, workspace),
    image,
    imageIsNamed: image !== STOCK,
    dockerfile: existing(reader, "caddy-file", workspace, isFile),
    context: existing(reader, "caddy-context", workspace, isFolder),
    target: reader.matching("caddy-target", STAGE, STAGE_RULE),
    args: readArgs(reader, "caddy-build-args"),
    env: readCaddyEnvironment(reader),
  };
}

/** What a config's name says about its format, where Caddy would need the adapter of a plugin. */
const OTHER_FORMATS: readonly { readonly name: RegExp; readonly is: string }[] = [
  { name: /\.ya?ml$/i, is: "YAML" },
  { name: /\.toml$/i, is: "TOML" },
  { name: /\.(json5|jsonc|jsonnet|hcl|cue|hjson)$/i, is: "a config for an adapter of a plugin" },
  { name: /^nginx.*\.conf$/i, is: "a config of nginx" },
];

function readFile(reader: Reader, workspace: string): string {
  const written = reader.text("caddyfile");
  if (written === "" || written === "none") return written;
  const file = existing(reader, "caddyfile", workspace, isFile);
  if (file === "") return "";
  const other = OTHER_FORMATS.find(({ name }) => name.test(path.basename(file)));
  if (other !== undefined) {
    reader.problems.add(
      "caddyfile",
      `${show(written)} is ${other.is}. Only a Caddyfile and Caddy's own JSON (\`.json\`) are read here. \`caddy adapt\` with that adapter writes JSON.`,
    );
    return "";
  }
  if (isInWorkspace(file, workspace)) return path.relative(workspace, file);
  reader.problems.add("caddyfile", `${show(written)} is outside the workspace. Name a file in it.`);
  return "";
}

/** The absolute path of a file or folder that must exist; empty when the input is empty. */
function existing(
  reader: Reader,
  input: string,
  workspace: string,
  isThere: (path: string) => boolean,
): string {
  const written = reader.text(input);
  const found = path.resolve(workspace, written);
  if (written === "") return "";
  if (isThere(found)) {
    if (!leavesWorkspace(found, workspace)) return found;
    reader.problems.add(input, `${show(written)} ${OUT_OF_WORKSPACE}`);
    return "";
  }
  const near = hintFor(written) || suggestion(written, workspace, isThere);
  reader.problems.add(
    input,
    `${show(written)} does not exist. Give its path relative to the workspace.${near}`,
  );
  return "";
}
