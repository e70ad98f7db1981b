/* test-window.c - welcome page, window, sidebar, preferences
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-application.h"
#include "side-board-fixture.h"
#include "side-desk-private.h"
#include "side-error.h"
#include "side-pages.h"
#include "side-preferences.h"
#include "side-settings.h"
#include "side-sidebar.h"
#include "side-welcome-page.h"
#include "side-widget-test.h"
#include "side-window.h"

static GtkWidget *
find (GtkWidget  *root,
      GType       type,
      const char *id)
{
  const char *name = gtk_buildable_get_buildable_id (GTK_BUILDABLE (root));

  if (g_type_is_a (G_OBJECT_TYPE (root), type) && (id == NULL || g_strcmp0 (name, id) == 0))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type, id);

      if (found != NULL)
        return found;
    }
  return NULL;
}

typedef struct {
  guint demo, cancelled;
  char *url, *user, *secret, *fingerprint, *forgotten, *chosen;
} Heard;

static void
demo_cb (SideWelcomePage *page, Heard *heard)
{
  heard->demo++;
}

static void
connect_cb (SideWelcomePage *page, const char *url, const char *user, const char *secret, Heard *heard)
{
  heard->url = g_strdup (url);
  heard->user = g_strdup (user);
  heard->secret = g_strdup (secret);
}

static void
trust_cb (SideWelcomePage *page, const char *fingerprint, Heard *heard)
{
  heard->fingerprint = g_strdup (fingerprint);
}

static void
forget_cb (SideWelcomePage *page, const char *url, const char *user, Heard *heard)
{
  heard->forgotten = g_strdup (url);
}

static void
chosen_cb (SideWelcomePage *page, const char *url, const char *user, Heard *heard)
{
  heard->chosen = g_strdup (url);
}

static void
heard_clear (Heard *heard)
{
  g_free (heard->url);
  g_free (heard->user);
  g_free (heard->secret);
  g_free (heard->fingerprint);
  g_free (heard->forgotten);
  g_free (heard->chosen);
}

static GtkWidget *
show_welcome (GtkWidget **window,
              Heard      *heard)
{
  GtkWidget *page = side_welcome_page_new ();

  *heard = (Heard) { 0 };
  *window = side_widget_test_show (page, 800, 700);
  g_signal_connect (page, "demo-requested", G_CALLBACK (demo_cb), heard);
  g_signal_connect (page, "connect-requested", G_CALLBACK (connect_cb), heard);
  g_signal_connect (page, "trust-requested", G_CALLBACK (trust_cb), heard);
  g_signal_connect (page, "forget-requested", G_CALLBACK (forget_cb), heard);
  g_signal_connect (page, "server-chosen", G_CALLBACK (chosen_cb), heard);
  return page;
}

static void
test_welcome (void)
{
  GtkWidget *window;
  Heard heard;
  GtkWidget *page = show_welcome (&window, &heard);
  GtkWidget *connect;

  side_widget_test_no_nameless (page);
  side_widget_test_tab_walk (window, find (page, GTK_TYPE_BUTTON, "demo"));
  side_widget_test_click (find (page, GTK_TYPE_BUTTON, "demo"));
  g_assert_cmpuint (heard.demo, ==, 1);
  side_widget_test_tab_walk (window, find (page, GTK_TYPE_BUTTON, "choose_server"));
  side_widget_test_click (find (page, GTK_TYPE_BUTTON, "choose_server"));
  side_widget_test_no_nameless (page);
  connect = find (page, GTK_TYPE_BUTTON, "connect");
  g_assert_false (gtk_widget_get_sensitive (connect));
  gtk_editable_set_text (GTK_EDITABLE (find (page, ADW_TYPE_ENTRY_ROW, "address")), "calls.example.org");
  gtk_editable_set_text (GTK_EDITABLE (find (page, ADW_TYPE_ENTRY_ROW, "user")), "olga");
  gtk_editable_set_text (GTK_EDITABLE (find (page, ADW_TYPE_ENTRY_ROW, "secret")), "s3cret");
  g_assert_true (gtk_widget_get_sensitive (connect));
  side_widget_test_tab_walk (window, connect);
  side_widget_test_click (connect);
  g_assert_cmpstr (heard.url, ==, "calls.example.org");
  g_assert_cmpstr (heard.user, ==, "olga");
  g_assert_cmpstr (heard.secret, ==, "s3cret");
  side_widget_test_close (window);
  heard_clear (&heard);
}

static void
test_problems (void)
{
  GtkWidget *window;
  Heard heard;
  SideWelcomePage *page = SIDE_WELCOME_PAGE (show_welcome (&window, &heard));

  g_assert_null (side_welcome_page_get_problem (page));
  side_welcome_page_show_problem (page, "There is no answer at this address.", "connection refused");
  g_assert_cmpstr (side_welcome_page_get_problem (page), ==, "There is no answer at this address.");
  side_welcome_page_ask_trust (page, "The certificate of calls.example.org is not trusted: it has expired", NULL, "ab12cd34");
  g_assert_nonnull (strstr (side_welcome_page_get_problem (page), "it has expired"));
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (find (GTK_WIDGET (page), GTK_TYPE_LABEL, "fingerprint"))), ==, "AB12 CD34");
  side_widget_test_click (find (GTK_WIDGET (page), GTK_TYPE_BUTTON, "trust"));
  g_assert_cmpstr (heard.fingerprint, ==, "ab12cd34");
  g_assert_null (side_welcome_page_get_problem (page));
  side_widget_test_close (window);
  heard_clear (&heard);
}

static void
test_known_servers (void)
{
  GtkWidget *window;
  Heard heard;
  SideWelcomePage *page = SIDE_WELCOME_PAGE (show_welcome (&window, &heard));
  g_autoptr (GPtrArray) servers = g_ptr_array_new_with_free_func ((GDestroyNotify) side_server_free);
  GtkWidget *row, *button;

  g_ptr_array_add (servers, side_server_new ("https://one", "olga", NULL));
  side_welcome_page_set_servers (page, servers);
  row = find (GTK_WIDGET (page), ADW_TYPE_ACTION_ROW, NULL);
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), ==, "https://one");
  button = find (row, GTK_TYPE_BUTTON, NULL);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, "Forget https://one");
  side_widget_test_click (button);
  g_assert_cmpstr (heard.forgotten, ==, "https://one");
  adw_action_row_activate (ADW_ACTION_ROW (row));
  g_assert_cmpstr (heard.chosen, ==, "https://one");
  g_ptr_array_set_size (servers, 0);
  side_welcome_page_set_servers (page, servers);
  g_assert_false (gtk_widget_get_visible (find (GTK_WIDGET (page), ADW_TYPE_BIN, "servers_bin")));
  side_widget_test_close (window);
  heard_clear (&heard);
}

static void
test_sidebar (void)
{
  SideDesk *desk = side_fixture_new_desk (8);
  GtkWidget *sidebar = side_sidebar_new (desk);
  gpointer alive = sidebar;
  GtkWidget *window = side_widget_test_show (sidebar, 216, 700);
  int natural;

  g_object_add_weak_pointer (G_OBJECT (sidebar), &alive);
  g_assert_cmpstr (side_sidebar_get_state (SIDE_SIDEBAR (sidebar)), ==, "Connected");
  gtk_widget_measure (sidebar, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  g_assert_cmpint (natural, ==, 216);
  /* The role stands there in full, on a line of its own if need be. */
  g_assert_false (pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (find (sidebar, GTK_TYPE_LABEL, "project_detail")))));
  side_sidebar_set_badge (SIDE_SIDEBAR (sidebar), "live", 2, TRUE, "2 callers over the limit");
  side_sidebar_select (SIDE_SIDEBAR (sidebar), "live");
  side_widget_test_no_nameless (sidebar);
  side_widget_test_close (window);
  g_assert_null (alive);
  g_assert_finalize_object (desk);
}

