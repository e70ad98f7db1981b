/* side-cli-test-call.c - sidetonectl test-call: calls a line as a customer would, by itself
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For checks by the clock: does anybody answer, how soon, is the line good. The
 * computer presses the scenario's keys and says its steps.
 */
#include <glib-unix.h>
#include <math.h>
#include <signal.h>
#include <string.h>

#include "side-cli.h"
#include "side-sip-words.h"
#include "side-test-run.h"
#include "side-text.h"
#include "side-wire.h"

#define EXIT_FOUND    3          /* the call was made, and the line did not do what the scenario allows */
#define READY_MS      30000      /* until a line must be ready: name, certificate, registration, each with its own limit */
#define MAX_PASSWORD  1024

/* What the command was asked for. */
typedef struct {
  char    *line;
  char    *server;
  char    *transport;
  char    *auth_user;
  char    *password_file;
  char    *trust;
  char    *number;
  char    *record;
  gboolean encrypt;
  gboolean direct;
  gboolean force;
} Wishes;

static void
wishes_clear (Wishes *self)
{
  g_free (self->line);
  g_free (self->server);
  g_free (self->transport);
  g_free (self->auth_user);
  g_free (self->password_file);
  g_free (self->trust);
  g_free (self->number);
  g_free (self->record);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Wishes, wishes_clear)

/* A call that is being made. */
typedef struct {
  GMainLoop      *loop;
  SideSipAccount *account;
  SideTestRun    *run;
  guint           limits;        /* a bit for each that was passed */
  GPtrArray      *failures;      /* of GError */
  gboolean        timed_out;
  gboolean        stopped;
} Work;

static void
work_clear (Work *self)
{
  g_clear_object (&self->run);
  g_clear_object (&self->account);
  g_clear_pointer (&self->failures, g_ptr_array_unref);
  g_clear_pointer (&self->loop, g_main_loop_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, work_clear)

/* -- the line */

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

static SideSipSettings *
make_settings (const Wishes  *wishes,
               GError       **error)
{
  g_autoptr (SideSipSettings) settings = side_sip_settings_new ();
  g_autoptr (GTlsCertificate) trusted = NULL;
  g_autofree char *user = NULL;
  SideSipTransport transport;
  const char *at = wishes->line != NULL ? strrchr (wishes->line, '@') : NULL;

  if (at == NULL || at == wishes->line || at[1] == '\0')
    {
      g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_INVALID, "--line is USER@SERVER, as in 200@pbx.example.org");
      return NULL;
    }
  if (!choose_transport (wishes->transport, &transport))
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "--transport is udp, tcp or tls, not “%s”", wishes->transport);
      return NULL;
    }
  if (wishes->trust != NULL)
    {
      trusted = g_tls_certificate_new_from_file (wishes->trust, error);
      if (trusted == NULL)
        return NULL;
    }
  user = g_strndup (wishes->line, (gsize) (at - wishes->line));
  g_object_set (settings, "user", user, "domain", at + 1, "server", wishes->server, "auth-user", wishes->auth_user,
                "transport", transport, "media", wishes->encrypt ? SIDE_SIP_MEDIA_SRTP : SIDE_SIP_MEDIA_PLAIN,
                "registers", !wishes->direct, "trusted", trusted, NULL);
  return side_sip_settings_check (settings, error) ? g_steal_pointer (&settings) : NULL;
}

static gboolean
timeout_cb (gpointer data)
{
  Work *work = data;

  work->timed_out = TRUE;
  g_main_loop_quit (work->loop);
  return G_SOURCE_CONTINUE;
}

static void
account_cb (Work *work)
{
  SideSipAccountState state = side_sip_account_get_state (work->account);

  if (state != SIDE_SIP_ACCOUNT_CONNECTING)
    g_main_loop_quit (work->loop);
}

/* Whether the line can be called on; tried once, since cron tries again. */
static gboolean
get_ready (Work    *work,
           GError **error)
{
  guint timeout = g_timeout_add (READY_MS, timeout_cb, work);
  gulong handler = g_signal_connect_swapped (work->account, "notify::state", G_CALLBACK (account_cb), work);
  const GError *reason;

  side_sip_account_go_online (work->account);
  if (side_sip_account_get_state (work->account) == SIDE_SIP_ACCOUNT_CONNECTING)
    g_main_loop_run (work->loop);
  g_signal_handler_disconnect (work->account, handler);
  g_source_remove (timeout);
  if (side_sip_account_get_state (work->account) == SIDE_SIP_ACCOUNT_READY && !work->stopped)
    return TRUE;
  reason = side_sip_account_get_reason (work->account);
  if (reason != NULL)
    g_propagate_error (error, g_error_copy (reason));
  else
    g_set_error_literal (error, SIDE_ERROR, work->stopped ? SIDE_ERROR_CANCELLED : SIDE_ERROR_TIMED_OUT,
                         work->stopped ? "stopped" : "the line was not ready in time");
  return FALSE;
}

static void
closed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  side_sip_account_close_finish (SIDE_SIP_ACCOUNT (source), result, NULL);
  g_main_loop_quit (((Work *) data)->loop);
}

