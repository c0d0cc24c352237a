import { expect, it, vi } from "vitest";
import { hasExplanations, loadExplanations, withWords } from "../src/log/explanations.ts";
import { ExplainedMessages } from "../src/programs/explained-messages.ts";
import type { WorkerMessage } from "../src/programs/worker/messages.ts";

const EXPLAINED: WorkerMessage = {
  type: "console",
  entries: [
    { level: "error", text: "a.luau:1: attempt to call a nil value" },
    { level: "notice", text: "", notice: { code: "error-explained", explanation: { kind: "nil-called", name: "prnt", nearest: "print" } } },
  ],
  skipped: 0,
};
const BYE: WorkerMessage = { type: "console", entries: [{ level: "print", text: "bye" }], skipped: 0 };
const FAILED: WorkerMessage = { type: "state", state: "failed" };
const FINISHED: WorkerMessage = { type: "finished" };
const STATS: WorkerMessage = { type: "stats", frameMs: 0, memoryBytes: 0, connections: 0, bytesIn: 0, bytesOut: 0 };

function receiver() {
  const received: WorkerMessage[] = [];
  return { received, messages: new ExplainedMessages((message) => received.push(message)) };
}

it("where the words cannot be had, the error is shown without them, and the next one tries again", async () => {
  vi.doMock("../src/log/explanation-words.ts", () => {
    throw new Error("the bridge is away");
  });
  const { messages, received } = receiver();
  messages.push(EXPLAINED);
  messages.push(FINISHED);
  await vi.waitFor(() => expect(received).toEqual([EXPLAINED, FINISHED]));
  expect(hasExplanations()).toBe(false);
  expect(withWords(EXPLAINED.entries)).toEqual([EXPLAINED.entries[0]]);
  vi.doUnmock("../src/log/explanation-words.ts");
});

it("nothing overtakes an error whose explanation is being fetched, and other news does not wait", async () => {
  const { messages, received } = receiver();
  messages.push(BYE);
  expect(received).toEqual([BYE]);
  for (const message of [EXPLAINED, BYE, STATS, FAILED, FINISHED]) messages.push(message);
  expect(received).toEqual([BYE, STATS]);
  await loadExplanations();
  await vi.waitFor(() => expect(received).toEqual([BYE, STATS, EXPLAINED, BYE, FAILED, FINISHED]));
  // The words are here from now on.
  expect(withWords(EXPLAINED.entries)).toEqual(EXPLAINED.entries);
  messages.push(EXPLAINED);
  expect(received.at(-1)).toBe(EXPLAINED);
});
