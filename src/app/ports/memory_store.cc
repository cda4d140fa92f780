#include "app/ports/memory_store.h"

#include <algorithm>
#include <map>
#include <set>
#include <type_traits>
#include <variant>

#include "app/ports/random_epoch.h"
#include "app/short_lived.h"

namespace pastille {
namespace {

// The newest `limit` of those that match and are older than `page.before`.
template <class Rows, class Match, class Number, class Item>
auto page_of(const Rows& rows, PageRequest page, Match match, Number number, Item item) {
  Page<decltype(item(rows.front()))> out;
  std::uint64_t last = 0;
  for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
    if (!match(*row)) continue;
    ++out.total;
    if (page.before != 0 && number(*row) >= page.before) continue;
    if (out.items.size() < page.limit) {
      out.items.push_back(item(*row));
      last = number(*row);
      out.numbers.push_back(last);
    } else {
      out.next_before = last;  // there is an older one
    }
  }
  return out;
}

}  // namespace

Organisation MemoryStore::load() {
  const std::lock_guard lock(mutex_);
  return stored_;
}

Epoch MemoryStore::begin_epoch() {
  const std::lock_guard lock(mutex_);
  stored_.epochs.push_back(Epoch{.id = random_epoch(), .first_seq = stored_.seq + 1});
  return stored_.epochs.back();
}

CommitResult MemoryStore::commit(const Batch& batch) {
  const std::lock_guard lock(mutex_);
  if (batch.expected_seq != stored_.seq) {
    MovedOn moved;
    for (const Event& event : events_) {
      if (event.seq > batch.expected_seq) moved.missed.push_back(event);
    }
    return moved;
  }
  for (const Event& event : batch.events) {
    for (const Change& change : event.changes) {
      if (connections_ == Connections::kLeftOut && !is_durable(change)) continue;
      if (std::holds_alternative<GraceSet>(change)) continue;  // of a process
      stored_.apply(change);
      write(change);
    }
    stored_.seq = event.seq;
    newest_ = event.at;
    events_.push_back(event);
  }
  batches_.push_back(batch.id);
  return Committed{};
}

void MemoryStore::lose_newest(std::size_t events) {
  if (events == 0) return;
  const std::lock_guard lock(mutex_);
  events_.resize(events_.size() - events);
  Epochs epochs = std::move(stored_.epochs);
  stored_ = {};
  stored_.own_id = kOrganisation;
  for (const Event& event : events_) {
    for (const Change& change : event.changes) {
      if (!std::holds_alternative<GraceSet>(change)) stored_.apply(change);
    }
    stored_.seq = event.seq;
  }
  stored_.epochs = std::move(epochs);
}

void MemoryStore::write(const Change& change) {
  if (const auto* added = std::get_if<StatusHistoryAdded>(&change)) {
    status_history_.push_back({next_row_++, added->item});
  } else if (const auto* step = std::get_if<OwnHistoryAdded>(&change)) {
    own_history_.push_back({next_row_++, step->item});
  } else if (const auto* audit = std::get_if<AuditAdded>(&change)) {
    audit_.push_back({next_row_++, audit->item});
  } else if (const auto* message = std::get_if<MessageAdded>(&change)) {
    messages_.push_back(message->message);
  } else if (const auto* kept = std::get_if<AnswerKept>(&change)) {
    answers_.insert_or_assign({kept->user, kept->key}, *kept);
  } else if (const auto* erased = std::get_if<OwnHistoryErased>(&change)) {
    std::erase_if(own_history_, [&](const auto& row) { return row.item.user == erased->user; });
  } else if (const auto* answers = std::get_if<AnswersPurged>(&change)) {
    std::erase_if(answers_, [&](const auto& each) { return each.second.at < answers->before; });
  }
}

Settled MemoryStore::settle(const BatchId& id) {
  const std::lock_guard lock(mutex_);
  return std::ranges::find(batches_, id) != batches_.end() ? Settled::kThere : Settled::kNotThere;
}

std::optional<std::vector<Event>> MemoryStore::changes_since(std::uint64_t seq) {
  const std::lock_guard lock(mutex_);
  if (seq < forgotten_up_to_) return std::nullopt;
  std::vector<Event> since;
  for (const Event& event : events_) {
    if (event.seq > seq) since.push_back(event);
  }
  return since;
}

void MemoryStore::note_alive(Time at) {
  const std::lock_guard lock(mutex_);
  alive_ = at;
}

std::optional<Time> MemoryStore::last_alive() {
  const std::lock_guard lock(mutex_);
  return alive_;
}

