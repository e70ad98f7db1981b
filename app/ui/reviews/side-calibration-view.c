/* side-calibration-view.c - one calibration: first blind, then talked over
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * While it is blind it shows which calls this person is to review and how many
 * of these are finished: nothing of the others'. Afterwards the answers, call by
 * call, and what is agreed on.
 */
#include "side-calibration-view.h"

#include <glib/gi18n.h>

#include "side-agreement-words.h"
#include "side-calibration-rule.h"
#include "side-calibration-words.h"
#include "side-calibrations.h"
#include "side-clear.h"
#include "side-consensus-table.h"
#include "side-error.h"
#include "side-place.h"
#include "side-plan-words.h"

#define ASK_EVERY_US (30 * G_USEC_PER_SEC)

struct _SideCalibrationView
{
  AdwBin             parent_instance;
  SideDesk          *desk;
  SideCalibrations  *calibrations;
  char              *id;            /* of the one shown */
  char              *signature;     /* of what the list of calls shows */
  GHashTable        *calls;         /* id -> SideCall */
  SideScript        *script;        /* (nullable): its, once read */
  GCancellable      *cancellable;   /* of what is read for this one */
  SideCalibrationProgress *counted;    /* (nullable): who has finished, as the server told last */
  gint64             asked_us;      /* when it was asked to, monotonic; 0 never */
  guint              place;         /* of the call that is talked about */
  GtkLabel          *title;
  GtkLabel          *facts;
  GtkLabel          *progress;
  GtkWidget         *discuss;
  GtkWidget         *close;
  GtkWidget         *reopen;
  GtkWidget         *history;       /* undo and redo */
  GtkStack          *stack;         /* blind, table, wait */
  GtkListBox        *list;
  GtkDropDown       *chooser;
  GtkStringList     *titles;
  GtkLabel          *apart;
  SideConsensusTable *table;
  gboolean           filling;
};

G_DEFINE_FINAL_TYPE (SideCalibrationView, side_calibration_view, ADW_TYPE_BIN)

static guint toast_signal;

static void update (SideCalibrationView *self);

static void
side_calibration_view_dispose (GObject *object)
{
  SideCalibrationView *self = SIDE_CALIBRATION_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->calibrations);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (side_calibration_view_parent_class)->dispose (object);
}

static void
side_calibration_view_finalize (GObject *object)
{
  SideCalibrationView *self = SIDE_CALIBRATION_VIEW (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->script, side_script_unref);
  g_clear_pointer (&self->counted, side_calibration_progress_free);
  g_hash_table_unref (self->calls);
  g_free (self->signature);
  g_free (self->id);
  G_OBJECT_CLASS (side_calibration_view_parent_class)->finalize (object);
}

static const SideCalibration *
shown_one (SideCalibrationView *self)
{
  return self->calibrations != NULL ? side_calibrations_find (self->calibrations, self->id) : NULL;
}

static gboolean
may (SideCalibrationView   *self,
     const SideCalibration *calibration,
     gboolean             (*rule) (const SideCalibration *, const char *, gboolean))
{
  return side_document_shelf_may_write (SIDE_DOCUMENT_SHELF (self->calibrations))
         && rule (calibration, side_desk_get_user (self->desk), side_desk_get_role (self->desk) == SIDE_ROLE_SUPERVISOR);
}

/* ---- words ---- */

static char *
call_words (SideCalibrationView *self,
            const char          *id)
{
  const SideCall *call = g_hash_table_lookup (self->calls, id);

  return call != NULL ? side_plan_words_call (self->desk, call) : g_strdup (_("A call that is not on this computer"));
}

/* ---- the blind part ---- */

