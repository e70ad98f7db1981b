/* test-sip-resolve.c - from names to addresses, with the system's resolver replaced
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "side-error.h"
#include "side-sip-private.h"
#include "side-test.h"

#define WAIT_MS 10000

/* A resolver that knows what a test tells it. */
#define FAKE_TYPE_RESOLVER (fake_resolver_get_type ())
G_DECLARE_FINAL_TYPE (FakeResolver, fake_resolver, FAKE, RESOLVER, GResolver)

struct _FakeResolver
{
  GResolver   parent_instance;
  GHashTable *names;        /* "host" -> "192.0.2.1 2001:db8::1"; "!" for a fault, "?" for silence */
  GHashTable *services;     /* "_sip._udp.host" -> "priority weight port target …"; likewise */
  GString    *asked;        /* in this order */
};

G_DEFINE_FINAL_TYPE (FakeResolver, fake_resolver, G_TYPE_RESOLVER)

static void
on_silence_ends (GCancellable *cancellable,
                 gpointer      task)
{
  g_task_return_error_if_cancelled (task);
}

/* Whether @known is no answer but a fault, which @task then has. */
static gboolean
is_fault (GTask      *task,
          const char *known)
{
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (g_task_return_error_if_cancelled (task))
    {
      g_object_unref (task);
      return TRUE;
    }
  if (known == NULL)
    g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "no such name");
  else if (strcmp (known, "!") == 0)
    g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_TEMPORARY_FAILURE, "no name server");
  else if (strcmp (known, "?") == 0)
    g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (on_silence_ends), task, 0);
  else
    return FALSE;
  if (known == NULL || *known == '!')
    g_object_unref (task);
  else
    g_object_set_data_full (G_OBJECT (cancellable), "task", task, g_object_unref);
  return TRUE;
}

static void
lookup_by_name_async (GResolver           *resolver,
                      const char          *host,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  FakeResolver *self = FAKE_RESOLVER (resolver);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  const char *known = g_hash_table_lookup (self->names, host);
  g_auto (GStrv) words = NULL;
  GList *found = NULL;

  g_string_append_printf (self->asked, "%s ", host);
  if (is_fault (task, known))
    return;
  words = g_strsplit (known, " ", -1);
  for (gsize i = 0; words[i] != NULL; i++)
    found = g_list_append (found, g_inet_address_new_from_string (words[i]));
  g_task_return_pointer (task, found, (GDestroyNotify) g_resolver_free_addresses);
  g_object_unref (task);
}

