/* side-script-view.c - one script: its form, its conversation, its versions
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Three tabs over one script of the shelf. A version is read, a draft is
 * edited through its keeper; what the buttons in the header do depends on
 * which of the two it is, and on who looks.
 */
#include "side-script-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#include "side-agreement-reader.h"
#include "side-history-keys.h"
#include "side-publish-dialog.h"
#include "side-rescoring-window.h"
#include "side-script-files.h"
#include "side-script-form.h"
#include "side-script-labels.h"
#include "side-scorecard-window.h"
#include "side-scorecards-window.h"
#include "side-script-preview.h"
#include "side-script-talk.h"
#include "side-script-versions.h"
#include "side-text.h"

struct _SideScriptView
{
  GtkWidget           parent_instance;
  GtkWidget          *box;        /* template children */
  GtkWidget          *header;
  AdwWindowTitle     *title;
  GtkStack           *tabs;
  GtkWidget          *publish;
  GtkButton          *next;
  GtkWidget          *try_button;
  int                 width;
  guint               fold_id;
  SideScriptForm     *form;
  SideScriptTalk     *talk;
  SideScriptVersions *versions;

  SideScriptShelf    *shelf;      /* (nullable) */
  SideScriptItem     *item;       /* (nullable) */
  SideDraftKeeper    *keeper;     /* (nullable): of a draft that this person edits */
  SideScript         *shown;      /* (nullable): the version the tabs were made for */
  SideScriptUse      *use;        /* (nullable): what reviews found */
  double              alpha;      /* agreement of the reviewers; NaN: not known */
  GCancellable       *cancellable;
};

G_DEFINE_FINAL_TYPE (SideScriptView, side_script_view, GTK_TYPE_WIDGET)

enum { SIGNAL_TOAST, SIGNAL_DISCARDED, SIGNAL_SHOW_SCRIPT, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
toast (SideScriptView *self,
       const char     *words)
{
  g_signal_emit (self, signals[SIGNAL_TOAST], 0, words);
}

static void
forget (SideScriptView *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->keeper != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->keeper, self);
      side_draft_keeper_flush (self->keeper);
    }
  if (self->item != NULL)
    g_signal_handlers_disconnect_by_data (self->item, self);
  g_clear_object (&self->keeper);
  g_clear_object (&self->item);
  g_clear_pointer (&self->shown, side_script_unref);
  g_clear_pointer (&self->use, side_script_use_free);
  self->alpha = NAN;
}

static void
side_script_view_dispose (GObject *object)
{
  SideScriptView *self = SIDE_SCRIPT_VIEW (object);

  g_clear_handle_id (&self->fold_id, g_source_remove);
  forget (self);
  if (self->shelf != NULL)
    g_signal_handlers_disconnect_by_data (self->shelf, self);
  g_clear_object (&self->shelf);
  if (self->box != NULL)
    gtk_widget_unparent (self->box);
  self->box = NULL;
  G_OBJECT_CLASS (side_script_view_parent_class)->dispose (object);
}

/* ---- what is shown ---- */

static SideDesk *
desk_of (SideScriptView *self)
{
  return self->shelf != NULL ? side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (self->shelf)) : NULL;
}

static const SideScript *
script_of (SideScriptView *self)
{
  return self->item != NULL ? side_script_item_get_script (self->item) : NULL;
}

/* The version in use or retired that a draft follows; a script's own. */
static const SideScript *
version_of (SideScriptView *self)
{
  const SideScript *script = script_of (self);
  SideScriptItem *item;

  if (script == NULL || script->state != SIDE_SCRIPT_DRAFT)
    return script;
  item = script->script != NULL ? side_script_shelf_find (self->shelf, script->script) : NULL;
  return item != NULL ? side_script_item_get_script (item) : NULL;
}

