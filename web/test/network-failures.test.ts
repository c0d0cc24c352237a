import { reasonToCode } from "@playground/wire/codec";
import { expect, it } from "vitest";
import { loadExplanations } from "../src/log/explanations.ts";
import { entryText } from "../src/log/notice-text.ts";
import { explainFailure, NETWORK_FAILURES } from "@playground/zone/explanations";

/** Every code that the wire knows, by the byte that stands for it. */
const CODES = [...new Set(Array.from({ length: 256 }, (_, reason) => reasonToCode(reason)))];

it.each(CODES)("%s is explained in both languages", (code) => {
  expect(explainFailure(code, "en")).toMatch(/^[A-Z][\x20-\x7e]+\. [A-Z][\x20-\x7e]+\.$/);
  expect(explainFailure(code, "ru")).toMatch(/^[А-Я].+\. [А-Я].*[а-я].*\.$/);
});

it("nothing else is explained", () => {
  expect(Object.keys(NETWORK_FAILURES).toSorted()).toEqual(CODES.toSorted());
});

/** What is said below an error about a name. */
const unknownHost = (machines: readonly string[], more = 0): string =>
  entryText({ level: "notice", text: "", notice: { code: "unknown-host", room: "lab", machines, more } });

it("an unknown name is explained with the room and who is there, whose names cannot turn the sentence round", async () => {
  await loadExplanations();
  const explained = explainFailure("unknown-host", "en");
  expect(unknownHost([])).toBe(`${explained} You are alone in the room lab.`);
  expect(unknownHost(["Маша", "pc\u202e-2\n"], 3)).toBe(`${explained} You are in the room lab. Others there: Маша, pc-2 and 3 more.`);
});
