/* side-conflicts-window.c - what was changed here and elsewhere at once
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The outbox stops at a document that somebody else changed first. The person
 * sees each field in which the two versions differ, chooses, and saves; the
 * merged version is then sent like any other. Nothing is lost before that. It
 * also shows what the server refuses. The window follows the store, so that
 * nobody decides about a version that is not the server's any more.
 */
#include "side-conflicts-window.h"

#include <glib/gi18n.h>

#include "side-conflict-call.h"
#include "side-conflict-choice.h"
#include "side-conflict-review.h"
#include "side-conflict-versions.h"
#include "side-conflict-words.h"
#include "side-disputes.h"
#include "side-error.h"
#include "side-format.h"
#include "side-outbox.h"
#include "side-refused-group.h"
#include "side-tags.h"
#include "side-toast.h"
#include "side-window-keys.h"
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
  guint            n_listing;   /* lists under way */
  gboolean         stale;       /* the store changed since they were asked for */
};

/* One document that is decided about; kept by its group. */
typedef struct {
  SideConflictsWindow *window;
  SideConflict        *conflict;
  SideDocument        *mine;       /* those of it */
  SideDocument        *theirs;
  GPtrArray           *fields;
  GtkWidget           *group;
} Decision;

/* A decision under way; the group may be gone when it ends. */
typedef struct {
  SideConflictsWindow *window;
  GtkWidget           *group;
} Deed;

#define DECISION_KEY "side-decision"
#define ITEM_KEY "side-item"

G_DEFINE_FINAL_TYPE (SideConflictsWindow, side_conflicts_window, ADW_TYPE_WINDOW)

static void
decision_free (Decision *decision)
{
  side_conflict_free (decision->conflict);
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
  side_window_class_add_keys (widget_class);
}

static void
side_conflicts_window_init (SideConflictsWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* ---- following the store ---- */

static void
tell (SideConflictsWindow *self,
      const GError        *error)
{
  g_autofree char *sentence = side_format_error (error);

  if (!side_error_is_cancelled (error))
    adw_toast_overlay_add_toast (self->toasts, side_toast_new (sentence));
}

/* Takes a group away, unless that is done already. */
static void
drop (SideConflictsWindow *self,
      GtkWidget           *group)
{
  if (self->desk == NULL || gtk_widget_get_parent (group) != GTK_WIDGET (self->box))
    return;
  gtk_box_remove (self->box, group);
  if (gtk_widget_get_first_child (GTK_WIDGET (self->box)) == NULL)
    gtk_stack_set_visible_child_name (self->stack, "none");
}

/* Shows @group in the place of @old, or behind all others. */
static void
put_group (SideConflictsWindow *self,
           GtkWidget           *group,
           GtkWidget           *old)
{
  if (old != NULL)
    {
      gtk_box_insert_child_after (self->box, group, old);
      gtk_box_remove (self->box, old);
    }
  else
    gtk_box_append (self->box, group);
  gtk_stack_set_visible_child_name (self->stack, "some");
}

static gboolean
same_name (const SideDocument *a,
           const SideDocument *b)
{
  return g_str_equal (a->kind, b->kind) && g_str_equal (a->id, b->id);
}

static gboolean
same_version (const SideDocument *a,
              const SideDocument *b)
{
  return a->revision == b->revision && a->deleted == b->deleted && g_strcmp0 (a->body, b->body) == 0;
}

static GtkWidget *
first_group (SideConflictsWindow *self)
{
  return gtk_widget_get_first_child (GTK_WIDGET (self->box));
}

static Decision *
find_decision (SideConflictsWindow *self,
               const SideDocument  *document)
{
  for (GtkWidget *group = first_group (self); group != NULL; group = gtk_widget_get_next_sibling (group))
    {
      Decision *decision = g_object_get_data (G_OBJECT (group), DECISION_KEY);

      if (decision != NULL && same_name (decision->mine, document))
        return decision;
    }
  return NULL;
}

static GtkWidget *
find_refused (SideConflictsWindow *self,
              const SideDocument  *document)
{
  for (GtkWidget *group = first_group (self); group != NULL; group = gtk_widget_get_next_sibling (group))
    {
      const SideOutboxItem *item = g_object_get_data (G_OBJECT (group), ITEM_KEY);

      if (item != NULL && same_name (item->document, document))
        return group;
    }
  return NULL;
}

static void listed_cb         (GObject *source, GAsyncResult *result, gpointer user_data);
static void refused_listed_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
reload (SideConflictsWindow *self)
{
  SideStore *store = self->desk != NULL ? side_desk_get_store (self->desk) : NULL;

  if (store == NULL)
    return;
  self->stale = self->n_listing > 0;
  if (self->stale)
    return;
  self->n_listing = 2;
  side_store_list_conflicts_async (store, self->cancellable, listed_cb, g_object_ref (self));
  side_store_list_refused_async (store, self->cancellable, refused_listed_cb, g_object_ref (self));
}

static void
one_listed (SideConflictsWindow *self)
{
  if (--self->n_listing == 0 && self->stale)
    reload (self);
}

/* ---- deciding ---- */

static void
deed_free (Deed *deed)
{
  g_object_unref (deed->window);
  g_object_unref (deed->group);
  g_free (deed);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Deed, deed_free)

static void
resolved_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (Deed) deed = user_data;
  g_autoptr (GError) error = NULL;
  SideConflictsWindow *self = deed->window;

  if (side_store_resolve_conflict_finish (SIDE_STORE (source), result, &error))
    {
      if (self->desk != NULL)
        side_desk_sync_now (self->desk);
      drop (self, deed->group);
      return;
    }
  if (self->desk == NULL)
    return;
  gtk_widget_set_sensitive (deed->group, TRUE);
  /* The newer version takes the group's place and says so. */
  if (!g_error_matches (error, SIDE_ERROR, SIDE_ERROR_CONFLICT))
    tell (self, error);
  reload (self);
}

