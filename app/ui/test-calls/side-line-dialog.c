/* side-line-dialog.c - one telephone line, to be filled in and tried out
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is wrong stands below its field. The password goes from its field to
 * where it is kept and nowhere else; a field left empty keeps the one there is.
 */
#include "side-line-dialog.h"

#include <glib/gi18n.h>

#include "side-certificate-words.h"
#include "side-line-test.h"
#include "side-sip-words.h"
#include "side-text.h"
#include "side-words-guard.h"

typedef enum {
  FIELD_LABEL,
  FIELD_USER,
  FIELD_PASSWORD,
  FIELD_DOMAIN,
  FIELD_SERVER,
  FIELD_AUTH_USER,
  FIELD_DISPLAY_NAME,
  FIELD_NUMBER,
  N_FIELDS,
} FieldId;

/* A name of a field is that of the property of SideSipSettings it is for. */
static const struct {
  const char *name;
  const char *title;
  gsize       offset;   /* in SideLine; the password has no place there */
} fields[N_FIELDS] = {
  [FIELD_LABEL] = { "label", N_("Name of the line"), G_STRUCT_OFFSET (SideLine, label) },
  [FIELD_USER] = { "user", N_("User"), G_STRUCT_OFFSET (SideLine, user) },
  [FIELD_PASSWORD] = { "password", N_("Password"), 0 },
  [FIELD_DOMAIN] = { "domain", N_("Domain"), G_STRUCT_OFFSET (SideLine, domain) },
  [FIELD_SERVER] = { "server", N_("Server or outbound proxy, if not the domain"), G_STRUCT_OFFSET (SideLine, server) },
  [FIELD_AUTH_USER] = { "auth-user", N_("User for the password, if another"), G_STRUCT_OFFSET (SideLine, auth_user) },
  [FIELD_DISPLAY_NAME] = { "display-name", N_("Name the called may see"), G_STRUCT_OFFSET (SideLine, display_name) },
  [FIELD_NUMBER] = { "number", N_("Number others see, if not the user"), G_STRUCT_OFFSET (SideLine, number) },
};

struct _SideLineDialog
{
  AdwWindow        parent_instance;
  GtkWidget       *entries[N_FIELDS];
  GtkWidget       *faults[N_FIELDS];       /* of rows */
  GtkWidget       *fault_words[N_FIELDS];
  GtkWidget       *advanced;
  GtkWidget       *transport;
  GtkWidget       *encrypted;              /* switches */
  GtkWidget       *registers;
  GtkWidget       *trusted_row;
  GtkWidget       *test_button;
  GtkWidget       *save_button;
  GtkWidget       *failure;
  SideLineTest    *test;
  GtkWidget       *content;
  GtkWidget       *scrolled;
  guint            frames;        /* since the test came into sight */
  SideLines       *lines;
  SideLine        *line;                   /* as it was, with the certificate that was accepted */
  gboolean         known;                  /* it is among @lines */
  gboolean         judged;                 /* faults are shown, and as it is typed they go */
  GCancellable    *cancellable;
};

G_DEFINE_FINAL_TYPE (SideLineDialog, side_line_dialog, ADW_TYPE_WINDOW)

static guint toast_signal;

static void
side_line_dialog_dispose (GObject *object)
{
  SideLineDialog *self = SIDE_LINE_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  G_OBJECT_CLASS (side_line_dialog_parent_class)->dispose (object);
}

static void
side_line_dialog_finalize (GObject *object)
{
  SideLineDialog *self = SIDE_LINE_DIALOG (object);

  g_clear_object (&self->lines);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->line, side_line_free);
  G_OBJECT_CLASS (side_line_dialog_parent_class)->finalize (object);
}

/* ---- what was filled in ---- */

static const char *
text_of (SideLineDialog *self,
         FieldId         field)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->entries[field]));
}

static SideLine *
dup_line (SideLineDialog *self)
{
  SideLine *line = side_line_copy (self->line);

  for (guint i = 0; i < N_FIELDS; i++)
    if (i != FIELD_PASSWORD)
      {
        g_autofree char *text = g_strstrip (g_strdup (text_of (self, i)));
        char **slot = &G_STRUCT_MEMBER (char *, line, fields[i].offset);

        g_free (*slot);
        *slot = *text != '\0' ? g_steal_pointer (&text) : NULL;
      }
  line->transport = (SideSipTransport) adw_combo_row_get_selected (ADW_COMBO_ROW (self->transport));
  line->encrypted = line->transport == SIDE_SIP_TLS && gtk_switch_get_active (GTK_SWITCH (self->encrypted));
  line->registers = gtk_switch_get_active (GTK_SWITCH (self->registers));
  if (line->label == NULL && line->user != NULL && line->domain != NULL)
    line->label = side_line_dup_address (line);
  return line;
}

