#include "queries.h"
#include "type_text.h"

#include "Luau/Autocomplete.h"

namespace
{

// Suggestions beyond which the rest is dropped: a table with more members is no help to anybody.
constexpr size_t MAX_SUGGESTIONS = 2000;

// A function, or one that can be called in several ways, such as table.insert.
bool is_function(const std::optional<Luau::TypeId>& type)
{
    if (!type)
        return false;
    Luau::TypeId followed = Luau::follow(*type);
    auto* ways = Luau::get<Luau::IntersectionType>(followed);
    if (!ways)
        return Luau::get<Luau::FunctionType>(followed) != nullptr;
    for (Luau::TypeId way : ways->parts)
        if (!Luau::get<Luau::FunctionType>(Luau::follow(way)))
            return false;
    return true;
}

const char* kind_name(const Luau::AutocompleteEntry& entry)
{
    switch (entry.kind)
    {
    case Luau::AutocompleteEntryKind::Property:
        return is_function(entry.type) ? "method" : "property";
    case Luau::AutocompleteEntryKind::Binding:
        return is_function(entry.type) ? "function" : "variable";
    case Luau::AutocompleteEntryKind::Keyword:
        return "keyword";
    case Luau::AutocompleteEntryKind::String:
        return "string";
    case Luau::AutocompleteEntryKind::Type:
        return "type";
    case Luau::AutocompleteEntryKind::Module:
        return "module";
    case Luau::AutocompleteEntryKind::GeneratedFunction:
        return "function";
    case Luau::AutocompleteEntryKind::RequirePath:
        return "file";
    case Luau::AutocompleteEntryKind::HotComment:
        return "keyword";
    }
    return "";
}

const char* context_name(Luau::AutocompleteContext context)
{
    switch (context)
    {
    case Luau::AutocompleteContext::Unknown:
        return "unknown";
    case Luau::AutocompleteContext::Expression:
        return "expression";
    case Luau::AutocompleteContext::Statement:
        return "statement";
    case Luau::AutocompleteContext::Property:
        return "property";
    case Luau::AutocompleteContext::Type:
        return "type";
    case Luau::AutocompleteContext::Keyword:
        return "keyword";
    case Luau::AutocompleteContext::String:
        return "string";
    case Luau::AutocompleteContext::HotComment:
        return "comment";
    }
    return "";
}

void write_entry(const std::string& name, const Luau::AutocompleteEntry& entry, JsonWriter& json)
{
    json.open_object();
    json.key("name").text(name);
    json.key("kind").text(kind_name(entry));
    if (entry.type)
        json.key("type").text(short_type(*entry.type));
    if (entry.documentationSymbol)
        json.key("documentation").text(*entry.documentationSymbol);
    if (entry.insertText)
        json.key("insert").text(*entry.insertText);
    if (entry.deprecated)
        json.key("deprecated").boolean(true);
    // `a.b` for a method, or `a:b` for what is none.
    if (entry.wrongIndexType)
        json.key("wrongIndex").boolean(true);
    if (entry.typeCorrect != Luau::TypeCorrectKind::None)
        json.key("fits").boolean(true);
    if (entry.parens != Luau::ParenthesesRecommendation::None)
        json.key("parentheses").text(entry.parens == Luau::ParenthesesRecommendation::CursorInside ? "inside" : "after");
    json.close_object();
}

} // namespace

void write_completion(Analyzer& analyzer, const std::string& file, Luau::Position position, JsonWriter& json)
{
    Luau::AutocompleteResult result = Luau::autocomplete(
        analyzer.frontend,
        file,
        position,
        [](std::string, std::optional<const Luau::ExternType*>, std::optional<std::string>)
        {
            return std::nullopt;
        }
    );
    json.open_object();
    json.key("context").text(context_name(result.context));
    json.key("entries").open_array();
    size_t room = MAX_SUGGESTIONS;
    for (const auto& [name, entry] : result.entryMap)
    {
        // What the page cannot insert as it stands: a whole function made up.
        if (entry.kind == Luau::AutocompleteEntryKind::GeneratedFunction)
            continue;
        if (room-- == 0)
            break;
        write_entry(name, entry, json);
    }
    json.close_array();
    json.close_object();
}
