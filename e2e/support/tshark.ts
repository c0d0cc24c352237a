import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Sums are checked, which tshark leaves out by itself; what bytes at known ports might be is not guessed. */
const OPTIONS = ["-d", "tcp.port==8080,data", "-o", "tcp.check_checksum:TRUE", "-o", "ip.check_checksum:TRUE"];

/** Bytes of tshark's output: a few hundred kilobytes of streams as hex. */
const MAX_OUTPUT = 16 * 1024 * 1024;

/** What is wrong with a packet, in any way that tshark looks for. */
const WRONG = "_ws.malformed || tcp.analysis.flags || tcp.checksum.status == 0 || ip.checksum.status == 0";

/** The lines of what tshark says of a file. */
async function tshark(path: string, ...args: readonly string[]): Promise<string[]> {
  const { stdout } = await run("tshark", ["-r", path, ...OPTIONS, ...args], { maxBuffer: MAX_OUTPUT });
  return stdout.split("\n").filter((line) => line !== "");
}

/** Fields of the packets for which a filter holds, a line for each. */
export async function packetFields(path: string, filter: string, ...fields: readonly string[]): Promise<string[]> {
  return tshark(path, "-Y", filter, "-T", "fields", ...fields.flatMap((field) => ["-e", field]));
}

/** Numbers of packets with which something is wrong. */
export async function wrongPackets(path: string): Promise<string[]> {
  return packetFields(path, WRONG, "frame.number");
}

/** The bytes of both directions of a stream, as "follow stream" has them: of who connected, and of the other side. */
export async function followed(path: string, stream: number): Promise<{ readonly client: string; readonly server: string }> {
  const lines = await tshark(path, "-q", "-z", `follow,tcp,raw,${stream}`);
  const bytes = (isServer: boolean): string =>
    Buffer.from(
      lines
        .filter((line) => /^\t?[0-9a-f]+$/.test(line) && line.startsWith("\t") === isServer)
        .join("")
        .replaceAll("\t", ""),
      "hex",
    ).toString();
  return { client: bytes(false), server: bytes(true) };
}
