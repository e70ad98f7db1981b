/* side-config-reader.c - the key file's lines as sections of known keys
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * GKeyFile stops at the first mistake and knows no line numbers, so the
 * server reads the same syntax itself: "[section name]", "key = value",
 * comments after '#' at the start of a line, blank lines, UTF-8. Everything
 * is bounded, and what is wrong is named by its line and passed over.
 */
#include "side-config-reader.h"

#include <string.h>

#define MAX_SECTIONS 2000
#define MAX_PAIRS    4000

typedef struct {
  const SideConfigKind *kinds;
  int                   n_kinds;
  GPtrArray            *faults;
  GPtrArray            *sections;
  SideConfigSection    *current;    /* NULL before the first and in an unknown one */
  gboolean              skipping;   /* the section's own fault was told already */
  int                   line;
  guint                 n_pairs;
} Reader;

static void
pair_free (gpointer data)
{
  SideConfigPair *pair = data;

  g_free (pair->key);
  if (pair->value != NULL)
    explicit_bzero (pair->value, strlen (pair->value));   /* it may be a secret */
  g_free (pair->value);
  g_free (pair);
}

static void
section_free (gpointer data)
{
  SideConfigSection *section = data;

  g_free (section->name);
  g_ptr_array_unref (section->pairs);
  g_free (section);
}

static int
find_kind (Reader     *reader,
           const char *word)
{
  for (int i = 0; i < reader->n_kinds; i++)
    if (strcmp (reader->kinds[i].word, word) == 0)
      return i;
  return -1;
}

static gboolean
name_is_fine (const char *name)
{
  if (*name == '\0' || strlen (name) > 64)
    return FALSE;
  for (const char *p = name; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && strchr ("-_.@", *p) == NULL)
      return FALSE;
  return TRUE;
}

