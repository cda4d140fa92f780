// Answers that are the same for everyone: encoded and compressed once per version, then shared by
// all who ask. Thread-safe; who comes while one is being made waits for it.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "http/request.h"
#include "http/response.h"

namespace pastille::http {

struct Encoded {
  std::string version;  // the entity tag, with its quotes
  std::shared_ptr<const std::string> plain;
  std::shared_ptr<const std::string> gzip;
};

class SharedAnswer {
 public:
  // The one kept when it has this version, else what `encode` makes.
  std::shared_ptr<const Encoded> get(const std::string& version,
                                     const std::function<std::string()>& encode);

 private:
  std::mutex mutex_;  // guards the one below
  std::shared_ptr<const Encoded> kept_;
};

struct SharedAnswers {
  SharedAnswer catalogue;
  SharedAnswer directory;
  SharedAnswer board;
};

// 200 with the body that the client takes.
Response encoded_response(const Encoded& encoded, const Request& request);
// The same for what browsers keep and ask for again: with an ETag, or 304 when it is what they
// have.
Response shared_response(const Encoded& encoded, const Request& request);

// Whether Accept-Encoding takes this coding (RFC 9110 12.5.3).
bool accepts_coding(const Request& request, std::string_view coding);
std::string gzip(std::string_view text);

}  // namespace pastille::http
