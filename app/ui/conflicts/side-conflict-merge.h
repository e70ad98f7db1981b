/* side-conflict-merge.h - two versions of a document, field by field
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SideConflictField: a place where two versions differ.
 * @member: name of the document's member
 * @key: (nullable): which element of it, where it is a list: of answers the
 *   criterion; of a form's sections the section, or "SECTION/CRITERION"
 * @mine: (nullable): its value here as text, %NULL where it has none
 * @theirs: (nullable): its value on the server
 * @settled: only one of the two changed it: nobody is asked
 * @take_mine: which one is to be kept
 */
typedef struct {
  char    *member;
  char    *key;
  char    *mine;
  char    *theirs;
  gboolean settled;
  gboolean take_mine;
} SideConflictField;

GPtrArray *side_conflict_list_fields  (const char *mine, const char *theirs, const char *base);
void       side_conflict_keep_choices (GPtrArray *fields, GPtrArray *old);
char      *side_conflict_merge        (const char *mine, const char *theirs, GPtrArray *fields);

G_END_DECLS
