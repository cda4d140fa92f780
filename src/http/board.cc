// GET /board: who shows what right now, encoded once per seq.
#include "http/call.h"
#include "http/position.h"
#include "http/resources.h"
#include "wire/board_stretches.h"
#include "wire/counts_json.h"
#include "wire/entry_json.h"

namespace pastille::http {
namespace {

std::string board_json(const Organisation& organisation) {
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
  return out;
}

void board(Call call) {
  const Organisation& organisation = *call.organisation;
  const std::string version = '"' + position_text(organisation.position()) + '"';
  const auto encoded =
      call.site.shared.board.get(version, [&] { return board_json(organisation); });
  // Who showed what is personal: no browser keeps it.
  call.answer(encoded_response(*encoded, call.request));
}

}  // namespace

void add_board(Site& site) {
  site.routes.add("/api/v1/board", {{Method::kGet, Access::kReadToken, Body::kNone, board}});
}

}  // namespace pastille::http
