/* test-document-shelf.c - documents that are read anew when they change
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "calls-place.h"
#include "side-board-fixture.h"
#include "side-document-shelf.h"
#include "side-text.h"
#include "side-widget-test.h"

#define OTHER_PROJECT "boots"

/* A shelf that keeps what it read as it is. */
#define TEST_TYPE_SHELF (test_shelf_get_type ())
G_DECLARE_FINAL_TYPE (TestShelf, test_shelf, TEST, SHELF, SideDocumentShelf)

struct _TestShelf
{
  SideDocumentShelf  parent_instance;
  GPtrArray         *documents;
  guint              n_takes;
};

G_DEFINE_FINAL_TYPE (TestShelf, test_shelf, SIDE_TYPE_DOCUMENT_SHELF)

static void
test_shelf_finalize (GObject *object)
{
  g_ptr_array_unref (TEST_SHELF (object)->documents);
  G_OBJECT_CLASS (test_shelf_parent_class)->finalize (object);
}

static void
test_shelf_forget (SideDocumentShelf *shelf)
{
  g_ptr_array_set_size (TEST_SHELF (shelf)->documents, 0);
}

static void
test_shelf_take (SideDocumentShelf *shelf,
                 GPtrArray         *documents)
{
  TestShelf *self = TEST_SHELF (shelf);

  g_ptr_array_unref (self->documents);
  self->documents = g_ptr_array_ref (documents);
  self->n_takes++;
  side_document_shelf_set_read (shelf);
}

static void
test_shelf_class_init (TestShelfClass *klass)
{
  static const char *const kinds[] = { "tag", "plan", NULL };
  SideDocumentShelfClass *shelf_class = SIDE_DOCUMENT_SHELF_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = test_shelf_finalize;
  shelf_class->kinds = kinds;
  shelf_class->forget = test_shelf_forget;
  shelf_class->take = test_shelf_take;
}

static void
test_shelf_init (TestShelf *self)
{
  self->documents = g_ptr_array_new ();
}

/* ---- what is waited for ---- */

typedef struct {
  TestShelf *shelf;
  guint      n;
} Wanted;

static gboolean
has_taken (gpointer data)
{
  Wanted *wanted = data;

  return wanted->shelf->n_takes == wanted->n;
}

static gboolean
has_so_many (gpointer data)
{
  Wanted *wanted = data;

  return wanted->shelf->documents->len == wanted->n;
}

static void
wait_for_documents (TestShelf *shelf,
                    guint      n)
{
  Wanted wanted = { shelf, n };

  side_test_wait_until (has_so_many, &wanted, 5000, "the documents");
}

static void
settle (TestShelf *shelf)
{
  side_test_run_for (200);
  g_assert_false (side_document_shelf_is_reading (SIDE_DOCUMENT_SHELF (shelf)));
}

static TestShelf *
get_shelf (Place *place)
{
  TestShelf *shelf = side_document_shelf_get (place->desk, TEST_TYPE_SHELF);
  Wanted wanted = { shelf, 1 };

  g_assert_true (side_document_shelf_get (place->desk, TEST_TYPE_SHELF) == shelf);
  g_assert_false (side_document_shelf_is_read (SIDE_DOCUMENT_SHELF (shelf)));
  side_test_wait_until (has_taken, &wanted, 5000, "the first reading");
  g_assert_true (side_document_shelf_is_read (SIDE_DOCUMENT_SHELF (shelf)));
  return shelf;
}

static SideDocument *
new_document (const char *kind,
              const char *body)
{
  g_autofree char *id = side_id_new ();
  SideDocument *document = side_document_new (kind, id, SIDE_FIXTURE_PROJECT);

  document->body = g_strdup (body);
  return document;
}

static void
receive (Place      *place,
         const char *kind)
{
  g_autoptr (SideDocument) document = new_document (kind, "{}");

  place_receive (place, document);
}

static void
tell (Place      *place,
      const char *kind)
{
  g_signal_emit_by_name (side_desk_get_store (place->desk), "documents-changed", kind, "some-id", NULL);
}

