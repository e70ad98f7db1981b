/* many-quarks.c - for tests that fill GLib's first table of quarks
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * GTK and GStreamer together have more than 2048 quarks; GLib then takes a
 * greater table and lets the first go for good, since other threads may still
 * read it. It was made before main(), by the dynamic linker's call: only a full
 * unwinding shows that, and lets it be told from a leak of ours. That makes
 * every allocation slower, so only the tests that need it have this file.
 */
const char *__asan_default_options (void);
const char *__lsan_default_suppressions (void);

const char *
__asan_default_options (void)
{
  return "fast_unwind_on_malloc=0";
}

const char *
__lsan_default_suppressions (void)
{
  return "leak:_dl_init\n";
}
