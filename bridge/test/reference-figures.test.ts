import { readFileSync } from "node:fs";
import { DEFAULT_WINDOW_BYTES } from "@playground/wire/codec";
import { SESSION_BUFFER_BYTES, STREAM_BUFFER_BYTES } from "@playground/network";
import { expect, it } from "vitest";
import { CONNECT_TIMEOUT_MS, FLUSH_STALL_MS } from "@playground/tcp";
import { DEFAULT_GRACE_MS, DEFAULT_LIMITS, SESSION_END_MS } from "../src/limits.ts";

/** A row of the reference by how it begins, in both languages, and the figure that it has to name. */
const ROWS: readonly (readonly [en: string, ru: string, figure: string])[] = [
  ["send buffer of a connection", "буфер отправки соединения", `${STREAM_BUFFER_BYTES / 2 ** 20}`],
  ["send buffers of all connections", "буферы отправки всех соединений", `${SESSION_BUFFER_BYTES / 2 ** 20}`],
  ["receive buffer of a connection", "буфер приёма соединения", `${DEFAULT_WINDOW_BYTES / 2 ** 10}`],
  ["connecting, the look-up", "подключение вместе с поиском", `${CONNECT_TIMEOUT_MS / 1000}`],
  ["connections of a program", "соединения одной программы", `${DEFAULT_LIMITS.streamsPerSession}`],
  ["ports that a program listens on", "порты, которые слушает", `${DEFAULT_LIMITS.listenersPerSession}`],
  ["the page has lost the bridge", "у страницы нет связи с мостом", `${DEFAULT_GRACE_MS / 1000}`],
  ["after `close()`", "после `close()`", `${FLUSH_STALL_MS / 1000}`],
  ["after the program has ended", "после завершения программы", `${SESSION_END_MS / 1000}`],
];

it.each(ROWS)("the script API's reference has the figure of: %s", (en, ru, figure) => {
  for (const [language, begin] of [
    ["en", en],
    ["ru", ru],
  ] as const) {
    const page = readFileSync(new URL(`../../docs/api.${language}.md`, import.meta.url), "utf8");
    const cell = page
      .split("\n")
      .find((line) => line.startsWith(`| ${begin}`))
      ?.split("|")[2];
    expect(cell?.match(/[\d.,]+/g)?.map((number) => number.replace(",", "."))).toContain(figure);
  }
});
