import { loadLuau } from "@playground/luau-wasm";
import { readLuauWasm } from "@playground/luau-wasm/node";
import { Program } from "@playground/zone";
import { MEASURED_BYTES, UNDER_WAY, WARM_UP_BYTES } from "./echo-stream.ts";
import { zoneSession } from "./zone-session.ts";

const STREAMS = 10;

/** Megabytes a second that come back to a Luau script over ten connections: what the VM and the script's frames cost. */
export async function measureScriptThroughput(url: string, host: string, port: number): Promise<number> {
  const luau = await loadLuau(await readLuauWasm());
  const session = zoneSession(url);
  return new Promise((resolve, reject) => {
    const program = new Program({
      luau,
      network: session,
      entry: "bench.luau",
      files: new Map([["bench.luau", source(host, port)]]),
      console: {
        write: (level, text) => {
          if (level === "print") resolve(MEASURED_BYTES / 1e6 / Number(text));
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
local connections = {}

-- Sends "total" bytes over every connection and has as many come back, each connection's marked with its number.
local function carry(total, finished)
  local missing = #connections
  for mark, connection in connections do
    local block = zone.byteStream.fromString(string.rep(string.char(mark), 65536))
    local sent, received = 0, 0
    local function fill()
      while sent < total and sent - received < ${UNDER_WAY} do
        sent += connection:send(block)
      end
    end
    connection:onReceive(function(data)
      received += #data
      assert(data:readU8() == mark, "bytes of another connection came back")
      assert(received <= total, "more came back than was sent")
      if received < total then return fill() end
      missing -= 1
      if missing == 0 then finished() end
    end)
    fill()
  end
end

for _ = 1, ${STREAMS} do
  zone.socket.client.new():listen("${host}", ${port}, function(connection)
    table.insert(connections, connection)
    if #connections < ${STREAMS} then return end
    carry(${WARM_UP_BYTES / STREAMS}, function()
      local begun = os.clock()
      carry(${MEASURED_BYTES / STREAMS}, function() print(os.clock() - begun) end)
    end)
  end)
end

function zone.update() zone.socket.update() end
`;
}
