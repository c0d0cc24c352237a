import { createServer } from "node:net";
import { startBrowser, type Engine } from "./smoke/driver/start-browser.ts";
import { Tab } from "./smoke/driver/tab.ts";
import { Playground } from "./smoke/support/playground.ts";
import { Relay } from "./smoke/support/relay.ts";
import { BridgeProcess } from "./support/bridge-process.ts";
const echo = createServer((s) => { s.setNoDelay(true); s.on("error", () => {}); s.pipe(s); });
await new Promise<void>((r) => echo.listen(0, "127.0.0.1", r));
const port = (echo.address() as { port: number }).port;
const relay = await Relay.start();
const bridge = await BridgeProcess.start(["--allow", `host.zone.internal:${port}`]);
const head = (rate: number) => rate === 60 ? "" : `zone.system.setTargetFPS(${rate})\n`;
const server = (rate: number) => `${head(rate)}zone.socket.server.new():listen(8080, function(c) c:onReceive(function(d) c:send(d) end) end)
print("listening")
function zone.update() zone.socket.update() end
`;
const client = (rate: number, host: string, p: number) => `${head(rate)}local conn, sent, times, frames = nil, nil, {}, {}
zone.socket.client.new():listen("${host}", ${p}, function(k) conn = k
 k:onReceive(function() table.insert(times, os.clock() - sent) sent = nil end) end)
function zone.update(dt) 
 if conn then table.insert(frames, dt) end
 zone.socket.update()
 if conn and not sent then sent = os.clock() conn:send(zone.byteStream.fromString("x")) end
 if #times == 300 then table.sort(times) table.sort(frames)
  print(string.format("median %.2f p90 %.2f frame %.2f p90 %.2f", times[150]*1000, times[270]*1000, frames[#frames // 2]*1000, frames[#frames*9//10]*1000)) zone.system.quit() end
end
`;
for (const engine of (process.argv[2] ?? "chromium,firefox,webkit").split(",")) {
  const commands = await startBrowser(engine as Engine, `127.0.0.1:${relay.port}`);
  const tab = new Tab(commands);
  await tab.resize(1280, 800);
  const page = new Playground(tab);
  for (const rate of [60, 240]) {
    await page.openWith(bridge.roomUrl(`r${engine}${rate}`), { "server.luau": server(rate), "client.luau": client(rate, "127.0.0.1", 8080), "echo.luau": client(rate, "host.zone.internal", port) });
    const s = page.program("server.luau"); await s.run(); await s.shows("listening");
    const c = page.program("client.luau"); await c.run();
    console.log(engine, rate, "two scripts", await c.shows("median").catch(String));
    await s.stop(); await s.is("stopped");
    const e = page.program("echo.luau"); await e.run();
    console.log(engine, rate, "to an echo ", await e.shows("median").catch(String));
  }
  await commands.end().catch(() => {});
}
await bridge.program.end(); process.exit();
