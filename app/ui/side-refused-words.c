/* side-refused-words.c - why the server does not take something, in the user's language
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A refusal has a code, for programs, and a detail in the server's own words.
 * Both are kept with what was refused; the rule that it goes against is said in
 * the user's language, and the detail after it as it came.
 */
#include "side-refused-words.h"

#include <glib/gi18n.h>
#include <string.h>

#include "side-error.h"
#include "side-wire-http.h"

#define APART ": "   /* between code and detail; no code has one in it */

/* Who may write what, as far as a refusal can be about it. */
static const struct {
  const char *kind;
  const char *rule;
} rules[] = {
  { "review", N_("What was finished stays, changes are new revisions of who finished it, and a draft is changed by who has it.") },
  { "script", N_("Supervisors and trainers write scripts, and a version in use never changes.") },
  { "scorecard", N_("Supervisors and trainers write scorecards.") },
  { "plan", N_("Only whoever made the plan and supervisors change it, and what was drawn stays.") },
  { "calibration", N_("Only whoever called the calibration, the expert and supervisors lead it; who is asked about which calls stays once there are answers.") },
  { "dispute", N_("Nobody judges their own review or dispute, and a ruling stands.") },
  { "acknowledgement", N_("Operators answer for their own reviews; for one without a sign-in, somebody who did not review the call does.") },
  { "coaching", N_("A coaching note is changed by who wrote it.") },
  { "annotation", N_("A note is changed by who wrote it and by supervisors.") },
  { "tag", N_("Supervisors and trainers name the tags.") },
};

static const char *
tell_rule (const char *kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    if (g_strcmp0 (rules[i].kind, kind) == 0)
      return _(rules[i].rule);
  return _("This user is not allowed to do that.");
}

static const char *
tell_code (SideError   code,
           const char *kind)
{
  switch (code)
    {
    case SIDE_ERROR_FORBIDDEN:
      return tell_rule (kind);
    case SIDE_ERROR_NOT_FOUND:
      return _("What it is about is not on the server, or not for you.");
    case SIDE_ERROR_EXISTS:
      return _("There is one already.");
    case SIDE_ERROR_INVALID:
      return _("Something in it is not as it must be.");
    case SIDE_ERROR_TOO_LARGE:
      return _("It is too large.");
    case SIDE_ERROR_UNSUPPORTED:
      return _("The server does not know such things yet.");
    default:
      return NULL;
    }
}

/**
 * side_refused_words_keep:
 * @error: why the server does not take a document
 *
 * Returns: (transfer full): code and detail, to be kept with it
 */
char *
side_refused_words_keep (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  if (error->domain != SIDE_ERROR)
    return g_strdup (error->message);
  return g_strconcat (side_wire_error_to_code ((SideError) error->code), APART, error->message, NULL);
}

/**
 * side_refused_words_tell:
 * @document: what is refused
 * @kept: (nullable): of side_refused_words_keep(); a detail alone where an older
 *   program kept it
 *
 * Returns: (transfer full): why, in words
 */
char *
side_refused_words_tell (const SideDocument *document,
                         const char         *kept)
{
  const char *apart = kept != NULL ? strstr (kept, APART) : NULL;
  g_autofree char *word = apart != NULL ? g_strndup (kept, (gsize) (apart - kept)) : NULL;
  SideError code = side_wire_error_from_code (word);
  const char *detail = kept, *rule;
  g_autoptr (GString) words = g_string_new (_("The server does not take it."));

  g_return_val_if_fail (document != NULL, NULL);

  if (word != NULL && g_str_equal (side_wire_error_to_code (code), word))
    detail = apart + strlen (APART);
  else
    code = SIDE_ERROR_FAILED;
  rule = tell_code (code, document->kind);
  if (rule != NULL)
    g_string_append_printf (words, " %s", rule);
  if (detail != NULL && *detail != '\0')
    {
      g_string_append_c (words, '\n');
      /* Translators: a sentence of the server's follows, as it came: in English, as a rule */
      g_string_append_printf (words, _("In the server’s words: %s"), detail);
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}