static char *
make_subtitle (SideScriptView   *self,
               const SideScript *script)
{
  SideDesk *desk = desk_of (self);
  SideProject *project = desk != NULL ? side_desk_get_project (desk) : NULL;
  g_autofree char *reviews = NULL;
  g_autofree char *agreement = NULL;

  if (script->state == SIDE_SCRIPT_DRAFT)
    return side_script_label_row (script, project, desk != NULL ? side_desk_get_now_ms (desk) : 0);
  if (self->use == NULL)
    return g_strdup_printf (_("version %d"), script->version);
  if (self->use->reviews == 0)
    return g_strdup_printf (_("version %d · not used in a review yet"), script->version);
  if (!isnan (self->alpha))
    /* Translators: Krippendorff's alpha of those who reviewed the same calls */
    agreement = g_strdup_printf (_("agreement between reviewers α %.2f"), self->alpha);
  reviews = g_strdup_printf (ngettext ("used in %u review", "used in %u reviews", self->use->reviews), self->use->reviews);
  if (agreement != NULL)
    /* Translators: a script's version; "used in 412 reviews"; "agreement between reviewers α 0.81" */
    return g_strdup_printf (_("version %d · %s · %s"), script->version, reviews, agreement);
  /* Translators: a script's version; "used in 412 reviews" */
  return g_strdup_printf (_("version %d · %s"), script->version, reviews);
}

static gboolean fold_cb (gpointer data);

/* After the layout, in which nothing may come or go. */
static void
fold_soon (SideScriptView *self)
{
  if (self->fold_id == 0)
    self->fold_id = g_idle_add (fold_cb, self);
}

static void
update_header (SideScriptView *self)
{
  const SideScript *script = script_of (self);
  gboolean draft = script != NULL && script->state == SIDE_SCRIPT_DRAFT;
  gboolean may_edit = self->shelf != NULL && side_script_shelf_may_edit (self->shelf);
  gboolean for_calls = script != NULL && script->purpose != SIDE_SCRIPT_FOR_VENDORS;
  g_autofree char *subtitle = script != NULL ? make_subtitle (self, script) : NULL;
  GtkWidget *widget = GTK_WIDGET (self);

  adw_window_title_set_title (self->title, script != NULL ? side_script_label_title (script) : "");
  adw_window_title_set_subtitle (self->title, subtitle != NULL ? subtitle : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), subtitle);   /* in a narrow window it is cut */
  gtk_widget_set_visible (self->publish, draft && may_edit);
  gtk_widget_set_visible (GTK_WIDGET (self->next), script != NULL && !draft && may_edit);
  gtk_button_set_label (self->next, script != NULL && side_script_shelf_find_draft_of (self->shelf, script->id) != NULL
                                    ? _("Edit Draft") : _("New Version"));
  fold_soon (self);
  gtk_widget_action_set_enabled (widget, "script.publish", draft && may_edit);
  gtk_widget_action_set_enabled (widget, "script.discard", draft && may_edit);
  gtk_widget_action_set_enabled (widget, "script.edit", script != NULL && !draft && may_edit);
  gtk_widget_action_set_enabled (widget, "script.try", script != NULL && script->state == SIDE_SCRIPT_IN_USE && for_calls);
  gtk_widget_action_set_enabled (widget, "script.score", script != NULL && script->state == SIDE_SCRIPT_IN_USE && may_edit);
  gtk_widget_action_set_enabled (widget, "script.whatif", for_calls && script->version > 1);
  gtk_widget_action_set_enabled (widget, "script.scorecards", script != NULL && !draft);
  gtk_widget_action_set_enabled (widget, "script.undo", self->keeper != NULL && side_draft_keeper_can_undo (self->keeper));
  gtk_widget_action_set_enabled (widget, "script.redo", self->keeper != NULL && side_draft_keeper_can_redo (self->keeper));
}

static void
show_versions (SideScriptView *self)
{
  side_script_versions_open (self->versions, desk_of (self), script_of (self), version_of (self),
                             self->shelf != NULL && side_script_shelf_may_edit (self->shelf));
}

