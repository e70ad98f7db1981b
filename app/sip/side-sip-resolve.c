/* side-sip-resolve.c - from a server's name to its addresses
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * RFC 3263 without NAPTR, asked of the system's resolver, so that /etc/hosts and
 * whatever else the system goes by count. One search is a GTask; its steps are
 * SRV, then the addresses of each target in turn.
 */
#include "side-sip-private.h"

#include <string.h>

#include "side-error.h"

#define MAX_TARGETS   8
#define MAX_ADDRESSES 16

typedef struct {
  SideSipTransport  transport;
  char             *host;
  guint16           port;         /* 0: to be found by SRV, or the usual one */
  GQueue            targets;      /* of GSrvTarget, still to be looked up */
  GList            *addresses;    /* of GSocketAddress */
  guint             n_addresses;
  GCancellable     *inner;        /* the caller's and the deadlines' */
  gulong            outer_handler;
  guint             deadline;
  guint             srv_deadline;
  gboolean          late;         /* the deadline struck */
  GError           *error;        /* the last that a name met with */
} Search;

static void ask_next (GTask *task);

static void
free_addresses (GList *addresses)
{
  g_list_free_full (addresses, g_object_unref);
}

static void
search_free (gpointer data)
{
  Search *search = data;

  g_free (search->host);
  g_queue_clear_full (&search->targets, (GDestroyNotify) g_srv_target_free);
  free_addresses (search->addresses);
  g_clear_object (&search->inner);
  g_clear_error (&search->error);
  g_free (search);
}

/* The port of RFC 3261 §19.1.2 where nobody names one. */
static guint16
usual_port (SideSipTransport transport)
{
  return transport == SIDE_SIP_TLS ? 5061 : 5060;
}

