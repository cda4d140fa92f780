// The only writer of an organisation. Commands wait in a queue; its thread decides all that wait,
// one after the other, on a draft, commits them as one batch (group commit), publishes the new
// state, hands the events to the feed, and only then replies.
//
// A fault of one command refuses that command: what a rule throws, or what the store cannot store
// of it. The others of its batch are decided and committed without it. What is thrown anywhere else
// on the thread ends the process (server/last_words.h): the store has what was acknowledged.
//
// Long work comes in pieces (app/pieces.h): at most one in a batch, and then as long a time for
// everybody else.
//
// Threading: submit(), snapshot() and stale() may be called by any thread. Replies are called on
// the workspace thread: hop to your own thread at once (kUnavailable for what is given to a full
// queue, or after stop(), on the caller's). The destructor stops and joins.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <thread>
#include <vector>

#include "app/actor.h"
#include "app/clock_watch.h"
#include "app/context.h"
#include "app/deadlines.h"
#include "app/draft.h"
#include "app/pieces.h"
#include "app/ports/clock.h"
#include "app/ports/feed.h"
#include "app/ports/nodes.h"
#include "app/ports/store.h"
#include "app/refusal_tally.h"

namespace pastille {

// What the workspace has done, for metrics; all thread-safe.
struct WorkspaceFigures {
  std::atomic<std::uint64_t> commands{0}, refusals{0}, batches{0}, events{0}, failed_batches{0};
  std::atomic<std::uint64_t> commit_microseconds{0};  // sum over batches
  std::atomic<std::uint64_t> waiting{0};
  // Where there are several nodes: batches that another node was faster than, events of others, and
  // how long after it was committed the last of them came, by the wall clocks of both.
  std::atomic<std::uint64_t> moved_on{0}, taken_in{0}, begun_anew{0};
  std::atomic<std::int64_t> lag_milliseconds{0};
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
    // Called on the workspace thread with what an operator should know; may be empty.
    std::function<void(std::string_view)> report = {};
    // The same object as `store`, where several nodes use it.
    Nodes* nodes = nullptr;
    // Random, for an organisation that has no key to seal with; nullopt: it gets none.
    std::optional<SealingKey> fresh_key = {};
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
    if constexpr (InPieces<UseCase>) {
      return submit_piece(actor, std::make_shared<UseCase>(std::move(command)), std::move(reply));
    }
    auto answer = std::make_shared<Result<typename UseCase::Answer>>();
    auto decide = [actor, under = node(), command = std::move(command), answer](
                      Draft& draft, const Context& context) {
      const Result<Acting> who = acting(draft.now(), actor, under, context);
      *answer = who ? command.decide(draft, *who, context) : std::unexpected(who.error());
      return answer->has_value();
    };
    auto settle = [answer, reply = std::move(reply)](const Refusal* failure) mutable {
      reply(failure != nullptr ? std::unexpected(*failure) : std::move(*answer));
    };
    enqueue(Task{.decide = std::move(decide), .settle = std::move(settle)});
  }

  std::shared_ptr<const Organisation> snapshot() const;
  // Set while commits fail: since when.
  std::optional<Time> stale() const;
  const WorkspaceFigures& figures() const { return figures_; }
  const Settings& settings() const { return parts_.settings; }
  // Whether other nodes use the store as well.
  bool shared() const { return parts_.nodes != nullptr; }
  // Under which number this process is a node, {} where it is the only one. It is another one after
  // it was taken for dead. What a person gave before that comes too late, and is refused. Any
  // thread.
  NodeId node() const { return NodeId{node_number_.load()}; }
  // Another node is said to have committed up to `seq`: looks, if it has not. Any thread.
  void hear_of(std::uint64_t seq);
  // Calls `then` on the workspace thread once all that was committed before is in snapshot(), or
  // that cannot be found out (stale()). Many at once are one look. Any thread; shared() only.
  void look_then(std::move_only_function<void()> then);
  // Since when, on the steady clock, the lease has not been renewed; nullopt: not shared, or the
  // lease has run out.
  std::optional<Duration> lease_age(Instant now) const;
  // The same for metrics, beyond the end of the lease as well; shared() only.
  Duration looked_ago(Instant now) const { return now - Instant(Duration(looked_at_.load())); }

  // While it does, no session and no token ends by age. Any thread.
  bool distrusts_clock(Now now) const { return clock_opinion_.distrusts(now); }

  // Looks at the clock again at once: for tests that turn a fake one.
  void wake();
  // From now on no long work begins or goes on: it is refused, broken off. Any thread.
  void break_off();
  // Breaks off, finishes everything else that waits, then stops the thread. Commands after it are
  // refused. Called by the destructor; calling it again does nothing.
  void stop();

 private:
  struct Task {
    // Decides on the draft; false: refused. Called again when the store has moved on.
    std::move_only_function<bool(Draft&, const Context&)> decide;
    // nullptr: committed, or refused by the rule; else: not committed, and why.
    std::move_only_function<void(const Refusal*)> settle;
    std::optional<Refusal> fault = {};  // of this command alone, which is refused with it
    bool piece = false;                 // of a long work
  };
  enum class Outcome : std::uint8_t {
    kCommitted,
    kMovedOn,
    kLookAgain,
    kFailed,
    kUnknown,
    kUnstorable
  };
  static constexpr std::chrono::seconds kProbeEvery{1};  // while the store does not work

