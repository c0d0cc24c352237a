import { type Lesson, LessonError, readLesson } from "../../src/index.ts";

/** A small lesson that is right, by path. */
export const RIGHT: Readonly<Record<string, string>> = {
  "lesson.json": `{ "format": 1, "minutes": 5, "programs": ["main.luau"], "failsAt": "one" }`,
  "lesson.en.md": text("Title", "Do it."),
  "lesson.ru.md": text("Название", "Сделайте."),
  "files/main.luau": "-- start",
  "solution/main.luau": "print(1)",
  "mistakes/two/main.luau": "print(2)",
  "check.luau": "",
};

/** A text of that lesson, with something in its step. */
export function text(title: string, body: string): string {
  return `# ${title}

## ${title}
::step{#one}

${body}

:::hint{mistake="two"}
${title}
:::
`;
}

/** The lesson with these files in place of its own; null takes one away. */
export function folder(changes: Readonly<Record<string, string | Uint8Array | null>> = {}): Map<string, Uint8Array> {
  const files = Object.entries({ ...RIGHT, ...changes }).flatMap(([path, content]) =>
    content === null ? [] : [[path, typeof content === "string" ? new TextEncoder().encode(content) : content] as const],
  );
  return new Map(files);
}

/** The same words in the step of both languages. */
export function withBody(body: string): Record<string, string> {
  return { "lesson.en.md": text("Title", body), "lesson.ru.md": text("Название", body) };
}

export function read(changes: Readonly<Record<string, string | Uint8Array | null>> = {}): Lesson {
  return readLesson(folder(changes), { id: "lesson" });
}

/** What a lesson with these files is refused for, one line a problem. */
export function refusal(changes: Readonly<Record<string, string | Uint8Array | null>>): string {
  try {
    read(changes);
  } catch (error) {
    if (error instanceof LessonError) return error.message;
    throw error;
  }
  return "";
}

/** The head of a PNG of this size. */
export function png(width: number, height: number): Uint8Array {
  const bytes = new Uint8Array(33);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
  new DataView(bytes.buffer).setUint32(16, width);
  new DataView(bytes.buffer).setUint32(20, height);
  return bytes;
}
