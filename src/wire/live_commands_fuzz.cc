// Whatever text a client sends becomes a value within the limits, or a precise refusal.
#include <cstdint>
#include <cstdlib>

#include "core/limits.h"
#include "wire/live_commands.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace pastille;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const ClientFrame frame = parse_client_frame(text);
  if (const auto* follow = std::get_if<FollowFrame>(&frame)) {
    if (follow->add.size() + follow->unknown.size() > limits::kFollowPerFrame) std::abort();
    if (follow->ref && (follow->ref->empty() || follow->ref->size() > limits::kRefText)) {
      std::abort();
    }
  } else if (const auto* set = std::get_if<SetFrame>(&frame)) {
    if (set->ref.empty() || !set->status) std::abort();
  } else if (const auto* faulty = std::get_if<FaultyFrame>(&frame)) {
    if (faulty->ref.empty() || faulty->refusal.errors.empty()) std::abort();
  } else if (const auto* malformed = std::get_if<MalformedFrame>(&frame)) {
    if (malformed->why.empty()) std::abort();
  }
  return 0;
}
