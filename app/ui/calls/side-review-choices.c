/* side-review-choices.c - which script and whose review is shown
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two lists above the questions, each only where there is something to choose:
 * the scripts that a call can be scored with, and the reviews of it.
 */
#include "side-review-choices.h"

#include <glib/gi18n.h>

#include "side-review-words.h"

struct _SideReviewChoices
{
  GtkWidget         parent_instance;
  GtkWidget        *box;
  GtkDropDown      *scripts;
  GtkDropDown      *reviews;
  char             *script_lines;   /* (nullable): what each offers, a line each */
  char             *review_lines;
  SideReviewKeeper *keeper;
  SideDesk         *desk;
  gboolean          showing;
};

G_DEFINE_FINAL_TYPE (SideReviewChoices, side_review_choices, GTK_TYPE_WIDGET)

static guint leaving_signal;

static void
side_review_choices_dispose (GObject *object)
{
  SideReviewChoices *self = SIDE_REVIEW_CHOICES (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->keeper);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (side_review_choices_parent_class)->dispose (object);
}

static void
side_review_choices_finalize (GObject *object)
{
  g_free (SIDE_REVIEW_CHOICES (object)->script_lines);
  g_free (SIDE_REVIEW_CHOICES (object)->review_lines);
  G_OBJECT_CLASS (side_review_choices_parent_class)->finalize (object);
}

static void
side_review_choices_class_init (SideReviewChoicesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = side_review_choices_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_review_choices_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  leaving_signal = g_signal_new ("leaving", SIDE_TYPE_REVIEW_CHOICES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
script_chosen_cb (SideReviewChoices *self)
{
  GPtrArray *scripts;
  guint selected = gtk_drop_down_get_selected (self->scripts);

  if (self->showing || self->keeper == NULL)
    return;
  g_signal_emit (self, leaving_signal, 0);
  scripts = side_review_keeper_get_scripts (self->keeper);
  if (selected < scripts->len)
    side_review_keeper_choose_script (self->keeper, ((SideScript *) g_ptr_array_index (scripts, selected))->id);
}

static void
review_chosen_cb (SideReviewChoices *self)
{
  GPtrArray *others;
  guint first, selected = gtk_drop_down_get_selected (self->reviews);

  if (self->showing || self->keeper == NULL)
    return;
  g_signal_emit (self, leaving_signal, 0);
  others = side_review_keeper_get_others (self->keeper);
  first = side_review_keeper_may_write (self->keeper) ? 1 : 0;
  if (selected < first)
    side_review_keeper_choose (self->keeper, NULL);
  else if (selected - first < others->len)
    side_review_keeper_choose (self->keeper, ((SideReview *) g_ptr_array_index (others, selected - first))->id);
}

static GtkDropDown *
add_drop_down (SideReviewChoices *self,
               const char        *label,
               const char        *style,
               GCallback          callback)
{
  GtkWidget *drop_down = gtk_drop_down_new (NULL, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_tooltip_text (drop_down, label);
  gtk_widget_add_css_class (drop_down, style);
  gtk_widget_set_visible (drop_down, FALSE);
  g_signal_connect_object (drop_down, "notify::selected", callback, self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), drop_down);
  return GTK_DROP_DOWN (drop_down);
}

static void
side_review_choices_init (SideReviewChoices *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->scripts = add_drop_down (self, _("Which script it is scored with"), "script-choice", G_CALLBACK (script_chosen_cb));
  self->reviews = add_drop_down (self, _("Whose review is shown"), "review-choice", G_CALLBACK (review_chosen_cb));
}

/**
 * side_review_choices_set_keeper:
 * @self: choices, once
 * @keeper: whose reviews are chosen from
 * @desk: for the time zone
 */
void
side_review_choices_set_keeper (SideReviewChoices *self,
                                SideReviewKeeper  *keeper,
                                SideDesk          *desk)
{
  g_return_if_fail (SIDE_IS_REVIEW_CHOICES (self));
  g_return_if_fail (self->keeper == NULL);

  self->keeper = g_object_ref (keeper);
  self->desk = g_object_ref (desk);
}

/* A list that says the same stays as it is: it may be open. */
static void
offer (SideReviewChoices *self,
       GtkDropDown       *drop_down,
       char             **lines,
       const char        *text,
       guint              selected,
       guint              n_lines)
{
  self->showing = TRUE;
  if (g_strcmp0 (*lines, text) != 0)
    {
      g_auto (GStrv) words = g_strsplit (text, "\n", -1);
      g_autoptr (GtkStringList) list = gtk_string_list_new ((const char *const *) words);

      g_free (*lines);
      *lines = g_strdup (text);
      gtk_drop_down_set_model (drop_down, G_LIST_MODEL (list));
    }
  gtk_drop_down_set_selected (drop_down, selected);
  self->showing = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (drop_down), n_lines > 1);
  gtk_widget_set_visible (GTK_WIDGET (self),
                          gtk_widget_get_visible (GTK_WIDGET (self->scripts)) || gtk_widget_get_visible (GTK_WIDGET (self->reviews)));
}

static void
offer_scripts (SideReviewChoices *self)
{
  GPtrArray *scripts = side_review_keeper_get_scripts (self->keeper);
  const SideScript *shown = side_review_keeper_get_script (self->keeper);
  g_autoptr (GString) text = g_string_new (NULL);
  guint selected = 0;

  for (guint i = 0; i < scripts->len; i++)
    {
      const SideScript *script = g_ptr_array_index (scripts, i);
      g_autofree char *title = g_strdelimit (g_strdup (script->title), "\n", ' ');

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", title);
      if (shown != NULL && g_str_equal (shown->id, script->id))
        selected = i;
    }
  offer (self, self->scripts, &self->script_lines, text->str, selected, scripts->len);
}

static void
offer_reviews (SideReviewChoices *self)
{
  GPtrArray *others = side_review_keeper_get_others (self->keeper);
  const SideReview *review = side_review_keeper_get_review (self->keeper);
  gboolean own = side_review_keeper_may_write (self->keeper);
  g_autoptr (GString) text = g_string_new (own ? _("My review") : NULL);
  guint selected = 0;

  for (guint i = 0; i < others->len; i++)
    {
      const SideReview *other = g_ptr_array_index (others, i);
      g_autofree char *words = side_review_words_choice (self->desk, other);

      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", words);
      if (review != NULL && g_str_equal (review->id, other->id))
        selected = i + (own ? 1 : 0);
    }
  offer (self, self->reviews, &self->review_lines, text->str, selected, others->len + (own ? 1 : 0));
}

/**
 * side_review_choices_update:
 * @self: choices
 *
 * Offers what the keeper has now; while it reads, what was chosen stands.
 */
void
side_review_choices_update (SideReviewChoices *self)
{
  g_return_if_fail (SIDE_IS_REVIEW_CHOICES (self));

  if (self->keeper == NULL || side_review_keeper_is_loading (self->keeper))
    return;
  offer_scripts (self);
  offer_reviews (self);
}
