/* side-test.h - bounded waits and temporary folders for the tests
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef gboolean (*SideTestCondition) (gpointer data);

void      side_test_wait_until  (SideTestCondition condition, gpointer data, guint timeout_ms, const char *what);
void      side_test_wait_flag   (gboolean *flag, guint timeout_ms, const char *what);
void      side_test_run_for     (guint ms);
void      side_test_async_cb    (GObject *source, GAsyncResult *result, gpointer result_slot);
GAsyncResult *side_test_wait_result (GAsyncResult **result_slot, guint timeout_ms, const char *what);

char     *side_test_tmp_dir     (void);
void      side_test_rm_rf       (const char *path);
char     *side_test_data        (const char *relative);

G_END_DECLS
