// For tests of the hub: a whole workspace on the in-memory store, one hub on a thread of its own,
// and clients at the other ends of local sockets. Nothing sleeps: clients wait on their sockets.
#pragma once

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "app/create_status.h"
#include "app/own_status.h"
#include "app/ports/memory_store.h"
#include "app/sign_in.h"
#include "app/workspace.h"
#include "push/deflate.h"
#include "push/hub.h"
#include "push/websocket_codec.h"
#include "unicode/icu_calendar.h"
#include "unicode/icu_unicode.h"

namespace pastille::push {

inline constexpr StatusId kBusy = system_status(StatusType::kBusy);

inline const Time kMorning = Time{} + std::chrono::days(20'000) + std::chrono::hours(8);

// Keeps the writer busy until it is let go.
struct Hold {
  using Answer = bool;
  std::shared_future<void> let_go;
  Result<bool> decide(Draft&, const Acting&, const Context&) const {
    let_go.wait();
    return true;
  }
};

// A member of a frame that is a text.
inline std::string text(const boost::json::object& object, std::string_view name) {
  return std::string(object.at(name).as_string());
}

// Many people at once, each signed in.
struct PeopleSignedIn {
  using Answer = std::vector<std::pair<UserId, SessionId>>;
  std::size_t count = 1;
  RoleId role = kAgentRole;
  Result<Answer> decide(Draft& draft, const Acting&, const Context& context) const {
    Answer answer;
    for (std::size_t i = 0; i < count; ++i) {
      Person person;
      person.id = UserId{draft.now().next.user};
      person.login = {to_text(person.id), to_text(person.id)};
      person.display_name = person.login;
      person.role = role;
      person.rev = draft.seq();
      draft.change(PersonPut{person});
      SecretHash secret{};
      for (std::size_t byte = 0; byte < 8; ++byte) {
        secret[byte] = static_cast<std::uint8_t>(person.id.number >> (8 * byte));
      }
      answer.emplace_back(person.id, begin_session(draft, person.id, secret, "test", context));
    }
    return answer;
  }
};

using PersonHere = std::pair<UserId, SessionId>;

inline constexpr LiveReader kOwnSession(LiveReader::Kind::kOwnSession);
inline constexpr LiveReader kStatusToken(LiveReader::Kind::kStatusToken);
inline constexpr LiveReader kReadToken(LiveReader::Kind::kReadToken);
inline constexpr LiveReader kElement(LiveReader::Kind::kElement);

// The other end of a connection, blocking, with a patience of 10 s.
class LiveClient {
 public:
  explicit LiveClient(int descriptor) : descriptor_(descriptor) {
    const timeval patience{.tv_sec = 10, .tv_usec = 0};
    ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  }
  LiveClient(LiveClient&& other) noexcept
      : descriptor_(std::exchange(other.descriptor_, -1)), bytes_(std::move(other.bytes_)) {}
  LiveClient& operator=(LiveClient&&) = delete;
  ~LiveClient() { hang_up(); }

  void hang_up() {
    if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
  }
  void send_bytes(const std::string& bytes) const {
    ASSERT_EQ(::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL),
              static_cast<ssize_t>(bytes.size()));
  }
  static std::string frame(Opcode opcode, const std::string& payload) {
    std::string frame(frame_header(opcode, payload.size()).view());
    frame[1] = static_cast<char>(static_cast<unsigned char>(frame[1]) | 0x80U);
    return frame + std::string(4, '\0') + payload;
  }
  void send_frame(Opcode opcode, const std::string& payload) const {
    send_bytes(frame(opcode, payload));
  }
  void say(const std::string& json) const { send_frame(Opcode::kText, json); }

  struct Heard {
    Opcode opcode = Opcode::kText;
    std::string payload;
  };
  // Fails the test when nothing comes; a lost connection is a close with 1006.
  Heard hear() {
    if (!fill(2)) return {Opcode::kClose, std::string("\x03\xEE")};
    std::size_t length = static_cast<unsigned char>(bytes_[1]);
    std::size_t header = 2;
    if (length >= 126) {
      const std::size_t extended = length == 126 ? 2 : 8;
      header += extended;
      if (!fill(header)) return {};
      length = 0;
      for (std::size_t i = 0; i < extended; ++i) {
        length = length << 8 | static_cast<unsigned char>(bytes_[2 + i]);
      }
    }
    if (!fill(header + length)) return {};
    Heard heard{static_cast<Opcode>(bytes_[0] & 0x0F), bytes_.substr(header, length)};
    if ((bytes_[0] & 0x40) != 0) {
      ++compressed_;
      heard.payload = inflated(heard.payload, 1024 * 1024).value();
    }
    bytes_.erase(0, header + length);
    return heard;
  }
  // The next frame of this kind; others are passed over, and counted.
  boost::json::object next(std::string_view is) {
    while (true) {
      const Heard heard = hear();
      if (heard.opcode == Opcode::kPing) continue;
      if (heard.opcode != Opcode::kText) {
        ADD_FAILURE() << "closed with " << code_of(heard) << ' '
                      << (heard.payload.size() > 2 ? heard.payload.substr(2) : "") << " before "
                      << is;
        return {};
      }
      boost::json::object frame = boost::json::parse(heard.payload).as_object();
      if (frame["is"].as_string() == is) return frame;
      ++passed_over_;
    }
  }
  // The entry of this person from a `changes`, at this rev or a later one.
  boost::json::object change(UserId user, std::uint64_t rev = 0) {
    while (true) {
      const boost::json::object frame = next("changes");
      if (frame.empty()) return {};
      for (const auto& entry : frame.at("users").as_array()) {
        const auto& object = entry.as_object();
        if (object.at("user").as_string() == to_text(user) && number(object, "rev") >= rev) {
          return object;
        }
      }
      ++passed_over_;
    }
  }
  std::uint16_t close_code() {
    while (true) {
      const Heard heard = hear();
      if (heard.opcode == Opcode::kClose) return code_of(heard);
      if (heard.payload.empty() && heard.opcode == Opcode::kText) return 0;
    }
  }
  // Everything that came, until this text is in it.
  std::string read_until(std::string_view text) {
    while (bytes_.find(text) == std::string::npos) {
      if (!fill(bytes_.size() + 1)) break;
    }
    return bytes_;
  }
  std::size_t passed_over() const { return passed_over_; }
  std::size_t compressed() const { return compressed_; }  // messages that came so

  static std::uint64_t number(const boost::json::object& object, std::string_view name) {
    return object.at(name).to_number<std::uint64_t>();
  }

 private:
  static std::uint16_t code_of(const Heard& heard) {
    if (heard.payload.size() < 2) return close_code::kNoCode;
    return static_cast<std::uint16_t>(static_cast<unsigned char>(heard.payload[0]) << 8 |
                                      static_cast<unsigned char>(heard.payload[1]));
  }
  bool fill(std::size_t size) {
    while (bytes_.size() < size) {
      std::array<char, 65536> room;
      const ssize_t got = ::recv(descriptor_, room.data(), room.size(), 0);
      if (got < 0) ADD_FAILURE() << "nothing came";
      if (got <= 0) return false;
      bytes_.append(room.data(), static_cast<std::size_t>(got));
    }
    return true;
  }

  int descriptor_;
  std::string bytes_;
  std::size_t passed_over_ = 0;
  std::size_t compressed_ = 0;
};

class Listening : public Observer {
 public:
  void opened(ConnectionId, UserId, bool, std::string_view) override {}
  void ended(const Ended&) override {}
};

class LiveStage {
 public:
  // Without a clock: the system's.
  explicit LiveStage(Settings live = {}, pastille::Settings rules = {},
                     const Clock* clock = nullptr)
      : clock_(clock != nullptr ? *clock : system_clock_),
        workspace_({store_, fanout_, clock_, unicode_, calendar_, rules}),
        hub_(std::make_unique<Hub>(HubParts{io_, workspace_, fanout_, clock_, observer_, shares_},
                                   live)),
        work_(io_.get_executor()),
        thread_([this] { io_.run(); }) {}
  ~LiveStage() {
    io_.stop();
    thread_.join();
    hub_ = nullptr;
  }

