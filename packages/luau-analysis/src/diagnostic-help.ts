/** A sentence in the page's languages. */
export interface HelpText {
  readonly en: string;
  readonly ru: string;
}

/** What to do about the common mistakes, by the code of the diagnostic. */
const HELP: Readonly<Record<string, HelpText>> = {
  // Type errors and syntax.
  SyntaxError: {
    en: "Luau cannot read the code from here on, so look at this place and just before it: a bracket, a quote, `then`, `do` or `end` is often missing.",
    ru: "Отсюда Luau не может прочитать код. Посмотрите на это место и чуть выше: часто не хватает скобки, кавычки, `then`, `do` или `end`.",
  },
  UnknownSymbol: {
    en: "Nothing here has this name. Check the spelling and upper and lower case; a local must be declared above its first use.",
    ru: "Ничего с таким именем здесь нет. Проверьте написание и регистр букв; локальная переменная должна быть объявлена выше, чем используется.",
  },
  UnknownProperty: {
    en: "This value has no such member. Type a dot or a colon after it to see what it has.",
    ru: "У этого значения нет такого поля или метода. Поставьте после него точку или двоеточие, чтобы увидеть, что у него есть.",
  },
  UnknownPropButFoundLikeProp: {
    en: "There is no such member, but there is one whose name differs only in upper and lower case.",
    ru: "Такого поля нет, но есть другое — его имя отличается только регистром букв.",
  },
  TypeMismatch: {
    en: "A value of another type is expected here. Check the order of the arguments, convert the value (`tostring`, `tonumber`), or change the annotation.",
    ru: "Здесь ожидается значение другого типа. Проверьте порядок аргументов, преобразуйте значение (`tostring`, `tonumber`) или исправьте аннотацию типа.",
  },
  TypePackMismatch: {
    en: "The number or the types of the values given or returned here do not match.",
    ru: "Количество или типы переданных или возвращаемых здесь значений не совпадают с ожидаемыми.",
  },
  CountMismatch: {
    en: "The number of values differs from what the function takes or returns. After a colon (`a:f()`) the value before it is the first argument.",
    ru: "Количество значений не совпадает с тем, что функция принимает или возвращает. При вызове через двоеточие (`a:f()`) первым аргументом становится значение слева.",
  },
  OptionalValueAccess: {
    en: "The value may be nil, and nil has no members. Check first: `if value then … end`.",
    ru: "Значение может оказаться nil, а у nil нет полей. Сначала проверьте его: `if value then … end`.",
  },
  MissingUnionProperty: {
    en: "The value may have several types, and not all of them have this member. Find out with `type` or `typeof` which one it is.",
    ru: "Значение может быть нескольких типов, и не у всех есть это поле. Сначала выясните тип через `type` или `typeof`.",
  },
  UnknownRequire: {
    en: "The project has no such file. The path begins with ./ or ../ and is relative to the file it is written in.",
    ru: "В проекте нет такого файла. Путь начинается с ./ или ../ и отсчитывается от файла, в котором написан.",
  },
  ModuleHasCyclicDependency: {
    en: "These files require each other in a circle, which is an error when the program runs. Move what both need into a third file.",
    ru: "Файлы подключают друг друга по кругу, и при запуске это ошибка. Вынесите общее в третий файл.",
  },
  IllegalRequire: {
    en: "A file that is required must return exactly one value: end it with `return`.",
    ru: "Файл, который подключают через require, должен вернуть ровно одно значение: закончите его строкой с `return`.",
  },
  CannotCallNonFunction: {
    en: "Only functions can be called, and this value is not a function.",
    ru: "Вызвать можно только функцию, а это значение — не функция.",
  },
  NotATable: {
    en: "Only tables and objects have members, and this value is neither.",
    ru: "Поля есть только у таблиц и объектов, а это значение — ни то ни другое.",
  },
  CannotExtendTable: {
    en: "A table whose type is known takes no new fields. Add the field where the table is created, or to its type.",
    ru: "В таблицу с уже определённым типом нельзя добавить новое поле. Укажите его там, где таблица создаётся, или в её типе.",
  },
  PropertyAccessViolation: {
    en: "This member can only be read, or only be written.",
    ru: "Это поле можно только читать или только записывать.",
  },
  MissingProperties: {
    en: "The table lacks fields that are expected here, or has ones that nobody expects.",
    ru: "В таблице не хватает полей, которые здесь ожидаются, или есть лишние.",
  },
  FunctionRequiresSelf: {
    en: "This is a method: call it with a colon, `object:method()`, not with a dot.",
    ru: "Это метод: вызывайте его через двоеточие, `object:method()`, а не через точку.",
  },
  FunctionDoesNotTakeSelf: {
    en: "This function takes no `self`: call it with a dot, not with a colon.",
    ru: "Эта функция не принимает `self`: вызывайте её через точку, а не через двоеточие.",
  },
  FunctionExitsWithoutReturning: {
    en: "Not every path through the function ends in a `return`. Add one at its end.",
    ru: "Не каждый путь выполнения функции заканчивается `return`. Добавьте его в конце.",
  },
  CannotInferBinaryOperation: {
    en: "The types on both sides are not known well enough. Annotate one of them, for example `count: number`.",
    ru: "Типы с обеих сторон неизвестны. Укажите один из них, например `count: number`.",
  },
  // What the code lacks for Luau to be sure of it: it may be right.
  UntypedValue: {
    en: "Luau does not know a type here, so it cannot check this. The program runs. Types are written behind a colon: `function say(text: string)`, `local clients: { NetConnection } = {}`.",
    ru: "Luau не знает здесь одного из типов и не может проверить это место. На запуск это не влияет. Типы пишут после двоеточия: `function say(text: string)`, `local clients: { NetConnection } = {}`.",
  },
  UndeclaredGlobal: {
    en: "This variable is global: it gets a value somewhere in the file, and has none before that. The program runs. Declare it at the top of the file: `local name = …`.",
    ru: "Это глобальная переменная: значение она получает где-то в файле, а до этого равна nil. На запуск это не влияет. Объявите её в начале файла: `local name = …`.",
  },
  ExplicitFunctionAnnotationRecommended: {
    en: "Luau cannot tell the types of this function by itself. The program runs. Write them out, for example `local function double(n: number): number`.",
    ru: "Luau не может сам определить типы этой функции. На запуск это не влияет. Укажите их, например `local function double(n: number): number`.",
  },
  WhereClauseNeeded: {
    en: "Luau does not know a type here, so it cannot check this. The program runs. The type of a parameter is written behind a colon: `count: number`.",
    ru: "Luau не знает здесь одного из типов и не может проверить это место. На запуск это не влияет. Тип параметра пишут после двоеточия: `count: number`.",
  },
  CannotCompareUnrelatedTypes: {
    en: "Values of these two types are never equal, so the comparison always gives the same answer.",
    ru: "Значения этих двух типов никогда не равны, и сравнение всегда даёт один и тот же ответ.",
  },
  UninhabitedTypeFunction: {
    en: "Values of these types do not have this operation. If a value may be nil, check it first.",
    ru: "Для значений этих типов такой операции нет. Если значение может быть nil, сначала проверьте его.",
  },
  DuplicateTypeDefinition: {
    en: "A type with this name already exists. Rename one of them.",
    ru: "Тип с таким именем уже есть. Переименуйте один из них.",
  },
  MultipleNonviableOverloads: {
    en: "The function can be called in several ways, and these arguments fit none of them.",
    ru: "Функцию можно вызвать по-разному, но ни под один вариант эти аргументы не подходят.",
  },
  TimeLimit: {
    en: "Checking this file took too long and was stopped. The program still runs. Functions with type annotations are checked faster.",
    ru: "Проверка этого файла заняла слишком много времени и прервана. На запуск программы это не влияет. Функции с указанными типами проверяются быстрее.",
  },
  // Lint warnings.
  UnknownGlobal: {
    en: "Nothing has this name. Check the spelling, or declare it above with `local`.",
    ru: "Ничего с таким именем нет. Проверьте написание или объявите переменную выше через `local`.",
  },
  DeprecatedApi: {
    en: "This still works, but is deprecated and may go away. Use the replacement.",
    ru: "Это ещё работает, но устарело и может исчезнуть. Используйте замену.",
  },
  DeprecatedGlobal: {
    en: "This global still works, but has been replaced.",
    ru: "Эта глобальная функция ещё работает, но у неё есть замена.",
  },
  GlobalUsedAsLocal: {
    en: "This global is used in one place only; put `local` in front.",
    ru: "Глобальная переменная нужна только в одном месте. Поставьте перед ней `local`.",
  },
  LocalUnused: {
    en: "This variable is never read. Remove it, or begin its name with _ if that is intended.",
    ru: "Эта переменная нигде не читается. Уберите её или начните имя с _, если так задумано.",
  },
  FunctionUnused: {
    en: "This function is never called. Remove it, or begin its name with _ if that is intended.",
    ru: "Эта функция нигде не вызывается. Уберите её или начните имя с _, если так задумано.",
  },
  ImportUnused: {
    en: "The required file is not used. Remove the line.",
    ru: "Подключённый файл не используется. Уберите эту строку.",
  },
  LocalShadow: {
    en: "A variable with the same name in an outer block cannot be reached from here. Choose another name.",
    ru: "Во внешнем блоке есть переменная с тем же именем, и отсюда она недоступна. Выберите другое имя.",
  },
  DuplicateLocal: {
    en: "The same name is used here twice, so the first value is lost.",
    ru: "Одно и то же имя указано дважды: первое значение теряется.",
  },
  DuplicateFunction: {
    en: "A function with this name is already defined above; this one replaces it.",
    ru: "Функция с таким именем уже определена выше; эта её заменит.",
  },
  DuplicateCondition: {
    en: "The same condition has been checked already, so this branch never runs or changes nothing.",
    ru: "Это условие уже проверялось: ветка никогда не выполнится или ничего не изменит.",
  },
  ImplicitReturn: {
    en: "Some paths through the function return a value and this one does not. Write `return nil` if that is intended.",
    ru: "В одних случаях функция возвращает значение, а здесь — нет. Если так задумано, напишите `return nil`.",
  },
  UnreachableCode: {
    en: "This line never runs: the code before it always leaves the block.",
    ru: "Эта строка никогда не выполняется: код перед ней всегда выходит из блока раньше.",
  },
  BuiltinGlobalWrite: {
    en: "This replaces a part of Luau's standard library for the whole file. Use another name, or `local`.",
    ru: "Это заменяет часть стандартной библиотеки Luau во всём файле. Возьмите другое имя или поставьте `local`.",
  },
  UninitializedLocal: {
    en: "The variable is used before it has a value: it is nil.",
    ru: "Переменной пока ничего не присвоено: сейчас в ней nil.",
  },
  UnbalancedAssignment: {
    en: "There are more names than values, or the other way round; the rest become nil or are dropped.",
    ru: "Слева и справа разное количество: лишние переменные получат nil, лишние значения пропадут.",
  },
  SameLineStatement: {
    en: "Two statements are on one line. Put each on its own line.",
    ru: "В одной строке две инструкции. Перенесите вторую на новую строку.",
  },
  MultiLineStatement: {
    en: "The statement continues on the next line, which looks unintended. Indent the continuation.",
    ru: "Инструкция продолжается на следующей строке, и это похоже на опечатку. Сделайте отступ.",
  },
  ForRange: {
    en: "This loop does not count as it seems: tables begin at 1, and `for i = 10, 1` needs the step -1.",
    ru: "Цикл считает не так, как кажется: таблицы начинаются с 1, а для `for i = 10, 1` нужен шаг -1.",
  },
  FormatString: {
    en: "The format or pattern string is wrong: the call fails or gives an unexpected result.",
    ru: "В строке формата или шаблоне ошибка: вызов не сработает или даст не то, чего вы ждёте.",
  },
  TableOperations: {
    en: "This use of the `table` library is likely a mistake: look at the index and the number of arguments.",
    ru: "Похоже на ошибку в вызове библиотеки `table`: проверьте индекс и число аргументов.",
  },
  TableLiteral: {
    en: "The table has the same key twice; the last value wins.",
    ru: "Один и тот же ключ указан в таблице дважды: останется последнее значение.",
  },
  MisleadingAndOr: {
    en: "`a and b or c` gives c when b is false or nil. Write `if a then b else c`.",
    ru: "`a and b or c` даёт c, если b — false или nil. Пишите `if a then b else c`.",
  },
  ComparisonPrecedence: {
    en: "`not a == b` means `(not a) == b`. Write `a ~= b`, or use brackets.",
    ru: "`not a == b` означает `(not a) == b`. Напишите `a ~= b` или поставьте скобки.",
  },
  CommentDirective: {
    en: "Luau does not know this `--!` comment. It knows strict, nonstrict, nocheck, nolint, optimize and native.",
    ru: "Такой директивы `--!` Luau не знает. Есть strict, nonstrict, nocheck, nolint, optimize, native.",
  },
};

/** The codes that there is help for. */
export const HELP_CODES: readonly string[] = Object.keys(HELP);

/** A sentence of help for a diagnostic; undefined for the rarer ones, whose message has to do. */
export function diagnosticHelp(code: string): HelpText | undefined {
  return Object.hasOwn(HELP, code) ? HELP[code] : undefined;
}
