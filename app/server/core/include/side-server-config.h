/* side-server-config.h - what the server is told by its key file
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reading never stops at the first mistake: each one becomes a fault with its
 * line, so that one run of "--check" shows all there is to mend. Parsing is a
 * pure function of the text; what depends on the machine (files, folders) is
 * looked at apart. docs/server.md describes every key.
 */
#pragma once

#include "side-act.h"
#include "side-project.h"

G_BEGIN_DECLS

#define SIDE_SERVER_CONFIG_MAX_BYTES (1024 * 1024)
#define SIDE_SERVER_CONFIG_MAX_LINE  4096
#define SIDE_SERVER_CONFIG_MAX_FAULTS 200

/**
 * SideConfigFault:
 * @line: from 1; 0 where no line is to blame
 * @warning: the server starts nevertheless
 */
typedef struct {
  int       line;
  gboolean  warning;
  char     *message;
} SideConfigFault;

/**
 * SidePbxConfig: one PBX to listen to.
 * @tls_ca: (nullable): file with the certificates trusted for it, %NULL for
 *   the system's
 * @secret: never in a log; empty until side_server_config_check_files() has
 *   read @secret_file, where that is given instead
 * @queue_log: (nullable): path of its queue_log, for what AMI cannot tell
 * @system_name: (nullable): its "systemname", where it has one
 * @recording: (nullable): path of a recording with "{uniqueid}" and, if need
 *   be, "{queue}" in it, for calls that passed while nobody listened
 * @interleaved: its recordings hold two channels behind a header that says one
 * @projects: of SideProject: whose queues it has; all, unless told
 * @actions: what supervisors may do there; nothing, unless told
 */
typedef struct {
  char    *name;
  char    *host;
  guint16  port;
  gboolean tls;
  char    *tls_ca;
  char    *user;
  char    *secret;
  char    *secret_file;
  char    *queue_log;
  char    *system_name;
  char    *recording;
  gboolean interleaved;
  GPtrArray *projects;
  SideActions actions;
  /* where a key stands, for faults found later */
  int      actions_line;
  int      secret_file_line;
  int      tls_ca_line;
  int      queue_log_line;
  int      recording_line;
} SidePbxConfig;

typedef struct _SideServerConfig SideServerConfig;

/**
 * SideServerConfig:
 * @listen: IP address to listen on
 * @allow_insecure: plain HTTP beyond the loopback address is wanted
 * @pbxes: of SidePbxConfig
 * @projects: of SideProject
 * @aliases: operator's id or name (char *) to the name clients see (char *)
 * @recording_folders: of char *: recordings are served only from below these
 * @phones: user's name (char *, folded) to the channel (char *) that is called
 *   when they listen
 * @breaks: (nullable) (array zero-terminated): what a pause may be called;
 *   anything if there is none
 */
struct _SideServerConfig
{
  gatomicrefcount  ref_count;
  char            *name;
  char            *listen;
  guint16          port;
  char            *tls_certificate;
  char            *tls_key;
  char            *database;
  gboolean         allow_insecure;
  GPtrArray       *pbxes;
  GPtrArray       *projects;
  GHashTable      *aliases;
  GPtrArray       *recording_folders;
  GHashTable      *phones;
  char           **breaks;
  /* where a key stands, for faults found later */
  int              database_line;
  int              listen_line;
  int              port_line;
  int              tls_certificate_line;
  int              tls_key_line;
  int              folders_line;
  int              phones_line;
};

#define SIDE_TYPE_SERVER_CONFIG (side_server_config_get_type ())
GType             side_server_config_get_type    (void);

SideServerConfig *side_server_config_parse       (const char *text, gssize len, GPtrArray *faults);
void              side_server_config_check_files (SideServerConfig *self, GPtrArray *faults);
SideServerConfig *side_server_config_load        (const char *path, GPtrArray *faults, GError **error);
SideServerConfig *side_server_config_ref         (SideServerConfig *self);
void              side_server_config_unref       (SideServerConfig *self);
const SidePbxConfig *side_server_config_find_pbx  (const SideServerConfig *self, const char *call);
SideProject      *side_server_config_find_project (const SideServerConfig *self, const char *id);

GPtrArray        *side_config_faults_new         (void);
void              side_config_faults_add         (GPtrArray *faults, int line, gboolean warning, const char *format, ...) G_GNUC_PRINTF (4, 5);
void              side_config_faults_sort        (GPtrArray *faults);
gboolean          side_config_faults_are_fatal   (GPtrArray *faults);
char             *side_config_fault_to_string    (const SideConfigFault *fault, const char *file);

gboolean          side_address_is_loopback       (const char *address);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideServerConfig, side_server_config_unref)

G_END_DECLS
