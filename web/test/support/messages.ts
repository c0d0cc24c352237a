import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const SOURCES = fileURLToPath(new URL("../../src", import.meta.url));

/** Everything of the page that is compiled. */
export const sourceFiles: readonly ts.SourceFile[] = readdirSync(SOURCES, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => ts.createSourceFile(name, readFileSync(`${SOURCES}/${name}`, "utf8"), ts.ScriptTarget.ES2022, true));

/** One `msg()` of the sources. */
export interface Message {
  readonly where: string;
  readonly id: string | undefined;
  /** The English text, with `${}` for each value. */
  readonly text: string | undefined;
  /** Whether it holds the plural forms that `counted()` chooses from. */
  readonly isCounted: boolean;
  /** Indexes of the values that are numbers. */
  readonly numbers: readonly number[];
}

/** Calls `found` with a node and all that is in it. */
export function visit(node: ts.Node, found: (node: ts.Node) => void): void {
  found(node);
  ts.forEachChild(node, (child) => visit(child, found));
}

/** File and line. */
export function place(node: ts.Node): string {
  const file = node.getSourceFile();
  return `${file.fileName}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}

/** A template's text, with `${}` for each value. */
export function templateText(template: ts.TemplateLiteral): string {
  if (ts.isNoSubstitutionTemplateLiteral(template)) return template.text;
  return template.head.text + template.templateSpans.map((span) => `\${}${span.literal.text}`).join("");
}

/** Every `msg()` of the sources, in their order. */
export function messages(): Message[] {
  const found: Message[] = [];
  for (const file of sourceFiles) {
    visit(file, (node) => {
      if (ts.isCallExpression(node) && node.expression.getText() === "msg") found.push(messageOf(node));
    });
  }
  return found;
}

function messageOf(call: ts.CallExpression): Message {
  const [text, options] = call.arguments;
  const { parent } = call;
  const template = text !== undefined && ts.isTaggedTemplateExpression(text) && text.tag.getText() === "str" ? text.template : undefined;
  return {
    where: place(call),
    id: idIn(options),
    text: template !== undefined ? templateText(template) : text !== undefined && ts.isStringLiteral(text) ? text.text : undefined,
    isCounted: ts.isCallExpression(parent) && parent.expression.getText() === "counted" && parent.arguments[1] === call,
    numbers:
      template === undefined || ts.isNoSubstitutionTemplateLiteral(template)
        ? []
        : template.templateSpans.flatMap(({ expression }, index) => (isNumber(expression) ? [index] : [])),
  };
}

function idIn(options: ts.Expression | undefined): string | undefined {
  if (options === undefined || !ts.isObjectLiteralExpression(options)) return undefined;
  for (const property of options.properties) {
    if (!ts.isPropertyAssignment(property) || property.name.getText() !== "id") continue;
    return ts.isStringLiteral(property.initializer) ? property.initializer.text : undefined;
  }
  return undefined;
}

/** Whether a value is a number as `localNumber` writes it, here or where its variable is declared, or one as it is. */
function isNumber(expression: ts.Expression): boolean {
  if (/^localNumber\(|\.(?:length|port|line)$|^[A-Z_]+$/.test(expression.getText())) return true;
  if (!ts.isIdentifier(expression)) return false;
  for (let scope: ts.Node | undefined = expression.parent; scope !== undefined; scope = scope.parent) {
    if (!ts.isBlock(scope) && !ts.isSourceFile(scope)) continue;
    for (const statement of scope.statements) {
      if (!ts.isVariableStatement(statement)) continue;
      for (const { name, initializer } of statement.declarationList.declarations) {
        if (initializer !== undefined && namesIn(name).includes(expression.text)) return /\blocalNumber\(/.test(initializer.getText());
      }
    }
  }
  return false;
}

function namesIn(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? namesIn(element.name) : []));
}
