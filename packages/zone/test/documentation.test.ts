import { describe, expect, it } from "vitest";
import { allEntries, documentationSymbols, documentEntry } from "../src/reference/index.ts";

const symbols = documentationSymbols(allEntries());

/** The last paragraph in both languages. */
function marks(symbol: string): (string | undefined)[] {
  return (["en", "ru"] as const).map((language) => documentEntry(symbols.get(symbol)!, language).text.at(-1));
}

describe("the documentation by symbol", () => {
  it("has every name of the reference", () => {
    expect(symbols.size).toBe(allEntries().flatMap((entry) => entry.names).length);
  });

  it.each([
    "@zone/global/zone.socket.update",
    "@zone/globaltype/NetConnection.send",
    "@zone/globaltype/ByteStream.readU16",
    "@zone/global/warn",
    "@luau/global/print",
    "@zone/global/zone.isHeadless",
  ])("knows %s in both languages", (symbol) => {
    const entry = symbols.get(symbol)!;
    expect(documentEntry(entry, "en").text.join()).toMatch(/[a-z]/);
    expect(documentEntry(entry, "ru").text.join()).toMatch(/[а-я]/);
  });

  it("tells whose name it is", () => {
    expect(marks("@zone/globaltype/ByteStream.writeVInt")).toEqual(["_engine_", "_движок_"]);
    expect(marks("@zone/globaltype/NetConnection.onReceive")).toEqual(["_playground_", "_песочница_"]);
    expect(marks("@luau/global/print").join()).not.toMatch(/_engine_|_playground_/);
  });

  it("tells parameters, result and example", () => {
    const { parameters, result, example } = documentEntry(symbols.get("@zone/globaltype/NetConnection.send")!, "en");
    expect(parameters.map(({ name }) => name)).toEqual(["data"]);
    expect(result).toMatch(/bytes/);
    expect(example).toContain(":send(");
  });
});
