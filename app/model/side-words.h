/* side-words.h - enumerations as files and the protocol spell them
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The words of an enumeration stand in an array in the order of its values.
 * They are part of the protocol, of stored files and of tables: they never
 * change. A value that is none is spelled as the first.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

static inline gboolean
_side_words_find (const char *const *words,
                  guint              n_words,
                  const char        *word,
                  guint             *found)
{
  for (guint i = 0; word != NULL && i < n_words; i++)
    if (g_str_equal (words[i], word))
      {
        *found = i;
        return TRUE;
      }
  return FALSE;
}

#define _SIDE_DEFINE_WORD(Type, prefix, words)                             \
  const char *prefix##_to_string (Type value)                              \
  {                                                                        \
    return (guint) value < G_N_ELEMENTS (words) ? words[value] : words[0]; \
  }

/* For what may be taken for the first value when a newer peer has a word for
 * it that is not known here. */
#define SIDE_DEFINE_WORDS(Type, prefix, words)                             \
  _SIDE_DEFINE_WORD (Type, prefix, words)                                  \
  Type prefix##_from_string (const char *word)                             \
  {                                                                        \
    guint found = 0;                                                       \
                                                                           \
    _side_words_find (words, G_N_ELEMENTS (words), word, &found);          \
    return (Type) found;                                                   \
  }

/* For what must not be taken for another: reading tells whether the word is
 * known, and leaves the value as it was when it is not. */
#define SIDE_DEFINE_STRICT_WORDS(Type, prefix, words)                      \
  _SIDE_DEFINE_WORD (Type, prefix, words)                                  \
  gboolean prefix##_from_string (const char *word,                         \
                                 Type       *value)                        \
  {                                                                        \
    guint found;                                                           \
                                                                           \
    if (!_side_words_find (words, G_N_ELEMENTS (words), word, &found))     \
      return FALSE;                                                        \
    *value = (Type) found;                                                 \
    return TRUE;                                                           \
  }

G_END_DECLS
