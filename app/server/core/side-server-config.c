/* side-server-config.c - what the server is told by its key file
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The reader gives sections of text; here they become the configuration. Each
 * setter takes a key's text, says what is wrong with it at its line, and the
 * next key is looked at all the same.
 */
#include "side-server-config.h"

#include <gio/gio.h>
#include <string.h>

#include "side-config-actions.h"
#include "side-config-reader.h"
#include "side-error.h"
#include "side-time.h"

G_DEFINE_BOXED_TYPE (SideServerConfig, side_server_config, side_server_config_ref, side_server_config_unref)

enum { KIND_SERVER, KIND_PBX, KIND_PROJECT, KIND_QUEUE, KIND_DIALLED, KIND_ALIASES, KIND_PHONES, KIND_RECORDINGS, N_KINDS };

static const SideConfigKind kinds[N_KINDS] = {
  [KIND_SERVER] = { "server", FALSE, FALSE,
                    { "name", "listen", "port", "tls_certificate", "tls_key", "database", "allow_insecure", "breaks" } },
  [KIND_PBX] = { "pbx", TRUE, FALSE,
                 { "host", "port", "tls", "tls_ca", "user", "secret", "secret_file", "queue_log",
                   "system_name", "recording", "interleaved", "projects", "actions" } },
  [KIND_PROJECT] = { "project", TRUE, FALSE,
                     { "name", "time_zone", "currency", "queues", "service_level_formula", "service_level_threshold",
                       "service_level_target", "short_abandon", "wait_limit", "answer_target", "abandon_target",
                       "waiting_limit", "callback_due", "dispute_days", "full_names", "test_callers" } },
  [KIND_QUEUE] = { "queue", TRUE, FALSE, { "name", "wrap_up" } },
  [KIND_DIALLED] = { "dialled", TRUE, TRUE, { NULL } },
  [KIND_ALIASES] = { "aliases", FALSE, TRUE, { NULL } },
  [KIND_PHONES] = { "phones", FALSE, TRUE, { NULL } },
  [KIND_RECORDINGS] = { "recordings", FALSE, FALSE, { "folders" } },
};

#define DEFAULT_PORT     8443
#define DEFAULT_AMI_PORT 5038
#define MAX_SECONDS      86400

typedef struct {
  SideServerConfig *config;
  GPtrArray        *sections;
  GPtrArray        *faults;
  GHashTable       *queue_owner;    /* queue id to the line that claimed it */
} Builder;

/* Keys, one by one. */

static const char *
get_text (Builder                 *builder,
          const SideConfigSection *section,
          const char              *key,
          gboolean                 required,
          int                     *line)
{
  const SideConfigPair *pair = side_config_section_find (section, key);

  if (line != NULL)
    *line = pair != NULL ? pair->line : section->line;
  if (pair != NULL && *pair->value != '\0')
    return pair->value;
  if (pair != NULL)
    side_config_faults_add (builder->faults, pair->line, FALSE, "“%s” has no value", key);
  else if (required)
    side_config_faults_add (builder->faults, section->line, FALSE, "“%s” is missing", key);
  return NULL;
}

static void
get_number (Builder                 *builder,
            const SideConfigSection *section,
            const char              *key,
            double                   minimum,
            double                   maximum,
            gboolean                 whole,
            double                  *slot)
{
  int line;
  const char *text = get_text (builder, section, key, FALSE, &line);
  char *end = NULL;
  double value;

  if (text == NULL)
    return;
  value = g_ascii_strtod (text, &end);
  if (end == text || *end != '\0' || strpbrk (text, "xXnNiI") != NULL
      || !(value >= minimum && value <= maximum) || (whole && value != (double) (gint64) value))
    side_config_faults_add (builder->faults, line, FALSE, "“%s” must be a %snumber from %g to %g, not “%s”",
                            key, whole ? "whole " : "", minimum, maximum, text);
  else
    *slot = value;
}

static void
get_ms (Builder                 *builder,
        const SideConfigSection *section,
        const char              *key,
        double                   unit_ms,
        gint64                  *slot)
{
  double value = (double) *slot / unit_ms;

  get_number (builder, section, key, 0, MAX_SECONDS * 1000.0 / unit_ms, FALSE, &value);
  *slot = (gint64) (value * unit_ms + 0.5);
}