/* Within a second, whoever does not answer. */
static void
close_account (Work *work)
{
  side_sip_account_close_async (work->account, closed_cb, work);
  g_main_loop_run (work->loop);
}

/* -- the call */

static void
limit_cb (Work          *work,
          SideTestLimit  limit)
{
  work->limits |= 1u << limit;
}

static void
failed_cb (Work   *work,
           GError *error)
{
  g_ptr_array_add (work->failures, g_error_copy (error));
}

static gboolean
stop_cb (gpointer data)
{
  Work *work = data;

  work->stopped = TRUE;
  if (work->run != NULL)
    side_test_run_hang_up (work->run);
  else
    g_main_loop_quit (work->loop);
  return G_SOURCE_CONTINUE;
}

static gboolean
make_call (Work                *work,
           const SideScenario  *scenario,
           const Wishes        *wishes,
           GError             **error)
{
  g_autofree char *id = side_id_new ();
  g_autoptr (SideClock) clock = side_clock_new_system ();
  g_autoptr (SideTestCall) call = side_test_call_new (id, scenario->project, wishes->number != NULL ? wishes->number : scenario->number);

  side_test_call_follow (call, scenario);
  call->robot = TRUE;
  call->account = g_strdup (wishes->line);
  work->run = side_test_run_new (work->account, call, wishes->record, clock);
  g_signal_connect_swapped (work->run, "limit", G_CALLBACK (limit_cb), work);
  g_signal_connect_swapped (work->run, "failed", G_CALLBACK (failed_cb), work);
  g_signal_connect_swapped (work->run, "ended", G_CALLBACK (g_main_loop_quit), work->loop);
  if (!side_test_run_start (work->run, error))
    return FALSE;
  while (!side_test_run_is_over (work->run))
    g_main_loop_run (work->loop);
  return TRUE;
}

/* -- the answer */

static const char *
limit_word (guint limit)
{
  static const char *const words[] = { "ring", "menu", "queue", "talk" };

  return words[limit];
}

static void
print_json (const Work *work)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *text = side_wire_test_call_to_json (side_test_run_get_call (work->run));

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "call");
  json_builder_add_value (builder, json_from_string (text, NULL));
  json_builder_set_member_name (builder, "limits_passed");
  json_builder_begin_array (builder);
  for (guint limit = SIDE_TEST_LIMIT_RING; limit <= SIDE_TEST_LIMIT_TALK; limit++)
    if (work->limits & (1u << limit))
      json_builder_add_string_value (builder, limit_word (limit));
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "failures");
  json_builder_begin_array (builder);
  for (guint i = 0; i < work->failures->len; i++)
    {
      const GError *error = work->failures->pdata[i];

      json_builder_begin_object (builder);
      side_cli_add_text (builder, "code", side_cli_error_code (error));
      side_cli_add_text (builder, "message", error->message);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  side_cli_print_json (builder);
}

static void
print_time (const char *what,
            gint64      instant_ms,
            gint64      dialled_ms)
{
  if (instant_ms != 0)
    g_print ("  %-14s %8.2f s\n", what, (double) (instant_ms - dialled_ms) / 1000);
}

static void
print_text (const Work *work)
{
  const SideTestCall *call = side_test_run_get_call (work->run);
  g_autofree char *number = side_cli_plain (call->number);

  g_print ("%s\n", number);
  print_time ("ringing", call->ringing_ms, call->dialled_ms);
  print_time ("early sound", call->early_ms, call->dialled_ms);
  print_time ("answered", call->answered_ms, call->dialled_ms);
  print_time ("ended", call->ended_ms, call->dialled_ms);
  for (guint i = 0; i < call->segments->len; i++)
    {
      const SideTestSegment *segment = call->segments->pdata[i];

      g_print ("  %7.2f–%7.2f s  %s (%.0f %%)\n", (double) segment->from_ms / 1000, (double) segment->to_ms / 1000,
               side_segment_kind_to_string (segment->kind), segment->certainty * 100);
    }
  if (call->end_code != 0)
    g_print ("  ended by %s: %d %s\n", side_test_end_to_string (call->end), call->end_code, call->end_phrase != NULL ? call->end_phrase : "");
  if (call->quality.mos > 0)
    g_print ("  %s, loss %.1f %%, jitter %.1f ms, MOS %.1f\n", call->quality.codec, MAX (call->quality.loss, 0) * 100,
             MAX (call->quality.jitter_ms, 0), call->quality.mos);
  for (guint limit = SIDE_TEST_LIMIT_RING; limit <= SIDE_TEST_LIMIT_TALK; limit++)
    if (work->limits & (1u << limit))
      g_print ("  too long: %s\n", limit_word (limit));
  for (guint i = 0; i < work->failures->len; i++)
    g_print ("  failed: %s\n", ((const GError *) work->failures->pdata[i])->message);
}