static void
add_row (SideCalibrationView   *self,
         const SideCalibration *calibration,
         const char            *call)
{
  const SideReview *review = side_calibrations_find_own (self->calibrations, calibration, call);
  gboolean asked = side_calibration_asks (calibration, side_desk_get_user (self->desk));
  g_autofree char *words = call_words (self, call), *escaped = g_markup_escape_text (words, -1);
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped);
  if (asked)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), review == NULL             ? _("To be reviewed")
                                                       : review->finished_ms == 0 ? _("Begun")
                                                                                  : _("Finished"));
  adw_action_row_add_prefix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name (review != NULL && review->finished_ms != 0 ? "side-good-symbolic"
                                                                                                      : "side-calls-symbolic"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "call", g_strdup (call), g_free);
  gtk_list_box_append (self->list, row);
}

static void
row_activated_cb (SideCalibrationView *self,
                  GtkListBoxRow       *row)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-call", "s", g_object_get_data (G_OBJECT (row), "call"));
}

/* Rows are made anew only when they say something else: the focus stays. */
static void
show_calls (SideCalibrationView   *self,
            const SideCalibration *calibration)
{
  GString *signature = g_string_new (calibration->id);

  for (guint i = 0; i < calibration->calls->len; i++)
    {
      const SideReview *review = side_calibrations_find_own (self->calibrations, calibration, calibration->calls->pdata[i]);

      g_string_append_printf (signature, "\n%s %d %d", (char *) calibration->calls->pdata[i],
                              review == NULL ? 0 : review->finished_ms == 0 ? 1 : 2,
                              g_hash_table_contains (self->calls, calibration->calls->pdata[i]));
    }
  if (g_strcmp0 (signature->str, self->signature) == 0)
    {
      g_string_free (signature, TRUE);
      return;
    }
  g_free (self->signature);
  self->signature = g_string_free (signature, FALSE);
  side_clear_children (GTK_WIDGET (self->list));
  for (guint i = 0; i < calibration->calls->len; i++)
    add_row (self, calibration, calibration->calls->pdata[i]);
}

/* ---- the discussion ---- */

static void
show_titles (SideCalibrationView   *self,
             const SideCalibration *calibration)
{
  g_autoptr (GPtrArray) titles = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < calibration->calls->len; i++)
    {
      g_autofree char *words = call_words (self, calibration->calls->pdata[i]);

      g_ptr_array_add (titles, g_strdup_printf ("%u. %s", i + 1, words));
    }
  g_ptr_array_add (titles, NULL);
  self->filling = TRUE;
  gtk_string_list_splice (self->titles, 0, g_list_model_get_n_items (G_LIST_MODEL (self->titles)),
                          (const char *const *) titles->pdata);
  self->place = MIN (self->place, calibration->calls->len - 1);
  gtk_drop_down_set_selected (self->chooser, self->place);
  self->filling = FALSE;
}

static void
show_discussion (SideCalibrationView   *self,
                 const SideCalibration *calibration)
{
  gboolean editable = may (self, calibration, side_calibration_may_agree) && calibration->state != SIDE_CALIBRATION_CLOSED;
  g_autofree char *words = NULL;
  guint n;

  if (g_list_model_get_n_items (G_LIST_MODEL (self->titles)) == 0)
    show_titles (self, calibration);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "calibration.previous", self->place > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "calibration.next", self->place + 1 < calibration->calls->len);
  side_consensus_table_show (self->table, self->script, calibration, calibration->calls->pdata[self->place],
                             side_calibrations_get_reviews (self->calibrations), editable);
  n = side_consensus_table_count_apart (self->table);
  words = n > 0 ? g_strdup_printf (ngettext ("%u criterion answered differently", "%u criteria answered differently", n), n)
                : g_strdup (_("All answers are the same"));
  gtk_label_set_text (self->apart, words);
}

static void
chosen_cb (SideCalibrationView *self)
{
  guint place = gtk_drop_down_get_selected (self->chooser);

  if (self->filling || place == GTK_INVALID_LIST_POSITION || place == self->place)
    return;
  side_consensus_table_flush (self->table);
  self->place = place;
  update (self);
}

static void
step_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  SideCalibrationView *self = SIDE_CALIBRATION_VIEW (widget);
  const SideCalibration *calibration = shown_one (self);
  guint place = g_str_has_suffix (name, "next") ? self->place + 1 : self->place - 1;

  if (calibration != NULL && place < calibration->calls->len)
    gtk_drop_down_set_selected (self->chooser, place);
}

