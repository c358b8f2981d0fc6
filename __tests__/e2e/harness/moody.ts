/** A registry in a mood: the lab's open one behind a proxy that answers some requests itself. */
import { createServer, type IncomingMessage, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { REGISTRY } from "./lab.ts";
import { Registry } from "./registry.ts";
import { afterwards } from "./temporary.ts";

/** What the proxy answers by itself; undefined passes the request on. */
export type Mood = (
  method: string,
  path: string,
) => { status: number; headers?: Record<string, string>; body?: string } | undefined;

/** Starts the proxy on loopback, where engines speak plain http. It ends with the test file. */
export async function moodyRegistry(mood: Mood): Promise<Registry> {
  const server = createServer((asked, answer) => {
    const own = mood(asked.method ?? "", asked.url ?? "");
    if (own === undefined) return passOn(asked, answer);
    asked.resume().on("end", () => {
      answer.writeHead(own.status, { "content-type": "application/json", ...own.headers });
      answer.end(own.body ?? "");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  afterwards(() => close(server));
  return new Registry(`127.0.0.1:${(server.address() as AddressInfo).port}`);
}

/** The error body of the distribution API. */
export function refusal(status: number, code: string): ReturnType<Mood> {
  return {
    status,
    body: JSON.stringify({ errors: [{ code, message: "requested access to the resource is denied" }] }),
  };
}

function passOn(asked: IncomingMessage, answer: import("node:http").ServerResponse): void {
  const [hostname, port] = REGISTRY.split(":");
  const { method, url, headers } = asked;
  const onward = request({ hostname, port, method, path: url, headers }, (reply) => {
    answer.writeHead(reply.statusCode ?? 502, reply.headers);
    reply.pipe(answer);
  });
  onward.on("error", () => answer.destroy());
  asked.pipe(onward);
}

function close(server: Server): void {
  server.closeAllConnections();
  server.close();
}
