import { NETWORK_FAILURES } from "./network-failures.ts";
import type { Section } from "./reference.ts";

/** What an address means depends on where it stands: in `server:listen` or in `client:listen`. */
export const ADDRESS_SECTION: Section = {
  title: { en: "Addresses", ru: "Адреса" },
  text: [
    {
      en: "A room is a network of its own. Every page in it is a machine with its own address, such as `127.83.12.1`, which the page shows. All programs of a page share this address, and two pages can both listen on port 8080. Programs cannot connect from one room to another.",
      ru: "Комната — это отдельная сеть. Каждая открытая в ней страница — компьютер этой сети со своим адресом, например `127.83.12.1`; страница его показывает. Этот адрес общий для всех программ страницы, а порт 8080 могут слушать две страницы одновременно. Подключиться из одной комнаты в другую нельзя.",
    },
    {
      en: "Outside the room a script can reach only what was allowed when the bridge was started, for example with `--allow example.com:80`.",
      ru: "За пределами комнаты скрипту доступно только то, что разрешил тот, кто запустил мост, например параметром `--allow example.com:80`.",
    },
    {
      en: "Where pages cannot have their own addresses (macOS, Windows, or `--network host`), all pages share the addresses and ports of the computer that the bridge runs on, and `0.0.0.0` is open to everyone who can reach the bridge.",
      ru: "Если у страниц не может быть собственных адресов (macOS, Windows или `--network host`), все страницы пользуются общими адресами и портами компьютера, на котором работает мост, а адрес `0.0.0.0` доступен всем, кому доступен мост.",
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
        { en: "your own machine", ru: "свой компьютер" },
      ],
      [
        { en: "`0.0.0.0`, or left out", ru: "`0.0.0.0` или не указан" },
        { en: "everyone in the room can connect", ru: "подключиться могут все в комнате" },
        { en: "`0.0.0.0`: your own machine", ru: "`0.0.0.0`: свой компьютер" },
      ],
      [
        { en: "your own address in the room", ru: "свой адрес в комнате" },
        { en: "everyone in the room can connect", ru: "подключиться могут все в комнате" },
        { en: "your own machine", ru: "свой компьютер" },
      ],
      [
        { en: "the address of another machine in the room", ru: "адрес другого компьютера в комнате" },
        { en: "an error", ru: "ошибка" },
        { en: "the programs of that machine", ru: "программы этого компьютера" },
      ],
      [
        {
          en: "the name of a machine in the room, such as `Anna` or `Anna.zone.internal`",
          ru: "имя компьютера в комнате, например `Маша` или `Маша.zone.internal`",
        },
        { en: "an error", ru: "ошибка" },
        { en: "the programs of that machine", ru: "программы этого компьютера" },
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
        { en: "a server outside the room; only with `--allow`", ru: "сервер за пределами комнаты; только с `--allow`" },
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
      en: "`listen` raises an error. Its message names the address or port and says what to do. If the error is not caught, the program stops. To go on without a server, or to try again later, call `listen` in `pcall`.",
      ru: "Вызов `listen` завершается ошибкой; в сообщении названы адрес или порт и сказано, что делать. Если ошибку не перехватить, программа остановится. Чтобы работать без сервера или попробовать позже, вызывайте `listen` через `pcall`.",
    },
    {
      en: "A connection that breaks later raises no error: `onDisconnect` is called, and `send` returns 0. If a server loses its port, the console says so.",
      ru: "Если соединение оборвалось позже, ошибки не будет: вызывается `onDisconnect`, а `send` возвращает 0. Если сервер потерял порт, об этом сообщает консоль.",
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
