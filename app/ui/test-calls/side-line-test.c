/* side-line-test.c - tries a telephone line out, step by step
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The steps stand one under another; each is ticked when it is done, and the
 * one that failed says what to do. A certificate that nobody knows is shown
 * with its fingerprint, and taken only by a button of its own.
 */
#include "side-line-test.h"

#include <glib/gi18n.h>

#include "side-certificate-words.h"
#include "side-sip-words.h"

typedef enum {
  STATE_OPEN,
  STATE_RUNNING,
  STATE_DONE,
  STATE_FAILED,
} State;

struct _SideLineTest
{
  AdwBin           parent_instance;
  GtkWidget       *rows[SIDE_SIP_TEST_DONE];
  GtkWidget       *states[SIDE_SIP_TEST_DONE];   /* of GtkStack: a spinner, or an image */
  GtkWidget       *words;
  GtkWidget       *trust_box;
  GtkWidget       *trust_text;
  GtkWidget       *fingerprint;
  SideSipSettings *settings;      /* (nullable): what is being tried */
  GTlsCertificate *unknown;       /* (nullable): what can be accepted */
  GCancellable    *cancellable;   /* (nullable): while it runs */
};

G_DEFINE_FINAL_TYPE (SideLineTest, side_line_test, ADW_TYPE_BIN)

enum { SIGNAL_ENDED, SIGNAL_TRUSTED, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
side_line_test_dispose (GObject *object)
{
  SideLineTest *self = SIDE_LINE_TEST (object);

  side_line_test_stop (self);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->settings);
  g_clear_object (&self->unknown);
  G_OBJECT_CLASS (side_line_test_parent_class)->dispose (object);
}

static void
side_line_test_class_init (SideLineTestClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_line_test_dispose;
  signals[SIGNAL_ENDED] = g_signal_new ("ended", SIDE_TYPE_LINE_TEST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_TRUSTED] = g_signal_new ("trusted", SIDE_TYPE_LINE_TEST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_TLS_CERTIFICATE);
}

/* ---- what is shown ---- */

static void
show_state (SideLineTest *self,
            guint         step,
            State         state)
{
  static const struct {
    const char *icon;
    const char *css_class;
    const char *words;
  } looks[] = {
    [STATE_OPEN] = { NULL, NULL, N_("not tried yet") },
    [STATE_RUNNING] = { NULL, NULL, N_("being tried") },
    [STATE_DONE] = { "object-select-symbolic", "success", N_("works") },
    [STATE_FAILED] = { "dialog-error-symbolic", "error", N_("failed") },
  };
  GtkWidget *image = gtk_stack_get_child_by_name (GTK_STACK (self->states[step]), "image");
  GtkWidget *spinner = gtk_stack_get_child_by_name (GTK_STACK (self->states[step]), "spinner");

  gtk_image_set_from_icon_name (GTK_IMAGE (image), looks[state].icon);
  gtk_widget_remove_css_class (image, "success");
  gtk_widget_remove_css_class (image, "error");
  if (looks[state].css_class != NULL)
    gtk_widget_add_css_class (image, looks[state].css_class);
  gtk_spinner_set_spinning (GTK_SPINNER (spinner), state == STATE_RUNNING);
  gtk_stack_set_visible_child (GTK_STACK (self->states[step]), state == STATE_RUNNING ? spinner : image);
  gtk_widget_set_sensitive (self->rows[step], state != STATE_OPEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->rows[step]), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, _(looks[state].words), -1);
}

static void
show_steps (SideLineTest *self,
            guint         reached,
            State         state)
{
  for (guint i = 0; i < SIDE_SIP_TEST_DONE; i++)
    show_state (self, i, i < reached ? STATE_DONE : i == reached ? state : STATE_OPEN);
}

static void
show_words (SideLineTest *self,
            const char   *words,
            const char   *css_class)
{
  gtk_label_set_label (GTK_LABEL (self->words), words != NULL ? words : "");
  gtk_widget_set_visible (self->words, words != NULL);
  gtk_widget_remove_css_class (self->words, "success");
  gtk_widget_remove_css_class (self->words, "error");
  if (css_class != NULL)
    gtk_widget_add_css_class (self->words, css_class);
}

