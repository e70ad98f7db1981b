/* side-pack.c - long texts made small enough for a document
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Gzip (RFC 1952) in base64 (RFC 4648), so that anybody can read them with what
 * every computer has.
 */
#include "side-pack.h"

#include <gio/gio.h>
#include <string.h>

#include "side-error.h"

#define STEP 65536

/* @max: the most bytes that come out */
static GByteArray *
convert (GConverter    *converter,
         const guint8  *bytes,
         gsize          size,
         gsize          max,
         GError       **error)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  gsize taken = 0;

  while (TRUE)
    {
      guint at = out->len;
      gsize read = 0, written = 0;
      GConverterResult result;

      g_byte_array_set_size (out, at + STEP);
      result = g_converter_convert (converter, bytes + taken, size - taken, out->data + at, STEP, G_CONVERTER_INPUT_AT_END,
                                    &read, &written, error);
      if (result == G_CONVERTER_ERROR)
        return NULL;
      taken += read;
      g_byte_array_set_size (out, at + (guint) written);
      if (out->len > max)
        {
          g_set_error (error, SIDE_ERROR, SIDE_ERROR_TOO_LARGE, "more than %" G_GSIZE_FORMAT " bytes are packed there", max);
          return NULL;
        }
      if (result == G_CONVERTER_FINISHED)
        return g_steal_pointer (&out);
    }
}

/**
 * side_pack:
 * @text: a text
 *
 * Returns: (transfer full): what side_unpack() makes it of
 */
char *
side_pack (const char *text)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9);
  g_autoptr (GByteArray) bytes = convert (G_CONVERTER (compressor), (const guint8 *) text, strlen (text), G_MAXINT, NULL);

  g_return_val_if_fail (bytes != NULL, NULL);
  return g_base64_encode (bytes->data, bytes->len);
}

/**
 * side_unpack:
 * @packed: what side_pack() made, or somebody else
 * @max_bytes: a longer text is not wanted
 * @error: (out): SIDE_ERROR_INVALID for anything else, SIDE_ERROR_TOO_LARGE
 *
 * Returns: (transfer full) (nullable): the text
 */
char *
side_unpack (const char  *packed,
             gsize        max_bytes,
             GError     **error)
{
  g_autoptr (GZlibDecompressor) decompressor = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  g_autoptr (GByteArray) bytes = NULL;
  g_autoptr (GError) failure = NULL;
  g_autofree guint8 *raw = NULL;
  gsize size = 0;

  raw = g_base64_decode (packed, &size);
  bytes = convert (G_CONVERTER (decompressor), raw, size, max_bytes, &failure);
  if (bytes == NULL)
    {
      if (failure->domain == SIDE_ERROR)
        g_propagate_error (error, g_steal_pointer (&failure));
      else
        g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "what is packed there is damaged: %s", failure->message);
      return NULL;
    }
  if (!g_utf8_validate ((const char *) bytes->data, bytes->len, NULL))
    {
      g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_INVALID, "what is packed there is no text");
      return NULL;
    }
  return g_strndup ((const char *) bytes->data, bytes->len);
}
