/* side-live-note.c - a note on a call that is going on
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * On the operators of the Live page: N, or their menu, opens a small popover on
 * the one who talks. The moment counts at
 * which it was opened, since typing takes its time; once the call has its
 * recording, the note is there at that moment. What was typed is kept however
 * the popover closes, but for Escape; what cannot be written is in sight again
 * and tried again by itself.
 */
#include "side-live-note.h"

#include <glib/gi18n.h>

#include "side-call-notes.h"
#include "side-format.h"
#include "side-live-row.h"
#include "side-people.h"
#include "side-word-chooser.h"

typedef struct {
  GtkWidget     *operators;   /* it owns this */
  GtkWidget     *card;        /* around them: the popover's parent, which a list would not lay out */
  SideDesk      *desk;
  SideCallNotes *notes;       /* of the call the popover is about */
  SideNoteDraft *draft;       /* (nullable): what is being written */
  GPtrArray     *kept;        /* of SideNoteDraft: not on the disk yet */
  guint          retry_id;
  gboolean       asked;       /* whoever ends the program is asked about what is not written */
  char          *why;         /* (nullable): could the last of them not be written */
  GtkWidget     *popover;
  GtkWidget     *stack;
  GtkWidget     *title;
  GtkWidget     *tag;         /* SideWordChooser */
  GtkWidget     *entry;
  GtkWidget     *words;       /* what is said in place of the form */
} LiveNote;

static void
live_note_free (gpointer data)
{
  LiveNote *self = data;

  g_clear_handle_id (&self->retry_id, g_source_remove);
  g_clear_pointer (&self->draft, side_note_draft_unref);
  g_ptr_array_unref (self->kept);
  g_free (self->why);
  g_signal_handlers_disconnect_by_data (self->popover, self);
  g_signal_handlers_disconnect_by_data (self->desk, self);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_object (&self->notes);
  g_clear_object (&self->desk);
  g_free (self);
}

static LiveNote *
get (GtkWidget *operators)
{
  return g_object_get_data (G_OBJECT (operators), "side-live-note");
}

static void
say (LiveNote   *self,
     const char *words)
{
  gtk_label_set_label (GTK_LABEL (self->words), words);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "words");
}

/* ---- writing ---- */

typedef struct {
  GtkWidget     *operators;
  SideNoteDraft *draft;
} Write;

static void write_draft (LiveNote *self, SideNoteDraft *draft);

static void
write_kept (LiveNote *self)
{
  for (guint i = 0; i < self->kept->len; i++)
    write_draft (self, g_ptr_array_index (self->kept, i));
}

static gboolean
retry_cb (gpointer data)
{
  LiveNote *self = data;

  self->retry_id = 0;
  write_kept (self);
  return G_SOURCE_REMOVE;
}