static void
show_unknown (SideLineTest *self)
{
  g_autofree char *described = NULL;
  g_autofree char *fingerprint = NULL;
  g_autofree char *grouped = NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->trust_box, self->unknown != NULL);
  if (self->unknown == NULL)
    return;
  described = side_certificate_describe (self->unknown);
  fingerprint = side_certificate_dup_fingerprint (self->unknown);
  grouped = side_certificate_group_fingerprint (fingerprint);
  text = g_strdup_printf ("%s\n\n%s",
                          _("If you expected this, compare the fingerprint with the one the line’s administrator gave you. "
                            "If they differ, somebody may be listening in."),
                          described);
  gtk_label_set_label (GTK_LABEL (self->trust_text), text);
  gtk_label_set_label (GTK_LABEL (self->fingerprint), grouped);
}

/* ---- the test ---- */

static void
step_cb (SideSipTestStep step,
         gpointer        data)
{
  SideLineTest *self = data;

  if (self->cancellable != NULL && !g_cancellable_is_cancelled (self->cancellable))
    show_steps (self, step, STATE_RUNNING);
}

/* Some certificates can end no chain: to accept one of those would not help. */
static gboolean
can_be_trusted (SideSipSettings *settings,
                GTlsCertificate *certificate)
{
  g_autoptr (SideSipSettings) with = g_object_new (SIDE_TYPE_SIP_SETTINGS,
                                                   "user", side_sip_settings_get_user (settings),
                                                   "domain", side_sip_settings_get_domain (settings),
                                                   "trusted", certificate,
                                                   NULL);

  return side_sip_settings_check (with, NULL);
}

static void
tested_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (SideLineTest) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;
  SideSipTestStep reached = SIDE_SIP_TEST_NAME;
  GTlsCertificate *unknown;
  gboolean good = side_sip_test_finish (result, &reached, &error);

  if (self->settings == NULL)   /* disposed of */
    return;
  g_clear_object (&self->cancellable);
  words = side_sip_words_for_test (reached, error);
  show_steps (self, good ? SIDE_SIP_TEST_DONE : reached, STATE_FAILED);
  show_words (self, words, good ? "success" : "error");
  unknown = side_sip_test_get_unknown (result);
  if (unknown != NULL && can_be_trusted (self->settings, unknown))
    g_set_object (&self->unknown, unknown);
  show_unknown (self);
  g_signal_emit (self, signals[SIGNAL_ENDED], 0);
}

static void
trust_cb (SideLineTest *self)
{
  g_autoptr (GTlsCertificate) unknown = g_steal_pointer (&self->unknown);

  show_unknown (self);
  if (unknown != NULL)
    g_signal_emit (self, signals[SIGNAL_TRUSTED], 0, unknown);
}

/**
 * side_line_test_start:
 * @self: a test that is not running
 * @settings: of the line
 * @secret: (nullable): its password
 *
 * Makes nobody's telephone ring.
 */
void
side_line_test_start (SideLineTest    *self,
                      SideSipSettings *settings,
                      SideSipSecret   *secret)
{
  g_return_if_fail (SIDE_IS_LINE_TEST (self) && SIDE_IS_SIP_SETTINGS (settings));
  g_return_if_fail (self->cancellable == NULL);

  g_set_object (&self->settings, settings);
  g_clear_object (&self->unknown);
  show_unknown (self);
  show_words (self, NULL, NULL);
  gtk_widget_set_visible (self->rows[SIDE_SIP_TEST_TRUST], side_sip_settings_get_transport (settings) == SIDE_SIP_TLS);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->rows[SIDE_SIP_TEST_PASSWORD]),
                                 side_sip_settings_get_registers (settings) ? _("It knows the user and the password")
                                                                            : _("It lets us in without a registration"));
  show_steps (self, SIDE_SIP_TEST_NAME, STATE_RUNNING);
  self->cancellable = g_cancellable_new ();
  side_sip_test_watched_async (settings, secret, step_cb, self, self->cancellable, tested_cb, g_object_ref (self));
}

