import type { NetworkErrorCode } from "@playground/network";
import type { Text } from "./reference.ts";

/** What can go wrong on the network, and what helps. */
export const NETWORK_FAILURES: Readonly<Record<NetworkErrorCode, readonly [what: Text, remedy: Text]>> = {
  "address-in-use": [
    { en: "the port is in use", ru: "порт занят" },
    { en: "stop the program that listens on it, or choose another port", ru: "остановить программу, которая его слушает, или выбрать другой порт" },
  ],
  "address-not-ours": [
    { en: "a server cannot listen on this address", ru: "сервер не может слушать на этом адресе" },
    { en: "leave the address out", ru: "не указывать адрес" },
  ],
  "permission-denied": [
    { en: "the bridge's operating system forbids it", ru: "не разрешает операционная система моста" },
    { en: "choose a port from 1024 up", ru: "выбрать порт от 1024 и выше" },
  ],
  "invalid-address": [
    { en: "this is neither an address nor a name", ru: "это не адрес и не имя" },
    { en: "check the spelling", ru: "проверить написание" },
  ],
  "connection-refused": [
    { en: "nothing listens there", ru: "там никто не слушает" },
    { en: "start the server first; check address and port", ru: "сначала запустить сервер; проверить адрес и порт" },
  ],
  "host-unreachable": [
    { en: "there is no way to this host", ru: "до узла не добраться" },
    { en: "check the address; the page of the server must be open", ru: "проверить адрес; страница с сервером должна быть открыта" },
  ],
  "unknown-host": [
    { en: "no host has this name", ru: "узла с таким именем нет" },
    { en: "check the spelling, or use the address", ru: "проверить написание или указать адрес" },
  ],
  "timed-out": [
    { en: "no answer came in time", ru: "ответ не пришёл вовремя" },
    { en: "check that the host is on; try again", ru: "проверить, что узел включён; попробовать ещё раз" },
  ],
  "not-allowed": [
    { en: "the bridge does not allow it", ru: "не разрешает мост" },
    {
      en: "whoever runs the bridge can open it: the message names the option",
      ru: "открыть доступ может запустивший мост: нужный параметр указан в сообщении",
    },
  ],
  "limit-exceeded": [
    { en: "a limit of the bridge is reached", ru: "достигнут предел моста" },
    { en: "close connections and ports that are no longer needed", ru: "закрыть ненужные соединения и порты" },
  ],
  "connection-reset": [
    { en: "the other side broke the connection off", ru: "обратная сторона оборвала соединение" },
    { en: "try again", ru: "попробовать ещё раз" },
  ],
  "bridge-lost": [
    { en: "the bridge has gone away", ru: "мост пропал" },
    { en: "check that it runs, then run the program again", ru: "проверить, что он работает, и запустить программу заново" },
  ],
  "password-required": [
    { en: "the room has a password", ru: "у комнаты есть пароль" },
    { en: "enter it in the page, then run the program again", ru: "ввести его на странице и запустить программу заново" },
  ],
  "wrong-password": [
    { en: "the room's password is another one", ru: "пароль комнаты другой" },
    { en: "ask for it, and enter it in the page", ru: "узнать его и ввести на странице" },
  ],
  "too-many-attempts": [
    { en: "too many wrong passwords came from this address", ru: "с этого адреса пришло слишком много неверных паролей" },
    { en: "wait a minute", ru: "подождать минуту" },
  ],
  "room-full": [
    { en: "the room is full", ru: "в комнате нет мест" },
    { en: "use another room", ru: "перейти в другую комнату" },
  ],
  internal: [
    { en: "something is wrong with the bridge itself", ru: "что-то не так с самим мостом" },
    { en: "its log says more", ru: "подробности — в его журнале" },
  ],
};

const WHAT_TO_DO: Text = { en: "What to do", ru: "Что делать" };

/** A failure in two sentences: what has happened, and what to do. */
export function explainFailure(code: NetworkErrorCode, language: keyof Text): string {
  const [what, remedy] = NETWORK_FAILURES[code];
  return `${what[language].charAt(0).toUpperCase()}${what[language].slice(1)}. ${WHAT_TO_DO[language]}: ${remedy[language]}.`;
}
