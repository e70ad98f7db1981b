/* bench-ami.c - the manager's reader against a bare search for line ends
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The captures of tests/data/ami, joined until they fill a buffer that no
 * cache holds, are read twice in each round: by a loop of memchr() over the
 * line ends, the least any reader of lines must do, and by SideAmiReader,
 * which splits each line, gathers the fields of a message and hands it out.
 * Prints the ratio of their speeds; quiet rounds are compared, as a median
 * would measure what else runs on the machine.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "side-ami-reader.h"
#include "side-test.h"

#define SIZE   (64 * 1024 * 1024)
#define ROUNDS 15
#define CHUNK  65536   /* as a socket gives them */
#define LEAST  0.3

static GString *
gather (void)
{
  g_autofree char *folder = side_test_data ("data/ami");
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  GString *once = g_string_new (NULL);
  GString *all = g_string_sized_new (SIZE + 1024 * 1024);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *bytes = NULL;
      gsize length;

      if (!g_str_has_suffix (name, ".ami"))
        continue;
      g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
      g_string_append_len (once, bytes, (gssize) length);
    }
  while (all->len < SIZE)
    g_string_append_len (all, once->str, (gssize) once->len);
  g_string_free (once, TRUE);
  return all;
}

static gsize
scan (const GString *stream)
{
  const char *at = stream->str;
  const char *end = at + stream->len;
  gsize lines = 0;

  while ((at = memchr (at, '\n', (gsize) (end - at))) != NULL)
    {
      lines++;
      at++;
    }
  return lines;
}

static gsize
parse (const GString *stream,
       gsize         *fields)
{
  g_autoptr (SideAmiReader) reader = side_ami_reader_new (FALSE);
  SideAmiMessage message;
  gsize messages = 0;

  *fields = 0;
  for (gsize at = 0; at < stream->len;)
    {
      gsize room;
      guint8 *to = side_ami_reader_reserve (reader, &room);

      room = MIN (MIN (room, CHUNK), stream->len - at);
      memcpy (to, stream->str + at, room);
      side_ami_reader_commit (reader, room);
      at += room;
      while (side_ami_reader_next (reader, &message, NULL) == SIDE_AMI_MESSAGE)
        {
          messages++;
          *fields += message.n_fields;
        }
    }
  return messages;
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  gint64 x = *(const gint64 *) a;
  gint64 y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GString) stream = NULL;
  gint64 scans[ROUNDS];
  gint64 parses[ROUNDS];
  gsize lines = 0;
  gsize messages = 0;
  gsize fields = 0;
  double ratio;

  if (g_getenv ("G_TEST_SRCDIR") == NULL)
    g_setenv ("G_TEST_SRCDIR", argc > 1 ? argv[1] : "tests", TRUE);
  stream = gather ();
  for (int i = 0; i < ROUNDS; i++)
    {
      gint64 began = g_get_monotonic_time ();
      gint64 between;

      lines = scan (stream);
      between = g_get_monotonic_time ();
      messages = parse (stream, &fields);
      scans[i] = between - began;
      parses[i] = g_get_monotonic_time () - between;
    }
  qsort (scans, ROUNDS, sizeof *scans, compare);
  qsort (parses, ROUNDS, sizeof *parses, compare);
  ratio = (double) scans[1] / (double) parses[1];
  printf ("stream: %.1f MB, %zu lines, %zu messages, %zu fields\n", (double) stream->len / 1e6, lines, messages, fields);
  printf ("memchr: %.0f MB/s   reader: %.0f MB/s, %.2f million messages/s\n",
          (double) stream->len / (double) scans[1], (double) stream->len / (double) parses[1],
          (double) messages / (double) parses[1]);
  printf ("ratio: %.2f (at least %.1f)\n", ratio, LEAST);
  return ratio >= LEAST ? 0 : 1;
}
