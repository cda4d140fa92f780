#include "server/control_socket.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>

#include <atomic>
#include <thread>

#include "core/limits.h"
#include "server/control_address.h"
#include "sqlite/temporary_directory.h"

namespace pastille::server {
namespace {

Texts reversed(const Texts& request) { return {request.rbegin(), request.rend()}; }

TEST(ControlFramesTest, TextsComeBackAsTheyWere) {
  const Texts texts = {"", "one", std::string("\0\xff", 2), std::string(70'000, 'x')};
  EXPECT_EQ(decode_texts(encode_texts(texts)), texts);
  EXPECT_EQ(decode_texts(""), Texts{});
}

TEST(ControlFramesTest, WhatIsCutOffIsRefused) {
  const std::string whole = encode_texts({"one", "two"});
  for (std::size_t size = 1; size < whole.size(); ++size) {
    if (size == 7) continue;  // ends after the first text
    EXPECT_FALSE(decode_texts(whole.substr(0, size))) << size;
  }
}

TEST(ControlFramesTest, ACommandIsNamedWithoutWhatWasTypedAfterIt) {
  EXPECT_EQ(name_of_command({"secret input", "user", "add", "ana", "--name", "Ana"}), "user add");
  EXPECT_EQ(name_of_command({"", "backup", "monday"}), "backup");
  EXPECT_EQ(name_of_command({"", "user", "--help"}), "user");
  EXPECT_EQ(name_of_command({"", "user", "a b"}), "user");
  for (const Texts& odd :
       {Texts{}, Texts{"input"}, Texts{"", "\x1b[2J"}, Texts{"", std::string(21, 'a')}}) {
    EXPECT_EQ(name_of_command(odd), "unknown");
  }
}

TEST(ControlSocketTest, ACommandIsAnswered) {
  const TemporaryDirectory folder;
  const ControlSocket socket(folder.path(), reversed);
  auto connection = ControlConnection::to(folder.path());
  ASSERT_TRUE(connection);
  ASSERT_TRUE(connection->send({"a", "b"}));
  EXPECT_EQ(connection->receive(), (Texts{"b", "a"}));
}

// As it is by a process that is stopped and continued, since it waits with a limit (signal(7)).
TEST(ControlSocketTest, AWaitThatIsInterruptedGoesOn) {
  struct sigaction interrupt{};
  interrupt.sa_handler = [](int) {};
  ASSERT_EQ(sigaction(SIGUSR1, &interrupt, nullptr), 0);
  const TemporaryDirectory folder;
  std::atomic<int> signalled = 0;
  const ControlSocket socket(folder.path(), [&](const Texts& request) {
    while (signalled < 20) std::this_thread::yield();
    return request;
  });
  auto connection = ControlConnection::to(folder.path());
  ASSERT_TRUE(connection);
  connection->wait_at_most(std::chrono::seconds(60));
  std::thread waiting([&] {
    EXPECT_TRUE(connection->send({"a"}));
    EXPECT_EQ(connection->receive(), Texts{"a"});
    signalled = 1'000'000;
  });
  while (signalled < 1'000'000) {
    if (signalled < 20) ++signalled;
    pthread_kill(waiting.native_handle(), SIGUSR1);
    std::this_thread::yield();
  }
  waiting.join();
}

TEST(ControlSocketTest, OnlyItsOwnerReachesIt) {
  const TemporaryDirectory folder;
  const ControlSocket socket(folder.path(), reversed);
  struct stat found{};
  ASSERT_EQ(stat(control_path(folder.path()).c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777U, 0600U);
}

TEST(ControlSocketTest, NobodyListensOnceItIsGoneOrWhereItsServerWasKilled) {
  const TemporaryDirectory folder;
  EXPECT_FALSE(ControlConnection::to(folder.path()));
  {
    const ControlSocket socket(folder.path(), reversed);
  }
  EXPECT_FALSE(ControlConnection::to(folder.path()));
  EXPECT_FALSE(std::filesystem::exists(control_path(folder.path())));
}

TEST(ControlSocketTest, ADirectoryWithALongPathHasOne) {
  const TemporaryDirectory folder;
  const auto deep = folder.path() / std::string(120, 'd');
  std::filesystem::create_directory(deep);
  const ControlSocket socket(deep, reversed);
  auto connection = ControlConnection::to(deep);
  ASSERT_TRUE(connection && connection->send({"a"}));
  EXPECT_EQ(connection->receive(), Texts{"a"});
}

TEST(ControlSocketTest, ACommandThatIsTooLargeIsNotTaken) {
  const TemporaryDirectory folder;
  const ControlSocket socket(folder.path(), reversed);
  auto connection = ControlConnection::to(folder.path());
  ASSERT_TRUE(connection);
  connection->send({std::string(limits::kControlBytes - 3, 'x')});
  EXPECT_FALSE(connection->receive());
}

}  // namespace
}  // namespace pastille::server
