/* test-conflicts.c - two versions of a document, field by field
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <json-glib/json-glib.h>

#include "calls-place.h"
#include "side-board-fixture.h"
#include "side-conflict-merge.h"
#include "side-conflicts-window.h"
#include "side-widget-test.h"
#include "side-wire.h"

#define MINE "{\"text\":\"hello\",\"tag\":\"greeting\",\"changed_ms\":20,\"answers\":[" \
             "{\"criterion\":\"a\",\"value\":1},{\"criterion\":\"b\",\"value\":0}]}"
#define THEIRS "{\"text\":\"hallo\",\"tag\":\"greeting\",\"changed_ms\":10,\"comment\":\"mine too\",\"answers\":[" \
               "{\"criterion\":\"a\",\"value\":1},{\"criterion\":\"c\",\"value\":0.5}]}"

static SideConflictField *
find (GPtrArray  *fields,
      const char *member,
      const char *key)
{
  for (guint i = 0; i < fields->len; i++)
    {
      SideConflictField *field = g_ptr_array_index (fields, i);

      if (g_str_equal (field->member, member) && g_strcmp0 (field->key, key) == 0)
        return field;
    }
  return NULL;
}

static void
assert_json (const char *got,
             const char *wanted)
{
  g_autoptr (JsonNode) a = json_from_string (got, NULL);
  g_autoptr (JsonNode) b = json_from_string (wanted, NULL);

  if (!json_node_equal (a, b))
    g_error ("got %s, wanted %s", got, wanted);
}

static void
test_fields (void)
{
  g_autoptr (GPtrArray) fields = side_conflict_list_fields (MINE, THEIRS);

  g_assert_cmpuint (fields->len, ==, 4);
  g_assert_cmpstr (find (fields, "text", NULL)->mine, ==, "hello");
  g_assert_cmpstr (find (fields, "text", NULL)->theirs, ==, "hallo");
  g_assert_null (find (fields, "comment", NULL)->mine);
  g_assert_null (find (fields, "answers", "b")->theirs);
  g_assert_null (find (fields, "answers", "c")->mine);
  g_assert_null (find (fields, "answers", "a"));
  g_assert_null (find (fields, "tag", NULL));
  g_assert_null (find (fields, "changed_ms", NULL));
  /* Who just saves loses nothing that only one of the two wrote. */
  g_assert_true (find (fields, "text", NULL)->take_mine);
  g_assert_true (find (fields, "answers", "b")->take_mine);
  g_assert_false (find (fields, "comment", NULL)->take_mine);
  g_assert_false (find (fields, "answers", "c")->take_mine);
}

static void
test_merge (void)
{
  g_autoptr (GPtrArray) fields = side_conflict_list_fields (MINE, THEIRS);
  g_autofree char *merged = NULL;

  find (fields, "comment", NULL)->take_mine = FALSE;
  find (fields, "answers", "c")->take_mine = FALSE;
  merged = side_conflict_merge (MINE, THEIRS, fields);
  assert_json (merged, "{\"text\":\"hello\",\"tag\":\"greeting\",\"changed_ms\":20,\"comment\":\"mine too\",\"answers\":["
                       "{\"criterion\":\"a\",\"value\":1},{\"criterion\":\"c\",\"value\":0.5},{\"criterion\":\"b\",\"value\":0}]}");
}

/* All of one side gives that side, whatever the two are. */
static void
test_one_side (void)
{
  static const char *const bodies[] = { MINE, THEIRS, "{}", "{\"text\":\"x\",\"answers\":[]}" };

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (bodies); k++)
      {
        g_autoptr (GPtrArray) fields = side_conflict_list_fields (bodies[i], bodies[k]);
        g_autoptr (GPtrArray) left = NULL;
        g_autofree char *mine = NULL;

        for (guint n = 0; n < fields->len; n++)
          ((SideConflictField *) g_ptr_array_index (fields, n))->take_mine = TRUE;
        mine = side_conflict_merge (bodies[i], bodies[k], fields);
        left = side_conflict_list_fields (bodies[i], mine);
        for (guint n = 0; n < left->len; n++)
          {
            /* An empty list and none at all say the same. */
            const SideConflictField *field = g_ptr_array_index (left, n);

            g_assert_cmpstr (field->member, ==, "answers");
          }
      }
}

