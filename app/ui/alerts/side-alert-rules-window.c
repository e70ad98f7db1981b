/* side-alert-rules-window.c - where the rules of alerts of a project are changed
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A row is opened to be changed, and has a switch of its own. Each change is
 * kept at once and can be taken back here. Rows stay what they are as long as
 * the rules are the same ones, so that what others change takes nobody's
 * keyboard away.
 */
#include "side-alert-rules-window.h"

#include <glib/gi18n.h>

#include "side-alert-rule-dialog.h"
#include "side-alert-words.h"
#include "side-clear.h"
#include "side-format.h"
#include "side-text.h"
#include "side-time.h"
#include "side-toast.h"
#include "side-window-keys.h"

struct _SideAlertRulesWindow
{
  AdwWindow        parent_instance;
  AdwToastOverlay *toasts;
  GtkStack        *stack;
  GtkWidget       *note;
  GtkWidget       *list;
  GtkWidget       *add;
  GtkWidget       *history[2];
  GPtrArray       *rows;       /* of Row, top to bottom */
  SideAlertShelf  *shelf;
  gboolean         showing;    /* switches are set, not turned */
};

typedef struct {
  char      *id;
  GtkWidget *row;
  GtkWidget *toggle;
  GtkWidget *remove;
  GtkWidget *arrow;
} Row;

G_DEFINE_FINAL_TYPE (SideAlertRulesWindow, side_alert_rules_window, ADW_TYPE_WINDOW)

static void
free_row (gpointer data)
{
  Row *row = data;

  g_free (row->id);
  g_free (row);
}

static void
side_alert_rules_window_dispose (GObject *object)
{
  SideAlertRulesWindow *self = SIDE_ALERT_RULES_WINDOW (object);

  if (self->shelf != NULL)
    g_signal_handlers_disconnect_by_data (self->shelf, self);
  g_clear_object (&self->shelf);
  G_OBJECT_CLASS (side_alert_rules_window_parent_class)->dispose (object);
}

static void
side_alert_rules_window_finalize (GObject *object)
{
  g_ptr_array_unref (SIDE_ALERT_RULES_WINDOW (object)->rows);
  G_OBJECT_CLASS (side_alert_rules_window_parent_class)->finalize (object);
}

static void
toast (SideAlertRulesWindow *self,
       const char           *words)
{
  adw_toast_overlay_add_toast (self->toasts, side_toast_new (words));
}

static const SideProject *
get_project (SideAlertRulesWindow *self)
{
  SideDesk *desk = side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (self->shelf));

  return desk != NULL ? side_desk_get_project (desk) : NULL;
}

static gboolean
may_write (SideAlertRulesWindow *self)
{
  return self->shelf != NULL && side_document_shelf_may_write (SIDE_DOCUMENT_SHELF (self->shelf));
}

/* ---- deeds ---- */

static void
open_dialog (SideAlertRulesWindow *self,
             const SideAlertRule  *rule)
{
  if (may_write (self))
    gtk_window_present (GTK_WINDOW (side_alert_rule_dialog_new (GTK_WINDOW (self), self->shelf, rule)));
}

static SideAlertRule *
find_rule (SideAlertRulesWindow *self,
           GtkWidget            *part)
{
  return self->shelf != NULL ? side_alert_shelf_find_rule (self->shelf, g_object_get_data (G_OBJECT (part), "id")) : NULL;
}

static void
activated_cb (SideAlertRulesWindow *self,
              GtkWidget            *row)
{
  const SideAlertRule *rule = find_rule (self, row);

  if (rule != NULL)
    open_dialog (self, rule);
}

static void
toggled_cb (SideAlertRulesWindow *self,
            GParamSpec           *pspec,
            GtkWidget            *toggle)
{
  const SideAlertRule *rule = self->showing ? NULL : find_rule (self, toggle);
  g_autoptr (SideAlertRule) copy = NULL;
  g_autofree char *title = NULL, *words = NULL;

  if (rule == NULL || !may_write (self) || rule->off != gtk_switch_get_active (GTK_SWITCH (toggle)))
    return;
  copy = side_alert_rule_copy (rule);
  copy->off = !copy->off;
  title = side_alert_words_title (copy, get_project (self));
  words = g_strdup_printf (copy->off ? _("rule “%s” turned off") : _("rule “%s” turned on"), title);
  side_alert_shelf_save_rule (self->shelf, words, copy);
}

