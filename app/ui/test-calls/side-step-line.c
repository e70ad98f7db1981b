/* side-step-line.c - the recorded line of a step: recorded, chosen, heard, removed
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is said into the microphone, or stands in a sound file, becomes a short
 * recording inside the scenario; a worker makes it. The card it is on may come to
 * show another step: what was begun for the one before is dropped then.
 */
#include "side-step-line.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <math.h>
#include <unistd.h>

#include "side-draft-fields.h"
#include "side-error.h"
#include "side-microphone.h"
#include "side-player.h"
#include "side-scenario-words.h"
#include "side-settings.h"
#include "side-sound-chooser.h"
#include "side-text.h"
#include "side-wrap-layout.h"
#include "side-wrapping.h"

struct _SideStepLine
{
  AdwBin                parent_instance;
  GtkWidget            *words;
  GtkWidget            *level;        /* GtkLevelBar */
  GtkWidget            *record;
  GtkWidget            *listen;
  GtkWidget            *pick;
  GtkWidget            *remover;
  GtkNativeDialog      *chooser;
  SideMicrophone       *microphone;
  SidePlayer           *player;
  char                 *heard;        /* (nullable): the file that is played, to be deleted */
  GCancellable         *cancellable;  /* (nullable): while a sound is read or coded */
  char                 *step;         /* (nullable): id of what is shown */
  char                 *sound;        /* (nullable): of it */
  char                 *shown;        /* (nullable): what the words say */
  gboolean              told;         /* they say what went wrong */
};

G_DEFINE_FINAL_TYPE (SideStepLine, side_step_line, ADW_TYPE_BIN)

static guint picked_signal;

/* What the worker makes a sound of: a file, or what was said. */
typedef struct {
  char  *path;
  float *samples;
  gsize  n;
} Source;

typedef struct {
  char *sound;
  char *sha256;
} Made;

static void
source_free (gpointer data)
{
  g_free (((Source *) data)->path);
  g_free (((Source *) data)->samples);
  g_free (data);
}

static void
made_free (gpointer data)
{
  g_free (((Made *) data)->sound);
  g_free (((Made *) data)->sha256);
  g_free (data);
}

static gboolean
is_playing (SideStepLine *self)
{
  SidePlayerState state = side_player_get_state (self->player);

  return self->heard != NULL && (state == SIDE_PLAYER_PLAYING || state == SIDE_PLAYER_LOADING);
}

/* ---- what is shown ---- */

static void
say (SideStepLine *self,
     const char   *words)
{
  if (g_strcmp0 (words, self->shown) == 0)
    return;
  g_free (self->shown);
  self->shown = g_strdup (words);
  gtk_label_set_label (GTK_LABEL (self->words), words);
}

static void
set_button (GtkWidget  *button,
            const char *icon,
            const char *words)
{
  GtkWidget *content = gtk_button_get_child (GTK_BUTTON (button));

  if (g_strcmp0 (adw_button_content_get_label (ADW_BUTTON_CONTENT (content)), words) == 0)
    return;
  adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content), icon);
  adw_button_content_set_label (ADW_BUTTON_CONTENT (content), words);
}

static char *
state_words (SideStepLine *self)
{
  const SideScenarioStep shown = { .sound = self->sound };
  g_autofree char *said = side_text_duration_tenths (side_microphone_get_length_ms (self->microphone));
  g_autofree char *line = side_scenario_words_line (&shown);

  if (side_microphone_is_on (self->microphone))
    return g_strdup_printf (_("Recording… %s"), said);
  if (self->cancellable != NULL)
    return g_strdup (_("Reading the recording…"));
  if (self->sound == NULL)
    return g_strdup (_("No recorded line: you say it, or the computer’s voice."));
  return line != NULL ? g_steal_pointer (&line) : g_strdup (_("The recorded line is damaged. Record it again, or remove it."));
}

static void
show_state (SideStepLine *self)
{
  gboolean on = side_microphone_is_on (self->microphone), busy = self->cancellable != NULL;
  g_autofree char *words = state_words (self);

  if (!self->told)
    say (self, words);
  set_button (self->record, on ? "media-playback-stop-symbolic" : "media-record-symbolic", on ? _("Stop Recording") : _("Record"));
  set_button (self->listen, is_playing (self) ? "media-playback-stop-symbolic" : "media-playback-start-symbolic",
              is_playing (self) ? _("Stop Listening") : _("Listen"));
  gtk_widget_set_visible (self->level, on);
  gtk_widget_set_visible (self->listen, self->sound != NULL && !on);
  gtk_widget_set_visible (self->remover, self->sound != NULL && !on);
  gtk_widget_set_visible (self->pick, !on);
  gtk_widget_set_sensitive (self->record, !busy);
  gtk_widget_set_sensitive (self->pick, !busy);
  gtk_widget_set_sensitive (self->remover, !busy);
}

