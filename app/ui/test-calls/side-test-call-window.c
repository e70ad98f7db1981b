/* side-test-call-window.c - a test call while it is made
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The line is connected when the call is wanted and let go when it is over.
 * What is to be said stands beside what happens; the call is written down when
 * it begins and when it has ended.
 */
#include "side-test-call-window.h"

#include <glib/gi18n.h>

#include "side-call-timeline.h"
#include "side-call-waves.h"
#include "side-draft-fields.h"
#include "side-error.h"
#include "side-scenario-words.h"
#include "side-test-call-maker.h"
#include "side-test-call-words.h"
#include "side-test-recordings.h"
#include "side-test-run.h"
#include "side-text.h"

struct _SideTestCallWindow
{
  AdwWindow       parent_instance;
  AdwWindowTitle *title;
  GtkWidget      *call;          /* buttons */
  GtkWidget      *hang_up;
  GtkWidget      *line;          /* GtkDropDown */
  GtkWidget      *number;        /* GtkEntry */
  GtkWidget      *setup;         /* what can be chosen before */
  GtkWidget      *words;         /* GtkLabel: how it stands */
  GtkWidget      *quality;
  GtkWidget      *waves;
  GtkWidget      *steps;         /* GtkBox */
  GtkWidget      *timeline;
  GtkWidget      *deeds;         /* what can be done while it goes on */
  GtkWidget      *mute;
  GtkWidget      *note;
  SideScenarios  *shelf;
  SideLines      *lines;
  SideScenario   *scenario;
  SideSipAccount *account;       /* (nullable): while a call is wanted */
  SideTestRun    *run;           /* (nullable): the call, and after it until the next */
  GCancellable   *cancellable;
  guint           tick_id;
  gboolean        busy;          /* from wanting a call to its end */
  gboolean        hears;         /* the loudspeaker is on */
  int             told;          /* the state that was said last; -1 for none */
};

G_DEFINE_FINAL_TYPE (SideTestCallWindow, side_test_call_window, ADW_TYPE_WINDOW)

static SideDesk *
desk_of (SideTestCallWindow *self)
{
  return side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (self->shelf));
}

static void
say (SideTestCallWindow *self,
     const char         *words)
{
  gtk_label_set_label (GTK_LABEL (self->words), words);
}

static void
show_busy (SideTestCallWindow *self,
           gboolean            busy)
{
  self->busy = busy;
  gtk_widget_set_visible (self->call, !busy);
  gtk_widget_set_visible (self->hang_up, busy);
  gtk_widget_set_sensitive (self->setup, !busy);
  gtk_widget_set_sensitive (self->deeds, busy && self->run != NULL);
  if (!busy)
    g_clear_handle_id (&self->tick_id, g_source_remove);
}

static void
leave_run (SideTestCallWindow *self)
{
  side_call_waves_set_media (SIDE_CALL_WAVES (self->waves), NULL);
  if (self->run != NULL)
    g_signal_handlers_disconnect_by_data (self->run, self);
  g_clear_object (&self->run);
}

static void
side_test_call_window_dispose (GObject *object)
{
  SideTestCallWindow *self = SIDE_TEST_CALL_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->tick_id, g_source_remove);
  if (self->shelf != NULL)
    {
      leave_run (self);
      side_test_call_maker_let_go (&self->account);
    }
  g_clear_object (&self->shelf);
  g_clear_object (&self->lines);
  G_OBJECT_CLASS (side_test_call_window_parent_class)->dispose (object);
}

static void
side_test_call_window_finalize (GObject *object)
{
  SideTestCallWindow *self = SIDE_TEST_CALL_WINDOW (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->scenario, side_scenario_unref);
  G_OBJECT_CLASS (side_test_call_window_parent_class)->finalize (object);
}

/* ---- what happens ---- */

/* There is nothing to hear before the two ends agreed on a sound. */
static void
hear (SideTestCallWindow *self)
{
  SideCallMedia *media = side_test_run_get_media (self->run);

  if (self->hears || side_test_run_get_state (self->run) >= SIDE_SIP_CALL_CLOSING || side_call_media_get_start_ms (media) == 0)
    return;
  self->hears = TRUE;
  side_call_media_set_loudspeaker (media, TRUE, NULL);
}