/* Not while another page is shown: it would pop up out of nowhere. */
static void
show_words (LiveNote *self)
{
  if (!gtk_widget_get_mapped (self->card))
    return;
  /* GTK 4.8 takes it amiss when a popover comes while nothing has the focus. */
  if (gtk_root_get_focus (gtk_widget_get_root (self->card)) == NULL)
    gtk_widget_grab_focus (self->operators);
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

static void
show_unsaved (LiveNote            *self,
              const SideNoteDraft *draft)
{
  /* Translators: a sentence that says why, and what somebody typed */
  g_autofree char *words = g_strdup_printf (_("The note is not saved yet. %s It is tried again by itself. It says: %s"),
                                            self->why, draft->text);

  say (self, words);
  show_words (self);
}

static void
not_written (LiveNote      *self,
             SideNoteDraft *draft,
             const GError  *error)
{
  g_autofree char *why = side_format_error (error);
  g_autofree char *words = NULL;

  if (g_error_matches (error, SIDE_ERROR, SIDE_ERROR_FORBIDDEN))
    {
      words = g_strdup_printf (_("The note is not saved. %s It said: %s"), why, draft->text);
      say (self, words);
      show_words (self);
      return;
    }
  if (!draft->unsaved)
    {
      draft->unsaved = TRUE;
      g_ptr_array_add (self->kept, side_note_draft_ref (draft));
      g_free (self->why);
      self->why = g_strdup (why);
      /* Another may be being typed by now. */
      if (self->draft == NULL && !self->asked)
        show_unsaved (self, draft);
    }
  if (self->retry_id == 0)
    self->retry_id = g_timeout_add_seconds (SIDE_NOTE_RETRY_S, retry_cb, self);
}

static void
written (LiveNote      *self,
         SideNoteDraft *draft)
{
  if (!g_ptr_array_remove (self->kept, draft) || self->kept->len > 0 || self->draft != NULL)
    return;
  say (self, _("The note is saved."));
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autofree Write *write = data;
  g_autoptr (GtkWidget) operators = write->operators;
  g_autoptr (SideNoteDraft) draft = write->draft;
  g_autoptr (GError) error = NULL;
  gboolean ok = side_call_notes_write_finish (SIDE_CALL_NOTES (source), result, &error);
  LiveNote *self = get (operators);

  draft->writing = FALSE;
  if (self == NULL)
    return;   /* the page is gone */
  if (ok)
    written (self, draft);
  else
    not_written (self, draft, error);
}

static void
write_draft (LiveNote      *self,
             SideNoteDraft *draft)
{
  Write *write;

  if (draft->writing)
    return;
  draft->writing = TRUE;
  write = g_new0 (Write, 1);
  write->operators = g_object_ref (self->operators);
  write->draft = side_note_draft_ref (draft);
  side_call_notes_write_async (self->notes, draft, written_cb, write);
}

static void
save (LiveNote *self)
{
  g_autoptr (SideNoteDraft) draft = g_steal_pointer (&self->draft);
  const char *tag = side_word_chooser_get_chosen (SIDE_WORD_CHOOSER (self->tag));

  if (draft == NULL)
    return;
  g_free (draft->text);
  draft->text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  g_free (draft->tag);
  draft->tag = g_strdup (tag);
  write_draft (self, draft);
}

static gboolean
has_text (LiveNote *self)
{
  return self->draft != NULL && *gtk_editable_get_text (GTK_EDITABLE (self->entry)) != '\0';
}

static void
save_cb (LiveNote *self)
{
  save (self);
  gtk_popover_popdown (GTK_POPOVER (self->popover));
}

static void
closed_cb (LiveNote *self)
{
  if (has_text (self))
    save (self);
  g_clear_pointer (&self->draft, side_note_draft_unref);
  gtk_widget_grab_focus (self->operators);
}

/* The last moment, or before it. */
static void
closing_cb (LiveNote *self)
{
  self->asked = TRUE;
  if (has_text (self))
    save (self);
  write_kept (self);
  gtk_popover_popdown (GTK_POPOVER (self->popover));
}

static void
staying_cb (LiveNote *self)
{
  self->asked = FALSE;
  if (self->kept->len > 0)
    show_unsaved (self, g_ptr_array_index (self->kept, self->kept->len - 1));
}

static gboolean
key_cb (LiveNote *self,
        guint     keyval)
{
  if (keyval == GDK_KEY_Escape)
    g_clear_pointer (&self->draft, side_note_draft_unref);
  return GDK_EVENT_PROPAGATE;
}

static GtkWidget *
make_form (LiveNote *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *button = gtk_button_new_with_label (_("Save"));

  self->title = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_widget_add_css_class (self->title, "heading");
  self->entry = gtk_entry_new ();
  gtk_entry_set_max_length (GTK_ENTRY (self->entry), SIDE_NOTE_TEXT_MAX);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 34);
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), _("What is to be said"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Text of the note"), -1);
  self->tag = side_word_chooser_new (_("Tag"), 0);
  gtk_widget_set_hexpand (self->tag, TRUE);
  gtk_widget_add_css_class (button, "suggested-action");
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (save_cb), self);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (save_cb), self);
  gtk_box_append (GTK_BOX (line), self->tag);
  gtk_box_append (GTK_BOX (line), button);
  gtk_box_append (GTK_BOX (box), self->title);
  gtk_box_append (GTK_BOX (box), self->entry);
  gtk_box_append (GTK_BOX (box), line);
  return box;
}

