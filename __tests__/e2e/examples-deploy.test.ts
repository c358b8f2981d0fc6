/** The workflows of docs/examples that deploy: what their deploy jobs received. */
import { describe, expect, it, jest } from "@jest/globals";
import { registry } from "./harness/registry.ts";
import {
  below,
  DEPLOYING,
  expectGreen,
  forMatrixOutputs,
  PULL_REQUEST,
  PUSH,
  place,
  play,
  playedHere,
  shop,
  textIn,
} from "./harness/workflow.ts";

jest.setTimeout(300_000);

describe("single.yml", () => {
  it("gives the deploy job the reference of the image that was released", async () => {
    const { images, there } = place("shop");
    const played = await play("single", { event: PUSH, files: shop(), rewrite: there });
    expectGreen(played);
    const released = await registry.manifest(`${images}/shop`, "build-7");
    expect(played.deployed).toEqual([`${images}/shop@${released?.digest}`]);
  });

  it("does not deploy on a pull request", async () => {
    const { images, there } = place("shop");
    const played = await play("single", { event: PULL_REQUEST, files: shop(), rewrite: there });
    expectGreen(played);
    expect(played.deployed).toEqual([]);
    expect(await registry.tags(`${images}/shop`)).toEqual([]);
  });
});

const rewriteTo = (there: (text: string) => string) => (workflow: string) =>
  forMatrixOutputs(there(workflow));

it.each(["matrix", "artifacts"] as const)(
  "%s.yml gives each app's deploy job that app's image",
  async (name) => {
    const { images, there } = place("shop", "blog");
    const apps = { ...below("apps/shop", shop()), ...below("apps/blog", shop()) };
    // Not every folder next to the apps is one.
    const files = { ...apps, "apps/README.md": "Ours\n" };
    const played = await play(name, { event: PUSH, files, rewrite: rewriteTo(there) });
    expectGreen(played);
    const digest = async (app: string) => (await registry.manifest(`${images}/${app}`, "build-7"))?.digest;
    expect(played.deployed).toEqual([
      `blog ${images}/blog@${await digest("blog")}`,
      `shop ${images}/shop@${await digest("shop")}`,
    ]);
  },
);

it("matrix.yml deploys nothing when one app failed, and says which", async () => {
  const { images, there } = place("shop", "blog");
  const blog = shop();
  const broken = { ...blog, "shop/models.py": `${textIn(blog, "shop/models.py")}\nx = models.Nothing()\n` };
  const files = { ...below("apps/shop", shop()), ...below("apps/blog", broken) };
  const played = await play("matrix", { event: PUSH, files, rewrite: rewriteTo(there) });
  expect(played.code).not.toBe(0);
  expect(played.deployed).toEqual([]);
  expect(played.log).toMatch(/Collect failed::blog: error\. Checks could not run/);
  expect(await registry.tags(`${images}/shop`)).toEqual(["build-7"]);
  expect(await registry.tags(`${images}/blog`)).toEqual([]);
});

describe("artifacts.yml", () => {
  it("deploys nothing when no leg came as far as the step, and says which apps are missing", async () => {
    const files = { ...below("apps/shop", shop()), ...below("apps/blog", shop()) };
    const rewrite = (workflow: string) => workflow.replace("password: ${{ github.token }}", "password: ''");
    const played = await play("artifacts", { event: PUSH, files, rewrite });
    expect(played.code).not.toBe(0);
    expect(played.deployed).toEqual([]);
    expect(played.log).toContain(
      "Collect failed::Missing: blog, shop. Its leg did not run, or did not upload",
    );
  });

  it("collects a single app too", async () => {
    const { images, there } = place("shop");
    const files = below("apps/shop", shop());
    const played = await play("artifacts", { event: PUSH, files, rewrite: there });
    expectGreen(played);
    const released = await registry.manifest(`${images}/shop`, "build-7");
    expect(played.deployed).toEqual([`shop ${images}/shop@${released?.digest}`]);
  });
});

it("every example that deploys was played", () => expect(playedHere()).toEqual(DEPLOYING));
