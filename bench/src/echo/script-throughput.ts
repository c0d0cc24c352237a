import { loadLuau } from "@playground/luau-wasm";
import { readLuauWasm } from "@playground/luau-wasm/node";
import { Program } from "@playground/zone";
import { BYTES_PER_STREAM } from "./echo-stream.ts";
import { zoneSession } from "./zone-session.ts";

const STREAMS = 10;

/** Megabytes a second that come back to a Luau script over ten connections: what the VM and the script's frames cost. */
export async function measureScriptThroughput(url: string, host: string, port: number): Promise<number> {
  const luau = await loadLuau((await readLuauWasm()) as Uint8Array<ArrayBuffer>);
  const session = zoneSession(url);
  return new Promise((resolve, reject) => {
    const program = new Program({
      luau,
      network: session,
      entry: "bench.luau",
      files: new Map([["bench.luau", source(host, port)]]),
      console: {
        write: (level, text) => {
          if (level === "print") resolve((STREAMS * BYTES_PER_STREAM) / 1e6 / Number(text));
          else reject(new Error(text));
        },
      },
    });
    program.start();
    let last = performance.now();
    const frame = (): void => {
      const now = performance.now();
      program.frame((now - last) / 1000);
      last = now;
      // As often as a worker could at most; a page's frames come 60 times a second.
      setImmediate(frame);
    };
    frame();
  });
}

function source(host: string, port: number): string {
  return `
local block = zone.byteStream.fromString(string.rep("x", 65536))
local finished, begun = 0, nil
local function carry(connection)
  local sent, received = 0, 0
  local function fill()
    while sent < ${BYTES_PER_STREAM} and sent - received < 1048576 do
      sent += connection:send(block)
    end
  end
  connection:onReceive(function(data)
    received += #data
    if received == ${BYTES_PER_STREAM} then
      finished += 1
      if finished == ${STREAMS} then print(os.clock() - begun) end
    else
      fill()
    end
  end)
  fill()
end
local connections = {}
for _ = 1, ${STREAMS} do
  zone.socket.client.new():listen("${host}", ${port}, function(connection)
    table.insert(connections, connection)
    if #connections == ${STREAMS} then
      begun = os.clock()
      for _, each in connections do carry(each) end
    end
  end)
end
function zone.update() zone.socket.update() end
`;
}
