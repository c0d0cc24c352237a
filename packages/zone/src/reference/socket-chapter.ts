import { ARRIVALS_IN_ORDER, UPDATE_HINT_MS } from "../limits.ts";
import { CLIENT_SECTION } from "./client-section.ts";
import { CONNECTION_SECTION } from "./connection-section.ts";
import { ADDRESS_SECTION, FAILURE_SECTION } from "./network-sections.ts";
import type { Chapter } from "./reference.ts";
import { SERVER_SECTION } from "./server-section.ts";

const HINT_SECONDS = UPDATE_HINT_MS / 1000;

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
  sections: [SERVER_SECTION, CLIENT_SECTION, CONNECTION_SECTION, ADDRESS_SECTION, FAILURE_SECTION],
};
