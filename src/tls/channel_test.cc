#include "tls/channel.h"

#include <gtest/gtest.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <string>

#include "tls/certificate.h"
#include "tls/self_signed_test.h"

namespace pastille::tls {
namespace {

// A channel on one end of a local socket that takes little at once, and OpenSSL's client on the
// other; both are tried in turn, nothing waits.
class ChannelTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends_.data()), 0);
    const int small = 4096;
    setsockopt(ends_[0], SOL_SOCKET, SO_SNDBUF, &small, sizeof small);
    channel_ = certificate_.open(ends_[0]);
    SSL_set_fd(client_, ends_[1]);
    SSL_set_connect_state(client_);
  }
  void TearDown() override {
    SSL_free(client_);
    SSL_CTX_free(context_);
    channel_ = nullptr;
    for (const int end : ends_) ::close(end);
  }

  void shake_hands() {
    for (int turn = 0; turn < 20; ++turn) {
      const int client = SSL_do_handshake(client_);
      const State server = channel_->shake_hands();
      if (client == 1 && server == State::kGood) return;
      ASSERT_NE(server, State::kOver);
    }
    FAIL() << "no end of the handshake";
  }

  // What the client can read now.
  std::string heard() {
    std::string all;
    std::array<char, 20000> room{};
    for (int got = 1; got > 0;) {
      got = SSL_read(client_, room.data(), room.size());
      if (got > 0) all.append(room.data(), static_cast<std::size_t>(got));
    }
    return all;
  }

  Moved write(const std::string& text) {
    const iovec part{const_cast<char*>(text.data()), text.size()};
    return channel_->write({&part, 1});
  }

  SelfSigned files_{"localhost"};
  Certificate certificate_{files_.files};
  std::array<int, 2> ends_{-1, -1};
  std::unique_ptr<Channel> channel_;
  SSL_CTX* context_ = SSL_CTX_new(TLS_client_method());
  SSL* client_ = SSL_new(context_);
};

TEST_F(ChannelTest, GoesOnWhereTheSocketTookNoMoreThoughTheBytesHaveMovedAndGrown) {
  shake_hands();
  std::string all;
  for (int i = 0; all.size() < 300'000; ++i) all += std::to_string(i) + " ";
  std::string got;
  std::size_t sent = 0;
  int waits = 0;
  while (sent < all.size()) {
    // Each time from another place in memory, in other parts, and a little more than before.
    const std::string left = all.substr(sent, 50'000 + static_cast<std::size_t>(waits) * 7'000);
    const std::size_t cut =
        std::min<std::size_t>(left.size(), static_cast<std::size_t>(waits) * 37);
    char* bytes = const_cast<char*>(left.data());
    const std::array<iovec, 3> parts = {
        {{bytes, cut}, {bytes, 0}, {bytes + cut, left.size() - cut}}};
    const Moved moved = channel_->write(parts);
    ASSERT_NE(moved.state, State::kOver);
    sent += moved.bytes;
    if (moved.state == State::kWantWrite) ++waits;
    got += heard();
  }
  EXPECT_GT(waits, 3);
  EXPECT_EQ(got, all);
}

TEST_F(ChannelTest, SmallPartsGoOutInOneRecord) {
  shake_hands();
  std::array<std::string, 5> words = {"one ", "two ", "", "three ", "four"};
  std::array<iovec, 5> parts{};
  for (std::size_t i = 0; i < words.size(); ++i) parts[i] = {words[i].data(), words[i].size()};
  const Moved moved = channel_->write(parts);
  EXPECT_EQ(moved.bytes, 18U);
  EXPECT_EQ(moved.state, State::kGood);
  std::array<char, 100> room{};
  EXPECT_EQ(SSL_read(client_, room.data(), room.size()), 18);  // a record at a time
}

TEST_F(ChannelTest, ARecordThatWasReadInPartIsPending) {
  shake_hands();
  std::array<char, 4> room{};
  EXPECT_EQ(channel_->read(room).state, State::kWantRead);
  EXPECT_FALSE(channel_->pending());
  ASSERT_EQ(SSL_write(client_, "abcdef", 6), 6);
  EXPECT_EQ(channel_->read(room).bytes, 4U);
  EXPECT_TRUE(channel_->pending());
  EXPECT_EQ(channel_->read(room).bytes, 2U);
  EXPECT_FALSE(channel_->pending());
  EXPECT_EQ(channel_->read(room).state, State::kWantRead);
}

TEST_F(ChannelTest, EndsAreToldAndHeard) {
  shake_hands();
  channel_->finish();
  char byte = 0;
  EXPECT_EQ(SSL_get_error(client_, SSL_read(client_, &byte, 1)), SSL_ERROR_ZERO_RETURN);
  SSL_shutdown(client_);
  EXPECT_EQ(channel_->read({&byte, 1}).state, State::kOver);
  EXPECT_EQ(channel_->read({&byte, 1}).state, State::kOver);
}

TEST_F(ChannelTest, ALostSocketIsOver) {
  shake_hands();
  ::shutdown(ends_[1], SHUT_RDWR);
  signal(SIGPIPE, SIG_IGN);
  EXPECT_EQ(write("x").state, State::kOver);
  EXPECT_EQ(write("x").state, State::kOver);
}

// Whether a client that was here before comes back without the whole handshake.
bool is_resumed(const Certificate& certificate) {
  SSL_CTX* context = SSL_CTX_new(TLS_client_method());
  SSL_SESSION* ticket = nullptr;
  bool reused = false;
  for (int visit = 0; visit < 2; ++visit) {
    std::array<int, 2> ends{};
    EXPECT_EQ(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends.data()), 0);
    auto channel = certificate.open(ends[0]);
    SSL* client = SSL_new(context);
    SSL_set_fd(client, ends[1]);
    if (ticket != nullptr) SSL_set_session(client, ticket);
    SSL_set_connect_state(client);
    for (int turn = 0; turn < 20; ++turn) {
      const bool done = SSL_do_handshake(client) == 1;
      if (channel->shake_hands() == State::kGood && done) break;
    }
    char byte = 0;
    SSL_read(client, &byte, 1);  // takes the ticket
    reused = SSL_session_reused(client) == 1;
    if (ticket == nullptr) ticket = SSL_get1_session(client);
    SSL_free(client);
    channel = nullptr;
    for (const int end : ends) ::close(end);
  }
  SSL_SESSION_free(ticket);
  SSL_CTX_free(context);
  return reused;
}

TEST(TicketKeys, LetClientsComeBackUntilTheyAreNew) {
  const SelfSigned files("localhost");
  EXPECT_TRUE(is_resumed(Certificate(files.files)));
  EXPECT_FALSE(is_resumed(Certificate(files.files, std::chrono::seconds(0))));
}

TEST_F(ChannelTest, HttpWithoutTlsIsRecognised) {
  ASSERT_EQ(::write(ends_[1], "GET / HTTP/1.1\r\n", 16), 16);
  EXPECT_EQ(channel_->shake_hands(), State::kOver);
  EXPECT_TRUE(channel_->met_plain_http());
}

TEST_F(ChannelTest, NonsenseIsNotTakenForHttp) {
  ASSERT_EQ(::write(ends_[1], "no handshake at all", 19), 19);
  EXPECT_EQ(channel_->shake_hands(), State::kOver);
  EXPECT_FALSE(channel_->met_plain_http());
}

}  // namespace
}  // namespace pastille::tls
