/* test-sip-settings.c - accounts that can be used, and passwords nobody sees
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "side-error.h"
#include "side-sip-private.h"
#include "side-test.h"

static SideSipSettings *
new_settings (const char *first,
              ...)
{
  SideSipSettings *settings = side_sip_settings_new ();
  va_list more;

  g_object_set (settings, "user", "7001", "domain", "pbx.example.org", NULL);
  va_start (more, first);
  if (first != NULL)
    g_object_set_valist (G_OBJECT (settings), first, more);
  va_end (more);
  return settings;
}

static void
test_defaults (void)
{
  g_autoptr (SideSipSettings) settings = new_settings (NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *host = NULL;
  guint16 port = 1;

  g_assert_true (side_sip_settings_check (settings, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (side_sip_settings_get_user (settings), ==, "7001");
  g_assert_cmpstr (side_sip_settings_get_auth_user (settings), ==, "7001");
  g_assert_null (side_sip_settings_get_display_name (settings));
  g_assert_cmpstr (side_sip_settings_get_domain (settings), ==, "pbx.example.org");
  g_assert_null (side_sip_settings_get_server (settings));
  g_assert_cmpint (side_sip_settings_get_transport (settings), ==, SIDE_SIP_UDP);
  g_assert_cmpint (side_sip_settings_get_media (settings), ==, SIDE_SIP_MEDIA_PLAIN);
  g_assert_true (side_sip_settings_get_registers (settings));
  g_assert_cmpuint (side_sip_settings_get_expires_s (settings), ==, 300);
  g_assert_false (side_sip_settings_get_reliable (settings));
  g_assert_null (side_sip_settings_get_trusted (settings));
  g_assert_cmpuint (side_sip_settings_get_answer_ms (settings), ==, 5000);
  host = side_sip_settings_dup_host (settings, &port);
  g_assert_cmpstr (host, ==, "pbx.example.org");
  g_assert_cmpuint (port, ==, 0);
}

static void
test_faults (void)
{
  g_autofree char *endless = g_strnfill (256, 'x');
  const struct {
    const char *property;
    const char *value;
    const char *fault;
  } cases[] = {
    { "user", NULL, "user" }, { "user", "", "user" }, { "user", "a b", "user" }, { "user", "a@b", "user" }, { "user", "a\r\nX: y", "user" },
    { "user", "a%40b", "user" }, { "user", "+7-495.123", NULL }, { "user", "имя", "user" }, { "user", endless, "user" },
    { "auth-user", "Jäsøn \"Doe\"", NULL }, { "auth-user", "a\nb", "auth-user" }, { "auth-user", "\xff", "auth-user" },
    { "display-name", "Проверка", NULL }, { "display-name", "a\tb", "display-name" }, { "display-name", endless, "display-name" },
    { "domain", NULL, "domain" }, { "domain", "pbx.example.org:5060", "domain" }, { "domain", "a b", "domain" }, { "domain", "192.0.2.1", NULL },
    { "domain", "[2001:db8::1]", NULL }, { "domain", "2001:db8::1", NULL }, { "domain", "пример.рф", NULL }, { "domain", "a..b", "domain" },
    { "domain", "a;maddr=b", "domain" }, { "domain", ".", "domain" }, { "domain", "sip:pbx", "domain" },
    { "server", "", NULL }, { "server", "pbx:5080", NULL }, { "server", "pbx:0", "server" }, { "server", "pbx:65536", "server" },
    { "server", "pbx:", "server" }, { "server", "[2001:db8::1]:5061", NULL }, { "server", "[192.0.2.1]", "server" }, { "server", "[::1", "server" },
    { "server", "sip:pbx.example.org", "server" }, { "server", "pbx:5060;transport=tcp", "server" }, { "server", "[::1]x", "server" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SideSipSettings) settings = new_settings (cases[i].property, cases[i].value, NULL);
      g_autoptr (GError) error = NULL;
      gboolean good = side_sip_settings_check (settings, &error);

      if (good != (cases[i].fault == NULL))
        g_error ("%s “%s” was %s", cases[i].property, cases[i].value, good ? "taken" : "refused");
      if (!good)
        {
          g_assert_error (error, SIDE_ERROR, SIDE_ERROR_INVALID);
          g_assert_cmpstr (error->message, ==, cases[i].fault);
        }
    }
}

static void
test_hosts (void)
{
  static const struct {
    const char *server;
    const char *host;
    guint16     port;
  } cases[] = {
    { "sbc.example.org", "sbc.example.org", 0 }, { "sbc.example.org.:5080", "sbc.example.org", 5080 }, { "192.0.2.1:5061", "192.0.2.1", 5061 },
    { "[2001:db8::1]:5061", "2001:db8::1", 5061 }, { "[2001:db8::1]", "2001:db8::1", 0 }, { "2001:db8::1", "2001:db8::1", 0 },
    { "пример.рф:5060", "xn--e1afmkfd.xn--p1ai", 5060 }, { NULL, "pbx.example.org", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SideSipSettings) settings = new_settings ("server", cases[i].server, NULL);
      g_autofree char *host = NULL;
      guint16 port = 1;

      g_assert_true (side_sip_settings_check (settings, NULL));
      host = side_sip_settings_dup_host (settings, &port);
      g_assert_cmpstr (host, ==, cases[i].host);
      g_assert_cmpuint (port, ==, cases[i].port);
    }
}

/* What goes into a message is what a server compares. */
static void
test_domains (void)
{
  static const char *const cases[][2] = {
    { "PBX.Example.org.", "pbx.example.org" }, { "пример.рф", "xn--e1afmkfd.xn--p1ai" }, { "192.0.2.1", "192.0.2.1" },
    { "[2001:db8::1]", "2001:db8::1" }, { "2001:db8::1", "2001:db8::1" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SideSipSettings) settings = new_settings ("domain", cases[i][0], "server", "192.0.2.9", NULL);
      g_autofree char *domain = NULL;

      g_assert_true (side_sip_settings_check (settings, NULL));
      domain = side_sip_settings_dup_domain (settings);
      g_assert_cmpstr (domain, ==, cases[i][1]);
    }
}

