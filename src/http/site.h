// What the resources share: the parts, the reader threads, and what is encoded once for all.
#pragma once

#include <atomic>
#include <memory>

#include "http/held_bytes.h"
#include "http/live_places.h"
#include "http/pages.h"
#include "http/parts.h"
#include "http/people_orders.h"
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
  PeopleOrders people;
  std::shared_ptr<HeldBytes> held = std::make_shared<HeldBytes>();
  std::shared_ptr<Admission> admission =
      std::make_shared<Admission>(parts.settings.connections, parts.settings.trusted_proxies);
  std::atomic<bool> shutting_down{false};
  ReaderPool readers{2};
  std::shared_ptr<LivePlaces> live_places =
      std::make_shared<LivePlaces>(limits::kConnectionsPerPerson);
};

}  // namespace pastille::http
