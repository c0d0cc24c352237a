#include "abi.h"
#include "diagnostics.h"
#include "queries.h"

#include <functional>
#include <memory>
#include <new>
#include <stdlib.h>

// Everything that the binding calls. Each answer is a JSON text that stays until the next call:
// {"value": …} or {"error": …}. Lines and columns are from 0, columns in bytes.

namespace
{

std::unique_ptr<Analyzer> analyzer;
std::string answer;

struct Text
{
    const char* data;
    size_t size;

    std::string str() const
    {
        return {data, size};
    }
};

void fail(const char* message)
{
    JsonWriter json;
    json.open_object().key("error").text(message).close_object();
    answer = json.result();
}

void respond(const std::function<void(JsonWriter&)>& write)
{
    try
    {
        JsonWriter json;
        json.open_object().key("value");
        write(json);
        json.close_object();
        answer = json.result();
    }
    catch (const std::bad_alloc&)
    {
        // No memory to write anything with.
        answer.assign("{\"error\":\"not enough memory\"}");
    }
    catch (const std::exception& error)
    {
        fail(error.what());
    }
}

using Query = void (*)(Analyzer&, const std::string&, Luau::Position, JsonWriter&);

void respond_at(Query query, Text file, unsigned int line, unsigned int column)
{
    respond(
        [&](JsonWriter& json)
        {
            std::string name = file.str();
            if (analyzer->refresh(name))
                query(*analyzer, name, {line, column}, json);
            else
                json.null();
        }
    );
}

} // namespace

EXPORTED(text_allocate) char* text_allocate(size_t size)
{
    return static_cast<char*>(malloc(size + 1));
}

EXPORTED(text_free) void text_free(char* text)
{
    free(text);
}

EXPORTED(answer_address) const char* answer_address()
{
    return answer.data();
}

EXPORTED(answer_size) size_t answer_size()
{
    return answer.size();
}

EXPORTED(luau_version) const char* luau_version()
{
    return LUAU_VERSION;
}

// Starts over with no files and no definitions but those of Luau itself.
EXPORTED(analyzer_start) void analyzer_start()
{
    respond(
        [](JsonWriter& json)
        {
            analyzer.reset();
            analyzer = std::make_unique<Analyzer>();
            json.null();
        }
    );
}

EXPORTED(define) void define(const char* source, size_t size)
{
    respond(
        [&](JsonWriter& json)
        {
            std::string problem = analyzer->define({source, size});
            if (problem.empty())
                json.null();
            else
                json.text(problem);
        }
    );
}

// 0: no checks, 1: nonstrict, 2: strict.
EXPORTED(set_mode) void set_mode(int mode)
{
    respond(
        [&](JsonWriter& json)
        {
            analyzer->set_mode(mode == 0 ? Luau::Mode::NoCheck : mode == 1 ? Luau::Mode::Nonstrict : Luau::Mode::Strict);
            json.null();
        }
    );
}

EXPORTED(set_file) void set_file(const char* name, size_t name_size, const char* source, size_t source_size)
{
    respond(
        [&](JsonWriter& json)
        {
            analyzer->set_file({name, name_size}, {source, source_size});
            json.null();
        }
    );
}

EXPORTED(remove_file) void remove_file(const char* name, size_t size)
{
    respond(
        [&](JsonWriter& json)
        {
            analyzer->remove_file({name, size});
            json.null();
        }
    );
}

EXPORTED(check) void check(const char* file, size_t size)
{
    respond(
        [&](JsonWriter& json)
        {
            write_diagnostics(*analyzer, {file, size}, json);
        }
    );
}

EXPORTED(hover) void hover(const char* file, size_t size, unsigned int line, unsigned int column)
{
    respond_at(write_hover, {file, size}, line, column);
}

EXPORTED(definition) void definition(const char* file, size_t size, unsigned int line, unsigned int column)
{
    respond_at(write_definition, {file, size}, line, column);
}

EXPORTED(references) void references(const char* file, size_t size, unsigned int line, unsigned int column)
{
    respond_at(write_references, {file, size}, line, column);
}

EXPORTED(complete) void complete(const char* file, size_t size, unsigned int line, unsigned int column)
{
    respond_at(write_completion, {file, size}, line, column);
}

EXPORTED(signatures) void signatures(const char* file, size_t size, unsigned int line, unsigned int column)
{
    respond_at(write_signatures, {file, size}, line, column);
}

EXPORTED(hints) void hints(const char* file, size_t size)
{
    respond_at(
        [](Analyzer& analyzer, const std::string& name, Luau::Position, JsonWriter& json)
        {
            write_hints(analyzer, name, json);
        },
        {file, size},
        0,
        0
    );
}
