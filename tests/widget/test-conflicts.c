/* test-conflicts.c - two versions of a document, field by field
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "calls-place.h"
#include "side-board-fixture.h"
#include "side-conflicts-window.h"
#include "side-dispute.h"
#include "side-refused-words.h"
#include "side-widget-test.h"
#include "side-wire.h"

#define MINE "{\"text\":\"hello\",\"tag\":\"greeting\",\"changed_ms\":20,\"answers\":[" \
             "{\"criterion\":\"a\",\"value\":1},{\"criterion\":\"b\",\"value\":0}]}"
#define THEIRS "{\"text\":\"hallo\",\"tag\":\"greeting\",\"changed_ms\":10,\"comment\":\"mine too\",\"answers\":[" \
               "{\"criterion\":\"a\",\"value\":1},{\"criterion\":\"c\",\"value\":0.5}]}"

static void
show_one (GtkWidget    *window,
          SideDocument *mine,
          SideDocument *theirs)
{
  const SideConflict conflict = { mine, theirs, NULL };

  side_conflicts_window_show_one (SIDE_CONFLICTS_WINDOW (window), &conflict);
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
  show_one (window, mine, theirs);
  side_test_run_for (50);
  row = place_find_kind (window, ADW_TYPE_ACTION_ROW);
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
  row = place_find_kind (window, ADW_TYPE_ACTION_ROW);
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), ==, "hello");
  group = gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP);
  /* Older versions of the library give the text back, newer ones the markup. */
  description = adw_preferences_group_get_description (ADW_PREFERENCES_GROUP (group));
  g_assert_true (strstr (description, "too <long>") != NULL || strstr (description, "too &lt;long&gt;") != NULL);
  g_signal_connect (group, "decided", G_CALLBACK (count_decided), &decided);
  side_widget_test_no_nameless (window);
  g_signal_emit_by_name (group, "decided");
  g_assert_cmpint (decided, ==, 1);
  g_assert_null (place_find_kind (window, ADW_TYPE_ACTION_ROW));
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
  g_autoptr (SideDocument) agreed = side_document_new ("calibration", "0d9e4a52-5f3e-4b1c-9d8e-222222222223", "sneakers");
  g_autoptr (SideDocument) otherwise = side_document_copy (agreed);

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
  show_one (window, mine, theirs);
  assert_row (window, "Names the shop", "Mine: Yes\nTheirs: Partly");
  assert_row (window, "How friendly", "Mine: 7 of 10\nTheirs: 10 of 10");
  assert_row (window, "Finds the order", "Mine: No · 1:01–1:15 · system · Slow\nTheirs: No · 1:01 · Never");
  assert_row (window, "A question that the script does not have any more (9.9)", "Mine: No\nTheirs: no answer");
  assert_row (window, "Finished", "Mine: still a draft\nTheirs: 15:47");
  agreed->body = g_strdup ("{\"script\":\"s-one\",\"consensus\":[{\"call\":\"a\",\"criterion\":\"1.1\",\"value\":0.5,\"reason\":\"Late\"},"
                           "{\"call\":\"a\",\"criterion\":\"1.2\",\"value\":0.7}]}");
  otherwise->body = g_strdup ("{\"script\":\"s-one\",\"consensus\":[{\"call\":\"a\",\"criterion\":\"1.1\",\"value\":1},"
                              "{\"call\":\"a\",\"criterion\":\"1.2\",\"na\":true}]}");
  show_one (window, agreed, otherwise);
  assert_row (window, "Consensus · Names the shop", "Mine: Partly · Late\nTheirs: Yes");
  assert_row (window, "Consensus · How friendly", "Mine: 7 of 10\nTheirs: N/A");
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

static gboolean
is_shown_again (gpointer window)
{
  return strstr (place_group_description (window), "It was changed again; look once more") != NULL;
}

static gboolean
has_save (gpointer window)
{
  return side_widget_test_find_button (window, "Save") != NULL;
}

static gboolean
has_none (gpointer window)
{
  return place_find_kind (window, ADW_TYPE_PREFERENCES_GROUP) == NULL;
}