static Deed *
deed_new (const Decision *decision)
{
  Deed *deed = g_new0 (Deed, 1);

  deed->window = g_object_ref (decision->window);
  deed->group = g_object_ref (decision->group);
  gtk_widget_set_sensitive (decision->group, FALSE);
  return deed;
}

static void
resolve (Decision    *decision,
         SideResolve  how,
         const char  *merged)
{
  SideStore *store = side_desk_get_store (decision->window->desk);

  if (store != NULL)
    side_store_resolve_conflict_async (store, decision->mine->kind, decision->mine->id, decision->theirs->revision, how,
                                       merged, NULL, resolved_cb, deed_new (decision));
}

/* Mine is safe as a document of its own before it goes as a version of theirs. */
static void
apart_put_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (Deed) deed = user_data;
  g_autoptr (GError) error = NULL;
  gboolean ok = side_desk_put_document_finish (SIDE_DESK (source), result, &error);

  if (deed->window->desk == NULL)
    return;
  gtk_widget_set_sensitive (deed->group, TRUE);
  if (ok)
    resolve (g_object_get_data (G_OBJECT (deed->group), DECISION_KEY), SIDE_RESOLVE_TAKE_THEIRS, NULL);
  else
    tell (deed->window, error);
}

/* By the rules of reviews: over theirs, or beside it. */
static void
save_review (Decision   *decision,
             const char *merged)
{
  SideDesk *desk = decision->window->desk;
  g_autoptr (SideDocument) apart = NULL;
  g_autofree char *settled = side_conflict_review_settle (desk, decision->mine, decision->theirs, merged, &apart);

  if (apart != NULL)
    side_desk_put_document_async (desk, apart, NULL, NULL, apart_put_cb, deed_new (decision));
  else
    resolve (decision, settled != NULL ? SIDE_RESOLVE_MERGED : SIDE_RESOLVE_TAKE_THEIRS, settled);
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
  merged = side_conflict_choice_merge (decision->conflict, decision->fields);
  if (merged != NULL && g_str_equal (decision->mine->kind, "review"))
    save_review (decision, merged);
  else
    resolve (decision, merged != NULL ? SIDE_RESOLVE_MERGED : SIDE_RESOLVE_TAKE_THEIRS, merged);
}