/* Keys in a description that everybody can read are none. */
static void
test_encryption_needs_tls (void)
{
  static const SideSipTransport transports[] = { SIDE_SIP_UDP, SIDE_SIP_TCP, SIDE_SIP_TLS };

  for (gsize i = 0; i < G_N_ELEMENTS (transports); i++)
    {
      g_autoptr (SideSipSettings) settings = new_settings ("transport", transports[i], "media", SIDE_SIP_MEDIA_SRTP, NULL);
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (side_sip_settings_check (settings, &error), ==, transports[i] == SIDE_SIP_TLS);
      g_assert_cmpstr (error != NULL ? error->message : NULL, ==, transports[i] == SIDE_SIP_TLS ? NULL : "media");
    }
}

static void
count (GObject    *object,
       GParamSpec *pspec,
       gpointer    n)
{
  ++*(int *) n;
}

static void
test_notify (void)
{
  g_autoptr (SideSipSettings) settings = new_settings (NULL, NULL);
  int n = 0;

  g_signal_connect (settings, "notify", G_CALLBACK (count), &n);
  g_object_set (settings, "user", "7001", "server", "", "transport", SIDE_SIP_UDP, "expires-s", 300, NULL);
  g_assert_cmpint (n, ==, 0);
  g_object_set (settings, "user", "7002", "transport", SIDE_SIP_TLS, "registers", FALSE, "answer-ms", 2000, NULL);
  g_assert_cmpint (n, ==, 4);
}