static gboolean
has_newest (gpointer window)
{
  GtkWidget *row = find_row (window, "Names the shop");

  return row != NULL && g_strcmp0 (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), "Mine: Yes\nTheirs: Partly") == 0;
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
  g_assert_nonnull (side_widget_test_find_button (window, "Show Call"));
  g_assert_null (find_row (window, "Asks the name"));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (side_widget_test_find_button (find_row (window, "Names the shop"), "Theirs")), TRUE);

  /* What only they answered is kept, and not asked about. */
  put (place, BODY (ANSWER ("1.1", "0") "," ANSWER ("1.2", "1")), 3);
  side_test_wait_until (is_shown_again, window, 5000, "the newer version to be shown");
  g_assert_null (find_row (window, "Asks the name"));
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (side_widget_test_find_button (find_row (window, "Names the shop"), "Theirs"))));

  /* Saved before the window has heard of the next one: nothing is decided. */
  put (place, BODY (ANSWER ("1.1", "0.5") "," ANSWER ("1.2", "1") "," ANSWER ("1.3", "1")), 4);
  g_signal_emit_by_name (side_widget_test_find_button (window, "Save"), "clicked");
  side_test_wait_until (has_newest, window, 5000, "the newest version to be shown");
  g_assert_true (is_shown_again (window));
  g_assert_cmpuint (side_store_get_conflicts (store), ==, 1);

  g_signal_emit_by_name (side_widget_test_find_button (window, "Save"), "clicked");
  side_test_wait_until (place_is_settled, store, 5000, "the conflict to be settled");
  side_test_wait_until (has_none, window, 5000, "the window to be empty");
  side_store_get_document_async (store, "review", REVIEW, NULL, side_test_async_cb, &result);
  kept = side_store_get_document_finish (store, side_test_wait_result (&result, 5000, "the review"), NULL);
  g_assert_nonnull (strstr (kept->body, "\"1.2\""));
  g_assert_nonnull (strstr (kept->body, "\"1.3\""));
  gtk_window_destroy (GTK_WINDOW (window));
  side_test_run_for (50);
}

/* ---- two versions of a review ---- */

static void
put_review (Place            *place,
            const SideReview *review,
            gint64            revision)
{
  g_autofree char *body = side_wire_review_to_json (review);

  put (place, body, revision);
}

static SideReview *
make_review (const char *reviewer,
             double      value)
{
  SideReview *review = side_review_new (REVIEW, SIDE_FIXTURE_PROJECT, "call-0", SCRIPT_ID, 1);

  side_review_claim (review, reviewer, 1000);
  side_review_set_answer (review, "1.1", value, 1000, -1);
  return review;
}

/* (transfer full) (element-type SideReview): the one in conflict first */
static GPtrArray *
get_reviews (Place *place)
{
  SideStore *store = side_desk_get_store (place->desk);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) documents = NULL;
  GPtrArray *reviews = g_ptr_array_new_with_free_func ((GDestroyNotify) side_review_unref);

  side_store_list_documents_async (store, "review", NULL, "call-0", NULL, side_test_async_cb, &result);
  documents = side_store_list_documents_finish (store, side_test_wait_result (&result, 5000, "the reviews"), NULL);
  for (guint i = 0; i < documents->len; i++)
    {
      const SideDocument *document = documents->pdata[i];

      g_ptr_array_insert (reviews, g_str_equal (document->id, REVIEW) ? 0 : -1, side_wire_review_from_json (document->body, -1, NULL));
    }
  return reviews;
}

static GtkWidget *
show_conflict (Place      *place,
               const char *says)
{
  GtkWidget *window = side_conflicts_window_new (place->desk);

  gtk_window_present (GTK_WINDOW (window));
  side_test_wait_until (has_save, window, 5000, "the conflict to be shown");
  g_assert_nonnull (strstr (place_group_description (window), says));
  /* What is not theirs to choose is not asked. */
  g_assert_null (find_row (window, "Had it before"));
  g_assert_null (find_row (window, "Revision"));
  return window;
}

/* A colleague took it over and finished it: theirs stays, mine is beside it. */
static void
test_finished_by_another (Place         *place,
                          gconstpointer  data)
{
  g_autoptr (SideReview) mine = make_review ("olga", 1);
  g_autoptr (SideReview) theirs = make_review ("olga", 0);
  g_autoptr (GPtrArray) reviews = NULL;
  const SideReview *kept, *second;
  GtkWidget *window;

  side_review_claim (theirs, "anna", 2000);
  side_review_finish (theirs, 1, 3000);
  put_review (place, mine, 0);
  put_review (place, theirs, 2);
  window = show_conflict (place, "becomes a second review beside it");
  g_signal_emit_by_name (side_widget_test_find_button (window, "Save"), "clicked");
  side_test_wait_until (place_is_settled, side_desk_get_store (place->desk), 5000, "the conflict to be settled");
  side_test_wait_until (has_none, window, 5000, "the window to be empty");
  reviews = get_reviews (place);
  g_assert_cmpuint (reviews->len, ==, 2);
  kept = reviews->pdata[0];
  second = reviews->pdata[1];
  g_assert_cmpstr (kept->reviewer, ==, "anna");
  g_assert_cmpfloat (side_review_get_answer (kept, "1.1"), ==, 0);
  g_assert_cmpstr (second->reviewer, ==, "olga");
  g_assert_cmpfloat (side_review_get_answer (second, "1.1"), ==, 1);
  g_assert_cmpint (second->selection, ==, SIDE_SELECTION_SECOND);
  gtk_window_destroy (GTK_WINDOW (window));
  side_test_run_for (50);
}

