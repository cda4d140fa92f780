// The only writer of an organisation. Commands wait in a queue; its thread decides all that wait,
// one after the other, on a draft, commits them as one batch (group commit), publishes the new
// state, hands the events to the feed, and only then replies.
//
// Threading: submit(), snapshot() and stale() may be called by any thread. Replies are called on
// the workspace thread: hop to your own thread at once. The destructor finishes the batch in hand,
// refuses what still waits (kUnavailable), and joins.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "app/actor.h"
#include "app/agenda.h"
#include "app/context.h"
#include "app/draft.h"
#include "app/ports/clock.h"
#include "app/ports/feed.h"
#include "app/ports/store.h"

namespace pastille {

// What the workspace has done, for metrics; all thread-safe.
struct WorkspaceFigures {
  std::atomic<std::uint64_t> commands{0}, refusals{0}, batches{0}, events{0}, failed_batches{0};
  std::atomic<std::uint64_t> commit_microseconds{0};  // sum over batches
  std::atomic<std::uint64_t> waiting{0};
};

class Workspace {
 public:
  struct Parts {
    Store& store;
    Feed& feed;
    const Clock& clock;
    const Unicode& unicode;
    const Calendar& calendar;
    Settings settings;
  };

  // Loads the state, begins an epoch, makes what a first start needs (system statuses, built-in
  // roles), settles what fell due while nobody ran, and starts the thread. Throws StoreFailure.
  explicit Workspace(Parts parts);
  ~Workspace();
  Workspace(const Workspace&) = delete;
  Workspace& operator=(const Workspace&) = delete;

  // A use case is a struct with
  //   using Answer = ...;
  //   Result<Answer> decide(Draft& draft, const Acting& who, const Context& context) const;
  // `reply` gets the answer once it is durable, or the refusal; the changes of a refused command
  // are dropped, except AuditAdded, which is kept.
  template <class UseCase>
  void submit(Actor actor, UseCase command,
              std::move_only_function<void(Result<typename UseCase::Answer>)> reply) {
    auto answer = std::make_shared<Result<typename UseCase::Answer>>();
    auto decide = [actor, command = std::move(command), answer](Draft& draft,
                                                                const Context& context) {
      const Result<Acting> who = acting(draft.now(), actor, context);
      *answer = who ? command.decide(draft, *who, context) : std::unexpected(who.error());
      return answer->has_value();
    };
    auto settle = [answer, reply = std::move(reply)](const Refusal* failure) mutable {
      reply(failure != nullptr ? std::unexpected(*failure) : std::move(*answer));
    };
    enqueue(Task{std::move(decide), std::move(settle)});
  }

  std::shared_ptr<const Organisation> snapshot() const;
  // Set while commits fail: since when.
  std::optional<Time> stale() const;
  const WorkspaceFigures& figures() const { return figures_; }
  const Settings& settings() const { return parts_.settings; }

  // Finishes everything that waits, then stops the thread. Commands after it are refused.
  void stop();

 private:
  struct Task {
    // Decides on the draft; false: refused. May be called again when the store has moved on.
    std::move_only_function<bool(Draft&, const Context&)> decide;
    // nullptr: committed, or refused by the rule; else: not committed, and why.
    std::move_only_function<void(const Refusal*)> settle;
  };

  void enqueue(Task task);
  void run();

  Parts parts_;
  WorkspaceFigures figures_;
};

}  // namespace pastille
