/* side-hash.c - the SHA-256 a recording or a copy of one is known by
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A thin owner of GnuTLS's digest; knows nothing of recordings.
 */
#include "side-hash.h"

#include <errno.h>
#include <unistd.h>

#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>

#define SHA256_BYTES 32
#define BLOCK_BYTES  (256 * 1024)

struct _SideHash
{
  gnutls_hash_hd_t digest;
};

/**
 * side_hash_new:
 *
 * Returns: (transfer full): a SHA-256 of nothing so far; for one thread at a time
 */
SideHash *
side_hash_new (void)
{
  SideHash *self = g_new0 (SideHash, 1);
  int rc = gnutls_hash_init (&self->digest, GNUTLS_DIG_SHA256);

  /* Every build of GnuTLS has SHA-256: this is want of memory. */
  if (rc < 0)
    g_error ("no SHA-256: %s", gnutls_strerror (rc));
  return self;
}

/**
 * side_hash_update:
 * @self: a hash
 * @data: (array length=len): what comes next
 * @len: bytes of it, 0 or more
 */
void
side_hash_update (SideHash   *self,
                  const void *data,
                  gsize       len)
{
  int rc;

  g_return_if_fail (self != NULL);

  rc = len > 0 ? gnutls_hash (self->digest, data, len) : 0;
  if (rc < 0)
    g_error ("SHA-256: %s", gnutls_strerror (rc));
}

/**
 * side_hash_reset:
 * @self: a hash, which begins anew
 */
void
side_hash_reset (SideHash *self)
{
  guint8 unused[SHA256_BYTES];

  g_return_if_fail (self != NULL);

  gnutls_hash_output (self->digest, unused);
}

/**
 * side_hash_get_hex:
 * @self: a hash, which may go on afterwards
 *
 * Returns: (transfer full): of all so far, in 64 lower-case hexadecimal digits
 */
char *
side_hash_get_hex (const SideHash *self)
{
  gnutls_hash_hd_t copy;
  guint8 digest[SHA256_BYTES];
  GString *hex = g_string_sized_new (2 * SHA256_BYTES + 1);

  g_return_val_if_fail (self != NULL, NULL);

  copy = gnutls_hash_copy (self->digest);
  if (copy == NULL)
    g_error ("no copy of a SHA-256");
  gnutls_hash_deinit (copy, digest);
  for (gsize i = 0; i < SHA256_BYTES; i++)
    g_string_append_printf (hex, "%02x", digest[i]);
  return g_string_free (hex, FALSE);
}

/**
 * side_hash_free:
 * @self: (transfer full): a hash
 */
void
side_hash_free (SideHash *self)
{
  gnutls_hash_deinit (self->digest, NULL);
  g_free (self);
}

/**
 * side_hash_of_fd:
 * @fd: a file that can be read at any place; its position stays
 * @cancellable: (nullable): asked after every block
 *
 * Blocks: for worker threads.
 *
 * Returns: (transfer full) (nullable): of the whole file; %NULL with errno set
 *   when it could not be read, to ECANCELED when it was taken back
 */
char *
side_hash_of_fd (int           fd,
                 GCancellable *cancellable)
{
  g_autoptr (SideHash) hash = side_hash_new ();
  g_autofree guint8 *block = g_malloc (BLOCK_BYTES);
  off_t at = 0;
  gssize n;

  while ((n = pread (fd, block, BLOCK_BYTES, at)) != 0)
    {
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return NULL;
      side_hash_update (hash, block, (gsize) n);
      at += n;
      if (g_cancellable_is_cancelled (cancellable))
        {
          errno = ECANCELED;
          return NULL;
        }
    }
  return side_hash_get_hex (hash);
}