static void
begin (SideStepLine *self)
{
  self->told = FALSE;
  show_state (self);
}

/* ---- listening to it ---- */

static void
stop_listening (SideStepLine *self)
{
  if (self->heard == NULL)
    return;
  side_player_close (self->player);
  g_unlink (self->heard);
  g_clear_pointer (&self->heard, g_free);
  show_state (self);
}

static void
player_cb (SideStepLine *self)
{
  const GError *error = side_player_get_error (self->player);

  if (self->heard == NULL)
    return;
  if (side_player_get_state (self->player) == SIDE_PLAYER_FAILED && error != NULL)
    {
      g_autofree char *words = g_strdup_printf (_("The recorded line cannot be played: %s"), error->message);

      stop_listening (self);
      side_step_line_tell (self, words);
    }
  else if (side_player_get_state (self->player) == SIDE_PLAYER_ENDED)
    stop_listening (self);
  else
    show_state (self);
}

/* Returns: (transfer full) (nullable): a file with the line in it that only we can read */
static char *
write_line (const char  *sound,
            GError     **error)
{
  gsize len = 0;
  g_autofree guchar *bytes = g_base64_decode (sound, &len);
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("sidetone-line-XXXXXX.opus", &path, error);

  if (fd < 0)
    return NULL;
  close (fd);
  if (g_file_set_contents_full (path, (const char *) bytes, (gssize) len, G_FILE_SET_CONTENTS_NONE, 0600, error))
    return g_steal_pointer (&path);
  g_unlink (path);
  return NULL;
}

static void
listen_cb (SideStepLine *self)
{
  g_autoptr (GError) error = NULL;

  if (is_playing (self))
    {
      stop_listening (self);
      return;
    }
  stop_listening (self);
  if (self->sound == NULL)
    return;
  self->heard = write_line (self->sound, &error);
  if (self->heard == NULL)
    {
      side_step_line_tell (self, error->message);
      return;
    }
  begin (self);
  side_player_open (self->player, self->heard);
  side_player_play (self->player);
}

/* ---- reading ---- */

static const char *
words_for (const GError *error)
{
  if (g_error_matches (error, SIDE_ERROR, SIDE_ERROR_TOO_LARGE))
    return _("The recording is longer than 30 seconds. Cut the line out of it first.");
  if (g_error_matches (error, SIDE_ERROR, SIDE_ERROR_INVALID))
    return _("This is not a sound file, or there is nothing to be heard in it.");
  if (g_error_matches (error, SIDE_ERROR, SIDE_ERROR_UNSUPPORTED))
    return _("A recording of this kind cannot be read. WAV, Ogg, Opus, MP3 and FLAC can.");
  return _("The recording cannot be read, or it is damaged.");
}

static void
make_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  const Source *from = data;
  Made *made = g_new0 (Made, 1);
  g_autoptr (GError) error = NULL;

  made->sound = from->path != NULL ? side_step_sound_new (from->path, 0, 0, &made->sha256, &error)
                                   : side_step_sound_new_of (from->samples, from->n, &made->sha256, &error);
  if (made->sound != NULL)
    {
      g_task_return_pointer (task, made, made_free);
      return;
    }
  made_free (made);
  g_task_return_error (task, g_steal_pointer (&error));
}

static void
made_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  SideStepLine *self = SIDE_STEP_LINE (source);
  gboolean unwanted = g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result)));
  gboolean spoken = ((const Source *) g_task_get_task_data (G_TASK (result)))->path == NULL;
  g_autoptr (GError) error = NULL;
  Made *made = g_task_propagate_pointer (G_TASK (result), &error);

  if (!unwanted)
    {
      g_clear_object (&self->cancellable);
      show_state (self);
      if (made != NULL)
        g_signal_emit (self, picked_signal, 0, made->sound, made->sha256);
      else if (spoken && g_error_matches (error, SIDE_ERROR, SIDE_ERROR_INVALID))
        side_step_line_tell (self, _("Nothing was heard. Is the microphone connected and switched on?"));
      else
        side_step_line_tell (self, words_for (error));
    }
  g_clear_pointer (&made, made_free);
}

