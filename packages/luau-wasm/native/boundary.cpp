#include "boundary.h"

#include "growth.h"

#include <stdlib.h>

static abi::Slot outbox[abi::OUTBOX_SLOTS];
static char scratch[abi::SCRATCH_BYTES];

abi::Boundary boundary;

EXPORTED(boundary_layout) abi::Boundary* boundary_layout()
{
    boundary.outbox = outbox;
    boundary.outbox_home = uint32_t(uintptr_t(outbox));
    boundary.scratch = uint32_t(uintptr_t(scratch));
    return &boundary;
}

EXPORTED(block_allocate) void* block_allocate(size_t size)
{
    growth_prepare(size);
    return malloc(size);
}

EXPORTED(block_free) void block_free(void* block)
{
    free(block);
}
