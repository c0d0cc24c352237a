import { str } from "@lit/localize";

/** What `<zone-playground>` says of a lesson in it: it comes with the lesson. */
export const templates = {
  "embed-lesson-unknown": str`На странице указан урок «${0}», но у моста по адресу ${1} такого нет.`,
  "embed-lesson-not-kept": "Этот браузер ничего не сохраняет для этой страницы: код и пройденное останутся, пока вы её не закроете.",
};
