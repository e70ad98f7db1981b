/* side-agreement-sheet.c - reviews of one script version, ordered by call and reviewer
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Only finished reviews count, each with the answers it was sealed with first:
 * what was changed after a discussion or a dispute is not what the reviewer
 * thought alone. Of a call that one person reviewed more than once their first
 * review stands here; one that was made as a repeat is held against it.
 */
#include "side-agreement-sheet.h"

static void
entry_free (gpointer data)
{
  SideEntry *entry = data;

  g_free (entry->values);
  g_free (entry);
}

static void
call_free (gpointer data)
{
  SideSheetCall *call = data;

  g_ptr_array_unref (call->entries);
  g_free (call->agreed);
  g_free (call);
}

/**
 * side_sheet_free:
 * @self: (transfer full): a sheet
 */
void
side_sheet_free (SideSheet *self)
{
  g_ptr_array_unref (self->criteria);
  g_ptr_array_unref (self->names);
  g_ptr_array_unref (self->calls);
  g_ptr_array_unref (self->repeats);
  g_ptr_array_unref (self->entries);
  g_free (self);
}

static double *
no_answers (const SideSheet *self)
{
  double *values = g_new (double, self->criteria->len + 1);

  for (guint i = 0; i < self->criteria->len; i++)
    values[i] = SIDE_ANSWER_NONE;
  return values;
}

static gint64
sealed_ms (const SideReview *review)
{
  gint64 at_ms = 0;

  side_review_get_first (review, NULL, &at_ms);
  return at_ms;
}

/* Who thought so: after a ruling the review is the judge's, its first answers are not. */
static const char *
first_reviewer (const SideReview *review)
{
  const char *name = NULL;

  side_review_get_first (review, &name, NULL);
  return name;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

static void
add_names (SideSheet  *self,
           GPtrArray  *reviews,
           GHashTable *places)
{
  for (guint i = 0; i < reviews->len; i++)
    {
      const char *name = first_reviewer (reviews->pdata[i]);

      if (g_hash_table_add (places, (gpointer) name))
        g_ptr_array_add (self->names, (gpointer) name);
    }
  g_ptr_array_sort (self->names, compare_names);
}

/* ---- which reviews count ---- */

/* Of the calibrations in which nobody may know yet what others answered their
 * ids go into @blind. Returns: (transfer full): all of them by their ids */
static GHashTable *
find_blind (GPtrArray  *reviews,
            GPtrArray  *calibrations,
            GHashTable *blind)
{
  GHashTable *by_id = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) of_plan = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < reviews->len; i++)
    {
      const SideReview *review = reviews->pdata[i];
      GPtrArray *its = review->plan != NULL ? g_hash_table_lookup (of_plan, review->plan) : NULL;

      if (review->plan == NULL)
        continue;
      if (its == NULL)
        g_hash_table_insert (of_plan, review->plan, its = g_ptr_array_new ());
      g_ptr_array_add (its, (gpointer) review);
    }
  for (guint i = 0; i < calibrations->len; i++)
    {
      const SideCalibration *calibration = calibrations->pdata[i];
      GPtrArray *its = g_hash_table_lookup (of_plan, calibration->id);

      g_hash_table_insert (by_id, calibration->id, (gpointer) calibration);
      if (its != NULL && side_calibration_is_blind (calibration, its))
        g_hash_table_add (blind, calibration->id);
    }
  return by_id;
}

static int
compare_sealed (gconstpointer a,
                gconstpointer b)
{
  const SideReview *x = *(SideReview *const *) a, *y = *(SideReview *const *) b;
  gint64 left = sealed_ms (x), right = sealed_ms (y);

  return left != right ? (left > right) - (left < right) : g_strcmp0 (x->id, y->id);
}

/* What was answered with others' answers in sight, or by somebody who was left
 * out, is not what a reviewer thought alone. */
static gboolean
was_alone (GHashTable       *calibrations,
           const SideReview *review)
{
  const SideCalibration *calibration = review->plan != NULL ? g_hash_table_lookup (calibrations, review->plan) : NULL;

  return calibration == NULL
         || (!side_calibration_is_late (calibration, review) && side_calibration_asks (calibration, first_reviewer (review)));
}

/* Reviews of this version that were finished and may be seen, oldest first; one
 * that is being revised counts by its first answers, as it did before. */
