/* side-call-detail.c - one call: recording, notes, events, score
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Joins the player, the notes and the review of one call: where the player
 * is goes with each answer and note, a note or an answer seeks. The recording
 * is fetched through the desk and lies in its cache afterwards.
 */
#include "side-call-detail.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "side-call-answers.h"
#include "side-call-clips.h"
#include "side-call-history.h"
#include "side-call-notes.h"
#include "side-call-sound.h"
#include "side-call-title.h"
#include "side-detail-layout.h"
#include "side-events-view.h"
#include "side-export-dialog.h"
#include "side-format.h"
#include "side-import-remove.h"
#include "side-notes-view.h"
#include "side-peaks.h"
#include "side-player-bar.h"
#include "side-player.h"
#include "side-recording-cache.h"
#include "side-recording-words.h"
#include "side-review-form.h"
#include "side-text.h"
#include "side-toast.h"
#include "side-waveform.h"
#include "side-wrap-layout.h"

#define SKIP_MS 5000

struct _SideCallDetail
{
  GtkWidget         parent_instance;

  AdwToastOverlay  *toasts;        /* template children */
  AdwWindowTitle   *title;
  GtkWidget        *stack;
  GtkWidget        *nothing;
  GtkWidget        *panes;
  GtkWidget        *tabs_bar;
  GtkStackPage     *score_page;
  GtkWidget        *menu;
  GMenuModel       *recording_menu;
  GtkWidget        *recording;
  GtkWidget        *message;
  GtkWidget        *message_details;
  GtkWidget        *progress;
  GtkWidget        *retry;
  SideWaveform     *waveform;
  SidePlayerBar    *player_bar;
  GtkWidget        *note_button;
  AdwButtonContent *note_content;
  GtkWidget        *tabs;
  SideNotesView    *notes_view;
  SideSoundView    *sound_view;
  GtkWidget        *events_box;
  SideReviewForm   *form;

  SideDetailLayout *layout;        /* of the panes, which own it */
  SideDesk         *desk;
  SideCall         *call;
  SideEventsView   *events_view;
  SideCallNotes    *notes;
  SideReviewKeeper *keeper;
  SidePlayer       *player;
  SideCallSound    *sound;
  SidePlaceFinder  *finder;
  SideCallClips    *clips;
  GCancellable     *cancellable;   /* of fetching and drawing this recording */
  char             *path;          /* of the recording on this computer */
  char             *pinned;        /* the recording's id: it is not to go while it is open */
};

G_DEFINE_FINAL_TYPE (SideCallDetail, side_call_detail, GTK_TYPE_WIDGET)

static void
toast (SideCallDetail *self,
       const char     *text,
       const char     *undo_action)
{
  AdwToast *one = side_toast_new (text);

  if (undo_action != NULL)
    {
      adw_toast_set_button_label (one, _("Undo"));
      adw_toast_set_action_name (one, undo_action);
    }
  adw_toast_overlay_add_toast (self->toasts, one);
}

static void
failed_cb (SideCallDetail *self,
           const GError   *error)
{
  g_autofree char *words = side_format_error (error);

  toast (self, words, NULL);
}

static void
seek_cb (SideCallDetail *self,
         gint64          position_ms)
{
  side_player_seek (self->player, position_ms);
}

static void
form_toast_cb (SideCallDetail *self,
               const char     *text)
{
  toast (self, text, NULL);
}

static void
done_cb (SideCallDetail *self,
         const char     *words)
{
  toast (self, words, "history.undo");
}

static void
script_cb (SideCallDetail *self)
{
  side_notes_view_set_script (self->notes_view, side_review_keeper_get_script (self->keeper));
}

static void
mark_activated_cb (SideCallDetail *self,
                   const char     *id)
{
  gtk_stack_set_visible_child_name (GTK_STACK (self->tabs), "notes");
  side_notes_view_edit (self->notes_view, id);
}

static void
answer_activated_cb (SideCallDetail *self,
                     const char     *criterion)
{
  if (side_detail_layout_get_folded (self->layout))
    gtk_stack_set_visible_child_name (GTK_STACK (self->tabs), "score");
  side_review_form_go_to (self->form, criterion);
}

