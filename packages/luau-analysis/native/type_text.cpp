#include "type_text.h"

#include "Luau/ToString.h"

namespace
{

// Characters of a type in a list, and of one that has a box of its own: beyond, it is cut.
constexpr size_t SHORT_TYPE_LENGTH = 100;
constexpr size_t FULL_TYPE_LENGTH = 2000;
// Members of a table that are written out.
constexpr size_t SHORT_TABLE_LENGTH = 5;
constexpr size_t FULL_TABLE_LENGTH = 40;

Luau::ToStringOptions text_options(bool is_full)
{
    Luau::ToStringOptions options;
    options.useLineBreaks = is_full;
    options.functionTypeArguments = true;
    options.hideTableKind = true;
    options.maxTypeLength = is_full ? FULL_TYPE_LENGTH : SHORT_TYPE_LENGTH;
    options.maxTableLength = is_full ? FULL_TABLE_LENGTH : SHORT_TABLE_LENGTH;
    return options;
}

} // namespace

std::string short_type(Luau::TypeId type)
{
    Luau::ToStringOptions options = text_options(false);
    return Luau::toString(type, options);
}

std::string full_type(Luau::TypeId type)
{
    Luau::ToStringOptions options = text_options(true);
    return Luau::toString(type, options);
}

std::string alias_type(const std::string& name, Luau::TypeId type)
{
    type = Luau::follow(type);
    // A table that has a name is written as that name; what the name stands for is asked here.
    if (auto* table = Luau::get<Luau::TableType>(type); table && table->name)
    {
        Luau::TableType nameless = *table;
        nameless.name = std::nullopt;
        nameless.syntheticName = std::nullopt;
        Luau::Type copy{std::move(nameless)};
        return "type " + name + " = " + full_type(&copy);
    }
    std::string text = full_type(type);
    return text == name ? "type " + name : "type " + name + " = " + text;
}

std::string named_type(const std::string& name, Luau::TypeId type)
{
    Luau::ToStringOptions options = text_options(true);
    if (auto* function = Luau::get<Luau::FunctionType>(Luau::follow(type)))
        return Luau::toStringNamedFunction(name, *function, options);
    return name + ": " + Luau::toString(type, options);
}
