import type { NetworkErrorCode } from "@playground/network";
import { explainFailure } from "@playground/zone/explanations";
import type { Language } from "../command-line.ts";

type Text = Readonly<Record<Language, string>>;

/** What the page says of the bridge, where there is none: the sockets are this computer's own. */
const WITHOUT_BRIDGE: Readonly<Partial<Record<NetworkErrorCode, Text>>> = {
  "permission-denied": {
    en: "The operating system forbids it. Choose a port from 1024 up; check the firewall.",
    ru: "Запрещено операционной системой. Выберите порт от 1024 и выше; проверьте брандмауэр.",
  },
  "host-unreachable": {
    en: "This address cannot be reached. Check the address and the network.",
    ru: "Этот адрес недоступен. Проверьте адрес и сеть.",
  },
  "limit-exceeded": {
    en: "The operating system gives no more sockets. Close connections and ports that are no longer needed.",
    ru: "Операционная система больше не даёт сокетов. Закройте ненужные соединения и порты.",
  },
  internal: {
    en: "Something unexpected has happened on the network. Try again.",
    ru: "В сети произошло что-то непредвиденное. Попробуйте ещё раз.",
  },
};

/** A failure of this computer's network in two sentences: what has happened, and what to do. */
export function explainOwnFailure(code: NetworkErrorCode, language: Language): string {
  return WITHOUT_BRIDGE[code]?.[language] ?? explainFailure(code, language);
}
