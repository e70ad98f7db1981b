/* side-recording-name.h - what the name of a recording's file says of its call
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Exchanges write the date, the number and the extension into the names of
 * their recordings. A pattern is a name with words in braces in their places;
 * those of the common exchanges are here, others are written by the person.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  SIDE_DIRECTION_NONE,
  SIDE_DIRECTION_INCOMING,
  SIDE_DIRECTION_OUTGOING,
  SIDE_DIRECTION_INTERNAL,
} SideDirection;

/**
 * SideRecordingName:
 * @at_ms: when it was made; 0 when the name does not say
 * @number: (nullable): the customer's
 * @agent: (nullable): the operator's extension or name
 * @queue: (nullable): the queue
 */
typedef struct {
  gint64         at_ms;
  char          *number;
  char          *agent;
  char          *queue;
  SideDirection  direction;
} SideRecordingName;

void               side_recording_name_free  (SideRecordingName *self);

/* Compiled; immutable, so that any thread may match with it. */
typedef struct _SideNamePattern SideNamePattern;

SideNamePattern   *side_name_pattern_new     (const char        *text,
                                              GError           **error);
void               side_name_pattern_free    (SideNamePattern   *self);
SideRecordingName *side_name_pattern_match   (SideNamePattern   *self,
                                              const char        *name,
                                              GTimeZone         *zone);
SideRecordingName *side_recording_name_guess (const char        *name,
                                              GTimeZone         *zone);

/**
 * SideNameHalf: which half of a call a file of a pair holds, as the PBX sees it.
 * @SIDE_NAME_HALF_NONE: the file holds the whole call
 * @SIDE_NAME_HALF_RECEIVED: what came in from the channel that was recorded
 * @SIDE_NAME_HALF_SENT: what went out to it
 */
typedef enum {
  SIDE_NAME_HALF_NONE,
  SIDE_NAME_HALF_RECEIVED,
  SIDE_NAME_HALF_SENT,
} SideNameHalf;

SideNameHalf       side_recording_name_half  (const char        *name,
                                              char             **common);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideRecordingName, side_recording_name_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideNamePattern, side_name_pattern_free)

G_END_DECLS
