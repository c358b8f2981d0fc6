/** Slips that the syntax of the inputs invites: what each input says of them, and what is no slip. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { complaint, folder, read, runner, sweep } from "./world.ts";

let workspace = "";
beforeAll(() => {
  workspace = folder({
    Dockerfile: [
      "ARG PYTHON_TAG=3.13-slim",
      "FROM python:${PYTHON_TAG}",
      'RUN pip install --no-cache-dir "django>=5.2,<5.3"',
      "ARG APP_FLAVOUR=plain",
      "ENV APP_FLAVOUR=${APP_FLAVOUR}",
      "ARG version mode=x",
    ].join("\n"),
    "keys/deploy.pem": "",
  });
});
afterAll(sweep);

const SET = {
  HOME: "/home/runner",
  GITHUB_SHA: "abc",
  BUILD_DATE: "20220901",
  DATABASE_URL: "postgres://u:hunter2@db/shop",
  GIT_TOKEN: "hunter2",
};
type Inputs = Record<string, string>;
const notices = (inputs: Inputs) => read(runner(workspace, inputs, SET)).notices;
const problem = (inputs: Inputs) => complaint(runner(workspace, inputs, SET));

describe("several items where one is read", () => {
  it.each([
    // Case 01; docker/build-push-action #543, #557
    ["APP_FLAVOUR=rich,PYTHON_TAG=3.13-slim", "APP_FLAVOUR has another `PYTHON_TAG=` in it"],
    ["PYTHON_TAG=3.13-slim,APP_FLAVOUR=rich", "PYTHON_TAG has another `APP_FLAVOUR=` in it"],
    // docker/build-push-action #174
    ["PYTHON_TAG=3.13, APP_FLAVOUR=rich", "another `APP_FLAVOUR=`"],
    // docker/build-push-action #481
    ["HTTP_PROXY=http://10.0.0.2:1234,FTP_PROXY=http://10.0.0.5:4567", "another `FTP_PROXY=`"],
    // docker/build-push-action #380: without `|` YAML makes one line of them
    ['FIRST_ARG="First" SECOND_ARG="Second"', "another `SECOND_ARG=`"],
    // docker/build-push-action #310
    ["PYTHON_TAG=3.9\\nAPP_FLAVOUR='--enable optimizations'", "another `APP_FLAVOUR=`"],
    // docker/build-push-action #211: a step's output
    ["VERSION=1.2,BASE_DISTRIBUTION=alpine", "another `BASE_DISTRIBUTION=`"],
    ["APP_FLAVOUR=rich\tPYTHON_TAG=3.13", "another `PYTHON_TAG=`"],
    ["A=1,B=2", "another `B=`"],
    // In lower case only if the Dockerfile has it.
    ["APP_FLAVOUR=rich,version=2", "another `version=`"],
    ["APP_FLAVOUR=,mode=2", "another `mode=`"],
  ])("build-args: %s", (args, words) => {
    const [only, ...more] = notices({ "build-args": args });
    expect(more).toEqual([]);
    expect(only).toMatch(/^`build-args`: the value of /);
    expect(only).toContain(words);
    expect(only).toContain("Write one item a line: in YAML `|` keeps the lines, and `>` joins them.");
  });

  it.each([
    ["env", "A=hunter,TWO=2"],
    ["env", "A=hunter DEBUG=1"],
    ["caddy-env", "A=hunter DOMAIN=1"],
    ["secrets", "A=hunter,TOKEN=2"],
    ["secrets", "A=hunter TOKEN=2"],
  ])("%s: %s, without any word of the value", (input, text) => {
    expect(notices({ [input]: text })).toEqual([
      expect.stringContaining(`\`${input}\`: the value of A has another \`NAME=\` in it`),
    ]);
  });

  it.each([
    ["labels", "org.opencontainers.image.title=Shop org.opencontainers.image.version=1.2"],
    ["annotations", "org.opencontainers.image.title=Shop,org.opencontainers.image.version=1.2"],
  ])("%s: %s", (input, text) =>
    expect(notices({ [input]: text })).toEqual([
      expect.stringContaining("has another `org.opencontainers.image.version=` in it"),
    ]),
  );

  it.each([
    ["platforms", "linux/amd64 linux/arm64"],
    ["tags", "latest v1"],
    ["build-contexts", "a=docker-image://alpine:3 b=docker-image://debian:13"],
    ["build-contexts", "a=keys b=keys"],
    ["cache-from", "type=gha,scope=a type=gha,scope=b"],
    ["ssh", "default github=./key"],
    ["ssh", "gitlab=./key github=./key"],
    ["cache-to", "type=gha mode=max"],
    ["add-hosts", "db:10.0.0.1 cache:10.0.0.2"],
    ["ulimit", "nofile=5 nproc=6"],
    ["allow", "network.host security.insecure"],
    ["no-cache-filters", "base assets"],
    ["secret-files", "A=keys/deploy.pem B=keys/deploy.pem"],
    ["secret-envs", "A=HOME B=HOME"],
    ["env-file", "a.env b.env"],
    ["ignore", "security.W004, security.W008"],
  ])("%s: %s is refused", (input, text) => {
    expect(problem({ [input]: text })).toContain("Write one item a line: in YAML `|` keeps the lines");
  });

  it.each([
    "security.W004 security.W008",
    "security.W004 deploy:security.W008",
    "security.W004   static.missing-reference",
    "static.missing-reference migrations.missing",
    "security.W004 shop/** security.W008",
    "caddy.invalid hosts.www",
  ])("ignore: %s is refused", (ignore) =>
    expect(problem({ ignore })).toContain("has several ids on one line, and what is after the first one"),
  );

  it("ignore: says once that an item stands on a line of its own", () => {
    const said = problem({ ignore: "security.W004 security.W008" });
    expect(said.match(/a line\b/g)).toHaveLength(1);
  });

  it.each([
    ["build-args", '"APP_FLAVOUR=a "rich" one"'],
    ["labels", '"org.opencontainers.image.title=a "rich" shop, and more"'],
    ["annotations", '"org.opencontainers.image.title=a "rich" shop"'],
  ])("%s: %s has quotes within quotes", (input, text) => {
    const said = problem({ [input]: text });
    expect(said).toContain("Its value has quotes too: leave out those around the item, or double");
    expect(said).not.toContain("several lines");
  });

  it.each(["labels", "annotations"])("%s: the rest of a value stands in quotes", (input) => {
    const said = problem({ [input]: "a.b.c=First line\nSecond line, continued" });
    expect(said).toContain("A value of several lines stands in quotes");
    expect(said).not.toContain("one item a line");
    expect(problem({ [input]: "Second line, continued" })).toContain("Write one item a line");
  });

  it.each([
    "static.missing-reference static.css",
    "fields.W001 models.py",
    "x.E001 system.json",
    // Files of systemd and the like.
    "caddy.invalid caddy.service",
    "hosts.www hosts.example",
    "static.duplicate static.config",
  ])("ignore: %s is an id and a path", (ignore) => expect(problem({ ignore })).toBe(""));
});

describe("what nobody expands", () => {
  it.each([
    // docker/build-push-action #684
    ["build-args", "D=${BUILD_DATE}"],
    ["build-args", "D=${BUILD_DATE}-slim"],
    // elgohr/Publish-Docker-Github-Action#64
    ["build-args", "COMMIT=$(git rev-parse --short HEAD)"],
    ["build-args", "VERSION=1.0-$(git rev-parse --short HEAD)"],
    ["labels", "a.b.c=1.0-$(git describe --tags)"],
    // docker/build-push-action #986
    ["build-args", 'BUILD_TIME="$(date -u -Ins)"'],
    ["build-args", "COMMIT=`git rev-parse HEAD`"],
    ["labels", "org.opencontainers.image.revision=$GITHUB_SHA"],
    ["annotations", "a=$GITHUB_SHA"],
    ["env", "DB=$DATABASE_URL"],
    ["env", "PATH=/opt/bin:$HOME/bin"],
    ["secrets", "TOKEN=$GIT_TOKEN"],
    ["ssh", "default=$HOME/agent.sock"],
    ["cache-to", "type=local,dest=$HOME/cache"],
  ])("%s: %s gets a notice", (input, text) => {
    const [only = ""] = notices({ [input]: text });
    expect(only).toMatch(new RegExp(`^\`${input}\`: no shell reads the value of `));
    expect(only).not.toContain("DATABASE_URL");
    expect(only).not.toContain("GIT_TOKEN");
  });

  it.each([
    // docker/build-push-action #986, svengo/docker-tor#251
    ["build-args", "V={{ env.VERSION }}"],
    ["build-args", "V=${ github.sha }"],
    ["build-args", "V=$github.sha"],
    ["build-args", "V=github.sha"],
    ["labels", "a=steps.meta.outputs.version"],
    ["env", "A=secrets.SENTRY_DSN"],
    ["secrets", "A={{secrets.TOKEN}}"],
  ])("%s: %s gets a notice", (input, text) => {
    const [only = ""] = notices({ [input]: text });
    expect(only).toContain("names a context of GitHub's, and nobody evaluates it");
  });

  it.each([
    // docker/build-push-action #684
    ["tags", "ghcr.io/acme/shop:${BUILD_DATE}"],
    ["tags", "$GITHUB_SHA"],
    ["tag", "$GITHUB_SHA"],
    ["image", "ghcr.io/$GITHUB_REPOSITORY"],
    ["platforms", "$PLATFORMS"],
    ["target", "${TARGET}"],
    ["context", "$GITHUB_WORKSPACE/app"],
    ["file", "~/Dockerfile"],
    ["caddyfile", "${HOME}/Caddyfile"],
    ["env-file", "~/.env"],
    ["build-contexts", "a=$HOME/libs"],
    // docker/build-push-action #293
    ["secret-files", "netrc=$HOME/.netrc"],
  ])("%s: %s is refused", (input, text) =>
    expect(problem({ [input]: text })).toContain("No shell reads this, so nothing expands it"),
  );

  it.each([
    // svengo/docker-tor#251
    ["tags", "{{ env.TOR_VERSION }}"],
    ["tag", "{{ github.sha }}"],
    ["platforms", "matrix.platform,${ matrix.platform }"],
    ["caddyfile", "{{ inputs.caddyfile }}"],
  ])("%s: %s is refused", (input, text) =>
    expect(problem({ [input]: text })).toContain("an expression is written `${{ … }}`"),
  );
});

describe("quotes, blanks and commas that become a part of a value", () => {
  it.each([
    // Case 01 (d); docker/build-push-action #380
    ["build-args", 'APP_FLAVOUR="rich"', "the quotes around the value of APP_FLAVOUR are part of the value."],
    ["build-args", "A='x'\nB=\"y\"", "the quotes around the value of A, B are part"],
    ["build-args", "A=“x”", "the quotes around the value of A are"],
    ["labels", 'title="Shop"', "the quotes around the value of title are"],
    ["annotations", "title='Shop'", "the quotes around the value of title are"],
    // docker/build-push-action #245
    ["secrets", `SERVER='{"host":"hunter2"}'`, "the quotes around the value of SERVER are"],
    ["env", "A='hunter2'", "the quotes around the value of A are"],
    ["caddy-env", 'A="hunter2"', "the quotes around the value of A are"],
    ["build-args", "A= 1", "the value of A begins with a blank"],
    ["env", "A= hunter2", "the value of A begins with a blank"],
    ["secrets", "A= hunter2", "the value of A begins with a blank"],
    ["build-args", "A=1,\nB=2,", "the lines end with a comma"],
    ["env", "A=hunter2,\nB=2", "the lines end with a comma"],
    ["labels", "a=1,\nb=2,\nc=3", "the lines end with a comma"],
  ])("%s: %j", (input, text, words) => {
    const found = notices({ [input]: text });
    expect(found).toEqual([expect.stringContaining(`\`${input}\`: ${words}`)]);
    expect(found[0]).not.toContain("hunter2");
  });
});

describe("no slip", () => {
  it.each([
    ["build-args", "URL=https://x.org/?a=1,b=2,C=3"],
    ["build-args", "APP_FLAVOUR=rich,OTHER=3"],
    ["build-args", "EXTRA=psycopg[binary],django-storages[s3]"],
    ["build-args", "EXTRA=dynaconf gunicorn==23.0"],
    ["build-args", "REQUIREMENT=django>=5.2,<5.3"],
    ["build-args", "OPTIONS=-Dfoo=bar -DBAZ=1"],
    ["build-args", 'A={"x":1,"Y=":2}'],
    ["build-args", "A=Zm9v,YmFy=="],
    ["build-args", "PRICE=$5"],
    ["build-args", "A=${NOBODY_SETS_THIS}"],
    ["build-args", "A=1,"],
    ["build-args", "HOST=github.com"],
    ["env", "HEADERS=Authorization=x,X-Scope=y"],
    ["env", "FLAGS=NEW=1,OLD=0"],
    ["env", "LEVELS=root,DJANGO=INFO\nDEBUG=0"],
    ["env", "GUNICORN_CMD_ARGS=--bind=0.0.0.0:8000 --workers=3"],
    ["env", "DATABASE_URL=postgres://u:p@db/shop?options=-c%20x=1,Y=2"],
    // django-environ reads the other variable.
    ["env", "DATABASE_URL=postgres://db\nOTHER=$DATABASE_URL"],
    ["env", "KEY=YWJj+/=="],
    ["env", "SECRET_KEY=a$b{c}(d)'e\"f"],
    ["env", "PASSWORD_HASH=$2b$12$abcdefghij"],
    ["env", `A="it's"x"`],
    ["env", "A=it's"],
    ["env", "A=a,b,\nB=c"],
    ["caddy-env", "DOMAIN={env.DOMAIN}"],
    ["secrets", '"A=x\ny, Z=1"'],
    ["secrets", "A=x=,y,Z=1"],
    ["secrets", 'GCP_KEY={"type": "service_account", "A=": 1}'],
    ["secrets", '"GCP_KEY={\n  ""type"": ""service_account""\n}"'],
    ["secrets", '"ENV=A=1\nB=2"'],
    // Case 28; docker/metadata-action #87, #152
    ["labels", "org.opencontainers.image.description=A shop, with x=1 and #2"],
    ["labels", 'description=The "good" shop, for "all"'],
    ["labels", "traefik.http.routers.x.rule=Host(`a.org`), Path(`/b=c`)"],
    ["labels", "com.acme.template={{.Name}} {{ Names }}"],
    ["annotations", "index:org.opencontainers.image.title=Shop, fast=1"],
    ["cache-from", "type=local, src=/tmp/my cache"],
    ["cache-from", "ghcr.io/acme/shop:cache"],
    ["ssh", "default\ngithub=./key"],
    ["cache-to", "type=registry,ref=ghcr.io/acme/shop:cache,mode=max"],
    ["run", "cd app && pytest\nexport A=1; pytest\npytest -k 'a and b'"],
    ["tags", "latest,v1.2"],
  ])("%s: %s", (input, text) => expect(notices({ [input]: text })).toEqual([]));
});

describe("the form of docker's command line", () => {
  it.each([
    // docker/build-push-action #1326
    ["secrets", "id=pip,src=./keys/deploy.pem"],
    ["secrets", "OTHER=1\nid=pip,env=HOME"],
    ["secrets", "type=env,id=HOME"],
    // docker/build-push-action #293
    ["secret-files", "id=netrc,src=keys/deploy.pem"],
    ["secret-files", "type=file,id=netrc,source=keys/deploy.pem"],
    ["secret-envs", "id=TOKEN,env=HOME"],
    ["secret-envs", "type=env,id=HOME"],
    ["secret-envs", "A=HOME\nid=TOKEN,env=HOME"],
  ])("%s: %s", (input, text) => {
    const message = problem({ [input]: text });
    expect(message).toContain(`\`${input}\` is written as on docker's command line, \`id=…,src=…\`.`);
    expect(message).toContain("a file into `secret-files` as `id=path`");
    expect(message).not.toContain("\n");
  });

  it("is not taken for it in a value", () =>
    expect(problem({ secrets: "A=x,id=1,src=2", "secret-envs": "id=HOME" })).toBe(""));

  it.each([
    ["build-args", "--build-arg VERSION=1"],
    ["labels", "--label a=b"],
    ["labels", "--label=a=b"],
    ["env", "-e A=1"],
    ["env", "--env A=1"],
    ["secrets", "--secret A=1"],
    ["platforms", "--platform=linux/amd64"],
    ["target", "--target prod"],
    ["cache-from", "--cache-from type=gha"],
    ["allow", "--allow network.host"],
    ["add-hosts", "--add-host db:10.0.0.1"],
  ])("%s: %s", (input, text) =>
    expect(problem({ [input]: text })).toContain("Leave out the option of docker's command line"),
  );
});

describe("other ways to write it", () => {
  it.each([
    // A mapping of YAML's, as the step's own `env:` is written; docker/build-push-action #543
    ["env", "DEBUG: 1", "Write `NAME=VALUE`, with `=` and no colon."],
    ["build-args", "VERSION: 1", "Write `NAME=VALUE`, with `=` and no colon."],
    ["labels", "title: Shop", "Write `NAME=VALUE`, with `=` and no colon."],
    ["secrets", "TOKEN: hunter2", "Write `NAME=VALUE`, with `=` and no colon."],
    // A sequence of YAML's; docker/build-push-action #543, convox/action-deploy#12
    ["build-args", "- VERSION=1", "Leave out the dash and the blank"],
    ["platforms", "- linux/amd64\n- linux/arm64", "Leave out the dash and the blank"],
    ["env", "- A=1", "Leave out the dash and the blank"],
    ["ignore", "- security.W004", "Leave out the dash and the blank"],
    ["run", "- pytest", "Leave out the dash and the blank"],
    ["checks", "- static", "Write one name a line."],
    ["env", "export A=1", "Leave out `export`."],
    ["env", "A = 1", "Leave out the blanks around `=`."],
    ["build-args", "A = 1", "Leave out the blanks around `=`."],
    ["tags", "'latest'", "Leave out the quotes."],
    ["checks", '"static"', "Leave out the quotes."],
    ["ignore", "'security.W004'", "Leave out the quotes."],
    ["secret-files", 'A="keys/deploy.pem"', "Leave out the quotes."],
    ["checks", "static,", "Write one name a line."],
    ["ulimit", "nofile=5,\nnproc=6", "Leave out the comma at the end."],
    ["cache-from", "type=gha,", "Leave out the comma at the end."],
    ["platforms", "linux/amd64，linux/arm64", "a character that only looks like"],
    ["build-args", "A＝1", "a character that only looks like"],
    ["labels", "a.b＝c", "a character that only looks like"],
    ["env", "A＝1", "a character that only looks like"],
    ["checks", "–static", "a character that only looks like"],
    ["tags", "“latest”", "a character that only looks like"],
    // docker/build-push-action #374
    [
      "build-args",
      "A=1\nKEY=-----BEGIN OPENSSH PRIVATE KEY-----\nhunter2\nhunter2==",
      "has a value of several lines",
    ],
    ["build-args", 'A={\n  "type": "hunter2"\n}', "has a value of several lines without quotes"],
    ["labels", '"a":"b"', "with each quote in it doubled"],
  ])("%s: %j", (input, text, words) => {
    const message = problem({ [input]: text });
    expect(message).toContain(words);
    expect(message).not.toContain("hunter2");
  });

  it.each([
    // Case 28; docker/docs #21551, TecharoHQ/anubis#627
    "type=raw,value=latest\ntype=sha",
    "type=ref,event=branch",
    "type=semver,pattern={{version}}",
    "latest\ntype=sha,enable={{is_default_branch}}",
    "v{{major}}.{{minor}}",
  ])("tags: %j is said once to be docker/metadata-action's", (tags) =>
    expect(problem({ tags })).toBe(
      "`tags` has rules of docker/metadata-action. Give them to the `tags` of that action (`id: meta`), and its output here: `tags: ${{ steps.meta.outputs.tags }}`.",
    ),
  );

  it.each(["cd app", "export A=1", "set -e", ". .venv/bin/activate", "if [ -e x ]; then", "fi", "a &&"])(
    "run: %s is of no use to the next line",
    (line) => {
      const [only] = notices({ run: `${line}\npytest` });
      expect(only).toContain(`"${line}" does nothing for the next line`);
    },
  );

  it.each([
    ["a mixture of line ends", "A=1\r\nB=2\nC=3\r\n", { A: "1", B: "2", C: "3" }],
    ["Windows' lines", "A=1\r\nB=2", { A: "1", B: "2" }],
    ["a quoted value of Windows' lines", '"A=1\r\n2"\nB=3', { A: "1\r\n2", B: "3" }],
    ["tabs and empty lines", "\tA=1\n\n\t B=2\t\n", { A: "1", B: "2" }],
  ])("build-args: %s", (_, args, expected) => {
    const { build } = read(runner(workspace, { "build-args": args }));
    expect(Object.fromEntries(build.args)).toEqual(expected);
  });
});

it.each(["gha", "registry", "scope=shop", "gha,mode=max", "mode=max,scope=x"])(
  "cache-to: %s has no type",
  (cache) => expect(problem({ "cache-to": cache })).toContain("Write `type=gha,scope=x` or the like"),
);

it("build-contexts: an image without its scheme", () =>
  expect(problem({ "build-contexts": "base=python:3.13-slim" })).toContain(
    "An image is written `docker-image://python:3.13-slim`.",
  ));

describe("JSON secrets", () => {
  // Case 02; docker/build-push-action #210, #245, #852, springernature/halfpipe#243, discord/access#527
  it.each([
    ["unquoted", 'GCP_KEY={\n  "type": "hunter2"\n}', "GCP_KEY", "Put the whole item in quotes, and double"],
    [
      "unquoted, the brace alone",
      'GCP_KEY=\n{\n  "type": "hunter2"\n}',
      "GCP_KEY",
      "Put the whole item in quotes",
    ],
    [
      "quoted and not doubled",
      '"GCP_KEY={\n  "type": "hunter2"\n}"',
      "GCP_KEY",
      "those in its value are not doubled",
    ],
    ["quoted and not doubled, one line", '"GCP_KEY={"type": "hunter2"}"', "GCP_KEY", "are not doubled"],
    ["a list", '"KEYS=[\n  "hunter2",\n  "b"\n]"', "KEYS", "are not doubled"],
    ["after another", 'A=1\n"KEY={\n  "type": "hunter2"\n}"', "id", "are not doubled"],
    ["Windows' lines", '"KEY={\r\n  "type": "hunter2"\r\n}"', "KEY", "are not doubled"],
  ])("%s", (_, secrets, id, words) => {
    const message = problem({ secrets });
    expect(message).toContain(words);
    expect(message).toContain(`\`"${id}={\`, \`""name"": ""value""\`, \`}"\``);
    expect(message).toContain(
      `write \`${id}=${id}\` in \`secret-envs\`, and \`${id}: \${{ secrets.${id} }}\``,
    );
    expect(message).not.toContain("hunter2");
    expect(message).not.toContain("type");
  });
});

describe("a bare name that the runner lacks", () => {
  it.each([
    ["env", "SENTRY_DSN", "names SENTRY_DSN, which is not set on the runner: set it"],
    ["env", "# first\nDEBUG", "names DEBUG, which is not set"],
    ["env", "A=1\nSENTRY_DSN", "names SENTRY_DSN, which is not set"],
    ["env", "DATABSE_URL", "names DATABSE_URL, which is not set on the runner (`DATABASE_URL` is): set it"],
    ["caddy-env", "DOMAIN", "names DOMAIN, which is not set"],
    ["env", "KEY=-----BEGIN\nMIIEvQIBADANBgkqhkiG9w0BAQ", "names a variable, which is not set"],
    ["env", `A=1\n${"A_B".repeat(20)}`, "names a variable, which is not set"],
  ])("%s: %j", (input, text, words) => expect(problem({ [input]: text })).toContain(words));

  it("build-args leaves it out, with a notice", () =>
    expect(notices({ "build-args": "VERSION\nBUILD_DATE" })).toEqual([
      "`build-args`: the runner has no variable VERSION, so this build argument is left out.",
    ]));
});