static void
get_percent (Builder                 *builder,
             const SideConfigSection *section,
             const char              *key,
             double                  *slot)
{
  double value = *slot * 100.0;

  get_number (builder, section, key, 0, 100, FALSE, &value);
  *slot = value / 100.0;
}

static void
get_port (Builder                 *builder,
          const SideConfigSection *section,
          guint16                 *slot,
          int                     *line_slot)
{
  const SideConfigPair *pair = side_config_section_find (section, "port");
  double value = *slot;

  if (line_slot != NULL)
    *line_slot = pair != NULL ? pair->line : section->line;

  get_number (builder, section, "port", 1, 65535, TRUE, &value);
  *slot = (guint16) value;
}

static void
get_boolean (Builder                 *builder,
             const SideConfigSection *section,
             const char              *key,
             gboolean                *slot)
{
  int line;
  const char *text = get_text (builder, section, key, FALSE, &line);

  if (text == NULL)
    return;
  if (strcmp (text, "true") == 0 || strcmp (text, "yes") == 0)
    *slot = TRUE;
  else if (strcmp (text, "false") == 0 || strcmp (text, "no") == 0)
    *slot = FALSE;
  else
    side_config_faults_add (builder->faults, line, FALSE, "“%s” must be “true” or “false”, not “%s”", key, text);
}

static void
get_path (Builder                 *builder,
          const SideConfigSection *section,
          const char              *key,
          gboolean                 required,
          char                   **slot,
          int                     *line_slot)
{
  int line;
  const char *text = get_text (builder, section, key, required, &line);

  if (line_slot != NULL)
    *line_slot = line;
  if (text == NULL)
    return;
  if (!g_path_is_absolute (text))
    side_config_faults_add (builder->faults, line, FALSE, "“%s” must be a full path, from “/”", key);
  else
    *slot = g_strdup (text);
}

/* Sections. */

static void
build_server (Builder                 *builder,
              const SideConfigSection *section)
{
  SideServerConfig *config = builder->config;
  g_autoptr (GInetAddress) address = NULL;
  const char *text;
  int line;

  text = get_text (builder, section, "name", FALSE, NULL);
  if (text != NULL)
    {
      g_free (config->name);
      config->name = g_strdup (text);
    }
  text = get_text (builder, section, "listen", FALSE, &line);
  config->listen_line = line;
  if (text != NULL)
    {
      g_free (config->listen);
      config->listen = g_strdup (text);
    }
  address = g_inet_address_new_from_string (config->listen);
  if (address == NULL)
    side_config_faults_add (builder->faults, line, FALSE, "“listen” must be an IP address such as 127.0.0.1 or ::, not “%s”", config->listen);
  get_port (builder, section, &config->port, &config->port_line);
  get_path (builder, section, "tls_certificate", FALSE, &config->tls_certificate, &config->tls_certificate_line);
  get_path (builder, section, "tls_key", FALSE, &config->tls_key, &config->tls_key_line);
  get_path (builder, section, "database", TRUE, &config->database, &config->database_line);
  get_boolean (builder, section, "allow_insecure", &config->allow_insecure);
  side_config_read_breaks (section, config, builder->faults);
  if ((config->tls_certificate == NULL) != (config->tls_key == NULL))
    side_config_faults_add (builder->faults, section->line, FALSE, "“tls_certificate” and “tls_key” belong together; one of them is missing");
  else if (address != NULL && config->tls_certificate == NULL && !config->allow_insecure
           && !side_address_is_loopback (config->listen))
    side_config_faults_add (builder->faults, line, FALSE,
                            "“%s” is not the loopback address: give “tls_certificate” and “tls_key”, "
                            "or “allow_insecure = true” where something else encrypts", config->listen);
}

