#include "postgres/postgres_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>
#include <variant>

#include "app/ports/random_epoch.h"
#include "app/short_lived.h"
#include "postgres/schema.h"
#include "sql/read_rows.h"
#include "sql/write_row.h"
#include "wire/event_json.h"

namespace pastille::postgres {
namespace {

constexpr const char* kAnotherWasFirst = "PS001";  // of advance(), in 0001_first.sql
constexpr const char* kGivenNumbers = "SELECT name, number FROM given_numbers";

// The greatest number of each table among what is put.
class GivenNumbers {
 public:
  void operator()(const StatusPut& put) { give("statuses", put.status.id.number); }
  void operator()(const PersonPut& put) { give("people", put.person.id.number); }
  void operator()(const TeamPut& put) { give("teams", put.team.id.number); }
  void operator()(const RolePut& put) { give("roles", put.role.id.number); }
  void operator()(const SessionPut& put) { give("sessions", put.session.id.number); }
  void operator()(const TokenPut& put) { give("tokens", put.token.id.number); }
  void operator()(const InvitationPut& put) { give("invitations", put.invitation.id.number); }
  void operator()(const ConversationPut& put) { give("conversations", put.conversation.id.number); }
  void operator()(const MessageAdded& added) { give("messages", added.message.id.number); }
  template <class Other>
  void operator()(const Other&) {}

  void write(Database& database) const {
    for (const auto& [table, number] : greatest_) {
      database
          .statement(
              "INSERT INTO given_numbers (name, number) VALUES (?,?) ON CONFLICT (name) DO UPDATE"
              " SET number = greatest(given_numbers.number, excluded.number)")
          .bind(table)
          .bind(number)
          .run();
    }
  }

 private:
  void give(const char* table, std::uint64_t number) {
    std::uint64_t& greatest = greatest_[table];
    greatest = std::max(greatest, number);
  }
  std::map<std::string, std::uint64_t> greatest_;
};

// Makes the connection ready for one writer. The server's settings may not make commits less than
// durable, and what an unreachable client holds is let go of.
Database open_for_writing(const std::string& conninfo) {
  Database database(conninfo);
  database.execute(
      "SELECT set_config('synchronous_commit', 'on', false)"
      " WHERE current_setting('synchronous_commit') = 'off';"
      "SET idle_in_transaction_session_timeout = '1s';"
      "SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 2;"
      "SET tcp_keepalives_count = 3; SET tcp_user_timeout = 10000;"
      "SET lock_timeout = '5s'");
  try {
    database.execute(fmt::format("SELECT pg_advisory_lock({})", kWriterLock));
  } catch (const PostgresFailure& failure) {
    if (failure.sqlstate() != "55P03") throw;  // lock_timeout
    throw StoreFailure(
        "Another Pastille works on this database, and one at a time may. Stop it first, or give "
        "the "
        "command the --data DIR of the running server.");
  }
  database.execute("SET lock_timeout = '2s'");
  return database;
}

}  // namespace

PostgresStore::PostgresStore(std::string conninfo) : conninfo_(std::move(conninfo)) {
  migrate(database());
}

Database& PostgresStore::database() {
  if (database_ && database_->lost()) database_.reset();
  if (!database_) database_.emplace(open_for_writing(conninfo_));
  return *database_;
}

template <class Work>
auto PostgresStore::with_database(Work work) {
  Database& ready = database();
  try {
    return work(ready);
  } catch (const PostgresFailure&) {
    database_.reset();
    throw;
  }
}

Organisation PostgresStore::load() {
  return with_database([](Database& database) {
    database.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    Organisation state = sql::read_organisation(database, kGivenNumbers);
    state.seq = static_cast<std::uint64_t>(sql::meta(database, "seq").value_or(0));
    database.execute("COMMIT");
    return state;
  });
}

Epoch PostgresStore::begin_epoch() {
  return with_database([](Database& database) {
    const auto seq = static_cast<std::uint64_t>(sql::meta(database, "seq").value_or(0));
    const Epoch epoch{.id = random_epoch(), .first_seq = seq + 1};
    database.statement("INSERT INTO epochs (id, first_seq) VALUES (?,?)")
        .bind(epoch.id)
        .bind(epoch.first_seq)
        .run();
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
  try {
    database_->begin_batch();
    write(*database_, batch);
    database_->end_batch();
    return Committed{};
  } catch (const PostgresFailure& failure) {
    if (failure.sqlstate() != kAnotherWasFirst) {
      database_.reset();
      if (failure.lost()) return OutcomeUnknown{failure.what()};
      return NotCommitted{failure.what()};
    }
  }
  auto missed = changes_since(batch.expected_seq);
  return MovedOn{.missed = missed ? *std::move(missed) : std::vector<Event>()};
}

void PostgresStore::write(Database& database, const Batch& batch) {
  const Event& last = batch.events.back();
  database.statement("SELECT advance(?, ?)").bind(batch.expected_seq).bind(last.seq).run();
  GivenNumbers given;
  for (const Event& event : batch.events) {
    for (const Change& change : event.changes) {
      sql::write_row(database, change);
      std::visit(given, change);
    }
    database
        .statement("INSERT INTO events (seq, at, batch, short_lived, payload) VALUES (?,?,?,?,?)")
        .bind(event.seq)
        .bind(event.at)
        .bind(batch.id)
        .bind(is_short_lived(event))
        .bind(wire::changes_json(event.changes))
        .run();
  }
  given.write(database);
  sql::set_meta(database, "newest_event", last.at.time_since_epoch().count());
}

// The transaction may still be under way on a server that we lost: it holds the row of the position
// until it is over, so that is asked for first.
Settled PostgresStore::settle(const BatchId& id) {
  database_.reset();
  return with_database([&](Database& database) {
    database.execute("BEGIN; SELECT value FROM meta WHERE key = 'seq' FOR UPDATE; COMMIT");
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
    const bool messages = sql::forget_messages(database, before.messages, at_most);
    database.execute("COMMIT");
    history_looked_at_ = history.value_or(sql::HistoryRow{});
    return events || history || messages;
  });
}

}  // namespace pastille::postgres
