import type { Page } from "@playwright/test";
import { UPDATE } from "../support/luau.ts";
import { isExplained, ladderRows, leavePrintedOut, namedRows, openDetail, openNetwork, runUnseen, tell } from "../support/network-view.ts";
import { peerProgram } from "../support/paths.ts";
import { expect, test } from "../support/test.ts";

/** Where a line stands in a source, counted from 1, as the ladder says it. */
function lineOf(source: string, text: string): number {
  return source.split("\n").findIndex((line) => line.includes(text)) + 1;
}

/** Answers, ends what is to be ended, and lets go of a port that it has had for a moment. */
const SERVER = `
local server = zone.socket.server.new()
local spare = zone.socket.server.new()
function zone.init()
	server:listen(8080, function(connection)
		connection:onReceive(function(data)
			if data:toString() == "close\\n" then
				connection:close()
			end
		end)
		connection:onDisconnect(function()
			print("left")
		end)
	end)
	spare:listen(8081, function() end)
	spare:close()
end
${UPDATE}`;

/** Connects, says a word and stays; connects where nobody listens. */
const CLIENT = `
local client = zone.socket.client.new()
local other = zone.socket.client.new()
function zone.init()
	client:listen("127.0.0.1", 8080, function(connection)
		connection:send(zone.byteStream.fromString("hello"))
		pcall(function()
			other:listen("127.0.0.1", 8099, function() end)
		end)
	end)
end
${UPDATE}`;

test("ports, connections, bytes, and every way in which a connection ends", async ({ playground, spawn }) => {
  const { page } = playground;
  await openNetwork(page);
  await runUnseen(playground, "server.luau", SERVER);
  await expect(ladderRows(page, "listener-closed")).toBeVisible();
  await leavePrintedOut(page);
  await runUnseen(playground, "client.luau", CLIENT);
  const address = await playground.address();

  // Listening begins and ends.
  const listens = namedRows(page, "listen", new RegExp(`^server\\.luau: listens on 127\\.[\\d.]+:8080, line ${lineOf(SERVER, "server:listen")}$`));
  await isExplained(listens, "has opened a port");
  const closed = namedRows(
    page,
    "listener-closed",
    new RegExp(`^server\\.luau: no longer listens on 127\\.[\\d.]+:8081, line ${lineOf(SERVER, "spare:close")}$`),
  );
  await isExplained(closed, "The port is free again");

  // Connect, and accepted; refused, with who listens where.
  const accepted = namedRows(
    page,
    "connect",
    new RegExp(`^client\\.luau to server\\.luau, connects 127\\.[\\d.]+:8080, accepted, line ${lineOf(CLIENT, "client:listen")}$`),
  );
  const detail = await openDetail(accepted);
  await expect(detail.getByTestId("explanation")).toContainText("SYN, SYN-ACK, ACK");
  await expect(detail.getByTestId("explanation")).toContainText("a connection of its own");
  await expect(detail.locator(`[data-place="server.luau:${lineOf(SERVER, "server:listen")}"]`)).toBeVisible();
  await detail.getByTestId("close-detail").click();
  const refused = namedRows(
    page,
    "connect",
    new RegExp(`^client\\.luau to [^,]+, connection refused 127\\.0\\.0\\.1:8099, line ${lineOf(CLIENT, "other:listen")}$`),
  );
  await isExplained(refused, "no program listens on that port", {
    code: "nobody-listens",
    text: "Nobody listens on 127.0.0.1:8099. In this page server.luau listens on port 8080.",
  });

  // Bytes, which were handed to onReceive.
  await isExplained(namedRows(page, "bytes", /^client\.luau to server\.luau, 5 bytes, “hello”, received, line \d+$/), "handed to the receiver's onReceive");

  // A peer ends its half, and one breaks off.
  const half = spawn("node", peerProgram("told"), address, 8080);
  const peer = await half.reports<number>("connected");
  tell(half, { send: "one" });
  await expect(namedRows(page, "bytes", /“one”, received$/)).toBeVisible();
  tell(half, { end: true });
  await isExplained(namedRows(page, "end", /^127\.[\d.]+ to server\.luau, end of stream, received$/), "it will send no more (FIN)");
  // The script's half ends after that, without a line of it.
  await expect(namedRows(page, "end", /^server\.luau to 127\.[\d.]+, end of stream, arrived$/)).toBeVisible();
  await half.shows('{"ended":true}');
  expect(peer).toBeGreaterThan(0);
  const rude = spawn("node", peerProgram("told"), address, 8080);
  await rude.reports("connected");
  tell(rude, { send: "two" });
  await expect(namedRows(page, "bytes", /“two”, received$/)).toBeVisible();
  tell(rude, { reset: true });
  await isExplained(namedRows(page, "reset", /^127\.[\d.]+ to server\.luau, reset, received$/), "broken off at once (RST)");

  // The script closes by itself.
  const asking = spawn("node", peerProgram("told"), address, 8080);
  await asking.reports("connected");
  tell(asking, { send: "close\n" });
  await isExplained(
    namedRows(page, "end", new RegExp(`^server\\.luau to 127\\.[\\d.]+, end of stream, arrived, line ${lineOf(SERVER, "connection:close")}$`)),
    "it will send no more (FIN)",
  );
  await asking.shows('{"ended":true}');

  // The program is stopped, and the client is still there.
  await page.getByTestId("stop-all").click();
  await expect(namedRows(page, "program", /^server\.luau: is over$/)).toBeVisible();
  await isExplained(namedRows(page, "program", /^client\.luau: is over$/), "all its connections and ports are closed");
  const left = ladderRows(page, "end").filter({ has: page.locator(".note") });
  await isExplained(left.first(), "it will send no more (FIN)", { code: "left-open", text: "The program ended while this connection was open" });
  await allIsOver(page);
});

