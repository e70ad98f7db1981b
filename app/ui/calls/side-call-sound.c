/* side-call-sound.c - what joins the player, the waveform and the notes of a call
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The widgets and the player belong to the page; this one only listens to them.
 */
#include "side-call-sound.h"

#include <glib/gi18n.h>

#include "side-analyst.h"
#include "side-format.h"
#include "side-librarian.h"
#include "side-mpris.h"
#include "side-sitting.h"
#include "side-span-keys.h"

/* Going back within so much of a mark goes to the one before. */
#define BACK_SLOP_MS 1500

/* Names no note: a UUID never looks like this. */
#define PAYMENT_ID "payment"

struct _SideCallSound
{
  GObject        parent_instance;

  SidePlayer    *player;
  SidePlayerBar *bar;           /* weak, as the widgets are the page's */
  SideWaveform  *waveform;      /* weak */
  SideSoundView *view;          /* weak, nullable */
  SideCallNotes *notes;
  SideSitting   *sitting;
  SideDesk      *desk;
  SideCall      *call;          /* nullable */
  SideRecordingSpans *spans;    /* nullable: what its events say of the recording */
  gboolean       holding;       /* nothing else is listened to meanwhile */
  SideMpris     *mpris;         /* while a recording is open */
  SideSpanKeys  *keys;
  GCancellable  *cancellable;   /* of the analysis */
};

G_DEFINE_FINAL_TYPE (SideCallSound, side_call_sound, G_TYPE_OBJECT)

/* While a person listens, the computer is theirs. */
static void
hold_librarian (SideCallSound *self,
                gboolean       hold)
{
  SideLibrarian *librarian = side_desk_get_librarian (self->desk);

  if (hold == self->holding || librarian == NULL)
    return;
  self->holding = hold;
  if (hold)
    side_librarian_hold (librarian);
  else
    side_librarian_release (librarian);
}

static void
state_cb (SideCallSound *self)
{
  hold_librarian (self, side_player_get_state (self->player) == SIDE_PLAYER_PLAYING);
}

static void
side_call_sound_dispose (GObject *object)
{
  SideCallSound *self = SIDE_CALL_SOUND (object);

  if (self->desk != NULL)
    hold_librarian (self, FALSE);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_weak_pointer (&self->bar);
  g_clear_weak_pointer (&self->waveform);
  g_clear_weak_pointer (&self->view);
  g_clear_object (&self->mpris);
  g_clear_object (&self->keys);
  g_clear_object (&self->sitting);
  g_clear_pointer (&self->call, side_call_unref);
  g_clear_pointer (&self->spans, side_recording_spans_free);
  g_clear_object (&self->desk);
  g_clear_object (&self->notes);
  g_clear_object (&self->player);
  G_OBJECT_CLASS (side_call_sound_parent_class)->dispose (object);
}

