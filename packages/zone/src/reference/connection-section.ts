import { CONNECTION_HINT_MS, UNREAD_END_GRACE_MS } from "../limits.ts";
import type { Section } from "./reference.ts";

const GRACE_SECONDS = UNREAD_END_GRACE_MS / 1000;
const HINT_SECONDS = CONNECTION_HINT_MS / 1000;

/** The class NetConnection. */
export const CONNECTION_SECTION: Section = {
  title: { en: "NetConnection", ru: "NetConnection" },
  className: "NetConnection",
  text: [
    {
      en: "One TCP connection, on the server's side or the client's. A script cannot create one; it gets them from `listen`.",
      ru: "Одно TCP-соединение на стороне сервера или клиента. Создать его скрипт не может: соединение приходит в коллбэк метода `listen`.",
    },
  ],
  entries: [
    {
      kind: "function",
      names: ["NetConnection:getIp"],
      origin: "engine",
      text: [
        {
          en: "Returns the IP address of the other side, also after the connection is closed.",
          ru: "Возвращает IP-адрес другой стороны, в том числе после закрытия соединения.",
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
          en: "Sends all bytes of a ByteStream, whatever its position. The position does not change.",
          ru: "Отправляет все байты ByteStream независимо от его позиции. Позиция не меняется.",
        },
        {
          en: "Returns less than the length in two cases, which `isOpen` tells apart. If it is `true`, the other side reads so slowly that the connection's send buffer is full: send the rest later. If it is `false`, the connection is closed, `send` returns 0, and nothing more can be sent. The first time that either happens, the console says which it was.",
          ru: "Возвращает меньше длины в двух случаях; какой из них произошёл, показывает `isOpen`. Если `true`, другая сторона читает слишком медленно и буфер отправки заполнен: остаток нужно отправить позже. Если `false`, соединение закрыто: `send` возвращает 0, и отправить больше ничего нельзя. Когда это происходит впервые, консоль сообщает, какой это случай.",
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
      names: ["NetConnection:isOpen"],
      origin: "playground",
      text: [
        {
          en: "Tells whether the connection can still send. It becomes `false` when this side closes the connection, and when the connection breaks, which may be shortly before `onDisconnect` is called.",
          ru: "Показывает, можно ли ещё отправлять данные. Становится `false`, когда эта сторона закрывает соединение или когда оно обрывается — возможно, чуть раньше, чем вызывается `onDisconnect`.",
        },
      ],
      parameters: [],
      result: {
        type: "boolean",
        text: { en: "`true` while `send` takes bytes, now or later.", ru: "`true`, пока `send` принимает байты — сейчас или позже." },
      },
      example: `
local client = zone.socket.client.new()

client:listen("127.0.0.1", 8080, function(connection)
	print(connection:isOpen()) --> true
	connection:close()
	print(connection:isOpen()) --> false
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
          en: "Sets the callback that gets the bytes that arrive. Setting it again replaces it. Bytes that arrive before it is set wait for it, and all bytes come before `onDisconnect`.",
          ru: "Задаёт коллбэк, который получает пришедшие байты. Повторный вызов заменяет коллбэк. Байты, пришедшие до этого, дождутся его; все байты приходят раньше, чем вызывается `onDisconnect`.",
        },
        {
          en: `While the script takes nothing, the other side can send only a limited amount; then it waits. Nothing is lost. If bytes wait for ${HINT_SECONDS} s, the console says so, once.`,
          ru: `Пока скрипт не забирает данные, другая сторона может отправить лишь ограниченный объём, а дальше ждёт. Ничего не теряется. Если байты ждут ${HINT_SECONDS} с, консоль один раз об этом сообщает.`,
        },
      ],
      important: [
        {
          en: "TCP carries bytes, not messages. What was sent in one call may arrive in pieces, and what was sent in pieces may arrive as one. A program that needs messages marks where they end: with a line break, or with a length in front.",
          ru: "TCP передаёт байты, а не сообщения. Отправленное одним вызовом может прийти по частям, а отправленное по частям — сразу. Если программе нужны сообщения, она сама отмечает их границы: переводом строки или длиной впереди.",
        },
      ],
      parameters: [
        {
          name: "callback",
          type: "(data: ByteStream) -> ()",
          text: { en: "called with the bytes; the position is 0.", ru: "вызывается с пришедшими байтами; позиция — 0." },
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
          en: "Sets the callback that is called once when the connection closes: the other side closed it or crashed, or the bridge is gone. Setting it again replaces it; if it is set after the connection has closed, the next `zone.socket.update()` calls it.",
          ru: "Задаёт коллбэк, который будет вызван один раз, когда соединение закроется: другая сторона закрыла его или аварийно завершилась либо пропала связь с мостом. Повторный вызов заменяет коллбэк; если соединение уже закрыто, коллбэк вызовет ближайший `zone.socket.update()`.",
        },
        {
          en: "If the other side only signals that it will send no more (as `printf ping | nc -N` does), the connection closes too. What the script has sent by then, for example in `onReceive` in the same `zone.socket.update()`, is still delivered.",
          ru: "Если другая сторона лишь сообщила, что больше ничего не отправит (как `printf ping | nc -N`), соединение тоже закрывается. Всё, что скрипт успел отправить, например из `onReceive` в том же `zone.socket.update()`, дойдёт.",
        },
        {
          en: `If bytes have arrived and no \`onReceive\` is set, \`onDisconnect\` waits up to ${GRACE_SECONDS} s for it.`,
          ru: `Если байты пришли, а \`onReceive\` не задан, \`onDisconnect\` ждёт его до ${GRACE_SECONDS} с.`,
        },
        {
          en: `If the other side closes a connection that has no \`onDisconnect\` for ${HINT_SECONDS} s, the console says so, once.`,
          ru: `Если другая сторона закрыла соединение, а \`onDisconnect\` не задан в течение ${HINT_SECONDS} с, консоль один раз об этом сообщает.`,
        },
      ],
      important: [
        {
          en: "The callback is not called if this side closes the connection with `close()`. On the other side it is called as usual.",
          ru: "Если соединение закрыла эта сторона вызовом `close()`, коллбэк не вызывается. На другой стороне он вызывается как обычно.",
        },
      ],
      parameters: [
        {
          name: "callback",
          type: "() -> ()",
          text: { en: "called when the connection has closed.", ru: "вызывается, когда соединение закрылось." },
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
          en: "Closes the connection once everything sent has gone out. From then on none of its callbacks is called, and `send` returns 0. A second call does nothing.",
          ru: "Закрывает соединение, как только уйдёт всё отправленное. Ни один его коллбэк больше не вызывается, а `send` возвращает 0. Повторный вызов ничего не делает.",
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