static void
evidence_cb (SideCalibrationView *self,
             gint64               from_ms,
             gint64               to_ms)
{
  const SideCalibration *calibration = shown_one (self);

  if (calibration != NULL)
    side_place_show (GTK_WIDGET (self), calibration->calls->pdata[self->place], from_ms, to_ms, FALSE);
}

/* ---- changes ---- */

static void
change_state (SideCalibrationView  *self,
              SideCalibrationState  state,
              const char           *words)
{
  const SideCalibration *calibration = shown_one (self);
  g_autoptr (SideCalibration) copy = calibration != NULL ? side_calibration_copy (calibration) : NULL;

  if (copy == NULL)
    return;
  if (copy->state == SIDE_CALIBRATION_OPEN)
    side_calibration_begin_discussion (copy, side_desk_get_write_ms (self->desk));
  copy->state = state;
  side_calibrations_put (self->calibrations, copy, words);
}

static void
begun_cb (gpointer user_data)
{
  SideCalibrationView *self = user_data;
  const SideCalibration *calibration = shown_one (self);

  /* All have finished meanwhile, or another has begun it. */
  if (calibration != NULL && calibration->state == SIDE_CALIBRATION_OPEN)
    change_state (self, SIDE_CALIBRATION_DISCUSSION, NULL);
}

static SideCalibrationProgress *
take_progress (GObject      *source,
               GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  SideCalibrationProgress *progress = side_link_get_progress_finish (SIDE_LINK (source), result, &error);

  if (error != NULL && !side_error_is_cancelled (error))
    g_debug ("who has finished a calibration is not told: %s", error->message);
  return progress;
}

static void
asked_first_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr (SideCalibrationView) self = data;
  g_autoptr (SideCalibrationProgress) progress = take_progress (source, result);

  if (self->calibrations != NULL && gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    side_calibration_ask_begin (GTK_WIDGET (self), progress, begun_cb, self);
}

static void
discuss_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  SideCalibrationView *self = SIDE_CALIBRATION_VIEW (widget);
  const SideCalibration *calibration = shown_one (self);
  SideLink *link = self->desk != NULL ? side_desk_get_link (self->desk) : NULL;

  if (calibration == NULL || calibration->state != SIDE_CALIBRATION_OPEN || !may (self, calibration, side_calibration_may_lead))
    return;
  if (link != NULL && self->counted == NULL)
    side_link_get_progress_async (link, self->id, self->cancellable, asked_first_cb, g_object_ref (self));
  else
    side_calibration_ask_begin (widget, self->counted, begun_cb, self);
}

static void
progress_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (SideCalibrationView) self = data;
  g_autoptr (SideCalibrationProgress) progress = take_progress (source, result);

  if (progress == NULL || self->calibrations == NULL)
    return;
  g_clear_pointer (&self->counted, side_calibration_progress_free);
  self->counted = g_steal_pointer (&progress);
  update (self);
}

/* Whoever leads it is told; the feed of changes tells nothing of others' reviews. */
static void
tick_cb (SideCalibrationView *self)
{
  const SideCalibration *calibration = gtk_widget_get_mapped (GTK_WIDGET (self)) ? shown_one (self) : NULL;
  SideLink *link = calibration != NULL ? side_desk_get_link (self->desk) : NULL;
  gint64 now_us = g_get_monotonic_time ();

  if (link == NULL || (self->asked_us != 0 && now_us - self->asked_us < ASK_EVERY_US) || !may (self, calibration, side_calibration_may_lead)
      || !side_calibration_is_blind (calibration, side_calibrations_get_reviews (self->calibrations)))
    return;
  self->asked_us = now_us;
  side_link_get_progress_async (link, self->id, self->cancellable, progress_cb, g_object_ref (self));
}

static void
state_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  gboolean closes = g_str_has_suffix (name, "close");

  change_state (SIDE_CALIBRATION_VIEW (widget), closes ? SIDE_CALIBRATION_CLOSED : SIDE_CALIBRATION_DISCUSSION,
                closes ? _("calibration closed") : _("calibration reopened"));
}

