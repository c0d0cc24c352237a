#include "uncertain.h"

#include "error_name.h"

#include "Luau/Ast.h"
#include "Luau/Type.h"

namespace
{

// How many types deep an unfinished table is looked for.
constexpr int MAX_DEPTH = 4;

bool is_unknown(Luau::TypeId type)
{
    return Luau::get<Luau::UnknownType>(Luau::follow(type)) != nullptr;
}

bool has_unknown_operand(const Luau::UninhabitedTypeFunction& error)
{
    auto* call = Luau::get<Luau::TypeFunctionInstanceType>(Luau::follow(error.ty));
    if (!call)
        return false;
    for (Luau::TypeId argument : call->typeArguments)
        if (is_unknown(argument))
            return true;
    return false;
}

// A table of which Luau has seen some uses and no definition.
bool has_unfinished_table(Luau::TypeId type, int depth = 0)
{
    if (depth > MAX_DEPTH)
        return false;
    auto* table = Luau::get<Luau::TableType>(Luau::follow(type));
    if (!table)
        return false;
    if (table->state == Luau::TableState::Free)
        return true;
    return table->indexer && has_unfinished_table(table->indexer->indexResultType, depth + 1);
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
    if (auto* e = Luau::get<Luau::UninhabitedTypeFunction>(error); e && has_unknown_operand(*e))
        return "UnknownOperand";
    if (auto* e = Luau::get<Luau::TypeMismatch>(error); e && e->givenType && has_unfinished_table(e->givenType))
        return "UnresolvedTable";
    if (auto* e = Luau::get<Luau::UnknownSymbol>(error); e && e->context == Luau::UnknownSymbol::Binding && globals.count(e->name))
        return "UndeclaredGlobal";
    return std::nullopt;
}