static void
version_chosen_cb (SideConflictVersion choice,
                   gpointer            user_data)
{
  Decision *decision = user_data;
  SideDesk *desk = decision->window->desk;
  g_autoptr (SideDocument) draft = NULL;

  if (choice != SIDE_CONFLICT_MINE_AS_DRAFT)
    {
      resolve (decision, choice == SIDE_CONFLICT_THEIRS ? SIDE_RESOLVE_TAKE_THEIRS : SIDE_RESOLVE_KEEP_MINE, NULL);
      return;
    }
  draft = side_conflict_versions_draft (decision->mine, decision->theirs, side_desk_get_write_ms (desk));
  side_desk_put_document_async (desk, draft, NULL, NULL, apart_put_cb, deed_new (decision));
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
  const SideCriterion *criterion = field->key != NULL ? side_conflict_criterion_of (self->scripts, document, field->key) : NULL;
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *choice = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *mine = gtk_toggle_button_new_with_label (C_("version", "Mine"));
  GtkWidget *theirs = gtk_toggle_button_new_with_label (C_("version", "Theirs"));
  g_autofree char *name = side_conflict_name_of (field, criterion);
  g_autofree char *my_value = side_conflict_value_of (self->desk, field, criterion, field->mine);
  g_autofree char *their_value = side_conflict_value_of (self->desk, field, criterion, field->theirs);
  /* Translators: the two values of a field */
  g_autofree char *both = g_strdup_printf (_("Mine: %s\nTheirs: %s"), my_value, their_value);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  side_conflict_call_name (row, self->desk, field);
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

/* What is here becomes a review of its own; theirs stays as it is. */
static void
apart_cb (GtkButton *button,
          Decision  *decision)
{
  SideDesk *desk = decision->window->desk;
  g_autoptr (SideDocument) apart = side_conflict_review_set_apart (desk, decision->mine, decision->theirs);

  if (apart != NULL)
    side_desk_put_document_async (desk, apart, NULL, NULL, apart_put_cb, deed_new (decision));
}

static void
add_apart (SideConflictsWindow *self,
           AdwPreferencesGroup *group,
           Decision            *decision)
{
  g_autoptr (SideDocument) apart = side_conflict_review_set_apart (self->desk, decision->mine, decision->theirs);
  GtkWidget *button;

  if (apart == NULL)
    return;
  button = gtk_button_new_with_label (_("Keep as Second Review"));
  gtk_widget_set_tooltip_text (button, _("What you wrote becomes a review of its own beside theirs; it counts for how reviewers agree, not for the operator"));
  g_signal_connect (button, "clicked", G_CALLBACK (apart_cb), decision);
  gtk_widget_set_halign (button, GTK_ALIGN_END);
  gtk_widget_set_margin_top (button, 6);
  adw_preferences_group_add (group, button);
}

static void
add_fields (SideConflictsWindow *self,
            AdwPreferencesGroup *group,
            Decision            *decision)
{
  GtkWidget *save = gtk_button_new_with_label (_("Save"));

  for (guint i = 0; i < decision->fields->len; i++)
    {
      SideConflictField *field = g_ptr_array_index (decision->fields, i);
      GtkWidget *row = field->settled ? NULL : new_row (self, decision->mine, field);

      if (row == NULL)
        continue;
      if (decision->mine->deleted || decision->theirs->deleted)
        {
          adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), decision->mine->deleted ? _("Deleted here, changed elsewhere")
                                                                                            : _("Changed here, deleted elsewhere"));
          adw_action_row_set_subtitle (ADW_ACTION_ROW (row), "");
        }
      adw_preferences_group_add (group, row);
    }
  if (side_conflict_choice_say (decision->conflict) != NULL)
    {
      gtk_button_set_label (GTK_BUTTON (save), _("OK"));
    }
  else if (!side_conflict_choice_is_left (decision->fields))
    {
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("There is nothing to choose: what each of you changed is kept"));
      adw_preferences_group_add (group, row);
    }
  gtk_widget_add_css_class (save, "suggested-action");
  g_signal_connect (save, "clicked", G_CALLBACK (save_cb), decision);
  gtk_widget_set_valign (save, GTK_ALIGN_CENTER);
  adw_preferences_group_set_header_suffix (group, save);
  add_apart (self, group, decision);
}

static GtkWidget *
new_group (SideConflictsWindow *self,
           Decision            *decision,
           gboolean             again)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  g_autofree char *description = side_conflict_choice_describe (self->desk, decision->conflict, again);
  g_autoptr (SideScript) mine = NULL;
  g_autoptr (SideScript) theirs = NULL;

  side_conflict_set_title (group, decision->mine);
  adw_preferences_group_set_description (group, description);
  side_conflict_call_add (group, self->desk, decision->mine, decision->theirs);
  if (side_conflict_versions_read (decision->mine, decision->theirs, decision->conflict->base, &mine, &theirs))
    side_conflict_versions_add (group, mine, theirs, version_chosen_cb, decision);
  else
    add_fields (self, group, decision);
  g_object_set_data_full (G_OBJECT (group), DECISION_KEY, decision, (GDestroyNotify) decision_free);
  return GTK_WIDGET (group);
}

/**
 * side_conflicts_window_show_one:
 * @self: the window
 * @conflict: what is to be decided about
 *
 * Adds it. When an older version of it is shown, this one takes its place, and
 * the person is told.
 */