/* A draft is decided about criterion by criterion. */
static void
test_draft (void)
{
  static const char mine[] =
      "{\"title\":\"Order\",\"sections\":["
      "{\"id\":\"1\",\"title\":\"Greeting\",\"criteria\":[{\"id\":\"1.1\",\"text\":\"mine\"},{\"id\":\"1.2\",\"text\":\"same\"}]},"
      "{\"id\":\"3\",\"title\":\"New here\",\"criteria\":[]}]}";
  static const char theirs[] =
      "{\"title\":\"Order\",\"sections\":["
      "{\"id\":\"1\",\"title\":\"Hello\",\"criteria\":[{\"id\":\"1.1\",\"text\":\"theirs\"},{\"id\":\"1.2\",\"text\":\"same\"},"
      "{\"id\":\"1.3\",\"text\":\"new there\"}]}]}";
  g_autoptr (GPtrArray) fields = side_conflict_list_fields (mine, theirs);
  g_autofree char *merged = NULL;

  g_assert_cmpuint (fields->len, ==, 4);
  g_assert_nonnull (find (fields, "sections", "1/1.1"));
  g_assert_null (find (fields, "sections", "1/1.3")->mine);
  g_assert_false (find (fields, "sections", "1/1.3")->take_mine);
  g_assert_null (find (fields, "sections", "3")->theirs);
  find (fields, "sections", "1")->take_mine = FALSE;
  merged = side_conflict_merge (mine, theirs, fields);
  assert_json (merged, "{\"title\":\"Order\",\"sections\":["
                       "{\"id\":\"1\",\"title\":\"Hello\",\"criteria\":[{\"id\":\"1.1\",\"text\":\"mine\"},{\"id\":\"1.2\",\"text\":\"same\"},"
                       "{\"id\":\"1.3\",\"text\":\"new there\"}]},{\"id\":\"3\",\"title\":\"New here\",\"criteria\":[]}]}");
}

/* One criterion, two calls: two things that were agreed on. */
static void
test_consensus (void)
{
  static const char mine[] = "{\"consensus\":[{\"call\":\"a\",\"criterion\":\"1\",\"value\":1},{\"call\":\"b\",\"criterion\":\"1\",\"value\":0}]}";
  static const char theirs[] = "{\"consensus\":[{\"call\":\"a\",\"criterion\":\"1\",\"value\":0},{\"call\":\"c\",\"criterion\":\"1\",\"value\":1}]}";
  g_autoptr (GPtrArray) fields = side_conflict_list_fields (mine, theirs);
  g_autofree char *merged = side_conflict_merge (mine, theirs, fields);

  g_assert_cmpuint (fields->len, ==, 3);
  assert_json (merged, "{\"consensus\":[{\"call\":\"a\",\"criterion\":\"1\",\"value\":1},{\"call\":\"c\",\"criterion\":\"1\",\"value\":1},"
                       "{\"call\":\"b\",\"criterion\":\"1\",\"value\":0}]}");
}

