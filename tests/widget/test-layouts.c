/* test-layouts.c - what gives way where there is little room
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Boxes of a known size stand for the real things: what is measured does not
 * hang on a font.
 */
#include "side-columns-layout.h"
#include "side-detail-layout.h"
#include "side-panes-layout.h"
#include "side-tiles-layout.h"
#include "side-widget-test.h"
#include "side-wrap-layout.h"

static GtkWidget *
block (GtkWidget *into,
       int        width,
       int        height)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_set_size_request (box, width, height);
  gtk_box_append (GTK_BOX (into), box);
  return box;
}

static GtkWidget *
place (GtkLayoutManager *layout)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_set_layout_manager (box, layout);
  return g_object_ref_sink (box);
}

static void
allocate (GtkWidget *widget,
          int        width,
          int        height)
{
  int minimum;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (width, >=, minimum);
  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, &minimum, NULL, NULL, NULL);
  gtk_widget_size_allocate (widget, &(GtkAllocation) { 0, 0, width, MAX (height, minimum) }, -1);
}

static void
assert_at (GtkWidget *child,
           int        x,
           int        y,
           int        width)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (child, gtk_widget_get_parent (child), &bounds));
  g_assert_cmpint ((int) bounds.origin.x, ==, x);
  g_assert_cmpint ((int) bounds.origin.y, ==, y);
  g_assert_cmpint ((int) bounds.size.width, ==, width);
}

/* The worked example: tiles of 100 with 10 between them. */
static void
test_tiles (void)
{
  GtkLayoutManager *layout = side_tiles_layout_new (5, 10);
  g_autoptr (GtkWidget) box = place (layout);
  static const struct { int width; guint columns; } wanted[] = {
    { 2000, 5 }, { 540, 5 }, { 539, 4 }, { 430, 4 }, { 320, 3 }, { 210, 2 }, { 209, 1 }, { 100, 1 },
  };
  GtkWidget *tiles[10];
  int minimum, natural;

  for (int i = 0; i < 10; i++)
    tiles[i] = block (box, i == 3 ? 100 : 80, i == 7 ? 50 : 40);
  gtk_widget_measure (box, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, ==, 100);
  g_assert_cmpint (natural, ==, 540);
  for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
    g_assert_cmpuint (side_tiles_layout_get_columns (SIDE_TILES_LAYOUT (layout), box, wanted[i].width), ==,
                      wanted[i].columns);
  gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, 540, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, ==, 110);
  gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, 430, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, ==, 170);
  allocate (box, 540, 110);
  assert_at (tiles[4], 440, 0, 100);
  assert_at (tiles[5], 0, 60, 100);
  allocate (box, 430, 170);
  assert_at (tiles[4], 0, 60, 100);
}

/* The first pane has what it likes before the second gets more than it needs. */
static void
test_panes (void)
{
  g_autoptr (GtkWidget) box = place (side_panes_layout_new (10));
  GtkWidget *first = block (box, 400, 100);
  GtkWidget *second = block (box, 200, 50);
  int minimum;

  gtk_widget_measure (box, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, ==, 400);
  allocate (box, 800, 500);
  assert_at (first, 0, 0, 590);
  assert_at (second, 600, 0, 200);
  allocate (box, 610, 500);
  assert_at (second, 410, 0, 200);
  allocate (box, 609, 0);
  assert_at (first, 0, 0, 609);
  assert_at (second, 0, 110, 609);
  gtk_widget_set_direction (box, GTK_TEXT_DIR_RTL);
  allocate (box, 800, 500);
  assert_at (first, 210, 0, 590);
  assert_at (second, 0, 0, 200);
}

/* Columns go by rank, the last of one rank first; those of rank 0 stay. */
static void
test_columns (void)
{
  static const guint ranks[] = { 0, 2, 1, 0 };
  g_autoptr (GtkWidget) box = place (side_columns_layout_new (ranks, 4));
  GtkWidget *cells[8];
  int minimum, natural;

  for (int i = 0; i < 8; i++)
    cells[i] = block (box, 50, i < 4 ? 30 : 20);
  gtk_widget_measure (box, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, ==, 100);
  g_assert_cmpint (natural, ==, 200);
  gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, 200, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, ==, 50);
  allocate (box, 200, 50);
  assert_at (cells[7], 150, 30, 50);
  allocate (box, 199, 50);
  g_assert_false (gtk_widget_get_child_visible (cells[1]));
  g_assert_false (gtk_widget_get_child_visible (cells[5]));
  g_assert_true (gtk_widget_get_child_visible (cells[6]));
  allocate (box, 100, 50);
  g_assert_false (gtk_widget_get_child_visible (cells[6]));
  assert_at (cells[4], 0, 30, 50);
  assert_at (cells[7], 50, 30, 50);
  allocate (box, 200, 50);
  g_assert_true (gtk_widget_get_child_visible (cells[1]));
}

static gboolean
is_folded (gpointer layout)
{
  return side_detail_layout_get_folded (layout);
}

static gboolean
is_unfolded (gpointer layout)
{
  return !side_detail_layout_get_folded (layout);
}

/* However narrow it is, the form is to be reached. */
static void
test_detail (void)
{
  SideDetailLayout *layout = side_detail_layout_new ();
  g_autoptr (GtkWidget) box = place (GTK_LAYOUT_MANAGER (layout));
  GtkWidget *recording = block (box, 400, 200);
  GtkWidget *tabs = block (box, 100, 100);
  GtkWidget *form = block (box, 300, 150);
  int minimum;

  gtk_widget_measure (box, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, ==, 400);
  allocate (box, 700, 600);
  assert_at (recording, 0, 0, 400);
  assert_at (tabs, 0, 200, 400);
  assert_at (form, 400, 0, 300);
  allocate (box, 4000, 600);
  assert_at (form, 3520, 0, 480);
  allocate (box, 699, 600);
  side_test_wait_until (is_folded, layout, 2000, "the layout to say that it is folded");
  assert_at (tabs, 0, 200, 699);
  g_assert_false (gtk_widget_get_child_visible (form));
  side_detail_layout_set_form_shown (layout, TRUE);
  allocate (box, 699, 600);
  assert_at (form, 0, 200, 699);
  g_assert_false (gtk_widget_get_child_visible (tabs));
  allocate (box, 700, 600);
  side_test_wait_until (is_unfolded, layout, 2000, "the layout to say that there is room again");
  g_assert_true (gtk_widget_get_child_visible (tabs));
  assert_at (form, 400, 0, 300);
}

/* The last of a line that expands takes what is left of it, in a line of its own too. */
static void
test_wrap (void)
{
  g_autoptr (GtkWidget) box = place (side_wrap_layout_new (10));
  GtkWidget *a = block (box, 100, 20), *b = block (box, 100, 20);

  gtk_widget_set_hexpand (b, TRUE);
  allocate (box, 400, 20);
  assert_at (a, 0, 0, 100);
  assert_at (b, 110, 0, 290);
  allocate (box, 200, 50);
  assert_at (b, 0, 30, 200);
}

int
main (int   argc,
      char *argv[])
{
  side_widget_test_init (&argc, &argv);
  g_test_add_func ("/layouts/tiles", test_tiles);
  g_test_add_func ("/layouts/panes", test_panes);
  g_test_add_func ("/layouts/columns", test_columns);
  g_test_add_func ("/layouts/detail", test_detail);
  g_test_add_func ("/layouts/wrap", test_wrap);
  return g_test_run ();
}