static void
make_popover (LiveNote *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->popover = gtk_popover_new ();
  gtk_widget_set_parent (self->popover, self->card);
  self->words = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->words), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (self->words), 40);
  gtk_widget_set_margin_start (self->words, 6);
  gtk_widget_set_margin_end (self->words, 6);
  self->stack = gtk_stack_new ();
  gtk_stack_set_vhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_stack_add_named (GTK_STACK (self->stack), make_form (self), "form");
  gtk_stack_add_named (GTK_STACK (self->stack), self->words, "words");
  gtk_popover_set_child (GTK_POPOVER (self->popover), self->stack);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (self->popover, keys);
  g_signal_connect_swapped (self->popover, "closed", G_CALLBACK (closed_cb), self);
}

static void
offer_tags (LiveNote *self)
{
  GPtrArray *list = side_tags_list (side_tags_get (self->desk));
  g_autoptr (GArray) words = g_array_new (FALSE, FALSE, sizeof (SideWord));

  for (guint i = 0; i < list->len; i++)
    {
      const SideTag *tag = g_ptr_array_index (list, i);
      SideWord word = { tag->word, tag->label != NULL ? tag->label : tag->word, tag->colour };

      if (!tag->retired)
        g_array_append_val (words, word);
    }
  side_word_chooser_set_words (SIDE_WORD_CHOOSER (self->tag), (const SideWord *) (gconstpointer) words->data, words->len);
  side_word_chooser_choose (SIDE_WORD_CHOOSER (self->tag), SIDE_NOTE_TAG_OTHER);
}

static const SideOperator *
find_operator (SideBoardProject *project,
               const char       *id)
{
  for (guint i = 0; project != NULL && i < project->operators->len; i++)
    if (g_strcmp0 (((SideOperator *) project->operators->pdata[i])->id, id) == 0)
      return project->operators->pdata[i];
  return NULL;
}

/* What there is to write on; or why there is nothing. */
static void
begin (LiveNote           *self,
       const SideOperator *op,
       const SideCall     *call)
{
  const char *name = op->name != NULL ? op->name : op->alias != NULL ? op->alias : op->id;
  gint64 now_ms = side_desk_get_write_ms (self->desk);
  g_autofree char *title = NULL;
  gint64 into_ms;

  self->asked = FALSE;
  side_call_notes_set_call (self->notes, call);
  if (!side_call_notes_may_write (self->notes))
    {
      say (self, _("Your role can read notes, not write them."));
      return;
    }
  if (call == NULL)
    {
      title = g_strdup_printf (_("%s is not on a call now."), name);
      say (self, title);
      return;
    }
  /* Where it is shown while the recording's beginning is not known. */
  into_ms = call->answered_ms != 0 ? MAX (0, now_ms - call->answered_ms) : 0;
  self->draft = side_call_notes_begin (self->notes, into_ms, into_ms);
  self->draft->moment_ms = now_ms;
  /* Translators: %s is an operator */
  title = g_strdup_printf (_("Note on %s’s call, this moment"), name);
  gtk_label_set_label (GTK_LABEL (self->title), title);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  offer_tags (self);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "form");
}

static void
open_at (LiveNote           *self,
         const char         *id,
         const GdkRectangle *at)
{
  SideBoardProject *project = side_desk_get_board_project (self->desk);
  const SideOperator *op = find_operator (project, id);

  if (op == NULL)
    return;
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  begin (self, op, op->state == SIDE_OPERATOR_TALKING ? side_people_find_call (op, project) : NULL);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), at);
  gtk_popover_popup (GTK_POPOVER (self->popover));
  if (self->draft != NULL)
    gtk_widget_grab_focus (self->entry);
}

