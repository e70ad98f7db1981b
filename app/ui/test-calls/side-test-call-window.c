/* side-test-call-window.c - a test call while it is made
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The line is connected when the call is wanted and let go when it is over.
 * What is to be said stands beside what happens, and the form beside both. The
 * record of the call is the run's: it grows while the call goes on and is
 * answered about in the form, and one pen writes it, so that nothing that was
 * said or heard is overwritten.
 */
#include "side-test-call-window.h"

#include <glib/gi18n.h>

#include "side-call-view.h"
#include "side-error.h"
#include "side-scenario-words.h"
#include "side-settings.h"
#include "side-test-call-maker.h"
#include "side-test-call-pen.h"
#include "side-test-call-words.h"
#include "side-test-finder.h"
#include "side-test-recordings.h"
#include "side-test-run.h"
#include "side-text.h"

struct _SideTestCallWindow
{
  AdwWindow        parent_instance;
  AdwWindowTitle  *title;
  GtkWidget       *call;          /* buttons */
  GtkWidget       *hang_up;
  GtkWidget       *hang_up_words; /* AdwButtonContent in it */
  GtkWidget       *box;
  SideCallView    *view;          /* all below the header */
  SideScenarios   *shelf;
  SideLines       *lines;
  SideScenario    *scenario;
  SideCampaigns   *campaigns;     /* (nullable): of a call that is made for one of them */
  char            *campaign;      /* its id */
  guint            place;         /* which of its calls */
  gboolean         taken;         /* that call is ours: there is no second one */
  SideTestCall    *ready;         /* (nullable): what is dialled next */
  SideSipAccount  *account;       /* (nullable): while a call is wanted */
  SideTestRun     *run;           /* (nullable): the call, and after it until the next */
  SideTestCall    *shown;         /* (nullable): the run's call, or what was made of it elsewhere since */
  SideTestCallPen *pen;           /* (nullable): of that call */
  SideTestFinder  *finder;        /* (nullable): of the same call among theirs */
  GCancellable    *cancellable;
  guint            tick_id;
  gboolean         busy;          /* from wanting a call to its end */
  gboolean         hears;         /* the loudspeaker is on */
  int              told;          /* the state that was said last; -1 for none */
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
  side_call_card_say (side_call_view_get_card (self->view), words);
}

static void
show_title (SideTestCallWindow *self)
{
  const char *number = side_call_setup_get_number (side_call_view_get_setup (self->view));
  const char *persona = self->scenario->persona;
  g_autofree char *subtitle = self->busy ? side_test_call_words_calling (number, persona) : g_strdup (persona != NULL ? persona : "");

  adw_window_title_set_subtitle (self->title, subtitle);
}

static void
show_busy (SideTestCallWindow *self,
           gboolean            busy)
{
  self->busy = busy;
  gtk_widget_set_visible (self->call, !busy && !self->taken);
  gtk_widget_set_visible (self->hang_up, busy);
  side_call_view_set_on (self->view, busy, busy && self->run != NULL);
  if (gtk_window_get_focus (GTK_WINDOW (self)) == NULL)
    gtk_widget_grab_focus (busy ? self->hang_up : self->call);
  if (!busy)
    g_clear_handle_id (&self->tick_id, g_source_remove);
  show_title (self);
}

/* What is half typed is written, too. */
static void
leave_call_for_now (SideTestCallWindow *self)
{
  side_test_form_flush (side_call_view_get_form (self->view));
  if (self->pen != NULL)
    side_test_call_pen_done (self->pen);
}

/* What was said of a call is written before another one takes its place. */
static void
leave_call (SideTestCallWindow *self)
{
  leave_call_for_now (self);
  if (self->finder != NULL)
    g_signal_handlers_disconnect_by_data (self->finder, self);
  g_clear_object (&self->finder);
  g_clear_object (&self->pen);
  g_clear_pointer (&self->shown, side_test_call_unref);
}

