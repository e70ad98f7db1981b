/* side-conflict-versions.c - two versions of a script with one number
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two people put a version of a script in use, apart. What is in use never
 * changes, so there is nothing to merge: mine becomes the next version, or a
 * draft, or goes. What differs is shown in the words of the script.
 */
#include "side-conflict-versions.h"

#include <glib/gi18n.h>

#include "side-script-difference.h"
#include "side-text.h"
#include "side-wire.h"

static char *
content_of (const char  *body,
            SideScript **script)
{
  *script = body != NULL ? side_wire_script_from_json (body, -1, NULL) : NULL;
  return *script != NULL ? side_wire_script_content (*script) : NULL;
}

/**
 * side_conflict_versions_read:
 * @mine: the version here
 * @theirs: the server's
 * @base: (nullable): body of what mine was made of
 * @my_script: (out) (transfer full): what they say, where this is about versions
 * @their_script: (out) (transfer full): likewise
 *
 * Returns: whether both are versions of a script that say different things, and
 *   mine is a new one; otherwise only whether it is in use is to be decided
 *   about, or nothing here
 */
gboolean
side_conflict_versions_read (const SideDocument  *mine,
                             const SideDocument  *theirs,
                             const char          *base,
                             SideScript         **my_script,
                             SideScript         **their_script)
{
  g_autoptr (SideScript) one = NULL;
  g_autoptr (SideScript) other = NULL;
  g_autoptr (SideScript) before = NULL;
  g_autofree char *ours = NULL;
  g_autofree char *others = NULL;
  g_autofree char *old = NULL;

  if (!g_str_equal (mine->kind, "script"))
    return FALSE;
  ours = content_of (mine->body, &one);
  others = content_of (theirs->body, &other);
  old = content_of (base, &before);
  if (ours == NULL || others == NULL || g_str_equal (ours, others) || g_strcmp0 (ours, old) == 0)
    return FALSE;
  *my_script = g_steal_pointer (&one);
  *their_script = g_steal_pointer (&other);
  return TRUE;
}

typedef struct {
  SideConflictVersionFunc chosen;
  gpointer                user_data;
  SideConflictVersion     choice;
} Choice;

static void
chosen_cb (GtkButton *button,
           Choice    *choice)
{
  choice->chosen (choice->choice, choice->user_data);
}

static void
free_choice (gpointer  choice,
             GClosure *closure)
{
  g_free (choice);
}

static void
add_choice (AdwPreferencesGroup *group,
            const char          *title,
            const char          *subtitle,
            const char          *label,
            const Choice        *choice)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_with_label (label);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  if (choice->choice == SIDE_CONFLICT_MINE_NEXT)
    gtk_widget_add_css_class (button, "suggested-action");
  g_signal_connect_data (button, "clicked", G_CALLBACK (chosen_cb), g_memdup2 (choice, sizeof *choice), free_choice, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (group, row);
}

static void
add_difference (AdwPreferencesGroup *group,
                const SideScript    *mine,
                const SideScript    *theirs)
{
  GtkWidget *row = adw_expander_row_new ();
  GtkWidget *inner = gtk_list_box_row_new ();
  GtkWidget *difference = side_script_difference_new (theirs, mine);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), mine->title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), _("What mine changes against theirs"));
  gtk_widget_set_margin_start (difference, 12);
  gtk_widget_set_margin_end (difference, 12);
  gtk_widget_set_margin_top (difference, 12);
  gtk_widget_set_margin_bottom (difference, 12);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (inner), FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (inner), difference);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (row), inner);
  adw_preferences_group_add (group, row);
}

/**
 * side_conflict_versions_add:
 * @group: where it is decided about
 * @mine: the version here
 * @theirs: the version in use on the server
 * @chosen: called with what was chosen; must live as long as @group
 * @user_data: its data
 *
 * Adds what differs, and what can be done.
 */
void
side_conflict_versions_add (AdwPreferencesGroup     *group,
                            const SideScript        *mine,
                            const SideScript        *theirs,
                            SideConflictVersionFunc  chosen,
                            gpointer                 user_data)
{
  Choice choice = { chosen, user_data, SIDE_CONFLICT_MINE_NEXT };
  g_autofree char *after = NULL;

  g_return_if_fail (ADW_IS_PREFERENCES_GROUP (group));
  add_difference (group, mine, theirs);
  /* Translators: %d: the number of the version of a script that somebody else put in use */
  after = g_strdup_printf (_("Put mine in use after their version %d"), theirs->version);
  add_choice (group, after, _("What was reviewed with mine and not sent yet keeps its score and names the new version."), _("Put in Use"), &choice);
  choice.choice = SIDE_CONFLICT_MINE_AS_DRAFT;
  add_choice (group, _("Leave theirs in use, and mine as a draft"),
              _("What was reviewed with mine and not sent yet is a draft again, to be looked through with theirs."),
              _("Keep as Draft"), &choice);
  choice.choice = SIDE_CONFLICT_THEIRS;
  add_choice (group, _("Leave theirs in use, without mine"),
              _("What was reviewed with mine and not sent yet is a draft again, to be looked through with theirs."),
              _("Give Mine Up"), &choice);
}

/**
 * side_conflict_versions_draft:
 * @mine: a version that is not to be in use
 * @theirs: the version that is
 * @now_ms: the present instant
 *
 * Returns: (transfer full) (nullable): @mine as a draft of the version after both
 */
SideDocument *
side_conflict_versions_draft (const SideDocument *mine,
                              const SideDocument *theirs,
                              gint64              now_ms)
{
  g_autoptr (SideScript) one = NULL;
  g_autoptr (SideScript) other = NULL;
  g_autoptr (SideScript) draft = NULL;
  g_autofree char *id = side_id_new ();
  SideDocument *document;

  if (!side_conflict_versions_read (mine, theirs, NULL, &one, &other))
    return NULL;
  one->state = SIDE_SCRIPT_IN_USE;
  draft = side_script_draft (one, id);
  draft->version = MAX (one->version, other->version) + 1;
  document = side_wire_document_for_draft (draft);
  document->changed_ms = now_ms;
  return document;
}
