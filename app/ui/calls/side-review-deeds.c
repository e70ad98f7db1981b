/* side-review-deeds.c - what is asked before a review passes on, or is opened again
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The actions of a form's menu and their questions: a reason before what is
 * sealed is revised, a yes before somebody's draft is taken over or a call is
 * scored that was hardly heard. What is done then is the keeper's.
 */
#include "side-review-deeds.h"

#include <glib/gi18n.h>
#include <math.h>

#include "side-review-words.h"
#include "side-score-ring.h"
#include "side-text.h"
#include "side-whatif-window.h"
#include "side-words-guard.h"

#define REASON_MAX 500   /* characters */

static GtkWindow *
window_of (GtkWidget *form)
{
  GtkRoot *root = gtk_widget_get_root (form);

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
reason_changed_cb (GtkEditable      *entry,
                   AdwMessageDialog *dialog)
{
  g_autofree char *reason = g_strstrip (g_strdup (gtk_editable_get_text (entry)));

  adw_message_dialog_set_response_enabled (dialog, "revise", *reason != '\0');
}

static void
reason_response_cb (AdwMessageDialog *dialog,
                    const char       *response,
                    SideReviewKeeper *keeper)
{
  GtkWidget *entry = adw_message_dialog_get_extra_child (dialog);
  g_autofree char *reason = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));

  if (g_str_equal (response, "revise") && *reason != '\0')
    side_review_keeper_revise (keeper, reason);
}

/**
 * side_review_deeds_revise:
 * @form: whose window asks
 * @keeper: a keeper that can
 *
 * Asks why, and begins a new revision.
 */
void
side_review_deeds_revise (GtkWidget        *form,
                          SideReviewKeeper *keeper)
{
  GtkWidget *dialog = adw_message_dialog_new (window_of (form), _("Revise This Review?"),
                                              _("It stays as it is in its history, with its score. A new revision begins with the same answers."));
  GtkWidget *entry = gtk_entry_new ();

  gtk_entry_set_max_length (GTK_ENTRY (entry), REASON_MAX);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _("Reason"));
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Reason"), -1);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), entry);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "revise", _("_Revise"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "revise", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (dialog), "revise", FALSE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "revise");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (entry, "changed", G_CALLBACK (reason_changed_cb), dialog, 0);
  g_signal_connect_object (dialog, "response", G_CALLBACK (reason_response_cb), keeper, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (entry);
  side_words_guard_begin (GTK_WINDOW (dialog));
}

static void
set_review (GtkWidget        *dialog,
            const SideReview *review)
{
  g_object_set_data_full (G_OBJECT (dialog), "review", g_strdup (review->id), g_free);
}

/**
 * side_review_deeds_is_about:
 * @dialog: one of these questions, about one review
 * @keeper: a keeper
 *
 * Returns: whether that review is still the one that is shown
 */
gboolean
side_review_deeds_is_about (AdwMessageDialog *dialog,
                            SideReviewKeeper *keeper)
{
  const SideReview *review = side_review_keeper_get_review (keeper);

  return review != NULL && g_strcmp0 (review->id, g_object_get_data (G_OBJECT (dialog), "review")) == 0;
}

/**
 * side_review_deeds_new_unheard:
 * @form: whose window asks
 * @keeper: a keeper with a review
 * @share: how much of the recording was heard for it, 0 to 1
 *
 * Returns: (transfer none): whether to finish all the same, to be presented;
 *   its response "finish" means yes
 */
GtkWidget *
side_review_deeds_new_unheard (GtkWidget        *form,
                               SideReviewKeeper *keeper,
                               double            share)
{
  double whole = floor (share * 100) / 100;   /* as the form shows it */
  g_autofree char *percent = side_text_percent (whole, 0);
  g_autofree char *body = whole > 0 ? g_strdup_printf (_("You heard %s of the recording."), percent)
                                    : g_strdup (_("You have not heard the recording."));
  GtkWidget *dialog = adw_message_dialog_new (window_of (form), _("Finish All the Same?"), body);

  set_review (dialog, side_review_keeper_get_review (keeper));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "finish", _("_Finish"), NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  return dialog;
}

