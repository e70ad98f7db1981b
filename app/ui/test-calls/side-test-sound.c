/* side-test-sound.c - the recording of a test call: heard, seen, measured
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The widgets of the recording studio over a file on this computer. In it the
 * caller is on the left and the call centre on the right, the other way round
 * than in recordings of a call centre; here everything has its usual place, the
 * call centre above and in blue. Times told, and given to others, are the call's.
 */
#include "side-test-sound.h"

#include <glib/gi18n.h>

#include "side-analyst.h"
#include "side-error.h"
#include "side-format.h"
#include "side-librarian.h"
#include "side-mpris.h"
#include "side-peaks.h"
#include "side-player-bar.h"
#include "side-recording-words.h"
#include "side-sound-view.h"
#include "side-span-keys.h"
#include "side-test-recordings.h"
#include "side-wrapping.h"

#define NOTE_ID "note "

struct _SideTestSound
{
  GtkBox         parent_instance;
  GtkWidget     *message;      /* GtkLabel */
  GtkWidget     *warning;      /* GtkLabel: the file is not the one that was made */
  GtkWidget     *studio;
  GtkWidget     *expander;
  SideWaveform  *waveform;
  SidePlayerBar *bar;
  SideSoundView *view;
  SidePlayer    *player;
  SideDesk      *desk;         /* (nullable) */
  GCancellable  *cancellable;
  SideTestCall  *call;         /* (nullable) */
  char          *path;         /* (nullable): of the recording, when it is here */
  gboolean       holding;      /* the librarian waits while one listens */
  SideMpris     *mpris;        /* while a recording is open */
  SideSpanKeys  *keys;         /* (nullable): what marks it */
  gboolean       movable;      /* notes may be written and moved */
};

G_DEFINE_FINAL_TYPE (SideTestSound, side_test_sound, GTK_TYPE_BOX)