/* Finished on the other computer too: what is here is the revision after it. */
static void
test_finished_twice (Place         *place,
                     gconstpointer  data)
{
  g_autoptr (SideReview) mine = make_review ("olga", 1);
  g_autoptr (SideReview) theirs = make_review ("olga", 0);
  g_autoptr (GPtrArray) reviews = NULL;
  const SideReview *kept;
  GtkWidget *window;

  side_review_finish (mine, 1, 2000);
  side_review_finish (theirs, 1, 3000);
  put_review (place, mine, 0);
  put_review (place, theirs, 2);
  window = show_conflict (place, "becomes its next revision");
  g_signal_emit_by_name (side_widget_test_find_button (window, "Save"), "clicked");
  side_test_wait_until (place_is_settled, side_desk_get_store (place->desk), 5000, "the conflict to be settled");
  reviews = get_reviews (place);
  g_assert_cmpuint (reviews->len, ==, 1);
  kept = reviews->pdata[0];
  g_assert_cmpint (kept->revision, ==, 2);
  g_assert_cmpint (kept->finished_ms, ==, 2000);
  g_assert_cmpstr (kept->reason, ==, "Written without knowing the revision before");
  g_assert_cmpfloat (side_review_get_answer (kept, "1.1"), ==, 1);
  g_assert_cmpfloat (side_answers_get (side_review_get_sealed (kept, 1, NULL), "1.1"), ==, 0);
  gtk_window_destroy (GTK_WINDOW (window));
  side_test_run_for (50);
}

/* The code in the user's language, the server's detail after it as it came; also
 * what an older program kept, without a code. */
static void
test_refused_words (void)
{
  static const struct { const char *kind; const char *kept; const char *wanted; } cases[] = {
    { "review", "forbidden: “reviewer” is not you: nobody reviews in somebody else's name",
      "The server does not take it. What was finished stays, changes are new revisions of who finished it, and a draft is changed by who has it.\n"
      "In the server’s words: “reviewer” is not you: nobody reviews in somebody else's name" },
    { "dispute", "not-found: there is no such review of this call",
      "The server does not take it. What it is about is not on the server, or not for you.\n"
      "In the server’s words: there is no such review of this call" },
    { "script", "another time: perhaps", "The server does not take it.\nIn the server’s words: another time: perhaps" },
    { "plan", "no such call", "The server does not take it.\nIn the server’s words: no such call" },
    { "plan", NULL, "The server does not take it." },
  };
  static const char *const kinds[] = { "review", "script", "scorecard", "plan", "calibration", "dispute", "acknowledgement", "coaching", NULL };
  g_autoptr (GError) error = g_error_new_literal (SIDE_ERROR, SIDE_ERROR_FORBIDDEN, "no");
  g_autofree char *kept = side_refused_words_keep (error);

  g_assert_cmpstr (kept, ==, "forbidden: no");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SideDocument) document = side_document_new (cases[i].kind, REVIEW, SIDE_FIXTURE_PROJECT);
      g_autofree char *words = side_refused_words_tell (document, cases[i].kept);

      g_assert_cmpstr (words, ==, cases[i].wanted);
    }
  /* Each kind of what quality is made of has a rule of its own in words. */
  for (gsize i = 0; kinds[i] != NULL; i++)
    {
      g_autoptr (SideDocument) document = side_document_new (kinds[i], REVIEW, SIDE_FIXTURE_PROJECT);
      g_autofree char *words = side_refused_words_tell (document, kept);

      g_assert_null (strstr (words, "This user is not allowed"));
    }
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
  return side_widget_test_find_button (window, "Send Again") != NULL;
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
      g_signal_emit_by_name (side_widget_test_find_button (window, "Send Again"), "clicked");
      side_test_wait_until (has_none, window, 5000, "the window to be empty");
      refuse (place);
    }
  side_test_wait_until (has_again, window, 5000, "what is refused to be shown");
  gtk_window_destroy (GTK_WINDOW (window));
  side_test_run_for (50);
}