static void
make (SideStepLine *self,
      Source       *source)
{
  g_autoptr (GTask) task = NULL;

  self->cancellable = g_cancellable_new ();
  begin (self);
  task = g_task_new (self, self->cancellable, made_cb, NULL);
  g_task_set_task_data (task, source, source_free);
  g_task_run_in_thread (task, make_thread);
}

/**
 * side_step_line_load:
 * @self: a recorded line
 * @path: a sound file
 *
 * Takes it in; ::picked comes, or words that say why not.
 */
void
side_step_line_load (SideStepLine *self,
                     const char   *path)
{
  Source *source;

  g_return_if_fail (SIDE_IS_STEP_LINE (self) && path != NULL);

  if (self->cancellable != NULL || side_microphone_is_on (self->microphone))
    return;
  stop_listening (self);
  source = g_new0 (Source, 1);
  source->path = g_strdup (path);
  make (self, source);
}

/* ---- recording ---- */

static void
finish_recording (SideStepLine *self)
{
  Source *source = g_new0 (Source, 1);

  source->samples = side_microphone_stop (self->microphone, &source->n);
  gtk_level_bar_set_value (GTK_LEVEL_BAR (self->level), 0);
  make (self, source);
}

static void
record_cb (SideStepLine *self)
{
  g_autofree char *device = NULL;

  if (side_microphone_is_on (self->microphone))
    {
      finish_recording (self);
      return;
    }
  if (self->cancellable != NULL)
    return;
  stop_listening (self);
  device = g_settings_get_string (side_settings_get (), "call-microphone");
  side_microphone_start (self->microphone, device);
  begin (self);
}

static void
level_cb (SideStepLine *self,
          double        peak)
{
  /* As people hear it: 60 dB from end to end. */
  gtk_level_bar_set_value (GTK_LEVEL_BAR (self->level), peak > 0.001 ? 1 + log10 (peak) / 3 : 0);
  show_state (self);
}

static void
microphone_failed_cb (SideStepLine *self,
                      const GError *error)
{
  g_autofree char *words = g_strdup_printf (_("The microphone cannot be heard: %s"), error->message);

  show_state (self);
  side_step_line_tell (self, words);
}

/* ---- choosing ---- */

static void
chosen_cb (SideStepLine *self,
           int           response)
{
  const char *words = NULL;
  g_autofree char *path = side_sound_chooser_finish (self->chooser, response, &words);

  g_clear_object (&self->chooser);
  if (path != NULL)
    side_step_line_load (self, path);
  else if (words != NULL)
    side_step_line_tell (self, words);
}

static void
pick_cb (SideStepLine *self)
{
  if (self->chooser != NULL)
    return;
  self->chooser = side_sound_chooser_new (GTK_WIDGET (self), _("The Recorded Line"));
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (self->chooser);
}

static void
remove_cb (SideStepLine *self)
{
  stop_listening (self);
  self->told = FALSE;
  g_signal_emit (self, picked_signal, 0, NULL, NULL);
}

/* ---- the widget ---- */

/* What was begun is not wanted any more. */
static void
drop (SideStepLine *self)
{
  g_free (side_microphone_stop (self->microphone, NULL));
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
}

static void
side_step_line_unmap (GtkWidget *widget)
{
  SideStepLine *self = SIDE_STEP_LINE (widget);

  /* Nobody sees that it listens. */
  if (side_microphone_is_on (self->microphone))
    finish_recording (self);
  stop_listening (self);
  GTK_WIDGET_CLASS (side_step_line_parent_class)->unmap (widget);
}

static void
side_step_line_dispose (GObject *object)
{
  SideStepLine *self = SIDE_STEP_LINE (object);

  if (self->player != NULL)
    {
      drop (self);
      g_signal_handlers_disconnect_by_data (self->player, self);
      g_signal_handlers_disconnect_by_data (self->microphone, self);
      side_player_close (self->player);
      if (self->heard != NULL)
        g_unlink (self->heard);
    }
  g_clear_object (&self->player);
  adw_bin_set_child (ADW_BIN (self), NULL);
  G_OBJECT_CLASS (side_step_line_parent_class)->dispose (object);
}

static void
side_step_line_finalize (GObject *object)
{
  SideStepLine *self = SIDE_STEP_LINE (object);

  g_clear_object (&self->microphone);
  g_free (self->heard);
  g_free (self->step);
  g_free (self->sound);
  g_free (self->shown);
  G_OBJECT_CLASS (side_step_line_parent_class)->finalize (object);
}

