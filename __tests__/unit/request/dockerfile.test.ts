/** How Dockerfiles are read. */
import { describe, expect, it } from "@jest/globals";
import {
  argsOf,
  copiedOf,
  envOf,
  instructionsFor,
  instructionsOf,
  linesWith,
  stageOf,
  stagesOf,
} from "../../../src/request/dockerfile.ts";

/** `0 RUN a b`: stage, name, the rest. */
const shown = (text: string) =>
  instructionsOf(text).map(({ name, rest, stage }) => `${stage} ${name} ${rest}`);

describe("instructionsOf", () => {
  it.each<[what: string, text: string, instructions: string[]]>([
    ["nothing", "", []],
    ["comments and empty lines", "# a\n\n  # b\nFROM x\n", ["0 FROM x"]],
    ["a continued line", "FROM x\nRUN a \\\n  b\n", ["0 FROM x", "0 RUN a   b"]],
    ["blanks after the backslash", "RUN a \\ \t\n b", ["-1 RUN a  b"]],
    ["Windows' line ends", "FROM x\r\nRUN a \\\r\n b\r\n", ["0 FROM x", "0 RUN a  b"]],
    ["a word in two lines", "RUN manage.py collect\\\nstatic", ["-1 RUN manage.py collectstatic"]],
    [
      "a comment between continued lines",
      "RUN a \\\n# why\n  && b\nUSER x",
      ["-1 RUN a   && b", "-1 USER x"],
    ],
    ["an empty line between continued lines", "RUN a \\\n\n  && b", ["-1 RUN a   && b"]],
    ["a comment's backslash", "# a \\\nRUN b", ["-1 RUN b"]],
    [
      "another escape",
      "# syntax=docker/dockerfile:1\n# escape=`\nRUN a `\n b\nCOPY c:\\\nUSER x",
      ["-1 RUN a  b", "-1 COPY c:\\", "-1 USER x"],
    ],
    [
      "a directive that comes too late",
      "# a comment\n# escape=`\nRUN a `\nRUN b",
      ["-1 RUN a `", "-1 RUN b"],
    ],
    ["a heredoc", "RUN <<EOF\nRUN a\n# b\nEOF\nRUN c", ["-1 RUN <<EOF\nRUN a\n# b", "-1 RUN c"]],
    ["one with a dash and quotes", "RUN <<-'X' sh\n\ta\n\tX\nRUN c", ["-1 RUN <<-'X' sh\n\ta", "-1 RUN c"]],
    ["two", "COPY <<a <<b /x/\n1\na\n2\nb\nUSER y", ["-1 COPY <<a <<b /x/\n1\n2", "-1 USER y"]],
    ["one that does not end", "RUN <<EOF\na", ["-1 RUN <<EOF\na"]],
    ["<< in a CMD", "CMD cat <<EOF\nUSER x", ["-1 CMD cat <<EOF", "-1 USER x"]],
    ["a here-string", "RUN cat <<<word\nUSER x", ["-1 RUN cat <<<word", "-1 USER x"]],
    ["small letters", "from x as y\nrun z", ["0 FROM x as y", "0 RUN z"]],
    [
      "two stages",
      "ARG V\nFROM a\nRUN b\nFROM c\nRUN d",
      ["-1 ARG V", "0 FROM a", "0 RUN b", "1 FROM c", "1 RUN d"],
    ],
    ["a continuation at the end", "RUN a \\", ["-1 RUN a"]],
    ["an instruction without anything", "FROM x\nRUN", ["0 FROM x", "0 RUN "]],
  ])("%s", (_, text, instructions) => expect(shown(text)).toEqual(instructions));

  it("says where an instruction begins", () =>
    expect(instructionsOf("# a\nFROM x\n\nRUN a \\\n b\nUSER y").map(({ line }) => line)).toEqual([2, 4, 6]));

  it("takes 100 kB in one line, and as many lines", () => {
    const started = Date.now();
    for (const text of ["${".repeat(50_000), "\\\n".repeat(50_000), "<<".repeat(50_000), " ".repeat(100_000)])
      instructionsOf(`FROM x\nRUN ${text}x`);
    expect(Date.now() - started).toBeLessThan(3000);
  });
});

const STAGES =
  "FROM --platform=$BUILDPLATFORM node:22 AS assets\nFROM python:3.13 AS Base\nEXPOSE 1\n" +
  "FROM base AS production\nEXPOSE 2\nFROM production as dev\nEXPOSE 3\n";

describe("the stages", () => {
  const lines = instructionsOf(STAGES);

  it("have names and bases", () =>
    expect(stagesOf(lines)).toEqual([
      { name: "assets", base: "node:22" },
      { name: "Base", base: "python:3.13" },
      { name: "production", base: "base" },
      { name: "dev", base: "production" },
    ]));

  it.each<[target: string, stage: number | undefined]>([
    ["", 3],
    ["production", 2],
    ["PRODUCTION", 2],
    ["0", 0],
    ["9", undefined],
    ["other", undefined],
  ])("%j is stage %s", (target, stage) => expect(stageOf(stagesOf(lines), target)).toBe(stage));

  it.each<[target: string, image: string, ports: string[]]>([
    ["production", "python:3.13", ["1", "2"]],
    ["", "python:3.13", ["1", "2", "3"]],
    ["assets", "node:22", []],
    ["other", "", []],
  ])("%j is made from %s", (target, image, ports) => {
    const made = instructionsFor(lines, target);
    expect(made.image).toBe(image);
    expect(made.lines.filter(({ name }) => name === "EXPOSE").map(({ rest }) => rest)).toEqual(ports);
  });

  it("a stage with the name of its own base is no circle", () =>
    expect(instructionsFor(instructionsOf("FROM python AS python\nRUN a"), "").image).toBe("python"));
});

it("argsOf has the names of all ARG lines", () =>
  expect(argsOf(instructionsOf("ARG A=1 B\nFROM x\nARG C=b \\\n  D\nRUN ARG E"))).toEqual([
    "A",
    "B",
    "C",
    "D",
  ]));

it("copiedOf lists what a Dockerfile copies from its context", () =>
  expect(
    copiedOf(
      instructionsOf(
        [
          "COPY --from=b /usr/bin/caddy /usr/bin/",
          "COPY --chown=1:1 caddy/Caddyfile \\",
          "  caddy/sites /etc/caddy/",
          'COPY ["a b", "x.txt", "/srv/"]',
          "ADD https://example.org/x /x",
          "COPY *.caddy /x",
        ].join("\n"),
      ),
    ),
  ).toEqual(["caddy/Caddyfile", "caddy/sites", "a", "b", "x.txt"]));

it("linesWith has each line of a heredoc, and no comment", () =>
  expect(
    linesWith(
      instructionsOf(
        "RUN a \\\n && collectstatic\nRUN <<EOF\ncollectstatic -c\n# collectstatic\nEOF\n# collectstatic",
      ),
      "collectstatic",
    ),
  ).toEqual(["RUN a  && collectstatic", "collectstatic -c"]));

it("envOf has the names that ENV sets", () =>
  expect(envOf(instructionsOf('ENV A=1 B="2 3" \\\n  C=4\nENV D 5'))).toEqual(["A", "B", "C", "D"]));
