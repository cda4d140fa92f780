#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <future>

#include "auth/password_pool.h"
#include "auth/random_secrets.h"
#include "auth/sign_in_throttle.h"
#include "core/limits.h"

namespace pastille::auth {
namespace {

using namespace std::chrono_literals;

constexpr PasswordCost kCheap{.operations = 1, .memory_bytes = 8192};

std::string hashed(PasswordPool& pool, const std::string& password) {
  std::promise<std::string> made;
  pool.hash(password, [&](Result<std::string> result) { made.set_value(*result); });
  return made.get_future().get();
}
bool verified(PasswordPool& pool, const std::string& hash, const std::string& password) {
  std::promise<bool> made;
  pool.verify(hash, password, [&](Result<bool> result) { made.set_value(*result); });
  return made.get_future().get();
}

TEST(PasswordPool, KnowsTheRightPassword) {
  PasswordPool pool(1, kCheap);
  const std::string hash = hashed(pool, "correct horse");
  EXPECT_TRUE(hash.starts_with("$argon2id$"));
  EXPECT_TRUE(verified(pool, hash, "correct horse"));
  EXPECT_FALSE(verified(pool, hash, "correct house"));
  EXPECT_NE(hash, hashed(pool, "correct horse"));
}

TEST(PasswordPool, NeverVerifiesAgainstNobody) {
  PasswordPool pool(1, kCheap);
  EXPECT_FALSE(verified(pool, "", "nobody's"));
}

TEST(PasswordPool, TakesOnlySoManyThatWaitAndRefusesTheRestAtOnce) {
  PasswordPool pool(1, kCheap);
  std::promise<void> began;
  std::promise<void> go_on;
  pool.hash("the first", [&](const Result<std::string>&) {
    began.set_value();
    go_on.get_future().wait();
  });
  began.get_future().wait();  // the only thread is held
  std::atomic<int> done = 0;
  std::atomic<int> refused = 0;
  const auto count = [&](const Result<std::string>& result) {
    if (result) {
      ++done;
    } else {
      EXPECT_EQ(result.error().problem, Problem::kUnavailable);
      EXPECT_GE(result.error().retry_after, 5s);
      EXPECT_LE(result.error().retry_after, 20s);
      ++refused;
    }
  };
  for (std::size_t each = 0; each < PasswordPool::kWaiting; ++each) pool.hash("next", count);
  EXPECT_EQ(refused, 0);
  pool.hash("one too many", count);
  EXPECT_EQ(refused, 1);
  go_on.set_value();
  while (done < static_cast<int>(PasswordPool::kWaiting)) std::this_thread::yield();
  EXPECT_EQ(refused, 1);
}

TEST(PasswordPool, WorksOnHalfOfTheCoresAndAtLeastOnOne) {
  EXPECT_EQ(PasswordPool::threads_on(0), 1U);  // when the system does not say
  EXPECT_EQ(PasswordPool::threads_on(1), 1U);
  EXPECT_EQ(PasswordPool::threads_on(3), 1U);
  EXPECT_EQ(PasswordPool::threads_on(4), 2U);
  EXPECT_EQ(PasswordPool::threads_on(16), 8U);
}

TEST(PasswordPool, ChecksAsManyAtOnceAsItHasThreadsAndNoMore) {
  constexpr int kAll = 20;
  std::atomic<int> working = 0;
  std::atomic<int> left = kAll;
  std::atomic<bool> met = false;
  std::atomic<bool> too_many = false;
  std::promise<void> both;
  std::promise<void> go_on;
  std::promise<void> all;
  const auto gone_on = go_on.get_future().share();
  PasswordPool pool(2, kCheap);
  for (int each = 0; each < kAll; ++each) {
    pool.hash("one of many", [&](const Result<std::string>&) {
      const int now = ++working;
      if (now > 2) too_many = true;
      if (now == 2 && !met.exchange(true)) both.set_value();
      gone_on.wait();
      --working;
      if (--left == 0) all.set_value();
    });
  }
  both.get_future().wait();  // both threads are held, eighteen wait
  EXPECT_EQ(left, kAll);
  EXPECT_EQ(working, 2);
  go_on.set_value();
  all.get_future().wait();
  EXPECT_FALSE(too_many);
}

TEST(PasswordPool, WorksBelowTheOtherThreadsInPriority) {
  const int own = getpriority(PRIO_PROCESS, static_cast<id_t>(syscall(SYS_gettid)));
  std::promise<int> there;
  PasswordPool pool(1, kCheap);
  pool.hash("any", [&](const Result<std::string>&) {
    there.set_value(getpriority(PRIO_PROCESS, static_cast<id_t>(syscall(SYS_gettid))));
  });
  EXPECT_EQ(there.get_future().get(), PasswordPool::kNiceness);
  EXPECT_EQ(getpriority(PRIO_PROCESS, static_cast<id_t>(syscall(SYS_gettid))), own);
  EXPECT_GT(PasswordPool::kNiceness, own);
}

TEST(PasswordPool, TakesExactly64MiBForAPassword) {
  PasswordPool pool(1);
  EXPECT_NE(hashed(pool, "correct horse").find("$m=65536,t=2,p=1$"), std::string::npos);
}

TEST(RandomSecrets, AreLongDifferentAndPrefixed) {
  RandomSecrets secrets;
  const std::string one = secrets.make("pst_").reveal();
  EXPECT_TRUE(one.starts_with("pst_"));
  EXPECT_EQ(one.size(), 4U + 43U);  // 256 bits in base64url
  EXPECT_NE(one, secrets.make("pst_").reveal());
}

TEST(RandomSecrets, AreWrittenDownAsRecoveryCodes) {
  RandomSecrets secrets;
  const std::string one = secrets.make_recovery_code().reveal();
  EXPECT_EQ(one.size(), 29U);
  EXPECT_NE(one, secrets.make_recovery_code().reveal());
}

TEST(RandomSecrets, AreStoredAsSha256) {
  const SecretHash hash = RandomSecrets().hash("abc");  // FIPS 180-4, example B.1
  EXPECT_EQ(hash[0], 0xba);
  EXPECT_EQ(hash[31], 0xad);
}

TEST(SignInThrottle, LetsTenFailuresOfALoginPassAndNoMore) {
  SignInThrottle throttle;
  const Instant now{1h};
  for (std::size_t count = 0; count < SignInThrottle::kPerLogin; ++count) {
    EXPECT_FALSE(throttle.wait("anna", "::1", false, now));
    throttle.failed("anna", "::1", now);
  }
  EXPECT_EQ(throttle.wait("anna", "::1", false, now), 300s);
  EXPECT_EQ(throttle.wait("anna", "::1", true, now), 300s);  // known or not: it may be a thief
  EXPECT_FALSE(throttle.wait("berta", "::1", false, now));
  EXPECT_EQ(throttle.wait("anna", "::1", false, now + 5min - 1ms), 1s);
  EXPECT_FALSE(throttle.wait("anna", "::1", false, now + 5min));
}

TEST(SignInThrottle, LetsTheOwnerInWhileSomebodyGuessesElsewhere) {
  SignInThrottle throttle;
  const Instant now{1h};
  for (std::size_t count = 0; count < SignInThrottle::kPerLoginEverywhere; ++count) {
    EXPECT_FALSE(throttle.wait("anna", "10.0.0.2", false, now));
    throttle.failed("anna", "10.1.0." + std::to_string(count), now);
  }
  EXPECT_TRUE(throttle.wait("anna", "10.0.0.2", false, now));
  EXPECT_FALSE(throttle.wait("anna", "10.0.0.1", true, now));
  EXPECT_FALSE(throttle.wait("anna", "10.0.0.2", false, now + 5min));
}

TEST(SignInThrottle, CountsFailuresOfALoginAtOneNetworkThereOnly) {
  SignInThrottle throttle;
  const Instant now{1h};
  for (std::size_t count = 0; count < SignInThrottle::kPerLogin; ++count) {
    throttle.failed("anna", "10.0.0.1", now);
  }
  EXPECT_TRUE(throttle.wait("anna", "10.0.0.1", false, now));
  EXPECT_FALSE(throttle.wait("anna", "10.0.0.2", false, now));
}

TEST(SignInThrottle, CountsFailuresOfANetworkOverAllLoginsButThoseKnownThere) {
  SignInThrottle throttle;
  const Instant now{1h};
  for (std::size_t count = 0; count < SignInThrottle::kPerNetwork; ++count) {
    EXPECT_FALSE(throttle.wait("x", "10.0.0.1", false, now));
    throttle.failed("login" + std::to_string(count), "10.0.0.1", now);
  }
  EXPECT_TRUE(throttle.wait("x", "10.0.0.1", false, now));
  EXPECT_FALSE(throttle.wait("x", "10.0.0.1", true, now));
  EXPECT_FALSE(throttle.wait("x", "10.0.0.2", false, now));
}

TEST(SignInThrottle, ForgetsALoginsFailuresWhenItSucceedsAndSaysSo) {
  SignInThrottle throttle;
  const Instant now{1h};
  for (std::size_t count = 0; count < SignInThrottle::kPerLogin - 1; ++count) {
    throttle.failed("anna", "::1", now);
  }
  EXPECT_TRUE(throttle.succeeded("anna", "::1"));
  EXPECT_FALSE(throttle.succeeded("anna", "::1"));
  EXPECT_FALSE(throttle.succeeded("anna", "10.0.0.1"));
  throttle.failed("anna", "::1", now);
  EXPECT_FALSE(throttle.wait("anna", "::1", false, now));
}

TEST(SignInThrottle, HasTwoPasswordsOfALoginInWorkWhereverTheyComeFrom) {
  SignInThrottle throttle;
  auto one = throttle.begin("anna", "10.0.0.1", false);
  const auto two = throttle.begin("anna", "10.0.0.2", true);
  EXPECT_NE(one, nullptr);
  EXPECT_NE(two, nullptr);
  EXPECT_EQ(throttle.begin("anna", "10.0.0.3", true), nullptr);
  EXPECT_NE(throttle.begin("berta", "10.0.0.1", false), nullptr);
  one.reset();
  EXPECT_NE(throttle.begin("anna", "10.0.0.3", false), nullptr);
}

TEST(SignInThrottle, HasTwentyPasswordsOfANetworkInWorkAndThoseKnownThereBesides) {
  SignInThrottle throttle;
  std::vector<std::shared_ptr<const void>> held;
  for (std::size_t count = 0; count < limits::kPasswordsPerNetwork; ++count) {
    held.push_back(throttle.begin("login" + std::to_string(count), "10.0.0.1", false));
    EXPECT_NE(held.back(), nullptr);
  }
  EXPECT_EQ(throttle.begin("one more", "10.0.0.1", false), nullptr);
  EXPECT_NE(throttle.begin("anna", "10.0.0.1", true), nullptr);
  EXPECT_NE(throttle.begin("one more", "10.0.0.2", false), nullptr);
  held.pop_back();
  EXPECT_NE(throttle.begin("one more", "10.0.0.1", false), nullptr);
}

}  // namespace
}  // namespace pastille::auth
