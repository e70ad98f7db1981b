/* side-toast.h - short sentences that go by themselves
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

AdwToast *side_toast_new (const char *text);

G_END_DECLS