static gboolean
has_recording (SideCallDetail *self)
{
  return self->path != NULL;
}

static void
update_note_button (SideCallDetail *self)
{
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  g_autofree char *label = NULL;
  gint64 from_ms, to_ms = 0;
  gboolean span;

  if (self->player == NULL)
    return;
  from_ms = side_player_get_position_ms (self->player);
  span = side_waveform_get_selection (self->waveform, &from_ms, &to_ms);
  from = side_text_duration (from_ms);
  to = side_text_duration (to_ms);
  /* The place is left out where there is little room; it is the player's beneath. */
  if (!has_recording (self) || side_detail_layout_get_folded (self->layout))
    label = g_strdup (_("Note"));
  else if (span)
    label = g_strdup_printf (_("Note on %s–%s"), from, to);
  else
    label = g_strdup_printf (_("Note at %s"), from);
  if (g_strcmp0 (adw_button_content_get_label (self->note_content), label) != 0)
    adw_button_content_set_label (self->note_content, label);
}

/* A tab for the form while it has no place of its own; when it goes, the stack
 * shows the first of the others. The header bar has a button for notes too. */
static void
folded_cb (SideCallDetail *self)
{
  gboolean folded = side_detail_layout_get_folded (self->layout);

  gtk_stack_page_set_visible (self->score_page, folded);
  update_note_button (self);
}

static void
tab_changed_cb (SideCallDetail *self)
{
  const char *name = gtk_stack_get_visible_child_name (GTK_STACK (self->tabs));

  if (self->layout != NULL)
    side_detail_layout_set_form_shown (self->layout, g_strcmp0 (name, "score") == 0);
}

static void
position_changed_cb (SideCallDetail *self)
{
  side_review_form_set_position (self->form, has_recording (self) ? side_player_get_position_ms (self->player) : -1);
  update_note_button (self);
}

/* @details, in the words of a machine, for whoever is asked for help. */
static void
show_message (SideCallDetail *self,
              const char     *text,
              const char     *details,
              gboolean        busy,
              gboolean        can_retry)
{
  g_autofree char *line = details != NULL ? g_strdup_printf (_("Details: %s"), details) : NULL;

  gtk_label_set_label (GTK_LABEL (self->message), text);
  gtk_label_set_label (GTK_LABEL (self->message_details), line != NULL ? line : "");
  gtk_widget_set_visible (self->message_details, line != NULL);
  gtk_widget_set_visible (self->progress, busy);
  gtk_widget_set_visible (self->retry, can_retry);
  gtk_stack_set_visible_child_name (GTK_STACK (self->recording), "message");
}

static void
peaks_loaded_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (SideCallDetail) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SidePeaks) peaks = side_peaks_load_finish (result, &error);

  if (side_error_is_cancelled (error))
    return;
  if (peaks != NULL)
    {
      side_waveform_set_peaks (self->waveform, peaks);
      side_notes_view_set_length (self->notes_view, side_waveform_get_duration (self->waveform));
      return;
    }
  show_message (self, side_recording_words_error (error), error->message, FALSE, TRUE);
}

static void
fetched_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (SideCallDetail) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = side_desk_fetch_recording_finish (SIDE_DESK (source), result, &error);
  g_autofree char *peaks_path = NULL;

  if (side_error_is_cancelled (error))
    return;
  if (path == NULL)
    {
      show_message (self, self->call->imported ? side_recording_words_lost () : side_recording_words_error (error),
                    error->message, FALSE, !self->call->imported);
      return;
    }
  peaks_path = g_strconcat (path, ".peaks", NULL);
  self->path = g_steal_pointer (&path);
  /* An operator hears their calls and takes none away. */
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "call.export", side_desk_get_role (self->desk) != SIDE_ROLE_OPERATOR);
  gtk_stack_set_visible_child_name (GTK_STACK (self->recording), "player");
  side_notes_view_set_recorded (self->notes_view, TRUE);
  side_player_open (self->player, self->path);
  side_call_sound_set_path (self->sound, self->path);
  side_peaks_load_async (self->path, peaks_path, NULL, NULL, self->cancellable, peaks_loaded_cb, g_object_ref (self));
  position_changed_cb (self);
}