static void
take_response_cb (AdwMessageDialog *dialog,
                  const char       *response,
                  SideReviewKeeper *keeper)
{
  if (g_str_equal (response, "take") && side_review_deeds_is_about (dialog, keeper))
    side_review_keeper_claim (keeper);
}

/**
 * side_review_deeds_take:
 * @form: whose window asks
 * @keeper: a keeper that can claim
 *
 * One that was released is claimed at once; before one is taken from
 * somebody's hands, it is asked.
 */
void
side_review_deeds_take (GtkWidget        *form,
                        SideReviewKeeper *keeper)
{
  const SideReview *review = side_review_keeper_get_review (keeper);
  g_autofree char *body = NULL;
  GtkWidget *dialog;

  if (review == NULL || review->reviewer == NULL)
    {
      side_review_keeper_claim (keeper);
      return;
    }
  body = g_strdup_printf (_("%s has begun it. With its answers it is yours then; that they had it stays on record."), review->reviewer);
  dialog = adw_message_dialog_new (window_of (form), _("Take Over This Review?"), body);
  set_review (dialog, review);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "take", _("_Take Over"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "take", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "take");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (take_response_cb), keeper, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

typedef struct {
  GtkWidget        *form;     /* it owns the actions that hold this */
  SideReviewKeeper *keeper;
  SideDesk         *desk;
} Deeds;

static void
deeds_free (gpointer data)
{
  Deeds *deeds = data;

  g_object_unref (deeds->keeper);
  g_object_unref (deeds->desk);
  g_free (deeds);
}

static void
revise_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       data)
{
  side_review_deeds_revise (((Deeds *) data)->form, ((Deeds *) data)->keeper);
}

static void
release_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       data)
{
  side_review_keeper_release (((Deeds *) data)->keeper);
}

static void
again_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       data)
{
  side_review_keeper_begin_again (((Deeds *) data)->keeper);
}

static void
what_if_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       data)
{
  Deeds *deeds = data;
  const SideScript *script = side_review_keeper_get_script (deeds->keeper);
  const SideReview *review = side_review_keeper_get_review (deeds->keeper);

  if (script != NULL && review != NULL)
    gtk_window_present (side_whatif_window_new (window_of (deeds->form), deeds->desk, script, review));
}

static const GActionEntry entries[] = {
  { "revise", revise_cb, NULL, NULL, NULL, { 0 } },
  { "release", release_cb, NULL, NULL, NULL, { 0 } },
  { "again", again_cb, NULL, NULL, NULL, { 0 } },
  { "what-if", what_if_cb, NULL, NULL, NULL, { 0 } },
};

/**
 * side_review_deeds_attach:
 * @form: a form, once
 * @keeper: its keeper
 * @desk: its desk
 *
 * Gives @form the actions of side_review_deeds_new_menu().
 */
void
side_review_deeds_attach (GtkWidget        *form,
                          SideReviewKeeper *keeper,
                          SideDesk         *desk)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  Deeds *deeds = g_new0 (Deeds, 1);

  deeds->form = form;
  deeds->keeper = g_object_ref (keeper);
  deeds->desk = g_object_ref (desk);
  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), deeds);
  g_object_set_data (G_OBJECT (form), "review-actions", group);   /* as long as the form has them */
  g_object_set_data_full (G_OBJECT (group), "deeds", deeds, deeds_free);
  gtk_widget_insert_action_group (form, "review", G_ACTION_GROUP (group));
}

static void
enable (GActionMap *map,
        const char *name,
        gboolean    enabled)
{
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (map, name)), enabled);
}

/**
 * side_review_deeds_update:
 * @form: a form with these actions
 * @keeper: its keeper
 *
 * What cannot be done now is not in the menu.
 */
void
side_review_deeds_update (GtkWidget        *form,
                          SideReviewKeeper *keeper)
{
  GActionMap *map = g_object_get_data (G_OBJECT (form), "review-actions");

  enable (map, "revise", side_review_keeper_can_revise (keeper));
  enable (map, "release", side_review_keeper_can_release (keeper));
  enable (map, "again", side_review_keeper_can_begin_again (keeper));
  enable (map, "what-if", side_review_keeper_is_finished (keeper) && side_review_keeper_get_script (keeper) != NULL);
}

