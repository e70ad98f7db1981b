/* side-welcome-page.c - the first thing one sees
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-welcome-page.h"

#include <glib/gi18n.h>

#include "side-certificate-words.h"
#include "side-desk-owner.h"

struct _SideWelcomePage
{
  AdwBin               parent_instance;
  GtkStack            *stack;
  GtkLabel            *busy;
  GtkWidget           *back;
  AdwBin              *servers_bin;
  AdwPreferencesGroup *servers_group;   /* NULL until there is a known server */
  SideConnectForm     *form;            /* NULL until somebody wants to connect */
  GtkWidget           *problem_box;
  GtkLabel            *problem;
  GtkLabel            *details;
  GtkWidget           *stored;          /* without a connection, shown with a problem */
  SideServer          *offered;         /* nullable: whose calls that shows */
  GtkWidget           *trust_box;
  GtkLabel            *trust_text;
  GtkLabel            *certificate;
  GtkLabel            *fingerprint;
  gboolean             form_wanted;     /* the form is what one comes back to */
  GPtrArray           *rows;       /* of known servers, owned by their group */
};

enum {
  SIGNAL_DEMO, SIGNAL_CONNECT, SIGNAL_SERVER, SIGNAL_FORGET, SIGNAL_STORED, SIGNAL_TRUST, SIGNAL_CANCELLED, N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SideWelcomePage, side_welcome_page, ADW_TYPE_BIN)

static void
hide_problems (SideWelcomePage *self)
{
  gtk_widget_set_visible (self->problem_box, FALSE);
  gtk_widget_set_visible (self->trust_box, FALSE);
}

static void
demo_cb (SideWelcomePage *self)
{
  hide_problems (self);
  g_signal_emit (self, signals[SIGNAL_DEMO], 0);
}

static void
submitted_cb (SideWelcomePage *self,
              const char      *url,
              const char      *user,
              const char      *secret)
{
  hide_problems (self);
  g_signal_emit (self, signals[SIGNAL_CONNECT], 0, url, user, secret);
}

static void
show_part (SideWelcomePage *self,
           const char      *name)
{
  gtk_stack_set_visible_child_name (self->stack, name);
  gtk_widget_set_visible (self->back, g_str_equal (name, "form"));
}

static void
show_form (SideWelcomePage *self)
{
  if (self->form == NULL)
    {
      self->form = SIDE_CONNECT_FORM (side_connect_form_new ());
      g_signal_connect_swapped (self->form, "submitted", G_CALLBACK (submitted_cb), self);
      gtk_stack_add_named (self->stack, GTK_WIDGET (self->form), "form");
    }
  self->form_wanted = TRUE;
  show_part (self, "form");
  side_connect_form_focus (self->form, SIDE_CONNECT_FIELD_SECRET);
}

static void
choose_server_cb (SideWelcomePage *self)
{
  hide_problems (self);
  show_form (self);
}

static void
back_cb (SideWelcomePage *self)
{
  hide_problems (self);
  self->form_wanted = FALSE;
  show_part (self, "start");
}

static void
trust_cb (SideWelcomePage *self)
{
  g_autofree char *fingerprint = g_strdup (gtk_widget_get_tooltip_text (GTK_WIDGET (self->fingerprint)));

  hide_problems (self);
  g_signal_emit (self, signals[SIGNAL_TRUST], 0, fingerprint);
}

static void
stored_cb (SideWelcomePage *self)
{
  g_autoptr (SideServer) server = g_steal_pointer (&self->offered);

  hide_problems (self);
  if (server != NULL)
    g_signal_emit (self, signals[SIGNAL_STORED], 0, server->url, server->user != NULL ? server->user : "");
}

static void
cancel_cb (SideWelcomePage *self)
{
  g_signal_emit (self, signals[SIGNAL_CANCELLED], 0);
}

static void
side_welcome_page_dispose (GObject *object)
{
  SideWelcomePage *self = SIDE_WELCOME_PAGE (object);

  self->form = NULL;
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->offered, side_server_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), SIDE_TYPE_WELCOME_PAGE);
  G_OBJECT_CLASS (side_welcome_page_parent_class)->dispose (object);
}

static guint
new_signal (const char *name,
            guint       n_strings)
{
  GType types[3] = { G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING };

  return g_signal_newv (name, SIDE_TYPE_WELCOME_PAGE, G_SIGNAL_RUN_LAST, NULL, NULL, NULL, NULL,
                        G_TYPE_NONE, n_strings, types);
}

