/* test-call-marks.c - undo, filters, evidence, and marks to files and back
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gstdio.h>
#include <string.h>

#include "calls-place.h"
#include "side-board-fixture.h"
#include "side-call-history.h"
#include "side-criterion-row.h"
#include "side-evidence.h"
#include "side-marks.h"
#include "side-marks-dialog.h"
#include "side-note-editor.h"
#include "side-notes-filter.h"
#include "side-notes-view.h"
#include "side-text.h"
#include "side-widget-test.h"
#include "side-wire.h"
#include "side-word-chooser.h"

typedef struct {
  Place             place;
  SideCall         *call;
  SideCallNotes    *notes;
  SideReviewKeeper *keeper;
} Scene;

static void
set_up (Scene         *scene,
        gconstpointer  role)
{
  place_set_up_as (&scene->place, (SideRole) GPOINTER_TO_INT (role));
  scene->call = place_call (0);
  scene->notes = side_call_notes_new (scene->place.desk);
  scene->keeper = side_review_keeper_new (scene->place.desk);
  side_call_notes_set_call (scene->notes, scene->call);
  side_review_keeper_set_call (scene->keeper, scene->call);
  side_test_run_for (200);
}

static void
tear_down (Scene         *scene,
           gconstpointer  role)
{
  side_test_run_for (200);
  g_assert_finalize_object (scene->keeper);
  g_assert_finalize_object (scene->notes);
  side_call_unref (scene->call);
  place_tear_down (&scene->place, NULL);
}

static guint
count (Scene *scene)
{
  return g_list_model_get_n_items (G_LIST_MODEL (scene->notes));
}

static SideAnnotation *
note_at (Scene *scene,
         guint  at)
{
  g_autoptr (SideNoteItem) item = g_list_model_get_item (G_LIST_MODEL (scene->notes), at);

  g_assert_nonnull (item);
  return side_note_item_get_annotation (item);
}

/* ---- waiting ---- */

typedef struct {
  Scene      *scene;
  guint       n;
  const char *state;
} Wanted;

/* All notes as a line each: what undoing brings back is compared with it. */
static char *
describe (Scene *scene)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < count (scene); i++)
    {
      const SideAnnotation *note = note_at (scene, i);

      g_string_append_printf (out, "%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT " %s “%s” %s %s\n", note->from_ms, note->to_ms,
                              note->tag != NULL ? note->tag : "-", note->text != NULL ? note->text : "",
                              note->criterion != NULL ? note->criterion : "-", note->parent != NULL ? "answer" : "note");
    }
  return g_string_free (out, FALSE);
}

static gboolean
has_state (gpointer data)
{
  Wanted *wanted = data;
  g_autofree char *now = describe (wanted->scene);

  return g_str_equal (now, wanted->state);
}

static void
wait_for_state (Scene      *scene,
                const char *state,
                const char *what)
{
  Wanted wanted = { scene, 0, state };

  side_test_wait_until (has_state, &wanted, 5000, what);
}

static gboolean
has_count (gpointer data)
{
  Wanted *wanted = data;

  return count (wanted->scene) == wanted->n;
}

static void
wait_for (Scene *scene,
          guint  n)
{
  Wanted wanted = { scene, n, NULL };

  side_test_wait_until (has_count, &wanted, 5000, "the notes");
}

static void
write_note (Scene      *scene,
            gint64      from_ms,
            gint64      to_ms,
            const char *tag,
            const char *text)
{
  guint before = count (scene);

  place_write_note (scene->notes, side_call_notes_begin (scene->notes, from_ms, to_ms), tag, text);
  wait_for (scene, before + 1);
}

/* ---- undo ---- */

static void
change_note (Scene      *scene,
             guint       at,
             const char *text)
{
  g_autoptr (SideNoteItem) item = g_list_model_get_item (G_LIST_MODEL (scene->notes), at);

  place_write_note (scene->notes, side_note_draft_new_change (item), "good", text);
}

static void
answer_note (Scene *scene,
             guint  at)
{
  g_autoptr (SideNoteItem) item = g_list_model_get_item (G_LIST_MODEL (scene->notes), at);

  place_write_note (scene->notes, side_note_draft_new_answer (item), NULL, "Answered");
  wait_for (scene, count (scene));
}

