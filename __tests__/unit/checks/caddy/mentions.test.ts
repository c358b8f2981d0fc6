/** What the texts of a checkout mention. */
import { describe, expect, it } from "@jest/globals";
import { type Mentions, mentionsIn, type Text } from "../../../../src/checks/caddy/mentions.ts";

function mentioned(...texts: Text[]): (keyof Mentions)[] {
  const found = mentionsIn(texts);
  return (Object.keys(found) as (keyof Mentions)[]).filter((name) => found[name]);
}

describe("what texts mention", () => {
  it.each<[string, Text, (keyof Mentions)[]]>([
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
  ])("%s", (_, text, expected) => expect(mentioned(text)).toEqual(expected));
});