static void
show_call (SideTestCallWindow *self)
{
  const SideTestCall *call = side_test_run_get_call (self->run);
  g_autofree char *quality = side_test_call_words_quality (&call->quality);
  int state = (int) side_test_run_get_state (self->run);

  side_call_timeline_show (self->timeline, call);
  gtk_label_set_label (GTK_LABEL (self->quality), quality);
  if (!self->busy || side_test_run_is_over (self->run))
    return;
  hear (self);
  /* What failed, or took too long, stays to be read until the call goes on to something else. */
  if (state != self->told)
    say (self, side_test_call_words_state ((SideSipCallState) state));
  self->told = state;
}

static gboolean
tick_cb (gpointer data)
{
  SideTestCallWindow *self = data;
  g_autofree char *time = side_text_duration (side_test_run_get_elapsed_ms (self->run));
  g_autofree char *label = g_strdup_printf (_("_Hang Up · %s"), time);

  gtk_button_set_label (GTK_BUTTON (self->hang_up), label);
  return G_SOURCE_CONTINUE;
}

static void
keep (SideTestCallWindow *self)
{
  side_test_call_maker_keep (SIDE_DOCUMENT_SHELF (self->shelf), side_test_run_get_call (self->run));
}

static void
state_cb (SideTestCallWindow *self)
{
  if (side_test_run_get_state (self->run) < SIDE_SIP_CALL_CLOSING && side_test_run_get_call (self->run)->dialled_ms != 0)
    keep (self);
}

static void
limit_cb (SideTestCallWindow *self,
          SideTestLimit       limit)
{
  say (self, side_test_call_words_limit (limit));
}

static void
failed_cb (SideTestCallWindow *self,
           const GError       *error)
{
  say (self, error->message);
}

static void
ended_cb (SideTestCallWindow *self)
{
  g_autofree char *words = side_test_call_words_end (side_test_run_get_call (self->run));

  show_busy (self, FALSE);
  show_call (self);
  say (self, words);
  keep (self);
  side_test_call_maker_let_go (&self->account);
}

/* ---- calling ---- */

static void
give_up (SideTestCallWindow *self,
         const char         *words)
{
  show_busy (self, FALSE);
  say (self, words);
  leave_run (self);
  side_test_call_maker_let_go (&self->account);
}

static const SideLine *
chosen_line (SideTestCallWindow *self)
{
  guint chosen = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->line));

  return chosen < side_lines_get_count (self->lines) ? side_lines_get (self->lines, chosen) : NULL;
}

static void
dial (SideTestCallWindow *self)
{
  SideDesk *desk = desk_of (self);
  g_autoptr (SideTestCall) call = side_test_call_maker_new_call (desk, chosen_line (self), self->scenario,
                                                                 gtk_editable_get_text (GTK_EDITABLE (self->number)));
  g_autofree char *recording = side_test_call_maker_dup_recording (desk, call);
  g_autoptr (GError) error = NULL;
  SideCallMedia *media;

  leave_run (self);
  self->run = side_test_run_new (self->account, call, recording, side_desk_get_clock (desk));
  g_signal_connect_object (self->run, "changed", G_CALLBACK (show_call), self, G_CONNECT_SWAPPED);
  /* What the program would not live to write down is there as far as it came. */
  g_signal_connect_object (self->run, "notify::state", G_CALLBACK (state_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->run, "limit", G_CALLBACK (limit_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->run, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->run, "ended", G_CALLBACK (ended_cb), self, G_CONNECT_SWAPPED);
  if (!side_test_run_start (self->run, &error))
    {
      give_up (self, error->message);
      return;
    }
  media = side_test_run_get_media (self->run);
  side_call_waves_set_media (SIDE_CALL_WAVES (self->waves), media);
  side_call_media_set_microphone (media, TRUE, NULL);
  self->hears = FALSE;
  self->told = -1;
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->mute), FALSE);
  self->tick_id = g_timeout_add (500, tick_cb, self);
  show_busy (self, TRUE);
  show_call (self);
  keep (self);
}