static GError *
to_our_error (Search       *search,
              const GError *error)
{
  SideError code = SIDE_ERROR_UNREACHABLE;

  if (search->late || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return g_error_new (SIDE_ERROR, SIDE_ERROR_TIMED_OUT, "no name server answered for %s", search->host);
  if (g_error_matches (error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND))
    code = SIDE_ERROR_NOT_FOUND;
  else if (side_error_is_cancelled (error))
    code = SIDE_ERROR_CANCELLED;
  return g_error_new (SIDE_ERROR, code, "%s: %s", search->host, error != NULL ? error->message : "no address");
}

/* Ends the search with what was found. */
static void
finish (GTask *task)
{
  Search *search = g_task_get_task_data (task);
  GCancellable *outer = g_task_get_cancellable (task);

  g_clear_handle_id (&search->deadline, g_source_remove);
  g_clear_handle_id (&search->srv_deadline, g_source_remove);
  if (search->outer_handler != 0)
    g_cancellable_disconnect (outer, search->outer_handler);
  search->outer_handler = 0;
  if (outer != NULL && g_cancellable_is_cancelled (outer))
    g_task_return_new_error (task, SIDE_ERROR, SIDE_ERROR_CANCELLED, "the search for %s was taken back", search->host);
  else if (search->addresses != NULL)
    g_task_return_pointer (task, g_steal_pointer (&search->addresses), (GDestroyNotify) free_addresses);
  else if (search->error == NULL && !search->late)
    g_task_return_new_error (task, SIDE_ERROR, SIDE_ERROR_NOT_FOUND, "%s offers no telephony", search->host);
  else
    g_task_return_error (task, to_our_error (search, search->error));
  g_object_unref (task);
}

static void
add_address (Search       *search,
             GInetAddress *address,
             guint16       port)
{
  for (GList *l = search->addresses; l != NULL; l = l->next)
    if (g_inet_address_equal (g_inet_socket_address_get_address (l->data), address) &&
        g_inet_socket_address_get_port (l->data) == port)
      return;
  if (search->n_addresses++ < MAX_ADDRESSES)
    search->addresses = g_list_append (search->addresses, g_inet_socket_address_new (address, port));
}

static void
on_addresses (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  GTask *task = user_data;
  Search *search = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  GList *found = g_resolver_lookup_by_name_finish (G_RESOLVER (source), result, &error);
  GSrvTarget *target = g_queue_pop_head (&search->targets);

  for (GList *l = found; l != NULL; l = l->next)
    add_address (search, l->data, g_srv_target_get_port (target));
  g_resolver_free_addresses (found);
  if (error != NULL)
    {
      g_clear_error (&search->error);
      search->error = g_steal_pointer (&error);
    }
  g_srv_target_free (target);
  ask_next (task);
}

static void
ask_next (GTask *task)
{
  Search *search = g_task_get_task_data (task);
  g_autoptr (GResolver) resolver = g_resolver_get_default ();

  if (g_queue_is_empty (&search->targets) || search->n_addresses >= MAX_ADDRESSES || g_cancellable_is_cancelled (search->inner))
    {
      finish (task);
      return;
    }
  g_resolver_lookup_by_name_async (resolver, g_srv_target_get_hostname (g_queue_peek_head (&search->targets)), search->inner, on_addresses, task);
}

static void
ask_host_itself (GTask *task)
{
  Search *search = g_task_get_task_data (task);
  guint16 port = search->port != 0 ? search->port : usual_port (search->transport);

  g_queue_push_tail (&search->targets, g_srv_target_new (search->host, port, 0, 0));
  ask_next (task);
}

static void
on_service (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  GTask *task = user_data;
  Search *search = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  GList *targets = g_resolver_lookup_service_finish (G_RESOLVER (source), result, &error);

  g_clear_handle_id (&search->srv_deadline, g_source_remove);
  /* A name server that fails here may still not be needed: /etc/hosts. */
  if (error != NULL)
    {
      if (search->late || g_cancellable_is_cancelled (g_task_get_cancellable (task)))
        {
          finish (task);
          return;
        }
      g_clear_object (&search->inner);
      search->inner = g_cancellable_new ();
      ask_host_itself (task);
      return;
    }
  /* Each is copied: GLib's sorting leaves links that lead nowhere backwards. */
  for (GList *l = targets; l != NULL && search->targets.length < MAX_TARGETS; l = l->next)
    g_queue_push_tail (&search->targets, g_srv_target_copy (l->data));
  g_resolver_free_targets (targets);
  /* An empty list is the one target ".": "there is no such service here". */
  ask_next (task);
}

static gboolean
on_deadline (gpointer user_data)
{
  Search *search = g_task_get_task_data (user_data);

  search->deadline = 0;
  search->late = TRUE;
  g_cancellable_cancel (search->inner);
  return G_SOURCE_REMOVE;
}

/* A mute name server gets half the time for SRV, and what the system knows by
 * itself the other half. */
static gboolean
on_srv_deadline (gpointer user_data)
{
  Search *search = g_task_get_task_data (user_data);

  search->srv_deadline = 0;
  g_cancellable_cancel (search->inner);
  return G_SOURCE_REMOVE;
}

static void
on_cancelled (GCancellable *outer,
              gpointer      user_data)
{
  Search *search = g_task_get_task_data (user_data);

  g_cancellable_cancel (search->inner);
}

/**
 * side_sip_resolve_async:
 * @settings: settings that were checked; their answer-ms is the longest it takes
 * @cancellable: (nullable): to take it back
 * @callback: called when it is done, never from within
 * @user_data: for @callback
 *
 * Where no port is named: SRV for "_sip._udp", "_sip._tcp" or "_sips._tcp",
 * and the addresses of its targets by their priority; without such records,
 * and where a port is named, the host's own addresses.
 */
void
side_sip_resolve_async (SideSipSettings     *settings,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  GTask *task;
  Search *search;
  guint answer_ms;

  g_return_if_fail (SIDE_IS_SIP_SETTINGS (settings));

  task = g_task_new (settings, cancellable, callback, user_data);
  g_task_set_source_tag (task, side_sip_resolve_async);
  g_task_set_check_cancellable (task, FALSE);         /* finish() says it in our own words */
  search = g_new0 (Search, 1);
  g_task_set_task_data (task, search, search_free);
  search->host = side_sip_settings_dup_host (settings, &search->port);
  search->transport = side_sip_settings_get_transport (settings);
  search->inner = g_cancellable_new ();
  if (g_hostname_is_ip_address (search->host))
    {
      g_autoptr (GInetAddress) address = g_inet_address_new_from_string (search->host);

      add_address (search, address, search->port != 0 ? search->port : usual_port (search->transport));
      finish (task);
      return;
    }
  answer_ms = side_sip_settings_get_answer_ms (settings);
  search->deadline = g_timeout_add (answer_ms, on_deadline, task);
  if (cancellable != NULL)
    search->outer_handler = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled), task, NULL);
  if (search->port == 0 && strchr (search->host, '.') != NULL)
    {
      g_autoptr (GResolver) resolver = g_resolver_get_default ();
      gboolean tls = search->transport == SIDE_SIP_TLS;

      search->srv_deadline = g_timeout_add (answer_ms / 2, on_srv_deadline, task);
      g_resolver_lookup_service_async (resolver, tls ? "sips" : "sip", search->transport == SIDE_SIP_UDP ? "udp" : "tcp",
                                       search->host, search->inner, on_service, task);
    }
  else
    ask_host_itself (task);
}

/**
 * side_sip_resolve_finish:
 * @result: what the callback got
 * @error: NOT_FOUND, TIMED_OUT, UNREACHABLE or CANCELLED
 *
 * Returns: (transfer full) (element-type GInetSocketAddress): where to try, in
 *   this order, 1 to 16 of them; %NULL with @error
 */
GList *
side_sip_resolve_finish (GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result) && g_task_get_source_tag (G_TASK (result)) == side_sip_resolve_async, NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
