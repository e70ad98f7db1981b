/* side-cli-caller.c - a telephone line, and robot calls on it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-cli-caller.h"

#include <glib-unix.h>
#include <signal.h>
#include <string.h>

#include "side-sip-words.h"
#include "side-test-verdict.h"
#include "side-time.h"
#include "side-wire.h"

#define READY_MS      30000      /* until a line must be ready: name, certificate, registration, each with its own limit */
#define MAX_PASSWORD  1024
#define LONGEST_NAP   60000      /* ms: then the clock is looked at again, which may have been set */

/**
 * side_cli_line_clear:
 * @self: options of a line
 */
void
side_cli_line_clear (SideCliLine *self)
{
  g_free (self->line);
  g_free (self->server);
  g_free (self->transport);
  g_free (self->auth_user);
  g_free (self->password_file);
  g_free (self->trust);
}

static SideSipSecret *
read_password (const char  *path,
               GError     **error)
{
  const char *variable = g_getenv ("SIDETONE_LINE_PASSWORD");
  g_autoptr (GByteArray) bytes = NULL;
  SideSipSecret *secret;

  if (path == NULL)
    {
      secret = side_sip_secret_new (variable != NULL ? variable : "");
      g_unsetenv ("SIDETONE_LINE_PASSWORD");
      return secret;
    }
  bytes = side_cli_read (path, MAX_PASSWORD, error);
  if (bytes == NULL)
    return NULL;
  g_byte_array_append (bytes, (const guint8 *) "", 1);
  bytes->data[strcspn ((char *) bytes->data, "\r\n")] = '\0';
  secret = side_sip_secret_new ((char *) bytes->data);
  explicit_bzero (bytes->data, bytes->len);
  return secret;
}

static gboolean
choose_transport (const char        *word,
                  SideSipTransport  *transport)
{
  static const char *const words[] = { "udp", "tcp", "tls" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (word != NULL ? word : "udp", words[i]) == 0)
      {
        *transport = (SideSipTransport) i;
        return TRUE;
      }
  return FALSE;
}

/* Whether the server of a --line goes on with a port, as people write it of habit: an address of IPv6 has colons of its own. */
static gboolean
names_port (const char *server)
{
  const char *bracket = strchr (server, ']');
  const char *colon = strchr (bracket != NULL ? bracket : server, ':');

  return colon != NULL && strchr (colon + 1, ':') == NULL;
}

static SideSipSettings *
make_settings (const SideCliLine  *line,
               GError            **error)
{
  g_autoptr (SideSipSettings) settings = side_sip_settings_new ();
  g_autoptr (GTlsCertificate) trusted = NULL;
  g_autoptr (GError) fault = NULL;
  g_autofree char *user = NULL;
  SideSipTransport transport;
  const char *at = line->line != NULL ? strrchr (line->line, '@') : NULL;

  if (at == NULL || at == line->line || at[1] == '\0')
    {
      g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_INVALID, "--line is USER@SERVER, as in 200@pbx.example.org");
      return NULL;
    }
  if (names_port (at + 1))
    {
      g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_INVALID, "--line takes no port; --server HOST:PORT does");
      return NULL;
    }
  if (!choose_transport (line->transport, &transport))
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "--transport is udp, tcp or tls, not “%s”", line->transport);
      return NULL;
    }
  if (line->trust != NULL)
    {
      trusted = g_tls_certificate_new_from_file (line->trust, error);
      if (trusted == NULL)
        return NULL;
    }
  user = g_strndup (line->line, (gsize) (at - line->line));
  g_object_set (settings, "user", user, "domain", at + 1, "server", line->server, "auth-user", line->auth_user,
                "transport", transport, "media", line->encrypt ? SIDE_SIP_MEDIA_SRTP : SIDE_SIP_MEDIA_PLAIN,
                "registers", !line->direct, "trusted", trusted, NULL);
  if (side_sip_settings_check (settings, &fault))
    return g_steal_pointer (&settings);
  g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_INVALID, side_sip_words_for_property (fault->message));
  return NULL;
}

/**
 * side_cli_line_check:
 * @cli: how to answer
 * @self: what was asked for
 *
 * Nobody is asked for the line: only whether it can be one at all.
 *
 * Returns: SIDE_CLI_OK, or the exit code after what is wrong was said
 */
