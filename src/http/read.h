// Has something read from the archive on a reader thread and answers from there.
#pragma once

#include <charconv>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>

#include "http/call.h"
#include "http/cursor.h"
#include "http/query.h"
#include "wire/json_writer.h"

namespace pastille::http {

inline Refusal store_unreachable() {
  return {.problem = Problem::kUnavailable,
          .detail = "The store does not answer at present; try again.",
          .retry_after = std::chrono::seconds(1)};
}

// Of conversations, the first message that who asks may read.
inline MessageId reads_from(const Call& call) {
  return call.organisation->person(call.who.user)->sign_in.reads_from;
}

// Has a reader do it, in this person's turn; refuses where too much waits.
inline void give_to_readers(const std::shared_ptr<Call>& call, ReaderPool::Task task) {
  const auto taken = call->site.readers.run(call->who.user, task);
  if (taken) return;
  if (taken.error() == ReaderPool::Full::kAll) return call->refuse(store_unreachable());
  call->refuse({.problem = Problem::kTooMany,
                .detail = "As many of your requests as may be wait for an answer already. Wait for "
                          "some of them.",
                .retry_after = std::chrono::seconds(1)});
}

// What a read throws, said to who asked. Only a store that is not there is said to be not there.
inline Refusal refusal_of(const std::exception& broken) {
  const auto* failure = dynamic_cast<const StoreFailure*>(&broken);
  const bool lost = failure != nullptr && failure->fault() == Fault::kStore;
  return lost ? store_unreachable() : internal_fault(broken.what());
}

// `read(const Call&, Archive&) -> Response`.
template <class Read>
void run_read(Call call, Read read) {
  const auto kept = std::make_shared<Call>(std::move(call));
  ReaderPool::Task task = [kept, read = std::move(read)] {
    try {
      kept->answer(read(std::as_const(*kept), kept->parts().archive));
    } catch (const std::exception& broken) {
      kept->fail(broken.what(), refusal_of(broken));
    }
  };
  give_to_readers(kept, std::move(task));
}

// Reads something that a command needs first; `then(Call, T)` runs on the connection's thread.
template <class Read, class Then>
void after_reading(Call call, Read read, Then then) {
  const auto kept = std::make_shared<Call>(std::move(call));
  ReaderPool::Task task = [kept, read = std::move(read), then = std::move(then)]() mutable {
    try {
      auto found = read(std::as_const(*kept), kept->parts().archive);
      kept->responder.hop([kept, then = std::move(then), found = std::move(found)]() mutable {
        then(std::move(*kept), std::move(found));
      });
    } catch (const std::exception& broken) {
      kept->fail(broken.what(), refusal_of(broken));
    }
  };
  give_to_readers(kept, std::move(task));
}

// The limit and cursor of a paged history; faults are noted in `query`.
inline PageRequest page_request(Query& query) {
  PageRequest page{.limit = query.limit()};
  const std::string key = query.cursor();
  if (key.empty()) return page;
  const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), page.before);
  if (error != std::errc() || end != key.data() + key.size()) {
    query.fault("cursor", "This is no cursor of this query; begin again without it.", "cursor");
  }
  return page;
}

// {items, total, next} of a page of the archive. `write(json, item)`, or `write(json, number,
// item)` where an item has no id of its own and gets that of its row.
template <class Item, class Write>
Response page_response(const Call& call, const Page<Item>& page, Write write) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("items").begin_array();
  for (std::size_t i = 0; i < page.items.size(); ++i) {
    if constexpr (std::is_invocable_v<Write, JsonWriter&, const Item&>) {
      write(json, page.items[i]);
    } else {
      write(json, page.numbers.at(i), page.items[i]);
    }
  }
  json.end_array().field("total", page.total).key("next");
  if (page.next_before == 0) {
    json.null();
  } else {
    json.value(make_cursor(std::to_string(page.next_before), call.request));
  }
  json.end_object();
  return json_response(200, std::move(out));
}

}  // namespace pastille::http
