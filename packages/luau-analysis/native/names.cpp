#include "names.h"

#include "members.h"

#include "Luau/AstQuery.h"
#include "Luau/Scope.h"

#include <unordered_map>

namespace
{

std::string place(const Luau::ModuleName& module, const Luau::Location& location)
{
    return module + ":" + std::to_string(location.begin.line) + ":" + std::to_string(location.begin.column);
}

class NameVisitor final : public Luau::AstVisitor
{
public:
    NameVisitor(Analyzer& analyzer, const std::string& file, const std::function<void(const NameUse&)>& report)
        : analyzer(analyzer)
        , file(file)
        , module(*analyzer.module(file))
        , report(report)
    {
        for (const auto& [location, scope] : module.scopes)
            for (const auto& [symbol, binding] : scope->bindings)
                if (symbol.local)
                    local_types[symbol.local] = binding.typeId;
    }

    bool visit(Luau::AstExprLocal* node) override
    {
        use_local(node->local, node->location, type_of(node));
        return true;
    }

    bool visit(Luau::AstExprGlobal* node) override
    {
        use_global(node);
        return true;
    }

    bool visit(Luau::AstExprIndexName* node) override
    {
        if (std::optional<Luau::TypeId> owner = type_of(node->expr))
            use_member(*owner, node->index.value, node->indexLocation, type_of(node));
        return true;
    }

    bool visit(Luau::AstExprTable* node) override
    {
        std::optional<Luau::TypeId> type = type_of(node);
        for (const Luau::AstExprTable::Item& item : node->items)
            if (auto* key = item.kind == Luau::AstExprTable::Item::Record ? item.key->as<Luau::AstExprConstantString>() : nullptr; key && type)
                use_member(*type, std::string(key->value.data, key->value.size), key->location, type_of(item.value));
        return true;
    }

    bool visit(Luau::AstExprCall* node) override
    {
        auto* callee = node->func->as<Luau::AstExprGlobal>();
        auto* path = node->args.size == 1 ? node->args.data[0]->as<Luau::AstExprConstantString>() : nullptr;
        if (callee && path && callee->name == "require")
            use_file(path);
        return true;
    }

    bool visit(Luau::AstStatLocal* node) override
    {
        for (Luau::AstLocal* local : node->vars)
            use_local(local, local->location, std::nullopt);
        return true;
    }

    bool visit(Luau::AstStatLocalFunction* node) override
    {
        use_local(node->name, node->name->location, std::nullopt);
        return true;
    }

    bool visit(Luau::AstExprFunction* node) override
    {
        for (Luau::AstLocal* local : node->args)
            use_local(local, local->location, std::nullopt);
        return true;
    }

    bool visit(Luau::AstStatFor* node) override
    {
        use_local(node->var, node->var->location, std::nullopt);
        return true;
    }

    bool visit(Luau::AstStatForIn* node) override
    {
        for (Luau::AstLocal* local : node->vars)
            use_local(local, local->location, std::nullopt);
        return true;
    }

    bool visit(Luau::AstStatTypeAlias* node) override
    {
        NameUse use{NameUse::Kind::Type, node->nameLocation, node->name.value, "type:" + place(file, node->nameLocation), {}, {}, ""};
        use.definition = {file, node->nameLocation};
        use.type = resolved(node->type);
        report(use);
        return true;
    }

    bool visit(Luau::AstType*) override
    {
        return true;
    }

    bool visit(Luau::AstTypePack*) override
    {
        return true;
    }

    bool visit(Luau::AstTypeReference* node) override
    {
        use_type(node);
        return true;
    }

private:
    Analyzer& analyzer;
    const std::string& file;
    const Luau::Module& module;
    const std::function<void(const NameUse&)>& report;
    std::unordered_map<const Luau::AstLocal*, Luau::TypeId> local_types;
    std::unordered_map<std::string, std::optional<Luau::Location>> global_definitions;

    std::optional<Luau::TypeId> type_of(Luau::AstExpr* node) const
    {
        const Luau::TypeId* type = module.astTypes.find(node);
        return type ? std::optional(*type) : std::nullopt;
    }

    std::optional<Luau::TypeId> resolved(Luau::AstType* node) const
    {
        const Luau::TypeId* type = module.astResolvedTypes.find(node);
        return type ? std::optional(*type) : std::nullopt;
    }

    void use_local(Luau::AstLocal* local, const Luau::Location& range, std::optional<Luau::TypeId> type)
    {
        // `self` of a method is written down nowhere.
        if (local->location.begin == local->location.end)
            return;
        auto found = local_types.find(local);
        if (!type && found != local_types.end())
            type = found->second;
        NameUse use{NameUse::Kind::Local, range, local->name.value, "local:" + place(file, local->location), type, {}, ""};
        use.definition = {file, local->location};
        report(use);
    }

