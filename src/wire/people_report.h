// What an import of people does, or would do, as the contract writes it.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "app/import_people.h"
#include "core/file_faults.h"
#include "wire/json_writer.h"
#include "wire/people_csv.h"

namespace pastille {

// kAgain: given a second time, without the links, which are shown once.
enum class PeopleReport : std::uint8_t { kTrial, kDone, kAgain };

// `made`: in the order of the file's rows. `more(row, json)` adds to who was created or
// updated, as their link.
std::string people_report_json(
    const PeopleFile& file, const ImportPeople::Answer& made, PeopleReport kind,
    const std::function<void(std::size_t row, JsonWriter& json)>& more = {});

// Of a dry run that found these faults: nothing would be done.
std::string people_faults_json(const LineFaults& faults);

}  // namespace pastille