static void
progress_cb (goffset  done,
             goffset  total,
             gpointer data)
{
  SideCallDetail *self = data;

  if (total > 0)
    gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress), CLAMP ((double) done / (double) total, 0.0, 1.0));
  else
    gtk_progress_bar_pulse (GTK_PROGRESS_BAR (self->progress));
}

static void
leave_recording (SideCallDetail *self)
{
  SideStore *store = side_desk_get_store (self->desk);

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_clear_pointer (&self->path, g_free);
  if (self->sound != NULL)
    side_call_sound_set_path (self->sound, NULL);
  side_player_close (self->player);
  if (self->pinned != NULL && store != NULL)
    side_store_unpin_recording (store, self->pinned);
  g_clear_pointer (&self->pinned, g_free);
}

static void
load_recording (SideCallDetail *self)
{
  SideStore *store = side_desk_get_store (self->desk);

  leave_recording (self);
  side_waveform_set_peaks (self->waveform, NULL);
  side_waveform_clear_selection (self->waveform);
  side_notes_view_set_recorded (self->notes_view, FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "call.export", FALSE);
  if (self->call->recording != NULL)
    {
      if (store != NULL)
        {
          self->pinned = g_strdup (self->call->recording);
          side_store_pin_recording (store, self->pinned);
        }
      gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress), 0);
      show_message (self, _("Fetching the recording…"), NULL, TRUE, FALSE);
      side_desk_fetch_recording_async (self->desk, self->call, progress_cb, self, self->cancellable, fetched_cb,
                                       g_object_ref (self));
    }
  else
    show_message (self, side_recording_words_missing (self->call, side_desk_get_now_ms (self->desk)), NULL, FALSE, FALSE);
  position_changed_cb (self);
}

static void
play_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  SideCallDetail *self = SIDE_CALL_DETAIL (widget);

  if (side_player_get_state (self->player) == SIDE_PLAYER_PLAYING)
    side_player_pause (self->player);
  else if (has_recording (self))
    side_player_play (self->player);
}

static void
skip_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  SideCallDetail *self = SIDE_CALL_DETAIL (widget);
  gint64 by_ms = g_str_has_suffix (name, "back") ? -SKIP_MS : SKIP_MS;

  if (has_recording (self))
    side_player_seek (self->player, MAX (0, side_player_get_position_ms (self->player) + by_ms));
}

static void
begin_note (SideCallDetail *self,
            gint64          from_ms,
            gint64          to_ms)
{
  side_waveform_clear_selection (self->waveform);
  gtk_stack_set_visible_child_name (GTK_STACK (self->tabs), "notes");
  side_notes_view_begin (self->notes_view, from_ms, to_ms);
  update_note_button (self);
}

static void
note_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  SideCallDetail *self = SIDE_CALL_DETAIL (widget);
  gint64 from_ms = has_recording (self) ? side_player_get_position_ms (self->player) : 0;
  gint64 to_ms = from_ms;

  if (self->call == NULL)
    return;
  side_waveform_get_selection (self->waveform, &from_ms, &to_ms);
  begin_note (self, from_ms, to_ms);
}

static void
copy_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  SideCallDetail *self = SIDE_CALL_DETAIL (widget);
  gboolean number = g_str_has_suffix (name, "number");
  const char *text;

  if (self->call == NULL)
    return;
  text = number ? self->call->caller : self->call->id;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text != NULL ? text : "");
  toast (self, number ? _("Number copied") : _("Identifier copied"), NULL);
}

