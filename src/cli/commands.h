// All commands, each in the file named after it.
#pragma once

#include <memory>

#include "cli/command.h"

namespace pastille::cli {

std::unique_ptr<Command> make_serve();
std::unique_ptr<Command> make_check_config();
std::unique_ptr<Command> make_user_add();
std::unique_ptr<Command> make_user_passwd();
std::unique_ptr<Command> make_user_disable();
std::unique_ptr<Command> make_user_list();
std::unique_ptr<Command> make_user_import();
std::unique_ptr<Command> make_token_add();
std::unique_ptr<Command> make_backup();
std::unique_ptr<Command> make_restore();
std::unique_ptr<Command> make_export();
std::unique_ptr<Command> make_import();
std::unique_ptr<Command> make_doctor();
std::unique_ptr<Command> make_move();
std::unique_ptr<Command> make_migrate();

}  // namespace pastille::cli
