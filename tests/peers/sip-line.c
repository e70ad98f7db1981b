/* sip-line.c - a telephone line of ours, led by lines on its standard input
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For the tests with other people's telephones and scripted ones: an account
 * and its calls as the app has them, without sound. What happens is printed as
 * JSON, a line each. The password is that of a throw-away account of the tests.
 *
 *   online | retry | call ID TARGET [NAME VALUE]… | hangup ID [WORDS]
 *   offer ID sendrecv|sendonly|inactive | forget ID | test | close | drop | quit
 *   block MS (keeps the main loop from everything)
 */
#include <gio/gunixinputstream.h>
#include <json-glib/json-glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "side-error.h"
#include "side-sdp.h"
#include "side-sip-account.h"
#include "side-sip-words.h"

#define RTP_PORT 40000

typedef struct {
  GMainLoop       *loop;
  SideSipSettings *settings;
  SideSipSecret   *secret;
  SideSipAccount  *account;
  GHashTable      *calls;       /* id -> Talk */
} Line;

typedef struct {
  Line        *line;
  char        *id;
  SideSipCall *call;
  SideSdp     *ours;
  SideSdp     *offered;         /* ours that is not answered */
} Talk;

static struct
{
  const char *transport, *domain, *server, *user, *auth_user, *password, *trusted;
  gboolean registers, reliable, srtp;
  int expires_s, answer_ms;
} given = { .transport = "udp", .user = "alice", .password = "secret" };

static GOptionEntry entries[] = {
  { "transport", 0, 0, G_OPTION_ARG_STRING, &given.transport, "udp, tcp or tls", NULL },
  { "domain", 0, 0, G_OPTION_ARG_STRING, &given.domain, "after the @", NULL },
  { "server", 0, 0, G_OPTION_ARG_STRING, &given.server, "host:port", NULL },
  { "user", 0, 0, G_OPTION_ARG_STRING, &given.user, "before the @", NULL },
  { "auth-user", 0, 0, G_OPTION_ARG_STRING, &given.auth_user, "for the password", NULL },
  { "password", 0, 0, G_OPTION_ARG_STRING, &given.password, "of a throw-away account", NULL },
  { "trusted", 0, 0, G_OPTION_ARG_STRING, &given.trusted, "PEM file of an authority", NULL },
  { "registers", 0, 0, G_OPTION_ARG_NONE, &given.registers, "whether to register", NULL },
  { "reliable", 0, 0, G_OPTION_ARG_NONE, &given.reliable, "whether to offer 100rel", NULL },
  { "srtp", 0, 0, G_OPTION_ARG_NONE, &given.srtp, "whether to offer keys", NULL },
  { "expires", 0, 0, G_OPTION_ARG_INT, &given.expires_s, "of a registration, s", NULL },
  { "answer", 0, 0, G_OPTION_ARG_INT, &given.answer_ms, "until silence is a failure, ms", NULL },
  { NULL },
};

/* -- what happened: name, then member, value, …; a value is a string or NULL */

static void tell (const char *event, ...) G_GNUC_NULL_TERMINATED;

static void
print_object (JsonBuilder *builder)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  text = json_generator_to_data (generator, NULL);
  printf ("%s\n", text);
  fflush (stdout);
}

static JsonBuilder *
begin_object (const char *event)
{
  JsonBuilder *builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "ev");
  json_builder_add_string_value (builder, event);
  return builder;
}

