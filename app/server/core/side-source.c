/* side-source.c - where a call centre's events come from
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-source.h"

G_DEFINE_INTERFACE (SideSource, side_source, G_TYPE_OBJECT)

enum { SIGNAL_EVENT, SIGNAL_RECORDING, SIGNAL_CLAIM, SIGNAL_LINK, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
side_source_default_init (SideSourceInterface *iface)
{
  signals[SIGNAL_EVENT] =
      g_signal_new ("event", SIDE_TYPE_SOURCE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 1, SIDE_TYPE_EVENT | G_SIGNAL_TYPE_STATIC_SCOPE);
  signals[SIGNAL_RECORDING] =
      g_signal_new ("recording", SIDE_TYPE_SOURCE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 4, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_INT);
  signals[SIGNAL_CLAIM] =
      g_signal_new ("claim", SIDE_TYPE_SOURCE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
  signals[SIGNAL_LINK] =
      g_signal_new ("link", SIDE_TYPE_SOURCE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_BOOLEAN, G_TYPE_STRING);
}

/**
 * side_source_start:
 * @self: a source
 * @error: return location
 *
 * Returns: whether it works from now on; see SideSourceInterface
 */
gboolean
side_source_start (SideSource  *self,
                   GError     **error)
{
  g_return_val_if_fail (SIDE_IS_SOURCE (self), FALSE);
  return SIDE_SOURCE_GET_IFACE (self)->start (self, error);
}

/**
 * side_source_stop:
 * @self: a source
 */
void
side_source_stop (SideSource *self)
{
  g_return_if_fail (SIDE_IS_SOURCE (self));
  SIDE_SOURCE_GET_IFACE (self)->stop (self);
}

/**
 * side_source_get_name:
 * @self: a source
 *
 * Returns: (transfer none): which one it is, for the log
 */
const char *
side_source_get_name (SideSource *self)
{
  SideSourceInterface *iface;
  const char *name;

  g_return_val_if_fail (SIDE_IS_SOURCE (self), NULL);
  iface = SIDE_SOURCE_GET_IFACE (self);
  name = iface->get_name != NULL ? iface->get_name (self) : NULL;
  return name != NULL ? name : G_OBJECT_TYPE_NAME (self);
}

/**
 * side_source_get_hurdle:
 * @self: a source
 * @project: id of a project
 * @kind: an action
 *
 * Returns: what is in its way there; SIDE_HURDLE_SOURCE also where the source
 *   has nothing of that project
 */
SideHurdle
side_source_get_hurdle (SideSource     *self,
                        const char     *project,
                        SideActionKind  kind)
{
  SideSourceInterface *iface;

  g_return_val_if_fail (SIDE_IS_SOURCE (self), SIDE_HURDLE_SOURCE);
  iface = SIDE_SOURCE_GET_IFACE (self);
  return iface->get_hurdle != NULL ? iface->get_hurdle (self, project, kind) : SIDE_HURDLE_SOURCE;
}

/**
 * side_source_has_aim:
 * @self: a source
 * @act: an action
 *
 * Returns: whether it knows the call or the operator, in that project
 */
gboolean
side_source_has_aim (SideSource    *self,
                     const SideAct *act)
{
  SideSourceInterface *iface;

  g_return_val_if_fail (SIDE_IS_SOURCE (self), FALSE);
  iface = SIDE_SOURCE_GET_IFACE (self);
  return iface->has_aim != NULL && iface->has_aim (self, act);
}

/**
 * side_source_act_async:
 * @self: a source that has the aim of @act
 * @act: what is to be done
 * @cancellable: (nullable): takes it back; it may be done all the same
 * @callback: called once
 * @user_data: its argument
 */
void
side_source_act_async (SideSource          *self,
                       const SideAct       *act,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_return_if_fail (SIDE_IS_SOURCE (self));
  g_return_if_fail (SIDE_SOURCE_GET_IFACE (self)->act_async != NULL);
  SIDE_SOURCE_GET_IFACE (self)->act_async (self, act, cancellable, callback, user_data);
}

/**
 * side_source_act_finish:
 * @self: a source
 * @result: of side_source_act_async()
 * @error: return location
 *
 * Returns: whether it was done
 */
gboolean
side_source_act_finish (SideSource    *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (SIDE_IS_SOURCE (self), FALSE);
  return SIDE_SOURCE_GET_IFACE (self)->act_finish (self, result, error);
}

/**
 * side_source_emit_event:
 * @self: a source
 * @event: (transfer none): what happened
 */
void
side_source_emit_event (SideSource *self,
                        SideEvent  *event)
{
  g_return_if_fail (SIDE_IS_SOURCE (self));
  g_signal_emit (self, signals[SIGNAL_EVENT], 0, event);
}

/**
 * side_source_emit_recording:
 * @self: a source
 * @project: id of the call's project
 * @call: id of the leg
 * @path: where the finished file lies
 * @channels_hint: 2 or 0, see ::recording
 */
void
side_source_emit_recording (SideSource *self,
                            const char *project,
                            const char *call,
                            const char *path,
                            int         channels_hint)
{
  g_return_if_fail (SIDE_IS_SOURCE (self));
  g_signal_emit (self, signals[SIGNAL_RECORDING], 0, project, call, path, channels_hint);
}

/**
 * side_source_emit_claim:
 * @self: a source
 * @project: id of the call's project
 * @call: id of the leg
 * @test: UUID of the test call its header named
 */
void
side_source_emit_claim (SideSource *self,
                        const char *project,
                        const char *call,
                        const char *test)
{
  g_return_if_fail (SIDE_IS_SOURCE (self));
  g_signal_emit (self, signals[SIGNAL_CLAIM], 0, project, call, test);
}

/**
 * side_source_emit_link:
 * @self: a source
 * @up: whether the PBX is reached now
 * @reason: (nullable): why not
 */
void
side_source_emit_link (SideSource *self,
                       gboolean    up,
                       const char *reason)
{
  g_return_if_fail (SIDE_IS_SOURCE (self));
  g_signal_emit (self, signals[SIGNAL_LINK], 0, up, reason);
}
