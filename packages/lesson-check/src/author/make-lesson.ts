import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { LessonError } from "@playground/lessons";

/** Makes a folder with a lesson that passes `check`, and gives what to do next. @throws {LessonError} where there is something already */
export function makeLesson(target: string, from: string): string {
  const folder = resolve(from, target);
  if (existsSync(folder)) throw new LessonError([{ file: target, message: "this is there already; name a new folder" }]);
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(basename(folder))) {
    throw new LessonError([{ file: target, message: "the folder's name is the lesson's id: a to z, 0 to 9, and single dashes" }]);
  }
  for (const [path, text] of Object.entries(SKELETON)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  const course = existsSync(join(dirname(folder), "course.json")) ? `Add "${basename(folder)}" to "lessons" in course.json.\n` : "";
  return `${target} is a lesson now. ${course}Try it: npm run lessons -- check ${target}\nThe format: docs/lesson-format.md\n`;
}

const SOLUTION = `local server = zone.socket.server.new()

server:listen(8080, function(connection)
	connection:send(zone.byteStream.fromString("hello\\n"))
end)

function zone.update()
	zone.socket.update()
end
`;

const START = `local server = zone.socket.server.new()

server:listen(8080, function(connection)
	-- Greet whoever has connected.
end)

function zone.update()
	zone.socket.update()
end
`;

const CODE = `\`\`\`luau open file=server.luau
${SOLUTION}\`\`\`
`;

/** The smallest lesson that has everything. */
const SKELETON: Readonly<Record<string, string>> = {
  "lesson.json": `{
  "format": 1,
  "minutes": 10,
  "programs": ["server.luau"],
  "failsAt": "greet"
}
`,
  "lesson.en.md": `# A server that greets

A server waits for clients. This one is going to greet them.

## Greet a client
::step{#greet}

Send \`hello\` and a line break to each client that connects.

:::hint
\`connection:send\` takes a byte stream.
:::

:::hint
\`zone.byteStream.fromString("…")\` makes one from a text.
:::

:::hint
This is all of it:

${CODE}:::

:::hint{mistake="no-line-break"}
The greeting has come, and the line has no end. A line break is \`\\n\` at the end of the text.
:::

## Think
::step{#think}

:::quiz
Who speaks first here?

- [x] the server
- [ ] the client

The server sends as soon as a client is there.
:::
`,
  "lesson.ru.md": `# Сервер, который здоровается

Сервер ждёт клиентов. Этот будет с ними здороваться.

## Поздоровайся с клиентом
::step{#greet}

Отправь каждому, кто подключился, \`hello\` и перевод строки.

:::hint
\`connection:send\` принимает ByteStream.
:::

:::hint
\`zone.byteStream.fromString("…")\` делает его из текста.
:::

:::hint
Вот всё целиком:

${CODE}:::

:::hint{mistake="no-line-break"}
Приветствие пришло, но строка не закончена. Перевод строки — это \`\\n\` в конце текста.
:::

## Подумай
::step{#think}

:::quiz
Кто здесь говорит первым?

- [x] сервер
- [ ] клиент

Сервер отправляет, как только клиент подключился.
:::
`,
  "files/server.luau": START,
  "solution/server.luau": SOLUTION,
  "mistakes/no-line-break/server.luau": SOLUTION.replace("\\n", ""),
  "check.luau": `local check = zone.check

check.step("greet", function()
	check.start("server.luau")
	check.expectListening(8080)
	local client = check.connect(8080)
	client:expect("hello", {
		en = "The server greets nobody.",
		ru = "Сервер ни с кем не здоровается.",
	})
	client:expect("\\n", {
		en = "The greeting has no line break at its end.",
		ru = "В конце приветствия нет перевода строки.",
		mistake = "no-line-break",
		within = 0.5,
	})
end)
`,
};
