/* side-window-leaving.c - nothing that was typed is lost without a question
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Before the window leaves a desk, what was typed at it is written. What
 * cannot be written, for want of room or of a store, is named, and the person
 * says whether to try again, to stay, or to lose it.
 */
#include <glib/gi18n.h>

#include "side-error.h"
#include "side-format.h"
#include "side-window-private.h"
#include "side-wire.h"

#define NAMED_MOST     4
#define EXCERPT_CHARS 60

typedef struct {
  SideWindow     *self;
  SideDesk       *desk;
  char           *lose;   /* of the button */
  SideWindowThen  then;
} Leaving;

static void
leaving_free (Leaving *leaving)
{
  g_object_unref (leaving->self);
  g_object_unref (leaving->desk);
  g_free (leaving->lose);
  g_free (leaving);
}

/* ---- words ---- */

static char *
name_note (const SideDocument *document)
{
  g_autoptr (SideAnnotation) note = side_wire_annotation_from_json (document->body, -1, NULL);
  g_autofree char *start = NULL;

  if (note == NULL || note->text == NULL || *note->text == '\0')
    return g_strdup (_("a note without words"));
  if (g_utf8_strlen (note->text, -1) <= EXCERPT_CHARS)
    /* Translators: %s is what somebody typed */
    return g_strdup_printf (_("the note “%s”"), note->text);
  start = g_utf8_substring (note->text, 0, EXCERPT_CHARS);
  /* Translators: %s is the beginning of what somebody typed */
  return g_strdup_printf (_("the note “%s…”"), start);
}

static char *
name_document (const SideDocument *document)
{
  if (g_str_equal (document->kind, "review"))
    return g_strdup (_("answers and the comment of a scoring form"));
  if (!g_str_equal (document->kind, "annotation"))
    return g_strdup (_("another change made here"));
  return document->deleted ? g_strdup (_("the removal of a note")) : name_note (document);
}

static char *
say_what (GPtrArray    *unwritten,
          const GError *why)
{
  g_autofree char *reason = why != NULL ? side_format_error (why) : NULL;
  GString *text = g_string_new (reason);

  g_string_append (text, text->len > 0 ? "\n\n" : "");
  g_string_append (text, _("Not saved:"));
  for (guint i = 0; i < MIN (unwritten->len, NAMED_MOST); i++)
    {
      g_autofree char *name = name_document (g_ptr_array_index (unwritten, i));

      g_string_append_printf (text, "\n• %s", name);
    }
  if (unwritten->len > NAMED_MOST)
    {
      guint more = unwritten->len - NAMED_MOST;

      g_string_append (text, "\n• ");
      g_string_append_printf (text, ngettext ("%u more", "%u more", more), more);
    }
  return g_string_free (text, FALSE);
}

/* ---- asking ---- */

static void settle (Leaving *leaving);

/* The dialog closes first: what follows may take its window away. */
static gboolean
lose_cb (gpointer user_data)
{
  Leaving *leaving = user_data;
  SideWindow *self = leaving->self;

  self->settling = FALSE;
  if (!self->closing && self->desk == leaving->desk)
    leaving->then (self);
  leaving_free (leaving);
  return G_SOURCE_REMOVE;
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             Leaving          *leaving)
{
  SideWindow *self = leaving->self;

  g_signal_handlers_disconnect_by_func (dialog, response_cb, leaving);
  if (self->desk == leaving->desk && g_str_equal (response, "again"))
    settle (leaving);
  else if (self->desk == leaving->desk && g_str_equal (response, "lose"))
    g_idle_add (lose_cb, leaving);
  else
    {
      self->settling = FALSE;
      side_desk_stay (leaving->desk);
      leaving_free (leaving);
    }
}

static void
ask (Leaving      *leaving,
     GPtrArray    *unwritten,
     const GError *why)
{
  g_autofree char *body = say_what (unwritten, why);
  GtkWidget *widget = adw_message_dialog_new (GTK_WINDOW (leaving->self), _("Not Everything Is Saved"), body);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (widget);

  adw_message_dialog_add_responses (dialog, "cancel", _("_Cancel"), "lose", leaving->lose, "again", _("_Try Again"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "lose", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (dialog, "again", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "again");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), leaving);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
flushed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Leaving *leaving = user_data;
  SideWindow *self = leaving->self;
  g_autoptr (GError) why = NULL;
  g_autoptr (GPtrArray) unwritten = side_desk_flush_finish (SIDE_DESK (source), result, &why);

  if (!self->closing && self->desk == leaving->desk && unwritten->len > 0)
    {
      ask (leaving, unwritten, why);
      return;
    }
  self->settling = FALSE;
  if (!self->closing && self->desk == leaving->desk)
    leaving->then (self);
  leaving_free (leaving);
}

/* Takes @leaving. */
static void
settle (Leaving *leaving)
{
  leaving->self->settling = TRUE;
  side_desk_flush_async (leaving->desk, flushed_cb, leaving);
}

/**
 * side_window_settle:
 * @self: the window
 * @lose: the words of the button that goes on all the same
 * @then: what to do when all that was typed is on the disk, or the person
 *   would rather lose what is not
 *
 * Without a desk @then is called at once. While somebody is being asked, a
 * second wish to leave changes nothing.
 */
void
side_window_settle (SideWindow     *self,
                    const char     *lose,
                    SideWindowThen  then)
{
  Leaving *leaving;

  if (self->settling)
    return;
  if (self->desk == NULL)
    {
      then (self);
      return;
    }
  leaving = g_new0 (Leaving, 1);
  leaving->self = g_object_ref (self);
  leaving->desk = g_object_ref (self->desk);
  leaving->lose = g_strdup (lose);
  leaving->then = then;
  settle (leaving);
}