/* The server is heard but not its telephone exchange: that is not "Connected". */
/* Tab passes the pages; it does not go through them, which would change the page. */
static void
test_sidebar_tab (void)
{
  g_autoptr (SideServer) server = side_server_new ("http://127.0.0.1:8590", "olga", NULL);
  g_autoptr (SideDesk) desk = side_desk_new (server, NULL);
  GtkWidget *sidebar = side_sidebar_new (desk);
  GtkWidget *window = side_widget_test_show (sidebar, 216, 700);
  GtkWidget *pages = GTK_WIDGET (gtk_widget_get_template_child (sidebar, SIDE_TYPE_SIDEBAR, "pages"));

  side_widget_test_tab_walk (window, pages);
  gtk_widget_child_focus (window, GTK_DIR_TAB_FORWARD);
  g_assert_null (gtk_widget_get_focus_child (pages));
  side_widget_test_close (window);
}

static void
test_sidebar_silent_exchange (void)
{
  SideDesk *desk = side_fixture_new_desk (8);
  GtkWidget *sidebar = side_sidebar_new (desk);
  GtkWidget *window = side_widget_test_show (sidebar, 216, 700);
  gint64 now_ms = side_fixture_now_ms ();
  GtkWidget *detail = find (sidebar, GTK_TYPE_LABEL, "state_detail");

  side_fixture_gap (side_desk_get_board (desk), now_ms, 0);
  side_clock_shift_ms (side_desk_get_clock (desk), 250000);
  g_signal_emit_by_name (desk, "tick");
  g_assert_cmpstr (side_sidebar_get_state (SIDE_SIDEBAR (sidebar)), ==, "PBX not answering");
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (detail)), ==, "since 15:47, for 4:10 · the numbers are from before");
  g_assert_true (gtk_widget_get_visible (find (sidebar, GTK_TYPE_IMAGE, "silent")));
  side_fixture_gap (side_desk_get_board (desk), now_ms, now_ms + 250000);
  g_signal_emit_by_name (desk, "tick");
  g_assert_cmpstr (side_sidebar_get_state (SIDE_SIDEBAR (sidebar)), ==, "Connected");
  g_assert_false (gtk_widget_get_visible (find (sidebar, GTK_TYPE_IMAGE, "silent")));
  side_widget_test_close (window);
  g_assert_finalize_object (desk);
}

