import { NETWORK_FAILURES } from "./network-failures.ts";
import type { Section } from "./reference.ts";

/** What an address means depends on where it stands: in `server:listen` or in `client:listen`. */
export const ADDRESS_SECTION: Section = {
  title: { en: "Addresses", ru: "Адреса" },
  text: [
    {
      en: "A room is a network of its own, and every page in it is a machine with its own address, such as `127.83.12.1`; the page shows it. All programs of a page share that address, and two pages can both listen on port 8080. One room cannot connect into another.",
      ru: "Комната — это отдельная сеть, а каждая открытая в ней страница — машина со своим адресом, например `127.83.12.1`; страница его показывает. Все программы одной страницы делят этот адрес, а две страницы могут слушать порт 8080 одновременно. Из одной комнаты подключиться в другую нельзя.",
    },
    {
      en: "Outside the room a script reaches only what whoever runs the bridge has opened, such as `--allow example.com:80`.",
      ru: "За пределами комнаты скрипту доступно лишь то, что открыл запустивший мост, например `--allow example.com:80`.",
    },
    {
      en: "Where rooms cannot have addresses of their own (macOS, Windows, or `--network host`), all pages share the addresses and ports of the bridge's machine, and `0.0.0.0` reaches as far as the bridge itself does.",
      ru: "Там, где дать комнатам собственные адреса нельзя (macOS, Windows или `--network host`), все страницы делят адреса и порты компьютера, на котором работает мост, а `0.0.0.0` доступен оттуда же, откуда и сам мост.",
    },
  ],
  table: {
    head: [
      { en: "address", ru: "адрес" },
      { en: "in `server:listen`", ru: "в `server:listen`" },
      { en: "in `client:listen`", ru: "в `client:listen`" },
    ],
    rows: [
      [
        "`127.0.0.1`, `localhost`",
        { en: "only programs of the same page can connect", ru: "подключиться могут только программы той же страницы" },
        { en: "one's own machine", ru: "своя машина" },
      ],
      [
        { en: "`0.0.0.0`, or none", ru: "`0.0.0.0` или не указан" },
        { en: "everyone in the room can connect", ru: "подключиться могут все в комнате" },
        { en: "`0.0.0.0`: one's own machine", ru: "`0.0.0.0`: своя машина" },
      ],
      [
        { en: "one's own address in the room", ru: "свой адрес в комнате" },
        { en: "everyone in the room can connect", ru: "подключиться могут все в комнате" },
        { en: "one's own machine", ru: "своя машина" },
      ],
      [
        { en: "another page's address in the room", ru: "адрес другой страницы в комнате" },
        { en: "an error", ru: "ошибка" },
        { en: "what listens there", ru: "то, что там слушает" },
      ],
      [
        { en: "the name of a page's machine in the room, such as `pc-7`", ru: "имя компьютера одной из страниц комнаты, например `pc-7`" },
        { en: "an error", ru: "ошибка" },
        { en: "what that page's programs listen on", ru: "то, что слушают программы той страницы" },
      ],
      [
        "`host.zone.internal`",
        { en: "an error", ru: "ошибка" },
        {
          en: "the computer that the bridge runs on; only with `--allow host.zone.internal:PORT`",
          ru: "компьютер, на котором работает мост; только с `--allow host.zone.internal:ПОРТ`",
        },
      ],
      [
        { en: "any other name or address", ru: "любое другое имя или адрес" },
        { en: "an error", ru: "ошибка" },
        { en: "a host outside the room; only with `--allow`", ru: "узел за пределами комнаты; только с `--allow`" },
      ],
    ],
  },
  entries: [],
};

/** Why a `listen` raises an error. */
export const FAILURE_SECTION: Section = {
  title: { en: "When the network fails", ru: "Когда сеть подводит" },
  text: [
    {
      en: "`listen` raises an error, whose message names the address or port at fault and says what to do. When nobody catches it, the program stops. To go on without a server, or to try again later, put `pcall` around it.",
      ru: "`listen` вызывает ошибку; в её сообщении названы адрес или порт, из-за которых она возникла, и сказано, что делать. Если ошибку никто не перехватит, программа остановится. Чтобы работать без сервера или попробовать позже, оберните вызов в `pcall`.",
    },
    {
      en: "A connection that breaks later raises no error: `onDisconnect` is called, and `send` returns 0. A server whose port is lost says so in the console.",
      ru: "Соединение, которое оборвалось позже, ошибки не вызывает: вызывается `onDisconnect`, а `send` возвращает 0. Если порта лишился сервер, об этом сообщает консоль.",
    },
  ],
  table: {
    head: [
      { en: "what happened", ru: "что случилось" },
      { en: "what to do", ru: "что делать" },
    ],
    rows: Object.values(NETWORK_FAILURES),
  },
  entries: [],
};
