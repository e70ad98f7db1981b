/* side-secrets.c - tokens in the desktop's Secret Service
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A token is kept nowhere else. Where the desktop has no Secret Service the
 * calls fail; whoever called says so and keeps the token for this session.
 */
#include "side-secrets.h"

#include <libsecret/secret.h>

#include "side-error.h"

static const SecretSchema *
get_schema (void)
{
  static const SecretSchema schema = {
    SIDE_APPLICATION_ID ".Token", SECRET_SCHEMA_NONE,
    { { "identity", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } },
  };

  return &schema;
}

/* From libsecret's and D-Bus's errors to ours. */
static void
return_failure (GTask        *task,
                const GError *error)
{
  if (side_error_is_cancelled (error))
    g_task_return_new_error (task, SIDE_ERROR, SIDE_ERROR_CANCELLED, "%s", error->message);
  else
    g_task_return_new_error (task, SIDE_ERROR, SIDE_ERROR_UNREACHABLE, "Secret Service: %s", error->message);
}

static void
stored_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (secret_password_store_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    return_failure (task, error);
}

/**
 * side_secrets_store_async:
 * @identity: which server and user; see side_server_dup_identity()
 * @token: what to keep
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is kept or failed
 * @user_data: data for @callback
 */
void
side_secrets_store_async (const char          *identity,
                          const char          *token,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  g_autofree char *label = g_strdup_printf ("Sidetone: %s", identity);

  g_task_set_source_tag (task, side_secrets_store_async);
  secret_password_store (get_schema (), SECRET_COLLECTION_DEFAULT, label, token, cancellable, stored_cb, task,
                         "identity", identity, NULL);
}

/**
 * side_secrets_store_finish:
 * @result: what the callback was given
 * @error: UNREACHABLE when there is no Secret Service or it refused
 *
 * Returns: whether it is kept
 */
gboolean
side_secrets_store_finish (GAsyncResult  *result,
                           GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
looked_up_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  char *token = secret_password_lookup_finish (result, &error);

  if (error != NULL)
    return_failure (task, error);
  else
    g_task_return_pointer (task, token, (GDestroyNotify) secret_password_free);
}

/**
 * side_secrets_lookup_async:
 * @identity: which server and user
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: data for @callback
 */
void
side_secrets_lookup_async (const char          *identity,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, side_secrets_lookup_async);
  secret_password_lookup (get_schema (), cancellable, looked_up_cb, task, "identity", identity, NULL);
}

/**
 * side_secrets_lookup_finish:
 * @result: what the callback was given
 * @error: UNREACHABLE when there is no Secret Service or it refused
 *
 * Returns: (transfer full) (nullable): the token; %NULL without an error when
 *   none is kept
 */
char *
side_secrets_lookup_finish (GAsyncResult  *result,
                            GError       **error)
{
  char *token = g_task_propagate_pointer (G_TASK (result), error);
  char *copy = g_strdup (token);

  /* libsecret's memory is not g_free()'s. */
  secret_password_free (token);
  return copy;
}

static void
forgotten_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  secret_password_clear_finish (result, &error);
  if (error != NULL)
    g_debug ("forgetting a token: %s", error->message);
}

/**
 * side_secrets_forget:
 * @identity: which server and user
 *
 * Has the Secret Service forget their token, if it has one.
 */
void
side_secrets_forget (const char *identity)
{
  secret_password_clear (get_schema (), NULL, forgotten_cb, NULL, "identity", identity, NULL);
}