/* Taken over while they went on: theirs need not be mixed into it. */
static void
test_claimed_by_another (Place         *place,
                         gconstpointer  data)
{
  g_autoptr (SideReview) mine = make_review ("olga", 1);
  g_autoptr (SideReview) theirs = make_review ("olga", 0);
  g_autoptr (GPtrArray) reviews = NULL;
  GtkWidget *window;

  side_review_claim (theirs, "anna", 2000);
  put_review (place, mine, 0);
  put_review (place, theirs, 2);
  window = show_conflict (place, "you take it over");
  g_signal_emit_by_name (side_widget_test_find_button (window, "Keep as Second Review"), "clicked");
  side_test_wait_until (place_is_settled, side_desk_get_store (place->desk), 5000, "the conflict to be settled");
  reviews = get_reviews (place);
  g_assert_cmpuint (reviews->len, ==, 2);
  g_assert_cmpstr (((SideReview *) reviews->pdata[0])->reviewer, ==, "anna");
  g_assert_cmpfloat (side_review_get_answer (reviews->pdata[1], "1.1"), ==, 1);
  g_assert_cmpint (((SideReview *) reviews->pdata[1])->selection, ==, SIDE_SELECTION_SECOND);
  gtk_window_destroy (GTK_WINDOW (window));
  side_test_run_for (50);
}

static gboolean
is_kept_apart (gpointer place)
{
  g_autoptr (GPtrArray) reviews = get_reviews (place);

  return reviews->len == 2;
}

/* What the server refuses of a review is kept too, once; but no ruling that was not made. */
static void
test_refused_apart (Place         *place,
                    gconstpointer  data)
{
  g_autoptr (SideReview) old = make_review ("anna", 0);
  g_autoptr (SideReview) mine = NULL;
  GtkWidget *window;

  put_review (place, old, 1);
  mine = side_review_copy (old);
  side_review_claim (mine, "olga", 2000);
  side_review_set_answer (mine, "1.1", 1, 2000, -1);
  put_review (place, mine, 0);
  refuse (place);
  window = side_conflicts_window_new (place->desk);
  gtk_window_present (GTK_WINDOW (window));
  side_test_wait_until (has_again, window, 5000, "what is refused to be shown");
  g_signal_emit_by_name (side_widget_test_find_button (window, "Keep as Second Review"), "clicked");
  side_test_wait_until (is_kept_apart, place, 5000, "the second review");
  gtk_window_destroy (GTK_WINDOW (window));
  side_test_run_for (50);
}

/* The dispute was withdrawn while it was judged. */
static void
test_lost_ruling (Place         *place,
                  gconstpointer  data)
{
  g_autoptr (SideReview) ruled = make_review ("anna", 0);
  GtkWidget *window;

  side_review_finish (ruled, 1, 2000);
  put_review (place, ruled, 1);
  side_review_reopen (ruled, "olga", "Heard again", 3000);
  side_review_set_answer (ruled, "1.1", 1, 3000, -1);
  side_review_finish (ruled, 1, 3000);
  put_review (place, ruled, 0);
  refuse (place);
  window = side_conflicts_window_new (place->desk);
  gtk_window_present (GTK_WINDOW (window));
  side_test_wait_until (has_again, window, 5000, "what is refused to be shown");
  g_assert_nonnull (strstr (place_group_description (window), "a ruling of yours on a dispute that was withdrawn"));
  g_assert_null (side_widget_test_find_button (window, "Keep as Second Review"));
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
      group = place_find_kind (window, ADW_TYPE_PREFERENCES_GROUP);
      g_assert_cmpstr (adw_preferences_group_get_title (ADW_PREFERENCES_GROUP (group)), ==, kinds[i].title);
      g_assert_nonnull (find_row (window, "No text"));
      g_assert_null (side_widget_test_find_button (window, "Copy Text"));
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
      show_one (window, mine, theirs);
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
  g_test_add_func ("/conflicts/window", test_window);
  g_test_add_func ("/conflicts/refused", test_refused);
  g_test_add_func ("/conflicts/refused-words", test_refused_words);
  g_test_add_func ("/conflicts/words", test_words);
  g_test_add_func ("/conflicts/kinds", test_kinds);
  g_test_add ("/conflicts/vocabulary", Place, NULL, place_set_up, test_vocabulary, place_tear_down);
  g_test_add ("/conflicts/finished-by-another", Place, NULL, place_set_up, test_finished_by_another, place_tear_down);
  g_test_add ("/conflicts/finished-twice", Place, NULL, place_set_up, test_finished_twice, place_tear_down);
  g_test_add ("/conflicts/moved", Place, NULL, place_set_up, test_moved, place_tear_down);
  g_test_add ("/conflicts/refused-again", Place, NULL, place_set_up, test_refused_again, place_tear_down);
  g_test_add ("/conflicts/claimed-by-another", Place, NULL, place_set_up, test_claimed_by_another, place_tear_down);
  g_test_add ("/conflicts/refused-apart", Place, NULL, place_set_up, test_refused_apart, place_tear_down);
  g_test_add ("/conflicts/lost-ruling", Place, NULL, place_set_up, test_lost_ruling, place_tear_down);
  return g_test_run ();
}
