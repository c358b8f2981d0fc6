/**
 * A gate in a Dockerfile: a step that a test sees begin, and that ends when the test opens the gate. The step asks a
 * server of the test, so the builder must give its steps the machine's own network.
 */
import { EventEmitter, once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterwards } from "./temporary.ts";

export interface Gate {
  /** The instruction that waits at the gate, for an image that has Python. */
  readonly instruction: string;
  /** Resolves when a build has come to the gate. */
  readonly reached: Promise<void>;
  /** Lets all builds pass, those that wait and those that come later. */
  open(): void;
}

/** Makes a gate that is closed. It is gone when the test file ends. */
export async function gate(): Promise<Gate> {
  const events = new EventEmitter();
  const reached = once(events, "reached").then(() => {});
  const opened = once(events, "opened");
  const server = createServer((_, answer) => {
    events.emit("reached");
    void opened.then(() => answer.end());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  afterwards(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const ask = `from http.client import HTTPConnection as C; c = C('127.0.0.1', ${port}); c.request('GET', '/'); c.getresponse()`;
  return {
    instruction: `RUN python -c "${ask}"`,
    reached,
    open: () => void events.emit("opened"),
  };
}
