/* side-scenario.c - what a test call is to find out, and how it goes
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-scenario.h"

#include <string.h>

G_DEFINE_BOXED_TYPE (SideScenario, side_scenario, side_scenario_ref, side_scenario_unref)

static void
step_free (gpointer data)
{
  SideScenarioStep *step = data;

  g_free (step->id);
  g_free (step->say);
  g_free (step->must_not);
  g_free (step->expect);
  g_free (step->branch);
  g_free (step->recording);
  g_free (step->sound);
  g_free (step);
}

static void
fact_free (gpointer data)
{
  SideScenarioFact *fact = data;

  g_free (fact->id);
  g_free (fact->question);
  g_free (fact->answer);
  g_free (fact->note);
  g_free (fact);
}

static void
key_free (gpointer data)
{
  SideScenarioKey *key = data;

  g_free (key->keys);
  g_free (key->prompt);
  g_free (key);
}

static void
prompt_free (gpointer data)
{
  SideScenarioPrompt *prompt = data;

  g_free (prompt->name);
  g_free (prompt->text);
  g_free (prompt->recording);
  g_free (prompt->sound);
  g_free (prompt);
}

/**
 * side_scenario_new:
 * @id: (nullable): UUID
 * @project: (nullable): id of the project
 * @title: (nullable): what people call it
 *
 * Returns: (transfer full): a scenario without steps, for any hour, version 1
 */
