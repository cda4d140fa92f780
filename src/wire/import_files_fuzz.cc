// Whatever bytes come as a file to import, CSV or JSON: it is refused with the place of each fault,
// or read into rows that say where they stood.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "core/outside_text.h"
#include "unicode/icu_unicode.h"
#include "wire/body.h"
#include "wire/people_csv.h"
#include "wire/statuses_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace pastille;
  static const IcuUnicode unicode;
  const std::string text(reinterpret_cast<const char*>(data), size);

  for (const auto mode : {ImportPeople::Mode::kAdd, ImportPeople::Mode::kUpdate}) {
    const auto people = parse_people_csv(text, {.mode = mode, .rows_most = 1000}, unicode);
    if (people) {
      for (const ImportPeople::Row& each : people->rows) {
        if (each.line < 2) std::abort();  // the first names the columns
      }
      for (const std::string& each : people->ignored_columns) {
        if (fault_of_text(each)) std::abort();
      }
      continue;
    }
    if (people.error().none()) std::abort();
    for (const LineFault& each : people.error().first()) {
      const FieldError error = to_field_error(each);
      if (error.detail.empty() || fault_of_text(error.detail)) std::abort();
    }
  }

  FieldFaults faults;
  (void)statuses_from_csv(text, unicode, faults);
  if (const auto body = parse_json(text)) (void)statuses_from_json(*body, faults);
  for (const FieldError& each : faults.first()) {
    if (each.detail.empty() || fault_of_text(each.detail)) std::abort();
  }
  // What is written into a cell is read as it was.
  if (natural(neutral(text)) != text) std::abort();
  return 0;
}
