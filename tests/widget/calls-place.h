/* calls-place.h - a desk over a real store with a few calls and a script
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>
#include <sys/resource.h>

#include "side-call-notes.h"
#include "side-desk.h"

G_BEGIN_DECLS

#define SCRIPT_ID   "3d1f5a52-6b0e-4c0e-9d2f-0d7f3c6b1a11"
#define PLACE_USER  "olga"   /* who is signed in */
#define PLACE_CALLS 12

typedef struct {
  char     *folder;
  SideDesk *desk;
} Place;

void       place_settle     (void);
SideCall  *place_call       (int number);
void       place_set_up     (Place *place, gconstpointer data);
void       place_set_up_as  (Place *place, SideRole role);
void       place_restart    (Place *place);
void       place_tell_people (Place *place);
void       place_tear_down  (Place *place, gconstpointer data);
void       place_receive    (Place *place, SideDocument *document);
GPtrArray *place_list       (Place *place, const char *kind, const char *call);
void       place_put_events (Place *place, const SideCall *call, gint64 paid_from_ms, gint64 paid_to_ms);
void       place_limit_disk (rlim_t bytes);
GtkWidget *place_find       (GtkWidget *widget, const char *type_name);
GtkWidget *place_find_kind  (GtkWidget *root, GType type);
GtkWidget *place_find_icon  (GtkWidget *root, const char *icon_name);
GtkWidget *place_find_text  (GtkWidget *root, const char *text);
guint      place_count_text (GtkWidget *root, const char *text);
GtkWidget *place_find_entry (GtkWidget *root, const char *title);
GtkWidget *place_find_named (GtkWidget *root, const char *tooltip);

const char *place_group_description (GtkWidget *root);

gboolean   place_is_settled (gpointer store);
gboolean   place_has_one    (gpointer list);
gboolean   place_has_none   (gpointer list);
void       place_write_note (SideCallNotes *notes, SideNoteDraft *draft, const char *tag, const char *text);

G_END_DECLS
