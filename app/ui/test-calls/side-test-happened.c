/* side-test-happened.c - what was said, pressed and noted in a test call
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One list in the order of the call: Enter, or a click, lets the moment be
 * heard. Whoever made the call writes more notes, where the recording stands or
 * about a span of it, and changes them.
 */
#include "side-test-happened.h"

#include <glib/gi18n.h>

#include "side-draft-fields.h"
#include "side-test-marks.h"
#include "side-test-note-line.h"
#include "side-test-result-cards.h"
#include "side-test-result-words.h"
#include "side-text.h"

struct _SideTestHappened
{
  GtkBox           parent_instance;
  GtkListBox      *list;
  GtkWidget       *none;
  SideTestNoteLine *line;        /* where they are written; owned, and elsewhere on the page */
  SideDraftKeeper *keeper;       /* (nullable) */
  SideTags        *tags;         /* (nullable) */
  gboolean         editable;
  char            *drawn;        /* (nullable): what the list says */
};

G_DEFINE_FINAL_TYPE (SideTestHappened, side_test_happened, GTK_TYPE_BOX)

static guint seek_signal;

typedef struct {
  gint64  at_ms;
  gint64  to_ms;      /* @at_ms for a moment */
  char   *words;
  int     note;       /* its place; -1 for something else */
} Deed;

static void
deed_clear (gpointer data)
{
  g_free (((Deed *) data)->words);
}

static int
compare_deeds (gconstpointer a,
               gconstpointer b)
{
  const Deed *x = a, *y = b;

  return (x->at_ms > y->at_ms) - (x->at_ms < y->at_ms);
}

static void
add_deed (GArray *deeds,
          gint64  at_ms,
          gint64  to_ms,
          int     note,
          char   *words)
{
  Deed deed = { at_ms, to_ms, words, note };

  g_array_append_val (deeds, deed);
}

static GArray *
list_deeds (const SideTestCall *call,
            SideTags           *tags)
{
  GArray *deeds = g_array_new (FALSE, FALSE, sizeof (Deed));

  g_array_set_clear_func (deeds, deed_clear);
  for (guint i = 0; i < call->steps->len; i++)
    {
      const SideTestStep *step = call->steps->pdata[i];

      add_deed (deeds, step->at_ms, step->at_ms, -1, side_test_result_words_step (call, step));
    }
  for (guint i = 0; i < call->keys->len; i++)
    {
      const SideTestKey *key = call->keys->pdata[i];

      add_deed (deeds, key->at_ms, key->at_ms, -1, g_strdup_printf (_("Pressed: %s"), key->keys));
    }
  for (guint i = 0; i < call->notes->len; i++)
    {
      const SideTestNote *note = call->notes->pdata[i];

      add_deed (deeds, note->at_ms, note->to_ms, (int) i, side_test_marks_note_words (note, tags));
    }
  g_array_sort (deeds, compare_deeds);
  return deeds;
}

/* ---- notes ---- */

static SideTestCall *
begin (SideTestHappened *self)
{
  return self->keeper != NULL && self->editable ? side_draft_keeper_begin (self->keeper) : NULL;
}

static guint
note_of (GtkWidget *button)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "note"));
}

static void
edit_cb (SideTestHappened *self,
         GtkWidget        *button)
{
  side_test_note_line_edit (self->line, note_of (button));
}

static void
remove_cb (SideTestHappened *self,
           GtkWidget        *button)
{
  guint index = note_of (button);
  SideTestCall *draft = begin (self);

  if (draft == NULL)
    return;
  if (index >= draft->notes->len)
    {
      side_test_call_unref (draft);
      return;
    }
  g_ptr_array_remove_index (draft->notes, index);
  side_draft_keeper_put (self->keeper, draft, _("note removed"), NULL);
}

/**
 * side_test_happened_move_note:
 * @self: a list
 * @index: of a note
 * @from_ms: where it is wanted, from the moment the call was dialled
 * @to_ms: where it is to end; @from_ms for a moment
 */
void
side_test_happened_move_note (SideTestHappened *self,
                              guint             index,
                              gint64            from_ms,
                              gint64            to_ms)
{
  SideTestCall *draft = begin (self);
  SideTestNote *note;

  if (draft == NULL)
    return;
  if (index >= draft->notes->len)
    {
      side_test_call_unref (draft);
      return;
    }
  note = draft->notes->pdata[index];
  note->at_ms = MAX (from_ms, 0);
  note->to_ms = MAX (to_ms, note->at_ms);
  side_draft_keeper_put (self->keeper, draft, _("note moved"), NULL);
}

