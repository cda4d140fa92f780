// Strong ids. An id is a number within its kind, never used again; outside it is text: the kind's
// letter and the number in lower-case Crockford base 32 ("u4k2"), at most 12 characters.
// Clients treat the text as opaque.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace pastille {

template <char Letter>
struct Id {
  static constexpr char kLetter = Letter;
  std::uint64_t number = 0;  // 0: no id

  friend constexpr auto operator<=>(const Id&, const Id&) = default;
  explicit constexpr operator bool() const { return number != 0; }
};

using UserId = Id<'u'>;
using StatusId = Id<'s'>;
using TeamId = Id<'t'>;
using RoleId = Id<'r'>;
using ConversationId = Id<'c'>;
using MessageId = Id<'m'>;
using SessionId = Id<'n'>;
using TokenId = Id<'k'>;
using InvitationId = Id<'i'>;
using ConnectionId = Id<'l'>;  // one live connection of one process
using NodeId = Id<'d'>;  // one process on a store of several, until it leaves or is taken for dead

// Numbers from 1 to 2^55 - 1 fit in 12 characters.
inline constexpr std::uint64_t kMaxIdNumber = (std::uint64_t{1} << 55) - 1;

std::string id_text(char letter, std::uint64_t number);
// Refuses a wrong letter, upper case, leading zeros, zero, and what does not fit.
std::optional<std::uint64_t> parse_id_number(char letter, std::string_view text);

template <char Letter>
std::string to_text(Id<Letter> id) {
  return id_text(Letter, id.number);
}

template <class AnyId>
std::optional<AnyId> parse_id(std::string_view text) {
  if (const auto number = parse_id_number(AnyId::kLetter, text)) return AnyId{*number};
  return std::nullopt;
}

}  // namespace pastille

template <char Letter>
struct std::hash<pastille::Id<Letter>> {
  std::size_t operator()(pastille::Id<Letter> id) const noexcept {
    return std::hash<std::uint64_t>{}(id.number);
  }
};
