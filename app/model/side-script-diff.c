/* side-script-diff.c - how one version of a script differs from another
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Parts are matched by their ids. In a list that was put into another order
 * only what has to be taken out and put elsewhere counts as moved: the longest
 * row of parts that kept their order (longest increasing subsequence) stays.
 */
#include "side-script-diff.h"

static const char *const kinds[] = { "added", "removed", "moved", "changed" };
static const char *const parts[] = { "script", "section", "criterion", "step" };

/* Where changes are told, and of which part. */
typedef struct {
  GPtrArray      *changes;
  SideScriptPart  part;
  const char     *id;
  const char     *title;
} Teller;

/**
 * side_change_kind_to_string:
 * @kind: what happened
 *
 * Returns: the word programs read
 */
const char *
side_change_kind_to_string (SideChangeKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (kinds), "");
  return kinds[kind];
}

/**
 * side_script_part_to_string:
 * @part: to what
 *
 * Returns: the word programs read
 */
const char *
side_script_part_to_string (SideScriptPart part)
{
  g_return_val_if_fail ((guint) part < G_N_ELEMENTS (parts), "");
  return parts[part];
}

/**
 * side_script_change_free:
 * @self: (transfer full): a change
 */
void
side_script_change_free (SideScriptChange *self)
{
  g_return_if_fail (self != NULL);
  g_free (self->id);
  g_free (self->title);
  g_free (self->before);
  g_free (self->after);
  g_free (self);
}

static void
change_free (gpointer data)
{
  side_script_change_free (data);
}

/* @before, @after: (transfer full) (nullable) */
static void
tell (const Teller   *teller,
      SideChangeKind  kind,
      const char     *field,
      char           *before,
      char           *after)
{
  SideScriptChange *change = g_new0 (SideScriptChange, 1);

  change->kind = kind;
  change->part = teller->part;
  change->id = g_strdup (teller->id);
  change->title = g_strdup (teller->title);
  change->field = field;
  change->before = before;
  change->after = after;
  g_ptr_array_add (teller->changes, change);
}

static void
compare_texts (const Teller *teller,
               const char   *field,
               const char   *before,
               const char   *after)
{
  /* No text and an empty one read the same. */
  before = before != NULL && before[0] != '\0' ? before : NULL;
  after = after != NULL && after[0] != '\0' ? after : NULL;
  if (g_strcmp0 (before, after) != 0)
    tell (teller, SIDE_CHANGE_CHANGED, field, g_strdup (before), g_strdup (after));
}

static char *
number_text (double number)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  return g_strdup (g_ascii_formatd (digits, sizeof digits, "%.10g", number));
}

static void
compare_numbers (const Teller *teller,
                 const char   *field,
                 double        before,
                 double        after)
{
  g_autofree char *b = number_text (before);
  g_autofree char *a = number_text (after);

  compare_texts (teller, field, b, a);
}

static void
compare_booleans (const Teller *teller,
                  const char   *field,
                  gboolean      before,
                  gboolean      after)
{
  compare_texts (teller, field, before ? "true" : "false", after ? "true" : "false");
}

/* Returns: (transfer full): a line for each text */
static char *
text_lines (const GPtrArray *texts)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < texts->len; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? "\n" : "", (const char *) g_ptr_array_index (texts, i));
  return g_string_free (out, FALSE);
}

static char *
exemplar_lines (const GPtrArray *exemplars)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < exemplars->len; i++)
    {
      const SideExemplar *each = g_ptr_array_index (exemplars, i);
      g_autofree char *value = number_text (each->value);

      g_string_append_printf (out, "%s%s\t%s\t%" G_GINT64_FORMAT "\t%" G_GINT64_FORMAT "\t%s", i > 0 ? "\n" : "", value,
                              each->call != NULL ? each->call : "", each->from_ms, each->to_ms,
                              each->text != NULL ? each->text : "");
    }
  return g_string_free (out, FALSE);
}

static char *
branch_lines (const GPtrArray *branches)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < branches->len; i++)
    {
      const SideBranch *each = g_ptr_array_index (branches, i);

      g_string_append_printf (out, "%s%s\t%s", i > 0 ? "\n" : "", each->when != NULL ? each->when : "",
                              each->step != NULL ? each->step : "");
    }
  return g_string_free (out, FALSE);
}

static void
compare_lines (const Teller *teller,
               const char   *field,
               char *(*lines) (const GPtrArray *list),
               const GPtrArray *before,
               const GPtrArray *after)
{
  g_autofree char *b = lines (before);
  g_autofree char *a = lines (after);

  compare_texts (teller, field, b, a);
}