static GPtrArray *
choose (SideSheet        *self,
        const SideScript *script,
        GPtrArray        *reviews,
        GPtrArray        *calibrations)
{
  g_autoptr (GHashTable) blind = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) by_id = find_blind (reviews, calibrations, blind);
  GPtrArray *chosen = g_ptr_array_new ();

  for (guint i = 0; i < reviews->len; i++)
    {
      SideReview *review = reviews->pdata[i];

      if (first_reviewer (review) == NULL || review->call == NULL
          || g_strcmp0 (review->script, script->id) != 0 || review->script_version != script->version)
        continue;
      if (review->plan != NULL && g_hash_table_contains (blind, review->plan))
        self->hidden++;
      else if (!was_alone (by_id, review))
        self->late++;
      else
        g_ptr_array_add (chosen, review);
    }
  g_ptr_array_sort (chosen, compare_sealed);
  return chosen;
}

/* ---- filling ---- */

static SideEntry *
add_entry (SideSheet  *self,
           SideReview *review,
           GHashTable *criteria)
{
  const char *name = NULL;
  const GPtrArray *answers = side_review_get_first (review, &name, NULL);
  SideEntry *entry = g_new0 (SideEntry, 1);

  entry->review = review;
  entry->at_ms = sealed_ms (review);
  entry->values = no_answers (self);
  while (g_strcmp0 (self->names->pdata[entry->reviewer], name) != 0)
    entry->reviewer++;
  for (guint i = 0; i < answers->len; i++)
    {
      const SideAnswer *answer = answers->pdata[i];
      guint place = GPOINTER_TO_UINT (g_hash_table_lookup (criteria, answer->criterion));

      if (place > 0)
        entry->values[place - 1] = answer->value;
    }
  g_ptr_array_add (self->entries, entry);
  return entry;
}

/**
 * side_sheet_find_entry:
 * @call: a call
 * @reviewer: a reviewer's place
 *
 * Returns: (transfer none) (nullable): their review of it
 */
const SideEntry *
side_sheet_find_entry (const SideSheetCall *call,
                       guint                reviewer)
{
  for (guint i = 0; i < call->entries->len; i++)
    if (((SideEntry *) call->entries->pdata[i])->reviewer == reviewer)
      return call->entries->pdata[i];
  return NULL;
}

static SideSheetCall *
call_of (SideSheet  *self,
         GHashTable *calls,
         const char *id)
{
  SideSheetCall *call = g_hash_table_lookup (calls, id);

  if (call != NULL)
    return call;
  call = g_new0 (SideSheetCall, 1);
  call->call = id;
  call->entries = g_ptr_array_new ();
  call->agreed = no_answers (self);
  call->expert = -1;
  g_hash_table_insert (calls, (gpointer) id, call);
  g_ptr_array_add (self->calls, call);
  return call;
}

/* A first review from before the period is what a repeat within it is held against. */
static void
add_review (SideSheet  *self,
            SideReview *review,
            GHashTable *criteria,
            GHashTable *calls,
            GHashTable *firsts,
            gboolean    within)
{
  g_autofree char *key = g_strconcat (review->call, "\n", first_reviewer (review), NULL);
  SideEntry *first = g_hash_table_lookup (firsts, key);
  gboolean again = first != NULL && review->selection == SIDE_SELECTION_REPEAT;
  SideSheetCall *call = within && !again ? call_of (self, calls, review->call) : NULL;
  SideEntry *entry;

  if (first != NULL && (!within || (!again && side_sheet_find_entry (call, first->reviewer) != NULL)))
    return;
  entry = add_entry (self, review, criteria);
  if (first == NULL)
    g_hash_table_insert (firsts, g_steal_pointer (&key), entry);
  if (!within)
    return;
  self->reviews++;
  self->seconds += review->selection == SIDE_SELECTION_SECOND ? 1 : 0;
  self->calibrated += review->selection == SIDE_SELECTION_CALIBRATION ? 1 : 0;
  if (call != NULL)
    {
      g_ptr_array_add (call->entries, entry);
      return;
    }
  g_ptr_array_add (self->repeats, first);
  g_ptr_array_add (self->repeats, entry);
}

