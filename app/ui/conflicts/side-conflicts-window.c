/* side-conflicts-window.c - what was changed here and elsewhere at once
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The outbox stops at a document that somebody else changed first. The person
 * sees each field in which the two versions differ, chooses, and saves; the
 * merged version is then sent like any other. Nothing is lost before that.
 */
#include "side-conflicts-window.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "side-call-notes.h"
#include "side-conflict-merge.h"
#include "side-error.h"
#include "side-format.h"
#include "side-outbox.h"
#include "side-refused-group.h"
#include "side-text.h"
#include "side-toast.h"
#include "side-wire.h"

struct _SideConflictsWindow
{
  AdwWindow        parent_instance;
  SideDesk        *desk;
  GtkStack        *stack;
  GtkBox          *box;
  AdwToastOverlay *toasts;
  GCancellable    *cancellable;
  GPtrArray       *scripts;     /* of SideScript: the words of the questions */
  guint            n_shown;
};

/* One document that is decided about; kept by its group. */
typedef struct {
  SideConflictsWindow *window;
  SideDocument        *mine;
  SideDocument        *theirs;
  GPtrArray           *fields;
  GtkWidget           *group;
} Decision;

G_DEFINE_FINAL_TYPE (SideConflictsWindow, side_conflicts_window, ADW_TYPE_WINDOW)

static void
decision_free (Decision *decision)
{
  side_document_unref (decision->mine);
  side_document_unref (decision->theirs);
  g_ptr_array_unref (decision->fields);
  g_free (decision);
}

static void
side_conflicts_window_dispose (GObject *object)
{
  SideConflictsWindow *self = SIDE_CONFLICTS_WINDOW (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->scripts, g_ptr_array_unref);
  G_OBJECT_CLASS (side_conflicts_window_parent_class)->dispose (object);
}

