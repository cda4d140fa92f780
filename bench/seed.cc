#include "bench/seed.h"

#include <fmt/format.h>

#include <stdexcept>
#include <utility>

#include "app/create_person.h"
#include "app/import_people.h"
#include "app/ports/feed.h"
#include "app/sign_in.h"
#include "core/ids.h"
#include "server/engine.h"

namespace pastille::bench {
namespace {

constexpr std::size_t kAtATime = 2'000;

class NobodyListens final : public Feed {
 public:
  void publish(std::shared_ptr<const Publication>) override {}
  void stale(Time) override {}
  void fresh() override {}
  void begun_anew(std::shared_ptr<const Organisation>) override {}
};

class Opened {
 public:
  explicit Opened(const std::filesystem::path& directory)
      : engine_({.where = {.directory = directory, .database = {}}, .feed = feed_}) {}
  ~Opened() { engine_.stop(); }
  Opened(const Opened&) = delete;
  Opened& operator=(const Opened&) = delete;

  server::Engine& operator*() { return engine_; }

  template <class Command>
  auto execute(Command command) {
    auto answer = engine_.execute(std::move(command));
    if (!answer) throw std::runtime_error("seeding was refused: " + answer.error().detail);
    return *std::move(answer);
  }

 private:
  NobodyListens feed_;
  server::Engine engine_;
};

struct BeginSessions {
  using Answer = bool;
  std::vector<std::pair<UserId, SecretHash>> sessions;

  Result<bool> decide(Draft& draft, const Acting&, const Context& context) const {
    for (const auto& [user, secret] : sessions) {
      begin_session(draft, user, secret, "Mozilla/5.0 (X11; Linux x86_64) bench", context);
    }
    return true;
  }
};

struct AddHistory {
  using Answer = bool;
  std::vector<UserId> users;
  std::size_t rows = 0;
  std::chrono::milliseconds ago{};  // of the first

  Result<bool> decide(Draft& draft, const Acting&, const Context& context) const {
    const Status* shown = nullptr;
    draft.now().statuses.for_each([&](StatusId, const Box<Status>& each) {
      if (each->fields.type == StatusType::kAbsent) shown = &*each;
    });
    if (shown == nullptr) return refuse(Problem::kNotFound, "There is no absent status.");
    const Status status = *shown;
    for (std::size_t i = 0; i < rows; ++i) {
      draft.change(OwnHistoryAdded{{.user = users[i % users.size()],
                                    .at = context.now.wall - ago + std::chrono::milliseconds(i),
                                    .status = status.id,
                                    .name = status.fields.name.text,
                                    .type = status.fields.type,
                                    .note = {}}});
    }
    return true;
  }
};

std::vector<UserId> first_people(server::Engine& engine, std::size_t count) {
  std::vector<UserId> people;
  engine.workspace().snapshot()->people.for_each([&](UserId user, const Box<Person>& person) {
    if (people.size() < count && person->active) people.push_back(user);
  });
  return people;
}

}  // namespace

void add_people(const std::filesystem::path& directory, std::size_t count) {
  Opened engine(directory);
  ImportPeople command;
  for (std::size_t i = 1; i <= count; ++i) {
    command.rows.push_back({.line = i,
                            .login = fmt::format("person{}", i),
                            .display_name = fmt::format("Person Number {}", i),
                            .role = "Agent",
                            .teams = {fmt::format("Team {}", i % 100)}});
  }
  engine.execute(std::move(command));
}

std::vector<SignedIn> sign_in(const std::filesystem::path& directory, std::size_t count) {
  Opened engine(directory);
  std::vector<SignedIn> signed_in;
  BeginSessions command;
  const auto flush = [&] { engine.execute(std::exchange(command, {})); };
  for (const UserId user : first_people(*engine, count)) {
    signed_in.push_back({.user = to_text(user), .cookie = (*engine).secrets().make("").reveal()});
    command.sessions.emplace_back(user, (*engine).secrets().hash(signed_in.back().cookie));
    if (command.sessions.size() == kAtATime) flush();
  }
  flush();
  return signed_in;
}

std::vector<std::string> add_people_with_password(const std::filesystem::path& directory,
                                                  std::size_t count, std::string password) {
  Opened engine(directory);
  const auto hash = (*engine).hash_password(std::move(password));
  if (!hash) throw std::runtime_error("a password was not hashed: " + hash.error().detail);
  std::vector<std::string> logins;
  for (std::size_t i = 1; i <= count; ++i) {
    logins.push_back(fmt::format("newcomer{}", i));
    engine.execute(CreatePerson{.fields = {.login = logins.back(),
                                           .display_name = fmt::format("Newcomer {}", i),
                                           .role = kAgentRole},
                                .password_hash = *hash});
  }
  return logins;
}

std::vector<std::string> two_statuses(const std::filesystem::path& directory) {
  Opened engine(directory);
  std::vector<std::string> found;
  (*engine).workspace().snapshot()->statuses.for_each([&](StatusId id, const Box<Status>& each) {
    const StatusType type = each->fields.type;
    if (type == StatusType::kAbsent || type == StatusType::kBusy) found.push_back(to_text(id));
  });
  if (found.size() < 2) throw std::runtime_error("there are no two statuses to choose from");
  return found;
}

void add_histories(const std::filesystem::path& directory, std::size_t rows) {
  Opened engine(directory);
  const std::vector<UserId> people = first_people(*engine, rows);
  const std::chrono::milliseconds from = std::chrono::days(29);
  for (std::size_t done = 0; done < rows; done += kAtATime) {
    AddHistory command{.rows = std::min(kAtATime, rows - done)};
    for (std::size_t i = 0; i < std::min(command.rows, people.size()); ++i) {
      command.users.push_back(people[(done + i) % people.size()]);
    }
    command.ago = from - from * static_cast<std::int64_t>(done) / static_cast<std::int64_t>(rows);
    engine.execute(std::move(command));
  }
}

}  // namespace pastille::bench