static void
remove_note (Scene *scene,
             guint  at)
{
  g_autoptr (SideNoteItem) item = g_list_model_get_item (G_LIST_MODEL (scene->notes), at);
  g_autoptr (GAsyncResult) result = NULL;

  side_call_notes_remove_async (scene->notes, item, side_test_async_cb, &result);
  g_assert_true (side_call_notes_remove_finish (scene->notes, side_test_wait_result (&result, 5000, "removing"), NULL));
}

static void
import_two (Scene *scene)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) side_annotation_unref);
  g_autoptr (GAsyncResult) result = NULL;
  guint n = 0;

  for (int i = 0; i < 2; i++)
    {
      g_autofree char *id = side_id_new ();
      SideAnnotation *note = side_annotation_new (id, SIDE_FIXTURE_PROJECT, "call-0", 20000 + i * 1000, 20500 + i * 1000);

      note->tag = g_strdup ("dead-air");
      g_ptr_array_add (list, note);
    }
  side_call_notes_import_async (scene->notes, list, &n, side_test_async_cb, &result);
  g_assert_true (side_call_notes_import_finish (scene->notes, side_test_wait_result (&result, 5000, "importing"), NULL));
  g_assert_cmpuint (n, ==, 2);
}

static void
do_move (Scene *scene)
{
  side_call_notes_move (scene->notes, note_at (scene, 0)->id, 1500, 4500);
}

static void do_add (Scene *scene) { write_note (scene, 9000, 9000, "rude", "Another"); }
static void do_change (Scene *scene) { change_note (scene, 0, "Changed"); }
static void do_answer (Scene *scene) { answer_note (scene, 0); }
static void do_remove (Scene *scene) { remove_note (scene, 0); }

/* Each deed, taken back and done again: what there was, and what there is then. */
static void
test_undo (Scene         *scene,
           gconstpointer  role)
{
  static const struct { const char *words; void (*act) (Scene *scene); } deeds[] = {
    { "note added", do_add }, { "note changed", do_change }, { "note moved", do_move },
    { "answer added", do_answer }, { "2 marks imported", import_two }, { "note removed", do_remove },
  };
  g_autoptr (GPtrArray) states = g_ptr_array_new_with_free_func (g_free);

  write_note (scene, 2000, 5000, "greeting", "First");
  for (gsize i = 0; i < G_N_ELEMENTS (deeds); i++)
    {
      g_ptr_array_add (states, describe (scene));
      deeds[i].act (scene);
      side_test_run_for (250);
      g_assert_cmpstr (states->pdata[i], !=, "");
    }
  g_ptr_array_add (states, describe (scene));
  for (int round = 0; round < 2; round++)
    {
      for (gsize i = G_N_ELEMENTS (deeds); i-- > 0;)
        {
          g_autofree char *words = side_call_history_undo (scene->notes, scene->keeper);

          g_assert_cmpstr (words, ==, deeds[i].words);
          wait_for_state (scene, states->pdata[i], "what there was before");
        }
      for (gsize i = 0; i < G_N_ELEMENTS (deeds); i++)
        {
          g_autofree char *words = side_call_history_redo (scene->notes, scene->keeper);

          g_assert_cmpstr (words, ==, deeds[i].words);
          wait_for_state (scene, states->pdata[i + 1], "what there was after it");
        }
      g_assert_null (side_call_history_redo (scene->notes, scene->keeper));
    }
}

/* Notes and answers take turns; after something new nothing is done again. */
static void
test_order (Scene         *scene,
            gconstpointer  role)
{
  char *words;

  write_note (scene, 2000, 5000, "greeting", "First");
  side_review_keeper_answer (scene->keeper, "1.1", 1.0, 2000);
  write_note (scene, 6000, 6000, "good", "Second");
  words = side_call_history_undo (scene->notes, scene->keeper);
  g_assert_cmpstr (words, ==, "note added");
  g_free (words);
  wait_for (scene, 1);
  words = side_call_history_undo (scene->notes, scene->keeper);
  g_assert_nonnull (strstr (words, "Names the shop"));
  g_free (words);
  g_assert_true (side_review_keeper_get_answer (scene->keeper, "1.1") == SIDE_ANSWER_NONE);
  words = side_call_history_redo (scene->notes, scene->keeper);
  g_assert_nonnull (strstr (words, "Names the shop"));
  g_free (words);
  g_assert_cmpfloat (side_review_keeper_get_answer (scene->keeper, "1.1"), ==, 1.0);
  words = side_call_history_redo (scene->notes, scene->keeper);
  g_assert_cmpstr (words, ==, "note added");
  g_free (words);
  wait_for (scene, 2);
  words = side_call_history_undo (scene->notes, scene->keeper);
  g_free (words);
  wait_for (scene, 1);
  side_review_keeper_answer (scene->keeper, "1.2", 0.0, 3000);
  g_assert_null (side_call_history_redo (scene->notes, scene->keeper));
  /* Another call has another history. */
  {
    g_autoptr (SideCall) other = place_call (1);

    side_call_notes_set_call (scene->notes, other);
    side_review_keeper_set_call (scene->keeper, other);
    g_assert_null (side_call_history_undo (scene->notes, scene->keeper));
  }
}