static void
show_fault (SideLineDialog *self,
            FieldId         field,
            const char     *words)
{
  gtk_label_set_label (GTK_LABEL (self->fault_words[field]), words != NULL ? words : "");
  gtk_widget_set_visible (self->faults[field], words != NULL);
  if (words != NULL)
    gtk_widget_add_css_class (self->entries[field], "error");
  else
    gtk_widget_remove_css_class (self->entries[field], "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entries[field]), GTK_ACCESSIBLE_STATE_INVALID,
                               words != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

/* Returns: the first field that cannot stay as it is, N_FIELDS for none; says so below it */
static FieldId
judge (SideLineDialog  *self,
       SideSipSettings *settings)
{
  g_autoptr (GError) error = NULL;
  FieldId wrong = N_FIELDS;

  self->judged = TRUE;
  for (guint i = 0; i < N_FIELDS; i++)
    show_fault (self, i, NULL);
  if (!side_sip_settings_check (settings, &error))
    for (guint i = 0; i < N_FIELDS; i++)
      if (g_str_equal (error->message, fields[i].name))
        {
          show_fault (self, i, i == FIELD_USER ? side_sip_words_for_user (side_sip_settings_get_user (settings))
                                               : side_sip_words_for_property (fields[i].name));
          wrong = i;
        }
  if (side_sip_settings_get_registers (settings) && !self->known && *text_of (self, FIELD_PASSWORD) == '\0')
    {
      show_fault (self, FIELD_PASSWORD, _("A line that signs in needs a password."));
      wrong = MIN (wrong, FIELD_PASSWORD);
    }
  if (wrong == FIELD_AUTH_USER || wrong == FIELD_DISPLAY_NAME || wrong == FIELD_SERVER)
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self->advanced), TRUE);
  return wrong;
}

static void
edited_cb (SideLineDialog *self)
{
  g_autoptr (SideLine) line = dup_line (self);
  g_autoptr (SideSipSettings) settings = side_line_dup_settings (line);

  gtk_widget_set_sensitive (self->encrypted, line->transport == SIDE_SIP_TLS);
  if (line->transport != SIDE_SIP_TLS)
    gtk_switch_set_active (GTK_SWITCH (self->encrypted), FALSE);
  if (self->judged)
    judge (self, settings);
  /* What was found out is no word on other data. */
  if (!side_line_test_is_running (self->test))
    gtk_widget_set_visible (GTK_WIDGET (self->test), FALSE);
}

/* ---- the certificate ---- */

static void
show_trusted (SideLineDialog *self)
{
  g_autoptr (GTlsCertificate) trusted = self->line->trusted != NULL ? g_tls_certificate_new_from_pem (self->line->trusted, -1, NULL) : NULL;
  g_autofree char *fingerprint = trusted != NULL ? side_certificate_dup_fingerprint (trusted) : NULL;
  g_autofree char *grouped = fingerprint != NULL ? side_certificate_group_fingerprint (fingerprint) : NULL;

  gtk_widget_set_visible (self->trusted_row, self->line->trusted != NULL);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->trusted_row), grouped != NULL ? grouped : "");
}

static void start_test (SideLineDialog *self);

static void
trusted_cb (SideLineDialog  *self,
            GTlsCertificate *certificate)
{
  g_free (self->line->trusted);
  g_object_get (certificate, "certificate-pem", &self->line->trusted, NULL);
  show_trusted (self);
  start_test (self);
}

static void
distrust_cb (SideLineDialog *self)
{
  g_clear_pointer (&self->line->trusted, g_free);
  show_trusted (self);
}

/* ---- trying it out ---- */

static void
show_test_button (SideLineDialog *self)
{
  gboolean running = side_line_test_is_running (self->test);

  gtk_button_set_label (GTK_BUTTON (self->test_button), running ? _("S_top") : _("_Test"));
}

/* In the second frame the rows have their places. */
static gboolean
look_at_test_cb (GtkWidget     *scrolled,
                 GdkFrameClock *clock,
                 gpointer       data)
{
  SideLineDialog *self = data;
  GtkAdjustment *place = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  double last = gtk_adjustment_get_upper (place) - gtk_adjustment_get_page_size (place);
  graphene_rect_t bounds;

  if (++self->frames < 3)
    return G_SOURCE_CONTINUE;
  if (gtk_widget_compute_bounds (GTK_WIDGET (self->test), self->content, &bounds))
    gtk_adjustment_set_value (place, MIN (last, (double) bounds.origin.y));
  return G_SOURCE_REMOVE;
}

