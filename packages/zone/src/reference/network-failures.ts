import type { NetworkErrorCode } from "@playground/network";
import type { Text } from "./reference.ts";

/** What can go wrong on the network, and what helps. */
export const NETWORK_FAILURES: Readonly<Record<NetworkErrorCode, readonly [what: Text, remedy: Text]>> = {
  "address-in-use": [
    { en: "the port is in use", ru: "порт занят" },
    { en: "stop the program that listens on it, or choose another port", ru: "остановите программу, которая его слушает, или выберите другой порт" },
  ],
  "address-not-ours": [
    { en: "a server cannot listen on this address", ru: "сервер не может слушать на этом адресе" },
    { en: "leave the address out", ru: "не указывайте адрес" },
  ],
  "permission-denied": [
    { en: "the bridge's operating system forbids it", ru: "запрещено операционной системой моста" },
    { en: "choose a port from 1024 up", ru: "выберите порт от 1024 и выше" },
  ],
  "invalid-address": [
    { en: "this is neither an address nor a name", ru: "это не адрес и не имя" },
    { en: "check the spelling", ru: "проверьте написание" },
  ],
  "connection-refused": [
    { en: "nothing listens there", ru: "там никто не слушает" },
    { en: "start the server first; check the address and the port", ru: "сначала запустите сервер; проверьте адрес и порт" },
  ],
  "host-unreachable": [
    { en: "this address cannot be reached", ru: "этот адрес недоступен" },
    { en: "check the address; the page of the server must be open", ru: "проверьте адрес; страница с сервером должна быть открыта" },
  ],
  "unknown-host": [
    { en: "the name is unknown", ru: "имя не найдено" },
    { en: "check the spelling, or use the address", ru: "проверьте написание или укажите адрес" },
  ],
  "timed-out": [
    { en: "no answer came in time", ru: "ответ не пришёл вовремя" },
    { en: "check that the other computer is on, then try again", ru: "проверьте, что другой компьютер включён, и попробуйте ещё раз" },
  ],
  "not-allowed": [
    { en: "the bridge does not allow it", ru: "мост этого не разрешает" },
    {
      en: "ask whoever runs the bridge: the message names the option that allows it",
      ru: "обратитесь к тому, кто запустил мост: параметр, который это разрешает, назван в сообщении",
    },
  ],
  "limit-exceeded": [
    { en: "a limit of the bridge is reached", ru: "достигнут предел моста" },
    { en: "close connections and ports that are no longer needed", ru: "закройте ненужные соединения и порты" },
  ],
  "connection-reset": [
    { en: "the other side broke off the connection", ru: "другая сторона оборвала соединение" },
    { en: "try again", ru: "попробуйте ещё раз" },
  ],
  "bridge-lost": [
    { en: "the connection to the bridge was lost", ru: "связь с мостом потеряна" },
    { en: "check that the bridge is running, then run the program again", ru: "проверьте, что мост работает, и запустите программу снова" },
  ],
  "password-required": [
    { en: "the room has a password", ru: "у комнаты есть пароль" },
    { en: "enter it in the page, then run the program again", ru: "введите его на странице и запустите программу снова" },
  ],
  "wrong-password": [
    { en: "this is not the password of the room", ru: "неверный пароль комнаты" },
    { en: "ask for the password, and enter it in the page", ru: "узнайте пароль и введите его на странице" },
  ],
  "too-many-attempts": [
    { en: "too many wrong passwords came from this address", ru: "с этого адреса пришло слишком много неверных паролей" },
    { en: "wait a minute", ru: "подождите минуту" },
  ],
  "room-full": [
    { en: "the room is full", ru: "в комнате больше нет мест" },
    { en: "use another room", ru: "перейдите в другую комнату" },
  ],
  internal: [
    { en: "something is wrong in the bridge itself", ru: "что-то не так с самим мостом" },
    { en: "see its log", ru: "посмотрите его журнал" },
  ],
};

/** A failure in two sentences: what has happened, and what to do. */
export function explainFailure(code: NetworkErrorCode, language: keyof Text): string {
  const [what, remedy] = NETWORK_FAILURES[code];
  return `${sentence(what[language])} ${sentence(remedy[language])}`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
