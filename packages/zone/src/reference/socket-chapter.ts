import { ARRIVALS_IN_ORDER, UPDATE_HINT_MS } from "../limits.ts";
import { BRIDGE_SECTION } from "./bridge-section.ts";
import { CLIENT_SECTION } from "./client-section.ts";
import { CONNECTION_SECTION } from "./connection-section.ts";
import { LINES_SECTION } from "./lines-section.ts";
import { NETWORK_LIMITS_SECTION } from "./network-limits.ts";
import { ADDRESS_SECTION, FAILURE_SECTION } from "./network-sections.ts";
import type { Chapter } from "./reference.ts";
import { SERVER_SECTION } from "./server-section.ts";

const HINT_SECONDS = UPDATE_HINT_MS / 1000;

/** TCP: `zone.socket`, the server, the client and the connection. */
export const SOCKET_CHAPTER: Chapter = {
  title: { en: "TCP (zone.socket)", ru: "TCP (zone.socket)" },
  text: [
    {
      en: "A server waits for connections on a port; a client makes one. Each gets a `NetConnection`, over which they talk. What arrives from the network waits in a queue until the script calls `zone.socket.update()`.",
      ru: "Сервер ждёт подключений на порту, клиент подключается к нему. Каждый из них получает `NetConnection`, через который они общаются. Всё, что приходит из сети, ждёт в очереди, пока скрипт не вызовет `zone.socket.update()`.",
    },
    {
      en: "A call of `listen`, on a server or a client, looks as if it blocks, but only its coroutine waits: the page and the other callbacks go on. `pcall` around the call works as usual. `listen` cannot be called where Luau cannot wait: in a metamethod, in a comparison function for `table.sort`, in a replacement function for `string.gsub`.",
      ru: "Вызов `listen` и у сервера, и у клиента выглядит блокирующим, но ждёт только корутина, которая его сделала: страница и остальные коллбэки продолжают работать. `pcall` вокруг этого вызова действует как обычно. Метод `listen` нельзя вызвать там, где Luau не умеет ждать: в метаметоде, в функции сравнения для `table.sort`, в функции замены для `string.gsub`.",
    },
  ],
  important: [
    {
      en: "`zone.socket.update()` must be called every frame for a server or a client to work.",
      ru: "Чтобы сервер или клиент работал, `zone.socket.update()` нужно вызывать каждый кадр.",
    },
    {
      en: "Sockets do not close by themselves: the script closes them, for example in `zone.cleanup`. When the program ends, what is still open is closed.",
      ru: "Сами по себе сокеты не закрываются: их закрывает скрипт, например в `zone.cleanup`. Всё, что осталось открытым, закроется, когда программа завершится.",
    },
  ],
  entries: [
    {
      kind: "function",
      names: ["zone.socket.update"],
      origin: "engine",
      text: [
        {
          en: "Handles everything that has happened since the last call (connected, client connected, data received, disconnected) and calls the callbacks in the order in which it happened. No callback of `zone.socket` is called at any other time.",
          ru: "Обрабатывает всё, что произошло с прошлого вызова (подключение к серверу, подключение клиента, получение данных, отключение), и вызывает коллбэки в том порядке, в котором это происходило. В другое время ни один коллбэк `zone.socket` не вызывается.",
        },
        {
          en: "Each callback runs in its own coroutine. A callback that waits in `listen` does not hold up the others: only later events of the same connection wait for it. Called from inside such a callback, `update` does nothing.",
          ru: "Каждый коллбэк выполняется в своей корутине. Коллбэк, который ждёт в `listen`, не задерживает остальные: ждут только следующие события того же соединения. Вызов `update` внутри такого коллбэка ничего не делает.",
        },
        {
          en: `Data that a connection received between events of others keeps its place among them; once ${ARRIVALS_IN_ORDER} such pieces wait, new bytes are added to the last one.`,
          ru: `Данные, которые соединение получило между событиями других соединений, сохраняют своё место среди них; когда обработки ждут уже ${ARRIVALS_IN_ORDER} таких фрагментов, новые байты добавляются к последнему.`,
        },
        {
          en: `If an event waits and \`update\` has not been called for ${HINT_SECONDS} s, the console says so once.`,
          ru: `Если событие ждёт, а \`update\` не вызывали ${HINT_SECONDS} с, консоль один раз об этом напомнит.`,
        },
      ],
      parameters: [],
      example: `
local server = zone.socket.server.new()

server:listen(8080, function(connection)
	print("a client has connected") --> a client has connected
end)

function zone.update(dt)
	zone.socket.update()
end
`,
    },
  ],
  sections: [BRIDGE_SECTION, SERVER_SECTION, CLIENT_SECTION, CONNECTION_SECTION, LINES_SECTION, ADDRESS_SECTION, FAILURE_SECTION, NETWORK_LIMITS_SECTION],
};