static void
assert_lines (GtkWidget  *sidebar,
              const char *id,
              int         most)
{
  GtkLabel *label = GTK_LABEL (find (sidebar, GTK_TYPE_LABEL, id));

  g_assert_cmpint (pango_layout_get_line_count (gtk_label_get_layout (label)), <=, most);
  g_assert_cmpstr (gtk_widget_get_tooltip_text (GTK_WIDGET (label)), ==, gtk_label_get_text (label));
}

/* However long the names, the sidebar grows neither wider nor out of its lines. */
static void
test_sidebar_long_names (void)
{
  SideDesk *desk = side_fixture_new_desk (8);
  SideProject *project = side_desk_get_project (desk);
  SideSession *session = side_desk_get_session (desk);
  GtkWidget *sidebar;
  GtkWidget *window;
  int natural;

  g_free (project->name);
  project->name = g_strdup ("The very large shop of running shoes, rubber boots and everything else for one's feet");
  g_free (session->server_name);
  session->server_name = g_strdup ("telephone-exchange-of-the-second-floor.calls.example.org");
  sidebar = side_sidebar_new (desk);
  window = side_widget_test_show (sidebar, 216, 700);
  gtk_widget_measure (sidebar, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  g_assert_cmpint (natural, ==, 216);
  assert_lines (sidebar, "project_name", 2);
  assert_lines (sidebar, "project_detail", 2);
  assert_lines (sidebar, "state_detail", 4);
  side_widget_test_close (window);
  g_assert_finalize_object (desk);
}

/* Only one in a process can be registered. */
static SideApplication *
the_application (void)
{
  static SideApplication *application;

  if (application == NULL)
    {
      application = side_application_new (G_APPLICATION_NON_UNIQUE);
      g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
    }
  return application;
}

static GtkWidget *
find_type (GtkWidget *root,
           GType      type)
{
  GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (root, type) ? root : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_type (child, type);
  return found;
}

/* Whoever goes to a page by key is in its list; whoever walks the sidebar stays there. */
static void
assert_focus (SideWindow *window)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (window));
  GtkWidget *sidebar;

  g_assert_nonnull (focus);
  g_assert_nonnull (gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_VIEW));
  sidebar = find_type (GTK_WIDGET (window), SIDE_TYPE_SIDEBAR);
  gtk_widget_child_focus (sidebar, GTK_DIR_TAB_FORWARD);
  focus = gtk_root_get_focus (GTK_ROOT (window));
  g_assert_true (gtk_widget_is_ancestor (focus, sidebar));
  side_window_show_page (window, "live");
  g_assert_true (gtk_root_get_focus (GTK_ROOT (window)) == focus);
}