/* The answer stands below everything that is filled in, and mostly below the lower edge. */
static void
look_at_test (SideLineDialog *self)
{
  self->frames = 0;
  gtk_widget_add_tick_callback (self->scrolled, look_at_test_cb, self, NULL);
}

static void
test_ended_cb (SideLineDialog *self)
{
  show_test_button (self);
  look_at_test (self);
}

static void
run_test (SideLineDialog *self,
          SideSipSecret  *secret)
{
  g_autoptr (SideLine) line = dup_line (self);
  g_autoptr (SideSipSettings) settings = side_line_dup_settings (line);

  gtk_widget_set_visible (GTK_WIDGET (self->test), TRUE);
  side_line_test_start (self->test, settings, secret);
  show_test_button (self);
  look_at_test (self);
}

static void
secret_found_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (SideLineDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SideSipSecret) secret = side_lines_find_secret_finish (SIDE_LINES (source), result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  gtk_widget_set_sensitive (self->test_button, TRUE);
  if (secret == NULL && gtk_switch_get_active (GTK_SWITCH (self->registers)))
    show_fault (self, FIELD_PASSWORD, error != NULL ? _("The password kept by this desktop cannot be had. Type it again.")
                                                    : _("No password is kept for this line. Type it again."));
  else if (!side_line_test_is_running (self->test))
    run_test (self, secret);
}

static void
start_test (SideLineDialog *self)
{
  g_autoptr (SideLine) line = dup_line (self);
  g_autoptr (SideSipSettings) settings = side_line_dup_settings (line);
  g_autoptr (SideSipSecret) secret = NULL;
  FieldId wrong = judge (self, settings);

  if (wrong != N_FIELDS)
    {
      gtk_widget_set_visible (GTK_WIDGET (self->test), FALSE);
      gtk_widget_grab_focus (self->entries[wrong]);
      return;
    }
  if (*text_of (self, FIELD_PASSWORD) == '\0' && self->known)
    {
      gtk_widget_set_sensitive (self->test_button, FALSE);
      side_lines_find_secret_async (self->lines, self->line->id, self->cancellable, secret_found_cb, g_object_ref (self));
      return;
    }
  if (*text_of (self, FIELD_PASSWORD) != '\0')
    secret = side_sip_secret_new (text_of (self, FIELD_PASSWORD));
  run_test (self, secret);
}

static void
test_cb (SideLineDialog *self)
{
  if (side_line_test_is_running (self->test))
    side_line_test_stop (self->test);
  else
    start_test (self);
}

/* ---- keeping it ---- */

static void
password_kept_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (SideLineDialog) self = data;
  g_autoptr (GError) error = NULL;

  if (!side_lines_set_password_finish (SIDE_LINES (source), result, &error))
    g_signal_emit (self, toast_signal, 0,
                   _("This desktop keeps no passwords: that of the line is known until Sidetone is closed."));
  if (!g_cancellable_is_cancelled (self->cancellable))
    side_words_guard_close (GTK_WINDOW (self));
}

static void
save_cb (SideLineDialog *self)
{
  g_autoptr (SideLine) line = dup_line (self);
  g_autoptr (SideSipSettings) settings = side_line_dup_settings (line);
  g_autoptr (GError) error = NULL;
  FieldId wrong = judge (self, settings);

  if (wrong != N_FIELDS)
    {
      gtk_widget_grab_focus (self->entries[wrong]);
      return;
    }
  if (!side_lines_put (self->lines, line, &error))
    {
      g_autofree char *words = g_strdup_printf (_("The line could not be saved: %s"), error->message);

      gtk_label_set_label (GTK_LABEL (self->failure), words);
      gtk_widget_set_visible (self->failure, TRUE);
      return;
    }
  if (*text_of (self, FIELD_PASSWORD) == '\0')
    {
      side_words_guard_close (GTK_WINDOW (self));
      return;
    }
  gtk_widget_set_sensitive (self->save_button, FALSE);
  side_lines_set_password_async (self->lines, line->id, text_of (self, FIELD_PASSWORD), password_kept_cb, g_object_ref (self));
}

static void
cancel_cb (SideLineDialog *self)
{
  gtk_window_close (GTK_WINDOW (self));
}

/* ---- the window ---- */

static void
add_to (GtkWidget *parent,
        GtkWidget *row)
{
  if (ADW_IS_EXPANDER_ROW (parent))
    adw_expander_row_add_row (ADW_EXPANDER_ROW (parent), row);
  else
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (parent), row);
}

