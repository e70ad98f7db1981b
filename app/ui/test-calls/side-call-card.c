/* side-call-card.c - how a test call stands: who is on the line, and how good it is
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Both sides' sound, the parts of the call below it, and the figures of the line
 * with what they mean. A call tells of itself ten times a second: labels change
 * only when their words do.
 */
#include "side-call-card.h"

#include <glib/gi18n.h>

#include "side-call-strip.h"
#include "side-call-waves.h"
#include "side-test-call-words.h"
#include "side-wrapping.h"

struct _SideCallCard
{
  AdwBin     parent_instance;
  GtkWidget *pill;
  GtkWidget *quality;       /* GtkMenuButton: the figures, and how they were reckoned */
  GtkWidget *figures;       /* GtkLabel in it */
  GtkWidget *assumptions;   /* GtkLabel behind it */
  GtkWidget *warnings;
  GtkWidget *waves;
  GtkWidget *strip;
  GtkWidget *words;
  GtkWidget *note;          /* GtkEntry */
};

G_DEFINE_FINAL_TYPE (SideCallCard, side_call_card, ADW_TYPE_BIN)

static guint noted_signal;

static void
side_call_card_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL);
  G_OBJECT_CLASS (side_call_card_parent_class)->dispose (object);
}

static void
side_call_card_class_init (SideCallCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_call_card_dispose;
  noted_signal = g_signal_new ("noted", SIDE_TYPE_CALL_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
note_cb (SideCallCard *self)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->note)));

  if (*text == '\0')
    return;
  gtk_editable_set_text (GTK_EDITABLE (self->note), "");
  g_signal_emit (self, noted_signal, 0, text);
}

static void
set_label (GtkWidget  *label,
           const char *words)
{
  if (g_strcmp0 (gtk_label_get_label (GTK_LABEL (label)), words != NULL ? words : "") != 0)
    side_label_say (label, words);
}

static void
show_pill (SideCallCard       *self,
           const SideTestCall *call,
           SideSipCallState    state)
{
  static const char *const classes[] = { "good", "near", "quiet" };
  const char *css_class = NULL;
  g_autofree char *words = g_strdup_printf ("● %s", side_test_call_words_pill (call, state, &css_class));

  set_label (self->pill, words);
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    if (g_str_equal (classes[i], css_class))
      gtk_widget_add_css_class (self->pill, classes[i]);
    else
      gtk_widget_remove_css_class (self->pill, classes[i]);
}

/* The score stands out: it is what the other figures come to. */
static char *
figures_markup (const SideTestQuality *quality)
{
  SideTestQuality rest = *quality;
  g_autofree char *words = NULL, *plain = NULL, *mos = NULL;

  rest.mos = -1;
  words = side_test_call_words_quality (&rest);
  plain = g_markup_escape_text (words, -1);
  if (quality->mos < 0)
    return g_steal_pointer (&plain);
  mos = g_strdup_printf (_("MOS %.1f"), quality->mos);
  return g_markup_printf_escaped ("%s · <b>%s</b>", words, mos);
}

