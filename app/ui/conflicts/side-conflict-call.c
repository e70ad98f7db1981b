/* side-conflict-call.c - which call a document to be decided about is of
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A row with the time, the operator and the number of the call, the place in
 * the recording where it is a note, and a button that goes to the call. Nobody can decide about an answer without having it in sight.
 */
#include "side-conflict-call.h"

#include <glib/gi18n.h>

#include "side-format.h"
#include "side-settings.h"
#include "side-text.h"
#include "side-wire.h"

static void
show_cb (GtkButton  *button,
         const char *call)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (button));
  GtkWindow *parent = GTK_IS_WINDOW (root) ? gtk_window_get_transient_for (GTK_WINDOW (root)) : NULL;

  if (parent == NULL)
    return;
  gtk_widget_activate_action (GTK_WIDGET (parent), "win.show-call", "s", call);
  gtk_window_close (GTK_WINDOW (root));   /* it is modal: nobody could go to the call past it */
}

static void
free_call (gpointer  call,
           GClosure *closure)
{
  g_free (call);
}

/* "0:12–0:15" of a note; %NULL for anything else. */
static char *
place_of (const SideDocument *document)
{
  g_autoptr (SideAnnotation) note = NULL;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;

  if (!g_str_equal (document->kind, "annotation") || document->body == NULL)
    return NULL;
  note = side_wire_annotation_from_json (document->body, -1, NULL);
  if (note == NULL)
    return NULL;
  from = side_text_duration (note->from_ms);
  to = side_text_duration (note->to_ms);
  return note->to_ms > note->from_ms ? g_strdup_printf ("%s–%s", from, to) : g_steal_pointer (&from);
}

typedef struct {
  GtkWidget *row;
  SideDesk  *desk;
  char      *before;   /* (nullable): said before the call, and after it */
  char      *after;
} Showing;

static void
called_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autofree Showing *showing = user_data;
  g_autofree char *before = showing->before;
  g_autofree char *after = showing->after;
  g_autoptr (GtkWidget) row = showing->row;
  g_autoptr (SideDesk) desk = showing->desk;
  g_autoptr (SideCall) call = side_store_get_call_finish (SIDE_STORE (source), result, NULL);
  SideProject *project = side_desk_get_project (desk);
  g_autoptr (GTimeZone) zone = project != NULL ? g_time_zone_ref (project->time_zone) : g_time_zone_new_local ();
  g_autofree char *when = NULL;
  g_autofree char *number = NULL;
  g_autofree char *title = NULL;
  g_autofree char *whole = NULL;

  if (call == NULL)
    return;   /* not stored here any more: the row says only where in it */
  when = side_format_when (zone, call->joined_ms, side_desk_get_now_ms (desk));
  number = side_text_phone (call->caller, side_settings_get_masked ());
  title = g_strjoin (" · ", when, number, call->operator_name, NULL);
  whole = before != NULL ? g_strjoin (" · ", before, title, after, NULL) : g_steal_pointer (&title);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), whole);
}

/* What a task of a plan is besides the first one of its call; the rest as it is. */
static const char *
word_of_rest (const char *rest)
{
  SideSelection selection = side_selection_from_string (rest);

  if (selection == SIDE_SELECTION_RANDOM || selection == SIDE_SELECTION_CHOSEN)
    return NULL;
  return selection == SIDE_SELECTION_SECOND ? _("second reviewer") : selection == SIDE_SELECTION_REPEAT ? _("repeat") : rest;
}

/**
 * side_conflict_call_name:
 * @row: where @field is decided about, with its title
 * @desk: whose document it is
 * @field: a place where two versions differ
 *
 * Where the place is one of a call among several, the row is called by the
 * call as soon as that is read.
 */
void
side_conflict_call_name (GtkWidget               *row,
                         SideDesk                *desk,
                         const SideConflictField *field)
{
  static const char *const of_calls[] = { "tasks", "items", "consensus", NULL };
  SideStore *store = side_desk_get_store (desk);
  g_auto (GStrv) parts = NULL;
  g_auto (GStrv) words = NULL;
  Showing *showing;

  if (field->key == NULL || store == NULL || !g_strv_contains (of_calls, field->member))
    return;
  parts = g_strsplit (field->key, " · ", 2);
  words = g_strsplit (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), " · ", 2);
  showing = g_new0 (Showing, 1);
  showing->row = g_object_ref (row);
  showing->desk = g_object_ref (desk);
  showing->before = g_strdup (words[0]);
  /* What was agreed on is called by its question already. */
  if (parts[1] != NULL)
    showing->after = g_strdup (g_str_equal (field->member, "consensus") ? words[1] : word_of_rest (parts[1]));
  side_store_get_call_async (store, parts[0], NULL, called_cb, showing);
}

/**
 * side_conflict_call_add:
 * @group: where the document is decided about
 * @desk: whose document it is
 * @document: the version here
 * @other: (nullable): the server's, for what a deleted one does not say
 *
 * Adds a row about its call; nothing where it is of no call.
 */
void
side_conflict_call_add (AdwPreferencesGroup *group,
                        SideDesk            *desk,
                        const SideDocument  *document,
                        const SideDocument  *other)
{
  const char *call = document->call != NULL || other == NULL ? document->call : other->call;
  SideStore *store = side_desk_get_store (desk);
  GtkWidget *row, *show;
  g_autofree char *place = NULL;
  Showing *showing;

  if (call == NULL || store == NULL)
    return;
  row = adw_action_row_new ();
  show = gtk_button_new_with_label (_("Show Call"));
  place = place_of (document);
  if (place == NULL && other != NULL)
    place = place_of (other);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("A call that is not stored here"));
  if (place != NULL)
    {
      /* Translators: a place in a recording: "at 0:12" or "at 0:12–0:15" */
      g_autofree char *at = g_strdup_printf (_("at %s"), place);

      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), at);
    }
  gtk_widget_set_valign (show, GTK_ALIGN_CENTER);
  g_signal_connect_data (show, "clicked", G_CALLBACK (show_cb), g_strdup (call), free_call, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), show);
  adw_preferences_group_add (group, row);
  showing = g_new0 (Showing, 1);
  showing->row = g_object_ref (row);
  showing->desk = g_object_ref (desk);
  side_store_get_call_async (store, call, NULL, called_cb, showing);
}
