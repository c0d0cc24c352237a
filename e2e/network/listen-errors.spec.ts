import { fileURLToPath } from "node:url";
import { LONG_PATIENCE_MS } from "../../scripts/patience.ts";
import { UPDATE } from "../support/luau.ts";
import { freePort } from "../../scripts/setup/free-port.mjs";
import { expect, test } from "../support/test.ts";

/** Longer than the bridge waits for a connection, milliseconds. */
const CONNECT_LIMIT_MS = LONG_PATIENCE_MS;

test.use({ bridgeOptions: ["--allow", "host.zone.internal:1024-65535"] });

/** Tries each target in turn and prints what `pcall` caught. */
function trying(targets: readonly (readonly [host: string, port: number])[]): string {
  return `
local frames = 0
function zone.init()
	for number, target in { ${targets.map(([host, port]) => `{ "${host}", ${port} }`).join(", ")} } do
		local before = frames
		local ok, problem = pcall(function()
			zone.socket.client.new():listen(target[1], target[2], function() end)
		end)
		print(number .. ": " .. tostring(ok) .. " " .. tostring(problem))
		if frames > before + 30 then
			print("frames went on meanwhile")
		end
	end
	print("tried all")
end
function zone.update()
	frames += 1
	zone.socket.update()
end
`;
}

test("client:listen raises what went wrong, and pcall catches it", async ({ playground, spawn }) => {
  const python = spawn("python3", fileURLToPath(new URL("../peers/silent.py", import.meta.url)));
  const silent = await python.reports<number>("port");
  const client = await playground.runClient(
    trying([
      ["127.0.0.1", 8081],
      ["host.zone.internal", await freePort()],
      ["no-such-host.invalid", 80],
      ["host.zone.internal", 80],
      ["192.0.2.1", 80],
      ["not an address", 80],
      ["host.zone.internal", silent],
    ]),
  );
  await client.is("connecting");
  await client.shows("tried all", { timeout: CONNECT_LIMIT_MS });
  const lines = (await client.allLines()).filter((line) => /^\d:/.test(line));
  expect(lines).toEqual([
    expect.stringMatching(/^1: false .*127\.0\.0\.1:8081 refused the connection.*Start the server first/),
    expect.stringMatching(/^2: false .*host\.zone\.internal:\d+ refused the connection.*Start the server first/),
    expect.stringMatching(/^3: false .*no-such-host\.invalid.*Check the spelling/),
    expect.stringMatching(/^4: false .*--allow host\.zone\.internal:80/),
    expect.stringMatching(/^5: false .*--allow 192\.0\.2\.1:80/),
    expect.stringMatching(/^6: false .*"not an address" is neither/),
    expect.stringMatching(/^7: false .*did not answer in time.*firewall/),
  ]);
  // Whoever waits for the silent host holds up nothing else.
  await client.shows("frames went on meanwhile");
  await client.is("running");
});

test("server:listen raises on a taken port, a bad port and an address that is not ours", async ({ playground, spawn }) => {
  const address = await playground.address();
  const nc = spawn("nc", "-v", "-l", address, 8085);
  await expect.poll(() => nc.errors).toContain("Listening");
  const server = await playground.runServer(`
local function try(...)
	local arguments = table.pack(...)
	local ok, problem = pcall(function()
		zone.socket.server.new():listen(table.unpack(arguments, 1, arguments.n))
	end)
	print(tostring(ok) .. " " .. tostring(problem))
end
local function join() end
try(8080, join)
try(8080, join)
try(8085, join)
try(0, join)
try(65536, join)
try(80.5, join)
try("port", join)
try(8081, "203.0.113.9", join)
try(8082, "nonsense here", join)
try(8083, "0.0.0.0")
print("tried all")
${UPDATE}
`);
  await server.shows("tried all");
  // Each kind of failure is explained the first time that it is printed.
  await expect(server.lines("The port is in use", "notice")).toHaveCount(1);
  expect(await server.lines(/^/, "print").allTextContents()).toEqual([
    "true nil",
    expect.stringMatching(/^false .*[Pp]ort 8080 is already in use.*another port/),
    expect.stringMatching(/^false .*[Pp]ort 8085 is already in use.*another port/),
    expect.stringMatching(/^false .*whole number from 1 to 65535, got 0/),
    expect.stringMatching(/^false .*whole number from 1 to 65535, got 65536/),
    expect.stringMatching(/^false .*whole number from 1 to 65535, got 80\.5/),
    expect.stringMatching(/^false .*invalid argument #1 to 'listen' \(number expected, got string\)/),
    expect.stringMatching(new RegExp(`^false .*203\\.0\\.113\\.9.*is not an address of this machine, which is ${address}`)),
    expect.stringMatching(/^false .*nonsense here/),
    expect.stringMatching(/^false .*missing argument #3 to 'listen' \(function expected\)/),
    "tried all",
  ]);
});

test("an error of listen that nobody catches ends the program and marks its line", async ({ playground }) => {
  const client = await playground.runClient(`
-- Nothing listens there.
zone.socket.client.new():listen("127.0.0.1", 8081, function() end)
`);
  await client.is("failed");
  await client.shows(/client\.luau:3: .*refused/, { level: "error" });
  await expect(client.failure).toContainText("client.luau:3");
  await expect(playground.page.getByTestId("line-error")).toContainText("refused");
});

test.describe(() => {
  // What the bridge holds is counted.
  test.use({ hasOwnBridge: true });

  test("a listen that waits can be stopped", async ({ playground, spawn, bridge }) => {
    const python = spawn("python3", fileURLToPath(new URL("../peers/silent.py", import.meta.url)));
    const silent = await python.reports<number>("port");
    const client = await playground.runClient(trying([["host.zone.internal", silent]]));
    await client.is("connecting");
    await client.stop();
    await client.is("stopped");
    await bridge.isQuiet();
  });
});