  // The work is shared by its pieces, one after the other; nobody else has it.
  template <class UseCase>
  void submit_piece(Actor actor, std::shared_ptr<UseCase> work,
                    std::move_only_function<void(Result<typename UseCase::Answer>)> reply) {
    using Answer = Result<typename UseCase::Answer>;
    auto answer = std::make_shared<Answer>();
    auto decide = [actor, under = node(), work, answer](Draft& draft, const Context& context) {
      const Result<Acting> who = acting(draft.now(), actor, under, context);
      *answer = who ? work->decide(draft, *who, context) : std::unexpected(who.error());
      return answer->has_value();
    };
    auto settle = [this, actor, work, answer,
                   reply = std::move(reply)](const Refusal* failure) mutable {
      Answer piece = failure != nullptr ? Answer(std::unexpected(*failure)) : std::move(*answer);
      if (!piece) {
        work->broken_off(piece.error());
        return reply(std::move(piece));
      }
      if (auto whole = work->go_on(*std::move(piece))) return reply(*std::move(whole));
      submit_piece(actor, std::move(work), std::move(reply));
    };
    enqueue(Task{.decide = std::move(decide), .settle = std::move(settle), .piece = true});
  }
  void enqueue(Task task);
  bool takes(const Task& task) const;
  // Given by the product itself; nobody waits for the answer.
  template <class UseCase>
  static Task own_task(UseCase command) {
    return Task{.decide =
                    [command = std::move(command)](Draft& draft, const Context& context) {
                      const Acting product{
                          .author = {}, .user = {}, .permissions = {}, .scope = {}};
                      return command.decide(draft, product, context).has_value();
                    },
                .settle = [](const Refusal*) {}};
  }

  void start();
  Task first_task() const;
  void do_at_start(Task task);
  void fold_anew();
  void run();
  std::vector<Task> wait_for_work();
  Duration piece_left() const;
  Duration sleep_length(Now now) const;
  std::vector<Task> due_tasks();
  void every_minute(Now now);
  void forget(Now now);
  void probe(Now now);

  void settle_batch(std::vector<Task> tasks);
  void settle_halves(std::vector<Task> tasks, const Refusal& fault);
  bool decide_one(Task& task, Draft& draft, const Context& context);
  void settle_one(Task& task, const Refusal* failure);
  void settle_without_store(std::vector<Task> tasks, const Refusal& failure);
  Batch decide(std::vector<Task>& tasks, Draft& draft, std::vector<Event>& events);
  void keep_in_memory(Draft& draft, Time at);
  Organisation after(const Draft& draft, const std::shared_ptr<const Organisation>& before,
                     const std::vector<Event>& events) const;
  void keep_refusals(Draft& draft, const Draft& refused, const Context& context);
  // `failure` becomes the reason, where that is of use to who asked.
  Outcome commit(const Batch& batch, Refusal& failure);
  CommitResult commit_and_settle(const Batch& batch);
  void refuse_changes_until_probe();
  bool stopping();
  std::shared_ptr<const Organisation> show(Organisation next);
  void publish(Organisation next, std::vector<Event> events);
  void failed(const std::string& why);
  void recovered();

  // workspace_nodes.cc: one node among others.
  Duration pace_left() const;
  void keep_in_touch();
  bool look(Now now);
  bool is_another_store(const Seen& seen) const;
  void take_in(std::vector<Event> missed);
  bool hold_others();
  void watch(const std::vector<OtherNode>& others, Now now);
  void join();
  void begin_anew();
  void await_the_absent(Organisation& state, Now now);
  void owe(const std::vector<Change>& changes);
  ConnectionsTold take_to_tell();
  void leave();
  static bool has_connections(const Organisation& organisation, NodeId node);
  std::vector<Task> node_tasks();
  Context context() const;
  void tell(std::string_view what) const;

  Parts parts_;
  WorkspaceFigures figures_;

  // Guarded by mutex_.
  mutable std::mutex mutex_;
  std::condition_variable woken_;
  std::vector<Task> queue_;
  std::deque<Task> pieces_;  // the next of each long work
  bool broken_off_ = false;
  bool look_again_ = false;
  std::vector<std::move_only_function<void()>> lookers_;
  bool stopping_ = false;

  mutable std::mutex snapshot_mutex_;
  std::shared_ptr<const Organisation> snapshot_;  // guarded by snapshot_mutex_
  std::atomic<std::int64_t> stale_since_{0};      // milliseconds of Time, 0: not stale
  std::atomic<std::int64_t> looked_at_{0};        // milliseconds of Instant
  std::atomic<std::uint64_t> head_{0};            // greatest seq that was heard of
  std::atomic<std::uint64_t> node_number_{0};
  ClockOpinion clock_opinion_;

  // Of the workspace thread alone.
  Organisation state_;
  Deadlines deadlines_;
  RefusalTally tally_;
  std::optional<ClockWatch> clock_watch_;
  std::vector<Deadlines::Due> postponed_;  // until the clock is believed
  Instant next_minute_;
  Instant next_hour_;
  Instant next_forget_;
  Instant next_probe_;
  std::chrono::steady_clock::time_point next_piece_;
  bool unsettled_ = false;  // stopped without knowing the outcome of the last batch

  // Of the workspace thread alone, where there are several nodes.
  NodeId node_;
  Instant next_look_;
  std::chrono::steady_clock::time_point next_batch_;
  std::optional<Instant> held_since_;  // the lease, without a break
  bool first_ = true;                  // among the living: does what is nobody's own
  bool begun_anew_ = false;            // what a first start makes may be missing
  std::vector<OtherNode> dead_;        // to be buried
  ConnectionsTold owed_, to_tell_;     // to the store

  std::thread thread_;
};

}  // namespace pastille
