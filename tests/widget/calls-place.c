/* calls-place.c - a desk over a real store with a few calls and a script
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For tests with g_test_add(): a place of its own for each of them. With data,
 * the person may only read. The picture it shows is an hour old; a full disk is
 * a limit on the size of files.
 */
#include <adwaita.h>
#include <signal.h>

#include "calls-place.h"
#include "side-call-notes.h"
#include "side-board-fixture.h"
#include "side-outbox.h"
#include "side-test.h"
#include "side-wire.h"

void
place_settle (void)
{
  side_test_run_for (200);
}

static SideStore *
open_store (const char *path)
{
  g_autoptr (SideClock) clock = side_clock_new_system ();
  SideStore *store = side_store_new (path, clock);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  side_store_open_async (store, NULL, side_test_async_cb, &result);
  side_store_open_finish (store, side_test_wait_result (&result, 10000, "the store to open"), &error);
  g_assert_no_error (error);
  return store;
}

static void
put_session (SideStore *store,
             SideRole   role)
{
  g_autoptr (SideProject) project = side_fixture_new_project ();
  g_autoptr (SideSession) session = side_fixture_new_session (project);
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *text = NULL;

  session->role = role;
  if (role == SIDE_ROLE_CLIENT || role == SIDE_ROLE_OPERATOR)
    g_ptr_array_set_size (session->capabilities, 0);
  if (role == SIDE_ROLE_OPERATOR)
    {
      session->operator_id = g_strdup ("anna");
      g_ptr_array_add (session->capabilities, g_strdup ("answers"));
    }
  text = side_wire_session_to_json (session);
  side_store_put_setting_async (store, "session", text, NULL, side_test_async_cb, &result);
  g_assert_true (side_store_put_setting_finish (store, side_test_wait_result (&result, 5000, "a setting"), NULL));
}

static void
put_picture (SideStore *store)
{
  g_autoptr (SideBoard) board = side_board_new ();
  g_autofree char *body = side_wire_board_to_json (board, NULL, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  gint64 taken_ms = g_get_real_time () / 1000 - 3600 * 1000;

  side_store_put_snapshot_async (store, "", body, 1, taken_ms, NULL, side_test_async_cb, &result);
  g_assert_true (side_store_put_snapshot_finish (store, side_test_wait_result (&result, 5000, "a picture"), NULL));
}

static void
put_document (SideStore    *store,
              SideDocument *document)
{
  g_autoptr (GAsyncResult) result = NULL;

  side_store_put_document_async (store, document, FALSE, NULL, side_test_async_cb, &result);
  g_assert_true (side_store_put_document_finish (store, side_test_wait_result (&result, 5000, "a document"), NULL));
}

static void
put_script (SideStore *store)
{
  g_autoptr (SideScript) script = side_script_new (SCRIPT_ID, SIDE_FIXTURE_PROJECT, "Order by phone", 7);
  SideSection *section = side_script_add_section (script, "1", "Greeting");
  g_autoptr (SideDocument) document = NULL;

  side_section_add_criterion (section, "1.1", "Names the shop", 5);
  side_section_add_criterion (section, "1.2", "Asks the name", 5);
  side_section_add_criterion (section, "1.3", "No rudeness", 0)->critical = SIDE_CRITICAL_SCRIPT;
  document = side_wire_document_for_script (script);
  document->revision = 1;
  document->change = 1;
  put_document (store, document);
}

SideCall *
place_call (int number)
{
  g_autofree char *id = g_strdup_printf ("call-%d", number);
  SideCall *call = side_call_new (id);

  call->project = g_intern_static_string (SIDE_FIXTURE_PROJECT);
  call->queue = g_intern_string ("sneakers-orders");
  call->caller = g_strdup_printf ("7903555%04d", number);
  call->joined_ms = side_fixture_now_ms () - number * 60000;
  call->wait_ms = 11000;
  call->ended_ms = call->joined_ms + 100000;
  call->outcome = number % 3 == 2 ? SIDE_OUTCOME_ABANDONED : SIDE_OUTCOME_ANSWERED;
  if (call->outcome == SIDE_OUTCOME_ANSWERED)
    {
      call->answered_ms = call->joined_ms + 11000;
      call->talk_ms = 89000;
      call->operator_id = g_intern_static_string ("anna");
      call->operator_name = g_intern_static_string ("Anna Smirnova");
    }
  return call;
}

static void
put_calls (SideStore *store,
           int        n)
{
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func ((GDestroyNotify) side_call_unref);
  g_autoptr (GAsyncResult) result = NULL;

  for (int i = 0; i < n; i++)
    g_ptr_array_add (calls, place_call (i));
  side_store_put_calls_async (store, calls, NULL, NULL, side_test_async_cb, &result);
  g_assert_true (side_store_put_calls_finish (store, side_test_wait_result (&result, 5000, "calls"), NULL));
}

/* The server is nowhere: offline, with what the store has. */
static void
open_desk (Place *place)
{
  g_autoptr (SideServer) server = side_server_new ("http://127.0.0.1:1", "trainer", NULL);
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GError) error = NULL;

  place->desk = side_desk_new (server, place->folder);
  side_desk_open_async (place->desk, "no-such-token", NULL, TRUE, NULL, side_test_async_cb, &opened);
  side_desk_open_finish (place->desk, side_test_wait_result (&opened, 20000, "the desk to open offline"), &error);
  g_assert_no_error (error);
  g_assert_nonnull (side_desk_get_project (place->desk));
}