static void
build_pbx (Builder                 *builder,
           const SideConfigSection *section)
{
  SidePbxConfig *pbx = g_new0 (SidePbxConfig, 1);
  const char *secret;

  g_ptr_array_add (builder->config->pbxes, pbx);
  pbx->name = g_strdup (section->name);
  pbx->projects = g_ptr_array_new_with_free_func ((GDestroyNotify) side_project_unref);
  pbx->port = DEFAULT_AMI_PORT;
  pbx->host = g_strdup (get_text (builder, section, "host", TRUE, NULL));
  pbx->user = g_strdup (get_text (builder, section, "user", TRUE, NULL));
  get_port (builder, section, &pbx->port, NULL);
  get_boolean (builder, section, "tls", &pbx->tls);
  get_path (builder, section, "tls_ca", FALSE, &pbx->tls_ca, &pbx->tls_ca_line);
  secret = get_text (builder, section, "secret", FALSE, NULL);
  pbx->secret = g_strdup (secret != NULL ? secret : "");
  get_path (builder, section, "secret_file", FALSE, &pbx->secret_file, &pbx->secret_file_line);
  get_path (builder, section, "queue_log", FALSE, &pbx->queue_log, &pbx->queue_log_line);
  pbx->system_name = g_strdup (get_text (builder, section, "system_name", FALSE, NULL));
  get_path (builder, section, "recording", FALSE, &pbx->recording, &pbx->recording_line);
  pbx->interleaved = TRUE;
  get_boolean (builder, section, "interleaved", &pbx->interleaved);
  side_config_read_actions (section, pbx, builder->faults);
  if (side_config_section_find (section, "secret") == NULL && side_config_section_find (section, "secret_file") == NULL)
    side_config_faults_add (builder->faults, section->line, FALSE, "“secret” or “secret_file” is missing");
  else if (secret != NULL && pbx->secret_file != NULL)
    side_config_faults_add (builder->faults, section->line, FALSE, "“secret” and “secret_file” exclude each other");
}

static const SideConfigSection *
find_section (Builder    *builder,
              int         kind,
              const char *name)
{
  for (guint i = 0; i < builder->sections->len; i++)
    {
      const SideConfigSection *section = g_ptr_array_index (builder->sections, i);

      if (section->kind == kind && g_strcmp0 (section->name, name) == 0)
        return section;
    }
  return NULL;
}

static void
build_queue (Builder     *builder,
             SideProject *project,
             const char  *id,
             int          line)
{
  const SideConfigSection *section = find_section (builder, KIND_QUEUE, id);
  const char *name = NULL;
  gint64 wrap_up_ms = 0;
  int owner = GPOINTER_TO_INT (g_hash_table_lookup (builder->queue_owner, id));

  if (strchr (id, '/') != NULL)
    {
      /* Calls carry their queue's name in their id, and an id is a part of an address. */
      side_config_faults_add (builder->faults, line, FALSE, "queue “%s”: a name with “/” cannot be served", id);
      return;
    }
  if (owner != 0)
    {
      side_config_faults_add (builder->faults, line, FALSE, "queue “%s” belongs to a project already, in line %d", id, owner);
      return;
    }
  g_hash_table_insert (builder->queue_owner, g_strdup (id), GINT_TO_POINTER (line));
  if (section != NULL)
    {
      name = get_text (builder, section, "name", FALSE, NULL);
      get_ms (builder, section, "wrap_up", 1000, &wrap_up_ms);
    }
  side_project_add_queue (project, id, name != NULL ? name : id, wrap_up_ms);
}

static void
build_queues (Builder                 *builder,
              const SideConfigSection *section,
              SideProject             *project)
{
  int line;
  const char *text = get_text (builder, section, "queues", TRUE, &line);
  g_auto (GStrv) ids = NULL;

  if (text == NULL)
    return;
  ids = g_strsplit (text, ";", -1);
  for (int i = 0; ids[i] != NULL; i++)
    if (*g_strstrip (ids[i]) != '\0')
      build_queue (builder, project, ids[i], line);
}

static void
build_dialled (Builder     *builder,
               SideProject *project)
{
  const SideConfigSection *section = find_section (builder, KIND_DIALLED, project->id);

  for (guint i = 0; section != NULL && i < section->pairs->len; i++)
    {
      const SideConfigPair *pair = g_ptr_array_index (section->pairs, i);

      if (strspn (pair->key, "+0123456789*#") != strlen (pair->key))
        side_config_faults_add (builder->faults, pair->line, FALSE, "“%s” is not a telephone number as the PBX has it", pair->key);
      else if (*pair->value == '\0')
        side_config_faults_add (builder->faults, pair->line, FALSE, "“%s” has no advertising source", pair->key);
      else
        side_project_add_dialled (project, pair->key + (*pair->key == '+'), pair->value);
    }
}

