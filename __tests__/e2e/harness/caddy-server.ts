/**
 * A real Caddy that serves adapted Caddyfiles on loopback ports: its upstreams answer with what they saw, and its folders
 * have files that say which they are.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import {
  createServer,
  Agent as HttpAgent,
  type IncomingHttpHeaders,
  request as overHttp,
  type Server,
} from "node:http";
import { Agent as HttpsAgent, request as overHttps } from "node:https";
import { type AddressInfo, createServer as createListener } from "node:net";
import { dirname, join, resolve } from "node:path";
import type { World } from "../../../src/checks/caddy/routes/ways.ts";
import { environment } from "./lab.ts";
import { afterwards, folder } from "./temporary.ts";

export type Json = Record<string, unknown>;

/** What a client asks. */
export interface RealRequest {
  readonly method: string;
  readonly https: boolean;
  readonly port: number;
  readonly host: string;
  /** The server's name for TLS. */
  readonly name: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What it got. */
export interface RealAnswer {
  /** `cut` when the connection was closed without an answer. */
  readonly status: number | "cut";
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What an upstream saw, which it sends in the header `x-upstream`. */
export interface Seen {
  readonly port: number;
  readonly method: string;
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
}

/** Files below each folder that a configuration serves. */
const FILES = [
  "index.html",
  "app.css",
  "a b.txt",
  "404.html",
  "admin/css/base.css",
  "static/admin/css/base.css",
  "static/app.js",
  "media/photo.jpg",
  "photo.jpg",
  "sub/index.html",
  "sub/page.html",
  "docs/page.html",
];

/** The `caddy` of an image, copied out of it. */
export function caddyOf(image: string): string {
  const target = join(folder("caddy-program"), "caddy");
  const docker = (...args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync("docker", args, { encoding: "utf8", env: environment() });
    if (status !== 0) throw new Error(`docker ${args.join(" ")}: ${stderr}`);
    return stdout.trim();
  };
  const container = docker("create", image);
  try {
    docker("cp", "-q", `${container}:/usr/bin/caddy`, target);
  } finally {
    docker("rm", container);
  }
  return target;
}

/** One Caddy, its upstreams and its folders. */
export class RealCaddy {
  readonly #folder = folder("caddy");
  readonly #socket = join(this.#folder, "admin");
  readonly #http = new HttpAgent({ keepAlive: true });
  readonly #https = new HttpsAgent({ keepAlive: true });
  readonly #upstreams = new Map<string, Server>();
  readonly #ports = new Map<string, number>();
  #process: ChildProcess | undefined;
  #log = "";