    void use_global(Luau::AstExprGlobal* node)
    {
        NameUse use{NameUse::Kind::Global, node->location, node->name.value, "", type_of(node), {}, ""};
        std::optional<Luau::Binding> binding = analyzer.frontend.globals.globalScope->linearSearchForBinding(node->name.value);
        if (binding)
        {
            use.identity = "library:" + use.name;
            use.documentation = binding->documentationSymbol.value_or("");
            if (!use.type)
                use.type = binding->typeId;
        }
        else if (std::optional<Luau::Location> definition = global_definition(node->name))
        {
            use.identity = "global:" + file + ":" + use.name;
            use.definition = {file, *definition};
        }
        report(use);
    }

    // Where a global of the script's own gets its value first.
    std::optional<Luau::Location> global_definition(const Luau::AstName& name)
    {
        struct Finder final : Luau::AstVisitor
        {
            Luau::AstName name;
            std::optional<Luau::Location> found;

            explicit Finder(Luau::AstName name)
                : name(name)
            {
            }

            void check(Luau::AstExpr* target)
            {
                auto* global = target->as<Luau::AstExprGlobal>();
                if (!found && global && global->name == name)
                    found = global->location;
            }

            bool visit(Luau::AstStatFunction* node) override
            {
                check(node->name);
                return true;
            }

            bool visit(Luau::AstStatAssign* node) override
            {
                for (Luau::AstExpr* target : node->vars)
                    check(target);
                return true;
            }
        };
        auto [entry, is_new] = global_definitions.try_emplace(name.value);
        if (is_new)
        {
            Finder finder{name};
            module.root->visit(&finder);
            entry->second = finder.found;
        }
        return entry->second;
    }

    void use_member(Luau::TypeId owner, const std::string& name, const Luau::Location& range, std::optional<Luau::TypeId> type)
    {
        NameUse use{NameUse::Kind::Member, range, name, "", type, {}, ""};
        if (std::optional<Member> member = find_member(owner, name))
        {
            const Luau::Property& property = *member->property;
            if (!use.type)
                use.type = property.readTy;
            use.documentation = property.documentationSymbol.value_or("");
            std::optional<Luau::Location> location = property.location ? property.location : property.typeLocation;
            if (!location && property.readTy)
                if (auto* function = Luau::get<Luau::FunctionType>(Luau::follow(*property.readTy)); function && function->definition)
                    location = function->definition->originalNameLocation;
            bool is_ours = analyzer.files.sources.count(member->module) > 0;
            if (!use.documentation.empty())
                use.identity = "library:" + use.documentation;
            else if (is_ours && location)
            {
                use.identity = "member:" + place(member->module, *location);
                use.definition = {member->module, *location};
            }
            else if (is_ours)
                use.identity = "member:" + place(member->module, member->owner) + ":" + name;
        }
        report(use);
    }

    void use_type(Luau::AstTypeReference* node)
    {
        NameUse use{NameUse::Kind::Type, node->nameLocation, node->name.value, "", resolved(node), {}, ""};
        if (node->prefix)
        {
            const auto& imported = module.getModuleScope()->importedModules;
            auto found = imported.find(node->prefix->value);
            Luau::ModulePtr other = found == imported.end() ? nullptr : analyzer.module(found->second);
            if (other && other->hasModuleScope())
                set_alias(use, found->second, *other->getModuleScope());
        }
        else
        {
            Luau::ScopePtr scope = Luau::findScopeAtPosition(module, node->location.begin);
            while (scope && !set_alias(use, file, *scope))
                scope = scope->parent;
            if (use.identity.empty() && use.type)
            {
                use.documentation = Luau::follow(*use.type)->documentationSymbol.value_or("");
                use.identity = "library type:" + use.name;
            }
        }
        report(use);
    }

    static bool set_alias(NameUse& use, const Luau::ModuleName& owner, const Luau::Scope& scope)
    {
        auto found = scope.typeAliasNameLocations.find(use.name);
        if (found == scope.typeAliasNameLocations.end())
            return false;
        use.identity = "type:" + place(owner, found->second);
        use.definition = {owner, found->second};
        return true;
    }

    void use_file(Luau::AstExprConstantString* path)
    {
        std::string text(path->value.data, path->value.size);
        NameUse use{NameUse::Kind::File, path->location, text, "", {}, {}, ""};
        std::optional<std::string> target = analyzer.files.resolve(file, text);
        if (target && analyzer.files.sources.count(*target))
        {
            use.identity = "file:" + *target;
            use.definition = {*target, Luau::Location{}};
        }
        report(use);
    }
};

} // namespace

void visit_names(Analyzer& analyzer, const std::string& file, const std::function<void(const NameUse&)>& visit)
{
    NameVisitor visitor{analyzer, file, visit};
    analyzer.source(file)->root->visit(&visitor);
}

std::optional<NameUse> name_at(Analyzer& analyzer, const std::string& file, Luau::Position position)
{
    std::optional<NameUse> found;
    visit_names(
        analyzer,
        file,
        [&](const NameUse& use)
        {
            if (use.range.begin <= position && position <= use.range.end && (!found || use.range.begin >= found->range.begin))
                found = use;
        }
    );
    return found;
}
