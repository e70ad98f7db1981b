/* store-reference.c - which calls a list holds and in what order, naively
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Filters and sorts plain SideCall records in the most obvious way; the list of
 * the store is compared with it.
 */
#include <math.h>
#include <string.h>

#include "store-reference.h"

void
store_entry_free (gpointer data)
{
  StoreEntry *entry = data;

  side_call_unref (entry->call);
  g_free (entry->said);
  g_clear_pointer (&entry->sound, side_sound_figures_free);
  g_free (entry);
}

/* Words. */

static char **
words_of (const char *text)
{
  g_autofree char *lower = g_utf8_strdown (text, -1);
  g_autoptr (GString) plain = g_string_new (NULL);

  for (const char *p = lower; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == 0x451)
        c = 0x435;   /* ё is е */
      g_string_append_unichar (plain, g_unichar_isalnum (c) ? c : ' ');
    }
  return g_strsplit (plain->str, " ", -1);
}

static gboolean
naive_says (const StoreEntry *entry,
            const char       *text)
{
  g_autofree char *all = g_strjoin (" ", entry->call->caller != NULL ? entry->call->caller : "",
                                    entry->call->operator_name != NULL ? entry->call->operator_name : "",
                                    entry->call->note != NULL ? entry->call->note : "",
                                    entry->said != NULL ? entry->said : "", NULL);
  g_auto (GStrv) has = words_of (all);
  g_auto (GStrv) number = g_strsplit_set (text, "+-() ", -1);
  g_autofree char *digits = g_strjoinv ("", number);
  gboolean is_number = strspn (digits, "0123456789") == strlen (digits);
  g_auto (GStrv) wanted = words_of (is_number ? digits : text);
  g_autofree char *asked = g_strjoinv ("", wanted);
  g_autofree char *blank = g_strstrip (g_strdup (text));

  /* Signs alone are in no text. */
  if (*asked == '\0' && *blank != '\0')
    return FALSE;
  for (guint i = 0; wanted[i] != NULL; i++)
    {
      gboolean found = *wanted[i] == '\0';

      for (guint j = 0; has[j] != NULL && !found; j++)
        found = g_str_has_prefix (has[j], wanted[i]);
      if (!found && strlen (wanted[i]) >= 3 && strspn (wanted[i], "0123456789") == strlen (wanted[i]))
        {
          const char *caller = entry->call->caller != NULL ? entry->call->caller : "";

          found = strstr (caller, wanted[i]) != NULL;
          caller += caller[0] == '+';
          /* 8 903 and +7 903 are one. */
          if (!found && ((wanted[i][0] == '8' && caller[0] == '7') || (wanted[i][0] == '7' && caller[0] == '8')))
            found = g_str_has_prefix (caller + 1, wanted[i] + 1);
        }
      if (!found)
        return FALSE;
    }
  return TRUE;
}

/* Conditions. */

static gboolean
in_set (char *const *set,
        const char  *id)
{
  return set == NULL || set[0] == NULL || (id != NULL && g_strv_contains ((const char *const *) set, id));
}

static gboolean
says (SideCallMatch match,
      gboolean      is)
{
  return match == SIDE_CALL_MATCH_ANY || (match == SIDE_CALL_MATCH_YES) == !!is;
}

double
store_entry_sound (const StoreEntry *entry,
                   guint             figure)
{
  if (entry->sound == NULL || g_strcmp0 (entry->sound->recording, entry->call->recording) != 0)
    return NAN;
  return side_sound_figures_get (entry->sound, (SideSoundFigure) figure);
}

static gboolean
naive_sounds (const StoreEntry    *entry,
              const SideCallQuery *query)
{
  gboolean analysed = entry->sound != NULL && g_strcmp0 (entry->sound->recording, entry->call->recording) == 0;

  for (guint i = 0; i < SIDE_SOUND_N_FIGURES; i++)
    {
      double value = store_entry_sound (entry, i);

      if ((isfinite (query->min_sound[i]) && !(value >= query->min_sound[i]))
          || (isfinite (query->max_sound[i]) && !(value <= query->max_sound[i])))
        return FALSE;
    }
  return says (query->analysed, analysed)
         && says (query->unplayable, analysed && entry->sound->problem != NULL)
         && says (query->one_sided, analysed && entry->sound->problem == NULL
                                    && (entry->sound->sides[0].one_way || entry->sound->sides[1].one_way));
}

