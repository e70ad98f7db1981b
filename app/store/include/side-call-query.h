/* side-call-query.h - which calls to show, and in what order
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A plain record that the calls page fills from its filter chips and hands to
 * SideCallList or to the counting functions of SideStore.
 */
#pragma once

#include <glib-object.h>

#include "side-enums.h"
#include "side-sound-figures.h"

G_BEGIN_DECLS

/**
 * SideCallSort: what a list of calls is ordered by. Calls without a value
 * (no operator, nobody talked, no score, not analysed) come last in both
 * directions; equal ones come newest first. The figures of the sound are
 * %SIDE_CALL_SORT_SOUND + SideSoundFigure.
 */
typedef enum {
  SIDE_CALL_SORT_TIME,
  SIDE_CALL_SORT_OPERATOR,   /* by name, in the user's alphabet */
  SIDE_CALL_SORT_NUMBER,
  SIDE_CALL_SORT_QUEUE,
  SIDE_CALL_SORT_WAIT,
  SIDE_CALL_SORT_TALK,
  SIDE_CALL_SORT_SCORE,
  SIDE_CALL_SORT_OUTCOME,
  SIDE_CALL_SORT_SOUND,      /* the first figure of the sound; the others follow in their order */
} SideCallSort;

#define SIDE_CALL_N_SORTS (SIDE_CALL_SORT_SOUND + SIDE_SOUND_N_FIGURES)

/**
 * SideCallMatch: a question a call answers with yes or no.
 */
typedef enum {
  SIDE_CALL_MATCH_ANY,
  SIDE_CALL_MATCH_YES,
  SIDE_CALL_MATCH_NO,
} SideCallMatch;

typedef struct _SideCallQuery SideCallQuery;

/**
 * SideCallQuery:
 * @project: (nullable): id, or %NULL for all
 * @from_ms: joined at or after; 0 for no bound
 * @to_ms: joined before; 0 for no bound
 * @queues: (nullable): ids, any of them; %NULL or empty for all
 * @operators: (nullable): ids, any of them; %NULL or empty for all
 * @outcomes: set of 1u << SideOutcome; 0 for all
 * @lost_only: only what side_outcome_is_lost() says
 * @scored: whether it has a score
 * @min_score: 0..100, or negative for no bound; unscored calls are out when set
 * @max_score: 0..100, or negative for no bound; likewise
 * @recorded: whether there is a recording
 * @callback: whether a call-back is wanted (and was not made yet)
 * @test: whether it is a test call
 * @analysed: whether its recording was listened to by the analysis
 * @one_sided: whether one side of its recording is silent
 * @unplayable: whether its recording turned out not to be playable
 * @min_sound: for each SideSoundFigure at least, in its own unit; -INFINITY
 *   for no bound; a call whose figure is not known is out when set
 * @max_sound: likewise at most; INFINITY for no bound
 * @min_talk_ms: talk + hold time at least; 0 for no bound
 * @max_talk_ms: talk + hold time at most; 0 for no bound
 * @min_wait_ms: waited at least; 0 for no bound
 * @max_wait_ms: waited at most; 0 for no bound
 * @text: (nullable): words as typed; each must begin a word of the call's
 *   operator, caller, note, topic, order number or of what people wrote about
 *   it, or be a part of the number, where a
 *   leading 8 and a leading +7 are the same
 * @sort: the order
 * @descending: biggest (newest) first
 */
struct _SideCallQuery
{
  char          *project;
  gint64         from_ms;
  gint64         to_ms;
  char         **queues;
  char         **operators;
  guint          outcomes;
  gboolean       lost_only;
  SideCallMatch  scored;
  double         min_score;
  double         max_score;
  SideCallMatch  recorded;
  SideCallMatch  callback;
  SideCallMatch  test;
  SideCallMatch  analysed;
  SideCallMatch  one_sided;
  SideCallMatch  unplayable;
  double         min_sound[SIDE_SOUND_N_FIGURES];
  double         max_sound[SIDE_SOUND_N_FIGURES];
  gint64         min_talk_ms;
  gint64         max_talk_ms;
  gint64         min_wait_ms;
  gint64         max_wait_ms;
  char          *text;
  SideCallSort   sort;
  gboolean       descending;
};

#define SIDE_TYPE_CALL_QUERY (side_call_query_get_type ())
GType          side_call_query_get_type (void);

SideCallQuery *side_call_query_new      (void);
SideCallQuery *side_call_query_copy     (const SideCallQuery *self);
void           side_call_query_free     (SideCallQuery       *self);
gboolean       side_call_query_equal    (const SideCallQuery *a,
                                         const SideCallQuery *b);
gboolean       side_call_query_is_narrowed (const SideCallQuery *self);
gboolean       side_call_query_get_figure (const SideCallQuery *self,
                                         SideSoundFigure     *figure);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideCallQuery, side_call_query_free)

G_END_DECLS
