#include "members.h"
#include "names.h"
#include "queries.h"
#include "type_text.h"

#include "Luau/AstQuery.h"
#include "Luau/ToString.h"
#include "Luau/TypePack.h"

namespace
{

struct Call
{
    Luau::AstExprCall* node = nullptr;
    // The argument in which the position is, from 0; `self` of a method call is not counted.
    size_t argument = 0;
};

// The offset of a position in a text, in bytes.
size_t offset_of(const std::string& text, Luau::Position position)
{
    size_t start = 0;
    for (unsigned int line = 0; line < position.line; ++line)
    {
        size_t end = text.find('\n', start);
        if (end == std::string::npos)
            return text.size();
        start = end + 1;
    }
    return std::min(start + position.column, text.size());
}

// Whether a comma lies between two places of the text. What else can be there is white space and comments.
bool has_comma(const std::string& text, Luau::Position begin, Luau::Position end)
{
    size_t from = offset_of(text, begin);
    size_t to = offset_of(text, end);
    return from < to && text.find(',', from) < to;
}

std::optional<Call> find_call(Analyzer& analyzer, const std::string& file, Luau::Position position)
{
    std::vector<Luau::AstNode*> ancestry = Luau::findAstAncestryOfPosition(*analyzer.source(file), position);
    const std::string& text = analyzer.files.sources.at(file);
    for (auto node = ancestry.rbegin(); node != ancestry.rend(); ++node)
    {
        // Inside of a function that is an argument, the call around it is of no interest.
        if ((*node)->is<Luau::AstExprFunction>())
            return std::nullopt;
        auto* call = (*node)->as<Luau::AstExprCall>();
        if (!call || !(call->func->location.end < position) || call->argLocation.begin == call->argLocation.end)
            continue;
        // Behind the closing parenthesis the call is over.
        bool is_closed = call->argLocation.end == call->location.end && text[offset_of(text, call->location.end) - 1] == ')';
        if (is_closed && call->location.end <= position)
            continue;
        Call found{call, 0};
        for (Luau::AstExpr* argument : call->args)
            if (argument->location.end <= position && has_comma(text, argument->location.end, position))
                ++found.argument;
        return found;
    }
    return std::nullopt;
}

std::vector<const Luau::FunctionType*> overloads(Luau::TypeId type)
{
    type = Luau::follow(type);
    if (auto* function = Luau::get<Luau::FunctionType>(type))
        return {function};
    std::vector<const Luau::FunctionType*> found;
    if (auto* parts = Luau::get<Luau::IntersectionType>(type))
        for (Luau::TypeId part : parts->parts)
            if (auto* function = Luau::get<Luau::FunctionType>(Luau::follow(part)))
                found.push_back(function);
    return found;
}

void write_signature(const Luau::FunctionType& function, bool skips_self, JsonWriter& json)
{
    auto [types, tail] = Luau::flatten(function.argTypes);
    json.open_object();
    json.key("parameters").open_array();
    for (size_t i = skips_self ? 1 : 0; i < types.size(); ++i)
    {
        std::string label;
        if (i < function.argNames.size() && function.argNames[i])
            label = function.argNames[i]->name + ": ";
        json.text(label + short_type(types[i]));
    }
    // A function without `...` has a hidden tail all the same.
    auto* variadic = tail ? Luau::get<Luau::VariadicTypePack>(Luau::follow(*tail)) : nullptr;
    if (tail && !(variadic && variadic->hidden))
    {
        std::string rest = Luau::toString(*tail);
        if (!rest.empty())
            json.text("..." + (rest.compare(0, 3, "...") == 0 ? ": " + rest.substr(3) : ": " + rest));
    }
    json.close_array();
    json.key("returns").text(Luau::toString(function.retTypes));
    json.close_object();
}

} // namespace

void write_signatures(Analyzer& analyzer, const std::string& file, Luau::Position position, JsonWriter& json)
{
    std::optional<Call> call = find_call(analyzer, file, position);
    Luau::ModulePtr module = analyzer.module(file);
    const Luau::TypeId* type = nullptr;
    if (call)
    {
        type = module->astOriginalCallTypes.find(call->node);
        if (!type)
            type = module->astTypes.find(call->node->func);
    }
    std::vector<const Luau::FunctionType*> found = type ? overloads(*type) : std::vector<const Luau::FunctionType*>{};
    if (found.empty())
    {
        json.null();
        return;
    }
    std::optional<NameUse> callee = name_at(analyzer, file, call->node->func->location.end);
    json.open_object();
    json.key("name").text(callee ? callee->name : "");
    if (callee && !callee->documentation.empty())
        json.key("documentation").text(callee->documentation);
    if (callee && callee->definition)
    {
        json.key("definition").open_object();
        json.key("file").text(callee->definition->first);
        json.key("range").range(callee->definition->second);
        json.close_object();
    }
    json.key("argument").number(unsigned(call->argument));
    json.key("signatures").open_array();
    for (const Luau::FunctionType* function : found)
        write_signature(*function, call->node->self, json);
    json.close_array();
    json.close_object();
}
