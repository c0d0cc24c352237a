#include "growth.h"

#include <algorithm>
#include <emscripten/heap.h>
#include <emscripten/emscripten.h>
#include <stdint.h>

// The unit of WebAssembly memory in bytes.
constexpr size_t PAGE = 65536;
// Each growth adds this share of what is there, so that a heap of any size has grown in a few dozen steps.
constexpr size_t STEP_DIVISOR = 4;
// Bytes of one growth at least, for a heap that is small, and at most: what is not used costs addresses, but no memory.
constexpr size_t STEP_LEAST = 1 << 20;
constexpr size_t STEP_MOST = 32 << 20;
// Bytes that the allocator may take beside the block itself: its own unit, and what it keeps at a block.
constexpr size_t ALLOCATOR_MARGIN = 2 * PAGE;

extern "C" void emscripten_notify_memory_growth(int memory);

void growth_prepare(size_t size)
{
    size_t end = __builtin_wasm_memory_size(0) * PAGE;
    size_t room = end - size_t(*emscripten_get_sbrk_ptr());
    if (room >= ALLOCATOR_MARGIN && size <= room - ALLOCATOR_MARGIN)
        return;
    size_t step = std::clamp(end / STEP_DIVISOR, STEP_LEAST, STEP_MOST);
    if (size > SIZE_MAX - ALLOCATOR_MARGIN - step)
        return;
    // Where so much cannot be had, the allocator still tries with what it needs.
    if (__builtin_wasm_memory_grow(0, (std::max(size + ALLOCATOR_MARGIN, step) - 1) / PAGE + 1) != size_t(-1))
        emscripten_notify_memory_growth(0);
}
