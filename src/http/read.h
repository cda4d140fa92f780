// Has something read from the archive on a reader thread and answers from there.
#pragma once

#include <charconv>
#include <memory>
#include <string>
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

// `read(const Call&, Archive&) -> Response`.
template <class Read>
void run_read(Call call, Read read) {
  const auto kept = std::make_shared<Call>(std::move(call));
  std::move_only_function<void()> task = [kept, read = std::move(read)] {
    try {
      kept->answer(read(std::as_const(*kept), kept->parts().archive));
    } catch (const std::exception& broken) {
      kept->parts().observer.failed(kept->request.id, broken.what());
      kept->refuse(store_unreachable());
    }
  };
  if (!kept->site.readers.run(task)) kept->refuse(store_unreachable());
}

// Reads something that a command needs first; `then(Call, T)` runs on the connection's thread.
template <class Read, class Then>
void after_reading(Call call, Read read, Then then) {
  const auto kept = std::make_shared<Call>(std::move(call));
  std::move_only_function<void()> task = [kept, read = std::move(read),
                                          then = std::move(then)]() mutable {
    try {
      auto found = read(std::as_const(*kept), kept->parts().archive);
      kept->responder.hop([kept, then = std::move(then), found = std::move(found)]() mutable {
        then(std::move(*kept), std::move(found));
      });
    } catch (const std::exception& broken) {
      kept->parts().observer.failed(kept->request.id, broken.what());
      kept->refuse(store_unreachable());
    }
  };
  if (!kept->site.readers.run(task)) kept->refuse(store_unreachable());
}

// The limit and cursor of a paged history; faults are noted in `query`.
inline PageRequest page_request(Query& query) {
  PageRequest page{.limit = query.limit()};
  const std::string key = query.cursor();
  if (key.empty()) return page;
  const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), page.before);
  if (error != std::errc() || end != key.data() + key.size()) {
    query.fault("cursor", "This is no cursor of this query; begin again without it.");
  }
  return page;
}

// {items, total, next} of a page of the archive.
template <class Item, class Write>
Response page_response(const Call& call, const Page<Item>& page, Write write) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("items").begin_array();
  for (const Item& item : page.items) write(json, item);
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
