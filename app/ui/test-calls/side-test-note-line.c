/* side-test-note-line.c - where a note on a test call is written
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A tag, a text, Enter. It is about the moment that is heard, unless a span was
 * marked or a note is changed; Escape goes back to the moment. Then the keyboard
 * is where it was before. What was typed is not lost to somebody else's change: a
 * note that is gone meanwhile is written anew.
 */
#include "side-test-note-line.h"

#include <glib/gi18n.h>

#include "side-text.h"
#include "side-test-call.h"
#include "side-word-chooser.h"

struct _SideTestNoteLine
{
  GtkBox           parent_instance;
  GtkWidget       *tag;          /* SideWordChooser */
  GtkWidget       *entry;
  GtkWidget       *save;
  SideDraftKeeper *keeper;       /* (nullable) */
  SideTags        *tags;         /* (nullable) */
  gint64           position_ms;  /* what is heard; below 0: nothing */
  gboolean         placed;       /* it is about a place of its own */
  gint64           from_ms;      /* then this */
  gint64           to_ms;
  SideTestNote    *before;       /* (nullable): what is changed */
  gboolean         called;       /* the keyboard came here from elsewhere */
  GtkWidget       *back;         /* weak, nullable: there */
};

G_DEFINE_FINAL_TYPE (SideTestNoteLine, side_test_note_line, GTK_TYPE_BOX)

static void
forget_before (SideTestNoteLine *self)
{
  if (self->before == NULL)
    return;
  g_free (self->before->id);
  g_free (self->before->tag);
  g_free (self->before->text);
  g_clear_pointer (&self->before, g_free);
}

/* ---- what it is about ---- */

static void
show_place (SideTestNoteLine *self)
{
  gint64 from_ms = self->placed ? self->from_ms : self->position_ms, to_ms = self->placed ? self->to_ms : self->position_ms;
  g_autofree char *from = side_text_duration (MAX (from_ms, 0));
  g_autofree char *to = side_text_duration (MAX (to_ms, 0));
  g_autofree char *at = to_ms > from_ms ? g_strdup_printf ("%s–%s", from, to) : g_strdup (from);
  g_autofree char *label = NULL;

  if (self->before != NULL)
    label = g_strdup (_("Save"));
  else if (from_ms >= 0)
    label = g_strdup_printf (_("Add at %s"), at);
  else
    label = g_strdup (_("Add"));
  if (g_strcmp0 (gtk_button_get_label (GTK_BUTTON (self->save)), label) != 0)
    gtk_button_set_label (GTK_BUTTON (self->save), label);
}

static void
show_tags (SideTestNoteLine *self,
           const char       *wanted)
{
  GPtrArray *list = side_tags_list (self->tags);
  g_autofree SideWord *words = g_new0 (SideWord, list->len + 2);
  gboolean there = wanted == NULL;
  gsize n = 0;

  words[n++] = (SideWord) { NULL, _("No tag"), NULL };
  for (guint i = 0; i < list->len; i++)
    {
      const SideTag *tag = list->pdata[i];
      gboolean is_wanted = g_strcmp0 (tag->word, wanted) == 0;

      if (tag->retired && !is_wanted)
        continue;
      there = there || is_wanted;
      words[n++] = (SideWord) { tag->word, tag->label != NULL ? tag->label : tag->word, tag->colour };
    }
  if (!there)
    words[n++] = (SideWord) { wanted, side_tags_label (self->tags, wanted), NULL };
  side_word_chooser_set_words (SIDE_WORD_CHOOSER (self->tag), words, n);
  side_word_chooser_choose (SIDE_WORD_CHOOSER (self->tag), wanted);
}

static void
tags_cb (SideTestNoteLine *self)
{
  g_autofree char *chosen = g_strdup (side_word_chooser_get_chosen (SIDE_WORD_CHOOSER (self->tag)));

  show_tags (self, chosen);
}

static void
take_keyboard (SideTestNoteLine *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    {
      self->called = TRUE;
      g_set_weak_pointer (&self->back, focus);
    }
  gtk_widget_grab_focus (self->entry);
}