static void
build_contract (Builder                 *builder,
                const SideConfigSection *section,
                SideProject             *project)
{
  int line;
  const char *text = get_text (builder, section, "service_level_formula", FALSE, &line);
  double waiting_limit = project->waiting_limit;
  double dispute_days = project->dispute_days;

  if (text != NULL && side_formula_from_string (text) == SIDE_FORMULA_UNKNOWN)
    side_config_faults_add (builder->faults, line, FALSE, "“service_level_formula” must be one of F1 to F6, not “%s”", text);
  else if (text != NULL)
    project->formula = side_formula_from_string (text);
  get_ms (builder, section, "service_level_threshold", 1000, &project->threshold_ms);
  get_percent (builder, section, "service_level_target", &project->target);
  get_ms (builder, section, "short_abandon", 1000, &project->short_abandon_ms);
  get_ms (builder, section, "wait_limit", 1000, &project->wait_limit_ms);
  get_ms (builder, section, "answer_target", 1000, &project->answer_target_ms);
  get_percent (builder, section, "abandon_target", &project->abandon_target);
  get_number (builder, section, "waiting_limit", 0, 10000, TRUE, &waiting_limit);
  project->waiting_limit = (int) waiting_limit;
  get_ms (builder, section, "callback_due", 60000, &project->callback_due_ms);
  get_number (builder, section, "dispute_days", 1, 100, TRUE, &dispute_days);
  project->dispute_days = (int) dispute_days;
  get_boolean (builder, section, "full_names", &project->full_names);
  text = get_text (builder, section, "test_callers", FALSE, &line);
  if (text != NULL)
    side_project_set_test_callers (project, text);
}

static void
build_currency (Builder                 *builder,
                const SideConfigSection *section,
                SideProject             *project)
{
  int line;
  const char *text = get_text (builder, section, "currency", FALSE, &line);

  if (text == NULL)
    return;
  if (strlen (text) == 3 && g_ascii_isupper (text[0]) && g_ascii_isupper (text[1]) && g_ascii_isupper (text[2]))
    {
      g_free (project->currency);
      project->currency = g_strdup (text);
    }
  else
    {
      side_config_faults_add (builder->faults, line, FALSE, "“currency” must be three capital letters such as RUB or EUR, not “%s”", text);
    }
}

static void
build_project (Builder                 *builder,
               const SideConfigSection *section)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SideProject) project = NULL;
  int zone_line;
  const char *name = get_text (builder, section, "name", TRUE, NULL);
  const char *zone = get_text (builder, section, "time_zone", TRUE, &zone_line);

  if (zone != NULL)
    project = side_project_new (section->name, name != NULL ? name : section->name, zone, &error);
  if (error != NULL)
    side_config_faults_add (builder->faults, zone_line, FALSE, "%s", error->message);
  /* Its other keys are looked at all the same. */
  if (project == NULL)
    project = side_project_new (section->name, section->name, "UTC", NULL);
  if (project == NULL)
    return;
  build_currency (builder, section, project);
  build_contract (builder, section, project);
  build_queues (builder, section, project);
  build_dialled (builder, project);
  g_ptr_array_add (builder->config->projects, g_steal_pointer (&project));
}

static void
build_folders (Builder                 *builder,
               const SideConfigSection *section)
{
  int line;
  const char *text = get_text (builder, section, "folders", TRUE, &line);
  g_auto (GStrv) folders = NULL;

  builder->config->folders_line = line;
  if (text == NULL)
    return;
  folders = g_strsplit (text, ";", -1);
  for (int i = 0; folders[i] != NULL; i++)
    {
      g_strstrip (folders[i]);
      if (*folders[i] != '\0' && !g_path_is_absolute (folders[i]))
        side_config_faults_add (builder->faults, line, FALSE, "“%s” must be a full path, from “/”", folders[i]);
      else if (*folders[i] != '\0')
        g_ptr_array_add (builder->config->recording_folders, g_strdup (folders[i]));
    }
}

