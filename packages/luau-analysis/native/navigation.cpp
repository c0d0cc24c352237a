#include "names.h"
#include "queries.h"
#include "type_text.h"

namespace
{

// References beyond which the rest is dropped: more than anybody looks through.
constexpr size_t MAX_REFERENCES = 1000;

const char* kind_name(NameUse::Kind kind)
{
    switch (kind)
    {
    case NameUse::Kind::Local:
        return "local";
    case NameUse::Kind::Global:
        return "global";
    case NameUse::Kind::Member:
        return "member";
    case NameUse::Kind::Type:
        return "type";
    case NameUse::Kind::File:
        return "file";
    }
    return "";
}

void write_place(const Luau::ModuleName& file, const Luau::Location& location, JsonWriter& json)
{
    json.open_object();
    json.key("file").text(file);
    json.key("range").range(location);
    json.close_object();
}

std::string hover_text(const NameUse& use)
{
    if (!use.type)
        return use.name;
    if (use.kind == NameUse::Kind::Type)
        return alias_type(use.name, *use.type);
    return named_type(use.name, *use.type);
}

} // namespace

void write_hover(Analyzer& analyzer, const std::string& file, Luau::Position position, JsonWriter& json)
{
    std::optional<NameUse> use = name_at(analyzer, file, position);
    // Of a name that is wrong, nothing is known but that.
    bool is_wrong = use && use->kind == NameUse::Kind::Global && use->type && Luau::get<Luau::ErrorType>(Luau::follow(*use->type));
    if (!use || use->kind == NameUse::Kind::File || is_wrong)
    {
        json.null();
        return;
    }
    json.open_object();
    json.key("range").range(use->range);
    json.key("kind").text(kind_name(use->kind));
    json.key("name").text(use->name);
    json.key("type").text(hover_text(*use));
    if (!use->documentation.empty())
        json.key("documentation").text(use->documentation);
    if (use->definition)
    {
        json.key("definition");
        write_place(use->definition->first, use->definition->second, json);
    }
    json.close_object();
}

void write_definition(Analyzer& analyzer, const std::string& file, Luau::Position position, JsonWriter& json)
{
    std::optional<NameUse> use = name_at(analyzer, file, position);
    if (use && use->definition)
        write_place(use->definition->first, use->definition->second, json);
    else
        json.null();
}

void write_references(Analyzer& analyzer, const std::string& file, Luau::Position position, JsonWriter& json)
{
    std::optional<NameUse> wanted = name_at(analyzer, file, position);
    json.open_array();
    if (wanted && !wanted->identity.empty())
    {
        size_t room = MAX_REFERENCES;
        for (const auto& [name, source] : analyzer.files.sources)
        {
            if (!analyzer.refresh(name))
                continue;
            visit_names(
                analyzer,
                name,
                [&, &name = name](const NameUse& use)
                {
                    if (use.identity == wanted->identity && room > 0 && room--)
                        write_place(name, use.range, json);
                }
            );
        }
    }
    json.close_array();
}