static void
use_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      data)
{
  g_autoptr (SideScriptView) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SideScriptUse) use = side_store_get_script_use_finish (SIDE_STORE (source), result, &error);

  if (side_error_is_cancelled (error))
    return;
  if (use == NULL)
    {
      g_debug ("reviews of a script: %s", error->message);
      return;
    }
  g_clear_pointer (&self->use, side_script_use_free);
  self->use = g_steal_pointer (&use);
  side_script_form_set_use (self->form, self->use);
  update_header (self);
}

static void
agreement_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (SideScriptView) self = data;
  g_autoptr (GError) error = NULL;
  SideAgreement agreement = { 0 };

  if (!side_agreement_read_script_finish (SIDE_STORE (source), result, &agreement, &error))
    {
      if (!side_error_is_cancelled (error))
        g_debug ("agreement of a script's reviewers: %s", error->message);
      return;
    }
  self->alpha = agreement.units > 0 ? agreement.alpha.value : NAN;
  update_header (self);
}

static void
read_use (SideScriptView *self)
{
  const SideScript *version = version_of (self);
  SideStore *store = desk_of (self) != NULL ? side_desk_get_store (desk_of (self)) : NULL;

  if (version == NULL || store == NULL)
    return;
  side_store_get_script_use_async (store, version->id, version->version, self->cancellable, use_cb, g_object_ref (self));
  if (version == script_of (self))
    side_agreement_read_script_async (store, (SideScript *) version, self->cancellable, agreement_cb, g_object_ref (self));
}

/* The tabs are made for a script; a draft follows its keeper by itself. */
static void
show_tabs (SideScriptView *self)
{
  const SideScript *script = script_of (self);
  SideDesk *desk = desk_of (self);

  g_clear_pointer (&self->shown, side_script_unref);
  self->shown = script != NULL ? side_script_ref ((SideScript *) script) : NULL;
  side_script_form_open (self->form, script, self->keeper, desk != NULL ? side_desk_get_project (desk) : NULL);
  side_script_talk_open (self->talk, script, self->keeper);
  show_versions (self);
  if (self->use != NULL)
    side_script_form_set_use (self->form, self->use);
}

static void
item_changed_cb (SideScriptView *self)
{
  if (self->keeper == NULL && script_of (self) != self->shown)
    {
      show_tabs (self);
      read_use (self);
    }
  update_header (self);
}

static void
tab_cb (SideScriptView *self)
{
  const char *name = gtk_stack_get_visible_child_name (self->tabs);

  /* A draft's difference is of the moment it is looked at. */
  if (self->keeper != NULL && g_strcmp0 (name, "versions") == 0)
    show_versions (self);
}

/* ---- actions ---- */

static GtkWindow *
window_of (SideScriptView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
history_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  SideScriptView *self = SIDE_SCRIPT_VIEW (widget);
  gboolean redo = g_str_has_suffix (name, "redo");
  g_autofree char *what = NULL;
  g_autofree char *words = NULL;

  if (self->keeper == NULL)
    return;
  what = redo ? side_draft_keeper_redo (self->keeper) : side_draft_keeper_undo (self->keeper);
  if (what == NULL)
    {
      gtk_widget_error_bell (widget);
      return;
    }
  words = g_strdup_printf (redo ? _("Done again: %s") : _("Undone: %s"), what);
  toast (self, words);
}

static void
edit_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  SideScriptView *self = SIDE_SCRIPT_VIEW (widget);
  const SideScript *script = script_of (self);
  SideScriptItem *item = script != NULL ? side_script_shelf_find_draft_of (self->shelf, script->id) : NULL;
  g_autofree char *id = NULL;

  if (script == NULL)
    return;
  if (item == NULL)
    {
      g_autofree char *fresh = side_id_new ();
      g_autoptr (SideScript) draft = side_script_draft (script, fresh);

      item = side_script_shelf_add_draft (self->shelf, draft);
    }
  id = g_strdup (side_script_item_get_id (item));
  g_signal_emit (self, signals[SIGNAL_SHOW_SCRIPT], 0, id);
}

