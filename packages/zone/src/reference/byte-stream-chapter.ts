import { NUMBER_SECTIONS } from "./byte-stream-numbers.ts";
import type { Chapter, Parameter } from "./reference.ts";

const ENDIAN: Parameter = {
  name: "endian",
  type: '("little" | "big")?',
  text: {
    en: 'the byte order of its numbers _(optional)_. By default `"little"`.',
    ru: 'порядок байтов в числах _(необязательный)_. По умолчанию `"little"`.',
  },
};

const NEW_STREAM = { type: "ByteStream", text: { en: "the stream, position 0.", ru: "поток, позиция — 0." } } as const;

/** Bytes: `zone.byteStream` and the class ByteStream. */
export const BYTE_STREAM_CHAPTER: Chapter = {
  title: { en: "Bytes (zone.byteStream)", ru: "Байты (zone.byteStream)" },
  text: [
    {
      en: "A ByteStream is a sequence of bytes that grows as needed, with one position for both reading and writing. `NetConnection:send()` takes one, and `onReceive` gives one. Bytes stay bytes: all 256 values survive in both directions.",
      ru: "ByteStream — это последовательность байтов, которая растёт по мере надобности, с общей позицией для чтения и записи. ByteStream принимает `NetConnection:send()` и получает коллбэк `onReceive`. Байты остаются байтами: все 256 значений сохраняются в обе стороны.",
    },
    {
      en: "Writing in the middle overwrites; writing at the end makes the stream longer. To read what you wrote, go back with `seek(0)`.",
      ru: "Запись в середине заменяет то, что там было; запись в конце удлиняет поток. Чтобы прочитать записанное, вернитесь в начало: `seek(0)`.",
    },
  ],
  entries: [
    {
      kind: "function",
      names: ["zone.byteStream.new"],
      origin: "engine",
      text: [{ en: "Creates an empty stream.", ru: "Создаёт пустой поток." }],
      parameters: [ENDIAN],
      result: NEW_STREAM,
      failures: [
        {
          cause: `zone.byteStream.new("middle")`,
          message: `invalid argument #1 to 'new' ("little" or "big" expected, got "middle")`,
        },
      ],
      example: `
local stream = zone.byteStream.new("big")
stream:writeU16(258)
print(string.byte(stream:toString(), 1, 2)) --> 1	2
`,
    },
    {
      kind: "function",
      names: ["zone.byteStream.fromString"],
      origin: "engine",
      text: [{ en: "Creates a stream from the bytes of a string.", ru: "Создаёт поток из байтов строки." }],
      parameters: [{ name: "bytes", type: "string", text: { en: "the bytes.", ru: "байты." } }, ENDIAN],
      result: NEW_STREAM,
      example: `
local stream = zone.byteStream.fromString("hello")
print(stream:length(), stream:tell()) --> 5	0
`,
    },
    {
      kind: "function",
      names: ["zone.byteStream.fromBuffer"],
      origin: "playground",
      text: [{ en: "Creates a stream with a copy of a buffer's bytes.", ru: "Создаёт поток с копией байтов из buffer." }],
      parameters: [{ name: "bytes", type: "buffer", text: { en: "the bytes.", ru: "байты." } }, ENDIAN],
      result: NEW_STREAM,
      example: `
local b = buffer.create(4)
buffer.writeu32(b, 0, 2026)
print(zone.byteStream.fromBuffer(b):readU32()) --> 2026
`,
    },
  ],
  sections: [
    ...NUMBER_SECTIONS,
    {
      title: { en: "ByteStream: bytes, strings, booleans", ru: "ByteStream: байты, строки, логические значения" },
      className: "ByteStream",
      text: [],
      entries: [
        {
          kind: "function",
          names: ["ByteStream:write"],
          origin: "playground",
          text: [
            {
              en: "Writes bytes as they are, without their length.",
              ru: "Записывает байты как есть, не указывая их количество.",
            },
          ],
          parameters: [{ name: "bytes", type: "string | buffer", text: { en: "the bytes.", ru: "байты." } }],
          failures: [{ cause: "stream:write(5)", message: "invalid argument #1 to 'write' (string or buffer expected, got number)" }],
          example: `
local stream = zone.byteStream.new()
stream:write("GET / HTTP/1.0")
stream:write(buffer.fromstring("!"))
print(stream:toString()) --> GET / HTTP/1.0!
`,
        },
        {
          kind: "function",
          names: ["ByteStream:read"],
          origin: "playground",
          text: [
            {
              en: "Reads bytes as they are: the given number, or all that remain.",
              ru: "Читает байты как есть: указанное количество или все оставшиеся.",
            },
          ],
          parameters: [
            {
              name: "count",
              type: "number?",
              text: { en: "how many _(optional)_. By default all that remain.", ru: "сколько байтов _(необязательный)_. По умолчанию все оставшиеся." },
            },
          ],
          result: { type: "string", text: { en: "the bytes.", ru: "байты." } },
          failures: [
            { cause: "stream:read(4)", message: "read at position 0 needs 4 bytes, 3 remain" },
            { cause: "stream:read(-1)", message: "read takes a whole number of bytes from 0 up, got -1" },
          ],
          example: `
local stream = zone.byteStream.fromString("abcdef")
print(stream:read(2), stream:read()) --> ab	cdef
`,
        },
        {
          kind: "function",
          names: ["ByteStream:writeString"],
          origin: "engine",
          text: [
            {
              en: "Writes a string so that `readString` finds its end: its length as a u32, then its bytes.",
              ru: "Записывает строку так, чтобы `readString` нашла её конец: сначала длину как u32, затем байты.",
            },
          ],
          parameters: [{ name: "value", type: "string", text: { en: "the string.", ru: "строка." } }],
          example: `
local stream = zone.byteStream.new()
stream:writeString("hi")
print(stream:length()) --> 6
`,
        },
        {
          kind: "function",
          names: ["ByteStream:readString"],
          origin: "engine",
          text: [
            {
              en: "Reads a string written by `writeString`. If not all of it has arrived, it raises an error and the position stays: try again when more has arrived.",
              ru: "Читает строку, записанную `writeString`. Если строка пришла не целиком, вызывает ошибку, и позиция не меняется: попробуйте ещё раз, когда придёт остальное.",
            },
          ],
          parameters: [],
          result: { type: "string", text: { en: "the string.", ru: "строка." } },
          failures: [
            { cause: "stream:readString()", message: "readString at position 0 needs 4 bytes, 3 remain" },
            {
              cause: "stream:clear() stream:writeU32(5) stream:write('ab') stream:seek(0) stream:readString()",
              message: "readString at position 0 needs 5 bytes after its length, 2 remain",
            },
          ],
          example: `
local stream = zone.byteStream.new()
stream:writeString("first")
stream:writeString("second")
stream:seek(0)
print(stream:readString(), stream:readString()) --> first	second
`,
        },
        {
          kind: "function",
          names: ["ByteStream:writeBool"],
          origin: "playground",
          text: [{ en: "Writes one byte: 1 for true, 0 for false.", ru: "Записывает один байт: 1 для true, 0 для false." }],
          parameters: [{ name: "value", type: "boolean", text: { en: "the value.", ru: "значение." } }],
          failures: [{ cause: "stream:writeBool(1)", message: "invalid argument #1 to 'writeBool' (boolean expected, got number)" }],
          example: `
local stream = zone.byteStream.new()
stream:writeBool(true)
print(string.byte(stream:toString())) --> 1
`,
        },
        {
          kind: "function",
          names: ["ByteStream:readBool"],
          origin: "playground",
          text: [{ en: "Reads one byte; any value except 0 is true.", ru: "Читает один байт; любое значение, кроме 0, — true." }],
          parameters: [],
          result: { type: "boolean", text: { en: "the value.", ru: "значение." } },
          failures: [{ cause: "stream:seek(3) stream:readBool()", message: "readBool at position 3 needs 1 byte, 0 remain" }],
          example: `
local stream = zone.byteStream.new()
stream:writeBool(false)
stream:seek(0)
print(stream:readBool()) --> false
`,
        },
      ],
    },
    {
      title: { en: "ByteStream: position and length", ru: "ByteStream: позиция и длина" },
      className: "ByteStream",
      text: [],
      entries: [
        {
          kind: "function",
          names: ["ByteStream:seek"],
          origin: "engine",
          text: [{ en: "Moves the position.", ru: "Перемещает позицию." }],
          parameters: [
            {
              name: "position",
              type: "number",
              text: {
                en: "a whole number from 0 (before the first byte) to the length (after the last).",
                ru: "целое число от 0 (перед первым байтом) до длины (за последним).",
              },
            },
          ],
          failures: [{ cause: "stream:seek(4)", message: "seek takes a whole position from 0 to 3, got 4" }],
          example: `
local stream = zone.byteStream.fromString("abc")
stream:seek(2)
print(stream:read()) --> c
`,
        },
        {
          kind: "function",
          names: ["ByteStream:getOffset"],
          origin: "engine",
          text: [{ en: "Returns the position of the next read or write.", ru: "Возвращает позицию следующего чтения или записи." }],
          parameters: [],
          result: { type: "number", text: { en: "the position.", ru: "позиция." } },
          example: `
local stream = zone.byteStream.fromString("abc")
stream:readU8()
print(stream:getOffset()) --> 1
`,
        },
        {
          kind: "function",
          names: ["ByteStream:prepend"],
          origin: "engine",
          text: [
            {
              en: "Inserts zero bytes before all others. The position stays on the same byte.",
              ru: "Вставляет нулевые байты перед всеми остальными. Позиция остаётся на том же байте.",
            },
          ],
          parameters: [{ name: "size", type: "number", text: { en: "how many, a whole number from 0 up.", ru: "сколько байтов, целое число от 0." } }],
          failures: [{ cause: "stream:prepend(-1)", message: "prepend takes a whole number of bytes from 0 up, got -1" }],
          example: `
local stream = zone.byteStream.new()
stream:write("hello")
local length = stream:length()
stream:prepend(4)
stream:seek(0)
stream:writeInt(length) -- now the length comes first
print(stream:length(), stream:getOffset()) --> 9	4
`,
        },
        {
          kind: "function",
          names: ["ByteStream:tell"],
          origin: "playground",
          text: [{ en: "The same as `getOffset`.", ru: "То же, что и `getOffset`." }],
          parameters: [],
          result: { type: "number", text: { en: "the position.", ru: "позиция." } },
          example: `
local stream = zone.byteStream.new()
stream:write("abc")
print(stream:tell()) --> 3
`,
        },
        {
          kind: "function",
          names: ["ByteStream:length"],
          origin: "playground",
          text: [
            {
              en: "Returns the number of bytes in the stream. `#stream` does the same.",
              ru: "Возвращает количество байтов в потоке. `#stream` — то же самое.",
            },
          ],
          parameters: [],
          result: { type: "number", text: { en: "the number of bytes.", ru: "количество байтов." } },
          example: `
local stream = zone.byteStream.fromString("abc")
print(stream:length(), #stream) --> 3	3
`,
        },
        {
          kind: "function",
          names: ["ByteStream:remaining"],
          origin: "playground",
          text: [
            {
              en: "Returns how many bytes can still be read: from the position to the end.",
              ru: "Возвращает, сколько байтов ещё можно прочитать: от позиции до конца.",
            },
          ],
          parameters: [],
          result: { type: "number", text: { en: "the number of bytes.", ru: "количество байтов." } },
          example: `
local stream = zone.byteStream.fromString("abc")
stream:read(2)
print(stream:remaining()) --> 1
`,
        },
        {
          kind: "function",
          names: ["ByteStream:clear"],
          origin: "playground",
          text: [{ en: "Removes all bytes; the position becomes 0.", ru: "Удаляет все байты; позиция становится равна 0." }],
          parameters: [],
          example: `
local stream = zone.byteStream.fromString("abc")
stream:clear()
print(stream:length(), stream:tell()) --> 0	0
`,
        },
        {
          kind: "function",
          names: ["ByteStream:toString"],
          origin: "engine",
          text: [
            {
              en: "Returns all bytes, whatever the position. The position does not change.",
              ru: "Возвращает все байты независимо от позиции. Позиция не меняется.",
            },
          ],
          parameters: [],
          result: { type: "string", text: { en: "a copy of the bytes.", ru: "копия байтов." } },
          example: `
local stream = zone.byteStream.new()
stream:write("abc")
print(stream:toString()) --> abc
`,
        },
        {
          kind: "function",
          names: ["ByteStream:getTable"],
          origin: "engine",
          text: [
            {
              en: "Returns all bytes as a new table of numbers from 0 to 255. It takes 16 times as much memory as a string.",
              ru: "Возвращает все байты в виде новой таблицы чисел от 0 до 255. Она занимает в 16 раз больше памяти, чем строка.",
            },
          ],
          parameters: [],
          result: { type: "{number}", text: { en: "the bytes.", ru: "байты." } },
          example: `
local bytes = zone.byteStream.fromString("AB"):getTable()
print(#bytes, bytes[1], bytes[2]) --> 2	65	66
`,
        },
        {
          kind: "function",
          names: ["ByteStream:toBuffer"],
          origin: "playground",
          text: [{ en: "Returns all bytes as a buffer.", ru: "Возвращает все байты в виде buffer." }],
          parameters: [],
          result: { type: "buffer", text: { en: "a copy of the bytes.", ru: "копия байтов." } },
          example: `
local stream = zone.byteStream.fromString("abc")
print(buffer.len(stream:toBuffer())) --> 3
`,
        },
      ],
    },
  ],
};
