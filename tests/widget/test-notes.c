/* test-notes.c - notes: on which call they land, whose they are, no room on the disk
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <adwaita.h>
#include <string.h>

#include "calls-place.h"
#include "side-call-notes.h"
#include "side-calls-page.h"
#include "side-board-fixture.h"
#include "side-notes-view.h"
#include "side-outbox.h"
#include "side-sidebar.h"
#include "side-text.h"
#include "side-widget-test.h"
#include "side-wire.h"

typedef struct {
  Place           place;
  SideCallNotes  *notes;
  SideNotesView  *view;
  GtkWidget      *window;
  char           *toast;
} Scene;

static void
keep_toast (Scene      *scene,
            const char *words)
{
  g_free (scene->toast);
  scene->toast = g_strdup (words);
}

static void
set_up (Scene         *scene,
        gconstpointer  role)
{
  place_set_up_as (&scene->place, (SideRole) GPOINTER_TO_INT (role));
  scene->notes = side_call_notes_new (scene->place.desk);
  scene->view = SIDE_NOTES_VIEW (side_notes_view_new ());
  side_notes_view_set_notes (scene->view, scene->notes, scene->place.desk);
  g_signal_connect_swapped (scene->view, "toast", G_CALLBACK (keep_toast), scene);
  scene->window = side_widget_test_show (GTK_WIDGET (scene->view), 600, 400);
}

static void
tear_down (Scene         *scene,
           gconstpointer  role)
{
  side_widget_test_close (scene->window);
  side_test_run_for (100);
  g_assert_finalize_object (scene->notes);
  g_free (scene->toast);
  place_tear_down (&scene->place, NULL);
}

static void
go_to (Scene *scene,
       int    number)
{
  g_autoptr (SideCall) call = place_call (number);

  side_notes_view_set_call (scene->view, call);
}

static GtkWidget *
entry_of (Scene *scene)
{
  GtkWidget *entry = place_find (GTK_WIDGET (scene->view), "GtkEntry");

  g_assert_nonnull (entry);
  return entry;
}

static gboolean
is_open (Scene *scene)
{
  GtkWidget *revealer = gtk_widget_get_ancestor (entry_of (scene), GTK_TYPE_REVEALER);

  return gtk_revealer_get_reveal_child (GTK_REVEALER (revealer));
}

static gboolean
is_closed (gpointer scene)
{
  return !is_open (scene);
}

static void
type (Scene      *scene,
      const char *text)
{
  g_assert_true (is_open (scene));
  gtk_editable_set_text (GTK_EDITABLE (entry_of (scene)), text);
}

static void
press_enter (Scene *scene)
{
  g_signal_emit_by_name (entry_of (scene), "activate");
}

typedef struct {
  Scene      *scene;
  const char *call;
  guint       n;
} Wanted;

static gboolean
has_notes (gpointer data)
{
  Wanted *wanted = data;
  g_autoptr (GPtrArray) list = place_list (&wanted->scene->place, "annotation", wanted->call);

  return list->len == wanted->n;
}

static void
wait_for_notes (Scene      *scene,
                const char *call,
                guint       n)
{
  Wanted wanted = { scene, call, n };

  side_test_wait_until (has_notes, &wanted, 5000, "the notes to be stored");
}

static gboolean
has_row (gpointer notes)
{
  return g_list_model_get_n_items (notes) > 0;
}

static SideAnnotation *
first_note (Scene      *scene,
            const char *call)
{
  g_autoptr (GPtrArray) list = place_list (&scene->place, "annotation", call);
  SideAnnotation *note;

  g_assert_cmpuint (list->len, ==, 1);
  note = side_wire_annotation_from_json (((SideDocument *) list->pdata[0])->body, -1, NULL);
  g_assert_nonnull (note);
  return note;
}

static void
receive_note (Scene      *scene,
              const char *author,
              const char *text)
{
  g_autofree char *id = side_id_new ();
  g_autoptr (SideAnnotation) note = side_annotation_new (id, SIDE_FIXTURE_PROJECT, "call-0", 4000, 4000);
  g_autoptr (SideDocument) document = NULL;

  note->author = g_strdup (author);
  note->text = g_strdup (text);
  note->tag = g_strdup ("other");
  note->created_ms = note->changed_ms = side_fixture_now_ms ();
  document = side_wire_document_for_annotation (note);
  place_receive (&scene->place, document);
}

/* Another call is chosen while a note is being written: it is a note of the first. */
static void
test_other_call (Scene         *scene,
                 gconstpointer  role)
{
  g_autoptr (SideAnnotation) note = NULL;

  go_to (scene, 0);
  side_notes_view_begin (scene->view, 5000, 7000);
  type (scene, "On the first");
  go_to (scene, 1);
  g_assert_false (is_open (scene));
  wait_for_notes (scene, "call-0", 1);
  wait_for_notes (scene, "call-1", 0);
  note = first_note (scene, "call-0");
  g_assert_cmpstr (note->text, ==, "On the first");
  g_assert_cmpint (note->from_ms, ==, 5000);
  g_assert_cmpint (note->to_ms, ==, 7000);
  /* Nothing is left of what was opened and not used. */
  side_notes_view_begin (scene->view, 1000, 1000);
  go_to (scene, 0);
  side_test_run_for (100);
  wait_for_notes (scene, "call-1", 0);
}