void
side_conflicts_window_show_one (SideConflictsWindow *self,
                                const SideConflict  *conflict)
{
  SideDocument *mine = conflict->mine;
  SideDocument *theirs = conflict->theirs;
  Decision *decision;
  Decision *old;

  g_return_if_fail (SIDE_IS_CONFLICTS_WINDOW (self));
  old = find_decision (self, mine);
  if (old != NULL && same_version (old->mine, mine) && same_version (old->theirs, theirs))
    return;
  decision = g_new0 (Decision, 1);
  decision->window = self;
  decision->conflict = g_new0 (SideConflict, 1);
  decision->conflict->base = g_strdup (conflict->base);
  decision->mine = decision->conflict->mine = side_document_ref (mine);
  decision->theirs = decision->conflict->theirs = side_document_ref (theirs);
  decision->fields = side_conflict_choice_list (conflict);
  if (old != NULL)
    {
      /* Whether it is there at all is asked anew: the row does not say what changed. */
      if (!mine->deleted && !theirs->deleted)
        side_conflict_keep_choices (decision->fields, old->fields);
      adw_toast_overlay_add_toast (self->toasts, side_toast_new (_("It was changed again; look once more")));
    }
  decision->group = new_group (self, decision, old != NULL);
  put_group (self, decision->group, old != NULL ? old->group : NULL);
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
 * Adds it to what is to be decided about, or shows it anew when it was edited
 * or is refused for another reason.
 */
void
side_conflicts_window_show_refused (SideConflictsWindow  *self,
                                    const SideOutboxItem *item)
{
  GtkWidget *group;
  GtkWidget *old;
  const SideOutboxItem *before;

  g_return_if_fail (SIDE_IS_CONFLICTS_WINDOW (self));
  old = find_refused (self, item->document);
  before = old != NULL ? g_object_get_data (G_OBJECT (old), ITEM_KEY) : NULL;
  if (before != NULL && before->edit == item->edit && g_strcmp0 (before->error, item->error) == 0)
    return;
  group = side_refused_group_new (self->desk, item, side_conflict_title_of (item->document));
  g_object_set_data_full (G_OBJECT (group), ITEM_KEY, side_outbox_item_copy (item), (GDestroyNotify) side_outbox_item_free);
  g_signal_connect_object (group, "decided", G_CALLBACK (drop), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (group, "toast", G_CALLBACK (refused_toast_cb), self, G_CONNECT_SWAPPED);
  put_group (self, group, old);
}

static gboolean
is_among_refused (GPtrArray          *items,
                  const SideDocument *document)
{
  for (guint i = 0; i < items->len; i++)
    if (same_name (((SideOutboxItem *) g_ptr_array_index (items, i))->document, document))
      return TRUE;
  return FALSE;
}

static gboolean
is_among_conflicts (GPtrArray          *conflicts,
                    const SideDocument *document)
{
  for (guint i = 0; i < conflicts->len; i++)
    if (same_name (((SideConflict *) g_ptr_array_index (conflicts, i))->mine, document))
      return TRUE;
  return FALSE;
}

/* What is settled needs no decision any more. Either list may be %NULL. */
static void
drop_settled (SideConflictsWindow *self,
              GPtrArray           *conflicts,
              GPtrArray           *items)
{
  GtkWidget *next;

  for (GtkWidget *group = first_group (self); group != NULL; group = next)
    {
      const Decision *decision = g_object_get_data (G_OBJECT (group), DECISION_KEY);
      const SideOutboxItem *item = g_object_get_data (G_OBJECT (group), ITEM_KEY);

      next = gtk_widget_get_next_sibling (group);
      if ((conflicts != NULL && decision != NULL && !is_among_conflicts (conflicts, decision->mine))
          || (items != NULL && item != NULL && !is_among_refused (items, item->document)))
        drop (self, group);
    }
}

static void
refused_listed_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (SideConflictsWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = side_store_list_refused_finish (SIDE_STORE (source), result, &error);

  if (self->desk == NULL)
    return;
  if (items == NULL)
    tell (self, error);
  else
    drop_settled (self, NULL, items);
  for (guint i = 0; items != NULL && i < items->len; i++)
    side_conflicts_window_show_refused (self, g_ptr_array_index (items, i));
  one_listed (self);
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) conflicts = side_store_list_conflicts_finish (SIDE_STORE (source), result, &error);
  g_autoptr (SideConflictsWindow) self = user_data;

  if (self->desk == NULL)
    return;
  if (conflicts == NULL)
    tell (self, error);
  else
    drop_settled (self, conflicts, NULL);
  for (guint i = 0; conflicts != NULL && i < conflicts->len; i++)
    side_conflicts_window_show_one (self, g_ptr_array_index (conflicts, i));
  one_listed (self);
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
  g_signal_connect_object (source, "documents-changed", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  /* What is refused is no news about its document, only about how many there are. */
  g_signal_connect_object (source, "notify", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  reload (self);
}

/**
 * side_conflicts_window_set_scripts:
 * @self: the window
 * @scripts: (element-type SideScript): where the words of the questions stand, from now on
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
  /* Its words are read first, so that what is shown below bears them. */
  side_tags_get (desk);
  side_disputes_get (desk);
  store = side_desk_get_store (desk);
  if (store != NULL)
    side_store_list_documents_async (store, "script", NULL, NULL, self->cancellable, scripts_listed_cb,
                                     g_object_ref (self));
  return GTK_WIDGET (self);
}
