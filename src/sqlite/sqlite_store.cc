#include "sqlite/sqlite_store.h"

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <string>
#include <utility>

#include "app/ports/random_epoch.h"
#include "app/short_lived.h"
#include "sqlite/log_again.h"
#include "sqlite/rows.h"
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
  Organisation state = read_organisation(*database_);
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
    for (const Change& change : event.changes) write_row(*database_, change);
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
  set_meta("seq", static_cast<std::int64_t>(batch.events.back().seq));
  set_meta("newest_event", batch.events.back().at.time_since_epoch().count());
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
  if (seq < static_cast<std::uint64_t>(meta("forgotten").value_or(0))) return std::nullopt;
  std::vector<Event> events;
  Statement& query =
      database_->statement("SELECT seq, at, payload FROM events WHERE seq > ? ORDER BY seq");
  query.bind(seq);
  while (query.step()) {
    Event event{.seq = query.number(0), .at = query.time(1), .changes = {}};
    try {
      event.changes = wire::parse_changes_json(query.text(2));
    } catch (const std::runtime_error& damaged) {
      query.reset();
      throw StoreFailure("Event " + std::to_string(event.seq) + ": " + damaged.what());
    }
    events.push_back(std::move(event));
  }
  return events;
}

void SqliteStore::note_alive(Time at) { set_meta("alive", at.time_since_epoch().count()); }

std::optional<Time> SqliteStore::last_alive() {
  const auto at = meta("alive");
  return at ? std::optional(Time(Duration(*at))) : std::nullopt;
}

std::optional<Time> SqliteStore::newest_event() {
  const auto at = meta("newest_event");
  return at ? std::optional(Time(Duration(*at))) : std::nullopt;
}

bool SqliteStore::forget(const Retention& before, std::size_t at_most) {
  try {
    database_->execute("BEGIN IMMEDIATE");
    const bool events = forget_events(before.events, at_most);
    const std::optional<HistoryRow> history = forget_own_history(before.own_history, at_most);
    const bool messages = forget_messages(before.messages, at_most);
    database_->execute("COMMIT");
    history_looked_at_ = history.value_or(HistoryRow{});
    return events || history || messages;
  } catch (const SqliteFailure&) {
    if (database_->in_transaction()) roll_back();
    throw;
  }
}

bool SqliteStore::forget_events(Time before, std::size_t at_most) {
  Statement& oldest = database_->statement(
      "SELECT max(seq), count(*) FROM (SELECT seq FROM events WHERE short_lived = 1 AND at < ?"
      " ORDER BY at LIMIT ?)");
  oldest.bind(before).bind(at_most).step();
  const std::int64_t count = oldest.integer(1);
  const std::int64_t seq = count == 0 ? 0 : oldest.integer(0);
  oldest.reset();
  if (count == 0) return false;
  set_meta("forgotten", std::max(seq, meta("forgotten").value_or(0)));
  database_
      ->statement(
          "DELETE FROM events WHERE seq IN (SELECT seq FROM events WHERE short_lived = 1"
          " AND at < ? ORDER BY at LIMIT ?)")
      .bind(before)
      .bind(at_most)
      .run();
  return std::cmp_equal(count, at_most);
}

// A step ended when the person's next one began. Those that have not stay however old they are, so
// a pass goes on behind the last row that it looked at; nullopt: it is over.
std::optional<SqliteStore::HistoryRow> SqliteStore::forget_own_history(Time before,
                                                                       std::size_t at_most) {
  const HistoryRow from = history_looked_at_;
  Statement& last = database_->statement(
      "SELECT at, id FROM own_history WHERE at < ? AND (at, id) > (?, ?) ORDER BY at, id"
      " LIMIT 1 OFFSET ?");
  std::optional<HistoryRow> up_to;
  if (last.bind(before).bind(from.at).bind(from.id).bind(at_most - 1).step()) {
    up_to = HistoryRow{.at = last.integer(0), .id = last.integer(1)};
  }
  last.reset();
  database_
      ->statement(
          "DELETE FROM own_history WHERE at < ?1 AND (at, id) > (?2, ?3) AND (at, id) <= (?4, ?5)"
          " AND EXISTS (SELECT 1 FROM own_history AS next WHERE next.user = own_history.user"
          " AND next.id > own_history.id AND next.at < ?1)")
      .bind(before)
      .bind(from.at)
      .bind(from.id)
      .bind(up_to ? up_to->at : std::numeric_limits<std::int64_t>::max())
      .bind(up_to ? up_to->id : std::numeric_limits<std::int64_t>::max())
      .run();
  return up_to;
}

bool SqliteStore::forget_messages(Time before, std::size_t at_most) {
  Statement& oldest = database_->statement(
      "SELECT count(*) FROM (SELECT 1 FROM messages WHERE at < ? ORDER BY at LIMIT ?)");
  oldest.bind(before).bind(at_most).step();
  const std::int64_t count = oldest.integer(0);
  oldest.reset();
  if (count == 0) return false;
  database_
      ->statement(
          "DELETE FROM messages WHERE id IN (SELECT id FROM messages WHERE at < ? ORDER BY at"
          " LIMIT ?)")
      .bind(before)
      .bind(at_most)
      .run();
  return std::cmp_equal(count, at_most);
}

std::uint64_t SqliteStore::position() {
  return static_cast<std::uint64_t>(meta("seq").value_or(0));
}

void SqliteStore::set_meta(const char* key, std::int64_t value) {
  database_
      ->statement(
          "INSERT INTO meta (key, value) VALUES (?,?)"
          " ON CONFLICT (key) DO UPDATE SET value = excluded.value")
      .bind(key)
      .bind(std::to_string(value))
      .run();
}

std::optional<std::int64_t> SqliteStore::meta(const char* key) {
  Statement& query = database_->statement("SELECT CAST(value AS INTEGER) FROM meta WHERE key = ?");
  std::optional<std::int64_t> value;
  if (query.bind(key).step()) value = query.integer(0);
  query.reset();
  return value;
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
