/* side-application.h - the program
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SIDE_TYPE_APPLICATION (side_application_get_type ())
G_DECLARE_FINAL_TYPE (SideApplication, side_application, SIDE, APPLICATION, AdwApplication)

SideApplication *side_application_new (GApplicationFlags flags);

G_END_DECLS