  template <class UseCase>
  Result<typename UseCase::Answer> run(UseCase command, Actor actor = Operator{}) {
    std::promise<Result<typename UseCase::Answer>> promise;
    auto answer = promise.get_future();
    workspace_.submit(actor, std::move(command), [&](Result<typename UseCase::Answer> result) {
      promise.set_value(std::move(result));
    });
    return answer.get();
  }
  template <class UseCase>
  typename UseCase::Answer must(UseCase command, Actor actor = Operator{}) {
    auto answer = run(std::move(command), actor);
    if (!answer) ADD_FAILURE() << answer.error().detail;
    return answer ? *std::move(answer) : typename UseCase::Answer{};
  }
  std::vector<PersonHere> people(std::size_t count, RoleId role = kAgentRole) {
    return must(PeopleSignedIn{count, role});
  }
  StatusId status(const std::string& name) {
    return must(CreateStatus{.fields = {.name = name, .type = StatusType::kAbsent}});
  }
  // Sets the status of somebody who is signed in; the rev of the entry.
  std::uint64_t shows(const PersonHere& person, StatusId status, const std::string& note) {
    return must(SetOwnStatus{.target = {}, .status = status, .note = note, .until = UntilDefault{}},
                person.second)
        .entry.rev;
  }

  // `send_buffer`: of the hub's end, so that a test need not fill a large one.
  LiveClient connect(const PersonHere& person, int send_buffer = 0) {
    return hand_over(
        {.websocket = true, .reader = kOwnSession, .actor = person.second, .user = person.first},
        send_buffer);
  }
  LiveClient hand_over(Adopted adopted, int send_buffer = 0) {
    std::array<int, 2> ends{};
    EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()), 0);
    adopted.socket = ends[0];
    if (send_buffer > 0) {
      ::setsockopt(ends[0], SOL_SOCKET, SO_SNDBUF, &send_buffer, sizeof send_buffer);
    }
    on_hub([&] { hub_->adopt(std::move(adopted)); });
    return LiveClient(ends[1]);
  }
  // Connected, opened and ready; `ready` gets the frame.
  LiveClient present(const PersonHere& person, boost::json::object* ready = nullptr,
                     const std::string& more = "", int send_buffer = 0) {
    LiveClient client = connect(person, send_buffer);
    client.say(R"({"do":"open","present":true)" + more + "}");
    const boost::json::object frame = client.next("ready");
    if (ready != nullptr) *ready = frame;
    return client;
  }

  // Runs on the hub's thread, and waits for it.
  template <class Act>
  void on_hub(Act act) {
    std::promise<void> done;
    boost::asio::post(io_, [&] {
      act();
      done.set_value();
    });
    done.get_future().get();
  }
  Hub& hub() { return *hub_; }
  Fanout& fanout() { return fanout_; }
  Workspace& workspace() { return workspace_; }
  PersonShares& shares() { return shares_; }

 private:
  MemoryStore store_;
  Fanout fanout_;
  SystemClock system_clock_;
  const Clock& clock_;
  IcuUnicode unicode_;
  IcuCalendar calendar_;
  Listening observer_;
  PersonShares shares_;
  Workspace workspace_;
  boost::asio::io_context io_{1};
  std::unique_ptr<Hub> hub_;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
  std::thread thread_;
};

}  // namespace pastille::push
