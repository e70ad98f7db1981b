/* side-test-files.h - a test call saved for others, with its recording
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "side-desk.h"
#include "side-test-call.h"

G_BEGIN_DECLS

/**
 * SideTestFilesDone:
 * @widget: who asked
 * @words: how it went, in a sentence
 */
typedef void (*SideTestFilesDone) (GtkWidget *widget, const char *words);

void side_test_files_save       (GtkWidget          *widget,
                                 const SideTestCall *call,
                                 const char         *recording,
                                 SideTestFilesDone   done);
void side_test_files_save_to    (GtkWidget          *widget,
                                 const SideTestCall *call,
                                 const char         *recording,
                                 const char         *path,
                                 SideTestFilesDone   done);
void side_test_files_save_marks (GtkWidget          *widget,
                                 SideDesk           *desk,
                                 const SideTestCall *call,
                                 gint64              offset_ms,
                                 gint64              length_ms,
                                 SideTestFilesDone   done);
void side_test_files_remove     (const char         *recording);

G_END_DECLS
