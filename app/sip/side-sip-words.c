/* side-sip-words.c - what a failure means, in words
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One place for what a person reads about a line and its calls. What the far
 * end wrote itself is quoted, never taken for an explanation.
 */
#include "side-sip-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "side-error.h"
#include "side-sip-settings.h"

static const struct {
  int         code;
  const char *words;
} codes[] = {
  { 300, N_("The number has moved to one of several places") },
  { 301, N_("The number has moved for good") },
  { 302, N_("The number has moved for now") },
  { 305, N_("The call has to go through another server") },
  { 380, N_("The call is not possible this way") },
  { 400, N_("The server did not understand the call") },
  { 401, N_("The user name or the password is wrong") },
  { 402, N_("The server wants to be paid first") },
  { 403, N_("This call is not allowed") },
  { 404, N_("The number does not exist") },
  { 405, N_("The server does not make calls") },
  { 406, N_("The far side cannot send what this program takes") },
  { 407, N_("The user name or the password is wrong") },
  { 408, N_("Nobody answered in time") },
  { 410, N_("The number is not in use any more") },
  { 413, N_("The server found the call’s description too long") },
  { 414, N_("The server found the address too long") },
  { 415, N_("The far side does not take this kind of description") },
  { 416, N_("The server does not take this kind of address") },
  { 420, N_("The server does not know an extension it was asked for") },
  { 421, N_("The server demands an extension that is switched off here") },
  { 422, N_("The server wants longer pauses between refreshes") },
  { 423, N_("The server wants a longer registration") },
  { 429, N_("The server wants to know who sent the call on") },
  { 433, N_("The far side takes no anonymous calls") },
  { 436, N_("The server could not check who calls") },
  { 437, N_("The server does not trust what says who calls") },
  { 438, N_("The server found what says who calls not valid") },
  { 480, N_("Nobody can be reached there now") },
  { 481, N_("The server does not know this call any more") },
  { 482, N_("The call went round in a circle") },
  { 483, N_("The call went through too many servers") },
  { 484, N_("The number is not complete") },
  { 485, N_("The number may mean several people") },
  { 486, N_("Busy") },
  { 487, N_("The call was taken back") },
  { 488, N_("No codec or encryption in common") },
  { 491, N_("Both sides wanted a change at the same time") },
  { 493, N_("The far side could not decrypt the call") },
  { 494, N_("The server demands a security agreement") },
  { 500, N_("The server failed") },
  { 501, N_("The server cannot do this") },
  { 502, N_("A server on the way gave a wrong answer") },
  { 503, N_("The server is overloaded or out of service") },
  { 504, N_("A server on the way did not answer in time") },
  { 505, N_("The server speaks another version of SIP") },
  { 513, N_("The message was too long for the server") },
  { 580, N_("What the call needs could not be kept free") },
  { 600, N_("Busy everywhere") },
  { 603, N_("The call was declined") },
  { 604, N_("The number does not exist anywhere") },
  { 606, N_("No codec or encryption in common anywhere") },
  { 607, N_("The call was rejected as unwanted") },
  { 608, N_("The call was rejected by a filter") },
};

/**
 * side_sip_words_for_code:
 * @code: of a final answer
 *
 * Returns: (transfer none) (nullable): what it means, translated, without a
 *   full stop; %NULL for one that no standard names
 */
const char *
side_sip_words_for_code (int code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (codes[i].code == code)
      return _(codes[i].words);
  return NULL;
}

/* What is said of a code nobody knows, by its hundreds. */
static char *
words_for_unknown (int         code,
                   const char *phrase)
{
  if (phrase != NULL && *phrase != '\0')
    /* Translators: the number of an answer and the server's own words for it */
    return g_strdup_printf (_("Refused with code %d: “%s”"), code, phrase);
  return g_strdup_printf (_("Refused with code %d"), code);
}

/* A code that says little by itself says more with the network's own cause; a
 * code that is clear is not explained once more ("Busy: the number is busy"). */