enum { SIGNAL_VIEW_CHANGED, SIGNAL_POSITION, SIGNAL_NOTE_ACTIVATED, SIGNAL_NOTE_MOVED, SIGNAL_MARKED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* ---- times ---- */

/**
 * side_test_sound_get_offset:
 * @self: a recording
 *
 * Returns: when it begins, from the moment the call was dialled, in ms; of calls of an older
 *   program from when sound was to be expected
 */
gint64
side_test_sound_get_offset (SideTestSound *self)
{
  gint64 from_ms;

  g_return_val_if_fail (SIDE_IS_TEST_SOUND (self), 0);

  if (self->call == NULL)
    return 0;
  from_ms = self->call->recorded_ms != 0 ? self->call->recorded_ms
            : self->call->early_ms != 0 ? self->call->early_ms : self->call->answered_ms;
  return from_ms != 0 ? MAX (from_ms - self->call->dialled_ms, 0) : 0;
}

/**
 * side_test_sound_get_length:
 * @self: a recording
 *
 * Returns: how long it is, in ms; 0 while that is not known
 */
gint64
side_test_sound_get_length (SideTestSound *self)
{
  g_return_val_if_fail (SIDE_IS_TEST_SOUND (self), 0);

  if (self->path == NULL)
    return 0;
  return side_player_get_duration_ms (self->player) > 0 ? side_player_get_duration_ms (self->player)
                                                        : side_waveform_get_duration (self->waveform);
}

/**
 * side_test_sound_get_view:
 * @self: a recording
 * @from_ms: (out): what is seen of the call begins here
 * @to_ms: (out): and ends here; without a recording, the whole call
 */
void
side_test_sound_get_view (SideTestSound *self,
                          gint64        *from_ms,
                          gint64        *to_ms)
{
  gint64 offset_ms = side_test_sound_get_offset (self);
  gint64 last_ms = 1;

  *from_ms = *to_ms = 0;
  if (self->path != NULL)
    g_object_get (self->waveform, "view-from-ms", from_ms, "view-to-ms", to_ms, NULL);
  if (*to_ms > *from_ms)
    {
      *from_ms += offset_ms;
      *to_ms += offset_ms;
      return;
    }
  for (guint i = 0; self->call != NULL && i < self->call->segments->len; i++)
    last_ms = MAX (last_ms, ((const SideTestSegment *) self->call->segments->pdata[i])->to_ms);
  *from_ms = 0;
  *to_ms = last_ms;
}

/**
 * side_test_sound_get_position:
 * @self: a recording
 *
 * Returns: what is heard, from the moment the call was dialled; -1 without a recording
 */
gint64
side_test_sound_get_position (SideTestSound *self)
{
  g_return_val_if_fail (SIDE_IS_TEST_SOUND (self), -1);
  return self->path != NULL ? side_player_get_position_ms (self->player) + side_test_sound_get_offset (self) : -1;
}

/**
 * side_test_sound_seek:
 * @self: a recording
 * @at_ms: from the moment the call was dialled
 */
void
side_test_sound_seek (SideTestSound *self,
                      gint64         at_ms)
{
  g_return_if_fail (SIDE_IS_TEST_SOUND (self));

  if (self->path != NULL)
    side_player_seek (self->player, MAX (at_ms - side_test_sound_get_offset (self), 0));
}

/* ---- notes ---- */

static gboolean
note_of (const char *id,
         guint      *index)
{
  guint64 number;

  if (id == NULL || !g_str_has_prefix (id, NOTE_ID) || !g_ascii_string_to_unsigned (id + strlen (NOTE_ID), 10, 0, G_MAXUINT, &number, NULL))
    return FALSE;
  *index = (guint) number;
  return TRUE;
}

/* What can be repeated: the selected span, or else the selected note. */
static void
selection_cb (SideTestSound *self)
{
  gint64 from_ms = 0, to_ms = 0;
  guint index;

  if (!side_waveform_get_selection (self->waveform, &from_ms, &to_ms) && self->call != NULL
      && note_of (side_waveform_get_selected_mark (self->waveform), &index) && index < self->call->notes->len)
    {
      const SideTestNote *note = self->call->notes->pdata[index];

      from_ms = MAX (note->at_ms - side_test_sound_get_offset (self), 0);
      to_ms = MAX (note->to_ms - side_test_sound_get_offset (self), 0);
    }
  if (to_ms > from_ms)
    side_player_bar_set_loopable (self->bar, from_ms, to_ms);
  else
    side_player_bar_set_loopable (self->bar, 0, 0);
}

/* As on other calls the tag is what is read; without one it is the text. */
static SideWaveMark
mark_of (SideTestSound      *self,
         const SideTestNote *note,
         const char         *id)
{
  SideTags *tags = side_tags_get (self->desk);
  gint64 offset_ms = side_test_sound_get_offset (self);
  SideWaveMark mark = { id, MAX (note->at_ms - offset_ms, 0), MAX (note->to_ms - offset_ms, 0), note->text, { 0 }, self->movable };

  gdk_rgba_parse (&mark.colour, "#1f8a55");
  if (note->tag == NULL)
    return mark;
  mark.label = side_tags_label (tags, note->tag);
  side_tags_rgba (tags, note->tag, &mark.colour);
  return mark;
}

/**
 * side_test_sound_show_notes:
 * @self: a recording that was opened
 * @call: its call, as it is now
 * @movable: whether notes can be written and moved
 */
void
side_test_sound_show_notes (SideTestSound      *self,
                            const SideTestCall *call,
                            gboolean            movable)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autofree SideWaveMark *marks = g_new0 (SideWaveMark, call->notes->len + 1);

  g_return_if_fail (SIDE_IS_TEST_SOUND (self) && self->desk != NULL);

  side_test_call_ref ((SideTestCall *) call);
  g_clear_pointer (&self->call, side_test_call_unref);
  self->call = (SideTestCall *) call;
  self->movable = movable;
  for (guint i = 0; i < call->notes->len; i++)
    {
      g_ptr_array_add (ids, g_strdup_printf (NOTE_ID "%u", i));
      marks[i] = mark_of (self, call->notes->pdata[i], ids->pdata[i]);
    }
  side_waveform_set_marks (self->waveform, marks, call->notes->len);
  side_player_bar_set_has_marks (self->bar, call->notes->len > 0);
  selection_cb (self);
}

static void
mark_activated_cb (SideTestSound *self,
                   const char    *id)
{
  guint index;

  if (note_of (id, &index))
    g_signal_emit (self, signals[SIGNAL_NOTE_ACTIVATED], 0, index);
}

static void
mark_changed_cb (SideTestSound *self,
                 const char    *id,
                 gint64         from_ms,
                 gint64         to_ms)
{
  guint index;

  if (note_of (id, &index))
    g_signal_emit (self, signals[SIGNAL_NOTE_MOVED], 0, index, from_ms + side_test_sound_get_offset (self),
                   to_ms + side_test_sound_get_offset (self));
}

