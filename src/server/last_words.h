// What becomes of an exception that a thread does not expect: no memory, a fault of ours. The
// process ends at once, with 1 and a line in the log, and whoever supervises it starts it again.
//
// Why not go on: an I/O thread that loses an accept, a timer or a message on its way is half a
// thread, and nobody notices; a writer that stops after the commit shows something else than is
// stored. The store has all that was acknowledged, and a start makes everything else anew. So it is
// with every thread: I/O, writer, readers, passwords, provider, control, lease, listener. What one
// request or one command throws does not come this far: it is answered with 500 (app/workspace.h,
// http/read.h).
#pragma once

#include "server/config.h"

namespace pastille::server {

// From now on, for all threads; in this format. Called once, on the main thread.
void end_with_last_words(LogFormat format);

// The name of the calling thread and of those that it starts, at most 15 characters, for the line
// and for an operator's `ps -L`.
class ThreadName {
 public:
  explicit ThreadName(const char* name);
  ~ThreadName();  // as before
  ThreadName(const ThreadName&) = delete;
  ThreadName& operator=(const ThreadName&) = delete;

 private:
  char before_[16] = {};
};

}  // namespace pastille::server