static void
count_cb (guint *n)
{
  ++*n;
}

/* ---- tests ---- */

static void
test_fresh (Place         *place,
            gconstpointer  data)
{
  TestShelf *shelf = get_shelf (place);
  guint n_takes;

  receive (place, "plan");
  wait_for_documents (shelf, 1);
  receive (place, "tag");
  wait_for_documents (shelf, 2);
  g_assert_cmpstr (((SideDocument *) shelf->documents->pdata[0])->kind, ==, "tag");
  g_assert_cmpstr (((SideDocument *) shelf->documents->pdata[1])->kind, ==, "plan");
  settle (shelf);
  n_takes = shelf->n_takes;
  receive (place, "listening");
  settle (shelf);
  g_assert_cmpuint (shelf->n_takes, ==, n_takes);
}

static void
test_gathered (Place         *place,
               gconstpointer  data)
{
  TestShelf *shelf = get_shelf (place);
  SideShelfErrand *errand;
  g_autoptr (TestShelf) again = NULL;

  for (guint i = 0; i < 20; i++)
    tell (place, "tag");
  settle (shelf);
  /* For the first of them, and for all that came while it was answered. */
  g_assert_cmpuint (shelf->n_takes, ==, 3);
  tell (place, "tag");
  errand = side_document_shelf_begin (SIDE_DOCUMENT_SHELF (shelf), TRUE);
  for (guint i = 0; i < 20; i++)
    tell (place, "tag");
  settle (shelf);
  g_assert_cmpuint (shelf->n_takes, ==, 3);
  again = side_document_shelf_end (errand);
  g_assert_true (again == shelf);
  settle (shelf);
  g_assert_cmpuint (shelf->n_takes, ==, 4);
}

static void
test_failing (Place         *place,
              gconstpointer  data)
{
  TestShelf *shelf;
  SideStore *store = side_desk_get_store (place->desk);
  g_autoptr (GAsyncResult) closed = NULL, opened = NULL;
  guint n_failed = 0;

  receive (place, "tag");
  shelf = get_shelf (place);
  g_signal_connect_swapped (shelf, "failed", G_CALLBACK (count_cb), &n_failed);
  side_store_close_async (store, NULL, side_test_async_cb, &closed);
  g_assert_true (side_store_close_finish (store, side_test_wait_result (&closed, 5000, "the store to close"), NULL));
  tell (place, "tag");
  tell (place, "tag");
  settle (shelf);
  g_assert_cmpuint (n_failed, ==, 2);
  g_assert_nonnull (side_document_shelf_get_error (SIDE_DOCUMENT_SHELF (shelf)));
  /* What was known stays. */
  g_assert_cmpuint (shelf->documents->len, ==, 1);
  side_store_open_async (store, NULL, side_test_async_cb, &opened);
  g_assert_true (side_store_open_finish (store, side_test_wait_result (&opened, 5000, "the store to open"), NULL));
  receive (place, "tag");
  wait_for_documents (shelf, 2);
  g_assert_null (side_document_shelf_get_error (SIDE_DOCUMENT_SHELF (shelf)));
  g_assert_cmpuint (n_failed, ==, 2);
}

static void
no_other_cb (TestShelf *shelf,
             Place     *place)
{
  if (g_str_equal (side_desk_get_project_id (place->desk), OTHER_PROJECT))
    g_assert_cmpuint (shelf->documents->len, ==, 0);
}