static GtkWidget *
find_widget (GtkWidget *root,
             GType      type)
{
  if (g_type_is_a (G_OBJECT_TYPE (root), type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_widget (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
test_window (void)
{
  SideDesk *desk = side_fixture_new_desk (8);
  GtkWidget *window = side_conflicts_window_new (desk);
  g_autoptr (SideDocument) mine = side_document_new ("annotation", "0d9e4a52-5f3e-4b1c-9d8e-111111111111", "sneakers");
  g_autoptr (SideDocument) theirs = side_document_copy (mine);
  GtkWidget *row;

  mine->body = g_strdup (MINE);
  theirs->body = g_strdup (THEIRS);
  theirs->author = g_strdup ("boris");
  gtk_window_present (GTK_WINDOW (window));
  side_conflicts_window_show_one (SIDE_CONFLICTS_WINDOW (window), mine, theirs);
  side_test_run_for (50);
  row = find_widget (window, ADW_TYPE_ACTION_ROW);
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), ==, "Text");
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ==, "Mine: hello\nTheirs: hallo");
  side_widget_test_no_nameless (window);
  gtk_window_destroy (GTK_WINDOW (window));
  side_test_run_for (50);
  g_assert_finalize_object (desk);
}

static void
count_decided (gpointer  group,
               gpointer  data)
{
  (*(int *) data)++;
}

/* What the server does not take is shown with its words and the reason. */
static void
test_refused (void)
{
  SideDesk *desk = side_fixture_new_desk (8);
  GtkWidget *window = side_conflicts_window_new (desk);
  g_autoptr (SideOutboxItem) item = g_new0 (SideOutboxItem, 1);
  g_autoptr (SideAnnotation) note = side_annotation_new ("0d9e4a52-5f3e-4b1c-9d8e-111111111111", "sneakers", "call-1", 0, 0);
  GtkWidget *group;
  GtkWidget *row;
  const char *description;
  int decided = 0;

  note->text = g_strdup ("hello");
  item->document = side_wire_document_for_annotation (note);
  item->error = g_strdup ("too <long>");
  gtk_window_present (GTK_WINDOW (window));
  side_conflicts_window_show_refused (SIDE_CONFLICTS_WINDOW (window), item);
  side_test_run_for (50);
  row = find_widget (window, ADW_TYPE_ACTION_ROW);
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), ==, "hello");
  group = gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP);
  /* Older versions of the library give the text back, newer ones the markup. */
  description = adw_preferences_group_get_description (ADW_PREFERENCES_GROUP (group));
  g_assert_true (strstr (description, "too <long>") != NULL || strstr (description, "too &lt;long&gt;") != NULL);
  g_signal_connect (group, "decided", G_CALLBACK (count_decided), &decided);
  side_widget_test_no_nameless (window);
  g_signal_emit_by_name (group, "decided");
  g_assert_cmpint (decided, ==, 1);
  g_assert_null (find_widget (window, ADW_TYPE_ACTION_ROW));
  gtk_window_destroy (GTK_WINDOW (window));
  side_test_run_for (50);
  g_assert_finalize_object (desk);
}

static GtkWidget *
find_row (GtkWidget  *root,
          const char *title)
{
  if (ADW_IS_ACTION_ROW (root) && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (root)), title) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_row (child, title);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
assert_row (GtkWidget  *window,
            const char *title,
            const char *both)
{
  GtkWidget *row = find_row (window, title);

  if (row == NULL)
    g_error ("there is no row “%s”", title);
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ==, both);
}

/* Questions are told by their words, answers by theirs; never by ids and numbers. */
static void
test_words (void)
{
  SideDesk *desk = side_fixture_new_desk (8);
  GtkWidget *window = side_conflicts_window_new (desk);
  g_autoptr (GPtrArray) scripts = g_ptr_array_new_with_free_func ((GDestroyNotify) side_script_unref);
  SideScript *other = side_script_new ("s-other", SIDE_FIXTURE_PROJECT, "Another", 1);
  SideScript *script = side_script_new ("s-one", SIDE_FIXTURE_PROJECT, "Order by phone", 7);
  SideSection *section = side_script_add_section (script, "1", "Greeting");
  SideCriterion *scale;
  g_autoptr (SideDocument) mine = side_document_new ("review", "0d9e4a52-5f3e-4b1c-9d8e-222222222222", "sneakers");
  g_autoptr (SideDocument) theirs = side_document_copy (mine);

  side_section_add_criterion (side_script_add_section (other, "1", "Elsewhere"), "1.1", "A question of another script", 5);
  side_section_add_criterion (section, "1.1", "Names the shop", 5);
  scale = side_section_add_criterion (section, "1.2", "How friendly", 5);
  scale->answers = SIDE_ANSWERS_SCALE;
  scale->scale_max = 10;
  side_section_add_criterion (section, "1.3", "Finds the order", 5);
  g_ptr_array_add (scripts, other);
  g_ptr_array_add (scripts, script);
  mine->body = g_strdup ("{\"script\":\"s-one\",\"finished_ms\":0,\"answers\":[{\"criterion\":\"1.1\",\"value\":1},"
                         "{\"criterion\":\"1.2\",\"value\":0.7},{\"criterion\":\"9.9\",\"value\":0},"
                         "{\"criterion\":\"1.3\",\"value\":0,\"position_ms\":61000,\"to_ms\":75000,\"cause\":\"system\",\"detail\":\"Slow\"}]}");
  theirs->body = g_strdup ("{\"script\":\"s-one\",\"finished_ms\":1795265231000,\"answers\":["
                           "{\"criterion\":\"1.1\",\"value\":0.5},{\"criterion\":\"1.2\",\"value\":1},"
                           "{\"criterion\":\"1.3\",\"value\":0,\"position_ms\":61000,\"comment\":\"Never\"}]}");
  gtk_window_present (GTK_WINDOW (window));
  side_conflicts_window_set_scripts (SIDE_CONFLICTS_WINDOW (window), scripts);
  side_conflicts_window_show_one (SIDE_CONFLICTS_WINDOW (window), mine, theirs);
  assert_row (window, "Names the shop", "Mine: Yes\nTheirs: Partly");
  assert_row (window, "How friendly", "Mine: 7 of 10\nTheirs: 10 of 10");
  assert_row (window, "Finds the order", "Mine: No · 1:01–1:15 · system · Slow\nTheirs: No · 1:01 · Never");
  assert_row (window, "A question that the script does not have any more (9.9)", "Mine: No\nTheirs: no answer");
  assert_row (window, "Finished", "Mine: still a draft\nTheirs: 15:47");
  gtk_window_destroy (GTK_WINDOW (window));
  side_test_run_for (50);
  g_assert_finalize_object (desk);
}

