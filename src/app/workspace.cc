#include "app/workspace.h"

#include <algorithm>
#include <string>
#include <utility>
#include <variant>

#include "app/fall_due.h"
#include "app/first_start.h"
#include "app/fold_anew.h"
#include "core/limits.h"

namespace pastille {
namespace {

constexpr std::chrono::minutes kMinute{1};
constexpr std::chrono::hours kHour{1};
// While there is more to forget: an eighth of the writer's time.
constexpr std::chrono::milliseconds kForgetAgain{100};
constexpr std::chrono::seconds kDueAgain{1};

Refusal unavailable(std::string detail) {
  return Refusal{.problem = Problem::kUnavailable,
                 .detail = std::move(detail),
                 .retry_after = std::chrono::seconds(1)};
}

}  // namespace

Workspace::Workspace(Parts parts) : parts_(std::move(parts)), deadlines_(parts_.settings) {
  start();
  thread_ = std::thread([this] { run(); });
}

Workspace::~Workspace() { stop(); }

// Throws StoreFailure when it could not be saved.
void Workspace::do_at_start(Task task) {
  bool saved = true;
  task.settle = [&saved](const Refusal* failure) { saved = failure == nullptr; };
  std::vector<Task> tasks;
  tasks.push_back(std::move(task));
  settle_batch(std::move(tasks));
  if (!saved || stale()) throw StoreFailure("The database cannot be written at start.");
}

void Workspace::start() {
  const Now now = parts_.clock.now();
  clock_watch_.emplace(now, parts_.store.newest_event());
  clock_opinion_.follow(*clock_watch_);
  state_ = parts_.store.load();
  if (shared()) {
    join();
  } else {
    state_.epochs.push_back(parts_.store.begin_epoch());
  }
  next_minute_ = now.steady + kMinute;
  next_hour_ = now.steady;
  next_forget_ = now.steady;
  next_probe_ = now.steady;

  await_the_absent(state_, now);
  deadlines_.load(state_);
  snapshot_ = std::make_shared<const Organisation>(state_);
  if (shared() && !look(now)) throw StoreFailure("The database went away at start.");

  do_at_start(first_task());
  fold_anew();
  parts_.store.note_alive(now.wall);
}

// A second time, because a name may wait for the fold of one that came later.
void Workspace::fold_anew() {
  const std::string version = parts_.unicode.folding_version();
  if (parts_.store.folding_version() == version) return;
  for (int round = 0; round < 2; ++round) {
    do_at_start(own_task(FoldNamesAnew{}));
    for (std::uint64_t from = 1; from < state_.next.user; from += limits::kPeopleFoldedAtOnce) {
      do_at_start(
          own_task(FoldPeopleAnew{.from = from, .up_to = from + limits::kPeopleFoldedAtOnce}));
    }
  }
  for (const std::string& each : names_that_are_the_same(state_)) tell(each);
  parts_.store.note_folding_version(version);
}

Workspace::Task Workspace::first_task() const {
  return own_task(FirstStart{.fresh_key = parts_.fresh_key});
}

// Everyone who was there gets the grace to come back.
void Workspace::await_the_absent(Organisation& state, Now now) {
  const Time last_alive = parts_.store.last_alive().value_or(now.wall);
  std::vector<UserId> absent;
  state.presences.for_each([&](UserId user, const Box<Presence>& presence) {
    if (!presence->entry.offline() && presence->connections.empty()) absent.push_back(user);
  });
  for (const UserId user : absent) {
    const GraceSet grace{
        .user = user, .ends = now.steady + parts_.settings.grace, .as_of = last_alive};
    state.apply(grace);
    deadlines_.follow(grace, state);
  }
}

void Workspace::break_off() {
  std::deque<Task> waiting;
  {
    const std::lock_guard lock(mutex_);
    broken_off_ = true;
    waiting.swap(pieces_);
  }
  const Refusal refusal = unavailable("The server is stopping.");
  for (Task& task : waiting) task.settle(&refusal);
}

void Workspace::stop() {
  break_off();
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return;
    stopping_ = true;
  }
  woken_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void Workspace::wake() {
  {
    const std::lock_guard lock(mutex_);
    look_again_ = true;
  }
  woken_.notify_one();
}

std::shared_ptr<const Organisation> Workspace::snapshot() const {
  const std::lock_guard lock(snapshot_mutex_);
  return snapshot_;
}

std::optional<Time> Workspace::stale() const {
  const std::int64_t since = stale_since_.load();
  if (since == 0) return std::nullopt;
  return Time(Duration(since));
}

bool Workspace::takes(const Task& task) const {
  if (task.piece) return !stopping_ && !broken_off_ && pieces_.size() < limits::kLongWorks;
  return !stopping_ && queue_.size() < limits::kQueueMost;
}

void Workspace::enqueue(Task task) {
  {
    const std::lock_guard lock(mutex_);
    if (takes(task)) {
      const bool first = task.piece ? pieces_.empty() : queue_.empty();
      if (task.piece) {
        pieces_.push_back(std::move(task));
      } else {
        queue_.push_back(std::move(task));
      }
      figures_.waiting = queue_.size();
      if (first) woken_.notify_one();
      return;
    }
  }
  const Refusal refusal =
      unavailable("The server has too much to do, or is stopping. Try again in a moment.");
  task.settle(&refusal);
}

void Workspace::run() {
  while (true) {
    std::vector<Task> tasks = wait_for_work();
    {
      const std::lock_guard lock(mutex_);
      if (stopping_ && tasks.empty() && queue_.empty()) break;
    }
    if (shared()) keep_in_touch();
    for (Task& due : due_tasks()) tasks.push_back(std::move(due));
    const bool piece = std::ranges::any_of(tasks, &Task::piece);
    const auto began = std::chrono::steady_clock::now();
    settle_batch(std::move(tasks));
    if (piece) next_piece_ = began + 2 * (std::chrono::steady_clock::now() - began);
  }
  for (auto& then : std::exchange(lookers_, {})) then();
  std::vector<Task> last;
  for (AuditItem& item : tally_.take_all())
    last.push_back(own_task(RefusalsCounted{std::move(item)}));
  settle_batch(std::move(last));
  if (shared()) leave();
  if (unsettled_) return;
  try {
    parts_.store.note_alive(parts_.clock.now().wall);
  } catch (const StoreFailure& failure) {
    tell(failure.what());
  }
}

// Sleeps until there are commands or something falls due.
std::vector<Workspace::Task> Workspace::wait_for_work() {
  std::unique_lock lock(mutex_);
  while (!stopping_ && !look_again_) {
    const bool waiting = !queue_.empty() || !pieces_.empty();
    const bool paced = waiting && pace_left() > Duration(0);
    const bool piece = !pieces_.empty() && piece_left() == Duration(0);
    if (!paced && (piece || !queue_.empty())) break;
    Duration wait = paced ? pace_left() : parts_.clock.sleep_for(sleep_length(parts_.clock.now()));
    if (!paced && !pieces_.empty()) wait = std::min(wait, piece_left());
    if (woken_.wait_for(lock, wait) == std::cv_status::timeout && !paced) break;
  }
  look_again_ = false;
  std::vector<Task> tasks;
  if (!stopping_ && pace_left() > Duration(0)) return tasks;
  if (queue_.size() <= limits::kBatchMost) {
    tasks.swap(queue_);
  } else {
    const auto end = queue_.begin() + static_cast<std::ptrdiff_t>(limits::kBatchMost);
    tasks.assign(std::move_iterator(queue_.begin()), std::move_iterator(end));
    queue_.erase(queue_.begin(), end);
  }
  figures_.waiting = queue_.size();
  if (!pieces_.empty() && piece_left() == Duration(0)) {
    tasks.push_back(std::move(pieces_.front()));
    pieces_.pop_front();
  }
  return tasks;
}

// Between two pieces of long work the others have the writer for as long as the last one took.
Duration Workspace::piece_left() const {
  const auto left = next_piece_ - std::chrono::steady_clock::now();
  return std::max(std::chrono::ceil<Duration>(left), Duration(0));
}

// While the store does not work nothing that falls due can be done: then only to the next probe.
Duration Workspace::sleep_length(Now now) const {
  if (stale()) return std::max(Duration(next_probe_ - now.steady), Duration(0));
  Duration length = std::min({next_minute_, next_hour_, next_forget_}) - now.steady;
  if (const auto next = deadlines_.next_steady()) length = std::min(length, *next - now.steady);
  if (const auto next = deadlines_.next_wall()) length = std::min(length, *next - now.wall);
  if (const auto next = tally_.next()) length = std::min(length, *next - now.steady);
  if (shared()) length = std::min(length, Duration(next_look_ - now.steady));
  if (!dead_.empty() || !to_tell_.opened.empty() || !to_tell_.closed.empty()) length = Duration(0);
  return std::max(length, Duration(0));
}

// What fell due, as commands of the product itself.
std::vector<Workspace::Task> Workspace::due_tasks() {
  std::vector<Task> tasks;
  const Now now = parts_.clock.now();
  if (const auto said = clock_watch_->look(now)) tell(*said);
  clock_opinion_.follow(*clock_watch_);
  if (stale() && now.steady >= next_probe_) probe(now);
  if (stale()) return tasks;
  if (shared()) tasks = node_tasks();
  const bool keep_sessions = clock_watch_->distrusts(now);
  // Each to its own time: the clock may have been set right meanwhile.
  if (!keep_sessions) {
    for (const Deadlines::Due& due : std::exchange(postponed_, {})) deadlines_.set_age(due, state_);
  }
  for (const Deadlines::Due& due : deadlines_.take_due(now, limits::kDueAtOnce)) {
    if (keep_sessions && Deadlines::by_age(due)) {
      postponed_.push_back(due);
      continue;
    }
    if (!first_ && Deadlines::by_age(due)) {  // left to the first node, while there is one
      deadlines_.again(due, now, limits::kOthersLater);
      continue;
    }
    tasks.push_back(std::visit([&](const auto& command) { return own_task(command); }, due));
    tasks.back().settle = [this, due](const Refusal* failure) {
      if (failure != nullptr) deadlines_.again(due, parts_.clock.now(), kDueAgain);
    };
  }
  for (const AuditItem& item : tally_.take_due(now.steady, limits::kDueAtOnce)) {
    tasks.push_back(own_task(RefusalsCounted{item}));
    tasks.back().settle = [this, item](const Refusal* failure) {
      if (failure != nullptr) tally_.count(item, parts_.clock.now().steady);
    };
  }
  if (now.steady >= next_minute_) every_minute(now);
  if (!stale() && now.steady >= next_forget_) forget(now);
  if (first_ && (now.steady >= next_hour_ || state_.answers.size() > limits::kAnswersKept)) {
    next_hour_ = now.steady + kHour;
    tasks.push_back(own_task(Purge{}));
    tasks.back().settle = [this](const Refusal* failure) {
      const Context after = this->context();
      if (failure == nullptr && Purge::is_due(state_, after))
        next_hour_ = after.now.steady + kForgetAgain;
    };
  }
  return tasks;
}

void Workspace::every_minute(Now now) {
  next_minute_ = now.steady + kMinute;
  try {
    parts_.store.note_alive(now.wall);
  } catch (const StoreFailure& failure) {
    failed(failure.what());
  }
}

// In small pieces with room for commits between them.
void Workspace::forget(Now now) {
  next_forget_ = now.steady + kMinute;
  if (clock_watch_->distrusts(now) || !first_) return;
  try {
    const Retention before{.events = now.wall - limits::kPresenceEventsKept,
                           .own_history = now.wall - parts_.settings.own_history_kept,
                           .messages = now.wall - parts_.settings.messages_kept};
    if (parts_.store.forget(before, limits::kForgottenAtOnce))
      next_forget_ = now.steady + kForgetAgain;
  } catch (const StoreFailure& failure) {
    failed(failure.what());
  }
}

// Finds out whether the store can write again.
void Workspace::probe(Now now) {
  next_probe_ = now.steady + kProbeEvery;
  if (shared()) {
    look(now);
    return;
  }
  try {
    parts_.store.note_alive(now.wall);
    recovered();
  } catch (const StoreFailure&) {
    return;  // still not: said when it began
  }
}

Context Workspace::context() const {
  const Now now = parts_.clock.now();
  return Context{.now = now,
                 .settings = parts_.settings,
                 .unicode = parts_.unicode,
                 .calendar = parts_.calendar,
                 .keep_sessions = clock_watch_->distrusts(now),
                 .node = node_};
}

void Workspace::tell(std::string_view what) const {
  if (parts_.report) parts_.report(what);
}

}  // namespace pastille
