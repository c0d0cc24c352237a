import type { Section } from "./reference.ts";

/** What stands between a script and TCP. */
export const BRIDGE_SECTION: Section = {
  title: { en: "The bridge", ru: "Мост" },
  text: [
    {
      en: "A web page cannot open TCP connections. The bridge does that for it: a program on the teacher's computer or on a server, which serves this page and opens real TCP sockets for the scripts. What a script sends goes from the page to the bridge over a WebSocket, and from there to the other side over TCP. What the other side sends comes back the same way.",
      ru: "Веб-страница не умеет открывать TCP-соединения. За неё это делает мост — программа на компьютере учителя или на сервере, которая раздаёт эту страницу и открывает для скриптов настоящие TCP-сокеты. То, что отправляет скрипт, идёт от страницы к мосту через WebSocket, а оттуда к другой стороне по TCP. То, что отправляет другая сторона, приходит тем же путём.",
    },
    {
      en: "Scripts need the bridge all the time. If the page loses it, the page reconnects by itself; meanwhile the bridge keeps ports and connections for a while. If that takes too long, all connections close and `onDisconnect` is called.",
      ru: "Мост нужен скриптам всё время. Если связь с ним пропала, страница подключится сама, а мост какое-то время сохраняет порты и соединения. Если связи нет слишком долго, все соединения закрываются и вызывается `onDisconnect`.",
    },
    {
      en: "Whoever runs the bridge decides what scripts can reach. Scripts of the same room always reach each other; anything else has to be allowed.",
      ru: "Что доступно скриптам, решает тот, кто запустил мост. Скрипты одной комнаты могут подключаться друг к другу всегда, всё остальное нужно разрешить.",
    },
  ],
  entries: [],
};
