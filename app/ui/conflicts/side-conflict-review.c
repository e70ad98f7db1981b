/* side-conflict-review.c - two versions of one review, settled by the rules of reviews
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is finished stays, and who had a review: a mix of two versions, member
 * by member, is nothing that anybody may write. People choose between answers
 * and words; the rest follows from what the server has.
 */
#include "side-conflict-review.h"

#include <glib/gi18n.h>

#include "side-conflict-merge.h"
#include "side-disputes.h"
#include "side-review-rule.h"
#include "side-text.h"
#include "side-wire.h"

/**
 * side_conflict_review_list_fields:
 * @mine: JSON of the version here
 * @theirs: JSON of the server's version
 * @base: (nullable): JSON of what both were made from
 *
 * Returns: (transfer full) (element-type SideConflictField): where they differ,
 *   of what can be chosen. Whether it is finished is, always: what was finished
 *   was not this mix
 */
GPtrArray *
side_conflict_review_list_fields (const char *mine,
                                  const char *theirs,
                                  const char *base)
{
  static const char *const followed[] = { "holders", "history", "revision", "heard", "started_ms", "selection", "plan", "timing", "replaced", NULL };
  GPtrArray *fields = side_conflict_list_fields (mine, theirs, base);

  for (guint i = fields->len; i-- > 0;)
    {
      SideConflictField *field = g_ptr_array_index (fields, i);

      if (g_str_equal (field->member, "finished_ms"))
        field->settled = FALSE;
      if (g_strv_contains (followed, field->member))
        g_ptr_array_remove_index (fields, i);
    }
  return fields;
}

/* Whether a revision carries out a ruling, only the dispute tells. */
static const GPtrArray *
disputes_about (SideDesk         *desk,
                const SideReview *review)
{
  const SideAnswered *answered = side_disputes_find (side_disputes_get (desk), review->id);

  return answered != NULL ? answered->disputes : NULL;
}

static SideReview *
read_review (const SideDocument *document)
{
  return g_str_equal (document->kind, "review") && document->body != NULL ? side_wire_review_from_json (document->body, -1, NULL) : NULL;
}

/**
 * side_conflict_review_say:
 * @desk: whose user decides
 * @mine: the version here, of any kind
 * @theirs: the server's version
 *
 * Returns: (transfer none) (nullable): what becomes of mine, where that does
 *   not go without saying
 */
const char *
side_conflict_review_say (SideDesk           *desk,
                          const SideDocument *mine,
                          const SideDocument *theirs)
{
  g_autoptr (SideReview) here = read_review (mine);
  g_autoptr (SideReview) there = read_review (theirs);
  g_autoptr (SideReview) settled = NULL;

  if (here == NULL || there == NULL || *side_desk_get_user (desk) == '\0')
    return NULL;
  if (there->finished_ms == 0)
    return there->reviewer != NULL && g_strcmp0 (there->reviewer, side_desk_get_user (desk)) != 0
             ? _("It is somebody else's draft by now: with what you keep of yours you take it over.") : NULL;
  settled = side_review_settle (here, here, there, side_desk_get_user (desk), disputes_about (desk, here), "-",
                                side_desk_get_write_ms (desk));
  return settled != NULL ? _("It was finished, and stays so: what you keep of yours becomes its next revision.")
                         : _("It was finished, and stays so: what you keep of yours becomes a second review beside it.");
}

/**
 * side_conflict_review_settle:
 * @desk: whose user has decided
 * @mine: the version here
 * @theirs: the server's version
 * @merged: JSON of what was chosen of both
 * @apart: (out) (transfer full) (nullable): what becomes of mine beside theirs,
 *   where somebody else has finished it: theirs stays as it is then
 *
 * Returns: (transfer full) (nullable): JSON of what is to be written over
 *   theirs; %NULL when theirs stays as it is
 */
char *
side_conflict_review_settle (SideDesk            *desk,
                             const SideDocument  *mine,
                             const SideDocument  *theirs,
                             const char          *merged,
                             SideDocument       **apart)
{
  g_autoptr (SideReview) here = read_review (mine);
  g_autoptr (SideReview) there = read_review (theirs);
  g_autoptr (SideReview) chosen = side_wire_review_from_json (merged, -1, NULL);
  g_autoptr (SideReview) settled = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  const char *user = side_desk_get_user (desk);

  *apart = NULL;
  if (here == NULL || there == NULL || chosen == NULL || *user == '\0')
    return g_strdup (merged);
  /* Translators: the reason of a revision, where one was written without knowing the one before */
  settled = side_review_settle (chosen, here, there, user, disputes_about (desk, here), _("Written without knowing the revision before"),
                                side_desk_get_write_ms (desk));
  if (settled == NULL)
    {
      g_autofree char *id = side_id_new ();
      g_autoptr (SideReview) second = side_review_set_apart (here, id, user);

      *apart = side_wire_document_for_review (second);
      return NULL;
    }
  before = side_wire_review_to_json (there);
  after = side_wire_review_to_json (settled);
  return g_str_equal (before, after) ? NULL : g_steal_pointer (&after);
}

/**
 * side_conflict_review_set_apart:
 * @desk: whose user decides
 * @mine: what is here, of any kind
 * @theirs: (nullable): the server's version; %NULL when it refuses @mine
 *
 * Where somebody else has the review by now, what was typed here need not be
 * mixed into theirs. The answers of a calibration are for nothing else.
 *
 * Returns: (transfer full) (nullable): @mine as a second review of the call;
 *   %NULL where it cannot be one
 */
SideDocument *
side_conflict_review_set_apart (SideDesk           *desk,
                                const SideDocument *mine,
                                const SideDocument *theirs)
{
  g_autoptr (SideReview) here = !mine->deleted ? read_review (mine) : NULL;
  g_autoptr (SideReview) there = theirs != NULL && !theirs->deleted ? read_review (theirs) : NULL;
  const char *user = side_desk_get_user (desk);
  g_autofree char *id = NULL;
  g_autoptr (SideReview) second = NULL;

  if (here == NULL || *user == '\0' || here->answers->len == 0 || here->selection == SIDE_SELECTION_CALIBRATION
      || (theirs != NULL && (there == NULL || there->reviewer == NULL || g_str_equal (there->reviewer, user))))
    return NULL;
  id = side_id_new ();
  second = side_review_set_apart (here, id, user);
  return side_wire_document_for_review (second);
}
