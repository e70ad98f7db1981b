/* side-call-history.c - one undo for all that is done on a call
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Notes and answers are kept apart and remember their own steps; their stamps
 * tell which was the last. What was taken back can be done again until
 * something else is done.
 */
#include "side-call-history.h"

#include <glib/gi18n.h>

#include "side-history-keys.h"
#include "side-toast.h"

/* What the keeper's step is, in words. */
static char *
answer_words (SideReviewKeeper *keeper,
              gboolean          redo)
{
  const SideScript *script = side_review_keeper_get_script (keeper);
  const char *id = side_review_keeper_get_step (keeper, redo);
  const SideCriterion *criterion = script != NULL && id != NULL ? side_script_find_criterion (script, id) : NULL;

  if (criterion == NULL)
    return g_strdup (_("answer in the form"));
  /* Translators: %s is a question of the scoring form */
  return g_strdup_printf (_("answer to “%s”"), criterion->text);
}

/**
 * side_call_history_undo:
 * @notes: the call's notes
 * @keeper: the call's review
 *
 * Takes back the newest deed of either.
 *
 * Returns: (transfer full) (nullable): what it was, in words; %NULL when there is none
 */
char *
side_call_history_undo (SideCallNotes    *notes,
                        SideReviewKeeper *keeper)
{
  SideStepsEnds written, answered;
  g_autofree char *words = NULL;

  side_steps_get_ends (side_call_notes_get_steps (notes), &written);
  side_review_keeper_get_ends (keeper, &answered);
  if (answered.done <= written.done)
    return side_steps_undo (side_call_notes_get_steps (notes));
  words = answer_words (keeper, FALSE);
  return side_review_keeper_undo (keeper) ? g_steal_pointer (&words) : NULL;
}

/**
 * side_call_history_redo:
 * @notes: the call's notes
 * @keeper: the call's review
 *
 * Does again what was taken back last, unless something was done since.
 *
 * Returns: (transfer full) (nullable): what it was, in words; %NULL when there is none
 */
char *
side_call_history_redo (SideCallNotes    *notes,
                        SideReviewKeeper *keeper)
{
  SideStepsEnds written, answered;
  g_autofree char *words = NULL;

  side_steps_get_ends (side_call_notes_get_steps (notes), &written);
  side_review_keeper_get_ends (keeper, &answered);
  if (MAX (written.undone, answered.undone) < MAX (written.made, answered.made))
    return NULL;
  if (answered.undone <= written.undone)
    return side_steps_redo (side_call_notes_get_steps (notes));
  words = answer_words (keeper, TRUE);
  return side_review_keeper_redo (keeper) ? g_steal_pointer (&words) : NULL;
}

typedef struct {
  GtkWidget        *page;     /* it owns the actions that hold this */
  AdwToastOverlay  *toasts;   /* weak, nullable */
  SideCallNotes    *notes;
  SideReviewKeeper *keeper;
} History;

static void
history_free (gpointer  data,
              GClosure *closure)
{
  History *history = data;

  g_clear_weak_pointer (&history->toasts);
  g_object_unref (history->notes);
  g_object_unref (history->keeper);
  g_free (history);
}

/* Each step can be gone the other way from where it is told. */
static void
tell (History    *history,
      const char *what,
      gboolean    redone)
{
  g_autofree char *words = NULL;
  AdwToast *toast;

  if (history->toasts == NULL)
    return;
  /* Translators: %s is what was taken back: "note moved" */
  words = g_strdup_printf (redone ? _("Done again: %s") : _("Undone: %s"), what);
  toast = side_toast_new (words);
  adw_toast_set_button_label (toast, redone ? _("Undo") : _("Redo"));
  adw_toast_set_action_name (toast, redone ? "history.undo" : "history.redo");
  adw_toast_overlay_add_toast (history->toasts, toast);
}

static void
activate_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       data)
{
  History *history = data;
  gboolean redo = g_str_equal (g_action_get_name (G_ACTION (action)), "redo");
  g_autofree char *what = redo ? side_call_history_redo (history->notes, history->keeper)
                               : side_call_history_undo (history->notes, history->keeper);

  if (what != NULL)
    tell (history, what, redo);
  else
    gtk_widget_error_bell (history->page);
}

/**
 * side_call_history_attach:
 * @page: the page of a call
 * @toasts: where is told what was taken back
 * @notes: the call's notes
 * @keeper: the call's review
 *
 * Gives the page the actions "history.undo" and "history.redo", and their keys.
 */
void
side_call_history_attach (GtkWidget        *page,
                          AdwToastOverlay  *toasts,
                          SideCallNotes    *notes,
                          SideReviewKeeper *keeper)
{
  static const char *const names[] = { "undo", "redo" };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GSimpleAction) action = g_simple_action_new (names[i], NULL);
      History *history = g_new0 (History, 1);

      history->page = page;
      g_set_weak_pointer (&history->toasts, toasts);
      history->notes = g_object_ref (notes);
      history->keeper = g_object_ref (keeper);
      g_signal_connect_data (action, "activate", G_CALLBACK (activate_cb), history, history_free, 0);
      g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
    }
  gtk_widget_insert_action_group (page, "history", G_ACTION_GROUP (group));
  side_history_keys_add (page, "history.undo", "history.redo");
}