/* To the note next to the position on one side, which is selected then. */
static void
go_to_note (SideTestSound *self,
            gboolean       before)
{
  gint64 at_ms = side_test_sound_get_position (self);
  gint64 found_ms = -1;
  g_autofree char *id = NULL;

  for (guint i = 0; self->call != NULL && i < self->call->notes->len; i++)
    {
      gint64 note_ms = ((const SideTestNote *) self->call->notes->pdata[i])->at_ms;

      if (before ? note_ms >= at_ms - 500 || note_ms <= found_ms : note_ms <= at_ms || (found_ms >= 0 && note_ms >= found_ms))
        continue;
      found_ms = note_ms;
      g_free (id);
      id = g_strdup_printf (NOTE_ID "%u", i);
    }
  if (found_ms < 0)
    return;
  side_waveform_select_mark (self->waveform, id);
  side_test_sound_seek (self, found_ms);
}

static void
previous_cb (SideTestSound *self)
{
  go_to_note (self, TRUE);
}

static void
next_cb (SideTestSound *self)
{
  go_to_note (self, FALSE);
}

/* ---- keys ---- */

static gboolean
may_mark (gpointer data)
{
  return SIDE_TEST_SOUND (data)->movable;
}

static void
marked_cb (SideTestSound *self,
           const char    *tag,
           gint64         from_ms,
           gint64         to_ms)
{
  gint64 offset_ms = side_test_sound_get_offset (self);

  side_waveform_clear_selection (self->waveform);
  g_signal_emit (self, signals[SIGNAL_MARKED], 0, tag, from_ms + offset_ms, to_ms + offset_ms);
}

/**
 * side_test_sound_add_keys:
 * @self: a recording that was opened
 * @page: where keys are taken that no child of it wanted
 */
void
side_test_sound_add_keys (SideTestSound *self,
                          GtkWidget     *page)
{
  g_return_if_fail (SIDE_IS_TEST_SOUND (self) && self->desk != NULL && self->keys == NULL);

  self->keys = side_span_keys_new (self->bar, self->waveform, side_tags_get (self->desk), may_mark, self);
  g_signal_connect_object (self->keys, "marked", G_CALLBACK (marked_cb), self, G_CONNECT_SWAPPED);
  side_span_keys_attach (self->keys, page);
}

/* ---- the file ---- */

static void
say (SideTestSound *self,
     const char    *words)
{
  side_label_say (self->message, words);
  gtk_widget_set_visible (self->studio, words == NULL);
  gtk_widget_set_visible (self->expander, words == NULL);
}

static void
peaks_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (SideTestSound) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SidePeaks) peaks = side_peaks_load_finish (result, &error);

  if (side_error_is_cancelled (error) || self->waveform == NULL)
    return;
  if (peaks == NULL)
    {
      say (self, side_recording_words_error (error));
      return;
    }
  side_peaks_turn (peaks);
  side_waveform_set_peaks (self->waveform, peaks);
}

static void
analysed_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (SideTestSound) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SideAnalysis) analysis = side_analyst_ask_finish (result, &error);

  if (side_error_is_cancelled (error) || self->waveform == NULL)
    return;
  if (analysis == NULL)
    {
      g_autofree char *words = side_format_error (error);

      side_sound_view_set_message (self->view, words);
      return;
    }
  side_sound_view_set_analysis (self->view, analysis);
  side_waveform_set_analysis (self->waveform, analysis);
  side_player_bar_set_analysis (self->bar, analysis);
}

static void
hashed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (SideTestSound) self = data;
  g_autofree char *hex = side_test_recordings_hash_finish (result, NULL);

  if (hex != NULL && self->call != NULL && self->call->recording_sha256 != NULL && self->waveform != NULL
      && g_ascii_strcasecmp (hex, self->call->recording_sha256) != 0)
    side_label_say (self->warning, _("This file is not the recording as it was made: its checksum is another one."));
}

/* One clock for all that is told of a call: from dialling on. */
static void
set_origin (SideTestSound *self,
            gint64         offset_ms)
{
  side_player_bar_set_origin (self->bar, offset_ms);
  side_waveform_set_origin (self->waveform, offset_ms);
  side_sound_view_set_origin (self->view, offset_ms);
}

static void
load (SideTestSound *self)
{
  g_autofree char *cache = g_strconcat (self->path, ".peaks", NULL);
  gint64 answered_ms = self->call->answered_ms != 0
                       ? MAX (self->call->answered_ms - self->call->dialled_ms - side_test_sound_get_offset (self), 0) : 0;

  say (self, NULL);
  set_origin (self, side_test_sound_get_offset (self));
  side_player_open (self->player, self->path);
  self->mpris = side_mpris_new (self->player);
  side_sound_view_set_message (self->view, _("Listening to the recording…"));
  side_peaks_load_async (self->path, cache, NULL, NULL, self->cancellable, peaks_cb, g_object_ref (self));
  side_analyst_ask_turned_async (self->path, answered_ms, self->cancellable, analysed_cb, g_object_ref (self));
  side_test_recordings_hash_async (self->path, self->cancellable, hashed_cb, g_object_ref (self));
}

