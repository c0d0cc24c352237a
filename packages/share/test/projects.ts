import * as fc from "fast-check";
import { captureText, type SharedProject } from "../src/index.ts";

/** Names as readers choose them, in more than one script. */
const name = fc.stringMatching(/^[a-zа-яё0-9_][a-zа-яё0-9_.-]{0,20}$/u).map((stem) => `${stem}.luau`);

/** Any project that can be made in the page: sources hold whatever a text can hold, half a surrogate pair included. */
export const anyProject: fc.Arbitrary<SharedProject> = fc.uniqueArray(name, { minLength: 1, maxLength: 8 }).chain((names) =>
  fc.record(
    {
      title: fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }).filter((title) => title.trim() !== "" && !/\p{Cc}/u.test(title)),
      files: fc.tuple(
        ...names.map((each) => fc.record({ name: fc.constant(each), source: fc.string({ unit: "binary", maxLength: 300 }), isProgram: fc.boolean() })),
      ),
      open: fc.constantFrom(...names),
      settings: fc.dictionary(fc.stringMatching(/^[a-z][a-z-]{0,9}$/), fc.oneof(fc.boolean(), fc.integer(), fc.string({ maxLength: 20 })), {
        maxKeys: 4,
        noNullPrototype: true,
      }),
      room: fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/),
      capture: fc.uint8Array({ maxLength: 300 }).map(captureText),
    },
    { requiredKeys: ["files"] },
  ),
);

/** The project as it comes back: what says nothing is not kept. */
export function normal(project: SharedProject): SharedProject {
  const { open, settings, ...rest } = project;
  return {
    ...rest,
    ...(open !== undefined && open !== project.files[0]?.name && { open }),
    ...(settings !== undefined && Object.keys(settings).length > 0 && { settings }),
  };
}

export const chat: SharedProject = {
  title: "Чат – chat",
  files: [
    { name: "server.luau", source: 'local words = require("./слова")\nprint(words.hello, "😀")\n', isProgram: true },
    { name: "слова.luau", source: 'return { hello = "привет" }\r\n', isProgram: false },
  ],
  open: "слова.luau",
  settings: { check: "strict", folded: true, tab: 4 },
  room: "abcd-efgh-jkmn",
};
