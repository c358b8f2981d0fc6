/** A registry with faults: the lab's open one behind a proxy that answers some requests itself, or is slow. */
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Transform } from "node:stream";
import { REGISTRY } from "./lab.ts";
import { Registry } from "./registry.ts";
import { afterwards } from "./temporary.ts";

/** What the proxy answers by itself; `undefined` lets the registry answer. */
export type Mood = (
  method: string,
  path: string,
) => { status: number; headers?: Record<string, string>; body?: string } | undefined;

/**
 * Starts the proxy on loopback, where engines speak plain http. It ends with the test file.
 * @param speed bytes a second that it takes of each request
 */
export async function moodyRegistry(mood: Mood, speed = Number.POSITIVE_INFINITY): Promise<Registry> {
  const server = createServer((asked, answer) => {
    const own = mood(asked.method ?? "", asked.url ?? "");
    if (own === undefined) return passOn(asked, answer, speed);
    asked.resume().on("end", () => {
      answer.writeHead(own.status, { "content-type": "application/json", ...own.headers });
      answer.end(own.body ?? "");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  afterwards(() => close(server));
  return new Registry(`127.0.0.1:${(server.address() as AddressInfo).port}`);
}

/** The name of the same repository in the lab's registry itself, without the proxy. */
export function directly(image: string): string {
  return image.replace(/^[^/]+/, REGISTRY);
}

/** The error body of the distribution API. */
export function refusal(status: number, code: string): ReturnType<Mood> {
  return {
    status,
    body: JSON.stringify({ errors: [{ code, message: "requested access to the resource is denied" }] }),
  };
}

function passOn(asked: IncomingMessage, answer: ServerResponse, speed: number): void {
  const [hostname, port] = REGISTRY.split(":");
  const { method, url, headers } = asked;
  const onward = request({ hostname, port, method, path: url, headers }, (reply) => {
    answer.writeHead(reply.statusCode ?? 502, reply.headers);
    reply.pipe(answer);
  });
  onward.on("error", () => answer.destroy());
  // Who pushes may give up in the middle of an upload; the registry would wait for the rest, and we for the registry.
  answer.on("close", () => {
    if (!answer.writableFinished) onward.destroy();
  });
  asked.pipe(slowed(speed)).pipe(onward);
}

function slowed(speed: number): Transform {
  return new Transform({
    transform(chunk: Buffer, _, done) {
      setTimeout(() => done(null, chunk), (1000 * chunk.length) / speed);
    },
  });
}

function close(server: Server): void {
  server.closeAllConnections();
  server.close();
}
