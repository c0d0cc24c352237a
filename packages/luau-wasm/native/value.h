// Values across the border, in both directions.
#pragma once

#include "runtime.h"

// The values that the binding has laid into the outbox. Pushing may raise; whatever happens, the blocks that travel with
// the values are freed and references that were given up are released.
class Outbox
{
public:
    Outbox(Runtime& rt, uint32_t count);
    ~Outbox();
    Outbox(const Outbox&) = delete;
    Outbox& operator=(const Outbox&) = delete;

    // Pushes all values.
    void push(lua_State* L) const;
    void push_one(lua_State* L, uint32_t index) const;
    // Frees and releases, once the values are pushed. To be called before script code runs: it lays values of its own into
    // the same slots.
    void release();
    uint32_t size() const { return count; }
    const abi::Slot& at(uint32_t index) const { return slots[index]; }

private:
    Runtime& rt;
    abi::Slot* slots;
    uint32_t count;
};
