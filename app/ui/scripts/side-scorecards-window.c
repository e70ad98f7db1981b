/* side-scorecards-window.c - the scorecards made with a script, side by side
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A column for each thing that was scored, a row for the total and for each
 * section. All are scored with the script as it is now, or they could not be
 * compared; what it asks anew is not answered there yet.
 */
#include "side-scorecards-window.h"

#include <glib/gi18n.h>
#include <math.h>

#include "side-clear.h"
#include "side-format.h"
#include "side-score-ring.h"
#include "side-score.h"
#include "side-scorecard-window.h"
#include "side-scorecards-export.h"
#include "side-script-files.h"
#include "side-script-labels.h"
#include "side-toast.h"
#include "side-window-keys.h"

#define NAME_CHARS 22

struct _SideScorecardsWindow
{
  AdwWindow        parent_instance;
  AdwToastOverlay *toasts;
  GtkStack        *stack;
  GtkWidget       *grid;
  GtkWidget       *save;
  GtkWidget       *add;
  SideScorecards  *shelf;
  SideScript      *script;
};

G_DEFINE_FINAL_TYPE (SideScorecardsWindow, side_scorecards_window, ADW_TYPE_WINDOW)

static SideDesk *
desk_of (SideScorecardsWindow *self)
{
  return side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (self->shelf));
}

/* ---- the table ---- */

static GtkWidget *
add_label (SideScorecardsWindow *self,
           const char           *text,
           const char           *css_class,
           int                   column,
           int                   row)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), NAME_CHARS);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_grid_attach (GTK_GRID (self->grid), label, column, row, 1, 1);
  return label;
}

static void
add_score (SideScorecardsWindow *self,
           const SideScore      *score,
           gboolean              total,
           int                   column,
           int                   row)
{
  gboolean known = score->answered > 0 && !isnan (score->score);
  g_autofree char *text = known ? g_strdup_printf ("%.0f", score->score) : g_strdup ("—");
  GtkWidget *label = add_label (self, text, "numeric", column, row);

  if (total)
    gtk_widget_add_css_class (label, "title-3");
  /* No praise for a form that was hardly begun. */
  if (known && score->answered == score->total && side_score_class (score->score) != NULL)
    gtk_widget_add_css_class (label, side_score_class (score->score));
}

static void
open_cb (SideScorecardsWindow *self,
         GtkWidget            *button)
{
  const SideScorecard *card = side_scorecards_find (self->shelf, g_object_get_data (G_OBJECT (button), "id"));

  if (card != NULL && desk_of (self) != NULL)
    gtk_window_present (side_scorecard_window_new (GTK_WINDOW (self), desk_of (self), self->script, card));
}

static void
add_head (SideScorecardsWindow *self,
          const SideScorecard  *card,
          int                   column)
{
  SideProject *project = desk_of (self) != NULL ? side_desk_get_project (desk_of (self)) : NULL;
  GtkWidget *button = gtk_button_new (), *name = gtk_label_new (card->subject);
  g_autofree char *day = project != NULL && card->at_ms != 0
                             ? side_format_date (project->time_zone, card->at_ms, side_desk_get_now_ms (desk_of (self))) : g_strdup ("");
  g_autofree char *words = g_strdup_printf ("%s · %s", day, card->review->reviewer != NULL ? card->review->reviewer : "");

  gtk_label_set_wrap (GTK_LABEL (name), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (name), NAME_CHARS);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_widget_add_css_class (name, "heading");
  gtk_button_set_child (GTK_BUTTON (button), name);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _("Open the scorecard"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, card->subject, -1);
  g_object_set_data_full (G_OBJECT (button), "id", g_strdup (card->review->id), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (open_cb), self, G_CONNECT_SWAPPED);
  gtk_grid_attach (GTK_GRID (self->grid), button, column, 0, 1, 1);
  add_label (self, words, "dim-label", column, 1);
}

static void
add_card (SideScorecardsWindow *self,
          const SideScorecard  *card,
          int                   column)
{
  g_autofree char *answered = NULL;
  SideScore score;

  add_head (self, card, column);
  side_score_compute (self->script, card->review, &score);
  add_score (self, &score, TRUE, column, 2);
  answered = g_strdup_printf (_("%u of %u"), score.answered, score.total);
  add_label (self, answered, "dim-label", column, 3);
  for (guint i = 0; i < self->script->sections->len; i++)
    {
      side_score_section (self->script, self->script->sections->pdata[i], card->review, &score);
      add_score (self, &score, FALSE, column, (int) i + 4);
    }
}

static void
show_cards (SideScorecardsWindow *self)
{
  g_autoptr (GPtrArray) cards = side_scorecards_list (self->shelf, self->script->id);

  side_clear_children (self->grid);
  gtk_stack_set_visible_child_name (self->stack, cards->len > 0 ? "cards" : "none");
  gtk_widget_set_visible (self->save, cards->len > 0);
  if (cards->len == 0)
    return;
  add_label (self, _("Total"), "heading", 0, 2);
  add_label (self, _("Questions answered"), "dim-label", 0, 3);
  for (guint i = 0; i < self->script->sections->len; i++)
    {
      g_autofree char *title = g_strdup_printf ("%u. %s", i + 1, ((const SideSection *) self->script->sections->pdata[i])->title);

      add_label (self, title, NULL, 0, (int) i + 4);
    }
  for (guint i = 0; i < cards->len; i++)
    add_card (self, cards->pdata[i], (int) i + 1);
}