int
side_cli_line_check (SideCli           *cli,
                     const SideCliLine *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SideSipSettings) settings = NULL;

  if (self->line == NULL)
    return side_cli_usage (cli, "--line USER@SERVER is missing");
  settings = make_settings (self, &error);
  if (settings != NULL)
    return SIDE_CLI_OK;
  return g_error_matches (error, SIDE_ERROR, SIDE_ERROR_INVALID) ? side_cli_usage (cli, "%s", error->message) : side_cli_fail (cli, error);
}

/* -- the line */

static gboolean
timeout_cb (gpointer data)
{
  SideCliCaller *self = data;

  self->timed_out = TRUE;
  g_main_loop_quit (self->loop);
  return G_SOURCE_CONTINUE;
}

static void
account_cb (SideCliCaller *self)
{
  if (side_sip_account_get_state (self->account) != SIDE_SIP_ACCOUNT_CONNECTING)
    g_main_loop_quit (self->loop);
}

static gboolean
stop_cb (gpointer data)
{
  SideCliCaller *self = data;

  self->stopped = TRUE;
  if (self->run != NULL && !side_test_run_is_over (self->run))
    side_test_run_hang_up (self->run);
  else
    g_main_loop_quit (self->loop);
  return G_SOURCE_CONTINUE;
}

/* Whether the line can be called on; tried once, since cron tries again. */
static gboolean
get_ready (SideCliCaller  *self,
           GError        **error)
{
  guint timeout = g_timeout_add (READY_MS, timeout_cb, self);
  gulong handler = g_signal_connect_swapped (self->account, "notify::state", G_CALLBACK (account_cb), self);
  const GError *reason;

  side_sip_account_go_online (self->account);
  if (side_sip_account_get_state (self->account) == SIDE_SIP_ACCOUNT_CONNECTING && !self->stopped)
    g_main_loop_run (self->loop);
  g_signal_handler_disconnect (self->account, handler);
  g_source_remove (timeout);
  if (side_sip_account_get_state (self->account) == SIDE_SIP_ACCOUNT_READY && !self->stopped)
    return TRUE;
  reason = side_sip_account_get_reason (self->account);
  if (reason != NULL)
    {
      g_autofree char *words = side_sip_words_for_line (reason);

      g_set_error_literal (error, SIDE_ERROR, reason->domain == SIDE_ERROR ? reason->code : SIDE_ERROR_FAILED, words);
    }
  else
    g_set_error_literal (error, SIDE_ERROR, self->stopped ? SIDE_ERROR_CANCELLED : SIDE_ERROR_TIMED_OUT,
                         self->stopped ? "stopped" : "the line was not ready in time");
  return FALSE;
}

/**
 * side_cli_caller_open:
 * @self: all zero; to be closed whatever is returned
 * @line: what was asked for
 * @error: SIDE_ERROR_INVALID, what the password's file and the line may meet
 *
 * From here on SIGINT and SIGTERM end a call in order. Takes half a minute at most.
 *
 * Returns: whether calls can be made
 */
gboolean
side_cli_caller_open (SideCliCaller      *self,
                      const SideCliLine  *line,
                      GError            **error)
{
  g_autoptr (SideSipSecret) secret = NULL;
  g_autoptr (SideSipSettings) settings = NULL;

  self->loop = g_main_loop_new (NULL, FALSE);
  self->clock = side_clock_new_system ();
  self->failures = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  self->signals[0] = g_unix_signal_add (SIGINT, stop_cb, self);
  self->signals[1] = g_unix_signal_add (SIGTERM, stop_cb, self);
  settings = make_settings (line, error);
  secret = settings != NULL ? read_password (line->password_file, error) : NULL;
  if (secret == NULL)
    return FALSE;
  side_call_media_prepare ();
  self->account = side_sip_account_new (settings, secret, self->clock);
  return get_ready (self, error);
}

static void
closed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  side_sip_account_close_finish (SIDE_SIP_ACCOUNT (source), result, NULL);
  g_main_loop_quit (((SideCliCaller *) data)->loop);
}

/**
 * side_cli_caller_close:
 * @self: one that was opened, or all zero
 *
 * Within a second, whoever does not answer.
 */
