// What the stores of both engines ask of the tables alike: numbers of the organisation, missed
// events, and what is forgotten. A Database is sqlite/database.h or postgres/database.h; all inside
// the caller's transaction.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/ports/store.h"
#include "wire/event_json.h"

namespace pastille::sql {

template <class Database>
void set_meta(Database& database, const char* key, std::int64_t value) {
  database
      .statement(
          "INSERT INTO meta (key, value) VALUES (?,?)"
          " ON CONFLICT (key) DO UPDATE SET value = excluded.value")
      .bind(key)
      .bind(std::to_string(value))
      .run();
}

template <class Database>
std::optional<std::int64_t> meta(Database& database, const char* key) {
  auto& query = database.statement("SELECT CAST(value AS BIGINT) FROM meta WHERE key = ?");
  std::optional<std::int64_t> value;
  if (query.bind(key).step()) value = query.integer(0);
  query.reset();
  return value;
}

// The only text among them.
template <class Database>
std::string folding_version(Database& database) {
  auto& query = database.statement("SELECT value FROM meta WHERE key = 'folding_version'");
  std::string version;
  if (query.step()) version = query.text(0);
  query.reset();
  return version;
}

template <class Database>
std::optional<Time> time_in_meta(Database& database, const char* key) {
  const auto at = meta(database, key);
  return at ? std::optional(Time(Duration(*at))) : std::nullopt;
}

// Events after `seq`; nullopt when some of them are forgotten. Throws StoreFailure for a damaged
// one.
template <class Database>
std::optional<std::vector<Event>> changes_since(Database& database, std::uint64_t seq) {
  std::vector<Event> events;
  auto& query =
      database.statement("SELECT seq, at, payload FROM events WHERE seq > ? ORDER BY seq");
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
  // Asked for afterwards: another node may forget some in between.
  if (seq < static_cast<std::uint64_t>(meta(database, "forgotten").value_or(0))) {
    return std::nullopt;
  }
  return events;
}

// True here and below: there is more.
template <class Database>
bool forget_events(Database& database, Time before, std::size_t at_most) {
  auto& oldest = database.statement(
      "SELECT max(seq), count(*) FROM (SELECT seq FROM events WHERE short_lived = 1 AND at < ?"
      " ORDER BY at LIMIT ?) AS oldest");
  oldest.bind(before).bind(at_most).step();
  const std::int64_t count = oldest.integer(1);
  const std::int64_t seq = count == 0 ? 0 : oldest.integer(0);
  oldest.reset();
  if (count == 0) return false;
  set_meta(database, "forgotten", std::max(seq, meta(database, "forgotten").value_or(0)));
  database
      .statement(
          "DELETE FROM events WHERE seq IN (SELECT seq FROM events WHERE short_lived = 1"
          " AND at < ? ORDER BY at LIMIT ?)")
      .bind(before)
      .bind(at_most)
      .run();
  return std::cmp_equal(count, at_most);
}

// A row of own history in the order of time.
struct HistoryRow {
  std::int64_t at = std::numeric_limits<std::int64_t>::min();
  std::int64_t id = 0;
};

// A step ended when the person's next one began. Those that have not stay however old they are, so
// a pass goes on behind the last row that it looked at; nullopt: it is over.
template <class Database>
std::optional<HistoryRow> forget_own_history(Database& database, HistoryRow from, Time before,
                                             std::size_t at_most) {
  auto& last = database.statement(
      "SELECT at, id FROM own_history WHERE at < ? AND (at, id) > (?, ?) ORDER BY at, id"
      " LIMIT 1 OFFSET ?");
  std::optional<HistoryRow> up_to;
  if (last.bind(before).bind(from.at).bind(from.id).bind(at_most - 1).step()) {
    up_to = HistoryRow{.at = last.integer(0), .id = last.integer(1)};
  }
  last.reset();
  database
      .statement(
          "DELETE FROM own_history WHERE at < ?1 AND (at, id) > (?2, ?3) AND (at, id) <= (?4, ?5)"
          " AND EXISTS (SELECT 1 FROM own_history AS next WHERE next.\"user\" = "
          "own_history.\"user\""
          " AND next.id > own_history.id AND next.at < ?1)")
      .bind(before)
      .bind(from.at)
      .bind(from.id)
      .bind(up_to ? up_to->at : std::numeric_limits<std::int64_t>::max())
      .bind(up_to ? up_to->id : std::numeric_limits<std::int64_t>::max())
      .run();
  return up_to;
}

template <class Database>
bool forget_messages(Database& database, Time before, std::size_t at_most) {
  auto& oldest = database.statement(
      "SELECT count(*) FROM (SELECT 1 FROM messages WHERE at < ? ORDER BY at LIMIT ?) AS oldest");
  oldest.bind(before).bind(at_most).step();
  const std::int64_t count = oldest.integer(0);
  oldest.reset();
  if (count == 0) return false;
  database
      .statement(
          "DELETE FROM messages WHERE id IN (SELECT id FROM messages WHERE at < ? ORDER BY at"
          " LIMIT ?)")
      .bind(before)
      .bind(at_most)
      .run();
  return std::cmp_equal(count, at_most);
}

}  // namespace pastille::sql
