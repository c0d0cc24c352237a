import { UNREAD_END_GRACE_MS } from "../limits.ts";
import type { Section } from "./reference.ts";

const GRACE_SECONDS = UNREAD_END_GRACE_MS / 1000;

/** The class NetConnection. */
export const CONNECTION_SECTION: Section = {
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
};
