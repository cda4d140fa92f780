// What the resources share: the parts, the reader threads, and what is encoded once for all.
#pragma once

#include <atomic>

#include "http/pages.h"
#include "http/parts.h"
#include "http/reader_pool.h"
#include "http/routes.h"
#include "http/shared_answers.h"

namespace pastille::http {

struct Site {
  explicit Site(Parts given) : parts(std::move(given)), pages(parts.settings) {}

  Parts parts;
  Routes routes;
  Pages pages;
  SharedAnswers shared;
  std::atomic<bool> shutting_down{false};
  ReaderPool readers{2};
};

}  // namespace pastille::http
