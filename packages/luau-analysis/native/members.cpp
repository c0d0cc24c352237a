#include "members.h"

#include "Luau/Type.h"
#include "Luau/TypeUtils.h"

namespace
{

// How many types deep a member is looked for; a chain of metatables can be a ring.
constexpr int MAX_DEPTH = 16;

std::optional<Member> find(Luau::TypeId type, const std::string& name, int depth)
{
    if (depth > MAX_DEPTH)
        return std::nullopt;
    type = Luau::follow(type);
    if (auto* table = Luau::get<Luau::TableType>(type))
    {
        auto found = table->props.find(name);
        if (found == table->props.end())
            return std::nullopt;
        return Member{&found->second, table->definitionModuleName, table->definitionLocation};
    }
    if (auto* metatable = Luau::get<Luau::MetatableType>(type))
    {
        if (std::optional<Member> own = find(metatable->table, name, depth + 1))
            return own;
        std::optional<Member> index = find(metatable->metatable, "__index", depth + 1);
        if (index && index->property->readTy)
            return find(*index->property->readTy, name, depth + 1);
        return std::nullopt;
    }
    if (auto* declared = Luau::get<Luau::ExternType>(type))
    {
        const Luau::Property* property = Luau::lookupExternTypeProp(declared, name);
        if (!property)
            return std::nullopt;
        return Member{property, declared->definitionModuleName, declared->definitionLocation.value_or(Luau::Location{})};
    }
    if (auto* primitive = Luau::get<Luau::PrimitiveType>(type))
    {
        if (!primitive->metatable)
            return std::nullopt;
        std::optional<Member> index = find(*primitive->metatable, "__index", depth + 1);
        if (index && index->property->readTy)
            return find(*index->property->readTy, name, depth + 1);
        return std::nullopt;
    }
    if (auto* options = Luau::get<Luau::UnionType>(type))
    {
        for (Luau::TypeId option : options->options)
            if (std::optional<Member> member = find(option, name, depth + 1))
                return member;
    }
    if (auto* parts = Luau::get<Luau::IntersectionType>(type))
    {
        for (Luau::TypeId part : parts->parts)
            if (std::optional<Member> member = find(part, name, depth + 1))
                return member;
    }
    return std::nullopt;
}

void visit_all(Luau::TypeId type, const std::function<void(const std::string&)>& visit, int depth)
{
    if (depth > MAX_DEPTH)
        return;
    type = Luau::follow(type);
    auto visit_index = [&](Luau::TypeId metatable)
    {
        std::optional<Member> index = find(metatable, "__index", depth + 1);
        if (index && index->property->readTy)
            visit_all(*index->property->readTy, visit, depth + 1);
    };
    if (auto* table = Luau::get<Luau::TableType>(type))
    {
        for (const auto& [name, property] : table->props)
            visit(name);
    }
    else if (auto* metatable = Luau::get<Luau::MetatableType>(type))
    {
        visit_all(metatable->table, visit, depth + 1);
        visit_index(metatable->metatable);
    }
    else if (auto* declared = Luau::get<Luau::ExternType>(type))
    {
        for (const auto& [name, property] : declared->props)
            visit(name);
        if (declared->parent)
            visit_all(*declared->parent, visit, depth + 1);
    }
    else if (auto* primitive = Luau::get<Luau::PrimitiveType>(type))
    {
        if (primitive->metatable)
            visit_index(*primitive->metatable);
    }
    else if (auto* options = Luau::get<Luau::UnionType>(type))
    {
        for (Luau::TypeId option : options->options)
            visit_all(option, visit, depth + 1);
    }
    else if (auto* parts = Luau::get<Luau::IntersectionType>(type))
    {
        for (Luau::TypeId part : parts->parts)
            visit_all(part, visit, depth + 1);
    }
}

} // namespace

std::optional<Member> find_member(Luau::TypeId type, const std::string& name)
{
    return find(type, name, 0);
}

void visit_members(Luau::TypeId type, const std::function<void(const std::string&)>& visit)
{
    visit_all(type, visit, 0);
}