/* ---- the list ---- */

static void
choose (GtkWidget  *chooser,
        const char *id)
{
  side_word_chooser_choose (SIDE_WORD_CHOOSER (chooser), id);
  g_signal_emit_by_name (chooser, "chosen");
}

static guint
count_rows (GtkWidget *list)
{
  guint n = 0;

  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL; row = gtk_widget_get_next_sibling (row))
    n++;
  return n;
}

static void
test_filters (Scene         *scene,
              gconstpointer  role)
{
  GtkWidget *view = side_notes_view_new ();
  GtkWidget *window, *filter, *tag, *who, *search;
  GtkWidget *shown;

  side_notes_view_set_notes (SIDE_NOTES_VIEW (view), scene->notes, scene->place.desk);
  window = side_widget_test_show (view, 700, 500);
  write_note (scene, 1000, 1000, "greeting", "Says the name of the shop");
  write_note (scene, 2000, 2000, "good", "Friendly");
  answer_note (scene, 1);
  wait_for (scene, 3);
  filter = place_find (view, "SideNotesFilter");
  tag = place_find_named (filter, "Notes with the tag");
  who = place_find_named (filter, "Notes by");
  tag = gtk_widget_get_parent (tag);
  who = gtk_widget_get_parent (who);
  search = place_find (filter, "GtkSearchEntry");
  shown = place_find (view, "GtkListBox");
  g_assert_cmpuint (count_rows (shown), ==, 3);
  choose (tag, "good");
  g_assert_cmpuint (count_rows (shown), ==, 2);   /* with its answer */
  g_assert_true (side_notes_filter_is_set (SIDE_NOTES_FILTER (filter)));
  choose (tag, "greeting");
  g_assert_cmpuint (count_rows (shown), ==, 1);
  choose (who, "\001unanswered");
  g_assert_cmpuint (count_rows (shown), ==, 1);
  choose (tag, "good");
  g_assert_cmpuint (count_rows (shown), ==, 0);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (gtk_widget_get_ancestor (shown, GTK_TYPE_STACK))), ==, "unfound");
  gtk_widget_activate_action (view, "notes.clear-filters", NULL);
  g_assert_cmpuint (count_rows (shown), ==, 3);
  gtk_editable_set_text (GTK_EDITABLE (search), "SHOP");
  side_test_run_for (400);
  g_assert_cmpuint (count_rows (shown), ==, 1);
  gtk_editable_set_text (GTK_EDITABLE (search), "answered");
  side_test_run_for (400);
  g_assert_cmpuint (count_rows (shown), ==, 2);   /* the note with that answer */
  gtk_widget_activate_action (view, "notes.clear-filters", NULL);
  choose (who, "\001mine");
  g_assert_cmpuint (count_rows (shown), ==, 3);
  side_widget_test_no_nameless (view);
  side_widget_test_close (window);
}

static void
on_position (gint64 *kept,
             gint64  at_ms)
{
  *kept = at_ms;
}

