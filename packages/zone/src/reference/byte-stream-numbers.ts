import { NUMBER_FORMAT_NAMES, NUMBER_FORMATS, type NumberFormatName } from "../byte-stream/number-format.ts";
import { VARIABLE_INTEGER_BYTES, VARIABLE_INTEGER_RANGES } from "../byte-stream/variable-integer.ts";
import type { Section, Table, Text } from "./reference.ts";

/** What the rows of the table say of the formats without a range. */
const FLOATS: Partial<Record<NumberFormatName, Text>> = {
  F32: {
    en: "any in single precision; about 7 digits are kept",
    ru: "любое, которое вмещает одинарная точность; сохраняется около 7 знаков",
  },
  F64: { en: "any, exactly as in Luau", ru: "любое, точно как в Luau" },
};

function wholeNumbers([least, most]: readonly [number, number]): Text {
  return { en: `whole, from ${least} to ${most}`, ru: `целые, от ${least} до ${most}` };
}

const FORMAT_TABLE: Table = {
  head: [
    { en: "calls", ru: "вызовы" },
    { en: "bytes", ru: "байт" },
    { en: "numbers", ru: "числа" },
  ],
  rows: NUMBER_FORMAT_NAMES.map((name) => {
    const { size, range } = NUMBER_FORMATS[name];
    const numbers = FLOATS[name] ?? wholeNumbers(range);
    return [`\`write${name}\`, \`read${name}\``, String(size), numbers];
  }),
};

const VARIABLE_TABLE: Table = {
  head: FORMAT_TABLE.head,
  rows: [
    ["`writeInt`, `readInt`", "4", wholeNumbers(NUMBER_FORMATS.I32.range)],
    ...(["VInt", "VUInt"] as const).map((name) => [
      `\`write${name}\`, \`read${name}\``,
      `1–${VARIABLE_INTEGER_BYTES}`,
      wholeNumbers(VARIABLE_INTEGER_RANGES[name]),
    ]),
  ],
};

/** The numbers of a ByteStream: those of a fixed length, and the engine's. */
export const NUMBER_SECTIONS: readonly Section[] = [
  {
    title: { en: "ByteStream: numbers", ru: "ByteStream: числа" },
    className: "ByteStream",
    text: [],
    table: FORMAT_TABLE,
    entries: [
      {
        kind: "function",
        names: NUMBER_FORMAT_NAMES.map((name) => `ByteStream:write${name}`),
        origin: "playground",
        text: [
          {
            en: "Writes a number at the position and moves the position past it. A number outside the format's range raises an error.",
            ru: "Записывает число в текущую позицию и сдвигает её. Число вне диапазона формата вызывает ошибку.",
          },
        ],
        parameters: [{ name: "value", type: "number", text: { en: "the number.", ru: "число." } }],
        failures: [
          { cause: "stream:writeU8(256)", message: "writeU8 takes a whole number from 0 to 255, got 256" },
          { cause: "stream:writeF32(1e39)", message: "writeF32 takes a number from -3.4028234663852886e+38 to 3.4028234663852886e+38, got 1e+39" },
          { cause: "stream:writeI16(1.5)", message: "writeI16 takes a whole number from -32768 to 32767, got 1.5" },
        ],
        example: `
local stream = zone.byteStream.new()
stream:writeU8(255)
stream:writeF64(0.1)
print(stream:length()) --> 9
`,
      },
      {
        kind: "function",
        names: NUMBER_FORMAT_NAMES.map((name) => `ByteStream:read${name}`),
        origin: "playground",
        text: [
          {
            en: "Reads a number at the position and moves the position past it. If too few bytes remain, it raises an error and the position stays.",
            ru: "Читает число в текущей позиции и сдвигает её. Если байтов не хватает, вызывает ошибку, и позиция не меняется.",
          },
        ],
        parameters: [],
        result: { type: "number", text: { en: "the number.", ru: "число." } },
        failures: [{ cause: "stream:seek(2) stream:readU32()", message: "readU32 at position 2 needs 4 bytes, 1 remains" }],
        example: `
local stream = zone.byteStream.fromString("AB")
print(stream:readU8(), stream:readU8()) --> 65	66
`,
      },
    ],
  },
  {
    title: { en: "ByteStream: the engine's numbers", ru: "ByteStream: числа движка" },
    className: "ByteStream",
    text: [
      {
        en: "`Int` takes 4 bytes, as `I32` does. `VUInt` and `VInt` take fewer bytes for smaller numbers: 7 bits in each, the lowest first; the top bit says that more follow (LEB128). `VInt` first moves the sign into the lowest bit, so −1 is as short as 1 (zigzag).",
        ru: "`Int` занимает 4 байта, как `I32`. `VUInt` и `VInt` занимают тем меньше байтов, чем меньше число: по 7 бит в каждом, начиная с младших, а старший бит означает, что есть продолжение (LEB128). `VInt` сначала переносит знак в младший бит, поэтому −1 так же короток, как 1 (zigzag).",
      },
    ],
    table: VARIABLE_TABLE,
    entries: [
      {
        kind: "function",
        names: ["ByteStream:writeInt", "ByteStream:writeVInt", "ByteStream:writeVUInt"],
        origin: "engine",
        text: [
          {
            en: "Writes a whole number at the position and moves the position past it.",
            ru: "Записывает целое число в текущую позицию и сдвигает её.",
          },
        ],
        parameters: [{ name: "value", type: "number", text: { en: "the number.", ru: "число." } }],
        failures: [
          { cause: "stream:writeInt(2^31)", message: "writeInt takes a whole number from -2147483648 to 2147483647, got 2147483648" },
          { cause: "stream:writeVUInt(-1)", message: "writeVUInt takes a whole number from 0 to 9007199254740991, got -1" },
          { cause: "stream:writeVInt(0.5)", message: "writeVInt takes a whole number from -9007199254740991 to 9007199254740991, got 0.5" },
        ],
        example: `
local stream = zone.byteStream.new()
stream:writeVUInt(127)
stream:writeVUInt(128)
stream:writeVInt(-1)
print(table.concat(stream:getTable(), " ")) --> 127 128 1 1
`,
      },
      {
        kind: "function",
        names: ["ByteStream:readInt", "ByteStream:readVInt", "ByteStream:readVUInt"],
        origin: "engine",
        text: [
          {
            en: "Reads a whole number at the position and moves the position past it. If not all of the number has arrived, it raises an error and the position stays: try again when more has arrived.",
            ru: "Читает целое число в текущей позиции и сдвигает её. Если число пришло не целиком, вызывает ошибку, и позиция не меняется: попробуйте ещё раз, когда придёт остальное.",
          },
        ],
        parameters: [],
        result: { type: "number", text: { en: "the number.", ru: "число." } },
        failures: [
          { cause: "stream:readInt()", message: "readInt at position 0 needs 4 bytes, 3 remain" },
          {
            cause: "stream:writeU8(128) stream:seek(3) stream:readVUInt()",
            message: "readVUInt at position 3 needs a byte that ends the number, 0 remain, and none of them does",
          },
          {
            cause: "stream:write(string.rep('\\255', 9)) stream:seek(0) stream:readVInt()",
            message: "readVInt at position 0 finds a number of more than 8 bytes, the most that a VInt has",
          },
        ],
        example: `
local stream = zone.byteStream.new()
stream:writeInt(-5)
stream:writeVInt(1000)
stream:seek(0)
print(stream:readInt(), stream:readVInt()) --> -5	1000
`,
      },
    ],
  },
];
