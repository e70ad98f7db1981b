/* side-prompt-dialog.c - an announcement out of a test call: to compare with, and compared
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the line said in this call, or in an earlier one by the same scenario,
 * becomes how that announcement should sound, for all calls to come; or this call
 * is compared with it now. Both are steps that can be taken back, of the scenario
 * and of the call. Only calls whose recording is on this computer are offered.
 */
#include "side-prompt-dialog.h"

#include <glib/gi18n.h>

#include "side-error.h"
#include "side-format.h"
#include "side-player.h"
#include "side-prompt-sound.h"
#include "side-scenario-words.h"
#include "side-test-call-words.h"
#include "side-test-prompt.h"
#include "side-test-prompts.h"
#include "side-test-recordings.h"
#include "side-text.h"
#include "side-wrapping.h"

#define THEIRS 1   /* channel of a recording */

struct _SidePromptDialog
{
  AdwWindow        parent_instance;
  AdwComboRow     *call;
  AdwComboRow     *part;
  AdwComboRow     *prompt;
  GtkWidget       *listen;
  GtkWidget       *compare;
  GtkWidget       *use;
  GtkWidget       *words;
  SideScenarios   *shelf;
  SideDraftKeeper *keeper;      /* of the call that is looked at */
  gboolean         editable;
  GPtrArray       *calls;       /* of SideTestCall: whose recordings are here */
  GPtrArray       *parts;       /* of SideTestSegment, not owned: of the call that is chosen */
  SidePlayer      *player;
  gint64           until_ms;    /* where it is to stop */
  GCancellable    *cancellable; /* (nullable): while a part is cut out or compared */
};

G_DEFINE_FINAL_TYPE (SidePromptDialog, side_prompt_dialog, ADW_TYPE_WINDOW)

/* A part of a recording, and what it is for. */
typedef struct {
  char         *path;
  gint64        from_ms;
  gint64        to_ms;
  char         *name;      /* of the announcement */
  SideTestCall *call;      /* (nullable): what it is compared with */
  char         *heard;     /* (nullable): the recording of that */
} Work;

typedef struct {
  char      *sound;
  char      *sha256;
  GPtrArray *prompts;   /* (nullable): of SideTestPrompt: what was found */
} Made;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_free (work->path);
  g_free (work->name);
  g_free (work->heard);
  g_clear_pointer (&work->call, side_test_call_unref);
  g_free (work);
}

static void
made_free (gpointer data)
{
  Made *made = data;

  g_free (made->sound);
  g_free (made->sha256);
  g_clear_pointer (&made->prompts, g_ptr_array_unref);
  g_free (made);
}

static SideDesk *
desk_of (SidePromptDialog *self)
{
  return side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (self->shelf));
}

static const SideTestCall *
call_of (SidePromptDialog *self)
{
  return side_draft_keeper_get (self->keeper);
}

/* Returns: (nullable): the scenario as it is now */
static const SideScenario *
scenario_of (SidePromptDialog *self)
{
  SideScenarioItem *item = call_of (self)->scenario != NULL ? side_scenarios_find (self->shelf, call_of (self)->scenario) : NULL;

  return item != NULL ? side_scenario_item_get (item) : NULL;
}

static const SideTestCall *
chosen_call (SidePromptDialog *self)
{
  guint at = adw_combo_row_get_selected (self->call);

  return at < self->calls->len ? self->calls->pdata[at] : NULL;
}

static const SideTestSegment *
chosen_part (SidePromptDialog *self)
{
  guint at = adw_combo_row_get_selected (self->part);

  return at < self->parts->len ? self->parts->pdata[at] : NULL;
}

/* Where the recording of a call begins, from the moment it was dialled. */
static gint64
begins_ms (const SideTestCall *call)
{
  return call->recorded_ms != 0 ? call->recorded_ms - call->dialled_ms : 0;
}

