/* side-tags.h - the vocabulary of a project: words, colours, keys
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a project has before anybody changed it is built in; a tag document
 * with the same word takes its place. One object a desk, which follows its
 * project.
 */
#pragma once

#include <gdk/gdk.h>

#include "side-annotation.h"
#include "side-document-shelf.h"

G_BEGIN_DECLS

#define SIDE_TAGS_MAX_LABEL 40   /* characters */

#define SIDE_TYPE_TAGS (side_tags_get_type ())
G_DECLARE_FINAL_TYPE (SideTags, side_tags, SIDE, TAGS, SideDocumentShelf)

SideTags          *side_tags_get        (SideDesk *desk);
GPtrArray         *side_tags_list       (SideTags *self);
const SideTag     *side_tags_find       (SideTags *self, const char *word);
const SideTag     *side_tags_find_key   (SideTags *self, guint keyval);
const char        *side_tags_label      (SideTags *self, const char *word);
void               side_tags_rgba       (SideTags *self, const char *word, GdkRGBA *rgba);
char              *side_tags_hex        (const GdkRGBA *rgba);
const char *const *side_tags_palette    (gsize *n_colours);
const char        *side_tags_colour_name (const char *colour);

gboolean           side_tags_may_edit   (SideTags *self);
char              *side_tags_refuse     (SideTags *self, const SideTag *tag);
SideTag           *side_tags_begin      (SideTags *self, const char *label);
void               side_tags_put        (SideTags *self, const SideTag *tag);
void               side_tags_move       (SideTags *self, const char *word, int by);
SideSteps         *side_tags_get_steps  (SideTags *self);

G_END_DECLS