/**
 * side_test_sound_open:
 * @self: a recording
 * @desk: whose computer it is on
 * @call: the call; where its recording is not here, that is said in words
 */
void
side_test_sound_open (SideTestSound      *self,
                      SideDesk           *desk,
                      const SideTestCall *call)
{
  g_autofree char *path = NULL;

  g_return_if_fail (SIDE_IS_TEST_SOUND (self) && SIDE_IS_DESK (desk) && call != NULL);

  side_test_sound_close (self);
  g_set_object (&self->desk, desk);
  self->call = side_test_call_ref ((SideTestCall *) call);
  path = side_test_recordings_dup_path (desk, call);
  if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
    {
      self->path = g_steal_pointer (&path);
      load (self);
    }
  else if (call->ended_ms == 0)
    say (self, _("The recording will be here once the call is over."));
  else if (call->recording == NULL && call->quality.codec != NULL)
    say (self, _("This call was not recorded: that was switched off."));
  else if (call->recording == NULL)
    say (self, _("Nothing was recorded: there was no sound in this call."));
  else
    say (self, _("The recording is not on this computer. Recordings of test calls stay where the call was made."));
}

/**
 * side_test_sound_close:
 * @self: a recording
 */
void
side_test_sound_close (SideTestSound *self)
{
  g_return_if_fail (SIDE_IS_TEST_SOUND (self));

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_clear_object (&self->mpris);
  side_player_close (self->player);
  side_waveform_set_peaks (self->waveform, NULL);
  side_waveform_set_analysis (self->waveform, NULL);
  side_player_bar_set_analysis (self->bar, NULL);
  side_label_say (self->warning, NULL);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->call, side_test_call_unref);
}

/* ---- what the widgets tell ---- */

static void
seek_cb (SideTestSound *self,
         gint64         position_ms)
{
  side_player_seek (self->player, position_ms);
}

static void
view_cb (SideTestSound *self)
{
  g_signal_emit (self, signals[SIGNAL_VIEW_CHANGED], 0);
}

static void
position_cb (SideTestSound *self)
{
  g_signal_emit (self, signals[SIGNAL_POSITION], 0);
}

/* While a person listens, the computer is theirs. */
static void
state_cb (SideTestSound *self)
{
  SideLibrarian *librarian = self->desk != NULL ? side_desk_get_librarian (self->desk) : NULL;
  gboolean hold = side_player_get_state (self->player) == SIDE_PLAYER_PLAYING;

  if (librarian == NULL || hold == self->holding)
    return;
  self->holding = hold;
  if (hold)
    side_librarian_hold (librarian);
  else
    side_librarian_release (librarian);
}

/* ---- the widget ---- */

static void
side_test_sound_dispose (GObject *object)
{
  SideTestSound *self = SIDE_TEST_SOUND (object);

  g_cancellable_cancel (self->cancellable);
  if (self->player != NULL)
    {
      side_player_close (self->player);
      state_cb (self);
      g_signal_handlers_disconnect_by_data (self->player, self);
    }
  self->waveform = NULL;
  g_clear_object (&self->mpris);
  g_clear_object (&self->keys);
  g_clear_object (&self->player);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (side_test_sound_parent_class)->dispose (object);
}

static void
side_test_sound_finalize (GObject *object)
{
  SideTestSound *self = SIDE_TEST_SOUND (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->call, side_test_call_unref);
  g_free (self->path);
  G_OBJECT_CLASS (side_test_sound_parent_class)->finalize (object);
}

static void
side_test_sound_class_init (SideTestSoundClass *klass)
{
  GType type = SIDE_TYPE_TEST_SOUND;

  G_OBJECT_CLASS (klass)->dispose = side_test_sound_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_test_sound_finalize;
  signals[SIGNAL_VIEW_CHANGED] = g_signal_new ("view-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_POSITION] = g_signal_new ("position", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_NOTE_ACTIVATED] = g_signal_new ("note-activated", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SIGNAL_NOTE_MOVED] = g_signal_new ("note-moved", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3, G_TYPE_UINT,
                                             G_TYPE_INT64, G_TYPE_INT64);
  signals[SIGNAL_MARKED] = g_signal_new ("marked", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3, G_TYPE_STRING,
                                         G_TYPE_INT64, G_TYPE_INT64);
}

