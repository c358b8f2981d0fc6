import { expect, it } from "@jest/globals";
import type { Done } from "../../../src/docker/docker.ts";
import { TemporaryNames } from "../../../src/publish/temporary-names.ts";

function names(...answers: (Done | Error)[]) {
  const removed: (readonly string[])[] = [];
  const temporary = new TemporaryNames({
    remove: async (names) => {
      const answer = answers[removed.push(names) - 1] ?? { ok: true };
      if (answer instanceof Error) throw answer;
      return answer;
    },
  });
  return { temporary, removed };
}

it("removes the names that were added, each once and all in one call", async () => {
  const { temporary, removed } = names();
  for (const name of ["a", "b", "a"]) temporary.add(name);
  expect(await temporary.removeAll()).toEqual({ ok: true });
  expect(await temporary.removeAll()).toEqual({ ok: true });
  expect(removed).toEqual([["a", "b"]]);
});

it("asks for nothing when there is nothing to remove", async () => {
  const { temporary, removed } = names();
  expect(await temporary.removeAll()).toEqual({ ok: true });
  expect(removed).toEqual([]);
});

it("keeps a name that stays after all", async () => {
  const { temporary, removed } = names();
  for (const name of ["a", "b"]) temporary.add(name);
  temporary.keep("a");
  await temporary.removeAll();
  expect(removed).toEqual([["b"]]);
});

it("removes later names after those that it removed already", async () => {
  const { temporary, removed } = names();
  temporary.add("a");
  temporary.removeSoon();
  temporary.add("b");
  await temporary.removeAll();
  expect(removed).toEqual([["a"], ["b"]]);
});

it("reports a removal that was refused, also an early one", async () => {
  const refused: Done = { ok: false, reason: "image is being used" };
  const { temporary } = names(refused);
  temporary.add("a");
  temporary.removeSoon();
  expect(await temporary.removeAll()).toEqual(refused);
});

it("fails at the end, and not before, when an early removal could not be started", async () => {
  const { temporary } = names(new Error("docker is gone"));
  temporary.add("a");
  temporary.removeSoon();
  await new Promise(setImmediate);
  await expect(temporary.removeAll()).rejects.toThrow("docker is gone");
});