void
side_cli_caller_close (SideCliCaller *self)
{
  if (self->account != NULL)
    {
      side_sip_account_close_async (self->account, closed_cb, self);
      g_main_loop_run (self->loop);
    }
  for (guint i = 0; i < G_N_ELEMENTS (self->signals); i++)
    g_clear_handle_id (&self->signals[i], g_source_remove);
  g_clear_object (&self->run);
  g_clear_object (&self->account);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->failures, g_ptr_array_unref);
  g_clear_pointer (&self->loop, g_main_loop_unref);
}

/* -- the call */

static void
limit_cb (SideCliCaller *self,
          SideTestLimit  limit)
{
  self->limits |= 1u << limit;
}

static void
failed_cb (SideCliCaller *self,
           GError        *error)
{
  g_ptr_array_add (self->failures, g_error_copy (error));
}

/* A line that is dead before anything rang, or a server that never said a word: no call was made. One
 * that refuses it is there, and what it says is told as the call's end. */
static gboolean
was_asked_for (SideCliCaller  *self,
               GError        **error)
{
  const SideTestCall *call = side_test_run_get_call (self->run);
  g_autoptr (GError) silent = NULL;
  g_autofree char *words = NULL;

  if (call->ringing_ms != 0 || call->early_ms != 0 || call->answered_ms != 0)
    return TRUE;
  if (call->end == SIDE_TEST_END_SILENT)
    {
      silent = g_error_new_literal (SIDE_ERROR, SIDE_ERROR_TIMED_OUT, "");
      words = side_sip_words_for_test (SIDE_SIP_TEST_ANSWER, silent);
      g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_UNREACHABLE, words);
      return FALSE;
    }
  if (call->end != SIDE_TEST_END_LOST)
    return TRUE;
  if (self->failures->len > 0)
    g_propagate_error (error, g_error_copy (self->failures->pdata[0]));
  else
    g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_UNREACHABLE, "the server of the line cannot be reached");
  return FALSE;
}

/**
 * side_cli_caller_call:
 * @self: a line that is ready
 * @call: what is to be called; nobody talks on our side
 * @recording: (nullable): the file to be made
 * @error: as side_test_run_start(); SIDE_ERROR_CANCELLED after a signal; why nobody
 *   could even be asked for it
 *
 * Returns: whether the call was made, however it went; it is over then
 */
gboolean
side_cli_caller_call (SideCliCaller       *self,
                      const SideTestCall  *call,
                      const char          *recording,
                      GError             **error)
{
  if (self->stopped)
    {
      g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_CANCELLED, "stopped");
      return FALSE;
    }
  g_clear_object (&self->run);
  g_ptr_array_set_size (self->failures, 0);
  self->limits = 0;
  self->run = side_test_run_new (self->account, call, recording, self->clock);
  side_test_run_set_robot (self->run, TRUE);
  g_signal_connect_swapped (self->run, "limit", G_CALLBACK (limit_cb), self);
  g_signal_connect_swapped (self->run, "failed", G_CALLBACK (failed_cb), self);
  g_signal_connect_swapped (self->run, "ended", G_CALLBACK (g_main_loop_quit), self->loop);
  if (!side_test_run_start (self->run, error))
    {
      g_clear_object (&self->run);
      return FALSE;
    }
  while (!side_test_run_is_over (self->run))
    g_main_loop_run (self->loop);
  return was_asked_for (self, error);
}

/**
 * side_cli_caller_wait:
 * @self: a line
 * @until_ms: an instant
 *
 * Returns: whether it has come; %FALSE after a signal
 */
gboolean
side_cli_caller_wait (SideCliCaller *self,
                      gint64         until_ms)
{
  gint64 left;

  while (!self->stopped && (left = until_ms - side_clock_now_ms (self->clock)) > 0)
    {
      guint nap = g_timeout_add ((guint) MIN (left, LONGEST_NAP), timeout_cb, self);

      g_main_loop_run (self->loop);
      g_source_remove (nap);
    }
  self->timed_out = FALSE;
  return !self->stopped;
}

/* -- what is told of it */

/**
 * side_cli_read_scenario:
 * @path: a file, or "-"
 * @error: of reading; the name stands before it
 *
 * Returns: (transfer full) (nullable): the scenario
 */
