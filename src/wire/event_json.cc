#include "wire/event_json.h"

#include <array>
#include <boost/json.hpp>
#include <stdexcept>
#include <type_traits>
#include <utility>

#include "wire/event_fields.h"

namespace pastille::wire {
namespace {

namespace json = boost::json;

constexpr std::string_view kHex = "0123456789abcdef";

class Writer {
 public:
  template <class T>
  void operator()(std::string_view name, T& value) {
    object_[name] = write(value);
  }
  json::object take() { return std::move(object_); }

 private:
  template <char Letter>
  static json::value write(Id<Letter> id) {
    return id.number;
  }
  static json::value write(const std::string& text) { return json::string(text); }
  static json::value write(bool value) { return value; }
  static json::value write(Time time) { return time.time_since_epoch().count(); }
  static json::value write(std::chrono::seconds length) { return length.count(); }
  // Instants are of one process: others only learn that there is one.
  static json::value write(Instant) { return true; }
  template <class T>
    requires std::is_integral_v<T>
  static json::value write(T value) {
    return value;
  }
  template <class T>
    requires std::is_enum_v<T>
  static json::value write(T value) {
    return static_cast<std::int64_t>(value);
  }
  static json::value write(const SecretHash& secret) {
    std::string hex;
    for (const std::uint8_t each : secret) {
      hex += kHex[each >> 4U];
      hex += kHex[each & 0xFU];
    }
    return json::string(hex);
  }
  static json::value write(Permissions permissions) {
    json::array out;
    for (const Permission each : kAllPermissions) {
      if (permissions.has(each)) out.push_back(json::value(to_text(each)));
    }
    return out;
  }
  template <class T>
  static json::value write(std::optional<T>& value) {
    return value ? write(*value) : json::value(nullptr);
  }
  template <class T>
  static json::value write(std::vector<T>& values) {
    json::array out;
    for (T& each : values) out.push_back(write(each));
    return out;
  }
  template <class T>
  static json::value write(std::array<T, 2>& values) {
    return json::array{write(values[0]), write(values[1])};
  }
  static json::value write(std::map<std::string, Label>& values) {
    json::object out;
    for (auto& [key, value] : values) out[key] = write(value);
    return out;
  }
  template <class T>
    requires requires(Writer& writer, T& value) { describe(writer, value); }
  static json::value write(T& value) {
    Writer inner;
    describe(inner, value);
    return inner.take();
  }

  json::object object_;
};

class Reader {
 public:
  explicit Reader(const json::object& object) : object_(object) {}

  // A field that is not there keeps its default: an event of an older version.
  template <class T>
  void operator()(std::string_view name, T& value) {
    if (const json::value* found = object_.if_contains(name)) read(*found, value);
  }

 private:
  template <char Letter>
  static void read(const json::value& from, Id<Letter>& id) {
    id.number = from.to_number<std::uint64_t>();
  }
  static void read(const json::value& from, std::string& text) { text = from.as_string(); }
  static void read(const json::value& from, bool& value) { value = from.as_bool(); }
  static void read(const json::value& from, Time& time) {
    time = Time(Duration(from.to_number<std::int64_t>()));
  }
  static void read(const json::value&, Instant& instant) { instant = Instant::max(); }
  static void read(const json::value& from, std::chrono::seconds& length) {
    length = std::chrono::seconds(from.to_number<std::int64_t>());
  }
  template <class T>
    requires std::is_integral_v<T>
  static void read(const json::value& from, T& value) {
    value = from.to_number<T>();
  }
  template <class T>
    requires std::is_enum_v<T>
  static void read(const json::value& from, T& value) {
    value = static_cast<T>(from.to_number<std::int64_t>());
  }
  static std::size_t nibble(char digit) {
    const std::size_t value = kHex.find(digit);
    if (value == std::string_view::npos)
      throw std::runtime_error("an event holds a damaged secret");
    return value;
  }
  static void read(const json::value& from, SecretHash& secret) {
    const json::string& hex = from.as_string();
    if (hex.size() != secret.size() * 2)
      throw std::runtime_error("an event holds a damaged secret");
    for (std::size_t at = 0; at < secret.size(); ++at) {
      secret[at] = static_cast<std::uint8_t>(nibble(hex[2 * at]) * 16 + nibble(hex[2 * at + 1]));
    }
  }
  static void read(const json::value& from, Permissions& permissions) {
    permissions = {};
    for (const json::value& each : from.as_array()) {
      if (const auto known = parse_permission(std::string_view(each.as_string())))
        permissions.add(*known);
    }
  }
  template <class T>
  static void read(const json::value& from, std::optional<T>& value) {
    value.reset();
    if (!from.is_null()) read(from, value.emplace());
  }
  template <class T>
  static void read(const json::value& from, std::vector<T>& values) {
    values.clear();
    for (const json::value& each : from.as_array()) read(each, values.emplace_back());
  }
  template <class T>
  static void read(const json::value& from, std::array<T, 2>& values) {
    read(from.as_array().at(0), values[0]);
    read(from.as_array().at(1), values[1]);
  }
  static void read(const json::value& from, std::map<std::string, Label>& values) {
    values.clear();
    for (const auto& each : from.as_object()) read(each.value(), values[std::string(each.key())]);
  }
  template <class T>
    requires requires(Reader& reader, T& value) { describe(reader, value); }
  static void read(const json::value& from, T& value) {
    Reader inner(from.as_object());
    describe(inner, value);
  }