static void
build_aliases (Builder                 *builder,
               const SideConfigSection *section)
{
  for (guint i = 0; i < section->pairs->len; i++)
    {
      const SideConfigPair *pair = g_ptr_array_index (section->pairs, i);

      if (*pair->value == '\0')
        side_config_faults_add (builder->faults, pair->line, FALSE, "“%s” has no alias", pair->key);
      else
        g_hash_table_insert (builder->config->aliases, g_strdup (pair->key), g_strdup (pair->value));
    }
}

/* Which projects' queues each PBX has. */
static void
build_served (Builder *builder)
{
  SideServerConfig *config = builder->config;

  for (guint i = 0; i < config->pbxes->len; i++)
    {
      SidePbxConfig *pbx = g_ptr_array_index (config->pbxes, i);
      int line = 0;
      const char *text = get_text (builder, find_section (builder, KIND_PBX, pbx->name), "projects", FALSE, &line);
      g_auto (GStrv) ids = text != NULL ? g_strsplit (text, ";", -1) : NULL;

      for (guint k = 0; text == NULL && k < config->projects->len; k++)
        g_ptr_array_add (pbx->projects, side_project_ref (g_ptr_array_index (config->projects, k)));
      for (gsize k = 0; ids != NULL && ids[k] != NULL; k++)
        {
          SideProject *project = side_server_config_find_project (config, g_strstrip (ids[k]));

          if (project != NULL)
            g_ptr_array_add (pbx->projects, side_project_ref (project));
          else if (*ids[k] != '\0')
            side_config_faults_add (builder->faults, line, FALSE, "there is no project “%s”", ids[k]);
        }
    }
}

/* What only shows once all sections are read. */
static void
check_whole (Builder *builder)
{
  for (guint i = 0; i < builder->sections->len; i++)
    {
      const SideConfigSection *section = g_ptr_array_index (builder->sections, i);

      if (section->kind == KIND_QUEUE && !g_hash_table_contains (builder->queue_owner, section->name))
        side_config_faults_add (builder->faults, section->line, FALSE, "queue “%s” belongs to no project", section->name);
      else if (section->kind == KIND_DIALLED && find_section (builder, KIND_PROJECT, section->name) == NULL)
        side_config_faults_add (builder->faults, section->line, FALSE, "there is no project “%s”", section->name);
    }
  if (find_section (builder, KIND_SERVER, NULL) == NULL)
    side_config_faults_add (builder->faults, 0, FALSE, "section “[server]” is missing");
  if (find_section (builder, KIND_RECORDINGS, NULL) == NULL)
    side_config_faults_add (builder->faults, 0, TRUE, "no section “[recordings]”: no recording will be served");
  if (builder->config->pbxes->len == 0)
    side_config_faults_add (builder->faults, 0, FALSE, "no section “[pbx NAME]”");
  if (builder->config->projects->len == 0)
    side_config_faults_add (builder->faults, 0, FALSE, "no section “[project ID]”");
}

static void
build (Builder *builder)
{
  for (guint i = 0; i < builder->sections->len; i++)
    {
      const SideConfigSection *section = g_ptr_array_index (builder->sections, i);

      switch (section->kind)
        {
        case KIND_SERVER:
          build_server (builder, section);
          break;
        case KIND_PBX:
          build_pbx (builder, section);
          break;
        case KIND_PROJECT:
          build_project (builder, section);
          break;
        case KIND_ALIASES:
          build_aliases (builder, section);
          break;
        case KIND_PHONES:
          side_config_read_phones (section, builder->config, builder->faults);
          break;
        case KIND_RECORDINGS:
          build_folders (builder, section);
          break;
        default:
          break;   /* looked up by the project they belong to */
        }
    }
  build_served (builder);
  check_whole (builder);
  side_config_check_actions (builder->config, builder->faults);
}

/* The boxed type. */

static void
pbx_free (gpointer data)
{
  SidePbxConfig *pbx = data;

  g_free (pbx->name);
  g_free (pbx->host);
  g_free (pbx->tls_ca);
  g_free (pbx->user);
  if (pbx->secret != NULL)
    explicit_bzero (pbx->secret, strlen (pbx->secret));
  g_free (pbx->secret);
  g_free (pbx->secret_file);
  g_free (pbx->queue_log);
  g_free (pbx->system_name);
  g_free (pbx->recording);
  g_ptr_array_unref (pbx->projects);
  g_free (pbx);
}

