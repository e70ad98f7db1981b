/* side-dialogue.h - what is said in the demo's recordings
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Dialogues are text files, one turn a line, in sections:
 *
 *   ; a comment
 *   @language ru            ru or en
 *   @queue tea-orders       the queue it belongs to, "*" for a filler
 *   @customer woman         man, woman or any
 *   @sells yes              whether it ends with an order
 *   == greeting             or before-hold, after-hold, transfer, body, closing
 *   O: the operator         C: the customer
 *   C! cuts in              O~ takes a while first
 *
 * A blank line ends an exchange; exchanges of the body may be left out.
 * {shop}, {operator}, {customer}, {order}, {price} and {city} are filled in.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  SIDE_SECTION_GREETING,
  SIDE_SECTION_BODY,
  SIDE_SECTION_CLOSING,
  SIDE_SECTION_BEFORE_HOLD,
  SIDE_SECTION_AFTER_HOLD,
  SIDE_SECTION_TRANSFER,
  SIDE_N_SECTIONS,
} SideSection;

typedef struct {
  gboolean  customer;
  gboolean  cuts_in;
  gboolean  slow;
  char     *text;
} SideLine;

/**
 * SideDialogue:
 * @sections: of exchanges, each a GPtrArray of SideLine
 */
typedef struct {
  char      *language;
  char      *queue;
  gboolean   sells;
  gboolean   man, woman;      /* both: anybody may be the customer */
  GPtrArray *sections[SIDE_N_SECTIONS];
} SideDialogue;

typedef struct {
  const char *shop;
  const char *op;
  const char *customer;
  const char *order;
  const char *price;
  const char *city;
} SideDialogueWords;

SideDialogue *side_dialogue_parse (const char *text, GError **error);
void          side_dialogue_free  (SideDialogue *self);
GPtrArray    *side_dialogue_load  (GError **error);
char         *side_dialogue_fill  (const char *text, const SideDialogueWords *words);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideDialogue, side_dialogue_free)

G_END_DECLS
