/* side-sim-demo.c - the three shops of the demo and who answers for them
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * «Кроссовки.ру» and «Чайная лавка» in Moscow, North & Oak in London, one
 * call centre for all. Demand peaks in the evening; a night line stays open,
 * because half of Russia is awake when Moscow sleeps. Everything and everybody
 * here is made up; the numbers are of ranges kept for fiction.
 */
#include "side-sim-centre.h"

#include "side-time.h"

static const double day_shape[24] = {
  .026, .022, .020, .020, .020, .020, .022, .026, .034, .046, .054, .057,
  .058, .057, .057, .058, .060, .065, .073, .077, .071, .057, .042, .032,
};

static const double week_shape[7] = { 1.10, 1.02, 1.00, 1.00, 0.98, 0.92, 0.96 };

static const SideSimTopic shoes_orders[] = {
  { "Новый заказ", 5, TRUE },        { "Подбор размера", 2, TRUE },   { "Наличие товара", 2, TRUE },
  { "Изменение заказа", 1, FALSE },  { "Скидки и акции", 1, FALSE },
};
static const SideSimTopic shoes_delivery[] = {
  { "Где мой заказ", 4, FALSE },     { "Перенос доставки", 2, FALSE }, { "Самовывоз", 1, FALSE },
};
static const SideSimTopic shoes_returns[] = {
  { "Не подошёл размер", 4, FALSE }, { "Брак", 2, FALSE },             { "Возврат денег", 2, FALSE },
};
static const SideSimTopic tea_orders[] = {
  { "Новый заказ", 4, TRUE },        { "Совет по выбору чая", 3, TRUE }, { "Подарочный набор", 2, TRUE },
  { "Опт", 1, FALSE },
};
static const SideSimTopic tea_delivery[] = {
  { "Где мой заказ", 4, FALSE },     { "Перенос доставки", 1, FALSE }, { "Повреждённая упаковка", 1, FALSE },
};
static const SideSimTopic tea_returns[] = {
  { "Возврат денег", 1, FALSE },     { "Не тот сорт", 2, FALSE },
};
static const SideSimTopic oak_orders[] = {
  { "New order", 4, TRUE },          { "Materials and sizes", 3, TRUE }, { "Stock", 1, TRUE },
  { "Change an order", 1, FALSE },
};
static const SideSimTopic oak_delivery[] = {
  { "Where is my order", 4, FALSE }, { "Delivery slot", 3, FALSE },    { "Assembly", 1, FALSE },
};
static const SideSimTopic oak_returns[] = {
  { "Damaged on arrival", 3, FALSE }, { "Wrong item", 1, FALSE },      { "Refund", 2, FALSE },
};

typedef struct {
  const char         *id;
  const char         *name;
  guint               project;
  double              calls_per_day;
  double              talk_s;
  gint64              wrap_up_s;
  double              order_share;
  double              order_low, order_high;
  int                 blind_queue;
  const char         *attended_target;
  const SideSimTopic *topics;
  guint               n_topics;
} DemoQueue;

#define TOPICS(table) table, G_N_ELEMENTS (table)

/* In this order: a blind_queue is a row of this table. */
static const DemoQueue demo_queues[] = {
  { "sneakers-orders", "Заказы", 0, 430, 205, 35, .62, 2900, 18900, 1, "Склад", TOPICS (shoes_orders) },
  { "sneakers-delivery", "Доставка", 0, 230, 145, 25, 0, 0, 0, 2, "Курьерская служба", TOPICS (shoes_delivery) },
  { "sneakers-returns", "Возвраты", 0, 90, 250, 45, 0, 0, 0, -1, "Старший смены", TOPICS (shoes_returns) },
  { "tea-orders", "Заказы", 1, 170, 210, 30, .55, 850, 7400, 4, "Чайный мастер", TOPICS (tea_orders) },
  { "tea-delivery", "Доставка", 1, 80, 130, 25, 0, 0, 0, -1, "Склад", TOPICS (tea_delivery) },
  { "tea-returns", "Возвраты", 1, 30, 220, 40, 0, 0, 0, -1, "Старший смены", TOPICS (tea_returns) },
  { "oak-orders", "Orders", 2, 160, 230, 40, .45, 89, 1450, 7, "Workshop", TOPICS (oak_orders) },
  { "oak-delivery", "Delivery", 2, 95, 160, 30, 0, 0, 0, -1, "Haulier", TOPICS (oak_delivery) },
  { "oak-returns", "Returns", 2, 45, 240, 45, 0, 0, 0, -1, "Team leader", TOPICS (oak_returns) },
};

typedef struct {
  guint       project;
  const char *number;
  const char *source;
} DemoDialled;

static const DemoDialled demo_dialled[] = {
  { 0, "88005550141", "Сайт" },       { 0, "74955550142", "Контекстная реклама" },
  { 0, "74955550143", "Соцсети" },    { 0, "74955550144", "Наружная реклама" },
  { 1, "88005550161", "Сайт" },       { 1, "74955550162", "Контекстная реклама" },
  { 1, "74955550163", "Каталог" },    { 2, "448081570151", "Website" },
  { 2, "442079460152", "Search ads" }, { 2, "442079460153", "Catalogue" },
  { 2, "442079460154", "Showroom" },
};

