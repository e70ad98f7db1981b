/* side-sip-secret.c - a password where nobody finds it by accident
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each lies in pages of its own: locked, so that no swap keeps it, left out of
 * core files, not handed to child processes, and wiped with its last reference.
 */
#include "side-sip-private.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

struct _SideSipSecret
{
  gatomicrefcount n_refs;
  char           *pages;
  gsize           size;
};

G_DEFINE_BOXED_TYPE (SideSipSecret, side_sip_secret, side_sip_secret_ref, side_sip_secret_unref)

/**
 * side_sip_secret_new:
 * @password: what is to be kept; may be empty. The caller wipes its own copy
 *
 * Returns: (transfer full): a reference to it
 */
SideSipSecret *
side_sip_secret_new (const char *password)
{
  SideSipSecret *self;
  gsize page = (gsize) sysconf (_SC_PAGESIZE);
  gsize length;

  g_return_val_if_fail (password != NULL, NULL);

  length = strlen (password) + 1;
  self = g_new0 (SideSipSecret, 1);
  g_atomic_ref_count_init (&self->n_refs);
  self->size = (length + page - 1) / page * page;
  self->pages = mmap (NULL, self->size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (self->pages == MAP_FAILED)
    g_error ("no memory for a password: %s", g_strerror (errno));
  /* A limit on locked memory (RLIMIT_MEMLOCK) is no reason to go without a
   * password: the rest still holds. */
  if (mlock (self->pages, self->size) != 0)
    g_debug ("a password could not be kept out of swap: %s", g_strerror (errno));
  if (madvise (self->pages, self->size, MADV_DONTDUMP) != 0)
    g_debug ("a password could not be kept out of core files: %s", g_strerror (errno));
  /* A child that is started while calls go on finds nothing there. */
  if (madvise (self->pages, self->size, MADV_DONTFORK) != 0)
    g_debug ("a password could not be kept from children: %s", g_strerror (errno));
  memcpy (self->pages, password, length);
  return self;
}

/**
 * side_sip_secret_ref:
 * @self: a password
 *
 * Returns: (transfer full): one more reference; from any thread
 */
SideSipSecret *
side_sip_secret_ref (SideSipSecret *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->n_refs);
  return self;
}

/**
 * side_sip_secret_unref:
 * @self: a password, which is wiped if this was the last reference
 */
void
side_sip_secret_unref (SideSipSecret *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->n_refs))
    return;
  explicit_bzero (self->pages, self->size);
  munmap (self->pages, self->size);
  g_free (self);
}

/* Returns: (transfer none): the password; valid as long as @self is. Not to be
 * copied: what works on it reads it here. */
const char *
side_sip_secret_peek (SideSipSecret *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->pages;
}