static void
publish_cb (SideScriptView *self,
            const char     *note)
{
  if (self->item != NULL && side_script_item_is_draft (self->item) && side_script_shelf_may_edit (self->shelf))
    side_script_shelf_publish (self->shelf, self->item, note);
}

static void
publish_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  SideScriptView *self = SIDE_SCRIPT_VIEW (widget);
  GtkWindow *dialog;

  if (self->keeper == NULL)
    return;
  dialog = side_publish_dialog_new (window_of (self), side_draft_keeper_get_script (self->keeper), version_of (self));
  g_signal_connect_object (dialog, "publish", G_CALLBACK (publish_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (dialog);
}

static void
discard_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  SideScriptView *self = SIDE_SCRIPT_VIEW (widget);
  g_autoptr (SideDraftKeeper) keeper = self->keeper != NULL ? g_object_ref (self->keeper) : NULL;

  if (keeper == NULL)
    return;
  side_script_shelf_discard (self->shelf, self->item);
  g_signal_emit (self, signals[SIGNAL_DISCARDED], 0, keeper);
}

static void
found_call_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr (SideScriptView) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) calls = side_store_list_calls_finish (SIDE_STORE (source), result, &error);

  if (side_error_is_cancelled (error))
    return;
  if (calls == NULL || calls->len == 0)
    toast (self, _("There is no recorded call that fits this script yet."));
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-call", "s", ((SideCall *) g_ptr_array_index (calls, 0))->id);
}

static void
try_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  SideScriptView *self = SIDE_SCRIPT_VIEW (widget);
  const SideScript *script = script_of (self);
  SideStore *store = desk_of (self) != NULL ? side_desk_get_store (desk_of (self)) : NULL;
  g_autoptr (SideCallQuery) query = NULL;

  if (script == NULL || store == NULL)
    return;
  query = side_call_query_new ();
  query->project = g_strdup (script->project);
  if (script->queues->len > 0)
    {
      query->queues = g_new0 (char *, script->queues->len + 1);
      for (guint i = 0; i < script->queues->len; i++)
        query->queues[i] = g_strdup (g_ptr_array_index (script->queues, i));
    }
  query->outcomes = 1u << SIDE_OUTCOME_ANSWERED;
  query->recorded = SIDE_CALL_MATCH_YES;
  query->test = script->purpose == SIDE_SCRIPT_FOR_TEST_CALLS ? SIDE_CALL_MATCH_YES : SIDE_CALL_MATCH_NO;
  side_store_list_calls_async (store, query, 1, self->cancellable, found_call_cb, g_object_ref (self));
}

static void
preview_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  SideScriptView *self = SIDE_SCRIPT_VIEW (widget);

  if (script_of (self) != NULL)
    gtk_window_present (side_script_preview_new (window_of (self), script_of (self), self->keeper));
}

static void
whatif_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  SideScriptView *self = SIDE_SCRIPT_VIEW (widget);

  if (script_of (self) != NULL && desk_of (self) != NULL)
    gtk_window_present (side_rescoring_window_new (window_of (self), desk_of (self), script_of (self)));
}

static void
scorecards_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  SideScriptView *self = SIDE_SCRIPT_VIEW (widget);
  const SideScript *script = script_of (self);

  if (script == NULL || desk_of (self) == NULL)
    return;
  gtk_window_present (g_str_equal (name, "script.score") ? side_scorecard_window_new (window_of (self), desk_of (self), script, NULL)
                                                         : side_scorecards_window_new (window_of (self), desk_of (self), script));
}

static void
exported_cb (GtkWidget  *widget,
             SideScript *draft,
             const char *words)
{
  toast (SIDE_SCRIPT_VIEW (widget), words);
}

static void
export_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  SideScriptView *self = SIDE_SCRIPT_VIEW (widget);

  if (script_of (self) != NULL)
    side_script_files_export (widget, script_of (self), g_variant_get_string (parameter, NULL), exported_cb);
}