static void
side_call_sound_class_init (SideCallSoundClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_call_sound_dispose;
  g_signal_new ("note-requested", SIDE_TYPE_CALL_SOUND, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_INT64);
  g_signal_new ("marked", SIDE_TYPE_CALL_SOUND, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  g_signal_new ("failed", SIDE_TYPE_CALL_SOUND, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
side_call_sound_init (SideCallSound *self)
{
}

/* What can be repeated: the selected span, or else the selected mark. */
static void
selection_changed_cb (SideCallSound *self)
{
  const char *id = side_waveform_get_selected_mark (self->waveform);
  SideNoteItem *item = id != NULL ? side_call_notes_find (self->notes, id) : NULL;
  gint64 from_ms = 0, to_ms = 0;

  if (!side_waveform_get_selection (self->waveform, &from_ms, &to_ms) && item != NULL)
    {
      from_ms = side_note_item_get_annotation (item)->from_ms;
      to_ms = side_note_item_get_annotation (item)->to_ms;
    }
  if (to_ms > from_ms)
    side_player_bar_set_loopable (self->bar, from_ms, to_ms);
  else
    side_player_bar_set_loopable (self->bar, 0, 0);
}

/* What the exchange marked is shown as it is; nobody can move it. */
static guint
add_payments (SideCallSound *self,
              SideWaveMark  *marks)
{
  const GArray *payments = self->spans->payments;
  SideTags *tags = side_call_notes_get_tags (self->notes);
  const char *label = side_tags_label (tags, "payment");
  GdkRGBA colour;

  side_tags_rgba (tags, "payment", &colour);
  for (guint i = 0; i < payments->len; i++)
    {
      const SideSpan *span = &g_array_index (payments, SideSpan, i);

      marks[i] = (SideWaveMark) { PAYMENT_ID, span->from_ms, span->to_ms, label, colour, FALSE };
    }
  return payments->len;
}

static void
notes_changed_cb (SideCallSound *self)
{
  SideTags *tags = side_call_notes_get_tags (self->notes);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->notes)), n_marks = 0;
  guint n_payments = self->spans != NULL ? self->spans->payments->len : 0;
  g_autofree SideWaveMark *marks = g_new0 (SideWaveMark, n + n_payments + 1);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (SideNoteItem) item = g_list_model_get_item (G_LIST_MODEL (self->notes), i);
      const SideAnnotation *note = side_note_item_get_annotation (item);
      SideWaveMark *mark = &marks[n_marks];

      if (note->parent != NULL)
        continue;   /* it stands where what it answers stands */
      mark->id = note->id;
      mark->from_ms = note->from_ms;
      mark->to_ms = note->to_ms;
      mark->label = side_tags_label (tags, note->tag);
      side_tags_rgba (tags, note->tag, &mark->colour);
      mark->movable = side_call_notes_may_change (self->notes, item);
      n_marks++;
    }
  side_player_bar_set_has_marks (self->bar, n_marks > 0);
  if (n_payments > 0)
    n_marks += add_payments (self, marks + n_marks);
  side_waveform_set_marks (self->waveform, marks, n_marks);
  selection_changed_cb (self);
}

static void
mark_changed_cb (SideCallSound *self,
                 const char    *id,
                 gint64         from_ms,
                 gint64         to_ms)
{
  side_call_notes_move (self->notes, id, from_ms, to_ms);
}

/* To the mark next to the position on one side, which is selected then. */
static void
go_to_mark (SideCallSound *self,
            gboolean       before)
{
  gint64 at = side_player_get_position_ms (self->player);
  gint64 limit = before && side_player_get_state (self->player) == SIDE_PLAYER_PLAYING ? at - BACK_SLOP_MS : at;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->notes));
  const SideAnnotation *found = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (SideNoteItem) item = g_list_model_get_item (G_LIST_MODEL (self->notes), i);
      const SideAnnotation *note = side_note_item_get_annotation (item);

      if (note->parent != NULL || (before ? note->from_ms >= limit : note->from_ms <= at))
        continue;
      if (found == NULL || (before ? note->from_ms > found->from_ms : note->from_ms < found->from_ms))
        found = note;
    }
  if (found == NULL)
    return;
  side_waveform_select_mark (self->waveform, found->id);
  side_player_seek (self->player, found->from_ms);
}

static void
previous_mark_cb (SideCallSound *self)
{
  go_to_mark (self, TRUE);
}

static void
next_mark_cb (SideCallSound *self)
{
  go_to_mark (self, FALSE);
}

static void
heard_cb (SideCallSound *self,
          gint64         from_ms,
          gint64         to_ms,
          double         rate)
{
  side_sitting_add (self->sitting, from_ms, to_ms, rate);
}

static void
duration_cb (SideCallSound *self)
{
  if (side_player_get_duration_ms (self->player) > 0)
    side_sitting_set_length (self->sitting, side_player_get_duration_ms (self->player));
}

