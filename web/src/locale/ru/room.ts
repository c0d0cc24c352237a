import { str } from "@lit/localize";

/** The room: who is in it, names and the password. */
export const templates = {
  "command-room": "Кто в комнате…",
  "room-open": str`Комната ${0}: ${1}. Показать`,
  "machine-hint": "Имя этого компьютера. Адрес и порты у него общие с другими страницами и с компьютером, на котором работает мост.",
  "notice-alone-in-room": str`Вы одни в комнате ${0}.`,
  "notice-who-is-there": str`Вы в комнате ${0}. Кроме вас, там: ${1}${2}.`,
  "room-more-ports": str` и ещё ${0}`,
  "room-ask-title": str`Пароль комнаты ${0}`,
  "room-ask-help": "Узнайте его у того, кто вас пригласил. Пароль отправляется только мосту, а эта вкладка его запомнит.",
  "room-ask-label": "Пароль",
  "room-checking": "Проверяю…",
  "room-enter": "Войти",
  "room-locked": "Нужен пароль комнаты",
  "room-locked-help": "Пока вы не введёте пароль, у программ нет сети.",
  "room-enter-password": "Ввести пароль",
  "failure-password-required": "У этой комнаты есть пароль.",
  "failure-wrong-password": "Неверный пароль.",
  "failure-too-many-attempts": "С вашего адреса пришло слишком много неверных паролей. Подождите минуту.",
  "failure-room-full": "В этой комнате больше нет мест.",
  "room-full-help": "Перейдите в другую комнату или подождите: страница подключится сама, как только место освободится.",
  "announce-locked": "Нужен пароль комнаты.",
  "notice-password-needed": "Программа не может войти в комнату без пароля. Введите его на странице и запустите программу снова.",
  "notice-room-full": "В комнате больше нет мест, поэтому программа осталась без сети.",
  "notice-bridge-full": str`Мост отклонил программу: ${0}`,
};
