import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Checks sums, which tshark leaves out by itself; names only from the file; what random bytes might be is not guessed. */
const OPTIONS = [
  "-d",
  "tcp.port==80,data",
  "-d",
  "tcp.port==8080,data",
  "-o",
  "tcp.check_checksum:TRUE",
  "-o",
  "ip.check_checksum:TRUE",
  "-o",
  "nameres.network_name:FALSE",
  "-o",
  "nameres.use_external_name_resolver:FALSE",
];

/** Bytes of tshark's output: ten thousand packets as lines, and megabytes of streams as hex. */
const MAX_OUTPUT = 256 * 1024 * 1024;

/** What tshark says of a file, with these arguments. Where there is no tshark, this throws: `npm test` installs it. */
export function tshark(file: Uint8Array, args: readonly string[]): string {
  return runWith(file, (path) => ["tshark", "-r", path, ...OPTIONS, ...args]);
}

/** What capinfos, which comes with tshark, says of a file. */
export function capinfos(file: Uint8Array): string {
  return runWith(file, (path) => ["capinfos", path]);
}

function runWith(file: Uint8Array, commandOf: (path: string) => readonly [string, ...string[]]): string {
  const folder = mkdtempSync(join(tmpdir(), "capture-"));
  try {
    const path = join(folder, "capture.pcapng");
    writeFileSync(path, file);
    const [command, ...args] = commandOf(path);
    return execFileSync(command, args, { encoding: "utf8", maxBuffer: MAX_OUTPUT, stdio: ["ignore", "pipe", "pipe"] });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The fields of each packet for which a filter holds. */
export function packetFields(file: Uint8Array, fields: readonly string[], filter = "frame", more: readonly string[] = []): string[][] {
  const output = tshark(file, [...more, "-Y", filter, "-T", "fields", "-E", "separator=\t", ...fields.flatMap((field) => ["-e", field])]);
  return output
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.split("\t"));
}

/** Packets that are wrong in any way that tshark looks for: broken, a bad sum, or a gap in a stream. */
export function wrongPackets(file: Uint8Array): string[][] {
  const filter = "_ws.malformed || tcp.checksum.status == 0 || ip.checksum.status == 0 || tcp.analysis.flags || _ws.expert.severity == error || !tcp";
  return packetFields(file, ["frame.number", "_ws.col.Info"], filter);
}

/** The bytes of both directions of each stream, as "follow stream" has them: of the client, then of the server. */
export function followedStreams(file: Uint8Array, streams: number): { readonly client: Buffer; readonly server: Buffer }[] {
  const output = tshark(file, ["-q", ...Array.from({ length: streams }, (_, index) => ["-z", `follow,tcp,raw,${index}`]).flat()]);
  // tshark prints what was asked for last first.
  const sections = new Map<number, { client: string[]; server: string[] }>();
  let section: { client: string[]; server: string[] } | undefined;
  for (const line of output.split("\n")) {
    const [, stream] = /^Filter: tcp\.stream eq (\d+)$/.exec(line) ?? [];
    if (stream !== undefined) sections.set(Number(stream), (section = { client: [], server: [] }));
    else if (/^\t?[0-9a-f]+$/.test(line)) section?.[line.startsWith("\t") ? "server" : "client"].push(line.trim());
  }
  return Array.from({ length: streams }, (_, index) => {
    const { client, server } = sections.get(index) ?? { client: [], server: [] };
    return { client: Buffer.from(client.join(""), "hex"), server: Buffer.from(server.join(""), "hex") };
  });
}
