/* test-queue-log.c - queue_log is read line by line, whatever is in it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "side-error.h"
#include "side-queue-log.h"
#include "side-test.h"

typedef struct {
  char       *folder;
  char       *path;
  GPtrArray  *seen;       /* of SideQueueLogEntry */
} Fixture;

static void
take (SideQueueLogEntry *entry,
      gpointer           data)
{
  g_ptr_array_add (data, entry);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->folder = side_test_tmp_dir ();
  fixture->path = g_build_filename (fixture->folder, "queue_log", NULL);
  fixture->seen = g_ptr_array_new_with_free_func ((GDestroyNotify) side_queue_log_entry_free);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_ptr_array_unref (fixture->seen);
  side_test_rm_rf (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static void
append (const char *path,
        const char *text)
{
  FILE *file = fopen (path, "a");

  g_assert_nonnull (file);
  g_assert_cmpint (fputs (text, file), >=, 0);
  g_assert_cmpint (fclose (file), ==, 0);
}

static const SideQueueLogEntry *
nth (Fixture *fixture,
     guint    n)
{
  g_assert_cmpuint (n, <, fixture->seen->len);
  return g_ptr_array_index (fixture->seen, n);
}

static SideQueueLogEntry *
parse (const char *line)
{
  return side_queue_log_parse (line, strlen (line));
}

static void
test_kinds (void)
{
  static const struct { const char *line; SideQueueLogKind kind; } table[] = {
    { "1795277030|rig-1795277030.24|sales|NONE|ENTERQUEUE||79161234567|1|Ivan", SIDE_QUEUE_LOG_ENTER },
    { "1795277030|1795277030.24|sales|Anna|CONNECT|0|rig-1795277030.25|0", SIDE_QUEUE_LOG_CONNECT },
    { "1795277033|1795277030.24|sales|Anna|COMPLETECALLER|0|3|1", SIDE_QUEUE_LOG_COMPLETE_CALLER },
    { "1795277033|1795277030.24|sales|Anna|COMPLETEAGENT|0|3|1", SIDE_QUEUE_LOG_COMPLETE_AGENT },
    { "1795277035|1795277034.26|sales|Anna|BLINDTRANSFER|203|agents|0|1|1", SIDE_QUEUE_LOG_BLIND_TRANSFER },
    { "1795277046|1795277040.29|sales|Anna|ATTENDEDTRANSFER|BRIDGE|d369a4cf|1|5|1", SIDE_QUEUE_LOG_ATTENDED_TRANSFER },
    { "1795277046|1795277040.29|sales|Anna|ATTENDEDTRANSFER|LINK|a|b|1|5|1", SIDE_QUEUE_LOG_ATTENDED_TRANSFER },
    { "1795277062|1795277060.38|sales|NONE|ABANDON|1|1|2", SIDE_QUEUE_LOG_ABANDON },
    { "1795277062|1795277060.38|sales|NONE|EXITWITHTIMEOUT|1|1|2", SIDE_QUEUE_LOG_TIMEOUT },
    { "1795277062|1795277060.38|sales|NONE|EXITEMPTY|1|1|2", SIDE_QUEUE_LOG_EMPTY },
    { "1795277062|1795277060.38|sales|NONE|EXITWITHKEY|9|1|1|2", SIDE_QUEUE_LOG_KEY },
    { "1795277062|1795277060.38|sales|NONE|WITHDRAW|1|1|2", SIDE_QUEUE_LOG_WITHDRAW },
    { "1795277062|1795277060.38|sales|NONE|WITHDRAW|1|1|2|why", SIDE_QUEUE_LOG_WITHDRAW },
    { "1795277062|1795277060.38|sales|Anna|RINGNOANSWER|4000", SIDE_QUEUE_LOG_RING_NO_ANSWER },
    { "1795277062|1795277060.38|sales|Anna|RINGCANCELED|4000", SIDE_QUEUE_LOG_OTHER },
    { "1795277152|NONE|sales|Anna|PAUSE|Обед: 15 мин", SIDE_QUEUE_LOG_PAUSE },
    { "1795277152|NONE|sales|Anna|UNPAUSE|", SIDE_QUEUE_LOG_UNPAUSE },
    { "1795278570|MANAGER|sales|Sim0|ADDMEMBER|", SIDE_QUEUE_LOG_ADD_MEMBER },
    { "1795278570|MANAGER|sales|Sim0|REMOVEMEMBER|", SIDE_QUEUE_LOG_REMOVE_MEMBER },
    { "1795278113|NONE|NONE|NONE|QUEUESTART|", SIDE_QUEUE_LOG_QUEUE_START },
    { "1795278098|NONE|NONE|NONE|CONFIGRELOAD|", SIDE_QUEUE_LOG_OTHER },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (SideQueueLogEntry) entry = parse (table[i].line);

      g_test_message ("%s", table[i].line);
      g_assert_nonnull (entry);
      g_assert_cmpint (entry->kind, ==, table[i].kind);
      g_assert_cmpint (entry->at_ms % 1000, ==, 0);
    }
}

static void
test_columns (void)
{
  g_autoptr (SideQueueLogEntry) entry = parse ("1795277030|rig-1.24|sales|NONE|ENTERQUEUE|u|7916\r|3|Ivan\tPetrov");

  g_assert_nonnull (entry);
  g_assert_cmpint (entry->at_ms, ==, G_GINT64_CONSTANT (1795277030000));
  g_assert_cmpstr (entry->call, ==, "rig-1.24");
  g_assert_cmpstr (entry->queue, ==, "sales");
  g_assert_cmpstr (entry->agent, ==, "NONE");
  g_assert_cmpstr (entry->data[0], ==, "u");
  g_assert_cmpstr (entry->data[1], ==, "7916");
  g_assert_cmpstr (entry->data[2], ==, "3");
  g_assert_cmpstr (entry->data[3], ==, "IvanPetrov");
  g_assert_cmpstr (entry->data[4], ==, "");
  g_assert_cmpuint (entry->n_data, ==, 4);
  g_assert_false (entry->cut);
  g_assert_cmpuint (entry->number, ==, strlen ("1795277030|rig-1.24|sales|NONE|ENTERQUEUE|u|"));
}

/* Pieces of broken lines, and lines a stranger made up. */
static void
test_refused (void)
{
  static const char * const lines[] = {
    "", "|", "Event|1|ok", "Queue: vip", "1795277030", "1795277030|a", "1795277030|1.1|sales|Anna",
    "1795277030|1.1|sales|Anna|", "179527703|1.1|q|a|CONNECT|0|1.2|0", "17952770300|1.1|q|a|CONNECT|0|1.2|0",
    "x795277030|1.1|q|a|CONNECT|0|1.2|0", "1795277030|x|q|a|CONNECT|0|1.2|0", "1795277030|1.|q|a|CONNECT|0|1.2|0",
    "1795277030|a b.1|q|a|CONNECT|0|1.2|0", "1795277030|1.1|q||CONNECT|0|1.2|0",
    /* what follows the number in the true line makes a column too many, or the
     * wrong kind of one */
    "1795277030|1.1|q|a|CONNECT|0|1.2|0|6|Caller", "1795277030|1.1|q|a|CONNECT|0|6|Caller",
    "1795277030|1.1|q|a|ABANDON|1|6|Caller", "1795277030|1.1|q|a|COMPLETECALLER|1|2|3|4|x",
    "1795277030|1.1|q|a|RINGNOANSWER|1|6|Caller", "1795277030|1.1|q|a|ABANDON|1|2|99999999999",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (SideQueueLogEntry) entry = parse (lines[i]);

      g_test_message ("%s", lines[i]);
      g_assert_null (entry);
    }
}

static void
test_cut (void)
{
  g_autoptr (SideQueueLogEntry) cut = parse ("1795277222|rig-1795277222.70|sales|NONE|ENTERQUEUE||7916");
  g_autoptr (SideQueueLogEntry) bent = parse ("1795277222|rig-1795277222.70|sales|NONE|ENTERQUEUE||7|x|6|Caller");

  g_assert_nonnull (cut);
  g_assert_true (cut->cut);
  g_assert_nonnull (bent);
  g_assert_true (bent->cut);
}

static void
test_capture (void)
{
  g_autofree char *path = side_test_data ("data/ami/queue_log");
  g_autoptr (GPtrArray) seen = g_ptr_array_new_with_free_func ((GDestroyNotify) side_queue_log_entry_free);
  g_autoptr (SideQueueLog) log = side_queue_log_new (path, take, seen);
  g_autoptr (GError) error = NULL;
  guint entered = 0;
  guint cut = 0;

  g_assert_true (side_queue_log_seek (log, 0, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (side_queue_log_read (log), ==, seen->len);
  for (guint i = 0; i < seen->len; i++)
    {
      const SideQueueLogEntry *entry = g_ptr_array_index (seen, i);

      entered += entry->kind == SIDE_QUEUE_LOG_ENTER;
      cut += entry->cut;
    }
  g_assert_cmpuint (entered, ==, 28);
  g_assert_cmpuint (cut, ==, 2);
  g_assert_cmpuint (side_queue_log_get_damaged (log), ==, 6);
}

static void
test_growing (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (SideQueueLog) log = side_queue_log_new (fixture->path, take, fixture->seen);

  g_assert_cmpuint (side_queue_log_read (log), ==, 0);   /* not there yet */
  append (fixture->path, "1795277030|1.1|sales|NONE|ENTERQUEUE||7|1|a\n1795277031|1.1|sal");
  g_assert_cmpuint (side_queue_log_read (log), ==, 1);
  g_assert_cmpuint (side_queue_log_read (log), ==, 0);
  append (fixture->path, "es|NONE|ABANDON|1|1|1");
  g_assert_cmpuint (side_queue_log_read (log), ==, 0);
  append (fixture->path, "\n");
  g_assert_cmpuint (side_queue_log_read (log), ==, 1);
  g_assert_cmpstr (nth (fixture, 1)->queue, ==, "sales");
  g_assert_cmpint (nth (fixture, 1)->kind, ==, SIDE_QUEUE_LOG_ABANDON);
  g_assert_cmpint (nth (fixture, 0)->offset, ==, 0);
  g_assert_cmpint (nth (fixture, 1)->offset, ==, 44);
  g_assert_cmpuint (side_queue_log_get_damaged (log), ==, 0);
}

/* Without a seek what was there before is old news. */
static void
test_from_end (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (SideQueueLog) log = side_queue_log_new (fixture->path, take, fixture->seen);

  append (fixture->path, "1795277030|1.1|sales|NONE|ENTERQUEUE||7|1|a\n");
  g_assert_cmpuint (side_queue_log_read (log), ==, 0);
  append (fixture->path, "1795277031|1.1|sales|NONE|ABANDON|1|1|1\n");
  g_assert_cmpuint (side_queue_log_read (log), ==, 1);
}

static void
test_rotation (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (SideQueueLog) log = side_queue_log_new (fixture->path, take, fixture->seen);
  g_autofree char *moved = g_strconcat (fixture->path, ".1", NULL);

  append (fixture->path, "1795277030|1.1|sales|NONE|ENTERQUEUE||7|1|a\n");
  g_assert_true (side_queue_log_seek (log, 0, NULL));
  g_assert_cmpuint (side_queue_log_read (log), ==, 1);
  append (fixture->path, "1795277031|1.1|sales|NONE|ABANDON|1|1|1\n");
  g_assert_cmpint (g_rename (fixture->path, moved), ==, 0);
  append (fixture->path, "1795277032|1.2|sales|NONE|ENTERQUEUE||7|1|a\n");
  g_assert_cmpuint (side_queue_log_read (log), ==, 2);
  g_assert_cmpstr (nth (fixture, 1)->call, ==, "1.1");
  g_assert_cmpstr (nth (fixture, 2)->call, ==, "1.2");

  /* Emptied in place, as logrotate's copytruncate does. */
  g_assert_cmpint (truncate (fixture->path, 0), ==, 0);
  append (fixture->path, "1795277033|1.2|sales|NONE|ABANDON|1|1|1\n");
  g_assert_cmpuint (side_queue_log_read (log), ==, 1);
}

/* logrotate's "create": the new file is there before the PBX is told to leave the old one. */
static void
test_rotation_before_reload (Fixture       *fixture,
                             gconstpointer  data)
{
  g_autoptr (SideQueueLog) log = side_queue_log_new (fixture->path, take, fixture->seen);
  g_autofree char *moved = g_strconcat (fixture->path, ".1", NULL);

  append (fixture->path, "1795277030|1.1|sales|NONE|ENTERQUEUE||7|1|a\n");
  g_assert_true (side_queue_log_seek (log, 0, NULL));
  g_assert_cmpuint (side_queue_log_read (log), ==, 1);
  g_assert_cmpint (g_rename (fixture->path, moved), ==, 0);
  append (fixture->path, "");
  g_assert_cmpuint (side_queue_log_read (log), ==, 0);
  append (moved, "1795277031|1.1|sales|NONE|ABANDON|1|1|1\n");
  append (fixture->path, "1795277032|1.2|sales|NONE|ENTERQUEUE||7|1|a\n");
  g_assert_cmpuint (side_queue_log_read (log), ==, 2);
  g_assert_cmpstr (nth (fixture, 1)->call, ==, "1.1");
  g_assert_cmpstr (nth (fixture, 2)->call, ==, "1.2");
}

/* A backfill that reaches behind a rotation reads the file moved away. */
static void
test_backfill_over_rotation (Fixture       *fixture,
                             gconstpointer  data)
{
  g_autoptr (SideQueueLog) log = side_queue_log_new (fixture->path, take, fixture->seen);
  g_autofree char *moved = g_strconcat (fixture->path, ".1", NULL);
  g_autofree char *packed = g_strconcat (fixture->path, ".2.gz", NULL);

  append (moved, "1795277030|1.1|sales|NONE|ENTERQUEUE||7|1|a\n1795277040|1.2|sales|NONE|ENTERQUEUE||7|1|a\n");
  append (packed, "1795277030|1.9|sales|NONE|ENTERQUEUE||7|1|a\n");
  append (fixture->path, "1795277050|1.3|sales|NONE|ENTERQUEUE||7|1|a\n");
  g_assert_true (side_queue_log_seek (log, G_GINT64_CONSTANT (1795277035000), NULL));
  side_queue_log_read (log);
  g_assert_cmpuint (fixture->seen->len, ==, 2);
  g_assert_cmpstr (nth (fixture, 0)->call, ==, "1.2");
  g_assert_cmpstr (nth (fixture, 1)->call, ==, "1.3");
}

static void
test_seek (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (int i = 0; i < 5000; i++)
    g_string_append_printf (text, "%d|%d.%d|sales|NONE|ENTERQUEUE||7|1|%.*s\n", 1795277000 + i / 3, 1795277000 + i / 3, i,
                            i % 60, "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");
  append (fixture->path, text->str);
  for (int from = -5; from < 1700; from += 101)
    {
      g_autoptr (SideQueueLog) log = side_queue_log_new (fixture->path, take, fixture->seen);
      guint expected = (guint) (5000 - CLAMP (from * 3, 0, 5000));

      g_ptr_array_set_size (fixture->seen, 0);
      g_assert_true (side_queue_log_seek (log, (G_GINT64_CONSTANT (1795277000) + from) * 1000, NULL));
      g_assert_cmpuint (side_queue_log_read (log), ==, expected);
    }
}

static void
test_long_line (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (SideQueueLog) log = side_queue_log_new (fixture->path, take, fixture->seen);
  g_autoptr (SideQueueLog) late = side_queue_log_new (fixture->path, take, fixture->seen);
  g_autofree char *rubbish = g_strnfill (300000, 'x');

  append (fixture->path, "1795277030|1.1|sales|NONE|ENTERQUEUE||7|1|a\n1795277030|1.1|sales|NONE|ENTERQUEUE||");
  append (fixture->path, rubbish);
  append (fixture->path, "\n1795277031|1.1|sales|NONE|ABANDON|1|1|1\n");
  /* The search for a time finds its way over it, too. */
  g_assert_true (side_queue_log_seek (late, G_GINT64_CONSTANT (1795277031000), NULL));
  g_assert_cmpuint (side_queue_log_read (late), ==, 1);
  g_ptr_array_set_size (fixture->seen, 0);
  g_assert_true (side_queue_log_seek (log, 0, NULL));
  g_assert_cmpuint (side_queue_log_read (log), ==, 2);
  g_assert_cmpint (nth (fixture, 1)->kind, ==, SIDE_QUEUE_LOG_ABANDON);
  g_assert_cmpuint (side_queue_log_get_damaged (log), ==, 1);
}

static void
test_not_there (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (SideQueueLog) log = side_queue_log_new (fixture->folder, take, fixture->seen);
  g_autoptr (SideQueueLog) none = side_queue_log_new (fixture->path, take, fixture->seen);
  g_autoptr (GError) error = NULL;

  g_assert_false (side_queue_log_seek (none, 0, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND);
  g_assert_false (side_queue_log_seek (log, 0, NULL));   /* a folder is no file */
  g_assert_cmpuint (side_queue_log_read (log), ==, 0);
}

/* A file that could not be read and then can be: its past is not told. */
static void
test_forbidden (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (SideQueueLog) log = side_queue_log_new (fixture->path, take, fixture->seen);

  /* A folder in its place stands for what may not be opened: the tests may run
   * as a user who may open everything. */
  g_assert_cmpint (g_mkdir (fixture->path, 0700), ==, 0);
  g_assert_false (side_queue_log_seek (log, G_GINT64_CONSTANT (1795277035000), NULL));
  g_assert_cmpint (g_rmdir (fixture->path), ==, 0);
  append (fixture->path,
          "1795277030|1.1|sales|NONE|ENTERQUEUE||7|1|a\n"
          "1795277040|1.2|sales|NONE|ENTERQUEUE||7|1|a\n");
  g_assert_cmpuint (side_queue_log_read (log), ==, 1);
  g_assert_cmpstr (nth (fixture, 0)->call, ==, "1.2");
}

#define ADD(name, function) g_test_add ("/queue-log/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/queue-log/kinds", test_kinds);
  g_test_add_func ("/queue-log/columns", test_columns);
  g_test_add_func ("/queue-log/refused", test_refused);
  g_test_add_func ("/queue-log/cut", test_cut);
  g_test_add_func ("/queue-log/capture", test_capture);
  ADD ("growing", test_growing);
  ADD ("from-end", test_from_end);
  ADD ("rotation", test_rotation);
  ADD ("rotation-before-reload", test_rotation_before_reload);
  ADD ("backfill-over-rotation", test_backfill_over_rotation);
  ADD ("seek", test_seek);
  ADD ("long-line", test_long_line);
  ADD ("not-there", test_not_there);
  ADD ("forbidden", test_forbidden);
  return g_test_run ();
}