static char *
assumption_words (const SideTestQuality *quality)
{
  g_autoptr (GString) out = g_string_new (NULL);

  if (quality->round_trip_ms >= 0)
    g_string_append_printf (out, _("Round trip %.0f ms"), quality->round_trip_ms);
  if (out->len > 0)
    g_string_append_c (out, '\n');
  if (quality->assumptions != NULL)
    g_string_append_printf (out, "%s\n", quality->assumptions);
  /* Translators: the formulas stay as they are */
  g_string_append (out, _("R = 93.2 − delay − codec and losses; MOS = 1 + 0.035 R + R (R − 60)(100 − R) · 7·10⁻⁶. An estimate of what people would say, from 1 (bad) to 4.5 (excellent)."));
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
show_quality (SideCallCard          *self,
              const SideTestQuality *quality)
{
  g_autofree char *markup = figures_markup (quality), *assumptions = assumption_words (quality);
  g_autofree char *warnings = side_test_call_words_warnings (quality);

  gtk_widget_set_visible (self->quality, quality->codec != NULL);
  if (g_strcmp0 (gtk_label_get_label (GTK_LABEL (self->figures)), markup) != 0)
    gtk_label_set_markup (GTK_LABEL (self->figures), markup);
  set_label (self->assumptions, assumptions);
  set_label (self->warnings, warnings);
}

/**
 * side_call_card_show:
 * @self: a card
 * @call: the call as it is now
 * @state: of it
 */
void
side_call_card_show (SideCallCard       *self,
                     const SideTestCall *call,
                     SideSipCallState    state)
{
  g_return_if_fail (SIDE_IS_CALL_CARD (self) && call != NULL);

  show_pill (self, call, state);
  show_quality (self, &call->quality);
  side_call_strip_show (SIDE_CALL_STRIP (self->strip), call);
}

/**
 * side_call_card_set_media:
 * @self: a card
 * @media: (nullable): the sound it follows
 */
void
side_call_card_set_media (SideCallCard  *self,
                          SideCallMedia *media)
{
  g_return_if_fail (SIDE_IS_CALL_CARD (self));
  side_call_waves_set_media (SIDE_CALL_WAVES (self->waves), media);
}

/**
 * side_call_card_set_on:
 * @self: a card
 * @on: whether a call goes on, in which something can be noted
 */
void
side_call_card_set_on (SideCallCard *self,
                       gboolean      on)
{
  g_return_if_fail (SIDE_IS_CALL_CARD (self));

  gtk_widget_set_sensitive (self->note, on);
  if (!on)
    gtk_widget_set_visible (self->pill, FALSE);
}

/**
 * side_call_card_say:
 * @self: a card
 * @words: how it stands, or what went wrong
 */
void
side_call_card_say (SideCallCard *self,
                    const char   *words)
{
  g_return_if_fail (SIDE_IS_CALL_CARD (self));
  gtk_label_set_label (GTK_LABEL (self->words), words);
}

const char *
side_call_card_get_words (SideCallCard *self)
{
  g_return_val_if_fail (SIDE_IS_CALL_CARD (self), NULL);
  return gtk_label_get_label (GTK_LABEL (self->words));
}

/* ---- the card ---- */

static GtkWidget *
new_quality (SideCallCard *self)
{
  GtkWidget *popover = gtk_popover_new ();

  self->figures = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->figures), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->figures), 1);
  gtk_widget_add_css_class (self->figures, "script-hint");
  self->assumptions = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->assumptions), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (self->assumptions), 52);
  gtk_label_set_xalign (GTK_LABEL (self->assumptions), 0);
  gtk_popover_set_child (GTK_POPOVER (popover), self->assumptions);
  self->quality = gtk_menu_button_new ();
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->quality), self->figures);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->quality), popover);
  gtk_widget_add_css_class (self->quality, "flat");
  gtk_widget_add_css_class (self->quality, "line-quality");
  gtk_widget_set_tooltip_text (self->quality, _("Quality of the line: how it was reckoned"));
  gtk_widget_set_hexpand (self->quality, TRUE);
  gtk_widget_set_halign (self->quality, GTK_ALIGN_END);
  gtk_widget_set_visible (self->quality, FALSE);
  return self->quality;
}

static GtkWidget *
new_head (SideCallCard *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10), *title = gtk_label_new (_("Call"));

  gtk_widget_add_css_class (title, "heading");
  self->pill = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->pill, "line-pill");
  gtk_widget_set_valign (self->pill, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (self->pill, FALSE);
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (head), self->pill);
  gtk_box_append (GTK_BOX (head), new_quality (self));
  return head;
}

static void
side_call_card_init (SideCallCard *self)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "step-card");
  gtk_box_append (GTK_BOX (card), new_head (self));
  self->warnings = gtk_label_new (NULL);
  side_label_wrap (GTK_LABEL (self->warnings));
  gtk_label_set_xalign (GTK_LABEL (self->warnings), 0);
  gtk_widget_add_css_class (self->warnings, "near");
  gtk_widget_set_visible (self->warnings, FALSE);
  self->waves = side_call_waves_new ();
  self->strip = side_call_strip_new ();
  self->words = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, "xalign", 0.0, "wrap", TRUE, NULL);
  self->note = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->note), _("Note at this moment"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->note), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Note at this moment"), -1);
  g_signal_connect_object (self->note, "activate", G_CALLBACK (note_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (card), self->warnings);
  gtk_box_append (GTK_BOX (card), self->waves);
  gtk_box_append (GTK_BOX (card), self->strip);
  gtk_box_append (GTK_BOX (card), self->words);
  gtk_box_append (GTK_BOX (card), self->note);
  adw_bin_set_child (ADW_BIN (self), card);
}

/**
 * side_call_card_new:
 *
 * Returns: (transfer floating): a card of no call yet
 */
GtkWidget *
side_call_card_new (void)
{
  return g_object_new (SIDE_TYPE_CALL_CARD, NULL);
}
