#pragma once

#include "analyzer.h"
#include "json_writer.h"

// Checks a file, with what it requires, and writes [{code, category, severity, range, message, ...}]; null when there is no
// such file. One file at a time, so that whoever waits hears of the progress.
void write_diagnostics(Analyzer& analyzer, const std::string& file, JsonWriter& json);
