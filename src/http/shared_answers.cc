#include "http/shared_answers.h"

#include <algorithm>
#include <iterator>
#include <stdexcept>
#include <utility>

#include "http/call.h"
#include "http/content_coding.h"
#include "http/etag.h"
#include "http/read.h"

namespace pastille::http {

void SharedAnswer::serve(Call call, std::uint64_t version, Answer answer) {
  Site& site = call.site;
  Waiting wanted{.call = nullptr,
                 .epoch = call.organisation->position().epoch,
                 .version = version,
                 .answer = std::move(answer)};
  std::shared_ptr<const Encoded> kept;
  bool first = false;
  {
    const std::lock_guard lock(mutex_);
    if (kept_ != nullptr && wanted.served_by(*kept_)) {
      kept = kept_;
    } else {
      wanted.call = std::make_shared<Call>(std::move(call));
      line_.push_back(std::move(wanted));
      first = !std::exchange(making_, true);
    }
  }
  if (kept != nullptr) return call.answer(wanted.answer(call, *kept));
  if (first) begin(site);
}

void SharedAnswer::begin(Site& site) {
  ReaderPool::Task task = [this, &site] { make(site); };
  if (site.readers.run(UserId{}, task)) return;
  std::vector<Waiting> line;
  {
    const std::lock_guard lock(mutex_);
    line.swap(line_);
    making_ = false;
  }
  refuse_all(std::move(line));
}

// The state is taken after the line: whoever stands in it came before. Who comes while it is made
// may find what they want in it as well, or are the next line.
void SharedAnswer::make(Site& site) {
  std::vector<Waiting> line;
  {
    const std::lock_guard lock(mutex_);
    line.swap(line_);
  }
  const auto made = made_now(site);
  bool again = false;
  {
    const std::lock_guard lock(mutex_);
    if (made != nullptr) {
      kept_ = made;
      const auto later = std::ranges::partition(
          line_, [&](const Waiting& each) { return !each.served_by(*made); });
      std::ranges::move(later, std::back_inserter(line));
      line_.erase(later.begin(), later.end());
    }
    again = making_ = !line_.empty();
  }
  if (made == nullptr) {
    refuse_all(std::move(line));
  } else {
    for (const Waiting& each : line) each.call->answer(each.answer(*each.call, *made));
  }
  if (again) begin(site);
}

// nullptr: it could not be made, and the operator has been told.
std::shared_ptr<const Encoded> SharedAnswer::made_now(Site& site) const {
  try {
    Encoded made = make_(*site.parts.workspace.snapshot());
    made.gzip = std::make_shared<const std::string>(gzip(*made.plain));
    return std::make_shared<const Encoded>(std::move(made));
  } catch (const std::exception& broken) {
    site.parts.observer.failed("", broken.what());
    return nullptr;
  }
}

void SharedAnswer::refuse_all(std::vector<Waiting> line) {
  for (const Waiting& each : line) each.call->refuse(store_unreachable());
}

void SharedAnswer::stop() {
  std::vector<Waiting> dropped;
  const std::lock_guard lock(mutex_);
  dropped.swap(line_);
  making_ = false;
}

Response encoded_response(const Encoded& encoded, const Request& request) {
  Response response;
  response.with("Vary", "Accept-Encoding, Authorization, Cookie")
      .with("Content-Type", "application/json");
  if (accepts_coding(request, "gzip")) {
    response.with("Content-Encoding", "gzip");
    response.body = encoded.gzip;
  } else {
    response.body = encoded.plain;
  }
  return response;
}

Response shared_response(const Encoded& encoded, const Request& request) {
  Response response;
  if (none_match_names(request, encoded.tag())) {
    response.status = 304;
    response.with("Vary", "Accept-Encoding, Authorization, Cookie");
  } else {
    response = encoded_response(encoded, request);
  }
  response.with("ETag", encoded.tag()).with("Cache-Control", "private, no-cache");
  return response;
}

}  // namespace pastille::http
