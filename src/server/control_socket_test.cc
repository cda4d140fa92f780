#include "server/control_socket.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

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

TEST(ControlSocketTest, ACommandIsAnswered) {
  const TemporaryDirectory folder;
  const ControlSocket socket(folder.path(), reversed);
  auto connection = ControlConnection::to(folder.path());
  ASSERT_TRUE(connection);
  ASSERT_TRUE(connection->send({"a", "b"}));
  EXPECT_EQ(connection->receive(), (Texts{"b", "a"}));
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