static char *
dup_path (SidePromptDialog   *self,
          const SideTestCall *call)
{
  g_autofree char *path = side_test_recordings_dup_path (desk_of (self), call);

  return call->recording != NULL && g_file_test (path, G_FILE_TEST_IS_REGULAR) ? g_steal_pointer (&path) : NULL;
}

static gboolean
is_same_call (const SideTestCall *a,
              const SideTestCall *b)
{
  return g_strcmp0 (a->review->id, b->review->id) == 0;
}

/* Returns: (transfer full): name of the announcement that is chosen, or of the new one */
static char *
dup_prompt_name (SidePromptDialog *self)
{
  const SideScenario *scenario = scenario_of (self);
  guint at = adw_combo_row_get_selected (self->prompt), n = scenario != NULL ? scenario->prompts->len : 0;

  if (at < n)
    return g_strdup (((const SideScenarioPrompt *) scenario->prompts->pdata[at])->name);
  /* Translators: the name of an announcement of a telephone line, until somebody gives it another */
  return n == 0 ? g_strdup (_("greeting")) : g_strdup_printf (_("announcement %u"), n + 1);
}

/* ---- what is shown ---- */

static void
tell (SidePromptDialog *self,
      const char       *words)
{
  gtk_label_set_label (GTK_LABEL (self->words), words);
}

static gboolean
may_change_scenario (SidePromptDialog *self)
{
  const SideScenario *scenario = scenario_of (self);

  return scenario != NULL && side_scenarios_may_edit (self->shelf, scenario);
}

static void
show_buttons (SidePromptDialog *self)
{
  const SideTestCall *call = chosen_call (self);
  g_autofree char *ours = dup_path (self, call_of (self));
  gboolean ready = call != NULL && chosen_part (self) != NULL && self->cancellable == NULL;
  gboolean plays = side_player_get_state (self->player) == SIDE_PLAYER_PLAYING;

  gtk_button_set_label (GTK_BUTTON (self->listen), plays ? _("Stop Listening") : _("Listen"));
  gtk_widget_set_sensitive (self->listen, chosen_part (self) != NULL);
  gtk_widget_set_sensitive (self->compare, ready && ours != NULL && self->editable && !is_same_call (call, call_of (self)));
  gtk_widget_set_sensitive (self->use, ready && may_change_scenario (self));
}

static gboolean
speaks (const SideTestSegment *segment)
{
  return segment->kind == SIDE_SEGMENT_MENU || segment->kind == SIDE_SEGMENT_ANNOUNCEMENT || segment->kind == SIDE_SEGMENT_OTHER
         || segment->kind == SIDE_SEGMENT_EARLY_MEDIA || segment->kind == SIDE_SEGMENT_MACHINE;
}

/* Whatever was said, where nobody is taken for a voice of the line. */
static void
show_parts (SidePromptDialog *self)
{
  const SideTestCall *call = chosen_call (self);
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  g_ptr_array_set_size (self->parts, 0);
  for (guint i = 0; call != NULL && i < call->segments->len; i++)
    {
      SideTestSegment *segment = call->segments->pdata[i];
      g_autofree char *from = side_text_duration_tenths (segment->from_ms);
      g_autofree char *to = side_text_duration_tenths (segment->to_ms);
      g_autofree char *words = NULL;

      if (!speaks (segment) || segment->to_ms <= begins_ms (call))
        continue;
      words = g_strdup_printf ("%s–%s · %s", from, to, segment->label != NULL ? segment->label : side_test_call_words_segment (segment->kind));
      gtk_string_list_append (list, words);
      g_ptr_array_add (self->parts, segment);
    }
  adw_combo_row_set_model (self->part, G_LIST_MODEL (list));
  gtk_widget_set_sensitive (GTK_WIDGET (self->part), self->parts->len > 0);
  if (call == NULL)
    tell (self, _("No recording of a call by this scenario is on this computer."));
  else
    tell (self, self->parts->len > 0 ? "" : _("In this call the line said nothing by itself."));
  show_buttons (self);
}

