import { str } from "@lit/localize";

/** The type checker: its state and what it finds, in the page's foot and in dialogs. */
export const templates = {
  "analysis-missing": "В этой песочнице нет проверки типов",
  "analysis-build-failed": "Проверку типов не удалось собрать: причина — в терминале",
  "analysis-building-begins": "Проверка типов собирается",
  "analysis-building": str`Проверка типов собирается: ${0} из ${1}`,
  "analysis-restarting-hung": "Проверка типов зависла и перезапускается",
  "analysis-restarting": "В проверке типов произошёл сбой, она перезапускается",
  "analysis-paused": "Проверка типов не справляется с этим кодом и перезапустится, когда вы его измените",
  "analysis-unreachable": "Не удалось загрузить проверку типов; пробую ещё раз",
  "command-check-mode": "Проверка типов…",
  "command-problems": "Проблемы во всех файлах…",
  "problems-title": "Проблемы во всех файлах",
  "problem-errors": "# ошибка|# ошибки|# ошибок",
  "problem-warnings": "# предупреждение|# предупреждения|# предупреждений",
};
