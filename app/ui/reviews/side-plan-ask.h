/* side-plan-ask.h - a question with some answers, and maybe room for another one
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * SidePlanAnswered:
 * @answer: what was chosen or typed, never empty
 * @data: data
 */
typedef void (*SidePlanAnswered) (const char *answer, gpointer data);

GtkWindow *side_plan_ask (GtkWindow *parent, const char *heading, const char *body, const char *const *choices, const char *other,
                          const char *accept, SidePlanAnswered answered, gpointer data, GDestroyNotify free_data);

G_END_DECLS
