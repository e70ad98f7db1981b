/* side-test-pick.c - picks a test call among the call centre's own calls by hand
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Offers what came while the test call went on, the nearest to its beginning
 * first. Which one it was, the person knows better than any rule.
 */
#include "side-test-pick.h"

#include <glib/gi18n.h>

#include "side-format.h"
#include "side-settings.h"
#include "side-test-comparison-words.h"
#include "side-test-finder.h"
#include "side-text.h"
#include "side-window-keys.h"
#include "side-wrapping.h"

#define MOST_CALLS 200

struct _SideTestPick
{
  AdwWindow      parent_instance;
  GtkWidget     *list;
  GtkWidget     *nothing;
  SideScenarios *shelf;
  SideTestCall  *call;
  GPtrArray     *calls;        /* of SideCall, as the rows are */
  GCancellable  *cancellable;
};

G_DEFINE_FINAL_TYPE (SideTestPick, side_test_pick, ADW_TYPE_WINDOW)

static guint picked_signal;

static void
side_test_pick_dispose (GObject *object)
{
  SideTestPick *self = SIDE_TEST_PICK (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->shelf);
  G_OBJECT_CLASS (side_test_pick_parent_class)->dispose (object);
}

static void
side_test_pick_finalize (GObject *object)
{
  SideTestPick *self = SIDE_TEST_PICK (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->calls, g_ptr_array_unref);
  g_clear_pointer (&self->call, side_test_call_unref);
  G_OBJECT_CLASS (side_test_pick_parent_class)->finalize (object);
}

static void
side_test_pick_class_init (SideTestPickClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_test_pick_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_test_pick_finalize;
  side_window_class_add_keys (GTK_WIDGET_CLASS (klass));
  picked_signal = g_signal_new ("picked", SIDE_TYPE_TEST_PICK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
pick (SideTestPick *self,
      const char   *id)
{
  g_signal_emit (self, picked_signal, 0, id);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
none_cb (SideTestPick *self)
{
  pick (self, "");
}

static void
row_activated_cb (SideTestPick  *self,
                  GtkListBoxRow *row)
{
  const SideCall *call = self->calls->pdata[gtk_list_box_row_get_index (row)];

  pick (self, call->id);
}

static void
side_test_pick_init (SideTestPick *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *header = adw_header_bar_new (), *clamp = adw_clamp_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new (), *none = gtk_button_new_with_mnemonic (_("_None of These"));
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->cancellable = g_cancellable_new ();
  gtk_window_set_title (GTK_WINDOW (self), _("Which Call Was It?"));
  gtk_window_set_default_size (GTK_WINDOW (self), 520, 480);
  g_signal_connect_object (none, "clicked", G_CALLBACK (none_cb), self, G_CONNECT_SWAPPED);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), none);
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_widget_set_visible (self->list, FALSE);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated_cb), self, G_CONNECT_SWAPPED);
  self->nothing = gtk_label_new (NULL);
  side_label_wrap (GTK_LABEL (self->nothing));
  gtk_widget_add_css_class (content, "script-content");
  gtk_box_append (GTK_BOX (content), self->nothing);
  gtk_box_append (GTK_BOX (content), self->list);
  adw_clamp_set_child (ADW_CLAMP (clamp), content);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), scrolled);
  adw_window_set_content (ADW_WINDOW (self), box);
}

static GtkWidget *
new_row (SideTestPick   *self,
         const SideCall *call)
{
  SideDesk *desk = side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (self->shelf));
  SideProject *project = desk != NULL ? side_desk_get_project (desk) : NULL;
  g_autofree char *time = project != NULL ? side_format_time_seconds (project->time_zone, call->joined_ms) : NULL;
  g_autofree char *caller = side_text_phone (call->caller, side_settings_get_masked ());
  g_autofree char *wait = side_test_comparison_words_seconds (call->wait_ms);
  g_autofree char *talk = side_test_comparison_words_seconds (call->talk_ms + call->hold_ms);
  g_autofree char *title = g_strdup_printf ("%s · %s", time != NULL ? time : "", side_format_queue_name (project, call->queue));
  /* Translators: who called, how it ended, how long it waited, how long it was talked */
  g_autofree char *words = g_strdup_printf (_("%s · %s · waited %s · talked %s"), caller, side_format_outcome (call->outcome), wait, talk);
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  if (g_strcmp0 (call->id, self->call->call) == 0)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("object-select-symbolic"));
  return row;
}

static int
compare_nearest (gconstpointer a,
                 gconstpointer b,
                 gpointer      data)
{
  const SideTestCall *call = data;
  gint64 x = ABS ((*(SideCall *const *) a)->joined_ms - call->dialled_ms), y = ABS ((*(SideCall *const *) b)->joined_ms - call->dialled_ms);

  return x < y ? -1 : x > y;
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (SideTestPick) self = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *calls = side_store_list_calls_finish (SIDE_STORE (source), result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    {
      g_clear_pointer (&calls, g_ptr_array_unref);
      return;
    }
  if (calls == NULL)
    {
      g_autofree char *words = side_format_error (error);

      gtk_label_set_text (GTK_LABEL (self->nothing), words);
      return;
    }
  self->calls = calls;
  g_ptr_array_sort_with_data (calls, compare_nearest, self->call);
  for (guint i = 0; i < calls->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->list), new_row (self, calls->pdata[i]));
  gtk_widget_set_visible (self->list, calls->len > 0);
  gtk_label_set_text (GTK_LABEL (self->nothing), calls->len > 0 ? _("The call centre’s calls that came while the test call went on.")
                                                                : _("No call of the call centre is known of that time."));
}

/**
 * side_test_pick_new:
 * @shelf: where @call is kept
 * @call: a test call that is over
 *
 * Returns: (transfer none): a window to be presented
 */
GtkWidget *
side_test_pick_new (SideScenarios      *shelf,
                    const SideTestCall *call)
{
  SideTestPick *self;
  SideStore *store;
  g_autoptr (SideCallQuery) query = NULL;

  g_return_val_if_fail (SIDE_IS_SCENARIOS (shelf) && call != NULL, NULL);

  self = g_object_new (SIDE_TYPE_TEST_PICK, "modal", TRUE, NULL);
  self->shelf = g_object_ref (shelf);
  self->call = side_test_call_copy (call);
  store = side_document_shelf_get_store (SIDE_DOCUMENT_SHELF (shelf));
  query = side_test_finder_new_query (call);
  if (store != NULL)
    side_store_list_calls_async (store, query, MOST_CALLS, self->cancellable, listed_cb, g_object_ref (self));
  return GTK_WIDGET (self);
}