static void
test_window (void)
{
  SideApplication *application = the_application ();
  SideDesk *desk = side_fixture_new_desk (8);
  SideWindow *window;
  gpointer page;

  window = side_window_new (GTK_APPLICATION (application));
  gtk_window_set_default_size (GTK_WINDOW (window), 1366, 768);
  gtk_window_present (GTK_WINDOW (window));
  side_test_run_for (100);
  g_assert_null (side_window_get_desk (window));
  g_assert_null (side_window_get_page (window));
  side_window_show_desk (window, desk);
  side_window_show_page (window, "live");
  side_test_run_for (100);
  g_assert_true (side_window_get_desk (window) == desk);
  g_assert_cmpstr (G_OBJECT_TYPE_NAME (side_window_get_page (window)), ==, "SideLivePage");
  assert_focus (window);
  side_widget_test_no_nameless (GTK_WIDGET (window));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-sidebar", NULL);
  g_assert_false (g_settings_get_boolean (side_settings_get (), "show-sidebar"));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-sidebar", NULL);
  g_assert_true (g_settings_get_boolean (side_settings_get (), "show-sidebar"));
  side_window_toast (window, "a < b");
  page = side_window_get_page (window);
  g_object_add_weak_pointer (G_OBJECT (page), &page);
  side_window_show_desk (window, NULL);
  g_assert_null (side_window_get_desk (window));
  side_test_run_for (50);
  g_assert_null (page);
  gtk_window_destroy (GTK_WINDOW (window));
  side_test_run_for (50);
  g_assert_finalize_object (desk);
}

/* Nothing to review, nothing to choose: the keyboard is still somewhere from where one gets on. */
static void
test_empty_page (void)
{
  SideDesk *desk = side_fixture_new_desk (8);
  SideWindow *window = side_window_new (GTK_APPLICATION (the_application ()));

  gtk_window_set_default_size (GTK_WINDOW (window), 1366, 768);
  gtk_window_present (GTK_WINDOW (window));
  side_window_show_desk (window, desk);
  for (gsize i = 0; i < 3; i++)
    {
      GtkWidget *focus;

      side_window_show_page (window, "live");
      side_test_run_for (100);
      gtk_root_set_focus (GTK_ROOT (window), find_type (side_window_get_page (window), GTK_TYPE_LIST_VIEW));
      side_window_show_page (window, "reviews");
      side_test_run_for (100);
      focus = gtk_root_get_focus (GTK_ROOT (window));
      g_assert_nonnull (focus);
      g_assert_true (gtk_widget_get_mapped (focus));
    }
  gtk_window_destroy (GTK_WINDOW (window));
  side_test_run_for (50);
  g_assert_finalize_object (desk);
}

/* News that is seconds old is told in seconds. */
static void
test_sidebar_behind (void)
{
  SideDesk *desk = side_fixture_new_desk (8);
  GtkWidget *sidebar = side_sidebar_new (desk);
  GtkWidget *window = side_widget_test_show (sidebar, 216, 700);
  GtkLabel *detail = GTK_LABEL (find (sidebar, GTK_TYPE_LABEL, "state_detail"));

  desk->behind_ms = 14;
  g_signal_emit_by_name (desk, "tick");
  g_assert_true (g_str_has_suffix (gtk_label_get_text (detail), " · 14 ms behind"));
  desk->behind_ms = 13695;
  g_signal_emit_by_name (desk, "tick");
  g_assert_true (g_str_has_suffix (gtk_label_get_text (detail), " · 14 s behind"));
  side_widget_test_close (window);
  g_assert_finalize_object (desk);
}