static void
side_welcome_page_class_init (SideWelcomePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = side_welcome_page_dispose;
  signals[SIGNAL_DEMO] = new_signal ("demo-requested", 0);
  signals[SIGNAL_CONNECT] = new_signal ("connect-requested", 3);
  signals[SIGNAL_SERVER] = new_signal ("server-chosen", 2);
  signals[SIGNAL_FORGET] = new_signal ("forget-requested", 2);
  signals[SIGNAL_STORED] = new_signal ("stored-requested", 2);
  signals[SIGNAL_TRUST] = new_signal ("trust-requested", 1);
  signals[SIGNAL_CANCELLED] = new_signal ("cancelled", 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/sidetone/Sidetone/welcome/side-welcome-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SideWelcomePage, stack);
  gtk_widget_class_bind_template_child (widget_class, SideWelcomePage, busy);
  gtk_widget_class_bind_template_child (widget_class, SideWelcomePage, back);
  gtk_widget_class_bind_template_child (widget_class, SideWelcomePage, servers_bin);
  gtk_widget_class_bind_template_child (widget_class, SideWelcomePage, problem_box);
  gtk_widget_class_bind_template_child (widget_class, SideWelcomePage, problem);
  gtk_widget_class_bind_template_child (widget_class, SideWelcomePage, details);
  gtk_widget_class_bind_template_child (widget_class, SideWelcomePage, stored);
  gtk_widget_class_bind_template_child (widget_class, SideWelcomePage, certificate);
  gtk_widget_class_bind_template_child (widget_class, SideWelcomePage, trust_box);
  gtk_widget_class_bind_template_child (widget_class, SideWelcomePage, trust_text);
  gtk_widget_class_bind_template_child (widget_class, SideWelcomePage, fingerprint);
  gtk_widget_class_bind_template_callback (widget_class, demo_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_server_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, stored_cb);
  gtk_widget_class_bind_template_callback (widget_class, trust_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
}

static void
side_welcome_page_init (SideWelcomePage *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * side_welcome_page_new:
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
side_welcome_page_new (void)
{
  return g_object_new (SIDE_TYPE_WELCOME_PAGE, NULL);
}

static void
emit_for_row (SideWelcomePage *self,
              GtkWidget       *row,
              guint            signal)
{
  const SideServer *server = g_object_get_data (G_OBJECT (row), "server");

  g_signal_emit (self, signal, 0, server->url, server->user != NULL ? server->user : "");
}

static void
row_activated_cb (GtkWidget       *row,
                  SideWelcomePage *self)
{
  hide_problems (self);
  emit_for_row (self, row, signals[SIGNAL_SERVER]);
}

static void
remove_clicked_cb (GtkWidget       *button,
                   SideWelcomePage *self)
{
  emit_for_row (self, gtk_widget_get_ancestor (button, ADW_TYPE_ACTION_ROW), signals[SIGNAL_FORGET]);
}

static void
row_stored_cb (GtkWidget       *button,
               SideWelcomePage *self)
{
  hide_problems (self);
  emit_for_row (self, gtk_widget_get_ancestor (button, ADW_TYPE_ACTION_ROW), signals[SIGNAL_STORED]);
}

static void
add_stored_button (SideWelcomePage  *self,
                   GtkWidget        *row,
                   const SideServer *server)
{
  GtkWidget *button;
  g_autofree char *label = NULL;

  if (!side_desk_owner_has_calls (server))
    return;
  button = gtk_button_new_with_label (_("Work Offline"));
  label = g_strdup_printf (_("Work offline with what is stored here of %s"), server->url);
  gtk_widget_set_name (button, "row_stored");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _("Show what is stored on this computer, without the server"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  g_signal_connect (button, "clicked", G_CALLBACK (row_stored_cb), self);
}

static GtkWidget *
new_server_row (SideWelcomePage  *self,
                const SideServer *server)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  g_autofree char *label = g_strdup_printf (_("Forget %s"), server->url);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), server->url);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), server->user != NULL ? server->user : _("by token"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _("Forget this server"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  add_stored_button (self, row, server);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  g_object_set_data_full (G_OBJECT (row), "server", side_server_copy (server), (GDestroyNotify) side_server_free);
  g_signal_connect (row, "activated", G_CALLBACK (row_activated_cb), self);
  g_signal_connect (button, "clicked", G_CALLBACK (remove_clicked_cb), self);
  return row;
}

/**
 * side_welcome_page_set_servers:
 * @self: the page
 * @servers: (element-type SideServer): the known ones
 */
void
side_welcome_page_set_servers (SideWelcomePage *self,
                               GPtrArray       *servers)
{
  g_return_if_fail (SIDE_IS_WELCOME_PAGE (self));
  if (self->servers_group == NULL && servers->len > 0)
    {
      self->servers_group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
      adw_preferences_group_set_title (self->servers_group, _("Known Servers"));
      adw_bin_set_child (self->servers_bin, GTK_WIDGET (self->servers_group));
    }
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->servers_group, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < servers->len; i++)
    {
      GtkWidget *row = new_server_row (self, g_ptr_array_index (servers, i));

      adw_preferences_group_add (self->servers_group, row);
      g_ptr_array_add (self->rows, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->servers_bin), servers->len > 0);
}

/**
 * side_welcome_page_set_busy:
 * @self: the page
 * @what: (nullable): what is being done, "Connecting to pbx1…"; %NULL for
 *   nothing: the form is shown if it was in use, else the choices
 */
