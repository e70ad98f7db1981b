/* form-place.h - how a test finds its way in a scoring form
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "calls-place.h"
#include "side-review-keeper.h"
#include "side-script.h"
#include "side-sitting.h"

G_BEGIN_DECLS

GtkWidget  *form_place_row       (GtkWidget *root, const char *criterion);
gboolean    form_place_press     (GtkWidget *form, guint keyval);
const char *form_place_focused   (GtkWidget *window);
gboolean    form_place_says      (GtkWidget *root, const char *words);
GtkWidget  *form_place_button    (GtkWidget *root, const char *label);
gboolean    form_place_has_entry (GtkWidget *root);

/* A form over a desk with a few calls, the script of which is a rich one. */
typedef struct {
  Place             place;
  SideReviewKeeper *keeper;
  SideSitting      *sitting;
  GtkWidget        *form;
  GtkWidget        *window;
  char             *toast;
} FormScene;

void           form_place_set_up         (FormScene *scene, gconstpointer role);
void           form_place_tear_down      (FormScene *scene, gconstpointer role);
gboolean       form_place_is_loaded      (gpointer keeper);
void           form_place_go_to          (FormScene *scene, int number);
void           form_place_begin          (FormScene *scene);
SideCriterion *form_place_add            (SideScript *script, const char *id, const char *text, double weight);
void           form_place_receive_script (FormScene *scene, SideScript *script, gint64 change);

G_END_DECLS
