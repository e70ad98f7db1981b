/* side-script-words.c - how files and the protocol spell a script's choices
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The words are part of the protocol, of stored files and of tables: they
 * never change.
 */
#include "side-script.h"

static const char *const states[] = { "in-use", "draft", "retired" };
static const char *const purposes[] = { "calls", "test-calls", "vendors" };
static const char *const criticals[] = { "no", "section", "script" };
static const char *const answers_words[] = { "yes-no", "yes-partly-no", "scale" };
static const char *const rules[] = { "free", "on-fault", "always" };

static const char *
word_of (const char *const *words,
         guint              n_words,
         guint              value)
{
  return words[value < n_words ? value : 0];
}

static gboolean
find_word (const char *const *words,
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

/**
 * side_script_state_to_string:
 * @state: what may be done with a version
 *
 * Returns: its word
 */
const char *
side_script_state_to_string (SideScriptState state)
{
  return word_of (states, G_N_ELEMENTS (states), (guint) state);
}

/**
 * side_script_state_from_string:
 * @word: (nullable): a word from outside
 * @state: (out): what may be done with a version; left as it was for a word we do not know
 *
 * Returns: whether the word is known
 */
gboolean
side_script_state_from_string (const char      *word,
                               SideScriptState *state)
{
  guint found;

  if (!find_word (states, G_N_ELEMENTS (states), word, &found))
    return FALSE;
  *state = (SideScriptState) found;
  return TRUE;
}

/**
 * side_script_purpose_to_string:
 * @purpose: what its form is about
 *
 * Returns: its word
 */
const char *
side_script_purpose_to_string (SideScriptPurpose purpose)
{
  return word_of (purposes, G_N_ELEMENTS (purposes), (guint) purpose);
}

/**
 * side_script_purpose_from_string:
 * @word: (nullable): a word from outside
 * @purpose: (out): what its form is about; left as it was for a word we do not know
 *
 * Returns: whether the word is known
 */
gboolean
side_script_purpose_from_string (const char        *word,
                                 SideScriptPurpose *purpose)
{
  guint found;

  if (!find_word (purposes, G_N_ELEMENTS (purposes), word, &found))
    return FALSE;
  *purpose = (SideScriptPurpose) found;
  return TRUE;
}

/**
 * side_critical_to_string:
 * @critical: what a "no" makes 0
 *
 * Returns: its word
 */
const char *
side_critical_to_string (SideCritical critical)
{
  return word_of (criticals, G_N_ELEMENTS (criticals), (guint) critical);
}

/**
 * side_critical_from_string:
 * @word: (nullable): a word from outside
 * @critical: (out): what a "no" makes 0; left as it was for a word we do not know
 *
 * Returns: whether the word is known
 */
gboolean
side_critical_from_string (const char   *word,
                           SideCritical *critical)
{
  guint found;

  if (!find_word (criticals, G_N_ELEMENTS (criticals), word, &found))
    return FALSE;
  *critical = (SideCritical) found;
  return TRUE;
}

/**
 * side_answers_to_string:
 * @answers: which answers there are
 *
 * Returns: its word
 */
const char *
side_answers_to_string (SideAnswers answers)
{
  return word_of (answers_words, G_N_ELEMENTS (answers_words), (guint) answers);
}

/**
 * side_answers_from_string:
 * @word: (nullable): a word from outside
 * @answers: (out): which answers there are; left as it was for a word we do not know
 *
 * Returns: whether the word is known
 */
gboolean
side_answers_from_string (const char  *word,
                          SideAnswers *answers)
{
  guint found;

  if (!find_word (answers_words, G_N_ELEMENTS (answers_words), word, &found))
    return FALSE;
  *answers = (SideAnswers) found;
  return TRUE;
}

/**
 * side_comment_rule_to_string:
 * @rule: when an answer needs words
 *
 * Returns: its word
 */
const char *
side_comment_rule_to_string (SideCommentRule rule)
{
  return word_of (rules, G_N_ELEMENTS (rules), (guint) rule);
}

/**
 * side_comment_rule_from_string:
 * @word: (nullable): a word from outside
 * @rule: (out): when an answer needs words; left as it was for a word we do not know
 *
 * Returns: whether the word is known
 */
gboolean
side_comment_rule_from_string (const char      *word,
                               SideCommentRule *rule)
{
  guint found;

  if (!find_word (rules, G_N_ELEMENTS (rules), word, &found))
    return FALSE;
  *rule = (SideCommentRule) found;
  return TRUE;
}