static void
test_project (Place         *place,
              gconstpointer  data)
{
  TestShelf *shelf;
  SideShelfErrand *errand;

  receive (place, "tag");
  shelf = get_shelf (place);
  g_ptr_array_add (side_desk_get_session (place->desk)->projects, side_project_new (OTHER_PROJECT, "Boots", "Europe/Moscow", NULL));
  g_signal_connect (shelf, "changed", G_CALLBACK (no_other_cb), place);
  tell (place, "tag");
  errand = side_document_shelf_begin (SIDE_DOCUMENT_SHELF (shelf), TRUE);
  /* The store answers meanwhile: too late to take the question back. */
  g_usleep (200 * 1000);
  side_desk_set_project_id (place->desk, OTHER_PROJECT);
  g_assert_false (side_document_shelf_is_read (SIDE_DOCUMENT_SHELF (shelf)));
  settle (shelf);
  g_assert_true (side_document_shelf_is_read (SIDE_DOCUMENT_SHELF (shelf)));
  g_assert_cmpuint (shelf->n_takes, ==, 2);
  /* Nobody waits for the former project's errands, and their answers are of no use. */
  g_assert_null (side_document_shelf_end (errand));
  side_desk_set_project_id (place->desk, SIDE_FIXTURE_PROJECT);
  wait_for_documents (shelf, 1);
}

static void
test_written (Place         *place,
              gconstpointer  data)
{
  TestShelf *shelf = get_shelf (place);
  g_autoptr (SideDocument) first = new_document ("tag", "{}");
  g_autoptr (SideDocument) second = side_document_copy (first), third = side_document_copy (first);
  g_autoptr (GPtrArray) changes = side_steps_new_changes ();
  g_autofree char *undone = NULL;
  guint n_failed = 0;

  g_signal_connect_swapped (shelf, "failed", G_CALLBACK (count_cb), &n_failed);
  g_free (second->body);
  second->body = g_strdup ("{\"n\":2}");
  g_free (third->body);
  third->body = g_strdup ("{\"n\":3}");
  /* Each over the one before it, read back or not: no conflict with oneself. */
  side_document_shelf_put (SIDE_DOCUMENT_SHELF (shelf), first, NULL);
  side_document_shelf_add_change (SIDE_DOCUMENT_SHELF (shelf), changes, second);
  side_document_shelf_write (SIDE_DOCUMENT_SHELF (shelf), "tag changed", changes);
  settle (shelf);
  g_assert_cmpuint (n_failed, ==, 0);
  g_assert_cmpuint (shelf->documents->len, ==, 1);
  g_assert_cmpstr (((SideDocument *) shelf->documents->pdata[0])->body, ==, second->body);
  undone = side_steps_undo (side_document_shelf_get_steps (SIDE_DOCUMENT_SHELF (shelf)));
  g_assert_cmpstr (undone, ==, "tag changed");
  settle (shelf);
  g_assert_cmpstr (((SideDocument *) shelf->documents->pdata[0])->body, ==, first->body);
  /* What could not be written is told, and is not what the next change is over. */
  place_limit_disk (4096);
  side_document_shelf_put (SIDE_DOCUMENT_SHELF (shelf), third, NULL);
  settle (shelf);
  place_limit_disk (RLIM_INFINITY);
  g_assert_cmpuint (n_failed, ==, 1);
  g_assert_cmpstr (side_document_shelf_find (SIDE_DOCUMENT_SHELF (shelf), first->id)->body, ==, first->body);
}

static void
test_gone (Place         *place,
           gconstpointer  data)
{
  TestShelf *shelf = g_object_new (TEST_TYPE_SHELF, "desk", place->desk, NULL);

  /* While it is being read. */
  g_object_add_weak_pointer (G_OBJECT (shelf), (gpointer *) &shelf);
  g_assert_true (side_document_shelf_is_reading (SIDE_DOCUMENT_SHELF (shelf)));
  g_object_unref (shelf);
  side_test_run_for (200);
  g_assert_null (shelf);
  tell (place, "tag");
}

#define ADD(path, test) g_test_add ("/document-shelf/" path, Place, NULL, place_set_up, test, place_tear_down)

int
main (int   argc,
      char *argv[])
{
  side_widget_test_init (&argc, &argv);
  ADD ("fresh", test_fresh);
  ADD ("gathered", test_gathered);
  ADD ("failing", test_failing);
  ADD ("project", test_project);
  ADD ("written", test_written);
  ADD ("gone", test_gone);
  return g_test_run ();
}