static void
remove_cb (SideAlertRulesWindow *self,
           GtkWidget            *button)
{
  const SideAlertRule *rule = find_rule (self, button);
  g_autofree char *title = NULL, *words = NULL, *told = NULL, *id = NULL;
  AdwToast *message;
  gboolean own;

  if (rule == NULL || !may_write (self))
    return;
  id = g_strdup (rule->id);
  title = side_alert_words_title (rule, get_project (self));
  own = side_alert_shelf_is_own (self->shelf, id);
  words = own ? g_strdup (_("back to the project’s own limit")) : g_strdup_printf (_("rule “%s” removed"), title);
  told = own ? g_strdup (_("The project’s own limit is watched again.")) : g_strdup_printf (_("“%s” removed."), title);
  side_alert_shelf_remove_rule (self->shelf, words, id);
  message = side_toast_new (told);
  adw_toast_set_button_label (message, _("_Undo"));
  adw_toast_set_action_name (message, "rules.undo");
  adw_toast_overlay_add_toast (self->toasts, message);
}

static void
add_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  open_dialog (SIDE_ALERT_RULES_WINDOW (widget), NULL);
}

static void
history_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  SideAlertRulesWindow *self = SIDE_ALERT_RULES_WINDOW (widget);
  gboolean redo = g_str_has_suffix (name, "redo");
  SideSteps *steps = side_document_shelf_get_steps (SIDE_DOCUMENT_SHELF (self->shelf));
  g_autofree char *what = redo ? side_steps_redo (steps) : side_steps_undo (steps);
  g_autofree char *words = NULL;

  if (what == NULL)
    {
      gtk_widget_error_bell (widget);
      return;
    }
  words = g_strdup_printf (redo ? _("Done again: %s") : _("Undone: %s"), what);
  toast (self, words);
}

/* ---- the list ---- */

static void
add_words (GString    *out,
           const char *words)
{
  if (words != NULL && *words != '\0')
    g_string_append_printf (out, "%s%s", out->len > 0 ? "\u00a0· " : "", words);   /* no line begins with a dot */
}

static char *
dup_subtitle (SideAlertRulesWindow *self,
              const SideAlertRule  *rule)
{
  g_autofree char *where = side_alert_words_where (rule, get_project (self));
  g_autofree char *limits = side_alert_words_limits (rule), *hours = side_alert_words_hours (&rule->hours);
  g_autofree char *time = side_text_duration ((gint64) rule->hold_s * SIDE_SECOND_MS);
  g_autofree char *hold = rule->hold_s > 0 ? g_strdup_printf (_("for at least %s"), time) : NULL;
  g_autoptr (GString) out = g_string_new (NULL);

  if (rule->title != NULL && *rule->title != '\0')
    add_words (out, side_alert_words_watch (rule->watch));
  if (rule->watch != SIDE_ALERT_STALE)
    add_words (out, where);
  add_words (out, limits);
  add_words (out, hold);
  add_words (out, hours);
  if (!side_alert_shelf_is_written (self->shelf, rule->id))
    add_words (out, _("the project’s own limit"));
  return g_markup_escape_text (out->str, -1);
}

static void
name_part (GtkWidget  *part,
           const char *name)
{
  gtk_widget_set_tooltip_text (part, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (part), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
show_row (SideAlertRulesWindow *self,
          Row                  *row,
          const SideAlertRule  *rule)
{
  g_autofree char *words = side_alert_words_title (rule, get_project (self));
  g_autofree char *title = g_markup_escape_text (words, -1), *subtitle = dup_subtitle (self, rule);
  g_autofree char *toggle = g_strdup_printf (_("Watch “%s”"), words);
  g_autofree char *remove = side_alert_shelf_is_own (self->shelf, rule->id) ? g_strdup (_("Back to the Project’s Own Limit"))
                                                                            : g_strdup_printf (_("Remove “%s”"), words);
  gboolean may = may_write (self);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row->row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row->row), subtitle);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row->row), may);
  gtk_switch_set_active (GTK_SWITCH (row->toggle), !rule->off);
  gtk_widget_set_sensitive (row->toggle, may);
  gtk_widget_set_visible (row->remove, may && side_alert_shelf_is_written (self->shelf, rule->id));
  gtk_widget_set_visible (row->arrow, may);
  name_part (row->toggle, toggle);
  name_part (row->remove, remove);
}