static void
sitting_changed_cb (SideCallSound *self)
{
  g_autoptr (GArray) heard = side_sitting_dup_heard (self->sitting);
  g_autofree char *words = side_sitting_dup_words (self->sitting);

  if (self->waveform != NULL)
    side_waveform_set_heard (self->waveform, (const SideHeard *) (gconstpointer) heard->data, heard->len, words);
}

static void
analysed_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (SideCallSound) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SideRecordingSpans) spans = NULL;
  g_autoptr (SideAnalysis) analysis = side_analyst_listen_finish (result, &spans, &error);

  if (side_error_is_cancelled (error))
    return;
  g_clear_pointer (&self->spans, side_recording_spans_free);
  self->spans = g_steal_pointer (&spans);
  if (self->waveform != NULL && self->bar != NULL)
    notes_changed_cb (self);
  if (analysis == NULL)
    {
      g_autofree char *words = side_format_error (error);

      if (self->view != NULL && !side_error_is_cancelled (error))
        side_sound_view_set_message (self->view, words);
      return;
    }
  if (self->view != NULL)
    side_sound_view_set_analysis (self->view, analysis);
  if (self->waveform == NULL || self->bar == NULL)
    return;
  side_waveform_set_analysis (self->waveform, analysis);
  side_player_bar_set_analysis (self->bar, analysis);
}

/**
 * side_call_sound_new:
 * @desk: where what was heard is written
 * @bar: the buttons, with their player
 * @waveform: the drawn recording
 * @notes: the call's notes
 *
 * Returns: (transfer full): what joins them
 */
