/** Caddyfiles for the plain project, and settings that agree with them. */
import { append, type Overlay } from "./project.ts";

/** The plain project's own host, so that it agrees with `AGREES`. */
export const GOOD = "shop.example.com {\n\tencode gzip\n\treverse_proxy web:8000\n}\n";
/** A slip in line 3. */
export const BAD = GOOD.replace("reverse_proxy", "revers_proxy");
export const NAMED = { caddyfile: "Caddyfile" } as const;

export const AGREES: Overlay = {
  "mysite/settings.py": append(
    '\nSECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")\nALLOWED_HOSTS = ["shop.example.com"]\n',
  ),
};
