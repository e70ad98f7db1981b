/* side-field-words.h - how the tables of a record's fields are written
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Shared by calls and events. A file defines SIDE_FIELD_RECORD as its record,
 * and every enumeration its table names by DEFINE_WORD.
 */
#pragma once

#include "side-event.h"

#define FIELD(name, TYPE, member) \
  { name, SIDE_FIELD_##TYPE, G_STRUCT_OFFSET (SIDE_FIELD_RECORD, member), NULL, NULL }
#define WORD(name, member, prefix) \
  { name, SIDE_FIELD_WORD, G_STRUCT_OFFSET (SIDE_FIELD_RECORD, member), prefix##_write, prefix##_read }

/* The table calls through int, which an enumeration's own functions must not be called through. */
#define DEFINE_WORD(prefix)                                                                 \
  static const char *prefix##_write (int value) { return prefix##_to_string (value); }      \
  static int prefix##_read (const char *word) { return (int) prefix##_from_string (word); }