/* ---- from the tabs ---- */

static void
toast_cb (SideScriptView *self,
          const char     *words)
{
  toast (self, words);
}

static void
show_step_cb (SideScriptView *self,
              const char     *step)
{
  gtk_stack_set_visible_child_name (self->tabs, "talk");
  side_script_talk_reveal (self->talk, step);
}

static void
retire_cb (SideScriptView *self,
           gboolean        retired)
{
  if (self->item != NULL && !side_script_item_is_draft (self->item) && side_script_shelf_may_edit (self->shelf))
    side_script_shelf_set_retired (self->shelf, self->item, retired);
}

/* ---- where it is narrow, trying it on a call is in the menu ---- */

static gboolean
fold_cb (gpointer data)
{
  SideScriptView *self = data;
  GtkWidget *widget = GTK_WIDGET (self);
  const SideScript *script = script_of (self);
  gboolean usable = script != NULL && script->state == SIDE_SCRIPT_IN_USE && script->purpose != SIDE_SCRIPT_FOR_VENDORS;
  int needed;

  self->fold_id = 0;
  gtk_widget_set_visible (self->try_button, usable);
  gtk_widget_measure (self->header, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &needed, NULL, NULL);
  if (gtk_widget_get_width (widget) > 0 && needed > gtk_widget_get_width (widget))
    gtk_widget_set_visible (self->try_button, FALSE);
  gtk_widget_action_set_enabled (widget, "script.try-narrow", usable && !gtk_widget_get_visible (self->try_button));
  return G_SOURCE_REMOVE;
}

static void
side_script_view_measure (GtkWidget      *widget,
                          GtkOrientation  orientation,
                          int             for_size,
                          int            *minimum,
                          int            *natural,
                          int            *minimum_baseline,
                          int            *natural_baseline)
{
  gtk_widget_measure (SIDE_SCRIPT_VIEW (widget)->box, orientation, for_size, minimum, natural, minimum_baseline,
                      natural_baseline);
}

static void
side_script_view_size_allocate (GtkWidget *widget,
                                int        width,
                                int        height,
                                int        baseline)
{
  SideScriptView *self = SIDE_SCRIPT_VIEW (widget);

  gtk_widget_allocate (self->box, width, height, baseline, NULL);
  if (width != self->width)
    fold_soon (self);
  self->width = width;
}

