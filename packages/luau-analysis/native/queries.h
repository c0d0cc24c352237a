#pragma once

#include "analyzer.h"
#include "json_writer.h"

// Answers about a position in a file that was refreshed. Each writes one JSON value; `null` when there is nothing to say.
void write_hover(Analyzer& analyzer, const std::string& file, Luau::Position position, JsonWriter& json);
void write_definition(Analyzer& analyzer, const std::string& file, Luau::Position position, JsonWriter& json);
void write_references(Analyzer& analyzer, const std::string& file, Luau::Position position, JsonWriter& json);
void write_completion(Analyzer& analyzer, const std::string& file, Luau::Position position, JsonWriter& json);
void write_signatures(Analyzer& analyzer, const std::string& file, Luau::Position position, JsonWriter& json);
// For the whole file.
void write_hints(Analyzer& analyzer, const std::string& file, JsonWriter& json);
