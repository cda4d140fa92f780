// Answers that are the same for everyone: encoded and compressed once per version, by a reader, for
// all who wait. An I/O thread does neither, and waits for nothing: what is made of the state that a
// request came at, or a later one, is handed out at once; else the request waits in line, and one
// task answers the whole line. So everybody reads at least what was committed before they asked,
// their own changes and the versions that `ready` told them among it; nobody gets an older copy.
// Thread-safe.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "core/organisation.h"
#include "http/request.h"
#include "http/response.h"

namespace pastille::http {

struct Call;
struct Site;

struct Encoded {
  std::string epoch;
  std::uint64_t version = 0;
  std::shared_ptr<const std::string> plain;
  std::shared_ptr<const std::string> gzip;
  // The newest changes of a set, the newest first, each as JSON: an item, or the id of one that is
  // gone. Whoever has a version from `listed_from` on misses nothing but some of these.
  struct Changed {
    std::uint64_t rev = 0;
    bool gone = false;
    std::string json;
  };
  std::vector<Changed> changes;
  std::uint64_t listed_from = 0;

  std::string tag() const { return '"' + epoch + '.' + std::to_string(version) + '"'; }
};

class SharedAnswer {
 public:
  // Everything but `gzip`.
  using Make = Encoded (*)(const Organisation&);
  using Answer = std::function<Response(const Call&, const Encoded&)>;

  explicit SharedAnswer(Make how) : make_(how) {}

  // Answers with what is made of `version` in the call's epoch, or later.
  void serve(Call call, std::uint64_t version, Answer answer);
  // Whoever waits is dropped: the readers have stopped.
  void stop();

 private:
  struct Waiting {
    std::shared_ptr<Call> call;
    std::string epoch;
    std::uint64_t version = 0;
    Answer answer;
    bool served_by(const Encoded& encoded) const {
      return encoded.epoch == epoch && encoded.version >= version;
    }
  };
  void begin(Site& site);
  void make(Site& site);
  std::shared_ptr<const Encoded> made_now(Site& site) const;
  static void refuse_all(std::vector<Waiting> line);

  const Make make_;
  std::mutex mutex_;  // guards all below; nothing is encoded under it
  std::shared_ptr<const Encoded> kept_;
  std::vector<Waiting> line_;
  bool making_ = false;
};

Encoded make_catalogue(const Organisation& organisation);
Encoded make_directory(const Organisation& organisation);
Encoded make_board(const Organisation& organisation);

struct SharedAnswers {
  SharedAnswer catalogue{make_catalogue};
  SharedAnswer directory{make_directory};
  SharedAnswer board{make_board};

  void stop() {
    for (SharedAnswer* each : {&catalogue, &directory, &board}) each->stop();
  }
};

// 200 with the body that the client takes.
Response encoded_response(const Encoded& encoded, const Request& request);
// The same for what browsers keep and ask for again: with an ETag, or 304 when it is what they
// have.
Response shared_response(const Encoded& encoded, const Request& request);

}  // namespace pastille::http