/* The announcement a part was named after is the one that is meant. */
static void
show_prompt (SidePromptDialog *self)
{
  const SideScenario *scenario = scenario_of (self);
  const SideTestSegment *part = chosen_part (self);

  for (guint i = 0; scenario != NULL && part != NULL && part->label != NULL && i < scenario->prompts->len; i++)
    if (g_strcmp0 (((const SideScenarioPrompt *) scenario->prompts->pdata[i])->name, part->label) == 0)
      adw_combo_row_set_selected (self->prompt, i);
  show_buttons (self);
}

static void
call_cb (SidePromptDialog *self)
{
  side_player_close (self->player);
  show_parts (self);
  show_prompt (self);
}

static void
part_cb (SidePromptDialog *self)
{
  side_player_close (self->player);
  show_prompt (self);
}

/* ---- listening ---- */

static void
position_cb (SidePromptDialog *self)
{
  if (side_player_get_state (self->player) == SIDE_PLAYER_PLAYING && side_player_get_position_ms (self->player) >= self->until_ms)
    side_player_pause (self->player);
}

static void
player_cb (SidePromptDialog *self)
{
  const GError *error = side_player_get_error (self->player);

  if (side_player_get_state (self->player) == SIDE_PLAYER_FAILED && error != NULL)
    tell (self, error->message);
  show_buttons (self);
}

static void
listen_cb (SidePromptDialog *self)
{
  const SideTestCall *call = chosen_call (self);
  const SideTestSegment *part = chosen_part (self);
  g_autofree char *path = call != NULL && part != NULL ? dup_path (self, call) : NULL;

  if (side_player_get_state (self->player) == SIDE_PLAYER_PLAYING)
    side_player_pause (self->player);
  else if (path != NULL)
    {
      self->until_ms = part->to_ms - begins_ms (call);
      side_player_open (self->player, path);
      side_player_seek (self->player, MAX (part->from_ms - begins_ms (call), 0));
      side_player_play (self->player);
    }
}

/* ---- cutting it out ---- */

static const char *
words_for (const GError *error)
{
  if (g_error_matches (error, SIDE_ERROR, SIDE_ERROR_INVALID))
    return _("There are not two seconds of sound in this part: it could not be told from others.");
  if (g_error_matches (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND))
    return _("The recording is not on this computer any more.");
  return _("The recording cannot be read, or it is damaged.");
}

static GPtrArray *
compare (const Work  *work,
         const Made  *made,
         GError     **error)
{
  g_autoptr (SideTestCall) call = side_test_call_copy (work->call);
  g_autoptr (SideScenario) scenario = side_scenario_new (NULL, NULL, NULL);

  side_scenario_set_sound (scenario, side_scenario_add_prompt (scenario, work->name, NULL), made->sound, made->sha256);
  g_clear_pointer (&call->pinned, side_scenario_unref);
  call->pinned = g_steal_pointer (&scenario);
  return side_test_prompts_find (call, work->heard, begins_ms (call), error);
}

static void
cut_thread (GTask        *task,
            gpointer      source,
            gpointer      data,
            GCancellable *cancellable)
{
  const Work *work = data;
  Made *made = g_new0 (Made, 1);
  g_autoptr (GError) error = NULL;

  made->sound = side_prompt_sound_new_of (work->path, THEIRS, work->from_ms, work->to_ms, &made->sha256, &error);
  if (made->sound != NULL && work->call != NULL)
    made->prompts = compare (work, made, &error);
  if (error == NULL)
    {
      g_task_return_pointer (task, made, made_free);
      return;
    }
  made_free (made);
  g_task_return_error (task, g_steal_pointer (&error));
}