static SideScenario *
read_scenario (const char    *path,
               const Wishes  *wishes,
               GError       **error)
{
  g_autoptr (GByteArray) bytes = side_cli_read (path, SIDE_WIRE_MAX_REQUEST, error);
  SideScenario *scenario = bytes != NULL ? side_wire_scenario_from_json ((const char *) bytes->data, (gssize) bytes->len, error) : NULL;

  if (scenario == NULL)
    {
      g_prefix_error (error, "%s: ", path);
      return NULL;
    }
  if (wishes->number != NULL || scenario->number != NULL)
    return scenario;
  g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "%s names no number: say which with --number", path);
  side_scenario_unref (scenario);
  return NULL;
}

static gboolean
check_record (const Wishes  *wishes,
              GError       **error)
{
  if (wishes->record == NULL || wishes->force || !g_file_test (wishes->record, G_FILE_TEST_EXISTS))
    return TRUE;
  g_set_error (error, SIDE_ERROR, SIDE_ERROR_EXISTS, "“%s” is there already: --force replaces it", wishes->record);
  return FALSE;
}

static int
work_it (SideCli             *cli,
         const Wishes        *wishes,
         const SideScenario  *scenario)
{
  g_auto (Work) work = { .loop = g_main_loop_new (NULL, FALSE), .failures = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free) };
  g_autoptr (SideClock) clock = side_clock_new_system ();
  g_autoptr (SideSipSecret) secret = NULL;
  g_autoptr (SideSipSettings) settings = NULL;
  g_autoptr (GError) error = NULL;
  guint stops[] = { g_unix_signal_add (SIGINT, stop_cb, &work), g_unix_signal_add (SIGTERM, stop_cb, &work) };
  gboolean made;

  settings = make_settings (wishes, &error);
  secret = settings != NULL ? read_password (wishes->password_file, &error) : NULL;
  if (secret == NULL)
    return side_cli_fail (cli, error);
  side_call_media_prepare ();
  work.account = side_sip_account_new (settings, secret, clock);
  made = get_ready (&work, &error) && make_call (&work, scenario, wishes, &error);
  close_account (&work);
  for (guint i = 0; i < G_N_ELEMENTS (stops); i++)
    g_source_remove (stops[i]);
  if (!made)
    return side_cli_fail (cli, error);
  if (cli->json)
    print_json (&work);
  else
    print_text (&work);
  return side_test_run_get_call (work.run)->answered_ms != 0 && work.limits == 0 ? SIDE_CLI_OK : EXIT_FOUND;
}

/**
 * side_cli_test_call:
 * @cli: how to answer
 * @argc: number of words, the command's own first
 * @argv: the words
 *
 * Returns: 0 when the line answered within the limits of the scenario, 3 when the
 *   call was made and it did not, 1 when no call could be made, 2 for wrong words
 */
int
side_cli_test_call (SideCli  *cli,
                    int       argc,
                    char    **argv)
{
  g_auto (Wishes) wishes = { 0 };
  const GOptionEntry entries[] = {
    { "line", 'l', 0, G_OPTION_ARG_STRING, &wishes.line, "The telephone line to call on", "USER@SERVER" },
    { "server", 0, 0, G_OPTION_ARG_STRING, &wishes.server, "Where to send to, where it is not the line's own server", "HOST[:PORT]" },
    { "transport", 't', 0, G_OPTION_ARG_STRING, &wishes.transport, "udp (the usual one), tcp or tls", "WAY" },
    { "encrypt", 0, 0, G_OPTION_ARG_NONE, &wishes.encrypt, "Encrypt the sound; needs --transport tls", NULL },
    { "auth-user", 0, 0, G_OPTION_ARG_STRING, &wishes.auth_user, "Name for the password, where it is another one", "NAME" },
    { "password-file", 0, 0, G_OPTION_ARG_FILENAME, &wishes.password_file, "File with the password; also SIDETONE_LINE_PASSWORD", "FILE" },
    { "trust", 0, 0, G_OPTION_ARG_FILENAME, &wishes.trust, "Certificate to trust beside the system's", "FILE" },
    { "direct", 0, 0, G_OPTION_ARG_NONE, &wishes.direct, "Call without registering first", NULL },
    { "number", 'n', 0, G_OPTION_ARG_STRING, &wishes.number, "What to dial instead of the scenario's number", "NUMBER" },
    { "record", 'o', 0, G_OPTION_ARG_FILENAME, &wishes.record, "Record both sides", "FILE.wav" },
    { "force", 0, 0, G_OPTION_ARG_NONE, &wishes.force, "Replace a recording that is there", NULL },
    G_OPTION_ENTRY_NULL
  };
  const SideCliHelp help = { "SCENARIO.json", "Calls a line as the scenario says, without anybody talking on our side.", 1, FALSE };
  g_autoptr (SideScenario) scenario = NULL;
  g_autoptr (GError) error = NULL;

  side_sip_init ();
  if (!side_cli_parse (cli, &argc, &argv, entries, &help))
    return SIDE_CLI_USAGE;
  if (wishes.line == NULL)
    return side_cli_usage (cli, "--line USER@SERVER is missing");
  scenario = read_scenario (argv[1], &wishes, &error);
  if (scenario == NULL || !check_record (&wishes, &error))
    return side_cli_fail (cli, error);
  return work_it (cli, &wishes, scenario);
}
