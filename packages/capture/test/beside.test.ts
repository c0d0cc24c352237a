import { expect, test } from "vitest";
import { captureOf, type Ladder } from "@playground/capture";
import { BEGINNING, bytesOf, ProgramTeller } from "./support/program-teller.ts";
import { MACHINE } from "./support/sample.ts";

const LOCAL = { address: MACHINE, port: 50_000 };
const REMOTE = { address: MACHINE, port: 80 };
const client = (): ProgramTeller => new ProgramTeller("client.luau").connect(0, 1, MACHINE, 80).opened(1, 1, LOCAL, REMOTE);
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** What is beside the arrow that holds this text. */
function beside(ladder: Ladder, own: string, reach: number): readonly [string[], string[]] {
  const item = ladder.items.find((one) => one.shape === "arrow" && one.piece !== undefined && text(one.piece.bytes) === own);
  const { before, after } = ladder.beside(item?.id ?? 0, reach);
  return [before.map(({ bytes }) => text(bytes)), after.map(({ bytes }) => text(bytes))];
}

test("bytes beside an arrow are those of its direction, nearest first, and no more than are asked for", () => {
  const teller = client();
  for (const [index, word] of ["abc", "def", "ghi", "jkl", "mno"].entries()) teller.send(2 + index, 1, bytesOf(word)).arrive(2.5 + index, 1, bytesOf("x"));
  const { ladder } = captureOf([teller.run(1)]);
  expect(beside(ladder, "ghi", 100)).toEqual([
    ["def", "abc"],
    ["jkl", "mno"],
  ]);
  expect(beside(ladder, "ghi", 4)).toEqual([
    ["def", "c"],
    ["jkl", "m"],
  ]);
  expect(beside(ladder, "abc", 1)).toEqual([[], ["d"]]);
  expect(beside(ladder, "ghi", 0)).toEqual([[], []]);
  expect(ladder.beside(0, 10)).toEqual({ before: [], after: [] });
});

/** A send of so many bytes, of which these were kept. */
const send = (offset: number, size: number, data: string) => ({
  type: "send" as const,
  at: BEGINNING + 2 + offset,
  connection: 1,
  offset,
  size,
  asked: size,
  bytes: bytesOf(data),
});

test("no byte between them is missing", () => {
  // The second is cut, and between the third and the fourth there are bytes that nobody saw.
  const teller = client()
    .add(send(0, 2, "ab"))
    .add(send(2, 9, "cd"))
    .add(send(11, 2, "ef"))
    .add(send(20, 2, "gh"));
  const { ladder } = captureOf([teller.run(1)]);
  expect(beside(ladder, "ab", 100)).toEqual([[], ["cd"]]);
  expect(beside(ladder, "cd", 100)).toEqual([["ab"], []]);
  expect(beside(ladder, "ef", 100)).toEqual([[], []]);
  expect(beside(ladder, "gh", 100)).toEqual([[], []]);
});
