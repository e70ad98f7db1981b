/* side-clip-example.c - a piece of a recording becomes an example in a script
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A version in use never changes: the example goes into the draft of the next
 * one, which is made when there is none.
 */
#include "side-clip-example.h"

#include <glib/gi18n.h>

#include "side-script-labels.h"
#include "side-text.h"
#include "side-wire.h"

/* A script the example can be for. */
typedef struct {
  SideScript   *script;     /* the draft, or the version in use a draft is made of */
  SideDocument *document;   /* (nullable): of the draft */
} Target;

typedef struct {
  SideClipDialog *dialog;      /* it owns this */
  char           *script_id;   /* (nullable): chosen at first, as the two below */
  char           *criterion_id;
  double          value;
  GPtrArray      *scripts;     /* (nullable): of SideDocument, until drafts are read too */
  GPtrArray      *targets;     /* of Target */
  GPtrArray      *criteria;    /* of SideCriterion, of the chosen script */
  GArray         *values;      /* of the chosen criterion */
  AdwComboRow    *script;
  AdwComboRow    *criterion;
  AdwComboRow    *answer;
} Choosing;

static void
target_free (gpointer data)
{
  Target *target = data;

  side_script_unref (target->script);
  g_clear_pointer (&target->document, side_document_unref);
  g_free (target);
}

static void
choosing_free (gpointer data)
{
  Choosing *self = data;

  g_free (self->script_id);
  g_free (self->criterion_id);
  g_clear_pointer (&self->scripts, g_ptr_array_unref);
  g_ptr_array_unref (self->targets);
  g_ptr_array_unref (self->criteria);
  g_clear_pointer (&self->values, g_array_unref);
  g_free (self);
}

static gpointer
chosen_of (GPtrArray   *list,
           AdwComboRow *row)
{
  guint place = adw_combo_row_get_selected (row);

  return place < list->len ? g_ptr_array_index (list, place) : NULL;
}

/* ---- what can be chosen ---- */

static void
show_ready (Choosing *self)
{
  const Target *target = chosen_of (self->targets, self->script);
  g_autofree char *words = NULL;

  if (target == NULL)
    {
      side_clip_dialog_set_ready (self->dialog, FALSE, _("There is no script an example could be for yet."));
      return;
    }
  if (target->document != NULL)
    words = g_strdup_printf (_("It goes into the draft of version %d."), target->script->version);
  else
    words = g_strdup_printf (_("A draft of version %d is begun for it; the version in use stays as it is."),
                             target->script->version + 1);
  side_clip_dialog_set_ready (self->dialog, chosen_of (self->criteria, self->criterion) != NULL, words);
}

static void
criterion_cb (Choosing *self)
{
  const SideCriterion *criterion = chosen_of (self->criteria, self->criterion);
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  guint selected = 0;

  g_clear_pointer (&self->values, g_array_unref);
  self->values = criterion != NULL ? side_script_list_values (criterion) : g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = 0; i < self->values->len; i++)
    {
      double value = g_array_index (self->values, double, i);
      g_autofree char *label = side_script_label_value (criterion, value);

      gtk_string_list_append (labels, label);
      if (g_strcmp0 (criterion->id, self->criterion_id) == 0 && ABS (value - self->value) < 1e-9)
        selected = i;
    }
  adw_combo_row_set_model (self->answer, G_LIST_MODEL (labels));
  if (self->values->len > 0)
    adw_combo_row_set_selected (self->answer, selected);
  show_ready (self);
}

static void
script_cb (Choosing *self)
{
  const Target *target = chosen_of (self->targets, self->script);
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  guint selected = 0;

  g_ptr_array_set_size (self->criteria, 0);
  for (guint i = 0; target != NULL && i < target->script->sections->len; i++)
    {
      const SideSection *section = g_ptr_array_index (target->script->sections, i);

      for (guint j = 0; j < section->criteria->len; j++)
        {
          SideCriterion *criterion = g_ptr_array_index (section->criteria, j);

          if (g_strcmp0 (criterion->id, self->criterion_id) == 0)
            selected = self->criteria->len;
          g_ptr_array_add (self->criteria, criterion);
          gtk_string_list_take (labels, side_script_name_criterion (target->script, criterion->id));
        }
    }
  adw_combo_row_set_model (self->criterion, G_LIST_MODEL (labels));
  if (self->criteria->len > 0)
    adw_combo_row_set_selected (self->criterion, selected);
  criterion_cb (self);
}

static void
add_target (Choosing     *self,
            SideScript   *script,
            SideDocument *draft)
{
  Target *target = g_new0 (Target, 1);

  target->script = side_script_ref (script);
  target->document = draft != NULL ? side_document_ref (draft) : NULL;
  g_ptr_array_add (self->targets, target);
}

static SideScript *
read_script (const SideDocument *document)
{
  if (document->deleted || document->body == NULL)
    return NULL;
  return side_wire_script_from_json (document->body, -1, NULL);
}