static void
side_script_view_class_init (SideScriptViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = SIDE_TYPE_SCRIPT_VIEW;

  G_OBJECT_CLASS (klass)->dispose = side_script_view_dispose;
  g_type_ensure (SIDE_TYPE_SCRIPT_FORM);
  g_type_ensure (SIDE_TYPE_SCRIPT_TALK);
  g_type_ensure (SIDE_TYPE_SCRIPT_VERSIONS);
  widget_class->measure = side_script_view_measure;
  widget_class->size_allocate = side_script_view_size_allocate;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/sidetone/Sidetone/scripts/side-script-view.ui");
  gtk_widget_class_bind_template_child (widget_class, SideScriptView, box);
  gtk_widget_class_bind_template_child (widget_class, SideScriptView, header);
  gtk_widget_class_bind_template_child (widget_class, SideScriptView, title);
  gtk_widget_class_bind_template_child (widget_class, SideScriptView, tabs);
  gtk_widget_class_bind_template_child (widget_class, SideScriptView, publish);
  gtk_widget_class_bind_template_child (widget_class, SideScriptView, next);
  gtk_widget_class_bind_template_child (widget_class, SideScriptView, try_button);
  gtk_widget_class_bind_template_child (widget_class, SideScriptView, form);
  gtk_widget_class_bind_template_child (widget_class, SideScriptView, talk);
  gtk_widget_class_bind_template_child (widget_class, SideScriptView, versions);
  gtk_widget_class_bind_template_callback (widget_class, toast_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_step_cb);
  gtk_widget_class_bind_template_callback (widget_class, retire_cb);
  gtk_widget_class_install_action (widget_class, "script.undo", NULL, history_action);
  gtk_widget_class_install_action (widget_class, "script.redo", NULL, history_action);
  gtk_widget_class_install_action (widget_class, "script.edit", NULL, edit_action);
  gtk_widget_class_install_action (widget_class, "script.publish", NULL, publish_action);
  gtk_widget_class_install_action (widget_class, "script.discard", NULL, discard_action);
  gtk_widget_class_install_action (widget_class, "script.try", NULL, try_action);
  gtk_widget_class_install_action (widget_class, "script.try-narrow", NULL, try_action);
  gtk_widget_class_install_action (widget_class, "script.preview", NULL, preview_action);
  gtk_widget_class_install_action (widget_class, "script.whatif", NULL, whatif_action);
  gtk_widget_class_install_action (widget_class, "script.score", NULL, scorecards_action);
  gtk_widget_class_install_action (widget_class, "script.scorecards", NULL, scorecards_action);
  gtk_widget_class_install_action (widget_class, "script.export", "s", export_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "script.undo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "script.redo", NULL);
  signals[SIGNAL_TOAST] = g_signal_new ("toast", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_DISCARDED] = g_signal_new ("discarded", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                            SIDE_TYPE_DRAFT_KEEPER);
  signals[SIGNAL_SHOW_SCRIPT] = g_signal_new ("show-script", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                              G_TYPE_STRING);
}

static void
side_script_view_init (SideScriptView *self)
{
  self->alpha = NAN;
  gtk_widget_init_template (GTK_WIDGET (self));
  side_history_keys_add (GTK_WIDGET (self), "script.undo", "script.redo");
  g_signal_connect_object (self->tabs, "notify::visible-child", G_CALLBACK (tab_cb), self, G_CONNECT_SWAPPED);
  update_header (self);
}

/**
 * side_script_view_new:
 *
 * Returns: (transfer floating): a view of nothing
 */
GtkWidget *
side_script_view_new (void)
{
  return g_object_new (SIDE_TYPE_SCRIPT_VIEW, NULL);
}

/**
 * side_script_view_open:
 * @self: a view
 * @shelf: where the script stands
 * @item: (nullable): the script or draft
 */
void
side_script_view_open (SideScriptView  *self,
                       SideScriptShelf *shelf,
                       SideScriptItem  *item)
{
  g_return_if_fail (SIDE_IS_SCRIPT_VIEW (self) && SIDE_IS_SCRIPT_SHELF (shelf));

  if (self->shelf != shelf)
    {
      if (self->shelf != NULL)
        g_signal_handlers_disconnect_by_data (self->shelf, self);
      g_set_object (&self->shelf, shelf);
      g_signal_connect_object (shelf, "changed", G_CALLBACK (update_header), self, G_CONNECT_SWAPPED);
    }
  if (item == self->item)
    return;
  forget (self);
  self->cancellable = g_cancellable_new ();
  g_set_object (&self->item, item);
  if (item != NULL)
    {
      g_signal_connect_object (item, "changed", G_CALLBACK (item_changed_cb), self, G_CONNECT_SWAPPED);
      if (side_script_item_is_draft (item) && side_script_shelf_may_edit (shelf))
        {
          self->keeper = g_object_ref (side_script_shelf_get_keeper (shelf, item));
          g_signal_connect_object (self->keeper, "changed", G_CALLBACK (update_header), self, G_CONNECT_SWAPPED);
        }
    }
  show_tabs (self);
  update_header (self);
  read_use (self);
}

/**
 * side_script_view_edit_title:
 * @self: a view of a draft
 *
 * Puts the cursor into its title.
 */
void
side_script_view_edit_title (SideScriptView *self)
{
  g_return_if_fail (SIDE_IS_SCRIPT_VIEW (self));
  gtk_stack_set_visible_child_name (self->tabs, "form");
  side_script_form_edit_title (self->form);
}