static void
add_string (JsonBuilder *builder,
            const char  *name,
            const char  *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static void
add_number (JsonBuilder *builder,
            const char  *name,
            gint64       value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
tell (const char *event,
      ...)
{
  g_autoptr (JsonBuilder) builder = begin_object (event);
  const char *name;
  va_list arguments;

  va_start (arguments, event);
  while ((name = va_arg (arguments, const char *)) != NULL)
    {
      const char *value = va_arg (arguments, const char *);

      add_string (builder, name, value != NULL && *value != '\0' ? value : NULL);
    }
  va_end (arguments);
  print_object (builder);
}

/* "unauthorized", of an error of ours. */
static const char *
name_of (const GError *error)
{
  static const char *const names[] = {
    "failed", "invalid", "too-large", "unsupported", "not-found", "exists", "unreachable", "timed-out", "disconnected",
    "untrusted", "unauthorized", "forbidden", "rate-limited", "conflict", "busy", "full", "read-only", "corrupt", "newer", "cancelled",
  };

  if (error == NULL)
    return "";
  return error->domain == SIDE_ERROR && error->code < (int) G_N_ELEMENTS (names) ? names[error->code] : "foreign";
}

static const char *
nick_of (GType type,
         int   value)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (type);

  return g_enum_get_value (klass, value)->value_nick;
}

/* -- calls */

static void
talk_free (gpointer data)
{
  Talk *talk = data;

  if (talk->call != NULL)
    g_signal_handlers_disconnect_by_data (talk->call, talk);
  g_clear_object (&talk->call);
  g_clear_pointer (&talk->ours, side_sdp_unref);
  g_clear_pointer (&talk->offered, side_sdp_unref);
  g_free (talk->id);
  g_free (talk);
}

static void
tell_end (Talk *talk)
{
  static const char *const by[] = { "us", "them", "cancelled", "refused", "silent", "lost" };
  const SideSipEnd *end = side_sip_call_get_end (talk->call);
  g_autofree char *words = side_sip_words_for_end (end);
  g_autoptr (JsonBuilder) builder = begin_object ("end");

  add_string (builder, "call", talk->id);
  add_string (builder, "by", by[end->by]);
  add_number (builder, "code", end->code);
  add_string (builder, "phrase", end->phrase);
  add_string (builder, "protocol", end->reason_protocol);
  add_number (builder, "cause", end->reason_cause);
  add_string (builder, "text", end->reason_text);
  add_number (builder, "retry_after", end->retry_after_s);
  add_string (builder, "contact", end->contact);
  add_number (builder, "crossed", end->crossed);
  add_string (builder, "error", name_of (end->error));
  add_string (builder, "message", end->error != NULL ? end->error->message : NULL);
  add_string (builder, "words", words);
  print_object (builder);
}

static void
on_state (SideSipCall *call,
          GParamSpec  *pspec,
          Talk        *talk)
{
  SideSipCallState state = side_sip_call_get_state (call);
  g_autoptr (JsonBuilder) builder = begin_object ("state");

  add_string (builder, "call", talk->id);
  add_string (builder, "state", nick_of (SIDE_TYPE_SIP_CALL_STATE, state));
  add_number (builder, "since", side_sip_call_get_since (call, state));
  add_number (builder, "late", side_sip_call_get_lateness_ms (call, state));
  print_object (builder);
  if (state == SIDE_SIP_CALL_ENDED)
    tell_end (talk);
}

static void
on_described (SideSipCall *call,
              const char  *branch,
              const char  *sdp,
              guint        code,
              Talk        *talk)
{
  g_autofree char *number = g_strdup_printf ("%u", code);
  g_autoptr (SideSdp) theirs = side_sdp_parse (sdp, -1, NULL);
  g_autofree char *port = g_strdup_printf ("%u", theirs != NULL ? side_sdp_get_rtp_port (theirs) : 0);

  tell ("described", "call", talk->id, "branch", branch, "code", number, "port", port, NULL);
}

static char *
on_offered (SideSipCall *call,
            const char  *sdp,
            Talk        *talk)
{
  g_autoptr (SideSdp) theirs = sdp != NULL ? side_sdp_parse (sdp, -1, NULL) : NULL;
  SideSdp *answer = NULL;

  if (sdp == NULL)
    answer = side_sdp_reoffer (talk->ours, SIDE_SDP_SENDRECV);
  else if (theirs != NULL)
    answer = side_sdp_answer (talk->ours, theirs, NULL);
  tell ("offered", "call", talk->id, "sdp", sdp != NULL ? "yes" : "no", "answer", answer != NULL ? "yes" : "no", NULL);
  if (answer == NULL)
    return NULL;
  side_sdp_unref (talk->ours);
  talk->ours = answer;
  return side_sdp_to_string (answer);
}

static void
on_progress (SideSipCall *call,
             guint        code,
             const char  *phrase,
             Talk        *talk)
{
  g_autofree char *number = g_strdup_printf ("%u", code);

  tell ("progress", "call", talk->id, "code", number, "phrase", phrase, NULL);
}

static void
on_held (SideSipCall *call,
         GParamSpec  *pspec,
         Talk        *talk)
{
  tell ("held", "call", talk->id, "held", side_sip_call_get_held (call) ? "yes" : "no", NULL);
}

static SideSdp *
make_offer (Line *line)
{
  guint8 key[SIDE_SDP_KEY_BYTES];
  gsize n;
  const SideSdpCodec *codecs = side_sdp_usual_codecs (FALSE, FALSE, &n);

  for (gsize i = 0; i < sizeof key; i++)
    key[i] = (guint8) g_random_int ();
  return side_sdp_new_offer (side_sip_account_get_local (line->account), RTP_PORT, codecs, n,
                             given.srtp ? key : NULL, given.srtp ? sizeof key : 0);
}

static void
start_call (Line       *line,
            const char *id,
            const char *target,
            char      **headers)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SideSdp) offer = side_sip_account_get_local (line->account) != NULL ? make_offer (line) : NULL;
  g_autofree char *sdp = offer != NULL ? side_sdp_to_string (offer) : g_strdup ("v=0");
  SideSipCall *call = side_sip_account_call (line->account, target, sdp, (const char *const *) headers, &error);
  Talk *talk;

  if (call == NULL)
    {
      tell ("no-call", "call", id, "error", name_of (error), NULL);
      return;
    }
  talk = g_new0 (Talk, 1);
  talk->line = line;
  talk->id = g_strdup (id);
  talk->call = call;
  talk->ours = g_steal_pointer (&offer);
  g_hash_table_replace (line->calls, talk->id, talk);
  g_signal_connect (call, "notify::state", G_CALLBACK (on_state), talk);
  g_signal_connect (call, "notify::held", G_CALLBACK (on_held), talk);
  g_signal_connect (call, "described", G_CALLBACK (on_described), talk);
  g_signal_connect (call, "offered", G_CALLBACK (on_offered), talk);
  g_signal_connect (call, "progress", G_CALLBACK (on_progress), talk);
  tell ("called", "call", id, "call_id", side_sip_call_get_call_id (call), NULL);
}

