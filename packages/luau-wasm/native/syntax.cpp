// What the parser knows of a source text: its errors, and which names are which locals. Nothing is run.
#include "boundary.h"

#include "Luau/Allocator.h"
#include "Luau/Ast.h"
#include "Luau/BytecodeBuilder.h"
#include "Luau/Compiler.h"
#include "Luau/Parser.h"

#include <exception>
#include <string>
#include <string.h>
#include <unordered_map>

// Kinds of an occurrence; src/syntax.ts has the same.
constexpr int32_t DECLARATION = 0;
constexpr int32_t USE = 1;
constexpr int32_t IMPLICIT = 2; // the `self` of a method, which is written nowhere
constexpr int32_t GLOBAL = 3;

// Errors told of one source. The parser's own limit is 100.
constexpr size_t ERRORS_MAX = 100;

// Numbers are 32 bits, little-endian; lines and columns count from 0, columns in bytes.
static std::string report;

static void put_number(int32_t value)
{
    report.append(reinterpret_cast<const char*>(&value), sizeof(value));
}

static void put_error(const Luau::Location& location, const char* text)
{
    put_number(int32_t(location.begin.line));
    put_number(int32_t(location.begin.column));
    put_number(int32_t(location.end.line));
    put_number(int32_t(location.end.column));
    size_t length = strlen(text);
    put_number(int32_t(length));
    report.append(text, length);
}

static int32_t give_report(int32_t status)
{
    if (status != abi::STATUS_OK)
        report.clear();
    boundary.cell.first = uint32_t(uintptr_t(report.data()));
    boundary.cell.second = uint32_t(report.size());
    return status;
}

// The errors of a source, in the cell: for each begin line and column, end line and column, length of the text, text.
EXPORTED(syntax_errors) int32_t syntax_errors(const char* source, size_t length)
{
    try
    {
        report.clear();
        Luau::Allocator allocator;
        Luau::AstNameTable names(allocator);
        Luau::ParseResult result = Luau::Parser::parse(source, length, names, allocator);
        size_t told = 0;
        for (const Luau::ParseError& error : result.errors)
            if (told++ < ERRORS_MAX)
                put_error(error.getLocation(), error.what());
        if (result.errors.empty())
        {
            try
            {
                Luau::BytecodeBuilder bytecode;
                Luau::compileOrThrow(bytecode, result, names);
            }
            catch (Luau::CompileError& error)
            {
                put_error(error.getLocation(), error.what());
            }
        }
        return give_report(abi::STATUS_OK);
    }
    catch (std::exception&)
    {
        return give_report(abi::STATUS_MEMORY);
    }
}

namespace
{

struct Names final : Luau::AstVisitor
{
    std::unordered_map<Luau::AstLocal*, int32_t> locals;

    void put(const Luau::Location& location, const Luau::AstName& name, int32_t local, int32_t kind)
    {
        put_number(int32_t(location.begin.line));
        put_number(int32_t(location.begin.column));
        put_number(int32_t(strlen(name.value)));
        put_number(local);
        put_number(kind);
    }

    void declare(Luau::AstLocal* local, int32_t kind = DECLARATION)
    {
        int32_t number = int32_t(locals.size());
        locals[local] = number;
        put(local->location, local->name, number, kind);
    }

    bool visit(Luau::AstType*) override
    {
        return true; // for the expressions of typeof
    }

    bool visit(Luau::AstTypePack*) override
    {
        return true;
    }

    bool visit(Luau::AstStatLocal* node) override
    {
        for (Luau::AstLocal* local : node->vars)
            declare(local);
        return true;
    }

    bool visit(Luau::AstStatLocalFunction* node) override
    {
        declare(node->name);
        return true;
    }

    bool visit(Luau::AstStatFor* node) override
    {
        declare(node->var);
        return true;
    }

    bool visit(Luau::AstStatForIn* node) override
    {
        for (Luau::AstLocal* local : node->vars)
            declare(local);
        return true;
    }

    bool visit(Luau::AstExprFunction* node) override
    {
        if (node->self)
            declare(node->self, IMPLICIT);
        for (Luau::AstLocal* local : node->args)
            declare(local);
        return true;
    }

    bool visit(Luau::AstExprLocal* node) override
    {
        auto found = locals.find(node->local);
        put(node->location, node->local->name, found == locals.end() ? -1 : found->second, USE);
        return false;
    }

    bool visit(Luau::AstExprGlobal* node) override
    {
        put(node->location, node->name, -1, GLOBAL);
        return false;
    }
};

} // namespace

// The names of a source that are locals and globals, in the cell: for each line, column, bytes, number of the local (-1 for a global), kind.
// STATUS_ERROR when the source has errors.
EXPORTED(syntax_names) int32_t syntax_names(const char* source, size_t length)
{
    try
    {
        report.clear();
        Luau::Allocator allocator;
        Luau::AstNameTable names(allocator);
        Luau::ParseResult result = Luau::Parser::parse(source, length, names, allocator);
        if (!result.errors.empty())
            return give_report(abi::STATUS_ERROR);
        Names visitor;
        result.root->visit(&visitor);
        return give_report(abi::STATUS_OK);
    }
    catch (std::exception&)
    {
        return give_report(abi::STATUS_MEMORY);
    }
}
