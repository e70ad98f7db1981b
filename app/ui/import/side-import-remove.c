/* side-import-remove.c - removing an imported call
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nothing brings it back but the file it came from, and nothing what was
 * written about it: so it is asked. The page has the action while it shows
 * such a call.
 */
#include "side-import-remove.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "side-format.h"
#include "side-imports.h"

/* Of a page that shows an imported call, and of the question it asked. */
typedef struct {
  gatomicrefcount  ref_count;
  SideCallDetail  *page;
  SideDesk        *desk;
  char            *call;
} Removal;

static const char shown_key[] = "side-import-shown";

static Removal *
removal_ref (Removal *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

static void
removal_unref (gpointer data)
{
  Removal *self = data;

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_object_unref (self->desk);
  g_free (self->call);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Removal, removal_unref)

static void
closure_unref (gpointer  data,
               GClosure *closure)
{
  removal_unref (data);
}

static void
page_gone_cb (gpointer  data,
              GObject  *page)
{
  ((Removal *) data)->page = NULL;
}

static GtkWindow *
window_of (Removal *self)
{
  GtkRoot *root = self->page != NULL ? gtk_widget_get_root (GTK_WIDGET (self->page)) : NULL;

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
removed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (Removal) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;
  GtkWidget *dialog;

  if (side_store_remove_imports_finish (SIDE_STORE (source), result, &error) >= 0)
    {
      /* Unless another one is shown by now. */
      if (self->page != NULL && g_object_get_data (G_OBJECT (self->page), shown_key) == self)
        side_call_detail_set_call (self->page, NULL);
      return;
    }
  words = side_format_error (error);
  dialog = adw_message_dialog_new (window_of (self), _("Not Removed"), words);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             gpointer          data)
{
  Removal *self = data;
  SideStore *store = side_desk_get_store (self->desk);
  const char *calls[] = { self->call, NULL };

  if (g_str_equal (response, "remove") && store != NULL)
    side_store_remove_imports_async (store, calls, NULL, removed_cb, removal_ref (self));
}

static void
ask_cb (GSimpleAction *action,
        GVariant      *parameter,
        gpointer       data)
{
  Removal *self = data;
  GtkWidget *dialog = adw_message_dialog_new (window_of (self), _("Remove This Recording?"),
                                              _("Its copy on this computer goes, with its notes, marks and scores. The file it was imported from stays where it is."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "remove", _("_Remove"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "remove", ADW_RESPONSE_DESTRUCTIVE);
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), removal_ref (self), closure_unref, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
withdraw (gpointer data)
{
  Removal *self = data;

  if (self->page != NULL)
    g_object_weak_unref (G_OBJECT (self->page), page_gone_cb, self);
  self->page = NULL;
  removal_unref (self);
}

/**
 * side_import_offer_remove:
 * @page: the page of a call
 * @desk: whose call it is
 * @call: (nullable): what the page shows from now on
 *
 * Gives the page the action "import.remove" while that can be removed. It asks,
 * and removes the call with its file and all that was written about it.
 */
void
side_import_offer_remove (SideCallDetail *page,
                          SideDesk       *desk,
                          const SideCall *call)
{
  g_autoptr (GSimpleActionGroup) group = NULL;
  g_autoptr (GSimpleAction) action = NULL;
  Removal *self;

  g_return_if_fail (SIDE_IS_CALL_DETAIL (page) && SIDE_IS_DESK (desk));
  gtk_widget_insert_action_group (GTK_WIDGET (page), "import", NULL);
  g_object_set_data (G_OBJECT (page), shown_key, NULL);
  if (call == NULL || !call->imported)
    return;
  self = g_new0 (Removal, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->page = page;
  self->desk = g_object_ref (desk);
  self->call = g_strdup (call->id);
  g_object_weak_ref (G_OBJECT (page), page_gone_cb, self);
  g_object_set_data_full (G_OBJECT (page), shown_key, self, withdraw);
  group = g_simple_action_group_new ();
  action = g_simple_action_new ("remove", NULL);
  g_signal_connect_data (action, "activate", G_CALLBACK (ask_cb), removal_ref (self), closure_unref, 0);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
  gtk_widget_insert_action_group (GTK_WIDGET (page), "import", G_ACTION_GROUP (group));
}
