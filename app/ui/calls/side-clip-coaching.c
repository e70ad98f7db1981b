/* side-clip-coaching.c - a piece of a recording goes into a coaching note
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Into one of our open notes about the operator of the call, or a new one: it
 * shows how it is done, or what is to be mended.
 */
#include "side-clip-coaching.h"

#include <glib/gi18n.h>

#include "side-format.h"
#include "side-moment.h"
#include "side-text.h"
#include "side-wire.h"

/* A note that is open. */
typedef struct {
  SideCoaching *coaching;
  SideDocument *document;
} Note;

typedef struct {
  SideClipDialog *dialog;   /* it owns this */
  char           *operator_id;
  GPtrArray      *notes;    /* of Note, the newest first */
  AdwComboRow    *note;     /* after those of @notes: a new one */
  GtkWidget      *goal;     /* of a new one */
  AdwComboRow    *kind;     /* good, to be mended */
} Choosing;

static void
note_free (gpointer data)
{
  Note *note = data;

  side_coaching_unref (note->coaching);
  side_document_unref (note->document);
  g_free (note);
}

static void
choosing_free (gpointer data)
{
  Choosing *self = data;

  g_free (self->operator_id);
  g_ptr_array_unref (self->notes);
  g_free (self);
}

static Note *
chosen_note (Choosing *self)
{
  guint place = adw_combo_row_get_selected (self->note);

  return place < self->notes->len ? g_ptr_array_index (self->notes, place) : NULL;
}

static void
note_cb (Choosing *self)
{
  gtk_widget_set_visible (self->goal, chosen_note (self) == NULL);
}

static char *
title_of (Choosing           *self,
          const SideCoaching *coaching)
{
  SideDesk *desk = side_clip_dialog_get_desk (self->dialog);
  SideProject *project = side_desk_get_project (desk);
  const char *words = coaching->goal != NULL ? coaching->goal : coaching->text;
  g_autofree char *date = side_format_date (project != NULL ? project->time_zone : NULL, coaching->created_ms,
                                            side_desk_get_now_ms (desk));

  return words != NULL ? g_strdup_printf ("%s · %s", date, words) : g_strdup (date);
}

static int
compare_notes (gconstpointer a,
               gconstpointer b)
{
  const SideCoaching *x = (*(Note *const *) a)->coaching, *y = (*(Note *const *) b)->coaching;

  return (x->created_ms < y->created_ms) - (x->created_ms > y->created_ms);
}

static void
take (Choosing     *self,
      SideDocument *document)
{
  g_autoptr (SideCoaching) coaching = NULL;
  Note *note;

  if (document->deleted || document->body == NULL)
    return;
  coaching = side_wire_coaching_from_json (document->body, -1, NULL);
  if (coaching == NULL || g_strcmp0 (coaching->operator_id, self->operator_id) != 0 || coaching->done_ms != 0
      || coaching->clips->len >= SIDE_COACHING_MAX_CLIPS)
    return;
  /* Only who wrote a note changes it. */
  if (g_strcmp0 (coaching->author, side_desk_get_user (side_clip_dialog_get_desk (self->dialog))) != 0)
    return;
  note = g_new0 (Note, 1);
  note->coaching = g_steal_pointer (&coaching);
  note->document = side_document_ref (document);
  g_ptr_array_add (self->notes, note);
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Choosing *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) documents = side_store_list_documents_finish (SIDE_STORE (source), result, &error);
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  if (side_error_is_cancelled (error))
    return;   /* the window has gone, and the rest with it */
  for (guint i = 0; documents != NULL && i < documents->len; i++)
    take (self, documents->pdata[i]);
  g_ptr_array_sort (self->notes, compare_notes);
  for (guint i = 0; i < self->notes->len; i++)
    {
      g_autofree char *title = title_of (self, ((Note *) self->notes->pdata[i])->coaching);

      gtk_string_list_append (labels, title);
    }
  gtk_string_list_append (labels, _("New Coaching Note"));
  adw_combo_row_set_model (self->note, G_LIST_MODEL (labels));
  adw_combo_row_set_selected (self->note, 0);
  note_cb (self);
  side_clip_dialog_set_ready (self->dialog, TRUE, NULL);
}