static void
connected_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (SideTestCallWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SideSipAccount) account = side_test_call_maker_connect_finish (SIDE_DESK (source), result, &error);

  if (side_error_is_cancelled (error) || self->shelf == NULL || !self->busy || desk_of (self) == NULL)
    {
      side_test_call_maker_let_go (&account);
      return;
    }
  if (account == NULL)
    {
      give_up (self, error->message);
      return;
    }
  self->account = g_steal_pointer (&account);
  dial (self);
}

static void
call_cb (SideTestCallWindow *self)
{
  const SideLine *line = chosen_line (self);

  if (desk_of (self) == NULL)
    return;
  if (line == NULL || *gtk_editable_get_text (GTK_EDITABLE (self->number)) == '\0')
    {
      say (self, line == NULL ? _("There is no telephone line to call on.") : _("There is no number to call."));
      return;
    }
  leave_run (self);
  show_busy (self, TRUE);
  gtk_button_set_label (GTK_BUTTON (self->hang_up), _("_Hang Up"));
  say (self, _("Connecting the line…"));
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  side_test_call_maker_connect_async (desk_of (self), self->lines, line->id, self->cancellable, connected_cb, g_object_ref (self));
}

static void
hang_up_cb (SideTestCallWindow *self)
{
  if (self->run != NULL && !side_test_run_is_over (self->run))
    side_test_run_hang_up (self->run);
  else
    {
      g_cancellable_cancel (self->cancellable);
      give_up (self, _("The call was not made."));
    }
}

/* A call that goes on is ended first, and what it found is kept. */
static gboolean
close_request_cb (SideTestCallWindow *self)
{
  if (!self->busy)
    return FALSE;
  hang_up_cb (self);
  return self->busy;
}

/* ---- what can be done ---- */

static gboolean
is_on (SideTestCallWindow *self)
{
  return self->busy && self->run != NULL && !side_test_run_is_over (self->run);
}

static void
mute_cb (SideTestCallWindow *self)
{
  if (is_on (self))
    side_test_run_set_muted (self->run, gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->mute)));
}

static void
key_cb (SideTestCallWindow *self,
        GtkWidget          *button)
{
  g_autoptr (GError) error = NULL;

  if (is_on (self) && !side_test_run_press (self->run, gtk_button_get_label (GTK_BUTTON (button)), &error))
    say (self, error->message);
}

static void
note_cb (SideTestCallWindow *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->note));

  if (!is_on (self) || *text == '\0')
    return;
  side_test_run_note (self->run, text);
  gtk_editable_set_text (GTK_EDITABLE (self->note), "");
}

static void
speak_cb (SideTestCallWindow *self,
          GtkWidget          *button)
{
  if (is_on (self))
    side_test_run_say_step (self->run, g_object_get_data (G_OBJECT (button), "step"));
}

static void
tick_step_cb (SideTestCallWindow *self,
              GtkWidget          *check)
{
  if (is_on (self) && gtk_check_button_get_active (GTK_CHECK_BUTTON (check)))
    side_test_run_tick_step (self->run, g_object_get_data (G_OBJECT (check), "step"));
}

/* ---- the window ---- */

static GtkWidget *
new_label (const char *words,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
new_card (const char *title)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "step-card");
  if (title != NULL)
    gtk_box_append (GTK_BOX (card), new_label (title, "heading"));
  return card;
}

