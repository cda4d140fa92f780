#include "server/signals.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

namespace pastille::server {
namespace {

// What would never end by itself.
[[noreturn]] void stuck() {
  while (true) ::pause();
}

TEST(SignalsDeathTest, WhatIsStuckEndsWithOneWhenItsTimeIsOver) {
  EXPECT_EXIT(
      {
        Signals signals;
        signals.end_at_next_or_after(std::chrono::seconds(1));
        stuck();
      },
      testing::ExitedWithCode(1), "");
}

TEST(SignalsDeathTest, WhatIsStuckEndsAtTheNextSignal) {
  for (const int next : {SIGTERM, SIGINT}) {
    EXPECT_EXIT(
        {
          Signals signals;
          signals.end_at_next_or_after(std::chrono::hours(1));
          ::kill(::getpid(), SIGHUP);  // is none
          ::kill(::getpid(), next);
          stuck();
        },
        testing::ExitedWithCode(1), "");
  }
}

TEST(SignalsDeathTest, WhatEndsInTimeEndsAsItSays) {
  EXPECT_EXIT(
      {
        {
          Signals signals;
          signals.end_at_next_or_after(std::chrono::hours(1));
        }
        ::_exit(0);
      },
      testing::ExitedWithCode(0), "");
}

TEST(SignalsDeathTest, EachIsTakenInItsTurn) {
  EXPECT_EXIT(
      {
        const Signals signals;
        ::kill(::getpid(), SIGHUP);
        const bool first = signals.wait() == SIGHUP;
        ::kill(::getpid(), SIGTERM);
        ::_exit(first && signals.wait() == SIGTERM ? 7 : 1);
      },
      testing::ExitedWithCode(7), "");
}

}  // namespace
}  // namespace pastille::server
