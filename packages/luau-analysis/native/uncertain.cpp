#include "uncertain.h"

#include "error_name.h"

#include "Luau/Ast.h"
#include "Luau/Type.h"

#include <algorithm>

namespace
{

// How many types deep it is looked for what is not known.
constexpr int MAX_DEPTH = 4;

// Whether all that Luau has of a table is which of its members are read.
bool is_known_by_use(const Luau::TableType& table)
{
    if (table.state == Luau::TableState::Free)
        return true;
    for (const auto& [name, property] : table.props)
        if (!property.isReadOnly())
            return false;
    return !table.props.empty();
}

// Whether a type was not written down, and could not be worked out either.
bool is_unfinished(Luau::TypeId type, int depth = 0)
{
    if (depth > MAX_DEPTH)
        return false;
    type = Luau::follow(type);
    if (Luau::get<Luau::UnknownType>(type) || Luau::get<Luau::TypeFunctionInstanceType>(type))
        return true;
    if (auto* table = Luau::get<Luau::TableType>(type))
        return is_known_by_use(*table) || (table->indexer && is_unfinished(table->indexer->indexResultType, depth + 1));
    auto is_so = [depth](Luau::TypeId part) { return is_unfinished(part, depth + 1); };
    if (auto* options = Luau::get<Luau::UnionType>(type))
        return std::any_of(options->options.begin(), options->options.end(), is_so);
    if (auto* parts = Luau::get<Luau::IntersectionType>(type))
        return std::any_of(parts->parts.begin(), parts->parts.end(), is_so);
    return false;
}

bool has_unfinished_operand(const Luau::UninhabitedTypeFunction& error)
{
    auto* call = Luau::get<Luau::TypeFunctionInstanceType>(Luau::follow(error.ty));
    if (!call)
        return false;
    for (Luau::TypeId argument : call->typeArguments)
        if (is_unfinished(argument))
            return true;
    return false;
}

// Whether what is wrong is only so by a type that is not known.
bool is_about_unfinished(const Luau::TypeError& error)
{
    if (auto* e = Luau::get<Luau::UninhabitedTypeFunction>(error))
        return has_unfinished_operand(*e);
    if (auto* e = Luau::get<Luau::TypeMismatch>(error))
        return (e->givenType && is_unfinished(e->givenType)) || (e->wantedType && is_unfinished(e->wantedType));
    if (auto* e = Luau::get<Luau::UnknownProperty>(error))
        return is_unfinished(e->table);
    if (auto* e = Luau::get<Luau::CannotExtendTable>(error))
        return is_unfinished(e->tableType);
    if (auto* e = Luau::get<Luau::CannotCallNonFunction>(error))
        return is_unfinished(e->ty);
    return false;
}

struct GlobalVisitor : Luau::AstVisitor
{
    std::set<std::string> found;

    void add(Luau::AstExpr* target)
    {
        if (auto* global = target->as<Luau::AstExprGlobal>())
            found.insert(global->name.value);
    }

    bool visit(Luau::AstStatAssign* node) override
    {
        for (Luau::AstExpr* target : node->vars)
            add(target);
        return true;
    }

    bool visit(Luau::AstStatFunction* node) override
    {
        add(node->name);
        return true;
    }
};

} // namespace

std::set<std::string> assigned_globals(const Luau::SourceModule& source)
{
    GlobalVisitor visitor;
    if (source.root)
        source.root->visit(&visitor);
    return std::move(visitor.found);
}

std::optional<std::string> uncertain_code(const Luau::TypeError& error, const std::set<std::string>& globals)
{
    if (Luau::get<Luau::ExplicitFunctionAnnotationRecommended>(error) || Luau::get<Luau::CannotInferBinaryOperation>(error) ||
        Luau::get<Luau::WhereClauseNeeded>(error) || Luau::get<Luau::PackWhereClauseNeeded>(error))
        return error_name(error);
    if (is_about_unfinished(error))
        return "UntypedValue";
    if (auto* e = Luau::get<Luau::UnknownSymbol>(error); e && e->context == Luau::UnknownSymbol::Binding && globals.count(e->name))
        return "UndeclaredGlobal";
    return std::nullopt;
}
