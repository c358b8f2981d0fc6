/** What `docker buildx inspect` says of the builder, as data. */

interface BuilderFacts {
  readonly name: string;
  /** `0.26.2`; empty when it does not say. */
  readonly buildkit: string;
  /** The platforms that its nodes run without emulation: the first of each node. Empty until it has been started. */
  readonly native: readonly string[];
  /** How many nodes it has. */
  readonly nodes: number;
  /** Pods of a Kubernetes node. Each keeps its own images. 1 for every other driver. */
  readonly replicas: number;
  /** A step may use the network of the machine that the job runs on. */
  readonly hostNetwork: boolean;
  /** A base image may be in the builder's own store and in no registry: an engine's, or that of a containerd. */
  readonly hasOwnImages: boolean;
}

/** A buildx builder. Its driver decides where an image can go and what can be proven of it. */
export type Builder =
  /** The engine's own BuildKit: an image is loaded under a name, tagged and pushed by the engine. */
  | (BuilderFacts & { readonly driver: "docker"; readonly store: "containerd" | "classic" })
  /** A BuildKit of its own: an image stays in it and is pushed by digest. */
  | (BuilderFacts & { readonly driver: "docker-container" | "remote" | "kubernetes" | "cloud" });

/** Whether images are kept in the engine's classic store, which has neither manifests nor attestations. */
export function isClassic(builder: Builder): boolean {
  return builder.driver === "docker" && builder.store === "classic";
}

/** What `docker buildx inspect` printed. */
export type Inspected =
  | { readonly ok: true; readonly builder: Builder }
  | { readonly ok: false; readonly reason: string };

const DRIVERS = ["docker-container", "remote", "kubernetes", "cloud"] as const;

/**
 * Reads the text of `docker buildx inspect NAME`, which has no JSON form: a block for the builder, a blank
 * line, then one block a node.
 */
export function parseInspect(text: string): Inspected {
  const [head = "", rest = ""] = text.split(/^Nodes:$/m);
  const name = field(head, "Name");
  const driver = field(head, "Driver");
  const nodes = rest.split(/^(?=Name:)/m).filter((node) => node.trim() !== "");
  const [first = ""] = nodes;
  const error =
    field(head, "Error") || (nodes.map((node) => field(node, "Error")).find((one) => one !== "") ?? "");
  if (name === "" || driver === "") return { ok: false, reason: error || "no builder was described" };
  const native = [...new Set(nodes.flatMap(nativePlatform))];
  if (error !== "" && native.length === 0) return { ok: false, reason: error };
  const facts = {
    name,
    buildkit: buildkitVersion(first),
    native,
    nodes: Math.max(1, nodes.length),
    replicas: Number(/replicas="?(\d+)/.exec(field(first, "Driver Options"))?.[1] ?? 1),
    hostNetwork: nodes.every((node) => sharesNetwork(driver, node)),
    hasOwnImages: driver === "docker" || nodes.some((node) => /worker\.executor: +containerd$/m.test(node)),
  };
  if (driver === "docker") {
    // Only the containerd store shows its namespace among the worker's labels.
    const store = /worker\.containerd\.namespace:/.test(first) ? "containerd" : "classic";
    return { ok: true, builder: { ...facts, driver, store } };
  }
  const known = DRIVERS.find((one) => one === driver);
  if (known === undefined) return { ok: false, reason: `the driver ${driver} is not known` };
  return { ok: true, builder: { ...facts, driver: known } };
}

/** A node lists what it runs itself first, and after it what it emulates; `*` marks what was asked for when it was made. */
function nativePlatform(node: string): string[] {
  const [own = ""] = field(node, "Platforms").split(",");
  const platform = own.trim().replace(/\*$/, "");
  return platform === "" ? [] : [platform];
}

/**
 * The engine's own BuildKit permits it. One in a container must be in the machine's network itself, and have
 * been started with the entitlement; it is not known where a remote one runs.
 */
function sharesNetwork(driver: string, node: string): boolean {
  if (driver === "docker") return true;
  return (
    driver === "docker-container" &&
    /network="?host\b/.test(field(node, "Driver Options")) &&
    /network\.host/.test(field(node, "BuildKit daemon flags"))
  );
}

/** Without its `v`; empty when a distribution's build does not know its own (`0.0.0+unknown`). */
function buildkitVersion(node: string): string {
  const version = field(node, "BuildKit version").replace(/^v/, "");
  return version.startsWith("0.0.0") ? "" : version;
}

function field(block: string, label: string): string {
  const line = block.split("\n").find((one) => one.startsWith(`${label}:`));
  return line?.slice(label.length + 1).trim() ?? "";
}

/**
 * Compares `major.minor` of two versions: negative when `a` is older. Unreadable versions compare equal, and
 * so does `0.0`, which a build of one's own or of a distribution says of itself.
 */
export function compareVersions(a: string, b: string): number {
  const left = /(\d+)\.(\d+)/.exec(a);
  const right = /(\d+)\.(\d+)/.exec(b);
  if (!left || !right || left[0] === "0.0") return 0;
  return Number(left[1]) - Number(right[1]) || Number(left[2]) - Number(right[2]);
}
