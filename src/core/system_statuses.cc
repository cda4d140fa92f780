#include "core/system_statuses.h"

#include <cstddef>
#include <string_view>

namespace pastille {
namespace {

struct Named {
  std::string_view english;
  std::string_view french;
};

constexpr std::array<Named, 5> kNames = {{{"Connected", "Connecté"},
                                          {"Absent", "Absent"},
                                          {"Busy", "Occupé"},
                                          {"In a call", "En appel"},
                                          {"Offline", "Hors ligne"}}};

Label label(std::string_view text, const Unicode& unicode) {
  return Label{.text = std::string(text), .folded = unicode.fold(text)};
}

}  // namespace

std::array<Status, 5> system_statuses(const Unicode& unicode, Time now) {
  std::array<Status, 5> statuses;
  for (std::size_t i = 0; i < statuses.size(); ++i) {
    const StatusType type = kStatusTypes[i];
    Status& status = statuses[i];
    status.id = system_status(type);
    status.fields.name = label(kNames[i].english, unicode);
    status.fields.names["en"] = label(kNames[i].english, unicode);
    status.fields.names["fr"] = label(kNames[i].french, unicode);
    status.fields.type = type;
    status.fields.position = static_cast<int>(i);
    status.system = true;
    status.created_at = now;
    status.updated_at = now;
  }
  return statuses;
}

}  // namespace pastille
