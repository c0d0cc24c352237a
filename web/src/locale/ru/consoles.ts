import { str } from "@lit/localize";

/** What belongs to the consoles. */
export const templates = {
  "console-input": str`Ввод для ${0}`,
  "console-input-hint": "Наберите строку и нажмите Enter",
  "send": "Отправить",
  "level-input": "Введено:",
  "notice-input-refused": "Строка не принята: программа занята, и слишком много строк уже ждут её.",
};
