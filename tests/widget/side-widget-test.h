/* side-widget-test.h - what every widget's test asks
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "side-test.h"

G_BEGIN_DECLS

void       side_widget_test_init        (int *argc, char ***argv);
GtkWidget *side_widget_test_show        (GtkWidget *widget, int width, int height);
void       side_widget_test_close       (GtkWidget *window);
void       side_widget_test_click       (GtkWidget *button);
void       side_widget_test_new_destroy (GtkWidget *widget);
void       side_widget_test_no_nameless (GtkWidget *root);
guint      side_widget_test_tab_walk    (GtkWidget *window, GtkWidget *wanted);
gboolean   side_widget_test_press       (GtkWidget *widget, guint key, GdkModifierType modifiers);
GtkWidget *side_widget_test_find_button (GtkWidget *root, const char *label);

AdwMessageDialog *side_widget_test_find_question (void);
void              side_widget_test_answer        (const char *response);
gboolean          side_widget_test_escape        (GtkWidget *dialog);

/* How often a property told of a change. */
typedef struct {
  guint count;
} SideNotifyCount;

void       side_widget_test_count       (gpointer object, const char *property, SideNotifyCount *count);

G_END_DECLS
