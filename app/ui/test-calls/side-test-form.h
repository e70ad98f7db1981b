/* side-test-form.h - the form beside a test call
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * It does not scroll: whoever shows it puts it into something that does.
 *
 * Signals:
 *   changed ()                  something was said: the test call is another, and to be saved
 *   seek-requested (gint64 ms)  the place in the recording where an answer was given
 */
#pragma once

#include <adwaita.h>

#include "side-scenarios.h"

G_BEGIN_DECLS

#define SIDE_TYPE_TEST_FORM (side_test_form_get_type ())
G_DECLARE_FINAL_TYPE (SideTestForm, side_test_form, SIDE, TEST_FORM, AdwBin)

GtkWidget *side_test_form_new          (void);
void       side_test_form_add_keys     (SideTestForm *self);
void       side_test_form_open         (SideTestForm *self, SideScenarios *shelf, SideTestCall *call, gboolean read_only);
void       side_test_form_set_live     (SideTestForm *self, gint64 position_ms);
void       side_test_form_set_position (SideTestForm *self, gint64 position_ms, gint64 origin_ms);
void       side_test_form_update       (SideTestForm *self);
void       side_test_form_flush        (SideTestForm *self);

G_END_DECLS