static GList *
lookup_finish (GResolver     *resolver,
               GAsyncResult  *result,
               GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
lookup_service_async (GResolver           *resolver,
                      const char          *rrname,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  FakeResolver *self = FAKE_RESOLVER (resolver);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  const char *known = g_hash_table_lookup (self->services, rrname);
  g_auto (GStrv) words = NULL;
  GList *found = NULL;

  g_string_append_printf (self->asked, "%s ", rrname);
  if (is_fault (task, known))
    return;
  words = g_strsplit (known, " ", -1);
  for (gsize i = 0; g_strv_length (words) >= i + 4; i += 4)
    found = g_list_append (found, g_srv_target_new (words[i + 3], (guint16) g_ascii_strtoull (words[i + 2], NULL, 10),
                                                    (guint16) g_ascii_strtoull (words[i], NULL, 10),
                                                    (guint16) g_ascii_strtoull (words[i + 1], NULL, 10)));
  g_task_return_pointer (task, g_srv_target_list_sort (found), (GDestroyNotify) g_resolver_free_targets);
  g_object_unref (task);
}

static void
fake_resolver_finalize (GObject *object)
{
  FakeResolver *self = FAKE_RESOLVER (object);

  g_hash_table_unref (self->names);
  g_hash_table_unref (self->services);
  g_string_free (self->asked, TRUE);
  G_OBJECT_CLASS (fake_resolver_parent_class)->finalize (object);
}

static void
fake_resolver_class_init (FakeResolverClass *klass)
{
  GResolverClass *resolver_class = G_RESOLVER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = fake_resolver_finalize;
  resolver_class->lookup_by_name_async = lookup_by_name_async;
  resolver_class->lookup_by_name_finish = lookup_finish;
  resolver_class->lookup_service_async = lookup_service_async;
  resolver_class->lookup_service_finish = lookup_finish;
}

static void
fake_resolver_init (FakeResolver *self)
{
  self->names = g_hash_table_new (g_str_hash, g_str_equal);
  self->services = g_hash_table_new (g_str_hash, g_str_equal);
  self->asked = g_string_new (NULL);
}

static FakeResolver *fake;

static GList *
resolve (const char        *server,
         SideSipTransport   transport,
         guint              answer_ms,
         GCancellable      *cancellable,
         GError           **error)
{
  g_autoptr (SideSipSettings) settings = side_sip_settings_new ();
  g_autoptr (GAsyncResult) result = NULL;

  g_object_set (settings, "user", "u", "domain", "example.org", "server", server, "transport", transport, "answer-ms", answer_ms, NULL);
  g_assert_true (side_sip_settings_check (settings, NULL));
  g_string_truncate (fake->asked, 0);
  side_sip_resolve_async (settings, cancellable, side_test_async_cb, &result);
  g_assert_null (result);
  side_test_wait_result (&result, WAIT_MS, "a name's addresses");
  return side_sip_resolve_finish (result, error);
}

static char *
to_text (GList *addresses)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (GList *l = addresses; l != NULL; l = l->next)
    {
      g_autofree char *one = g_socket_connectable_to_string (l->data);

      g_string_append_printf (text, "%s ", one);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_found (void)
{
  static const struct {
    const char       *server;
    SideSipTransport  transport;
    const char       *found;
    const char       *asked;
  } cases[] = {
    /* An address is asked of nobody, a port asks for no service. */
    { "192.0.2.9", SIDE_SIP_UDP, "192.0.2.9:5060 ", "" },
    { "[2001:db8::9]:5081", SIDE_SIP_TCP, "[2001:db8::9]:5081 ", "" },
    { "2001:db8::9", SIDE_SIP_TLS, "[2001:db8::9]:5061 ", "" },
    { "both.example.org:5090", SIDE_SIP_UDP, "192.0.2.1:5090 [2001:db8::1]:5090 ", "both.example.org " },
    { "pbx", SIDE_SIP_UDP, "127.0.0.1:5060 ", "pbx " },
    /* By priority, then their addresses; none twice. */
    { "srv.example.org", SIDE_SIP_UDP, "192.0.2.1:5062 [2001:db8::1]:5062 192.0.2.2:5063 ",
      "_sip._udp.srv.example.org both.example.org two.example.org both.example.org " },
    { "srv.example.org", SIDE_SIP_TLS, "192.0.2.2:5061 ", "_sips._tcp.srv.example.org two.example.org " },
    /* No such record, or a name server that cannot say: the host itself. */
    { "two.example.org", SIDE_SIP_TCP, "192.0.2.2:5060 ", "_sip._tcp.two.example.org two.example.org " },
    { "two.example.org", SIDE_SIP_TLS, "192.0.2.2:5061 ", "_sips._tcp.two.example.org two.example.org " },
    { "failing.example.org", SIDE_SIP_UDP, "192.0.2.5:5060 ", "_sip._udp.failing.example.org failing.example.org " },
    /* One target of two is there. */
    { "half.example.org", SIDE_SIP_UDP, "192.0.2.2:5060 ", "_sip._udp.half.example.org nowhere.example.org two.example.org " },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      GList *found = resolve (cases[i].server, cases[i].transport, 5000, NULL, &error);
      g_autofree char *text = to_text (found);

      g_test_message ("%s", cases[i].server);
      g_assert_no_error (error);
      g_assert_cmpstr (text, ==, cases[i].found);
      g_assert_cmpstr (fake->asked->str, ==, cases[i].asked);
      g_list_free_full (found, g_object_unref);
    }
}

static void
test_not_found (void)
{
  static const struct {
    const char *server;
    SideError   code;
  } cases[] = {
    { "nowhere.example.org", SIDE_ERROR_NOT_FOUND }, { "nowhere.example.org:5060", SIDE_ERROR_NOT_FOUND },
    { "closed.example.org", SIDE_ERROR_NOT_FOUND },     /* the one target "." */
    { "down.example.org:5060", SIDE_ERROR_UNREACHABLE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (resolve (cases[i].server, SIDE_SIP_UDP, 5000, NULL, &error));
      g_assert_error (error, SIDE_ERROR, (int) cases[i].code);
    }
}

/* Silence about services leaves half the time for the host itself; about both it is the end. */
static void
test_silence (void)
{
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();
  GList *found = resolve ("mute-srv.example.org", SIDE_SIP_UDP, 600, NULL, &error);
  g_autofree char *text = to_text (found);

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "192.0.2.6:5060 ");
  g_assert_cmpint (g_get_monotonic_time () - start, <, 590000);
  g_list_free_full (found, g_object_unref);
  start = g_get_monotonic_time ();
  g_assert_null (resolve ("mute.example.org", SIDE_SIP_UDP, 400, NULL, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_TIMED_OUT);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 390000);
}

static gboolean
cancel (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_REMOVE;
}

static void
test_cancelled (void)
{
  static const char *const servers[] = { "mute.example.org", "mute.example.org:5060", "mute-srv.example.org", "192.0.2.1" };

  for (guint after_ms = 0; after_ms <= 50; after_ms += 50)
    for (gsize i = 0; i < G_N_ELEMENTS (servers) - (after_ms > 0 ? 2 : 0); i++)
      {
        g_autoptr (GCancellable) cancellable = g_cancellable_new ();
        g_autoptr (GError) error = NULL;

        if (after_ms == 0)
          g_cancellable_cancel (cancellable);
        else
          g_timeout_add (after_ms, cancel, cancellable);
        g_assert_null (resolve (servers[i], SIDE_SIP_UDP, 5000, cancellable, &error));
        g_assert_error (error, SIDE_ERROR, SIDE_ERROR_CANCELLED);
      }
}

/* However many there are, sixteen are enough to try. */
static void
test_many (void)
{
  g_autoptr (GString) addresses = g_string_new ("192.0.2.1");
  g_autoptr (GError) error = NULL;
  GList *found;

  for (int i = 2; i < 200; i++)
    g_string_append_printf (addresses, " 192.0.2.%d", i);
  g_hash_table_insert (fake->names, (gpointer) "many.example.org", addresses->str);
  found = resolve ("many.example.org:5060", SIDE_SIP_UDP, 5000, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_length (found), ==, 16);
  g_list_free_full (found, g_object_unref);
  g_hash_table_remove (fake->names, "many.example.org");
}

int
main (int   argc,
      char *argv[])
{
  static const char *const names[][2] = {
    { "both.example.org", "192.0.2.1 2001:db8::1" }, { "two.example.org", "192.0.2.2" }, { "pbx", "127.0.0.1" },
    { "failing.example.org", "192.0.2.5" }, { "down.example.org", "!" }, { "mute.example.org", "?" }, { "mute-srv.example.org", "192.0.2.6" },
  };
  static const char *const services[][2] = {
    { "_sip._udp.srv.example.org", "10 5 5062 both.example.org 20 5 5063 two.example.org 30 5 5062 both.example.org" },
    { "_sips._tcp.srv.example.org", "0 0 5061 two.example.org" }, { "_sip._udp.failing.example.org", "!" },
    { "_sip._udp.half.example.org", "1 0 5060 nowhere.example.org 2 0 5060 two.example.org" },
    { "_sip._udp.closed.example.org", "0 0 0 ." }, { "_sip._udp.mute.example.org", "?" }, { "_sip._udp.mute-srv.example.org", "?" },
  };
  int rc;

  g_test_init (&argc, &argv, NULL);
  fake = g_object_new (FAKE_TYPE_RESOLVER, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_hash_table_insert (fake->names, (gpointer) names[i][0], (gpointer) names[i][1]);
  for (gsize i = 0; i < G_N_ELEMENTS (services); i++)
    g_hash_table_insert (fake->services, (gpointer) services[i][0], (gpointer) services[i][1]);
  g_resolver_set_default (G_RESOLVER (fake));
  g_test_add_func ("/sip-resolve/found", test_found);
  g_test_add_func ("/sip-resolve/not-found", test_not_found);
  g_test_add_func ("/sip-resolve/silence", test_silence);
  g_test_add_func ("/sip-resolve/cancelled", test_cancelled);
  g_test_add_func ("/sip-resolve/many", test_many);
  rc = g_test_run ();
  g_object_unref (fake);
  return rc;
}
