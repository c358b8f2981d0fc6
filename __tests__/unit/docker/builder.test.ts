import { describe, expect, it } from "@jest/globals";
import { compareVersions, isClassic, parseInspect } from "../../../src/docker/builder.ts";
import { CLASSIC, CONTAINERD, OWN } from "../samples.ts";

const DOCKER = `Name:          default
Driver:        docker
Last Activity: 2026-11-21 10:31:02 +0000 UTC

Nodes:
Name:             default
Endpoint:         default
Status:           running
BuildKit version: v0.26.2
Platforms:        linux/amd64, linux/amd64/v2, linux/386
Labels:
 org.mobyproject.buildkit.worker.containerd.namespace: moby
 org.mobyproject.buildkit.worker.executor:             containerd
GC Policy rule#0:
 All:            false
`;

function own(driver: string, nodes: string): string {
  return `Name:          cont\nDriver:        ${driver}\nLast Activity: 2026-11-21\n\nNodes:\n${nodes}`;
}

const RUNNING = `Name:                  cont0
Endpoint:              unix:///var/run/docker.sock
Driver Options:        network="host"
Status:                running
BuildKit daemon flags: --allow-insecure-entitlement=network.host
BuildKit version:      v0.26.2
Platforms:             linux/amd64*, linux/amd64/v2, linux/arm64
Labels:
 org.mobyproject.buildkit.worker.executor: oci
`;

