/* side-scenario-sound.c - how an announcement should sound, to be chosen
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A sound file becomes a short recording inside the scenario, with which calls
 * are compared. A worker reads it.
 */
#include "side-scenario-sound.h"

#include <glib/gi18n.h>

#include "side-error.h"
#include "side-prompt-sound.h"
#include "side-sound-chooser.h"

struct _SideScenarioSound
{
  AdwBin                parent_instance;
  GtkWidget            *words;
  GtkWidget            *pick;
  GtkWidget            *remover;
  GtkNativeDialog      *chooser;
  GCancellable         *cancellable;   /* while a file is read */
  gboolean              has;
  gboolean              told;          /* what went wrong */
};

G_DEFINE_FINAL_TYPE (SideScenarioSound, side_scenario_sound, ADW_TYPE_BIN)

static guint picked_signal;

/* What the worker made of a file. */
typedef struct {
  char *sound;
  char *sha256;
} Made;

static void
made_free (gpointer data)
{
  g_free (((Made *) data)->sound);
  g_free (((Made *) data)->sha256);
  g_free (data);
}

static void
side_scenario_sound_dispose (GObject *object)
{
  SideScenarioSound *self = SIDE_SCENARIO_SOUND (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  adw_bin_set_child (ADW_BIN (self), NULL);
  G_OBJECT_CLASS (side_scenario_sound_parent_class)->dispose (object);
}

static void
side_scenario_sound_class_init (SideScenarioSoundClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_scenario_sound_dispose;
  picked_signal = g_signal_new ("picked", SIDE_TYPE_SCENARIO_SOUND, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                G_TYPE_STRING, G_TYPE_STRING);
}

static void
show_state (SideScenarioSound *self)
{
  gboolean busy = self->cancellable != NULL;

  self->told = FALSE;
  gtk_label_set_label (GTK_LABEL (self->words), busy        ? _("Reading the recording…")
                                                : self->has ? _("Calls are compared with a recording.")
                                                            : _("No recording to compare calls with."));
  gtk_widget_set_visible (self->remover, self->has);
  gtk_widget_set_sensitive (self->pick, !busy);
  gtk_widget_set_sensitive (self->remover, !busy);
}

/* -- reading */

static const char *
words_for (const GError *error)
{
  if (g_error_matches (error, SIDE_ERROR, SIDE_ERROR_TOO_LARGE))
    return _("The recording is longer than 30 seconds. Cut the announcement out of it first.");
  if (g_error_matches (error, SIDE_ERROR, SIDE_ERROR_INVALID))
    return _("This is not a sound file, or there are not two seconds of sound in it.");
  if (g_error_matches (error, SIDE_ERROR, SIDE_ERROR_UNSUPPORTED))
    return _("A recording of this kind cannot be read.");
  return _("The recording cannot be read, or it is damaged.");
}

static void
read_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  Made *made = g_new0 (Made, 1);
  g_autoptr (GError) error = NULL;

  made->sound = side_prompt_sound_new (data, 0, 0, &made->sha256, &error);
  if (made->sound != NULL)
    {
      g_task_return_pointer (task, made, made_free);
      return;
    }
  made_free (made);
  g_task_return_error (task, g_steal_pointer (&error));
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  SideScenarioSound *self = SIDE_SCENARIO_SOUND (source);
  gboolean unwanted = g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result)));
  g_autoptr (GError) error = NULL;
  Made *made = g_task_propagate_pointer (G_TASK (result), &error);

  if (!unwanted)
    {
      g_clear_object (&self->cancellable);
      show_state (self);
      if (made != NULL)
        g_signal_emit (self, picked_signal, 0, made->sound, made->sha256);
      else
        side_scenario_sound_tell (self, words_for (error));
    }
  g_clear_pointer (&made, made_free);
}

/**
 * side_scenario_sound_load:
 * @self: a choice of a recording
 * @path: a sound file
 *
 * Takes it in; ::picked comes, or words that say why not.
 */
void
side_scenario_sound_load (SideScenarioSound *self,
                          const char        *path)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (SIDE_IS_SCENARIO_SOUND (self) && path != NULL);

  if (self->cancellable != NULL)
    return;
  self->cancellable = g_cancellable_new ();
  show_state (self);
  task = g_task_new (self, self->cancellable, read_cb, NULL);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, read_thread);
}

/* -- choosing */

static void
chosen_cb (SideScenarioSound *self,
           int                response)
{
  const char *words = NULL;
  g_autofree char *path = side_sound_chooser_finish (self->chooser, response, &words);

  g_clear_object (&self->chooser);
  if (path != NULL)
    side_scenario_sound_load (self, path);
  else if (words != NULL)
    side_scenario_sound_tell (self, words);
}

static void
pick_cb (SideScenarioSound *self)
{
  if (self->chooser != NULL)
    return;
  self->chooser = side_sound_chooser_new (GTK_WIDGET (self), _("How the Announcement Should Sound"));
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (self->chooser);
}

static void
remove_cb (SideScenarioSound *self)
{
  g_signal_emit (self, picked_signal, 0, NULL, NULL);
}

static void
side_scenario_sound_init (SideScenarioSound *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->words = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->words), 0);
  gtk_label_set_wrap (GTK_LABEL (self->words), TRUE);
  gtk_widget_set_hexpand (self->words, TRUE);
  gtk_widget_add_css_class (self->words, "dim-label");
  self->pick = gtk_button_new_with_label (_("Choose Recording…"));
  gtk_widget_set_tooltip_text (self->pick, _("A sound file of up to 30 seconds; a part of an earlier test call, for example"));
  g_signal_connect_object (self->pick, "clicked", G_CALLBACK (pick_cb), self, G_CONNECT_SWAPPED);
  self->remover = gtk_button_new_with_label (_("Compare No More"));
  gtk_widget_add_css_class (self->remover, "flat");
  g_signal_connect_object (self->remover, "clicked", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), self->words);
  gtk_box_append (GTK_BOX (box), self->remover);
  gtk_box_append (GTK_BOX (box), self->pick);
  adw_bin_set_child (ADW_BIN (self), box);
  show_state (self);
}

/**
 * side_scenario_sound_new:
 *
 * Returns: (transfer floating): a choice of a recording
 */
GtkWidget *
side_scenario_sound_new (void)
{
  return g_object_new (SIDE_TYPE_SCENARIO_SOUND, NULL);
}

/**
 * side_scenario_sound_show:
 * @self: a choice of a recording
 * @prompt: whose it is
 */
void
side_scenario_sound_show (SideScenarioSound        *self,
                          const SideScenarioPrompt *prompt)
{
  g_return_if_fail (SIDE_IS_SCENARIO_SOUND (self) && prompt != NULL);

  /* What went wrong stays to be read while the scenario is saved and shown again. */
  if (self->told && self->has == (prompt->sound != NULL))
    return;
  self->has = prompt->sound != NULL;
  show_state (self);
}

/**
 * side_scenario_sound_tell:
 * @self: a choice of a recording
 * @words: what went wrong, in a sentence; it stands there until something else is shown
 */
void
side_scenario_sound_tell (SideScenarioSound *self,
                          const char        *words)
{
  g_return_if_fail (SIDE_IS_SCENARIO_SOUND (self) && words != NULL);
  self->told = TRUE;
  gtk_label_set_label (GTK_LABEL (self->words), words);
}
