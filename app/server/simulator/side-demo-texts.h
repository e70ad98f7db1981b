/* side-demo-texts.h - the texts that are built in: dialogues and scripts
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GResource *side_demo_texts_get (void);

G_END_DECLS
