// Whatever bytes come: what is shown of them is text without controls, as short as asked, and shown
// again as it is.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/outside_text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace pastille;
  if (size == 0) return 0;
  const std::size_t most = data[0];
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::string shown = printable(bytes);
  if (fault_of_text(shown)) std::abort();
  const std::string cut = printable(bytes, most);
  if (cut.size() > most || fault_of_text(cut) || !shown.starts_with(cut)) std::abort();
  if (printable(shown) != shown) std::abort();
  if (!is_utf8(printable_lines(bytes))) std::abort();
  return 0;
}
