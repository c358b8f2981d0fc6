/** Images whose digests are true: the sha256 of their own text. */
import { createHash } from "node:crypto";
import type { Digest } from "../../../src/request/request.ts";

export interface FakeImage {
  readonly manifest: string;
  /** Of the manifest. */
  readonly digest: Digest;
  readonly config: string;
  readonly configDigest: Digest;
  /** As `docker image inspect` has it: the config without its history, and the manifest's digest with that config. */
  readonly inEngine: { readonly config: string; readonly digest: Digest };
}

/** Two images of one name have the same bytes. */
export function fakeImage(name: string): FakeImage {
  const inside = { config: { Cmd: ["gunicorn"], Labels: { name } } };
  const config = JSON.stringify({ ...inside, history: [{ created_by: "COPY . ." }] });
  const configDigest = sha256(config);
  const manifest = manifestOf(name, config);
  const known = JSON.stringify(inside);
  const inEngine = { config: known, digest: sha256(manifestOf(name, known)) };
  return { manifest, digest: sha256(manifest), config, configDigest, inEngine };
}

function manifestOf(name: string, config: string): string {
  return JSON.stringify({
    schemaVersion: 2,
    config: { digest: sha256(config), size: config.length },
    layers: [{ digest: sha256(name), size: 54_300_000 }],
  });
}

/** The index that has these manifests, and an attestation for each. */
export function indexOf(images: readonly FakeImage[]): Digest {
  return sha256(`index of ${images.map(({ digest }) => digest).join()}`);
}

function sha256(text: string): Digest {
  return `sha256:${createHash("sha256").update(text).digest("hex")}` as Digest;
}
