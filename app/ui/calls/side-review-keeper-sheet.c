/* side-review-keeper-sheet.c - a keeper as the questions of a form see it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-review-keeper-private.h"

static const SideScript *
get_script (SideAnswerSheet *sheet)
{
  return side_review_keeper_get_script (SIDE_REVIEW_KEEPER (sheet));
}

static const SideReview *
get_review (SideAnswerSheet *sheet)
{
  return side_review_keeper_get_review (SIDE_REVIEW_KEEPER (sheet));
}

static gboolean
is_loading (SideAnswerSheet *sheet)
{
  return side_review_keeper_is_loading (SIDE_REVIEW_KEEPER (sheet));
}

static gboolean
can_change (SideAnswerSheet *sheet)
{
  return side_review_keeper_can_change (SIDE_REVIEW_KEEPER (sheet));
}

static void
answer (SideAnswerSheet *sheet,
        const char      *criterion,
        double           value,
        gint64           position_ms)
{
  side_review_keeper_answer (SIDE_REVIEW_KEEPER (sheet), criterion, value, position_ms);
}

static void
explain (SideAnswerSheet  *sheet,
         const SideAnswer *given)
{
  side_review_keeper_explain (SIDE_REVIEW_KEEPER (sheet), given);
}

/* _side_review_keeper_init_sheet: for G_IMPLEMENT_INTERFACE() */
void
_side_review_keeper_init_sheet (SideAnswerSheetInterface *iface)
{
  iface->get_script = get_script;
  iface->get_review = get_review;
  iface->is_loading = is_loading;
  iface->can_change = can_change;
  iface->answer = answer;
  iface->explain = explain;
}
