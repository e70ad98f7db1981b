/* side-asterisk-settings.h - how to reach an Asterisk and what is followed there
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-act.h"
#include "side-ami-client.h"
#include "side-project.h"

G_BEGIN_DECLS

/**
 * SideAsteriskSettings:
 * @id: (nullable): what its gaps call the PBX; %NULL where there is but one
 * @name: (nullable): what the log calls the PBX; %NULL for its host
 * @host: name or address of the PBX
 * @port: of its manager, usually 5038, with TLS 5039
 * @tls: whether to use TLS
 * @tls_ca_file: (nullable): PEM file with what signed the PBX's certificate
 * @user: manager user
 * @secret: its secret
 * @system_name: (nullable): systemname of its asterisk.conf
 * @queue_log: (nullable): path of its queue_log
 * @recording: (nullable): path of a recording with "{uniqueid}" and, if need
 *   be, "{queue}" in it, for calls that passed while the link was down
 * @folders: (nullable) (array zero-terminated): folders of the recordings,
 *   for the doctor to look at
 * @interleaved: recordings are made by MixMonitor's option D: two channels
 *   behind a header that says one
 * @projects: (element-type SideProject): whose queues are followed
 * @actions: what supervisors may do there
 * @shared: there are other PBXs: a queue that is not here may be on one of them
 * @backfill_ms: all up to then was told before: begin with what queue_log has
 *   since; 0 for now
 * @broken_ms: since when the PBX had not been heard then; 0 if it was heard
 * @live: (nullable) (element-type SideCall): legs of this PBX that lived when
 *   the server ended
 * @times: the manager client's bounds
 */
typedef struct {
  char         *id;
  char         *name;
  char         *host;
  guint16       port;
  gboolean      tls;
  char         *tls_ca_file;
  char         *user;
  char         *secret;
  char         *system_name;
  char         *queue_log;
  char         *recording;
  char        **folders;
  gboolean      interleaved;
  GPtrArray    *projects;
  SideActions   actions;
  gboolean      shared;
  gint64        backfill_ms;
  gint64        broken_ms;
  GPtrArray    *live;
  SideAmiTimes  times;
} SideAsteriskSettings;

SideAsteriskSettings *side_asterisk_settings_new     (void);
SideAsteriskSettings *side_asterisk_settings_copy    (const SideAsteriskSettings *self);
void                  side_asterisk_settings_free    (SideAsteriskSettings *self);
void                  side_asterisk_settings_address (const SideAsteriskSettings *self, SideAmiAddress *address);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideAsteriskSettings, side_asterisk_settings_free)

G_END_DECLS
