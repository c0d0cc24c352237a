import { LONG_PATIENCE_MS } from "../../scripts/patience.ts";
import { hashingServer } from "../support/luau.ts";
import { freePort } from "../../scripts/setup/free-port.mjs";
import { peerProgram } from "../support/paths.ts";
import { pagesResidentBytes, residentBytes } from "../support/process-memory.ts";
import { expect, test } from "../support/test.ts";

const MIB = 1024 * 1024;
const CONNECTIONS = 4;
const BYTES_EACH = 32 * MIB;
/** What page and bridge may grow by while 128 MiB press against them: windows of 256 KiB, buffers, and noise of either's collector. */
const GROWTH_LIMIT = 48 * MIB;

test.use({ bridgeOptions: ["--allow", "host.zone.internal"], hasOwnBridge: true, hasOwnContext: true });

test("peers that flood a script without update() are held back, and lose nothing", async ({ playground, bridge, browser, spawn }) => {
  const gate = await freePort();
  // zone.socket.update() begins once something listens at the gate, which connecting shows without any callback.
  const server = await playground.runServer(
    hashingServer(
      8080,
      `
local isOpen, wait = false, 0
function zone.update(dt)
	if isOpen then
		zone.socket.update()
		return
	end
	wait -= dt
	if wait <= 0 then
		wait = 0.5
		local client = zone.socket.client.new()
		isOpen = pcall(function()
			client:listen("host.zone.internal", ${gate}, function() end)
		end)
	end
end
`,
    ),
  );
  await server.shows("listening");
  const pagesBefore = await pagesResidentBytes(browser);
  const bridgeBefore = residentBytes(bridge.program.pid);

  const peer = spawn(process.execPath, peerProgram("flood"), await playground.address(), 8080, CONNECTIONS, BYTES_EACH);
  const hash = await peer.reports<number>("hash", LONG_PATIENCE_MS);
  const blocked = await peer.reports<number>("blocked", LONG_PATIENCE_MS);
  // What the kernels between hold, which is some megabytes for each connection, and not the flood.
  expect(blocked).toBeLessThan((CONNECTIONS * BYTES_EACH) / 2);
  expect((await pagesResidentBytes(browser)) - pagesBefore).toBeLessThan(GROWTH_LIMIT);
  expect(residentBytes(bridge.program.pid) - bridgeBefore).toBeLessThan(GROWTH_LIMIT);
  await playground.isAlive();
  expect(await server.lines("connection ").count()).toBe(0);

  const nc = spawn("nc", "-l", "127.0.0.1", gate);
  expect(await peer.reports<number>("sent", LONG_PATIENCE_MS)).toBe(CONNECTIONS * BYTES_EACH);
  for (let number = 1; number <= CONNECTIONS; number++) {
    expect(await server.shows(`connection ${number}: `, { timeout: LONG_PATIENCE_MS })).toBe(`connection ${number}: ${BYTES_EACH} bytes, hash ${hash}`);
  }
  // Nor did it grow while the bytes went through.
  expect(residentBytes(bridge.program.pid) - bridgeBefore).toBeLessThan(2 * GROWTH_LIMIT);
  await nc.end();
});