static void
side_conflicts_window_class_init (SideConflictsWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = side_conflicts_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/sidetone/Sidetone/conflicts/side-conflicts-window.ui");
  gtk_widget_class_bind_template_child (widget_class, SideConflictsWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, SideConflictsWindow, box);
  gtk_widget_class_bind_template_child (widget_class, SideConflictsWindow, toasts);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
side_conflicts_window_init (SideConflictsWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* ---- words ---- */

static const char *
title_of (const SideDocument *document)
{
  if (g_str_equal (document->kind, "review"))
    return _("Review of a call");
  if (g_str_equal (document->kind, "annotation"))
    return _("Note on a call");
  return _("Script");
}

/* The question an answer is to. Its id is unique within one script only, so the
 * script that the review names is asked before any other. */
static const SideCriterion *
criterion_of (SideConflictsWindow *self,
              const SideDocument  *review,
              const char          *id)
{
  g_autoptr (JsonNode) node = review->body != NULL ? json_from_string (review->body, NULL) : NULL;
  JsonObject *object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *named = object != NULL ? json_object_get_string_member_with_default (object, "script", NULL) : NULL;
  const SideCriterion *found = NULL;

  for (guint i = 0; self->scripts != NULL && i < self->scripts->len; i++)
    {
      const SideScript *script = g_ptr_array_index (self->scripts, i);
      const SideCriterion *criterion = side_script_find_criterion (script, id);

      if (criterion != NULL && g_strcmp0 (script->id, named) == 0)
        return criterion;
      if (criterion != NULL && named == NULL)
        found = criterion;
    }
  return found;
}

static char *
name_of (const SideConflictField *field,
         const SideCriterion     *criterion)
{
  static const struct { const char *member; const char *name; } known[] = {
    { "text", N_("Text") }, { "tag", N_("Tag") }, { "comment", N_("Comment") }, { "from_ms", N_("From") },
    { "to_ms", N_("To") }, { "finished_ms", N_("Finished") }, { "author", N_("Author") }, { "reviewer", N_("Reviewer") },
    { "title", N_("Title") }, { "version", N_("Version") }, { "script_version", N_("Version of the script") },
    { "started_ms", N_("Begun") }, { "script", N_("Script") },
  };

  if (criterion != NULL)
    return g_strdup (criterion->text);
  if (field->key != NULL)
    /* Translators: the identifier of a question that is not in the script any more */
    return g_strdup_printf (_("A question that the script does not have any more (%s)"), field->key);
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (known[i].member, field->member))
      return g_strdup (_(known[i].name));
  return g_strdup (field->member);
}

static char *
word_of_answer (JsonObject          *object,
                const SideCriterion *criterion)
{
  double value = json_object_get_double_member_with_default (object, "value", 0);

  if (json_object_get_boolean_member_with_default (object, "na", FALSE))
    return g_strdup (C_("answer", "N/A"));
  if (criterion != NULL && criterion->answers == SIDE_ANSWERS_SCALE)
    /* Translators: an answer on a scale: "7 of 10" */
    return g_strdup_printf (C_("answer", "%.0f of %d"), value * criterion->scale_max, criterion->scale_max);
  return g_strdup (value >= 1 ? C_("answer", "Yes") : value > 0 ? C_("answer", "Partly") : C_("answer", "No"));
}

static char *
answer_text (const char          *json,
             const SideCriterion *criterion)
{
  g_autoptr (JsonNode) node = json_from_string (json, NULL);
  JsonObject *object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  g_autofree char *word = NULL;
  const char *comment;

  if (object == NULL)
    return g_strdup (json);
  word = word_of_answer (object, criterion);
  comment = json_object_get_string_member_with_default (object, "comment", NULL);
  return comment != NULL ? g_strdup_printf ("%s · %s", word, comment) : g_steal_pointer (&word);
}

static char *
value_of (SideConflictsWindow     *self,
          const SideConflictField *field,
          const SideCriterion     *criterion,
          const char              *value)
{
  SideProject *project = side_desk_get_project (self->desk);
  gint64 number;

  if (value == NULL)
    return g_strdup (field->key != NULL ? _("no answer") : _("nothing"));
  if (field->key != NULL)
    return answer_text (value, criterion);
  if (g_str_equal (field->member, "tag"))
    return g_strdup (_(side_note_tag_find (value)->label));
  number = g_ascii_strtoll (value, NULL, 10);
  if (g_str_equal (field->member, "from_ms") || g_str_equal (field->member, "to_ms"))
    return side_text_duration_tenths (number);
  if (g_str_equal (field->member, "finished_ms") && number == 0)
    return g_strdup (_("still a draft"));
  if (g_str_has_suffix (field->member, "_ms") && project != NULL)
    return side_format_when (project->time_zone, number, side_desk_get_now_ms (self->desk));
  return g_strdup (value);
}

/* ---- deciding ---- */

static void
resolved_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (SideConflictsWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (side_store_resolve_conflict_finish (SIDE_STORE (source), result, &error))
    {
      side_desk_sync_now (self->desk);
      return;
    }
  if (!side_error_is_cancelled (error))
    {
      g_autofree char *sentence = side_format_error (error);

      adw_toast_overlay_add_toast (self->toasts, side_toast_new (sentence));
    }
}

static void
resolve (Decision    *decision,
         SideResolve  how,
         const char  *merged)
{
  SideConflictsWindow *self = decision->window;
  SideStore *store = side_desk_get_store (self->desk);

  if (store != NULL)
    side_store_resolve_conflict_async (store, decision->mine->kind, decision->mine->id, how, merged, NULL,
                                       resolved_cb, g_object_ref (self));
  gtk_box_remove (self->box, decision->group);
  if (--self->n_shown == 0)
    gtk_stack_set_visible_child_name (self->stack, "none");
}

static void
save_cb (GtkButton *button,
         Decision  *decision)
{
  g_autofree char *merged = NULL;
  const SideConflictField *whole = decision->fields->len == 1 ? g_ptr_array_index (decision->fields, 0) : NULL;

  /* Where one side deleted it, there is nothing to merge: one of them stays. */
  if (decision->mine->deleted || decision->theirs->deleted)
    {
      resolve (decision, whole == NULL || whole->take_mine ? SIDE_RESOLVE_KEEP_MINE : SIDE_RESOLVE_TAKE_THEIRS, NULL);
      return;
    }
  merged = side_conflict_merge (decision->mine->body, decision->theirs->body, decision->fields);
  resolve (decision, SIDE_RESOLVE_MERGED, merged);
}

static void
toggled_cb (GtkToggleButton   *button,
            SideConflictField *field)
{
  field->take_mine = gtk_toggle_button_get_active (button);
}

static GtkWidget *
new_row (SideConflictsWindow *self,
         const SideDocument  *document,
         SideConflictField   *field)
{
  const SideCriterion *criterion = field->key != NULL ? criterion_of (self, document, field->key) : NULL;
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *choice = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *mine = gtk_toggle_button_new_with_label (C_("version", "Mine"));
  GtkWidget *theirs = gtk_toggle_button_new_with_label (C_("version", "Theirs"));
  g_autofree char *name = name_of (field, criterion);
  g_autofree char *my_value = value_of (self, field, criterion, field->mine);
  g_autofree char *their_value = value_of (self, field, criterion, field->theirs);
  /* Translators: the two values of a field */
  g_autofree char *both = g_strdup_printf (_("Mine: %s\nTheirs: %s"), my_value, their_value);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), both);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (theirs), GTK_TOGGLE_BUTTON (mine));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (field->take_mine ? mine : theirs), TRUE);
  g_signal_connect (mine, "toggled", G_CALLBACK (toggled_cb), field);
  gtk_widget_add_css_class (choice, "linked");
  gtk_widget_set_valign (choice, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (choice), mine);
  gtk_box_append (GTK_BOX (choice), theirs);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), choice);
  return row;
}

