/* side-banner.h - a strip over a page that says what is wrong at the moment
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum {
  SIDE_BANNER_NOTICE,
  SIDE_BANNER_WARNING,
  SIDE_BANNER_ALERT,
} SideBannerKind;

#define SIDE_TYPE_BANNER (side_banner_get_type ())
G_DECLARE_FINAL_TYPE (SideBanner, side_banner, SIDE, BANNER, GtkWidget)

GtkWidget *side_banner_new        (void);
void       side_banner_show       (SideBanner *self, SideBannerKind kind, const char *heading, const char *text);
void       side_banner_hide       (SideBanner *self);
gboolean   side_banner_get_shown  (SideBanner *self);
void       side_banner_set_button (SideBanner *self, const char *label, const char *action);
void       side_banner_set_second_button (SideBanner *self, const char *label, const char *action);

G_END_DECLS