static void
compare_criteria (const Teller        *teller,
                  const SideCriterion *before,
                  const SideCriterion *after)
{
  compare_texts (teller, "text", before->text, after->text);
  compare_texts (teller, "hint", before->hint, after->hint);
  compare_texts (teller, "answers", side_answers_to_string (before->answers), side_answers_to_string (after->answers));
  if (before->answers == SIDE_ANSWERS_SCALE && after->answers == SIDE_ANSWERS_SCALE)
    compare_numbers (teller, "scale_max", before->scale_max, after->scale_max);
  compare_numbers (teller, "weight", before->weight, after->weight);
  compare_booleans (teller, "allow_na", before->allow_na, after->allow_na);
  compare_texts (teller, "critical", side_critical_to_string (before->critical), side_critical_to_string (after->critical));
  compare_booleans (teller, "bonus", before->bonus, after->bonus);
  compare_texts (teller, "comment", side_comment_rule_to_string (before->comment),
                 side_comment_rule_to_string (after->comment));
  compare_lines (teller, "causes", text_lines, before->causes, after->causes);
  compare_lines (teller, "exemplars", exemplar_lines, before->exemplars, after->exemplars);
  compare_texts (teller, "only_if", before->only_if, after->only_if);
  if (before->only_if == NULL || after->only_if == NULL)
    return;
  compare_numbers (teller, "only_low", before->only_low, after->only_low);
  compare_numbers (teller, "only_high", before->only_high, after->only_high);
}

static void
compare_steps (const Teller   *teller,
               const SideStep *before,
               const SideStep *after)
{
  compare_texts (teller, "title", before->title, after->title);
  compare_texts (teller, "say", before->say, after->say);
  compare_texts (teller, "hint", before->hint, after->hint);
  compare_texts (teller, "section", before->section, after->section);
  compare_lines (teller, "branches", branch_lines, before->branches, after->branches);
}

static void
compare_heads (GPtrArray        *changes,
               const SideScript *before,
               const SideScript *after)
{
  const Teller teller = { changes, SIDE_PART_SCRIPT, NULL, after->title };

  compare_texts (&teller, "title", before->title, after->title);
  compare_texts (&teller, "purpose", side_script_purpose_to_string (before->purpose),
                 side_script_purpose_to_string (after->purpose));
  compare_texts (&teller, "language", before->language, after->language);
  compare_booleans (&teller, "above_100", before->above_100, after->above_100);
  compare_booleans (&teller, "whole_recording", before->whole_recording, after->whole_recording);
  compare_lines (&teller, "queues", text_lines, before->queues, after->queues);
}

/* Every part of a list begins with its id. */
static const char *
id_at (const GPtrArray *list,
       guint            at)
{
  G_STATIC_ASSERT (G_STRUCT_OFFSET (SideSection, id) == 0 && G_STRUCT_OFFSET (SideCriterion, id) == 0
                   && G_STRUCT_OFFSET (SideStep, id) == 0);
  return *(char *const *) g_ptr_array_index (list, at);
}

/* Returns: (transfer full): id -> place from 1 of the first part that has it */
static GHashTable *
places_of (const GPtrArray *list)
{
  GHashTable *places = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = list->len; i-- > 0;)
    g_hash_table_insert (places, (gpointer) id_at (list, i), GUINT_TO_POINTER (i + 1));
  return places;
}

/*
 * What of a list stands elsewhere: @moved[i] is the place from 1 the part at
 * @after[i] was at, or 0 when it kept its order or was not in @before.
 * Patience sorting: @tails[n] ends the best row of n + 1 found so far.
 */
static guint *
find_moved (const GPtrArray *before,
            const GPtrArray *after)
{
  g_autoptr (GHashTable) places = places_of (before);
  guint *moved = g_new0 (guint, after->len + 1);
  g_autofree guint *tails = g_new0 (guint, after->len + 1);
  g_autofree int *previous = g_new0 (int, after->len + 1);
  guint n = 0;

  for (guint i = 0; i < after->len; i++)
    {
      guint low = 0;
      guint high = n;

      moved[i] = GPOINTER_TO_UINT (g_hash_table_lookup (places, id_at (after, i)));
      if (moved[i] == 0)
        continue;
      while (low < high)
        {
          guint middle = (low + high) / 2;

          if (moved[tails[middle]] < moved[i])
            low = middle + 1;
          else
            high = middle;
        }
      previous[i] = low > 0 ? (int) tails[low - 1] : -1;
      tails[low] = i;
      n = MAX (n, low + 1);
    }
  for (int at = n > 0 ? (int) tails[n - 1] : -1; at >= 0; at = previous[at])
    moved[at] = 0;
  return moved;
}

static void
tell_moved (const Teller *teller,
            guint         before,
            guint         after)
{
  if (before != 0)
    tell (teller, SIDE_CHANGE_MOVED, "place", g_strdup_printf ("%u", before), g_strdup_printf ("%u", after));
}

/* The section of @script that holds @criterion. */
static const SideSection *
section_with (const SideScript *script,
              const char       *criterion)
{
  for (guint i = 0; i < script->sections->len; i++)
    {
      const SideSection *section = g_ptr_array_index (script->sections, i);

      for (guint k = 0; k < section->criteria->len; k++)
        if (g_strcmp0 (id_at (section->criteria, k), criterion) == 0)
          return section;
    }
  return NULL;
}