static void
add_field (SideLineDialog *self,
           GtkWidget      *parent,
           FieldId         field)
{
  GtkWidget *entry = field == FIELD_PASSWORD ? adw_password_entry_row_new () : adw_entry_row_new ();
  GtkWidget *words = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, NULL);
  GtkWidget *fault = adw_preferences_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry), _(fields[field].title));
  gtk_label_set_wrap (GTK_LABEL (words), TRUE);
  gtk_label_set_xalign (GTK_LABEL (words), 0);
  gtk_widget_add_css_class (words, "line-fault");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (fault), words);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (fault), FALSE);
  gtk_widget_set_focusable (fault, FALSE);
  gtk_widget_set_visible (fault, FALSE);
  self->entries[field] = entry;
  self->faults[field] = fault;
  self->fault_words[field] = words;
  add_to (parent, entry);
  add_to (parent, fault);
  g_signal_connect_object (entry, "changed", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
}

static GtkWidget *
add_switch (SideLineDialog *self,
            GtkWidget      *parent,
            const char     *title,
            const char     *subtitle)
{
  GtkWidget *row = adw_action_row_new (), *toggle = gtk_switch_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);
  add_to (parent, row);
  g_signal_connect_object (toggle, "notify::active", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
  return toggle;
}

static void
add_transport (SideLineDialog *self,
               GtkWidget      *group)
{
  const char *names[] = { side_line_name_transport (SIDE_SIP_UDP), side_line_name_transport (SIDE_SIP_TCP),
                          side_line_name_transport (SIDE_SIP_TLS), NULL };
  g_autoptr (GtkStringList) model = gtk_string_list_new (names);

  self->transport = adw_combo_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->transport), _("Transport"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->transport), _("With TLS nobody on the way reads who is called"));
  adw_combo_row_set_model (ADW_COMBO_ROW (self->transport), G_LIST_MODEL (model));
  g_signal_connect_object (self->transport, "notify::selected", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->transport);
  self->encrypted = add_switch (self, group, _("Encrypt the sound"), _("SRTP; needs TLS"));
}

static void
add_trusted (SideLineDialog *self,
             GtkWidget      *group)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Forget"));

  self->trusted_row = adw_action_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->trusted_row), _("Certificate you accepted"));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self->trusted_row), 0);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", G_CALLBACK (distrust_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->trusted_row), button);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->trusted_row);
}

static void
add_groups (SideLineDialog *self,
            GtkWidget      *content)
{
  GtkWidget *who = adw_preferences_group_new (), *how = adw_preferences_group_new (), *try = adw_preferences_group_new ();

  add_field (self, who, FIELD_LABEL);
  add_field (self, who, FIELD_USER);
  add_field (self, who, FIELD_PASSWORD);
  add_field (self, who, FIELD_DOMAIN);
  add_transport (self, how);
  add_trusted (self, how);
  self->advanced = adw_expander_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->advanced), _("Advanced"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (how), self->advanced);
  add_field (self, self->advanced, FIELD_SERVER);
  add_field (self, self->advanced, FIELD_AUTH_USER);
  add_field (self, self->advanced, FIELD_DISPLAY_NAME);
  add_field (self, self->advanced, FIELD_NUMBER);
  gtk_widget_set_tooltip_text (self->entries[FIELD_NUMBER],
                               _("By it and the time, a test call is found among the call centre’s own calls."));
  self->registers = add_switch (self, self->advanced, _("Sign in to the server"), _("Off where it takes calls from this address as they are"));
  self->test = SIDE_LINE_TEST (side_line_test_new ());
  self->test_button = gtk_button_new_with_mnemonic (_("_Test"));
  gtk_widget_set_valign (self->test_button, GTK_ALIGN_CENTER);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (try), _("Does it work?"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (try), _("Nobody’s telephone rings."));
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (try), self->test_button);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (try), GTK_WIDGET (self->test));
  gtk_widget_set_visible (GTK_WIDGET (self->test), FALSE);
  g_signal_connect_object (self->test_button, "clicked", G_CALLBACK (test_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->test, "ended", G_CALLBACK (test_ended_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->test, "trusted", G_CALLBACK (trusted_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (content), who);
  gtk_box_append (GTK_BOX (content), how);
  gtk_box_append (GTK_BOX (content), try);
}

static GtkWidget *
new_header (SideLineDialog *self)
{
  GtkWidget *header = adw_header_bar_new (), *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));

  self->save_button = gtk_button_new_with_mnemonic (_("_Save"));
  gtk_widget_add_css_class (self->save_button, "suggested-action");
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->save_button);
  g_signal_connect_object (cancel, "clicked", G_CALLBACK (cancel_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->save_button, "clicked", G_CALLBACK (save_cb), self, G_CONNECT_SWAPPED);
  return header;
}

