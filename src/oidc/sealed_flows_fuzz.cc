// Fuzzes what a browser brings back as a sign-in that was begun. Input: what it says is sealed, a
// line's end, what would be in it. Nothing may crash, nothing that we did not seal may open, and
// whatever is read is read from exactly these bytes.
#include <sodium.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "oidc/sealed_flow.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace pastille;
  using namespace pastille::oidc;
  if (sodium_init() < 0) std::abort();
  constexpr SealingKey kKey{7};
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t end = input.find('\n');
  if (unseal(input.substr(0, end), "state", kKey, {})) std::abort();
  if (end == std::string_view::npos) return 0;
  const std::string_view bytes = input.substr(end + 1);
  const auto flow = parse_flow_bytes(bytes);
  if (!flow) return 0;
  if (flow_bytes(*flow) != bytes) std::abort();
  const auto sealed = seal(*flow, "state", kKey);
  if (sealed && unseal(*sealed, "state", kKey, flow->begun) != flow) std::abort();
  return 0;
}
