/* test-icons.c - every icon the user interface names is there and can be drawn
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Takes the names from the sources and the .ui files, so that a new one is
 * looked for too, and draws each with the system's icon theme: what the theme
 * lacks, or no loader can read, GTK draws as a broken picture.
 */
#include "side-widget-test.h"

#define ICON_SIZE 32

/* The names of icons in one file. */
static void
collect_from_file (const char *path,
                   GHashTable *names)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GRegex) regex = g_regex_new ("[a-z0-9]+(?:-[a-z0-9]+)*-symbolic", 0, 0, &error);
  g_autoptr (GMatchInfo) match = NULL;

  g_assert_no_error (error);
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  for (g_regex_match (regex, text, 0, &match); g_match_info_matches (match); g_match_info_next (match, NULL))
    g_hash_table_add (names, g_match_info_fetch (match, 0));
}

static void
collect (const char *folder,
         GHashTable *names)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  const char *name;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        collect (path, names);
      else if (g_str_has_suffix (name, ".c") || g_str_has_suffix (name, ".ui"))
        collect_from_file (path, names);
    }
}

/* The pixels of an icon as the theme gives it. */
static GBytes *
draw (GtkWidget    *window,
      GtkIconTheme *theme,
      const char   *name)
{
  g_autoptr (GtkIconPaintable) icon =
    gtk_icon_theme_lookup_icon (theme, name, NULL, ICON_SIZE, 1, GTK_TEXT_DIR_LTR, 0);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  guchar *pixels = g_malloc (ICON_SIZE * ICON_SIZE * 4);

  gdk_paintable_snapshot (GDK_PAINTABLE (icon), snapshot, ICON_SIZE, ICON_SIZE);
  node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  g_assert_nonnull (node);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, ICON_SIZE, ICON_SIZE));
  gdk_texture_download (texture, pixels, ICON_SIZE * 4);
  return g_bytes_new_take (pixels, ICON_SIZE * ICON_SIZE * 4);
}

static void
test_every_icon (void)
{
  g_autofree char *sources = g_test_build_filename (G_TEST_DIST, "..", "app", "ui", NULL);
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GtkWidget *window = side_widget_test_show (gtk_label_new ("icons"), 100, 100);
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (window));
  g_autoptr (GBytes) broken = NULL;
  GHashTableIter iter;
  gpointer name;

  gtk_icon_theme_add_resource_path (theme, "/org/sidetone/Sidetone/icons");
  broken = draw (window, theme, "no-such-icon");
  collect (sources, names);
  g_assert_cmpuint (g_hash_table_size (names), >, 20);

  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      g_autoptr (GBytes) drawn = draw (window, theme, name);

      if (!gtk_icon_theme_has_icon (theme, name))
        g_test_message ("the icon theme has no %s", (const char *) name);
      else if (g_bytes_equal (drawn, broken))
        g_test_message ("%s cannot be drawn: is there a loader for SVG (librsvg)?", (const char *) name);
      else
        continue;
      g_test_fail ();
    }
  side_widget_test_close (window);
}

int
main (int    argc,
      char **argv)
{
  side_widget_test_init (&argc, &argv);
  g_test_add_func ("/icons/every-one-is-there", test_every_icon);
  return g_test_run ();
}