static void
add_step (SideTestCallWindow     *self,
          const SideScenarioStep *step)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *check = gtk_check_button_new ();
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2), *speak = side_draft_button_new ("audio-speakers-symbolic", _("Say This Step for Me"));
  g_autofree char *never = step->must_not != NULL ? g_strdup_printf (_("Do not say: %s"), step->must_not) : NULL;

  if (step->branch != NULL)
    gtk_box_append (GTK_BOX (words), new_label (step->branch, "script-hint"));
  gtk_box_append (GTK_BOX (words), new_label (step->say, "script-say"));
  if (never != NULL)
    gtk_box_append (GTK_BOX (words), new_label (never, "script-hint"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, step->say != NULL ? step->say : "", -1);
  gtk_widget_set_valign (check, GTK_ALIGN_START);
  g_object_set_data_full (G_OBJECT (check), "step", g_strdup (step->id), g_free);
  g_object_set_data_full (G_OBJECT (speak), "step", g_strdup (step->id), g_free);
  g_signal_connect_object (check, "toggled", G_CALLBACK (tick_step_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (speak, "clicked", G_CALLBACK (speak_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (line), check);
  gtk_box_append (GTK_BOX (line), words);
  gtk_box_append (GTK_BOX (line), speak);
  gtk_box_append (GTK_BOX (self->steps), line);
}

static GtkWidget *
new_keypad (SideTestCallWindow *self)
{
  static const char *const keys[] = { "1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#" };
  GtkWidget *button = gtk_menu_button_new (), *popover = gtk_popover_new (), *grid = gtk_grid_new ();

  for (int i = 0; i < (int) G_N_ELEMENTS (keys); i++)
    {
      GtkWidget *key = gtk_button_new_with_label (keys[i]);

      gtk_widget_set_size_request (key, 48, 40);
      g_signal_connect_object (key, "clicked", G_CALLBACK (key_cb), self, G_CONNECT_SWAPPED);
      gtk_grid_attach (GTK_GRID (grid), key, i % 3, i / 3, 1, 1);
    }
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 6);
  gtk_popover_set_child (GTK_POPOVER (popover), grid);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), _("Keypad"));
  return button;
}

static GtkWidget *
new_deeds (SideTestCallWindow *self)
{
  self->deeds = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  self->mute = gtk_toggle_button_new_with_mnemonic (_("_Mute"));
  g_signal_connect_object (self->mute, "toggled", G_CALLBACK (mute_cb), self, G_CONNECT_SWAPPED);
  self->note = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->note), _("Note at this moment"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->note), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Note at this moment"), -1);
  gtk_widget_set_hexpand (self->note, TRUE);
  g_signal_connect_object (self->note, "activate", G_CALLBACK (note_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->deeds), self->mute);
  gtk_box_append (GTK_BOX (self->deeds), new_keypad (self));
  gtk_box_append (GTK_BOX (self->deeds), self->note);
  return self->deeds;
}

static GtkWidget *
new_call_card (SideTestCallWindow *self)
{
  GtkWidget *card = new_card (NULL), *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->words = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, "xalign", 0.0, "wrap", TRUE,
                              "hexpand", TRUE, NULL);
  gtk_widget_add_css_class (self->words, "heading");
  self->quality = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->quality, "script-hint");
  gtk_label_set_wrap (GTK_LABEL (self->quality), TRUE);
  self->waves = side_call_waves_new ();
  gtk_box_append (GTK_BOX (line), self->words);
  gtk_box_append (GTK_BOX (line), self->quality);
  gtk_box_append (GTK_BOX (card), line);
  gtk_box_append (GTK_BOX (card), self->waves);
  gtk_box_append (GTK_BOX (card), new_deeds (self));
  return card;
}

static GtkWidget *
new_setup (SideTestCallWindow *self)
{
  self->setup = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  self->number = gtk_entry_new ();
  gtk_widget_set_hexpand (self->number, TRUE);
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->number), _("Number"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->number), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Number"), -1);
  self->line = side_draft_choice_new (_("Telephone Line"));
  gtk_box_append (GTK_BOX (self->setup), self->number);
  gtk_box_append (GTK_BOX (self->setup), self->line);
  return self->setup;
}

static GtkWidget *
new_body (SideTestCallWindow *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12), *columns = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *what = new_card (_("What to say")), *when = new_card (_("Timeline")), *scrolled = gtk_scrolled_window_new ();

  self->steps = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  self->timeline = side_call_timeline_new ();
  gtk_widget_set_size_request (when, 240, -1);
  gtk_widget_set_hexpand (what, TRUE);
  gtk_box_append (GTK_BOX (what), self->steps);
  gtk_box_append (GTK_BOX (when), self->timeline);
  gtk_box_append (GTK_BOX (columns), what);
  gtk_box_append (GTK_BOX (columns), when);
  gtk_widget_add_css_class (content, "script-content");
  gtk_box_append (GTK_BOX (content), new_setup (self));
  gtk_box_append (GTK_BOX (content), new_call_card (self));
  gtk_box_append (GTK_BOX (content), columns);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), content);
  gtk_widget_set_vexpand (scrolled, TRUE);
  return scrolled;
}