/* The same while a note is being changed. */
static void
test_other_call_change (Scene         *scene,
                        gconstpointer  role)
{
  g_autoptr (SideAnnotation) note = NULL;

  receive_note (scene, PLACE_USER, "Short");
  go_to (scene, 0);
  side_test_wait_until (has_row, scene->notes, 5000, "the note");
  side_widget_test_click (place_find_icon (GTK_WIDGET (scene->view), "document-edit-symbolic"));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry_of (scene))), ==, "Short");
  type (scene, "Longer");
  go_to (scene, 1);
  side_test_run_for (200);
  wait_for_notes (scene, "call-1", 0);
  note = first_note (scene, "call-0");
  g_assert_cmpstr (note->text, ==, "Longer");
}

/* Ctrl+M while a note is being changed. */
static void
test_begin_meanwhile (Scene         *scene,
                      gconstpointer  role)
{
  receive_note (scene, PLACE_USER, "Short");
  go_to (scene, 0);
  side_test_wait_until (has_row, scene->notes, 5000, "the note");
  side_widget_test_click (place_find_icon (GTK_WIDGET (scene->view), "document-edit-symbolic"));
  type (scene, "Longer");
  side_notes_view_begin (scene->view, 9000, 9000);
  side_test_run_for (300);
  g_assert_true (is_open (scene));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry_of (scene))), ==, "");
  {
    g_autoptr (SideAnnotation) note = first_note (scene, "call-0");

    g_assert_cmpstr (note->text, ==, "Longer");
  }
  type (scene, "Another");
  press_enter (scene);
  side_test_wait_until (is_closed, scene, 5000, "the editor to close");
  wait_for_notes (scene, "call-0", 2);
}

/* No room: the words stay in the editor until they are on the disk. */
static void
test_no_room (Scene         *scene,
              gconstpointer  role)
{
  go_to (scene, 0);
  side_notes_view_begin (scene->view, 5000, 5000);
  type (scene, "Not to be lost");
  place_limit_disk (0);
  press_enter (scene);
  side_test_run_for (300);
  place_limit_disk (RLIM_INFINITY);
  g_assert_true (is_open (scene));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry_of (scene))), ==, "Not to be lost");
  g_assert_true (gtk_editable_get_editable (GTK_EDITABLE (entry_of (scene))));
  press_enter (scene);
  side_test_wait_until (is_closed, scene, 5000, "the editor to close");
  wait_for_notes (scene, "call-0", 1);
}

/* No room, and the call is left: it is said, and the words are there again. */
static void
test_no_room_left (Scene         *scene,
                   gconstpointer  role)
{
  g_autoptr (SideAnnotation) note = NULL;

  go_to (scene, 0);
  side_notes_view_begin (scene->view, 5000, 5000);
  type (scene, "Not to be lost");
  place_limit_disk (0);
  go_to (scene, 1);
  side_test_run_for (300);
  place_limit_disk (RLIM_INFINITY);
  g_assert_nonnull (scene->toast);
  g_assert_false (is_open (scene));
  go_to (scene, 0);
  g_assert_true (is_open (scene));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry_of (scene))), ==, "Not to be lost");
  go_to (scene, 1);
  wait_for_notes (scene, "call-0", 1);
  note = first_note (scene, "call-0");
  g_assert_cmpint (note->from_ms, ==, 5000);
}

/* No room, and nobody comes back: it is tried again. */
static void
test_no_room_retried (Scene         *scene,
                      gconstpointer  role)
{
  Wanted wanted = { scene, "call-0", 1 };

  go_to (scene, 0);
  side_notes_view_begin (scene->view, 5000, 5000);
  type (scene, "Not to be lost");
  place_limit_disk (0);
  go_to (scene, 1);
  side_test_run_for (300);
  place_limit_disk (RLIM_INFINITY);
  side_test_wait_until (has_notes, &wanted, 15000, "the note to be tried again");
}