SideScenario *
side_cli_read_scenario (const char  *path,
                        GError     **error)
{
  g_autoptr (GByteArray) bytes = side_cli_read (path, SIDE_WIRE_MAX_REQUEST, error);
  SideScenario *scenario;

  if (bytes == NULL)
    return NULL;
  scenario = side_wire_scenario_from_json (bytes->len > 0 ? (const char *) bytes->data : "", (gssize) bytes->len, error);
  if (scenario == NULL)
    g_prefix_error (error, "%s: ", path);
  return scenario;
}

const char *
side_cli_limit_word (guint limit)
{
  static const char *const words[] = { "ring", "menu", "queue", "talk" };

  return words[limit];
}

/* The limits of the scenario, and which of them were passed while it went on. */
void
side_cli_add_limits (JsonBuilder        *builder,
                     const SideTestCall *call,
                     guint               passed)
{
  g_autoptr (GArray) checks = side_test_call_limits (call);

  json_builder_set_member_name (builder, "limits_passed");
  json_builder_begin_array (builder);
  for (guint limit = SIDE_TEST_LIMIT_RING; limit <= SIDE_TEST_LIMIT_TALK; limit++)
    if (passed & (1u << limit))
      json_builder_add_string_value (builder, side_cli_limit_word (limit));
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "limits");
  json_builder_begin_array (builder);
  for (guint i = 0; i < checks->len; i++)
    {
      const SideLimitCheck *check = &g_array_index (checks, SideLimitCheck, i);

      json_builder_begin_object (builder);
      side_cli_add_text (builder, "limit", side_cli_limit_word (check->limit));
      side_cli_add_number (builder, "allowed_ms", (double) check->allowed_ms);
      if (check->took_ms >= 0)
        side_cli_add_number (builder, "took_ms", (double) check->took_ms);
      side_cli_add_boolean (builder, "kept", check->kept);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/* In the order of SideTestFault's bits. */
static const struct {
  const char *word;
  const char *words;
} faults[] = {
  { "not-answered", "nobody answered" }, { "no-person", "no person came" },         { "too-long", "it took too long" },
  { "wrong-fact", "a wrong answer" },    { "wrong-prompt", "a wrong announcement" }, { "no-callback", "no call back" },
};

/* Calls that say nothing of the line. */
static const struct {
  const char *word;
  const char *words;
} discounts[] = {
  [SIDE_TEST_COUNTS] = { NULL, NULL },
  [SIDE_TEST_CUT_OFF] = { "cut-off", "it was cut off" },
  [SIDE_TEST_BROKEN] = { "connection-broke", "the connection broke" },
  [SIDE_TEST_GIVEN_UP] = { "given-up", "we hung up before they had their time" },
  [SIDE_TEST_UNCLEAR] = { "unclear-voice", "a voice was heard, and it is unclear whether a person’s" },
};

void
side_cli_add_faults (JsonBuilder        *builder,
                     const SideTestCall *call)
{
  guint set = side_test_call_faults (call);

  json_builder_set_member_name (builder, "faults");
  json_builder_begin_array (builder);
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    if (set & (1u << i))
      json_builder_add_string_value (builder, faults[i].word);
  json_builder_end_array (builder);
  side_cli_add_text (builder, "says_nothing", side_cli_discount_word (call));
}

/* Returns: (transfer none) (nullable): the word for programs of what side_cli_discount_words() says */
const char *
side_cli_discount_word (const SideTestCall *call)
{
  return discounts[side_test_call_discount (call)].word;
}

/* Returns: (transfer none) (nullable): why nothing can be said of whoever was called; %NULL where something can */
const char *
side_cli_discount_words (const SideTestCall *call)
{
  return discounts[side_test_call_discount (call)].words;
}

/* Returns: (transfer full): what was wrong, in words; empty for nothing */
char *
side_cli_fault_words (const SideTestCall *call)
{
  guint set = side_test_call_faults (call);
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    if (set & (1u << i))
      g_string_append_printf (words, "%s%s", words->len > 0 ? ", " : "", faults[i].words);
  return g_string_free (words, FALSE);
}

void
side_cli_add_failures (JsonBuilder     *builder,
                       const GPtrArray *failures)
{
  json_builder_set_member_name (builder, "failures");
  json_builder_begin_array (builder);
  for (guint i = 0; i < failures->len; i++)
    {
      const GError *error = failures->pdata[i];

      json_builder_begin_object (builder);
      side_cli_add_text (builder, "code", side_cli_error_code (error));
      side_cli_add_text (builder, "message", error->message);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}
