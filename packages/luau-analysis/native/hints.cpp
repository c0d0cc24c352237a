#include "queries.h"
#include "type_text.h"

#include "Luau/Ast.h"
#include "Luau/Scope.h"
#include "Luau/ToString.h"

#include <unordered_map>

namespace
{

// Characters of a hint above which it is not shown: it would push the code out of sight.
constexpr size_t MAX_HINT_LENGTH = 40;
// Hints of one file.
constexpr size_t MAX_HINTS = 5000;

class HintVisitor final : public Luau::AstVisitor
{
public:
    HintVisitor(const Luau::Module& module, JsonWriter& json)
        : json(json)
    {
        for (const auto& [location, scope] : module.scopes)
            for (const auto& [symbol, binding] : scope->bindings)
                if (symbol.local)
                    types[symbol.local] = binding.typeId;
    }

    bool visit(Luau::AstStatLocal* node) override
    {
        for (size_t i = 0; i < node->vars.size; ++i)
            if (i >= node->values.size || !is_obvious(node->values.data[i]))
                hint(node->vars.data[i]);
        return true;
    }

    bool visit(Luau::AstStatForIn* node) override
    {
        for (Luau::AstLocal* local : node->vars)
            hint(local);
        return true;
    }

    bool visit(Luau::AstExprFunction* node) override
    {
        for (Luau::AstLocal* local : node->args)
            hint(local);
        return true;
    }

private:
    JsonWriter& json;
    std::unordered_map<const Luau::AstLocal*, Luau::TypeId> types;
    size_t room = MAX_HINTS;

    // A value whose type stands there already.
    static bool is_obvious(Luau::AstExpr* value)
    {
        return value->is<Luau::AstExprConstantString>() || value->is<Luau::AstExprConstantNumber>() || value->is<Luau::AstExprConstantBool>() ||
               value->is<Luau::AstExprConstantNil>() || value->is<Luau::AstExprFunction>() || value->is<Luau::AstExprTable>() ||
               value->is<Luau::AstExprTypeAssertion>() || value->is<Luau::AstExprInterpString>();
    }

    void hint(Luau::AstLocal* local)
    {
        auto type = types.find(local);
        if (local->annotation || local->name == "_" || type == types.end() || room == 0)
            return;
        std::string text = short_type(type->second);
        if (text.size() > MAX_HINT_LENGTH || text.find("*error-type*") != std::string::npos || text == "unknown" || text == "any")
            return;
        --room;
        json.open_object();
        json.key("range").range(local->location);
        json.key("text").text(": " + text);
        json.close_object();
    }
};

} // namespace

void write_hints(Analyzer& analyzer, const std::string& file, JsonWriter& json)
{
    json.open_array();
    HintVisitor visitor{*analyzer.module(file), json};
    analyzer.source(file)->root->visit(&visitor);
    json.close_array();
}
