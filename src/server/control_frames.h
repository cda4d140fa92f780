// How the command line talks to a running server: one frame there, one back, over DIR/control.sock.
// A frame is its length (4 bytes, big-endian) and a list of texts, each with its length.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pastille::server {

using Texts = std::vector<std::string>;

std::string encode_texts(const Texts& texts);
// nullopt: not of that form.
std::optional<Texts> decode_texts(std::string_view bytes);

// "user add" of a request, without what was typed after it: for the log.
std::string name_of_command(const Texts& request);

// A connection to the socket, either side; owns the descriptor. Blocks; every wait for the other
// side is bounded.
class ControlConnection {
 public:
  explicit ControlConnection(int socket) : socket_(socket) {}
  ~ControlConnection();
  ControlConnection(ControlConnection&& other) noexcept;
  ControlConnection& operator=(ControlConnection&&) = delete;

  // nullopt: nobody listens there.
  static std::optional<ControlConnection> to(const std::filesystem::path& directory);

  void wait_at_most(std::chrono::seconds span);
  // False: the other side has gone, or takes too long.
  bool send(const Texts& texts);
  // nullopt: the same, or it is larger than limits::kControlBytes, or not of the form.
  std::optional<Texts> receive();
  // Whether the other side is this user or root.
  bool peer_is_trusted() const;

 private:
  bool receive_bytes(char* place, std::size_t size);
  int socket_;
};

}  // namespace pastille::server
