// A whole HTTP side for tests: memory store, workspace, router and server on a thread of its own,
// and clients that speak over plain sockets. Passwords are "hashed" by a prefix.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <future>
#include <map>
#include <string>
#include <thread>

#include "app/create_person.h"
#include "app/ports/memory_nodes.h"
#include "http/server.h"
#include "unicode/icu_calendar.h"
#include "unicode/icu_unicode.h"

namespace pastille::http {

class PlainPasswords final : public Passwords {
 public:
  void verify(std::string hash, std::string password,
              std::move_only_function<void(Result<bool>)> done) override {
    done(!hash.empty() && hash == "plain:" + password);
  }
  void hash(std::string password,
            std::move_only_function<void(Result<std::string>)> done) override {
    done("plain:" + password);
  }
};

class CountedSecrets final : public Secrets {
 public:
  using Secrets::hash;
  ClearSecret make(std::string_view prefix) override {
    return ClearSecret(std::string(prefix) + "secret" + std::to_string(++made_));
  }
  ClearSecret make_recovery_code() override { return make("CODE-"); }
  SecretHash hash(std::string_view secret) const override {
    SecretHash out{};
    std::uint64_t state = 14695981039346656037ULL;
    for (std::size_t i = 0; i < 32; ++i) {
      for (const char c : secret) state = (state ^ static_cast<unsigned char>(c)) * 1099511628211U;
      out[i] = static_cast<std::uint8_t>(state >> 32U);
    }
    return out;
  }

 private:
  std::atomic<int> made_ = 0;
};

class ThreeTries final : public Throttle {
 public:
  std::optional<std::chrono::seconds> wait(std::string_view login, std::string_view, bool,
                                           Instant) override {
    const std::lock_guard lock(mutex_);
    if (failed_[std::string(login)] < 3) return std::nullopt;
    return std::chrono::seconds(300);
  }
  void failed(std::string_view login, std::string_view, Instant) override {
    const std::lock_guard lock(mutex_);
    ++failed_[std::string(login)];
  }
  bool succeeded(std::string_view login, std::string_view) override {
    const std::lock_guard lock(mutex_);
    return failed_.erase(std::string(login)) > 0;
  }
  std::shared_ptr<const void> begin(std::string_view login, std::string_view, bool) override {
    return login.empty() ? nullptr : std::make_shared<int>();
  }

 private:
  std::mutex mutex_;  // guards the one below
  std::map<std::string, int> failed_;
};

class NoFeed final : public Feed {
 public:
  void publish(std::shared_ptr<const Publication>) override {}
  void stale(Time) override {}
  void fresh() override {}
  void begun_anew(std::shared_ptr<const Organisation>) override {}
};

class OpenDoor final : public LiveDoor {
 public:
  void receive(HandedOver connection) override { arrived_.set_value(std::move(connection)); }
  HandedOver take() { return arrived_.get_future().get(); }

 private:
  std::promise<HandedOver> arrived_;
};

class Quiet final : public Observer {
 public:
  struct Line {
    std::string method, path, remote;
    int status = 0;
  };
  void answered(const Answered& record) override {
    const std::lock_guard lock(mutex_);
    last_ = {.method = std::string(record.method),
             .path = std::string(record.path),
             .remote = std::string(record.remote),
             .status = record.status};
  }
  // Of the access log, the newest.
  Line last() {
    const std::lock_guard lock(mutex_);
    return last_;
  }
  void connections_changed(int) override {}
  void turned_away(std::string_view, std::string_view) override {}
  void failed(std::string_view, std::string_view what) override {
    ADD_FAILURE() << "broke: " << what;
  }

 private:
  std::mutex mutex_;
  Line last_;  // guarded by mutex_
};

struct Answer {
  int status = 0;
  std::map<std::string, std::string> fields;  // names as they came
  std::string body;

  boost::json::value json() const { return boost::json::parse(body); }
  // Of a problem: "/problems/invalid" -> "invalid".
  std::string slug() const {
    const auto type = json().at("type").as_string();
    return std::string(type.subview(10));
  }
  // Of an invalid one, in the order given.
  std::vector<std::string> pointers() const {
    std::vector<std::string> out;
    const boost::json::value problem = json();
    for (const auto& each : problem.at("errors").as_array()) {
      out.emplace_back(each.at("pointer").as_string());
    }
    return out;
  }
};

// One connection, kept alive.
class Client {
 public:
  explicit Client(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    set_patience(SO_RCVTIMEO, std::chrono::seconds(20));
  }
  ~Client() { ::close(socket_); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  // Credentials and the like, sent with every request.
  std::string fields;

  Answer call(const std::string& method, const std::string& target, const std::string& body = "",
              const std::string& more = "") {
    std::string request = method + " " + target + " HTTP/1.1\r\nHost: test\r\n" + fields + more;
    if (!body.empty() && more.find("Content-Type") == std::string::npos) {
      request += "Content-Type: application/json\r\n";
    }
    if (!body.empty()) request += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    send(request + "\r\n" + body);
    return receive(method == "HEAD");
  }

  void send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
  }