  /** Starts it with nothing to serve. */
  async start(program: string): Promise<void> {
    const config = join(this.#folder, "config.json");
    writeFileSync(config, JSON.stringify({ admin: this.#admin() }));
    // It writes certificates and its last configuration into its home.
    const env = { PATH: process.env.PATH, HOME: this.#folder };
    this.#process = spawn(program, ["run", "--config", config], { env, cwd: this.#folder });
    this.#process.stderr?.on("data", (text: Buffer) => {
      this.#log = (this.#log + text.toString()).slice(-20_000);
    });
    afterwards(() => this.#end());
    await until(
      () => existsSync(this.#socket),
      () => `caddy did not start: ${this.#log}`,
    );
  }

  #admin(): Json {
    return { listen: `unix/${this.#socket}`, origins: ["localhost"], config: { persist: false } };
  }

  async #end(): Promise<void> {
    this.#http.destroy();
    this.#https.destroy();
    for (const server of this.#upstreams.values()) server.close().closeAllConnections();
    const ended = new Promise((done) => this.#process?.once("exit", done));
    if (this.#process?.exitCode === null && this.#process.kill()) await ended;
  }

  /** What it makes of a Caddyfile; undefined when it refuses it. */
  async adapt(caddyfile: string): Promise<Json | undefined> {
    const { status, body } = await this.#ask("/adapt", caddyfile, "text/caddyfile");
    return status === 200 ? ((JSON.parse(body) as Json).result as Json) : undefined;
  }

  /**
   * Serves an adapted Caddyfile, with its upstreams, folders and ports replaced by those of this machine.
   * @returns the configuration as it is served; undefined when Caddy refuses it (a plugin's handler, say)
   */
  async serve(adapted: Json): Promise<Json | undefined> {
    const http = (adapted.apps as Json | undefined)?.http as Json | undefined;
    if (http === undefined) return undefined;
    const here = structuredClone(http);
    // Other ports each time: the configuration of before may still answer on its own.
    this.#ports.clear();
    here.http_port = await this.#portFor("80");
    here.https_port = await this.#portFor("443");
    for (const server of Object.values((here.servers ?? {}) as Record<string, Json>)) {
      const listen = (server.listen ?? []) as string[];
      server.listen = await Promise.all(
        listen.map(async (one) => `127.0.0.1:${await this.#portFor(/\d+$/.exec(one)?.[0] ?? "80")}`),
      );
      delete server.logs;
      server.protocols = ["h1"];
      // Certificates of its own are not here.
      if (server.tls_connection_policies !== undefined) server.tls_connection_policies = [{}];
    }
    await this.#replaceIn(here);
    const config = {
      admin: this.#admin(),
      logging: { logs: { default: { level: "ERROR" } } },
      apps: {
        http: here,
        tls: { automation: { policies: [{ issuers: [{ module: "internal" }] }] } },
        pki: { certificate_authorities: { local: { install_trust: false } } },
      },
    };
    const { status } = await this.#ask("/load", JSON.stringify(config), "application/json");
    return status === 200 ? here : undefined;
  }

  async #replaceIn(value: unknown): Promise<void> {
    if (typeof value !== "object" || value === null) return;
    for (const [key, inner] of Object.entries(value as Json)) {
      if (typeof inner !== "string") await this.#replaceIn(inner);
      else if (key === "dial" && !inner.includes("{")) (value as Json)[key] = await this.#upstream(inner);
      else if (key === "root" && inner.startsWith("/")) (value as Json)[key] = this.#filled(inner);
    }
  }

  /** A port of this machine in place of a port of a Caddyfile. */
  async #portFor(port: string): Promise<number> {
    const known = this.#ports.get(port) ?? (await freePort());
    this.#ports.set(port, known);
    return known;
  }

  /** The address of a server that answers with what it saw. */
  async #upstream(name: string): Promise<string> {
    let server = this.#upstreams.get(name);
    if (server === undefined) {
      server = createServer((request, response) => {
        const { method = "", url = "", headers } = request;
        const seen: Seen = { port: request.socket.localPort ?? 0, method, target: url, headers };
        // In a header, because the answer to HEAD has no body.
        response.setHeader("x-upstream", encodeURIComponent(JSON.stringify(seen)));
        response.end();
      });
      await new Promise<void>((done) => server?.listen(0, "127.0.0.1", done));
      this.#upstreams.set(name, server);
    }
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  #filled(root: string): string {
    const path = join(this.#folder, "roots", root);
    for (const file of existsSync(path) ? [] : FILES) {
      const whole = join(path, file);
      mkdirSync(dirname(whole), { recursive: true });
      writeFileSync(whole, `FILE ${whole}`);
    }
    return path;
  }

  /** What there is to know about the files that it sees, and about its upstreams. */
  readonly world: World = (question) => {
    const [, kind = "", path = ""] = /^(file|folder) (.*)$/.exec(question) ?? [];
    if (kind !== "") {
      const found = statSync(resolve(this.#folder, path), { throwIfNoEntry: false });
      return found !== undefined && (kind === "folder") === found.isDirectory();
    }
    const [, codes] = /^status (\S+) of/.exec(question) ?? [];
    return codes?.split("|").some((code) => code === "2" || code === "200");
  };

  /** Asks it as a client does. */
  async ask({ https, port, name, method, target, host, headers }: RealRequest): Promise<RealAnswer> {
    const options = {
      host: "127.0.0.1",
      port,
      method,
      path: target,
      headers: { ...headers, host },
      setHost: false,
    };
    const once = () =>
      https
        ? answerTo(overHttps({ ...options, servername: name, rejectUnauthorized: false, agent: this.#https }))
        : answerTo(overHttp({ ...options, agent: this.#http }));
    // A certificate is made when the configuration is loaded, which takes a moment.
    for (let tries = 0; ; tries++) {
      try {
        return await once();
      } catch (error) {
        const { code = "" } = error as NodeJS.ErrnoException;
        if (code === "ECONNRESET" && tries > 0) return { status: "cut", headers: {}, body: "" };
        if (tries > 40)
          throw new Error(`${https ? "https" : "http"}://${host}:${port}${target}: ${error}\n${this.#log}`);
        if (code !== "ECONNRESET") await new Promise((done) => setTimeout(done, 50));
      }
    }
  }

  async #ask(path: string, body: string, type: string): Promise<RealAnswer> {
    const headers = { "content-type": type };
    for (let tries = 0; ; tries++) {
      try {
        // Caddy starts its admin endpoint anew with each configuration, so no connection is kept.
        const options = { socketPath: this.#socket, path, method: "POST", headers, agent: false };
        return await answerTo(overHttp(options), body);
      } catch (error) {
        if (tries > 20) throw error;
        await new Promise((done) => setTimeout(done, 50));
      }
    }
  }
}

function answerTo(request: ReturnType<typeof overHttp>, body = ""): Promise<RealAnswer> {
  return new Promise((resolve, reject) => {
    request.on("error", reject);
    request.once("response", (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (part: string) => {
        text += part;
      });
      response.on("error", reject);
      response.once("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
      );
    });
    request.end(body);
  });
}

async function freePort(): Promise<number> {
  const listener = createListener();
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const { port } = listener.address() as AddressInfo;
  await new Promise((resolve) => listener.close(resolve));
  return port;
}

async function until(holds: () => boolean, why: () => string): Promise<void> {
  for (let tries = 0; !holds(); tries++) {
    if (tries > 200) throw new Error(why());
    await new Promise((done) => setTimeout(done, 50));
  }
}