#define REVIEW "0d9e4a52-5f3e-4b1c-9d8e-333333333333"
#define BODY(more) "{\"script\":\"" SCRIPT_ID "\",\"finished_ms\":0,\"answers\":[" more "]}"
#define ANSWER(id, value) "{\"criterion\":\"" id "\",\"value\":" value "}"

static void
put (Place      *place,
     const char *body,
     gint64      revision)
{
  SideStore *store = side_desk_get_store (place->desk);
  g_autoptr (SideDocument) document = side_document_new ("review", REVIEW, SIDE_FIXTURE_PROJECT);
  g_autoptr (GAsyncResult) result = NULL;

  document->call = g_strdup ("call-0");
  document->body = g_strdup (body);
  document->author = g_strdup (revision == 0 ? "trainer" : "anna");
  document->revision = document->change = revision;
  side_store_put_document_async (store, document, revision == 0, NULL, side_test_async_cb, &result);
  g_assert_true (side_store_put_document_finish (store, side_test_wait_result (&result, 5000, "a document"), NULL));
}

static GtkWidget *
find_button (GtkWidget  *root,
             const char *label)
{
  if (GTK_IS_BUTTON (root) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (root)), label) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, label);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static const char *
description (GtkWidget *window)
{
  GtkWidget *group = find_widget (window, ADW_TYPE_PREFERENCES_GROUP);
  const char *text = group != NULL ? adw_preferences_group_get_description (ADW_PREFERENCES_GROUP (group)) : NULL;

  return text != NULL ? text : "";
}

static gboolean
is_shown_again (gpointer window)
{
  return strstr (description (window), "It was changed again; look once more") != NULL;
}

static gboolean
has_save (gpointer window)
{
  return find_button (window, "Save") != NULL;
}

static gboolean
has_none (gpointer window)
{
  return find_widget (window, ADW_TYPE_PREFERENCES_GROUP) == NULL;
}

static gboolean
has_third (gpointer window)
{
  return find_row (window, "No rudeness") != NULL;
}

static gboolean
is_settled (gpointer store)
{
  return side_store_get_conflicts (store) == 0;
}

static const char *
title_with (GtkWidget  *root,
            const char *words)
{
  if (ADW_IS_ACTION_ROW (root) && strstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (root)), words) != NULL)
    return adw_preferences_row_get_title (ADW_PREFERENCES_ROW (root));
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      const char *found = title_with (child, words);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
names_call (gpointer window)
{
  return title_with (window, "Anna Smirnova") != NULL;
}

/* Somebody answers more while the window is open: it shows that, keeps what was
 * chosen of the rest, and saving loses none of the answers. */
