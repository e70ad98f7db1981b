/* side-span-keys.c - keys that mark a recording while it plays
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Wherever on the page one is that takes no text: M held marks a span while it
 * plays, tapped a point, and so does the key of each tag; L repeats what is
 * selected. What becomes of a mark is for others to say.
 */
#include "side-span-keys.h"

#include "side-text.h"

struct _SideSpanKeys
{
  GObject          parent_instance;
  SidePlayer      *player;
  SidePlayerBar   *bar;        /* weak, as the widgets are the page's */
  SideWaveform    *waveform;   /* weak */
  SideTags        *tags;
  SideSpanKeysMay  may;
  gpointer         data;
  guint            held;       /* the key that is held to mark, 0 for none */
  char            *held_tag;   /* (nullable): the tag it marks with */
  GtkWindow       *window;     /* weak, nullable: in which the keys are */
};

G_DEFINE_FINAL_TYPE (SideSpanKeys, side_span_keys, G_TYPE_OBJECT)

static guint marked_signal;

static void
side_span_keys_dispose (GObject *object)
{
  SideSpanKeys *self = SIDE_SPAN_KEYS (object);

  g_clear_weak_pointer (&self->bar);
  g_clear_weak_pointer (&self->waveform);
  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->player);
  g_clear_object (&self->tags);
  g_clear_pointer (&self->held_tag, g_free);
  G_OBJECT_CLASS (side_span_keys_parent_class)->dispose (object);
}

static void
side_span_keys_class_init (SideSpanKeysClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_span_keys_dispose;
  marked_signal = g_signal_new ("marked", SIDE_TYPE_SPAN_KEYS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                                G_TYPE_STRING, G_TYPE_INT64, G_TYPE_INT64);
}

static void
side_span_keys_init (SideSpanKeys *self)
{
}

/**
 * side_span_keys_new:
 * @bar: the buttons, with their player
 * @waveform: the drawn recording
 * @tags: whose keys mark
 * @may: asked each time
 * @data: for @may; whoever it is has to hold the keys, not the other way round
 *
 * Returns: (transfer full): keys that are nowhere yet
 */
SideSpanKeys *
side_span_keys_new (SidePlayerBar   *bar,
                    SideWaveform    *waveform,
                    SideTags        *tags,
                    SideSpanKeysMay  may,
                    gpointer         data)
{
  SideSpanKeys *self = g_object_new (SIDE_TYPE_SPAN_KEYS, NULL);

  self->player = g_object_ref (side_player_bar_get_player (bar));
  self->tags = g_object_ref (tags);
  self->may = may;
  self->data = data;
  g_set_weak_pointer (&self->bar, bar);
  g_set_weak_pointer (&self->waveform, waveform);
  return self;
}

/* The Latin letter of a key, whichever layout is active: M is where it is
 * printed on the key. */
static guint
latin_of (GdkDisplay *display,
          guint       keyval,
          guint       keycode)
{
  guint latin = keyval;

  if (keyval > 0x7f && !gdk_display_translate_key (display, keycode, 0, 0, &latin, NULL, NULL, NULL))
    return keyval;
  return gdk_keyval_to_lower (latin);
}

static gboolean
key_pressed_cb (SideSpanKeys          *self,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        state,
                GtkEventControllerKey *controller)
{
  const SideTag *tag;
  guint latin;

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_SHIFT_MASK)) != 0
      || self->waveform == NULL || self->bar == NULL)
    return FALSE;
  latin = latin_of (gtk_widget_get_display (GTK_WIDGET (self->waveform)), keyval, keycode);
  if (latin == GDK_KEY_l)
    return gtk_widget_activate_action (GTK_WIDGET (self->bar), "player.loop", NULL);
  if (!self->may (self->data) || !gtk_widget_get_mapped (GTK_WIDGET (self->waveform)))
    return FALSE;
  tag = latin != GDK_KEY_m ? side_tags_find_key (self->tags, latin) : NULL;
  if (latin != GDK_KEY_m && tag == NULL)
    return FALSE;
  if (self->held != 0)
    return TRUE;   /* it repeats itself, or another one is held */
  self->held = latin;
  g_free (self->held_tag);
  self->held_tag = tag != NULL ? g_strdup (tag->word) : NULL;
  /* What was dragged over waits for it, unless one listens: then it is said of what is heard. */
  if (side_player_get_state (self->player) == SIDE_PLAYER_PLAYING
      || !side_waveform_get_selection (self->waveform, NULL, NULL))
    side_waveform_begin_span (self->waveform);
  return TRUE;
}

