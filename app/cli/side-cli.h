/* side-cli.h - what the commands of sidetonectl share
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Options, the way to a server, and the two ways to answer: text for a person,
 * or JSON for a program (docs/cli.md). Exit codes: 0 done, 1 failed, 2 called
 * wrongly; commands that call have more. What a program reads is UTF-8 in any locale.
 */
#pragma once

#include <json-glib/json-glib.h>

#include "side-board.h"
#include "side-csv.h"
#include "side-file.h"
#include "side-indicators.h"
#include "side-link.h"
#include "side-script.h"

G_BEGIN_DECLS

/* The last three of commands that call: something was found to be wrong, an alarm was
 * raised, another run is at it. */
enum { SIDE_CLI_OK, SIDE_CLI_FAILED, SIDE_CLI_USAGE, SIDE_CLI_FOUND, SIDE_CLI_ALARM, SIDE_CLI_BUSY };

/**
 * SideCli:
 * @json: whether the answer is to be JSON
 * @url: (nullable): the server
 * @token_file: (nullable): file that holds the token
 * @pin: (nullable): SHA-256 of the one certificate to accept
 * @allow_plain: talk unencrypted to another machine
 * @link: (nullable): the way to the server, once there is one
 */
typedef struct {
  gboolean  json;
  char     *url;
  char     *token_file;
  char     *pin;
  gboolean  allow_plain;
  SideLink *link;
} SideCli;

typedef int (*SideCliRun) (SideCli *cli, int argc, char **argv);

int          side_cli_board          (SideCli *cli, int argc, char **argv);
int          side_cli_calls          (SideCli *cli, int argc, char **argv);
int          side_cli_events_export  (SideCli *cli, int argc, char **argv);
int          side_cli_replay         (SideCli *cli, int argc, char **argv);
int          side_cli_analyse        (SideCli *cli, int argc, char **argv);
int          side_cli_export         (SideCli *cli, int argc, char **argv);
int          side_cli_server_user    (SideCli *cli, int argc, char **argv);
int          side_cli_doctor         (SideCli *cli, int argc, char **argv);
int          side_cli_marks_convert  (SideCli *cli, int argc, char **argv);
int          side_cli_agreement      (SideCli *cli, int argc, char **argv);
int          side_cli_review_score   (SideCli *cli, int argc, char **argv);
int          side_cli_review_export  (SideCli *cli, int argc, char **argv);
int          side_cli_scenario_check (SideCli *cli, int argc, char **argv);
int          side_cli_script_check   (SideCli *cli, int argc, char **argv);
int          side_cli_script_convert (SideCli *cli, int argc, char **argv);
int          side_cli_sample_draw    (SideCli *cli, int argc, char **argv);
int          side_cli_sample_size    (SideCli *cli, int argc, char **argv);
int          side_cli_staffing       (SideCli *cli, int argc, char **argv);
int          side_cli_alerts_check   (SideCli *cli, int argc, char **argv);
int          side_cli_test_call      (SideCli *cli, int argc, char **argv);
int          side_cli_campaign_draw  (SideCli *cli, int argc, char **argv);
int          side_cli_campaign_run   (SideCli *cli, int argc, char **argv);
int          side_cli_campaign_results (SideCli *cli, int argc, char **argv);
int          side_cli_scenario_prompt (SideCli *cli, int argc, char **argv);
int          side_cli_scenario_line (SideCli *cli, int argc, char **argv);

/**
 * SideCliHelp: what a command is, for its --help and for whoever calls it wrongly.
 * @words: (nullable): what follows the options, "EVENTS.jsonl"
 * @summary: one sentence
 * @n_words: how many words it takes besides its options; -1 for one or more
 * @connects: whether it talks to a server
 */
typedef struct {
  const char *words;
  const char *summary;
  int         n_words;
  gboolean    connects;
} SideCliHelp;

/* Options and failures */
gboolean     side_cli_wants_json     (int argc, char **argv);
gboolean     side_cli_parse          (SideCli *cli, int *argc, char ***argv, const GOptionEntry *entries,
                                      const SideCliHelp *help);
gboolean     side_cli_parse_time     (const char *text, GTimeZone *zone, gboolean is_end, gint64 *at_ms, GError **error);
gboolean     side_cli_names_zone     (const char *text);
gboolean     side_cli_check_times    (SideCli *cli, const char *from, const char *to);
gboolean     side_cli_parse_bounds   (const char *from, const char *to, GTimeZone *zone, gint64 *from_ms, gint64 *to_ms,
                                      GError **error);
int          side_cli_fail           (SideCli *cli, const GError *error);
int          side_cli_usage          (SideCli *cli, const char *format, ...) G_GNUC_PRINTF (2, 3);
void         side_cli_warn           (const char *format, ...) G_GNUC_PRINTF (1, 2);
const char  *side_cli_error_code     (const GError *error);

/* Input */
GInputStream *side_cli_open          (const char *path, GError **error);
GByteArray  *side_cli_read           (const char *path, gsize max_bytes, GError **error);
SideScript  *side_cli_read_script    (const char *path, const SideScript *base, GError **error);
SideScript  *side_cli_read_script_unchecked (const char *path, GError **error);
SideCsv     *side_cli_read_table     (const char *path, char **text, GError **error);

/**
 * SideCliTarget: a file that appears when it is complete, or standard output.
 * All members zero: not opened.
 * @file: (nullable): the file in the making; %NULL for standard output and for
 *   what is no plain file
 */
typedef struct {
  SideNewFile   *file;
  GOutputStream *stream;
} SideCliTarget;

gboolean     side_cli_target_open    (SideCliTarget *self, const char *path, GError **error);
gboolean     side_cli_target_close   (SideCliTarget *self, gboolean keep, GError **error);
void         side_cli_target_clear   (SideCliTarget *self);
gboolean     side_cli_write_file     (const char *path, const char *text, gsize len, gboolean force, GError **error);

/* Answers */
void         side_cli_write          (const char *text);
void         side_cli_print_json     (JsonBuilder *builder);
void         side_cli_add_text       (JsonBuilder *builder, const char *name, const char *value);
void         side_cli_add_number     (JsonBuilder *builder, const char *name, double value);
void         side_cli_add_boolean    (JsonBuilder *builder, const char *name, gboolean value);
void         side_cli_add_strv       (JsonBuilder *builder, const char *name, char *const *value);
char        *side_cli_plain          (const char *text);

/* The way to a server */
SideSession *side_cli_connect        (SideCli *cli, GError **error);
SideProject *side_cli_choose_project (SideSession *session, const char *wanted, GError **error);
GAsyncResult *side_cli_wait          (GAsyncResult **slot);
void         side_cli_async_cb       (GObject *source, GAsyncResult *result, gpointer slot);

/**
 * SideCliPicture: how a board is to be shown.
 * @project: (nullable): only this project's
 * @period: which calls are counted
 * @now_ms: the present instant of the picture
 * @n_events: replay: how many events made it; -1 for a server's board
 * @n_passed: replay: how many were passed over
 */
typedef struct {
  const char *project;
  SidePeriod  period;
  gint64      now_ms;
  gint64      n_events;
  gint64      n_passed;
} SideCliPicture;

gboolean     side_cli_choose_period  (SideCli *cli, const char *word, SidePeriod *period);
int          side_cli_show_board     (SideCli *cli, SideBoard *board, const SideCliPicture *picture);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SideCliTarget, side_cli_target_clear)

G_END_DECLS
