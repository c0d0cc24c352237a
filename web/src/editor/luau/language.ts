import { LanguageSupport, StreamLanguage, type StreamParser } from "@codemirror/language";
import { Tag, tags } from "@lezer/highlight";
import { indentation } from "./indent.ts";
import { copyState, type LuauState, startState } from "./state.ts";
import { token } from "./token.ts";

/** `self`, which is a name like any other to Luau but not to its readers. */
export const selfTag: Tag = Tag.define(tags.variableName);

const parser: StreamParser<LuauState> = {
  name: "luau",
  startState,
  copyState,
  token,
  indent: (state, textAfter, context) => indentation(state, textAfter, context.unit),
  languageData: {
    commentTokens: { line: "--", block: { open: "--[[", close: "]]" } },
    closeBrackets: { brackets: ["(", "[", "{", '"', "'", "`"] },
    indentOnInput: /^\s*(?:end|else|elseif|until|[)\]}])$/,
    wordChars: "_",
  },
  // Not "attribute" and the like: CodeMirror gives its older names for tokens a meaning of their own.
  tokenTable: {
    annotation: tags.annotation,
    bracket: tags.bracket,
    builtin: tags.standard(tags.variableName),
    comment: tags.comment,
    constant: tags.atom,
    definition: tags.definition(tags.variableName),
    directive: tags.docComment,
    escape: tags.escape,
    functionCall: tags.function(tags.variableName),
    functionName: tags.definition(tags.function(tags.variableName)),
    interpolation: tags.special(tags.brace),
    invalid: tags.invalid,
    keyword: tags.keyword,
    method: tags.function(tags.propertyName),
    number: tags.number,
    operator: tags.operator,
    property: tags.propertyName,
    punctuation: tags.punctuation,
    self: selfTag,
    string: tags.string,
    type: tags.typeName,
    typeName: tags.definition(tags.typeName),
    typeOperator: tags.typeOperator,
    variable: tags.variableName,
  },
};

/** Luau for CodeMirror: colours, indentation, comment and bracket habits. */
export const luauLanguage: StreamLanguage<LuauState> = StreamLanguage.define(parser);

export function luau(): LanguageSupport {
  return new LanguageSupport(luauLanguage);
}
