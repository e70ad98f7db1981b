/* side-script-versions.c - the versions of a script, and what each changed
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The newest is at hand; older ones come from the store one by one. One that
 * nobody reviewed with may not be on this computer: it is asked of the server
 * when there is one, and left out when not. Two of them can be compared.
 */
#include "side-script-versions.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "side-clear.h"
#include "side-draft-fields.h"
#include "side-format.h"
#include "side-script-difference.h"
#include "side-wire.h"

#define MAX_VERSIONS 50   /* the newest that are looked for */

struct _SideScriptVersions
{
  GtkWidget     parent_instance;
  GtkWidget    *scrolled;
  GtkWidget    *list;
  GtkWidget    *compare;       /* what is shown when there are two */
  GtkWidget    *before;
  GtkWidget    *after;
  GtkWidget    *difference;    /* GtkBox with the list in it */
  GtkWidget    *retire;
  SideDesk     *desk;          /* weak */
  GPtrArray    *versions;      /* of SideScript, the newest first */
  GCancellable *cancellable;
  gboolean      retired;
  gboolean      showing;
};

G_DEFINE_FINAL_TYPE (SideScriptVersions, side_script_versions, GTK_TYPE_WIDGET)

static guint retire_signal;

static void
side_script_versions_dispose (GObject *object)
{
  SideScriptVersions *self = SIDE_SCRIPT_VERSIONS (object);

  self->showing = TRUE;
  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  G_OBJECT_CLASS (side_script_versions_parent_class)->dispose (object);
}

static void
side_script_versions_finalize (GObject *object)
{
  SideScriptVersions *self = SIDE_SCRIPT_VERSIONS (object);

  g_clear_weak_pointer (&self->desk);
  g_clear_object (&self->cancellable);
  g_ptr_array_unref (self->versions);
  G_OBJECT_CLASS (side_script_versions_parent_class)->finalize (object);
}

static void
side_script_versions_class_init (SideScriptVersionsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_script_versions_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_script_versions_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  retire_signal = g_signal_new ("retire", SIDE_TYPE_SCRIPT_VERSIONS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

/* ---- the list ---- */

static char *
version_title (const SideScript *script)
{
  return script->state == SIDE_SCRIPT_DRAFT ? g_strdup_printf (_("v%d, draft"), script->version)
                                            : g_strdup_printf (_("v%d"), script->version);
}

static GtkWidget *
make_row (SideScriptVersions *self,
          const SideScript   *script)
{
  SideProject *project = self->desk != NULL ? side_desk_get_project (self->desk) : NULL;
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = version_title (script);
  g_autofree char *date = NULL;
  g_autofree char *subtitle = NULL;
  g_autofree char *escaped = NULL;

  if (script->since_ms > 0 && project != NULL)
    date = side_format_date (project->time_zone, script->since_ms, side_desk_get_now_ms (self->desk));
  subtitle = g_strjoin (" · ", date != NULL ? date : _("date not known"),
                        script->author != NULL ? script->author : _("author not known"),
                        script->note != NULL && *script->note != '\0' ? script->note : NULL, NULL);
  escaped = g_markup_escape_text (script->state == SIDE_SCRIPT_DRAFT ? _("not in use yet") : subtitle, -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), escaped);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  return row;
}

static const SideScript *
chosen (SideScriptVersions *self,
        GtkWidget          *choice)
{
  guint index = gtk_drop_down_get_selected (GTK_DROP_DOWN (choice));

  return index < self->versions->len ? g_ptr_array_index (self->versions, index) : NULL;
}

static void
compare_cb (SideScriptVersions *self)
{
  const SideScript *before = chosen (self, self->before), *after = chosen (self, self->after);

  if (self->showing)
    return;
  side_clear_children (self->difference);
  if (before != NULL && after != NULL)
    gtk_box_append (GTK_BOX (self->difference), side_script_difference_new (before, after));
}

static void
show_all (SideScriptVersions *self)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  self->showing = TRUE;
  side_clear_children (self->list);
  for (guint i = 0; i < self->versions->len; i++)
    {
      const SideScript *script = g_ptr_array_index (self->versions, i);

      gtk_list_box_append (GTK_LIST_BOX (self->list), make_row (self, script));
      g_ptr_array_add (words, version_title (script));
    }
  g_ptr_array_add (words, NULL);
  gtk_widget_set_visible (self->compare, self->versions->len > 1);
  if (self->versions->len > 1)
    {
      side_draft_choice_show (self->after, (const char *const *) words->pdata, 0);
      side_draft_choice_show (self->before, (const char *const *) words->pdata, 1);
    }
  self->showing = FALSE;
  compare_cb (self);
}

/* ---- reading the older ones ---- */

static int
compare_versions (gconstpointer a,
                  gconstpointer b)
{
  const SideScript *x = *(SideScript *const *) a, *y = *(SideScript *const *) b;

  return y->version - x->version;
}

static void
take (SideScriptVersions *self,
      SideScript         *script)
{
  for (guint i = 0; i < self->versions->len; i++)
    {
      const SideScript *other = g_ptr_array_index (self->versions, i);

      if (other->version == script->version && other->state != SIDE_SCRIPT_DRAFT)
        return;
    }
  g_ptr_array_add (self->versions, side_script_ref (script));
  g_ptr_array_sort (self->versions, compare_versions);
  show_all (self);
}

static void
asked_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (SideScriptVersions) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SideDocument) document = side_link_get_script_finish (SIDE_LINK (source), result, &error);
  g_autoptr (SideScript) script = document != NULL && document->body != NULL
                                  ? side_wire_script_from_json (document->body, -1, NULL) : NULL;

  if (script != NULL && !g_cancellable_is_cancelled (self->cancellable))
    take (self, script);
}

