#include "unicode/icu_calendar.h"

#include <unicode/strenum.h>
#include <unicode/timezone.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <cstdint>
#include <memory>
#include <string>

namespace pastille {
namespace {

std::unique_ptr<icu::TimeZone> zone_of(std::string_view name) {
  return std::unique_ptr<icu::TimeZone>(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(
      icu::StringPiece(name.data(), static_cast<std::int32_t>(name.size())))));
}

constexpr std::int64_t kDayMs = 86'400'000;

// The number of the local day that an instant falls on.
std::int64_t local_day(const icu::TimeZone& zone, std::int64_t utc_ms) {
  std::int32_t raw = 0;
  std::int32_t saving = 0;
  UErrorCode code = U_ZERO_ERROR;
  zone.getOffset(static_cast<UDate>(utc_ms), 0, raw, saving, code);
  const std::int64_t local = utc_ms + raw + saving;
  return local >= 0 ? local / kDayMs : (local - kDayMs + 1) / kDayMs;
}

}  // namespace

bool IcuCalendar::knows_zone(std::string_view name) const {
  if (name.empty()) return false;
  // Only canonical names and their aliases: not "GMT+3:17", which ICU would make up.
  icu::UnicodeString canonical;
  UBool is_system = false;
  UErrorCode code = U_ZERO_ERROR;
  icu::TimeZone::getCanonicalID(icu::UnicodeString::fromUTF8(icu::StringPiece(
                                    name.data(), static_cast<std::int32_t>(name.size()))),
                                canonical, is_system, code);
  return U_SUCCESS(code) && is_system != 0;
}

std::optional<std::string> IcuCalendar::zone_named(std::string_view name) const {
  if (knows_zone(name)) return std::string(name);
  const icu::UnicodeString wanted = icu::UnicodeString::fromUTF8(
      icu::StringPiece(name.data(), static_cast<std::int32_t>(name.size())));
  UErrorCode code = U_ZERO_ERROR;
  icu::UnicodeString found;
  icu::TimeZone::getIDForWindowsID(wanted, nullptr, found, code);
  if (U_FAILURE(code) || found.isEmpty()) {
    code = U_ZERO_ERROR;
    const std::unique_ptr<icu::StringEnumeration> all(
        icu::TimeZone::createTimeZoneIDEnumeration(UCAL_ZONE_TYPE_ANY, nullptr, nullptr, code));
    while (U_SUCCESS(code)) {
      const icu::UnicodeString* each = all->snext(code);
      if (each == nullptr) return std::nullopt;
      if (each->caseCompare(wanted, U_FOLD_CASE_DEFAULT) != 0) continue;
      found = *each;
      break;
    }
  }
  std::string zone;
  found.toUTF8String(zone);
  return knows_zone(zone) ? std::optional(std::move(zone)) : std::nullopt;
}

Time IcuCalendar::next_local_day(std::string_view name, Time now) const {
  const std::unique_ptr<icu::TimeZone> zone = zone_of(name);
  const std::int64_t start = now.time_since_epoch().count();
  const std::int64_t today = local_day(*zone, start);
  // A local day lasts 25 hours at most, and once, at the date line, one was left out: a later day
  // begins within two days.
  std::int64_t low = start;
  std::int64_t high = start + 2 * kDayMs;
  while (high - low > 1) {
    const std::int64_t middle = low + (high - low) / 2;
    if (local_day(*zone, middle) > today) {
      high = middle;
    } else {
      low = middle;
    }
  }
  return Time(Duration(high));
}

}  // namespace pastille