static void
side_line_dialog_class_init (SideLineDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = side_line_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_line_dialog_finalize;
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  toast_signal = g_signal_new ("toast", SIDE_TYPE_LINE_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
side_line_dialog_init (SideLineDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *scrolled = gtk_scrolled_window_new (), *clamp = adw_clamp_new ();

  self->cancellable = g_cancellable_new ();
  self->content = content;
  self->scrolled = scrolled;
  gtk_window_set_default_size (GTK_WINDOW (self), 560, 680);
  gtk_widget_add_css_class (content, "script-content");
  self->failure = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT, "wrap", TRUE, "xalign", 0.0,
                                "visible", FALSE, NULL);
  gtk_widget_add_css_class (self->failure, "error");
  gtk_box_append (GTK_BOX (content), self->failure);
  add_groups (self, content);
  adw_clamp_set_child (ADW_CLAMP (clamp), content);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (box), new_header (self));
  gtk_box_append (GTK_BOX (box), scrolled);
  adw_window_set_content (ADW_WINDOW (self), box);
}

static void
fill (SideLineDialog *self)
{
  for (guint i = 0; i < N_FIELDS; i++)
    if (i != FIELD_PASSWORD && G_STRUCT_MEMBER (char *, self->line, fields[i].offset) != NULL)
      gtk_editable_set_text (GTK_EDITABLE (self->entries[i]), G_STRUCT_MEMBER (char *, self->line, fields[i].offset));
  if (self->known)
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->entries[FIELD_PASSWORD]), _("Password, if another than before"));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->transport), self->line->transport);
  gtk_switch_set_active (GTK_SWITCH (self->registers), self->line->registers);
  gtk_switch_set_active (GTK_SWITCH (self->encrypted), self->line->encrypted);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self->advanced), self->line->server != NULL || self->line->auth_user != NULL
                                                                    || self->line->display_name != NULL || self->line->number != NULL
                                                                    || !self->line->registers);
  show_trusted (self);
  edited_cb (self);
}

/**
 * side_line_dialog_new:
 * @parent: (nullable): the window it stands above
 * @lines: where the line is kept
 * @line: (nullable): one of them; %NULL for a new one
 *
 * Returns: (transfer none): a window to be presented
 */
GtkWindow *
side_line_dialog_new (GtkWindow      *parent,
                      SideLines      *lines,
                      const SideLine *line)
{
  SideLineDialog *self = g_object_new (SIDE_TYPE_LINE_DIALOG, "transient-for", parent, "modal", parent != NULL, NULL);
  g_autofree char *id = side_id_new ();

  self->lines = g_object_ref (lines);
  self->known = line != NULL;
  self->line = line != NULL ? side_line_copy (line) : side_line_new (id);
  gtk_window_set_title (GTK_WINDOW (self), self->known ? _("Telephone Line") : _("New Telephone Line"));
  fill (self);
  side_words_guard_begin (GTK_WINDOW (self));
  return GTK_WINDOW (self);
}

static FieldId
find_field (const char *name)
{
  for (guint i = 0; i < N_FIELDS; i++)
    if (g_strcmp0 (fields[i].name, name) == 0)
      return i;
  return N_FIELDS;
}

/**
 * side_line_dialog_get_field:
 * @self: a dialog
 * @name: "label", "user", "password", "domain", "server", "auth-user" or "display-name"
 *
 * Returns: (transfer none): where it is typed
 */
GtkWidget *
side_line_dialog_get_field (SideLineDialog *self,
                            const char     *name)
{
  g_return_val_if_fail (SIDE_IS_LINE_DIALOG (self) && find_field (name) != N_FIELDS, NULL);
  return self->entries[find_field (name)];
}

/**
 * side_line_dialog_get_fault:
 * @self: a dialog
 * @name: as of side_line_dialog_get_field()
 *
 * Returns: (transfer none) (nullable): what is said to be wrong with it
 */
const char *
side_line_dialog_get_fault (SideLineDialog *self,
                            const char     *name)
{
  FieldId field = find_field (name);

  g_return_val_if_fail (SIDE_IS_LINE_DIALOG (self) && field != N_FIELDS, NULL);
  return gtk_widget_get_visible (self->faults[field]) ? gtk_label_get_label (GTK_LABEL (self->fault_words[field])) : NULL;
}
