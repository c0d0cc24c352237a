// What the shim and the TypeScript binding agree on. src/abi.ts holds the same figures; a test compares the two files.
#pragma once

#include <stdint.h>

// Marks a function that the binding calls. None of them lets a C++ exception out: JavaScript frames lie above.
#define EXPORTED(name) extern "C" __attribute__((export_name(#name)))
// Marks a function that the binding provides. None of them throws.
#define IMPORTED(name) extern "C" __attribute__((import_module("host"), import_name(#name)))

namespace abi
{

// Kinds of values, in both directions.
constexpr uint32_t KIND_NIL = 0;
constexpr uint32_t KIND_BOOLEAN = 1;
constexpr uint32_t KIND_NUMBER = 2;
constexpr uint32_t KIND_INTEGER = 3;
constexpr uint32_t KIND_STRING = 4;
constexpr uint32_t KIND_BUFFER = 5;
constexpr uint32_t KIND_VECTOR = 6;
constexpr uint32_t KIND_OBJECT = 7;
constexpr uint32_t KIND_TABLE = 8;
constexpr uint32_t KIND_FUNCTION = 9;
constexpr uint32_t KIND_THREAD = 10;
constexpr uint32_t KIND_OTHER = 11;
constexpr uint32_t KIND_NONE = 12;
// Towards Luau only: a reference, kept or given up with the push.
constexpr uint32_t KIND_REFERENCE = 13;
constexpr uint32_t KIND_REFERENCE_MOVED = 14;
// Towards Luau only: a string or buffer whose bytes lie in a block that is freed after the push.
constexpr uint32_t KIND_STRING_OWNED = 15;
constexpr uint32_t KIND_BUFFER_OWNED = 16;

// What a host function came to; 0 and above is a number of results.
constexpr int32_t CALL_SUSPEND = -1;
constexpr int32_t CALL_ERROR = -2;
constexpr int32_t CALL_RAW_ERROR = -3;
constexpr int32_t CALL_MEMORY_ERROR = -4;
constexpr int32_t CALL_TYPE_ERROR = -5;
constexpr int32_t CALL_ARGUMENT_ERROR = -6;

// What an operation came to.
constexpr int32_t STATUS_OK = 0;
constexpr int32_t STATUS_SUSPENDED = 1;
constexpr int32_t STATUS_ERROR = 2;
constexpr int32_t STATUS_MEMORY = 3;
constexpr int32_t STATUS_INTERRUPTED = 4;
constexpr int32_t STATUS_NOT_SUSPENDED = 5;

// States of a thread.
constexpr int32_t THREAD_RUNNING = 0;
constexpr int32_t THREAD_SUSPENDED = 1;
constexpr int32_t THREAD_NORMAL = 2;
constexpr int32_t THREAD_FINISHED = 3;
constexpr int32_t THREAD_FAILED = 4;

// A value on its way to Luau. 16 bytes: the payload, the kind, and what does not fit into the payload.
struct Slot
{
    union
    {
        double number;
        int64_t integer;
        float vector[2];
        struct
        {
            uint32_t first;
            uint32_t second;
        };
    };
    uint32_t kind;
    union
    {
        uint32_t extra;
        float third;
    };
};
static_assert(sizeof(Slot) == 16, "src/abi.ts counts on it");

// Slots of the static outbox; longer lists come in a block of their own.
constexpr uint32_t OUTBOX_SLOTS = 64;
// Bytes of the static area that short strings travel through.
constexpr uint32_t SCRATCH_BYTES = 16384;

// What an export gives back beside its return value.
struct Cell
{
    union
    {
        double number;
        int64_t integer;
        float vector[2];
    };
    uint32_t first;
    uint32_t second;
};
static_assert(sizeof(Cell) == 16, "src/abi.ts counts on it");

// The fixed places in linear memory, found by `boundary_layout`.
struct Boundary
{
    Slot* outbox; // the slots that the next operation takes; the static ones unless the binding says otherwise
    uint32_t outbox_home;
    uint32_t scratch;
    uint32_t reserved;
    Cell cell;
};

} // namespace abi
