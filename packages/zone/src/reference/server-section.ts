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
      text: [{ en: "Makes a server. It does not listen yet.", ru: "Создаёт сервер. Слушать он пока не начинает." }],
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
          en: "Begins to listen on a port, and returns once the port is bound. From then on `callback` is called for each client that joins.",
          ru: "Занимает порт и начинает слушать. Возвращается, когда это удалось. С этого момента `callback` вызывается для каждого присоединившегося клиента.",
        },
        {
          en: "The address may be left out: `server:listen(8080, callback)`. When the port cannot be bound, it raises an error that says why: another program listens there, the address is not one of this machine.",
          ru: "Адрес можно не указывать: `server:listen(8080, callback)`. Если порт занять не удалось, вызывается ошибка с причиной: порт уже слушает другая программа, или такого адреса у этого компьютера нет.",
        },
        {
          en: "A server listens on one port at a time. After `close()` it may listen again.",
          ru: "Сервер слушает только один порт. После `close()` его можно использовать снова.",
        },
      ],
      parameters: [
        PORT,
        {
          name: "ip",
          type: "string?",
          text: {
            en: "the address to listen at _(optional)_. By default `0.0.0.0`, which is every address.",
            ru: "адрес, на котором слушать _(необязательный)_. По умолчанию `0.0.0.0`, то есть все адреса.",
          },
        },
        {
          name: "callback",
          type: CONNECTION_CALLBACK,
          text: { en: "called with the connection of each client.", ru: "вызывается с соединением каждого клиента." },
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
          en: "Closes the connections of all clients and stops listening. The port is free at once. What was sent before still goes out.",
          ru: "Закрывает соединения всех клиентов и перестаёт слушать. Порт освобождается сразу. Отправленное до этого дойдёт.",
        },
        {
          en: "This is this side's own close for each of the connections: their `onDisconnect` is not called here, and is called on the other side. A `listen` that still waits raises an error. A second call does nothing.",
          ru: "Для каждого из соединений это закрытие с нашей стороны: здесь `onDisconnect` не вызывается, а на обратной стороне вызывается как обычно. Если `listen` ещё ждёт, она завершится ошибкой. Повторный вызов ничего не делает.",
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
