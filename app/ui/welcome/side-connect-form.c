/* side-connect-form.c - where the server is and how one is known there
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Three lines to fill in. Made only when somebody wants to connect: the first
 * window would wait for it otherwise.
 */
#include "side-connect-form.h"

struct _SideConnectForm
{
  AdwBin               parent_instance;
  AdwEntryRow         *address;
  AdwEntryRow         *user;
  AdwPasswordEntryRow *secret;
  GtkWidget           *connect;
};

enum { SIGNAL_SUBMITTED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SideConnectForm, side_connect_form, ADW_TYPE_BIN)

static void
connect_cb (SideConnectForm *self)
{
  const char *address = gtk_editable_get_text (GTK_EDITABLE (self->address));

  if (*address == '\0')
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->address));
      return;
    }
  g_signal_emit (self, signals[SIGNAL_SUBMITTED], 0, address,
                 gtk_editable_get_text (GTK_EDITABLE (self->user)),
                 gtk_editable_get_text (GTK_EDITABLE (self->secret)));
}

static void
changed_cb (SideConnectForm *self)
{
  gtk_widget_set_sensitive (self->connect, *gtk_editable_get_text (GTK_EDITABLE (self->address)) != '\0');
}

static void
side_connect_form_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), SIDE_TYPE_CONNECT_FORM);
  G_OBJECT_CLASS (side_connect_form_parent_class)->dispose (object);
}

static void
side_connect_form_class_init (SideConnectFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = side_connect_form_dispose;
  signals[SIGNAL_SUBMITTED] = g_signal_new ("submitted", SIDE_TYPE_CONNECT_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                            G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/sidetone/Sidetone/welcome/side-connect-form.ui");
  gtk_widget_class_bind_template_child (widget_class, SideConnectForm, address);
  gtk_widget_class_bind_template_child (widget_class, SideConnectForm, user);
  gtk_widget_class_bind_template_child (widget_class, SideConnectForm, secret);
  gtk_widget_class_bind_template_child (widget_class, SideConnectForm, connect);
  gtk_widget_class_bind_template_callback (widget_class, connect_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
side_connect_form_init (SideConnectForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  changed_cb (self);
}

/**
 * side_connect_form_new:
 *
 * Returns: (transfer floating): an empty form
 */
GtkWidget *
side_connect_form_new (void)
{
  return g_object_new (SIDE_TYPE_CONNECT_FORM, NULL);
}

/**
 * side_connect_form_fill:
 * @self: a form
 * @url: an address to start from
 * @user: (nullable): a user's name to start from
 *
 * Empties the password.
 */
void
side_connect_form_fill (SideConnectForm *self,
                        const char      *url,
                        const char      *user)
{
  g_return_if_fail (SIDE_IS_CONNECT_FORM (self));
  gtk_editable_set_text (GTK_EDITABLE (self->address), url);
  gtk_editable_set_text (GTK_EDITABLE (self->user), user != NULL ? user : "");
  gtk_editable_set_text (GTK_EDITABLE (self->secret), "");
}

/**
 * side_connect_form_focus:
 * @self: a form
 * @field: the line that has to be filled in, or looked at again
 *
 * Puts the cursor there, or into the address while that is empty. What stands
 * there is selected, so that typing replaces it.
 */
void
side_connect_form_focus (SideConnectForm *self,
                         SideConnectField field)
{
  GtkWidget *line = GTK_WIDGET (self->address);

  g_return_if_fail (SIDE_IS_CONNECT_FORM (self));
  if (field == SIDE_CONNECT_FIELD_SECRET && *gtk_editable_get_text (GTK_EDITABLE (self->address)) != '\0')
    line = GTK_WIDGET (self->secret);
  gtk_widget_grab_focus (line);
  gtk_editable_select_region (GTK_EDITABLE (line), 0, -1);
}