static void
leave_run (SideTestCallWindow *self)
{
  leave_call (self);
  side_call_card_set_media (side_call_view_get_card (self->view), NULL);
  side_call_steps_set_run (side_call_view_get_steps (self->view), NULL);
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
  g_clear_object (&self->campaigns);
  G_OBJECT_CLASS (side_test_call_window_parent_class)->dispose (object);
}

static void
side_test_call_window_finalize (GObject *object)
{
  SideTestCallWindow *self = SIDE_TEST_CALL_WINDOW (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->scenario, side_scenario_unref);
  g_clear_pointer (&self->ready, side_test_call_unref);
  g_free (self->campaign);
  G_OBJECT_CLASS (side_test_call_window_parent_class)->finalize (object);
}

/* ---- what happens ---- */

/* There is nothing to hear before the two ends agreed on a sound. */
static void
hear (SideTestCallWindow *self)
{
  SideCallMedia *media = side_test_run_get_media (self->run);
  g_autofree char *device = NULL;

  if (self->hears || side_test_run_get_state (self->run) >= SIDE_SIP_CALL_CLOSING || side_call_media_get_start_ms (media) == 0)
    return;
  self->hears = TRUE;
  device = side_call_setup_dup_loudspeaker (side_call_view_get_setup (self->view));
  side_call_media_set_loudspeaker (media, TRUE, device);
}

/* Where its recording is; -1 before it begins. */
static gint64
recording_position (SideTestCallWindow *self)
{
  gint64 start_ms = side_call_media_get_start_ms (side_test_run_get_media (self->run));
  gint64 dialled_ms = side_test_run_get_call (self->run)->dialled_ms;

  return start_ms != 0 && dialled_ms != 0 ? MAX (side_test_run_get_elapsed_ms (self->run) - (start_ms - dialled_ms), 0) : -1;
}

static void
show_call (SideTestCallWindow *self)
{
  const SideTestCall *call = side_test_run_get_call (self->run);
  int state = (int) side_test_run_get_state (self->run);

  side_call_view_show (self->view, call, (SideSipCallState) state);
  if (!self->busy || self->pen == NULL || side_test_run_is_over (self->run))
    return;
  side_test_call_pen_follow (self->pen);
  side_test_form_set_live (side_call_view_get_form (self->view), recording_position (self));
  hear (self);
  /* What failed, or took too long, stays to be read until the call goes on to something else. */
  if (state != self->told)
    say (self, side_test_call_words_state ((SideSipCallState) state));
  self->told = state;
}

static void
show_hang_up (SideTestCallWindow *self,
              gint64              elapsed_ms)
{
  g_autofree char *time = elapsed_ms >= 0 ? side_text_duration (elapsed_ms) : NULL;
  g_autofree char *label = time != NULL ? g_strdup_printf (_("_Hang Up · %s"), time) : g_strdup (_("_Hang Up"));

  if (g_strcmp0 (adw_button_content_get_label (ADW_BUTTON_CONTENT (self->hang_up_words)), label) != 0)
    adw_button_content_set_label (ADW_BUTTON_CONTENT (self->hang_up_words), label);
}

static gboolean
tick_cb (gpointer data)
{
  SideTestCallWindow *self = data;

  show_hang_up (self, side_test_run_get_elapsed_ms (self->run));
  return G_SOURCE_CONTINUE;
}

static void
keep_soon (SideTestCallWindow *self)
{
  if (self->pen != NULL)
    side_test_call_pen_soon (self->pen);
}

static void
not_kept_cb (SideTestCallWindow *self,
             const GError       *error)
{
  g_autofree char *words = g_strdup_printf (_("The call could not be saved: %s"), error->message);

  say (self, words);
}

