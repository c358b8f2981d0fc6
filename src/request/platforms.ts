/** Platforms, by the names that BuildKit uses: `linux/amd64`, `linux/arm64`, `linux/arm/v7`. */
import { didYouMean } from "./problems.ts";
import type { Reader } from "./reader.ts";

const ARCHITECTURES = [
  ...["386", "amd64", "arm", "arm64", "loong64", "mips64", "mips64le", "ppc64le", "riscv64", "s390x"],
];

/** Other spellings that BuildKit accepts (github.com/containerd/platforms, database.go). */
const SPELLINGS: ReadonlyMap<string, string> = new Map([
  ["i386", "386"],
  ["x86_64", "amd64"],
  ["x86-64", "amd64"],
  ["aarch64", "arm64"],
  ["armhf", "arm/v7"],
  ["armel", "arm/v6"],
]);

/** A platform by BuildKit's name; undefined when the text is not a platform of Linux. */
export function platformNamed(text: string): string | undefined {
  const [, named = "", given] =
    /^(?:linux\/)?([a-z0-9_-]+)(?:\/(v?[0-9.]+))?$/.exec(text.toLowerCase()) ?? [];
  const [spelt = "", own] = (SPELLINGS.get(named) ?? named).split("/");
  if (!ARCHITECTURES.includes(spelt)) return undefined;
  const variant = (given ?? own ?? (spelt === "arm" ? "7" : "")).replace(/^v/, "");
  const usual =
    variant === "" || (spelt === "arm64" && variant === "8") || (spelt === "amd64" && variant === "1");
  return `linux/${spelt}${usual ? "" : `/v${variant}`}`;
}

/** Reads the input `platforms`. Each platform is there once. */
export function readPlatforms(reader: Reader): readonly string[] {
  const platforms = reader.parsed("platforms", "csv", (item) => {
    const value = platformNamed(item);
    if (value !== undefined) return { value };
    const hint = didYouMean(item.replace(/^linux\//i, "").replace(/\/.*$/, ""), ARCHITECTURES, "linux/");
    return `is not a platform of Linux. Write \`linux/amd64\`, \`linux/arm64\` or the like.${hint}`;
  });
  return [...new Set(platforms)];
}