static void
test_evidence (Scene         *scene,
               gconstpointer  role)
{
  const SideScript *script = side_review_keeper_get_script (scene->keeper);
  GtkWidget *row = side_criterion_row_new ((SideScript *) script, side_script_find_criterion (script, "1.2"));
  GtkWidget *window = side_widget_test_show (row, 400, 200);
  SideNoteDraft *draft = side_call_notes_begin (scene->notes, 12000, 15000);
  g_autoptr (SideAnnotation) stored = NULL;
  g_autoptr (GPtrArray) list = NULL;
  gint64 went = -1;

  draft->criterion = g_strdup ("1.2");
  place_write_note (scene->notes, draft, "greeting", "Asks");
  wait_for (scene, 1);
  list = place_list (&scene->place, "annotation", "call-0");
  stored = side_wire_annotation_from_json (((SideDocument *) list->pdata[0])->body, -1, NULL);
  g_assert_cmpstr (stored->criterion, ==, "1.2");
  side_criterion_row_fill (SIDE_CRITERION_ROW (row));
  side_evidence_show (scene->notes, SIDE_CRITERION_ROW (row));
  g_signal_connect_swapped (row, "position-activated", G_CALLBACK (on_position), &went);
  side_widget_test_click (place_find_named (row, "Note at 0:12: Greeting · Asks"));
  g_assert_cmpint (went, ==, 12000);
  /* Not at another question. */
  side_criterion_row_set_links (SIDE_CRITERION_ROW (row), NULL, 0);
  g_assert_null (place_find_named (row, "Note at"));
  side_widget_test_close (window);
}

/* The chooser in the editor writes it. */
static void
test_editor (Scene         *scene,
             gconstpointer  role)
{
  GtkWidget *editor = side_note_editor_new ();
  GtkWidget *window, *chooser;

  side_note_editor_set_notes (SIDE_NOTE_EDITOR (editor), scene->notes);
  side_note_editor_set_script (SIDE_NOTE_EDITOR (editor), side_review_keeper_get_script (scene->keeper));
  window = side_widget_test_show (editor, 700, 200);
  side_note_editor_open (SIDE_NOTE_EDITOR (editor), side_call_notes_begin (scene->notes, 3000, 3000));
  chooser = gtk_widget_get_parent (place_find_named (editor, "Question of the script"));
  side_word_chooser_choose (SIDE_WORD_CHOOSER (chooser), "1.3");
  g_signal_emit_by_name (place_find (editor, "GtkEntry"), "activate");
  wait_for (scene, 1);
  g_assert_cmpstr (note_at (scene, 0)->criterion, ==, "1.3");
  side_widget_test_close (window);
}

/* ---- files ---- */

static void
on_done (char      **kept,
         const char *words,
         gboolean    can_undo)
{
  g_free (*kept);
  *kept = g_strdup (words);
}

static gboolean
is_said (gpointer kept)
{
  return *(char **) kept != NULL;
}

static gboolean
is_asked (gpointer data)
{
  return side_widget_test_find_question () != NULL;
}

/* Returns: what was asked */
static char *
import_file_as (Scene      *scene,
                GFile      *file,
                const char *response,
                char      **said)
{
  char *asked;

  g_autoptr (SideMarksDialog) dialog = side_marks_dialog_new (NULL, scene->notes, scene->place.desk, scene->call, 89000);

  g_signal_connect_swapped (dialog, "done", G_CALLBACK (on_done), said);
  side_marks_dialog_read_from (dialog, file);
  side_test_wait_until (is_asked, NULL, 5000, "the question before an import");
  asked = g_strdup (adw_message_dialog_get_body (side_widget_test_find_question ()));
  side_widget_test_answer (response);
  side_test_wait_until (is_said, said, 5000, "the import");
  return asked;
}

static void
import_file (Scene *scene,
             GFile *file,
             char **said)
{
  g_autofree char *asked = import_file_as (scene, file, "import", said);
}

/* Out, all removed, and in again: the same notes; once more: nothing new; on
 * another call: its own notes, and these stay. */
