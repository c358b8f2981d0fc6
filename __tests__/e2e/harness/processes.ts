/** Processes of this machine, read from /proc, and what the harness needs to end a child with all that it started. */
import { readdirSync, readFileSync } from "node:fs";

export interface Process {
  readonly pid: number;
  readonly parent: number;
  /** The command line, its arguments with blanks between them. */
  readonly command: string;
}

export function processes(): Process[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
        const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
        const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
        return [{ pid: Number(pid), parent, command }];
      } catch {
        return []; // Ended while we looked.
      }
    });
}

/** Those whose command line holds `text`, but for our own process. */
export function processesOf(text: string): Process[] {
  return processes().filter(({ pid, command }) => pid !== process.pid && command.includes(text));
}

/** Everything that `pid` started and what those started, youngest first. */
export function descendants(pid: number): number[] {
  const all = processes();
  const found: number[] = [];
  const queue = [pid];
  for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
    for (const child of all.filter(({ parent }) => parent === at)) {
      found.unshift(child.pid);
      queue.push(child.pid);
    }
  }
  return found;
}

/** SIGKILL for a process and all its descendants. */
export function killTree(pid: number): void {
  for (const one of [...descendants(pid), pid]) {
    try {
      process.kill(one, "SIGKILL");
    } catch {
      // Ended by itself.
    }
  }
}
