import { CONNECTION_LIMIT, UNREAD_END_GRACE_MS, UPDATE_HINT_MS } from "../limits.ts";
import type { Section, Text } from "./reference.ts";

/*
 * What the page and the bridge set, and this package does not see. A test of the bridge compares the figures with those that hold.
 */
const SEND_BUFFER_MIB = 16;
const ALL_SEND_BUFFERS_MIB = 64;
const RECEIVE_BUFFER_KIB = 256;
const CONNECT_SECONDS = 10;
const KEPT_SECONDS = 30;
const STALLED_SECONDS = 30;
const LAST_BYTES_SECONDS = 1.5;
const BRIDGE_CONNECTIONS = 512;
const BRIDGE_PORTS = 64;

function mebibytes(count: number): Text {
  return { en: `${count} MiB`, ru: `${count} МиБ` };
}

function kibibytes(count: number): Text {
  return { en: `${count} KiB`, ru: `${count} КиБ` };
}

function seconds(count: number): Text {
  return { en: `${count} s`, ru: `${String(count).replace(".", ",")} с` };
}

/** How much the network holds for a script, and for how long. */
export const NETWORK_LIMITS_SECTION: Section = {
  title: { en: "Buffers and time limits", ru: "Буферы и сроки" },
  text: [
    {
      en: "These are the defaults. Whoever runs the bridge can change those that are the bridge's.",
      ru: "Указаны значения по умолчанию. Те, что относятся к мосту, может изменить тот, кто его запускает.",
    },
  ],
  table: {
    head: [
      { en: "what", ru: "что" },
      { en: "limit", ru: "предел" },
      { en: "what happens at the limit", ru: "что происходит" },
    ],
    rows: [
      [
        { en: "send buffer of a connection: taken by `send`, not yet on its way", ru: "буфер отправки соединения: `send` уже принял, но ещё не отправлено" },
        mebibytes(SEND_BUFFER_MIB),
        { en: "`send` takes fewer bytes and returns how many", ru: "`send` принимает меньше байтов и возвращает, сколько принял" },
      ],
      [
        { en: "send buffers of all connections of a program", ru: "буферы отправки всех соединений программы" },
        mebibytes(ALL_SEND_BUFFERS_MIB),
        { en: "the same", ru: "то же" },
      ],
      [
        {
          en: "receive buffer of a connection: arrived, not yet given to `onReceive`",
          ru: "буфер приёма соединения: уже пришло, но ещё не передано в `onReceive`",
        },
        kibibytes(RECEIVE_BUFFER_KIB),
        { en: "the other side waits", ru: "другая сторона ждёт" },
      ],
      [
        { en: "connecting, the look-up of the name included", ru: "подключение вместе с поиском имени" },
        seconds(CONNECT_SECONDS),
        { en: "`client:listen` raises an error", ru: "`client:listen` завершается ошибкой" },
      ],
      [
        { en: "connections of a program", ru: "соединения одной программы" },
        { en: `${CONNECTION_LIMIT}; the bridge allows ${BRIDGE_CONNECTIONS}`, ru: `${CONNECTION_LIMIT}; предел моста — ${BRIDGE_CONNECTIONS}` },
        { en: "further clients are refused; `client:listen` raises an error", ru: "новым клиентам отказано; `client:listen` завершается ошибкой" },
      ],
      [
        { en: "ports that a program listens on", ru: "порты, которые слушает одна программа" },
        String(BRIDGE_PORTS),
        { en: "`server:listen` raises an error", ru: "`server:listen` завершается ошибкой" },
      ],
      [
        { en: "the page has lost the bridge", ru: "у страницы нет связи с мостом" },
        seconds(KEPT_SECONDS),
        { en: "ports and connections are closed", ru: "порты и соединения закрываются" },
      ],
      [
        { en: "after `close()`: the other side takes none of what was sent", ru: "после `close()`: другая сторона не принимает отправленное" },
        seconds(STALLED_SECONDS),
        { en: "the rest is lost", ru: "остаток теряется" },
      ],
      [
        { en: "after the program has ended: what was sent goes out", ru: "после завершения программы: уходит отправленное" },
        seconds(LAST_BYTES_SECONDS),
        { en: "the rest is lost", ru: "остаток теряется" },
      ],
      [
        { en: "bytes have arrived, the connection is closed, no `onReceive` is set", ru: "байты пришли, соединение закрыто, а `onReceive` не задан" },
        seconds(UNREAD_END_GRACE_MS / 1000),
        { en: "`onDisconnect` is called; the bytes are lost", ru: "вызывается `onDisconnect`; байты теряются" },
      ],
      [
        { en: "an event waits, and `zone.socket.update()` is not called", ru: "событие ждёт, а `zone.socket.update()` не вызывают" },
        seconds(UPDATE_HINT_MS / 1000),
        { en: "the console says so", ru: "консоль об этом напоминает" },
      ],
    ],
  },
  entries: [],
};
