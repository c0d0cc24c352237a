import { str } from "@lit/localize";

/** The menu, the shortcuts, and the commands of the page. */
export const templates = {
  "menu": "Меню",
  "close": "Закрыть",
  "part-loading": "Загружаю эту часть страницы…",
  "part-failed": "Эта часть страницы не загрузилась: мост не отвечает. Попробуйте ещё раз, когда он снова заработает; если не поможет, обновите страницу.",
  "reload-page": "Обновить страницу",
  "not-now": "Не сейчас",
  "group-project": "Проект",
  "group-edit": "Правка",
  "group-run": "Запуск",
  "group-view": "Вид",
  "group-help": "Справка",
  "command-run-current": "Запустить открытую программу",
  "command-run-all": "Запустить все программы",
  "command-stop-all": "Остановить все программы",
  "command-language": str`Язык: ${0}`,
  "command-theme": str`Тема: ${0}`,
  "command-shortcuts": "Сочетания клавиш",
  "command-new-file": "Новый файл…",
  "command-change-file": "Переименовать или удалить открытый файл…",
  "command-file-left": "Сдвинуть открытый файл влево",
  "command-file-right": "Сдвинуть открытый файл вправо",
  "leave-editor":
    "В редакторе Tab вставляет выбранный вариант автодополнения, а если список закрыт — делает отступ. Чтобы выйти из редактора с клавиатуры, нажмите Escape, затем Tab.",
};