static SideCoaching *
new_coaching (Choosing *self)
{
  g_autofree char *id = side_id_new ();
  SideDesk *desk = side_clip_dialog_get_desk (self->dialog);
  SideCoaching *coaching = side_coaching_new (id, side_desk_get_project_id (desk), self->operator_id);
  g_autofree char *goal = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->goal))));

  coaching->author = g_strdup (side_desk_get_user (desk));
  coaching->created_ms = side_desk_get_write_ms (desk);
  if (*goal != '\0')
    coaching->goal = g_steal_pointer (&goal);
  return coaching;
}

static void
add_cb (Choosing *self)
{
  const Note *note = chosen_note (self);
  const SideClipPiece *piece = side_clip_dialog_get_piece (self->dialog);
  g_autoptr (GPtrArray) changes = side_steps_new_changes ();
  g_autoptr (SideCoaching) coaching = note != NULL ? side_coaching_copy (note->coaching) : new_coaching (self);
  g_autofree char *text = side_clip_dialog_dup_text (self->dialog);
  g_autoptr (SideDocument) document = NULL;

  coaching->changed_ms = side_desk_get_write_ms (side_clip_dialog_get_desk (self->dialog));
  side_coaching_add_clip (coaching, piece->call, piece->from_ms, piece->to_ms, adw_combo_row_get_selected (self->kind) == 0, text);
  document = side_wire_document_for_coaching (coaching);
  side_clip_dialog_sign (self->dialog, document);
  if (note == NULL)
    side_steps_add_new (changes, document);
  else
    {
      document->revision = note->document->revision;
      document->change = note->document->change;
      side_steps_add_change (changes, document, note->document);
    }
  side_clip_dialog_choose (self->dialog, changes, note != NULL ? _("Moment added to the coaching note")
                                                               : _("Coaching note begun with this moment"));
}

static void
add_rows (Choosing *self,
          double    value)
{
  g_autoptr (GtkStringList) kinds = gtk_string_list_new (NULL);

  gtk_string_list_append (kinds, side_moment_kind_label (NULL, SIDE_MOMENT_GOOD));
  gtk_string_list_append (kinds, side_moment_kind_label (NULL, SIDE_MOMENT_BAD));
  self->goal = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->goal), _("Goal, in words"));
  gtk_widget_set_visible (self->goal, FALSE);
  self->note = side_clip_dialog_add_combo (self->dialog, _("Coaching Note"), G_CALLBACK (note_cb), self);
  side_clip_dialog_add_row (self->dialog, self->goal);
  self->kind = side_clip_dialog_add_combo (self->dialog, _("What it shows"), G_CALLBACK (note_cb), self);
  adw_combo_row_set_model (self->kind, G_LIST_MODEL (kinds));
  adw_combo_row_set_selected (self->kind, value >= 0 && value < 1 ? 1 : 0);
}

/**
 * side_clip_coaching_new:
 * @parent: (nullable): the window it belongs to
 * @desk: whose coaching notes, with a store
 * @source: the piece, of a call that has an operator
 *
 * Asks in which note it is to be heard with the operator.
 *
 * Returns: (transfer none): a window to be presented
 */
SideClipDialog *
side_clip_coaching_new (GtkWindow            *parent,
                        SideDesk             *desk,
                        const SideClipSource *source)
{
  Choosing *self;

  g_return_val_if_fail (SIDE_IS_DESK (desk) && side_desk_get_store (desk) != NULL, NULL);
  g_return_val_if_fail (source->call->operator_id != NULL, NULL);

  self = g_new0 (Choosing, 1);
  self->dialog = side_clip_dialog_new (parent, desk, _("Add to Coaching Playlist"), source);
  self->operator_id = g_strdup (source->call->operator_id);
  self->notes = g_ptr_array_new_with_free_func (note_free);
  add_rows (self, source->value);
  g_object_set_data_full (G_OBJECT (self->dialog), "side-choosing", self, choosing_free);
  g_signal_connect_swapped (self->dialog, "add", G_CALLBACK (add_cb), self);
  side_clip_dialog_list (self->dialog, "coaching", listed_cb, self);
  return self->dialog;
}