/** No connection is left that the page holds to be open. */
async function allIsOver(page: Page): Promise<void> {
  await page.getByTestId("view-connections").click();
  const rows = page.getByTestId("connections").locator("tbody tr");
  expect(await rows.count()).toBeGreaterThan(0);
  await expect(rows.filter({ has: page.locator("td.open, td.ended, td.connecting") })).toHaveCount(0);
}

/** Falls asleep when it is told to; does not read what comes at its other ports, and says too much. */
const NEGLIGENT = `
local server = zone.socket.server.new()
local deaf = zone.socket.server.new()
local talkative = zone.socket.server.new()
local isAwake = true
function zone.init()
	server:listen(8080, function(connection)
		connection:onReceive(function(data)
			isAwake = data:toString() ~= "sleep"
		end)
	end)
	deaf:listen(8081, function(connection)
		connection:onDisconnect(function()
			print("gone unheard")
		end)
	end)
	talkative:listen(8082, function(connection)
		local data = zone.byteStream.fromString(string.rep("x", 12 * 1024 * 1024))
		connection:send(data)
		connection:send(data)
		connection:send(data)
	end)
end
function zone.update()
	if isAwake then
		zone.socket.update()
	end
end
`;

/** Closes two seconds after it was connected, in which it takes nothing: the greeting is there by then, on a busy machine too. */
const HASTY = `
local client = zone.socket.client.new()
local own: NetConnection? = nil
local waited = 0
function zone.init()
	client:listen("127.0.0.1", 8083, function(connection)
		connection:onReceive(function() end)
		own = connection
	end)
end
function zone.update(dt)
	if own == nil then
		zone.socket.update()
		return
	end
	waited += dt
	if waited > 2 then
		own:close()
		waited = -math.huge
	end
end`;

/** Greets whoever comes. */
const GREETER = `
local server = zone.socket.server.new()
function zone.init()
	server:listen(8083, function(connection)
		connection:send(zone.byteStream.fromString("welcome"))
		connection:onReceive(function() end)
	end)
	print("open")
end
${UPDATE}`;

test("what goes wrong with bytes is said where it happens", async ({ playground, spawn }) => {
  const { page } = playground;
  await openNetwork(page);
  await runUnseen(playground, "server.luau", NEGLIGENT);
  await expect(ladderRows(page, "listen")).toHaveCount(3);
  const address = await playground.address();

  // Nobody takes the bytes; then the stream ends, and they are unread.
  const unheard = spawn("node", peerProgram("told"), address, 8081);
  await unheard.reports("connected");
  tell(unheard, { send: "anyone?" });
  const waiting = namedRows(page, "bytes", /“anyone\?”, arrived$/);
  await expect(waiting).toBeVisible();
  await isExplained(waiting, "A script gets them when it calls zone.socket.update()", {
    code: "no-receiver",
    text: "the connection has no onReceive. Waiting: 7 bytes",
  });
  tell(unheard, { end: true });
  await expect(namedRows(page, "printed", /gone unheard/)).toBeVisible();
  await isExplained(namedRows(page, "end", /to server\.luau, end of stream, received$/), "it will send no more (FIN)", {
    code: "end-unread",
    text: "Unread: 7 bytes",
  });

  // The other side does not read, so send takes a part, and then nothing.
  const slow = spawn("node", peerProgram("deaf"), address, 8082);
  await slow.reports("connected");
  const line = lineOf(NEGLIGENT, "connection:send(data)");
  const part = namedRows(page, "bytes", new RegExp(`^server\\.luau to [^,]+, [\\d,]+ bytes, .*line ${line + 1}$`));
  await isExplained(part, "", { code: "send-short", text: /send took [\d,]+ bytes of 12,582,912: the send buffer is full/ });
  const nothing = namedRows(page, "bytes", new RegExp(`0 bytes.*failed, line ${line + 2}$|send took nothing.*line ${line + 2}$`));
  await isExplained(nothing, "send took nothing", { code: "send-short", text: "send took 0 bytes of 12,582,912" });
  await page.getByTestId("clear-network").click();

  // update() is not called any more.
  const patient = spawn("node", peerProgram("told"), address, 8080);
  await patient.reports("connected");
  tell(patient, { send: "sleep" });
  await expect(namedRows(page, "bytes", /“sleep”, received$/)).toBeVisible();
  tell(patient, { send: "hello?" });
  await isExplained(namedRows(page, "bytes", /“hello\?”, arrived$/), "A script gets them when it calls zone.socket.update()", {
    code: "update-missing",
    text: /waited \d+ s: zone\.socket\.update\(\) was not called/,
  });

  // An own close with bytes under way.
  await runUnseen(playground, "server.luau", GREETER);
  await expect(namedRows(page, "printed", /open/)).toBeVisible();
  await runUnseen(playground, "client.luau", HASTY);
  const closing = new RegExp(`^client\\.luau to server\\.luau, .*line ${lineOf(HASTY, "own:close")}$`);
  const close = namedRows(page, "end", closing).or(namedRows(page, "reset", closing));
  await isExplained(close, "", { code: "closed-early", text: /This side closed before it had read everything.*unread: 7 bytes/ });
  await isExplained(namedRows(page, "bytes", /^server\.luau to client\.luau, 7 bytes, “welcome”, never read, line \d+$/), "Its program never read them");
});