/* What is held ends here, or is about what was chosen. */
static void
let_go (SideSpanKeys *self)
{
  g_autofree char *tag = g_steal_pointer (&self->held_tag);
  gboolean held = self->held != 0;
  gint64 from_ms, to_ms;

  self->held = 0;
  if (!held || self->waveform == NULL)
    return;
  if (!side_waveform_end_span (self->waveform, &from_ms, &to_ms)
      && !side_waveform_get_selection (self->waveform, &from_ms, &to_ms))
    return;
  g_signal_emit (self, marked_signal, 0, tag, from_ms, to_ms);
}

static void
key_released_cb (SideSpanKeys          *self,
                 guint                  keyval,
                 guint                  keycode,
                 GdkModifierType        state,
                 GtkEventControllerKey *controller)
{
  if (self->waveform != NULL && self->held != 0
      && latin_of (gtk_widget_get_display (GTK_WIDGET (self->waveform)), keyval, keycode) == self->held)
    let_go (self);
}

/* Where another window has the keyboard, nobody tells that a key is let go. */
static void
active_cb (SideSpanKeys *self,
           GParamSpec   *pspec,
           GtkWindow    *window)
{
  if (!gtk_window_is_active (window))
    let_go (self);
}

static void
root_cb (SideSpanKeys *self,
         GParamSpec   *pspec,
         GtkWidget    *page)
{
  GtkRoot *root = gtk_widget_get_root (page);

  if (self->window != NULL)
    g_signal_handlers_disconnect_by_func (self->window, active_cb, self);
  g_set_weak_pointer (&self->window, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL);
  if (self->window != NULL)
    g_signal_connect_object (self->window, "notify::is-active", G_CALLBACK (active_cb), self, G_CONNECT_SWAPPED);
}

/**
 * side_span_keys_attach:
 * @self: keys
 * @page: where they are taken, when no child of it wanted them
 */
void
side_span_keys_attach (SideSpanKeys *self,
                       GtkWidget    *page)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_return_if_fail (SIDE_IS_SPAN_KEYS (self));

  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (keys, "key-released", G_CALLBACK (key_released_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (page, keys);
  g_signal_connect_object (focus, "leave", G_CALLBACK (let_go), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (page, focus);
  g_signal_connect_object (page, "notify::root", G_CALLBACK (root_cb), self, G_CONNECT_SWAPPED);
  root_cb (self, NULL, page);
}

/**
 * side_span_keys_forget:
 * @self: keys
 *
 * Another recording is there now: a key that is still held marks nothing on it.
 */
void
side_span_keys_forget (SideSpanKeys *self)
{
  g_return_if_fail (SIDE_IS_SPAN_KEYS (self));

  self->held = 0;
  if (self->waveform != NULL)
    side_waveform_end_span (self->waveform, NULL, NULL);
}

/**
 * side_span_keys_words:
 * @tags: the vocabulary
 * @tag: one of its words
 * @from_ms: where the mark begins
 * @to_ms: its end; @from_ms for a point
 *
 * Returns: (transfer full): what was marked, in one line: "Greeting · 0:04–0:09"
 */
char *
side_span_keys_words (SideTags   *tags,
                      const char *tag,
                      gint64      from_ms,
                      gint64      to_ms)
{
  g_autofree char *from = side_text_duration (from_ms);
  g_autofree char *to = side_text_duration (to_ms);

  return g_strdup_printf (to_ms > from_ms ? "%s · %s–%s" : "%s · %s", side_tags_label (tags, tag), from, to);
}
