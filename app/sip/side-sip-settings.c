/* side-sip-settings.c - how to reach a telephone line
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A value with a check: whatever is in here ends up in the head of messages,
 * so nothing passes that could end a line there or begin something else. Knows
 * no network and no password.
 */
#include "side-sip-settings.h"

#include <string.h>

#include "side-error.h"

#define MIN_EXPIRES_S 60
#define MAX_EXPIRES_S 3600
#define MIN_ANSWER_MS 100
#define MAX_ANSWER_MS 60000

/* What RFC 3261 lets stand before the @, beside letters and digits. */
#define USER_MARKS "-_.!~*'()&=+$,;?/"

struct _SideSipSettings
{
  GObject           parent_instance;

  gboolean          checked;        /* nothing changes any more */
  char             *user;
  char             *auth_user;
  char             *display_name;
  char             *domain;
  char             *server;
  SideSipTransport  transport;
  SideSipMedia      media;
  gboolean          registers;
  guint             expires_s;
  gboolean          reliable;
  GTlsCertificate  *trusted;
  guint             answer_ms;
};

enum {
  PROP_0,
  PROP_USER,
  PROP_AUTH_USER,
  PROP_DISPLAY_NAME,
  PROP_DOMAIN,
  PROP_SERVER,
  PROP_TRANSPORT,
  PROP_MEDIA,
  PROP_REGISTERS,
  PROP_EXPIRES_S,
  PROP_RELIABLE,
  PROP_TRUSTED,
  PROP_ANSWER_MS,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_ENUM_TYPE (SideSipTransport, side_sip_transport,
                    G_DEFINE_ENUM_VALUE (SIDE_SIP_UDP, "udp"),
                    G_DEFINE_ENUM_VALUE (SIDE_SIP_TCP, "tcp"),
                    G_DEFINE_ENUM_VALUE (SIDE_SIP_TLS, "tls"))

G_DEFINE_ENUM_TYPE (SideSipMedia, side_sip_media,
                    G_DEFINE_ENUM_VALUE (SIDE_SIP_MEDIA_PLAIN, "plain"),
                    G_DEFINE_ENUM_VALUE (SIDE_SIP_MEDIA_SRTP, "srtp"))

G_DEFINE_FINAL_TYPE (SideSipSettings, side_sip_settings, G_TYPE_OBJECT)

static void
side_sip_settings_finalize (GObject *object)
{
  SideSipSettings *self = SIDE_SIP_SETTINGS (object);

  g_free (self->user);
  g_free (self->auth_user);
  g_free (self->display_name);
  g_free (self->domain);
  g_free (self->server);
  g_clear_object (&self->trusted);
  G_OBJECT_CLASS (side_sip_settings_parent_class)->finalize (object);
}

static void
side_sip_settings_get_property (GObject    *object,
                                guint       id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  SideSipSettings *self = SIDE_SIP_SETTINGS (object);

  switch (id)
    {
    case PROP_USER:
      g_value_set_string (value, self->user);
      break;
    case PROP_AUTH_USER:
      g_value_set_string (value, self->auth_user);
      break;
    case PROP_DISPLAY_NAME:
      g_value_set_string (value, self->display_name);
      break;
    case PROP_DOMAIN:
      g_value_set_string (value, self->domain);
      break;
    case PROP_SERVER:
      g_value_set_string (value, self->server);
      break;
    case PROP_TRANSPORT:
      g_value_set_enum (value, self->transport);
      break;
    case PROP_MEDIA:
      g_value_set_enum (value, self->media);
      break;
    case PROP_REGISTERS:
      g_value_set_boolean (value, self->registers);
      break;
    case PROP_EXPIRES_S:
      g_value_set_uint (value, self->expires_s);
      break;
    case PROP_RELIABLE:
      g_value_set_boolean (value, self->reliable);
      break;
    case PROP_TRUSTED:
      g_value_set_object (value, self->trusted);
      break;
    case PROP_ANSWER_MS:
      g_value_set_uint (value, self->answer_ms);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

/* An empty text is no text: a form's empty field says the same as an unset one. */
static gboolean
take_text (char         **slot,
           const GValue  *value)
{
  const char *text = g_value_get_string (value);

  if (text != NULL && *text == '\0')
    text = NULL;
  if (g_strcmp0 (*slot, text) == 0)
    return FALSE;
  g_free (*slot);
  *slot = g_strdup (text);
  return TRUE;
}

static gboolean
take_number (int *slot,
             int  value)
{
  if (*slot == value)
    return FALSE;
  *slot = value;
  return TRUE;
}

static void
side_sip_settings_set_property (GObject      *object,
                                guint         id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  SideSipSettings *self = SIDE_SIP_SETTINGS (object);
  char **const texts[] = {
    [PROP_USER] = &self->user, [PROP_AUTH_USER] = &self->auth_user, [PROP_DISPLAY_NAME] = &self->display_name,
    [PROP_DOMAIN] = &self->domain, [PROP_SERVER] = &self->server,
  };
  gboolean changed = FALSE;
  int number;

  g_return_if_fail (!self->checked);

  switch (id)
    {
    case PROP_USER:
    case PROP_AUTH_USER:
    case PROP_DISPLAY_NAME:
    case PROP_DOMAIN:
    case PROP_SERVER:
      changed = take_text (texts[id], value);
      break;
    case PROP_TRANSPORT:
      number = (int) self->transport;
      changed = take_number (&number, g_value_get_enum (value));
      self->transport = (SideSipTransport) number;
      break;
    case PROP_MEDIA:
      number = (int) self->media;
      changed = take_number (&number, g_value_get_enum (value));
      self->media = (SideSipMedia) number;
      break;
    case PROP_REGISTERS:
      changed = take_number (&self->registers, g_value_get_boolean (value));
      break;
    case PROP_EXPIRES_S:
      changed = take_number ((int *) &self->expires_s, (int) g_value_get_uint (value));
      break;
    case PROP_RELIABLE:
      changed = take_number (&self->reliable, g_value_get_boolean (value));
      break;
    case PROP_TRUSTED:
      changed = g_set_object (&self->trusted, g_value_get_object (value));
      break;
    case PROP_ANSWER_MS:
      changed = take_number ((int *) &self->answer_ms, (int) g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
  if (changed)
    g_object_notify_by_pspec (object, pspec);
}

static void
side_sip_settings_class_init (SideSipSettingsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = side_sip_settings_finalize;
  object_class->get_property = side_sip_settings_get_property;
  object_class->set_property = side_sip_settings_set_property;
  props[PROP_USER] = g_param_spec_string ("user", NULL, NULL, NULL, flags);
  props[PROP_AUTH_USER] = g_param_spec_string ("auth-user", NULL, NULL, NULL, flags);
  props[PROP_DISPLAY_NAME] = g_param_spec_string ("display-name", NULL, NULL, NULL, flags);
  props[PROP_DOMAIN] = g_param_spec_string ("domain", NULL, NULL, NULL, flags);
  props[PROP_SERVER] = g_param_spec_string ("server", NULL, NULL, NULL, flags);
  props[PROP_TRANSPORT] = g_param_spec_enum ("transport", NULL, NULL, SIDE_TYPE_SIP_TRANSPORT, SIDE_SIP_UDP, flags);
  props[PROP_MEDIA] = g_param_spec_enum ("media", NULL, NULL, SIDE_TYPE_SIP_MEDIA, SIDE_SIP_MEDIA_PLAIN, flags);
  props[PROP_REGISTERS] = g_param_spec_boolean ("registers", NULL, NULL, TRUE, flags);
  props[PROP_EXPIRES_S] = g_param_spec_uint ("expires-s", NULL, NULL, MIN_EXPIRES_S, MAX_EXPIRES_S, 300, flags);
  props[PROP_RELIABLE] = g_param_spec_boolean ("reliable", NULL, NULL, FALSE, flags);
  props[PROP_TRUSTED] = g_param_spec_object ("trusted", NULL, NULL, G_TYPE_TLS_CERTIFICATE, flags);
  props[PROP_ANSWER_MS] = g_param_spec_uint ("answer-ms", NULL, NULL, MIN_ANSWER_MS, MAX_ANSWER_MS, 5000, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
side_sip_settings_init (SideSipSettings *self)
{
  self->registers = TRUE;
  self->expires_s = 300;
  self->answer_ms = 5000;
}

SideSipSettings *
side_sip_settings_new (void)
{
  return g_object_new (SIDE_TYPE_SIP_SETTINGS, NULL);
}

static gboolean
is_user (const char *text)
{
  if (text == NULL || strlen (text) > SIDE_SIP_MAX_TEXT)
    return FALSE;
  for (const char *p = text; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && strchr (USER_MARKS, *p) == NULL)
      return FALSE;
  return TRUE;
}

/* A line of text that can stand in quotes. */
static gboolean
is_line (const char *text)
{
  if (text == NULL)
    return TRUE;
  if (strlen (text) > SIDE_SIP_MAX_TEXT || !g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (const char *p = text; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p))
      return FALSE;
  return TRUE;
}

/* Returns: (transfer full) (nullable): @name as it goes to a resolver: an
 * address without brackets, a host name in ASCII and without a final dot. */
static char *
plain_host (const char *name)
{
  gsize length = strlen (name);
  g_autofree char *ascii = NULL;

  if (length > 2 && name[0] == '[' && name[length - 1] == ']')
    {
      g_autofree char *inner = g_strndup (name + 1, length - 2);

      return strchr (inner, ':') != NULL && g_hostname_is_ip_address (inner) ? g_steal_pointer (&inner) : NULL;
    }
  if (g_hostname_is_ip_address (name))
    return g_strdup (name);
  ascii = length <= SIDE_SIP_MAX_TEXT && g_utf8_validate (name, -1, NULL) ? g_hostname_to_ascii (name) : NULL;
  if (ascii == NULL)
    return NULL;
  length = strlen (ascii);
  if (length > 0 && ascii[length - 1] == '.')
    ascii[--length] = '\0';
  if (length == 0 || length > 253 || ascii[0] == '.' || strstr (ascii, "..") != NULL)
    return NULL;
  for (const char *p = ascii; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && *p != '-' && *p != '.' && *p != '_')
      return NULL;
  return g_steal_pointer (&ascii);
}

/* "host", "host:port", "192.0.2.1:5061", "[2001:db8::1]:5061", and "2001:db8::1",
 * which needs no brackets where no port follows. */
static char *
split_host (const char *text,
            guint16    *port)
{
  const char *close = text[0] == '[' ? strchr (text, ']') : NULL;
  const char *colon = close != NULL ? close + 1 : strrchr (text, ':');
  g_autofree char *name = NULL;
  guint64 number = 0;

  *port = 0;
  if (close != NULL ? *colon == '\0' : colon == NULL || g_hostname_is_ip_address (text))
    return plain_host (text);
  if (*colon != ':' || !g_ascii_string_to_unsigned (colon + 1, 10, 1, G_MAXUINT16, &number, NULL))
    return NULL;
  name = g_strndup (text, (gsize) (colon - text));
  *port = (guint16) number;
  return plain_host (name);
}

/* Only an authority that signed itself can end a chain for OpenSSL, which has
 * the last word: another one would be taken by the first look, and then met
 * with silence. */
static gboolean
ends_a_chain (GTlsCertificate *certificate)
{
  g_autofree char *subject = g_tls_certificate_get_subject_name (certificate);
  g_autofree char *issuer = g_tls_certificate_get_issuer_name (certificate);

  return g_strcmp0 (subject, issuer) == 0;
}

static const char *
find_fault (SideSipSettings *self)
{
  guint16 port;
  g_autofree char *domain = self->domain != NULL ? split_host (self->domain, &port) : NULL;
  g_autofree char *server = NULL;

  if (self->user == NULL || !is_user (self->user))
    return "user";
  if (!is_line (self->auth_user))
    return "auth-user";
  if (!is_line (self->display_name))
    return "display-name";
  /* What stands behind the @ has no port of its own: that is the server's. */
  if (domain == NULL || port != 0)
    return "domain";
  server = self->server != NULL ? split_host (self->server, &port) : NULL;
  if (self->server != NULL && server == NULL)
    return "server";
  /* The keys travel in the description: it must not be read on the way. */
  if (self->media == SIDE_SIP_MEDIA_SRTP && self->transport != SIDE_SIP_TLS)
    return "media";
  if (self->trusted != NULL && !ends_a_chain (self->trusted))
    return "trusted";
  return NULL;
}

/**
 * side_sip_settings_check:
 * @self: settings
 * @error: where to say what is wrong
 *
 * Settings that are good cannot be changed afterwards.
 *
 * Returns: %FALSE with INVALID, whose message is the name of the first
 *   property that is not as it must be
 */
gboolean
side_sip_settings_check (SideSipSettings  *self,
                         GError          **error)
{
  const char *fault;

  g_return_val_if_fail (SIDE_IS_SIP_SETTINGS (self), FALSE);

  fault = find_fault (self);
  if (fault != NULL)
    {
      g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_INVALID, fault);
      return FALSE;
    }
  self->checked = TRUE;
  return TRUE;
}

#define GETTER(type, name, member, otherwise) \
  type \
  side_sip_settings_get_##name (SideSipSettings *self) \
  { \
    g_return_val_if_fail (SIDE_IS_SIP_SETTINGS (self), otherwise); \
    return self->member; \
  }

GETTER (const char *, user, user, NULL)
GETTER (const char *, display_name, display_name, NULL)
GETTER (const char *, domain, domain, NULL)
GETTER (const char *, server, server, NULL)
GETTER (SideSipTransport, transport, transport, SIDE_SIP_UDP)
GETTER (SideSipMedia, media, media, SIDE_SIP_MEDIA_PLAIN)
GETTER (gboolean, registers, registers, FALSE)
GETTER (guint, expires_s, expires_s, 0)
GETTER (gboolean, reliable, reliable, FALSE)
GETTER (GTlsCertificate *, trusted, trusted, NULL)
GETTER (guint, answer_ms, answer_ms, 0)

/**
 * side_sip_settings_get_auth_user:
 * @self: settings
 *
 * Returns: the name that belongs to the password: auth-user, or user without one
 */
const char *
side_sip_settings_get_auth_user (SideSipSettings *self)
{
  g_return_val_if_fail (SIDE_IS_SIP_SETTINGS (self), NULL);
  return self->auth_user != NULL ? self->auth_user : self->user;
}

/**
 * side_sip_settings_dup_domain:
 * @self: settings that were checked
 *
 * Returns: (transfer full): the domain as it goes into a message: a host name
 *   in ASCII, or an address without brackets
 */
char *
side_sip_settings_dup_domain (SideSipSettings *self)
{
  guint16 none;

  g_return_val_if_fail (SIDE_IS_SIP_SETTINGS (self) && self->checked, NULL);
  return split_host (self->domain, &none);
}

/**
 * side_sip_settings_dup_host:
 * @self: settings that were checked
 * @port: (out): the port to send to; 0 where none is named
 *
 * Returns: (transfer full): which host to send to: a host name in ASCII, or an
 *   address without brackets
 */
char *
side_sip_settings_dup_host (SideSipSettings *self,
                            guint16         *port)
{
  g_return_val_if_fail (SIDE_IS_SIP_SETTINGS (self) && self->checked && port != NULL, NULL);
  return split_host (self->server != NULL ? self->server : self->domain, port);
}
