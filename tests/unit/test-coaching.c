/* test-coaching.c - what was agreed on with an operator
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "side-wire-operator.h"
#include "side-wire.h"

#define UUID_A "5f0c7a52-7f0e-4a39-9a35-0d2c9f3e1b11"
#define UUID_B "6f0c7a52-7f0e-4a39-9a35-0d2c9f3e1b12"

static void
test_survives (void)
{
  g_autoptr (SideCoaching) self = side_coaching_new (UUID_A, "tea", "op-1");
  g_autoptr (SideCoaching) copy = NULL, back = NULL;
  g_autoptr (SideDocument) document = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL, *again = NULL;

  self->text = g_strdup ("“Привет”");
  self->script = g_strdup (UUID_B);
  self->criterion = g_strdup ("hello");
  self->target = 0;
  self->goal = g_strdup ("Называть себя");
  self->author = g_strdup ("anna");
  self->created_ms = 1000;
  self->due_ms = 2000;
  self->shared = TRUE;
  side_coaching_add_clip (self, "leg-1", 5, -1, TRUE, "вот так");
  side_coaching_add_clip (self, "leg-2", 0, 9, FALSE, NULL);
  copy = side_coaching_copy (self);
  json = side_wire_coaching_to_json (copy);
  back = side_wire_coaching_from_json (json, -1, &error);
  g_assert_no_error (error);
  again = side_wire_coaching_to_json (back);
  g_assert_cmpstr (again, ==, json);
  /* Aiming at nothing is a goal, too. */
  g_assert_cmpfloat (back->target, ==, 0);
  g_assert_true (back->shared);
  g_assert_cmpint (((SideClip *) back->clips->pdata[0])->to_ms, ==, -1);
  g_assert_true (((SideClip *) back->clips->pdata[0])->good);
  document = side_wire_document_for_coaching (back);
  g_assert_true (side_wire_document_check_body (document, &error));
  g_assert_no_error (error);
  g_free (document->project);
  document->project = g_strdup ("books");
  g_assert_false (side_wire_document_check_body (document, NULL));
}

/* Two computers edit the same note: neither takes back what the other changed. */
static void
test_rebase (void)
{
  g_autoptr (SideCoaching) base = side_coaching_new (UUID_A, "tea", "op-1");
  g_autoptr (SideCoaching) newest = NULL, edited = NULL, both = NULL, aimed = NULL;

  base->goal = g_strdup ("Names the price");
  base->text = g_strdup ("We talked");
  base->script = g_strdup ("s");
  base->criterion = g_strdup ("1");
  base->target = 0.5;
  side_coaching_add_clip (base, "leg-1", 5, -1, TRUE, NULL);
  newest = side_coaching_copy (base);
  g_free (newest->goal);
  newest->goal = g_strdup ("Names the price at once");
  side_coaching_add_clip (newest, "leg-2", 0, 9, FALSE, NULL);
  newest->changed_ms = 9000;
  edited = side_coaching_copy (base);
  g_free (edited->text);
  edited->text = g_strdup ("We talked at length");
  edited->shared = TRUE;
  both = side_coaching_rebase (newest, base, edited);
  g_assert_cmpstr (both->goal, ==, "Names the price at once");
  g_assert_cmpstr (both->text, ==, "We talked at length");
  g_assert_true (both->shared);
  g_assert_cmpuint (both->clips->len, ==, 2);
  g_assert_cmpint (both->changed_ms, ==, 9000);
  g_assert_false (side_coaching_collides (newest, base, edited));
  g_free (edited->criterion);
  edited->criterion = NULL;
  edited->target = -1;
  g_ptr_array_set_size (edited->clips, 0);
  aimed = side_coaching_rebase (newest, base, edited);
  g_assert_null (aimed->criterion);
  g_assert_cmpfloat (aimed->target, ==, -1);
  g_assert_cmpuint (aimed->clips->len, ==, 0);
  g_assert_true (side_coaching_collides (newest, base, edited));   /* theirs had a clip more */
  g_assert_false (side_coaching_collides (edited, base, edited));
}

static void
test_overdue (void)
{
  g_autoptr (SideCoaching) self = side_coaching_new (UUID_A, "tea", "op-1");

  g_assert_false (side_coaching_is_overdue (self, 5000));
  self->due_ms = 5000;
  g_assert_false (side_coaching_is_overdue (self, 5000));
  g_assert_true (side_coaching_is_overdue (self, 5001));
  self->done_ms = 6000;
  g_assert_false (side_coaching_is_overdue (self, 9000));
}

/* An operator who signs in is told of what was shared, and not who wrote it. */
static void
test_for_operator (void)
{
  g_autoptr (SideCoaching) self = side_coaching_new (UUID_A, "tea", "op-1");
  g_autofree char *hidden = NULL, *shared = NULL, *shown = NULL, *others = NULL;

  self->author = g_strdup ("anna");
  self->goal = g_strdup ("Называть себя");
  hidden = side_wire_coaching_to_json (self);
  g_assert_null (side_wire_body_for_operator ("coaching", hidden, "op-1", "vera"));
  self->shared = TRUE;
  shared = side_wire_coaching_to_json (self);
  others = side_wire_body_for_operator ("coaching", shared, "op-2", "vera");
  g_assert_null (others);
  shown = side_wire_body_for_operator ("coaching", shared, "op-1", "vera");
  g_assert_nonnull (shown);
  g_assert_null (strstr (shown, "anna"));
  g_assert_nonnull (strstr (shown, "Называть себя"));
}

static void
test_refused (void)
{
#define HEAD "{\"id\":\"" UUID_A "\",\"project\":\"tea\",\"operator\":\"op-1\",\"created_ms\":1"
  static const char *const wrong[] = {
    HEAD ",\"target\":1.5}",
    HEAD ",\"target\":-0.1}",
    HEAD ",\"clips\":[{\"call\":\"a\",\"from_ms\":9,\"to_ms\":5}]}",
    HEAD ",\"clips\":[{\"from_ms\":9}]}",
    HEAD ",\"clips\":[7]}",
    HEAD ",\"shared\":\"yes\"}",
    "{\"id\":\"" UUID_A "\",\"project\":\"tea\",\"created_ms\":1}",
  };
  g_autoptr (SideCoaching) bare = NULL;
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_assert_null (side_wire_coaching_from_json (wrong[i], -1, &error));
      g_assert_error (error, SIDE_ERROR, SIDE_ERROR_INVALID);
      g_clear_error (&error);
    }
  bare = side_wire_coaching_from_json (HEAD ",\"newer\":{}}", -1, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (bare->target, <, 0);
  g_assert_false (bare->shared);
#undef HEAD
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/coaching/survives", test_survives);
  g_test_add_func ("/coaching/rebase", test_rebase);
  g_test_add_func ("/coaching/overdue", test_overdue);
  g_test_add_func ("/coaching/for-operator", test_for_operator);
  g_test_add_func ("/coaching/refused", test_refused);
  return g_test_run ();
}