  Answer receive(bool head_only = false) {
    Answer answer;
    while (buffer_.find("\r\n\r\n") == std::string::npos) {
      if (!read_more()) return answer;
    }
    const std::size_t end = buffer_.find("\r\n\r\n") + 4;
    answer.status = std::stoi(buffer_.substr(9, 3));
    for (std::size_t at = buffer_.find("\r\n") + 2; at + 2 < end;) {
      const std::size_t line = buffer_.find("\r\n", at);
      const std::size_t colon = buffer_.find(": ", at);
      answer.fields[buffer_.substr(at, colon - at)] = buffer_.substr(colon + 2, line - colon - 2);
      at = line + 2;
    }
    buffer_.erase(0, end);
    const auto length = answer.fields.find("Content-Length");
    if (length == answer.fields.end() || head_only) return answer;
    const std::size_t size = std::stoul(length->second);
    while (buffer_.size() < size) {
      if (!read_more()) return answer;
    }
    answer.body = buffer_.substr(0, size);
    buffer_.erase(0, size);
    return answer;
  }

  bool closed_by_server() { return buffer_.empty() && !read_more(); }
  // The same, waiting at most this long for it.
  bool closed_within(std::chrono::milliseconds most) {
    set_patience(SO_RCVTIMEO, most);
    const bool closed = closed_by_server() && errno != EAGAIN;
    set_patience(SO_RCVTIMEO, std::chrono::seconds(20));
    return closed;
  }
  // False: the other side has closed.
  bool try_send(std::string_view bytes) {
    set_patience(SO_SNDTIMEO, std::chrono::milliseconds(100));
    return ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL) >= 0 || errno == EAGAIN;
  }

 private:
  void set_patience(int which, std::chrono::milliseconds most) {
    const timeval patience{.tv_sec = most.count() / 1000, .tv_usec = most.count() % 1000 * 1000};
    ::setsockopt(socket_, SOL_SOCKET, which, &patience, sizeof patience);
  }

  bool read_more() {
    char bytes[16 * 1024];
    errno = 0;
    const ssize_t count = ::recv(socket_, bytes, sizeof bytes, 0);
    if (count > 0) buffer_.append(bytes, static_cast<std::size_t>(count));
    return count > 0;
  }

  int socket_;
  std::string buffer_;
};

class SiteStage : public ::testing::Test {
 protected:
  enum class On { kOneProcess, kSeveralNodes };
  explicit SiteStage(Settings settings = {}, On on = On::kOneProcess)
      : on_(on), settings_(std::move(settings)) {}

  ~SiteStage() override {
    server_.stop_accepting();
    workspace_.stop();
    io_.stop();
    thread_.join();
  }

  // Signed in with a session of their own.
  std::unique_ptr<Client> person(const std::string& login, RoleId role) {
    UserId user;
    run(Operator{},
        CreatePerson{.fields = {.login = login, .display_name = login, .role = role},
                     .password_hash = "plain:password of " + login},
        [&](const CreatePerson::Answer& made) { user = made.user; });
    auto client = std::make_unique<Client>(server_.port());
    const Answer answer =
        client->call("POST", "/api/v1/session",
                     R"({"login":")" + login + R"(","password":"password of )" + login + "\"}");
    EXPECT_EQ(answer.status, 200) << answer.body;
    const auto cookie = answer.fields.find("Set-Cookie");
    if (cookie != answer.fields.end()) {
      client->fields = "Cookie: " + cookie->second.substr(0, cookie->second.find(';')) + "\r\n";
    }
    ids_[login] = user;
    return client;
  }
  std::unique_ptr<Client> administrator() { return person("ada", kAdministratorRole); }
  std::unique_ptr<Client> agent(const std::string& login = "bo") {
    return person(login, kAgentRole);
  }
  std::unique_ptr<Client> stranger() { return std::make_unique<Client>(server_.port()); }
  std::string id_of(const std::string& login) { return to_text(ids_[login]); }

  template <class UseCase, class Then>
  void run(Actor actor, UseCase command, Then then) {
    std::promise<void> done;
    workspace_.submit(actor, std::move(command), [&](Result<typename UseCase::Answer> result) {
      if (result) {
        then(*result);
      } else {
        ADD_FAILURE() << result.error().detail;
      }
      done.set_value();
    });
    done.get_future().wait();
  }

  On on_;
  MemoryStore store_;
  NoFeed feed_;
  SystemClock clock_;
  MemoryNodes world_{clock_};
  MemoryNode node_{world_};  // this process's, on kSeveralNodes
  IcuUnicode unicode_;
  IcuCalendar calendar_;
  PlainPasswords passwords_;
  CountedSecrets secrets_;
  ThreeTries throttle_;
  PersonShares shares_;
  OpenDoor door_;
  Quiet observer_;
  Settings settings_;
  bool alone() const { return on_ == On::kOneProcess; }
  Workspace workspace_{{.store = alone() ? static_cast<Store&>(store_) : node_,
                        .feed = feed_,
                        .clock = clock_,
                        .unicode = unicode_,
                        .calendar = calendar_,
                        .settings = {},
                        .nodes = alone() ? nullptr : &node_}};
  boost::asio::io_context io_{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_{
      io_.get_executor()};
  Router router_{
      {workspace_, alone() ? store_ : world_.store(), passwords_, secrets_, throttle_, shares_,
       unicode_, calendar_, clock_, door_, observer_, settings_, nullptr,
       ThisNode{.name = "desk-1:8080", .version = "0.1.0", .started_at = Time(Duration(5))}}};
  Server server_{io_, {"127.0.0.1", 0}, router_};
  std::thread thread_{[this] {
    server_.start();
    io_.run();
  }};
  std::map<std::string, UserId> ids_;
};

}  // namespace pastille::http