describe("docker buildx inspect", () => {
  it("tells the docker driver on the containerd store", () => {
    expect(parseInspect(DOCKER)).toEqual({
      ok: true,
      builder: CONTAINERD,
    });
  });

  it("tells the classic store by the label that is missing", () => {
    const classic = DOCKER.replace(/ org.mobyproject.*containerd\.namespace.*\n/, "");
    expect(parseInspect(classic)).toMatchObject({
      ok: true,
      builder: { driver: "docker", store: "classic" },
    });
  });

  it.each(["docker-container", "remote", "kubernetes", "cloud"])(
    "tells a builder with the %s driver",
    (driver) => {
      expect(parseInspect(own(driver, RUNNING))).toEqual({
        ok: true,
        builder: {
          name: "cont",
          driver,
          buildkit: "0.26.2",
          native: ["linux/amd64"],
          nodes: 1,
          replicas: 1,
          hostNetwork: driver === "docker-container",
          hasOwnImages: false,
        },
      });
    },
  );

  it("takes a builder that has not been started: its platforms are not known yet", () => {
    const inactive = "Name:     cont0\nEndpoint: unix:///var/run/docker.sock\nStatus:   inactive\n";
    expect(parseInspect(own("docker-container", inactive))).toEqual({
      ok: true,
      builder: { ...OWN, buildkit: "", native: [] },
    });
  });

  it.each([
    ["oci", false],
    ["containerd", true],
  ])("tells whether its worker shares the images of a containerd: %s", (executor, hasOwnImages) =>
    expect(
      parseInspect(own("remote", RUNNING.replace("executor: oci", `executor:     ${executor}`))),
    ).toMatchObject({
      builder: { hasOwnImages },
    }),
  );

  it.each([
    ["in the machine's network, with the entitlement", RUNNING, true],
    [
      "in the machine's network, entitled the other way",
      RUNNING.replace("=network.host", " network.host"),
      true,
    ],
    ["in a network of its own", RUNNING.replace(/Driver Options.*\n/, ""), false],
    ["in another network", RUNNING.replace('"host"', '"hostile"'), false],
    ["without the entitlement", RUNNING.replace(/BuildKit daemon flags.*\n/, ""), false],
  ])("tells whether a container shares the machine's network: %s", (_, nodes, hostNetwork) =>
    expect(parseInspect(own("docker-container", nodes))).toMatchObject({ builder: { hostNetwork } }),
  );

  describe("of several nodes", () => {
    const second = (platforms: string) =>
      RUNNING.replace("cont0", "cont1")
        .replace("v0.26.2", "v0.11.0")
        .replace(/Platforms:.*/, `Platforms:             ${platforms}`);
    const both = (node: string) => parseInspect(own("docker-container", `${RUNNING}\n${node}`));

    it("takes BuildKit's version from the first", () =>
      expect(both(second("linux/riscv64"))).toMatchObject({ builder: { buildkit: "0.26.2", nodes: 2 } }));

    it.each<[string, string, string[]]>([
      ["linux/arm64*, linux/arm/v7", "each has one of its own", ["linux/amd64", "linux/arm64"]],
      ["linux/amd64, linux/386", "both have the same one", ["linux/amd64"]],
      ["", "the second has not been started", ["linux/amd64"]],
    ])("takes what each runs without emulation, with %j: %s", (platforms, _, native) =>
      expect(both(second(platforms))).toMatchObject({ builder: { native } }),
    );

    it("takes the machine's network only where all share it", () => {
      const node = second("linux/arm64").replace(/Driver Options.*\n/, "");
      expect(both(node)).toMatchObject({ builder: { hostNetwork: false } });
    });

    it("takes those that run when another has an error", () => {
      const broken = "Name:     cont1\nEndpoint: ssh://x\nError:    connection refused\n";
      expect(both(broken)).toMatchObject({ ok: true, builder: { native: ["linux/amd64"] } });
    });
  });

  it.each([
    ['image="moby/buildkit",replicas="3"', 3],
    ["replicas=2", 2],
    ['replicas="1"', 1],
    ['namespace="replicas-of-mine"', 1],
  ])("counts the pods of a Kubernetes node: %s", (options, replicas) =>
    expect(parseInspect(own("kubernetes", RUNNING.replace('network="host"', options)))).toMatchObject({
      builder: { replicas },
    }),
  );

  it.each([
    ["v0.26.2", "0.26.2"],
    ["0.13.0", "0.13.0"],
    ["v0.17.2-rc1", "0.17.2-rc1"],
    ["v0.0.0+unknown", ""],
    ["", ""],
  ])("reads BuildKit's version %j as %j", (written, buildkit) => {
    expect(parseInspect(DOCKER.replace("v0.26.2", written))).toMatchObject({ builder: { buildkit } });
  });

  it.each([
    [
      "the engine is down",
      DOCKER.replace(
        /Status:.*$/s,
        "Error:            Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?\n",
      ),
      "Cannot connect to the Docker daemon",
    ],
    [
      "a remote builder is down",
      own(
        "remote",
        "Name:     r0\nEndpoint: tcp://127.0.0.1:1234\nError:    failed to find driver: context deadline exceeded\n",
      ),
      "context deadline exceeded",
    ],
    ["the builder itself has an error", "Name:   x\nDriver: docker-container\nError:  broken\n", "broken"],
    ["nothing was printed", "", "no builder was described"],
    ["something else was printed", "hello\n", "no builder was described"],
    ["there is no driver", "Name: x\n\nNodes:\n", "no builder was described"],
    ["the driver is a stranger", own("submarine", RUNNING), "the driver submarine is not known"],
  ])("says why when %s", (_, text, reason) => {
    expect(parseInspect(text)).toEqual({ ok: false, reason: expect.stringContaining(reason) });
  });
});

describe("versions", () => {
  it.each([
    ["0.15.0", "0.15", 0],
    ["0.15.1", "0.15", 0],
    ["0.14.9", "0.15", -1],
    ["0.9.0", "0.15", -1],
    ["0.100.0", "0.15", 1],
    ["1.0.0", "0.15", 1],
    ["v0.29.1", "0.15", 1],
    ["0.17.2-rc1", "0.17", 0],
    ["", "0.15", 0],
    ["unknown", "0.15", 0],
  ])("%j against %j", (a, b, sign) => expect(Math.sign(compareVersions(a, b))).toBe(sign));
});

describe("the classic store, which cannot attest", () => {
  it.each([
    ["the containerd store", CONTAINERD, false],
    ["the classic store", CLASSIC, true],
    ["a builder of its own", OWN, false],
  ])("%s: %#", (_, builder, is) => expect(isClassic(builder)).toBe(is));
});
