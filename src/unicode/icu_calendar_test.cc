#include "unicode/icu_calendar.h"

#include <gtest/gtest.h>

namespace pastille {
namespace {

using namespace std::chrono_literals;

Time at(int year, unsigned month, unsigned day, std::chrono::minutes of_day) {
  return Time(std::chrono::sys_days(std::chrono::year(year) / static_cast<int>(month) /
                                    static_cast<int>(day)) +
              of_day);
}

const IcuCalendar kCalendar;

TEST(IcuCalendar, FindsTheNextLocalMidnight) {
  EXPECT_EQ(kCalendar.next_local_day("UTC", at(2026, 11, 23, 12h)), at(2026, 11, 24, 0h));
  EXPECT_EQ(kCalendar.next_local_day("Europe/Paris", at(2026, 11, 23, 12h)), at(2026, 11, 23, 23h));
  EXPECT_EQ(kCalendar.next_local_day("Asia/Tokyo", at(2026, 11, 23, 15h)), at(2026, 11, 24, 15h));
}

TEST(IcuCalendar, IsRightOnTheDaysWhenClocksChange) {
  EXPECT_EQ(kCalendar.next_local_day("Europe/Paris", at(2026, 3, 28, 23h)), at(2026, 3, 29, 22h));
  EXPECT_EQ(kCalendar.next_local_day("Europe/Paris", at(2026, 10, 24, 22h)), at(2026, 10, 25, 23h));
}

TEST(IcuCalendar, BeginsTheDayAtOneWhereMidnightDoesNotExist) {
  EXPECT_EQ(kCalendar.next_local_day("America/Sao_Paulo", at(2018, 11, 3, 15h)),
            at(2018, 11, 4, 3h));
}

TEST(IcuCalendar, FindsTheFirstHourOfADayThatBeginsAtOneInBeirutAndCairo) {
  EXPECT_EQ(kCalendar.next_local_day("Asia/Beirut", at(2022, 3, 26, 18h)), at(2022, 3, 26, 22h));
  EXPECT_EQ(kCalendar.next_local_day("Africa/Cairo", at(2014, 5, 15, 12h)), at(2014, 5, 15, 22h));
}

TEST(IcuCalendar, FindsTheFirstOfTwoMidnights) {
  EXPECT_EQ(kCalendar.next_local_day("America/Havana", at(2018, 11, 3, 20h)), at(2018, 11, 4, 4h));
}

TEST(IcuCalendar, TakesTheLaterDayWhereADayIsLeftOut) {
  // Samoa had no 30 December 2011.
  EXPECT_EQ(kCalendar.next_local_day("Pacific/Apia", at(2011, 12, 29, 20h)), at(2011, 12, 30, 10h));
}

TEST(IcuCalendar, KnowsIanaNamesAndNoOthers) {
  EXPECT_TRUE(kCalendar.knows_zone("Europe/Paris"));
  EXPECT_TRUE(kCalendar.knows_zone("UTC"));
  EXPECT_TRUE(kCalendar.knows_zone("Asia/Calcutta"));  // an alias
  EXPECT_FALSE(kCalendar.knows_zone("Europe/Nowhere"));
  EXPECT_FALSE(kCalendar.knows_zone("GMT+3:17"));
  EXPECT_FALSE(kCalendar.knows_zone(""));
}

TEST(IcuCalendar, FindsAZoneByTheNamesThatPeopleAndOtherSystemsUse) {
  EXPECT_EQ(kCalendar.zone_named("Europe/Paris"), "Europe/Paris");
  EXPECT_EQ(kCalendar.zone_named("europe/paris"), "Europe/Paris");
  EXPECT_EQ(kCalendar.zone_named("AMERICA/NEW_YORK"), "America/New_York");
  EXPECT_EQ(kCalendar.zone_named("W. Europe Standard Time"), "Europe/Berlin");
  EXPECT_EQ(kCalendar.zone_named("Romance Standard Time"), "Europe/Paris");
  EXPECT_EQ(kCalendar.zone_named("utc"), "UTC");
  for (const char* wrong : {"", "Paris", "W. Europe", "GMT+3:17", "Europe/Nowhere", "\xff"}) {
    EXPECT_FALSE(kCalendar.zone_named(wrong)) << wrong;
  }
}

}  // namespace
}  // namespace pastille
