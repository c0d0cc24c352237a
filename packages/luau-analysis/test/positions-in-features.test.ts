import { assert, asyncProperty, boolean, record } from "fast-check";
import { describe, expect, it } from "vitest";
import { analyse } from "./support/analysis.ts";
import { HARD_LINE } from "./support/hard-text.ts";

/** Text around the places that are asked about: in comments and strings, before them on the same line and above. */
const AROUND = record({ comment: HARD_LINE, text: HARD_LINE, indent: boolean(), crlf: boolean() });

const RUNS = 40;

describe("positions, whatever stands around", () => {
  it("of diagnostics, hover, definition, references, completion, signature help and hints", async () => {
    const analysis = await analyse({ "words.luau": "local words = {}\nfunction words.greet(name: string): string\n\treturn name\nend\nreturn words\n" });
    await assert(
      asyncProperty(AROUND, async ({ comment, text, indent, crlf }) => {
        const head = `--[[${comment}]] ${indent ? "\t" : ""}`;
        const lines = [
          `-- ${comment}`,
          `${head}local words = require("./words")`,
          `${head}local shown = words.greet("${text}")`,
          `print("${text}", shown, --[[${comment}]] words.greet("${text}"), nothing, zone.socket)`,
          "",
        ];
        const source = lines.join(crlf ? "\r\n" : "\n");
        analysis.setFile("main.luau", source);
        const piece = ({ from, to }: { from: number; to: number }): string => source.slice(from, to);

        const [diagnostic, ...more] = analysis.checkFile("main.luau");
        expect(more).toEqual([]);
        expect([diagnostic!.code, piece(diagnostic!.range), diagnostic!.range.from]).toEqual(["UnknownSymbol", "nothing", source.lastIndexOf("nothing")]);

        const use = source.lastIndexOf("shown");
        const declared = source.indexOf("shown");
        for (const offset of [use, use + 2, use + 5]) {
          expect(analysis.hover("main.luau", offset)).toEqual({ range: { from: use, to: use + 5 }, code: "local shown: string" });
        }
        expect(analysis.definition("main.luau", use + 1)?.range).toEqual({ from: declared, to: declared + 5 });
        expect(analysis.references("main.luau", use).map(({ range }) => range.from)).toEqual([declared, use]);

        const member = source.lastIndexOf("greet");
        expect(analysis.references("main.luau", member + 1).filter(({ file }) => file === "main.luau").map(({ range }) => piece(range))).toEqual(["greet", "greet"]);

        const zone = source.lastIndexOf("socket");
        const completion = analysis.complete("main.luau", zone + 3);
        expect(piece(completion.range)).toBe("socket");
        expect(completion.items.map(({ label }) => label)).toContain("socket");

        const call = source.indexOf("(", member) + 2;
        expect(analysis.signatureHelp("main.luau", call)?.signatures[0]?.label).toBe("greet(name: string): string");

        expect(analysis.inlayHints("main.luau").find(({ label }) => label === ": string")?.offset).toBe(declared + 5);
      }),
      { numRuns: RUNS },
    );
  });
});