SideCallSound *
side_call_sound_new (SideDesk      *desk,
                     SidePlayerBar *bar,
                     SideWaveform  *waveform,
                     SideCallNotes *notes)
{
  SideCallSound *self = g_object_new (SIDE_TYPE_CALL_SOUND, NULL);

  self->player = g_object_ref (side_player_bar_get_player (bar));
  self->notes = g_object_ref (notes);
  self->sitting = side_sitting_new (desk);
  self->desk = g_object_ref (desk);
  g_set_weak_pointer (&self->bar, bar);
  g_set_weak_pointer (&self->waveform, waveform);
  g_signal_connect_object (notes, "items-changed", G_CALLBACK (notes_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (side_call_notes_get_tags (notes), "changed", G_CALLBACK (notes_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (waveform, "mark-changed", G_CALLBACK (mark_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (waveform, "selection-changed", G_CALLBACK (selection_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (bar, "previous-mark", G_CALLBACK (previous_mark_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (bar, "next-mark", G_CALLBACK (next_mark_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->player, "heard", G_CALLBACK (heard_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->player, "notify::state", G_CALLBACK (state_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->player, "notify::duration-ms", G_CALLBACK (duration_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sitting, "changed", G_CALLBACK (sitting_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

static void
tag_written_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr (SideCallSound) self = data;
  g_autoptr (GError) error = NULL;

  if (!side_call_notes_write_finish (SIDE_CALL_NOTES (source), result, &error) && !side_error_is_cancelled (error))
    g_signal_emit_by_name (self, "failed", error);
}

/* M asks for words, a tag says enough by itself. */
static void
marked_cb (SideCallSound *self,
           const char    *tag,
           gint64         from_ms,
           gint64         to_ms)
{
  g_autoptr (SideNoteDraft) draft = NULL;
  g_autofree char *words = NULL;

  if (tag == NULL)
    {
      g_signal_emit_by_name (self, "note-requested", from_ms, to_ms);
      return;
    }
  draft = side_call_notes_begin (self->notes, from_ms, to_ms);
  draft->tag = g_strdup (tag);
  side_call_notes_write_async (self->notes, draft, tag_written_cb, g_object_ref (self));
  side_waveform_clear_selection (self->waveform);
  words = side_span_keys_words (side_call_notes_get_tags (self->notes), tag, from_ms, to_ms);
  g_signal_emit_by_name (self, "marked", words);
}

static gboolean
may_mark (gpointer data)
{
  return side_call_notes_may_write (SIDE_CALL_SOUND (data)->notes);
}

/**
 * side_call_sound_add_keys:
 * @self: what joins
 * @page: where keys are taken that no child of it wanted
 */
void
side_call_sound_add_keys (SideCallSound *self,
                          GtkWidget     *page)
{
  g_return_if_fail (SIDE_IS_CALL_SOUND (self) && self->keys == NULL);

  self->keys = side_span_keys_new (self->bar, self->waveform, side_call_notes_get_tags (self->notes), may_mark, self);
  g_signal_connect_object (self->keys, "marked", G_CALLBACK (marked_cb), self, G_CONNECT_SWAPPED);
  side_span_keys_attach (self->keys, page);
}

/**
 * side_call_sound_set_call:
 * @self: what joins
 * @call: (nullable): the call that is open; what was heard of the one before is written
 */
void
side_call_sound_set_call (SideCallSound  *self,
                          const SideCall *call)
{
  g_return_if_fail (SIDE_IS_CALL_SOUND (self));

  if (self->keys != NULL)
    side_span_keys_forget (self->keys);
  if (self->waveform != NULL)
    {
      side_waveform_clear_selection (self->waveform);
      side_waveform_select_mark (self->waveform, NULL);
    }
  side_sitting_set_call (self->sitting, call);
  g_clear_pointer (&self->call, side_call_unref);
  if (call != NULL)
    self->call = side_call_copy (call);
}

/**
 * side_call_sound_set_path:
 * @self: what joins
 * @path: (nullable): the recording the player was just given; %NULL when it
 *   was closed
 */
void
side_call_sound_set_path (SideCallSound *self,
                          const char    *path)
{
  g_return_if_fail (SIDE_IS_CALL_SOUND (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->spans, side_recording_spans_free);
  if (self->waveform != NULL)
    side_waveform_set_analysis (self->waveform, NULL);
  if (self->bar != NULL)
    side_player_bar_set_analysis (self->bar, NULL);
  if (self->view != NULL)
    side_sound_view_set_message (self->view, path != NULL ? _("Listening to the recording…")
                                                          : _("What can be known of the sound will be here once the recording is on this computer."));
  if (path == NULL)
    {
      g_clear_object (&self->mpris);
      return;
    }
  if (self->mpris == NULL)
    self->mpris = side_mpris_new (self->player);
  self->cancellable = g_cancellable_new ();
  if (self->call != NULL)
    side_analyst_listen_async (self->desk, self->call, path, self->cancellable, analysed_cb, g_object_ref (self));
}

static void
view_seek_cb (SideCallSound *self,
              gint64         position_ms)
{
  side_player_seek (self->player, position_ms);
}

/**
 * side_call_sound_set_view:
 * @self: what joins
 * @view: where the figures of the recording are shown
 */
void
side_call_sound_set_view (SideCallSound *self,
                          SideSoundView *view)
{
  g_return_if_fail (SIDE_IS_CALL_SOUND (self));
  g_return_if_fail (SIDE_IS_SOUND_VIEW (view));

  g_set_weak_pointer (&self->view, view);
  g_signal_connect_object (view, "seek-requested", G_CALLBACK (view_seek_cb), self, G_CONNECT_SWAPPED);
}

/**
 * side_call_sound_get_sitting:
 * @self: a sound
 *
 * Returns: (transfer none): what was heard of the call
 */
SideSitting *
side_call_sound_get_sitting (SideCallSound *self)
{
  g_return_val_if_fail (SIDE_IS_CALL_SOUND (self), NULL);
  return self->sitting;
}

/**
 * side_call_sound_flush:
 * @self: what joins
 *
 * Writes what was heard up to now.
 */
void
side_call_sound_flush (SideCallSound *self)
{
  g_return_if_fail (SIDE_IS_CALL_SOUND (self));
  side_sitting_flush (self->sitting);
}
