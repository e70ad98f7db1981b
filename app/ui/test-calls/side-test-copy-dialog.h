/* side-test-copy-dialog.h - a copy of a test call's recording for others
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-copy-dialog.h"
#include "side-test-call.h"

G_BEGIN_DECLS

#define SIDE_TYPE_TEST_COPY_DIALOG (side_test_copy_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SideTestCopyDialog, side_test_copy_dialog, SIDE, TEST_COPY_DIALOG, SideCopyDialog)

/**
 * SideTestCopy: what there is to be copied.
 * @path: the recording on this computer
 * @offset_ms: when it begins, from the moment the call was dialled
 * @length_ms: how long it is
 * @from_ms: where the selected span of it begins
 * @to_ms: where it ends; @from_ms or less when nothing is selected
 */
typedef struct {
  const char *path;
  gint64      offset_ms;
  gint64      length_ms;
  gint64      from_ms;
  gint64      to_ms;
} SideTestCopy;

GtkWindow *side_test_copy_dialog_new (GtkWindow *parent, SideDesk *desk, const SideTestCall *call, const SideTestCopy *what);

G_END_DECLS
