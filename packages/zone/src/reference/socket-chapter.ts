import { ARRIVALS_IN_ORDER, UNREAD_END_GRACE_MS, UPDATE_HINT_MS } from "../limits.ts";
import { ADDRESS_SECTION, FAILURE_SECTION } from "./network-sections.ts";
import type { Chapter, Parameter } from "./reference.ts";

const PORT: Parameter = {
  name: "port",
  type: "number",
  text: { en: "the port, a whole number from 1 to 65535.", ru: "порт, целое число от 1 до 65535." },
};

/** What `listen` calls back with a connection, and when. */
const CONNECTION_CALLBACK = "(connection: NetConnection) -> ()";

const HINT_SECONDS = UPDATE_HINT_MS / 1000;
const GRACE_SECONDS = UNREAD_END_GRACE_MS / 1000;

/** TCP: `zone.socket`, the server, the client and the connection. */
export const SOCKET_CHAPTER: Chapter = {
  title: { en: "TCP (zone.socket)", ru: "TCP (zone.socket)" },
  text: [
    {
      en: "A server waits for connections on a port, a client makes one. Both get a `NetConnection` and talk over it. What arrives on the network waits in a queue until the script calls `zone.socket.update()`.",
      ru: "Сервер ждёт подключений на порту, клиент подключается сам. Оба получают `NetConnection` и общаются через него. Всё, что приходит из сети, ждёт в очереди, пока скрипт не вызовет `zone.socket.update()`.",
    },
    {
      en: "`listen`, of the server and of the client, looks like a call that blocks, but only its coroutine waits: the page and the other callbacks go on. `pcall` around it works. It cannot be called where Luau cannot wait: inside of a metamethod, a comparator of `table.sort`, a callback of `string.gsub`.",
      ru: "`listen` и у сервера, и у клиента выглядит как блокирующий вызов, но ждёт только её корутина: страница и остальные коллбэки продолжают работать. `pcall` вокруг неё действует как обычно. Её нельзя вызвать там, где Luau не умеет ждать: в метаметоде, в функции сравнения для `table.sort`, в функции замены для `string.gsub`.",
    },
  ],
  important: [
    {
      en: "`zone.socket.update()` must be called every frame for a server or a client to work.",
      ru: "Чтобы сервер или клиент работал, `zone.socket.update()` нужно вызывать каждый кадр.",
    },
    {
      en: "Sockets never close by themselves: the script closes them, for example in `zone.cleanup`. The end of the program closes what is still open.",
      ru: "Сами по себе сокеты не закрываются: их закрывает скрипт, например в `zone.cleanup`. Всё, что осталось открытым, закроется с завершением программы.",
    },
  ],
  entries: [
    {
      kind: "function",
      names: ["zone.socket.update"],
      origin: "engine",
      text: [
        {
          en: "Takes everything that has happened since the last call (connected, joined, received, disconnected) and calls the callbacks, in the order in which it happened. No callback of `zone.socket` runs at any other time.",
          ru: "Разбирает всё, что произошло с прошлого вызова (подключение, присоединение, приход данных, отсоединение), и вызывает коллбэки в том порядке, в котором это происходило. В другое время ни один коллбэк `zone.socket` не вызывается.",
        },
        {
          en: "Each callback runs in a coroutine of its own. One that waits in `listen` does not hold up the others; only the further events of the same connection wait for it. Called from inside of such a callback, `update` does nothing.",
          ru: "Каждый коллбэк выполняется в своей корутине. Если он ждёт в `listen`, остальных это не задерживает: ждут только следующие события того же соединения. Вызов `update` изнутри такого коллбэка ничего не делает.",
        },
        {
          en: `Data that one connection received between events of others keeps its place among them; from ${ARRIVALS_IN_ORDER} waiting pieces on, further bytes join the last of them.`,
          ru: `Данные, которые соединение получило между событиями других, сохраняют своё место среди них; когда таких кусков ждёт уже ${ARRIVALS_IN_ORDER}, новые байты добавляются к последнему.`,
        },
        {
          en: `When something waits and \`update\` has not been called for ${HINT_SECONDS} seconds, the console says so, once.`,
          ru: `Если событие ждёт, а \`update\` не вызывали ${HINT_SECONDS} секунды, консоль один раз об этом напомнит.`,
        },
      ],
      parameters: [],
      example: `
local server = zone.socket.server.new()

server:listen(8080, function(connection)
	print("a client has joined") --> a client has joined
end)

function zone.update(dt)
	zone.socket.update()
end
`,
    },
  ],
  sections: [
    {
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
    },
    {
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
              text: { en: "the server's address or name: of a machine of the room, such as `pc-7`, or of a host.", ru: "адрес или имя сервера: имя компьютера из комнаты, например `pc-7`, или имя узла." },
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
    },
    {
      title: { en: "NetConnection", ru: "NetConnection" },
      className: "NetConnection",
      text: [
        {
          en: "One TCP connection, on the side of the server or of the client. A script cannot make one; it gets them from `listen`.",
          ru: "Одно TCP-соединение, на стороне сервера или клиента. Скрипт не может создать его сам и получает только от `listen`.",
        },
      ],
      entries: [
        {
          kind: "function",
          names: ["NetConnection:getIp"],
          origin: "engine",
          text: [
            {
              en: "The IP address of the other side. Still answers after the connection has ended.",
              ru: "Сообщает IP-адрес обратной стороны. Отвечает и после того, как соединение закончилось.",
            },
          ],
          parameters: [],
          result: { type: "string", text: { en: "the address, such as `127.0.0.1`.", ru: "адрес, например `127.0.0.1`." } },
          failures: [
            {
              cause: "connection.getIp()",
              message: "'getIp' must be called with ':' on a NetConnection, as in object:getIp(...), not object.getIp(...) (NetConnection expected, got nothing)",
            },
          ],
          example: `
local client = zone.socket.client.new()

client:listen("127.0.0.1", 8080, function(connection)
	connection:close()
	print(connection:getIp()) --> 127.0.0.1
end)

function zone.update()
	zone.socket.update()
end
`,
        },
        {
          kind: "function",
          names: ["NetConnection:send"],
          origin: "engine",
          text: [
            {
              en: "Sends all bytes of a ByteStream, whatever its position, which stays where it is.",
              ru: "Отправляет все байты ByteStream, где бы ни стояла его позиция; сама она не меняется.",
            },
            {
              en: "The number is smaller than the length only when the other side reads so slowly that the connection's send buffer is full: then send the rest later. On a connection that has ended it is 0.",
              ru: "Число меньше длины только тогда, когда обратная сторона читает так медленно, что буфер отправки заполнен: остаток нужно отправить позже. У закончившегося соединения это 0.",
            },
          ],
          parameters: [{ name: "data", type: "ByteStream", text: { en: "what to send.", ru: "что отправить." } }],
          result: { type: "number", text: { en: "how many bytes were taken for sending.", ru: "сколько байт принято к отправке." } },
          failures: [
            { cause: `connection:send("text")`, message: "invalid argument #1 to 'send' (ByteStream expected, got string)" },
            { cause: "connection:send()", message: "missing argument #1 to 'send' (ByteStream expected)" },
          ],
          example: `
local client = zone.socket.client.new()

client:listen("127.0.0.1", 8080, function(connection)
	local message = zone.byteStream.fromString("hello")
	print(connection:send(message)) --> 5
end)

function zone.update()
	zone.socket.update()
end
`,
        },
        {
          kind: "function",
          names: ["NetConnection:onReceive"],
          origin: "playground",
          text: [
            {
              en: "Sets what is called with the bytes that have arrived. Setting it again replaces the callback. Bytes that arrive before it is set wait for it, and all bytes come before `onDisconnect`.",
              ru: "Задаёт функцию, которая получает пришедшие байты. Повторный вызов заменяет её. Байты, пришедшие раньше, дожидаются её, и все байты приходят до `onDisconnect`.",
            },
            {
              en: "As long as the script takes nothing, the other side can send only so much; then it has to wait. Nothing is lost.",
              ru: "Пока скрипт не забирает данные, обратная сторона может отправить лишь ограниченное их количество, а дальше ждёт. Ничего не теряется.",
            },
          ],
          important: [
            {
              en: "TCP carries bytes, not messages. What was sent at once may arrive in pieces, and what was sent in pieces may arrive at once. A program that needs messages says where they end: with a line break, or with a length in front.",
              ru: "TCP передаёт байты, а не сообщения. Отправленное одним вызовом может прийти по частям, а отправленное по частям — одним куском. Если программе нужны сообщения, она сама отмечает их границы: переводом строки или длиной впереди.",
            },
          ],
          parameters: [
            {
              name: "callback",
              type: "(data: ByteStream) -> ()",
              text: { en: "called with the bytes, the position being 0.", ru: "вызывается с пришедшими байтами, позиция — 0." },
            },
          ],
          failures: [{ cause: "connection:onReceive(5)", message: "invalid argument #1 to 'onReceive' (function expected, got number)" }],
          example: `
local client = zone.socket.client.new()

client:listen("127.0.0.1", 8080, function(connection)
	connection:onReceive(function(data)
		print("received " .. data:toString()) --> received ping
	end)
	connection:send(zone.byteStream.fromString("ping"))
end)

function zone.update()
	zone.socket.update()
end
`,
        },
        {
          kind: "function",
          names: ["NetConnection:onDisconnect"],
          origin: "engine",
          text: [
            {
              en: "Sets what is called, once, when the connection ends: the other side has closed it or was killed, or the bridge has gone away. Setting it again replaces the callback; set after the end, it is called by the next `zone.socket.update()`.",
              ru: "Задаёт функцию, которая будет вызвана один раз, когда соединение закончится: обратная сторона закрыла его или аварийно завершилась, либо пропал мост. Повторный вызов заменяет функцию; заданную уже после конца вызовет ближайший `zone.socket.update()`.",
            },
            {
              en: "When the other side has only said that it will send no more (as `printf ping | nc -N` does), the connection ends too: what the script has sent by then, for example from `onReceive` in the same `zone.socket.update()`, still goes out.",
              ru: "Если обратная сторона лишь сообщила, что больше ничего не отправит (как `printf ping | nc -N`), соединение тоже заканчивается: всё, что скрипт успел отправить, например из `onReceive` в том же `zone.socket.update()`, дойдёт.",
            },
            {
              en: `When bytes have arrived and no \`onReceive\` is set, \`onDisconnect\` waits for it for ${GRACE_SECONDS} second.`,
              ru: `Если байты пришли, а \`onReceive\` не задан, \`onDisconnect\` ждёт его ${GRACE_SECONDS} секунду.`,
            },
          ],
          important: [
            {
              en: "It is not called when the cause is this side's own `close()`. On the other side it is called as usual.",
              ru: "Если причина — `close()` с этой стороны, функция не вызывается. На обратной стороне она вызывается как обычно.",
            },
          ],
          parameters: [
            {
              name: "callback",
              type: "() -> ()",
              text: { en: "called when the connection has ended.", ru: "вызывается, когда соединение закончилось." },
            },
          ],
          example: `
local server = zone.socket.server.new()

server:listen(8080, function(connection)
	connection:onDisconnect(function()
		print(connection:getIp() .. " has left") --> 127.0.0.1 has left
	end)
end)

function zone.update()
	zone.socket.update()
end
`,
        },
        {
          kind: "function",
          names: ["NetConnection:close"],
          origin: "engine",
          text: [
            {
              en: "Ends the connection after what was sent has gone out. From then on none of its callbacks is called, and `send` returns 0. A second call does nothing.",
              ru: "Закрывает соединение, когда всё отправленное ушло. После этого ни один его коллбэк не вызывается, а `send` возвращает 0. Повторный вызов ничего не делает.",
            },
          ],
          parameters: [],
          example: `
local server = zone.socket.server.new()

server:listen(8080, function(connection)
	connection:send(zone.byteStream.fromString("closed today"))
	connection:close()
	print("turned away") --> turned away
end)

function zone.update()
	zone.socket.update()
end
`,
        },
      ],
    },
    ADDRESS_SECTION,
    FAILURE_SECTION,
  ],
};
