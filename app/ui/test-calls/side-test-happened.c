/* side-test-happened.c - what was said, pressed and noted in a test call
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One list in the order of the call: Enter, or a click, lets the moment be
 * heard. Whoever made the call writes more notes, where the recording stands.
 */
#include "side-test-happened.h"

#include <glib/gi18n.h>

#include "side-draft-fields.h"
#include "side-test-result-cards.h"
#include "side-test-result-words.h"
#include "side-text.h"

struct _SideTestHappened
{
  GtkBox           parent_instance;
  GtkListBox      *list;
  GtkWidget       *none;
  GtkWidget       *writing;      /* the entry and its button */
  GtkWidget       *entry;
  GtkWidget       *add;
  SideDraftKeeper *keeper;       /* (nullable) */
  gboolean         editable;
  gint64           position_ms;  /* below 0: nothing is heard */
  char            *drawn;        /* (nullable): what the list says */
};

G_DEFINE_FINAL_TYPE (SideTestHappened, side_test_happened, GTK_TYPE_BOX)

static guint seek_signal;

typedef struct {
  gint64  at_ms;
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
          int     note,
          char   *words)
{
  Deed deed = { at_ms, words, note };

  g_array_append_val (deeds, deed);
}

static GArray *
list_deeds (const SideTestCall *call)
{
  GArray *deeds = g_array_new (FALSE, FALSE, sizeof (Deed));

  g_array_set_clear_func (deeds, deed_clear);
  for (guint i = 0; i < call->steps->len; i++)
    {
      const SideTestStep *step = call->steps->pdata[i];

      add_deed (deeds, step->at_ms, -1, side_test_result_words_step (call, step));
    }
  for (guint i = 0; i < call->keys->len; i++)
    {
      const SideTestKey *key = call->keys->pdata[i];

      add_deed (deeds, key->at_ms, -1, g_strdup_printf (_("Pressed: %s"), key->keys));
    }
  for (guint i = 0; i < call->notes->len; i++)
    {
      const SideTestNote *note = call->notes->pdata[i];

      add_deed (deeds, note->at_ms, (int) i, g_strdup_printf (_("Note: %s"), note->text));
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

static void
add_cb (SideTestHappened *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  SideTestCall *draft = *text != '\0' ? begin (self) : NULL;

  if (draft == NULL)
    return;
  if (draft->notes->len >= SIDE_TEST_CALL_MAX_NOTES)
    {
      side_test_call_unref (draft);
      return;
    }
  side_test_call_add_note (draft, MAX (self->position_ms, 0), text);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  side_draft_keeper_put (self->keeper, draft, _("note written"), NULL);
}

static void
remove_cb (SideTestHappened *self,
           GtkWidget        *button)
{
  guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "note"));
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
 * @at_ms: where it is wanted, from the moment the call was dialled
 */
void
side_test_happened_move_note (SideTestHappened *self,
                              guint             index,
                              gint64            at_ms)
{
  SideTestCall *draft = begin (self);

  if (draft == NULL)
    return;
  if (index >= draft->notes->len)
    {
      side_test_call_unref (draft);
      return;
    }
  ((SideTestNote *) draft->notes->pdata[index])->at_ms = MAX (at_ms, 0);
  side_draft_keeper_put (self->keeper, draft, _("note moved"), NULL);
}

/* ---- the list ---- */

static GtkWidget *
new_row (SideTestHappened *self,
         const Deed       *deed)
{
  GtkWidget *row = gtk_list_box_row_new (), *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10), *time, *words;
  g_autofree char *at = side_text_duration_tenths (deed->at_ms);
  g_autofree char *name = g_strdup_printf ("%s, %s", at, deed->words);

  time = side_test_result_label_new (at, "numeric");
  words = side_test_result_label_new (deed->words, NULL);
  gtk_label_set_width_chars (GTK_LABEL (time), 7);
  gtk_widget_set_valign (time, GTK_ALIGN_START);
  gtk_widget_add_css_class (time, "dim-label");
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (line), time);
  gtk_box_append (GTK_BOX (line), words);
  if (deed->note >= 0 && self->editable)
    {
      GtkWidget *button = side_draft_button_new ("user-trash-symbolic", _("Remove the Note"));

      g_object_set_data (G_OBJECT (button), "note", GUINT_TO_POINTER ((guint) deed->note));
      g_signal_connect_object (button, "clicked", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
      gtk_widget_set_valign (button, GTK_ALIGN_START);
      gtk_box_append (GTK_BOX (line), button);
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
  g_autoptr (GArray) deeds = list_deeds (side_draft_keeper_get (self->keeper));
  g_autoptr (GString) now = g_string_new (NULL);
  GtkListBoxRow *row;

  for (guint i = 0; i < deeds->len; i++)
    g_string_append_printf (now, "%" G_GINT64_FORMAT " %s\n", g_array_index (deeds, Deed, i).at_ms, g_array_index (deeds, Deed, i).words);
  gtk_widget_set_visible (self->none, deeds->len == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->list), deeds->len > 0);
  if (g_strcmp0 (now->str, self->drawn) == 0)
    return;
  g_free (self->drawn);
  self->drawn = g_strdup (now->str);
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < deeds->len; i++)
    gtk_list_box_append (self->list, new_row (self, &g_array_index (deeds, Deed, i)));
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
}

static void
side_test_happened_dispose (GObject *object)
{
  leave_keeper (SIDE_TEST_HAPPENED (object));
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
  self->writing = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->entry = gtk_entry_new ();
  gtk_widget_set_hexpand (self->entry, TRUE);
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), _("Note"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Note at this moment"), -1);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (add_cb), self, G_CONNECT_SWAPPED);
  self->add = gtk_button_new_with_label (_("Add"));
  g_signal_connect_object (self->add, "clicked", G_CALLBACK (add_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->writing), self->entry);
  gtk_box_append (GTK_BOX (self->writing), self->add);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (self), self->none);
  gtk_box_append (GTK_BOX (self), self->writing);
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
 * @editable: whether notes may be written
 */
void
side_test_happened_open (SideTestHappened *self,
                         SideDraftKeeper  *keeper,
                         gboolean          editable)
{
  g_return_if_fail (SIDE_IS_TEST_HAPPENED (self) && SIDE_IS_DRAFT_KEEPER (keeper));

  leave_keeper (self);
  self->keeper = g_object_ref (keeper);
  self->editable = editable;
  gtk_widget_set_visible (self->writing, editable);
  g_signal_connect_object (keeper, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
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
  g_autofree char *at = side_text_duration (MAX (at_ms, 0));
  g_autofree char *label = at_ms >= 0 ? g_strdup_printf (_("Add at %s"), at) : g_strdup (_("Add"));

  g_return_if_fail (SIDE_IS_TEST_HAPPENED (self));

  self->position_ms = at_ms;
  if (g_strcmp0 (gtk_button_get_label (GTK_BUTTON (self->add)), label) != 0)
    gtk_button_set_label (GTK_BUTTON (self->add), label);
}

/**
 * side_test_happened_begin_note:
 * @self: a list
 *
 * Puts the cursor where a note is written.
 */
void
side_test_happened_begin_note (SideTestHappened *self)
{
  g_return_if_fail (SIDE_IS_TEST_HAPPENED (self));

  if (self->editable)
    gtk_widget_grab_focus (self->entry);
}
