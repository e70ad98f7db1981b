/* wire-random.c - random records and boards for the tests of the protocol
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * "Fill" puts anything into every member a table names; a "story" is an event
 * that could have happened, so that a board grows out of many of them.
 */
#include "wire-random.h"

#include "side-time.h"

#define START_MS G_GINT64_CONSTANT (1795269600000)   /* 2026-11-21T14:00Z */

/* Text with everything that needs care in JSON, in parsers and in UTF-8. */
char *
wire_random_text (GRand *rand)
{
  static const char *const pieces[] = {
    "", "a", "Анна", "ё", "\"", "\\", "/", "\n", "\t", "\r", "\001", "\177", "{", "}", "[", "]", ":", ",",
    "\xf0\x9f\x93\x9e", "\xe2\x80\xa8", "null", "0", "-", "<b>", "\\u0041", "+7 903",
  };
  g_autoptr (GString) out = g_string_new (NULL);
  int n = g_rand_int_range (rand, 0, 8);

  for (int i = 0; i < n; i++)
    g_string_append (out, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static gint64
random_ms (GRand *rand)
{
  switch (g_rand_int_range (rand, 0, 4))
    {
    case 0:
      return 0;
    case 1:
      return g_rand_int_range (rand, 0, 100000);
    case 2:
      return -g_rand_int_range (rand, 0, 100000);
    default:
      return START_MS + g_rand_int_range (rand, 0, 100000000);
    }
}

static int
random_word (GRand           *rand,
             const SideField *field)
{
  int value = g_rand_int_range (rand, 0, 16);

  return field->from_string (field->to_string (value));
}

/* One of 200 texts: interned text stays for ever, so there must not be much of it. */
static const char *
random_interned (GRand *rand)
{
  g_autoptr (GRand) own = g_rand_new_with_seed ((guint32) g_rand_int_range (rand, 0, 200));
  g_autofree char *text = wire_random_text (own);

  return g_intern_string (text);
}

static void
fill_field (GRand           *rand,
            const SideField *field,
            gpointer         record)
{
  gpointer member = (char *) record + field->offset;

  switch (field->type)
    {
    case SIDE_FIELD_STRING:
      g_free (*(char **) member);
      *(char **) member = wire_random_text (rand);
      break;
    case SIDE_FIELD_INTERNED:
      *(const char **) member = random_interned (rand);
      break;
    case SIDE_FIELD_INT:
      *(int *) member = g_rand_int_range (rand, G_MININT, G_MAXINT);
      break;
    case SIDE_FIELD_INT64:
      *(gint64 *) member = random_ms (rand);
      break;
    case SIDE_FIELD_UINT64:
      *(guint64 *) member = (guint64) g_rand_int (rand) << 20;
      break;
    case SIDE_FIELD_BOOLEAN:
      *(gboolean *) member = g_rand_boolean (rand);
      break;
    case SIDE_FIELD_DOUBLE:
      *(double *) member = g_rand_double (rand);
      break;
    case SIDE_FIELD_WORD:
      *(int *) member = random_word (rand, field);
      break;
    default:
      g_assert_not_reached ();
    }
}

void
wire_random_fill (GRand           *rand,
                  const SideField *fields,
                  gsize            n,
                  gpointer         record)
{
  for (gsize i = 0; i < n; i++)
    if (g_rand_boolean (rand))
      fill_field (rand, &fields[i], record);
}

SideEvent *
wire_random_event (GRand *rand)
{
  gsize n;
  const SideField *fields = side_event_get_fields (&n);
  SideEvent *event = side_event_new (SIDE_EVENT_CALL_JOINED, START_MS, "shop");

  wire_random_fill (rand, fields, n, event);
  return event;
}

SideCall *
wire_random_call (GRand *rand)
{
  gsize n;
  const SideField *fields = side_call_get_fields (&n);
  SideCall *call = side_call_new ("leg");

  wire_random_fill (rand, fields, n, call);
  return call;
}

static const char *
pick (GRand      *rand,
      const char *stem,
      int         n)
{
  g_autofree char *text = g_strdup_printf ("%s%d", stem, g_rand_int_range (rand, 0, n));

  return g_intern_string (text);
}

SideEvent *
wire_random_story (GRand   *rand,
                   guint64  seq)
{
  SideEventKind kind = g_rand_int_range (rand, SIDE_EVENT_CALL_JOINED, SIDE_EVENT_SOURCE_GAP + 1);
  gint64 at_ms = START_MS + (gint64) seq * 7000 + g_rand_int_range (rand, -20000, 20000);
  const char *project = pick (rand, "shop-", 3);
  SideEvent *event = side_event_new (kind, at_ms, project);

  event->seq = seq;
  event->queue = pick (rand, "queue-", 3);
  event->operator_id = pick (rand, "op-", 5);
  event->call = g_strdup_printf ("%s/leg-%d", project, g_rand_int_range (rand, 0, 40) + (int) (seq / 50) * 20);
  event->caller = g_strdup_printf ("7903%07d", g_rand_int_range (rand, 0, 12));
  event->dialled = g_strdup (pick (rand, "7800555000", 2));
  event->state = g_rand_int_range (rand, SIDE_OPERATOR_OFF, SIDE_OPERATOR_BREAK + 1);
  event->member = g_rand_int_range (rand, SIDE_MEMBER_ADDED, SIDE_MEMBER_REMOVED + 1);
  event->outcome = g_rand_int_range (rand, SIDE_OUTCOME_NONE, SIDE_OUTCOME_LOST + 1);
  event->callback = g_rand_int_range (rand, SIDE_CALLBACK_NONE, SIDE_CALLBACK_DONE + 1);
  event->test = g_rand_int_range (rand, 0, 6) == 0 ? g_rand_int_range (rand, SIDE_TEST_MARK_NONE, SIDE_TEST_MARK_NO + 1) : SIDE_TEST_MARK_NONE;
  event->wait_ms = g_rand_int_range (rand, 0, 60000);
  if (g_rand_boolean (rand))
    event->name = pick (rand, "Настоящее Имя ", 5);
  if (g_rand_boolean (rand))
    event->alias = pick (rand, "Alias ", 5);
  if (g_rand_int_range (rand, 0, 4) == 0)
    event->reason = g_strdup ("missed");
  event->recording = g_strdup_printf ("rec-%" G_GUINT64_FORMAT, seq);
  event->duration_ms = g_rand_int_range (rand, 0, 600000);
  event->channels = 2;
  event->note = wire_random_text (rand);
  event->from_ms = at_ms - 5000;
  if (g_rand_boolean (rand))
    event->to_ms = at_ms;
  if (g_rand_int_range (rand, 0, 4) != 0)
    event->source = pick (rand, "pbx-", 3);
  return event;
}

SideBoard *
wire_random_board (GRand *rand,
                   guint  n_events)
{
  SideBoard *board = side_board_new ();
  g_autoptr (SideProject) config = side_project_new ("shop-0", "Первый магазин", "Europe/Moscow", NULL);

  side_project_add_queue (config, "queue-0", "Заказы", 30000);
  side_board_add_project (board, config);
  for (guint i = 1; i <= n_events; i++)
    {
      g_autoptr (SideEvent) event = wire_random_story (rand, i);

      side_board_apply (board, event);
    }
  return board;
}
