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
      text: [{ en: "Creates a client. It does not connect yet.", ru: "Создаёт клиент. Пока он никуда не подключается." }],
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
          en: "Connects to a server and returns once the connection is made. The next `zone.socket.update()` calls `callback`.",
          ru: "Подключается к серверу и возвращается, когда соединение установлено. `callback` вызовет ближайший `zone.socket.update()`.",
        },
        {
          en: "A client's `listen` is what other libraries call `connect`: it does not wait for others, it goes to them. `client:connect` is the same method. The first name comes from the engine's reference, the second from its type definitions.",
          ru: "`listen` у клиента — это то, что в других библиотеках называется `connect`: клиент не ждёт подключений, а подключается сам. `client:connect` — тот же метод. Первое имя взято из справочника движка, второе — из его описания типов.",
        },
        {
          en: "When it cannot connect, it raises an error that says why: nothing listens on the port, the name is unknown, no answer came in time, the address is not allowed. `pcall` catches the error.",
          ru: "Если подключиться не удалось, вызов завершается ошибкой, в которой названа причина: порт никто не слушает, имя не найдено, ответ не пришёл вовремя, адрес не разрешён. Ошибку перехватывает `pcall`.",
        },
        {
          en: "A client has one connection at a time. After `close()`, or once the connection has closed, the client can be used again.",
          ru: "У клиента бывает только одно соединение. После `close()` или когда соединение закрылось, клиент можно использовать снова.",
        },
      ],
      parameters: [
        {
          name: "ip",
          type: "string",
          text: {
            en: "the server's address or name: that of a machine in the room, such as `pc-7` or `Anna`, in any case, or of a server outside, such as `example.com`.",
            ru: "адрес или имя сервера: имя компьютера в комнате, например `pc-7` или `Маша` (большие буквы от маленьких не отличаются), или внешнее имя, например `example.com`.",
          },
        },
        PORT,
        {
          name: "callback",
          type: CONNECTION_CALLBACK,
          text: { en: "called with the connection to the server.", ru: "получает соединение с сервером." },
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
          en: "Closes the connection to the server; what was sent before is still delivered. `onDisconnect` is not called on this side; on the other side it is. A `listen` that is still waiting raises an error. A second call does nothing.",
          ru: "Закрывает соединение с сервером; отправленное до этого дойдёт. На этой стороне `onDisconnect` не вызывается, на другой — вызывается как обычно. Вызов `listen`, который ещё ждёт, завершится ошибкой. Повторный вызов ничего не делает.",
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