static void
diff_criteria (GPtrArray         *changes,
               const SideScript  *before,
               const SideSection *old_section,
               const SideSection *section)
{
  g_autofree guint *moved = old_section != NULL ? find_moved (old_section->criteria, section->criteria) : NULL;

  for (guint i = 0; i < section->criteria->len; i++)
    {
      const SideCriterion *criterion = g_ptr_array_index (section->criteria, i);
      const Teller teller = { changes, SIDE_PART_CRITERION, criterion->id, criterion->text };
      const SideCriterion *old = side_script_find_criterion (before, criterion->id);
      const SideSection *was_in = old != NULL ? section_with (before, criterion->id) : NULL;

      if (old == NULL)
        {
          tell (&teller, SIDE_CHANGE_ADDED, NULL, NULL, NULL);
          continue;
        }
      if (g_strcmp0 (was_in->id, section->id) != 0)
        tell (&teller, SIDE_CHANGE_MOVED, "section", g_strdup (was_in->id), g_strdup (section->id));
      else if (moved != NULL)
        tell_moved (&teller, moved[i], i + 1);
      compare_criteria (&teller, old, criterion);
    }
}

static void
tell_removed_criteria (GPtrArray         *changes,
                       const SideSection *old_section,
                       const SideScript  *after)
{
  for (guint i = 0; i < old_section->criteria->len; i++)
    {
      const SideCriterion *old = g_ptr_array_index (old_section->criteria, i);
      const Teller teller = { changes, SIDE_PART_CRITERION, old->id, old->text };

      if (side_script_find_criterion (after, old->id) == NULL)
        tell (&teller, SIDE_CHANGE_REMOVED, NULL, NULL, NULL);
    }
}

static void
diff_sections (GPtrArray        *changes,
               const SideScript *before,
               const SideScript *after)
{
  g_autofree guint *moved = find_moved (before->sections, after->sections);

  for (guint i = 0; i < after->sections->len; i++)
    {
      const SideSection *section = g_ptr_array_index (after->sections, i);
      const SideSection *old = side_script_find_section (before, section->id);
      const Teller teller = { changes, SIDE_PART_SECTION, section->id, section->title };

      if (old == NULL)
        tell (&teller, SIDE_CHANGE_ADDED, NULL, NULL, NULL);
      else
        compare_texts (&teller, "title", old->title, section->title);
      tell_moved (&teller, moved[i], i + 1);
      diff_criteria (changes, before, old, section);
      if (old != NULL)
        tell_removed_criteria (changes, old, after);
    }
  for (guint i = 0; i < before->sections->len; i++)
    {
      const SideSection *old = g_ptr_array_index (before->sections, i);
      const Teller teller = { changes, SIDE_PART_SECTION, old->id, old->title };

      if (side_script_find_section (after, old->id) != NULL)
        continue;
      tell (&teller, SIDE_CHANGE_REMOVED, NULL, NULL, NULL);
      tell_removed_criteria (changes, old, after);
    }
}

static void
diff_steps (GPtrArray        *changes,
            const SideScript *before,
            const SideScript *after)
{
  g_autofree guint *moved = find_moved (before->steps, after->steps);

  for (guint i = 0; i < after->steps->len; i++)
    {
      const SideStep *step = g_ptr_array_index (after->steps, i);
      const SideStep *old = side_script_find_step (before, step->id);
      const Teller teller = { changes, SIDE_PART_STEP, step->id, step->title };

      tell_moved (&teller, moved[i], i + 1);
      if (old != NULL)
        compare_steps (&teller, old, step);
      else
        tell (&teller, SIDE_CHANGE_ADDED, NULL, NULL, NULL);
    }
  for (guint i = 0; i < before->steps->len; i++)
    {
      const SideStep *old = g_ptr_array_index (before->steps, i);
      const Teller teller = { changes, SIDE_PART_STEP, old->id, old->title };

      if (side_script_find_step (after, old->id) == NULL)
        tell (&teller, SIDE_CHANGE_REMOVED, NULL, NULL, NULL);
    }
}

/**
 * side_script_diff:
 * @before: a version
 * @after: another version of the same script, or a draft of it
 *
 * What a version says of itself (its number, state, author, note and instant)
 * is no difference of what it asks for.
 *
 * Returns: (transfer full) (element-type SideScriptChange): the differences:
 *   of the script itself, of the form in the order of @after with what was
 *   removed from a section behind it, and of the conversation
 */
GPtrArray *
side_script_diff (const SideScript *before,
                  const SideScript *after)
{
  GPtrArray *changes;

  g_return_val_if_fail (before != NULL && after != NULL, NULL);

  changes = g_ptr_array_new_with_free_func (change_free);
  compare_heads (changes, before, after);
  diff_sections (changes, before, after);
  diff_steps (changes, before, after);
  return changes;
}