static gboolean
section_exists (Reader     *reader,
                int         kind,
                const char *name)
{
  for (guint i = 0; i < reader->sections->len; i++)
    {
      const SideConfigSection *section = g_ptr_array_index (reader->sections, i);

      if (section->kind == kind && g_strcmp0 (section->name, name) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
open_section (Reader *reader,
              int     kind,
              char   *name)
{
  SideConfigSection *section = g_new0 (SideConfigSection, 1);

  section->kind = kind;
  section->name = g_strdup (name);
  section->line = reader->line;
  section->pairs = g_ptr_array_new_with_free_func (pair_free);
  g_ptr_array_add (reader->sections, section);
  reader->current = section;
  reader->skipping = FALSE;
}

static void
read_section (Reader *reader,
              char   *text)
{
  char *end = strrchr (text, ']');
  char *name = NULL;
  int kind;

  reader->current = NULL;
  reader->skipping = TRUE;
  if (end == NULL || end[1] != '\0')
    {
      side_config_faults_add (reader->faults, reader->line, FALSE, "a section is written “[name]”, with nothing after it");
      return;
    }
  *end = '\0';
  g_strstrip (text);
  name = strpbrk (text, " \t");
  if (name != NULL)
    {
      *name++ = '\0';
      g_strstrip (name);
    }
  kind = find_kind (reader, text);
  if (kind < 0)
    side_config_faults_add (reader->faults, reader->line, FALSE, "unknown section “%s”", text);
  else if (reader->kinds[kind].named && (name == NULL || !name_is_fine (name)))
    side_config_faults_add (reader->faults, reader->line, FALSE,
                            "section “%s” needs a name of up to 64 letters, digits, “-”, “_”, “.” or “@”: “[%s NAME]”", text, text);
  else if (!reader->kinds[kind].named && name != NULL)
    side_config_faults_add (reader->faults, reader->line, FALSE, "section “%s” takes no name", text);
  else if (section_exists (reader, kind, name))
    side_config_faults_add (reader->faults, reader->line, FALSE, "section “%s%s%s” is there already",
                            text, name != NULL ? " " : "", name != NULL ? name : "");
  else if (reader->sections->len >= MAX_SECTIONS)
    side_config_faults_add (reader->faults, reader->line, FALSE, "more than %d sections", MAX_SECTIONS);
  else
    open_section (reader, kind, name);
}

static gboolean
key_is_known (const SideConfigKind *kind,
              const char           *key)
{
  for (int i = 0; i < SIDE_CONFIG_MAX_KEYS && kind->keys[i] != NULL; i++)
    if (strcmp (kind->keys[i], key) == 0)
      return TRUE;
  return kind->free_keys;
}

static void
read_pair (Reader *reader,
           char   *text)
{
  char *equals = strchr (text, '=');
  const SideConfigKind *kind;
  SideConfigPair *pair;

  if (equals == NULL)
    {
      side_config_faults_add (reader->faults, reader->line, FALSE, "neither a section nor “key = value”");
      return;
    }
  if (reader->current == NULL)
    {
      if (!reader->skipping)
        side_config_faults_add (reader->faults, reader->line, FALSE, "a key before the first section");
      return;
    }
  *equals = '\0';
  g_strchomp (text);
  kind = &reader->kinds[reader->current->kind];
  if (*text == '\0')
    side_config_faults_add (reader->faults, reader->line, FALSE, "no key before “=”");
  else if (!key_is_known (kind, text))
    side_config_faults_add (reader->faults, reader->line, FALSE, "unknown key “%s” in section “%s”", text, kind->word);
  else if (side_config_section_find (reader->current, text) != NULL)
    side_config_faults_add (reader->faults, reader->line, FALSE, "key “%s” is given twice; first in line %d", text,
                            side_config_section_find (reader->current, text)->line);
  else if (reader->n_pairs >= MAX_PAIRS)
    side_config_faults_add (reader->faults, reader->line, FALSE, "more than %d keys", MAX_PAIRS);
  else
    {
      pair = g_new0 (SideConfigPair, 1);
      pair->key = g_strdup (text);
      pair->value = g_strdup (g_strstrip (equals + 1));
      pair->line = reader->line;
      g_ptr_array_add (reader->current->pairs, pair);
      reader->n_pairs++;
    }
}

static void
read_line (Reader     *reader,
           const char *start,
           gsize       len)
{
  g_autofree char *text = NULL;

  if (len > SIDE_SERVER_CONFIG_MAX_LINE)
    {
      side_config_faults_add (reader->faults, reader->line, FALSE, "longer than %d bytes", SIDE_SERVER_CONFIG_MAX_LINE);
      return;
    }
  if (!g_utf8_validate_len (start, len, NULL))
    {
      side_config_faults_add (reader->faults, reader->line, FALSE, "not UTF-8 text");
      return;
    }
  text = g_strndup (start, len);
  g_strstrip (text);
  if (*text == '\0' || *text == '#')
    return;
  if (*text == '[')
    read_section (reader, text + 1);
  else
    read_pair (reader, text);
  explicit_bzero (text, strlen (text));
}

/**
 * side_config_read:
 * @text: the whole file
 * @len: its length in bytes
 * @kinds: (array length=n_kinds): which sections there are
 * @n_kinds: how many
 * @faults: where faults are added
 *
 * Returns: (transfer full): the sections that could be read, of
 *   SideConfigSection, in the order of the file
 */
GPtrArray *
side_config_read (const char           *text,
                  gsize                 len,
                  const SideConfigKind *kinds,
                  int                   n_kinds,
                  GPtrArray            *faults)
{
  Reader reader = { kinds, n_kinds, faults, NULL, NULL, FALSE, 0, 0 };
  const char *end = text + len;

  /* Some editors put a mark of the byte order before UTF-8. */
  if (len >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    text += 3;
  reader.sections = g_ptr_array_new_with_free_func (section_free);
  for (const char *at = text; at < end;)
    {
      const char *newline = memchr (at, '\n', (gsize) (end - at));
      const char *stop = newline != NULL ? newline : end;

      reader.line++;
      read_line (&reader, at, (gsize) (stop - at));
      at = newline != NULL ? newline + 1 : end;
    }
  return reader.sections;
}

/**
 * side_config_section_find:
 * @section: a section
 * @key: a key
 *
 * Returns: (transfer none) (nullable): its pair
 */
const SideConfigPair *
side_config_section_find (const SideConfigSection *section,
                          const char              *key)
{
  for (guint i = 0; i < section->pairs->len; i++)
    {
      const SideConfigPair *pair = g_ptr_array_index (section->pairs, i);

      if (strcmp (pair->key, key) == 0)
        return pair;
    }
  return NULL;
}
