/* side-simulator-speech.c - what is spoken for a call of the simulator
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Everything comes from the call's record, so that a call of last week is
 * spoken from what the archive kept of it.
 */
#include "side-simulator-speech.h"

#include <string.h>

#include "side-sim-run.h"

/* The id becomes the name of a file. */
static gboolean
is_our_id (const char *id)
{
  return id != NULL && g_str_has_prefix (id, "sim-")
         && strspn (id, "abcdefghijklmnopqrstuvwxyz0123456789.-") == strlen (id);
}

/**
 * side_simulator_can_speak:
 * @centre: who is who
 * @call: a leg
 *
 * Returns: whether it is an answered, finished leg of a simulated centre
 */
gboolean
side_simulator_can_speak (const SideSimCentre *centre,
                          const SideCall      *call)
{
  return is_our_id (call->id) && call->answered_ms > 0 && call->ended_ms > 0 && call->queue != NULL
         && side_sim_centre_find_project (centre, call->project) != NULL
         && side_sim_centre_find_operator (centre, call->operator_id) != NULL;
}

/* "48 213" is spoken as two numbers, the way people give it. */
static char *
spoken_order (const char *id)
{
  gsize length = strlen (id);

  if (length <= 3)
    return g_strdup (id);
  return g_strdup_printf ("%.*s %s", (int) (length - 3), id, id + length - 3);
}

static char *
spoken_price (gint64   minor,
              gboolean english)
{
  if (english)
    return g_strdup_printf ("%" G_GINT64_FORMAT " pounds", minor / 100);
  return g_strdup_printf ("%" G_GINT64_FORMAT " рублей", minor / 100);
}

/**
 * side_simulator_spec_of:
 * @centre: who is who
 * @seed: of the run
 * @call: a finished leg
 *
 * Returns: (transfer full) (nullable): what to speak, %NULL for a leg that
 *   was not answered or is not of this centre
 */
SideSpeechSpec *
side_simulator_spec_of (const SideSimCentre *centre,
                        guint64              seed,
                        const SideCall      *call)
{
  const SideSimProject *project;
  const SideSimOperator *op;
  const char *name;
  SideSpeechSpec *spec;

  if (!side_simulator_can_speak (centre, call))
    return NULL;
  project = side_sim_centre_find_project (centre, call->project);
  op = side_sim_centre_find_operator (centre, call->operator_id);
  name = op->names[project->english];
  spec = side_speech_spec_new ();
  spec->seed = seed;
  spec->call = g_strdup (call->id);
  spec->queue = g_strdup (call->queue);
  spec->language = g_strdup (project->english ? "en" : "ru");
  spec->talk_ms = MAX (0, call->talk_ms);
  spec->hold_ms = MAX (0, call->hold_ms);
  spec->hold_at_ms = call->hold_ms > 0 ? side_sim_hold_offset_ms (seed, call) : 0;
  spec->passed_on = call->transfer != SIDE_TRANSFER_NONE;
  spec->sold = call->order_id != NULL;
  spec->shop = g_strdup (project->project->name);
  spec->op = g_strndup (name, strcspn (name, " "));
  spec->op_id = g_strdup (op->id);
  spec->op_woman = op->woman;
  if (call->order_id != NULL)
    {
      spec->order = spoken_order (call->order_id);
      spec->price = spoken_price (call->amount_minor, project->english);
    }
  return spec;
}