void
place_set_up_as (Place    *place,
                 SideRole  role)
{
  g_autofree char *path = NULL;
  g_autoptr (SideStore) store = NULL;
  g_autoptr (GAsyncResult) closed = NULL;

  place->folder = side_test_tmp_dir ();
  path = g_build_filename (place->folder, "calls.db", NULL);
  store = open_store (path);
  put_session (store, role);
  put_picture (store);
  put_script (store);
  put_calls (store, PLACE_CALLS);
  side_store_close_async (store, NULL, side_test_async_cb, &closed);
  g_assert_true (side_store_close_finish (store, side_test_wait_result (&closed, 5000, "the store to close"), NULL));
  open_desk (place);
}

void
place_set_up (Place         *place,
              gconstpointer  data)
{
  place_set_up_as (place, data == NULL ? SIDE_ROLE_SUPERVISOR : SIDE_ROLE_CLIENT);
}

/* The program ends, and is started again. */
void
place_restart (Place *place)
{
  g_autoptr (GAsyncResult) closed = NULL;
  g_autoptr (GError) error = NULL;

  side_desk_close_async (place->desk, FALSE, NULL, side_test_async_cb, &closed);
  side_desk_close_finish (place->desk, side_test_wait_result (&closed, 10000, "the desk to close"), &error);
  g_assert_no_error (error);
  g_clear_object (&closed);   /* it holds the desk */
  g_clear_object (&place->desk);
  open_desk (place);
}

/* The server told who reviews: the one signed in, anna and boris; and vera, in
 * another project. It is known without the server. */
void
place_tell_people (Place *place)
{
  static const char *const names[] = { "boris", "vera", "anna", PLACE_USER };
  SideStore *store = side_desk_get_store (place->desk);
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func ((GDestroyNotify) side_person_free);
  g_autoptr (SideSession) session = NULL;
  g_autoptr (GAsyncResult) got = NULL, put = NULL;
  g_autofree char *text = NULL, *told = NULL;

  side_store_get_setting_async (store, "session", NULL, side_test_async_cb, &got);
  text = side_store_get_setting_finish (store, side_test_wait_result (&got, 5000, "the session"), NULL);
  session = side_wire_session_from_json (text, -1, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      SidePerson *person = side_person_new (names[i], i < 2 ? SIDE_ROLE_TRAINER : SIDE_ROLE_SUPERVISOR);

      g_ptr_array_add (person->projects, g_strdup (i == 1 ? "another" : SIDE_FIXTURE_PROJECT));
      g_ptr_array_add (people, person);
    }
  session->people = g_steal_pointer (&people);
  told = side_wire_session_to_json (session);
  side_store_put_setting_async (store, "session", told, NULL, side_test_async_cb, &put);
  g_assert_true (side_store_put_setting_finish (store, side_test_wait_result (&put, 5000, "the session"), NULL));
  g_clear_object (&got);   /* they hold the store */
  g_clear_object (&put);
  place_restart (place);
}

void
place_tear_down (Place         *place,
                 gconstpointer  data)
{
  g_autoptr (GAsyncResult) closed = NULL;

  side_desk_close_async (place->desk, FALSE, NULL, side_test_async_cb, &closed);
  side_desk_close_finish (place->desk, side_test_wait_result (&closed, 10000, "the desk to close"), NULL);
  g_clear_object (&closed);   /* it holds the desk */
  place_settle ();
  g_assert_finalize_object (place->desk);
  side_test_rm_rf (place->folder);
  g_free (place->folder);
}

GtkWidget *
place_find (GtkWidget  *widget,
            const char *type_name)
{
  if (g_str_equal (G_OBJECT_TYPE_NAME (widget), type_name))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = place_find (child, type_name);
      if (found != NULL)
        return found;
    }
  return NULL;
}