/* A shift: so many work it every day, by turns within the group. */
typedef struct {
  guint home;
  guint from_minute;
  guint length_minutes;
  guint cycle;
  guint days_on;
} DemoShift;

static const DemoShift demo_shifts[] = {
  { 0, 8 * 60, 8 * 60, 5, 4 },          /* 0: Moscow, early: 4 of 5 */
  { 0, 9 * 60, 9 * 60, 3, 2 },          /* 1: Moscow, day: 2 of 3 */
  { 0, 12 * 60, 9 * 60, 4, 3 },         /* 2: Moscow, midday: 3 of 4 */
  { 0, 16 * 60, 8 * 60, 6, 5 },         /* 3: Moscow, evening: 5 of 6 */
  { 0, 22 * 60 + 30, 10 * 60, 5, 4 },   /* 4: Moscow, night: 4 of 5 */
  { 2, 8 * 60, 8 * 60, 4, 3 },          /* 5: London, early: 3 of 4 */
  { 2, 15 * 60, 8 * 60 + 30, 4, 3 },    /* 6: London, evening: 3 of 4 */
  { 2, 22 * 60 + 30, 10 * 60, 3, 2 },   /* 7: London, night: 2 of 3 */
};

typedef struct {
  const char *id;
  const char *russian;
  const char *english;
  guint       shift;
  gboolean    woman;
  const char *skills;   /* "0.", "1+": shop and how: '.' first, '+' helps out */
} DemoOperator;

static const DemoOperator demo_operators[] = {
  { "201", "Анна Смирнова", "Anna Smirnova", 0, TRUE, "0.1+" },
  { "202", "Борис Ким", "Boris Kim", 0, FALSE, "0.1+2+" },
  { "203", "Вера Лебедева", "Vera Lebedeva", 0, TRUE, "1.0+" },
  { "204", "Глеб Орлов", "Gleb Orlov", 0, FALSE, "0." },
  { "205", "Дарья Мороз", "Daria Moroz", 0, TRUE, "0.1+" },
  { "206", "Егор Попов", "Egor Popov", 1, FALSE, "0.1." },
  { "207", "Жанна Титова", "Zhanna Titova", 1, TRUE, "1.0+" },
  { "208", "Зоя Белова", "Zoya Belova", 1, TRUE, "0.1+" },
  { "209", "Илья Фомин", "Ilya Fomin", 2, FALSE, "0.2+" },
  { "210", "Кира Зайцева", "Kira Zaitseva", 2, TRUE, "1.0+" },
  { "211", "Лев Маркин", "Lev Markin", 2, FALSE, "0.1+" },
  { "212", "Мария Ильина", "Maria Ilyina", 2, TRUE, "0.1." },
  { "213", "Никита Соболев", "Nikita Sobolev", 3, FALSE, "0.1+2+" },
  { "214", "Ольга Юдина", "Olga Yudina", 3, TRUE, "0.1." },
  { "215", "Павел Громов", "Pavel Gromov", 3, FALSE, "1.0+" },
  { "216", "Рита Савина", "Rita Savina", 3, TRUE, "0.1+" },
  { "217", "Семён Ласкин", "Semyon Laskin", 3, FALSE, "0.1." },
  { "218", "Таисия Рогова", "Taisia Rogova", 3, TRUE, "1.0+" },
  { "219", "Ульяна Черных", "Ulyana Chernykh", 4, TRUE, "0.1.2+" },
  { "220", "Фёдор Шилов", "Fyodor Shilov", 4, FALSE, "0.1." },
  { "221", "Элина Дубова", "Elina Dubova", 4, TRUE, "1.0.2+" },
  { "222", "Юрий Жданов", "Yuri Zhdanov", 4, FALSE, "0.1." },
  { "223", "Яна Котова", "Yana Kotova", 4, TRUE, "0.1+" },
  { "301", "Элис Хартли", "Alice Hartley", 5, TRUE, "2." },
  { "302", "Бен Картер", "Ben Carter", 5, FALSE, "2." },
  { "303", "Хлоя Марш", "Chloe Marsh", 5, TRUE, "2." },
  { "304", "Дэниел Прайс", "Daniel Price", 5, FALSE, "2." },
  { "305", "Эмма Дойл", "Emma Doyle", 6, TRUE, "2." },
  { "306", "Фрэнк Осборн", "Frank Osborne", 6, FALSE, "2." },
  { "307", "Грейс Линтон", "Grace Linton", 6, TRUE, "2." },
  { "308", "Гарри Куинн", "Harry Quinn", 6, FALSE, "2." },
  { "309", "Айла Бёрн", "Isla Byrne", 7, TRUE, "2." },
  { "310", "Джек Норт", "Jack North", 7, FALSE, "2." },
  { "311", "Кейт Лоусон", "Kate Lawson", 7, TRUE, "2." },
};

