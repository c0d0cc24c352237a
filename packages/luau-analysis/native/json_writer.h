#pragma once

#include "Luau/Location.h"

#include <string>
#include <string_view>

// Writes one JSON text from front to back. Whoever writes keeps objects and arrays balanced.
class JsonWriter
{
public:
    JsonWriter& open_object();
    JsonWriter& close_object();
    JsonWriter& open_array();
    JsonWriter& close_array();
    // The name of the object's next member.
    JsonWriter& key(std::string_view name);
    // Text is UTF-8; what is not is passed on as it is.
    JsonWriter& text(std::string_view value);
    JsonWriter& number(unsigned int value);
    JsonWriter& boolean(bool value);
    JsonWriter& null();
    // [line, column, line, column], each from 0, columns in bytes.
    JsonWriter& range(const Luau::Location& location);

    const std::string& result() const
    {
        return out;
    }

private:
    void separate();

    std::string out;
    bool needs_comma = false;
};