/* From here on the form writes into that call, and one pen writes it down. */
static void
open_call (SideTestCallWindow *self,
           SideTestCall       *call)
{
  leave_call (self);
  self->shown = side_test_call_ref (call);
  self->pen = side_test_call_pen_new (self->shelf, call);
  g_signal_connect_object (self->pen, "failed", G_CALLBACK (not_kept_cb), self, G_CONNECT_SWAPPED);
  self->finder = side_test_finder_new (self->shelf, call);
  g_signal_connect_object (self->finder, "matched", G_CALLBACK (keep_soon), self, G_CONNECT_SWAPPED);
  side_test_form_open (side_call_view_get_form (self->view), self->shelf, call, FALSE);
}

/* What was corrected in another window is not overwritten from here: the form goes on with it. */
static void
shelf_changed_cb (SideTestCallWindow *self)
{
  g_autoptr (SideTestCall) call = NULL;

  if (self->pen != NULL && self->run != NULL && side_test_run_is_over (self->run))
    call = side_test_call_pen_read_newer (self->pen);
  if (call == NULL)
    return;
  open_call (self, call);
  side_test_finder_look (self->finder);
  side_call_view_show (self->view, call, SIDE_SIP_CALL_ENDED);
}

static void
state_cb (SideTestCallWindow *self)
{
  if (self->pen != NULL && side_test_run_get_state (self->run) < SIDE_SIP_CALL_CLOSING && side_test_run_get_call (self->run)->dialled_ms != 0)
    side_test_call_pen_save (self->pen);
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
  g_autofree char *words = side_test_call_words_ended (side_test_run_get_call (self->run));

  show_busy (self, FALSE);
  show_call (self);
  say (self, words);
  side_test_form_set_live (side_call_view_get_form (self->view), -1);
  side_test_form_update (side_call_view_get_form (self->view));
  if (self->pen != NULL)
    side_test_call_pen_save (self->pen);
  if (self->finder != NULL)
    side_test_finder_look (self->finder);
  side_test_call_maker_let_go (&self->account);
}

/* ---- calling ---- */

static const SideLine *
chosen_line (SideTestCallWindow *self)
{
  return side_call_setup_get_line (side_call_view_get_setup (self->view));
}

static SideTestCall *
new_call (SideTestCallWindow *self)
{
  SideTestCall *call = side_test_call_maker_new_call (desk_of (self), chosen_line (self), self->scenario,
                                                      side_call_setup_get_number (side_call_view_get_setup (self->view)));

  if (self->campaign != NULL)
    side_campaigns_fill_call (self->campaigns, self->campaign, self->place, call);
  return call;
}

/* The questions can be read before the call, and are answered from its start on. */
static void
show_questions (SideTestCallWindow *self)
{
  g_autoptr (SideTestCall) call = desk_of (self) != NULL ? new_call (self) : NULL;

  if (call != NULL)
    side_test_form_open (side_call_view_get_form (self->view), self->shelf, call, TRUE);
}

static void
give_up (SideTestCallWindow *self,
         const char         *words)
{
  show_busy (self, FALSE);
  say (self, words);
  leave_run (self);
  show_questions (self);
  side_test_call_maker_let_go (&self->account);
}

