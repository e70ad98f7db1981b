/* sip-certificates.c - authorities and certificates made for one test
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * By the program "openssl", whose command "ca" takes a date in the past.
 */
#include "sip-certificates.h"

#include <glib/gstdio.h>

static void
run (const char *const *argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process =
    g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE, &error);
  g_autofree char *said = NULL;

  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &said, NULL, &error);
  g_assert_no_error (error);
  if (!g_subprocess_get_successful (process))
    g_error ("openssl %s: %s", argv[1], said);
}

static char *
path_of (const char *dir,
         const char *name,
         const char *ending)
{
  g_autofree char *file = g_strconcat (name, ending, NULL);

  return g_build_filename (dir, file, NULL);
}

static char *
asn1_day (int days_from_now)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) then = g_date_time_add_days (now, days_from_now);

  return g_date_time_format (then, "%Y%m%d%H%M%SZ");
}

static void
make (const char *dir,
      const char *name,
      const char *issuer,
      const char *subject,
      const char *extensions,
      int         days_from,
      int         days_to)
{
  g_autofree char *from = asn1_day (days_from);
  g_autofree char *to = asn1_day (days_to);
  g_autofree char *config = path_of (dir, name, ".conf");
  g_autofree char *index = path_of (dir, name, ".index");
  g_autofree char *key = path_of (dir, name, ".key");
  g_autofree char *request = path_of (dir, name, ".csr");
  g_autofree char *cert = path_of (dir, name, ".pem");
  g_autofree char *issuer_key = path_of (dir, issuer != NULL ? issuer : name, ".key");
  g_autofree char *issuer_cert = path_of (dir, issuer != NULL ? issuer : name, ".pem");
  g_autofree char *text = g_strdup_printf ("[ca]\ndefault_ca=c\n[c]\ndatabase=%s\nnew_certs_dir=%s\nrand_serial=yes\ndefault_md=sha256\n"
                                           "policy=p\nx509_extensions=x\n[p]\ncommonName=supplied\n[x]\n%s\n[req]\ndistinguished_name=d\n[d]\n",
                                           index, dir, extensions);
  const char *const make_request[] = { "openssl", "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                                       "-config", config, "-subj", subject, "-keyout", key, "-out", request, NULL };
  const char *const sign[] = { "openssl", "ca", "-batch", "-notext", "-config", config, "-keyfile", issuer_key, "-in", request,
                               "-startdate", from, "-enddate", to, "-out", cert,
                               issuer != NULL ? "-cert" : "-selfsign", issuer != NULL ? issuer_cert : NULL, NULL };
  g_autoptr (GError) error = NULL;

  g_file_set_contents (config, text, -1, &error);
  g_assert_no_error (error);
  g_file_set_contents (index, "", 0, &error);
  g_assert_no_error (error);
  run (make_request);
  run (sign);
}

void
sip_make_authority (const char *dir,
                    const char *name,
                    const char *issuer)
{
  g_autofree char *subject = g_strdup_printf ("/CN=Authority %s", name);

  make (dir, name, issuer, subject, "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign", -1, 30);
}

/* Valid from and to days from now; @alternatives as openssl writes them: "DNS:pbx.test,IP:127.0.0.1". */
GTlsCertificate *
sip_make_certificate (const char *dir,
                      const char *name,
                      const char *issuer,
                      const char *common_name,
                      const char *alternatives,
                      int         days_from,
                      int         days_to)
{
  g_autofree char *subject = g_strdup_printf ("/CN=%s", common_name);
  g_autofree char *extensions = alternatives != NULL ? g_strdup_printf ("basicConstraints=CA:FALSE\nsubjectAltName=%s", alternatives) :
                                                       g_strdup ("basicConstraints=CA:FALSE");

  make (dir, name, issuer, subject, extensions, days_from, days_to);
  return sip_load_certificate (dir, name);
}

GTlsCertificate *
sip_load_certificate (const char *dir,
                      const char *name)
{
  g_autofree char *cert = path_of (dir, name, ".pem");
  g_autofree char *key = path_of (dir, name, ".key");
  g_autoptr (GError) error = NULL;
  GTlsCertificate *certificate = g_tls_certificate_new_from_files (cert, key, &error);

  g_assert_no_error (error);
  return certificate;
}
