/** Rule: of `example.com` and `www.example.com` one redirects to the other, because people type both (`hosts.www`). Pure. */

import { isPublic } from "../../public-hosts.ts";
import type { Comparison, Disagreement } from "./comparison.ts";

/** Only names of two labels are looked at: `shop.example.com` needs no `www.shop.example.com`. */
export function www({ tour, proxies }: Comparison): Disagreement[] {
  const served = new Set(tour.sites.map(({ host }) => host));
  const proxied = new Set(proxies.flatMap(({ hosts }) => hosts).filter(isPublic));
  return [...proxied].flatMap((host): Disagreement[] => {
    const bare = host.replace(/^www\./, "");
    if (!/^[^.*]+\.[^.]+$/.test(bare)) return [];
    const other = host === bare ? `www.${bare}` : bare;
    // A wildcard site serves the www name.
    if (served.has(`*.${bare}`) && host === bare) return [];
    if (!served.has(other))
      return [
        {
          id: "hosts.www",
          level: "INFO",
          message: `Caddy serves ${host} but not ${other}.`,
          hint: `If people may type ${other}, redirect it: \`${other} { redir https://${host}{uri} permanent }\`, written on three lines.`,
          at: { host },
        },
      ];
    // Both are proxied: one finding for the two of them.
    if (host !== bare || !proxied.has(other)) return [];
    return [
      {
        id: "hosts.www",
        level: "INFO",
        message: `Caddy serves the same site under ${host} and ${other}.`,
        hint: "Redirect one of them to the other. Otherwise they are two sites for search engines and cookies.",
        at: { host },
      },
    ];
  });
}