static SideServerConfig *
config_new (void)
{
  SideServerConfig *self = g_new0 (SideServerConfig, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->name = g_strdup ("Sidetone");
  self->listen = g_strdup ("127.0.0.1");
  self->port = DEFAULT_PORT;
  self->pbxes = g_ptr_array_new_with_free_func (pbx_free);
  self->projects = g_ptr_array_new_with_free_func ((GDestroyNotify) side_project_unref);
  self->aliases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->recording_folders = g_ptr_array_new_with_free_func (g_free);
  self->phones = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

/**
 * side_server_config_parse:
 * @text: the whole file
 * @len: its length in bytes, or -1 when it ends with a NUL
 * @faults: of SideConfigFault; each mistake is added
 *
 * Looks at nothing but the text.
 *
 * Returns: (transfer full): the configuration; to be used only when
 *   side_config_faults_are_fatal() says that no fault forbids it
 */
SideServerConfig *
side_server_config_parse (const char *text,
                          gssize      len,
                          GPtrArray  *faults)
{
  Builder builder = { config_new (), NULL, faults, NULL };
  gsize bytes;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (faults != NULL, NULL);

  bytes = len < 0 ? strlen (text) : (gsize) len;
  if (bytes > SIDE_SERVER_CONFIG_MAX_BYTES)
    {
      side_config_faults_add (faults, 0, FALSE, "longer than %d bytes", SIDE_SERVER_CONFIG_MAX_BYTES);
      return builder.config;
    }
  builder.sections = side_config_read (text, bytes, kinds, N_KINDS, faults);
  builder.queue_owner = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  build (&builder);
  g_ptr_array_unref (builder.sections);
  g_hash_table_unref (builder.queue_owner);
  return builder.config;
}

SideServerConfig *
side_server_config_ref (SideServerConfig *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
side_server_config_unref (SideServerConfig *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->name);
  g_free (self->listen);
  g_free (self->tls_certificate);
  g_free (self->tls_key);
  g_free (self->database);
  g_ptr_array_unref (self->pbxes);
  g_ptr_array_unref (self->projects);
  g_hash_table_unref (self->aliases);
  g_ptr_array_unref (self->recording_folders);
  g_hash_table_unref (self->phones);
  g_strfreev (self->breaks);
  g_free (self);
}

/**
 * side_server_config_find_project:
 * @self: the configuration
 * @id: a project's id
 *
 * Returns: (transfer none) (nullable): the project
 */
SideProject *
side_server_config_find_project (const SideServerConfig *self,
                                 const char             *id)
{
  for (guint i = 0; i < self->projects->len; i++)
    {
      SideProject *project = g_ptr_array_index (self->projects, i);

      if (g_strcmp0 (project->id, id) == 0)
        return project;
    }
  return NULL;
}

/**
 * side_server_config_find_pbx:
 * @self: the configuration
 * @call: id of a leg
 *
 * A PBX with a "systemname" begins its channels' ids, and so its legs', with it.
 *
 * Returns: (transfer none) (nullable): the PBX the leg is of; %NULL where
 *   several could have told of it, or none
 */
const SidePbxConfig *
side_server_config_find_pbx (const SideServerConfig *self,
                             const char             *call)
{
  const SidePbxConfig *found = NULL;
  const SidePbxConfig *nameless = NULL;
  guint n_nameless = 0;
  gsize longest = 0;

  g_return_val_if_fail (self != NULL && call != NULL, NULL);

  for (guint i = 0; i < self->pbxes->len; i++)
    {
      const SidePbxConfig *pbx = g_ptr_array_index (self->pbxes, i);
      gsize length = pbx->system_name != NULL ? strlen (pbx->system_name) : 0;

      if (length == 0)
        {
          nameless = pbx;
          n_nameless++;
        }
      else if (length > longest && strncmp (call, pbx->system_name, length) == 0 && call[length] == '-')
        {
          found = pbx;
          longest = length;
        }
    }
  return found != NULL ? found : n_nameless == 1 ? nameless : NULL;
}