static void
add_row (SideAlertRulesWindow *self,
         const SideAlertRule  *rule)
{
  Row *row = g_new0 (Row, 1);
  GtkWidget *parts[3];

  row->id = g_strdup (rule->id);
  row->row = parts[0] = adw_action_row_new ();
  row->toggle = parts[1] = gtk_switch_new ();
  row->remove = parts[2] = gtk_button_new_from_icon_name ("user-trash-symbolic");
  row->arrow = gtk_image_new_from_icon_name ("go-next-symbolic");
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row->row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row->row), 0);
  gtk_widget_add_css_class (row->remove, "flat");
  gtk_widget_set_valign (row->toggle, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (row->remove, GTK_ALIGN_CENTER);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    g_object_set_data_full (G_OBJECT (parts[i]), "id", g_strdup (rule->id), g_free);
  show_row (self, row, rule);
  g_signal_connect_object (row->toggle, "notify::active", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row->remove, "clicked", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  /* The switch after the button, which not every row has: all switches stand below one another. */
  adw_action_row_add_suffix (ADW_ACTION_ROW (row->row), row->remove);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row->row), row->toggle);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row->row), row->arrow);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row->row);
  g_ptr_array_add (self->rows, row);
}

static gboolean
is_same_rows (SideAlertRulesWindow *self,
              GPtrArray            *rules)
{
  gboolean same = rules->len == self->rows->len;

  for (guint i = 0; same && i < rules->len; i++)
    same = g_str_equal (((const Row *) self->rows->pdata[i])->id, ((const SideAlertRule *) rules->pdata[i])->id);
  return same;
}

/* Where the keyboard is: in which row, and on which part of it. */
typedef struct {
  char  *id;      /* nullable: nowhere in the list */
  guint  at;
  int    part;    /* 0 the row, 1 its switch, 2 its button */
} Focus;

static Focus
find_focus (SideAlertRulesWindow *self)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));
  Focus found = { NULL, 0, 0 };

  for (guint i = 0; focus != NULL && i < self->rows->len; i++)
    {
      const Row *row = self->rows->pdata[i];

      if (focus != row->row && !gtk_widget_is_ancestor (focus, row->row))
        continue;
      found.id = g_strdup (row->id);
      found.at = i;
      found.part = focus == row->toggle ? 1 : focus == row->remove ? 2 : 0;
    }
  return found;
}

/* In the same row where it still is, else in the one that took its place. */
static void
restore_focus (SideAlertRulesWindow *self,
               const Focus          *focus)
{
  Row *found;

  if (focus->id == NULL)
    return;
  if (self->rows->len == 0)
    {
      gtk_widget_grab_focus (self->add);
      return;
    }
  found = self->rows->pdata[MIN (focus->at, self->rows->len - 1)];
  for (guint i = 0; i < self->rows->len; i++)
    if (g_str_equal (((Row *) self->rows->pdata[i])->id, focus->id))
      found = self->rows->pdata[i];
  if (focus->part == 2 && gtk_widget_get_visible (found->remove))
    gtk_widget_grab_focus (found->remove);
  else
    gtk_widget_grab_focus (focus->part == 1 ? found->toggle : found->row);
}

static void
make_rows (SideAlertRulesWindow *self,
           GPtrArray            *rules)
{
  Focus focus = find_focus (self);

  g_ptr_array_set_size (self->rows, 0);
  side_clear_children (self->list);
  for (guint i = 0; i < rules->len; i++)
    add_row (self, rules->pdata[i]);
  gtk_stack_set_visible_child_name (self->stack, rules->len > 0 ? "list" : "none");
  restore_focus (self, &focus);
  g_free (focus.id);
}

static void
show_rules (SideAlertRulesWindow *self)
{
  GPtrArray *rules = side_alert_shelf_get_rules (self->shelf);
  gboolean may = may_write (self);
  SideStepsEnds ends;

  self->showing = TRUE;
  if (!is_same_rows (self, rules))
    make_rows (self, rules);
  for (guint i = 0; i < rules->len; i++)
    show_row (self, self->rows->pdata[i], rules->pdata[i]);
  self->showing = FALSE;
  gtk_label_set_label (GTK_LABEL (self->note),
                       may ? _("When all who look at this project are told that it does not go well. What is changed here is changed for all of them.")
                           : _("When all who look at this project are told that it does not go well. Your role can read the rules, not change them."));
  gtk_widget_set_visible (self->add, may);
  for (guint i = 0; i < G_N_ELEMENTS (self->history); i++)
    gtk_widget_set_visible (self->history[i], may);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "rules.add", may);
  side_steps_get_ends (side_document_shelf_get_steps (SIDE_DOCUMENT_SHELF (self->shelf)), &ends);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "rules.undo", may && ends.done != 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "rules.redo", may && ends.undone != 0);
}

