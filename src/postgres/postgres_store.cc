#include "postgres/postgres_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <variant>

#include "app/ports/random_epoch.h"
#include "app/short_lived.h"
#include "postgres/given_numbers.h"
#include "postgres/node_rows.h"
#include "postgres/schema.h"
#include "sql/erased_history.h"
#include "sql/read_rows.h"
#include "sql/write_row.h"
#include "wire/event_json.h"

namespace pastille::postgres {
namespace {

// Of advance(), in migrations/0002_nodes.sql.
constexpr const char* kAnotherWasFirst = "PS001";
constexpr const char* kLookAgain = "PS002";
constexpr int kReadsEvents = 1;  // the newest form of events that this version understands
constexpr Duration kRenewAfter{700};
constexpr const char* kGivenNumbers = "SELECT name, number FROM given_numbers";

// Makes the connection ready for a writer. The server's settings may not make commits less than
// durable, and what an unreachable client holds is let go of.
Database open_for_writing(const std::string& conninfo, PostgresStore::Use use) {
  Database database(conninfo);
  database.execute(
      "SELECT set_config('synchronous_commit', 'on', false)"
      " WHERE current_setting('synchronous_commit') = 'off';"
      "SET idle_in_transaction_session_timeout = '1s';"
      "SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 2;"
      "SET tcp_keepalives_count = 3; SET tcp_user_timeout = 5000;"
      "SET lock_timeout = '5s'");
  try {
    const bool alone = use == PostgresStore::Use::kAlone;
    database.allow_silence(2 * kSilence);  // longer than lock_timeout
    database.execute(
        fmt::format("SELECT pg_advisory_lock{}({})", alone ? "" : "_shared", kWriterLock));
    database.allow_silence(kSilence);
  } catch (const PostgresFailure& failure) {
    if (failure.sqlstate() != "55P03") throw;  // lock_timeout
    throw StoreFailure(use == PostgresStore::Use::kAlone
                           ? "Servers work on this database. Stop all of them first."
                           : "Another Pastille has this database alone: it moves an organisation, "
                             "or it is of a version that knows no other nodes. Wait, or stop it.");
  }
  database.execute("SET lock_timeout = '2s'");
  return database;
}

Epoch begin_epoch_in(Database& database) {
  const auto seq = static_cast<std::uint64_t>(sql::meta(database, "seq").value_or(0));
  const Epoch epoch{.id = random_epoch(), .first_seq = seq + 1};
  database.statement("INSERT INTO epochs (id, first_seq) VALUES (?,?)")
      .bind(epoch.id)
      .bind(epoch.first_seq)
      .run();
  return epoch;
}

}  // namespace

PostgresStore::PostgresStore(std::string conninfo, NodeName name, Use use)
    : conninfo_(std::move(conninfo)), name_(std::move(name)), use_(use) {
  migrate(database());
}

Database& PostgresStore::database() {
  if (lease_) lease_->writer_came_round();
  if (database_ && database_->lost()) database_.reset();
  if (database_) return *database_;
  looked_ = holding_ = false;
  database_.emplace(open_for_writing(conninfo_, use_));
  try {
    if (node_) take_up(*database_);
  } catch (...) {
    database_.reset();
    throw;
  }
  return *database_;
}

template <class Work>
auto PostgresStore::with_database(Work work) {
  Database& ready = database();
  try {
    return work(ready);
  } catch (...) {
    database_.reset();
    throw;
  }
}

void PostgresStore::take_up(Database& database) {
  // In the order of advance(): the position first, then the node.
  database.execute("BEGIN; SELECT value FROM meta WHERE key = 'seq' FOR UPDATE");
  auto marks = database.prepare(
      "SELECT store_mark(), coalesce((SELECT value FROM meta WHERE key = 'epoch_mark'), '')");
  marks.step();
  const std::string mark = marks.text(0);
  const bool same = mark == marks.text(1);
  marks.reset();
  if (!same) {
    begin_epoch_in(database);
    database
        .statement(
            "INSERT INTO meta (key, value) VALUES ('epoch_mark', ?)"
            " ON CONFLICT (key) DO UPDATE SET value = excluded.value")
        .bind(mark)
        .run();
  }
  if (node_) {
    auto next = database.prepare(
        "UPDATE nodes SET generation = generation + 1 WHERE id = ? RETURNING generation");
    generation_ = next.bind(node_.number).step() ? next.integer(0) : -1;
    next.reset();
  }
  database.execute("COMMIT");
}

NodeId PostgresStore::join() {
  release();
  const NodeId joined = with_database([&](Database& database) {
    take_up(database);
    auto made = database.prepare(
        "INSERT INTO nodes (generation, name, version, reads_events, started_at, looked_at, seq)"
        " SELECT 0, ?, ?, ?, database_now(), database_now(),"
        " (SELECT value FROM meta WHERE key = 'seq')::BIGINT RETURNING id");
    made.bind(name_.name).bind(name_.version).bind(kReadsEvents).step();
    node_ = NodeId{made.number(0)};
    made.reset();
    generation_ = 0;
    read_epochs(database);
    looked_ = true;
    return node_;
  });
  if (lease_) lease_->keep(joined);
  return joined;
}

void PostgresStore::renew_lease_beside() { lease_ = std::make_unique<Lease>(conninfo_); }

Seen PostgresStore::look(std::uint64_t seq) {
  return with_database([&](Database& database) {
    auto& mine = database.statement(
        "SELECT database_now() - looked_at, (SELECT value FROM meta WHERE key = 'seq')::BIGINT,"
        " (SELECT count(*) FROM epochs) FROM nodes WHERE id = ? AND generation = ?");
    Seen seen;
    seen.held = mine.bind(node_.number).bind(generation_).step();
    if (!seen.held) return seen;
    const Duration age{mine.integer(0)};
    const std::uint64_t head = mine.number(1);
    const std::uint64_t epochs = mine.number(2);
    mine.reset();
    if (epochs != epochs_.size()) read_epochs(database);
    seen.epochs = epochs_;
    if (head < seq) return Seen{};  // this is not where it was
    seen.missed = head > seq ? sql::changes_since(database, seq) : std::vector<Event>();
    if (holding_) {  // the others wait: no more round trips than the commit needs
      looked_ = true;
      return seen;
    }
    const auto now = std::chrono::steady_clock::now();
    if (age > kRenewAfter || (head > told_ && now >= tell_again_)) {
      tell_again_ = now + kRenewAfter;
      told_ = head;
      database
          .statement(
              "UPDATE nodes SET looked_at = database_now(), seq = ? WHERE id = ? AND generation = "
              "?")
          .bind(head)
          .bind(node_.number)
          .bind(generation_)
          .run();
    }
    if (now >= others_again_) {
      seen.others = others(database);
      others_again_ = now + kRenewAfter;
    }
    looked_ = true;
    return seen;
  });
}

std::vector<OtherNode> PostgresStore::others(Database& database) {
  std::vector<OtherNode> found;
  auto& query = database.statement(
      "SELECT id, database_now() - looked_at, looked_at FROM nodes WHERE id <> ? ORDER BY id");
  query.bind(node_.number);
  while (query.step()) {
    found.push_back(OtherNode{.id = NodeId{query.number(0)},
                              .silent_for = Duration(query.integer(1)),
                              .last_looked = query.time(2)});
  }
  return found;
}

void PostgresStore::hold() {
  with_database([&](Database& database) {
    database.execute("BEGIN; SELECT value FROM meta WHERE key = 'seq' FOR UPDATE");
    holding_ = true;
  });
}

// Where the server cannot be told, the connection goes, and the transaction with it.
void PostgresStore::release() noexcept {
  if (!std::exchange(holding_, false) || !database_) return;
  try {
    database_->execute("ROLLBACK");
  } catch (...) {
    database_.reset();
  }
}

void PostgresStore::read_epochs(Database& database) {
  epochs_.clear();
  auto& query = database.statement("SELECT id, first_seq FROM epochs ORDER BY number");
  while (query.step()) epochs_.push_back(Epoch{.id = query.text(0), .first_seq = query.number(1)});
}

Organisation PostgresStore::load() {
  release();  // this is a transaction of its own
  return with_database([&](Database& database) {
    // It holds nobody up; and reading what one query gave takes longer than a second, where people
    // are many.
    database.execute(
        "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;"
        "SET LOCAL idle_in_transaction_session_timeout = '60s'");
    Organisation state = sql::read_organisation(database, kGivenNumbers);
    sql::each_row(database,
                  "SELECT \"user\", id, node, session, token FROM connections ORDER BY node, id",
                  [&](const auto& row) {
                    state.apply(ConnectionOpened{.user = UserId{row.number(0)},
                                                 .connection = {.id = ConnectionId{row.number(1)},
                                                                .node = NodeId{row.number(2)},
                                                                .session = SessionId{row.number(3)},
                                                                .token = TokenId{row.number(4)}}});
                  });
    state.seq = static_cast<std::uint64_t>(sql::meta(database, "seq").value_or(0));
    database.execute("COMMIT");
    epochs_ = state.epochs.all();
    return state;
  });
}

Epoch PostgresStore::begin_epoch() {
  return with_database([&](Database& database) {
    const Epoch epoch = begin_epoch_in(database);
    read_epochs(database);
    return epoch;
  });
}

CommitResult PostgresStore::commit(const Batch& batch) {
  if (batch.events.empty()) return Committed{};
  try {
    database();
  } catch (const StoreFailure& failure) {
    return NotCommitted{failure.what()};
  }
  if (!looked_) return LookAgain{};
  bool sent = false;
  try {
    database_->begin_batch();
    write(*database_, batch);
    sent = true;
    database_->end_batch();
    holding_ = false;
    return Committed{};
  } catch (const PostgresFailure& failure) {
    return not_committed(batch, failure, sent);
  } catch (const std::exception& broken) {  // memory, JSON: before the end of the batch
    database_.reset();
    return Unstorable{.fault = Fault::kContradiction, .why = broken.what()};
  }
}

// `sent`: the whole batch, so that the server's answer to it was read to its end.
CommitResult PostgresStore::not_committed(const Batch& batch, const PostgresFailure& failure,
                                          bool sent) {
  looked_ = looked_ && failure.sqlstate() != kLookAgain;
  if (!looked_) {
    if (holding_) database_.reset();
    return LookAgain{};
  }
  if (failure.sqlstate() != kAnotherWasFirst) {
    const bool usable = sent && !holding_ && failure.fault() != Fault::kStore;
    if (!usable) database_.reset();
    if (failure.lost()) return OutcomeUnknown{failure.what()};
    if (failure.fault() == Fault::kStore) return NotCommitted{failure.what()};
    return Unstorable{.fault = failure.fault(), .why = failure.what()};
  }
  auto missed = changes_since(batch.expected_seq);
  if (!missed) return LookAgain{};
  return MovedOn{.missed = *std::move(missed)};
}

void PostgresStore::write(Database& database, const Batch& batch) {
  const Event& last = batch.events.back();
  database.statement("SELECT advance(?, ?, ?, ?, ?, ?)")
      .bind(node_.number)
      .bind(generation_)
      .bind(Duration(kLease).count())
      .bind(epochs_.size())
      .bind(batch.expected_seq)
      .bind(last.seq)
      .run();
  GivenNumbers given;
  NodeRows nodes(database);
  for (const Event& event : batch.events) {
    for (const Change& change : event.changes) {
      sql::write_row(database, change);
      std::visit(nodes, change);
      std::visit(given, change);
    }
    database
        .statement("INSERT INTO events (seq, at, batch, short_lived, payload) VALUES (?,?,?,?,?)")
        .bind(event.seq)
        .bind(event.at)
        .bind(batch.id)
        .bind(is_short_lived(event))
        .bind(wire::changes_json(event.changes, true))
        .run();
  }
  given.write(database);
  sql::set_meta(database, "newest_event", last.at.time_since_epoch().count());
  if (holding_) database.statement("COMMIT").run();
}

// The transaction may still be under way on the server, or not have arrived there: take_up() waits
// for the row of the position, and makes it too late for what comes after.
Settled PostgresStore::settle(const BatchId& id) {
  database_.reset();
  return with_database([&](Database& database) {
    auto query = database.prepare("SELECT 1 FROM events WHERE batch = ? LIMIT 1");
    return query.bind(id).step() ? Settled::kThere : Settled::kNotThere;
  });
}

std::optional<std::vector<Event>> PostgresStore::changes_since(std::uint64_t seq) {
  return with_database([&](Database& database) { return sql::changes_since(database, seq); });
}

void PostgresStore::note_alive(Time at) {
  with_database(
      [&](Database& database) { sql::set_meta(database, "alive", at.time_since_epoch().count()); });
}

std::optional<Time> PostgresStore::last_alive() {
  return with_database([](Database& database) { return sql::time_in_meta(database, "alive"); });
}

std::string PostgresStore::folding_version() {
  return with_database([](Database& database) { return sql::folding_version(database); });
}

void PostgresStore::note_folding_version(const std::string& version) {
  with_database([&](Database& database) { note_version_of_folds(database, node_, version); });
}

std::optional<Time> PostgresStore::newest_event() {
  return with_database(
      [](Database& database) { return sql::time_in_meta(database, "newest_event"); });
}

bool PostgresStore::forget(const Retention& before, std::size_t at_most) {
  return with_database([&](Database& database) {
    database.execute("BEGIN");
    const bool events = sql::forget_events(database, before.events, at_most);
    const auto history =
        sql::forget_own_history(database, history_looked_at_, before.own_history, at_most);
    const bool erased = sql::forget_erased_history(database, at_most);
    const bool messages = sql::forget_messages(database, before.messages, at_most);
    database.execute("COMMIT");
    history_looked_at_ = history.value_or(sql::HistoryRow{});
    return events || history || erased || messages;
  });
}

}  // namespace pastille::postgres
