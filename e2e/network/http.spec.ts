import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LONG_PATIENCE_MS } from "../../scripts/patience.ts";
import { UPDATE } from "../support/luau.ts";
import { expect, test } from "../support/test.ts";

test.use({ bridgeOptions: ["--allow", "host.zone.internal"] });

/** Answers every request with its method, path and body, then closes, as an HTTP/1.0 server does. */
const HTTP_SERVER = `
local server = zone.socket.server.new()
server:listen(8080, function(connection)
	local request = ""
	connection:onReceive(function(data)
		request ..= data:toString()
		local head, body = string.match(request, "^(.-)\\r\\n\\r\\n(.*)$")
		if not head then
			return
		end
		local length = tonumber(string.match(string.lower(head), "content%-length: (%d+)")) or 0
		if #body < length then
			return
		end
		local method, path = string.match(head, "^(%u+) (%S+)")
		local answer = method .. " " .. path .. " from " .. connection:getIp() .. " with " .. #body .. " bytes\\n"
		connection:send(zone.byteStream.fromString(
			"HTTP/1.1 200 OK\\r\\ncontent-type: text/plain\\r\\ncontent-length: " .. #answer .. "\\r\\nconnection: close\\r\\n\\r\\n" .. answer))
		connection:close()
	end)
end)
print("listening")
${UPDATE}
`;

test("a script fetches a page from python3 -m http.server", async ({ playground, spawn }) => {
  const folder = mkdtempSync(join(tmpdir(), "zone-e2e-"));
  try {
    const body = `${"A page of Python's. ".repeat(5_000)}the end`;
    writeFileSync(join(folder, "page.txt"), body);
    const python = spawn("python3", "-u", "-m", "http.server", "--bind", "127.0.0.1", "--directory", folder, "0");
    await python.shows(/port \d+/, LONG_PATIENCE_MS);
    const port = /port (\d+)/.exec(python.output)?.[1];
    const client = await playground.runClient(`
local client = zone.socket.client.new()
local answer = ""
client:listen("host.zone.internal", ${port}, function(connection)
	connection:onReceive(function(data)
		answer ..= data:toString()
	end)
	connection:onDisconnect(function()
		local head, body = string.match(answer, "^(.-)\\r\\n\\r\\n(.*)$")
		print(string.match(head, "^[^\\r]+"))
		print("length " .. #body .. ", ends with " .. string.sub(body, -7))
	end)
	connection:send(zone.byteStream.fromString("GET /page.txt HTTP/1.0\\r\\n\\r\\n"))
end)
${UPDATE}
`);
    await client.shows("HTTP/1.0 200 OK");
    await client.shows(`length ${body.length}, ends with the end`);
    await expect.poll(() => python.errors).toContain(`${await playground.address()} - - `);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("curl fetches from a script", async ({ playground, spawn }) => {
  const server = await playground.runServer(HTTP_SERVER);
  await server.shows("listening");
  const url = `http://${await playground.address()}:8080`;
  const get = spawn("curl", "--silent", "--show-error", `${url}/hello?name=zone`);
  expect(await get.ends()).toBe("GET /hello?name=zone from 127.0.0.1 with 0 bytes\n");
  expect(get.ending).toEqual({ status: 0, signal: null });

  const post = spawn("curl", "--silent", "--show-error", "--data-binary", "@-", "-H", "Expect:", `${url}/upload`);
  post.write("x".repeat(300_000));
  post.endInput();
  expect(await post.ends()).toBe("POST /upload from 127.0.0.1 with 300000 bytes\n");
});

test("ten curls at a time each get their own answer", async ({ playground, spawn }) => {
  const server = await playground.runServer(HTTP_SERVER);
  await server.shows("listening");
  const address = await playground.address();
  const curls = Array.from({ length: 10 }, (_, index) => spawn("curl", "--silent", "--show-error", `http://${address}:8080/${index}`));
  const answers = await Promise.all(curls.map((curl) => curl.ends()));
  expect(answers).toEqual(curls.map((_, index) => `GET /${index} from 127.0.0.1 with 0 bytes\n`));
});

test("printf ping | nc -N gets its answer", async ({ playground, spawn }) => {
  const server = await playground.runServer(`
local server = zone.socket.server.new()
server:listen(8080, function(connection)
	connection:onReceive(function(data)
		connection:send(zone.byteStream.fromString("pong to " .. data:toString()))
	end)
end)
print("listening")
${UPDATE}
`);
  await server.shows("listening");
  const nc = spawn("sh", "-c", `printf ping | nc -N ${await playground.address()} 8080`);
  expect(await nc.ends()).toBe("pong to ping");
});