/* A step of the call: what was found takes the place of what was found of it before. */
static void
take_comparison (SidePromptDialog *self,
                 GPtrArray        *prompts)
{
  SideTestCall *draft = side_draft_keeper_begin (self->keeper);

  for (guint i = 0; i < prompts->len; i++)
    {
      const SideTestPrompt *from = prompts->pdata[i];
      SideTestPrompt *to = side_test_call_find_prompt (draft, from->name);
      g_autofree char *words = side_test_prompt_words (from);

      if (to == NULL)
        to = side_test_call_add_prompt (draft, from->name);
      to->state = from->state;
      to->likeness = from->likeness;
      to->judged = from->judged;
      to->from_ms = from->from_ms;
      tell (self, words);
    }
  side_draft_keeper_put (self->keeper, draft, _("announcement compared"), NULL);
}

/* A step of the scenario, to be taken back where that is edited. */
static void
take_reference (SidePromptDialog *self,
                const char       *name,
                const Made       *made)
{
  SideDraftKeeper *keeper = may_change_scenario (self) ? side_scenarios_get_keeper (self->shelf, call_of (self)->scenario) : NULL;
  g_autoptr (SideScenario) draft = keeper != NULL ? side_draft_keeper_begin (keeper) : NULL;
  g_autofree char *words = g_strdup_printf (_("Calls are compared with this recording of “%s” from now on."), name);
  SideScenarioPrompt *prompt;

  if (draft == NULL)
    {
      tell (self, _("The scenario is not there any more, or you may not change it."));
      return;
    }
  prompt = side_scenario_find_prompt (draft, name);
  if (prompt == NULL && draft->prompts->len < SIDE_SCENARIO_MAX_PROMPTS)
    prompt = side_scenario_add_prompt (draft, name, NULL);
  if (prompt == NULL || !side_scenario_set_sound (draft, prompt, made->sound, made->sha256))
    {
      tell (self, _("There is no room for so many recordings in one scenario."));
      return;
    }
  side_draft_keeper_put (keeper, g_steal_pointer (&draft), _("announcement changed"), NULL);
  tell (self, words);
}

static void show_prompts (SidePromptDialog *self, const char *name);

static void
cut_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      data)
{
  SidePromptDialog *self = SIDE_PROMPT_DIALOG (source);
  const Work *work = g_task_get_task_data (G_TASK (result));
  gboolean unwanted = g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result)));
  g_autoptr (GError) error = NULL;
  Made *made = g_task_propagate_pointer (G_TASK (result), &error);

  if (!unwanted && desk_of (self) != NULL)
    {
      g_clear_object (&self->cancellable);
      if (made == NULL)
        tell (self, words_for (error));
      else if (made->prompts != NULL)
        take_comparison (self, made->prompts);
      else
        take_reference (self, work->name, made);
      show_prompts (self, work->name);
    }
  g_clear_pointer (&made, made_free);
}

static void
cut (SidePromptDialog *self,
     gboolean          compares)
{
  const SideTestCall *call = chosen_call (self);
  const SideTestSegment *part = chosen_part (self);
  g_autoptr (GTask) task = NULL;
  Work *work;

  if (call == NULL || part == NULL || self->cancellable != NULL)
    return;
  work = g_new0 (Work, 1);
  work->path = side_test_recordings_dup_path (desk_of (self), call);
  work->from_ms = MAX (part->from_ms - begins_ms (call), 0);
  work->to_ms = MIN (part->to_ms - begins_ms (call), work->from_ms + SIDE_PROMPT_SOUND_MAX_MS);
  work->name = dup_prompt_name (self);
  work->call = compares ? side_test_call_copy (call_of (self)) : NULL;
  work->heard = compares ? side_test_recordings_dup_path (desk_of (self), call_of (self)) : NULL;
  self->cancellable = g_cancellable_new ();
  tell (self, compares ? _("Comparing…") : _("Reading the recording…"));
  show_buttons (self);
  task = g_task_new (self, self->cancellable, cut_cb, NULL);
  g_task_set_task_data (task, work, work_free);
  g_task_run_in_thread (task, cut_thread);
}

