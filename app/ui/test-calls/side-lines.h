/* side-lines.h - the telephone lines of whoever works on this computer
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Lines stand in a file of this person's, their passwords in the desktop's
 * Secret Service, and for this session in memory that is in no core file.
 *
 * Signals:
 *   changed ()   another line, or one is gone or different
 */
#pragma once

#include "side-line.h"

G_BEGIN_DECLS

#define SIDE_TYPE_LINES (side_lines_get_type ())
G_DECLARE_FINAL_TYPE (SideLines, side_lines, SIDE, LINES, GObject)

SideLines      *side_lines_new                 (const char *path);
SideLines      *side_lines_get_default         (void);
const GError   *side_lines_get_error           (SideLines *self);
guint           side_lines_get_count           (SideLines *self);
const SideLine *side_lines_get                 (SideLines *self, guint position);
const SideLine *side_lines_find                (SideLines *self, const char *id);
gboolean        side_lines_put                 (SideLines *self, const SideLine *line, GError **error);
gboolean        side_lines_remove              (SideLines *self, const char *id, GError **error);
gboolean        side_lines_restore             (SideLines *self, GError **error);
void            side_lines_forget_removed      (SideLines *self);

void            side_lines_set_password_async  (SideLines *self, const char *id, const char *password,
                                                GAsyncReadyCallback callback, gpointer user_data);
gboolean        side_lines_set_password_finish (SideLines *self, GAsyncResult *result, GError **error);
void            side_lines_find_secret_async   (SideLines *self, const char *id, GCancellable *cancellable,
                                                GAsyncReadyCallback callback, gpointer user_data);
SideSipSecret  *side_lines_find_secret_finish  (SideLines *self, GAsyncResult *result, GError **error);

G_END_DECLS