static gboolean
says_little (int code)
{
  switch (code)
    {
    case 403:
    case 404:
    case 408:
    case 480:
    case 500:
    case 502:
    case 503:
    case 504:
    case 603:
      return TRUE;
    default:
      return side_sip_words_for_code (code) == NULL;
    }
}

static char *
words_for_refusal (const SideSipEnd *end)
{
  const char *known = side_sip_words_for_code (end->code);
  g_autofree char *what = known != NULL ? g_strdup (known) : words_for_unknown (end->code, end->phrase);
  gboolean q850 = g_strcmp0 (end->reason_protocol, "Q.850") == 0;
  /* 16 and 31 stand there where nothing better is known. */
  const char *why = q850 && end->reason_cause != 16 && end->reason_cause != 31 && says_little (end->code) ?
                    side_sip_words_for_q850 (end->reason_cause) : NULL;
  g_autofree char *both = NULL;

  /* Translators: why a call was refused, and what the telephone network says beside it */
  both = why != NULL ? g_strdup_printf (_("%s: %s"), what, why) : g_steal_pointer (&what);
  if (end->retry_after_s <= 0)
    return g_steal_pointer (&both);
  /* Translators: %s is why a call was refused, %d how long the server wants to be left alone */
  return g_strdup_printf (ngettext ("%s; try again in %d second", "%s; try again in %d seconds", (gulong) end->retry_after_s),
                          both, end->retry_after_s);
}

/**
 * side_sip_words_for_end:
 * @end: how a call ended
 *
 * Returns: (transfer full): that in a translated sentence without a full stop
 */
char *
side_sip_words_for_end (const SideSipEnd *end)
{
  g_return_val_if_fail (end != NULL, NULL);

  switch (end->by)
    {
    case SIDE_SIP_ENDED_BY_US:
      return g_strdup (_("You hung up"));
    case SIDE_SIP_ENDED_BY_THEM:
      return g_strdup (_("The far side hung up"));
    case SIDE_SIP_CANCELLED:
      return g_strdup (end->crossed ? _("You hung up at the very moment it was answered") : _("You hung up before it was answered"));
    case SIDE_SIP_REFUSED:
      return words_for_refusal (end);
    case SIDE_SIP_SILENT:
      return g_strdup (_("The server did not answer"));
    case SIDE_SIP_LOST:
    default:
      return g_strdup (_("The connection to the server was lost"));
    }
}

/**
 * side_sip_words_for_property:
 * @property: of SideSipSettings, as side_sip_settings_check() names it
 *
 * Returns: (transfer none): what is wrong with it, in a translated sentence
 */
