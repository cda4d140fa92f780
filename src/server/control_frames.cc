#include "server/control_frames.h"

#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "core/limits.h"
#include "server/control_address.h"

namespace pastille::server {
namespace {

void append_size(std::string& out, std::size_t size) {
  for (int shift = 24; shift >= 0; shift -= 8) {
    out += static_cast<char>(static_cast<unsigned char>(size >> static_cast<unsigned>(shift)));
  }
}

std::size_t read_size(std::string_view bytes) {
  std::size_t size = 0;
  for (const char each : bytes.substr(0, 4)) size = size << 8 | static_cast<unsigned char>(each);
  return size;
}

}  // namespace

std::string encode_texts(const Texts& texts) {
  std::string out;
  for (const std::string& each : texts) {
    append_size(out, each.size());
    out += each;
  }
  return out;
}

std::optional<Texts> decode_texts(std::string_view bytes) {
  Texts texts;
  while (!bytes.empty()) {
    if (bytes.size() < 4) return std::nullopt;
    const std::size_t size = read_size(bytes);
    bytes.remove_prefix(4);
    if (size > bytes.size()) return std::nullopt;
    texts.emplace_back(bytes.substr(0, size));
    bytes.remove_prefix(size);
  }
  return texts;
}

std::string name_of_command(const Texts& request) {
  constexpr std::size_t kMost = 20;
  const auto is_word = [](const std::string& text) {
    return !text.empty() && text.front() != '-' && text.size() <= kMost &&
           std::ranges::all_of(text, [](char c) { return c == '-' || (c >= 'a' && c <= 'z'); });
  };
  // The first text is the command's input. Two words are a command of a group.
  if (request.size() < 2 || !is_word(request[1])) return "unknown";
  const bool of_group = request[1] == "user" || request[1] == "token";
  if (!of_group || request.size() < 3 || !is_word(request[2])) return request[1];
  return request[1] + " " + request[2];
}

ControlConnection::ControlConnection(ControlConnection&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)) {}

ControlConnection::~ControlConnection() {
  if (socket_ >= 0) ::close(socket_);
}

std::optional<ControlConnection> ControlConnection::to(const std::filesystem::path& directory) {
  const ControlAddress address(directory);
  ControlConnection connection(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!address.good() || connection.socket_ < 0 ||
      connect(connection.socket_, address.get(), address.size()) != 0) {
    return std::nullopt;
  }
  return connection;
}

void ControlConnection::wait_at_most(std::chrono::seconds span) {
  const timeval limit{.tv_sec = span.count(), .tv_usec = 0};
  setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
}

bool ControlConnection::send(const Texts& texts) {
  const std::string content = encode_texts(texts);
  std::string frame;
  append_size(frame, content.size());
  frame += content;
  for (std::size_t sent = 0; sent < frame.size();) {
    const ssize_t count = ::send(socket_, frame.data() + sent, frame.size() - sent, MSG_NOSIGNAL);
    if (count < 0 && errno == EINTR) continue;  // stopped and continued
    if (count <= 0) return false;
    sent += static_cast<std::size_t>(count);
  }
  return true;
}

bool ControlConnection::receive_bytes(char* place, std::size_t size) {
  while (size > 0) {
    const ssize_t count = recv(socket_, place, size, 0);
    if (count < 0 && errno == EINTR) continue;  // stopped and continued
    if (count <= 0) return false;
    place += count;
    size -= static_cast<std::size_t>(count);
  }
  return true;
}

std::optional<Texts> ControlConnection::receive() {
  std::string length(4, '\0');
  if (!receive_bytes(length.data(), length.size())) return std::nullopt;
  const std::size_t size = read_size(length);
  if (size > limits::kControlBytes) return std::nullopt;
  std::string content(size, '\0');
  if (!receive_bytes(content.data(), size)) return std::nullopt;
  return decode_texts(content);
}

bool ControlConnection::peer_is_trusted() const {
  ucred peer{};
  socklen_t size = sizeof peer;
  if (getsockopt(socket_, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) return false;
  return peer.uid == 0 || peer.uid == geteuid();
}

}  // namespace pastille::server