static SideProject *
demo_project (guint i)
{
  static const struct {
    const char *id, *name, *zone, *currency;
  } shops[] = {
    { "sneakers", "Кроссовки.ру", "Europe/Moscow", "RUB" },
    { "tea", "Чайная лавка", "Europe/Moscow", "RUB" },
    { "oak", "North & Oak", "Europe/London", "GBP" },
  };
  g_autoptr (GError) error = NULL;
  SideProject *project;

  if (i >= G_N_ELEMENTS (shops))
    return NULL;
  project = side_project_new (shops[i].id, shops[i].name, shops[i].zone, &error);
  if (project == NULL)
    {
      /* A machine without the tz database still shows the demo. */
      g_warning ("%s; the demo takes UTC", error->message);
      project = side_project_new (shops[i].id, shops[i].name, "UTC", NULL);
    }
  g_free (project->currency);
  project->currency = g_strdup (shops[i].currency);
  for (guint q = 0; q < G_N_ELEMENTS (demo_queues); q++)
    if (demo_queues[q].project == i)
      side_project_add_queue (project, demo_queues[q].id, demo_queues[q].name,
                              demo_queues[q].wrap_up_s * SIDE_SECOND_MS);
  for (guint d = 0; d < G_N_ELEMENTS (demo_dialled); d++)
    if (demo_dialled[d].project == i)
      side_project_add_dialled (project, demo_dialled[d].number, demo_dialled[d].source);
  return project;
}

static void
add_queue (SideSimCentre   *centre,
           const DemoQueue *row)
{
  SideSimQueue queue = {
    .id = g_intern_static_string (row->id),
    .project = row->project,
    .calls_per_day = row->calls_per_day,
    .day_shape = day_shape,
    .week_shape = week_shape,
    .talk_s = row->talk_s,
    .talk_variation = 0.75,
    .patience_s = 180,
    .ring_s = 3,
    .ring_limit_s = 15,
    .time_limit_s = 300,
    .wrap_up_s = row->wrap_up_s,
    .early_ready = 0.35,
    .hold_share = 0.16,
    .blind_share = row->blind_queue >= 0 ? 0.04 : 0,
    .attended_share = 0.025,
    .order_share = row->order_share,
    .order_low = row->order_low,
    .order_high = row->order_high,
    .callback_share = 0.03,
    .key_share = 0.10,
    .return_share = 0.35,
    .blind_queue = row->blind_queue,
    .attended_target = row->attended_target,
    .topics = row->topics,
    .n_topics = row->n_topics,
  };

  side_sim_centre_add_queue (centre, &queue);
}

static void
add_skills (SideSimCentre *centre,
            guint          op,
            const char    *skills)
{
  for (; skills[0] != '\0'; skills += 2)
    for (guint q = 0; q < G_N_ELEMENTS (demo_queues); q++)
      if (demo_queues[q].project == (guint) (skills[0] - '0'))
        side_sim_centre_add_skill (centre, op, q, skills[1] == '+' ? 1 : 0);
}

static void
add_operator (SideSimCentre      *centre,
              const DemoOperator *row,
              guint               index,
              guint               in_group)
{
  const DemoShift *shift = &demo_shifts[row->shift];
  g_autofree char *russian = g_strdup_printf ("Оператор %u", index + 1);
  g_autofree char *english = g_strdup_printf ("Operator %u", index + 1);
  SideSimOperator op = {
    .id = g_intern_static_string (row->id),
    .names = { g_intern_static_string (row->russian), g_intern_static_string (row->english) },
    .aliases = { g_intern_string (russian), g_intern_string (english) },
    .home = shift->home,
    .from_minute = shift->from_minute,
    .length_minutes = shift->length_minutes,
    .cycle = shift->cycle,
    .days_on = shift->days_on,
    .phase = in_group,
    /* People differ: from a sixth quicker to a quarter slower, the same each run. */
    .pace = 0.84 + 0.07 * (double) (index * 5 % 7),
    .miss_share = 0.01 + 0.01 * (double) (index * 3 % 5),
    .breaks = TRUE,
    .woman = row->woman,
  };

  add_skills (centre, side_sim_centre_add_operator (centre, &op), row->skills);
}

/**
 * side_sim_centre_new_demo:
 *
 * Returns: (transfer full): the demo's three shops with their people
 */
SideSimCentre *
side_sim_centre_new_demo (void)
{
  SideSimCentre *self = side_sim_centre_new ();
  guint in_group[G_N_ELEMENTS (demo_shifts)] = { 0 };
  SideProject *project;

  for (guint i = 0; (project = demo_project (i)) != NULL; i++)
    side_sim_centre_add_project (self, project, g_strcmp0 (project->id, "oak") == 0);
  for (guint i = 0; i < G_N_ELEMENTS (demo_queues); i++)
    add_queue (self, &demo_queues[i]);
  for (guint i = 0; i < G_N_ELEMENTS (demo_operators); i++)
    add_operator (self, &demo_operators[i], i, in_group[demo_operators[i].shift]++);
  return self;
}
