/* side-words-guard.c - what was typed is not lost with its window
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any dialog in which people write can be watched: closed while its words are
 * others than when that began, it asks first. What was only ticked or chosen
 * is quickly done again, and not asked about.
 */
#include "side-words-guard.h"

#include <glib/gi18n.h>

#define GUARD "side-words-guard"

typedef struct {
  GtkWidget *part;       /* whose fields are watched */
  char      *before;     /* all that stood in them */
  GtkWidget *question;   /* (nullable) (weak): while it is asked */
} Guard;

static void
free_guard (gpointer data)
{
  Guard *self = data;

  g_clear_weak_pointer (&self->question);
  g_free (self->before);
  g_free (self);
}

static void
add_words (GString *all,
           char    *words)
{
  g_autofree char *own = g_strstrip (words);

  /* Rows of a list come and go: an empty one is nothing that was written. */
  if (*own != '\0')
    g_string_append_printf (all, "%s\n", own);
}

/* Numbers, and what is searched for, are no words of anybody's. */
static void
collect (GtkWidget *widget,
         GString   *all)
{
  if (GTK_IS_POPOVER (widget) || GTK_IS_SPIN_BUTTON (widget) || GTK_IS_SEARCH_ENTRY (widget))
    return;
  if (GTK_IS_TEXT (widget) && gtk_text_get_input_purpose (GTK_TEXT (widget)) == GTK_INPUT_PURPOSE_PASSWORD)
    {
      /* That one was typed, not which: a password is copied nowhere. */
      g_string_append_printf (all, "%u\n", (guint) gtk_text_get_text_length (GTK_TEXT (widget)));
      return;
    }
  if (GTK_IS_TEXT (widget))
    {
      add_words (all, g_strdup (gtk_editable_get_text (GTK_EDITABLE (widget))));
      return;
    }
  if (GTK_IS_TEXT_VIEW (widget))
    {
      GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (widget));
      GtkTextIter from, to;

      gtk_text_buffer_get_bounds (buffer, &from, &to);
      add_words (all, gtk_text_buffer_get_text (buffer, &from, &to, FALSE));
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    collect (child, all);
}

static char *
dup_words (GtkWidget *part)
{
  GString *all = g_string_new (NULL);

  collect (part, all);
  return g_string_free (all, FALSE);
}

static gboolean
discard_cb (gpointer data)
{
  side_words_guard_close (data);
  return G_SOURCE_REMOVE;
}

/* The question goes with the window, and is still busy with its answer. */
static void
response_cb (GtkWindow  *window,
             const char *response)
{
  if (g_str_equal (response, "discard"))
    g_idle_add_full (G_PRIORITY_DEFAULT, discard_cb, g_object_ref (window), g_object_unref);
}

/* Returns: whether the window has to stay for now */
static gboolean
ask (GtkWindow *window)
{
  Guard *self = g_object_get_data (G_OBJECT (window), GUARD);
  g_autofree char *now = NULL;
  GtkWidget *question;

  if (self == NULL)
    return FALSE;
  now = dup_words (self->part);
  if (g_str_equal (now, self->before))
    return FALSE;
  if (self->question != NULL)
    return TRUE;
  question = adw_message_dialog_new (window, _("Discard What You Wrote?"), _("It has not been saved and cannot be brought back."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (question), "keep", _("_Keep Writing"), "discard", _("_Discard"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (question), "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (question), "keep");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (question), "keep");
  g_set_weak_pointer (&self->question, question);
  g_signal_connect_object (question, "response", G_CALLBACK (response_cb), window, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (question));
  return TRUE;
}

static gboolean
escape_cb (GtkEventControllerKey *controller,
           guint                  keyval,
           guint                  keycode,
           GdkModifierType        state,
           GtkWindow             *window)
{
  return keyval == GDK_KEY_Escape && ask (window);
}

/**
 * side_words_guard_begin:
 * @window: a dialog whose fields are as they should be at first
 *
 * From now on it asks before it is closed, if anything else was typed by then.
 * An #AdwMessageDialog does so on Escape alone: its answers close it too.
 */
void
side_words_guard_begin (GtkWindow *window)
{
  side_words_guard_begin_part (window, GTK_WIDGET (window));
}

/**
 * side_words_guard_begin_part:
 * @window: a window in which some of what is typed is kept at once
 * @part: as long as @window: the widget in it whose words are not
 *
 * As side_words_guard_begin(), for what stands in @part.
 */
void
side_words_guard_begin_part (GtkWindow *window,
                             GtkWidget *part)
{
  Guard *self;

  g_return_if_fail (GTK_IS_WINDOW (window));
  g_return_if_fail (GTK_IS_WIDGET (part));

  self = g_new0 (Guard, 1);
  self->part = part;
  self->before = dup_words (part);
  g_object_set_data_full (G_OBJECT (window), GUARD, self, free_guard);
  if (ADW_IS_MESSAGE_DIALOG (window))
    {
      GtkEventController *keys = gtk_event_controller_key_new ();

      gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
      g_signal_connect_object (keys, "key-pressed", G_CALLBACK (escape_cb), window, 0);
      gtk_widget_add_controller (GTK_WIDGET (window), keys);
    }
  else
    {
      g_signal_connect (window, "close-request", G_CALLBACK (ask), NULL);
    }
}

/**
 * side_words_guard_end:
 * @window: a window, watched or not
 *
 * From now on it is closed without a question: what was written is kept.
 */
void
side_words_guard_end (GtkWindow *window)
{
  g_return_if_fail (GTK_IS_WINDOW (window));
  g_object_set_data (G_OBJECT (window), GUARD, NULL);
}

/**
 * side_words_guard_close:
 * @window: a window, watched or not
 *
 * Closes it without a question: what was written is kept by now, or is not to be.
 */
void
side_words_guard_close (GtkWindow *window)
{
  g_return_if_fail (GTK_IS_WINDOW (window));

  side_words_guard_end (window);
  gtk_window_close (window);
}