static void
add_reviews (SideSheet  *self,
             GPtrArray  *chosen,
             GHashTable *criteria,
             GHashTable *calls,
             gint64      from_ms,
             gint64      to_ms)
{
  g_autoptr (GHashTable) firsts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < chosen->len; i++)
    {
      gint64 at_ms = sealed_ms (chosen->pdata[i]);

      add_review (self, chosen->pdata[i], criteria, calls, firsts, at_ms >= from_ms && (to_ms == 0 || at_ms < to_ms));
    }
}

static void
add_consensus (SideSheet        *self,
               const SideScript *script,
               GPtrArray        *calibrations,
               GHashTable       *criteria,
               GHashTable       *calls)
{
  for (guint i = 0; i < calibrations->len; i++)
    {
      const SideCalibration *calibration = calibrations->pdata[i];

      if (g_strcmp0 (calibration->script, script->id) != 0 || calibration->script_version != script->version)
        continue;
      for (guint k = 0; k < calibration->consensus->len; k++)
        {
          const SideConsensus *each = calibration->consensus->pdata[k];
          SideSheetCall *call = g_hash_table_lookup (calls, each->call);
          guint place = GPOINTER_TO_UINT (g_hash_table_lookup (criteria, each->criterion));

          if (call != NULL && place > 0)
            call->agreed[place - 1] = each->value;
        }
      for (guint k = 0; calibration->expert != NULL && k < calibration->calls->len; k++)
        {
          SideSheetCall *call = g_hash_table_lookup (calls, calibration->calls->pdata[k]);

          for (guint n = 0; call != NULL && n < self->names->len; n++)
            if (g_str_equal (self->names->pdata[n], calibration->expert))
              call->expert = (int) n;
        }
    }
}

/**
 * side_sheet_new:
 * @script: in the version asked about
 * @reviews: (element-type SideReview): of that script and others, from any time
 * @calibrations: (element-type SideCalibration): of that script and others
 * @from_ms: reviews finished from then on
 * @to_ms: and before then; 0 for no end
 *
 * Returns: (transfer full): the sheet; it points into all of these
 */
SideSheet *
side_sheet_new (const SideScript *script,
                GPtrArray        *reviews,
                GPtrArray        *calibrations,
                gint64            from_ms,
                gint64            to_ms)
{
  SideSheet *self = g_new0 (SideSheet, 1);
  g_autoptr (GHashTable) criteria = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) calls = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) chosen = NULL;

  self->criteria = g_ptr_array_new ();
  self->names = g_ptr_array_new ();
  self->calls = g_ptr_array_new_with_free_func (call_free);
  self->entries = g_ptr_array_new_with_free_func (entry_free);
  self->repeats = g_ptr_array_new ();
  for (guint i = 0; i < script->sections->len; i++)
    {
      const SideSection *section = script->sections->pdata[i];

      for (guint k = 0; k < section->criteria->len; k++)
        {
          SideCriterion *criterion = section->criteria->pdata[k];

          g_ptr_array_add (self->criteria, criterion);
          g_hash_table_insert (criteria, criterion->id, GUINT_TO_POINTER (self->criteria->len));
        }
    }
  chosen = choose (self, script, reviews, calibrations);
  add_names (self, chosen, names);
  add_reviews (self, chosen, criteria, calls, from_ms, to_ms);
  add_consensus (self, script, calibrations, criteria, calls);
  for (guint i = self->calls->len; i > 0; i--)
    if (((SideSheetCall *) self->calls->pdata[i - 1])->entries->len < 2)
      g_ptr_array_remove_index (self->calls, i - 1);
  return self;
}

/**
 * side_sheet_measure:
 * @call: a call
 * @reviewer: whose answer is to be measured
 * @criterion: a criterion's place
 *
 * Returns: what was agreed on, else the expert's answer to anybody but the
 *   expert; SIDE_ANSWER_NONE when there is neither
 */
double
side_sheet_measure (const SideSheetCall *call,
                    guint                reviewer,
                    guint                criterion)
{
  const SideEntry *expert;

  if (call->agreed[criterion] != SIDE_ANSWER_NONE)
    return call->agreed[criterion];
  if (call->expert < 0 || (guint) call->expert == reviewer)
    return SIDE_ANSWER_NONE;
  expert = side_sheet_find_entry (call, (guint) call->expert);
  return expert != NULL ? expert->values[criterion] : SIDE_ANSWER_NONE;
}