/* A note cannot be removed: it stays, and nobody is told that it went. */
static void
test_no_room_to_remove (Scene         *scene,
                        gconstpointer  role)
{
  GtkWidget *bin;

  receive_note (scene, PLACE_USER, "Short");
  go_to (scene, 0);
  side_test_wait_until (has_row, scene->notes, 5000, "the note");
  bin = place_find_icon (GTK_WIDGET (scene->view), "user-trash-symbolic");
  place_limit_disk (0);
  side_widget_test_click (bin);
  side_test_run_for (300);
  place_limit_disk (RLIM_INFINITY);
  g_assert_nonnull (scene->toast);
  wait_for_notes (scene, "call-0", 1);
}

static gboolean
offers (Scene      *scene,
        const char *icon_name)
{
  return place_find_icon (GTK_WIDGET (scene->view), icon_name) != NULL;
}

/* What a colleague wrote is answered and not changed; supervisors may do both;
 * clients read. */
static void
test_whose (Scene         *scene,
            gconstpointer  role)
{
  gboolean client = GPOINTER_TO_INT (role) == SIDE_ROLE_CLIENT;
  gboolean supervisor = GPOINTER_TO_INT (role) == SIDE_ROLE_SUPERVISOR;
  SideNoteItem *item;
  g_autoptr (SideNoteDraft) draft = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  receive_note (scene, "anna", "Hers");
  go_to (scene, 0);
  side_test_wait_until (has_row, scene->notes, 5000, "the note");
  g_assert_true (offers (scene, "document-edit-symbolic") == supervisor);
  g_assert_true (offers (scene, "user-trash-symbolic") == supervisor);
  g_assert_true (offers (scene, "mail-reply-sender-symbolic") == !client);
  item = g_list_model_get_item (G_LIST_MODEL (scene->notes), 0);
  draft = side_note_draft_new_change (item);
  g_free (draft->text);
  draft->text = g_strdup ("Mine");
  side_call_notes_write_async (scene->notes, draft, side_test_async_cb, &result);
  g_assert_true (side_call_notes_write_finish (scene->notes, side_test_wait_result (&result, 5000, "the write"), &error)
                 == supervisor);
  if (!supervisor)
    g_assert_error (error, SIDE_ERROR, SIDE_ERROR_FORBIDDEN);
  g_object_unref (item);
}

static void
test_answer (Scene         *scene,
             gconstpointer  role)
{
  g_autoptr (SideNoteItem) first = NULL;
  g_autoptr (SideNoteItem) second = NULL;
  const SideAnnotation *answer;

  receive_note (scene, "anna", "Hers");
  go_to (scene, 0);
  side_test_wait_until (has_row, scene->notes, 5000, "the note");
  side_widget_test_click (place_find_icon (GTK_WIDGET (scene->view), "mail-reply-sender-symbolic"));
  type (scene, "I think so too");
  press_enter (scene);
  side_test_wait_until (is_closed, scene, 5000, "the editor to close");
  wait_for_notes (scene, "call-0", 2);
  side_test_run_for (200);
  first = g_list_model_get_item (G_LIST_MODEL (scene->notes), 0);
  second = g_list_model_get_item (G_LIST_MODEL (scene->notes), 1);
  answer = side_note_item_get_annotation (second);
  g_assert_cmpstr (answer->text, ==, "I think so too");
  g_assert_cmpstr (answer->author, ==, PLACE_USER);
  g_assert_cmpstr (answer->parent, ==, side_note_item_get_annotation (first)->id);
  g_assert_cmpint (answer->from_ms, ==, 4000);
  g_assert_true (offers (scene, "user-trash-symbolic"));   /* one's own answer */
}

/* The picture is an hour old; what is written is of now. */
static void
test_time (Scene         *scene,
           gconstpointer  role)
{
  g_autoptr (SideAnnotation) note = NULL;
  gint64 now_ms = g_get_real_time () / 1000;

  g_assert_true (side_desk_is_stale (scene->place.desk));
  g_assert_cmpint (side_desk_get_now_ms (scene->place.desk), <, now_ms - 3000 * 1000);
  go_to (scene, 0);
  side_notes_view_begin (scene->view, 5000, 5000);
  type (scene, "Now");
  press_enter (scene);
  wait_for_notes (scene, "call-0", 1);
  note = first_note (scene, "call-0");
  g_assert_cmpint (note->created_ms, >=, now_ms);
  g_assert_cmpint (note->changed_ms, >=, now_ms);
}

