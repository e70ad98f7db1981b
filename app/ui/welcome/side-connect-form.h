/* side-connect-form.h - where the server is and how one is known there
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* ::submitted (const char *url, const char *user, const char *secret) */
typedef enum {
  SIDE_CONNECT_FIELD_ADDRESS,
  SIDE_CONNECT_FIELD_SECRET,
} SideConnectField;

#define SIDE_TYPE_CONNECT_FORM (side_connect_form_get_type ())
G_DECLARE_FINAL_TYPE (SideConnectForm, side_connect_form, SIDE, CONNECT_FORM, AdwBin)

GtkWidget *side_connect_form_new   (void);
void       side_connect_form_fill  (SideConnectForm *self, const char *url, const char *user);
void       side_connect_form_focus (SideConnectForm *self, SideConnectField field);

G_END_DECLS
