#include "core/status_patch.h"

#include <algorithm>
#include <utility>

#include "core/language_tag.h"
#include "core/limits.h"
#include "core/outside_text.h"

namespace pastille {
namespace {

// RFC 6901: '~' and '/' of a member's name are escaped.
std::string pointer_to_name(std::string_view language) {
  std::string pointer = "/names/";
  for (const char each : language) {
    if (each == '~') {
      pointer += "~0";
    } else if (each == '/') {
      pointer += "~1";
    } else {
      pointer += each;
    }
  }
  return pointer;
}

void patch_names(StatusFields& fields, const StatusPatch& patch, const Unicode& unicode,
                 Faults& faults) {
  const std::string most = std::to_string(limits::kTranslations);
  if (patch.names.size() > limits::kTranslations) {
    return faults.add("/names", "At most " + most + " translations.", "too_many", {{"most", most}});
  }
  for (const auto& [language, name] : patch.names) {
    const std::string pointer = pointer_to_name(language);
    const auto tag = parse_language_tag(language);
    if (!tag) {
      faults.add(pointer, "Name a language by its tag, as fr or pt-BR.", "no_such_language",
                 {{"language", printable(language, limits::kTag)}});
    } else if (!name) {
      fields.names.erase(*tag);
    } else if (auto label = faults.take(parse_label(
                   *name, {.pointer = pointer, .most = limits::kStatusName}, unicode))) {
      fields.names[*tag] = *std::move(label);
    }
  }
  if (fields.names.size() > limits::kTranslations) {
    faults.add("/names", "At most " + most + " translations; remove one first.", "too_many",
               {{"most", most}});
  }
}

void patch_tags(StatusFields& fields, const std::vector<std::string>& tags, const Unicode& unicode,
                Faults& faults) {
  if (tags.size() > limits::kTagsPerStatus) {
    const std::string most = std::to_string(limits::kTagsPerStatus);
    return faults.add("/tags", "At most " + most + " tags.", "too_many", {{"most", most}});
  }
  std::vector<Label> parsed;
  for (std::size_t i = 0; i < tags.size(); ++i) {
    const std::string pointer = "/tags/" + std::to_string(i);
    auto tag =
        faults.take(parse_label(tags[i], {.pointer = pointer, .most = limits::kTag}, unicode));
    if (!tag) continue;
    const bool there =
        std::ranges::any_of(parsed, [&](const Label& each) { return each.folded == tag->folded; });
    if (!there) parsed.push_back(*std::move(tag));
  }
  fields.tags = std::move(parsed);
}

void patch_icon(StatusFields& fields, const std::optional<std::string>& icon,
                const Unicode& unicode, Faults& faults) {
  if (!icon) return fields.icon.clear();
  const LabelRule rule{.pointer = "/icon", .most = limits::kIconBytes};
  const auto tidy = parse_text(*icon, rule, unicode);
  if (!tidy || tidy->size() > limits::kIconBytes || !unicode.is_single_grapheme(*tidy)) {
    return faults.add("/icon",
                      "One character or emoji of at most " + std::to_string(limits::kIconBytes) +
                          " bytes, or null.",
                      "not_an_emoji", {{"text", printable(*icon, limits::kIconBytes)}});
  }
  fields.icon = *tidy;
}

void patch_duration(StatusFields& fields, std::optional<std::int64_t> seconds, Faults& faults) {
  if (!seconds) return fields.default_duration.reset();
  const std::int64_t least = limits::kShortestStay.count();
  const std::int64_t most = limits::kLongestStay.count();
  if (*seconds < least || *seconds > most) {
    return faults.add("/default_duration_s",
                      std::to_string(least) + " to " + std::to_string(most) + " seconds, or null.",
                      "number", {{"least", std::to_string(least)}, {"most", std::to_string(most)}});
  }
  fields.default_duration = std::chrono::seconds(*seconds);
}

}  // namespace

StatusFields patched(StatusFields before, const StatusPatch& patch, const Unicode& unicode,
                     Faults& faults) {
  StatusFields fields = std::move(before);
  if (patch.name) {
    auto name = faults.take(
        parse_label(*patch.name, {.pointer = "/name", .most = limits::kStatusName}, unicode));
    if (name) fields.name = *std::move(name);
  }
  patch_names(fields, patch, unicode, faults);
  if (patch.type == StatusType::kOffline) {
    faults.add("/type", "Offline is derived, never chosen: connected, absent, busy or in_a_call.",
               "not_a_type", {{"text", "offline"}});
  } else if (patch.type) {
    fields.type = *patch.type;
  }
  if (patch.tags) patch_tags(fields, *patch.tags, unicode, faults);
  if (patch.icon) patch_icon(fields, *patch.icon, unicode, faults);
  if (patch.default_duration_s) patch_duration(fields, *patch.default_duration_s, faults);
  if (patch.position && (*patch.position < 0 || *patch.position > limits::kPositionMost)) {
    const std::string most = std::to_string(limits::kPositionMost);
    faults.add("/position", "0 to " + most + ".", "number", {{"least", "0"}, {"most", most}});
  } else if (patch.position) {
    fields.position = static_cast<int>(*patch.position);
  }
  return fields;
}

}  // namespace pastille