/* A document deleted on one side differs in one thing: whether it is there. */
static GPtrArray *
fields_of (SideDocument *mine,
           SideDocument *theirs)
{
  if (mine->deleted || theirs->deleted)
    return side_conflict_list_fields (mine->deleted ? "{\"text\":null}" : "{\"text\":\"\"}",
                                      theirs->deleted ? "{}" : "{\"text\":\"-\"}");
  return side_conflict_list_fields (mine->body, theirs->body);
}

static void
name_deletion (GtkWidget    *row,
               SideDocument *mine)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 mine->deleted ? _("Deleted here, changed elsewhere") : _("Changed here, deleted elsewhere"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), "");
}

/**
 * side_conflicts_window_show_one:
 * @self: the window
 * @mine: the version here
 * @theirs: the server's version
 *
 * Adds a document to be decided about.
 */
void
side_conflicts_window_show_one (SideConflictsWindow *self,
                                SideDocument        *mine,
                                SideDocument        *theirs)
{
  Decision *decision;
  GtkWidget *save;
  g_autofree char *description = NULL;

  g_return_if_fail (SIDE_IS_CONFLICTS_WINDOW (self));
  decision = g_new0 (Decision, 1);
  decision->window = self;
  decision->mine = side_document_ref (mine);
  decision->theirs = side_document_ref (theirs);
  decision->fields = fields_of (mine, theirs);
  decision->group = adw_preferences_group_new ();
  /* Translators: who changed the other version */
  description = g_strdup_printf (_("Also changed by %s"), theirs->author != NULL ? theirs->author : "–");
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (decision->group), title_of (mine));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (decision->group), description);
  for (guint i = 0; i < decision->fields->len; i++)
    {
      GtkWidget *row = new_row (self, mine, g_ptr_array_index (decision->fields, i));

      if (mine->deleted || theirs->deleted)
        name_deletion (row, mine);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (decision->group), row);
    }
  save = gtk_button_new_with_label (_("Save"));
  gtk_widget_add_css_class (save, "suggested-action");
  gtk_widget_set_valign (save, GTK_ALIGN_CENTER);
  g_signal_connect (save, "clicked", G_CALLBACK (save_cb), decision);
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (decision->group), save);
  g_object_set_data_full (G_OBJECT (decision->group), "decision", decision, (GDestroyNotify) decision_free);
  gtk_box_append (self->box, decision->group);
  self->n_shown++;
  gtk_stack_set_visible_child_name (self->stack, "some");
}

static void
refused_decided_cb (SideConflictsWindow *self,
                    GtkWidget           *group)
{
  gtk_box_remove (self->box, group);
  if (--self->n_shown == 0)
    gtk_stack_set_visible_child_name (self->stack, "none");
}

static void
refused_toast_cb (SideConflictsWindow *self,
                  const char          *text)
{
  adw_toast_overlay_add_toast (self->toasts, side_toast_new (text));
}