static void
agreed_cb (SideCalibrationView *self,
           const char          *criterion,
           double               value,
           const char          *reason)
{
  const SideCalibration *calibration = shown_one (self);
  g_autoptr (SideCalibration) copy = calibration != NULL ? side_calibration_copy (calibration) : NULL;

  if (copy == NULL)
    return;
  /* Who agrees on something talks about it, and that is not taken back. */
  if (copy->state == SIDE_CALIBRATION_OPEN)
    {
      side_calibration_begin_discussion (copy, side_desk_get_write_ms (self->desk));
      side_calibrations_put (self->calibrations, copy, NULL);
    }
  side_calibration_agree (copy, copy->calls->pdata[self->place], criterion, value, side_desk_get_user (self->desk), reason,
                          side_desk_get_write_ms (self->desk));
  side_calibrations_put (self->calibrations, copy, value == SIDE_ANSWER_NONE ? _("consensus taken back") : _("consensus written down"));
}

static void
history_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  SideCalibrationView *self = SIDE_CALIBRATION_VIEW (widget);
  gboolean redo = g_str_has_suffix (name, "redo");
  SideSteps *steps = side_document_shelf_get_steps (SIDE_DOCUMENT_SHELF (self->calibrations));
  g_autofree char *what = redo ? side_steps_redo (steps) : side_steps_undo (steps);
  g_autofree char *words = what != NULL ? g_strdup_printf (redo ? _("Done again: %s") : _("Undone: %s"), what) : NULL;

  if (words != NULL)
    g_signal_emit (self, toast_signal, 0, words, NULL);
}

/* ---- what is shown ---- */

static void
show_buttons (SideCalibrationView   *self,
              const SideCalibration *calibration,
              gboolean               blind)
{
  gboolean leads = may (self, calibration, side_calibration_may_lead);
  SideStepsEnds ends;

  side_steps_get_ends (side_document_shelf_get_steps (SIDE_DOCUMENT_SHELF (self->calibrations)), &ends);
  gtk_widget_set_visible (self->discuss, leads && blind);
  gtk_widget_set_visible (self->close, leads && !blind && calibration->state != SIDE_CALIBRATION_CLOSED);
  gtk_widget_set_visible (self->reopen, leads && calibration->state == SIDE_CALIBRATION_CLOSED);
  gtk_widget_set_visible (self->history, !blind && may (self, calibration, side_calibration_may_agree));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "calibration.undo", ends.done != 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "calibration.redo", ends.undone != 0);
}

static void
update (SideCalibrationView *self)
{
  const SideCalibration *calibration = shown_one (self);
  GPtrArray *reviews = calibration != NULL ? side_calibrations_get_reviews (self->calibrations) : NULL;
  g_autofree char *facts = NULL, *progress = NULL;
  gboolean blind;

  if (calibration == NULL || calibration->calls->len == 0)
    return;
  blind = side_calibration_is_blind (calibration, reviews);
  facts = side_calibration_words_facts (self->calibrations, calibration, self->script);
  gtk_label_set_text (self->title, calibration->title != NULL ? calibration->title : _("Calibration"));
  gtk_label_set_text (self->facts, facts);
  progress = blind ? side_calibration_words_progress (self->calibrations, calibration, self->counted) : NULL;
  gtk_label_set_text (self->progress, progress != NULL ? progress : "");
  gtk_widget_set_visible (GTK_WIDGET (self->progress), blind);
  show_buttons (self, calibration, blind);
  if (blind)
    show_calls (self, calibration);
  else if (self->script != NULL)
    show_discussion (self, calibration);
  gtk_stack_set_visible_child_name (self->stack, blind ? "blind" : self->script != NULL ? "table" : "wait");
}

/* ---- reading ---- */

