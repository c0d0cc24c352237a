import { CONNECTION_CALLBACK, PORT } from "./socket-parameters.ts";
import type { Section } from "./reference.ts";

/** The class SocketClient. */
export const CLIENT_SECTION: Section = {
  title: { en: "Client", ru: "Клиент" },
  className: "SocketClient",
  text: [],
  entries: [
    {
      kind: "function",
      names: ["zone.socket.client.new"],
      origin: "engine",
      text: [{ en: "Makes a client. It does not connect yet.", ru: "Создаёт клиента. Подключаться он пока не начинает." }],
      parameters: [],
      result: { type: "SocketClient", text: { en: "the client.", ru: "клиент." } },
      example: `
local client = zone.socket.client.new()
print(typeof(client)) --> SocketClient
`,
    },
    {
      kind: "function",
      names: ["SocketClient:listen", "SocketClient:connect"],
      origin: "engine",
      text: [
        {
          en: "Connects to a server, and returns once connected. `callback` is called by the next `zone.socket.update()`.",
          ru: "Подключается к серверу и возвращается, когда соединение установлено. `callback` вызовет ближайший `zone.socket.update()`.",
        },
        {
          en: "When it cannot connect, it raises an error that says why: nobody listens on the port, no host has this name, no answer in time, the address is not allowed. `pcall` catches it.",
          ru: "Если подключиться не удалось, вызывается ошибка с причиной: порт никто не слушает, узла с таким именем нет, ответ не пришёл вовремя, адрес не разрешён. Её перехватывает `pcall`.",
        },
        {
          en: "A client holds one connection at a time. After `close()`, or once the connection has ended, it may be used again.",
          ru: "У клиента бывает только одно соединение. После `close()` или когда соединение закончилось, клиента можно использовать снова.",
        },
        {
          en: "`listen` and `connect` are one method: the engine's reference has the first name, its type definitions have the second.",
          ru: "`listen` и `connect` — один и тот же метод: первое имя взято из справочника движка, второе — из его описания типов.",
        },
      ],
      parameters: [
        {
          name: "ip",
          type: "string",
          text: {
            en: "the server's address or name: of a machine of the room, such as `pc-7`, or of a host.",
            ru: "адрес или имя сервера: имя компьютера из комнаты, например `pc-7`, или имя узла.",
          },
        },
        PORT,
        {
          name: "callback",
          type: CONNECTION_CALLBACK,
          text: { en: "called with the connection.", ru: "вызывается с соединением." },
        },
      ],
      failures: [
        { cause: "client:listen(8080, '127.0.0.1', print)", message: "invalid argument #1 to 'listen' (string expected, got number)" },
        { cause: "client:connect(8080, '127.0.0.1', print)", message: "invalid argument #1 to 'connect' (string expected, got number)" },
        {
          cause: "client:listen('127.0.0.1', 0, print)",
          message: "invalid argument #2 to 'listen' (a port is a whole number from 1 to 65535, got 0)",
        },
      ],
      example: `
local client = zone.socket.client.new()

local ok, message = pcall(function()
	client:listen("127.0.0.1", 8080, function(connection)
		print("connected to " .. connection:getIp()) --> connected to 127.0.0.1
	end)
end)

if not ok then
	warn(message)
end

function zone.update()
	zone.socket.update()
end

function zone.cleanup()
	client:close()
end
`,
    },
    {
      kind: "function",
      names: ["SocketClient:close"],
      origin: "engine",
      text: [
        {
          en: "Closes the connection to the server; what was sent before still goes out. `onDisconnect` is not called here, and is called on the other side. A `listen` that still waits raises an error. A second call does nothing.",
          ru: "Закрывает подключение к серверу; отправленное до этого дойдёт. Здесь `onDisconnect` не вызывается, а на обратной стороне вызывается как обычно. Если `listen` ещё ждёт, она завершится ошибкой. Повторный вызов ничего не делает.",
        },
      ],
      parameters: [],
      example: `
local client = zone.socket.client.new()

client:listen("127.0.0.1", 8080, function(connection)
	connection:send(zone.byteStream.fromString("bye"))
	client:close()
	print("closed") --> closed
end)

function zone.update()
	zone.socket.update()
end
`,
    },
  ],
};