static void
on_reoffered (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autofree char *id = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sdp = side_sip_call_reoffer_finish (SIDE_SIP_CALL (source), result, &error);

  tell ("reoffered", "call", id, "error", name_of (error), NULL);
}

static void
change_call (Talk       *talk,
             const char *direction)
{
  SideSdpDirection wanted = strcmp (direction, "sendonly") == 0   ? SIDE_SDP_SENDONLY
                            : strcmp (direction, "inactive") == 0 ? SIDE_SDP_INACTIVE
                                                                  : SIDE_SDP_SENDRECV;
  SideSdp *offer = side_sdp_reoffer (talk->ours, wanted);
  g_autofree char *sdp = side_sdp_to_string (offer);

  side_sdp_unref (talk->ours);
  talk->ours = offer;
  side_sip_call_reoffer_async (talk->call, sdp, NULL, on_reoffered, g_strdup (talk->id));
}

/* -- the account */

static void
on_account (SideSipAccount *account,
            GParamSpec     *pspec,
            Line           *line)
{
  const GError *reason = side_sip_account_get_reason (account);
  SideSipAccountState state = side_sip_account_get_state (account);

  tell ("account", "state", nick_of (SIDE_TYPE_SIP_ACCOUNT_STATE, (int) state), "reason", name_of (reason),
        "message", reason != NULL ? reason->message : NULL, NULL);
}

typedef struct {
  Line  *line;
  gint64 from_us;
  gboolean quit;
} Closing;

static void
on_closed (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autofree Closing *closing = data;
  g_autofree char *took = g_strdup_printf ("%" G_GINT64_FORMAT, (g_get_monotonic_time () - closing->from_us) / 1000);

  side_sip_account_close_finish (SIDE_SIP_ACCOUNT (source), result, NULL);
  tell ("closed", "ms", took, NULL);
  if (closing->quit)
    g_main_loop_quit (closing->line->loop);
}

static void
close_line (Line    *line,
            gboolean quit)
{
  Closing *closing;

  if (line->account == NULL)
    {
      g_main_loop_quit (line->loop);
      return;
    }
  closing = g_new0 (Closing, 1);
  *closing = (Closing) { line, g_get_monotonic_time (), quit };
  side_sip_account_close_async (line->account, on_closed, closing);
}

static void
on_tested (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  static const char *const steps[] = { "name", "reach", "trust", "answer", "password", "done" };
  SideSipTestStep reached = SIDE_SIP_TEST_NAME;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;

  side_sip_test_finish (result, &reached, &error);
  words = side_sip_words_for_test (reached, error);
  tell ("tested", "step", steps[reached], "error", name_of (error), "words", words,
        "message", error != NULL ? error->message : NULL, NULL);
}

/* Lets go of the account without closing it, as a program does that forgot to. */
static void
drop_line (Line *line)
{
  g_hash_table_remove_all (line->calls);
  g_signal_handlers_disconnect_by_data (line->account, line);
  g_clear_object (&line->account);
  tell ("dropped", NULL);
}

/* -- orders */