/* ---- actions ---- */

static void
add_cb (SideScorecardsWindow *self)
{
  if (desk_of (self) != NULL)
    gtk_window_present (side_scorecard_window_new (GTK_WINDOW (self), desk_of (self), self->script, NULL));
}

static void
saved_cb (GtkWidget  *widget,
          SideScript *draft,
          const char *words)
{
  adw_toast_overlay_add_toast (SIDE_SCORECARDS_WINDOW (widget)->toasts, side_toast_new (words));
}

static void
save_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  SideScorecardsWindow *self = SIDE_SCORECARDS_WINDOW (widget);
  const char *format = g_variant_get_string (parameter, NULL);
  SideProject *project = desk_of (self) != NULL ? side_desk_get_project (desk_of (self)) : NULL;
  g_autoptr (GPtrArray) cards = side_scorecards_list (self->shelf, self->script->id);
  g_autofree char *title = g_strdup (side_script_label_title (self->script));
  g_autofree char *file = NULL;

  if (project == NULL)
    return;
  g_strdelimit (title, "/\\:*?\"<>|\n\t", '-');
  file = g_strdup_printf ("%s.%s", title, format);
  side_script_files_save (widget, _("Save the Scorecards"), file,
                          g_str_equal (format, "csv") ? side_scorecards_to_csv (project, self->script, cards)
                                                      : side_scorecards_to_json (project, self->script, cards), saved_cb);
}

static void
failed_cb (SideScorecardsWindow *self,
           const GError         *error)
{
  g_autofree char *words = g_strdup_printf (_("The scorecards could not be read or written: %s"), error->message);

  adw_toast_overlay_add_toast (self->toasts, side_toast_new (words));
}

/* ---- the window ---- */

static GtkWidget *
new_menu (void)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkWidget *button = gtk_menu_button_new ();

  g_menu_append (menu, _("Save as CSV…"), "scorecards.save::csv");
  g_menu_append (menu, _("Save as JSON…"), "scorecards.save::json");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_widget_set_tooltip_text (button, _("More"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("More"), -1);
  return button;
}

static void
add_pages (SideScorecardsWindow *self)
{
  GtkWidget *none = adw_status_page_new (), *scrolled = gtk_scrolled_window_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (none), "side-scripts-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (none), _("No Scorecards Yet"));
  adw_status_page_set_description (ADW_STATUS_PAGE (none),
                                   _("Fill the form in for each call centre that may be chosen: here they stand side by side."));
  gtk_stack_add_named (self->stack, none, "none");
  self->grid = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), 24);
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), 10);
  gtk_widget_add_css_class (self->grid, "script-content");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->grid);
  gtk_stack_add_named (self->stack, scrolled, "cards");
}

static void
side_scorecards_window_init (SideScorecardsWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *header = adw_header_bar_new ();
  GtkWidget *add = gtk_button_new_with_mnemonic (_("_New Scorecard"));

  gtk_window_set_default_size (GTK_WINDOW (self), 760, 520);
  self->save = new_menu ();
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), add);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->save);
  g_signal_connect_object (add, "clicked", G_CALLBACK (add_cb), self, G_CONNECT_SWAPPED);
  self->add = add;
  self->stack = GTK_STACK (gtk_stack_new ());
  add_pages (self);
  self->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  adw_toast_overlay_set_child (self->toasts, GTK_WIDGET (self->stack));
  gtk_widget_set_vexpand (GTK_WIDGET (self->toasts), TRUE);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->toasts));
  adw_window_set_content (ADW_WINDOW (self), box);
}

static void
side_scorecards_window_dispose (GObject *object)
{
  SideScorecardsWindow *self = SIDE_SCORECARDS_WINDOW (object);

  if (self->shelf != NULL)
    g_signal_handlers_disconnect_by_data (self->shelf, self);
  g_clear_object (&self->shelf);
  g_clear_pointer (&self->script, side_script_unref);
  G_OBJECT_CLASS (side_scorecards_window_parent_class)->dispose (object);
}

static void
side_scorecards_window_class_init (SideScorecardsWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = side_scorecards_window_dispose;
  gtk_widget_class_install_action (widget_class, "scorecards.save", "s", save_action);
  side_window_class_add_keys (widget_class);
}

/**
 * side_scorecards_window_new:
 * @parent: (nullable): the window it stands beside
 * @desk: whose project
 * @script: the form
 *
 * Returns: (transfer none): a window to be presented
 */
GtkWindow *
side_scorecards_window_new (GtkWindow        *parent,
                            SideDesk         *desk,
                            const SideScript *script)
{
  SideScorecardsWindow *self = g_object_new (SIDE_TYPE_SCORECARDS_WINDOW, "transient-for", parent, NULL);
  g_autofree char *title = g_strdup_printf (_("Scorecards: %s"), side_script_label_title (script));

  self->script = side_script_ref ((SideScript *) script);
  self->shelf = g_object_ref (side_scorecards_get (desk));
  gtk_window_set_title (GTK_WINDOW (self), title);
  gtk_widget_set_sensitive (self->add,
                            script->state == SIDE_SCRIPT_IN_USE && side_document_shelf_may_write (SIDE_DOCUMENT_SHELF (self->shelf)));
  g_signal_connect_object (self->shelf, "changed", G_CALLBACK (show_cards), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->shelf, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  show_cards (self);
  return GTK_WINDOW (self);
}