typedef struct {
  SideScriptVersions *self;
  char               *id;
  int                 version;
  GCancellable       *cancellable;
} Asking;

static void
asking_free (Asking *asking)
{
  g_object_unref (asking->self);
  g_object_unref (asking->cancellable);
  g_free (asking->id);
  g_free (asking);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asking, asking_free)

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (Asking) asking = data;
  SideScriptVersions *self = asking->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (SideScript) script = side_store_get_script_finish (SIDE_STORE (source), result, &error);
  SideLink *link;

  if (g_cancellable_is_cancelled (asking->cancellable))
    return;
  link = self->desk != NULL ? side_desk_get_link (self->desk) : NULL;
  if (script != NULL)
    take (self, script);
  else if (link != NULL && side_desk_get_state (self->desk) == SIDE_DESK_LIVE)
    side_link_get_script_async (link, asking->id, asking->version, asking->cancellable, asked_cb, g_object_ref (self));
}

static void
read_older (SideScriptVersions *self,
            const SideScript   *newest)
{
  SideStore *store = self->desk != NULL ? side_desk_get_store (self->desk) : NULL;

  for (int version = newest->version - 1; store != NULL && version >= 1 && version > newest->version - MAX_VERSIONS; version--)
    {
      Asking *asking = g_new0 (Asking, 1);

      asking->self = g_object_ref (self);
      asking->id = g_strdup (newest->id);
      asking->version = version;
      asking->cancellable = g_object_ref (self->cancellable);
      side_store_get_script_async (store, newest->id, version, self->cancellable, read_cb, asking);
    }
}

/* ---- making ---- */

static void
sure_cb (SideScriptVersions *self,
         const char         *response)
{
  if (g_str_equal (response, "yes"))
    g_signal_emit (self, retire_signal, 0, !self->retired);
}

static void
retire_cb (SideScriptVersions *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *dialog;

  dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                   self->retired ? _("Take the Script Back into Use?") : _("Retire the Script?"),
                                   self->retired ? _("New reviews can be made with it again.")
                                                 : _("No new reviews are made with it. Those there are keep it."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "no", _("_Cancel"),
                                    "yes", self->retired ? _("_Take Back") : _("_Retire"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "yes",
                                              self->retired ? ADW_RESPONSE_SUGGESTED : ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "no");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "no");
  g_signal_connect_object (dialog, "response", G_CALLBACK (sure_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static GtkWidget *
make_choice (SideScriptVersions *self,
             const char         *name)
{
  GtkWidget *choice = side_draft_choice_new (name);

  g_signal_connect_object (choice, "notify::selected", G_CALLBACK (compare_cb), self, G_CONNECT_SWAPPED);
  return choice;
}

static void
make_compare (SideScriptVersions *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *title = gtk_label_new (_("What differs"));
  GtkWidget *to = gtk_label_new ("→");

  gtk_widget_add_css_class (title, "heading");
  gtk_widget_set_hexpand (title, TRUE);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  self->before = make_choice (self, _("The earlier version"));
  self->after = make_choice (self, _("The later version"));
  self->difference = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (line), title);
  gtk_box_append (GTK_BOX (line), self->before);
  gtk_box_append (GTK_BOX (line), to);
  gtk_box_append (GTK_BOX (line), self->after);
  self->compare = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  gtk_box_append (GTK_BOX (self->compare), line);
  gtk_box_append (GTK_BOX (self->compare), self->difference);
}

static void
side_script_versions_init (SideScriptVersions *self)
{
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  self->versions = g_ptr_array_new_with_free_func ((GDestroyNotify) side_script_unref);
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Versions"), -1);
  make_compare (self);
  self->retire = gtk_button_new ();
  gtk_widget_set_halign (self->retire, GTK_ALIGN_START);
  g_signal_connect_object (self->retire, "clicked", G_CALLBACK (retire_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_css_class (content, "script-content");
  gtk_box_append (GTK_BOX (content), self->list);
  gtk_box_append (GTK_BOX (content), self->compare);
  gtk_box_append (GTK_BOX (content), self->retire);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 720);
  adw_clamp_set_child (ADW_CLAMP (clamp), content);
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), clamp);
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));
}

/**
 * side_script_versions_new:
 *
 * Returns: (transfer floating): a list of no versions
 */
GtkWidget *
side_script_versions_new (void)
{
  return g_object_new (SIDE_TYPE_SCRIPT_VERSIONS, NULL);
}

/**
 * side_script_versions_open:
 * @self: a list of versions
 * @desk: (nullable): where older ones are read
 * @script: (nullable): what is looked at: a script or a draft
 * @in_use: (nullable): the version of it that is in use, or was last
 * @may_edit: whether it may be retired by this person
 */
void
side_script_versions_open (SideScriptVersions *self,
                           SideDesk           *desk,
                           const SideScript   *script,
                           const SideScript   *in_use,
                           gboolean            may_edit)
{
  g_return_if_fail (SIDE_IS_SCRIPT_VERSIONS (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_set_weak_pointer (&self->desk, desk);
  g_ptr_array_set_size (self->versions, 0);
  if (script != NULL && script != in_use)
    g_ptr_array_add (self->versions, side_script_ref ((SideScript *) script));
  if (in_use != NULL)
    g_ptr_array_add (self->versions, side_script_ref ((SideScript *) in_use));
  self->retired = in_use != NULL && in_use->state == SIDE_SCRIPT_RETIRED;
  gtk_widget_set_visible (self->retire, may_edit && in_use != NULL && script == in_use);
  gtk_button_set_label (GTK_BUTTON (self->retire), self->retired ? _("Take Back into Use…") : _("Retire Script…"));
  show_all (self);
  if (in_use != NULL)
    read_older (self, in_use);
}
