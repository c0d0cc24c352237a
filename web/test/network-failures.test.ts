import { reasonToCode } from "@playground/wire/codec";
import { expect, it } from "vitest";
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