static void
obey (Line  *line,
      char **words)
{
  Talk *talk = words[1] != NULL ? g_hash_table_lookup (line->calls, words[1]) : NULL;

  if (line->account == NULL && words[0][0] != 'q')
    tell ("not-understood", "words", words[0], NULL);
  else if (strcmp (words[0], "online") == 0)
    side_sip_account_go_online (line->account);
  else if (strcmp (words[0], "retry") == 0)
    side_sip_account_retry_now (line->account);
  else if (strcmp (words[0], "test") == 0)
    side_sip_test_async (line->settings, line->secret, NULL, on_tested, line);
  else if (strcmp (words[0], "block") == 0 && words[1] != NULL)
    g_usleep ((gulong) strtoul (words[1], NULL, 10) * 1000);
  else if (strcmp (words[0], "drop") == 0)
    drop_line (line);
  else if (strcmp (words[0], "close") == 0 || strcmp (words[0], "quit") == 0)
    close_line (line, words[0][0] == 'q');
  else if (strcmp (words[0], "call") == 0 && words[1] != NULL && words[2] != NULL)
    start_call (line, words[1], words[2], words + 3);
  else if (strcmp (words[0], "forget") == 0 && talk != NULL)
    g_hash_table_remove (line->calls, words[1]);
  else if (strcmp (words[0], "hangup") == 0 && talk != NULL)
    side_sip_call_hang_up (talk->call, words[2]);
  else if (strcmp (words[0], "offer") == 0 && talk != NULL && words[2] != NULL)
    change_call (talk, words[2]);
  else
    tell ("not-understood", "words", words[0], NULL);
}

static gboolean
on_input (GIOChannel  *channel,
          GIOCondition condition,
          gpointer     data)
{
  Line *line = data;
  char *text = NULL;
  GIOStatus status;

  while ((status = g_io_channel_read_line (channel, &text, NULL, NULL, NULL)) == G_IO_STATUS_NORMAL)
    {
      g_auto (GStrv) words = g_strsplit (g_strstrip (text), " ", 0);

      g_free (text);
      if (words[0] != NULL)
        obey (line, words);
    }
  if (status == G_IO_STATUS_AGAIN)
    return G_SOURCE_CONTINUE;
  close_line (line, TRUE);
  return G_SOURCE_REMOVE;
}

static SideSipSettings *
make_settings (void)
{
  g_autoptr (SideSipSettings) settings = side_sip_settings_new ();
  g_autoptr (GError) error = NULL;

  g_object_set (settings, "user", given.user, "auth-user", given.auth_user, "domain", given.domain, "server", given.server,
                "transport", strcmp (given.transport, "tls") == 0 ? SIDE_SIP_TLS : strcmp (given.transport, "tcp") == 0 ? SIDE_SIP_TCP : SIDE_SIP_UDP,
                "registers", given.registers, "reliable", given.reliable, NULL);
  if (given.srtp)
    g_object_set (settings, "media", SIDE_SIP_MEDIA_SRTP, NULL);
  if (given.expires_s > 0)
    g_object_set (settings, "expires-s", (guint) given.expires_s, NULL);
  if (given.answer_ms > 0)
    g_object_set (settings, "answer-ms", (guint) given.answer_ms, NULL);
  if (given.trusted != NULL)
    {
      g_autoptr (GTlsCertificate) trusted = g_tls_certificate_new_from_file (given.trusted, &error);

      g_object_set (settings, "trusted", trusted, NULL);
    }
  if (error == NULL && side_sip_settings_check (settings, &error))
    return g_steal_pointer (&settings);
  fprintf (stderr, "sip-line: %s\n", error->message);
  return NULL;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GIOChannel) channel = g_io_channel_unix_new (0);
  Line line = { 0 };

  side_sip_init ();
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_error ("%s", error->message);
  line.settings = make_settings ();
  if (line.settings == NULL)
    return 2;
  line.loop = g_main_loop_new (NULL, FALSE);
  line.secret = side_sip_secret_new (given.password);
  line.account = side_sip_account_new (line.settings, line.secret, NULL);
  line.calls = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, talk_free);
  g_signal_connect (line.account, "notify::state", G_CALLBACK (on_account), &line);
  g_io_channel_set_flags (channel, G_IO_FLAG_NONBLOCK, NULL);
  g_io_add_watch (channel, G_IO_IN | G_IO_HUP, on_input, &line);
  tell ("begun", NULL);
  g_main_loop_run (line.loop);

  g_hash_table_unref (line.calls);
  g_clear_object (&line.account);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (line.settings);
  side_sip_secret_unref (line.secret);
  g_main_loop_unref (line.loop);
  tell ("over", NULL);
  return 0;
}