static void compare_cb (SidePromptDialog *self) { cut (self, TRUE); }
static void use_cb (SidePromptDialog *self) { cut (self, FALSE); }

/* ---- the choices ---- */

/* This call first, then the others by its scenario, the newest first. */
static void
show_calls (SidePromptDialog *self)
{
  g_autoptr (GPtrArray) others = side_scenarios_list_calls (self->shelf, call_of (self)->scenario);
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  const SideProject *project = side_desk_get_project (desk_of (self));
  g_autofree char *ours = dup_path (self, call_of (self));

  if (ours != NULL)
    {
      g_ptr_array_add (self->calls, side_test_call_copy (call_of (self)));
      gtk_string_list_append (list, _("This call"));
    }
  for (guint i = 0; i < others->len; i++)
    {
      SideTestCall *call = others->pdata[i];
      g_autofree char *path = dup_path (self, call);
      g_autofree char *when = side_format_when (project != NULL ? project->time_zone : NULL, call->dialled_ms, side_desk_get_now_ms (desk_of (self)));
      g_autofree char *words = call->vendor != NULL ? g_strdup_printf ("%s · %s", when, call->vendor) : g_strdup (when);

      if (path == NULL || is_same_call (call, call_of (self)))
        continue;
      g_ptr_array_add (self->calls, side_test_call_ref (call));
      gtk_string_list_append (list, words);
    }
  adw_combo_row_set_model (self->call, G_LIST_MODEL (list));
  gtk_widget_set_sensitive (GTK_WIDGET (self->call), self->calls->len > 1);
}

static void
show_prompts (SidePromptDialog *self,
              const char       *name)
{
  const SideScenario *scenario = scenario_of (self);
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  guint at = 0;

  for (guint i = 0; scenario != NULL && i < scenario->prompts->len; i++)
    {
      const SideScenarioPrompt *prompt = scenario->prompts->pdata[i];
      g_autofree char *words = prompt->sound != NULL ? g_strdup_printf (_("%s (has a recording)"), prompt->name) : g_strdup (prompt->name);

      gtk_string_list_append (list, words);
      if (g_strcmp0 (prompt->name, name) == 0)
        at = i;
    }
  if (scenario == NULL || scenario->prompts->len < SIDE_SCENARIO_MAX_PROMPTS)
    gtk_string_list_append (list, _("A new announcement"));
  adw_combo_row_set_model (self->prompt, G_LIST_MODEL (list));
  adw_combo_row_set_selected (self->prompt, at);
  show_buttons (self);
}

/* ---- the window ---- */

static void
side_prompt_dialog_dispose (GObject *object)
{
  SidePromptDialog *self = SIDE_PROMPT_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  if (self->player != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->player, self);
      side_player_close (self->player);
    }
  g_clear_object (&self->player);
  G_OBJECT_CLASS (side_prompt_dialog_parent_class)->dispose (object);
}

static void
side_prompt_dialog_finalize (GObject *object)
{
  SidePromptDialog *self = SIDE_PROMPT_DIALOG (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->shelf);
  g_clear_object (&self->keeper);
  g_ptr_array_unref (self->parts);
  g_ptr_array_unref (self->calls);
  G_OBJECT_CLASS (side_prompt_dialog_parent_class)->finalize (object);
}

static void
side_prompt_dialog_class_init (SidePromptDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_prompt_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_prompt_dialog_finalize;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static AdwComboRow *
add_row (GtkWidget  *group,
         const char *title)
{
  AdwComboRow *row = ADW_COMBO_ROW (adw_combo_row_new ());

  /* Beside its title a choice has room for 20 letters. */
  adw_combo_row_set_use_subtitle (row, TRUE);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (row));
  return row;
}

