// The scenarios, by name. Each prepares what it needs, measures, and leaves nothing running. They
// throw std::runtime_error when they cannot be carried out; what did not arrive stands in
// Measured::missing.
#pragma once

#include <array>
#include <string_view>

#include "bench/report.h"
#include "bench/stage.h"

namespace pastille::bench {

Measured broadcast(const RunSize& size);     // to many followers, against the floor
Measured storm(const RunSize& size);         // everybody comes back at once; a fresh board
Measured busy(const RunSize& size);          // many changes a second
Measured quiet(const RunSize& size);         // one change at a time, against fdatasync
Measured durable(const RunSize& size);       // acknowledged changes a second
Measured deaf(const RunSize& size);          // some never read
Measured shift_start(const RunSize& size);   // sign-ins, and the others meanwhile
Measured organisation(const RunSize& size);  // 100,000 people: start, and 20,000 who follow some
Measured nodes(const RunSize& size);         // some on one PostgreSQL, and one that dies
Measured import(const RunSize& size);        // of 100,000 people, and the others meanwhile
Measured instructions(const RunSize& size);  // of the server, for a delivery

struct Scenario {
  std::string_view name;
  std::string_view about;
  Measured (*measure)(const RunSize& size);
};

inline constexpr std::array<Scenario, 11> kScenarios = {{
    {"broadcast", "one change to all of 10,000 followers, in turns with the floor", broadcast},
    {"busy", "2,000 followers of all, 200 changes a second", busy},
    {"quiet", "one change at a time to 100 followers", quiet},
    {"durable", "500 writers, every change acknowledged when it is on the disk", durable},
    {"storm", "10,000 connections come back at once; a fresh board of 10,000", storm},
    {"deaf", "50 clients that never read, among 2,000 that do", deaf},
    {"sign-in", "300 who sign in, and 2,000 followers of 200 changes a second", shift_start},
    {"organisation", "100,000 people: the start, and 20,000 who follow 50 each", organisation},
    {"import", "100,000 people by the command line, beside 200 changes a second", import},
    {"nodes", "1, 2 and 3 nodes on one PostgreSQL; 10,000 come back from one that died", nodes},
    {"instructions", "of the server for one more delivery, counted by callgrind", instructions},
}};

}  // namespace pastille::bench
