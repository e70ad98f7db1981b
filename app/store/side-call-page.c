/* side-call-page.c - a page of calls with the figure their list is about
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A job in the database's thread. A list about a figure is only answered when
 * the columns are loaded, so that the figures come from memory and a page costs
 * no query more.
 */
#include "side-call-page.h"

#include <math.h>

static void
page_free (gpointer data)
{
  SideCallPage *page = data;

  g_array_unref (page->rows);
  g_clear_pointer (&page->calls, g_ptr_array_unref);
  g_clear_pointer (&page->values, g_array_unref);
  g_free (page);
}

static GArray *
read_values (const SideColumns  *columns,
             const SideCallPage *page)
{
  GArray *values = g_array_sized_new (FALSE, FALSE, sizeof (double), page->rows->len);

  for (guint i = 0; i < page->rows->len; i++)
    {
      guint32 row = g_array_index (page->rows, guint32, i);
      double value = columns->loaded && row < columns->size
                     ? side_columns_sound_value (side_columns_get_sound (columns, row)->keys[page->figure]) : NAN;

      g_array_append_val (values, value);
    }
  return values;
}

static gboolean
run_page (SideWorker  *worker,
          SideJob     *job,
          GError     **error)
{
  SideCallPage *page = job->input;

  if (page->figure >= 0)
    page->values = read_values (worker->columns, page);
  if (page->with_calls)
    page->calls = side_db_get_calls (worker->db, page->rows, page->rows->len, error);
  return !page->with_calls || page->calls != NULL;
}

/**
 * side_call_page_job_new:
 * @rows: (transfer full) (element-type guint32): rows' numbers
 * @figure: a SideSoundFigure, or -1 for none
 * @with_calls: whether the calls are wanted
 *
 * Returns: (transfer full): a job whose input is a SideCallPage, which it fills
 */
SideJob *
side_call_page_job_new (GArray   *rows,
                        int       figure,
                        gboolean  with_calls)
{
  SideCallPage *page = g_new0 (SideCallPage, 1);

  page->rows = rows;
  page->figure = figure;
  page->with_calls = with_calls;
  return side_job_new (run_page, SIDE_JOB_READS, SIDE_JOB_BOOLEAN, page, page_free);
}
