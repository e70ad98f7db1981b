/* side-phone-begin.c - what calls need, loaded once
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-phone-begin.h"

#include <gst/gst.h>
#include <stdio.h>
#include <string.h>

#include "side-phone-media.h"

/* Where GStreamer is told to be loud it writes down what elements agree on, the
 * keys of a call among it. */
static void
log_without_keys (GstDebugCategory *category,
                  GstDebugLevel     level,
                  const char       *file,
                  const char       *function,
                  int               line,
                  GObject          *object,
                  GstDebugMessage  *message,
                  gpointer          data)
{
  const char *text = gst_debug_message_get (message);

  if (text == NULL || strstr (text, "srtp-key") == NULL)
    gst_debug_log_default (category, level, file, function, line, object, message, data);
}

static void
hush (void)
{
  const char *name = g_getenv ("GST_DEBUG_FILE");
  FILE *out = NULL;

  if (gst_debug_remove_log_function (gst_debug_log_default) == 0)
    return;
  if (name != NULL && *name != '\0')
    out = strcmp (name, "-") == 0 ? stdout : fopen (name, "ae");
  /* To the end of the program; without a file to stderr. */
  gst_debug_add_log_function (log_without_keys, out, NULL);
}

/* side_phone_begin:
 * @error: GStreamer's own
 *
 * Whoever uses GStreamer for a call begins with it. */
gboolean
side_phone_begin (GError **error)
{
  static gsize once;

  if (!gst_init_check (NULL, NULL, error))
    return FALSE;
  if (g_once_init_enter (&once))
    {
      hush ();
      g_once_init_leave (&once, 1);
    }
  return TRUE;
}

static gpointer
prepare_thread (gpointer data)
{
  static const char *const names[] = { "rtpbin", "rtpjitterbuffer", "udpsrc", "fakesink", "srtpenc", "srtpdec", "alawenc", "alawdec",
                                       "rtppcmapay", "rtppcmadepay", "opusenc", "opusdec", "rtpopuspay", "avenc_g722", "rtpg722pay" };

  for (guint i = 0; side_phone_begin (NULL) && i < G_N_ELEMENTS (names); i++)
    {
      GstElementFactory *factory = gst_element_factory_find (names[i]);
      GstPluginFeature *loaded = factory != NULL ? gst_plugin_feature_load (GST_PLUGIN_FEATURE (factory)) : NULL;

      gst_clear_object (&loaded);
      gst_clear_object (&factory);
    }
  return NULL;
}

/**
 * side_call_media_prepare:
 *
 * Loads in a thread, once, what the sound of calls is made of. To be called as
 * soon as a call is likely: otherwise the first one waits for it before it is
 * dialled, for seconds on a machine where GStreamer has never run.
 */
void
side_call_media_prepare (void)
{
  static gsize once;

  if (!g_once_init_enter (&once))
    return;
  g_thread_unref (g_thread_new ("side-call-begin", prepare_thread, NULL));
  g_once_init_leave (&once, 1);
}
