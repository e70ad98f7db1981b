/* picture.c - writes a picture of a page with made-up calls
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * picture OUT.png [width height] [light|dark] [live|many|empty|welcome|trust|away|explain|preferences|shortcuts|about] [N [text size in %]]
 */
#include <locale.h>
#include <stdlib.h>
#include <glib/gi18n.h>

#include "side-application.h"
#include "side-board-fixture.h"
#include "side-live-page.h"
#include "side-paths.h"
#include "side-renderer.h"
#include "side-test.h"
#include "side-welcome-page.h"
#include "side-window.h"

static GtkWindow *
topmost (GtkApplication *application)
{
  g_autoptr (GListModel) list = g_object_ref (gtk_window_get_toplevels ());
  GtkWindow *found = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (list, i);

      if (gtk_widget_get_mapped (GTK_WIDGET (window)) && (found == NULL || gtk_window_get_transient_for (window) != NULL))
        found = window;
    }
  return found;
}

static void
save (GtkWidget  *window,
      const char *path)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  GskRenderNode *node;
  g_autoptr (GdkTexture) texture = NULL;
  int width = gdk_paintable_get_intrinsic_width (paintable);
  int height = gdk_paintable_get_intrinsic_height (paintable);

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  gsk_render_node_unref (node);
  g_assert_true (gdk_texture_save_to_png (texture, path));
}

static SideWelcomePage *
find_welcome (GtkWidget *root)
{
  if (SIDE_IS_WELCOME_PAGE (root))
    return SIDE_WELCOME_PAGE (root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      SideWelcomePage *found = find_welcome (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
show_problem (SideWindow *window,
              gboolean    trust)
{
  SideWelcomePage *page = find_welcome (GTK_WIDGET (window));
  g_autofree char *path = side_test_data ("widget/self-signed.pem");
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_file (path, NULL);
  g_autoptr (SideServer) server = side_server_new ("https://calls.example.org", "olga", NULL);
  g_autofree char *fingerprint = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "made up", -1);

  side_welcome_page_set_form (page, server->url, NULL);
  if (trust)
    side_welcome_page_ask_trust (page, "The certificate of calls.example.org is not trusted: it is signed by nobody this "
                                       "computer knows", certificate, fingerprint);
  else
    {
      side_welcome_page_show_problem (page, "There is no answer at this address. Check the address and the network.",
                                      "Could not connect: Connection refused");
      side_welcome_page_offer_stored (page, server);
    }
}

static void
show (SideWindow  *window,
      const char  *what,
      const char  *which)
{
  g_autoptr (SideDesk) desk = NULL;

  if (g_str_equal (what, "welcome"))
    return;
  if (g_str_equal (what, "trust") || g_str_equal (what, "away"))
    {
      show_problem (window, g_str_equal (what, "trust"));
      return;
    }
  desk = side_fixture_new_desk (g_str_equal (what, "empty") ? 0 : g_str_equal (what, "many") ? 200 : 8);
  side_window_show_desk (window, desk);
  side_window_show_page (window, "live");
  side_test_run_for (1500);
  if (g_str_equal (what, "explain"))
    gtk_widget_activate (side_live_page_get_tile (SIDE_LIVE_PAGE (side_window_get_page (window)),
                                                  (SideIndicator) atoi (which)));
  else if (g_str_equal (what, "preferences") || g_str_equal (what, "shortcuts") || g_str_equal (what, "about"))
    g_action_group_activate_action (G_ACTION_GROUP (g_application_get_default ()), what, NULL);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (SideApplication) application = NULL;
  g_autofree char *locales = NULL;
  SideWindow *window;

  side_renderer_choose ();
  setlocale (LC_ALL, "");
  locales = side_paths_dup_locale_folder ();
  bindtextdomain (GETTEXT_PACKAGE, locales);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_assert_cmpint (argc, >, 1);
  application = side_application_new (G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  window = side_window_new (GTK_APPLICATION (application));
  if (argc > 3)
    gtk_window_set_default_size (GTK_WINDOW (window), atoi (argv[2]), atoi (argv[3]));
  if (argc > 4 && g_str_equal (argv[4], "dark"))
    adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_FORCE_DARK);
  gtk_window_present (GTK_WINDOW (window));
  if (argc > 7)
    g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 1024 * atoi (argv[7]) / 100, NULL);
  show (window, argc > 5 ? argv[5] : "live", argc > 6 ? argv[6] : "2");
  side_test_run_for (1500);
  save (GTK_WIDGET (topmost (GTK_APPLICATION (application))), argv[1]);
  return 0;
}
