/* side-test-quarks.c - keeps GLib's tables of quarks from being told as leaks
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * GTK and GStreamer together have more than 2048 quarks, and with many plugins
 * more than 4096; GLib then takes a greater table and lets the one before go for
 * good, since other threads may still read it. It was made by a library, whose
 * frames the sanitizer cannot tell from a leak of ours without unwinding each
 * allocation in full, which makes a test several times slower. So blocks that
 * are as great as such a table are remembered here, and thereby reachable.
 */
#include <stddef.h>

#if defined(__SANITIZE_ADDRESS__)
#define WITH_ADDRESS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WITH_ADDRESS_SANITIZER 1
#endif
#endif

#ifdef WITH_ADDRESS_SANITIZER
/* <sanitizer/allocator_interface.h> has it, which not every compiler comes with. */
int __sanitizer_install_malloc_and_free_hooks (void (*malloc_hook) (const volatile void *, size_t),
                                               void (*free_hook) (const volatile void *));

/* A table has 2048 pointers, or a few times as many; nothing else of just that size is lost. */
#define GREAT_BLOCK (2048 * sizeof (char *))
#define MOST_TIMES  3
#define MAX_BLOCKS  24

static const volatile void *blocks[MAX_BLOCKS];   /* NULL: free; threads take them by exchange */
static int in_main;

static void
remember_block (const volatile void *block,
                size_t               size)
{
  /* The first table is there before main(); greater ones may come with what a test begins. */
  if (block == NULL || size % GREAT_BLOCK != 0 || size < (in_main ? 2 : 1) * GREAT_BLOCK || size > MOST_TIMES * GREAT_BLOCK)
    return;
  for (size_t i = 0; i < MAX_BLOCKS; i++)
    {
      const volatile void *none = NULL;

      if (__atomic_compare_exchange_n (&blocks[i], &none, block, 0, __ATOMIC_RELAXED, __ATOMIC_RELAXED))
        return;
    }
}

static void
forget_block (const volatile void *block)
{
  for (size_t i = 0; block != NULL && i < MAX_BLOCKS; i++)
    if (__atomic_load_n (&blocks[i], __ATOMIC_RELAXED) == block)
      __atomic_store_n (&blocks[i], NULL, __ATOMIC_RELAXED);
}

static void
watch_blocks (void)
{
  __sanitizer_install_malloc_and_free_hooks (remember_block, forget_block);
}

/* Before the constructors of all libraries. */
__attribute__ ((section (".preinit_array"), used)) static void (*const watch_from_the_start) (void) = watch_blocks;

/* After them. */
__attribute__ ((constructor)) static void
begin_main (void)
{
  in_main = 1;
}
#endif