static void
call_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (SideCalibrationView) self = data;
  g_autoptr (GError) error = NULL;
  SideCall *call = side_store_get_call_finish (SIDE_STORE (source), result, &error);

  if (call == NULL)
    return;   /* cancelled, or not on this computer: said in its row */
  g_hash_table_replace (self->calls, call->id, call);
  gtk_string_list_splice (self->titles, 0, g_list_model_get_n_items (G_LIST_MODEL (self->titles)), NULL);
  update (self);
}

static void
script_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (SideCalibrationView) self = data;
  g_autoptr (GError) error = NULL;
  SideScript *script = side_store_get_script_finish (SIDE_STORE (source), result, &error);

  if (script == NULL)
    {
      if (!side_error_is_cancelled (error))
        g_debug ("a calibration's script is not here: %s", error != NULL ? error->message : "never came");
      return;
    }
  g_clear_pointer (&self->script, side_script_unref);
  self->script = script;
  update (self);
}

static void
read_all (SideCalibrationView   *self,
          const SideCalibration *calibration)
{
  SideStore *store = side_desk_get_store (self->desk);

  if (store == NULL)
    return;
  side_store_get_script_async (store, calibration->script, calibration->script_version, self->cancellable, script_cb,
                               g_object_ref (self));
  for (guint i = 0; i < calibration->calls->len; i++)
    side_store_get_call_async (store, calibration->calls->pdata[i], self->cancellable, call_cb, g_object_ref (self));
}

/**
 * side_calibration_view_show:
 * @self: the view
 * @id: (nullable): UUID of a calibration
 */
void
side_calibration_view_show (SideCalibrationView *self,
                            const char          *id)
{
  const SideCalibration *calibration;

  g_return_if_fail (SIDE_IS_CALIBRATION_VIEW (self));

  if (g_strcmp0 (id, self->id) != 0)
    {
      side_consensus_table_flush (self->table);
      g_cancellable_cancel (self->cancellable);
      g_clear_object (&self->cancellable);
      self->cancellable = g_cancellable_new ();
      g_free (self->id);
      self->id = g_strdup (id);
      self->place = 0;
      self->asked_us = 0;
      g_clear_pointer (&self->counted, side_calibration_progress_free);
      g_clear_pointer (&self->script, side_script_unref);
      g_hash_table_remove_all (self->calls);
      g_clear_pointer (&self->signature, g_free);
      gtk_string_list_splice (self->titles, 0, g_list_model_get_n_items (G_LIST_MODEL (self->titles)), NULL);
      calibration = shown_one (self);
      if (calibration != NULL)
        read_all (self, calibration);
    }
  update (self);
}

/* ---- the view ---- */

static void
side_calibration_view_class_init (SideCalibrationViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = side_calibration_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_calibration_view_finalize;
  toast_signal = g_signal_new ("toast", SIDE_TYPE_CALIBRATION_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  gtk_widget_class_install_action (widget_class, "calibration.discuss", NULL, discuss_action);
  gtk_widget_class_install_action (widget_class, "calibration.close", NULL, state_action);
  gtk_widget_class_install_action (widget_class, "calibration.reopen", NULL, state_action);
  gtk_widget_class_install_action (widget_class, "calibration.undo", NULL, history_action);
  gtk_widget_class_install_action (widget_class, "calibration.redo", NULL, history_action);
  gtk_widget_class_install_action (widget_class, "calibration.next", NULL, step_action);
  gtk_widget_class_install_action (widget_class, "calibration.previous", NULL, step_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "calibration.undo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "calibration.redo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Right, GDK_ALT_MASK, "calibration.next", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "calibration.previous", NULL);
}

static GtkWidget *
make_button (const char *label,
             const char *icon,
             const char *action)
{
  GtkWidget *button = icon != NULL ? gtk_button_new_from_icon_name (icon) : gtk_button_new_with_label (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  if (icon != NULL)
    {
      gtk_widget_set_tooltip_text (button, label);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
    }
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  return button;
}

static GtkLabel *
make_label (const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, style);
  return GTK_LABEL (label);
}

static GtkWidget *
make_head (SideCalibrationView *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  self->title = make_label ("title-3");
  self->facts = make_label ("dim-label");
  gtk_box_append (GTK_BOX (words), GTK_WIDGET (self->title));
  gtk_box_append (GTK_BOX (words), GTK_WIDGET (self->facts));
  gtk_widget_set_hexpand (words, TRUE);
  self->history = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (self->history, "linked");
  gtk_box_append (GTK_BOX (self->history), make_button (_("Undo"), "edit-undo-symbolic", "calibration.undo"));
  gtk_box_append (GTK_BOX (self->history), make_button (_("Redo"), "edit-redo-symbolic", "calibration.redo"));
  self->discuss = make_button (_("Begin Discussion…"), NULL, "calibration.discuss");
  self->close = make_button (_("Close Calibration"), NULL, "calibration.close");
  self->reopen = make_button (_("Reopen"), NULL, "calibration.reopen");
  gtk_widget_set_tooltip_text (self->discuss, _("Show everybody's answers now; whoever has not finished cannot answer blind any more"));
  gtk_box_append (GTK_BOX (head), words);
  gtk_box_append (GTK_BOX (head), self->history);
  gtk_box_append (GTK_BOX (head), self->discuss);
  gtk_box_append (GTK_BOX (head), self->close);
  gtk_box_append (GTK_BOX (head), self->reopen);
  return head;
}

static GtkWidget *
make_blind (SideCalibrationView *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_widget_set_valign (GTK_WIDGET (self->list), GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Calls of the calibration"), -1);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
  gtk_widget_set_margin_bottom (box, 12);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->list));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  return scroller;
}