/**
 * side_test_happened_mark:
 * @self: a list
 * @tag: a word of the vocabulary, which says enough by itself
 * @from_ms: what it is about, from the moment the call was dialled
 * @to_ms: its end; @from_ms for a moment
 *
 * Returns: whether it was written
 */
gboolean
side_test_happened_mark (SideTestHappened *self,
                         const char       *tag,
                         gint64            from_ms,
                         gint64            to_ms)
{
  SideTestCall *draft = begin (self);
  SideTestNote *note;

  if (draft == NULL)
    return FALSE;
  if (draft->notes->len >= SIDE_TEST_CALL_MAX_NOTES)
    {
      side_test_call_unref (draft);
      return FALSE;
    }
  note = side_test_call_add_note (draft, MAX (from_ms, 0), "");
  note->to_ms = MAX (to_ms, note->at_ms);
  note->tag = g_strdup (tag);
  side_draft_keeper_put (self->keeper, draft, _("note written"), NULL);
  return TRUE;
}

/* ---- the list ---- */

static void
add_button (SideTestHappened *self,
            GtkWidget        *line,
            int               note,
            const char       *icon,
            const char       *name,
            GCallback         callback)
{
  GtkWidget *button = side_draft_button_new (icon, name);

  g_object_set_data (G_OBJECT (button), "note", GUINT_TO_POINTER ((guint) note));
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (line), button);
}

static char *
time_of (const Deed *deed)
{
  g_autofree char *from = side_text_duration_tenths (deed->at_ms);
  g_autofree char *to = side_text_duration_tenths (deed->to_ms);

  return deed->to_ms > deed->at_ms ? g_strdup_printf ("%s–%s", from, to) : g_strdup (from);
}

static GtkWidget *
new_row (SideTestHappened *self,
         const Deed       *deed,
         int               time_chars)
{
  GtkWidget *row = gtk_list_box_row_new (), *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10), *time, *words;
  g_autofree char *at = time_of (deed);
  g_autofree char *name = g_strdup_printf ("%s, %s", at, deed->words);

  time = side_test_result_label_new (at, "numeric");
  words = side_test_result_label_new (deed->words, NULL);
  gtk_label_set_wrap (GTK_LABEL (time), FALSE);
  gtk_label_set_width_chars (GTK_LABEL (time), time_chars);
  gtk_widget_add_css_class (time, "dim-label");
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (line), time);
  gtk_box_append (GTK_BOX (line), words);
  if (deed->note >= 0 && self->editable)
    {
      add_button (self, line, deed->note, "document-edit-symbolic", _("Edit the Note"), G_CALLBACK (edit_cb));
      add_button (self, line, deed->note, "user-trash-symbolic", _("Remove the Note"), G_CALLBACK (remove_cb));
    }
  gtk_widget_add_css_class (line, "segment-row");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data (G_OBJECT (row), "at", GINT_TO_POINTER ((int) MIN (deed->at_ms, G_MAXINT)));
  g_object_set_data (G_OBJECT (row), "note", GINT_TO_POINTER (deed->note));
  return row;
}

static void
refresh (SideTestHappened *self)
{
  g_autoptr (GArray) deeds = list_deeds (side_draft_keeper_get (self->keeper), self->tags);
  g_autoptr (GString) now = g_string_new (NULL);
  int time_chars = 7;
  GtkListBoxRow *row;

  for (guint i = 0; i < deeds->len; i++)
    {
      const Deed *deed = &g_array_index (deeds, Deed, i);

      if (deed->to_ms > deed->at_ms)
        time_chars = 14;
      g_string_append_printf (now, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s\n", deed->at_ms, deed->to_ms, deed->words);
    }
  gtk_widget_set_visible (self->none, deeds->len == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->list), deeds->len > 0);
  if (g_strcmp0 (now->str, self->drawn) == 0)
    return;
  g_free (self->drawn);
  self->drawn = g_strdup (now->str);
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < deeds->len; i++)
    gtk_list_box_append (self->list, new_row (self, &g_array_index (deeds, Deed, i), time_chars));
}

static void
activated_cb (SideTestHappened *self,
              GtkListBoxRow    *row)
{
  g_signal_emit (self, seek_signal, 0, (gint64) GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), "at")));
}

