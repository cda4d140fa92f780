#include "sqlite/sqlite_store.h"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>

#include "app/ports/random_epoch.h"
#include "app/short_lived.h"
#include "core/limits.h"
#include "sql/erased_history.h"
#include "sql/read_rows.h"
#include "sql/store_rows.h"
#include "sql/write_row.h"
#include "sqlite/log_again.h"
#include "sqlite/schema.h"
#include "wire/event_json.h"

namespace pastille {
namespace {

// The disk said no before anything could become durable: the transaction did not happen.
bool certainly_rolled_back(const SqliteFailure& failure) {
  return failure.code() == SQLITE_FULL || failure.code() == SQLITE_BUSY ||
         failure.code() == SQLITE_CONSTRAINT || failure.code() == SQLITE_READONLY;
}

}  // namespace

SqliteStore::SqliteStore(const std::filesystem::path& directory)
    : directory_(DataDirectory::hold(directory)),
      database_(open_for_writing(directory_.database())) {}

template <class Work>
auto SqliteStore::with_database(Work work) {
  if (!database_) throw StoreFailure("The database is closed until it can be opened again.");
  try {
    return work(*database_);
  } catch (...) {
    database_->interrupt();
    throw;
  }
}

Organisation SqliteStore::load() {
  return with_database([](Database& database) {
    Organisation state = sql::read_organisation(database, "SELECT name, seq FROM sqlite_sequence");
    state.seq = position(database);
    return state;
  });
}

// Positions of those that go are known no more: who comes with one gets a fresh board.
Epoch SqliteStore::begin_epoch() {
  return with_database([](Database& database) {
    const Epoch epoch{.id = random_epoch(), .first_seq = position(database) + 1};
    database.execute("BEGIN IMMEDIATE");
    database.statement("INSERT INTO epochs (id, first_seq) VALUES (?,?)")
        .bind(epoch.id)
        .bind(epoch.first_seq)
        .run();
    database.statement("DELETE FROM epochs WHERE number <= (SELECT max(number) FROM epochs) - ?")
        .bind(limits::kEpochsKept)
        .run();
    database.execute("COMMIT");
    return epoch;
  });
}

CommitResult SqliteStore::commit(const Batch& batch) {
  bool committing = false;
  try {
    return with_database([&](Database& database) -> CommitResult {
      database.execute("BEGIN IMMEDIATE");
      if (position(database) != batch.expected_seq) {
        database.execute("ROLLBACK");
        auto missed = sql::changes_since(database, batch.expected_seq);
        return MovedOn{.missed = missed ? *std::move(missed) : std::vector<Event>()};
      }
      write(database, batch);
      committing = true;
      database.execute("COMMIT");
      return Committed{};
    });
  } catch (const SqliteFailure& failure) {
    // A COMMIT that failed for any other reason than a full disk may or may not be on the disk.
    if (committing && !certainly_rolled_back(failure)) return OutcomeUnknown{failure.what()};
    if (failure.fault() == Fault::kStore) return NotCommitted{failure.what()};
    return Unstorable{.fault = failure.fault(), .why = failure.what()};
  } catch (const StoreFailure& failure) {
    return NotCommitted{failure.what()};
  } catch (const std::exception& broken) {  // memory, JSON: before the COMMIT
    return Unstorable{.fault = Fault::kContradiction, .why = broken.what()};
  }
}

void SqliteStore::write(Database& database, const Batch& batch) {
  for (const Event& event : batch.events) {
    for (const Change& change : event.changes) sql::write_row(database, change);
    database
        .statement("INSERT INTO events (seq, at, batch, short_lived, payload) VALUES (?,?,?,?,?)")
        .bind(event.seq)
        .bind(event.at)
        .bind(batch.id)
        .bind(is_short_lived(event))
        .bind(wire::changes_json(event.changes))
        .run();
  }
  if (batch.events.empty()) return;
  sql::set_meta(database, "seq", static_cast<std::int64_t>(batch.events.back().seq));
  sql::set_meta(database, "newest_event", batch.events.back().at.time_since_epoch().count());
}

// What is read after a failed sync may be in the kernel's memory only. So nothing is decided before
// the log was written and synced once more, moved into the database, and emptied: an answer then
// holds over a power cut, and nothing of a refused batch is left for the next start to find.
Settled SqliteStore::settle(const BatchId& id) {
  database_.reset();
  write_log_again(directory_.database());
  Database opened = open_for_writing(directory_.database());
  empty_log(opened);
  database_.emplace(std::move(opened));
  return with_database([&](Database& database) {
    Statement query(database.handle(), "SELECT 1 FROM events WHERE batch = ? LIMIT 1");
    return query.bind(id).step() ? Settled::kThere : Settled::kNotThere;
  });
}

void SqliteStore::empty_log(Database& database) {
  Statement checkpoint(database.handle(), "PRAGMA wal_checkpoint(TRUNCATE)");
  if (checkpoint.step() && checkpoint.integer(0) != 0) {
    throw StoreFailure("The database's log is being read and cannot be emptied.");
  }
}

std::optional<std::vector<Event>> SqliteStore::changes_since(std::uint64_t seq) {
  return with_database([&](Database& database) { return sql::changes_since(database, seq); });
}

void SqliteStore::note_alive(Time at) {
  with_database(
      [&](Database& database) { sql::set_meta(database, "alive", at.time_since_epoch().count()); });
}

std::optional<Time> SqliteStore::last_alive() {
  return with_database([](Database& database) { return sql::time_in_meta(database, "alive"); });
}

std::string SqliteStore::folding_version() { return sql::folding_version(*database_); }

void SqliteStore::note_folding_version(const std::string& version) {
  database_
      ->statement(
          "INSERT INTO meta (key, value) VALUES ('folding_version', ?)"
          " ON CONFLICT (key) DO UPDATE SET value = excluded.value")
      .bind(version)
      .run();
}

std::optional<Time> SqliteStore::newest_event() {
  return with_database(
      [](Database& database) { return sql::time_in_meta(database, "newest_event"); });
}

bool SqliteStore::forget(const Retention& before, std::size_t at_most) {
  return with_database([&](Database& database) {
    database.execute("BEGIN IMMEDIATE");
    const bool events = sql::forget_events(database, before.events, at_most);
    const std::optional<sql::HistoryRow> history =
        sql::forget_own_history(database, history_looked_at_, before.own_history, at_most);
    const bool erased = sql::forget_erased_history(database, at_most);
    const bool messages = sql::forget_messages(database, before.messages, at_most);
    database.execute("COMMIT");
    history_looked_at_ = history.value_or(sql::HistoryRow{});
    return events || history || erased || messages;
  });
}

std::uint64_t SqliteStore::position(Database& database) {
  return static_cast<std::uint64_t>(sql::meta(database, "seq").value_or(0));
}

}  // namespace pastille
