/* side-config-actions.c - what the key file lets supervisors do
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * "actions" of a PBX, "breaks" of the server, and the section [phones]. They
 * are the white list of what may be put before a PBX, so what is not plainly
 * right is a fault.
 */
#include "side-config-actions.h"

#include "side-archive-store.h"

/* The words of a list apart by ';', without empty ones. */
static GPtrArray *
split_words (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ";", -1);
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != '\0')
      g_ptr_array_add (words, g_strdup (parts[i]));
  return words;
}

/**
 * side_config_read_actions:
 * @section: of a PBX
 * @pbx: what it says of the PBX
 * @faults: where faults are added
 */
void
side_config_read_actions (const SideConfigSection *section,
                          SidePbxConfig           *pbx,
                          GPtrArray               *faults)
{
  const SideConfigPair *pair = side_config_section_find (section, "actions");
  g_autoptr (GPtrArray) words = pair != NULL ? split_words (pair->value) : NULL;

  if (pair == NULL)
    return;
  pbx->actions_line = pair->line;
  for (guint i = 0; i < words->len; i++)
    {
      const char *word = g_ptr_array_index (words, i);
      SideActionKind kind = side_action_kind_from_string (word);

      if (kind == SIDE_ACTION_UNKNOWN || kind == SIDE_ACTION_RESUME)
        side_config_faults_add (faults, pair->line, FALSE,
                                "“actions” must be of “listen”, “whisper”, “join”, “pause” and “hangup”, not “%s”", word);
      else
        pbx->actions |= SIDE_ACTIONS_BIT (kind);
    }
}

/**
 * side_config_read_breaks:
 * @section: of the server
 * @config: the configuration
 * @faults: where faults are added
 */
void
side_config_read_breaks (const SideConfigSection *section,
                         SideServerConfig        *config,
                         GPtrArray               *faults)
{
  const SideConfigPair *pair = side_config_section_find (section, "breaks");
  g_autoptr (GPtrArray) words = NULL;

  if (pair == NULL)
    return;
  words = split_words (pair->value);
  for (guint i = 0; i < words->len; i++)
    {
      const char *word = g_ptr_array_index (words, i);

      if (!side_action_text_is_fine (word, SIDE_ACTION_MAX_BREAK))
        side_config_faults_add (faults, pair->line, FALSE, "a break's name has at most %d characters: “%s”",
                                SIDE_ACTION_MAX_BREAK, word);
    }
  g_ptr_array_add (words, NULL);
  config->breaks = (char **) g_ptr_array_free (g_steal_pointer (&words), FALSE);
}

/**
 * side_config_read_phones:
 * @section: the one of telephones
 * @config: the configuration
 * @faults: where faults are added
 */
void
side_config_read_phones (const SideConfigSection *section,
                         SideServerConfig        *config,
                         GPtrArray               *faults)
{
  config->phones_line = section->line;
  for (guint i = 0; i < section->pairs->len; i++)
    {
      const SideConfigPair *pair = g_ptr_array_index (section->pairs, i);
      g_autofree char *user = side_account_fold_name (pair->key);

      if (!side_phone_is_fine (pair->value))
        side_config_faults_add (faults, pair->line, FALSE,
                                "“%s” is no telephone: it must be like PJSIP/301 or Local/301@phones", pair->value);
      else if (g_hash_table_contains (config->phones, user))
        side_config_faults_add (faults, pair->line, FALSE, "“%s” has a telephone already", pair->key);
      else
        g_hash_table_insert (config->phones, g_steal_pointer (&user), g_strdup (pair->value));
    }
}

/**
 * side_config_check_actions:
 * @config: a whole configuration
 * @faults: where faults are added
 *
 * What was allowed in vain.
 */
void
side_config_check_actions (const SideServerConfig *config,
                           GPtrArray              *faults)
{
  gboolean wanted = FALSE;

  for (guint i = 0; i < config->pbxes->len; i++)
    {
      const SidePbxConfig *pbx = g_ptr_array_index (config->pbxes, i);
      gboolean here = FALSE;

      for (guint kind = 1; kind < SIDE_N_ACTIONS; kind++)
        here = here || (side_action_kind_needs_phone (kind) && side_actions_allow (pbx->actions, kind));
      if (here && g_hash_table_size (config->phones) == 0)
        side_config_faults_add (faults, pbx->actions_line, TRUE,
                                "nobody can listen: there is no telephone in a section “[phones]”");
      wanted = wanted || here;
    }
  if (!wanted && config->phones_line != 0)
    side_config_faults_add (faults, config->phones_line, TRUE,
                            "telephones are for nothing: no PBX has “listen”, “whisper” or “join” in its “actions”");
}