static void
fill (Choosing  *self,
      GPtrArray *drafts)
{
  g_autoptr (GHashTable) begun = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  guint selected = 0;

  for (guint i = 0; i < drafts->len; i++)
    {
      g_autoptr (SideScript) draft = read_script (drafts->pdata[i]);

      if (draft == NULL || (draft->script != NULL && !g_hash_table_add (begun, g_strdup (draft->script))))
        continue;
      add_target (self, draft, drafts->pdata[i]);
    }
  for (guint i = 0; i < self->scripts->len; i++)
    {
      g_autoptr (SideScript) script = read_script (self->scripts->pdata[i]);

      if (script != NULL && script->state == SIDE_SCRIPT_IN_USE && !g_hash_table_contains (begun, script->id))
        add_target (self, script, NULL);
    }
  for (guint i = 0; i < self->targets->len; i++)
    {
      const Target *target = g_ptr_array_index (self->targets, i);
      const char *id = target->document != NULL ? target->script->script : target->script->id;

      gtk_string_list_append (labels, side_script_label_title (target->script));
      if (id != NULL && g_strcmp0 (id, self->script_id) == 0)
        selected = i;
    }
  adw_combo_row_set_model (self->script, G_LIST_MODEL (labels));
  if (self->targets->len > 0)
    adw_combo_row_set_selected (self->script, selected);
  script_cb (self);
}

static void
drafts_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) drafts = side_store_list_documents_finish (SIDE_STORE (source), result, &error);

  if (side_error_is_cancelled (error))
    return;   /* the window has gone, and the rest with it */
  if (drafts != NULL)
    fill (data, drafts);
}

static void
scripts_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  Choosing *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) scripts = side_store_list_documents_finish (SIDE_STORE (source), result, &error);

  if (scripts == NULL)
    return;
  self->scripts = g_steal_pointer (&scripts);
  side_clip_dialog_list (self->dialog, "draft", drafts_cb, self);
}

/* ---- what is done ---- */

static void
add_cb (Choosing *self)
{
  const Target *target = chosen_of (self->targets, self->script);
  const SideCriterion *criterion = chosen_of (self->criteria, self->criterion);
  const SideClipPiece *piece = side_clip_dialog_get_piece (self->dialog);
  guint place = adw_combo_row_get_selected (self->answer);
  g_autoptr (GPtrArray) changes = side_steps_new_changes ();
  g_autofree char *text = side_clip_dialog_dup_text (self->dialog);
  g_autofree char *id = side_id_new ();
  g_autofree char *words = NULL;
  g_autoptr (SideScript) draft = NULL;
  g_autoptr (SideDocument) document = NULL;

  if (target == NULL || criterion == NULL || place >= self->values->len)
    return;
  draft = target->document != NULL ? side_script_copy (target->script) : side_script_draft (target->script, id);
  side_criterion_add_exemplar (side_script_find_criterion (draft, criterion->id), g_array_index (self->values, double, place),
                               piece->call, piece->from_ms, piece->to_ms, text);
  document = side_wire_document_for_draft (draft);
  side_clip_dialog_sign (self->dialog, document);
  if (target->document != NULL)
    side_steps_add_change (changes, document, target->document);
  else
    side_steps_add_new (changes, document);
  /* Translators: the title of a script */
  words = g_strdup_printf (_("Example added to the draft of “%s”"), side_script_label_title (draft));
  side_clip_dialog_choose (self->dialog, changes, words);
}

/**
 * side_clip_example_new:
 * @parent: (nullable): the window it belongs to
 * @desk: whose scripts, with a store
 * @source: the piece
 *
 * Asks which answer to which criterion it is an example of.
 *
 * Returns: (transfer none): a window to be presented
 */
SideClipDialog *
side_clip_example_new (GtkWindow            *parent,
                       SideDesk             *desk,
                       const SideClipSource *source)
{
  Choosing *self;

  g_return_val_if_fail (SIDE_IS_DESK (desk) && side_desk_get_store (desk) != NULL, NULL);

  self = g_new0 (Choosing, 1);
  self->dialog = side_clip_dialog_new (parent, desk, _("Use as Example"), source);
  self->script_id = g_strdup (source->script);
  self->criterion_id = g_strdup (source->criterion);
  self->value = source->value;
  self->targets = g_ptr_array_new_with_free_func (target_free);
  self->criteria = g_ptr_array_new ();
  self->script = side_clip_dialog_add_combo (self->dialog, _("Script"), G_CALLBACK (script_cb), self);
  self->criterion = side_clip_dialog_add_combo (self->dialog, _("Criterion"), G_CALLBACK (criterion_cb), self);
  self->answer = side_clip_dialog_add_combo (self->dialog, _("Example of the answer"), G_CALLBACK (show_ready), self);
  g_object_set_data_full (G_OBJECT (self->dialog), "side-choosing", self, choosing_free);
  g_signal_connect_swapped (self->dialog, "add", G_CALLBACK (add_cb), self);
  side_clip_dialog_list (self->dialog, "script", scripts_cb, self);
  return self->dialog;
}