static void
add_item (GMenu      *menu,
          const char *label,
          const char *action)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, action);

  g_menu_item_set_attribute (item, "hidden-when", "s", "action-disabled");
  g_menu_append_item (menu, item);
}

/**
 * side_review_deeds_new_menu:
 *
 * Returns: (transfer full): what can be done with a review besides finishing it
 */
GMenu *
side_review_deeds_new_menu (void)
{
  GMenu *menu = g_menu_new ();

  add_item (menu, _("Revise…"), "review.revise");
  add_item (menu, _("Score Under Another Version…"), "review.what-if");
  add_item (menu, _("Review Again"), "review.again");
  add_item (menu, _("Release"), "review.release");
  return menu;
}

static void
add_revision (GtkWidget        *box,
              SideReviewKeeper *keeper,
              SideDesk         *desk,
              int               revision,
              gint64            finished_ms,
              const char       *reviewer,
              const char       *reason,
              GPtrArray        *answers)
{
  const SideScript *script = side_review_keeper_get_script (keeper);
  g_autoptr (SideReview) as_it_was = side_review_new (NULL, NULL, NULL, script->id, script->version);
  g_autofree char *at = finished_ms != 0 ? side_review_words_when (desk, finished_ms) : g_strdup (_("unfinished"));
  g_autofree char *title = g_strdup_printf (_("Revision %d"), revision);
  g_autofree char *who = g_strdup_printf ("%s · %s", reviewer != NULL ? reviewer : C_("review", "Released"), at);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *ring = side_score_ring_new ();
  const char *texts[] = { title, who, reason };
  SideScore score;

  g_ptr_array_unref (as_it_was->answers);
  as_it_was->answers = g_ptr_array_ref (answers);
  side_score_compute (script, as_it_was, &score);
  side_score_ring_set_score (SIDE_SCORE_RING (ring), score.answered > 0 ? score.score : NAN);
  gtk_box_append (GTK_BOX (line), ring);
  gtk_box_append (GTK_BOX (line), words);
  for (guint i = 0; i < G_N_ELEMENTS (texts) && texts[i] != NULL; i++)
    {
      GtkWidget *label = gtk_label_new (texts[i]);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_width_chars (GTK_LABEL (label), 30);
      gtk_label_set_max_width_chars (GTK_LABEL (label), 34);
      gtk_widget_add_css_class (label, i == 0 ? "heading" : "caption");
      if (i == 1)
        gtk_widget_add_css_class (label, "dim-label");
      gtk_box_append (GTK_BOX (words), label);
    }
  gtk_box_append (GTK_BOX (box), line);
}

static void
history_cb (GtkMenuButton *button,
            gpointer       data)
{
  Deeds *deeds = data;
  const SideReview *review = side_review_keeper_get_review (deeds->keeper);
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);

  if (review != NULL && side_review_keeper_get_script (deeds->keeper) != NULL)
    {
      add_revision (box, deeds->keeper, deeds->desk, review->revision, review->finished_ms, review->reviewer, review->reason,
                    review->answers);
      for (guint i = review->history->len; i > 0; i--)
        {
          const SideReviewRevision *sealed = g_ptr_array_index (review->history, i - 1);

          add_revision (box, deeds->keeper, deeds->desk, sealed->revision, sealed->finished_ms, sealed->reviewer, sealed->reason,
                        sealed->answers);
        }
    }
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 360);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  gtk_popover_set_child (GTK_POPOVER (popover), scroller);
  gtk_menu_button_set_popover (button, popover);
}

/**
 * side_review_deeds_new_history:
 * @keeper: a keeper
 * @desk: its desk
 *
 * Returns: a button that opens the revisions of the keeper's review: who made
 *   each, when, why, and what it came to
 */
GtkWidget *
side_review_deeds_new_history (SideReviewKeeper *keeper,
                               SideDesk         *desk)
{
  GtkWidget *button = gtk_menu_button_new ();
  Deeds *deeds = g_new0 (Deeds, 1);

  deeds->keeper = g_object_ref (keeper);
  deeds->desk = g_object_ref (desk);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "document-open-recent-symbolic");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "revisions");
  gtk_widget_set_tooltip_text (button, _("Revisions of this review"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Revisions of this review"), -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (button), history_cb, deeds, deeds_free);
  return button;
}
