/**
 * `npm start`: ships sample/ with the bundle in dist/, pulls it back by its pinned ref, prints the outputs.
 * `npm start -- --broken`: ships the sample with one fault of each kind, and shows what the step says.
 */
import { execFileSync } from "node:child_process";
import { showFaults } from "./broken.ts";
import { Demo } from "./demo.ts";

const [option, ...more] = process.argv.slice(2);
if (more.length > 0 || (option !== undefined && option !== "--broken")) {
  console.error(
    "npm start                ships the sample app\nnpm start -- --broken    shows what the step says to faults",
  );
  process.exitCode = 2;
} else {
  const failed = option === "--broken" ? await showFaults() : await shipSample();
  process.exitCode = failed ? 1 : 0;
}

async function shipSample(): Promise<boolean> {
  const demo = new Demo();
  try {
    // A new run number each time, so that the demo can be run again.
    const { status, outputs } = await demo.step(Math.floor(Date.now() / 1000), {});
    const { pinned = "" } = outputs;
    if (status !== 0 || pinned === "") return true;
    console.log("\nPulling it back by its pinned ref:");
    execFileSync("docker", ["pull", "--quiet", pinned], { stdio: "inherit" });
    execFileSync("docker", ["image", "rm", pinned], { stdio: "ignore" });
    console.log("\nThe outputs that a deploy job gets:");
    for (const [name, value] of Object.entries(outputs))
      console.log(`  ${name}=${value.length > 100 ? `${value.slice(0, 100)}…` : value}`);
    console.log('\nLook further: eval "$(bash lab/lab.sh env)" && docker buildx imagetools inspect', pinned);
    return false;
  } finally {
    demo.end();
  }
}
