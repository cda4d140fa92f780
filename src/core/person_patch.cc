#include "core/person_patch.h"

#include <algorithm>
#include <utility>

#include "core/language_tag.h"
#include "core/limits.h"
#include "core/login.h"
#include "core/outside_text.h"

namespace pastille {
namespace {

void patch_teams(Person& person, const std::vector<TeamId>& teams, const Organisation& organisation,
                 Faults& faults) {
  if (teams.size() > limits::kTeamsPerPerson) {
    const std::string most = std::to_string(limits::kTeamsPerPerson);
    return faults.add("/team_ids", "At most " + most + " teams.", "too_many", {{"most", most}});
  }
  std::vector<TeamId> known;
  for (std::size_t i = 0; i < teams.size(); ++i) {
    const std::string pointer = "/team_ids/" + std::to_string(i);
    if (organisation.team(teams[i]) == nullptr) {
      faults.add(pointer, "There is no such team.", "no_such");
    } else if (std::ranges::find(known, teams[i]) != known.end()) {
      faults.add(pointer, "This team is here twice.");
    } else {
      known.push_back(teams[i]);
    }
  }
  std::ranges::sort(known);
  person.teams = std::move(known);
}

void patch_pinned(Person& person, const std::vector<UserId>& pinned,
                  const Organisation& organisation, Faults& faults) {
  if (pinned.size() > limits::kPinned) {
    const std::string most = std::to_string(limits::kPinned);
    return faults.add("/pinned", "At most " + most + " colleagues are pinned.", "too_many",
                      {{"most", most}});
  }
  std::vector<UserId> known;
  for (std::size_t i = 0; i < pinned.size(); ++i) {
    const std::string pointer = "/pinned/" + std::to_string(i);
    const Person* colleague = organisation.person(pinned[i]);
    // Who has left stays pinned, and cannot be told from nobody by those who pin them now.
    const bool stays = std::ranges::find(person.pinned, pinned[i]) != person.pinned.end();
    if (colleague == nullptr || colleague->erased || (!colleague->active && !stays)) {
      faults.add(pointer, "There is no such person.", "no_such");
    } else if (colleague->id == person.id) {
      faults.add(pointer, "One does not pin oneself.");
    } else if (std::ranges::find(known, pinned[i]) != known.end()) {
      faults.add(pointer, "This person is here twice.");
    } else {
      known.push_back(pinned[i]);
    }
  }
  person.pinned = std::move(known);
}

// A provider's word, compared byte by byte: nothing is made tidy.
void patch_external(Person& person, const std::optional<External>& external, Faults& faults) {
  const auto sound = [](const std::string& text, char first, std::size_t most) {
    return !text.empty() && text.size() <= most &&
           std::ranges::all_of(text, [first](char c) { return c >= first && c <= '~'; });
  };
  if (external && !sound(external->issuer, '!', limits::kIssuerBytes)) {
    faults.add("/external/issuer", "Give the provider's issuer, as https://id.example.org.");
  } else if (external && !sound(external->subject, ' ', limits::kSubjectBytes)) {
    faults.add("/external/subject", "1 to " + std::to_string(limits::kSubjectBytes) +
                                        " characters of ASCII, as the provider "
                                        "names the person in `sub`.");
  } else {
    person.external = external;
  }
}

void patch_place(Person& person, const PersonPatch& patch, const Calendar& calendar,
                 Faults& faults) {
  if (patch.locale) {
    if (auto tag = parse_language_tag(*patch.locale)) {
      person.locale = *std::move(tag);
    } else {
      faults.add("/locale", "Name a language by its tag, as fr or pt-BR.", "no_such_language",
                 {{"language", printable(*patch.locale, limits::kTimeZone)}});
    }
  }
  if (!patch.time_zone) return;
  if (patch.time_zone->size() <= limits::kTimeZone && calendar.knows_zone(*patch.time_zone)) {
    person.time_zone = *patch.time_zone;
  } else {
    faults.add("/time_zone", "Name a time zone of the IANA database, as Europe/Paris.",
               "no_such_time_zone",
               {{"time_zone", printable(*patch.time_zone, limits::kTimeZone)}});
  }
}

}  // namespace

Person patched(Person before, const PersonPatch& patch, const Organisation& organisation,
               const Unicode& unicode, const Calendar& calendar, Faults& faults) {
  Person person = std::move(before);
  if (patch.login) {
    if (auto login = faults.take(parse_login(*patch.login, unicode))) {
      person.login = *std::move(login);
    }
  }
  if (patch.display_name) {
    auto name = faults.take(parse_label(
        *patch.display_name, {.pointer = "/display_name", .most = limits::kDisplayName}, unicode));
    if (name) person.display_name = *std::move(name);
  }
  if (patch.role && organisation.role(*patch.role) == nullptr) {
    faults.add("/role_id", "There is no such role.", "no_such");
  } else if (patch.role) {
    person.role = *patch.role;
  }
  if (patch.teams) patch_teams(person, *patch.teams, organisation, faults);
  patch_place(person, patch, calendar, faults);
  if (patch.status_at_sign_in) person.status_at_sign_in = *patch.status_at_sign_in;
  if (patch.pinned) patch_pinned(person, *patch.pinned, organisation, faults);
  if (patch.active) person.active = *patch.active;
  if (patch.external) patch_external(person, *patch.external, faults);
  return person;
}

}  // namespace pastille