  const json::object& object_;
};

template <class T>
struct Kind {
  std::string_view name;
};

// The kinds of changes and their names in the table; a name stays for ever.
constexpr std::tuple kKinds{
    Kind<StatusPut>{"status_put"},
    Kind<StatusHistoryAdded>{"status_history_added"},
    Kind<PersonPut>{"person_put"},
    Kind<TeamPut>{"team_put"},
    Kind<TeamDropped>{"team_dropped"},
    Kind<RolePut>{"role_put"},
    Kind<RoleDropped>{"role_dropped"},
    Kind<EntryPut>{"entry_put"},
    Kind<OwnHistoryAdded>{"own_history_added"},
    Kind<OwnHistoryErased>{"own_history_erased"},
    Kind<SessionPut>{"session_put"},
    Kind<SessionDropped>{"session_dropped"},
    Kind<TokenPut>{"token_put"},
    Kind<TokenDropped>{"token_dropped"},
    Kind<InvitationPut>{"invitation_put"},
    Kind<InvitationDropped>{"invitation_dropped"},
    Kind<ConversationPut>{"conversation_put"},
    Kind<MessageAdded>{"message_added"},
    Kind<AuditAdded>{"audit_added"},
    Kind<SealingKeyPut>{"sealing_key_put"},
    Kind<AnswerKept>{"answer_kept"},
    Kind<AnswersPurged>{"answers_purged"},
    Kind<ConnectionOpened>{"connection_opened"},
    Kind<ConnectionClosed>{"connection_closed"},
    Kind<GraceSet>{"grace_set"},
    Kind<NodeDropped>{"node_dropped"},
    Kind<SignInTried>{"sign_in_tried"},
};

template <class T>
void write_change(json::array& out, T change) {
  Writer writer;
  describe(writer, change);
  json::object object = writer.take();
  object["is"] = std::get<Kind<T>>(kKinds).name;
  out.push_back(std::move(object));
}

template <class T>
bool read_change(const Kind<T>& kind, std::string_view name, const json::object& from,
                 std::vector<Change>& out) {
  if (kind.name != name) return false;
  T change{};
  Reader reader(from);
  describe(reader, change);
  out.push_back(std::move(change));
  return true;
}

}  // namespace

std::string changes_json(const std::vector<Change>& changes, bool connections) {
  json::array out;
  for (const Change& change : changes) {
    if (!connections && !is_durable(change)) continue;
    std::visit([&](const auto& each) { write_change(out, each); }, change);
  }
  return json::serialize(out);
}

std::string sign_in_json(const SignInRecord& record) {
  Writer writer;
  SignInRecord copy = record;
  describe(writer, copy);
  return json::serialize(writer.take());
}

SignInRecord parse_sign_in_json(std::string_view text) try {
  SignInRecord record;
  const json::value parsed = json::parse(text);
  Reader reader(parsed.as_object());
  describe(reader, record);
  return record;
} catch (const std::logic_error& wrong) {
  throw std::runtime_error(std::string("how a person signs in is damaged: ") + wrong.what());
} catch (const boost::system::system_error&) {
  throw std::runtime_error("how a person signs in is no JSON");
}

std::vector<Change> parse_changes_json(std::string_view text) try {
  std::vector<Change> changes;
  const json::value parsed = json::parse(text);
  for (const json::value& each : parsed.as_array()) {
    const json::object& object = each.as_object();
    const std::string_view name = object.at("is").as_string();
    const bool known = std::apply(
        [&](const auto&... kinds) { return (read_change(kinds, name, object, changes) || ...); },
        kKinds);
    if (!known) throw std::runtime_error("an event holds an unknown change: " + std::string(name));
  }
  return changes;
} catch (const std::logic_error& wrong) {  // how Boost.JSON says that a type or a place is wrong
  throw std::runtime_error(std::string("an event is damaged: ") + wrong.what());
}

}  // namespace pastille::wire
