/* side-config-actions.h - what the key file lets supervisors do
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Private to the server's core.
 */
#pragma once

#include "side-config-reader.h"

G_BEGIN_DECLS

void side_config_read_actions  (const SideConfigSection *section, SidePbxConfig *pbx, GPtrArray *faults);
void side_config_read_breaks   (const SideConfigSection *section, SideServerConfig *config, GPtrArray *faults);
void side_config_read_phones   (const SideConfigSection *section, SideServerConfig *config, GPtrArray *faults);
void side_config_check_actions (const SideServerConfig *config, GPtrArray *faults);

G_END_DECLS
