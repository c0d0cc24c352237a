import { CONNECTION_CALLBACK, PORT } from "./socket-parameters.ts";
import type { Section } from "./reference.ts";

/** The class SocketServer. */
export const SERVER_SECTION: Section = {
  title: { en: "Server", ru: "Сервер" },
  className: "SocketServer",
  text: [],
  entries: [
    {
      kind: "function",
      names: ["zone.socket.server.new"],
      origin: "engine",
      text: [{ en: "Creates a server. It does not listen yet.", ru: "Создаёт сервер. Порт он пока не слушает." }],
      parameters: [],
      result: { type: "SocketServer", text: { en: "the server.", ru: "сервер." } },
      example: `
local server = zone.socket.server.new()
print(typeof(server)) --> SocketServer
`,
    },
    {
      kind: "function",
      names: ["SocketServer:listen"],
      origin: "engine",
      text: [
        {
          en: "Starts to listen on a port and returns once the port is open. From then on `callback` is called for each client that connects.",
          ru: "Открывает порт и начинает его слушать; возвращается, когда порт открыт. С этого момента `callback` вызывается для каждого подключившегося клиента.",
        },
        {
          en: "The address may be left out: `server:listen(8080, callback)`. If the port cannot be opened, the call raises an error that says why: another program listens on it, or this machine does not have the address.",
          ru: "Адрес можно не указывать: `server:listen(8080, callback)`. Если открыть порт не удалось, вызов завершается ошибкой, в которой названа причина: порт уже слушает другая программа или такого адреса у этого компьютера нет.",
        },
        {
          en: "A server listens on one port at a time. After `close()` it can be used again.",
          ru: "Сервер слушает только один порт. После `close()` его можно использовать снова.",
        },
      ],
      parameters: [
        PORT,
        {
          name: "ip",
          type: "string?",
          text: {
            en: "the address to listen on _(optional)_. By default `0.0.0.0`, which means every address.",
            ru: "адрес, на котором слушать _(необязательный)_. По умолчанию `0.0.0.0`, то есть все адреса.",
          },
        },
        {
          name: "callback",
          type: CONNECTION_CALLBACK,
          text: { en: "called with the connection to each client.", ru: "вызывается для каждого клиента и получает соединение с ним." },
        },
      ],
      skippable: ["ip"],
      failures: [
        {
          cause: "server:listen(70000, print)",
          message: "invalid argument #1 to 'listen' (a port is a whole number from 1 to 65535, got 70000)",
        },
        { cause: "server:listen(8080)", message: "missing argument #3 to 'listen' (function expected)" },
        {
          cause: "server:listen(8080, print) server:listen(8080, print)",
          message: "this SocketServer listens on port 8080 already; call close() first",
        },
      ],
      example: `
local server = zone.socket.server.new()

local ok, message = pcall(function()
	server:listen(8080, "0.0.0.0", function(connection)
		print(connection:getIp() .. " has joined") --> 127.0.0.1 has joined
	end)
end)

if not ok then
	warn(message)
end

function zone.update()
	zone.socket.update()
end

function zone.cleanup()
	server:close()
end
`,
    },
    {
      kind: "function",
      names: ["SocketServer:close"],
      origin: "engine",
      text: [
        {
          en: "Closes the connections to all clients and stops listening. The port is free at once. What was sent before is still delivered.",
          ru: "Закрывает соединения со всеми клиентами и перестаёт слушать порт. Порт освобождается сразу. Отправленное до этого дойдёт.",
        },
        {
          en: "This side closes the connections, so their `onDisconnect` is not called here; on the other side it is. A `listen` that is still waiting raises an error. A second call does nothing.",
          ru: "Соединения закрывает эта сторона, поэтому здесь их `onDisconnect` не вызывается; на другой стороне он вызывается как обычно. Вызов `listen`, который ещё ждёт, завершится ошибкой. Повторный вызов ничего не делает.",
        },
      ],
      parameters: [],
      example: `
local server = zone.socket.server.new()
server:listen(8080, function() end)
server:close()
server:listen(8080, function() end)
print("listening again") --> listening again
server:close()
`,
    },
  ],
};
