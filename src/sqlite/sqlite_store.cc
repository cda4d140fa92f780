#include "sqlite/sqlite_store.h"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>

#include "app/ports/random_epoch.h"
#include "app/short_lived.h"
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

Organisation SqliteStore::load() {
  Organisation state = sql::read_organisation(*database_, "SELECT name, seq FROM sqlite_sequence");
  state.seq = position();
  return state;
}

Epoch SqliteStore::begin_epoch() {
  const Epoch epoch{.id = random_epoch(), .first_seq = position() + 1};
  database_->statement("INSERT INTO epochs (id, first_seq) VALUES (?,?)")
      .bind(epoch.id)
      .bind(epoch.first_seq)
      .run();
  return epoch;
}

CommitResult SqliteStore::commit(const Batch& batch) {
  bool committing = false;
  try {
    database_->execute("BEGIN IMMEDIATE");
    if (position() != batch.expected_seq) {
      roll_back();
      auto missed = changes_since(batch.expected_seq);
      return MovedOn{.missed = missed ? *std::move(missed) : std::vector<Event>()};
    }
    write(batch);
    committing = true;
    database_->execute("COMMIT");
    return Committed{};
  } catch (const SqliteFailure& failure) {
    const bool open = database_->in_transaction();
    if (open) roll_back();
    // A COMMIT that failed for any other reason than a full disk may or may not be on the disk.
    if (committing && !certainly_rolled_back(failure)) return OutcomeUnknown{failure.what()};
    return NotCommitted{failure.what()};
  }
}

void SqliteStore::write(const Batch& batch) {
  for (const Event& event : batch.events) {
    for (const Change& change : event.changes) sql::write_row(*database_, change);
    database_
        ->statement("INSERT INTO events (seq, at, batch, short_lived, payload) VALUES (?,?,?,?,?)")
        .bind(event.seq)
        .bind(event.at)
        .bind(batch.id)
        .bind(is_short_lived(event))
        .bind(wire::changes_json(event.changes))
        .run();
  }
  if (batch.events.empty()) return;
  sql::set_meta(*database_, "seq", static_cast<std::int64_t>(batch.events.back().seq));
  sql::set_meta(*database_, "newest_event", batch.events.back().at.time_since_epoch().count());
}

// What is read after a failed sync may be in the kernel's memory only. So nothing is decided before
// the log was written and synced once more, moved into the database, and emptied: an answer then
// holds over a power cut, and nothing of a refused batch is left for the next start to find.
Settled SqliteStore::settle(const BatchId& id) {
  database_.reset();
  write_log_again(directory_.database());
  database_.emplace(open_for_writing(directory_.database()));
  empty_log();
  Statement& query = database_->statement("SELECT 1 FROM events WHERE batch = ? ORDER BY seq DESC");
  const bool there = query.bind(id).step();
  query.reset();
  return there ? Settled::kThere : Settled::kNotThere;
}

void SqliteStore::empty_log() {
  Statement checkpoint(database_->handle(), "PRAGMA wal_checkpoint(TRUNCATE)");
  if (checkpoint.step() && checkpoint.integer(0) != 0) {
    throw StoreFailure("The database's log is being read and cannot be emptied.");
  }
}

std::optional<std::vector<Event>> SqliteStore::changes_since(std::uint64_t seq) {
  return sql::changes_since(*database_, seq);
}

void SqliteStore::note_alive(Time at) {
  sql::set_meta(*database_, "alive", at.time_since_epoch().count());
}

std::optional<Time> SqliteStore::last_alive() { return sql::time_in_meta(*database_, "alive"); }

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
  return sql::time_in_meta(*database_, "newest_event");
}

bool SqliteStore::forget(const Retention& before, std::size_t at_most) {
  try {
    database_->execute("BEGIN IMMEDIATE");
    const bool events = sql::forget_events(*database_, before.events, at_most);
    const std::optional<sql::HistoryRow> history =
        sql::forget_own_history(*database_, history_looked_at_, before.own_history, at_most);
    const bool messages = sql::forget_messages(*database_, before.messages, at_most);
    database_->execute("COMMIT");
    history_looked_at_ = history.value_or(sql::HistoryRow{});
    return events || history || messages;
  } catch (const SqliteFailure&) {
    if (database_->in_transaction()) roll_back();
    throw;
  }
}

std::uint64_t SqliteStore::position() {
  return static_cast<std::uint64_t>(sql::meta(*database_, "seq").value_or(0));
}

void SqliteStore::roll_back() {
  try {
    database_->execute("ROLLBACK");
  } catch (const SqliteFailure&) {
    // SQLite has rolled back by itself.
    return;
  }
}

}  // namespace pastille