static void
test_moved (Place         *place,
            gconstpointer  data)
{
  GtkWidget *window;
  g_autoptr (SideDocument) kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  SideStore *store = side_desk_get_store (place->desk);

  put (place, BODY (""), 1);
  put (place, BODY (ANSWER ("1.1", "1")), 0);
  put (place, BODY (ANSWER ("1.1", "0")), 2);
  window = side_conflicts_window_new (place->desk);
  gtk_window_present (GTK_WINDOW (window));
  side_test_wait_until (has_save, window, 5000, "the conflict to be shown");
  /* Which call it is about: when, whose, and a number that is masked as elsewhere. */
  side_test_wait_until (names_call, window, 5000, "the call to be named");
  g_assert_nonnull (strstr (title_with (window, "Anna Smirnova"), "15:4"));
  g_assert_null (strstr (title_with (window, "Anna Smirnova"), "555"));
  g_assert_nonnull (find_button (window, "Show Call"));
  g_assert_null (find_row (window, "Asks the name"));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find_button (find_row (window, "Names the shop"), "Theirs")), TRUE);

  put (place, BODY (ANSWER ("1.1", "0") "," ANSWER ("1.2", "1")), 3);
  side_test_wait_until (is_shown_again, window, 5000, "the newer version to be shown");
  assert_row (window, "Asks the name", "Mine: no answer\nTheirs: Yes");
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (find_button (find_row (window, "Names the shop"), "Theirs"))));

  /* Saved before the window has heard of the next one: nothing is decided. */
  put (place, BODY (ANSWER ("1.1", "0") "," ANSWER ("1.2", "1") "," ANSWER ("1.3", "1")), 4);
  g_signal_emit_by_name (find_button (window, "Save"), "clicked");
  side_test_wait_until (has_third, window, 5000, "the newest version to be shown");
  g_assert_true (is_shown_again (window));
  g_assert_cmpuint (side_store_get_conflicts (store), ==, 1);

  g_signal_emit_by_name (find_button (window, "Save"), "clicked");
  side_test_wait_until (is_settled, store, 5000, "the conflict to be settled");
  side_test_wait_until (has_none, window, 5000, "the window to be empty");
  side_store_get_document_async (store, "review", REVIEW, NULL, side_test_async_cb, &result);
  kept = side_store_get_document_finish (store, side_test_wait_result (&result, 5000, "the review"), NULL);
  g_assert_nonnull (strstr (kept->body, "\"1.2\""));
  g_assert_nonnull (strstr (kept->body, "\"1.3\""));
  gtk_window_destroy (GTK_WINDOW (window));
  side_test_run_for (50);
}

static void
refuse (Place *place)
{
  SideStore *store = side_desk_get_store (place->desk);
  g_autoptr (GAsyncResult) got = NULL;
  g_autoptr (GAsyncResult) marked = NULL;
  g_autoptr (SideOutboxItem) item = NULL;

  side_store_next_outbox_async (store, NULL, side_test_async_cb, &got);
  item = side_store_next_outbox_finish (store, side_test_wait_result (&got, 5000, "an unsent document"), NULL);
  g_assert_nonnull (item);
  side_store_mark_refused_async (store, item, "no such call", NULL, side_test_async_cb, &marked);
  g_assert_true (side_store_mark_refused_finish (store, side_test_wait_result (&marked, 5000, "a mark"), NULL));
}

static gboolean
has_again (gpointer window)
{
  return find_button (window, "Send Again") != NULL;
}

/* What is sent again and refused again stands there again. */
static void
test_refused_again (Place         *place,
                    gconstpointer  data)
{
  GtkWidget *window;

  put (place, BODY (ANSWER ("1.1", "1")), 0);
  refuse (place);
  window = side_conflicts_window_new (place->desk);
  gtk_window_present (GTK_WINDOW (window));
  for (int i = 0; i < 2; i++)
    {
      side_test_wait_until (has_again, window, 5000, "what is refused to be shown");
      g_signal_emit_by_name (find_button (window, "Send Again"), "clicked");
      side_test_wait_until (has_none, window, 5000, "the window to be empty");
      refuse (place);
    }
  side_test_wait_until (has_again, window, 5000, "what is refused to be shown");
  gtk_window_destroy (GTK_WINDOW (window));
  side_test_run_for (50);
}