static void
side_test_call_window_class_init (SideTestCallWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_test_call_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_test_call_window_finalize;
}

static void
side_test_call_window_init (SideTestCallWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *header = adw_header_bar_new ();

  self->cancellable = g_cancellable_new ();
  gtk_window_set_default_size (GTK_WINDOW (self), 860, 640);
  self->title = ADW_WINDOW_TITLE (adw_window_title_new ("", ""));
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), GTK_WIDGET (self->title));
  self->call = gtk_button_new_with_mnemonic (_("_Call"));
  self->hang_up = gtk_button_new_with_mnemonic (_("_Hang Up"));
  gtk_widget_add_css_class (self->call, "suggested-action");
  gtk_widget_add_css_class (self->hang_up, "destructive-action");
  g_signal_connect_object (self->call, "clicked", G_CALLBACK (call_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->hang_up, "clicked", G_CALLBACK (hang_up_cb), self, G_CONNECT_SWAPPED);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->call);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->hang_up);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), new_body (self));
  adw_window_set_content (ADW_WINDOW (self), box);
  g_signal_connect (self, "close-request", G_CALLBACK (close_request_cb), NULL);
  show_busy (self, FALSE);
}

static void
show_lines (SideTestCallWindow *self)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  guint n = side_lines_get_count (self->lines);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (words, g_strdup (side_lines_get (self->lines, i)->label != NULL ? side_lines_get (self->lines, i)->label : ""));
  g_ptr_array_add (words, NULL);
  side_draft_choice_show (self->line, (const char *const *) words->pdata, 0);
  gtk_widget_set_sensitive (self->call, n > 0);
  if (!self->busy)
    say (self, n > 0 ? _("Ready") : _("There is no telephone line to call on."));
}

/**
 * side_test_call_window_new:
 * @parent: (nullable): the window it stands beside
 * @shelf: whose desk is there; where the call is kept
 * @lines: what can be called on
 * @scenario: what is called by
 *
 * Nobody is called before the button is pressed.
 *
 * Returns: (transfer none): a window to be presented
 */
GtkWindow *
side_test_call_window_new (GtkWindow          *parent,
                           SideScenarios      *shelf,
                           SideLines          *lines,
                           const SideScenario *scenario)
{
  SideTestCallWindow *self = g_object_new (SIDE_TYPE_TEST_CALL_WINDOW, "transient-for", parent, NULL);

  self->shelf = g_object_ref (shelf);
  self->lines = g_object_ref (lines);
  self->scenario = side_scenario_copy (scenario);
  gtk_window_set_title (GTK_WINDOW (self), side_scenario_words_title (scenario));
  adw_window_title_set_title (self->title, side_scenario_words_title (scenario));
  adw_window_title_set_subtitle (self->title, scenario->persona != NULL ? scenario->persona : "");
  gtk_editable_set_text (GTK_EDITABLE (self->number), scenario->number != NULL ? scenario->number : "");
  for (guint i = 0; i < scenario->steps->len; i++)
    add_step (self, scenario->steps->pdata[i]);
  g_signal_connect_object (lines, "changed", G_CALLBACK (show_lines), self, G_CONNECT_SWAPPED);
  show_lines (self);
  return GTK_WINDOW (self);
}

/**
 * side_test_call_window_get_words:
 * @self: a window
 *
 * Returns: (transfer none): how the call stands, or what became of it
 */
const char *
side_test_call_window_get_words (SideTestCallWindow *self)
{
  g_return_val_if_fail (SIDE_IS_TEST_CALL_WINDOW (self), NULL);
  return gtk_label_get_label (GTK_LABEL (self->words));
}

/**
 * side_test_call_window_is_busy:
 * @self: a window
 *
 * Returns: whether a call is wanted, and is not over
 */
gboolean
side_test_call_window_is_busy (SideTestCallWindow *self)
{
  g_return_val_if_fail (SIDE_IS_TEST_CALL_WINDOW (self), FALSE);
  return self->busy;
}
