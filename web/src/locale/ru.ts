import { str } from "@lit/localize";
import { templates as analysis } from "./ru/analysis.ts";
import { templates as commands } from "./ru/commands.ts";
import { templates as embed } from "./ru/embed.ts";
import { templates as consoles } from "./ru/console.ts";
import { templates as room } from "./ru/room.ts";
import { templates as editor } from "./ru/editor.ts";
import { templates as examples } from "./ru/examples.ts";
import { templates as share } from "./ru/share.ts";

/**
 * The page in Russian: every `msg()` of the sources by its id. `${0}` and so on stand for the values of
 * the English text, in its order. A test compares the ids with those of the sources, both ways.
 */
export const templates = {
  ...analysis,
  ...commands,
  ...embed,
  ...consoles,
  ...room,
  ...editor,
  ...examples,
  ...share,

  // The page.
  "skip-to-editor": "Перейти к редактору",
  "part-of-page": "Часть страницы",
  "code": "Код",
  "consoles": "Консоли",
  "code-width": "Ширина кода",
  "welcome": "Добро пожаловать!",
  "welcome-what": "Пишите программы на Luau, которые общаются по настоящему TCP, — прямо здесь, в браузере.",
  "welcome-run-help": str`Запустите программы и посмотрите, как они переговариваются. ${0} запускает открытую.`,
  "welcome-run": "Запустить",
  "welcome-examples-help": "Начните с примера: комната чата, HTTP-сервер, игра.",
  "welcome-examples": "Открыть примеры",
  "welcome-share-help": "Отправьте ссылку на проект или встретьтесь в своей комнате: её имя — внизу страницы.",
  "run-all": "Запустить все",
  "stop-all": "Остановить все",
  "change-theme": str`Цвета: ${0}. Сменить`,
  "theme-system": "как в системе",
  "theme-light": "светлые",
  "theme-dark": "тёмные",
  "address": "Адрес",
  "copy-address": str`Скопировать адрес ${0}`,
  "room": str`Комната ${0}`,
  "copy-room-link": "Скопировать ссылку на комнату",
  "version": str`Версия ${0}, Luau ${1}`,
  "copied": "Скопировано",

  // The bridge.
  "bridge-connecting": "Соединение с мостом…",
  "bridge-connected": "Мост на связи",
  "bridge-lost-short": "Нет связи с мостом",
  "bridge-blocked": "WebSocket до моста не доходит.",
  "bridge-blocked-help": str`Мост ${0} отвечает, но что-то по пути, например прокси, фильтр или антивирус, не пропускает WebSocket. Сообщите тому, кто отвечает за эту сеть, или попробуйте другую.`,
  "bridge-lost-here": "Открытые соединения потеряны, код цел. Мост работает на этом компьютере: запустите его так же, как раньше, и страница подключится сама.",
  "bridge-lost-help": str`Открытые соединения потеряны, код цел. Страница подключится сама; если ждать приходится долго, сообщите тому, кто запускает мост ${0}.`,
  "bridge-reconnecting": "Восстанавливаю связь с мостом…",
  "bridge-interrupted": "Связь с мостом прервалась.",
  "bridge-reconnecting-help": "Пока ничего не потеряно: страница подключится сама, и программы с их соединениями продолжат работу.",
  "bridge-grace-left": str`Мост ждёт ещё ${0} с.`,
  "next-attempt": str`Новая попытка через ${0} с.`,
  "trying": "Подключаюсь…",
  "try-now": "Попробовать сейчас",
  "failure-bridge-lost": "Мост не отвечает.",
  "failure-limit-exceeded": "Мост больше не принимает страниц: достигнут его предел.",
  "failure-not-allowed": "Мост не пускает эту страницу.",
  "failure-internal": str`Мост и эта страница не подходят друг к другу: ${0}.`,

  // Programs.
  "state-stopped": "остановлена",
  "state-starting": "запускается",
  "state-running": "работает",
  "state-connecting": "ждёт соединения",
  "state-stopping": "останавливается",
  "state-failed": "ошибка",
  "announce-program": str`${0}: ${1}.`,
  "announce-bridge-connected": "Связь с мостом установлена.",
  "announce-bridge-lost": "Связь с мостом потеряна.",
  "run-program": str`Запустить ${0}`,
  "restart-program": str`Перезапустить ${0}`,
  "stop-program": str`Остановить ${0}`,
  "no-programs": "В проекте нет ни одной программы. Создайте её: знак «плюс» над кодом.",

  // Consoles.
  "clear-console": str`Очистить консоль ${0}`,
  "open-in-editor": str`Открыть ${0} в редакторе`,
  "show-line": "Показать строку в редакторе",
  "console-of": str`Консоль ${0}`,
  "output-of": str`Вывод ${0}`,
  "console-empty": "Здесь появится всё, что напечатает программа.",
  "level-error": "Ошибка:",
  "level-warning": "Предупреждение:",
  "characters-left-out": str`(пропущено символов: ${0})`,
  "stack-skipped": str`… пропущено вызовов: ${0}`,
  "stack-frame": str`${0} в ${1}`,
  "notice-lines-skipped": str`Строки шли быстрее, чем их можно показать. Пропущено: ${0}`,
  "notice-ended-by-force": str`Программа не остановилась за ${0} с и была завершена. zone.cleanup мог не выполниться.`,
  "notice-vm-not-loaded": str`Не удалось загрузить виртуальную машину Luau: ${0}. Проверьте, что мост запущен, и запустите программу снова.`,
  "notice-worker-not-loaded": "Не удалось загрузить код для запуска программы. Проверьте, что мост работает, и запустите программу снова.",
  "notice-worker-crashed": "Поток программы аварийно завершился, возможно, не хватило памяти. Программу можно запустить снова.",
  "notice-bridge-lost": "Связь с мостом потеряна, а с ней и все сокеты этой программы. Когда мост вернётся, запустите программу снова.",
  "notice-update-missing": str`Прошло ${0} с с тех пор, как в сети что-то произошло, но zone.socket.update() так и не был вызван. Вызывайте его каждый кадр, в zone.update.`,
  "notice-listener-lost": str`Сервер на порту ${0} закрылся: ${1}`,
  "notice-connection-limit": str`Клиенту отказано: у программы уже предельное число соединений, ${0}.`,
  "notice-line-cut": str`Строка выше укорочена: было символов ${0}, осталось ${1}.`,
  "notice-cleanup-waits": "zone.cleanup ждал ответа сети, и программа завершилась без него.",

  // Files.
  "files": "Файлы",
  "module": "Модуль для require",
  "new-file": "Новый файл",
  "change-file": str`Переименовать или удалить ${0}`,
  "change-title": str`Изменить ${0}`,
  "file-name": "Имя",
  "is-program": "Программа",
  "is-program-help": "Запускается сама, и у неё своя консоль. Остальные файлы — модули для require.",
  "cancel": "Отмена",
  "create": "Создать",
  "save": "Сохранить",
  "delete-ask": "Удалить…",
  "delete-title": str`Удалить ${0}?`,
  "delete-warning": "Его код пропадёт безвозвратно.",
  "delete": "Удалить",
  "fault-empty": "Файлу нужно имя.",
  "fault-too-long": str`В имени может быть не больше символов, чем ${0}.`,
  "fault-bad-characters": "Годятся буквы, цифры, точка, дефис и подчёркивание; первой — буква или цифра.",
  "fault-taken": str`Файл ${0} уже есть.`,

  // The editor.
  "code-of": str`Код ${0}`,
  "editor-help": "Control и Enter запускают программу. Чтобы выйти из редактора с клавиатуры, нажмите Escape, затем Tab.",
  "cm-control-character": "Управляющий символ",
  "cm-fold-line": "Свернуть",
  "cm-unfold-line": "Развернуть",
  "cm-folded-code": "свёрнутый код",
  "cm-unfold": "развернуть",
  "cm-to": "по",
  "cm-folded-lines": "Свёрнуты строки",
  "cm-unfolded-lines": "Развёрнуты строки",
  "cm-selection-deleted": "Выделенное удалено",
  "cm-error-in-line": "Ошибка в этой строке",
};