SideScenario *
side_scenario_new (const char *id,
                   const char *project,
                   const char *title)
{
  SideScenario *self = g_new0 (SideScenario, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->id = g_strdup (id);
  self->project = g_strdup (project);
  self->title = g_strdup (title);
  self->version = 1;
  self->hours = side_hours_always ();
  self->steps = g_ptr_array_new_with_free_func (step_free);
  self->facts = g_ptr_array_new_with_free_func (fact_free);
  self->keys = g_ptr_array_new_with_free_func (key_free);
  self->prompts = g_ptr_array_new_with_free_func (prompt_free);
  return self;
}

static void
copy_lists (SideScenario       *copy,
            const SideScenario *self)
{
  for (guint i = 0; i < self->steps->len; i++)
    {
      const SideScenarioStep *from = self->steps->pdata[i];
      SideScenarioStep *to = side_scenario_add_step (copy, from->id, from->say);

      to->must_not = g_strdup (from->must_not);
      to->expect = g_strdup (from->expect);
      to->branch = g_strdup (from->branch);
      to->recording = g_strdup (from->recording);
      to->sound = g_strdup (from->sound);
    }
  for (guint i = 0; i < self->facts->len; i++)
    {
      const SideScenarioFact *from = self->facts->pdata[i];

      side_scenario_add_fact (copy, from->id, from->question, from->answer)->note = g_strdup (from->note);
    }
  for (guint i = 0; i < self->keys->len; i++)
    {
      const SideScenarioKey *from = self->keys->pdata[i];

      side_scenario_add_key (copy, from->keys, from->prompt, from->after_ms);
    }
  for (guint i = 0; i < self->prompts->len; i++)
    {
      const SideScenarioPrompt *from = self->prompts->pdata[i];

      SideScenarioPrompt *to = side_scenario_add_prompt (copy, from->name, from->text);

      to->recording = g_strdup (from->recording);
      to->sound = g_strdup (from->sound);
    }
}

/**
 * side_scenario_copy:
 * @self: a scenario
 *
 * Returns: (transfer full): a scenario of its own with the same content
 */
SideScenario *
side_scenario_copy (const SideScenario *self)
{
  SideScenario *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = side_scenario_new (self->id, self->project, self->title);
  copy->version = self->version;
  copy->language = g_strdup (self->language);
  copy->note = g_strdup (self->note);
  copy->persona = g_strdup (self->persona);
  copy->history = g_strdup (self->history);
  copy->number = g_strdup (self->number);
  copy->queue = g_strdup (self->queue);
  copy->hours = self->hours;
  copy->time_zone = g_strdup (self->time_zone);
  copy->goal = g_strdup (self->goal);
  copy->script = g_strdup (self->script);
  copy->script_version = self->script_version;
  copy->ready_script = g_strdup (self->ready_script);
  copy->limits = self->limits;
  copy->callback_ms = self->callback_ms;
  copy->robot = self->robot;
  copy->author = g_strdup (self->author);
  copy->created_ms = self->created_ms;
  copy->changed_ms = self->changed_ms;
  copy_lists (copy, self);
  return copy;
}

/**
 * side_scenario_ref:
 * @self: a scenario
 *
 * Returns: (transfer full): @self
 */
SideScenario *
side_scenario_ref (SideScenario *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * side_scenario_unref:
 * @self: (transfer full): a scenario
 */
void
side_scenario_unref (SideScenario *self)
{
  g_return_if_fail (self != NULL);
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->id);
  g_free (self->project);
  g_free (self->title);
  g_free (self->language);
  g_free (self->note);
  g_free (self->persona);
  g_free (self->history);
  g_free (self->number);
  g_free (self->queue);
  g_free (self->time_zone);
  g_free (self->goal);
  g_free (self->script);
  g_free (self->ready_script);
  g_free (self->author);
  g_ptr_array_unref (self->steps);
  g_ptr_array_unref (self->facts);
  g_ptr_array_unref (self->keys);
  g_ptr_array_unref (self->prompts);
  g_free (self);
}

/**
 * side_scenario_add_step:
 * @self: a scenario
 * @id: (nullable): unique within it
 * @say: (nullable): what to say
 *
 * Returns: (transfer none): the step, the last one of @self
 */
SideScenarioStep *
side_scenario_add_step (SideScenario *self,
                        const char   *id,
                        const char   *say)
{
  SideScenarioStep *step = g_new0 (SideScenarioStep, 1);

  step->id = g_strdup (id);
  step->say = g_strdup (say);
  g_ptr_array_add (self->steps, step);
  return step;
}

/**
 * side_scenario_add_fact:
 * @self: a scenario
 * @id: (nullable): unique within it
 * @question: (nullable): what is asked
 * @answer: (nullable): what is right
 *
 * Returns: (transfer none): the fact, the last one of @self
 */
SideScenarioFact *
side_scenario_add_fact (SideScenario *self,
                        const char   *id,
                        const char   *question,
                        const char   *answer)
{
  SideScenarioFact *fact = g_new0 (SideScenarioFact, 1);

  fact->id = g_strdup (id);
  fact->question = g_strdup (question);
  fact->answer = g_strdup (answer);
  g_ptr_array_add (self->facts, fact);
  return fact;
}

/**
 * side_scenario_add_key:
 * @self: a scenario
 * @keys: (nullable): what to press, of %SIDE_KEYS
 * @prompt: (nullable): name of the prompt after which
 * @after_ms: how long after it, after the keys before or after the answer
 *
 * Returns: (transfer none): the key, the last one of @self
 */
SideScenarioKey *
side_scenario_add_key (SideScenario *self,
                       const char   *keys,
                       const char   *prompt,
                       gint64        after_ms)
{
  SideScenarioKey *key = g_new0 (SideScenarioKey, 1);

  key->keys = g_strdup (keys);
  key->prompt = g_strdup (prompt);
  key->after_ms = after_ms;
  g_ptr_array_add (self->keys, key);
  return key;
}

/**
 * side_scenario_add_prompt:
 * @self: a scenario
 * @name: (nullable): what it is called
 * @text: (nullable): its words
 *
 * Returns: (transfer none): the prompt, the last one of @self
 */
SideScenarioPrompt *
side_scenario_add_prompt (SideScenario *self,
                          const char   *name,
                          const char   *text)
{
  SideScenarioPrompt *prompt = g_new0 (SideScenarioPrompt, 1);

  prompt->name = g_strdup (name);
  prompt->text = g_strdup (text);
  g_ptr_array_add (self->prompts, prompt);
  return prompt;
}

/**
 * side_scenario_find_step:
 * @self: a scenario
 * @id: (nullable): a step's id
 *
 * Returns: (transfer none) (nullable): the first step of that id
 */
SideScenarioStep *
side_scenario_find_step (const SideScenario *self,
                         const char         *id)
{
  g_return_val_if_fail (self != NULL, NULL);
  for (guint i = 0; id != NULL && i < self->steps->len; i++)
    if (g_strcmp0 (((const SideScenarioStep *) self->steps->pdata[i])->id, id) == 0)
      return self->steps->pdata[i];
  return NULL;
}

/**
 * side_scenario_find_fact:
 * @self: a scenario
 * @id: (nullable): a fact's id
 *
 * Returns: (transfer none) (nullable): the first fact of that id
 */
SideScenarioFact *
side_scenario_find_fact (const SideScenario *self,
                         const char         *id)
{
  g_return_val_if_fail (self != NULL, NULL);
  for (guint i = 0; id != NULL && i < self->facts->len; i++)
    if (g_strcmp0 (((const SideScenarioFact *) self->facts->pdata[i])->id, id) == 0)
      return self->facts->pdata[i];
  return NULL;
}

/**
 * side_scenario_find_prompt:
 * @self: a scenario
 * @name: (nullable): a prompt's name
 *
 * Returns: (transfer none) (nullable): the first prompt of that name
 */
SideScenarioPrompt *
side_scenario_find_prompt (const SideScenario *self,
                           const char         *name)
{
  g_return_val_if_fail (self != NULL, NULL);
  for (guint i = 0; name != NULL && i < self->prompts->len; i++)
    if (g_strcmp0 (((const SideScenarioPrompt *) self->prompts->pdata[i])->name, name) == 0)
      return self->prompts->pdata[i];
  return NULL;
}

static gsize
length_of (const char *sound)
{
  return sound != NULL ? strlen (sound) : 0;
}

/* Puts a recording in the place of another, where there is room for it. */
static gboolean
set_sound (const SideScenario  *self,
           char               **slot,
           char               **recording,
           const char          *sound,
           const char          *sha256)
{
  gsize sum = length_of (sound);

  for (guint i = 0; i < self->prompts->len; i++)
    sum += length_of (((const SideScenarioPrompt *) self->prompts->pdata[i])->sound);
  for (guint i = 0; i < self->steps->len; i++)
    sum += length_of (((const SideScenarioStep *) self->steps->pdata[i])->sound);
  if (sound != NULL && sum - length_of (*slot) > SIDE_SCENARIO_MAX_SOUND)
    return FALSE;
  g_free (*slot);
  g_free (*recording);
  *slot = g_strdup (sound);
  *recording = g_strdup (sound != NULL ? sha256 : NULL);
  return TRUE;
}

/**
 * side_scenario_set_sound:
 * @self: a scenario
 * @prompt: one of its prompts
 * @sound: (nullable): what side_prompt_sound_new() made; %NULL for none
 * @sha256: (nullable): of it
 *
 * Returns: whether there was room for it among the other recordings of @self
 */
gboolean
side_scenario_set_sound (SideScenario       *self,
                         SideScenarioPrompt *prompt,
                         const char         *sound,
                         const char         *sha256)
{
  g_return_val_if_fail (self != NULL && prompt != NULL, FALSE);
  return set_sound (self, &prompt->sound, &prompt->recording, sound, sha256);
}

/**
 * side_scenario_set_line:
 * @self: a scenario
 * @step: one of its steps
 * @sound: (nullable): what side_step_sound_new() made of somebody saying it; %NULL for none
 * @sha256: (nullable): of it
 *
 * Returns: whether there was room for it among the other recordings of @self
 */
gboolean
side_scenario_set_line (SideScenario     *self,
                        SideScenarioStep *step,
                        const char       *sound,
                        const char       *sha256)
{
  g_return_val_if_fail (self != NULL && step != NULL, FALSE);
  return set_sound (self, &step->sound, &step->recording, sound, sha256);
}

/* The number of @n bytes, the least significant first (RFC 3533 §6, RFC 7845 §5.1). */
static guint64
little_endian (const guchar *bytes,
               gsize         n)
{
  guint64 value = 0;

  while (n-- > 0)
    value = value << 8 | bytes[n];
  return value;
}

/**
 * side_scenario_sound_length_ms:
 * @sound: (nullable): a recording of a step or a prompt, from wherever it comes
 *
 * What its pages say is taken: nothing is decoded. The granule position of Opus counts
 * 48 000 a second, and what is skipped at the beginning is in it (RFC 7845 §4).
 *
 * Returns: how long it lasts, ms; -1 where it is no Ogg Opus
 */
gint64
side_scenario_sound_length_ms (const char *sound)
{
  gsize len = 0;
  g_autofree guchar *data = sound != NULL ? g_base64_decode (sound, &len) : NULL;
  guint64 skip, granule;

  if (len < 47 || memcmp (data, "OggS", 4) != 0 || memcmp (data + 28, "OpusHead", 8) != 0)
    return -1;
  skip = little_endian (data + 38, 2);
  for (gsize at = len - 27; at > 0; at--)
    if (memcmp (data + at, "OggS", 4) == 0)
      {
        granule = little_endian (data + at + 6, 8);
        return granule >= skip && granule < G_MAXINT32 ? (gint64) ((granule - skip) / 48) : -1;
      }
  return -1;
}

/**
 * side_keys_are_keys:
 * @keys: (nullable): what is to be pressed
 *
 * Returns: whether there is something to press and every letter of it is on a
 *   telephone
 */
gboolean
side_keys_are_keys (const char *keys)
{
  return keys != NULL && *keys != '\0' && keys[strspn (keys, SIDE_KEYS)] == '\0';
}
