// Whatever bytes come as the head of a request: when nothing is wrong with its lines, each ends in
// CR and LF, none goes on in the next, and what its fields say of the body they say once.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/ascii.h"
#include "http/forwarded.h"
#include "http/strict_head.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace pastille::http;
  const std::string_view head(reinterpret_cast<const char*>(data), size);
  if (fault_of_head(head)) return 0;
  std::vector<std::pair<std::string, std::string>> fields;
  std::string_view rest = head;
  while (!rest.empty()) {
    std::string_view line = take_until(rest, '\n');
    if (line.find('\0') != std::string_view::npos) std::abort();
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.find('\r') != std::string_view::npos) std::abort();
    if (!rest.empty() && (rest.front() == ' ' || rest.front() == '\t')) std::abort();
    const std::string_view name = take_until(line, ':');
    fields.emplace_back(lower_ascii(name), trim_blanks(line));
  }
  const bool fine = !fault_of_fields(fields, false);
  int bodies = 0;
  for (const auto& [name, value] : fields) {
    bodies += name == "content-length" || name == "transfer-encoding" ? 1 : 0;
    const auto address = parse_forwarded_address(value);
    if (address && parse_forwarded_address(*address) != address) std::abort();
  }
  if (fine && bodies > 1) std::abort();
  return 0;
}
