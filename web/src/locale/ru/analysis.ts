import { str } from "@lit/localize";

/** The type checker's state, in the page's foot. */
export const templates = {
  "analysis-missing": "Проверка типов не собрана: запустите npm start",
  "analysis-build-failed": "Проверку типов не удалось собрать: причина — в терминале",
  "analysis-building": str`Проверка типов собирается: ${0} из ${1}`,
  "analysis-restarting-hung": "Проверка типов зависла и запускается заново",
  "analysis-restarting": "В проверке типов сбой, она запускается заново",
  "analysis-paused": "Проверка типов ломается на этом коде и запустится заново, когда он изменится",
  "analysis-unreachable": "Не удалось загрузить проверку типов, пробую ещё раз",
};
