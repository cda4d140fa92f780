#include "wire/live_commands.h"

#include <utility>

#include "core/limits.h"
#include "wire/body.h"
#include "wire/fields.h"
#include "wire/json_writer.h"

namespace pastille {
namespace {

namespace json = boost::json;

constexpr std::int64_t kSeqMost = (std::int64_t{1} << 53) - 1;
constexpr std::size_t kEpochText = 64;
constexpr std::size_t kFaultsSaid = 20;  // a frame of 64 KB may have thousands

using FrameFaults = std::vector<FieldError>;

// What is wrong with a frame: with a ref it is refused, without one nobody could tell which.
ClientFrame wrong(std::optional<std::string> ref, FrameFaults faults) {
  if (!ref) return MalformedFrame{faults.front().pointer + ": " + faults.front().detail};
  if (faults.size() > kFaultsSaid) faults.resize(kFaultsSaid);
  Refusal refusal{.problem = Problem::kInvalid, .detail = faults.front().detail};
  refusal.errors = std::move(faults);
  return FaultyFrame{*std::move(ref), std::move(refusal)};
}

// Texts to ids; what is no id goes to `unknown` when that is given, and is dropped otherwise.
std::vector<UserId> ids(const std::vector<std::string>& texts, std::vector<std::string>* unknown) {
  std::vector<UserId> found;
  for (const std::string& text : texts) {
    if (const auto id = parse_id<UserId>(text)) {
      found.push_back(*id);
    } else if (unknown != nullptr) {
      unknown->push_back(text);
    }
  }
  return found;
}

std::vector<std::string> id_texts(Fields& fields, std::string_view name, std::size_t most) {
  const auto texts = fields.texts(name);
  if (!texts) return {};
  if (texts->size() > most) fields.fault(name, "At most " + std::to_string(most) + " ids.");
  return *texts;
}

std::optional<std::string> take_ref(Fields& fields, Need need) {
  auto ref = fields.text("ref", need);
  if (!ref) return std::nullopt;
  if (ref->empty() || ref->size() > limits::kRefText) {
    fields.fault("ref", "A ref has 1 to 64 bytes.");
    return std::nullopt;
  }
  return ref;
}

std::optional<Follow> take_follow(const json::value& value, FrameFaults& faults,
                                  std::vector<std::string>& unknown) {
  Fields fields(value, faults);
  const auto all = fields.boolean("all");
  const auto users = id_texts(fields, "users", limits::kFollowMost);
  const bool some = fields.has("users");
  fields.nothing_else();
  if (all.has_value() == some) fields.fault("", "Follow either all or users.");
  if (all && !*all) fields.fault("all", "This is true, or left out.");
  if (!faults.empty()) return std::nullopt;
  if (all) return FollowAll{};
  return FollowSome{ids(users, &unknown)};
}

ClientFrame read_open(Fields& fields, FrameFaults& faults) {
  OpenFrame frame;
  frame.opening.present = fields.boolean("present", Need::kRequired).value_or(false);
  const auto epoch = fields.text("epoch");
  const auto seq = fields.number("seq");
  if (fields.has("epoch") != fields.has("seq")) {
    fields.fault("seq", "epoch and seq come together.");
  }
  if (epoch && (epoch->empty() || epoch->size() > kEpochText)) {
    fields.fault("epoch", "This is no epoch.");
  }
  if (seq && (*seq < 0 || *seq > kSeqMost)) fields.fault("seq", "This is no position.");
  const json::value* follow = fields.nested("follow");
  fields.nothing_else();
  if (faults.empty() && follow != nullptr) {
    frame.opening.follow = take_follow(*follow, faults, frame.unknown);
  }
  if (!faults.empty()) return wrong(std::nullopt, std::move(faults));
  if (epoch && seq) frame.opening.position = Position{*epoch, static_cast<std::uint64_t>(*seq)};
  return frame;
}

ClientFrame read_follow(Fields& fields, FrameFaults& faults) {
  FollowFrame frame;
  frame.ref = take_ref(fields, Need::kOptional);
  frame.all = fields.boolean("all");
  frame.add = ids(id_texts(fields, "add", limits::kFollowPerFrame), &frame.unknown);
  frame.drop = ids(id_texts(fields, "drop", limits::kFollowPerFrame), nullptr);
  frame.counts = fields.boolean("counts");
  fields.nothing_else();
  frame.names_people = fields.has("add") || fields.has("drop");
  if (!frame.all && !frame.names_people && !frame.counts) {
    fields.fault("", "Say whom: all, add, drop or counts.");
  }
  if (frame.all && frame.names_people) fields.fault("all", "Either all, or add and drop.");
  if (!faults.empty()) return wrong(std::move(frame.ref), std::move(faults));
  return frame;
}

UntilAsked take_until(Fields& fields) {
  const auto until = fields.nullable_text("until");
  const auto length = fields.number("for_s");
  if (fields.has("until") && fields.has("for_s")) {
    fields.fault("until", "Give until or for_s, not both.");
  }
  if (length) {
    const std::chrono::seconds asked(*length);
    if (asked < limits::kShortestStay || asked > limits::kLongestStay) {
      fields.fault("for_s", "From 60 to 2592000 seconds.");
    }
    return UntilFor{asked};
  }
  if (!until) return UntilDefault{};
  if (!*until) return UntilNever{};
  if (**until == "today") return UntilToday{};
  if (const auto at = parse_time(**until)) return UntilInstant{*at};
  fields.fault("until", "A time as in RFC 3339, \"today\", or null.");
  return UntilDefault{};
}

ClientFrame read_set(Fields& fields, FrameFaults& faults) {
  SetFrame frame;
  auto ref = take_ref(fields, Need::kRequired);
  frame.status = fields.id<StatusId>("status_id", "status", Need::kRequired).value_or(StatusId{});
  frame.note = fields.nullable_text("note").value_or(std::nullopt).value_or("");
  frame.until = take_until(fields);
  fields.nothing_else();
  if (!faults.empty()) return wrong(std::move(ref), std::move(faults));
  frame.ref = *std::move(ref);
  return frame;
}

ClientFrame read_clear(Fields& fields, FrameFaults& faults) {
  auto ref = take_ref(fields, Need::kRequired);
  fields.nothing_else();
  if (!faults.empty()) return wrong(std::move(ref), std::move(faults));
  return ClearFrame{*std::move(ref)};
}

}  // namespace

ClientFrame parse_client_frame(std::string_view text) {
  const auto body = parse_json(text);
  if (!body) return MalformedFrame{body.error().detail};
  FrameFaults faults;
  Fields fields(*body, faults);
  const auto what = fields.text("do", Need::kRequired);
  if (!faults.empty()) return wrong(std::nullopt, std::move(faults));
  if (what == "open") return read_open(fields, faults);
  if (what == "follow") return read_follow(fields, faults);
  if (what == "set") return read_set(fields, faults);
  if (what == "clear") return read_clear(fields, faults);
  return MalformedFrame{"/do: One of: open, follow, set, clear."};
}

}  // namespace pastille
