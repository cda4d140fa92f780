// An organisation in this process: where it is kept, held; the store, the workspace and all that
// commands need beside them. The server has one, and a command of the command line opens one when
// no server holds the directory.
//
// Thread-safe, but for the constructor, stop() and the destructor.
#pragma once

#include <functional>
#include <future>
#include <memory>
#include <string>
#include <string_view>

#include "app/add_tokens.h"
#include "app/import_people.h"
#include "app/ports/clock.h"
#include "app/ports/identity.h"
#include "app/workspace.h"
#include "postgres/listener.h"
#include "server/storage.h"
#include "server/store_watch.h"
#include "unicode/icu_calendar.h"
#include "unicode/icu_unicode.h"

namespace pastille::server {

class Engine {
 public:
  struct Parts {
    Whereabouts where;
    Settings settings = {};
    Feed& feed;
    bool serving = false;               // notes that the server is alive
    std::string node = "command line";  // this process among nodes, for people
    CommitObserver committed = {};      // for metrics
    std::function<void(std::string_view)> report = {};
  };

  // Throws StoreFailure; what() is for the operator.
  explicit Engine(const Parts& parts);
  ~Engine();

  const Whereabouts& where() const { return where_; }
  Workspace& workspace() { return *workspace_; }
  Archive& archive() { return *storage_.archive; }
  Passwords& passwords() { return *passwords_; }
  Secrets& secrets() { return *secrets_; }
  const Unicode& unicode() const { return unicode_; }
  const Calendar& calendar() const { return calendar_; }
  const Clock& clock() const { return clock_; }
  // Where browsers reach the server, for links: "https://status.example.org"; "" without a server.
  const std::string& address() const { return address_; }
  void set_address(std::string address) { address_ = std::move(address); }

  // Gives a command as the operator and waits until it is durable or refused. Not to be called on
  // the workspace thread.
  template <class UseCase>
  Result<typename UseCase::Answer> execute(UseCase command) {
    std::promise<Result<typename UseCase::Answer>> promise;
    auto answer = promise.get_future();
    workspace_->submit(Operator{}, std::move(command), [&](Result<typename UseCase::Answer> given) {
      promise.set_value(std::move(given));
    });
    return answer.get();
  }
  // What would come of it, on the state as it is; on the caller's thread.
  Result<ImportPeople::Answer> try_out(ImportPeople& import) const;
  Result<AddTokens::Answer> try_out(const AddTokens& tokens) const;
  Result<std::string> hash_password(std::string password);

  // Commits what waits, ends the worker threads; commands after it are refused.
  void stop();

 private:
  std::unique_ptr<Workspace> make_workspace(const Parts& parts);
  template <class UseCase>
  Result<typename UseCase::Answer> tried(UseCase& command) const;

  Whereabouts where_;
  std::string address_;  // set before commands come
  SystemClock clock_;
  IcuUnicode unicode_;
  IcuCalendar calendar_;
  Storage storage_;
  StoreWatch watch_;
  std::unique_ptr<Secrets> secrets_;
  std::unique_ptr<Workspace> workspace_;
  std::unique_ptr<postgres::Listener> listener_;  // null: no others to hear of
  std::unique_ptr<Passwords> passwords_;
};

}  // namespace pastille::server
