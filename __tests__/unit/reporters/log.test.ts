import { describe, expect, it } from "@jest/globals";
import { Log } from "../../../src/reporters/log.ts";
import { randomStrings } from "../random.ts";

/** What the runner makes of the output: the commands that it obeys, and the lines that it prints. */
function obeyed(output: string): { commands: string[]; lines: string[]; open: boolean } {
  let token: string | undefined;
  const commands: string[] = [];
  const lines: string[] = [];
  // .NET's ReadLine ends a line at \n, \r and \r\n, and the runner trims what stands before a command.
  for (const line of output.split(/\r\n|\n|\r/)) {
    const command = /^\s*::([^:\s]+)(?: [^:]*)?::(.*)$/s.exec(line);
    const old = /##\[[^\]]+\]/.test(line);
    if (token !== undefined) {
      if (command?.[1] === token) token = undefined;
      else lines.push(line);
    } else if (command?.[1] === "stop-commands") token = command[2];
    else if (command || old) commands.push(line.trim());
    else if (line !== "") lines.push(line);
  }
  return { commands, lines, open: token !== undefined };
}

function written(act: (log: Log) => void): string {
  let text = "";
  const log = new Log((part) => {
    text += part;
  });
  act(log);
  log.close();
  return text;
}

const HOSTILE = [
  "::error::x",
  "::set-output name=tag::evil",
  "  ::add-mask::x",
  "\t::warning::x",
  "##[error]x",
  "##[set-env name=A]b",
  "a\n::error::x",
  "a\r::error::x",
  "a\r\n::error::x",
  "a\n\r::error::x",
  "\u0000::error::x",
  "a\u000b::error::x",
  "a\u0085::error::x",
  "a\u2028::error::x",
  "::stop-commands::mine",
  "::endgroup::",
  "::",
  "::mine::",
];

describe("a line", () => {
  it.each(HOSTILE)("is not taken for a command: %j", (text) => {
    expect(obeyed(written((log) => log.line(text))).commands).toEqual([]);
  });

  it("cannot end the fence by guessing its word", () => {
    const output = written((log) => {
      for (const text of randomStrings(200, ["::", "a", "0", "stop-commands", "\n", "\r", " ", "##["]))
        log.line(text);
    });
    expect(obeyed(output)).toMatchObject({ commands: [], open: false });
  });

  it("is behind a new fence in each log", () => {
    const fences = [1, 2, 3].map(() => /^::stop-commands::(.*)$/m.exec(written((log) => log.line("x")))?.[1]);
    expect(new Set(fences).size).toBe(3);
    for (const fence of fences) expect(fence).toMatch(/^[0-9a-f]{32}$/);
  });

  it.each([
    ["plain", "plain\n"],
    ["", "\n"],
    ["a\nb", "a\nb\n"],
    ["10%\r50%\r100%", "10%\n50%\n100%\n"],
    ["\u001b[31mred\u001b[0m", "\u001b[31mred\u001b[0m\n"],
    ["a\u0000b\u0007c\u007fd", "abcd\n"],
    [
      "\u001b[1;38;5;9mred\u001b[m \u001b[38:2::1:2:3mx",
      "\u001b[1;38;5;9mred\u001b[m \u001b[38:2::1:2:3mx\n",
    ],
    ["\u001b[2K\u001b[1G\u001b[?25ldownloading\u001b[3A", "downloading\n"],
    ["tab\tstays", "tab\tstays\n"],
    ["ü — 🚢", "ü — 🚢\n"],
  ])("%j is printed as %j", (text, printed) => {
    expect(written((log) => log.line(text)).replace(/^::.*::.*\n/gm, "")).toBe(printed);
  });
});

describe("a fold", () => {
  it("is opened and closed by commands, with fenced lines between them", () => {
    const output = written((log) => {
      log.group("Build");
      log.line("::error::x");
      log.endGroup();
    });
    expect(obeyed(output)).toEqual({
      commands: ["::group::Build", "::endgroup::"],
      lines: ["::error::x"],
      open: false,
    });
  });

  it.each(HOSTILE.filter((text) => !text.startsWith("##")))("has a title of one line: %j", (title) => {
    const { commands, lines } = obeyed(written((log) => log.group(title)));
    expect(commands).toHaveLength(1);
    expect(commands[0]?.startsWith("::group::")).toBe(true);
    expect(lines).toEqual([]);
  });
});

describe("a command of ours", () => {
  it("is written outside the fence, which is closed only for it", () => {
    let text = "";
    const log = new Log((part) => {
      text += part;
    });
    log.line("::error::theirs");
    log.outside(() => {
      text += "::notice::ours\n";
    });
    log.line("::error::theirs again");
    log.close();
    expect(obeyed(text)).toEqual({
      commands: ["::notice::ours"],
      lines: ["::error::theirs", "::error::theirs again"],
      open: false,
    });
  });
});

describe("the end", () => {
  it("leaves the runner obeying commands", () =>
    expect(obeyed(written((log) => log.line("x"))).open).toBe(false));
  it("writes nothing if nothing was written before", () => expect(written(() => {})).toBe(""));
  it("may be called twice", () => expect(obeyed(written((log) => log.close())).open).toBe(false));
});
