/* side-calls-view.c - what the calls page shows, as a text
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The text is kept for each project and in saved searches, so its words never
 * change.
 */
#include "side-calls-view.h"

static const char *const sort_words[SIDE_CALL_N_SORTS] = {
  "time", "operator", "number", "queue", "wait", "talk", "score", "outcome",
  "dead-air", "talk-over", "talk-share", "latency", "monologue", "noise", "loudness",
};

/**
 * side_calls_view_sort_word:
 * @sort: an order
 *
 * Returns: its word
 */
const char *
side_calls_view_sort_word (SideCallSort sort)
{
  return (guint) sort < SIDE_CALL_N_SORTS ? sort_words[sort] : sort_words[0];
}

/**
 * side_calls_view_sort_from_word:
 * @word: (nullable): the word of an order
 * @otherwise: for another word
 *
 * Returns: the order
 */
SideCallSort
side_calls_view_sort_from_word (const char   *word,
                                SideCallSort  otherwise)
{
  for (guint i = 0; i < SIDE_CALL_N_SORTS; i++)
    if (g_strcmp0 (word, sort_words[i]) == 0)
      return (SideCallSort) i;
  return otherwise;
}

/**
 * side_calls_view_write:
 * @file: where it is written, group "view"
 * @filters: the filters
 * @sort: the order
 * @descending: and its direction
 */
void
side_calls_view_write (GKeyFile        *file,
                       SideCallFilters *filters,
                       SideCallSort     sort,
                       gboolean         descending)
{
  side_call_filters_save (filters, file);
  g_key_file_set_string (file, "view", "sort", side_calls_view_sort_word (sort));
  g_key_file_set_boolean (file, "view", "descending", descending);
}

/**
 * side_calls_view_read:
 * @file: what side_calls_view_write() wrote, or an empty one
 * @filters: the filters, which are set
 * @sort: (out): the order; by time where it is not said
 * @descending: (out): its direction; newest first where it is not said
 */
void
side_calls_view_read (GKeyFile        *file,
                      SideCallFilters *filters,
                      SideCallSort    *sort,
                      gboolean        *descending)
{
  g_autofree char *word = g_key_file_get_string (file, "view", "sort", NULL);

  side_call_filters_restore (filters, file);
  *sort = side_calls_view_sort_from_word (word, SIDE_CALL_SORT_TIME);
  *descending = !g_key_file_has_key (file, "view", "descending", NULL)
                || g_key_file_get_boolean (file, "view", "descending", NULL);
}
