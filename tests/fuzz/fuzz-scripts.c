/* fuzz-scripts.c - scripts from nowhere, as tables and as JSON
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The first byte picks which. Whatever is taken can be checked, compared with
 * another version, scored and written as a table; a table that was taken once
 * says the same when it is written and read again, and is a script that can be
 * sent.
 */
#include <string.h>

#include "side-error.h"
#include "side-score.h"
#include "side-script-check.h"
#include "side-script-csv.h"
#include "side-script-diff.h"
#include "side-wire.h"

#define UUID "0198b6a0-7d1e-7c11-8a00-000000000001"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Not g_assert(): a wrong answer must stop the fuzzer in every build. */
static void
demand (gboolean holds)
{
  if (!holds)
    __builtin_trap ();
}

static void
look_at (const SideScript *script)
{
  g_autoptr (GPtrArray) findings = side_script_check (script);
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (SideScript) draft = side_script_draft (script, UUID);
  g_autoptr (SideReview) review = side_review_new (UUID, "p", "c", script->id, script->version);
  SideScore score;

  for (guint i = 0; i < findings->len; i++)
    demand (*side_script_fault_to_string (((const SideScriptFinding *) g_ptr_array_index (findings, i))->code) != '\0');
  changes = side_script_diff (script, draft);
  /* Where ids stand there twice the first of them is meant. */
  for (guint i = 0; changes->len > 0 && i < findings->len; i++)
    {
      SideScriptFault code = ((const SideScriptFinding *) g_ptr_array_index (findings, i))->code;

      if (code == SIDE_FAULT_DUPLICATE_SECTION || code == SIDE_FAULT_DUPLICATE_STEP || code == SIDE_FAULT_DUPLICATE_CRITERION)
        g_ptr_array_set_size (changes, 0);
    }
  demand (changes->len == 0);
  for (guint i = 0; i < script->sections->len; i++)
    {
      const SideSection *section = g_ptr_array_index (script->sections, i);

      for (guint k = 0; k < section->criteria->len; k++)
        side_review_set_answer (review, ((const SideCriterion *) g_ptr_array_index (section->criteria, k))->id, k % 3 / 2.0, 1, -1);
    }
  side_score_compute (script, review, &score);
  demand (score.answered == score.total && !(score.score < 0));
}

static SideScript *
read_table (const char       *text,
            gsize             len,
            const SideScript *base)
{
  g_autoptr (GError) error = NULL;
  SideScript *script = side_script_csv_read (text, len, base, NULL, &error);

  demand ((script == NULL) == (error != NULL));
  demand (error == NULL || (error->domain == SIDE_ERROR && *error->message != '\0'));
  return script;
}

/* Written and read again it says the same, and can be sent. */
static void
check_table (const SideScript *script)
{
  gsize len;
  g_autofree char *written = side_script_csv_write (script, &len);
  g_autoptr (SideScript) back = NULL;
  g_autoptr (SideScript) sent = NULL;
  g_autofree char *again = NULL;
  g_autofree char *json = NULL;

  demand (strlen (written) == len);
  if (len > SIDE_SCRIPT_CSV_MAX_BYTES)
    return;
  back = read_table (written, len, script);
  demand (back != NULL);
  again = side_script_csv_write (back, NULL);
  demand (strcmp (written, again) == 0);
  json = side_wire_script_to_json (back);
  if (strlen (json) > SIDE_WIRE_MAX_REQUEST)
    return;
  sent = side_wire_script_from_json (json, -1, NULL);
  demand (sent != NULL);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *text = NULL;
  g_autoptr (SideScript) script = NULL;

  if (size == 0)
    return 0;
  text = g_strndup ((const char *) data + 1, size - 1);
  if (data[0] == 't')
    {
      script = read_table (text, size - 1, NULL);
      if (script != NULL)
        check_table (script);
    }
  else
    {
      script = side_wire_script_from_json (text, -1, NULL);
      if (script != NULL)
        g_free (side_script_csv_write (script, NULL));
    }
  if (script != NULL)
    look_at (script);
  return 0;
}