static GtkWidget *
add_button (SidePromptDialog *self,
            GtkWidget        *box,
            const char       *words,
            const char       *tooltip,
            GCallback         callback)
{
  GtkWidget *button = gtk_button_new_with_label (words);

  gtk_widget_set_tooltip_text (button, tooltip);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static GtkWidget *
new_buttons (SidePromptDialog *self)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  self->listen = add_button (self, buttons, _("Listen"), _("Hear this part of the recording"), G_CALLBACK (listen_cb));
  self->compare = add_button (self, buttons, _("Compare with This Call"), _("Whether this call has the same announcement; the answer stands with the call"),
                              G_CALLBACK (compare_cb));
  self->use = add_button (self, buttons, _("Use as Reference"), _("The scenario has it from now on: all calls by it are compared with it"),
                          G_CALLBACK (use_cb));
  gtk_widget_add_css_class (self->use, "suggested-action");
  return buttons;
}

static void
side_prompt_dialog_init (SidePromptDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *group = adw_preferences_group_new (), *header = adw_header_bar_new ();

  self->calls = g_ptr_array_new_with_free_func ((GDestroyNotify) side_test_call_unref);
  self->parts = g_ptr_array_new ();
  self->player = side_player_new ();
  side_player_set_turned (self->player, TRUE);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_title (GTK_WINDOW (self), _("Announcement from a Call"));
  gtk_window_set_default_size (GTK_WINDOW (self), 520, -1);
  self->call = add_row (group, _("Call"));
  self->part = add_row (group, _("What the line said"));
  self->prompt = add_row (group, _("Announcement of the scenario"));
  self->words = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, "xalign", 0.0, NULL);
  side_label_wrap (GTK_LABEL (self->words));
  gtk_box_append (GTK_BOX (content), group);
  gtk_box_append (GTK_BOX (content), new_buttons (self));
  gtk_box_append (GTK_BOX (content), self->words);
  gtk_widget_add_css_class (content, "script-content");
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), content);
  adw_window_set_content (ADW_WINDOW (self), box);
}

/**
 * side_prompt_dialog_new:
 * @parent: (nullable): the window it stands above
 * @shelf: whose desk is there; where the scenario and the other calls are
 * @keeper: of the #SideTestCall that is looked at
 * @editable: whether that may be changed: what a comparison finds is written into it
 * @segment: which of its parts is meant, from 0; below 0 for none of them
 *
 * Returns: (transfer none): a window to be presented
 */
GtkWindow *
side_prompt_dialog_new (GtkWindow       *parent,
                        SideScenarios   *shelf,
                        SideDraftKeeper *keeper,
                        gboolean         editable,
                        int              segment)
{
  SidePromptDialog *self = g_object_new (SIDE_TYPE_PROMPT_DIALOG, "transient-for", parent, NULL);
  const SideTestCall *call;

  self->shelf = g_object_ref (shelf);
  self->keeper = g_object_ref (keeper);
  self->editable = editable;
  show_calls (self);
  show_prompts (self, NULL);
  show_parts (self);
  call = chosen_call (self);
  for (guint i = 0; segment >= 0 && call != NULL && is_same_call (call, call_of (self)) && i < self->parts->len; i++)
    if ((guint) segment < call->segments->len && self->parts->pdata[i] == call->segments->pdata[segment])
      adw_combo_row_set_selected (self->part, i);
  show_prompt (self);
  g_signal_connect_object (self->call, "notify::selected", G_CALLBACK (call_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->part, "notify::selected", G_CALLBACK (part_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->player, "notify::state", G_CALLBACK (player_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->player, "notify::position-ms", G_CALLBACK (position_cb), self, G_CONNECT_SWAPPED);
  return GTK_WINDOW (self);
}

/**
 * side_prompt_dialog_get_words:
 * @self: a window
 *
 * Returns: (transfer none): what was found, or done, or went wrong; empty before
 */
const char *
side_prompt_dialog_get_words (SidePromptDialog *self)
{
  g_return_val_if_fail (SIDE_IS_PROMPT_DIALOG (self), NULL);
  return gtk_label_get_label (GTK_LABEL (self->words));
}