/* The one way a recording leaves: so every copy is on record. */
static void
export_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  SideCallDetail *self = SIDE_CALL_DETAIL (widget);
  gint64 length_ms = side_player_get_duration_ms (self->player);
  gint64 from_ms = 0;
  gint64 to_ms = 0;

  if (length_ms <= 0)
    length_ms = side_waveform_get_duration (self->waveform);
  if (self->path == NULL || length_ms <= 0)
    return;
  if (!side_waveform_get_selection (self->waveform, &from_ms, &to_ms))
    from_ms = to_ms = 0;
  gtk_window_present (side_export_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)), self->desk, self->call,
                                              self->notes, self->path, length_ms, from_ms, to_ms));
}

/* The program ends, or somebody signs out: what was typed a moment ago too is kept. */
static void
closing_cb (SideCallDetail *self)
{
  side_review_form_flush (self->form);
  side_notes_view_flush (self->notes_view);
  side_call_sound_flush (self->sound);
}

/* What could not be written on this call is in the editor again. */
static void
staying_cb (SideCallDetail *self)
{
  if (self->call != NULL)
    side_notes_view_set_call (self->notes_view, self->call);
}

static void
side_call_detail_dispose (GObject *object)
{
  SideCallDetail *self = SIDE_CALL_DETAIL (object);

  g_cancellable_cancel (self->cancellable);
  if (self->notes != NULL)
    g_signal_handlers_disconnect_by_data (self->notes, self);
  if (self->keeper != NULL)
    g_signal_handlers_disconnect_by_data (self->keeper, self);
  if (self->player != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->player, self);
      leave_recording (self);
    }
  g_clear_object (&self->sound);
  g_clear_object (&self->finder);
  g_clear_object (&self->clips);
  self->layout = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (self), SIDE_TYPE_CALL_DETAIL);
  g_clear_object (&self->notes);
  g_clear_object (&self->keeper);
  g_clear_object (&self->player);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (side_call_detail_parent_class)->dispose (object);
}

