import { afterEach, expect, test, vi } from "vitest";

afterEach(() => vi.unstubAllEnvs());

/** The helper as it is with this in the environment. */
async function withSoak(value: string | undefined): Promise<typeof import("../rounds.ts")> {
  vi.resetModules();
  vi.stubEnv("SOAK", value);
  return import("../rounds.ts");
}

test("what repeats takes few rounds, and all of them with SOAK=1", async () => {
  const counts = { short: 2, full: 200 };
  for (const value of [undefined, "", "0"]) expect((await withSoak(value)).rounds(counts)).toBe(2);
  const long = await withSoak("1");
  expect([long.isSoak, long.rounds(counts)]).toEqual([true, 200]);
});

test("another value is named, with what to do", async () => {
  await expect(withSoak("yes")).rejects.toThrow('SOAK is "yes"; set it to 1 for the long run, or leave it out');
});
