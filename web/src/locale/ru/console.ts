import { str } from "@lit/localize";

/** Consoles: input, search, the merged view, and notices. */
export const templates = {
  "notice-input-full": str`Набранная строка потеряна: zone.console.onInput ещё не разобрал ${0} строк.`,
  "console-input": str`Ввод для ${0}`,
  "console-input-hint": "Наберите строку и нажмите Enter",
  "send": "Отправить",
  "level-input": "Введено:",
};
