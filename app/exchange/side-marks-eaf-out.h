/* side-marks-eaf-out.h - an ELAN document while it is written
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-marks-eaf.h"
#include "side-marks-private.h"

G_BEGIN_DECLS

/* @parent, @tag, @author and @stereotype belong to others. */
typedef struct {
  char               *id;
  char               *type;        /* its linguistic type */
  const SideMarkTier *kept;        /* nullable: the one it was read as */
  const char         *parent;      /* nullable: id of the tier it depends on */
  const char         *tag;
  const char         *author;
  const char         *stereotype;  /* nullable: how it depends */
  SideMarkSide        side;
  gboolean            refers;
  SideMarksAttribute  attribute;   /* what it tells; SIDE_MARKS_N_ATTRIBUTES for marks */
  GPtrArray          *marks;
} SideEafOutTier;

typedef struct {
  const SideMarkList *list;
  GHashTable         *ids;         /* mark -> id in the document */
  GHashTable         *used_ids;
  GHashTable         *made_ids;    /* marks whose id is not the document's */
  GHashTable         *names;       /* tier ids in use -> last number */
  GHashTable         *tier_of;     /* mark -> SideEafOutTier */
  GPtrArray          *tiers;       /* of SideEafOutTier */
  guint               last_id;
} SideEafOut;

void  side_eaf_get_span     (const SideMark *mark, gint64 *from, gint64 *to);
char *side_eaf_new_id       (SideEafOut *self);
void  side_eaf_put_document (SideEafOut *self, GString *out);

G_END_DECLS
