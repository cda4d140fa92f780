// Whatever bytes come as a file to import, CSV or JSON: it is refused with the place of each fault,
// or read into rows that say where they stood.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "unicode/icu_unicode.h"
#include "wire/body.h"
#include "wire/people_csv.h"
#include "wire/statuses_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace pastille;
  static const IcuUnicode unicode;
  const std::string text(reinterpret_cast<const char*>(data), size);

  if (const auto people = parse_people_csv(text, unicode)) {
    for (const ImportPeople::Row& each : *people) {
      if (each.line < 2) std::abort();  // the first names the columns
    }
  } else {
    if (people.error().empty()) std::abort();
    for (const LineFault& each : people.error()) {
      if (to_field_error(each).detail.empty()) std::abort();
    }
  }

  std::vector<FieldError> faults;
  (void)statuses_from_csv(text, unicode, faults);
  if (const auto body = parse_json(text)) (void)statuses_from_json(*body, faults);
  for (const FieldError& each : faults) {
    if (each.detail.empty()) std::abort();
  }
  // What is written into a cell is read as it was.
  if (natural(neutral(text)) != text) std::abort();
  return 0;
}