static void
dial (SideTestCallWindow *self)
{
  g_autofree char *recording = side_test_call_maker_dup_recording (desk_of (self), self->ready);
  g_autofree char *microphone = side_call_setup_dup_microphone (side_call_view_get_setup (self->view));
  g_autoptr (GError) error = NULL;
  SideCallMedia *media;

  leave_run (self);
  self->run = side_test_run_new (self->account, self->ready, recording, side_desk_get_clock (desk_of (self)));
  g_signal_connect_object (self->run, "changed", G_CALLBACK (show_call), self, G_CONNECT_SWAPPED);
  /* What the program would not live to write down is there as far as it came. */
  g_signal_connect_object (self->run, "notify::state", G_CALLBACK (state_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->run, "limit", G_CALLBACK (limit_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->run, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->run, "ended", G_CALLBACK (ended_cb), self, G_CONNECT_SWAPPED);
  if (!side_test_run_start (self->run, &error))
    {
      if (self->taken)
        side_test_call_maker_keep_unmade (SIDE_DOCUMENT_SHELF (self->shelf), self->ready, error);
      give_up (self, error->message);
      return;
    }
  media = side_test_run_get_media (self->run);
  side_call_card_set_media (side_call_view_get_card (self->view), media);
  side_call_steps_set_run (side_call_view_get_steps (self->view), self->run);
  side_call_media_set_microphone (media, TRUE, microphone);
  open_call (self, side_test_run_get_call (self->run));
  self->hears = FALSE;
  self->told = -1;
  side_call_view_set_muted (self->view, FALSE);
  self->tick_id = g_timeout_add (500, tick_cb, self);
  show_busy (self, TRUE);
  show_call (self);
  side_test_call_pen_save (self->pen);
}

static void
claimed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (SideTestCallWindow) self = data;
  g_autoptr (GError) error = NULL;

  self->taken = side_campaigns_claim_finish (SIDE_CAMPAIGNS (source), result, &error);
  if (self->shelf == NULL || desk_of (self) == NULL)
    return;
  if (self->taken)
    dial (self);
  else if (self->busy)
    give_up (self, error->message);
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
  g_clear_pointer (&self->ready, side_test_call_unref);
  self->ready = new_call (self);
  /* Nobody else is to make the same call of a campaign. */
  if (self->campaign != NULL)
    side_campaigns_claim_async (self->campaigns, self->campaign, self->place, self->ready->review->id, NULL, claimed_cb, g_object_ref (self));
  else
    dial (self);
}

static void
call_cb (SideTestCallWindow *self)
{
  const SideLine *line = chosen_line (self);

  if (desk_of (self) == NULL)
    return;
  if (line == NULL || *side_call_setup_get_number (side_call_view_get_setup (self->view)) == '\0')
    {
      say (self, line == NULL ? _("There is no telephone line to call on.") : _("There is no number to call."));
      return;
    }
  leave_run (self);
  show_questions (self);
  show_busy (self, TRUE);
  show_hang_up (self, -1);
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
  GSettings *settings = side_settings_get ();
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  if (!gtk_window_is_maximized (GTK_WINDOW (self)) && !gtk_window_is_fullscreen (GTK_WINDOW (self)))
    {
      g_settings_set_int (settings, "call-window-width", MAX (width, 360));
      g_settings_set_int (settings, "call-window-height", MAX (height, 294));
    }
  leave_call_for_now (self);
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
    side_test_run_set_muted (self->run, side_call_view_get_muted (self->view));
}

static void
press_cb (SideTestCallWindow *self,
          const char         *keys)
{
  g_autoptr (GError) error = NULL;

  if (is_on (self) && !side_test_run_press (self->run, keys, &error))
    say (self, error->message);
}

static void
note_cb (SideTestCallWindow *self,
         const char         *text)
{
  if (is_on (self))
    side_test_run_note (self->run, text);
}

static void
said_cb (SideTestCallWindow *self,
         const char         *step)
{
  if (is_on (self))
    side_test_run_tick_step (self->run, step);
}

static gboolean
mute_key_cb (GtkWidget *widget,
             GVariant  *arguments,
             gpointer   data)
{
  SideTestCallWindow *self = SIDE_TEST_CALL_WINDOW (widget);
  gboolean on = is_on (self);

  if (on)
    side_call_view_set_muted (self->view, !side_call_view_get_muted (self->view));
  return on;
}

static gboolean
said_key_cb (GtkWidget *widget,
             GVariant  *arguments,
             gpointer   data)
{
  SideTestCallWindow *self = SIDE_TEST_CALL_WINDOW (widget);
  const char *step = side_call_steps_get_current (side_call_view_get_steps (self->view));

  if (step == NULL || !is_on (self))
    return FALSE;
  said_cb (self, step);
  return TRUE;
}

/* ---- the window ---- */

static void
side_test_call_window_class_init (SideTestCallWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_test_call_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_test_call_window_finalize;
  gtk_widget_class_add_binding (GTK_WIDGET_CLASS (klass), GDK_KEY_m, GDK_CONTROL_MASK, mute_key_cb, NULL);
  gtk_widget_class_add_binding (GTK_WIDGET_CLASS (klass), GDK_KEY_Return, GDK_CONTROL_MASK, said_key_cb, NULL);
}

static void
side_test_call_window_init (SideTestCallWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *header = adw_header_bar_new ();

  self->cancellable = g_cancellable_new ();
  gtk_window_set_default_size (GTK_WINDOW (self), g_settings_get_int (side_settings_get (), "call-window-width"),
                               g_settings_get_int (side_settings_get (), "call-window-height"));
  self->title = ADW_WINDOW_TITLE (adw_window_title_new ("", ""));
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), GTK_WIDGET (self->title));
  self->call = gtk_button_new_with_mnemonic (_("_Call"));
  self->hang_up = gtk_button_new ();
  self->hang_up_words = g_object_new (ADW_TYPE_BUTTON_CONTENT, "icon-name", "call-stop-symbolic", "label", _("_Hang Up"),
                                      "use-underline", TRUE, NULL);
  gtk_button_set_child (GTK_BUTTON (self->hang_up), self->hang_up_words);
  gtk_widget_add_css_class (self->call, "suggested-action");
  gtk_widget_add_css_class (self->hang_up, "destructive-action");
  g_signal_connect_object (self->call, "clicked", G_CALLBACK (call_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->hang_up, "clicked", G_CALLBACK (hang_up_cb), self, G_CONNECT_SWAPPED);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->call);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->hang_up);
  self->box = box;
  gtk_box_append (GTK_BOX (box), header);
  adw_window_set_content (ADW_WINDOW (self), box);
  g_signal_connect (self, "close-request", G_CALLBACK (close_request_cb), NULL);
}