static void
round_trip (Scene      *scene,
            const char *name,
            gboolean    whole)
{
  g_autofree char *path = g_build_filename (scene->place.folder, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (SideMarksDialog) dialog = side_marks_dialog_new (NULL, scene->notes, scene->place.desk, scene->call, 89000);
  g_autofree char *before = describe (scene);
  g_autofree char *after = NULL;
  g_autofree char *said = NULL;
  guint n = count (scene);

  g_signal_connect_swapped (dialog, "done", G_CALLBACK (on_done), &said);
  side_marks_dialog_write_to (dialog, file);
  side_test_wait_until (is_said, &said, 5000, "the export");
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  while (count (scene) > 0)
    {
      guint left = count (scene) - 1;

      remove_note (scene, left);
      wait_for (scene, left);
    }
  g_clear_pointer (&said, g_free);
  import_file (scene, file, &said);
  wait_for (scene, n);
  after = describe (scene);
  if (whole)
    g_assert_cmpstr (after, ==, before);
  g_clear_pointer (&said, g_free);
  import_file (scene, file, &said);
  g_assert_nonnull (strstr (said, whole ? "here already" : ""));
  side_test_run_for (200);
  if (whole)
    g_assert_cmpuint (count (scene), ==, n);
}

static void
test_files (Scene         *scene,
            gconstpointer  role)
{
  static const struct { const char *name; gboolean whole; } files[] = {
    { "marks.csv", TRUE }, { "marks.vtt", TRUE }, { "marks.eaf", TRUE }, { "marks.TextGrid", TRUE }, { "marks.txt", FALSE },
  };
  SideNoteDraft *draft = side_call_notes_begin (scene->notes, 12000, 15000);

  draft->criterion = g_strdup ("1.2");
  place_write_note (scene->notes, draft, "greeting", "Says “hello”, then waits");
  wait_for (scene, 1);
  write_note (scene, 20250, 20250, "good", "Ещё раз");
  answer_note (scene, 1);
  wait_for (scene, 3);
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    round_trip (scene, files[i].name, files[i].whole);
}

/* One step brings all of a file and takes all of it away; what is no marks is said. */
static void
test_files_undo (Scene         *scene,
                 gconstpointer  role)
{
  g_autofree char *path = g_build_filename (scene->place.folder, "labels.txt", NULL);
  g_autofree char *wrong = g_build_filename (scene->place.folder, "wrong.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) bad = g_file_new_for_path (wrong);
  g_autoptr (SideMarksDialog) dialog = side_marks_dialog_new (NULL, scene->notes, scene->place.desk, scene->call, 89000);
  g_autofree char *said = NULL;
  g_autofree char *undone = NULL;

  g_assert_true (g_file_set_contents (path, "1.5\t2.5\tgreeting: Hello\n3\t3\tdead-air: \n\\\t100\t200\n500\t600\tlate\n", -1, NULL));
  import_file (scene, file, &said);
  wait_for (scene, 3);
  g_assert_cmpint (note_at (scene, 0)->from_ms, ==, 1500);
  g_assert_cmpstr (note_at (scene, 0)->author, ==, PLACE_USER);
  g_assert_cmpint (note_at (scene, 2)->to_ms, ==, 89000);   /* not after the recording's end */
  undone = side_call_history_undo (scene->notes, scene->keeper);
  g_assert_cmpstr (undone, ==, "3 marks imported");
  wait_for (scene, 0);
  g_clear_pointer (&said, g_free);
  g_signal_connect_swapped (dialog, "done", G_CALLBACK (on_done), &said);
  g_assert_true (g_file_set_contents (wrong, "\x01\x02\x03", -1, NULL));
  side_marks_dialog_read_from (dialog, bad);
  side_test_wait_until (is_said, &said, 5000, "the refusal");
  g_assert_nonnull (strstr (said, "wrong.csv"));
  g_assert_cmpuint (count (scene), ==, 0);
}

/* ---- what the server would not take ---- */

static void
add_mark (GPtrArray  *marks,
          gint64      at_ms,
          const char *tag,
          const char *author)
{
  g_autofree char *id = side_id_new ();
  SideAnnotation *mark = side_annotation_new (id, SIDE_FIXTURE_PROJECT, "elsewhere", at_ms, at_ms);

  mark->tag = g_strdup (tag);
  mark->text = g_strdup ("Words");
  mark->author = g_strdup (author);
  mark->created_ms = 1;
  g_ptr_array_add (marks, mark);
}

/* Boris is a user of the server, for something of his has come from it; the
 * visitor is none, and OLGA is who is signed in. */
static GFile *
write_foreign (Scene *scene)
{
  g_autofree char *path = g_build_filename (scene->place.folder, "foreign.csv", NULL);
  g_autoptr (GPtrArray) marks = g_ptr_array_new_with_free_func ((GDestroyNotify) side_annotation_unref);
  g_autoptr (SideMarkList) list = NULL;
  g_autofree char *text = NULL;
  g_autoptr (SideTag) tag = side_tag_new ("0d9e4a52-5f3e-4b1c-9d8e-222222222222", SIDE_FIXTURE_PROJECT, "new");
  g_autoptr (SideDocument) document = side_wire_document_for_tag (tag);
  gsize len;

  g_free (document->author);
  document->author = g_strdup ("Boris");
  place_receive (&scene->place, document);
  add_mark (marks, 1000, "good", "boris");
  add_mark (marks, 2000, "good", "A visitor");
  add_mark (marks, 3000, "good", "OLGA");
  add_mark (marks, 4000, "action", PLACE_USER);
  list = side_mark_list_from_annotations (marks, NULL, 89000);
  text = side_marks_write (list, SIDE_MARKS_CSV, &len, NULL);
  g_assert_true (g_file_set_contents (path, text, (gssize) len, NULL));
  return g_file_new_for_path (path);
}

static void
test_foreign (Scene         *scene,
              gconstpointer  role)
{
  g_autoptr (GFile) file = write_foreign (scene);
  g_autofree char *said = NULL;
  g_autofree char *asked = import_file_as (scene, file, "mine", &said);
  g_autofree char *again = NULL;
  g_autofree char *undone = NULL;

  g_assert_nonnull (strstr (asked, "1 mark bears the name of another user of the server (boris)"));
  g_assert_nonnull (strstr (asked, "1 mark tells what was done to a call"));
  wait_for (scene, 4);
  g_assert_cmpstr (note_at (scene, 0)->author, ==, PLACE_USER);
  g_assert_cmpstr (note_at (scene, 0)->tag, ==, "good");
  g_assert_cmpstr (note_at (scene, 1)->author, ==, "A visitor");
  g_assert_cmpstr (note_at (scene, 2)->author, ==, PLACE_USER);
  g_assert_null (note_at (scene, 3)->tag);
  undone = side_call_history_undo (scene->notes, scene->keeper);
  wait_for (scene, 0);
  g_clear_pointer (&said, g_free);
  again = import_file_as (scene, file, "without", &said);
  wait_for (scene, 2);
  g_assert_cmpstr (note_at (scene, 0)->author, ==, "A visitor");
  g_assert_cmpstr (note_at (scene, 1)->author, ==, PLACE_USER);
}

/* ---- live ---- */

/* A note of a moment lands there when the recording comes, and is where it was
 * put once somebody moved it. */
static void
test_live (Scene         *scene,
           gconstpointer  role)
{
  g_autoptr (SideCall) recorded = side_call_copy (scene->call);
  SideNoteDraft *draft = side_call_notes_begin (scene->notes, 1000, 1000);
  gint64 starts_ms = scene->call->answered_ms - 4000;

  draft->moment_ms = starts_ms + 34000;
  place_write_note (scene->notes, draft, "good", "Live");
  wait_for (scene, 1);
  g_assert_cmpint (note_at (scene, 0)->from_ms, ==, 1000);
  recorded->recording = g_strdup ("recording-0");
  recorded->recording_ms = recorded->ended_ms - starts_ms;
  side_call_notes_set_call (scene->notes, recorded);
  side_test_run_for (300);
  g_assert_cmpint (note_at (scene, 0)->from_ms, ==, 34000);
  side_call_notes_move (scene->notes, note_at (scene, 0)->id, 30000, 36000);
  side_test_run_for (300);
  g_assert_cmpint (note_at (scene, 0)->from_ms, ==, 30000);
  g_assert_cmpint (note_at (scene, 0)->to_ms, ==, 36000);
  g_assert_true (side_call_notes_undo (scene->notes));
  side_test_run_for (300);
  g_assert_cmpint (note_at (scene, 0)->from_ms, ==, 34000);
}

#define ADD(path, role, test) g_test_add ("/call-marks/" path, Scene, GINT_TO_POINTER (role), set_up, test, tear_down)

int
main (int   argc,
      char *argv[])
{
  side_widget_test_init (&argc, &argv);
  ADD ("undo", SIDE_ROLE_TRAINER, test_undo);
  ADD ("undo/order", SIDE_ROLE_TRAINER, test_order);
  ADD ("filters", SIDE_ROLE_TRAINER, test_filters);
  ADD ("evidence", SIDE_ROLE_TRAINER, test_evidence);
  ADD ("evidence/editor", SIDE_ROLE_TRAINER, test_editor);
  ADD ("files", SIDE_ROLE_TRAINER, test_files);
  ADD ("files/undo", SIDE_ROLE_TRAINER, test_files_undo);
  ADD ("files/foreign", SIDE_ROLE_TRAINER, test_foreign);
  ADD ("live", SIDE_ROLE_TRAINER, test_live);
  return g_test_run ();
}
