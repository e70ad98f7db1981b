/* side-answered-export.h - a review for an operator who does not sign in
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "side-desk.h"
#include "side-store-answers.h"

G_BEGIN_DECLS

/* @words: how it went, in a sentence */
typedef void (*SideAnsweredExported) (GtkWidget *widget, const char *words);

char *side_answered_export_print (SideDesk *desk, const SideAnswered *answered);
void  side_answered_export_save  (GtkWidget *widget, SideDesk *desk, const SideAnswered *answered, SideAnsweredExported done);

G_END_DECLS