void
side_welcome_page_set_busy (SideWelcomePage *self,
                            const char      *what)
{
  g_return_if_fail (SIDE_IS_WELCOME_PAGE (self));
  if (what != NULL)
    gtk_label_set_text (self->busy, what);
  show_part (self, what != NULL ? "busy" : self->form_wanted ? "form" : "start");
}

/**
 * side_welcome_page_set_form:
 * @self: the page
 * @url: an address to start from
 * @user: (nullable): a user's name to start from
 *
 * Puts the cursor where the password is typed.
 */
void
side_welcome_page_set_form (SideWelcomePage *self,
                            const char      *url,
                            const char      *user)
{
  g_return_if_fail (SIDE_IS_WELCOME_PAGE (self));
  show_form (self);
  side_connect_form_fill (self->form, url, user);
  side_connect_form_focus (self->form, SIDE_CONNECT_FIELD_SECRET);
}

/**
 * side_welcome_page_return_to_form:
 * @self: the page
 * @wrong: the line to look at again
 *
 * Shows the form as it was sent off: nothing has to be typed twice.
 */
void
side_welcome_page_return_to_form (SideWelcomePage *self,
                                  SideConnectField wrong)
{
  g_return_if_fail (SIDE_IS_WELCOME_PAGE (self));
  show_form (self);
  side_connect_form_focus (self->form, wrong);
}

/**
 * side_welcome_page_show_problem:
 * @self: the page
 * @problem: (nullable): what went wrong, in a plain sentence; %NULL for nothing
 * @details: (nullable): more, for whoever has to mend it
 */
void
side_welcome_page_show_problem (SideWelcomePage *self,
                                const char      *problem,
                                const char      *details)
{
  g_return_if_fail (SIDE_IS_WELCOME_PAGE (self));
  hide_problems (self);
  if (problem == NULL)
    return;
  gtk_label_set_text (self->problem, problem);
  gtk_label_set_text (self->details, details != NULL ? details : "");
  gtk_widget_set_visible (GTK_WIDGET (self->details), details != NULL);
  gtk_widget_set_visible (self->stored, FALSE);
  gtk_widget_set_visible (self->problem_box, TRUE);
}

/**
 * side_welcome_page_offer_stored:
 * @self: the page, showing a problem
 * @server: a server and a user whose calls are stored on this computer
 *
 * Offers to go on with those instead.
 */
void
side_welcome_page_offer_stored (SideWelcomePage  *self,
                                const SideServer *server)
{
  g_autofree char *label = NULL;

  g_return_if_fail (SIDE_IS_WELCOME_PAGE (self));
  g_clear_pointer (&self->offered, side_server_free);
  self->offered = side_server_copy (server);
  if (server->user != NULL)
    label = g_strdup_printf (_("Work Offline as %s"), server->user);
  gtk_button_set_label (GTK_BUTTON (self->stored), label != NULL ? label : _("Work Offline"));
  gtk_widget_set_visible (self->stored, TRUE);
}

/**
 * side_welcome_page_ask_trust:
 * @self: the page
 * @problem: whose certificate it is and what is wrong with it
 * @certificate: (nullable): the certificate
 * @fingerprint: SHA-256 of the certificate, hex
 */
void
side_welcome_page_ask_trust (SideWelcomePage *self,
                             const char      *problem,
                             GTlsCertificate *certificate,
                             const char      *fingerprint)
{
  g_autofree char *grouped = NULL;
  g_autofree char *text = NULL;
  g_autofree char *described = NULL;

  g_return_if_fail (SIDE_IS_WELCOME_PAGE (self));
  hide_problems (self);
  grouped = side_certificate_group_fingerprint (fingerprint);
  /* Translators: a sentence about a certificate, without its full stop */
  text = g_strdup_printf (_("%s. Compare the fingerprint with the one the server's administrator gave you. "
                            "If they differ, somebody may be listening in."), problem);
  described = certificate != NULL ? side_certificate_describe (certificate) : NULL;
  gtk_label_set_text (self->trust_text, text);
  gtk_label_set_text (self->certificate, described != NULL ? described : "");
  gtk_widget_set_visible (GTK_WIDGET (self->certificate), described != NULL);
  gtk_label_set_text (self->fingerprint, grouped);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->fingerprint), fingerprint);
  gtk_widget_set_visible (self->trust_box, TRUE);
}

/**
 * side_welcome_page_get_problem:
 * @self: the page
 *
 * Returns: (transfer none) (nullable): the sentence that is shown, if any
 */
const char *
side_welcome_page_get_problem (SideWelcomePage *self)
{
  g_return_val_if_fail (SIDE_IS_WELCOME_PAGE (self), NULL);
  if (gtk_widget_get_visible (self->problem_box))
    return gtk_label_get_text (self->problem);
  if (gtk_widget_get_visible (self->trust_box))
    return gtk_label_get_text (self->trust_text);
  return NULL;
}