static gboolean
naive_passes (const StoreEntry    *entry,
              const SideCallQuery *query)
{
  const SideCall *call = entry->call;
  gint64 talk = call->talk_ms + call->hold_ms;

  return (query->project == NULL || g_strcmp0 (query->project, call->project) == 0)
         && (query->from_ms == 0 || call->joined_ms >= query->from_ms)
         && (query->to_ms == 0 || call->joined_ms < query->to_ms)
         && in_set (query->queues, call->queue) && in_set (query->operators, call->operator_id)
         && (query->outcomes == 0 || (query->outcomes & 1u << call->outcome) != 0)
         && (!query->lost_only || side_outcome_is_lost (call->outcome))
         && says (query->scored, call->score >= 0) && says (query->recorded, call->recording != NULL)
         && says (query->callback, call->callback == SIDE_CALLBACK_WANTED) && says (query->test, call->test)
         && talk >= query->min_talk_ms && (query->max_talk_ms == 0 || talk <= query->max_talk_ms)
         && call->wait_ms >= query->min_wait_ms && (query->max_wait_ms == 0 || call->wait_ms <= query->max_wait_ms)
         && naive_sounds (entry, query)
         && (query->text == NULL || naive_says (entry, query->text));
}

/* Order. Negative values stand for "none". */

static gint64
naive_number (const SideCall *call,
              SideCallSort    sort)
{
  switch (sort)
    {
    case SIDE_CALL_SORT_WAIT:
      return call->wait_ms;
    case SIDE_CALL_SORT_TALK:
      return call->talk_ms + call->hold_ms > 0 ? call->talk_ms + call->hold_ms : -1;
    case SIDE_CALL_SORT_SCORE:
      return call->score >= 0 ? (gint64) call->score : -1;
    case SIDE_CALL_SORT_OUTCOME:
      return call->outcome != SIDE_OUTCOME_NONE ? (gint64) call->outcome : -1;
    case SIDE_CALL_SORT_TIME:
    case SIDE_CALL_SORT_OPERATOR:
    case SIDE_CALL_SORT_NUMBER:
    case SIDE_CALL_SORT_QUEUE:
    case SIDE_CALL_SORT_SOUND:
    default:
      return 0;
    }
}

static const char *
naive_text (const SideCall *call,
            SideCallSort    sort)
{
  if (sort == SIDE_CALL_SORT_OPERATOR)
    return call->operator_name != NULL ? call->operator_name : call->operator_id;
  if (sort == SIDE_CALL_SORT_NUMBER)
    return call->caller;
  return sort == SIDE_CALL_SORT_QUEUE ? call->queue : "";
}

static int
naive_compare (gconstpointer a,
               gconstpointer b,
               gpointer      data)
{
  const StoreEntry *left = *(StoreEntry *const *) a;
  const StoreEntry *right = *(StoreEntry *const *) b;
  const SideCallQuery *query = data;
  gboolean by_sound = query->sort >= SIDE_CALL_SORT_SOUND;
  double u = by_sound ? store_entry_sound (left, (guint) query->sort - SIDE_CALL_SORT_SOUND) : 0;
  double v = by_sound ? store_entry_sound (right, (guint) query->sort - SIDE_CALL_SORT_SOUND) : 0;
  gint64 x = naive_number (left->call, query->sort);
  gint64 y = naive_number (right->call, query->sort);
  const char *s = naive_text (left->call, query->sort);
  const char *t = naive_text (right->call, query->sort);
  int order = 0;
  int newer;

  if (isnan (u) != isnan (v))
    return isnan (u) ? 1 : -1;
  if ((x < 0) != (y < 0) || (s == NULL) != (t == NULL))
    return x < 0 || s == NULL ? 1 : -1;
  if (s != NULL)
    order = g_utf8_collate (s, t);
  if (order == 0)
    order = (x > y) - (x < y);
  if (order == 0)
    order = (u > v) - (u < v);
  newer = left->call->joined_ms != right->call->joined_ms
          ? (left->call->joined_ms > right->call->joined_ms ? -1 : 1)
          : (left->place > right->place ? -1 : 1);
  if (order != 0)
    return query->descending ? -order : order;
  return query->sort == SIDE_CALL_SORT_TIME && !query->descending ? -newer : newer;
}

GPtrArray *
store_reference_list (GPtrArray     *entries,
                      SideCallQuery *query)
{
  GPtrArray *list = g_ptr_array_new ();

  for (guint i = 0; i < entries->len; i++)
    if (naive_passes (entries->pdata[i], query))
      g_ptr_array_add (list, entries->pdata[i]);
  g_ptr_array_sort_with_data (list, naive_compare, query);
  return list;
}