static GtkWidget *
make_table (SideCalibrationView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->titles = gtk_string_list_new (NULL);
  self->chooser = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (self->titles), NULL));
  /* The button in it is what has the focus, and it is empty until there is a choice. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (GTK_WIDGET (self->chooser))), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Call"), -1);
  g_signal_connect_swapped (self->chooser, "notify::selected", G_CALLBACK (chosen_cb), self);
  self->apart = make_label ("dim-label");
  gtk_widget_set_hexpand (GTK_WIDGET (self->apart), TRUE);
  gtk_box_append (GTK_BOX (line), make_button (_("Previous call (Alt+Left)"), "go-previous-symbolic", "calibration.previous"));
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->chooser));
  gtk_box_append (GTK_BOX (line), make_button (_("Next call (Alt+Right)"), "go-next-symbolic", "calibration.next"));
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->apart));
  self->table = SIDE_CONSENSUS_TABLE (side_consensus_table_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->table), TRUE);
  g_signal_connect_swapped (self->table, "agreed", G_CALLBACK (agreed_cb), self);
  g_signal_connect_swapped (self->table, "evidence", G_CALLBACK (evidence_cb), self);
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->table));
  return box;
}

static void
side_calibration_view_init (SideCalibrationView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *wait = gtk_label_new (_("The script of this calibration has not come to this computer yet."));

  self->calls = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) side_call_unref);
  self->progress = make_label ("body");
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_label_set_wrap (GTK_LABEL (wait), TRUE);
  gtk_stack_add_named (self->stack, make_blind (self), "blind");
  gtk_stack_add_named (self->stack, make_table (self), "table");
  gtk_stack_add_named (self->stack, wait, "wait");
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_start (box, 16);
  gtk_widget_set_margin_end (box, 16);
  gtk_box_append (GTK_BOX (box), make_head (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->progress));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_bin_set_child (ADW_BIN (self), box);
}

/**
 * side_calibration_view_new:
 * @desk: whose calibrations
 *
 * Returns: (transfer floating): a view of none
 */
GtkWidget *
side_calibration_view_new (SideDesk *desk)
{
  SideCalibrationView *self;

  g_return_val_if_fail (SIDE_IS_DESK (desk), NULL);

  self = g_object_new (SIDE_TYPE_CALIBRATION_VIEW, NULL);
  self->desk = g_object_ref (desk);
  self->calibrations = g_object_ref (side_calibrations_get (desk));
  g_signal_connect_object (self->calibrations, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "tick", G_CALLBACK (tick_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