std::string MemoryStore::folding_version() {
  const std::lock_guard lock(mutex_);
  return folding_version_;
}

void MemoryStore::note_folding_version(const std::string& version) {
  const std::lock_guard lock(mutex_);
  folding_version_ = version;
}

std::optional<Time> MemoryStore::newest_event() {
  const std::lock_guard lock(mutex_);
  return newest_;
}

bool MemoryStore::forget(const Retention& before, std::size_t at_most) {
  const std::lock_guard lock(mutex_);
  bool more = false;
  // Erases the oldest that are old, as many as may be looked at.
  const auto erase = [&](auto& rows, const auto& is_old) {
    std::size_t erased = 0;
    std::erase_if(rows, [&](const auto& row) {
      if (!is_old(row)) return false;
      if (erased == at_most) {
        more = true;
        return false;
      }
      ++erased;
      if constexpr (std::is_same_v<std::decay_t<decltype(row)>, Event>) {
        forgotten_up_to_ = std::max(forgotten_up_to_, row.seq);
      }
      return true;
    });
  };
  erase(events_,
        [&](const Event& event) { return event.at < before.events && is_short_lived(event); });
  std::map<UserId, Time> next_began;
  std::set<std::uint64_t> ended;
  for (auto row = own_history_.rbegin(); row != own_history_.rend(); ++row) {
    const auto next = next_began.find(row->item.user);
    if (next != next_began.end() && next->second < before.own_history) ended.insert(row->number);
    next_began.insert_or_assign(row->item.user, row->item.at);
  }
  erase(own_history_, [&](const auto& row) { return ended.contains(row.number); });
  erase(messages_, [&](const Message& each) { return each.at < before.messages; });
  return more;
}

Page<StatusHistoryItem> MemoryStore::status_history(StatusId id, PageRequest page) {
  const std::lock_guard lock(mutex_);
  return page_of(
      status_history_, page, [&](const auto& row) { return row.item.status == id; },
      [](const auto& row) { return row.number; }, [](const auto& row) { return row.item; });
}

Page<OwnHistoryStep> MemoryStore::own_history(UserId user, PageRequest page) {
  const std::lock_guard lock(mutex_);
  std::map<std::uint64_t, Time> ends;
  std::uint64_t before = 0;
  for (const auto& row : own_history_) {
    if (row.item.user != user) continue;
    if (before != 0) ends[before] = row.item.at;
    before = row.number;
  }
  return page_of(
      own_history_, page, [&](const auto& row) { return row.item.user == user; },
      [](const auto& row) { return row.number; },
      [&](const auto& row) {
        const auto end = ends.find(row.number);
        return OwnHistoryStep{.item = row.item,
                              .to = end == ends.end() ? std::nullopt : std::optional(end->second)};
      });
}

Page<AuditItem> MemoryStore::audit(const AuditQuery& wanted) {
  const std::lock_guard lock(mutex_);
  const auto fits = [&](const auto& row) {
    const AuditItem& item = row.item;
    return (!wanted.by || item.by.user == *wanted.by) &&
           (wanted.target.empty() || item.target == wanted.target) &&
           (wanted.action.empty() || item.action == wanted.action ||
            item.action.starts_with(wanted.action + '.')) &&
           (!wanted.refused || item.problem.has_value() == *wanted.refused) &&
           (!wanted.since || item.at >= *wanted.since) &&
           (!wanted.before || item.at < *wanted.before);
  };
  return page_of(
      audit_, wanted.page, fits, [](const auto& row) { return row.number; },
      [](const auto& row) { return row.item; });
}

Page<Message> MemoryStore::messages(ConversationId id, MessageId from, PageRequest page) {
  const std::lock_guard lock(mutex_);
  return page_of(
      messages_, page,
      [&](const Message& each) { return each.conversation == id && each.id >= from; },
      [](const Message& each) { return each.id.number; }, [](const Message& each) { return each; });
}

std::vector<Message> MemoryStore::messages_by_id(const std::vector<MessageId>& ids,
                                                 MessageId from) {
  const std::lock_guard lock(mutex_);
  std::vector<Message> found;
  for (const Message& each : messages_) {
    if (each.id >= from && std::ranges::find(ids, each.id) != ids.end()) found.push_back(each);
  }
  return found;
}

std::optional<AnswerKept> MemoryStore::answer(UserId user, const std::string& key) {
  const std::lock_guard lock(mutex_);
  const auto found = answers_.find({user, key});
  if (found == answers_.end()) return std::nullopt;
  return found->second;
}

}  // namespace pastille
