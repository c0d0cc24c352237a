import type { Section } from "./reference.ts";

/** What scripts for other programs that run Luau expect, and what to use here. */
export const OTHER_HOSTS_SECTION: Section = {
  title: { en: "Differences from other Luau programs", ru: "Отличия от других программ с Luau" },
  text: [
    {
      en: "The language is the same as elsewhere, but every program that runs Luau adds its own functions. Those of Roblox and of command-line tools do not exist here, and tutorials for them work only after such changes:",
      ru: "Сам язык везде одинаков, но каждая программа, в которой работает Luau, добавляет свои функции. Функций Roblox и программ командной строки здесь нет, поэтому примеры для них нужно изменить:",
    },
  ],
  table: {
    head: [
      { en: "elsewhere", ru: "в других программах" },
      { en: "here", ru: "здесь" },
    ],
    rows: [
      [
        "`wait(s)`, `task.wait(s)`",
        {
          en: "`zone.system.delay(s)`, or count the time in `zone.update(dt)`",
          ru: "`zone.system.delay(s)` или отсчёт времени в `zone.update(dt)`",
        },
      ],
      ["`while true do … wait() end`", { en: "`zone.update`, which is called every frame", ru: "`zone.update`, которая вызывается каждый кадр" }],
      ["`spawn(f)`, `task.spawn(f)`", "`coroutine.wrap(f)()`"],
      ["`delay(s, f)`, `task.delay(s, f)`", "`coroutine.wrap(function() zone.system.delay(s) f() end)()`"],
      ["`game`, `workspace`, `script`, `Instance`", { en: "nothing: there is no game world", ru: "ничего: игрового мира нет" }],
      ["`require(script.Parent.Words)`", '`require("./words")`'],
      [
        { en: "sockets whose `receive` waits", ru: "сокеты, у которых `receive` ждёт данных" },
        { en: "`onReceive`, and `zone.socket.update()` every frame", ru: "`onReceive` и `zone.socket.update()` каждый кадр" },
      ],
      [
        { en: "a client's `connect`", ru: "`connect` у клиента" },
        { en: "`client:listen`, or `client:connect`, which is the same", ru: "`client:listen` или `client:connect` — это одно и то же" },
      ],
      [
        { en: "files: `io`", ru: "файлы: `io`" },
        { en: "nothing: programs have no files", ru: "ничего: файлов у программ нет" },
      ],
    ],
  },
  entries: [],
};