static const char *
empty_words (Scene *scene)
{
  GtkWidget *list = place_find (GTK_WIDGET (scene->view), "GtkListBox");
  GtkStack *stack = GTK_STACK (gtk_widget_get_ancestor (list, GTK_TYPE_STACK));

  return gtk_label_get_label (GTK_LABEL (gtk_stack_get_child_by_name (stack, "none")));
}

/* People are told what they can do, and only that. */
static void
test_empty_words (Scene         *scene,
                  gconstpointer  role)
{
  go_to (scene, 2);
  if (GPOINTER_TO_INT (role) == SIDE_ROLE_CLIENT)
    {
      side_notes_view_set_recorded (scene->view, TRUE);
      g_assert_null (strstr (empty_words (scene), "press"));
      g_assert_null (strstr (empty_words (scene), "Press"));
      return;
    }
  g_assert_null (strstr (empty_words (scene), "waveform"));
  side_notes_view_set_recorded (scene->view, TRUE);
  g_assert_nonnull (strstr (empty_words (scene), "waveform"));
}

static gboolean
has_rows (gpointer list)
{
  GtkSelectionModel *model = gtk_list_view_get_model (list);

  return model != NULL && g_list_model_get_n_items (G_LIST_MODEL (model)) == PLACE_CALLS;
}

static gboolean
press_on_page (GtkWidget  *page,
               const char *keys)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (page);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      for (guint j = 0; GTK_IS_SHORTCUT_CONTROLLER (controller) && j < g_list_model_get_n_items (G_LIST_MODEL (controller)); j++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), j);
          g_autofree char *trigger = gtk_shortcut_trigger_to_string (gtk_shortcut_get_trigger (shortcut));

          if (g_str_equal (trigger, keys))
            return gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, page, gtk_shortcut_get_arguments (shortcut));
        }
    }
  return FALSE;
}

/* A note that was removed comes back with Ctrl+Z, and goes again with Shift. */
static void
test_undo_key (Scene         *scene,
               gconstpointer  role)
{
  GtkWidget *page = side_calls_page_new (scene->place.desk);
  GtkWidget *window = side_widget_test_show (page, 1150, 760);
  GtkWidget *list = place_find (page, "GtkListView");
  GtkWidget *detail = place_find (page, "SideCallDetail");

  receive_note (scene, PLACE_USER, "Short");
  side_test_wait_until (has_rows, list, 5000, "the calls in the list");
  gtk_single_selection_set_selected (GTK_SINGLE_SELECTION (gtk_list_view_get_model (GTK_LIST_VIEW (list))), 0);
  side_test_run_for (300);
  side_widget_test_click (place_find_icon (page, "user-trash-symbolic"));
  wait_for_notes (scene, "call-0", 0);
  side_test_run_for (100);
  /* In the search entry the key is the entry's. */
  gtk_widget_grab_focus (place_find (page, "GtkText"));
  g_assert_false (press_on_page (detail, "<Control>z"));
  gtk_window_set_focus (GTK_WINDOW (window), NULL);
  g_assert_true (press_on_page (detail, "<Control>z"));
  wait_for_notes (scene, "call-0", 1);
  side_test_run_for (100);
  g_assert_true (press_on_page (detail, "<Shift><Control>z"));
  wait_for_notes (scene, "call-0", 0);
  side_widget_test_close (window);
}

static void
put_unsent (Scene      *scene,
            const char *id,
            const char *text,
            gint64      revision)
{
  SideStore *store = side_desk_get_store (scene->place.desk);
  g_autoptr (SideAnnotation) note = side_annotation_new (id, SIDE_FIXTURE_PROJECT, "call-0", 4000, 4000);
  g_autoptr (SideDocument) document = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  note->text = g_strdup (text);
  document = side_wire_document_for_annotation (note);
  document->revision = document->change = revision;
  side_store_put_document_async (store, document, revision == 0, NULL, side_test_async_cb, &result);
  g_assert_true (side_store_put_document_finish (store, side_test_wait_result (&result, 5000, "a document"), NULL));
}