/* Nothing of an account's that can be read by name is a password. */
static void
test_no_password_property (void)
{
  GType (*const types[]) (void) = { side_sip_settings_get_type };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (GTypeClass) klass = g_type_class_ref (types[i] ());
      guint n;
      g_autofree GParamSpec **specs = g_object_class_list_properties (G_OBJECT_CLASS (klass), &n);

      for (guint k = 0; k < n; k++)
        g_assert_false (strstr (specs[k]->name, "pass") != NULL || strstr (specs[k]->name, "secret") != NULL ||
                        specs[k]->value_type == SIDE_TYPE_SIP_SECRET);
    }
}

/* Returns: what /proc says of the pages @address lies in. */
static char *
mapping_of (const char *address)
{
  g_autofree char *maps = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GString) found = NULL;

  g_assert_true (g_file_get_contents ("/proc/self/smaps", &maps, NULL, NULL));
  lines = g_strsplit (maps, "\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++)
    {
      guint64 from, to;
      char *rest;
      gboolean header = g_regex_match_simple ("^[0-9a-f]+-[0-9a-f]+ ", lines[i], 0, 0);

      if (header && found != NULL)
        break;
      if (header)
        {
          from = g_ascii_strtoull (lines[i], &rest, 16);
          to = g_ascii_strtoull (rest + 1, NULL, 16);
          if ((guint64) (guintptr) address >= from && (guint64) (guintptr) address < to)
            found = g_string_new (NULL);
        }
      if (found != NULL)
        g_string_append_printf (found, "%s\n", lines[i]);
    }
  g_assert_nonnull (found);
  return g_string_free (g_steal_pointer (&found), FALSE);
}

static void
test_secret (void)
{
  g_autofree char *long_one = g_strnfill (10000, 'p');
  g_autoptr (SideSipSecret) secret = side_sip_secret_new ("пароль");
  g_autoptr (SideSipSecret) empty = side_sip_secret_new ("");
  g_autoptr (SideSipSecret) big = side_sip_secret_new (long_one);
  g_autofree char *pages = mapping_of (side_sip_secret_peek (secret));
  g_autofree char *big_pages = mapping_of (side_sip_secret_peek (big) + 9999);

  g_assert_cmpstr (side_sip_secret_peek (secret), ==, "пароль");
  g_assert_cmpstr (side_sip_secret_peek (empty), ==, "");
  g_assert_cmpstr (side_sip_secret_peek (big), ==, long_one);
  /* "dd" is left out of core files, "dc" is not handed to children. */
  g_assert_true (g_regex_match_simple ("VmFlags:.* dd", pages, 0, 0));
  g_assert_true (g_regex_match_simple ("VmFlags:.* dc", pages, 0, 0));
  g_assert_true (g_regex_match_simple ("VmFlags:.* dd", big_pages, 0, 0));
}

/* With its last reference it is out of the address space. */
static void
test_secret_ends (void)
{
  SideSipSecret *secret = side_sip_secret_new ("gone");
  const char *where = side_sip_secret_peek (secret);
  int ends[2];

  side_sip_secret_unref (side_sip_secret_ref (secret));
  g_assert_cmpstr (where, ==, "gone");
  side_sip_secret_unref (secret);
  /* The kernel says whether it is there without a fault of ours. */
  g_assert_cmpint (pipe (ends), ==, 0);
  g_assert_cmpint (write (ends[1], where, 1), ==, -1);
  g_assert_cmpint (errno, ==, EFAULT);
  close (ends[0]);
  close (ends[1]);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sip-settings/defaults", test_defaults);
  g_test_add_func ("/sip-settings/faults", test_faults);
  g_test_add_func ("/sip-settings/hosts", test_hosts);
  g_test_add_func ("/sip-settings/domains", test_domains);
  g_test_add_func ("/sip-settings/encryption-needs-tls", test_encryption_needs_tls);
  g_test_add_func ("/sip-settings/notify", test_notify);
  g_test_add_func ("/sip-settings/no-password-property", test_no_password_property);
  g_test_add_func ("/sip-settings/secret", test_secret);
  g_test_add_func ("/sip-settings/secret-ends", test_secret_ends);
  return g_test_run ();
}
