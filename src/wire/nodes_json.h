// The nodes of a store as the contract writes them.
#pragma once

#include "app/ports/archive.h"
#include "wire/json_writer.h"

namespace pastille {

// {items, total, next, seq}. `self`: the one that answers.
void write_nodes(JsonWriter& json, const NodesShown& shown, NodeId self);

}  // namespace pastille