static GtkWidget *
new_line (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  side_label_wrap (GTK_LABEL (label));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_visible (label, FALSE);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
add_studio (SideTestSound *self)
{
  self->studio = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  self->waveform = SIDE_WAVEFORM (side_waveform_new ());
  gtk_widget_set_size_request (GTK_WIDGET (self->waveform), -1, 190);
  side_waveform_set_names (self->waveform, _("Call centre"), _("You"));
  self->bar = SIDE_PLAYER_BAR (side_player_bar_new ());
  side_player_bar_set_player (self->bar, self->player);
  side_player_bar_set_names (self->bar, _("Call centre"), _("You"));
  gtk_box_append (GTK_BOX (self->studio), GTK_WIDGET (self->bar));
  gtk_box_append (GTK_BOX (self->studio), GTK_WIDGET (self->waveform));
  g_object_bind_property (self->player, "position-ms", self->waveform, "position-ms", G_BINDING_SYNC_CREATE);
  g_object_bind_property (self->player, "duration-ms", self->waveform, "duration-ms", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (self->waveform, "seek-requested", G_CALLBACK (seek_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->waveform, "selection-changed", G_CALLBACK (selection_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->waveform, "mark-activated", G_CALLBACK (mark_activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->waveform, "mark-changed", G_CALLBACK (mark_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->waveform, "view-changed", G_CALLBACK (view_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->bar, "previous-mark", G_CALLBACK (previous_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->bar, "next-mark", G_CALLBACK (next_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->player, "notify::position-ms", G_CALLBACK (position_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->player, "notify::duration-ms", G_CALLBACK (view_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->player, "notify::state", G_CALLBACK (state_cb), self, G_CONNECT_SWAPPED);
}

static void
side_test_sound_init (SideTestSound *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 8);
  self->cancellable = g_cancellable_new ();
  self->player = side_player_new ();
  side_player_set_turned (self->player, TRUE);
  self->message = new_line ("dim-label");
  self->warning = new_line ("limit-over");
  add_studio (self);
  self->view = SIDE_SOUND_VIEW (g_object_new (SIDE_TYPE_SOUND_VIEW, NULL));
  g_signal_connect_object (self->view, "seek-requested", G_CALLBACK (seek_cb), self, G_CONNECT_SWAPPED);
  self->expander = gtk_expander_new (_("What can be measured in the sound"));
  gtk_expander_set_child (GTK_EXPANDER (self->expander), GTK_WIDGET (self->view));
  gtk_box_append (GTK_BOX (self), self->message);
  gtk_box_append (GTK_BOX (self), self->warning);
  gtk_box_append (GTK_BOX (self), self->studio);
}

/**
 * side_test_sound_new:
 *
 * Returns: (transfer floating): a place for the recording of a test call
 */
GtkWidget *
side_test_sound_new (void)
{
  return g_object_new (SIDE_TYPE_TEST_SOUND, NULL);
}

/**
 * side_test_sound_get_path:
 * @self: a recording
 *
 * Returns: (transfer none) (nullable): its file, when it is on this computer
 */
const char *
side_test_sound_get_path (SideTestSound *self)
{
  g_return_val_if_fail (SIDE_IS_TEST_SOUND (self), NULL);
  return self->path;
}

/**
 * side_test_sound_get_player:
 * @self: a recording
 *
 * Returns: (transfer none): what plays it
 */
SidePlayer *
side_test_sound_get_player (SideTestSound *self)
{
  g_return_val_if_fail (SIDE_IS_TEST_SOUND (self), NULL);
  return self->player;
}

/**
 * side_test_sound_get_waveform:
 * @self: a recording
 *
 * Returns: (transfer none): it drawn
 */
SideWaveform *
side_test_sound_get_waveform (SideTestSound *self)
{
  g_return_val_if_fail (SIDE_IS_TEST_SOUND (self), NULL);
  return self->waveform;
}

/**
 * side_test_sound_get_message:
 * @self: a recording
 *
 * Returns: (transfer none): why it cannot be heard; empty when it can
 */
const char *
side_test_sound_get_message (SideTestSound *self)
{
  g_return_val_if_fail (SIDE_IS_TEST_SOUND (self), NULL);
  return gtk_label_get_label (GTK_LABEL (self->message));
}

/**
 * side_test_sound_get_figures:
 * @self: a recording
 *
 * Returns: (transfer none): what can be measured in it, to be put where there is room
 */
GtkWidget *
side_test_sound_get_figures (SideTestSound *self)
{
  g_return_val_if_fail (SIDE_IS_TEST_SOUND (self), NULL);
  return self->expander;
}
