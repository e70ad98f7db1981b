/* side-publish-dialog.h - asks what a draft changes before it is put in use
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals:
 *   publish (const char *note)   it is to be put in use; the window closes
 */
#pragma once

#include <adwaita.h>

#include "side-script.h"

G_BEGIN_DECLS

#define SIDE_TYPE_PUBLISH_DIALOG (side_publish_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SidePublishDialog, side_publish_dialog, SIDE, PUBLISH_DIALOG, AdwWindow)

GtkWindow *side_publish_dialog_new (GtkWindow *parent, const SideScript *draft, const SideScript *in_use);

G_END_DECLS