/* The first widget of that kind, or of one that is made of it. */
GtkWidget *
place_find_kind (GtkWidget *root,
                 GType      type)
{
  if (g_type_is_a (G_OBJECT_TYPE (root), type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = place_find_kind (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* As if it came from the server. */
void
place_receive (Place        *place,
               SideDocument *document)
{
  document->revision = MAX (document->revision, 1);
  document->change = MAX (document->change, document->revision * 10);
  put_document (side_desk_get_store (place->desk), document);
}

/* What is stored, without what was deleted. */
GPtrArray *
place_list (Place      *place,
            const char *kind,
            const char *call)
{
  SideStore *store = side_desk_get_store (place->desk);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *list;

  side_store_list_documents_async (store, kind, SIDE_FIXTURE_PROJECT, call, NULL, side_test_async_cb, &result);
  list = side_store_list_documents_finish (store, side_test_wait_result (&result, 5000, "documents"), &error);
  g_assert_no_error (error);
  for (guint i = list->len; i > 0; i--)
    if (((SideDocument *) g_ptr_array_index (list, i - 1))->deleted)
      g_ptr_array_remove_index (list, i - 1);
  return list;
}

static void
add_event (GPtrArray      *events,
           const SideCall *call,
           SideEventKind   kind,
           gint64          at_ms)
{
  SideEvent *event = side_event_new (kind, at_ms, SIDE_FIXTURE_PROJECT);

  event->call = g_strdup (call->id);
  g_ptr_array_add (events, event);
}

/* What happened to the call is on this computer; the caller paid between two
 * places of the recording, or, with the same place twice, did not. */
void
place_put_events (Place          *place,
                  const SideCall *call,
                  gint64          paid_from_ms,
                  gint64          paid_to_ms)
{
  SideStore *store = side_desk_get_store (place->desk);
  gint64 starts_ms = side_call_get_recording_start_ms (call);
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) side_event_unref);
  g_autoptr (GAsyncResult) result = NULL;

  add_event (events, call, SIDE_EVENT_CALL_JOINED, call->joined_ms);
  if (paid_from_ms < paid_to_ms)
    {
      g_assert_cmpint (starts_ms, >, 0);
      add_event (events, call, SIDE_EVENT_CALL_PAYMENT_STARTED, starts_ms + paid_from_ms);
      add_event (events, call, SIDE_EVENT_CALL_PAYMENT_ENDED, starts_ms + paid_to_ms);
    }
  side_store_put_call_events_async (store, call->id, events, NULL, side_test_async_cb, &result);
  g_assert_true (side_store_put_call_events_finish (store, side_test_wait_result (&result, 5000, "the events"), NULL));
}

/* Nothing can be written beyond so many bytes; RLIM_INFINITY: there is room again. */
void
place_limit_disk (rlim_t bytes)
{
  struct rlimit limit;

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = MIN (bytes, limit.rlim_max);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

/* The first button with that icon. */
GtkWidget *
place_find_icon (GtkWidget  *root,
                 const char *icon_name)
{
  if (GTK_IS_BUTTON (root) && g_strcmp0 (gtk_button_get_icon_name (GTK_BUTTON (root)), icon_name) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = place_find_icon (child, icon_name);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* The row that is written in with that title. */
GtkWidget *
place_find_entry (GtkWidget  *root,
                  const char *title)
{
  GtkWidget *found = ADW_IS_ENTRY_ROW (root)
                         && g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (root)), title) ? root : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = place_find_entry (child, title);
  return found;
}

/* The first label that says that and nothing else. */
GtkWidget *
place_find_text (GtkWidget  *root,
                 const char *text)
{
  if (GTK_IS_LABEL (root) && g_str_equal (gtk_label_get_text (GTK_LABEL (root)), text))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = place_find_text (child, text);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* How many labels say just that. */
guint
place_count_text (GtkWidget  *root,
                  const char *text)
{
  guint n = GTK_IS_LABEL (root) && g_str_equal (gtk_label_get_text (GTK_LABEL (root)), text);

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += place_count_text (child, text);
  return n;
}

/* The first widget whose tooltip begins so. */
GtkWidget *
place_find_named (GtkWidget  *root,
                  const char *tooltip)
{
  const char *has = gtk_widget_get_tooltip_text (root);

  if (has != NULL && g_str_has_prefix (has, tooltip))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = place_find_named (child, tooltip);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* Of a list that is waited for. */
gboolean
place_has_one (gpointer data)
{
  return g_list_model_get_n_items (data) == 1;
}

gboolean
place_has_none (gpointer data)
{
  return g_list_model_get_n_items (data) == 0;
}

void
place_write_note (SideCallNotes *notes,
                  SideNoteDraft *draft,
                  const char    *tag,
                  const char    *text)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_free (draft->tag);
  draft->tag = g_strdup (tag);
  g_free (draft->text);
  draft->text = g_strdup (text);
  side_call_notes_write_async (notes, draft, side_test_async_cb, &result);
  side_call_notes_write_finish (notes, side_test_wait_result (&result, 5000, "the note"), &error);
  g_assert_no_error (error);
  side_note_draft_unref (draft);
}

/* What the first group of preferences in it says under its title; "" for nothing. */
const char *
place_group_description (GtkWidget *root)
{
  GtkWidget *group = place_find_kind (root, ADW_TYPE_PREFERENCES_GROUP);
  const char *text = group != NULL ? adw_preferences_group_get_description (ADW_PREFERENCES_GROUP (group)) : NULL;

  return text != NULL ? text : "";
}

/* Whether nothing in the store waits for a decision. */
gboolean
place_is_settled (gpointer store)
{
  return side_store_get_conflicts (store) == 0;
}