/**
 * side_conflicts_window_show_refused:
 * @self: the window
 * @item: a document that the server does not take
 *
 * Adds it to what is to be decided about.
 */
void
side_conflicts_window_show_refused (SideConflictsWindow  *self,
                                    const SideOutboxItem *item)
{
  GtkWidget *group;

  g_return_if_fail (SIDE_IS_CONFLICTS_WINDOW (self));
  group = side_refused_group_new (self->desk, item, title_of (item->document));
  g_signal_connect_object (group, "decided", G_CALLBACK (refused_decided_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (group, "toast", G_CALLBACK (refused_toast_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->box, group);
  self->n_shown++;
  gtk_stack_set_visible_child_name (self->stack, "some");
}

static void
refused_listed_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (SideConflictsWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = side_store_list_refused_finish (SIDE_STORE (source), result, &error);

  if (items == NULL && !side_error_is_cancelled (error))
    {
      g_autofree char *sentence = side_format_error (error);

      refused_toast_cb (self, sentence);
    }
  for (guint i = 0; items != NULL && self->desk != NULL && i < items->len; i++)
    side_conflicts_window_show_refused (self, g_ptr_array_index (items, i));
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) conflicts = side_store_list_conflicts_finish (SIDE_STORE (source), result, &error);
  g_autoptr (SideConflictsWindow) self = user_data;

  if (conflicts == NULL && !side_error_is_cancelled (error))
    {
      g_autofree char *sentence = side_format_error (error);

      adw_toast_overlay_add_toast (self->toasts, side_toast_new (sentence));
    }
  for (guint i = 0; conflicts != NULL && self->desk != NULL && i < conflicts->len; i++)
    {
      const SideConflict *conflict = g_ptr_array_index (conflicts, i);

      side_conflicts_window_show_one (self, conflict->mine, conflict->theirs);
    }
}

/* A script that cannot be read has no words to give; the rest is shown all the same. */
static void
scripts_listed_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (SideConflictsWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) documents = side_store_list_documents_finish (SIDE_STORE (source), result, &error);
  g_autoptr (GPtrArray) scripts = g_ptr_array_new_with_free_func ((GDestroyNotify) side_script_unref);

  if (side_error_is_cancelled (error) || self->desk == NULL)
    return;
  for (guint i = 0; documents != NULL && i < documents->len; i++)
    {
      const SideDocument *document = g_ptr_array_index (documents, i);
      SideScript *script = document->body != NULL ? side_wire_script_from_json (document->body, -1, NULL) : NULL;

      if (script != NULL)
        g_ptr_array_add (scripts, script);
    }
  side_conflicts_window_set_scripts (self, scripts);
  side_store_list_conflicts_async (SIDE_STORE (source), self->cancellable, listed_cb, g_object_ref (self));
  side_store_list_refused_async (SIDE_STORE (source), self->cancellable, refused_listed_cb, g_object_ref (self));
}

/**
 * side_conflicts_window_set_scripts:
 * @self: the window
 * @scripts: (element-type SideScript): where the words of the questions stand
 *
 * For what is shown from now on.
 */
void
side_conflicts_window_set_scripts (SideConflictsWindow *self,
                                   GPtrArray           *scripts)
{
  g_return_if_fail (SIDE_IS_CONFLICTS_WINDOW (self));
  g_clear_pointer (&self->scripts, g_ptr_array_unref);
  self->scripts = g_ptr_array_ref (scripts);
}

/**
 * side_conflicts_window_new:
 * @desk: whose outbox it is about
 *
 * Returns: (transfer none): the window, not shown yet
 */
GtkWidget *
side_conflicts_window_new (SideDesk *desk)
{
  SideConflictsWindow *self;
  SideStore *store;

  g_return_val_if_fail (SIDE_IS_DESK (desk), NULL);
  self = g_object_new (SIDE_TYPE_CONFLICTS_WINDOW, NULL);
  self->desk = g_object_ref (desk);
  store = side_desk_get_store (desk);
  if (store != NULL)
    side_store_list_documents_async (store, "script", NULL, NULL, self->cancellable, scripts_listed_cb,
                                     g_object_ref (self));
  return GTK_WIDGET (self);
}
