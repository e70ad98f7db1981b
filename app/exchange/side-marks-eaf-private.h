/* side-marks-eaf-private.h - an ELAN document while it is read
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-marks-eaf.h"
#include "side-marks-private.h"

G_BEGIN_DECLS

typedef enum {
  SIDE_EAF_KIND_OTHER,
  SIDE_EAF_KIND_MARK,
  SIDE_EAF_KIND_POINT,
  SIDE_EAF_KIND_REPLY,
  SIDE_EAF_KIND_IS,
} SideEafKind;

/* What the annotations of a tier have in common. */
typedef struct {
  SideEafKind         kind;
  SideMarksAttribute  attribute;   /* of SIDE_EAF_KIND_IS */
  char               *tag;
  char               *author;
  SideMarkSide        side;
  int                 place;       /* among the list's tiers, or -1 */
} SideEafTier;

/* An annotation whose times are not known yet. */
typedef struct {
  guint               line;
  SideEafKind         kind;
  SideMarksAttribute  attribute;
  gboolean            refers;
  char               *id;
  char               *from;        /* time slot, or annotation it refers to */
  char               *to;          /* nullable: time slot */
  SideMark           *mark;        /* NULL once the list has it */
  guint               state;
} SideEafItem;

typedef struct {
  SideMarkList *list;
  GPtrArray    *items;             /* of SideEafItem */
  GHashTable   *slots;             /* id -> SideMarkSlot */
} SideEafDraft;

GPtrArray *side_eaf_items_new  (void);
void       side_eaf_tier_clear (SideEafTier *tier);
gboolean   side_eaf_settle     (SideEafDraft *draft, GError **error);

G_END_DECLS
