/** What the texts of a checkout mention. */
import { describe, expect, it } from "@jest/globals";
import { MENTIONS, type Mentions, mentionsIn } from "../../../../src/checks/project/mentions.ts";
import { instructionsOf } from "../../../../src/request/dockerfile.ts";

const PLAIN = "FROM python:3.13-slim";

/** What a search finds in one text. */
function searched(path: string, text: string): Parameters<typeof mentionsIn>[0] {
  const plain = text.replace(/^[ \t]*#.*$/gm, "");
  const names = Object.keys(MENTIONS) as (keyof typeof MENTIONS)[];
  const paths = Object.fromEntries(names.map((name) => [name, MENTIONS[name].test(plain) ? [path] : []]));
  return { paths: paths as Record<keyof typeof MENTIONS, string[]>, isComplete: true };
}

function mentioned(path: string, text: string, dockerfile = PLAIN): (keyof Mentions)[] {
  const found = mentionsIn(searched(path, text), instructionsOf(dockerfile));
  if (found === undefined) throw new Error("not all could be read");
  return (Object.keys(found) as (keyof Mentions)[]).filter((name) => found[name]);
}

describe("what texts mention", () => {
  it.each<[string, [path: string, text: string], (keyof Mentions)[]]>([
    ["nothing", ["README", "A shop."], []],
    ["a plain server", ["Dockerfile", 'CMD ["gunicorn", "shop.wsgi"]'], ["plainServer"]],
    [
      "gunicorn's option",
      ["Dockerfile", "CMD gunicorn shop.wsgi -b 0.0.0.0:8000 --forwarded-allow-ips=*"],
      ["plainServer", "forwardedProto"],
    ],
    ["its variable", ["compose.yml", "environment: {FORWARDED_ALLOW_IPS: '*'}"], ["forwardedProto"]],
    ["its config file", ["gunicorn.conf.py", 'forwarded_allow_ips = "*"'], ["forwardedProto"]],
    ["uvicorn's option", ["start.sh", "uvicorn a:b --proxy-headers"], ["plainServer", "forwardedProto"]],
    ["uWSGI, which needs none", ["start.sh", "uwsgi --http :8000"], ["forwardedProto"]],
    ["a file of variables", ["compose.yml", "env_file: .env"], ["forwardedProto"]],
    ["code that reads the header", ["m.py", 'request.META["HTTP_X_FORWARDED_PROTO"]'], ["forwardedProto"]],
    ["the setting", ["s.py", 'SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")'], []],
    ["a Caddyfile's header", ["Caddyfile", "header_up X-Forwarded-Proto https"], []],
    ["uWSGI's static files", ["u.ini", "static-map = /static=/app/static"], ["staticFiles"]],
    ["granian's", ["start.sh", "granian a:b --static-path-mount /app/static"], ["staticFiles"]],
    [
      "WhiteNoise around the application",
      ["wsgi.py", "application = WhiteNoise(application)"],
      ["staticFiles"],
    ],
    ["dj-static", ["wsgi.py", "application = Cling(get_wsgi_application())"], ["staticFiles"]],
    ["a view", ["urls.py", "from django.views.static import serve"], ["staticFiles"]],
    ["settings of static files", ["s.py", 'STATIC_URL = "/static/"\nSTATIC_ROOT = "/app"'], []],
    ["envsubst", ["deploy.sh", "envsubst < deploy/Caddyfile > /etc/caddy/Caddyfile"], ["rendering"]],
    ["Ansible", ["play.yml", "- ansible.builtin.template: {src: Caddyfile}"], ["rendering"]],
    ["Ansible, the short name", ["play.yml", "    template:\n      src: Caddyfile"], ["rendering"]],
    ["sed", ["deploy.sh", 'sed -i "s/HOST/$HOST/" Caddyfile'], ["rendering"]],
    ["a comment", ["deploy.sh", "# envsubst, gunicorn --forwarded-allow-ips"], []],
  ])("%s", (_, text, expected) => expect(mentioned(...text)).toEqual(expected));

  it.each<[string, string, (keyof Mentions)[]]>([
    ["a server", `${PLAIN}\nCMD gunicorn shop.wsgi -b 0.0.0.0:8000`, ["plainServer"]],
    ["its variable", `${PLAIN}\nENV FORWARDED_ALLOW_IPS=*`, ["forwardedProto"]],
    ["stages", `${PLAIN} AS base\nFROM node:20 AS assets\nFROM base\n`, []],
    ["another image, which may start anything", "FROM ghcr.io/acme/python-web:1", ["forwardedProto"]],
    ["a comment", `${PLAIN}\n# uwsgi`, []],
  ])("the Dockerfile: %s", (_, dockerfile, expected) =>
    expect(mentioned("README", "", dockerfile)).toEqual(expected),
  );

  it("is not known where not all could be read", () => {
    expect(mentionsIn({ ...searched("a", ""), isComplete: false }, instructionsOf(PLAIN))).toBeUndefined();
    expect(mentionsIn(searched("a", ""), [])).toBeUndefined();
  });
});