static void
side_call_detail_finalize (GObject *object)
{
  SideCallDetail *self = SIDE_CALL_DETAIL (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->call, side_call_unref);
  g_free (self->path);
  G_OBJECT_CLASS (side_call_detail_parent_class)->finalize (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "call.play", NULL, play_action);
  gtk_widget_class_install_action (widget_class, "call.back", NULL, skip_action);
  gtk_widget_class_install_action (widget_class, "call.forward", NULL, skip_action);
  gtk_widget_class_install_action (widget_class, "call.note", NULL, note_action);
  gtk_widget_class_install_action (widget_class, "call.copy-number", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "call.copy-id", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "call.export", NULL, export_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_space, GDK_CONTROL_MASK, "call.play", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_space, 0, "call.play", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_j, GDK_CONTROL_MASK, "call.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_l, GDK_CONTROL_MASK, "call.forward", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_m, GDK_CONTROL_MASK, "call.note", NULL);
}

static void
side_call_detail_class_init (SideCallDetailClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = side_call_detail_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_call_detail_finalize;
  g_type_ensure (SIDE_TYPE_WAVEFORM);
  g_type_ensure (SIDE_TYPE_PLAYER_BAR);
  g_type_ensure (SIDE_TYPE_NOTES_VIEW);
  g_type_ensure (SIDE_TYPE_SOUND_VIEW);
  g_type_ensure (SIDE_TYPE_REVIEW_FORM);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/sidetone/Sidetone/calls/side-call-detail.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_bind_template_child (widget_class, SideCallDetail, toasts);
  gtk_widget_class_bind_template_child (widget_class, SideCallDetail, title);
  gtk_widget_class_bind_template_child (widget_class, SideCallDetail, stack);
  gtk_widget_class_bind_template_child (widget_class, SideCallDetail, nothing);
  gtk_widget_class_bind_template_child (widget_class, SideCallDetail, panes);
  gtk_widget_class_bind_template_child (widget_class, SideCallDetail, tabs_bar);
  gtk_widget_class_bind_template_child (widget_class, SideCallDetail, score_page);
  gtk_widget_class_bind_template_child (widget_class, SideCallDetail, menu);
  gtk_widget_class_bind_template_child (widget_class, SideCallDetail, recording_menu);
  gtk_widget_class_bind_template_child (widget_class, SideCallDetail, recording);
  gtk_widget_class_bind_template_child (widget_class, SideCallDetail, message);
  gtk_widget_class_bind_template_child (widget_class, SideCallDetail, message_details);
  gtk_widget_class_bind_template_child (widget_class, SideCallDetail, progress);
  gtk_widget_class_bind_template_child (widget_class, SideCallDetail, retry);
  gtk_widget_class_bind_template_child (widget_class, SideCallDetail, waveform);
  gtk_widget_class_bind_template_child (widget_class, SideCallDetail, player_bar);
  gtk_widget_class_bind_template_child (widget_class, SideCallDetail, note_button);
  gtk_widget_class_bind_template_child (widget_class, SideCallDetail, note_content);
  gtk_widget_class_bind_template_child (widget_class, SideCallDetail, tabs);
  gtk_widget_class_bind_template_child (widget_class, SideCallDetail, notes_view);
  gtk_widget_class_bind_template_child (widget_class, SideCallDetail, sound_view);
  gtk_widget_class_bind_template_child (widget_class, SideCallDetail, events_box);
  gtk_widget_class_bind_template_child (widget_class, SideCallDetail, form);
  gtk_widget_class_bind_template_callback (widget_class, load_recording);
  gtk_widget_class_bind_template_callback (widget_class, seek_cb);
  gtk_widget_class_bind_template_callback (widget_class, mark_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, answer_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, update_note_button);
  gtk_widget_class_bind_template_callback (widget_class, done_cb);
  gtk_widget_class_bind_template_callback (widget_class, form_toast_cb);
  gtk_widget_class_bind_template_callback (widget_class, tab_changed_cb);
  install_actions (widget_class);
}

static void
side_call_detail_init (SideCallDetail *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->layout = side_detail_layout_new ();
  gtk_widget_set_layout_manager (self->panes, GTK_LAYOUT_MANAGER (self->layout));
  gtk_widget_set_layout_manager (self->tabs_bar, side_wrap_layout_new (8));
  g_signal_connect_object (self->layout, "notify::folded", G_CALLBACK (folded_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "call.export", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "call.note", FALSE);
}

/**
 * side_call_detail_new:
 *
 * Returns: a page without a desk
 */
GtkWidget *
side_call_detail_new (void)
{
  return g_object_new (SIDE_TYPE_CALL_DETAIL, NULL);
}

/**
 * side_call_detail_set_desk:
 * @self: a page, once
 * @desk: where calls are read and notes are written
 */
void
side_call_detail_set_desk (SideCallDetail *self,
                           SideDesk       *desk)
{
  g_return_if_fail (SIDE_IS_CALL_DETAIL (self));
  g_return_if_fail (self->desk == NULL);

  self->desk = g_object_ref (desk);
  self->player = side_player_new ();
  self->notes = side_call_notes_new (desk);
  self->keeper = side_review_keeper_new (desk);
  if (!side_review_keeper_may_write (self->keeper))
    adw_status_page_set_description (ADW_STATUS_PAGE (self->nothing), _("Choose a call on the left to hear it and to see how it was scored."));
  self->events_view = SIDE_EVENTS_VIEW (side_events_view_new (desk));
  gtk_widget_set_hexpand (GTK_WIDGET (self->events_view), TRUE);
  gtk_box_append (GTK_BOX (self->events_box), GTK_WIDGET (self->events_view));
  side_player_bar_set_player (self->player_bar, self->player);
  self->sound = side_call_sound_new (desk, self->player_bar, self->waveform, self->notes);
  self->finder = side_place_finder_new (self->player, self->waveform);
  g_signal_connect_object (desk, "closing", G_CALLBACK (closing_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "staying", G_CALLBACK (staying_cb), self, G_CONNECT_SWAPPED);
  side_call_sound_set_view (self->sound, self->sound_view);
  side_call_sound_add_keys (self->sound, GTK_WIDGET (self));
  g_signal_connect_object (self->sound, "note-requested", G_CALLBACK (begin_note), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sound, "marked", G_CALLBACK (done_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sound, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  side_call_history_attach (GTK_WIDGET (self), self->toasts, self->notes, self->keeper);
  side_notes_view_set_notes (self->notes_view, self->notes, desk);
  side_review_form_set_notes (self->form, self->notes);
  side_review_form_set_keeper (self->form, self->keeper, desk);
  self->clips = side_call_clips_new (desk, self->keeper, self->waveform, self->toasts);
  side_call_clips_attach (self->clips, GTK_WIDGET (self), self->recording_menu);
  side_call_answers_attach (self->waveform, self->keeper, self->form);
  side_review_form_set_sitting (self->form, side_call_sound_get_sitting (self->sound));
  g_object_bind_property (self->player, "position-ms", self->waveform, "position-ms", G_BINDING_SYNC_CREATE);
  g_object_bind_property (self->player, "duration-ms", self->waveform, "duration-ms", G_BINDING_SYNC_CREATE);
  g_signal_connect_swapped (self->player, "notify::position-ms", G_CALLBACK (position_changed_cb), self);
  g_signal_connect_swapped (self->player, "notify::state", G_CALLBACK (position_changed_cb), self);
  g_signal_connect_swapped (self->notes, "failed", G_CALLBACK (failed_cb), self);
  g_signal_connect_swapped (self->keeper, "failed", G_CALLBACK (failed_cb), self);
  g_signal_connect_swapped (self->keeper, "loaded", G_CALLBACK (script_cb), self);
}

/**
 * side_call_detail_pause:
 * @self: a page with a desk
 *
 * Something else is about to be heard.
 */
void
side_call_detail_pause (SideCallDetail *self)
{
  g_return_if_fail (SIDE_IS_CALL_DETAIL (self));
  side_player_pause (self->player);
}

/**
 * side_call_detail_go_to:
 * @self: a page with a desk
 * @call: id of the call that is open, or will be
 * @place: where to in it, as soon as its recording is there
 */
void
side_call_detail_go_to (SideCallDetail  *self,
                        const char      *call,
                        const SidePlace *place)
{
  g_return_if_fail (SIDE_IS_CALL_DETAIL (self));
  g_return_if_fail (self->finder != NULL);
  side_place_finder_go (self->finder, call, place);
}

/**
 * side_call_detail_set_call:
 * @self: a page with a desk
 * @call: (nullable): the call; the same one again when something about it
 *   changed
 */
void
side_call_detail_set_call (SideCallDetail *self,
                           const SideCall *call)
{
  gboolean same, recorded_now;

  g_return_if_fail (SIDE_IS_CALL_DETAIL (self));
  g_return_if_fail (self->desk != NULL);

  same = call != NULL && self->call != NULL && g_str_equal (call->id, self->call->id);
  if (same && side_call_equal (call, self->call))
    return;
  recorded_now = same && (self->call->recording == NULL) != (call->recording == NULL);
  if (!same)
    side_review_form_flush (self->form);
  g_clear_pointer (&self->call, side_call_unref);
  self->call = call != NULL ? side_call_copy (call) : NULL;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "call.note",
                                 call != NULL && side_review_keeper_may_write (self->keeper));
  side_import_offer_remove (self, self->desk, self->call);
  gtk_widget_set_sensitive (self->menu, call != NULL);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), call != NULL ? "call" : "none");
  side_events_view_set_call (self->events_view, self->call);
  if (call == NULL)
    {
      side_call_title_show (self->title, self->desk, NULL);
      leave_recording (self);
    }
  else
    {
      side_call_title_show (self->title, self->desk, call);
    }
  side_call_clips_set_call (self->clips, self->call);
  side_place_finder_set_call (self->finder, call != NULL ? call->id : NULL);
  if (!same || recorded_now)
    side_call_sound_set_call (self->sound, self->call);
  if (recorded_now)
    side_call_notes_set_call (self->notes, self->call);
  if (!same)
    {
      side_waveform_set_answers (self->waveform, NULL, 0);
      side_notes_view_set_call (self->notes_view, self->call);
      side_review_keeper_set_call (self->keeper, self->call);
    }
  if (call != NULL && (!same || recorded_now))
    load_recording (self);
}
