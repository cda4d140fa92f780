// GET /board: who shows what right now, encoded once per seq.
#include "http/call.h"
#include "http/resources.h"
#include "wire/board_stretches.h"
#include "wire/counts_json.h"
#include "wire/entry_json.h"

namespace pastille::http {
namespace {

void board(Call call) {
  SharedAnswer& shared = call.site.shared.board;
  const std::uint64_t seq = call.organisation->seq;
  // Who showed what is personal: no browser keeps it.
  shared.serve(std::move(call), seq, [](const Call& from, const Encoded& encoded) {
    return encoded_response(encoded, from.request);
  });
}

}  // namespace

Encoded make_board(const Organisation& organisation) {
  const Position position = organisation.position();
  std::string out;
  JsonWriter json(out);
  json.begin_object().field("epoch", position.epoch).field("seq", position.seq).key("counts");
  write_counts(json, organisation);
  json.key("users").begin_array();
  for_each_stretch(organisation, [&](const BoardStretch& stretch) {
    for (const auto& [user, entry] : stretch.shown) write_entry(json, user, *entry, stretch.newest);
  });
  json.end_array().end_object();
  return {.epoch = position.epoch,
          .version = position.seq,
          .plain = std::make_shared<const std::string>(std::move(out))};
}

void add_board(Site& site) {
  site.routes.add("/api/v1/board", {{Method::kGet, Access::kReadToken, Body::kNone, board}});
}

}  // namespace pastille::http
