/* side-reviews-save.c - the menu that saves finished reviews to a file
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Has them gathered, asks where to, and says in a sentence how it went: the
 * window stays usable meanwhile. Where there is nothing, nobody is asked.
 */
#include "side-reviews-save.h"

#include <glib/gi18n.h>

#include "side-blind.h"
#include "side-reviews-gather.h"
#include "side-time.h"

/* Where the actions stand on their widget. */
typedef struct {
  GtkWidget        *widget;    /* not held: the actions are its own */
  SideDesk         *desk;
  SideReviewsSaved  saved;
} Menu;

/* One file, from the wish until it is there. */
typedef struct {
  GtkWidget            *widget;    /* held */
  SideReviewsSaved      saved;
  char                 *name;      /* that is proposed */
  GtkFileChooserNative *chooser;
  SideReviewsFile      *made;
  GFile                *file;
} Saving;

static void
menu_free (gpointer   data,
           GClosure  *closure)
{
  Menu *menu = data;

  g_object_unref (menu->desk);
  g_free (menu);
}

static void
saving_free (Saving *self)
{
  g_clear_object (&self->chooser);
  g_clear_object (&self->file);
  g_clear_pointer (&self->made, side_reviews_file_free);
  g_object_unref (self->widget);
  g_free (self->name);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Saving, saving_free)

static char *
say_saved (const SideReviewsFile *made,
           const char            *name)
{
  g_autofree char *words = g_strdup_printf (ngettext ("%u review is in “%s”.", "%u reviews are in “%s”.", made->n), made->n, name);
  g_autofree char *left_out = NULL;

  if (made->n_held_back == 0)
    return g_steal_pointer (&words);
  left_out = g_strdup_printf (ngettext ("%u is left out: its call is being reviewed blind.", "%u are left out: their calls are being reviewed blind.", made->n_held_back),
                              made->n_held_back);
  return g_strdup_printf ("%s %s", words, left_out);
}

static void
replaced_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (Saving) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_file_get_basename (self->file);
  g_autofree char *words = NULL;

  if (g_file_replace_contents_finish (self->file, result, NULL, &error))
    words = say_saved (self->made, name);
  else
    words = g_strdup_printf (_("“%s” could not be saved: %s"), name, error->message);
  self->saved (self->widget, words);
}

static void
chosen_cb (Saving *self,
           int     response)
{
  if (response == GTK_RESPONSE_ACCEPT)
    self->file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
  if (self->file == NULL)
    {
      saving_free (self);
      return;
    }
  /* What is said of people is for its owner's eyes alone. */
  g_file_replace_contents_bytes_async (self->file, self->made->bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, replaced_cb, self);
}

static void
ask_where (Saving *self)
{
  GtkRoot *root = gtk_widget_get_root (self->widget);

  self->chooser = gtk_file_chooser_native_new (_("Save Reviews"), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                               GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), self->name);
  g_signal_connect_swapped (self->chooser, "response", G_CALLBACK (chosen_cb), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
gathered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (Saving) self = data;
  g_autoptr (GError) error = NULL;

  self->made = side_reviews_gather_finish (SIDE_STORE (source), result, &error);
  if (self->made == NULL)
    {
      g_autofree char *words = g_strdup_printf (_("The reviews could not be read: %s"), error->message);

      self->saved (self->widget, words);
      return;
    }
  if (self->made->n > 0)
    ask_where (g_steal_pointer (&self));
  else if (self->made->n_held_back > 0)
    self->saved (self->widget, _("All finished reviews are of calls that are being reviewed blind."));
  else
    self->saved (self->widget, _("There is no finished review yet."));
}

/* "Reviews 2026-11-22.csv" */
static char *
propose_name (SideProject     *project,
              SideReviewsForm  form,
              gint64           now_ms)
{
  g_autoptr (GDateTime) now = side_time_to_local (project->time_zone, now_ms);
  g_autofree char *day = g_date_time_format (now, "%Y-%m-%d");

  if (form == SIDE_REVIEWS_CSV_ANSWERS)
    return g_strdup_printf (_("Answers %s.csv"), day);
  return g_strdup_printf (form == SIDE_REVIEWS_JSON ? _("Reviews %s.json") : _("Reviews %s.csv"), day);
}

static void
start (const Menu      *menu,
       SideReviewsForm  form)
{
  SideProject *project = side_desk_get_project (menu->desk);
  SideStore *store = side_desk_get_store (menu->desk);
  g_auto (GStrv) hidden = NULL;
  Saving *self;

  if (project == NULL || store == NULL)
    return;
  self = g_new0 (Saving, 1);
  self->widget = g_object_ref (menu->widget);
  self->saved = menu->saved;
  self->name = propose_name (project, form, side_desk_get_now_ms (menu->desk));
  hidden = side_blind_list_calls (side_blind_get (menu->desk));
  side_reviews_gather_async (store, project, form, (const char *const *) hidden, NULL, gathered_cb, self);
}

static void
save_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  const char *form = g_variant_get_string (parameter, NULL);

  if (g_str_equal (form, "json"))
    start (data, SIDE_REVIEWS_JSON);
  else
    start (data, g_str_equal (form, "answers") ? SIDE_REVIEWS_CSV_ANSWERS : SIDE_REVIEWS_CSV);
}

/**
 * side_reviews_save_add_actions:
 * @widget: where the group "reviews" is put: "reviews.save" with "csv",
 *   "answers" or "json"
 * @desk: whose reviews
 * @saved: told in a sentence how it went; not at all when it was called off
 */
void
side_reviews_save_add_actions (GtkWidget        *widget,
                               SideDesk         *desk,
                               SideReviewsSaved  saved)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) action = g_simple_action_new ("save", G_VARIANT_TYPE_STRING);
  Menu *menu;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (SIDE_IS_DESK (desk));

  menu = g_new0 (Menu, 1);
  menu->widget = widget;
  menu->desk = g_object_ref (desk);
  menu->saved = saved;
  g_signal_connect_data (action, "activate", G_CALLBACK (save_cb), menu, menu_free, 0);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
  gtk_widget_insert_action_group (widget, "reviews", G_ACTION_GROUP (group));
}