static void
failed_cb (SideAlertRulesWindow *self,
           const GError         *error)
{
  g_autofree char *words = side_format_error (error);

  toast (self, words);
}

/* ---- the window ---- */

static void
side_alert_rules_window_class_init (SideAlertRulesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = side_alert_rules_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_alert_rules_window_finalize;
  gtk_widget_class_install_action (widget_class, "rules.add", NULL, add_action);
  gtk_widget_class_install_action (widget_class, "rules.undo", NULL, history_action);
  gtk_widget_class_install_action (widget_class, "rules.redo", NULL, history_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n, GDK_CONTROL_MASK, "rules.add", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "rules.undo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "rules.redo", NULL);
  side_window_class_add_keys (widget_class);
}

static GtkWidget *
new_none (void)
{
  GtkWidget *none = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (none), "alarm-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (none), _("No Rules Yet"));
  adw_status_page_set_description (ADW_STATUS_PAGE (none), _("Without a rule nobody is told when it does not go well."));
  return none;
}

static GtkWidget *
new_content (SideAlertRulesWindow *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new (), *clamp = adw_clamp_new (), *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->note = g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "xalign", 0.0, NULL);
  gtk_widget_add_css_class (self->note, "dim-label");
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_widget_set_valign (self->list, GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Rules of Alerts"), -1);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_vhomogeneous (self->stack, FALSE);
  gtk_stack_add_named (self->stack, new_none (), "none");
  gtk_stack_add_named (self->stack, self->list, "list");
  gtk_widget_add_css_class (content, "script-content");
  gtk_box_append (GTK_BOX (content), self->note);
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (self->stack));
  adw_clamp_set_child (ADW_CLAMP (clamp), content);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  gtk_widget_set_vexpand (scrolled, TRUE);
  return scrolled;
}

static GtkWidget *
new_header (SideAlertRulesWindow *self)
{
  static const struct { const char *icon; const char *action; const char *label; } buttons[G_N_ELEMENTS (self->history)] = {
    { "edit-undo-symbolic", "rules.undo", N_("Undo") }, { "edit-redo-symbolic", "rules.redo", N_("Redo") },
  };
  GtkWidget *header = adw_header_bar_new ();

  self->add = gtk_button_new_from_icon_name ("list-add-symbolic");
  name_part (self->add, _("Add Rule…"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->add), "rules.add");
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), self->add);
  for (gsize i = 0; i < G_N_ELEMENTS (self->history); i++)
    {
      GtkWidget *button = gtk_button_new_from_icon_name (buttons[i].icon);

      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), buttons[i].action);
      name_part (button, _(buttons[i].label));
      adw_header_bar_pack_start (ADW_HEADER_BAR (header), button);
      self->history[i] = button;
    }
  return header;
}

static void
side_alert_rules_window_init (SideAlertRulesWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->rows = g_ptr_array_new_with_free_func (free_row);
  gtk_window_set_title (GTK_WINDOW (self), _("Rules of Alerts"));
  gtk_window_set_default_size (GTK_WINDOW (self), 640, 560);
  gtk_box_append (GTK_BOX (box), new_header (self));
  self->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  adw_toast_overlay_set_child (self->toasts, new_content (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->toasts));
  adw_window_set_content (ADW_WINDOW (self), box);
}

/**
 * side_alert_rules_window_new:
 * @parent: (nullable): the window it stands above
 * @desk: whose project's rules it shows
 *
 * Returns: (transfer none): a window to be presented
 */
GtkWidget *
side_alert_rules_window_new (GtkWindow *parent,
                             SideDesk  *desk)
{
  SideAlertRulesWindow *self;

  g_return_val_if_fail (SIDE_IS_DESK (desk), NULL);

  self = g_object_new (SIDE_TYPE_ALERT_RULES_WINDOW, "transient-for", parent, "modal", parent != NULL, NULL);
  self->shelf = g_object_ref (side_alert_shelf_get (desk));
  g_signal_connect_object (self->shelf, "changed", G_CALLBACK (show_rules), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->shelf, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  show_rules (self);
  return GTK_WIDGET (self);
}
