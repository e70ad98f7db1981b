/* fuzz-marks.c - files of marks from nowhere
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The first byte picks the format. Whatever is taken can be written in every
 * format, and what was written can be read again; in its own format it then
 * says the same once more.
 */
#include <string.h>

#include "side-error.h"
#include "side-marks.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Not g_assert(): a wrong answer must stop the fuzzer in every build. */
static void
demand (gboolean holds)
{
  if (!holds)
    __builtin_trap ();
}

static void
check_mark (const SideMark *mark)
{
  const char *const texts[] = { mark->tag, mark->text, mark->author, mark->id, mark->criterion, mark->parent };

  demand (mark->from_ns >= 0 && mark->from_ns <= mark->to_ns && mark->to_ns <= SIDE_MARKS_MAX_NS);
  demand (mark->created_ms >= 0 && mark->changed_ms >= 0);
  demand (mark->low_hz <= 1e9 && mark->high_hz <= 1e9);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    demand (texts[i] == NULL || (*texts[i] != '\0' && g_utf8_validate (texts[i], -1, NULL)));
}

static void
check_error (const GError *error)
{
  demand (error != NULL && error->domain == SIDE_ERROR && error->message != NULL && *error->message != '\0');
}

/* @list in @format and back; NULL where it became too large for a file. */
static SideMarkList *
again (const SideMarkList *list,
       SideMarksFormat     format)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  SideMarkList *back;
  gsize len;

  text = side_marks_write (list, format, &len, &error);
  if (text == NULL)
    {
      demand (g_error_matches (error, SIDE_ERROR, SIDE_ERROR_TOO_LARGE));
      return NULL;
    }
  demand (strlen (text) == len);
  back = side_marks_parse (text, len, format, &error);
  /* Colons and breaks of a label may take more bytes than they had. */
  demand (back != NULL || g_error_matches (error, SIDE_ERROR, SIDE_ERROR_TOO_LARGE));
  return back;
}

static int
compare_marks (gconstpointer a,
               gconstpointer b)
{
  const SideMark *left = *(const SideMark *const *) a;
  const SideMark *right = *(const SideMark *const *) b;
  const char *const texts[] = { left->id, left->tag, left->text, left->author, left->parent, left->criterion };
  const char *const others[] = { right->id, right->tag, right->text, right->author, right->parent, right->criterion };
  int rc = 0;

  if (left->from_ns != right->from_ns)
    return left->from_ns < right->from_ns ? -1 : 1;
  if (left->to_ns != right->to_ns)
    return left->to_ns < right->to_ns ? -1 : 1;
  for (gsize i = 0; rc == 0 && i < G_N_ELEMENTS (texts); i++)
    rc = g_strcmp0 (texts[i], others[i]);
  return rc;
}

/* Marks that overlap may change tiers with each other, and so their order. */
static void
check_same (const SideMarkList *list,
            const SideMarkList *back)
{
  demand (list->marks->len == back->marks->len);
  g_ptr_array_sort (list->marks, compare_marks);
  g_ptr_array_sort (back->marks, compare_marks);
  for (guint i = 0; i < list->marks->len; i++)
    demand (compare_marks (&list->marks->pdata[i], &back->marks->pdata[i]) == 0);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  SideMarksFormat format = size > 0 ? (SideMarksFormat) (data[0] % 6) : SIDE_MARKS_NONE;
  g_autoptr (GError) error = NULL;
  g_autoptr (SideMarkList) list = NULL;
  g_autoptr (GPtrArray) notes = NULL;

  if (size == 0)
    return 0;
  list = side_marks_parse ((const char *) data + 1, size - 1, format, &error);
  if (list == NULL)
    {
      check_error (error);
      return 0;
    }
  for (guint i = 0; i < list->marks->len; i++)
    check_mark (g_ptr_array_index (list->marks, i));
  notes = side_mark_list_to_annotations (list, "p", "c", NULL);
  demand (notes->len == list->marks->len);
  for (guint other = SIDE_MARKS_NONE + 1; other <= SIDE_MARKS_CSV; other++)
    {
      g_autoptr (SideMarkList) once = again (list, (SideMarksFormat) other);
      g_autoptr (SideMarkList) twice = once != NULL ? again (once, (SideMarksFormat) other) : NULL;

      if (once == NULL || twice == NULL)
        continue;
      demand (once->marks->len == list->marks->len);
      check_same (once, twice);
      if (other == format && other != SIDE_MARKS_TEXTGRID && other != SIDE_MARKS_EAF)
        check_same (list, once);
    }
  return 0;
}
