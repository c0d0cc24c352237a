import * as fc from "fast-check";
import { expect, test } from "vitest";
import { isRoomName, isRoomNameInAnyCase, MAX_ROOM_NAME_LENGTH, roomNameOf } from "../src/index.ts";

test.each([
  ["lesson-7b", "lesson-7b"],
  ["Lesson-7B", "lesson-7b"],
  ["урок-7б", "urok-7b"],
  ["УРОК 7Б", "urok-7b"],
  ["щука_ёлка", "shchuka_elka"],
  ["їжак і ґанок", "izhak-i-ganok"],
  ["й".normalize("NFD"), "i"],
  ["Café", "cafe"],
  ["Größe", "grosse"],
  ["Łódź", "lodz"],
  ["  a.b ", "a-b"],
])("%s is the room %s", (text, name) => {
  expect(roomNameOf(text)).toBe(name);
  // Whoever copies the name that the page shows gets the same room.
  expect(roomNameOf(name)).toBe(name);
});

test.each(["", " ", "課", "a/b", "a%20b", "ъ", "x".repeat(MAX_ROOM_NAME_LENGTH + 1), "a\u202eb", "𝕬😀"])("%j gives no name", (text) => {
  expect(roomNameOf(text)).toBeUndefined();
});

test("whatever the text, what comes out is a name that stays what it is", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 80 }), (text) => {
      const name = roomNameOf(text);
      if (name === undefined) return;
      expect(isRoomName(name)).toBe(true);
      expect(roomNameOf(name)).toBe(name);
    }),
  );
});

test("a name in capitals is one that links may have; a letter that only turns into a capital is none", () => {
  expect(["Lab-7B", "lab", "A".repeat(64)].map(isRoomNameInAnyCase)).toEqual([true, true, true]);
  expect(["", "\u212A", "\u017F", "a b", "A".repeat(65)].map(isRoomNameInAnyCase)).toEqual([false, false, false, false, false]);
});
