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

  // What is counted, with the number at "#": for 1, for 2 to 4, and for 5.
  "machines": "# компьютер|# компьютера|# компьютеров",
  "lines": "# строка|# строки|# строк",
  "characters": "# символ|# символа|# символов",
  "to-characters": "# символа|# символов|# символов",
  "lines-skipped": "пропущена # строка|пропущены # строки|пропущено # строк",
  "lines-waiting": "ждёт # строка|ждут # строки|ждут # строк",

  // The page.
  "skip-to-editor": "Перейти к редактору",
  "part-of-page": "Часть страницы",
  "code": "Код",
  "consoles": "Консоли",
  "code-width": "Ширина редактора",
  "welcome": "Добро пожаловать!",
  "welcome-what": "Пишите программы на Luau, которые общаются по настоящему TCP, прямо в браузере.",
  "welcome-run-help": str`Запустите программы и посмотрите, как они общаются. ${0} запускает открытую.`,
  "welcome-run": "Запустить",
  "welcome-examples-help": "Начните с примера: чат, HTTP-сервер, игра.",
  "welcome-examples": "Открыть примеры",
  "welcome-share-help": "Отправьте ссылку на проект или позовите других в свою комнату: её имя — внизу страницы.",
  "run-all": "Запустить все",
  "stop-all": "Остановить все",
  "change-theme": str`Тема: ${0}. Сменить`,
  "theme-system": "как в системе",
  "theme-light": "светлая",
  "theme-dark": "тёмная",
  "address": "Адрес",
  "copy-address": str`Скопировать адрес ${0}`,
  "room": str`Комната ${0}`,
  "copy-room-link": "Скопировать ссылку на комнату",
  "version": str`Версия ${0}, Luau ${1}`,
  "copied": "Скопировано",

  // The bridge.
  "bridge-connecting": "Подключаюсь к мосту…",
  "bridge-connected": "Мост на связи",
  "bridge-lost-short": "Нет связи с мостом",
  "bridge-blocked": "Соединение WebSocket не доходит до моста.",
  "bridge-blocked-help": str`Мост ${0} доступен, но что-то по пути, например прокси, фильтр или антивирус, не пропускает WebSocket. Сообщите администратору этой сети или попробуйте другую.`,
  "bridge-lost-here":
    "Открытые соединения потеряны, код цел. Мост — программа, которая открывает эту страницу и через которую идёт TCP. Он работает на этом компьютере: запустите его так же, как раньше, и страница подключится сама.",
  "bridge-lost-help": str`Открытые соединения потеряны, код цел. Мост — программа, которая открывает эту страницу и через которую идёт TCP. Страница подключится сама; если ждать приходится долго, сообщите тому, кто запустил мост ${0}.`,
  "bridge-reconnecting": "Восстанавливаю связь с мостом…",
  "bridge-interrupted": "Связь с мостом прервалась.",
  "bridge-reconnecting-help": "Пока ничего не потеряно: страница подключится сама, а программы и их соединения продолжат работу.",
  "bridge-grace-left": str`Мост ждёт ещё ${0} с.`,
  "next-attempt": str`Новая попытка через ${0} с.`,
  "trying": "Подключаюсь…",
  "try-now": "Попробовать сейчас",
  "failure-bridge-lost": "Мост не отвечает.",
  "failure-limit-exceeded": "К мосту подключено слишком много страниц.",
  "failure-not-allowed": "Мост не пускает эту страницу.",
  "failure-internal": str`Версии моста и страницы разные. Обновите страницу. (${0})`,

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
  "no-programs": "В проекте нет программ. Чтобы создать программу, нажмите «плюс» над кодом.",

  // Consoles.
  "clear-console": str`Очистить консоль ${0}`,
  "open-in-editor": str`Открыть ${0} в редакторе`,
  "show-line": "Показать строку в редакторе",
  "console-of": str`Консоль ${0}`,
  "output-of": str`Вывод ${0}`,
  "console-empty": "Здесь появится всё, что напечатает программа.",
  "level-error": "Ошибка:",
  "level-warning": "Предупреждение:",
  "characters-left-out": "пропущен # символ|пропущено # символа|пропущено # символов",
  "stack-skipped": "пропущен # вызов|пропущено # вызова|пропущено # вызовов",
  "stack-frame": str`${0} в ${1}`,
  "notice-lines-skipped": str`Строки шли быстрее, чем их можно показать: ${0}.`,
  "notice-ended-by-force": str`Программа не остановилась за ${0} с и была завершена. Функция zone.cleanup могла не выполниться.`,
  "notice-vm-not-loaded": str`Не удалось загрузить Luau: ${0}. Проверьте, что мост работает, и запустите программу снова.`,
  "notice-worker-not-loaded": "Не удалось загрузить код, который запускает программы. Проверьте, что мост работает, и запустите программу снова.",
  "notice-worker-crashed": "Программа аварийно завершилась: возможно, не хватило памяти. Её можно запустить снова.",
  "notice-worker-crashed-reason": str`Программа аварийно завершилась: ${0}. Её можно запустить снова.`,
  "browser-too-old": str`Этот браузер слишком старый, чтобы запускать программы: он не поддерживает ${0}. Подойдут ${1} и новее.`,
  "lack-wasm-exceptions": "исключения WebAssembly",
  "lack-module-workers": "рабочие потоки с модулями (module workers)",
  "analysis-too-old": "Этот браузер слишком старый для проверки типов",
  "notice-bridge-lost": "Связь с мостом потеряна, а с ней и все сокеты этой программы. Когда мост снова заработает, запустите программу ещё раз.",
  "notice-update-missing": str`В сети что-то произошло ${0} с назад, но функция zone.socket.update() с тех пор не вызывалась. Вызывайте её каждый кадр, в zone.update.`,
  "notice-listener-lost": str`Сервер потерял порт ${0}: ${1}`,
  "notice-connection-limit": str`Клиенту отказано: достигнут предел числа соединений (${0}).`,
  "notice-line-cut": str`Строка выше сокращена с ${0} до ${1}.`,
  "notice-cleanup-waits": "Функция zone.cleanup ждала в вызове вроде listen или delay, и программа завершилась, не выполнив её до конца.",

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
  "delete-warning": "Его код будет удалён безвозвратно.",
  "delete": "Удалить",
  "fault-empty": "Укажите имя файла.",
  "fault-too-long": "В имени может быть не больше # символа.|В имени может быть не больше # символов.|В имени может быть не больше # символов.",
  "fault-bad-characters": "Годятся буквы, цифры, точка, дефис и подчёркивание; первой — буква или цифра.",
  "fault-taken": str`Файл ${0} уже есть.`,

  // The editor.
  "code-of": str`Код ${0}`,
  "editor-help": "Control+Enter запускает программу. Чтобы выйти из редактора с клавиатуры, нажмите Escape, затем Tab.",
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
