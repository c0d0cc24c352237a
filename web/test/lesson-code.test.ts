import { describe, expect, it } from "vitest";
import { LessonCode } from "../src/embed/lesson/lesson-code.ts";
import { safeStorage } from "../src/storage/safe-storage.ts";

const KEY = "zone-playground:lesson-code:a/b";
const FILES = [{ name: "main.luau", source: "print(1)\n", isProgram: true }];

/** A store that keeps what there is in `kept`. */
function storage(kept = new Map<string, string>()): ReturnType<typeof safeStorage> {
  return safeStorage(
    () =>
      ({
        getItem: (key: string) => kept.get(key) ?? null,
        setItem: (key: string, value: string) => kept.set(key, value),
        removeItem: (key: string) => kept.delete(key),
      }) as unknown as Storage,
  );
}

describe("a lesson's code in an element", () => {
  it("is kept for each lesson", () => {
    const kept = new Map<string, string>();
    const code = new LessonCode(storage(kept));
    expect(code.isLasting).toBe(true);
    expect(kept.size).toBe(0);
    expect(code.keep("a/b", { files: FILES, active: "main.luau" })).toBe(true);
    expect(new LessonCode(storage(kept)).of("a/b")).toEqual({ files: FILES, active: "main.luau" });
    expect(code.of("a/c")).toBeUndefined();
  });
  it("serves for the visit where nothing is kept, or too much would be, and leaves what is kept", () => {
    const shut = new LessonCode(safeStorage(() => undefined));
    expect(shut.isLasting).toBe(false);
    expect(shut.keep("a/b", { files: FILES, active: "" })).toBe(false);
    expect(shut.of("a/b")?.files).toEqual(FILES);
    const kept = new Map<string, string>();
    const code = new LessonCode(storage(kept));
    code.keep("a/b", { files: FILES, active: "" });
    const large = [{ name: "main.luau", source: "x".repeat(300_000), isProgram: true }];
    expect(code.keep("a/b", { files: large, active: "" })).toBe(false);
    expect(code.of("a/b")?.files).toEqual(large);
    expect(new LessonCode(storage(kept)).of("a/b")?.files).toEqual(FILES);
  });
  it.each(["", "[", "null", "3", '{"files":[]}', '{"files":[{"name":"a"}],"active":"a"}', '{"files":{}}'])("is none where %j is kept", (text) => {
    expect(new LessonCode(storage(new Map([[KEY, text]]))).of("a/b")).toBeUndefined();
  });
});
