/* main.c - starts the desktop program
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gi18n.h>
#include <locale.h>

#include "side-application.h"
#include "side-paths.h"
#include "side-renderer.h"
#include "side-sip-account.h"

int
main (int   argc,
      char *argv[])
{
  g_autoptr (SideApplication) application = NULL;
  g_autofree char *locales = NULL;

  side_sip_init ();
  side_renderer_choose ();
  setlocale (LC_ALL, "");
  locales = side_paths_dup_locale_folder ();
  bindtextdomain (GETTEXT_PACKAGE, locales);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_application_name ("Sidetone");
  application = side_application_new (G_APPLICATION_DEFAULT_FLAGS);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