static gboolean
says (GtkWidget  *root,
      const char *words)
{
  if (GTK_IS_LABEL (root) && gtk_widget_get_mapped (root) && strstr (gtk_label_get_text (GTK_LABEL (root)), words) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (says (child, words))
      return TRUE;
  return FALSE;
}

typedef struct {
  SideWindow *window;
  const char *words;
  gboolean    said;
} Expected;

static gboolean
is_as_expected (gpointer data)
{
  const Expected *expected = data;

  return says (GTK_WIDGET (expected->window), expected->words) == expected->said;
}

static void
wait_for_words (SideWindow *window,
                const char *words,
                gboolean    said)
{
  Expected expected = { window, words, said };

  side_test_wait_until (is_as_expected, &expected, 10000, words);
}

/* That nothing can be kept comes before being offline, whose words would be false. */
static void
test_banner (void)
{
  SideDesk *desk = side_fixture_new_desk (8);
  SideWindow *window = side_window_new (GTK_APPLICATION (the_application ()));
  g_autoptr (GError) full = g_error_new (SIDE_ERROR, SIDE_ERROR_FULL, "no room");
  g_autoptr (GError) damaged = g_error_new (SIDE_ERROR, SIDE_ERROR_CORRUPT, "damaged");

  gtk_window_present (GTK_WINDOW (window));
  desk->stored_only = TRUE;
  side_window_show_desk (window, desk);
  wait_for_words (window, "Working offline", TRUE);
  side_desk_fail_store (desk, full);
  wait_for_words (window, "There is no room left on the disk.", TRUE);
  wait_for_words (window, "Working offline", FALSE);
  side_desk_fail_store (desk, damaged);
  wait_for_words (window, "The stored calls were damaged", TRUE);
  wait_for_words (window, "The stored calls were damaged.", FALSE);   /* once, as the title */
  side_desk_clear_store_error (desk);
  wait_for_words (window, "Working offline", TRUE);
  side_window_show_desk (window, NULL);
  gtk_window_destroy (GTK_WINDOW (window));
  side_test_run_for (50);
  g_assert_finalize_object (desk);
}

static void
test_pages (void)
{
  gsize n_pages;
  const SidePage *pages = side_pages_list (&n_pages);

  g_assert_cmpuint (n_pages, >=, 1);
  for (gsize i = 0; i < n_pages; i++)
    {
      g_assert_true (side_pages_find (pages[i].name) == &pages[i]);
      g_assert_nonnull (side_pages_get_title (&pages[i]));
    }
  g_assert_null (side_pages_find ("no such page"));
}

static void
test_preferences (void)
{
  GtkWidget *preferences = side_preferences_new (NULL, NULL);

  side_preferences_follow_style ();
  gtk_window_present (GTK_WINDOW (preferences));
  side_test_run_for (50);
  adw_combo_row_set_selected (ADW_COMBO_ROW (find (preferences, ADW_TYPE_COMBO_ROW, "style")), 2);
  g_assert_true (adw_style_manager_get_dark (adw_style_manager_get_default ()));
  adw_combo_row_set_selected (ADW_COMBO_ROW (find (preferences, ADW_TYPE_COMBO_ROW, "style")), 1);
  g_assert_false (adw_style_manager_get_dark (adw_style_manager_get_default ()));
  g_assert_true (side_settings_get_masked ());
  gtk_switch_set_active (GTK_SWITCH (find (preferences, GTK_TYPE_SWITCH, "full_numbers")), TRUE);
  g_assert_false (side_settings_get_masked ());
  g_settings_reset (side_settings_get (), "full-numbers");
  g_settings_reset (side_settings_get (), "style");
  side_widget_test_no_nameless (preferences);
  gtk_window_destroy (GTK_WINDOW (preferences));
}

static GtkWindow *
shortcuts_window (void)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (toplevels, i);

      if (GTK_IS_SHORTCUTS_WINDOW (window))
        return window;
    }
  return NULL;
}

/* Any warning ends the test; a section that needs buttons for further pages has them. */
static void
test_shortcuts (void)
{
  static const char *const sections[] = { "shortcuts", "call", "review", "test-call" };
  SideApplication *application = the_application ();
  GtkWindow *window;

  g_action_group_activate_action (G_ACTION_GROUP (application), "shortcuts", NULL);
  window = shortcuts_window ();
  g_assert_nonnull (window);
  for (gsize i = 0; i < G_N_ELEMENTS (sections); i++)
    {
      GtkRequisition natural;

      g_object_set (window, "section-name", sections[i], NULL);
      side_test_run_for (200);
      gtk_widget_get_preferred_size (GTK_WIDGET (window), NULL, &natural);
      g_test_message ("%s: %d × %d", sections[i], natural.width, natural.height);
      g_assert_cmpint (natural.height, <=, 700);
      g_assert_cmpint (natural.width, <=, 1366);
    }
  gtk_window_destroy (window);
  side_test_run_for (50);
}

int
main (int   argc,
      char *argv[])
{
  side_widget_test_init (&argc, &argv);
  g_test_add_func ("/window/welcome", test_welcome);
  g_test_add_func ("/window/problems", test_problems);
  g_test_add_func ("/window/known-servers", test_known_servers);
  g_test_add_func ("/window/sidebar", test_sidebar);
  g_test_add_func ("/window/sidebar-tab", test_sidebar_tab);
  g_test_add_func ("/window/sidebar-silent-exchange", test_sidebar_silent_exchange);
  g_test_add_func ("/window/sidebar-behind", test_sidebar_behind);
  g_test_add_func ("/window/banner", test_banner);
  g_test_add_func ("/window/sidebar-long-names", test_sidebar_long_names);
  g_test_add_func ("/window/window", test_window);
  g_test_add_func ("/window/empty-page", test_empty_page);
  g_test_add_func ("/window/pages", test_pages);
  g_test_add_func ("/window/preferences", test_preferences);
  g_test_add_func ("/window/shortcuts", test_shortcuts);
  return g_test_run ();
}
