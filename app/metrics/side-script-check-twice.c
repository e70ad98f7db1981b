/* side-script-check-twice.c - one fault of an operator's that a form punishes twice
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two criteria in the same or nearly the same words, two that listen for the
 * same, or one that can only lose points where another has lost them already.
 * Wordings are compared as sets of words (Dice's coefficient), so that their
 * order does not matter.
 */
#include "side-script-check-private.h"

#include <string.h>

#include "side-text.h"

/* Below four words two sentences are alike by chance. */
#define MIN_WORDS      4
#define NEARLY_SAME    0.8

typedef struct {
  const SideSection   *section;
  const SideCriterion *criterion;
  char                *wording;    /* folded, words alone */
  char                *hint;
  GArray              *words;      /* of guint: their numbers, sorted, each once */
} Entry;

static void
entry_clear (gpointer data)
{
  Entry *entry = data;

  g_free (entry->wording);
  g_free (entry->hint);
  g_array_unref (entry->words);
}

/* Returns: (transfer full): @text without case, marks and needless spaces */
static char *
bare_words (const char *text)
{
  g_autofree char *folded = side_text_fold (text);
  GString *out = g_string_new (NULL);

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isalnum (c) || g_unichar_ismark (c))
        g_string_append_unichar (out, c);
      else if (out->len > 0 && out->str[out->len - 1] != ' ')
        g_string_append_c (out, ' ');
    }
  if (out->len > 0 && out->str[out->len - 1] == ' ')
    g_string_truncate (out, out->len - 1);
  return g_string_free (out, FALSE);
}

static int
compare_numbers (gconstpointer a,
                 gconstpointer b)
{
  guint x = *(const guint *) a;
  guint y = *(const guint *) b;

  return x < y ? -1 : x > y;
}

/* @numbers: word -> its number from 1; words with a digit are even, others odd */
static GArray *
number_words (const char *wording,
              GHashTable *numbers)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (guint));
  g_auto (GStrv) words = g_strsplit (wording, " ", -1);
  guint n = 0;

  for (gsize i = 0; words[i] != NULL; i++)
    {
      guint number = GPOINTER_TO_UINT (g_hash_table_lookup (numbers, words[i]));

      if (number == 0)
        {
          gboolean digits = strpbrk (words[i], "0123456789") != NULL;

          number = 2 * (g_hash_table_size (numbers) + 1) + (digits ? 0 : 1);
          g_hash_table_insert (numbers, g_strdup (words[i]), GUINT_TO_POINTER (number));
        }
      g_array_append_val (found, number);
    }
  g_array_sort (found, compare_numbers);
  for (guint i = 0; i < found->len; i++)
    if (n == 0 || g_array_index (found, guint, i) != g_array_index (found, guint, n - 1))
      g_array_index (found, guint, n++) = g_array_index (found, guint, i);
  g_array_set_size (found, n);
  return found;
}

/* Share of words two wordings have in common, 0 to 1; 0 where they differ in
 * a number: "within 20 seconds" is not "within 60 seconds". */
static double
likeness (const GArray *a,
          const GArray *b)
{
  guint i = 0;
  guint k = 0;
  guint common = 0;

  while (i < a->len || k < b->len)
    {
      guint x = i < a->len ? g_array_index (a, guint, i) : G_MAXUINT;
      guint y = k < b->len ? g_array_index (b, guint, k) : G_MAXUINT;

      common += x == y;
      if (x != y && MIN (x, y) % 2 == 0)
        return 0.0;
      i += x <= y;
      k += y <= x;
    }
  return a->len + b->len > 0 ? 2.0 * common / (a->len + b->len) : 0.0;
}

static GArray *
list_entries (const SideScript *script)
{
  GArray *entries = g_array_new (FALSE, TRUE, sizeof (Entry));
  g_autoptr (GHashTable) numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_array_set_clear_func (entries, entry_clear);
  for (guint i = 0; i < script->sections->len; i++)
    {
      const SideSection *section = g_ptr_array_index (script->sections, i);

      for (guint k = 0; k < section->criteria->len; k++)
        {
          Entry entry = { section, g_ptr_array_index (section->criteria, k), NULL, NULL, NULL };

          entry.wording = bare_words (entry.criterion->text);
          entry.hint = bare_words (entry.criterion->hint);
          entry.words = number_words (entry.wording, numbers);
          g_array_append_val (entries, entry);
        }
    }
  return entries;
}

