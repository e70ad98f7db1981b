/* test-conflicts.c - two versions of a document, field by field
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <json-glib/json-glib.h>

#include "side-board-fixture.h"
#include "side-conflict-merge.h"
#include "side-conflicts-window.h"
#include "side-widget-test.h"

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
        g_autofree char *mine = side_conflict_merge (bodies[i], bodies[k], fields);

        left = side_conflict_list_fields (bodies[i], mine);
        for (guint n = 0; n < left->len; n++)
          {
            /* An empty list and none at all say the same. */
            const SideConflictField *field = g_ptr_array_index (left, n);

            g_assert_cmpstr (field->member, ==, "answers");
          }
      }
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

int
main (int   argc,
      char *argv[])
{
  side_widget_test_init (&argc, &argv);
  g_test_add_func ("/conflicts/fields", test_fields);
  g_test_add_func ("/conflicts/merge", test_merge);
  g_test_add_func ("/conflicts/one-side", test_one_side);
  g_test_add_func ("/conflicts/window", test_window);
  return g_test_run ();
}
