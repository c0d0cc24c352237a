import { expect, test } from "vitest";
import { type PacketCause, type PcapngTexts, writePcapng } from "@playground/capture";
import { MACHINE, sampleRuns } from "./support/sample.ts";
import { followedStreams, packetFields, tshark, wrongPackets } from "./support/tshark.ts";

const TEXTS: PcapngTexts = {
  section: "Заголовки восстановлены по тому, что делали программы",
  application: "Zone Playground",
  comment: ({ kind, sender, receiver }: PacketCause) => {
    const places = [sender && `отправил ${sender.file}:${sender.line}`, receiver && `получил ${receiver.file}:${receiver.line}`].filter(Boolean);
    return places.length > 0 ? `${kind}: ${places.join(", ")}` : undefined;
  },
  nameOf: (address) => (address === MACHINE ? "Анна" : undefined),
};

test("the sample is packets that tshark finds nothing wrong with", () => {
  const file = writePcapng(sampleRuns(), TEXTS);
  expect(wrongPackets(file)).toEqual([]);
  const packets = packetFields(file, ["tcp.stream", "tcp.srcport", "tcp.flags.str", "tcp.seq_raw", "tcp.ack_raw", "tcp.len", "frame.comment"]);
  expect(packets.map((fields) => fields.join(" ").replaceAll("·", "").trim())).toMatchInlineSnapshot(`
    [
      "0 40001 S 0 0 0 connect: отправил client.luau:2",
      "0 8080 AS 0 1 0",
      "0 40001 A 1 1 0",
      "0 40001 AP 1 1 55 bytes: отправил client.luau:8, получил server.luau:5",
      "0 40001 AP 56 1 5 bytes: отправил client.luau:12, получил server.luau:5",
      "0 40001 AP 61 1 11 bytes: отправил client.luau:13",
      "0 8080 AP 1 72 5 bytes: отправил server.luau:6, получил client.luau:16",
      "1 51000 S 0 0 0",
      "1 8080 AS 0 1 0",
      "1 51000 A 1 1 0",
      "1 51000 AP 1 1 5 bytes: получил server.luau:5",
      "1 51000 AP 6 1 8 bytes: получил server.luau:5",
      "1 8080 AP 1 14 13 bytes: отправил server.luau:6",
      "1 51000 AF 14 14 0",
      "1 8080 A 14 15 0",
      "1 8080 AF 14 15 0 end: отправил server.luau:10",
      "1 51000 A 15 15 0",
      "2 49154 S 0 0 0 connect: отправил client.luau:20",
      "2 8081 AR 0 1 0",
      "0 40001 AP 72 6 4 bytes: отправил client.luau:24, получил server.luau:5",
      "0 40001 AP 76 6 4 bytes: отправил client.luau:24",
      "0 40001 AP 80 6 3 bytes: отправил client.luau:24",
      "0 40001 AP 83 6 5 bytes: отправил client.luau:30, получил server.luau:5",
      "0 8080 AP 6 88 4 bytes: отправил server.luau:6",
      "0 40001 AF 88 10 0 end: отправил client.luau:40",
      "0 8080 A 10 89 0",
      "0 8080 AF 10 89 0 end: отправил server.luau:10",
      "0 40001 A 89 11 0",
      "3 51002 S 0 0 0",
      "3 8080 AS 0 1 0",
      "3 51002 A 1 1 0",
      "3 51002 AP 1 1 1 bytes: получил server.luau:5",
      "3 51002 AR 2 1 0",
      "4 40003 S 0 0 0 connect: отправил client.luau:50",
      "4 8080 AS 0 1 0",
      "4 40003 A 1 1 0",
    ]
  `);
  console.log(tshark(file, ["-N", "n"]), followedStreams(file, 5));
});