const char *
side_sip_words_for_property (const char *property)
{
  static const struct {
    const char *property;
    const char *words;
  } faults[] = {
    { "user", N_("The user name is missing or has a character no address can have.") },
    { "auth-user", N_("The name for the password is too long or has a character it cannot have.") },
    { "display-name", N_("The name to show is too long or has a character it cannot have.") },
    { "domain", N_("The domain is missing or is no host name. A port belongs into “Server”.") },
    { "server", N_("The server is no host name or address, or its port is none.") },
    { "media", N_("Encrypted sound needs TLS: its keys would be read on the way.") },
    { "trusted", N_("The certificate is not one that others are signed with. Choose that of the authority.") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    if (g_strcmp0 (property, faults[i].property) == 0)
      return _(faults[i].words);
  return _("The settings are not valid.");
}

/**
 * side_sip_words_for_user:
 * @user: (nullable): a user name that side_sip_settings_check() does not take
 *
 * Returns: (transfer none): what is wrong with it, in a translated sentence
 */
const char *
side_sip_words_for_user (const char *user)
{
  if (user == NULL || *user == '\0')
    return _("A user name is needed: the part of the address before the @.");
  if (strlen (user) > SIDE_SIP_MAX_TEXT)
    return _("The user name is too long.");
  return _("The user name has a character no address can have. Latin letters, digits and marks as . - _ + can be in one.");
}

/* What each step of the test is about, where it got no answer, or one of no help. */
static const char *
words_for_silence (SideSipTestStep reached)
{
  switch (reached)
    {
    case SIDE_SIP_TEST_NAME:
      return _("No name server answers. Is this computer connected to the network?");
    case SIDE_SIP_TEST_REACH:
      return _("Nothing answers at this address. Are server, port and transport right, and does no firewall stand in between?");
    case SIDE_SIP_TEST_TRUST:
      return _("Something is there, but does not begin to speak TLS. Are port and transport right?");
    case SIDE_SIP_TEST_PASSWORD:
      return _("The server stopped answering when it was asked to let us in.");
    case SIDE_SIP_TEST_ANSWER:
    case SIDE_SIP_TEST_DONE:
    default:
      return _("Nothing answers as a SIP server. Are port and transport right, and does no firewall stand in between?");
    }
}

static char *
words_for_the_rest (const GError *error)
{
  return g_strdup_printf (_("It did not work: %s"), error->message);
}

/**
 * side_sip_words_for_test:
 * @reached: the step that failed, or DONE
 * @error: (nullable): of side_sip_test_finish(); %NULL with DONE
 *
 * Returns: (transfer full): what came out, in translated sentences
 */
char *
side_sip_words_for_test (SideSipTestStep  reached,
                         const GError    *error)
{
  if (error == NULL)
    return g_strdup (_("The line works."));
  if (side_error_is_cancelled (error))
    return g_strdup (_("The test was stopped."));
  if (error->domain != SIDE_ERROR)
    return words_for_the_rest (error);
  switch ((SideError) error->code)
    {
    case SIDE_ERROR_INVALID:
      return g_strdup (side_sip_words_for_property (error->message));
    case SIDE_ERROR_NOT_FOUND:
      return g_strdup (reached == SIDE_SIP_TEST_NAME ? _("There is no host of this name. Is it spelt right?") :
                                                       _("The server does not know this user."));
    case SIDE_ERROR_UNREACHABLE:
      return g_strdup (reached == SIDE_SIP_TEST_NAME ? words_for_silence (reached) :
                       _("Nothing listens there, or no way leads there. Are server, port and transport right?"));
    case SIDE_ERROR_TIMED_OUT:
      return g_strdup (words_for_silence (reached));
    case SIDE_ERROR_UNTRUSTED:
      /* These are words already, with the names of the hosts. */
      return g_strdup_printf ("%s.", error->message);
    case SIDE_ERROR_UNAUTHORIZED:
      return g_strdup (_("The user name or the password is wrong."));
    case SIDE_ERROR_FORBIDDEN:
      return g_strdup (_("The server knows this user and does not let them in."));
    case SIDE_ERROR_UNSUPPORTED:
      return g_strdup (reached == SIDE_SIP_TEST_PASSWORD ? _("The server wants a kind of sign-in that is not known here.") :
                                                           _("The server does not speak TLS 1.2 or newer at this port."));
    case SIDE_ERROR_RATE_LIMITED:
      return g_strdup (_("The server wants to be left alone for now. Try again later."));
    case SIDE_ERROR_DISCONNECTED:
      return g_strdup (_("The connection broke off."));
    default:
      return words_for_the_rest (error);
    }
}

/**
 * side_sip_words_for_line:
 * @reason: why a line is not ready: of side_sip_account_get_reason()
 *
 * Returns: (transfer full): what it is and what can be done, as the test of the line says it
 */
char *
side_sip_words_for_line (const GError *reason)
{
  SideSipTestStep reached = SIDE_SIP_TEST_PASSWORD;

  if (g_error_matches (reason, SIDE_ERROR, SIDE_ERROR_NOT_FOUND))
    reached = SIDE_SIP_TEST_NAME;
  else if (g_error_matches (reason, SIDE_ERROR, SIDE_ERROR_UNREACHABLE) || g_error_matches (reason, SIDE_ERROR, SIDE_ERROR_TIMED_OUT))
    reached = SIDE_SIP_TEST_REACH;
  return side_sip_words_for_test (reached, reason);
}