static void
side_step_line_class_init (SideStepLineClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_step_line_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_step_line_finalize;
  GTK_WIDGET_CLASS (klass)->unmap = side_step_line_unmap;
  picked_signal = g_signal_new ("picked", SIDE_TYPE_STEP_LINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                G_TYPE_STRING, G_TYPE_STRING);
}

static GtkWidget *
new_button (SideStepLine *self,
            const char   *tooltip,
            GCallback     callback)
{
  GtkWidget *button = gtk_button_new (), *content = adw_button_content_new ();

  gtk_button_set_child (GTK_BUTTON (button), content);
  gtk_widget_set_tooltip_text (button, tooltip);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
new_buttons (SideStepLine *self)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_set_layout_manager (buttons, side_wrap_layout_new (6));
  self->record = new_button (self, _("Say the line into the microphone, up to 30 seconds"), G_CALLBACK (record_cb));
  self->listen = new_button (self, _("Hear the line as it will be played"), G_CALLBACK (listen_cb));
  self->pick = new_button (self, _("A sound file of up to 30 seconds: WAV, Ogg, Opus, MP3 or FLAC"), G_CALLBACK (pick_cb));
  self->remover = new_button (self, _("The step is said by you or the computer’s voice again"), G_CALLBACK (remove_cb));
  set_button (self->pick, "document-open-symbolic", _("Choose File…"));
  set_button (self->remover, "edit-delete-symbolic", _("Remove the Line"));
  gtk_widget_add_css_class (self->remover, "flat");
  gtk_box_append (GTK_BOX (buttons), self->record);
  gtk_box_append (GTK_BOX (buttons), self->listen);
  gtk_box_append (GTK_BOX (buttons), self->pick);
  gtk_box_append (GTK_BOX (buttons), self->remover);
  return buttons;
}

static void
side_step_line_init (SideStepLine *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->microphone = side_microphone_new ();
  self->player = side_player_new ();
  g_signal_connect_object (self->microphone, "level", G_CALLBACK (level_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->microphone, "full", G_CALLBACK (finish_recording), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->microphone, "failed", G_CALLBACK (microphone_failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->player, "notify::state", G_CALLBACK (player_cb), self, G_CONNECT_SWAPPED);
  self->words = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, "xalign", 0.0, NULL);
  side_label_wrap (GTK_LABEL (self->words));
  gtk_widget_add_css_class (self->words, "dim-label");
  self->level = gtk_level_bar_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->level), GTK_ACCESSIBLE_PROPERTY_LABEL, _("How loud the microphone is"), -1);
  gtk_box_append (GTK_BOX (box), self->words);
  gtk_box_append (GTK_BOX (box), self->level);
  gtk_box_append (GTK_BOX (box), new_buttons (self));
  adw_bin_set_child (ADW_BIN (self), box);
  show_state (self);
}

/**
 * side_step_line_new:
 *
 * Returns: (transfer floating): the line of no step yet
 */
GtkWidget *
side_step_line_new (void)
{
  return g_object_new (SIDE_TYPE_STEP_LINE, NULL);
}

/**
 * side_step_line_show:
 * @self: a recorded line
 * @step: whose it is
 */
void
side_step_line_show (SideStepLine           *self,
                     const SideScenarioStep *step)
{
  gboolean other;

  g_return_if_fail (SIDE_IS_STEP_LINE (self) && step != NULL);

  other = g_strcmp0 (step->id, self->step) != 0;
  if (!other && g_strcmp0 (step->sound, self->sound) == 0)
    return;
  if (other)
    drop (self);
  stop_listening (self);
  g_free (self->step);
  g_free (self->sound);
  self->step = g_strdup (step->id);
  self->sound = g_strdup (step->sound);
  begin (self);
}

/**
 * side_step_line_tell:
 * @self: a recorded line
 * @words: what went wrong, in a sentence; it stands there until something else is begun or shown
 */
void
side_step_line_tell (SideStepLine *self,
                     const char   *words)
{
  g_return_if_fail (SIDE_IS_STEP_LINE (self) && words != NULL);
  self->told = TRUE;
  say (self, words);
}

/**
 * side_step_line_get_words:
 * @self: a recorded line
 *
 * Returns: (transfer none): how it stands, or what went wrong
 */
const char *
side_step_line_get_words (SideStepLine *self)
{
  g_return_val_if_fail (SIDE_IS_STEP_LINE (self), NULL);
  return gtk_label_get_label (GTK_LABEL (self->words));
}