static gboolean
is_told (GtkWidget  *root,
         const char *words)
{
  if (GTK_IS_LABEL (root) && gtk_widget_get_visible (root) && strstr (gtk_label_get_text (GTK_LABEL (root)), words) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (is_told (child, words))
      return TRUE;
  return FALSE;
}

/* One note is in conflict, and another one waits for the server: both are told. */
static void
test_sidebar (Scene         *scene,
              gconstpointer  role)
{
  g_autofree char *disputed = side_id_new ();
  g_autofree char *other = side_id_new ();
  GtkWidget *sidebar = side_sidebar_new (scene->place.desk);
  GtkWidget *window = side_widget_test_show (sidebar, 300, 600);

  put_unsent (scene, disputed, "Base", 1);
  put_unsent (scene, disputed, "Mine", 0);
  put_unsent (scene, disputed, "Theirs", 2);
  put_unsent (scene, other, "Waits", 0);
  side_test_run_for (100);
  g_assert_cmpuint (side_store_get_conflicts (side_desk_get_store (scene->place.desk)), ==, 1);
  g_assert_true (is_told (sidebar, "1 change in conflict"));
  g_assert_true (is_told (sidebar, "1 change not sent yet"));
  side_widget_test_close (window);
}

/* A long note of another program is looked at, and not cut by it. */
static void
test_long (Scene         *scene,
           gconstpointer  role)
{
  g_autofree char *text = g_strnfill (20000, 'x');
  g_autoptr (SideAnnotation) note = NULL;

  receive_note (scene, PLACE_USER, text);
  go_to (scene, 0);
  side_test_wait_until (has_row, scene->notes, 5000, "the note");
  side_widget_test_click (place_find_icon (GTK_WIDGET (scene->view), "document-edit-symbolic"));
  g_assert_true (is_open (scene));
  g_assert_cmpuint (strlen (gtk_editable_get_text (GTK_EDITABLE (entry_of (scene)))), ==, 20000);
  go_to (scene, 1);
  side_test_run_for (300);
  note = first_note (scene, "call-0");
  g_assert_cmpstr (note->text, ==, text);
}

/* An answer to an answer stands in the thread of the first note. */
static void
test_thread (Scene         *scene,
             gconstpointer  role)
{
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *before = NULL;

  for (int i = 0; i < 3; i++)
    {
      g_autofree char *id = side_id_new ();
      g_autoptr (SideAnnotation) note = side_annotation_new (id, SIDE_FIXTURE_PROJECT, "call-0", 1000, 1000);
      g_autoptr (SideDocument) document = NULL;
      SideNoteItem *item;

      note->parent = g_steal_pointer (&before);
      document = side_wire_document_for_annotation (note);
      item = side_note_item_new (document, NULL);
      g_assert_nonnull (item);
      g_ptr_array_add (items, item);
      g_hash_table_insert (by_id, side_note_item_get_annotation (item)->id, item);
      before = g_strdup (id);
    }
  g_assert_true (side_note_item_get_root (items->pdata[2], by_id) == items->pdata[0]);
  g_assert_true (side_note_item_get_root (items->pdata[0], by_id) == items->pdata[0]);
}

#define ADD(path, role, test) g_test_add ("/notes/" path, Scene, GINT_TO_POINTER (role), set_up, test, tear_down)

int
main (int   argc,
      char *argv[])
{
  side_widget_test_init (&argc, &argv);
  ADD ("other-call", SIDE_ROLE_TRAINER, test_other_call);
  ADD ("other-call-change", SIDE_ROLE_TRAINER, test_other_call_change);
  ADD ("begin-meanwhile", SIDE_ROLE_TRAINER, test_begin_meanwhile);
  ADD ("no-room", SIDE_ROLE_TRAINER, test_no_room);
  ADD ("no-room-left", SIDE_ROLE_TRAINER, test_no_room_left);
  ADD ("no-room-retried", SIDE_ROLE_TRAINER, test_no_room_retried);
  ADD ("no-room-to-remove", SIDE_ROLE_TRAINER, test_no_room_to_remove);
  ADD ("whose/trainer", SIDE_ROLE_TRAINER, test_whose);
  ADD ("whose/supervisor", SIDE_ROLE_SUPERVISOR, test_whose);
  ADD ("whose/client", SIDE_ROLE_CLIENT, test_whose);
  ADD ("answer", SIDE_ROLE_TRAINER, test_answer);
  ADD ("time", SIDE_ROLE_TRAINER, test_time);
  ADD ("empty-words/trainer", SIDE_ROLE_TRAINER, test_empty_words);
  ADD ("empty-words/client", SIDE_ROLE_CLIENT, test_empty_words);
  ADD ("sidebar", SIDE_ROLE_TRAINER, test_sidebar);
  ADD ("undo-key", SIDE_ROLE_TRAINER, test_undo_key);
  ADD ("long", SIDE_ROLE_TRAINER, test_long);
  ADD ("thread", SIDE_ROLE_TRAINER, test_thread);
  return g_test_run ();
}
