/* side-cli-caller.h - a telephone line, and robot calls on it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-cli.h"
#include "side-test-run.h"

G_BEGIN_DECLS

/* What a line is asked for with. */
typedef struct {
  char    *line;
  char    *server;
  char    *transport;
  char    *auth_user;
  char    *password_file;
  char    *trust;
  gboolean encrypt;
  gboolean direct;
  gboolean rules_read;
} SideCliLine;

/* The options of a command that calls; @self is a SideCliLine. */
#define SIDE_CLI_LINE_ENTRIES(self)                                                                                               \
  { "line", 'l', 0, G_OPTION_ARG_STRING, &(self).line, "The telephone line to call on", "USER@SERVER" },                          \
  { "server", 0, 0, G_OPTION_ARG_STRING, &(self).server, "Where to send to, where it is not the line's own server", "HOST[:PORT]" }, \
  { "transport", 't', 0, G_OPTION_ARG_STRING, &(self).transport, "udp (the usual one), tcp or tls", "WAY" },                      \
  { "encrypt", 0, 0, G_OPTION_ARG_NONE, &(self).encrypt, "Encrypt the sound; needs --transport tls", NULL },                      \
  { "auth-user", 0, 0, G_OPTION_ARG_STRING, &(self).auth_user, "Name for the password, where it is another one", "NAME" },        \
  { "password-file", 0, 0, G_OPTION_ARG_FILENAME, &(self).password_file, "File with the password; also SIDETONE_LINE_PASSWORD", "FILE" }, \
  { "trust", 0, 0, G_OPTION_ARG_FILENAME, &(self).trust, "Certificate to trust beside the system's", "FILE" },                    \
  { "direct", 0, 0, G_OPTION_ARG_NONE, &(self).direct, "Call without registering first", NULL },                                  \
  { "rules-read", 0, 0, G_OPTION_ARG_NONE, &(self).rules_read, "I have read the rules of test calls, and keep to them", NULL }

/**
 * SideCliCaller: a line that calls are made on, one after the other.
 * @run: (nullable): the call that was made last
 * @limits: of it, a bit for each that was passed
 * @failures: (element-type GError): of it, what failed while it went on
 * @stopped: SIGINT or SIGTERM came: the call is hung up, and no other is to be made
 */
typedef struct {
  GMainLoop      *loop;
  SideClock      *clock;
  SideSipAccount *account;
  SideTestRun    *run;
  guint           limits;
  GPtrArray      *failures;
  gboolean        timed_out;
  gboolean        stopped;
  guint           signals[2];
} SideCliCaller;

/**
 * SideCliRules: that the rules of test calls were acknowledged.
 * @by: who did
 * @at_ms: when; 0: nobody did
 */
typedef struct {
  char   *by;
  gint64  at_ms;
} SideCliRules;

gboolean side_cli_rules_check   (SideCliRules *self, const SideCli *cli, const SideCliLine *line, const char *project, GError **error);
void     side_cli_rules_sign    (const SideCliRules *self, SideTestCall *call);
void     side_cli_rules_clear   (SideCliRules *self);

void     side_cli_line_clear    (SideCliLine *self);
int      side_cli_line_check    (SideCli *cli, const SideCliLine *self);
gboolean side_cli_caller_open   (SideCliCaller *self, const SideCliLine *line, GError **error);
gboolean side_cli_caller_call   (SideCliCaller *self, const SideTestCall *call, const char *recording, GError **error);
gboolean side_cli_caller_wait   (SideCliCaller *self, gint64 until_ms);
void     side_cli_caller_close  (SideCliCaller *self);

SideScenario *side_cli_read_scenario (const char *path, GError **error);
gboolean side_cli_put_sound     (SideScenario *scenario, const char *name, const char *sound, const char *sha256, GError **error);

/* What a call came to, as the commands tell it. */
const char *side_cli_limit_word   (guint limit);
void     side_cli_add_limits    (JsonBuilder *builder, const SideTestCall *call, guint passed);
void     side_cli_add_faults    (JsonBuilder *builder, const SideTestCall *call);
void     side_cli_add_failures  (JsonBuilder *builder, const GPtrArray *failures);
const char *side_cli_discount_word  (const SideTestCall *call);
const char *side_cli_discount_words (const SideTestCall *call);
char    *side_cli_fault_words   (const SideTestCall *call);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SideCliRules, side_cli_rules_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SideCliLine, side_cli_line_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SideCliCaller, side_cli_caller_close)

G_END_DECLS