/**
 * side_line_test_stop:
 * @self: a test, running or not
 *
 * "ended" follows, where it was running.
 */
void
side_line_test_stop (SideLineTest *self)
{
  g_return_if_fail (SIDE_IS_LINE_TEST (self));
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

/**
 * side_line_test_is_running:
 * @self: a test
 *
 * Returns: whether it has not ended yet
 */
gboolean
side_line_test_is_running (SideLineTest *self)
{
  g_return_val_if_fail (SIDE_IS_LINE_TEST (self), FALSE);
  return self->cancellable != NULL;
}

/**
 * side_line_test_get_words:
 * @self: a test
 *
 * Returns: (transfer none) (nullable): what came out of it
 */
const char *
side_line_test_get_words (SideLineTest *self)
{
  g_return_val_if_fail (SIDE_IS_LINE_TEST (self), NULL);
  return gtk_widget_get_visible (self->words) ? gtk_label_get_label (GTK_LABEL (self->words)) : NULL;
}

/* ---- the widget ---- */

static GtkWidget *
new_row (SideLineTest *self,
         guint         step,
         const char   *title)
{
  GtkWidget *image = gtk_image_new (), *spinner = gtk_spinner_new ();

  self->rows[step] = adw_action_row_new ();
  self->states[step] = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->states[step]), image, "image");
  gtk_stack_add_named (GTK_STACK (self->states[step]), spinner, "spinner");
  gtk_widget_set_valign (self->states[step], GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (self->states[step], 16, 16);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->rows[step]), title);
  adw_action_row_add_prefix (ADW_ACTION_ROW (self->rows[step]), self->states[step]);
  show_state (self, step, STATE_OPEN);
  return self->rows[step];
}

static GtkWidget *
new_label (void)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  return label;
}

static void
add_trust (SideLineTest *self,
           GtkWidget    *box)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Trust This Certificate"));

  self->trust_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->trust_text = new_label ();
  self->fingerprint = new_label ();
  gtk_label_set_selectable (GTK_LABEL (self->fingerprint), TRUE);
  gtk_widget_add_css_class (self->fingerprint, "monospace");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_signal_connect_object (button, "clicked", G_CALLBACK (trust_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->trust_box), self->trust_text);
  gtk_box_append (GTK_BOX (self->trust_box), self->fingerprint);
  gtk_box_append (GTK_BOX (self->trust_box), button);
  gtk_widget_set_visible (self->trust_box, FALSE);
  gtk_box_append (GTK_BOX (box), self->trust_box);
}

static void
side_line_test_init (SideLineTest *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12), *list = gtk_list_box_new ();
  const char *const titles[] = {
    [SIDE_SIP_TEST_NAME] = _("The server’s name leads to an address"),
    [SIDE_SIP_TEST_REACH] = _("There is a way to it"),
    [SIDE_SIP_TEST_TRUST] = _("Its certificate is trusted"),
    [SIDE_SIP_TEST_ANSWER] = _("It answers as a telephone server"),
    [SIDE_SIP_TEST_PASSWORD] = _("It knows the user and the password"),
  };

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Steps of the test"), -1);
  for (guint i = 0; i < SIDE_SIP_TEST_DONE; i++)
    gtk_list_box_append (GTK_LIST_BOX (list), new_row (self, i, titles[i]));
  self->words = new_label ();
  gtk_widget_set_visible (self->words, FALSE);
  gtk_box_append (GTK_BOX (box), list);
  gtk_box_append (GTK_BOX (box), self->words);
  add_trust (self, box);
  adw_bin_set_child (ADW_BIN (self), box);
}

/**
 * side_line_test_new:
 *
 * Returns: (transfer floating): a test of no line yet
 */
GtkWidget *
side_line_test_new (void)
{
  return g_object_new (SIDE_TYPE_LINE_TEST, NULL);
}