/* Every kind of document has a name, and none is shown as it is kept. */
static void
test_kinds (void)
{
  static const struct { const char *kind; const char *title; } kinds[] = {
    { "listening", "Record of what was heard of a call" }, { "export", "Record of a saved recording" }, { "tag", "Tag" },
  };
  SideDesk *desk = side_fixture_new_desk (8);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      GtkWidget *window = side_conflicts_window_new (desk);
      g_autoptr (SideOutboxItem) item = g_new0 (SideOutboxItem, 1);
      GtkWidget *group;

      item->document = side_document_new (kinds[i].kind, REVIEW, SIDE_FIXTURE_PROJECT);
      item->document->body = g_strdup ("{\"spans\":[]}");
      side_conflicts_window_show_refused (SIDE_CONFLICTS_WINDOW (window), item);
      group = find_widget (window, ADW_TYPE_PREFERENCES_GROUP);
      g_assert_cmpstr (adw_preferences_group_get_title (ADW_PREFERENCES_GROUP (group)), ==, kinds[i].title);
      g_assert_nonnull (find_row (window, "No text"));
      g_assert_null (find_button (window, "Copy Text"));
      gtk_window_destroy (GTK_WINDOW (window));
    }
  side_test_run_for (50);
  g_assert_finalize_object (desk);
}

/* A tag is called what the house calls it, and what differs of a tag itself is in words. */
static void
test_vocabulary (Place         *place,
                 gconstpointer  data)
{
  static const char *const greetings[] = { "{\"tag\":\"greeting\"}", "{\"tag\":\"good\"}" };
  static const char *const tags[] = { "{\"label\":\"Hello\",\"colour\":\"#26a269\",\"retired\":true}",
                                      "{\"label\":\"Hello there\",\"colour\":\"#1a5fb4\",\"shortcut\":\"h\"}" };
  g_autoptr (SideTag) tag = side_tag_new (REVIEW, SIDE_FIXTURE_PROJECT, "greeting");
  g_autoptr (SideDocument) document = NULL;
  GtkWidget *window;

  tag->label = g_strdup ("Says hello");
  document = side_wire_document_for_tag (tag);
  place_receive (place, document);
  window = side_conflicts_window_new (place->desk);
  gtk_window_present (GTK_WINDOW (window));
  place_settle ();
  for (int i = 0; i < 2; i++)
    {
      g_autoptr (SideDocument) mine = side_document_new (i == 0 ? "annotation" : "tag", REVIEW, SIDE_FIXTURE_PROJECT);
      g_autoptr (SideDocument) theirs = side_document_copy (mine);

      mine->body = g_strdup (i == 0 ? greetings[0] : tags[0]);
      theirs->body = g_strdup (i == 0 ? greetings[1] : tags[1]);
      side_conflicts_window_show_one (SIDE_CONFLICTS_WINDOW (window), mine, theirs);
    }
  assert_row (window, "Tag", "Mine: Says hello\nTheirs: Good example");
  assert_row (window, "Title", "Mine: Hello\nTheirs: Hello there");
  assert_row (window, "Colour", "Mine: Green\nTheirs: Blue");
  assert_row (window, "Key", "Mine: nothing\nTheirs: h");
  assert_row (window, "No longer offered", "Mine: Yes\nTheirs: nothing");
  gtk_window_destroy (GTK_WINDOW (window));
  side_test_run_for (50);
}

int
main (int   argc,
      char *argv[])
{
  side_widget_test_init (&argc, &argv);
  g_test_add_func ("/conflicts/fields", test_fields);
  g_test_add_func ("/conflicts/merge", test_merge);
  g_test_add_func ("/conflicts/one-side", test_one_side);
  g_test_add_func ("/conflicts/draft", test_draft);
  g_test_add_func ("/conflicts/consensus", test_consensus);
  g_test_add_func ("/conflicts/window", test_window);
  g_test_add_func ("/conflicts/refused", test_refused);
  g_test_add_func ("/conflicts/words", test_words);
  g_test_add_func ("/conflicts/kinds", test_kinds);
  g_test_add ("/conflicts/vocabulary", Place, NULL, place_set_up, test_vocabulary, place_tear_down);
  g_test_add ("/conflicts/moved", Place, NULL, place_set_up, test_moved, place_tear_down);
  g_test_add ("/conflicts/refused-again", Place, NULL, place_set_up, test_refused_again, place_tear_down);
  return g_test_run ();
}