static void
show_lines (SideTestCallWindow *self)
{
  gboolean any = side_lines_get_count (self->lines) > 0;

  gtk_widget_set_sensitive (self->call, any);
  if (!self->busy)
    say (self, any ? _("Ready") : _("There is no telephone line to call on."));
}

static void
add_view (SideTestCallWindow *self)
{
  self->view = SIDE_CALL_VIEW (side_call_view_new (self->lines, self->scenario));
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->view));
  g_signal_connect_object (side_call_view_get_card (self->view), "noted", G_CALLBACK (note_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (side_call_view_get_form (self->view), "changed", G_CALLBACK (keep_soon), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (side_call_view_get_steps (self->view), "said", G_CALLBACK (said_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (side_call_view_get_setup (self->view), "lines-changed", G_CALLBACK (show_lines), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->shelf, "changed", G_CALLBACK (shelf_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "pressed", G_CALLBACK (press_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "muted", G_CALLBACK (mute_cb), self, G_CONNECT_SWAPPED);
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
  add_view (self);
  show_busy (self, FALSE);
  show_lines (self);
  show_questions (self);
  return GTK_WINDOW (self);
}

/**
 * side_test_call_window_set_campaign:
 * @self: a window
 * @campaigns: campaigns
 * @campaign: id of one of them
 * @place: which of its calls is made here, once
 */
void
side_test_call_window_set_campaign (SideTestCallWindow *self,
                                    SideCampaigns      *campaigns,
                                    const char         *campaign,
                                    guint               place)
{
  g_autoptr (SideTestCall) call = side_test_call_new (NULL, NULL, NULL);

  g_return_if_fail (SIDE_IS_TEST_CALL_WINDOW (self) && SIDE_IS_CAMPAIGNS (campaigns) && self->campaign == NULL);

  self->campaigns = g_object_ref (campaigns);
  self->campaign = g_strdup (campaign);
  self->place = place;
  side_campaigns_fill_call (campaigns, campaign, place, call);
  side_call_setup_fix_number (side_call_view_get_setup (self->view), call->number != NULL ? call->number : "");
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
  return side_call_card_get_words (side_call_view_get_card (self->view));
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