/* Whether no answers let both of them apply: "if yes …" and "if no …". */
static gboolean
exclude_each_other (const SideCriterion *a,
                    const SideCriterion *b)
{
  return a->only_if != NULL && g_strcmp0 (a->only_if, b->only_if) == 0
         && (a->only_high < b->only_low || b->only_high < a->only_low);
}

static void
tell_pair (GPtrArray       *findings,
           SideScriptFault  code,
           SideSeverity     severity,
           const Entry     *entry,
           const Entry     *other,
           double           number)
{
  SideScriptFinding *finding = _side_check_tell_about (findings, code, severity, entry->section, entry->criterion);

  finding->other = g_strdup (other->criterion->id);
  finding->number = number;
}

/* Compares with those before it, and tells of the first one that is alike. */
static void
compare_with_earlier (const GArray *entries,
                      guint         at,
                      GPtrArray    *findings)
{
  const Entry *entry = &g_array_index (entries, Entry, at);
  gboolean wording_told = entry->wording[0] == '\0';
  gboolean hint_told = entry->hint[0] == '\0';

  for (guint i = 0; i < at && !(wording_told && hint_told); i++)
    {
      const Entry *other = &g_array_index (entries, Entry, i);
      gboolean critical = entry->criterion->critical != SIDE_CRITICAL_NO || other->criterion->critical != SIDE_CRITICAL_NO;

      if (exclude_each_other (entry->criterion, other->criterion))
        continue;
      if (!wording_told && g_str_equal (entry->wording, other->wording))
        {
          tell_pair (findings, SIDE_FAULT_SAME_WORDING, SIDE_SEVERITY_WARNING, entry, other, 1.0);
          wording_told = TRUE;
        }
      else if (!wording_told && entry->words->len >= MIN_WORDS && other->words->len >= MIN_WORDS
               && likeness (entry->words, other->words) >= NEARLY_SAME)
        {
          tell_pair (findings, SIDE_FAULT_SAME_WORDING, SIDE_SEVERITY_HINT, entry, other,
                     likeness (entry->words, other->words));
          wording_told = TRUE;
        }
      if (!hint_told && critical && g_str_equal (entry->hint, other->hint))
        {
          tell_pair (findings, SIDE_FAULT_SAME_HINT, SIDE_SEVERITY_WARNING, entry, other, 0.0);
          hint_told = TRUE;
        }
    }
}

static gboolean
costs (const SideCriterion *criterion)
{
  return criterion->critical != SIDE_CRITICAL_NO || (criterion->weight > 0.0 && !criterion->bonus);
}

/* One that applies only below a full mark of another: where it fails, the
 * other has failed before. A critical one has taken everything by then. */
static void
check_follower (const SideScript *script,
                const Entry      *entry,
                GPtrArray        *findings)
{
  const SideCriterion *criterion = entry->criterion;
  const SideCriterion *other;
  SideScriptFinding *finding;

  if (criterion->only_if == NULL || criterion->only_high >= 1.0 - 1e-9 || !costs (criterion))
    return;
  other = side_script_find_criterion (script, criterion->only_if);
  if (other == NULL || other == criterion || !costs (other)
      || !_side_check_has_answer (other, criterion->only_low, criterion->only_high))
    return;
  finding = _side_check_tell_about (findings, SIDE_FAULT_FAILS_TOGETHER,
                                    other->critical != SIDE_CRITICAL_NO ? SIDE_SEVERITY_WARNING : SIDE_SEVERITY_HINT,
                                    entry->section, criterion);
  finding->other = g_strdup (other->id);
}

/* What the same fault costs more than once. */
void
_side_check_twice (const SideScript *script,
                   GPtrArray        *findings)
{
  g_autoptr (GArray) entries = list_entries (script);

  for (guint i = 0; i < entries->len; i++)
    {
      compare_with_earlier (entries, i, findings);
      check_follower (script, &g_array_index (entries, Entry, i), findings);
    }
}