/**
 * side_test_happened_show_note:
 * @self: a list
 * @index: of a note, which gets the keyboard
 */
void
side_test_happened_show_note (SideTestHappened *self,
                              guint             index)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), "note")) == (int) index)
      {
        gtk_list_box_select_row (self->list, row);
        gtk_widget_grab_focus (GTK_WIDGET (row));
        return;
      }
}

/* ---- the widget ---- */

static void
leave_keeper (SideTestHappened *self)
{
  if (self->keeper != NULL)
    g_signal_handlers_disconnect_by_data (self->keeper, self);
  g_clear_object (&self->keeper);
  if (self->tags != NULL)
    g_signal_handlers_disconnect_by_data (self->tags, self);
  g_clear_object (&self->tags);
}

static void
side_test_happened_dispose (GObject *object)
{
  leave_keeper (SIDE_TEST_HAPPENED (object));
  g_clear_object (&SIDE_TEST_HAPPENED (object)->line);
  G_OBJECT_CLASS (side_test_happened_parent_class)->dispose (object);
}

static void
side_test_happened_finalize (GObject *object)
{
  g_free (SIDE_TEST_HAPPENED (object)->drawn);
  G_OBJECT_CLASS (side_test_happened_parent_class)->finalize (object);
}

static void
side_test_happened_class_init (SideTestHappenedClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_test_happened_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_test_happened_finalize;
  seek_signal = g_signal_new ("seek", SIDE_TYPE_TEST_HAPPENED, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
side_test_happened_init (SideTestHappened *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 8);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "test-calls");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Said, pressed and noted"), -1);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  self->none = side_test_result_label_new (_("Nothing was ticked, pressed or noted in this call."), "script-hint");
  self->line = g_object_ref_sink (SIDE_TEST_NOTE_LINE (side_test_note_line_new ()));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (self), self->none);
}

/**
 * side_test_happened_new:
 *
 * Returns: (transfer floating): a list of no call
 */
GtkWidget *
side_test_happened_new (void)
{
  return g_object_new (SIDE_TYPE_TEST_HAPPENED, NULL);
}

/**
 * side_test_happened_open:
 * @self: a list
 * @keeper: of a #SideTestCall
 * @tags: the vocabulary of its project
 * @editable: whether notes may be written
 */
void
side_test_happened_open (SideTestHappened *self,
                         SideDraftKeeper  *keeper,
                         SideTags         *tags,
                         gboolean          editable)
{
  g_return_if_fail (SIDE_IS_TEST_HAPPENED (self) && SIDE_IS_DRAFT_KEEPER (keeper) && SIDE_IS_TAGS (tags));

  leave_keeper (self);
  self->keeper = g_object_ref (keeper);
  self->tags = g_object_ref (tags);
  self->editable = editable;
  gtk_widget_set_visible (GTK_WIDGET (self->line), editable);
  side_test_note_line_open (self->line, keeper, tags);
  g_signal_connect_object (tags, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (keeper, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
}

/**
 * side_test_happened_get_line:
 * @self: a list
 *
 * Returns: (transfer none): where notes are written, to be put where the recording is in sight
 */
GtkWidget *
side_test_happened_get_line (SideTestHappened *self)
{
  g_return_val_if_fail (SIDE_IS_TEST_HAPPENED (self), NULL);
  return GTK_WIDGET (self->line);
}

/**
 * side_test_happened_set_position:
 * @self: a list
 * @at_ms: what is heard, from the moment the call was dialled; below 0 for nothing
 */
void
side_test_happened_set_position (SideTestHappened *self,
                                 gint64            at_ms)
{
  g_return_if_fail (SIDE_IS_TEST_HAPPENED (self));
  side_test_note_line_set_position (self->line, at_ms);
}

/**
 * side_test_happened_begin_note:
 * @self: a list
 * @from_ms: what it is to be about, from the moment the call was dialled; below 0 for
 *   what is heard when it is written
 * @to_ms: its end; @from_ms for a moment
 *
 * Puts the cursor where a note is written.
 */
void
side_test_happened_begin_note (SideTestHappened *self,
                               gint64            from_ms,
                               gint64            to_ms)
{
  g_return_if_fail (SIDE_IS_TEST_HAPPENED (self));

  if (self->editable)
    side_test_note_line_begin (self->line, from_ms, to_ms);
}
