#include "server/signals.h"

#include <gtest/gtest.h>
#include <sched.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <string>

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

// Stops that process and lets it go on, again and again.
void stop_and_continue(pid_t process) {
  for (int round = 0; round < 20; ++round) {
    ::kill(process, SIGSTOP);
    const auto path = "/proc/" + std::to_string(process) + "/stat";
    for (std::string state; state != "T";) {
      std::ifstream stat(path);
      std::string number;
      std::string name;
      stat >> number >> name >> state;
    }
    ::kill(process, SIGCONT);
    ::sched_yield();
  }
}

TEST(SignalsDeathTest, BeingStoppedAndContinuedIsNoSignalToEnd) {
  EXPECT_EXIT(
      {
        {
          Signals signals;
          signals.end_at_next_or_after(std::chrono::hours(1));
          const pid_t process = ::getpid();
          const pid_t other = ::fork();
          if (other == 0) {
            stop_and_continue(process);
            ::_exit(0);
          }
          ::waitpid(other, nullptr, 0);
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