/* Where keys mark the recording again, unless somebody went elsewhere meanwhile. */
static void
give_keyboard (SideTestNoteLine *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (self->called && focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    gtk_root_set_focus (root, self->back != NULL && gtk_widget_get_mapped (self->back) ? self->back : NULL);
  self->called = FALSE;
  g_clear_weak_pointer (&self->back);
}

/* From now on it is about the moment that is heard. */
static void
go_back (SideTestNoteLine *self)
{
  forget_before (self);
  self->placed = FALSE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  side_word_chooser_choose (SIDE_WORD_CHOOSER (self->tag), NULL);
  show_place (self);
}

/* ---- writing ---- */

/* Of an older program's notes it is the one that says the same: it may have been moved. */
static gboolean
is_before (SideTestNoteLine   *self,
           const SideTestNote *note)
{
  const SideTestNote *before = self->before;

  if (before->id != NULL || note->id != NULL)
    return g_strcmp0 (before->id, note->id) == 0;
  return g_strcmp0 (note->tag, before->tag) == 0 && g_strcmp0 (note->text, before->text) == 0;
}

static SideTestNote *
find_before (SideTestNoteLine *self,
             SideTestCall     *draft)
{
  for (guint i = 0; self->before != NULL && i < draft->notes->len; i++)
    if (is_before (self, draft->notes->pdata[i]))
      return draft->notes->pdata[i];
  return NULL;
}

static void
save_cb (SideTestNoteLine *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  const char *tag = side_word_chooser_get_chosen (SIDE_WORD_CHOOSER (self->tag));
  SideTestCall *draft = (*text != '\0' || tag != NULL) && self->keeper != NULL ? side_draft_keeper_begin (self->keeper) : NULL;
  SideTestNote *note;
  const char *step = _("note changed");

  if (draft == NULL)
    return;
  note = find_before (self, draft);
  if (note == NULL && draft->notes->len >= SIDE_TEST_CALL_MAX_NOTES)
    {
      side_test_call_unref (draft);
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }
  if (note == NULL)
    {
      step = _("note written");
      note = side_test_call_add_note (draft, MAX (self->placed ? self->from_ms : self->position_ms, 0), NULL);
      note->to_ms = self->placed ? MAX (self->to_ms, note->at_ms) : note->at_ms;
    }
  g_free (note->text);
  note->text = g_strdup (text);
  g_free (note->tag);
  note->tag = g_strdup (tag);
  go_back (self);
  give_keyboard (self);
  side_draft_keeper_put (self->keeper, draft, step, NULL);
}

static gboolean
key_cb (SideTestNoteLine *self,
        guint             keyval)
{
  if (keyval != GDK_KEY_Escape || (!self->placed && !self->called))
    return GDK_EVENT_PROPAGATE;
  go_back (self);
  give_keyboard (self);
  return GDK_EVENT_STOP;
}

/* ---- the widget ---- */

static void
side_test_note_line_dispose (GObject *object)
{
  SideTestNoteLine *self = SIDE_TEST_NOTE_LINE (object);

  g_clear_weak_pointer (&self->back);
  g_clear_object (&self->keeper);
  g_clear_object (&self->tags);
  G_OBJECT_CLASS (side_test_note_line_parent_class)->dispose (object);
}

static void
side_test_note_line_finalize (GObject *object)
{
  forget_before (SIDE_TEST_NOTE_LINE (object));
  G_OBJECT_CLASS (side_test_note_line_parent_class)->finalize (object);
}

static void
side_test_note_line_class_init (SideTestNoteLineClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_test_note_line_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_test_note_line_finalize;
}

static void
side_test_note_line_init (SideTestNoteLine *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->position_ms = -1;
  gtk_box_set_spacing (GTK_BOX (self), 6);
  self->tag = side_word_chooser_new (_("Tag"), 24);
  self->entry = gtk_entry_new ();
  gtk_widget_set_hexpand (self->entry, TRUE);
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), _("Note"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Note at this moment"), -1);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (save_cb), self, G_CONNECT_SWAPPED);
  self->save = gtk_button_new_with_label (_("Add"));
  g_signal_connect_object (self->save, "clicked", G_CALLBACK (save_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_box_append (GTK_BOX (self), self->tag);
  gtk_box_append (GTK_BOX (self), self->entry);
  gtk_box_append (GTK_BOX (self), self->save);
}

/**
 * side_test_note_line_new:
 *
 * Returns: (transfer floating): a line of no call
 */
GtkWidget *
side_test_note_line_new (void)
{
  return g_object_new (SIDE_TYPE_TEST_NOTE_LINE, NULL);
}

/**
 * side_test_note_line_open:
 * @self: a line
 * @keeper: of a #SideTestCall, which may be changed
 * @tags: the vocabulary
 */
void
side_test_note_line_open (SideTestNoteLine *self,
                          SideDraftKeeper  *keeper,
                          SideTags         *tags)
{
  g_return_if_fail (SIDE_IS_TEST_NOTE_LINE (self));

  if (self->tags != NULL)
    g_signal_handlers_disconnect_by_data (self->tags, self);
  g_set_object (&self->keeper, keeper);
  g_set_object (&self->tags, tags);
  g_signal_connect_object (tags, "changed", G_CALLBACK (tags_cb), self, G_CONNECT_SWAPPED);
  show_tags (self, NULL);
  go_back (self);
}

/**
 * side_test_note_line_set_position:
 * @self: a line
 * @at_ms: what is heard, from the moment the call was dialled; below 0 for nothing
 */
void
side_test_note_line_set_position (SideTestNoteLine *self,
                                  gint64            at_ms)
{
  g_return_if_fail (SIDE_IS_TEST_NOTE_LINE (self));

  self->position_ms = at_ms;
  show_place (self);
}

/**
 * side_test_note_line_begin:
 * @self: a line
 * @from_ms: what the note is to be about, from the moment the call was dialled; below 0 for
 *   what is heard when it is written
 * @to_ms: its end; @from_ms for a moment
 *
 * The keyboard goes there. What is typed already stays.
 */
void
side_test_note_line_begin (SideTestNoteLine *self,
                           gint64            from_ms,
                           gint64            to_ms)
{
  g_return_if_fail (SIDE_IS_TEST_NOTE_LINE (self));

  if (self->before != NULL)
    go_back (self);
  self->placed = from_ms >= 0;
  self->from_ms = from_ms;
  self->to_ms = to_ms;
  show_place (self);
  take_keyboard (self);
}

/**
 * side_test_note_line_edit:
 * @self: a line
 * @index: of the note that is to be changed
 */
void
side_test_note_line_edit (SideTestNoteLine *self,
                          guint             index)
{
  const SideTestCall *call;
  const SideTestNote *note;

  g_return_if_fail (SIDE_IS_TEST_NOTE_LINE (self) && self->keeper != NULL);

  call = side_draft_keeper_get (self->keeper);
  if (index >= call->notes->len)
    return;
  note = call->notes->pdata[index];
  forget_before (self);
  self->before = g_new0 (SideTestNote, 1);
  *self->before = (SideTestNote) { g_strdup (note->id), note->at_ms, note->to_ms, g_strdup (note->tag), g_strdup (note->text) };
  self->placed = TRUE;
  self->from_ms = note->at_ms;
  self->to_ms = note->to_ms;
  show_tags (self, note->tag);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), note->text != NULL ? note->text : "");
  show_place (self);
  take_keyboard (self);
}
