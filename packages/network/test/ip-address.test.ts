import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatIpAddress, parseIpAddress } from "../src/index.ts";
import { rounds } from "../../../scripts/rounds.ts";

function hex(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, "hex"));
}

function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

describe("IP addresses", () => {
  test.each([
    ["0.0.0.0", "00000000"],
    ["127.0.0.1", "7f000001"],
    ["255.255.255.255", "ffffffff"],
    ["::", "00".repeat(16)],
    ["::1", "00000000000000000000000000000001"],
    ["1::", "00010000000000000000000000000000"],
    ["2001:db8::1:0:0:1", "20010db8000000000001000000000001"],
    ["2001:db8:0:1:1:1:1:1", "20010db8000000010001000100010001"],
    ["fe80::1", "fe800000000000000000000000000001"],
    ["1:2:3:4:5:6:7:8", "00010002000300040005000600070008"],
    ["0:0:3::8", "00000000000300000000000000000008"],
    ["::ffff:127.0.0.1", "00000000000000000000ffff7f000001"],
    ["1:0:0:4::7:8", "00010000000000040000000000070008"],
  ])("%s", (text, bytes) => {
    const parsed = parseIpAddress(text);
    expect(parsed && toHex(parsed)).toBe(bytes);
    expect(formatIpAddress(hex(bytes))).toBe(text === "1:0:0:4::7:8" ? "1::4:0:0:7:8" : text);
  });

  test.each([
    ["2001:DB8::1", "2001:db8::1"],
    ["0001:0:0:0:0:0:0:0001", "1::1"],
    ["::7f00:1", "::7f00:1"],
    ["64:ff9b::1.2.3.4", "64:ff9b::102:304"],
    ["1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304"],
  ])("%s is written as %s", (text, canonical) => {
    expect(formatIpAddress(parseIpAddress(text) as Uint8Array)).toBe(canonical);
  });

  test.each([
    "",
    "1.2.3",
    "1.2.3.4.5",
    "1.2.3.256",
    "1.2.3.04",
    "1.2.3.-4",
    "1.2.3. 4",
    " 1.2.3.4",
    "1.2.3.4 ",
    "1e1.2.3.4",
    "0x7f.0.0.1",
    "1.2..4",
    "localhost",
    ":",
    ":::",
    "1:2:3:4:5:6:7",
    "1:2:3:4:5:6:7:8:9",
    "1::2::3",
    "12345::",
    "g::",
    "::1%eth0",
    "::1.2.3",
    "1.2.3.4::",
    "::1.2.3.4:1",
    "1:2:3:4:5:6:7::8",
    ":1::2",
    "1::2:",
    "1:2:3:4:5:6:7:1.2.3.4",
    "[::1]",
    "٣.1.1.1",
    `${"0".repeat(50)}::`,
  ])("%j is none", (text) => {
    expect(parseIpAddress(text)).toBeUndefined();
  });

  test("bytes to text and back", () => {
    const bytes = fc.oneof(
      fc.uint8Array({ minLength: 4, maxLength: 4 }),
      fc.array(fc.constantFrom(0, 0, 0, 1, 0xff), { minLength: 16, maxLength: 16 }).map((list) => Uint8Array.from(list)),
    );
    fc.assert(
      fc.property(bytes, (original) => {
        const text = formatIpAddress(original) as string;
        expect(parseIpAddress(text)).toEqual(original);
      }),
      { numRuns: rounds({ short: 500, full: 2_000 }) },
    );
    expect(formatIpAddress(new Uint8Array(5))).toBeUndefined();
  });
});