/* The row that is, or holds, or is around @widget. */
static SideLiveRow *
row_of (GtkWidget *widget)
{
  GtkWidget *child = widget != NULL ? gtk_widget_get_first_child (widget) : NULL;

  if (widget == NULL)
    return NULL;
  if (SIDE_IS_LIVE_ROW (widget))
    return SIDE_LIVE_ROW (widget);
  if (child != NULL && SIDE_IS_LIVE_ROW (child))
    return SIDE_LIVE_ROW (child);
  return SIDE_LIVE_ROW (gtk_widget_get_ancestor (widget, SIDE_TYPE_LIVE_ROW));
}

static gboolean
open_row (LiveNote    *self,
          SideLiveRow *row)
{
  graphene_rect_t bounds;
  GdkRectangle at;

  if (row == NULL || side_live_row_get_item (row) == NULL
      || !gtk_widget_compute_bounds (GTK_WIDGET (row), self->card, &bounds))
    return FALSE;
  at = (GdkRectangle) { (int) bounds.origin.x, (int) bounds.origin.y, (int) bounds.size.width, (int) bounds.size.height };
  open_at (self, side_live_item_get_id (side_live_row_get_item (row)), &at);
  return TRUE;
}

static gboolean
list_key_cb (LiveNote              *self,
             guint                  keyval,
             guint                  keycode,
             GdkModifierType        state,
             GtkEventControllerKey *controller)
{
  guint latin = keyval;
  gboolean plain = (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) == 0;

  /* The N printed on the key, whichever layout is active. */
  if (keyval > 0x7f && keyval < 0xff00
      && !gdk_display_translate_key (gtk_widget_get_display (self->operators), keycode, 0, 0, &latin, NULL, NULL, NULL))
    return FALSE;
  if (!plain || gdk_keyval_to_lower (latin) != GDK_KEY_n)
    return FALSE;
  return open_row (self, row_of (gtk_root_get_focus (gtk_widget_get_root (self->operators))));
}

/**
 * side_live_note_attach:
 * @operators: a list of SideLiveRow, whose items' ids are operators'
 * @card: a widget around it with a layout manager; when that is disposed of,
 *   side_live_note_detach() is to be called before
 * @desk: whose board tells who talks on which call, and where notes are written
 */
void
side_live_note_attach (GtkWidget *operators,
                       GtkWidget *card,
                       SideDesk  *desk)
{
  LiveNote *self = g_new0 (LiveNote, 1);
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->operators = operators;
  self->card = card;
  self->desk = g_object_ref (desk);
  self->notes = side_call_notes_new (desk);
  self->kept = g_ptr_array_new_with_free_func ((GDestroyNotify) side_note_draft_unref);
  g_signal_connect_swapped (desk, "closing", G_CALLBACK (closing_cb), self);
  g_signal_connect_swapped (desk, "staying", G_CALLBACK (staying_cb), self);
  make_popover (self);
  g_object_set_data_full (G_OBJECT (operators), "side-live-note", self, live_note_free);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (list_key_cb), self);
  gtk_widget_add_controller (operators, keys);
}

/**
 * side_live_note_detach:
 * @operators: a list
 *
 * What was being typed is saved.
 */
void
side_live_note_detach (GtkWidget *operators)
{
  LiveNote *self = get (operators);

  if (self != NULL && has_text (self))
    save (self);
  if (self != NULL)
    write_kept (self);
  g_object_set_data (G_OBJECT (operators), "side-live-note", NULL);
}

/**
 * side_live_note_open:
 * @operators: a list that side_live_note_attach() was called for
 * @operator_id: one of them
 *
 * Opens the popover on their call.
 */
void
side_live_note_open (GtkWidget  *operators,
                     const char *operator_id)
{
  LiveNote *self = get (operators);
  GdkRectangle at = { 0, 0, 1, 1 };

  g_return_if_fail (self != NULL && operator_id != NULL);
  at.x = gtk_widget_get_width (self->card) / 2;
  open_at (self, operator_id, &at);
}
